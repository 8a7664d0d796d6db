//! Charges as screens list and sum them.

use hubledger_core::currency::Currency;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::rating::EstimateReason;
use hubledger_core::usage::{Category, PricingType};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::part::UsagePart;
use crate::Read;
use crate::codec::{self, Number, StoredReason};
use crate::error::Error;
use crate::fingerprint;
use crate::sums::Kind;
use crate::table::{BESIDE_PLACES, FOLDED};

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
    pub part: UsagePart,
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

/// Whether a charge stands at an estimated price, as a condition.
fn is_estimated() -> String {
    let [card, tier] = [EstimateReason::OutdatedCard, EstimateReason::TierUnknown]
        .map(|why| StoredReason::Estimate(why).number());
    format!("(outcome = 0 AND reason IN ({card}, {tier}))")
}

/// A channel's charges that meet a condition, in the two indexes that hold them by day.
pub(super) fn of_channel(condition: &str) -> [String; 2] {
    let by_day = condition.replace("charge.booked", "charge.day");
    [
        format!(
            "charge INDEXED BY charge_by_place WHERE {by_day} AND is_live = 1 AND row_id IS NULL AND booked = day"
        ),
        format!("charge INDEXED BY charge_of_channel WHERE {condition} AND {BESIDE_PLACES}"),
    ]
}

impl ChargeFilter {
    pub(super) fn condition(&self) -> (String, Vec<Value>) {
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
        if let Some(part) = self.part.condition() {
            sql.push_str(&format!(" AND {part}"));
        }
        (sql, values)
    }

    /// The totals of what is narrower than any kept sum.
    fn totals_of_charges(&self) -> (String, Vec<Value>) {
        let (condition, values) = self.condition();
        let charges = match self.channel {
            None => format!("charge WHERE {condition}"),
            Some(_) => {
                let [first, second] = of_channel(&condition);
                format!("(SELECT * FROM {first} UNION ALL SELECT * FROM {second})")
            }
        };
        let sql = format!(
            "SELECT count(*), ifnull(sum(amount), 0), ifnull(sum(outcome = 3 AND is_live = 1), 0),
                    ifnull(sum(is_live = 1 AND {}), 0) FROM {charges}",
            is_estimated()
        );
        (sql, values)
    }
}

/// Where the sums that a filter asks for are kept.
pub(super) struct Kept {
    pub(super) condition: String,
    pub(super) values: Vec<Value>,
}

impl Kept {
    pub(super) fn of(hub: i64, kind: Kind, (first, last): (i64, i64)) -> Self {
        // Of one period the table lies in the order of what is summed: nothing has to be sorted.
        let period = if first == last {
            "period = ?3 AND period <= ?4"
        } else {
            "period BETWEEN ?3 AND ?4"
        };
        Self {
            condition: format!("hub = ?1 AND kind = ?2 AND {period}"),
            values: vec![hub.into(), kind.number().into(), first.into(), last.into()],
        }
    }

    pub(super) fn also(mut self, column: &str, value: Option<i64>) -> Self {
        if let Some(value) = value {
            self.values.push(value.into());
            self.condition
                .push_str(&format!(" AND {column} = ?{}", self.values.len()));
        }
        self
    }

    /// Of one channel or client: month by month, as the table goes by months first.
    pub(super) fn of_one(self, key: i64) -> Self {
        let of_one = self.also("what", Some(key));
        Self {
            condition: format!(
                "{} AND period IN (SELECT DISTINCT period / 100 FROM charge_sum
                                   WHERE hub = ?1 AND kind = {} AND period BETWEEN ?3 * 100 AND ?4 * 100 + 99)",
                of_one.condition,
                Kind::CategoryDay.number()
            ),
            ..of_one
        }
    }
}

/// The first and last month of a filter's days, where they are whole months; all for no days.
pub(super) fn whole_months(days: Option<(Date, Date)>) -> Option<(i64, i64)> {
    let Some((from, until)) = days else {
        return Some((0, MOST_MONTH));
    };
    let (first, last) = (
        BillingPeriod::containing(from),
        BillingPeriod::containing(until),
    );
    (from == first.first_day() && until == last.last_day())
        .then(|| (codec::month(first), codec::month(last)))
}

