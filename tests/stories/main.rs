//! Whole months, told as tables. Every expected sum is worked out by hand beside it, from the
//! rules (`billing-models`) and the shipped price cards of July 2026; none was copied from what
//! the program says. Prices used here, for a message:
//!
//! ```text
//!                 EUR marketing  utility    USD marketing  utility  authentication   call minute
//! DE  Germany         0.1131     0.0456         0.1365     0.0550                     0.0103
//! ES  Spain           0.0585     0.0166         0.0707     0.0200
//! BR  Brazil          0.0518     0.0056         0.0625     0.0068                     0.0108
//! GB  United Kingdom  0.0526     0.0182         0.0635     0.0220
//! US  North America   0.0207     0.0028         0.0250     0.0034     0.0034
//! ```
//!
//! A month costs: plan 500.00 Growth, 1,000.00 Premium; licence 25.00 regular, 49.00 premium,
//! 249.00 higher throughput; the same in both currencies. Card fee 4 %.

mod partner_paid;
mod direct_paid;
mod vat;
mod refund;
mod unrated;
mod estimate;
mod answer;
mod fee;
mod card;
mod market;
mod free;
mod late;
mod correct;
mod order;
mod beside;
mod disk;
mod ledger;
mod narrowed;
mod visibility;
mod volume;
mod what_if;
mod client_invoice;
mod final_invoice;
mod reverse;
mod undo;
mod taken_back;
mod table_file;
mod find;
mod channels;
