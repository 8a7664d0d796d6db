//! Books of every released schema open, and those of a newer version are left alone.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use harness::booking::{self, rows_of};
use harness::walk::{Answer, assert_same, gist_of, go_on};
use hubledger_book::view::ProgressView;
use hubledger_book::word::BackupWord;
use hubledger_book::{Book, Passphrase, open_for_work, open_for_work_with};
use rusqlite::Connection;

/// `tests/data/books`, written by `make fixture-book` while their schema was the newest.
fn books() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/books");
    let mut books: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    books.sort();
    assert!(!books.is_empty());
    books
}

fn copy_of(book: &Path, folder: &Path) -> PathBuf {
    let copy = folder.join("old.hubbook");
    fs::copy(book, &copy).unwrap();
    copy
}

/// What the script of the fixtures has booked: 120.00 + 500.00 topped up, less July's 1,000 × 0.1131 and
/// 500 × 0.0456, is 484.10; August's 200 marketing messages to France at 0.0712 and 10.00 given back leave
/// 484.10 − 14.24 + 10.00 = 479.86.
fn assert_it_is_that_book(book: &Book, about: &str) {
    let left = book
        .balance_on(Some("NrdE7kPA"), None, "2026-08-31")
        .unwrap();
    assert_eq!(left.amount, "479.86", "{about}");
    let july = book.invoices(None, Some("2026-07"), booking::start());
    assert_eq!(july.unwrap().len(), 1, "{about}");
}

/// A month that was closed before there were seals is no fault of a book that is only looked at.
fn assert_only_its_seal_is_to_come(book: &Book, about: &str) {
    booking::assert_sound(book, about);
    let check = book.check(booking::start()).unwrap();
    let notices: Vec<_> = check.lines.iter().flat_map(|line| &line.notices).collect();
    for notice in &notices {
        assert_eq!(notice.code.as_str(), "not-sealed-yet", "{about}");
        assert_eq!(notice.facts[1].value, "2026-07", "{about}");
    }
    // The books of schemas 9, 15 and 20 were made, and their month sealed, by the version of then.
    let is_sealed = (9..=20).any(|n| about.contains(&format!("schema-{n:04}")));
    assert_eq!(notices.len(), usize::from(!is_sealed), "{about}");
}

/// Those of schemas 2 to 8 were laid by their files on the book of schema 1, those of 10 to 14
/// on that of 9, with the fingerprints that this version keeps from 13 on: no program of then has
/// worked in them. Those of 15 and 20 were made by the program itself, with seals of versions 2 and 3.
#[test]
fn there_is_a_book_of_each_earlier_schema() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/store/src/schema");
    let newest = fs::read_dir(schemas).unwrap().count();
    let numbers: Vec<_> = books()
        .iter()
        .map(|book| {
            let file = Connection::open(book).unwrap();
            file.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
                .unwrap()
        })
        .collect();
    let told = numbers.iter().copied().take(15).collect::<Vec<_>>();
    assert_eq!(told, (1..=15).collect::<Vec<_>>());
    assert!(
        numbers
            .iter()
            .all(|number| *number <= i64::try_from(newest).unwrap())
    );
}

