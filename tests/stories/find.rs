//! What is found by a few letters, digits or an amount, and clients with their channels by pages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use harness::story::{Story, tell};
use hubledger_book::form::{ClientsForm, FindForm};
use hubledger_book::view::{ClientsPageView, FoundView};

fn two_hubs() -> Story {
    tell(
        "
        today    2026-08-02
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07 opening 100.00
        hub      rheinPA partner-paid EUR growth since 2026-01-01 first 2026-07 opening 100.00
        client   kundeCL of elbePA
        client   mieterCL of rheinPA
        channel  a1CH of kundeCL regular from 2026-01-01
        channel  a2CH of kundeCL regular from 2026-01-01
        channel  b1CH of mieterCL regular from 2026-01-01
        close    elbePA 2026-07
        ",
    )
}

fn found(story: &Story, form: FindForm) -> FoundView {
    story.book().find(&form, story.at()).unwrap()
}

/// Clients, channels and hub invoices that a text finds, by their ids.
fn ids(story: &Story, hub: Option<&str>, text: &str, amount: &str) -> [String; 3] {
    let form = FindForm {
        hub: hub.map(str::to_owned),
        text: text.to_owned(),
        ids: Vec::new(),
        amount: amount.to_owned(),
        invoices: true,
        limit: 10,
    };
    let found = found(story, form);
    let clients: Vec<_> = found.clients.into_iter().map(|one| one.id).collect();
    let channels: Vec<_> = found.channels.into_iter().map(|one| one.id).collect();
    let invoices: Vec<_> = found
        .hub_invoices
        .into_iter()
        .map(|one| one.reference)
        .collect();
    [clients.join(" "), channels.join(" "), invoices.join(" ")]
}

#[test]
fn clients_channels_and_invoices_are_found_in_one_hub_or_in_all() {
    let story = two_hubs();
    // The plan, 500.00 net and 595.00 with 19 % VAT; two licences of 25.00, 59.50 with VAT.
    let plan = "elbePA/2026-07/plan";
    let licence = "elbePA/2026-07/licence";
    let rhein =
        "rheinPA/2026-08/plan rheinPA/2026-08/licence rheinPA/2026-07/plan rheinPA/2026-07/licence";
    // August runs, and the other hub closed nothing: what their invoices come to now is on the screen.
    let plans = "elbePA/2026-08/plan rheinPA/2026-08/plan elbePA/2026-07/plan rheinPA/2026-07/plan";
    let licences = "elbePA/2026-08/licence elbePA/2026-07/licence";
    for (hub, text, amount, expected) in [
        (None, "kundecl", "", ["kundeCL", "a1CH a2CH", ""]),
        (None, "A1ch", "", ["", "a1CH", ""]),
        (Some("rheinPA"), "", "", ["mieterCL", "b1CH", rhein]),
        (Some("elbePA"), "b1CH", "", ["", "", ""]),
        (Some("elbePA"), "2026-07 plan", "", ["", "", plan]),
        (None, "500", "500", ["", "", plans]),
        (None, "59.5", "59.5", ["", "", licences]),
        (Some("elbePA"), "2026-07 licence", "", ["", "", licence]),
        (
            None,
            "elbePA 2026-08 licence",
            "",
            ["", "", "elbePA/2026-08/licence"],
        ),
        (None, "zeppelin", "", ["", "", ""]),
    ] {
        let case = format!("{text:?} in {hub:?}");
        assert_eq!(ids(&story, hub, text, amount), expected, "{case}");
    }
}

#[test]
fn no_more_of_a_kind_are_found_than_are_asked_for_and_no_invoice_unasked() {
    let story = two_hubs();
    let form = FindForm {
        limit: 1,
        ..FindForm::default()
    };
    let found = found(&story, form);
    assert_eq!((found.clients.len(), found.channels.len()), (1, 1));
    assert!(found.hub_invoices.is_empty() && found.client_invoices.is_empty());
}

#[test]
fn what_has_an_id_is_named_by_it_and_nothing_that_holds_its_letters() {
    let story = two_hubs();
    let form = FindForm {
        ids: vec!["a1CH".to_owned(), "mieterCL".to_owned(), "1CH".to_owned()],
        limit: 10,
        ..FindForm::default()
    };
    let found = found(&story, form);
    let clients: Vec<_> = found.clients.iter().map(|one| one.id.as_str()).collect();
    let channels: Vec<_> = found.channels.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((clients, channels), (vec!["mieterCL"], vec!["a1CH"]));
}

#[test]
fn clients_come_with_their_sums_and_their_channels_page_by_page() {
    let story = two_hubs();
    let ask = |form: ClientsForm| {
        let form = ClientsForm {
            hub: "elbePA".to_owned(),
            month: "2026-07".to_owned(),
            ..form
        };
        story.book().clients_page(&form, story.at()).unwrap()
    };
    let ids = |page: &ClientsPageView| -> Vec<String> {
        page.rows.iter().map(|row| row.id.clone()).collect()
    };
    let first = ask(ClientsForm {
        limit: 1,
        channel: Some("a2CH".to_owned()),
        ..ClientsForm::default()
    });
    // Two licences of 25.00.
    let [client] = first.clients.as_slice() else {
        panic!("{first:#?}");
    };
    assert_eq!((client.channels, client.licensed), (2, 2));
    assert_eq!(client.licences.amount, "50.00");
    assert_eq!((ids(&first), first.count), (vec!["a1CH".to_owned()], 2));
    assert_eq!(first.next.as_deref(), Some("a1CH"));
    assert_eq!(first.channel.map(|one| one.id).as_deref(), Some("a2CH"));

    let second = ask(ClientsForm {
        limit: 1,
        after: first.next,
        ..ClientsForm::default()
    });
    assert_eq!(ids(&second), ["a2CH"]);
    assert!(second.next.is_none() && second.clients.is_empty());

    let none = ask(ClientsForm {
        client: Some("mieterCL".to_owned()),
        limit: 10,
        ..ClientsForm::default()
    });
    assert!(none.rows.is_empty(), "a client of another hub: {none:#?}");
}
