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
        see_sorted(&window, "Charge", order);
        let written = amounts_written(&window, &format!("by-amount-{click}.csv"));
        assert_eq!(written, amounts, "{order}");
        amounts.reverse();
    }
    window.see_no_refusal();
}

#[test]
fn a_table_keeps_out_of_the_margin_when_the_window_becomes_wide_again() {
    let window = Window::open_with(Theme::Light, &[]);
    window.resize(900, 600);
    window.click("Explore with sample data");
    window.see("Sample book");
    window.go("#/invoices?invoice=NrdE7kPA/2026-09/licence");
    window.see("Licence fees, September 2026");
    window.settled();
    window.resize(1200, 800);
    window.settled();
    let past_margin = window.script(
        "const grid = document.querySelector('[role=grid]');
         const row = grid.querySelector('[role=row]');
         const margin = parseFloat(getComputedStyle(row).paddingInlineEnd);
         const last = [...row.querySelectorAll('[role=columnheader]')].at(-1);
         return Math.round(last.getBoundingClientRect().right + margin - grid.getBoundingClientRect().right)",
        json!([]),
    );
    assert_eq!(past_margin, Some(json!(0)));
}

/// Waits until the rows are here in the order of a column.
fn see_sorted(window: &Window, head: &str, order: &str) {
    window.until(&format!("{order} {head}"), || {
        let shown = window.script(
            "const head = document.querySelector('[role=columnheader][aria-sort]');
             const grid = document.querySelector('[role=grid]');
             return grid.getAttribute('aria-busy') !== 'true' && head.getAttribute('aria-sort') === arguments[1]
                 && head.innerText.includes(arguments[0])",
            json!([head, order]),
        );
        (shown? == true).then_some(())
    });
}

/// Tabs on until the table has the focus.
fn tab_to_table(window: &Window) {
    for _ in 0..12 {
        window.press(&[key::TAB]);
        let role = window.script(
            "return document.activeElement.getAttribute('role')",
            json!([]),
        );
        if role == Some(json!("grid")) {
            return;
        }
    }
    panic!("the table is not among the next stops of Tab");
}

/// The rows of the file that is written of what is shown.
fn rows_written(window: &Window, name: &str) -> (String, Vec<String>) {
    let file = window.file(name);
    window.answer_next_dialog(&file.display().to_string());
    window.press(&['e']);
    let written = window.until(&format!("{name} is written"), || {
        std::fs::read_to_string(&file)
            .ok()
            .filter(|text| !text.is_empty())
    });
    let (head, rows) = written.split_once('\n').expect("the file has a head");
    (
        head.trim_end().to_owned(),
        rows.lines().map(str::to_owned).collect(),
    )
}

/// In micro-units, with nothing where there is none.
fn micros(amount: &str) -> i64 {
    let (whole, parts) = amount.split_once('.').unwrap_or((amount, ""));
    format!("{whole}{parts:0<6}").parse().expect("an amount")
}

/// A cell, counted from the end: names may hold commas; what comes behind them doesn't.
fn from_end(row: &str, at: usize) -> &str {
    row.rsplit(',').nth(at).unwrap_or_default()
}

/// The amounts of the file that is written of what is shown, in micro-units.
fn amounts_written(window: &Window, name: &str) -> Vec<i64> {
    let (head, rows) = rows_written(window, name);
    assert!(head.ends_with(",State"), "{head}");
    rows.iter().map(|row| micros(from_end(row, 1))).collect()
}

/// The entries of a file, each once, that post at least so much.
fn entries_of(rows: &[String], least: i64) -> Vec<String> {
    let fits = |row: &&String| [1, 2].iter().any(|at| micros(from_end(row, *at)) >= least);
    let mut entries: Vec<_> = rows
        .iter()
        .filter(fits)
        .map(|row| row.split(',').nth(1).unwrap_or_default().to_owned())
        .collect();
    entries.dedup();
    entries
}

