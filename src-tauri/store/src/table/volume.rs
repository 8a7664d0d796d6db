//! Volume steps: what clients' months had counted outside the book, and the rows of the book that
//! the steps price.

use hubledger_core::period::BillingPeriod;
use hubledger_core::usage::{Category, PricingType};
use hubledger_core::volume::Counted;
use rusqlite::{OptionalExtension, params};
use rust_decimal::Decimal;

use crate::codec::{self, Number};
use crate::error::Error;
use crate::{Read, Write};

/// What a client's month had counted in a market and category, from a month on.
#[derive(Clone, Debug)]
pub struct VolumeStart {
    pub market: String,
    pub category: Category,
    pub from: BillingPeriod,
    /// Messages; pulses of calls. None: not known from then on.
    pub counted: Option<u64>,
}

/// One client's rows of a month that share volume steps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VolumeGroup {
    pub client: i64,
    pub market: String,
    pub category: Category,
    pub month: BillingPeriod,
}

/// A live row of a group: what decides about its place on the steps.
#[derive(Clone, Copy, Debug)]
pub struct VolumeRow {
    pub key: i64,
    pub pricing: PricingType,
    pub quantity: i64,
    pub cost: Option<Decimal>,
    pub counted: Option<Counted>,
    pub is_priced: bool,
}

/// `counted` as the file keeps it: -1 is not known.
pub(crate) fn counted_number(counted: Option<Counted>) -> Option<i64> {
    counted.map(|counted| match counted {
        Counted::Before(units) => i64::try_from(units).unwrap_or(i64::MAX),
        Counted::Unknown => -1,
    })
}

pub(crate) fn counted_of(number: Option<i64>) -> Option<Counted> {
    number.map(|number| u64::try_from(number).map_or(Counted::Unknown, Counted::Before))
}

impl Read<'_> {
    /// What was told of a client's months, by market, category and month.
    pub fn volume_starts(&self, client: i64) -> Result<Vec<VolumeStart>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT market, category, from_month, counted FROM volume_start WHERE client = ?1
             ORDER BY market, category, from_month",
        )?;
        let mut rows = statement.query([client])?;
        let mut starts = Vec::new();
        while let Some(row) = rows.next()? {
            let counted: Option<i64> = row.get(3)?;
            starts.push(VolumeStart {
                market: row.get(0)?,
                category: Number::of_number(row.get(1)?)?,
                from: codec::period(row.get(2)?)?,
                counted: counted.and_then(|n| u64::try_from(n).ok()),
            });
        }
        Ok(starts)
    }

    /// What a group's month had counted before the book's own rows.
    pub fn volume_start(&self, group: &VolumeGroup) -> Result<Counted, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT counted FROM volume_start WHERE client = ?1 AND market = ?2 AND category = ?3 AND from_month <= ?4
             ORDER BY from_month DESC LIMIT 1",
        )?;
        let told: Option<Option<i64>> = statement
            .query_row(
                params![
                    group.client,
                    group.market,
                    group.category.number(),
                    codec::month(group.month)
                ],
                |row| row.get(0),
            )
            .optional()?;
        Ok(counted_of(told.flatten()).unwrap_or(Counted::Unknown))
    }

    /// The rows of a group, in the order in which they go up the steps: by day, channel, and then
    /// by what the rows say, so that the order of import does not matter.
    pub fn volume_rows(
        &self,
        group: &VolumeGroup,
        mut each: impl FnMut(VolumeRow),
    ) -> Result<(), Error> {
        let (first, last) = codec::days_of(group.month);
        let mut statement = self.0.prepare_cached(
            "SELECT charge.key, charge.pricing, charge.quantity, charge.cost, charge.counted, charge.outcome <> 3
             FROM channel CROSS JOIN charge INDEXED BY charge_counted ON charge.channel = channel.key
             JOIN place ON place.key = charge.place
             WHERE charge.counted IS NOT NULL AND charge.is_live = 1 AND channel.client = ?1
               AND charge.market = (SELECT key FROM market WHERE name = ?2) AND charge.category = ?3
               AND charge.day BETWEEN ?4 AND ?5
             ORDER BY charge.day, channel.id, place.name, ifnull(charge.row_id, ''), charge.ordinal, charge.pricing",
        )?;
        let mut rows = statement.query(params![
            group.client,
            group.market,
            group.category.number(),
            first,
            last
        ])?;
        while let Some(row) = rows.next()? {
            let cost: Option<i64> = row.get(3)?;
            each(VolumeRow {
                key: row.get(0)?,
                pricing: Number::of_number(row.get(1)?)?,
                quantity: row.get(2)?,
                cost: cost.map(codec::amount),
                counted: counted_of(row.get(4)?),
                is_priced: row.get(5)?,
            });
        }
        Ok(())
    }

    /// A client's groups that have rows on volume steps, from a month on.
    pub fn volume_groups(
        &self,
        client: i64,
        from: BillingPeriod,
    ) -> Result<Vec<VolumeGroup>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT DISTINCT market.name, charge.category, charge.day / 100
             FROM channel CROSS JOIN charge INDEXED BY charge_counted ON charge.channel = channel.key
             JOIN market ON market.key = charge.market
             WHERE charge.counted IS NOT NULL AND charge.is_live = 1 AND channel.client = ?1 AND charge.day >= ?2
             ORDER BY 3, 1, 2",
        )?;
        let mut rows = statement.query(params![client, codec::day(from.first_day())])?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            groups.push(VolumeGroup {
                client,
                market: row.get(0)?,
                category: Number::of_number(row.get(1)?)?,
                month: codec::period(row.get(2)?)?,
            });
        }
        Ok(groups)
    }
}

impl Read<'_> {
    /// A client's groups of a category that have rows on volume steps, from a month on, as the
    /// book keeps both.
    pub fn volume_groups_told(
        &self,
        client: i64,
        category: i64,
        from: i64,
    ) -> Result<Vec<VolumeGroup>, Error> {
        let category = Category::of_number(category)?;
        let groups = self.volume_groups(client, codec::period(from)?)?;
        Ok(groups
            .into_iter()
            .filter(|g| g.category == category)
            .collect())
    }
}

impl Write<'_> {
    /// Tells what a client's month had counted, from a month on.
    pub fn put_volume_start(&self, client: i64, start: &VolumeStart) -> Result<(), Error> {
        let counted = start.counted.map(Counted::Before);
        self.0.0.execute(
            "INSERT INTO volume_start (client, market, category, from_month, counted) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET counted = excluded.counted",
            params![
                client,
                start.market,
                start.category.number(),
                codec::month(start.from),
                counted_number(counted),
            ],
        )?;
        Ok(())
    }

    /// Notes a row's place on the steps, where it changes nothing about its price.
    pub fn note_counted(&self, charge: i64, counted: Option<Counted>) -> Result<(), Error> {
        self.0
            .0
            .prepare_cached("UPDATE charge SET counted = ?2 WHERE key = ?1")?
            .execute(params![charge, counted_number(counted)])?;
        Ok(())
    }
}
