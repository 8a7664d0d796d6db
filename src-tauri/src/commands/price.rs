//! Price cards.

use std::path::Path;

use hubledger_book::view::{CardView, PricesView, RateView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn cards(book: State<'_, SharedBook>) -> Result<Vec<CardView>, CommandError> {
    Ok(book.lock()?.cards(moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn rates(book: State<'_, SharedBook>, card: u32) -> Result<Vec<RateView>, CommandError> {
    Ok(book.lock()?.rates(card)?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_prices(
    book: State<'_, SharedBook>,
    path: String,
) -> Result<PricesView, CommandError> {
    Ok(book.lock()?.preview_prices(Path::new(&path), moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn book_prices(
    book: State<'_, SharedBook>,
    path: String,
) -> Result<PricesView, CommandError> {
    Ok(book.lock()?.book_prices(Path::new(&path), moment())?)
}
