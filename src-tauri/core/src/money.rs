//! Money: an exact decimal with its currency, and the only arithmetic on sums.
//!
//! There is no `+`: adding can fail (two currencies, too large) and says so. Amounts are exact
//! and are rounded by [`Money::rounded`] alone, at the place where a rule says so, half away
//! from zero, as 360Dialog's and every tax office's paper does it.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::currency::Currency;
use crate::error::Error;

/// Decimals that a charge, a cost and a rate keep at rest: micro-units.
pub const EXACT_DECIMALS: u32 = 6;

/// The largest amount that the books take: ten billion. Keeps every sum of a book inside what
/// the file can hold.
const LARGEST: i64 = 10_000_000_000;

/// How an amount loses decimals. There is one way, and it has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To whole cents, half a cent going away from zero: invoices, fees, VAT, month ends.
    ToCents,
    /// To six decimals, half going away from zero: charges, before they are booked.
    ToMicros,
}

impl Rounding {
    fn decimals(self) -> u32 {
        match self {
            Self::ToCents => Currency::CENT_DECIMALS,
            Self::ToMicros => EXACT_DECIMALS,
        }
    }
}

/// An exact amount in a currency. May be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// An amount as it is.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    pub fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    pub fn amount(self) -> Decimal {
        self.amount
    }

    pub fn currency(self) -> Currency {
        self.currency
    }

    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    pub fn is_negative(self) -> bool {
        self.amount.is_sign_negative() && !self.amount.is_zero()
    }

    pub fn is_positive(self) -> bool {
        self.amount.is_sign_positive() && !self.amount.is_zero()
    }

    /// The sum. Fails on two currencies, or where it grows too large.
    pub fn checked_add(self, other: Self) -> Result<Self, Error> {
        self.same_currency(other)?;
        self.with(self.amount.checked_add(other.amount))
    }

    /// The difference. Fails on two currencies, or where it grows too large.
    pub fn checked_sub(self, other: Self) -> Result<Self, Error> {
        self.checked_add(other.negated())
    }

    /// The same amount on the other side.
    pub fn negated(self) -> Self {
        Self {
            amount: -self.amount,
            currency: self.currency,
        }
    }

    /// `self × numerator ÷ denominator`, exact: multiplied first, divided last, not rounded.
    pub fn times_fraction(self, numerator: u32, denominator: u32) -> Result<Self, Error> {
        let product = self.amount.checked_mul(Decimal::from(numerator));
        self.with(product.and_then(|p| p.checked_div(Decimal::from(denominator))))
    }

    /// `self × factor`, exact, not rounded.
    pub fn times(self, factor: Decimal) -> Result<Self, Error> {
        self.with(self.amount.checked_mul(factor))
    }

    /// `quantity × unit price` in whole cents, rounded once, half a cent going away from zero:
    /// the net of a line of a client invoice. Worked in whole numbers of 128 bits, since the
    /// product may have more digits than a decimal keeps.
    pub fn of_quantity(quantity: Decimal, unit_price: Self) -> Result<Self, Error> {
        let (quantity, price) = (quantity.normalize(), unit_price.amount.normalize());
        let scale = quantity.scale() + price.scale();
        let product = quantity.mantissa().checked_mul(price.mantissa());
        let cents = match scale.checked_sub(Currency::CENT_DECIMALS) {
            Some(surplus) => product.and_then(|p| divided_half_away(p, surplus)),
            None => product.and_then(|p| p.checked_mul(10_i128.pow(2 - scale))),
        };
        let amount = cents.and_then(|cents| {
            Decimal::try_from_i128_with_scale(cents, Currency::CENT_DECIMALS).ok()
        });
        unit_price.with(amount)
    }

    /// The amount with fewer decimals, half away from zero.
    pub fn rounded(self, rounding: Rounding) -> Self {
        let amount = self
            .amount
            .round_dp_with_strategy(rounding.decimals(), RoundingStrategy::MidpointAwayFromZero);
        Self {
            amount,
            currency: self.currency,
        }
    }

    /// The sum of many; zero of the currency for none.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        amounts
            .into_iter()
            .try_fold(Self::zero(currency), Self::checked_add)
    }

    /// The larger of the two.
    pub fn max(self, other: Self) -> Result<Self, Error> {
        self.same_currency(other)?;
        Ok(if other.amount > self.amount {
            other
        } else {
            self
        })
    }

    /// The smaller of the two.
    pub fn min(self, other: Self) -> Result<Self, Error> {
        self.same_currency(other)?;
        Ok(if other.amount < self.amount {
            other
        } else {
            self
        })
    }

    fn same_currency(self, other: Self) -> Result<(), Error> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(Error::TwoCurrencies(self.currency, other.currency))
        }
    }

    fn with(self, amount: Option<Decimal>) -> Result<Self, Error> {
        amount
            .filter(|a| a.abs() <= Decimal::from(LARGEST))
            .map(|amount| Self {
                amount,
                currency: self.currency,
            })
            .ok_or(Error::AmountTooLarge)
    }
}

