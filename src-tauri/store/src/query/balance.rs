//! Balances as folds of postings: sums by what moved them, and statements.

use hubledger_core::currency::Currency;
use hubledger_core::hub::PaymentMethod;
use hubledger_core::journal::EntryKind;
use hubledger_core::money::Money;
use hubledger_core::period::Date;
use hubledger_core::top_up::TopUpKind;
use rusqlite::params;

use crate::Read;
use crate::codec::{self, Word};
use crate::error::Error;
use crate::table::FOLDED_ENTRY;

/// What one kind of entry moved an account by.
#[derive(Clone, Copy, Debug)]
pub struct KindSum {
    pub account: i64,
    pub kind: EntryKind,
    pub amount: Money,
}

/// What was used on a day.
#[derive(Clone, Copy, Debug)]
pub struct DaySpend {
    pub day: Date,
    pub amount: Money,
}

/// One movement of an account.
#[derive(Clone, Debug)]
pub struct MovementRow {
    pub entry: i64,
    pub kind: EntryKind,
    pub day: Date,
    pub own_day: Option<Date>,
    pub amount: Money,
    pub messages: i64,
    pub pulses: i64,
    pub top_up: Option<(TopUpKind, PaymentMethod)>,
    /// The entry that it takes back.
    pub reverses: Option<i64>,
    /// The entry that takes it back and stands.
    pub reversed_by: Option<i64>,
}

fn entry_kind(text: &str) -> Result<EntryKind, Error> {
    EntryKind::parse(text).ok_or_else(|| Error::Damaged(format!("an entry can't be {text}")))
}

