//! The window as a part of the desktop: its menu, files that are dropped, a second start, a log that
//! keeps secrets.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::desk::Theme;
use crate::steps::{add_client_and_channel, add_hub, make_book};
use crate::window::{Window, key};

const NEW_BOOK: &str = "One file keeps everything.";
const USAGE: &str =
    "date,channel_id,country,category,quantity\n2026-09-01,markt1CH,DE,marketing,10\n";

/// Clicks the first line of a menu whose name stands so far from the window's edge.
fn choose_first(window: &Window, from_edge: u32) {
    // Where the page begins on the screen, below the bar.
    const PLACE: &str = "return [screenX, screenY, outerHeight - innerHeight]";
    let place = window.script(PLACE, json!([])).unwrap_or_default();
    let at = |n: usize| place[n].as_u64().and_then(|n| u32::try_from(n).ok());
    let (left, top, bar) = (at(0).unwrap_or(0), at(1).unwrap_or(0), at(2).unwrap_or(0));
    assert!(bar > 10, "there is no menu bar: {place}");
    window.desk().click_at(left + from_edge, top + bar / 2);
    window
        .desk()
        .click_at(left + from_edge + 20, top + bar + 14);
}

#[test]
fn the_menu_reaches_the_page() {
    let window = Window::open();
    window.resize(1200, 800);
    window.until("New book… to be asked for", || {
        choose_first(&window, 18);
        window.text()?.contains(NEW_BOOK).then_some(())
    });
    window.press(&[key::ESCAPE]);
    window.see_no_more(NEW_BOOK);
}

#[test]
fn a_second_start_brings_its_book_into_the_open_window_and_loses_nothing() {
    let window = Window::open();
    window.resize(1200, 800);
    let first = make_book(&window);
    add_hub(&window);
    let other = copy_of(&window, &first);
    window.desk().start_again(&[&shown(&first)]);
    see_book(&window, "elbe.hubbook");
    window.follow("Balances");
    // What was begun in a dialog belongs to the book that it was begun in.
    window.type_keys("t");
    window.fill("Amount, net", "77");
    assert!(window.desk().start_again(&[&shown(&other)]).success());
    see_book(&window, "other.hubbook");
    window.see_no_more("Amount, net");
    assert!(window.desk().start_again(&[&shown(&first)]).success());
    see_book(&window, "elbe.hubbook");
    window.follow("Balances");
    window.type_keys("t");
    window.see_in("Amount, net", "77");
    window.press(&[key::ESCAPE]);

    // Without a book, the window comes to the front as it is.
    assert!(window.desk().start_again(&[]).success());
    see_book(&window, "elbe.hubbook");

    // What can't be opened leaves the open book as it is.
    let none = window.file("none.hubbook");
    std::fs::write(&none, "no book at all").expect("the home takes files");
    window.desk().start_again(&[&shown(&none)]);
    window.see("Not opened");
    window.keep_picture("refused-book");
    window.press(&[key::ENTER]);
    window.see_no_more("Not opened");
    see_book(&window, "elbe.hubbook");
}

#[test]
fn files_that_are_dropped_are_named_before_they_are_let_go_and_looked_at_one_by_one() {
    let window = Window::open_with(Theme::Dark, &[]);
    window.resize(1200, 800);
    let usage = write(&window, "usage.csv", USAGE);
    let letter = write(&window, "letter.txt", "Dear Ada,\nall is well.\n");
    let card = write(
        &window,
        "card.csv",
        "effective_from,currency,market,category,tier_from,rate\n2026-10-01,EUR,Germany,marketing,1,0.1200\n",
    );

    window.say(&files("held", &[&usage]));
    window.see("Open a book first");
    window.say(&files("held", &[]));
    window.see_no_more("Open a book first");

    let book = make_book(&window);
    add_hub(&window);
    add_client_and_channel(&window);
    window.say(&files("held", &[&usage, &card, &letter]));
    window.see("Shows what this usage would book");
    window.see("Not a file that Hubledger knows");
    window.keep_picture("drag-dark");
    window.say(&files("dropped", &[&usage, &card, &letter]));
    window.see("Dropped files");
    window.keep_picture("dropped-dark");
    window.click("Look at it");
    window.see_heading("Import usage");
    window.see("1 row");
    window.click("2 dropped files wait");
    window.click("Look at it");
    window.see("Add 1 card");
    window.press(&[key::ESCAPE]);
    window.click("1 dropped file waits");
    window.click("Close");
    window.see_no_more("dropped file");

    // One that is known and alone is looked at at once; a book is opened.
    window.say(&files("dropped", &[&card]));
    window.see("Add 1 card");
    window.press(&[key::ESCAPE]);
    let other = copy_of(&window, &book);
    window.say(&files("dropped", &[&other]));
    see_book(&window, "other.hubbook");
    window.see_no_refusal();
}

