//! A table as CSV, row by row, for spreadsheet programs and for our own `import`, which reads
//! back exactly what was written.
//!
//! The file is UTF-8 with a byte order mark, without which Excel garbles every accent, and its
//! lines end in CRLF, as RFC 4180 has it; `import` takes both.
//!
//! A cell that a spreadsheet program would run as a formula gets an apostrophe in front: names
//! come from outside. A plain number keeps its sign and stays a number.

use std::io::{self, Write};

const BYTE_ORDER_MARK: &str = "\u{feff}";

const LINE_END: &[u8] = b"\r\n";

/// What begins a formula; some programs take the wide signs for the narrow ones.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What stands between the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    Comma,
    /// For rows of a file that came with semicolons, where decimals may follow a comma.
    Semicolon,
    Tab,
}

impl Separator {
    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// Writes a table. The first row is its header.
#[derive(Debug)]
pub struct TableCsv<W> {
    writer: W,
    separator: Separator,
}

impl<W: Write> TableCsv<W> {
    pub fn new(mut writer: W, separator: Separator) -> io::Result<Self> {
        writer.write_all(BYTE_ORDER_MARK.as_bytes())?;
        Ok(Self { writer, separator })
    }

    /// Adds a row.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> io::Result<()> {
        for (column, cell) in cells.into_iter().enumerate() {
            if column > 0 {
                self.writer.write_all(&[self.separator.byte()])?;
            }
            write_cell(&mut self.writer, cell.as_ref())?;
        }
        self.writer.write_all(LINE_END)
    }

    /// Brings everything out, and says whether it arrived.
    pub fn finish(mut self) -> io::Result<W> {
        self.writer.flush()?;
        Ok(self.writer)
    }
}

fn write_cell(writer: &mut impl Write, cell: &str) -> io::Result<()> {
    let guard = if is_formula(cell) { "'" } else { "" };
    if needs_quotation(cell) {
        write!(writer, "\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        write!(writer, "{guard}{cell}")
    }
}

/// Every separator counts, whichever is used, so that a reader never mistakes which one it is.
/// Blanks at the edges would be trimmed.
fn needs_quotation(cell: &str) -> bool {
    cell.contains(['"', ',', ';', '\t', '\r', '\n'])
        || cell.starts_with(char::is_whitespace)
        || cell.ends_with(char::is_whitespace)
}

/// Whether the cell needs the guard. One that already looks guarded gets another, so that taking
/// one off always gives back the cell.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA) && !is_plain_number(cell)
}

/// Digits with at most a sign and one decimal mark.
fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str], separator: Separator) -> String {
        let mut table = TableCsv::new(Vec::new(), separator).unwrap();
        table.row(cells).unwrap();
        String::from_utf8(table.finish().unwrap()).unwrap()
    }

    #[test]
    fn a_cell_is_never_a_formula_and_a_number_stays_one() {
        for (cell, in_file) in [
            ("Nord GmbH", "Nord GmbH"),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+49 351 5550", "'+49 351 5550"),
            ("-2+3", "'-2+3"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("＝1+1", "'＝1+1"),
            ("-", "'-"),
            ("-12.50", "-12.50"),
            ("+493515550", "+493515550"),
            ("-0,5", "\"-0,5\""),
            ("-1.2.3", "'-1.2.3"),
            ("'=1", "''=1"),
            ("'90s", "'90s"),
            ("a;b", "\"a;b\""),
            ("a\nb", "\"a\nb\""),
            (" a", "\" a\""),
            ("", ""),
        ] {
            let line = format!("\u{feff}{in_file}\r\n");
            assert_eq!(written(&[cell], Separator::Comma), line, "{cell:?}");
        }
    }

    #[test]
    fn the_separator_is_the_one_that_was_asked_for() {
        for (separator, line) in [
            (Separator::Comma, "\u{feff}a,b\r\n"),
            (Separator::Semicolon, "\u{feff}a;b\r\n"),
            (Separator::Tab, "\u{feff}a\tb\r\n"),
        ] {
            assert_eq!(written(&["a", "b"], separator), line);
        }
    }

    #[test]
    fn a_full_disk_is_told() {
        let mut disk = [0_u8; 8];
        let mut table = TableCsv::new(&mut disk[..], Separator::Comma).unwrap();
        assert!(table.row(["too much for the disk"]).is_err());
    }
}
