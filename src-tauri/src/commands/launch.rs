//! The book the app was started with, and what happens outside the page since.

#![allow(
    clippy::unreachable,
    reason = "Tauri's macro writes it for what is awaited"
)]

use tauri::State;

use crate::error::CommandError;
use crate::launch::Launch;
use crate::news::{Inbox, News};

/// The path of the book a person started the app with, told once.
#[tauri::command]
#[specta::specta]
pub(crate) fn book_at_launch(launch: State<'_, Launch>) -> Result<Option<String>, CommandError> {
    Ok(launch.take())
}

/// What happens outside the page, once it does; nothing where the page asked again meanwhile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn hear(inbox: State<'_, Inbox>) -> Result<Option<News>, CommandError> {
    Ok(inbox.next().await)
}
