//! The list of books that were open lately: a small file of the app's own, beside no book. What
//! can't be read of it is left out; losing it loses no money.

use std::path::{Path, PathBuf};

use hubledger_book::view::BookView;
use hubledger_book::word::OwnerWord;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};

use crate::error::CommandError;
use crate::now::moment;

/// How many are kept.
const MOST_BOOKS: usize = 12;

/// A book that was open.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub(crate) struct RecentBook {
    path: String,
    /// The company's name.
    name: String,
    owner: OwnerWord,
    hubs: u32,
    /// In UTC, as `2026-09-22T09:04:00`.
    last_opened: String,
    /// Whether the file is still there.
    #[serde(default)]
    found: bool,
}

fn file(app: &AppHandle) -> Result<PathBuf, CommandError> {
    let folder = app.path().app_config_dir()?;
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join("recent-books.json"))
}

fn read(app: &AppHandle) -> Result<Vec<RecentBook>, CommandError> {
    let text = std::fs::read_to_string(file(app)?).unwrap_or_default();
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

fn write(app: &AppHandle, books: &[RecentBook]) -> Result<(), CommandError> {
    let text = serde_json::to_string_pretty(books).map_err(CommandError::system)?;
    Ok(std::fs::write(file(app)?, text)?)
}

/// The list, newest first.
pub(crate) fn list(app: &AppHandle) -> Result<Vec<RecentBook>, CommandError> {
    let mut books = read(app)?;
    for book in &mut books {
        book.found = Path::new(&book.path).is_file();
    }
    Ok(books)
}

/// Puts the open book at the head of the list.
pub(crate) fn note(app: &AppHandle, view: &BookView) -> Result<(), CommandError> {
    let mut books = read(app)?;
    books.retain(|book| book.path != view.path);
    let newest = RecentBook {
        path: view.path.clone(),
        name: view.company.name.clone(),
        owner: view.owner,
        hubs: u32::try_from(view.hubs.len()).unwrap_or(u32::MAX),
        last_opened: moment().now.format("%Y-%m-%dT%H:%M:%S").to_string(),
        found: true,
    };
    books.insert(0, newest);
    books.truncate(MOST_BOOKS);
    write(app, &books)
}

/// Takes a book off the list.
pub(crate) fn forget(app: &AppHandle, path: &str) -> Result<(), CommandError> {
    let mut books = read(app)?;
    books.retain(|book| book.path != path);
    write(app, &books)
}
