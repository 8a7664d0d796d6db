//! Client invoices to print. Sums are worked out by hand beside each.

use hubledger_core::bank::{Bic, Iban};
use hubledger_core::client_invoice::{
    ClientInvoice, DraftInvoice, InvoiceKind, InvoiceLine, InvoiceReference,
};
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::id::InvoiceNumber;
use hubledger_core::invoice_party::{BankAccount, Buyer, Contact, PostalAddress, Seller};
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::period::parse_date;
use hubledger_core::reminder::{OverdueInvoice, Reminder, ReminderLevel};
use hubledger_core::tax::VatId;
use hubledger_core::unit::Unit;
use hubledger_core::vat::VatCase;
use hubledger_document::{Colour, Letterhead, Logo};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn eur(text: &str) -> Money {
    Money::new(decimal(text), Currency::Eur)
}

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

fn address(street: &str, post_code: &str, city: &str, code: &str) -> PostalAddress {
    PostalAddress {
        street: street.to_owned(),
        post_code: post_code.to_owned(),
        city: city.to_owned(),
        country: Some(country(code)),
        ..PostalAddress::default()
    }
}

fn seller() -> Seller {
    Seller {
        name: "Nordlicht Messaging GmbH".to_owned(),
        address: address("Am Sandtorkai 48", "20457", "Hamburg", "DE"),
        vat_id: Some(VatId::parse("DE136695976", country("DE")).unwrap()),
        register_entry: "Amtsgericht Hamburg, HRB 999999".to_owned(),
        legal_notice: "Managing director Jana Voß".to_owned(),
        contact: Contact {
            name: "Jana Voß".to_owned(),
            phone: "+49 40 5550 1400".to_owned(),
            email: "billing@nordlicht.example".to_owned(),
        },
        bank: Some(BankAccount {
            iban: Iban::parse("DE89370400440532013000").unwrap(),
            bic: Some(Bic::parse("COBADEFFXXX").unwrap()),
            holder: "Müller & Söhne Nordlicht GmbH".to_owned(),
        }),
        ..Seller::default()
    }
}

fn buyer() -> Buyer {
    Buyer {
        name: "Hafenkontor Reisen GmbH".to_owned(),
        address: address("Bei den Mühren 12", "20457", "Hamburg", "DE"),
        contact: "Buchhaltung".to_owned(),
        email: "rechnung@hafenkontor.example".to_owned(),
        reference: "HK-4711".to_owned(),
        ..Buyer::default()
    }
}

fn line(group: &str, text: &str, quantity: &str, unit: Unit, price: &str) -> InvoiceLine {
    InvoiceLine {
        text: text.to_owned(),
        description: String::new(),
        group: group.to_owned(),
        quantity: decimal(quantity),
        unit,
        unit_price: eur(price),
        vat: VatCase::Standard {
            percent: decimal("19"),
        },
    }
}

fn draft(kind: InvoiceKind, lines: Vec<InvoiceLine>) -> DraftInvoice {
    let mut draft = DraftInvoice::new(kind, Currency::Eur, seller(), buyer());
    let day = |text| parse_date(text).unwrap();
    draft.period = Some((day("2026-08-01"), day("2026-08-31")));
    draft.lines = lines;
    draft
}

pub(crate) fn issued(draft: DraftInvoice, number: &str) -> ClientInvoice {
    let checked = draft.check(parse_date("2026-09-22").unwrap());
    checked
        .unwrap()
        .issue(InvoiceNumber::parse(number).unwrap())
}

/// 1 × 39.00 + 1,316 × 0.1301 (171.2116, so 171.21) + 120.00 = 330.21; VAT 19 % 62.74 (62.7399);
/// gross 392.95.
pub(crate) fn three_lines() -> DraftInvoice {
    let mut care = line("", "Template care", "1", Unit::Month, "120");
    care.description = "Two reviews a week\nand a monthly report".to_owned();
    let channel = "Hafenkontor Reisen · +49 40 5550 1410";
    draft(
        InvoiceKind::Invoice,
        vec![
            line(channel, "Channel licence, Regular", "1", Unit::Month, "39"),
            line(
                channel,
                "Marketing messages, Germany",
                "1316",
                Unit::One,
                "0.1301",
            ),
            care,
        ],
    )
}

/// So many lines in groups of 20, each n × 0.05, n from 1: their sum is n (n + 1) / 2 × 0.05.
pub(crate) fn many(count: usize) -> DraftInvoice {
    let lines = (1..=count).map(|n| {
        let group = format!("Reception {}", (n - 1) / 20 + 1);
        let text = [
            "Marketing messages, Germany",
            "Utility messages, Rest of Western Europe",
        ][n % 2];
        line(&group, text, &n.to_string(), Unit::One, "0.05")
    });
    draft(InvoiceKind::Invoice, lines.collect())
}

pub(crate) fn in_language(language: Language) -> DraftInvoice {
    let mut draft = three_lines();
    draft.buyer.language = language;
    draft
}

