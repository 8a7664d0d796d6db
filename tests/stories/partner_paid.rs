//! Partner-Paid: one shared balance, every invoice to the partner, none to a client.

use harness::story::tell;

/// Germany, so 19 % VAT; paid by card.
#[test]
fn two_months_in_euro_from_a_hubs_first_day_to_a_shortfall() {
    let mut story = tell(
        "
        today    2026-07-31
        book     partner DE DE999999995
        hub      elbePA partner-paid EUR growth since 2026-07-17
        client   marktCL of elbePA
        client   kafeeCL of elbePA
        channel  a1CH of marktCL regular           from 2026-07-17
        channel  b1CH of marktCL premium           from 2026-07-20
        channel  c1CH of kafeeCL higher-throughput from 2026-07-31
        channel  e1CH of kafeeCL regular           from 2026-07-25 to 2026-07-31
        top-up   2026-07-20 elbePA 120.00

        # July: nobody lived on the 1st, so no licence invoice; nothing used, so no month closing.
        today    2026-08-01
        invoices elbePA 2026-07 plan pro-rata top-up-1

        # 500.00 × 15/31 = 241.935… → 241.94; VAT 19 % 45.9686 → 45.97; 241.94 + 45.97 = 287.91
        invoice  elbePA/2026-07/plan      2026-07-01 241.94 45.97 287.91
        line     plan 241.94 growth 15/31 of=500.00

        # 25 × 15/31 = 12.0967… → 12.10    49 × 12/31 = 18.9677… → 18.97
        # 249 × 1/31 =  8.0322… →  8.03    25 ×  7/31 =  5.6451… →  5.65
        # 12.10 + 18.97 + 8.03 + 5.65 = 44.75; VAT 8.5025 → 8.50; gross 53.25
        invoice  elbePA/2026-07/pro-rata  2026-07-31 44.75 8.50 53.25

        # 120.00 + 22.80
        invoice  elbePA/2026-07/top-up-1  2026-07-20 120.00 22.80 142.80
        line     top-up 120.00 manual card

        # net 241.94 + 44.75 + 120.00 = 406.69; VAT 45.97 + 8.50 + 22.80 = 77.27; 483.96
        month    elbePA 2026-07 406.69 77.27 483.96
        close    elbePA 2026-07
        month    elbePA 2026-07 406.69 77.27 483.96

        #        target month    starting added  used refunds settled rounding ending
        balance  elbePA 2026-07  0.00     120.00 0.00 0.00    0.00    0.00     120.00
        ",
    );
    story.go(
        "
        today    2026-08-31
        plan     elbePA premium from 2026-08-11
        channel  d1CH of marktCL regular from 2026-08-17
        tier     b1CH higher-throughput from 2026-08-22      # dearer: the difference from its day
        tier     c1CH regular from 2026-08-05                # cheaper: from the next 1st
        cancel   a1CH 2026-08-10                             # still owes August whole
        top-up   2026-08-03 elbePA 2000.00
        top-up   2026-08-20 elbePA 500.00 auto

        #     day        channel place category  quantity
        use   2026-08-03 b1CH    DE    marketing 20000       # × 0.1131 = 2,262.00
        use   2026-08-04 a1CH    ES    marketing 6000        # × 0.0585 =   351.00
        use   2026-08-24 d1CH    ES    utility   2000        # × 0.0166 =    33.20
        use   2026-08-31 c1CH    BR    utility   750         # × 0.0056 =     4.20
        import new=4 changed=0 already=0 problems=0 unrated=0 late=0 amount=2650.40

        left  elbePA 2026-08-02  120.00
        left  elbePA 2026-08-03 -142.00      # 120.00 + 2,000.00 − 2,262.00
        left  elbePA 2026-08-04 -493.00      # − 351.00
        left  elbePA 2026-08-20  7.00        # + 500.00
        left  elbePA 2026-08-31 -30.40       # − 33.20 − 4.20
        # 11 charges: the plan and its rise, licences of a, b, c and d, the rise of b, four rows
        # 838.71 + 323.00 + 76.62 + 2,650.40 = 3,888.73
        charged elbePA 2026-08 11 3888.73 0
        sum     elbePA 2026-08 category utility 37.40                 # 33.20 + 4.20
        sum     elbePA 2026-08 market   Spain   384.20                # 351.00 + 33.20
        sum     elbePA 2026-08 channel  b1CH    2375.52               # 2,262.00 + 49.00 + 64.52

        today    2026-09-01
        invoices elbePA 2026-08 plan licence pro-rata top-up-1 top-up-2 closing

        # 1,000 − 500 = 500 dearer from the 11th: 500.00 × 21/31 = 338.7096… → 338.71
        # 838.71 × 19 % = 159.3549 → 159.35; 998.06
        invoice  elbePA/2026-08/plan     2026-08-01 838.71 159.35 998.06
        line     plan         500.00 growth
        line     plan-upgrade 338.71 premium 21/31 2026-08-11 of=500.00

        # e1CH ended on 31 July and owes nothing; a1CH is terminated on the 10th and owes all
        # 25.00 + 49.00 + 249.00 = 323.00; VAT 61.37; 384.37; lines by client and channel
        invoice  elbePA/2026-08/licence  2026-08-01 323.00 61.37 384.37
        line     licence 249.00 c1CH higher-throughput
        line     licence 25.00  a1CH regular
        line     licence 49.00  b1CH premium

        # 25 × 15/31 = 12.10; (249 − 49) × 10/31 = 64.5161… → 64.52; 76.62
        # VAT 14.5578 → 14.56; 91.18
        invoice  elbePA/2026-08/pro-rata 2026-08-31 76.62 14.56 91.18

        invoice  elbePA/2026-08/top-up-1 2026-08-03 2000.00 380.00 2380.00
        line     top-up 2000.00 manual card
        invoice  elbePA/2026-08/top-up-2 2026-08-20 500.00 95.00 595.00
        line     top-up 500.00 auto card

        # The checked example of rule 11: before = 120.00 + 2,500.00 − 2,650.40 = −30.40
        # settled 2,650.40 − 30.40 = 2,620.00; fee 30.40 × 4 % = 1.216 → 1.22; net 31.62
        # VAT 31.62 × 19 % = 6.0078 → 6.01; gross 37.63
        invoice  elbePA/2026-08/closing  2026-09-01 31.62 6.01 37.63
        line     messages              2650.40
        line     settled-with-balance -2620.00
        line     card-fee                 1.22 4% on=30.40
        #        reference               starting added   back out  used    late settled shortfall fee  ending net
        summary  elbePA/2026-08/closing  120.00   2500.00 0.00 0.00 2650.40 0.00 2620.00 30.40     1.22 0.00   31.62

        close    elbePA 2026-08
        invoice  elbePA/2026-08/closing  2026-09-01 31.62 6.01 37.63
        # 838.71 + 323.00 + 76.62 + 2,500.00 + 31.62 = 3,769.95
        # 159.35 + 61.37 + 14.56 + 475.00 + 6.01 = 716.29; 4,486.24
        month    elbePA 2026-08 3769.95 716.29 4486.24
        moved    elbePA 2026-08-31 settled-by-invoice 30.40 0.00
        #        target month    starting added   used    refunds settled rounding ending
        balance  elbePA 2026-08  120.00   2500.00 2650.40 0.00    30.40   0.00     0.00

        # September: premium whole; a1CH is gone, b1CH is 249.00, c1CH and d1CH are 25.00 each
        # 249 + 25 + 25 = 299.00; VAT 56.81; 355.81
        today    2026-09-30
        invoices elbePA 2026-09 plan licence
        invoice  elbePA/2026-09/plan     2026-09-01 1000.00 190.00 1190.00
        line     plan 1000.00 premium
        invoice  elbePA/2026-09/licence  2026-09-01 299.00 56.81 355.81
        line     licence  25.00 c1CH regular
        line     licence 249.00 b1CH higher-throughput
        line     licence  25.00 d1CH regular
        balance  elbePA 2026-09  0.00     0.00    0.00    0.00    0.00    0.00     0.00
        ",
    );
}

