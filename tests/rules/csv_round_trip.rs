//! What `export` writes, `import` reads back: so problem rows can be saved, mended and brought
//! in again, and no cell on the way is a formula.

use hubledger_core::usage::Place;
use hubledger_export::{Separator, TableCsv};
use hubledger_import::table::Table;
use hubledger_import::{Problem, UsageReader};
use proptest::prelude::*;

fn written(rows: &[Vec<String>], separator: Separator) -> Vec<u8> {
    let mut table = TableCsv::new(Vec::new(), separator).unwrap();
    for row in rows {
        table.row(row).unwrap();
    }
    table.finish().unwrap()
}

/// The rows below the header, as cells.
fn read(file: &[u8]) -> Vec<Vec<String>> {
    let mut table = Table::open(file).unwrap();
    let mut rows = Vec::new();
    while let Some(row) = table.next_row().unwrap() {
        rows.push(row.unwrap().cells().map(str::to_owned).collect());
    }
    rows
}

fn separator() -> impl Strategy<Value = Separator> {
    prop::sample::select(vec![Separator::Comma, Separator::Semicolon, Separator::Tab])
}

/// Cells with everything that a reader or a spreadsheet program could take for something else.
fn cell() -> impl Strategy<Value = String> {
    "[-=+@＝'\"a-zé0-9,;.\t\r\n ]{0,12}"
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..6).prop_flat_map(|columns| {
        let row = prop::collection::vec(cell(), columns).prop_filter("a blank row", |row| {
            row.iter().any(|cell| !cell.trim().is_empty())
        });
        prop::collection::vec(row, 0..10).prop_map(move |rows| {
            let header = (0..columns).map(|column| format!("column {column}"));
            std::iter::once(header.collect()).chain(rows).collect()
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(rows in table(), separator in separator()) {
        let back = read(&written(&rows, separator));
        prop_assert_eq!(back.as_slice(), &rows[1..]);
    }

    #[test]
    fn a_problem_row_is_saved_mended_and_brought_in(
        market in "[-=+@'a-z][-=+@'a-zé,; \"]{0,20}[a-z']",
        separator in separator(),
    ) {
        let problem = only_problem(&usage(&market, "many", separator));
        let mut row = problem.raw;
        prop_assert_eq!(&row[4], "many");
        "5".clone_into(&mut row[4]);
        let mended = written(&[HEADER.map(str::to_owned).to_vec(), row], separator);
        prop_assert_eq!(only_market(&mended), market);
    }
}

const HEADER: [&str; 5] = ["date", "channel_id", "market", "category", "quantity"];

fn usage(market: &str, quantity: &str, separator: Separator) -> Vec<u8> {
    let row = ["2026-08-17", "aCH", market, "utility", quantity];
    let rows = [HEADER, row].map(|cells| cells.map(str::to_owned).to_vec());
    written(&rows, separator)
}

fn only_problem(file: &[u8]) -> Problem {
    let mut rows = UsageReader::new(file).unwrap();
    rows.next().unwrap().unwrap().unwrap_err()
}

fn only_market(file: &[u8]) -> String {
    let mut rows = UsageReader::new(file).unwrap();
    match rows.next().unwrap().unwrap().unwrap().1.place {
        Place::Market(market) => market,
        other => panic!("{other:?}"),
    }
}
