//! Accounts, journal entries and their postings: written, never changed.

use hubledger_core::id::{ChannelId, ClientId};
use hubledger_core::journal::{Account, AccountKind, JournalEntry};
use hubledger_core::money::Money;
use rusqlite::{OptionalExtension, params};

use crate::codec;
use crate::error::Error;
use crate::{Read, Write};

/// What made an entry and what a usage entry counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct EntrySource {
    /// The key of the import, top-up or refund.
    pub key: Option<i64>,
    pub messages: Option<i64>,
    pub pulses: Option<i64>,
    /// The key of the entry that it takes back.
    pub reverses: Option<i64>,
}

/// Where and when an entry is recorded.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    pub hub: i64,
    pub at: &'a str,
}

/// Auto-renewal of a balance, in micro-units of its hub's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AutoRenewal {
    pub is_on: bool,
    pub threshold: i64,
    pub amount: i64,
}

impl AutoRenewal {
    /// An amount as it is kept.
    pub fn micros(money: Money) -> Result<i64, Error> {
        codec::money_micros(money)
    }
}

impl Read<'_> {
    /// How many entries the journal has.
    pub fn entry_count(&self) -> Result<u32, Error> {
        Ok(self
            .0
            .query_row("SELECT COUNT(*) FROM entry", [], |row| row.get(0))?)
    }

    /// The key of a hub's account of a kind; none while nothing was posted to it.
    pub fn account(
        &self,
        hub: i64,
        kind: AccountKind,
        channel: Option<i64>,
        client: Option<i64>,
    ) -> Result<Option<i64>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT key FROM account WHERE hub = ?1 AND kind = ?2 AND ifnull(channel, 0) = ifnull(?3, 0) AND ifnull(client, 0) = ifnull(?4, 0)")?;
        Ok(statement
            .query_row(params![hub, kind.name(), channel, client], |row| row.get(0))
            .optional()?)
    }

    pub fn auto_renewal(&self, account: i64) -> Result<Option<AutoRenewal>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT is_on, threshold, amount FROM auto_renewal WHERE account = ?1",
        )?;
        let found = statement
            .query_row([account], |row| {
                Ok(AutoRenewal {
                    is_on: row.get(0)?,
                    threshold: row.get(1)?,
                    amount: row.get(2)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    fn channel_key(&self, channel: Option<&ChannelId>) -> Result<Option<i64>, Error> {
        let Some(channel) = channel else {
            return Ok(None);
        };
        let mut statement = self
            .0
            .prepare_cached("SELECT key FROM channel WHERE id = ?1")?;
        Ok(Some(
            statement.query_row([channel.as_str()], |row| row.get(0))?,
        ))
    }

    fn client_key(&self, client: Option<&ClientId>) -> Result<Option<i64>, Error> {
        let Some(client) = client else {
            return Ok(None);
        };
        let mut statement = self
            .0
            .prepare_cached("SELECT key FROM client WHERE id = ?1")?;
        Ok(Some(
            statement.query_row([client.as_str()], |row| row.get(0))?,
        ))
    }
}

impl Write<'_> {
    /// The key of an account, which is opened if it is not there yet.
    pub fn open_account(&self, hub: i64, account: &Account) -> Result<i64, Error> {
        let channel = self.channel_key(account.channel.as_ref())?;
        let client = self.client_key(account.client.as_ref())?;
        if let Some(key) = self.account(hub, account.kind, channel, client)? {
            return Ok(key);
        }
        self.0.0.execute(
            "INSERT INTO account (kind, hub, channel, client) VALUES (?1, ?2, ?3, ?4)",
            params![account.kind.name(), hub, channel, client],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    /// Posts an entry and gives its key.
    pub fn post(
        &self,
        recorded: Recorded<'_>,
        entry: &JournalEntry,
        source: EntrySource,
    ) -> Result<i64, Error> {
        let day = codec::day(entry.day());
        let mut statement = self.0.0.prepare_cached(
            "INSERT INTO entry (hub, kind, day, own_day, source, messages, pulses, recorded_at, unit, reverses)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        statement.execute(params![
            recorded.hub,
            entry.kind().name(),
            day,
            entry.own_day().map(codec::day),
            source.key,
            source.messages,
            source.pulses,
            recorded.at,
            self.1.get(),
            source.reverses,
        ])?;
        let key = self.0.0.last_insert_rowid();
        let mut statement = self.0.0.prepare_cached(
            "INSERT INTO posting (account, day, entry, amount) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for posting in entry.postings() {
            let account = self.open_account(recorded.hub, &posting.account)?;
            statement.execute(params![
                account,
                day,
                key,
                codec::money_micros(posting.amount)?
            ])?;
        }
        Ok(key)
    }

    pub fn put_auto_renewal(&self, account: i64, renewal: AutoRenewal) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR REPLACE INTO auto_renewal (account, is_on, threshold, amount) VALUES (?1, ?2, ?3, ?4)",
            params![account, renewal.is_on, renewal.threshold, renewal.amount],
        )?;
        Ok(())
    }
}
