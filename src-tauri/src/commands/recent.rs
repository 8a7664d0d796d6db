//! Books that were open lately, and the sample books.

use std::path::Path;

use hubledger_book::Book;
use hubledger_book::view::SampleView;
use tauri::{AppHandle, Manager, State};

use crate::error::CommandError;
use crate::job::Jobs;
use crate::now::{moment, who};
use crate::recent::{self, RecentBook};
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn recent_books(app: AppHandle) -> Result<Vec<RecentBook>, CommandError> {
    recent::list(&app)
}

/// Takes a book off the list. The file stays.
#[tauri::command]
#[specta::specta]
pub(crate) fn forget_recent(app: AppHandle, path: String) -> Result<Vec<RecentBook>, CommandError> {
    recent::forget(&app, &path)?;
    recent::list(&app)
}

/// Makes the sample books in the app's own folder and opens the partner's. It is stopped as opening is.
#[tauri::command]
#[specta::specta]
pub(crate) fn make_sample(
    app: AppHandle,
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
) -> Result<SampleView, CommandError> {
    let folder = app.path().app_data_dir()?.join("samples");
    std::fs::create_dir_all(&folder)?;
    let sample = jobs.open.run(None, |progress| {
        hubledger_book::make_sample(&folder, &who(), progress, moment())
    })?;
    for path in [&sample.client_book, &sample.partner_book] {
        book.put(Book::open(Path::new(path), &who(), moment())?);
        recent::note(&app, &book.read()?.book_view(moment())?)?;
    }
    Ok(sample)
}
