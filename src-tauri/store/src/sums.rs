//! Sums kept beside the charges: a month by channel, and by client, category and market; a booked day
//! by client, by category, by market. They are over the charges that lists show, those that were
//! folded away left out.
//!
//! They are brought up in the transaction that changes charges, with the fingerprint of that table
//! and in the same pass: before it is committed, and before a question in it asks for sums. The
//! proof works each month out anew.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use hubledger_core::mix::mix;
use hubledger_core::rating::EstimateReason;
use hubledger_core::usage::Category;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};

use crate::codec::{Number, StoredOutcome, StoredReason};
use crate::error::Error;
use crate::query::{Fault, FaultCode, Finding};
use crate::table::{FOLDED, charges_of_days};

/// By what sums are kept, as the file numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    ChannelMonth = 0,
    ClientMonth = 1,
    ClientDay = 2,
    CategoryDay = 3,
    MarketDay = 4,
}

impl Kind {
    pub(crate) fn number(self) -> i64 {
        self as i64
    }
}

/// What stands where a kind has no category or market.
const NONE: i64 = -1;

/// How many faults are told.
pub(crate) const MOST_FAULTS: usize = 20;

/// What a sum is of. Fields, as they are compared one by one where an array calls for help: every
/// charge is looked up five times.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    hub: i64,
    kind: i64,
    period: i64,
    what: i64,
    category: i64,
    market: i64,
}

impl Key {
    /// In the order of the table's columns.
    fn of([hub, kind, period, what, category, market]: [i64; 6]) -> Self {
        Self {
            hub,
            kind,
            period,
            what,
            category,
            market,
        }
    }

    fn numbers(self) -> [i64; 6] {
        [
            self.hub,
            self.kind,
            self.period,
            self.what,
            self.category,
            self.market,
        ]
    }
}

/// What is summed, in the order of the table's columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    charges: i64,
    own: i64,
    messages: i64,
    pulses: i64,
    amount: i64,
    calls: i64,
    late: i64,
    unrated: i64,
    estimated: i64,
}

impl Sum {
    fn parts(&self) -> [i64; 9] {
        [
            self.charges,
            self.own,
            self.messages,
            self.pulses,
            self.amount,
            self.calls,
            self.late,
            self.unrated,
            self.estimated,
        ]
    }

    fn of_parts(
        [
            charges,
            own,
            messages,
            pulses,
            amount,
            calls,
            late,
            unrated,
            estimated,
        ]: [i64; 9],
    ) -> Self {
        Self {
            charges,
            own,
            messages,
            pulses,
            amount,
            calls,
            late,
            unrated,
            estimated,
        }
    }

    /// Adds what another holds, `times` once or minus once. A sum that the file can't hold is an error.
    fn add(&mut self, other: &Self, times: i64) -> Result<(), Error> {
        let (mut parts, others) = (self.parts(), other.parts());
        for (part, other) in parts.iter_mut().zip(others) {
            add_exactly(part, other.checked_mul(times).ok_or_else(too_large)?)?;
        }
        *self = Self::of_parts(parts);
        Ok(())
    }
}

/// Adds to a sum. One that the file can't hold is an error.
pub(crate) fn add_exactly(sum: &mut i64, more: i64) -> Result<(), Error> {
    *sum = sum.checked_add(more).ok_or_else(too_large)?;
    Ok(())
}

fn too_large() -> Error {
    Error::Damaged("a sum of charges is too large".to_owned())
}

/// What a charge brings to its sums, as the file has it.
pub(crate) struct Counts {
    pub(crate) hub: i64,
    pub(crate) channel: i64,
    pub(crate) day: i64,
    pub(crate) booked: i64,
    pub(crate) market: i64,
    pub(crate) category: i64,
    pub(crate) quantity: i64,
    /// Nothing where it is unrated.
    pub(crate) amount: i64,
    pub(crate) outcome: i64,
    pub(crate) reason: i64,
    pub(crate) is_live: bool,
}

/// Where a charge's columns lie in an answer.
struct Places {
    hub: usize,
    channel: usize,
    day: usize,
    booked: usize,
    market: usize,
    category: usize,
    quantity: usize,
    amount: usize,
    outcome: usize,
    reason: usize,
    is_live: usize,
}

impl Places {
    fn of(statement: &Statement<'_>) -> Result<Self, Error> {
        let at = |name| statement.column_index(name);
        Ok(Self {
            hub: at("hub")?,
            channel: at("channel")?,
            day: at("day")?,
            booked: at("booked")?,
            market: at("market")?,
            category: at("category")?,
            quantity: at("quantity")?,
            amount: at("amount")?,
            outcome: at("outcome")?,
            reason: at("reason")?,
            is_live: at("is_live")?,
        })
    }

