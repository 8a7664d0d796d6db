//! The book a person starts the app with: a double click on a file, or its path as the argument.
//! A second start brings the open window to the front and asks it for the book instead.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use hubledger_book::{Book, Passphrase, open_for_work_with};
use parking_lot::Mutex;
use tauri::{AppHandle, Manager, RunEvent};

use crate::error::CommandError;
use crate::job::Jobs;
use crate::news::{News, tell};
use crate::now::{moment, who};

/// The book that the app was started with.
#[derive(Debug, Default)]
pub(crate) struct Launch {
    path: Mutex<Option<String>>,
    opening: Mutex<Option<Opening>>,
}

/// A book that is being opened, or was, while the window still comes up.
#[derive(Debug)]
struct Opening {
    path: String,
    opened: JoinHandle<Result<Book, CommandError>>,
}

impl Launch {
    pub(crate) fn from_arguments() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let arguments = std::env::args_os().collect::<Vec<OsString>>();
        Self {
            path: Mutex::new(book_among(&arguments, &here)),
            opening: Mutex::default(),
        }
    }

    /// The path, once: a reloaded window does not open the book again.
    pub(crate) fn take(&self) -> Option<String> {
        self.path.lock().take()
    }

    /// The book of this path, or why it does not open, if it was being opened since the app started;
    /// told once. Waits until it is open.
    pub(crate) fn opened(&self, path: &str) -> Option<Result<Book, CommandError>> {
        let opening = self.opening.lock().take_if(|begun| begun.path == path)?;
        let ended = opening.opened.join();
        Some(ended.unwrap_or_else(|_| Err(CommandError::system("the opening ended early"))))
    }
}

/// Begins to open the book that the app was started with, while the window comes up.
pub(crate) fn begin(app: &AppHandle) {
    let launch = app.state::<Launch>();
    let Some(path) = launch.path.lock().clone() else {
        return;
    };
    let (handle, file) = (app.clone(), PathBuf::from(&path));
    let opened = thread::spawn(move || open(&handle.state::<Jobs>(), &file, None));
    *launch.opening.lock() = Some(Opening { path, opened });
}

/// Opens a book to work in it.
pub(crate) fn open(
    jobs: &Jobs,
    path: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<Book, CommandError> {
    let opened = jobs.open.run(None, |progress| {
        open_for_work_with(path, passphrase, &who(), progress, moment())
    })?;
    Ok(opened)
}

/// A second start of the app.
pub(crate) fn again(app: &AppHandle, arguments: Vec<String>, folder: String) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that can't come to the front is still there.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
    let arguments: Vec<OsString> = arguments.into_iter().map(OsString::from).collect();
    if let Some(path) = book_among(&arguments, Path::new(&folder)) {
        tell(app, News::Book { path });
    }
}

/// macOS hands over double-clicked files as an event, not as arguments.
#[cfg(target_os = "macos")]
pub(crate) fn on_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::Opened { urls } = event {
        let path = urls.iter().find_map(|url| url.to_file_path().ok());
        if let Some(path) = path.and_then(|path| path.into_os_string().into_string().ok()) {
            tell(app, News::Book { path });
        }
    }
}

/// Elsewhere they come as arguments.
#[cfg(not(target_os = "macos"))]
pub(crate) fn on_event(_: &AppHandle, _: RunEvent) {}

/// The first argument, made whole where it is relative; the program's own name is not counted.
fn book_among(arguments: &[OsString], folder: &Path) -> Option<String> {
    let path: PathBuf = folder.join(arguments.get(1)?);
    path.into_os_string().into_string().ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::book_among;

    #[test]
    fn the_first_argument_is_the_book() {
        let book = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(Into::into).collect();
            book_among(&arguments, Path::new("/home/ada"))
        };
        assert_eq!(book(&["hubledger"]), None);
        assert_eq!(
            book(&["hubledger", "a.hubbook"]).as_deref(),
            Some("/home/ada/a.hubbook")
        );
        assert_eq!(
            book(&["hubledger", "/b.hubbook"]).as_deref(),
            Some("/b.hubbook")
        );
    }
}
