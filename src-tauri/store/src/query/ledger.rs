//! The ledger as accountants read it: accounts with what they hold, entries with their postings,
//! and the numbers and names that a person gave them.

use std::collections::HashMap;

use hubledger_core::currency::Currency;
use hubledger_core::id::{ChannelId, ClientId, HubId};
use hubledger_core::journal::{Account, AccountKind, EntryKind};
use hubledger_core::money::Money;
use hubledger_core::period::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};
use rust_decimal::Decimal;

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// An account with the sum of its postings before a day, and what was debited and credited from
/// that day to another.
#[derive(Clone, Debug)]
pub struct LedgerAccount {
    pub key: i64,
    pub account: Account,
    pub before: Money,
    /// Above zero, as is what was credited.
    pub debited: Money,
    pub credited: Money,
}

impl LedgerAccount {
    /// What it holds at the end: debit above zero, credit below.
    pub fn holds(&self) -> Result<Money, hubledger_core::Error> {
        self.before
            .checked_add(self.debited)?
            .checked_sub(self.credited)
    }
}

/// Which entries to show; all where nothing is named. What is said of a posting is true of one and
/// the same.
#[derive(Clone, Copy, Debug)]
pub struct EntryFilter {
    pub entry: Option<i64>,
    pub hub: Option<i64>,
    pub unit: Option<i64>,
    pub kind: Option<EntryKind>,
    /// The account that a posting is on.
    pub account: Option<i64>,
    pub account_kind: Option<AccountKind>,
    /// What a posting is at least, on either side.
    pub least: Option<Decimal>,
    pub from: Date,
    pub until: Date,
}

/// How many entries there are of a currency, and what is on each side of them.
#[derive(Clone, Copy, Debug)]
pub struct EntrySum {
    pub entries: i64,
    /// The credit side is the same.
    pub debit: Money,
}

/// An entry without its postings.
#[derive(Clone, Debug)]
pub struct LedgerEntry {
    pub key: i64,
    pub kind: EntryKind,
    pub day: Date,
    pub own_day: Option<Date>,
    /// What was done, in the record.
    pub unit: Option<i64>,
    pub reverses: Option<i64>,
    pub reversed_by: Option<i64>,
    pub hub: String,
    pub currency: Currency,
}

/// An entry with one of its postings.
#[derive(Clone, Debug)]
pub struct LedgerPosting {
    pub entry: i64,
    pub kind: EntryKind,
    pub day: Date,
    pub own_day: Option<Date>,
    pub reverses: Option<i64>,
    pub account: i64,
    pub amount: Money,
}

fn unreadable(error: hubledger_core::Error) -> Error {
    Error::Damaged(error.to_string())
}

/// As `EntryFilter::values` are bound.
const MATCHES: &str = "entry.day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR entry.hub = ?3)
    AND (?4 IS NULL OR entry.unit = ?4) AND (?5 IS NULL OR entry.key = ?5) AND (?6 IS NULL OR entry.kind = ?6)
    AND ((?7 IS NULL AND ?8 IS NULL AND ?9 IS NULL) OR EXISTS (
        SELECT 1 FROM posting JOIN account ON account.key = posting.account
        WHERE posting.entry = entry.key AND (?7 IS NULL OR account.key = ?7) AND (?8 IS NULL OR account.kind = ?8)
          AND (?9 IS NULL OR abs(posting.amount) >= ?9)))";

impl EntryFilter {
    fn values(&self) -> Result<Vec<Value>, Error> {
        let word = |word: Option<&str>| word.map(str::to_owned);
        Ok(vec![
            codec::day(self.from).into(),
            codec::day(self.until).into(),
            self.hub.into(),
            self.unit.into(),
            self.entry.into(),
            word(self.kind.map(EntryKind::name)).into(),
            self.account.into(),
            word(self.account_kind.map(AccountKind::name)).into(),
            self.least.map(codec::micros).transpose()?.into(),
        ])
    }
}

