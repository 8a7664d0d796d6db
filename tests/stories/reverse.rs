//! What a closed month holds and should not is reversed in the first open month, by an entry or a
//! charge that names it. The closed month keeps every figure, and every invariant holds after each
//! step (the harness looks). Sums are worked out by hand.

#![allow(
    clippy::unwrap_used,
    reason = "a story that can't go on is a test that fails"
)]

use harness::invoicing::{can_invoice, one_line};
use harness::story::{Story, tell};
use hubledger_book::form::{ClientDraftForm, ClientPaymentForm};
use hubledger_book::ledger::{EntriesForm, EntryView, TrialForm};
use hubledger_book::reverse::ReverseForm;

/// July, closed: 100.00 + 500.00 − 11.31 = 588.69.
fn a_closed_july() -> Story {
    tell(
        "
        today    2026-08-01
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        top-up   2026-07-05 elbePA 500.00                     # with 95.00 VAT
        use      2026-07-15 a1CH DE marketing 100 id=july-1   # × 0.1131 = 11.31
        import   new=1 late=0 amount=11.31
        close    elbePA 2026-07
        left     elbePA 2026-07-31 588.69
        today    2026-08-31
        ",
    )
}

fn entries(story: &Story) -> Vec<EntryView> {
    let form = EntriesForm {
        until: "2199-12-31".into(),
        limit: 1_000,
        ..EntriesForm::default()
    };
    story.book().entries(&form, story.at()).unwrap().entries
}

/// What a kind of account holds, debit above zero.
fn held(story: &Story, kind: &str) -> String {
    let trial = story
        .book()
        .trial_balance(&TrialForm::default(), story.at())
        .unwrap();
    let all = trial.balances.iter().chain(&trial.memo);
    let mut lines = all.flat_map(|balance| &balance.lines);
    let line = lines.find(|line| line.account.starts_with(kind));
    let Some(line) = line else {
        return "nothing".into();
    };
    match (&line.debit, &line.credit) {
        (Some(debit), _) => debit.amount.clone(),
        (_, Some(credit)) => format!("-{}", credit.amount),
        _ => "0".into(),
    }
}

