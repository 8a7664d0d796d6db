//! What clients pay for their invoices. Never more than is open, and never more back than came.

use hubledger_core::client_bookkeeping::ClientLedger;
use hubledger_core::id::{ClientId, HubId};
use hubledger_core::money::{AmountRule, Money};
use hubledger_store::{ClientPaymentRow, EntrySource, Recorded};

use super::{detail_view, find, open_amount};
use crate::Book;
use crate::activity::{Act, UseCase};
use crate::client_invoice::reading::cents;
use crate::desk::{HubDesk, day_or};
use crate::error::{About, Code, Error};
use crate::form::ClientPaymentForm;
use crate::moment::Moment;
use crate::view::ClientInvoiceDetailView;

impl Book {
    /// Records what a client paid for an invoice, or got back.
    pub fn pay_client_invoice(
        &mut self,
        form: &ClientPaymentForm,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        let on = day_or(&form.on, at.today).about("on")?;
        let act = Act::new(UseCase::PayClientInvoice, at)
            .form(form)
            .invoice(&form.number);
        self.write(act, |w| {
            let row = find(w, &form.number)?;
            let amount =
                cents(&form.amount, AmountRule::SignedCents, row.currency).about("amount")?;
            if on > at.today {
                let day = on.to_string();
                return Err(Error::from(hubledger_core::Error::InTheFuture { day }).at("on"));
            }
            if on < row.issued_on {
                let details = [row.number.as_str(), &row.issued_on.to_string()];
                return Err(Error::new(Code::PaidBeforeIssue, details).at("on"));
            }
            check_amount(amount, row.paid, open_amount(&row)?).about("amount")?;
            let desk = HubDesk::find(w, &row.hub)?;
            let ledger =
                ClientLedger::of(&HubId::parse(&row.hub)?, &ClientId::parse(&row.client_id)?);
            let entry = ledger
                .payment(desk.days_for(on), amount)?
                .ok_or_else(|| Error::new(Code::PaymentIsZero, []).at("amount"))?;
            let recorded = Recorded {
                hub: desk.key(),
                at: &at.stamp(),
            };
            let entry = w.post(recorded, &entry, EntrySource::default())?;
            let payment = ClientPaymentRow { day: on, amount };
            w.insert_client_payment(row.key, payment, entry, &at.stamp())?;
            detail_view(w, &find(w, &form.number)?, at.today)
        })
    }
}

/// A payment stays within what is open; money back stays within what was paid, or is owed back.
pub(crate) fn check_amount(amount: Money, paid: Money, open: Money) -> Result<(), Error> {
    if amount.is_zero() {
        return Err(Error::new(Code::PaymentIsZero, []));
    }
    if amount.is_negative() {
        let owed_back = open.min(Money::zero(open.currency()))?.negated();
        let most = paid.max(owed_back)?;
        if amount.negated().amount() > most.amount() {
            return Err(Error::new(Code::GoesBackTooLarge, []));
        }
    } else if amount.amount() > open.amount() {
        return Err(Error::new(Code::PaymentTooLarge, []));
    }
    Ok(())
}
