//! Top-ups, refunds, and the VAT that was posted for them.

use hubledger_core::currency::Currency;
use hubledger_core::hub::PaymentMethod;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::top_up::{RefundTo, TopUpKind};
use rusqlite::params;

use crate::codec::{self, Word};
use crate::error::Error;
use crate::table::undo::{FOLDED, FOLDED_ENTRY};
use crate::{Read, Write};

/// Money added to a balance.
#[derive(Clone, Debug)]
pub struct TopUpRow {
    pub key: i64,
    pub channel: Option<i64>,
    pub amount: Money,
    pub kind: TopUpKind,
    pub method: PaymentMethod,
    pub day: Date,
    /// Another day where its month was closed.
    pub booked: Date,
}

/// Money given back.
#[derive(Clone, Debug)]
pub struct RefundRow {
    pub key: i64,
    pub channel: Option<i64>,
    pub amount: Money,
    pub to: RefundTo,
    pub day: Date,
    pub booked: Date,
}

/// What VAT was posted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VatEvent {
    TopUp,
    Refund,
}

impl VatEvent {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::TopUp => "top-up",
            Self::Refund => "refund",
        }
    }
}

impl Read<'_> {
    /// Top-ups of a hub booked in a month, in the order of their days.
    pub fn top_ups(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<TopUpRow>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(
            "SELECT key, channel, amount, kind, method, day, booked FROM top_up
             WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3
               AND key NOT IN (SELECT key FROM undone WHERE what = 'top-up') ORDER BY booked, day, key",
        )?;
        let mut rows = statement.query(params![hub, first, last])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(TopUpRow {
                key: row.get(0)?,
                channel: row.get(1)?,
                amount: codec::money(row.get(2)?, currency),
                kind: Word::of_word(&row.get::<_, String>(3)?)?,
                method: Word::of_word(&row.get::<_, String>(4)?)?,
                day: codec::date(row.get(5)?)?,
                booked: codec::date(row.get(6)?)?,
            });
        }
        Ok(found)
    }

    pub fn refunds(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<RefundRow>, Error> {
        let (first, last) = codec::days_of(month);
        let mut statement = self.0.prepare_cached(
            "SELECT key, channel, amount, destination, day, booked FROM refund
             WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3
               AND key NOT IN (SELECT key FROM undone WHERE what = 'refund') ORDER BY booked, day, key",
        )?;
        let mut rows = statement.query(params![hub, first, last])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(RefundRow {
                key: row.get(0)?,
                channel: row.get(1)?,
                amount: codec::money(row.get(2)?, currency),
                to: Word::of_word(&row.get::<_, String>(3)?)?,
                day: codec::date(row.get(4)?)?,
                booked: codec::date(row.get(5)?)?,
            });
        }
        Ok(found)
    }

    /// The newest month that an entry or a charge of a hub is booked in, and not taken back.
    pub fn last_booked_month(&self, hub: i64) -> Result<Option<BillingPeriod>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT max(ifnull((SELECT day FROM entry WHERE hub = ?1 AND NOT {FOLDED_ENTRY} ORDER BY day DESC LIMIT 1), 0),
                        ifnull((SELECT booked FROM charge WHERE hub = ?1 AND NOT {FOLDED} ORDER BY booked DESC LIMIT 1), 0))"
        ))?;
        let day: i64 = statement.query_row([hub], |row| row.get(0))?;
        match day {
            0 => Ok(None),
            day => codec::date(day).map(BillingPeriod::containing).map(Some),
        }
    }

    /// VAT that is posted for a top-up or refund so far.
    pub fn posted_vat(
        &self,
        event: VatEvent,
        key: i64,
        currency: Currency,
    ) -> Result<Money, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT ifnull(sum(amount), 0) FROM posted_vat WHERE event = ?1 AND key = ?2",
        )?;
        let micros: i64 = statement.query_row(params![event.word(), key], |row| row.get(0))?;
        Ok(codec::money(micros, currency))
    }
}

impl Write<'_> {
    pub fn insert_top_up(&self, hub: i64, row: &TopUpRow, at: &str) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO top_up (hub, channel, amount, kind, method, day, booked, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                hub,
                row.channel,
                codec::money_micros(row.amount)?,
                row.kind.word(),
                row.method.word(),
                codec::day(row.day),
                codec::day(row.booked),
                at,
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    pub fn insert_refund(&self, hub: i64, row: &RefundRow, at: &str) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO refund (hub, channel, amount, destination, day, booked, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                hub,
                row.channel,
                codec::money_micros(row.amount)?,
                row.to.word(),
                codec::day(row.day),
                codec::day(row.booked),
                at,
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    pub fn note_posted_vat(
        &self,
        event: VatEvent,
        key: i64,
        entry: i64,
        vat: Money,
    ) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO posted_vat (event, key, entry, amount) VALUES (?1, ?2, ?3, ?4)",
            params![event.word(), key, entry, codec::money_micros(vat)?],
        )?;
        Ok(())
    }
}
