//! Each bad input gets one line that says what to do, and loses nothing.

use crate::desk::Desk;

const TOP_UP: &str = "top-up --hub elbePA --on 2026-08-03 --amount";

#[test]
fn what_is_typed_wrong_is_refused_and_changes_nothing() {
    let desk = Desk::with_two_hubs();
    let before = desk.everything();
    let channel = "channel add --client oneCL --phone +49301234569 --started 2026-08-01";
    for (code, line) in [
        ("not-an-amount", format!("{TOP_UP} ten")),
        ("not-an-amount", format!("{TOP_UP} 1,000.00")),
        ("not-an-amount", format!("{TOP_UP} 1e3")),
        ("not-an-amount", format!("{TOP_UP} NaN")),
        ("amount-not-positive", format!("{TOP_UP} 0")),
        ("amount-not-positive", format!("{TOP_UP} -5.00")),
        ("too-many-decimals", format!("{TOP_UP} 5.001")),
        ("amount-too-large", format!("{TOP_UP} 10000000000.01")),
        (
            "amount-too-large",
            format!("{TOP_UP} 99999999999999999999999999999999"),
        ),
        (
            "not-a-day",
            "top-up --hub elbePA --amount 5 --on 2026-02-30".into(),
        ),
        (
            "not-a-day",
            "top-up --hub elbePA --amount 5 --on 03.08.2026".into(),
        ),
        (
            "in-the-future",
            "top-up --hub elbePA --amount 5 --on 2026-09-01".into(),
        ),
        (
            "before-the-books",
            "top-up --hub elbePA --amount 5 --on 2026-07-31".into(),
        ),
        (
            "channel-has-no-balance",
            "top-up --channel a1CH --amount 5 --on 2026-08-11".into(),
        ),
        (
            "hub-has-no-balance",
            "top-up --hub rheinPA --amount 5 --on 2026-08-11".into(),
        ),
        (
            "hub-not-found",
            "top-up --hub nonePA --amount 5 --on 2026-08-11".into(),
        ),
        (
            "channel-not-found",
            "top-up --channel noneCH --amount 5 --on 2026-08-11".into(),
        ),
        (
            "pay-out-above-balance",
            "refund --hub elbePA --amount 120.01 --on 2026-08-11 --to bank".into(),
        ),
        (
            "unknown-currency",
            "hub add --id newPA --name N --model partner-paid --currency GBP --plan growth".into(),
        ),
        (
            "plan-missing",
            "hub add --id newPA --name N --model partner-paid --currency EUR".into(),
        ),
        (
            "id-taken",
            "hub add --id elbePA --name N --model direct-paid --currency USD --plan growth".into(),
        ),
        (
            "unusable-id",
            "hub add --id a/b --name N --model partner-paid --currency EUR --plan growth".into(),
        ),
        (
            "id-taken",
            "client add --hub rheinPA --id oneCL --name N".into(),
        ),
        (
            "unknown-country",
            "client add --hub elbePA --id newCL --name N --country XX".into(),
        ),
        (
            "unusable-email",
            "client add --hub elbePA --id newCL --name N --email nobody".into(),
        ),
        (
            "hub-not-found",
            "client add --hub nonePA --id newCL --name N".into(),
        ),
        ("id-taken", format!("{channel} --id a1CH")),
        (
            "phone-taken",
            "channel add --client oneCL --id newCH --phone +49301234561 --started 2026-08-01"
                .into(),
        ),
        (
            "unusable-phone-number",
            "channel add --client oneCL --id newCH --phone 12 --started 2026-08-01".into(),
        ),
        (
            "ends-before-it-starts",
            format!("{channel} --id newCH --ended 2026-07-31"),
        ),
        (
            "not-a-day",
            format!("{channel} --id newCH --ended 2026-08-32"),
        ),
        (
            "client-not-found",
            "channel add --client noneCL --id newCH --phone +49301234569 --started 2026-08-01"
                .into(),
        ),
        (
            "channel-of-another-hub",
            "movements --hub elbePA --channel p1CH".into(),
        ),
        (
            "ends-before-it-starts",
            "channel cancel --id a1CH --ended 2026-08-09".into(),
        ),
        (
            "unknown-choice",
            "hub settings --id elbePA --set vat-on=lunch".into(),
        ),
        (
            "unknown-choice",
            "hub settings --id elbePA --set lunch=on".into(),
        ),
        (
            "not-an-amount",
            "hub settings --id elbePA --opening lots".into(),
        ),
        (
            "first-month-is-fixed",
            "hub settings --id elbePA --opening 5.00 --from 2026-05".into(),
        ),
        ("charge-not-found", "explain c999999".into()),
        (
            "charge-not-found",
            "unrated waive c999999 --reason none".into(),
        ),
        (
            "invoice-not-found",
            "invoice show elbePA/2026-08/nothing".into(),
        ),
        ("card-not-found", "prices show 999999".into()),
        (
            "month-is-not-over",
            "close --hub elbePA --month 2026-08".into(),
        ),
        ("not-a-month", "close --hub elbePA --month 2026-13".into()),
        ("file-not-found", "import usage none.csv".into()),
        ("file-not-found", "import prices none.csv".into()),
        ("file-not-found", "import parties none.csv".into()),
    ] {
        desk.run(&format!("-b my.hubbook {line}"))
            .is_refused(code, &line);
    }
    assert_eq!(before, desk.everything());
}

