//! Undo: what a person did is taken back as one, by a unit of the record that names it. What was
//! posted is reversed on its own day, rows that may change get back what they were, and what was
//! worked out from them is worked out anew. Nothing is removed, and no closed month is touched.

use std::collections::{BTreeSet, HashMap};

use hubledger_core::bookkeeping::Days;
use hubledger_core::id::ChannelId;
use hubledger_core::journal::EntryKind;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::price::PriceData;
use hubledger_core::rating::takes_from_allowance;
use hubledger_core::volume::Counted;
use hubledger_store::{
    ActivityRow, ChangedRow, ChargeRow, EntrySource, NewCharge, PostedEntry, Priced, Read,
    Recorded, Refusal, StoredOutcome, StoredReason, Undone, VatEvent, VolumeGroup, Write, money,
};
use serde::Serialize;
use serde_json::Value;
use specta::Type;

use crate::Book;
use crate::activity::{Act, ActivityView, UseCase, view};
use crate::charge::{desk_of, find_charge};
use crate::client_invoice::{check_payment, find as find_invoice, open_amount};
use crate::desk::HubDesk;
use crate::error::{Code, Error};
use crate::file::count;
use crate::moment::Moment;
use crate::posting::{
    UsagePoster, channel_ids, correct_vat, deal_free_messages, deal_free_messages_from,
    priced_anew, re_rate_into, repost_vat, take_back,
};
use crate::reverse::can_be_reversed;
use crate::volume::deal_all_steps;

/// What was taken back, and by which unit.
#[derive(Clone, Debug, Serialize, Type)]
pub struct UndoneView {
    /// The number of the undo itself.
    pub unit: u32,
    /// What it took back.
    pub undone: ActivityView,
}

/// How a unit is called in a sentence: `12 (top-up)`.
fn called(row: &ActivityRow) -> String {
    format!("{} ({})", row.key, row.use_case)
}

fn called_by_key(r: &Read<'_>, unit: i64) -> Result<String, Error> {
    Ok(r.activity(unit)?
        .map_or(unit.to_string(), |row| called(&row)))
}

fn first(r: &Read<'_>, other: i64) -> Result<Error, Error> {
    Ok(Error::new(
        Code::UndoOtherFirst,
        [&called_by_key(r, other)?],
    ))
}

fn use_case(row: &ActivityRow) -> Option<UseCase> {
    let known = UseCase::ALL.iter().copied();
    known.into_iter().find(|case| case.as_str() == row.use_case)
}

/// What becomes of a use case that is undone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Rows that may change, and entries.
    Rows,
    /// Rows of usage, priced by a person.
    Charge,
    Import,
    Prices,
    /// Entries alone.
    Entries,
    Reverse,
    Undo,
}

fn kind_of(row: &ActivityRow) -> Result<Kind, Error> {
    use UseCase::*;
    Ok(match use_case(row) {
        Some(TopUp | Refund | PayClientInvoice) => Kind::Entries,
        Some(ImportUsage) => Kind::Import,
        Some(PriceCharge | Waive) => Kind::Charge,
        Some(ImportPrices | ChooseCard | ImportMarkets | ChooseMarketList) => Kind::Prices,
        Some(Undo) => Kind::Undo,
        Some(Reverse) => Kind::Reverse,
        Some(
            SetCompany | SetPaperLanguage | AddHub | EditHub | SetUpHub | CloseHub | SetOpening
            | SetPayBy | SetRule | SetVolume | SetAutoRenewal | AddClient | EditClient | AddChannel
            | EditChannel | SetUpChannel | CancelChannel | ImportParties | SetChart
            | SetVendorNumber | SetSeller | SetLogo | SetNumberSeries | SetSeriesStart
            | SetClientBilling | PutClientDraft | RemoveClientDraft | ImportVolume | GivePlanNotice
            | WithdrawPlanNotice | KeepPrice,
        ) => Kind::Rows,
        Some(CloseMonth) => return Err(Error::new(Code::CloseIsForGood, [])),
        Some(IssueClientInvoice | CreditClientInvoice | CorrectClientInvoice) => {
            return Err(Error::new(Code::IssuedIsIssued, []));
        }
        _ => return Err(Error::new(Code::NeverUndone, [&called(row)])),
    })
}

