//! Hubs and their rules.

use hubledger_book::form::PlanNoticeForm;
use hubledger_book::form::{
    AutoRenewalForm, CloseHubForm, EditHubForm, NewHubForm, OpeningForm, RuleForm,
};
use hubledger_book::plan_notice::PlanNoticeView;
use hubledger_book::view::{BookedView, HubView, RuleView};
use hubledger_book::word::PayByWord;
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn hubs(book: State<'_, SharedBook>) -> Result<Vec<HubView>, CommandError> {
    Ok(book.read()?.hubs(moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn hub(book: State<'_, SharedBook>, id: String) -> Result<HubView, CommandError> {
    Ok(book.read()?.hub(&id, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn add_hub(
    book: State<'_, SharedBook>,
    form: NewHubForm,
) -> Result<HubView, CommandError> {
    Ok(book.lock()?.add_hub(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn edit_hub(
    book: State<'_, SharedBook>,
    form: EditHubForm,
) -> Result<HubView, CommandError> {
    Ok(book.lock()?.edit_hub(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_opening(
    book: State<'_, SharedBook>,
    form: OpeningForm,
) -> Result<BookedView, CommandError> {
    Ok(book.lock()?.set_opening(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_pay_by(
    book: State<'_, SharedBook>,
    hub: String,
    method: PayByWord,
) -> Result<HubView, CommandError> {
    Ok(book.lock()?.set_pay_by(&hub, method, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn rules(
    book: State<'_, SharedBook>,
    hub: String,
    month: Option<String>,
) -> Result<Vec<RuleView>, CommandError> {
    Ok(book.read()?.rules(&hub, month.as_deref(), moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_rule(
    book: State<'_, SharedBook>,
    form: RuleForm,
) -> Result<Vec<RuleView>, CommandError> {
    Ok(book.lock()?.set_rule(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn set_auto_renewal(
    book: State<'_, SharedBook>,
    form: AutoRenewalForm,
) -> Result<(), CommandError> {
    Ok(book.lock()?.set_auto_renewal(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn close_hub(
    book: State<'_, SharedBook>,
    form: CloseHubForm,
) -> Result<HubView, CommandError> {
    Ok(book.lock()?.close_hub(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn plan_notice(
    book: State<'_, SharedBook>,
    form: PlanNoticeForm,
) -> Result<PlanNoticeView, CommandError> {
    Ok(book.read()?.plan_notice(&form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn give_plan_notice(
    book: State<'_, SharedBook>,
    form: PlanNoticeForm,
) -> Result<PlanNoticeView, CommandError> {
    Ok(book.lock()?.give_plan_notice(form, moment())?)
}

#[tauri::command]
#[specta::specta]
pub(crate) fn withdraw_plan_notice(
    book: State<'_, SharedBook>,
    hub: String,
) -> Result<(), CommandError> {
    Ok(book.lock()?.withdraw_plan_notice(&hub, moment())?)
}
