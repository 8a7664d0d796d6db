//! The ledger, and the record of who did what.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use hubledger_book::word::ChartWord;

use super::word;

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerVerb {
    /// Show what all accounts hold, a balance a currency.
    TrialBalance {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        /// What was debited and credited from this day on; else from the beginning.
        #[arg(
            long,
            value_name = "YYYY-MM-DD",
            default_value = "",
            hide_default_value = true
        )]
        from: String,
        /// At the end of this day; else of today.
        #[arg(
            long,
            value_name = "YYYY-MM-DD",
            default_value = "",
            hide_default_value = true
        )]
        until: String,
        /// Write it to this file.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Show an account with its entries.
    Account {
        /// Its name, as the trial balance gives it.
        #[arg(value_name = "ACCOUNT")]
        account: String,
        #[arg(
            long,
            value_name = "YYYY-MM-DD",
            default_value = "",
            hide_default_value = true
        )]
        from: String,
        #[arg(
            long,
            value_name = "YYYY-MM-DD",
            default_value = "",
            hide_default_value = true
        )]
        until: String,
        /// Write it to this file.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// List journal entries with their postings, newest first.
    Entries(Entries),
    /// Show the chart of accounts, or change it.
    Chart {
        /// Write it to this file.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        #[command(subcommand)]
        verb: Option<ChartVerb>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Entries {
    /// Only this entry.
    #[arg(long, value_name = "NO")]
    pub(crate) entry: Option<u32>,
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    /// Only those that post to this account, by its name on the trial balance.
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// Only those that post to an account of this kind, as the chart names it: cost:messages.
    #[arg(long, value_name = "KIND")]
    pub(crate) account_kind: Option<String>,
    /// Only what records this: top-up, usage, fee-invoice.
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// Only those that post at least so much on a side.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) least: Option<String>,
    #[arg(long)]
    pub(crate) oldest_first: bool,
    /// Only of this month.
    #[arg(long, value_name = "YYYY-MM", conflicts_with_all = ["from", "until"])]
    pub(crate) month: Option<String>,
    /// Only what this act of the history posted.
    #[arg(long, value_name = "NO")]
    pub(crate) unit: Option<u32>,
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) from: String,
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) until: String,
    /// Where the last page ended.
    #[arg(long, value_name = "PLACE")]
    pub(crate) after: Option<String>,
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
    /// Write all of them to this file, a row a posting.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ChartVerb {
    /// Give all accounts the numbers and names of a chart.
    Use {
        #[arg(value_parser = word!(ChartWord))]
        chart: ChartWord,
    },
    /// Give an account another number and name.
    Set {
        #[arg(value_name = "KIND")]
        kind: String,
        #[arg(long)]
        number: String,
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReverseVerb {
    /// An entry: of a top-up, a refund, a fee invoice, a client's payment. `ledger entries` shows
    /// their numbers.
    Entry {
        #[arg(value_name = "ENTRY")]
        entry: String,
        /// Show what reversing would book.
        #[arg(long)]
        dry_run: bool,
    },
    /// A charge of messages or calls. `charges` shows their numbers.
    Charge {
        #[arg(value_name = "CHARGE")]
        charge: String,
        /// Show what reversing would book.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct History {
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) client: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) invoice: Option<String>,
    /// Only what this person did, as the history names them.
    #[arg(long)]
    pub(crate) who: Option<String>,
    /// Only this kind of act: top-up, close-month.
    #[arg(long)]
    pub(crate) what: Option<String>,
    /// Only from this day on, in UTC.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// Only until the end of this day, in UTC.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<String>,
    #[arg(long)]
    pub(crate) oldest_first: bool,
    /// Only what comes behind this one.
    #[arg(long, value_name = "NO", visible_alias = "before")]
    pub(crate) after: Option<u32>,
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
}
