//! The proof of the whole book: every invariant, looked at anew. It reports, and never repairs.

use hubledger_store::{Finding, Read};

use crate::Book;
use crate::client_invoice::papers_are_as_issued;
use crate::error::Error;
use crate::file::count;
use crate::moment::Moment;
use crate::seal::months_are_as_sealed;
use crate::view::{CheckLineView, CheckView};

type Proof = fn(&Read<'_>) -> Result<Finding, Error>;

/// Each invariant by its name.
const PROOFS: [(&str, Proof); 19] = [
    ("the file is sound", |r| Ok(r.file_is_sound()?)),
    ("every journal entry adds up to zero", |r| {
        Ok(r.entries_balance()?)
    }),
    ("every balance's usage is the sum of its charges", |r| {
        Ok(r.usage_is_posted()?)
    }),
    ("every top-up and refund is posted once", |r| {
        Ok(r.top_ups_are_posted()?)
    }),
    ("every charge traces back to its file", |r| {
        Ok(r.charges_trace_back()?)
    }),
    (
        "every frozen invoice is the sum of its lines and VAT",
        |r| Ok(r.invoices_add_up()?),
    ),
    ("every month closing adds up in whole cents", |r| {
        Ok(r.summaries_add_up()?)
    }),
    ("every month closing ends at the ledger's balance", |r| {
        Ok(r.summaries_meet_the_ledger()?)
    }),
    ("the debt to 360Dialog is the sum of the invoices", |r| {
        Ok(r.payable_meets_invoices()?)
    }),
    ("closed months are whole and in order", |r| {
        Ok(r.closed_months_are_whole()?)
    }),
    ("no row of a sealed month was changed", months_are_as_sealed),
    ("a charge is taken back by one other, or it stands", |r| {
        Ok(r.charges_stand_or_are_taken_back()?)
    }),
    ("clients' money stays apart from your own", |r| {
        Ok(r.memo_stays_apart()?)
    }),
    (
        "a partner's book holds no invoice of 360Dialog to a client",
        |r| Ok(r.client_invoices_are_absent()?),
    ),
    ("your invoices to clients are numbered without gaps", |r| {
        Ok(r.client_numbers_have_no_gaps()?)
    }),
    (
        "every invoice to a client is the sum of its lines and VAT",
        |r| Ok(r.client_invoices_add_up()?),
    ),
    ("what clients owe is in the ledger", |r| {
        Ok(r.client_invoices_are_posted()?)
    }),
    (
        "every invoice to a client lies here as it was handed out",
        papers_are_as_issued,
    ),
    (
        "only clients of Partner-Paid hubs are invoiced by you",
        |r| Ok(r.client_invoices_are_for_partner_paid()?),
    ),
];

impl Book {
    /// Proves every invariant of the book.
    pub fn check(&self, _at: Moment) -> Result<CheckView, Error> {
        self.read(|r| {
            let lines = PROOFS
                .iter()
                .map(|(invariant, proof)| {
                    // What can't even be read is a finding, too.
                    let finding = proof(r).unwrap_or_else(|error| Finding {
                        checked: 0,
                        failures: vec![error.message],
                    });
                    CheckLineView {
                        invariant: (*invariant).to_owned(),
                        holds: finding.failures.is_empty(),
                        checked: count(finding.checked),
                        failures: finding.failures,
                    }
                })
                .collect::<Vec<_>>();
            Ok(CheckView {
                holds: lines.iter().all(|line| line.holds),
                lines,
            })
        })
    }
}
