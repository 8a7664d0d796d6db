//! What the tests across rooms share: months told as tables, and a walk through all that a book
//! can be asked. It fails by panicking, as tests do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story that can't go on is a test that fails"
)]

pub mod walk;
pub mod booking;
pub mod invoicing;
pub mod story;
