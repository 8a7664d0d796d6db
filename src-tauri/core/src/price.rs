//! What 360Dialog and Meta charge: dated rate cards, the map from countries to Meta's markets,
//! and which card holds on a day. Prices are data; the rules for reading them are here.
//!
//! A card is whole: from its day it replaces the one before, and a market missing on it has no
//! price. It ends where the next card of its currency begins, or on a day at which Meta is known
//! to have changed its prices and the book has no card of this currency (`formats`, "Which price holds").

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use rust_decimal::Decimal;

use crate::channel::Tier;
use crate::country::Country;
use crate::currency::Currency;
use crate::hub::PartnerPlan;
use crate::period::Date;
use crate::usage::Category;

/// The market of everything that Meta does not list.
pub const OTHER_MARKET: &str = "Other";

/// The market that 360Dialog's own fees stand under.
pub const GLOBAL_MARKET: &str = "global";

/// One thing that has a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PriceItem {
    /// A delivered message of a category. Never `Call`.
    Message(Category),
    /// A minute of a call that the business started.
    CallMinute,
    /// A month of a partner plan.
    Plan(PartnerPlan),
    /// A month of a channel subscription (licence), at the price for partners' channels.
    Licence(Tier),
    /// The same at the public list price; kept for reading, charged to nobody here.
    PublicLicence(Tier),
    /// One support escalation above those of the plan.
    Escalation,
    /// The card fee, as a fraction of its base.
    CardFee,
}

impl PriceItem {
    /// All of them with their names in price files.
    const NAMES: [(Self, &'static str); 17] = [
        (Self::Message(Category::Marketing), "marketing"),
        (Self::Message(Category::MarketingLite), "marketing_lite"),
        (Self::Message(Category::Utility), "utility"),
        (Self::Message(Category::Authentication), "authentication"),
        (
            Self::Message(Category::AuthenticationInternational),
            "authentication_international",
        ),
        (Self::Message(Category::Service), "service"),
        (Self::CallMinute, "call_business_initiated_per_minute"),
        (
            Self::Plan(PartnerPlan::Growth),
            "partner_plan_growth_per_month",
        ),
        (
            Self::Plan(PartnerPlan::Premium),
            "partner_plan_premium_per_month",
        ),
        (
            Self::Licence(Tier::Regular),
            "channel_licence_regular_partner_per_month",
        ),
        (
            Self::Licence(Tier::Premium),
            "channel_licence_premium_partner_per_month",
        ),
        (
            Self::Licence(Tier::HigherThroughput),
            "channel_licence_higher_throughput_partner_per_month",
        ),
        (
            Self::PublicLicence(Tier::Regular),
            "channel_licence_regular_public_list_per_month",
        ),
        (
            Self::PublicLicence(Tier::Premium),
            "channel_licence_premium_public_list_per_month",
        ),
        (
            Self::PublicLicence(Tier::HigherThroughput),
            "channel_licence_higher_throughput_public_list_per_month",
        ),
        (Self::Escalation, "support_escalation_extra_each"),
        (Self::CardFee, "card_processing_fee_fraction"),
    ];

    /// Its name in price files.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(item, _)| *item == self)
            .map_or("", |(_, name)| name)
    }

    /// Reads a name of price files, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = text.trim().to_ascii_lowercase();
        Self::NAMES
            .iter()
            .find(|(_, name)| *name == wanted)
            .map(|(item, _)| *item)
    }

    /// Which kind of card it stands on.
    pub fn card_kind(self) -> CardKind {
        match self {
            Self::Message(_) => CardKind::Messages,
            Self::CallMinute => CardKind::Calls,
            _ => CardKind::Fees,
        }
    }
}

/// Cards of one kind follow each other; cards of two kinds stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CardKind {
    Messages,
    Calls,
    Fees,
}

/// One line of a price file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRow {
    /// None: every day (*assumed*; 360Dialog publishes no day for its fees).
    pub effective_from: Option<Date>,
    pub currency: Currency,
    pub market: String,
    pub item: PriceItem,
    /// The first message or minute of the month that the rate holds for, from 1.
    pub tier_from: u64,
    /// Currency units per message, minute or month; at most six decimals.
    pub rate: Decimal,
}

/// The rates of one thing in one market, slice by slice. It is never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// By each slice's first message or minute of the month, from 1.
    slices: BTreeMap<u64, Decimal>,
}

impl Ladder {
    /// The list price: the rate of the first slice, before any tier.
    pub fn list_rate(&self) -> Decimal {
        self.slices
            .first_key_value()
            .map_or(Decimal::ZERO, |(_, rate)| *rate)
    }

    /// First unit and rate of each slice, lowest first. A slice ends where the next begins; the
    /// last has no end.
    pub fn slices(&self) -> impl Iterator<Item = (u64, Decimal)> + '_ {
        self.slices.iter().map(|(from, rate)| (*from, *rate))
    }

    /// Whether the rate changes with the month's volume.
    pub fn has_tiers(&self) -> bool {
        self.slices.len() > 1
    }
}

/// A rate card as the book keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateCard {
    /// The book's own number of the card.
    pub id: i64,
    pub kind: CardKind,
    pub currency: Currency,
    /// None: every day.
    pub effective_from: Option<Date>,
    /// What it is called on screens: `Meta messages EUR`.
    pub name: String,
    /// Where it comes from, in words.
    pub source: String,
    rates: HashMap<PriceItem, HashMap<String, Ladder>>,
}

