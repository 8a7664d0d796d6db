//! Volume steps: from some message of the month on, Meta charges less (`reference` 3.3, 3.4).
//!
//! Steps are progressive: each part of a quantity is charged at the rate of the step that it
//! falls into, and what came before keeps its own. They count the charged messages, or minutes of
//! calls, of a business portfolio in one market and category, and begin anew each month.

use rust_decimal::Decimal;

use crate::price::Ladder;
use crate::usage::Category;

/// Pulses of six seconds in a minute.
pub const PULSES_A_MINUTE: u32 = 10;

/// How much of a portfolio's month was counted before a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Messages; pulses of calls.
    Before(u64),
    /// Nobody has told. The list price is charged, which is the dearest.
    Unknown,
}

/// The part of a row that falls into one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The first message, or minute, of the step.
    pub from: u64,
    /// Messages; pulses of calls.
    pub quantity: u64,
    /// A message, or a minute.
    pub rate: Decimal,
}

/// Whether Meta has volume steps for a category. It has none for marketing and service.
pub fn has_steps(category: Category) -> bool {
    matches!(
        category,
        Category::Utility
            | Category::Authentication
            | Category::AuthenticationInternational
            | Category::Call
    )
}

/// How many units of usage one unit of a card is: minutes are counted in pulses.
fn units(category: Category) -> u128 {
    match category {
        Category::Call => u128::from(PULSES_A_MINUTE),
        _ => 1,
    }
}

/// Splits a quantity over a ladder's steps, after `before` units. The first step begins at 1,
/// whatever it says. No quantity, no slice.
pub fn split(ladder: &Ladder, category: Category, before: u64, quantity: u64) -> Vec<Slice> {
    let begins = |from: u64| u128::from(from.saturating_sub(1)) * units(category);
    let first = u128::from(before);
    let last = first + u128::from(quantity);
    let mut slices = Vec::new();
    let mut following = ladder.slices().skip(1);
    for (at, (from, rate)) in ladder.slices().enumerate() {
        let start = if at == 0 { 0 } else { begins(from) };
        let end = following.next().map_or(u128::MAX, |(next, _)| begins(next));
        let within = last.min(end).saturating_sub(first.max(start));
        if let Some(quantity) = u64::try_from(within).ok().filter(|q| *q > 0) {
            slices.push(Slice {
                from,
                quantity,
                rate,
            });
        }
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::price::{CardKind, PriceItem, RateCard};

    const ITEM: PriceItem = PriceItem::Message(Category::Utility);

    fn card() -> RateCard {
        let (kind, name) = (CardKind::Messages, String::new());
        let mut card = RateCard::new(1, kind, Currency::Usd, None, name, String::new());
        for (from, rate) in [(1, "0.0040"), (101, "0.0038"), (1_001, "0.0036")] {
            card.put(ITEM, "Other", from, Decimal::from_str_exact(rate).unwrap());
        }
        card
    }

    #[test]
    fn a_row_is_split_exactly_over_the_steps_that_it_crosses() {
        use Category::{Call, Utility};
        let card = card();
        let ladder = card.ladder(ITEM, "Other").unwrap();
        for (category, before, quantity, expected) in [
            (Utility, 0, 0, ""),
            (Utility, 0, 100, "100 from 1"),
            (Utility, 0, 101, "100 from 1, 1 from 101"),
            (Utility, 99, 1, "1 from 1"),
            (Utility, 100, 1, "1 from 101"),
            (Utility, 40, 1_500, "60 from 1, 900 from 101, 540 from 1001"),
            (Utility, 5_000, 7, "7 from 1001"),
            (Utility, u64::MAX, 7, "7 from 1001"),
            // 100 minutes are 1,000 pulses.
            (Call, 0, 1_001, "1000 from 1, 1 from 101"),
            (Call, 995, 10, "5 from 1, 5 from 101"),
        ] {
            let slices: Vec<_> = split(ladder, category, before, quantity)
                .iter()
                .map(|s| format!("{} from {}", s.quantity, s.from))
                .collect();
            assert_eq!(slices.join(", "), expected, "{before} + {quantity}");
        }
    }

    #[test]
    fn marketing_and_service_have_no_steps() {
        let with: Vec<_> = Category::ALL
            .into_iter()
            .filter(|c| has_steps(*c))
            .map(Category::name)
            .collect();
        assert_eq!(
            with,
            [
                "utility",
                "authentication",
                "authentication_international",
                "call"
            ]
        );
    }
}
