//! Rating, written a second time: straight from the rules, with plain fractions and lists, and
//! none of the engine's helpers. Both must say the same over a hundred thousand random months.
//!
//! What the rules say (`RULES.md`): the newest card up to the row's day holds, unless Meta changed
//! its prices since; the place decides the market; a row with a cost is charged at it; free rows
//! cost nothing; from October 2026 a number's first 1,000 service messages of a month are free, by
//! day and market; charged utility, authentication and call rows move a client up the volume steps.

use std::collections::HashMap;

use hubledger_core::currency::Currency;
use hubledger_core::money::plain_text;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::price::{CardKind, MarketMap, PriceChange, PriceData, PriceItem, RateCard};
use hubledger_core::rating::{
    EstimateReason, FreeReason, MonthRow, Outcome, Rating, UnratedReason, Usage, counts_for_steps,
    rate, rate_month, takes_from_allowance,
};
use hubledger_core::rule::{FreeServiceMessages, OutdatedCard};
use hubledger_core::usage::{Category, Place, PricingType};
use hubledger_core::volume::Counted;
use rust_decimal::Decimal;

use crate::chance::Chance;
use crate::fraction::Fraction;

const MARKETS: [&str; 4] = ["Germany", "India", "Other", "Rest of Africa"];

/// One line of a card, as a list of numbers.
#[derive(Clone, Debug)]
struct Line {
    /// yyyymmdd.
    from: u32,
    category: Category,
    market: &'static str,
    step: u64,
    micros: i128,
}

#[derive(Clone, Debug)]
struct Row {
    client: String,
    channel: String,
    id: String,
    year: i32,
    month: u32,
    day: u32,
    place: Option<&'static str>,
    category: Category,
    pricing: PricingType,
    quantity: u64,
    cost: Option<i128>,
}

struct World {
    lines: Vec<Line>,
    /// The day from which older cards no longer hold.
    changed: u32,
    /// Whether the last card's rates stand in from then on.
    estimates: bool,
    free_messages: bool,
    /// What a client's month had counted, where it is known.
    known: HashMap<(String, &'static str, Category), u64>,
}

/// What a row comes to: its amount in millionths and why, in words that both sides use.
type Said = (Option<i128>, String);

// ---- The second implementation.

fn second(world: &World, rows: &[Row]) -> Vec<Said> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| {
        let row = &rows[*at];
        (
            row.day,
            row.place.unwrap_or(""),
            row.channel.clone(),
            row.id.clone(),
        )
    });
    let mut said = vec![(None, String::new()); rows.len()];
    let mut taken: HashMap<&str, u64> = HashMap::new();
    let mut counted = world.known.clone();
    for at in order {
        let row = &rows[at];
        said[at] = second_row(world, row, &mut taken, &mut counted);
    }
    said
}

