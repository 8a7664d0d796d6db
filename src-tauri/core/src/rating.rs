//! Turns usage into amounts. Never looks at balances: an empty balance still owes.
//!
//! A row with a cost is charged at that cost, and rated beside it; a row without is charged at
//! the card's rate, over the volume steps that it crosses. What has no price is unrated, with its
//! reason, and never zero.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::currency::Currency;
use crate::error::Error;
use crate::money::{Money, Rounding};
use crate::period::Date;
use crate::price::{CardKind, Ladder, NoCard, PriceData, PriceItem, RateCard};
use crate::rule::{FreeServiceMessages, OutdatedCard};
use crate::usage::{Category, Place, PricingType};
use crate::volume::{Counted, PULSES_A_MINUTE, Slice, has_steps, split};

/// From this day Meta charges service messages (`reference` 3.3).
pub const SERVICE_CHARGED_FROM: Date = match NaiveDate::from_ymd_opt(2026, 10, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Free service messages of a number in a calendar month, from that day (`reference` C11).
pub const FREE_SERVICE_MESSAGES: u64 = 1_000;

/// What a row needs to be rated.
#[derive(Clone, Copy, Debug)]
pub struct Usage<'a> {
    pub day: Date,
    pub place: &'a Place,
    pub category: Category,
    pub pricing_type: PricingType,
    pub quantity: u64,
    pub cost: Option<Decimal>,
    /// How many of `quantity` the free allowance covers; see [`allowance`].
    pub free: u64,
    /// What the hub has chosen for days on which no card holds any more.
    pub outdated_card: OutdatedCard,
    /// What its portfolio's month had counted before it, where the card has volume steps.
    pub counted: Counted,
}

/// Why a row costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FreeReason {
    CustomerServiceWindow,
    FreeEntryPoint,
    /// Service messages before [`SERVICE_CHARGED_FROM`].
    ServiceIsFree,
    /// All of it is in the month's free service messages.
    Allowance,
}

/// Why a row has no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnratedReason {
    NoCard,
    /// Meta changed its prices, and the book has no card of the currency since.
    CardOutdated,
    MarketNotOnCard,
}

/// Why what the card charges is an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EstimateReason {
    /// The rate is the last card's; Meta has changed its prices since.
    OutdatedCard,
    /// The card has volume steps, and nobody has told how much the month had counted: the list
    /// price is charged.
    TierUnknown,
}

/// How the amount came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Rated,
    Reported,
    Free(FreeReason),
    Unrated(UnratedReason),
}

/// A row with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub outcome: Outcome,
    /// Meta's market; empty where the row names no place.
    pub market: String,
    /// The card and its rate, a message or a minute, where there is one rate.
    pub card: Option<i64>,
    pub rate: Option<Decimal>,
    /// Where the card has volume steps: what was counted before and, where that is known, the
    /// row's part of each step.
    pub counted: Option<Counted>,
    pub slices: Vec<Slice>,
    /// What the card charges, to six decimals.
    pub rated: Option<Money>,
    /// Set where `rated` is an estimate; a reported cost is charged as it is all the same.
    pub estimate: Option<EstimateReason>,
    /// What is charged, to six decimals; none where unrated.
    pub amount: Option<Money>,
}

/// Rates one row.
pub fn rate(usage: &Usage<'_>, currency: Currency, prices: &PriceData) -> Result<Rating, Error> {
    let by_card = rate_by_card(usage, currency, prices)?;
    let Some(cost) = usage.cost else {
        return Ok(by_card);
    };
    Ok(Rating {
        outcome: Outcome::Reported,
        rated: by_card.amount,
        amount: Some(Money::new(cost, currency)),
        ..by_card
    })
}

