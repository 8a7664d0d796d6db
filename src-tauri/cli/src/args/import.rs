//! Files that come in.

use std::path::PathBuf;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use hubledger_book::word::CategoryWord;

use super::{PriceFile, word};

#[derive(Debug, Subcommand)]
pub(crate) enum ImportVerb {
    /// What channels sent and called.
    Usage {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Show what it would do; book nothing.
        #[arg(long)]
        dry_run: bool,
        /// Write every row that can't be booked here, with the reason.
        #[arg(long, value_name = "FILE")]
        problems: Option<PathBuf>,
    },
    /// What 360Dialog and Meta charge.
    Prices(PriceFile),
    /// Clients and channels: a parties.csv, or a saved answer of the Partner API (JSON).
    Parties {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The hub of new clients in an answer; needed where the book has several.
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        /// The time zone of channels in an answer whose own is not known, such as Europe/Berlin.
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
        /// Show what it would do; book nothing.
        #[arg(long)]
        dry_run: bool,
        /// Take over what the file tells otherwise of known clients and channels.
        #[arg(long)]
        accept_differences: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum VolumeVerb {
    /// What a client's month had counted elsewhere, and what the book adds.
    List {
        #[arg(long, value_name = "ID")]
        client: String,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
    /// Tell what a client's business portfolio had counted outside the book; its rows are priced anew.
    Set {
        #[arg(long, value_name = "ID")]
        client: String,
        /// Meta's name, such as "Rest of Africa".
        #[arg(long)]
        market: String,
        #[arg(long, value_parser = word!(CategoryWord))]
        category: CategoryWord,
        /// The first month that it holds for, until another is told.
        #[arg(long, value_name = "YYYY-MM")]
        from: String,
        /// Charged messages, or minutes of calls; 0 where all of them are in the book.
        #[arg(long, required_unless_present = "unknown", conflicts_with = "unknown")]
        counted: Option<String>,
        /// It is not known: the list price stands in, as an estimate.
        #[arg(long)]
        unknown: bool,
    },
    /// Tell the same from a volume.csv: month, client_id (or channel_id, phone_number), market, category, counted.
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Show what it would do; book nothing.
        #[arg(long)]
        dry_run: bool,
    },
}
