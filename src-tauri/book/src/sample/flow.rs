//! What a channel of the sample can send: kinds of messages, and the days on which they are many.

use chrono::Weekday;
use hubledger_core::usage::{Category, PricingType};

/// What a flow sends.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Marketing,
    Utility,
    Login,
    Service,
    /// Utility messages within the customer's window, free of charge.
    WindowUtility,
    /// Answers to a click on an advertisement, free of charge.
    FreeEntry,
    /// In pulses of six seconds.
    Call,
}

impl Kind {
    pub(super) fn names(self) -> (Category, PricingType) {
        match self {
            Self::Marketing => (Category::Marketing, PricingType::Regular),
            Self::Utility => (Category::Utility, PricingType::Regular),
            Self::Login => (Category::Authentication, PricingType::Regular),
            Self::Service => (Category::Service, PricingType::Regular),
            Self::WindowUtility => (Category::Utility, PricingType::FreeCustomerService),
            Self::FreeEntry => (Category::Utility, PricingType::FreeEntryPoint),
            Self::Call => (Category::Call, PricingType::Regular),
        }
    }
}

/// On which days a flow is strong. A campaign runs on one day of the week.
#[derive(Clone, Copy)]
pub(super) enum Rhythm {
    Daily,
    Office,
    Shop,
    Travel,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
}

impl Rhythm {
    /// The share of a usual day, in percent.
    pub(super) fn percent(self, day: Weekday) -> u64 {
        let campaign = |on| if day == on { 100 } else { 0 };
        match (self, day) {
            (Self::Daily, Weekday::Sat | Weekday::Sun) => 85,
            (Self::Daily, _) => 100,
            (Self::Office, Weekday::Sat) => 18,
            (Self::Office, Weekday::Sun) => 0,
            (Self::Office, _) => 100,
            (Self::Shop, Weekday::Sat) => 165,
            (Self::Shop, Weekday::Sun) => 35,
            (Self::Shop, _) => 100,
            (Self::Travel, Weekday::Fri | Weekday::Sat | Weekday::Sun) => 150,
            (Self::Travel, _) => 90,
            (Self::Monday, _) => campaign(Weekday::Mon),
            (Self::Tuesday, _) => campaign(Weekday::Tue),
            (Self::Wednesday, _) => campaign(Weekday::Wed),
            (Self::Thursday, _) => campaign(Weekday::Thu),
            (Self::Friday, _) => campaign(Weekday::Fri),
        }
    }
}

/// What a channel sends to a country: what, how many on a usual day, on which days.
pub(super) type Flow = (&'static str, Kind, u64, Rhythm);
