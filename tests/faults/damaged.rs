//! Files that are no book, or no longer: refused with a word that says so, and left as they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use harness::booking::{self, Random, number, rows_of};
use hubledger_book::{Book, Passphrase};

fn made(folder: &Path) -> PathBuf {
    let path = folder.join("book.hubbook");
    let mut book = booking::make_book(&path);
    for n in 0..20 {
        booking::act(&mut book, folder, 5, n).unwrap();
    }
    path
}

/// What comes of opening bytes as a book: none if it opens, with every invariant looked at, else
/// the code. The bytes are as they were if it was refused.
fn open(
    folder: &Path,
    bytes: &[u8],
    passphrase: Option<&Passphrase>,
) -> Result<bool, &'static str> {
    let path = folder.join("damaged.hubbook");
    fs::write(&path, bytes).unwrap();
    let opened = Book::open_with(&path, passphrase, &booking::keeper(), booking::start());
    let told = opened.and_then(|book| book.check(booking::start()).map(|check| check.holds));
    let to_read = Book::open_read_only_with(&path, passphrase);
    if let Err(error) = &told {
        assert!(!error.message.is_empty());
        if to_read.is_err() {
            assert!(fs::read(&path).unwrap() == bytes, "refused, and changed");
        }
    }
    drop(to_read);
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let _ = fs::remove_file(format!("{}{suffix}", path.display()));
    }
    told.map_err(|error| error.code.as_str())
}

#[test]
fn what_is_no_book_is_refused_in_plain_words_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let book = fs::read(made(folder.path())).unwrap();
    let other = folder.path().join("other.db");
    let foreign = rusqlite::Connection::open(&other).unwrap();
    foreign
        .execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        .unwrap();
    drop(foreign);
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = book.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        changed
    };
    for (what, bytes, code) in [
        ("nothing", Vec::new(), "not-a-book"),
        ("one byte", vec![83], "not-a-book"),
        ("zeros", vec![0; 8192], "not-a-book"),
        (
            "text",
            b"date,channel_id,country\n".repeat(999),
            "not-a-book",
        ),
        ("another magic", with(0, b"SQLite format 2\0"), "not-a-book"),
        (
            "another application's number",
            with(68, &[0; 4]),
            "not-a-book",
        ),
        ("schema 0", with(60, &[0; 4]), "not-a-book"),
        ("a newer schema", with(60, &[0, 0, 0xff, 0]), "newer-book"),
        (
            "another program's SQLite file",
            fs::read(&other).unwrap(),
            "not-a-book",
        ),
        (
            "the first page's tree",
            with(100, &[0xff; 8]),
            "book-damaged",
        ),
        (
            "a page size that can't be",
            with(16, &[0x33, 0x33]),
            "not-a-book",
        ),
    ] {
        assert_eq!(open(folder.path(), &bytes, None), Err(code), "{what}");
    }
}

#[test]
fn a_book_that_was_cut_off_is_refused_at_any_length() {
    let began = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let book = fs::read(made(folder.path())).unwrap();
    let mut lengths: Vec<usize> = (0..100).chain((100..book.len()).step_by(3_511)).collect();
    lengths.extend((1..book.len() / 4096).map(|page| page * 4096));
    for length in &lengths {
        let told = open(folder.path(), &book[..*length], None);
        assert!(
            matches!(told, Err("not-a-book" | "book-damaged")),
            "cut to {length} of {} bytes: {told:?}",
            book.len()
        );
    }
    println!(
        "FAULTS truncated: {} lengths, each refused and left as it is; {:.0?}",
        lengths.len(),
        began.elapsed()
    );
}

#[test]
fn a_flipped_bit_never_ends_in_a_panic() {
    let began = Instant::now();
    let seed = number("HUBLEDGER_FLIP_SEED", 11);
    let flips = number("HUBLEDGER_FLIPS", 120);
    let mut random = Random::new(seed);
    let folder = tempfile::tempdir().unwrap();
    let book = fs::read(made(folder.path())).unwrap();
    let (mut refused, mut reported, mut sound) = (0, 0, 0);
    for _ in 0..flips {
        let mut flipped = book.clone();
        let at = usize::try_from(random.below(book.len() as u64)).unwrap();
        flipped[at] ^= 1 << random.below(8);
        match open(folder.path(), &flipped, None) {
            Err(_) => refused += 1,
            Ok(false) => reported += 1,
            Ok(true) => sound += 1,
        }
    }
    println!(
        "FAULTS bits: seed {seed}, {flips} flipped bits: {refused} refused, {reported} reported by check, {sound} in no invariant's way; {:.0?}",
        began.elapsed()
    );
    assert!(refused + reported > 0);
}

#[test]
fn an_encrypted_book_shows_each_flipped_bit() {
    let began = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path());
    let passphrase = Passphrase::new("correct horse").unwrap();
    let mut book = Book::open(&path, &booking::keeper(), booking::start()).unwrap();
    book.change_passphrase(Some(&passphrase), booking::start())
        .unwrap();
    drop(book);
    let bytes = fs::read(&path).unwrap();
    let mut random = Random::new(3);
    let flips = 6;
    for n in 0..flips {
        let mut flipped = bytes.clone();
        let at = usize::try_from(random.below(bytes.len() as u64)).unwrap();
        flipped[at] ^= 1 << random.below(8);
        let told = open(folder.path(), &flipped, Some(&passphrase));
        // Not even its passphrase opens it, or its page is known to be another.
        assert!(
            matches!(
                told,
                Err("book-damaged" | "wrong-passphrase" | "not-a-book") | Ok(false)
            ),
            "flip {n} at {at}: {told:?}"
        );
    }
    assert_eq!(
        open(folder.path(), &bytes[..8192], Some(&passphrase)),
        Err("book-damaged")
    );
    println!(
        "FAULTS encrypted: {flips} flipped bits, each seen; {:.0?}",
        began.elapsed()
    );
}

#[test]
fn a_log_that_a_crash_left_is_recovered() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path());
    let mut book = Book::open(&path, &booking::keeper(), booking::start()).unwrap();
    booking::act(&mut book, folder.path(), 5, 20).unwrap();
    // As a crash leaves it: the file and its log, while the last use case is in the log alone.
    let left = folder.path().join("left.hubbook");
    fs::copy(&path, &left).unwrap();
    fs::copy(
        folder.path().join("book.hubbook-wal"),
        folder.path().join("left.hubbook-wal"),
    )
    .unwrap();
    fs::write(folder.path().join("left.hubbook.lock"), "carol on desk-1").unwrap();
    let alone = rows_of_file_alone(&left);
    let told = rows_of(&path);
    assert!(alone != told, "the log held nothing");
    let recovered = Book::open(&left, &booking::keeper(), booking::start()).unwrap();
    booking::assert_sound(&recovered, "recovered");
    drop(recovered);
    assert!(rows_of(&left) == told);
}

fn rows_of_file_alone(path: &Path) -> String {
    let alone = path.with_file_name("alone.hubbook");
    fs::copy(path, &alone).unwrap();
    rows_of(&alone)
}
