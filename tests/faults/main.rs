//! What the book promises when things go wrong: killed processes, failing disks, power cuts,
//! damaged files, backups and the way back. `make faults` prints what each has shown.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells what it has shown"
)]

mod shim;
mod disk;
mod kill;
mod damaged;
mod backup;
mod schema;
mod naive;
mod months;
mod undo_all;
