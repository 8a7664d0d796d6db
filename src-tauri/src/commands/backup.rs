//! Backups, the way back, and the passphrase.

use std::path::{Path, PathBuf};

use hubledger_book::view::{BackupView, BackupsView, DrillView, EncryptionView, RestoredView};
use hubledger_book::word::BackupWord;
use hubledger_book::{Passphrase, backups_of, drill_of, open_for_work, restore_with};
use tauri::State;

use crate::error::CommandError;
use crate::job::Jobs;
use crate::now::{moment, who};
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn backups(book: State<'_, SharedBook>) -> Result<BackupsView, CommandError> {
    Ok(book.read()?.backups()?)
}

/// The backups of a book that may not open.
#[tauri::command]
#[specta::specta]
pub(crate) fn backups_at(path: String) -> Result<BackupsView, CommandError> {
    Ok(backups_of(Path::new(&path))?)
}

/// Makes a backup, while the window goes on.
#[tauri::command]
#[specta::specta]
pub(crate) fn back_up(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
) -> Result<BackupView, CommandError> {
    let backup = book.read()?.backup_job(BackupWord::ByHand, moment());
    Ok(jobs
        .backup
        .run(None, |progress| backup.run_with(progress))?)
}

/// Opens a backup as a copy and proves it, while the window goes on.
#[tauri::command]
#[specta::specta]
pub(crate) fn verify_backup(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    backup: String,
    passphrase: Option<String>,
) -> Result<DrillView, CommandError> {
    let key = key(passphrase).or_else(|| key_of(&book));
    let drill = drill_of(Path::new(&backup), key.as_ref(), moment());
    Ok(jobs.backup.run(None, |progress| drill.run_with(progress))?)
}

/// Puts a backup in the place of a book, the open one or one that does not open. A book that was
/// open is open afterwards, whatever came of it.
#[tauri::command]
#[specta::specta]
pub(crate) fn restore_backup(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    path: String,
    backup: String,
    passphrase: Option<String>,
) -> Result<RestoredView, CommandError> {
    let path = PathBuf::from(path);
    let was_open = book.lock().is_ok_and(|open| open.path() == path);
    let old = key_of(&book);
    let new = key(passphrase).or_else(|| old.clone());
    if was_open {
        jobs.end_beside();
        book.close();
    }
    let backup = Path::new(&backup);
    let restored = jobs.backup.run(None, |progress| {
        restore_with(&path, backup, new.as_ref(), &who(), progress, moment())
    });
    if was_open {
        let opens_with = if restored.is_ok() { &new } else { &old };
        book.put(open_for_work(&path, opens_with.as_ref(), &who(), moment())?);
    }
    Ok(restored?)
}

/// Chooses where backups are written; none is beside the book.
#[tauri::command]
#[specta::specta]
pub(crate) fn set_backup_folder(
    book: State<'_, SharedBook>,
    folder: Option<String>,
) -> Result<BackupsView, CommandError> {
    let folder = folder.map(PathBuf::from);
    Ok(book.lock()?.set_backup_folder(folder.as_deref())?)
}

/// Encrypts the book, changes its passphrase, or takes it away where none is given.
#[tauri::command]
#[specta::specta]
pub(crate) fn change_passphrase(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    passphrase: Option<String>,
) -> Result<EncryptionView, CommandError> {
    let key = key(passphrase);
    // Another file takes the book's place, for which nobody may read it.
    jobs.end_beside();
    let mut book = book.lock()?;
    Ok(jobs.backup.run(None, |progress| {
        book.change_passphrase_with(key.as_ref(), progress, moment())
    })?)
}

/// What was typed, if something was.
pub(crate) fn key(typed: Option<String>) -> Option<Passphrase> {
    Passphrase::new(&typed?)
}

fn key_of(book: &SharedBook) -> Option<Passphrase> {
    book.read().ok()?.passphrase().cloned()
}
