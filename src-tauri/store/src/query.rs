//! Read-only questions that screens and checks ask, over several tables.

mod balance;
mod charges;
mod client_proof;
mod ledger;
mod proof;
mod seal;

pub use balance::{KindSum, MovementRow};
pub use charges::{
    AnnexRow, ChargeFilter, ChargeTotals, CostDifference, DaySpend, GroupBy, GroupSum, UsageGroup,
    UsageSplit,
};
pub use ledger::{EntryFilter, LedgerAccount, LedgerEntry, LedgerPosting};
pub use proof::Finding;
pub use seal::{MonthChain, SealPart, SealRow};
