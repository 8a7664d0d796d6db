//! The proof of the book.

use hubledger_book::view::CheckView;
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check(book: State<'_, SharedBook>) -> Result<CheckView, CommandError> {
    Ok(book.lock()?.check(moment())?)
}
