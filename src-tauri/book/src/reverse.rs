//! Reverse: what a closed month holds and should not is corrected in the first open month, by an
//! entry or a charge that names what it takes back (`billing-models` 9). What lies in an open month
//! is undone instead. The closed month's papers stay as they were issued.

use hubledger_core::bookkeeping::Days;
use hubledger_core::journal::EntryKind;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_store::{ChargeRow, PostedEntry, Read, Undone, VatEvent, Write};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::charge::{desk_of, find_charge, money};
use crate::client_invoice::find as find_invoice;
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::file::count;
use crate::ledger::{EntriesForm, EntryView, entries_page};
use crate::moment::Moment;
use crate::posting::take_back;
use crate::undo::{Floors, UsageUndo, post_mirror};
use crate::view::MoneyView;

/// What is to be reversed, one of the two: an entry of the ledger, such as that of a top-up, or a
/// charge of usage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct ReverseForm {
    /// `EntryView::entry`.
    pub entry: Option<String>,
    /// `ChargeView::id`.
    pub charge: Option<String>,
}

/// A reversal: what it takes back, and what it books.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ReversalView {
    /// Its number in the record, by which it can be undone; none where it was only looked at.
    pub unit: Option<u32>,
    pub hub: String,
    /// What is taken back: the kind of the entry, or `charge`.
    pub kind: String,
    /// The day that it was booked on.
    pub day: String,
    /// The first day of the first open month.
    pub booked_on: String,
    /// The month of that day.
    pub month: String,
    /// What is taken back. Of an entry the sum of one side, above zero; of a charge its amount.
    pub amount: MoneyView,
    /// The charge that takes the charge back.
    pub charge: Option<String>,
    /// What is posted; nothing where a charge costs nothing.
    pub entries: Vec<EntryView>,
}

/// Whether a reversal mends an entry of a kind; else why not.
fn refusal_of_kind(kind: EntryKind) -> Option<Error> {
    match kind {
        EntryKind::TopUp
        | EntryKind::RefundToBalance
        | EntryKind::PaidOut
        | EntryKind::FeeInvoice
        | EntryKind::ClientPayment => None,
        EntryKind::Usage | EntryKind::Reconciliation => {
            Some(Error::new(Code::ReverseItsCharges, []))
        }
        EntryKind::ClientInvoice | EntryKind::ClientCredit => {
            Some(Error::new(Code::IssuedIsIssued, []))
        }
        EntryKind::Opening => Some(Error::new(Code::OpeningStays, [])),
        EntryKind::SettledByInvoice | EntryKind::Rounding | EntryKind::VatCorrection => {
            Some(Error::new(Code::FollowsFromTheMonth, [kind.name()]))
        }
    }
}

/// Whether an entry that stands, and takes nothing back, can be reversed.
pub(crate) fn can_be_reversed(kind: EntryKind, day: Date, first_open: BillingPeriod) -> bool {
    BillingPeriod::containing(day) < first_open && refusal_of_kind(kind).is_none()
}

fn is_closed(desk: &HubDesk, day: Date) -> bool {
    BillingPeriod::containing(day) < desk.first_open()
}

fn undo_instead(day: Date) -> Error {
    let month = BillingPeriod::containing(day).to_string();
    Error::new(Code::UndoInstead, [&month])
}

/// Why an entry is not reversed; none where it can be.
fn refusal_of_entry(
    r: &Read<'_>,
    desk: &HubDesk,
    posted: &PostedEntry,
) -> Result<Option<Error>, Error> {
    let entry = |key: i64| format!("Entry {key}");
    if let Some(by) = r.reversal_of(posted.key)? {
        let details = [entry(posted.key), format!("entry {by}")];
        return Ok(Some(Error::new(
            Code::AlreadyReversed,
            [&details[0], &details[1]],
        )));
    }
    if !is_closed(desk, posted.entry.day()) {
        return Ok(Some(undo_instead(posted.entry.day())));
    }
    if let Some(first) = posted.source.reverses {
        let details = [entry(posted.key), format!("entry {first}")];
        return Ok(Some(Error::new(
            Code::IsAReversal,
            [&details[0], &details[1]],
        )));
    }
    Ok(refusal_of_kind(posted.entry.kind()))
}

