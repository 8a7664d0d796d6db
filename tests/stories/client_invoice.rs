//! The owner's own invoices: issued, paid, credited, cancelled, deducted. Sums by hand.
#![allow(
    clippy::unwrap_used,
    reason = "a story that can't go on is a test that fails"
)]

use harness::story::{Story, tell};
use hubledger_book::activity::HistoryForm;
use hubledger_book::error::Error;
use hubledger_book::form::{
    ClientBillingForm, ClientDraftForm, ClientInvoiceForm, ClientLineForm, ClientPaymentForm,
    CreditForm, CreditLineForm, INVOICE_DAY, NumberSeriesForm, SellerForm,
};
use hubledger_book::ledger::EntriesForm;
use hubledger_book::view::{ClientInvoiceDetailView, ClientInvoiceState};

/// A partner in Hamburg with a client in Dresden, one in Madrid, and one under Direct-Paid.
fn at_hand() -> Story {
    let mut story = tell(
        "
        today    2026-11-28
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-10
        hub      nilePA partner-paid USD growth since 2026-01-01 first 2026-10
        hub      rheinPA direct-paid EUR growth since 2026-01-01 first 2026-10
        client   kundeCL of elbePA
        client   madridCL of elbePA
        client   usaCL of nilePA
        client   directCL of rheinPA
        ",
    );
    let at = story.at();
    let seller = SellerForm {
        street: "Kai 1".into(),
        postal_code: "20457".into(),
        city: "Hamburg".into(),
        iban: "DE89 3704 0044 0532 0130 00".into(),
        tax_number: "12/345/67890".into(),
        language: "de".into(),
        ..SellerForm::default()
    };
    story.book_mut().set_seller(&seller, at).unwrap();
    for (client, country) in [("kundeCL", "DE"), ("usaCL", "DE")] {
        with_address(&mut story, client, country);
    }
    story
}

fn with_address(story: &mut Story, client: &str, country: &str) {
    let at = story.at();
    let billing = ClientBillingForm {
        client: client.into(),
        street: "Weg 2".into(),
        postal_code: "01067".into(),
        city: "Dresden".into(),
        ..ClientBillingForm::default()
    };
    story.book_mut().set_client_billing(&billing, at).unwrap();
    let month = "2026-11";
    let clients = story.book().clients(None, month, at).unwrap();
    let view = clients.into_iter().find(|c| c.id == client).unwrap();
    let form = hubledger_book::form::ClientForm {
        hub: view.hub,
        id: view.id,
        name: view.name,
        country: country.into(),
        email: view.email,
        vat_id: view.vat_id,
    };
    story.book_mut().edit_client(form, at).unwrap();
}

/// Lines as `text quantity price percent`.
fn invoice(client: &str, lines: &[(&str, &str, &str)]) -> ClientInvoiceForm {
    ClientInvoiceForm {
        client: client.into(),
        lines: lines
            .iter()
            .map(|(quantity, price, percent)| ClientLineForm {
                text: "Beratung".into(),
                quantity: (*quantity).into(),
                unit_price: (*price).into(),
                vat: "standard".into(),
                percent: (*percent).into(),
                ..ClientLineForm::default()
            })
            .collect(),
        delivered_on: INVOICE_DAY.into(),
        ..ClientInvoiceForm::default()
    }
}

fn issue(story: &mut Story, form: ClientInvoiceForm) -> Result<ClientInvoiceDetailView, Error> {
    let at = story.at();
    let form = ClientDraftForm {
        id: None,
        invoice: form,
    };
    let draft = story.book_mut().put_client_draft(&form, at)?;
    story.book_mut().issue_client_draft(&draft.id, at)
}

fn credit(
    story: &mut Story,
    number: &str,
    lines: &[(u32, &str)],
) -> Result<ClientInvoiceDetailView, Error> {
    let at = story.at();
    let form = CreditForm {
        number: number.into(),
        reason: String::new(),
        lines: lines
            .iter()
            .map(|(line, amount)| CreditLineForm {
                line: *line,
                amount: (*amount).into(),
            })
            .collect(),
    };
    story.book_mut().credit_client_invoice(&form, at)
}

