//! Closing a month of a hub: looked at first, then done for good in one transaction.

use std::collections::HashSet;

use hubledger_core::hub_invoice::{HubInvoice, HubInvoiceKind, LineKind};
use hubledger_core::journal::{AccountKind, JournalEntry};
use hubledger_core::money::Money;
use hubledger_core::period::BillingPeriod;
use hubledger_store::{
    ChargeFilter, ClosedMonth, EntrySource, MonthChannel, Read, Recorded, Write,
};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::{HubDesk, label};
use crate::error::{About, Error};
use crate::fee_charge::proration_of;
use crate::file::count;
use crate::hub::living_channels;
use crate::moment::Moment;
use crate::month::{OpenMonth, licence_line, work_out};
use crate::posting::repost_vat;
use crate::progress::{Progress, tell, unheard};
use crate::said::SaidView;
use crate::seal::seal_month;
use crate::show::{self, Lines};
use crate::view::{CloseStep, CloseStepView, CloseView, MoneyView, ProgressView, WorkStep};
use crate::word::BackupWord;

/// How many names a step lists.
const MOST_NAMES: usize = 5;

fn refusal(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    at: Moment,
) -> Result<Option<Error>, Error> {
    let hub = desk.hub().id.to_string();
    let text = month.to_string();
    if desk.closed_month(month).is_some() {
        return Ok(Some(
            hubledger_core::Error::MonthIsClosed { hub, month: text }.into(),
        ));
    }
    if let Err(error) = desk.check_month(month) {
        return Ok(Some(error));
    }
    if !month.is_over(at.today) {
        let from = month.next().first_day().to_string();
        return Ok(Some(
            hubledger_core::Error::MonthIsNotOver { month: text, from }.into(),
        ));
    }
    if desk.first_open() < month {
        return Ok(Some(
            hubledger_core::Error::EarlierMonthIsOpen {
                earlier: desk.first_open().to_string(),
            }
            .into(),
        ));
    }
    let unrated = unrated_in(r, desk, month)?;
    if unrated > 0 {
        let count = u64::try_from(unrated).unwrap_or(0);
        return Ok(Some(
            hubledger_core::Error::UnratedCharges { month: text, count }.into(),
        ));
    }
    Ok(None)
}

fn unrated_in(r: &Read<'_>, desk: &HubDesk, month: BillingPeriod) -> Result<i64, Error> {
    let days = r.unrated_days(desk.key(), month.first_day(), month.last_day(), None)?;
    Ok(days.iter().map(|(_, count)| count).sum())
}

fn preview(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    lines: Lines,
    at: Moment,
) -> Result<CloseView, Error> {
    let closed = desk.closed_month(month);
    let refusal = refusal(r, desk, month, at)?;
    let (invoices, to_clients) = match closed {
        Some(closed) => (
            r.frozen_invoices(desk.key(), desk.hub(), month)?,
            closed.invoices_to_clients,
        ),
        None => {
            let OpenMonth {
                invoices,
                invoices_to_clients,
                ..
            } = work_out(r, desk, month, false)?;
            (invoices, invoices_to_clients)
        }
    };
    let gross = Money::sum(desk.currency(), invoices.iter().map(|i| i.gross))?;
    Ok(CloseView {
        hub: desk.hub().id.to_string(),
        month: month.to_string(),
        closed: closed.map(|c| c.closed_on.to_string()),
        can_close: refusal.is_none(),
        refusal: refusal.map(SaidView::from),
        steps: steps(r, desk, month, at)?,
        invoices: show::invoices(&invoices, lines),
        gross: gross.into(),
        invoices_to_clients: to_clients,
    })
}

