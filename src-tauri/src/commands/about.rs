//! What the app says of itself.

use hubledger_book::view::AboutView;
use tauri::State;

use crate::error::CommandError;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn about(book: State<'_, SharedBook>) -> Result<AboutView, CommandError> {
    Ok(hubledger_book::about(book.read().ok().as_deref()))
}
