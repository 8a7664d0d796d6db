//! What both syntaxes ask about seller and buyer.

use hubledger_core::client_invoice::CheckedInvoice;
use hubledger_core::country::Country;
use hubledger_core::tax::VatId;
use hubledger_core::vat::VatCase;

/// How the parties of an invoice are named by numbers.
#[derive(Debug)]
pub(super) struct Ids<'a> {
    /// BT-31.
    pub(super) seller_vat: Option<&'a str>,
    /// BT-48.
    pub(super) buyer_vat: Option<&'a str>,
    /// BT-46: what a company outside the EU has in the place of a VAT ID.
    pub(super) buyer_other: Option<&'a str>,
    /// BT-29, where neither register nor VAT ID tells who sells (BR-CO-26).
    pub(super) seller_other: Option<&'a str>,
}

impl<'a> Ids<'a> {
    pub(super) fn of(invoice: &'a CheckedInvoice) -> Self {
        let (seller, buyer) = (invoice.seller(), invoice.buyer());
        // Outside the scope of VAT, VAT IDs may not be named (BR-O-02).
        let in_scope = invoice
            .lines()
            .all(|(line, _)| line.vat != VatCase::OutsideScope);
        let vat = |id: Option<&'a VatId>, country: Option<Country>| {
            id.map(VatId::as_str)
                .filter(|id| in_scope && country.is_some_and(|country| has_prefix(id, country)))
        };
        let seller_vat = vat(seller.vat_id.as_ref(), seller.address.country);
        let buyer_vat = vat(buyer.vat_id.as_ref(), buyer.address.country);
        let buyer_other = buyer.vat_id.as_ref().map(VatId::as_str);
        let named = seller_vat.is_some() || !seller.register_entry.trim().is_empty();
        let by_number = Some(seller.tax_number.trim()).filter(|number| !number.is_empty());
        let other = by_number.or(seller.vat_id.as_ref().map(VatId::as_str));
        Self {
            seller_vat,
            buyer_vat,
            buyer_other: buyer_other.filter(|_| buyer_vat.is_none() && in_scope),
            seller_other: other.filter(|_| !named),
        }
    }
}

/// BR-CO-09: a VAT ID begins with its country, and that of Greece with EL.
fn has_prefix(id: &str, country: Country) -> bool {
    id.starts_with(country.code()) || (country.code() == "GR" && id.starts_with("EL"))
}