#[test]
fn a_usage_row_that_can_not_be_booked_says_why_on_one_line() {
    let desk = Desk::with_two_hubs();
    let before = desk.everything();
    let head = "date,channel_id,country,category,quantity,cost";
    for (said, row) in [
        ("noneCH", "2026-08-12,noneCH,DE,marketing,10,"),
        (
            "The channel starts on 2026-08-10",
            "2026-08-09,a1CH,DE,marketing,10,",
        ),
        (
            "The channel ended on 2026-08-20",
            "2026-08-21,a1CH,DE,marketing,10,",
        ),
        ("shouting", "2026-08-12,a1CH,DE,shouting,10,"),
        ("XX", "2026-08-12,a1CH,XX,marketing,10,"),
        ("2026-02-30", "2026-02-30,a1CH,DE,marketing,10,"),
        ("quantity", "2026-08-12,a1CH,DE,marketing,-10,"),
        ("quantity", "2026-08-12,a1CH,DE,marketing,1.5,"),
        ("quantity", "2026-08-12,a1CH,DE,marketing,,"),
        ("cost", "2026-08-12,a1CH,DE,marketing,10,dear"),
        ("line 2", "2026-08-12,a1CH,DE"),
    ] {
        desk.write("usage.csv", format!("{head}\n{row}\n"));
        let ran = desk.run("-b my.hubbook import usage usage.csv");
        ran.is_refused("nothing-to-book", row);
        assert!(ran.err.contains(said), "{row}: {}", ran.err);
    }
    assert_eq!(before, desk.everything());
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    let desk = Desk::with_two_hubs();
    let before = desk.everything();
    let row = "2026-08-12,a1CH,DE,marketing,10\n";
    desk.write("empty.csv", "");
    desk.write("blank.csv", "\n\n");
    desk.write("header.csv", "date,channel_id,country,category,quantity\n");
    desk.write("headless.csv", row.repeat(3));
    desk.write("half.csv", format!("date,channel_id,country\n{row}"));
    desk.write(
        "binary.csv",
        [0x89, b'P', b'N', b'G', 0, 0xff, 0xfe, 0, b'\n', 0, 1, 2],
    );
    std::fs::create_dir(desk.path("folder.csv")).unwrap();
    for file in [
        "empty.csv",
        "blank.csv",
        "header.csv",
        "headless.csv",
        "half.csv",
        "binary.csv",
        "folder.csv",
    ] {
        for verb in ["usage", "prices", "parties"] {
            let line = format!("-b my.hubbook import {verb} {file}");
            let ran = desk.run(&line);
            assert_eq!(ran.code, 1, "{line}: {ran:#?}");
            assert!(
                ran.err.starts_with("error[") && ran.err.lines().count() == 1,
                "{line}: {ran:#?}"
            );
        }
    }
    assert_eq!(before, desk.everything());
}

