//! A Direct-Paid hub in a partner's book: no verb shows an invoice to a client.

use crate::desk::Desk;

/// Every verb, and what of it reads: so that a new one is thought of here.
const VERBS: &[(&str, &[&str])] = &[
    ("new", &[]),
    ("company", &["company", "company show"]),
    ("hub", &["hub list", "hub settings --id rheinPA"]),
    ("client", &["client list", "client list --month 2026-08"]),
    ("channel", &["channel list", "channel list --month 2026-08"]),
    (
        "top-up",
        &["top-up --channel p1CH --amount 10.00 --on 2026-09-01"],
    ),
    (
        "refund",
        &["refund --channel p1CH --amount 1.00 --on 2026-09-01 --to bank"],
    ),
    (
        "import",
        &["import usage usage.csv", "import usage usage.csv --dry-run"],
    ),
    (
        "charges",
        &[
            "charges --hub rheinPA",
            "charges --hub rheinPA --by channel",
            "charges --hub rheinPA --by client",
            "charges --hub rheinPA --by category",
            "charges --hub rheinPA --by market",
        ],
    ),
    (
        "balance",
        &[
            "balance",
            "balance --channel p1CH",
            "balance --month 2026-08",
            "balance --channel p1CH --on 2026-09-01",
        ],
    ),
    ("movements", &["movements --channel p1CH"]),
    (
        "statement",
        &["statement --channel p1CH --month 2026-08 --pdf s.pdf"],
    ),
    ("unrated", &["unrated list"]),
    ("explain", &[]), // below, for each charge
    (
        "what-if",
        &["what-if --hub rheinPA --month 2026-08 --tier premium"],
    ),
    ("volume", &["volume list --client twoCL"]),
    ("prices", &["prices list", "prices markets list"]),
    (
        "close",
        &[
            "close --hub rheinPA --month 2026-08 --dry-run",
            "close --hub rheinPA --month 2026-08",
            "close --hub rheinPA --month 2026-09 --dry-run",
        ],
    ),
    (
        "invoice",
        &[
            "invoice list",
            "invoice list --hub rheinPA --month 2026-08",
            "invoice show rheinPA/2026-08/plan",
        ],
    ),
    ("seller", &["seller", "seller show"]),
    (
        "client-invoice",
        &["client-invoice list", "client-invoice list --drafts"],
    ),
    (
        "ledger",
        &["ledger trial-balance", "ledger chart", "ledger entries"],
    ),
    ("history", &["history", "history --hub rheinPA"]),
    (
        "undo",
        &[
            "top-up --channel p1CH --amount 2.00 --on 2026-09-01",
            "undo",
        ],
    ),
    ("reverse", &[]), // of closed months: main_job.rs
    ("check", &["check"]),
    ("backup", &["backup now", "backup list", "backup folder"]),
    ("passphrase", &[]), // asks on a terminal
    ("demo", &[]),
    ("help", &[]),
];

const NAMES: &[&str] = &["/licence", "/pro-rata", "/closing", "/top-up-"];

#[test]
fn no_verb_shows_an_invoice_to_a_client() {
    let mut desk = Desk::with_two_hubs();
    desk.done("-b my.hubbook top-up --channel p1CH --amount 10.00 --on 2026-08-02");
    // 100 × 0.1365 = 13.65: a shortfall of 3.65.
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity\n2026-08-12,p1CH,DE,marketing,100\n",
    );
    desk.done("-b my.hubbook import usage usage.csv");
    desk.today = "2026-09-01";
    for (verb, lines) in VERBS {
        for line in *lines {
            for json in ["", "--json "] {
                let ran = desk.run(&format!("{json}-b my.hubbook {line}"));
                holds_nothing(&ran.out, line);
                holds_nothing(&ran.err, line);
                let closed_twice = verb == &"close" && ran.err.contains("month-is-closed");
                assert!(ran.code == 0 || closed_twice, "{line}: {ran:#?}");
            }
        }
    }
    let charges = desk.record("-b my.hubbook charges --hub rheinPA");
    for charge in charges["rows"].as_array().unwrap() {
        let line = format!("-b my.hubbook explain {}", charge["id"].as_str().unwrap());
        holds_nothing(&desk.done(&line), &line);
        holds_nothing(&desk.record(&line).to_string(), &line);
    }
    for name in [
        "licence/p1CH",
        "top-up-1/p1CH",
        "closing/p1CH",
        "licence",
        "closing",
    ] {
        for verb in ["show", "export --to pdfs"] {
            let line = format!("-b my.hubbook invoice {verb} rheinPA/2026-08/{name}");
            desk.run(&line).is_refused("invoice-not-found", &line);
        }
    }
    desk.done("-b my.hubbook invoice export --month 2026-08 --hub rheinPA --to pdfs");
    assert_eq!(std::fs::read_dir(desk.path("pdfs")).unwrap().count(), 1);
}

fn holds_nothing(shown: &str, line: &str) {
    for shown_line in shown.lines().filter(|l| l.contains("rheinPA")) {
        for name in NAMES {
            assert!(!shown_line.contains(name), "{line} shows {shown_line}");
        }
    }
}

#[test]
fn every_verb_is_walked_through() {
    let help = Desk::new("2026-09-01").done("--help");
    let verbs: Vec<_> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let walked: Vec<_> = VERBS.iter().map(|(verb, _)| *verb).collect();
    assert_eq!(verbs, walked);
}
