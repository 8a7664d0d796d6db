//! Hub invoices and their PDF files.

use std::path::Path;

use hubledger_book::ExportTo;
use hubledger_book::form::VendorNumberForm;
use hubledger_book::view::{ExportedView, HubInvoiceView, InvoiceMonthView};
use serde::Deserialize;
use tauri::State;

use crate::error::CommandError;
use crate::job::Jobs;
use crate::now::moment;
use crate::shared_book::SharedBook;

/// Where files go, and how they are named.
#[derive(Debug, Deserialize, specta::Type)]
pub(crate) struct ExportPlace {
    folder: String,
    /// A pattern such as `{number}_{client}`; empty: the number.
    names: String,
    /// All in one ZIP of this name.
    zip: Option<String>,
    /// Each as an e-mail draft that its files are attached to.
    mail: bool,
}

impl ExportPlace {
    pub(crate) fn place(&self) -> ExportTo<'_> {
        ExportTo {
            folder: Path::new(&self.folder),
            names: &self.names,
            zip: self.zip.as_deref(),
            mail: self.mail,
        }
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) fn invoices(
    book: State<'_, SharedBook>,
    hub: Option<String>,
    month: Option<String>,
) -> Result<Vec<InvoiceMonthView>, CommandError> {
    Ok(book
        .read()?
        .short_invoices(hub.as_deref(), month.as_deref(), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn invoice(
    book: State<'_, SharedBook>,
    reference: String,
) -> Result<HubInvoiceView, CommandError> {
    Ok(book.read()?.invoice(&reference, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_invoices(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    references: Vec<String>,
    to: ExportPlace,
) -> Result<ExportedView, CommandError> {
    let book = book.hold()?;
    let stopper = Some(book.stopper());
    Ok(jobs.work.run(stopper, |progress| {
        book.export_invoices(&references, to.place(), progress, moment())
    })?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_month(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    hub: Option<String>,
    month: String,
    to: ExportPlace,
) -> Result<ExportedView, CommandError> {
    let book = book.hold()?;
    let stopper = Some(book.stopper());
    Ok(jobs.work.run(stopper, |progress| {
        book.export_month(hub.as_deref(), &month, to.place(), progress, moment())
    })?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_vendor_number(
    book: State<'_, SharedBook>,
    form: VendorNumberForm,
) -> Result<HubInvoiceView, CommandError> {
    Ok(book.lock()?.set_vendor_number(form, moment())?)
}
