//! A byte of the file becomes another, as a failing disk does it: the book is refused, `check`
//! reports it, or every figure that it shows is what it was.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use harness::booking::rows_of;
use harness::walk::{Answer, everything};
use hubledger_book::moment::Moment;
use hubledger_book::{Book, Passphrase};
use rusqlite::Connection;

use crate::plant::book_with_everything;
use crate::{Dice, setting};

/// How many copies of a book are flipped at once.
const LANES: u64 = 2;

/// What became of the flipped bytes.
#[derive(Default)]
struct Outcome {
    refused: u64,
    reported: u64,
    harmless: u64,
}

impl Outcome {
    fn add(&mut self, other: &Self) {
        self.refused += other.refused;
        self.reported += other.reported;
        self.harmless += other.harmless;
    }
}

/// What a sound book is like, to compare with.
struct Sound<'a> {
    whole: Vec<u8>,
    key: Option<&'a Passphrase>,
    at: Moment,
    shown: Vec<Answer>,
    /// An encrypted file can't be read by other means, and none of its bytes is of no use.
    rows: Option<String>,
}

/// Flips so many bytes of a file, one at a time, page after page, in as many copies as lanes.
fn flip_all(path: &Path, key: Option<&Passphrase>, at: Moment, seed: u64, count: u64) -> Outcome {
    let book = Book::open_read_only_with(path, key).unwrap();
    let check = book.check(at).unwrap();
    assert!(check.holds, "{check:#?}");
    let sound = Sound {
        whole: fs::read(path).unwrap(),
        key,
        at,
        shown: everything_but_path(&book, at),
        rows: key.is_none().then(|| rows_of(path)),
    };
    drop(book);
    let sound = &sound;
    let mut all = Outcome::default();
    thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES)
            .map(|lane| {
                let copy = path.with_file_name(format!("lane-{lane}.hubbook"));
                scope.spawn(move || {
                    let mut outcome = Outcome::default();
                    for n in (lane..count).step_by(usize::try_from(LANES).unwrap()) {
                        sound.flip(&copy, (seed, n), &mut outcome);
                    }
                    outcome
                })
            })
            .collect();
        for lane in lanes {
            all.add(&lane.join().unwrap());
        }
    });
    all
}

/// All that a book shows but where it lies.
fn everything_but_path(book: &Book, at: Moment) -> Vec<Answer> {
    let mut answers = everything(book, at);
    for answer in answers.iter_mut().filter(|a| a.asked == "book_view") {
        for place in ["path", "file_name"] {
            answer.said[place].take();
        }
    }
    answers
}

impl Sound<'_> {
    /// Flips the `n`-th byte of a seed in a copy of the book.
    fn flip(&self, path: &Path, (seed, n): (u64, u64), outcome: &mut Outcome) {
        let mut dice = Dice(seed ^ (n << 32));
        let pages = self.whole.len() / 4096;
        let page = usize::try_from(n).unwrap() % pages;
        let place = page * 4096 + dice.below(4096);
        let by = u8::try_from(1 + dice.below(255)).unwrap();
        let mut flipped = self.whole.clone();
        flipped[place] ^= by;
        fs::write(path, flipped).unwrap();
        let Ok(book) = Book::open_read_only_with(path, self.key) else {
            outcome.refused += 1;
            return;
        };
        if !book.check(self.at).is_ok_and(|check| check.holds) {
            outcome.reported += 1;
            return;
        }
        outcome.harmless += 1;
        if self.rows.is_some() && self.rows == Some(rows_of(path)) {
            // Every value of every row is what it was: so is whatever is made of them.
            return;
        }
        let now = everything_but_path(&book, self.at);
        let differing: Vec<_> = now
            .iter()
            .zip(&self.shown)
            .filter(|(now, was)| now != was)
            .map(|(now, _)| &now.asked)
            .collect();
        assert!(
            now == self.shown,
            "seed {seed}, flip {n} at {place} by {by}: check holds, and these differ: {differing:?}"
        );
    }
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
