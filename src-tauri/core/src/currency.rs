//! The two currencies that 360Dialog bills in. A hub has one of them for life; sums of two
//! currencies never meet (`billing-models`: "EUR or USD, the only two").

use std::fmt;

/// A currency that a hub can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Currency {
    Eur,
    Usd,
}

impl Currency {
    pub const ALL: [Self; 2] = [Self::Eur, Self::Usd];

    /// Decimals of an amount that is invoiced or paid: cents.
    pub const CENT_DECIMALS: u32 = 2;

    /// The ISO 4217 code, in capitals.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Usd => "USD",
        }
    }

    /// Reads an ISO 4217 code in any case; `$US`, as Meta's files write it, is US dollars.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_uppercase().as_str() {
            "EUR" => Some(Self::Eur),
            "USD" | "$US" | "US$" => Some(Self::Usd),
            _ => None,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
