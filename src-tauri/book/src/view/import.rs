//! Files of usage, clients and channels: what they would do, and did.

use serde::Serialize;
use specta::Type;

use super::{FactView, MoneyView};
use crate::said::SaidCode;
use crate::word::CategoryWord;

/// What a usage file would do. Nothing is booked yet.
#[derive(Clone, Debug, Serialize, Type)]
pub struct UsagePreviewView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    /// New rows that can be booked.
    pub new_rows: u32,
    pub messages: String,
    pub pulses: String,
    /// What the new and the changed rows add up to, a currency each.
    pub amounts: Vec<MoneyView>,
    /// Of the new rows.
    pub unrated: u32,
    /// Of the new rows: their month is closed, so they land in the first open month.
    pub late: u32,
    /// Booked before, the same: left out.
    pub already: u32,
    pub changed: u32,
    /// The first thousand.
    pub changed_rows: Vec<ChangedRowView>,
    pub problems: u32,
    /// The first thousand.
    pub problem_rows: Vec<ProblemView>,
    pub columns: Vec<String>,
    pub unknown_columns: Vec<String>,
}

/// A known row that now says something else.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChangedRowView {
    pub line: u32,
    pub day: String,
    pub channel: String,
    pub category: CategoryWord,
    pub place: String,
    pub old_quantity: String,
    pub new_quantity: String,
    pub old_amount: Option<MoneyView>,
    pub new_amount: Option<MoneyView>,
}

/// A row that can't be booked, and why.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ProblemView {
    pub line: u32,
    pub column: Option<String>,
    pub found: String,
    /// Groups problems of one kind.
    pub code: SaidCode,
    /// What the sentence speaks of, as in `SaidView`.
    pub facts: Vec<FactView>,
    /// The sentence in English.
    pub text: String,
    /// The row as it stands in the file.
    pub row: Vec<String>,
}

/// What was booked of a usage file.
#[derive(Clone, Debug, Serialize, Type)]
pub struct UsageBookedView {
    pub import: u32,
    pub new_rows: u32,
    pub changed: u32,
    pub already: u32,
    pub problems: u32,
    pub unrated: u32,
    pub late: u32,
    pub amounts: Vec<MoneyView>,
    /// The first month that rows were booked in.
    pub first_month: Option<String>,
    pub last_month: Option<String>,
}

/// What a file of clients and channels would do, or did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PartiesView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    pub new_clients: u32,
    pub new_channels: u32,
    pub same: u32,
    /// Clients or channels of a saved answer that stand on pages which the file does not hold.
    pub beyond: u32,
    /// Known ones that the file tells otherwise: left as they are unless asked for.
    pub differences: Vec<DifferenceView>,
    pub problems: u32,
    pub problem_rows: Vec<ProblemView>,
    pub unknown_columns: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct DifferenceView {
    pub line: u32,
    /// Client or channel id.
    pub id: String,
    pub field: String,
    pub ours: String,
    pub theirs: String,
}
