//! The book file: SQLite, and the only SQL of the project.
//!
//! Reading goes through [`Read`], writing through [`Write`], which is one `BEGIN IMMEDIATE`
//! transaction: all of a use case is kept, or nothing. Rules about money are not here.

mod codec;
mod error;
mod lock;
mod migrate;
mod query;
mod table;

use std::cell::Cell;
use std::fs;
use std::io::Read as _;
use std::ops::Deref;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

pub use codec::{StoredOutcome, StoredReason, amount, money};
pub use error::Error;
pub use query::*;
pub use table::*;

use lock::Lock;

/// Marks a SQLite file as a book: "Hubl".
const APPLICATION_ID: i64 = 0x4875_626c;

/// A book file that is open.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// None: open for reading only.
    _lock: Option<Lock>,
}

/// What can be asked of a book.
#[derive(Debug)]
pub struct Read<'a>(&'a Connection);

/// What can be written to a book, in one transaction; with the use case that is recorded, which
/// what is posted belongs to.
#[derive(Debug)]
pub struct Write<'a>(Read<'a>, Cell<Option<i64>>);

impl<'a> Write<'a> {
    fn to(connection: &'a Connection) -> Self {
        Self(Read(connection), Cell::new(None))
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
        let made = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(Error::from)
            .and_then(|mut connection| {
                set_up(&connection)?;
                migrate::lay(&mut connection)?;
                Ok(connection)
            });
        match made {
            Ok(connection) => Ok(Self {
                connection,
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
        let mut connection = Connection::open_in_memory()?;
        set_up(&connection)?;
        migrate::lay(&mut connection)?;
        Ok(Self {
            connection,
            _lock: None,
        })
    }

    /// The book as it is now, in memory: whatever is done to the copy is lost with it.
    pub fn copy_in_memory(&self) -> Result<Self, Error> {
        let mut connection = Connection::open_in_memory()?;
        rusqlite::backup::Backup::new(&self.connection, &mut connection)?.run_to_completion(
            i32::MAX,
            std::time::Duration::ZERO,
            None,
        )?;
        set_up(&connection)?;
        Ok(Self {
            connection,
            _lock: None,
        })
    }

    /// Opens a book to write in it; refused while another has it, with who that is.
    pub fn open(path: &Path, who: &str) -> Result<Self, Error> {
        check_header(path)?;
        let lock = Lock::take(path, who)?;
        let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        set_up(&connection)?;
        migrate::bring_up(&mut connection)?;
        Ok(Self {
            connection,
            _lock: Some(lock),
        })
    }

    /// Opens a book to look at it, whoever else has it open.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        check_header(path)?;
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .or_else(|_| Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY))?;
        keep_plans(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        migrate::check_version(&connection)?;
        Ok(Self {
            connection,
            _lock: None,
        })
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
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let done = act(&Write::to(&transaction))?;
        transaction.commit().map_err(Error::from)?;
        Ok(done)
    }

    /// Acts as [`Store::write`] does, then takes all of it back: what would come of it.
    pub fn try_out<T, E: From<Error>>(
        &mut self,
        act: impl FnOnce(&Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let done = act(&Write::to(&transaction))?;
        transaction.rollback().map_err(Error::from)?;
        Ok(done)
    }

    /// Lets the file grow to so many pages at most, as a full disk would: for fault tests.
    pub fn limit_pages(&self, pages: u32) -> Result<(), Error> {
        self.connection
            .pragma_update(None, "max_page_count", pages)?;
        Ok(())
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

/// A prepared statement keeps its plan whatever is bound to it. Without this, SQLite plans a
/// statement anew for each row that is looked up, as it compares what is bound with the terms of
/// partial indexes: most of an import went there.
fn keep_plans(connection: &Connection) -> Result<(), Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn set_up(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    keep_plans(connection)?;
    // 64 MiB of pages: what a large import touches at random stays in memory.
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Refuses what is no book or was made by a newer version, by the file's first bytes: SQLite
/// never touches such a file.
fn check_header(path: &Path) -> Result<(), Error> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    if path.is_dir() {
        return Err(Error::NotABook);
    }
    let mut header = Vec::with_capacity(100);
    fs::File::open(path)?.take(100).read_to_end(&mut header)?;
    let number = |at: usize| {
        header
            .get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    if !header.starts_with(MAGIC) {
        return Err(Error::NotABook);
    }
    if header.len() < 100 {
        return Err(Error::Damaged("the file ends too early".to_owned()));
    }
    if i64::from(number(68)) != APPLICATION_ID {
        return Err(Error::NotABook);
    }
    migrate::check_known(i64::from(number(60)))
}
