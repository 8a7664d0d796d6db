//! How the real window feels, in figures: `make bench-window`. It prints and asserts nothing, as the
//! machine may be busy; what counts are the ratios to an empty window, measured in turns with ours.

#![allow(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "it prints what it measured"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

use crate::desk::{Desk, Theme, app};
use crate::driver::{Session, wait};

/// What is shown once the program can be used.
const USABLE: &str = "return document.querySelector('main h1') !== null \
    && document.querySelector('[aria-busy=true]') === null && document.fonts.status === 'loaded'";

/// `bench(act, look)`: milliseconds from an act to the frame in which what is looked at is another.
const TOOLS: &str = r#"
const frame = () => new Promise(requestAnimationFrame);
window.asked ??= [];
window.press = (key, more = {}) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
window.busy = () => document.querySelector('main [aria-busy=true]') !== null;
window.heading = () => (busy() ? '' : document.querySelector('main h1')?.textContent ?? '');
window.rows = () => [...document.querySelectorAll('main [role=grid] [role=gridcell]')].slice(0, 40).map((cell) => cell.textContent).join('|');
window.options = () => document.querySelector('dialog[open] [role=listbox]')?.textContent ?? '';
window.leave = () => document.querySelector('dialog[open]')?.dispatchEvent(new Event('cancel', { cancelable: true }));
window.still = async () => {
  let last = null;
  for (let calm = 0, tries = 0; calm < 30 && tries < 900; tries += 1) {
    await frame();
    const now = document.body.innerText;
    calm = now === last && !busy() ? calm + 1 : 0;
    last = now;
  }
};
window.show = async (address, look) => {
  location.hash = address;
  for (let tries = 0; look() === '' && tries < 900; tries += 1) await frame();
  await still();
};
window.bench = async (act, look) => {
  await still();
  const before = look();
  const begun = performance.now();
  act();
  while (look() === before || look() === '') {
    await frame();
    if (performance.now() - begun > 20000) return 20000;
  }
  // What was found is drawn in the next frame.
  await frame();
  return performance.now() - begun;
};
return true;
"#;

/// Notes each command, to see which one a slow screen waits for: `HUBLEDGER_COMMANDS=1`.
const LISTEN: &str = r#"
window.asked = [];
const inner = window.fetch;
window.fetch = async (address, ...more) => {
  const begun = performance.now();
  const answer = await inner(address, ...more);
  const size = Math.round((await answer.clone().text()).length / 1000);
  const took = Math.round(performance.now() - begun);
  asked.push({ at: location.hash, command: String(address).split('/').pop(), took, size });
  return answer;
};
return true;
"#;

/// The screens, each with its key behind G.
const SCREENS: [(&str, &str); 10] = [
    ("h", "screen: hubs"),
    ("c", "screen: clients"),
    ("b", "screen: balances"),
    ("x", "screen: charges"),
    ("m", "screen: month close"),
    ("i", "screen: invoices"),
    ("l", "screen: ledger"),
    ("p", "screen: prices"),
    ("s", "screen: settings"),
    ("o", "screen: overview"),
];

/// Where what is measured of each screen is put together.
const ALL_SCREENS: &str = "screens, a key each";

/// A name, and what runs it once and gives milliseconds.
const ACTS: [(&str, &str); 4] = [
    (
        "palette, opened",
        "const took = [await bench(() => press('k', { ctrlKey: true }), options)];
         leave();
         return took;",
    ),
    (
        "palette, a letter typed",
        "press('k', { ctrlKey: true });
         const took = [];
         for (const text of ['n', 'no', 'prices', '491', '12.5']) {
           const field = document.querySelector('dialog[open] input');
           took.push(await bench(() => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }, options));
         }
         leave();
         return took;",
    ),
    (
        "charges, filtered",
        "await show('#/charges', rows);
         const took = [];
         for (const category of ['marketing', 'authentication', 'utility'])
           took.push(await bench(() => { location.hash = `#/charges?category=${category}`; }, rows));
         return took;",
    ),
    (
        "charges by channel, sorted",
        "const heads = () => [...document.querySelectorAll('main [role=columnheader] button')];
         await show('#/charges?by=channel', () => (heads().length > 0 ? rows() : ''));
         const took = [];
         for (let at = 0; at < 3; at += 1)
           took.push(await bench(() => heads().at(-1).click(), rows));
         return took;",
    ),
];

/// The time between frames while a million rows scroll by: ten pages a second, then in leaps.
const SCROLL: &str = "
    await show('#/charges', rows);
    const scroller = document.querySelector('main .scroller');
    const times = [];
    let last = await new Promise(requestAnimationFrame);
    for (let at = 0; at < 240; at += 1) {
      scroller.scrollTop = at < 180 ? scroller.scrollTop + 120 : (scroller.scrollHeight / 60) * (at - 180);
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
    }
    return times;
";

/// One look at a program: what it took.
type Found = BTreeMap<&'static str, Vec<f64>>;

#[test]
#[ignore = "a tool, not a test: run it with `make bench-window`"]
fn how_it_feels() {
    let said = |name: &str| std::env::var(name).unwrap_or_default();
    let (book, empty) = (said("HUBLEDGER_BOOK"), said("HUBLEDGER_EMPTY"));
    let rounds: usize = said("HUBLEDGER_ROUNDS").parse().unwrap_or(5);
    let mut ours = Found::new();
    let mut bare = Found::new();
    for _ in 0..rounds {
        measure(Path::new(&empty), &[], false, &mut bare);
        // As a person left it: the driver ends the app without closing the book, which is then looked
        // through when it is opened again.
        let folder = tempfile::tempdir().expect("no room for a temporary folder");
        let fresh = folder.path().join("million.hubbook");
        std::fs::copy(&book, &fresh).expect("no room for a copy of the book");
        let fresh = fresh.to_str().expect("a temporary path is text");
        measure(&app(), &[fresh], true, &mut ours);
    }
    tell(&ours, &bare);
}

