//! Final invoices over the whole: what a client paid in advance comes off the amount due, and its VAT
//! is owed once. Sums by hand.
#![allow(
    clippy::unwrap_used,
    reason = "a story that can't go on is a test that fails"
)]

use harness::invoicing::{billing, german_client, one_line, seller};
use harness::story::{Story, tell};
use hubledger_book::error::Error;
use hubledger_book::form::{
    ClientDraftForm, ClientForm, ClientInvoiceForm, ClientPaymentForm, CreditForm, CreditLineForm,
};
use hubledger_book::ledger::TrialForm;
use hubledger_book::view::{ClientInvoiceDetailView, ClientInvoiceState};
use hubledger_book::word::DeductionWord;

/// A partner in Hamburg with a client in Dresden and one in Madrid.
fn at_hand() -> Story {
    let mut story = tell(
        "
        today    2026-11-28
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-10
        client   kundeCL of elbePA
        client   madridCL of elbePA
        ",
    );
    let at = story.at();
    let book = story.book_mut();
    book.set_seller(&seller("Kai 1"), at).unwrap();
    for client in ["kundeCL", "madridCL"] {
        book.set_client_billing(&billing(client), at).unwrap();
    }
    book.edit_client(german_client("elbePA", "kundeCL", "Kunde"), at)
        .unwrap();
    let madrid = ClientForm {
        country: "ES".into(),
        vat_id: "ESB58378431".into(),
        ..german_client("elbePA", "madridCL", "Madrid")
    };
    book.edit_client(madrid, at).unwrap();
    story
}

/// One line; its VAT as client and seller have it.
fn of(client: &str, price: &str) -> ClientInvoiceForm {
    let mut form = one_line(client, "1", price);
    form.lines[0].vat = String::new();
    form.lines[0].percent = String::new();
    form
}

fn advance(client: &str, price: &str) -> ClientInvoiceForm {
    ClientInvoiceForm {
        advance: true,
        ..of(client, price)
    }
}

/// About the whole, less advances.
fn whole(client: &str, price: &str, deducts: &[&str]) -> ClientInvoiceForm {
    ClientInvoiceForm {
        deducts: deducts.iter().map(|number| (*number).into()).collect(),
        deduction: DeductionWord::AsPrepaid,
        ..of(client, price)
    }
}

fn issue(story: &mut Story, invoice: ClientInvoiceForm) -> Result<ClientInvoiceDetailView, Error> {
    let at = story.at();
    let form = ClientDraftForm { id: None, invoice };
    let draft = story.book_mut().put_client_draft(&form, at)?;
    story.book_mut().issue_client_draft(&draft.id, at)
}

fn credit(
    story: &mut Story,
    number: &str,
    lines: &[(u32, &str)],
) -> Result<ClientInvoiceDetailView, Error> {
    let at = story.at();
    let lines = lines.iter().map(|(line, amount)| CreditLineForm {
        line: *line,
        amount: (*amount).into(),
    });
    let form = CreditForm {
        number: number.into(),
        reason: String::new(),
        lines: lines.collect(),
    };
    story.book_mut().credit_client_invoice(&form, at)
}

fn pay(story: &mut Story, number: &str, amount: &str) -> Result<(), Error> {
    let at = story.at();
    let form = ClientPaymentForm {
        number: number.into(),
        amount: amount.into(),
        on: String::new(),
    };
    story.book_mut().pay_client_invoice(&form, at).map(|_| ())
}

/// `number net vat gross less prepaid leaves due`.
fn sums(view: &ClientInvoiceDetailView) -> String {
    let (i, sums) = (&view.invoice, &view.sums);
    format!(
        "{} {} {} {} less {} leaves {}",
        i.number, i.net.amount, i.vat.amount, i.gross.amount, sums.prepaid.amount, sums.due.amount
    )
}

fn stands(story: &Story, number: &str) -> (ClientInvoiceState, String) {
    let view = story.book().client_invoice(number, story.at()).unwrap();
    (view.invoice.state, view.invoice.open.amount)
}

/// What bank, receivables, prepayments, revenue and output VAT hold, debit above zero.
fn accounts(story: &Story) -> [String; 5] {
    let trial = story
        .book()
        .trial_balance(&TrialForm::default(), story.at());
    let trial = trial.unwrap();
    let lines: Vec<_> = trial.balances.iter().flat_map(|b| &b.lines).collect();
    [
        "asset:bank",
        "asset:receivable",
        "liability:client-prepayments",
        "revenue:clients",
        "liability:output-vat",
    ]
    .map(|kind| {
        let line = lines.iter().find(|line| line.account.starts_with(kind));
        match line.map(|line| (&line.debit, &line.credit)) {
            Some((Some(debit), _)) => debit.amount.clone(),
            Some((_, Some(credit))) => format!("-{}", credit.amount),
            _ => "0".into(),
        }
    })
}