fn second_row<'a>(
    world: &World,
    row: &'a Row,
    taken: &mut HashMap<&'a str, u64>,
    counted: &mut HashMap<(String, &'static str, Category), u64>,
) -> Said {
    use Category::{
        Authentication, AuthenticationInternational, Call, Marketing, MarketingLite, Service,
        Utility,
    };
    let on = u32::try_from(row.year).unwrap() * 10_000 + row.month * 100 + row.day;
    let is_regular = row.pricing == PricingType::Regular;
    let reported = |by_card: Said| match row.cost {
        Some(cost) => (Some(cost), "reported".to_owned()),
        None => by_card,
    };
    if row.category == Service && on < 20_261_001 {
        return reported((Some(0), "service is free".into()));
    }
    if row.pricing == PricingType::FreeCustomerService {
        return reported((Some(0), "window".into()));
    }
    if row.pricing == PricingType::FreeEntryPoint {
        return reported((Some(0), "entry point".into()));
    }
    let mut to_pay = row.quantity;
    if row.category == Service && world.free_messages && row.cost.unwrap_or(0) == 0 {
        let taken = taken.entry(&row.channel).or_insert(0);
        let free = row.quantity.min(1_000 - *taken);
        *taken += free;
        to_pay -= free;
        if to_pay == 0 && row.quantity > 0 {
            return reported((Some(0), "allowance".into()));
        }
    }
    let market = row.place.unwrap_or("");
    let has_steps = matches!(
        row.category,
        Utility | Authentication | AuthenticationInternational | Call
    );
    let key = (row.client.clone(), market, row.category);
    let before = counted.get(&key).copied();
    if let Some(before) = before
        && has_steps
        && is_regular
        && row.cost != Some(0)
    {
        counted.insert(key, before + row.quantity);
    }
    let is_call = |category| category == Call;
    let of_kind = || {
        world
            .lines
            .iter()
            .filter(|l| is_call(l.category) == is_call(row.category))
    };
    let Some(card) = of_kind().map(|l| l.from).filter(|from| *from <= on).max() else {
        return reported((None, "no card".into()));
    };
    let is_outdated = row.category != Call && world.changed <= on && card < world.changed;
    if is_outdated && !world.estimates {
        return reported((None, "outdated".into()));
    }
    let priced_as = |category| -> Vec<&Line> {
        of_kind()
            .filter(|l| l.from == card && l.market == market && l.category == category)
            .collect()
    };
    let mut steps = priced_as(row.category);
    if row.category == MarketingLite && steps.is_empty() {
        steps = priced_as(Marketing);
    }
    steps.sort_by_key(|l| l.step);
    if steps.is_empty() {
        return reported((None, "no market".into()));
    }
    let unit = if row.category == Call { 10 } else { 1 };
    let is_stepped = has_steps && steps.len() > 1;
    let (amount, word) = match before {
        Some(before) if is_stepped => {
            let all = price_of_first(&steps, unit, before + to_pay);
            (all.minus(price_of_first(&steps, unit, before)), "rated")
        }
        _ => {
            let list = Fraction::micros(steps[0].micros);
            let amount = list.times(Fraction::whole(i128::from(to_pay)));
            (amount, if is_stepped { "estimate" } else { "rated" })
        }
    };
    let word = if is_outdated { "last card" } else { word };
    let amount = amount.times(Fraction::new(1, unit));
    reported((Some(amount.rounded(1_000_000)), word.to_owned()))
}

/// What a month's first `n` messages or pulses cost, the first one on.
fn price_of_first(steps: &[&Line], unit: i128, n: u64) -> Fraction {
    let mut sum = Fraction::whole(0);
    for (at, step) in steps.iter().enumerate() {
        let begins = if at == 0 {
            0
        } else {
            (i128::from(step.step) - 1) * unit
        };
        let reaches = steps
            .get(at + 1)
            .map_or(i128::from(n), |next| (i128::from(next.step) - 1) * unit)
            .min(i128::from(n));
        if reaches > begins {
            let part = Fraction::micros(step.micros).times(Fraction::whole(reaches - begins));
            sum = sum.plus(part);
        }
    }
    sum
}

// ---- The engine, asked the same.

struct Engine {
    prices: PriceData,
    places: HashMap<&'static str, Place>,
    nowhere: Place,
}

fn date(number: u32) -> Date {
    Date::from_ymd_opt(
        i32::try_from(number / 10_000).unwrap(),
        number / 100 % 100,
        number % 100,
    )
    .unwrap()
}

