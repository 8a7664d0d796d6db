//! A table that a shell has already put into words, written as CSV.

use std::path::Path;

use crate::error::Error;
use crate::file::write_whole_table;

/// Writes a table, whose first row is its head: cells as a file has them, exact amounts, days as
/// `2026-09-22`. Gives the rows below the head; what can't be written is said, and leaves what was there.
pub fn save_table(rows: &[Vec<String>], to: &Path) -> Result<u32, Error> {
    let (head, rows) = rows.split_first().unzip();
    let head: Vec<&str> = head.into_iter().flatten().map(String::as_str).collect();
    let rows = rows.into_iter().flatten().cloned().map(Ok);
    write_whole_table(to, &head, rows)
}
