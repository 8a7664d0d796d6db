//! The book file: SQLite, and the only SQL of the project.
//!
//! Reading goes through [`Read`], writing through [`Write`], which is one `BEGIN IMMEDIATE`
//! transaction: all of a use case is kept, or nothing. Rules about money are not here.

mod block;
mod codec;
mod copy;
mod error;
mod fingerprint;
mod header;
mod lock;
mod migrate;
mod passphrase;
mod query;
mod sums;
mod swap;
mod table;
mod written;

use std::cell::Cell;
use std::fs;
use std::ops::Deref;
use std::path::Path;
use std::sync::Once;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, InterruptHandle, OpenFlags, TransactionBehavior};

pub use codec::{StoredOutcome, StoredReason, amount, money};
pub use copy::{Copied, Hold};
pub use error::{Error, Trouble};
pub use header::Form;
pub use passphrase::Passphrase;
pub use query::*;
pub use swap::swap_in;
pub use table::*;

use lock::Lock;

/// Marks a SQLite file as a book: "Hubl".
const APPLICATION_ID: i64 = 0x4875_626c;

/// How files are opened. One thread at a time has a connection, as its type says, so that SQLite needs
/// no lock around each of its values.
const READ_WRITE: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
const READ_ONLY: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// A book file that is open.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// Set where the book is encrypted.
    passphrase: Option<Passphrase>,
    /// None: open for reading only.
    _lock: Option<Lock>,
}

/// What can be asked of a book.
#[derive(Debug)]
pub struct Read<'a>(&'a Connection);

/// What can be written to a book, in one transaction; with the use case that is recorded, which
/// what is posted belongs to, and whether all of it is taken back.
#[derive(Debug)]
pub struct Write<'a>(Read<'a>, Cell<Option<i64>>, Fate);

/// What becomes of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    TakenBack,
}

/// Stops what is asked of a book, or written to it, from another thread: that fails with
/// [`Error::Stopped`], and what was to be written is taken back. Nothing happens where nothing runs.
pub struct Stopper(InterruptHandle);

impl Stopper {
    /// Stops what runs now; what begins later runs.
    pub fn stop(&self) {
        self.0.interrupt();
    }
}

impl std::fmt::Debug for Stopper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stopper")
    }
}

impl<'a> Write<'a> {
    fn to(connection: &'a Connection, fate: Fate) -> Result<Self, Error> {
        table::begin_unit(connection, None)?;
        Ok(Self(Read(connection), Cell::new(None), fate))
    }
}