#[test]
fn a_book_of_every_released_schema_is_brought_up_on_a_copy() {
    for fixture in books() {
        let about = fixture.display().to_string();
        let folder = tempfile::tempdir().unwrap();
        let path = copy_of(&fixture, folder.path());
        let bytes = fs::read(&path).unwrap();

        // To look at it changes nothing in the file.
        let to_read = Book::open_read_only(&path).unwrap_or_else(|e| panic!("{about}: {e}"));
        assert_it_is_that_book(&to_read, &about);
        assert_only_its_seal_is_to_come(&to_read, &about);
        drop(to_read);
        assert!(
            fs::read(&path).unwrap() == bytes,
            "{about}: changed by a look at it"
        );

        let version = |path: &Path| -> i64 {
            let book = Connection::open(path).unwrap();
            book.pragma_query_value(None, "user_version", |row| row.get(0))
                .unwrap()
        };
        let was = version(&path);
        let rows = rows_of(&path);
        let book = open_for_work(&path, None, &booking::keeper(), booking::start())
            .unwrap_or_else(|e| panic!("{about}: {e}"));
        // Months that were closed before there were seals are sealed when the book is worked in.
        booking::assert_sound(&book, &about);
        assert_it_is_that_book(&book, &about);
        let backups = book.backups().unwrap().backups;
        drop(book);
        if version(&path) > was {
            assert_eq!(backups[0].why, BackupWord::Migration, "{about}");
            assert_eq!(
                rows_of(Path::new(&backups[0].path)),
                rows,
                "{about}: the backup"
            );
        } else {
            assert!(backups.is_empty(), "{about}: nothing was to be done");
        }
        assert!(!folder.path().join("old.hubbook.new").exists());
    }
}

