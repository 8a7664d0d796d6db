//! Clients.

use hubledger_book::form::{ClientForm, ClientsForm};
use hubledger_book::view::{ClientView, ClientsPageView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn clients(
    book: State<'_, SharedBook>,
    hub: Option<String>,
    month: String,
) -> Result<Vec<ClientView>, CommandError> {
    Ok(book.read()?.clients(hub.as_deref(), &month, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn clients_page(
    book: State<'_, SharedBook>,
    form: ClientsForm,
) -> Result<ClientsPageView, CommandError> {
    Ok(book.read()?.clients_page(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn add_client(
    book: State<'_, SharedBook>,
    form: ClientForm,
) -> Result<ClientView, CommandError> {
    Ok(book.lock()?.add_client(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn edit_client(
    book: State<'_, SharedBook>,
    form: ClientForm,
) -> Result<ClientView, CommandError> {
    Ok(book.lock()?.edit_client(form, moment())?)
}
