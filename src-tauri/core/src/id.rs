//! Identifiers as types, so that a client's id can't stand where a channel's is wanted.
//! 360Dialog's ids are read and checked for being usable; that their shape is unusual
//! (`reference`: "as a warning, never a hard reject") is told, not refused.

use std::fmt;

use crate::error::Error;
use crate::text::required_line;

/// The longest id that is accepted: far above 360Dialog's 8 characters.
const LONGEST_ID: usize = 64;

macro_rules! vendor_id {
    ($(#[$doc:meta])* $name:ident, $suffix:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The two letters that 360Dialog ends such an id with.
            pub const SUFFIX: &'static str = $suffix;

            /// Reads an id: one word of letters, digits, `-` and `_`.
            pub fn parse(text: &str) -> Result<Self, Error> {
                let text = text.trim();
                if is_usable(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(Error::UnusableId { what: $what, text: text.chars().take(LONGEST_ID).collect() })
                }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the id has the shape that 360Dialog's ids are seen to have.
            pub fn has_usual_shape(&self) -> bool {
                self.0.strip_suffix(Self::SUFFIX).is_some_and(|stem| {
                    (4..=12).contains(&stem.len()) && stem.bytes().all(|b| b.is_ascii_alphanumeric())
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

vendor_id!(
    /// A Partner Hub, `…PA`.
    HubId, "PA", "hub"
);
vendor_id!(
    /// A client of a hub, `…CL`.
    ClientId, "CL", "client"
);
vendor_id!(
    /// A channel, that is one phone number, `…CH`.
    ChannelId, "CH", "channel"
);

fn is_usable(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_ID
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// A phone number in E.164: up to 15 digits, kept without `+` and blanks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number written with or without `+`, blanks, hyphens, dots and brackets.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let trimmed = text.trim();
        let mut digits = String::with_capacity(trimmed.len().min(20));
        for (at, c) in trimmed.chars().enumerate() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if at == 0 => {}
                ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/' => {}
                _ => {
                    return Err(Error::UnusablePhoneNumber(
                        trimmed.chars().take(LONGEST_ID).collect(),
                    ));
                }
            }
        }
        if (6..=15).contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self(digits))
        } else {
            Err(Error::UnusablePhoneNumber(
                trimmed.chars().take(LONGEST_ID).collect(),
            ))
        }
    }

    /// The digits alone.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

/// The number of a client invoice or credit note: the partner's own, given when it is issued.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvoiceNumber(String);

impl InvoiceNumber {
    const LONGEST: usize = 40;

    /// Reads a number: one line of at most 40 characters.
    pub fn parse(text: &str) -> Result<Self, Error> {
        const WHAT: &str = "The invoice number";
        let line = required_line(WHAT, text)?;
        if line.chars().count() > Self::LONGEST {
            return Err(Error::TooLong {
                what: WHAT,
                longest: Self::LONGEST,
            });
        }
        Ok(Self(line))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_read_however_people_write_it() {
        for (text, digits) in [
            ("+49 351 5550 200", "493515550200"),
            ("493515550200", "493515550200"),
            (" +55 (34) 5550-0118 ", "553455500118"),
        ] {
            assert_eq!(PhoneNumber::parse(text).unwrap().digits(), digits);
        }
        for text in [
            "",
            "+",
            "12345",
            "1234567890123456",
            "0351 5550",
            "49a351",
            "49+351555",
        ] {
            assert!(PhoneNumber::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_unusual_id_is_told_but_an_unusable_one_is_refused() {
        assert!(HubId::parse("NrdE7kPA").unwrap().has_usual_shape());
        assert!(!HubId::parse("my-hub").unwrap().has_usual_shape());
        for text in ["", "a b", "näh", "a/b", &"x".repeat(65)] {
            assert!(HubId::parse(text).is_err(), "{text:?}");
        }
    }
}
