//! A Direct-Paid hub in a partner's book: everything that the book can be asked is asked, and no
//! invoice to a client is found, nor its reference, VAT, gross, day or page (`billing-models` 2, 15).

use std::collections::BTreeSet;
use std::path::Path;

use harness::story::{Story, tell};
use harness::walk::{ASKED, all_charges, everything, files_in, go_on};
use hubledger_book::ExportTo;
use serde_json::Value;

/// Two months of a Direct-Paid hub, one closed: every invoice that clients can get is due.
fn a_hub_whose_clients_are_billed(owner: &str) -> Story {
    let (hub, of) = match owner {
        "partner" => (
            "hub rheinPA direct-paid EUR growth since 2026-01-01 first 2026-07\n client oneCL of rheinPA",
            "oneCL",
        ),
        _ => (
            "hub rheinPA direct-paid EUR - since 2026-01-01 first 2026-07",
            "rheinPA",
        ),
    };
    tell(&format!(
        "
        today    2026-08-01
        book     {owner} DE
        {hub}
        channel  p1CH of {of} regular from 2026-01-01
        channel  p2CH of {of} premium from 2026-07-20
        top-up   2026-07-02 p1CH 11.00
        top-up   2026-08-01 p1CH 12.00
        use      2026-07-05 p1CH DE marketing 200            # × 0.1131 = 22.62: a shortfall of 11.62
        use      2026-07-25 p2CH DE marketing 1
        import   new=2
        use      2026-08-01 p1CH DE marketing 3
        import   new=1
        "
    ))
}

#[test]
fn no_answer_of_a_partners_book_tells_of_an_invoice_to_a_client() {
    let mut story = a_hub_whose_clients_are_billed("partner");
    for _ in ["open", "closed"] {
        let answers = everything(story.book(), story.at());
        assert!(answers.len() > 40, "{} answers", answers.len());
        for answer in &answers {
            let mut found = Vec::new();
            look(&answer.said, "", &mut found);
            assert!(found.is_empty(), "{} tells {found:#?}", answer.asked);
        }
        // p1CH: licence, top-up, closing; p2CH: pro-rata, closing.
        let preview = story
            .book()
            .close_preview("rheinPA", "2026-07", story.at())
            .unwrap();
        assert_eq!(preview.invoices_to_clients, Some(5));
        assert_eq!(preview.invoices.len(), 1);
        if preview.closed.is_none() {
            story.go("close rheinPA 2026-07 to-clients 5");
        }
    }
}

/// Collects what an invoice to a client would be told by.
fn look(said: &Value, path: &str, found: &mut Vec<String>) {
    match said {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                look(item, &format!("{path}[{at}]"), found);
            }
        }
        Value::Object(fields) => {
            found.extend(told_of_a_client(fields).map(|what| format!("{path}: {what}")));
            for (name, value) in fields {
                look(value, &format!("{path}.{name}"), found);
            }
        }
        Value::String(text) => {
            for part in ["/licence", "/pro-rata", "/closing", "/top-up-"] {
                if text.contains(part) {
                    found.push(format!("{path}: {text}"));
                }
            }
        }
        _ => {}
    }
}

/// What of a record would be known of an invoice to a client alone: hub invoices here are plans of
/// the partner's and no channel's, and a channel's charges are the client's to pay.
fn told_of_a_client(fields: &serde_json::Map<String, Value>) -> Option<String> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let of_channel = fields
        .get("channel")
        .is_some_and(|channel| !channel.is_null());
    for name in ["reference", "invoice"] {
        if let Some(reference) = text(name).filter(|r| !r.ends_with("/plan")) {
            return Some(format!("{name} {reference}"));
        }
    }
    let billed = ["gross", "vat", "issued_on"];
    if of_channel && billed.iter().any(|name| fields.contains_key(*name)) {
        return Some("an amount billed for a channel".to_owned());
    }
    let paid = fields.get("paid_by_client");
    if of_channel && paid.is_some_and(|paid| *paid != Value::Bool(true)) {
        return Some("a channel's charge that the client doesn't pay".to_owned());
    }
    None
}

