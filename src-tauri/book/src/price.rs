//! Prices: those that the app ships, and cards that a person brings in. A card is never
//! overwritten; a new one may give unrated charges their price.

use std::collections::BTreeMap;
use std::path::Path;

use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::period::{Date, parse_date};
use hubledger_core::price::{CardKind, PriceChange, PriceData, PriceRow};
use hubledger_import::{FileProblem, MarketsReader, PriceReader, Problem};
use hubledger_store::{CardRow, NewCard, StoredRate, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::file::{MOST_SHOWN, count, name_of, open, problem_view, refused, sha256, sha256_of};
use crate::moment::Moment;
use crate::posting::{ReRated, re_rate_all};
use crate::show;
use crate::view::{CardView, NewestCardView, PricesView, RateView};

/// A price file that the app ships: its text and where it comes from.
struct Shipped {
    text: &'static str,
    source: &'static str,
}

/// Files are joined into cards by kind, currency and day; the ladder of one market is part of
/// the October card.
const SHIPPED: [Shipped; 8] = [
    Shipped {
        text: include_str!("../prices/360dialog-fees.csv"),
        source: "360Dialog's documentation of its plans and channel subscriptions, 2025 to 2026; no day is published",
    },
    Shipped {
        text: include_str!("../prices/meta-calls-usd-2025-08-01.csv"),
        source: "Meta's list prices of calls as a provider's guide copies them",
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-01-01.csv"),
        source: "Meta's rate card, checked against Meta's announced changes",
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-04-01.csv"),
        source: "Meta's rate card of January with Meta's announced changes of April",
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-07-01.csv"),
        source: "Meta's rate card file",
    },
    Shipped {
        text: include_str!("../prices/meta-messages-eur-2026-07-01.csv"),
        source: "Meta's rate card, two independent copies",
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-10-01.csv"),
        source: "Meta's rate card file",
    },
    Shipped {
        text: include_str!("../prices/meta-volume-tiers-usd-2026-10-01.csv"),
        source: "Meta's volume tiers of one market",
    },
];

const MARKETS: &str = include_str!("../prices/meta-markets.csv");

/// Days on which Meta replaced its message prices, in every currency.
const MESSAGE_PRICES_CHANGED: [&str; 4] = ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"];

type CardKey = (CardKind, Currency, Option<Date>);

/// The rows of price files, card by card.
#[derive(Default)]
struct Cards {
    rows: BTreeMap<CardKey, Vec<PriceRow>>,
}

impl Cards {
    fn put(&mut self, row: PriceRow) {
        self.rows
            .entry((row.item.card_kind(), row.currency, row.effective_from))
            .or_default()
            .push(row);
    }
}

/// Puts what the app ships into a book, card by card; what it has already stays.
pub(crate) fn lay_shipped(w: &Write<'_>, at: Moment) -> Result<(), Error> {
    let mut cards = Cards::default();
    let mut sources: BTreeMap<CardKey, &str> = BTreeMap::new();
    for shipped in &SHIPPED {
        for row in shipped_rows(shipped.text)? {
            sources
                .entry((row.item.card_kind(), row.currency, row.effective_from))
                .or_insert(shipped.source);
            cards.put(row);
        }
    }
    for (key, rows) in &cards.rows {
        let source = sources.get(key).copied().unwrap_or_default();
        insert_card(
            w,
            *key,
            rows,
            source,
            true,
            &sha256_of(&format!("{rows:?}")),
            at,
        )?;
    }
    for row in MarketsReader::new(MARKETS.as_bytes()).map_err(|e| spoilt(&e))? {
        let (_, row) = row.map_err(|e| spoilt(&e))?.map_err(|p| spoilt(&p))?;
        w.put_market_country(row.effective_from, row.country, &row.market)?;
    }
    for day in MESSAGE_PRICES_CHANGED {
        w.put_price_change(PriceChange {
            kind: CardKind::Messages,
            on: parse_date(day)?,
        })?;
    }
    Ok(())
}

fn shipped_rows(text: &'static str) -> Result<Vec<PriceRow>, Error> {
    let reader = PriceReader::new(text.as_bytes()).map_err(|e| spoilt(&e))?;
    reader
        .map(|row| {
            row.map_err(|e| spoilt(&e))?
                .map(|(_, row)| row)
                .map_err(|p| spoilt(&p))
        })
        .collect()
}

/// The app's own price data can't be read: a fault of the build.
fn spoilt(why: &dyn std::fmt::Display) -> Error {
    Error::new(Code::FileRefused, ["the shipped prices", &why.to_string()])
}

fn card_name((kind, currency, from): CardKey) -> String {
    let what = match kind {
        CardKind::Messages => "Meta messages",
        CardKind::Calls => "Meta calls",
        CardKind::Fees => "360Dialog fees",
    };
    match from {
        Some(day) => format!("{what} {currency}, from {}", day.format("%-d %b %Y")),
        None => format!("{what} {currency}"),
    }
}

/// Adds a card; none where the book has one of that kind, currency and day.
fn insert_card(
    w: &Write<'_>,
    key: CardKey,
    rows: &[PriceRow],
    source: &str,
    is_shipped: bool,
    sha256: &str,
    at: Moment,
) -> Result<Option<i64>, Error> {
    let (kind, currency, effective_from) = key;
    let name = card_name(key);
    let added_at = at.stamp();
    let card = NewCard {
        kind,
        currency,
        effective_from,
        name: &name,
        source,
        is_shipped,
        sha256,
        added_at: &added_at,
    };
    let Some(card) = w.insert_card(&card)? else {
        return Ok(None);
    };
    let mut first_slices = std::collections::HashSet::new();
    for row in rows {
        // A ladder repeats the list price of the card it belongs to.
        if !first_slices.insert((row.item, row.market.as_str(), row.tier_from)) {
            continue;
        }
        let rate = StoredRate {
            item: row.item,
            market: row.market.clone(),
            tier_from: row.tier_from,
            rate: row.rate,
        };
        w.insert_rate(card, &rate)?;
    }
    Ok(Some(card))
}

/// A price file, read.
struct ReadFile {
    cards: Cards,
    rows: usize,
    problems: Vec<Problem>,
    problem_count: usize,
}

fn read_file(path: &Path) -> Result<ReadFile, Error> {
    let refuse = |problem: FileProblem| refused(path, &problem);
    let reader = PriceReader::new(std::io::BufReader::new(open(path)?)).map_err(refuse)?;
    let mut read = ReadFile {
        cards: Cards::default(),
        rows: 0,
        problems: Vec::new(),
        problem_count: 0,
    };
    for row in reader {
        read.rows += 1;
        match row.map_err(refuse)? {
            Ok((_, row)) => read.cards.put(row),
            Err(problem) => {
                read.problem_count += 1;
                if read.problems.len() < MOST_SHOWN {
                    read.problems.push(problem);
                }
            }
        }
    }
    Ok(read)
}

fn bring_in(w: &Write<'_>, path: &Path, at: Moment) -> Result<PricesView, Error> {
    let hash = sha256(path)?;
    let read = read_file(path)?;
    let before: std::collections::HashMap<i64, CardRow> =
        w.cards()?.into_iter().map(|c| (c.key, c)).collect();
    let mut added = Vec::new();
    let mut conflicts = Vec::new();
    let source = format!("{}, brought in on {}", name_of(path), at.today);
    for (key, rows) in &read.cards.rows {
        match insert_card(w, *key, rows, &source, false, &hash, at)? {
            Some(card) => added.push(card),
            None => conflicts.extend(
                before
                    .values()
                    .find(|c| (c.kind, c.currency, c.effective_from) == *key)
                    .map(|c| c.key),
            ),
        }
    }
    let unrated = w.unrated_count(None)?;
    let done = if added.is_empty() {
        ReRated::default()
    } else {
        let from = read.cards.rows.keys().map(|(_, _, from)| *from).min();
        re_rate_all(w, from.flatten(), at)?
    };
    let prices = w.price_data()?;
    let cards = w.cards()?;
    let of = |keys: &[i64]| {
        cards
            .iter()
            .filter(|c| keys.contains(&c.key))
            .map(|c| card_view(c, &prices, at))
            .collect()
    };
    Ok(PricesView {
        file: name_of(path),
        sha256: hash,
        rows: count(read.rows),
        cards: of(&added),
        conflicts: of(&conflicts),
        rated: count(done.rated),
        changed: count(done.changed),
        still_unrated: count(unrated - done.rated),
        problems: count(read.problem_count),
        problem_rows: read.problems.into_iter().map(problem_view).collect(),
    })
}

fn card_view(card: &CardRow, prices: &PriceData, at: Moment) -> CardView {
    let in_force = prices
        .card_on(card.kind, card.currency, at.today)
        .is_ok_and(|c| c.id == card.key);
    CardView {
        id: count(card.key),
        kind: card.kind.to_string(),
        currency: card.currency.into(),
        effective_from: card.effective_from.map(|d| d.to_string()),
        name: card.name.clone(),
        source: card.source.clone(),
        rates: count(card.rates),
        markets: count(card.markets),
        in_force,
        shipped: card.is_shipped,
    }
}

/// The newest message card of each currency: of the book, or of what the app ships.
pub(crate) fn newest_cards(book: Option<&Book>) -> Vec<NewestCardView> {
    let from_book = book.and_then(|b| b.read(|r| Ok(r.price_data()?)).ok());
    let prices = from_book
        .or_else(|| shipped_data().ok())
        .unwrap_or_default();
    let changed = prices.last_change(CardKind::Messages);
    Currency::ALL
        .into_iter()
        .filter_map(|currency| {
            let from = prices
                .newest(CardKind::Messages, currency)?
                .effective_from?;
            Some(NewestCardView {
                currency: currency.into(),
                effective_from: from.to_string(),
                outdated_since: changed.filter(|on| *on > from).map(|on| on.to_string()),
            })
        })
        .collect()
}

/// What the app ships, without a book: days of cards and of changes are all that is asked of it.
fn shipped_data() -> Result<PriceData, Error> {
    let mut keys = std::collections::BTreeSet::new();
    for shipped in &SHIPPED {
        keys.extend(
            shipped_rows(shipped.text)?
                .into_iter()
                .map(|r| (r.item.card_kind(), r.currency, r.effective_from)),
        );
    }
    let cards = keys
        .into_iter()
        .map(|key| {
            hubledger_core::price::RateCard::new(
                0,
                key.0,
                key.1,
                key.2,
                card_name(key),
                String::new(),
            )
        })
        .collect();
    let changes = MESSAGE_PRICES_CHANGED
        .into_iter()
        .map(|day| {
            Ok(PriceChange {
                kind: CardKind::Messages,
                on: parse_date(day)?,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(PriceData::new(
        cards,
        hubledger_core::price::MarketMap::default(),
        changes,
    ))
}

/// The English names of countries, for lists to choose from.
pub fn countries() -> Vec<(String, String)> {
    Country::all()
        .map(|c| (c.code().to_owned(), c.name().to_owned()))
        .collect()
}

impl Book {
    /// All price cards, newest first within their kind and currency.
    pub fn cards(&self, at: Moment) -> Result<Vec<CardView>, Error> {
        self.read(|r| {
            let prices = r.price_data()?;
            Ok(r.cards()?
                .iter()
                .map(|card| card_view(card, &prices, at))
                .collect())
        })
    }

    /// The prices of a card.
    pub fn rates(&self, card: u32) -> Result<Vec<RateView>, Error> {
        self.read(|r| {
            let rates = r.rates(i64::from(card))?;
            if rates.is_empty() {
                return Err(Error::new(Code::CardNotFound, [&card.to_string()]));
            }
            Ok(rates
                .into_iter()
                .map(|rate| RateView {
                    market: rate.market,
                    item: rate.item.name().to_owned(),
                    tier_from: rate.tier_from.to_string(),
                    rate: show::decimal(rate.rate),
                })
                .collect())
        })
    }

    /// What a price file would bring in. Nothing is kept.
    pub fn preview_prices(&mut self, path: &Path, at: Moment) -> Result<PricesView, Error> {
        self.try_out(|w| bring_in(w, path, at))
    }

    /// Brings in the cards of a price file and prices what was unrated for want of them.
    pub fn book_prices(&mut self, path: &Path, at: Moment) -> Result<PricesView, Error> {
        let act = Act::new(UseCase::ImportPrices, at).with("file", name_of(path));
        self.write(act, |w| {
            let view = bring_in(w, path, at)?;
            if view.cards.is_empty() && view.conflicts.is_empty() {
                return Err(Error::new(Code::NothingToBook, [&view.file]));
            }
            Ok(view)
        })
    }
}