impl Engine {
    fn of(world: &World) -> Self {
        let mut cards: Vec<RateCard> = Vec::new();
        for line in &world.lines {
            let item = match line.category {
                Category::Call => PriceItem::CallMinute,
                other => PriceItem::Message(other),
            };
            let (kind, from) = (item.card_kind(), Some(date(line.from)));
            let known = cards
                .iter()
                .position(|c| c.kind == kind && c.effective_from == from);
            let at = known.unwrap_or_else(|| {
                let id = i64::try_from(cards.len()).unwrap();
                let name = String::new();
                cards.push(RateCard::new(
                    id,
                    kind,
                    Currency::Usd,
                    from,
                    name,
                    String::new(),
                ));
                cards.len() - 1
            });
            let rate = Decimal::from_i128_with_scale(line.micros, 6);
            cards[at].put(item, line.market, line.step, rate);
        }
        let change = PriceChange {
            kind: CardKind::Messages,
            on: date(world.changed),
        };
        let places = MARKETS.map(|m| (m, Place::Market(m.to_owned())));
        Self {
            prices: PriceData::new(cards, MarketMap::default(), vec![change]),
            places: places.into_iter().collect(),
            nowhere: Place::Unknown,
        }
    }

    fn rate(&self, world: &World, rows: &[Row]) -> Vec<Rating> {
        let month_rows: Vec<_> = rows.iter().map(|row| self.month_row(world, row)).collect();
        let free = if world.free_messages {
            FreeServiceMessages::On
        } else {
            FreeServiceMessages::Off
        };
        rate_month(
            &month_rows,
            Currency::Usd,
            &self.prices,
            free,
            |client, market, category| {
                let market = MARKETS
                    .iter()
                    .find(|m| **m == market)
                    .copied()
                    .unwrap_or("");
                let known = world.known.get(&(client.to_owned(), market, category));
                known.map_or(Counted::Unknown, |n| Counted::Before(*n))
            },
        )
        .unwrap()
    }

    fn month_row<'a>(&'a self, world: &World, row: &'a Row) -> MonthRow<'a> {
        MonthRow {
            client: &row.client,
            channel: &row.channel,
            id: &row.id,
            day: Date::from_ymd_opt(row.year, row.month, row.day).unwrap(),
            usage: Usage {
                day: Date::from_ymd_opt(row.year, row.month, row.day).unwrap(),
                place: row.place.map_or(&self.nowhere, |p| &self.places[p]),
                category: row.category,
                pricing_type: row.pricing,
                quantity: row.quantity,
                cost: row.cost.map(|c| Decimal::from_i128_with_scale(c, 6)),
                free: 0,
                outdated_card: if world.estimates {
                    OutdatedCard::Estimate
                } else {
                    OutdatedCard::Unrated
                },
                counted: Counted::Unknown,
            },
        }
    }
}

fn micros(amount: Decimal) -> i128 {
    let mut amount = amount;
    amount.rescale(6);
    amount.mantissa()
}

fn words(rating: &Rating) -> Said {
    let word = match (rating.outcome, rating.estimate) {
        (Outcome::Reported, _) => "reported",
        (Outcome::Rated, Some(EstimateReason::TierUnknown)) => "estimate",
        (Outcome::Rated, Some(EstimateReason::OutdatedCard)) => "last card",
        (Outcome::Rated, None) => "rated",
        (Outcome::Free(FreeReason::ServiceIsFree), _) => "service is free",
        (Outcome::Free(FreeReason::CustomerServiceWindow), _) => "window",
        (Outcome::Free(FreeReason::FreeEntryPoint), _) => "entry point",
        (Outcome::Free(FreeReason::Allowance), _) => "allowance",
        (Outcome::Unrated(UnratedReason::NoCard), _) => "no card",
        (Outcome::Unrated(UnratedReason::CardOutdated), _) => "outdated",
        (Outcome::Unrated(UnratedReason::MarketNotOnCard), _) => "no market",
    };
    (rating.amount.map(|a| micros(a.amount())), word.to_owned())
}

fn total(ratings: &[Rating]) -> i128 {
    let amounts = ratings.iter().filter_map(|r| r.amount);
    amounts.map(|a| micros(a.amount())).sum()
}

// ---- Months by chance.

