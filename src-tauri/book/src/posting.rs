//! What several use cases post: a day's usage in one entry a balance, VAT under a rule that has
//! changed, prices for what was unrated, and the month's free service messages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hubledger_core::bookkeeping::Days;
use hubledger_core::closing::top_up_vat_base;
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::id::ChannelId;
use hubledger_core::journal::{AccountKind, JournalEntry};
use hubledger_core::money::Money;
use hubledger_core::partner::Company;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::price::PriceData;
use hubledger_core::rating::{
    Outcome, Rating, SERVICE_CHARGED_FROM, Usage, allowance, rate, takes_from_allowance,
};
use hubledger_core::rule::FreeServiceMessages;
use hubledger_core::top_up::RefundTo;
use hubledger_core::usage::{Category, Place};
use hubledger_core::volume::Counted;
use hubledger_store::{
    ChannelRow, ChargeRow, EntrySource, NewCharge, Priced, Read, Recorded, StoredOutcome,
    StoredReason, VatEvent, VolumeGroup, Write,
};
use rust_decimal::Decimal;

use crate::desk::{HubDesk, company_in};
use crate::error::Error;
use crate::moment::Moment;
use crate::volume::deal_all_steps;

/// How a market stands in a place's name.
const MARKET_PREFIX: &str = "market:";

/// The name that a place has in the book.
pub(crate) fn place_name(place: &Place) -> String {
    match place {
        Place::Country(country) => country.code().to_owned(),
        Place::Market(market) => format!("{MARKET_PREFIX}{market}"),
        Place::Unknown => String::new(),
    }
}

/// The place that a name of the book stands for.
pub(crate) fn place_of(name: &str) -> Place {
    match (name.strip_prefix(MARKET_PREFIX), Country::parse(name)) {
        (Some(market), _) => Place::Market(market.to_owned()),
        (None, Ok(country)) => Place::Country(country),
        (None, Err(_)) => Place::Unknown,
    }
}

#[derive(Clone, Copy)]
struct DayUsage {
    messages: Money,
    calls: Money,
    message_count: i64,
    pulse_count: i64,
}

/// Collects charges and posts them: one entry a day and balance. Days, not rows, are held.
pub(crate) struct UsagePoster<'a> {
    desk: &'a HubDesk,
    days: BTreeMap<(Date, Option<Date>, Option<ChannelId>), DayUsage>,
}

impl<'a> UsagePoster<'a> {
    pub(crate) fn new(desk: &'a HubDesk) -> Self {
        Self {
            desk,
            days: BTreeMap::new(),
        }
    }

    /// Adds a charge's amount, above or below zero.
    pub(crate) fn add(&mut self, channel: &ChannelId, charge: &NewCharge) -> Result<(), Error> {
        let Some(amount) = charge.priced.amount else {
            return Ok(());
        };
        let currency = self.desk.currency();
        let own = (charge.day != charge.booked).then_some(charge.day);
        let balance = (!self.desk.is_shared()).then(|| channel.clone());
        let zero = Money::zero(currency);
        let day = self
            .days
            .entry((charge.booked, own, balance))
            .or_insert(DayUsage {
                messages: zero,
                calls: zero,
                message_count: 0,
                pulse_count: 0,
            });
        let amount = Money::new(amount, currency);
        if charge.category == Category::Call {
            day.calls = day.calls.checked_add(amount)?;
            day.pulse_count += charge.quantity;
        } else {
            day.messages = day.messages.checked_add(amount)?;
            day.message_count += charge.quantity;
        }
        Ok(())
    }

    /// Notes what is posted already of what will be collected: it is not posted again.
    pub(crate) fn is_posted(
        &mut self,
        entry: &JournalEntry,
        counts: (i64, i64),
    ) -> Result<(), Error> {
        let zero = Money::zero(self.currency());
        let (mut used, mut calls, mut channel) = (zero, zero, None);
        for posting in entry.postings() {
            match posting.account.kind {
                kind if kind.is_balance() => {
                    used = used.checked_sub(posting.amount)?;
                    channel.clone_from(&posting.account.channel);
                }
                AccountKind::CallCosts => calls = calls.checked_add(posting.amount)?,
                _ => {}
            }
        }
        let day = self
            .days
            .entry((entry.day(), entry.own_day(), channel))
            .or_insert(DayUsage {
                messages: zero,
                calls: zero,
                message_count: 0,
                pulse_count: 0,
            });
        day.messages = day.messages.checked_sub(used.checked_sub(calls)?)?;
        day.calls = day.calls.checked_sub(calls)?;
        day.message_count -= counts.0;
        day.pulse_count -= counts.1;
        Ok(())
    }

