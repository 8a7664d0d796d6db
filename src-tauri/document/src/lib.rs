//! Documents: an invoice goes in, the bytes of a PDF come out. No clock, no files, no randomness:
//! the same invoice gives the same bytes, today and in ten years.
//!
//! What a paper says is in `invoice` and `words`; how it falls on pages in `layout`, which knows no
//! PDF; how pages become a file in `pdf`, the only place where the PDF libraries are named.

#![allow(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "page geometry is in points; amounts come as text and are never floats"
)]

mod error;
pub mod einvoice;
mod words;
mod speech;
mod logo;
mod layout;
mod pdf;
mod epc;
mod invoice;
mod letterhead;
mod client_invoice;
mod reminder;
mod statement;

pub use client_invoice::{
    UnreadLine, check_client_pdf, client_draft_pdf, client_invoice_pdf, client_invoice_title,
};
pub use error::Error;
pub use invoice::hub_invoice_pdf;
pub use layout::Fonts;
pub use letterhead::{Colour, Letterhead};
pub use logo::Logo;
pub use pdf::Attachment;
pub use reminder::reminder_pdf;
pub use statement::{BalanceStatement, Movement, balance_statement_pdf};