#[test]
fn a_book_that_is_brought_up_is_stopped_at_each_look_and_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of(&books()[0], folder.path());
    let rows = rows_of(&path);
    let mut told = Vec::new();
    for stop_at in 1.. {
        told.clear();
        let mut hear = |now: ProgressView| {
            told.push(now.percent);
            if told.len() == stop_at {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let who = booking::keeper();
        match open_for_work_with(&path, None, &who, &mut hear, booking::start()) {
            Ok(book) => {
                booking::assert_sound(&book, "brought up at last");
                break;
            }
            Err(error) => assert_eq!(error.code.as_str(), "cancelled"),
        }
        assert_eq!(rows_of(&path), rows, "stopped at {told:?}");
        assert!(!folder.path().join("old.hubbook.new").exists());
    }
    // A look before each of nineteen schemas at least.
    assert!(told.len() > 20 && told.is_sorted(), "{told:?}");
    assert_eq!(told.last(), Some(&100));
}

/// The figures that a book shows. Price cards that came with a later version, and seals, are laid
/// into it when it is worked in.
fn figures(book: &Book) -> Vec<Answer> {
    const ASKED: [&str; 8] = [
        "balances",
        "charges",
        "charge_sums",
        "statement",
        "statement_pdf",
        "trial_balance",
        "balance_on",
        "account",
    ];
    let mut answers = gist_of(book, booking::start());
    answers.retain(|answer| {
        let name = answer.asked.split(' ').next();
        ASKED.contains(&name.unwrap_or_default())
    });
    answers
}

#[test]
fn an_old_book_that_is_looked_at_shows_what_it_shows_when_it_is_brought_up() {
    for fixture in books().iter().step_by(3) {
        let about = fixture.display().to_string();
        let folder = tempfile::tempdir().unwrap();
        let path = copy_of(fixture, folder.path());
        let mut to_read = Book::open_read_only(&path).unwrap();
        let looked_at = figures(&to_read);
        // What an import would do is tried out beside the book.
        let file = folder.path().join("usage.csv");
        let row = "2026-08-04,kaiR01CH,DE,marketing,10\n";
        let head = "date,channel_id,country,category,quantity\n";
        fs::write(&file, format!("{head}{row}")).unwrap();
        let seen = to_read.preview_usage(&file, &mut go_on, booking::start());
        assert_eq!(seen.unwrap().new_rows, 1, "{about}");
        drop(to_read);
        let book = open_for_work(&path, None, &booking::keeper(), booking::start()).unwrap();
        assert_same(&looked_at, &figures(&book), &about);
    }
}

/// The words of `check` for what does not hold.
fn faults_of(book: &Book) -> Vec<String> {
    let check = book.check(booking::start()).unwrap();
    let faults = check.lines.iter().flat_map(|line| &line.faults);
    faults.map(|fault| fault.code.to_string()).collect()
}

/// From schema 9 on the months of these books are sealed.
#[test]
fn what_was_changed_in_an_old_book_is_told_before_and_after_it_is_brought_up() {
    for fixture in books().iter().skip(8) {
        let about = fixture.display().to_string();
        let folder = tempfile::tempdir().unwrap();
        let path = copy_of(fixture, folder.path());
        let file = Connection::open(&path).unwrap();
        file.execute_batch(
            "DROP TRIGGER hub_invoice_is_never_changed;
             UPDATE hub_invoice SET to_name = 'another' WHERE reference LIKE '%/plan'",
        )
        .unwrap();
        drop(file);
        let told = faults_of(&Book::open_read_only(&path).unwrap());
        assert!(
            told.contains(&"sealed-row-changed".to_owned()),
            "{about}: {told:?}"
        );
        let book = open_for_work(&path, None, &booking::keeper(), booking::start());
        let still = book.map(|book| faults_of(&book));
        assert!(
            still
                .as_ref()
                .is_ok_and(|still| told.iter().all(|code| still.contains(code))),
            "{about}: {told:?}, and then {still:?}"
        );
    }
}

#[test]
fn an_encrypted_book_of_then_is_brought_up_encrypted() {
    let passphrase = Passphrase::new("correct horse").unwrap();
    for fixture in books() {
        let about = fixture.display().to_string();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.hubbook");
        let plain = folder.path().join("plain.hubbook");
        fs::copy(&fixture, &plain).unwrap();
        encrypt(&plain, &path);
        let key = Some(&passphrase);
        let to_read =
            Book::open_read_only_with(&path, key).unwrap_or_else(|e| panic!("{about}: {e}"));
        assert_it_is_that_book(&to_read, &about);
        drop(to_read);
        let book = open_for_work(&path, key, &booking::keeper(), booking::start())
            .unwrap_or_else(|e| panic!("{about}: {e}"));
        // Months that were closed before there were seals are sealed when the book is worked in.
        booking::assert_sound(&book, &about);
        assert_it_is_that_book(&book, &about);
        drop(book);
        assert!(Book::is_encrypted(&path).unwrap(), "{about}");
    }
}

/// As SQLCipher's own tools would.
fn encrypt(plain: &Path, to: &Path) {
    let book = Connection::open(plain).unwrap();
    let version: i64 = book
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    book.execute(
        "ATTACH ?1 AS encrypted KEY 'correct horse'",
        [to.to_str().unwrap()],
    )
    .unwrap();
    book.query_row("SELECT sqlcipher_export('encrypted')", [], |_| Ok(()))
        .unwrap();
    book.execute_batch(&format!(
        "PRAGMA encrypted.user_version = {version}; PRAGMA encrypted.application_id = {}; DETACH encrypted",
        0x4875_626c
    ))
    .unwrap();
}

#[test]
fn a_book_of_a_newer_version_is_left_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain.hubbook");
    drop(booking::make_book(&plain));
    Connection::open(&plain)
        .unwrap()
        .pragma_update(None, "user_version", 99_000)
        .unwrap();
    let encrypted = folder.path().join("encrypted.hubbook");
    encrypt(&plain, &encrypted);
    let passphrase = Passphrase::new("correct horse").unwrap();
    for path in [&plain, &encrypted] {
        let facts = || {
            let changed = fs::metadata(path).unwrap().modified().unwrap();
            (fs::read(path).unwrap(), changed)
        };
        let before = facts();
        let key = Some(&passphrase);
        for error in [
            Book::open_with(path, key, &booking::keeper(), booking::start()).err(),
            open_for_work(path, key, &booking::keeper(), booking::start()).err(),
            Book::open_read_only_with(path, key).err(),
        ] {
            assert_eq!(
                error.unwrap().code.as_str(),
                "newer-book",
                "{}",
                path.display()
            );
        }
        assert!(facts() == before, "{} was touched", path.display());
    }
}