fn steps(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    at: Moment,
) -> Result<Vec<CloseStepView>, Error> {
    let step = |step, done, blocks| CloseStepView {
        step,
        done,
        blocks,
        count: 0,
        names: Vec::new(),
        amount: None,
    };
    let earlier_open = desk.first_open() < month;
    let unrated = unrated_in(r, desk, month)?;
    let top_ups = r.top_ups(desk.key(), desk.currency(), month)?;
    let added = Money::sum(desk.currency(), top_ups.iter().map(|t| t.amount))?;
    let estimated = r.estimated_count(desk.key(), month)?;
    let set_here = desk.settings.iter().filter(|s| s.from <= month).count();
    let mut steps = vec![
        CloseStepView {
            names: vec![month.next().first_day().to_string()],
            ..step(CloseStep::MonthIsOver, month.is_over(at.today), true)
        },
        CloseStepView {
            names: if earlier_open {
                vec![desk.first_open().to_string()]
            } else {
                Vec::new()
            },
            ..step(CloseStep::EarlierMonthClosed, !earlier_open, true)
        },
        usage_step(r, desk, month)?,
        CloseStepView {
            count: count(unrated),
            ..step(CloseStep::NothingUnrated, unrated == 0, true)
        },
        CloseStepView {
            count: count(top_ups.len()),
            amount: Some(MoneyView::from(added)),
            ..step(CloseStep::TopUpsAreIn, true, false)
        },
        CloseStepView {
            count: count(set_here),
            ..step(CloseStep::RulesConfirmed, true, false)
        },
    ];
    if estimated > 0 {
        let after = steps
            .iter()
            .position(|s| s.step == CloseStep::NothingUnrated)
            .map_or(steps.len(), |at| at + 1);
        let named = CloseStepView {
            count: count(estimated),
            ..step(CloseStep::NothingEstimated, false, false)
        };
        steps.insert(after, named);
    }
    Ok(steps)
}

/// How many channels have usage, and which that lived in the month have none yet.
fn usage_step(r: &Read<'_>, desk: &HubDesk, month: BillingPeriod) -> Result<CloseStepView, Error> {
    let with_usage: HashSet<i64> = r
        .channels_with_usage(desk.key(), month)?
        .into_iter()
        .collect();
    let is_in = |key: &i64| with_usage.contains(key);
    let all_in = r
        .living_channel_keys(desk.key(), month.last_day())?
        .iter()
        .all(is_in);
    // Names are read only where some are to be told.
    let mut missing = if all_in {
        Vec::new()
    } else {
        living_channels(r, desk, month.last_day())?
    };
    missing.retain(|c| !is_in(&c.key));
    let days = Some((month.first_day(), month.last_day()));
    let totals = r.charge_totals(
        &ChargeFilter {
            hub: desk.key(),
            days,
            ..ChargeFilter::default()
        },
        desk.currency(),
    )?;
    let name = |row: &hubledger_store::ChannelRow| {
        if row.channel.name.is_empty() {
            row.channel.phone.to_string()
        } else {
            row.channel.name.clone()
        }
    };
    Ok(CloseStepView {
        step: CloseStep::UsageIsIn,
        done: missing.is_empty() && totals.count > 0,
        blocks: false,
        count: count(with_usage.len()),
        names: missing.iter().take(MOST_NAMES).map(name).collect(),
        amount: Some(totals.amount.into()),
    })
}

/// Posts what the month's invoices say and settles its balances, on days of the month.
fn post_month(
    w: &Write<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    open: &OpenMonth,
    at: Moment,
) -> Result<(), Error> {
    let stamp = at.stamp();
    let post = |entry: Option<JournalEntry>| -> Result<(), Error> {
        if let Some(entry) = entry {
            w.post(
                Recorded {
                    hub: desk.key(),
                    at: &stamp,
                },
                &entry,
                EntrySource::default(),
            )?;
        }
        Ok(())
    };
    for invoice in &open.invoices {
        let costs = match invoice.kind {
            HubInvoiceKind::PartnerPlan => AccountKind::PlanCosts,
            HubInvoiceKind::Licence | HubInvoiceKind::ProRataLicence => AccountKind::LicenceCosts,
            // Top-ups are posted on their day; the month closing is posted with its balance.
            HubInvoiceKind::TopUp(_) | HubInvoiceKind::MonthClosing => continue,
        };
        let card_fee = card_fee_of(invoice)?;
        let net = invoice.net.checked_sub(card_fee)?;
        post(desk.ledger(None).fee_invoice(
            invoice.issued_on,
            costs,
            net,
            card_fee,
            invoice.vat.amount,
        )?)?;
    }
    for balance in &open.balances {
        let ledger = desk.ledger(balance.channel.as_ref().map(|c| c.channel.id.clone()));
        let channel = balance.channel.as_ref().map(|c| &c.channel.id);
        let is_of = |i: &&HubInvoice| {
            i.kind == HubInvoiceKind::MonthClosing && i.channel.as_ref().map(|c| &c.id) == channel
        };
        let zero = Money::zero(desk.currency());
        let vat = open
            .invoices
            .iter()
            .find(is_of)
            .map_or(zero, |i| i.vat.amount);
        let summary = &balance.settled.summary;
        post(ledger.rounding(month.last_day(), balance.settled.rounding)?)?;
        post(ledger.settle(
            month.last_day(),
            summary.settled_by_invoice,
            summary.card_fee,
            vat,
        )?)?;
    }
    Ok(())
}

