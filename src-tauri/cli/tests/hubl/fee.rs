//! Fees of a channel's or a partner's own on the command line: kept prices, notice of a plan.

use crate::desk::Desk;

#[test]
fn a_channel_keeps_a_price_until_the_cards_holds_again() {
    let desk = Desk::with_two_hubs();
    let keep = |line: &str| {
        let mut words = vec!["--json", "-b", "my.hubbook", "channel", "keep-price"];
        words.extend(line.split_whitespace());
        words.extend(["--reason", "price guarantee"]);
        desk.run_words(&words)
    };
    let kept = keep("--id p1CH --tier regular --price 19.00 --from 2026-08");
    assert_eq!(kept.code, 0, "{kept:#?}");
    assert!(kept.out.contains(r#""reason": "price guarantee""#));
    let listed = desk.done("-b my.hubbook channel list --month 2026-08");
    assert!(
        listed.contains("regular 19.00 USD from 2026-08"),
        "{listed}"
    );
    let back = keep("--id p1CH --tier regular --card --from 2026-09");
    assert_eq!(back.code, 0, "{back:#?}");
    let channels = desk.record("-b my.hubbook channel list --month 2026-09");
    let of = |id: &str| {
        let all = channels.as_array().unwrap().iter();
        all.clone().find(|c| c["id"] == id).cloned().unwrap()
    };
    assert_eq!(of("p1CH")["licence"]["amount"], "25.00");
    assert_eq!(of("p1CH")["kept_prices"].as_array().unwrap().len(), 2);
    for (line, code) in [
        ("--id p1CH --tier regular --price abc", "not-an-amount"),
        ("--id xCH --tier regular --price 1.00", "channel-not-found"),
        (
            "--id p1CH --tier regular --price 1.00 --from now",
            "not-a-month",
        ),
    ] {
        keep(line).is_refused(code, line);
    }
    let both = keep("--id p1CH --tier regular --price 1.00 --card");
    assert_eq!(both.code, 2, "{both:#?}");
}

#[test]
fn notice_of_a_plan_tells_both_days_and_is_given_and_taken_back() {
    let desk = Desk::with_two_hubs();
    let line = "-b my.hubbook hub cancel-plan --id elbePA --on 2026-08-01";
    let seen = desk.done(&format!("{line} --dry-run"));
    for told in [
        "2026-08-31 (counts)",
        "2026-09-30",
        "in both ways",
        "Nothing was booked",
    ] {
        assert!(seen.contains(told), "{told}\n{seen}");
    }
    let given = desk.record(&format!("{line} --reading following-month"));
    assert_eq!(given["last_day"], "2026-09-30");
    assert_eq!(given["given"], true);
    let hubs = desk.record("-b my.hubbook hub list");
    assert_eq!(hubs[0]["plan_ends"], "2026-09-30");
    desk.run(line).is_refused("plan-notice-given", line);
    desk.done("-b my.hubbook hub cancel-plan --id elbePA --withdraw");
    let hubs = desk.record("-b my.hubbook hub list");
    assert_eq!(hubs[0]["plan_ends"], serde_json::Value::Null);
    let wrong = format!("{line} --reading never");
    desk.run(&wrong).is_refused("unknown-choice", &wrong);
}

#[test]
fn an_own_choice_is_not_called_assumed() {
    let desk = Desk::with_two_hubs();
    let rules = desk.record("-b my.hubbook hub settings --id elbePA");
    for rule in rules.as_array().unwrap() {
        let is_own = rule["rule"] == "outdated-card";
        assert_eq!(rule["own_choice"], is_own, "{rule}");
        assert_eq!(rule["assumed"], !is_own, "{rule}");
    }
    let shown = desk.done("-b my.hubbook hub settings --id elbePA");
    let of = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(of("outdated-card").contains("your own choice"), "{shown}");
    assert!(of("plan-notice").contains("assumed"), "{shown}");
}
