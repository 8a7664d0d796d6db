//! Copies of a whole book: page by page by SQLite's backup API, or under another passphrase. A
//! copy is one file with nothing beside it, durable when it is handed out.

use std::fs::{self, File};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Trouble};
use crate::lock::Lock;
use crate::passphrase::{Passphrase, unlock};
use crate::swap::{beside, swap_in};
use crate::{APPLICATION_ID, Fate, Store, Write, fingerprint, migrate};

/// 8 MiB: a few hundredths of a second.
const PAGES_A_STEP: i32 = 2_048;

/// A copy in a file that must not exist yet, under the same passphrase.
pub(crate) fn to_file(
    from: &Connection,
    passphrase: Option<&Passphrase>,
    to: &Path,
    goes_on: &mut dyn FnMut(u32) -> bool,
) -> Result<(), Error> {
    File::create_new(to)?;
    let done = open_empty(to, passphrase).and_then(|mut copy| {
        run_by_steps(from, &mut copy, goes_on)?;
        finish(copy, to)
    });
    if done.is_err() {
        // What was begun is ours.
        let _ = fs::remove_file(to);
    }
    done
}

/// A copy that lives as long as the connection, never encrypted and never on the disk.
pub(crate) fn in_memory(from: &Connection, is_encrypted: bool) -> Result<Connection, Error> {
    let mut memory = Connection::open_in_memory()?;
    if is_encrypted {
        export_to_memory(from, &mut memory)?;
    } else {
        run(from, &mut memory)?;
    }
    Ok(memory)
}

fn run(from: &Connection, to: &mut Connection) -> Result<(), Error> {
    Ok(Backup::new(from, to)?.run_to_completion(i32::MAX, Duration::from_millis(20), None)?)
}

/// Copies some pages at a time and tells how much is done, in percent, until it is not to go on. It is one
/// view of the book, whoever writes meanwhile, so no step begins anew.
fn run_by_steps(
    from: &Connection,
    to: &mut Connection,
    goes_on: &mut dyn FnMut(u32) -> bool,
) -> Result<(), Error> {
    let view = from.unchecked_transaction()?;
    migrate::version_of(&view)?;
    let copy = Backup::new(&view, to)?;
    loop {
        match copy.step(PAGES_A_STEP)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked => {
                return Err(Error::InUse("another program".to_owned()));
            }
            // There are more; new sorts of answers would be such as well.
            _ => {}
        }
        let progress = copy.progress();
        let done = progress.pagecount.saturating_sub(progress.remaining);
        let percent = i64::from(done) * 100 / i64::from(progress.pagecount.max(1));
        if !goes_on(u32::try_from(percent).unwrap_or(0)) {
            return Err(Error::Stopped);
        }
    }
}

fn open_empty(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, crate::READ_WRITE)?;
    unlock(&connection, passphrase)?;
    // It has nothing to be rolled back to, and is made durable as a whole.
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    Ok(connection)
}

/// Ends a copy as a file that stands alone, and on the disk.
fn finish(copy: Connection, path: &Path) -> Result<(), Error> {
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(File::options().write(true).open(path)?.sync_all()?)
}

/// Everything into a new file under another passphrase, or under none.
fn export(from: &Connection, to: &Path, passphrase: Option<&Passphrase>) -> Result<(), Error> {
    File::create_new(to)?;
    let done = attach(from, &to.to_string_lossy(), passphrase).and_then(|()| {
        let exported = fill_attached(from);
        from.execute_batch("DETACH fresh")?;
        exported?;
        finish(connect_own(to, passphrase)?, to)
    });
    if done.is_err() {
        let _ = fs::remove_file(to);
    }
    done
}

