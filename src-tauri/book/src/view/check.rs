//! What a check of the book finds.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::said::{FaultWord, ProofWord, SaidView};

/// What names the place of a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FactView {
    pub name: String,
    /// Days as 2026-07-31, months as 2026-07, amounts as decimals.
    pub value: String,
}

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FaultView {
    /// A word that stays: `entry-unbalanced`.
    pub code: FaultWord,
    pub facts: Vec<FactView>,
    /// Why it can't be looked at.
    pub because: Vec<SaidView>,
    /// The same as a sentence in English.
    pub text: String,
}

/// One invariant of the book.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CheckLineView {
    /// A word that stays: `entries-balance`.
    pub code: ProofWord,
    /// What it says.
    pub invariant: String,
    pub holds: bool,
    /// How much was looked at.
    pub checked: u32,
    /// The first that fail.
    pub faults: Vec<FaultView>,
    /// Nothing that fails, but worth to know.
    pub notices: Vec<FaultView>,
}

/// The proof of the whole book.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CheckView {
    pub holds: bool,
    pub lines: Vec<CheckLineView>,
}
