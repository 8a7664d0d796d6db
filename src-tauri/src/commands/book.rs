//! The book as a whole: make one, open one, close it.

use std::path::Path;

use hubledger_book::Book;
use hubledger_book::form::NewBookForm;
use hubledger_book::view::BookView;
use tauri::{AppHandle, State};

use crate::commands::backup::key;
use crate::error::CommandError;
use crate::job::Jobs;
use crate::launch::{self, Launch};
use crate::now::{moment, who};
use crate::recent;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn create_book(
    app: AppHandle,
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    path: String,
    form: NewBookForm,
) -> Result<BookView, CommandError> {
    // Whatever is open stays open where this is refused.
    let made = Book::create(Path::new(&path), form, &who(), moment())?.with_backups();
    jobs.end_beside();
    book.put(made);
    let view = book.lock()?.book_view(moment())?;
    recent::note(&app, &view)?;
    Ok(view)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn open_book(
    app: AppHandle,
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    at_launch: State<'_, Launch>,
    path: String,
    passphrase: Option<String>,
) -> Result<BookView, CommandError> {
    // Our own lock would refuse us; and what is open stays open where another can't be opened.
    if !is_open(&book, Path::new(&path)) {
        let key = key(passphrase);
        let begun = at_launch.opened(&path).filter(|_| key.is_none());
        let opened =
            begun.unwrap_or_else(|| launch::open(&jobs, Path::new(&path), key.as_ref()))?;
        jobs.end_beside();
        book.put(opened);
    }
    let view = book.lock()?.book_view(moment())?;
    recent::note(&app, &view)?;
    Ok(view)
}

/// Opens a book that somebody else has open, to look at it.
#[tauri::command]
#[specta::specta]
pub(crate) fn open_book_read_only(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    path: String,
    passphrase: Option<String>,
) -> Result<BookView, CommandError> {
    let key = key(passphrase);
    let opened = Book::open_read_only_with(Path::new(&path), key.as_ref())?;
    jobs.end_beside();
    book.put(opened);
    Ok(book.lock()?.book_view(moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn book_view(book: State<'_, SharedBook>) -> Result<BookView, CommandError> {
    Ok(book.read()?.book_view(moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn close_book(
    app: AppHandle,
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
) -> Result<(), CommandError> {
    jobs.end_beside();
    // The list of recent books tells how it was left.
    if let Ok(open) = book.lock() {
        recent::note(&app, &open.book_view(moment())?)?;
    }
    book.close();
    Ok(())
}

/// Whether a book is the one that is open to be written.
fn is_open(book: &SharedBook, path: &Path) -> bool {
    book.lock().is_ok_and(|open| {
        let same = open.path().canonicalize().ok() == path.canonicalize().ok();
        same && !open.is_read_only()
    })
}
