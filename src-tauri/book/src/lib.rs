//! The use cases: one method for each thing a person does. Here rules meet the file; both shells,
//! the window and the command line, call these and know no rule of their own.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::form::NewBookForm;
use crate::moment::{Moment, Who};
use crate::view::AboutView;

pub mod error;
pub mod moment;
pub mod word;
pub mod form;
pub mod view;
mod partner;
mod hub;
mod client;
mod channel;
mod parties;
mod price;
mod top_up;
mod usage;
mod charge;
mod balance;
mod invoice;
mod close;
mod check;
mod sample;

pub use crate::sample::make_sample;

/// A book that is open.
#[derive(Debug)]
pub struct Book {
    path: PathBuf,
}

impl Book {
    /// Makes a book at a path where nothing lies yet.
    pub fn create(path: &Path, form: NewBookForm, who: &Who, at: Moment) -> Result<Self, Error> {
        let _ = (form, who, at);
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Opens a book to work in it. Refused while another program has it open, with who that is.
    pub fn open(path: &Path, who: &Who, at: Moment) -> Result<Self, Error> {
        let _ = (who, at);
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Opens a book to look at it, whoever else has it open.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Where the book lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// What the program is, with a book open or without: version, data path, newest cards.
pub fn about(book: Option<&Book>) -> AboutView {
    AboutView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        path: book.map(|b| b.path.display().to_string()),
        newest_cards: Vec::new(),
    }
}
