//! Rate cards, the market map and the days on which prices changed.

use std::collections::HashMap;

use hubledger_core::currency::Currency;
use hubledger_core::period::Date;
use hubledger_core::price::{CardKind, PriceChange, PriceData, PriceItem, RateCard, Trust};
use rusqlite::params;
use rust_decimal::Decimal;

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// A card as lists show it.
#[derive(Clone, Debug)]
pub struct CardRow {
    pub key: i64,
    pub kind: CardKind,
    pub currency: Currency,
    pub effective_from: Option<Date>,
    pub name: String,
    pub source: String,
    /// Of shipped cards.
    pub trust: Option<Trust>,
    pub is_shipped: bool,
    pub added_at: String,
    /// Whether it is the one of its kind, currency and day that holds.
    pub holds: bool,
    /// How many cards have its kind, currency and day.
    pub rivals: i64,
    /// When it was last chosen among them.
    pub chosen_at: Option<String>,
    pub rates: i64,
    pub markets: i64,
}

/// A card to be kept.
#[derive(Clone, Debug)]
pub struct NewCard<'a> {
    pub kind: CardKind,
    pub currency: Currency,
    pub effective_from: Option<Date>,
    pub name: &'a str,
    pub source: &'a str,
    pub trust: Option<Trust>,
    pub is_shipped: bool,
    pub sha256: &'a str,
    pub added_at: &'a str,
}

/// One rate of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRate {
    pub item: PriceItem,
    pub market: String,
    pub tier_from: u64,
    pub rate: Decimal,
}

fn from_day(effective_from: Option<Date>) -> i64 {
    effective_from.map_or(0, codec::day)
}

fn effective(day: i64) -> Result<Option<Date>, Error> {
    if day == 0 {
        Ok(None)
    } else {
        codec::date(day).map(Some)
    }
}

fn item(text: &str) -> Result<PriceItem, Error> {
    PriceItem::parse(text).ok_or_else(|| Error::Damaged(format!("a price can't be for {text}")))
}

