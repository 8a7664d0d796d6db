//! What belongs to the partner's own invoices and to its books, done and taken back: payments,
//! drafts, the seller, its logo, the chart of accounts, files of clients, notice of the plan and
//! kept prices. And undo itself, which is undone where it only put settings back.
#![allow(
    clippy::unwrap_used,
    reason = "a story that can't go on is a test that fails"
)]

use harness::invoicing::{can_invoice, one_line, seller};
use harness::story::{Story, tell};
use harness::walk::{Answer, assert_same, gist_of};
use hubledger_book::Book;
use hubledger_book::activity::HistoryForm;
use hubledger_book::form::{
    ClientBillingForm, ClientDraftForm, ClientInvoiceForm, ClientPaymentForm, NumberSeriesForm,
    PartiesFileForm, SeriesStartForm,
};
use hubledger_book::ledger::ChartAccountForm;
use hubledger_book::moment::Moment;
use hubledger_book::view::ClientInvoiceState;
use hubledger_book::word::ChartWord;

const BEGINNING: &str = "
    today    2026-11-28
    book     partner DE
    hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-10
    client   kundeCL of elbePA
    channel  a1CH of kundeCL regular from 2026-01-01
";

/// A partner that can invoice its client.
fn at_hand() -> Story {
    let mut story = tell(BEGINNING);
    let at = story.at();
    let book = story.book_mut();
    can_invoice(book, "elbePA", "kundeCL", at);
    story
}

fn invoice(price: &str) -> ClientInvoiceForm {
    one_line("kundeCL", "1", price)
}

fn all() -> HistoryForm {
    HistoryForm {
        limit: 100,
        ..HistoryForm::default()
    }
}

fn seen(story: &Story) -> Vec<Answer> {
    gist_of(story.book(), story.at())
}

/// Does something, takes it back, does it again: the book shows what it did before and after, and
/// an undo that is undone is what was done.
fn there_and_back(story: &mut Story, what: &str, act: impl Fn(&mut Book, Moment)) {
    let at = story.at();
    let before = seen(story);
    act(story.book_mut(), at);
    let after = seen(story);
    let undone = story.book_mut().undo_last(at).unwrap();
    assert_same(&before, &seen(story), &format!("{what}, undone"));
    story.book_mut().undo(undone.unit, at).unwrap();
    assert_same(&after, &seen(story), &format!("{what}, done again by undo"));
    story.book_mut().undo_last(at).unwrap();
    assert_same(&before, &seen(story), &format!("{what}, undone again"));
    act(story.book_mut(), at);
    assert_same(&after, &seen(story), &format!("{what}, done anew"));
    holds(story, what);
}

fn holds(story: &Story, about: &str) {
    let check = story.book().check(story.at()).unwrap();
    let failed: Vec<_> = check.lines.iter().filter(|line| !line.holds).collect();
    assert!(check.holds, "{about}: {failed:#?}");
}

fn code<T>(done: Result<T, hubledger_book::error::Error>) -> String {
    done.map_or_else(|e| e.code.as_str().to_owned(), |_| "done".to_owned())
}

#[test]
fn a_clients_payment_is_taken_back_the_last_first() {
    let mut story = at_hand();
    let at = story.at();
    let draft = ClientDraftForm {
        id: None,
        invoice: invoice("100.00"),
    };
    let id = story.book_mut().put_client_draft(&draft, at).unwrap().id;
    let issued = story.book_mut().issue_client_draft(&id, at).unwrap();
    let unpaid = seen(&story);
    let pay = |book: &mut Book, amount: &str| {
        let form = ClientPaymentForm {
            number: issued.invoice.number.clone(),
            amount: amount.to_owned(),
            on: String::new(),
        };
        book.pay_client_invoice(&form, at).unwrap()
    };
    assert_eq!(pay(story.book_mut(), "50.00").invoice.open.amount, "69.00");
    let half = seen(&story);
    let paid = pay(story.book_mut(), "69.00");
    assert_eq!(paid.invoice.state, ClientInvoiceState::Paid);
    let history = story.book().history(&all()).unwrap();
    let payments: Vec<_> = history
        .iter()
        .filter(|unit| unit.use_case == "pay-client-invoice")
        .map(|unit| unit.id)
        .collect();
    assert_eq!(
        code(story.book_mut().undo(payments[1], at)),
        "undo-other-first"
    );
    let undone = story.book_mut().undo(payments[0], at).unwrap();
    assert_same(&half, &seen(&story), "one payment is left");
    assert_eq!(
        code(story.book_mut().undo(undone.unit, at)),
        "enter-it-anew"
    );
    story.book_mut().undo(payments[1], at).unwrap();
    assert_same(&unpaid, &seen(&story), "nothing is paid");
    assert_eq!(
        code(story.book_mut().undo(payments[1], at)),
        "already-undone"
    );
    let again = pay(story.book_mut(), "119.00");
    assert_eq!(again.invoice.state, ClientInvoiceState::Paid);
    story.book_mut().undo_last(at).unwrap();
    assert_same(&unpaid, &seen(&story), "nothing is paid, again");
    assert_eq!(code(story.book_mut().undo_last(at)), "issued-is-issued");
    holds(&story, "at the end");
}