/// Brazil, so no VAT; paid by Pix, so no card fee; calls; a balance that began below zero.
#[test]
fn a_month_in_dollars_with_calls_from_an_opening_below_zero() {
    tell(
        "
        today    2026-08-31
        book     partner BR
        hub      sampaPA partner-paid USD premium since 2026-03-01 first 2026-08 opening -15.50 by pix
        client   lojaCL of sampaPA
        channel  x1CH of lojaCL regular from 2026-03-05
        channel  x2CH of lojaCL premium from 2026-06-01
        top-up   2026-08-02 sampaPA 300.00 emergency

        use      2026-08-05 x1CH BR marketing      3333      # × 0.0625 = 208.3125
        use      2026-08-05 x2CH BR utility        777       # × 0.0068 =   5.2836
        use      2026-08-07 x2CH US authentication 1001      # × 0.0034 =   3.4034
        use      2026-08-06 x1CH BR call           46        # 4.6 minutes × 0.0108 = 0.04968
        # 208.3125 + 5.2836 + 3.4034 = 216.9995; + 0.04968 = 217.04918
        import   new=4 problems=0 unrated=0 amount=217.04918

        left     sampaPA 2026-08-01 -15.50
        left     sampaPA 2026-08-05  70.9039                 # − 15.50 + 300.00 − 213.5961
        left     sampaPA 2026-08-31  67.45082                # − 3.4034 − 0.04968

        today    2026-09-01
        close    sampaPA 2026-08
        invoices sampaPA 2026-08 plan licence top-up-1 closing
        invoice  sampaPA/2026-08/plan     2026-08-01 1000.00 0.00 1000.00
        invoice  sampaPA/2026-08/licence  2026-08-01 74.00 0.00 74.00      # 25.00 + 49.00
        invoice  sampaPA/2026-08/top-up-1 2026-08-02 300.00 0.00 300.00
        line     top-up 300.00 emergency pix

        # 217.04918 → 217.05. Messages 216.99|95 and calls 0.04|968: both take a missing cent.
        # The balance was charged 0.00082 too little: rounding −0.00082.
        # before = −15.50 + 300.00 − 217.05 = 67.45, so nothing is payable.
        invoice  sampaPA/2026-08/closing  2026-09-01 0.00 0.00 0.00
        line     messages              217.00
        line     calls                   0.05
        line     settled-with-balance -217.05
        #        reference                starting added  back out  used   late settled shortfall fee  ending net
        summary  sampaPA/2026-08/closing  -15.50   300.00 0.00 0.00 217.05 0.00 217.05  0.00      0.00 67.45  0.00
        moved    sampaPA 2026-08-31 rounding -0.00082 67.45
        # Used is what the month closing says; the rounding is told beside it.
        left     sampaPA 2026-08-31 67.45
        month    sampaPA 2026-08 1374.00 0.00 1374.00        # 1,000 + 74 + 300 + 0
        ",
    );
}

