//! Bad input, all of it: what is missing, wrong, endless or unreadable is told in words before a
//! number is used; the next good invoice is the first.

use std::fs;
use std::ops::ControlFlow;

use harness::story::Story;
use hubledger_book::ExportTo;
use hubledger_book::form::{
    ClientBillingForm, ClientDraftForm, ClientExportForm, ClientForm, ClientInvoiceForm, SellerForm,
};

use crate::handed_out::{at_hand, export, invoice, issue};

fn billing(story: &mut Story, change: impl Fn(&mut ClientBillingForm)) {
    let at = story.at();
    let mut form = ClientBillingForm {
        client: "facturCL".into(),
        street: "Weg 2".into(),
        postal_code: "01067".into(),
        city: "Dresden".into(),
        ..ClientBillingForm::default()
    };
    change(&mut form);
    story.book_mut().set_client_billing(&form, at).unwrap();
}

fn client(story: &mut Story, country: &str, vat_id: &str, name: &str) {
    let at = story.at();
    let form = ClientForm {
        hub: "elbePA".into(),
        id: "facturCL".into(),
        name: name.into(),
        country: country.into(),
        email: String::new(),
        vat_id: vat_id.into(),
    };
    story.book_mut().edit_client(form, at).unwrap();
}

fn seller(story: &mut Story, change: impl Fn(&mut SellerForm)) {
    let at = story.at();
    let mut form = SellerForm {
        street: "Am Sandtorkai 48".into(),
        postal_code: "20457".into(),
        city: "Hamburg".into(),
        iban: "DE89370400440532013000".into(),
        language: "de".into(),
        ..SellerForm::default()
    };
    change(&mut form);
    story.book_mut().set_seller(&form, at).unwrap();
}

