//! What can be written on the command line. Amounts, days, ids and currencies stay the text that
//! was typed: the use cases read them and refuse them in one voice with the window.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Parser, Subcommand};
use hubledger_book::form::{ChargesKind, ChargesSortBy, SumBy};
use hubledger_book::word::{
    CategoryWord, ChartWord, ModelWord, OwnerWord, PayByWord, PlanWord, RefundWord, TierWord,
    TopUpWord,
};

use crate::client_invoice::ClientInvoiceVerb;
use crate::seller::{ClientBilling, SellerVerb};

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

#[derive(Debug, Subcommand)]
pub(crate) enum ClientVerb {
    /// Add a client.
    Add {
        #[arg(long, value_name = "ID")]
        hub: String,
        #[arg(long)]
        id: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        country: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        email: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        vat_id: String,
    },
    /// Change a client.
    Edit {
        #[arg(long)]
        id: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        country: Option<String>,
        #[arg(long)]
        email: Option<String>,
        #[arg(long)]
        vat_id: Option<String>,
    },
    /// Show how a client is invoiced, or change it.
    Billing(Box<ClientBilling>),
    /// List clients.
    List {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ChannelVerb {
    /// Add a channel: to a client, or in a client's book to a hub.
    Add(ChannelAdd),
    /// Change a channel, its opening balance or its auto-renewal.
    Edit(ChannelEdit),
    /// Cancel a channel.
    Cancel {
        #[arg(long)]
        id: String,
        /// Its last day.
        #[arg(long, value_name = "DATE")]
        ended: String,
    },
    /// Note the licence price that a channel keeps for a tier, whatever the card says.
    #[command(group = ArgGroup::new("of").args(["price", "card"]).required(true))]
    KeepPrice {
        #[arg(long)]
        id: String,
        #[arg(long, value_parser = word!(TierWord))]
        tier: TierWord,
        /// The price of a whole month.
        #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
        price: Option<String>,
        /// The card's price again.
        #[arg(long)]
        card: bool,
        /// The month that it holds from; the first open month if not given.
        #[arg(long, value_name = "YYYY-MM")]
        from: Option<String>,
        /// Why, such as a price guarantee of 360Dialog's.
        #[arg(long)]
        reason: String,
    },
    /// List channels.
    List {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("of").args(["client", "hub"]).required(true))]
pub(crate) struct ChannelAdd {
    #[arg(long, value_name = "ID")]
    pub(crate) client: Option<String>,
    /// In a client's book.
    #[arg(long, value_name = "ID")]
    pub(crate) hub: Option<String>,
    #[arg(long)]
    pub(crate) id: String,
    #[arg(long)]
    pub(crate) phone: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) name: String,
    #[arg(long, default_value = "regular", value_parser = word!(TierWord))]
    pub(crate) tier: TierWord,
    /// The first day that is billed.
    #[arg(long, value_name = "DATE")]
    pub(crate) started: String,
    /// Its last day.
    #[arg(
        long,
        value_name = "DATE",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) ended: String,
    /// Such as Europe/Berlin.
    #[arg(
        long,
        value_name = "ZONE",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) time_zone: String,
}

#[derive(Debug, Args)]
pub(crate) struct ChannelEdit {
    #[arg(long)]
    pub(crate) id: String,
    #[arg(long)]
    pub(crate) phone: Option<String>,
    #[arg(long)]
    pub(crate) name: Option<String>,
    #[arg(long, value_parser = word!(TierWord))]
    pub(crate) tier: Option<TierWord>,
    /// The day from which the tier holds; today if not given.
    #[arg(long, value_name = "DATE", requires = "tier")]
    pub(crate) from: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) started: Option<String>,
    /// Its last day; empty takes the cancellation back.
    #[arg(long, value_name = "DATE")]
    pub(crate) ended: Option<String>,
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,
    /// Its balance at the start of the books, of a Direct-Paid hub.
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub(crate) opening: Option<String>,
    #[command(flatten)]
    pub(crate) auto: AutoRenewal,
}

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
#[derive(Debug, clap::Args)]
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

#[derive(Debug, Subcommand)]
pub(crate) enum BackupVerb {
    /// Make one.
    Now,
    /// List them, newest first.
    List,
    /// Open one as a copy and prove every invariant of it; the newest if none is named.
    Verify {
        #[arg(value_name = "BACKUP")]
        backup: Option<String>,
    },
    /// Put one in the book's place. What it replaces is kept.
    Restore {
        #[arg(value_name = "BACKUP")]
        backup: String,
    },
    /// Show where they are written, or choose another folder.
    Folder {
        #[arg(value_name = "DIR", conflicts_with = "beside")]
        folder: Option<PathBuf>,
        /// Beside the book again.
        #[arg(long)]
        beside: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PassphraseVerb {
    /// Encrypt the book, or change its passphrase. It is asked for, or read from standard input
    /// or from the file that HUBLEDGER_NEW_PASSPHRASE_FILE names.
    Set,
    /// Keep the book without encryption.
    Remove,
}
