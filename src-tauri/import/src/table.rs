//! A delimited text file, row by row, through buffers of a fixed size.
//!
//! The cells are told apart by `csv-core`; here stands what a file from outside needs besides:
//! its encoding and separator are recognised, lines are counted as an editor counts them, and a
//! row that is too long, not text or cut off is told instead of being held or guessed.
//! Whatever the reader gives, in whatever pieces, the rows are the same.

use std::fmt;
use std::io::{ErrorKind, Read};

use csv_core::ReadRecordResult;

use crate::problem::{FileProblem, Problem, ProblemKind};

/// The longest row, in bytes of its cells. The buffers have this size and never grow.
pub const LONGEST_ROW: usize = 64 * 1024;

/// The most columns of a row.
pub const MOST_COLUMNS: usize = 512;

/// A row that goes on for longer than this is no row: the rest of the file is not read.
const ENDLESS_ROW: u64 = 16 * 1024 * 1024;

/// How much of a row that is too long is kept, for the file of problem rows.
const EXCERPT: usize = 200;

/// What stands between the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
}

impl Separator {
    /// The first wins where two fit equally well.
    const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// A table with its header read.
pub struct Table<R> {
    source: Source<R>,
    parser: csv_core::Reader,
    separator: Separator,
    header: Vec<String>,
    header_line: u64,
    record: Record,
    /// The file begins with bytes that no text holds.
    looks_binary: bool,
    done: bool,
}

impl<R: Read> Table<R> {
    /// Reads the header. Refuses what is no table in UTF-8.
    pub fn open(reader: R) -> Result<Self, FileProblem> {
        let mut source = Source::new(reader);
        source.fill()?;
        recognise(&source)?;
        let looks_binary = source.rest().contains(&0);
        source.skip_byte_order_mark();
        let separator = separator_of(source.rest());
        let mut table = Self {
            source,
            parser: parser_for(separator),
            separator,
            header: Vec::new(),
            header_line: 0,
            record: Record::new(),
            looks_binary,
            done: false,
        };
        match table.read_header() {
            Ok(()) => Ok(table),
            Err(FileProblem::Unreadable { reason }) => Err(FileProblem::Unreadable { reason }),
            Err(_) if looks_binary => Err(FileProblem::Binary),
            Err(problem) => Err(problem),
        }
    }

    /// The names of the columns as the file writes them, trimmed.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The line that the header begins on.
    pub(crate) fn header_line(&self) -> u64 {
        self.header_line
    }

    pub fn separator(&self) -> Separator {
        self.separator
    }

    /// How far the file is read.
    pub fn bytes_read(&self) -> u64 {
        self.source.consumed
    }

    /// Whether the file begins with bytes that no text holds.
    pub(crate) fn looks_binary(&self) -> bool {
        self.looks_binary
    }

    /// The next row that is not blank; `None` at the end. After a file problem there are no more.
    pub fn next_row(&mut self) -> Result<Option<Result<Row<'_>, Problem>>, FileProblem> {
        let found = self.advance()?;
        Ok(found.then(|| self.record.row(self.header.len())))
    }

