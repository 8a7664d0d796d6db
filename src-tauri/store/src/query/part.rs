//! The parts that the lines of a month closing divide usage into, from the sums that are kept: a month may
//! hold a million messages and no call, and nobody reads them all to know it.

use hubledger_core::currency::Currency;
use hubledger_core::usage::Category;
use rusqlite::params_from_iter;

use super::charges::{ChargeFilter, ChargeTotals, Kept, days_between, whole_months};
use crate::Read;
use crate::codec::{self, Number};
use crate::error::Error;
use crate::sums::Kind;

/// Which part of the usage, as the lines of a month closing divide it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsagePart {
    #[default]
    Whole,
    /// Of the month's own days.
    Messages,
    /// Of the month's own days.
    Calls,
    /// Booked in a later month than that of their days.
    Late,
    /// None of it.
    Nothing,
}

impl UsagePart {
    /// Which charges are of it.
    pub(super) fn condition(self) -> Option<String> {
        const IS_LATE: &str = "charge.day < charge.booked / 100 * 100";
        match self {
            Self::Whole => None,
            Self::Late => Some(IS_LATE.to_owned()),
            _ => Some(format!(
                "{} AND NOT {IS_LATE}",
                self.categories("charge.category")
            )),
        }
    }

    /// Which categories it may have, of the column that names them.
    fn categories(self, column: &str) -> String {
        let call = Category::Call.number();
        match self {
            Self::Whole | Self::Late => "TRUE".to_owned(),
            Self::Messages => format!("{column} <> {call}"),
            Self::Calls => format!("{column} = {call}"),
            Self::Nothing => "FALSE".to_owned(),
        }
    }

    /// How many charges of a kept sum, in SQL.
    fn count(self) -> &'static str {
        match self {
            Self::Whole => "charges",
            Self::Late => "charges - own",
            _ => "own",
        }
    }

    /// What they come to.
    fn amount(self) -> &'static str {
        match self {
            Self::Whole => "amount",
            Self::Late => "late",
            _ => "amount - late",
        }
    }
}

