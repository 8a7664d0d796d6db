//! A book under a passphrase, as a person meets it: set, asked for, mistyped, changed, taken away,
//! and a backup that was written under another one.

use std::fs;

use crate::steps::{add_hub, make_book};
use crate::window::Window;

/// How a SQLite file begins; an encrypted one begins with noise.
const PLAIN: &[u8] = b"SQLite format 3\0";

fn type_both(window: &Window, passphrase: &str) {
    window.fill("Passphrase", passphrase);
    window.fill("The same again", passphrase);
}

#[test]
fn a_book_is_encrypted_opened_with_its_passphrase_changed_and_plain_again() {
    let window = Window::open();
    window.resize(1200, 800);
    let file = make_book(&window);
    add_hub(&window);
    let is_plain = || {
        fs::read(&file)
            .expect("the book lies there")
            .starts_with(PLAIN)
    };
    window.follow("Settings");
    window.see("Whoever has the file can read the book.");
    assert!(is_plain());

    window.click("Encrypt with a passphrase…");
    window.fill("Passphrase", "seven seas");
    window.fill("The same again", "seven sees");
    window.click("Encrypt");
    window.see_wrong("The same again", "The two are not the same.");
    window.keep_picture("passphrase-set");
    type_both(&window, "seven seas");
    window.click("Encrypt");
    window.see("The file and its new backups are encrypted.");
    assert!(!is_plain());

    window.click("Close book");
    window.click("Elbe Messaging GmbH");
    window.see("This book has a passphrase");
    window.fill("Passphrase", "seven sees");
    window.click("Open");
    window.see_wrong("Passphrase", "passphrase does not open");
    window.keep_picture("passphrase-wrong");
    window.fill("Passphrase", "seven seas");
    window.click("Open");
    window.see_heading("Overview");
    window.see("120.00");

    window.follow("Settings");
    window.click("Change passphrase…");
    type_both(&window, "eight seas");
    window.click("Encrypt");
    window.see("stay as they were written");
    // Backups that were made meanwhile stand above it.
    window.follow("Passphrase");
    window.click("Remove passphrase…");
    window.keep_picture("passphrase-remove");
    window.click("Remove");
    window.see("Whoever has the file can read the book.");
    window.until("the book to be plain", || is_plain().then_some(()));
    window.see_no_refusal();
}
