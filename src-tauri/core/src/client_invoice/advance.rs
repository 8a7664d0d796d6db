//! Advances: what a client paid before, on an invoice with VAT of its own. The later invoice must
//! deduct them with their VAT, or the VAT would be owed twice (section 14 (5) UStG). By default it
//! bills the rest: all lines, and a line below zero for each advance and VAT rate, which the
//! structured part of an e-invoice can state.

use rust_decimal::Decimal;

use super::{DraftInvoice, InvoiceLine, InvoiceReference};
use crate::language::Language;
use crate::money::Money;
use crate::period::Date;
use crate::unit::Unit;
use crate::vat::VatCase;

/// How advances are deducted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deduction {
    /// Lines below zero: the invoice is about the rest (Restrechnung).
    #[default]
    AsLines,
    /// The invoice is about the whole (Endrechnung); what was paid comes off the amount due
    /// (BT-113), and an annex lists it with its VAT. Taken by German tax offices until the end
    /// of 2027.
    AsPrepaid,
}

/// One advance invoice that is deducted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance {
    pub invoice: InvoiceReference,
    /// The day on which the client paid it.
    pub received_on: Option<Date>,
    /// What it billed, one for each VAT case.
    pub shares: Vec<AdvanceShare>,
}

/// What an advance invoice billed at one VAT case, in whole cents above zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdvanceShare {
    pub case: VatCase,
    pub net: Money,
    pub vat: Money,
}

impl Advance {
    /// Net and VAT of all its shares.
    pub fn gross(&self) -> Result<Money, crate::Error> {
        let Some(first) = self.shares.first() else {
            return Err(crate::Error::AmountNotPositive);
        };
        Money::sum(
            first.net.currency(),
            self.shares.iter().flat_map(|share| [share.net, share.vat]),
        )
    }
}

/// The lines that deduct the advances of a draft.
pub(super) fn deducting_lines(draft: &DraftInvoice) -> Vec<InvoiceLine> {
    let language = draft.buyer.language;
    draft
        .advances
        .iter()
        .flat_map(|advance| advance.shares.iter().map(move |share| (advance, share)))
        .map(|(advance, share)| InvoiceLine {
            text: deduction_text(language, &advance.invoice),
            description: String::new(),
            group: String::new(),
            quantity: Decimal::NEGATIVE_ONE,
            unit: Unit::One,
            unit_price: share.net,
            vat: share.case.clone(),
        })
        .collect()
}

fn deduction_text(language: Language, invoice: &InvoiceReference) -> String {
    let words = language.pick([
        "Less advance payment, invoice",
        "Abzüglich Anzahlung, Rechnung",
        "Menos anticipo, factura",
        "Menos adiantamento, fatura",
        "Moins acompte, facture",
        "Meno acconto, fattura",
    ]);
    let day = invoice.issued_on.format(match language {
        Language::English => "%-d %b %Y",
        Language::German => "%d.%m.%Y",
        _ => "%d/%m/%Y",
    });
    format!("{words} {} ({day})", invoice.number)
}
