//! The same book once more, on a connection of its own: what is long is asked there, and what a
//! person looks at while something long is written. It sees what is committed, and never writes.

use std::path::PathBuf;

use hubledger_store::{Passphrase, Stopper, Store};

use crate::error::{About, Error};
use crate::{Book, file};

/// An open book, to be opened once more for reading. That needs no hold of the book.
#[derive(Clone, Debug)]
pub struct Beside {
    path: PathBuf,
    passphrase: Option<Passphrase>,
    reading_beside: Option<String>,
    has_backups: bool,
}

impl Beside {
    /// Opens it. Only what reads can be asked of it.
    pub fn open(&self) -> Result<Book, Error> {
        let store = Store::open_read_only(&self.path, self.passphrase.as_ref())
            .map_err(|e| file::refusal(&self.path, e))
            .about("path")?;
        Ok(Book {
            store,
            path: self.path.clone(),
            actor: String::new(),
            reading_beside: self.reading_beside.clone(),
            has_backups: self.has_backups,
            rows_in_backup: None,
        })
    }
}

impl Book {
    /// The book as it is opened once more beside this.
    pub fn beside(&self) -> Beside {
        Beside {
            path: self.path.clone(),
            passphrase: self.store.passphrase().cloned(),
            reading_beside: self.reading_beside.clone(),
            has_backups: self.has_backups,
        }
    }

    /// What stops its long work from another thread: a use case that is stopped is refused with
    /// `cancelled` and leaves the book as it was.
    pub fn stopper(&self) -> Stopper {
        self.store.stopper()
    }
}
