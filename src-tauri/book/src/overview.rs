//! The overview of a hub: is there enough money, what changed, what waits. All of it is worked
//! out as of today, save what the month spent; nothing of it is stored.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, Days};
use hubledger_core::fee::licence_fees;
use hubledger_core::journal::EntryKind;
use hubledger_core::money::{Money, Rounding};
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::price::{CardKind, NoCard};
use hubledger_core::top_up::TopUpKind;
use hubledger_store::{ChannelRow, ChargeFilter, GroupBy, MovementRow, Read};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::Book;
use crate::balance::{AVERAGE_DAYS, balance_views, days_left, recent_use};
use crate::desk::HubDesk;
use crate::error::{About, Error};
use crate::file::count;
use crate::hub::{balances_today, living_channels, renewal_view};
use crate::moment::Moment;
use crate::view::{
    AutoRenewalView, BalanceView, CurvePointView, NextView, NextWord, OverviewView, SpendView,
};

/// Over how many days before today use is averaged; the last tells how long a balance lasts.
const AVERAGES: [u32; 3] = [7, 15, 30];
/// A balance that lasts no longer than this runs dry soon.
const SOON_DRY: u32 = 7;

/// How far ahead the end of a channel is told.
const SOON_ENDED: Days = Days::new(30);

const MOST_LOWEST: usize = 5;
const MOST_NEXT: usize = 4;

impl Book {
    /// What a hub's overview shows of a month.
    pub fn overview(&self, hub: &str, month: &str, at: Moment) -> Result<OverviewView, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| view(r, &HubDesk::find(r, hub)?, month, at))
    }
}

fn view(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    at: Moment,
) -> Result<OverviewView, Error> {
    let state = State::of(r, desk, at.today)?;
    let use_of_days = DailyUse::of(r, desk, at.today)?;
    let balance = state.total(desk)?;
    let last_30 = use_of_days.over(AVERAGE_DAYS)?;
    let spans = Spans::of(month, at.today);
    Ok(OverviewView {
        hub: desk.hub().id.to_string(),
        month: month.to_string(),
        balance: balance.into(),
        paused: count(state.paused(desk)),
        curve: curve(r, desk, month, at.today)?,
        used_a_day: use_of_days.averages()?.map(Into::into).to_vec(),
        days_left: days_left(balance, last_30, AVERAGE_DAYS),
        // A sum of balances does not run dry on one day.
        runs_dry_on: Some(balance)
            .filter(|_| desk.is_shared())
            .and_then(|balance| runs_dry_on(balance, last_30, at.today))
            .map(|day| day.to_string()),
        by_category: spent(r, desk, GroupBy::Category, &spans)?,
        by_market: spent(r, desk, GroupBy::Market, &spans)?,
        by_client: spent(r, desk, GroupBy::Client, &spans)?,
        used: used(r, desk, spans.now)?.into(),
        used_before: used(r, desk, spans.before)?.into(),
        lowest: lowest(r, desk, month, at)?,
        next: next(r, desk, &state, at.today)?,
    })
}

/// One balance as it stands today: the shared one, or a living channel's.
struct Purse {
    /// The channel's; empty for the shared balance.
    name: String,
    balance: Money,
    days_left: Option<u32>,
    runs_dry_on: Option<Date>,
    renewal: Option<AutoRenewalView>,
}

/// Where a hub stands today.
struct State {
    /// How many channels are billed today.
    living: usize,
    /// Balances that living channels draw on.
    purses: Vec<Purse>,
    /// Every balance, of ended channels too.
    balances: HashMap<Option<i64>, Money>,
}

