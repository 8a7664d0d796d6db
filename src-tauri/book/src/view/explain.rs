//! Why a charge is what it is.

use serde::Serialize;
use specta::Type;

use super::{CardNameView, ChargeView, MoneyView};
use crate::said::SourceWord;
use crate::word::CategoryWord;

/// Why this number?
#[derive(Clone, Debug, Serialize, Type)]
pub struct ExplainView {
    pub charge: ChargeView,
    /// Where a usage row comes from.
    pub source: Option<SourceView>,
    /// The price that was used, or that it is compared with.
    pub price: Option<PriceUsedView>,
    /// The cost that was reported.
    pub reported: Option<MoneyView>,
    /// What the card would have charged.
    pub rated: Option<MoneyView>,
    /// Reported less rated.
    pub difference: Option<MoneyView>,
    /// Why it is free, unrated or waived: a code, and the reason that was given.
    pub reason: Option<ReasonView>,
    pub share: Option<ShareView>,
    /// Where the card has volume steps: where the row stands on them.
    pub volume: Option<VolumeUsedView>,
    /// Free service messages of the number's month that it took, where it took any.
    pub free: Option<String>,
    /// How the amount came about, as one would write it down: `100 × 0.0040 + 1 × 0.0038 = 0.4038`.
    pub sum: Option<String>,
    /// The charge that it takes back, or that took its place.
    pub related: Vec<String>,
    /// The invoice that it is on, once there is one.
    pub invoice: Option<String>,
    /// The balance that it moved: the hub's id for the shared one, or the channel's.
    pub balance: Option<String>,
    /// All usage of that balance on that day.
    pub day_total: Option<MoneyView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct SourceView {
    pub file: String,
    pub line: u32,
    pub brought_in: String,
    pub sha256: String,
}

/// Where a row stands on its card's volume steps.
#[derive(Clone, Debug, Serialize, Type)]
pub struct VolumeUsedView {
    /// What the month had counted before it, messages or minutes; none: not known.
    pub counted: Option<String>,
    /// Its part of each step that it falls into.
    pub slices: Vec<SliceView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct SliceView {
    /// The first message, or minute, of the step.
    pub from: String,
    /// Messages; pulses of calls.
    pub quantity: String,
    pub rate: String,
}

/// A client's month on the volume steps of a market and category.
#[derive(Clone, Debug, Serialize, Type)]
pub struct VolumeView {
    pub market: String,
    pub category: CategoryWord,
    /// What was counted outside the book, before the book's own rows: messages, or minutes of
    /// calls. None: not known, so that the list price stands in as an estimate.
    pub counted: Option<String>,
    /// The month from which that was told.
    pub from: Option<String>,
    /// What the book's own rows of the month add.
    pub in_book: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct PriceUsedView {
    pub card: String,
    /// Which card that is; none for a price that a channel keeps.
    pub of: Option<CardNameView>,
    pub source: String,
    /// Where the app's own figures come from.
    pub source_word: Option<SourceWord>,
    pub effective_from: Option<String>,
    pub rate: String,
    /// `message`, `minute` or `month`.
    pub per: String,
    pub market: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    CustomerServiceWindow,
    FreeEntryPoint,
    ServiceIsFree,
    FreeAllowance,
    NoCard,
    CardOutdated,
    MarketNotOnCard,
    /// The last card's rate; Meta has changed its prices since the day that the text names.
    EstimatedByLastCard,
    /// The list price, as nobody has told where the month stands on the volume steps.
    VolumeUnknown,
    Waived,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ReasonView {
    pub code: ReasonCode,
    /// What a person wrote, or the day of the change.
    pub text: String,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ShareView {
    pub from: String,
    pub days: u32,
    pub of: u32,
    /// The choice of the rule `proration` that it was worked out by.
    pub rule: String,
    pub full_price: MoneyView,
}
