//! The partner's own invoice to a client: the model of EN 16931, with its sums worked out once.
//! PDF, e-invoice and ledger take the same value. A [`DraftInvoice`] may be incomplete; its
//! [`InvoiceContent`] is how it stands, to be looked at; checked, it is a [`CheckedInvoice`]; with a
//! number it is a [`ClientInvoice`], which nothing changes.
//! Numbers such as BT-112 and BG-23 are those of the standard.

mod advance;
mod check;
mod sums;

use rust_decimal::Decimal;

use crate::currency::Currency;
use crate::id::InvoiceNumber;
use crate::invoice_fault::InvoiceFault;
use crate::invoice_party::{Buyer, Seller};
use crate::money::Money;
use crate::period::Date;
use crate::unit::Unit;
use crate::vat::VatCase;

pub use advance::{Advance, AdvanceShare, Deduction};
pub use sums::{InvoiceSums, VatSum};

/// Which document it is (BT-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvoiceKind {
    Invoice,
    /// An invoice for money that a client pays in advance.
    Prepayment,
    /// Credits a part of an invoice; its amounts are above zero.
    CreditNote,
    /// Takes a whole invoice back; its amounts are above zero.
    Cancellation,
    /// Replaces an invoice.
    Corrected,
}

impl InvoiceKind {
    /// The code of UNTDID 1001.
    pub fn code(self) -> &'static str {
        match self {
            Self::Invoice => "380",
            Self::Prepayment => "386",
            Self::CreditNote | Self::Cancellation => "381",
            Self::Corrected => "384",
        }
    }

    /// Whether it lowers what the client owes.
    pub fn is_credit(self) -> bool {
        matches!(self, Self::CreditNote | Self::Cancellation)
    }

    /// Whether it must name an earlier invoice.
    pub fn corrects(self) -> bool {
        self.is_credit() || self == Self::Corrected
    }
}

/// An earlier invoice that is named (BG-3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvoiceReference {
    /// BT-25.
    pub number: InvoiceNumber,
    /// BT-26.
    pub issued_on: Date,
}

/// What is billed, one line (BG-25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceLine {
    /// BT-153.
    pub text: String,
    /// More words, in lines of their own (BT-154); may be empty.
    pub description: String,
    /// What the paper groups and subtotals by, such as the client's channel; may be empty.
    pub group: String,
    /// May be below zero, to deduct (BT-129).
    pub quantity: Decimal,
    /// BT-130.
    pub unit: Unit,
    /// Net, not below zero, with up to ten decimals (BT-146).
    pub unit_price: Money,
    /// BT-151, BT-152.
    pub vat: VatCase,
}

impl InvoiceLine {
    /// Its net in whole cents (BT-131): rounded here, once.
    pub fn net(&self) -> Result<Money, crate::Error> {
        Money::of_quantity(self.quantity, self.unit_price)
    }
}

/// By when a client pays (BT-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// So many days after the day of the invoice; 0 at once.
    InDays(u16),
    On(Date),
}

/// How a client pays (BT-81).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentMeans {
    /// To the seller's bank account.
    Transfer,
    /// By card, through a service that takes it; `48` would want the card's number.
    Card,
    /// It was paid already, or is set off.
    Settled,
    /// As both have agreed.
    Agreed,
}

impl PaymentMeans {
    /// The code of UNTDID 4461. A transfer in EUR is one of SEPA.
    pub fn code(self, currency: Currency) -> &'static str {
        match (self, currency) {
            (Self::Transfer, Currency::Eur) => "58",
            (Self::Transfer, Currency::Usd) => "30",
            (Self::Card, _) => "68",
            (Self::Settled, _) => "57",
            (Self::Agreed, _) => "1",
        }
    }
}

/// The rate by which VAT is also stated in the seller's own currency (BT-6, Article 230).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCurrencyRate {
    /// The seller's own, by ISO 4217.
    pub currency: String,
    /// How much of it one unit of the invoice's currency is.
    pub rate: Decimal,
    pub on: Date,
    /// Who published the rate.
    pub source: String,
}

