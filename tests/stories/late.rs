//! A closed month takes nothing: what comes late keeps its day and its price, and is booked on the
//! first day of the first open month. A known row is never added on top.

use harness::story::{Story, tell};

/// July with 100 messages, closed: 100.00 − 11.31 = 88.69.
fn a_closed_july() -> Story {
    tell(
        "
        today    2026-08-01
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-07-15 a1CH DE marketing 100 id=july-1  # × 0.1131 = 11.31
        import   new=1 late=0 amount=11.31
        close    elbePA 2026-07
        left     elbePA 2026-07-31 88.69
        invoice  elbePA/2026-07/closing 2026-08-01 0.00 0.00 0.00
        ",
    )
}

#[test]
fn late_usage_lands_in_the_first_open_month_as_a_reconciliation() {
    a_closed_july().go(
        "
        today    2026-08-31
        use      2026-07-20 a1CH DE marketing 50 id=july-2   # × 0.1131 = 5.655, priced by its day
        use      2026-08-03 a1CH ES marketing 1000           # × 0.0585 = 58.50
        import   new=2 late=1 amount=64.155
        left     elbePA 2026-07-31 88.69
        moved    elbePA 2026-08-01 reconciliation -5.655 83.035
        today    2026-09-01
        invoice  elbePA/2026-07/closing 2026-08-01 0.00 0.00 0.00
        close    elbePA 2026-08
        # 64.155 → 64.16: rounding −0.005. Messages 58.50; late 5.65|5 takes the missing cent.
        # 88.69 − 64.16 = 24.53
        invoice  elbePA/2026-08/closing 2026-09-01 0.00 0.00 0.00
        line     messages              58.50
        line     usage-reconciliation   5.66
        line     settled-with-balance -64.16
        #        reference               starting added back out  used  late settled shortfall fee  ending net
        summary  elbePA/2026-08/closing  88.69    0.00  0.00 0.00 64.16 5.66 64.16   0.00      0.00 24.53  0.00
        left     elbePA 2026-08-31 24.53
        ",
    );
}

#[test]
fn a_changed_row_is_reversed_and_booked_anew() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-08-03 a1CH ES marketing 1000           # 58.50
        use      2026-08-04 a1CH ES marketing 10 cost=0.50
        import   new=2 changed=0 amount=59.00
        again    new=0 changed=0 already=2
        left     elbePA 2026-08-31 -59.00
        use      2026-08-03 a1CH ES marketing 1200           # 70.20 in place of 58.50
        use      2026-08-04 a1CH ES marketing 10 cost=0.65   # the cost alone has changed
        import   new=0 changed=2 already=0
        left     elbePA 2026-08-31 -70.85                    # never 59.00 + 70.85
        again    new=0 changed=0 already=2
        left     elbePA 2026-08-31 -70.85
        sum      elbePA 2026-08 market Spain 70.85
        ",
    );
}

#[test]
fn a_changed_row_of_a_closed_month_is_corrected_in_the_first_open_one() {
    a_closed_july().go("
        today    2026-08-31
        use      2026-07-15 a1CH DE marketing 40 id=july-1   # 4.524 in place of 11.31: −6.786
        import   new=0 changed=1
        left     elbePA 2026-07-31 88.69
        left     elbePA 2026-08-01 95.476
        today    2026-09-01
        close    elbePA 2026-08
        # −6.786 → −6.79; rounding 0.004. More was given back than was used: nothing is settled.
        # 88.69 + 6.79 = 95.48
        invoice  elbePA/2026-08/closing 2026-09-01 0.00 0.00 0.00
        left     elbePA 2026-08-31 95.48
        invoice  elbePA/2026-07/closing 2026-08-01 0.00 0.00 0.00
        ");
}

#[test]
fn rows_without_an_id_are_known_by_their_place_among_their_equals() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        use      2026-08-03 a1CH DE utility 100              # 4.56
        use      2026-08-03 a1CH DE utility 100              # 4.56: two of them are two
        import   new=2 amount=9.12
        again    new=0 changed=0 already=2
        use      2026-08-03 a1CH DE utility 100
        use      2026-08-03 a1CH DE utility 100
        use      2026-08-03 a1CH DE utility 50               # 2.28: a third
        import   new=1 changed=0 already=2 amount=2.28
        left     elbePA 2026-08-31 -11.40
        ",
    );
}

/// Rule 9: a back-dated start of a channel.
#[test]
fn a_channel_that_turns_out_to_have_started_in_a_closed_month_owes_that_month_late() {
    a_closed_july().go("
        today    2026-08-31
        channel  b1CH of kundeCL regular from 2026-07-10
        # July: 25 × 22/31 = 17.7419… → 17.74, with August's licences: 25.00 + 25.00 + 17.74 = 67.74
        # VAT 12.8706 → 12.87; 80.61
        invoice  elbePA/2026-07/licence 2026-07-01 25.00 4.75 29.75
        invoice  elbePA/2026-08/licence 2026-08-01 67.74 12.87 80.61
        today    2026-09-01
        close    elbePA 2026-08
        invoice  elbePA/2026-08/licence 2026-08-01 67.74 12.87 80.61
        invoice  elbePA/2026-09/licence 2026-09-01 50.00 9.50 59.50
        ");
}

/// Rule 9: a licence once charged in a closed month isn't taken back.
#[test]
fn a_channel_that_turns_out_to_have_ended_before_a_closed_month_still_owes_it() {
    a_closed_july().go("
        today    2026-08-31
        cancel   a1CH 2026-07-31
        invoice  elbePA/2026-07/licence 2026-07-01 25.00 4.75 29.75
        invoices elbePA 2026-08 plan
        ");
}

#[test]
fn a_top_up_of_a_closed_month_is_not_lost() {
    a_closed_july().go("
        top-up   2026-07-20 elbePA 10.00
        left     elbePA 2026-07-31 88.69
        left     elbePA 2026-08-01 98.69
        invoices elbePA 2026-08 plan licence top-up-1
        ");
}