fn rate_by_card(
    usage: &Usage<'_>,
    currency: Currency,
    prices: &PriceData,
) -> Result<Rating, Error> {
    if let Some(reason) = free_reason(usage) {
        let market = market_on(usage.place, usage.day, prices);
        let zero = Some(Money::zero(currency));
        return Ok(Rating {
            rated: zero,
            amount: zero,
            ..without_price(Outcome::Free(reason), market)
        });
    }
    let unrated = |reason, market| without_price(Outcome::Unrated(reason), market);
    let (card, estimate) = match card_for(kind_of(usage.category), currency, usage, prices) {
        Ok(found) => found,
        Err(reason) => {
            return Ok(unrated(reason, market_on(usage.place, usage.day, prices)));
        }
    };
    let market = market_on_card(usage, card, prices);
    let Some(steps) = steps_of(usage.category, card, &market) else {
        return Ok(unrated(UnratedReason::MarketNotOnCard, market));
    };
    let list = steps.list_rate();
    let charged = usage.quantity.saturating_sub(usage.free);
    let counted = (steps.has_tiers() && has_steps(usage.category)).then_some(usage.counted);
    let (slices, rate, amount) = match counted {
        Some(Counted::Before(before)) => {
            let slices = split(steps, usage.category, before, charged);
            let rate = match slices.as_slice() {
                [] => Some(list),
                [one] => Some(one.rate),
                _ => None,
            };
            let amount = amount_of(usage.category, &slices, currency)?;
            (slices, rate, amount)
        }
        _ => {
            let whole = Slice {
                from: 1,
                quantity: charged,
                rate: list,
            };
            (
                Vec::new(),
                Some(list),
                amount_of(usage.category, &[whole], currency)?,
            )
        }
    };
    Ok(Rating {
        card: Some(card.id),
        rate,
        slices,
        counted,
        estimate: estimate
            .or((counted == Some(Counted::Unknown)).then_some(EstimateReason::TierUnknown)),
        rated: Some(amount),
        amount: Some(amount),
        ..without_price(Outcome::Rated, market)
    })
}

fn without_price(outcome: Outcome, market: String) -> Rating {
    Rating {
        outcome,
        market,
        card: None,
        rate: None,
        counted: None,
        slices: Vec::new(),
        estimate: None,
        rated: None,
        amount: None,
    }
}

fn kind_of(category: Category) -> CardKind {
    match category {
        Category::Call => CardKind::Calls,
        _ => CardKind::Messages,
    }
}

/// The market of a row on a card: a card's markets are those of Meta's list on the card's own day.
fn market_on_card(usage: &Usage<'_>, card: &RateCard, prices: &PriceData) -> String {
    market_on(
        usage.place,
        card.effective_from.unwrap_or(usage.day),
        prices,
    )
}

/// The rates of a category in a market on a card. None is no price, which is not zero.
pub fn steps_of<'a>(category: Category, card: &'a RateCard, market: &str) -> Option<&'a Ladder> {
    item_rates(category)
        .iter()
        .find_map(|item| card.ladder(*item, market))
}

/// The card that holds on the row's day; the last one, where it is outdated and the hub estimates.
fn card_for<'a>(
    kind: CardKind,
    currency: Currency,
    usage: &Usage<'_>,
    prices: &'a PriceData,
) -> Result<(&'a RateCard, Option<EstimateReason>), UnratedReason> {
    match prices.card_on(kind, currency, usage.day) {
        Ok(card) => Ok((card, None)),
        Err(NoCard::None) => Err(UnratedReason::NoCard),
        Err(NoCard::Outdated(_)) if usage.outdated_card == OutdatedCard::Unrated => {
            Err(UnratedReason::CardOutdated)
        }
        Err(NoCard::Outdated(_)) => prices
            .last_card(kind, currency, usage.day)
            .map(|card| (card, Some(EstimateReason::OutdatedCard)))
            .ok_or(UnratedReason::NoCard),
    }
}

fn free_reason(usage: &Usage<'_>) -> Option<FreeReason> {
    match (usage.pricing_type, usage.category) {
        (_, Category::Service) if usage.day < SERVICE_CHARGED_FROM => {
            Some(FreeReason::ServiceIsFree)
        }
        (PricingType::FreeCustomerService, _) => Some(FreeReason::CustomerServiceWindow),
        (PricingType::FreeEntryPoint, _) => Some(FreeReason::FreeEntryPoint),
        (PricingType::Regular, Category::Service)
            if usage.quantity > 0 && usage.free >= usage.quantity =>
        {
            Some(FreeReason::Allowance)
        }
        _ => None,
    }
}

