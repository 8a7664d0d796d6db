//! Lists of markets on the command line: looked at, brought in, chosen.

use crate::desk::Desk;

/// The shipped list of October 2026 with Kenya in Other, as a file.
fn list_with_kenya_in_other(desk: &Desk) -> String {
    let lists = desk.record("-b my.hubbook prices markets list");
    let october = lists.as_array().unwrap().iter();
    let id = october
        .filter(|l| l["effective_from"] == "2026-10-01")
        .map(|l| l["id"].to_string())
        .next()
        .unwrap();
    let countries = desk.record(&format!("-b my.hubbook prices markets show {id}"));
    let mut file = "effective_from,country,market\n".to_owned();
    for one in countries.as_array().unwrap() {
        let country = one["country"].as_str().unwrap();
        let market = match country {
            "KE" => "Other",
            _ => one["market"].as_str().unwrap(),
        };
        file.push_str(&format!("2026-10-01,{country},{market}\n"));
    }
    file
}

#[test]
fn a_list_is_looked_at_then_kept_beside_the_other_and_chosen() {
    let mut desk = Desk::with_two_hubs();
    desk.today = "2026-10-31";
    let file = list_with_kenya_in_other(&desk);
    desk.write("markets.csv", &file);
    // 10 × 0.0225 = 0.225 by the shipped list, 10 × 0.0604 = 0.604 in Other.
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity\n2026-10-12,p1CH,KE,marketing,10\n",
    );
    desk.done("-b my.hubbook import usage usage.csv");

    let before = desk.done("-b my.hubbook prices markets list");
    let seen = desk.done("-b my.hubbook prices markets import markets.csv --dry-run");
    for told in [
        "by the list before it (2026-10-01): 1",
        "Kenya",
        "Conflict: list",
    ] {
        assert!(seen.contains(told), "{told}\n{seen}");
    }
    assert_eq!(desk.done("-b my.hubbook prices markets list"), before);

    let kept = desk.record("-b my.hubbook prices markets import markets.csv");
    assert_eq!(kept["lists"][0]["moves"][0]["before"], "Rest of Africa");
    assert_eq!(kept["lists"][0]["moves"][0]["now"], "Other");
    let again = desk.record("-b my.hubbook prices markets import markets.csv");
    assert_eq!(again["known"].as_array().unwrap().len(), 1);

    let id = &kept["lists"][0]["list"]["id"];
    let chosen = desk.record(&format!("-b my.hubbook prices markets choose {id}"));
    assert_eq!(chosen["changed"], 1);
    let charges = desk.record("-b my.hubbook charges --hub rheinPA --month 2026-10");
    let amounts: Vec<_> = charges["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["market"] == "Other")
        .map(|c| c["amount"]["amount"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(amounts, ["0.604"]);
}

#[test]
fn a_list_that_is_not_whole_or_not_there_is_refused_in_words() {
    let desk = Desk::with_two_hubs();
    desk.write(
        "markets.csv",
        "effective_from,country,market\n2027-01-01,DE,Germany\n2027-01-01,XX,Nowhere\n",
    );
    let ran = desk.run("-b my.hubbook prices markets import markets.csv");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("line 3, country, “XX”"), "{ran:#?}");
    assert!(ran.err.contains("error[market-list-not-whole]"), "{ran:#?}");
    for (line, code) in [
        ("prices markets show 99", "market-list-not-found"),
        ("prices markets choose 99", "market-list-not-found"),
        ("prices markets choose 1", "market-list-has-no-rival"),
    ] {
        desk.run(&format!("-b my.hubbook {line}"))
            .is_refused(code, line);
    }
}

#[test]
fn volume_positions_are_looked_at_then_told_and_bad_rows_named() {
    let mut desk = Desk::with_two_hubs();
    desk.today = "2026-10-31";
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity\n2026-10-12,p1CH,KE,utility,10\n",
    );
    desk.done("-b my.hubbook import usage usage.csv");
    desk.write(
        "volume.csv",
        "month,channel_id,market,category,counted\n2026-10,p1CH,Rest of Africa,utility,100000\n2026-10,p1CH,Rest of Africa,marketing,1\n",
    );
    let ran = desk.run("-b my.hubbook volume import volume.csv --dry-run");
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(
        ran.err.contains("line 3, category, “marketing”"),
        "{ran:#?}"
    );
    // 10 × 0.0040 becomes 10 × 0.0038.
    assert!(
        ran.out.contains("−0.002") || ran.out.contains("-0.002"),
        "{ran:#?}"
    );
    let told = desk.record("-b my.hubbook volume import volume.csv");
    assert_eq!(
        (&told["new_rows"], &told["problems"]),
        (&1.into(), &1.into())
    );
    assert_eq!(told["told"][0]["now"], "100000");
    let again = desk.record("-b my.hubbook volume import volume.csv");
    assert_eq!((&again["new_rows"], &again["same"]), (&0.into(), &1.into()));
    desk.write("volume.csv", "month,channel_id,market,category,counted\n");
    desk.run("-b my.hubbook volume import volume.csv")
        .is_refused("nothing-to-book", "an empty file");
}

#[test]
fn a_saved_answer_is_brought_in_with_its_time_zone() {
    let desk = Desk::with_two_hubs();
    desk.write(
        "channels.json",
        r#"{"total": 4, "partner_channels": [
            {"id": "z1CH", "client_id": "oneCL", "setup_info": {"phone_number": "49301234599"},
             "project": {"license_model": "regular"}, "billing_started_at": "2026-08-31T22:30:00Z"},
            {"id": "z2CH", "client_id": "oneCL", "setup_info": {"phone_number": "x"},
             "project": {"license_model": "regular"}, "billing_started_at": "2026-08-31T22:30:00Z"}]}"#,
    );
    let ran = desk.run("-b my.hubbook import parties channels.json --dry-run");
    assert!(ran.err.contains("problem[time_zone_missing]"), "{ran:#?}");
    assert!(ran.out.contains("2 more are not in it"), "{ran:#?}");
    let done = desk.record("-b my.hubbook import parties channels.json --time-zone Europe/Berlin");
    assert_eq!(
        (&done["new_channels"], &done["problems"]),
        (&1.into(), &1.into())
    );
    let channels = desk.record("-b my.hubbook channel list");
    let found = channels
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == "z1CH");
    assert_eq!(found.unwrap()["started"], "2026-09-01");
    assert_eq!(found.unwrap()["time_zone"], "Europe/Berlin");
    desk.run("-b my.hubbook import parties channels.json --time-zone Berlin")
        .is_refused("time-zone-unknown", "Berlin");
}