impl State {
    fn of(r: &Read<'_>, desk: &HubDesk, today: Date) -> Result<Self, Error> {
        let balances = balances_today(r, desk, today)?;
        let accounts: HashMap<Option<i64>, i64> = r
            .balance_accounts(desk.key())?
            .into_iter()
            .map(|(account, channel)| (channel, account))
            .collect();
        let used = recent_use(r, desk, today)?;
        let zero = Money::zero(desk.currency());
        let purse = |channel: Option<&ChannelRow>| -> Result<Purse, Error> {
            let key = channel.map(|c| c.key);
            let balance = balances.get(&key).copied().unwrap_or(zero);
            let used = used.get(&key).copied().unwrap_or(zero);
            Ok(Purse {
                name: channel.map(name_of).unwrap_or_default(),
                balance,
                days_left: days_left(balance, used, AVERAGE_DAYS),
                runs_dry_on: runs_dry_on(balance, used, today),
                renewal: renewal_view(r, desk, accounts.get(&key).copied(), balance)?,
            })
        };
        let (living, purses) = if desk.is_shared() {
            let living = r.living_channel_keys(desk.key(), today)?;
            (living.len(), vec![purse(None)?])
        } else {
            let living = living_channels(r, desk, today)?;
            let purses = living.iter().map(|c| purse(Some(c)));
            (living.len(), purses.collect::<Result<_, _>>()?)
        };
        Ok(Self {
            living,
            purses,
            balances,
        })
    }

    fn total(&self, desk: &HubDesk) -> Result<Money, Error> {
        Ok(Money::sum(
            desk.currency(),
            self.balances.values().copied(),
        )?)
    }

    /// How many channels can't send: all that draw on a balance at or below zero.
    fn paused(&self, desk: &HubDesk) -> usize {
        let empty = self
            .purses
            .iter()
            .filter(|p| !p.balance.is_positive())
            .count();
        if desk.is_shared() {
            empty * self.living
        } else {
            empty
        }
    }
}

fn name_of(row: &ChannelRow) -> String {
    match row.channel.name.as_str() {
        "" => row.channel.phone.to_string(),
        name => name.to_owned(),
    }
}

/// The last days before today, both counted.
fn days_before(today: Date, days: u32) -> (Date, Date) {
    let from = today
        .checked_sub_days(Days::new(days.into()))
        .unwrap_or(today);
    (from, today.pred_opt().unwrap_or(today))
}

/// What a hub used on each of the days before today.
struct DailyUse {
    today: Date,
    zero: Money,
    days: Vec<(Date, Money)>,
}

impl DailyUse {
    fn of(r: &Read<'_>, desk: &HubDesk, today: Date) -> Result<Self, Error> {
        let (from, until) = days_before(today, AVERAGE_DAYS);
        let spend = r.spend_by_day(desk.key(), desk.currency(), from, until)?;
        let days = spend.into_iter().map(|s| (s.day, s.amount)).collect();
        Ok(Self {
            today,
            zero: Money::zero(desk.currency()),
            days,
        })
    }

    /// The sum over the last so many days.
    fn over(&self, days: u32) -> Result<Money, Error> {
        let (from, _) = days_before(self.today, days);
        let within = self
            .days
            .iter()
            .filter(|(day, _)| *day >= from)
            .map(|(_, amount)| *amount);
        Ok(Money::sum(self.zero.currency(), within)?)
    }

    /// Used a day, in whole cents.
    fn averages(&self) -> Result<[Money; 3], Error> {
        let mut averages = [self.zero; 3];
        for (average, days) in averages.iter_mut().zip(AVERAGES) {
            *average = self
                .over(days)?
                .times_fraction(1, days)?
                .rounded(Rounding::ToCents);
        }
        Ok(averages)
    }
}

/// The day on which a balance comes to zero, at what the last thirty days used; none where it is
/// there already, or nothing was used.
fn runs_dry_on(balance: Money, used: Money, today: Date) -> Option<Date> {
    if !balance.is_positive() || !used.is_positive() {
        return None;
    }
    let lasts = balance
        .amount()
        .checked_mul(Decimal::from(AVERAGE_DAYS))?
        .checked_div(used.amount())?;
    today.checked_add_days(Days::new(lasts.ceil().to_u64()?))
}

/// What moved a balance on one day.
struct DayMoved {
    moved: Money,
    added: Option<Money>,
    emergency: bool,
}

impl DayMoved {
    fn add(&mut self, row: &MovementRow) -> Result<(), Error> {
        self.moved = self.moved.checked_add(row.amount)?;
        if row.kind == EntryKind::TopUp {
            let before = self.added.unwrap_or(Money::zero(row.amount.currency()));
            self.added = Some(before.checked_add(row.amount)?);
            self.emergency |= row
                .top_up
                .is_some_and(|(kind, _)| kind == TopUpKind::Emergency);
        }
        Ok(())
    }
}