/// What is refused before anything is written.
fn check(r: &Read<'_>, row: &ActivityRow, desks: &[HubDesk]) -> Result<Kind, Error> {
    if let Some(by) = row.undone_by {
        let details = [&called(row), &called_by_key(r, by)?];
        return Err(Error::new(Code::AlreadyUndone, [details[0], details[1]]));
    }
    let kind = kind_of(row)?;
    if kind == Kind::Undo && (r.has_posted(row.key)? || r.has_undone(row.key)?) {
        return Err(Error::new(Code::EnterItAnew, []));
    }
    let open_from = desks
        .iter()
        .map(|desk| (desk.key(), desk.first_open().first_day()));
    if let Some((hub, day)) = r.posted_before(row.key, open_from)? {
        let desk = desks.iter().find(|desk| desk.key() == hub);
        desk.map_or(Ok(()), |desk| check_is_open(desk, day))?;
    }
    let entries = r.entries_in_unit(row.key)?;
    if let Some(by) = entries.iter().find_map(|entry| entry.reversed_by) {
        let by = format!("entry {by}");
        return Err(Error::new(Code::AlreadyUndone, [&called(row), &by]));
    }
    let is_bare = kind == Kind::Rows && entries.is_empty() && r.changes_of(row.key)?.is_empty();
    if is_bare && !r.kept_changes_before(row.key)? {
        return Err(Error::new(Code::TooOldToUndo, [&called(row)]));
    }
    if use_case(row) == Some(UseCase::SetSeriesStart) {
        check_gave_no_number(r, row)?;
    }
    match r.refusal_to_restore(row.key)? {
        Some(Refusal::ChangedSince { unit }) => return Err(first(r, unit)?),
        Some(Refusal::ClosedSince { hub, month }) => {
            return Err(Error::new(
                Code::UndoneMonthIsClosed,
                [&hub, &month.to_string()],
            ));
        }
        Some(Refusal::RestsOn { what, by }) => {
            return Err(Error::new(Code::StillRestedOn, [&what, &by]));
        }
        None => {}
    }
    Ok(kind)
}

/// Refuses to say that a series began elsewhere, once it has given a number: they have no gaps.
fn check_gave_no_number(r: &Read<'_>, row: &ActivityRow) -> Result<(), Error> {
    for change in r.changes_of(row.key)? {
        let key = key_of(&change);
        let text = |at: usize| key.get(at).and_then(Value::as_str).unwrap_or_default();
        let (series, period) = (text(0), text(1));
        if change.table == "series_start" && r.has_counted(series, period)? {
            let last = r.last_of_series(series)?.map(|(number, _)| number);
            return Err(Error::new(
                Code::SeriesHasBegun,
                [&last.unwrap_or_default()],
            ));
        }
    }
    Ok(())
}

/// A row of the record with what can be done about it now.
pub(crate) fn with_ways_back(
    r: &Read<'_>,
    row: ActivityRow,
    desks: &[HubDesk],
) -> Result<ActivityView, Error> {
    let refusal = check_what_did_it(r, &row, desks).err();
    let can_undo = refusal.as_ref().is_none_or(|refusal| {
        let waits = [Code::UndoOtherFirst, Code::StillRestedOn];
        waits.contains(&refusal.code)
    });
    let is_closed = refusal.is_some_and(|refusal| refusal.code == Code::UndoneMonthIsClosed);
    let (mut to_reverse, mut reversed_by) = (None, None);
    if is_closed && kind_of(&row)? == Kind::Entries {
        for entry in r.entries_in_unit(row.key)? {
            let desk = desks.iter().find(|desk| desk.key() == entry.hub);
            let can =
                desk.is_some_and(|desk| can_be_reversed(entry.kind, entry.day, desk.first_open()));
            reversed_by = entry.reversed_by.map(|key| key.to_string());
            to_reverse = (can && reversed_by.is_none()).then(|| entry.key.to_string());
        }
    }
    Ok(ActivityView {
        can_undo,
        to_reverse,
        reversed_by,
        ..view(row)
    })
}

