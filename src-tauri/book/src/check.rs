//! The proof of the whole book: every invariant, looked at anew. It reports, and never repairs.

mod recount;
mod words;

use std::ops::ControlFlow;

use hubledger_store::{Fault, FaultCode, Finding, Read};

use crate::Book;
use crate::client_invoice::papers_are_as_issued;
use crate::error::Error;
use crate::file::count;
use crate::moment::Moment;
use crate::progress::{Progress, tell};
use crate::said::ProofWord;
use crate::seal::months_are_as_sealed;
use crate::view::{CheckLineView, CheckView, FactView, FaultView, ProgressView};

type Proof = fn(&Read<'_>) -> Result<Finding, Error>;

/// Each invariant: the word that programs match on, what it says, and its proof.
const PROOFS: [(ProofWord, &str, Proof); 28] = [
    (ProofWord::FileSound, "the file is sound", |r| {
        Ok(r.file_is_sound()?)
    }),
    (
        ProofWord::SchemaWhole,
        "tables and the rules that guard them are as they were laid",
        |r| Ok(r.schema_is_whole()?),
    ),
    (
        ProofWord::TablesAsWritten,
        "every table holds what this program wrote",
        |r| Ok(r.tables_are_as_written()?),
    ),
    (ProofWord::ColumnsExact, "every amount is kept whole", |r| {
        Ok(r.columns_are_exact()?)
    }),
    (
        ProofWord::EntriesBalance,
        "every journal entry adds up to zero, in one currency",
        |r| Ok(r.entries_balance()?),
    ),
    (
        ProofWord::UsagePosted,
        "every balance's usage is the sum of its charges",
        |r| Ok(r.usage_is_posted()?),
    ),
    (
        ProofWord::SharesAddUp,
        "every shared balance is its clients' shares and what belongs to none",
        |r| Ok(r.shared_balances_are_shared_out()?),
    ),
    (
        ProofWord::TopUpsPosted,
        "every top-up and refund is posted once",
        |r| Ok(r.top_ups_are_posted()?),
    ),
    (
        ProofWord::VatPosted,
        "the VAT of top-ups and pay-outs is what was posted",
        |r| Ok(r.noted_vat_is_posted()?),
    ),
    (
        ProofWord::ChargesTraced,
        "every charge traces back to its file",
        |r| Ok(r.charges_trace_back()?),
    ),
    (
        ProofWord::ChargesPriced,
        "every charge is what its rate or its file says",
        |r| Ok(r.charges_are_as_priced()?),
    ),
    (
        ProofWord::ChargesCounted,
        "volume steps and free messages are as they count anew",
        recount::charges_are_as_counted,
    ),
    (
        ProofWord::SumsOfCharges,
        "what is summed beside the charges is what they come to",
        |r| Ok(r.sums_are_of_charges()?),
    ),
    (
        ProofWord::InvoicesAddUp,
        "every frozen invoice is the sum of its lines and VAT",
        |r| Ok(r.invoices_add_up()?),
    ),
    (
        ProofWord::ClosingsAddUp,
        "every month closing adds up in whole cents",
        |r| Ok(r.summaries_add_up()?),
    ),
    (
        ProofWord::ClosingsMeetLedger,
        "every month closing is its movements and ends at the ledger's balance",
        |r| Ok(r.summaries_meet_the_ledger()?),
    ),
    (
        ProofWord::PayableMeetsInvoices,
        "the debt to 360Dialog is the sum of the invoices",
        |r| Ok(r.payable_meets_invoices()?),
    ),
    (
        ProofWord::MonthsWhole,
        "closed months are whole and in order",
        |r| Ok(r.closed_months_are_whole()?),
    ),
    (
        ProofWord::MonthsSealed,
        "no row of a sealed month was changed",
        months_are_as_sealed,
    ),
    (
        ProofWord::ChargesStand,
        "a charge is taken back by one other, or it stands",
        |r| Ok(r.charges_stand_or_are_taken_back()?),
    ),
    (
        ProofWord::EntriesMirrored,
        "what takes an entry back is its mirror, once",
        |r| Ok(r.reversals_are_mirrors()?),
    ),
    (
        ProofWord::UndoneIsNothing,
        "what was undone comes to nothing",
        |r| Ok(r.undone_comes_to_nothing()?),
    ),
    (
        ProofWord::MoneyApart,
        "clients' money stays apart from your own",
        |r| Ok(r.memo_stays_apart()?),
    ),
    (
        ProofWord::NoForeignInvoices,
        "a partner's book holds no invoice of 360Dialog to a client",
        |r| Ok(r.client_invoices_are_absent()?),
    ),
    (
        ProofWord::ClientNumbersWhole,
        "your invoices to clients are numbered without gaps",
        |r| Ok(r.client_numbers_have_no_gaps()?),
    ),
    (
        ProofWord::ClientInvoicesAddUp,
        "every invoice to a client is the sum of its lines and VAT, and no more is paid or credited",
        |r| Ok(r.client_invoices_add_up()?),
    ),
    (
        ProofWord::ClientPapersKept,
        "every invoice to a client lies here as it was handed out",
        papers_are_as_issued,
    ),
    (
        ProofWord::ClientDebtsPosted,
        "what clients owe is in the ledger, and only clients of Partner-Paid hubs are invoiced",
        |r| {
            let mut posted = r.client_invoices_are_posted()?;
            let own = r.client_invoices_are_for_partner_paid()?;
            posted.faults.extend(own.faults);
            Ok(posted)
        },
    ),
];

fn view(fault: Fault) -> FaultView {
    FaultView {
        code: (&fault.code).into(),
        text: words::told(&fault),
        facts: fault
            .facts
            .into_iter()
            .map(|(name, value)| FactView { name, value })
            .collect(),
        because: Vec::new(),
    }
}

fn views(faults: Vec<Fault>) -> Vec<FaultView> {
    faults.into_iter().map(view).collect()
}

/// A proof that could not be made: what can't even be read is a finding, too.
fn unreadable(error: Error) -> FaultView {
    let fault = Fault::new(FaultCode::Unreadable).with("text", &error.message);
    FaultView {
        because: vec![error.into()],
        ..view(fault)
    }
}

fn line(code: ProofWord, invariant: &str, found: Result<Finding, Error>) -> CheckLineView {
    let (checked, faults, notices) = match found {
        Ok(finding) => (
            count(finding.checked),
            views(finding.faults),
            views(finding.notices),
        ),
        Err(error) => (0, vec![unreadable(error)], Vec::new()),
    };
    CheckLineView {
        code,
        invariant: invariant.to_owned(),
        holds: faults.is_empty(),
        checked,
        faults,
        notices,
    }
}

/// How long a proof takes beside the others, in tenths of a second on a book of a million charges: for
/// nothing but the share that is shown as done.
fn weight(proof: ProofWord) -> u32 {
    match proof {
        ProofWord::SumsOfCharges => 40,
        ProofWord::FileSound => 35,
        ProofWord::MonthsSealed => 20,
        ProofWord::SharesAddUp => 16,
        ProofWord::TablesAsWritten => 15,
        ProofWord::UsagePosted => 13,
        ProofWord::ChargesPriced | ProofWord::ChargesStand => 2,
        _ => 1,
    }
}

/// Proves one invariant after the other, and tells before each how far it is.
fn prove_all(r: &Read<'_>, progress: Progress<'_>) -> Result<Vec<CheckLineView>, Error> {
    let all: u32 = PROOFS.iter().map(|(code, ..)| weight(*code)).sum();
    let mut done = 0;
    let mut lines = Vec::with_capacity(PROOFS.len());
    let mut go_on =
        |code, done: u32| tell(progress, ProgressView::of_proof(code, done * 100 / all));
    for (code, invariant, proof) in PROOFS {
        go_on(code, done)?;
        let found = proof(r);
        done += weight(code);
        // One that was stopped has found nothing, whatever it says.
        go_on(code, done)?;
        lines.push(line(code, invariant, found));
    }
    Ok(lines)
}

impl Book {
    /// Proves every invariant of the book.
    pub fn check(&self, at: Moment) -> Result<CheckView, Error> {
        self.check_with(&mut |_| ControlFlow::Continue(()), at)
    }

    /// Proves every invariant of the book, and tells what it proves and how far it is. Refused with
    /// `cancelled` where that is answered with a break, or the book's work is stopped.
    pub fn check_with(&self, progress: Progress<'_>, _at: Moment) -> Result<CheckView, Error> {
        self.read(|r| {
            let lines = prove_all(r, progress)?;
            Ok(CheckView {
                holds: lines.iter().all(|line| line.holds),
                lines,
            })
        })
    }
}
