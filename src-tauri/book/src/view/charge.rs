//! Charges and their sums.

use serde::Serialize;
use specta::Type;

use super::{ChannelLabelView, MoneyView};
use crate::word::{CategoryWord, PricingWord};

/// How a charge got its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeState {
    /// By the card.
    Rated,
    /// By the cost that the row reported, or that was given by hand.
    Reported,
    /// Nothing, for a reason.
    Free,
    /// No price is known.
    Unrated,
    /// Let go, with a reason.
    Waived,
    /// A plan or a licence.
    Fee,
}

/// What a charge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeKind {
    Messages,
    Calls,
    Plan,
    Licence,
    ProRataLicence,
}

/// What a channel used of one category.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CategoryUsageView {
    pub category: CategoryWord,
    /// Messages, or pulses of calls.
    pub quantity: String,
    /// Of what has a price.
    pub amount: MoneyView,
}

/// One charge.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChargeView {
    pub id: String,
    pub kind: ChargeKind,
    pub day: String,
    /// Set where it is booked into a later month, as its own is closed.
    pub booked_on: Option<String>,
    pub channel: Option<ChannelLabelView>,
    pub country: Option<String>,
    /// Meta's market; empty where none is known.
    pub market: String,
    pub category: Option<CategoryWord>,
    pub pricing_type: Option<PricingWord>,
    /// Messages, pulses or months; below zero where it takes an earlier charge back.
    pub quantity: String,
    pub rate: Option<String>,
    /// None: unrated.
    pub amount: Option<MoneyView>,
    pub state: ChargeState,
    /// Whether the amount is an estimate; why stands in the explanation.
    pub estimated: bool,
    /// The charge that it takes back.
    pub reverses: Option<String>,
    /// The charge that takes it back.
    pub reversed_by: Option<String>,
    /// Whether it lies in a closed month and can be reversed.
    pub can_reverse: bool,
    /// Direct-Paid in a partner's book: the client pays it.
    pub paid_by_client: bool,
}

/// A page of charges with the sums of all that match.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChargesView {
    pub rows: Vec<ChargeView>,
    pub count: u32,
    /// Their sum. Direct-Paid in a partner's book: what the clients pay, without `plan_apart`.
    pub amount: MoneyView,
    /// Direct-Paid in a partner's book: the partner plan among them, which is your own cost and
    /// never in one sum with the clients' money.
    pub plan_apart: Option<MoneyView>,
    pub unrated: u32,
    /// Charges at an estimated price, in the sum.
    pub estimated: u32,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Charges summed up by one thing.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChargeSumView {
    /// The client's or channel's id, the category or the market.
    pub key: String,
    pub name: String,
    pub messages: String,
    pub pulses: String,
    /// Messages and calls.
    pub usage: MoneyView,
    /// Plan and licences.
    pub fees: MoneyView,
    pub amount: MoneyView,
    pub unrated: u32,
    /// Charges at an estimated price, in the sums.
    pub estimated: u32,
    /// Direct-Paid in a partner's book: the clients pay it. Never sum it with what you pay.
    pub paid_by_client: bool,
}
