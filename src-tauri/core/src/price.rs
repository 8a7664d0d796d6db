//! What 360Dialog and Meta charge: dated rate cards, the map from countries to Meta's markets,
//! and which card holds on a day. Prices are data; the rules for reading them are here.
//!
//! A card is whole: from its day it replaces the one before, and a market missing on it has no
//! price. It ends where the next card of its currency begins, or on a day at which Meta is known
//! to have changed its prices and the book has no card of this currency (`formats`, "Which price holds").

use std::collections::BTreeMap;
use std::fmt;

use foldhash::HashMap;
use rust_decimal::Decimal;

use crate::channel::Tier;
use crate::currency::Currency;
use crate::hub::PartnerPlan;
use crate::period::Date;
use crate::usage::Category;

pub use crate::market::{MarketMap, OTHER_MARKET};

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
    /// Volume tiers of messages. They come in a file of their own, and join the message card of
    /// their day: see [`PriceData::new`].
    Tiers,
}

/// How far the app's own figures are to be trusted (`reference` 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trust {
    High,
    MediumHigh,
    Medium,
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
    /// False where another card of its kind, currency and day was chosen in its place.
    pub holds: bool,
    /// The card of volume tiers that has joined it.
    pub tiers: Option<i64>,
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
            holds: true,
            tiers: None,
            rates: HashMap::default(),
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

    /// All ladders, by market and item.
    pub fn ladders(&self) -> BTreeMap<(&str, PriceItem), &Ladder> {
        let markets = self.rates.iter();
        markets
            .flat_map(|(item, markets)| {
                let named = markets.iter();
                named.map(|(market, ladder)| ((market.as_str(), *item), ladder))
            })
            .collect()
    }

    /// Takes over the tiers of a card of tiers, market by market and category by category, where
    /// the list price that they begin with is this card's. Others are tiers of another price list.
    fn join(&mut self, tiers: &Self) {
        for (item, markets) in &tiers.rates {
            for (market, ladder) in markets {
                if self.list_rate(*item, market) == Some(ladder.list_rate()) {
                    for (from, rate) in ladder.slices() {
                        self.put(*item, market, from, rate);
                    }
                }
            }
        }
        self.tiers = Some(tiers.id);
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
    /// Puts the cards together. Tiers that hold join the message card that holds on their day; a
    /// card of messages stays as it came, so that either can be replaced without the other.
    pub fn new(mut cards: Vec<RateCard>, markets: MarketMap, changes: Vec<PriceChange>) -> Self {
        let (tiers, lists): (Vec<_>, Vec<_>) = cards
            .drain(..)
            .partition(|card| card.kind == CardKind::Tiers);
        cards = lists;
        for card in tiers.iter().filter(|card| card.holds) {
            let joined = cards.iter_mut().filter(|list| {
                list.kind == CardKind::Messages
                    && list.currency == card.currency
                    && list.effective_from == card.effective_from
            });
            joined.for_each(|list| list.join(card));
        }
        cards.extend(tiers);
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
            .filter(|c| c.holds && c.kind == kind && c.currency == currency)
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
                c.holds
                    && c.kind == kind
                    && c.currency == currency
                    && c.effective_from.is_none_or(|from| from <= day)
            })
            .max_by_key(|c| c.effective_from)
    }

    /// The last day that a card's prices hold; none where no later card or change is known.
    pub fn until(&self, card: &RateCard) -> Option<Date> {
        let later_cards = self
            .cards
            .iter()
            .filter(|c| c.holds && c.kind == card.kind && c.currency == card.currency)
            .filter_map(|c| c.effective_from);
        let changed = self.changes.iter();
        // Meta publishes tiers with the prices of messages, and replaces them with these.
        let kind = if card.kind == CardKind::Tiers {
            CardKind::Messages
        } else {
            card.kind
        };
        let changes = changed.filter(|c| c.kind == kind).map(|c| c.on);
        let begins = card.effective_from;
        later_cards
            .chain(changes)
            .filter(|day| begins.is_none_or(|from| *day > from))
            .min()
            .and_then(|day| day.pred_opt())
    }

    fn change_up_to(&self, kind: CardKind, day: Date) -> Option<Date> {
        self.changes
            .iter()
            .filter(|c| c.kind == kind && c.on <= day)
            .map(|c| c.on)
            .max()
    }
}

