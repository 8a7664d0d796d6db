//! Usage rows with their charges, one row each, and the imports that they came by. A row is
//! never changed once it has a price: what takes it back is another row.

use std::collections::{HashMap, HashSet};

use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::seal::Field;
use hubledger_core::usage::{Category, PricingType};
use hubledger_core::volume::Counted;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, Statement, params};
use rust_decimal::Decimal;

use crate::block::WrittenBlocks;
use crate::codec::{self, Number, StoredOutcome, StoredReason};
use crate::error::Error;
use crate::fingerprint;
use crate::sums::Counts;
use crate::table::volume::{counted_number, counted_of};
use crate::written::Written;
use crate::{Fate, Read, Write};

/// A usage file that was brought in.
#[derive(Clone, Debug)]
pub struct ImportRow {
    pub key: i64,
    pub file: String,
    pub sha256: String,
    pub brought_in: String,
}

/// How a charge is priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// Key of Meta's market; of the empty one where the row names none.
    pub market: i64,
    /// Of the quantity, in the month's free service messages.
    pub free: i64,
    /// As reported.
    pub cost: Option<Decimal>,
    pub card: Option<i64>,
    /// Where there is one rate.
    pub rate: Option<Decimal>,
    /// Where the card has volume steps: what the month had counted before.
    pub counted: Option<Counted>,
    /// What the card charges.
    pub rated: Option<Decimal>,
    /// What is charged; none: unrated.
    pub amount: Option<Decimal>,
    pub outcome: StoredOutcome,
    pub reason: StoredReason,
}

/// A charge to be booked.
#[derive(Clone, Debug)]
pub struct NewCharge {
    pub hub: i64,
    pub channel: i64,
    pub import: Option<i64>,
    pub line: i64,
    pub row_id: Option<String>,
    /// Its place among its equals, where there is no `row_id`.
    pub ordinal: i64,
    pub day: Date,
    pub booked: Date,
    pub place: i64,
    pub category: Category,
    pub pricing: PricingType,
    pub quantity: i64,
    pub priced: Priced,
    pub is_live: bool,
    pub reverses: Option<i64>,
}

/// Where a row without its own id lies among its likes.
#[derive(Clone, Copy, Debug)]
pub struct ChargePlace {
    pub channel: i64,
    pub day: Date,
    pub category: Category,
    pub pricing: PricingType,
    pub place: i64,
    pub ordinal: i64,
}

impl NewCharge {
    pub fn lies_at(&self) -> ChargePlace {
        ChargePlace {
            channel: self.channel,
            day: self.day,
            category: self.category,
            pricing: self.pricing,
            place: self.place,
            ordinal: self.ordinal,
        }
    }
}

impl NewCharge {
    fn counts(&self) -> Result<Counts, Error> {
        let amount = self.priced.amount.map(codec::micros).transpose()?;
        Ok(Counts {
            hub: self.hub,
            channel: self.channel,
            day: codec::day(self.day),
            booked: codec::day(self.booked),
            market: self.priced.market,
            category: self.category.number(),
            quantity: self.quantity,
            amount: amount.unwrap_or_default(),
            outcome: self.priced.outcome.number(),
            reason: self.priced.reason.number(),
            is_live: self.is_live,
        })
    }

    /// As [`ChargePlace::numbers`] go, without the ordinal, in one number: many are compared. It need not
    /// tell all places apart.
    fn order(&self) -> i128 {
        let kind = self.category.number() * 16 + self.pricing.number();
        let within = codec::day(self.day) * 256 + kind;
        (i128::from(self.channel) << 64) + (i128::from(within) << 24) + i128::from(self.place)
    }
}

impl ChargePlace {
    fn numbers(&self) -> [i64; 6] {
        [
            self.channel,
            codec::day(self.day),
            self.category.number(),
            self.pricing.number(),
            self.place,
            self.ordinal,
        ]
    }
}

/// A charge of the book.
#[derive(Clone, Debug)]
pub struct ChargeRow {
    pub key: i64,
    pub charge: NewCharge,
}

/// A row that shares in the free service messages of its number and month.
#[derive(Clone, Debug)]
pub struct ServiceRow {
    pub row: ChargeRow,
    pub market: String,
}

pub(super) const COLUMNS: &str = "charge.key, charge.hub, charge.channel, charge.import, charge.line, charge.row_id, charge.ordinal,
    charge.day, charge.booked, charge.place, charge.market, charge.category, charge.pricing, charge.quantity, charge.free,
    charge.cost, charge.card, charge.rate, charge.rated, charge.amount, charge.outcome, charge.reason, charge.is_live,
    charge.reverses, charge.counted";

