//! Sums by hand, and what stands in the way of an invoice.

use super::*;
use crate::bank::Iban;
use crate::country::Country;
use crate::invoice_fault::{PartyDetail, PartyRole};
use crate::invoice_party::{BankAccount, Contact, PostalAddress};
use crate::money::plain_text;
use crate::period::parse_date;
use crate::tax::VatId;

fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn euro(text: &str) -> Money {
    Money::new(dec(text), Currency::Eur)
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn number(text: &str) -> InvoiceNumber {
    InvoiceNumber::parse(text).unwrap()
}

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

fn address(city: &str, code: &str) -> PostalAddress {
    PostalAddress {
        street: "Elbstraße 1".to_owned(),
        post_code: "01067".to_owned(),
        city: city.to_owned(),
        country: Some(country(code)),
        ..PostalAddress::default()
    }
}

fn seller() -> Seller {
    Seller {
        name: "Elbchat GmbH".to_owned(),
        address: address("Dresden", "DE"),
        vat_id: Some(VatId::parse("DE136695976", country("DE")).unwrap()),
        contact: Contact {
            name: "Ada Roth".to_owned(),
            phone: "+49 351 5550200".to_owned(),
            email: "billing@elbchat.example".to_owned(),
        },
        bank: Some(BankAccount {
            iban: Iban::parse("DE89370400440532013000").unwrap(),
            bic: None,
            holder: "Elbchat GmbH".to_owned(),
        }),
        ..Seller::default()
    }
}

fn buyer() -> Buyer {
    Buyer {
        name: "Bäckerei Süß e. K.".to_owned(),
        address: address("Leipzig", "DE"),
        ..Buyer::default()
    }
}

fn standard() -> VatCase {
    VatCase::Standard { percent: 19.into() }
}

fn reduced() -> VatCase {
    VatCase::Reduced { percent: 7.into() }
}

fn line(quantity: &str, price: &str, vat: VatCase) -> InvoiceLine {
    InvoiceLine {
        text: "Messages".to_owned(),
        description: String::new(),
        group: String::new(),
        quantity: dec(quantity),
        unit: Unit::One,
        unit_price: euro(price),
        vat,
    }
}

fn draft(lines: Vec<InvoiceLine>) -> DraftInvoice {
    DraftInvoice {
        lines,
        delivered_on: Some(issued()),
        ..DraftInvoice::new(InvoiceKind::Invoice, Currency::Eur, seller(), buyer())
    }
}

fn issued() -> Date {
    day("2026-11-28")
}

fn faults(draft: DraftInvoice) -> Vec<String> {
    let faults = draft.check(issued()).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn vat_is_worked_out_once_for_each_rate() {
    // 3 × 0.335 = 1.005 → 1.01; 7 × 0.0456 = 0.3192 → 0.32; 0.95 + 0.95 + 0.96 = 2.86.
    // 19 % of 1.33 = 0.2527 → 0.25; 7 % of 2.86 = 0.2002 → 0.20. Line by line, VAT at 7 % would be
    // 0.0665 → 0.07, three times: 0.21.
    let checked = draft(vec![
        line("3", "0.335", standard()),
        line("1", "0.95", reduced()),
        line("7", "0.0456", standard()),
        line("1", "0.95", reduced()),
        line("1", "0.96", reduced()),
    ])
    .check(issued())
    .unwrap();
    let sums = checked.sums();
    let rows: Vec<_> = sums
        .vat
        .iter()
        .map(|sum| {
            (
                plain_text(sum.case.percent()),
                plain_text(sum.basis.amount()),
                plain_text(sum.vat.amount()),
            )
        })
        .collect();
    let row = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        rows,
        [row("19.00", "1.33", "0.25"), row("7.00", "2.86", "0.20")]
    );
    assert_eq!(sums.net, euro("4.19"));
    assert_eq!(sums.vat_total, euro("0.45"));
    assert_eq!(sums.gross, euro("4.64"));
    assert_eq!(sums.due, euro("4.64"));
    assert_eq!(checked.due_on(), day("2026-12-12"));
}

#[test]
fn half_a_cent_of_vat_goes_away_from_zero() {
    for (net, vat) in [
        // 19 % of 0.50 = 0.095; of 2.50 = 0.475; of 31.62 = 6.0078; of 0.02 = 0.0038.
        ("0.50", "0.10"),
        ("2.50", "0.48"),
        ("31.62", "6.01"),
        ("0.02", "0.00"),
        ("6000000000", "1140000000.00"),
    ] {
        let sums = draft(vec![line("1", net, standard())])
            .sums(issued())
            .unwrap();
        assert_eq!(plain_text(sums.vat_total.amount()), vat, "{net}");
        let sums = draft(vec![line("-1", net, standard())])
            .sums(issued())
            .unwrap();
        assert_eq!(sums.vat_total, euro(vat).negated(), "-{net}");
    }
}

fn advance() -> Advance {
    Advance {
        invoice: InvoiceReference {
            number: number("2026-0007"),
            issued_on: day("2026-10-05"),
        },
        received_on: Some(day("2026-10-09")),
        shares: vec![AdvanceShare {
            case: standard(),
            net: euro("200.00"),
            vat: euro("38.00"),
        }],
    }
}

#[test]
fn advances_come_off_with_their_vat() {
    // 1,000.00 + 190.00 VAT, less 200.00 + 38.00: 800.00 + 152.00 = 952.00 to pay, both ways.
    for (deduction, net, vat, prepaid, lines) in [
        (Deduction::AsLines, "800.00", "152.00", "0", 2),
        (Deduction::AsPrepaid, "1000.00", "190.00", "238.00", 1),
    ] {
        let mut whole = draft(vec![line("40", "25", standard())]);
        whole.advances = vec![advance()];
        whole.deduction = deduction;
        let checked = whole.check(issued()).unwrap();
        let sums = checked.sums();
        assert_eq!((sums.net, sums.vat_total), (euro(net), euro(vat)));
        assert_eq!((sums.prepaid, sums.due), (euro(prepaid), euro("952.00")));
        assert_eq!(checked.lines().len(), lines);
        assert_eq!(checked.references(), [advance().invoice]);
    }
}

#[test]
fn vat_is_stated_in_the_sellers_own_currency() {
    let mut foreign = draft(vec![line("1", "100", standard())]);
    foreign.currency = Currency::Usd;
    for line in &mut foreign.lines {
        line.unit_price = Money::new(dec("100"), Currency::Usd);
    }
    foreign.paid = Money::zero(Currency::Usd);
    foreign.rounding = Money::zero(Currency::Usd);
    assert_eq!(
        foreign.clone().check(issued()).unwrap_err(),
        [InvoiceFault::ExchangeRateMissing {
            own: "EUR".to_owned(),
            invoice: Currency::Usd
        }]
    );
    foreign.own_currency = Some(OwnCurrencyRate {
        currency: "EUR".to_owned(),
        rate: dec("0.8643"),
        on: day("2026-11-27"),
        source: "ECB".to_owned(),
    });
    // 19.00 USD × 0.8643 = 16.4217.
    let checked = foreign.check(issued()).unwrap();
    assert_eq!(checked.sums().vat_in_own_currency, Some(dec("16.42")));
}

#[test]
fn what_is_missing_is_told_at_once_and_without_a_number() {
    let mut bare = draft(vec![line("1", "5", VatCase::ReverseCharge)]);
    bare.buyer = Buyer::default();
    bare.seller.bank = None;
    assert_eq!(
        faults(bare),
        [
            "Your company has no bank account. Add it in your company's details.",
            "The client has no name. Add it at the client.",
            "The client has no street. Add it at the client.",
            "The client has no town. Add it at the client.",
            "The client has no country. Add it at the client.",
            "Reverse charge and supplies within the EU need the client's VAT ID. Add it at the client, or choose another VAT case.",
        ]
    );
}

/// A change of a good draft, and what is told then.
type Change = (fn(&mut DraftInvoice), InvoiceFault);

#[test]
fn each_wrong_thing_has_its_own_fault() {
    use crate::Error;
    let changes: Vec<Change> = vec![
        (|d| d.lines.clear(), InvoiceFault::NoLines),
        (
            |d| d.lines.push(line("1", "-1", standard())),
            InvoiceFault::NegativePrice { line: 2 },
        ),
        (
            |d| d.lines[0].text = "x".repeat(100_000),
            InvoiceFault::LineText {
                line: 1,
                error: Error::TooLong {
                    what: "The text",
                    longest: 5000,
                },
            },
        ),
        (
            |d| d.lines[0].text = " \n ".to_owned(),
            InvoiceFault::LineText {
                line: 1,
                error: Error::Empty { what: "The text" },
            },
        ),
        (
            |d| d.lines[0].description = "a\u{0}b".to_owned(),
            InvoiceFault::LineText {
                line: 1,
                error: Error::ControlCharacter {
                    what: "The description",
                },
            },
        ),
        (
            |d| d.lines[0].unit_price = euro("0.00000000001"),
            InvoiceFault::TooManyDecimals {
                line: 1,
                what: "price",
                most: 10,
            },
        ),
        (
            |d| d.lines[0].vat = VatCase::Standard { percent: 0.into() },
            InvoiceFault::UnusableRate { line: 1 },
        ),
        (
            |d| d.lines.push(line("1", "1", VatCase::OutsideScope)),
            InvoiceFault::OutsideScopeWithOthers,
        ),
        (
            |d| d.lines.push(line("1", "1", VatCase::SmallBusiness)),
            InvoiceFault::SmallBusinessWithVat,
        ),
        (
            |d| {
                d.lines[0].vat = VatCase::Exempt {
                    reason: " ".to_owned(),
                }
            },
            InvoiceFault::ExemptionReasonMissing { line: 1 },
        ),
        (
            |d| d.due = Due::On(day("2026-11-27")),
            InvoiceFault::DueBeforeIssue {
                due: day("2026-11-27"),
                issued: day("2026-11-28"),
            },
        ),
        (
            |d| d.period = Some((day("2026-11-30"), day("2026-11-01"))),
            InvoiceFault::PeriodReversed {
                first: day("2026-11-30"),
                last: day("2026-11-01"),
            },
        ),
        (|d| d.delivered_on = None, InvoiceFault::SupplyDayMissing),
        (
            |d| d.kind = InvoiceKind::CreditNote,
            InvoiceFault::CorrectsNothing,
        ),
        (
            |d| d.lines[0].quantity = dec("-1"),
            InvoiceFault::NegativeTotal,
        ),
        (
            |d| d.rounding = euro("1.00"),
            InvoiceFault::UnusableRounding,
        ),
        (
            |d| d.advances = vec![advance(), advance()],
            InvoiceFault::AdvanceTwice {
                number: "2026-0007".to_owned(),
            },
        ),
        (
            |d| d.seller.vat_id = None,
            InvoiceFault::Lacks(PartyRole::Seller, PartyDetail::VatIdOrTaxNumber),
        ),
    ];
    for (change, fault) in changes {
        let mut draft = draft(vec![line("10", "100", standard())]);
        change(&mut draft);
        assert_eq!(draft.check(issued()).unwrap_err(), [fault]);
    }
}

#[test]
fn an_issued_invoice_is_kept_as_it_was() {
    let draft = draft(vec![line("10", "1.005", standard())]);
    let invoice = draft
        .clone()
        .check(issued())
        .unwrap()
        .issue(number("2026-0042"));
    assert_eq!(invoice.number().as_str(), "2026-0042");
    assert_eq!(
        ClientInvoice::kept(number("2026-0042"), issued(), draft),
        Ok(invoice)
    );
}
