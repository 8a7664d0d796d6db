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

/// Which entries are asked for, and where the file finds them.
struct Asked {
    from: &'static str,
    /// The column of the entry's day, and of its key.
    day: &'static str,
    key: &'static str,
    condition: String,
    values: Vec<Value>,
}

impl Asked {
    /// Narrows it down; `??` stands for the value.
    fn also(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let bound = format!("?{}", self.values.len());
        self.condition.push_str(" AND ");
        self.condition.push_str(&condition.replace("??", &bound));
    }

    /// Begins behind the last entry of the page before.
    fn begin_behind(&mut self, (day, key): (Date, i64), sign: &str) {
        self.values.push(codec::day(day).into());
        let at = self.values.len();
        let spot = format!("({}, {}) {sign} (?{at}, ??)", self.day, self.key);
        self.also(&spot, key);
    }
}

impl EntryFilter {
    /// Entries lie in the order of their days in a hub, and in an account; a filter that names neither asks
    /// hub after hub.
    fn asked(&self) -> Result<Asked, Error> {
        let is_of_account = self.is_of_account();
        let (from, day, key) = if is_of_account {
            let from = "posting CROSS JOIN entry ON entry.key = posting.entry";
            (from, "posting.day", "posting.entry")
        } else {
            let from = match (self.entry, self.unit) {
                (Some(_), _) => "entry",
                (None, Some(_)) => "entry INDEXED BY entry_of_unit",
                (None, None) => "entry INDEXED BY entry_of_hub",
            };
            (from, "entry.day", "entry.key")
        };
        let mut asked = Asked {
            from,
            day,
            key,
            condition: format!("{day} BETWEEN ?1 AND ?2"),
            values: vec![codec::day(self.from).into(), codec::day(self.until).into()],
        };
        match self.hub {
            Some(hub) => asked.also("entry.hub = ??", hub),
            None => asked
                .condition
                .push_str(" AND entry.hub IN (SELECT key FROM hub)"),
        }
        if let Some(unit) = self.unit {
            asked.also("entry.unit = ??", unit);
        }
        if let Some(entry) = self.entry {
            asked.also("entry.key = ??", entry);
        }
        if let Some(kind) = self.kind {
            asked.also("entry.kind = ??", kind.name().to_owned());
        }
        let of_posting = [
            ("posting.account = ??", self.account.map(Value::from)),
            (
                "posting.account IN (SELECT key FROM account WHERE kind = ??)",
                self.account_kind.map(|kind| kind.name().to_owned().into()),
            ),
            (
                "abs(posting.amount) >= ??",
                self.least.map(codec::micros).transpose()?.map(Value::from),
            ),
        ];
        let mut of_posting = of_posting
            .into_iter()
            .filter_map(|(condition, value)| Some((condition, value?)))
            .peekable();
        let is_any = of_posting.peek().is_some() && !is_of_account;
        if is_any {
            asked
                .condition
                .push_str(" AND EXISTS (SELECT 1 FROM posting WHERE posting.entry = entry.key");
        }
        for (condition, value) in of_posting {
            asked.also(condition, value);
        }
        if is_any {
            asked.condition.push(')');
        }
        Ok(asked)
    }

    fn is_of_account(&self) -> bool {
        self.account.is_some() && self.entry.is_none() && self.unit.is_none()
    }

    fn is_of_any_hub(&self) -> bool {
        self.hub.is_none() && self.account.is_none() && self.entry.is_none() && self.unit.is_none()
    }
}

/// What an account is called by, and where that stands. What was undone keeps its id before a `~`.
const NAMES: &str = "account.key, account.kind, substr(hub.id, 1, instr(hub.id || '~', '~') - 1),
    substr(channel.id, 1, instr(channel.id || '~', '~') - 1),
    substr(client.id, 1, instr(client.id || '~', '~') - 1), hub.currency";
const ACCOUNTS: &str = "account JOIN hub ON hub.key = account.hub
    LEFT JOIN channel ON channel.key = account.channel LEFT JOIN client ON client.key = account.client";

