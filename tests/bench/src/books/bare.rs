//! What SQLite itself needs, the very one that the app has: the floor of each measure.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ToSqlOutput;

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
    let objects = objects_of(&file, "book")?;
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

/// The same rows and indexes, put in one after the other as whoever reads a file must: each charge by a
/// statement that is prepared once, in the order of the book. (Between two files with the same tables
/// SQLite copies whole pages, which no program can do with rows that it has just read.)
pub(crate) fn insert_rows(book: &Path, into: &Path, tables: &[&str]) -> Result<(), Failure> {
    let file = Connection::open(into)?;
    file.pragma_update(None, "journal_mode", "WAL")?;
    file.pragma_update(None, "synchronous", "FULL")?;
    file.pragma_update(None, "foreign_keys", false)?;
    file.pragma_update(None, "cache_size", -65_536)?;
    let from = Connection::open(book)?;
    let objects = objects_of(&from, "main")?;
    for (_, _, sql) in &objects {
        file.execute_batch(sql)?;
    }
    file.execute_batch("BEGIN IMMEDIATE")?;
    for (_, name, _) in objects.iter().filter(|(kind, ..)| kind == "table") {
        if !tables.is_empty() && !tables.contains(&name.as_str()) {
            continue;
        }
        let mut read = from.prepare(&format!("SELECT * FROM {name}"))?;
        let width = read.column_count();
        let places = vec!["?"; width].join(", ");
        let mut write = file.prepare(&format!("INSERT INTO {name} VALUES ({places})"))?;
        let mut rows = read.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..width {
                write
                    .raw_bind_parameter(column + 1, ToSqlOutput::Borrowed(row.get_ref(column)?))?;
            }
            write.raw_execute()?;
        }
    }
    Ok(file.execute_batch("COMMIT")?)
}

/// What a book is laid by: kind, name and words of each table and index, tables first.
fn objects_of(file: &Connection, book: &str) -> Result<Vec<(String, String, String)>, Failure> {
    let mut objects = file.prepare(&format!(
        "SELECT type, name, sql FROM {book}.sqlite_schema
         WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, rowid"
    ))?;
    let objects = objects.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(objects.collect::<Result<_, _>>()?)
}

/// How many bytes each table takes with its indexes, the largest first: all of their pages.
pub(crate) fn sizes(book: &Path) -> Result<Vec<(String, i64)>, Failure> {
    let file = Connection::open(book)?;
    let mut sizes = file.prepare(
        "SELECT sqlite_schema.name, sum(dbstat.pgsize) AS bytes FROM dbstat
         JOIN sqlite_schema ON sqlite_schema.name = dbstat.name GROUP BY 1 ORDER BY 2 DESC LIMIT 12",
    )?;
    let sizes = sizes.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(sizes.collect::<Result<_, _>>()?)
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
