//! Who writes invoices to clients, and whom to.

use serde::Serialize;
use specta::Type;

/// The owner as seller.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SellerView {
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    pub tax_number: String,
    pub register: String,
    pub contact: String,
    pub phone: String,
    pub website: String,
    pub iban: String,
    pub bic: String,
    pub account_holder: String,
    pub accent: String,
    pub due_days: u32,
    pub terms: String,
    pub language: String,
    pub small_business: bool,
    pub e_address: String,
    pub logo: Option<LogoView>,
    pub series: Vec<NumberSeriesView>,
}

/// The logo that is kept.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LogoView {
    /// `png`, `jpeg` or `svg`.
    pub kind: String,
    /// In bytes.
    pub size: u32,
}

/// How the numbers of a series are written.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NumberSeriesView {
    pub series: String,
    /// Empty: numbered among the invoices.
    pub pattern: String,
}

/// How a client is invoiced.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientBillingView {
    pub client: String,
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    pub language: String,
    pub buyer_reference: String,
    pub e_address: String,
    pub due_days: Option<u32>,
    pub format: String,
}
