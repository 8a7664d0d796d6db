//! Client invoices of every kind, for the validators: every VAT case × currency × language × kind
//! of document × way of advances, fully crossed.

use hubledger_core::bank::{Bic, Iban};
use hubledger_core::client_invoice::{
    Advance, AdvanceShare, Deduction, DraftInvoice, InvoiceKind, InvoiceLine, InvoiceReference,
    OwnCurrencyRate,
};
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::id::InvoiceNumber;
use hubledger_core::invoice_party::{
    BankAccount, Buyer, Contact, ElectronicAddress, PostalAddress, Seller,
};
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::period::{Date, parse_date};
use hubledger_core::tax::VatId;
use hubledger_core::unit::Unit;
use hubledger_core::vat::VatCase;
use rust_decimal::Decimal;

pub(crate) const KINDS: [InvoiceKind; 5] = [
    InvoiceKind::Invoice,
    InvoiceKind::Prepayment,
    InvoiceKind::CreditNote,
    InvoiceKind::Cancellation,
    InvoiceKind::Corrected,
];

/// 1,188 drafts in 4 profiles, less the corrected ones in Peppol (3 ways), and those that name
/// several earlier invoices in the CII of XRechnung (4 ways: two advances, by two kinds).
pub(crate) const WRITTEN: usize = 1188 * 4 - 11 * 2 * 6 * (3 + 4);

/// A sample with its name.
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) draft: DraftInvoice,
}

pub(crate) fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

pub(crate) fn issued() -> Date {
    day("2026-11-28")
}

pub(crate) fn number(text: &str) -> InvoiceNumber {
    InvoiceNumber::parse(text).unwrap()
}

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

fn address(street: &str, post_code: &str, city: &str, code: &str) -> PostalAddress {
    PostalAddress {
        street: street.to_owned(),
        addition: "Hinterhaus & 2. Stock".to_owned(),
        post_code: post_code.to_owned(),
        city: city.to_owned(),
        country: Some(country(code)),
    }
}

fn electronic(scheme: &str, id: &str) -> Option<ElectronicAddress> {
    Some(ElectronicAddress {
        scheme: scheme.to_owned(),
        id: id.to_owned(),
    })
}

pub(crate) fn seller() -> Seller {
    Seller {
        name: "Elbchat Gesellschaft für Nachrichten mbH".to_owned(),
        address: address("Elbstraße 1", "01067", "Dresden", "DE"),
        vat_id: Some(VatId::parse("DE136695976", country("DE")).unwrap()),
        tax_number: "203/123/45678".to_owned(),
        register_entry: "HRB 31415, Amtsgericht Dresden".to_owned(),
        legal_notice: "Geschäftsführerin: Ada Roth".to_owned(),
        contact: Contact {
            name: "Ada Roth".to_owned(),
            phone: "+49 351 5550200".to_owned(),
            email: "billing@elbchat.example".to_owned(),
        },
        bank: Some(BankAccount {
            iban: Iban::parse("DE89370400440532013000").unwrap(),
            bic: Some(Bic::parse("COBADEFFXXX").unwrap()),
            holder: "Elbchat GmbH".to_owned(),
        }),
        electronic_address: electronic("9930", "DE136695976"),
    }
}

/// A client in a country, with a VAT ID where it is to have one.
pub(crate) fn buyer(code: &str, vat_id: &str, language: Language) -> Buyer {
    Buyer {
        name: "Bäckerei <Süß> & Söhne".to_owned(),
        address: address("Am Markt 7", "04109", "Leipzig", code),
        vat_id: (!vat_id.is_empty()).then(|| VatId::parse(vat_id, country(code)).unwrap()),
        contact: "Einkauf".to_owned(),
        email: "rechnung@suess.example".to_owned(),
        language,
        reference: "04011000-12345-34".to_owned(),
        order_number: "PO-77".to_owned(),
        electronic_address: electronic("0088", "7300010000001"),
    }
}

/// The VAT cases: a name, the client's country and VAT ID, and the cases of the lines.
fn vat_cases() -> Vec<(&'static str, &'static str, &'static str, Vec<VatCase>)> {
    let standard = VatCase::Standard { percent: 19.into() };
    let reduced = VatCase::Reduced { percent: 7.into() };
    let exempt = VatCase::Exempt {
        reason: "Umsatzsteuerfrei nach § 4 Nr. 21 UStG".to_owned(),
    };
    vec![
        ("standard", "DE", "", vec![standard.clone()]),
        ("reduced", "DE", "DE136695976", vec![reduced.clone()]),
        ("two-rates", "DE", "", vec![standard.clone(), reduced]),
        ("no-vat-id-abroad", "FR", "", vec![standard.clone()]),
        ("zero", "DE", "", vec![VatCase::Zero]),
        ("standard-and-exempt", "DE", "", vec![standard, exempt]),
        ("small-business", "DE", "", vec![VatCase::SmallBusiness]),
        (
            "reverse-charge",
            "ES",
            "ESB58378431",
            vec![VatCase::ReverseCharge],
        ),
        (
            "intra-eu-goods",
            "FR",
            "FR40303265045",
            vec![VatCase::IntraEuGoods],
        ),
        ("export", "US", "", vec![VatCase::Export]),
        (
            "outside-scope",
            "BR",
            "12345678000195",
            vec![VatCase::OutsideScope],
        ),
    ]
}

