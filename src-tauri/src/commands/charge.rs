//! Charges.

use std::path::Path;

use hubledger_book::form::{ChargesForm, PriceChargeForm, SumBy, WaiveForm};
use hubledger_book::view::{ChargeSumView, ChargeView, ChargesView, ExplainView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn charges(
    book: State<'_, SharedBook>,
    form: ChargesForm,
) -> Result<ChargesView, CommandError> {
    Ok(book.lock()?.charges(form, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn charge_sums(
    book: State<'_, SharedBook>,
    hub: String,
    month: Option<String>,
    by: SumBy,
) -> Result<Vec<ChargeSumView>, CommandError> {
    Ok(book
        .lock()?
        .charge_sums(&hub, month.as_deref(), by, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn unrated(
    book: State<'_, SharedBook>,
    hub: Option<String>,
) -> Result<Vec<ChargeView>, CommandError> {
    Ok(book.lock()?.unrated(hub.as_deref(), moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn explain(
    book: State<'_, SharedBook>,
    charge: String,
) -> Result<ExplainView, CommandError> {
    Ok(book.lock()?.explain(&charge, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn price_charge(
    book: State<'_, SharedBook>,
    form: PriceChargeForm,
) -> Result<ChargeView, CommandError> {
    Ok(book.lock()?.price_charge(form, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn waive(
    book: State<'_, SharedBook>,
    form: WaiveForm,
) -> Result<ChargeView, CommandError> {
    Ok(book.lock()?.waive(form, moment())?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_charges(
    book: State<'_, SharedBook>,
    form: ChargesForm,
    to: String,
) -> Result<u32, CommandError> {
    Ok(book
        .lock()?
        .export_charges(form, Path::new(&to), moment())?)
}