/// The unit to take back: the one that is named, or the undo of its undo, where that did it again.
fn what_did_it(r: &Read<'_>, row: &ActivityRow) -> Result<ActivityRow, Error> {
    let last = match row.undone_by {
        Some(_) => row.key,
        None => r.last_of_chain(row.key)?,
    };
    r.activity(last)?
        .ok_or_else(|| Error::new(Code::UnitNotFound, [&last.to_string()]))
}

fn check_what_did_it(
    r: &Read<'_>,
    row: &ActivityRow,
    desks: &[HubDesk],
) -> Result<ActivityRow, Error> {
    let act = what_did_it(r, row)?;
    check(r, &act, desks).map(|_| act)
}

pub(crate) fn check_is_open(desk: &HubDesk, day: Date) -> Result<(), Error> {
    let month = BillingPeriod::containing(day);
    if month < desk.first_open() {
        let details = [desk.hub().id.as_str(), &month.to_string()];
        return Err(Error::new(Code::UndoneMonthIsClosed, details));
    }
    Ok(())
}

/// Balances that money was paid out of: how low each is from the first pay-out on.
pub(crate) struct Floors(Vec<(i64, Date, Money)>);

impl Floors {
    fn of(w: &Write<'_>, entries: &[PostedEntry]) -> Result<Self, Error> {
        Self::on(w, entries.iter().map(|posted| (posted, posted.entry.day())))
    }

    /// Of entries that are taken back on the days beside them.
    pub(crate) fn on<'a>(
        w: &Write<'_>,
        entries: impl Iterator<Item = (&'a PostedEntry, Date)>,
    ) -> Result<Self, Error> {
        let mut first_days: HashMap<i64, (Date, &PostedEntry)> = HashMap::new();
        for (posted, taken_back_on) in entries {
            for posting in posted.entry.postings() {
                if posting.account.kind.is_balance() {
                    let account = w.open_account(posted.hub, &posting.account)?;
                    let day = first_days.entry(account).or_insert((taken_back_on, posted));
                    day.0 = day.0.min(taken_back_on);
                }
            }
        }
        let mut floors = Vec::new();
        for (account, (day, posted)) in first_days {
            if let Some(paid) = w.first_pay_out(account, day, posted.key)? {
                let lowest = w.lowest_balance_from(account, posted.currency, paid)?;
                floors.push((account, paid, lowest));
            }
        }
        Ok(Self(floors))
    }

    /// Refuses where a balance that was paid out would go below zero, or further below.
    pub(crate) fn check(&self, w: &Write<'_>) -> Result<(), Error> {
        for (account, paid, before) in &self.0 {
            let now = w.lowest_balance_from(*account, before.currency(), *paid)?;
            if now.is_negative() && now.checked_sub(*before)?.is_negative() {
                return Err(Error::new(Code::PaidOutMeanwhile, []));
            }
        }
        Ok(())
    }
}

/// Posts what takes an entry back, with the VAT that it posted; gives its key.
pub(crate) fn post_mirror(
    w: &Write<'_>,
    posted: &PostedEntry,
    days: Days,
    at: Moment,
) -> Result<i64, Error> {
    let entry = posted.entry.reversed(days.booked, days.own);
    let stamp = at.stamp();
    let recorded = Recorded {
        hub: posted.hub,
        at: &stamp,
    };
    let source = EntrySource {
        key: posted.source.key,
        messages: posted.source.messages.map(|n| -n),
        pulses: posted.source.pulses.map(|n| -n),
        reverses: Some(posted.key),
    };
    let back = w.post(recorded, &entry, source)?;
    for (event, key, amount) in w.vat_of_entry(posted.key)? {
        w.note_posted_vat(event, key, back, money(-amount, posted.currency))?;
    }
    Ok(back)
}

/// Posts what takes an entry back, on its own day, and marks what it was of.
fn reverse(w: &Write<'_>, posted: &PostedEntry, at: Moment) -> Result<(), Error> {
    let days = Days {
        booked: posted.entry.day(),
        own: posted.entry.own_day(),
    };
    let back = post_mirror(w, posted, days, at)?;
    if posted.source.reverses.is_some() {
        // What it took back stands again, and was never marked; but for a payment, which comes anew.
        return pay_again(w, posted, back, at);
    }
    match (posted.entry.kind(), posted.source.key) {
        (EntryKind::TopUp, Some(key)) => w.mark_undone(Undone::TopUp, key)?,
        (EntryKind::RefundToBalance | EntryKind::PaidOut, Some(key)) => {
            w.mark_undone(Undone::Refund, key)?;
        }
        (EntryKind::ClientPayment, _) => undo_payment(w, posted)?,
        _ => {}
    }
    Ok(())
}

