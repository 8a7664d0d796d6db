//! The owner as seller, and how its clients are invoiced.

use std::path::PathBuf;

use hubledger_book::form::{ClientBillingForm, NumberSeriesForm, SellerForm, SeriesStartForm};
use hubledger_book::view::{ClientBillingView, SellerView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn seller(book: State<'_, SharedBook>) -> Result<SellerView, CommandError> {
    Ok(book.read()?.seller()?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_seller(
    book: State<'_, SharedBook>,
    form: SellerForm,
) -> Result<SellerView, CommandError> {
    Ok(book.lock()?.set_seller(&form, moment())?)
}

/// Takes a logo from a file, or takes the logo away where none is given.
#[tauri::command]
#[specta::specta]
pub(crate) fn set_logo(
    book: State<'_, SharedBook>,
    path: Option<String>,
) -> Result<SellerView, CommandError> {
    let path = path.map(PathBuf::from);
    Ok(book.lock()?.set_logo(path.as_deref(), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_number_series(
    book: State<'_, SharedBook>,
    form: NumberSeriesForm,
) -> Result<SellerView, CommandError> {
    Ok(book.lock()?.set_number_series(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_series_start(
    book: State<'_, SharedBook>,
    form: SeriesStartForm,
) -> Result<SellerView, CommandError> {
    Ok(book.lock()?.set_series_start(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn client_billing(
    book: State<'_, SharedBook>,
    client: String,
) -> Result<ClientBillingView, CommandError> {
    Ok(book.read()?.client_billing(&client)?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_client_billing(
    book: State<'_, SharedBook>,
    form: ClientBillingForm,
) -> Result<ClientBillingView, CommandError> {
    Ok(book.lock()?.set_client_billing(&form, moment())?)
}
