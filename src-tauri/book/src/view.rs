//! What a person sees. Amounts are strings with their currency beside them, exact to the last
//! decimal; days are `YYYY-MM-DD`, months `YYYY-MM`. Words are codes: the window and the command
//! line each say them in their own way.

use hubledger_core::money::{Money, plain_text};
use serde::Serialize;
use specta::Type;

use crate::word::CurrencyWord;

mod book;
mod hub;
mod party;
mod found;
mod balance;
mod charge;
mod explain;
mod import;
mod price;
mod what_if;
mod close;
mod hub_invoice;
mod check;
mod overview;
mod work;
mod backup;
mod seller;
mod client_invoice;

pub use backup::*;
pub use balance::*;
pub use book::*;
pub use charge::*;
pub use check::*;
pub use client_invoice::*;
pub use close::*;
pub use explain::*;
pub use found::*;
pub use hub::*;
pub use hub_invoice::*;
pub use import::*;
pub use overview::*;
pub use party::*;
pub use price::*;
pub use seller::*;
pub use what_if::*;
pub use work::*;

/// An amount: `"1234.50"` of `EUR`. At least two decimals, at most six; `-` for minus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MoneyView {
    pub amount: String,
    pub currency: CurrencyWord,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self {
            amount: plain_text(money.amount()),
            currency: money.currency().into(),
        }
    }
}
