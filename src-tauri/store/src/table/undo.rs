//! What a unit of the record posted, and the marks of what was taken back.

use hubledger_core::currency::Currency;
use hubledger_core::id::{ChannelId, ClientId, HubId};
use hubledger_core::journal::{Account, AccountKind, EntryKind, JournalEntry, Posting};
use hubledger_core::period::{BillingPeriod, Date};
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::charge::{COLUMNS as CHARGE, charge_row};
use super::{ChargeRow, ClientPaymentRow, EntrySource, VatEvent};
use crate::codec::{self, Number, StoredReason, Word};
use crate::error::Error;
use crate::{Read, Write};

/// What can be taken back by a mark of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    TopUp,
    Refund,
    Payment,
    Import,
    /// A row of usage that lists fold away with the one that takes it back.
    Charge,
    Card,
    CardChoice,
    MarketList,
    MarketListChoice,
}

impl Undone {
    fn word(self) -> &'static str {
        match self {
            Self::TopUp => "top-up",
            Self::Refund => "refund",
            Self::Payment => "payment",
            Self::Import => "import",
            Self::Charge => "charge",
            Self::Card => "card",
            Self::CardChoice => "card-choice",
            Self::MarketList => "market-list",
            Self::MarketListChoice => "market-list-choice",
        }
    }
}

/// An entry of the journal.
#[derive(Clone, Debug)]
pub struct PostedEntry {
    pub key: i64,
    pub hub: i64,
    pub currency: Currency,
    pub unit: Option<i64>,
    pub entry: JournalEntry,
    pub source: EntrySource,
}

/// An entry of a unit, without its postings.
#[derive(Clone, Copy, Debug)]
pub struct UnitEntry {
    pub key: i64,
    pub hub: i64,
    pub kind: EntryKind,
    pub day: Date,
    pub reverses: Option<i64>,
    /// The entry that takes it back and stands.
    pub reversed_by: Option<i64>,
}

/// A payment of a client, with the invoice that it is for.
#[derive(Clone, Debug)]
pub struct ClientPaymentOf {
    pub key: i64,
    pub number: String,
    pub payment: ClientPaymentRow,
}

/// Rows of usage that lists leave out: of an import that was taken back, or that were taken back
/// and stand anew as they were. Each goes with the row that takes it back, so no sum changes.
pub(crate) const FOLDED: &str =
    "(EXISTS (SELECT 1 FROM undone WHERE what IN ('charge', 'import'))
      AND (charge.key IN (SELECT key FROM undone WHERE what = 'charge')
           OR ifnull(charge.reverses IN (SELECT key FROM undone WHERE what = 'charge'), 0)
           OR ifnull(ifnull((SELECT first.import FROM charge AS first WHERE first.key = charge.reverses), charge.import)
                     IN (SELECT key FROM undone WHERE what = 'import'), 0)))";

/// An entry that was taken back on its own day, or that so takes another back.
pub(crate) const FOLDED_ENTRY: &str =
    "(EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses = entry.key AND back.day = entry.day)
      OR ifnull(entry.day = (SELECT first.day FROM entry AS first WHERE first.key = entry.reverses), 0))";

fn unreadable(error: hubledger_core::Error) -> Error {
    Error::Damaged(error.to_string())
}

