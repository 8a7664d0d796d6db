//! `usage.csv`: what a channel sent and called, one row a day, place and category.

use hubledger_core::id::{ChannelId, PhoneNumber};
use hubledger_core::usage::{Category, ChannelRef, Place, PricingType, UsageRow};

use crate::format::{Cells, Format, RowReader};
use crate::problem::{Problem, ProblemKind};
use crate::suggest::nearest;

/// Reads `usage.csv`.
pub type UsageReader<R> = RowReader<R, Usage>;

/// The format of `usage.csv`.
#[derive(Debug)]
pub struct Usage;

const DATE: usize = 0;
const CHANNEL_ID: usize = 1;
const PHONE_NUMBER: usize = 2;
const COUNTRY: usize = 3;
const MARKET: usize = 4;
const CATEGORY: usize = 5;
const PRICING_TYPE: usize = 6;
const QUANTITY: usize = 7;
const COST: usize = 8;
const ROW_ID: usize = 9;

impl Format for Usage {
    type Record = UsageRow;

    const COLUMNS: &'static [&'static str] = &[
        "date",
        "channel_id",
        "phone_number",
        "country",
        "market",
        "category",
        "pricing_type",
        "quantity",
        "cost",
        "row_id",
    ];

    const NEEDED: &'static [&'static [&'static str]] = &[
        &["date"],
        &["channel_id", "phone_number"],
        &["country", "market", "cost"],
        &["category"],
        &["quantity"],
    ];

    fn read(cells: &Cells<'_>) -> Result<UsageRow, Problem> {
        let cost = match cells.text(COST) {
            "" => None,
            _ => Some(cells.amount(COST)?),
        };
        Ok(UsageRow {
            day: cells.day(DATE)?,
            channel: channel(cells)?,
            place: place(cells, cost.is_some())?,
            category: category(cells)?,
            pricing_type: pricing_type(cells)?,
            quantity: cells.whole_number(QUANTITY)?,
            cost,
            row_id: Some(cells.line(ROW_ID)?)
                .filter(|id| !id.is_empty())
                .map(str::to_owned),
        })
    }
}

/// The id counts where both are given.
fn channel(cells: &Cells<'_>) -> Result<ChannelRef, Problem> {
    if !cells.is_empty(CHANNEL_ID) {
        cells
            .parsed(CHANNEL_ID, ChannelId::parse, ProblemKind::UnusableId)
            .map(ChannelRef::Id)
    } else if !cells.is_empty(PHONE_NUMBER) {
        cells
            .parsed(PHONE_NUMBER, PhoneNumber::parse, ProblemKind::UnusablePhone)
            .map(ChannelRef::Phone)
    } else {
        Err(cells.row_problem(ProblemKind::ChannelMissing))
    }
}

/// The country is the finer one and counts where both are given.
fn place(cells: &Cells<'_>, has_cost: bool) -> Result<Place, Problem> {
    if !cells.is_empty(COUNTRY) {
        cells.country(COUNTRY).map(Place::Country)
    } else if !cells.is_empty(MARKET) {
        Ok(Place::Market(cells.line(MARKET)?.to_owned()))
    } else if has_cost {
        Ok(Place::Unknown)
    } else {
        Err(cells.row_problem(ProblemKind::PlaceMissing))
    }
}

fn category(cells: &Cells<'_>) -> Result<Category, Problem> {
    let text = cells.needed(CATEGORY)?;
    Category::parse(text).ok_or_else(|| {
        let did_you_mean =
            nearest(text, Category::ALL.map(Category::name)).and_then(Category::parse);
        cells.problem(CATEGORY, ProblemKind::UnknownCategory { did_you_mean })
    })
}

