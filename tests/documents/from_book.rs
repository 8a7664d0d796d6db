//! Papers that a book makes, from what was booked to the text on the page.

use harness::story::{Story, tell};
use hubledger_book::form::{
    ClientBillingForm, ClientDraftForm, ClientInvoiceForm, ClientLineForm, ClientPaymentForm,
    ReminderForm, SellerForm,
};
use hubledger_book::word::ReminderWord;

use crate::reader::{has_no_fault, pages_of, written};

fn lines(name: &str, bytes: &[u8]) -> Vec<String> {
    let path = written(name, bytes);
    has_no_fault(&path);
    pages_of(&path).concat()
}

fn has(lines: &[String], wanted: &[&str]) {
    let mut rest = lines.iter();
    for line in wanted {
        assert!(
            rest.any(|printed| printed.contains(line)),
            "“{line}” is missing, or not after what stands before it:\n{}",
            lines.join("\n")
        );
    }
}

/// 100.00 − 100 × 0.1131 = 88.69; less 7 × 0.1131 = 0.7917, 87.8983.
#[test]
fn the_statement_of_a_balance_ends_where_the_balance_does() {
    let story = tell(
        "
        today    2026-08-31
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-08-01
        client   marktCL of elbePA
        channel  a1CH of marktCL regular from 2026-08-01
        top-up   2026-08-03 elbePA 100.00
        use      2026-08-04 a1CH DE marketing 100
        use      2026-08-05 a1CH DE marketing 7
        import   new=2
        ",
    );
    let (book, at) = (story.book(), story.at());
    let pdf =
        |channel, month, language| book.statement_pdf(Some("elbePA"), channel, month, language, at);
    has(
        &lines("book-statement", &pdf(None, "2026-08", "").unwrap()),
        &[
            "It is no invoice.",
            "1 Aug 2026 Brought forward 0.00",
            "3 Aug 2026 Top-up 100.00 100.00",
            "4 Aug 2026 Usage −11.31 88.69",
            "5 Aug 2026 Usage −0.7917 87.8983",
            "Closing balance 87.8983 EUR",
            "The period is not over",
        ],
    );
    let balance = book.balances("elbePA", "2026-08", at).unwrap();
    assert_eq!(balance[0].ending.amount, "87.8983");
    let german = lines("book-statement-de", &pdf(None, "2026-08", "de").unwrap());
    has(&german, &["05.08.2026 Verbrauch −0,7917 87,8983"]);
    for (channel, month, language, code) in [
        (Some("a1CH"), "2026-08", "", "channel-has-no-balance"),
        (None, "2026-07", "", "month-before-the-books"),
        (None, "2026-08", "xx", "unknown-choice"),
    ] {
        let refused = pdf(channel, month, language).unwrap_err();
        assert_eq!(refused.code.as_str(), code);
    }
}

/// A month is frozen in the language of its close and keeps it to the byte; open months and
/// statements follow what is chosen, and an undo brings it back.
#[test]
fn copies_are_in_the_language_of_the_company_and_closed_ones_keep_theirs() {
    let mut story = tell(
        "
        today    2026-09-02
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-08-01
        client   marktCL of elbePA
        channel  a1CH of marktCL regular from 2026-08-01
        ",
    );
    let at = story.at();
    let book = story.book_mut();
    assert_eq!(book.book_view(at).unwrap().paper_language, "en");
    let refused = book.set_paper_language("nl", at).unwrap_err();
    assert_eq!(refused.code.as_str(), "unknown-choice");
    let chosen = book.set_paper_language(" DE ", at).unwrap();
    assert_eq!(chosen.paper_language, "de");
    book.close_month("elbePA", "2026-08", at).unwrap();
    let closed = book.invoice_pdf("elbePA/2026-08/plan", at).unwrap();
    has(
        &lines("closed-de", &closed),
        &["Buchhaltungskopie.", "Partnerplan Growth", "500,00"],
    );
    book.set_paper_language("fr", at).unwrap();
    assert!(book.invoice_pdf("elbePA/2026-08/plan", at).unwrap() == closed);
    let open = |book: &hubledger_book::Book| {
        let pdf = book.invoice_pdf("elbePA/2026-09/plan", at).unwrap();
        lines("open-copy", &pdf).join("\n")
    };
    let statement = |book: &hubledger_book::Book| {
        let hub = Some("elbePA");
        let pdf = book.statement_pdf(hub, None, "2026-09", "", at).unwrap();
        lines("statement-chosen", &pdf).join("\n")
    };
    assert!(open(book).contains("Forfait partenaire Growth"));
    assert!(statement(book).contains("Relevé de solde"));
    book.undo_last(at).unwrap();
    assert!(open(book).contains("Partnerplan Growth"));
    assert!(statement(book).contains("Guthabenauszug"));
    assert!(book.check(at).unwrap().holds);
}