/// Lines whose sums need care: many decimals, halves of a cent, deductions.
fn lines(cases: &[VatCase], currency: Currency) -> Vec<InvoiceLine> {
    let rows = [
        (
            "WhatsApp messages, marketing",
            "1234",
            "0.113055",
            Unit::One,
            "+49 351 5550200",
        ),
        (
            "Channel licence",
            "2",
            "49.995",
            Unit::Month,
            "+49 351 5550200",
        ),
        (
            "Training <on site> & travel",
            "1.5",
            "33.33",
            Unit::Hour,
            "",
        ),
        ("Less courtesy", "-1", "3.685", Unit::LumpSum, ""),
    ];
    let line =
        |(at, (text, quantity, price, unit, group)): (usize, (&str, &str, &str, Unit, &str))| {
            InvoiceLine {
                text: text.to_owned(),
                description: if at == 0 {
                    "October\nGermany".to_owned()
                } else {
                    String::new()
                },
                group: group.to_owned(),
                quantity: dec(quantity),
                unit,
                unit_price: Money::new(dec(price), currency),
                vat: cases[at % cases.len()].clone(),
            }
        };
    rows.into_iter().enumerate().map(line).collect()
}

fn advances(cases: &[VatCase], currency: Currency) -> Vec<Advance> {
    let share = |case: &VatCase| {
        let net = Money::new(dec("20.00"), currency);
        let vat = Money::new(dec("0.20") * case.percent(), currency);
        AdvanceShare {
            case: case.clone(),
            net,
            vat,
        }
    };
    ["2026-0007", "2026-0019"]
        .iter()
        .map(|name| Advance {
            invoice: InvoiceReference {
                number: number(name),
                issued_on: day("2026-10-05"),
            },
            received_on: Some(day("2026-10-09")),
            shares: cases.iter().map(share).collect(),
        })
        .collect()
}

/// A draft of the matrix.
fn draft(kind: InvoiceKind, currency: Currency, buyer: Buyer, cases: &[VatCase]) -> DraftInvoice {
    let mut draft = DraftInvoice::new(kind, currency, seller(), buyer);
    draft.lines = lines(cases, currency);
    draft.period = Some((day("2026-10-01"), day("2026-10-31")));
    draft.delivered_on = Some(day("2026-10-31"));
    draft.notes = vec![
        "Danke & \"bis bald\"".to_owned(),
        "<zweite Notiz>".to_owned(),
    ];
    draft.terms = "14 Tage ohne Abzug".to_owned();
    if cases.contains(&VatCase::SmallBusiness) {
        draft.seller.vat_id = None;
        draft.seller.register_entry = String::new();
    }
    if currency == Currency::Usd {
        draft.own_currency = Some(OwnCurrencyRate {
            currency: "EUR".to_owned(),
            rate: dec("0.8643"),
            on: day("2026-11-27"),
            source: "EZB".to_owned(),
        });
    }
    if kind == InvoiceKind::Prepayment {
        // As the app writes it, when the money has come.
        draft.paid = draft.sums(issued()).unwrap().gross;
    }
    if kind.corrects() {
        draft.corrects = vec![InvoiceReference {
            number: number("2026-0031"),
            issued_on: day("2026-11-02"),
        }];
    }
    draft
}

/// All of them: 11 VAT cases × 2 currencies × 6 languages × 9 (5 kinds, two of which may deduct
/// advances in two ways).
pub(crate) fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (case, code, vat_id, cases) in vat_cases() {
        for currency in Currency::ALL {
            for kind in KINDS {
                for language in Language::ALL {
                    let whole = draft(kind, currency, buyer(code, vat_id, language), &cases);
                    for (how, draft) in ways(whole, &cases) {
                        let kind = code_of(kind);
                        let name = format!("{case}-{currency}-{kind}-{how}-{}", language.tag());
                        samples.push(Sample { name, draft });
                    }
                }
            }
        }
    }
    samples
}

/// The sample of a name.
pub(crate) fn sample(name: &str) -> DraftInvoice {
    let mut samples = samples().into_iter();
    samples.find(|sample| sample.name == name).unwrap().draft
}

/// Without advances, and with them where a kind may deduct them.
fn ways(whole: DraftInvoice, cases: &[VatCase]) -> Vec<(&'static str, DraftInvoice)> {
    let mut ways = vec![("whole", whole.clone())];
    if matches!(whole.kind, InvoiceKind::Invoice | InvoiceKind::Corrected) {
        for (how, deduction) in [
            ("rest", Deduction::AsLines),
            ("final", Deduction::AsPrepaid),
        ] {
            let mut less = whole.clone();
            less.advances = advances(cases, whole.currency);
            less.deduction = deduction;
            ways.push((how, less));
        }
    }
    ways
}

fn code_of(kind: InvoiceKind) -> String {
    format!("{kind:?}").to_lowercase()
}
