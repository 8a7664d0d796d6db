//! A month under another card, plan or tier; and reported costs beside the card's prices. Nothing
//! of it is booked.

use harness::story::{Story, tell};
use harness::walk::everything;
use hubledger_book::form::WhatIfForm;
use hubledger_book::view::WhatIfView;
use hubledger_book::word::{PlanWord, TierWord};

/// September 2026 of a Partner-Paid hub in dollars, with two clients.
fn september() -> Story {
    let mut story = tell(
        "
        today    2026-10-02
        book     partner DE
        hub      elbePA partner-paid USD growth since 2026-01-01 first 2026-09 opening 500.00
        client   uferCL of elbePA
        client   hafenCL of elbePA
        channel  a1CH of uferCL regular from 2026-01-01
        channel  b1CH of hafenCL regular from 2026-01-01
        use      2026-09-05 a1CH MX marketing 1000
        use      2026-09-06 a1CH DE service 1500
        use      2026-09-07 a1CH DE utility 10 cost=1.00
        use      2026-09-07 b1CH PK utility 100
        use      2026-09-08 b1CH PK utility 100
        use      2026-09-09 b1CH DE call 100
        import   new=6 late=0
        ",
    );
    story.go("");
    story
}

fn asked(
    story: &Story,
    card: Option<&str>,
    plan: Option<PlanWord>,
    tier: Option<TierWord>,
) -> WhatIfView {
    let form = WhatIfForm {
        hub: "elbePA".into(),
        month: "2026-09".into(),
        card: card.map(str::to_owned),
        plan,
        tier,
    };
    story.what_if(form)
}

#[test]
fn another_card_says_what_it_costs_each_client_and_books_nothing() {
    let story = september();
    let before = everything(story.book(), story.at());
    let view = asked(&story, Some("2026-10-01"), None, None);
    let said: Vec<_> = view
        .rows
        .iter()
        .map(|row| {
            let difference = row.difference.as_ref().map(|d| d.amount.as_str());
            format!(
                "{} {} {} {} {}",
                row.client,
                row.category.as_str(),
                row.now.amount,
                row.then.amount,
                difference.unwrap_or("?")
            )
        })
        .collect();
    // From October Mexico's marketing is 0.0397 instead of 0.0305, Pakistan's utility 0.0150
    // instead of 0.0100, and 500 of 1,500 service messages cost 0.0550 each. The card of calls
    // stays: 100 pulses × 0.0103 ÷ 10. A reported cost counts on neither side: 10 × 0.0550.
    assert_eq!(
        said,
        [
            "hafenCL utility 2.00 3.00 1.00",
            "hafenCL call 0.103 0.103 0.00",
            "uferCL marketing 30.50 39.70 9.20",
            "uferCL utility 0.55 0.55 0.00",
            "uferCL service 0.00 27.50 27.50",
        ]
    );
    let sums = [&view.now, &view.then].map(|sum| sum.amount.clone());
    assert_eq!(sums, ["33.153", "70.853"]);
    assert_eq!(view.difference.unwrap().amount, "37.70");
    assert_eq!(everything(story.book(), story.at()), before);
}

#[test]
fn a_card_that_lacks_a_price_gives_no_difference() {
    let view = asked(&september(), Some("2026-07-01"), None, None);
    assert!(view.difference.is_some(), "{view:?}");
    let october = tell(
        "
        today    2026-11-02
        book     partner DE
        hub      elbePA partner-paid USD growth since 2026-01-01 first 2026-09 opening 500.00
        client   uferCL of elbePA
        channel  a1CH of uferCL regular from 2026-01-01
        use      2026-09-05 a1CH DE authentication_international 10
        use      2026-09-05 a1CH DE marketing 10
        import   new=2 late=0 unrated=1
        ",
    );
    let view = asked(&october, Some("2026-10-01"), None, None);
    let unrated: Vec<_> = view
        .rows
        .iter()
        .map(|r| (r.unrated_now, r.unrated_then))
        .collect();
    assert_eq!(unrated, [(0, 0), (1, 1)]);
    assert_eq!(view.difference.map(|d| d.amount), None);
}

#[test]
fn another_plan_and_tier_stand_beside_what_is_billed() {
    let view = asked(
        &september(),
        None,
        Some(PlanWord::Premium),
        Some(TierWord::Premium),
    );
    let said: Vec<_> = view
        .fees
        .iter()
        .map(|f| {
            format!(
                "{} {} {} {}",
                f.what, f.now.amount, f.then.amount, f.difference.amount
            )
        })
        .collect();
    assert_eq!(
        said,
        ["plan 500.00 1000.00 500.00", "licences 50.00 98.00 48.00"]
    );
}

#[test]
fn reported_costs_stand_beside_the_card_by_channel_category_and_market() {
    let mut story = september();
    story.go("
        # No market: no card prices it.
        use      2026-09-10 b1CH - utility 3 cost=0.50
        use      2026-09-11 a1CH DE utility 20 cost=1.05
        import   new=2 late=0
        ");
    let found = story
        .book()
        .cost_differences("elbePA", "2026-09", story.at())
        .unwrap();
    let said: Vec<_> = found
        .iter()
        .map(|d| {
            let sums = [&d.reported, &d.rated, &d.difference].map(|m| m.amount.clone());
            format!(
                "{} {} {} {} {}",
                d.channel.id,
                d.market,
                d.rows,
                sums.join(" "),
                d.without_price
            )
        })
        .collect();
    // 1.00 + 1.05 reported; 30 × 0.0550 = 1.65 by the card.
    assert_eq!(
        said,
        [
            "a1CH Germany 2 2.05 1.65 0.40 0",
            "b1CH  1 0.50 0.00 0.00 1",
        ]
    );
}
