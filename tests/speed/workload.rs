//! A fixed piece of work of a room, for counting the instructions that it takes: `import` reads rows of
//! usage, `core` rates them and settles the balances of a month. The same at every run.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "work that can't be done is a test that fails"
)]

use hubledger_core::closing::{BalanceMonth, CardFee, settle};
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::hub::PaymentMethod;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::price::{CardKind, MarketMap, PriceData, PriceItem, RateCard};
use hubledger_core::rating::{Usage, rate};
use hubledger_core::rule::{OutdatedCard, Rules};
use hubledger_core::usage::{Category, Place, PricingType};
use hubledger_core::volume::Counted;
use hubledger_import::UsageReader;
use rust_decimal::Decimal;

const ROWS: u64 = 2_000;
const COUNTRIES: [&str; 10] = ["DE", "FR", "ES", "IT", "BR", "MX", "IN", "GB", "AR", "NL"];
const CATEGORIES: [Category; 3] = [
    Category::Marketing,
    Category::Utility,
    Category::Authentication,
];

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("import") => read(),
        Some("core") => {
            rate_all();
            settle_all();
        }
        other => panic!("no such work: {other:?}"),
    }
}

/// A number of a row that looks like one by chance, and is the same at every run.
fn by_chance(row: u64, what: u64, end: u64) -> u64 {
    let mixed = (row * 8 + what + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)) % end
}

fn one_of<T: Copy>(list: &[T], row: u64, what: u64) -> T {
    let at = by_chance(row, what, u64::try_from(list.len()).unwrap());
    list.iter()
        .copied()
        .nth(usize::try_from(at).unwrap())
        .unwrap()
}

fn read() {
    let mut file = String::from("date,channel_id,country,category,quantity,cost,row_id\n");
    for row in 0..ROWS {
        let (day, channel) = (by_chance(row, 0, 31) + 1, by_chance(row, 1, 10_000));
        let (country, category) = (one_of(&COUNTRIES, row, 2), one_of(&CATEGORIES, row, 3));
        // Every fourth row has a cost, every second an id of its own.
        let cost = if row % 4 == 0 { "1.234567" } else { "" };
        let id = if row % 2 == 0 {
            format!("r{row}")
        } else {
            String::new()
        };
        file += &format!(
            "2026-07-{day:02},CH{channel:05}CH,{country},{},{},{cost},{id}\n",
            category.name(),
            by_chance(row, 4, 399) + 1
        );
    }
    let rows = UsageReader::new(file.as_bytes()).unwrap();
    let good = rows.filter(|row| matches!(row, Ok(Ok(_)))).count();
    assert_eq!(u64::try_from(good).unwrap(), ROWS);
}

fn day(day: u64) -> Date {
    Date::from_ymd_opt(2026, 7, u32::try_from(day).unwrap()).unwrap()
}

fn prices() -> PriceData {
    let first = Date::from_ymd_opt(2026, 7, 1).unwrap();
    let mut markets = MarketMap::default();
    let mut card = RateCard::new(
        1,
        CardKind::Messages,
        Currency::Usd,
        Some(first),
        String::new(),
        String::new(),
    );
    for (at, name) in (1..).zip(COUNTRIES) {
        markets.put(first, Country::parse(name).unwrap(), name);
        for category in CATEGORIES {
            let rate = Decimal::new(113 * at, 4);
            assert!(card.put(PriceItem::Message(category), name, 1, rate));
        }
    }
    PriceData::new(vec![card], markets, Vec::new())
}

fn rate_all() {
    let prices = prices();
    let mut sum = Money::zero(Currency::Usd);
    for row in 0..ROWS {
        let place = Place::Country(Country::parse(one_of(&COUNTRIES, row, 2)).unwrap());
        let usage = Usage {
            day: day(by_chance(row, 0, 31) + 1),
            place: &place,
            category: one_of(&CATEGORIES, row, 3),
            pricing_type: PricingType::Regular,
            quantity: by_chance(row, 4, 399) + 1,
            cost: None,
            free: 0,
            outdated_card: OutdatedCard::Unrated,
            counted: Counted::Unknown,
        };
        let rating = rate(&usage, Currency::Usd, &prices).unwrap();
        sum = sum.checked_add(rating.amount.unwrap()).unwrap();
    }
    assert!(sum.is_positive());
}

fn settle_all() {
    let rules = Rules::in_force(&[], BillingPeriod::new(2026, 7).unwrap());
    let fee = CardFee {
        method: PaymentMethod::Card,
        fraction: Decimal::new(4, 2),
    };
    for row in 0..ROWS {
        let money = |what: u64| {
            let micros = i64::try_from(by_chance(row, what, 900_000_000)).unwrap();
            Money::new(Decimal::new(micros, 6), Currency::Usd)
        };
        let month = BalanceMonth {
            messages: money(1),
            calls: money(2),
            late: money(3),
            ..BalanceMonth::quiet(Money::new(Decimal::new(50_000, 2), Currency::Usd))
        };
        settle(&month, &rules, fee).unwrap();
    }
}
