//! Tables: what is shown is handed out as a file, and the way it is shown is kept under a name.

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
