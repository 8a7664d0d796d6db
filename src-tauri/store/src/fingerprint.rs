//! A fingerprint a table: the number of its rows and the sum of their hashes, kept in the same
//! transaction as what changed them. What another program, or a failing disk, makes of a row is
//! then seen by `check`, whatever the row is about.
//!
//! A row's hash takes in value after value so that no single one can change without changing it;
//! their sum does not depend on an order. It guards against accidents and idle hands; against one
//! who works it out anew stand the seals, which are printed on paper.
//!
//! Tables that only grow are counted on from the last key. Of the others, and of whatever else is
//! changed in those, triggers of this connection note the name, and the table is counted again.
//! Charges may get their price later: what they were before is noted row by row. Those of an import
//! are counted as they are written (`written`).

use std::collections::{BTreeMap, BTreeSet};

use hubledger_core::mix::{mix, mix_bytes, spread};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, TransactionState, params};

use crate::error::Error;
use crate::sums::{self, Counter, Sums};
use crate::table::FOLDED;

/// Tables that only grow, with the column that grows with them.
const GROWING: [(&str, &str); 22] = [
    ("activity", "key"),
    ("card", "key"),
    ("change", "key"),
    ("charge", "key"),
    ("client_deduction", "invoice"),
    ("client_invoice", "key"),
    ("client_invoice_line", "invoice"),
    ("client_invoice_vat", "invoice"),
    ("client_paper", "invoice"),
    ("client_payment", "key"),
    ("entry", "key"),
    ("import", "key"),
    ("market", "key"),
    ("market_list", "key"),
    ("market_list_choice", "key"),
    ("market_list_country", "list"),
    ("place", "key"),
    ("posted_vat", "entry"),
    ("posting", "entry"),
    ("rate", "card"),
    ("refund", "key"),
    ("top_up", "key"),
];

/// What the seals of the months hold, which is much; sums and blocks of charges, which are proved by
/// these; and this.
const LEFT_OUT: [&str; 8] = [
    "charge_block",
    "charge_sum",
    "closing_summary",
    "fingerprint",
    "hub_invoice",
    "month_channel",
    "month_line",
    "seal_part",
];

/// The one growing table whose rows may be changed.
pub(crate) const PRICED_LATER: &str = "charge";

/// What is kept of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) last: i64,
    pub(crate) rows: i64,
    sum: i64,
}

impl Fingerprint {
    fn add(&mut self, hash: u64) {
        self.rows += 1;
        self.sum = self.sum.wrapping_add(hash.cast_signed());
    }

    /// Adds a row of a table that grows by `key`, its first column, with the values behind it.
    pub(crate) fn add_row<'v>(&mut self, key: i64, values: impl Iterator<Item = ValueRef<'v>>) {
        let state = mix_value(BEGIN, ValueRef::Integer(key));
        self.add(spread(values.fold(state, mix_value)));
        self.last = key;
    }

    fn take_away(&mut self, hash: u64) {
        self.rows -= 1;
        self.sum = self.sum.wrapping_sub(hash.cast_signed());
    }
}

fn mix_counted(state: u64, kind: u64, bytes: &[u8]) -> u64 {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    mix_bytes(mix(mix(state, kind), length), bytes)
}

/// What the hash of any row begins with.
const BEGIN: u64 = 0x4875_626c;

fn mix_value(state: u64, value: ValueRef<'_>) -> u64 {
    match value {
        ValueRef::Null => mix(state, 0),
        ValueRef::Integer(number) => mix(mix(state, 1), number.cast_unsigned()),
        ValueRef::Real(number) => mix(mix(state, 2), number.to_bits()),
        ValueRef::Text(text) => mix_counted(state, 3, text),
        ValueRef::Blob(bytes) => mix_counted(state, 4, bytes),
    }
}

fn hash_of(row: &Row<'_>, width: usize) -> Result<u64, Error> {
    let mut state = BEGIN;
    for at in 0..width {
        state = mix_value(state, row.get_ref(at)?);
    }
    Ok(spread(state))
}

fn grows_by(table: &str) -> Option<&'static str> {
    GROWING
        .iter()
        .find(|(name, _)| *name == table)
        .map(|(_, key)| *key)
}

