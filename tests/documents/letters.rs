//! Reminders and balance statements on paper.

use hubledger_core::currency::Currency;
use hubledger_core::id::HubId;
use hubledger_core::journal::EntryKind;
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::period::parse_date;
use hubledger_core::reminder::ReminderLevel;
use hubledger_document::{
    BalanceStatement, Fonts, Letterhead, Movement, balance_statement_pdf, reminder_pdf,
};
use rust_decimal::Decimal;

use crate::client_samples::{letterhead, reminder};
use crate::reader::{has_no_fault, pages_of, written};
use crate::samples;

fn reminder_bytes(level: ReminderLevel, language: Language) -> Vec<u8> {
    let fonts = Fonts::bundled().unwrap();
    reminder_pdf(&reminder(level, language), &letterhead(), fonts).unwrap()
}

/// A month that begins with 100.00: a top-up of 500.00, usage of 20.123456 and 99.876544, late usage
/// of 0.50, and nothing settled. 100 + 500 − 20.123456 − 99.876544 − 0.5 = 479.50.
fn statement(language: Language) -> BalanceStatement {
    let eur = |text| Money::new(Decimal::from_str_exact(text).unwrap(), Currency::Eur);
    let day = |text| parse_date(text).unwrap();
    let moved = |on, kind, amount| Movement {
        day: day(on),
        own_day: None,
        kind,
        is_reversal: false,
        amount: eur(amount),
    };
    let company = samples::plan().recipient;
    let mut late = moved("2026-08-20", EntryKind::Reconciliation, "-0.50");
    late.own_day = Some(day("2026-07-30"));
    BalanceStatement {
        hub: HubId::parse("NrdE7kPA").unwrap(),
        hub_name: "Nordlicht".to_owned(),
        channel: None,
        company,
        language,
        from: day("2026-08-01"),
        until: day("2026-08-31"),
        on: day("2026-09-02"),
        opening: eur("100"),
        movements: vec![
            moved("2026-08-03", EntryKind::TopUp, "500"),
            moved("2026-08-04", EntryKind::Usage, "-20.123456"),
            moved("2026-08-05", EntryKind::Usage, "-99.876544"),
            late,
        ],
        unrated: 0,
    }
}

fn statement_bytes(statement: &BalanceStatement) -> Vec<u8> {
    balance_statement_pdf(statement, Fonts::bundled().unwrap()).unwrap()
}

/// A statement of so many movements of 0.000001 each.
fn long_statement(count: usize) -> BalanceStatement {
    let mut long = statement(Language::English);
    let step = Movement {
        amount: Money::new(Decimal::new(1, 6), Currency::Eur),
        ..long.movements[1].clone()
    };
    long.movements = vec![step; count];
    long
}

/// All of them by name.
pub(crate) fn all() -> Vec<(String, Vec<u8>)> {
    let mut all = vec![
        (
            "reminder-second".to_owned(),
            reminder_bytes(ReminderLevel::Second, Language::English),
        ),
        (
            "reminder-last".to_owned(),
            reminder_bytes(ReminderLevel::Last, Language::German),
        ),
        (
            "statement-long".to_owned(),
            statement_bytes(&long_statement(120)),
        ),
    ];
    for language in Language::ALL {
        let tag = language.tag();
        let first = reminder_bytes(ReminderLevel::First, language);
        all.push((format!("reminder-{tag}"), first));
        all.push((
            format!("statement-{tag}"),
            statement_bytes(&statement(language)),
        ));
    }
    all
}

/// Each wanted line stands on the paper, in this order.
fn check(name: &str, bytes: &[u8], wanted: &[&str]) {
    let lines = pages_of(&written(name, bytes)).concat();
    let mut rest = lines.iter();
    for line in wanted {
        assert!(
            rest.any(|printed| printed.contains(line)),
            "“{line}” is missing, or not after what stands before it, in {name}:\n{}",
            lines.join("\n")
        );
    }
}

