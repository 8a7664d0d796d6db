//! Price cards and lists of markets.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum PricesVerb {
    /// List the price cards.
    List,
    /// Show the prices of a card.
    Show {
        #[arg(value_name = "CARD")]
        card: u32,
        /// Write them to this file, as a price-card.csv that can be brought in again.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Bring in a price-card.csv, or a file of Meta's as it comes: rates or volume tiers, CSV or XLSX.
    Import(PriceFile),
    /// Show what changes between two days.
    Diff {
        #[arg(value_name = "FROM")]
        from: String,
        #[arg(value_name = "TO")]
        to: String,
        #[arg(long, value_name = "EUR|USD")]
        currency: String,
        /// Write it to this file.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Choose which of several cards of one day holds.
    Choose {
        #[arg(value_name = "CARD")]
        card: u32,
    },
    /// Meta's lists of markets, which tell the market of a country: list, show, import, choose.
    #[command(subcommand)]
    Markets(MarketsVerb),
}

#[derive(Debug, Subcommand)]
pub(crate) enum MarketsVerb {
    /// List the lists of markets.
    List,
    /// Show the countries of a list.
    Show {
        #[arg(value_name = "LIST")]
        list: u32,
    },
    /// Bring in a CSV file with the columns effective_from, country, market. A list is whole: a
    /// country that it lacks is in Other from its day on.
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Show what it would do; book nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Choose which of several lists of one day holds.
    Choose {
        #[arg(value_name = "LIST")]
        list: u32,
    },
}

/// A file of prices.
#[derive(Debug, Args)]
pub(crate) struct PriceFile {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The day from which its prices hold, where the file does not say.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// Its currency, where the file does not say.
    #[arg(long, value_name = "EUR|USD")]
    pub(crate) currency: Option<String>,
    /// Show what it would do; book nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}
