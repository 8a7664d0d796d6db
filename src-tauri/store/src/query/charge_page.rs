//! Charges page by page, in the order of one of their columns. By day an index has them in order. By
//! any other column one pass over what the filter asks for keeps the first of them: an index on each
//! column would make a large book a tenth larger, for a question that is asked now and then.

use hubledger_core::period::Date;
use hubledger_core::usage::Category;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use rust_decimal::Decimal;

use super::charges::{ChargeFilter, of_channel};
use crate::Read;
use crate::codec::{self, Number};
use crate::error::Error;
use crate::sums::Kind;
use crate::table::ChargeRow;

/// Up to so many channels of a client a page is put together from a page of each; with more of them
/// the next charge is never far among those of the hub.
const MOST_MERGED: usize = 100;

/// Reading a charge by an index takes as long as reading so many of them in a row.
const INDEX_COSTS: i64 = 4;

/// In which order charges are listed. What a column has nothing of stands last either way. Equals
/// stand newest first.
#[derive(Clone, Debug)]
pub struct ChargeOrder {
    pub by: ChargeOrderBy,
    pub down: bool,
}

/// By what charges are put in order.
#[derive(Clone, Debug)]
pub enum ChargeOrderBy {
    /// The day that they are booked on.
    Day,
    Amount,
    Quantity,
    /// As rate cards list them.
    Category,
    Channel(Ranks),
    Market(Ranks),
}

/// Which place each of a table's rows has in an order of their own, by key: SQLite looks it up in a
/// blob, four bytes a row, for a million charges in no time.
#[derive(Clone, Debug, Default)]
pub struct Ranks(Vec<u8>);

impl Ranks {
    const WIDTH: usize = size_of::<u32>();
    /// Behind all others.
    const LAST: u32 = u32::MAX;

    pub fn put(&mut self, key: i64, rank: u32) {
        let Ok(at) = usize::try_from(key).map(|key| key * Self::WIDTH) else {
            return;
        };
        if self.0.len() < at + Self::WIDTH {
            self.0.resize(at + Self::WIDTH, u8::MAX);
        }
        if let Some(place) = self.0.get_mut(at..at + Self::WIDTH) {
            place.copy_from_slice(&rank.to_be_bytes());
        }
    }

    fn of(&self, key: Option<i64>) -> u32 {
        let bytes = key.and_then(|key| {
            let at = usize::try_from(key).ok()? * Self::WIDTH;
            self.0.get(at..at + Self::WIDTH)?.try_into().ok()
        });
        bytes.map_or(Self::LAST, u32::from_be_bytes)
    }
}

/// What says where a charge stands in any order.
#[derive(Clone, Copy, Debug)]
pub struct ChargeFacts {
    /// The day that it is booked on.
    pub day: Date,
    /// Below zero for what is no row of usage.
    pub key: i64,
    pub amount: Option<Decimal>,
    pub quantity: i64,
    pub category: Option<Category>,
    pub channel: Option<i64>,
    pub market: Option<i64>,
}

impl From<&ChargeRow> for ChargeFacts {
    fn from(row: &ChargeRow) -> Self {
        let charge = &row.charge;
        Self {
            day: charge.booked,
            key: row.key,
            amount: charge.priced.amount,
            quantity: charge.quantity,
            category: Some(charge.category),
            channel: Some(charge.channel),
            market: Some(charge.priced.market),
        }
    }
}

/// Where a charge stands in an order: a page begins behind one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChargeSpot {
    value: i64,
    day: i64,
    tie: i64,
    pub key: i64,
}

impl ChargeOrder {
    pub fn spot(&self, of: ChargeFacts) -> Result<ChargeSpot, Error> {
        let value = match &self.by {
            ChargeOrderBy::Day => Some(codec::day(of.day)),
            ChargeOrderBy::Amount => of.amount.map(codec::micros).transpose()?,
            ChargeOrderBy::Quantity => Some(of.quantity),
            ChargeOrderBy::Category => of.category.map(Number::number),
            ChargeOrderBy::Channel(ranks) => Some(ranks.of(of.channel).into()),
            ChargeOrderBy::Market(ranks) => Some(ranks.of(of.market).into()),
        };
        let is_turned = self.down && !self.is_by_rank();
        let value = value.map_or(i64::MAX, |value| if is_turned { -value } else { value });
        Ok(self.spot_of(value, codec::day(of.day), of.key))
    }

    fn spot_of(&self, value: i64, day: i64, key: i64) -> ChargeSpot {
        let goes_up = matches!(self.by, ChargeOrderBy::Day) && !self.down;
        ChargeSpot {
            value,
            day: if goes_up { day } else { -day },
            tie: if goes_up { key } else { -key },
            key,
        }
    }

    /// Ranks are already the way that is asked for.
    fn is_by_rank(&self) -> bool {
        matches!(
            self.by,
            ChargeOrderBy::Channel(_) | ChargeOrderBy::Market(_)
        )
    }

    fn is_by_day(&self) -> bool {
        matches!(self.by, ChargeOrderBy::Day)
    }

    /// What is sorted by, the least first, with the ranks that it looks up.
    fn value_sql(&self, ranks_at: usize) -> (String, Option<Vec<u8>>) {
        let sign = if self.down { "-" } else { "" };
        let rank = |column: &str, ranks: &Ranks| {
            let width = Ranks::WIDTH;
            let sql = format!(
                "ifnull(nullif(substr(?{ranks_at}, charge.{column} * {width} + 1, {width}), x''), x'FFFFFFFF')"
            );
            (sql, Some(ranks.0.clone()))
        };
        match &self.by {
            ChargeOrderBy::Day => (format!("{sign}charge.booked"), None),
            ChargeOrderBy::Amount => {
                let last = i64::MAX;
                (format!("ifnull({sign}charge.amount, {last})"), None)
            }
            ChargeOrderBy::Quantity => (format!("{sign}charge.quantity"), None),
            ChargeOrderBy::Category => (format!("{sign}charge.category"), None),
            ChargeOrderBy::Channel(ranks) => rank("channel", ranks),
            ChargeOrderBy::Market(ranks) => rank("market", ranks),
        }
    }

