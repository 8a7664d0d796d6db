//! The one open book, shared by all commands. Each has it to itself for as long as its use case runs;
//! while long work holds it, what only reads is answered by the same book, opened once more.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};

use hubledger_book::{Beside, Book};
use parking_lot::{MappedMutexGuard, Mutex, MutexGuard};

use crate::error::CommandError;
use crate::worker::step_aside;

/// The open book, if there is one.
#[derive(Debug, Default)]
pub(crate) struct SharedBook {
    book: Mutex<Option<Book>>,
    /// Whether long work holds it.
    is_held: AtomicBool,
    beside: Mutex<Second>,
}

/// The same book once more: how it is opened, and, once it was needed, open.
#[derive(Debug, Default)]
struct Second {
    place: Option<Beside>,
    book: Option<Book>,
}

/// The open book, for what reads.
pub(crate) struct Reading<'a>(MappedMutexGuard<'a, Book>);

/// The open book, for long work: others read beside it meanwhile.
pub(crate) struct Held<'a> {
    shared: &'a SharedBook,
    book: MappedMutexGuard<'a, Book>,
}

impl SharedBook {
    /// The open book, for one use case.
    pub(crate) fn lock(&self) -> Result<MappedMutexGuard<'_, Book>, CommandError> {
        open_in(wait_for(&self.book))
    }

    /// The open book, for what reads. It waits for short use cases, and never for long work.
    pub(crate) fn read(&self) -> Result<Reading<'_>, CommandError> {
        if self.is_held.load(Ordering::Acquire) {
            let mut beside = wait_for(&self.beside);
            if beside.book.is_none()
                && let Some(place) = &beside.place
            {
                beside.book = Some(place.open()?);
            }
            if let Ok(book) = MutexGuard::try_map(beside, |second| second.book.as_mut()) {
                return Ok(Reading(book));
            }
            // The work has just ended.
        }
        self.lock().map(Reading)
    }

    /// The open book, for long work.
    pub(crate) fn hold(&self) -> Result<Held<'_>, CommandError> {
        let book = self.lock()?;
        wait_for(&self.beside).place = Some(book.beside());
        self.is_held.store(true, Ordering::Release);
        Ok(Held { shared: self, book })
    }

    /// Puts an opened book in place of the one before, which is closed.
    pub(crate) fn put(&self, book: Book) {
        *wait_for(&self.book) = Some(book);
    }

    /// Closes the book, if one is open.
    pub(crate) fn close(&self) {
        *wait_for(&self.book) = None;
    }
}

/// What only waits lets others be answered.
fn wait_for<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .try_lock()
        .unwrap_or_else(|| step_aside(|| mutex.lock()))
}

fn open_in(
    guard: MutexGuard<'_, Option<Book>>,
) -> Result<MappedMutexGuard<'_, Book>, CommandError> {
    MutexGuard::try_map(guard, Option::as_mut).map_err(|_| CommandError::no_book_open())
}

impl Deref for Reading<'_> {
    type Target = Book;

    fn deref(&self) -> &Book {
        &self.0
    }
}

impl Deref for Held<'_> {
    type Target = Book;

    fn deref(&self) -> &Book {
        &self.book
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Book {
        &mut self.book
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.shared.is_held.store(false, Ordering::Release);
        // Another file may take the book's place, for which nobody may have it open. Whoever reads
        // there is waited for.
        *wait_for(&self.shared.beside) = Second::default();
    }
}
