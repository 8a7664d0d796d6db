//! A process that books is killed at random moments, a thousand times by `make test`: what it
//! acknowledged is in the book, whole, and of what it did not there is all or nothing.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use harness::booking::{self, Random, number, rows_of};
use hubledger_book::Book;

/// Use cases in one book before the next begins: books stay small, so that opening stays quick.
const USE_CASES_PER_BOOK: u32 = 80;

/// How many kill at once.
const LANES: u64 = 2;

#[derive(Default)]
struct Tally {
    kills: u64,
    acknowledged: u64,
    /// Killed before anything of the round was acknowledged.
    early: u64,
    /// In the book, though the process was killed before it said so.
    unsaid: u64,
}

/// What the book must be after each use case: the same, done without any kill.
struct Reference {
    book: Book,
    folder: tempfile::TempDir,
    seed: u64,
    hashes: Vec<String>,
}

impl Reference {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.hubbook");
        let book = booking::make_book(&path);
        let hashes = vec![rows_of(&path)];
        Self {
            book,
            folder,
            seed,
            hashes,
        }
    }

    fn after(&mut self, use_cases: u32) -> &str {
        while self.hashes.len() <= use_cases as usize {
            let n = u32::try_from(self.hashes.len() - 1).unwrap();
            booking::act(&mut self.book, self.folder.path(), self.seed, n).unwrap();
            self.hashes.push(rows_of(self.book.path()));
        }
        &self.hashes[use_cases as usize]
    }
}

/// Lets a child book and kills it; how many use cases are acknowledged then. `pace` is what one
/// takes, by the last round: a busy machine is slower, and its children are killed later.
fn book_and_kill(
    path: &Path,
    seed: u64,
    from: u32,
    random: &mut Random,
    pace: &mut Duration,
) -> u32 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fault-child"))
        .arg(path)
        .args([seed.to_string(), from.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = from;
    // One in eight is killed while it opens the book, which may recover the log meanwhile.
    let waits_for = random.below(8);
    if waits_for > 0 {
        assert_eq!(said.next().unwrap().unwrap(), "open");
        let began = Instant::now();
        for _ in 0..waits_for / 3 {
            acknowledged = next_of(&said.next().unwrap().unwrap());
        }
        if acknowledged > from {
            *pace = began.elapsed() / (acknowledged - from);
        }
    }
    let most = u64::try_from(pace.as_micros()).unwrap() * 2;
    thread::sleep(Duration::from_micros(random.below(most + 1)));
    child.kill().unwrap();
    child.wait().unwrap();
    // A pipe keeps what was written to it.
    said.map(Result::unwrap)
        .filter(|said| said != "open")
        .last()
        .map_or(acknowledged, |said| next_of(&said))
}

/// How many use cases are done when the `n`-th is.
fn next_of(said: &str) -> u32 {
    said.parse::<u32>().unwrap() + 1
}

fn lane(seed: u64, kills: u64) -> Tally {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    let mut pace = Duration::from_millis(10);
    while tally.kills < kills {
        let story = random.draw() >> 32;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.hubbook");
        drop(booking::make_book(&path));
        let mut reference = Reference::new(story);
        let mut done = 0;
        while done < USE_CASES_PER_BOOK && tally.kills < kills {
            let about = format!("seed {seed}, kill {}, story {story}", tally.kills);
            let acknowledged = book_and_kill(&path, story, done, &mut random, &mut pace);
            let book = Book::open(&path, &booking::keeper(), booking::start())
                .unwrap_or_else(|e| panic!("{about}: the book does not open: {e}"));
            booking::assert_sound(&book, &about);
            drop(book);
            let rows = rows_of(&path);
            let unsaid = u32::from(rows != reference.after(acknowledged));
            assert!(
                unsaid == 0 || rows == reference.after(acknowledged + 1),
                "{about}: the book is not what {acknowledged} acknowledged use cases made, nor one more"
            );
            tally.kills += 1;
            tally.acknowledged += u64::from(acknowledged - done);
            tally.early += u64::from(acknowledged == done);
            tally.unsaid += u64::from(unsaid);
            done = acknowledged + unsaid;
        }
    }
    tally
}

#[test]
fn what_was_acknowledged_survives_a_kill_and_nothing_is_half_there() {
    let seed = number("HUBLEDGER_KILL_SEED", 20_261_128);
    let kills = number("HUBLEDGER_KILLS", 60);
    let began = Instant::now();
    let lanes: Vec<_> = (0..LANES)
        .map(|n| thread::spawn(move || lane(seed + n, kills / LANES)))
        .collect();
    let mut all = Tally::default();
    for tally in lanes.into_iter().map(|lane| lane.join().unwrap()) {
        all.kills += tally.kills;
        all.acknowledged += tally.acknowledged;
        all.early += tally.early;
        all.unsaid += tally.unsaid;
    }
    println!(
        "FAULTS kill: seed {seed}, {} kills ({} before a word, {} after an unsaid commit), {} use cases acknowledged, none lost, none half there; {:.0?}",
        all.kills,
        all.early,
        all.unsaid,
        all.acknowledged,
        began.elapsed()
    );
    assert!(all.acknowledged > 0 && all.early < all.kills);
}