/// Of no hub, channel or client that was taken back.
const STANDS: &str = "hub.gone IS NULL AND channel.gone IS NULL AND client.gone IS NULL";

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
        self.accounts_where("?1 IS NULL OR account.hub = ?1", hub, (from, until))
    }

    /// An account by what it is called, with what it holds.
    pub fn ledger_account(
        &self,
        name: &str,
        from: Date,
        until: Date,
    ) -> Result<Option<LedgerAccount>, Error> {
        let Some(key) = self.account_named(name)? else {
            return Ok(None);
        };
        let found = self.accounts_where("account.key = ?1", Some(key), (from, until))?;
        Ok(found.into_iter().next())
    }

    /// The account that is called so.
    pub fn account_named(&self, name: &str) -> Result<Option<i64>, Error> {
        let mut statement = self
            .0
            .prepare_cached(&format!("SELECT {NAMES} FROM {ACCOUNTS} WHERE {STANDS}"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if account(row)?.name() == name {
                return Ok(Some(row.get(0)?));
            }
        }
        Ok(None)
    }

    fn accounts_where(
        &self,
        condition: &str,
        value: Option<i64>,
        (from, until): (Date, Date),
    ) -> Result<Vec<LedgerAccount>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {NAMES},
                    ifnull(sum(iif(posting.day < ?2, amount, 0)), 0),
                    ifnull(sum(iif(posting.day >= ?2 AND amount > 0, amount, 0)), 0),
                    ifnull(sum(iif(posting.day >= ?2 AND amount < 0, -amount, 0)), 0)
             FROM {ACCOUNTS} LEFT JOIN posting ON posting.account = account.key AND posting.day <= ?3
             WHERE ({condition}) AND {STANDS}
             GROUP BY account.key ORDER BY hub.key, account.kind, channel.id, client.id"
        ))?;
        let mut rows = statement.query(params![value, codec::day(from), codec::day(until)])?;
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
        if !filter.is_of_any_hub() {
            return self.entries_found(filter, oldest_first, after, limit);
        }
        let mut entries = Vec::new();
        for hub in self.hub_keys()? {
            let of_hub = EntryFilter {
                hub: Some(hub),
                ..*filter
            };
            entries.extend(self.entries_found(&of_hub, oldest_first, after, limit)?);
        }
        entries.sort_unstable_by_key(|entry| (entry.day, entry.key));
        if !oldest_first {
            entries.reverse();
        }
        entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(entries)
    }

    fn hub_keys(&self) -> Result<Vec<i64>, Error> {
        let mut statement = self.0.prepare_cached("SELECT key FROM hub")?;
        let keys = statement.query_map([], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    fn entries_found(
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
        let mut asked = filter.asked()?;
        if let Some(after) = after {
            asked.begin_behind(after, sign);
        }
        asked.values.push(limit.into());
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT entry.key, entry.kind, entry.day, entry.own_day, entry.unit, entry.reverses, back.key,
                    substr(hub.id, 1, instr(hub.id || '~', '~') - 1), hub.currency
             FROM {} CROSS JOIN hub ON hub.key = entry.hub LEFT JOIN entry AS back ON back.reverses = entry.key
                  AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key)
             WHERE {} ORDER BY {} {way}, {} {way} LIMIT ?{}",
            asked.from,
            asked.condition,
            asked.day,
            asked.key,
            asked.values.len()
        ))?;
        let mut rows = statement.query(params_from_iter(asked.values))?;
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
        let asked = filter.asked()?;
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT hub.currency, count(*), ifnull(sum((
                 SELECT sum(side.amount) FROM posting AS side WHERE side.entry = entry.key AND side.amount > 0)), 0)
             FROM {} CROSS JOIN hub ON hub.key = entry.hub WHERE {} GROUP BY hub.currency ORDER BY hub.currency",
            asked.from, asked.condition
        ))?;
        let mut rows = statement.query(params_from_iter(asked.values))?;
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
        // Both lie in the order of days; an account's own postings are read alone.
        let (tables, of, day, key) = match account {
            Some(_) => (
                "posting CROSS JOIN entry ON entry.key = posting.entry",
                "posting.account = ?4",
                "posting.day",
                "posting.entry",
            ),
            None => (
                "entry CROSS JOIN posting ON posting.entry = entry.key",
                "?4 IS NULL",
                "entry.day",
                "entry.key",
            ),
        };
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT entry.key, entry.kind, entry.day, entry.own_day, entry.reverses, posting.account, posting.amount
             FROM {tables} WHERE entry.hub = ?1 AND {of} AND {day} BETWEEN ?2 AND ?3
             ORDER BY {day}, {key}, posting.amount < 0, posting.account"
        ))?;
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