impl RateCard {
    /// A card without rates yet.
    pub fn new(
        id: i64,
        kind: CardKind,
        currency: Currency,
        effective_from: Option<Date>,
        name: String,
        source: String,
    ) -> Self {
        Self {
            id,
            kind,
            currency,
            effective_from,
            name,
            source,
            rates: HashMap::new(),
        }
    }

    /// Puts a rate on the card. Two rates for one slice: the first stays and `false` comes back.
    pub fn put(&mut self, item: PriceItem, market: &str, tier_from: u64, rate: Decimal) -> bool {
        let ladder = self
            .rates
            .entry(item)
            .or_default()
            .entry(market.to_owned())
            .or_insert_with(|| Ladder {
                slices: BTreeMap::new(),
            });
        match ladder.slices.entry(tier_from) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(rate);
                true
            }
            std::collections::btree_map::Entry::Occupied(_) => false,
        }
    }

    /// Whether any price of the card is for the market.
    pub fn has_market(&self, market: &str) -> bool {
        self.rates
            .values()
            .any(|markets| markets.contains_key(market))
    }

    /// The rates of an item in a market. None is no price, which is not zero.
    pub fn ladder(&self, item: PriceItem, market: &str) -> Option<&Ladder> {
        self.rates.get(&item)?.get(market)
    }

    /// The list price of an item in a market. None is no price, which is not zero.
    pub fn list_rate(&self, item: PriceItem, market: &str) -> Option<Decimal> {
        self.ladder(item, market).map(Ladder::list_rate)
    }
}

/// Which market a country belongs to, by version of Meta's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarketMap {
    versions: BTreeMap<Date, HashMap<Country, String>>,
}

impl MarketMap {
    /// Adds a country to a version.
    pub fn put(&mut self, effective_from: Date, country: Country, market: &str) {
        self.versions
            .entry(effective_from)
            .or_default()
            .insert(country, market.to_owned());
    }

    /// The market of a country on the list in force on a day; `Other` where the list lacks it.
    /// Days before the first list use the first.
    pub fn market_of(&self, country: Country, on: Date) -> &str {
        let version = self
            .versions
            .range(..=on)
            .next_back()
            .or_else(|| self.versions.first_key_value());
        version
            .and_then(|(_, list)| list.get(&country))
            .map_or(OTHER_MARKET, String::as_str)
    }

    /// Whether any version names the market, in any case of letters; gives its own spelling.
    pub fn spelling_of(&self, market: &str) -> Option<&str> {
        if market.eq_ignore_ascii_case(OTHER_MARKET) {
            return Some(OTHER_MARKET);
        }
        self.versions
            .values()
            .flat_map(HashMap::values)
            .find(|m| m.eq_ignore_ascii_case(market))
            .map(String::as_str)
    }
}

/// All cards of a book, the market map, and the days on which Meta changed its prices.
#[derive(Clone, Debug, Default)]
pub struct PriceData {
    cards: Vec<RateCard>,
    pub markets: MarketMap,
    changes: Vec<PriceChange>,
}

/// A day from which cards of a kind with an earlier day no longer hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceChange {
    pub kind: CardKind,
    pub on: Date,
}

/// Why no card holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCard {
    /// The currency has no card of that kind that early, or none at all.
    None,
    /// Meta changed its prices on this day, and the book has no card of the currency since.
    Outdated(Date),
}

impl PriceData {
    pub fn new(cards: Vec<RateCard>, markets: MarketMap, changes: Vec<PriceChange>) -> Self {
        Self {
            cards,
            markets,
            changes,
        }
    }

    pub fn cards(&self) -> &[RateCard] {
        &self.cards
    }

    pub fn card(&self, id: i64) -> Option<&RateCard> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// The newest card of a kind and currency, whether it still holds or not.
    pub fn newest(&self, kind: CardKind, currency: Currency) -> Option<&RateCard> {
        self.cards
            .iter()
            .filter(|c| c.kind == kind && c.currency == currency)
            .max_by_key(|c| c.effective_from)
    }

    /// The last day on which prices of a kind are known to have changed.
    pub fn last_change(&self, kind: CardKind) -> Option<Date> {
        self.changes
            .iter()
            .filter(|c| c.kind == kind)
            .map(|c| c.on)
            .max()
    }

    /// The card that holds on a day.
    pub fn card_on(
        &self,
        kind: CardKind,
        currency: Currency,
        day: Date,
    ) -> Result<&RateCard, NoCard> {
        let card = self.last_card(kind, currency, day).ok_or(NoCard::None)?;
        match (card.effective_from, self.change_up_to(kind, day)) {
            (Some(from), Some(changed)) if from < changed => Err(NoCard::Outdated(changed)),
            _ => Ok(card),
        }
    }

    /// The last card up to a day, though it may hold no longer: what an estimate goes by.
    pub fn last_card(&self, kind: CardKind, currency: Currency, day: Date) -> Option<&RateCard> {
        self.cards
            .iter()
            .filter(|c| {
                c.kind == kind
                    && c.currency == currency
                    && c.effective_from.is_none_or(|from| from <= day)
            })
            .max_by_key(|c| c.effective_from)
    }

    fn change_up_to(&self, kind: CardKind, day: Date) -> Option<Date> {
        self.changes
            .iter()
            .filter(|c| c.kind == kind && c.on <= day)
            .map(|c| c.on)
            .max()
    }
}

impl fmt::Display for CardKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Messages => "messages",
            Self::Calls => "calls",
            Self::Fees => "fees",
        })
    }
}
