//! A window with nothing in it, otherwise like the app's own: what the real one is measured beside.
//! Built only for `make bench-window`.
#![allow(missing_docs, reason = "a program of one line")]

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!(
        "tests/bench/empty-window/tauri.conf.json"
    ))
}
