//! Rows that may change: how each was before a unit of the record and after it, so that the unit
//! can be taken back. Temporary triggers of the connection that writes keep both; they are made
//! from the tables as they are, so that a column of a later schema is never left out.

use hubledger_core::period::BillingPeriod;
use rusqlite::{Connection, OptionalExtension, params};

use crate::codec;
use crate::error::Error;
use crate::{Read, Write};

/// The tables whose rows may change. All others hold what is posted or shipped.
const WATCHED: [&str; 21] = [
    "company",
    "paper_language",
    "hub",
    "hub_plan",
    "hub_setting",
    "plan_notice",
    "client",
    "channel",
    "channel_tier",
    "kept_price",
    "auto_renewal",
    "volume_start",
    "price_change",
    "vendor_number",
    "seller",
    "logo",
    "client_billing",
    "number_series",
    "series_start",
    "client_draft",
    "chart_account",
];

/// Rows that stay when they are taken back, as what was posted names them.
const NAMED: [&str; 3] = ["hub", "client", "channel"];

/// Rows that stay, as a series of numbers whose start was said begins where it was said to: one that
/// was never said begins at 1.
const BEGINS_AT_ONE: &str = "series_start";

/// A row as a unit changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRow {
    pub table: String,
    /// Its primary key, as a JSON array.
    pub row: String,
    /// Its columns, as a JSON object; none: it was not there.
    pub before: Option<String>,
    /// None: it is gone.
    pub after: Option<String>,
}

/// Why a unit's changes can't be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another unit changed one of its rows since.
    ChangedSince { unit: i64 },
    /// A month closed since, which one of its rows decided about.
    ClosedSince { hub: String, month: BillingPeriod },
    /// Something rests on a hub, client or channel that it added.
    RestsOn { what: String, by: String },
}

struct Column {
    name: String,
    is_blob: bool,
    /// Its place in the primary key, from 1; 0: none.
    in_key: i64,
}

impl Column {
    /// What stands for its value in JSON, which holds no bytes.
    fn to_json(&self, of: &str) -> String {
        if self.is_blob {
            format!("hex({of}\"{}\")", self.name)
        } else {
            format!("{of}\"{}\"", self.name)
        }
    }

