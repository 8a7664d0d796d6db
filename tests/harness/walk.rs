//! Asks a book everything that it can be asked, and keeps the answers. Two walks are compared to
//! see that a refusal changed nothing; one is searched to see what a book doesn't show.

use std::ops::ControlFlow;
use std::path::Path;

use hubledger_book::Book;
use hubledger_book::form::{
    ChargesForm, ClientsForm, FindForm, PlanNoticeForm, ReminderForm, SumBy, WhatIfForm,
};
use hubledger_book::ledger::{AccountForm, EntriesForm, TrialForm};
use hubledger_book::moment::Moment;
use hubledger_book::word::{ReminderWord, TierWord};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Every method of a book that reads, by name. A test holds this list against the source, so
/// that no new one goes unasked.
pub const ASKED: &[&str] = &[
    "account",
    "backup_job",
    "backups",
    "beside",
    "balance_on",
    "balances",
    "book_view",
    "cards",
    "channel_usage",
    "channels",
    "charge_sums",
    "charges",
    "chart",
    "check",
    "check_with",
    "client_billing",
    "client_correction_pdf",
    "client_credit_pdf",
    "client_draft",
    "client_draft_pdf",
    "client_drafts",
    "client_invoice",
    "client_invoice_pdf",
    "client_invoices",
    "client_reminder_pdf",
    "clients",
    "clients_page",
    "close_preview",
    "compare_cards",
    "cost_differences",
    "entries",
    "explain",
    "export_account",
    "export_card",
    "export_card_diff",
    "export_chart",
    "export_charges",
    "export_charges_with",
    "export_shown",
    "export_shown_charges",
    "export_client_invoices",
    "export_entries",
    "export_entries_with",
    "export_invoices",
    "export_month",
    "export_price_changes",
    "export_trial_balance",
    "find",
    "history",
    "history_page",
    "hub",
    "hubs",
    "invoice",
    "invoice_pdf",
    "invoices",
    "overview",
    "path",
    "plan_notice",
    "is_read_only",
    "market_list",
    "market_lists",
    "missing_cards",
    "drill_job",
    "due_drill",
    "passphrase",
    "preview_client_correction",
    "preview_client_credit",
    "preview_client_draft",
    "preview_markets",
    "preview_parties",
    "preview_prices",
    "preview_reversal",
    "preview_usage",
    "preview_volume",
    "price_changes",
    "rates",
    "rules",
    "save_usage_problems",
    "seller",
    "short_close_preview",
    "short_invoices",
    "statement",
    "statement_pdf",
    "stopper",
    "trial_balance",
    "try_client_draft",
    "try_client_draft_pdf",
    "unrated",
    "volumes",
    "what_can_be_undone",
    "what_if",
];

/// One question with its answer; a refusal is its code and sentence.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub asked: String,
    pub said: Value,
}

/// Asks everything that doesn't depend on files. Prices are left out: they are many, and shipped;
/// so is the record of who did what, which grows even where nothing else changes.
pub fn everything(book: &Book, at: Moment) -> Vec<Answer> {
    let mut walk = Walk {
        answers: Vec::new(),
    };
    let today = at.today.to_string();
    let this_month = at.today.format("%Y-%m").to_string();
    walk.ask("book_view", book.book_view(at));
    walk.ask("cards", book.cards(at));
    walk.ask("market_lists", book.market_lists(at));
    walk.ask("market_list", book.market_list(1));
    walk.ask("check", book.check(at));
    walk.ask("hubs", book.hubs(at));
    walk.ask("unrated", book.unrated(None, at));
    walk.ask("invoices", book.invoices(None, None, at));
    walk.ask("short_invoices", book.short_invoices(None, None, at));
    walk.ask("clients", book.clients(None, &this_month, at));
    let everything = FindForm {
        invoices: true,
        limit: 1_000,
        ..FindForm::default()
    };
    walk.ask("find", book.find(&everything, at));
    walk.ask("seller", book.seller());
    walk.ask("chart", book.chart());
    walk.ledger(book, at);
    walk.ask("client_drafts", book.client_drafts(None, at));
    let own = book.client_invoices(None, None, None, at);
    for invoice in own.iter().flatten() {
        let number = &invoice.number;
        let asked = format!("client_invoice {number}");
        walk.ask(&asked, book.client_invoice(number, at));
        let pdf = book.client_invoice_pdf(number, at);
        walk.ask(
            &format!("client_invoice_pdf {number}"),
            pdf.map(|bytes| print_of(&bytes)),
        );
    }
    walk.ask("client_invoices", own);
    for client in book.clients(None, &this_month, at).unwrap_or_default() {
        let asked = format!("client_billing {}", client.id);
        walk.ask(&asked, book.client_billing(&client.id));
        let form = ReminderForm {
            client: client.id.clone(),
            level: ReminderWord::First,
            pay_by: String::new(),
        };
        let letter = book.client_reminder_pdf(&form, at);
        let asked = format!("client_reminder_pdf {}", client.id);
        walk.ask(&asked, letter.map(|bytes| print_of(&bytes)));
    }
    walk.ask("channels", book.channels(None, &this_month, at));
    for hub in book.hubs(at).unwrap_or_default() {
        let id = hub.id.as_str();
        walk.ask(&format!("hub {id}"), book.hub(id, at));
        walk.ask(&format!("rules {id}"), book.rules(id, None, at));
        let notice = PlanNoticeForm {
            hub: id.to_owned(),
            given_on: String::new(),
            reading: String::new(),
        };
        walk.ask(&format!("plan_notice {id}"), book.plan_notice(&notice, at));
        walk.ask(&format!("unrated {id}"), book.unrated(Some(id), at));
        walk.ask(
            &format!("balance_on {id} {today}"),
            book.balance_on(Some(id), None, &today),
        );
        for month in months(&hub.first_month, &this_month) {
            walk.month(book, id, &month, at);
            walk.compare(book, id, &month, at);
        }
        walk.balance(book, id, None, &today, at);
        let channels = book.channels(Some(id), &this_month, at).unwrap_or_default();
        for channel in &channels {
            walk.balance(book, id, Some(&channel.id), &today, at);
        }
    }
    walk.answers
}

