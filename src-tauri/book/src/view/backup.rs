//! Backups, drills and passphrases.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::FaultView;
use crate::said::{ProofWord, SaidView};
use crate::word::BackupWord;

/// A backup of the book.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BackupView {
    pub file: String,
    pub path: String,
    /// In UTC, `2026-11-28T14:00:05Z`.
    pub made_at: String,
    pub why: BackupWord,
    pub kilobytes: u32,
    pub entries: u32,
    pub is_encrypted: bool,
    /// The last drill that opened it.
    pub drill: Option<DrillView>,
}

/// The backups of a book, newest first.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BackupsView {
    pub folder: String,
    /// Whether the partner chose that folder.
    pub is_chosen: bool,
    /// When the newest was made.
    pub newest: Option<String>,
    pub backups: Vec<BackupView>,
}

/// What came of opening a backup as a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DrillView {
    pub file: String,
    /// When the backup was made; unknown where nothing stands beside it.
    pub made_at: Option<String>,
    /// When it was opened.
    pub at: String,
    pub opens: bool,
    /// Whether every invariant holds in it.
    pub holds: bool,
    pub entries: u32,
    /// How many invariants were looked at.
    pub checked: u32,
    /// What is wrong with it, in English.
    pub failures: Vec<String>,
    /// The same by its codes; none in the notes of earlier versions.
    #[serde(default)]
    pub findings: Vec<DrillFindingView>,
}

/// One thing that is wrong with a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum DrillFindingView {
    /// It is not what was written: its checksum differs.
    Altered,
    /// A rule of the book does not hold in it.
    Broken { rule: ProofWord, fault: FaultView },
    /// It can't be opened.
    Refused { said: SaidView },
}

/// A backup that took its book's place.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RestoredView {
    pub book: String,
    pub drill: DrillView,
    /// The copy of what it replaced.
    pub replaced: Option<String>,
}

/// A book that was encrypted, or is no longer.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EncryptionView {
    pub is_encrypted: bool,
    /// Backups that were written before, and stay as they are.
    pub other_backups: u32,
}