#[test]
fn good_rows_are_booked_beside_bad_ones_and_all_problems_can_be_saved() {
    let desk = Desk::with_two_hubs();
    // Cut in the middle of a row, as a download that broke off.
    desk.write(
        "cut.csv",
        "date,channel_id,country,category,quantity\n2026-08-12,a1CH,DE,marketing,10\n2026-08-13,a1CH,DE,mark",
    );
    let ran = desk.run("-b my.hubbook import usage cut.csv");
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains("1 new rows booked"), "{ran:#?}");
    assert!(
        ran.err.starts_with("problem[") && ran.err.contains("line 3"),
        "{ran:#?}"
    );

    let mut many =
        "date,channel_id,country,category,quantity\n2026-08-14,a1CH,DE,marketing,10\n".to_owned();
    for n in 0..30 {
        many.push_str(&format!("2026-08-14,none{n}CH,DE,marketing,10\n"));
    }
    desk.write("many.csv", many);
    let ran = desk.run("-b my.hubbook import usage many.csv --dry-run --problems problems.csv");
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(ran.err.lines().count(), 21, "{ran:#?}");
    let saved = std::fs::read_to_string(desk.path("problems.csv")).unwrap();
    assert_eq!(saved.lines().count(), 31, "{saved}");
    assert!(
        !desk
            .done("-b my.hubbook movements --hub elbePA")
            .contains("2026-08-14")
    );
    // All rows known already is no failure.
    assert_eq!(desk.run("-b my.hubbook import usage cut.csv").code, 0);
}

/// Rows are read some thousands ahead of those that are booked.
#[test]
fn problems_keep_the_order_of_a_long_file_and_a_broken_end_books_nothing() {
    let desk = Desk::with_two_hubs();
    let mut long = "date,channel_id,country,category,quantity\n".to_owned();
    for line in 2..5_000 {
        let channel = if line % 1_000 == 0 { "noneCH" } else { "a1CH" };
        long.push_str(&format!("2026-08-14,{channel},DE,marketing,{line}\n"));
    }
    desk.write("long.csv", &long);
    desk.write(
        "broken.csv",
        format!("{long}2026-08-14,a1CH,DE,\"marketing,1\n"),
    );

    let before = desk.everything();
    let ran = desk.run("-b my.hubbook import usage broken.csv");
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.err.contains("begins on line 5000:"), "{ran:#?}");
    assert_eq!(before, desk.everything());

    let ran = desk.run("-b my.hubbook import usage long.csv");
    // Lines 2 to 4,999, but for 1,000 to 4,000 in thousands.
    assert!(ran.out.contains("4,994 new rows booked"), "{ran:#?}");
    let told: Vec<_> = ran.err.lines().collect();
    assert_eq!(told.len(), 4, "{ran:#?}");
    for (problem, line) in told.iter().zip([1_000, 2_000, 3_000, 4_000]) {
        assert!(problem.contains(&format!("line {line}")), "{ran:#?}");
    }
}

#[test]
fn a_folder_that_can_not_be_written_is_refused() {
    let mut desk = Desk::with_two_hubs();
    desk.today = "2026-09-01";
    desk.write("file", "here");
    let before = desk.everything();
    desk.run("-b my.hubbook invoice export --month 2026-08 --to file/pdfs")
        .is_refused("folder-unwritable", "export into a file");
    desk.run("-b my.hubbook invoice export elbePA/2026-08/plan --to file")
        .is_refused("folder-unwritable", "export onto a file");
    let ran = desk.run("new file/my.hubbook --owner partner --name N --country DE");
    assert_eq!((ran.code, ran.err.lines().count()), (1, 1), "{ran:#?}");
    let ran = desk.run("demo --to file/demo");
    assert_eq!((ran.code, ran.err.lines().count()), (1, 1), "{ran:#?}");
    assert_eq!(before, desk.everything());
}

#[test]
fn a_book_that_is_none_damaged_or_newer_is_left_as_it_is() {
    let desk = Desk::with_two_hubs();
    let good = std::fs::read(desk.path("my.hubbook")).unwrap();
    // SQLite keeps the version that a program gives its file in bytes 60 to 63.
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    // Every page after the first two is overwritten.
    let mut damaged = good.clone();
    let page = 4096.min(damaged.len() / 2);
    damaged[page * 2..].fill(0x5a);
    for (code, bytes) in [
        ("not-a-book", b"".to_vec()),
        ("not-a-book", b"date,channel_id\n".repeat(1_000)),
        ("newer-book", newer),
        ("book-damaged", damaged),
        ("book-damaged", good[..good.len() / 2].to_vec()),
    ] {
        desk.write("bad.hubbook", &bytes);
        for line in [
            "hub list",
            "top-up --hub elbePA --amount 5 --on 2026-08-03",
            "check",
        ] {
            let ran = desk.run(&format!("-b bad.hubbook {line}"));
            ran.is_refused(code, line);
        }
        assert_eq!(
            std::fs::read(desk.path("bad.hubbook")).unwrap(),
            bytes,
            "{code}"
        );
    }
    desk.run("-b none.hubbook hub list")
        .is_refused("book-not-found", "no book");
    assert!(!desk.path("none.hubbook").exists());
    desk.run("new my.hubbook --owner partner --name N --country DE")
        .is_refused("book-exists", "never overwritten");
    assert_eq!(std::fs::read(desk.path("my.hubbook")).unwrap(), good);
}

