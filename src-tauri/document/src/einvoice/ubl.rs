//! The invoice in UBL 2.1, in the order of its schemas: `Invoice`, and `CreditNote` for what
//! credits, which names a few elements otherwise.

use hubledger_core::client_invoice::{
    CheckedInvoice, ClientInvoice, Deduction, InvoiceLine, PaymentMeans, VatSum,
};
use hubledger_core::invoice_party::{ElectronicAddress, PostalAddress};
use hubledger_core::money::Money;
use hubledger_core::vat::VatCase;

use super::cii::{cents, goods_cross_borders, payment_code};
use super::party::Ids;
use super::profile::Profile;
use super::words;
use super::xml::Xml;

/// What the two documents name differently.
struct Names {
    root: &'static str,
    namespace: &'static str,
    type_code: &'static str,
    line: &'static str,
    quantity: &'static str,
}

const INVOICE: Names = Names {
    root: "Invoice",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    type_code: "cbc:InvoiceTypeCode",
    line: "cac:InvoiceLine",
    quantity: "cbc:InvoicedQuantity",
};

const CREDIT_NOTE: Names = Names {
    root: "CreditNote",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    type_code: "cbc:CreditNoteTypeCode",
    line: "cac:CreditNoteLine",
    quantity: "cbc:CreditedQuantity",
};

pub(super) fn write(invoice: &ClientInvoice, profile: Profile) -> Xml {
    let names = if invoice.kind().is_credit() {
        &CREDIT_NOTE
    } else {
        &INVOICE
    };
    let namespaces = [
        ("xmlns", names.namespace),
        (
            "xmlns:cac",
            "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
        ),
        (
            "xmlns:cbc",
            "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
        ),
    ];
    Xml::document(names.root, &namespaces, |xml| {
        head(xml, invoice, profile, names);
        references(xml, invoice);
        xml.element("cac:AccountingSupplierParty", |xml| {
            xml.element("cac:Party", |xml| seller(xml, invoice));
        });
        xml.element("cac:AccountingCustomerParty", |xml| {
            xml.element("cac:Party", |xml| buyer(xml, invoice));
        });
        delivery(xml, invoice);
        xml.element("cac:PaymentMeans", |xml| payment(xml, invoice));
        if !invoice.terms().trim().is_empty() {
            xml.element("cac:PaymentTerms", |xml| {
                xml.text("cbc:Note", invoice.terms().trim())
            });
        }
        vat(xml, invoice, profile);
        xml.element("cac:LegalMonetaryTotal", |xml| totals(xml, invoice));
        for (at, (item, net)) in invoice.lines().enumerate() {
            xml.element(names.line, |xml| {
                line(xml, names, at + 1, item, net, invoice.currency().code());
            });
        }
    })
}

fn head(xml: &mut Xml, invoice: &ClientInvoice, profile: Profile, names: &Names) {
    xml.text("cbc:CustomizationID", profile.specification());
    xml.some_text("cbc:ProfileID", profile.process().unwrap_or_default());
    xml.text("cbc:ID", invoice.number().as_str());
    xml.text("cbc:IssueDate", &invoice.issued_on().to_string());
    if !invoice.kind().is_credit() {
        xml.text("cbc:DueDate", &invoice.due_on().to_string());
    }
    xml.text(names.type_code, profile.type_code(invoice.kind()));
    xml.some_text("cbc:Note", &words::note(invoice));
    xml.text("cbc:DocumentCurrencyCode", invoice.currency().code());
    xml.some_text(
        "cbc:TaxCurrencyCode",
        invoice.own_currency().map_or("", |own| &own.currency),
    );
    xml.some_text("cbc:BuyerReference", &invoice.buyer().reference);
    if let Some((first, last)) = invoice.period() {
        xml.element("cac:InvoicePeriod", |xml| {
            xml.text("cbc:StartDate", &first.to_string());
            xml.text("cbc:EndDate", &last.to_string());
        });
    }
}

fn references(xml: &mut Xml, invoice: &CheckedInvoice) {
    let order = invoice.buyer().order_number.trim();
    if !order.is_empty() {
        xml.element("cac:OrderReference", |xml| xml.text("cbc:ID", order));
    }
    for reference in invoice.references() {
        xml.element("cac:BillingReference", |xml| {
            xml.element("cac:InvoiceDocumentReference", |xml| {
                xml.text("cbc:ID", reference.number.as_str());
                xml.text("cbc:IssueDate", &reference.issued_on.to_string());
            });
        });
    }
    if invoice.deduction() == Deduction::AsPrepaid && !invoice.advances().is_empty() {
        xml.element("cac:AdditionalDocumentReference", |xml| {
            xml.text("cbc:ID", "advances");
            xml.text(
                "cbc:DocumentDescription",
                words::advances(invoice.buyer().language),
            );
            xml.element("cac:Attachment", |xml| {
                let file = [("mimeCode", "text/csv"), ("filename", "advances.csv")];
                let csv = words::base64(words::advances_csv(invoice).as_bytes());
                xml.text_with("cbc:EmbeddedDocumentBinaryObject", &file, &csv);
            });
        });
    }
}

