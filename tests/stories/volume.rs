//! Volume steps: from some message of a client's month on, Meta charges less. The shipped card of
//! October 2026 has them for utility in Rest of Africa: 0.0040, and 0.0038 from message 100,001.

use harness::story::{Story, tell};
use hubledger_book::view::ChargeView;

/// A Partner-Paid hub in dollars, October 2026, with one client of two numbers.
fn october() -> Story {
    tell(
        "
        today    2026-11-02
        book     partner DE
        hub      elbePA partner-paid USD growth since 2026-01-01 first 2026-10 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        channel  a2CH of kundeCL regular from 2026-01-01
        ",
    )
}

fn all(story: &Story) -> Vec<ChargeView> {
    story.charges("elbePA", "2026-10")
}

/// Rows of Rest of Africa that were not taken back.
fn live(story: &Story) -> Vec<ChargeView> {
    let explained: Vec<_> = all(story)
        .into_iter()
        .filter(|c| c.market == "Rest of Africa")
        .collect();
    let back: Vec<String> = explained
        .iter()
        .filter(|c| c.reverses.is_some())
        .flat_map(|c| story.why(&c.id).related)
        .collect();
    explained
        .into_iter()
        .filter(|c| c.reverses.is_none() && !back.contains(&c.id))
        .collect()
}

