//! Values of the rules ⇄ values of SQLite, in one place. Money is whole micro-units, days are
//! yyyymmdd, months yyyymm; choices are words, or small numbers where a table has millions of rows.

use chrono::Datelike;
use hubledger_core::channel::Tier;
use hubledger_core::currency::Currency;
use hubledger_core::hub::{BillingModel, PartnerPlan, PaymentMethod};
use hubledger_core::money::{EXACT_DECIMALS, Money};
use hubledger_core::partner::Owner;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::price::{CardKind, Trust};
use hubledger_core::rating::{EstimateReason, FreeReason, UnratedReason};
use hubledger_core::rule::PlanNotice;
use hubledger_core::tax::VatTreatment;
use hubledger_core::top_up::{RefundTo, TopUpKind};
use hubledger_core::usage::{Category, PricingType};
use rust_decimal::Decimal;

use crate::error::{Error, Trouble};

fn damaged(what: &str, value: impl std::fmt::Display) -> Error {
    Error::Damaged(format!("{what} can't be {value}"))
}

/// An exact amount as micro-units. Fails where it has more decimals than the book keeps.
pub(crate) fn micros(amount: Decimal) -> Result<i64, Error> {
    // Most have no more decimals than the book keeps: whole numbers alone.
    let exact = match amount.scale() {
        scale if scale <= EXACT_DECIMALS => amount,
        _ => amount.normalize(),
    };
    let Some(missing) = EXACT_DECIMALS.checked_sub(exact.scale()) else {
        return Err(Error::Sql(
            Trouble::Other,
            format!(
                "an amount with {} decimals was not rounded by a rule",
                exact.scale()
            ),
        ));
    };
    10_i128
        .checked_pow(missing)
        .and_then(|tens| exact.mantissa().checked_mul(tens))
        .and_then(|micros| i64::try_from(micros).ok())
        .ok_or_else(|| Error::Sql(Trouble::Other, "an amount is too large".to_owned()))
}

/// Micro-units as an exact amount.
pub fn amount(micros: i64) -> Decimal {
    Decimal::new(micros, EXACT_DECIMALS)
}

pub(crate) fn money_micros(money: Money) -> Result<i64, Error> {
    micros(money.amount())
}

/// Micro-units of a currency as money.
pub fn money(micros: i64, currency: Currency) -> Money {
    Money::new(amount(micros), currency)
}

pub(crate) fn day(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

pub(crate) fn date(day: i64) -> Result<Date, Error> {
    let part = |value: i64| u32::try_from(value).unwrap_or(0);
    i32::try_from(day / 10_000)
        .ok()
        .and_then(|year| Date::from_ymd_opt(year, part(day / 100 % 100), part(day % 100)))
        .ok_or_else(|| damaged("a day", day))
}

pub(crate) fn optional_date(day: Option<i64>) -> Result<Option<Date>, Error> {
    day.map(date).transpose()
}

pub(crate) fn month(period: BillingPeriod) -> i64 {
    i64::from(period.year()) * 100 + i64::from(period.month())
}

pub(crate) fn period(month: i64) -> Result<BillingPeriod, Error> {
    let year = i32::try_from(month / 100).unwrap_or(0);
    BillingPeriod::new(year, u32::try_from(month % 100).unwrap_or(0))
        .map_err(|_| damaged("a month", month))
}

/// First and last day of a month, as numbers.
pub(crate) fn days_of(period: BillingPeriod) -> (i64, i64) {
    (day(period.first_day()), day(period.last_day()))
}

/// A choice that is stored as a word.
pub(crate) trait Word: Copy + PartialEq + 'static {
    const WORDS: &'static [(Self, &'static str)];

    fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(value, _)| *value == self)
            .map_or("", |(_, word)| word)
    }

    fn of_word(text: &str) -> Result<Self, Error> {
        Self::WORDS
            .iter()
            .find(|(_, word)| *word == text)
            .map(|(value, _)| *value)
            .ok_or_else(|| damaged("a word", text))
    }
}

macro_rules! stored_words {
    ($type:ident { $($variant:ident => $text:literal),+ $(,)? }) => {
        impl Word for $type {
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$variant, $text)),+];
        }
    };
}

