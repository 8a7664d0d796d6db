//! The owner's own invoices on the command line, from an empty book.

use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::new("2026-11-28");
    for line in [
        "new my.hubbook --owner partner --name Elbe --country DE --vat-id DE136695976",
        "-b my.hubbook hub add --id elbePA --name Elbe --model partner-paid --currency EUR --plan growth --since 2026-01-01 --first-month 2026-10",
        "-b my.hubbook client add --hub elbePA --id oneCL --name One --country DE",
        "-b my.hubbook seller edit --street Kai --postal-code 20457 --city Hamburg --iban DE89370400440532013000",
        "-b my.hubbook client billing --id oneCL --street Weg --postal-code 01067 --city Dresden",
    ] {
        desk.done(line);
    }
    desk
}

#[test]
fn an_invoice_is_written_issued_credited_and_paid() {
    let desk = desk();
    let draft = desk
        .record("-b my.hubbook client-invoice draft --client oneCL --supplied-on invoice-day --line Work;2;50;standard;19");
    assert_eq!(draft["faults"].as_array().map(Vec::len), Some(0));
    let id = draft["id"].as_str().unwrap();
    // A dry run gives the number and takes it back.
    let tried = desk.record(&format!(
        "-b my.hubbook client-invoice issue {id} --dry-run"
    ));
    assert_eq!(tried["invoice"]["number"], "2026/0001");
    let issued = desk.record(&format!("-b my.hubbook client-invoice issue {id}"));
    assert_eq!(tried, issued);
    // 100.00, 19.00
    assert_eq!(issued["invoice"]["gross"]["amount"], "119.00");
    desk.done("-b my.hubbook client-invoice credit 2026/0001 --line 1=10 --reason Discount");
    let paid = desk.record("-b my.hubbook client-invoice pay 2026/0001 --amount 107.10");
    assert_eq!(paid["invoice"]["state"], "paid");
    let list = desk.record("-b my.hubbook client-invoice list --month 2026-11");
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    desk.done("-b my.hubbook check");
}

