//! What the window may ask for, by noun. A command takes the book, calls one use case and returns
//! its view. The worker runs it, so that the window's own thread never waits for SQLite.

pub(crate) mod about;
pub(crate) mod backup;
pub(crate) mod balance;
pub(crate) mod book;
pub(crate) mod channel;
pub(crate) mod charge;
pub(crate) mod check;
pub(crate) mod client;
pub(crate) mod client_invoice;
pub(crate) mod close;
pub(crate) mod file;
pub(crate) mod find;
pub(crate) mod hub;
pub(crate) mod invoice;
pub(crate) mod launch;
pub(crate) mod ledger;
pub(crate) mod menu;
pub(crate) mod page;
pub(crate) mod parties;
pub(crate) mod partner;
pub(crate) mod path;
pub(crate) mod price;
pub(crate) mod recent;
pub(crate) mod seller;
pub(crate) mod table;
pub(crate) mod top_up;
pub(crate) mod undo;
pub(crate) mod usage;
