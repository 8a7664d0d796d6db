//! What a month would have cost under another card: the same usage, priced as of days on which
//! that card held.

use crate::period::Date;
use crate::price::{PriceData, RateCard};

/// Prices in which one card holds on every day that is asked for.
#[derive(Clone, Debug)]
pub struct AsIfHeld {
    pub prices: PriceData,
    /// The days on which the card held, first and last; none for every day, or without an end.
    from: Option<Date>,
    until: Option<Date>,
}

impl AsIfHeld {
    /// Only this card of its kind and currency is left; cards of other kinds stay as they are.
    pub fn of(card: &RateCard, prices: &PriceData) -> Self {
        let is_same = |other: &RateCard| other.kind == card.kind && other.currency == card.currency;
        let following = prices
            .cards()
            .iter()
            .filter(|other| is_same(other))
            .filter_map(|other| other.effective_from);
        let changed = prices.last_change(card.kind);
        let ends = following
            .chain(changed)
            .filter(|day| card.effective_from.is_some_and(|from| *day > from))
            .min();
        let cards = prices
            .cards()
            .iter()
            .filter(|other| !is_same(other) || other.id == card.id)
            .cloned()
            .collect();
        Self {
            prices: PriceData::new(cards, prices.markets.clone(), Vec::new()),
            from: card.effective_from,
            until: ends.and_then(|day| day.pred_opt()),
        }
    }

    /// The day as of which usage of a day is priced: the nearest on which the card held. So the
    /// rules of its time hold with it, such as what service messages cost.
    pub fn day(&self, day: Date) -> Date {
        let day = self.from.map_or(day, |from| day.max(from));
        self.until.map_or(day, |until| day.min(until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::period::parse_date;
    use crate::price::{CardKind, MarketMap, PriceChange};

    #[test]
    fn usage_is_priced_as_of_the_nearest_day_on_which_the_card_held() {
        let day = |text: &str| parse_date(text).unwrap();
        let card = |id, from| {
            let (kind, name) = (CardKind::Messages, String::new());
            RateCard::new(
                id,
                kind,
                Currency::Usd,
                Some(day(from)),
                name,
                String::new(),
            )
        };
        let cards = vec![card(1, "2026-07-01"), card(2, "2026-10-01")];
        let change = PriceChange {
            kind: CardKind::Messages,
            on: day("2027-01-01"),
        };
        let prices = PriceData::new(cards, MarketMap::default(), vec![change]);
        for (id, on, as_of) in [
            (1, "2026-06-30", "2026-07-01"),
            (1, "2026-08-15", "2026-08-15"),
            (1, "2026-10-15", "2026-09-30"),
            (2, "2026-09-15", "2026-10-01"),
            (2, "2027-03-01", "2026-12-31"),
        ] {
            let held = AsIfHeld::of(prices.card(id).unwrap(), &prices);
            assert_eq!(held.day(day(on)), day(as_of), "card {id} on {on}");
            let found = held
                .prices
                .card_on(CardKind::Messages, Currency::Usd, held.day(day(on)));
            assert_eq!(found.map(|c| c.id), Ok(id));
        }
    }
}
