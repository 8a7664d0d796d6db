//! The instructions of the hot paths of `core` and `import`, counted by callgrind: times are too noisy for
//! a machine that does other things beside. More than a tenth above what is kept in `kept.txt` fails,
//! and so does a tenth below, so that what was won is held. `ACCEPT=1` keeps the new figures.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that can't go on says why and stops"
)]

mod plans;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What a count may be off by, in percent.
const ALLOWED: u64 = 10;

fn instructions_of(work: &str) -> u64 {
    let counts = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{work}.callgrind"));
    let run = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .args([env!("CARGO_BIN_EXE_workload"), work])
        .output();
    let run =
        run.unwrap_or_else(|why| panic!("valgrind can't be run ({why}): `make setup` installs it"));
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let told = std::fs::read_to_string(&counts).unwrap();
    let totals = told.lines().find_map(|line| {
        line.strip_prefix("totals: ")
            .or(line.strip_prefix("summary: "))
    });
    totals.unwrap().trim().parse().unwrap()
}

fn kept(text: &str) -> BTreeMap<String, u64> {
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(work, count)| (work.to_owned(), count.trim().parse().unwrap()))
        .collect()
}

/// What is wrong with a count, next to the one that is kept.
fn difference(work: &str, count: u64, kept: u64) -> Option<String> {
    let bounds = kept / 100 * (100 - ALLOWED)..=kept / 100 * (100 + ALLOWED);
    let how = match count {
        count if bounds.contains(&count) => return None,
        count if count > kept => "more: find out why with `callgrind_annotate`, or keep it",
        _ => "fewer: keep it, so that it stays so",
    };
    Some(format!(
        "{work} takes {count} instructions, and {kept} are kept. It is {how} with \
         `ACCEPT=1 cargo test --workspace --test speed`."
    ))
}

#[test]
#[cfg(target_os = "linux")]
fn hot_paths_take_as_many_instructions_as_are_kept() {
    let counts = ["core", "import"].map(|work| (work, instructions_of(work)));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("speed/kept.txt");
    println!("{counts:?}");
    if std::env::var_os("ACCEPT").is_some() {
        let lines = counts.map(|(work, count)| format!("{work} {count}\n"));
        std::fs::write(&file, lines.concat()).unwrap();
        return;
    }
    let kept = kept(&std::fs::read_to_string(&file).unwrap());
    let wrong: Vec<_> = counts
        .into_iter()
        .filter_map(|(work, count)| difference(work, count, kept.get(work).copied().unwrap_or(0)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_tenth_is_allowed_and_no_more() {
    for (count, is_told) in [
        (1_000, false),
        (1_100, false),
        (900, false),
        (1_101, true),
        (899, true),
    ] {
        assert_eq!(difference("x", count, 1_000).is_some(), is_told, "{count}");
    }
}