#[test]
fn entries_acts_and_channels_are_filtered_and_sorted_by_keys_alone() {
    let window = Window::open_with(Theme::Light, &[]);
    window.resize(1200, 800);
    window.click("Explore with sample data");
    window.see("Sample book");
    show_month(&window, "September 2026");

    window.go("#/ledger?by=entries");
    see_sorted(&window, "Day", "descending");
    let (head, rows) = rows_written(&window, "entries.csv");
    assert!(head.ends_with(",Debit,Credit,Currency"), "{head}");
    let mut large = entries_of(&rows, 1_000_000_000);
    assert!(large.len() > 1, "{large:?}");
    assert!(large.len() < entries_of(&rows, 0).len(), "all are large");
    window.press(&['f']);
    window.see("Amount at least");
    window.press(&[key::DOWN]);
    window.press(&[key::DOWN]);
    window.press(&[key::ENTER]);
    window.see_focus("Amount at least");
    window.type_keys("1000");
    window.see(&format!("{} entries", large.len()));
    window.keep_picture("entries-filtered");
    tab_to_table(&window);
    assert_eq!(entries_of(&rows_written(&window, "large.csv").1, 0), large);
    window.press(&['s']);
    see_sorted(&window, "Day", "ascending");
    large.reverse();
    assert_eq!(entries_of(&rows_written(&window, "oldest.csv").1, 0), large);

    window.go("#/ledger?by=history");
    window.see("Who did what");
    see_sorted(&window, "Time", "descending");
    let (_, acts) = rows_written(&window, "acts.csv");
    let closed = |acts: &[String]| {
        acts.iter()
            .filter(|act| act.contains("Closed a month"))
            .count()
    };
    assert!((2..acts.len()).contains(&closed(&acts)), "{acts:?}");
    window.go("#/ledger?by=history&did=close-month");
    window.see("Act is");
    window.see(&format!("{} acts", closed(&acts)));
    window.keep_picture("history-filtered");

    window.go("#/clients?tier=regular");
    window.see("Tier is");
    see_sorted(&window, "Client and channel", "ascending");
    tab_to_table(&window);
    window.press(&['s']);
    see_sorted(&window, "Phone", "ascending");
    // Before the first column stands the last.
    window.press(&[key::LEFT]);
    window.press(&[key::LEFT]);
    see_sorted(&window, "Used", "ascending");
    window.press(&[key::SHIFT, 'S']);
    see_sorted(&window, "Used", "descending");
    let (head, rows) = rows_written(&window, "channels.csv");
    assert!(
        head.ends_with("\"Used, EUR\"") || head.ends_with(",Used"),
        "{head}"
    );
    let used: Vec<_> = rows.iter().map(|row| micros(from_end(row, 0))).collect();
    assert!(
        used.len() > 2 && used.is_sorted_by(|one, other| one >= other),
        "{used:?}"
    );
    window.see(&format!("{} channels", used.len()));
    window.keep_picture("channels-sorted");
    window.see_no_refusal();
}

/// An amount as the page writes it, in cents: halves away from zero.
fn cents(text: &str) -> i64 {
    let digits: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let micros: i64 = format!("{whole}{fraction:0<6}")
        .parse()
        .unwrap_or_else(|e| panic!("{text} is no amount: {e}"));
    let size = (micros + 5_000) / 10_000;
    if text.starts_with('\u{2212}') {
        -size
    } else {
        size
    }
}

/// What an element says; an amount in two pieces once.
fn said(window: &Window, selector: &str) -> String {
    let script = format!(
        "const one = document.querySelector(\"{selector}\"); return one && (one.querySelector('.sr-only') ?? one).textContent"
    );
    window.until(&format!("{selector} to say something"), || {
        let said = window.script(&script, json!([]))?;
        said.as_str()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    })
}

#[test]
fn figures_of_the_overview_lead_to_what_comes_to_them() {
    let window = Window::open_with(Theme::Light, &[]);
    window.resize(1200, 800);
    window.click("Explore with sample data");
    window.see("Sample book");
    show_month(&window, "September 2026");
    window.go("#/overview");
    window.see_heading("Overview");
    let click = |selector: &str| {
        said(&window, selector);
        let script = format!("document.querySelector(\"{selector}\").click()");
        window.script(&script, json!([]));
    };

    // A bar, the others without one, and the total; each beside what its list comes to.
    let foot = "[role=grid] .foot .money";
    let bar = "section:nth-of-type(3) li a[href*=client]";
    for (link, amount, list) in [
        (bar, "section:nth-of-type(3) li .money", "Client is"),
        (
            "li a[href*=without]",
            "li:has(a[href*=without]) .money",
            "Without the",
        ),
        (".total a", ".total .money", "Kind is"),
    ] {
        let figure = cents(&said(&window, amount));
        assert!(figure > 0, "{link}");
        click(link);
        window.see_heading("Charges");
        window.see(list);
        window.settled();
        assert_eq!(cents(&said(&window, foot)), figure, "{link}");
        window.go("#/overview");
        window.see_heading("Overview");
        window.settled();
    }

    // The balance, by its key.
    let balance = cents(&said(&window, ".balance .money"));
    window.press(&['w']);
    window.see_heading("Balances");
    window.settled();
    assert_eq!(cents(&said(&window, "aside .total .money")), balance);
}
