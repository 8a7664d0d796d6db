//! Pages of papers, drawn for the window.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubledger_book::Book;
use hubledger_book::form::{ClientInvoiceForm, CreditForm, ReminderForm};
use serde::{Deserialize, Serialize};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::page::draw;
use crate::shared_book::SharedBook;
use crate::worker::step_aside;

/// Which paper is looked at.
#[derive(Debug, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub(crate) enum Paper {
    HubInvoice {
        reference: String,
    },
    ClientInvoice {
        number: String,
    },
    ClientDraft {
        form: ClientInvoiceForm,
    },
    ClientCorrection {
        number: String,
        form: ClientInvoiceForm,
    },
    ClientCredit {
        form: CreditForm,
    },
    /// What a client has not paid in time.
    Reminder {
        form: ReminderForm,
    },
    /// A month of a shared balance, or of a channel's.
    Statement {
        hub: Option<String>,
        channel: Option<String>,
        month: String,
        /// Such as `de`.
        language: String,
    },
}

/// A page as a picture.
#[derive(Debug, Serialize, specta::Type)]
pub(crate) struct PageView {
    page: u32,
    /// How many pages there are.
    of: u32,
    /// In pixels.
    width: u32,
    height: u32,
    /// PNG, in base64.
    png: String,
}

/// Draws a page of a paper, counted from 1, so many pixels wide. A page past the last is the last.
#[tauri::command]
#[specta::specta]
pub(crate) fn page(
    book: State<'_, SharedBook>,
    paper: Paper,
    page: u32,
    width: u32,
) -> Result<PageView, CommandError> {
    // The book is free again before the page is drawn.
    let pdf = bytes(&*book.read()?, &paper)?;
    let drawn =
        step_aside(|| draw(pdf.clone(), page.max(1), width).or_else(|| draw(pdf, 1, width)))
            .ok_or_else(CommandError::page_not_drawn)?;
    Ok(PageView {
        page: page.clamp(1, drawn.of),
        of: drawn.of,
        width: drawn.width.into(),
        height: drawn.height.into(),
        png: STANDARD.encode(drawn.png),
    })
}

/// Writes a paper that is kept nowhere, such as a reminder, as PDF.
#[tauri::command]
#[specta::specta]
pub(crate) fn save_paper(
    book: State<'_, SharedBook>,
    paper: Paper,
    to: String,
) -> Result<(), CommandError> {
    let pdf = bytes(&*book.read()?, &paper)?;
    Ok(fs::write(to, pdf)?)
}

fn bytes(book: &Book, paper: &Paper) -> Result<Vec<u8>, CommandError> {
    Ok(match paper {
        Paper::HubInvoice { reference } => book.invoice_pdf(reference, moment())?,
        Paper::ClientInvoice { number } => book.client_invoice_pdf(number, moment())?,
        Paper::ClientDraft { form } => book.try_client_draft_pdf(form, moment())?,
        Paper::Reminder { form } => book.client_reminder_pdf(form, moment())?,
        Paper::Statement {
            hub,
            channel,
            month,
            language,
        } => book.statement_pdf(
            hub.as_deref(),
            channel.as_deref(),
            month,
            language,
            moment(),
        )?,
        Paper::ClientCredit { form } => book.client_credit_pdf(form, moment())?,
        Paper::ClientCorrection { number, form } => {
            book.client_correction_pdf(number, form, moment())?
        }
    })
}