    fn of_json(&self, json: &str) -> String {
        let value = format!("json_extract({json}, '$.{}')", self.name);
        if self.is_blob {
            format!("unhex({value})")
        } else {
            value
        }
    }
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<Column>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT name, type, pk FROM pragma_table_info(?1, 'main') ORDER BY cid")?;
    let rows = statement.query_map([table], |row| {
        Ok(Column {
            name: row.get(0)?,
            is_blob: row.get::<_, String>(1)? == "BLOB",
            in_key: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn key_of(columns: &[Column]) -> Vec<&Column> {
    let mut key: Vec<_> = columns.iter().filter(|c| c.in_key > 0).collect();
    key.sort_by_key(|c| c.in_key);
    key
}

fn row_as_json(columns: &[Column], of: &str) -> String {
    let key: Vec<_> = key_of(columns).iter().map(|c| c.to_json(of)).collect();
    format!("json_array({})", key.join(", "))
}

fn columns_as_json(columns: &[Column], of: &str) -> String {
    let pairs: Vec<_> = columns
        .iter()
        .map(|c| format!("'{}', {}", c.name, c.to_json(of)))
        .collect();
    format!("json_object({})", pairs.join(", "))
}

/// Finds a row by its key in JSON, which is bound as `?1`.
fn found_by_json(columns: &[Column]) -> String {
    let terms: Vec<_> = key_of(columns)
        .iter()
        .enumerate()
        .map(|(at, c)| format!("\"{}\" = json_extract(?1, '$[{at}]')", c.name))
        .collect();
    terms.join(" AND ")
}

/// From here on, changes of this connection are kept with the unit that makes them.
pub(crate) fn watch_changes(connection: &Connection) -> Result<(), Error> {
    let mut sql = String::from("CREATE TEMP TABLE IF NOT EXISTS unit_now (unit INTEGER NOT NULL);");
    // A copy of an older book keeps none yet.
    let is_kept = !columns(connection, "change")?.is_empty();
    for table in WATCHED.iter().filter(|_| is_kept) {
        let columns = columns(connection, table)?;
        let moments = [
            (
                "INSERT",
                "NEW.",
                "NULL".to_owned(),
                columns_as_json(&columns, "NEW."),
            ),
            (
                "UPDATE",
                "OLD.",
                columns_as_json(&columns, "OLD."),
                columns_as_json(&columns, "NEW."),
            ),
            (
                "DELETE",
                "OLD.",
                columns_as_json(&columns, "OLD."),
                "NULL".to_owned(),
            ),
        ];
        for (moment, of, before, after) in moments {
            let row = row_as_json(&columns, of);
            sql.push_str(&format!(
                "CREATE TEMP TRIGGER IF NOT EXISTS \"{table} {moment}\" AFTER {moment} ON main.{table}
                 WHEN EXISTS (SELECT 1 FROM unit_now)
                 BEGIN INSERT INTO change (unit, of_table, row, before, after)
                       SELECT unit, '{table}', {row}, {before}, {after} FROM unit_now; END;"
            ));
        }
    }
    Ok(connection.execute_batch(&sql)?)
}

/// Names the unit that changes belong to from here on.
pub(crate) fn begin_unit(connection: &Connection, unit: Option<i64>) -> Result<(), Error> {
    connection
        .prepare_cached("DELETE FROM temp.unit_now")?
        .execute([])?;
    if let Some(unit) = unit {
        connection
            .prepare_cached("INSERT INTO temp.unit_now (unit) VALUES (?1)")?
            .execute([unit])?;
    }
    Ok(())
}

/// Columns that no closed month was worked out from: they are frozen with it as words.
const WORDS_ONLY: &str = "'$.name', '$.phone', '$.time_zone', '$.address', '$.billing_email'";

impl Read<'_> {
    /// The rows that a unit changed, in the order in which it did.
    pub fn changes_of(&self, unit: i64) -> Result<Vec<ChangedRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT of_table, row, before, after FROM change WHERE unit = ?1 ORDER BY key",
        )?;
        let rows = statement.query_map([unit], |row| {
            Ok(ChangedRow {
                table: row.get(0)?,
                row: row.get(1)?,
                before: row.get(2)?,
                after: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether this book kept what units change before a unit already: one without changes then
    /// changed nothing, and was not just done by an earlier program.
    pub fn kept_changes_before(&self, unit: i64) -> Result<bool, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM change WHERE unit < ?1)")?;
        Ok(statement.query_row([unit], |row| row.get(0))?)
    }

    /// Whether anything stands in the way of taking a unit's changes back.
    pub fn refusal_to_restore(&self, unit: i64) -> Result<Option<Refusal>, Error> {
        let changes = self.changes_of(unit)?;
        let mut seen = std::collections::HashSet::new();
        for change in changes.iter().rev() {
            let is_last = seen.insert((change.table.as_str(), change.row.as_str()));
            if is_last && self.row_now(change)? != change.after {
                let by = self.last_change_of(change)?;
                return Ok(Some(Refusal::ChangedSince { unit: by }));
            }
        }
        if let Some(refusal) = self.closed_since(unit)? {
            return Ok(Some(refusal));
        }
        for change in &changes {
            if change.before.is_none()
                && NAMED.contains(&change.table.as_str())
                && let Some(refusal) = self.rests_on(unit, change)?
            {
                return Ok(Some(refusal));
            }
        }
        Ok(None)
    }

    fn row_now(&self, change: &ChangedRow) -> Result<Option<String>, Error> {
        let columns = columns(self.0, &change.table)?;
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {} FROM main.\"{}\" WHERE {}",
            columns_as_json(&columns, ""),
            change.table,
            found_by_json(&columns)
        ))?;
        Ok(statement
            .query_row([&change.row], |row| row.get(0))
            .optional()?)
    }

    fn last_change_of(&self, change: &ChangedRow) -> Result<i64, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT max(unit) FROM change WHERE of_table = ?1 AND row = ?2")?;
        Ok(statement.query_row(params![change.table, change.row], |row| row.get(0))?)
    }

    /// The first month that closed since a unit, and that one of its changes decided about.
    fn closed_since(&self, unit: i64) -> Result<Option<Refusal>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "WITH decided AS (
                 SELECT CASE of_table
                            WHEN 'hub' THEN json_extract(row, '$[0]')
                            WHEN 'hub_plan' THEN json_extract(row, '$[0]')
                            WHEN 'hub_setting' THEN json_extract(row, '$[0]')
                            WHEN 'plan_notice' THEN json_extract(row, '$[0]')
                            WHEN 'kept_price' THEN (SELECT client.hub FROM channel JOIN client ON client.key = channel.client
                                                    WHERE channel.key = json_extract(row, '$[0]'))
                            WHEN 'volume_start' THEN (SELECT hub FROM client WHERE key = json_extract(row, '$[0]'))
                            WHEN 'channel' THEN (SELECT client.hub FROM channel JOIN client ON client.key = channel.client
                                                 WHERE channel.key = json_extract(row, '$[0]'))
                            WHEN 'channel_tier' THEN (SELECT client.hub FROM channel JOIN client ON client.key = channel.client
                                                      WHERE channel.key = json_extract(row, '$[0]'))
                        END AS hub,
                        CASE of_table
                            WHEN 'company' THEN json_extract(row, '$[0]')
                            WHEN 'hub_plan' THEN json_extract(row, '$[1]') / 100
                            WHEN 'hub_setting' THEN json_extract(row, '$[2]')
                            WHEN 'kept_price' THEN json_extract(row, '$[2]')
                            WHEN 'channel_tier' THEN json_extract(row, '$[1]') / 100
                            WHEN 'volume_start' THEN json_extract(row, '$[3]')
                            ELSE 0
                        END AS month
                 FROM change
                 WHERE unit = ?1
                   AND of_table IN ('company', 'hub', 'hub_plan', 'hub_setting', 'plan_notice', 'channel', 'channel_tier', 'kept_price',
                                    'volume_start', 'price_change')
                   AND json_remove(before, {WORDS_ONLY}) IS NOT json_remove(after, {WORDS_ONLY})
                 UNION ALL SELECT NULL, effective_from / 100 FROM card WHERE card.unit = ?1
                 UNION ALL SELECT NULL, effective_from / 100 FROM card_choice JOIN card ON card.key = card_choice.card
                           WHERE card_choice.unit = ?1
                 UNION ALL SELECT NULL, effective_from / 100 FROM market_list WHERE market_list.unit = ?1
                 UNION ALL SELECT NULL, effective_from / 100 FROM market_list_choice AS choice
                           JOIN market_list ON market_list.key = choice.list WHERE choice.unit = ?1)
             SELECT closing.hub, closing.month FROM decided JOIN activity AS closing
                 ON +closing.use_case = 'close-month' AND closing.key > ?1 AND closing.month >= decided.month
                AND (decided.hub IS NULL OR closing.hub = (SELECT id FROM hub WHERE hub.key = decided.hub))
             ORDER BY closing.key LIMIT 1"
        ))?;
        let found: Option<(String, i64)> = statement
            .query_row([unit], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found
            .map(|(hub, month)| {
                Ok(Refusal::ClosedSince {
                    hub,
                    month: codec::period(month)?,
                })
            })
            .transpose()
    }

    /// What rests on a hub, client or channel that a unit added, beside what it posted itself.
    fn rests_on(&self, unit: i64, added: &ChangedRow) -> Result<Option<Refusal>, Error> {
        let posted = "EXISTS (SELECT 1 FROM entry JOIN posting ON posting.entry = entry.key
                              JOIN account ON account.key = posting.account
                              WHERE {of} AND entry.unit IS NOT ?2 AND entry.reverses IS NULL
                              AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses = entry.key))";
        let sql = match added.table.as_str() {
            "hub" => format!(
                "SELECT hub.id, CASE
                     WHEN EXISTS (SELECT 1 FROM client WHERE client.hub = hub.key AND client.gone IS NULL
                                  AND NOT EXISTS (SELECT 1 FROM change WHERE unit = ?2 AND of_table = 'client' AND row = json_array(client.key)))
                          THEN 'the client ' || (SELECT id FROM client WHERE client.hub = hub.key AND client.gone IS NULL)
                     WHEN {} THEN 'what is booked in it' END
                 FROM hub WHERE key = json_extract(?1, '$[0]')",
                posted.replace("{of}", "entry.hub = hub.key")
            ),
            "client" => "SELECT client.id, CASE
                     WHEN EXISTS (SELECT 1 FROM channel WHERE channel.client = client.key AND channel.gone IS NULL
                                  AND NOT EXISTS (SELECT 1 FROM change WHERE unit = ?2 AND of_table = 'channel' AND row = json_array(channel.key)))
                          THEN 'the channel ' || (SELECT id FROM channel WHERE channel.client = client.key AND channel.gone IS NULL)
                     WHEN EXISTS (SELECT 1 FROM client_invoice WHERE client_invoice.client = client.key) THEN 'an invoice'
                     WHEN EXISTS (SELECT 1 FROM client_draft WHERE client_draft.client = client.key) THEN 'a draft of an invoice' END
                 FROM client WHERE key = json_extract(?1, '$[0]')"
                .to_owned(),
            _ => format!(
                "SELECT channel.id, CASE
                     WHEN EXISTS (SELECT 1 FROM charge WHERE charge.channel = channel.key AND charge.is_live = 1) THEN 'its usage'
                     WHEN {} THEN 'what is booked on its balance' END
                 FROM channel WHERE key = json_extract(?1, '$[0]')",
                posted.replace("{of}", "account.channel = channel.key")
            ),
        };
        let mut statement = self.0.prepare_cached(&sql)?;
        let (what, by): (String, Option<String>) = statement
            .query_row(params![added.row, unit], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(by.map(|by| Refusal::RestsOn {
            what: format!("{} {what}", added.table),
            by,
        }))
    }
}