impl Read<'_> {
    /// The unit that took something back.
    pub fn undone(&self, what: Undone, key: i64) -> Result<Option<i64>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT unit FROM undone WHERE what = ?1 AND key = ?2")?;
        Ok(statement
            .query_row(params![what.word(), key], |row| row.get(0))
            .optional()?)
    }

    /// Whether a unit took something posted back by a mark.
    pub fn has_undone(&self, unit: i64) -> Result<bool, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM undone WHERE unit = ?1)")?;
        Ok(statement.query_row([unit], |row| row.get(0))?)
    }

    /// What a unit posted, oldest first.
    pub fn entries_of_unit(&self, unit: i64) -> Result<Vec<PostedEntry>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT key FROM entry WHERE unit = ?1 ORDER BY key")?;
        let keys = statement
            .query_map([unit], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        let mut entries = Vec::with_capacity(keys.len());
        for key in keys {
            entries.extend(self.entry(key)?);
        }
        Ok(entries)
    }

    pub fn entry(&self, key: i64) -> Result<Option<PostedEntry>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT entry.hub, hub.currency, entry.unit, entry.kind, entry.day, entry.own_day, entry.source, entry.messages,
                    entry.pulses, entry.reverses FROM entry JOIN hub ON hub.key = entry.hub WHERE entry.key = ?1",
        )?;
        let mut rows = statement.query([key])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let currency = Currency::of_word(&row.get::<_, String>(1)?)?;
        let kind: String = row.get(3)?;
        let kind = EntryKind::parse(&kind)
            .ok_or_else(|| Error::Damaged(format!("an entry can't be {kind}")))?;
        let day = codec::date(row.get(4)?)?;
        let own_day = codec::optional_date(row.get(5)?)?;
        let entry = JournalEntry::new(kind, day, own_day, self.postings(key, currency)?)
            .map_err(unreadable)?
            .ok_or_else(|| Error::Damaged(format!("entry {key} has no postings")))?;
        Ok(Some(PostedEntry {
            key,
            hub: row.get(0)?,
            currency,
            unit: row.get(2)?,
            entry,
            source: EntrySource {
                key: row.get(6)?,
                messages: row.get(7)?,
                pulses: row.get(8)?,
                reverses: row.get(9)?,
            },
        }))
    }

    fn postings(&self, entry: i64, currency: Currency) -> Result<Vec<Posting>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT account.kind, hub.id, channel.id, client.id, posting.amount FROM posting
             JOIN account ON account.key = posting.account JOIN hub ON hub.key = account.hub
             LEFT JOIN channel ON channel.key = account.channel LEFT JOIN client ON client.key = account.client
             WHERE posting.entry = ?1 ORDER BY posting.account",
        )?;
        let mut rows = statement.query([entry])?;
        let mut postings = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let (channel, client): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            postings.push(Posting {
                account: Account {
                    kind: AccountKind::parse(&kind)
                        .ok_or_else(|| Error::Damaged(format!("an account can't be {kind}")))?,
                    hub: HubId::parse(&row.get::<_, String>(1)?).map_err(unreadable)?,
                    channel: (channel.as_deref().map(ChannelId::parse).transpose())
                        .map_err(unreadable)?,
                    client: (client.as_deref().map(ClientId::parse).transpose())
                        .map_err(unreadable)?,
                },
                amount: codec::money(row.get(4)?, currency),
            });
        }
        Ok(postings)
    }

    /// Whether a unit posted anything.
    pub fn has_posted(&self, unit: i64) -> Result<bool, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM entry WHERE unit = ?1)")?;
        Ok(statement.query_row([unit], |row| row.get(0))?)
    }

    /// The first entry of a unit that lies before a day of its hub: that hub, and its own day. What lies
    /// behind it is not looked at, as an import may have a hundred thousand.
    pub fn posted_before(
        &self,
        unit: i64,
        days: impl Iterator<Item = (i64, Date)>,
    ) -> Result<Option<(i64, Date)>, Error> {
        let (mut values, mut lies_before) = (vec![unit], Vec::new());
        for (hub, before) in days {
            values.extend([hub, codec::day(before)]);
            let last = values.len();
            lies_before.push(format!("(hub = ?{} AND day < ?{last})", last - 1));
        }
        if lies_before.is_empty() {
            return Ok(None);
        }
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT hub, day FROM entry INDEXED BY entry_of_unit WHERE unit = ?1 AND ({}) ORDER BY key LIMIT 1",
            lies_before.join(" OR ")
        ))?;
        let found = statement.query_row(params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
        let found: Option<(i64, i64)> = found.optional()?;
        found
            .map(|(hub, day)| Ok((hub, codec::date(day)?)))
            .transpose()
    }

    /// What a unit posted, oldest first, without what stands in it.
    pub fn entries_in_unit(&self, unit: i64) -> Result<Vec<UnitEntry>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT entry.key, entry.hub, entry.kind, entry.day, entry.reverses, back.key FROM entry
             LEFT JOIN entry AS back ON back.reverses = entry.key
                  AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key)
             WHERE entry.unit = ?1 ORDER BY entry.key",
        )?;
        let mut rows = statement.query([unit])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(2)?;
            entries.push(UnitEntry {
                key: row.get(0)?,
                hub: row.get(1)?,
                kind: EntryKind::parse(&kind)
                    .ok_or_else(|| Error::Damaged(format!("an entry can't be {kind}")))?,
                day: codec::date(row.get(3)?)?,
                reverses: row.get(4)?,
                reversed_by: row.get(5)?,
            });
        }
        Ok(entries)
    }

    /// The entry that takes another back and stands.
    pub fn reversal_of(&self, entry: i64) -> Result<Option<i64>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT back.key FROM entry AS back WHERE back.reverses = ?1
             AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key)",
        )?;
        Ok(statement.query_row([entry], |row| row.get(0)).optional()?)
    }

    /// Entries that posted VAT of a top-up or pay-out, oldest first; neither those that take
    /// another back nor those that are taken back.
    pub fn standing_vat_entries(&self, event: VatEvent, key: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT posted_vat.entry FROM posted_vat JOIN entry ON entry.key = posted_vat.entry
             WHERE posted_vat.event = ?1 AND posted_vat.key = ?2 AND entry.reverses IS NULL
               AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses = entry.key
                               AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key))
             ORDER BY posted_vat.entry",
        )?;
        let rows = statement.query_map(params![event.word(), key], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The key of the newest entry.
    pub fn last_entry_key(&self) -> Result<i64, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT ifnull(max(key), 0) FROM entry")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The first day from one on that unused balance was paid out of an account, by what was
    /// posted after an entry: what was posted before it did not rest on it.
    pub fn first_pay_out(
        &self,
        account: i64,
        from: Date,
        after: i64,
    ) -> Result<Option<Date>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT min(entry.day) FROM posting JOIN entry ON entry.key = posting.entry
             WHERE posting.account = ?1 AND posting.day >= ?2 AND entry.key > ?3 AND entry.kind = 'paid-out' AND entry.reverses IS NULL
               AND NOT {FOLDED_ENTRY}"
        ))?;
        let day: Option<i64> =
            statement.query_row(params![account, codec::day(from), after], |row| row.get(0))?;
        day.map(codec::date).transpose()
    }

    /// VAT that an entry posted, with the top-up or refund that it is of.
    pub fn vat_of_entry(&self, entry: i64) -> Result<Vec<(VatEvent, i64, i64)>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT event, key, amount FROM posted_vat WHERE entry = ?1")?;
        let rows = statement.query_map([entry], |row| {
            let event: String = row.get(0)?;
            let event = if event == "top-up" {
                VatEvent::TopUp
            } else {
                VatEvent::Refund
            };
            Ok((event, row.get(1)?, row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The payment of a client that an entry posted, and that stands: by the entry itself or, where
    /// it was taken back and stands again, by what took the reversal back.
    pub fn payment_of_entry(&self, entry: i64) -> Result<Option<ClientPaymentOf>, Error> {
        self.payment(
            "client_payment.entry IN (
                 WITH RECURSIVE chain (key) AS (
                     SELECT ?1 UNION SELECT later.key FROM chain JOIN entry AS later ON later.reverses = chain.key)
                 SELECT key FROM chain)
             AND client_payment.key NOT IN (SELECT key FROM undone WHERE what = 'payment')",
            entry,
        )
    }

    /// The payment that a unit took back.
    pub fn payment_undone_by(&self, unit: i64) -> Result<Option<ClientPaymentOf>, Error> {
        self.payment(
            "client_payment.key IN (SELECT key FROM undone WHERE what = 'payment' AND unit = ?1)",
            unit,
        )
    }

    fn payment(&self, condition: &str, of: i64) -> Result<Option<ClientPaymentOf>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT client_payment.key, client_invoice.number, client_payment.day, client_payment.amount, hub.currency
             FROM client_payment JOIN client_invoice ON client_invoice.key = client_payment.invoice
             JOIN hub ON hub.key = client_invoice.hub WHERE {condition}"
        ))?;
        let mut rows = statement.query([of])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let currency = Currency::of_word(&row.get::<_, String>(4)?)?;
        Ok(Some(ClientPaymentOf {
            key: row.get(0)?,
            number: row.get(1)?,
            payment: ClientPaymentRow {
                day: codec::date(row.get(2)?)?,
                amount: codec::money(row.get(3)?, currency),
            },
        }))
    }

    /// The unit of a payment of the same invoice that came after a payment and stands.
    pub fn payment_after(&self, payment: i64) -> Result<Option<i64>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT max(entry.unit) FROM client_payment AS later JOIN entry ON entry.key = later.entry
             WHERE later.key > ?1 AND later.invoice = (SELECT invoice FROM client_payment WHERE key = ?1)
               AND later.key NOT IN (SELECT key FROM undone WHERE what = 'payment')",
        )?;
        Ok(statement.query_row([payment], |row| row.get(0))?)
    }

    /// The import that a unit brought in.
    pub fn import_of_unit(&self, unit: i64) -> Result<Option<i64>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT key FROM import WHERE unit = ?1")?;
        Ok(statement.query_row([unit], |row| row.get(0)).optional()?)
    }

    pub fn unit_of_import(&self, import: i64) -> Result<Option<i64>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT unit FROM import WHERE key = ?1")?;
        Ok(statement
            .query_row([import], |row| row.get(0))
            .optional()?
            .flatten())
    }

    /// The first day that rows of an import are booked on, hub by hub.
    pub fn first_days_of_import(&self, import: i64) -> Result<Vec<(i64, Date)>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT hub, min(booked) FROM charge WHERE import = ?1 GROUP BY hub")?;
        let mut rows = statement.query([import])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push((row.get(0)?, codec::date(row.get(1)?)?));
        }
        Ok(days)
    }

    /// Whether a month of a hub was closed after an import was brought in.
    pub fn closed_after_import(
        &self,
        hub: &str,
        month: BillingPeriod,
        import: i64,
    ) -> Result<bool, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM activity WHERE use_case = 'close-month' AND hub = ?1 AND month = ?2
                            AND key > (SELECT unit FROM import WHERE key = ?3))",
        )?;
        Ok(statement.query_row(params![hub, codec::month(month), import], |row| row.get(0))?)
    }

    /// A later import, not taken back, that replaced a row of this one.
    pub fn import_that_replaced(&self, import: i64) -> Result<Option<i64>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT max(back.import) FROM charge AS back JOIN charge AS row ON row.key = back.reverses
             WHERE back.reverses IS NOT NULL AND row.import = ?1 AND back.import <> ?1
               AND back.import NOT IN (SELECT key FROM undone WHERE what = 'import')",
        )?;
        Ok(statement.query_row([import], |row| row.get(0))?)
    }

    /// A row of an import that a person priced or let go.
    pub fn settled_row_of(&self, import: i64) -> Result<Option<i64>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT min(key) FROM charge WHERE import = ?1 AND is_live = 1 AND (outcome = 4 OR (outcome = 1 AND reason = ?2))",
        )?;
        Ok(
            statement.query_row(params![import, StoredReason::ByHand.number()], |row| {
                row.get(0)
            })?,
        )
    }

    /// Rows of usage of a hub that a person reversed, and that stay so: what brings them in again
    /// brings nothing new.
    pub fn reversed_charges(&self, hub: i64) -> Result<Vec<ChargeRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {CHARGE} FROM activity JOIN charge ON charge.key = CAST(json_extract(activity.inputs, '$.charge') AS INTEGER)
             WHERE activity.use_case = 'reverse' AND charge.hub = ?1 AND charge.is_live = 0
               AND NOT EXISTS (SELECT 1 FROM activity AS back WHERE back.undoes = activity.key)
             ORDER BY charge.key"
        ))?;
        let mut rows = statement.query([hub])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(charge_row(row)?);
        }
        Ok(found)
    }

    /// A page of the rows that an import brought in and that stand, by key.
    pub fn rows_of_import(
        &self,
        hub: i64,
        import: i64,
        (after, last): (i64, i64),
    ) -> Result<Vec<ChargeRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {CHARGE} FROM charge WHERE import = ?1 AND hub = ?2 AND is_live = 1 AND key > ?3 AND key <= ?4
             ORDER BY key LIMIT 4096"
        ))?;
        let mut rows = statement.query(params![import, hub, after, last])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(charge_row(row)?);
        }
        Ok(found)
    }

    /// Rows of other imports that this one replaced, with the day that they were taken back on.
    pub fn rows_replaced_by(
        &self,
        hub: i64,
        import: i64,
        last: i64,
    ) -> Result<Vec<(ChargeRow, Date)>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {CHARGE}, back.booked FROM charge AS back JOIN charge ON charge.key = back.reverses
             WHERE back.import = ?1 AND back.hub = ?2 AND back.key <= ?3 AND charge.import IS NOT ?1 ORDER BY back.key"
        ))?;
        let mut rows = statement.query(params![import, hub, last])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((charge_row(row)?, codec::date(row.get(25)?)?));
        }
        Ok(found)
    }

    /// Cards, lists of markets, and choices between them that a unit brought in.
    pub fn prices_of_unit(&self, unit: i64) -> Result<Vec<(Undone, i64)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT 0, key FROM card WHERE unit = ?1 UNION ALL SELECT 1, key FROM card_choice WHERE unit = ?1
             UNION ALL SELECT 2, key FROM market_list WHERE unit = ?1 UNION ALL SELECT 3, key FROM market_list_choice WHERE unit = ?1",
        )?;
        let rows = statement.query_map([unit], |row| {
            let what = match row.get::<_, i64>(0)? {
                0 => Undone::Card,
                1 => Undone::CardChoice,
                2 => Undone::MarketList,
                _ => Undone::MarketListChoice,
            };
            Ok((what, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The unit of a choice that names a card or list of this unit, and was not taken back.
    pub fn choice_of_prices_of(&self, unit: i64) -> Result<Option<i64>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT max(chosen) FROM (
                 SELECT card_choice.unit AS chosen FROM card_choice JOIN card ON card.key = card_choice.card
                 WHERE card.unit = ?1 AND card_choice.unit IS NOT ?1
                   AND card_choice.key NOT IN (SELECT key FROM undone WHERE what = 'card-choice')
                 UNION ALL
                 SELECT choice.unit FROM market_list_choice AS choice JOIN market_list ON market_list.key = choice.list
                 WHERE market_list.unit = ?1 AND choice.unit IS NOT ?1
                   AND choice.key NOT IN (SELECT key FROM undone WHERE what = 'market-list-choice'))",
        )?;
        Ok(statement.query_row([unit], |row| row.get(0))?)
    }

    /// The newest unit that nothing took back and that takes nothing back, of those that say
    /// something in the book.
    pub fn last_standing_unit(&self) -> Result<Option<i64>, Error> {
        // A unit stands if none of the chain of units behind it is left over: undone, done again …
        let mut statement = self.0.prepare_cached(
            "SELECT key FROM activity WHERE undoes IS NULL
               AND use_case NOT IN ('new-book', 'seal-months', 'set-passphrase', 'restore')
               AND (WITH RECURSIVE back (key, n) AS (
                        SELECT activity.key, 0
                        UNION ALL SELECT later.key, back.n + 1 FROM back JOIN activity AS later ON later.undoes = back.key)
                    SELECT max(n) % 2 = 0 FROM back)
             ORDER BY key DESC LIMIT 1",
        )?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?)
    }

    /// The last of the chain of units that took a unit back and did it again; the unit itself
    /// where nothing took it back.
    pub fn last_of_chain(&self, unit: i64) -> Result<i64, Error> {
        let mut statement = self.0.prepare_cached(
            "WITH RECURSIVE chain (key) AS (
                 SELECT ?1
                 UNION ALL SELECT later.key FROM chain JOIN activity AS later ON later.undoes = chain.key)
             SELECT max(key) FROM chain",
        )?;
        Ok(statement.query_row([unit], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Marks something as taken back by the unit that writes.
    pub fn mark_undone(&self, what: Undone, key: i64) -> Result<(), Error> {
        self.0
            .0
            .prepare_cached("INSERT INTO undone (what, key, unit) VALUES (?1, ?2, ?3)")?
            .execute(params![what.word(), key, self.1.get()])?;
        Ok(())
    }

    /// Where a row that came after `before` says what an earlier one of the same usage said, all
    /// between them are folded away: they were taken back and came to nothing. A row without a
    /// price got it in its place, so there the first row of the same usage is that earlier one.
    pub fn fold_what_came_to_nothing(&self, before: i64) -> Result<(), Error> {
        let alike = "old.hub = fresh.hub AND old.booked = fresh.booked AND old.is_live = 0 AND old.reverses IS NULL
                     AND old.key < fresh.key AND old.channel = fresh.channel AND old.day = fresh.day
                     AND old.category = fresh.category AND old.pricing = fresh.pricing AND old.place = fresh.place
                     AND old.ordinal = fresh.ordinal AND old.row_id IS fresh.row_id";
        self.0.0.execute(
            &format!(
                "INSERT OR IGNORE INTO undone (what, key, unit)
                 SELECT 'charge', old.key, ?2 FROM charge AS fresh JOIN charge AS old ON {alike}
                 WHERE fresh.key > ?1 AND fresh.is_live = 1 AND fresh.reverses IS NULL
                   AND EXISTS (SELECT 1 FROM charge AS back WHERE back.reverses = old.key AND back.booked = old.booked)
                   AND old.key >= (SELECT min(same.key) FROM charge AS same WHERE {}
                                   AND same.quantity = fresh.quantity AND same.cost IS fresh.cost AND same.import IS fresh.import
                                   AND (fresh.outcome = 3 OR (same.free = fresh.free AND same.amount IS fresh.amount AND same.outcome = fresh.outcome)))",
                alike.replace("old.", "same.")
            ),
            params![before, self.1.get()],
        )?;
        Ok(())
    }
}
