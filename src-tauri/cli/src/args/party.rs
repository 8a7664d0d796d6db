//! Clients and channels.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Subcommand};
use hubledger_book::word::TierWord;

use super::{AutoRenewal, word};
use crate::seller::ClientBilling;

#[derive(Debug, Subcommand)]
pub(crate) enum ClientVerb {
    /// Add a client.
    Add {
        #[arg(long, value_name = "ID")]
        hub: String,
        #[arg(long)]
        id: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        country: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        email: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        vat_id: String,
    },
    /// Change a client.
    Edit {
        #[arg(long)]
        id: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        country: Option<String>,
        #[arg(long)]
        email: Option<String>,
        #[arg(long)]
        vat_id: Option<String>,
    },
    /// Show how a client is invoiced, or change it.
    Billing(Box<ClientBilling>),
    /// List clients.
    List {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ChannelVerb {
    /// Add a channel: to a client, or in a client's book to a hub.
    Add(ChannelAdd),
    /// Change a channel, its opening balance or its auto-renewal.
    Edit(ChannelEdit),
    /// Cancel a channel.
    Cancel {
        #[arg(long)]
        id: String,
        /// Its last day.
        #[arg(long, value_name = "DATE")]
        ended: String,
    },
    /// Note the licence price that a channel keeps for a tier, whatever the card says.
    #[command(group = ArgGroup::new("of").args(["price", "card"]).required(true))]
    KeepPrice {
        #[arg(long)]
        id: String,
        #[arg(long, value_parser = word!(TierWord))]
        tier: TierWord,
        /// The price of a whole month.
        #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
        price: Option<String>,
        /// The card's price again.
        #[arg(long)]
        card: bool,
        /// The month that it holds from; the first open month if not given.
        #[arg(long, value_name = "YYYY-MM")]
        from: Option<String>,
        /// Why, such as a price guarantee of 360Dialog's.
        #[arg(long)]
        reason: String,
    },
    /// List channels.
    List {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("of").args(["client", "hub"]).required(true))]
pub(crate) struct ChannelAdd {
    #[arg(long, value_name = "ID")]
    pub(crate) client: Option<String>,
    /// In a client's book.
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    #[arg(long)]
    pub(crate) id: String,
    #[arg(long)]
    pub(crate) phone: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) name: String,
    #[arg(long, default_value = "regular", value_parser = word!(TierWord))]
    pub(crate) tier: TierWord,
    /// The first day that is billed.
    #[arg(long, value_name = "DATE")]
    pub(crate) started: String,
    /// Its last day.
    #[arg(
        long,
        value_name = "DATE",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) ended: String,
    /// Such as Europe/Berlin.
    #[arg(
        long,
        value_name = "ZONE",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) time_zone: String,
}

#[derive(Debug, Args)]
pub(crate) struct ChannelEdit {
    #[arg(long)]
    pub(crate) id: String,
    #[arg(long)]
    pub(crate) phone: Option<String>,
    #[arg(long)]
    pub(crate) name: Option<String>,
    #[arg(long, value_parser = word!(TierWord))]
    pub(crate) tier: Option<TierWord>,
    /// The day from which the tier holds; today if not given.
    #[arg(long, value_name = "DATE", requires = "tier")]
    pub(crate) from: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) started: Option<String>,
    /// Its last day; empty takes the cancellation back.
    #[arg(long, value_name = "DATE")]
    pub(crate) ended: Option<String>,
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,
    /// Its balance at the start of the books, of a Direct-Paid hub.
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub(crate) opening: Option<String>,
    #[command(flatten)]
    pub(crate) auto: AutoRenewal,
}