fn pay(story: &mut Story, number: &str, amount: &str) -> Result<ClientInvoiceDetailView, Error> {
    let at = story.at();
    let form = ClientPaymentForm {
        number: number.into(),
        amount: amount.into(),
        on: String::new(),
    };
    story.book_mut().pay_client_invoice(&form, at)
}

/// What the record tells of an invoice, the newest first.
fn done_with(story: &Story, number: &str) -> Vec<String> {
    let form = HistoryForm {
        invoice: Some(number.to_owned()),
        limit: 100,
        ..HistoryForm::default()
    };
    let acts = story.book().history(&form).unwrap();
    acts.into_iter().map(|act| act.use_case).collect()
}

/// `number net vat gross`.
fn sums(view: &ClientInvoiceDetailView) -> String {
    let i = &view.invoice;
    format!(
        "{} {} {} {}",
        i.number, i.net.amount, i.vat.amount, i.gross.amount
    )
}

/// `state open`, as the book says it now.
fn stands(story: &Story, number: &str) -> (ClientInvoiceState, String) {
    let view = story.book().client_invoice(number, story.at()).unwrap();
    (view.invoice.state, view.invoice.open.amount)
}

fn code(refused: Result<ClientInvoiceDetailView, Error>) -> &'static str {
    refused.unwrap_err().code.as_str()
}

fn holds(story: &Story) {
    let check = story.book().check(story.at()).unwrap();
    assert!(check.holds, "{:#?}", check.lines);
}

#[test]
fn an_invoice_is_issued_credited_in_part_and_paid() {
    let mut story = at_hand();
    // 3 × 0.335 = 1.005 → 1.01; + 100.00 = 101.01; 19 % = 19.1919 → 19.19
    let issued = issue(
        &mut story,
        invoice("kundeCL", &[("3", "0.335", "19"), ("1", "100", "19")]),
    )
    .unwrap();
    assert_eq!(sums(&issued), "2026/0001 101.01 19.19 120.20");
    assert_eq!(issued.invoice.due_on, "2026-12-12");
    // 40.00 and 7.60
    let credited = credit(&mut story, "2026/0001", &[(2, "40")]).unwrap();
    assert_eq!(sums(&credited), "2026/0002 40.00 7.60 47.60");
    assert_eq!(credited.invoice.corrects.as_deref(), Some("2026/0001"));
    assert_eq!(stands(&story, "2026/0001").1, "72.60");
    pay(&mut story, "2026/0001", "70").unwrap();
    assert_eq!(
        done_with(&story, "2026/0001"),
        [
            "pay-client-invoice",
            "credit-client-invoice",
            "issue-client-invoice"
        ]
    );
    assert_eq!(done_with(&story, "2026/0002"), ["credit-client-invoice"]);
    assert_eq!(
        stands(&story, "2026/0001"),
        (ClientInvoiceState::Open, "2.60".into())
    );
    assert_eq!(
        code(pay(&mut story, "2026/0001", "2.61")),
        "payment-too-large"
    );
    assert_eq!(code(pay(&mut story, "2026/0001", "0")), "payment-is-zero");
    assert_eq!(
        code(pay(&mut story, "2026/0001", "-70.01")),
        "goes-back-too-large"
    );
    pay(&mut story, "2026/0001", "2.60").unwrap();
    assert_eq!(
        stands(&story, "2026/0001"),
        (ClientInvoiceState::Paid, "0.00".into())
    );
    // What is left is 1.01 and 60.00: 61.01, 11.5919 → 11.59; 72.60 is then owed back.
    let refused = credit(&mut story, "2026/0001", &[(2, "60.01")]).unwrap_err();
    assert_eq!(
        (refused.code.as_str(), refused.line),
        ("credit-too-large", Some(2))
    );
    let refused = credit(&mut story, "2026/0001", &[(2, "much")]).unwrap_err();
    assert_eq!(
        (refused.code.as_str(), refused.line),
        ("not-an-amount", Some(2))
    );
    let rest = credit(&mut story, "2026/0001", &[]).unwrap();
    assert_eq!(sums(&rest), "2026/0003 61.01 11.59 72.60");
    assert_eq!(stands(&story, "2026/0001").1, "-72.60");
    assert_eq!(
        code(credit(&mut story, "2026/0001", &[(2, "0.01")])),
        "already-corrected"
    );
    pay(&mut story, "2026/0001", "-72.60").unwrap();
    assert_eq!(
        stands(&story, "2026/0001"),
        (ClientInvoiceState::Credited, "0.00".into())
    );
    holds(&story);
}

