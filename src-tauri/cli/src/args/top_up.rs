//! Money that comes in and goes back.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args};
use hubledger_book::word::{PayByWord, RefundWord, TopUpWord};

use super::word;

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("balance").args(["hub", "channel"]).required(true))]
pub(crate) struct TopUp {
    /// A Partner-Paid hub: its shared balance.
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    /// A channel of a Direct-Paid hub.
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<String>,
    /// Net: what the balance grows by.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) amount: String,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: String,
    #[arg(long, default_value = "manual", value_parser = word!(TopUpWord))]
    pub(crate) kind: TopUpWord,
    /// As the hub pays, if not given.
    #[arg(long, value_parser = word!(PayByWord))]
    pub(crate) method: Option<PayByWord>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("balance").args(["hub", "channel"]).required(true))]
pub(crate) struct Refund {
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) amount: String,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: String,
    #[arg(long, value_parser = word!(RefundWord))]
    pub(crate) to: RefundWord,
}