    /// The same with whatever columns the row has.
    pub(crate) fn next_ragged_row(
        &mut self,
    ) -> Result<Option<Result<Row<'_>, Problem>>, FileProblem> {
        let found = self.advance()?;
        Ok(found.then(|| self.record.ragged()))
    }

    /// Reads on to a row that is not blank; false at the end.
    fn advance(&mut self) -> Result<bool, FileProblem> {
        loop {
            if self.done {
                return Ok(false);
            }
            match self.read_record() {
                Ok(true) => {}
                Ok(false) => self.done = true,
                Err(problem) => {
                    self.done = true;
                    return Err(problem);
                }
            }
            if !self.done && !self.record.is_blank() {
                return Ok(true);
            }
        }
    }

    fn read_header(&mut self) -> Result<(), FileProblem> {
        loop {
            if !self.read_record()? {
                return Err(FileProblem::Empty);
            }
            if !self.record.is_blank() {
                break;
            }
        }
        if self.record.too_long {
            return Err(FileProblem::HeaderTooLong);
        }
        let line = self.record.line;
        self.header_line = line;
        self.header = self
            .record
            .text()
            .ok_or(FileProblem::NotUtf8 { line })?
            .cells()
            .map(|cell| cell.trim().to_owned())
            .collect();
        if self.header.iter().any(|name| name.contains('\0')) {
            return Err(FileProblem::Binary);
        }
        Ok(())
    }

    /// Reads one record into `self.record`; false at the end of the file.
    fn read_record(&mut self) -> Result<bool, FileProblem> {
        if !self.source.skip_line_ends()? {
            return Ok(false);
        }
        self.record.begin(self.source.lines.current);
        let begun_at = self.source.consumed;
        loop {
            let at_end = self.source.rest().is_empty() && !self.source.fill()?;
            let (result, read, written) = if at_end {
                // A line end closes the last row, unless it lands in an open quotation.
                self.record.take(&mut self.parser, b"\n")
            } else {
                self.record.take(&mut self.parser, self.source.rest())
            };
            if !at_end {
                self.source.advance(read);
            }
            match result {
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::InputEmpty if at_end && written > 0 => {
                    let line = self.record.line;
                    return Err(FileProblem::CutInTheMiddle { line });
                }
                // Nothing but blank bytes was left.
                ReadRecordResult::InputEmpty if at_end => return Ok(false),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    self.record.start_discarding();
                }
            }
            if self.header.is_empty() && self.record.too_long {
                return Err(FileProblem::HeaderTooLong);
            }
            if self.source.consumed - begun_at > ENDLESS_ROW {
                let line = self.record.line;
                return Err(FileProblem::RowNeverEnds { line });
            }
        }
    }
}

impl<R> fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("header", &self.header)
            .field("separator", &self.separator)
            .field("bytes_read", &self.source.consumed)
            .finish_non_exhaustive()
    }
}

/// Refuses what is recognised as something else by its first bytes.
fn recognise<R>(source: &Source<R>) -> Result<(), FileProblem> {
    let head = source.rest();
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(FileProblem::Utf16);
    }
    // A zip archive, as .xlsx and .ods are, and the older .xls.
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(FileProblem::Workbook);
    }
    Ok(())
}

/// The separator that makes the most columns of the header.
fn separator_of(head: &[u8]) -> Separator {
    let start = head.iter().position(|b| !is_line_end(*b)).unwrap_or(0);
    let head = head.get(start..).unwrap_or(head);
    let mut best = (Separator::Comma, 0);
    let mut record = Record::new();
    for separator in Separator::ALL {
        record.begin(1);
        let mut parser = parser_for(separator);
        let _ = record.take(&mut parser, head);
        if record.columns > best.1 {
            best = (separator, record.columns);
        }
    }
    best.0
}

fn parser_for(separator: Separator) -> csv_core::Reader {
    csv_core::ReaderBuilder::new()
        .delimiter(separator.byte())
        .build()
}

fn is_line_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// The cells of one record, and what is to be told of it.
struct Record {
    line: u64,
    bytes: Box<[u8]>,
    written: usize,
    ends: Box<[usize]>,
    columns: usize,
    /// Its bytes are no longer kept.
    too_long: bool,
    excerpt: String,
}

impl Record {
    fn new() -> Self {
        Self {
            line: 0,
            bytes: vec![0; LONGEST_ROW].into_boxed_slice(),
            written: 0,
            ends: vec![0; MOST_COLUMNS].into_boxed_slice(),
            columns: 0,
            too_long: false,
            excerpt: String::new(),
        }
    }

    fn begin(&mut self, line: u64) {
        self.line = line;
        self.written = 0;
        self.columns = 0;
        self.too_long = false;
        self.excerpt.clear();
    }

    /// Gives bytes to the parser; says what came of it, how many it read and how many it kept.
    fn take(
        &mut self,
        parser: &mut csv_core::Reader,
        input: &[u8],
    ) -> (ReadRecordResult, usize, usize) {
        let bytes = self.bytes.get_mut(self.written..).unwrap_or_default();
        let ends = self.ends.get_mut(self.columns..).unwrap_or_default();
        let (result, read, written, ended) = parser.read_record(input, bytes, ends);
        self.written += written;
        self.columns += ended;
        (result, read, written)
    }

