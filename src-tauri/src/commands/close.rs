//! Closing a month.

use hubledger_book::view::CloseView;
use tauri::State;

use crate::error::CommandError;
use crate::job::Jobs;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn close_preview(
    book: State<'_, SharedBook>,
    hub: String,
    month: String,
) -> Result<CloseView, CommandError> {
    Ok(book.read()?.short_close_preview(&hub, &month, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn close_month(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    hub: String,
    month: String,
) -> Result<CloseView, CommandError> {
    let mut book = book.hold()?;
    let stopper = Some(book.stopper());
    Ok(jobs.work.run(stopper, |progress| {
        book.close_month_with(&hub, &month, progress, moment())
    })?)
}
