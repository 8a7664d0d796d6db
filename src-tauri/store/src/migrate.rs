//! Lays the schema into a new book and brings older books up. Schemas are numbered files; the
//! number of the last one is the book's `user_version`.

use rusqlite::{Connection, TransactionBehavior};

use crate::APPLICATION_ID;
use crate::error::Error;

const SCHEMAS: [&str; 5] = [
    include_str!("schema/0001_book.sql"),
    include_str!("schema/0002_activity.sql"),
    include_str!("schema/0003_volume.sql"),
    include_str!("schema/0004_seal.sql"),
    include_str!("schema/0005_price.sql"),
];

fn newest() -> i64 {
    i64::try_from(SCHEMAS.len()).unwrap_or(i64::MAX)
}

/// Lays all schemas into an empty file.
pub(crate) fn lay(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for schema in SCHEMAS {
        transaction.execute_batch(schema)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", newest())?;
    transaction.commit()?;
    // What makes the file a book must be in the file itself, not in the log beside it.
    connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
    Ok(())
}

/// Brings a book up to this version, all or nothing.
pub(crate) fn bring_up(connection: &mut Connection) -> Result<(), Error> {
    let version = version_of(connection)?;
    check_known(version)?;
    let missing: Vec<_> = SCHEMAS
        .iter()
        .skip(usize::try_from(version).unwrap_or(0))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for schema in missing {
        transaction.execute_batch(schema)?;
    }
    transaction.pragma_update(None, "user_version", newest())?;
    transaction.commit()?;
    Ok(())
}

/// Refuses a book whose schema this version can't read as it is.
pub(crate) fn check_version(connection: &Connection) -> Result<(), Error> {
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

fn version_of(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
