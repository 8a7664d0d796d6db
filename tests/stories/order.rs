//! Months close in order, when they are over, and never open again; money goes to the balance
//! that the billing model has.

use harness::story::tell;

#[test]
fn months_close_in_order_and_only_when_they_are_over() {
    tell(
        "
        today    2026-07-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07
        refused  month-is-not-over      close elbePA 2026-07
        refused  month-before-the-books close elbePA 2026-06
        today    2026-09-01
        refused  earlier-month-is-open  close elbePA 2026-08
        close    elbePA 2026-07
        refused  month-is-closed        close elbePA 2026-07
        close    elbePA 2026-08
        refused  month-is-not-over      close elbePA 2026-09
        refused  hub-not-found          close nonePA 2026-09
        refused  not-a-month            close elbePA 2026-13
        ",
    );
}

#[test]
fn a_hub_that_was_closed_has_no_month_after_its_last_day() {
    tell(
        "
        today    2026-09-30
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        end-hub  elbePA 2026-08-20
        refused  hub-is-closed top-up 2026-08-21 elbePA 10.00
        # The plan and the licence of the last month are owed whole.
        invoice  elbePA/2026-08/plan    2026-08-01 500.00 95.00 595.00
        invoice  elbePA/2026-08/licence 2026-08-01 25.00 4.75 29.75
        close    elbePA 2026-08
        refused  month-after-the-hub close elbePA 2026-09
        ",
    );
}

#[test]
fn what_comes_late_after_a_hubs_end_is_settled_in_a_month_of_its_own() {
    tell(
        "
        today    2026-09-30
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 100.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        end-hub  elbePA 2026-08-20
        close    elbePA 2026-08
        # 100 × 0.1131 = 11.31 of August, booked on 1 September: 100.00 − 11.31 = 88.69
        use      2026-08-10 a1CH DE marketing 100
        import   new=1 late=1 amount=11.31
        left     elbePA 2026-09-01 88.69
        # What is left is paid out after the end.
        refund   2026-09-05 elbePA 88.69 to bank
        left     elbePA 2026-09-05 0.00
        today    2026-10-01
        close    elbePA 2026-09
        # No plan and no licence are due any more.
        invoices elbePA 2026-09 closing
        refused  month-after-the-hub close elbePA 2026-10
        ",
    );
}

#[test]
fn money_goes_to_the_balance_that_the_billing_model_has() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA  partner-paid EUR growth since 2026-01-01 first 2026-08
        hub      rheinPA direct-paid  USD growth since 2026-01-01 first 2026-08
        client   oneCL of elbePA
        client   twoCL of rheinPA
        channel  a1CH of oneCL regular from 2026-01-01
        channel  p1CH of twoCL regular from 2026-01-01
        refused  channel-has-no-balance top-up 2026-08-03 a1CH    10.00
        refused  hub-has-no-balance     top-up 2026-08-03 rheinPA 10.00
        refused  channel-not-found      top-up 2026-08-03 nonCH   10.00
        refused  before-the-books       top-up 2026-07-31 elbePA  10.00
        refused  in-the-future          top-up 2026-09-01 elbePA  10.00
        refused  not-a-day              top-up 2026-02-30 elbePA  10.00
        refused  not-an-amount          top-up 2026-08-03 elbePA  ten
        refused  amount-not-positive    top-up 2026-08-03 elbePA  0.00
        refused  amount-not-positive    top-up 2026-08-03 elbePA  -5.00
        refused  too-many-decimals      top-up 2026-08-03 elbePA  0.001
        refused  amount-too-large       top-up 2026-08-03 elbePA  10000000000.01
        top-up   2026-08-03 elbePA 10.00
        top-up   2026-08-03 p1CH   10.00
        left     elbePA 2026-08-31 10.00
        left     p1CH   2026-08-31 10.00
        ",
    );
}

/// Rules that a closed month used stay; they can be set from the first open month on.
#[test]
fn a_rule_can_be_set_until_a_closed_month_used_it() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-07-17 first 2026-07
        client   oneCL of elbePA
        channel  a1CH of oneCL regular from 2026-07-17
        invoice  elbePA/2026-07/plan     2026-07-01 241.94 45.97 287.91   # 500 × 15/31
        rule     elbePA plan-first-month whole-month from 2026-07
        invoice  elbePA/2026-07/plan     2026-07-01 500.00 95.00 595.00
        invoice  elbePA/2026-07/pro-rata 2026-07-31 12.10 2.30 14.40      # 25 × 15/31
        rule     elbePA proration after-start-day from 2026-07
        invoice  elbePA/2026-07/pro-rata 2026-07-31 11.29 2.15 13.44      # 25 × 14/31 = 11.2903; VAT 2.1451
        refused  unknown-choice rule elbePA proration sometimes from 2026-07
        refused  unknown-choice rule elbePA horoscope leo from 2026-07
        close    elbePA 2026-07
        refused  rule-used-by-closed-month rule elbePA proration from-start-day from 2026-07
        rule     elbePA proration from-start-day from 2026-08
        invoice  elbePA/2026-07/pro-rata 2026-07-31 11.29 2.15 13.44
        ",
    );
}

/// Higher Throughput besides Premium, and a card fee on plan and licences.
#[test]
fn other_choices_of_the_assumed_rules_change_the_sums() {
    tell(
        "
        today    2026-08-31
        book     partner BR
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   oneCL of elbePA
        channel  a1CH of oneCL higher-throughput from 2026-01-01
        channel  b1CH of oneCL regular from 2026-01-01 to 2026-08-01
        rule     elbePA higher-throughput adds-to-premium from 2026-08
        invoice  elbePA/2026-08/licence 2026-08-01 323.00 0.00 323.00     # 249 + 49 + 25
        rule     elbePA termination-day day-after from 2026-08
        invoice  elbePA/2026-08/licence 2026-08-01 298.00 0.00 298.00     # b1CH lived until 31 July
        rule     elbePA card-fee-on shortfall-and-fees from 2026-08
        # 298.00 × 4 % = 11.92; 309.92
        invoice  elbePA/2026-08/licence 2026-08-01 309.92 0.00 309.92
        invoice  elbePA/2026-08/plan    2026-08-01 520.00 0.00 520.00     # 500 × 4 % = 20.00
        ",
    );
}