impl Read<'_> {
    /// What the cards are that came with the app: their kind, currency and first day.
    pub fn shipped_cards(&self) -> Result<Vec<(CardKind, Currency, Option<Date>)>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT kind, currency, effective_from FROM card WHERE is_shipped")?;
        let mut rows = statement.query([])?;
        let mut cards = Vec::new();
        while let Some(row) = rows.next()? {
            cards.push((
                Word::of_word(&row.get::<_, String>(0)?)?,
                Word::of_word(&row.get::<_, String>(1)?)?,
                effective(row.get(2)?)?,
            ));
        }
        Ok(cards)
    }

    pub fn cards(&self) -> Result<Vec<CardRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "WITH card AS MATERIALIZED (SELECT * FROM main.card WHERE key NOT IN (SELECT key FROM undone WHERE what = 'card')),
                  card_choice AS MATERIALIZED (SELECT * FROM main.card_choice WHERE key NOT IN (SELECT key FROM undone WHERE what = 'card-choice'))
             SELECT key, kind, currency, effective_from, name, source, is_shipped,
                    (SELECT count(*) FROM rate WHERE card = card.key),
                    (SELECT count(DISTINCT market) FROM rate WHERE card = card.key),
                    trust, added_at,
                    key = ifnull((SELECT chosen.card FROM card_choice AS chosen JOIN card AS it ON it.key = chosen.card
                                  WHERE (it.kind, it.currency, it.effective_from) = (card.kind, card.currency, card.effective_from)
                                  ORDER BY chosen.key DESC LIMIT 1),
                                 (SELECT min(it.key) FROM card AS it
                                  WHERE (it.kind, it.currency, it.effective_from) = (card.kind, card.currency, card.effective_from))),
                    (SELECT count(*) FROM card AS it
                     WHERE (it.kind, it.currency, it.effective_from) = (card.kind, card.currency, card.effective_from)),
                    (SELECT max(chosen_at) FROM card_choice WHERE card_choice.card = card.key)
             FROM card ORDER BY kind, currency, effective_from DESC, key",
        )?;
        let mut rows = statement.query([])?;
        let mut cards = Vec::new();
        while let Some(row) = rows.next()? {
            cards.push(CardRow {
                key: row.get(0)?,
                kind: Word::of_word(&row.get::<_, String>(1)?)?,
                currency: Word::of_word(&row.get::<_, String>(2)?)?,
                effective_from: effective(row.get(3)?)?,
                name: row.get(4)?,
                source: row.get(5)?,
                trust: row
                    .get::<_, Option<String>>(9)?
                    .map(|word| Word::of_word(&word))
                    .transpose()?,
                is_shipped: row.get(6)?,
                added_at: row.get(10)?,
                holds: row.get(11)?,
                rivals: row.get(12)?,
                chosen_at: row.get(13)?,
                rates: row.get(7)?,
                markets: row.get(8)?,
            });
        }
        Ok(cards)
    }

    pub fn rates(&self, card: i64) -> Result<Vec<StoredRate>, Error> {
        let mut statement =
            self.0.prepare_cached("SELECT item, market, tier_from, rate FROM rate WHERE card = ?1 ORDER BY market, item, tier_from")?;
        let mut rows = statement.query([card])?;
        let mut rates = Vec::new();
        while let Some(row) = rows.next()? {
            rates.push(StoredRate {
                item: item(&row.get::<_, String>(0)?)?,
                market: row.get(1)?,
                tier_from: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(1),
                rate: codec::amount(row.get(3)?),
            });
        }
        Ok(rates)
    }

    /// Everything that rating needs, in one value.
    pub fn price_data(&self) -> Result<PriceData, Error> {
        let mut cards = Vec::new();
        let mut place = HashMap::new();
        for row in self.cards()? {
            place.insert(row.key, cards.len());
            let mut card = RateCard::new(
                row.key,
                row.kind,
                row.currency,
                row.effective_from,
                row.name,
                row.source,
            );
            card.holds = row.holds;
            cards.push(card);
        }
        let mut statement = self
            .0
            .prepare_cached("SELECT card, item, market, tier_from, rate FROM rate")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let card = place
                .get(&row.get::<_, i64>(0)?)
                .and_then(|at: &usize| cards.get_mut(*at));
            if let Some(card) = card {
                let tier_from = u64::try_from(row.get::<_, i64>(3)?).unwrap_or(1);
                card.put(
                    item(&row.get::<_, String>(1)?)?,
                    &row.get::<_, String>(2)?,
                    tier_from,
                    codec::amount(row.get(4)?),
                );
            }
        }
        Ok(PriceData::new(
            cards,
            self.market_map()?,
            self.price_changes()?,
        ))
    }

    /// Days on which prices changed.
    pub fn price_changes(&self) -> Result<Vec<PriceChange>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT kind, day FROM price_change")?;
        let mut rows = statement.query([])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            changes.push(PriceChange {
                kind: Word::of_word(&row.get::<_, String>(0)?)?,
                on: codec::date(row.get(1)?)?,
            });
        }
        Ok(changes)
    }
}

impl Write<'_> {
    /// Adds a card and gives its key.
    pub fn insert_card(&self, card: &NewCard<'_>) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO card (kind, currency, effective_from, name, source, is_shipped, sha256, added_at, trust, unit)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                card.kind.word(),
                card.currency.word(),
                from_day(card.effective_from),
                card.name,
                card.source,
                card.is_shipped,
                card.sha256,
                card.added_at,
                card.trust.map(Word::word),
                self.1.get(),
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    /// Notes which card of its kind, currency and day holds from now on.
    pub fn choose_card(&self, card: i64, at: &str) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO card_choice (card, chosen_at, unit) VALUES (?1, ?2, ?3)",
            params![card, at, self.1.get()],
        )?;
        Ok(())
    }

    pub fn insert_rate(&self, card: i64, rate: &StoredRate) -> Result<(), Error> {
        let mut statement = self.0.0.prepare_cached(
            "INSERT INTO rate (card, item, market, tier_from, rate) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let tier_from = i64::try_from(rate.tier_from).unwrap_or(i64::MAX);
        statement.execute(params![
            card,
            rate.item.name(),
            rate.market,
            tier_from,
            codec::micros(rate.rate)?
        ])?;
        Ok(())
    }

    pub fn put_price_change(&self, change: PriceChange) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR IGNORE INTO price_change (kind, day) VALUES (?1, ?2)",
            params![change.kind.word(), codec::day(change.on)],
        )?;
        Ok(())
    }
}