/// The shared balance at the end of each day, from the month before up to today or the end of
/// the month. It begins with the books at the earliest: before them no balance is known.
fn curve(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    today: Date,
) -> Result<Vec<CurvePointView>, Error> {
    let accounts = r.balance_accounts(desk.key())?;
    let shared = accounts.into_iter().find(|(_, channel)| channel.is_none());
    let Some((account, _)) = shared.filter(|_| desk.is_shared()) else {
        return Ok(Vec::new());
    };
    let currency = desk.currency();
    let first = month.previous().max(desk.hub().first_month).first_day();
    let last = today.min(month.last_day());
    let mut days: BTreeMap<Date, DayMoved> = BTreeMap::new();
    for row in r.movements(account, currency, first, last)? {
        let nothing = DayMoved {
            moved: Money::zero(currency),
            added: None,
            emergency: false,
        };
        days.entry(row.day).or_insert(nothing).add(&row)?;
    }
    let mut balance = r.balance(account, currency, first.pred_opt())?;
    let mut points = Vec::new();
    for day in first.iter_days().take_while(|day| *day <= last) {
        let moved = days.get(&day);
        if let Some(moved) = moved {
            balance = balance.checked_add(moved.moved)?;
        }
        points.push(CurvePointView {
            day: day.to_string(),
            balance: balance.into(),
            added: moved.and_then(|m| m.added).map(Into::into),
            emergency: moved.is_some_and(|m| m.emergency),
        });
    }
    Ok(points)
}

/// The days of a month, and those of the month before that they are compared with.
#[derive(Debug, PartialEq, Eq)]
struct Spans {
    now: (Date, Date),
    before: (Date, Date),
}

impl Spans {
    /// A running month is compared with as many days of the month before, another one whole.
    fn of(month: BillingPeriod, today: Date) -> Self {
        let before = month.previous();
        let mut spans = Self {
            now: (month.first_day(), month.last_day()),
            before: (before.first_day(), before.last_day()),
        };
        if month.contains(today) {
            spans.now.1 = today;
            let same = before.first_day().with_day(today.day());
            spans.before.1 = same.unwrap_or(before.last_day());
        }
        spans
    }
}

fn filter(desk: &HubDesk, days: (Date, Date)) -> ChargeFilter {
    ChargeFilter {
        hub: desk.key(),
        days: Some(days),
        ..ChargeFilter::default()
    }
}

fn used(r: &Read<'_>, desk: &HubDesk, days: (Date, Date)) -> Result<Money, Error> {
    Ok(r.charge_totals(&filter(desk, days), desk.currency())?
        .amount)
}

/// What was spent on each thing, the most first; what was spent on before alone comes last.
fn spent(
    r: &Read<'_>,
    desk: &HubDesk,
    by: GroupBy,
    spans: &Spans,
) -> Result<Vec<SpendView>, Error> {
    let sums = |days| -> Result<Vec<(String, Money)>, Error> {
        let sums = r.charge_sums(desk.key(), Some(days), by, desk.currency())?;
        Ok(sums.into_iter().map(|s| (s.key, s.amount)).collect())
    };
    let zero = Money::zero(desk.currency());
    let now = sums(spans.now)?;
    let before = sums(spans.before)?;
    let known: HashSet<&str> = now.iter().map(|(key, _)| key.as_str()).collect();
    let gone = before
        .iter()
        .filter(|(key, _)| !known.contains(key.as_str()));
    let amounts: HashMap<&str, Money> = before.iter().map(|(k, a)| (k.as_str(), *a)).collect();
    let names = names(r, desk, by)?;
    let all = now
        .iter()
        .cloned()
        .chain(gone.map(|(key, _)| (key.clone(), zero)));
    Ok(all
        .map(|(key, amount)| {
            (
                amount,
                amounts.get(key.as_str()).copied().unwrap_or(zero),
                key,
            )
        })
        .filter(|(amount, before, _)| !amount.is_zero() || !before.is_zero())
        .map(|(amount, before, key)| SpendView {
            name: names.get(&key).unwrap_or(&key).clone(),
            key,
            amount: amount.into(),
            before: before.into(),
        })
        .collect())
}

