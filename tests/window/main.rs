//! The real window, driven the way a person would: the built app under a screen of its own,
//! through the web view's own driver. `make window-test` runs it.
//!
//! Linux only, as no other system's web view has such a driver. Needs `Xvfb`, `dbus-daemon` and
//! `WebKitWebDriver`; what goes wrong is left as a picture and the page's text in `target/window`.

#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod access;
mod bench;
mod client_invoice;
mod books;
mod desk;
mod driver;
mod fees;
mod languages;
mod installed;
mod keyboard;
mod main_job;
mod manners;
mod passphrase;
mod sample;
mod screens;
mod shell;
mod shots;
mod steps;
mod tables;
mod window;
mod work;
mod wrong_input;

use serde_json::json;
use window::Window;

#[test]
fn the_window_opens_and_says_whose_it_is() {
    let window = Window::open();
    assert_eq!(window.title(), "Hubledger");
    window.see("Hubledger");
    window.keep_picture("start");
}

#[test]
fn the_window_reaches_its_own_commands_and_nothing_else() {
    let window = Window::open();
    let told = |script: &str| {
        let wrapped = format!(
            "return (async () => {{ {script} }})().then((value) => value, (error) => `no: ${{error}}`)"
        );
        window.script(&wrapped, json!([])).expect("the script runs")
    };

    let about = told("return await window.__TAURI_INTERNALS__.invoke('about')");
    assert_eq!(about["version"], env!("CARGO_PKG_VERSION"), "{about}");

    let refused = [
        "return await window.__TAURI_INTERNALS__.invoke('plugin:window|close')",
        "return await window.__TAURI_INTERNALS__.invoke('plugin:dialog|open', { options: {} })",
        "return await window.__TAURI_INTERNALS__.invoke('plugin:opener|open_path', { path: '/' })",
        "return new Function('return 1')()",
    ];
    for script in refused {
        let answer = told(script);
        let answer = answer.as_str().unwrap_or_default();
        assert!(answer.starts_with("no: "), "{script} was answered {answer}");
    }
    // Nothing listens there; what counts is who refuses.
    let fetch = "
        const refused = new Promise((say) =>
            addEventListener('securitypolicyviolation', (event) => say(event.effectiveDirective)));
        await fetch('http://127.0.0.1:1/').catch(() => {});
        return await refused;
    ";
    assert_eq!(told(fetch), "connect-src");
    assert_eq!(told("return window.__TAURI__ === undefined"), true);
}