/// What the index `charge_of_channel` holds: charges that `charge_by_place` does not, or not by the day
/// that they are booked on.
pub(crate) const BESIDE_PLACES: &str = "(row_id IS NOT NULL OR is_live = 0 OR booked <> day)";

/// In how many keys the charges of some days may lie for each of them, to be read as the table lies.
const SPREAD: i64 = 4;

/// What gives the charges of a hub (`?1`) that are booked between two days (`?2`, `?3`) fastest: from
/// key to key, as they lie one behind the other, or one by one where they are few among many.
pub(crate) fn charges_of_days(file: &Connection, bound: &[i64]) -> Result<String, Error> {
    let days = "hub = ?1 AND booked BETWEEN ?2 AND ?3";
    let mut statement = file.prepare_cached(&format!(
        "SELECT count(*), ifnull(min(key), 0), ifnull(max(key), 0) FROM main.charge WHERE {days}"
    ))?;
    let bound = rusqlite::params_from_iter(bound.iter().take(3));
    let (count, first, last): (i64, i64, i64) =
        statement.query_row(bound, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(
        if last.saturating_sub(first) <= count.saturating_mul(SPREAD) {
            format!("main.charge NOT INDEXED WHERE key BETWEEN {first} AND {last} AND {days}")
        } else {
            format!("main.charge INDEXED BY charge_of_month WHERE {days}")
        },
    )
}

pub(super) fn charge_row(row: &Row<'_>) -> Result<ChargeRow, Error> {
    let exact = |at: usize| {
        row.get::<_, Option<i64>>(at)
            .map(|micros| micros.map(codec::amount))
    };
    let priced = Priced {
        market: row.get(10)?,
        free: row.get(14)?,
        cost: exact(15)?,
        card: row.get(16)?,
        rate: exact(17)?,
        counted: counted_of(row.get(24)?),
        rated: exact(18)?,
        amount: exact(19)?,
        outcome: Number::of_number(row.get(20)?)?,
        reason: Number::of_number(row.get(21)?)?,
    };
    let charge = NewCharge {
        hub: row.get(1)?,
        channel: row.get(2)?,
        import: row.get(3)?,
        line: row.get(4)?,
        row_id: row.get(5)?,
        ordinal: row.get(6)?,
        day: codec::date(row.get(7)?)?,
        booked: codec::date(row.get(8)?)?,
        place: row.get(9)?,
        category: Number::of_number(row.get(11)?)?,
        pricing: Number::of_number(row.get(12)?)?,
        quantity: row.get(13)?,
        priced,
        is_live: row.get(22)?,
        reverses: row.get(23)?,
    };
    Ok(ChargeRow {
        key: row.get(0)?,
        charge,
    })
}

const INSERT: &str = "INSERT INTO charge (hub, channel, import, line, row_id, ordinal, day, booked, place, market, category, pricing,
                                 quantity, free, cost, card, rate, rated, amount, outcome, reason, is_live, reverses, counted)";

/// How many columns of a charge are written; its key is the file's.
const WRITTEN: usize = 24;

/// How many rows an import writes at once. A statement that writes one row alone first keeps each
/// page that it changes, as a trigger might take it back: most of an import went there.
const AT_ONCE: usize = 1_024;

/// How many rows wait before they are written. They are then written in the order of their places, so
/// that an index of all places is gone through once for many rows and not once for each: of a file of
/// a million rows that took a third of the import. Fewer are written in the order of the file.
const IN_ORDER: usize = 32_768;

/// An insert of so many rows.
fn insert_of(rows: usize) -> String {
    let row = |at: usize| {
        let values: Vec<_> = (1..=WRITTEN)
            .map(|column| format!("?{}", at * WRITTEN + column))
            .collect();
        format!("({})", values.join(", "))
    };
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!("{INSERT} VALUES {}", rows.join(", "))
}

/// What leaves out a row whose equal lies where it would.
const UNLESS_EQUAL: &str = "ON CONFLICT (channel, day, category, pricing, place, ordinal)
                            WHERE is_live = 1 AND row_id IS NULL DO NOTHING";

const BY_ROW_ID: &str = "is_live = 1 AND hub = ?1 AND row_id = ?2";

const BY_PLACE: &str = "is_live = 1 AND row_id IS NULL AND channel = ?1 AND day = ?2 AND category = ?3 AND pricing = ?4
             AND place = ?5 AND ordinal = ?6";

