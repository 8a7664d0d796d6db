//! Long work in the window: it tells how far it is, the window goes on meanwhile, and what is stopped
//! leaves the book as it was. The work is held where it looks whether to go on, so that nothing here
//! depends on how long it takes.

use serde_json::json;

use crate::steps::{add_client_and_channel, add_hub, make_book, show_month};
use crate::window::{Window, key};

#[test]
fn a_check_runs_beside_the_window_which_writes_meanwhile_and_is_stopped() {
    let window = Window::open();
    window.resize(1200, 800);
    let book = make_book(&window);
    add_hub(&window);
    window.follow("Balances");

    window.hold_work();
    window.click("Check the books");
    window.see("The file is sound");
    window.see("Checking, 0 %");
    window.keep_picture("work-check");
    window.press(&[key::ESCAPE]);
    window.see("Checking… 0 %");

    // The check has a view of its own: what is booked meanwhile is booked at once.
    window.type_keys("t");
    window.fill("Amount, net", "473.19");
    window.fill("Day", "2026-10-02");
    window.click("Book top-up");
    window.see("473.19 EUR added");
    window.click("Checking…");
    window.click("Stop");
    window.see("Check the books");
    window.see_no_refusal();

    // One that goes on tells of the book as it was when it began.
    window.click("Check the books");
    window.see("Checking, 0 %");
    window.press(&[key::ESCAPE]);
    window.follow("Hubs");
    window.let_work_go();
    window.see("Every rule of the book holds.");
    window.see("Books balance");
    window.click("Books balance");
    window.see("looked at");
    window.press(&[key::ESCAPE]);

    // Whoever closes the book meanwhile leaves nothing beside it.
    window.hold_work();
    window.follow("Balances");
    window.type_keys("t");
    window.fill("Amount, net", "1.00");
    window.click("Book top-up");
    window.see("Changed since the last check");
    window.click("Changed since the last check");
    window.see("Checking, 0 %");
    window.press(&[key::ESCAPE]);
    window.click("Close book");
    window.see("Recent books");
    window.until("the log beside the book to go", || {
        (!book.with_extension("hubbook-wal").exists()).then_some(())
    });
}

#[test]
fn a_close_is_stopped_and_nothing_is_closed_while_every_screen_can_be_seen() {
    let window = Window::open();
    window.resize(1200, 800);
    let book = make_book(&window);
    add_hub(&window);
    add_client_and_channel(&window);
    show_month(&window, "August 2026");
    window.follow("Month close");
    window.see_heading("Close August 2026");

    window.hold_work();
    window.click("Close August…");
    window.see("Close August 2026 of Elbe for good?");
    window.click("Close August");
    window.see("Working out fees and balances, 0 %");
    window.keep_picture("work-close");
    // The book is held, and what only reads is answered all the same.
    let answered = window.script(
        "return window.__TAURI_INTERNALS__.invoke('invoices', { hub: null, month: null }).then((months) => months.length)",
        json!([]),
    );
    assert_eq!(answered, Some(json!(3)), "August to October");
    window.click("Stop");
    window.see("Nothing was booked");
    window.let_work_go();
    window.press(&[key::ESCAPE]);
    window.see_heading("Close August 2026");
    let backups = book.with_file_name("elbe backups");
    assert!(!backups.exists(), "what is stopped makes no backup");

    // Begun anew, it closes.
    window.click("Close August…");
    window.click("Close August");
    window.see("August 2026 is closed");
    window.see_heading("August 2026 is closed");
    assert!(backups.exists());
}

#[test]
fn sample_books_and_a_passphrase_are_stopped_before_they_are_there() {
    let window = Window::open();
    window.resize(1200, 800);
    window.hold_work();
    window.click("Explore with sample data");
    window.see("Making the sample books, 0 %");
    window.keep_picture("work-sample");
    window.click("Stop");
    window.see_no_more("Making the sample books, 0 %");
    window.see_no_refusal();
    window.let_work_go();
    window.see("Books that you open are listed here.");

    let book = make_book(&window);
    window.follow("Settings");
    window.hold_work();
    window.click("Encrypt with a passphrase…");
    window.fill("Passphrase", "seven seas");
    window.fill("The same again", "seven seas");
    window.click("Encrypt");
    window.see("Writing the book anew");
    window.keep_picture("work-passphrase");
    window.click("Stop");
    window.see_no_more("Writing the book anew");
    window.let_work_go();
    window.press(&[key::ESCAPE]);
    window.see("Whoever has the file can read the book.");
    window.see_no_refusal();
    assert!(!book.with_extension("hubbook.new").exists());
    let bytes = std::fs::read(&book).expect("the book lies there");
    assert!(bytes.starts_with(b"SQLite format 3\0"), "it is as it was");
}
