//! The proof of the book.

use hubledger_book::view::CheckView;
use tauri::State;

use crate::error::CommandError;
use crate::job::{Jobs, beside};
use crate::now::moment;
use crate::shared_book::SharedBook;

/// Proves the book as it is now, beside whoever works in it.
#[tauri::command]
#[specta::specta]
pub(crate) fn check(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
) -> Result<CheckView, CommandError> {
    beside(&book, &jobs.check, |book, progress| {
        book.check_with(progress, moment())
    })
}
