//! A hub at a glance.

use serde::Serialize;
use specta::Type;

use super::{BalanceView, MoneyView};

/// What the overview of a hub shows.
#[derive(Clone, Debug, Serialize, Type)]
pub struct OverviewView {
    pub hub: String,
    pub month: String,
    /// Shared balance, or the sum of the channels'.
    pub balance: MoneyView,
    pub paused: u32,
    /// The balance at the end of each day from the start of last month; shared balances only.
    pub curve: Vec<CurvePointView>,
    /// Average used a day over 7, 15 and 30 days before today.
    pub used_a_day: Vec<MoneyView>,
    /// At the average of 30 days; none without usage.
    pub days_left: Option<u32>,
    pub runs_dry_on: Option<String>,
    pub by_category: Vec<SpendView>,
    pub by_market: Vec<SpendView>,
    pub by_client: Vec<SpendView>,
    pub used: MoneyView,
    pub used_before: MoneyView,
    /// The lowest balances first, at most five; Direct-Paid only.
    pub lowest: Vec<BalanceView>,
    pub next: Vec<NextView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct CurvePointView {
    pub day: String,
    pub balance: MoneyView,
    /// Added on that day.
    pub added: Option<MoneyView>,
    pub emergency: bool,
}

/// What was spent on one thing, this month and over the same days of the month before.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SpendView {
    pub key: String,
    pub name: String,
    pub amount: MoneyView,
    pub before: MoneyView,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum NextWord {
    /// The balance is at or below zero.
    Paused,
    /// The balance runs dry within a week.
    RunsDry,
    Unrated,
    /// A month is over and not closed.
    CloseMonth,
    /// Meta changed prices and the book has no card of the hub's currency since.
    CardOutdated,
    ChannelEnds,
    AddClients,
    BringInUsage,
    AmountBelowThreshold,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NextView {
    pub what: NextWord,
    pub count: u32,
    pub name: String,
    pub day: Option<String>,
    pub month: Option<String>,
    pub amount: Option<MoneyView>,
}