#[test]
fn drafts_come_back_as_they_were_typed() {
    let mut story = at_hand();
    let at = story.at();
    let put = |book: &mut Book, id: Option<&str>, price: &str| {
        let form = ClientDraftForm {
            id: id.map(str::to_owned),
            invoice: invoice(price),
        };
        book.put_client_draft(&form, at).unwrap().id
    };
    there_and_back(&mut story, "a new draft", |book, _| {
        put(book, None, "100.00");
    });
    let id = story.book().client_drafts(None, at).unwrap()[0].id.clone();
    there_and_back(&mut story, "a changed draft", |book, _| {
        put(book, Some(&id), "what is not known yet");
    });
    there_and_back(&mut story, "a draft thrown away", |book, at| {
        book.remove_client_draft(&id, at).unwrap();
    });
    assert!(story.book().client_drafts(None, at).unwrap().is_empty());
    // Its change and its making are of a draft that is gone; the last goes first.
    for _ in 0..3 {
        story.book_mut().undo_last(at).unwrap();
    }
    assert!(story.book().client_drafts(None, at).unwrap().is_empty());
    holds(&story, "at the end");
}

#[test]
fn a_draft_that_was_issued_is_not_taken_back_from_under_its_invoice() {
    let mut story = at_hand();
    let at = story.at();
    let draft = ClientDraftForm {
        id: None,
        invoice: invoice("100.00"),
    };
    let id = story.book_mut().put_client_draft(&draft, at).unwrap().id;
    story.book_mut().issue_client_draft(&id, at).unwrap();
    let before = seen(&story);
    let history = story.book().history(&all()).unwrap();
    let put = history.iter().find(|u| u.use_case == "put-client-draft");
    let refused = code(story.book_mut().undo(put.unwrap().id, at));
    assert_eq!(refused, "undo-other-first");
    assert_same(&before, &seen(&story), "a refused undo");
}

#[test]
fn the_seller_with_its_logo_and_its_numbers_is_what_it_was() {
    let mut story = at_hand();
    there_and_back(&mut story, "another seller", |book, at| {
        book.set_seller(&seller("Elbchaussee 4"), at).unwrap();
    });
    let logo = story.path("logo.png");
    std::fs::write(&logo, square(40)).unwrap();
    there_and_back(&mut story, "a logo", |book, at| {
        book.set_logo(Some(&logo), at).unwrap();
    });
    let wide = story.path("wide.png");
    std::fs::write(&wide, square(60)).unwrap();
    there_and_back(&mut story, "another logo", |book, at| {
        book.set_logo(Some(&wide), at).unwrap();
    });
    there_and_back(&mut story, "no logo", |book, at| {
        book.set_logo(None, at).unwrap();
    });
    there_and_back(&mut story, "other numbers", |book, at| {
        let form = NumberSeriesForm {
            series: "invoice".to_owned(),
            pattern: "RE-{YYYY}-{###}".to_owned(),
        };
        book.set_number_series(&form, at).unwrap();
    });
    there_and_back(&mut story, "how a client is billed", |book, at| {
        let form = ClientBillingForm {
            client: "kundeCL".to_owned(),
            street: "Allee 3".to_owned(),
            postal_code: "01067".to_owned(),
            city: "Dresden".to_owned(),
            due_days: "30".to_owned(),
            ..ClientBillingForm::default()
        };
        book.set_client_billing(&form, at).unwrap();
    });
}

