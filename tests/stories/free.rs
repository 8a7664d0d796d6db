//! From 1 October 2026 the first 1,000 service messages of a number and calendar month are free
//! (assumed, and can be switched off), used up by day and market, whatever the order of import.

use harness::story::{Story, tell};

/// A Partner-Paid hub in dollars, October 2026.
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

#[test]
fn the_first_thousand_of_a_number_and_month_are_free_in_the_order_of_their_days() {
    october().go(
        "
        # 600 on the 5th are free: 400 are left.
        use      2026-10-05 a1CH DE service 600
        import   new=1 late=0 amount=0.00
        # 700 on the 2nd come first: 700 free, 300 of the 600 are left free, and 300 × 0.0550 = 16.50.
        # So this is what the file brings, though its own row is free.
        use      2026-10-02 a1CH ES service 700
        import   new=1 late=0 amount=16.50
        left     elbePA 2026-10-04 100.00
        left     elbePA 2026-10-05 83.50
        # Another number has its own thousand: 1,200 − 1,000 = 200 × 0.0550 = 11.00
        use      2026-10-06 a2CH DE service 1200
        import   new=1 late=0
        left     elbePA 2026-10-31 72.50
        # And so has the next month.
        use      2026-11-01 a1CH DE service 1000
        import   new=1 late=0
        left     elbePA 2026-11-01 72.50
        ",
    );
}

#[test]
fn the_free_messages_can_be_switched_off_while_the_month_is_open() {
    october().go("
        use      2026-10-05 a1CH DE service 600
        import   new=1 late=0
        left     elbePA 2026-10-31 100.00
        # 600 × 0.0550 = 33.00
        rule     elbePA free-service-messages off from 2026-10
        left     elbePA 2026-10-31 67.00
        rule     elbePA free-service-messages on from 2026-10
        left     elbePA 2026-10-31 100.00
        ");
}

#[test]
fn service_messages_before_october_are_free_altogether() {
    tell(
        "
        today    2026-10-01
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-09 opening 10.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-09-30 a1CH DE service 5000
        import   new=1 late=0 amount=0.00
        left     elbePA 2026-09-30 10.00
        ",
    );
}