#[test]
fn many_small_credits_never_give_back_more_vat_than_the_invoice_bore() {
    let mut story = at_hand();
    // 0.10 at 10 % bears 0.01; 0.05 twice would give back 0.005 → 0.01 each.
    issue(&mut story, invoice("kundeCL", &[("1", "0.10", "10")])).unwrap();
    let first = credit(&mut story, "2026/0001", &[(1, "0.05")]).unwrap();
    assert_eq!(sums(&first), "2026/0002 0.05 0.01 0.06");
    assert_eq!(
        code(credit(&mut story, "2026/0001", &[(1, "0.05")])),
        "credit-takes-too-much-vat"
    );
    // 0.04 gives back 0.004 → 0.00
    let second = credit(&mut story, "2026/0001", &[(1, "0.04")]).unwrap();
    assert_eq!(sums(&second), "2026/0003 0.04 0.00 0.04");
    holds(&story);
}

#[test]
fn an_advance_is_deducted_once_with_its_vat() {
    let mut story = at_hand();
    let advance = ClientInvoiceForm {
        advance: true,
        ..invoice("kundeCL", &[("1", "50", "19")])
    };
    let paid = issue(&mut story, advance).unwrap();
    assert_eq!(sums(&paid), "2026/0001 50.00 9.50 59.50");
    assert_eq!(
        stands(&story, "2026/0001"),
        (ClientInvoiceState::Paid, "0.00".into())
    );
    let deducting = |price: &str| ClientInvoiceForm {
        deducts: vec!["2026/0001".into()],
        ..invoice("kundeCL", &[("1", price, "19")])
    };
    // 80.00 less 50.00: 30.00, 19 % = 5.70
    let rest = issue(&mut story, deducting("80")).unwrap();
    assert_eq!(sums(&rest), "2026/0002 30.00 5.70 35.70");
    assert_eq!(rest.deducts, ["2026/0001"]);
    let twice = issue(&mut story, deducting("80"));
    assert!(
        twice
            .unwrap_err()
            .message
            .contains("deducted from an invoice already")
    );
    assert_eq!(
        code(credit(&mut story, "2026/0001", &[])),
        "advance-is-deducted"
    );
    // Cancelled, the advance is free again: first for another invoice, then to be given back.
    let cancelled = credit(&mut story, "2026/0002", &[]).unwrap();
    assert_eq!(sums(&cancelled), "2026/0003 30.00 5.70 35.70");
    assert_eq!(
        stands(&story, "2026/0002"),
        (ClientInvoiceState::Credited, "0.00".into())
    );
    // Less than was paid can't be billed: that would be a negative invoice.
    assert_eq!(
        code(issue(&mut story, deducting("49.99"))),
        "invoice-not-ready"
    );
    let again = issue(&mut story, deducting("50")).unwrap();
    assert_eq!(sums(&again), "2026/0004 0.00 0.00 0.00");
    holds(&story);
}

