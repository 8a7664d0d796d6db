//! Pages of papers, drawn for the window.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubledger_book::Book;
use hubledger_book::form::ClientInvoiceForm;
use serde::{Deserialize, Serialize};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::page::draw;
use crate::shared_book::SharedBook;

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
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn page(
    book: State<'_, SharedBook>,
    paper: Paper,
    page: u32,
    width: u32,
) -> Result<PageView, CommandError> {
    // The book is free again before the page is drawn.
    let pdf = bytes(&*book.lock()?, &paper)?;
    let drawn = draw(pdf.clone(), page.max(1), width)
        .or_else(|| draw(pdf, 1, width))
        .ok_or_else(|| {
            CommandError::system("The page can't be drawn. Export the PDF to see it.")
        })?;
    Ok(PageView {
        page: page.clamp(1, drawn.of),
        of: drawn.of,
        width: drawn.width.into(),
        height: drawn.height.into(),
        png: STANDARD.encode(drawn.png),
    })
}

fn bytes(book: &Book, paper: &Paper) -> Result<Vec<u8>, CommandError> {
    Ok(match paper {
        Paper::HubInvoice { reference } => book.invoice_pdf(reference, moment())?,
        Paper::ClientInvoice { number } => book.client_invoice_pdf(number, moment())?,
        Paper::ClientDraft { form } => book.try_client_draft_pdf(form, moment())?,
        Paper::ClientCorrection { number, form } => {
            book.client_correction_pdf(number, form, moment())?
        }
    })
}