/// An invoice as it is written, before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftInvoice {
    pub kind: InvoiceKind,
    /// BT-5.
    pub currency: Currency,
    pub seller: Seller,
    pub buyer: Buyer,
    /// First and last day of what is billed (BG-14).
    pub period: Option<(Date, Date)>,
    /// BT-72.
    pub delivered_on: Option<Date>,
    pub due: Due,
    /// BT-20; may be empty.
    pub terms: String,
    pub payment: PaymentMeans,
    /// BT-22.
    pub notes: Vec<String>,
    pub lines: Vec<InvoiceLine>,
    /// What it corrects (BG-3).
    pub corrects: Vec<InvoiceReference>,
    /// What was paid in advance and invoiced then, and how it is deducted.
    pub advances: Vec<Advance>,
    pub deduction: Deduction,
    /// What was paid otherwise (part of BT-113).
    pub paid: Money,
    /// BT-114, such as to whole five cents.
    pub rounding: Money,
    pub own_currency: Option<OwnCurrencyRate>,
}

/// A draft that lacks nothing, with its day and its sums. It only wants a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedInvoice(InvoiceContent);

/// What an invoice says, with its day and its sums. Of a draft it may lack something, and nobody can
/// issue it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceContent {
    draft: DraftInvoice,
    /// Those of the draft, then the deductions of advances.
    lines: Vec<InvoiceLine>,
    nets: Vec<Money>,
    references: Vec<InvoiceReference>,
    issued_on: Date,
    due_on: Date,
    sums: InvoiceSums,
}

/// An issued invoice or credit note. Nothing changes it; a mistake is corrected by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientInvoice {
    number: InvoiceNumber,
    content: CheckedInvoice,
}

impl DraftInvoice {
    /// An empty draft.
    pub fn new(kind: InvoiceKind, currency: Currency, seller: Seller, buyer: Buyer) -> Self {
        Self {
            kind,
            currency,
            seller,
            buyer,
            period: None,
            delivered_on: None,
            due: Due::InDays(14),
            terms: String::new(),
            payment: PaymentMeans::Transfer,
            notes: Vec::new(),
            lines: Vec::new(),
            corrects: Vec::new(),
            advances: Vec::new(),
            deduction: Deduction::AsLines,
            paid: Money::zero(currency),
            rounding: Money::zero(currency),
            own_currency: None,
        }
    }

    /// Looks for everything that stands in the way of issuing it on a day. No number is needed
    /// to tell, and all faults are told at once.
    pub fn check(self, issued_on: Date) -> Result<CheckedInvoice, Vec<InvoiceFault>> {
        let mut faults = check::faults(&self, issued_on);
        match self.as_it_stands(issued_on) {
            Ok(content) => {
                faults.extend(check::faults_of_sums(&content));
                if faults.is_empty() {
                    Ok(CheckedInvoice(content))
                } else {
                    Err(faults)
                }
            }
            Err(error) => {
                // A currency that differs is told with its line already.
                if faults.is_empty() {
                    faults.push(error.into());
                }
                Err(faults)
            }
        }
    }

    /// Its sums as they stand, for a preview of what is still incomplete.
    pub fn sums(&self, issued_on: Date) -> Result<InvoiceSums, crate::Error> {
        self.clone()
            .as_it_stands(issued_on)
            .map(|content| content.sums)
    }

    /// What it says as it stands, whatever it lacks: to be looked at.
    pub fn as_it_stands(self, issued_on: Date) -> Result<InvoiceContent, crate::Error> {
        let mut lines = self.lines.clone();
        if self.deduction == Deduction::AsLines {
            lines.extend(advance::deducting_lines(&self));
        }
        let nets = lines
            .iter()
            .map(InvoiceLine::net)
            .collect::<Result<Vec<_>, _>>()?;
        let sums = InvoiceSums::of(&self, &lines, &nets)?;
        let mut references = self.corrects.clone();
        references.extend(self.advances.iter().map(|advance| advance.invoice.clone()));
        let due_on = match self.due {
            Due::On(day) => day,
            Due::InDays(days) => issued_on
                .checked_add_days(chrono::Days::new(u64::from(days)))
                .unwrap_or(issued_on),
        };
        Ok(InvoiceContent {
            lines,
            nets,
            references,
            issued_on,
            due_on,
            sums,
            draft: self,
        })
    }
}

