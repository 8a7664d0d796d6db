//! The VAT that 360Dialog applies, by country and VAT ID; once, on the top-up or on the usage.

use harness::story::{Story, tell};

/// The same month for a company of a country: a plan, a licence, a top-up, and a shortfall.
/// 10.00 + 50.00 − 68.40 (1,500 × 0.0456) = −8.40; fee 0.336 → 0.34; net 8.74.
fn a_month_of(company: &str) -> Story {
    tell(&format!(
        "
        today    2026-08-31
        book     partner {company}
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 10.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        top-up   2026-08-03 elbePA 50.00
        use      2026-08-04 a1CH DE utility 1500
        import   new=1 amount=68.40
        "
    ))
}

#[test]
fn the_country_and_the_vat_id_decide() {
    // 500 × 19 % = 95.00; 25 × 19 % = 4.75; 50 × 19 % = 9.50; 8.74 × 19 % = 1.6606 → 1.66
    let with_vat = "
        invoice elbePA/2026-08/plan     2026-08-01 500.00 95.00 595.00
        invoice elbePA/2026-08/licence  2026-08-01  25.00  4.75  29.75
        invoice elbePA/2026-08/top-up-1 2026-08-03  50.00  9.50  59.50
        invoice elbePA/2026-08/closing  2026-09-01   8.74  1.66  10.40
        month   elbePA 2026-08 583.74 110.91 694.65
    ";
    let without = "
        invoice elbePA/2026-08/plan     2026-08-01 500.00 0.00 500.00
        invoice elbePA/2026-08/licence  2026-08-01  25.00 0.00  25.00
        invoice elbePA/2026-08/top-up-1 2026-08-03  50.00 0.00  50.00
        invoice elbePA/2026-08/closing  2026-09-01   8.74 0.00   8.74
        month   elbePA 2026-08 583.74 0.00 583.74
    ";
    for (company, expected) in [
        ("DE DE999999995", with_vat),
        ("DE", with_vat),
        ("ES", with_vat),            // in the EU, no VAT ID
        ("ES ESB12345674", without), // reverse charge
        ("GR EL999999993", without), // reverse charge; Greece writes EL
        ("BR", without),             // outside the EU
        ("GB GB123456789", without),
        ("CH", without),
    ] {
        let mut story = a_month_of(company);
        story.go("today 2026-09-01").go(expected);
        story.go("close elbePA 2026-08").go(expected);
    }
}

/// Rule 12, other value: the top-up bears none, and the month closing taxes usage and card fee.
#[test]
fn vat_can_fall_on_the_usage_and_then_not_on_the_top_up() {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 120.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        rule     elbePA vat-on usage from 2026-08
        top-up   2026-08-03 elbePA 2500.00
        use      2026-08-04 a1CH DE marketing 20000          # × 0.1131 = 2,262.00
        use      2026-08-04 a1CH ES marketing 6000           # × 0.0585 =   351.00
        use      2026-08-04 a1CH ES utility   2250           # × 0.0166 =    37.35
        use      2026-08-05 a1CH DE utility   1 cost=0.05    #               0.05
        import   new=4 amount=2650.40
        today    2026-09-01
        invoice  elbePA/2026-08/top-up-1 2026-08-03 2500.00 0.00 2500.00
        # net 30.40 + 1.22 = 31.62; VAT (2,650.40 + 1.22) × 19 % = 503.8078 → 503.81; 535.43
        invoice  elbePA/2026-08/closing  2026-09-01 31.62 503.81 535.43
        close    elbePA 2026-08
        invoice  elbePA/2026-08/closing  2026-09-01 31.62 503.81 535.43
        left     elbePA 2026-08-31 0.00                      # VAT never moves a balance
        refused  rule-used-by-closed-month rule elbePA vat-on top-up from 2026-08
        rule     elbePA vat-on top-up from 2026-09
        top-up   2026-09-01 elbePA 10.00
        invoice  elbePA/2026-09/top-up-1 2026-09-01 10.00 1.90 11.90
        ",
    );
}

/// A change of country or VAT ID holds from the next month.
#[test]
fn a_new_vat_id_holds_from_the_next_month() {
    tell(
        "
        today    2026-08-10
        book     partner ES
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        company  ES ESB12345674
        today    2026-09-01
        invoice  elbePA/2026-08/plan 2026-08-01 500.00 95.00 595.00
        invoice  elbePA/2026-09/plan 2026-09-01 500.00 0.00 500.00
        ",
    );
}
