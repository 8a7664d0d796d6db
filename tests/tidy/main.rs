//! The house rules that Cargo and Clippy can't hold: who may use whom, where SQL and Tauri may
//! be named, and in which order modules stand. Each failure names its file and line.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't read its files fails"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which of our own crates each may use.
const DOORS: [(&str, &[&str]); 9] = [
    ("src-tauri/core", &[]),
    ("src-tauri/store", &["core"]),
    ("src-tauri/import", &["core"]),
    ("src-tauri/document", &["core"]),
    ("src-tauri/export", &["core"]),
    (
        "src-tauri/book",
        &["core", "store", "import", "document", "export"],
    ),
    ("src-tauri/cli", &["book"]),
    (".", &["book"]),
    (
        "tests",
        &["core", "store", "import", "document", "export", "book"],
    ),
];

/// Words that begin a statement of SQL; none of them stands in a sentence in capitals.
const SQL: [&str; 8] = [
    "SELECT ",
    "INSERT INTO",
    "INSERT OR ",
    "DELETE FROM",
    "CREATE TABLE",
    "PRAGMA ",
    "BEGIN IMMEDIATE",
    "ORDER BY",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// All files below a folder with one of the endings.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && !matches!(name.as_str(), "node_modules" | "dist" | "target") {
                folders.push(path);
            } else if endings
                .iter()
                .any(|ending| name.ends_with(&format!(".{ending}")))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Lines of a file that break a rule, as `file:line: text`. Comments do not count.
fn lines_where(path: &Path, broken: impl Fn(&str) -> bool) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let code = |line: &&str| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with('*')
    };
    text.lines()
        .enumerate()
        .filter(|(_, line)| code(line) && broken(line))
        .map(|(at, line)| format!("{}:{}: {}", shown(path), at + 1, line.trim()))
        .collect()
}

fn assert_none(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}\n{}", broken.join("\n"));
}

/// Our own crates that a manifest depends on.
fn doors_used(manifest: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut in_dependencies = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies") && !line.contains("workspace");
        } else if let Some(name) = line.strip_prefix("hubledger-").filter(|_| in_dependencies) {
            let name = name.split(['.', ' ', '=']).next().unwrap_or_default();
            used.insert(name.to_owned());
        }
    }
    used
}

/// What a manifest depends on when it is built, not tested.
fn needed(manifest: &str) -> BTreeSet<String> {
    let section = manifest
        .split("\n[")
        .find(|part| part.starts_with("dependencies]"));
    let names = section
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| line.contains('=') && !line.starts_with('#'))
        .filter_map(|line| line.split(['.', ' ', '=']).next());
    names.map(str::to_owned).collect()
}

/// `make bench` builds with a lock file of its own, which nobody else would find stale.
#[test]
fn the_benchmarks_are_locked_to_what_our_crates_need() {
    let lock = read("tests/bench/Cargo.lock");
    let mut missing = Vec::new();
    for entry in lock
        .split("[[package]]")
        .filter(|entry| entry.contains("name = \"hubledger-"))
    {
        let name = entry.split('"').nth(1).unwrap_or_default();
        let room = name.trim_start_matches("hubledger-");
        let manifest = root().join(format!("src-tauri/{room}/Cargo.toml"));
        let Ok(manifest) = fs::read_to_string(manifest) else {
            continue;
        };
        let of_entry = |needs: &String| {
            [format!(" \"{needs}\","), format!(" \"{needs} ")]
                .iter()
                .any(|line| entry.contains(line.as_str()))
        };
        let lacks = needed(&manifest)
            .into_iter()
            .filter(|needs| !of_entry(needs));
        missing.extend(lacks.map(|needs| format!("{name}: {needs}")));
    }
    assert_none(
        &missing,
        "run `cargo update --workspace --manifest-path tests/bench/Cargo.toml`: its lock lacks",
    );
}

#[test]
fn crates_use_only_their_doors() {
    for (folder, allowed) in DOORS {
        let used = doors_used(&read(&format!("{folder}/Cargo.toml")));
        let allowed: BTreeSet<String> = allowed.iter().map(ToString::to_string).collect();
        let beyond: Vec<_> = used.difference(&allowed).collect();
        assert!(beyond.is_empty(), "{folder} may not use {beyond:?}");
    }
}

#[test]
fn only_the_shell_names_tauri() {
    for (folder, _) in DOORS.iter().filter(|(folder, _)| *folder != ".") {
        let manifest = read(&format!("{folder}/Cargo.toml"));
        assert!(!manifest.contains("tauri ="), "{folder} depends on Tauri");
    }
}