/// `whole ÷ 10^decimals`, half away from zero.
fn divided_half_away(whole: i128, decimals: u32) -> Option<i128> {
    let divisor = 10_i128.checked_pow(decimals)?;
    let half = divisor / 2;
    let nudged = if whole < 0 {
        whole.checked_sub(half)?
    } else {
        whole.checked_add(half)?
    };
    Some(nudged / divisor)
}

/// `12.50 EUR`: at least two decimals, all that there are, no grouping.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", plain_text(self.amount), self.currency)
    }
}

/// A decimal as text with a decimal point, at least two decimals and no needless zeros after
/// them: `12.50`, `0.0456`, `-3.10`.
pub fn plain_text(amount: Decimal) -> String {
    let mut shown = amount.normalize();
    if shown.scale() < Currency::CENT_DECIMALS {
        shown.rescale(Currency::CENT_DECIMALS);
    }
    if shown.is_zero() {
        format!("{:.2}", Decimal::ZERO)
    } else {
        shown.to_string()
    }
}

/// What a typed amount must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountRule {
    /// Above zero, whole cents: a top-up, a refund.
    PositiveCents,
    /// Any sign, whole cents: an opening balance.
    SignedCents,
    /// Zero or above, up to six decimals: a reported cost, a rate.
    NonNegativeExact,
}

/// Reads an amount as written in a file or typed in a form: digits and one decimal point.
/// No grouping, no exponent, no currency sign.
pub fn parse_amount(text: &str, rule: AmountRule) -> Result<Decimal, Error> {
    let text = text.trim();
    let not_a_number = || Error::NotAnAmount(text.chars().take(40).collect());
    let digits = text.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(text);
    let has_digit = digits.bytes().any(|b| b.is_ascii_digit());
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1;
    if !has_digit || !plain {
        return Err(not_a_number());
    }
    if digits.bytes().filter(u8::is_ascii_digit).count() > 24 {
        return Err(Error::AmountTooLarge);
    }
    let magnitude = Decimal::from_str_exact(&padded(digits)).map_err(|_| not_a_number())?;
    let negative = text.starts_with(['-', '\u{2212}']);
    checked_amount(if negative { -magnitude } else { magnitude }, rule)
}

/// Holds an amount to its rule.
pub fn checked_amount(amount: Decimal, rule: AmountRule) -> Result<Decimal, Error> {
    if amount.abs() > Decimal::from(LARGEST) {
        return Err(Error::AmountTooLarge);
    }
    let decimals = match rule {
        AmountRule::PositiveCents | AmountRule::SignedCents => Currency::CENT_DECIMALS,
        AmountRule::NonNegativeExact => EXACT_DECIMALS,
    };
    if amount.normalize().scale() > decimals {
        return Err(Error::TooManyDecimals(decimals));
    }
    match rule {
        AmountRule::PositiveCents if amount <= Decimal::ZERO => Err(Error::AmountNotPositive),
        AmountRule::NonNegativeExact if amount < Decimal::ZERO => Err(Error::AmountNegative),
        _ => Ok(amount),
    }
}