    /// A value as it is compared with.
    fn bound(&self, value: i64) -> Value {
        match u32::try_from(value) {
            Ok(rank) if self.is_by_rank() => rank.to_be_bytes().to_vec().into(),
            _ => value.into(),
        }
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<ChargeSpot> {
        let value = if self.is_by_rank() {
            u32::from_be_bytes(row.get(0)?).into()
        } else {
            row.get(0)?
        };
        Ok(self.spot_of(value, row.get(1)?, row.get(2)?))
    }
}

impl Read<'_> {
    /// A page of charges from behind `after` on, in order.
    pub fn charge_spots(
        &self,
        filter: &ChargeFilter,
        order: &ChargeOrder,
        after: Option<ChargeSpot>,
        limit: u32,
    ) -> Result<Vec<ChargeSpot>, Error> {
        let Some(filter) = &self.with_days_that_hold(filter)? else {
            return Ok(Vec::new());
        };
        let channels = match (filter.channel, filter.client) {
            (None, Some(client)) => self.channel_keys(client)?,
            _ => Vec::new(),
        };
        let of_each = match channels.len() {
            0 => vec![filter.clone()],
            many if many > MOST_MERGED => vec![filter.clone()],
            _ => channels
                .into_iter()
                .map(|channel| ChargeFilter {
                    channel: Some(channel),
                    ..filter.clone()
                })
                .collect(),
        };
        let mut page = Vec::new();
        for filter in of_each {
            page.extend(self.spots_of(&filter, order, after, limit)?);
        }
        page.sort_unstable();
        page.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(page)
    }

    fn channel_keys(&self, client: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT key FROM channel WHERE client = ?1")?;
        let keys = statement.query_map([client], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// The first charges that match, from each index that holds some of them.
    fn spots_of(
        &self,
        filter: &ChargeFilter,
        order: &ChargeOrder,
        after: Option<ChargeSpot>,
        limit: u32,
    ) -> Result<Vec<ChargeSpot>, Error> {
        let (mut condition, mut values) = filter.condition();
        let (value, ranks) = order.value_sql(values.len() + 1);
        values.extend(ranks.map(Value::from));
        if let Some(after) = after {
            let at = values.len() + 1;
            if order.is_by_day() {
                let sign = if order.down { "<" } else { ">" };
                condition.push_str(&format!(
                    " AND (charge.booked, charge.key) {sign} (?{at}, ?{})",
                    at + 1
                ));
                values.extend([Value::from(after.day.abs()), after.key.into()]);
            } else {
                condition.push_str(&format!(
                    " AND ({value}, -charge.booked, -charge.key) > (?{at}, ?{}, ?{})",
                    at + 1,
                    at + 2
                ));
                values.extend([order.bound(after.value), after.day.into(), after.tie.into()]);
            }
        }
        values.push(i64::from(limit).into());
        let limit_at = values.len();
        let mut found = Vec::new();
        for from in self.sources(filter, order, &condition)? {
            let mut statement = self.0.prepare_cached(&format!(
                "SELECT {value}, booked, key FROM {from} LIMIT ?{limit_at}"
            ))?;
            let rows = statement.query_map(params_from_iter(&values), |row| order.read(row))?;
            found.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(found)
    }

    /// From where charges are read, and how they are put in order.
    fn sources(
        &self,
        filter: &ChargeFilter,
        order: &ChargeOrder,
        condition: &str,
    ) -> Result<Vec<String>, Error> {
        let way = if order.down { "DESC" } else { "ASC" };
        let [by_booked, by_day] = if order.is_by_day() {
            ["booked", "day"].map(|day| format!("ORDER BY {day} {way}, key {way}"))
        } else {
            ["booked", "booked"].map(|day| format!("ORDER BY 1, {day} DESC, key DESC"))
        };
        if filter.channel.is_some() {
            let [by_place, beside] = of_channel(condition);
            return Ok(vec![
                format!("{by_place} {by_day}"),
                format!("{beside} {by_booked}"),
            ]);
        }
        let by = if filter.unrated {
            "INDEXED BY charge_unrated"
        } else if order.is_by_day() || !self.is_most_of_the_book(filter)? {
            "INDEXED BY charge_of_month"
        } else {
            "NOT INDEXED"
        };
        Ok(vec![format!("charge {by} WHERE {condition} {by_booked}")])
    }

    /// Whether the days that are asked for hold so many charges that reading all of the book is quicker
    /// than looking each of them up.
    fn is_most_of_the_book(&self, filter: &ChargeFilter) -> Result<bool, Error> {
        self.with_fresh_sums()?;
        let all: Option<i64> = self
            .0
            .prepare_cached("SELECT max(key) FROM charge")?
            .query_row([], |row| row.get(0))
            .optional()?
            .flatten();
        let (first, last) = filter.days.map_or((0, i64::MAX), |(from, until)| {
            (codec::day(from), codec::day(until))
        });
        let mut statement = self.0.prepare_cached(
            "SELECT ifnull(sum(charges), 0) FROM charge_sum WHERE hub = ?1 AND kind = ?2 AND period BETWEEN ?3 AND ?4",
        )?;
        let values = params![filter.hub, Kind::CategoryDay.number(), first, last];
        let asked: i64 = statement.query_row(values, |row| row.get(0))?;
        Ok(asked.saturating_mul(INDEX_COSTS) > all.unwrap_or(0))
    }
}