#[test]
fn amounts_and_names_never_reach_a_log() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    add_hub(&window);
    add_client_and_channel(&window);
    window.follow("Balances");
    window.type_keys("t");
    window.fill("Amount, net", "473.19");
    window.fill("Day", "2026-10-02");
    window.click("Book top-up");
    window.see("473.19 EUR added");
    let usage = write(&window, "usage.csv", USAGE);
    window.say(&files("dropped", &[&usage]));
    window.see_heading("Import usage");
    window.say(&files("dropped", &[&window.file("gone.csv")]));
    window.see("Dropped files");
    window.press(&[key::ESCAPE]);
    window.click("Check the books");
    window.see("Every rule of the book holds.");

    // The app says that it is open, so that what it writes is known to be read.
    let log = window.desk().log();
    assert!(log.contains("Hubledger is open."), "the log says: {log}");
    let home = window.desk().home();
    let mut logs = vec![log];
    for folder in ["data", "config", "cache"] {
        logs_below(&home.join(folder), &mut logs);
    }
    // 120.00 and 473.19 are 593.19; 19 % VAT on 473.19 are 89.91.
    for secret in [
        "473.19",
        "473,19",
        "593.19",
        "89.91",
        "Elbe Messaging",
        "Marktfrau",
        "markt1CH",
        "5550200",
        "DE999999995",
    ] {
        for log in &logs {
            assert!(!log.contains(secret), "a log says {secret}: {log}");
        }
    }
}

/// What lies in a folder as a log does, by its name.
fn logs_below(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            logs_below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "log") {
            found.push(
                String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).into_owned(),
            );
        }
    }
}

#[test]
fn an_older_book_tells_how_far_it_is_and_the_open_one_stays_where_that_is_stopped() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    let older = window.file("older.hubbook");
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/books/schema-0009.hubbook");
    std::fs::copy(made, &older).expect("the home takes files");
    let before = std::fs::read(&older).expect("the book lies there");

    window.hold_work();
    assert!(window.desk().start_again(&[&shown(&older)]).success());
    window.see("Opening the book");
    window.see(", 0 %");
    window.keep_picture("work-open-beside");
    window.click("Stop");
    window.see_no_more("Opening the book");
    window.see_no_refusal();
    see_book(&window, "elbe.hubbook");
    let after = std::fs::read(&older).expect("the book lies there");
    assert!(
        before == after,
        "what is stopped leaves the older book as it was"
    );

    window.let_work_go();
    assert!(window.desk().start_again(&[&shown(&older)]).success());
    see_book(&window, "older.hubbook");
    window.see_no_refusal();
}

#[test]
fn who_did_what_is_seen_in_a_book_without_a_hub() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    window.follow("Ledger");
    window.see("A book begins with a hub");
    window.follow("Who did what");
    window.see_heading("Ledger");
    window.see("Made the book");
    window.see_no_refusal();
    // The other sides of the ledger need one.
    window.click("Trial balance");
    window.see("A book begins with a hub");
}

/// Closes the book, and copies the file that is whole then.
fn copy_of(window: &Window, book: &Path) -> PathBuf {
    window.click("Close book");
    window.see("Recent books");
    let other = window.file("other.hubbook");
    std::fs::copy(book, &other).expect("the home takes files");
    other
}

/// Waits until the status bar names this book.
fn see_book(window: &Window, name: &str) {
    const NAME: &str = "return document.querySelector('footer span')?.innerText";
    window.until(&format!("{name} to be open"), || {
        (window.script(NAME, json!([]))? == name).then_some(())
    });
}

fn write(window: &Window, name: &str, text: &str) -> PathBuf {
    let path = window.file(name);
    std::fs::write(&path, text).expect("the home takes files");
    path
}

fn files(what: &str, paths: &[&Path]) -> Value {
    json!({"what": what, "paths": paths})
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