/// How often it is asked whether an export goes on.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// The same on a thread of its own, as SQLite does it in one statement: meanwhile it is asked whether
/// it goes on, with how much is written in percent.
fn export_telling(
    from: &mut Connection,
    book: &Path,
    to: &Path,
    passphrase: Option<&Passphrase>,
    goes_on: &mut dyn FnMut(u32) -> bool,
) -> Result<(), Error> {
    let size = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
    let whole = size(book).max(1);
    let mut is_stopped = false;
    let stopper = from.get_interrupt_handle();
    let (done, is_done) = mpsc::channel();
    thread::scope(|scope| {
        let work = scope.spawn(move || {
            let exported = export(from, to, passphrase);
            // Heard by the loop below for as long as this runs.
            let _ = done.send(());
            exported
        });
        while is_done.recv_timeout(BETWEEN_LOOKS) == Err(RecvTimeoutError::Timeout) {
            let percent = size(to).saturating_mul(100) / whole;
            if !goes_on(u32::try_from(percent.min(100)).unwrap_or(100)) {
                is_stopped = true;
                stopper.interrupt();
            }
        }
        let broken = || Error::Sql(Trouble::Other, "the copy was not finished".to_owned());
        let exported = work.join().unwrap_or_else(|_| Err(broken()));
        // SQLCipher's function has no code of its own for it.
        exported.map_err(|error| if is_stopped { Error::Stopped } else { error })
    })
}

fn connect_own(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, crate::READ_WRITE)?;
    unlock(&connection, passphrase)?;
    Ok(connection)
}

/// A new database beside the open one, named `fresh`.
fn attach(
    connection: &Connection,
    place: &str,
    passphrase: Option<&Passphrase>,
) -> Result<(), Error> {
    connection.execute(
        "ATTACH ?1 AS fresh KEY ?2",
        [place, passphrase.map_or("", Passphrase::text)],
    )?;
    Ok(())
}

fn fill_attached(connection: &Connection) -> Result<(), Error> {
    connection.query_row("SELECT sqlcipher_export('fresh')", [], |_| Ok(()))?;
    // These two are no rows, and stay behind.
    let version = migrate::version_of(connection)?;
    connection.pragma_update(Some("fresh"), "user_version", version)?;
    connection.pragma_update(Some("fresh"), "application_id", APPLICATION_ID)?;
    Ok(())
}

/// An encrypted book in memory: the backup API copies between two of a kind only.
fn export_to_memory(from: &Connection, memory: &mut Connection) -> Result<(), Error> {
    let was_read_only: bool = from.pragma_query_value(None, "query_only", |row| row.get(0))?;
    from.pragma_update(None, "query_only", false)?;
    attach(from, ":memory:", None)?;
    let done = fill_attached(from).and_then(|()| {
        let copy = Backup::new_with_names(from, "fresh", memory, "main")?;
        Ok(copy.run_to_completion(i32::MAX, Duration::ZERO, None)?)
    });
    from.execute_batch("DETACH fresh")?;
    from.pragma_update(None, "query_only", was_read_only)?;
    done
}

/// What must be the same in a copy, however it was made.
#[derive(Debug, PartialEq, Eq)]
struct Totals(Vec<(i64, i64)>);

impl Totals {
    fn of(connection: &Connection) -> Result<Self, Error> {
        let count = |sql: &str| connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(Self(vec![
            count("SELECT COUNT(*), COALESCE(SUM(key), 0) FROM entry")?,
            count("SELECT COUNT(*), COALESCE(SUM(ABS(amount)), 0) FROM posting")?,
            count("SELECT COUNT(*), COALESCE(SUM(cost), 0) FROM charge")?,
            count("SELECT COUNT(*), 0 FROM hub_invoice")?,
        ]))
    }
}

/// Refuses a copy that is not sound, or not the whole of what it was made from.
pub(crate) fn prove(original: &Connection, copy: &Connection) -> Result<(), Error> {
    let finding = crate::Read(copy).file_is_sound()?;
    if let Some(fault) = finding.faults.first() {
        return Err(Error::Damaged(fault.fact("text").to_owned()));
    }
    if Totals::of(original)? != Totals::of(copy)? {
        return Err(Error::Damaged("a copy of it has other rows".to_owned()));
    }
    Ok(())
}

