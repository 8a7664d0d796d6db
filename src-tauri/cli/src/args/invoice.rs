//! 360Dialog's invoices.

use std::path::PathBuf;

use clap::{ArgGroup, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum InvoiceVerb {
    /// List hub invoices.
    List {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
    /// Show one.
    Show {
        #[arg(value_name = "NUMBER")]
        number: String,
    },
    /// Write PDFs to a folder.
    #[command(group = ArgGroup::new("which").args(["numbers", "month"]).required(true))]
    Export {
        #[arg(value_name = "NUMBER")]
        numbers: Vec<String>,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
        #[arg(long, value_name = "ID", conflicts_with = "numbers")]
        hub: Option<String>,
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Names of the files, of {reference}, {number}, {hub}, {channel}, {month}, {date}.
        #[arg(
            long,
            default_value = "",
            hide_default_value = true,
            value_name = "PATTERN"
        )]
        names: String,
        /// One ZIP of this name instead of files.
        #[arg(long, value_name = "NAME")]
        zip: Option<String>,
        /// E-mail drafts (.eml) with the PDF attached, to your billing e-mail.
        #[arg(long)]
        mail: bool,
    },
    /// Enter 360Dialog's own number of an invoice; empty takes it back.
    Number {
        #[arg(value_name = "REFERENCE")]
        reference: String,
        #[arg(value_name = "NUMBER")]
        number: String,
    },
}
