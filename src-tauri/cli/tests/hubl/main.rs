//! `hubl` as a program: the whole main job, every refusal, and what it doesn't show.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod desk;
mod fee;
mod main_job;
mod market;
mod bad_input;
mod bad_paper;
mod client_invoice;
mod prices;
mod reading;
mod reverse;
mod visibility;