/// A case: what is spoilt in the book, what in the invoice, and a word of what is told.
type Bad = (fn(&mut Story), fn(&mut ClientInvoiceForm), &'static str);

#[rustfmt::skip]
const BAD: &[Bad] = &[
    (|story| billing(story, |form| form.street.clear()), |_| {}, "no street"),
    (|story| billing(story, |form| form.city.clear()), |_| {}, "no town"),
    (|story| client(story, "", "", "One"), |_| {}, "no country"),
    (|story| client(story, "ES", "", "One"), |form| form.lines[0].vat = "reverse-charge".into(), "need the client's VAT ID"),
    (|story| client(story, "FR", "", "One"), |form| form.lines[0].vat = "intra-eu-goods".into(), "need the client's VAT ID"),
    (|story| client(story, "DE", "DE136695976", "One"), |form| form.lines[0].vat = "intra-eu-goods".into(), "another country of the EU"),
    (|story| client(story, "DE", "", "千の風"), |_| {}, "can't be printed"),
    (|story| seller(story, |form| form.street.clear()), |_| {}, "company has no street"),
    (|story| seller(story, |form| form.city.clear()), |_| {}, "company has no town"),
    (|story| seller(story, |form| form.iban.clear()), |_| {}, "no bank account"),
    (|story| billing(story, |form| form.format = "peppol".into()), |_| {}, "no reference"),
    (|story| billing(story, |form| form.format = "xrechnung".into()), |_| {}, "no reference"),
    (|_| {}, |form| form.lines[0].text = "日".into(), "can't be printed"),
    (|_| {}, |form| form.lines[0].text.clear(), "is empty"),
    (|_| {}, |form| form.lines[0].text = "a\u{0}b".into(), "control"),
    (|_| {}, |form| form.lines.clear(), "no lines"),
    (|_| {}, |form| form.lines[0].unit_price = "1e9".into(), "Line 1"),
    (|_| {}, |form| form.lines[0].unit_price = "-1".into(), "Line 1"),
    (|_| {}, |form| form.lines[0].unit_price = "99999999999999999999999999999".into(), "Line 1"),
    (|_| {}, |form| form.lines[0].quantity = "many".into(), "Line 1"),
    (|_| {}, |form| form.lines[0].unit = "month".into(), "Line 1"),
    (|_| {}, |form| form.lines[0].vat = "exempt".into(), "why it is exempt"),
    (|_| {}, |form| { form.lines[0].vat = "standard".into(); form.lines[0].percent = "119".into(); }, "VAT rate"),
    (|_| {}, |form| form.issued_on = "2019-03-01".into(), "Type the percent"),
    (|_| {}, |form| form.issued_on = "31.11.2026".into(), "31.11.2026"),
    (|_| {}, |form| { form.from.clear(); form.until.clear(); }, "when it was supplied"),
    (|_| {}, |form| form.until = "2026-09-30".into(), "ends on"),
    (|_| {}, |form| form.due_days = "soon".into(), "soon"),
    (|_| {}, |form| form.deducts = vec!["2026/0009".into()], "2026/0009"),
];

#[test]
fn what_is_bad_is_told_before_a_number_is_used() {
    for (spoil, change, told) in BAD {
        let mut story = at_hand();
        let at = story.at();
        spoil(&mut story);
        let mut form = invoice("facturCL");
        change(&mut form);
        let form = ClientDraftForm {
            id: None,
            invoice: form,
        };
        let kept = story.book_mut().put_client_draft(&form, at);
        let refused = kept
            .and_then(|draft| story.book_mut().issue_client_draft(&draft.id, at))
            .unwrap_err();
        assert!(
            refused.message.contains(told),
            "{told}: {}",
            refused.message
        );
        seller(&mut story, |form| {
            form.contact = "Jana Voß".into();
            form.phone = "+49 40 5550 1400".into();
        });
        let after = issue(&mut story, invoice("rechnungCL"));
        assert_eq!(after.invoice.number, "2026/0001", "{told}");
    }
}

#[test]
fn texts_without_end_are_not_even_kept() {
    let mut story = at_hand();
    let at = story.at();
    let endless = "x".repeat(100_000);
    let changes: [fn(&mut ClientInvoiceForm, &str); 4] = [
        |form, text| form.lines[0].description = text.into(),
        |form, text| form.lines[0].text = text.into(),
        |form, text| form.notes = text.into(),
        |form, text| form.terms = text.into(),
    ];
    for change in changes {
        let mut form = invoice("facturCL");
        change(&mut form, &endless);
        let form = ClientDraftForm {
            id: None,
            invoice: form,
        };
        let refused = story.book_mut().put_client_draft(&form, at).unwrap_err();
        assert_eq!(refused.code.as_str(), "too-long");
    }
}

/// The head of a JPEG of four colours, as presses take them.
const CMYK: [u8; 21] = [
    0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 11, 8, 0, 20, 0, 60, 4, 0, 0, 0,
];

#[test]
fn a_logo_that_cant_be_printed_is_refused_when_it_is_brought_in() {
    let mut story = at_hand();
    let at = story.at();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, code, told) in [
        (
            "text.png",
            b"no picture".to_vec(),
            "logo-refused",
            "no PNG, JPEG or SVG",
        ),
        ("cmyk.jpg", CMYK.to_vec(), "logo-refused", "CMYK"),
        ("huge.png", vec![0; 5_000_001], "logo-refused", "2 MB"),
        ("cut.jpg", vec![0xFF, 0xD8, 0xFF], "logo-refused", "damaged"),
        ("bad.svg", b"<svg".to_vec(), "logo-refused", ""),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let refused = story.book_mut().set_logo(Some(&path), at).unwrap_err();
        assert_eq!(refused.code.as_str(), code, "{name}");
        assert!(refused.message.contains(told), "{name}: {refused}");
    }
    let none = folder.path().join("none.png");
    let refused = story.book_mut().set_logo(Some(&none), at).unwrap_err();
    assert_eq!(refused.code.as_str(), "file-unreadable");
    assert!(story.book().seller().unwrap().logo.is_none());
}

#[test]
fn what_cant_be_written_is_told_and_the_issued_stays_issued() {
    let mut story = at_hand();
    issue(&mut story, invoice("facturCL"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let by = |names| ExportTo {
        names,
        ..ExportTo::folder(folder.path())
    };
    for (to, code) in [
        (ExportTo::folder(&file), "folder-unwritable"),
        (by("{what}"), "unusable-file-name"),
    ] {
        let form = ClientExportForm {
            month: Some("2026-11".into()),
            ..ClientExportForm::default()
        };
        let names = to.names.to_owned();
        let go_on = &mut |_| ControlFlow::Continue(());
        let refused = story
            .book()
            .export_client_invoices(&form, to, go_on, story.at())
            .unwrap_err();
        assert_eq!(refused.code.as_str(), code, "{names}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    // What a system would refuse, or take for another place, is written in signs that all take.
    let endless = "x".repeat(300);
    for names in ["../{number}", "a:{number}", "CON", "{number}.", &endless] {
        let into = tempfile::tempdir().unwrap();
        let form = ClientExportForm {
            month: Some("2026-11".into()),
            ..ClientExportForm::default()
        };
        let to = ExportTo {
            names,
            ..ExportTo::folder(into.path())
        };
        let handed = export(&story, &form, to);
        let count = fs::read_dir(into.path()).unwrap().count();
        assert_eq!(count, handed.files.len(), "{names}");
    }
}
