//! Price cards.

use std::path::Path;

use hubledger_book::form::PriceFileForm;
use hubledger_book::market::{
    ChosenMarketListView, MarketCountryView, MarketListView, MarketsView,
};
use hubledger_book::view::{
    CardDiffView, CardView, ChosenCardView, MissingCardView, PricesView, RateView,
};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn cards(book: State<'_, SharedBook>) -> Result<Vec<CardView>, CommandError> {
    Ok(book.read()?.cards(moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn rates(book: State<'_, SharedBook>, card: u32) -> Result<Vec<RateView>, CommandError> {
    Ok(book.read()?.rates(card)?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn preview_prices(
    book: State<'_, SharedBook>,
    path: String,
    form: PriceFileForm,
) -> Result<PricesView, CommandError> {
    Ok(book
        .lock()?
        .preview_prices(Path::new(&path), &form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn book_prices(
    book: State<'_, SharedBook>,
    path: String,
    form: PriceFileForm,
) -> Result<PricesView, CommandError> {
    Ok(book
        .lock()?
        .book_prices(Path::new(&path), &form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn compare_cards(
    book: State<'_, SharedBook>,
    older: u32,
    newer: u32,
) -> Result<CardDiffView, CommandError> {
    Ok(book.read()?.compare_cards(older, newer, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn missing_cards(
    book: State<'_, SharedBook>,
) -> Result<Vec<MissingCardView>, CommandError> {
    Ok(book.read()?.missing_cards(moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn choose_card(
    book: State<'_, SharedBook>,
    card: u32,
) -> Result<ChosenCardView, CommandError> {
    Ok(book.lock()?.choose_card(card, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn market_lists(
    book: State<'_, SharedBook>,
) -> Result<Vec<MarketListView>, CommandError> {
    Ok(book.read()?.market_lists(moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn market_list(
    book: State<'_, SharedBook>,
    list: u32,
) -> Result<Vec<MarketCountryView>, CommandError> {
    Ok(book.read()?.market_list(list)?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn preview_markets(
    book: State<'_, SharedBook>,
    path: String,
) -> Result<MarketsView, CommandError> {
    Ok(book.lock()?.preview_markets(Path::new(&path), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn book_markets(
    book: State<'_, SharedBook>,
    path: String,
) -> Result<MarketsView, CommandError> {
    Ok(book.lock()?.book_markets(Path::new(&path), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn choose_market_list(
    book: State<'_, SharedBook>,
    list: u32,
) -> Result<ChosenMarketListView, CommandError> {
    Ok(book.lock()?.choose_market_list(list, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_card(
    book: State<'_, SharedBook>,
    card: u32,
    to: String,
) -> Result<u32, CommandError> {
    Ok(book.read()?.export_card(card, Path::new(&to), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_card_diff(
    book: State<'_, SharedBook>,
    older: u32,
    newer: u32,
    to: String,
) -> Result<u32, CommandError> {
    Ok(book
        .read()?
        .export_card_diff(older, newer, Path::new(&to), moment())?)
}
