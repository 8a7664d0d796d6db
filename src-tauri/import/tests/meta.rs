//! Meta's own price files as they come. What they should give is read from the tidy files of the
//! same prices, by another reader.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use hubledger_core::currency::Currency;
use hubledger_core::period::parse_date;
use hubledger_core::price::{CardKind, PriceRow};
use hubledger_import::{
    FileProblem, Given, MetaCard, PriceReader, read_meta_csv, read_meta_workbook,
};
use proptest::prelude::*;

const RATES: &str = include_str!("data/meta-rates-usd-2026-10-01.csv");
const TIERS: &str = include_str!("data/meta-tiers-usd-2026-10-01.csv");
const RATES_BOOK: &[u8] = include_bytes!("data/meta-rates-usd-2026-10-01.xlsx");
const TIERS_BOOK: &[u8] = include_bytes!("data/meta-tiers-usd-2026-10-01.xlsx");

/// Rows in an order and a spelling of their own, to be compared.
fn told(rows: &[PriceRow]) -> Vec<String> {
    let mut told: Vec<String> = rows
        .iter()
        .map(|row| {
            let day = row.effective_from.unwrap();
            let (currency, market, item) = (row.currency, &row.market, row.item.name());
            let (from, rate) = (row.tier_from, row.rate.normalize());
            format!("{day} {currency} {market} {item} {from} {rate}")
        })
        .collect();
    told.sort();
    told
}