fn invoiced(story: &mut Story, price: &str, due_days: &str) -> String {
    let at = story.at();
    let line = ClientLineForm {
        text: "Consulting".into(),
        quantity: "1".into(),
        unit_price: price.into(),
        vat: "standard".into(),
        percent: "19".into(),
        ..ClientLineForm::default()
    };
    let invoice = ClientInvoiceForm {
        client: "kundeCL".into(),
        due_days: due_days.into(),
        lines: vec![line],
        delivered_on: hubledger_book::form::INVOICE_DAY.into(),
        ..ClientInvoiceForm::default()
    };
    let form = ClientDraftForm { id: None, invoice };
    let draft = story.book_mut().put_client_draft(&form, at).unwrap();
    let issued = story.book_mut().issue_client_draft(&draft.id, at);
    issued.unwrap().invoice.number
}

fn with_a_client() -> Story {
    let mut story = tell(
        "
        today    2026-10-20
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-10
        client   kundeCL of elbePA
        ",
    );
    let at = story.at();
    let seller = SellerForm {
        street: "Kai 1".into(),
        postal_code: "20457".into(),
        city: "Hamburg".into(),
        iban: "DE89 3704 0044 0532 0130 00".into(),
        language: "en".into(),
        ..SellerForm::default()
    };
    story.book_mut().set_seller(&seller, at).unwrap();
    let billing = ClientBillingForm {
        client: "kundeCL".into(),
        street: "Weg 2".into(),
        postal_code: "01067".into(),
        city: "Dresden".into(),
        ..ClientBillingForm::default()
    };
    story.book_mut().set_client_billing(&billing, at).unwrap();
    let clients = story.book().clients(None, "2026-10", at).unwrap();
    let client = &clients[0];
    let form = hubledger_book::form::ClientForm {
        hub: client.hub.clone(),
        id: client.id.clone(),
        name: client.name.clone(),
        country: "DE".into(),
        email: client.email.clone(),
        vat_id: client.vat_id.clone(),
    };
    story.book_mut().edit_client(form, at).unwrap();
    story
}

/// 119.00 due on 27 October, of which 19.00 was paid, and 238.00 due on 3 November: 100.00 + 238.00
/// = 338.00. A third, of 59.50, is not due by 10 November.
#[test]
fn a_reminder_holds_what_is_due_and_not_paid_and_nothing_else() {
    let mut story = with_a_client();
    let form = |level, pay_by: &str| ReminderForm {
        client: "kundeCL".into(),
        level,
        pay_by: pay_by.into(),
    };
    let first = invoiced(&mut story, "100", "7");
    let second = invoiced(&mut story, "200", "14");
    let third = invoiced(&mut story, "50", "60");
    let at = story.at();
    let remind = |story: &Story, level, pay_by: &str| {
        story
            .book()
            .client_reminder_pdf(&form(level, pay_by), story.at())
    };
    let refused = remind(&story, ReminderWord::First, "").unwrap_err();
    assert_eq!(refused.code.as_str(), "nothing-overdue");
    let payment = ClientPaymentForm {
        number: first.clone(),
        amount: "19".into(),
        on: String::new(),
    };
    story.book_mut().pay_client_invoice(&payment, at).unwrap();
    story.go("today 2026-11-10");
    let refused = remind(&story, ReminderWord::First, "2026-11-09").unwrap_err();
    assert_eq!(refused.code.as_str(), "pay-by-is-over");
    let pdf = remind(&story, ReminderWord::Second, "").unwrap();
    assert!(pdf == remind(&story, ReminderWord::Second, "").unwrap());
    let lines = lines("book-reminder", &pdf);
    has(
        &lines,
        &[
            "Second payment reminder",
            &format!("{first} 20 Oct 2026 27 Oct 2026 14 119.00 100.00"),
            &format!("{second} 20 Oct 2026 3 Nov 2026 7 238.00 238.00"),
            "Open in total 338.00 EUR",
            "Please pay 338.00 EUR by 20 Nov 2026",
            &format!("{first}, {second}"),
        ],
    );
    assert!(!lines.iter().any(|line| line.contains(&third)), "{lines:?}");
}
