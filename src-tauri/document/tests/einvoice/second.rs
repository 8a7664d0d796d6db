//! A second opinion on our e-invoices: crates of somebody else read what we write, hold it to the
//! rules of EN 16931, XRechnung and Peppol as they understand them, and must find the same sums.

use en16931::invoice::DocumentTotals;
use en16931::profiles;
use en16931::validation::profile::Profile as Rules;
use en16931_formats::report::{Entry, Kind};
use hubledger_core::client_invoice::{ClientInvoice, InvoiceSums};
use hubledger_core::money::Money;
use hubledger_document::einvoice::{Profile, write};
use rust_decimal::Decimal;

use crate::matrix::{WRITTEN, issued, number, samples};

fn rules_of(profile: Profile) -> &'static Rules {
    match profile {
        Profile::FacturX => &profiles::EN16931,
        Profile::XRechnungCii | Profile::XRechnungUbl => &profiles::XRECHNUNG,
        Profile::Peppol => &profiles::PEPPOL_BIS_3,
    }
}

/// What we worked out, in the order of the standard: BT-106, 109, 110, 111, 112, 113, 114, 115.
fn ours(sums: &InvoiceSums) -> [Decimal; 8] {
    let amount = |money: &Money| money.amount();
    [
        amount(&sums.net),
        amount(&sums.net),
        amount(&sums.vat_total),
        sums.vat_in_own_currency.unwrap_or_default(),
        amount(&sums.gross),
        amount(&sums.prepaid),
        amount(&sums.rounding),
        amount(&sums.due),
    ]
}

/// What they read.
fn theirs(totals: &DocumentTotals) -> [Decimal; 8] {
    let or_zero = |amount: Option<en16931::InvoiceAmount>| {
        amount.map_or(Decimal::ZERO, en16931::InvoiceAmount::into_decimal)
    };
    [
        totals.line_total.into_decimal(),
        totals.taxable_total.into_decimal(),
        or_zero(totals.vat_total),
        or_zero(totals.vat_total_accounting),
        totals.gross_total.into_decimal(),
        or_zero(totals.paid),
        or_zero(totals.rounding),
        totals.due.into_decimal(),
    ]
}

/// All that the other reader sees otherwise, or refuses.
fn differences(xml: &[u8], invoice: &ClientInvoice, profile: Profile) -> Vec<String> {
    let read = match en16931_formats::read(xml) {
        Ok(read) => read,
        Err(error) => return vec![error.to_string()],
    };
    // It knows the schema of 2016, which has room for one earlier invoice. That of Factur-X 1.09
    // takes several, as its own XSD among the official rules proves.
    let by_old_schema = |entry: &&Entry| {
        let is_reference = entry.path.ends_with("InvoiceReferencedDocument");
        profile == Profile::FacturX && entry.kind == Kind::Duplicate && is_reference
    };
    let entries = read.entries.iter().filter(|entry| !by_old_schema(entry));
    let mut told: Vec<_> = entries.map(ToString::to_string).collect();
    let (ours, theirs) = (ours(invoice.sums()), theirs(&read.invoice.totals));
    if ours != theirs {
        told.push(format!("sums {theirs:?}, not {ours:?}"));
    }
    if read.invoice.lines.len() != invoice.lines().len() {
        told.push(format!("{} lines", read.invoice.lines.len()));
    }
    let report = rules_of(profile).validate(&read.invoice);
    assert!(report.rules_checked() > 100, "{}", report.rules_checked());
    let findings = report.fatal().chain(report.warnings());
    told.extend(findings.map(|found| format!("{} {} {}", found.rule, found.path, found.message)));
    told
}

#[test]
fn another_reader_finds_no_error_and_the_same_sums() {
    let mut read = 0;
    let mut told = std::collections::BTreeMap::<String, Vec<String>>::new();
    for sample in samples() {
        let checked = sample.draft.check(issued()).unwrap();
        let invoice = checked.issue(number("2026-0042"));
        for profile in Profile::ALL {
            let Ok(xml) = write(&invoice, profile) else {
                continue;
            };
            read += 1;
            for what in differences(&xml, &invoice, profile) {
                let of = format!("{} {}", sample.name, profile.slug());
                told.entry(what).or_default().push(of);
            }
        }
    }
    for (what, of) in &told {
        eprintln!(
            "{} × {what}: {}",
            of.len(),
            of.join(", ").chars().take(200).collect::<String>()
        );
    }
    println!("{read} e-invoices read by another reader");
    assert!(told.is_empty(), "{} differences", told.len());
    assert_eq!(read, WRITTEN);
}
