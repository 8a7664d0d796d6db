//! Pictures of the app for whoever works on its look: `make shots`.

use crate::desk::Theme;
use crate::window::Window;

const SIZES: [(u32, u32); 2] = [(1200, 800), (900, 600)];

/// Takes each of `HUBLEDGER_ROUTES` in both themes and sizes, of the book `HUBLEDGER_BOOK`.
#[test]
#[ignore = "a tool, not a test: run it with `make shots`"]
fn shots() {
    let said = |name| std::env::var(name).unwrap_or_default();
    let book = said("HUBLEDGER_BOOK");
    let routes = said("HUBLEDGER_ROUTES");
    let arguments: Vec<&str> = [book.as_str()]
        .into_iter()
        .filter(|b| !b.is_empty())
        .collect();

    for theme in [Theme::Light, Theme::Dark] {
        let window = Window::open_with(theme, &arguments);
        // A book that opens shows its overview: before that, no address would last.
        if !arguments.is_empty() {
            window.see_heading("Overview");
        }
        for route in routes.split_whitespace() {
            window.go(route);
            for (width, height) in SIZES {
                window.resize(width, height);
                window.settled();
                window.picture(&name(route, theme, width));
            }
        }
    }
}

/// For example `charges-dark-900`.
fn name(route: &str, theme: Theme, width: u32) -> String {
    let words: Vec<&str> = route
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let page = if words.is_empty() {
        "start".to_owned()
    } else {
        words.join("-")
    };
    format!("{page}-{theme:?}-{width}").to_lowercase()
}