/// The items whose price a category takes, first found first. Marketing lite has marketing's
/// price where a card does not name its own (*assumed*).
fn item_rates(category: Category) -> &'static [PriceItem] {
    match category {
        Category::Marketing => &[PriceItem::Message(Category::Marketing)],
        Category::MarketingLite => &[
            PriceItem::Message(Category::MarketingLite),
            PriceItem::Message(Category::Marketing),
        ],
        Category::Utility => &[PriceItem::Message(Category::Utility)],
        Category::Authentication => &[PriceItem::Message(Category::Authentication)],
        Category::AuthenticationInternational => {
            &[PriceItem::Message(Category::AuthenticationInternational)]
        }
        Category::Service => &[PriceItem::Message(Category::Service)],
        Category::Call => &[PriceItem::CallMinute],
    }
}

fn market_on(place: &Place, day: Date, prices: &PriceData) -> String {
    match place {
        Place::Country(country) => prices.markets.market_of(*country, day).to_owned(),
        Place::Market(market) => prices
            .markets
            .spelling_of(market)
            .unwrap_or(market)
            .to_owned(),
        Place::Unknown => String::new(),
    }
}

/// Each part at its rate, multiplied first; minutes divided last; rounded once, to six decimals.
fn amount_of(category: Category, slices: &[Slice], currency: Currency) -> Result<Money, Error> {
    let exact = slices
        .iter()
        .try_fold(Money::zero(currency), |sum, slice| {
            sum.checked_add(Money::new(slice.rate, currency).times(Decimal::from(slice.quantity))?)
        })?;
    let exact = match category {
        Category::Call => exact.times_fraction(1, PULSES_A_MINUTE)?,
        _ => exact,
    };
    Ok(exact.rounded(Rounding::ToMicros))
}

/// Whether a row moves its portfolio up the volume steps: only charged messages count.
pub fn counts_for_steps(
    category: Category,
    pricing_type: PricingType,
    cost: Option<Decimal>,
) -> bool {
    has_steps(category) && pricing_type == PricingType::Regular && cost.is_none_or(|c| !c.is_zero())
}

/// Whether a row takes from the free service messages of its number and month.
pub fn takes_from_allowance(
    category: Category,
    pricing_type: PricingType,
    day: Date,
    cost: Option<Decimal>,
) -> bool {
    category == Category::Service
        && pricing_type == PricingType::Regular
        && day >= SERVICE_CHARGED_FROM
        && cost.is_none_or(|c| c.is_zero())
}

/// Deals the month's free service messages to the rows of one number, in the order given: by
/// day, and within a day by market name (*assumed*).
pub fn allowance(quantities: impl IntoIterator<Item = u64>) -> impl Iterator<Item = u64> {
    quantities
        .into_iter()
        .scan(FREE_SERVICE_MESSAGES, |left, quantity| {
            let free = quantity.min(*left);
            *left -= free;
            Some(free)
        })
}

/// A row of a month, with what orders it among the others.
#[derive(Clone, Copy, Debug)]
pub struct MonthRow<'a> {
    pub client: &'a str,
    pub channel: &'a str,
    /// Its place and its own id: settles an order between rows that are else alike.
    pub id: &'a str,
    /// The day of the usage; another than `usage.day` where it is priced as of another day.
    pub day: Date,
    pub usage: Usage<'a>,
}