fn world(chance: &mut Chance) -> World {
    let mut lines = Vec::new();
    for from in [20_260_701, 20_260_915, 20_261_001] {
        if chance.one_in(4) {
            continue;
        }
        for category in Category::ALL {
            for market in MARKETS {
                if chance.one_in(5) || (category == Category::MarketingLite && !chance.one_in(4)) {
                    continue;
                }
                lines.extend(ladder(chance, from, category, market));
            }
        }
    }
    let mut known = HashMap::new();
    for client in ["a", "b"] {
        for market in MARKETS {
            for category in Category::ALL {
                if !chance.one_in(3) {
                    known.insert((client.to_owned(), market, category), chance.below(3_000));
                }
            }
        }
    }
    World {
        lines,
        changed: *chance.pick(&[20_250_101, 20_261_001]),
        estimates: chance.one_in(2),
        free_messages: !chance.one_in(4),
        known,
    }
}

fn ladder(chance: &mut Chance, from: u32, category: Category, market: &'static str) -> Vec<Line> {
    // Call rates keep five decimals, as a pulse is a tenth of a minute.
    let unit = if category == Category::Call { 10 } else { 1 };
    let mut micros = i128::from(chance.below(9_000) + 1_000) * unit;
    let mut step = 1;
    let steps = 1 + chance.below(4);
    (0..steps)
        .map(|_| {
            let line = Line {
                from,
                category,
                market,
                step,
                micros,
            };
            step += 1 + chance.below(900);
            micros -= i128::from(chance.below(300)) * unit;
            line
        })
        .collect()
}

fn month(chance: &mut Chance) -> Vec<Row> {
    let (year, month) = *chance.pick(&[(2026, 6), (2026, 9), (2026, 10), (2027, 2), (2028, 2)]);
    let days = BillingPeriod::new(year, month).unwrap().days();
    (0..chance.below(9))
        .map(|n| {
            let channel = chance.below(3);
            Row {
                client: if channel == 2 { "b" } else { "a" }.to_owned(),
                channel: format!("c{channel}"),
                id: format!("{n}"),
                year,
                month,
                day: 1 + u32::try_from(chance.below(u64::from(days))).unwrap(),
                place: (!chance.one_in(12)).then(|| *chance.pick(&MARKETS)),
                category: *chance.pick(&Category::ALL),
                pricing: if chance.one_in(5) {
                    *chance.pick(&PricingType::ALL)
                } else {
                    PricingType::Regular
                },
                quantity: if chance.one_in(9) {
                    0
                } else {
                    chance.below(1_500)
                },
                cost: chance
                    .one_in(6)
                    .then(|| i128::from(chance.below(3) * 1_234_567)),
            }
        })
        .collect()
}

/// A hundred thousand, or what `HUBLEDGER_MONTHS` says.
pub(crate) fn months() -> u64 {
    let wanted = std::env::var("HUBLEDGER_MONTHS").ok();
    wanted.and_then(|n| n.parse().ok()).unwrap_or(100_000)
}

#[test]
fn a_second_implementation_rates_random_months_alike() {
    let mut chance = Chance(2_026);
    for _ in 0..months().div_ceil(100) {
        let world = world(&mut chance);
        let engine = Engine::of(&world);
        for _ in 0..100 {
            let rows = month(&mut chance);
            let ratings = engine.rate(&world, &rows);
            let said: Vec<_> = ratings.iter().map(words).collect();
            assert_eq!(
                said,
                second(&world, &rows),
                "{rows:#?}\ncards {:#?}",
                world.lines
            );
        }
    }
}

#[test]
fn random_months_meet_every_outcome() {
    let mut chance = Chance(2_026);
    let mut met: HashMap<String, u64> = HashMap::new();
    let mut crossing = 0;
    for _ in 0..60 {
        let world = world(&mut chance);
        let engine = Engine::of(&world);
        for _ in 0..40 {
            for rating in engine.rate(&world, &month(&mut chance)) {
                *met.entry(words(&rating).1).or_default() += 1;
                crossing += u64::from(rating.slices.len() > 1);
            }
        }
    }
    assert_eq!(met.len(), 11, "{met:?}");
    assert!(crossing > 50, "{crossing} rows cross a step");
}

