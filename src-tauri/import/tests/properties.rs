//! What holds for every file: no input panics, the pieces in which bytes arrive never matter,
//! bad rows never hide good ones, and the same table reads the same from whatever program.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::io::{self, Read};

use hubledger_import::usage_csv::Usage;
use hubledger_import::{
    FileProblem, Format, MarketsReader, PartiesReader, PriceReader, RowReader, UsageReader,
    VolumeReader, instant, parties_json,
};
use proptest::prelude::*;

/// Gives its bytes in pieces of the sizes asked for, in turn.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: &'a [usize],
    turn: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.turn += 1;
        let size = self.sizes[self.turn % self.sizes.len()];
        if size == 0 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = size.min(buffer.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.bytes = later;
        Ok(count)
    }
}

/// All that a reader says of a file, as text.
fn told<R: Read, F: Format>(reader: Result<RowReader<R, F>, FileProblem>) -> Vec<String>
where
    F::Record: std::fmt::Debug,
{
    match reader {
        Err(problem) => vec![problem.to_string()],
        Ok(reader) => {
            let unknown = format!("{:?}", reader.unknown_columns());
            let rows = reader.map(|row| match row {
                Ok(Ok(row)) => format!("{row:?}"),
                Ok(Err(problem)) => format!("{problem} {:?}", problem.raw),
                Err(problem) => problem.to_string(),
            });
            std::iter::once(unknown).chain(rows).collect()
        }
    }
}

fn told_by_all(file: &[u8], sizes: &[usize]) -> [Vec<String>; 5] {
    let pieces = || Pieces {
        bytes: file,
        sizes,
        turn: 0,
    };
    [
        told(UsageReader::new(pieces())),
        told(PriceReader::new(pieces())),
        told(MarketsReader::new(pieces())),
        told(PartiesReader::new(pieces())),
        told(VolumeReader::new(pieces())),
    ]
}

const HEADERS: [&str; 6] = [
    "date,channel_id,country,category,quantity,cost,row_id\n",
    "effective_from;currency;market;category;tier_from;rate\r\n",
    "effective_from\tmarket\tiso\tcalling_prefix\r",
    "effective_from,country,market\n",
    "month,client_id,channel_id,phone_number,market,category,counted\n",
    "\u{feff}hub_id,client_id,client_name,country,email,vat_id,channel_id,phone_number,display_name,tier,billing_started_at,terminated_at,time_zone\n",
];

/// Bytes as files have them, with what makes a reader stumble.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let scrap = prop_oneof![
        "[a-z0-9 ]{0,12}".prop_map(String::into_bytes),
        "[-+0-9.,]{0,30}".prop_map(String::into_bytes),
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]".prop_map(String::into_bytes),
        prop::sample::select(vec![
            &b","[..],
            b";",
            b"\t",
            b"\n",
            b"\r\n",
            b"\r",
            b"\"",
            b"\"\"",
            b"'=",
            b"\0",
            b"\xff",
            b"\xc3",
            b"\xef\xbb\xbf",
            "é".as_bytes(),
            b"DE",
            b"marketing",
            b"aCH",
        ])
        .prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 0..20),
    ];
    let body = prop::collection::vec(scrap, 0..80).prop_map(|scraps| scraps.concat());
    let header = prop_oneof![
        4 => prop::sample::select(HEADERS.to_vec()).prop_map(|h| h.as_bytes().to_vec()),
        1 => Just(Vec::new()),
    ];
    (header, body).prop_map(|(header, body)| [header, body].concat())
}

const ANSWER: &str = r#"[{"total": 3, "clients": [{"id": "aCL", "name": "Nord", "contact_info": {"country": "DE", "email": "a@b.example"}}]},
    {"partner_channels": [{"id": "aCH", "client_id": "aCL", "setup_info": {"phone_number": "493515550200", "phone_name": "Shop"},
    "project": {"license_model": "regular"}, "billing_started_at": "2026-08-16T22:30:00Z", "terminated_at": null}]}]"#;

