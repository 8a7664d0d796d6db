//! Tables: what is shown is handed out as a file, and the way it is shown is kept under a name.

use serde_json::json;

use crate::desk::Theme;
use crate::steps::show_month;
use crate::window::{Window, key};

#[test]
fn a_view_is_kept_picked_again_after_a_restart_and_written_as_it_is_shown() {
    let window = Window::open_with(Theme::Light, &[]);
    window.resize(1200, 800);
    window.click("Explore with sample data");
    window.see("Sample book");
    show_month(&window, "September 2026");
    window.go("#/charges?category=marketing");
    window.see("Category is");
    window.click("Columns, views and CSV");
    window.click("Rate");
    window.press(&[key::ESCAPE]);

    // Named by keyboard alone.
    window.press(&[key::CONTROL, 'k']);
    window.type_keys("save this view");
    window.press(&[key::ENTER]);
    window.see("Save this view: Charges");
    window.type_keys("Marketing only");
    window.press(&[key::ENTER]);
    window.see("was saved");

    // The next morning it is there, wherever one is.
    let window = window.open_again();
    window.resize(1200, 800);
    window.click("Nordlicht Messaging GmbH");
    window.see("Sample book");
    show_month(&window, "September 2026");
    window.press(&[key::CONTROL, 'k']);
    window.type_keys("marketing only");
    window.see("Saved views");
    window.press(&[key::ENTER]);
    window.see_heading("Charges");
    window.see("Category is");

    let file = window.file("shown.csv");
    window.answer_next_dialog(&file.display().to_string());
    window.press(&['e']);
    window.see("written");
    let written = std::fs::read_to_string(&file).expect("the file was written");
    let mut lines = written.trim_start_matches('\u{feff}').lines();
    let head = lines.next().unwrap_or_default();
    assert!(!head.contains("Rate"), "{head}");
    assert!(head.starts_with("Day,"), "{head}");
    let rows: Vec<&str> = lines.collect();
    assert!(!rows.is_empty(), "rows were written");
    window.see(&format!("{} charges", rows.len()));
    for row in rows {
        assert!(row.starts_with("2026-09-"), "{row}");
        assert!(row.contains("Marketing"), "{row}");
    }

    window.click("Columns, views and CSV");
    window.click("Rename or delete views…");
    window.see_focus("Name of the view “Marketing only”");
    window.press(&[key::CONTROL, 'a']);
    window.type_keys("Campaigns");
    window.press(&[key::ENTER]);
    window.click("Delete “Campaigns”");
    window.see("was deleted");
}

#[test]
fn charges_come_in_the_order_of_their_amounts_on_the_screen_and_in_the_file() {
    let window = Window::open_with(Theme::Dark, &[]);
    window.resize(1200, 800);
    window.click("Explore with sample data");
    window.see("Sample book");
    show_month(&window, "September 2026");
    window.follow("Charges");
    window.see("1,254 charges");
    let mut amounts = amounts_written(&window, "by-day.csv");
    assert_eq!(amounts.len(), 1_254);
    amounts.sort_unstable();

    for (click, order) in [(1, "ascending"), (2, "descending")] {
        window.click("Charge, EUR");
        window.until(&format!("{order} amounts"), || {
            let shown = window.script(
                "const head = document.querySelector('[role=columnheader][aria-sort]');
                 const grid = document.querySelector('[role=grid]');
                 return grid.getAttribute('aria-busy') !== 'true' && head.getAttribute('aria-sort') === arguments[0]
                     && head.innerText.includes('Charge')",
                json!([order]),
            );
            (shown? == true).then_some(())
        });
        let written = amounts_written(&window, &format!("by-amount-{click}.csv"));
        assert_eq!(written, amounts, "{order}");
        amounts.reverse();
    }
    window.see_no_refusal();
}

/// The amounts of the file that is written of what is shown, in micro-units.
fn amounts_written(window: &Window, name: &str) -> Vec<i64> {
    let file = window.file(name);
    window.answer_next_dialog(&file.display().to_string());
    window.press(&['e']);
    let written = window.until(&format!("{name} is written"), || {
        std::fs::read_to_string(&file)
            .ok()
            .filter(|text| !text.is_empty())
    });
    let (head, rows) = written.split_once('\n').expect("the file has a head");
    assert!(head.trim_end().ends_with(",State"), "{head}");
    // Names may hold commas; what comes behind them doesn't.
    rows.lines()
        .map(|row| {
            let amount = row.rsplit(',').nth(1).unwrap_or_default();
            let (whole, parts) = amount.split_once('.').unwrap_or((amount, ""));
            format!("{whole}{parts:0<6}").parse().expect("an amount")
        })
        .collect()
}