#[test]
fn a_top_up_of_a_closed_month_goes_with_its_vat_in_the_first_open_one() {
    let mut story = a_closed_july();
    // July: top-up 95.00, plan 19 % of 500.00 = 95.00, licence 19 % of 25.00 = 4.75.
    assert_eq!(held(&story, "asset:input-vat"), "194.75");
    // 595.00 + 595.00 + 29.75
    assert_eq!(held(&story, "liability:payable"), "-1219.75");
    story.go("
        mark     before
        reverse  top-up
        ");
    assert_eq!(held(&story, "asset:input-vat"), "99.75");
    assert_eq!(held(&story, "liability:payable"), "-624.75");
    assert_eq!(held(&story, "asset:prepaid-balance"), "88.69");
    story.go("
        left     elbePA 2026-07-31 588.69
        moved    elbePA 2026-08-01 top-up -500.00 88.69
        left     elbePA 2026-08-31 88.69
        invoice  elbePA/2026-07/top-up-1 2026-07-05 500.00 95.00 595.00
        invoices elbePA 2026-08 plan licence
        refused  already-reversed reverse top-up
        undo
        as       before
        reverse  top-up
        top-up   2026-08-05 elbePA 40.00
        refused  undo-instead reverse top-up
        use      2026-08-03 a1CH ES marketing 1000            # × 0.0585 = 58.50
        import   new=1 late=0
        today    2026-09-01
        close    elbePA 2026-08
        # 588.69 + (40.00 − 500.00) − 58.50 = 70.19
        #        reference               starting  added  back out  used  late settled shortfall fee  ending net
        summary  elbePA/2026-08/closing  588.69  -460.00  0.00 0.00 58.50 0.00 58.50   0.00      0.00 70.19  0.00
        refused  already-reversed reverse top-up first
        refused  undone-month-is-closed undo reverse
        ");
}

#[test]
fn what_a_rule_changed_of_its_vat_goes_with_a_top_up() {
    let mut story = tell(
        "
        today    2026-07-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07
        top-up   2026-07-05 elbePA 500.00                     # with 95.00 VAT, which goes again
        rule     elbePA vat-on usage from 2026-07
        today    2026-08-01
        close    elbePA 2026-07
        mark     before
        reverse  top-up
        left     elbePA 2026-08-01 0.00
        ",
    );
    // The plan alone: 500.00 + 95.00.
    assert_eq!(held(&story, "asset:input-vat"), "95.00");
    assert_eq!(held(&story, "liability:payable"), "-595.00");
    let mirrors = entries(&story)
        .iter()
        .filter(|e| e.reverses.is_some())
        .count();
    assert_eq!(mirrors, 2, "the top-up, and the correction of its VAT");
    story.go("
        undo
        as       before
        refused  follows-from-the-month reverse vat-correction first
        today    2026-09-01
        close    elbePA 2026-08
        ");
}

#[test]
fn a_charge_of_a_closed_month_goes_as_late_usage_below_zero() {
    a_closed_july().go("
        mark     before
        reverse  charge 2026-07-15 a1CH marketing
        left     elbePA 2026-07-31 588.69
        moved    elbePA 2026-08-01 reconciliation 11.31 600.00
        sum      elbePA 2026-08 market Germany -11.31
        sum      elbePA 2026-07 market Germany 11.31
        again    new=0 changed=0 already=1                    # it stays reversed
        left     elbePA 2026-08-31 600.00
        refused  already-reversed reverse charge 2026-07-15 a1CH marketing
        undo     import-usage                                 # of nothing
        undo     reverse
        as       before
        again    new=0 changed=0 already=1
        reverse  charge 2026-07-15 a1CH marketing             # once more
        left     elbePA 2026-08-31 600.00
        use      2026-08-03 a1CH ES marketing 1000            # × 0.0585 = 58.50
        import   new=1 late=0
        refused  undo-instead reverse charge 2026-08-03 a1CH marketing
        refused  reverse-its-charges reverse usage first
        today    2026-09-01
        close    elbePA 2026-08
        # 58.50 − 11.31 = 47.19; 588.69 − 47.19 = 541.50
        invoice  elbePA/2026-08/closing 2026-09-01 0.00 0.00 0.00
        line     messages              58.50
        line     usage-reconciliation -11.31
        line     settled-with-balance -47.19
        summary  elbePA/2026-08/closing 588.69 0.00 0.00 0.00 47.19 -11.31 47.19 0.00 0.00 541.50 0.00
        refused  undone-month-is-closed undo reverse
        ");
}

#[test]
fn a_row_that_was_reversed_comes_again_only_where_its_file_says_something_else() {
    a_closed_july().go("
        reverse  charge 2026-07-15 a1CH marketing
        mark     before
        use      2026-07-15 a1CH DE marketing 40 id=july-1    # × 0.1131 = 4.524
        import   new=1 changed=0 already=0 late=1
        left     elbePA 2026-08-31 595.476                    # 600.00 − 4.524
        refused  undo-other-first undo reverse                # the row stands for the same usage
        undo     import-usage
        as       before
        again    new=1 changed=0 already=0
        today    2026-09-01
        close    elbePA 2026-08
        reverse  charge 2026-07-15 a1CH marketing             # the 40, of August now
        # 600.00 − 4.524 = 595.476 → 595.48 by 0.004; + 4.524
        left     elbePA 2026-09-01 600.004
        today    2026-10-01
        close    elbePA 2026-09
        left     elbePA 2026-09-30 600.00
        ");
}

#[test]
fn free_messages_are_dealt_anew_when_a_charge_of_their_month_is_reversed() {
    tell(
        "
        today    2026-11-02
        book     partner DE
        hub      elbePA partner-paid USD growth since 2026-01-01 first 2026-10 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-10-02 a1CH DE service 700               # 700 of the 1,000
        use      2026-10-05 a1CH DE service 600               # 300 are left: 300 × 0.0550 = 16.50
        import   new=2
        left     elbePA 2026-10-31 83.50
        close    elbePA 2026-10
        mark     before
        reverse  charge 2026-10-05 a1CH service               # the 700 are free, as they were
        left     elbePA 2026-11-01 100.00
        refused  already-reversed reverse charge 2026-10-05 a1CH service
        undo
        as       before
        reverse  charge 2026-10-02 a1CH service               # the 600 are free now
        left     elbePA 2026-10-31 83.50
        left     elbePA 2026-11-01 100.00
        undo                                                  # 300 of them cost again
        left     elbePA 2026-11-01 83.50
        sum      elbePA 2026-11 market Germany 0.00
        reverse  charge 2026-10-02 a1CH service
        reverse  charge 2026-10-05 a1CH service               # it was priced anew, in November
        left     elbePA 2026-11-01 100.00
        undo
        undo
        left     elbePA 2026-11-01 83.50
        today    2026-12-01
        close    elbePA 2026-11
        left     elbePA 2026-11-30 83.50
        ",
    );
}

#[test]
fn money_of_a_direct_paid_client_goes_between_memorandum_accounts_and_on_no_paper() {
    let mut story = tell("
        today    2026-08-02
        book     partner DE
        hub      donauPA direct-paid USD growth since 2026-01-01 first 2026-07
        client   clienteCL of donauPA
        channel  d1CH of clienteCL regular from 2026-01-01
        channel  d2CH of clienteCL regular from 2026-01-01
        top-up   2026-07-03 d1CH 40.00
        top-up   2026-07-03 d2CH 15.00
        use      2026-07-05 d1CH BR marketing 100             # × 0.0625 = 6.25
        import   new=1
        close    donauPA 2026-07 to-clients 5                 # two licences, two top-ups, one closing
        left     d1CH 2026-07-31 33.75
        mark     before
        reverse  charge 2026-07-05 d1CH marketing
        left     d1CH 2026-08-02 40.00
        reverse  top-up first                                 # of the first channel
        left     d1CH 2026-08-02 0.00
        left     d2CH 2026-08-02 15.00
        invoices donauPA 2026-08 plan
        undo
        undo
        as       before
        reverse  top-up first
        reverse  charge 2026-07-05 d1CH marketing
        today    2026-09-01
        # Two licences, and a closing of d1CH with 6.25 given back.
        close    donauPA 2026-08 to-clients 3
        invoices donauPA 2026-08 plan
        balance  d1CH 2026-08 33.75 -40.00 -6.25 0.00 0.00 0.00 0.00
        ");
    let own = entries(&story).into_iter().filter(|e| e.reverses.is_some());
    let accounts: Vec<String> = own
        .flat_map(|e| e.postings.into_iter().map(|p| p.account))
        .collect();
    assert!(!accounts.is_empty());
    assert!(
        accounts.iter().all(|a| a.starts_with("memo:")),
        "{accounts:?}"
    );
    story.go("left d1CH 2026-09-01 0.00");
}

#[test]
fn in_a_clients_book_a_reversed_charge_stands_on_the_channels_own_closing() {
    tell(
        "
        today    2026-08-02
        book     client DE
        hub      donauPA direct-paid USD - since 2026-05-01 first 2026-07
        channel  k1CH of donauPA regular from 2026-05-01
        channel  k2CH of donauPA regular from 2026-05-01
        top-up   2026-07-03 k1CH 50.00
        top-up   2026-07-03 k2CH 50.00
        use      2026-07-05 k1CH DE marketing 100             # × 0.1365 = 13.65
        use      2026-07-05 k2CH DE marketing 100             # 13.65
        import   new=2
        close    donauPA 2026-07
        left     k1CH 2026-07-31 36.35
        use      2026-08-01 k1CH DE marketing 200             # 27.30
        import   new=1
        reverse  charge 2026-07-05 k1CH marketing
        left     k1CH 2026-08-02 22.70                        # 36.35 + 13.65 − 27.30
        left     k2CH 2026-08-02 36.35
        today    2026-09-01
        close    donauPA 2026-08
        invoice  donauPA/2026-08/closing/k1CH 2026-09-01 0.00 0.00 0.00
        line     messages              27.30
        line     usage-reconciliation -13.65
        line     settled-with-balance -13.65
        ",
    );
}

#[test]
fn refunds_and_pay_outs_go_and_a_balance_that_was_paid_out_is_not_taken_away() {
    tell(
        "
        today    2026-08-02
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07 opening 120.00
        top-up   2026-07-03 elbePA 500.00
        refund   2026-07-20 elbePA 3.00 to balance
        refund   2026-07-21 elbePA 200.00 to bank             # and 38.00 VAT
        close    elbePA 2026-07
        left     elbePA 2026-07-31 423.00
        mark     before
        reverse  refund-to-balance
        left     elbePA 2026-08-02 420.00
        reverse  paid-out
        left     elbePA 2026-08-02 620.00
        balance  elbePA 2026-08 423.00 0.00 0.00 197.00 0.00 0.00 620.00
        undo
        undo
        as       before
        refund   2026-08-02 elbePA 400.00 to bank             # leaves 23.00
        refused  paid-out-meanwhile reverse top-up            # it would be −477.00
        refused  opening-stays reverse opening
        undo     refund
        reverse  paid-out                                     # no pay-out itself, so nothing rests on …
        reverse  top-up                                       # … the top-up: 423.00 + 200.00 − 500.00
        left     elbePA 2026-08-02 123.00
        undo
        undo
        as       before
        reverse  top-up                                       # −77.00: the July pay-out stays
        left     elbePA 2026-08-02 -77.00
        reverse  paid-out
        left     elbePA 2026-08-02 123.00
        today    2026-09-01
        close    elbePA 2026-08
        left     elbePA 2026-08-31 123.00
        ",
    );
}

#[test]
fn a_fee_invoice_of_a_closed_month_goes_and_its_paper_stays() {
    let mut story = a_closed_july();
    assert_eq!(held(&story, "cost:licences"), "25.00");
    story.go("
        mark     before
        reverse  fee-invoice                                  # the last of the two: the licence
        invoice  elbePA/2026-07/licence 2026-07-01 25.00 4.75 29.75
        invoice  elbePA/2026-08/licence 2026-08-01 25.00 4.75 29.75
        ");
    assert_eq!(held(&story, "cost:licences"), "0");
    assert_eq!(held(&story, "liability:payable"), "-1190.00"); // 1,219.75 − 29.75
    story.go("
        undo
        as       before
        reverse  fee-invoice
        today    2026-09-01
        close    elbePA 2026-08
        month    elbePA 2026-08 525.00 99.75 624.75
        ");
    // July's plan, top-up and licence, less the licence; August's plan and licence.
    assert_eq!(held(&story, "liability:payable"), "-1814.75");
}

/// 2 × 50.00 and 19.00 VAT to the client, of which 60.00 came on the 20th of July.
fn with_a_paid_invoice() -> Story {
    let mut story = tell(
        "
        today    2026-07-20
        book     partner DE DE999999995
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07
        client   kundeCL of elbePA
        ",
    );
    let at = story.at();
    let book = story.book_mut();
    can_invoice(book, "elbePA", "kundeCL", at);
    let invoice = one_line("kundeCL", "2", "50.00");
    let draft = book
        .put_client_draft(&ClientDraftForm { id: None, invoice }, at)
        .unwrap();
    book.issue_client_draft(&draft.id, at).unwrap();
    pay(&mut story, "60.00");
    story.go("today 2026-08-02").go("close elbePA 2026-07");
    story
}

fn pay(story: &mut Story, amount: &str) {
    let payment = ClientPaymentForm {
        number: "2026/0001".into(),
        amount: amount.into(),
        on: String::new(),
    };
    let at = story.at();
    story.book_mut().pay_client_invoice(&payment, at).unwrap();
}

fn open(story: &Story) -> String {
    let shown = story.book().client_invoice("2026/0001", story.at());
    shown.unwrap().invoice.open.amount
}

#[test]
fn a_clients_payment_goes_and_comes_again_when_its_reversal_is_undone() {
    let mut story = with_a_paid_invoice();
    assert_eq!(open(&story), "59.00");
    story.go("
        mark     before
        reverse  client-payment
        ");
    assert_eq!(open(&story), "119.00");
    assert_eq!(held(&story, "asset:receivable"), "119.00");
    story.go("
        undo
        as       before
        ");
    assert_eq!(open(&story), "59.00");
    assert_eq!(held(&story, "asset:receivable"), "59.00");
    story.go("reverse client-payment");
    assert_eq!(open(&story), "119.00");
    pay(&mut story, "100.00");
    story.go("
        refused  payment-too-large undo reverse                # 60.00 more than 19.00
        refused  undo-instead reverse client-payment
        undo     pay-client-invoice
        undo     reverse
        as       before
        reverse  client-payment
        today    2026-09-01
        close    elbePA 2026-08
        refused  issued-is-issued reverse client-invoice
        ");
    assert_eq!(open(&story), "119.00");
}

#[test]
fn a_payment_that_money_went_back_of_is_not_reversed_alone() {
    let mut story = with_a_paid_invoice();
    pay(&mut story, "-20.00");
    story.go("
        refused  payments-rest-on-it reverse client-payment first
        undo     pay-client-invoice
        reverse  client-payment first
        ");
    assert_eq!(open(&story), "119.00");
}

#[test]
fn a_reversal_of_a_closed_month_and_what_does_not_exist_are_refused() {
    let mut story = a_closed_july();
    story.go("
        reverse  top-up
        reverse  charge 2026-07-15 a1CH marketing
        today    2026-09-01
        close    elbePA 2026-08
        ");
    let at = story.at();
    let back = entries(&story)
        .into_iter()
        .find(|e| e.reverses.is_some() && e.kind == "top-up")
        .unwrap();
    let charge = story
        .charges("elbePA", "2026-08")
        .into_iter()
        .find(|c| c.reverses.is_some())
        .unwrap();
    let entry = |id: &str| ReverseForm {
        entry: Some(id.to_owned()),
        charge: None,
    };
    let usage = |id: &str| ReverseForm {
        entry: None,
        charge: Some(id.to_owned()),
    };
    let both = ReverseForm {
        charge: Some("1".into()),
        ..entry("1")
    };
    for (form, code) in [
        (entry(&back.entry), "is-a-reversal"),
        (usage(&charge.id), "is-a-reversal"),
        (entry("9999"), "entry-not-found"),
        (entry("x"), "entry-not-found"),
        (usage("9999"), "charge-not-found"),
        (usage(""), "charge-not-found"),
        (ReverseForm::default(), "name-one-to-reverse"),
        (both, "name-one-to-reverse"),
    ] {
        let refused = story.book_mut().reverse(&form, at).unwrap_err();
        assert_eq!(refused.code.as_str(), code, "{form:?}: {refused}");
    }
    let first = back.reverses.as_deref().unwrap();
    let again = story.book_mut().reverse(&entry(first), at).unwrap_err();
    assert_eq!(again.details[1], format!("entry {}", back.entry));
}