fn seller(xml: &mut Xml, invoice: &CheckedInvoice) {
    let (seller, ids) = (invoice.seller(), Ids::of(invoice));
    endpoint(xml, seller.reachable_at());
    identification(xml, ids.seller_other);
    postal_address(xml, &seller.address);
    tax_scheme(xml, "VAT", ids.seller_vat.unwrap_or_default());
    tax_scheme(xml, "FC", &seller.tax_number);
    xml.element("cac:PartyLegalEntity", |xml| {
        xml.text("cbc:RegistrationName", seller.name.trim());
        xml.some_text("cbc:CompanyID", &seller.register_entry);
        xml.some_text("cbc:CompanyLegalForm", &seller.legal_notice);
    });
    let contact = &seller.contact;
    contact_of(xml, &contact.name, &contact.phone, &contact.email);
}

fn buyer(xml: &mut Xml, invoice: &CheckedInvoice) {
    let (buyer, ids) = (invoice.buyer(), Ids::of(invoice));
    endpoint(xml, buyer.reachable_at());
    identification(xml, ids.buyer_other);
    postal_address(xml, &buyer.address);
    tax_scheme(xml, "VAT", ids.buyer_vat.unwrap_or_default());
    xml.element("cac:PartyLegalEntity", |xml| {
        xml.text("cbc:RegistrationName", buyer.name.trim());
    });
    contact_of(xml, &buyer.contact, "", &buyer.email);
}

fn endpoint(xml: &mut Xml, address: Option<ElectronicAddress>) {
    if let Some(ElectronicAddress { scheme, id }) = address {
        xml.text_with("cbc:EndpointID", &[("schemeID", &scheme)], id.trim());
    }
}

fn identification(xml: &mut Xml, id: Option<&str>) {
    if let Some(id) = id {
        xml.element("cac:PartyIdentification", |xml| xml.text("cbc:ID", id));
    }
}

fn postal_address(xml: &mut Xml, address: &PostalAddress) {
    xml.element("cac:PostalAddress", |xml| address_parts(xml, address));
}

fn address_parts(xml: &mut Xml, address: &PostalAddress) {
    xml.some_text("cbc:StreetName", &address.street);
    xml.some_text("cbc:AdditionalStreetName", &address.addition);
    xml.some_text("cbc:CityName", &address.city);
    xml.some_text("cbc:PostalZone", &address.post_code);
    if let Some(country) = address.country {
        xml.element("cac:Country", |xml| {
            xml.text("cbc:IdentificationCode", country.code())
        });
    }
}

fn tax_scheme(xml: &mut Xml, scheme: &str, id: &str) {
    if !id.trim().is_empty() {
        xml.element("cac:PartyTaxScheme", |xml| {
            xml.text("cbc:CompanyID", id.trim());
            xml.element("cac:TaxScheme", |xml| xml.text("cbc:ID", scheme));
        });
    }
}

fn contact_of(xml: &mut Xml, name: &str, phone: &str, email: &str) {
    if !format!("{name}{phone}{email}").trim().is_empty() {
        xml.element("cac:Contact", |xml| {
            xml.some_text("cbc:Name", name);
            xml.some_text("cbc:Telephone", phone);
            xml.some_text("cbc:ElectronicMail", email);
        });
    }
}

fn delivery(xml: &mut Xml, invoice: &CheckedInvoice) {
    let crosses = goods_cross_borders(invoice);
    if invoice.delivered_on().is_none() && !crosses {
        return;
    }
    xml.element("cac:Delivery", |xml| {
        if let Some(on) = invoice.delivered_on() {
            xml.text("cbc:ActualDeliveryDate", &on.to_string());
        }
        if crosses {
            xml.element("cac:DeliveryLocation", |xml| {
                xml.element("cac:Address", |xml| {
                    address_parts(xml, &invoice.buyer().address)
                });
            });
        }
    });
}