#[test]
fn a_months_sum_is_the_same_in_any_order_split_anywhere_and_row_by_row() {
    let mut chance = Chance(7);
    for _ in 0..200 {
        let world = world(&mut chance);
        let engine = Engine::of(&world);
        for _ in 0..10 {
            let rows = month(&mut chance);
            let whole = total(&engine.rate(&world, &rows));
            let mixed = chance.shuffled(&rows);
            assert_eq!(
                total(&engine.rate(&world, &mixed)),
                whole,
                "mixed {rows:#?}"
            );
            let halves = split_one(&mut chance, &rows);
            assert_eq!(
                total(&engine.rate(&world, &halves)),
                whole,
                "split {halves:#?}"
            );
            let one_by_one = row_by_row(&engine, &world, &rows);
            assert_eq!(one_by_one, whole);
        }
    }
}

/// The sum of rows rated one at a time, each told what came before it.
fn row_by_row(engine: &Engine, world: &World, rows: &[Row]) -> i128 {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|r| (r.day, r.place, r.channel.clone(), r.id.clone()));
    let mut counted = world.known.clone();
    let mut free_left: HashMap<String, u64> = HashMap::new();
    let mut sum = 0;
    for row in &rows {
        let mut usage = engine.month_row(world, row).usage;
        if world.free_messages
            && takes_from_allowance(row.category, row.pricing, usage.day, usage.cost)
        {
            let left = free_left.entry(row.channel.clone()).or_insert(1_000);
            usage.free = row.quantity.min(*left);
            *left -= usage.free;
        }
        let key = (row.client.clone(), row.place.unwrap_or(""), row.category);
        if let Some(units) = counted.get_mut(&key) {
            usage.counted = Counted::Before(*units);
            if counts_for_steps(row.category, row.pricing, usage.cost) {
                *units += row.quantity;
            }
        }
        sum += total(&[rate(&usage, Currency::Usd, &engine.prices).unwrap()]);
    }
    sum
}

/// The same month with one row in two parts; a reported cost goes with the first.
fn split_one(chance: &mut Chance, rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    let at = rows.iter().position(|r| r.quantity > 1 && r.cost.is_none());
    if let Some(at) = at {
        let mut second = rows[at].clone();
        second.quantity = 1 + chance.below(second.quantity - 1);
        second.id.push('b');
        rows[at].quantity -= second.quantity;
        rows.push(second);
    }
    rows
}

#[test]
fn a_call_rate_of_six_decimals_is_rounded_once_a_row() {
    // 1 pulse at 0.000005 a minute is half a millionth, and goes away from zero.
    for (micros_a_minute, pulses, expected) in [
        (5, 1, "0.000001"),
        (4, 1, "0.00"),
        (12_345, 1, "0.001235"),
        (12_345, 2, "0.002469"),
        (10_300, 46, "0.04738"),
    ] {
        let world = World {
            lines: vec![Line {
                from: 20_260_701,
                category: Category::Call,
                market: "Germany",
                step: 1,
                micros: micros_a_minute,
            }],
            changed: 20_250_101,
            estimates: false,
            free_messages: true,
            known: HashMap::new(),
        };
        let row = Row {
            client: "a".into(),
            channel: "c".into(),
            id: String::new(),
            year: 2026,
            month: 8,
            day: 1,
            place: Some("Germany"),
            category: Category::Call,
            pricing: PricingType::Regular,
            quantity: pulses,
            cost: None,
        };
        let ratings = Engine::of(&world).rate(&world, &[row]);
        let amount = ratings[0].amount.unwrap();
        assert_eq!(plain_text(amount.amount()), expected, "{pulses} pulses");
    }
}
