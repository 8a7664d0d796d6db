//! Client invoices and their corrections as e-invoices of EN 16931: one writer for CII, one for
//! UBL, and the profiles that differ in little. They write what [`ClientInvoice`] holds; nothing
//! is worked out here. A hub invoice is another type and never comes here.

mod check;
mod cii;
mod party;
mod profile;
mod read;
mod ubl;
mod words;
mod xml;

use hubledger_core::client_invoice::ClientInvoice;
use hubledger_core::invoice_fault::InvoiceFault;

pub use check::RULES_VERSION;
pub use profile::{Profile, faults};

/// Why an e-invoice could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EInvoiceError {
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    NotReady(Vec<InvoiceFault>),
    #[error("The character U+{0:04X} can't stand in an e-invoice. Take it out of the text.")]
    UnusableCharacter(u32),
    #[error("The e-invoice breaks {0}. Report this as a fault of the app.")]
    Broken(&'static str),
}

/// The e-invoice as the bytes of an XML file. The same invoice gives the same bytes.
pub fn write(invoice: &ClientInvoice, profile: Profile) -> Result<Vec<u8>, EInvoiceError> {
    let missing = faults(invoice.draft(), profile);
    if !missing.is_empty() {
        return Err(EInvoiceError::NotReady(missing));
    }
    let xml = if profile.is_ubl() {
        ubl::write(invoice, profile)
    } else {
        cii::write(invoice, profile)
    };
    let bytes = xml.finish().map_err(EInvoiceError::UnusableCharacter)?;
    check(&bytes, invoice, profile)?;
    Ok(bytes)
}

/// Reads a finished e-invoice back and holds it to rules of EN 16931 and to what the book says, to
/// the cent; gives the names of the rules.
pub fn check(
    xml: &[u8],
    invoice: &ClientInvoice,
    profile: Profile,
) -> Result<Vec<&'static str>, EInvoiceError> {
    check::check(xml, invoice, profile).map_err(EInvoiceError::Broken)
}