impl Read<'_> {
    /// The balance of an account at the end of a day; of all days for none.
    pub fn balance(
        &self,
        account: i64,
        currency: Currency,
        until: Option<Date>,
    ) -> Result<Money, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT ifnull(sum(amount), 0) FROM posting WHERE account = ?1 AND day <= ?2",
        )?;
        let until = until.map_or(i64::MAX, codec::day);
        let micros: i64 = statement.query_row(params![account, until], |row| row.get(0))?;
        Ok(codec::money(micros, currency))
    }

    /// The lowest balance at the end of any day from `from` on.
    pub fn lowest_balance_from(
        &self,
        account: i64,
        currency: Currency,
        from: Date,
    ) -> Result<Money, Error> {
        let mut lowest = self.balance(account, currency, Some(from))?;
        let mut running = lowest;
        let mut statement = self
            .0
            .prepare_cached("SELECT sum(amount) FROM posting WHERE account = ?1 AND day > ?2 GROUP BY day ORDER BY day")?;
        let mut rows = statement.query(params![account, codec::day(from)])?;
        while let Some(row) = rows.next()? {
            let day = codec::money(row.get(0)?, currency);
            running = running
                .checked_add(day)
                .map_err(|e| Error::Damaged(e.to_string()))?;
            lowest = lowest
                .min(running)
                .map_err(|e| Error::Damaged(e.to_string()))?;
        }
        Ok(lowest)
    }

    /// What moved the balances of a hub from a day to a day, by balance and kind of entry.
    pub fn balance_sums(
        &self,
        hub: i64,
        currency: Currency,
        from: Date,
        until: Date,
    ) -> Result<Vec<KindSum>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT posting.account, entry.kind, sum(posting.amount) FROM posting
             JOIN entry ON entry.key = posting.entry
             WHERE posting.account IN (SELECT key FROM account WHERE hub = ?1
                                       AND kind IN ('asset:prepaid-balance', 'memo:client-funds'))
               AND posting.day BETWEEN ?2 AND ?3
             GROUP BY posting.account, entry.kind",
        )?;
        let mut rows = statement.query(params![hub, codec::day(from), codec::day(until)])?;
        let mut sums = Vec::new();
        while let Some(row) = rows.next()? {
            sums.push(KindSum {
                account: row.get(0)?,
                kind: entry_kind(&row.get::<_, String>(1)?)?,
                amount: codec::money(row.get(2)?, currency),
            });
        }
        Ok(sums)
    }

    /// What a hub used from a day to a day, by booked day, over all its balances.
    pub fn spend_by_day(
        &self,
        hub: i64,
        currency: Currency,
        from: Date,
        until: Date,
    ) -> Result<Vec<DaySpend>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT posting.day, -sum(posting.amount) AS used FROM posting JOIN entry ON entry.key = posting.entry
             WHERE posting.account IN (SELECT key FROM account WHERE hub = ?1
                                       AND kind IN ('asset:prepaid-balance', 'memo:client-funds'))
               AND posting.day BETWEEN ?2 AND ?3 AND entry.kind IN ('usage', 'reconciliation')
             GROUP BY posting.day HAVING used <> 0 ORDER BY posting.day",
        )?;
        let mut rows = statement.query(params![hub, codec::day(from), codec::day(until)])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push(DaySpend {
                day: codec::date(row.get(0)?)?,
                amount: codec::money(row.get(1)?, currency),
            });
        }
        Ok(days)
    }

    /// What each balance of a hub used from a day to a day; the shared one is of no channel.
    pub fn spend_of_balances(
        &self,
        hub: i64,
        currency: Currency,
        from: Date,
        until: Date,
    ) -> Result<Vec<(Option<i64>, Money)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT account.channel, -sum(posting.amount) FROM account JOIN posting ON posting.account = account.key
             JOIN entry ON entry.key = posting.entry
             WHERE account.hub = ?1 AND account.kind IN ('asset:prepaid-balance', 'memo:client-funds')
               AND posting.day BETWEEN ?2 AND ?3 AND entry.kind IN ('usage', 'reconciliation')
             GROUP BY account.channel",
        )?;
        let mut rows = statement.query(params![hub, codec::day(from), codec::day(until)])?;
        let mut spend = Vec::new();
        while let Some(row) = rows.next()? {
            spend.push((row.get(0)?, codec::money(row.get(1)?, currency)));
        }
        Ok(spend)
    }

    /// The balances of a hub before a day, by account.
    pub fn balances_before(
        &self,
        hub: i64,
        currency: Currency,
        day: Date,
    ) -> Result<Vec<(i64, Money)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT account, sum(amount) FROM posting
             WHERE account IN (SELECT key FROM account WHERE hub = ?1
                               AND kind IN ('asset:prepaid-balance', 'memo:client-funds'))
               AND day < ?2
             GROUP BY account",
        )?;
        let mut rows = statement.query(params![hub, codec::day(day)])?;
        let mut balances = Vec::new();
        while let Some(row) = rows.next()? {
            balances.push((row.get(0)?, codec::money(row.get(1)?, currency)));
        }
        Ok(balances)
    }

    /// The account of each balance of a hub, with its channel.
    pub fn balance_accounts(&self, hub: i64) -> Result<Vec<(i64, Option<i64>)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT key, channel FROM account WHERE hub = ?1 AND kind IN ('asset:prepaid-balance', 'memo:client-funds')
               AND (channel IS NULL OR channel IN (SELECT key FROM channel WHERE gone IS NULL))",
        )?;
        let mut rows = statement.query([hub])?;
        let mut accounts = Vec::new();
        while let Some(row) = rows.next()? {
            accounts.push((row.get(0)?, row.get(1)?));
        }
        Ok(accounts)
    }

    /// Movements of an account from a day to a day, oldest first. What was taken back on its own
    /// day is folded away with what takes it back.
    pub fn movements(
        &self,
        account: i64,
        currency: Currency,
        from: Date,
        until: Date,
    ) -> Result<Vec<MovementRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT entry.key, entry.kind, entry.day, entry.own_day, posting.amount, ifnull(entry.messages, 0),
                    ifnull(entry.pulses, 0), top_up.kind, top_up.method, entry.reverses, back.key
             FROM posting JOIN entry ON entry.key = posting.entry
             LEFT JOIN top_up ON entry.kind = 'top-up' AND top_up.key = entry.source
             LEFT JOIN entry AS back ON back.reverses = entry.key
                  AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key)
             WHERE posting.account = ?1 AND posting.day BETWEEN ?2 AND ?3 AND NOT {FOLDED_ENTRY}
             ORDER BY posting.day, entry.key"
        ))?;
        let mut rows = statement.query(params![account, codec::day(from), codec::day(until)])?;
        let mut movements = Vec::new();
        while let Some(row) = rows.next()? {
            let top_up = match (
                row.get::<_, Option<String>>(7)?,
                row.get::<_, Option<String>>(8)?,
            ) {
                (Some(kind), Some(method)) => {
                    Some((Word::of_word(&kind)?, Word::of_word(&method)?))
                }
                _ => None,
            };
            movements.push(MovementRow {
                entry: row.get(0)?,
                kind: entry_kind(&row.get::<_, String>(1)?)?,
                day: codec::date(row.get(2)?)?,
                own_day: codec::optional_date(row.get(3)?)?,
                amount: codec::money(row.get(4)?, currency),
                messages: row.get(5)?,
                pulses: row.get(6)?,
                top_up,
                reverses: row.get(9)?,
                reversed_by: row.get(10)?,
            });
        }
        Ok(movements)
    }
}
