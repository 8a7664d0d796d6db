//! A table that a shell has already put into words, written as CSV part by part, so that a list of
//! any length never lies in memory whole. The parts gather in a file beside the one that was asked
//! for, which appears once all is there: it is never half a table.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::Path;

use hubledger_export::{Separator, TableCsv};
use serde::Deserialize;
use specta::Type;

use crate::error::Error;
use crate::file::{count, part_of, put_in_place, unwritable};

/// A part of a table.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct TablePartForm {
    pub step: TableStep,
    /// Cells as the file has them: exact amounts, days as `2026-09-22`.
    pub rows: Vec<Vec<String>>,
}

/// What is done with a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum TableStep {
    /// Begins anew; the rows are the head.
    Begin,
    Add,
    /// Puts the file in its place.
    Finish,
    /// Leaves what was there before.
    Drop,
}

/// Writes a part of a table. Gives the rows of the part. What can't be written is said, and nothing
/// is left beside the file.
pub fn save_table_part(form: &TablePartForm, to: &Path) -> Result<u32, Error> {
    let beside = part_of(to);
    let done = match form.step {
        TableStep::Begin => begin(&beside, &form.rows),
        TableStep::Add => add(&beside, &form.rows),
        TableStep::Finish => put_in_place(&beside, to),
        TableStep::Drop => fs::remove_file(&beside),
    };
    match done {
        Ok(()) => Ok(count(form.rows.len())),
        Err(error) => {
            // It may not be there; the first error is the one to tell.
            let _ = fs::remove_file(&beside);
            Err(unwritable(to, &error))
        }
    }
}

fn begin(beside: &Path, rows: &[Vec<String>]) -> io::Result<()> {
    let file = BufWriter::new(File::create(beside)?);
    write(TableCsv::new(file, Separator::Comma)?, rows)
}

fn add(beside: &Path, rows: &[Vec<String>]) -> io::Result<()> {
    let file = BufWriter::new(OpenOptions::new().append(true).open(beside)?);
    write(TableCsv::go_on(file, Separator::Comma), rows)
}

fn write(mut table: TableCsv<BufWriter<File>>, rows: &[Vec<String>]) -> io::Result<()> {
    for row in rows {
        table.row(row)?;
    }
    table.finish().map(drop)
}
