//! Balances, their statements, and the overview.

use hubledger_book::view::{BalanceView, OverviewView, StatementView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn balances(
    book: State<'_, SharedBook>,
    hub: String,
    month: String,
) -> Result<Vec<BalanceView>, CommandError> {
    Ok(book.read()?.balances(&hub, &month, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn statement(
    book: State<'_, SharedBook>,
    hub: String,
    channel: Option<String>,
    month: Option<String>,
) -> Result<StatementView, CommandError> {
    Ok(book
        .read()?
        .statement(&hub, channel.as_deref(), month.as_deref(), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn overview(
    book: State<'_, SharedBook>,
    hub: String,
    month: String,
) -> Result<OverviewView, CommandError> {
    Ok(book.read()?.overview(&hub, &month, moment())?)
}