/// By Pix or Boleto the shortfall bears no card fee.
#[test]
fn a_shortfall_paid_without_a_card_bears_no_fee() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      spreePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 10.00 by boleto
        client   kundeCL of spreePA
        channel  s1CH of kundeCL regular from 2026-01-01
        use      2026-08-09 s1CH DE utility 1000             # × 0.0456 = 45.60
        import   new=1 amount=45.60
        today    2026-09-01
        close    spreePA 2026-08
        # 10.00 − 45.60 = −35.60; VAT 35.60 × 19 % = 6.764 → 6.76; 42.36
        invoice  spreePA/2026-08/closing 2026-09-01 35.60 6.76 42.36
        line     messages              45.60
        line     settled-with-balance -10.00
        balance  spreePA 2026-08 10.00 0.00 45.60 0.00 35.60 0.00 0.00
        ",
    );
}

/// The termination day is the channel's last day.
#[test]
fn a_licence_is_owed_for_every_month_that_the_channel_lives_in() {
    tell(
        "
        today    2026-09-30
        book     partner DE
        hub      isarPA partner-paid EUR growth since 2026-01-01 first 2026-08
        client   kundeCL of isarPA
        channel  i1CH of kundeCL regular from 2026-01-01 to 2026-07-31   # owes nothing of August
        channel  i2CH of kundeCL regular from 2026-01-01 to 2026-08-01   # owes August whole
        channel  i3CH of kundeCL premium from 2026-01-01 to 2026-08-31   # owes August, not September
        channel  i4CH of kundeCL regular from 2026-08-17 to 2026-08-20   # pro-rata from its start
        invoice  isarPA/2026-08/licence  2026-08-01 74.00 14.06 88.06    # 25.00 + 49.00
        line     licence 25.00 i2CH
        line     licence 49.00 i3CH
        invoice  isarPA/2026-08/pro-rata 2026-08-31 12.10 2.30 14.40     # 25 × 15/31; VAT 2.299
        line     pro-rata-licence 12.10 i4CH 15/31 of=25.00
        invoices isarPA 2026-09 plan
        ",
    );
}

/// Auto-renewal, a plan and channels alone: nothing was used.
#[test]
fn a_month_without_usage_has_no_month_closing_invoice() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      mainPA partner-paid EUR growth since 2026-01-01 first 2026-08 opening -50.00
        client   kundeCL of mainPA
        channel  m1CH of kundeCL regular from 2026-01-01
        use      2026-08-09 m1CH DE utility 100 type=free_customer_service   # free: 0.00
        use      2026-08-09 m1CH DE service 100                              # free before October
        import   new=2 unrated=0 amount=0.00
        today    2026-09-01
        close    mainPA 2026-08
        invoices mainPA 2026-08 plan licence
        balance  mainPA 2026-08 -50.00 0.00 0.00 0.00 0.00 0.00 -50.00
        ",
    );
}
