//! What a draft lacks, marked at its place on the page, in the page's language. An invoice that is
//! issued lacks nothing.

use hubledger_core::client_invoice::DraftInvoice;
use hubledger_core::invoice_fault::{InvoiceFault, PartyDetail, PartyRole};
use hubledger_core::invoice_party::PostalAddress;

use crate::invoice::TEXT;
use crate::layout::{Ink, Style};
use crate::speech::Speech;

/// How a mark is written, where the place has a style of its own.
pub(super) const MARKED: Style = Style {
    ink: Ink::Tint([0x85, 0x50, 0x00]),
    ..TEXT
};

/// A mark for what is missing.
pub(super) fn gap(what: &str) -> String {
    format!("[{what}]")
}

/// Writes marks into the texts of seller and buyer that are empty and must not be.
pub(super) fn mark(draft: &mut DraftInvoice, faults: &[InvoiceFault], speech: Speech) {
    for fault in faults {
        match fault {
            InvoiceFault::Lacks(PartyRole::Buyer, detail) => {
                let buyer = &mut draft.buyer;
                mark_party(&mut buyer.name, &mut buyer.address, *detail, speech);
            }
            InvoiceFault::Lacks(PartyRole::Seller, detail) => {
                let seller = &mut draft.seller;
                mark_party(&mut seller.name, &mut seller.address, *detail, speech);
                match detail {
                    PartyDetail::VatIdOrTaxNumber => seller.tax_number = gap(speech.no_number()),
                    PartyDetail::VatId => {
                        seller.legal_notice =
                            format!("{} {}", speech.vat_id(), gap(speech.no_number()));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn mark_party(name: &mut String, address: &mut PostalAddress, detail: PartyDetail, speech: Speech) {
    match detail {
        PartyDetail::Name => *name = gap(speech.no_name()),
        PartyDetail::Street => address.street = gap(speech.no_street()),
        PartyDetail::City => address.city = gap(speech.no_town()),
        _ => {}
    }
}
