//! A book, its company, and the program.

use serde::Serialize;
use specta::Type;

use super::HubView;
use crate::word::{CurrencyWord, OwnerWord, VatWord};

/// The book that is open.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BookView {
    pub path: String,
    pub file_name: String,
    pub owner: OwnerWord,
    pub company: CompanyView,
    /// A change that holds from a later month.
    pub company_next: Option<CompanyChangeView>,
    /// The language of papers to the owner itself, as a tag such as `de`.
    pub paper_language: String,
    pub hubs: Vec<HubView>,
    pub unrated: u32,
    /// Set where another program has the book open: who.
    pub read_only: Option<String>,
    pub is_sample: bool,
    /// The day that it was looked at.
    pub today: String,
    /// Whether its file needs a passphrase.
    pub is_encrypted: bool,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct CompanyChangeView {
    pub from: String,
    pub company: CompanyView,
}

/// The company as its invoices name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CompanyView {
    pub name: String,
    pub address: Vec<String>,
    pub country: String,
    pub country_name: String,
    pub vat_id: Option<String>,
    pub billing_email: String,
    /// The VAT that 360Dialog applies.
    pub vat_treatment: VatWord,
}

/// What the program is.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AboutView {
    pub version: String,
    /// The open book, if any.
    pub path: Option<String>,
    pub newest_cards: Vec<NewestCardView>,
}

/// The newest message card of a currency.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NewestCardView {
    pub currency: CurrencyWord,
    pub effective_from: String,
    /// Set where Meta changed its prices after it.
    pub outdated_since: Option<String>,
}

/// Where the sample books lie.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SampleView {
    pub partner_book: String,
    pub client_book: String,
}
