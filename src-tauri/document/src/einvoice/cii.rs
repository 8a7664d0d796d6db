//! The invoice in UN/CEFACT's Cross Industry Invoice (D16B), in the order of its schema.

use hubledger_core::client_invoice::{
    CheckedInvoice, ClientInvoice, Deduction, InvoiceLine, PaymentMeans,
};
use hubledger_core::invoice_party::{ElectronicAddress, PostalAddress};
use hubledger_core::money::Money;
use hubledger_core::period::Date;
use hubledger_core::vat::VatCase;

use super::party::Ids;
use super::profile::Profile;
use super::words;
use super::xml::Xml;

const NAMESPACES: [(&str, &str); 4] = [
    (
        "xmlns:rsm",
        "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    ),
    (
        "xmlns:ram",
        "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    ),
    (
        "xmlns:udt",
        "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    ),
    (
        "xmlns:qdt",
        "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    ),
];

pub(super) fn write(invoice: &ClientInvoice, profile: Profile) -> Xml {
    Xml::document("rsm:CrossIndustryInvoice", &NAMESPACES, |xml| {
        xml.element("rsm:ExchangedDocumentContext", |xml| context(xml, profile));
        xml.element("rsm:ExchangedDocument", |xml| head(xml, invoice, profile));
        xml.element("rsm:SupplyChainTradeTransaction", |xml| {
            for (at, (item, net)) in invoice.lines().enumerate() {
                xml.element("ram:IncludedSupplyChainTradeLineItem", |xml| {
                    line(xml, at + 1, item, net);
                });
            }
            xml.element("ram:ApplicableHeaderTradeAgreement", |xml| {
                agreement(xml, invoice)
            });
            xml.element("ram:ApplicableHeaderTradeDelivery", |xml| {
                delivery(xml, invoice)
            });
            xml.element("ram:ApplicableHeaderTradeSettlement", |xml| {
                settlement(xml, invoice, profile)
            });
        });
    })
}

fn context(xml: &mut Xml, profile: Profile) {
    if let Some(process) = profile.process() {
        xml.element(
            "ram:BusinessProcessSpecifiedDocumentContextParameter",
            |xml| {
                xml.text("ram:ID", process);
            },
        );
    }
    xml.element("ram:GuidelineSpecifiedDocumentContextParameter", |xml| {
        xml.text("ram:ID", profile.specification());
    });
}

fn head(xml: &mut Xml, invoice: &ClientInvoice, profile: Profile) {
    xml.text("ram:ID", invoice.number().as_str());
    xml.text("ram:TypeCode", profile.type_code(invoice.kind()));
    day(xml, "ram:IssueDateTime", invoice.issued_on());
    let note = words::note(invoice);
    if !note.is_empty() {
        xml.element("ram:IncludedNote", |xml| xml.text("ram:Content", &note));
    }
}

fn line(xml: &mut Xml, number: usize, item: &InvoiceLine, net: Money) {
    xml.element("ram:AssociatedDocumentLineDocument", |xml| {
        xml.text("ram:LineID", &number.to_string());
        if !item.group.trim().is_empty() {
            xml.element("ram:IncludedNote", |xml| {
                xml.text("ram:Content", item.group.trim())
            });
        }
    });
    xml.element("ram:SpecifiedTradeProduct", |xml| {
        xml.text("ram:Name", item.text.trim());
        xml.some_text("ram:Description", &item.description);
    });
    xml.element("ram:SpecifiedLineTradeAgreement", |xml| {
        xml.element("ram:NetPriceProductTradePrice", |xml| {
            let price = item.unit_price.amount().normalize().to_string();
            xml.text("ram:ChargeAmount", &price);
        });
    });
    xml.element("ram:SpecifiedLineTradeDelivery", |xml| {
        let quantity = item.quantity.normalize().to_string();
        xml.text_with(
            "ram:BilledQuantity",
            &[("unitCode", item.unit.code())],
            &quantity,
        );
    });
    xml.element("ram:SpecifiedLineTradeSettlement", |xml| {
        xml.element("ram:ApplicableTradeTax", |xml| {
            xml.text("ram:TypeCode", "VAT");
            xml.text("ram:CategoryCode", item.vat.code());
            // Outside the scope of VAT a line has no rate, not even 0 (BR-O-05).
            if item.vat != VatCase::OutsideScope {
                rate(xml, &item.vat);
            }
        });
        xml.element("ram:SpecifiedTradeSettlementLineMonetarySummation", |xml| {
            amount(xml, "ram:LineTotalAmount", net);
        });
    });
}

fn agreement(xml: &mut Xml, invoice: &CheckedInvoice) {
    let buyer = invoice.buyer();
    xml.some_text("ram:BuyerReference", &buyer.reference);
    xml.element("ram:SellerTradeParty", |xml| seller(xml, invoice));
    xml.element("ram:BuyerTradeParty", |xml| buyer_party(xml, invoice));
    if !buyer.order_number.trim().is_empty() {
        xml.element("ram:BuyerOrderReferencedDocument", |xml| {
            xml.text("ram:IssuerAssignedID", buyer.order_number.trim());
        });
    }
    if invoice.deduction() == Deduction::AsPrepaid && !invoice.advances().is_empty() {
        xml.element("ram:AdditionalReferencedDocument", |xml| {
            xml.text("ram:IssuerAssignedID", "advances");
            xml.text("ram:TypeCode", "916");
            xml.text("ram:Name", words::advances(buyer.language));
            let file = [("mimeCode", "text/csv"), ("filename", "advances.csv")];
            let csv = words::base64(words::advances_csv(invoice).as_bytes());
            xml.text_with("ram:AttachmentBinaryObject", &file, &csv);
        });
    }
}

fn seller(xml: &mut Xml, invoice: &CheckedInvoice) {
    let (seller, ids) = (invoice.seller(), Ids::of(invoice));
    xml.some_text("ram:ID", ids.seller_other.unwrap_or_default());
    xml.text("ram:Name", seller.name.trim());
    xml.some_text("ram:Description", &seller.legal_notice);
    if !seller.register_entry.trim().is_empty() {
        xml.element("ram:SpecifiedLegalOrganization", |xml| {
            xml.text("ram:ID", seller.register_entry.trim());
        });
    }
    let contact = &seller.contact;
    if !format!("{}{}{}", contact.name, contact.phone, contact.email)
        .trim()
        .is_empty()
    {
        xml.element("ram:DefinedTradeContact", |xml| {
            xml.some_text("ram:PersonName", &contact.name);
            reach(xml, &contact.phone, &contact.email);
        });
    }
    postal_address(xml, &seller.address);
    electronic_address(xml, seller.reachable_at());
    registration(xml, "VA", ids.seller_vat.unwrap_or_default());
    registration(xml, "FC", &seller.tax_number);
}

fn buyer_party(xml: &mut Xml, invoice: &CheckedInvoice) {
    let (buyer, ids) = (invoice.buyer(), Ids::of(invoice));
    xml.some_text("ram:ID", ids.buyer_other.unwrap_or_default());
    xml.text("ram:Name", buyer.name.trim());
    if !format!("{}{}", buyer.contact, buyer.email)
        .trim()
        .is_empty()
    {
        xml.element("ram:DefinedTradeContact", |xml| {
            xml.some_text("ram:PersonName", &buyer.contact);
            reach(xml, "", &buyer.email);
        });
    }
    postal_address(xml, &buyer.address);
    electronic_address(xml, buyer.reachable_at());
    registration(xml, "VA", ids.buyer_vat.unwrap_or_default());
}

fn reach(xml: &mut Xml, phone: &str, email: &str) {
    if !phone.trim().is_empty() {
        xml.element("ram:TelephoneUniversalCommunication", |xml| {
            xml.text("ram:CompleteNumber", phone.trim());
        });
    }
    if !email.trim().is_empty() {
        xml.element("ram:EmailURIUniversalCommunication", |xml| {
            xml.text("ram:URIID", email.trim());
        });
    }
}

fn postal_address(xml: &mut Xml, address: &PostalAddress) {
    xml.element("ram:PostalTradeAddress", |xml| {
        xml.some_text("ram:PostcodeCode", &address.post_code);
        xml.some_text("ram:LineOne", &address.street);
        xml.some_text("ram:LineTwo", &address.addition);
        xml.some_text("ram:CityName", &address.city);
        xml.some_text(
            "ram:CountryID",
            address.country.map_or("", |country| country.code()),
        );
    });
}

fn electronic_address(xml: &mut Xml, address: Option<ElectronicAddress>) {
    if let Some(ElectronicAddress { scheme, id }) = address {
        xml.element("ram:URIUniversalCommunication", |xml| {
            xml.text_with("ram:URIID", &[("schemeID", &scheme)], id.trim());
        });
    }
}

fn registration(xml: &mut Xml, scheme: &str, id: &str) {
    if !id.trim().is_empty() {
        xml.element("ram:SpecifiedTaxRegistration", |xml| {
            xml.text_with("ram:ID", &[("schemeID", scheme)], id.trim());
        });
    }
}

fn delivery(xml: &mut Xml, invoice: &CheckedInvoice) {
    // The schema wants the element, and empty ones are warned of: then the address is said.
    if goods_cross_borders(invoice) || invoice.delivered_on().is_none() {
        xml.element("ram:ShipToTradeParty", |xml| {
            postal_address(xml, &invoice.buyer().address)
        });
    }
    if let Some(on) = invoice.delivered_on() {
        xml.element("ram:ActualDeliverySupplyChainEvent", |xml| {
            day(xml, "ram:OccurrenceDateTime", on);
        });
    }
}

/// Such a delivery must say where to (BR-IC-12).
pub(super) fn goods_cross_borders(invoice: &CheckedInvoice) -> bool {
    invoice
        .lines()
        .any(|(line, _)| line.vat == VatCase::IntraEuGoods)
}

fn settlement(xml: &mut Xml, invoice: &ClientInvoice, profile: Profile) {
    let sums = invoice.sums();
    xml.text("ram:PaymentReference", invoice.number().as_str());
    xml.some_text(
        "ram:TaxCurrencyCode",
        invoice.own_currency().map_or("", |own| &own.currency),
    );
    xml.text("ram:InvoiceCurrencyCode", invoice.currency().code());
    xml.element("ram:SpecifiedTradeSettlementPaymentMeans", |xml| {
        payment(xml, invoice)
    });
    for sum in &sums.vat {
        xml.element("ram:ApplicableTradeTax", |xml| {
            amount(xml, "ram:CalculatedAmount", sum.vat);
            xml.text("ram:TypeCode", "VAT");
            let seller = invoice.seller().address.country;
            let reason = seller.and_then(|from| sum.case.reason(invoice.buyer().language, from));
            xml.some_text("ram:ExemptionReason", &reason.unwrap_or_default());
            amount(xml, "ram:BasisAmount", sum.basis);
            xml.text("ram:CategoryCode", sum.case.code());
            let code = seller.and_then(|from| sum.case.vatex(from));
            xml.some_text("ram:ExemptionReasonCode", code.unwrap_or_default());
            if profile.states_rate_of(&sum.case) {
                rate(xml, &sum.case);
            }
        });
    }
    if let Some((first, last)) = invoice.period() {
        xml.element("ram:BillingSpecifiedPeriod", |xml| {
            day(xml, "ram:StartDateTime", first);
            day(xml, "ram:EndDateTime", last);
        });
    }
    xml.element("ram:SpecifiedTradePaymentTerms", |xml| {
        xml.some_text("ram:Description", invoice.terms());
        day(xml, "ram:DueDateDateTime", invoice.due_on());
    });
    xml.element(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        |xml| {
            totals(xml, invoice);
        },
    );
    for reference in invoice.references() {
        xml.element("ram:InvoiceReferencedDocument", |xml| {
            xml.text("ram:IssuerAssignedID", reference.number.as_str());
            xml.element("ram:FormattedIssueDateTime", |xml| {
                date_string(xml, "qdt:DateTimeString", reference.issued_on);
            });
        });
    }
}

fn payment(xml: &mut Xml, invoice: &CheckedInvoice) {
    xml.text("ram:TypeCode", payment_code(invoice));
    let account = invoice.seller().bank.as_ref();
    if let Some(bank) = account.filter(|_| invoice.payment() == PaymentMeans::Transfer) {
        xml.element("ram:PayeePartyCreditorFinancialAccount", |xml| {
            xml.text("ram:IBANID", bank.iban.as_str());
            xml.some_text("ram:AccountName", &bank.holder);
        });
        if let Some(bic) = &bank.bic {
            xml.element("ram:PayeeSpecifiedCreditorFinancialInstitution", |xml| {
                xml.text("ram:BICID", bic.as_str());
            });
        }
    }
}

/// A transfer without an account, as on a credit note, is a payment that both agree on.
pub(super) fn payment_code(invoice: &CheckedInvoice) -> &'static str {
    let means = match invoice.payment() {
        PaymentMeans::Transfer if invoice.seller().bank.is_none() => PaymentMeans::Agreed,
        means => means,
    };
    means.code(invoice.currency())
}

fn totals(xml: &mut Xml, invoice: &CheckedInvoice) {
    let sums = invoice.sums();
    amount(xml, "ram:LineTotalAmount", sums.net);
    amount(xml, "ram:TaxBasisTotalAmount", sums.net);
    let currency = invoice.currency().code();
    let vat = cents(sums.vat_total);
    xml.text_with("ram:TaxTotalAmount", &[("currencyID", currency)], &vat);
    if let (Some(own), Some(vat)) = (invoice.own_currency(), sums.vat_in_own_currency) {
        let currency = [("currencyID", own.currency.as_str())];
        xml.text_with("ram:TaxTotalAmount", &currency, &format!("{vat:.2}"));
    }
    if !sums.rounding.is_zero() {
        amount(xml, "ram:RoundingAmount", sums.rounding);
    }
    amount(xml, "ram:GrandTotalAmount", sums.gross);
    if !sums.prepaid.is_zero() {
        amount(xml, "ram:TotalPrepaidAmount", sums.prepaid);
    }
    amount(xml, "ram:DuePayableAmount", sums.due);
}

fn rate(xml: &mut Xml, case: &VatCase) {
    xml.text(
        "ram:RateApplicablePercent",
        &case.percent().normalize().to_string(),
    );
}

fn amount(xml: &mut Xml, name: &str, amount: Money) {
    xml.text(name, &cents(amount));
}

/// Two decimals; zero has no sign.
pub(super) fn cents(amount: Money) -> String {
    if amount.is_zero() {
        return "0.00".to_owned();
    }
    format!("{:.2}", amount.amount())
}

fn day(xml: &mut Xml, name: &str, day: Date) {
    xml.element(name, |xml| date_string(xml, "udt:DateTimeString", day));
}

fn date_string(xml: &mut Xml, name: &str, day: Date) {
    xml.text_with(
        name,
        &[("format", "102")],
        &day.format("%Y%m%d").to_string(),
    );
}