fn payment(xml: &mut Xml, invoice: &ClientInvoice) {
    xml.text("cbc:PaymentMeansCode", payment_code(invoice));
    if invoice.kind().is_credit() {
        xml.text("cbc:PaymentDueDate", &invoice.due_on().to_string());
    }
    xml.text("cbc:PaymentID", invoice.number().as_str());
    let account = invoice.seller().bank.as_ref();
    if let Some(bank) = account.filter(|_| invoice.payment() == PaymentMeans::Transfer) {
        xml.element("cac:PayeeFinancialAccount", |xml| {
            xml.text("cbc:ID", bank.iban.as_str());
            xml.some_text("cbc:Name", &bank.holder);
            if let Some(bic) = &bank.bic {
                xml.element("cac:FinancialInstitutionBranch", |xml| {
                    xml.text("cbc:ID", bic.as_str());
                });
            }
        });
    }
}

fn vat(xml: &mut Xml, invoice: &CheckedInvoice, profile: Profile) {
    let sums = invoice.sums();
    xml.element("cac:TaxTotal", |xml| {
        amount(xml, "cbc:TaxAmount", sums.vat_total);
        for sum in &sums.vat {
            xml.element("cac:TaxSubtotal", |xml| {
                subtotal(xml, invoice, sum, profile);
            });
        }
    });
    if let (Some(own), Some(vat)) = (invoice.own_currency(), sums.vat_in_own_currency) {
        xml.element("cac:TaxTotal", |xml| {
            let currency = [("currencyID", own.currency.as_str())];
            xml.text_with("cbc:TaxAmount", &currency, &format!("{vat:.2}"));
        });
    }
}

fn subtotal(xml: &mut Xml, invoice: &CheckedInvoice, sum: &VatSum, profile: Profile) {
    amount(xml, "cbc:TaxableAmount", sum.basis);
    amount(xml, "cbc:TaxAmount", sum.vat);
    xml.element("cac:TaxCategory", |xml| {
        category(xml, &sum.case, profile.states_rate_of(&sum.case), |xml| {
            let seller = invoice.seller().address.country;
            let code = seller.and_then(|from| sum.case.vatex(from));
            xml.some_text("cbc:TaxExemptionReasonCode", code.unwrap_or_default());
            let reason = seller.and_then(|from| sum.case.reason(invoice.buyer().language, from));
            xml.some_text("cbc:TaxExemptionReason", &reason.unwrap_or_default());
        });
    });
}

fn category(xml: &mut Xml, case: &VatCase, has_rate: bool, reasons: impl FnOnce(&mut Xml)) {
    xml.text("cbc:ID", case.code());
    if has_rate {
        xml.text("cbc:Percent", &case.percent().normalize().to_string());
    }
    reasons(xml);
    xml.element("cac:TaxScheme", |xml| xml.text("cbc:ID", "VAT"));
}

fn totals(xml: &mut Xml, invoice: &CheckedInvoice) {
    let sums = invoice.sums();
    amount(xml, "cbc:LineExtensionAmount", sums.net);
    amount(xml, "cbc:TaxExclusiveAmount", sums.net);
    amount(xml, "cbc:TaxInclusiveAmount", sums.gross);
    if !sums.prepaid.is_zero() {
        amount(xml, "cbc:PrepaidAmount", sums.prepaid);
    }
    if !sums.rounding.is_zero() {
        amount(xml, "cbc:PayableRoundingAmount", sums.rounding);
    }
    amount(xml, "cbc:PayableAmount", sums.due);
}

fn line(
    xml: &mut Xml,
    names: &Names,
    number: usize,
    item: &InvoiceLine,
    net: Money,
    currency: &str,
) {
    xml.text("cbc:ID", &number.to_string());
    xml.some_text("cbc:Note", &item.group);
    let quantity = item.quantity.normalize().to_string();
    xml.text_with(names.quantity, &[("unitCode", item.unit.code())], &quantity);
    amount(xml, "cbc:LineExtensionAmount", net);
    xml.element("cac:Item", |xml| {
        xml.some_text("cbc:Description", &item.description);
        xml.text("cbc:Name", item.text.trim());
        xml.element("cac:ClassifiedTaxCategory", |xml| {
            // Outside the scope of VAT a line has no rate, not even 0 (BR-O-05).
            category(xml, &item.vat, item.vat != VatCase::OutsideScope, |_| {})
        });
    });
    xml.element("cac:Price", |xml| {
        let price = item.unit_price.amount().normalize().to_string();
        xml.text_with("cbc:PriceAmount", &[("currencyID", currency)], &price);
    });
}

fn amount(xml: &mut Xml, name: &str, amount: Money) {
    xml.text_with(
        name,
        &[("currencyID", amount.currency().code())],
        &cents(amount),
    );
}
