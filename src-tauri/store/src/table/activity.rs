//! The record of who did what, and when: written with each use case, never changed.

use hubledger_core::period::BillingPeriod;
use rusqlite::{Row, params};

use crate::codec;
use crate::error::Error;
use crate::{Read, Write};

/// What a use case concerns, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    pub hub: Option<String>,
    pub client: Option<String>,
    pub channel: Option<String>,
    pub invoice: Option<String>,
    pub month: Option<BillingPeriod>,
}

/// A use case that is about to be recorded.
#[derive(Clone, Debug)]
pub struct NewActivity<'a> {
    pub at: &'a str,
    pub actor: &'a str,
    pub use_case: &'a str,
    /// A JSON object.
    pub inputs: &'a str,
    pub subject: &'a Subject,
    pub undoes: Option<i64>,
}

/// A use case of the record.
#[derive(Clone, Debug)]
pub struct ActivityRow {
    pub key: i64,
    pub at: String,
    pub actor: String,
    pub use_case: String,
    pub inputs: String,
    pub subject: Subject,
    pub undoes: Option<i64>,
    /// The use case that took it back; none where that was itself taken back since.
    pub undone_by: Option<i64>,
}

/// Which part of the record to show: all where nothing is named.
#[derive(Clone, Copy, Debug, Default)]
pub struct ActivityFilter<'a> {
    pub hub: Option<&'a str>,
    pub client: Option<&'a str>,
    pub channel: Option<&'a str>,
    pub invoice: Option<&'a str>,
    pub actor: Option<&'a str>,
    pub use_case: Option<&'a str>,
    /// The first instant, as the record keeps instants.
    pub from: Option<&'a str>,
    /// The first instant that is too late.
    pub until: Option<&'a str>,
}

/// Who acted, and what was done, each once and in the order of the alphabet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityWords {
    pub actors: Vec<String>,
    pub use_cases: Vec<String>,
}

/// As `ActivityFilter::values` are bound. What concerns a channel concerns its client and its hub;
/// what posted something in a hub concerns the hub. What issued an invoice was recorded before that had its number.
const MATCHES: &str = "(?1 IS NULL OR hub = ?1
        OR client IN (SELECT client.id FROM client JOIN hub ON hub.key = client.hub WHERE hub.id = ?1)
        OR channel IN (SELECT channel.id FROM channel JOIN client ON client.key = channel.client
                       JOIN hub ON hub.key = client.hub WHERE hub.id = ?1)
        OR EXISTS (SELECT 1 FROM entry INDEXED BY entry_of_unit
                   WHERE entry.unit = activity.key AND entry.hub = (SELECT hub.key FROM hub WHERE hub.id = ?1)))
    AND (?2 IS NULL OR client = ?2
        OR channel IN (SELECT channel.id FROM channel JOIN client ON client.key = channel.client WHERE client.id = ?2))
    AND (?3 IS NULL OR channel = ?3)
    AND (?4 IS NULL OR invoice = ?4
        OR key = (SELECT entry.unit FROM client_invoice JOIN entry ON entry.key = client_invoice.entry
                  WHERE client_invoice.number = ?4))
    AND (?5 IS NULL OR actor = ?5) AND (?6 IS NULL OR use_case = ?6)
    AND (?7 IS NULL OR at >= ?7) AND (?8 IS NULL OR at < ?8)";

impl<'a> ActivityFilter<'a> {
    fn values(&self) -> [Option<&'a str>; 8] {
        [
            self.hub,
            self.client,
            self.channel,
            self.invoice,
            self.actor,
            self.use_case,
            self.from,
            self.until,
        ]
    }
}

const COLUMNS: &str =
    "activity.key, activity.at, activity.actor, activity.use_case, activity.inputs, activity.hub,
    activity.client, activity.channel, activity.invoice, activity.month, activity.undoes,
    (SELECT back.key FROM activity AS back WHERE back.undoes = activity.key
       AND (WITH RECURSIVE chain (key, n) AS (
                SELECT back.key, 0
                UNION ALL SELECT later.key, chain.n + 1 FROM chain JOIN activity AS later ON later.undoes = chain.key)
            SELECT max(n) % 2 = 0 FROM chain))";

fn activity_row(row: &Row<'_>) -> Result<ActivityRow, Error> {
    let month: Option<i64> = row.get(9)?;
    Ok(ActivityRow {
        key: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        use_case: row.get(3)?,
        inputs: row.get(4)?,
        subject: Subject {
            hub: row.get(5)?,
            client: row.get(6)?,
            channel: row.get(7)?,
            invoice: row.get(8)?,
            month: month.map(codec::period).transpose()?,
        },
        undoes: row.get(10)?,
        undone_by: row.get(11)?,
    })
}

impl Read<'_> {
    /// A page of the record, newest or oldest first, behind the last act of the page before.
    pub fn activities(
        &self,
        filter: ActivityFilter<'_>,
        oldest_first: bool,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<ActivityRow>, Error> {
        let (sign, way) = if oldest_first {
            (">", "ASC")
        } else {
            ("<", "DESC")
        };
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM activity
             WHERE {MATCHES} AND (?9 IS NULL OR key {sign} ?9) ORDER BY key {way} LIMIT ?10"
        ))?;
        let [hub, client, channel, invoice, actor, use_case, from, until] = filter.values();
        let mut rows = statement.query(params![
            hub, client, channel, invoice, actor, use_case, from, until, after, limit
        ])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(activity_row(row)?);
        }
        Ok(found)
    }

    /// How many acts match.
    pub fn count_activities(&self, filter: ActivityFilter<'_>) -> Result<i64, Error> {
        let mut statement = self
            .0
            .prepare_cached(&format!("SELECT count(*) FROM activity WHERE {MATCHES}"))?;
        Ok(statement.query_row(filter.values(), |row| row.get(0))?)
    }

    /// Who acted, and what was done, in all of the record.
    pub fn activity_words(&self) -> Result<ActivityWords, Error> {
        let each = |column: &str| -> Result<Vec<String>, Error> {
            let mut statement = self.0.prepare_cached(&format!(
                "SELECT DISTINCT {column} FROM activity ORDER BY {column}"
            ))?;
            let words = statement.query_map([], |row| row.get(0))?;
            Ok(words.collect::<Result<_, _>>()?)
        };
        Ok(ActivityWords {
            actors: each("actor")?,
            use_cases: each("use_case")?,
        })
    }

    pub fn activity(&self, key: i64) -> Result<Option<ActivityRow>, Error> {
        let mut statement = self
            .0
            .prepare_cached(&format!("SELECT {COLUMNS} FROM activity WHERE key = ?1"))?;
        let mut rows = statement.query([key])?;
        rows.next()?.map(activity_row).transpose()
    }
}

impl Write<'_> {
    /// The unit that what is written belongs to; none where nothing is recorded.
    pub fn unit(&self) -> Option<i64> {
        self.1.get()
    }

    /// Records a use case. What is posted from here on belongs to it.
    pub fn record(&self, new: &NewActivity<'_>) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO activity (at, actor, use_case, inputs, hub, client, channel, invoice, month, undoes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                new.at,
                new.actor,
                new.use_case,
                new.inputs,
                new.subject.hub,
                new.subject.client,
                new.subject.channel,
                new.subject.invoice,
                new.subject.month.map(codec::month),
                new.undoes,
            ],
        )?;
        let key = self.0.0.last_insert_rowid();
        self.1.set(Some(key));
        super::begin_unit(self.0.0, Some(key))?;
        Ok(key)
    }
}
