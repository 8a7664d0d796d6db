//! What is found by a few letters.

use hubledger_book::form::FindForm;
use hubledger_book::view::FoundView;
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn find(book: State<'_, SharedBook>, form: FindForm) -> Result<FoundView, CommandError> {
    Ok(book.read()?.find(&form, moment())?)
}