fn holds(story: &Story) {
    let check = story.book().check(story.at()).unwrap();
    assert!(check.holds, "{:#?}", check.lines);
}

/// An advance of 50.02 bears 9.5038, so 9.50: 59.52. The whole of 80.03 bears 15.2057, so 15.21:
/// 95.24, of which 35.72 are left. 9.50 of the VAT was owed with the advance, 5.71 is now: 15.21 in
/// all. (An invoice about the rest would bear 19 % of 30.01, 5.7019, so 5.70.)
#[test]
fn the_vat_of_the_whole_is_owed_once_and_what_was_paid_comes_off() {
    let mut story = at_hand();
    let paid = issue(&mut story, advance("kundeCL", "50.02")).unwrap();
    assert_eq!(
        sums(&paid),
        "2026/0001 50.02 9.50 59.52 less 59.52 leaves 0.00"
    );
    assert_eq!(accounts(&story), ["59.52", "0", "-50.02", "0", "-9.50"]);
    let last = issue(&mut story, whole("kundeCL", "80.03", &["2026/0001"])).unwrap();
    assert_eq!(
        sums(&last),
        "2026/0002 80.03 15.21 95.24 less 59.52 leaves 35.72"
    );
    assert_eq!(last.deducts, ["2026/0001"]);
    assert_eq!(last.invoice.deducted.amount, "59.52");
    assert_eq!(last.sums.lines.len(), 1, "no line takes the advance off");
    assert_eq!(
        accounts(&story),
        ["59.52", "35.72", "0", "-80.03", "-15.21"]
    );
    assert_eq!(
        stands(&story, "2026/0002"),
        (ClientInvoiceState::Open, "35.72".into())
    );
    let refused = pay(&mut story, "2026/0002", "35.73").unwrap_err();
    assert_eq!(refused.code.as_str(), "payment-too-large");
    pay(&mut story, "2026/0002", "35.72").unwrap();
    assert_eq!(
        stands(&story, "2026/0002"),
        (ClientInvoiceState::Paid, "0.00".into())
    );
    assert_eq!(accounts(&story), ["95.24", "0", "0", "-80.03", "-15.21"]);
    holds(&story);
}

/// Cancelled, the whole document is mirrored: 95.24 less the 59.52 that it doesn't give back, 35.72.
/// The books are as after the advance, which can be deducted again.
#[test]
fn a_cancelled_final_invoice_frees_its_advances() {
    let mut story = at_hand();
    issue(&mut story, advance("kundeCL", "50.02")).unwrap();
    let before = accounts(&story);
    issue(&mut story, whole("kundeCL", "80.03", &["2026/0001"])).unwrap();
    let cancelled = credit(&mut story, "2026/0002", &[]).unwrap();
    assert_eq!(
        sums(&cancelled),
        "2026/0003 80.03 15.21 95.24 less 59.52 leaves 35.72"
    );
    assert_eq!(accounts(&story), before);
    assert_eq!(
        stands(&story, "2026/0002"),
        (ClientInvoiceState::Credited, "0.00".into())
    );
    let twice = credit(&mut story, "2026/0002", &[]).unwrap_err();
    assert_eq!(twice.code.as_str(), "already-corrected");
    holds(&story);
    // About the rest this time: 80.03 less 50.02, 30.01, bears 5.70.
    let rest = ClientInvoiceForm {
        deduction: DeductionWord::AsLines,
        ..whole("kundeCL", "80.03", &["2026/0001"])
    };
    let rest = issue(&mut story, rest).unwrap();
    assert_eq!(
        sums(&rest),
        "2026/0004 30.01 5.70 35.71 less 0.00 leaves 35.71"
    );
    assert_eq!(
        accounts(&story),
        ["59.52", "35.71", "0", "-80.03", "-15.20"]
    );
    holds(&story);
}

/// 60.00 of 80.03 are credited with 11.40 of VAT: 71.40. The client had paid 59.52 in advance of the
/// 23.84 that are left (95.24 − 71.40), and gets 35.68 back.
#[test]
fn a_part_of_a_final_invoice_is_credited_and_what_is_too_much_goes_back() {
    let mut story = at_hand();
    issue(&mut story, advance("kundeCL", "50.02")).unwrap();
    issue(&mut story, whole("kundeCL", "80.03", &["2026/0001"])).unwrap();
    let credited = credit(&mut story, "2026/0002", &[(1, "60")]).unwrap();
    assert_eq!(
        sums(&credited),
        "2026/0003 60.00 11.40 71.40 less 0.00 leaves 71.40"
    );
    assert_eq!(
        stands(&story, "2026/0002"),
        (ClientInvoiceState::OwedBack, "-35.68".into())
    );
    let refused = pay(&mut story, "2026/0002", "-35.69").unwrap_err();
    assert_eq!(refused.code.as_str(), "goes-back-too-large");
    pay(&mut story, "2026/0002", "-35.68").unwrap();
    // Bank 59.52 − 35.68; revenue 80.03 − 60.00; VAT 15.21 − 11.40.
    assert_eq!(accounts(&story), ["23.84", "0", "0", "-20.03", "-3.81"]);
    let rest = credit(&mut story, "2026/0002", &[]).unwrap_err();
    assert_eq!(rest.code.as_str(), "cancel-before-credit");
    holds(&story);
}