impl<'a> Deref for Write<'a> {
    type Target = Read<'a>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Store {
    /// Makes a book where no file lies. A failure leaves no file behind.
    pub fn create(path: &Path, who: &str) -> Result<Self, Error> {
        if path.exists() {
            return Err(Error::Exists);
        }
        let lock = Lock::take(path, who)?;
        // Of two that try at once, one makes the file.
        fs::File::create_new(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Exists,
            _ => e.into(),
        })?;
        begin();
        let made = Connection::open_with_flags(path, READ_WRITE)
            .map_err(Error::from)
            .and_then(|mut connection| {
                set_up(&connection)?;
                migrate::lay(&mut connection)?;
                watch(&connection)?;
                Ok(connection)
            });
        match made {
            Ok(connection) => Ok(Self {
                connection,
                passphrase: None,
                _lock: Some(lock),
            }),
            Err(error) => {
                // The files are ours and hold nothing yet.
                remove_unborn(path);
                Err(error)
            }
        }
    }

    /// A book that lives as long as the value: for tests.
    pub fn in_memory() -> Result<Self, Error> {
        begin();
        let mut connection = Connection::open_in_memory()?;
        set_up(&connection)?;
        migrate::lay(&mut connection)?;
        watch(&connection)?;
        Ok(Self {
            connection,
            passphrase: None,
            _lock: None,
        })
    }

    /// Opens a book to write in it; refused while another has it, with who that is. An older one
    /// is brought up on a copy, which then takes its place: before that and as it goes it asks, with
    /// how much is done in percent, and a no leaves the book as it was. One that was not closed is
    /// looked through.
    pub fn open(
        path: &Path,
        passphrase: Option<&Passphrase>,
        who: &str,
        bringing_up: &mut dyn FnMut(u32) -> bool,
    ) -> Result<Self, Error> {
        let passphrase = needed(path, passphrase)?;
        let lock = Lock::take(path, who)?;
        let was_closed = !lock.was_left() && log_length(path) == 0;
        let mut connection = connect(path, passphrase)?;
        if !was_closed {
            quick_check(&connection)?;
        }
        if migrate::is_older(&connection)? {
            if !bringing_up(0) {
                return Err(Error::Stopped);
            }
            connection = migrate::bring_up(path, connection, passphrase, bringing_up)?;
        }
        // Who only reads has nothing watched: that begins with the first write.
        set_up(&connection)?;
        Ok(Self {
            connection,
            passphrase: passphrase.cloned(),
            _lock: Some(lock),
        })
    }

    /// Opens a book to look at it, whoever else has it open. An older one is looked at in memory.
    pub fn open_read_only(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self, Error> {
        let passphrase = needed(path, passphrase)?;
        let mut connection = connect(path, passphrase)?;
        if migrate::is_older(&connection)? {
            connection = copy::in_memory(&connection, passphrase.is_some())?;
            migrate::lay_missing(&mut connection, &mut |_| true)?;
        }
        keep_plans(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(Self {
            connection,
            passphrase: passphrase.cloned(),
            _lock: None,
        })
    }

    /// What a file is, before it is opened. Refuses what is no book.
    pub fn form_of(path: &Path) -> Result<Form, Error> {
        header::form_of(path)
    }

    /// The passphrase of an encrypted book.
    pub fn passphrase(&self) -> Option<&Passphrase> {
        self.passphrase.as_ref()
    }

    /// What stops its work from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.connection.get_interrupt_handle())
    }

    /// How many rows were written since it was opened.
    pub fn rows_written(&self) -> u64 {
        self.connection.total_changes()
    }

    /// Who has a book open to write in it, as far as that can be told.
    pub fn holder(path: &Path) -> Option<String> {
        Lock::holder_of(path)
    }

    /// Asks the book.
    pub fn read<T, E: From<Error>>(
        &self,
        ask: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // One view of the book for all that is asked, whoever writes meanwhile.
        let transaction = self
            .connection
            .unchecked_transaction()
            .map_err(Error::from)?;
        ask(&Read(&transaction))
    }

    /// Writes to the book: all or nothing.
    pub fn write<T, E: From<Error>>(
        &mut self,
        act: impl FnOnce(&Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        watch_once(&self.connection)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let done = act(&Write::to(&transaction, Fate::Kept)?)?;
        fingerprint::bring_up(&transaction)?;
        transaction.commit().map_err(Error::from)?;
        Ok(done)
    }

    /// Acts as [`Store::write`] does, then takes all of it back: what would come of it.
    pub fn try_out<T, E: From<Error>>(
        &mut self,
        act: impl FnOnce(&Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        watch_once(&self.connection)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let done = act(&Write::to(&transaction, Fate::TakenBack)?)?;
        transaction.rollback().map_err(Error::from)?;
        Ok(done)
    }

    /// Lets the file grow to so many pages at most, as a full disk would: for fault tests.
    pub fn limit_pages(&self, pages: u32) -> Result<(), Error> {
        self.connection
            .pragma_update(None, "max_page_count", pages)?;
        Ok(())
    }

    /// Writes from now on what is asked of the book into a file, without what is bound to it; the rest of
    /// it when the process ends: for tests of how it is answered.
    pub fn note_questions(&self, to: &Path) -> Result<(), Error> {
        let to = to.display().to_string();
        Ok(self.connection.pragma_update(None, "cipher_profile", to)?)
    }

    /// How many pages the file has.
    pub fn page_count(&self) -> Result<u32, Error> {
        Ok(self
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))?)
    }
}

/// Removes a book that could not be laid, with what SQLite put beside it.
pub fn remove_unborn(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(name);
    }
}

/// Opens the first connection of the process, once, while other threads wait. SQLCipher makes itself
/// ready in it, and SQLite does not let others wait for that: a connection that another thread opens
/// meanwhile knows nothing of encryption.
fn begin() {
    static BEGUN: Once = Once::new();
    // What fails here fails again, and is told, when the book itself is opened.
    BEGUN.call_once(|| drop(Connection::open_in_memory()));
}