    pub(crate) fn desk(&self) -> &'a HubDesk {
        self.desk
    }

    pub(crate) fn currency(&self) -> Currency {
        self.desk.currency()
    }

    /// The sum of what was collected.
    pub(crate) fn total(&self) -> Result<Money, Error> {
        let amounts = self.days.values().flat_map(|day| [day.messages, day.calls]);
        Ok(Money::sum(self.currency(), amounts)?)
    }

    /// Posts what was collected.
    pub(crate) fn post(self, w: &Write<'_>, source: Option<i64>, at: Moment) -> Result<(), Error> {
        let stamp = at.stamp();
        let recorded = Recorded {
            hub: self.desk.key(),
            at: &stamp,
        };
        for ((booked, own, channel), day) in self.days {
            let entry =
                self.desk
                    .ledger(channel)
                    .usage(Days { booked, own }, day.messages, day.calls)?;
            if let Some(entry) = entry {
                let source = EntrySource {
                    key: source,
                    messages: Some(day.message_count),
                    pulses: Some(day.pulse_count),
                    reverses: None,
                };
                w.post(recorded, &entry, source)?;
            }
        }
        Ok(())
    }
}

/// A rating as the book keeps it, with the key of its market.
pub(crate) fn priced(market: i64, rating: &Rating, cost: Option<Decimal>, free: i64) -> Priced {
    let estimate = rating
        .estimate
        .map_or(StoredReason::None, StoredReason::Estimate);
    let (outcome, reason) = match rating.outcome {
        Outcome::Rated => (StoredOutcome::Rated, estimate),
        Outcome::Reported => (StoredOutcome::Reported, estimate),
        Outcome::Free(reason) => (StoredOutcome::Free, StoredReason::Free(reason)),
        Outcome::Unrated(reason) => (StoredOutcome::Unrated, StoredReason::Unrated(reason)),
    };
    Priced {
        market,
        free,
        cost,
        card: rating.card,
        rate: rating.rate,
        counted: rating.counted,
        rated: rating.rated.map(Money::amount),
        amount: rating.amount.map(Money::amount),
        outcome,
        reason,
    }
}

/// Takes a charge back by its mirror, booked as `days` says, and retires it.
pub(crate) fn take_back(
    w: &Write<'_>,
    old: &ChargeRow,
    import: Option<i64>,
    line: i64,
    booked: Date,
) -> Result<NewCharge, Error> {
    w.retire_charge(old.key)?;
    let charge = &old.charge;
    let mirrored = |amount: Option<Decimal>| amount.map(|a| -a);
    let back = NewCharge {
        import: import.or(charge.import),
        line,
        booked,
        quantity: -charge.quantity,
        is_live: false,
        reverses: Some(old.key),
        priced: Priced {
            free: -charge.priced.free,
            rated: mirrored(charge.priced.rated),
            amount: mirrored(charge.priced.amount),
            ..charge.priced.clone()
        },
        ..charge.clone()
    };
    w.insert_charge(&back)?;
    Ok(back)
}

/// Deals the free service messages of a channel's month anew, after its rows have changed, and
/// re-rates those whose share is another now.
pub(crate) fn deal_free_messages(
    w: &Write<'_>,
    poster: &mut UsagePoster<'_>,
    prices: &PriceData,
    channel: (i64, &ChannelId),
    month: BillingPeriod,
) -> Result<(), Error> {
    let desk = poster.desk;
    let rows: Vec<_> = w
        .service_rows(channel.0, month)?
        .into_iter()
        .filter(|s| {
            let charge = &s.row.charge;
            takes_from_allowance(
                charge.category,
                charge.pricing,
                charge.day,
                charge.priced.cost,
            )
        })
        .collect();
    let is_on = desk.rules(month).free_service_messages == FreeServiceMessages::On;
    let quantities: Vec<u64> = rows
        .iter()
        .map(|s| u64::try_from(s.row.charge.quantity).unwrap_or(0))
        .collect();
    let shares: Vec<u64> = if is_on {
        allowance(quantities).collect()
    } else {
        quantities.iter().map(|_| 0).collect()
    };
    for (row, free) in rows.into_iter().map(|s| s.row).zip(shares) {
        let free = i64::try_from(free).unwrap_or(i64::MAX);
        let is_priced = row.charge.priced.amount.is_some();
        if is_priced && row.charge.priced.free == free {
            continue;
        }
        let fresh = priced_anew(w, desk, prices, &row.charge, free, Counted::Unknown)?;
        put_price(w, poster, channel.1, row, fresh)?;
    }
    Ok(())
}