fn card_fee_of(invoice: &HubInvoice) -> Result<Money, Error> {
    let fees = invoice
        .lines
        .iter()
        .filter(|l| matches!(l.kind, LineKind::CardFee { .. }))
        .map(|l| l.amount);
    Ok(Money::sum(invoice.currency, fees)?)
}

/// Keeps the month's papers as they are now.
fn freeze(
    w: &Write<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    open: OpenMonth,
    at: Moment,
) -> Result<(), Error> {
    for row in w.channels(Some(desk.key()))? {
        w.insert_month_channel(
            desk.key(),
            month,
            &MonthChannel {
                key: row.key,
                label: label(&row),
            },
        )?;
    }
    let mut position = 0;
    let proration = |kind: &LineKind| proration_of(desk, month, kind);
    for invoice in &open.invoices {
        w.insert_invoice(desk.key(), invoice, &mut position, &proration)?;
    }
    for (channel, fee) in open.licences_of_clients {
        let line = licence_line(channel, fee);
        let rule = proration(&line.kind);
        w.insert_month_line(desk.key(), month, position, None, &line, rule)?;
        position += 1;
    }
    let closed = ClosedMonth {
        month,
        closed_on: at.today,
        invoices_to_clients: open.invoices_to_clients,
    };
    w.insert_month_language(desk.key(), month, w.paper_language()?)?;
    Ok(w.insert_month_close(desk.key(), &closed)?)
}

impl Book {
    /// What closing a month would do: what is missing, and the invoices that it makes.
    pub fn close_preview(&self, hub: &str, month: &str, at: Moment) -> Result<CloseView, Error> {
        self.preview_close(hub, month, Lines::All, at)
    }

    /// The same with the first lines of each invoice, as lists show them.
    pub fn short_close_preview(
        &self,
        hub: &str,
        month: &str,
        at: Moment,
    ) -> Result<CloseView, Error> {
        self.preview_close(hub, month, Lines::First, at)
    }

    fn preview_close(
        &self,
        hub: &str,
        month: &str,
        lines: Lines,
        at: Moment,
    ) -> Result<CloseView, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| {
            let desk = HubDesk::find(r, hub)?;
            desk.check_month(month).about("month")?;
            preview(r, &desk, month, lines, at)
        })
    }

    /// Closes a month for good: balances are settled, invoices frozen.
    pub fn close_month(&mut self, hub: &str, month: &str, at: Moment) -> Result<CloseView, Error> {
        self.close_month_with(hub, month, &mut unheard, at)
    }

    /// Closes a month, and tells which step it is at. Refused with `cancelled` where that is answered
    /// with a break, or the book's work is stopped; then nothing is closed.
    pub fn close_month_with(
        &mut self,
        hub: &str,
        month: &str,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<CloseView, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        let act = Act::new(UseCase::CloseMonth, at).hub(hub).month(month);
        self.write_backed_up_with((BackupWord::Close, at), act, progress, |w, progress| {
            let mut begin = |step, percent| tell(progress, ProgressView::of_step(step, percent));
            begin(WorkStep::Fees, 0)?;
            let desk = HubDesk::find(w, hub)?;
            if let Some(error) = refusal(w, &desk, month, at)? {
                return Err(error.at("month"));
            }
            repost_vat(w, &desk, at)?;
            let open = work_out(w, &desk, month, true)?;
            begin(WorkStep::Invoices, 25)?;
            post_month(w, &desk, month, &open, at)?;
            freeze(w, &desk, month, open, at)?;
            begin(WorkStep::Seal, 50)?;
            seal_month(w, &desk, month, false, at)?;
            preview(w, &HubDesk::find(w, hub)?, month, Lines::All, at)
        })
    }
}