/// What was corrected since of the VAT of a top-up or pay-out goes with it.
fn take_back_vat(
    w: &Write<'_>,
    desk: &HubDesk,
    posted: &PostedEntry,
    at: Moment,
) -> Result<(), Error> {
    let event = match posted.entry.kind() {
        EntryKind::TopUp => VatEvent::TopUp,
        EntryKind::PaidOut => VatEvent::Refund,
        _ => return Ok(()),
    };
    if posted.source.reverses.is_some() {
        return Ok(());
    }
    match posted.source.key {
        Some(key) => {
            let none = Money::zero(posted.currency);
            correct_vat(w, desk, (event, key), posted.entry.day(), none, at)
        }
        None => Ok(()),
    }
}

fn undo_payment(w: &Write<'_>, posted: &PostedEntry) -> Result<(), Error> {
    let Some(paid) = w.payment_of_entry(posted.key)? else {
        return Ok(());
    };
    if let Some(later) = w.payment_after(paid.key)? {
        return Err(first(w, later)?);
    }
    Ok(w.mark_undone(Undone::Payment, paid.key)?)
}

/// A payment whose reversal is taken back is kept anew, under the entry that does so.
fn pay_again(w: &Write<'_>, posted: &PostedEntry, entry: i64, at: Moment) -> Result<(), Error> {
    let unit = posted.unit.unwrap_or_default();
    let is_payment = posted.entry.kind() == EntryKind::ClientPayment;
    let Some(paid) = w.payment_undone_by(unit)?.filter(|_| is_payment) else {
        return Ok(());
    };
    let row = find_invoice(w, &paid.number)?;
    check_payment(paid.payment.amount, row.paid, open_amount(&row)?)?;
    Ok(w.insert_client_payment(row.key, paid.payment, entry, &at.stamp())?)
}

/// The charge that a unit reversed, and what reversed it.
fn reversed_charge(
    r: &Read<'_>,
    unit: &ActivityRow,
) -> Result<Option<(ChargeRow, ChargeRow)>, Error> {
    let inputs: Value = serde_json::from_str(&unit.inputs).unwrap_or_default();
    let Some(id) = inputs.get("charge").and_then(Value::as_str) else {
        return Ok(None);
    };
    let row = find_charge(r, id)?;
    let back = r
        .charge_reversing(row.key)?
        .ok_or_else(|| Error::new(Code::NothingToUndo, []))?;
    check_is_open(&desk_of(r, row.charge.hub)?, back.charge.booked)?;
    if let Some(now) = same_usage(r, &row)? {
        let import = now.charge.import.unwrap_or_default();
        return Err(first(r, r.unit_of_import(import)?.unwrap_or_default())?);
    }
    Ok(Some((row, back)))
}

/// The row that stands for the same usage as another.
fn same_usage(r: &Read<'_>, row: &ChargeRow) -> Result<Option<ChargeRow>, Error> {
    let charge = &row.charge;
    Ok(match &charge.row_id {
        Some(id) => r.charge_by_row_id(charge.hub, id)?,
        None => r.charge_by_place(charge.lies_at())?,
    })
}

