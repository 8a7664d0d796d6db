//! Price cards and their rates.

use serde::Serialize;
use specta::Type;

use super::ProblemView;
use crate::said::SourceWord;
use crate::word::{CurrencyWord, TrustWord};

/// What a price file would do, or did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PricesView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    pub cards: Vec<CardView>,
    /// Cards that hold for the same day with other prices: both are kept, and these hold until
    /// another is chosen.
    pub conflicts: Vec<CardView>,
    /// Cards of the book that say the same already.
    pub known: Vec<CardView>,
    /// What each new card says otherwise than the one that holds on its day, or the last before it.
    pub changes: Vec<CardDiffView>,
    pub unknown_columns: Vec<String>,
    /// Unrated charges that got a price by it.
    pub rated: u32,
    /// Charges of open months that have another price by the new card.
    pub changed: u32,
    pub still_unrated: u32,
    pub problems: u32,
    pub problem_rows: Vec<ProblemView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct CardView {
    pub id: u32,
    /// `messages`, `calls`, `fees` or `tiers`.
    pub kind: String,
    pub currency: CurrencyWord,
    pub effective_from: Option<String>,
    /// The last day that its prices hold; none where no later card or change is known.
    pub until: Option<String>,
    pub name: String,
    pub source: String,
    /// Where the app's own figures come from.
    pub source_word: Option<SourceWord>,
    /// How far the app's own figures are to be trusted; none for cards that were brought in.
    pub trust: Option<TrustWord>,
    pub rates: u32,
    pub markets: u32,
    /// Holds today.
    pub in_force: bool,
    pub shipped: bool,
    /// Other cards of its kind, currency and day.
    pub rivals: u32,
    /// Whether it is the one that holds among them.
    pub chosen: bool,
    /// When a person last chose it.
    pub chosen_at: Option<String>,
}

/// What a price card is named by.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CardNameView {
    /// `messages`, `calls`, `fees` or `tiers`.
    pub kind: String,
    pub currency: CurrencyWord,
    pub effective_from: Option<String>,
}

/// One price of a card.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RateView {
    pub market: String,
    pub item: String,
    pub tier_from: String,
    pub rate: String,
}

/// The cards of a book, and the currencies that have none for messages any more.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CardsView {
    pub cards: Vec<CardView>,
    pub missing: Vec<MissingCardView>,
}

/// What is otherwise on two cards.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CardDiffView {
    pub old: CardView,
    pub new: CardView,
    /// By market and item; what is the same on both is left out.
    pub rows: Vec<RateChangeView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct RateChangeView {
    pub market: String,
    pub item: String,
    pub tier_from: String,
    /// None: the card has no such price.
    pub old: Option<String>,
    pub new: Option<String>,
    /// Of the old price, to one decimal.
    pub per_cent: Option<String>,
}

/// A currency whose messages have no card since Meta changed its prices.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MissingCardView {
    pub currency: CurrencyWord,
    pub since: String,
    pub hubs: Vec<MissingCardHubView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct MissingCardHubView {
    pub hub: String,
    pub name: String,
    /// Whether its charges are estimated from the last card.
    pub estimates: bool,
    /// The first open month that the choice can hold from.
    pub from: String,
}

/// A card that was chosen, and what that did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChosenCardView {
    pub card: CardView,
    pub rated: u32,
    pub changed: u32,
}