/// One price on two cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceDifference {
    pub market: String,
    pub item: PriceItem,
    pub tier_from: u64,
    /// None: the card has no such price.
    pub old: Option<Decimal>,
    pub new: Option<Decimal>,
    /// (new − old) ÷ old × 100, to one decimal; none where there is nothing to divide by.
    pub per_cent: Option<Decimal>,
}

/// What stands otherwise on two cards, by market and item. Whether a price is a slice of tiers on
/// one of them only is a difference too.
pub fn differences(old: &RateCard, new: &RateCard) -> Vec<PriceDifference> {
    let of = |card: &RateCard| -> BTreeMap<(String, PriceItem, u64), Decimal> {
        let ladders = card.ladders().into_iter();
        ladders
            .flat_map(|((market, item), ladder)| {
                let slices: Vec<_> = ladder.slices().collect();
                let named = slices.into_iter();
                named.map(move |(from, rate)| ((market.to_owned(), item, from), rate))
            })
            .collect()
    };
    let (before, after) = (of(old), of(new));
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let (old, new) = (before.get(key).copied(), after.get(key).copied());
            (old != new).then(|| PriceDifference {
                market: key.0.clone(),
                item: key.1,
                tier_from: key.2,
                old,
                new,
                per_cent: old.zip(new).and_then(|(old, new)| per_cent(old, new)),
            })
        })
        .collect()
}

