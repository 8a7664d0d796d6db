//! Hubs with their settings.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use hubledger_book::word::{ModelWord, PayByWord, PlanWord};

use super::word;

#[derive(Debug, Subcommand)]
pub(crate) enum HubVerb {
    /// Add a hub. Its model and currency stay as they are.
    Add(HubAdd),
    /// Change the name, the plan or the first month.
    Edit {
        #[arg(long)]
        id: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long, value_parser = word!(PlanWord))]
        plan: Option<PlanWord>,
        /// The day from which the plan holds; today if not given.
        #[arg(long, value_name = "DATE", requires = "plan")]
        from: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        first_month: Option<String>,
    },
    /// End a hub and its channels.
    Close {
        #[arg(long)]
        id: String,
        /// Its last day; today if not given.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Give notice of the partner plan, or take it back. Its last day is shown by both readings of
    /// 360Dialog's term.
    CancelPlan {
        #[arg(long)]
        id: String,
        /// The day that notice is given; today if not given.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Which reading counts; as the hub's rule plan-notice says if not given.
        #[arg(long, value_name = "thirty-days|following-month")]
        reading: Option<String>,
        /// Show the last day; book nothing.
        #[arg(long)]
        dry_run: bool,
        /// Take the notice back.
        #[arg(long, conflicts_with_all = ["on", "reading", "dry_run"])]
        withdraw: bool,
    },
    /// Show the billing rules of a hub, or change settings.
    Settings(HubSettings),
    /// List hubs.
    List,
}

#[derive(Debug, Args)]
pub(crate) struct HubAdd {
    #[arg(long)]
    pub(crate) id: String,
    #[arg(long)]
    pub(crate) name: String,
    #[arg(long, value_parser = word!(ModelWord))]
    pub(crate) model: ModelWord,
    /// EUR or USD.
    #[arg(long)]
    pub(crate) currency: String,
    /// In a partner's book.
    #[arg(long, value_parser = word!(PlanWord))]
    pub(crate) plan: Option<PlanWord>,
    /// The day it began at 360Dialog.
    #[arg(
        long,
        value_name = "DATE",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) since: String,
    /// The first month that the book keeps.
    #[arg(
        long,
        value_name = "YYYY-MM",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) first_month: String,
    /// The shared balance at the start of it.
    #[arg(
        long,
        value_name = "AMOUNT",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub(crate) opening: String,
    #[arg(long, default_value = "card", value_parser = word!(PayByWord))]
    pub(crate) pay_by: PayByWord,
}

#[derive(Debug, Args)]
pub(crate) struct HubSettings {
    #[arg(long)]
    pub(crate) id: String,
    /// The shared balance on the first day of the first month; may be below zero.
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub(crate) opening: Option<String>,
    /// The month from which an opening balance or a rule holds.
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) from: Option<String>,
    #[arg(long, value_parser = word!(PayByWord))]
    pub(crate) pay_by: Option<PayByWord>,
    /// A billing rule; more than once for more.
    #[arg(long, value_name = "RULE=VALUE", value_parser = rule_and_value)]
    pub(crate) set: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) auto: AutoRenewal,
}

/// Auto-renewal as it is set at 360Dialog.
#[derive(Debug, Args)]
pub(crate) struct AutoRenewal {
    #[arg(long, value_name = "on|off", value_parser = on_or_off)]
    pub(crate) auto_renewal: Option<bool>,
    #[arg(
        long,
        value_name = "AMOUNT",
        requires = "auto_renewal",
        allow_hyphen_values = true
    )]
    pub(crate) threshold: Option<String>,
    #[arg(
        long,
        value_name = "AMOUNT",
        requires = "auto_renewal",
        allow_hyphen_values = true
    )]
    pub(crate) amount: Option<String>,
}

fn rule_and_value(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(rule, value)| (rule.to_owned(), value.to_owned()))
        .ok_or_else(|| "write RULE=VALUE, such as vat-on=usage".to_owned())
}

fn on_or_off(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("write on or off".to_owned()),
    }
}