#[test]
fn no_invoice_to_a_client_can_be_asked_for_by_its_name() {
    let mut partners = a_hub_whose_clients_are_billed("partner");
    let mut clients = a_hub_whose_clients_are_billed("client");
    clients.go("close rheinPA 2026-07");
    partners.go("close rheinPA 2026-07 to-clients 5");
    // The client's book knows them all by name; the partner's knows none.
    let months = clients.book().invoices(None, None, clients.at()).unwrap();
    let names: Vec<_> = months
        .iter()
        .flat_map(|month| &month.invoices)
        .map(|invoice| invoice.reference.clone())
        .collect();
    assert!(names.len() >= 8, "{names:?}");
    let shared = names
        .iter()
        .filter_map(|name| name.rsplit_once('/'))
        .map(|(hub_wide, _)| hub_wide.to_owned());
    for name in names.iter().cloned().chain(shared) {
        let (book, at) = (partners.book(), partners.at());
        let code = |error: hubledger_book::error::Error| error.code.as_str();
        assert_eq!(
            book.invoice(&name, at).map_err(code).err(),
            Some("invoice-not-found"),
            "{name}"
        );
        assert_eq!(
            book.invoice_pdf(&name, at).map_err(code).err(),
            Some("invoice-not-found"),
            "{name}"
        );
        let folder = partners.path("pdfs");
        let exported = book.export_invoices(
            std::slice::from_ref(&name),
            ExportTo::folder(&folder),
            &mut go_on,
            at,
        );
        assert_eq!(
            exported.map_err(code).err(),
            Some("invoice-not-found"),
            "{name}"
        );
        assert!(files_in(&folder).is_empty(), "{name} was written");
        let form = hubledger_book::form::VendorNumberForm {
            reference: name.clone(),
            number: "R-1".to_owned(),
        };
        // Of an open month nothing is numbered, whether it is there or not.
        let expected = if name.contains("/2026-07/") {
            "invoice-not-found"
        } else {
            "earlier-month-is-open"
        };
        let numbered = partners.book_mut().set_vendor_number(form, at);
        assert_eq!(numbered.map_err(code).err(), Some(expected), "{name}");
    }
}

#[test]
fn no_file_that_leaves_a_partners_book_holds_an_invoice_to_a_client() {
    let mut story = a_hub_whose_clients_are_billed("partner");
    story.go("close rheinPA 2026-07 to-clients 5");
    let (book, at, folder) = (story.book(), story.at(), story.path("out"));
    std::fs::create_dir_all(&folder).unwrap();
    for hub in [None, Some("rheinPA")] {
        let exported = book
            .export_month(hub, "2026-07", ExportTo::folder(&folder), &mut go_on, at)
            .unwrap();
        assert_eq!(exported.files.len(), 1, "{exported:?}");
    }
    let csv = folder.join("charges.csv");
    book.export_charges(all_charges("rheinPA", None), &csv, at)
        .unwrap();
    let text = std::fs::read_to_string(&csv).unwrap();
    for word in [
        "/licence",
        "/pro-rata",
        "/closing",
        "/top-up-",
        "gross",
        "VAT",
    ] {
        assert!(!text.contains(word), "the charges tell {word}:\n{text}");
    }
}

/// So that a new method of the book is walked through as well.
#[test]
fn every_method_that_reads_is_asked() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/book/src");
    let mut methods = BTreeSet::new();
    let within = files_in(&sources)
        .into_iter()
        .map(|name| sources.join(name));
    let mut folders: Vec<_> = within.filter(|path| path.is_dir()).collect();
    folders.push(sources);
    for path in folders
        .iter()
        .flat_map(|folder| files_in(folder).into_iter().map(|name| folder.join(name)))
    {
        let source = std::fs::read_to_string(path).unwrap_or_default();
        let in_book = source
            .split("\nimpl Book {")
            .skip(1)
            .filter_map(|block| block.split("\n}\n").next());
        for block in in_book {
            for method in block.split("    pub fn ").skip(1) {
                let (name, rest) = method.split_once('(').unwrap();
                let head = rest.split(')').next().unwrap_or_default();
                let reads = head.trim_start().starts_with("&self") && name != "limit_growth";
                if reads || name.starts_with("preview_") || name.starts_with("save_") {
                    methods.insert(name.to_owned());
                }
            }
        }
    }
    let asked: BTreeSet<_> = ASKED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(methods, asked);
}