/// Why a charge is not reversed; none where it can be.
pub(crate) fn refusal_of_charge(
    r: &Read<'_>,
    desk: &HubDesk,
    row: &ChargeRow,
) -> Result<Option<Error>, Error> {
    let called = |key: i64| format!("charge {key}");
    let this = format!("Charge {}", row.key);
    let charge = &row.charge;
    if !charge.is_live
        && let Some(back) = r.charge_reversing(row.key)?
    {
        let by = called(back.key);
        return Ok(Some(Error::new(Code::AlreadyReversed, [&this, &by])));
    }
    if is_closed(desk, charge.booked) {
        return Ok(charge
            .reverses
            .map(|first| Error::new(Code::IsAReversal, [&this, &called(first)])));
    }
    // A row of a closed month that was priced anew since stands in the open one, and the file that
    // it came by can't be undone any more.
    let month = BillingPeriod::containing(charge.day);
    let is_priced_anew = charge.is_live
        && is_closed(desk, charge.day)
        && match charge.import {
            Some(import) => r.closed_after_import(desk.hub().id.as_str(), month, import)?,
            None => false,
        };
    Ok((!is_priced_anew).then(|| undo_instead(charge.booked)))
}

fn find_entry(r: &Read<'_>, id: &str) -> Result<PostedEntry, Error> {
    let missing = || Error::new(Code::EntryNotFound, [id.trim()]);
    let key = id.trim().parse().map_err(|_| missing())?;
    r.entry(key)?.ok_or_else(missing)
}

/// When what takes an entry back is booked: on the first open day, of the day that it belongs to.
fn days_of_reversal(desk: &HubDesk, posted: &PostedEntry) -> Days {
    let own = posted.entry.own_day().unwrap_or(posted.entry.day());
    Days {
        booked: desk.first_open().first_day(),
        own: Some(own),
    }
}

/// An entry, and what was posted since of the VAT that its top-up or pay-out bears.
fn with_its_vat(w: &Write<'_>, posted: PostedEntry) -> Result<Vec<PostedEntry>, Error> {
    let event = match posted.entry.kind() {
        EntryKind::TopUp => Some(VatEvent::TopUp),
        EntryKind::PaidOut => Some(VatEvent::Refund),
        _ => None,
    };
    let mut corrections = Vec::new();
    if let Some((event, key)) = event.zip(posted.source.key) {
        for entry in w.standing_vat_entries(event, key)? {
            if entry != posted.key {
                corrections.extend(w.entry(entry)?);
            }
        }
    }
    corrections.insert(0, posted);
    Ok(corrections)
}

/// What is booked for a form, and where.
struct Reversed {
    desk: HubDesk,
    kind: String,
    day: Date,
    booked: Date,
    amount: MoneyView,
    charge: Option<String>,
}

/// Posts the mirror of an entry of a closed month.
fn reverse_entry(w: &Write<'_>, id: &str, at: Moment) -> Result<Reversed, Error> {
    let posted = find_entry(w, id)?;
    let desk = desk_of(w, posted.hub)?;
    if let Some(refusal) = refusal_of_entry(w, &desk, &posted)? {
        return Err(refusal);
    }
    let debits = posted.entry.postings().iter().map(|p| p.amount);
    let debits = debits.filter(|amount| amount.is_positive());
    let amount = Money::sum(desk.currency(), debits)?;
    let (kind, day) = (posted.entry.kind(), posted.entry.day());
    let booked = days_of_reversal(&desk, &posted).booked;
    let all = with_its_vat(w, posted)?;
    let floors = Floors::on(w, all.iter().map(|one| (one, booked)))?;
    for one in &all {
        post_mirror(w, one, days_of_reversal(&desk, one), at)?;
        if one.entry.kind() == EntryKind::ClientPayment {
            take_payment_back(w, one)?;
        }
    }
    floors.check(w)?;
    Ok(Reversed {
        desk,
        kind: kind.name().to_owned(),
        day,
        booked,
        amount: amount.into(),
        charge: None,
    })
}

