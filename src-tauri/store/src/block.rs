//! Blocks of charges: hashed as they are written, kept until their month is sealed, and read from
//! the charges themselves where none are kept or where the book is proved.

use std::ops::RangeInclusive;

use hubledger_core::seal::{
    BLOCK_KEYS, Block, Field, Hash, Mark, MarkForm, block_of, first_difference, keys_of,
};
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, Row, Rows, params};

use crate::error::Error;
use crate::query::{Fault, FaultCode, Finding};
use crate::table::charges_of_days;

/// What a block says of each charge, in this order.
pub(crate) const COLUMNS: &str = "key, channel, import, line, row_id, ordinal, day, booked, place, market, category, pricing,
                                  quantity, free, cost, card, rate, rated, amount, outcome, reason, reverses";

/// How marks are kept.
const FORM: MarkForm = MarkForm::Short;

const WIDTH: usize = 22;

/// Blocks with fewer charges of a month are read sooner than they are kept.
const FEWEST: usize = 64;

/// With so many charges of a month a block is read from key to key, with fewer one by one.
const MANY: usize = 256;

/// So many blocks are read from key to key, whether charges of the month lie in them or not.
const NEAR: i64 = 16;

/// A field as it lies in the file.
pub(crate) fn field_of<'a>(value: ValueRef<'a>, part: &str) -> Result<Field<'a>, Error> {
    match value {
        ValueRef::Null => Ok(Field::Nothing),
        ValueRef::Integer(number) => Ok(Field::Number(number)),
        ValueRef::Text(text) => std::str::from_utf8(text)
            .map(Field::Text)
            .map_err(|_| Error::Damaged(format!("a text of {part} is no text"))),
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(Error::Damaged(format!(
            "a value of {part} is of no kind that it can be"
        ))),
    }
}

/// What a block holds so far of the charges of a month.
struct Begun {
    hub: i64,
    month: i64,
    block: Block,
}

/// Blocks as their charges are written.
pub(crate) struct WrittenBlocks<'a> {
    file: &'a Connection,
    insert: CachedStatement<'a>,
    /// How many changes the connection had made when the last charges were added.
    changes: u64,
    /// The last key; the one after it is one more.
    last: i64,
    /// Whether the block was begun with its first key.
    is_whole: bool,
    begun: Vec<Begun>,
    /// Which of them the last charge went to: most go where the one before did.
    latest: usize,
    /// Memory for others.
    spare: Vec<Block>,
    /// Hub, month and number of each that was kept.
    kept: Vec<[i64; 3]>,
}

const INSERT: &str = "INSERT OR REPLACE INTO charge_block (hub, month, number, hash, marks) VALUES (?1, ?2, ?3, ?4, ?5)";

impl<'a> WrittenBlocks<'a> {
    pub(crate) fn begin(file: &'a Connection) -> Result<Self, Error> {
        Ok(Self {
            file,
            changes: 0,
            insert: file.prepare_cached(INSERT)?,
            last: i64::MIN,
            is_whole: false,
            begun: Vec::new(),
            latest: 0,
            spare: Vec::new(),
            kept: Vec::new(),
        })
    }

