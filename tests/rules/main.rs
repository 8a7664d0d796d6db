//! Rules that no room can hold alone, as tables and properties.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod book_and_engine;
mod chance;
mod csv_round_trip;
mod fraction;
mod months;
mod second_fees;
mod second_rating;
