//! Every screen of the sample book: axe finds nothing on any of them in both themes, amounts can be
//! hidden, the language can be changed, and pictures of all can be taken.

use std::path::Path;

use serde_json::{Value, json};

use crate::desk::Theme;
use crate::steps::show_month;
use crate::window::{Window, key};

/// A name, the address, and the words that are there once it is shown.
pub(crate) const SCREENS: [(&str, &str, &str); 18] = [
    ("overview", "#/", "Spend by category"),
    ("hubs", "#/hubs", "Who is billed for what"),
    ("clients", "#/clients", "Client and channel"),
    ("balances", "#/balances", "Movement"),
    ("charges", "#/charges", "Quantity"),
    ("charges-by-market", "#/charges?by=market", "Call pulses"),
    (
        "charges-what-if",
        "#/charges?by=what-if",
        "Nothing is booked.",
    ),
    ("close", "#/close", "Invoices to you"),
    ("invoices", "#/invoices", "Bookkeeping copies"),
    ("client-invoices", "#/client-invoices", "What you bill"),
    (
        "client-invoice-draft",
        "#/client-invoices?draft=new",
        "Add a line",
    ),
    ("ledger", "#/ledger", "Trial balance"),
    ("ledger-entries", "#/ledger?by=entries", "Entry"),
    (
        "ledger-accounts",
        "#/ledger?by=chart",
        "Numbers and names are yours",
    ),
    ("ledger-history", "#/ledger?by=history", "Who"),
    ("prices", "#/prices", "Cards are never overwritten"),
    (
        "prices-markets",
        "#/prices?by=markets",
        "Which country belongs",
    ),
    ("settings", "#/settings", "Language of the app"),
];

/// Every rule of WCAG 2.2 A and AA and of best practice that axe knows.
const RUN_AXE: &str = "
window.axeSays = null;
axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then((found) => {
    window.axeSays = found.violations.map((one) =>
      `${one.id} (${one.help}): ` + one.nodes.slice(0, 4).map((node) =>
        `${node.html.slice(0, 220)} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`).join(' | '));
  }, (broken) => { window.axeSays = [String(broken)]; });
";

pub(crate) fn open_sample(theme: Theme) -> Window {
    let window = Window::open_with(theme, &[]);
    window.resize(1200, 800);
    window.click("Explore with sample data");
    window.see("Sample book");
    show_month(&window, "September 2026");
    window
}

pub(crate) fn bring_axe(window: &Window) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(&file)
        .unwrap_or_else(|e| panic!("{} can't be read ({e}): run `make setup`", file.display()));
    window.script(&axe, json!([]));
    let there = window.script("return typeof window.axe", json!([]));
    assert_eq!(there, Some(json!("object")), "axe is there");
}

/// What axe finds on what is shown now.
pub(crate) fn problems(window: &Window, place: &str) -> Vec<String> {
    window.settled();
    window.script(RUN_AXE, json!([]));
    let says = window.until("axe to have looked", || {
        window
            .script("return window.axeSays", json!([]))
            .filter(Value::is_array)
    });
    let found = says.as_array().cloned().unwrap_or_default();
    found
        .iter()
        .map(|one| format!("{place}: {}", one.as_str().unwrap_or_default()))
        .collect()
}

fn axe_finds_nothing(theme: Theme) {
    let window = Window::open_with(theme, &[]);
    window.resize(1200, 800);
    bring_axe(&window);
    let mut found = problems(&window, "welcome");

    window.click("Explore with sample data");
    window.see("Sample book");
    show_month(&window, "September 2026");
    for (name, address, words) in SCREENS {
        window.go(address);
        window.see(words);
        found.extend(problems(&window, name));
    }

    // What opens over a screen or beside it.
    window.go("#/charges?by=");
    window.see("Quantity");
    window.press(&['t']);
    window.see("Enter a top-up that was made");
    found.extend(problems(&window, "top-up"));
    window.press(&[key::ESCAPE]);
    window.see_no_more("Enter a top-up that was made");
    window.press(&[key::CONTROL, 'k']);
    window.see("Screens");
    found.extend(problems(&window, "palette"));
    window.press(&[key::ESCAPE]);
    window.press(&['?']);
    window.see("Single keys work");
    found.extend(problems(&window, "keys"));
    window.press(&[key::ESCAPE]);
    window.click("Check the books");
    window.see("Every rule of the book holds.");
    found.extend(problems(&window, "check"));

    assert!(found.is_empty(), "{theme:?}\n{}", found.join("\n"));
}

#[test]
fn axe_finds_nothing_in_the_light_theme() {
    axe_finds_nothing(Theme::Light);
}

#[test]
fn axe_finds_nothing_in_the_dark_theme() {
    axe_finds_nothing(Theme::Dark);
}

