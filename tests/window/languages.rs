//! What the book itself says is said in the window's language: a file that is wrong, a draft that
//! lacks something, a check that fails.

use std::path::Path;

use rusqlite::Connection;

use crate::steps::{add_client_and_channel, add_hub, make_book};
use crate::window::Window;

/// Words that no German sentence has. Names in this story have none of them.
const ENGLISH: [&str; 13] = [
    "the", "is", "are", "not", "has", "have", "with", "can’t", "can't", "of", "it", "and", "use",
];

#[test]
fn what_the_book_says_is_said_in_the_language_of_the_window() {
    let window = Window::open();
    window.resize(1200, 800);
    let book = make_book(&window);
    add_hub(&window);
    add_client_and_channel(&window);
    window.go("#/settings");
    window.choose("Language of the app", "Deutsch");
    window.see_heading("Einstellungen");

    bring_in_a_wrong_file(&window);
    begin_an_invoice(&window);
    check_a_changed_book(window, &book);
}

fn bring_in_a_wrong_file(window: &Window) {
    let file = window.file("verbrauch.csv");
    std::fs::write(&file, "date,channel_id\n2026-08-20,markt1CH\n").expect("the home takes files");
    window.go("#/charges");
    window.answer_next_dialog(&file.display().to_string());
    window.click("Verbrauch einlesen …");
    window.see("verbrauch.csv: Spalten fehlen: ");
    all_is_german(window);

    // A category that is mistyped, a day before the channel began, and one that is none.
    std::fs::write(
        &file,
        "date,channel_id,country,category,pricing_type,quantity\n\
         2026-08-20,markt1CH,DE,markting,regular,100\n\
         2026-08-11,markt1CH,DE,marketing,regular,100\n\
         2026-08-32,markt1CH,DE,marketing,regular,100\n",
    )
    .expect("the home takes files");
    window.go("#/charges");
    window.answer_next_dialog(&file.display().to_string());
    window.click("Verbrauch einlesen …");
    window.see("Keine Kategorie. Meinten Sie marketing?");
    window.see("Der Kanal beginnt am 17. Aug 2026. Davor hat er keinen Verbrauch.");
    window.see("Kein Tag. Schreiben Sie JJJJ-MM-TT, einen Tag, den es gibt.");
    window.keep_picture("german-problems");
    all_is_german(window);
}

fn begin_an_invoice(window: &Window) {
    window.follow("Rechnungen");
    window.follow("An Ihre Kunden");
    window.click("Neue Rechnung");
    window.choose("Kunde", "Marktfrau Łucja");
    window.see("In Ihren Firmendaten fehlt: Straße. Tragen Sie es dort nach.");
    window.see("Beim Kunden fehlt: Ort. Tragen Sie es dort nach.");
    window.see("Die Rechnung nennt keinen Leistungszeitpunkt.");
    window.see("Position 1: Der Betrag fehlt.");
    window.keep_picture("german-draft");
    all_is_german(window);
}

/// Another program lays a table into the book, whose amounts are floats.
fn check_a_changed_book(window: Window, book: &Path) {
    window.go("#/settings");
    window.see_heading("Einstellungen");
    window.click("Buch schließen");
    window.see("Zuletzt geöffnete Bücher");
    let file = Connection::open(book).expect("the book is a file of SQLite");
    file.execute_batch("CREATE TABLE note (amount REAL)")
        .expect("nothing holds the book");
    drop(file);
    window.click("Elbe Messaging GmbH");
    window.click("Buch prüfen");
    window.see("Tabellen und ihre Schutzregeln sind, wie sie angelegt wurden");
    window.see("Tabelle note ist nicht, wie diese Version es anlegt: es kam hinzu");
    window.see("amount in note kann einen Betrag nicht genau aufnehmen");
    window.keep_picture("german-check");
    all_is_german(&window);
}

fn all_is_german(window: &Window) {
    let text = window.text().expect("the page has text");
    let wrong: Vec<_> = text
        .lines()
        .filter(|line| {
            let mut words = line.split(|c: char| !c.is_alphabetic() && !"’'".contains(c));
            words.any(|word| ENGLISH.contains(&word.to_lowercase().as_str()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
