//! What a closed month was worked out with, as its seal keeps it: cards and lists of markets by a
//! hash of what they say, rules and volume starts by what was chosen.

use hubledger_core::currency::Currency;
use hubledger_core::period::BillingPeriod;
use hubledger_core::seal::{Chain, hex};
use rusqlite::{OptionalExtension, params};

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// One thing that a month was worked out with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Basis {
    /// `card`, `markets`, `rule`, `default-rule`, `volume`, `price`.
    pub kind: String,
    /// The key of a card or of a list of markets, a rule; client, market and category of a start.
    pub name: String,
    pub value: String,
}

/// Kinds whose value is a hash of what lies elsewhere in the book.
const HASHED: [&str; 2] = ["card", "markets"];

/// The form of chain that what lies elsewhere is hashed by; the hashes of closed months stay as they
/// are.
const BASIS_VERSION: i64 = 2;

impl Basis {
    fn new(kind: &str, name: String, value: String) -> Self {
        Self {
            kind: kind.to_owned(),
            name,
            value,
        }
    }

    /// Whether what it names can be looked up again and must be the same.
    pub fn is_hashed(&self) -> bool {
        HASHED.contains(&self.kind.as_str())
    }
}

impl Read<'_> {
    /// The cards of a currency and the lists of markets that the book has up to a month's end, and
    /// the rules and volume starts in force.
    pub fn basis_now(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<Basis>, Error> {
        let (_, last) = codec::days_of(month);
        let mut basis = Vec::new();
        for (kind, question) in [
            (
                "card",
                "SELECT CAST(key AS TEXT) FROM card WHERE currency = ?1 AND effective_from <= ?2 ORDER BY key",
            ),
            (
                "markets",
                "SELECT CAST(key AS TEXT) FROM market_list WHERE ?1 = ?1 AND effective_from <= ?2 ORDER BY key",
            ),
        ] {
            let mut statement = self.0.prepare_cached(question)?;
            let names = statement.query_map(params![currency.word(), last], |row| {
                row.get::<_, String>(0)
            })?;
            for name in names.collect::<Result<Vec<_>, _>>()? {
                let value = self.basis_hash(kind, &name)?;
                basis.push(Basis::new(kind, name, value));
            }
        }
        basis.extend(self.chosen(hub, month)?);
        Ok(basis)
    }

    /// Rules, volume starts and kept prices that were set for a hub and hold in a month.
    pub fn chosen(&self, hub: i64, month: BillingPeriod) -> Result<Vec<Basis>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT 'rule', rule, choice FROM hub_setting AS told WHERE hub = ?1 AND from_month <= ?2
                AND NOT EXISTS (SELECT 1 FROM hub_setting AS later WHERE later.hub = told.hub AND later.rule = told.rule
                                AND later.from_month <= ?2 AND later.from_month > told.from_month)
             UNION ALL
             SELECT 'volume', client.id || ' ' || market || ' ' || category, ifnull(counted, 'unknown') FROM volume_start AS told
             JOIN client ON client.key = told.client WHERE client.hub = ?1 AND from_month <= ?2
                AND NOT EXISTS (SELECT 1 FROM volume_start AS later WHERE later.client = told.client AND later.market = told.market
                                AND later.category = told.category AND later.from_month <= ?2 AND later.from_month > told.from_month)
             UNION ALL
             SELECT 'price', channel.id || ' ' || tier, ifnull(price, 'card') FROM kept_price AS told
             JOIN channel ON channel.key = told.channel JOIN client ON client.key = channel.client
             WHERE client.hub = ?1 AND from_month <= ?2
                AND NOT EXISTS (SELECT 1 FROM kept_price AS later WHERE later.channel = told.channel AND later.tier = told.tier
                                AND later.from_month <= ?2 AND later.from_month > told.from_month)
             ORDER BY 1, 2",
        )?;
        let rows = statement.query_map(params![hub, codec::month(month)], |row| {
            let value = match row.get_ref(2)? {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                _ => row.get(2)?,
            };
            Ok(Basis {
                kind: row.get(0)?,
                name: row.get(1)?,
                value,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The hash of a card with its rates, or of a list of markets, as it is now.
    pub fn basis_hash(&self, kind: &str, name: &str) -> Result<String, Error> {
        let key: i64 = name.parse().unwrap_or(0);
        let mut chain = Chain::begin(BASIS_VERSION, None, kind, key);
        let questions: &[(&str, &str)] = if kind == "card" {
            &[
                (
                    "card",
                    "SELECT kind, currency, effective_from, name, source, trust, is_shipped, sha256 FROM card WHERE key = ?1",
                ),
                (
                    "rate",
                    "SELECT item, market, tier_from, rate FROM rate WHERE card = ?1 ORDER BY item, market, tier_from",
                ),
            ]
        } else {
            &[
                (
                    "market_list",
                    "SELECT effective_from, source, is_shipped, sha256 FROM market_list WHERE key = ?1",
                ),
                (
                    "market_list_country",
                    "SELECT country, market FROM market_list_country WHERE list = ?1 ORDER BY country",
                ),
            ]
        };
        for (table, question) in questions {
            self.link_rows(&mut chain, table, question, &[key], &mut Vec::new())?;
        }
        Ok(hex(chain.head()))
    }

    /// What a closed month was worked out with.
    pub fn basis(&self, hub: i64, month: BillingPeriod) -> Result<Vec<Basis>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT kind, name, value FROM seal_basis WHERE hub = ?1 AND month = ?2 ORDER BY kind, name",
        )?;
        let rows = statement.query_map(params![hub, codec::month(month)], |row| {
            Ok(Basis {
                kind: row.get(0)?,
                name: row.get(1)?,
                value: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a version without seals closed a month, so that its seal is still to come.
    pub fn is_seal_due(&self, hub: i64, month: BillingPeriod) -> Result<bool, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT 1 FROM seal_due WHERE hub = ?1 AND month = ?2")?;
        let due = statement.query_row(params![hub, codec::month(month)], |_| Ok(()));
        Ok(due.optional()?.is_some())
    }
}

impl Write<'_> {
    /// Keeps what a month was worked out with.
    pub fn insert_basis(
        &self,
        hub: i64,
        month: BillingPeriod,
        basis: &[Basis],
    ) -> Result<(), Error> {
        let mut statement = self.0.0.prepare_cached(
            "INSERT INTO seal_basis (hub, month, kind, name, value) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for one in basis {
            statement.execute(params![
                hub,
                codec::month(month),
                one.kind,
                one.name,
                one.value
            ])?;
        }
        Ok(())
    }
}
