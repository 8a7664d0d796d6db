//! Direct-Paid: a balance for each channel, invoices to the client. A partner's book has the plan
//! alone; a client's book has the other half.

use harness::story::tell;

#[test]
fn a_month_in_euro_in_a_partners_book_is_the_plan_and_a_number_of_invoices_to_clients() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      rheinPA direct-paid EUR premium since 2026-08-11
        client   oneCL of rheinPA
        client   twoCL of rheinPA
        channel  p1CH of oneCL regular from 2026-08-11
        channel  p2CH of twoCL premium from 2026-08-17
        opening  p1CH 1.50
        top-up   2026-08-12 p1CH 40.00 auto
        top-up   2026-08-18 p2CH 20.00
        top-up   2026-08-19 p2CH 20.00 emergency
        use      2026-08-12 p1CH DE utility 1000             # × 0.0456 = 45.60
        use      2026-08-13 p1CH GB marketing 10             # × 0.0526 =  0.526
        import   new=2 amount=46.126
        today    2026-09-01
        left     p1CH 2026-08-31 -4.626                      # 1.50 + 40.00 − 46.126
        left     p2CH 2026-08-31 40.00

        # 1,000.00 × 21/31 = 677.4193… → 677.42; VAT 128.7098 → 128.71; 806.13
        invoices rheinPA 2026-08 plan
        invoice  rheinPA/2026-08/plan 2026-08-01 677.42 128.71 806.13
        line     plan 677.42 premium 21/31 of=1000.00

        # To clients: p1CH pro-rata, top-up, month closing; p2CH pro-rata and two top-ups.
        close    rheinPA 2026-08 to-clients 6
        invoices rheinPA 2026-08 plan
        month    rheinPA 2026-08 677.42 128.71 806.13

        # 46.126 → 46.13: rounding −0.004; 1.50 + 40.00 − 46.13 = −4.63 settled by invoice
        moved    p1CH 2026-08-31 settled-by-invoice 4.63 0.00
        left     p1CH 2026-08-31 0.00
        balance  p2CH 2026-08 0.00 40.00 0.00 0.00 0.00 0.00 40.00
        left     p2CH 2026-09-01 40.00
        ",
    );
}

#[test]
fn a_month_in_dollars_in_a_partners_book() {
    tell(
        "
        today    2026-08-31
        book     partner BR
        hub      bahiaPA direct-paid USD growth since 2026-02-01 first 2026-08
        client   oneCL of bahiaPA
        channel  q1CH of oneCL regular from 2026-02-01
        channel  q2CH of oneCL regular from 2026-02-01 to 2026-07-31
        top-up   2026-08-02 q1CH 100.00
        use      2026-08-05 q1CH BR marketing 800            # × 0.0625 = 50.00
        use      2026-08-06 q1CH BR call 100                 # 10 minutes × 0.0108 = 0.108
        import   new=2 amount=50.108
        today    2026-09-01
        # To clients: q1CH licence, top-up, month closing; q2CH nothing.
        close    bahiaPA 2026-08 to-clients 3
        invoices bahiaPA 2026-08 plan
        invoice  bahiaPA/2026-08/plan 2026-08-01 500.00 0.00 500.00
        # 50.108 → 50.11: rounding −0.002; 100.00 − 50.11 = 49.89
        left     q1CH 2026-08-31 49.89
        moved    q1CH 2026-08-31 rounding -0.002 49.89
        # Nothing used next month: no month closing; the licence remains.
        today    2026-10-01
        close    bahiaPA 2026-09 to-clients 1
        left     q1CH 2026-09-30 49.89
        ",
    );
}

