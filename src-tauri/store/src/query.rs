//! Read-only questions that screens and checks ask, over several tables.

mod balance;
mod basis;
mod charge_page;
mod charged;
mod charges;
mod client_proof;
mod fault;
mod find;
mod ledger;
mod part;
mod proof;
mod seal;

pub use balance::{DaySpend, KindSum, MovementRow};
pub use basis::Basis;
pub use charge_page::{ChargeFacts, ChargeOrder, ChargeOrderBy, ChargeSpot, Ranks};
pub use charges::{
    AnnexRow, ChargeFilter, ChargeTotals, CostDifference, GroupBy, GroupSum, UsageGroup, UsageSplit,
};
pub use fault::{Fault, FaultCode, Finding};
pub use find::{ChannelName, ClientName, HubInvoiceName};
pub use ledger::{EntryFilter, EntrySum, LedgerAccount, LedgerEntry, LedgerPosting};
pub use part::UsagePart;
pub use seal::{ChargesFrom, Known, MonthChain, SEAL_VERSION, SealFacts, SealPart, SealRow};
