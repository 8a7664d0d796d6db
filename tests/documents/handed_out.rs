//! What a book hands out of issued invoices, read back by programs that are not ours and judged by
//! the rules of those who publish the formats.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use harness::story::{Story, tell};
use hubledger_book::ExportTo;
use hubledger_book::form::{
    ClientBillingForm, ClientDraftForm, ClientExportForm, ClientForm, ClientInvoiceForm,
    ClientLineForm, CreditForm, CreditLineForm, SellerForm,
};
use hubledger_book::view::{ClientExportView, ClientInvoiceDetailView};
use hubledger_book::word::{ClientFormatWord, DeductionWord};

use crate::reader::{attached, has_no_fault, pages_of};

/// A partner in Hamburg. Clients: Factur-X in German, XRechnung, Peppol in Spanish, all of them
/// with addresses; and one in Madrid under a hub in dollars.
pub(crate) fn at_hand() -> Story {
    let mut story = tell(
        "
        today    2026-11-28
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-10
        hub      nilePA partner-paid USD growth since 2026-01-01 first 2026-10
        client   facturCL of elbePA
        client   rechnungCL of elbePA
        client   peppolCL of elbePA
        client   usaCL of nilePA
        ",
    );
    let at = story.at();
    let seller = SellerForm {
        street: "Am Sandtorkai 48".into(),
        postal_code: "20457".into(),
        city: "Hamburg".into(),
        iban: "DE89370400440532013000".into(),
        bic: "COBADEFFXXX".into(),
        tax_number: "12/345/67890".into(),
        contact: "Jana Voß".into(),
        phone: "+49 40 5550 1400".into(),
        accent: "#0b6b75".into(),
        e_address: "9930:DE136695976".into(),
        language: "de".into(),
        ..SellerForm::default()
    };
    let book = story.book_mut();
    book.set_seller(&seller, at).unwrap();
    let company = hubledger_book::form::CompanyForm {
        name: "Nordlicht Messaging GmbH".into(),
        address: "Am Sandtorkai 48\n20457 Hamburg".into(),
        country: "DE".into(),
        vat_id: "DE136695976".into(),
        billing_email: "billing@nordlicht.example".into(),
    };
    book.set_company(company, at).unwrap();
    for (client, hub, country, vat_id, language, format) in [
        ("facturCL", "elbePA", "DE", "", "de", "factur-x"),
        ("rechnungCL", "elbePA", "DE", "", "de", "xrechnung"),
        ("peppolCL", "elbePA", "ES", "ESB58378431", "es", "peppol"),
        ("usaCL", "nilePA", "DE", "", "en", "factur-x"),
    ] {
        let form = ClientForm {
            hub: hub.into(),
            id: client.into(),
            name: format!("{client} Größe & Söhne"),
            country: country.into(),
            email: "rechnung@kunde.example".into(),
            vat_id: vat_id.into(),
        };
        book.edit_client(form, at).unwrap();
        let billing = ClientBillingForm {
            client: client.into(),
            street: "Weg 2".into(),
            postal_code: "01067".into(),
            city: "Dresden".into(),
            language: language.into(),
            buyer_reference: "04011000-12345-34".into(),
            e_address: "0088:7300010000001".into(),
            format: format.into(),
            ..ClientBillingForm::default()
        };
        book.set_client_billing(&billing, at).unwrap();
    }
    story
}

fn line(text: &str, quantity: &str, price: &str, vat: &str) -> ClientLineForm {
    ClientLineForm {
        text: text.into(),
        quantity: quantity.into(),
        unit_price: price.into(),
        vat: vat.into(),
        ..ClientLineForm::default()
    }
}

/// 1,316 × 0.1301 (171.2116, so 171.21) + 39.00 = 210.21.
pub(crate) fn invoice(client: &str) -> ClientInvoiceForm {
    ClientInvoiceForm {
        client: client.into(),
        from: "2026-10-01".into(),
        until: "2026-10-31".into(),
        lines: vec![
            line("Marketing messages, Germany", "1316", "0.1301", ""),
            line("Channel licence, Regular", "1", "39", ""),
        ],
        ..ClientInvoiceForm::default()
    }
}

pub(crate) fn issue(story: &mut Story, invoice: ClientInvoiceForm) -> ClientInvoiceDetailView {
    let at = story.at();
    let form = ClientDraftForm { id: None, invoice };
    let draft = story.book_mut().put_client_draft(&form, at).unwrap();
    assert_eq!(draft.faults, []);
    story.book_mut().issue_client_draft(&draft.id, at).unwrap()
}

