//! The time and the person of a use case, passed in by the shell.

use chrono::NaiveDateTime;
use hubledger_core::period::Date;

/// How the book keeps an instant: `2026-09-01T08:12:30Z`.
pub(crate) const STAMP: &str = "%Y-%m-%dT%H:%M:%SZ";

/// Now, as the shell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The person's local day.
    pub today: Date,
    /// In UTC, to the second.
    pub now: NaiveDateTime,
}

/// Who opens a book: shown to whoever else wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    pub user: String,
    pub host: String,
    /// `Hubledger` or `hubl`.
    pub program: String,
    pub process: u32,
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} on {} ({}, process {})",
            self.user, self.host, self.program, self.process
        )
    }
}

impl Who {
    /// Who acts, as the record of a book names them.
    pub(crate) fn actor(&self) -> String {
        format!("{} on {} ({})", self.user, self.host, self.program)
    }
}

impl Moment {
    /// Now as the book keeps it.
    pub(crate) fn stamp(&self) -> String {
        self.now.format(STAMP).to_string()
    }
}
