//! The billing rules of Hubledger: pure, exact, and free of files, clocks and randomness.
//!
//! Modules stand in the order of dependence: each uses only those above it.

pub mod currency;
pub mod error;
pub mod text;
pub mod id;
pub mod money;
pub mod period;
pub mod country;
pub mod language;
mod country_name;
pub mod unit;
pub mod bank;
mod vat_check;
pub mod tax;
pub mod vat_rate;
pub mod vat;
pub mod series;
pub mod partner;
pub mod hub;
pub mod client;
pub mod channel;
pub mod usage;
pub mod market;
pub mod price;
pub mod volume;
pub mod top_up;
pub mod mix;
pub mod seal;
pub mod hub_invoice;
pub mod invoice_party;
pub mod invoice_fault;
pub mod client_invoice;
pub mod reminder;
pub mod rule;
pub mod notice;
pub mod rating;
pub mod fee;
pub mod what_if;
pub mod journal;
pub mod chart;
pub mod bookkeeping;
pub mod client_bookkeeping;
pub mod closing;

pub use error::Error;
