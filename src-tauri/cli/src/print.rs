//! How records reach the person: JSON as the views are, or text in aligned columns. A reader that
//! goes away (`hubl … | head`) ends the program quietly.

use std::fmt::Display;
use std::io::{self, Write};

use hubledger_book::view::MoneyView;
use serde::Serialize;

/// Where output goes, and in which of the two ways.
pub(crate) struct Out {
    to: Box<dyn Write>,
    pub(crate) json: bool,
}

impl Out {
    pub(crate) fn new(to: Box<dyn Write>, json: bool) -> Self {
        Self { to, json }
    }

    /// A record, or many, as JSON.
    pub(crate) fn record<T: Serialize + ?Sized>(&mut self, record: &T) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.to, record)?;
        self.to.write_all(b"\n")
    }

    /// A piece of JSON, without an end of line.
    pub(crate) fn piece<T: Serialize + ?Sized>(&mut self, piece: &T) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut self.to, piece)?)
    }

    /// Text as it is.
    pub(crate) fn raw(&mut self, text: &str) -> io::Result<()> {
        self.to.write_all(text.as_bytes())
    }

    /// A line for people.
    pub(crate) fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.to, "{}", one_line(&text.to_string()))
    }

    /// Rows in aligned columns.
    pub(crate) fn table(&mut self, table: &Table) -> io::Result<()> {
        self.to.write_all(table.text().as_bytes())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Text in which no file or name can move the cursor or break the line.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Columns and rows of text. A heading that begins with `>` stands on the right, as amounts do.
pub(crate) struct Table {
    heads: Vec<String>,
    on_the_right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new<const N: usize>(heads: [&str; N]) -> Self {
        Self {
            heads: heads
                .iter()
                .map(|h| h.trim_start_matches('>').to_owned())
                .collect(),
            on_the_right: heads.iter().map(|h| h.starts_with('>')).collect(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows
            .push(cells.iter().map(|cell| one_line(cell)).collect());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let headed = self.heads.iter().any(|head| !head.is_empty());
        let widths: Vec<_> = (0..self.heads.len()).map(|at| self.width(at)).collect();
        for row in headed.then_some(&self.heads).into_iter().chain(&self.rows) {
            let mut line = String::new();
            for (at, cell) in row.iter().enumerate() {
                let width = widths.get(at).copied().unwrap_or_default();
                let gap = " ".repeat(width.saturating_sub(cell.chars().count()));
                if self.on_the_right.get(at) == Some(&true) {
                    line.push_str(&gap);
                    line.push_str(cell);
                } else {
                    line.push_str(cell);
                    line.push_str(&gap);
                }
                line.push_str("  ");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn width(&self, at: usize) -> usize {
        std::iter::once(&self.heads)
            .chain(&self.rows)
            .filter_map(|row| row.get(at))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    }
}

/// `2,650.40 EUR`.
pub(crate) fn money(money: &MoneyView) -> String {
    format!("{} {}", grouped(&money.amount), money.currency)
}

/// `2,650.40 EUR`, or nothing.
pub(crate) fn money_or_blank(amount: Option<&MoneyView>) -> String {
    amount.map(money).unwrap_or_default()
}

/// A decimal with its thousands set apart.
pub(crate) fn grouped(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, decimals) = match digits.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (digits, None),
    };
    let mut shown = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if let Some(decimals) = decimals {
        shown.push('.');
        shown.push_str(decimals);
    }
    shown
}

/// The word that JSON has for a choice.
pub(crate) fn word<T: Serialize>(choice: T) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The same of a choice that may be missing.
pub(crate) fn word_or_blank<T: Serialize>(choice: Option<T>) -> String {
    choice.map(word).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, shown) in [
            ("0.00", "0.00"),
            ("999.999999", "999.999999"),
            ("1000.00", "1,000.00"),
            ("-2650.40", "-2,650.40"),
            ("1234567", "1,234,567"),
        ] {
            assert_eq!(grouped(number), shown, "{number}");
        }
    }

    #[test]
    fn columns_are_aligned_and_amounts_stand_on_the_right() {
        let mut table = Table::new(["channel", ">amount"]);
        table.row(["Größe".into(), "12.00 EUR".into()]);
        table.row(["b\nb".into(), "1,112.00 EUR".into()]);
        assert_eq!(
            table.text(),
            "channel        amount\nGröße       12.00 EUR\nb\u{fffd}b      1,112.00 EUR\n"
        );
    }
}
