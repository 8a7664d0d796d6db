//! The desktop shell: builds the app, holds the open book and hands each command of the window to
//! it. No rule and no SQL lives here.

mod commands;
mod error;
mod job;
mod keeper;
mod launch;
mod menu;
mod news;
mod now;
mod page;
mod recent;
mod shared_book;
mod worker;

use std::io::Write;

use tauri::Manager;
use tauri::webview::PageLoadEvent;

/// Every command that the window may use, handed to the macro that is named.
macro_rules! commands {
    ($($handed_to:tt)+) => {
        $($handed_to)+![
            commands::about::about,
            commands::book::create_book,
            commands::book::open_book,
            commands::book::open_book_read_only,
            commands::book::book_view,
            commands::book::close_book,
            commands::launch::book_at_launch,
            commands::launch::hear,
            commands::menu::set_menu,
            commands::menu::set_theme,
            commands::menu::set_zoom,
            commands::file::look_at_files,
            commands::path::choose_open_path,
            commands::path::choose_save_path,
            commands::path::choose_folder,
            commands::path::show_path,
            commands::partner::set_company,
            commands::partner::set_paper_language,
            commands::hub::hubs,
            commands::hub::hub,
            commands::hub::add_hub,
            commands::hub::edit_hub,
            commands::hub::set_opening,
            commands::hub::set_pay_by,
            commands::hub::rules,
            commands::hub::set_rule,
            commands::hub::set_auto_renewal,
            commands::hub::close_hub,
            commands::hub::plan_notice,
            commands::hub::give_plan_notice,
            commands::hub::withdraw_plan_notice,
            commands::find::find,
            commands::client::clients,
            commands::client::clients_page,
            commands::client::add_client,
            commands::client::edit_client,
            commands::channel::channels,
            commands::channel::add_channel,
            commands::channel::edit_channel,
            commands::channel::cancel_channel,
            commands::channel::keep_price,
            commands::channel::channel_usage,
            commands::parties::preview_parties,
            commands::parties::book_parties,
            commands::top_up::top_up,
            commands::top_up::refund,
            commands::undo::what_can_be_undone,
            commands::undo::undo_last,
            commands::undo::undo,
            commands::undo::preview_reversal,
            commands::undo::reverse,
            commands::charge::charges,
            commands::charge::charge_sums,
            commands::charge::unrated,
            commands::charge::explain,
            commands::charge::price_charge,
            commands::charge::waive,
            commands::charge::export_charges,
            commands::charge::export_shown_charges,
            commands::charge::what_if,
            commands::charge::cost_differences,
            commands::charge::volumes,
            commands::charge::set_volume,
            commands::charge::preview_volume,
            commands::charge::book_volume,
            commands::price::cards,
            commands::price::rates,
            commands::price::preview_prices,
            commands::price::book_prices,
            commands::price::compare_cards,
            commands::price::missing_cards,
            commands::price::choose_card,
            commands::price::market_lists,
            commands::price::market_list,
            commands::price::preview_markets,
            commands::price::book_markets,
            commands::price::choose_market_list,
            commands::price::export_card,
            commands::price::export_card_diff,
            commands::balance::balances,
            commands::balance::statement,
            commands::balance::overview,
            commands::close::close_preview,
            commands::close::close_month,
            commands::invoice::invoices,
            commands::invoice::invoice,
            commands::invoice::export_invoices,
            commands::invoice::export_month,
            commands::invoice::set_vendor_number,
            commands::client_invoice::client_drafts,
            commands::client_invoice::client_draft,
            commands::client_invoice::try_client_draft,
            commands::client_invoice::put_client_draft,
            commands::client_invoice::remove_client_draft,
            commands::client_invoice::issue_client_draft,
            commands::client_invoice::client_invoices,
            commands::client_invoice::client_invoice,
            commands::client_invoice::preview_client_credit,
            commands::client_invoice::credit_client_invoice,
            commands::client_invoice::correct_client_invoice,
            commands::client_invoice::pay_client_invoice,
            commands::client_invoice::export_client_invoices,
            commands::seller::seller,
            commands::seller::set_seller,
            commands::seller::set_logo,
            commands::seller::set_number_series,
            commands::seller::set_series_start,
            commands::seller::client_billing,
            commands::seller::set_client_billing,
            commands::ledger::trial_balance,
            commands::ledger::account,
            commands::ledger::entries,
            commands::ledger::chart,
            commands::ledger::set_chart,
            commands::ledger::set_chart_account,
            commands::ledger::export_trial_balance,
            commands::ledger::export_account,
            commands::ledger::export_entries,
            commands::ledger::export_chart,
            commands::ledger::history,
            commands::page::page,
            commands::page::save_paper,
            commands::table::save_table,
            commands::table::export_shown,
            commands::check::check,
            commands::backup::backups,
            commands::backup::backups_at,
            commands::backup::back_up,
            commands::backup::verify_backup,
            commands::backup::restore_backup,
            commands::backup::set_backup_folder,
            commands::backup::change_passphrase,
            commands::usage::preview_usage,
            commands::usage::book_usage,
            commands::usage::save_usage_problems,
            commands::usage::job_progress,
            commands::usage::cancel_job,
            commands::recent::recent_books,
            commands::recent::forget_recent,
            commands::recent::make_sample,
        ]
    };
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When the window system, or the web view, can't be had.
pub fn run() -> tauri::Result<()> {
    let _worker = worker::begin()?;
    let app = tauri::Builder::default()
        // First, so that a second start ends before it does anything else.
        .plugin(tauri_plugin_single_instance::init(launch::again))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(shared_book::SharedBook::default())
        .manage(job::Jobs::default())
        .manage(launch::Launch::from_arguments())
        .manage(news::Inbox::default())
        .invoke_handler(worker::hand_on(commands!(tauri::generate_handler)))
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .on_window_event(|window, event| news::on_window_event(window.app_handle(), event))
        .setup(|app| {
            launch::begin(app.handle());
            menu::keep_place(app.handle())?;
            keeper::keep(app.handle().clone());
            Ok(())
        })
        .on_page_load(|view, load| match load.event() {
            PageLoadEvent::Started => news::on_load(view.app_handle()),
            // Nobody may be listening, and that is no reason to stop.
            PageLoadEvent::Finished => {
                let _ = writeln!(std::io::stdout(), "Hubledger is open.");
            }
        })
        .build(tauri::generate_context!())?;
    app.run(launch::on_event);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Set by `make bindings`: the file is written instead of compared.
    const WRITE: &str = "HUBLEDGER_WRITE_BINDINGS";

    /// Of it `ui/src/api/bindings.ts` is written. The app itself does without: all types of all commands
    /// would be put together at each start.
    fn specta_builder() -> tauri_specta::Builder<tauri::Wry> {
        tauri_specta::Builder::new()
            .commands(commands!(tauri_specta::collect_commands))
            // One type for what comes in and what goes out: every field is always written.
            .disable_serde_phases()
    }

    #[test]
    fn the_bindings_of_the_ui_are_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/api/bindings.ts");
        let fresh = tempfile::NamedTempFile::new().unwrap();
        specta_builder()
            .export(specta_typescript::Typescript::default(), fresh.path())
            .unwrap();
        let fresh = one_by_one(&std::fs::read_to_string(fresh.path()).unwrap());
        if std::env::var_os(WRITE).is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &fresh).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == fresh,
            "ui/src/api/bindings.ts is not what the commands say: run `make bindings` and commit it"
        );
    }

    /// Each command as a function of its own in place of one object of all: what nobody calls is
    /// then left out of the window's code. All are made alike, of their name and those of what they are
    /// told.
    fn one_by_one(bindings: &str) -> String {
        let (head, rest) = bindings.split_once("export const commands = {\n").unwrap();
        let (commands, after) = rest.split_once("\n};").unwrap();
        let functions: Vec<String> = commands.lines().map(function_of).collect();
        let head = head.replace(
            "import { invoke as __TAURI_INVOKE } from \"@tauri-apps/api/core\"",
            "import { command } from \"./command\"",
        );
        let (types, helper) = after.split_once("async function typedError").unwrap();
        let (_, after) = helper.split_once("\n}\n").unwrap();
        format!(
            "{head}{}{types}{}",
            functions.join("\n"),
            after.trim_start()
        )
    }

    /// `openBook: (path: string) => typedError<BookView, CommandError>(__TAURI_INVOKE("open_book", { path })),`
    /// as `export const openBook = command<[path: string], BookView>("open_book", "path");`.
    fn function_of(line: &str) -> String {
        let line = line.trim_start_matches('\t');
        let Some((name, rest)) = line.split_once(": (") else {
            return line.to_owned();
        };
        let (parameters, rest) = rest.split_once(") => typedError<").unwrap();
        let (answer, call) = rest.split_once(", CommandError>(__TAURI_INVOKE(").unwrap();
        let call = call.trim_end_matches("),").trim_end_matches(')');
        let (command, told) = call.split_once(", ").unwrap_or((call, ""));
        let told = told.trim_matches(['{', '}', ' ']).split(", ");
        let told: String = told
            .filter(|name| !name.is_empty())
            .map(|name| format!(", \"{name}\""))
            .collect();
        format!("export const {name} = command<[{parameters}], {answer}>({command}{told});")
    }
}
