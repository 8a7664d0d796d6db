//! What a month would have cost otherwise.

use serde::Serialize;
use specta::Type;

use super::{ChannelLabelView, MoneyView};
use crate::word::CategoryWord;

/// A month as it is and as it would be. Usage is rated by the cards alone on both sides, whatever
/// cost was reported.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WhatIfView {
    pub hub: String,
    pub month: String,
    /// The other card.
    pub card: Option<String>,
    pub rows: Vec<WhatIfRowView>,
    pub fees: Vec<WhatIfFeeView>,
    pub now: MoneyView,
    pub then: MoneyView,
    /// None where a row has no price on one of the sides.
    pub difference: Option<MoneyView>,
    /// Direct-Paid in a partner's book.
    pub paid_by_clients: bool,
}

/// A client's messages, or calls, of one category.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WhatIfRowView {
    pub client: String,
    pub client_name: String,
    pub category: CategoryWord,
    pub quantity: String,
    pub now: MoneyView,
    pub then: MoneyView,
    /// Then less now; none where a row has no price on one of the sides.
    pub difference: Option<MoneyView>,
    pub unrated_now: u32,
    pub unrated_then: u32,
    /// Whether a price of either side is an estimate.
    pub estimated: bool,
}

/// The plan, or all licences.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WhatIfFeeView {
    /// `plan` or `licences`.
    pub what: String,
    pub now: MoneyView,
    pub then: MoneyView,
    pub difference: MoneyView,
}

/// Reported costs of a channel, category and market beside what the card charges.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CostDifferenceView {
    pub channel: ChannelLabelView,
    pub category: CategoryWord,
    pub market: String,
    pub rows: u32,
    /// Messages or pulses.
    pub quantity: String,
    pub reported: MoneyView,
    pub rated: MoneyView,
    /// Reported less rated, of the rows that a card prices.
    pub difference: MoneyView,
    /// Rows that no card prices.
    pub without_price: u32,
}
