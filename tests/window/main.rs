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

mod desk;
mod driver;
mod shots;
mod window;

use window::Window;

#[test]
fn the_window_opens_and_says_whose_it_is() {
    let window = Window::open();
    assert_eq!(window.title(), "Hubledger");
    window.see("Hubledger");
    window.settled();
    window.picture("start");
}
