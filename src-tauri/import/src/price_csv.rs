//! `price-card.csv`: what 360Dialog and Meta charge, one row a rate. Also the form of the price
//! data that the app ships.

use hubledger_core::currency::Currency;
use hubledger_core::period::Date;
use hubledger_core::price::{CardKind, PriceItem, PriceRow};
use hubledger_core::usage::Category;

use crate::format::{Cells, Format, RowReader};
use crate::problem::{Problem, ProblemKind};
use crate::suggest::nearest;

/// Reads `price-card.csv`.
pub type PriceReader<R> = RowReader<R, PriceCard>;

/// The format of `price-card.csv`.
#[derive(Debug)]
pub struct PriceCard;

const EFFECTIVE_FROM: usize = 0;
const CURRENCY: usize = 1;
const MARKET: usize = 2;
const CATEGORY: usize = 3;
const TIER_FROM: usize = 4;
const RATE: usize = 5;

impl Format for PriceCard {
    type Record = PriceRow;

    const COLUMNS: &'static [&'static str] = &[
        "effective_from",
        "currency",
        "market",
        "category",
        "tier_from",
        "rate",
    ];

    const NEEDED: &'static [&'static [&'static str]] = &[
        &["effective_from"],
        &["currency"],
        &["market"],
        &["category"],
        &["rate"],
    ];

    fn read(cells: &Cells<'_>) -> Result<PriceRow, Problem> {
        let item = item(cells)?;
        Ok(PriceRow {
            effective_from: effective_from(cells, item)?,
            currency: currency(cells)?,
            market: cells.needed_line(MARKET)?.to_owned(),
            item,
            tier_from: tier_from(cells)?,
            rate: cells.amount(RATE)?,
        })
    }
}

fn item(cells: &Cells<'_>) -> Result<PriceItem, Problem> {
    let text = cells.needed(CATEGORY)?;
    PriceItem::parse(text).ok_or_else(|| {
        let did_you_mean = nearest(text, message_and_call_names());
        cells.problem(CATEGORY, ProblemKind::UnknownPriceItem { did_you_mean })
    })
}

/// The names that people write by hand; those of the fees are copied.
fn message_and_call_names() -> impl Iterator<Item = &'static str> {
    Category::ALL.into_iter().map(|category| match category {
        Category::Call => PriceItem::CallMinute.name(),
        message => PriceItem::Message(message).name(),
    })
}

/// Only fees may hold on every day: 360Dialog publishes no day for them.
fn effective_from(cells: &Cells<'_>, item: PriceItem) -> Result<Option<Date>, Problem> {
    if cells.is_empty(EFFECTIVE_FROM) && item.card_kind() == CardKind::Fees {
        return Ok(None);
    }
    cells.day(EFFECTIVE_FROM).map(Some)
}

fn currency(cells: &Cells<'_>) -> Result<Currency, Problem> {
    let text = cells.needed(CURRENCY)?;
    Currency::parse(text).ok_or_else(|| cells.problem(CURRENCY, ProblemKind::UnknownCurrency))
}

fn tier_from(cells: &Cells<'_>) -> Result<u64, Problem> {
    if cells.is_empty(TIER_FROM) {
        return Ok(1);
    }
    match cells.whole_number(TIER_FROM)? {
        0 => Err(cells.problem(TIER_FROM, ProblemKind::TierBelowOne)),
        from => Ok(from),
    }
}
