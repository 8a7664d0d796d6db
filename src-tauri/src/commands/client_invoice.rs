//! The owner's own invoices to clients: drafts, issuing, corrections, payments, and what is handed
//! out. An advance is a draft whose form says so.

use hubledger_book::form::{
    ClientDraftForm, ClientExportForm, ClientInvoiceForm, ClientPaymentForm, CreditForm,
};
use hubledger_book::view::{
    ClientDraftView, ClientExportView, ClientInvoiceDetailView, ClientInvoiceView,
};
use tauri::State;

use crate::commands::invoice::ExportPlace;
use crate::error::CommandError;
use crate::job::Jobs;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn client_drafts(
    book: State<'_, SharedBook>,
    hub: Option<String>,
) -> Result<Vec<ClientDraftView>, CommandError> {
    Ok(book.read()?.client_drafts(hub.as_deref(), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn client_draft(
    book: State<'_, SharedBook>,
    id: String,
) -> Result<ClientDraftView, CommandError> {
    Ok(book.read()?.client_draft(&id, moment())?)
}

/// What a draft would be while it is typed: its sums, and what stands in the way of issuing it.
#[tauri::command]
#[specta::specta]
pub(crate) fn try_client_draft(
    book: State<'_, SharedBook>,
    form: ClientInvoiceForm,
) -> Result<ClientDraftView, CommandError> {
    Ok(book.read()?.try_client_draft(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn put_client_draft(
    book: State<'_, SharedBook>,
    form: ClientDraftForm,
) -> Result<ClientDraftView, CommandError> {
    Ok(book.lock()?.put_client_draft(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn remove_client_draft(
    book: State<'_, SharedBook>,
    id: String,
) -> Result<(), CommandError> {
    let mut book = book.lock()?;
    Ok(book.remove_client_draft(&id, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn issue_client_draft(
    book: State<'_, SharedBook>,
    id: String,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.issue_client_draft(&id, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn client_invoices(
    book: State<'_, SharedBook>,
    hub: Option<String>,
    client: Option<String>,
    month: Option<String>,
) -> Result<Vec<ClientInvoiceView>, CommandError> {
    Ok(book.read()?.client_invoices(
        hub.as_deref(),
        client.as_deref(),
        month.as_deref(),
        moment(),
    )?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn client_invoice(
    book: State<'_, SharedBook>,
    number: String,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.read()?.client_invoice(&number, moment())?)
}

/// What a credit note or, without lines, a cancellation would be; nothing is kept.
#[tauri::command]
#[specta::specta]
pub(crate) fn preview_client_credit(
    book: State<'_, SharedBook>,
    form: CreditForm,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.preview_client_credit(&form, moment())?)
}

/// Credits lines of an invoice; without lines it cancels what is left of it.
#[tauri::command]
#[specta::specta]
pub(crate) fn credit_client_invoice(
    book: State<'_, SharedBook>,
    form: CreditForm,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.credit_client_invoice(&form, moment())?)
}

#[tauri::command]
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

#[tauri::command]
#[specta::specta]
pub(crate) fn pay_client_invoice(
    book: State<'_, SharedBook>,
    form: ClientPaymentForm,
) -> Result<ClientInvoiceDetailView, CommandError> {
    Ok(book.lock()?.pay_client_invoice(&form, moment())?)
}

/// Hands out issued invoices, made and checked on all cores; asked and stopped as a job is.
#[tauri::command]
#[specta::specta]
pub(crate) fn export_client_invoices(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    form: ClientExportForm,
    to: ExportPlace,
) -> Result<ClientExportView, CommandError> {
    let book = book.hold()?;
    let stopper = Some(book.stopper());
    Ok(jobs.work.run(stopper, |progress| {
        book.export_client_invoices(&form, to.place(), progress, moment())
    })?)
}
