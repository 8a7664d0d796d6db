//! Invoices to clients: drafts, documents, payments and the check of a paper.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::MoneyView;
use crate::form::ClientInvoiceForm;
use crate::said::SaidView;
use crate::word::CurrencyWord;

/// What an invoice to a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ClientInvoiceWord {
    Invoice,
    Advance,
    CreditNote,
    Cancellation,
    Corrected,
}

/// Where an issued invoice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ClientInvoiceState {
    Open,
    Overdue,
    Paid,
    /// It was paid and then credited: the client gets money back.
    OwedBack,
    /// All of it was credited.
    Credited,
    /// A corrected invoice took its place.
    Replaced,
    /// A credit note or cancellation.
    Correction,
}

/// A draft of an invoice to a client.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientDraftView {
    pub id: String,
    pub client_name: String,
    pub hub: String,
    pub currency: CurrencyWord,
    /// As it was typed.
    pub invoice: ClientInvoiceForm,
    /// None while they can't be worked out.
    pub sums: Option<ClientSumsView>,
    /// What stands in the way of issuing it.
    pub faults: Vec<SaidView>,
    pub changed_at: String,
}

/// The sums of an invoice to a client.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientSumsView {
    pub lines: Vec<ClientLineView>,
    pub vat: Vec<ClientVatView>,
    pub net: MoneyView,
    pub vat_total: MoneyView,
    pub gross: MoneyView,
    /// What was paid before: an advance, or those of an invoice over the whole.
    pub prepaid: MoneyView,
    /// What is to be paid, or given back.
    pub due: MoneyView,
    /// The VAT in the seller's own currency, such as `EUR 17.21`.
    pub vat_in_own_currency: Option<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientLineView {
    pub text: String,
    pub description: String,
    pub group: String,
    pub quantity: String,
    /// By its code.
    pub unit: String,
    pub unit_price: MoneyView,
    pub vat: String,
    pub percent: String,
    pub net: MoneyView,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientVatView {
    pub vat: String,
    pub percent: String,
    pub basis: MoneyView,
    pub amount: MoneyView,
}

/// An issued invoice or credit note.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientInvoiceView {
    pub number: String,
    pub kind: ClientInvoiceWord,
    pub state: ClientInvoiceState,
    pub client: String,
    pub client_name: String,
    pub hub: String,
    pub issued_on: String,
    pub due_on: String,
    /// The number of what it corrects.
    pub corrects: Option<String>,
    pub net: MoneyView,
    pub vat: MoneyView,
    pub gross: MoneyView,
    /// What advances take off an invoice over the whole.
    pub deducted: MoneyView,
    /// The VAT in it.
    pub deducted_vat: MoneyView,
    /// Of an advance: another invoice takes it off.
    pub is_deducted: bool,
    pub credited: MoneyView,
    pub paid: MoneyView,
    /// What is still to be paid; below zero: owed to the client.
    pub open: MoneyView,
}

/// An issued invoice or credit note, whole.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientInvoiceDetailView {
    pub invoice: ClientInvoiceView,
    /// When it was supplied, as it says: from the first day until the last, or one day.
    pub from: Option<String>,
    pub until: Option<String>,
    pub sums: ClientSumsView,
    /// Numbers of what corrects it.
    pub corrected_by: Vec<String>,
    /// Numbers of the advances that it deducts.
    pub deducts: Vec<String>,
    /// The journal entry that its sums are posted by; none where there was nothing to post.
    pub entry: Option<String>,
    pub payments: Vec<ClientPaymentView>,
    /// What was handed out and is kept; none for what an early version issued.
    pub papers: Vec<ClientPaperView>,
}

/// A file that was handed out.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientPaperView {
    /// `pdf`, `factur-x` (a PDF with its data inside), `xrechnung-ubl` or `peppol`.
    pub format: String,
    pub sha256: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientPaymentView {
    pub on: String,
    pub amount: MoneyView,
    /// The journal entry that posts it.
    pub entry: String,
}

/// What was handed out of issued invoices, and what was checked of it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientExportView {
    pub folder: String,
    /// The report is the last.
    pub files: Vec<String>,
    pub checked: Vec<CheckedPaperView>,
}

/// A file that was handed out, with what was checked of it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CheckedPaperView {
    pub number: String,
    /// As it is named in the folder, in the ZIP, or in its e-mail.
    pub file: String,
    pub sha256: String,
    pub checks: Vec<PaperCheckView>,
}

/// One check of a file. What fails any is not handed out.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PaperCheckView {
    pub check: PaperCheckWord,
    /// The version of the program or of the rules, or the profile.
    pub name: String,
    /// By which rules, with their version; in English, as are the next two.
    pub rules: String,
    /// What was looked at; of a standard the names of its rules.
    pub looked_at: String,
    pub outcome: String,
}

/// What was checked of a file that is handed out. Every outcome is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum PaperCheckWord {
    /// It is the bytes that were kept at the issue.
    Kept,
    /// It was made now from the issued invoice.
    MadeNow,
    Pdf,
    /// EN 16931.
    Standard,
    FacturX,
    #[serde(rename = "xrechnung")]
    XRechnung,
    Peppol,
    /// It says what the book says.
    Book,
}