#[test]
fn core_names_no_file_no_clock_and_no_json() {
    let named = |line: &str| {
        [
            "std::fs",
            "std::io",
            "std::env",
            "std::time",
            "serde",
            "rusqlite",
            "println!",
        ]
        .iter()
        .any(|word| line.contains(word))
    };
    let broken: Vec<_> = files("src-tauri/core/src", &["rs"])
        .iter()
        .flat_map(|path| lines_where(path, named))
        .collect();
    assert_none(&broken, "core is pure: take it in, or move it to `book`");
}

#[test]
fn sql_stands_in_store_alone() {
    let has_sql = |line: &str| SQL.iter().any(|word| line.contains(word));
    let rooms = ["core", "import", "document", "export", "book", "cli", "src"];
    let mut broken: Vec<_> = rooms
        .iter()
        .flat_map(|room| files(&format!("src-tauri/{room}"), &["rs"]))
        .filter(|path| !shown(path).contains("/tests/"))
        .flat_map(|path| lines_where(&path, has_sql))
        .collect();
    broken.extend(
        files("ui/src", &["ts", "svelte"])
            .iter()
            .flat_map(|path| lines_where(path, has_sql)),
    );
    assert_none(&broken, "SQL belongs in src-tauri/store");
}

#[test]
fn modules_of_core_stand_in_the_order_of_dependence() {
    let lib = read("src-tauri/core/src/lib.rs");
    let modules: Vec<_> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert!(modules.len() > 10, "the list of modules was not found");
    for (at, module) in modules.iter().enumerate() {
        let text = read(&format!("src-tauri/core/src/{module}.rs"));
        for later in modules.iter().skip(at + 1) {
            let uses = text.contains(&format!("crate::{later}::"));
            assert!(
                !uses,
                "core/{module}.rs uses {later}, which stands below it"
            );
        }
    }
}

#[test]
fn the_window_imports_one_way() {
    let import_of = |line: &str, target: &str| line.contains("from \"") && line.contains(target);
    let mut broken = Vec::new();
    for path in files("ui/src", &["ts", "svelte"]) {
        let place = shown(&path).replace('\\', "/");
        let rule: Box<dyn Fn(&str) -> bool> = if place.starts_with("ui/src/lib/") {
            Box::new(move |line| {
                ["/api", "/parts/", "/pages/"]
                    .iter()
                    .any(|t| import_of(line, t))
            })
        } else if place.starts_with("ui/src/parts/") {
            Box::new(move |line| {
                (import_of(line, "/api") && !line.trim_start().starts_with("import type"))
                    || import_of(line, "/pages/")
            })
        } else if let Some(rest) = place.strip_prefix("ui/src/pages/") {
            let own = rest.split('/').next().unwrap_or_default().to_owned();
            Box::new(move |line| {
                import_of(line, "../")
                    && line.contains("/pages/")
                    && !line.contains(&format!("/pages/{own}"))
            })
        } else {
            continue;
        };
        broken.extend(lines_where(&path, rule));
    }
    assert_none(
        &broken,
        "pages → parts → lib and pages → api → lib; a page imports no other page",
    );
}

#[test]
fn every_command_has_its_function_in_the_one_door() {
    let shell = read("src-tauri/src/lib.rs");
    let door = read("ui/src/api/index.ts");
    let commands: Vec<_> = shell
        .lines()
        .filter_map(|line| line.trim().strip_prefix("commands::")?.strip_suffix(','))
        .filter_map(|path| path.split("::").last())
        .map(camel)
        .collect();
    assert!(commands.len() > 40, "the list of commands was not found");
    let handed_on: BTreeSet<&str> = door
        .lines()
        .filter_map(|line| {
            let names = line.strip_prefix("export { ")?;
            names.strip_suffix(" } from \"./bindings\";")
        })
        .flat_map(|names| names.split(", "))
        .collect();
    let missing: Vec<_> = commands
        .iter()
        .filter(|name| {
            !handed_on.contains(name.as_str()) && !door.contains(&format!("commands.{name}"))
        })
        .collect();
    assert!(
        missing.is_empty(),
        "ui/src/api/index.ts has no function for {missing:?}"
    );
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut camel, word| {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
        camel
    })
}

/// The log beside a book can hold what was acknowledged: nobody is ever told to remove it.
#[test]
fn no_text_tells_anyone_to_delete_the_log_of_a_book() {
    let names_it = |line: &str| {
        let line = line.to_lowercase();
        let names = ["-wal", "-shm", "write-ahead", ".lock"];
        let verbs = ["delete", "remove", "erase", "get rid", "löschen"];
        names.iter().any(|n| line.contains(n)) && verbs.iter().any(|v| line.contains(v))
    };
    let mut broken: Vec<_> = [
        "ui/src",
        "src-tauri/cli/src",
        "src-tauri/book/src",
        "src-tauri/src",
    ]
    .iter()
    .flat_map(|folder| files(folder, &["rs", "ts", "svelte"]))
    .flat_map(|path| lines_where(&path, names_it))
    .collect();
    broken.extend(
        ["README.md", "CHANGELOG.md"]
            .iter()
            .flat_map(|path| lines_where(&root().join(path), names_it)),
    );
    assert_none(&broken, "a book's log is recovered, never deleted");
}

