//! A byte of the file becomes another, as a failing disk does it: the book is refused, `check`
//! reports it, or every figure that it shows is what it was.

use std::fs;
use std::path::Path;
use std::time::Instant;

use harness::booking::rows_of;
use harness::walk::everything;
use hubledger_book::moment::Moment;
use hubledger_book::{Book, Passphrase};
use rusqlite::Connection;

use crate::plant::book_with_everything;
use crate::{Dice, setting};

/// What became of the flipped bytes.
#[derive(Default)]
struct Outcome {
    refused: u64,
    reported: u64,
    harmless: u64,
}

/// Flips so many bytes of a file, one at a time, page after page.
fn flip_all(path: &Path, key: Option<&Passphrase>, at: Moment, seed: u64, count: u64) -> Outcome {
    let whole = fs::read(path).unwrap();
    let open = || Book::open_read_only_with(path, key);
    let book = open().unwrap();
    let check = book.check(at).unwrap();
    assert!(check.holds, "{check:#?}");
    let shown = everything(&book, at);
    drop(book);
    // An encrypted file can't be read by other means, and none of its bytes is of no use.
    let rows = || key.is_none().then(|| rows_of(path));
    let was = rows();
    let mut dice = Dice(seed);
    let mut outcome = Outcome::default();
    let pages = whole.len() / 4096;
    for n in 0..count {
        let page = usize::try_from(n).unwrap() % pages;
        let place = page * 4096 + dice.below(4096);
        let by = u8::try_from(1 + dice.below(255)).unwrap();
        let mut flipped = whole.clone();
        flipped[place] ^= by;
        fs::write(path, flipped).unwrap();
        let Ok(book) = open() else {
            outcome.refused += 1;
            continue;
        };
        if !book.check(at).is_ok_and(|check| check.holds) {
            outcome.reported += 1;
            continue;
        }
        if was.is_some() && rows() == was {
            // Every value of every row is what it was: so is whatever is made of them.
            outcome.harmless += 1;
            continue;
        }
        let now = everything(&book, at);
        let differing: Vec<_> = now
            .iter()
            .zip(&shown)
            .filter(|(now, was)| now != was)
            .map(|(now, _)| &now.asked)
            .collect();
        assert!(
            now == shown,
            "seed {seed}, flip {n} at {place} by {by}: check holds, and these differ: {differing:?}"
        );
        outcome.harmless += 1;
    }
    fs::write(path, whole).unwrap();
    outcome
}

fn tell(what: &str, seed: u64, count: u64, outcome: &Outcome, begun: Instant) {
    println!(
        "FAULTS {what}: seed {seed}, {count} bytes flipped, page after page: {} refused, {} reported by check, {} harmless (each row as it was), no wrong figure; {:.0?}",
        outcome.refused,
        outcome.reported,
        outcome.harmless,
        begun.elapsed()
    );
    assert_eq!(outcome.refused + outcome.reported + outcome.harmless, count);
}

#[test]
fn a_flipped_byte_never_shows_a_wrong_figure() {
    let (seed, count) = (
        setting("HUBLEDGER_BYTE_SEED", 1),
        setting("HUBLEDGER_BYTES", 120),
    );
    let begun = Instant::now();
    let story = book_with_everything();
    let path = story.book().path().with_file_name("whole.hubbook");
    Connection::open(story.book().path())
        .unwrap()
        .execute("VACUUM INTO ?1", [path.to_str().unwrap()])
        .unwrap();
    let outcome = flip_all(&path, None, story.at(), seed, count);
    tell("bytes", seed, count, &outcome, begun);
}

#[test]
fn a_flipped_byte_of_an_encrypted_book_is_always_seen() {
    let (seed, count) = (
        setting("HUBLEDGER_BYTE_SEED", 1),
        setting("HUBLEDGER_ENCRYPTED_BYTES", 24),
    );
    let begun = Instant::now();
    let mut story = book_with_everything();
    let at = story.at();
    let key = Passphrase::new("correct horse").unwrap();
    story.book_mut().change_passphrase(Some(&key), at).unwrap();
    let path = story.book().path().with_file_name("whole.hubbook");
    // As a backup is written, while nothing is in the log.
    fs::copy(story.book().path(), &path).unwrap();
    let outcome = flip_all(&path, Some(&key), at, seed, count);
    tell("encrypted-bytes", seed, count, &outcome, begun);
}
