//! The one open book, shared by all commands. Each holds it for as long as its use case runs.

use hubledger_book::Book;
use parking_lot::{MappedMutexGuard, Mutex, MutexGuard};

use crate::error::CommandError;

/// The open book, if there is one.
#[derive(Debug, Default)]
pub(crate) struct SharedBook(Mutex<Option<Book>>);

impl SharedBook {
    /// The open book, for one use case.
    pub(crate) fn lock(&self) -> Result<MappedMutexGuard<'_, Book>, CommandError> {
        MutexGuard::try_map(self.0.lock(), Option::as_mut).map_err(|_| CommandError::no_book_open())
    }

    /// Puts an opened book in place of the one before, which is closed.
    pub(crate) fn put(&self, book: Book) {
        *self.0.lock() = Some(book);
    }

    /// Closes the book, if one is open.
    pub(crate) fn close(&self) {
        *self.0.lock() = None;
    }
}