/// Takes a unit back. The unit that does so is on record already.
fn take_back_unit(w: &Write<'_>, row: &ActivityRow, at: Moment) -> Result<(), Error> {
    let kind = check(w, row, &HubDesk::all(w)?)?;
    let before = w.last_charge_key()?;
    let entries = w.entries_of_unit(row.key)?;
    let floors = Floors::of(w, &entries)?;
    for posted in &entries {
        reverse(w, posted, at)?;
    }
    let changes = w.changes_of(row.key)?;
    w.restore(row.key)?;
    if kind == Kind::Prices {
        undo_prices(w, row.key)?;
    }
    let import = match kind {
        Kind::Import => Some(import_to_undo(w, row)?),
        _ => None,
    };
    let settled = match kind {
        Kind::Charge => Some(settled_row(w, row)?),
        _ => None,
    };
    let reversed = match kind {
        Kind::Reverse => reversed_charge(w, row)?,
        _ => None,
    };
    // With their settings as they were put back.
    for desk in HubDesk::all(w)? {
        let mut usage = UsageUndo::new(w, &desk, at)?;
        for posted in entries.iter().filter(|posted| posted.hub == desk.key()) {
            usage.is_reversed(posted)?;
        }
        if let Some(import) = import {
            usage.take_import_back(import, before)?;
        }
        if let Some(row) = settled.as_ref().filter(|row| row.charge.hub == desk.key()) {
            usage.take_price_back(row)?;
        }
        if let Some((row, back)) = &reversed
            && row.charge.hub == desk.key()
        {
            usage.take_reversal_back(row, back)?;
        }
        if kind == Kind::Prices {
            re_rate_into(w, &mut usage.poster, None)?;
        }
        usage.work_out_anew(&changes)?;
        usage.post(import)?;
        for posted in entries.iter().filter(|posted| posted.hub == desk.key()) {
            take_back_vat(w, &desk, posted, at)?;
        }
        repost_vat(w, &desk, at)?;
    }
    if let Some(import) = import {
        w.mark_undone(Undone::Import, import)?;
    }
    if w.last_charge_key()? > before {
        w.fold_what_came_to_nothing(before)?;
    }
    floors.check(w)
}

fn undo_prices(w: &Write<'_>, unit: i64) -> Result<(), Error> {
    if let Some(other) = w.choice_of_prices_of(unit)? {
        return Err(first(w, other)?);
    }
    for (what, key) in w.prices_of_unit(unit)? {
        w.mark_undone(what, key)?;
    }
    Ok(())
}

/// The import of a unit, where nothing that came later rests on it.
fn import_to_undo(r: &Read<'_>, row: &ActivityRow) -> Result<i64, Error> {
    let import = r
        .import_of_unit(row.key)?
        .ok_or_else(|| Error::new(Code::TooOldToUndo, [&called(row)]))?;
    for (hub, day) in r.first_days_of_import(import)? {
        check_is_open(&desk_of(r, hub)?, day)?;
    }
    if let Some(later) = r.import_that_replaced(import)? {
        let unit = r.unit_of_import(later)?.unwrap_or_default();
        return Err(first(r, unit)?);
    }
    if let Some(charge) = r.settled_row_of(import)? {
        let details = [
            called(row),
            format!("the price that charge {charge} was given by hand"),
        ];
        return Err(Error::new(Code::StillRestedOn, [&details[0], &details[1]]));
    }
    Ok(import)
}

/// What an undo does to a hub's usage, collected and posted at the end.
pub(crate) struct UsageUndo<'a> {
    w: &'a Write<'a>,
    poster: UsagePoster<'a>,
    prices: PriceData,
    channels: HashMap<i64, ChannelId>,
    clients: HashMap<i64, i64>,
    /// Channels and months whose free service messages are dealt anew.
    service: BTreeSet<(i64, ChannelId, BillingPeriod)>,
    steps: BTreeSet<VolumeGroup>,
    at: Moment,
}

impl<'a> UsageUndo<'a> {
    pub(crate) fn new(w: &'a Write<'a>, desk: &'a HubDesk, at: Moment) -> Result<Self, Error> {
        let channels = w.channels(Some(desk.key()))?;
        Ok(Self {
            w,
            poster: UsagePoster::new(desk),
            prices: w.price_data()?,
            channels: channel_ids(w, desk.key())?,
            clients: channels.iter().map(|c| (c.key, c.client_key)).collect(),
            service: BTreeSet::new(),
            steps: BTreeSet::new(),
            at,
        })
    }

    /// What an entry said of usage was reversed as a whole: only what differs is posted besides.
    fn is_reversed(&mut self, posted: &PostedEntry) -> Result<(), Error> {
        let kind = posted.entry.kind();
        if matches!(kind, EntryKind::Usage | EntryKind::Reconciliation) {
            let n = |count: Option<i64>| -count.unwrap_or(0);
            let counts = (n(posted.source.messages), n(posted.source.pulses));
            let back = posted
                .entry
                .reversed(posted.entry.day(), posted.entry.own_day());
            self.poster.is_posted(&back, counts)?;
        }
        Ok(())
    }

