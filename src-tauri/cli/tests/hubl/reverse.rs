//! Reversing on the command line: what a closed month holds, corrected in the first open one.

use serde_json::Value;

use crate::desk::Desk;

/// August closed: 120.00 + 50.00 − 100 × 0.1131 = 158.69; and a top-up of 10.00 for the client.
fn with_a_closed_august() -> Desk {
    let mut desk = Desk::with_two_hubs();
    desk.done("-b my.hubbook top-up --hub elbePA --amount 50.00 --on 2026-08-02");
    desk.done("-b my.hubbook top-up --channel p1CH --amount 10.00 --on 2026-08-02");
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity\n2026-08-12,a1CH,DE,marketing,100\n",
    );
    desk.done("-b my.hubbook import usage usage.csv");
    desk.today = "2026-09-02";
    desk.done("-b my.hubbook close --hub elbePA --month 2026-08");
    desk.done("-b my.hubbook close --hub rheinPA --month 2026-08");
    desk
}

/// The number of the only entry of a kind in a hub.
fn entry_of(desk: &Desk, hub: &str, kind: &str) -> String {
    let page = desk.record(&format!("-b my.hubbook ledger entries --hub {hub}"));
    let entries = page["entries"].as_array().unwrap();
    let found = entries
        .iter()
        .find(|e| e["kind"] == kind && e["reverses"].is_null());
    found.unwrap()["entry"].as_str().unwrap().to_owned()
}

fn balance(desk: &Desk) -> Value {
    desk.record("-b my.hubbook balance --hub elbePA --on 2026-09-02")
}

#[test]
fn an_entry_of_a_closed_month_is_looked_at_reversed_and_the_reversal_undone() {
    let desk = with_a_closed_august();
    let entry = entry_of(&desk, "elbePA", "top-up");
    let before = balance(&desk);

    let seen = desk.done(&format!("-b my.hubbook reverse entry {entry} --dry-run"));
    for told in [
        "top-up of 2026-08-02",
        "would be booked on 2026-09-01",
        "59.50",
    ] {
        assert!(seen.contains(told), "{told}\n{seen}");
    }
    assert_eq!(balance(&desk), before, "looking books nothing");

    let done = desk.record(&format!("-b my.hubbook reverse entry {entry}"));
    assert_eq!(done["kind"], "top-up");
    assert_eq!(done["booked_on"], "2026-09-01");
    // 50.00 and 19 % VAT
    assert_eq!(done["amount"]["amount"], "59.50");
    assert_eq!(done["entries"][0]["reverses"], entry.as_str());
    let movements = desk.done("-b my.hubbook movements --hub elbePA");
    assert!(movements.contains("108.69"), "158.69 − 50.00\n{movements}");
    let told = format!("takes back {entry}");
    assert!(movements.contains(&told), "{told}\n{movements}");

    let again = desk.run(&format!("-b my.hubbook reverse entry {entry}"));
    again.is_refused("already-reversed", &entry);
    let mirror = done["entries"][0]["entry"].as_str().unwrap();
    assert!(again.err.contains(&format!("entry {mirror}")), "{again:#?}");
    desk.run(&format!("-b my.hubbook reverse entry {mirror}"))
        .is_refused("undo-instead", mirror);
    let history = desk.done("-b my.hubbook history");
    assert!(
        history.contains(&format!("top-up (reversed by entry {mirror})")),
        "{history}"
    );

    desk.done("-b my.hubbook undo");
    assert_eq!(balance(&desk), before);
    let check = desk.record("-b my.hubbook check");
    assert_eq!(check["holds"], true, "{check:#}");
}

#[test]
fn a_charge_of_a_closed_month_is_reversed_and_its_file_brings_nothing_new() {
    let desk = with_a_closed_august();
    let charges = desk.record("-b my.hubbook charges --hub elbePA --month 2026-08");
    let rows = charges["rows"].as_array().or(charges.as_array()).unwrap();
    let charge = rows.iter().find(|c| c["kind"] == "messages").unwrap();
    assert_eq!(charge["can_reverse"], true);
    let id = charge["id"].as_str().unwrap();

    let done = desk.record(&format!("-b my.hubbook reverse charge {id}"));
    assert_eq!(done["amount"]["amount"], "11.31");
    assert_eq!(done["month"], "2026-09");
    let told = desk.done("-b my.hubbook charges --hub elbePA");
    let mirror = done["charge"].as_str().unwrap();
    assert!(told.contains(&format!("taken back by {mirror}")), "{told}");
    assert!(told.contains(&format!("takes back {id}")), "{told}");

    let booked = desk.record("-b my.hubbook import usage usage.csv");
    let booked = booked.get(0).unwrap_or(&booked);
    assert_eq!(
        (&booked["new_rows"], &booked["already"]),
        (&0.into(), &1.into())
    );
    let check = desk.record("-b my.hubbook check");
    assert_eq!(check["holds"], true, "{check:#}");
    desk.run("-b my.hubbook reverse charge 999")
        .is_refused("charge-not-found", "999");
    desk.run("-b my.hubbook reverse entry 999")
        .is_refused("entry-not-found", "999");
    assert_eq!(desk.run("-b my.hubbook reverse").code, 2);
}

#[test]
fn reversing_a_clients_money_shows_no_invoice_to_a_client() {
    let desk = with_a_closed_august();
    let entry = entry_of(&desk, "rheinPA", "top-up");
    for line in [
        format!("reverse entry {entry} --dry-run"),
        format!("reverse entry {entry}"),
        "invoice list --hub rheinPA".to_owned(),
    ] {
        let shown = desk.done(&format!("--json -b my.hubbook {line}"));
        for name in ["/licence", "/pro-rata", "/closing", "/top-up-"] {
            assert!(!shown.contains(name), "{line}\n{shown}");
        }
    }
}