#[test]
fn a_book_in_dollars_states_vat_in_euros_too() {
    let mut story = at_hand();
    let form = invoice("usaCL", &[("1", "100", "19")]);
    let refused = issue(&mut story, form.clone()).unwrap_err();
    assert_eq!(refused.code.as_str(), "invoice-not-ready");
    assert!(refused.message.contains("EUR"), "{refused}");
    let form = ClientInvoiceForm {
        own_currency: "EUR".into(),
        own_rate: "0.9".into(),
        own_rate_on: "2026-11-27".into(),
        own_rate_source: "ECB".into(),
        ..form
    };
    let issued = issue(&mut story, form).unwrap();
    // 19.00 USD × 0.9
    assert_eq!(issued.sums.vat_in_own_currency.as_deref(), Some("17.10"));
    assert_eq!(sums(&issued), "2026/0001 100.00 19.00 119.00");
    holds(&story);
}

#[test]
fn a_corrected_invoice_takes_the_place_of_one_on_which_nothing_rests() {
    let mut story = at_hand();
    let at = story.at();
    issue(&mut story, invoice("kundeCL", &[("1", "100", "19")])).unwrap();
    let corrected = story
        .book_mut()
        .correct_client_invoice("2026/0001", &invoice("kundeCL", &[("1", "80", "7")]), at)
        .unwrap();
    assert_eq!(sums(&corrected), "2026/0002 80.00 5.60 85.60");
    assert_eq!(
        stands(&story, "2026/0001"),
        (ClientInvoiceState::Replaced, "0.00".into())
    );
    pay(&mut story, "2026/0002", "5.60").unwrap();
    let again = story.book_mut().correct_client_invoice(
        "2026/0002",
        &invoice("kundeCL", &[("1", "1", "7")]),
        at,
    );
    assert_eq!(code(again), "credit-instead");
    holds(&story);
}

#[test]
fn a_line_is_named_by_its_place_among_all_that_were_written() {
    let mut story = at_hand();
    let mut form = invoice(
        "kundeCL",
        &[
            ("1", "?", "19"),
            ("1", "5", "19"),
            ("1", "", "19"),
            ("1", "7", "19"),
        ],
    );
    for at in [1, 3] {
        form.lines[at].text.clear();
    }
    let refused = issue(&mut story, form).unwrap_err();
    for named in [
        "Line 1:",
        "Line 2: The text is empty",
        "Line 3:",
        "Line 4: The text is empty",
    ] {
        assert!(refused.message.contains(named), "{named}: {refused}");
    }
    assert_eq!(refused.message.matches("Line ").count(), 4, "{refused}");
}

/// 3 × 100.00 and 19 % of it: 57.00, together 357.00.
#[test]
fn the_sums_of_an_invoice_are_those_of_the_entry_that_it_names() {
    let mut story = at_hand();
    let issued = issue(&mut story, invoice("kundeCL", &[("3", "100", "19")])).unwrap();
    assert_eq!(sums(&issued), "2026/0001 300.00 57.00 357.00");
    let form = EntriesForm {
        entry: issued.entry.unwrap().parse().ok(),
        limit: 1,
        ..EntriesForm::default()
    };
    let found = story.book().entries(&form, story.at()).unwrap();
    let posted: Vec<String> = found.entries[0]
        .postings
        .iter()
        .map(|one| match (&one.debit, &one.credit) {
            (Some(debit), _) => format!("debit {}", debit.amount),
            (None, Some(credit)) => format!("credit {}", credit.amount),
            (None, None) => String::new(),
        })
        .collect();
    for sum in ["debit 357.00", "credit 300.00", "credit 57.00"] {
        assert!(posted.iter().any(|one| one == sum), "{sum}: {posted:?}");
    }
}

