//! The ledger as accountants read it: accounts with what they hold, entries with their postings,
//! and the numbers and names that a person gave them.

use std::collections::HashMap;

use hubledger_core::currency::Currency;
use hubledger_core::id::{ChannelId, ClientId, HubId};
use hubledger_core::journal::{Account, AccountKind, EntryKind};
use hubledger_core::money::Money;
use hubledger_core::period::Date;
use rusqlite::params;

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// An account with the sum of its postings before a day, and from that day to another.
#[derive(Clone, Debug)]
pub struct LedgerAccount {
    pub key: i64,
    pub account: Account,
    pub before: Money,
    pub moved: Money,
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

impl Read<'_> {
    /// All accounts of a hub, or of all hubs, with what they hold.
    pub fn ledger_accounts(
        &self,
        hub: Option<i64>,
        from: Date,
        until: Date,
    ) -> Result<Vec<LedgerAccount>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT account.key, account.kind, hub.id, hub.currency, channel.id, client.id,
                    (SELECT ifnull(sum(amount), 0) FROM posting WHERE posting.account = account.key AND day < ?2),
                    (SELECT ifnull(sum(amount), 0) FROM posting WHERE posting.account = account.key AND day BETWEEN ?2 AND ?3)
             FROM account JOIN hub ON hub.key = account.hub
             LEFT JOIN channel ON channel.key = account.channel LEFT JOIN client ON client.key = account.client
             WHERE ?1 IS NULL OR account.hub = ?1 ORDER BY hub.key, account.kind, channel.id, client.id",
        )?;
        let mut rows = statement.query(params![hub, codec::day(from), codec::day(until)])?;
        let mut accounts = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(1)?;
            let currency = Currency::of_word(&row.get::<_, String>(3)?)?;
            let (channel, client): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
            accounts.push(LedgerAccount {
                key: row.get(0)?,
                account: Account {
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
                },
                before: codec::money(row.get(6)?, currency),
                moved: codec::money(row.get(7)?, currency),
            });
        }
        Ok(accounts)
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
