//! The ledger, and the record of who did what.

use std::path::Path;

use hubledger_book::activity::{HistoryForm, HistoryView};
use hubledger_book::ledger::{
    AccountForm, AccountView, ChartAccountForm, ChartAccountView, EntriesForm, EntriesView,
    TrialBalancesView, TrialForm,
};
use hubledger_book::word::ChartWord;
use tauri::State;

use crate::error::CommandError;
use crate::job::{Jobs, beside};
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn trial_balance(
    book: State<'_, SharedBook>,
    form: TrialForm,
) -> Result<TrialBalancesView, CommandError> {
    Ok(book.read()?.trial_balance(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn account(
    book: State<'_, SharedBook>,
    form: AccountForm,
) -> Result<AccountView, CommandError> {
    Ok(book.read()?.account(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn entries(
    book: State<'_, SharedBook>,
    form: EntriesForm,
) -> Result<EntriesView, CommandError> {
    Ok(book.read()?.entries(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn chart(book: State<'_, SharedBook>) -> Result<Vec<ChartAccountView>, CommandError> {
    Ok(book.read()?.chart()?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_chart(
    book: State<'_, SharedBook>,
    template: ChartWord,
) -> Result<Vec<ChartAccountView>, CommandError> {
    Ok(book.lock()?.set_chart(template, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_chart_account(
    book: State<'_, SharedBook>,
    form: ChartAccountForm,
) -> Result<Vec<ChartAccountView>, CommandError> {
    Ok(book.lock()?.set_chart_account(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_trial_balance(
    book: State<'_, SharedBook>,
    form: TrialForm,
    to: String,
) -> Result<u32, CommandError> {
    Ok(book
        .read()?
        .export_trial_balance(&form, Path::new(&to), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_account(
    book: State<'_, SharedBook>,
    form: AccountForm,
    to: String,
) -> Result<u32, CommandError> {
    Ok(book
        .read()?
        .export_account(&form, Path::new(&to), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_entries(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    form: EntriesForm,
    to: String,
) -> Result<u32, CommandError> {
    beside(&book, &jobs.file, |book, progress| {
        book.export_entries_with(&form, Path::new(&to), progress, moment())
    })
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_chart(book: State<'_, SharedBook>, to: String) -> Result<u32, CommandError> {
    Ok(book.read()?.export_chart(Path::new(&to))?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn history(
    book: State<'_, SharedBook>,
    form: HistoryForm,
) -> Result<HistoryView, CommandError> {
    Ok(book.read()?.history_page(&form)?)
}
