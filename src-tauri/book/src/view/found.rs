//! What is found by a few letters.

use serde::Serialize;
use specta::Type;

use super::{ClientInvoiceView, HubInvoiceWord, MoneyView};

/// What was found by a few letters; each list is short, and may go on.
#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundView {
    /// By name.
    pub clients: Vec<FoundClientView>,
    /// By client and name.
    pub channels: Vec<FoundChannelView>,
    /// The newest first.
    pub client_invoices: Vec<ClientInvoiceView>,
    /// Of closed months, the newest first.
    pub hub_invoices: Vec<FoundHubInvoiceView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundClientView {
    pub id: String,
    pub hub: String,
    pub name: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundChannelView {
    pub id: String,
    pub hub: String,
    pub client: String,
    pub client_name: String,
    /// May be empty: show the phone number.
    pub name: String,
    pub phone: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct FoundHubInvoiceView {
    pub reference: String,
    pub hub: String,
    pub vendor_number: Option<String>,
    pub kind: HubInvoiceWord,
    pub issued_on: String,
    /// Of an invoice about one channel: what that was called.
    pub channel: Option<String>,
    pub net: MoneyView,
    pub gross: MoneyView,
}