/// 3 × 100.00 with 19 % and 2 × 50.00 with 7 %: 57.00 and 7.00 of VAT, posted as 64.00.
#[test]
fn an_entry_names_the_invoice_that_says_what_its_sums_are_made_of() {
    let mut story = at_hand();
    let form = invoice("kundeCL", &[("3", "100", "19"), ("2", "50", "7")]);
    let issued = issue(&mut story, form).unwrap();
    assert_eq!(sums(&issued), "2026/0001 400.00 64.00 464.00");
    let paid = pay(&mut story, "2026/0001", "100").unwrap();
    let credited = credit(&mut story, "2026/0001", &[(2, "50")]).unwrap();
    let entry = |key: &str| {
        let form = EntriesForm {
            entry: key.parse().ok(),
            limit: 1,
            ..EntriesForm::default()
        };
        let found = story.book().entries(&form, story.at()).unwrap();
        let entry = &found.entries[0];
        let invoice = entry.invoice.as_deref().unwrap_or("none");
        format!("{} {invoice}", entry.kind)
    };
    let of = |view: &ClientInvoiceDetailView| entry(view.entry.as_ref().unwrap());
    assert_eq!(of(&issued), "client-invoice 2026/0001");
    assert_eq!(of(&credited), "client-credit 2026/0002");
    assert_eq!(entry(&paid.payments[0].entry), "client-payment none");
}

#[test]
fn an_invoice_says_when_it_was_supplied() {
    let mut story = at_hand();
    let days = |view: &ClientInvoiceDetailView| (view.from.clone(), view.until.clone());
    let both = |from: &str, until: &str| (Some(from.into()), Some(until.into()));
    let one_day = issue(&mut story, invoice("kundeCL", &[("1", "100", "19")])).unwrap();
    assert_eq!(days(&one_day), both("2026-11-28", "2026-11-28"));
    let form = ClientInvoiceForm {
        delivered_on: String::new(),
        from: "2026-10-01".into(),
        until: "2026-10-31".into(),
        ..invoice("kundeCL", &[("1", "100", "19")])
    };
    let month = issue(&mut story, form).unwrap();
    assert_eq!(days(&month), both("2026-10-01", "2026-10-31"));
}

#[test]
fn what_is_missing_is_told_at_once_and_uses_up_no_number() {
    let mut story = at_hand();
    let refused = issue(&mut story, invoice("madridCL", &[("x", "1", "19")])).unwrap_err();
    assert_eq!(refused.code.as_str(), "invoice-not-ready");
    for missing in ["Line 1", "street", "town"] {
        assert!(refused.message.contains(missing), "{missing}: {refused}");
    }
    assert!(!refused.message.contains("no lines"), "{refused}");
    let long = ClientInvoiceForm {
        notes: "x".repeat(100_000),
        ..invoice("kundeCL", &[("1", "1", "19")])
    };
    assert_eq!(code(issue(&mut story, long)), "too-long");
    assert_eq!(
        code(issue(&mut story, invoice("directCL", &[("1", "1", "19")]))),
        "client-is-direct-paid"
    );
    let early = ClientInvoiceForm {
        issued_on: "2026-11-29".into(),
        ..invoice("kundeCL", &[("1", "1", "19")])
    };
    assert_eq!(code(issue(&mut story, early)), "in-the-future");
    let issued = issue(&mut story, invoice("kundeCL", &[("1", "1", "19")])).unwrap();
    assert_eq!(issued.invoice.number, "2026/0001");
    let back = ClientInvoiceForm {
        issued_on: "2026-11-27".into(),
        ..invoice("kundeCL", &[("1", "1", "19")])
    };
    assert_eq!(code(issue(&mut story, back)), "issued-before-the-last");
    holds(&story);
}

#[test]
fn a_german_invoice_says_when_it_was_supplied() {
    let mut story = at_hand();
    let at = story.at();
    let supplied = |delivered_on: &str, from: &str, until: &str| ClientInvoiceForm {
        delivered_on: delivered_on.into(),
        from: from.into(),
        until: until.into(),
        ..invoice("kundeCL", &[("1", "10", "19")])
    };
    let silent = issue(&mut story, supplied("", "", "")).unwrap_err();
    assert_eq!(silent.code.as_str(), "invoice-not-ready");
    assert!(silent.message.contains("when it was supplied"), "{silent}");
    // An advance was supplied on no day yet.
    let advance = ClientInvoiceForm {
        advance: true,
        ..supplied("", "", "")
    };
    assert_eq!(
        issue(&mut story, advance).unwrap().invoice.number,
        "2026/0001"
    );
    for (form, number) in [
        (supplied("2026-11-20", "", ""), "2026/0002"),
        (supplied("", "2026-10-01", "2026-10-31"), "2026/0003"),
        (supplied(INVOICE_DAY, "", ""), "2026/0004"),
    ] {
        assert_eq!(issue(&mut story, form).unwrap().invoice.number, number);
    }
    // What replaces it was supplied when the old one says, unless it says otherwise.
    let replaced = story
        .book_mut()
        .correct_client_invoice("2026/0004", &supplied("", "", ""), at)
        .unwrap();
    assert_eq!(replaced.invoice.number, "2026/0005");
    holds(&story);
}

