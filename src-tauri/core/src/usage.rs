//! What happened: one row of usage, a quantity of messages or call pulses on a day, as a file
//! tells it. Nothing here knows a price.

use rust_decimal::Decimal;

use crate::country::Country;
use crate::id::{ChannelId, PhoneNumber};
use crate::period::Date;

/// What kind of message, or a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    Marketing,
    MarketingLite,
    Utility,
    Authentication,
    AuthenticationInternational,
    Service,
    /// Counted in pulses of six seconds.
    Call,
}

impl Category {
    pub const ALL: [Self; 7] = [
        Self::Marketing,
        Self::MarketingLite,
        Self::Utility,
        Self::Authentication,
        Self::AuthenticationInternational,
        Self::Service,
        Self::Call,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Marketing => "marketing",
            Self::MarketingLite => "marketing_lite",
            Self::Utility => "utility",
            Self::Authentication => "authentication",
            Self::AuthenticationInternational => "authentication_international",
            Self::Service => "service",
            Self::Call => "call",
        }
    }

    /// Reads a name of files, in any case, with `_`, `-` or a blank between its words.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|category| {
            let name = category.name();
            name.len() == text.len()
                && name.bytes().zip(text.bytes()).all(|(n, t)| {
                    n == t.to_ascii_lowercase() || (n == b'_' && matches!(t, b'-' | b' '))
                })
        })
    }
}

/// How Meta prices a row, as its own data says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PricingType {
    Regular,
    FreeCustomerService,
    FreeEntryPoint,
}

impl PricingType {
    pub const ALL: [Self; 3] = [
        Self::Regular,
        Self::FreeCustomerService,
        Self::FreeEntryPoint,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::FreeCustomerService => "free_customer_service",
            Self::FreeEntryPoint => "free_entry_point",
        }
    }

    /// Reads a name of files, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|t| t.name().eq_ignore_ascii_case(text.trim()))
    }
}

/// How a row names its channel.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ChannelRef {
    Id(ChannelId),
    Phone(PhoneNumber),
}

/// Where the recipient is, as the row says it. The country is the finer one and counts where
/// both are given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Country(Country),
    /// Meta's name of the market, as written.
    Market(String),
    /// Neither; the row has a cost.
    Unknown,
}

/// One row of usage as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageRow {
    /// The WABA's own local day.
    pub day: Date,
    pub channel: ChannelRef,
    pub place: Place,
    pub category: Category,
    pub pricing_type: PricingType,
    /// Delivered messages; pulses of six seconds for calls.
    pub quantity: u64,
    /// What 360Dialog or Meta reported for the row, in the hub's currency; at most six decimals.
    pub cost: Option<Decimal>,
    /// The source's own id of the row.
    pub row_id: Option<String>,
}