/// What an account is called by, and where that stands. What was undone keeps its id before a `~`.
const NAMES: &str = "account.key, account.kind, substr(hub.id, 1, instr(hub.id || '~', '~') - 1),
    substr(channel.id, 1, instr(channel.id || '~', '~') - 1),
    substr(client.id, 1, instr(client.id || '~', '~') - 1), hub.currency";
const ACCOUNTS: &str = "account JOIN hub ON hub.key = account.hub
    LEFT JOIN channel ON channel.key = account.channel LEFT JOIN client ON client.key = account.client";

fn account(row: &Row<'_>) -> Result<Account, Error> {
    let kind: String = row.get(1)?;
    let (channel, client): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    Ok(Account {
        kind: AccountKind::parse(&kind)
            .ok_or_else(|| Error::Damaged(format!("an account can't be {kind}")))?,
        hub: HubId::parse(&row.get::<_, String>(2)?).map_err(unreadable)?,
        channel: channel
            .map(|id| ChannelId::parse(&id))
            .transpose()
            .map_err(unreadable)?,
        client: client
            .map(|id| ClientId::parse(&id))
            .transpose()
            .map_err(unreadable)?,
    })
}

impl Read<'_> {
    /// All accounts of a hub, or of all hubs, with what they hold.
    pub fn ledger_accounts(
        &self,
        hub: Option<i64>,
        from: Date,
        until: Date,
    ) -> Result<Vec<LedgerAccount>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {NAMES},
                    ifnull(sum(iif(posting.day < ?2, amount, 0)), 0),
                    ifnull(sum(iif(posting.day >= ?2 AND amount > 0, amount, 0)), 0),
                    ifnull(sum(iif(posting.day >= ?2 AND amount < 0, -amount, 0)), 0)
             FROM {ACCOUNTS} LEFT JOIN posting ON posting.account = account.key AND posting.day <= ?3
             WHERE (?1 IS NULL OR account.hub = ?1) AND hub.gone IS NULL AND channel.gone IS NULL AND client.gone IS NULL
             GROUP BY account.key ORDER BY hub.key, account.kind, channel.id, client.id"
        ))?;
        let mut rows = statement.query(params![hub, codec::day(from), codec::day(until)])?;
        let mut accounts = Vec::new();
        while let Some(row) = rows.next()? {
            let currency = Currency::of_word(&row.get::<_, String>(5)?)?;
            accounts.push(LedgerAccount {
                key: row.get(0)?,
                account: account(row)?,
                before: codec::money(row.get(6)?, currency),
                debited: codec::money(row.get(7)?, currency),
                credited: codec::money(row.get(8)?, currency),
            });
        }
        Ok(accounts)
    }

    /// What all accounts are called, by key.
    pub fn account_names(&self) -> Result<HashMap<i64, Account>, Error> {
        let mut statement = self
            .0
            .prepare_cached(&format!("SELECT {NAMES} FROM {ACCOUNTS}"))?;
        let mut rows = statement.query([])?;
        let mut accounts = HashMap::new();
        while let Some(row) = rows.next()? {
            accounts.insert(row.get(0)?, account(row)?);
        }
        Ok(accounts)
    }

    /// A page of entries, newest or oldest first, behind the last entry of the page before.
    pub fn ledger_entries(
        &self,
        filter: &EntryFilter,
        oldest_first: bool,
        after: Option<(Date, i64)>,
        limit: i64,
    ) -> Result<Vec<LedgerEntry>, Error> {
        let (sign, way) = if oldest_first {
            (">", "ASC")
        } else {
            ("<", "DESC")
        };
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT entry.key, entry.kind, entry.day, entry.own_day, entry.unit, entry.reverses, back.key,
                    substr(hub.id, 1, instr(hub.id || '~', '~') - 1), hub.currency
             FROM entry JOIN hub ON hub.key = entry.hub LEFT JOIN entry AS back ON back.reverses = entry.key
                  AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key)
             WHERE {MATCHES} AND (?10 IS NULL OR (entry.day, entry.key) {sign} (?10, ?11))
             ORDER BY entry.day {way}, entry.key {way} LIMIT ?12"
        ))?;
        let mut values = filter.values()?;
        values.extend([
            after.map(|(day, _)| codec::day(day)).into(),
            after.map(|(_, key)| key).into(),
            limit.into(),
        ]);
        let mut rows = statement.query(params_from_iter(values))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(1)?;
            entries.push(LedgerEntry {
                key: row.get(0)?,
                kind: EntryKind::parse(&kind)
                    .ok_or_else(|| Error::Damaged(format!("an entry can't be {kind}")))?,
                day: codec::date(row.get(2)?)?,
                own_day: codec::optional_date(row.get(3)?)?,
                unit: row.get(4)?,
                reverses: row.get(5)?,
                reversed_by: row.get(6)?,
                hub: row.get(7)?,
                currency: Currency::of_word(&row.get::<_, String>(8)?)?,
            });
        }
        Ok(entries)
    }

    /// How many entries match, and what is on each of their sides, by currency.
    pub fn entry_sums(&self, filter: &EntryFilter) -> Result<Vec<EntrySum>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT hub.currency, count(*), ifnull(sum((
                 SELECT sum(posting.amount) FROM posting WHERE posting.entry = entry.key AND posting.amount > 0)), 0)
             FROM entry JOIN hub ON hub.key = entry.hub WHERE {MATCHES} GROUP BY hub.currency ORDER BY hub.currency"
        ))?;
        let mut rows = statement.query(params_from_iter(filter.values()?))?;
        let mut sums = Vec::new();
        while let Some(row) = rows.next()? {
            let currency = Currency::of_word(&row.get::<_, String>(0)?)?;
            sums.push(EntrySum {
                entries: row.get(1)?,
                debit: codec::money(row.get(2)?, currency),
            });
        }
        Ok(sums)
    }

    /// What an entry posts: accounts by key, debit first.
    pub fn postings_of(&self, entry: &LedgerEntry) -> Result<Vec<(i64, Money)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT account, amount FROM posting WHERE entry = ?1 ORDER BY amount < 0, account",
        )?;
        let rows = statement.query_map([entry.key], |row| {
            Ok((row.get(0)?, codec::money(row.get(1)?, entry.currency)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Postings of a hub from a day to a day, entry by entry; of one account only where it is
    /// named. In the order of days and entries, behind an entry where a page begins there.
    pub fn ledger_postings(
        &self,
        hub: i64,
        currency: Currency,
        account: Option<i64>,
        from: Date,
        until: Date,
    ) -> Result<Vec<LedgerPosting>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT entry.key, entry.kind, entry.day, entry.own_day, entry.reverses, posting.account, posting.amount
             FROM entry JOIN posting ON posting.entry = entry.key
             WHERE entry.hub = ?1 AND entry.day BETWEEN ?2 AND ?3 AND (?4 IS NULL OR posting.account = ?4)
             ORDER BY entry.day, entry.key, posting.amount < 0, posting.account",
        )?;
        let mut rows =
            statement.query(params![hub, codec::day(from), codec::day(until), account])?;
        let mut postings = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(1)?;
            postings.push(LedgerPosting {
                entry: row.get(0)?,
                kind: EntryKind::parse(&kind)
                    .ok_or_else(|| Error::Damaged(format!("an entry can't be {kind}")))?,
                day: codec::date(row.get(2)?)?,
                own_day: codec::optional_date(row.get(3)?)?,
                reverses: row.get(4)?,
                account: row.get(5)?,
                amount: codec::money(row.get(6)?, currency),
            });
        }
        Ok(postings)
    }

    /// Numbers and names that a person has set, by kind.
    pub fn chart(&self) -> Result<HashMap<String, (String, String)>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT kind, number, name FROM chart_account")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Sets the number and the name of a kind of account.
    pub fn put_chart_account(
        &self,
        kind: AccountKind,
        number: &str,
        name: &str,
    ) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR REPLACE INTO chart_account (kind, number, name) VALUES (?1, ?2, ?3)",
            params![kind.name(), number, name],
        )?;
        Ok(())
    }
}
