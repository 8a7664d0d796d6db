//! Charges as screens list and sum them.

use hubledger_core::currency::Currency;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::rating::EstimateReason;
use hubledger_core::usage::{Category, PricingType};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use crate::Read;
use crate::codec::{self, Number, StoredReason};
use crate::error::Error;
use crate::table::FOLDED;

/// Which charges of a hub.
#[derive(Clone, Debug, Default)]
pub struct ChargeFilter {
    pub hub: i64,
    /// Of these booked days; none: all.
    pub days: Option<(Date, Date)>,
    pub client: Option<i64>,
    pub channel: Option<i64>,
    pub category: Option<Category>,
    pub market: Option<String>,
    pub unrated: bool,
}

/// Sums of charges.
#[derive(Clone, Copy, Debug)]
pub struct ChargeTotals {
    pub count: i64,
    pub amount: Money,
    pub unrated: i64,
    /// Live ones at an estimated price.
    pub estimated: i64,
}

/// By what charges are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    Channel,
    Client,
    Category,
    Market,
}

/// One group's sums.
#[derive(Clone, Debug)]
pub struct GroupSum {
    /// The id of a channel or client, the name of a category or market.
    pub key: String,
    pub messages: i64,
    pub pulses: i64,
    pub amount: Money,
    pub unrated: i64,
    /// Live ones at an estimated price.
    pub estimated: i64,
}

/// Rows that are alike but for their quantity, added up.
#[derive(Clone, Debug)]
pub struct UsageGroup {
    pub channel: i64,
    pub day: Date,
    pub place: String,
    pub category: Category,
    pub pricing: PricingType,
    pub quantity: i64,
}

/// Reported costs beside what the card charges, of rows that are alike.
#[derive(Clone, Debug)]
pub struct CostDifference {
    pub channel: i64,
    pub category: Category,
    pub market: String,
    pub rows: i64,
    pub quantity: i64,
    pub reported: Money,
    /// What the card charges for the rows that it prices.
    pub rated: Money,
    /// Reported less rated, of the rows that the card prices.
    pub difference: Money,
    /// Rows that no card prices; their cost is in `reported` alone.
    pub without_price: i64,
}

/// One line of a month closing's annex, without the channel's names.
#[derive(Clone, Debug)]
pub struct AnnexRow {
    pub channel: i64,
    pub category: Category,
    pub market: String,
    pub quantity: i64,
    pub amount: Money,
    pub late: bool,
    /// Free for a reason, or waived.
    pub free: bool,
    /// At an estimated price.
    pub estimated: bool,
}

/// What a channel used in a month, exact.
#[derive(Clone, Copy, Debug)]
pub struct UsageSplit {
    pub channel: i64,
    pub messages: Money,
    pub calls: Money,
    /// Of days of closed months.
    pub late: Money,
}

const CALL: i64 = 6;

/// Whether a charge stands at an estimated price, as a condition.
fn is_estimated() -> String {
    let [card, tier] = [EstimateReason::OutdatedCard, EstimateReason::TierUnknown]
        .map(|why| StoredReason::Estimate(why).number());
    format!("(outcome = 0 AND reason IN ({card}, {tier}))")
}

impl ChargeFilter {
    fn condition(&self) -> (String, Vec<Value>) {
        let mut sql = format!("charge.hub = ?1 AND NOT {FOLDED}");
        let mut values = vec![Value::from(self.hub)];
        let mut also = |condition: &str, value: Value| {
            values.push(value);
            sql.push_str(&format!(
                " AND {}",
                condition.replace("??", &format!("?{}", values.len()))
            ));
        };
        if let Some((from, until)) = self.days {
            also("charge.booked >= ??", codec::day(from).into());
            also("charge.booked <= ??", codec::day(until).into());
        }
        if let Some(client) = self.client {
            also(
                "charge.channel IN (SELECT key FROM channel WHERE client = ??)",
                client.into(),
            );
        }
        if let Some(channel) = self.channel {
            also("charge.channel = ??", channel.into());
        }
        if let Some(category) = self.category {
            also("charge.category = ??", category.number().into());
        }
        if let Some(market) = &self.market {
            also(
                "charge.market IN (SELECT key FROM market WHERE name = ??)",
                market.clone().into(),
            );
        }
        if self.unrated {
            sql.push_str(" AND charge.outcome = 3 AND charge.is_live = 1");
        }
        (sql, values)
    }
}

