//! What SQLite itself needs, the very one that the app has: the floor of each measure.

use std::path::Path;

use rusqlite::Connection;

use crate::Failure;

/// Puts all rows of a book into a new file with the same tables and indexes, and nothing else:
/// one transaction, as durable as the app's.
pub(crate) fn insert(book: &Path, into: &Path) -> Result<(), Failure> {
    let file = Connection::open(into)?;
    file.pragma_update(None, "journal_mode", "WAL")?;
    file.pragma_update(None, "synchronous", "FULL")?;
    // The rows hold already; tables come in any order.
    file.pragma_update(None, "foreign_keys", false)?;
    file.pragma_update(None, "cache_size", -65_536)?;
    let name = book.to_str().ok_or("the name of the book is not text")?;
    file.execute("ATTACH ?1 AS book", [name])?;
    let mut objects = file.prepare(
        "SELECT type, name, sql FROM book.sqlite_schema
         WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, rowid",
    )?;
    let objects: Vec<(String, String, String)> = objects
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (_, _, sql) in &objects {
        file.execute_batch(sql)?;
    }
    let mut sql = "BEGIN IMMEDIATE;".to_owned();
    for (_, name, _) in objects.iter().filter(|(kind, ..)| kind == "table") {
        sql.push_str(&format!(
            "INSERT INTO main.{name} SELECT * FROM book.{name};"
        ));
    }
    sql.push_str("COMMIT;");
    Ok(file.execute_batch(&sql)?)
}

/// Asks one question, and gives how many rows came.
pub(crate) fn ask(book: &Path, sql: &str) -> Result<usize, Failure> {
    let file = Connection::open(book)?;
    let mut statement = file.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}