/// `.5` and `5.` are numbers to a person; the decimal parser wants a digit on both sides.
fn padded(digits: &str) -> String {
    let head = if digits.starts_with('.') { "0" } else { "" };
    let tail = if digits.ends_with('.') { "0" } else { "" };
    format!("{head}{digits}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn rounding_to_cents_goes_half_away_from_zero() {
        // Amounts that other programs got wrong by a cent.
        for (exact, cents) in [
            ("165.0054", "165.01"),
            ("3.685", "3.69"),
            ("13.709677", "13.71"),
            ("52.5625", "52.56"),
            ("1.216", "1.22"),
            ("6.0078", "6.01"),
            ("-3.685", "-3.69"),
            ("-0.004", "0.00"),
        ] {
            let money = Money::new(dec(exact), Currency::Eur).rounded(Rounding::ToCents);
            assert_eq!(plain_text(money.amount()), cents, "{exact}");
        }
    }

    #[test]
    fn a_quantity_times_its_price_is_rounded_once() {
        for (quantity, price, cents) in [
            ("3", "0.335", "1.01"),
            ("1", "1.005", "1.01"),
            ("-1", "1.005", "-1.01"),
            ("100", "0.00005", "0.01"),
            ("99", "0.00005", "0.00"),
            ("40", "25", "1000.00"),
            ("1.5", "33.33", "50.00"),
            // More digits than a decimal keeps: 123456789.123456 × 9.8765432109 = 1219326312.4567…
            ("123456789.123456", "9.8765432109", "1219326312.46"),
        ] {
            let price = Money::new(dec(price), Currency::Eur);
            let net = Money::of_quantity(dec(quantity), price).unwrap();
            assert_eq!(plain_text(net.amount()), cents, "{quantity} × {price}");
        }
        let large = Money::new(dec("10000000000"), Currency::Eur);
        assert_eq!(
            Money::of_quantity(dec("10000000000"), large),
            Err(Error::AmountTooLarge)
        );
    }

    #[test]
    fn two_currencies_never_meet() {
        let euro = Money::new(dec("1"), Currency::Eur);
        let dollar = Money::new(dec("1"), Currency::Usd);
        assert_eq!(
            euro.checked_add(dollar),
            Err(Error::TwoCurrencies(Currency::Eur, Currency::Usd))
        );
    }

    #[test]
    fn a_fraction_is_multiplied_first_and_divided_last() {
        let fee = Money::new(dec("25.00"), Currency::Eur);
        let share = fee
            .times_fraction(15, 31)
            .unwrap()
            .rounded(Rounding::ToCents);
        assert_eq!(share.to_string(), "12.10 EUR");
    }

    #[test]
    fn an_amount_is_read_or_refused_with_its_reason() {
        use AmountRule::{NonNegativeExact, PositiveCents, SignedCents};
        for (text, rule, read) in [
            ("500", PositiveCents, "500.00"),
            ("500.5", PositiveCents, "500.50"),
            (" .5 ", PositiveCents, "0.50"),
            ("0.10", PositiveCents, "0.10"),
            ("-12.30", SignedCents, "-12.30"),
            ("\u{2212}12.30", SignedCents, "-12.30"),
            ("0.000001", NonNegativeExact, "0.000001"),
            ("1.500000000", PositiveCents, "1.50"),
        ] {
            assert_eq!(
                plain_text(parse_amount(text, rule).unwrap()),
                read,
                "{text:?}"
            );
        }
        for (text, rule, error) in [
            ("", PositiveCents, Error::NotAnAmount(String::new())),
            ("-", SignedCents, Error::NotAnAmount("-".into())),
            ("abc", PositiveCents, Error::NotAnAmount("abc".into())),
            ("1,5", PositiveCents, Error::NotAnAmount("1,5".into())),
            ("1e3", PositiveCents, Error::NotAnAmount("1e3".into())),
            ("1.2.3", PositiveCents, Error::NotAnAmount("1.2.3".into())),
            ("0", PositiveCents, Error::AmountNotPositive),
            ("-5", PositiveCents, Error::AmountNotPositive),
            ("-5", NonNegativeExact, Error::AmountNegative),
            ("1.005", PositiveCents, Error::TooManyDecimals(2)),
            ("0.0000001", NonNegativeExact, Error::TooManyDecimals(6)),
            ("10000000000.01", PositiveCents, Error::AmountTooLarge),
            (
                "99999999999999999999999999999999",
                PositiveCents,
                Error::AmountTooLarge,
            ),
        ] {
            assert_eq!(parse_amount(text, rule), Err(error), "{text:?}");
        }
    }
}