    fn counts(&self, row: &Row<'_>) -> Result<Counts, Error> {
        let number = |place: usize| whole(row, place).map(Option::unwrap_or_default);
        Ok(Counts {
            hub: number(self.hub)?,
            channel: number(self.channel)?,
            day: number(self.day)?,
            booked: number(self.booked)?,
            market: number(self.market)?,
            category: number(self.category)?,
            quantity: number(self.quantity)?,
            amount: number(self.amount)?,
            outcome: number(self.outcome)?,
            reason: number(self.reason)?,
            is_live: number(self.is_live)? == 1,
        })
    }
}

/// A whole number, read as it lies there: what the table holds is of that kind.
fn whole(row: &Row<'_>, place: usize) -> Result<Option<i64>, Error> {
    match row.get_ref(place)? {
        ValueRef::Integer(number) => Ok(Some(number)),
        ValueRef::Null => Ok(None),
        _ => Err(Error::Damaged("a charge holds no number".to_owned())),
    }
}

/// Sums, or what is to be added to those that are kept.
pub(crate) struct Sums<'a> {
    file: &'a Connection,
    clients: HashMap<i64, i64, KeyHasherOf>,
    estimates: [i64; 2],
    sums: HashMap<Key, Sum, KeyHasherOf>,
    /// What goes on being added to, a sum a kind: charges that lie beside each other often have it in
    /// common, and it is then looked up once for all of them.
    begun: [Option<(Key, Sum)>; KINDS],
}

/// How many sums a charge comes to.
const KINDS: usize = 5;

/// Makes hashers of whole numbers, for maps that every charge is looked up in.
pub(crate) type KeyHasherOf = BuildHasherDefault<KeyHasher>;

/// A hasher of whole numbers, which is asked five times a charge.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    /// A product is mixed best in its high bits, and a map looks at the low ones first.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.0 = mix(self.0, u64::from_ne_bytes(*word));
        }
        for byte in rest {
            self.0 = mix(self.0, u64::from(*byte));
        }
    }
}

impl<'a> Sums<'a> {
    pub(crate) fn new(file: &'a Connection) -> Self {
        Self {
            file,
            clients: HashMap::default(),
            estimates: [EstimateReason::OutdatedCard, EstimateReason::TierUnknown]
                .map(|why| StoredReason::Estimate(why).number()),
            sums: HashMap::default(),
            begun: [None; KINDS],
        }
    }

    fn client_of(&mut self, channel: i64) -> Result<i64, Error> {
        if let Some(client) = self.clients.get(&channel) {
            return Ok(*client);
        }
        let client = self
            .file
            .prepare_cached("SELECT client FROM main.channel WHERE key = ?1")?
            .query_row([channel], |row| row.get(0))?;
        self.clients.insert(channel, client);
        Ok(client)
    }

    /// Adds a charge, or takes it away: `times` is 1 or -1.
    pub(crate) fn count(&mut self, of: &Counts, times: i64) -> Result<(), Error> {
        let Counts {
            hub,
            channel,
            booked,
            market,
            category,
            quantity,
            amount,
            outcome,
            is_live: stands,
            ..
        } = *of;
        let is_call = category == Category::Call.number();
        let is_late = of.day < booked / 100 * 100;
        let is_estimate =
            outcome == StoredOutcome::Rated.number() && self.estimates.contains(&of.reason);
        let one = Sum {
            charges: 1,
            own: i64::from(!is_late),
            messages: if is_call { 0 } else { quantity },
            pulses: if is_call { quantity } else { 0 },
            amount,
            calls: if is_call && !is_late { amount } else { 0 },
            late: if is_late { amount } else { 0 },
            unrated: i64::from(stands && outcome == StoredOutcome::Unrated.number()),
            estimated: i64::from(stands && is_estimate),
        };
        let (client, month) = (self.client_of(channel)?, booked / 100);
        let of_day = |kind: Kind, what| [hub, kind.number(), booked, what, NONE, NONE];
        let keys: [_; KINDS] = [
            [hub, Kind::ChannelMonth.number(), month, channel, NONE, NONE],
            [
                hub,
                Kind::ClientMonth.number(),
                month,
                client,
                category,
                market,
            ],
            of_day(Kind::ClientDay, client),
            of_day(Kind::CategoryDay, category),
            of_day(Kind::MarketDay, market),
        ];
        for (begun, key) in self.begun.iter_mut().zip(keys.map(Key::of)) {
            if let Some((same, sum)) = begun
                && *same == key
            {
                sum.add(&one, times)?;
                continue;
            }
            let mut sum = Sum::default();
            sum.add(&one, times)?;
            if let Some((key, sum)) = begun.replace((key, sum)) {
                self.sums.entry(key).or_default().add(&sum, 1)?;
            }
        }
        Ok(())
    }

