//! A file of any size goes through buffers of a fixed size. The reader here makes its bytes as
//! they are asked for, and keeps account of how far ahead it was read.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::io::{self, Read};

use hubledger_import::table::LONGEST_ROW;
use hubledger_import::{FileProblem, ProblemKind, UsageReader};

const TWO_GB: u64 = 2_000_000_000;

const HEADER: &str = "date,channel_id,country,category,quantity\n";

/// A header, then the same bytes over and over.
struct Endless<'a> {
    header: &'a [u8],
    again: &'a [u8],
    length: u64,
    given: u64,
    most_asked: usize,
}

impl<'a> Endless<'a> {
    fn new(header: &'a str, again: &'a str, length: u64) -> Self {
        Self {
            header: header.as_bytes(),
            again: again.as_bytes(),
            length,
            given: 0,
            most_asked: 0,
        }
    }

    /// What comes next, up to the end of the header or of a repetition.
    fn next_bytes(&self) -> &'a [u8] {
        let given = usize::try_from(self.given).unwrap();
        match self.header.get(given..) {
            Some(rest) if !rest.is_empty() => rest,
            _ => &self.again[(given - self.header.len()) % self.again.len()..],
        }
    }
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.most_asked = self.most_asked.max(buffer.len());
        let left = usize::try_from(self.length - self.given).unwrap();
        let bytes = self.next_bytes();
        let count = bytes.len().min(buffer.len()).min(left);
        buffer[..count].copy_from_slice(&bytes[..count]);
        self.given += count as u64;
        Ok(count)
    }
}

#[test]
fn two_gigabytes_without_a_line_end_are_refused_at_once() {
    let mut file = Endless::new("", "no line end ", TWO_GB);
    let refused = UsageReader::new(&mut file).unwrap_err();
    assert_eq!(refused, FileProblem::HeaderTooLong);
    assert!(file.given <= 2 * LONGEST_ROW as u64, "{} read", file.given);
}

#[test]
fn a_row_that_never_ends_is_given_up() {
    let mut file = Endless::new(HEADER, "no line end, ", TWO_GB);
    let mut rows = UsageReader::new(&mut file).unwrap();
    let refused = rows.next().unwrap().unwrap_err();
    assert_eq!(refused, FileProblem::RowNeverEnds { line: 2 });
    assert!(rows.next().is_none());
    assert!(file.given < TWO_GB / 100, "{} read", file.given);
    assert!(file.most_asked <= LONGEST_ROW);
}

#[test]
fn rows_are_never_read_further_ahead_than_one_buffer() {
    let row = "2026-08-17,abcdefCH,DE,marketing,10\n";
    let count = 300_000;
    let length = HEADER.len() as u64 + count * row.len() as u64;
    let mut file = Endless::new(HEADER, row, length);
    let mut rows = UsageReader::new(&mut file).unwrap();
    let mut last = (0, 0);
    let mut read = 0;
    for row in rows.by_ref() {
        let (line, _) = row.unwrap().unwrap();
        read += 1;
        last = (line, read);
    }
    assert_eq!(last, (count + 1, count));
    assert_eq!(rows.bytes_read(), length);
    assert!(file.most_asked <= LONGEST_ROW);
}

#[test]
fn a_long_row_in_the_middle_is_passed_over() {
    let row = format!(
        "2026-08-17,abcdefCH,DE,marketing,10\n{}\n",
        "y".repeat(1_000_000)
    );
    let length = HEADER.len() as u64 + 5 * row.len() as u64;
    let rows = UsageReader::new(Endless::new(HEADER, &row, length)).unwrap();
    let told: Vec<_> = rows
        .map(|row| match row.unwrap() {
            Ok((line, _)) => (line, None),
            Err(problem) => {
                assert!(problem.raw.concat().len() < 1_000);
                (problem.line, Some(problem.kind))
            }
        })
        .collect();
    let expected: Vec<_> = (0..10)
        .map(|at| (at + 2, (at % 2 == 1).then_some(ProblemKind::RowTooLong)))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn how_far_it_is_read_is_known_for_progress() {
    let row = "2026-08-17,abcdefCH,DE,marketing,10\n";
    let file = format!("{HEADER}{}", row.repeat(4));
    let mut rows = UsageReader::new(file.as_bytes()).unwrap();
    let mut seen = vec![rows.bytes_read()];
    while rows.next().is_some() {
        seen.push(rows.bytes_read());
    }
    let after = |count: usize| (HEADER.len() + count * row.len()) as u64;
    assert_eq!(seen, [after(0), after(1), after(2), after(3), after(4)]);
}

/// A disk that fails in the middle.
struct Failing(usize);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0 += 1;
        if self.0 > 1 {
            return Err(io::Error::other("the disk is gone"));
        }
        let text = format!("{HEADER}2026-08-17,aCH,DE,call,1\n");
        buffer[..text.len()].copy_from_slice(text.as_bytes());
        Ok(text.len())
    }
}

#[test]
fn a_disk_that_fails_is_told() {
    let reason = "the disk is gone".to_owned();
    let refused = UsageReader::new(Failing(0)).map(|_| ());
    assert_eq!(refused, Err(FileProblem::Unreadable { reason }));
}
