//! Bank accounts: an IBAN whose check digits are right and whose length is its country's, and a
//! BIC of the right shape.

use std::fmt;

use crate::error::Error;

/// An IBAN (ISO 13616), without blanks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Iban(String);

impl Iban {
    /// Reads an IBAN with or without blanks, in any case.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let compact = compact(text);
        let length = LENGTHS
            .iter()
            .find(|(country, _)| compact.starts_with(country))
            .map(|(_, length)| *length);
        let right_length = match length {
            Some(length) => compact.len() == length,
            None => (15..=34).contains(&compact.len()),
        };
        let mut bytes = compact.bytes();
        let shape = bytes.by_ref().take(2).all(|b| b.is_ascii_uppercase())
            && bytes.by_ref().take(2).all(|b| b.is_ascii_digit())
            && bytes.all(|b| b.is_ascii_alphanumeric());
        if right_length && shape && remainder(&compact) == 1 {
            Ok(Self(compact))
        } else {
            Err(Error::UnusableIban(text.trim().chars().take(60).collect()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In groups of four, as people write it.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, c) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

/// A BIC (ISO 9362): eight or eleven characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bic(String);

impl Bic {
    pub fn parse(text: &str) -> Result<Self, Error> {
        let compact = compact(text);
        let shape = matches!(compact.len(), 8 | 11)
            && compact.bytes().enumerate().all(|(at, b)| {
                b.is_ascii_uppercase() || (b.is_ascii_digit() && !(4..6).contains(&at))
            });
        if shape {
            Ok(Self(compact))
        } else {
            Err(Error::UnusableBic(text.trim().chars().take(60).collect()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_uppercase()
}

/// The IBAN as a number, its first four characters last and A as 10, modulo 97 (ISO 7064).
fn remainder(iban: &str) -> u32 {
    iban.bytes()
        .skip(4)
        .chain(iban.bytes().take(4))
        .fold(0, |rest, b| match b {
            b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
            _ => (rest * 100 + u32::from(b.wrapping_sub(b'A')) + 10) % 97,
        })
}

/// Lengths of the countries of SEPA, as the IBAN registry lists them.
#[rustfmt::skip]
const LENGTHS: [(&str, usize); 40] = [
    ("AD", 24), ("AL", 28), ("AT", 20), ("BE", 16), ("BG", 22), ("CH", 21), ("CY", 28), ("CZ", 24),
    ("DE", 22), ("DK", 18), ("EE", 20), ("ES", 24), ("FI", 18), ("FR", 27), ("GB", 22), ("GI", 23),
    ("GR", 27), ("HR", 21), ("HU", 28), ("IE", 22), ("IS", 26), ("IT", 27), ("LI", 21), ("LT", 20),
    ("LU", 20), ("LV", 21), ("MC", 27), ("MD", 24), ("ME", 22), ("MK", 19), ("MT", 31), ("NL", 18),
    ("NO", 15), ("PL", 28), ("PT", 25), ("RO", 24), ("RS", 22), ("SE", 24), ("SI", 19), ("SK", 24),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_with_one_wrong_digit_is_refused() {
        // Examples of the IBAN registry.
        for text in [
            "DE89 3704 0044 0532 0130 00",
            "GB29 NWBK 6016 1331 9268 19",
            "FR14 2004 1010 0505 0001 3M02 606",
            "no93 8601 1117 947",
            "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        ] {
            let iban = Iban::parse(text).unwrap();
            assert_eq!(iban.to_string(), text.to_ascii_uppercase());
        }
        for text in [
            "",
            "DE89 3704 0044 0532 0130 01",
            "DE89 3704 0044 0532 0130 0",
            "DE98 3704 0044 0532 0130 00",
            "8937040044053201300",
            "DE89-3704-0044-0532-0130-00",
        ] {
            assert!(Iban::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_bic_has_eight_or_eleven_characters() {
        assert!(Bic::parse("COBADEFFXXX").is_ok());
        assert!(Bic::parse("cobadeff").is_ok());
        for text in ["", "COBADEF", "COBA12FF", "COBADEFFXX"] {
            assert!(Bic::parse(text).is_err(), "{text:?}");
        }
    }
}