    /// From here on the record is only read to find its end.
    fn start_discarding(&mut self) {
        if !self.too_long {
            let kept = self.bytes.get(..self.written.min(EXCERPT));
            self.excerpt = String::from_utf8_lossy(kept.unwrap_or_default()).into_owned();
        }
        self.too_long = true;
        self.written = 0;
        self.columns = 0;
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.written).unwrap_or_default()
    }

    fn ends(&self) -> &[usize] {
        self.ends.get(..self.columns).unwrap_or_default()
    }

    /// Nothing in it: spreadsheet programs leave such rows below a table.
    fn is_blank(&self) -> bool {
        !self.too_long && self.bytes().iter().all(u8::is_ascii_whitespace)
    }

    /// Its cells, where it is UTF-8.
    fn text(&self) -> Option<Row<'_>> {
        let text = std::str::from_utf8(self.bytes()).ok()?;
        let ends = self.ends();
        // Two halves of a letter on both sides of a separator look whole when joined.
        let whole = ends.iter().all(|end| text.is_char_boundary(*end));
        whole.then_some(Row {
            line: self.line,
            text,
            ends,
        })
    }

    /// The record as a row.
    fn ragged(&self) -> Result<Row<'_>, Problem> {
        if self.too_long {
            return Err(self.problem(ProblemKind::RowTooLong));
        }
        let Some(row) = self.text() else {
            return Err(self.problem(ProblemKind::NotUtf8));
        };
        if row.text.contains('\0') {
            return Err(self.problem(ProblemKind::NotText));
        }
        Ok(row)
    }

    /// The record as a row of a table with so many columns.
    fn row(&self, expected: usize) -> Result<Row<'_>, Problem> {
        let mut row = self.ragged()?;
        let found = row.ends.len();
        if found < expected {
            return Err(self.problem(ProblemKind::TooFewColumns { found, expected }));
        }
        // Some programs end every row with a separator.
        if row
            .cells()
            .skip(expected)
            .any(|cell| !cell.trim().is_empty())
        {
            return Err(self.problem(ProblemKind::TooManyColumns { found, expected }));
        }
        row.ends = row.ends.get(..expected).unwrap_or(row.ends);
        Ok(row)
    }

    fn problem(&self, kind: ProblemKind) -> Problem {
        Problem::new(self.line, None, "", kind, self.raw())
    }

    fn raw(&self) -> Vec<String> {
        if self.too_long {
            return vec![self.excerpt.clone()];
        }
        let mut start = 0;
        let mut cells = Vec::with_capacity(self.columns);
        for end in self.ends() {
            let cell = self.bytes.get(start..*end).unwrap_or_default();
            cells.push(without_guard(&String::from_utf8_lossy(cell)).to_owned());
            start = *end;
        }
        cells
    }
}

/// One row, with as many cells as the header.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Where it begins.
    pub line: u64,
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// The cell of a column, untrimmed, without quotation marks and guard; empty where there is none.
    pub fn cell(&self, column: usize) -> &'a str {
        let start = match column.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        match (start, self.ends.get(column)) {
            (Some(start), Some(end)) => {
                without_guard(self.text.get(start..*end).unwrap_or_default())
            }
            _ => "",
        }
    }

    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.ends.len()).map(move |column| self.cell(column))
    }
}

