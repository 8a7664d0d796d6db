//! What a command says when it fails: a code for the UI to choose its words by, the field it is
//! about, the values it speaks of, and a sentence.

use std::ffi::OsStr;
use std::fmt::Display;

use hubledger_book::error::{Code, Error};
use hubledger_book::said::SaidView;
use hubledger_book::system::of_system;
use serde::{Deserialize, Serialize};

/// The one error of all commands.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub(crate) struct CommandError {
    code: CommandCode,
    message: String,
    /// The field of the form that it is about.
    field: Option<String>,
    /// What the sentence speaks of, in its order.
    details: Vec<String>,
    /// The sentences that it ends with; its last details are the same in English.
    because: Vec<SaidView>,
}

/// A refusal of the book, or of the shell around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(untagged)]
pub(crate) enum CommandCode {
    Book(Code),
    Shell(ShellCode),
}

/// The shell's own refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ShellCode {
    /// The chosen path can't be written as text.
    PathIsNoText,
    /// A test was asked for a path and gave none.
    NoTestPath,
    /// A page of a PDF of ours can't be drawn as a picture.
    PageNotDrawn,
    /// The system refused: a dialog, the file manager, a folder of the app.
    System,
}

impl CommandError {
    pub(crate) fn no_book_open() -> Self {
        Self {
            code: CommandCode::Book(Code::NoBookOpen),
            message: "No book is open. Open one first.".to_owned(),
            field: None,
            details: Vec::new(),
            because: Vec::new(),
        }
    }

    pub(crate) fn path_is_no_text(path: &OsStr) -> Self {
        let shown = path.to_string_lossy().into_owned();
        let message = format!("The name of {shown} can't be read as text. Rename it first.");
        Self::of_shell(ShellCode::PathIsNoText, message, vec![shown])
    }

    pub(crate) fn no_test_path() -> Self {
        let message = "The file of HUBLEDGER_TEST_PATHS has no line left.".to_owned();
        Self::of_shell(ShellCode::NoTestPath, message, Vec::new())
    }

    pub(crate) fn page_not_drawn() -> Self {
        let message = "This page can't be drawn here. Export the PDF to see it.".to_owned();
        Self::of_shell(ShellCode::PageNotDrawn, message, Vec::new())
    }

    pub(crate) fn system(error: impl Display) -> Self {
        let said = error.to_string();
        Self::of_shell(ShellCode::System, said.clone(), vec![said])
    }

    fn of_shell(code: ShellCode, message: String, details: Vec<String>) -> Self {
        Self {
            code: CommandCode::Shell(code),
            message,
            field: None,
            details,
            because: Vec::new(),
        }
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        Self {
            code: CommandCode::Book(error.code),
            message: error.message,
            field: match error.line {
                Some(line) => Some(format!("lines.{line}")),
                None => error.field.map(str::to_owned),
            },
            details: error.details,
            because: error.because,
        }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        let said = of_system(&error);
        Self {
            because: vec![said.clone()],
            ..Self::system(said)
        }
    }
}

impl From<tauri::Error> for CommandError {
    fn from(error: tauri::Error) -> Self {
        Self::system(error)
    }
}

impl From<tauri_plugin_opener::Error> for CommandError {
    fn from(error: tauri_plugin_opener::Error) -> Self {
        Self::system(error)
    }
}
