//! Money added to a balance, and given back.

use hubledger_book::form::{RefundForm, TopUpForm};
use hubledger_book::view::BookedView;
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn top_up(
    book: State<'_, SharedBook>,
    form: TopUpForm,
) -> Result<BookedView, CommandError> {
    Ok(book.lock()?.top_up(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn refund(
    book: State<'_, SharedBook>,
    form: RefundForm,
) -> Result<BookedView, CommandError> {
    Ok(book.lock()?.refund(form, moment())?)
}