/// The names of what is called otherwise than its key.
fn names(r: &Read<'_>, desk: &HubDesk, by: GroupBy) -> Result<HashMap<String, String>, Error> {
    if by != GroupBy::Client {
        return Ok(HashMap::new());
    }
    let clients = r.clients(Some(desk.key()))?;
    Ok(clients
        .into_iter()
        .map(|row| (row.client.id.to_string(), row.client.name))
        .collect())
}

/// The lowest balances of channels that lived on the month's last day, or live today.
fn lowest(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    at: Moment,
) -> Result<Vec<BalanceView>, Error> {
    if desk.is_shared() {
        return Ok(Vec::new());
    }
    let living: HashSet<String> = living_channels(r, desk, at.today.min(month.last_day()))?
        .into_iter()
        .map(|row| row.channel.id.to_string())
        .collect();
    let mut views = balance_views(r, desk, month, at)?;
    views.retain(|v| v.channel.as_ref().is_some_and(|c| living.contains(&c.id)));
    views.sort_by_key(|v| Decimal::from_str_exact(&v.ending.amount).unwrap_or_default());
    views.truncate(MOST_LOWEST);
    Ok(views)
}

/// A step without what most steps do not have.
fn step(what: NextWord, count_of: usize) -> NextView {
    NextView {
        what,
        count: count(count_of),
        name: String::new(),
        day: None,
        month: None,
        amount: None,
    }
}

/// What waits, the worst first.
fn next(r: &Read<'_>, desk: &HubDesk, state: &State, today: Date) -> Result<Vec<NextView>, Error> {
    let has_channels = r.has_channels(desk.key(), Date::MIN, Date::MAX)?;
    let mut steps: Vec<NextView> = Vec::new();
    steps.extend(paused(desk, state));
    steps.extend(runs_dry(state));
    steps.extend(unrated(r, desk)?);
    steps.extend(close_month(desk, today));
    steps.extend(card_outdated(r, desk, state, today)?);
    steps.extend(channel_ends(r, desk, today)?);
    if !has_channels && desk.hub().closed_on.is_none() {
        steps.push(step(NextWord::AddClients, 0));
    }
    steps.extend(bring_in_usage(r, desk, today)?);
    steps.extend(amount_below_threshold(state));
    steps.truncate(MOST_NEXT);
    Ok(steps)
}

fn paused(desk: &HubDesk, state: &State) -> Option<NextView> {
    let lowest = lowest_of(state.purses.iter().filter(|p| !p.balance.is_positive()))?;
    let channels = state.paused(desk);
    (channels > 0).then(|| NextView {
        name: if desk.is_shared() {
            desk.hub().name.clone()
        } else {
            lowest.name.clone()
        },
        amount: Some(lowest.balance.into()),
        ..step(NextWord::Paused, channels)
    })
}

fn lowest_of<'a>(purses: impl Iterator<Item = &'a Purse>) -> Option<&'a Purse> {
    purses.min_by_key(|p| p.balance.amount())
}

/// Balances that run dry soon. One that renews itself does not.
fn runs_dry(state: &State) -> Option<NextView> {
    let renews = |p: &Purse| p.renewal.as_ref().is_some_and(|r| r.on);
    let is_soon = |p: &&Purse| {
        p.balance.is_positive() && p.days_left.is_some_and(|d| d <= SOON_DRY) && !renews(p)
    };
    let soon = || state.purses.iter().filter(is_soon);
    let first = soon().min_by_key(|p| p.runs_dry_on)?;
    Some(NextView {
        name: first.name.clone(),
        day: first.runs_dry_on.map(|day| day.to_string()),
        amount: Some(first.balance.into()),
        ..step(NextWord::RunsDry, soon().count())
    })
}