/// All that is said of a saved answer, its rows in a time zone included.
fn told_of_answer(file: &[u8]) -> String {
    let answer = parties_json::read(file);
    let hub = || hubledger_core::id::HubId::parse("hPA").unwrap();
    let mut told = format!("{answer:?}");
    for record in answer
        .map(|a| a.records)
        .unwrap_or_default()
        .into_iter()
        .flatten()
    {
        told += &match record {
            parties_json::PartyRecord::Client(client) => format!("{:?}", client.row(hub())),
            parties_json::PartyRecord::Channel(channel) => {
                format!(
                    "{:?}",
                    channel.row(hub(), "", None, instant::zone("Asia/Kolkata").as_ref())
                )
            }
        };
    }
    told
}

proptest! {
    #[test]
    fn no_answer_panics(file in prop::collection::vec(any::<u8>(), 0..2000)) {
        told_of_answer(&file);
    }

    #[test]
    fn a_spoilt_answer_is_refused_or_read_and_never_panics(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..6),
    ) {
        let mut file = ANSWER.as_bytes().to_vec();
        for (place, byte, what) in cuts {
            let at = place.index(file.len().max(1)).min(file.len().saturating_sub(1));
            match what {
                0 => file[at] = byte,
                1 => file.insert(at, byte),
                _ => file.truncate(at.max(1)),
            }
        }
        let whole = told_of_answer(&file);
        prop_assert_eq!(&whole, &told_of_answer(&file));
    }

    #[test]
    fn any_fields_make_records_or_problems(
        id in "[ -~]{0,12}", phone in "[ -~]{0,20}", when in "[0-9TZ:+.-]{0,30}",
    ) {
        let channel = serde_json::json!({"partner_channels": [{
            "id": id, "client_id": id, "setup_info": {"phone_number": phone},
            "project": {"license_model": "regular"}, "billing_started_at": when,
        }]});
        told_of_answer(channel.to_string().as_bytes());
    }

    #[test]
    fn no_input_panics(file in prop::collection::vec(any::<u8>(), 0..4000)) {
        told_by_all(&file, &[usize::MAX]);
    }

    #[test]
    fn the_pieces_in_which_a_file_arrives_never_matter(
        file in file(),
        mut sizes in prop::collection::vec(0_usize..50, 0..6),
    ) {
        sizes.push(1);
        let whole = told_by_all(&file, &[usize::MAX]);
        prop_assert_eq!(&whole, &told_by_all(&file, &[1]));
        prop_assert_eq!(&whole, &told_by_all(&file, &sizes));
    }
}

/// A row of usage as the strings of its cells.
fn good_row() -> impl Strategy<Value = Vec<String>> {
    (
        "2026-0[1-9]-[01][1-9]",
        "[A-Za-z0-9]{1,12}CH",
        prop::sample::select(vec!["DE", "br", "IN"]),
        prop::sample::select(vec!["marketing", "utility", "call"]),
        0_u64..2_000_000,
        prop_oneof![Just(String::new()), "[0-9]{1,6}\\.[0-9]{4,6}"],
        "[a-z\", ;é]{0,10}",
    )
        .prop_map(|(day, channel, country, category, quantity, cost, id)| {
            let quantity = quantity.to_string();
            let (country, category) = (country.to_owned(), category.to_owned());
            vec![day, channel, country, category, quantity, cost, id]
        })
}

const NAMES: [&str; 7] = [
    "date",
    "channel_id",
    "country",
    "category",
    "quantity",
    "cost",
    "row_id",
];

#[derive(Clone, Copy, Debug)]
struct Writing {
    mark: &'static str,
    separator: char,
    line_end: &'static str,
    quote_all: bool,
    decimal_comma: bool,
    end_last_line: bool,
}