/// A payment counts no more; what is left of the others must still be one.
fn take_payment_back(w: &Write<'_>, posted: &PostedEntry) -> Result<(), Error> {
    let Some(paid) = w.payment_of_entry(posted.key)? else {
        return Ok(());
    };
    w.mark_undone(Undone::Payment, paid.key)?;
    let row = find_invoice(w, &paid.number)?;
    let is_back = paid.payment.amount.is_negative();
    let too_little = row.paid.is_negative() && !is_back;
    let too_much = is_back && row.paid.amount() > row.gross.amount();
    if too_little || too_much {
        return Err(Error::new(Code::PaymentsRestOnIt, [&row.number]));
    }
    Ok(())
}

/// Takes a charge of a closed month back as a reconciliation.
fn reverse_charge(w: &Write<'_>, id: &str, at: Moment) -> Result<Reversed, Error> {
    let row = find_charge(w, id)?;
    let desk = desk_of(w, row.charge.hub)?;
    if let Some(refusal) = refusal_of_charge(w, &desk, &row)? {
        return Err(refusal);
    }
    let booked = desk.days_for(row.charge.booked).booked;
    let mut usage = UsageUndo::new(w, &desk, at)?;
    usage.note(&row.charge)?;
    let back = take_back(w, &row, None, row.charge.line, booked)?;
    let mirror = w.charge_reversing(row.key)?.map(|back| back.key);
    usage.add(&back)?;
    usage.work_out_anew(&[])?;
    usage.post(None)?;
    let amount = row.charge.priced.amount.unwrap_or_default();
    Ok(Reversed {
        kind: "charge".to_owned(),
        day: row.charge.booked,
        booked,
        amount: money(&desk, amount),
        charge: mirror.map(|key| key.to_string()),
        desk,
    })
}

/// Books a reversal and shows what it booked.
fn reverse(w: &Write<'_>, form: &ReverseForm, at: Moment) -> Result<ReversalView, Error> {
    let before = w.last_entry_key()?;
    let done = match (&form.entry, &form.charge) {
        (Some(entry), None) => reverse_entry(w, entry, at).about("entry")?,
        (None, Some(charge)) => reverse_charge(w, charge, at).about("charge")?,
        _ => return Err(Error::new(Code::NameOneToReverse, [])),
    };
    let mut entries = Vec::new();
    for key in before + 1..=w.last_entry_key()? {
        let one = EntriesForm {
            entry: Some(count(key)),
            limit: 1,
            ..EntriesForm::default()
        };
        entries.extend(entries_page(w, &one, at)?.entries);
    }
    Ok(ReversalView {
        unit: w.unit().map(count),
        hub: done.desk.hub().id.to_string(),
        kind: done.kind,
        day: done.day.to_string(),
        booked_on: done.booked.to_string(),
        month: BillingPeriod::containing(done.booked).to_string(),
        amount: done.amount,
        charge: done.charge,
        entries,
    })
}

impl Book {
    /// What reversing would book. Nothing is.
    pub fn preview_reversal(
        &mut self,
        form: &ReverseForm,
        at: Moment,
    ) -> Result<ReversalView, Error> {
        let (act, actor) = (self.act_of_reversal(form, at)?, self.actor.clone());
        let view = self.try_out(|w| {
            act.record(w, &actor)?;
            reverse(w, form, at)
        })?;
        Ok(ReversalView { unit: None, ..view })
    }

    /// Reverses an entry or a charge of a closed month in the first open month.
    pub fn reverse(&mut self, form: &ReverseForm, at: Moment) -> Result<ReversalView, Error> {
        let act = self.act_of_reversal(form, at)?;
        self.write(act, |w| reverse(w, form, at))
    }

    fn act_of_reversal(&self, form: &ReverseForm, at: Moment) -> Result<Act, Error> {
        let hub = self.read(|r| {
            let key = match (&form.entry, &form.charge) {
                (Some(entry), None) => find_entry(r, entry).about("entry")?.hub,
                (None, Some(charge)) => find_charge(r, charge).about("charge")?.charge.hub,
                _ => return Err(Error::new(Code::NameOneToReverse, [])),
            };
            Ok(desk_of(r, key)?.hub().id.to_string())
        })?;
        Ok(Act::new(UseCase::Reverse, at).form(form).hub(&hub))
    }
}
