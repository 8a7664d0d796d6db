//! The owner's own invoices to clients: drafts, issuing, corrections, payments.

use hubledger_book::form::{ClientDraftForm, ClientInvoiceForm, ClientPaymentForm, CreditForm};
use hubledger_book::view::{ClientDraftView, ClientInvoiceDetailView, ClientInvoiceView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn client_drafts(
    book: State<'_, SharedBook>,
    hub: Option<String>,
) -> Result<Vec<ClientDraftView>, CommandError> {
    Ok(book.lock()?.client_drafts(hub.as_deref(), moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn client_draft(
    book: State<'_, SharedBook>,
    id: String,
) -> Result<ClientDraftView, CommandError> {
    Ok(book.lock()?.client_draft(&id, moment())?)
}

/// What a draft would be, without keeping it: its sums while it is typed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn try_client_draft(
    book: State<'_, SharedBook>,
    form: ClientInvoiceForm,
) -> Result<ClientDraftView, CommandError> {
    Ok(book.lock()?.try_client_draft(&form, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn put_client_draft(
    book: State<'_, SharedBook>,
    form: ClientDraftForm,
) -> Result<ClientDraftView, CommandError> {
    Ok(book.lock()?.put_client_draft(&form, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn remove_client_draft(
    book: State<'_, SharedBook>,
    id: String,
) -> Result<(), CommandError> {
    Ok(book.lock()?.remove_client_draft(&id, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn issue_client_draft(
    book: State<'_, SharedBook>,
    id: String,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.issue_client_draft(&id, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn client_invoices(
    book: State<'_, SharedBook>,
    hub: Option<String>,
    client: Option<String>,
    month: Option<String>,
) -> Result<Vec<ClientInvoiceView>, CommandError> {
    Ok(book.lock()?.client_invoices(
        hub.as_deref(),
        client.as_deref(),
        month.as_deref(),
        moment(),
    )?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn client_invoice(
    book: State<'_, SharedBook>,
    number: String,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.client_invoice(&number, moment())?)
}

/// What a credit would be, without keeping it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_client_credit(
    book: State<'_, SharedBook>,
    form: CreditForm,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.preview_client_credit(&form, moment())?)
}

/// Credits a part of an invoice, or cancels what is left of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn credit_client_invoice(
    book: State<'_, SharedBook>,
    form: CreditForm,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.credit_client_invoice(&form, moment())?)
}

/// Replaces an invoice by a corrected one.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn correct_client_invoice(
    book: State<'_, SharedBook>,
    number: String,
    form: ClientInvoiceForm,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book
        .lock()?
        .correct_client_invoice(&number, &form, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn pay_client_invoice(
    book: State<'_, SharedBook>,
    form: ClientPaymentForm,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.pay_client_invoice(&form, moment())?)
}
