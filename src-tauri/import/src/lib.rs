//! What comes in: a reader of bytes becomes records and problems, row by row, so that a file of
//! any size streams through a fixed amount of memory. A bad row never stops the others.
//!
//! Nothing here knows the book, SQL or the file system. What only the book can say of a row
//! (an unknown channel, a closed hub) is said by `book`, in the same words: [`Problem`].
//!
//! Modules stand in the order of dependence: each uses only those above it.

pub mod problem;
pub mod table;
mod grid;
pub mod format;
mod suggest;
pub mod instant;
pub mod usage_csv;
pub mod price_csv;
pub mod meta_card;
pub mod markets_csv;
pub mod parties_csv;
pub mod parties_json;
pub mod volume_csv;

pub use format::{Format, RowReader};
pub use markets_csv::{MarketRow, MarketsReader};
pub use meta_card::{
    Given, MetaCard, read_csv as read_meta_csv, read_workbook as read_meta_workbook,
};
pub use parties_csv::{PartiesReader, PartyChannel, PartyRow};
pub use price_csv::PriceReader;
pub use problem::{FileProblem, Problem, ProblemKind};
pub use usage_csv::UsageReader;
pub use volume_csv::VolumeReader;