/// `export` puts an apostrophe before a cell that a spreadsheet program would take for a formula;
/// here it comes off again, so that a file of problem rows can be mended and imported.
fn without_guard(cell: &str) -> &str {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// The reader with its buffer, counting bytes and lines.
struct Source<R> {
    reader: R,
    buffer: Vec<u8>,
    at: usize,
    consumed: u64,
    lines: Lines,
}

impl<R: Read> Source<R> {
    fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: Vec::with_capacity(LONGEST_ROW),
            at: 0,
            consumed: 0,
            lines: Lines::default(),
        }
    }

    /// Replaces what was read by as much as fits; false at the end. Filling to the brim makes
    /// the result the same in whatever pieces the reader gives.
    fn fill(&mut self) -> Result<bool, FileProblem> {
        self.at = 0;
        self.buffer.resize(LONGEST_ROW, 0);
        let mut filled = 0;
        while let Some(free) = self
            .buffer
            .get_mut(filled..)
            .filter(|free| !free.is_empty())
        {
            match self.reader.read(free) {
                Ok(0) => break,
                Ok(more) => filled += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let reason = error.to_string();
                    return Err(FileProblem::Unreadable { reason });
                }
            }
        }
        self.buffer.truncate(filled);
        Ok(filled > 0)
    }

    /// Goes on to the first byte of a row; false at the end.
    fn skip_line_ends(&mut self) -> Result<bool, FileProblem> {
        loop {
            match self.rest().iter().position(|b| !is_line_end(*b)) {
                Some(ends) => {
                    self.advance(ends);
                    return Ok(true);
                }
                None => self.advance(self.rest().len()),
            }
            if !self.fill()? {
                return Ok(false);
            }
        }
    }
}

impl<R> Source<R> {
    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        let end = self.at.saturating_add(bytes).min(self.buffer.len());
        let passed = self.buffer.get(self.at..end).unwrap_or_default();
        self.lines.pass(passed);
        self.consumed += passed.len() as u64;
        self.at = end;
    }

    fn skip_byte_order_mark(&mut self) {
        if self.rest().starts_with(b"\xef\xbb\xbf") {
            self.advance(3);
        }
    }
}

/// The line that an editor shows for the next byte.
struct Lines {
    current: u64,
    /// The last byte was a CR: an LF now ends the same line.
    after_cr: bool,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            current: 1,
            after_cr: false,
        }
    }
}

impl Lines {
    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' => self.current += 1,
                b'\r' => {
                    self.current += 1;
                    self.after_cr = true;
                }
                _ => self.after_cr = false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a file and tells it: `line: cell|cell` a row, the code of what is wrong.
    fn told(file: &[u8]) -> String {
        let mut table = match Table::open(file) {
            Ok(table) => table,
            Err(problem) => return problem.code().to_owned(),
        };
        let mut told = table.header().join("|");
        loop {
            told += "; ";
            match table.next_row() {
                Ok(Some(Ok(row))) => {
                    let cells: Vec<&str> = row.cells().collect();
                    told += &format!("{}: {}", row.line, cells.join("|"));
                }
                Ok(Some(Err(problem))) => {
                    told += &format!("{}: {}", problem.line, problem.kind.code());
                }
                Ok(None) => return told + "end",
                Err(problem) => return told + problem.code(),
            }
        }
    }

    #[test]
    fn a_table_is_read_whatever_program_wrote_it() {
        for (file, rows) in [
            ("a,b\n1,2\n", "a|b; 2: 1|2; end"),
            ("a,b\n1,2", "a|b; 2: 1|2; end"),
            ("\u{feff}a,b\r\n1,2\r\n", "a|b; 2: 1|2; end"),
            ("a,b\r1,2\r3,4", "a|b; 2: 1|2; 3: 3|4; end"),
            ("a;b\n1,5;2", "a|b; 2: 1,5|2; end"),
            ("a\tb\n1,5\t2;3", "a|b; 2: 1,5|2;3; end"),
            ("\"a;x\",b\n1,2", "a;x|b; 2: 1|2; end"),
            ("a\n1;2", "a; 2: 1;2; end"),
            (" a , b \n 1 , 2 ", "a|b; 2:  1 | 2 ; end"),
            ("a,b\n\"1\"\"x\",\"2,3\"\n", "a|b; 2: 1\"x|2,3; end"),
            ("a,b\n\"1\n\n2\",3\n4,5", "a|b; 2: 1\n\n2|3; 5: 4|5; end"),
            (
                "a,b\r\n\"1\r\n2\",3\r\n4,5",
                "a|b; 2: 1\r\n2|3; 4: 4|5; end",
            ),
            (
                "\n\n a,b\n\n\r\n1,2\n,\n \n\n3,4\n\n",
                "a|b; 6: 1|2; 10: 3|4; end",
            ),
            ("a,b\n1,2,,\n", "a|b; 2: 1|2; end"),
            ("a,b\n", "a|b; end"),
        ] {
            assert_eq!(told(file.as_bytes()), rows, "{file:?}");
        }
    }