/// Decimals are what an amount has and no count, day or name.
const AMOUNTS: &str = r"
const texts = [document.body.innerText, ...[...document.querySelectorAll('[aria-label], [title]')]
  .map((e) => `${e.getAttribute('aria-label') ?? ''} ${e.title}`)];
return texts.flatMap((text) => text.match(/\d[\d,]*\.\d{2}(?!\d|\.)\s?(EUR|USD)?/g) ?? []);
";

#[test]
fn amounts_are_hidden_with_a_key_and_stay_hidden_on_every_screen() {
    let window = open_sample(Theme::Light);
    let shown = || {
        let found = window.script(AMOUNTS, json!([])).unwrap_or_default();
        found.as_array().cloned().unwrap_or_default()
    };
    assert!(!shown().is_empty(), "the overview shows amounts");

    window.press(&[key::CONTROL, key::SHIFT, 'p']);
    window.see("Amounts are hidden");
    // The prices of 360Dialog and Meta are no secret: their cards stay as they are.
    for (name, address, words) in SCREENS {
        if name.starts_with("prices") || name == "settings" {
            continue;
        }
        window.go(address);
        window.see(words);
        window.settled();
        assert_eq!(shown(), Vec::<Value>::new(), "{name}");
    }

    // In a field and over a dialog, too.
    window.go("#/");
    window.press(&['t']);
    window.fill("Amount, net", "300");
    window.press(&[key::CONTROL, key::SHIFT, 'p']);
    window.see_no_more("Amounts are hidden");
    window.press(&[key::ESCAPE]);
    window.press(&[key::CONTROL, 'k']);
    window.type_keys("hide am");
    window.see("Hide amounts");
    window.press(&[key::ENTER]);
    window.see("Amounts are hidden");
    window.click("Amounts are hidden");
    window.see_no_more("Amounts are hidden");
}

#[test]
fn the_language_is_changed_while_the_window_runs() {
    let window = open_sample(Theme::Light);
    window.go("#/settings");
    window.see_heading("Settings");
    for (field, language, heading, charges, amount) in [
        (
            "Language of the app",
            "Deutsch",
            "Einstellungen",
            "Entgelte",
            "Entgelt, EUR",
        ),
        (
            "Sprache der App",
            "Español",
            "Configuración",
            "Cargos",
            "Cargo, EUR",
        ),
        (
            "Idioma de la aplicación",
            "Português (Brasil)",
            "Configurações",
            "Cobranças",
            "Cobrança, EUR",
        ),
    ] {
        window.choose(field, language);
        window.see_heading(heading);
        window.go("#/charges");
        window.see_heading(charges);
        window.see(amount);
        window.see_no_refusal();
        window.go("#/settings");
        window.see_heading(heading);
    }
    // A decimal comma is understood.
    window.choose("Idioma do aplicativo", "Deutsch");
    window.see_heading("Einstellungen");
    window.press(&['t']);
    window.fill("Betrag, netto", "1.250,50");
    window.click_field("Tag");
    window.see_in("Betrag, netto", "1250,50");
}

const SIZES: [(u32, u32); 2] = [(1440, 900), (1024, 700)];

/// Marks the screen in sight, so that the next one is known where its words are not.
const MARK: &str = "document.querySelector('main .act > *')?.setAttribute('data-before', '')";
const IS_ANOTHER: &str = "return document.querySelector('main .act [data-before]') === null \
    && document.querySelector('main h1') !== null";

/// Pictures of every screen in both themes and two sizes: `make screenshots`. In another language
/// with `HUBLEDGER_LANGUAGE`, such as `de`.
#[test]
#[ignore = "a tool, not a test: run it with `make screenshots`"]
fn screenshots() {
    let language = std::env::var("HUBLEDGER_LANGUAGE").unwrap_or_default();
    let mut suffix = String::new();
    for theme in [Theme::Light, Theme::Dark] {
        let window = open_sample(theme);
        window.see_no_more("The sample book is open");
        if !language.is_empty() {
            window.go("#/settings");
            window.see_heading("Settings");
            let name = match language.as_str() {
                "de" => "Deutsch",
                "es" => "Español",
                _ => "Português (Brasil)",
            };
            window.choose("Language of the app", name);
            window.see("Hubledger");
            suffix = format!("-{language}");
        }
        for (width, height) in SIZES {
            window.resize(width, height);
            let mut before = "";
            for (name, address, words) in SCREENS {
                let screen = address.split('?').next().unwrap_or_default();
                if screen != before {
                    window.script(MARK, json!([]));
                }
                window.go(address);
                if language.is_empty() {
                    window.see(words);
                } else if screen != before {
                    window.until("the screen", || {
                        (window.script(IS_ANOTHER, json!([]))? == true).then_some(())
                    });
                }
                before = screen;
                window.keep_picture(&format!("{name}-{theme:?}-{width}{suffix}").to_lowercase());
            }
        }
    }
}