stored_words!(Owner { Partner => "partner", Client => "client" });
stored_words!(BillingModel { PartnerPaid => "partner-paid", DirectPaid => "direct-paid" });
stored_words!(Currency { Eur => "EUR", Usd => "USD" });
stored_words!(PartnerPlan { Growth => "growth", Premium => "premium" });
stored_words!(PaymentMethod { Card => "card", Pix => "pix", Boleto => "boleto" });
stored_words!(Tier { Regular => "regular", Premium => "premium", HigherThroughput => "higher-throughput" });
stored_words!(TopUpKind { Manual => "manual", Automatic => "auto", Emergency => "emergency" });
stored_words!(PlanNotice { ThirtyDays => "thirty-days", FollowingMonth => "following-month" });
stored_words!(RefundTo { Balance => "balance", Bank => "bank" });
stored_words!(CardKind { Messages => "messages", Calls => "calls", Fees => "fees", Tiers => "tiers" });
stored_words!(Trust { High => "high", MediumHigh => "medium-high", Medium => "medium" });
stored_words!(VatTreatment { Standard => "standard", ReverseCharge => "reverse-charge", OutsideEu => "outside-eu" });

/// A choice that is stored as a small number. Numbers are for good: new ones go to the end.
pub(crate) trait Number: Copy + PartialEq + 'static {
    const NUMBERS: &'static [Self];

    fn number(self) -> i64 {
        Self::NUMBERS
            .iter()
            .position(|value| *value == self)
            .and_then(|at| i64::try_from(at).ok())
            .unwrap_or(-1)
    }

    fn of_number(number: i64) -> Result<Self, Error> {
        usize::try_from(number)
            .ok()
            .and_then(|at| Self::NUMBERS.get(at))
            .copied()
            .ok_or_else(|| damaged("a choice", number))
    }
}

impl Number for Category {
    const NUMBERS: &'static [Self] = &Self::ALL;
}

impl Number for PricingType {
    const NUMBERS: &'static [Self] = &Self::ALL;
}

/// How a charge stands in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoredOutcome {
    Rated,
    Reported,
    Free,
    Unrated,
    Waived,
}

impl Number for StoredOutcome {
    const NUMBERS: &'static [Self] = &[
        Self::Rated,
        Self::Reported,
        Self::Free,
        Self::Unrated,
        Self::Waived,
    ];
}

/// Why a charge is free, unrated or an estimate, or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoredReason {
    None,
    Free(FreeReason),
    Unrated(UnratedReason),
    /// A person gave its cost.
    ByHand,
    /// What the card charges is an estimate.
    Estimate(EstimateReason),
}

impl Number for StoredReason {
    const NUMBERS: &'static [Self] = &[
        Self::None,
        Self::Free(FreeReason::CustomerServiceWindow),
        Self::Free(FreeReason::FreeEntryPoint),
        Self::Free(FreeReason::ServiceIsFree),
        Self::Free(FreeReason::Allowance),
        Self::Unrated(UnratedReason::NoCard),
        Self::Unrated(UnratedReason::CardOutdated),
        Self::Unrated(UnratedReason::MarketNotOnCard),
        Self::ByHand,
        Self::Estimate(EstimateReason::OutdatedCard),
        Self::Estimate(EstimateReason::TierUnknown),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_comes_back_as_it_went_in() {
        for text in ["0", "0.000001", "-31.4062", "9999999999.999999"] {
            let exact = Decimal::from_str_exact(text).unwrap();
            assert_eq!(amount(micros(exact).unwrap()), exact);
        }
        assert!(micros(Decimal::from_str_exact("0.0000001").unwrap()).is_err());
    }

    #[test]
    fn days_and_months_come_back_and_wrong_ones_are_damage() {
        let first = Date::from_ymd_opt(2026, 8, 17).unwrap();
        assert_eq!(date(day(first)).unwrap(), first);
        assert!(date(20_260_230).is_err());
        assert!(period(202_613).is_err());
    }

    #[test]
    fn category_numbers_are_those_of_the_schema() {
        assert_eq!(Category::Marketing.number(), 0);
        assert_eq!(Category::Service.number(), 5);
        assert_eq!(Category::Call.number(), 6);
        assert_eq!(StoredOutcome::Unrated.number(), 3);
    }
}