#[test]
fn where_numbers_begin_is_taken_back_until_one_was_given() {
    let mut story = at_hand();
    let at = story.at();
    let begin = |book: &mut Book, next: &str| {
        let form = SeriesStartForm {
            series: "invoice".to_owned(),
            next: next.to_owned(),
        };
        book.set_series_start(&form, at).unwrap();
    };
    let issue = |book: &mut Book| {
        let draft = ClientDraftForm {
            id: None,
            invoice: invoice("100.00"),
        };
        let id = book.put_client_draft(&draft, at).unwrap().id;
        book.issue_client_draft(&id, at).unwrap().invoice.number
    };
    there_and_back(&mut story, "where numbers begin", |book, _| {
        begin(book, "43");
    });
    begin(story.book_mut(), "50");
    story.book_mut().undo_last(at).unwrap(); // 43 again
    story.book_mut().undo_last(at).unwrap(); // 1 again
    assert_eq!(issue(story.book_mut()), "2026/0001");
    holds(&story, "numbers that begin at 1 after all");

    let mut story = at_hand();
    begin(story.book_mut(), "50");
    begin(story.book_mut(), "43");
    let unit = story.book().history(&all()).unwrap()[0].id;
    assert_eq!(issue(story.book_mut()), "2026/0043");
    assert_eq!(code(story.book_mut().undo(unit, at)), "series-has-begun");
    let shown = story.book().history(&all()).unwrap();
    let row = shown.iter().find(|act| act.id == unit).unwrap();
    assert!(!row.can_undo, "the window offers no undo of it");
    holds(&story, "numbers that were given");
}

/// A square picture, black.
fn square(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    let pixels = vec![0; usize::try_from(side * side * 3).unwrap()];
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn a_chart_of_accounts_is_what_it_was() {
    let mut story = tell(BEGINNING);
    there_and_back(&mut story, "SKR03", |book, at| {
        book.set_chart(ChartWord::Skr03, at).unwrap();
    });
    there_and_back(&mut story, "another bank", |book, at| {
        let form = ChartAccountForm {
            kind: "asset:bank".to_owned(),
            number: "1210".to_owned(),
            name: "Sparkasse".to_owned(),
        };
        book.set_chart_account(form, at).unwrap();
    });
    there_and_back(&mut story, "the same chart again", |book, at| {
        book.set_chart(ChartWord::Skr04, at).unwrap();
    });
}

#[test]
fn clients_and_channels_of_a_file_go_whole() {
    let mut story = tell(BEGINNING);
    let file = story.path("parties.csv");
    let head = "hub_id,client_id,client_name,country,channel_id,phone_number,display_name,tier,billing_started_at\n";
    let rows = "elbePA,neuCL,Neu GmbH,DE,n1CH,+49 351 5550 200,Neu,regular,2026-10-05\n\
                elbePA,kundeCL,Kunde AG,DE,a1CH,+49 351 5550 201,Kunde,premium,2026-01-01\n";
    std::fs::write(&file, format!("{head}{rows}")).unwrap();
    there_and_back(&mut story, "a file of clients", |book, at| {
        let form = PartiesFileForm::default();
        let view = book.book_parties(&file, &form, true, at).unwrap();
        assert_eq!((view.new_clients, view.new_channels), (1, 1));
    });
    // All of it is known now: a file that changes nothing is in nobody's way.
    let at = story.at();
    let before = seen(&story);
    let form = PartiesFileForm::default();
    story
        .book_mut()
        .book_parties(&file, &form, true, at)
        .unwrap();
    story.book_mut().undo_last(at).unwrap();
    assert_same(&before, &seen(&story), "a file that changed nothing");
    // Usage of a channel of the file holds it.
    story.go("
        use      2026-11-03 n1CH DE marketing 10 cost=1.00
        import   new=1
        refused  still-rested-on undo import-parties
        undo
        undo
    ");
    assert!(story.book().channels(None, "2026-11", at).unwrap().len() == 1);
}

#[test]
fn notice_of_the_plan_and_kept_prices_are_what_they_were() {
    let mut story = tell(BEGINNING);
    story.go("
        mark     before
        notice   elbePA 2026-11-20
        mark     noticed
        undo
        as       before
        notice   elbePA 2026-11-20
        as       noticed
        withdraw elbePA
        mark     withdrawn
        undo
        as       noticed
        undo
        as       before
        keeps    a1CH regular 19.00 from 2026-10
        mark     kept
        invoice  elbePA/2026-10/licence 2026-10-01 19.00 3.61 22.61
        undo
        as       before
        invoice  elbePA/2026-10/licence 2026-10-01 25.00 4.75 29.75
        keeps    a1CH regular 19.00 from 2026-10
        keeps    a1CH regular 15.00 from 2026-11
        undo
        as       kept
        close    elbePA 2026-10
        refused  close-is-for-good undo
        refused  undone-month-is-closed undo keep-price
    ");
}
