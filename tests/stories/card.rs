//! A card is never overwritten. Two cards for one day are a conflict: both are kept, and the person
//! chooses which holds. The choice rates open months anew and leaves closed ones alone.

use harness::story::tell;

#[test]
fn of_two_cards_for_one_day_the_first_holds_until_another_is_chosen() {
    tell(
        "
        today    2026-09-01
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-08-03 a1CH DE utility 10               # × 0.0456 = 0.456
        use      2026-08-04 a1CH ES utility 10               # × 0.0166 = 0.166
        import   new=2 unrated=0 amount=0.622
        card     2026-07-01 EUR Germany utility 0.0500
        prices   rated=0 left=0
        left     elbePA 2026-08-31 99.378

        # The other card is whole too: Germany costs 0.50 by it, and Spain has no price.
        choose   EUR 2026-07-01 last
        left     elbePA 2026-08-31 99.50
        refused  unrated-charges close elbePA 2026-08
        choose   EUR 2026-07-01 first
        left     elbePA 2026-08-31 99.378

        close    elbePA 2026-08
        left     elbePA 2026-08-31 99.38
        choose   EUR 2026-07-01 last
        left     elbePA 2026-08-31 99.38
        ",
    );
}

#[test]
fn the_only_card_of_a_day_leaves_nothing_to_choose() {
    tell(
        "
        today    2026-09-01
        book     partner DE
        refused  card-has-no-rival choose EUR 2026-07-01 first
        ",
    );
}
