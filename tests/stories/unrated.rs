//! No price is not zero: an unrated charge is shown and blocks the close until it is priced by
//! a cost or a card, or waived with a reason.

use harness::story::tell;

#[test]
fn an_unrated_charge_blocks_the_close_until_it_is_priced_or_waived() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        # There is no card for calls in euro.
        use      2026-08-03 a1CH DE call 100
        use      2026-08-04 a1CH DE call 200
        use      2026-08-05 a1CH DE call 56
        use      2026-08-06 a1CH DE utility 100              # × 0.0456 = 4.56
        import   new=4 unrated=3 amount=4.56
        charged  elbePA 2026-08 6 529.56 3                   # 500.00 + 25.00 + 4.56
        left     elbePA 2026-08-31 95.44
        today    2026-09-01
        refused  unrated-charges close elbePA 2026-08

        price    1 0.25                                      # what 360Dialog reported for 3 August
        left     elbePA 2026-08-31 95.19
        refused  unrated-charges close elbePA 2026-08
        refused  reason-missing  waive 1
        waive    1 360Dialog did not charge this test call   # 4 August
        left     elbePA 2026-08-31 95.19
        refused  unrated-charges close elbePA 2026-08

        # 56 pulses are 5.6 minutes: × 0.0090 = 0.0504
        card     2026-08-01 EUR Germany call_business_initiated_per_minute 0.0090
        prices   rated=1 left=0
        left     elbePA 2026-08-31 95.1396
        close    elbePA 2026-08

        # 4.56 + 0.25 + 0.0504 = 4.8604 → 4.86; rounding 0.0004; messages 4.56, calls 0.30|04
        invoice  elbePA/2026-08/closing 2026-09-01 0.00 0.00 0.00
        line     messages              4.56
        line     calls                 0.30
        line     settled-with-balance -4.86
        left     elbePA 2026-08-31 95.14
        ",
    );
}

#[test]
fn euro_messages_have_no_price_from_october_until_a_card_is_brought_in() {
    tell(
        "
        today    2026-10-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-09
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-09-30 a1CH DE utility 10               # the July card: 0.456
        use      2026-10-01 a1CH DE utility 10               # Meta changed prices; no card in euro
        use      2026-10-02 a1CH DE utility 10 cost=0.60     # a reported cost is never unrated
        use      2026-10-03 a1CH FR utility 10
        import   new=4 unrated=2 amount=1.056
        # A card is whole: France is not on this one, so it has no price, not July's.
        card     2026-10-01 EUR Germany utility 0.0500
        prices   rated=1 left=1
        left     elbePA 2026-10-31 -1.556                    # 0.456 + 0.60 + 0.50
        ",
    );
}

#[test]
fn a_category_without_a_price_in_its_market_is_unrated() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-08-03 a1CH DE authentication_international 10
        use      2026-08-03 a1CH IN authentication_international 10     # × 0.0252 = 0.252
        use      2026-08-04 a1CH DE marketing_lite 10                   # marketing's: 1.131
        use      2026-08-05 a1CH DE marketing 10 type=free_entry_point  # 0.00, not unrated
        import   new=4 unrated=1 amount=1.383
        ",
    );
}