/// Opens a program, and adds what it took to what was found before.
fn measure(program: &Path, arguments: &[&str], acts: bool, found: &mut Found) {
    let desk = Desk::new(Theme::Light);
    let begun = Instant::now();
    let session = Session::open_program(&desk, program, arguments);
    let heading = wait(|| {
        let there = session.script(USABLE, json!([])).ok()? == true;
        let overview = arguments.is_empty() || on_a_screen(&session);
        (there && overview).then_some(())
    });
    assert!(heading.is_some(), "{} does not open", program.display());
    add(
        found,
        "start until usable, ms",
        [begun.elapsed().as_secs_f64() * 1000.0],
    );

    if std::env::var_os("HUBLEDGER_COMMANDS").is_some() {
        assert_eq!(session.script(LISTEN, json!([])).ok(), Some(json!(true)));
    }
    let tools = |body: &str| {
        let body = format!("return (async () => {{ {body} }})()");
        session
            .long_script(&body)
            .unwrap_or_else(|refusal| panic!("the script does not run: {refusal:?}"))
    };
    assert_eq!(session.script(TOOLS, json!([])).ok(), Some(json!(true)));
    tools("await still(); await new Promise((go) => setTimeout(go, 2000)); return true");
    add(
        found,
        "memory at rest, MiB (PSS of all processes)",
        [proportional_set(desk.driver())],
    );
    if !acts {
        return;
    }
    for (key, name) in SCREENS {
        let body =
            format!("return [await bench(() => {{ press('g'); press('{key}'); }}, heading)]");
        let took = numbers(&tools(&body));
        add(found, name, took.clone());
        add(found, ALL_SCREENS, took);
    }
    for (name, body) in ACTS {
        add(found, name, numbers(&tools(body)));
    }
    add(found, "frames while scrolling, ms", numbers(&tools(SCROLL)));
    if std::env::var_os("HUBLEDGER_COMMANDS").is_some() {
        tell_commands(&tools("return asked"));
    }
    add(
        found,
        "memory after all this, MiB",
        [proportional_set(desk.driver())],
    );
}

/// Whether a screen of the book is shown, and not the first page.
fn on_a_screen(session: &Session) -> bool {
    let shown = session.script(
        "return document.querySelector('nav a[aria-current=page]') !== null",
        json!([]),
    );
    shown.is_ok_and(|shown| shown == true)
}

fn add(found: &mut Found, name: &'static str, values: impl IntoIterator<Item = f64>) {
    found.entry(name).or_default().extend(values);
}

fn numbers(told: &Value) -> Vec<f64> {
    told.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}

/// The memory of a process's children and theirs, shared pages counted by their share, in MiB.
fn proportional_set(parent: u32) -> f64 {
    let mut whole = 0.0;
    for child in children(parent) {
        let text =
            std::fs::read_to_string(format!("/proc/{child}/smaps_rollup")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kib = line.and_then(|line| {
            line.trim()
                .trim_end_matches(" kB")
                .trim()
                .parse::<f64>()
                .ok()
        });
        whole += kib.unwrap_or_default() / 1024.0 + proportional_set(child);
    }
    whole
}

fn children(parent: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{parent}/task"));
    let lists = threads
        .into_iter()
        .flatten()
        .flatten()
        .map(|thread| thread.path().join("children"));
    lists
        .filter_map(|list: PathBuf| std::fs::read_to_string(list).ok())
        .flat_map(|list| {
            list.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Each command that the window gave, how long its answer took and how long it is.
fn tell_commands(asked: &Value) {
    for one in asked.as_array().into_iter().flatten() {
        println!(
            "| {} | {} | {} ms | {} KB |",
            one["at"].as_str().unwrap_or_default(),
            one["command"].as_str().unwrap_or_default(),
            one["took"],
            one["size"]
        );
    }
}

fn tell(ours: &Found, bare: &Found) {
    println!("| what | ours, median | worst | empty window | ratio | goal |");
    println!("|---|---|---|---|---|---|");
    for (name, values) in ours {
        let empty = bare.get(name).map(|values| median(values));
        let goal = match *name {
            "start until usable, ms" | "memory at rest, MiB (PSS of all processes)" => "1.3 ×",
            "frames while scrolling, ms" => "none over 33",
            "memory after all this, MiB" => "",
            _ => "50, at worst 100",
        };
        let worst = values.iter().copied().fold(0.0, f64::max);
        let over = values.iter().filter(|value| **value > 33.4).count();
        let worst = if *name == "frames while scrolling, ms" {
            format!("{worst:.1}; {over} of {} over 33", values.len())
        } else {
            format!("{worst:.1}")
        };
        let (beside, ratio) = empty.map_or_else(
            || (String::new(), String::new()),
            |empty| {
                (
                    format!("{empty:.1}"),
                    format!("{:.2} ×", median(values) / empty),
                )
            },
        );
        println!(
            "| {name} | {:.1} | {worst} | {beside} | {ratio} | {goal} |",
            median(values)
        );
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
