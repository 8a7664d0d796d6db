//! The book the app was started with.

use tauri::State;

use crate::error::CommandError;
use crate::launch::Launch;

/// The path of the book a person started the app with, told once.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn book_at_launch(launch: State<'_, Launch>) -> Result<Option<String>, CommandError> {
    Ok(launch.take())
}
