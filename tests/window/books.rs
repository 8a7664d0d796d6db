//! The screens of prices and of the ledger, used as a person would: with the mouse, and on the
//! keyboard alone. The sample book is behind them, September 2026 its last month.

use std::path::Path;

use crate::steps::{add_hub, make_book, show_month};
use crate::window::{Window, key};

/// What a CSV file says once it is written, without the mark that spreadsheet programs want.
fn written(window: &Window, path: &Path) -> String {
    window.until(&format!("{} to be written", path.display()), || {
        let text = std::fs::read_to_string(path).ok()?;
        text.ends_with('\n').then(|| text.replace('\u{feff}', ""))
    })
}

fn sample() -> Window {
    let window = Window::open();
    window.resize(1200, 800);
    window.click("Explore with sample data");
    window.see("The sample book is open");
    show_month(&window, "September 2026");
    window
}

#[test]
fn cards_are_looked_at_compared_saved_and_brought_in() {
    let window = sample();
    window.follow("Prices");
    window.see_heading("Prices");
    window.see("EUR has no card since 1 Oct 2026");
    for (filter, sentence, wanted) in [
        ("Kind", "Kind is", "Messages"),
        ("Currency", "Currency is", "EUR"),
    ] {
        window.click("Filter");
        window.click(filter);
        window.click(sentence);
        window.click(wanted);
    }
    window.see("1 card");
    window.see_no_more("Meta calls USD");

    window.click_row("Meta messages EUR");
    window.see("two independent copies");
    window.see_together(&["Argentina", "Marketing", "0.0512"]);
    let file = window.file("card.csv");
    window.answer_next_dialog(&file.display().to_string());
    window.click("Save as CSV…");
    let csv = written(&window, &file);
    assert!(
        csv.contains("2026-07-01,EUR,Germany,marketing,1,0.1131\r\n"),
        "{csv}"
    );
    window.see("123 rows were written");
    window.press(&[key::ESCAPE]);

    // (0.1200 - 0.1131) / 0.1131 = 6.1 %, and 122 prices are not on this card any more.
    let card = window.file("october.csv");
    let text = "effective_from,currency,market,category,tier_from,rate\n\
                2026-10-01,EUR,Germany,marketing,1,0.1200\n";
    std::fs::write(&card, text).expect("the home takes files");
    window.answer_next_dialog(&card.display().to_string());
    window.click("Import price card…");
    window.see("123 prices differ from");
    window.click("Show what changes");
    window.see_together(&["Germany, Marketing", "0.1131", "0.1200", "+6.1 %"]);
    window.keep_picture("prices-preview");
    window.click("Add 1 card");
    window.see("1 card was added");
    window.see("2 cards");
    window.see_no_more("EUR has no card");

    window.click_row("1 Oct 2026");
    window.choose("Compare with", "from 1 Jul 2026, Came with the app (7)");
    window.see("123 prices differ; old is the other card’s.");
    window.keep_picture("prices-compare");
    window.see_no_refusal();
}

#[test]
fn lists_of_markets_are_looked_at_and_a_new_one_tells_which_countries_move() {
    let window = sample();
    window.follow("Prices");
    window.click("Markets");
    window.see("Which country belongs to which of Meta’s markets");
    window.click_row("1 Oct 2026");
    window.fill("Search a country or market", "nepal");
    window.see_together(&["Nepal", "Nepal"]);
    window.see_no_more("Argentina");
    window.keep_picture("markets-list");

    // Nepal goes back to where it was before October; what the list does not name is in Other.
    let file = window.file("markets.csv");
    let text = "effective_from,country,market\n\
                2026-11-01,DE,Germany\n2026-11-01,NP,Rest of Asia Pacific\n";
    std::fs::write(&file, text).expect("the home takes files");
    window.answer_next_dialog(&file.display().to_string());
    window.click("Import market list…");
    window.see("against the list from 1 Oct 2026");
    window.keep_picture("markets-preview");
    window.click("Add 1 list");
    window.see("1 list was added");
    window.see("Markets from 1 Oct 2026");
    window.see_no_refusal();
}

