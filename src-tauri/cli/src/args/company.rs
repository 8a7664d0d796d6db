//! A book and its company.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use hubledger_book::word::OwnerWord;

use super::word;

#[derive(Debug, Args)]
pub(crate) struct New {
    /// Where the book will lie, such as my.hubbook.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long, value_parser = word!(OwnerWord))]
    pub(crate) owner: OwnerWord,
    #[arg(long)]
    pub(crate) name: String,
    /// ISO 3166 code, such as DE.
    #[arg(long)]
    pub(crate) country: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) vat_id: String,
    /// A line of the address; more than once for more lines.
    #[arg(long)]
    pub(crate) address: Vec<String>,
    /// Where 360Dialog sends its invoices.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) email: String,
    /// The language of papers to the company itself: en, de, es, pt-BR, fr or it.
    #[arg(long, default_value = "en", value_name = "CODE")]
    pub(crate) language: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CompanyVerb {
    /// Show it.
    Show,
    /// Change it. Another country or VAT ID holds from the next month.
    Edit {
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        country: Option<String>,
        /// Empty takes it away.
        #[arg(long)]
        vat_id: Option<String>,
        #[arg(long)]
        address: Vec<String>,
        #[arg(long)]
        email: Option<String>,
    },
    /// Set the language of papers to the company itself: copies of hub invoices, statements. Closed
    /// months keep theirs.
    Language {
        /// en, de, es, pt-BR, fr or it.
        #[arg(value_name = "CODE")]
        code: String,
    },
}