    /// Adds a charge that was just written, with its fields as [`COLUMNS`] name them.
    pub(crate) fn add<'v>(
        &mut self,
        hub: i64,
        month: i64,
        key: i64,
        fields: impl Iterator<Item = Field<'v>>,
    ) -> Result<(), Error> {
        let (first, last) = keys_of(block_of(key));
        if key == first || key != self.last.saturating_add(1) {
            self.let_go();
            self.is_whole = key == first && key > 0;
        }
        self.last = key;
        if !self.is_whole {
            return Ok(());
        }
        if let Some(begun) = self.of_month(hub, month) {
            fields.for_each(|field| begun.block.put(field));
            begun.block.end_row(key);
        }
        if key == last { self.keep() } else { Ok(()) }
    }

    /// Goes on with what was begun, unless anything at all was changed since.
    pub(crate) fn go_on(&mut self) {
        if self.file.total_changes() != self.changes {
            self.let_go();
        }
    }

    /// Rests until more charges are written.
    pub(crate) fn rest(&mut self) {
        self.changes = self.file.total_changes();
    }

    fn let_go(&mut self) {
        self.is_whole = false;
        for mut begun in self.begun.drain(..) {
            begun.block.clear();
            self.spare.push(begun.block);
        }
    }

    fn of_month(&mut self, hub: i64, month: i64) -> Option<&mut Begun> {
        let is_it = |begun: &Begun| (begun.hub, begun.month) == (hub, month);
        if !self.begun.get(self.latest).is_some_and(is_it) {
            let known = self.begun.iter().position(is_it);
            self.latest = known.unwrap_or(self.begun.len());
        }
        if self.latest == self.begun.len() {
            let block = self.spare.pop().unwrap_or_default();
            self.begun.push(Begun { hub, month, block });
        }
        self.begun.get_mut(self.latest)
    }

    fn keep(&mut self) -> Result<(), Error> {
        let number = block_of(self.last);
        for begun in &self.begun {
            let marks = begun.block.marks();
            if marks.len() >= FEWEST {
                let (hub, month) = (begun.hub, begun.month);
                let (hash, marks) = (begun.block.hash(), FORM.write(marks));
                self.insert
                    .execute(params![hub, month, number, hash, marks])?;
                self.kept.push([hub, month, number]);
            }
        }
        self.let_go();
        Ok(())
    }

    /// Keeps those again whose charges got their price after they were written.
    pub(crate) fn end(mut self) -> Result<(), Error> {
        self.let_go();
        let mut is_kept = self.file.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM charge_block WHERE hub = ?1 AND month = ?2 AND number = ?3)",
        )?;
        for kept in &self.kept {
            if is_kept.query_row(*kept, |row| row.get(0))? {
                continue;
            }
            let [hub, month, number] = *kept;
            let (first, last) = keys_of(number);
            let insert = &mut self.insert;
            let mut told = |number, hash, marks: &[Mark]| {
                insert.execute(params![hub, month, number, hash, FORM.write(marks)])?;
                Ok(())
            };
            let mut reading = Reading::begin(&mut told);
            read_range(self.file, bound_of(hub, month), first..=last, &mut reading)?;
            reading.end()?;
        }
        Ok(())
    }
}

/// The charges of a hub that are booked in a month, in the order of its parts: hub, first day, last
/// day, month.
pub(crate) type MonthBound = [i64; 4];

/// A month by its number, whatever that is.
fn bound_of(hub: i64, month: i64) -> MonthBound {
    let days = month.saturating_mul(100);
    [hub, days.saturating_add(1), days.saturating_add(31), month]
}

/// Who is told of a block: its number, its hash and its marks. They come in the order of their numbers.
type Told<'t> = dyn FnMut(i64, Hash, &[Mark]) -> Result<(), Error> + 't;

/// A block as it is read from its charges.
struct Reading<'t, 'f> {
    number: i64,
    block: Block,
    told: &'t mut Told<'f>,
}

impl<'t, 'f> Reading<'t, 'f> {
    fn begin(told: &'t mut Told<'f>) -> Self {
        Self {
            number: 0,
            block: Block::default(),
            told,
        }
    }

