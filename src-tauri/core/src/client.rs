//! A client of a hub: the company that the channels belong to.

use crate::country::Country;
use crate::id::{ClientId, HubId};

/// A client as the book knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub id: ClientId,
    pub hub: HubId,
    pub name: String,
    pub country: Option<Country>,
    /// May be empty.
    pub email: String,
    /// As written; checked when the client is invoiced.
    pub vat_id: String,
}