/// Takes back the three lines.
pub(crate) fn credit(kind: InvoiceKind) -> DraftInvoice {
    let mut draft = three_lines();
    draft.kind = kind;
    draft.corrects = vec![InvoiceReference {
        number: InvoiceNumber::parse("2026-0151").unwrap(),
        issued_on: parse_date("2026-09-22").unwrap(),
    }];
    draft
}

/// Names that run from right to left, long ones, and two rates: 100.00 at 19 % is 19.00, 10.00 at
/// 7 % is 0.70; net 110.00, gross 129.70.
pub(crate) fn far_names() -> DraftInvoice {
    let mut reduced = line("שלום עולם", "ספר", "1", Unit::Piece, "10");
    reduced.vat = VatCase::Reduced {
        percent: decimal("7"),
    };
    let text = "Donaudampfschifffahrtsgesellschaftskapitänspatent with an efficient office workflow, written in many words so that the line is broken more than once";
    let mut draft = draft(
        InvoiceKind::Invoice,
        vec![
            line("شركة النيل 24 للاتصالات", text, "1", Unit::Hour, "100"),
            reduced,
        ],
    );
    draft.buyer.name = "شركة النيل 24 للاتصالات (مصر)".to_owned();
    draft
}

/// Names as long as registers take them, and a description of 2,000 characters.
pub(crate) fn long_texts() -> DraftInvoice {
    let mut draft = three_lines();
    let sentence =
        "Care of templates, with reviews of wording, buttons and pictures in each language. ";
    draft.lines[2].description = sentence.repeat(25).chars().take(2_000).collect();
    draft.lines[2].description.replace_range(600..601, "\n");
    draft.lines[0].group =
        "Hafenkontor Reise- und Fährschifffahrtsgesellschaft für Nord- und Ostseeinseln mbH & Co. KG · +49 40 5550 1410".to_owned();
    draft.buyer.name =
        "Hafenkontor Reise- und Fährschifffahrtsgesellschaft für Nord- und Ostseeinseln mbH & Co. Kommanditgesellschaft".to_owned();
    draft.buyer.address.street =
        "Straße der Verwaltungsgemeinschaft Holsteinische Schweiz 1234, Aufgang C".to_owned();
    draft.buyer.address.addition =
        "Abteilung Rechnungswesen, Kreditorenbuchhaltung und Zahlungsverkehr".to_owned();
    draft.buyer.reference = "Bestellung 4711/2026-08-Q3-Kommunikation-Messaging".to_owned();
    draft.seller.name =
        "Nordlicht Messaging und Kundenkommunikation Gesellschaft mit beschränkter Haftung"
            .to_owned();
    draft
}

/// Two invoices: 392.95 due on 6 October of which 92.95 was paid, and 59.50 due on 14 October. Open:
/// 300.00 + 59.50 = 359.50. On 20 October they are 14 and 6 days late.
pub(crate) fn reminder(level: ReminderLevel, language: Language) -> Reminder {
    let day = |text| parse_date(text).unwrap();
    let overdue = |number: &str, issued_on, due_on, owed, open| OverdueInvoice {
        number: InvoiceNumber::parse(number).unwrap(),
        issued_on: day(issued_on),
        due_on: day(due_on),
        owed: eur(owed),
        open: eur(open),
    };
    Reminder {
        level,
        on: day("2026-10-20"),
        pay_by: day("2026-10-30"),
        seller: seller(),
        buyer: Buyer {
            language,
            ..buyer()
        },
        currency: Currency::Eur,
        invoices: vec![
            overdue("2026-0151", "2026-09-22", "2026-10-06", "392.95", "300"),
            overdue("2026-0160", "2026-09-30", "2026-10-14", "59.50", "59.50"),
        ],
    }
}

pub(crate) fn all() -> Vec<(String, DraftInvoice)> {
    let mut all = vec![
        ("client-one".to_owned(), many(1)),
        ("client-forty".to_owned(), many(40)),
        ("client-far-names".to_owned(), far_names()),
        ("client-long-texts".to_owned(), long_texts()),
        ("client-credit".to_owned(), credit(InvoiceKind::CreditNote)),
        (
            "client-cancellation".to_owned(),
            credit(InvoiceKind::Cancellation),
        ),
        (
            "client-corrected".to_owned(),
            credit(InvoiceKind::Corrected),
        ),
    ];
    for language in Language::ALL {
        all.push((format!("client-{}", language.tag()), in_language(language)));
    }
    all
}

/// A logo that shows through at its edges, and a dark colour.
pub(crate) fn letterhead() -> Letterhead {
    let (width, height) = (120_u32, 48_u32);
    let mut rgba = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let alpha = if (x / 8 + y / 8) % 2 == 0 { 255 } else { 60 };
            rgba.extend([11, 107, 117, alpha]);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&rgba).unwrap();
    writer.finish().unwrap();
    Letterhead {
        logo: Some(Logo::read(&bytes).unwrap()),
        colour: Some(Colour::parse("#0b6b75").unwrap()),
    }
}