fn per_cent(old: Decimal, new: Decimal) -> Option<Decimal> {
    let change = new.checked_sub(old)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let exact = change.checked_div(old)?;
    Some(exact.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
}

impl fmt::Display for CardKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Messages => "messages",
            Self::Calls => "calls",
            Self::Fees => "fees",
            Self::Tiers => "tiers",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::parse_date;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    /// A card from lines `market item slice rate`, with `_` for blanks.
    fn card(id: i64, kind: CardKind, from: &str, lines: &str) -> RateCard {
        let mut card = RateCard::new(
            id,
            kind,
            Currency::Eur,
            (from != "-").then(|| day(from)),
            format!("card {id}"),
            String::new(),
        );
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let [market, item, slice, rate] = cells.as_slice() else {
                panic!("{line}");
            };
            let item = PriceItem::parse(item).unwrap();
            let rate = Decimal::from_str_exact(rate).unwrap();
            card.put(
                item,
                &market.replace('_', " "),
                slice.parse().unwrap(),
                rate,
            );
        }
        card
    }

    fn data(cards: Vec<RateCard>, changes: &[&str]) -> PriceData {
        let changes = changes.iter().map(|on| PriceChange {
            kind: CardKind::Messages,
            on: day(on),
        });
        PriceData::new(cards, MarketMap::default(), changes.collect())
    }

    #[test]
    fn the_card_of_the_day_holds_over_the_ends_of_quarters() {
        use CardKind::Messages;
        let mut rival = card(4, Messages, "2027-01-01", "");
        rival.holds = false;
        let prices = data(
            vec![
                card(1, Messages, "2026-04-01", ""),
                card(2, Messages, "2026-07-01", ""),
                card(3, Messages, "2027-01-01", ""),
                rival,
            ],
            &["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"],
        );
        for (on, found) in [
            ("2026-03-31", Err(NoCard::None)),
            ("2026-04-01", Ok(1)),
            ("2026-06-30", Ok(1)),
            ("2026-07-01", Ok(2)),
            ("2026-09-30", Ok(2)),
            ("2026-10-01", Err(NoCard::Outdated(day("2026-10-01")))),
            ("2026-12-31", Err(NoCard::Outdated(day("2026-10-01")))),
            ("2027-01-01", Ok(3)),
            ("2027-02-28", Ok(3)),
            ("2028-02-29", Ok(3)),
        ] {
            let card = prices.card_on(Messages, Currency::Eur, day(on));
            assert_eq!(card.map(|c| c.id), found, "{on}");
        }
        for (id, until) in [(1, "2026-06-30"), (2, "2026-09-30"), (3, "")] {
            let card = prices.card(id).unwrap();
            let told = prices.until(card).map(|on| on.to_string());
            assert_eq!(told.unwrap_or_default(), until, "card {id}");
        }
    }

    #[test]
    fn tiers_join_the_card_of_their_day_where_they_begin_with_its_list_price() {
        let list = "
            Rest_of_Africa utility        1 0.0040
            Rest_of_Africa authentication 1 0.0041
            Germany        utility        1 0.0456";
        let ladder = "
            Rest_of_Africa utility        1      0.0040
            Rest_of_Africa utility        100001 0.0038
            Rest_of_Africa authentication 1      0.0040
            Rest_of_Africa authentication 100001 0.0038
            Spain          utility        1      0.0166
            Spain          utility        100001 0.0160";
        let slices = |prices: &PriceData, id, item, market| -> String {
            let card = prices.card(id).unwrap();
            let ladder = card.ladder(PriceItem::parse(item).unwrap(), market);
            let told = ladder.into_iter().flat_map(Ladder::slices);
            told.map(|(from, rate)| format!("{from}: {rate}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut refused = card(3, CardKind::Tiers, "2026-07-01", ladder);
        refused.holds = false;
        for (tiers, expected) in [
            (
                card(3, CardKind::Tiers, "2026-07-01", ladder),
                "1: 0.0040, 100001: 0.0038",
            ),
            (card(3, CardKind::Tiers, "2026-10-01", ladder), "1: 0.0040"),
            (refused, "1: 0.0040"),
        ] {
            // In whatever order they were brought in.
            let prices = data(
                vec![tiers, card(1, CardKind::Messages, "2026-07-01", list)],
                &[],
            );
            let joined = slices(&prices, 1, "utility", "Rest of Africa");
            assert_eq!(joined, expected);
            // Another list price, and a market that the card lacks.
            let other = slices(&prices, 1, "authentication", "Rest of Africa");
            assert_eq!(other, "1: 0.0041");
            assert_eq!(slices(&prices, 1, "utility", "Spain"), "");
        }
    }

    #[test]
    fn two_cards_are_told_apart_price_by_price() {
        let old = card(
            1,
            CardKind::Messages,
            "2026-07-01",
            "
            Germany marketing 1      0.1000
            Germany utility   1      0.0300
            Italy   utility   1      0.0300
            Mexico  marketing 1      0.0305
            Nepal   utility   1      0
            Peru    utility   1      0.0200",
        );
        let new = card(
            2,
            CardKind::Messages,
            "2026-10-01",
            "
            Germany marketing 1      0.1000
            Germany utility   1      0.0200
            Germany utility   100001 0.0190
            Mexico  marketing 1      0.0397
            Nepal   utility   1      0.0100
            Peru    utility   1      0.0300",
        );
        let text = |rate: Option<Decimal>| rate.map_or("-".to_owned(), |r| r.to_string());
        let told: Vec<String> = differences(&old, &new)
            .iter()
            .map(|d| {
                let (old, new, change) = (text(d.old), text(d.new), text(d.per_cent));
                format!(
                    "{} {} {} {old} {new} {change}",
                    d.market,
                    d.item.name(),
                    d.tier_from
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                // −0.0100 ÷ 0.0300 is −33.33… %
                "Germany utility 1 0.0300 0.0200 -33.3",
                "Germany utility 100001 - 0.0190 -",
                "Italy utility 1 0.0300 - -",
                // 0.0092 ÷ 0.0305 is 30.16… %
                "Mexico marketing 1 0.0305 0.0397 30.2",
                "Nepal utility 1 0 0.0100 -",
                "Peru utility 1 0.0200 0.0300 50",
            ]
        );
        assert_eq!(differences(&old, &old), []);
    }
}
