//! Tables as the window shows them.

use std::path::Path;

use hubledger_book::shown::ShownForm;
use hubledger_book::table_file;
use tauri::State;

use crate::error::CommandError;
use crate::job::{Jobs, beside};
use crate::now::moment;
use crate::shared_book::SharedBook;

/// Writes a table that is in the window whole as CSV, its head first. Gives the rows below it.
#[tauri::command]
#[specta::specta]
pub(crate) fn save_table(rows: Vec<Vec<String>>, to: String) -> Result<u32, CommandError> {
    Ok(table_file::save_table(&rows, Path::new(&to))?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_shown(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    form: ShownForm,
    to: String,
) -> Result<u32, CommandError> {
    beside(&book, &jobs.file, |book, progress| {
        book.export_shown(&form, Path::new(&to), progress, moment())
    })
}