fn pricing_type(cells: &Cells<'_>) -> Result<PricingType, Problem> {
    match cells.text(PRICING_TYPE) {
        "" => Ok(PricingType::Regular),
        text => PricingType::parse(text)
            .ok_or_else(|| cells.problem(PRICING_TYPE, ProblemKind::UnknownPricingType)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads one row below a header that names every column; the answer as a person would say it.
    fn row(line: &str) -> String {
        let file = format!("{}\n{line}\n", Usage::COLUMNS.join(","));
        match UsageReader::new(file.as_bytes()).unwrap().next().unwrap() {
            Ok(Ok((2, row))) => told(&row),
            Ok(Ok((line, _))) => panic!("on line {line}"),
            Ok(Err(problem)) => {
                let column = problem.column.unwrap_or("row");
                format!("{column}: {}", problem.kind.code())
            }
            Err(problem) => problem.to_string(),
        }
    }

    fn told(row: &UsageRow) -> String {
        let channel = match &row.channel {
            ChannelRef::Id(id) => id.to_string(),
            ChannelRef::Phone(number) => number.to_string(),
        };
        let place = match &row.place {
            Place::Country(country) => country.code(),
            Place::Market(market) => market,
            Place::Unknown => "nowhere",
        };
        let mut told = format!(
            "{} {channel} {place} {} {} × {}",
            row.day,
            row.category.name(),
            row.pricing_type.name(),
            row.quantity
        );
        if let Some(cost) = row.cost {
            told += &format!(" cost {cost}");
        }
        if let Some(id) = &row.row_id {
            told += &format!(" id {id}");
        }
        told
    }

    fn check(table: &str) {
        for line in table.lines().filter(|line| !line.trim().is_empty()) {
            let (cells, expected) = line.split_once("=>").unwrap();
            assert_eq!(row(cells.trim()), expected.trim(), "{cells}");
        }
    }

    #[test]
    fn a_row_is_read_or_refused_with_its_column_and_reason() {
        check("
            2026-08-17,abcdefCH,,DE,,marketing,regular,10,,           => 2026-08-17 abcdefCH DE marketing regular × 10
            2026-08-17,,+49 351 5550200,de,,call,,10,,                => 2026-08-17 +493515550200 DE call regular × 10
            2026-08-17,,493515550200,,Rest of Africa,utility,,0,,     => 2026-08-17 +493515550200 Rest of Africa utility regular × 0
            2026-08-17,abcdefCH,,,,service,,5,0.000001,r-1            => 2026-08-17 abcdefCH nowhere service regular × 5 cost 0.000001 id r-1
            2026-08-17,abcdefCH,,AQ,,Marketing Lite,FREE_ENTRY_POINT,5,,  => 2026-08-17 abcdefCH AQ marketing_lite free_entry_point × 5
            2026-02-29,abcdefCH,,DE,,utility,,1,,                     => date: not_a_day
            17.08.2026,abcdefCH,,DE,,utility,,1,,                     => date: not_a_day
            ,abcdefCH,,DE,,utility,,1,,                               => date: empty_cell
            2026-08-17,,,DE,,utility,,1,,                             => row: channel_missing
            2026-08-17,abc def,,DE,,utility,,1,,                      => channel_id: unusable_id
            2026-08-17,,0351 5550,DE,,utility,,1,,                    => phone_number: unusable_phone
            2026-08-17,abcdefCH,,XK,,utility,,1,,                     => country: unknown_country
            2026-08-17,abcdefCH,,,,utility,,1,,                       => row: place_missing
            2026-08-17,abcdefCH,,DE,,referral,,1,,                    => category: unknown_category
            2026-08-17,abcdefCH,,DE,,utility,free,1,,                 => pricing_type: unknown_pricing_type
            2026-08-17,abcdefCH,,DE,,utility,,,,                      => quantity: empty_cell
            2026-08-17,abcdefCH,,DE,,utility,,-1,,                    => quantity: negative_quantity
            2026-08-17,abcdefCH,,DE,,utility,,1.5,,                   => quantity: not_a_whole_number
            2026-08-17,abcdefCH,,DE,,utility,,1000000000001,,         => quantity: quantity_too_large
            2026-08-17,abcdefCH,,DE,,utility,,1,abc,                  => cost: not_an_amount
            2026-08-17,abcdefCH,,DE,,utility,,1,-0.5,                 => cost: amount_negative
            2026-08-17,abcdefCH,,DE,,utility,,1,0.0000001,            => cost: amount_too_many_decimals
            2026-08-17,abcdefCH,,DE,,utility,,1,10000000001,          => cost: amount_too_large
            2026-08-17,abcdefCH,,DE,,utility,,1                       => row: too_few_columns
            2026-08-17,abcdefCH,,DE,,utility,,1,,,,                   => 2026-08-17 abcdefCH DE utility regular × 1
            2026-08-17,abcdefCH,,DE,,utility,,1,,,x                   => row: too_many_columns
        ");
    }

    #[test]
    fn the_channel_id_and_the_country_count_where_both_are_given() {
        check("
            2026-08-17,abcdefCH,493515550200,DE,France,utility,,1,,   => 2026-08-17 abcdefCH DE utility regular × 1
        ");
    }

    #[test]
    fn a_misspelt_category_is_told_what_it_may_have_meant() {
        let file = "date,channel_id,country,category,quantity\n2026-08-17,aCH,DE,marketting,1";
        let mut rows = UsageReader::new(file.as_bytes()).unwrap();
        let problem = rows.next().unwrap().unwrap().unwrap_err();
        assert_eq!(
            problem.to_string(),
            "line 2, category, “marketting”: Not a category. Did you mean marketing?"
        );
        assert_eq!(problem.raw, ["2026-08-17", "aCH", "DE", "marketting", "1"]);
    }

    #[test]
    fn a_long_row_id_is_refused_and_not_cut() {
        let line = format!("2026-08-17,aCH,,DE,,utility,,1,,{}", "x".repeat(201));
        assert_eq!(row(&line), "row_id: text_too_long");
    }
}