#[test]
fn a_pattern_changes_from_the_next_number_on() {
    let mut story = at_hand();
    let at = story.at();
    let set = |story: &mut Story, series: &str, pattern: &str| {
        let form = NumberSeriesForm {
            series: series.into(),
            pattern: pattern.into(),
        };
        story.book_mut().set_number_series(&form, at).map(|_| ())
    };
    let one = || invoice("kundeCL", &[("1", "1", "19")]);
    let number = |story: &mut Story| issue(story, one()).unwrap().invoice.number;
    assert_eq!(number(&mut story), "2026/0001");
    // The same year: the counter goes on.
    set(&mut story, "invoice", "RE{YYYY}-{###}").unwrap();
    assert_eq!(number(&mut story), "RE2026-002");
    // Counted by month: it begins anew.
    set(&mut story, "invoice", "{YY}{MM}-{###}").unwrap();
    assert_eq!(number(&mut story), "2611-001");
    let met = set(&mut story, "credit-note", "{YY}{MM}-{#}").unwrap_err();
    assert_eq!(met.code.as_str(), "series-meet");
    set(&mut story, "credit-note", "GS{YYYY}/{##}").unwrap();
    let credited = credit(&mut story, "2611-001", &[]).unwrap();
    assert_eq!(credited.invoice.number, "GS2026/01");
    assert_eq!(number(&mut story), "2611-002");
    holds(&story);
}

/// Issues, credits, refusals and full disks in an order that a seed decides: numbers stay whole.
#[test]
fn numbers_have_no_gaps_whatever_fails() {
    for seed in 1..=4_u64 {
        let mut story = at_hand();
        let mut state = seed;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        let mut issued = Vec::new();
        for _ in 0..25 {
            let price = format!("{}.{:02}", next(50), next(100));
            let form = match next(6) {
                0 => invoice("madridCL", &[("1", &price, "19")]),
                1 => ClientInvoiceForm {
                    issued_on: "2026-11-30".into(),
                    ..invoice("kundeCL", &[("1", &price, "19")])
                },
                _ => invoice("kundeCL", &[("1", &price, "19"), ("2", "0.015", "7")]),
            };
            if next(8) == 0 {
                // A full disk: the draft or the invoice fails, all or nothing.
                story.book().limit_growth(0).unwrap();
                let at = story.at();
                let before = story
                    .book()
                    .client_invoices(None, None, None, at)
                    .unwrap()
                    .len();
                if issue(&mut story, form).is_err() {
                    let after = story.book().client_invoices(None, None, None, at).unwrap();
                    assert_eq!(after.len(), before);
                } else {
                    issued.push(());
                }
                story.book().limit_growth(10_000).unwrap();
                continue;
            }
            match issue(&mut story, form) {
                Ok(view) if next(3) == 0 => {
                    issued.push(());
                    if credit(&mut story, &view.invoice.number, &[]).is_ok() {
                        issued.push(());
                    }
                }
                Ok(_) => issued.push(()),
                Err(_) => {}
            }
        }
        let at = story.at();
        let mut numbers: Vec<_> = story
            .book()
            .client_invoices(None, None, None, at)
            .unwrap()
            .into_iter()
            .map(|view| view.number)
            .collect();
        numbers.sort();
        let whole: Vec<_> = (1..=issued.len()).map(|n| format!("2026/{n:04}")).collect();
        assert_eq!(numbers, whole, "seed {seed}");
        holds(&story);
    }
}
