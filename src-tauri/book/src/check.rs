//! The proof of the whole book: every invariant, looked at anew. It reports, and never repairs.

use hubledger_store::{Error as StoreError, Finding, Read};

use crate::Book;
use crate::error::Error;
use crate::file::count;
use crate::moment::Moment;
use crate::view::{CheckLineView, CheckView};

type Proof = fn(&Read<'_>) -> Result<Finding, StoreError>;

/// Each invariant by its name.
const PROOFS: [(&str, Proof); 12] = [
    ("the file is sound", |r| r.file_is_sound()),
    ("every journal entry adds up to zero", |r| {
        r.entries_balance()
    }),
    ("every balance's usage is the sum of its charges", |r| {
        r.usage_is_posted()
    }),
    ("every top-up and refund is posted once", |r| {
        r.top_ups_are_posted()
    }),
    ("every charge traces back to its file", |r| {
        r.charges_trace_back()
    }),
    (
        "every frozen invoice is the sum of its lines and VAT",
        |r| r.invoices_add_up(),
    ),
    ("every month closing adds up in whole cents", |r| {
        r.summaries_add_up()
    }),
    ("every month closing ends at the ledger's balance", |r| {
        r.summaries_meet_the_ledger()
    }),
    ("the debt to 360Dialog is the sum of the invoices", |r| {
        r.payable_meets_invoices()
    }),
    ("closed months are whole and in order", |r| {
        r.closed_months_are_whole()
    }),
    ("clients' money stays apart from your own", |r| {
        r.memo_stays_apart()
    }),
    ("a partner's book holds no invoice to a client", |r| {
        r.client_invoices_are_absent()
    }),
];

impl Book {
    /// Proves every invariant of the book.
    pub fn check(&self, _at: Moment) -> Result<CheckView, Error> {
        self.read(|r| {
            let lines = PROOFS
                .iter()
                .map(|(invariant, proof)| {
                    let finding = proof(r)?;
                    Ok(CheckLineView {
                        invariant: (*invariant).to_owned(),
                        holds: finding.failures.is_empty(),
                        checked: count(finding.checked),
                        failures: finding.failures,
                    })
                })
                .collect::<Result<Vec<_>, Error>>()?;
            Ok(CheckView {
                holds: lines.iter().all(|line| line.holds),
                lines,
            })
        })
    }
}
