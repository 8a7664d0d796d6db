//! Clients and channels from a file.

use std::path::Path;

use hubledger_book::form::PartiesFileForm;
use hubledger_book::view::PartiesView;
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn preview_parties(
    book: State<'_, SharedBook>,
    path: String,
    form: PartiesFileForm,
) -> Result<PartiesView, CommandError> {
    Ok(book
        .lock()?
        .preview_parties(Path::new(&path), &form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn book_parties(
    book: State<'_, SharedBook>,
    path: String,
    form: PartiesFileForm,
    accept_differences: bool,
) -> Result<PartiesView, CommandError> {
    Ok(book
        .lock()?
        .book_parties(Path::new(&path), &form, accept_differences, moment())?)
}
