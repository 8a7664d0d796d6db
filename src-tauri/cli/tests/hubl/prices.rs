//! Prices on the command line: cards listed, shown, brought in and compared; estimates, volume
//! steps, what-if, reported costs beside the card, and where an amount comes from.

use serde_json::Value;

use crate::desk::Desk;

/// The number of the card of messages of a currency and day.
fn card(desk: &Desk, currency: &str, from: &str) -> u64 {
    let listed = desk.record("-b my.hubbook prices list");
    let cards = listed["cards"].as_array().unwrap();
    let found = cards.iter().find(|card| {
        card["kind"] == "messages" && card["currency"] == currency && card["effective_from"] == from
    });
    found.unwrap()["id"].as_u64().unwrap()
}

#[test]
fn cards_are_listed_and_a_currency_without_one_is_told() {
    let mut desk = Desk::with_two_hubs();
    let july = desk.record("-b my.hubbook prices list");
    assert_eq!(july["missing"].as_array().unwrap().len(), 0, "{july:#}");
    desk.today = "2026-10-05";
    let listed = desk.record("-b my.hubbook prices list");
    let missing = &listed["missing"][0];
    assert_eq!(
        (
            &missing["currency"],
            &missing["since"],
            &missing["hubs"][0]["hub"]
        ),
        (&"EUR".into(), &"2026-10-01".into(), &"elbePA".into())
    );
    assert_eq!(listed["missing"].as_array().unwrap().len(), 1);
    let text = desk.done("-b my.hubbook prices list");
    for words in [
        "EUR has no card of messages since 2026-10-01",
        "Meta messages EUR, from 1 Jul 2026",
        "in force",
        "Meta's rate card, two independent copies",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn a_card_that_is_written_as_csv_can_be_brought_in_again() {
    let desk = Desk::with_two_hubs();
    let id = card(&desk, "EUR", "2026-07-01");
    let rates = desk.record(&format!("-b my.hubbook prices show {id}"));
    let germany = rates
        .as_array()
        .unwrap()
        .iter()
        .find(|rate| rate["market"] == "Germany" && rate["item"] == "marketing");
    assert_eq!(germany.unwrap()["rate"], "0.1131");
    let written = desk.record(&format!("-b my.hubbook prices show {id} --csv card.csv"));
    assert_eq!(written["rows"], 123);
    let csv = std::fs::read_to_string(desk.path("card.csv")).unwrap();
    assert!(
        csv.contains("2026-07-01,EUR,Germany,marketing,1,0.1131\r\n"),
        "{csv}"
    );
    let again = desk.record("-b my.hubbook prices import card.csv --dry-run");
    assert_eq!(
        (
            &again["known"][0]["id"],
            again["cards"].as_array().unwrap().len()
        ),
        (&id.into(), 0)
    );
}

#[test]
fn an_import_tells_what_changes_against_the_card_before_it() {
    let mut desk = Desk::with_two_hubs();
    desk.today = "2026-10-05";
    desk.write(
        "card.csv",
        "effective_from,currency,market,category,tier_from,rate\n\
         2026-10-01,EUR,Germany,marketing,1,0.1200\n\
         2026-10-01,EUR,Germany,utility,1,0.0456\n",
    );
    for line in ["prices import card.csv --dry-run", "prices import card.csv"] {
        let seen = desk.record(&format!("-b my.hubbook {line}"));
        let change = &seen["changes"][0];
        assert_eq!(change["old"]["effective_from"], "2026-07-01", "{line}");
        let rows = change["rows"].as_array().unwrap();
        // Of 123 prices one is the same, one another, and 121 are not on the new card.
        assert_eq!(rows.len(), 122, "{line}");
        let germany: Vec<_> = rows
            .iter()
            .filter(|row| row["market"] == "Germany")
            .collect();
        // (0.1200 - 0.1131) / 0.1131 = 6.10 %
        let shown = |row: &Value| {
            let text = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
            [text("item"), text("old"), text("new"), text("per_cent")].join(" ")
        };
        let shown: Vec<_> = germany.iter().map(|row| shown(row)).collect();
        assert_eq!(
            shown,
            ["marketing 0.1131 0.12 6.1", "authentication 0.0456 - -"]
        );
    }
    let diff = desk.record("-b my.hubbook prices diff 2026-07-01 2026-10-01 --currency EUR");
    assert_eq!(diff[0]["rows"].as_array().unwrap().len(), 122);
    desk.done("-b my.hubbook prices diff 2026-07-01 2026-10-01 --currency EUR --csv diff.csv");
    let csv = std::fs::read_to_string(desk.path("diff.csv")).unwrap();
    assert_eq!(csv.lines().count(), 123, "a head and 122 rows");
    assert!(
        csv.contains("Germany,marketing,1,0.1131,0.12,6.1\r\n"),
        "{csv}"
    );
    // A question that is refused writes nothing.
    let line = "-b my.hubbook prices diff 2020-01-01 2026-10-01 --currency EUR --csv none.csv";
    desk.run(line).is_refused("no-card-on-day", line);
    assert!(!desk.path("none.csv").exists());
}

#[test]
fn an_estimate_is_marked_wherever_its_amount_is_told() {
    let mut desk = Desk::with_two_hubs();
    desk.today = "2026-10-05";
    desk.done("-b my.hubbook channel edit --id a1CH --ended=");
    desk.done("-b my.hubbook hub settings --id elbePA --set outdated-card=estimate --from 2026-10");
    // 100 × 0.1131 of the card of July.
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity\n2026-10-02,a1CH,DE,marketing,100\n",
    );
    desk.done("-b my.hubbook import usage usage.csv");
    let charges = desk.record("-b my.hubbook charges --hub elbePA --month 2026-10");
    assert_eq!(charges["estimated"], 1);
    let row = &charges["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["quantity"] == "100");
    let row = row.unwrap();
    assert_eq!(
        (&row["estimated"], &row["amount"]["amount"]),
        (&true.into(), &"11.31".into())
    );
    let text = desk.done("-b my.hubbook charges --hub elbePA --month 2026-10");
    assert!(text.contains("rated, estimate"), "{text}");
    assert!(text.contains("1 at an estimate"), "{text}");
    let by = desk.record("-b my.hubbook charges --hub elbePA --month 2026-10 --by category");
    let marketing = by
        .as_array()
        .unwrap()
        .iter()
        .find(|sum| sum["key"] == "marketing");
    assert_eq!(marketing.unwrap()["estimated"], 1);
    let id = row["id"].as_str().unwrap();
    let why = desk.done(&format!("-b my.hubbook explain {id}"));
    for words in [
        "Meta messages EUR, from 1 Jul 2026",
        "estimated-by-last-card",
        "100 × 0.1131 = 11.31",
    ] {
        assert!(why.contains(words), "{words} in\n{why}");
    }
    let plan = desk.record("-b my.hubbook charges --hub elbePA --month 2026-08");
    assert_eq!(plan["estimated"], 0, "fees have a price of every day");
}

#[test]
fn what_if_and_reported_costs_stand_beside_the_cards() {
    let desk = Desk::with_two_hubs();
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity,cost\n\
         2026-08-12,a1CH,DE,utility,10,0.50\n\
         2026-08-12,p1CH,LA,marketing,100,\n",
    );
    desk.done("-b my.hubbook import usage usage.csv");

    // 10 × 0.0456 by the card, 0.50 reported.
    let found = desk.record("-b my.hubbook charges --hub elbePA --month 2026-08 --differences");
    let sums = ["reported", "rated", "difference"].map(|name| found[0][name]["amount"].clone());
    assert_eq!(sums, ["0.50", "0.456", "0.044"].map(Value::from));
    let text = desk.done("-b my.hubbook charges --hub elbePA --month 2026-08 --differences");
    assert!(text.contains("0.044 EUR"), "{text}");

    // Growth is 500.00 a month and Premium 1,000.00.
    let plan = desk.record("-b my.hubbook what-if --hub elbePA --month 2026-08 --plan premium");
    assert_eq!(
        ["now", "then", "difference"].map(|name| plan[name]["amount"].clone()),
        ["500.00", "1000.00", "500.00"].map(Value::from)
    );

    // Laos is in Rest of Asia Pacific: 0.0732 in July, 0.0842 in October.
    let line = "-b my.hubbook what-if --hub rheinPA --month 2026-08 --card 2026-10-01";
    let then = desk.record(line);
    assert_eq!(
        ["now", "then", "difference"].map(|name| then[name]["amount"].clone()),
        ["7.32", "8.42", "1.10"].map(Value::from)
    );
    assert_eq!(then["paid_by_clients"], true);
    let line = "-b my.hubbook what-if --hub elbePA --month 2026-08 --card 999999";
    desk.run(line).is_refused("card-not-found", line);
}

#[test]
fn volume_steps_are_told_and_listed() {
    let mut desk = Desk::with_two_hubs();
    desk.today = "2026-10-05";
    let set = "-b my.hubbook volume set --client twoCL --category utility --from 2026-10";
    let words: Vec<_> = set
        .split_whitespace()
        .chain(["--market", "Rest of Africa", "--counted", "100000"])
        .collect();
    let ran = desk.run_words(&words);
    assert_eq!(ran.code, 0, "{ran:#?}");
    // The 100,001st message of the month is the first at 0.0038: 1,000 × 0.0038 = 3.80.
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity\n2026-10-02,p1CH,KE,utility,1000\n",
    );
    desk.done("-b my.hubbook import usage usage.csv");
    let listed = desk.record("-b my.hubbook volume list --client twoCL --month 2026-10");
    let one = &listed[0];
    assert_eq!(
        (&one["market"], &one["counted"], &one["in_book"]),
        (&"Rest of Africa".into(), &"100000".into(), &"1000".into())
    );
    let charges =
        desk.record("-b my.hubbook charges --hub rheinPA --month 2026-10 --category utility");
    assert_eq!(charges["amount"]["amount"], "3.80");
    let id = charges["rows"][0]["id"].as_str().unwrap().to_owned();
    let why = desk.done(&format!("-b my.hubbook explain {id}"));
    for words in [
        "100,000 messages before it",
        "1,000 at 0.0038, from 100,001 on",
        "1000 × 0.0038 = 3.80",
    ] {
        assert!(why.contains(words), "{words} in\n{why}");
    }
    let text = desk.done("-b my.hubbook volume list --client twoCL --month 2026-10");
    assert!(text.contains("100,000"), "{text}");
}
