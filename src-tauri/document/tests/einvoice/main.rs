//! E-invoices of clients: the matrix before the official validators, spoilt files, random sums.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on fails"
)]

mod cents;
mod golden;
mod matrix;
mod second;
mod sums;
mod validators;