impl Write<'_> {
    /// Gives the rows that a unit changed what they were before it.
    pub fn restore(&self, unit: i64) -> Result<(), Error> {
        for change in self.changes_of(unit)?.iter().rev() {
            self.restore_row(change)?;
        }
        Ok(())
    }

    fn restore_row(&self, change: &ChangedRow) -> Result<(), Error> {
        let table = &change.table;
        let columns = columns(self.0.0, table)?;
        let found = found_by_json(&columns);
        let connection = self.0.0;
        match (&change.before, &change.after) {
            (None, _) if NAMED.contains(&table.as_str()) => {
                connection.execute(
                    &format!(
                        "UPDATE \"{table}\" SET gone = ?2, id = id || '~' || key WHERE {found}"
                    ),
                    params![change.row, self.1.get()],
                )?;
            }
            (None, _) if table == BEGINS_AT_ONE => {
                connection.execute(
                    &format!("UPDATE \"{table}\" SET first = 1 WHERE {found}"),
                    [&change.row],
                )?;
            }
            (None, _) => {
                connection.execute(
                    &format!("DELETE FROM \"{table}\" WHERE {found}"),
                    [&change.row],
                )?;
            }
            (Some(before), after) => {
                // Of the columns that there were then; a later one keeps what it has.
                let known = self.fields_of(before)?;
                let kept: Vec<_> = columns.iter().filter(|c| known.contains(&c.name)).collect();
                let names: Vec<_> = kept.iter().map(|c| format!("\"{}\"", c.name)).collect();
                let values: Vec<_> = kept.iter().map(|c| c.of_json("?2")).collect();
                let (names, values) = (names.join(", "), values.join(", "));
                let sql = if after.is_some() {
                    format!("UPDATE \"{table}\" SET ({names}) = ({values}) WHERE {found}")
                } else {
                    format!(
                        "INSERT INTO \"{table}\" ({names}) SELECT {values} WHERE ?1 IS NOT NULL"
                    )
                };
                connection.execute(&sql, params![change.row, before])?;
            }
        }
        Ok(())
    }

    fn fields_of(&self, json: &str) -> Result<Vec<String>, Error> {
        let mut statement = self.0.0.prepare_cached("SELECT key FROM json_each(?1)")?;
        let names = statement.query_map([json], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Error, NewActivity, Store, Subject, Write};

    use super::*;

    fn record(w: &Write<'_>) -> Result<i64, Error> {
        w.record(&NewActivity {
            at: "2026-09-01T08:00:00Z",
            actor: "Ida",
            use_case: "test",
            inputs: "{}",
            subject: &Subject::default(),
            undoes: None,
        })
    }

    /// All rows of a table, as JSON.
    fn rows(store: &Store, table: &str) -> Vec<String> {
        let of = columns(&store.connection, table).unwrap();
        let sql = format!(
            "SELECT {} FROM {table} ORDER BY 1",
            columns_as_json(&of, "")
        );
        let mut statement = store.connection.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn what_a_unit_adds_changes_replaces_and_removes_is_put_back_with_its_kinds_of_values() {
        let mut store = Store::in_memory().unwrap();
        let do_it = |store: &mut Store, sql: &str| {
            store
                .write(|w| -> Result<i64, Error> {
                    let unit = record(w)?;
                    w.0.0.execute_batch(sql)?;
                    Ok(unit)
                })
                .unwrap()
        };
        do_it(
            &mut store,
            "INSERT INTO chart_account VALUES ('a', '1', 'It''s \"quoted\"'), ('b', '2', 'Bank');
             INSERT INTO logo VALUES (1, 'png', X'00FF0A')",
        );
        let before = (rows(&store, "chart_account"), rows(&store, "logo"));
        let unit = do_it(
            &mut store,
            "INSERT OR REPLACE INTO chart_account VALUES ('a', '9', 'Other');
             UPDATE chart_account SET number = '8' WHERE kind = 'a';
             DELETE FROM chart_account WHERE kind = 'b';
             INSERT INTO chart_account VALUES ('c', '3', 'New');
             INSERT OR REPLACE INTO logo VALUES (1, 'jpeg', X'AA')",
        );
        assert_ne!(
            before,
            (rows(&store, "chart_account"), rows(&store, "logo"))
        );
        store
            .write(|w| -> Result<(), Error> {
                record(w)?;
                assert_eq!(w.refusal_to_restore(unit)?, None);
                w.restore(unit)
            })
            .unwrap();
        assert_eq!(
            before,
            (rows(&store, "chart_account"), rows(&store, "logo"))
        );
    }

    #[test]
    fn a_row_that_was_changed_since_names_the_unit_that_did() {
        let mut store = Store::in_memory().unwrap();
        let mut set = |number: &str| {
            store
                .write(|w| -> Result<(i64, Option<Refusal>), Error> {
                    let unit = record(w)?;
                    w.0.0.execute(
                        "INSERT OR REPLACE INTO chart_account VALUES ('a', ?1, 'Bank')",
                        [number],
                    )?;
                    Ok((unit, w.refusal_to_restore(1)?))
                })
                .unwrap()
        };
        assert_eq!(set("1"), (1, None));
        assert_eq!(set("2"), (2, Some(Refusal::ChangedSince { unit: 2 })));
    }

    /// A new table is either watched, or its rows never change and never go.
    #[test]
    fn every_table_is_watched_or_only_grows() {
        let store = Store::in_memory().unwrap();
        let mut statement = store
            .connection
            .prepare(
                "SELECT name FROM sqlite_schema AS it WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                 AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS t WHERE t.type = 'trigger' AND t.tbl_name = it.name
                                 AND t.sql LIKE '%BEFORE DELETE%') ORDER BY name",
            )
            .unwrap();
        let mut open: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        open.retain(|table| !WATCHED.contains(&table.as_str()));
        // Dictionaries, accounts, what is said once, and what is worked out with each write.
        assert_eq!(
            open,
            [
                "account",
                "book",
                "charge_block",
                "charge_sum",
                "fingerprint",
                "market",
                "place",
                "waived"
            ]
        );
    }
}
