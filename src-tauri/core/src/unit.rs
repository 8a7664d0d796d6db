//! Units of what a client invoice bills, by their codes in UN/ECE Recommendation 20, and how
//! each language names them.

use rust_decimal::Decimal;

use crate::error::Error;
use crate::language::Language;

/// What a quantity counts (BT-130).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// One of whatever the line names: a message, a licence, a call.
    One,
    Piece,
    LumpSum,
    Minute,
    Hour,
    Day,
    Month,
    Year,
}

impl Unit {
    pub const ALL: [Self; 8] = [
        Self::One,
        Self::Piece,
        Self::LumpSum,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Month,
        Self::Year,
    ];

    /// The code of Recommendation 20.
    pub fn code(self) -> &'static str {
        match self {
            Self::One => "C62",
            Self::Piece => "H87",
            Self::LumpSum => "LS",
            Self::Minute => "MIN",
            Self::Hour => "HUR",
            Self::Day => "DAY",
            Self::Month => "MON",
            Self::Year => "ANN",
        }
    }

    /// Reads a code in any case.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|unit| unit.code().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| Error::UnknownChoice {
                text: text.trim().chars().take(40).collect(),
                allowed: "C62 (one), H87 (piece), LS (lump sum), MIN, HUR, DAY, MON, ANN",
            })
    }

    /// How a paper names it after a quantity; nothing for [`Self::One`].
    #[rustfmt::skip]
    pub fn word(self, language: Language, quantity: Decimal) -> &'static str {
        let is_one = match language {
            // From 0 to below 2.
            Language::French | Language::Portuguese => quantity.abs() < Decimal::TWO,
            _ => quantity.abs() == Decimal::ONE,
        };
        language.pick(match self {
            Self::Piece if is_one => ["pc", "Stk.", "ud.", "un.", "pce", "pz."],
            Self::Day if is_one => ["day", "Tag", "día", "dia", "jour", "giorno"],
            Self::Month if is_one => ["month", "Monat", "mes", "mês", "mois", "mese"],
            Self::Year if is_one => ["year", "Jahr", "año", "ano", "an", "anno"],
            Self::One => ["", "", "", "", "", ""],
            Self::Piece => ["pcs", "Stk.", "uds.", "un.", "pce", "pz."],
            Self::LumpSum => ["lump sum", "pauschal", "a tanto alzado", "valor fixo", "forfait", "a corpo"],
            Self::Minute => ["min", "Min.", "min", "min", "min", "min"],
            Self::Hour => ["h", "Std.", "h", "h", "h", "h"],
            Self::Day => ["days", "Tage", "días", "dias", "jours", "giorni"],
            Self::Month => ["months", "Monate", "meses", "meses", "mois", "mesi"],
            Self::Year => ["years", "Jahre", "años", "anos", "ans", "anni"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_said_in_the_singular() {
        for (unit, language, quantity, word) in [
            (Unit::Month, "en", "1", "month"),
            (Unit::Month, "en", "1.0", "month"),
            (Unit::Month, "en", "-1", "month"),
            (Unit::Month, "en", "0.5", "months"),
            (Unit::Month, "en", "2", "months"),
            (Unit::Day, "de", "1", "Tag"),
            (Unit::Day, "de", "30", "Tage"),
            (Unit::Year, "fr", "1.5", "an"),
            (Unit::Year, "fr", "2", "ans"),
            (Unit::Month, "pt-BR", "1.5", "mês"),
            (Unit::Hour, "es", "1", "h"),
            (Unit::One, "it", "1", ""),
        ] {
            let quantity = Decimal::from_str_exact(quantity).unwrap();
            let language = Language::parse(language).unwrap();
            assert_eq!(unit.word(language, quantity), word, "{quantity}");
        }
    }

    #[test]
    fn a_unit_is_read_by_its_code() {
        for unit in Unit::ALL {
            assert_eq!(Unit::parse(unit.code()), Ok(unit));
        }
        assert!(Unit::parse("message").is_err());
    }
}
