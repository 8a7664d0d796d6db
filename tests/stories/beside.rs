//! The same book once more, beside whoever works in it: it sees the book as it was committed, blocks
//! nobody, and stops when it is told to.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use harness::story::{Story, tell};
use harness::walk::{all_charges, go_on};
use hubledger_book::form::{ShownCharge, ShownChargesForm, ShownColumn};
use hubledger_book::view::{CheckLineView, CheckView, ProgressView};

fn book() -> Story {
    tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 120.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        ",
    )
}

/// How many entries a check looked at.
fn entries_of(check: &CheckView) -> u32 {
    let of_entries = |line: &&CheckLineView| line.code.as_str() == "entries-balance";
    check
        .lines
        .iter()
        .filter(of_entries)
        .map(|line| line.checked)
        .sum()
}

#[test]
fn a_check_beside_the_book_sees_it_as_it_was_when_it_began() {
    let mut story = book();
    let at = story.at();
    let before = entries_of(&story.book().check(at).unwrap());
    assert!(before > 0);

    let beside = story.book().beside().open().unwrap();
    let mut seen = Vec::new();
    let check = beside
        .check_with(
            &mut |now| {
                if seen.is_empty() {
                    // The view has begun by the first question, which is behind us at the second.
                    seen.push(now.percent);
                    return ControlFlow::Continue(());
                }
                if seen.len() == 1 {
                    story.go("top-up 2026-08-30 elbePA 100.00");
                }
                seen.push(now.percent);
                ControlFlow::Continue(())
            },
            at,
        )
        .unwrap();
    assert!(check.holds, "{check:?}");
    assert_eq!(entries_of(&check), before);
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(seen.last(), Some(&100));

    // A top-up is one entry; the next question sees it.
    let after = beside.check_with(&mut go_on, at).unwrap();
    assert_eq!(entries_of(&after), before + 1);
}

#[test]
fn a_check_that_is_stopped_has_no_verdict_wherever_it_is() {
    let story = book();
    let beside = story.book().beside().open().unwrap();
    let mut looks = 0;
    let all = |_| {
        looks += 1;
        ControlFlow::Continue(())
    };
    beside.check_with(&mut { all }, story.at()).unwrap();
    assert!(looks > 50, "{looks}");
    for stop_at in 1..=looks {
        let mut look = 0;
        let stopped = beside.check_with(
            &mut |_| {
                look += 1;
                if look == stop_at {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
            story.at(),
        );
        assert_eq!(stopped.unwrap_err().code.as_str(), "cancelled");
    }
    assert!(beside.check(story.at()).unwrap().holds);
}

#[test]
fn the_book_beside_writes_nothing() {
    let story = book();
    let mut beside = story.book().beside().open().unwrap();
    let refused = beside.set_paper_language("de", story.at()).unwrap_err();
    assert_eq!(refused.code.as_str(), "book-is-read-only");
}

#[test]
fn a_file_that_is_stopped_half_way_is_not_left_behind() {
    let mut story = book();
    let mut rows = "date,channel_id,country,category,quantity\n".to_owned();
    for n in 1..=2_500 {
        rows.push_str(&format!("2026-08-30,a1CH,DE,marketing,{n}\n"));
    }
    let usage = story.path("usage.csv");
    std::fs::write(&usage, rows).unwrap();
    let at = story.at();
    story
        .book_mut()
        .book_usage(&usage, None, &mut go_on, at)
        .unwrap();
    let form = all_charges("elbePA", Some("2026-08"));
    let to = story.path("charges.csv");
    let mut told = Vec::new();
    let mut stop_at_two_thousand = |now: ProgressView| {
        told.push((now.rows, now.percent));
        if now.rows >= 2_000 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let stopped =
        story
            .book()
            .export_charges_with(form.clone(), &to, &mut stop_at_two_thousand, at);
    assert_eq!(stopped.unwrap_err().code.as_str(), "cancelled");
    // 2,500 messages and two fees, a thousand at a time.
    assert_eq!(told, [(1_000, 39), (2_000, 79)]);
    assert!(!to.exists());

    // As the window shows it: what was there before is still there.
    std::fs::write(&to, "before").unwrap();
    let shown = ShownChargesForm {
        charges: form.clone(),
        columns: vec![ShownColumn {
            key: ShownCharge::Amount,
            head: "Charge".to_owned(),
        }],
        words: BTreeMap::new(),
    };
    let mut stop = |_: ProgressView| ControlFlow::Break(());
    let stopped = story
        .book()
        .export_shown_charges(&shown, &to, &mut stop, at);
    assert_eq!(stopped.unwrap_err().code.as_str(), "cancelled");
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "before");
    assert!(!story.path("charges.csv.part").exists());
    let written = story.book().export_charges(form, &to, at).unwrap();
    assert_eq!(written, 2_502);
}
