//! The month's work without a mouse: money, usage, a charge, the close and its papers.

use serde_json::json;

use crate::steps::{add_client_and_channel, add_hub, make_book};
use crate::window::{Window, key};

/// 100 × 0.1131 = 11.31, and 2,639.09 as reported.
const USAGE: &str = "\
date,channel_id,country,category,quantity,cost
2026-08-20,markt1CH,DE,marketing,100,
2026-08-24,markt1CH,ES,utility,2000,2639.09
";

/// More than any screen has stops.
const MOST_TABS: usize = 60;

/// The name of what has the focus, as a screen reader would say it.
const FOCUSED: &str = "
const e = document.activeElement;
if (!e || e === document.body) return '';
if (e.getAttribute('role') === 'grid') return `table ${e.getAttribute('aria-label')}`;
const text = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.innerText ?? '';
return text.replace(/\\s+/g, ' ').trim();
";

/// Walks with Tab until the focus is on what has this name.
fn tab_to(window: &Window, name: &str) {
    let focused = || {
        let told = window.script(FOCUSED, json!([]));
        told.and_then(|told| told.as_str().map(str::to_owned))
    };
    for _ in 0..MOST_TABS {
        if focused().is_some_and(|now| now.starts_with(name)) {
            return;
        }
        window.press(&[key::TAB]);
    }
    window.see_focus(name);
}

#[test]
fn a_month_is_kept_and_closed_by_keyboard_alone() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    add_hub(&window);
    add_client_and_channel(&window);
    // From here on no mouse.

    // What the keys are stands on their controls.
    window.press(&['?']);
    window.see("Press a key that is shown");
    window.keep_picture("keys-on-controls");
    window.press(&['g']);
    window.press(&['b']);
    window.see_heading("Balances");
    window.see_no_more("Press a key that is shown");

    // A top-up, its amount as a sum, its day in words; a half of it is kept when the dialog closes.
    window.press(&['t']);
    window.see("All channels of Elbe draw on it");
    tab_to(&window, "Amount, net");
    window.type_keys("5*500");
    window.press(&[key::ESCAPE]);
    window.see("What you typed is kept");
    window.press(&['t']);
    window.see_in("Amount, net", "2500.00");
    tab_to(&window, "Day");
    window.press(&[key::CONTROL, 'a']);
    window.type_keys("3 aug");
    window.press(&[key::TAB]);
    window.see_in("Day", "2026-08-03");
    window.press(&[key::CONTROL, key::ENTER]);
    window.see("2,500.00 EUR added. The balance is 2,620.00 EUR.");

    // Usage: look, then book.
    let file = window.file("usage.csv");
    std::fs::write(&file, USAGE).expect("the folder of the story takes files");
    window.answer_next_dialog(&file.display().to_string());
    window.press(&['i']);
    window.see("usage.csv, 2 rows. Nothing is booked yet.");
    window.press(&[key::CONTROL, key::ENTER]);
    window.see("2 rows were booked");
    window.see_heading("Charges");

    // A charge, and why it is that number.
    tab_to(&window, "table Charges");
    window.press(&['j']);
    window.press(&['w']);
    window.see("Why 11.31");
    window.press(&[key::ESCAPE]);
    window.see_no_more("Why 11.31");

    // A view of a filter, by keys.
    window.press(&['f']);
    window.press(&[key::DOWN]);
    window.press(&[key::ENTER]);
    window.see("Client is");

    // Close the month, and hand its papers out.
    window.press(&['g']);
    window.press(&['m']);
    window.see_heading("Close August 2026");
    window.press(&[key::CONTROL, key::ENTER]);
    window.see("Close August 2026 of Elbe for good?");
    window.press(&[key::CONTROL, key::ENTER]);
    window.see_heading("August 2026 is closed");
    let folder = window.file("papers");
    std::fs::create_dir(&folder).expect("the folder of the story takes folders");
    window.answer_next_dialog(&folder.display().to_string());
    window.press(&['e']);
    tab_to(&window, "Choose a folder…");
    window.press(&[key::ENTER]);
    window.see("4 files were written");
    window.press(&[key::ESCAPE]);

    // A setting that was changed is asked about before it is lost; a month as a person writes it.
    window.press(&['g']);
    window.press(&['h']);
    window.see("Who is billed for what");
    tab_to(&window, "Edit hub");
    window.press(&[key::ENTER]);
    window.see_in("Books begin with", "2026-08");
    tab_to(&window, "Books begin with");
    window.press(&[key::CONTROL, 'a']);
    window.type_keys("july 26");
    window.press(&[key::TAB]);
    window.see_wrong("Books begin with", "can’t be read as a month");
    tab_to(&window, "Books begin with");
    window.press(&[key::CONTROL, 'a']);
    window.type_keys("07/2026");
    window.press(&[key::TAB]);
    window.see_in("Books begin with", "2026-07");
    window.press(&[key::ESCAPE]);
    window.see("What you changed is not saved.");
    window.press(&[key::ENTER]);
    window.see_in("Books begin with", "2026-07");
    window.press(&[key::ESCAPE]);
    tab_to(&window, "Discard changes");
    window.press(&[key::ENTER]);
    window.see_no_more("What you changed is not saved.");
    window.see_no_more("Go on editing");
}