fn one_charge(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM charge WHERE {condition}")
}

/// What a charge writes, in the order of the columns; its own id is a text, and stands beside.
fn numbers_of(new: &NewCharge) -> Result<[Option<i64>; WRITTEN], Error> {
    let micros = |exact: Option<Decimal>| exact.map(codec::micros).transpose();
    let priced = &new.priced;
    Ok([
        Some(new.hub),
        Some(new.channel),
        new.import,
        Some(new.line),
        None, // its own id, a text
        Some(new.ordinal),
        Some(codec::day(new.day)),
        Some(codec::day(new.booked)),
        Some(new.place),
        Some(priced.market),
        Some(new.category.number()),
        Some(new.pricing.number()),
        Some(new.quantity),
        Some(priced.free),
        micros(priced.cost)?,
        priced.card,
        micros(priced.rate)?,
        micros(priced.rated)?,
        micros(priced.amount)?,
        Some(priced.outcome.number()),
        Some(priced.reason.number()),
        Some(i64::from(new.is_live)),
        new.reverses,
        counted_number(priced.counted),
    ])
}

/// As [`numbers_of`], as the file has them.
fn values_of<'v>(
    new: &'v NewCharge,
    numbers: &'v [Option<i64>; WRITTEN],
) -> impl Iterator<Item = ValueRef<'v>> {
    numbers
        .iter()
        .enumerate()
        .map(|(column, number)| match (number, &new.row_id) {
            (_, Some(id)) if column == ROW_ID => ValueRef::Text(id.as_bytes()),
            (Some(number), _) => ValueRef::Integer(*number),
            (None, _) => ValueRef::Null,
        })
}

/// As [`values_of`], of what blocks hold of a charge.
fn block_fields<'v>(
    key: i64,
    new: &'v NewCharge,
    numbers: &'v [Option<i64>; WRITTEN],
) -> impl Iterator<Item = Field<'v>> {
    let of_block = BLOCK_COLUMNS.into_iter().map(|column| {
        match (numbers.get(column).copied().flatten(), &new.row_id) {
            (_, Some(id)) if column == ROW_ID => Field::Text(id),
            (Some(number), _) => Field::Number(number),
            (None, _) => Field::Nothing,
        }
    });
    std::iter::once(Field::Number(key)).chain(of_block)
}

/// Hands a statement the row that it writes as its `at`th.
fn bind_row(statement: &mut Statement<'_>, at: usize, new: &NewCharge) -> Result<(), Error> {
    let numbers = numbers_of(new)?;
    let first = at * WRITTEN + 1;
    for (column, number) in numbers.into_iter().enumerate() {
        match &new.row_id {
            Some(id) if column == ROW_ID => statement.raw_bind_parameter(first + column, id)?,
            _ => statement.raw_bind_parameter(first + column, number)?,
        }
    }
    Ok(())
}

/// Many rows in the order of their places, equal ones in that of the file.
fn in_order(mut waiting: Vec<NewCharge>) -> Vec<NewCharge> {
    if waiting.len() == IN_ORDER {
        waiting.sort_by_cached_key(NewCharge::order);
    }
    waiting
}

/// The place of a row's own id among the columns that are written.
const ROW_ID: usize = 4;

/// The columns that are written, of those that blocks hold: not whose hub it is, whether it stands and
/// how far it was counted.
const BLOCK_COLUMNS: [usize; WRITTEN - 3] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22,
];

/// What an import asks and writes for each of its rows, prepared once. Rows wait until there are
/// many of them; the last are written by [`ChargeRows::write_waiting`]. Sums of what was written are
/// kept by [`ChargeRows::end`], or else worked out from the rows once they are needed.
pub struct ChargeRows<'a> {
    file: &'a Connection,
    /// None: what is written is taken back.
    written: Option<Written<'a>>,
    blocks: WrittenBlocks<'a>,
    by_row_id: CachedStatement<'a>,
    by_place: CachedStatement<'a>,
    insert: CachedStatement<'a>,
    insert_many: CachedStatement<'a>,
    insert_first: CachedStatement<'a>,
    insert_first_many: CachedStatement<'a>,
    next_ordinal: CachedStatement<'a>,
    last_lines: CachedStatement<'a>,
    waiting: Vec<NewCharge>,
    waiting_ids: HashSet<String>,
    /// Those that come behind their equals.
    waiting_first: Vec<NewCharge>,
}

impl std::fmt::Debug for ChargeRows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChargeRows").finish_non_exhaustive()
    }
}