impl Read<'_> {
    /// The totals of a part from kept sums; none where they don't tell.
    pub(super) fn part_totals(
        &self,
        filter: &ChargeFilter,
        currency: Currency,
    ) -> Result<Option<ChargeTotals>, Error> {
        if filter.unrated {
            return Ok(None);
        }
        let Some((kept, category)) = self.kept_by_category(filter)? else {
            return Ok(None);
        };
        self.with_fresh_sums()?;
        let part = filter.part;
        let sql = format!(
            "SELECT ifnull(sum({}), 0), ifnull(sum({}), 0), ifnull(sum(unrated), 0), ifnull(sum(estimated), 0), ifnull(sum(charges), 0)
             FROM charge_sum WHERE {} AND {}",
            part.count(),
            part.amount(),
            kept.condition,
            part.categories(category)
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let (totals, charges) = statement.query_row(params_from_iter(kept.values), |row| {
            let totals = ChargeTotals {
                count: row.get(0)?,
                amount: codec::money(row.get(1)?, currency),
                unrated: row.get(2)?,
                estimated: row.get(3)?,
            };
            Ok((totals, row.get::<_, i64>(4)?))
        })?;
        // How many wait, or are estimated, is kept of all parts together.
        let is_told = totals.count == charges || totals.unrated + totals.estimated == 0;
        Ok(is_told.then_some(totals))
    }

    /// Kept sums by category that a filter's charges are counted in, and the column that names it.
    fn kept_by_category(
        &self,
        filter: &ChargeFilter,
    ) -> Result<Option<(Kept, &'static str)>, Error> {
        let months = whole_months(filter.days);
        let (category, market) = self.category_and_market(filter)?;
        let by_month = |months| Kept::of(filter.hub, Kind::ClientMonth, months);
        let narrowed = |kept: Kept| {
            let kept = kept.also("category", category).also("market", market);
            (kept, "category")
        };
        Ok(match (filter.channel, filter.client, months) {
            (Some(_), _, _) => None,
            (None, Some(client), Some(months)) => Some(narrowed(by_month(months).of_one(client))),
            (None, None, Some(months)) if market.is_some() => Some(narrowed(by_month(months))),
            (None, None, _) if market.is_none() => {
                let days = days_between(filter.days);
                let kept = Kept::of(filter.hub, Kind::CategoryDay, days).also("what", category);
                Some((kept, "what"))
            }
            _ => None,
        })
    }

    /// A filter with no more days than hold what it asks for, as far as kept sums tell; none where
    /// nothing is.
    pub(super) fn with_days_that_hold(
        &self,
        filter: &ChargeFilter,
    ) -> Result<Option<ChargeFilter>, Error> {
        let part = filter.part;
        if part == UsagePart::Whole && filter.category.is_none() {
            return Ok(Some(filter.clone()));
        }
        self.with_fresh_sums()?;
        let days = days_between(filter.days);
        let category = filter.category.map(Number::number);
        let kept = Kept::of(filter.hub, Kind::CategoryDay, days).also("what", category);
        let sql = format!(
            "SELECT min(period), max(period) FROM charge_sum WHERE {} AND {} AND {} > 0",
            kept.condition,
            part.categories("what"),
            part.count()
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let bounds: (Option<i64>, Option<i64>) = statement
            .query_row(params_from_iter(kept.values), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let (Some(first), Some(last)) = bounds else {
            return Ok(None);
        };
        Ok(Some(ChargeFilter {
            days: Some((codec::date(first)?, codec::date(last)?)),
            ..filter.clone()
        }))
    }
}

#[cfg(test)]
mod tests {
    use hubledger_core::period::Date;

    use super::*;
    use crate::table::charge_tests::PARTIES;
    use crate::{ChargeOrder, ChargeOrderBy, Store};

    /// Two clients in three months, `late` rows of the first booked in the third, and calls in the second.
    fn book(late: u32, calls: u32, unrated: u32) -> Store {
        let mut store = Store::in_memory().unwrap();
        store
            .write(|w| {
                let file = &w.0.0;
                file.execute_batch(PARTIES)?;
                file.execute_batch(
                    "INSERT INTO client (id, hub, name, email, vat_id) VALUES ('bCL', 1, '', '', '');
                     INSERT INTO channel (id, client, phone, name, started, time_zone) VALUES ('bCH', 2, '+48', '', 20260101, '');
                     INSERT INTO market (name) VALUES ('Poland');",
                )?;
                let mut line = 0;
                let mut add = |day: u32, booked: u32, category: u32, outcome: u32| {
                    line += 1;
                    let amount = if outcome == 3 { "NULL".to_owned() } else { (line * 7).to_string() };
                    let (channel, market) = (1 + line % 2, 1 + line % 3 % 2);
                    let sql = format!(
                        "INSERT INTO charge (hub, channel, import, line, ordinal, day, booked, place, market, category, pricing, quantity, free, amount, outcome, reason, is_live)
                         VALUES (1, {channel}, 1, {line}, {line}, {day}, {booked}, 1, {market}, {category}, 0, 5, 0, {amount}, {outcome}, 0, 1)"
                    );
                    file.execute_batch(&sql)
                };
                for at in 0..40 {
                    let day = 20_260_100 + at % 3 * 100 + 1 + at % 28;
                    add(day, day, at % 5, 0)?;
                }
                for at in 0..late {
                    add(20_260_110, 20_260_302, if at % 2 == 0 { 6 } else { 2 }, 0)?;
                }
                for at in 0..calls {
                    add(20_260_211 + at, 20_260_211 + at, 6, 0)?;
                }
                for at in 0..unrated {
                    add(20_260_110, if at % 2 == 0 { 20_260_302 } else { 20_260_110 }, 2, 3)?;
                }
                Ok::<_, Error>(())
            })
            .unwrap();
        store
    }

    /// Every filter that a screen may combine with a part.
    fn filters() -> Vec<ChargeFilter> {
        let day = |month, day| Date::from_ymd_opt(2026, month, day).unwrap();
        let spans = [
            None,
            Some((day(1, 1), day(1, 31))),
            Some((day(3, 1), day(3, 31))),
            Some((day(2, 10), day(3, 5))),
        ];
        let parts = [
            UsagePart::Whole,
            UsagePart::Messages,
            UsagePart::Calls,
            UsagePart::Late,
            UsagePart::Nothing,
        ];
        let mut all = Vec::new();
        for days in spans {
            for part in parts {
                for client in [None, Some(2)] {
                    for category in [None, Some(Category::Utility), Some(Category::Call)] {
                        for market in [None, Some("Poland".to_owned()), Some("Chile".to_owned())] {
                            for channel in [None, Some(1)] {
                                all.push(ChargeFilter {
                                    hub: 1,
                                    days,
                                    client,
                                    channel,
                                    category,
                                    market: market.clone(),
                                    unrated: false,
                                    part,
                                });
                            }
                        }
                    }
                }
            }
        }
        all
    }

    #[test]
    fn totals_and_pages_of_a_part_are_those_of_its_charges() {
        for (late, calls, unrated) in [(0, 0, 0), (5, 0, 0), (0, 4, 0), (5, 4, 0), (5, 4, 6)] {
            let store = book(late, calls, unrated);
            let told = (late, calls, unrated);
            store
                .read(|r| {
                    for filter in filters() {
                        let (condition, values) = filter.condition();
                        let sql = format!(
                            "SELECT count(*), ifnull(sum(amount), 0), ifnull(sum(outcome = 3), 0) FROM charge WHERE {condition}"
                        );
                        let (count, amount, waits): (i64, i64, i64) = r
                            .0
                            .query_row(&sql, params_from_iter(values), |row| {
                                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                            })?;
                        let totals = r.charge_totals(&filter, Currency::Eur)?;
                        let found = (totals.count, totals.amount, totals.unrated);
                        let amount = codec::money(amount, Currency::Eur);
                        assert_eq!(found, (count, amount, waits), "{told:?} {filter:?}");
                        let order = ChargeOrder {
                            by: ChargeOrderBy::Day,
                            down: true,
                        };
                        let page = r.charge_spots(&filter, &order, None, 1_000)?;
                        assert_eq!(i64::try_from(page.len()), Ok(count), "{told:?} {filter:?}");
                    }
                    Ok::<_, Error>(())
                })
                .unwrap();
        }
    }

    #[test]
    fn what_a_month_does_not_have_is_not_looked_for_among_its_charges() {
        let store = book(3, 0, 0);
        store
            .read(|r| {
                let of = |part| ChargeFilter {
                    hub: 1,
                    part,
                    ..ChargeFilter::default()
                };
                assert!(r.with_days_that_hold(&of(UsagePart::Calls))?.is_none());
                let late = r.with_days_that_hold(&of(UsagePart::Late))?.unwrap();
                let second = Date::from_ymd_opt(2026, 3, 2).unwrap();
                assert_eq!(late.days, Some((second, second)));
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}
