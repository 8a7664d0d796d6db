//! For everyone: what opens over a screen or beside it, a window at 200 %, and the focus on its way.

use serde_json::{Value, json};

use crate::desk::Theme;
use crate::driver::wait;
use crate::screens::{SCREENS, bring_axe, open_sample, problems};
use crate::window::{Window, key};

/// In the palette, what starts a dialog.
const STARTED: [&str; 6] = [
    "refund",
    "add hub",
    "add client",
    "add channel",
    "save this view",
    "undo",
];

/// A place, and what is clicked there.
const OPENED: [(&str, &str); 10] = [
    ("#/hubs", "Edit hub…"),
    ("#/hubs", "Change: Auto-renewal"),
    ("#/hubs", "Change: Payment"),
    ("#/hubs", "Change: Billing rules"),
    ("#/hubs", "Close hub…"),
    ("#/hubs", "Hub:"),
    ("#/prices", "Columns, views and CSV"),
    ("#/invoices", "Export PDFs…"),
    ("#/balances", "Statement…"),
    ("#/charges", "Filter"),
];

/// A dialog that asks for something, or a menu.
const SOMETHING_OPEN: &str =
    "return document.querySelector('dialog[open] h2, [role=menu]') !== null";

const OF_DIRECT_PAID: [&str; 7] = [
    "#/",
    "#/hubs",
    "#/clients",
    "#/balances",
    "#/charges",
    "#/close",
    "#/invoices",
];

fn in_both_themes(window: &Window, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    for theme in ["light", "dark"] {
        window.script(
            "document.documentElement.dataset.theme = arguments[0]",
            json!([theme]),
        );
        found.extend(problems(window, &format!("{place}, {theme}")));
    }
    found
}

fn close_all(window: &Window) {
    // A menu, a dialog with nothing typed, a panel: each goes with a press.
    for _ in 0..2 {
        window.press(&[key::ESCAPE]);
    }
    window.until("the dialog to go", || {
        let open = "return document.querySelector('dialog[open], [role=menu]') !== null";
        let still = window.script(open, json!([])) == Some(json!(true));
        if still {
            window.press(&[key::ESCAPE]);
        }
        (!still).then_some(())
    });
}

