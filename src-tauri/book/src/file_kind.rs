//! What a file is that somebody drops on the window: told from its name and its first lines, so
//! that a file of any size is known at once. Whether it is a good one, its own preview says.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use hubledger_import::parties_json::looks_like_an_answer;
use hubledger_import::{
    FileProblem, Given, MarketsReader, PartiesReader, PriceReader, UsageReader, VolumeReader,
    read_meta_csv,
};
use serde::Serialize;
use specta::Type;

use crate::file::name_of;

/// How much of a file is looked at: more than any preamble and header.
const MOST_READ: u64 = 64 * 1024;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum FileWord {
    /// A book of this program, by its name: an encrypted one shows nothing of itself.
    Book,
    Usage,
    /// A price card, or a price file of Meta's.
    Prices,
    /// Clients and channels.
    Parties,
    /// Positions on volume steps.
    Volumes,
    /// Which country belongs to which market.
    Markets,
    Folder,
    Unknown,
}

/// A file that somebody has in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FileView {
    pub path: String,
    /// The last part of the path.
    pub name: String,
    pub kind: FileWord,
}

/// What a file is. One that can't be read is unknown.
pub fn look_at_file(path: &Path) -> FileView {
    let name = name_of(path);
    let kind = if path.is_dir() {
        FileWord::Folder
    } else {
        kind_of(&name, &start_of(path).unwrap_or_default())
    };
    FileView {
        path: path.display().to_string(),
        name,
        kind,
    }
}

fn start_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)?.take(MOST_READ).read_to_end(&mut start)?;
    Ok(start)
}

fn kind_of(name: &str, start: &[u8]) -> FileWord {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let ends_in = |wanted: &str| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(wanted));
    if ends_in("hubbook") {
        FileWord::Book
    } else if ends_in("xlsx") && start.starts_with(b"PK") {
        // Workbooks are files of Meta's; their insides are only unpacked by the preview.
        FileWord::Prices
    } else if looks_like_an_answer(start) {
        FileWord::Parties
    } else {
        kind_of_table(start)
    }
}

/// The formats are told apart by the columns that each needs.
fn kind_of_table(start: &[u8]) -> FileWord {
    if UsageReader::new(start).is_ok() {
        FileWord::Usage
    } else if PriceReader::new(start).is_ok() || is_of_meta(start) {
        FileWord::Prices
    } else if PartiesReader::new(start).is_ok() {
        FileWord::Parties
    } else if VolumeReader::new(start).is_ok() {
        FileWord::Volumes
    } else if MarketsReader::new(start).is_ok() {
        FileWord::Markets
    } else {
        FileWord::Unknown
    }
}

/// Meta's files leave the day and the currency to their name or to the person.
fn is_of_meta(start: &[u8]) -> bool {
    matches!(
        read_meta_csv(start, Given::default()),
        Ok(_) | Err(FileProblem::DayMissing | FileProblem::CurrencyMissing)
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{FileWord, kind_of, look_at_file};

    #[test]
    fn a_file_is_known_by_its_name_or_its_columns() {
        let cases: [(&str, &[u8], FileWord); 14] = [
            ("a.hubbook", b"", FileWord::Book),
            (
                "A.HUBBOOK",
                b"\x00encrypted, or anything else",
                FileWord::Book,
            ),
            (
                "usage.csv",
                b"date;channel_id;country;category;quantity\n2026-09-01;a1CH;DE;marketing;10\n",
                FileWord::Usage,
            ),
            (
                // What its rows are worth is for the preview to say.
                "report.txt",
                b"\xef\xbb\xbfDate,Channel_Id,Country,Category,Quantity\nnothing\n",
                FileWord::Usage,
            ),
            (
                "card.csv",
                b"effective_from,currency,market,category,tier_from,rate\n",
                FileWord::Prices,
            ),
            (
                "meta.csv",
                b"Rates of Meta\n\nMarket,Currency,Marketing,Utility\nGermany,EUR,0.1131,0.0456\n",
                FileWord::Prices,
            ),
            ("tiers.xlsx", b"PK\x03\x04", FileWord::Prices),
            ("answer.json", b"{\"clients\": []}", FileWord::Parties),
            (
                "markets.csv",
                b"effective_from,country,market\n",
                FileWord::Markets,
            ),
            (
                "letter.txt",
                b"Dear Ada,\nall is well.\n",
                FileWord::Unknown,
            ),
            ("empty.csv", b"", FileWord::Unknown),
            ("picture.png", b"\x89PNG\r\n\x1a\n", FileWord::Unknown),
            ("fake.xlsx", b"no workbook", FileWord::Unknown),
            (
                "bank.csv",
                b"day,amount\n2026-09-01,10.00\n",
                FileWord::Unknown,
            ),
        ];
        for (name, start, kind) in cases {
            assert_eq!(kind_of(name, start), kind, "{name}");
        }
    }

    #[test]
    fn the_files_that_the_readers_are_tested_with_are_told_apart() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../import/tests/data");
        let cases = [
            ("usage/good.csv", FileWord::Usage),
            ("parties/good.csv", FileWord::Parties),
            ("markets/by-country.csv", FileWord::Markets),
            ("meta-tiers-usd-2026-10-01.csv", FileWord::Prices),
            ("meta-rates-usd-2026-10-01.csv", FileWord::Prices),
            ("usage/another-table.csv", FileWord::Unknown),
            ("usage/picture.csv", FileWord::Unknown),
            ("usage/not-there.csv", FileWord::Unknown),
            ("usage", FileWord::Folder),
        ];
        for (name, kind) in cases {
            let view = look_at_file(&data.join(name));
            assert_eq!(view.kind, kind, "{name}");
            assert!(name.ends_with(&view.name), "{name}");
        }
    }
}
