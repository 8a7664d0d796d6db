//! Charges.

use std::path::Path;

use hubledger_book::form::{
    ChargesForm, PriceChargeForm, ShownChargesForm, SumBy, VolumeForm, WaiveForm, WhatIfForm,
};
use hubledger_book::view::{
    ChargeSumView, ChargeView, ChargesView, CostDifferenceView, ExplainView, VolumeView, WhatIfView,
};
use hubledger_book::volume_file::VolumeFileView;
use tauri::State;

use crate::error::CommandError;
use crate::job::{Jobs, beside};
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn charges(
    book: State<'_, SharedBook>,
    form: ChargesForm,
) -> Result<ChargesView, CommandError> {
    Ok(book.read()?.charges(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn charge_sums(
    book: State<'_, SharedBook>,
    hub: String,
    month: Option<String>,
    by: SumBy,
) -> Result<Vec<ChargeSumView>, CommandError> {
    Ok(book
        .read()?
        .charge_sums(&hub, month.as_deref(), by, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn unrated(
    book: State<'_, SharedBook>,
    hub: Option<String>,
) -> Result<Vec<ChargeView>, CommandError> {
    Ok(book.read()?.unrated(hub.as_deref(), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn explain(
    book: State<'_, SharedBook>,
    charge: String,
) -> Result<ExplainView, CommandError> {
    Ok(book.read()?.explain(&charge, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn price_charge(
    book: State<'_, SharedBook>,
    form: PriceChargeForm,
) -> Result<ChargeView, CommandError> {
    Ok(book.lock()?.price_charge(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn waive(
    book: State<'_, SharedBook>,
    form: WaiveForm,
) -> Result<ChargeView, CommandError> {
    Ok(book.lock()?.waive(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_charges(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    form: ChargesForm,
    to: String,
) -> Result<u32, CommandError> {
    beside(&book, &jobs.file, |book, progress| {
        book.export_charges_with(form, Path::new(&to), progress, moment())
    })
}

#[tauri::command]
#[specta::specta]
pub(crate) fn export_shown_charges(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    form: ShownChargesForm,
    to: String,
) -> Result<u32, CommandError> {
    beside(&book, &jobs.file, |book, progress| {
        book.export_shown_charges(&form, Path::new(&to), progress, moment())
    })
}

#[tauri::command]
#[specta::specta]
pub(crate) fn what_if(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    form: WhatIfForm,
) -> Result<WhatIfView, CommandError> {
    beside(&book, &jobs.question, |book, _| {
        book.what_if(form, moment())
    })
}

#[tauri::command]
#[specta::specta]
pub(crate) fn cost_differences(
    book: State<'_, SharedBook>,
    hub: String,
    month: String,
) -> Result<Vec<CostDifferenceView>, CommandError> {
    Ok(book.read()?.cost_differences(&hub, &month, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn volumes(
    book: State<'_, SharedBook>,
    client: String,
    month: String,
) -> Result<Vec<VolumeView>, CommandError> {
    Ok(book.read()?.volumes(&client, &month, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_volume(
    book: State<'_, SharedBook>,
    form: VolumeForm,
) -> Result<Vec<VolumeView>, CommandError> {
    Ok(book.lock()?.set_volume(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn preview_volume(
    book: State<'_, SharedBook>,
    path: String,
) -> Result<VolumeFileView, CommandError> {
    Ok(book.lock()?.preview_volume(Path::new(&path), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn book_volume(
    book: State<'_, SharedBook>,
    path: String,
) -> Result<VolumeFileView, CommandError> {
    Ok(book.lock()?.book_volume(Path::new(&path), moment())?)
}
