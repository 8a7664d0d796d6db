//! Backups, their drill and the way back, and books with a passphrase.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use harness::booking::{self, rows_but_record, rows_of};
use harness::walk::{everything, go_on};
use hubledger_book::activity::HistoryForm;
use hubledger_book::moment::Moment;
use hubledger_book::view::{ProgressView, WorkStep};
use hubledger_book::word::BackupWord;
use hubledger_book::{
    Book, Passphrase, backups_of, drill_of, find_backup, open_for_work, restore, restore_with,
};

fn later(hours: i64) -> Moment {
    let start = booking::start();
    let now = start.now + TimeDelta::hours(hours);
    Moment {
        today: now.date(),
        now,
    }
}

/// A book with backups, in a folder of its own.
fn desk() -> (tempfile::TempDir, PathBuf, Book) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.hubbook");
    drop(booking::make_book(&path));
    let book = reopen(&path);
    (folder, path, book)
}

fn reopen(path: &Path) -> Book {
    open_for_work(path, None, &booking::keeper(), booking::start()).unwrap()
}

fn import(book: &mut Book, folder: &Path, row: &str, at: Moment) -> Result<(), String> {
    let file = folder.join("usage.csv");
    let rows = format!("date,channel_id,country,category,quantity,row_id\n{row}\n");
    fs::write(&file, rows).unwrap();
    let booked = book.book_usage(&file, None, &mut go_on, at);
    booked.map(|_| ()).map_err(|e| e.code.as_str().to_owned())
}

const ROW: &str = "2026-09-02,a1CH,DE,marketing,100,r1";

