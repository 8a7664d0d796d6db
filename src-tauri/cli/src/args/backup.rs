//! Backups, and the passphrase of a book.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum BackupVerb {
    /// Make one.
    Now,
    /// List them, newest first.
    List,
    /// Open one as a copy and prove every invariant of it; the newest if none is named.
    Verify {
        #[arg(value_name = "BACKUP")]
        backup: Option<String>,
    },
    /// Put one in the book's place. What it replaces is kept.
    Restore {
        #[arg(value_name = "BACKUP")]
        backup: String,
    },
    /// Show where they are written, or choose another folder.
    Folder {
        #[arg(value_name = "DIR", conflicts_with = "beside")]
        folder: Option<PathBuf>,
        /// Beside the book again.
        #[arg(long)]
        beside: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PassphraseVerb {
    /// Encrypt the book, or change its passphrase. It is asked for, or read from standard input
    /// or from the file that HUBLEDGER_NEW_PASSPHRASE_FILE names.
    Set,
    /// Keep the book without encryption.
    Remove,
}
