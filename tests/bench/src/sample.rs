//! The invoice that all of them make: 40 lines in two groups, two VAT rates, two pages, a payment
//! code. Sums by hand: line n is n × 0.05, so all are 820 × 0.05 = 41.00.

use hubledger_core::bank::{Bic, Iban};
use hubledger_core::client_invoice::{ClientInvoice, DraftInvoice, InvoiceKind, InvoiceLine};
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::id::InvoiceNumber;
use hubledger_core::invoice_party::{BankAccount, Buyer, Contact, PostalAddress, Seller};
use hubledger_core::money::Money;
use hubledger_core::period::parse_date;
use hubledger_core::tax::VatId;
use hubledger_core::unit::Unit;
use hubledger_core::vat::VatCase;
use hubledger_document::einvoice::{Profile, write};
use hubledger_document::{Attachment, Colour, Fonts, Letterhead, client_invoice_pdf};
use rust_decimal::Decimal;

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

pub(crate) const LINES: u32 = 40;

/// An invoice that differs from the others by its number.
pub(crate) fn invoice(at: usize) -> Result<ClientInvoice, Failure> {
    let mut draft = DraftInvoice::new(InvoiceKind::Invoice, Currency::Eur, seller()?, buyer()?);
    draft.period = Some((parse_date("2026-08-01")?, parse_date("2026-08-31")?));
    draft.lines = (1..=LINES).map(line).collect::<Result<_, _>>()?;
    draft.terms = "Net within 14 days, without deduction.".to_owned();
    let checked = draft.check(parse_date("2026-09-22")?);
    let checked = checked.map_err(|faults| format!("{faults:?}"))?;
    Ok(checked.issue(InvoiceNumber::parse(&format!("2026-{at:04}"))?))
}

/// All of it: the XML, the pages, and the file read back.
pub(crate) fn ours(invoice: &ClientInvoice) -> Result<Vec<u8>, Failure> {
    let attachment = Attachment {
        name: "factur-x.xml",
        description: "The invoice for machines".to_owned(),
        relationship: "Alternative",
        profile: "EN 16931",
        xml: write(invoice, Profile::FacturX)?,
    };
    let letterhead = Letterhead {
        logo: None,
        colour: Some(Colour::parse("#0b6b75")?),
    };
    let fonts = Fonts::bundled()?;
    Ok(client_invoice_pdf(
        invoice,
        &letterhead,
        Some(&attachment),
        fonts,
    )?)
}

pub(crate) fn group(n: u32) -> String {
    format!(
        "Reception {} · +49 405 550 000{}",
        n.div_ceil(20),
        n.div_ceil(20)
    )
}

pub(crate) fn text(n: u32) -> &'static str {
    [
        "Marketing messages, Germany",
        "Utility messages, Rest of Western Europe",
    ][usize::from(n.is_multiple_of(2))]
}

fn line(n: u32) -> Result<InvoiceLine, Failure> {
    let percent = if n.is_multiple_of(2) { 7 } else { 19 };
    Ok(InvoiceLine {
        text: text(n).to_owned(),
        description: String::new(),
        group: group(n),
        quantity: Decimal::from(n),
        unit: Unit::One,
        unit_price: Money::new(Decimal::new(5, 2), Currency::Eur),
        vat: VatCase::Standard {
            percent: Decimal::from(percent),
        },
    })
}

fn address(street: &str, post_code: &str, city: &str) -> Result<PostalAddress, Failure> {
    Ok(PostalAddress {
        street: street.to_owned(),
        post_code: post_code.to_owned(),
        city: city.to_owned(),
        country: Some(Country::parse("DE")?),
        ..PostalAddress::default()
    })
}

fn seller() -> Result<Seller, Failure> {
    Ok(Seller {
        name: "Nordlicht Messaging GmbH".to_owned(),
        address: address("Am Sandtorkai 48", "20457", "Hamburg")?,
        vat_id: Some(VatId::parse("DE136695976", Country::parse("DE")?)?),
        register_entry: "Amtsgericht Hamburg, HRB 999999".to_owned(),
        contact: Contact {
            name: "Jana Voß".to_owned(),
            phone: "+49 40 5550 1400".to_owned(),
            email: "billing@nordlicht.example".to_owned(),
        },
        bank: Some(BankAccount {
            iban: Iban::parse("DE89370400440532013000")?,
            bic: Some(Bic::parse("COBADEFFXXX")?),
            holder: "Nordlicht Messaging GmbH".to_owned(),
        }),
        ..Seller::default()
    })
}

fn buyer() -> Result<Buyer, Failure> {
    Ok(Buyer {
        name: "Hafenkontor Reisen GmbH".to_owned(),
        address: address("Bei den Mühren 12", "20457", "Hamburg")?,
        reference: "HK-4711".to_owned(),
        ..Buyer::default()
    })
}

/// Cents as an amount: 205 is `2.05`.
fn amount(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What each of the others prints, a row a line: what it is, then its cells. The first page takes
/// the rows up to `turn`, as on ours.
pub(crate) fn rows() -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut running = 0;
    let mut sum = 0;
    for n in 1..=LINES {
        if n % 20 == 1 {
            rows.push(vec!["group".to_owned(), group(n)]);
        }
        let rate = if n.is_multiple_of(2) { "7 %" } else { "19 %" };
        running += n * 5;
        sum += n * 5;
        let cells = [text(n), &n.to_string(), "0.05", rate, &amount(n * 5)];
        let mut row = vec!["line".to_owned()];
        row.extend(cells.map(str::to_owned));
        rows.push(row);
        if n == 22 {
            let carried = amount(running);
            rows.push(vec!["turn".to_owned(), carried]);
        }
        if n % 20 == 0 {
            rows.push(vec![
                "sum".to_owned(),
                format!("Sum {}", group(n)),
                amount(sum),
            ]);
            sum = 0;
        }
    }
    // 7 % of 21.00 (the even lines) is 1.47, 19 % of 20.00 is 3.80.
    for (name, value) in [
        ("Net", "41.00"),
        ("VAT 19 % of 20.00", "3.80"),
        ("VAT 7 % of 21.00", "1.47"),
        ("To pay", "46.27 EUR"),
    ] {
        rows.push(vec!["total".to_owned(), name.to_owned(), value.to_owned()]);
    }
    rows
}