/// A prepared statement keeps its plan whatever is bound to it. Without this, SQLite plans a
/// statement anew for each row that is looked up, as it compares what is bound with the terms of
/// partial indexes: most of an import went there.
fn keep_plans(connection: &Connection) -> Result<(), Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Sets up a connection that writes to a book.
fn make_ready(connection: &Connection) -> Result<(), Error> {
    set_up(connection)?;
    watch(connection)
}

/// Notes what the connection changes: for fingerprints, and for undo.
fn watch(connection: &Connection) -> Result<(), Error> {
    fingerprint::watch(connection)?;
    table::watch_changes(connection)?;
    Ok(connection.execute_batch("CREATE TEMP TABLE IF NOT EXISTS is_watched (since INTEGER)")?)
}

/// As [`watch`], unless the connection is watched already.
fn watch_once(connection: &Connection) -> Result<(), Error> {
    let mut told = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'is_watched')",
    )?;
    if told.query_row([], |row| row.get(0))? {
        return Ok(());
    }
    watch(connection)
}

fn set_up(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A row that is replaced is a row that is removed: triggers hear of it.
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    keep_plans(connection)?;
    // 64 MiB of pages: what a large import touches at random stays in memory.
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.set_prepared_statement_cache_capacity(160);
    Ok(())
}

/// The passphrase where the file is encrypted, and none where it is not.
fn needed<'a>(
    path: &Path,
    passphrase: Option<&'a Passphrase>,
) -> Result<Option<&'a Passphrase>, Error> {
    match header::form_of(path)? {
        Form::Plain => Ok(None),
        Form::Encrypted => passphrase.map(Some).ok_or(Error::Encrypted),
    }
}

/// Opens a file that is a book, or refuses it as it is.
fn connect(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection, Error> {
    begin();
    let connection = Connection::open_with_flags(path, READ_WRITE)
        .or_else(|_| Connection::open_with_flags(path, READ_ONLY))?;
    // What is refused stays as it is, with the log beside it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    passphrase::unlock(&connection, passphrase)?;
    migrate::check_version(&connection)?;
    check_length(path, &connection, passphrase.is_some())?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

/// Refuses a file that ends within a page. A log beside it may hold the rest.
fn check_length(path: &Path, connection: &Connection, is_encrypted: bool) -> Result<(), Error> {
    let page = if is_encrypted {
        header::PAGE as u64
    } else {
        connection
            .pragma_query_value(None, "page_size", |row| row.get::<_, u32>(0))?
            .into()
    };
    if log_length(path) == 0 && fs::metadata(path)?.len() % page != 0 {
        return Err(Error::Damaged("the file ends too early".to_owned()));
    }
    Ok(())
}

fn log_length(path: &Path) -> u64 {
    fs::metadata(swap::beside(path, "-wal")).map_or(0, |facts| facts.len())
}

/// SQLite's quick look at every page. It takes as long as reading the file, so it is left to books
/// that were not closed; `check` and the drill look closer.
fn quick_check(connection: &Connection) -> Result<(), Error> {
    let told: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if told == "ok" {
        Ok(())
    } else {
        Err(Error::Damaged(told))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    /// Never ends by itself.
    const ENDLESS: &str =
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";

    fn ask_endlessly(r: &Read<'_>) -> Result<i64, Error> {
        Ok(r.0.query_row(ENDLESS, [], |row| row.get(0))?)
    }

    #[test]
    fn what_is_stopped_from_another_thread_ends_and_is_taken_back() {
        let mut store = Store::in_memory().unwrap();
        let stopper = store.stopper();
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    stopper.stop();
                    thread::yield_now();
                }
            });
            let read = store.read(ask_endlessly);
            let written = store.write(|w| {
                w.0.0
                    .execute_batch("CREATE TABLE half (done INTEGER) STRICT")?;
                ask_endlessly(w)
            });
            is_over.store(true, Ordering::Relaxed);
            assert!(matches!(read, Err(Error::Stopped)), "{read:?}");
            assert!(matches!(written, Err(Error::Stopped)), "{written:?}");
        });
        let left: i64 = store
            .read(|r| {
                let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'";
                Ok::<_, Error>(r.0.query_row(sql, [], |row| row.get(0))?)
            })
            .unwrap();
        assert_eq!(left, 0);
    }
}