    pub(crate) fn add(&mut self, charge: &NewCharge) -> Result<(), Error> {
        match self.channels.get(&charge.channel) {
            Some(id) => self.poster.add(id, charge),
            None => Ok(()),
        }
    }

    /// What shares in free messages or volume steps with a row must be dealt anew.
    pub(crate) fn note(&mut self, charge: &NewCharge) -> Result<(), Error> {
        let month = BillingPeriod::containing(charge.day);
        let shares = takes_from_allowance(
            charge.category,
            charge.pricing,
            charge.day,
            charge.priced.cost,
        );
        if let Some(id) = self.channels.get(&charge.channel).filter(|_| shares) {
            self.service.insert((charge.channel, id.clone(), month));
        }
        if let Some(client) = self.clients.get(&charge.channel)
            && charge.priced.counted.is_some()
        {
            self.steps.insert(VolumeGroup {
                client: *client,
                market: self.w.market_name(charge.priced.market)?,
                category: charge.category,
                month,
            });
        }
        Ok(())
    }

    /// Rows that an import brought in go back; those that it replaced stand again as they were.
    fn take_import_back(&mut self, import: i64, last: i64) -> Result<(), Error> {
        let hub = self.poster.desk().key();
        let mut after = 0;
        loop {
            let rows = self.w.rows_of_import(hub, import, (after, last))?;
            let Some(newest) = rows.last() else { break };
            after = newest.key;
            for row in rows {
                self.note(&row.charge)?;
                let back = take_back(self.w, &row, None, row.charge.line, row.charge.booked)?;
                self.add(&back)?;
            }
        }
        for (row, booked) in self.w.rows_replaced_by(hub, import, last)? {
            let again = NewCharge {
                booked,
                is_live: true,
                ..row.charge.clone()
            };
            let key = self.w.insert_charge(&again)?;
            if let Some(reason) = self.w.waived(row.key)? {
                self.w.note_waived(key, &reason, &self.at.stamp())?;
            }
            self.note(&again)?;
            self.add(&again)?;
        }
        Ok(())
    }

    /// A charge that a person priced or let go stands without its price again.
    fn take_price_back(&mut self, row: &ChargeRow) -> Result<(), Error> {
        let desk = self.poster.desk();
        check_is_open(desk, row.charge.booked)?;
        let back = take_back(self.w, row, None, row.charge.line, row.charge.booked)?;
        self.add(&back)?;
        let bare = NewCharge {
            priced: Priced {
                cost: None,
                ..row.charge.priced.clone()
            },
            ..row.charge.clone()
        };
        let priced = priced_anew(self.w, desk, &self.prices, &bare, 0, Counted::Unknown)?;
        let again = NewCharge { priced, ..bare };
        self.w.insert_charge(&again)?;
        self.note(&again)?;
        self.add(&again)?;
        Ok(self.w.mark_undone(Undone::Charge, row.key)?)
    }

    /// A charge that was reversed stands again; its reversal, and what takes that back, are folded
    /// away.
    fn take_reversal_back(&mut self, row: &ChargeRow, back: &ChargeRow) -> Result<(), Error> {
        let again = take_back(self.w, back, None, back.charge.line, back.charge.booked)?;
        self.w.revive_charge(row.key)?;
        self.w.mark_undone(Undone::Charge, back.key)?;
        self.note(&row.charge)?;
        self.add(&again)
    }

    /// What was worked out under settings that are no more.
    pub(crate) fn work_out_anew(&mut self, changes: &[ChangedRow]) -> Result<(), Error> {
        let hub = self.poster.desk().key();
        let mut rules = changes.iter().filter(|c| c.table == "hub_setting");
        if rules.any(|change| key_of(change).first().and_then(Value::as_i64) == Some(hub)) {
            re_rate_into(self.w, &mut self.poster, None)?;
            let first = self.poster.desk().first_open();
            deal_free_messages_from(self.w, &mut self.poster, first, self.at)?;
        }
        let mut told = BTreeSet::new();
        for change in changes.iter().filter(|c| c.table == "volume_start") {
            told.extend(self.groups_told_of(change)?);
        }
        for (key, id, month) in std::mem::take(&mut self.service) {
            deal_free_messages(self.w, &mut self.poster, &self.prices, (key, &id), month)?;
        }
        for group in std::mem::take(&mut self.steps) {
            if self.w.volume_start(&group)? != Counted::Unknown {
                told.insert(group);
            }
        }
        deal_all_steps(self.w, &mut self.poster, &self.prices, &told)
    }