    fn put_all(&mut self, mut rows: Rows<'_>) -> Result<(), Error> {
        while let Some(row) = rows.next()? {
            let key = row.get(0)?;
            if self.number != block_of(key) {
                self.end()?;
                self.number = block_of(key);
            }
            for at in 0..WIDTH {
                self.block.put(field_of(row.get_ref(at)?, "charge")?);
            }
            self.block.end_row(key);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        if !self.block.marks().is_empty() {
            (self.told)(self.number, self.block.hash(), self.block.marks())?;
        }
        self.block.clear();
        Ok(())
    }
}

/// The blocks of a month as its charges are now.
pub(crate) fn read_all(
    file: &Connection,
    bound: MonthBound,
    told: &mut Told<'_>,
) -> Result<(), Error> {
    let [hub, first, last, _] = bound;
    let charges = charges_of_days(file, &bound)?;
    let mut statement = file.prepare(&format!("SELECT {COLUMNS} FROM {charges} ORDER BY key"))?;
    let mut reading = Reading::begin(told);
    reading.put_all(statement.query([hub, first, last])?)?;
    reading.end()
}

/// The blocks of a month: those that are kept and whole as they are, the others as their charges are
/// now; all of them where nothing in the file lets go of those whose charges change.
pub(crate) fn read_unkept(
    file: &Connection,
    bound: MonthBound,
    told: &mut Told<'_>,
) -> Result<(), Error> {
    let [hub, .., month] = bound;
    if !is_watched(file)? {
        return read_all(file, bound, told);
    }
    let mut statement = file.prepare_cached(KEPT)?;
    let mut rows = statement.query([hub, month])?;
    let mut next = None;
    while let Some(kept) = Kept::next_of(&mut rows)? {
        if !kept.is_whole() {
            continue;
        }
        let (first, last) = keys_of(kept.number);
        read_between(file, bound, next.unwrap_or(i64::MIN)..=first - 1, told)?;
        told(kept.number, kept.hash, &kept.marks)?;
        next = Some(last + 1);
    }
    match next {
        None => read_all(file, bound, told),
        Some(next) => read_between(file, bound, next..=i64::MAX, told),
    }
}

/// Whether the triggers are there that let blocks go.
fn is_watched(file: &Connection) -> Result<bool, Error> {
    let triggers: i64 = file
        .prepare_cached(
            "SELECT count(*) FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = 'charge'
             AND name IN ('charge_block_is_as_written', 'charge_block_has_its_charges')",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(triggers == 2)
}

/// The blocks of a month between two keys, of which none is kept.
fn read_between(
    file: &Connection,
    bound: MonthBound,
    keys: RangeInclusive<i64>,
    told: &mut Told<'_>,
) -> Result<(), Error> {
    let mut reading = Reading::begin(told);
    if keys.end().saturating_sub(*keys.start()) < NEAR * BLOCK_KEYS {
        read_range(file, bound, keys, &mut reading)?;
        return reading.end();
    }
    let mut one =
        file.prepare_cached(&format!("SELECT {COLUMNS} FROM main.charge WHERE key = ?1"))?;
    let found = keys_between(file, bound, keys)?;
    for of_block in found.chunk_by(|a, b| block_of(*a) == block_of(*b)) {
        let (Some(first), Some(last)) = (of_block.first(), of_block.last()) else {
            continue;
        };
        if of_block.len() >= MANY {
            read_range(file, bound, *first..=*last, &mut reading)?;
            continue;
        }
        for key in of_block {
            reading.put_all(one.query([key])?)?;
        }
    }
    reading.end()
}

fn read_range(
    file: &Connection,
    [hub, first, last, _]: MonthBound,
    keys: RangeInclusive<i64>,
    reading: &mut Reading<'_, '_>,
) -> Result<(), Error> {
    let mut statement = file.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM main.charge NOT INDEXED
         WHERE key BETWEEN ?4 AND ?5 AND hub = ?1 AND booked BETWEEN ?2 AND ?3 ORDER BY key"
    ))?;
    reading.put_all(statement.query([hub, first, last, *keys.start(), *keys.end()])?)
}