impl CheckedInvoice {
    /// Gives it its number: from here on it never changes.
    pub fn issue(self, number: InvoiceNumber) -> ClientInvoice {
        ClientInvoice {
            number,
            content: self,
        }
    }
}

impl InvoiceContent {
    pub fn kind(&self) -> InvoiceKind {
        self.draft.kind
    }

    /// BT-5.
    pub fn currency(&self) -> Currency {
        self.draft.currency
    }

    pub fn seller(&self) -> &Seller {
        &self.draft.seller
    }

    pub fn buyer(&self) -> &Buyer {
        &self.draft.buyer
    }

    /// BT-2.
    pub fn issued_on(&self) -> Date {
        self.issued_on
    }

    /// BT-9.
    pub fn due_on(&self) -> Date {
        self.due_on
    }

    /// BG-14: first and last day.
    pub fn period(&self) -> Option<(Date, Date)> {
        self.draft.period
    }

    /// BT-72.
    pub fn delivered_on(&self) -> Option<Date> {
        self.draft.delivered_on
    }

    /// BT-20; may be empty.
    pub fn terms(&self) -> &str {
        &self.draft.terms
    }

    pub fn payment(&self) -> PaymentMeans {
        self.draft.payment
    }

    /// BT-22.
    pub fn notes(&self) -> &[String] {
        &self.draft.notes
    }

    /// All lines with their nets (BT-131), the deductions of advances last.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = (&InvoiceLine, Money)> {
        self.lines.iter().zip(self.nets.iter().copied())
    }

    /// BG-3: what it corrects, then the invoices of the advances that it deducts.
    pub fn references(&self) -> &[InvoiceReference] {
        &self.references
    }

    pub fn advances(&self) -> &[Advance] {
        &self.draft.advances
    }

    pub fn deduction(&self) -> Deduction {
        self.draft.deduction
    }

    /// What advances take off an invoice over the whole, VAT included (part of BT-113).
    pub fn prepaid_advances(&self) -> Result<Money, crate::Error> {
        self.prepaid(|share| [share.net, share.vat].to_vec())
    }

    /// The VAT in it, which was owed when the advances came.
    pub fn prepaid_vat(&self) -> Result<Money, crate::Error> {
        self.prepaid(|share| vec![share.vat])
    }

    fn prepaid(
        &self,
        amounts: impl Fn(&AdvanceShare) -> Vec<Money>,
    ) -> Result<Money, crate::Error> {
        let advances = match self.deduction() {
            Deduction::AsLines => &[],
            Deduction::AsPrepaid => self.advances(),
        };
        let shares = advances.iter().flat_map(|advance| &advance.shares);
        Money::sum(self.currency(), shares.flat_map(amounts))
    }

    pub fn own_currency(&self) -> Option<&OwnCurrencyRate> {
        self.draft.own_currency.as_ref()
    }

    /// BG-22, BG-23.
    pub fn sums(&self) -> &InvoiceSums {
        &self.sums
    }

    /// The draft that it was made from, such as to keep it in the book.
    pub fn draft(&self) -> &DraftInvoice {
        &self.draft
    }
}

impl ClientInvoice {
    /// An issued invoice as the book kept it. It was checked when it was issued; later rules don't
    /// apply to it, and its sums are worked out as they were.
    pub fn kept(
        number: InvoiceNumber,
        issued_on: Date,
        draft: DraftInvoice,
    ) -> Result<Self, crate::Error> {
        let content = CheckedInvoice(draft.as_it_stands(issued_on)?);
        Ok(Self { number, content })
    }

    /// BT-1.
    pub fn number(&self) -> &InvoiceNumber {
        &self.number
    }

    /// How a later document names it.
    pub fn reference(&self) -> InvoiceReference {
        InvoiceReference {
            number: self.number.clone(),
            issued_on: self.issued_on(),
        }
    }
}

impl std::ops::Deref for CheckedInvoice {
    type Target = InvoiceContent;

    fn deref(&self) -> &InvoiceContent {
        &self.0
    }
}

impl std::ops::Deref for ClientInvoice {
    type Target = CheckedInvoice;

    fn deref(&self) -> &CheckedInvoice {
        &self.content
    }
}

#[cfg(test)]
mod tests;
