//! Money added to a balance, and given back.

use hubledger_core::money::{AmountRule, Money, parse_amount};
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::top_up::{RefundTo, top_up_method};
use hubledger_store::{EntrySource, Recorded, RefundRow, TopUpRow, VatEvent, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::{HubDesk, company_in, find_balance};
use crate::error::{About, Error};
use crate::form::{RefundForm, TopUpForm};
use crate::moment::Moment;
use crate::posting::balance_vat;
use crate::view::BookedView;

/// Refuses a day in the future.
fn check_past(on: Date, today: Date) -> Result<(), Error> {
    if on > today {
        return Err(hubledger_core::Error::InTheFuture {
            day: on.to_string(),
        }
        .into());
    }
    Ok(())
}

impl Book {
    /// Records a top-up of the shared balance of a Partner-Paid hub, or of one channel of a
    /// Direct-Paid hub. The balance grows by the amount; VAT comes on top of it.
    pub fn top_up(&mut self, form: TopUpForm, at: Moment) -> Result<BookedView, Error> {
        let amount = parse_amount(&form.amount, AmountRule::PositiveCents).about("amount")?;
        let on = parse_date(&form.on).about("on")?;
        let act = Act::new(UseCase::TopUp, at).form(&form);
        self.write(act, |w| {
            let (desk, channel) = find_balance(w, form.hub.as_deref(), form.channel.as_deref())?;
            check_past(on, at.today).about("on")?;
            desk.hub().check_day(on).about("on")?;
            let method = top_up_method(desk.hub(), desk.row.pay_by, form.method.map(Into::into))
                .about("method")?;
            let amount = Money::new(amount, desk.currency());
            let days = desk.days_for(on);
            let row = TopUpRow {
                key: 0,
                channel: channel.as_ref().map(|c| c.key),
                amount,
                kind: form.kind.into(),
                method,
                day: on,
                booked: days.booked,
            };
            let key = w.insert_top_up(desk.key(), &row, &at.stamp())?;
            let month = BillingPeriod::containing(days.booked);
            let vat = balance_vat(&desk, &company_in(w, month)?, month, amount)?;
            let ledger = desk.ledger(channel.map(|c| c.channel.id));
            if let Some(entry) = ledger.top_up(days, amount, vat)? {
                let source = EntrySource {
                    key: Some(key),
                    ..EntrySource::default()
                };
                let entry = w.post(
                    Recorded {
                        hub: desk.key(),
                        at: &at.stamp(),
                    },
                    &entry,
                    source,
                )?;
                w.note_posted_vat(VatEvent::TopUp, key, entry, vat)?;
            }
            balance_after(w, &desk, &ledger, days.own.map(|_| days.booked))
        })
    }

    /// Records a refund: usage given back to a balance, or unused balance paid out.
    pub fn refund(&mut self, form: RefundForm, at: Moment) -> Result<BookedView, Error> {
        let amount = parse_amount(&form.amount, AmountRule::PositiveCents).about("amount")?;
        let on = parse_date(&form.on).about("on")?;
        let to = RefundTo::from(form.to);
        let act = Act::new(UseCase::Refund, at).form(&form);
        self.write(act, |w| {
            let (desk, channel) = find_balance(w, form.hub.as_deref(), form.channel.as_deref())?;
            check_past(on, at.today).about("on")?;
            // Unused balance is paid out after a hub's end, too.
            desk.hub().check_begun(on).about("on")?;
            let amount = Money::new(amount, desk.currency());
            let days = desk.days_for(on);
            let ledger = desk.ledger(channel.as_ref().map(|c| c.channel.id.clone()));
            if to == RefundTo::Bank {
                let account = w.open_account(desk.key(), &ledger.balance())?;
                let left = w.lowest_balance_from(account, desk.currency(), days.booked)?;
                if left.checked_sub(amount)?.is_negative() {
                    return Err(Error::from(hubledger_core::Error::PayOutAboveBalance).at("amount"));
                }
            }
            let row = RefundRow {
                key: 0,
                channel: channel.map(|c| c.key),
                amount,
                to,
                day: on,
                booked: days.booked,
            };
            let key = w.insert_refund(desk.key(), &row, &at.stamp())?;
            let month = BillingPeriod::containing(days.booked);
            let vat = balance_vat(&desk, &company_in(w, month)?, month, amount)?;
            let entry = match to {
                RefundTo::Balance => ledger.refund_to_balance(days, amount)?,
                RefundTo::Bank => ledger.pay_out(days, amount, vat)?,
            };
            if let Some(entry) = entry {
                let source = EntrySource {
                    key: Some(key),
                    ..EntrySource::default()
                };
                let entry = w.post(
                    Recorded {
                        hub: desk.key(),
                        at: &at.stamp(),
                    },
                    &entry,
                    source,
                )?;
                if to == RefundTo::Bank {
                    w.note_posted_vat(VatEvent::Refund, key, entry, vat)?;
                }
            }
            let view = balance_after(w, &desk, &ledger, days.own.map(|_| days.booked))?;
            Ok(BookedView {
                to: Some(form.to),
                ..view
            })
        })
    }
}

fn balance_after(
    w: &Write<'_>,
    desk: &HubDesk,
    ledger: &hubledger_core::bookkeeping::Ledger,
    booked_on: Option<Date>,
) -> Result<BookedView, Error> {
    let account = w.open_account(desk.key(), &ledger.balance())?;
    let balance = w.balance(account, desk.currency(), None)?;
    Ok(BookedView {
        balance: balance.into(),
        booked_on: booked_on.map(|d| d.to_string()),
        to: None,
    })
}
