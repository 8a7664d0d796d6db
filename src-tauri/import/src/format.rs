//! What the tidy formats have in common: columns found by name, cells read into types, and a
//! reader that gives records and problems row by row.

use std::fmt;
use std::io::Read;
use std::marker::PhantomData;

use hubledger_core::Error;
use hubledger_core::country::Country;
use hubledger_core::money::{AmountRule, parse_amount};
use hubledger_core::period::{Date, parse_date};
use hubledger_core::text::LONGEST_LINE;
use rust_decimal::Decimal;

use crate::problem::{FileProblem, Problem, ProblemKind, shortened};
use crate::table::{Row, Separator, Table};

/// The largest whole number in a cell.
pub const LARGEST_QUANTITY: u64 = 1_000_000_000_000;

/// A file format: its columns, and how a row of it is read.
pub trait Format {
    type Record;

    /// All columns; a cell is asked for by its place here.
    const COLUMNS: &'static [&'static str];

    /// The columns that must be there; of each group one is enough.
    const NEEDED: &'static [&'static [&'static str]];

    fn read(cells: &Cells<'_>) -> Result<Self::Record, Problem>;
}

/// Reads a file of a format. As an iterator it gives, row by row, the record with its line or
/// the problem; the outer error is of the file as a whole, and the last thing it gives.
pub struct RowReader<R, F> {
    table: Table<R>,
    columns: Columns,
    unknown: Vec<String>,
    format: PhantomData<F>,
}

impl<R: Read, F: Format> RowReader<R, F> {
    /// Reads the header, and refuses a file without the columns that are needed.
    pub fn new(reader: R) -> Result<Self, FileProblem> {
        let table = Table::open(reader)?;
        let columns = Columns::find(&table, F::COLUMNS)?;
        columns.require(F::NEEDED)?;
        let unknown = columns.unknown(table.header());
        Ok(Self {
            table,
            columns,
            unknown,
            format: PhantomData,
        })
    }

    /// The names of all columns, as the file writes them.
    pub fn header(&self) -> &[String] {
        self.table.header()
    }

    /// What stands between the columns; a file of problem rows keeps it, as decimals depend on it.
    pub fn separator(&self) -> Separator {
        self.table.separator()
    }

    /// The columns that are not of the format, and are ignored.
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown
    }

    /// How far the file is read, for progress.
    pub fn bytes_read(&self) -> u64 {
        self.table.bytes_read()
    }

    fn next_record(&mut self) -> Result<Option<RowResult<F::Record>>, FileProblem> {
        let comma = self.table.separator() == Separator::Semicolon;
        let Some(row) = self.table.next_row()? else {
            return Ok(None);
        };
        Ok(Some(row.and_then(|row| {
            let cells = Cells {
                row,
                columns: &self.columns,
                decimal_comma: comma,
            };
            F::read(&cells).map(|record| (row.line, record))
        })))
    }
}

/// A record with the line that it begins on, or what is wrong with it.
pub type RowResult<T> = Result<(u64, T), Problem>;

impl<R: Read, F: Format> Iterator for RowReader<R, F> {
    type Item = Result<RowResult<F::Record>, FileProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().transpose()
    }
}

impl<R, F> fmt::Debug for RowReader<R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RowReader").field(&self.table).finish()
    }
}

/// Where each column of a format stands in the file.
#[derive(Debug)]
struct Columns {
    names: &'static [&'static str],
    places: Vec<Option<usize>>,
}

impl Columns {
    fn find<R: Read>(
        table: &Table<R>,
        names: &'static [&'static str],
    ) -> Result<Self, FileProblem> {
        let places = names
            .iter()
            .map(|name| place_of(name, table.header()))
            .collect::<Result<Vec<_>, _>>()?;
        if places.iter().all(Option::is_none) {
            return Err(if table.looks_binary() {
                FileProblem::Binary
            } else {
                let wanted = names.iter().map(|name| (*name).to_owned()).collect();
                FileProblem::NoHeader { wanted }
            });
        }
        Ok(Self { names, places })
    }

    fn require(&self, needed: &[&[&str]]) -> Result<(), FileProblem> {
        let columns: Vec<String> = needed
            .iter()
            .filter(|group| !group.iter().any(|name| self.has(name)))
            .map(|group| group.join(" or "))
            .collect();
        if columns.is_empty() {
            Ok(())
        } else {
            Err(FileProblem::MissingColumns { columns })
        }
    }

    fn has(&self, name: &str) -> bool {
        let mut columns = self.names.iter().zip(&self.places);
        columns.any(|(known, place)| *known == name && place.is_some())
    }

    fn unknown(&self, header: &[String]) -> Vec<String> {
        header
            .iter()
            .enumerate()
            .filter(|(place, _)| !self.places.contains(&Some(*place)))
            .map(|(place, name)| match name.as_str() {
                "" => format!("(column {})", place + 1),
                name => shortened(name),
            })
            .collect()
    }
}

