//! What every verb works with: the book's path, who and when it is, and where output goes; and
//! the ways in which a verb can stop.

use std::io;
use std::path::PathBuf;

use hubledger_book::Book;
use hubledger_book::error::{Code, Error};
use hubledger_book::moment::{Moment, Who};

use crate::print::Out;

/// One run of the program.
pub(crate) struct Session {
    pub(crate) book: Option<PathBuf>,
    pub(crate) who: Who,
    pub(crate) at: Moment,
    pub(crate) out: Out,
}

impl Session {
    /// The book, to work in.
    pub(crate) fn writing(&self) -> Result<Book, Stop> {
        Ok(Book::open(self.path()?, &self.who, self.at)?)
    }

    /// The book, to look at, whoever else has it open.
    pub(crate) fn reading(&self) -> Result<Book, Stop> {
        let path = self.path()?;
        match Book::open(path, &self.who, self.at) {
            Err(error) if is_closed_to_writing(error.code) => Ok(Book::open_read_only(path)?),
            opened => Ok(opened?),
        }
    }

    /// The month of today.
    pub(crate) fn this_month(&self) -> String {
        self.at.today.format("%Y-%m").to_string()
    }

    /// Today, as a day is typed.
    pub(crate) fn today(&self) -> String {
        self.at.today.to_string()
    }

    fn path(&self) -> Result<&PathBuf, Stop> {
        self.book
            .as_ref()
            .ok_or(Stop::Usage("Name the book: hubl -b FILE …"))
    }
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