/// Writes to a copy as to a book: all or nothing.
fn write_to(
    copy: &mut Connection,
    act: impl FnOnce(&Write<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    crate::watch(copy)?;
    let transaction = copy.transaction_with_behavior(TransactionBehavior::Immediate)?;
    act(&Write::to(&transaction, Fate::Kept)?)?;
    fingerprint::bring_up(&transaction)?;
    Ok(transaction.commit()?)
}

/// Puts a finished file in the place of an open book, and opens that. Refused while another
/// program reads the book: it would go on in the old file's log.
pub(crate) fn replace(
    open: Connection,
    path: &Path,
    fresh: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<Connection, Error> {
    // Empties the log beside the book and removes it; this takes the book to itself.
    open.pragma_update(None, "journal_mode", "DELETE")?;
    open.close().map_err(|(_, error)| error)?;
    swap_in(fresh, path)?;
    crate::connect(path, passphrase)
}

/// What a copy of a book says of it.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The instant that the book was made at.
    pub made_at: String,
    pub entries: u32,
}

impl Store {
    /// Writes a book as it stands into a file that must not exist yet, whoever works in the book
    /// meanwhile. An older book is not brought up by it. How much is done is told in percent; where
    /// that is answered with no, nothing is left of the copy.
    pub fn copy_file(
        path: &Path,
        passphrase: Option<&Passphrase>,
        to: &Path,
        goes_on: &mut dyn FnMut(u32) -> bool,
    ) -> Result<Copied, Error> {
        let passphrase = crate::needed(path, passphrase)?;
        let book = crate::connect(path, passphrase)?;
        book.busy_timeout(Duration::from_secs(5))?;
        let facts = crate::Read(&book);
        let copied = Copied {
            made_at: facts.made_at()?,
            entries: facts.entry_count()?,
        };
        to_file(&book, passphrase, to, goes_on)?;
        Ok(copied)
    }

    /// The book as it is now, in memory: whatever is done to the copy is lost with it.
    pub fn copy_in_memory(&self) -> Result<Self, Error> {
        let connection = in_memory(&self.connection, self.passphrase.is_some())?;
        crate::make_ready(&connection)?;
        Ok(Self {
            connection,
            passphrase: None,
            _lock: None,
        })
    }

    /// Encrypts the book, changes its passphrase, or takes it away: a copy under the new one is
    /// made and proved, that it was is noted in it, and it takes the book's place. Until that it asks
    /// whether it goes on, with how much is copied in percent. A failure or a no leaves the book as
    /// it was.
    pub fn change_passphrase(
        &mut self,
        path: &Path,
        passphrase: Option<&Passphrase>,
        note: impl FnOnce(&Write<'_>) -> Result<(), Error>,
        goes_on: &mut dyn FnMut(u32) -> bool,
    ) -> Result<(), Error> {
        let fresh = beside(path, ".new");
        remove_if_there(&fresh)?;
        export_telling(&mut self.connection, path, &fresh, passphrase, goes_on)?;
        let proved = connect_own(&fresh, passphrase).and_then(|mut copy| {
            prove(&self.connection, &copy)?;
            write_to(&mut copy, note)?;
            finish(copy, &fresh)?;
            if goes_on(100) {
                Ok(())
            } else {
                Err(Error::Stopped)
            }
        });
        if let Err(error) = proved {
            let _ = fs::remove_file(&fresh);
            return Err(error);
        }
        let old = std::mem::replace(&mut self.connection, Connection::open_in_memory()?);
        match replace(old, path, &fresh, passphrase) {
            Ok(connection) => {
                self.connection = connection;
                self.passphrase = passphrase.cloned();
            }
            Err(error) => {
                let _ = fs::remove_file(&fresh);
                // The book is where it was; whatever went wrong, it is opened again as it is.
                self.connection = crate::connect(path, self.passphrase.as_ref())?;
                crate::make_ready(&self.connection)?;
                return Err(error);
            }
        }
        crate::make_ready(&self.connection)
    }
}

/// What a crash left half made is ours.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The right to write a book, held while another file takes its place.
#[derive(Debug)]
pub struct Hold(#[expect(dead_code, reason = "it frees the book when it goes")] Lock);

impl Hold {
    /// Refused while another has the book open to write in it.
    pub fn take(book: &Path, who: &str) -> Result<Self, Error> {
        Lock::take(book, who).map(Self)
    }

    /// Puts a finished file in the book's place. What is there must have been kept elsewhere.
    pub fn put(
        &self,
        book: &Path,
        fresh: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<(), Error> {
        match crate::needed(book, passphrase).and_then(|key| crate::connect(book, key)) {
            Ok(open) => {
                replace(open, book, fresh, passphrase)?;
            }
            // It does not open: what lies beside it would be taken for the new book's.
            Err(_) => {
                remove_if_there(&beside(book, "-wal"))?;
                remove_if_there(&beside(book, "-shm"))?;
                remove_if_there(&beside(book, "-journal"))?;
                swap_in(fresh, book)?;
            }
        }
        Ok(())
    }
}