impl Read<'_> {
    /// A page of charges, newest day first: their keys, from behind `after` on.
    pub fn charge_keys(
        &self,
        filter: &ChargeFilter,
        after: Option<(Date, i64)>,
        limit: u32,
    ) -> Result<Vec<i64>, Error> {
        let (mut sql, mut values) = filter.condition();
        if let Some((day, key)) = after {
            values.push(codec::day(day).into());
            values.push(key.into());
            sql.push_str(&format!(
                " AND (charge.booked, charge.key) < (?{}, ?{})",
                values.len() - 1,
                values.len()
            ));
        }
        values.push(i64::from(limit).into());
        let limit_at = values.len();
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT key FROM charge WHERE {sql} ORDER BY booked DESC, key DESC LIMIT ?{limit_at}"
        ))?;
        let keys = statement
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        Ok(keys)
    }

    pub fn charge_totals(
        &self,
        filter: &ChargeFilter,
        currency: Currency,
    ) -> Result<ChargeTotals, Error> {
        let (sql, values) = filter.condition();
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT count(*), ifnull(sum(amount), 0), ifnull(sum(outcome = 3 AND is_live = 1), 0),
                    ifnull(sum(is_live = 1 AND {}), 0) FROM charge WHERE {sql}",
            is_estimated()
        ))?;
        let totals = statement.query_row(params_from_iter(values), |row| {
            Ok(ChargeTotals {
                count: row.get(0)?,
                amount: codec::money(row.get(1)?, currency),
                unrated: row.get(2)?,
                estimated: row.get(3)?,
            })
        })?;
        Ok(totals)
    }

    /// Sums by channel, client, category or market, the largest first.
    pub fn charge_sums(
        &self,
        filter: &ChargeFilter,
        by: GroupBy,
        currency: Currency,
    ) -> Result<Vec<GroupSum>, Error> {
        let (sql, values) = filter.condition();
        let (group, name) = match by {
            GroupBy::Channel => ("charge.channel", "(SELECT id FROM channel WHERE key = g)"),
            GroupBy::Client => (
                "(SELECT client FROM channel WHERE key = charge.channel)",
                "(SELECT id FROM client WHERE key = g)",
            ),
            GroupBy::Category => ("charge.category", "g"),
            GroupBy::Market => ("charge.market", "(SELECT name FROM market WHERE key = g)"),
        };
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {name}, messages, pulses, amount, unrated, estimated FROM (
                 SELECT {group} AS g, sum(iif(category = {CALL}, 0, quantity)) AS messages,
                        sum(iif(category = {CALL}, quantity, 0)) AS pulses, ifnull(sum(amount), 0) AS amount,
                        sum(outcome = 3 AND is_live = 1) AS unrated, sum(is_live = 1 AND {}) AS estimated
                 FROM charge WHERE {sql} GROUP BY g)
             ORDER BY amount DESC, 1",
            is_estimated()
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut sums = Vec::new();
        while let Some(row) = rows.next()? {
            let key = match by {
                GroupBy::Category => Category::of_number(row.get(0)?)?.name().to_owned(),
                _ => row.get(0)?,
            };
            sums.push(GroupSum {
                key,
                messages: row.get(1)?,
                pulses: row.get(2)?,
                amount: codec::money(row.get(3)?, currency),
                unrated: row.get(4)?,
                estimated: row.get(5)?,
            });
        }
        Ok(sums)
    }

    /// What each channel of a hub used in a month: of its own days, and late.
    pub fn usage_of_month(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<UsageSplit>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT channel, sum(iif(day < ?2 OR category = {CALL}, 0, amount)),
                    sum(iif(day < ?2 OR category <> {CALL}, 0, amount)), sum(iif(day < ?2, amount, 0))
             FROM charge WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND amount IS NOT NULL AND NOT {FOLDED} GROUP BY channel"
        ))?;
        let mut rows = statement.query(params![hub, first, last])?;
        let mut usage = Vec::new();
        while let Some(row) = rows.next()? {
            usage.push(UsageSplit {
                channel: row.get(0)?,
                messages: codec::money(row.get(1)?, currency),
                calls: codec::money(row.get(2)?, currency),
                late: codec::money(row.get(3)?, currency),
            });
        }
        Ok(usage)
    }

    /// What a month's usage is made of, by channel, category and market; of one channel or all.
    pub fn annex(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
        channel: Option<i64>,
    ) -> Result<Vec<AnnexRow>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT charge.channel, category, market.name, sum(quantity), sum(amount), day < ?2 AS late,
                    outcome IN (2, 4) AS free, {} AS estimated
             FROM charge JOIN market ON market.key = charge.market
             WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND amount IS NOT NULL AND (?4 IS NULL OR charge.channel = ?4)
             GROUP BY charge.channel, late, category, market.name, free, estimated
             HAVING sum(quantity) <> 0 OR sum(amount) <> 0
             ORDER BY charge.channel, late, category, market.name, free, estimated",
            is_estimated()
        ))?;
        let mut rows = statement.query(params![hub, first, last, channel])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(AnnexRow {
                channel: row.get(0)?,
                category: Number::of_number(row.get(1)?)?,
                market: row.get(2)?,
                quantity: row.get(3)?,
                amount: codec::money(row.get(4)?, currency),
                late: row.get(5)?,
                free: row.get(6)?,
                estimated: row.get(7)?,
            });
        }
        Ok(lines)
    }

    /// What a hub's channels used on the days of a month, alike rows added up.
    pub fn usage_groups(&self, hub: i64, month: BillingPeriod) -> Result<Vec<UsageGroup>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(
            "SELECT channel, day, place.name, category, pricing, sum(quantity)
             FROM charge JOIN place ON place.key = charge.place
             WHERE hub = ?1 AND booked >= ?2 AND day BETWEEN ?2 AND ?3 AND is_live = 1
             GROUP BY channel, day, place.name, category, pricing",
        )?;
        let mut rows = statement.query(params![hub, first, last])?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            groups.push(UsageGroup {
                channel: row.get(0)?,
                day: codec::date(row.get(1)?)?,
                place: row.get(2)?,
                category: Number::of_number(row.get(3)?)?,
                pricing: Number::of_number(row.get(4)?)?,
                quantity: row.get(5)?,
            });
        }
        Ok(groups)
    }

    /// Reported costs beside the card's price, of what is booked in a month, by channel, category
    /// and market; the largest difference first.
    pub fn cost_differences(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<CostDifference>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(
            "SELECT channel, category, market.name, count(*), sum(quantity), sum(amount), ifnull(sum(rated), 0),
                    ifnull(sum(amount - rated), 0) AS difference, sum(rated IS NULL)
             FROM charge JOIN market ON market.key = charge.market
             WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND is_live = 1 AND outcome = 1
             GROUP BY channel, category, market.name ORDER BY abs(difference) DESC, channel, category, market.name",
        )?;
        let mut rows = statement.query(params![hub, first, last])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(CostDifference {
                channel: row.get(0)?,
                category: Number::of_number(row.get(1)?)?,
                market: row.get(2)?,
                rows: row.get(3)?,
                quantity: row.get(4)?,
                reported: codec::money(row.get(5)?, currency),
                rated: codec::money(row.get(6)?, currency),
                difference: codec::money(row.get(7)?, currency),
                without_price: row.get(8)?,
            });
        }
        Ok(found)
    }

    /// Channels that have usage of days of a month.
    pub fn channels_with_usage(&self, hub: i64, month: BillingPeriod) -> Result<Vec<i64>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self
            .0
            .prepare_cached(&format!("SELECT DISTINCT channel FROM charge WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND day >= ?2 AND NOT {FOLDED}"))?;
        let keys = statement
            .query_map(params![hub, first, last], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        Ok(keys)
    }

    /// How many unrated charges a hub has on each booked day of a month.
    pub fn unrated_days(
        &self,
        hub: i64,
        from: Date,
        until: Date,
        channel: Option<i64>,
    ) -> Result<Vec<(Date, i64)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT booked, count(*) FROM charge WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND outcome = 3 AND is_live = 1
               AND (?4 IS NULL OR channel = ?4) GROUP BY booked",
        )?;
        let mut rows =
            statement.query(params![hub, codec::day(from), codec::day(until), channel])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push((codec::date(row.get(0)?)?, row.get(1)?));
        }
        Ok(days)
    }

    /// How many charges of a hub that are booked in a month are at an estimated price.
    pub fn estimated_count(&self, hub: i64, month: BillingPeriod) -> Result<i64, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT count(*) FROM charge WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND is_live = 1 AND {}",
            is_estimated()
        ))?;
        let values = params![hub, first, last];
        Ok(statement.query_row(values, |row| row.get(0))?)
    }

    /// How many unrated charges a hub has, or all hubs have.
    pub fn unrated_count(&self, hub: Option<i64>) -> Result<i64, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT count(*) FROM charge WHERE outcome = 3 AND is_live = 1 AND (?1 IS NULL OR hub = ?1)",
        )?;
        Ok(statement.query_row([hub], |row| row.get(0))?)
    }

    /// How many charges that an import brought in are unrated.
    pub fn unrated_of_import(&self, import: i64) -> Result<i64, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT count(*) FROM charge WHERE outcome = 3 AND is_live = 1 AND import = ?1",
        )?;
        Ok(statement.query_row([import], |row| row.get(0))?)
    }

    /// What each channel used from a day to a day.
    pub fn spend_of_channels(
        &self,
        hub: i64,
        currency: Currency,
        from: Date,
        until: Date,
    ) -> Result<Vec<(i64, Money)>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT channel, sum(amount) FROM charge WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND amount IS NOT NULL
               AND NOT {FOLDED} GROUP BY channel"
        ))?;
        let mut rows = statement.query(params![hub, codec::day(from), codec::day(until)])?;
        let mut spend = Vec::new();
        while let Some(row) = rows.next()? {
            spend.push((row.get(0)?, codec::money(row.get(1)?, currency)));
        }
        Ok(spend)
    }

    /// All usage of a balance on a booked day: of a channel, or of the whole hub.
    pub fn day_total(
        &self,
        hub: i64,
        currency: Currency,
        day: Date,
        channel: Option<i64>,
    ) -> Result<Money, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT ifnull(sum(amount), 0) FROM charge WHERE hub = ?1 AND booked = ?2 AND (?3 IS NULL OR channel = ?3)",
        )?;
        let micros: i64 =
            statement.query_row(params![hub, codec::day(day), channel], |row| row.get(0))?;
        Ok(codec::money(micros, currency))
    }
}
