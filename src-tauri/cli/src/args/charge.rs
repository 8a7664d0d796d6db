//! Charges, and what they could have been.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Subcommand};
use hubledger_book::form::{ChargesKind, ChargesSortBy, SumBy};
use hubledger_book::word::{CategoryWord, PlanWord, TierWord};

use super::word;

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("other").args(["card", "plan", "tier"]).required(true).multiple(true))]
pub(crate) struct WhatIf {
    #[arg(long, value_name = "ID")]
    pub(crate) hub: String,
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: String,
    /// A price card: its number, or a day on which it holds.
    #[arg(long, value_name = "CARD|DATE")]
    pub(crate) card: Option<String>,
    #[arg(long, value_parser = word!(PlanWord))]
    pub(crate) plan: Option<PlanWord>,
    /// All channels on this tier.
    #[arg(long, value_parser = word!(TierWord))]
    pub(crate) tier: Option<TierWord>,
}

#[derive(Debug, Args)]
pub(crate) struct Charges {
    #[arg(long, value_name = "ID")]
    pub(crate) hub: String,
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: Option<String>,
    /// What reported costs differ from the card's prices, by channel, category and market.
    #[arg(long, requires = "month", conflicts_with_all = ["by", "client", "channel", "category", "market", "unrated"])]
    pub(crate) differences: bool,
    /// Sums: channel, client, category or market.
    #[arg(long, value_parser = sum_by, conflicts_with_all = ["client", "channel", "category", "market", "unrated"])]
    pub(crate) by: Option<SumBy>,
    #[arg(long, value_name = "ID")]
    pub(crate) client: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<String>,
    #[arg(long, value_parser = word!(CategoryWord))]
    pub(crate) category: Option<CategoryWord>,
    #[arg(long)]
    pub(crate) market: Option<String>,
    /// Only those without a price.
    #[arg(long)]
    pub(crate) unrated: bool,
    /// Only usage, or what one line of 360Dialog's invoices bills: messages, calls, usage-reconciliation,
    /// plan, plan-upgrade, licence, pro-rata-licence, tier-upgrade or late-licence.
    #[arg(long, value_name = "LINE", value_parser = charges_kind, conflicts_with_all = ["by", "differences"])]
    pub(crate) kind: Option<ChargesKind>,
    /// In the order of: day, client, channel, market, category, quantity or amount. Without it the newest come first.
    #[arg(long, value_name = "COLUMN", value_parser = sort_by, conflicts_with_all = ["by", "differences"])]
    pub(crate) sort: Option<ChargesSortBy>,
    /// The last day, the largest number, the end of the alphabet first.
    #[arg(long, requires = "sort")]
    pub(crate) down: bool,
    /// Write all of them to this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["by", "differences"])]
    pub(crate) csv: Option<PathBuf>,
}

fn charges_kind(text: &str) -> Result<ChargesKind, String> {
    match text {
        "usage" => Ok(ChargesKind::Usage),
        "messages" => Ok(ChargesKind::Messages),
        "calls" => Ok(ChargesKind::Calls),
        "usage-reconciliation" => Ok(ChargesKind::UsageReconciliation),
        "plan" => Ok(ChargesKind::Plan),
        "plan-upgrade" => Ok(ChargesKind::PlanUpgrade),
        "licence" => Ok(ChargesKind::Licence),
        "pro-rata-licence" => Ok(ChargesKind::ProRataLicence),
        "tier-upgrade" => Ok(ChargesKind::TierUpgrade),
        "late-licence" => Ok(ChargesKind::LateLicence),
        _ => Err("write usage, or a line of an invoice: messages, calls, usage-reconciliation, plan, plan-upgrade, licence, pro-rata-licence, tier-upgrade or late-licence".to_owned()),
    }
}

fn sort_by(text: &str) -> Result<ChargesSortBy, String> {
    match text {
        "day" => Ok(ChargesSortBy::Day),
        "client" => Ok(ChargesSortBy::Client),
        "channel" => Ok(ChargesSortBy::Channel),
        "market" => Ok(ChargesSortBy::Market),
        "category" => Ok(ChargesSortBy::Category),
        "quantity" => Ok(ChargesSortBy::Quantity),
        "amount" => Ok(ChargesSortBy::Amount),
        _ => Err("write day, client, channel, market, category, quantity or amount".to_owned()),
    }
}

fn sum_by(text: &str) -> Result<SumBy, String> {
    match text {
        "channel" => Ok(SumBy::Channel),
        "client" => Ok(SumBy::Client),
        "category" => Ok(SumBy::Category),
        "market" => Ok(SumBy::Market),
        _ => Err("write channel, client, category or market".to_owned()),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum UnratedVerb {
    /// List them.
    List {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
    },
    /// Give one its cost.
    Price {
        #[arg(value_name = "CHARGE")]
        charge: String,
        /// In the hub's currency, up to six decimals.
        #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
        cost: String,
    },
    /// Let one go.
    Waive {
        #[arg(value_name = "CHARGE")]
        charge: String,
        #[arg(long)]
        reason: String,
    },
}