    /// All sums, those too that were still being added to.
    fn settled(mut self) -> Result<HashMap<Key, Sum, KeyHasherOf>, Error> {
        for (key, sum) in std::mem::take(&mut self.begun).into_iter().flatten() {
            self.sums.entry(key).or_default().add(&sum, 1)?;
        }
        Ok(self.sums)
    }

    /// The sums of a month of a hub, worked out from its charges.
    fn of_month(file: &'a Connection, hub: i64, month: i64) -> Result<Self, Error> {
        let mut sums = Self::new(file);
        let days = [hub, month * 100, month * 100 + 99];
        let charges = charges_of_days(file, &days)?;
        let mut statement = file.prepare(&format!("SELECT * FROM {charges} AND NOT {FOLDED}"))?;
        let at = Places::of(&statement)?;
        let mut rows = statement.query(days)?;
        while let Some(row) = rows.next()? {
            sums.count(&at.counts(row)?, 1)?;
        }
        Ok(sums)
    }

    /// Adds what was counted to what is kept.
    pub(crate) fn keep(self) -> Result<(), Error> {
        let mut statement = self.file.prepare_cached(
            "INSERT INTO main.charge_sum VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT DO UPDATE SET charges = charges + excluded.charges, own = own + excluded.own,
                 messages = messages + excluded.messages, pulses = pulses + excluded.pulses,
                 amount = amount + excluded.amount, calls = calls + excluded.calls, late = late + excluded.late,
                 unrated = unrated + excluded.unrated, estimated = estimated + excluded.estimated",
        )?;
        // In the order of the table, which is faster than any other.
        let mut sums: Vec<_> = self.settled()?.into_iter().collect();
        sums.sort_unstable_by_key(|(key, _)| *key);
        for (key, sum) in sums.into_iter().filter(|(_, sum)| *sum != Sum::default()) {
            let values = key.numbers().into_iter().chain(sum.parts());
            statement.execute(rusqlite::params_from_iter(values))?;
        }
        Ok(())
    }
}

/// Counts charges of the book one by one, as a statement gives them.
pub(crate) struct Counter {
    at: Places,
}

impl Counter {
    pub(crate) fn of(statement: &Statement<'_>) -> Result<Self, Error> {
        Ok(Self {
            at: Places::of(statement)?,
        })
    }

    pub(crate) fn add(&self, sums: &mut Sums<'_>, row: &Row<'_>) -> Result<(), Error> {
        sums.count(&self.at.counts(row)?, 1)
    }

    pub(crate) fn take_away(&self, sums: &mut Sums<'_>, row: &Row<'_>) -> Result<(), Error> {
        sums.count(&self.at.counts(row)?, -1)
    }
}

/// Whether a file keeps sums: one of an earlier version does not, until it is brought up.
pub(crate) fn are_kept(file: &Connection) -> Result<bool, Error> {
    Ok(file
        .prepare_cached("SELECT count(*) FROM main.sqlite_schema WHERE name = 'charge_sum'")?
        .query_row([], |row| row.get(0))?)
}

/// Hubs and the months in which they have charges: from month to month through the index, not from
/// charge to charge.
pub(crate) const CHARGED_MONTHS: &str = "WITH RECURSIVE booked (hub, month) AS (
             SELECT key, (SELECT min(booked) / 100 FROM main.charge WHERE charge.hub = main.hub.key) FROM main.hub
             UNION ALL
             SELECT hub, (SELECT min(charge.booked) / 100 FROM main.charge
                          WHERE charge.hub = booked.hub AND charge.booked > booked.month * 100 + 99)
             FROM booked WHERE month IS NOT NULL)
         SELECT hub, month FROM booked WHERE month IS NOT NULL";

/// Months of hubs that have charges, or sums.
fn months(file: &Connection) -> Result<Vec<(i64, i64)>, Error> {
    let mut statement = file.prepare_cached(&format!(
        "{CHARGED_MONTHS}
         UNION SELECT DISTINCT hub, iif(kind < 2, period, period / 100) FROM main.charge_sum ORDER BY 1, 2"
    ))?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The kept sums of a month, on a condition that takes hub, first and last of its periods.
const OF_MONTH: &str = "hub = ?1 AND ((kind IN (0, 1) AND period = ?2) OR (kind IN (2, 3, 4) AND period BETWEEN ?2 * 100 AND ?2 * 100 + 99))";

fn work_out_month(file: &Connection, hub: i64, month: i64) -> Result<(), Error> {
    file.prepare_cached(&format!("DELETE FROM main.charge_sum WHERE {OF_MONTH}"))?
        .execute([hub, month])?;
    Sums::of_month(file, hub, month)?.keep()
}

/// Works all sums out, for a book that keeps none yet.
pub(crate) fn work_out_all(file: &Connection) -> Result<(), Error> {
    for (hub, month) in months(file)? {
        work_out_month(file, hub, month)?;
    }
    Ok(())
}

/// Notes from now on what is folded away.
pub(crate) fn watch(file: &Connection) -> Result<(), Error> {
    if !are_kept(file)? {
        return Ok(());
    }
    Ok(file.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS folded_now (what TEXT NOT NULL, key INTEGER NOT NULL);
         CREATE TEMP TRIGGER IF NOT EXISTS charges_are_folded AFTER INSERT ON main.undone
         WHEN NEW.what IN ('charge', 'import')
         BEGIN INSERT INTO folded_now VALUES (NEW.what, NEW.key); END;",
    )?)
}