/// The one place of a column in the header, in any case of letters.
fn place_of(name: &str, header: &[String]) -> Result<Option<usize>, FileProblem> {
    let mut places = header
        .iter()
        .enumerate()
        .filter(|(_, found)| found.eq_ignore_ascii_case(name))
        .map(|(place, _)| place);
    let first = places.next();
    match places.next() {
        Some(_) => Err(FileProblem::DuplicateColumn {
            column: name.to_owned(),
        }),
        None => Ok(first),
    }
}

/// The cells of one row by the columns of the format, and the ways to read one. Each way refuses
/// with the row's problem, so that a format reads as a list of its columns.
#[derive(Debug)]
pub struct Cells<'a> {
    row: Row<'a>,
    columns: &'a Columns,
    decimal_comma: bool,
}

impl<'a> Cells<'a> {
    /// The cell, trimmed; empty where the file lacks the column.
    pub fn text(&self, column: usize) -> &'a str {
        match self.columns.places.get(column) {
            Some(Some(place)) => self.row.cell(*place).trim(),
            _ => "",
        }
    }

    /// Whether the file has the column.
    pub fn has(&self, column: usize) -> bool {
        self.columns.places.get(column).is_some_and(Option::is_some)
    }

    /// Where the row begins.
    pub fn line_number(&self) -> u64 {
        self.row.line
    }

    pub fn is_empty(&self, column: usize) -> bool {
        self.text(column).is_empty()
    }

    /// The row as it stands in the file.
    pub fn raw(&self) -> Vec<String> {
        self.row.cells().map(str::to_owned).collect()
    }

    /// The row's problem in a column.
    pub fn problem(&self, column: usize, kind: ProblemKind) -> Problem {
        let name = self.columns.names.get(column).copied();
        Problem::new(self.row.line, name, self.text(column), kind, self.raw())
    }

    /// The row's problem as a whole.
    pub fn row_problem(&self, kind: ProblemKind) -> Problem {
        Problem::new(self.row.line, None, "", kind, self.raw())
    }

    /// A cell that must be filled.
    pub fn needed(&self, column: usize) -> Result<&'a str, Problem> {
        match self.text(column) {
            "" => Err(self.problem(column, ProblemKind::EmptyCell)),
            text => Ok(text),
        }
    }

    /// One line of text of bounded length; may be empty.
    pub fn line(&self, column: usize) -> Result<&'a str, Problem> {
        let text = self.text(column);
        if text.len() > LONGEST_LINE && text.chars().count() > LONGEST_LINE {
            let longest = LONGEST_LINE;
            return Err(self.problem(column, ProblemKind::TextTooLong { longest }));
        }
        if text.chars().any(char::is_control) {
            return Err(self.problem(column, ProblemKind::ControlCharacter));
        }
        Ok(text)
    }

    /// One line of text that must be there.
    pub fn needed_line(&self, column: usize) -> Result<&'a str, Problem> {
        self.needed(column)?;
        self.line(column)
    }

    pub fn day(&self, column: usize) -> Result<Date, Problem> {
        let text = self.needed(column)?;
        parse_date(text).map_err(|_| self.problem(column, ProblemKind::NotADay))
    }

    pub fn country(&self, column: usize) -> Result<Country, Problem> {
        let text = self.needed(column)?;
        Country::parse(text).map_err(|_| self.problem(column, ProblemKind::UnknownCountry))
    }

    /// What the rules read by themselves: an id, a phone number.
    pub fn parsed<T>(
        &self,
        column: usize,
        parse: impl FnOnce(&str) -> Result<T, Error>,
        kind: ProblemKind,
    ) -> Result<T, Problem> {
        let text = self.needed(column)?;
        parse(text).map_err(|_| self.problem(column, kind))
    }

    /// A whole number from zero.
    pub fn whole_number(&self, column: usize) -> Result<u64, Problem> {
        let text = self.needed(column)?;
        whole_number(text).map_err(|kind| self.problem(column, kind))
    }

    /// An amount from zero, with at most six decimals.
    pub fn amount(&self, column: usize) -> Result<Decimal, Problem> {
        let text = self.needed(column)?;
        let amount = if self.decimal_comma {
            amount_with_comma(text)
        } else {
            amount(text)
        };
        amount.map_err(|kind| self.problem(column, kind))
    }
}

