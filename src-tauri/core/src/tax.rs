//! The VAT that 360Dialog puts on its invoices, by the company's country and VAT ID
//! (`reference` 2.7): Germany 19 %; elsewhere in the EU reverse charge with a valid VAT ID and
//! 19 % without; outside the EU none. VAT is worked out once per invoice on the summed net.

use rust_decimal::Decimal;

use crate::country::Country;
use crate::error::Error;
use crate::money::{Money, Rounding};
use crate::vat_check;

/// Why an invoice bears the VAT that it bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VatTreatment {
    /// German VAT at the standard rate.
    Standard,
    /// None: the recipient owes the VAT in its own country.
    ReverseCharge,
    /// None: the recipient is outside the EU.
    OutsideEu,
}

impl VatTreatment {
    /// What 360Dialog, a German company, applies to a recipient.
    pub fn for_recipient(country: Country, vat_id: Option<&VatId>) -> Self {
        match (country.code(), vat_id) {
            ("DE", _) => Self::Standard,
            _ if !country.is_in_eu() => Self::OutsideEu,
            (_, Some(_)) => Self::ReverseCharge,
            (_, None) => Self::Standard,
        }
    }

    /// The rate in percent: 19 or 0.
    pub fn percent(self) -> Decimal {
        match self {
            Self::Standard => Decimal::from(19),
            Self::ReverseCharge | Self::OutsideEu => Decimal::ZERO,
        }
    }

    /// The VAT on a net amount, in whole cents.
    pub fn on(self, net: Money) -> Result<Money, Error> {
        let exact = net.times(self.percent() * Decimal::new(1, 2))?;
        Ok(exact.rounded(Rounding::ToCents))
    }
}

/// A VAT ID that has the shape its EU country gives it, or any ID of a company elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VatId(String);

impl VatId {
    /// Reads the VAT ID of a company in `country`. Blanks, dots and hyphens fall away.
    pub fn parse(text: &str, country: Country) -> Result<Self, Error> {
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/'))
            .collect::<String>()
            .to_ascii_uppercase();
        if compact.is_empty() {
            return Err(Error::Empty { what: "The VAT ID" });
        }
        if compact.len() > 20
            || !compact
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'*')
        {
            return Err(Error::UnusableVatId {
                country: country.name(),
                text: text.trim().chars().take(40).collect(),
                expected: "letters and digits, at most 20",
            });
        }
        match EU_SHAPES.iter().find(|(code, ..)| *code == country.code()) {
            None => Ok(Self(compact)),
            Some((_, prefix, shapes, words)) => {
                let fits = compact
                    .strip_prefix(prefix)
                    .is_some_and(|rest| shapes.iter().any(|shape| matches_shape(rest, shape)));
                if fits {
                    Ok(Self(compact))
                } else {
                    Err(Error::UnusableVatId {
                        country: country.name(),
                        text: text.trim().chars().take(40).collect(),
                        expected: words,
                    })
                }
            }
        }
    }

    /// Reads one as a person types it: its check digits must be right, too. What a book holds from
    /// earlier days is read by [`Self::parse`].
    pub fn entered(text: &str, country: Country) -> Result<Self, Error> {
        let id = Self::parse(text, country)?;
        id.check_digits(country)?;
        Ok(id)
    }

    /// Refuses an ID whose check digits are wrong.
    pub fn check_digits(&self, country: Country) -> Result<(), Error> {
        if self.has_right_check_digits() {
            return Ok(());
        }
        Err(Error::WrongCheckDigits {
            country: country.name(),
            text: self.0.clone(),
        })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether its check digits are right; an ID of a country outside the EU has none.
    pub fn has_right_check_digits(&self) -> bool {
        vat_check::is_right(&self.0)
    }
}

/// `9` a digit, `A` a letter, `X` a letter or digit, `*` a letter, digit, `+` or `*`; others stand for themselves.
fn matches_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(b, s)| match s {
            b'9' => b.is_ascii_digit(),
            b'A' => b.is_ascii_uppercase(),
            b'X' => b.is_ascii_uppercase() || b.is_ascii_digit(),
            b'*' => b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'+' || b == b'*',
            _ => b == s,
        })
}

/// Country, prefix, shapes after the prefix, and the same in words. Shapes as the European
/// Commission publishes them for its VAT number check.
type EuShape = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