#[test]
fn a_month_is_seen_under_another_plan_and_costs_beside_the_card() {
    let window = sample();
    window.follow("Charges");
    window.click("What if");
    window.see("Nothing is booked.");
    window.choose("Plan", "Plan: Premium");
    window.choose("All channels on", "All on Premium");
    // Growth is 500.00 a month and Premium 1,000.00.
    window.see_together(&["Partner plan", "Growth → Premium", "500.0000", "1,000.0000"]);
    window.see_together(&["Licences", "All on Premium"]);
    window.keep_picture("what-if-plan");

    // 22.9327 - 12.7967 = 10.1360
    window.click("Reported and card");
    window.see_together(&["Fenix Tracking", "Poland", "22.9327", "12.7967", "+10.1360"]);
    window.keep_picture("differences");

    // Another hub has cards of its currency to compare with.
    window.click("Hub:");
    window.click("Nordlicht USD");
    window.see("Direct-Paid · USD");
    window.click("What if");
    window.choose("Under the card", "Meta messages USD, from 1 Oct 2026");
    window.see("Both sides are rated by cards alone");
    window.keep_picture("what-if-card");
    window.see_no_refusal();
}

#[test]
fn the_ledger_is_read_on_the_keyboard_and_its_accounts_take_a_chart() {
    let window = sample();
    window.type_keys("gl");
    window.see_heading("Ledger");
    // VAT of September: 19 % of 3,700.00 topped up, 500.00 of plan and 770.00 of licences.
    window.see_together(&["1500", "Input VAT", "944.3000"]);
    window.keep_picture("ledger-trial");
    let file = window.file("trial.csv");
    window.answer_next_dialog(&file.display().to_string());
    window.type_keys("e");
    let csv = written(&window, &file);
    assert!(
        csv.contains(
            "1500,Assets,asset:input-vat:NrdE7kPA,,EUR,Input VAT,1563.16,944.30,0.00,2507.46,\r\n"
        ),
        "{csv}"
    );

    window.click_row("Input VAT");
    window.see("All accounts");
    window.see_together(&["Starting balance", "1,563.16"]);
    window.keep_picture("ledger-account");
    window.click_row("Top-up");
    window.see("What it posts");
    window.see("Entered a top-up");
    window.keep_picture("ledger-entry");
    window.press(&[key::ESCAPE]);
    window.see_no_more("What it posts");
    window.click("All accounts");

    window.click("Entries");
    window.see("Usage of a day");
    window.click_field("All hubs");
    window.see("NrdU2mPA");

    window.click("Accounts");
    window.click("Use a chart…");
    window.click("SKR03");
    window.click("Take them");
    window.see("The accounts have the numbers of SKR03");
    window.see_together(&["1576", "Abziehbare Vorsteuer"]);
    window.click_row("Abziehbare Vorsteuer");
    window.fill("No.", "1200");
    window.click("Save account");
    window.see_wrong("No.", "1200");
    window.fill("No.", "1577");
    window.fill("Name", "Vorsteuer 19 %");
    window.click("Save account");
    window.see_together(&["1577", "Vorsteuer 19 %"]);
    window.keep_picture("ledger-chart");

    window.click("History");
    window.see_together(&["Changed the chart of accounts", "Vorsteuer 19 %"]);
    window.click_row("Changed the chart of accounts");
    window.see("What was filled in");
    window.keep_picture("ledger-history");
    window.see_no_refusal();
}

#[test]
fn the_history_of_a_client_is_one_step_from_its_panel() {
    let window = sample();
    window.follow("Clients & channels");
    window.click_row("Kliniken am Elbufer");
    window.click("Edit");
    window.fill("Name", "Kliniken an der Elbe");
    window.click("Save client");
    window.see("Kliniken an der Elbe was saved");
    window.follow("History");
    window.see_heading("Ledger");
    window.see("Only of Kliniken an der Elbe");
    window.see_together(&["Changed a client", "Name Kliniken an der Elbe"]);
    window.click("Show all of the book");
    window.see("Entered a top-up");
    window.see_no_refusal();
}