fn whole_number(text: &str) -> Result<u64, ProblemKind> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ProblemKind::NotAWholeNumber);
    }
    let number = digits.parse().unwrap_or(u64::MAX);
    match number {
        0 => Ok(0),
        _ if text.starts_with('-') => Err(ProblemKind::NegativeQuantity),
        _ if number > LARGEST_QUANTITY => Err(ProblemKind::QuantityTooLarge),
        _ => Ok(number),
    }
}

pub(crate) fn amount(text: &str) -> Result<Decimal, ProblemKind> {
    match parse_amount(text, AmountRule::NonNegativeExact) {
        Ok(amount) if amount.is_zero() => Ok(Decimal::ZERO),
        Ok(amount) => Ok(amount),
        Err(Error::AmountNegative) => Err(ProblemKind::AmountNegative),
        Err(Error::TooManyDecimals(_)) => Err(ProblemKind::AmountTooManyDecimals),
        Err(Error::AmountTooLarge) => Err(ProblemKind::AmountTooLarge),
        Err(_) => Err(ProblemKind::NotAnAmount),
    }
}

/// An amount in a file with semicolons: with a comma, or with a point that can't stand between
/// thousands. `1.234` is a thousand and more in the countries where such files come from.
pub(crate) fn amount_with_comma(text: &str) -> Result<Decimal, ProblemKind> {
    match text.split_once(',') {
        Some((whole, decimals)) if !text.contains('.') => amount(&format!("{whole}.{decimals}")),
        Some(_) => Err(ProblemKind::NotAnAmount),
        None if could_be_thousands(text) => Err(ProblemKind::AmountAmbiguous),
        None => amount(text),
    }
}

fn could_be_thousands(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.split_once('.').is_some_and(|(whole, group)| {
        (1..=3).contains(&whole.len()) && !whole.starts_with('0') && group.len() == 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_never_read_a_thousand_times_too_large_or_small() {
        let comma = |text| amount_with_comma(text).map(|a| a.to_string());
        let read = |text: &str| Ok(text.to_owned());
        for (text, amount) in [
            ("0,0456", read("0.0456")),
            ("0.0456", read("0.0456")),
            ("0.456", read("0.456")),
            ("12,5", read("12.5")),
            ("12.50", read("12.50")),
            ("1234", read("1234")),
            ("1,234", read("1.234")),
            ("1.234", Err(ProblemKind::AmountAmbiguous)),
            ("123.456", Err(ProblemKind::AmountAmbiguous)),
            ("1.234,50", Err(ProblemKind::NotAnAmount)),
            ("1,234.50", Err(ProblemKind::NotAnAmount)),
            ("1.234.567", Err(ProblemKind::NotAnAmount)),
            ("-1,5", Err(ProblemKind::AmountNegative)),
        ] {
            assert_eq!(comma(text), amount, "{text:?}");
        }
        assert_eq!(super::amount("1,5"), Err(ProblemKind::NotAnAmount));
        assert_eq!(super::amount("-0.00"), Ok(Decimal::ZERO));
    }

    #[test]
    fn a_quantity_is_digits_alone() {
        for (text, number) in [
            ("0", Ok(0)),
            ("-0", Ok(0)),
            ("007", Ok(7)),
            ("1000000000000", Ok(LARGEST_QUANTITY)),
            ("1000000000001", Err(ProblemKind::QuantityTooLarge)),
            (
                "99999999999999999999999",
                Err(ProblemKind::QuantityTooLarge),
            ),
            ("-3", Err(ProblemKind::NegativeQuantity)),
            ("1.0", Err(ProblemKind::NotAWholeNumber)),
            ("1,000", Err(ProblemKind::NotAWholeNumber)),
            ("1e3", Err(ProblemKind::NotAWholeNumber)),
            ("+3", Err(ProblemKind::NotAWholeNumber)),
            ("-", Err(ProblemKind::NotAWholeNumber)),
            ("٣", Err(ProblemKind::NotAWholeNumber)),
        ] {
            assert_eq!(whole_number(text), number, "{text:?}");
        }
    }
}