pub(crate) fn export(story: &Story, form: &ClientExportForm, to: ExportTo<'_>) -> ClientExportView {
    let book = story.book();
    book.export_client_invoices(form, to, &mut |_| ControlFlow::Continue(()), story.at())
        .unwrap()
}

fn of_month() -> ClientExportForm {
    ClientExportForm {
        month: Some("2026-11".into()),
        ..ClientExportForm::default()
    }
}

/// What each XML of a folder breaks, by the official schemas and schematrons.
fn broken(folder: &Path) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = Command::new(root.join(".venv/bin/python"))
        .arg(root.join("src-tauri/document/tests/einvoice/validate.py"))
        .arg(folder)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let told = String::from_utf8(run.stdout).unwrap();
    let rows = told.lines().filter_map(|line| line.split_once('\t'));
    rows.map(|(file, broken)| (file.to_owned(), broken.to_owned()))
        .collect()
}

/// Everything that can be issued: an invoice for each client, a credit note, a cancellation, a
/// corrected invoice, an advance, and an invoice that deducts it.
fn issue_everything(story: &mut Story) {
    for client in ["facturCL", "rechnungCL", "peppolCL"] {
        issue(story, invoice(client)); // 1 to 3
    }
    let mut in_dollars = invoice("usaCL");
    in_dollars.own_currency = "EUR".into();
    in_dollars.own_rate = "0.8621".into();
    in_dollars.own_rate_on = "2026-11-27".into();
    in_dollars.own_rate_source = "ECB".into();
    issue(story, in_dollars); // 4
    let at = story.at();
    let credit = |number: &str, lines| CreditForm {
        number: number.into(),
        reason: "Nachlass".into(),
        lines,
    };
    let ten = CreditLineForm {
        line: 2,
        amount: "10".into(),
    };
    let book = story.book_mut();
    let partly = credit("2026/0001", vec![ten]);
    book.credit_client_invoice(&partly, at).unwrap(); // 5
    book.credit_client_invoice(&credit("2026/0003", Vec::new()), at)
        .unwrap(); // 6
    let corrected = invoice("rechnungCL");
    book.correct_client_invoice("2026/0002", &corrected, at)
        .unwrap(); // 7
    let mut advance = invoice("facturCL");
    advance.advance = true;
    advance.lines = vec![line("Advance for messages", "1", "100", "")];
    issue(story, advance); // 8
    let mut last = invoice("facturCL");
    last.deducts = vec!["2026/0008".into()];
    issue(story, last); // 9
    let mut advance = invoice("rechnungCL");
    advance.advance = true;
    advance.lines = vec![line("Advance for messages", "1", "100", "")];
    issue(story, advance); // 10
    let mut whole = invoice("rechnungCL");
    whole.deducts = vec!["2026/0010".into()];
    whole.deduction = DeductionWord::AsPrepaid;
    issue(story, whole); // 11
    let book = story.book_mut();
    book.credit_client_invoice(&credit("2026/0011", Vec::new()), at)
        .unwrap(); // 12
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_handed_out_breaks_no_rule_and_comes_out_as_it_went_in() {
    let mut story = at_hand();
    issue_everything(&mut story);
    let folder = tempfile::tempdir().unwrap();
    let handed = export(&story, &of_month(), ExportTo::folder(folder.path()));
    // Twelve PDFs, seven of them with an XML beside: the XRechnung with its correction, an
    // advance, a final invoice and its cancellation; the Peppol invoice with its cancellation.
    let count = |ending: &str| handed.files.iter().filter(|f| f.ends_with(ending)).count();
    assert_eq!(
        (count(".pdf"), count(".xml"), count("-report.txt")),
        (12, 7, 1)
    );
    let judged = tempfile::tempdir().unwrap();
    for view in &handed.checked {
        let path = folder.path().join(&view.file);
        let stem = view.file.rsplit_once('.').unwrap().0;
        let into = |profile: &str| judged.path().join(format!("{stem}.{profile}.xml"));
        if view.file.ends_with(".xml") {
            let is_peppol = view.checks.iter().any(|c| c.rules.contains("Peppol"));
            let profile = if is_peppol { "peppol" } else { "xrechnung-ubl" };
            std::fs::copy(&path, into(profile)).unwrap();
            continue;
        }
        has_no_fault(&path);
        let has_data = view.checks.iter().any(|c| c.rules.contains("Factur-X"));
        if has_data {
            std::fs::write(into("factur-x"), attached(&path)).unwrap();
        }
    }
    let told = broken(judged.path());
    // Five with data inside: 1, 4, 5, 8, 9; beside: 2, 3, 6, 7, 10, 11, 12.
    assert_eq!(told.len(), 12, "{told:?}");
    assert!(told.values().all(String::is_empty), "{told:#?}");
    let check = story.book().check(story.at()).unwrap();
    assert!(check.holds, "{:#?}", check.lines);
}

#[test]
fn the_file_inside_is_the_invoice_for_machines_byte_for_byte() {
    let mut story = at_hand();
    issue(&mut story, invoice("facturCL"));
    let folder = tempfile::tempdir().unwrap();
    let to = ExportTo::folder(folder.path());
    export(&story, &of_month(), to);
    let inside = attached(&folder.path().join("2026_0001.pdf"));
    let text = String::from_utf8(inside).unwrap();
    // 210.21 × 19 % = 39.9399, so 39.94; gross 250.15.
    for said in [
        "<ram:ID>2026/0001</ram:ID>",
        "<ram:LineTotalAmount>171.21</ram:LineTotalAmount>",
        "<ram:TaxBasisTotalAmount>210.21</ram:TaxBasisTotalAmount>",
        "<ram:TaxTotalAmount currencyID=\"EUR\">39.94</ram:TaxTotalAmount>",
        "<ram:GrandTotalAmount>250.15</ram:GrandTotalAmount>",
    ] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    let lines = pages_of(&folder.path().join("2026_0001.pdf")).concat();
    for said in ["USt. 19 % auf 210,21 39,94", "Zu zahlen 250,15 EUR"] {
        assert!(
            lines.iter().any(|line| line == said),
            "{said} in {lines:#?}"
        );
    }
}

#[test]
fn an_advance_comes_off_with_its_vat_on_paper_and_for_machines() {
    let mut story = at_hand();
    issue_everything(&mut story);
    let folder = tempfile::tempdir().unwrap();
    let form = ClientExportForm {
        numbers: vec!["2026/0009".into()],
        ..ClientExportForm::default()
    };
    export(&story, &form, ExportTo::folder(folder.path()));
    let path = folder.path().join("2026_0009.pdf");
    // 210.21 − 100.00 = 110.21; 19 % is 20.9399, so 20.94; 131.15.
    let lines = pages_of(&path).concat();
    for said in ["USt. 19 % auf 110,21 20,94", "Zu zahlen 131,15 EUR"] {
        assert!(
            lines.iter().any(|line| line == said),
            "{said} in {lines:#?}"
        );
    }
    assert!(
        lines.iter().any(|line| line.contains("2026/0008")),
        "{lines:#?}"
    );
    let xml = String::from_utf8(attached(&path)).unwrap();
    for said in [
        "<ram:GrandTotalAmount>131.15</ram:GrandTotalAmount>",
        "<ram:IssuerAssignedID>2026/0008</ram:IssuerAssignedID>",
    ] {
        assert!(xml.contains(said), "{said} in\n{xml}");
    }
}

/// The whole of 210.21 bears 39.9399, so 39.94: 250.15. The advance of 100.00 with 19.00 comes off:
/// 131.15. The cancellation says the same of what it takes back.
#[test]
fn a_final_invoice_states_its_advances_with_their_vat() {
    let mut story = at_hand();
    issue_everything(&mut story);
    let folder = tempfile::tempdir().unwrap();
    let form = ClientExportForm {
        numbers: vec!["2026/0011".into(), "2026/0012".into()],
        ..ClientExportForm::default()
    };
    export(&story, &form, ExportTo::folder(folder.path()));
    let check = |number: &str, wanted: &[&str]| {
        let path = folder.path().join(format!("{number}.pdf"));
        let lines = pages_of(&path).concat();
        let mut rest = lines.iter();
        for said in wanted {
            assert!(rest.any(|line| line.contains(said)), "{said} in {lines:#?}");
        }
        std::fs::read_to_string(folder.path().join(format!("{number}.xml"))).unwrap()
    };
    let last = check(
        "2026_0011",
        &[
            "Netto 210,21",
            "USt. 19 % auf 210,21 39,94",
            "Brutto 250,15",
            "Bereits bezahlt −119,00",
            "Zu zahlen 131,15 EUR",
            "Abgezogene Anzahlungen",
            "2026/0010 (28.11.2026) 28.11.2026 100,00 19 % 19,00 119,00",
        ],
    );
    for said in [
        "<cbc:PrepaidAmount currencyID=\"EUR\">119.00</cbc:PrepaidAmount>",
        "<cbc:PayableAmount currencyID=\"EUR\">131.15</cbc:PayableAmount>",
        "filename=\"advances.csv\"",
        "<cbc:ID>2026/0010</cbc:ID>",
    ] {
        assert!(last.contains(said), "{said} in\n{last}");
    }
    let cancelled = check(
        "2026_0012",
        &[
            "Brutto 250,15",
            "Bereits bezahlt −119,00",
            "Gutgeschrieben 131,15 EUR",
        ],
    );
    assert!(cancelled.contains("<cbc:PayableAmount currencyID=\"EUR\">131.15</cbc:PayableAmount>"));
}

#[test]
fn vat_in_another_currency_is_stated_with_its_rate_and_source() {
    let mut story = at_hand();
    issue_everything(&mut story);
    let folder = tempfile::tempdir().unwrap();
    let form = ClientExportForm {
        numbers: vec!["2026/0004".into()],
        ..ClientExportForm::default()
    };
    export(&story, &form, ExportTo::folder(folder.path()));
    let path = folder.path().join("2026_0004.pdf");
    // 39.94 × 0.8621 = 34.432274, so 34.43.
    let xml = String::from_utf8(attached(&path)).unwrap();
    assert!(xml.contains("<ram:TaxCurrencyCode>EUR</ram:TaxCurrencyCode>"));
    assert!(xml.contains("currencyID=\"EUR\">34.43</ram:TaxTotalAmount>"));
    let text = pages_of(&path).concat().join(" ");
    for said in ["34.43 EUR", "0.8621", "ECB"] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn the_same_invoice_gives_the_same_bytes_after_everything_else_has_changed() {
    let mut story = at_hand();
    issue(&mut story, invoice("facturCL"));
    let at = story.at();
    let before = story.book().client_invoice_pdf("2026/0001", at).unwrap();
    let changed = SellerForm {
        street: "Elsewhere 1".into(),
        city: "Bremen".into(),
        accent: "#7a1f1f".into(),
        iban: "DE89370400440532013000".into(),
        ..SellerForm::default()
    };
    story.book_mut().set_seller(&changed, at).unwrap();
    let after = story.book().client_invoice_pdf("2026/0001", at).unwrap();
    assert!(before == after);
    // Another format is made with the letterhead, the language and the parties of its day.
    let folder = tempfile::tempdir().unwrap();
    let form = ClientExportForm {
        format: Some(ClientFormatWord::XRechnungCii),
        ..of_month()
    };
    export(&story, &form, ExportTo::folder(folder.path()));
    let xml = std::fs::read_to_string(folder.path().join("2026_0001.xml")).unwrap();
    assert!(xml.contains("Am Sandtorkai 48") && !xml.contains("Elsewhere"));
}

#[test]
fn a_month_goes_into_one_zip_or_into_mail_drafts_with_its_report() {
    let mut story = at_hand();
    issue_everything(&mut story);
    let folder = tempfile::tempdir().unwrap();
    let zipped = ExportTo {
        zip: Some("november"),
        names: "{date}_{number}_{client}",
        ..ExportTo::folder(folder.path())
    };
    let one = export(&story, &of_month(), zipped);
    assert_eq!(one.files.len(), 1);
    let bytes = std::fs::read(&one.files[0]).unwrap();
    export(&story, &of_month(), zipped);
    assert!(bytes == std::fs::read(&one.files[0]).unwrap());
    let mailed = ExportTo {
        mail: true,
        ..ExportTo::folder(folder.path())
    };
    let drafts = export(&story, &of_month(), mailed);
    assert_eq!(drafts.files.len(), 13);
    let eml = std::fs::read_to_string(folder.path().join("2026_0002.eml")).unwrap();
    for said in [
        "X-Unsent: 1",
        "<rechnung@kunde.example>",
        "2026_0002.pdf",
        "2026_0002.xml",
    ] {
        assert!(eml.contains(said), "{said}");
    }
    let report = folder.path().join("invoices-2026-11-report.txt");
    let report = std::fs::read_to_string(report).unwrap();
    for said in [
        "2026/0009",
        "PDF/A-3a",
        "EN 16931",
        "BR-CO-17",
        "XRechnung 3.0",
        "Peppol",
    ] {
        assert!(report.contains(said), "{said} in\n{report}");
    }
    // A person stops it: nothing is written.
    let stopped = tempfile::tempdir().unwrap();
    let refused = story.book().export_client_invoices(
        &of_month(),
        ExportTo::folder(stopped.path()),
        &mut |_| ControlFlow::Break(()),
        story.at(),
    );
    assert_eq!(refused.unwrap_err().code.as_str(), "cancelled");
    assert_eq!(std::fs::read_dir(stopped.path()).unwrap().count(), 0);
}
