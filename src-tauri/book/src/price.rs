//! Prices: those that the app ships, and cards that a person brings in. A card is never
//! overwritten; a new one may give unrated charges their price.

mod csv;

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::path::Path;

use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::price::{
    CardKind, NoCard, PriceChange, PriceData, PriceRow, Trust, differences,
};
use hubledger_core::rule::OutdatedCard;
use hubledger_import::{
    FileProblem, Given, MetaCard, PriceReader, Problem, ProblemKind, read_meta_csv,
    read_meta_workbook,
};
use hubledger_store::{CardRow, NewCard, Read, StoredRate, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::file::{MOST_SHOWN, count, name_of, open, problem_view, refused, sha256, sha256_of};
use crate::form::PriceFileForm;
use crate::market::{has_shipped_markets, lay_shipped_markets};
use crate::moment::Moment;
use crate::posting::{ReRated, re_rate_all};
use crate::said::SourceWord;
use crate::show;
use crate::view::{
    CardDiffView, CardView, ChosenCardView, MissingCardHubView, MissingCardView, NewestCardView,
    PricesView, RateChangeView, RateView,
};
use crate::word::BackupWord;

/// A price file that the app ships: its text, where it comes from, and how far it is trusted.
struct Shipped {
    text: &'static str,
    source: SourceWord,
    trust: Trust,
    /// Volume tiers, which are a card of their own.
    is_tiers: bool,
}

const SHIPPED: [Shipped; 8] = [
    Shipped {
        text: include_str!("../prices/360dialog-fees.csv"),
        source: SourceWord::Documentation,
        trust: Trust::Medium,
        is_tiers: false,
    },
    Shipped {
        text: include_str!("../prices/meta-calls-usd-2025-08-01.csv"),
        source: SourceWord::Guide,
        trust: Trust::Medium,
        is_tiers: false,
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-01-01.csv"),
        source: SourceWord::CardChecked,
        trust: Trust::MediumHigh,
        is_tiers: false,
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-04-01.csv"),
        source: SourceWord::CardWithChanges,
        trust: Trust::MediumHigh,
        is_tiers: false,
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-07-01.csv"),
        source: SourceWord::CardFile,
        trust: Trust::High,
        is_tiers: false,
    },
    Shipped {
        text: include_str!("../prices/meta-messages-eur-2026-07-01.csv"),
        source: SourceWord::CardTwice,
        trust: Trust::High,
        is_tiers: false,
    },
    Shipped {
        text: include_str!("../prices/meta-messages-usd-2026-10-01.csv"),
        source: SourceWord::CardFile,
        trust: Trust::High,
        is_tiers: false,
    },
    Shipped {
        text: include_str!("../prices/meta-volume-tiers-usd-2026-10-01.csv"),
        source: SourceWord::Tiers,
        trust: Trust::Medium,
        is_tiers: true,
    },
];

/// Days on which Meta replaced its message prices, in every currency.
const MESSAGE_PRICES_CHANGED: [&str; 4] = ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"];

/// Which cards the app ships, for a look whether a book has them all.
const SHIPPED_CARDS: [(CardKind, Currency, &str); 9] = [
    (CardKind::Fees, Currency::Eur, ""),
    (CardKind::Fees, Currency::Usd, ""),
    (CardKind::Calls, Currency::Usd, "2025-08-01"),
    (CardKind::Messages, Currency::Usd, "2026-01-01"),
    (CardKind::Messages, Currency::Usd, "2026-04-01"),
    (CardKind::Messages, Currency::Usd, "2026-07-01"),
    (CardKind::Messages, Currency::Eur, "2026-07-01"),
    (CardKind::Messages, Currency::Usd, "2026-10-01"),
    (CardKind::Tiers, Currency::Usd, "2026-10-01"),
];

type CardKey = (CardKind, Currency, Option<Date>);

/// The rows of price files, card by card.
#[derive(Default)]
struct Cards {
    rows: BTreeMap<CardKey, Vec<PriceRow>>,
}

impl Cards {
    fn put(&mut self, row: PriceRow) {
        self.put_on(row.item.card_kind(), row);
    }

    fn put_on(&mut self, kind: CardKind, row: PriceRow) {
        self.rows
            .entry((kind, row.currency, row.effective_from))
            .or_default()
            .push(row);
    }
}

/// Whether a book has all that the app ships. Nothing is read for it but what the book has: it is
/// asked whenever one opens.
pub(crate) fn has_shipped(r: &Read<'_>) -> Result<bool, Error> {
    let cards = r.shipped_cards()?;
    let changes = r.price_changes()?;
    let has_day = |day: &&str| changes.iter().any(|change| change.on.to_string() == **day);
    Ok(SHIPPED_CARDS.iter().all(|card| has_card(&cards, *card))
        && MESSAGE_PRICES_CHANGED.iter().all(has_day)
        && has_shipped_markets(r)?)
}

fn has_card(cards: &[CardKey], (kind, currency, from): (CardKind, Currency, &str)) -> bool {
    cards.iter().any(|card| {
        let day = card.2.map(|day| day.to_string());
        (card.0, card.1) == (kind, currency) && day.unwrap_or_default() == from
    })
}

/// Puts what the app ships into a book, card by card; what it has already stays.
pub(crate) fn lay_shipped(w: &Write<'_>, at: Moment) -> Result<(), Error> {
    let known = w.cards()?;
    for shipped in &SHIPPED {
        let mut cards = Cards::default();
        for row in shipped_rows(shipped.text)? {
            if shipped.is_tiers {
                cards.put_on(CardKind::Tiers, row);
            } else {
                cards.put(row);
            }
        }
        for (key, rows) in &cards.rows {
            let has = |card: &CardRow| card.is_shipped && key_of(card) == *key;
            if !known.iter().any(has) {
                let origin = Origin {
                    source: shipped.source.text(),
                    trust: Some(shipped.trust),
                    sha256: &sha256_of(&format!("{rows:?}")),
                };
                insert_card(w, *key, rows, &origin, at)?;
            }
        }
    }
    lay_shipped_markets(w, at)?;
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
pub(crate) fn spoilt(why: &dyn std::fmt::Display) -> Error {
    Error::new(Code::FileRefused, ["the shipped prices", &why.to_string()])
}

fn card_name((kind, currency, from): CardKey) -> String {
    let what = match kind {
        CardKind::Messages => "Meta messages",
        CardKind::Calls => "Meta calls",
        CardKind::Fees => "360Dialog fees",
        CardKind::Tiers => "Meta volume tiers",
    };
    match from {
        Some(day) => format!("{what} {currency}, from {}", day.format("%-d %b %Y")),
        None => format!("{what} {currency}"),
    }
}

fn key_of(card: &CardRow) -> CardKey {
    (card.kind, card.currency, card.effective_from)
}

/// Where a card comes from. What the app ships has a trust.
struct Origin<'a> {
    source: &'a str,
    trust: Option<Trust>,
    sha256: &'a str,
}

/// Adds a card beside those that the book has for its day.
fn insert_card(
    w: &Write<'_>,
    key: CardKey,
    rows: &[PriceRow],
    origin: &Origin<'_>,
    at: Moment,
) -> Result<i64, Error> {
    let (kind, currency, effective_from) = key;
    let name = card_name(key);
    let added_at = at.stamp();
    let card = w.insert_card(&NewCard {
        kind,
        currency,
        effective_from,
        name: &name,
        source: origin.source,
        trust: origin.trust,
        is_shipped: origin.trust.is_some(),
        sha256: origin.sha256,
        added_at: &added_at,
    })?;
    for rate in distinct(rows) {
        w.insert_rate(card, &rate)?;
    }
    Ok(card)
}

/// Rows as the book keeps them, in its order; of two for one slice the first.
fn distinct(rows: &[PriceRow]) -> Vec<StoredRate> {
    let mut rates: BTreeMap<(&str, &str, u64), StoredRate> = BTreeMap::new();
    for row in rows {
        rates
            .entry((&row.market, row.item.name(), row.tier_from))
            .or_insert_with(|| StoredRate {
                item: row.item,
                market: row.market.clone(),
                tier_from: row.tier_from,
                rate: row.rate,
            });
    }
    rates.into_values().collect()
}

/// A price file, read.
#[derive(Default)]
struct ReadFile {
    cards: Cards,
    rows: usize,
    problems: Vec<Problem>,
    problem_count: usize,
    unknown_columns: Vec<String>,
}

impl ReadFile {
    fn note(&mut self, problem: Problem) {
        self.problem_count += 1;
        if self.problems.len() < MOST_SHOWN {
            self.problems.push(problem);
        }
    }

    fn take(&mut self, card: MetaCard) {
        self.rows += card.rows.len() + card.problems.len();
        for row in card.rows {
            self.cards.put_on(card.kind, row);
        }
        for problem in card.problems {
            self.note(problem);
        }
        self.unknown_columns.extend(card.unknown_columns);
    }
}

/// What a workbook of the spreadsheet programs begins with.
const WORKBOOK: &[u8] = b"PK\x03\x04";

/// The largest workbook that is read.
const LARGEST_WORKBOOK: u64 = 16 * 1024 * 1024;

/// Reads a tidy price card, or a file of Meta's as it comes.
fn read_file(path: &Path, form: &PriceFileForm) -> Result<ReadFile, Error> {
    let given = given(form)?;
    let refuse = |problem: FileProblem| {
        let field = match problem {
            FileProblem::DayMissing => Some("effective_from"),
            FileProblem::CurrencyMissing => Some("currency"),
            _ => None,
        };
        let error = refused(path, &problem);
        field.map_or(error.clone(), |field| error.at(field))
    };
    let mut bytes = Vec::new();
    let mut file = open(path)?.take(LARGEST_WORKBOOK);
    let unreadable = |e: std::io::Error| {
        refuse(FileProblem::Unreadable {
            reason: e.to_string(),
        })
    };
    file.by_ref()
        .take(WORKBOOK.len() as u64)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let mut read = ReadFile::default();
    if bytes == WORKBOOK {
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        for card in read_meta_workbook(&bytes, given).map_err(refuse)? {
            read.take(card);
        }
        return Ok(read);
    }
    match PriceReader::new(std::io::BufReader::new(open(path)?)) {
        Ok(reader) => read_tidy(reader, &mut read).map_err(refuse)?,
        Err(FileProblem::NoHeader { .. } | FileProblem::MissingColumns { .. }) => {
            let file = std::io::BufReader::new(open(path)?);
            read.take(read_meta_csv(file, given).map_err(refuse)?);
        }
        Err(problem) => return Err(refuse(problem)),
    }
    Ok(read)
}

fn read_tidy<R: std::io::Read>(
    reader: PriceReader<R>,
    read: &mut ReadFile,
) -> Result<(), FileProblem> {
    let mut lines = HashMap::new();
    read.unknown_columns = reader.unknown_columns().to_vec();
    for row in reader {
        read.rows += 1;
        match row? {
            Ok((line, row)) => {
                let slice = (
                    row.effective_from,
                    row.currency,
                    row.item,
                    row.market.clone(),
                    row.tier_from,
                );
                match lines.insert(slice, line) {
                    None => read.cards.put(row),
                    Some(first_line) => read.note(Problem::new(
                        line,
                        None,
                        &row.market,
                        ProblemKind::DuplicateRate { first_line },
                        Vec::new(),
                    )),
                }
            }
            Err(problem) => read.note(problem),
        }
    }
    Ok(())
}

/// What a person said where the file does not.
fn given(form: &PriceFileForm) -> Result<Given, Error> {
    let text = |field: &Option<String>| {
        field
            .as_deref()
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
    };
    Ok(Given {
        effective_from: text(&form.effective_from)
            .map(|day| parse_date(&day))
            .transpose()
            .about("effective_from")?,
        currency: text(&form.currency)
            .map(|code| {
                Currency::parse(&code)
                    .ok_or_else(|| Error::from(hubledger_core::Error::UnknownCurrency(code)))
            })
            .transpose()
            .map_err(|e| e.at("currency"))?,
    })
}

fn bring_in(
    w: &Write<'_>,
    path: &Path,
    form: &PriceFileForm,
    at: Moment,
) -> Result<PricesView, Error> {
    let sha256 = sha256(path)?;
    let read = read_file(path, form)?;
    let before = w.cards()?;
    let source = format!("{}, brought in on {}", name_of(path), at.today);
    let origin = Origin {
        source: &source,
        trust: None,
        sha256: &sha256,
    };
    let (mut added, mut conflicts, mut known) = (Vec::new(), Vec::new(), Vec::new());
    let mut from = None;
    for (key, rows) in &read.cards.rows {
        let rivals: Vec<&CardRow> = before.iter().filter(|c| key_of(c) == *key).collect();
        if let Some(same) = says_the_same(w, &rivals, rows)? {
            known.push(same);
            continue;
        }
        added.push(insert_card(w, *key, rows, &origin, at)?);
        conflicts.extend(rivals.iter().filter(|c| c.holds).map(|c| c.key));
        if rivals.is_empty() {
            let day = key.2.unwrap_or(Date::MIN);
            from = Some(from.map_or(day, |earlier: Date| earlier.min(day)));
        }
    }
    let unrated = w.unrated_count(None)?;
    let done = match from {
        None => ReRated::default(),
        Some(day) => re_rate_all(w, Some(day).filter(|day| *day > Date::MIN), at)?,
    };
    let changes = changes_by(w, &added, at)?;
    let views = views(w, at)?;
    let of = |keys: &[i64]| {
        let wanted = views.iter().filter(|c| keys.contains(&i64::from(c.id)));
        wanted.cloned().collect()
    };
    Ok(PricesView {
        file: name_of(path),
        sha256,
        rows: count(read.rows),
        cards: of(&added),
        conflicts: of(&conflicts),
        known: of(&known),
        changes,
        unknown_columns: read.unknown_columns,
        rated: count(done.rated),
        changed: count(done.changed),
        still_unrated: count(unrated - done.rated),
        problems: count(read.problem_count),
        problem_rows: read.problems.into_iter().map(problem_view).collect(),
    })
}

/// What new cards say otherwise than the cards that they are to replace: the one that holds on
/// their day, else the last one before it.
fn changes_by(r: &Read<'_>, added: &[i64], at: Moment) -> Result<Vec<CardDiffView>, Error> {
    let prices = r.price_data()?;
    let mut changes = Vec::new();
    for card in added.iter().filter_map(|key| prices.card(*key)) {
        let others = prices.cards().iter().filter(|other| {
            other.id != card.id
                && other.holds
                && (other.kind, other.currency) == (card.kind, card.currency)
                && other.effective_from <= card.effective_from
        });
        if let Some(before) = others.max_by_key(|other| other.effective_from) {
            changes.push(compare(r, before.id, card.id, at)?);
        }
    }
    Ok(changes)
}

/// The card of the book that has the same prices as the rows, if one has.
fn says_the_same(
    r: &Read<'_>,
    cards: &[&CardRow],
    rows: &[PriceRow],
) -> Result<Option<i64>, Error> {
    let mut wanted = distinct(rows);
    let order = |a: &StoredRate, b: &StoredRate| {
        (&a.market, a.item, a.tier_from).cmp(&(&b.market, b.item, b.tier_from))
    };
    wanted.sort_by(order);
    for card in cards {
        let mut rates = r.rates(card.key)?;
        rates.sort_by(order);
        if rates == wanted {
            return Ok(Some(card.key));
        }
    }
    Ok(None)
}

/// All cards as lists show them.
fn views(r: &Read<'_>, at: Moment) -> Result<Vec<CardView>, Error> {
    let prices = r.price_data()?;
    let cards = r.cards()?;
    Ok(cards.iter().map(|c| card_view(c, &prices, at)).collect())
}

fn card_view(card: &CardRow, prices: &PriceData, at: Moment) -> CardView {
    let rules = prices.card(card.key);
    let until = rules.and_then(|c| prices.until(c));
    let holds_today = card.holds
        && card.effective_from.is_none_or(|from| from <= at.today)
        && until.is_none_or(|until| until >= at.today);
    CardView {
        id: count(card.key),
        kind: card.kind.to_string(),
        currency: card.currency.into(),
        effective_from: card.effective_from.map(|d| d.to_string()),
        until: until.map(|d| d.to_string()),
        name: card.name.clone(),
        source: card.source.clone(),
        source_word: card
            .is_shipped
            .then(|| SourceWord::of(&card.source))
            .flatten(),
        trust: card.trust.map(Into::into),
        rates: count(card.rates),
        markets: count(card.markets),
        in_force: holds_today,
        shipped: card.is_shipped,
        rivals: count(card.rivals - 1),
        chosen: card.holds,
        chosen_at: card.chosen_at.clone(),
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

fn no_such_card(card: u32) -> Error {
    Error::new(Code::CardNotFound, [&card.to_string()])
}

fn compare(r: &Read<'_>, old: i64, new: i64, at: Moment) -> Result<CardDiffView, Error> {
    let prices = r.price_data()?;
    let find = |id: i64| prices.card(id).ok_or_else(|| no_such_card(count(id)));
    let (before, after) = (find(old)?, find(new)?);
    if before.currency != after.currency || before.kind != after.kind {
        return Err(Error::new(Code::CardsNotAlike, [&before.name, &after.name]).at("new"));
    }
    let rows = differences(before, after);
    let views = views(r, at)?;
    let view = |id: i64| {
        let found = views.iter().find(|c| i64::from(c.id) == id);
        found.cloned().ok_or_else(|| no_such_card(count(id)))
    };
    Ok(CardDiffView {
        old: view(old)?,
        new: view(new)?,
        rows: rows
            .into_iter()
            .map(|row| RateChangeView {
                market: row.market,
                item: row.item.name().to_owned(),
                tier_from: row.tier_from.to_string(),
                old: row.old.map(show::decimal),
                new: row.new.map(show::decimal),
                per_cent: row.per_cent.map(|p| p.normalize().to_string()),
            })
            .collect(),
    })
}

impl Book {
    /// All price cards, newest first within their kind and currency.
    pub fn cards(&self, at: Moment) -> Result<Vec<CardView>, Error> {
        self.read(|r| views(r, at))
    }

    /// The prices of a card.
    pub fn rates(&self, card: u32) -> Result<Vec<RateView>, Error> {
        self.read(|r| {
            let rates = r.rates(i64::from(card))?;
            if rates.is_empty() {
                return Err(no_such_card(card));
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

    /// What a newer card says otherwise than an older one.
    pub fn compare_cards(&self, old: u32, new: u32, at: Moment) -> Result<CardDiffView, Error> {
        self.read(|r| compare(r, i64::from(old), i64::from(new), at))
    }

    /// What changes between two days in a currency: one comparison for each kind of card.
    pub fn price_changes(
        &self,
        from: &str,
        to: &str,
        currency: &str,
        at: Moment,
    ) -> Result<Vec<CardDiffView>, Error> {
        let (from_day, to_day) = (parse_date(from).about("from")?, parse_date(to).about("to")?);
        let currency = Currency::parse(currency).ok_or_else(|| {
            Error::from(hubledger_core::Error::UnknownCurrency(currency.to_owned())).at("currency")
        })?;
        self.read(|r| {
            let prices = r.price_data()?;
            let on = |kind, day| prices.card_on(kind, currency, day).ok();
            let missing = |day: Date, field| {
                let day = day.to_string();
                Error::new(Code::NoCardOnDay, [&currency.to_string(), &day]).at(field)
            };
            let messages = CardKind::Messages;
            on(messages, from_day).ok_or_else(|| missing(from_day, "from"))?;
            on(messages, to_day).ok_or_else(|| missing(to_day, "to"))?;
            let mut changes = Vec::new();
            for kind in [messages, CardKind::Calls, CardKind::Fees] {
                let pair = on(kind, from_day).zip(on(kind, to_day));
                if let Some((old, new)) = pair.filter(|(old, new)| old.id != new.id) {
                    changes.push(compare(r, old.id, new.id, at)?);
                }
            }
            Ok(changes)
        })
    }

    /// Currencies of hubs whose messages have no card any more, with the hubs that it concerns.
    pub fn missing_cards(&self, at: Moment) -> Result<Vec<MissingCardView>, Error> {
        self.read(|r| {
            let prices = r.price_data()?;
            let mut missing: Vec<MissingCardView> = Vec::new();
            for desk in HubDesk::all(r)? {
                let currency = desk.currency();
                let found = prices.card_on(CardKind::Messages, currency, at.today);
                let Err(NoCard::Outdated(since)) = found else {
                    continue;
                };
                if desk.hub().closed_on.is_some_and(|on| on < since) {
                    continue;
                }
                let from = BillingPeriod::containing(since).max(desk.first_open());
                let hub = MissingCardHubView {
                    hub: desk.hub().id.to_string(),
                    name: desk.hub().name.clone(),
                    estimates: desk.outdated_card(at.today) == OutdatedCard::Estimate,
                    from: from.to_string(),
                };
                let word = currency.into();
                match missing.iter_mut().find(|m| m.currency == word) {
                    Some(known) => known.hubs.push(hub),
                    None => missing.push(MissingCardView {
                        currency: word,
                        since: since.to_string(),
                        hubs: vec![hub],
                    }),
                }
            }
            Ok(missing)
        })
    }

    /// Chooses which of several cards of one day holds, and rates open months by it.
    pub fn choose_card(&mut self, card: u32, at: Moment) -> Result<ChosenCardView, Error> {
        let act = Act::new(UseCase::ChooseCard, at).with("card", card);
        self.write(act, |w| {
            let found = w.cards()?.into_iter().find(|c| c.key == i64::from(card));
            let row = found.ok_or_else(|| no_such_card(card))?;
            if row.rivals < 2 {
                return Err(Error::new(Code::CardHasNoRival, [&row.name]).at("card"));
            }
            w.choose_card(row.key, &at.stamp())?;
            let done = re_rate_all(w, row.effective_from, at)?;
            let view = views(w, at)?.into_iter().find(|c| c.id == card);
            Ok(ChosenCardView {
                card: view.ok_or_else(|| no_such_card(card))?,
                rated: count(done.rated),
                changed: count(done.changed),
            })
        })
    }

    /// What a price file would bring in. Nothing is kept.
    pub fn preview_prices(
        &mut self,
        path: &Path,
        form: &PriceFileForm,
        at: Moment,
    ) -> Result<PricesView, Error> {
        self.try_out(|w| bring_in(w, path, form, at))
    }

    /// Brings in the cards of a price file and prices what was unrated for want of them.
    pub fn book_prices(
        &mut self,
        path: &Path,
        form: &PriceFileForm,
        at: Moment,
    ) -> Result<PricesView, Error> {
        let act = Act::new(UseCase::ImportPrices, at)
            .form(form)
            .with("file", name_of(path));
        self.write_backed_up((BackupWord::Import, at), act, |w| {
            let view = bring_in(w, path, form, at)?;
            if view.cards.is_empty() && view.known.is_empty() {
                return Err(Error::new(Code::NothingToBook, [&view.file]));
            }
            Ok(view)
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use hubledger_core::fee::FeePrices;
    use hubledger_core::price::{GLOBAL_MARKET, PriceItem};
    use hubledger_core::rating::{Usage, rate};
    use hubledger_core::rule::Rules;
    use hubledger_core::usage::{Category, Place, PricingType};
    use hubledger_core::volume::Counted;
    use hubledger_store::Store;
    use rust_decimal::Decimal;

    use super::*;
    use crate::market::SHIPPED_DAYS;

    fn shipped() -> PriceData {
        let at = Moment {
            today: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
            now: NaiveDate::from_ymd_opt(2026, 11, 28)
                .unwrap()
                .and_hms_opt(0, 0, 0)
                .unwrap(),
        };
        let mut store = Store::in_memory().unwrap();
        store
            .write(|w| -> Result<(), Error> {
                assert!(!has_shipped(w)?);
                lay_shipped(w, at)?;
                // What a book is asked for when it opens is all that was laid.
                assert!(has_shipped(w)?);
                assert_eq!(w.shipped_cards()?.len(), SHIPPED_CARDS.len());
                assert_eq!(w.price_changes()?.len(), MESSAGE_PRICES_CHANGED.len());
                assert_eq!(w.shipped_market_days()?.len(), SHIPPED_DAYS.len());
                // Opening the book again brings nothing twice.
                let count = w.cards()?.len();
                lay_shipped(w, at)?;
                assert_eq!(w.cards()?.len(), count);
                Ok(())
            })
            .unwrap();
        store.read(|r| Ok::<_, Error>(r.price_data()?)).unwrap()
    }

    /// What the engine charges for one message, minute or month at a slice of a shipped file.
    fn charged(prices: &PriceData, currency: Currency, day: Date, cells: &[&str]) -> Decimal {
        let (market, item) = (cells[2], PriceItem::parse(cells[3]).unwrap());
        let from: u64 = cells[4].parse().unwrap();
        let category = match item {
            PriceItem::Message(category) => category,
            PriceItem::CallMinute => Category::Call,
            PriceItem::Plan(_) | PriceItem::Licence(_) | PriceItem::CardFee => {
                let fees = FeePrices {
                    prices,
                    currency,
                    month: BillingPeriod::containing(day),
                    rules: &Rules::in_force(&[], BillingPeriod::containing(day)),
                };
                return match item {
                    PriceItem::Plan(plan) => fees.plan(plan).unwrap().amount(),
                    PriceItem::Licence(tier) => fees.licence(tier).unwrap().amount(),
                    _ => fees.card_fee().unwrap(),
                };
            }
            // Charged to nobody here, and only shown.
            PriceItem::PublicLicence(_) | PriceItem::Escalation => {
                let card = prices.card_on(CardKind::Fees, currency, day).unwrap();
                return card.list_rate(item, GLOBAL_MARKET).unwrap();
            }
        };
        let place = Place::Market(market.to_owned());
        let usage = Usage {
            day,
            place: &place,
            category,
            pricing_type: PricingType::Regular,
            // Ten pulses are a minute.
            quantity: if category == Category::Call { 10 } else { 1 },
            cost: None,
            free: 0,
            outdated_card: OutdatedCard::Unrated,
            counted: Counted::Before(from - 1),
        };
        let rating = rate(&usage, currency, prices).unwrap();
        assert_eq!(rating.market, market, "{cells:?}");
        rating.amount.unwrap().amount()
    }

    #[test]
    fn every_shipped_rate_comes_back_from_the_engine() {
        let prices = shipped();
        let any_day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let mut looked_up = 0;
        for shipped in &SHIPPED {
            for line in shipped.text.lines().skip(1) {
                let cells: Vec<&str> = line.split(',').collect();
                let currency = Currency::parse(cells[1]).unwrap();
                let day = parse_date(cells[0]).unwrap_or(any_day);
                let expected = Decimal::from_str_exact(cells[5]).unwrap();
                assert_eq!(charged(&prices, currency, day, &cells), expected, "{line}");
                looked_up += 1;
            }
        }
        // 16 fees, 28 calls, 105 + 105 + 123 + 123 + 206 messages and a ladder of 6.
        assert_eq!(looked_up, 712);
    }
}
