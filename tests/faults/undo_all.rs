//! Whatever was done by chance is taken back, in reverse order and in any order that is allowed:
//! the book then shows, and its tables that may change then hold, what they did before.

use std::time::Instant;

use harness::booking::{number, rows_of};
use harness::walk::{assert_same, gist_of};
use hubledger_book::activity::HistoryForm;
use rusqlite::{Connection, OpenFlags};

use crate::months::Sim;
use crate::naive::{Month, World};

/// What may stand in the way of taking something back while later things stand.
const ALLOWED: [&str; 4] = [
    "undo-other-first",
    "still-rested-on",
    "paid-out-meanwhile",
    "already-undone",
];

/// The tables whose rows may change. Rows of some stay when they are taken back, and say so.
const CHANGING: [(&str, &str); 19] = [
    ("company", ""),
    ("hub", "WHERE gone IS NULL"),
    ("hub_plan", ""),
    ("hub_setting", ""),
    ("plan_notice", ""),
    ("client", "WHERE gone IS NULL"),
    ("channel", "WHERE gone IS NULL"),
    ("channel_tier", ""),
    ("kept_price", ""),
    ("auto_renewal", ""),
    ("volume_start", ""),
    ("price_change", ""),
    ("vendor_number", ""),
    ("seller", ""),
    ("logo", ""),
    ("client_billing", ""),
    ("number_series", ""),
    ("client_draft", ""),
    ("chart_account", ""),
];

/// The rows that may change, in an order of their own.
fn changing_rows(sim: &Sim) -> Vec<String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let file = Connection::open_with_flags(sim.path(), flags).unwrap();
    let mut all = Vec::new();
    for (table, standing) in CHANGING {
        let sql = format!("SELECT * FROM {table} {standing}");
        let mut statement = file.prepare(&sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            all.push(format!("{table} {}", cells.collect::<Vec<_>>().join("|")));
        }
    }
    all.sort();
    all
}

/// What stands of what was done since a unit, newest first.
fn standing(sim: &Sim, since: u32) -> Vec<u32> {
    let form = HistoryForm {
        limit: 1_000,
        ..HistoryForm::default()
    };
    let units = sim.book().history(&form).unwrap();
    let stands = units
        .iter()
        .filter(|unit| unit.id > since && unit.undone_by.is_none() && unit.use_case != "undo");
    stands.map(|unit| unit.id).collect()
}

/// A book with a closed month behind it, and much done since the unit that is named.
struct Busy {
    sim: Sim,
    since: u32,
    world: World,
    rows: Vec<String>,
    gist: Vec<harness::walk::Answer>,
}

impl Busy {
    fn new(seed: u64) -> Self {
        let mut sim = Sim::new(seed);
        let start = Month::of(sim.today());
        sim.live_through(start);
        sim.live_through(start.next());
        let at = sim.at();
        let world = sim.world().clone();
        let (gist, rows) = (gist_of(sim.book(), at), changing_rows(&sim));
        let form = HistoryForm {
            limit: 1,
            ..HistoryForm::default()
        };
        let since = sim.book().history(&form).unwrap()[0].id;
        for _ in 0..12 {
            sim.step_that_can_be_undone();
        }
        Self {
            sim,
            since,
            world,
            rows,
            gist,
        }
    }

    /// Everything is as it was.
    fn end(mut self, about: &str) {
        let at = self.sim.at();
        // What corrected a row of a closed month, and was undone, stands in lists of the open
        // month as two lines that come to nothing.
        if !self.sim.corrected_closed() {
            assert_same(&self.gist, &gist_of(self.sim.book(), at), about);
        }
        assert_eq!(self.rows, changing_rows(&self.sim), "{about}");
        self.sim.put_world(self.world);
        self.sim.compare_all();
        self.sim.check();
    }
}

#[test]
fn all_that_was_done_is_undone_from_the_last_to_the_first() {
    let (seed, books) = (
        number("HUBLEDGER_UNDO_SEED", 1),
        number("HUBLEDGER_UNDO_BOOKS", 4),
    );
    let (began, mut units) = (Instant::now(), 0);
    for seed in seed..seed + books {
        let mut busy = Busy::new(seed);
        let about = format!(
            "HUBLEDGER_UNDO_SEED={seed}, in reverse\n{}",
            busy.sim.said()
        );
        while let Some(last) = standing(&busy.sim, busy.since).first().copied() {
            let at = busy.sim.at();
            let undone = busy.sim.book_mut().undo_last(at);
            let undone = undone.unwrap_or_else(|e| panic!("{about}\nunit {last}: {e}"));
            assert_eq!(undone.undone.id, last, "{about}");
            units += 1;
        }
        busy.end(&about);
    }
    println!(
        "FAULTS undo in reverse: seeds {seed} to {}, {units} use cases of {books} books taken back: all as before; {:.0?}",
        seed + books - 1,
        began.elapsed()
    );
}

#[test]
fn all_that_was_done_is_undone_in_any_order_that_is_allowed() {
    let (seed, books) = (
        number("HUBLEDGER_UNDO_SEED", 1),
        number("HUBLEDGER_UNDO_BOOKS", 4),
    );
    let (began, mut units, mut refused) = (Instant::now(), 0, 0);
    for seed in seed..seed + books {
        let mut busy = Busy::new(1_000 + seed);
        let mut about = format!(
            "HUBLEDGER_UNDO_SEED={seed}, in any order\n{}",
            busy.sim.said()
        );
        loop {
            let left = standing(&busy.sim, busy.since);
            let Some(at_left) = busy.sim.one_of(left.len()) else {
                break;
            };
            let unit = left[at_left];
            let (at, before) = (busy.sim.at(), rows_of(busy.sim.path()));
            match busy.sim.book_mut().undo(unit, at) {
                Ok(_) => {
                    about.push_str(&format!("undo {unit}\n"));
                    units += 1;
                }
                Err(error) => {
                    let code = error.code.as_str();
                    assert!(
                        ALLOWED.contains(&code),
                        "{about}\nunit {unit}: [{code}] {error}"
                    );
                    assert!(
                        unit != left[0],
                        "{about}\nthe last is refused: [{code}] {error}"
                    );
                    assert_eq!(before, rows_of(busy.sim.path()), "{about}\nunit {unit}");
                    refused += 1;
                }
            }
            let at = busy.sim.at();
            let check = busy.sim.book().check(at).unwrap();
            let failed: Vec<_> = check.lines.iter().filter(|line| !line.holds).collect();
            assert!(check.holds, "{about}\nafter unit {unit}: {failed:#?}");
        }
        busy.end(&about);
    }
    println!(
        "FAULTS undo in any order: seeds {seed} to {}, {units} use cases of {books} books taken back, {refused} refused until others were: all as before; {:.0?}",
        seed + books - 1,
        began.elapsed()
    );
}