/// Rates a charge of the book again, from what its row says.
pub(crate) fn priced_anew(
    w: &Write<'_>,
    desk: &HubDesk,
    prices: &PriceData,
    charge: &NewCharge,
    free: i64,
    counted: Counted,
) -> Result<Priced, Error> {
    let place = place_of(&w.place_name(charge.place)?);
    let usage = Usage {
        day: charge.day,
        place: &place,
        category: charge.category,
        pricing_type: charge.pricing,
        quantity: u64::try_from(charge.quantity).unwrap_or(0),
        cost: charge.priced.cost,
        free: u64::try_from(free).unwrap_or(0),
        outdated_card: desk.outdated_card(charge.day),
        counted,
    };
    let rating = rate(&usage, desk.currency(), prices)?;
    let market = w.market(&rating.market)?;
    Ok(priced(market, &rating, charge.priced.cost, free))
}

/// What a change of prices did to the charges of open months.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ReRated {
    /// Unrated before, with a price now.
    pub(crate) rated: i64,
    /// With another price than before: taken back and booked anew.
    pub(crate) changed: i64,
}

/// Rates the charges of all hubs anew, used from a day on.
pub(crate) fn re_rate_all(
    w: &Write<'_>,
    used_from: Option<Date>,
    at: Moment,
) -> Result<ReRated, Error> {
    let mut sum = ReRated::default();
    for desk in HubDesk::all(w)? {
        let of_hub = re_rate(w, &desk, used_from, at)?;
        sum.rated += of_hub.rated;
        sum.changed += of_hub.changed;
    }
    Ok(sum)
}

/// Rates a hub's charges of open months anew, used from a day on. What was unrated is priced in
/// its place; what has another price now is taken back and booked anew. Held is a page of rows.
pub(crate) fn re_rate(
    w: &Write<'_>,
    desk: &HubDesk,
    used_from: Option<Date>,
    at: Moment,
) -> Result<ReRated, Error> {
    let mut poster = UsagePoster::new(desk);
    let done = re_rate_into(w, &mut poster, used_from)?;
    poster.post(w, None, at)?;
    Ok(done)
}

/// As [`re_rate`], into a poster that collects other changes too.
pub(crate) fn re_rate_into(
    w: &Write<'_>,
    poster: &mut UsagePoster<'_>,
    used_from: Option<Date>,
) -> Result<ReRated, Error> {
    let desk = poster.desk();
    let mut work = ReRating {
        w,
        prices: &w.price_data()?,
        channels: channels_by_key(w, desk.key())?,
        poster,
        groups: BTreeSet::new(),
        service: BTreeSet::new(),
        done: ReRated::default(),
    };
    let first_day = desk.first_open().first_day();
    let (mut after, last) = (0, w.last_charge_key()?);
    loop {
        let rows = w.charges_by_card(desk.key(), first_day, used_from, (after, last))?;
        let Some(newest) = rows.last() else { break };
        after = newest.key;
        for row in rows {
            work.take(row)?;
        }
    }
    work.finish()
}

/// What is kept from charge to charge.
struct ReRating<'a, 'p> {
    w: &'a Write<'a>,
    prices: &'a PriceData,
    channels: HashMap<i64, ChannelRow>,
    poster: &'a mut UsagePoster<'p>,
    /// Volume steps whose rows must be dealt anew.
    groups: BTreeSet<VolumeGroup>,
    /// Channels and months whose free service messages must be dealt anew.
    service: BTreeSet<(i64, BillingPeriod)>,
    done: ReRated,
}

