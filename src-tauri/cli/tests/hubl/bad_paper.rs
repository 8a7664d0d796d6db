//! Bad input of invoices on the command line: each refusal comes with its code and in words, before
//! a number is used.

use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::new("2026-11-28");
    for line in [
        "new my.hubbook --owner partner --name Elbe --country DE --vat-id DE136695976",
        "-b my.hubbook hub add --id elbePA --name Elbe --model partner-paid --currency EUR --plan growth --since 2026-01-01 --first-month 2026-10",
        "-b my.hubbook client add --hub elbePA --id oneCL --name One --country DE",
        "-b my.hubbook client add --hub elbePA --id bareCL --name Bare",
        "-b my.hubbook client add --hub elbePA --id abroadCL --name Abroad --country ES",
        "-b my.hubbook seller edit --street Kai --postal-code 20457 --city Hamburg --iban DE89370400440532013000",
        "-b my.hubbook client billing --id oneCL --street Weg --postal-code 01067 --city Dresden",
        "-b my.hubbook client billing --id abroadCL --street Calle --postal-code 28001 --city Madrid",
    ] {
        desk.done(line);
    }
    desk
}

const SUPPLIED: &str = "--supplied-on invoice-day";

#[test]
fn no_number_is_used_for_what_cant_be_issued() {
    let desk = desk();
    for (draft, told) in [
        ("--client oneCL --line Work;1;1", "when it was supplied"),
        ("--client oneCL --supplied-on invoice-day", "no lines"),
        (
            "--client oneCL --supplied-on someday --line Work;1;1",
            "someday",
        ),
        (
            "--client bareCL --supplied-on invoice-day --line Work;1;1;standard;19",
            "no country",
        ),
        (
            "--client bareCL --supplied-on invoice-day --line Work;1;1;standard;19",
            "no street",
        ),
        (
            "--client abroadCL --supplied-on invoice-day --line Work;1;1;reverse-charge",
            "VAT ID",
        ),
        (
            "--client oneCL --supplied-on invoice-day --line Work;1;1;exempt",
            "why it is exempt",
        ),
        (
            "--client oneCL --supplied-on invoice-day --line 日;1;1",
            "can't be printed",
        ),
        (
            "--client oneCL --supplied-on invoice-day --line Work;x;1",
            "Line 1",
        ),
    ] {
        let kept = desk.record(&format!("-b my.hubbook client-invoice draft {draft}"));
        let id = kept["id"].as_str().unwrap();
        let ran = desk.run(&format!("-b my.hubbook client-invoice issue {id}"));
        assert_eq!(ran.code, 1, "{draft}");
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    let good = desk.record(&format!(
        "-b my.hubbook client-invoice draft --client oneCL {SUPPLIED} --line Work;1;1"
    ));
    let id = good["id"].as_str().unwrap();
    let issued = desk.record(&format!("-b my.hubbook client-invoice issue {id}"));
    assert_eq!(issued["invoice"]["number"], "2026/0001");
}

#[test]
fn endless_texts_bad_logos_folders_and_names_are_refused() {
    let desk = desk();
    let long = "x".repeat(100_000);
    desk.run(&format!(
        "-b my.hubbook client-invoice draft --client oneCL --line {long};1;1"
    ))
    .is_refused("too-long", "a text of 100,000 characters");
    desk.write("text.png", "no picture");
    desk.write(
        "cmyk.jpg",
        [
            0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 11, 8, 0, 20, 0, 60, 4, 0, 0, 0,
        ],
    );
    desk.write("huge.png", vec![0; 5_000_001]);
    for (name, code) in [
        ("text.png", "logo-refused"),
        ("cmyk.jpg", "logo-refused"),
        ("huge.png", "logo-refused"),
        ("none.png", "file-unreadable"),
    ] {
        desk.run(&format!("-b my.hubbook seller logo {name}"))
            .is_refused(code, name);
    }
    desk.done(&format!(
        "-b my.hubbook client-invoice draft --client oneCL {SUPPLIED} --line Work;1;1"
    ));
    desk.done("-b my.hubbook client-invoice issue D1");
    desk.write("file", "x");
    for (to, code) in [
        ("--to file", "folder-unwritable"),
        ("--to out --names {what}", "unusable-file-name"),
    ] {
        desk.run(&format!(
            "-b my.hubbook client-invoice export 2026/0001 {to}"
        ))
        .is_refused(code, to);
    }
    desk.done("-b my.hubbook check");
}
