//! What was booked and turns out otherwise: rows, prices, VAT, tiers. The books follow, by entries
//! that are added, and every invariant holds after each of them (the harness looks).

use harness::story::tell;

#[test]
fn a_row_that_moves_to_another_channel_leaves_the_first_ones_balance() {
    tell(
        "
        today    2026-08-31
        book     client DE
        hub      donauPA direct-paid USD - since 2026-08-01
        channel  k1CH of donauPA regular from 2026-08-01
        channel  k2CH of donauPA regular from 2026-08-01
        use      2026-08-05 k1CH DE marketing 100 id=r1      # × 0.1365 = 13.65
        import   new=1 amount=13.65
        left     k1CH 2026-08-31 -13.65
        use      2026-08-05 k2CH DE marketing 100 id=r1
        import   new=0 changed=1
        left     k1CH 2026-08-31 0.00
        left     k2CH 2026-08-31 -13.65
        use      2026-08-06 k2CH DE marketing 100 id=r1      # another day
        import   changed=1
        left     k2CH 2026-08-05 0.00
        left     k2CH 2026-08-06 -13.65
        ",
    );
}

#[test]
fn an_unrated_row_that_changes_stays_unrated_and_a_waived_one_asks_again() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-08-03 a1CH DE call 100 id=r1
        import   new=1 unrated=1
        use      2026-08-03 a1CH DE call 110 id=r1
        import   changed=1 unrated=1
        charged  elbePA 2026-08 5 525.00 1                   # plan, licence, old, taken back, new
        waive    1 a test call
        again    already=1 changed=0
        use      2026-08-03 a1CH DE call 120 id=r1           # 360Dialog counts otherwise
        import   changed=1 unrated=1
        price    1 0.30
        again    already=1 changed=0                         # a cost given by hand stays
        left     elbePA 2026-08-31 -0.30
        use      2026-08-03 a1CH DE call 120 id=r1 cost=0.28
        import   changed=1 unrated=0
        left     elbePA 2026-08-31 -0.28
        ",
    );
}

/// From October 2026 the first 1,000 service messages of a number and month are free.
#[test]
fn free_service_messages_are_dealt_by_day_whatever_came_in_first() {
    tell(
        "
        today    2026-10-31
        book     partner BR
        hub      sampaPA partner-paid USD growth since 2026-01-01 first 2026-10
        client   lojaCL of sampaPA
        channel  x1CH of lojaCL regular from 2026-01-01
        channel  x2CH of lojaCL regular from 2026-01-01
        use      2026-10-20 x1CH DE service 900 id=r3        # all free, so far
        use      2026-10-21 x2CH DE service 900 id=r4        # another number: free
        import   new=2 unrated=0
        left     sampaPA 2026-10-31 0.00
        use      2026-10-02 x1CH DE service 300 id=r1        # takes 300, so 200 of r3 are charged
        import   new=1
        left     sampaPA 2026-10-31 -11.00                   # 200 × 0.0550
        left     sampaPA 2026-10-19 0.00
        use      2026-10-02 x1CH DE service 100 id=r1        # gives 200 back
        import   changed=1
        left     sampaPA 2026-10-31 0.00
        rule     sampaPA free-service-messages off from 2026-10
        left     sampaPA 2026-10-31 -104.50                  # (900 + 900 + 100) × 0.0550
        rule     sampaPA free-service-messages on from 2026-10
        left     sampaPA 2026-10-31 0.00
        ",
    );
}

#[test]
fn vat_of_an_open_month_follows_the_rule_and_the_company() {
    tell(
        "
        today    2026-08-31
        book     partner ES
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        top-up   2026-08-03 elbePA 100.00
        refund   2026-08-04 elbePA 40.00 to bank
        invoice  elbePA/2026-08/top-up-1 2026-08-03 100.00 19.00 119.00
        rule     elbePA vat-on usage from 2026-08
        invoice  elbePA/2026-08/top-up-1 2026-08-03 100.00 0.00 100.00
        rule     elbePA vat-on top-up from 2026-08
        company  ES ESB12345674                              # holds from September
        today    2026-09-02
        top-up   2026-09-01 elbePA 100.00
        invoice  elbePA/2026-09/top-up-1 2026-09-01 100.00 0.00 100.00
        close    elbePA 2026-08
        invoice  elbePA/2026-08/top-up-1 2026-08-03 100.00 19.00 119.00
        left     elbePA 2026-09-02 160.00                    # 100.00 − 40.00 + 100.00
        ",
    );
}

#[test]
fn a_dearer_tier_of_a_closed_month_is_owed_late_by_its_difference() {
    tell(
        "
        today    2026-08-01
        book     partner BR
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        close    elbePA 2026-07
        today    2026-08-31
        tier     a1CH premium from 2026-07-22
        # July: (49 − 25) × 10/31 = 7.7419… → 7.74, with August's 49.00
        invoice  elbePA/2026-08/licence 2026-08-01 56.74 0.00 56.74
        invoice  elbePA/2026-07/licence 2026-07-01 25.00 0.00 25.00
        today    2026-09-01
        close    elbePA 2026-08
        invoice  elbePA/2026-08/licence 2026-08-01 56.74 0.00 56.74
        invoice  elbePA/2026-09/licence 2026-09-01 49.00 0.00 49.00
        ",
    );
}

#[test]
fn a_plan_rises_at_once_and_falls_with_the_next_month() {
    tell(
        "
        today    2026-08-31
        book     partner BR
        hub      elbePA partner-paid EUR premium since 2026-01-01 first 2026-08
        plan     elbePA growth from 2026-08-10
        invoice  elbePA/2026-08/plan 2026-08-01 1000.00 0.00 1000.00
        invoice  elbePA/2026-09/plan 2026-09-01 500.00 0.00 500.00
        today    2026-09-30
        plan     elbePA premium from 2026-09-21
        # 500.00 × 10/30 = 166.6666… → 166.67
        invoice  elbePA/2026-09/plan 2026-09-01 666.67 0.00 666.67
        line     plan         500.00 growth
        line     plan-upgrade 166.67 premium 10/30
        ",
    );
}

/// A shortfall is settled by the month's invoice, so the top-up after it is all there.
#[test]
fn the_next_month_starts_where_the_last_one_ended() {
    tell(
        "
        today    2026-08-31
        book     partner BR
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-07-31 a1CH DE utility 1000             # 45.60, from nothing
        use      2026-08-02 a1CH DE utility 100              #  4.56
        import   new=2 late=0
        top-up   2026-08-01 elbePA 50.00
        left     elbePA 2026-08-31 -0.16                     # before July is closed
        close    elbePA 2026-07
        left     elbePA 2026-07-31 0.00
        left     elbePA 2026-08-31 45.44                     # 50.00 − 4.56
        # net 45.60 + 4 % 1.824 → 1.82
        invoice  elbePA/2026-07/closing 2026-08-01 47.42 0.00 47.42
        #        target month   starting added used refunds settled rounding ending
        balance  elbePA 2026-07 0.00     0.00  45.60 0.00   45.60   0.00     0.00
        balance  elbePA 2026-08 0.00     50.00 4.56  0.00   0.00    0.00     45.44
        ",
    );
}