#[test]
fn a_month_in_dollars_in_a_clients_book_has_every_invoice_per_channel() {
    tell(
        "
        today    2026-08-31
        book     client DE
        hub      donauPA direct-paid USD - since 2026-05-01 first 2026-08
        channel  k1CH of donauPA regular           from 2026-05-01
        channel  k2CH of donauPA higher-throughput from 2026-08-20
        opening  k1CH 10.00
        top-up   2026-08-03 k1CH 50.00 auto
        top-up   2026-08-21 k2CH 30.00
        use      2026-08-05 k1CH DE marketing 600            # × 0.1365 = 81.90
        use      2026-08-06 k1CH DE call 100                 # 10 minutes × 0.0103 = 0.103
        import   new=2 amount=82.003
        today    2026-09-01
        close    donauPA 2026-08
        invoices donauPA 2026-08 licence/k1CH pro-rata/k2CH top-up-1/k1CH top-up-1/k2CH closing/k1CH

        invoice  donauPA/2026-08/licence/k1CH  2026-08-01 25.00 4.75 29.75
        # 249 × 12/31 = 96.3870… → 96.39; VAT 18.3141 → 18.31; 114.70
        invoice  donauPA/2026-08/pro-rata/k2CH 2026-08-31 96.39 18.31 114.70
        line     pro-rata-licence 96.39 k2CH 12/31 higher-throughput
        invoice  donauPA/2026-08/top-up-1/k1CH 2026-08-03 50.00 9.50 59.50
        invoice  donauPA/2026-08/top-up-1/k2CH 2026-08-21 30.00 5.70 35.70

        # 82.003 → 82.00, rounding 0.003. Messages 81.90, calls 0.10|3.
        # 10.00 + 50.00 − 82.00 = −22.00; settled 60.00; fee 0.88; net 22.88
        # VAT 4.3472 → 4.35; 27.23
        invoice  donauPA/2026-08/closing/k1CH  2026-09-01 22.88 4.35 27.23
        line     messages              81.90
        line     calls                  0.10
        line     settled-with-balance -60.00
        line     card-fee               0.88 4% on=22.00
        #        reference                     starting added back out  used  late settled shortfall fee  ending net
        summary  donauPA/2026-08/closing/k1CH  10.00    50.00 0.00 0.00 82.00 0.00 60.00   22.00     0.88 0.00   22.88
        moved    k1CH 2026-08-31 settled-by-invoice 22.00 0.00
        left     k1CH 2026-08-31 0.00
        left     k2CH 2026-08-31 30.00
        # 25.00 + 96.39 + 50.00 + 30.00 + 22.88 = 224.27; VAT 4.75 + 18.31 + 9.50 + 5.70 + 4.35 = 42.61
        month    donauPA 2026-08 224.27 42.61 266.88
        ",
    );
}

/// Spain with a VAT ID: reverse charge.
#[test]
fn a_month_in_euro_in_a_clients_book_under_reverse_charge() {
    tell(
        "
        today    2026-08-31
        book     client ES ESB12345674
        hub      ebroPA direct-paid EUR - since 2026-05-01 first 2026-08
        channel  r1CH of ebroPA premium from 2026-05-01
        top-up   2026-08-03 r1CH 50.00
        top-up   2026-08-10 r1CH 50.00 auto
        use      2026-08-05 r1CH ES utility 2000             # × 0.0166 = 33.20
        import   new=1 amount=33.20
        tier     r1CH higher-throughput from 2026-08-30
        today    2026-09-01
        close    ebroPA 2026-08
        invoices ebroPA 2026-08 licence/r1CH pro-rata/r1CH top-up-1/r1CH top-up-2/r1CH closing/r1CH
        invoice  ebroPA/2026-08/licence/r1CH  2026-08-01 49.00 0.00 49.00
        # (249 − 49) × 2/31 = 12.9032… → 12.90
        invoice  ebroPA/2026-08/pro-rata/r1CH 2026-08-31 12.90 0.00 12.90
        line     tier-upgrade 12.90 r1CH 2/31 2026-08-30 of=200.00
        invoice  ebroPA/2026-08/top-up-2/r1CH 2026-08-10 50.00 0.00 50.00
        # 100.00 − 33.20 = 66.80 is left, nothing is payable
        invoice  ebroPA/2026-08/closing/r1CH  2026-09-01 0.00 0.00 0.00
        line     messages              33.20
        line     settled-with-balance -33.20
        balance  r1CH 2026-08 0.00 100.00 33.20 0.00 0.00 0.00 66.80
        month    ebroPA 2026-08 161.90 0.00 161.90           # 49.00 + 12.90 + 100.00
        ",
    );
}

#[test]
fn a_book_takes_only_the_hubs_that_its_owner_can_have() {
    tell(
        "
        today    2026-08-31
        book     client DE
        refused  partner-paid-in-client-book hub aaaaPA partner-paid EUR - since 2026-08-01
        refused  plan-in-client-book         hub aaaaPA direct-paid EUR growth since 2026-08-01
        hub      aaaaPA direct-paid EUR - since 2026-08-01
        refused  method-not-for-clients      pay-by aaaaPA pix
        ",
    );
    tell(
        "
        today    2026-08-31
        book     partner DE
        refused  plan-missing     hub aaaaPA partner-paid EUR - since 2026-08-01
        refused  unknown-currency hub aaaaPA partner-paid GBP growth since 2026-08-01
        hub      aaaaPA partner-paid EUR growth since 2026-08-01
        refused  id-taken         hub aaaaPA direct-paid USD growth since 2026-08-01
        ",
    );
}