/// Works the months out anew in which charges were folded away since.
pub(crate) fn leave_out_folded(file: &Connection) -> Result<(), Error> {
    let whats: Vec<String> = file
        .prepare_cached("SELECT DISTINCT what FROM temp.folded_now")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut months = std::collections::BTreeSet::new();
    for what in &whats {
        let question = if what == "import" {
            "SELECT DISTINCT hub, booked / 100 FROM main.charge
             WHERE ifnull((SELECT first.import FROM main.charge AS first WHERE first.key = charge.reverses), import)
                   IN (SELECT key FROM temp.folded_now WHERE what = 'import')"
        } else {
            "SELECT hub, booked / 100 FROM main.charge WHERE key IN (SELECT key FROM temp.folded_now WHERE what = 'charge')
             UNION
             SELECT hub, booked / 100 FROM main.charge INDEXED BY charge_reverses
             WHERE reverses IS NOT NULL AND reverses IN (SELECT key FROM temp.folded_now WHERE what = 'charge')"
        };
        let mut statement = file.prepare_cached(question)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            months.insert((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        }
    }
    for (hub, month) in months {
        work_out_month(file, hub, month)?;
    }
    if !whats.is_empty() {
        file.execute("DELETE FROM temp.folded_now", [])?;
    }
    Ok(())
}

/// Every kept sum is what its charges come to.
pub(crate) fn proof(file: &Connection) -> Result<Finding, Error> {
    let mut finding = Finding::default();
    for (hub, month) in months(file)? {
        let mut said = kept_of_month(file, hub, month)?;
        let found = Sums::of_month(file, hub, month)?.settled()?;
        finding.checked += i64::try_from(found.len()).unwrap_or(i64::MAX);
        let mut differing = Vec::new();
        for (key, sum) in found {
            let kept = said.remove(&key).unwrap_or_default();
            if kept != sum {
                differing.push((key, kept, sum));
            }
        }
        // What is kept of charges that are not there.
        differing.extend(
            said.into_iter()
                .map(|(key, kept)| (key, kept, Sum::default())),
        );
        differing.retain(|(_, kept, sum)| kept != sum);
        differing.sort_unstable_by_key(|(key, ..)| *key);
        for (key, kept, sum) in differing {
            if finding.faults.len() < MOST_FAULTS {
                finding.faults.push(fault(file, key, kept, sum)?);
            }
        }
    }
    Ok(finding)
}

fn kept_of_month(file: &Connection, hub: i64, month: i64) -> Result<HashMap<Key, Sum>, Error> {
    let mut statement =
        file.prepare_cached(&format!("SELECT * FROM main.charge_sum WHERE {OF_MONTH}"))?;
    let mut rows = statement.query([hub, month])?;
    let mut kept = HashMap::new();
    while let Some(row) = rows.next()? {
        let (mut key, mut parts) = ([0; 6], [0; 9]);
        for (at, value) in key.iter_mut().chain(parts.iter_mut()).enumerate() {
            *value = row.get(at)?;
        }
        kept.insert(Key::of(key), Sum::of_parts(parts));
    }
    Ok(kept)
}

/// What names a sum that differs.
fn fault(file: &Connection, key: Key, kept: Sum, sum: Sum) -> Result<Fault, Error> {
    let Key {
        hub,
        kind,
        period,
        what,
        ..
    } = key;
    let hub: String = file
        .prepare_cached("SELECT ifnull((SELECT id FROM main.hub WHERE key = ?1), ?1)")?
        .query_row([hub], |row| row.get(0))?;
    let by = match kind {
        0 => "channel",
        3 => "category",
        4 => "market",
        _ => "client",
    };
    let month = if kind < 2 { period } else { period / 100 };
    let (said, found) = (kept.amount, sum.amount);
    Ok(Fault::new(FaultCode::SumNotItsCharges)
        .with("hub", hub)
        .with("month", format!("{}-{:02}", month / 100, month % 100))
        .with("by", by)
        .with("what", what)
        .with("said", crate::codec::amount(said).normalize())
        .with("found", crate::codec::amount(found).normalize())
        .with("charges_said", kept.charges)
        .with("charges_found", sum.charges))
}
