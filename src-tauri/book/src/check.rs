//! The proof of the whole book: every invariant, looked at anew. It reports, and never repairs.

mod recount;
mod words;

use hubledger_store::{Fault, Finding, Read};

use crate::Book;
use crate::client_invoice::papers_are_as_issued;
use crate::error::Error;
use crate::file::count;
use crate::moment::Moment;
use crate::seal::months_are_as_sealed;
use crate::view::{CheckLineView, CheckView, FactView, FaultView};

type Proof = fn(&Read<'_>) -> Result<Finding, Error>;

/// Each invariant: the word that programs match on, what it says, and its proof.
const PROOFS: [(&str, &str, Proof); 28] = [
    (
        "file-sound",
        "the file is sound",
        |r| Ok(r.file_is_sound()?),
    ),
    (
        "schema-whole",
        "tables and the rules that guard them are as they were laid",
        |r| Ok(r.schema_is_whole()?),
    ),
    (
        "tables-as-written",
        "every table holds what this program wrote",
        |r| Ok(r.tables_are_as_written()?),
    ),
    ("columns-exact", "every amount is kept whole", |r| {
        Ok(r.columns_are_exact()?)
    }),
    (
        "entries-balance",
        "every journal entry adds up to zero, in one currency",
        |r| Ok(r.entries_balance()?),
    ),
    (
        "usage-posted",
        "every balance's usage is the sum of its charges",
        |r| Ok(r.usage_is_posted()?),
    ),
    (
        "shares-add-up",
        "every shared balance is its clients' shares and what belongs to none",
        |r| Ok(r.shared_balances_are_shared_out()?),
    ),
    (
        "top-ups-posted",
        "every top-up and refund is posted once",
        |r| Ok(r.top_ups_are_posted()?),
    ),
    (
        "vat-posted",
        "the VAT of top-ups and pay-outs is what was posted",
        |r| Ok(r.noted_vat_is_posted()?),
    ),
    (
        "charges-traced",
        "every charge traces back to its file",
        |r| Ok(r.charges_trace_back()?),
    ),
    (
        "charges-priced",
        "every charge is what its rate or its file says",
        |r| Ok(r.charges_are_as_priced()?),
    ),
    (
        "charges-counted",
        "volume steps and free messages are as they count anew",
        recount::charges_are_as_counted,
    ),
    (
        "sums-of-charges",
        "what is summed beside the charges is what they come to",
        |r| Ok(r.sums_are_of_charges()?),
    ),
    (
        "invoices-add-up",
        "every frozen invoice is the sum of its lines and VAT",
        |r| Ok(r.invoices_add_up()?),
    ),
    (
        "closings-add-up",
        "every month closing adds up in whole cents",
        |r| Ok(r.summaries_add_up()?),
    ),
    (
        "closings-meet-ledger",
        "every month closing is its movements and ends at the ledger's balance",
        |r| Ok(r.summaries_meet_the_ledger()?),
    ),
    (
        "payable-meets-invoices",
        "the debt to 360Dialog is the sum of the invoices",
        |r| Ok(r.payable_meets_invoices()?),
    ),
    (
        "months-whole",
        "closed months are whole and in order",
        |r| Ok(r.closed_months_are_whole()?),
    ),
    (
        "months-sealed",
        "no row of a sealed month was changed",
        months_are_as_sealed,
    ),
    (
        "charges-stand",
        "a charge is taken back by one other, or it stands",
        |r| Ok(r.charges_stand_or_are_taken_back()?),
    ),
    (
        "entries-mirrored",
        "what takes an entry back is its mirror, once",
        |r| Ok(r.reversals_are_mirrors()?),
    ),
    (
        "undone-is-nothing",
        "what was undone comes to nothing",
        |r| Ok(r.undone_comes_to_nothing()?),
    ),
    (
        "money-apart",
        "clients' money stays apart from your own",
        |r| Ok(r.memo_stays_apart()?),
    ),
    (
        "no-foreign-invoices",
        "a partner's book holds no invoice of 360Dialog to a client",
        |r| Ok(r.client_invoices_are_absent()?),
    ),
    (
        "client-numbers-whole",
        "your invoices to clients are numbered without gaps",
        |r| Ok(r.client_numbers_have_no_gaps()?),
    ),
    (
        "client-invoices-add-up",
        "every invoice to a client is the sum of its lines and VAT, and no more is paid or credited",
        |r| Ok(r.client_invoices_add_up()?),
    ),
    (
        "client-papers-kept",
        "every invoice to a client lies here as it was handed out",
        papers_are_as_issued,
    ),
    (
        "client-debts-posted",
        "what clients owe is in the ledger, and only clients of Partner-Paid hubs are invoiced",
        |r| {
            let mut posted = r.client_invoices_are_posted()?;
            let own = r.client_invoices_are_for_partner_paid()?;
            posted.faults.extend(own.faults);
            Ok(posted)
        },
    ),
];

fn views(faults: Vec<Fault>) -> Vec<FaultView> {
    faults
        .into_iter()
        .map(|fault| FaultView {
            code: fault.code.as_str().to_owned(),
            text: words::told(&fault),
            facts: fault
                .facts
                .into_iter()
                .map(|(name, value)| FactView { name, value })
                .collect(),
        })
        .collect()
}

impl Book {
    /// Proves every invariant of the book.
    pub fn check(&self, _at: Moment) -> Result<CheckView, Error> {
        self.read(|r| {
            let lines = PROOFS
                .iter()
                .map(|(code, invariant, proof)| {
                    let finding =
                        proof(r).unwrap_or_else(|error| Finding::unreadable(&error.message));
                    CheckLineView {
                        code: (*code).to_owned(),
                        invariant: (*invariant).to_owned(),
                        holds: finding.faults.is_empty(),
                        checked: count(finding.checked),
                        faults: views(finding.faults),
                        notices: views(finding.notices),
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
