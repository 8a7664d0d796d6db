//! Lays the schema into a new book and brings older books up. Schemas are numbered files; the
//! number of the last one is the book's `user_version`.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;
use crate::passphrase::Passphrase;
use crate::{APPLICATION_ID, copy, fingerprint, sums, swap};

const SCHEMAS: [&str; 21] = [
    include_str!("schema/0001_book.sql"),
    include_str!("schema/0002_activity.sql"),
    include_str!("schema/0003_volume.sql"),
    include_str!("schema/0004_seal.sql"),
    include_str!("schema/0005_price.sql"),
    include_str!("schema/0006_seller.sql"),
    include_str!("schema/0007_client_invoice.sql"),
    include_str!("schema/0008_proration.sql"),
    include_str!("schema/0009_chart.sql"),
    include_str!("schema/0010_markets.sql"),
    include_str!("schema/0011_client_paper.sql"),
    include_str!("schema/0012_fees.sql"),
    include_str!("schema/0013_trust.sql"),
    include_str!("schema/0014_series_start.sql"),
    include_str!("schema/0015_undo.sql"),
    include_str!("schema/0016_speed.sql"),
    include_str!("schema/0017_paper_language.sql"),
    include_str!("schema/0018_final_invoice.sql"),
    include_str!("schema/0019_sums.sql"),
    include_str!("schema/0020_month.sql"),
    include_str!("schema/0021_block.sql"),
];

/// The first schema with fingerprints.
const WITH_FINGERPRINTS: i64 = 13;

/// The first schema with sums beside the charges.
const WITH_SUMS: i64 = 19;

fn newest() -> i64 {
    i64::try_from(SCHEMAS.len()).unwrap_or(i64::MAX)
}

/// Lays all schemas into an empty file.
pub(crate) fn lay(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for schema in SCHEMAS {
        transaction.execute_batch(schema)?;
    }
    fingerprint::keep_all(&transaction, &BTreeSet::new())?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", newest())?;
    transaction.commit()?;
    // What makes the file a book must be in the file itself, not in the log beside it.
    connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
    Ok(())
}

/// What of bringing a book up is its copy, and the laying of schemas on that; the rest is the proof.
const COPY_SHARE: u32 = 30;
const SCHEMAS_SHARE: u32 = 80;

/// Brings a book up to this version: on a copy, which takes the book's place when it is proved. It
/// asks whether it goes on, with how much is done in percent; until the copy takes the book's place,
/// a no leaves the book as it was.
pub(crate) fn bring_up(
    path: &Path,
    connection: Connection,
    passphrase: Option<&Passphrase>,
    goes_on: &mut dyn FnMut(u32) -> bool,
) -> Result<Connection, Error> {
    if !is_older(&connection)? {
        return Ok(connection);
    }
    let fresh = swap::beside(path, ".new");
    copy::remove_if_there(&fresh)?;
    copy::to_file(&connection, passphrase, &fresh, &mut |percent| {
        goes_on(percent * COPY_SHARE / 100)
    })?;
    let laid = lay_on_copy(&connection, &fresh, passphrase, goes_on);
    let done = laid.and_then(|()| copy::replace(connection, path, &fresh, passphrase));
    if done.is_err() {
        // Ours, and of no use: the book is as it was.
        let _ = std::fs::remove_file(&fresh);
    }
    done
}

fn lay_on_copy(
    book: &Connection,
    fresh: &Path,
    passphrase: Option<&Passphrase>,
    goes_on: &mut dyn FnMut(u32) -> bool,
) -> Result<(), Error> {
    let mut copy = crate::connect(fresh, passphrase)?;
    let width = SCHEMAS_SHARE - COPY_SHARE;
    lay_missing(&mut copy, &mut |percent| {
        goes_on(COPY_SHARE + percent * width / 100)
    })?;
    copy::prove(book, &copy)?;
    copy.close().map_err(|(_, error)| error)?;
    go_on(goes_on, 100)
}

/// Ends the work where it is not to go on.
fn go_on(goes_on: &mut dyn FnMut(u32) -> bool, percent: u32) -> Result<(), Error> {
    if goes_on(percent) {
        Ok(())
    } else {
        Err(Error::Stopped)
    }
}

/// Lays the schemas that a book does not have yet, all or nothing; between two of them it can be
/// stopped.
pub(crate) fn lay_missing(
    connection: &mut Connection,
    goes_on: &mut dyn FnMut(u32) -> bool,
) -> Result<(), Error> {
    let known = version_of(connection)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // What another program had changed stays to be seen.
    let changed = if known >= WITH_FINGERPRINTS {
        fingerprint::changed(&transaction)?
    } else {
        BTreeSet::new()
    };
    // Then the fingerprints and the sums, which take as long as any schema.
    let missing = SCHEMAS.iter().skip(usize::try_from(known).unwrap_or(0));
    let steps = u32::try_from(missing.len()).unwrap_or(0).saturating_add(2);
    for (step, schema) in (0_u32..).zip(missing) {
        go_on(goes_on, step * 100 / steps)?;
        transaction.execute_batch(schema)?;
    }
    go_on(goes_on, (steps - 2) * 100 / steps)?;
    fingerprint::keep_all(&transaction, &changed)?;
    go_on(goes_on, (steps - 1) * 100 / steps)?;
    if known < WITH_SUMS {
        sums::work_out_all(&transaction)?;
    }
    go_on(goes_on, 100)?;
    transaction.pragma_update(None, "user_version", newest())?;
    transaction.commit()?;
    Ok(())
}

/// Whether a book must be brought up.
pub(crate) fn is_older(connection: &Connection) -> Result<bool, Error> {
    Ok(version_of(connection)? < newest())
}

/// Refuses an open file that is no book, or whose schema this version does not know.
pub(crate) fn check_version(connection: &Connection) -> Result<(), Error> {
    let application: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Err(Error::NotABook);
    }
    check_known(version_of(connection)?)
}

/// Refuses a schema number that is newer than this version, or none at all.
pub(crate) fn check_known(version: i64) -> Result<(), Error> {
    if version > newest() {
        Err(Error::Newer(version))
    } else if version < 1 {
        Err(Error::NotABook)
    } else {
        Ok(())
    }
}

pub(crate) fn version_of(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
