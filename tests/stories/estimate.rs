//! Where a currency has no card since Meta changed its prices, charges wait for it, or a hub has
//! them estimated from the last card, by its own choice and dated by month. A card that comes
//! later takes the place of estimates in open months; what is closed stays as it is.

use harness::story::{Story, tell};

/// Ten messages each in September and October; the euro card is of July.
fn over_the_first_of_october() -> Story {
    tell(
        "
        today    2026-11-02
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-09
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-09-30 a1CH DE utility 10               # the July card: × 0.0456 = 0.456
        use      2026-10-01 a1CH DE utility 10
        use      2026-10-02 a1CH DE utility 10 cost=0.60
        import   new=3 unrated=1 amount=1.056
        ",
    )
}

#[test]
fn a_hub_estimates_from_the_last_card_by_its_own_choice_until_the_card_comes_in() {
    over_the_first_of_october().go(
        "
        rule     elbePA outdated-card estimate from 2026-10
        left     elbePA 2026-10-31 -1.512                    # 0.456 + 0.456 + the reported 0.60
        # What comes in later is estimated too; calls never had a card in euro, so there is no last one.
        use      2026-10-04 a1CH DE utility 100              # 4.56
        use      2026-10-04 a1CH DE call 10
        import   new=2 unrated=1 amount=4.56
        # The choice can be taken back while the month is open.
        rule     elbePA outdated-card unrated from 2026-10
        left     elbePA 2026-10-31 -1.056
        rule     elbePA outdated-card estimate from 2026-10
        left     elbePA 2026-10-31 -6.072
        # The real card: 110 × 0.0500 = 5.50 in place of 5.016; the call is still unrated.
        card     2026-10-01 EUR Germany utility 0.0500
        prices   rated=0 left=1
        left     elbePA 2026-10-31 -6.556                    # 0.456 + 0.60 + 5.50
        rule     elbePA outdated-card unrated from 2026-10
        left     elbePA 2026-10-31 -6.556
        ",
    );
}

#[test]
fn an_estimate_does_not_block_the_close_and_a_later_card_leaves_closed_months_alone() {
    over_the_first_of_october().go("
        close    elbePA 2026-09
        refused  unrated-charges close elbePA 2026-10
        rule     elbePA outdated-card estimate from 2026-10
        close    elbePA 2026-10
        left     elbePA 2026-11-01 0.00
        card     2026-10-01 EUR Germany utility 0.0500
        prices   rated=0 left=0
        left     elbePA 2026-11-02 0.00
        ");
}
