//! Files that are dropped on the window.

use std::path::Path;

use hubledger_book::file_kind::{FileView, look_at_file};

use crate::error::CommandError;

/// What these files are; nothing of them is taken.
#[tauri::command]
#[specta::specta]
pub(crate) fn look_at_files(paths: Vec<String>) -> Result<Vec<FileView>, CommandError> {
    Ok(paths
        .iter()
        .map(|path| look_at_file(Path::new(path)))
        .collect())
}
