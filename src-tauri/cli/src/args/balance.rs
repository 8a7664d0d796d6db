//! Balances and their statements.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

#[derive(Debug, Args)]
pub(crate) struct Balance {
    /// One hub; all of them if not given.
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<String>,
    /// The balance at the end of this day.
    #[arg(long, value_name = "DATE", conflicts_with = "month")]
    pub(crate) on: Option<String>,
    /// The five numbers of this month; of today's if not given.
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: Option<String>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("balance").args(["hub", "channel"]).required(true).multiple(true))]
pub(crate) struct Movements {
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<String>,
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: Option<String>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("balance").args(["hub", "channel"]).required(true).multiple(true))]
pub(crate) struct Statement {
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<String>,
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: String,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) pdf: PathBuf,
    /// en, de, es, pt-BR, fr or it; left out: as the company's papers.
    #[arg(
        long,
        default_value = "",
        hide_default_value = true,
        value_name = "CODE"
    )]
    pub(crate) language: String,
}
