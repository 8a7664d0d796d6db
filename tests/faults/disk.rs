//! The disk fails at each write of a month's close in turn, and the power goes at each of them:
//! the close is in the book, whole, or it is not there at all.

use std::fs;
use std::path::Path;
use std::time::Instant;

use harness::booking::{self, Random, number, rows_of};
use hubledger_book::Book;

use crate::shim::{self, Disk, Fault};

/// A book with some use cases behind it, and a month to close.
fn book_before_a_close(path: &Path) -> (Book, String) {
    let mut book = booking::make_book(path);
    for n in 0..20 {
        booking::act(&mut book, path.parent().unwrap(), 5, n).unwrap();
    }
    let month = booking::month_to_close(&book, booking::start())
        .unwrap()
        .unwrap();
    (book, month)
}

fn close(book: &mut Book, month: &str) -> Result<(), hubledger_book::error::Error> {
    book.close_month("elbePA", month, booking::start())
        .map(|_| ())
}

/// The hash of the book after the close, on a disk that holds.
fn closed_rows() -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.hubbook");
    let (mut book, month) = book_before_a_close(&path);
    close(&mut book, &month).unwrap();
    rows_of(&path)
}

#[test]
fn a_close_on_a_failing_disk_is_whole_or_not_there() {
    shim::install();
    let began = Instant::now();
    let closed = closed_rows();
    let mut failures = 0;
    for (fault, code) in [
        (Fault::WriteError, "store-failed"),
        (Fault::ShortWrite, "store-failed"),
        (Fault::DiskFull, "disk-full"),
        (Fault::SyncError, "store-failed"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.hubbook");
        let (mut book, month) = book_before_a_close(&path);
        let before = rows_of(&path);
        let mut n = 0;
        loop {
            let about = format!("{fault:?} at call {n}");
            shim::fail_at(n, fault);
            let result = close(&mut book, &month);
            let fired = shim::end_faults();
            let rows = rows_of(&path);
            match result {
                Err(error) => {
                    assert!(fired, "{about}: {error}");
                    assert_eq!(error.code.as_str(), code, "{about}: {error}");
                    assert!(rows == before, "{about}: refused, and something is there");
                    booking::assert_sound(&book, &about);
                    failures += 1;
                }
                Ok(()) => {
                    assert!(rows == closed, "{about}: done, and not all is there");
                    break;
                }
            }
            // As it is found by whoever opens it next.
            drop(book);
            book = Book::open(&path, &booking::keeper(), booking::start())
                .unwrap_or_else(|e| panic!("{about}: {e}"));
            assert!(
                rows_of(&path) == before,
                "{about}: found otherwise when opened again"
            );
            n += 1;
        }
        assert!(n > 0, "{fault:?} never came");
    }
    println!(
        "FAULTS disk: a month's close, {failures} failing calls (write error, short write, full, sync) in turn: each refused whole, the book as it was; {:.0?}",
        began.elapsed()
    );
}

/// Writes what a power cut left, with those of the uncertain changes that `kept` says.
fn lay_out(disk: &Disk, from: &str, to: &Path, mut kept: impl FnMut() -> bool) {
    for (name, platter) in disk {
        let mut left = platter.clone();
        for change in &platter.pending {
            if kept() {
                left.apply(change);
            }
        }
        let suffix = name.strip_prefix(from).unwrap();
        fs::write(format!("{}{suffix}", to.display()), left.durable).unwrap();
    }
}

#[test]
fn a_power_cut_leaves_all_of_a_close_or_nothing() {
    shim::install();
    let began = Instant::now();
    let seed = number("HUBLEDGER_POWER_SEED", 7);
    let mut random = Random::new(seed);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.hubbook");
    let name = path.to_str().unwrap().to_owned();
    let (book, month) = book_before_a_close(&path);
    // Opened anew, so that all that came before is on the disk.
    drop(book);
    let mut book = Book::open(&path, &booking::keeper(), booking::start()).unwrap();
    let before = rows_of(&path);
    shim::watch(&name);
    close(&mut book, &month).unwrap();
    let mut moments = shim::end_watch();
    let closed = rows_of(&path);
    assert!(before != closed);

    // Acknowledged: it survives, whatever of the uncertain is lost.
    let acknowledged = moments.pop().unwrap();
    let mut cuts = 0;
    for (disk, must_be_closed) in moments
        .iter()
        .map(|disk| (disk, false))
        .chain([(&acknowledged, true)])
    {
        for variant in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            let left = folder.path().join("left.hubbook");
            lay_out(disk, &name, &left, || match variant {
                0 => false,
                1 => true,
                _ => random.below(2) == 0,
            });
            let about = format!("seed {seed}, cut {cuts}");
            let book = Book::open(&left, &booking::keeper(), booking::start())
                .unwrap_or_else(|e| panic!("{about}: {e}"));
            booking::assert_sound(&book, &about);
            let rows = rows_of(&left);
            assert!(
                rows == closed || (!must_be_closed && rows == before),
                "{about}: half a close, or an acknowledged one lost"
            );
            cuts += 1;
        }
    }
    println!(
        "FAULTS power: seed {seed}, {cuts} cuts at {} moments of a month's close: all or nothing, and all once acknowledged; {:.0?}",
        moments.len() + 1,
        began.elapsed()
    );
}