#[test]
fn nothing_is_left_to_do_in_the_code() {
    let left = |line: &str| {
        ["TODO", "FIXME", " XXX", "being written"]
            .iter()
            .any(|word| line.contains(word))
    };
    let broken: Vec<_> = [
        "src-tauri/core/src",
        "src-tauri/store/src",
        "src-tauri/book/src",
        "src-tauri/cli/src",
        "src-tauri/src",
        "ui/src",
    ]
    .iter()
    .flat_map(|folder| files(folder, &["rs", "ts", "svelte"]))
    .flat_map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        text.lines()
            .enumerate()
            .filter(|(_, line)| left(line))
            .map(|(at, line)| format!("{}:{}: {}", shown(&path), at + 1, line.trim()))
            .collect::<Vec<_>>()
    })
    .collect();
    assert_none(&broken, "finish it, or write an issue");
}

/// Whether a file has a function of that name, a test where `is_test`.
fn has_function(path: &str, name: &str, is_test: bool) -> bool {
    let lines: Vec<String> = read(path).lines().map(|l| l.trim().to_owned()).collect();
    lines.iter().enumerate().any(|(at, line)| {
        let found = line
            .split_once("fn ")
            .is_some_and(|(_, rest)| rest.split(['(', '<']).next() == Some(name));
        found
            && (!is_test
                || lines
                    .get(at.wrapping_sub(1))
                    .is_some_and(|l| l == "#[test]"))
    })
}

#[test]
fn every_billing_rule_is_enforced_and_proved() {
    let book = read("src-tauri/core/RULES.md");
    let mut ids = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in book.lines().filter(|line| line.starts_with("| R")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [id, says, source, enforced, proved] = cells.as_slice() else {
            wrong.push(format!("{row}: not five cells"));
            continue;
        };
        if !ids.insert(*id) {
            wrong.push(format!("{id} stands twice"));
        }
        if says.is_empty() || source.is_empty() {
            wrong.push(format!("{id} says nothing, or not where it is from"));
        }
        let places = [
            (format!("src-tauri/{enforced}"), false),
            ((*proved).to_owned(), true),
        ];
        for (place, is_test) in places {
            let stands = place
                .split_once("::")
                .is_some_and(|(path, name)| has_function(path, name, is_test));
            if !stands {
                wrong.push(format!("{id} names {place}, which is not there"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(ids.len() > 30, "only {} rules", ids.len());
    for rule in hubledger_core::rule::Rule::ALL {
        let name = format!("(`{}`", rule.name());
        assert!(book.contains(&name), "the rule book lacks {name})");
    }
}

#[test]
fn everything_that_is_kept_on_record_is_told_in_words() {
    let words = read("ui/src/lib/words/en/ledger.ts");
    let silent: Vec<_> = hubledger_book::activity::UseCase::ALL
        .iter()
        .map(|use_case| format!("\"{}\":", use_case.as_str()))
        .filter(|word| !words.contains(word))
        .collect();
    assert!(silent.is_empty(), "the history has no words for {silent:?}");
}

/// What a refusal names in English (a field of a form, why a logo is refused) is a word of the
/// window, by that English text.
#[test]
fn what_a_refusal_names_has_its_word_in_the_window() {
    let words = read("ui/src/lib/words/en/frame.ts");
    let mut missing = Vec::new();
    let folders = ["src-tauri/core/src", "src-tauri/book/src"];
    for path in folders.iter().flat_map(|folder| files(folder, &["rs"])) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, _) in code.match_indices("\"The ") {
            let named = code[at + 1..].split('"').next().unwrap_or_default();
            let is_sentence =
                named.ends_with('.') || named.ends_with(" has") || named.contains(['{', '\n']);
            if !is_sentence && !words.contains(&format!("\"{named}\":")) {
                missing.push(format!("{}: {named}", shown(&path)));
            }
        }
    }
    let logo = read("src-tauri/document/src/logo.rs");
    for (at, call) in logo.match_indices("unusable(\"") {
        let why = logo[at + call.len()..]
            .split('"')
            .next()
            .unwrap_or_default();
        if !words.contains(&format!("\"{why}\":")) {
            missing.push(format!("logo.rs: {why}"));
        }
    }
    assert_none(
        &missing,
        "what a refusal names stands in `spokenOf` of ui/src/lib/words",
    );
}
