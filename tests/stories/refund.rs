//! Refunds: usage given back grows the balance, unused balance paid out shrinks it.

use harness::story::tell;

#[test]
fn refunds_go_both_ways_and_never_above_the_balance() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        top-up   2026-08-02 elbePA 100.00
        use      2026-08-04 a1CH DE utility 500              # × 0.0456 = 22.80
        import   new=1 amount=22.80
        refund   2026-08-10 elbePA 5.00 to balance
        moved    elbePA 2026-08-10 refund-to-balance 5.00 82.20
        refund   2026-08-12 elbePA 20.00 to bank
        moved    elbePA 2026-08-12 paid-out -20.00 62.20
        refused  pay-out-above-balance refund 2026-08-13 elbePA 62.21 to bank
        refused  amount-not-positive   refund 2026-08-13 elbePA 0 to bank
        refused  in-the-future         refund 2026-09-01 elbePA 1.00 to bank
        refused  channel-has-no-balance refund 2026-08-13 a1CH 1.00 to balance

        today    2026-09-01
        close    elbePA 2026-08
        # before = 100.00 + 5.00 − 20.00 − 22.80 = 62.20
        invoice  elbePA/2026-08/closing 2026-09-01 0.00 0.00 0.00
        line     messages              22.80
        line     settled-with-balance -22.80
        #        reference               starting added  back out   used  late settled shortfall fee  ending net
        summary  elbePA/2026-08/closing  0.00     100.00 5.00 20.00 22.80 0.00 22.80   0.00      0.00 62.20  0.00
        #        target month   starting added  used  refunds settled rounding ending
        balance  elbePA 2026-08 0.00     100.00 22.80 -15.00  0.00    0.00     62.20

        # A refund that belongs to the closed month is booked on the first open day.
        refund   2026-08-20 elbePA 2.20 to bank
        left     elbePA 2026-08-31 62.20
        left     elbePA 2026-09-01 60.00
        refused  pay-out-above-balance refund 2026-09-01 elbePA 60.01 to bank
        refund   2026-09-01 elbePA 60.00 to bank
        left     elbePA 2026-09-01 0.00
        ",
    );
}

#[test]
fn a_channel_of_a_direct_paid_hub_has_its_own_refunds() {
    tell(
        "
        today    2026-08-31
        book     client DE
        hub      donauPA direct-paid USD - since 2026-08-01
        channel  k1CH of donauPA regular from 2026-08-01
        channel  k2CH of donauPA regular from 2026-08-01
        top-up   2026-08-02 k1CH 30.00
        top-up   2026-08-02 k2CH 5.00
        refused  hub-has-no-balance    refund 2026-08-03 donauPA 1.00 to bank
        refused  pay-out-above-balance refund 2026-08-03 k2CH 5.01 to bank
        refund   2026-08-03 k2CH 5.00 to bank
        refund   2026-08-03 k1CH 1.25 to balance
        left     k1CH 2026-08-31 31.25
        left     k2CH 2026-08-31 0.00
        ",
    );
}