#[test]
fn axe_finds_nothing_in_what_opens_over_a_screen_or_beside_it() {
    let window = open_sample(Theme::Light);
    bring_axe(&window);
    let mut found = Vec::new();
    window.go("#/charges?by=");
    window.see("Quantity");
    let opened = |place: &str| {
        window.until(&format!("{place} to open"), || {
            (window.script(SOMETHING_OPEN, json!([]))? == true).then_some(())
        });
    };
    for wanted in STARTED {
        window.press(&[key::CONTROL, 'k']);
        window.type_keys(wanted);
        window.settled();
        window.press(&[key::ENTER]);
        opened(wanted);
        found.extend(in_both_themes(&window, wanted));
        close_all(&window);
    }
    for (address, name) in OPENED {
        window.go(address);
        window.settled();
        window.click(name);
        opened(name);
        found.extend(in_both_themes(&window, &format!("{address} {name}")));
        close_all(&window);
    }

    // The panels follow a row; a file is looked at before it is booked.
    window.go("#/clients");
    window.click_row("Regular");
    window.see("Paid from");
    found.extend(in_both_themes(&window, "panel of a channel"));
    let file = window.file("usage.csv");
    let text =
        "date,channel_id,country,category,quantity,cost\n2026-10-01,nobodyCH,DE,marketing,100,\n";
    std::fs::write(&file, text).expect("the home takes files");
    window.go(&format!("#/import?path={}", file.display()));
    window.see("1 row. Nothing is booked yet.");
    found.extend(in_both_themes(&window, "import"));

    window.press(&['h']);
    window.click("Nordlicht USD");
    window.see("Direct-Paid · USD");
    for address in OF_DIRECT_PAID {
        window.go(address);
        found.extend(in_both_themes(&window, &format!("Direct-Paid {address}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What lies outside the window and can't be brought into it, and whether the page itself is wider.
const CUT_OFF: &str = r"
const wide = document.documentElement.scrollWidth > innerWidth ? ['the page itself'] : [];
const scrolls = (e, axis) => {
  for (let up = e.parentElement; up; up = up.parentElement) {
    const style = getComputedStyle(up)[axis === 'x' ? 'overflowX' : 'overflowY'];
    if (style === 'auto' || style === 'scroll') return true;
  }
  return false;
};
const out = [...document.querySelectorAll('button, a[href], input, select, textarea, h1, [role=grid]')]
  .filter((e) => e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest('.skip, .sr-only') && !e.matches('.skip'))
  .filter((e) => {
    const box = e.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return false;
    return (box.right > innerWidth + 1 || box.left < -1) && !scrolls(e, 'x') || (box.bottom > innerHeight + 1 || box.top < -1) && !scrolls(e, 'y');
  })
  .map((e) => (e.getAttribute('aria-label') ?? e.innerText ?? e.tagName).trim().slice(0, 60));
const beyond = [...document.querySelectorAll('[role=grid]')].flatMap((grid) =>
  [...grid.querySelectorAll('[role=columnheader]')].filter((head) => head.getBoundingClientRect().right > grid.getBoundingClientRect().right + 1)
    .map((head) => 'column ' + head.innerText));
const sideways = [...document.querySelectorAll('main *')].filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'auto' && e.getAttribute('role') !== 'tablist')
  .map((e) => 'scrolls sideways: ' + e.className);
return [...wide, ...out, ...beyond, ...sideways];
";

#[test]
fn at_200_per_cent_nothing_is_cut_off() {
    let window = open_sample(Theme::Light);
    let zoom = "return window.__TAURI_INTERNALS__.invoke('set_zoom', { percent: 200 })";
    window.script(zoom, json!([]));
    window.until("the window to be at 200 %", || {
        let half = window.script("return innerWidth", json!([]))?;
        (half == json!(600)).then_some(())
    });
    let mut cut = Vec::new();
    // The heads of columns are longer in German.
    for language in ["English", "Deutsch"] {
        window.go("#/settings");
        window.choose("Language of the app", language);
        for (name, address, _) in SCREENS {
            window.go(address);
            window.settled();
            let found = window.script(CUT_OFF, json!([])).unwrap_or_default();
            let found = found.as_array().cloned().unwrap_or_default();
            cut.extend(found.iter().map(|one| format!("{language} {name}: {one}")));
            window.keep_picture(&format!("zoom-{name}-{language}").to_lowercase());
        }
    }
    assert!(cut.is_empty(), "{}", cut.join("\n"));
}

/// What has the focus, and whether that can be seen on it: an outline or a frame around it.
const FOCUS: &str = r"
const e = document.activeElement;
if (!e || e === document.body) return null;
const shown = (one) => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 1;
const around = e.closest('.choice, .ask, .big, label');
const row = e.getAttribute('role') === 'grid' ? e.querySelector('.active') : null;
const box = e.getBoundingClientRect();
const inside = e.getAttribute('role') === 'grid' || (box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
return { name: (e.getAttribute('aria-label') ?? e.innerText ?? e.tagName).trim().slice(0, 60), tag: e.tagName,
  seen: Boolean(shown(e) || shown(around) || shown(row) || e.getAttribute('role') === 'grid' && !e.querySelector('[role=row][aria-rowindex=\'2\']')), inside };
";
/// What has the focus, once it is seen; as it is where it never comes to be: a page scrolls to it in
/// its next frame.
fn focused(window: &Window) -> Option<Value> {
    let look = || window.script(FOCUS, json!([])).filter(Value::is_object);
    let seen = wait(|| match look() {
        Some(stop) if stop["seen"] != true || stop["inside"] != true => None,
        stop => Some(stop),
    });
    seen.unwrap_or_else(look)
}

/// More than any screen has stops.
const MOST_STOPS: usize = 80;

#[test]
fn the_focus_is_seen_at_each_stop_of_each_screen() {
    let window = open_sample(Theme::Light);
    let mut lost = Vec::new();
    for (name, address, words) in SCREENS {
        window.go(address);
        window.see(words);
        window.settled();
        window.script(
            "document.activeElement?.blur(); document.querySelector('.skip')?.focus()",
            json!([]),
        );
        let mut stops: usize = 0;
        let mut first = Value::Null;
        while stops < MOST_STOPS {
            window.press(&[key::TAB]);
            let Some(stop) = focused(&window) else {
                break;
            };
            if stops > 0 && stop["name"] == first {
                break;
            }
            if stops == 0 {
                first = stop["name"].clone();
            }
            stops += 1;
            if stop["seen"] != true || stop["inside"] != true {
                lost.push(format!("{name}: {stop}"));
            }
        }
        assert!(stops > 8, "{name} has {stops} stops");
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