#[rustfmt::skip]
const EU_SHAPES: [EuShape; 27] = [
    ("AT", "AT", &["U99999999"], "ATU and 8 digits"),
    ("BE", "BE", &["0999999999", "1999999999"], "BE and 10 digits, the first 0 or 1"),
    ("BG", "BG", &["999999999", "9999999999"], "BG and 9 or 10 digits"),
    ("CY", "CY", &["99999999A"], "CY, 8 digits and a letter"),
    ("CZ", "CZ", &["99999999", "999999999", "9999999999"], "CZ and 8 to 10 digits"),
    ("DE", "DE", &["999999999"], "DE and 9 digits"),
    ("DK", "DK", &["99999999"], "DK and 8 digits"),
    ("EE", "EE", &["999999999"], "EE and 9 digits"),
    ("ES", "ES", &["X9999999X"], "ES and 9 characters, letters first or last"),
    ("FI", "FI", &["99999999"], "FI and 8 digits"),
    ("FR", "FR", &["XX999999999"], "FR, 2 characters and 9 digits"),
    ("GR", "EL", &["999999999"], "EL and 9 digits"),
    ("HR", "HR", &["99999999999"], "HR and 11 digits"),
    ("HU", "HU", &["99999999"], "HU and 8 digits"),
    ("IE", "IE", &["9*99999A", "9999999A", "9999999AA"], "IE and 8 or 9 characters"),
    ("IT", "IT", &["99999999999"], "IT and 11 digits"),
    ("LT", "LT", &["999999999", "999999999999"], "LT and 9 or 12 digits"),
    ("LU", "LU", &["99999999"], "LU and 8 digits"),
    ("LV", "LV", &["99999999999"], "LV and 11 digits"),
    ("MT", "MT", &["99999999"], "MT and 8 digits"),
    ("NL", "NL", &["************"], "NL and 12 characters"),
    ("PL", "PL", &["9999999999"], "PL and 10 digits"),
    ("PT", "PT", &["999999999"], "PT and 9 digits"),
    ("RO", "RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"], "RO and 2 to 10 digits"),
    ("SE", "SE", &["999999999999"], "SE and 12 digits"),
    ("SI", "SI", &["99999999"], "SI and 8 digits"),
    ("SK", "SK", &["9999999999"], "SK and 10 digits"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    fn treatment(country: &str, vat_id: &str) -> VatTreatment {
        let country = Country::parse(country).unwrap();
        VatTreatment::for_recipient(country, VatId::parse(vat_id, country).ok().as_ref())
    }

    #[test]
    fn country_and_vat_id_decide_the_vat() {
        for (country, vat_id, expected) in [
            ("DE", "DE 999 999 991", VatTreatment::Standard),
            ("DE", "", VatTreatment::Standard),
            ("ES", "ESB12345674", VatTreatment::ReverseCharge),
            ("ES", "", VatTreatment::Standard),
            ("GR", "EL999999993", VatTreatment::ReverseCharge),
            ("BR", "", VatTreatment::OutsideEu),
            ("GB", "GB123456789", VatTreatment::OutsideEu),
            ("CH", "CHE-123.456.789 MWST", VatTreatment::OutsideEu),
        ] {
            assert_eq!(treatment(country, vat_id), expected, "{country} {vat_id}");
        }
    }

    #[test]
    fn a_vat_id_of_the_wrong_shape_is_refused_with_the_right_one() {
        let germany = Country::parse("DE").unwrap();
        let error = VatId::parse("DE99999999", germany).unwrap_err();
        assert_eq!(
            error.to_string(),
            "“DE99999999” is not a VAT ID of Germany: DE and 9 digits."
        );
        assert!(VatId::parse("FR999999999", germany).is_err());
    }

    #[test]
    fn an_id_that_is_typed_has_right_check_digits() {
        let germany = Country::parse("DE").unwrap();
        assert!(VatId::entered("DE 136 695 976", germany).is_ok());
        // Two digits swapped.
        let error = VatId::entered("DE136695967", germany).unwrap_err();
        assert!(error.to_string().contains("check digits"), "{error}");
        // A book of earlier days still reads it.
        assert!(VatId::parse("DE136695967", germany).is_ok());
        // Outside the EU there is no rule here.
        assert!(VatId::entered("CHE-123.456.789 MWST", Country::parse("CH").unwrap()).is_ok());
    }

    #[test]
    fn vat_is_19_percent_of_the_net_in_cents() {
        let net = |text| Money::new(Decimal::from_str_exact(text).unwrap(), Currency::Eur);
        for (amount, vat) in [
            ("500.00", "95.00"),
            ("31.62", "6.01"),
            ("0.00", "0.00"),
            ("138.66", "26.35"),
        ] {
            assert_eq!(
                VatTreatment::Standard.on(net(amount)),
                Ok(net(vat)),
                "{amount}"
            );
            assert_eq!(
                VatTreatment::ReverseCharge.on(net(amount)),
                Ok(net("0")),
                "{amount}"
            );
        }
    }
}