#[test]
fn what_was_done_is_taken_back_from_the_word_that_said_so_and_on_the_keyboard() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    add_hub(&window);
    window.follow("Balances");
    for amount in ["300", "500"] {
        window.type_keys("t");
        window.fill("Amount, net", amount);
        window.fill("Day", "2026-10-02");
        window.click("Book top-up");
        window.see(&format!("{amount}.00 EUR added"));
    }
    // 120.00 + 300.00 + 500.00, then without the 500.00, then without the 300.00.
    window.see("920.00");
    window.click("Undo");
    window.see("Take back: entered a top-up?");
    window.keep_picture("undo");
    window.click("Take it back");
    window.see("Taken back: entered a top-up");
    window.see("420.00");
    window.see_no_more("920.00");

    window.press(&[key::CONTROL, 'z']);
    window.see("300");
    window.press(&[key::ESCAPE]);
    window.see_no_more("Take back: entered a top-up?");
    window.press(&[key::CONTROL, 'z']);
    window.click("Take it back");
    window.see_no_more("420.00");

    window.type_keys("gl");
    window.click("History");
    window.see_together(&["Entered a top-up", "Taken back"]);
    window.see_together(&["Took something back", "Takes back act"]);
    window.keep_picture("ledger-history-undone");
    window.click("Check the books");
    window.see("Every rule of the book holds.");
    window.see_no_refusal();
}

#[test]
fn a_backup_is_made_verified_and_gone_back_to() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    add_hub(&window);
    window.follow("Settings");
    window.follow("Backups");
    window.click("Back up now");
    window.see("Backed up, 1 entry");
    window.see("Backup today");
    window.keep_picture("settings-backups");
    window.click("Verify");
    window.see("opens, 1 entry, books balance");
    window.resize(900, 600);
    window.keep_picture("settings-backups-900");
    window.resize(1200, 800);

    // What is done after a backup is gone once the book is that backup again.
    window.follow("Hubs");
    window.click("Edit hub…");
    window.fill("Name", "Elbe Nord");
    window.click("Save changes");
    window.see("Elbe Nord was saved");
    window.follow("Settings");
    window.follow("Backups");
    window.click("Restore…");
    window.see("What it is now is kept as a backup first.");
    window.keep_picture("settings-restore");
    window.click("Restore");
    window.see("again");
    window.follow("Hubs");
    window.see_no_more("Elbe Nord");

    window.click("Check the books");
    window.see("Every rule of the book holds.");
    window.keep_picture("check-report");
    window.click("Copy the report");
    window.see("Copied");
    window.see_no_refusal();
}

#[test]
fn what_a_closed_month_holds_is_reversed_in_the_first_open_one_and_never_offered_as_undo() {
    let window = sample();
    show_month(&window, "August 2026");
    window.follow("Balances");
    window.click_row("Top-up Boleto");
    window.see("What it posts");
    window.click("Reverse…");
    window.see("Reverse: top-up?");
    window.see("892.50 EUR"); // 750.00 and 19 % VAT
    window.see("the first day of October 2026");
    window.keep_picture("reverse-top-up");
    window.click("Reverse it");
    window.see("Top-up reversed in October 2026");
    window.see("Reversed by");
    window.see_together(&["Boleto", "reversed by entry"]);
    window.keep_picture("balances-reversed");
    show_month(&window, "October 2026");
    window.see_together(&["Reversed: top-up", "750.00"]);

    window.type_keys("gl");
    window.click("History");
    window.see_together(&["Reversed something", "Undo…"]);
    window.see_together(&["Entered a top-up", "Pampa Pedidos", "Reverse…"]);
    window.click("Reverse…");
    window.see("It is the client’s money");
    window.click("Reverse it");
    window.see_together(&["Entered a top-up", "Pampa Pedidos", "Reversed"]);
    window.keep_picture("ledger-history-reversed");
    window.press(&[key::CONTROL, 'z']);
    window.click("Take it back");
    window.see("Taken back: reversed something");

    show_month(&window, "August 2026");
    window.follow("Charges");
    window.click_row("Poland");
    window.click("Reverse…");
    window.see("on the line “Usage reconciliation” of its closing");
    window.keep_picture("reverse-charge");
    window.click("Reverse it");
    window.see("Charge reversed in October 2026");
    window.see("Reversed by charge");
    window.keep_picture("charges-reversed");
    window.click("Check the books");
    window.see("Every rule of the book holds.");
    window.see_no_refusal();
}
