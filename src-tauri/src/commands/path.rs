//! Asking a person for a path, and showing them one in the system's own file manager.
//!
//! The dialogs are the system's, so a test in the window can't click in them. Where the variable
//! `HUBLEDGER_TEST_PATHS` names a file, no dialog opens: each question takes the next line of that
//! file as its answer, an empty line being "cancelled", and nothing is shown outside the window.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tauri_plugin_opener::OpenerExt;

use crate::error::CommandError;
use crate::worker::step_aside;

const TEST_PATHS: &str = "HUBLEDGER_TEST_PATHS";

/// How to ask; its words come from the UI, which has them in the person's language.
#[derive(Debug, Deserialize, specta::Type)]
pub(crate) struct PathQuestion {
    title: String,
    /// What may be chosen; everything, if none.
    files: Option<FileKind>,
    /// The name that stands in the field at first, when saving.
    suggested_name: Option<String>,
}

/// For example "Books", with `hubbook`.
#[derive(Debug, Deserialize, specta::Type)]
pub(crate) struct FileKind {
    name: String,
    extensions: Vec<String>,
}

/// Asks for a file that exists; nothing if the person cancels.
#[tauri::command]
#[specta::specta]
pub(crate) fn choose_open_path(
    app: AppHandle,
    question: PathQuestion,
) -> Result<Option<String>, CommandError> {
    choose(&app, question, FileDialogBuilder::blocking_pick_file)
}

/// Asks where to save a file; nothing if the person cancels.
#[tauri::command]
#[specta::specta]
pub(crate) fn choose_save_path(
    app: AppHandle,
    question: PathQuestion,
) -> Result<Option<String>, CommandError> {
    choose(&app, question, FileDialogBuilder::blocking_save_file)
}

/// Asks for a folder that exists; nothing if the person cancels.
#[tauri::command]
#[specta::specta]
pub(crate) fn choose_folder(
    app: AppHandle,
    question: PathQuestion,
) -> Result<Option<String>, CommandError> {
    choose(&app, question, FileDialogBuilder::blocking_pick_folder)
}

/// Opens a folder in the system's file manager, or shows a file in its folder. Never runs a file.
#[tauri::command]
#[specta::specta]
pub(crate) fn show_path(app: AppHandle, path: String) -> Result<(), CommandError> {
    let path = Path::new(&path);
    if std::env::var_os(TEST_PATHS).is_some() {
        return Ok(());
    }
    if path.is_dir() {
        app.opener()
            .open_path(path.to_string_lossy(), None::<&str>)?;
    } else {
        app.opener().reveal_item_in_dir(path)?;
    }
    Ok(())
}

fn choose(
    app: &AppHandle,
    question: PathQuestion,
    ask: fn(FileDialogBuilder<tauri::Wry>) -> Option<FilePath>,
) -> Result<Option<String>, CommandError> {
    let chosen = match std::env::var_os(TEST_PATHS) {
        Some(answers) => next_answer(Path::new(&answers))?,
        None => step_aside(|| ask(dialog(app, question)))
            .map(FilePath::into_path)
            .transpose()
            .map_err(CommandError::system)?,
    };
    chosen.map(text).transpose()
}

fn dialog(app: &AppHandle, question: PathQuestion) -> FileDialogBuilder<tauri::Wry> {
    let mut dialog = app.dialog().file().set_title(question.title);
    if let Some(kind) = question.files {
        let extensions: Vec<&str> = kind.extensions.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(kind.name, &extensions);
    }
    if let Some(name) = question.suggested_name {
        dialog = dialog.set_file_name(name);
    }
    dialog
}

/// Takes the first line off the file of answers.
fn next_answer(answers: &Path) -> Result<Option<PathBuf>, CommandError> {
    let lines = std::fs::read_to_string(answers)?;
    let Some((answer, rest)) = lines.split_once('\n') else {
        return Err(CommandError::no_test_path());
    };
    std::fs::write(answers, rest)?;
    Ok((!answer.is_empty()).then(|| PathBuf::from(answer)))
}

/// The window speaks text; a path that is none is refused rather than changed.
fn text(path: PathBuf) -> Result<String, CommandError> {
    path.into_os_string()
        .into_string()
        .map_err(|path: OsString| CommandError::path_is_no_text(&path))
}

#[cfg(test)]
mod tests {
    use super::next_answer;

    #[test]
    fn each_question_of_a_test_takes_the_next_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "/a book.hubbook\n\n/out\n").unwrap();
        let next = || {
            next_answer(file.path())
                .ok()
                .map(|path| path.map(|p| p.display().to_string()))
        };
        assert_eq!(next(), Some(Some("/a book.hubbook".into())));
        assert_eq!(next(), Some(None), "an empty line cancels");
        assert_eq!(next(), Some(Some("/out".into())));
        assert_eq!(next(), None, "no line left is an error");
    }
}
