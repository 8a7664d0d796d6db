//! Meta's lists of markets, as they came, and which of several of a day holds.

use std::collections::BTreeMap;

use hubledger_core::country::Country;
use hubledger_core::market::{MarketList, MarketMap};
use hubledger_core::period::Date;
use rusqlite::params;

use crate::codec;
use crate::error::Error;
use crate::{Read, Write};

/// A list as it is kept, without its countries.
#[derive(Clone, Debug)]
pub struct MarketListRow {
    pub key: i64,
    pub effective_from: Date,
    pub source: String,
    pub is_shipped: bool,
    /// Whether it is the one of its day that holds.
    pub holds: bool,
    /// How many lists are for its day.
    pub rivals: i64,
    /// When it was last chosen among them.
    pub chosen_at: Option<String>,
    pub countries: i64,
    pub markets: i64,
}

/// A list to be kept.
#[derive(Clone, Debug)]
pub struct NewMarketList<'a> {
    pub effective_from: Date,
    pub source: &'a str,
    pub is_shipped: bool,
    pub sha256: &'a str,
    pub added_at: &'a str,
}

fn country(code: &str) -> Result<Country, Error> {
    Country::parse(code).map_err(|e| Error::Damaged(e.to_string()))
}

impl Read<'_> {
    /// The days of the lists that came with the app.
    pub fn shipped_market_days(&self) -> Result<Vec<Date>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT effective_from FROM market_list WHERE is_shipped")?;
        let mut rows = statement.query([])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push(codec::date(row.get(0)?)?);
        }
        Ok(days)
    }

    /// All lists, newest first.
    pub fn market_lists(&self) -> Result<Vec<MarketListRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "WITH market_list AS MATERIALIZED (SELECT * FROM main.market_list WHERE key NOT IN (SELECT key FROM undone WHERE what = 'market-list')),
                  market_list_choice AS MATERIALIZED (SELECT * FROM main.market_list_choice
                                                      WHERE key NOT IN (SELECT key FROM undone WHERE what = 'market-list-choice'))
             SELECT key, effective_from, source, is_shipped,
                    key = ifnull((SELECT chosen.list FROM market_list_choice AS chosen
                                  JOIN market_list AS it ON it.key = chosen.list
                                  WHERE it.effective_from = market_list.effective_from
                                  ORDER BY chosen.key DESC LIMIT 1),
                                 (SELECT min(it.key) FROM market_list AS it
                                  WHERE it.effective_from = market_list.effective_from)),
                    (SELECT count(*) FROM market_list AS it WHERE it.effective_from = market_list.effective_from),
                    (SELECT max(chosen_at) FROM market_list_choice WHERE list = market_list.key),
                    (SELECT count(*) FROM market_list_country WHERE list = market_list.key),
                    (SELECT count(DISTINCT market) FROM market_list_country WHERE list = market_list.key)
             FROM market_list ORDER BY effective_from DESC, key",
        )?;
        let mut rows = statement.query([])?;
        let mut lists = Vec::new();
        while let Some(row) = rows.next()? {
            lists.push(MarketListRow {
                key: row.get(0)?,
                effective_from: codec::date(row.get(1)?)?,
                source: row.get(2)?,
                is_shipped: row.get(3)?,
                holds: row.get(4)?,
                rivals: row.get(5)?,
                chosen_at: row.get(6)?,
                countries: row.get(7)?,
                markets: row.get(8)?,
            });
        }
        Ok(lists)
    }

    /// The countries of a list with their markets; empty where there is no such list.
    pub fn market_list(&self, key: i64) -> Result<MarketList, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT country, market FROM market_list_country WHERE list = ?1")?;
        let mut rows = statement.query([key])?;
        let mut list = BTreeMap::new();
        while let Some(row) = rows.next()? {
            list.insert(country(&row.get::<_, String>(0)?)?, row.get(1)?);
        }
        Ok(list)
    }

    /// The lists that hold.
    pub fn market_map(&self) -> Result<MarketMap, Error> {
        let mut map = MarketMap::default();
        for row in self.market_lists()?.into_iter().filter(|row| row.holds) {
            for (country, market) in self.market_list(row.key)? {
                map.put(row.effective_from, country, &market);
            }
        }
        Ok(map)
    }
}

impl Write<'_> {
    /// Adds a list with its countries and gives its key.
    pub fn insert_market_list(
        &self,
        list: &NewMarketList<'_>,
        countries: &MarketList,
    ) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO market_list (effective_from, source, is_shipped, sha256, added_at, unit)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                codec::day(list.effective_from),
                list.source,
                list.is_shipped,
                list.sha256,
                list.added_at,
                self.1.get()
            ],
        )?;
        let key = self.0.0.last_insert_rowid();
        let mut statement = self.0.0.prepare_cached(
            "INSERT INTO market_list_country (list, country, market) VALUES (?1, ?2, ?3)",
        )?;
        for (country, market) in countries {
            statement.execute(params![key, country.code(), market])?;
        }
        Ok(key)
    }

    /// Notes which list of its day holds from now on.
    pub fn choose_market_list(&self, list: i64, at: &str) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO market_list_choice (list, chosen_at, unit) VALUES (?1, ?2, ?3)",
            params![list, at, self.1.get()],
        )?;
        Ok(())
    }
}
