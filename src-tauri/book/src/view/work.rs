//! How far long work is.

use serde::Serialize;
use specta::Type;

use crate::said::ProofWord;

/// How far a long job is.
#[derive(Clone, Debug, Default, Serialize, Type)]
pub struct ProgressView {
    pub running: bool,
    pub rows: u32,
    /// Of the whole, 0 to 100.
    pub percent: u32,
    /// What is proved now, where the book is checked.
    pub proof: Option<ProofWord>,
    /// What is done now, where the work has steps.
    pub step: Option<WorkStep>,
}

/// A step of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum WorkStep {
    /// The month's fees and balances are worked out.
    Fees,
    /// Its invoices are posted and frozen.
    Invoices,
    Seal,
    /// The book as it was is copied.
    Backup,
    /// A copy of the book is checked.
    Check,
    /// A book of an older version is brought up.
    BringUp,
    /// The sample books are told month by month.
    Sample,
    /// The book is written anew under another passphrase.
    Encrypt,
}

impl ProgressView {
    /// So many rows are done, and so much of the file.
    pub fn of_rows(rows: u32, percent: u32) -> Self {
        Self {
            running: true,
            rows,
            percent,
            ..Self::default()
        }
    }

    /// So much is done, and this is proved now.
    pub fn of_proof(proof: ProofWord, percent: u32) -> Self {
        Self {
            running: true,
            percent,
            proof: Some(proof),
            ..Self::default()
        }
    }

    /// So much is done, and this step begins.
    pub fn of_step(step: WorkStep, percent: u32) -> Self {
        Self {
            running: true,
            percent,
            step: Some(step),
            ..Self::default()
        }
    }
}