impl ReRating<'_, '_> {
    fn take(&mut self, row: ChargeRow) -> Result<(), Error> {
        let Some(channel) = self.channels.get(&row.charge.channel) else {
            return Ok(());
        };
        let (id, client) = (channel.channel.id.clone(), channel.client_key);
        let old = row.charge.priced.clone();
        let counted = old.counted.unwrap_or(Counted::Unknown);
        let mut fresh = self.rated(&row.charge, counted)?;
        if fresh == old {
            return Ok(());
        }
        let has_moved = fresh.market != old.market;
        if has_moved {
            // Its place among the rows of another market says nothing in this one.
            fresh = self.rated(&row.charge, Counted::Unknown)?;
            self.note_move(&row.charge, client)?;
        }
        let was_unrated = old.amount.is_none();
        let has_other_price = (fresh.amount, fresh.rated) != (old.amount, old.rated);
        self.done.rated += i64::from(was_unrated && fresh.amount.is_some());
        self.done.changed += i64::from(!was_unrated && has_other_price);
        if let Some(group) = self.waiting_group(&row.charge, &fresh, client)? {
            self.groups.insert(group);
            if was_unrated || has_moved {
                // Its place among the others decides its price; till then it waits.
                fresh = waiting(fresh);
            }
        }
        put_price(self.w, self.poster, &id, row, fresh)
    }

    fn rated(&self, charge: &NewCharge, counted: Counted) -> Result<Priced, Error> {
        let free = charge.priced.free;
        priced_anew(self.w, self.poster.desk, self.prices, charge, free, counted)
    }

    /// A row leaves its market: the others of it move down the steps, and the order in which
    /// free messages are used up within a day goes by market.
    fn note_move(&mut self, charge: &NewCharge, client: i64) -> Result<(), Error> {
        let left = self.waiting_group(charge, &charge.priced, client)?;
        self.groups.extend(left);
        let (category, cost) = (charge.category, charge.priced.cost);
        if takes_from_allowance(category, charge.pricing, charge.day, cost) {
            let month = BillingPeriod::containing(charge.day);
            self.service.insert((charge.channel, month));
        }
        Ok(())
    }

    /// The volume steps that a priced row waits for, where its client's month is known.
    fn waiting_group(
        &self,
        charge: &NewCharge,
        priced: &Priced,
        client: i64,
    ) -> Result<Option<VolumeGroup>, Error> {
        if priced.counted.is_none() {
            return Ok(None);
        }
        let group = VolumeGroup {
            client,
            market: self.w.market_name(priced.market)?,
            category: charge.category,
            month: BillingPeriod::containing(charge.day),
        };
        Ok((self.w.volume_start(&group)? != Counted::Unknown).then_some(group))
    }

    fn finish(self) -> Result<ReRated, Error> {
        for (channel, month) in &self.service {
            if let Some(row) = self.channels.get(channel) {
                let channel = (*channel, &row.channel.id);
                deal_free_messages(self.w, self.poster, self.prices, channel, *month)?;
            }
        }
        deal_all_steps(self.w, self.poster, self.prices, &self.groups)?;
        Ok(self.done)
    }
}

/// Gives a charge another price: in its place where it had none, else by its mirror and a new row.
pub(crate) fn put_price(
    w: &Write<'_>,
    poster: &mut UsagePoster<'_>,
    channel: &ChannelId,
    row: ChargeRow,
    fresh: Priced,
) -> Result<(), Error> {
    if row.charge.priced.amount.is_none() {
        w.price_charge(row.key, &fresh)?;
        let charge = NewCharge {
            priced: fresh,
            ..row.charge
        };
        return poster.add(channel, &charge);
    }
    let booked = poster.desk.days_for(row.charge.booked).booked;
    let back = take_back(w, &row, None, row.charge.line, booked)?;
    poster.add(channel, &back)?;
    let again = NewCharge {
        booked,
        priced: fresh,
        ..row.charge
    };
    w.insert_charge(&again)?;
    poster.add(channel, &again)
}

/// A price that waits until its month is dealt out.
pub(crate) fn waiting(priced: Priced) -> Priced {
    Priced {
        card: None,
        rate: None,
        rated: None,
        amount: None,
        outcome: StoredOutcome::Unrated,
        ..priced
    }
}

fn channels_by_key(r: &Read<'_>, hub: i64) -> Result<HashMap<i64, ChannelRow>, Error> {
    let channels = r.channels(Some(hub))?.into_iter();
    Ok(channels.map(|row| (row.key, row)).collect())
}

