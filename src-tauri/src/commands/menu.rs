//! How the window looks from outside the page: its menu, its theme and how large things are.

use serde::Deserialize;
use tauri::{AppHandle, WebviewWindow};

use crate::error::CommandError;
use crate::menu::{self, MenuForm};

/// The theme that a person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ThemeWord {
    System,
    Light,
    Dark,
}

/// Puts these menus in place of those before.
#[tauri::command]
#[specta::specta]
pub(crate) fn set_menu(app: AppHandle, menus: Vec<MenuForm>) -> Result<(), CommandError> {
    menu::put(&app, menus)
}

/// Gives the menu, and what else the system draws, the theme of the page.
#[tauri::command]
#[specta::specta]
pub(crate) fn set_theme(app: AppHandle, theme: ThemeWord) -> Result<(), CommandError> {
    #[cfg(target_os = "linux")]
    app.run_on_main_thread(move || {
        use gtk::prelude::GtkSettingsExt as _;
        let Some(settings) = gtk::Settings::default() else {
            return;
        };
        match theme {
            // What the desktop says, not what it said when the app began.
            ThemeWord::System => settings.reset_property("gtk-application-prefer-dark-theme"),
            ThemeWord::Light => settings.set_gtk_application_prefer_dark_theme(false),
            ThemeWord::Dark => settings.set_gtk_application_prefer_dark_theme(true),
        }
    })?;
    #[cfg(not(target_os = "linux"))]
    app.set_theme(match theme {
        ThemeWord::System => None,
        ThemeWord::Light => Some(tauri::Theme::Light),
        ThemeWord::Dark => Some(tauri::Theme::Dark),
    });
    Ok(())
}

/// Shows everything larger or smaller, in percent.
#[tauri::command]
#[specta::specta]
#[expect(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "a zoom is no amount"
)]
pub(crate) fn set_zoom(window: WebviewWindow, percent: u32) -> Result<(), CommandError> {
    Ok(window.set_zoom(f64::from(percent) / 100.0)?)
}