/// What a book shows, without what only says where it is kept or when it came: keys of charges,
/// entries and files. The ledger's own lines and turnovers are left out too, as they show what was
/// taken back.
pub fn gist_of(book: &Book, at: Moment) -> Vec<Answer> {
    let mut answers = everything(book, at);
    answers.retain(|answer| !["check", "entries"].contains(&answer.asked.as_str()));
    for answer in &mut answers {
        if answer.asked.starts_with("explain ") {
            answer.asked.truncate("explain".len());
        }
        bare(&mut answer.said, answer.asked.starts_with("account "));
    }
    answers.retain(|answer| !answer.asked.starts_with("account ") || holds_something(&answer.said));
    for answer in answers.iter_mut().filter(|a| a.asked == "trial_balance") {
        for side in ["balances", "memo"] {
            let Some(balances) = answer.said[side].as_array_mut() else {
                continue;
            };
            for balance in balances.iter_mut() {
                let lines = balance["lines"].as_array_mut().unwrap();
                lines.retain(|line| !(line["debit"].is_null() && line["credit"].is_null()));
            }
            balances.retain(|balance| !balance["lines"].as_array().unwrap().is_empty());
        }
    }
    answers.sort_by_key(|answer| (answer.asked.clone(), answer.said.to_string()));
    answers
}

/// Whether an account begins or ends with anything.
fn holds_something(account: &Value) -> bool {
    ["starting", "ending"]
        .iter()
        .any(|what| account[what]["amount"] != "0.00")
}

fn bare(value: &mut Value, is_account: bool) {
    const KEYS: [&str; 8] = [
        "id",
        "entry",
        "charge",
        "import",
        "brought_in",
        "imported_at",
        "debited",
        "credited",
    ];
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| {
                !(KEYS.contains(&name.as_str()) || is_account && name == "lines")
            });
            fields
                .values_mut()
                .for_each(|field| bare(field, is_account));
        }
        Value::Array(items) => {
            items.iter_mut().for_each(|item| bare(item, is_account));
            items.sort_by_key(Value::to_string);
        }
        _ => {}
    }
}

/// Panics with the first answer that is another.
pub fn assert_same(before: &[Answer], after: &[Answer], about: &str) {
    for answer in before {
        let now: Vec<_> = after.iter().filter(|a| a.asked == answer.asked).collect();
        assert!(
            now.contains(&answer),
            "{about}: {} said\n{:#}\nand says\n{now:#?}",
            answer.asked,
            answer.said
        );
    }
    let asked = |answers: &[Answer]| answers.iter().map(|a| a.asked.clone()).collect::<Vec<_>>();
    assert_eq!(asked(before), asked(after), "{about}: what there is to ask");
}

/// The months from one to another, both counted.
pub fn months(first: &str, last: &str) -> Vec<String> {
    use hubledger_core::period::BillingPeriod;
    let month = |text| BillingPeriod::parse(text).unwrap();
    month(first)
        .through(month(last))
        .map(|m| m.to_string())
        .collect()
}

/// All charges of a hub: of a month, or of all of them.
pub fn all_charges(hub: &str, month: Option<&str>) -> ChargesForm {
    ChargesForm {
        hub: hub.to_owned(),
        month: month.map(str::to_owned),
        day: None,
        client: None,
        channel: None,
        category: None,
        market: None,
        unrated: false,
        kind: None,
        sort: None,
        after: None,
        limit: 1_000,
    }
}

struct Walk {
    answers: Vec<Answer>,
}