#[test]
fn without_a_count_the_list_price_stands_in_as_an_estimate() {
    let mut story = october();
    story.go("
        # 200,000 × 0.0040 = 800.00, though half of it may be cheaper.
        use      2026-10-05 a1CH KE utility 200000
        # Germany's card has no steps: nothing is estimated. 10 × 0.0550 = 0.55
        use      2026-10-05 a1CH DE utility 10
        import   new=2 late=0 amount=800.55
        ");
    let estimated: Vec<_> = live(&story).iter().map(|c| c.estimated).collect();
    assert_eq!(estimated, [true]);
    assert!(
        all(&story)
            .iter()
            .any(|c| c.market == "Germany" && !c.estimated)
    );
    story.go("
        # Once told, a step is felt: 100,000 × 0.0040 + 100,000 × 0.0038 = 780.00, with the 0.55.
        volume   kundeCL Rest_of_Africa utility 0 from 2026-10
        # Three fees stand beside: 500.00 and 2 × 25.00.
        charged  elbePA 2026-10 7 1330.55 0
        # And not known again.
        volume   kundeCL Rest_of_Africa utility unknown from 2026-10
        charged  elbePA 2026-10 9 1350.55 0
        ");
}

#[test]
fn rows_go_up_the_steps_by_day_and_channel_whatever_the_order_of_import() {
    let mut story = october();
    story.go("
        volume   kundeCL Rest_of_Africa utility 99990 from 2026-10
        # 10 × 0.0040 + 10 × 0.0038 = 0.078
        use      2026-10-05 a1CH KE utility 20
        import   new=1 late=0 amount=0.078
        # 5 of the other number's come first: 5 × 0.0040 = 0.02, and the 20 now are
        # 5 × 0.0040 + 15 × 0.0038 = 0.077. So the file brings 0.019.
        use      2026-10-02 a2CH TZ utility 5
        import   new=1 late=0 amount=0.019
        # Marketing, free messages and messages that cost nothing count for no step.
        use      2026-10-03 a1CH KE utility 1000 type=free_entry_point
        use      2026-10-03 a1CH KE utility 1000 cost=0
        import   new=2 late=0 amount=0.00
        # A reported cost is charged as it is; its 8 messages count: 99,995 + 8 = 100,003, so the
        # 20 of the 5th are all in the second step, 0.076: 1.00 − 0.001 = 0.999.
        use      2026-10-04 a1CH KE utility 8 cost=1.00
        import   new=1 late=0 amount=0.999
        ");
    let said: Vec<_> = live(&story)
        .iter()
        .map(|c| {
            let why = story.why(&c.id);
            let counted = why.volume.and_then(|v| v.counted).unwrap_or_default();
            format!("{} {} {}", c.day, counted, why.sum.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        said,
        [
            "2026-10-05 100003 20 × 0.0038 = 0.076",
            "2026-10-04 99995 5 × 0.004 + 3 × 0.0038 = 0.0314",
            "2026-10-03 99995 5 × 0.004 + 995 × 0.0038 = 3.801",
            "2026-10-03  ",
            "2026-10-02 99990 5 × 0.004 = 0.02",
        ]
    );
}

#[test]
fn steps_begin_anew_each_month_and_a_closed_month_takes_no_count() {
    october().go("
        volume   kundeCL Rest_of_Africa utility 100000 from 2026-10
        # 10 × 0.0038 = 0.038
        use      2026-10-31 a1CH KE utility 10
        import   new=1 late=0 amount=0.038
        close    elbePA 2026-10
        refused  month-is-closed volume kundeCL Rest_of_Africa utility 0 from 2026-10
        # What was told holds on, until another is told: 0 of November are counted elsewhere.
        volume   kundeCL Rest_of_Africa utility 0 from 2026-11
        # 10 × 0.0040 = 0.04
        use      2026-11-01 a1CH KE utility 10
        import   new=1 late=0 amount=0.04
        # A late row of the closed month keeps October's count: 100,000 × 0.0038 = 380.00; what came
        # after it in October is in the same step, and keeps its price.
        use      2026-10-30 a1CH KE utility 100000
        import   new=1 late=1 amount=380.00
        refused  no-volume-steps volume kundeCL Rest_of_Africa marketing 0 from 2026-11
        refused  market-not-found volume kundeCL Atlantis utility 0 from 2026-11
        refused  not-a-count volume kundeCL Rest_of_Africa utility -5 from 2026-11
        ");
}

#[test]
fn positions_come_from_a_file_and_bad_rows_are_told_by_line_and_column() {
    let mut story = october();
    story.go("
        channel  b1CH of kundeCL regular from 2026-01-01
        # 5 × 0.0040 + 5 × 0.0038 = 0.039 once 99,995 are counted before; till then 10 × 0.0040 = 0.04.
        use      2026-10-02 a1CH KE utility 10
        import   new=1 amount=0.04
        ");
    let path = story.path("volume.csv");
    std::fs::write(
        &path,
        "month,client_id,channel_id,market,category,counted\n\
         2026-10,,a1CH,rest of africa,utility,99995\n\
         2026-10,kundeCL,,Rest of Africa,utility,7\n\
         2026-11,kundeCL,,Rest of Africa,utility,\n\
         2026-09,kundeCL,,Rest of Africa,utility,1\n\
         2026-10,xCL,,Rest of Africa,utility,1\n\
         2026-10,,xCH,Rest of Africa,utility,1\n\
         2026-10,kundeCL,,Atlantis,utility,1\n\
         2026-10,kundeCL,,Other,marketing,1\n\
         2026-10,kundeCL,,Germany,call,12\n",
    )
    .unwrap();
    let at = story.at();
    let seen = story.book_mut().preview_volume(&path, at).unwrap();
    let problems: Vec<_> = seen
        .problem_rows
        .iter()
        .map(|p| format!("{} {:?} {}", p.line, p.column.as_deref(), p.code))
        .collect();
    assert_eq!(
        problems,
        [
            r#"3 Some("month") position_twice"#,
            r#"5 Some("month") month_closed"#,
            r#"6 Some("client_id") client_unknown"#,
            r#"7 Some("channel_id") channel_unknown"#,
            r#"8 Some("market") market_unknown"#,
            r#"9 Some("category") no_volume_steps"#,
        ]
    );
    assert_eq!((seen.new_rows, seen.same), (3, 0));
    assert_eq!(seen.amounts[0].amount, "-0.001");
    story.go("left elbePA 2026-10-31 99.96");
    let done = story.book_mut().book_volume(&path, at).unwrap();
    assert_eq!(done.amounts[0].amount, "-0.001");
    story.go("left elbePA 2026-10-31 99.961");
    let volumes = story.book().volumes("kundeCL", "2026-10", at).unwrap();
    let counted: Vec<_> = volumes
        .iter()
        .map(|v| format!("{} {} {:?}", v.market, v.category, v.counted.as_deref()))
        .collect();
    assert_eq!(
        counted,
        [
            r#"Germany call Some("12")"#,
            r#"Rest of Africa utility Some("99995")"#
        ]
    );
    let again = story.book_mut().book_volume(&path, at).unwrap();
    assert_eq!((again.new_rows, again.same), (0, 3));
    // From November on it is not known again: 10 × 0.0040, an estimate.
    story.go("
        use      2026-11-01 a1CH KE utility 10
        import   new=1 amount=0.04
        ");
}

#[test]
fn a_count_prices_only_rows_anew_whose_card_has_steps() {
    let mut story = october();
    story.go("
        use      2026-10-02 a1CH DE utility 10       # × 0.0550 = 0.55: no steps in Germany
        use      2026-10-02 a1CH KE marketing 10     # × 0.0225 = 0.225: none for marketing
        use      2026-10-02 a1CH KE utility 10       # × 0.0040 = 0.04
        import   new=3 amount=0.815
        ");
    let ids = |story: &Story| -> Vec<String> {
        let charges = all(story).into_iter();
        charges.map(|c| c.id).collect()
    };
    let before = ids(&story);
    story.go("
        volume   kundeCL Germany utility 500000 from 2026-10
        left     elbePA 2026-10-31 99.185
        ");
    assert_eq!(ids(&story), before, "nothing is priced anew");
    story.go("
        volume   kundeCL Rest_of_Africa utility 500000 from 2026-10
        left     elbePA 2026-10-31 99.187            # 10 × 0.0038 = 0.038
        ");
    // The row of Kenya's utility alone: its mirror and the new one.
    assert_eq!(ids(&story).len(), before.len() + 2);
}

#[test]
fn another_card_keeps_the_free_share_and_the_place_on_the_steps() {
    october().go("
        volume   kundeCL Rest_of_Africa utility 99995 from 2026-10
        use      2026-10-02 a1CH KE utility 10       # 5 × 0.0040 + 5 × 0.0038 = 0.039
        use      2026-10-03 a1CH DE service 1200     # 1,000 are free, 200 × 0.0550 = 11.00
        import   new=2 amount=11.039
        card     2026-10-01 USD Germany service 0.1000
        card     2026-10-01 USD Rest_of_Africa utility 0.0050
        prices
        choose   USD 2026-10-01 last
        # 200 × 0.1000 = 20.00; the ladder belongs to the other price list: 10 × 0.0050 = 0.05.
        left     elbePA 2026-10-31 79.95
        choose   USD 2026-10-01 first
        left     elbePA 2026-10-31 88.961
        ");
}