/// The table as some program would write it.
fn written(rows: &[Vec<String>], how: Writing) -> String {
    let header = NAMES.map(str::to_owned).to_vec();
    let lines: Vec<String> = std::iter::once(&header)
        .chain(rows)
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .enumerate()
                .map(|(column, cell)| quoted(&decimals(column, cell, how), how))
                .collect();
            cells.join(&how.separator.to_string())
        })
        .collect();
    let end = if how.end_last_line { how.line_end } else { "" };
    format!("{}{}{end}", how.mark, lines.join(how.line_end))
}

fn decimals(column: usize, cell: &str, how: Writing) -> String {
    if NAMES[column] == "cost" && how.decimal_comma {
        cell.replace('.', ",")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str, how: Writing) -> String {
    if how.quote_all || cell.contains(['"', ',', ';', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

const PLAIN: Writing = Writing {
    mark: "",
    separator: ',',
    line_end: "\n",
    quote_all: false,
    decimal_comma: false,
    end_last_line: true,
};

fn writing() -> impl Strategy<Value = Writing> {
    (
        prop::sample::select(vec!["", "\u{feff}"]),
        prop::sample::select(vec![',', ';', '\t']),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        any::<[bool; 3]>(),
    )
        .prop_map(
            |(mark, separator, line_end, [quote_all, comma, end])| Writing {
                mark,
                separator,
                line_end,
                quote_all,
                decimal_comma: comma && separator == ';',
                end_last_line: end,
            },
        )
}

proptest! {
    #[test]
    fn the_same_table_reads_the_same_from_whatever_program(
        rows in prop::collection::vec(good_row(), 0..20),
        how in writing(),
    ) {
        let plain = told::<_, Usage>(UsageReader::new(written(&rows, PLAIN).as_bytes()));
        prop_assert_eq!(plain.len(), rows.len() + 1);
        prop_assert!(plain.iter().skip(1).all(|row| row.starts_with('(')), "{:?}", plain);
        let other = told::<_, Usage>(UsageReader::new(written(&rows, how).as_bytes()));
        prop_assert_eq!(plain, other);
    }

    #[test]
    fn good_rows_are_found_whatever_bad_rows_stand_between(
        rows in prop::collection::vec((good_row(), bad_row()), 1..20),
    ) {
        let good: Vec<Vec<String>> = rows.iter().map(|(good, _)| good.clone()).collect();
        let mut file = format!("{}\n", NAMES.join(",")).into_bytes();
        for (good, bad) in &rows {
            let line = written(std::slice::from_ref(good), PLAIN);
            let line = line.split_once('\n').map_or("", |(_, row)| row);
            file.extend([bad.as_slice(), b"\n", line.as_bytes()].concat());
        }
        let alone = records(written(&good, PLAIN).as_bytes());
        prop_assert_eq!(alone.len(), rows.len());
        prop_assert_eq!(records(&file), alone);
    }
}

/// The records of a file, without their lines.
fn records(file: &[u8]) -> Vec<String> {
    UsageReader::new(file)
        .unwrap()
        .filter_map(|row| row.unwrap().ok())
        .map(|(_, record)| format!("{record:?}"))
        .collect()
}

/// A row that can't be taken, in one line, its quotation marks closed.
fn bad_row() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        "[a-z;é]{1,30}".prop_map(String::into_bytes),
        "2026-13-[0-9]{2},aCH,DE,marketing,1,,".prop_map(String::into_bytes),
        "2026-08-17,aCH,X[0-9],marketing,1,,".prop_map(String::into_bytes),
        "\"[a-z,\n]{1,30}\"".prop_map(String::into_bytes),
        Just(b"2026-08-17,aCH,DE,marketing,1,,,,,x".to_vec()),
        Just(b"2026-08-17,aCH,DE,marketing,-1,,".to_vec()),
        Just(b"\xff\xfe,\0,,,,,".to_vec()),
        Just(vec![b'x'; 70_000]),
        Just(vec![b','; 1_000]),
    ]
}
