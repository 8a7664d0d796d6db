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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::FileProblem;

    fn row(line: &str) -> String {
        let file = format!("effective_from,currency,market,category,tier_from,rate\n{line}\n");
        let mut rows = PriceReader::new(file.as_bytes()).unwrap();
        match rows.next().unwrap().unwrap() {
            Ok((_, row)) => {
                let from = row
                    .effective_from
                    .map_or("always".into(), |day| day.to_string());
                let (currency, market, item) = (row.currency, row.market, row.item.name());
                format!(
                    "{from} {currency} {market} {item} from {}: {}",
                    row.tier_from, row.rate
                )
            }
            Err(problem) => format!(
                "{}: {}",
                problem.column.unwrap_or("row"),
                problem.kind.code()
            ),
        }
    }

    #[test]
    fn a_rate_is_read_or_refused_with_its_column_and_reason() {
        for line in "
            2026-07-01,EUR,Germany,marketing,1,0.1131       => 2026-07-01 EUR Germany marketing from 1: 0.1131
            2026-07-01,eur,Germany,utility,,0               => 2026-07-01 EUR Germany utility from 1: 0
            2026-10-01,USD,Rest of Africa,utility,100001,.0038  => 2026-10-01 USD Rest of Africa utility from 100001: 0.0038
            ,EUR,global,partner_plan_growth_per_month,1,500.00  => always EUR global partner_plan_growth_per_month from 1: 500.00
            ,EUR,Germany,marketing,1,0.1131                 => effective_from: empty_cell
            2026-07,EUR,Germany,marketing,1,0.1131          => effective_from: not_a_day
            2026-07-01,GBP,Germany,marketing,1,0.1131       => currency: unknown_currency
            2026-07-01,,Germany,marketing,1,0.1131          => currency: empty_cell
            2026-07-01,EUR,,marketing,1,0.1131              => market: empty_cell
            2026-07-01,EUR,Germany,marketng,1,0.1131        => category: unknown_price_item
            2026-07-01,EUR,Germany,marketing,0,0.1131       => tier_from: tier_below_one
            2026-07-01,EUR,Germany,marketing,1,n/a          => rate: not_an_amount
            2026-07-01,EUR,Germany,marketing,1,             => rate: empty_cell
            2026-07-01,EUR,Germany,marketing,1,-0.1         => rate: amount_negative
            2026-07-01,EUR,Germany,marketing,1,0.1234567    => rate: amount_too_many_decimals
        "
        .lines()
        .filter(|line| !line.trim().is_empty())
        {
            let (cells, expected) = line.split_once("=>").unwrap();
            assert_eq!(row(cells.trim()), expected.trim(), "{cells}");
        }
    }

    #[test]
    fn a_card_without_a_rate_column_is_refused() {
        let file = "effective_from,currency,market,category\n";
        let missing = PriceReader::new(file.as_bytes()).unwrap_err();
        let columns = vec!["rate".to_owned()];
        assert_eq!(missing, FileProblem::MissingColumns { columns });
    }
}
