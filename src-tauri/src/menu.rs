//! The native menu. What stands in it is told by the window, which has the words and knows what can
//! be done now; what is chosen goes back to the window. Only what the system itself does (cut, copy,
//! paste, quit) is done here.
//!
//! A menu shows the keys of its lines and takes none: keys belong to the page, where a letter in a
//! field is a letter. So every key is decided in one place, `ui/src/lib/keys.svelte.ts`.

use serde::Deserialize;
use tauri::menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Manager, Runtime};

use crate::error::CommandError;
use crate::news::{News, tell};
use crate::worker::step_aside;

/// The window that has the menu.
const WINDOW: &str = "main";
const QUIT: &str = "quit";

/// A menu of the bar, or one within another. In a text, `&` goes before the letter that chooses it,
/// and `&&` is the sign itself.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub(crate) struct MenuForm {
    text: String,
    lines: Vec<MenuLine>,
}

/// A line of a menu.
#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum MenuLine {
    /// Tells the window its id; `quit` closes the window.
    Act(MenuAct),
    /// Edits what has the focus.
    Edit(MenuEdit),
    Menu(MenuForm),
    /// A line between others.
    Rule,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
pub(crate) struct MenuAct {
    id: String,
    text: String,
    /// As the window names keys, such as `Ctrl Shift p`; empty for none.
    keys: String,
    is_off: bool,
    /// Whether it is ticked, where it can be.
    is_ticked: Option<bool>,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
pub(crate) struct MenuEdit {
    what: EditWord,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EditWord {
    Cut,
    Copy,
    Paste,
    SelectAll,
}

/// Keeps the bar's place before its words are known, so that the page does not move when they come.
pub(crate) fn keep_place(app: &AppHandle) -> tauri::Result<()> {
    app.set_menu(Menu::with_items(app, &[&Submenu::new(app, " ", false)?])?)?;
    Ok(())
}

/// Puts these menus in place of those before.
pub(crate) fn put(app: &AppHandle, menus: Vec<MenuForm>) -> Result<(), CommandError> {
    let (tell, told) = std::sync::mpsc::channel();
    let handle = app.clone();
    // In one go on the window's own thread, so that no half of a bar is ever seen.
    app.run_on_main_thread(move || {
        // Fails only where nobody waits any more.
        let _ = tell.send(build(&handle, &menus));
    })?;
    Ok(step_aside(|| told.recv()).map_err(CommandError::system)??)
}

fn build(app: &AppHandle, menus: &[MenuForm]) -> tauri::Result<()> {
    let bar = Menu::new(app)?;
    #[cfg(target_os = "macos")]
    bar.append(&menu_of_the_app(app)?)?;
    for form in menus {
        bar.append(&menu(app, form)?)?;
    }
    app.set_menu(bar)?;
    #[cfg(target_os = "linux")]
    gtk_bar::show_keys(app, menus);
    Ok(())
}

/// There, the first menu is the app's own.
#[cfg(target_os = "macos")]
fn menu_of_the_app<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    let menu = Submenu::new(app, "Hubledger", true)?;
    menu.append(&PredefinedMenuItem::hide(app, None)?)?;
    menu.append(&PredefinedMenuItem::quit(app, None)?)?;
    Ok(menu)
}

fn menu<R: Runtime>(app: &AppHandle<R>, form: &MenuForm) -> tauri::Result<Submenu<R>> {
    let menu = Submenu::new(app, &form.text, !form.lines.is_empty())?;
    for line in &form.lines {
        match line {
            MenuLine::Act(act) => match act.is_ticked {
                Some(ticked) => menu.append(&CheckMenuItem::with_id(
                    app,
                    &act.id,
                    &act.text,
                    !act.is_off,
                    ticked,
                    None::<&str>,
                )?)?,
                None => menu.append(&MenuItem::with_id(
                    app,
                    &act.id,
                    &act.text,
                    !act.is_off,
                    None::<&str>,
                )?)?,
            },
            MenuLine::Edit(edit) => append_edit(app, &menu, edit)?,
            MenuLine::Menu(form) => menu.append(&self::menu(app, form)?)?,
            MenuLine::Rule => menu.append(&PredefinedMenuItem::separator(app)?)?,
        }
    }
    Ok(menu)
}

/// The page's own editing, by the names that WebKit gives it.
#[cfg(target_os = "linux")]
const EDITS: [(EditWord, &str); 4] = [
    (EditWord::Cut, "Cut"),
    (EditWord::Copy, "Copy"),
    (EditWord::Paste, "Paste"),
    (EditWord::SelectAll, "SelectAll"),
];

#[cfg(target_os = "linux")]
fn append_edit<R: Runtime>(
    app: &AppHandle<R>,
    menu: &Submenu<R>,
    edit: &MenuEdit,
) -> tauri::Result<()> {
    let id = EDITS.iter().find(|(what, _)| *what == edit.what);
    let id = id.map_or("", |(_, name)| name);
    menu.append(&MenuItem::with_id(app, id, &edit.text, true, None::<&str>)?)
}

/// Elsewhere the system does it.
#[cfg(not(target_os = "linux"))]
fn append_edit<R: Runtime>(
    app: &AppHandle<R>,
    menu: &Submenu<R>,
    edit: &MenuEdit,
) -> tauri::Result<()> {
    let text = Some(edit.text.as_str());
    menu.append(&match edit.what {
        EditWord::Cut => PredefinedMenuItem::cut(app, text)?,
        EditWord::Copy => PredefinedMenuItem::copy(app, text)?,
        EditWord::Paste => PredefinedMenuItem::paste(app, text)?,
        EditWord::SelectAll => PredefinedMenuItem::select_all(app, text)?,
    })
}

/// What is done when a line was chosen.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    let window = app.get_webview_window(WINDOW);
    // What fails here fails because the window is gone.
    if id == QUIT {
        let _ = window.map(|window| window.close());
        return;
    }
    #[cfg(target_os = "linux")]
    if let Some((_, name)) = EDITS.iter().find(|(_, name)| *name == id) {
        use webkit2gtk::WebViewExt as _;
        let edit = |view: tauri::webview::PlatformWebview| {
            view.inner().execute_editing_command(name);
        };
        let _ = window.map(|window| window.with_webview(edit));
        return;
    }
    tell(app, News::Chosen { id: id.to_owned() });
}

