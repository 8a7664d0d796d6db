//! `effective_from,country,market`: which market of Meta's a country belongs to, by version of
//! Meta's list. The country may stand under `iso`, and in several rows, one a calling prefix.

use hubledger_core::country::Country;
use hubledger_core::period::Date;

use crate::format::{Cells, Format, RowReader};
use crate::problem::Problem;

/// Reads the list of markets.
pub type MarketsReader<R> = RowReader<R, Markets>;

/// The format of the list of markets.
#[derive(Debug)]
pub struct Markets;

/// A country in a version of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarketRow {
    pub effective_from: Date,
    pub market: String,
    pub country: Country,
}

const EFFECTIVE_FROM: usize = 0;
const MARKET: usize = 1;
const ISO: usize = 2;
const COUNTRY: usize = 4;

impl Format for Markets {
    type Record = MarketRow;

    // The prefix is known but not read: rows of usage name a country, not a recipient's number.
    const COLUMNS: &'static [&'static str] = &[
        "effective_from",
        "market",
        "iso",
        "calling_prefix",
        "country",
    ];

    const NEEDED: &'static [&'static [&'static str]] =
        &[&["effective_from"], &["country", "iso"], &["market"]];

    fn read(cells: &Cells<'_>) -> Result<MarketRow, Problem> {
        Ok(MarketRow {
            effective_from: cells.day(EFFECTIVE_FROM)?,
            market: cells.needed_line(MARKET)?.to_owned(),
            country: cells.country(if cells.has(COUNTRY) { COUNTRY } else { ISO })?,
        })
    }
}