fn unrated(r: &Read<'_>, desk: &HubDesk) -> Result<Option<NextView>, Error> {
    let unrated = r.unrated_count(Some(desk.key()))?;
    // No month of it is closed, as an unrated charge blocks the close.
    let from = desk.first_open().first_day();
    let days = match unrated {
        0 => return Ok(None),
        _ => r.unrated_days(desk.key(), from, Date::MAX, None)?,
    };
    Ok(Some(NextView {
        month: days
            .first()
            .map(|(day, _)| BillingPeriod::containing(*day).to_string()),
        count: count(unrated),
        ..step(NextWord::Unrated, 0)
    }))
}

fn close_month(desk: &HubDesk, today: Date) -> Option<NextView> {
    let mut over = desk.open_months(today);
    over.retain(|month| month.is_over(today));
    let first = over.first()?;
    Some(NextView {
        month: Some(first.to_string()),
        ..step(NextWord::CloseMonth, over.len())
    })
}

fn card_outdated(
    r: &Read<'_>,
    desk: &HubDesk,
    state: &State,
    today: Date,
) -> Result<Option<NextView>, Error> {
    if state.living == 0 {
        return Ok(None);
    }
    match r
        .price_data()?
        .card_on(CardKind::Messages, desk.currency(), today)
    {
        Err(NoCard::Outdated(since)) => Ok(Some(NextView {
            day: Some(since.to_string()),
            ..step(NextWord::CardOutdated, 1)
        })),
        Ok(_) | Err(NoCard::None) => Ok(None),
    }
}

/// Channels that end soon, the next of them with the licence that it still owes.
fn channel_ends(r: &Read<'_>, desk: &HubDesk, today: Date) -> Result<Option<NextView>, Error> {
    let horizon = today.checked_add_days(SOON_ENDED).unwrap_or(today);
    let mut ending = r.channels_ending(desk.key(), today, horizon)?;
    ending.retain(|row| row.channel.started <= today);
    let Some((on, row)) = ending
        .first()
        .and_then(|row| Some((row.channel.ended?, row)))
    else {
        return Ok(None);
    };
    let month = BillingPeriod::containing(on);
    let (prices, rules) = (r.price_data()?, desk.rules(month));
    let fees = licence_fees(&row.channel, &desk.fee_prices(&prices, month, &rules));
    let owed = fees.and_then(|f| Money::sum(desk.currency(), f.iter().map(|fee| fee.amount)));
    Ok(Some(NextView {
        name: name_of(row),
        day: Some(on.to_string()),
        // Without a price of licences the step is told all the same.
        amount: owed.ok().map(Into::into),
        ..step(NextWord::ChannelEnds, ending.len())
    }))
}

/// The first open month that has channels and no usage. The running month may still be waiting
/// for its first file, so it is asked for only where nothing was ever brought in.
fn bring_in_usage(r: &Read<'_>, desk: &HubDesk, today: Date) -> Result<Option<NextView>, Error> {
    let has_charges = r.has_charges(desk.key())?;
    for month in desk.open_months(today) {
        let is_asked = month.is_over(today) || !has_charges;
        if is_asked
            && r.has_channels(desk.key(), month.first_day(), month.last_day())?
            && r.channels_with_usage(desk.key(), month)?.is_empty()
        {
            let month = Some(month.to_string());
            return Ok(Some(NextView {
                month,
                ..step(NextWord::BringInUsage, 1)
            }));
        }
    }
    Ok(None)
}

