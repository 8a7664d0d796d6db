//! Looking at a book while another program has it open, and a reader that goes away.

use std::io::Read;
use std::process::Stdio;

use chrono::NaiveDate;
use hubledger_book::Book;
use hubledger_book::moment::{Moment, Who};

use crate::desk::Desk;

#[test]
fn verbs_that_only_read_work_while_another_program_has_the_book_open() {
    let desk = Desk::with_two_hubs();
    let today = NaiveDate::from_ymd_opt(2026, 8, 31).unwrap();
    let at = Moment {
        today,
        now: today.and_hms_opt(12, 0, 0).unwrap(),
    };
    let who = Who {
        user: "ada".into(),
        host: "desk".into(),
        program: "Hubledger".into(),
        process: std::process::id(),
    };
    let held = Book::open(&desk.path("my.hubbook"), &who, at).unwrap();
    for line in [
        "hub list",
        "charges --hub elbePA",
        "balance",
        "invoice list",
        "check",
        "company",
    ] {
        desk.done(&format!("-b my.hubbook {line}"));
    }
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity\n2026-08-12,a1CH,DE,marketing,10\n",
    );
    for line in [
        "top-up --hub elbePA --amount 5 --on 2026-08-03",
        "import usage usage.csv",
        "import usage usage.csv --dry-run",
        "hub edit --id elbePA --name X",
    ] {
        let ran = desk.run(&format!("-b my.hubbook {line}"));
        ran.is_refused("book-in-use", line);
        assert!(ran.err.contains("ada on desk"), "{}", ran.err);
    }
    drop(held);
    desk.done("-b my.hubbook top-up --hub elbePA --amount 5 --on 2026-08-03");
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let desk = Desk::with_two_hubs();
    let mut rows = "date,channel_id,country,category,quantity\n".to_owned();
    for n in 0..3_000 {
        rows.push_str(&format!("2026-08-12,a1CH,DE,marketing,{n}\n"));
    }
    desk.write("usage.csv", rows);
    desk.done("-b my.hubbook import usage usage.csv");
    for json in ["--json", "--today=2026-08-31"] {
        let mut child = desk
            .command(&["-b", "my.hubbook", "charges", "--hub", "elbePA", json])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("{e}"));
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        // Its end of the pipe is closed here.
        let ended = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.status.code(), err.as_str()), (Some(0), ""));
    }
}

#[test]
fn the_version_names_the_newest_price_cards() {
    let desk = Desk::with_two_hubs();
    let shown = desk.done("-b my.hubbook --version");
    let version = format!("hubl {}", env!("CARGO_PKG_VERSION"));
    for text in [
        version.as_str(),
        "my.hubbook",
        "EUR: 1 July 2026; Meta changed prices on 1 October 2026",
        "USD: 1 October 2026",
    ] {
        assert!(shown.contains(text), "{text} in\n{shown}");
    }
    assert!(desk.done("--version").contains("EUR: 1 July 2026"));
}
