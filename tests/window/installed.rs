//! The app as it is installed: `make package-test` puts the package on the system, says with
//! `HUBLEDGER_APP` where its program lies, and makes the book.

use serde_json::json;

use crate::desk::Theme;
use crate::window::{Window, key};

#[test]
#[ignore = "needs the installed app: run it with `make package-test`"]
fn the_installed_app_opens_a_book_that_is_clicked_and_drives_like_any_other() {
    let said = |name: &str| std::env::var(name).unwrap_or_default();
    assert!(!said("HUBLEDGER_APP").is_empty(), "run `make package-test`");
    let book = said("HUBLEDGER_BOOK");
    let window = Window::open_with(Theme::Light, &[&book]);
    window.resize(1200, 800);
    window.see_heading("Overview");
    // 120.00 to begin with and 500.00 topped up.
    window.see("620.00");
    window.keep_picture("installed");
    window.type_keys("gb");
    window.see_heading("Balances");
    window.see_together(&["500.00", "620.00"]);

    // A second click goes to the window that is open.
    assert!(window.desk().start_again(&[&book]).success());
    window.see("620.00");
    window.click("Check the books");
    window.see("Every rule of the book holds.");
    window.press(&[key::ESCAPE]);
    let version = window.script(
        "return window.__TAURI_INTERNALS__.invoke('about').then((about) => about.version)",
        json!([]),
    );
    assert_eq!(version, Some(json!(env!("CARGO_PKG_VERSION"))));
}