fn amount_below_threshold(state: &State) -> Option<NextView> {
    let is_low = |r: &&AutoRenewalView| r.on && r.amount_is_low;
    let low = || {
        let renewals = state
            .purses
            .iter()
            .map(|p| (p, p.renewal.as_ref().filter(is_low)));
        renewals.filter_map(|(p, r)| r.map(|r| (p, r)))
    };
    let (purse, renewal) = low().next()?;
    Some(NextView {
        name: purse.name.clone(),
        amount: Some(renewal.amount.clone()),
        ..step(NextWord::AmountBelowThreshold, low().count())
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use hubledger_core::currency::Currency;
    use hubledger_core::period::parse_date;
    use hubledger_store::Store;

    use super::*;
    use crate::form::{ChannelForm, ClientForm, CompanyForm, NewHubForm, TopUpForm};
    use crate::partner::company_from;
    use crate::word::{ModelWord, PayByWord, PlanWord, TierWord, TopUpWord};

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn on(text: &str) -> Moment {
        Moment {
            today: day(text),
            now: day(text).and_hms_opt(9, 0, 0).unwrap(),
        }
    }

    #[test]
    fn a_balance_lasts_whole_days_and_runs_dry_on_the_day_it_comes_to_zero() {
        let money = |text: &str| Money::new(text.parse().unwrap(), Currency::Eur);
        for (balance, used_in_30, left, dry) in [
            ("600.87", "3756.30", Some(4), Some("2026-09-27")), // 125.21 a day: 4.8 days
            ("500.84", "3756.30", Some(4), Some("2026-09-26")), // 4.0 days
            ("0.01", "3756.30", Some(0), Some("2026-09-23")),
            ("0", "3756.30", Some(0), None),
            ("-35", "3756.30", Some(0), None),
            ("600.87", "0", None, None),
        ] {
            let (balance, used) = (money(balance), money(used_in_30));
            let dry = dry.map(day);
            let told = (
                days_left(balance, used, 30),
                runs_dry_on(balance, used, day("2026-09-22")),
            );
            assert_eq!(told, (left, dry), "{balance} at {used}");
        }
    }

    #[test]
    fn a_running_month_is_compared_with_as_many_days_of_the_month_before() {
        for (month, today, now, before) in [
            ("2026-09", "2026-09-22", "2026-09-22", "2026-08-22"),
            ("2026-03", "2026-03-31", "2026-03-31", "2026-02-28"),
            ("2026-08", "2026-09-22", "2026-08-31", "2026-07-31"),
            ("2026-10", "2026-09-22", "2026-10-31", "2026-09-30"),
        ] {
            let spans = Spans::of(BillingPeriod::parse(month).unwrap(), day(today));
            assert_eq!(
                (spans.now.1, spans.before.1),
                (day(now), day(before)),
                "{month} on {today}"
            );
        }
    }

    /// A book with one empty hub `hPA` from August 2026 on.
    fn book(model: ModelWord) -> Book {
        let company = CompanyForm {
            name: "Nord GmbH".into(),
            address: String::new(),
            country: "DE".into(),
            vat_id: String::new(),
            billing_email: String::new(),
        };
        let store = Store::in_memory().unwrap();
        let mut book = Book {
            store,
            path: PathBuf::new(),
            actor: String::new(),
            reading_beside: None,
            has_backups: false,
            rows_in_backup: None,
        };
        book.store
            .write(|w| -> Result<(), Error> {
                w.insert_book(hubledger_core::partner::Owner::Partner, "", false)?;
                w.put_company(BillingPeriod::new(2000, 1)?, &company_from(&company)?)?;
                crate::price::lay_shipped(w, on("2026-08-01"))
            })
            .unwrap();
        let hub = NewHubForm {
            id: "hPA".into(),
            name: "Hub".into(),
            model,
            currency: "EUR".into(),
            plan: Some(PlanWord::Growth),
            since: "2026-08-01".into(),
            first_month: String::new(),
            opening: if model == ModelWord::PartnerPaid {
                "-20.00".into()
            } else {
                String::new()
            },
            pay_by: PayByWord::Card,
        };
        book.add_hub(hub, on("2026-08-01")).unwrap();
        book
    }

    fn add_channel(book: &mut Book, id: &str, ended: &str) {
        if book
            .clients(None, "2026-08", on("2026-08-01"))
            .unwrap()
            .is_empty()
        {
            let client = ClientForm {
                hub: "hPA".into(),
                id: "aCL".into(),
                name: "Anna".into(),
                country: String::new(),
                email: String::new(),
                vat_id: String::new(),
            };
            book.add_client(client, on("2026-08-01")).unwrap();
        }
        let form = ChannelForm {
            client: "aCL".into(),
            hub: "hPA".into(),
            id: id.into(),
            phone: format!("49351555{}", 1000 + id.len()),
            name: format!("Channel {id}"),
            tier: TierWord::Regular,
            tier_from: String::new(),
            started: "2026-08-01".into(),
            ended: ended.into(),
            time_zone: String::new(),
        };
        book.add_channel(form, on("2026-08-01")).unwrap();
    }

    fn top_up(
        book: &mut Book,
        balance: (Option<&str>, Option<&str>),
        on_day: &str,
        kind: TopUpWord,
    ) {
        let form = TopUpForm {
            hub: balance.0.map(Into::into),
            channel: balance.1.map(Into::into),
            amount: "100.00".into(),
            on: on_day.into(),
            kind,
            method: None,
        };
        book.top_up(form, on(on_day)).unwrap();
    }

    #[test]
    fn the_curve_begins_with_the_books_and_rings_at_top_ups() {
        let mut book = book(ModelWord::PartnerPaid);
        top_up(
            &mut book,
            (Some("hPA"), None),
            "2026-08-02",
            TopUpWord::Emergency,
        );
        let told = |month, today| -> Vec<_> {
            let curve = book
                .overview("hPA", month, on(today))
                .unwrap()
                .curve
                .into_iter();
            curve
                .map(|p| {
                    let added = p
                        .added
                        .map(|a| format!(" +{}", a.amount))
                        .unwrap_or_default();
                    let rush = if p.emergency { " !" } else { "" };
                    format!("{} {}{added}{rush}", p.day, p.balance.amount)
                })
                .collect()
        };
        let first_days = [
            "2026-08-01 -20.00",
            "2026-08-02 80.00 +100.00 !",
            "2026-08-03 80.00",
        ];
        assert_eq!(told("2026-08", "2026-08-03"), first_days);
        assert_eq!(told("2026-09", "2026-09-02").len(), 33);
        assert_eq!(told("2026-08", "2026-11-23").len(), 31);
        assert!(told("2026-09", "2026-07-15").is_empty());
    }

    #[test]
    fn what_waits_is_told_worst_first() {
        let told = |book: &Book, today: &str| -> String {
            let view = book.overview("hPA", "2026-08", on(today)).unwrap();
            let steps = view.next.into_iter().map(|n| {
                let about = [Some(n.name), n.day, n.month, n.amount.map(|a| a.amount)];
                let about: Vec<_> = about
                    .into_iter()
                    .flatten()
                    .filter(|t| !t.is_empty())
                    .collect();
                format!("{:?} {} {}", n.what, n.count, about.join(" "))
            });
            steps
                .map(|s| s.trim().to_owned())
                .collect::<Vec<_>>()
                .join("; ")
        };
        let mut shared = book(ModelWord::PartnerPaid);
        assert_eq!(told(&shared, "2026-08-03"), "AddClients 0");
        add_channel(&mut shared, "aCH", "2026-09-15");
        assert_eq!(
            told(&shared, "2026-08-03"),
            "Paused 1 Hub -20.00; BringInUsage 1 2026-08"
        );
        assert_eq!(
            told(&shared, "2026-09-01"),
            "Paused 1 Hub -20.00; CloseMonth 1 2026-08; ChannelEnds 1 Channel aCH 2026-09-15 25.00; \
             BringInUsage 1 2026-08"
        );
        assert_eq!(
            told(&shared, "2026-10-02"),
            "CloseMonth 2 2026-08; BringInUsage 1 2026-08"
        );

        let mut own = book(ModelWord::DirectPaid);
        add_channel(&mut own, "aCH", "");
        add_channel(&mut own, "bbCH", "");
        top_up(
            &mut own,
            (None, Some("aCH")),
            "2026-08-02",
            TopUpWord::Manual,
        );
        assert_eq!(
            told(&own, "2026-08-03"),
            "Paused 1 Channel bbCH 0.00; BringInUsage 1 2026-08"
        );
        // Meta changed its prices, and no card of the euro is known since.
        assert!(told(&own, "2026-10-02").contains("CardOutdated 1 2026-10-01"));
        let view = own.overview("hPA", "2026-08", on("2026-08-03")).unwrap();
        let lowest: Vec<_> = view
            .lowest
            .iter()
            .map(|b| b.ending.amount.as_str())
            .collect();
        assert_eq!(
            (lowest, view.balance.amount.as_str()),
            (vec!["0.00", "100.00"], "100.00")
        );
        assert!(view.curve.is_empty());
    }
}