#[test]
fn wrong_usage_ends_with_2() {
    let desk = Desk::with_two_hubs();
    for line in [
        "",
        "hub list",
        "-b my.hubbook",
        "-b my.hubbook dance",
        "-b my.hubbook hub add --id x",
        "-b my.hubbook hub add --id newPA --name N --model free --currency EUR",
        "-b my.hubbook top-up --amount 5 --on 2026-08-03",
        "-b my.hubbook top-up --hub elbePA --channel a1CH --amount 5 --on 2026-08-03",
        "-b my.hubbook invoice export --to pdfs",
        "-b my.hubbook import usage",
        "-b my.hubbook --today 2026-02-30 hub list",
        "-b my.hubbook balance --on 2026-08-03",
    ] {
        assert_eq!(desk.run(line).code, 2, "{line}");
    }
}

#[test]
fn prices_and_parties_without_a_good_row_say_why_on_one_line() {
    let desk = Desk::with_two_hubs();
    let before = desk.everything();
    let prices = "effective_from,currency,market,category,tier_from,rate";
    let parties = "hub_id,client_id,client_name,country,email,vat_id,channel_id,phone_number,display_name,tier,billing_started_at,terminated_at,time_zone";
    for (verb, head, row, said) in [
        (
            "prices",
            prices,
            "2026-08-01,EUR,Germany,utility,1,-1",
            "rate",
        ),
        (
            "prices",
            prices,
            "2026-08-01,GBP,Germany,utility,1,1",
            "GBP",
        ),
        (
            "prices",
            prices,
            "2026-02-30,EUR,Germany,utility,1,1",
            "2026-02-30",
        ),
        (
            "parties",
            parties,
            "elbePA,newCL,New,DE,,,newCH,+491,Shop,regular,2026-08-01,,",
            "+491",
        ),
        (
            "parties",
            parties,
            "nonePA,newCL,New,DE,,,newCH,+49301234569,Shop,regular,2026-08-01,,",
            "nonePA",
        ),
        (
            "parties",
            parties,
            "rheinPA,newCL,New,DE,,,a1CH,+49301234569,Shop,regular,2026-08-01,,",
            "a1CH",
        ),
    ] {
        desk.write("bad.csv", format!("{head}\n{row}\n"));
        let ran = desk.run(&format!("-b my.hubbook import {verb} bad.csv"));
        ran.is_refused("nothing-to-book", row);
        assert!(ran.err.contains(said), "{row}: {}", ran.err);
    }
    assert_eq!(before, desk.everything());
}

/// A file larger than all the memory that the program may have.
#[cfg(target_os = "linux")]
#[test]
fn a_large_file_is_streamed() {
    use std::io::Write as _;

    let desk = Desk::with_two_hubs();
    let mut file = std::io::BufWriter::new(std::fs::File::create(desk.path("large.csv")).unwrap());
    let note = "x".repeat(4_000);
    writeln!(file, "date,channel_id,country,category,quantity,note").unwrap();
    for n in 0..24_000 {
        let channel = if n % 4_000 == 0 { "a1CH" } else { "noneCH" };
        writeln!(file, "2026-08-12,{channel},DE,marketing,10,{note}").unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
    let size = std::fs::metadata(desk.path("large.csv")).unwrap().len();
    assert!(size > 90 << 20, "{size} bytes");
    // An arena of malloc for each thread takes no memory, but addresses, which are what is limited.
    let shell = format!(
        "ulimit -v 65536; export MALLOC_ARENA_MAX=1; exec {} --today 2026-08-31 -b my.hubbook import usage large.csv",
        env!("CARGO_BIN_EXE_hubl")
    );
    let ran = std::process::Command::new("sh")
        .args(["-c", &shell])
        .current_dir(desk.path("."))
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{ran:?}");
    assert!(out.contains("6 new rows booked"), "{out}");
}
