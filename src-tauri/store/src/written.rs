//! Charges that are counted as they are written: their fingerprint and their sums, of which an import
//! of a million would otherwise read each row again before it is committed.
//!
//! Nothing is kept before the end. Whoever asks for sums meanwhile has all rows counted by reading
//! them; what was counted here is let go.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::error::Error;
use crate::fingerprint::{self, Fingerprint, PRICED_LATER};
use crate::sums::{self, Counts, Sums};

pub(crate) struct Written<'a> {
    file: &'a Connection,
    /// As it is kept.
    was: Fingerprint,
    /// With the rows up to the last that was counted.
    is: Fingerprint,
    sums: Sums<'a>,
}

impl<'a> Written<'a> {
    /// From the last charge on. None: this file keeps no such things.
    pub(crate) fn begin(file: &'a Connection) -> Result<Option<Self>, Error> {
        if !sums::are_kept(file)? {
            return Ok(None);
        }
        // What was changed before this is counted as it is now.
        fingerprint::bring_up_charges(file)?;
        let was = kept(file)?;
        Ok(was.map(|was| Self {
            file,
            was,
            is: was,
            sums: Sums::new(file),
        }))
    }

    /// Counts a charge that was just written and that no list leaves out.
    pub(crate) fn add<'v>(
        &mut self,
        key: i64,
        values: impl Iterator<Item = ValueRef<'v>>,
        counts: &Counts,
    ) -> Result<(), Error> {
        self.read_before(key)?;
        self.is.add_row(key, values);
        self.sums.count(counts, 1)
    }

    /// Counts the rows between the last that was counted and this one: others wrote them.
    fn read_before(&mut self, key: i64) -> Result<(), Error> {
        let (last, before) = (self.is.last, key - 1);
        if last >= before {
            return Ok(());
        }
        self.is = fingerprint::count_charges(self.file, self.is, before, &mut self.sums)?;
        // They are counted as they are now, whatever they were before.
        self.file
            .prepare_cached("DELETE FROM temp.charge_was WHERE key > ?1 AND key <= ?2")?
            .execute([last, before])?;
        Ok(())
    }

    /// Keeps what was counted, and with it what else came and what was changed since.
    pub(crate) fn keep(self) -> Result<(), Error> {
        if kept(self.file)? != Some(self.was) {
            return Ok(());
        }
        fingerprint::bring_up_counted(self.file, self.was, self.is, Some(self.sums))
    }
}

fn kept(file: &Connection) -> Result<Option<Fingerprint>, Error> {
    Ok(fingerprint::kept(file)?.remove(PRICED_LATER))
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::table::charge_tests::{PARTIES, usage};
    use crate::{ChargeRows, NewCharge, Store, Write, fingerprint, sums};

    /// What else is done to a book while rows wait, are written and are counted.
    type Meddle = fn(&Write<'_>, &mut ChargeRows<'_>) -> Result<(), Error>;

    const ONE_BESIDE: &str = "INSERT INTO charge (hub, channel, import, line, row_id, ordinal, day, booked, place, market, category, pricing, quantity, free, outcome, reason, is_live)
         VALUES (1, 1, 1, 9, 'beside', 0, 20260131, 20260131, 1, 1, 0, 0, 7, 0, 3, 0, 1)";

    fn price(w: &Write<'_>, which: &str) -> Result<(), Error> {
        let sql = format!("UPDATE charge SET amount = 3, outcome = 0 WHERE {which}");
        Ok(w.0.0.execute_batch(&sql)?)
    }

    /// A book in which a few charges lie, an import of two halves of `many` rows, and what is done between
    /// them and behind them.
    fn import(many: i64, between: Meddle, behind: Meddle) -> Store {
        let mut store = Store::in_memory().unwrap();
        let lay = |w: &Write<'_>| {
            w.0.0.execute_batch(PARTIES)?;
            Ok::<_, Error>(
                w.0.0
                    .execute_batch(&ONE_BESIDE.replace("beside", "before"))?,
            )
        };
        store.write(lay).unwrap();
        let act = |w: &Write<'_>| {
            let mut rows = w.charge_rows()?;
            for line in 0..many {
                // Every third has an id; of the others some are equal.
                let row_id = (line % 3 == 0).then(|| format!("r{line}"));
                let charge = NewCharge {
                    row_id: row_id.clone(),
                    ..usage(line, 1 + u32::try_from(line % 28).unwrap_or(0))
                };
                match row_id {
                    Some(_) => rows.insert(charge)?,
                    None => rows.insert_behind_equals(charge)?,
                }
                if line == many / 2 {
                    rows.write_waiting()?;
                    between(w, &mut rows)?;
                }
            }
            rows.write_waiting()?;
            behind(w, &mut rows)?;
            rows.end()
        };
        store.write(act).unwrap();
        store
    }

    #[test]
    fn what_is_counted_as_it_is_written_is_what_is_found_by_reading_it() {
        let nothing: Meddle = |_, _| Ok(());
        let meddles: [(&str, Meddle); 6] = [
            ("nothing", nothing),
            ("one beside", |w, _| Ok(w.0.0.execute_batch(ONE_BESIDE)?)),
            ("one beside that is priced at once", |w, _| {
                w.0.0.execute_batch(ONE_BESIDE)?;
                price(w, "row_id = 'beside'")
            }),
            ("older ones priced", |w, _| price(w, "row_id = 'before'")),
            ("new ones priced, again and again", |w, _| {
                price(w, "key % 5 = 0 AND outcome = 3")?;
                let last = "key % 7 = 0 AND is_live = 1";
                Ok(w.0
                    .0
                    .execute_batch(&format!("UPDATE charge SET is_live = 0 WHERE {last}"))?)
            }),
            ("sums asked for", |w, _| {
                assert!(w.has_charges(1)?);
                price(w, "key % 5 = 0 AND outcome = 3")
            }),
        ];
        for (between_name, between) in meddles {
            for (behind_name, behind) in meddles {
                if between_name.starts_with("one") && behind_name.starts_with("one") {
                    continue;
                }
                for many in [3, 2_500] {
                    let store = import(many, between, behind);
                    let told = format!("{many} rows, {between_name}, {behind_name}");
                    let changed = fingerprint::changed(&store.connection).unwrap();
                    assert!(changed.is_empty(), "{told}: {changed:?}");
                    let proof = sums::proof(&store.connection).unwrap();
                    assert!(proof.faults.is_empty(), "{told}: {:?}", proof.faults);
                    assert!(proof.checked > 0, "{told}");
                }
            }
        }
    }

    #[test]
    fn rows_are_not_read_again() {
        let mut store = Store::in_memory().unwrap();
        let act = |w: &Write<'_>| {
            w.0.0.execute_batch(PARTIES)?;
            let mut rows = w.charge_rows()?;
            for line in 0..10 {
                rows.insert(usage(line, 1 + u32::try_from(line).unwrap_or(0)))?;
            }
            rows.end()?;
            // Whoever reads them now finds other lines.
            w.0.0.execute_batch(
                "DROP TRIGGER temp.charge_is_priced; DROP TRIGGER charge_keeps_what_it_says;
                 UPDATE charge SET line = line + 100",
            )?;
            Ok::<_, Error>(())
        };
        store.write(act).unwrap();
        let changed = fingerprint::changed(&store.connection).unwrap();
        assert!(changed.contains("charge"), "{changed:?}");
    }
}