/// Rates a month's rows together: deals the free service messages of each channel and counts each
/// client's way up the volume steps, by day, market and channel (*assumed*), whatever the order of
/// the rows. `start` tells what a client's month had counted in a market and category before the
/// book's own rows. Ratings come back in the order of the rows.
pub fn rate_month(
    rows: &[MonthRow<'_>],
    currency: Currency,
    prices: &PriceData,
    free_messages: FreeServiceMessages,
    start: impl Fn(&str, &str, Category) -> Counted,
) -> Result<Vec<Rating>, Error> {
    let mut order = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let plain = rate_by_card(&row.usage, currency, prices)?;
        order.push((row.day, plain.market, row.channel, row.id, at));
    }
    order.sort();
    let mut left: HashMap<&str, u64> = HashMap::new();
    let mut counted: HashMap<(&str, &str, Category), Counted> = HashMap::new();
    let mut ratings: Vec<Option<Rating>> = vec![None; rows.len()];
    for (_, market, _, _, at) in &order {
        let (Some(row), Some(slot)) = (rows.get(*at), ratings.get_mut(*at)) else {
            continue;
        };
        let mut usage = row.usage;
        let (category, pricing) = (usage.category, usage.pricing_type);
        if free_messages == FreeServiceMessages::On
            && takes_from_allowance(category, pricing, usage.day, usage.cost)
        {
            let left = left.entry(row.channel).or_insert(FREE_SERVICE_MESSAGES);
            usage.free = usage.quantity.min(*left);
            *left -= usage.free;
        }
        let before = counted
            .entry((row.client, market.as_str(), category))
            .or_insert_with(|| start(row.client, market, category));
        usage.counted = *before;
        if let Counted::Before(units) = before
            && counts_for_steps(category, pricing, usage.cost)
        {
            *units = units.saturating_add(usage.quantity);
        }
        *slot = Some(rate(&usage, currency, prices)?);
    }
    Ok(ratings.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::Country;
    use crate::money::plain_text;
    use crate::period::parse_date;
    use crate::price::{MarketMap, PriceChange, RateCard};

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn prices() -> PriceData {
        let dec = |text| Decimal::from_str_exact(text).unwrap();
        let card = |id, kind, currency, from| {
            RateCard::new(
                id,
                kind,
                currency,
                Some(day(from)),
                "card".into(),
                String::new(),
            )
        };
        let message = PriceItem::Message;
        let mut old = card(1, CardKind::Messages, Currency::Eur, "2026-01-01");
        old.put(message(Category::Marketing), "Germany", 1, dec("0.1131"));
        old.put(
            message(Category::Marketing),
            "Rest of Western Europe",
            1,
            dec("0.0490"),
        );
        let mut new = card(2, CardKind::Messages, Currency::Eur, "2026-04-01");
        new.put(message(Category::Marketing), "Germany", 1, dec("0.1200"));
        let mut october = card(4, CardKind::Messages, Currency::Usd, "2026-10-01");
        october.put(message(Category::Service), "Germany", 1, dec("0.0550"));
        let mut calls = card(3, CardKind::Calls, Currency::Usd, "2025-08-01");
        calls.put(PriceItem::CallMinute, "Germany", 1, dec("0.0103"));
        let mut markets = MarketMap::default();
        for (from, market) in [
            ("2025-07-01", "Rest of Western Europe"),
            ("2026-04-01", "Austria"),
        ] {
            markets.put(day(from), Country::parse("DE").unwrap(), "Germany");
            markets.put(day(from), Country::parse("AT").unwrap(), market);
        }
        let changes = vec![PriceChange {
            kind: CardKind::Messages,
            on: day("2026-10-01"),
        }];
        PriceData::new(vec![old, new, calls, october], markets, changes)
    }

    fn rated(
        on: &str,
        country: &str,
        category: &str,
        quantity: u64,
        cost: Option<&str>,
        currency: Currency,
    ) -> String {
        rated_as(
            on,
            country,
            category,
            quantity,
            (cost, currency, OutdatedCard::Unrated),
        )
    }

    fn rated_as(
        on: &str,
        country: &str,
        category: &str,
        quantity: u64,
        (cost, currency, outdated_card): (Option<&str>, Currency, OutdatedCard),
    ) -> String {
        let place = Place::Country(Country::parse(country).unwrap());
        let usage = Usage {
            day: day(on),
            place: &place,
            category: Category::parse(category).unwrap(),
            pricing_type: PricingType::Regular,
            quantity,
            cost: cost.map(|c| Decimal::from_str_exact(c).unwrap()),
            free: 0,
            outdated_card,
            counted: Counted::Unknown,
        };
        let rating = rate(&usage, currency, &prices()).unwrap();
        let estimate = if rating.estimate.is_some() {
            " estimated"
        } else {
            ""
        };
        match rating.outcome {
            Outcome::Unrated(reason) => format!("{reason:?}"),
            Outcome::Free(reason) => format!("free: {reason:?}"),
            _ => plain_text(rating.amount.unwrap().amount()) + estimate,
        }
    }

    #[test]
    fn a_message_is_charged_at_the_price_valid_on_its_day() {
        use Currency::{Eur, Usd};
        for (on, country, category, quantity, cost, currency, expected) in [
            ("2026-03-31", "DE", "marketing", 10, None, Eur, "1.131"),
            ("2026-04-01", "DE", "marketing", 10, None, Eur, "1.20"),
            ("2026-03-31", "DE", "marketing_lite", 10, None, Eur, "1.131"),
            ("2025-12-31", "DE", "marketing", 10, None, Eur, "NoCard"),
            // Austria has its own market from April, and the April card does not price it.
            ("2026-03-31", "AT", "marketing", 2, None, Eur, "0.098"),
            (
                "2026-04-01",
                "AT",
                "marketing",
                2,
                None,
                Eur,
                "MarketNotOnCard",
            ),
            // Meta changed its prices on 1 October; the euro card is of April.
            (
                "2026-10-01",
                "DE",
                "marketing",
                10,
                None,
                Eur,
                "CardOutdated",
            ),
            (
                "2026-10-01",
                "DE",
                "marketing",
                10,
                Some("1.5"),
                Eur,
                "1.50",
            ),
            // 46 pulses are 4.6 minutes: 4.6 × 0.0103.
            ("2026-08-27", "DE", "call", 46, None, Usd, "0.04738"),
            ("2026-08-27", "DE", "call", 46, None, Eur, "NoCard"),
            (
                "2026-09-30",
                "DE",
                "service",
                5,
                None,
                Usd,
                "free: ServiceIsFree",
            ),
            ("2026-10-01", "DE", "service", 5, None, Usd, "0.275"),
        ] {
            assert_eq!(
                rated(on, country, category, quantity, cost, currency),
                expected,
                "{on} {country} {category}"
            );
        }
    }

    #[test]
    fn the_last_card_is_an_estimate_only_where_it_is_outdated_and_the_hub_has_chosen_so() {
        use Currency::{Eur, Usd};
        for (on, country, category, cost, currency, expected) in [
            ("2026-09-30", "DE", "marketing", None, Eur, "1.20"),
            ("2026-10-01", "DE", "marketing", None, Eur, "1.20 estimated"),
            (
                "2026-10-01",
                "DE",
                "marketing",
                Some("1.5"),
                Eur,
                "1.50 estimated",
            ),
            // What the last card lacks has no price to estimate from.
            (
                "2026-10-01",
                "AT",
                "marketing",
                None,
                Eur,
                "MarketNotOnCard",
            ),
            ("2026-10-01", "DE", "call", None, Eur, "NoCard"),
            ("2025-12-31", "DE", "marketing", None, Eur, "NoCard"),
            ("2026-10-01", "DE", "service", None, Usd, "0.55"),
        ] {
            assert_eq!(
                rated_as(
                    on,
                    country,
                    category,
                    10,
                    (cost, currency, OutdatedCard::Estimate)
                ),
                expected,
                "{on} {country} {category}"
            );
        }
    }

    #[test]
    fn a_reported_cost_is_charged_and_the_card_stands_beside_it() {
        let place = Place::Country(Country::parse("DE").unwrap());
        let usage = Usage {
            day: day("2026-04-02"),
            place: &place,
            category: Category::Marketing,
            pricing_type: PricingType::Regular,
            quantity: 100,
            cost: Some(Decimal::from(11)),
            free: 0,
            outdated_card: OutdatedCard::Unrated,
            counted: Counted::Unknown,
        };
        let rating = rate(&usage, Currency::Eur, &prices()).unwrap();
        assert_eq!(rating.outcome, Outcome::Reported);
        assert_eq!(
            (
                rating.amount.unwrap().to_string(),
                rating.rated.unwrap().to_string()
            ),
            ("11.00 EUR".into(), "12.00 EUR".into())
        );
    }

    #[test]
    fn free_service_messages_are_dealt_in_order_until_none_is_left() {
        assert_eq!(
            allowance([400, 0, 700, 5]).collect::<Vec<_>>(),
            [400, 0, 600, 0]
        );
    }
}
