//! Hubs, their plans and their dated rules.

use hubledger_core::fee::PlanFrom;
use hubledger_core::hub::{Hub, PartnerPlan, PaymentMethod};
use hubledger_core::id::HubId;
use hubledger_core::notice::Notice;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::rule::{Rule, Setting};
use rusqlite::{OptionalExtension, Row, params};

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// A hub with its key in this file and how it pays.
#[derive(Clone, Debug)]
pub struct HubRow {
    pub key: i64,
    pub hub: Hub,
    pub pay_by: PaymentMethod,
}

const COLUMNS: &str = "key, id, name, model, currency, since, first_month, closed_on, pay_by";

fn hub_row(row: &Row<'_>) -> Result<HubRow, Error> {
    let text = |at: usize| row.get::<_, String>(at);
    let hub = Hub {
        id: HubId::parse(&text(1)?).map_err(|e| Error::Damaged(e.to_string()))?,
        name: text(2)?,
        model: Word::of_word(&text(3)?)?,
        currency: Word::of_word(&text(4)?)?,
        since: codec::date(row.get(5)?)?,
        first_month: codec::period(row.get(6)?)?,
        closed_on: codec::optional_date(row.get(7)?)?,
    };
    Ok(HubRow {
        key: row.get(0)?,
        hub,
        pay_by: Word::of_word(&text(8)?)?,
    })
}

impl Read<'_> {
    /// All hubs, oldest first.
    pub fn hubs(&self) -> Result<Vec<HubRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM hub WHERE gone IS NULL ORDER BY key"
        ))?;
        let mut rows = statement.query([])?;
        let mut hubs = Vec::new();
        while let Some(row) = rows.next()? {
            hubs.push(hub_row(row)?);
        }
        Ok(hubs)
    }

    pub fn hub(&self, id: &str) -> Result<Option<HubRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM hub WHERE id = ?1 AND gone IS NULL"
        ))?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(hub_row).transpose()
    }

    /// The plans of a hub, oldest first.
    pub fn plans(&self, hub: i64) -> Result<Vec<PlanFrom>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT from_day, plan FROM hub_plan WHERE hub = ?1 ORDER BY from_day",
        )?;
        let mut rows = statement.query([hub])?;
        let mut plans = Vec::new();
        while let Some(row) = rows.next()? {
            plans.push(PlanFrom {
                from: codec::date(row.get(0)?)?,
                plan: Word::of_word(&row.get::<_, String>(1)?)?,
            });
        }
        Ok(plans)
    }

    /// The notice that was given of a hub's plan.
    pub fn plan_notice(&self, hub: i64) -> Result<Option<Notice>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT given_on, reading, last_day FROM plan_notice WHERE hub = ?1")?;
        let found = statement
            .query_row([hub], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((given_on, reading, last_day)) = found else {
            return Ok(None);
        };
        Ok(Some(Notice {
            given_on: codec::date(given_on)?,
            reading: Word::of_word(&reading)?,
            last_day: codec::date(last_day)?,
        }))
    }

    /// The dated rules that were set for a hub, oldest first.
    pub fn settings(&self, hub: i64) -> Result<Vec<Setting>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT rule, choice, from_month FROM hub_setting WHERE hub = ?1 ORDER BY from_month, rule")?;
        let mut rows = statement.query([hub])?;
        let mut settings = Vec::new();
        while let Some(row) = rows.next()? {
            settings.push(Setting {
                rule: Rule::parse(&row.get::<_, String>(0)?)
                    .map_err(|e| Error::Damaged(e.to_string()))?,
                choice: row.get(1)?,
                from: codec::period(row.get(2)?)?,
            });
        }
        Ok(settings)
    }
}

impl Write<'_> {
    /// Adds a hub and gives its key.
    pub fn insert_hub(&self, hub: &Hub, pay_by: PaymentMethod) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO hub (id, name, model, currency, since, first_month, closed_on, pay_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                hub.id.as_str(),
                hub.name,
                hub.model.word(),
                hub.currency.word(),
                codec::day(hub.since),
                codec::month(hub.first_month),
                hub.closed_on.map(codec::day),
                pay_by.word(),
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    pub fn set_hub_name(&self, hub: i64, name: &str) -> Result<(), Error> {
        self.0.0.execute(
            "UPDATE hub SET name = ?2 WHERE key = ?1",
            params![hub, name],
        )?;
        Ok(())
    }

    pub fn set_first_month(
        &self,
        hub: i64,
        since: Date,
        first: BillingPeriod,
    ) -> Result<(), Error> {
        self.0.0.execute(
            "UPDATE hub SET first_month = ?2, since = ?3 WHERE key = ?1",
            params![hub, codec::month(first), codec::day(since)],
        )?;
        Ok(())
    }

    pub fn set_pay_by(&self, hub: i64, method: PaymentMethod) -> Result<(), Error> {
        self.0.0.execute(
            "UPDATE hub SET pay_by = ?2 WHERE key = ?1",
            params![hub, method.word()],
        )?;
        Ok(())
    }

    pub fn set_hub_closed(&self, hub: i64, on: Date) -> Result<(), Error> {
        self.0.0.execute(
            "UPDATE hub SET closed_on = ?2 WHERE key = ?1",
            params![hub, codec::day(on)],
        )?;
        Ok(())
    }

    /// Sets the plan from a day on; plans that were to begin later fall away.
    pub fn put_plan(&self, hub: i64, from: Date, plan: PartnerPlan) -> Result<(), Error> {
        self.0.0.execute(
            "DELETE FROM hub_plan WHERE hub = ?1 AND from_day >= ?2",
            params![hub, codec::day(from)],
        )?;
        self.0.0.execute(
            "INSERT INTO hub_plan (hub, from_day, plan) VALUES (?1, ?2, ?3)",
            params![hub, codec::day(from), plan.word()],
        )?;
        Ok(())
    }

    pub fn put_plan_notice(&self, hub: i64, notice: &Notice) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO plan_notice (hub, given_on, reading, last_day) VALUES (?1, ?2, ?3, ?4)",
            params![
                hub,
                codec::day(notice.given_on),
                notice.reading.word(),
                codec::day(notice.last_day)
            ],
        )?;
        Ok(())
    }

    /// Takes the notice back.
    pub fn remove_plan_notice(&self, hub: i64) -> Result<(), Error> {
        self.0
            .0
            .execute("DELETE FROM plan_notice WHERE hub = ?1", [hub])?;
        Ok(())
    }

    pub fn put_setting(&self, hub: i64, setting: &Setting) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR REPLACE INTO hub_setting (hub, rule, from_month, choice) VALUES (?1, ?2, ?3, ?4)",
            params![hub, setting.rule.name(), codec::month(setting.from), setting.choice],
        )?;
        Ok(())
    }
}