fn tidy(name: &str) -> Vec<PriceRow> {
    let path = format!("{}/../book/prices/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read(path).unwrap();
    let rows = PriceReader::new(text.as_slice()).unwrap();
    rows.map(|row| row.unwrap().unwrap().1).collect()
}

fn csv(text: &str) -> MetaCard {
    read_meta_csv(text.as_bytes(), Given::default()).unwrap()
}

fn problems(card: &MetaCard) -> Vec<String> {
    let told = |p: &hubledger_import::Problem| {
        format!("{} {} {}", p.line, p.column.unwrap_or("row"), p.kind.code())
    };
    card.problems.iter().map(told).collect()
}

#[test]
fn rates_say_what_the_tidy_card_says() {
    let expected = told(&tidy("meta-messages-usd-2026-10-01.csv"));
    assert_eq!(expected.len(), 206);
    let books = read_meta_workbook(RATES_BOOK, Given::default()).unwrap();
    for card in [csv(RATES)].iter().chain(&books) {
        assert_eq!(card.kind, CardKind::Messages);
        assert_eq!(problems(card), Vec::<String>::new());
        assert_eq!(told(&card.rows), expected);
    }
    assert_eq!(books.len(), 1, "a sheet of notes is no card");
}

#[test]
fn tiers_say_what_the_tidy_ladder_says() {
    let mut expected = tidy("meta-volume-tiers-usd-2026-10-01.csv");
    // The second group of columns: a ladder of two slices.
    for (from, rate) in [(1, "0.0040"), (750_001, "0.0038")] {
        let mut row = expected.first().unwrap().clone();
        row.item = hubledger_core::price::PriceItem::parse("authentication").unwrap();
        (row.tier_from, row.rate) = (from, rate.parse().unwrap());
        expected.push(row);
    }
    let books = read_meta_workbook(TIERS_BOOK, Given::default()).unwrap();
    for card in [csv(TIERS)].iter().chain(&books) {
        assert_eq!(card.kind, CardKind::Tiers);
        assert_eq!(problems(card), Vec::<String>::new());
        assert_eq!(told(&card.rows), told(&expected));
    }
}

/// A small file of rates; `preamble` and `rows` with `|` between the cells.
fn rates(preamble: &str, rows: &str) -> String {
    let lines = rows.lines().map(str::trim).filter(|line| !line.is_empty());
    let quoted = |line: &str| {
        let cells = line.split('|').map(|cell| format!("\"{}\"", cell.trim()));
        cells.collect::<Vec<_>>().join(",")
    };
    let body: Vec<String> = lines.map(quoted).collect();
    format!(
        "\"{preamble}\",,,\nMarket,Currency,Marketing,Utility\n{}\n",
        body.join("\n")
    )
}

#[test]
fn the_day_and_currency_are_those_of_the_preamble_or_of_a_person() {
    let day = |text| Some(parse_date(text).unwrap());
    let given = Given {
        effective_from: day("2027-01-01"),
        currency: Some(Currency::Eur),
    };
    for (preamble, expected) in [
        (
            "Cost per message in USD, effective October 1, 2026",
            "2026-10-01 USD",
        ),
        ("Rates in $US Effective Oct 1st, 2026", "2026-10-01 USD"),
        ("EUR; effective 1 October 2026", "2026-10-01 EUR"),
        ("Effective: 2026-10-01 (€)", "2026-10-01 EUR"),
        // Which day 01/10/2026 is depends on who writes it.
        ("USD effective 01/10/2026", "2027-01-01 USD"),
        (
            "USD effective October 1, 2026 until December 31, 2026",
            "2027-01-01 USD",
        ),
        ("October 1, 2026", "2027-01-01 EUR"),
        ("Price list in EUR and USD", "2027-01-01 EUR"),
    ] {
        let file = rates(preamble, "Germany||0.1|n/a");
        let card = read_meta_csv(file.as_bytes(), given).unwrap();
        assert_eq!(
            told(&card.rows),
            [format!("{expected} Germany marketing 1 0.1")],
            "{preamble}"
        );
    }
    let refusal = |file: &str| read_meta_csv(file.as_bytes(), Given::default()).unwrap_err();
    assert_eq!(
        refusal(&rates("Prices", "Germany|USD|0.1|")),
        FileProblem::DayMissing
    );
    let without = "effective October 1 2026,,\nMarket,Marketing,Utility\nGermany,0.1,0.2\n";
    assert_eq!(refusal(without), FileProblem::CurrencyMissing);
}

#[test]
fn a_bad_cell_is_told_with_its_line_and_the_others_are_read() {
    for (rows, problem, read) in [
        ("Germany|USD|0.1365|0.0550", "", 2),
        ("Germany|$US|$0.1365|N/A", "", 1),
        ("Germany|USD|1,234.50|--", "", 1),
        ("Germany|USD|12,34|0.1", "3 marketing not_an_amount", 1),
        ("Germany|USD|-0.1|0.1", "3 marketing amount_negative", 1),
        (
            "Germany|USD|0.1234567|0.1",
            "3 marketing amount_too_many_decimals",
            1,
        ),
        ("Germany|BRL|0.1|0.1", "3 currency unknown_currency", 0),
        ("|USD|0.1|0.1", "3 market empty_cell", 0),
        (
            "Germany|USD|0.1|0.1\nGermany|USD|0.2|0.2",
            "4 market duplicate_rate",
            2,
        ),
        ("Germany|USD|0.1|0.1\nNote: net of taxes|||", "", 2),
    ] {
        let card = csv(&rates("In USD, effective October 1, 2026", rows));
        assert_eq!(problems(&card).join("; "), problem, "{rows}");
        assert_eq!(card.rows.len(), read, "{rows}");
    }
}

#[test]
fn a_ladder_is_taken_whole_or_left_out() {
    let head = "\"Tiers in USD effective October 1, 2026\",,,\n,,Utility,,\nMarket,Currency,From,To,Rate\n";
    for (rows, problem, read) in [
        ("M,USD,0,100,0.4\n,,101,--,0.3", "", 2),
        ("M,USD,1,100,0.4\n,,101,,0.3", "", 2),
        (
            "M,USD,0,\"1,000\",0.4\n,,\"1,001\",--,0.3\nN,USD,0,--,0.2",
            "",
            3,
        ),
        ("M,USD,0,100,0.4\n,,102,--,0.3", "4 utility tier_gap", 0),
        ("M,USD,0,100,0.4\n,,100,--,0.3", "4 utility tier_gap", 0),
        ("M,USD,5,100,0.4\n,,101,--,0.3", "4 utility tier_gap", 0),
        ("M,USD,0,100,0.4\n,,101,200,0.3", "4 utility tier_gap", 0),
        ("M,USD,0,100,0.4\n,,101,--,x", "5 utility not_an_amount", 0),
        ("M,USD,0,100,0.4\n,,101,--,", "5 utility empty_cell", 0),
        (
            "M,USD,0,many,0.4\n,,101,--,0.3",
            "4 utility not_a_whole_number",
            0,
        ),
        (
            "M,USD,0,--,0.4\nM,USD,0,--,0.5",
            "5 market duplicate_rate",
            1,
        ),
        (",,0,--,0.4\nN,USD,0,--,0.2", "4 market empty_cell", 1),
    ] {
        let card = csv(&format!("{head}{rows}\n"));
        assert_eq!(problems(&card).join("; "), problem, "{rows}");
        assert_eq!(card.rows.len(), read, "{rows}");
    }
}

#[test]
fn what_is_no_file_of_prices_is_refused_as_a_whole() {
    let none = Given::default();
    for (file, code) in [
        (&b"a,b\n1,2\n"[..], "file_no_price_table"),
        (b"", "file_empty"),
        (b"Market\xff,Marketing\n", "file_not_utf8"),
        (
            b"effective October 1 2026,USD\nMarket,Marketing,Marketing\nA,1,1\n",
            "file_duplicate_column",
        ),
        (
            b"effective October 1 2026 USD\nMarket,Currency\n,From,To,Rate\n",
            "file_missing_columns",
        ),
    ] {
        let problem = read_meta_csv(file, none).unwrap_err();
        assert_eq!(problem.code(), code, "{}", String::from_utf8_lossy(file));
    }
    let long = format!("Market,Marketing\n{}", "a,1\n".repeat(20_001));
    assert_eq!(
        read_meta_csv(long.as_bytes(), none).unwrap_err(),
        FileProblem::TooLarge
    );
    let cut = RATES_BOOK.get(..2_000).unwrap();
    let damaged = read_meta_workbook(cut, none).unwrap_err();
    assert_eq!(damaged.code(), "file_workbook_damaged");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever the bytes are, they are read or refused.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_meta_csv(bytes.as_slice(), Given::default());
        let _ = read_meta_workbook(&bytes, Given::default());
        if let Ok(rows) = PriceReader::new(bytes.as_slice()) {
            rows.take(1_000).for_each(drop);
        }
    }

    /// A real file with bytes changed, taken out or put in is read or refused; what is read has
    /// rates that a book can keep and slices from 1.
    #[test]
    fn a_mutated_file_is_read_or_refused(
        which in 0_usize..4,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
    ) {
        let original = [RATES.as_bytes(), TIERS.as_bytes(), RATES_BOOK, TIERS_BOOK];
        let mut bytes = original.get(which).unwrap().to_vec();
        for (place, byte, how) in changes {
            let at = place.index(bytes.len());
            match how {
                0 => *bytes.get_mut(at).unwrap() = byte,
                1 => { bytes.remove(at); }
                _ => bytes.insert(at, byte),
            }
        }
        let read = if which < 2 {
            read_meta_csv(bytes.as_slice(), Given::default()).map(|card| vec![card])
        } else {
            read_meta_workbook(&bytes, Given::default())
        };
        for row in read.iter().flatten().flat_map(|card| &card.rows) {
            prop_assert!(row.tier_from >= 1);
            prop_assert!(!row.rate.is_sign_negative() && row.rate.scale() <= 6);
            prop_assert!(!row.market.is_empty());
        }
    }
}
