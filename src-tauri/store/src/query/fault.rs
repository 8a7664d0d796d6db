//! What a proof finds: a code and the facts that name the place, never a sentence. Words are put
//! to them where people read them.

use std::fmt::Write as _;

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::Read;
use crate::codec;
use crate::error::Error;

/// Hands the list of faults with their words to another macro, behind what is told. A word is for good:
/// programs match on it.
#[macro_export]
macro_rules! fault_words {
    ($then:ident! { $($told:tt)* }) => {
        $then! { $($told)* {
            // The file
            Unreadable => "unreadable",
            FileUnsound => "file-unsound",
            DanglingKey => "dangling-key",
            SchemaDiffers => "schema-differs",
            InexactColumn => "inexact-column",
            // The ledger
            EntryUnbalanced => "entry-unbalanced",
            EntryEmpty => "entry-empty",
            PostingOnAnotherDay => "posting-on-another-day",
            PostingOfAnotherHub => "posting-of-another-hub",
            MoneyMixed => "money-mixed",
            UsageNotAsPosted => "usage-not-as-posted",
            ChargeOfAnotherHub => "charge-of-another-hub",
            SharesDoNotAddUp => "shares-do-not-add-up",
            TopUpNotAsPosted => "top-up-not-as-posted",
            RefundNotAsPosted => "refund-not-as-posted",
            EntryWithoutEvent => "entry-without-event",
            VatNotAsPosted => "vat-not-as-posted",
            EntryMirrorDiffers => "entry-mirror-differs",
            EntryTakenBackTwice => "entry-taken-back-twice",
            UndoneEntryStands => "undone-entry-stands",
            UndoneChargeStands => "undone-charge-stands",
            UndonePartyHoldsMoney => "undone-party-holds-money",
            // Usage
            ChargeWithoutFile => "charge-without-file",
            ImportWithoutHash => "import-without-hash",
            MirrorDiffers => "mirror-differs",
            ChargeTakenBackByNothing => "charge-taken-back-by-nothing",
            ChargeTakenBackTwice => "charge-taken-back-twice",
            ChargeNeitherNor => "charge-neither-nor",
            ChargeMiscounted => "charge-miscounted",
            ChargeMispriced => "charge-mispriced",
            SumNotItsCharges => "sum-not-its-charges",
            ChargeNotAsWritten => "charge-not-as-written",
            // Hub invoices and closed months
            InvoiceNotItsLines => "invoice-not-its-lines",
            InvoiceNotInCents => "invoice-not-in-cents",
            InvoiceNumberGap => "invoice-number-gap",
            LinePositionGap => "line-position-gap",
            SummaryDoesNotAddUp => "summary-does-not-add-up",
            SummaryNotTheLedger => "summary-not-the-ledger",
            PayableNotTheInvoices => "payable-not-the-invoices",
            UnratedInClosedMonth => "unrated-in-closed-month",
            ClosedBeforeEarlier => "closed-before-earlier",
            FrozenInOpenMonth => "frozen-in-open-month",
            ForeignInvoice => "foreign-invoice",
            // Invoices to clients
            ClientNumberGap => "client-number-gap",
            ClientNumbersNotByDay => "client-numbers-not-by-day",
            ClientInvoiceNotItsLines => "client-invoice-not-its-lines",
            ClientVatNotItsLines => "client-vat-not-its-lines",
            ClientOverCredited => "client-over-credited",
            ClientDeductionDiffers => "client-deduction-differs",
            ClientOverPaid => "client-over-paid",
            OutputVatDiffers => "output-vat-differs",
            ReceivableDiffers => "receivable-differs",
            ClientNotInvoicedHere => "client-not-invoiced-here",
            PaperChanged => "paper-changed",
            PaperMissing => "paper-missing",
            // Seals
            SealMissing => "seal-missing",
            SealMarksMissing => "seal-marks-missing",
            SealedRowChanged => "sealed-row-changed",
            SealedRowRemoved => "sealed-row-removed",
            SealedRowAdded => "sealed-row-added",
            SealedRowMoved => "sealed-row-moved",
            SealChanged => "seal-changed",
            BasisChanged => "basis-changed",
            NotSealedYet => "not-sealed-yet",
            // The tables, by their fingerprints
            TableChanged => "table-changed",
        } }
    };
}

