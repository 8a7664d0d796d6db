//! Clients and channels.

use serde::Serialize;
use specta::Type;

use super::{AutoRenewalView, MoneyView};
use crate::word::TierWord;

/// A client with its channels.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientView {
    pub id: String,
    pub hub: String,
    pub name: String,
    pub country: Option<String>,
    pub email: String,
    pub vat_id: String,
    /// Sum of its channels' licences of the month.
    pub licences: MoneyView,
    /// Usage of the month, what is rated.
    pub used: MoneyView,
    pub channels: Vec<ChannelView>,
}

/// Clients of a hub, and a page of their channels.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientsPageView {
    /// By name, with the sums of their channels on the list; with the first page only. All of the
    /// hub's, or those that have a channel on a narrowed list.
    pub clients: Vec<ClientSumView>,
    /// Of all clients of the hub; with the first page only.
    pub countries: Vec<String>,
    pub rows: Vec<ChannelView>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Channels on the list.
    pub count: u32,
    /// The one that was asked for.
    pub channel: Option<ChannelView>,
}

/// A client with what its channels come to.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClientSumView {
    pub id: String,
    pub hub: String,
    pub name: String,
    pub country: Option<String>,
    pub email: String,
    pub vat_id: String,
    pub channels: u32,
    /// Channels that have a licence to pay in the month.
    pub licensed: u32,
    /// Sum of its channels' licences of the month.
    pub licences: MoneyView,
    /// Usage of the month, what is rated.
    pub used: MoneyView,
}

/// Where a channel stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelState {
    /// Its first day lies ahead.
    Starting,
    Active,
    /// Cancelled; its last day lies ahead.
    Ending,
    Ended,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct ChannelView {
    pub id: String,
    pub hub: String,
    pub client: String,
    pub client_name: String,
    pub phone: String,
    /// May be empty: show the phone number.
    pub name: String,
    pub tier: TierWord,
    pub tiers: Vec<TierFromView>,
    pub started: String,
    pub ended: Option<String>,
    pub time_zone: String,
    pub state: ChannelState,
    /// Licence prices that it keeps, whatever the card says; oldest first.
    pub kept_prices: Vec<KeptPriceView>,
    /// What the channel's licence costs in the month.
    pub licence: MoneyView,
    /// Usage of the month, what is rated.
    pub used: MoneyView,
    /// Of a Direct-Paid hub.
    pub balance: Option<MoneyView>,
    /// Of a Direct-Paid hub.
    pub opening: Option<MoneyView>,
    /// Outbound messages and calls are paused: its balance is at or below zero.
    pub paused: bool,
    pub auto_renewal: Option<AutoRenewalView>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct TierFromView {
    pub from: String,
    pub tier: TierWord,
}

/// A licence price that a channel keeps for a tier, from a month on until the next.
#[derive(Clone, Debug, Serialize, Type)]
pub struct KeptPriceView {
    pub tier: TierWord,
    pub from: String,
    /// For a whole month; none: the card's price again.
    pub price: Option<MoneyView>,
    pub reason: String,
}

/// A channel by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ChannelLabelView {
    pub id: String,
    pub name: String,
    pub phone: String,
    pub client: String,
    pub client_name: String,
}
