//! What was done and is taken back: the books then say what they said before, in every list,
//! balance, statement and preview, and every invariant holds after each step (the harness looks).

use harness::story::tell;

const BEGINNING: &str = "
        today    2026-08-31
        book     partner DE DE999999995
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 120.00
        hub      donauPA direct-paid USD growth since 2026-01-01 first 2026-08
        client   kundeCL of elbePA
        client   clienteCL of donauPA
        channel  a1CH of kundeCL regular from 2026-01-01
        channel  d1CH of clienteCL regular from 2026-01-01
";

#[test]
fn a_top_up_goes_with_its_vat_its_invoice_and_its_movement() {
    tell(BEGINNING).go(
        "
        top-up   2026-08-03 elbePA 500.00
        mark     before
        top-up   2026-08-04 elbePA 80.00
        top-up   2026-08-04 d1CH 40.00
        left     elbePA 2026-08-31 700.00
        undo
        undo
        as       before
        left     elbePA 2026-08-31 620.00
        left     d1CH 2026-08-31 0.00
        undo                                                  # the first top-up, as the undos are passed over
        left     elbePA 2026-08-31 120.00
        top-up   2026-08-03 elbePA 500.00
        as       before
        ",
    );
}

#[test]
fn refunds_go_and_a_balance_that_was_paid_out_is_not_taken_away() {
    tell(BEGINNING).go("
        mark     start
        top-up   2026-08-03 elbePA 500.00
        mark     before
        refund   2026-08-20 elbePA 3.00 to balance
        undo
        as       before
        refund   2026-08-21 elbePA 200.00 to bank             # leaves 420.00
        refused  paid-out-meanwhile undo top-up               # it would be -80.00
        undo     refund
        as       before
        undo     top-up
        as       start
        ");
}

#[test]
fn an_import_goes_whole_and_the_same_file_comes_again_as_the_first_time() {
    tell(BEGINNING).go("
        mark     before
        use      2026-08-03 a1CH DE marketing 1000            # × 0.1131 = 113.10
        use      2026-08-03 a1CH ES utility 10                # × 0.0166 = 0.166
        use      2026-08-04 a1CH DE call 100                  # no price for calls in EUR
        use      2026-08-05 d1CH BR marketing 100             # × 0.0625 = 6.25 USD
        import   new=4 unrated=1
        mark     booked
        left     elbePA 2026-08-31 6.734
        again    new=0 already=4
        undo                                                  # of nothing that changed
        undo
        as       before
        left     elbePA 2026-08-31 120.00
        again    new=4 unrated=1
        as       booked
        undo
        as       before
        ");
}

#[test]
fn rows_that_an_import_changed_are_what_they_were() {
    tell(BEGINNING).go("
        use      2026-08-03 a1CH DE marketing 1000 id=r1      # 113.10
        use      2026-08-03 a1CH DE marketing 10 id=r2        # 1.131
        use      2026-08-05 d1CH BR marketing 100 id=r3
        import   new=3
        mark     before
        use      2026-08-03 a1CH DE marketing 900 id=r1       # 101.79
        use      2026-08-06 d1CH BR marketing 100 id=r3       # another day
        import   changed=2 new=0
        left     elbePA 2026-08-31 17.079
        refused  undo-other-first undo import-usage first
        undo
        as       before
        again    changed=2 new=0
        left     elbePA 2026-08-31 17.079
        undo
        as       before
        undo
        left     elbePA 2026-08-31 120.00
        left     d1CH 2026-08-31 0.00
        ");
}

#[test]
fn free_service_messages_are_dealt_anew_when_an_import_goes() {
    tell(BEGINNING).go("
        today    2026-10-31
        use      2026-10-20 d1CH DE service 800 id=late
        import   new=1
        mark     before
        use      2026-10-02 d1CH DE service 600 id=early      # takes 600 of the 1,000 first
        import   new=1
        undo
        as       before
        again    new=1
        use      2026-10-03 d1CH DE service 100 id=third
        import   new=1
        undo
        undo
        as       before
        ");
}

#[test]
fn a_price_by_hand_and_a_waiver_go_and_the_charge_asks_again() {
    tell(BEGINNING).go("
        use      2026-08-03 a1CH DE call 100 id=r1
        use      2026-08-04 a1CH DE call 50 id=r2
        import   new=2 unrated=2
        mark     before
        price    1 0.30
        left     elbePA 2026-08-31 119.70
        refused  still-rested-on undo import-usage
        undo
        as       before
        waive    1 a test call
        waive    1 another
        undo     waive
        undo     waive
        as       before
        price    1 0.30
        use      2026-08-03 a1CH DE call 100 id=r1 cost=0.28
        import   changed=1
        refused  undo-other-first undo price-charge
        undo
        undo
        as       before
        ");
}

#[test]
fn a_card_and_a_choice_between_cards_go_with_what_they_priced() {
    tell(BEGINNING).go("
        today    2026-10-31
        use      2026-10-02 a1CH DE marketing 100             # EUR has no card from October on
        import   new=1 unrated=1
        mark     before
        card     2026-10-01 EUR Germany marketing 0.12
        prices   rated=1
        left     elbePA 2026-10-31 108.00
        card     2026-10-01 EUR Germany marketing 0.10
        prices
        choose   EUR 2026-10-01 last
        left     elbePA 2026-10-31 110.00
        refused  undo-other-first undo import-prices
        undo
        left     elbePA 2026-10-31 108.00
        undo
        undo
        left     elbePA 2026-10-31 120.00
        charged  elbePA 2026-10 3 525.00 1
        as       before
        ");
}

#[test]
fn parties_and_their_settings_are_what_they_were() {
    tell(
        "
        today    2026-08-31
        book     partner DE DE999999995
        mark     empty
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 120.00
        mark     hub
        client   kundeCL of elbePA
        mark     client
        channel  a1CH of kundeCL regular from 2026-01-01
        mark     channel
        tier     a1CH premium from 2026-08-10
        undo
        as       channel
        cancel   a1CH 2026-08-20
        undo
        as       channel
        plan     elbePA premium from 2026-08-11
        undo
        as       channel
        pay-by   elbePA pix
        undo
        as       channel
        opening  elbePA 100.00
        undo
        as       channel
        end-hub  elbePA 2026-08-31
        undo
        as       channel
        refused  still-rested-on undo add-client
        refused  still-rested-on undo add-hub
        tier     a1CH premium from 2026-08-10
        tier     a1CH regular from 2026-08-10
        refused  undo-other-first undo edit-channel first
        undo
        undo
        as       channel
        use      2026-08-03 a1CH DE marketing 1000
        import
        refused  still-rested-on undo add-channel
        undo
        undo
        as       client
        channel  a1CH of kundeCL regular from 2026-01-01      # its id is free again
        undo
        undo
        as       hub
        undo
        as       empty
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 120.00
        as       hub
        undo
        hub      elbePA direct-paid USD growth since 2026-01-01
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        opening  a1CH 12.00
        top-up   2026-08-03 a1CH 5.00
        refused  still-rested-on undo add-channel
        undo
        undo
        undo
        undo
        undo
        as       empty
        ",
    );
}

#[test]
fn rules_and_the_company_are_what_they_were_with_what_was_posted_under_them() {
    tell(BEGINNING).go("
        today    2026-10-31
        top-up   2026-08-03 elbePA 500.00
        use      2026-10-02 d1CH DE service 1200              # 200 are charged
        use      2026-10-03 a1CH DE marketing 100             # EUR has no card from October on
        import   new=2 unrated=1
        mark     before
        rule     elbePA vat-on usage from 2026-08
        undo
        as       before
        rule     donauPA free-service-messages off from 2026-10
        undo
        as       before
        rule     elbePA outdated-card estimate from 2026-10
        undo
        as       before
        volume   clienteCL Germany utility 250000 from 2026-08
        undo
        as       before
        company  FR FR83404833048
        undo
        as       before
        rule     elbePA vat-on usage from 2026-08
        top-up   2026-08-05 elbePA 100.00                     # under the rule, without VAT
        undo     set-rule
        undo     top-up
        as       before
        close    elbePA 2026-08
        refused  close-is-for-good undo
        refused  undone-month-is-closed undo top-up
        refused  undone-month-is-closed undo add-channel first
        ");
}

/// A closed month keeps the names of all channels that there are, those that begin later too.
#[test]
fn a_channel_that_begins_later_stays_once_an_earlier_month_is_closed() {
    tell(BEGINNING).go("
        today    2026-09-02
        mark     before
        channel  a9CH of kundeCL regular from 2026-09-01
        undo     add-channel
        as       before
        channel  a9CH of kundeCL regular from 2026-09-01
        close    elbePA 2026-08
        refused  undone-month-is-closed undo add-channel
        ");
}

#[test]
fn what_was_paid_out_before_does_not_rest_on_what_came_after() {
    tell(BEGINNING).go("
        refund   2026-08-20 elbePA 60.00 to bank              # leaves 60.00
        use      2026-08-03 a1CH DE marketing 1000            # 113.10: it was used before
        import   new=1
        mark     before
        left     elbePA 2026-08-31 -53.10
        refund   2026-08-10 elbePA 80.00 to balance           # entered after the pay-out
        undo
        as       before
        top-up   2026-08-10 elbePA 80.00
        undo
        as       before
        ");
}

#[test]
fn what_changed_nothing_is_undone_too_and_is_in_nobodys_way() {
    tell(BEGINNING).go("
        top-up   2026-08-03 elbePA 500.00
        mark     before
        opening  elbePA 120.00                                # as it is
        plan     elbePA growth from 2026-08-11                # as it is
        undo
        undo
        as       before
        undo                                                  # the top-up
        left     elbePA 2026-08-31 120.00
        ");
}

#[test]
fn a_company_that_is_what_it_was_again_is_so_from_the_next_month() {
    tell(BEGINNING).go("
        mark     before
        company  FR FR83404833048                             # holds from September
        company  DE DE999999995                               # by mistake, so said again
        as       before
        today    2026-09-20
        top-up   2026-09-03 elbePA 500.00
        invoice  elbePA/2026-09/top-up-1 2026-09-03 500.00 95.00 595.00
        ");
}
