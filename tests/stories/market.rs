//! Lists of markets that a person brings in. A card goes by the list of its own day. Lists are never
//! overwritten; open months are rated anew where a list moves a country, closed ones stay.

use harness::story::{Story, tell};

/// Dollars in October 2026. For a message, by its card:
///
/// ```text
///                  marketing  utility                            service
/// Rest of Africa      0.0225   0.0040, from 100,001 on 0.0038     0.0040
/// Other               0.0604   0.0077                             0.0077
/// Germany             0.1365   0.0550                             0.0550
/// ```
fn october() -> Story {
    tell(
        "
        today    2026-11-02
        book     partner DE
        hub      elbePA partner-paid USD growth since 2026-01-01 first 2026-10 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        ",
    )
}

#[test]
fn of_two_lists_for_one_day_the_first_holds_until_another_is_chosen() {
    october().go("
        refused  market-list-has-no-rival list 2026-10-01 first
        use      2026-10-05 a1CH KE marketing 10               # × 0.0225 = 0.225
        use      2026-10-05 a1CH DE marketing 10               # × 0.1365 = 1.365
        use      2026-10-06 a1CH KE marketing 10 cost=0.50     # stays what was reported
        import   new=3 amount=2.09
        market   2026-10-01 KE Other
        markets  rated=0 changed=0
        left     elbePA 2026-10-31 97.91
        list     2026-10-01 last
        # 10 × 0.0604 = 0.604 in place of 0.225
        left     elbePA 2026-10-31 97.531
        sum      elbePA 2026-10 market Other 1.104
        sum      elbePA 2026-10 market Rest_of_Africa 0.00
        close    elbePA 2026-10
        left     elbePA 2026-10-31 97.53
        list     2026-10-01 first
        left     elbePA 2026-10-31 97.53
        ");
}

#[test]
fn a_list_for_a_day_of_its_own_holds_at_once_for_cards_from_that_day_on() {
    tell(
        "
        today    2026-05-04
        book     partner DE
        hub      elbePA partner-paid USD growth since 2026-01-01 first 2026-03
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-03-05 a1CH KE marketing 10               # the January card: × 0.0225 = 0.225
        use      2026-04-05 a1CH KE marketing 10               # the April card: × 0.0225 = 0.225
        import   new=2 unrated=0 amount=0.45
        # Between the two cards: the April card goes by it, the January card does not.
        market   2026-04-01 KE Other
        markets  rated=0 changed=1
        left     elbePA 2026-05-31 -0.829                      # 0.225 + 10 × 0.0604
        # A market that no card has: what was priced is unrated then, and never zero.
        market   2026-01-01 KE Atlantis
        markets  rated=0 changed=1
        refused  unrated-charges close elbePA 2026-03
        # Kenya is not on this list, so it is Other: 10 × 0.0604.
        market   2026-01-15 KE -
        markets  rated=0 changed=0
        ",
    );
}

#[test]
fn a_country_that_moves_leaves_its_volume_steps_and_the_others_move_down() {
    october().go("
        volume   kundeCL Rest_of_Africa utility 99995 from 2026-10
        use      2026-10-02 a1CH KE utility 10     # 5 × 0.0040 + 5 × 0.0038 = 0.039
        use      2026-10-03 a1CH TZ utility 10     # 10 × 0.0038 = 0.038
        import   new=2 amount=0.077
        market   2026-10-01 KE Other
        markets  changed=0
        list     2026-10-01 last
        # Kenya 10 × 0.0077 = 0.077; Tanzania is at 99,995 now: 0.039
        sum      elbePA 2026-10 market Other 0.077
        sum      elbePA 2026-10 market Rest_of_Africa 0.039
        left     elbePA 2026-10-31 99.884
        list     2026-10-01 first
        sum      elbePA 2026-10 market Rest_of_Africa 0.077
        left     elbePA 2026-10-31 99.923
        ");
}

#[test]
fn free_service_messages_go_by_the_names_of_the_markets_that_hold() {
    october().go("
        # Germany comes before Rest of Africa: 600 and 400 are free, 200 × 0.0040 = 0.80.
        use      2026-10-05 a1CH KE service 600
        use      2026-10-05 a1CH DE service 600
        import   new=2 amount=0.80
        market   2026-10-01 KE Argentina
        markets  changed=0
        list     2026-10-01 last
        # Argentina comes first, and is free whole; of Germany's 400 are: 200 × 0.0550 = 11.00.
        left     elbePA 2026-10-31 89.00
        list     2026-10-01 first
        left     elbePA 2026-10-31 99.20
        ");
}

#[test]
fn a_list_is_taken_whole_or_not_at_all() {
    october().go("
        market   2026-12-01 XX Germany
        refused  market-list-not-whole markets
        # The same list again is known.
        market   2026-10-01 DE Germany
        markets  rated=0 changed=0
        refused  market-list-has-no-rival list 2026-10-01 first
        ");
}
