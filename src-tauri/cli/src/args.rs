//! What can be written on the command line. Amounts, days, ids and currencies stay the text that
//! was typed: the use cases read them and refuse them in one voice with the window.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};

use crate::client_invoice::ClientInvoiceVerb;
use crate::seller::SellerVerb;

mod company;
mod hub;
mod party;
mod top_up;
mod import;
mod charge;
mod balance;
mod ledger;
mod price;
mod invoice;
mod backup;

pub(crate) use backup::*;
pub(crate) use balance::*;
pub(crate) use charge::*;
pub(crate) use company::*;
pub(crate) use hub::*;
pub(crate) use import::*;
pub(crate) use invoice::*;
pub(crate) use ledger::*;
pub(crate) use party::*;
pub(crate) use price::*;
pub(crate) use top_up::*;

/// Reads one of the words of the books.
macro_rules! word {
    ($word:ident) => {
        PossibleValuesParser::new($word::ALL.iter().map(|w| w.as_str()))
            .try_map(|text| $word::parse(&text).ok_or("not one of the words"))
    };
}
pub(crate) use word;

/// Bookkeeping for 360Dialog hubs: balances, charges, month closings and invoices.
#[derive(Debug, Parser)]
#[command(
    name = "hubl",
    disable_version_flag = true,
    arg_required_else_help = true
)]
pub(crate) struct Line {
    /// The book to work in.
    #[arg(short = 'b', long = "book", value_name = "FILE", global = true)]
    pub(crate) book: Option<PathBuf>,
    /// Print records as JSON, amounts as strings with their currency beside them.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The day that stands in for today.
    #[arg(long, value_name = "YYYY-MM-DD", global = true, value_parser = today)]
    pub(crate) today: Option<NaiveDate>,
    /// Print the version, where the data lies, and the newest price cards.
    #[arg(short = 'V', long)]
    pub(crate) version: bool,
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
}

fn today(text: &str) -> Result<NaiveDate, String> {
    Some(text)
        .filter(|t| t.len() == 10)
        .and_then(|t| NaiveDate::parse_from_str(t, "%Y-%m-%d").ok())
        .ok_or_else(|| "not a day: write YYYY-MM-DD, a day that exists".to_owned())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make a book.
    New(New),
    /// Show the company behind the book, or change it.
    Company {
        #[command(subcommand)]
        verb: Option<CompanyVerb>,
    },
    /// Hubs: add, edit, close, settings, list.
    #[command(subcommand)]
    Hub(HubVerb),
    /// Clients of a hub: add, edit, list.
    #[command(subcommand)]
    Client(ClientVerb),
    /// Channels of clients: add, edit, cancel, list.
    #[command(subcommand)]
    Channel(ChannelVerb),
    /// Add money to a balance.
    TopUp(TopUp),
    /// Give money back to a balance, or pay it out from there.
    Refund(Refund),
    /// Bring in usage, prices, or clients and channels.
    #[command(subcommand)]
    Import(ImportVerb),
    /// Show charges, or sums of them.
    Charges(Charges),
    /// Show balances.
    Balance(Balance),
    /// Show what moved a balance.
    Movements(Movements),
    /// Write the statement of a balance's month as PDF.
    Statement(Statement),
    /// Charges without a price: list, price, waive.
    #[command(subcommand)]
    Unrated(UnratedVerb),
    /// Say where the amount of a charge comes from.
    Explain {
        #[arg(value_name = "CHARGE")]
        charge: String,
    },
    /// Show what a month would cost under another card, plan or tier. Nothing is booked.
    WhatIf(WhatIf),
    /// Volume steps: where clients' months stand on them.
    #[command(subcommand)]
    Volume(VolumeVerb),
    /// Price cards: list, show, import, diff, choose; and Meta's markets.
    #[command(subcommand)]
    Prices(PricesVerb),
    /// Close a month of a hub.
    Close {
        #[arg(long, value_name = "ID")]
        hub: String,
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Show what closing would do.
        #[arg(long)]
        dry_run: bool,
    },
    /// What 360Dialog bills: list, show, export, number.
    #[command(subcommand)]
    Invoice(InvoiceVerb),
    /// The owner as seller of its own invoices: show, edit, logo, numbers.
    Seller {
        #[command(subcommand)]
        verb: Option<SellerVerb>,
    },
    /// Your own invoices to clients: draft, issue, credit, cancel, pay.
    #[command(subcommand)]
    ClientInvoice(ClientInvoiceVerb),
    /// The ledger: trial balance, accounts, chart.
    #[command(subcommand)]
    Ledger(LedgerVerb),
    /// Show who did what, and when.
    History(History),
    /// Take back what was done last, or what was done under a number of the history.
    Undo {
        /// The number in the history; without it, what was done last.
        #[arg(value_name = "NO")]
        unit: Option<u32>,
    },
    /// Correct what a closed month holds: book its mirror in the first open month. Such as
    /// `hubl reverse entry 14`, the entry of a top-up.
    #[command(subcommand)]
    Reverse(ReverseVerb),
    /// Prove the book: every invariant, recomputed.
    Check,
    /// Backups: now, list, verify, restore, folder.
    #[command(subcommand)]
    Backup(BackupVerb),
    /// The passphrase of the book: set or change it, remove it.
    #[command(subcommand)]
    Passphrase(PassphraseVerb),
    /// Make the sample books, their months closed, and write their PDFs.
    Demo {
        /// The folder for them.
        #[arg(long, value_name = "DIR", default_value = "hubledger-demo")]
        to: PathBuf,
    },
}