impl ChargeRows<'_> {
    /// The live charge of a source's own row id.
    pub fn by_row_id(&mut self, hub: i64, row_id: &str) -> Result<Option<ChargeRow>, Error> {
        if self.waiting_ids.contains(row_id) {
            self.write_waiting()?;
        }
        let mut rows = self.by_row_id.query(params![hub, row_id])?;
        rows.next()?.map(charge_row).transpose()
    }

    /// The live charge that lies where a row without its own id would. No row that waits lies there:
    /// a file's equal rows differ by their ordinal.
    pub fn by_place(&mut self, place: ChargePlace) -> Result<Option<ChargeRow>, Error> {
        let mut rows = self.by_place.query(place.numbers())?;
        rows.next()?.map(charge_row).transpose()
    }

    pub fn insert(&mut self, new: NewCharge) -> Result<(), Error> {
        self.waiting_ids.extend(new.row_id.clone());
        self.waiting.push(new);
        if self.waiting.len() == IN_ORDER {
            self.write_waiting()?;
        }
        Ok(())
    }

    /// Books a row without its own id behind those of its equals that are booked, whatever its
    /// ordinal says.
    pub fn insert_behind_equals(&mut self, new: NewCharge) -> Result<(), Error> {
        self.waiting_first.push(NewCharge { ordinal: 0, ..new });
        if self.waiting_first.len() == IN_ORDER {
            self.write_waiting_first()?;
        }
        Ok(())
    }

    /// Writes the rows that wait.
    pub fn write_waiting(&mut self) -> Result<(), Error> {
        let waiting = in_order(std::mem::take(&mut self.waiting));
        self.waiting_ids.clear();
        self.write_all(&waiting)?;
        self.write_waiting_first()
    }

    /// Keeps the sums of what was written, and its blocks.
    pub fn end(mut self) -> Result<(), Error> {
        self.write_waiting()?;
        self.blocks.end()?;
        self.written.map_or(Ok(()), Written::keep)
    }

    fn write_all(&mut self, rows: &[NewCharge]) -> Result<(), Error> {
        self.blocks.go_on();
        for some in rows.chunks(AT_ONCE) {
            if some.len() == AT_ONCE {
                for (at, new) in some.iter().enumerate() {
                    bind_row(&mut self.insert_many, at, new)?;
                }
                self.insert_many.raw_execute()?;
                self.count(some)?;
            } else {
                for new in some {
                    bind_row(&mut self.insert, 0, new)?;
                    self.insert.raw_execute()?;
                    self.count([new])?;
                }
            }
        }
        self.blocks.rest();
        Ok(())
    }

    /// Counts the rows that were written last: their keys go up one by one.
    fn count<'n>(
        &mut self,
        rows: impl IntoIterator<Item = &'n NewCharge, IntoIter: ExactSizeIterator>,
    ) -> Result<(), Error> {
        let Some(written) = &mut self.written else {
            return Ok(());
        };
        let rows = rows.into_iter();
        let many = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let last = self.file.last_insert_rowid();
        for (key, new) in (last - many + 1..).zip(rows) {
            let numbers = numbers_of(new)?;
            let month = codec::day(new.booked) / 100;
            let fields = block_fields(key, new, &numbers);
            self.blocks.add(new.hub, month, key, fields)?;
            // Whether lists leave out what takes another back is told by that one.
            if new.reverses.is_none() {
                written.add(key, values_of(new, &numbers), &new.counts()?)?;
            }
        }
        Ok(())
    }

    /// Writes rows that are the first of their equals, and then the others behind them.
    fn write_waiting_first(&mut self) -> Result<(), Error> {
        self.blocks.go_on();
        let waiting = in_order(std::mem::take(&mut self.waiting_first));
        let mut others = Vec::new();
        for some in waiting.chunks(AT_ONCE) {
            self.write_first(some, &mut others)?;
        }
        self.blocks.rest();
        let behind = self.behind_equals(others)?;
        self.write_all(&behind)
    }

    /// Writes those of some rows that have no equal before them, and hands back the others.
    fn write_first(
        &mut self,
        some: &[NewCharge],
        others: &mut Vec<NewCharge>,
    ) -> Result<(), Error> {
        if some.len() < AT_ONCE {
            for new in some {
                bind_row(&mut self.insert_first, 0, new)?;
                if self.insert_first.raw_execute()? == 0 {
                    others.push(new.clone());
                } else {
                    self.count([new])?;
                }
            }
            return Ok(());
        }
        for (at, new) in some.iter().enumerate() {
            bind_row(&mut self.insert_first_many, at, new)?;
        }
        let written = self.insert_first_many.raw_execute()?;
        if written == some.len() {
            return self.count(some);
        }
        let lines = self.last_lines(written)?;
        let (are_written, left): (Vec<_>, Vec<_>) =
            some.iter().partition(|new| lines.contains(&new.line));
        others.extend(left.into_iter().cloned());
        self.count(are_written)
    }

    /// Rows with the ordinals that they have behind their equals in the book and before them.
    fn behind_equals(&mut self, rows: Vec<NewCharge>) -> Result<Vec<NewCharge>, Error> {
        let mut next = HashMap::new();
        let mut behind = Vec::with_capacity(rows.len());
        for new in rows {
            let [equals @ .., _] = new.lies_at().numbers();
            let ordinal: i64 = match next.get(&equals) {
                Some(ordinal) => *ordinal,
                None => self.next_ordinal.query_row(equals, |row| row.get(0))?,
            };
            next.insert(equals, ordinal + 1);
            behind.push(NewCharge { ordinal, ..new });
        }
        Ok(behind)
    }

    /// The lines that the last so many charges stand on in their file: keys go up one by one.
    fn last_lines(&mut self, many: usize) -> Result<HashSet<i64>, Error> {
        let many = i64::try_from(many).unwrap_or(i64::MAX);
        let rows = self.last_lines.query_map([many], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Read<'_> {
    pub fn charge(&self, key: i64) -> Result<Option<ChargeRow>, Error> {
        self.one_charge("key = ?1", params![key])
    }

    /// The live charge of a source's own row id.
    pub fn charge_by_row_id(&self, hub: i64, row_id: &str) -> Result<Option<ChargeRow>, Error> {
        self.one_charge(BY_ROW_ID, params![hub, row_id])
    }

    /// The live charge that lies where a row without its own id would.
    pub fn charge_by_place(&self, place: ChargePlace) -> Result<Option<ChargeRow>, Error> {
        self.one_charge(BY_PLACE, place.numbers())
    }

    /// Whether a channel has live charges of a month's days, by rows without an own id.
    pub fn has_places_in(&self, channel: i64, month: BillingPeriod) -> Result<bool, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM charge INDEXED BY charge_by_place
                            WHERE is_live = 1 AND row_id IS NULL AND channel = ?1 AND day BETWEEN ?2 AND ?3)",
        )?;
        Ok(statement.query_row(params![channel, first, last], |row| row.get(0))?)
    }

    /// The charge that takes another back and stands.
    pub fn charge_reversing(&self, key: i64) -> Result<Option<ChargeRow>, Error> {
        self.one_charge(
            "reverses = ?1 AND NOT EXISTS (SELECT 1 FROM charge AS again WHERE again.reverses = charge.key)",
            params![key],
        )
    }

    fn one_charge(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Option<ChargeRow>, Error> {
        let mut statement = self.0.prepare_cached(&one_charge(condition))?;
        let mut rows = statement.query(values)?;
        rows.next()?.map(charge_row).transpose()
    }

    /// Unrated charges of a hub, or of all, oldest first.
    pub fn unrated_charges(&self, hub: Option<i64>) -> Result<Vec<ChargeRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM charge WHERE outcome = 3 AND is_live = 1 AND (?1 IS NULL OR hub = ?1) ORDER BY hub, booked, key"
        ))?;
        let mut rows = statement.query([hub])?;
        let mut charges = Vec::new();
        while let Some(row) = rows.next()? {
            charges.push(charge_row(row)?);
        }
        Ok(charges)
    }

    /// Live charges of a hub that a change of prices or markets may touch: rated, reported, free or
    /// unrated, booked and used from the days on; a page of them, by key. A cost given by hand is
    /// never among them.
    pub fn charges_by_card(
        &self,
        hub: i64,
        booked_from: Date,
        used_from: Option<Date>,
        (after, last): (i64, i64),
    ) -> Result<Vec<ChargeRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM charge
             WHERE hub = ?1 AND is_live = 1 AND outcome IN (0, 1, 2, 3) AND reason <> ?2 AND booked >= ?3 AND day >= ?4
               AND key > ?5 AND key <= ?6
             ORDER BY key LIMIT 4096"
        ))?;
        let mut rows = statement.query(params![
            hub,
            StoredReason::ByHand.number(),
            codec::day(booked_from),
            used_from.map_or(0, codec::day),
            after,
            last
        ])?;
        let mut charges = Vec::new();
        while let Some(row) = rows.next()? {
            charges.push(charge_row(row)?);
        }
        Ok(charges)
    }

    /// The key of the newest charge.
    pub fn last_charge_key(&self) -> Result<i64, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT ifnull(max(key), 0) FROM charge")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Live service messages of a channel in a month that are not free for another reason, in
    /// the order in which they use up the free allowance: by day, market name, and then by what
    /// the rows say, so that the order of import does not matter.
    pub fn service_rows(
        &self,
        channel: i64,
        month: BillingPeriod,
    ) -> Result<Vec<ServiceRow>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS}, market.name FROM charge
             JOIN market ON market.key = charge.market JOIN place ON place.key = charge.place
             WHERE charge.category = 5 AND charge.pricing = 0 AND charge.is_live = 1
               AND charge.channel = ?1 AND charge.day BETWEEN ?2 AND ?3
             ORDER BY charge.day, market.name, place.name, ifnull(charge.row_id, ''), charge.ordinal"
        ))?;
        let mut rows = statement.query(params![channel, first, last])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(ServiceRow {
                row: charge_row(row)?,
                market: row.get(25)?,
            });
        }
        Ok(found)
    }

    pub fn import(&self, key: i64) -> Result<Option<ImportRow>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT key, file, sha256, brought_in FROM import WHERE key = ?1")?;
        let found = statement
            .query_row([key], |row| {
                Ok(ImportRow {
                    key: row.get(0)?,
                    file: row.get(1)?,
                    sha256: row.get(2)?,
                    brought_in: row.get(3)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    /// Why a charge was let go.
    pub fn waived(&self, charge: i64) -> Result<Option<String>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT reason FROM waived WHERE charge = ?1")?;
        Ok(statement.query_row([charge], |row| row.get(0)).optional()?)
    }

    pub fn market_name(&self, key: i64) -> Result<String, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT name FROM market WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0))?)
    }

    /// All of Meta's markets that charges name, by key.
    pub fn markets(&self) -> Result<Vec<(i64, String)>, Error> {
        let mut statement = self.0.prepare_cached("SELECT key, name FROM market")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub fn place_name(&self, key: i64) -> Result<String, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT name FROM place WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0))?)
    }

    /// Whether a hub, or one of its channels, has any charge.
    pub fn has_charges(&self, hub: i64) -> Result<bool, Error> {
        fingerprint::bring_up_charges(self.0)?;
        let mut statement = self.0.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM charge_sum WHERE hub = ?1 AND charges > 0)",
        )?;
        Ok(statement.query_row([hub], |row| row.get(0))?)
    }

    /// The first and last day of a channel's usage.
    pub fn usage_days(&self, channel: i64) -> Result<Option<(Date, Date)>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT min(day), max(day) FROM (
                 SELECT day FROM charge INDEXED BY charge_by_place
                 WHERE is_live = 1 AND row_id IS NULL AND channel = ?1
                 UNION ALL
                 SELECT day FROM charge INDEXED BY charge_of_channel
                 WHERE is_live = 1 AND channel = ?1 AND {BESIDE_PLACES})",
        ))?;
        let (first, last): (Option<i64>, Option<i64>) =
            statement.query_row([channel], |row| Ok((row.get(0)?, row.get(1)?)))?;
        match (first, last) {
            (Some(first), Some(last)) => Ok(Some((codec::date(first)?, codec::date(last)?))),
            _ => Ok(None),
        }
    }

    /// The last day of each channel's usage of a hub, of those that have any behind a day. None is booked
    /// before its own day.
    pub fn last_usage_days(&self, hub: i64, behind: Date) -> Result<Vec<(i64, Date)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT channel, max(day) FROM charge INDEXED BY charge_of_month
             WHERE is_live = 1 AND hub = ?1 AND booked > ?2 AND day > ?2 GROUP BY channel",
        )?;
        let mut rows = statement.query(params![hub, codec::day(behind)])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push((row.get(0)?, codec::date(row.get(1)?)?));
        }
        Ok(days)
    }

    /// The channels of a hub that have service messages which may be in a month's free ones, with
    /// each of those months.
    pub fn service_months(&self, hub: i64) -> Result<Vec<(i64, BillingPeriod)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT DISTINCT charge.channel, charge.day / 100 FROM charge INDEXED BY charge_service
             WHERE charge.category = 5 AND charge.pricing = 0 AND charge.is_live = 1
               AND charge.channel IN (SELECT channel.key FROM channel JOIN client ON client.key = channel.client WHERE client.hub = ?1)
             ORDER BY 1, 2",
        )?;
        let mut rows = statement.query([hub])?;
        let mut months = Vec::new();
        while let Some(row) = rows.next()? {
            months.push((row.get(0)?, codec::period(row.get(1)?)?));
        }
        Ok(months)
    }
}