#[test]
fn each_refusal_says_what_to_do_and_no_number_is_lost() {
    let desk = desk();
    desk.write("logo.png", "no picture");
    for (code, line) in [
        ("unusable-iban", "seller edit --iban DE89370400440532013001"),
        ("unusable-pattern", "seller numbers {MM}-{#}"),
        (
            "series-meet",
            "seller numbers --series credit-note {YYYY}/{#}",
        ),
        ("unusable-colour", "seller edit --accent blue"),
        ("unusable-days", "client billing --id oneCL --due-days soon"),
        (
            "unusable-e-address",
            "client billing --id oneCL --e-address nobody",
        ),
        ("logo-refused", "seller logo logo.png"),
        ("file-unreadable", "seller logo none.png"),
        (
            "client-not-found",
            "client-invoice draft --client noneCL --line Work;1;1",
        ),
        (
            "wrong-check-digits",
            "client edit --id oneCL --vat-id DE136695967",
        ),
        ("wrong-check-digits", "company edit --vat-id DE136695967"),
        (
            "nothing-to-export",
            "client-invoice export --month 2026-10 --to out",
        ),
        ("not-a-count", "seller numbers {YYYY}/{####} --next none"),
        ("draft-not-found", "client-invoice issue D9"),
        ("invoice-not-found", "client-invoice cancel 2026/0009"),
    ] {
        let ran = desk.run(&format!("-b my.hubbook {line}"));
        assert_eq!(ran.code, 1, "{line}");
        let logo = desk.path("logo.png");
        assert!(logo.exists());
        let expected = format!("error[{code}]");
        let file = line
            .strip_prefix("seller logo ")
            .map(|name| desk.path(name));
        let ran = match file {
            // The program runs in the desk's folder; the path is named in full, as a person may.
            Some(path) => {
                desk.run_words(&["-b", "my.hubbook", "seller", "logo", path.to_str().unwrap()])
            }
            None => ran,
        };
        assert!(ran.err.starts_with(&expected), "{line}: {}", ran.err);
    }
    let draft =
        desk.record("-b my.hubbook client-invoice draft --client oneCL --line Work;1;1;exempt");
    let id = draft["id"].as_str().unwrap();
    let ran = desk.run(&format!("-b my.hubbook client-invoice issue {id}"));
    assert!(
        ran.err.starts_with("error[invoice-not-ready]"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("when it was supplied"), "{}", ran.err);
    // The rate is the country's, where it is not typed.
    let draft = desk.record(&format!(
        "-b my.hubbook client-invoice draft --id {id} --supplied-on invoice-day --line Work;1;1"
    ));
    assert_eq!(draft["sums"]["vat"][0]["percent"], "19");
    let cleared = desk.record(&format!(
        "-b my.hubbook client-invoice draft --id {id} --no-lines"
    ));
    assert_eq!(
        cleared["invoice"]["lines"].as_array().map(Vec::len),
        Some(0)
    );
    desk.done(&format!(
        "-b my.hubbook client-invoice draft --id {id} --line Work;1;1"
    ));
    let issued = desk.record(&format!("-b my.hubbook client-invoice issue {id}"));
    assert_eq!(issued["invoice"]["number"], "2026/0001");
}

#[test]
fn a_months_copies_go_into_files_a_zip_or_mail_drafts() {
    let desk = Desk::with_two_hubs();
    let export = "-b my.hubbook invoice export --month 2026-08 --hub elbePA --to out";
    let plain = desk.record(export);
    let count = plain["files"].as_array().map_or(0, Vec::len);
    assert!(count > 0);
    desk.done(&format!("{export} --names {{month}}_{{reference}}"));
    assert!(desk.path("out/2026-08_elbePA_2026-08_plan.pdf").exists());
    let zip = || {
        desk.done(&format!("{export} --zip all"));
        std::fs::read(desk.path("out/all.zip")).unwrap()
    };
    assert_eq!(zip(), zip());
    let mail = desk.record(&format!("{export} --mail"));
    assert_eq!(mail["files"].as_array().map_or(0, Vec::len), count);
    let eml = std::fs::read_to_string(desk.path("out/elbePA_2026-08_plan.eml")).unwrap();
    assert!(eml.starts_with("X-Unsent: 1\r\n"));
    let refused = desk.run(&format!("{export} --names {{what}}"));
    assert!(
        refused.err.starts_with("error[unusable-file-name]"),
        "{}",
        refused.err
    );
}

#[test]
fn an_issued_invoice_is_handed_out_with_a_report() {
    let desk = desk();
    desk.done("-b my.hubbook client-invoice draft --client oneCL --supplied-on invoice-day --line Work;2;50");
    desk.done("-b my.hubbook client-invoice preview D1 --to draft.pdf");
    assert!(desk.path("draft.pdf").exists());
    desk.done("-b my.hubbook client-invoice issue D1");
    let handed = desk.record("-b my.hubbook client-invoice export 2026/0001 --to out");
    assert_eq!(handed["files"].as_array().map(Vec::len), Some(2));
    let pdf = std::fs::read(desk.path("out/2026_0001.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let report = std::fs::read_to_string(desk.path("out/2026_0001-report.txt")).unwrap();
    assert!(report.contains("BR-CO-17"), "{report}");
    // A month, in another format; the PDF stays as it was handed out.
    desk.done("-b my.hubbook client-invoice export --month 2026-11 --format pdf --to again");
    assert_eq!(
        std::fs::read(desk.path("again/2026_0001.pdf")).unwrap(),
        pdf
    );
    let refused =
        desk.run("-b my.hubbook client-invoice export --month 2026-11 --format peppol --to out");
    assert!(
        refused.err.starts_with("error[invoice-not-ready]"),
        "{}",
        refused.err
    );
}

#[test]
fn a_series_goes_on_where_another_program_stopped() {
    let desk = desk();
    desk.done("-b my.hubbook seller numbers R{YY}-{###} --next 43");
    for number in ["R26-043", "R26-044"] {
        let draft =
            desk.record("-b my.hubbook client-invoice draft --client oneCL --supplied-on invoice-day --line Work;1;1");
        let id = draft["id"].as_str().unwrap();
        let issued = desk.record(&format!("-b my.hubbook client-invoice issue {id}"));
        assert_eq!(issued["invoice"]["number"], number);
    }
    let refused = desk.run("-b my.hubbook seller numbers R{YY}-{###} --next 99");
    assert!(
        refused.err.starts_with("error[series-has-begun]"),
        "{}",
        refused.err
    );
    desk.done("-b my.hubbook check");
}