/// Ids of a hub's channels by their keys.
pub(crate) fn channel_ids(r: &Read<'_>, hub: i64) -> Result<HashMap<i64, ChannelId>, Error> {
    Ok(r.channels(Some(hub))?
        .into_iter()
        .map(|c| (c.key, c.channel.id))
        .collect())
}

/// Deals free messages anew in all open months from one on: after the rule has changed.
pub(crate) fn deal_all_free_messages(
    w: &Write<'_>,
    desk: &HubDesk,
    from: BillingPeriod,
    at: Moment,
) -> Result<(), Error> {
    let mut poster = UsagePoster::new(desk);
    deal_free_messages_from(w, &mut poster, from, at)?;
    poster.post(w, None, at)
}

/// As [`deal_all_free_messages`], into a poster that collects other changes too.
pub(crate) fn deal_free_messages_from(
    w: &Write<'_>,
    poster: &mut UsagePoster<'_>,
    from: BillingPeriod,
    at: Moment,
) -> Result<(), Error> {
    let desk = poster.desk();
    let first = from
        .max(desk.first_open())
        .max(BillingPeriod::containing(SERVICE_CHARGED_FROM));
    let last = BillingPeriod::containing(at.today).max(first);
    let prices = w.price_data()?;
    let channels: BTreeSet<_> = w
        .channels(Some(desk.key()))?
        .into_iter()
        .map(|c| (c.key, c.channel.id))
        .collect();
    for month in first.through(last) {
        for (key, id) in &channels {
            deal_free_messages(w, poster, &prices, (*key, id), month)?;
        }
    }
    Ok(())
}

/// The VAT on a top-up or a pay-out of a month.
pub(crate) fn balance_vat(
    desk: &HubDesk,
    company: &Company,
    month: BillingPeriod,
    amount: Money,
) -> Result<Money, Error> {
    if desk.is_ours() {
        Ok(company
            .vat_treatment()
            .on(top_up_vat_base(&desk.rules(month), amount))?)
    } else {
        Ok(Money::zero(amount.currency()))
    }
}

/// Posts the difference where top-ups and pay-outs of open months bear another VAT now than was
/// posted for them: after a rule or the company has changed.
pub(crate) fn repost_vat(w: &Write<'_>, desk: &HubDesk, at: Moment) -> Result<(), Error> {
    let Some(last) = w.last_booked_month(desk.key())?.filter(|_| desk.is_ours()) else {
        return Ok(());
    };
    for month in desk.first_open().through(last) {
        let company = company_in(w, month)?;
        for top_up in w.top_ups(desk.key(), desk.currency(), month)? {
            let vat = balance_vat(desk, &company, month, top_up.amount)?;
            let event = (VatEvent::TopUp, top_up.key);
            correct_vat(w, desk, event, top_up.booked, vat, at)?;
        }
        for refund in w.refunds(desk.key(), desk.currency(), month)? {
            if refund.to == RefundTo::Bank {
                let vat = balance_vat(desk, &company, month, refund.amount)?;
                correct_vat(
                    w,
                    desk,
                    (VatEvent::Refund, refund.key),
                    refund.booked,
                    vat,
                    at,
                )?;
            }
        }
    }
    Ok(())
}

/// Posts what is missing of the VAT that a top-up or pay-out bears.
pub(crate) fn correct_vat(
    w: &Write<'_>,
    desk: &HubDesk,
    (event, key): (VatEvent, i64),
    booked: Date,
    vat: Money,
    at: Moment,
) -> Result<(), Error> {
    let difference = vat.checked_sub(w.posted_vat(event, key, desk.currency())?)?;
    let ledger = desk.ledger(None);
    let entry = match event {
        VatEvent::TopUp => ledger.vat_correction(booked, difference)?,
        VatEvent::Refund => ledger.pay_out_vat_correction(booked, difference)?,
    };
    if let Some(entry) = entry {
        let stamp = at.stamp();
        let source = EntrySource {
            key: Some(key),
            ..EntrySource::default()
        };
        let entry = w.post(
            Recorded {
                hub: desk.key(),
                at: &stamp,
            },
            &entry,
            source,
        )?;
        w.note_posted_vat(event, key, entry, difference)?;
    }
    Ok(())
}
