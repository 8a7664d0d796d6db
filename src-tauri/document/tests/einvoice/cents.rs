//! Our own rules over finished files: one cent is told, where the official schematrons forgive a
//! whole unit.

use hubledger_document::einvoice::{EInvoiceError, Profile, check, write};

use crate::matrix::{issued, number, sample};

/// Where a good file is spoilt, and the rule that must notice. Net 285.81, VAT 54.30, gross 340.11.
#[rustfmt::skip]
const SPOILT: &[(Profile, &str, &str, &str)] = &[
    (Profile::FacturX, "<ram:CalculatedAmount>54.30<", "<ram:CalculatedAmount>54.31<", "BR-CO-14"),
    (Profile::XRechnungCii, "<ram:BasisAmount>285.81<", "<ram:BasisAmount>285.82<", "BR-CO-17"),
    (Profile::FacturX, "<ram:GrandTotalAmount>340.11<", "<ram:GrandTotalAmount>340.12<", "BR-CO-15"),
    (Profile::FacturX, "<ram:DuePayableAmount>340.11<", "<ram:DuePayableAmount>340.10<", "BR-CO-16"),
    (Profile::FacturX, "<ram:LineTotalAmount>285.81<", "<ram:LineTotalAmount>285.80<", "BR-CO-10"),
    (Profile::FacturX, "<ram:CategoryCode>S<", "<ram:CategoryCode>AE<", "BR-*-08"),
    (Profile::FacturX, "<ram:ID>2026-0042<", "<ram:ID><", "BR-02"),
    (Profile::FacturX, "<ram:ID>2026-0042<", "<ram:ID>2026-0043<", "what the book says"),
    (Profile::FacturX, "<ram:TypeCode>380<", "<ram:TypeCode>325<", "BR-04"),
    (Profile::FacturX, "</rsm:ExchangedDocument>", "", "well-formed XML"),
    (Profile::Peppol, ">139.51</cbc:LineExtensionAmount>", ">139.50</cbc:LineExtensionAmount>", "BR-CO-10"),
    (Profile::Peppol, ">340.11</cbc:TaxInclusiveAmount>", ">340.12</cbc:TaxInclusiveAmount>", "BR-CO-15"),
    (Profile::XRechnungUbl, "<cbc:DocumentCurrencyCode>EUR<", "<cbc:DocumentCurrencyCode><", "BR-05"),
];

#[test]
fn a_cent_is_told() {
    let checked = sample("standard-EUR-invoice-whole-de")
        .check(issued())
        .unwrap();
    let invoice = checked.issue(number("2026-0042"));
    for (profile, good, bad, rule) in SPOILT {
        let xml = write(&invoice, *profile).unwrap();
        assert!(check(&xml, &invoice, *profile).unwrap().len() > 40);
        let text = String::from_utf8(xml).unwrap();
        assert!(text.contains(good), "{good} is not in\n{text}");
        let spoilt = text.replacen(good, bad, 1);
        let told = check(spoilt.as_bytes(), &invoice, *profile);
        assert_eq!(told, Err(EInvoiceError::Broken(rule)), "{good} → {bad}");
    }
}