impl Walk {
    /// The trial balance, and each account on it.
    fn ledger(&mut self, book: &Book, at: Moment) {
        let trial = book.trial_balance(&TrialForm::default(), at);
        if let Ok(view) = &trial {
            let balances = view.balances.iter().chain(&view.memo);
            for line in balances.flat_map(|balance| &balance.lines) {
                let form = AccountForm {
                    account: line.account.clone(),
                    from: String::new(),
                    until: String::new(),
                };
                let asked = format!("account {}", line.account);
                self.ask(&asked, book.account(&form, at));
            }
        }
        self.ask("trial_balance", trial);
        let all = EntriesForm {
            limit: 1_000,
            ..EntriesForm::default()
        };
        self.ask("entries", book.entries(&all, at));
    }

    fn ask<T: Serialize>(&mut self, asked: &str, said: Result<T, hubledger_book::error::Error>) {
        let said = match said {
            Ok(view) => serde_json::to_value(view).unwrap(),
            Err(error) => Value::String(format!("[{}] {error}", error.code.as_str())),
        };
        self.answers.push(Answer {
            asked: asked.to_owned(),
            said,
        });
    }

    fn compare(&mut self, book: &Book, hub: &str, month: &str, at: Moment) {
        let form = WhatIfForm {
            hub: hub.to_owned(),
            month: month.to_owned(),
            card: Some("2026-07-01".to_owned()),
            plan: None,
            tier: Some(TierWord::Premium),
        };
        self.ask(&format!("what_if {hub} {month}"), book.what_if(form, at));
        self.ask(
            &format!("cost_differences {hub} {month}"),
            book.cost_differences(hub, month, at),
        );
        let first = ClientsForm {
            hub: hub.to_owned(),
            month: month.to_owned(),
            limit: 100,
            ..ClientsForm::default()
        };
        let page = book.clients_page(&first, at);
        self.ask(&format!("clients_page {hub} {month}"), page);
        for client in book.clients(Some(hub), month, at).unwrap_or_default() {
            let told = book.volumes(&client.id, month, at);
            self.ask(&format!("volumes {} {month}", client.id), told);
        }
    }

    fn month(&mut self, book: &Book, hub: &str, month: &str, at: Moment) {
        let name = |what: &str| format!("{what} {hub} {month}");
        self.ask(&name("overview"), book.overview(hub, month, at));
        self.ask(&name("balances"), book.balances(hub, month, at));
        self.ask(&name("rules"), book.rules(hub, Some(month), at));
        self.ask(&name("clients"), book.clients(Some(hub), month, at));
        let channels = book.channels(Some(hub), month, at);
        for channel in channels.iter().flatten() {
            let used = book.channel_usage(&channel.id, month);
            self.ask(&name(&format!("channel_usage {}", channel.id)), used);
        }
        self.ask(&name("channels"), channels);
        self.ask(&name("close_preview"), book.close_preview(hub, month, at));
        let short = book.short_close_preview(hub, month, at);
        self.ask(&name("short_close_preview"), short);
        self.ask(&name("invoices"), book.invoices(Some(hub), Some(month), at));
        for by in [
            SumBy::Channel,
            SumBy::Client,
            SumBy::Category,
            SumBy::Market,
        ] {
            let sums = book.charge_sums(hub, Some(month), by, at);
            self.ask(&name(&format!("charge_sums by {by:?}")), sums);
        }
        let charges = book.charges(all_charges(hub, Some(month)), at);
        for charge in charges.iter().flat_map(|page| &page.rows) {
            self.ask(
                &format!("explain {}", charge.id),
                book.explain(&charge.id, at),
            );
        }
        self.ask(&name("charges"), charges);
        let invoices = book
            .invoices(Some(hub), Some(month), at)
            .unwrap_or_default();
        for invoice in invoices.iter().flat_map(|m| &m.invoices) {
            let reference = &invoice.reference;
            self.ask(&format!("invoice {reference}"), book.invoice(reference, at));
        }
    }

    fn balance(&mut self, book: &Book, hub: &str, channel: Option<&str>, on: &str, at: Moment) {
        let name = |what: &str| format!("{what} {hub} {}", channel.unwrap_or("shared"));
        self.ask(&name("statement"), book.statement(hub, channel, None, at));
        let month = on.get(..7).unwrap_or(on);
        let paper = book.statement_pdf(Some(hub), channel, month, "", at);
        self.ask(&name("statement_pdf"), paper.map(|pdf| print_of(&pdf)));
        if channel.is_some() {
            self.ask(&name("balance_on"), book.balance_on(None, channel, on));
        }
    }
}

/// The SHA-256 of a file, in the place of its bytes.
fn print_of(bytes: &[u8]) -> String {
    let print = Sha256::digest(bytes);
    print.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes a file's progress and lets it go on.
pub fn go_on(_: hubledger_book::view::ProgressView) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Where a folder's files are, by name.
pub fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