#[test]
fn a_reminder_names_what_is_open_of_which_invoice_and_bears_no_vat() {
    let bytes = reminder_bytes(ReminderLevel::First, Language::English);
    check(
        "reminder",
        &bytes,
        &[
            "Hafenkontor Reisen GmbH",
            "Payment reminder",
            "The invoices below have not been paid in full yet.",
            "Invoice Date Due Days late Amount EUR Open EUR",
            "2026-0151 22 Sep 2026 6 Oct 2026 14 392.95 300.00",
            "2026-0160 30 Sep 2026 14 Oct 2026 6 59.50 59.50",
            "Open in total 359.50 EUR",
            "Please pay 359.50 EUR by 30 Oct 2026",
            "Reference 2026-0151, 2026-0160",
            "This letter is no invoice.",
        ],
    );
    let lines = pages_of(&written("reminder-vat", &bytes)).concat();
    assert!(!lines.iter().any(|line| line.contains('%')), "{lines:?}");
}

#[test]
fn each_level_asks_in_its_own_words_in_each_language() {
    let mut said = std::collections::BTreeSet::new();
    for language in Language::ALL {
        for level in [
            ReminderLevel::First,
            ReminderLevel::Second,
            ReminderLevel::Last,
        ] {
            let name = format!("reminder-{}-{level:?}", language.tag());
            let path = written(&name, &reminder_bytes(level, language));
            has_no_fault(&path);
            let lines = pages_of(&path).concat();
            assert!(
                lines.iter().any(|line| line.contains("2026-0160")),
                "{name}"
            );
            said.insert(lines.join("\n"));
        }
    }
    assert_eq!(said.len(), 18);
}

#[test]
fn a_statement_goes_from_its_opening_to_its_closing_balance() {
    check(
        "statement",
        &statement_bytes(&statement(Language::English)),
        &[
            "Statement of a prepaid balance at 360dialog GmbH, as kept in Hubledger. It is no invoice.",
            "Hubledger Balance statement",
            "Nordlicht Messaging GmbH Period 1–31 Aug 2026",
            "Date Movement Amount EUR Balance EUR",
            "1 Aug 2026 Brought forward 100.00",
            "3 Aug 2026 Top-up 500.00 600.00",
            "4 Aug 2026 Usage −20.123456 579.876544",
            "5 Aug 2026 Usage −99.876544 480.00",
            "20 Aug 2026 Usage of closed months (30 Jul 2026) −0.50 479.50",
            "Closing balance 479.50 EUR",
        ],
    );
}

#[test]
fn a_statement_says_what_it_cannot_know_yet() {
    let mut open = statement(Language::German);
    let lines = |statement: &BalanceStatement| {
        let path = written("statement-open", &statement_bytes(statement));
        has_no_fault(&path);
        pages_of(&path).concat().join("\n")
    };
    let finished = lines(&open);
    assert!(!finished.contains("nicht abgelaufen") && !finished.contains("ohne bekannten"));
    open.on = open.until;
    open.unrated = 1234;
    let channel = samples::of_one_channel().channel;
    open.channel = channel;
    let told = lines(&open);
    for wanted in [
        "nicht abgelaufen",
        "ohne bekannten Preis",
        ": 1.234",
        "Hotline",
    ] {
        assert!(told.contains(wanted), "{wanted} in:\n{told}");
    }
}

#[test]
fn a_long_statement_carries_its_balance_from_page_to_page() {
    let path = written("statement-long", &statement_bytes(&long_statement(120)));
    has_no_fault(&path);
    let pages = pages_of(&path);
    assert!(pages.len() > 2);
    for (at, page) in pages.iter().enumerate().skip(1) {
        let carried = pages[at - 1]
            .iter()
            .find_map(|line| line.strip_prefix("Carried forward "));
        let brought = page
            .iter()
            .find_map(|line| line.strip_prefix("Brought forward "));
        assert!(carried.is_some() && carried == brought, "page {}", at + 1);
    }
    // 100 + 120 × 0.000001
    assert!(
        pages
            .concat()
            .contains(&"Closing balance 100.00012 EUR".to_owned())
    );
}

#[test]
fn a_reminder_without_an_account_asks_without_a_code() {
    let mut plain = reminder(ReminderLevel::First, Language::English);
    plain.seller.bank = None;
    let bytes = reminder_pdf(&plain, &Letterhead::default(), Fonts::bundled().unwrap()).unwrap();
    let lines = pages_of(&written("reminder-plain", &bytes)).concat();
    assert!(lines.contains(&"Please pay 359.50 EUR by 30 Oct 2026".to_owned()));
    assert!(!lines.iter().any(|line| line.contains("IBAN")));
}