/// The keys of a month's charges between two, lowest first: looked up day by day, as few are expected.
fn keys_between(
    file: &Connection,
    [hub, first, last, _]: MonthBound,
    keys: RangeInclusive<i64>,
) -> Result<Vec<i64>, Error> {
    let mut statement = file.prepare_cached(
        "SELECT key FROM main.charge INDEXED BY charge_of_month
         WHERE hub = ?1 AND booked = ?2 AND key BETWEEN ?3 AND ?4",
    )?;
    let mut found = Vec::new();
    for day in first..=last {
        let mut rows = statement.query([hub, day, *keys.start(), *keys.end()])?;
        while let Some(row) = rows.next()? {
            found.push(row.get(0)?);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// A block that is kept. One that is cut off has no marks.
struct Kept {
    number: i64,
    hash: Hash,
    marks: Vec<Mark>,
}

const KEPT: &str = "SELECT number, hash, marks FROM main.charge_block WHERE hub = ?1 AND month = ?2 ORDER BY number";

impl Kept {
    fn of(row: &Row<'_>) -> Result<Self, Error> {
        let hash = Hash::try_from(row.get::<_, Vec<u8>>(1)?).ok();
        let marks = hash.and(FORM.read(&row.get::<_, Vec<u8>>(2)?));
        Ok(Self {
            number: row.get(0)?,
            hash: hash.unwrap_or_default(),
            marks: marks.unwrap_or_default(),
        })
    }

    /// Whether its marks may be those of its charges: their keys lie in it and go up.
    fn is_whole(&self) -> bool {
        let (first, last) = keys_of(self.number);
        let mut before = first.saturating_sub(1);
        let goes_up = self.marks.iter().all(|mark| {
            let is_behind = mark.key > before;
            before = mark.key;
            is_behind
        });
        first > 0 && last < i64::MAX && !self.marks.is_empty() && goes_up && before <= last
    }

    fn next_of(rows: &mut Rows<'_>) -> Result<Option<Self>, Error> {
        rows.next()?.map(Self::of).transpose()
    }

    /// The first charge that is not as it was, if the block is now as told (none: nothing is in it); the
    /// block's first key where its marks do not say.
    fn first_difference(&self, is: Option<(Hash, &[Mark])>) -> Option<i64> {
        let marks = is.map_or(&[][..], |(_, marks)| marks);
        let marked = first_difference(&self.marks, marks).map(|(_, key)| key);
        let is_other = is.is_none_or(|(hash, _)| hash != self.hash);
        marked.or(is_other.then_some(keys_of(self.number).0))
    }
}

/// Lets go the blocks of a month: its seal holds them.
pub(crate) fn forget(file: &Connection, hub: i64, month: i64) -> Result<(), Error> {
    file.prepare_cached("DELETE FROM main.charge_block WHERE hub = ?1 AND month = ?2")?
        .execute([hub, month])?;
    Ok(())
}

/// Every block that is kept is what its charges are now.
pub(crate) fn proof(file: &Connection) -> Result<Finding, Error> {
    let mut finding = Finding::default();
    let mut months = file.prepare(
        "SELECT DISTINCT charge_block.hub, month, ifnull(hub.id, '') FROM main.charge_block
         LEFT JOIN main.hub ON hub.key = charge_block.hub",
    )?;
    let mut months = months.query([])?;
    while let Some(row) = months.next()? {
        let (hub, month, id): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        finding.checked += 1;
        let charge = first_that_differs(file, hub, month)?;
        finding.faults.extend(charge.map(|charge| {
            Fault::new(FaultCode::ChargeNotAsWritten)
                .with("hub", &id)
                .with("month", format!("{}-{:02}", month / 100, month % 100))
                .with("charge", charge)
        }));
    }
    Ok(finding)
}

/// The first charge of a month whose block is not as it is kept.
fn first_that_differs(file: &Connection, hub: i64, month: i64) -> Result<Option<i64>, Error> {
    let mut statement = file.prepare_cached(KEPT)?;
    let mut rows = statement.query([hub, month])?;
    let mut due = Kept::next_of(&mut rows)?;
    let mut found = None;
    read_all(file, bound_of(hub, month), &mut |number, hash, marks| {
        while let Some(kept) = due.take_if(|kept| kept.number <= number) {
            let is = (kept.number == number).then_some((hash, marks));
            found = found.or(kept.first_difference(is));
            due = Kept::next_of(&mut rows)?;
        }
        Ok(())
    })?;
    Ok(found.or(due.and_then(|kept| kept.first_difference(None))))
}

#[cfg(test)]
mod tests {
    use hubledger_core::period::Date;
    use hubledger_core::seal::hex;

    use super::*;
    use crate::table::charge_tests::{PARTIES, usage};
    use crate::{ChargeRows, NewCharge, Store, Write};

    const JANUARY: MonthBound = [1, 20_260_101, 20_260_131, 202_601];
    const FEBRUARY: MonthBound = [1, 20_260_201, 20_260_228, 202_602];

    type Read = fn(&Connection, MonthBound, &mut Told<'_>) -> Result<(), Error>;

    /// Number, hash and marks of each block.
    fn blocks(store: &Store, read: Read, month: MonthBound) -> Vec<(i64, String, Vec<Mark>)> {
        let mut found = Vec::new();
        read(&store.connection, month, &mut |number, hash, marks| {
            found.push((number, hex(hash), marks.to_vec()));
            Ok(())
        })
        .unwrap();
        found
    }

    fn kept(store: &Store) -> Vec<(i64, i64)> {
        let sql = "SELECT month, number FROM charge_block ORDER BY 1, 2";
        let mut statement = store.connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Those that are kept are as those that are read, whichever are kept.
    fn assert_as_read(store: &Store, told: &str) {
        for month in [JANUARY, FEBRUARY, [9, 0, 99_999_999, 202_601]] {
            let read = blocks(store, read_all, month);
            assert_eq!(blocks(store, read_unkept, month), read, "{told}");
            let charges: usize = read.iter().map(|(.., marks)| marks.len()).sum();
            let [hub, first, last, _] = month;
            let said: i64 = store
                .connection
                .query_row(
                    "SELECT count(*) FROM charge WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3",
                    [hub, first, last],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(i64::try_from(charges).unwrap(), said, "{told}");
        }
        assert_eq!(faults(store), [""; 0], "{told}");
    }

    fn faults(store: &Store) -> Vec<String> {
        let found = proof(&store.connection).unwrap().faults;
        let told = |fault: &Fault| format!("{} {}", fault.fact("month"), fault.fact("charge"));
        found.iter().map(told).collect()
    }

    /// A row of January; one of `late` in so many is booked in February.
    fn row(line: i64, late: i64) -> NewCharge {
        let new = usage(line, 1 + u32::try_from(line % 28).unwrap());
        let booked = match line % late {
            0 => Date::from_ymd_opt(2026, 2, 3).unwrap(),
            _ => new.booked,
        };
        // Every third has an id.
        let row_id = (line % 3 == 0).then(|| format!("r{line}"));
        NewCharge {
            booked,
            row_id,
            ..new
        }
    }

    fn put(rows: &mut ChargeRows<'_>, new: NewCharge) -> Result<(), Error> {
        match new.row_id {
            Some(_) => rows.insert(new),
            None => rows.insert_behind_equals(new),
        }
    }

    fn import(store: &mut Store, many: i64, late: i64) {
        let act = |w: &Write<'_>| {
            let last: i64 =
                w.0.0
                    .query_row("SELECT count(*) FROM charge", [], |row| row.get(0))?;
            let mut rows = w.charge_rows()?;
            for line in last + 1..=last + many {
                rows.insert(NewCharge {
                    row_id: Some(format!("r{line}")),
                    ..row(line, late)
                })?;
            }
            rows.end()
        };
        store.write(act).unwrap();
    }

    fn store() -> Store {
        let mut store = Store::in_memory().unwrap();
        run(&mut store, PARTIES);
        store
    }

    fn run(store: &mut Store, sql: &str) {
        let act = |w: &Write<'_>| Ok::<_, Error>(w.0.0.execute_batch(sql)?);
        store.write(act).unwrap();
    }

    /// Charges of a booked day that no import wrote.
    fn beside(many: i64, day: i64) -> String {
        format!(
            "WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {many})
             INSERT INTO charge (hub, channel, import, line, row_id, ordinal, day, booked, place, market, category, pricing,
                                 quantity, free, outcome, reason, is_live)
             SELECT 1, 1, 1, k, 'beside {day} ' || k, 0, {day}, {day}, 1, 1, 0, 0, 7, 0, 3, 0, 1 FROM n"
        )
    }

    #[test]
    fn whole_blocks_with_many_charges_of_a_month_are_kept() {
        let never = i64::MAX;
        let of = |month: i64, numbers: &[i64]| -> Vec<(i64, i64)> {
            numbers.iter().map(|number| (month, *number)).collect()
        };
        // How many lie before, how many come, one in how many is of February, and what is kept then.
        for (before, many, late, expected) in [
            (0, 1_023, never, of(202_601, &[])),
            (0, 1_024, never, of(202_601, &[0])),
            (0, 5_000, never, of(202_601, &[0, 1, 2, 3])),
            (1, 5_000, never, of(202_601, &[1, 2, 3])),
            (700, 5_000, never, of(202_601, &[1, 2, 3, 4])),
            // 1,024 rows: 102 of February. And 32 of each 1,024, which are too few.
            (
                0,
                2_500,
                10,
                [of(202_601, &[0, 1]), of(202_602, &[0, 1])].concat(),
            ),
            (0, 2_500, 32, of(202_601, &[0, 1])),
            // More than are written at once.
            (0, 40_000, never, of(202_601, &(0..39).collect::<Vec<_>>())),
            (
                100,
                40_000,
                never,
                of(202_601, &(1..39).collect::<Vec<_>>()),
            ),
        ] {
            let told = format!("{before} before, {many}, every {late}th");
            let mut store = store();
            if before > 0 {
                run(&mut store, &beside(before, 20_260_131));
            }
            import(&mut store, many, late);
            assert_eq!(kept(&store), expected, "{told}");
            assert_as_read(&store, &told);
        }
    }

    #[test]
    fn a_charge_that_says_something_else_is_read_again() {
        let all = [(202_601, 0), (202_601, 1), (202_601, 2), (202_601, 3)];
        for (sql, is_let_go) in [
            (
                "UPDATE charge SET amount = 3, rated = 3, outcome = 0 WHERE key = 1025",
                true,
            ),
            ("UPDATE charge SET market = 1 WHERE key = 2048", true),
            (
                "UPDATE charge SET reason = 2 WHERE key BETWEEN 1300 AND 1310",
                true,
            ),
            // It may change after a close, too, and is not sealed.
            ("UPDATE charge SET is_live = 0 WHERE key = 1025", false),
            ("UPDATE charge SET counted = 9 WHERE key = 1025", false),
        ] {
            let mut store = store();
            import(&mut store, 5_000, i64::MAX);
            assert_eq!(kept(&store), all);
            run(&mut store, sql);
            let left = all.iter().filter(|kept| !is_let_go || kept.1 != 1);
            assert_eq!(kept(&store), left.copied().collect::<Vec<_>>(), "{sql}");
            assert_as_read(&store, sql);
        }
    }

    #[test]
    fn what_is_changed_while_others_wait_is_not_kept_as_it_was() {
        let mut store = store();
        let act = |w: &Write<'_>| {
            let mut rows = w.charge_rows()?;
            for line in 1..=6_000 {
                put(&mut rows, row(line, 10))?;
                // Blocks that are whole by now, and some that are not.
                if line % 1_500 == 0 {
                    rows.write_waiting()?;
                    w.0.0.execute_batch("UPDATE charge SET amount = 3, outcome = 0 WHERE outcome = 3 AND key % 400 = 0")?;
                }
            }
            rows.end()
        };
        store.write(act).unwrap();
        assert_as_read(&store, "changed between");
    }

    #[test]
    fn what_is_taken_back_keeps_nothing() {
        let mut store = store();
        let act = |w: &Write<'_>| {
            let mut rows = w.charge_rows()?;
            for line in 1..=3_000 {
                put(&mut rows, row(line, i64::MAX))?;
            }
            rows.end()
        };
        store.try_out(act).unwrap();
        assert_eq!(kept(&store), []);
        assert_as_read(&store, "taken back");
    }

    #[test]
    fn a_block_that_an_import_prices_late_is_kept_again() {
        let mut store = store();
        let act = |w: &Write<'_>| {
            let mut rows = w.charge_rows()?;
            for line in 1..=5_000 {
                put(&mut rows, row(line, 10))?;
            }
            rows.write_waiting()?;
            let sql = "UPDATE charge SET amount = 3, outcome = 0 WHERE key BETWEEN 1500 AND 2500";
            w.0.0.execute_batch(sql)?;
            rows.end()
        };
        store.write(act).unwrap();
        let all = [202_601, 202_602].map(|month| (0..4).map(move |number| (month, number)));
        assert_eq!(kept(&store), all.into_iter().flatten().collect::<Vec<_>>());
        assert_as_read(&store, "kept again");
    }

    #[test]
    fn a_seal_takes_no_block_that_may_be_none() {
        for sql in [
            "UPDATE charge_block SET hash = x'00' WHERE number = 1",
            "UPDATE charge_block SET marks = x'' WHERE number = 1",
            "UPDATE charge_block SET marks = x'ff' WHERE number = 1",
            "UPDATE charge_block SET number = 7 WHERE number = 1",
            "UPDATE charge_block SET number = -1 WHERE number = 1",
            "UPDATE charge_block SET number = 9007199254740991 WHERE number = 1",
            "UPDATE charge_block SET number = 9223372036854775807 WHERE number = 1",
            "UPDATE charge_block SET marks = (SELECT marks FROM charge_block WHERE number = 2) WHERE number = 1",
            "DROP TRIGGER charge_block_is_as_written; UPDATE charge SET market = 2 WHERE key = 1031",
            "DROP TRIGGER charge_block_has_its_charges; DROP TRIGGER charge_is_never_removed; DELETE FROM charge WHERE key = 1031",
            "DROP TRIGGER charge_keeps_what_it_says; UPDATE charge SET booked = 20260203 WHERE key = 1031",
            "DROP TRIGGER charge_is_never_removed; DELETE FROM charge WHERE key = 1031",
        ] {
            let mut store = store();
            import(&mut store, 5_000, 10);
            store
                .connection
                .execute_batch(&format!("PRAGMA foreign_keys = off; {sql}"))
                .unwrap();
            for month in [JANUARY, FEBRUARY] {
                let read = blocks(&store, read_all, month);
                assert_eq!(blocks(&store, read_unkept, month), read, "{sql}");
            }
        }
    }

    #[test]
    fn few_and_many_charges_between_kept_blocks_are_found() {
        let mut store = store();
        // January: kept blocks, some in pieces, few among 30,000 of another month, and many of those.
        import(&mut store, 2_500, i64::MAX);
        for (many, day) in [
            (15_000, 20_260_203),
            (3, 20_260_110),
            (15_000, 20_260_204),
            (700, 20_260_111),
            (3_000, 20_260_205),
        ] {
            run(&mut store, &beside(many, day));
        }
        import(&mut store, 3_000, i64::MAX);
        run(&mut store, &beside(30, 20_260_112));
        run(&mut store, &beside(20_000, 20_260_206));
        run(&mut store, &beside(2, 20_260_113));
        assert!(kept(&store).len() > 3, "{:?}", kept(&store));
        assert_as_read(&store, "between");
    }

    #[test]
    fn what_another_program_makes_of_charges_or_blocks_is_told() {
        let whole = "DROP TRIGGER charge_keeps_what_it_says; DROP TRIGGER charge_is_never_removed;
                     DROP TRIGGER charge_block_is_as_written; DROP TRIGGER charge_block_has_its_charges;";
        for (sql, expected) in [
            (
                "UPDATE charge SET line = line + 1 WHERE key = 1030",
                "2026-01 1030",
            ),
            (
                "UPDATE charge SET amount = 5, outcome = 0 WHERE key >= 2000",
                "2026-01 2000",
            ),
            ("DELETE FROM charge WHERE key = 1030", "2026-01 1030"),
            ("DELETE FROM charge", "2026-01 1"),
            (
                "DELETE FROM charge; UPDATE charge_block SET hash = zeroblob(32), marks = x''",
                "2026-01 1",
            ),
            (
                "UPDATE charge SET booked = 20260203 WHERE key = 7",
                "2026-01 7",
            ),
            (
                "UPDATE charge_block SET hash = zeroblob(32) WHERE number = 1",
                "2026-01 1025",
            ),
            (
                "UPDATE charge_block SET marks = x'' WHERE number = 1",
                "2026-01 1025",
            ),
            (
                "UPDATE charge_block SET number = 7 WHERE number = 1",
                "2026-01 1025",
            ),
            (
                "UPDATE charge_block SET month = 202602 WHERE number = 1",
                "2026-02 1025",
            ),
        ] {
            let mut store = store();
            import(&mut store, 5_000, i64::MAX);
            assert_eq!(faults(&store), [""; 0]);
            store
                .connection
                .execute_batch(&format!("{whole} {sql}"))
                .unwrap();
            assert_eq!(faults(&store), [expected], "{sql}");
        }
    }
}
