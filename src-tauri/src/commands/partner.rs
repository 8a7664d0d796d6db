//! The company behind the book.

use hubledger_book::form::CompanyForm;
use hubledger_book::view::BookView;
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn set_company(
    book: State<'_, SharedBook>,
    form: CompanyForm,
) -> Result<BookView, CommandError> {
    Ok(book.lock()?.set_company(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_paper_language(
    book: State<'_, SharedBook>,
    language: String,
) -> Result<BookView, CommandError> {
    Ok(book.lock()?.set_paper_language(&language, moment())?)
}