pub(super) fn days_between(days: Option<(Date, Date)>) -> (i64, i64) {
    days.map_or((0, MOST_MONTH * 100), |(from, until)| {
        (codec::day(from), codec::day(until))
    })
}

/// Behind every month of a book.
const MOST_MONTH: i64 = 1_000_000;

impl Read<'_> {
    /// The kept sums that a filter's totals are made of; none where it is narrower than they are, and
    /// its charges themselves are read.
    fn kept_totals(&self, filter: &ChargeFilter) -> Result<Option<Kept>, Error> {
        let months = whole_months(filter.days);
        let days = days_between(filter.days);
        let (category, market) = self.category_and_market(filter)?;
        let is_narrow = category.is_some() || market.is_some();
        let kept = |kind, periods| Kept::of(filter.hub, kind, periods);
        Ok(match (filter.channel, filter.client, months) {
            // Whether the channel is the client's is asked of the charges.
            (Some(_), Some(_), _) => None,
            (Some(channel), None, Some(months)) if !is_narrow => {
                Some(kept(Kind::ChannelMonth, months).of_one(channel))
            }
            (Some(_), None, _) => None,
            (None, Some(client), Some(months)) => Some(
                kept(Kind::ClientMonth, months)
                    .of_one(client)
                    .also("category", category)
                    .also("market", market),
            ),
            (None, Some(client), None) if !is_narrow => {
                Some(kept(Kind::ClientDay, days).also("what", Some(client)))
            }
            (None, None, Some(months)) if category.is_some() && market.is_some() => Some(
                kept(Kind::ClientMonth, months)
                    .also("category", category)
                    .also("market", market),
            ),
            (None, None, _) if market.is_none() => {
                Some(kept(Kind::CategoryDay, days).also("what", category))
            }
            (None, None, _) if category.is_none() => {
                Some(kept(Kind::MarketDay, days).also("what", market))
            }
            _ => None,
        })
    }

    /// The numbers of what a filter names; of a market that the book does not know, one that none has.
    pub(super) fn category_and_market(
        &self,
        filter: &ChargeFilter,
    ) -> Result<(Option<i64>, Option<i64>), Error> {
        let market = match &filter.market {
            None => None,
            Some(name) => Some(self.market_key(name)?.unwrap_or(-1)),
        };
        Ok((filter.category.map(Number::number), market))
    }

    fn market_key(&self, name: &str) -> Result<Option<i64>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT key FROM market WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Brings kept sums up to what this transaction wrote, if it writes.
    pub(super) fn with_fresh_sums(&self) -> Result<(), Error> {
        fingerprint::bring_up_charges(self.0)
    }

    pub fn charge_totals(
        &self,
        filter: &ChargeFilter,
        currency: Currency,
    ) -> Result<ChargeTotals, Error> {
        if filter.part != UsagePart::Whole {
            return match self.part_totals(filter, currency)? {
                Some(totals) => Ok(totals),
                None => self.totals_of(filter.totals_of_charges(), currency),
            };
        }
        let question = match self.kept_totals(filter)? {
            Some(kept) => {
                self.with_fresh_sums()?;
                let sums = if filter.unrated {
                    "ifnull(sum(unrated), 0), 0, ifnull(sum(unrated), 0), 0"
                } else {
                    "ifnull(sum(charges), 0), ifnull(sum(amount), 0), ifnull(sum(unrated), 0), ifnull(sum(estimated), 0)"
                };
                let sql = format!("SELECT {sums} FROM charge_sum WHERE {}", kept.condition);
                (sql, kept.values)
            }
            None => filter.totals_of_charges(),
        };
        self.totals_of(question, currency)
    }

    fn totals_of(
        &self,
        (sql, values): (String, Vec<Value>),
        currency: Currency,
    ) -> Result<ChargeTotals, Error> {
        let mut statement = self.0.prepare_cached(&sql)?;
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

    /// Sums of a hub by channel, client, category or market, the largest first: of booked days, or of
    /// all. By channel they are of whole months.
    pub fn charge_sums(
        &self,
        hub: i64,
        days: Option<(Date, Date)>,
        by: GroupBy,
        currency: Currency,
    ) -> Result<Vec<GroupSum>, Error> {
        let (kind, name) = match by {
            GroupBy::Channel => (
                Kind::ChannelMonth,
                "(SELECT id FROM channel WHERE key = what)",
            ),
            GroupBy::Client => (
                whole_months(days).map_or(Kind::ClientDay, |_| Kind::ClientMonth),
                "(SELECT id FROM client WHERE key = what)",
            ),
            GroupBy::Category => (Kind::CategoryDay, "what"),
            GroupBy::Market => (
                Kind::MarketDay,
                "(SELECT name FROM market WHERE key = what)",
            ),
        };
        let periods = match kind {
            Kind::ChannelMonth | Kind::ClientMonth => {
                let (first, last) = days_between(days);
                (first / 100, last / 100)
            }
            _ => days_between(days),
        };
        self.with_fresh_sums()?;
        let Kept { condition, values } = Kept::of(hub, kind, periods);
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {name}, messages, pulses, amount, unrated, estimated FROM (
                 SELECT what, sum(messages) AS messages, sum(pulses) AS pulses, sum(amount) AS amount,
                        sum(unrated) AS unrated, sum(estimated) AS estimated
                 FROM charge_sum WHERE {condition} GROUP BY what HAVING sum(charges) <> 0)
             ORDER BY amount DESC, 1"
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
        self.with_fresh_sums()?;
        let mut statement = self.0.prepare_cached(
            "SELECT what, amount - calls - late, calls, late FROM charge_sum WHERE hub = ?1 AND kind = ?2 AND period = ?3",
        )?;
        let mut rows = statement.query(params![
            hub,
            Kind::ChannelMonth.number(),
            codec::month(month)
        ])?;
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
        self.with_fresh_sums()?;
        let mut statement = self.0.prepare_cached(
            "SELECT what FROM charge_sum WHERE hub = ?1 AND kind = ?2 AND period = ?3 AND own > 0",
        )?;
        let values = params![hub, Kind::ChannelMonth.number(), codec::month(month)];
        let keys = statement
            .query_map(values, |row| row.get(0))?
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
            "SELECT booked, count(*) FROM charge INDEXED BY charge_unrated WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 AND outcome = 3 AND is_live = 1
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
        self.with_fresh_sums()?;
        let mut statement = self.0.prepare_cached(
            "SELECT ifnull(sum(estimated), 0) FROM charge_sum WHERE hub = ?1 AND kind = ?2 AND period BETWEEN ?3 AND ?4",
        )?;
        let values = params![hub, Kind::CategoryDay.number(), first, last];
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

    /// What each channel used in a month.
    pub fn spend_of_channels(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<(i64, Money)>, Error> {
        self.with_fresh_sums()?;
        let mut statement = self.0.prepare_cached(
            "SELECT what, amount FROM charge_sum WHERE hub = ?1 AND kind = ?2 AND period = ?3",
        )?;
        let values = params![hub, Kind::ChannelMonth.number(), codec::month(month)];
        let mut rows = statement.query(values)?;
        let mut spend = Vec::new();
        while let Some(row) = rows.next()? {
            spend.push((row.get(0)?, codec::money(row.get(1)?, currency)));
        }
        Ok(spend)
    }

    /// What a channel used in a month: each category, how many, and what of it has a price.
    pub fn usage_by_category(
        &self,
        (hub, channel): (i64, i64),
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<(Category, i64, Money)>, Error> {
        let filter = ChargeFilter {
            hub,
            days: Some((month.first_day(), month.last_day())),
            channel: Some(channel),
            ..ChargeFilter::default()
        };
        let (condition, values) = filter.condition();
        let [first, second] = of_channel(&condition);
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT category, sum(quantity), ifnull(sum(amount), 0)
             FROM (SELECT * FROM {first} UNION ALL SELECT * FROM {second}) GROUP BY category ORDER BY category"
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut usage = Vec::new();
        while let Some(row) = rows.next()? {
            let category = Number::of_number(row.get(0)?)?;
            usage.push((category, row.get(1)?, codec::money(row.get(2)?, currency)));
        }
        Ok(usage)
    }

    /// All usage of a balance on a booked day: of a channel, or of the whole hub.
    pub fn day_total(
        &self,
        hub: i64,
        currency: Currency,
        day: Date,
        channel: Option<i64>,
    ) -> Result<Money, Error> {
        let filter = ChargeFilter {
            hub,
            days: Some((day, day)),
            channel,
            ..ChargeFilter::default()
        };
        Ok(self.charge_totals(&filter, currency)?.amount)
    }
}