/// Every table that has a fingerprint.
pub(crate) fn tables(file: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = file.prepare_cached(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    let names = names.collect::<Result<Vec<_>, _>>()?;
    Ok(names
        .into_iter()
        .filter(|name| !LEFT_OUT.contains(&name.as_str()))
        .collect())
}

/// Adds the rows of a table behind its last key; all of them where it does not grow by one.
fn count_on(file: &Connection, table: &str, mut from: Fingerprint) -> Result<Fingerprint, Error> {
    let key = grows_by(table);
    let (condition, growing) = match key {
        Some(key) => (format!("WHERE {key} > ?1"), key),
        None => ("WHERE ?1 = ?1".to_owned(), "0"),
    };
    let mut statement = file.prepare_cached(&format!(
        "SELECT *, {growing} FROM main.{table} {condition}"
    ))?;
    let width = statement.column_count() - 1;
    let mut rows = statement.query([from.last])?;
    while let Some(row) = rows.next()? {
        from.add(hash_of(row, width)?);
        from.last = from.last.max(row.get(width)?);
    }
    Ok(from)
}

/// A table as it is now.
pub(crate) fn now(file: &Connection, table: &str) -> Result<Fingerprint, Error> {
    let begin = Fingerprint {
        last: i64::MIN,
        ..Fingerprint::default()
    };
    count_on(file, table, begin)
}

/// What was kept, by table.
pub(crate) fn kept(file: &Connection) -> Result<BTreeMap<String, Fingerprint>, Error> {
    let mut statement =
        file.prepare_cached("SELECT name, last, rows, sum FROM main.fingerprint")?;
    let rows = statement.query_map([], |row| {
        let kept = Fingerprint {
            last: row.get(1)?,
            rows: row.get(2)?,
            sum: row.get(3)?,
        };
        Ok((row.get(0)?, kept))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn keep(file: &Connection, table: &str, is: Fingerprint) -> Result<(), Error> {
    file.prepare_cached(
        "INSERT OR REPLACE INTO main.fingerprint (name, last, rows, sum) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![table, is.last, is.rows, is.sum])?;
    Ok(())
}

/// Counts all tables but those that were not as they were kept before: what was changed unseen
/// stays to be seen.
pub(crate) fn keep_all(file: &Connection, but: &BTreeSet<String>) -> Result<(), Error> {
    for table in tables(file)?.iter().filter(|table| !but.contains(*table)) {
        keep(file, table, now(file, table)?)?;
    }
    Ok(())
}

/// Tables that are not as they were kept; none where nothing was kept yet.
pub(crate) fn changed(file: &Connection) -> Result<BTreeSet<String>, Error> {
    let kept = kept(file)?;
    let mut changed = BTreeSet::new();
    for (table, was) in &kept {
        if now(file, table)? != *was {
            changed.insert(table.clone());
        }
    }
    Ok(changed)
}

/// Notes from now on what this connection changes.
pub(crate) fn watch(file: &Connection) -> Result<(), Error> {
    let mut columns =
        file.prepare("SELECT 'OLD.' || name FROM pragma_table_info(?1) ORDER BY cid")?;
    let columns = columns
        .query_map([PRICED_LATER], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?
        .join(", ");
    let mut sql = format!(
        "CREATE TEMP TABLE IF NOT EXISTS touched (name TEXT PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS charge_was AS SELECT * FROM main.charge WHERE 0;
         CREATE UNIQUE INDEX IF NOT EXISTS temp.charge_was_key ON charge_was (key);
         CREATE TEMP TRIGGER IF NOT EXISTS charge_is_priced AFTER UPDATE ON main.charge
         BEGIN INSERT OR IGNORE INTO charge_was VALUES ({columns}); END;"
    );
    for table in tables(file)? {
        let told_of: &[&str] = match grows_by(&table) {
            Some(_) if table == PRICED_LATER => &["DELETE"],
            Some(_) => &["UPDATE", "DELETE"],
            None => &["INSERT", "UPDATE", "DELETE"],
        };
        for what in told_of {
            sql.push_str(&format!(
                "CREATE TEMP TRIGGER IF NOT EXISTS touched_{what}_{table} AFTER {what} ON main.{table}
                 BEGIN INSERT OR IGNORE INTO touched VALUES ('{table}'); END;"
            ));
        }
    }
    file.execute_batch(&sql)?;
    sums::watch(file)
}

/// Brings the fingerprints up to what a transaction has changed, before it is committed.
pub(crate) fn bring_up(file: &Connection) -> Result<(), Error> {
    let mut touched = file.prepare_cached("SELECT name FROM temp.touched")?;
    let touched = touched
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<BTreeSet<_>, _>>()?;
    let kept = kept(file)?;
    for (table, _) in GROWING.iter().filter(|(name, _)| !touched.contains(*name)) {
        let Some(was) = kept.get(*table) else {
            continue;
        };
        if *table == PRICED_LATER {
            bring_up_charges_from(file, *was)?;
            continue;
        }
        let is = count_on(file, table, *was)?;
        if is != *was {
            keep(file, table, is)?;
        }
    }
    for table in &touched {
        keep(file, table, now(file, table)?)?;
    }
    file.prepare_cached("DELETE FROM temp.touched")?
        .execute([])?;
    Ok(())
}

/// Brings the sums of charges up within a transaction that writes, and their fingerprint with
/// them: what is asked next is told of all that was written so far.
pub(crate) fn bring_up_charges(file: &Connection) -> Result<(), Error> {
    if file.transaction_state(Some("main"))? != TransactionState::Write {
        return Ok(());
    }
    match kept(file)?.get(PRICED_LATER) {
        Some(was) => bring_up_charges_from(file, *was),
        None => Ok(()),
    }
}

/// One pass over the charges that came or changed: their fingerprint, and their sums.
fn bring_up_charges_from(file: &Connection, was: Fingerprint) -> Result<(), Error> {
    let sums = match sums::are_kept(file)? {
        true => Some(Sums::new(file)),
        false => None,
    };
    bring_up_counted(file, was, was, sums)
}

/// As [`bring_up_charges_from`], where some that came are counted already, as they were written.
pub(crate) fn bring_up_counted(
    file: &Connection,
    was: Fingerprint,
    counted: Fingerprint,
    mut sums: Option<Sums<'_>>,
) -> Result<(), Error> {
    let mut is = exchange_priced(file, counted, sums.as_mut())?;
    is = match &mut sums {
        Some(sums) => count_charges(file, is, i64::MAX, sums)?,
        None => count_on(file, PRICED_LATER, is)?,
    };
    if is != was {
        keep(file, PRICED_LATER, is)?;
    }
    file.prepare_cached("DELETE FROM temp.charge_was")?
        .execute([])?;
    if let Some(sums) = sums {
        sums.keep()?;
        sums::leave_out_folded(file)?;
    }
    Ok(())
}

/// As [`count_on`], up to a key, with the sums of what was not folded away.
pub(crate) fn count_charges(
    file: &Connection,
    mut from: Fingerprint,
    until: i64,
    sums: &mut Sums<'_>,
) -> Result<Fingerprint, Error> {
    let mut statement = file.prepare_cached(&format!(
        "SELECT *, key, {FOLDED} FROM main.charge WHERE key > ?1 AND key <= ?2"
    ))?;
    let (width, counter) = (statement.column_count() - 2, Counter::of(&statement)?);
    let mut rows = statement.query([from.last, until])?;
    while let Some(row) = rows.next()? {
        from.add(hash_of(row, width)?);
        from.last = from.last.max(row.get(width)?);
        if !row.get::<_, bool>(width + 1)? {
            counter.add(sums, row)?;
        }
    }
    Ok(from)
}

/// Puts charges as they are in the place of what they were, of those that are counted.
fn exchange_priced(
    file: &Connection,
    mut is: Fingerprint,
    mut sums: Option<&mut Sums<'_>>,
) -> Result<Fingerprint, Error> {
    let mut was = file.prepare_cached("SELECT * FROM temp.charge_was WHERE key <= ?1")?;
    let is_folded = if sums.is_some() { FOLDED } else { "0" };
    let mut charge = file.prepare_cached(&format!(
        "SELECT *, {is_folded} FROM main.charge WHERE key = ?1"
    ))?;
    let width = was.column_count();
    let (before, after) = (Counter::of(&was)?, Counter::of(&charge)?);
    let mut rows = was.query([is.last])?;
    while let Some(row) = rows.next()? {
        is.take_away(hash_of(row, width)?);
        let key: i64 = row.get("key")?;
        let mut found = charge.query([key])?;
        let Some(now) = found.next()? else { continue };
        is.add(hash_of(now, width)?);
        // What was folded away meanwhile goes with its month, which is worked out anew.
        let is_shown = !now.get::<_, bool>(width)?;
        if let Some(sums) = sums.as_deref_mut().filter(|_| is_shown) {
            before.take_away(sums, row)?;
            after.add(sums, now)?;
        }
    }
    Ok(is)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    fn store() -> Store {
        let mut store = Store::in_memory().unwrap();
        let path = "INSERT INTO hub (id, name, model, currency, since, first_month, pay_by)
                    VALUES ('aPA', '', 'partner-paid', 'EUR', 20260101, 202601, 'card')";
        store
            .write(|w| Ok::<_, Error>(w.0.0.execute(path, [])?))
            .unwrap();
        store
    }

    #[test]
    fn every_listed_table_is_there() {
        let store = store();
        let known: BTreeSet<String> = tables(&store.connection).unwrap().into_iter().collect();
        for (table, key) in GROWING {
            assert!(known.contains(table), "{table}");
            let sql = format!("SELECT {key} FROM {table}");
            store.connection.prepare(&sql).unwrap();
        }
        let all: i64 = store
            .connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(known.len() + LEFT_OUT.len(), usize::try_from(all).unwrap());
    }

    #[test]
    fn what_the_book_writes_keeps_them_and_what_another_writes_does_not() {
        let mut store = store();
        assert!(changed(&store.connection).unwrap().is_empty());
        let do_it = |store: &mut Store, sql: &str| {
            store
                .write(|w| Ok::<_, Error>(w.0.0.execute_batch(sql)?))
                .unwrap();
        };
        for sql in [
            "INSERT INTO place (name) VALUES ('DE'), ('FR')",
            "INSERT INTO market (name) VALUES ('Germany'), ('Spain')",
            "INSERT INTO client (id, hub, name, email, vat_id) VALUES ('aCL', 1, '', '', '')",
            "INSERT INTO channel (id, client, phone, name, started, time_zone) VALUES ('aCH', 1, '+49', '', 20260101, '')",
            "INSERT INTO import (file, sha256, brought_in) VALUES ('a', '', '')",
            "INSERT INTO charge (hub, channel, import, line, row_id, ordinal, day, booked, place, market, category, pricing, quantity, free, outcome, reason, is_live)
             VALUES (1, 1, 1, 1, 'a', 0, 20260101, 20260101, 1, 1, 0, 0, 5, 0, 3, 0, 1), (1, 1, 1, 2, 'b', 0, 20260101, 20260101, 1, 1, 0, 0, 5, 0, 3, 0, 1)",
            "UPDATE charge SET amount = 7, outcome = 0 WHERE key = 1; UPDATE charge SET is_live = 0 WHERE key = 1",
            "UPDATE client SET name = 'other'",
            "DELETE FROM market WHERE name = 'Spain'",
        ] {
            do_it(&mut store, sql);
            let changed = changed(&store.connection).unwrap();
            assert!(changed.is_empty(), "{sql}: {changed:?}");
        }
        // As a program does that is not this one: its triggers are not there.
        store
            .connection
            .execute_batch(
                "DROP TRIGGER temp.touched_UPDATE_client; UPDATE client SET name = 'changed'",
            )
            .unwrap();
        assert_eq!(
            changed(&store.connection).unwrap(),
            BTreeSet::from(["client".to_owned()])
        );
    }

    #[test]
    fn any_single_bit_makes_another_hash() {
        let file = Connection::open_in_memory().unwrap();
        let hash = |sql: &str| {
            file.query_row(sql, [], |row| Ok(hash_of(row, 2).unwrap()))
                .unwrap()
        };
        let base = hash("SELECT 5, 'abcdefghij'");
        for other in [
            "SELECT 4, 'abcdefghij'",
            "SELECT 5, 'abcdefghik'",
            "SELECT 5, 'abcdefghi'",
            "SELECT 5, x'6162636465666768696a'",
            "SELECT NULL, 'abcdefghij'",
            "SELECT 'abcdefghij', 5",
        ] {
            assert_ne!(hash(other), base, "{other}");
        }
    }
}
