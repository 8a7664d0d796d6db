//! A file's rows, read and rated on a thread beside the one that books them: of an import, reading is
//! what writes nothing, and about a twelfth of its work.

use std::io::Read;
use std::sync::mpsc;
use std::thread;

use hubledger_import::{FileProblem, Problem, UsageReader};

use super::register::{RatedRow, Register};
use crate::error::Error;

/// How many rows are handed on at once.
const ROWS_AT_ONCE: usize = 1_024;

/// How many lots of rows may wait to be booked, so that a file of any size takes the same memory.
const LOTS_AHEAD: usize = 2;

/// Some rows of a file, in their order.
#[derive(Default)]
pub(super) struct Lot<'a> {
    pub(super) rows: Vec<Result<RatedRow<'a>, Problem>>,
    /// How far the file is read with them.
    pub(super) bytes_read: u64,
    /// What ends the reading behind them before the file ends.
    pub(super) fault: Option<Error>,
}

/// Reads a file to its end, and hands its rows to `take` in their order; its first error ends it.
pub(super) fn read_ahead<'a, R: Read + Send>(
    mut reader: UsageReader<R>,
    register: &'a Register,
    refuse: impl Fn(FileProblem) -> Error + Send,
    mut take: impl FnMut(Lot<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    let (hand_on, handed_on) = mpsc::sync_channel(LOTS_AHEAD);
    thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                let lot = next_lot(&mut reader, register, &refuse);
                let is_last = lot.rows.len() < ROWS_AT_ONCE;
                // Nobody takes it where booking has ended early.
                if hand_on.send(lot).is_err() || is_last {
                    break;
                }
            }
        });
        handed_on.into_iter().try_for_each(&mut take)
    })
}

/// The next rows: as many as are handed on at once, or those before the end.
fn next_lot<'a, R: Read>(
    reader: &mut UsageReader<R>,
    register: &'a Register,
    refuse: impl Fn(FileProblem) -> Error,
) -> Lot<'a> {
    let mut lot = Lot {
        rows: Vec::with_capacity(ROWS_AT_ONCE),
        ..Lot::default()
    };
    while lot.rows.len() < ROWS_AT_ONCE
        && let Some(row) = reader.next()
    {
        let rated = match row {
            Ok(Ok((line, usage))) => register.rated(line, usage),
            Ok(Err(problem)) => Ok(Err(problem)),
            Err(problem) => Err(refuse(problem)),
        };
        match rated {
            Ok(row) => lot.rows.push(row),
            Err(error) => {
                lot.fault = Some(error);
                break;
            }
        }
    }
    lot.bytes_read = reader.bytes_read();
    lot
}
