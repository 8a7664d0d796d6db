//! Taking back what was done, and reversing what closed months hold.

use hubledger_book::activity::ActivityView;
use hubledger_book::reverse::{ReversalView, ReverseForm};
use hubledger_book::undo::UndoneView;
use tauri::State;

use crate::error::CommandError;
use crate::job::Jobs;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn what_can_be_undone(
    book: State<'_, SharedBook>,
) -> Result<Option<ActivityView>, CommandError> {
    Ok(book.read()?.what_can_be_undone()?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn undo_last(book: State<'_, SharedBook>) -> Result<UndoneView, CommandError> {
    Ok(book.lock()?.undo_last(moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn undo(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    unit: u32,
) -> Result<UndoneView, CommandError> {
    let mut book = book.hold()?;
    let stopper = Some(book.stopper());
    Ok(jobs.work.run(stopper, |_| book.undo(unit, moment()))?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn preview_reversal(
    book: State<'_, SharedBook>,
    form: ReverseForm,
) -> Result<ReversalView, CommandError> {
    Ok(book.lock()?.preview_reversal(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn reverse(
    book: State<'_, SharedBook>,
    form: ReverseForm,
) -> Result<ReversalView, CommandError> {
    Ok(book.lock()?.reverse(&form, moment())?)
}