#[cfg(target_os = "linux")]
mod gtk_bar {
    //! What GTK's menu bar can do and the library does not offer: a key that is shown and not taken.

    use gtk::prelude::*;
    use tauri::{AppHandle, Manager};

    use super::{MenuForm, MenuLine, WINDOW};

    /// Writes the keys beside the lines of the bar that was just put up.
    pub(super) fn show_keys(app: &AppHandle, menus: &[MenuForm]) {
        let Some(rows) = app
            .get_webview_window(WINDOW)
            .and_then(|window| window.default_vbox().ok())
        else {
            return;
        };
        let mut rows = rows.children().into_iter();
        let Some(bar) = rows.find_map(|row| row.downcast::<gtk::MenuBar>().ok()) else {
            return;
        };
        for (title, form) in bar.children().iter().zip(menus) {
            show_keys_in(title, form);
        }
    }

    fn show_keys_in(title: &gtk::Widget, form: &MenuForm) {
        let menu = title.downcast_ref::<gtk::MenuItem>();
        let Some(menu) = menu.and_then(GtkMenuItemExt::submenu) else {
            return;
        };
        let Some(menu) = menu.downcast_ref::<gtk::Menu>() else {
            return;
        };
        for (item, line) in menu.children().iter().zip(&form.lines) {
            match line {
                MenuLine::Menu(form) => show_keys_in(item, form),
                MenuLine::Act(act) if !act.keys.is_empty() => show_key(item, &act.keys),
                MenuLine::Act(_) | MenuLine::Edit(_) | MenuLine::Rule => {}
            }
        }
    }

    fn show_key(item: &gtk::Widget, keys: &str) {
        let label = item
            .downcast_ref::<gtk::MenuItem>()
            .and_then(BinExt::child)
            .and_then(|child| child.downcast::<gtk::AccelLabel>().ok());
        if let Some(label) = label {
            let (key, held) = gtk::accelerator_parse(&gtk_keys(keys));
            label.set_accel(key, held);
        }
    }

    /// Keys as GTK writes them: `<Control><Shift>p` for `Ctrl Shift p`.
    fn gtk_keys(keys: &str) -> String {
        keys.split(' ')
            .map(|part| match part {
                "Ctrl" => "<Control>",
                "Shift" => "<Shift>",
                "Alt" => "<Alt>",
                "+" => "plus",
                "-" => "minus",
                "," => "comma",
                "?" => "question",
                letter => letter,
            })
            .collect()
    }

    #[cfg(test)]
    mod tests {
        use super::gtk_keys;

        #[test]
        fn keys_are_written_as_gtk_reads_them() {
            let cases = [
                ("Ctrl k", "<Control>k"),
                ("Ctrl Shift p", "<Control><Shift>p"),
                ("Ctrl +", "<Control>plus"),
                ("Ctrl ,", "<Control>comma"),
                ("?", "question"),
                ("t", "t"),
            ];
            for (keys, written) in cases {
                assert_eq!(gtk_keys(keys), written);
            }
        }
    }
}
