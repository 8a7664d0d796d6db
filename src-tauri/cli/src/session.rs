//! What every verb works with: the book's path, who and when it is, and where output goes; and
//! the ways in which a verb can stop.

use std::cell::OnceCell;
use std::io;
use std::path::{Path, PathBuf};

use hubledger_book::error::{Code, Error};
use hubledger_book::moment::{Moment, Who};
use hubledger_book::{Book, Passphrase, open_for_work};
use serde::Serialize;

use crate::passphrase;
use crate::print::{Out, grouped};

/// One run of the program.
pub(crate) struct Session {
    pub(crate) book: Option<PathBuf>,
    pub(crate) who: Who,
    pub(crate) at: Moment,
    pub(crate) out: Out,
    /// What was typed, so that it is asked for once.
    pub(crate) passphrase: OnceCell<Passphrase>,
}

impl Session {
    /// The book, to work in. A backup is made where the schedule asks for one.
    pub(crate) fn writing(&self) -> Result<Book, Stop> {
        let path = self.path()?;
        let key = self.passphrase_of(path)?;
        let mut book = open_for_work(path, key.as_ref(), &self.who, self.at)?;
        if let Some(job) = book.due_backup(self.at)? {
            job.run()?;
        }
        Ok(book)
    }

    /// The book, to look at, whoever else has it open.
    pub(crate) fn reading(&self) -> Result<Book, Stop> {
        let path = self.path()?;
        let key = self.passphrase_of(path)?;
        match open_for_work(path, key.as_ref(), &self.who, self.at) {
            Err(error) if is_closed_to_writing(error.code) => {
                Ok(Book::open_read_only_with(path, key.as_ref())?)
            }
            opened => Ok(opened?),
        }
    }

    /// The passphrase of a file, asked for once; none where it is not encrypted.
    pub(crate) fn passphrase_of(&self, path: &Path) -> Result<Option<Passphrase>, Stop> {
        if !Book::is_encrypted(path)? {
            return Ok(None);
        }
        if let Some(known) = self.passphrase.get() {
            return Ok(Some(known.clone()));
        }
        let asked = passphrase::ask(&path.display().to_string())?;
        Ok(Some(self.passphrase.get_or_init(|| asked).clone()))
    }

    /// The month of today.
    pub(crate) fn this_month(&self) -> String {
        self.at.today.format("%Y-%m").to_string()
    }

    /// Today, as a day is typed.
    pub(crate) fn today(&self) -> String {
        self.at.today.to_string()
    }

    /// Says what was written for another program.
    pub(crate) fn wrote(&mut self, file: &Path, rows: u32) -> Done {
        if self.out.json {
            return Ok(self.out.record(&Written { file, rows })?);
        }
        let rows = grouped(&rows.to_string());
        Ok(self
            .out
            .line(format!("{rows} rows written to {}", file.display()))?)
    }

    pub(crate) fn path(&self) -> Result<&PathBuf, Stop> {
        self.book
            .as_ref()
            .ok_or(Stop::Usage("Name the book: hubl -b FILE …"))
    }
}

/// What was written for another program.
#[derive(Serialize)]
struct Written<'a> {
    file: &'a Path,
    rows: u32,
}

/// Whether a book that can't be opened to work in can still be looked at.
fn is_closed_to_writing(code: Code) -> bool {
    matches!(
        code,
        Code::BookInUse | Code::BookIsReadOnly | Code::FolderUnwritable
    )
}

/// Why a verb stopped.
pub(crate) enum Stop {
    /// Refused: a code and a sentence. Nothing was changed.
    Refused { code: &'static str, message: String },
    /// Used wrongly.
    Usage(&'static str),
    /// The output went away or could not be written.
    Output(io::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refused {
            code: error.code.as_str(),
            message: error.message,
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

pub(crate) type Done = Result<(), Stop>;
