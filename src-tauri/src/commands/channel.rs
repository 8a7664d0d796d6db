//! Channels.

use hubledger_book::form::KeptPriceForm;
use hubledger_book::form::{CancelChannelForm, ChannelForm};
use hubledger_book::view::{CategoryUsageView, ChannelView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn channels(
    book: State<'_, SharedBook>,
    hub: Option<String>,
    month: String,
) -> Result<Vec<ChannelView>, CommandError> {
    Ok(book.read()?.channels(hub.as_deref(), &month, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn add_channel(
    book: State<'_, SharedBook>,
    form: ChannelForm,
) -> Result<ChannelView, CommandError> {
    Ok(book.lock()?.add_channel(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn edit_channel(
    book: State<'_, SharedBook>,
    form: ChannelForm,
) -> Result<ChannelView, CommandError> {
    Ok(book.lock()?.edit_channel(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn cancel_channel(
    book: State<'_, SharedBook>,
    form: CancelChannelForm,
) -> Result<ChannelView, CommandError> {
    Ok(book.lock()?.cancel_channel(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn keep_price(
    book: State<'_, SharedBook>,
    form: KeptPriceForm,
) -> Result<ChannelView, CommandError> {
    Ok(book.lock()?.keep_price(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn channel_usage(
    book: State<'_, SharedBook>,
    channel: String,
    month: String,
) -> Result<Vec<CategoryUsageView>, CommandError> {
    Ok(book.read()?.channel_usage(&channel, &month)?)
}