/// Lets work go on until it has looked so often.
fn stopping_at(look: usize) -> impl FnMut(ProgressView) -> ControlFlow<()> {
    let mut looks = 0;
    move |_| {
        looks += 1;
        if looks == look {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// The last things that were done, newest first.
fn done_last(book: &Book, many: u32) -> Vec<String> {
    let form = HistoryForm {
        limit: many,
        ..HistoryForm::default()
    };
    let acts = book.history(&form).unwrap();
    acts.into_iter().map(|act| act.use_case).collect()
}

#[test]
fn what_is_refused_makes_no_backup() {
    let (folder, _path, mut book) = desk();
    let refused = [
        import(
            &mut book,
            folder.path(),
            "2026-09-02,otherCH,DE,marketing,1,r",
            later(0),
        ),
        book.close_month("elbePA", "2026-11", later(0))
            .map(|_| ())
            .map_err(|e| e.code.as_str().to_owned()),
    ];
    assert_eq!(
        refused,
        ["nothing-to-book", "month-is-not-over"].map(|code| Err(code.to_owned()))
    );
    assert!(book.backups().unwrap().backups.is_empty());
}

#[test]
fn an_import_and_a_close_leave_a_backup_of_how_it_was() {
    let (folder, path, mut book) = desk();
    let before = rows_of(&path);
    import(&mut book, folder.path(), ROW, later(0)).unwrap();
    let with_usage = rows_of(&path);
    book.close_month("elbePA", "2026-01", later(1)).unwrap();
    let view = book.backups().unwrap();
    let told: Vec<_> = view.backups.iter().map(|b| (b.why, b.entries)).collect();
    // Newest first; the opening balance is one entry, a day's usage another.
    assert_eq!(told, [(BackupWord::Close, 2), (BackupWord::Import, 1)]);
    let rows: Vec<_> = view
        .backups
        .iter()
        .map(|b| rows_of(Path::new(&b.path)))
        .collect();
    assert_eq!(rows, [with_usage, before]);
}

#[test]
fn a_close_that_is_stopped_wherever_it_looks_leaves_everything_as_it_was() {
    let (folder, path, mut book) = desk();
    import(&mut book, folder.path(), ROW, later(0)).unwrap();
    let files = || {
        let mut names: Vec<_> = fs::read_dir(folder.path().join("my backups"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let (rows, answers, kept) = (rows_of(&path), everything(&book, later(1)), files());
    let mut stop_at = 1;
    let steps = loop {
        let mut steps = Vec::new();
        let closed = book.close_month_with(
            "elbePA",
            "2026-01",
            &mut |now| {
                steps.push((now.step.unwrap(), now.percent));
                if steps.len() == stop_at {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
            later(1),
        );
        let Err(error) = closed else { break steps };
        assert_eq!(error.code.as_str(), "cancelled");
        assert_eq!(rows_of(&path), rows, "stopped at {steps:?}");
        assert_eq!(everything(&book, later(1)), answers, "stopped at {steps:?}");
        assert_eq!(files(), kept, "stopped at {steps:?}");
        stop_at += 1;
    };
    let mut order: Vec<_> = steps.iter().map(|(step, _)| *step).collect();
    order.dedup();
    use WorkStep::{Backup, Fees, Invoices, Seal};
    assert_eq!(order, [Fees, Invoices, Seal, Backup]);
    assert!(steps.is_sorted_by_key(|(_, percent)| *percent), "{steps:?}");
    // What was stopped before has left no trace in what is closed now.
    assert!(book.check(later(1)).unwrap().holds);
    let view = book.backups().unwrap().backups;
    assert_eq!(view.first().map(|b| b.why), Some(BackupWord::Close));
    assert_eq!(rows_of(Path::new(&view.first().unwrap().path)), rows);
}

#[test]
fn a_drill_or_a_restore_that_is_stopped_has_no_verdict_and_changes_nothing() {
    let (_folder, path, mut book) = desk();
    let backup = book.back_up(BackupWord::ByHand, later(0)).unwrap();
    let backup = Path::new(&backup.path);
    let looked_at = drill_of(backup, None, later(1)).run().unwrap();
    drop(book);
    let rows = rows_of(&path);
    for stop_at in [1, 2, 9] {
        let drill = drill_of(backup, None, later(2)).run_with(&mut stopping_at(stop_at));
        assert_eq!(drill.unwrap_err().code.as_str(), "cancelled");
        let mut stop = stopping_at(stop_at);
        let who = booking::keeper();
        let restored = restore_with(&path, backup, None, &who, &mut stop, later(2));
        assert_eq!(restored.unwrap_err().code.as_str(), "cancelled");
        assert_eq!(rows_of(&path), rows);
        let drill = backups_of(&path).unwrap().backups.remove(0).drill.unwrap();
        assert_eq!(drill.at, looked_at.at, "the verdict before stands");
        assert!(!backup.with_extension("hubbook.drill").exists());
    }
}

#[test]
fn a_restore_that_is_stopped_wherever_it_looks_leaves_the_book_and_no_file() {
    let (folder, path, mut book) = desk();
    let backup = book.back_up(BackupWord::ByHand, later(0)).unwrap();
    let backup = Path::new(&backup.path);
    import(&mut book, folder.path(), ROW, later(1)).unwrap();
    drop(book);
    let (rows, kept) = (rows_of(&path), backups_of(&path).unwrap().backups.len());
    let who = booking::keeper();
    let mut told = Vec::new();
    let looks = (1..)
        .find(|stop_at| {
            told.clear();
            let mut stop = stopping_at(*stop_at);
            let mut hear = |now: ProgressView| {
                told.push(now.percent);
                stop(now)
            };
            let restored = restore_with(&path, backup, None, &who, &mut hear, later(2));
            if let Err(error) = &restored {
                assert_eq!(error.code.as_str(), "cancelled");
                assert_eq!(rows_of(&path), rows, "stopped at {told:?}");
                assert_eq!(backups_of(&path).unwrap().backups.len(), kept);
                assert!(!path.with_extension("hubbook.new").exists());
            }
            restored.is_ok()
        })
        .unwrap();
    assert!(looks > 10 && told.is_sorted(), "{told:?}");
    assert_ne!(rows_of(&path), rows);
    // How it was before the restore is kept.
    assert_eq!(backups_of(&path).unwrap().backups.len(), kept + 1);
}

#[test]
fn a_change_of_the_passphrase_that_is_stopped_leaves_the_book_as_it_was() {
    let (folder, path, mut book) = desk();
    let key = Passphrase::new("correct horse");
    let rows = rows_of(&path);
    let stopped = book.change_passphrase_with(key.as_ref(), &mut stopping_at(1), later(0));
    let stopped = stopped.unwrap_err();
    assert_eq!(stopped.code.as_str(), "cancelled", "{stopped:?}");
    assert!(!Book::is_encrypted(&path).unwrap());
    assert_eq!(rows_of(&path), rows);
    assert!(!path.with_extension("hubbook.new").exists());
    assert!(book.backups().unwrap().backups.is_empty());
    // The book is open and goes on.
    import(&mut book, folder.path(), ROW, later(1)).unwrap();
    book.change_passphrase(key.as_ref(), later(2)).unwrap();
    assert!(Book::is_encrypted(&path).unwrap());
    assert!(book.check(later(2)).unwrap().holds);
}

#[test]
fn the_schedule_asks_for_one_an_hour_and_a_drill_a_day() {
    let (folder, _path, mut book) = desk();
    let first = book.due_backup(later(0)).unwrap().expect("the first");
    first.run().unwrap();
    assert!(
        book.due_backup(later(5)).unwrap().is_none(),
        "nothing has changed"
    );
    import(&mut book, folder.path(), ROW, later(6)).unwrap();
    book.due_backup(later(6))
        .unwrap()
        .expect("it changed")
        .run()
        .unwrap();
    import(&mut book, folder.path(), &ROW.replace("r1", "r2"), later(6)).unwrap();
    assert!(
        book.due_backup(later(6)).unwrap().is_none(),
        "one was made within the hour"
    );
    book.due_backup(later(8))
        .unwrap()
        .expect("an hour later")
        .run()
        .unwrap();
    let drill = book
        .due_drill(later(8))
        .unwrap()
        .expect("none so far")
        .run()
        .unwrap();
    assert!(drill.opens && drill.holds, "{drill:?}");
    assert_eq!(drill.entries, 3);
    assert!(drill.checked >= 12);
    assert_eq!(
        book.backups().unwrap().backups[0].drill.as_ref(),
        Some(&drill)
    );
    assert!(
        book.due_drill(later(9)).unwrap().is_none(),
        "a drill was just now"
    );
    assert!(book.due_drill(later(40)).unwrap().is_some(), "a day later");
}

#[test]
fn only_what_the_app_wrote_is_ever_removed() {
    let (folder, _path, mut book) = desk();
    for hour in 0..4 {
        book.back_up(BackupWord::Schedule, later(-9_000 - hour))
            .unwrap();
    }
    let backups = folder.path().join("my backups");
    let old = book.backups().unwrap().backups;
    // One that somebody wrote over, one whose note is gone, files of others, and names like ours.
    let touched = &old[0].path;
    fs::write(touched, "mine now").unwrap();
    fs::remove_file(format!("{}.json", old[1].path)).unwrap();
    for name in [
        "notes.txt",
        "my-2020-01-01T000000Z-schedule.hubbook",
        "other.hubbook",
    ] {
        fs::write(backups.join(name), "somebody's").unwrap();
    }
    fs::write(
        backups.join("other.hubbook.json"),
        fs::read_to_string(format!("{}.json", old[2].path)).unwrap(),
    )
    .unwrap();
    for hour in 0..4 {
        book.back_up(BackupWord::ByHand, later(hour)).unwrap();
    }
    let mut left: Vec<String> = fs::read_dir(&backups)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".json"))
        .collect();
    left.sort();
    let by_hand = left
        .iter()
        .filter(|name| name.ends_with("-by-hand.hubbook"))
        .count();
    assert_eq!(by_hand, 4);
    assert_eq!(fs::read_to_string(touched).unwrap(), "mine now");
    let kept = &old[1].path;
    assert!(Path::new(kept).exists(), "{kept} has no note: it is left");
    for gone in [&old[2].path, &old[3].path] {
        assert!(!Path::new(gone).exists(), "{gone} had served");
    }
    for name in [
        "notes.txt",
        "my-2020-01-01T000000Z-schedule.hubbook",
        "other.hubbook",
    ] {
        assert_eq!(
            fs::read_to_string(backups.join(name)).unwrap(),
            "somebody's",
            "{name}"
        );
    }
}

#[test]
fn a_restore_keeps_what_it_replaces() {
    let (folder, path, mut book) = desk();
    import(&mut book, folder.path(), ROW, later(0)).unwrap();
    let old = find_backup(&path, &book.backups().unwrap().backups[0].file).unwrap();
    let (now, then) = (rows_but_record(&path), rows_but_record(&old));
    let in_use = restore(&path, &old, None, &booking::keeper(), later(1)).unwrap_err();
    assert_eq!(in_use.code.as_str(), "book-in-use");
    drop(book);
    let done = restore(&path, &old, None, &booking::keeper(), later(1)).unwrap();
    assert!(done.drill.holds);
    assert_eq!(rows_but_record(&path), then);
    let replaced = PathBuf::from(done.replaced.unwrap());
    assert_eq!(rows_but_record(&replaced), now);
    restore(&path, &replaced, None, &booking::keeper(), later(2)).unwrap();
    assert_eq!(rows_but_record(&path), now);
    let book = reopen(&path);
    booking::assert_sound(&book, "restored twice");
    assert_eq!(done_last(&book, 1), ["restore"]);
}

#[test]
fn a_damaged_book_comes_back_and_its_bytes_are_kept() {
    let (_folder, path, mut book) = desk();
    book.back_up(BackupWord::ByHand, later(0)).unwrap();
    let rows = rows_but_record(&path);
    drop(book);
    let damaged = &fs::read(&path).unwrap()[..10_000];
    fs::write(&path, damaged).unwrap();
    // A log that belongs to the damaged file must not get into the new one.
    fs::write(format!("{}-wal", path.display()), "a log of then").unwrap();
    let backup = PathBuf::from(&backups_of(&path).unwrap().backups[0].path);
    let done = restore(&path, &backup, None, &booking::keeper(), later(1)).unwrap();
    assert_eq!(rows_but_record(&path), rows);
    let kept = done.replaced.unwrap();
    assert_eq!(fs::read(&kept).unwrap(), damaged);
    assert_eq!(
        fs::read_to_string(format!("{kept}-wal")).unwrap(),
        "a log of then"
    );
    booking::assert_sound(&reopen(&path), "restored");
}

#[test]
fn a_backup_that_was_changed_is_found_and_not_restored() {
    let (_folder, path, mut book) = desk();
    let view = book.back_up(BackupWord::ByHand, later(0)).unwrap();
    let backup = PathBuf::from(&view.path);
    let mut bytes = fs::read(&backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&backup, bytes).unwrap();
    let drill = drill_of(&backup, None, later(1)).run().unwrap();
    assert!(!drill.opens && !drill.holds, "{drill:?}");
    let before = rows_of(&path);
    drop(book);
    let refused = restore(&path, &backup, None, &booking::keeper(), later(1)).unwrap_err();
    assert_eq!(refused.code.as_str(), "backup-unsound");
    assert_eq!(rows_of(&path), before);
}

#[test]
fn without_a_place_for_its_backup_nothing_is_imported() {
    let (folder, _path, mut book) = desk();
    let other = folder.path().join("elsewhere");
    let view = book.set_backup_folder(Some(&other)).unwrap();
    assert!(view.is_chosen && view.folder.ends_with("elsewhere"));
    fs::remove_dir(&other).unwrap();
    fs::write(&other, "a file").unwrap();
    let before = everything(&book, later(0));
    assert_eq!(
        import(&mut book, folder.path(), ROW, later(0)),
        Err("backup-failed".to_owned())
    );
    assert_eq!(everything(&book, later(0)), before);
    assert!(!book.set_backup_folder(None).unwrap().is_chosen);
    import(&mut book, folder.path(), ROW, later(0)).unwrap();
    assert_eq!(book.backups().unwrap().backups.len(), 1);
}

#[test]
fn a_passphrase_is_set_changed_and_taken_away() {
    let (_folder, path, mut book) = desk();
    let rows = rows_but_record(&path);
    let (first, second) = (
        Passphrase::new("correct horse").unwrap(),
        Passphrase::new("it's Ω").unwrap(),
    );
    let open = |key: Option<&Passphrase>| {
        open_for_work(&path, key, &booking::keeper(), booking::start()).map_err(|e| e.code.as_str())
    };
    let shows_its_name = || {
        let bytes = fs::read(&path).unwrap();
        bytes.windows(9).any(|part| part == b"Nordlicht")
    };
    assert!(shows_its_name());
    let before = everything(&book, booking::start());
    assert!(
        book.change_passphrase(Some(&first), later(0))
            .unwrap()
            .is_encrypted
    );
    assert!(!shows_its_name(), "the company can be read in the file");
    drop(book);
    assert!(Book::is_encrypted(&path).unwrap());

    let untouched = fs::read(&path).unwrap();
    assert_eq!(open(None).map(|_| ()), Err("book-encrypted"));
    assert_eq!(open(Some(&second)).map(|_| ()), Err("wrong-passphrase"));
    assert!(fs::read(&path).unwrap() == untouched);

    let mut book = open(Some(&first)).unwrap();
    // All is as it was, but for the word that the file is encrypted.
    let told = everything(&book, booking::start());
    assert_eq!(told[1..], before[1..]);
    let view = book.backups().unwrap();
    let backup = PathBuf::from(&view.backups[0].path);
    assert!(view.backups[0].is_encrypted);
    assert!(
        drill_of(&backup, Some(&first), later(1))
            .run()
            .unwrap()
            .holds
    );
    let refused = drill_of(&backup, Some(&second), later(1))
        .run()
        .unwrap_err();
    assert_eq!(refused.code.as_str(), "wrong-passphrase");
    // To read it beside the one who works in it, and to try out there what would be.
    let mut beside = Book::open_read_only_with(&path, Some(&first)).unwrap();
    booking::assert_sound(&beside, "read beside");
    let file = path.with_file_name("usage.csv");
    fs::write(
        &file,
        format!("date,channel_id,country,category,quantity,row_id\n{ROW}\n"),
    )
    .unwrap();
    assert_eq!(
        beside
            .preview_usage(&file, &mut go_on, later(1))
            .unwrap()
            .new_rows,
        1
    );
    // Whoever reads the old file holds it: it can't be replaced under them.
    let held = book.change_passphrase(Some(&second), later(1)).unwrap_err();
    assert_eq!(held.code.as_str(), "book-in-use", "{held:?}");
    drop(beside);
    book.change_passphrase(Some(&second), later(1)).unwrap();
    booking::act(&mut book, path.parent().unwrap(), 5, 1).unwrap();
    drop(book);
    assert_eq!(open(Some(&first)).map(|_| ()), Err("wrong-passphrase"));

    // The backup of then has the passphrase of then.
    restore(&path, &backup, Some(&first), &booking::keeper(), later(2)).unwrap();
    let mut book = open(Some(&first)).unwrap();
    book.change_passphrase(None, later(3)).unwrap();
    drop(book);
    assert_eq!(rows_but_record(&path), rows);
    let book = open(None).unwrap();
    booking::assert_sound(&book, "plain again");
    // It was set before the backup that was restored, and taken away after.
    assert_eq!(
        done_last(&book, 3),
        ["set-passphrase", "restore", "set-passphrase"]
    );
}
