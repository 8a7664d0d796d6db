//! What the sample's channels sent and called: three months of rows from a fixed seed, the same
//! each time, on whatever machine.

use chrono::Datelike;
use hubledger_core::error::Error;
use hubledger_core::money::{AmountRule, parse_amount};
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::usage::{Category, PricingType};
use rust_decimal::Decimal;

use super::flow::Kind;
use super::parties::{CANCELLED, CANCELLED_ON, LATE, SampleChannel, channels};

/// Rows that report what was charged for them, a little off the card: day, channel and country
/// of utility messages, and the price of one.
const REPORTED: [(&str, &str, &str, &str); 5] = [
    ("2026-07-14", "FenTr5CH", "DE", "0.0459"),
    ("2026-08-05", "VelNd8CH", "NL", "0.0427"),
    ("2026-08-06", "VelNd8CH", "NL", "0.0427"),
    ("2026-08-24", "MerMa1CH", "ES", "0.0204"),
    ("2026-09-09", "FenTr5CH", "PL", "0.0181"),
];

/// The first day whose rows of [`LATE`] come a month late.
const LATE_FROM: &str = "2026-07-30";

/// One row of usage.
pub(super) struct SampleRow {
    pub(super) channel: &'static str,
    /// The month whose file brings it.
    pub(super) file: BillingPeriod,
    day: Date,
    country: &'static str,
    category: Category,
    pricing: PricingType,
    quantity: u64,
    cost: Option<Decimal>,
}

/// A stream of numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    const SEED: u64 = 0x0360_d1a1_0609_2026;

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 75 to 125, the middle more often.
    fn percent(&mut self) -> u64 {
        75 + (self.roll() % 26 + self.roll() % 26)
    }
}

/// All rows, day by day.
pub(super) fn rows(first: BillingPeriod, last: BillingPeriod) -> Result<Vec<SampleRow>, Error> {
    let mut dice = Dice(Dice::SEED);
    let mut rows = Vec::new();
    for month in first.through(last) {
        for day in month
            .first_day()
            .iter_days()
            .take_while(|day| month.contains(*day))
        {
            for (_, channel) in channels() {
                if lives(channel, day)? {
                    add_day(&mut rows, &mut dice, channel, day)?;
                }
            }
        }
    }
    Ok(rows)
}

/// The one channel that ends keeps quiet after its last day.
fn lives(channel: &SampleChannel, day: Date) -> Result<bool, Error> {
    let has_ended = channel.id == CANCELLED && day > parse_date(CANCELLED_ON)?;
    Ok(parse_date(channel.started)? <= day && !has_ended)
}

fn add_day(
    rows: &mut Vec<SampleRow>,
    dice: &mut Dice,
    channel: &'static SampleChannel,
    day: Date,
) -> Result<(), Error> {
    for (country, kind, usual, rhythm) in channel.flows {
        // Rolled on quiet days too, so that a change of one rhythm leaves the other rows alone.
        let noise = dice.percent();
        let quantity =
            usual * rhythm.percent(day.weekday()) * season(day) * noise / (100 * 100 * 100);
        if quantity == 0 {
            continue;
        }
        let (category, pricing) = kind.names();
        rows.push(SampleRow {
            channel: channel.id,
            file: file_of(channel.id, day)?,
            day,
            country,
            category,
            pricing,
            quantity,
            cost: reported(channel.id, day, country, *kind, quantity)?,
        });
    }
    Ok(())
}

/// Business grows a little from month to month, in percent.
fn season(day: Date) -> u64 {
    match day.month() {
        7 => 94,
        8 => 100,
        _ => 105,
    }
}

fn file_of(channel: &str, day: Date) -> Result<BillingPeriod, Error> {
    let own = BillingPeriod::containing(day);
    let late_from = parse_date(LATE_FROM)?;
    let is_late = channel == LATE && day >= late_from && own.contains(late_from);
    Ok(if is_late { own.next() } else { own })
}

fn reported(
    channel: &str,
    day: Date,
    country: &str,
    kind: Kind,
    quantity: u64,
) -> Result<Option<Decimal>, Error> {
    let on = day.to_string();
    let row = (on.as_str(), channel, country);
    let found = REPORTED
        .iter()
        .find(|(day, channel, country, _)| row == (*day, *channel, *country));
    match (found, kind) {
        (Some((.., price)), Kind::Utility) => {
            let price = parse_amount(price, AmountRule::NonNegativeExact)?;
            let cost = price.checked_mul(Decimal::from(quantity));
            Ok(Some(cost.ok_or(Error::AmountTooLarge)?))
        }
        _ => Ok(None),
    }
}

/// `usage.csv` of some rows.
pub(super) fn csv<'a>(rows: impl Iterator<Item = &'a SampleRow>) -> String {
    let mut text = String::from("date,channel_id,country,category,pricing_type,quantity,cost\n");
    for row in rows {
        let cells = [
            row.day.to_string(),
            row.channel.to_owned(),
            row.country.to_owned(),
            row.category.name().to_owned(),
            row.pricing.name().to_owned(),
            row.quantity.to_string(),
            row.cost.map(|cost| cost.to_string()).unwrap_or_default(),
        ];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}