/// Makes the list of faults.
macro_rules! fault_codes {
    ({ $($variant:ident => $text:literal),+ $(,)? }) => {
        /// What can be wrong with a book.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum FaultCode { $($variant),+ }

        impl FaultCode {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that programs match on.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

fault_words!(fault_codes! {});

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: FaultCode,
    /// What names the place, by name: days as 2026-07-31, months as 2026-07, amounts as decimals.
    pub facts: Vec<(String, String)>,
}

impl Fault {
    pub fn new(code: FaultCode) -> Self {
        Self {
            code,
            facts: Vec::new(),
        }
    }

    /// One more fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.push((name.to_owned(), value.to_string()));
        self
    }

    /// A fact by its name; empty where there is none.
    pub fn fact(&self, name: &str) -> &str {
        self.facts
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }
}

/// What one proof looked at, and the first things that break it.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    pub checked: i64,
    pub faults: Vec<Fault>,
    /// Nothing that fails, but worth to know.
    pub notices: Vec<Fault>,
}

/// How many faults of a kind are told.
const MOST_FAULTS: i64 = 20;

/// A question whose every answer is a fault. Its columns are the facts, by their names; `?1` is
/// how many are told.
pub(super) type Probe = (FaultCode, &'static str);

/// Columns that hold micro-units.
const AMOUNTS: [&str; 6] = ["off", "said", "found", "charged", "posted", "total"];

impl Read<'_> {
    /// Counts what is looked at, and asks each question.
    pub(super) fn proof(&self, count: &str, probes: &[Probe]) -> Result<Finding, Error> {
        let mut finding = Finding {
            checked: self.0.query_row(count, [], |row| row.get(0))?,
            ..Finding::default()
        };
        for (code, question) in probes {
            self.ask_faults(*code, question, &mut finding.faults)?;
        }
        Ok(finding)
    }

    fn ask_faults(
        &self,
        code: FaultCode,
        question: &str,
        faults: &mut Vec<Fault>,
    ) -> Result<(), Error> {
        let mut statement = self.0.prepare(question)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([MOST_FAULTS])?;
        while let Some(row) = rows.next()? {
            let mut fault = Fault::new(code);
            for (at, name) in names.iter().enumerate() {
                if let Some(value) = fact(row, at, name)? {
                    fault.facts.push((name.clone(), value));
                }
            }
            faults.push(fault);
        }
        Ok(())
    }
}

/// A column as a fact; none where it is empty.
fn fact(row: &Row<'_>, at: usize, name: &str) -> Result<Option<String>, Error> {
    let number = match row.get_ref(at)? {
        ValueRef::Null => return Ok(None),
        ValueRef::Integer(number) => number,
        ValueRef::Text(text) => return Ok(Some(String::from_utf8_lossy(text).into_owned())),
        ValueRef::Real(_) | ValueRef::Blob(_) => return Ok(Some("?".to_owned())),
    };
    Ok(Some(match name {
        _ if AMOUNTS.contains(&name) => codec::amount(number).normalize().to_string(),
        "day" => split(number, &[100, 100]),
        "month" => split(number, &[100]),
        _ => number.to_string(),
    }))
}

/// 20260731 as 2026-07-31, whatever it is.
pub(super) fn split(mut number: i64, parts: &[i64]) -> String {
    let mut tail = Vec::new();
    for size in parts {
        tail.push(number % size);
        number /= size;
    }
    let mut text = number.to_string();
    for part in tail.iter().rev() {
        let _ = write!(text, "-{part:02}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_told_as_people_write_them() {
        assert_eq!(split(20_260_731, &[100, 100]), "2026-07-31");
        assert_eq!(split(202_607, &[100]), "2026-07");
        assert_eq!(split(7, &[100]), "0-07");
    }

    #[test]
    fn each_code_has_a_word_of_its_own() {
        let mut words: Vec<_> = FaultCode::ALL.iter().map(|code| code.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), FaultCode::ALL.len());
    }
}