impl Write<'_> {
    pub fn insert_import(&self, file: &str, sha256: &str, brought_in: &str) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO import (file, sha256, brought_in, unit) VALUES (?1, ?2, ?3, ?4)",
            params![file, sha256, brought_in, self.1.get()],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    /// The key of a place's name, new or known.
    pub fn place(&self, name: &str) -> Result<i64, Error> {
        self.0
            .0
            .prepare_cached("INSERT OR IGNORE INTO place (name) VALUES (?1)")?
            .execute([name])?;
        Ok(self
            .0
            .0
            .prepare_cached("SELECT key FROM place WHERE name = ?1")?
            .query_row([name], |row| row.get(0))?)
    }

    /// The key of a market's name, new or known.
    pub fn market(&self, name: &str) -> Result<i64, Error> {
        self.0
            .0
            .prepare_cached("INSERT OR IGNORE INTO market (name) VALUES (?1)")?
            .execute([name])?;
        Ok(self
            .0
            .0
            .prepare_cached("SELECT key FROM market WHERE name = ?1")?
            .query_row([name], |row| row.get(0))?)
    }

    /// Books a charge and gives its key.
    pub fn insert_charge(&self, new: &NewCharge) -> Result<i64, Error> {
        let mut statement = self.0.0.prepare_cached(&insert_of(1))?;
        bind_row(&mut statement, 0, new)?;
        statement.raw_execute()?;
        Ok(self.0.0.last_insert_rowid())
    }

    /// What an import asks and writes for each of its rows.
    pub fn charge_rows(&self) -> Result<ChargeRows<'_>, Error> {
        let file = self.0.0;
        let written = match self.2 {
            Fate::Kept => Written::begin(file)?,
            Fate::TakenBack => None,
        };
        Ok(ChargeRows {
            file,
            written,
            blocks: WrittenBlocks::begin(file)?,
            by_row_id: file.prepare_cached(&one_charge(BY_ROW_ID))?,
            by_place: file.prepare_cached(&one_charge(BY_PLACE))?,
            insert: file.prepare_cached(&insert_of(1))?,
            insert_many: file.prepare_cached(&insert_of(AT_ONCE))?,
            insert_first: file.prepare_cached(&format!("{} {UNLESS_EQUAL}", insert_of(1)))?,
            insert_first_many: file
                .prepare_cached(&format!("{} {UNLESS_EQUAL}", insert_of(AT_ONCE)))?,
            next_ordinal: file.prepare_cached(
                "SELECT max(ordinal) + 1 FROM charge INDEXED BY charge_by_place
                 WHERE is_live = 1 AND row_id IS NULL AND channel = ?1 AND day = ?2 AND category = ?3 AND pricing = ?4
                   AND place = ?5",
            )?,
            last_lines: file
                .prepare_cached("SELECT line FROM charge ORDER BY key DESC LIMIT ?1")?,
            waiting: Vec::new(),
            waiting_ids: HashSet::new(),
            waiting_first: Vec::new(),
        })
    }

    /// Marks a charge as taken back.
    pub fn retire_charge(&self, key: i64) -> Result<(), Error> {
        self.0
            .0
            .prepare_cached("UPDATE charge SET is_live = 0 WHERE key = ?1")?
            .execute([key])?;
        Ok(())
    }

    /// Lets a charge stand again, after what took it back was itself taken back.
    pub fn revive_charge(&self, key: i64) -> Result<(), Error> {
        self.0
            .0
            .prepare_cached("UPDATE charge SET is_live = 1 WHERE key = ?1")?
            .execute([key])?;
        Ok(())
    }

    /// Gives an unrated charge its price.
    pub fn price_charge(&self, key: i64, priced: &Priced) -> Result<(), Error> {
        let micros = |exact: Option<Decimal>| exact.map(codec::micros).transpose();
        self.0.0.prepare_cached(
            "UPDATE charge SET market = ?2, free = ?3, cost = ?4, card = ?5, rate = ?6, rated = ?7, amount = ?8,
                               outcome = ?9, reason = ?10, counted = ?11 WHERE key = ?1 AND outcome = 3",
        )?
        .execute(params![
            key,
            priced.market,
            priced.free,
            micros(priced.cost)?,
            priced.card,
            micros(priced.rate)?,
            micros(priced.rated)?,
            micros(priced.amount)?,
            priced.outcome.number(),
            priced.reason.number(),
            counted_number(priced.counted),
        ])?;
        Ok(())
    }

    /// Notes why a charge was let go.
    pub fn note_waived(&self, charge: i64, reason: &str, at: &str) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO waived (charge, reason, waived_at) VALUES (?1, ?2, ?3)",
            params![charge, reason, at],
        )?;
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Store;

    pub(crate) const PARTIES: &str = "
        INSERT INTO hub (id, name, model, currency, since, first_month, pay_by)
        VALUES ('aPA', '', 'partner-paid', 'EUR', 20260101, 202601, 'card');
        INSERT INTO client (id, hub, name, email, vat_id) VALUES ('aCL', 1, '', '', '');
        INSERT INTO channel (id, client, phone, name, started, time_zone) VALUES ('aCH', 1, '+49', '', 20260101, '');
        INSERT INTO import (file, sha256, brought_in) VALUES ('a', '', '');
        INSERT INTO place (name) VALUES ('DE');
        INSERT INTO market (name) VALUES ('Germany');";

    /// A row of the only channel in January 2026.
    pub(crate) fn usage(line: i64, day: u32) -> NewCharge {
        NewCharge {
            hub: 1,
            channel: 1,
            import: Some(1),
            line,
            row_id: None,
            ordinal: 0,
            day: Date::from_ymd_opt(2026, 1, day).unwrap(),
            booked: Date::from_ymd_opt(2026, 1, day).unwrap(),
            place: 1,
            category: Category::Utility,
            pricing: PricingType::Regular,
            quantity: 5,
            priced: Priced {
                market: 1,
                free: 0,
                cost: None,
                card: None,
                rate: None,
                counted: None,
                rated: None,
                amount: None,
                outcome: StoredOutcome::Unrated,
                reason: StoredReason::None,
            },
            is_live: true,
            reverses: None,
        }
    }

    /// Day, ordinal and line of each charge.
    fn lying(store: &Store) -> Vec<(i64, i64, i64)> {
        let mut statement = store
            .connection
            .prepare("SELECT day % 100, ordinal, line FROM charge ORDER BY day, ordinal")
            .unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn equal_rows_lie_one_behind_the_other_however_many_are_written_at_once() {
        // Of every seven rows three are equal; and all but every third.
        for day_of in [|line: i64| 1 + line % 7 / 3, |line: i64| 1 + line % 3 / 2] {
            for many in [1, 1_023, 1_024, 1_025, 2_600, 40_000] {
                let mut store = Store::in_memory().unwrap();
                store
                    .write(|w| {
                        w.0.0.execute_batch(PARTIES)?;
                        let mut rows = w.charge_rows()?;
                        for line in 0..many {
                            let day = u32::try_from(day_of(line)).unwrap_or(1);
                            rows.insert_behind_equals(usage(line, day))?;
                        }
                        rows.write_waiting()
                    })
                    .unwrap();
                let lies = lying(&store);
                assert_eq!(lies.len(), usize::try_from(many).unwrap());
                let mut lines: Vec<_> = lies.iter().map(|(.., line)| *line).collect();
                lines.sort_unstable();
                assert_eq!(lines, (0..many).collect::<Vec<_>>());
                let mut before = std::collections::HashMap::new();
                for (day, ordinal, line) in &lies {
                    assert_eq!(*day, day_of(*line));
                    let equals = before.entry(*day).or_insert(0);
                    assert_eq!(ordinal, equals);
                    *equals += 1;
                }
            }
        }
    }

    #[test]
    fn a_row_with_an_id_is_found_while_it_waits() {
        let mut store = Store::in_memory().unwrap();
        store
            .write(|w| {
                w.0.0.execute_batch(PARTIES)?;
                let mut rows = w.charge_rows()?;
                for line in 0..1_500 {
                    let row_id = Some(format!("r{line}"));
                    rows.insert(NewCharge {
                        row_id,
                        ..usage(line, 1)
                    })?;
                    let found = rows.by_row_id(1, &format!("r{line}"))?;
                    assert_eq!(found.map(|row| row.charge.line), Some(line));
                    assert!(rows.by_row_id(1, "r1500")?.is_none());
                }
                rows.write_waiting()
            })
            .unwrap();
        assert_eq!(lying(&store).len(), 1_500);
    }
}