    /// The volume steps that a client's start was told of.
    fn groups_told_of(&self, change: &ChangedRow) -> Result<Vec<VolumeGroup>, Error> {
        let key = key_of(change);
        let number = |at: usize| key.get(at).and_then(Value::as_i64);
        let (Some(client), Some(category), Some(month)) = (number(0), number(2), number(3)) else {
            return Ok(Vec::new());
        };
        let market = key.get(1).and_then(Value::as_str).unwrap_or_default();
        if !self.clients.values().any(|own| *own == client) {
            return Ok(Vec::new());
        }
        let groups = self.w.volume_groups_told(client, category, month)?;
        Ok(groups.into_iter().filter(|g| g.market == market).collect())
    }

    pub(crate) fn post(self, import: Option<i64>) -> Result<(), Error> {
        self.poster.post(self.w, import, self.at)
    }
}

/// The primary key of a row that was changed.
fn key_of(change: &ChangedRow) -> Vec<Value> {
    serde_json::from_str(&change.row).unwrap_or_default()
}

/// The charge that a unit priced or let go, as it stands now.
fn settled_row(r: &Read<'_>, unit: &ActivityRow) -> Result<ChargeRow, Error> {
    let inputs: Value = serde_json::from_str(&unit.inputs).unwrap_or_default();
    let id = inputs.get("charge").and_then(Value::as_str);
    let priced = find_charge(r, id.unwrap_or_default())?;
    let now = same_usage(r, &priced)?;
    let is_settled = |row: &ChargeRow| {
        let priced = &row.charge.priced;
        priced.outcome == StoredOutcome::Waived || priced.reason == StoredReason::ByHand
    };
    match now.filter(is_settled) {
        Some(row) => Ok(row),
        None => Err(match r.charge_reversing(priced.key)? {
            Some(back) => {
                let import = back.charge.import.unwrap_or_default();
                first(r, r.unit_of_import(import)?.unwrap_or_default())?
            }
            None => Error::new(Code::NothingToUndo, []),
        }),
    }
}

impl Book {
    /// Takes back what was done last, of all that was not taken back yet.
    pub fn undo_last(&mut self, at: Moment) -> Result<UndoneView, Error> {
        let last = self.read(|r| {
            r.last_standing_unit()?
                .ok_or_else(|| Error::new(Code::NothingToUndo, []))
        })?;
        self.undo(count(last), at)
    }

    /// Takes a unit of the record back: all that a person did in one go. A settled undo of
    /// settings is itself undone so; what was posted is entered anew instead.
    pub fn undo(&mut self, unit: u32, at: Moment) -> Result<UndoneView, Error> {
        let row = self.read(|r| {
            r.activity(i64::from(unit))?
                .ok_or_else(|| Error::new(Code::UnitNotFound, [&unit.to_string()]))
        })?;
        let act = self.read(|r| check_what_did_it(r, &row, &HubDesk::all(r)?))?;
        self.write(Act::new(UseCase::Undo, at).undoing(&act), |w| {
            take_back_unit(w, &act, at)?;
            let undone_by = w.activity(act.key)?.and_then(|act| act.undone_by);
            let undone = w
                .activity(row.key)?
                .ok_or_else(|| Error::new(Code::UnitNotFound, [&unit.to_string()]))?;
            Ok(UndoneView {
                unit: count(undone_by.unwrap_or_default()),
                undone: view(undone),
            })
        })
    }

    /// What [`Book::undo_last`] would take back; none where nothing is left, or where what was
    /// done last is for good.
    pub fn what_can_be_undone(&self) -> Result<Option<ActivityView>, Error> {
        self.read(|r| {
            let Some(row) = r.last_standing_unit()?.map(|key| r.activity(key)) else {
                return Ok(None);
            };
            let desks = HubDesk::all(r)?;
            match row?.filter(|row| check_what_did_it(r, row, &desks).is_ok()) {
                Some(row) => with_ways_back(r, row, &desks).map(Some),
                None => Ok(None),
            }
        })
    }
}