    #[test]
    fn a_bad_row_is_told_and_the_next_is_read() {
        let long = "x".repeat(LONGEST_ROW + 1);
        let wide = ",".repeat(MOST_COLUMNS);
        for (bad, code) in [
            (&b"1"[..], "too_few_columns"),
            (b"1,2,3", "too_many_columns"),
            (b"\xff,2", "not_utf8"),
            (b"\xc3,\xa9", "not_utf8"),
            (b"1,\0", "not_text"),
            (long.as_bytes(), "row_too_long"),
            (wide.as_bytes(), "row_too_long"),
            (b"1,\"\n\n\n\"\"\",3", "too_many_columns"),
        ] {
            let file = [b"a,b\n", bad, b"\n3,4\n"].concat();
            let after = 3 + bad.iter().filter(|b| **b == b'\n').count();
            let expected = format!("a|b; 2: {code}; {after}: 3|4; end");
            assert_eq!(told(&file), expected);
        }
    }

    #[test]
    fn what_is_no_table_is_refused_as_a_whole() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".as_slice();
        let no_line_end = "x".repeat(LONGEST_ROW + 1);
        for (file, told_as) in [
            (&b""[..], "file_empty"),
            (b"\xef\xbb\xbf", "file_empty"),
            (b"\r\n\n\n", "file_empty"),
            (b"\xef\xbb\xbf \n,,\n", "file_empty"),
            (png, "file_binary"),
            (b"a,b\0\n", "file_binary"),
            (b"\xff\xfea\0,\0", "file_utf16"),
            (b"PK\x03\x04\x14\0", "file_workbook"),
            (b"a,\xe4\n1,2", "file_not_utf8"),
            (no_line_end.as_bytes(), "file_header_too_long"),
            (b"a,\"b\n1,2", "file_cut"),
            (b"a,b\n1,2\n3,\"4", "a|b; 2: 1|2; file_cut"),
            (b"a,b\n1,\"2\"\"", "a|b; file_cut"),
            (b"a,b\n1,\"2\"", "a|b; 2: 1|2; end"),
        ] {
            assert_eq!(told(file), told_as, "{:?}", String::from_utf8_lossy(file));
        }
    }

    #[test]
    fn a_cut_file_names_the_line_on_which_the_open_row_begins() {
        let mut table = Table::open(&b"a,b\n1,2\n\n3,\"4\n5,6\n"[..]).unwrap();
        assert!(table.next_row().unwrap().unwrap().is_ok());
        let cut = FileProblem::CutInTheMiddle { line: 4 };
        assert_eq!(table.next_row().unwrap_err(), cut);
        assert!(table.next_row().unwrap().is_none());
    }

    #[test]
    fn a_row_that_is_too_long_keeps_its_beginning_only() {
        let file = format!("a,b\nstart{},2\n", "é".repeat(LONGEST_ROW));
        let mut table = Table::open(file.as_bytes()).unwrap();
        let problem = table.next_row().unwrap().unwrap().unwrap_err();
        assert_eq!(problem.kind, ProblemKind::RowTooLong);
        let kept = problem.raw.first().unwrap();
        assert!(kept.starts_with("startéé") && kept.len() <= EXCERPT + 3);
    }

    #[test]
    fn the_guard_against_formulas_comes_off() {
        for (cell, text) in [
            ("'+49 351 5550", "+49 351 5550"),
            ("'=x", "=x"),
            ("''=x", "'=x"),
            ("'90s shop", "'90s shop"),
            ("'", "'"),
        ] {
            assert_eq!(without_guard(cell), text, "{cell:?}");
        }
    }
}