/// Under reverse charge no VAT is stated: 80.00 less the 50.00 that were paid, 30.00.
#[test]
fn a_final_invoice_under_reverse_charge_has_no_vat_to_deduct() {
    let mut story = at_hand();
    let paid = issue(&mut story, advance("madridCL", "50")).unwrap();
    assert_eq!(
        sums(&paid),
        "2026/0001 50.00 0.00 50.00 less 50.00 leaves 0.00"
    );
    let last = issue(&mut story, whole("madridCL", "80", &["2026/0001"])).unwrap();
    assert_eq!(
        sums(&last),
        "2026/0002 80.00 0.00 80.00 less 50.00 leaves 30.00"
    );
    assert_eq!(last.sums.vat[0].vat, "reverse-charge");
    assert_eq!(accounts(&story), ["50.00", "30.00", "0", "-80.00", "0"]);
    pay(&mut story, "2026/0002", "30").unwrap();
    assert_eq!(
        stands(&story, "2026/0002"),
        (ClientInvoiceState::Paid, "0.00".into())
    );
    holds(&story);
}

/// Two advances at 19 %, 20.00 + 3.80 and 10.00 + 1.90; the whole is 100.00 at 19 % and 50.00 at 7 %:
/// 19.00 + 3.50 of VAT, 172.50 in all, less 35.70. Replaced by one of 100.00 at 19 %: 119.00.
#[test]
fn several_advances_and_rates_come_off_and_it_can_take_the_place_of_another() {
    let mut story = at_hand();
    let at = story.at();
    let plain = issue(&mut story, of("kundeCL", "150")).unwrap();
    assert_eq!(plain.invoice.number, "2026/0001");
    issue(&mut story, advance("kundeCL", "20")).unwrap();
    issue(&mut story, advance("kundeCL", "10")).unwrap();
    let mut form = whole("kundeCL", "100", &["2026/0002", "2026/0003"]);
    let mut reduced = form.lines[0].clone();
    (reduced.vat, reduced.unit_price) = ("reduced".into(), "50".into());
    form.lines.push(reduced);
    let book = story.book_mut();
    let corrected = book.correct_client_invoice("2026/0001", &form, at).unwrap();
    assert_eq!(
        sums(&corrected),
        "2026/0004 150.00 22.50 172.50 less 35.70 leaves 136.80"
    );
    assert_eq!(stands(&story, "2026/0001").1, "0.00");
    assert_eq!(stands(&story, "2026/0004").1, "136.80");
    // Bank 23.80 + 11.90; VAT 5.70 with the advances and 16.80 now.
    assert_eq!(
        accounts(&story),
        ["35.70", "136.80", "0", "-150.00", "-22.50"]
    );
    holds(&story);
}

/// 59.52 were paid; 50.00 with its VAT are 59.50.
#[test]
fn advances_above_the_whole_are_refused_before_a_number_is_used() {
    let mut story = at_hand();
    issue(&mut story, advance("kundeCL", "50.02")).unwrap();
    let refused = issue(&mut story, whole("kundeCL", "50", &["2026/0001"])).unwrap_err();
    assert_eq!(refused.code.as_str(), "invoice-not-ready");
    assert!(refused.message.contains("advances are more"), "{refused}");
    // 50.02 bear just what was paid.
    let last = issue(&mut story, whole("kundeCL", "50.02", &["2026/0001"])).unwrap();
    assert_eq!(
        sums(&last),
        "2026/0002 50.02 9.50 59.52 less 59.52 leaves 0.00"
    );
    assert_eq!(
        stands(&story, "2026/0002"),
        (ClientInvoiceState::Paid, "0.00".into())
    );
    // It asked for nothing, and yet is cancelled once only.
    credit(&mut story, "2026/0002", &[]).unwrap();
    assert_eq!(stands(&story, "2026/0002").0, ClientInvoiceState::Credited);
    let twice = credit(&mut story, "2026/0002", &[]).unwrap_err();
    assert_eq!(twice.code.as_str(), "already-corrected");
    assert_eq!(accounts(&story), ["59.52", "0", "-50.02", "0", "-9.50"]);
    holds(&story);
}
