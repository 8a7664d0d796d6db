//! Meta's lists of markets: those that the app ships, and lists that a person brings in. A list is
//! whole, and never overwritten; of two for one day the first holds until a person chooses.
//!
//! A card's markets are those of the list of the card's own day. So a list decides about cards from
//! its day on, and open months are rated anew where one of them is concerned.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hubledger_core::market::{MarketList, OTHER_MARKET, moves};
use hubledger_core::period::Date;
use hubledger_core::price::{CardKind, PriceData};
use hubledger_import::{MarketsReader, Problem, ProblemKind};
use hubledger_store::{MarketListRow, NewMarketList, Read, Write};
use serde::Serialize;
use specta::Type;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::file::{MOST_SHOWN, count, name_of, open, problem_view, refused, sha256, sha256_of};
use crate::moment::Moment;
use crate::posting::{ReRated, re_rate_all};
use crate::price::spoilt;
use crate::said::SourceWord;
use crate::view::ProblemView;
use crate::word::BackupWord;

const SHIPPED: &str = include_str!("../prices/meta-markets.csv");

/// A list of markets.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MarketListView {
    pub id: u32,
    pub effective_from: String,
    /// The last day before another list holds; none for the newest.
    pub until: Option<String>,
    pub source: String,
    /// Where the app's own list comes from.
    pub source_word: Option<SourceWord>,
    pub shipped: bool,
    pub countries: u32,
    pub markets: u32,
    /// Holds today.
    pub in_force: bool,
    /// Other lists of its day.
    pub rivals: u32,
    /// Whether it is the one that holds among them.
    pub chosen: bool,
    /// When it was chosen by a person, in UTC.
    pub chosen_at: Option<String>,
    /// The names of the cards whose countries it tells.
    pub cards: Vec<String>,
}

/// A country of a list.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MarketCountryView {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub name: String,
    pub market: String,
}

/// A country that a list puts into another market than the list before it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MarketMoveView {
    pub country: String,
    pub name: String,
    pub before: String,
    pub now: String,
}

/// A list that a file brings.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NewMarketListView {
    pub list: MarketListView,
    /// The day of the list that it is compared with: the one that held on its day without it.
    pub compared_with: Option<String>,
    /// A country that it does not name is in Other by it.
    pub moves: Vec<MarketMoveView>,
    /// Markets for which no card of the book has a price: usage of their countries is unrated
    /// under such cards.
    pub without_price: Vec<String>,
}

/// What a file of lists would do, or did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MarketsView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    pub lists: Vec<NewMarketListView>,
    /// Lists of the same day that say otherwise: both are kept, and these hold until another is
    /// chosen.
    pub conflicts: Vec<MarketListView>,
    /// Lists of the book that say the same already.
    pub known: Vec<MarketListView>,
    pub unknown_columns: Vec<String>,
    /// Unrated charges of open months that got a price by it.
    pub rated: u32,
    /// Charges of open months that have another price by it: taken back and booked anew.
    pub changed: u32,
    pub problems: u32,
    pub problem_rows: Vec<ProblemView>,
}

/// What choosing a list did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChosenMarketListView {
    pub list: MarketListView,
    pub rated: u32,
    pub changed: u32,
}

/// The days of the lists that the app ships.
pub(crate) const SHIPPED_DAYS: [&str; 4] = ["2025-07-01", "2025-10-01", "2026-07-01", "2026-10-01"];

/// Whether a book has all lists that the app ships.
pub(crate) fn has_shipped_markets(r: &Read<'_>) -> Result<bool, Error> {
    let days = r.shipped_market_days()?;
    let has_day = |day: &&str| days.iter().any(|on| on.to_string() == *day);
    Ok(SHIPPED_DAYS.iter().all(has_day))
}

/// Puts the lists that the app ships into a book; what it has already stays.
pub(crate) fn lay_shipped_markets(w: &Write<'_>, at: Moment) -> Result<(), Error> {
    let known = w.market_lists()?;
    let has = |day: Date| {
        let mut shipped = known.iter().filter(|list| list.is_shipped);
        shipped.any(|list| list.effective_from == day)
    };
    let mut lists: BTreeMap<Date, MarketList> = BTreeMap::new();
    for row in MarketsReader::new(SHIPPED.as_bytes()).map_err(|e| spoilt(&e))? {
        let (_, row) = row.map_err(|e| spoilt(&e))?.map_err(|p| spoilt(&p))?;
        let list = lists.entry(row.effective_from).or_default();
        list.entry(row.country).or_insert(row.market);
    }
    for (day, list) in lists.iter().filter(|(day, _)| !has(**day)) {
        let new = NewMarketList {
            effective_from: *day,
            source: SourceWord::Markets.text(),
            is_shipped: true,
            sha256: &sha256_of(&format!("{list:?}")),
            added_at: &at.stamp(),
        };
        w.insert_market_list(&new, list)?;
    }
    Ok(())
}

/// A file of lists, read.
#[derive(Default)]
struct ReadFile {
    lists: BTreeMap<Date, MarketList>,
    rows: usize,
    problems: usize,
    problem_rows: Vec<Problem>,
    unknown_columns: Vec<String>,
}

impl ReadFile {
    fn note(&mut self, problem: Problem) {
        self.problems += 1;
        if self.problem_rows.len() < MOST_SHOWN {
            self.problem_rows.push(problem);
        }
    }
}

fn read_file(path: &Path) -> Result<ReadFile, Error> {
    let refuse = |problem| refused(path, &problem);
    let file = std::io::BufReader::new(open(path)?);
    let reader = MarketsReader::new(file).map_err(refuse)?;
    let mut read = ReadFile {
        unknown_columns: reader.unknown_columns().to_vec(),
        ..ReadFile::default()
    };
    let mut lines = BTreeMap::new();
    for row in reader {
        read.rows += 1;
        let (line, row) = match row.map_err(refuse)? {
            Ok(row) => row,
            Err(problem) => {
                read.note(problem);
                continue;
            }
        };
        let list = read.lists.entry(row.effective_from).or_default();
        let place = (row.effective_from, row.country);
        match list.get(&row.country) {
            Some(known) if *known != row.market => {
                let first_line = lines.get(&place).copied().unwrap_or(line);
                let kind = ProblemKind::CountryTwice { first_line };
                let code = row.country.code();
                read.note(Problem::new(line, Some("country"), code, kind, Vec::new()));
            }
            Some(_) => {}
            None => {
                list.insert(row.country, row.market);
                lines.insert(place, line);
            }
        }
    }
    Ok(read)
}

fn bring_in(w: &Write<'_>, path: &Path, at: Moment) -> Result<MarketsView, Error> {
    let sha256 = sha256(path)?;
    let read = read_file(path)?;
    let before = w.market_lists()?;
    let mut view = MarketsView {
        file: name_of(path),
        sha256,
        rows: count(read.rows),
        lists: Vec::new(),
        conflicts: Vec::new(),
        known: Vec::new(),
        unknown_columns: read.unknown_columns,
        rated: 0,
        changed: 0,
        problems: count(read.problems),
        problem_rows: read.problem_rows.into_iter().map(problem_view).collect(),
    };
    let source = format!("{}, brought in on {}", view.file, at.today);
    let (mut added, mut conflicts, mut known) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut holds_from = None;
    for (day, list) in &read.lists {
        let rivals: Vec<_> = before.iter().filter(|l| l.effective_from == *day).collect();
        if let Some(same) = says_the_same(w, &rivals, list)? {
            known.insert(same);
            continue;
        }
        let new = NewMarketList {
            effective_from: *day,
            source: &source,
            is_shipped: false,
            sha256: &view.sha256,
            added_at: &at.stamp(),
        };
        added.push((w.insert_market_list(&new, list)?, *day));
        conflicts.extend(rivals.iter().filter(|l| l.holds).map(|l| l.key));
        if rivals.is_empty() {
            holds_from = holds_from.or(Some(*day));
        }
    }
    let done = match holds_from {
        None => ReRated::default(),
        Some(day) => re_rate_all(w, concerned_from(&before, day), at)?,
    };
    (view.rated, view.changed) = (count(done.rated), count(done.changed));
    for (key, day) in added {
        view.lists.push(new_list(w, (key, day), &before, at)?);
    }
    for list in views(w, at)? {
        let key = i64::from(list.id);
        if conflicts.contains(&key) {
            view.conflicts.push(list);
        } else if known.contains(&key) {
            view.known.push(list);
        }
    }
    Ok(view)
}

/// The first day of usage that a list of a day can concern. The first list of all tells of every
/// day before it, too.
fn concerned_from(lists: &[MarketListRow], day: Date) -> Option<Date> {
    lists
        .iter()
        .any(|list| list.effective_from < day)
        .then_some(day)
}

fn says_the_same(
    r: &Read<'_>,
    lists: &[&MarketListRow],
    wanted: &MarketList,
) -> Result<Option<i64>, Error> {
    for list in lists {
        if r.market_list(list.key)? == *wanted {
            return Ok(Some(list.key));
        }
    }
    Ok(None)
}

/// A new list beside the one that held on its day without it.
fn new_list(
    r: &Read<'_>,
    (key, day): (i64, Date),
    before: &[MarketListRow],
    at: Moment,
) -> Result<NewMarketListView, Error> {
    let list = r.market_list(key)?;
    let held = before
        .iter()
        .find(|l| l.holds && l.effective_from <= day)
        .or(before.iter().rfind(|l| l.holds));
    let other = match held {
        Some(held) => r.market_list(held.key)?,
        None => MarketList::new(),
    };
    let moves = moves(&other, &list).into_iter().map(|m| MarketMoveView {
        country: m.country.code().to_owned(),
        name: m.country.name().to_owned(),
        before: m.before,
        now: m.now,
    });
    let prices = r.price_data()?;
    let markets: BTreeSet<&String> = list.values().collect();
    let has_price = |market: &str| prices.cards().iter().any(|card| card.has_market(market));
    Ok(NewMarketListView {
        list: find(r, key, at)?,
        compared_with: held.map(|l| l.effective_from.to_string()),
        moves: moves.collect(),
        without_price: markets
            .into_iter()
            .filter(|market| *market != OTHER_MARKET && !has_price(market))
            .cloned()
            .collect(),
    })
}

fn views(r: &Read<'_>, at: Moment) -> Result<Vec<MarketListView>, Error> {
    let prices = r.price_data()?;
    let lists = r.market_lists()?;
    Ok(lists.iter().map(|row| view_of(row, &prices, at)).collect())
}

fn view_of(row: &MarketListRow, prices: &PriceData, at: Moment) -> MarketListView {
    let day = row.effective_from;
    let holds_on = |on: Date| row.holds && prices.markets.list_on(on) == Some(day);
    let reads = |card: &&hubledger_core::price::RateCard| {
        let is_by_market = matches!(card.kind, CardKind::Messages | CardKind::Calls);
        is_by_market && card.effective_from.is_some_and(holds_on)
    };
    let cards = prices.cards().iter().filter(reads);
    MarketListView {
        id: count(row.key),
        effective_from: day.to_string(),
        until: prices.markets.until(day).map(|d| d.to_string()),
        source: row.source.clone(),
        source_word: row
            .is_shipped
            .then(|| SourceWord::of(&row.source))
            .flatten(),
        shipped: row.is_shipped,
        countries: count(row.countries),
        markets: count(row.markets),
        in_force: holds_on(at.today),
        rivals: count(row.rivals - 1),
        chosen: row.holds,
        chosen_at: row.chosen_at.clone(),
        cards: cards.map(|card| card.name.clone()).collect(),
    }
}

fn find(r: &Read<'_>, key: i64, at: Moment) -> Result<MarketListView, Error> {
    let found = views(r, at)?.into_iter().find(|l| i64::from(l.id) == key);
    found.ok_or_else(|| no_such_list(count(key)))
}

fn no_such_list(list: u32) -> Error {
    Error::new(Code::MarketListNotFound, [&list.to_string()])
}

impl Book {
    /// All lists of markets, newest first.
    pub fn market_lists(&self, at: Moment) -> Result<Vec<MarketListView>, Error> {
        self.read(|r| views(r, at))
    }

    /// The countries of a list, by code.
    pub fn market_list(&self, list: u32) -> Result<Vec<MarketCountryView>, Error> {
        self.read(|r| {
            let countries = r.market_list(i64::from(list))?;
            if countries.is_empty() {
                return Err(no_such_list(list));
            }
            let view =
                |(country, market): (hubledger_core::country::Country, String)| MarketCountryView {
                    country: country.code().to_owned(),
                    name: country.name().to_owned(),
                    market,
                };
            Ok(countries.into_iter().map(view).collect())
        })
    }

    /// What a file of lists of markets would do. Nothing is kept.
    pub fn preview_markets(&mut self, path: &Path, at: Moment) -> Result<MarketsView, Error> {
        self.try_out(|w| bring_in(w, path, at))
    }

    /// Brings in the lists of a file. Charges of open months whose market is another by them are
    /// rated anew: what was unrated in its place, what had another price by its mirror and a new
    /// row. Closed months stay. A list is whole, so a file with rows that can't be read is refused.
    pub fn book_markets(&mut self, path: &Path, at: Moment) -> Result<MarketsView, Error> {
        let act = Act::new(UseCase::ImportMarkets, at).with("file", name_of(path));
        self.write_backed_up((BackupWord::Import, at), act, |w| {
            let view = bring_in(w, path, at)?;
            if view.problems > 0 {
                let rows = view.problems.to_string();
                return Err(Error::new(Code::MarketListNotWhole, [&view.file, &rows]));
            }
            if view.lists.is_empty() && view.known.is_empty() {
                return Err(Error::new(Code::NothingToBook, [&view.file]));
            }
            Ok(view)
        })
    }

    /// Chooses which of several lists of one day holds, and rates open months by it.
    pub fn choose_market_list(
        &mut self,
        list: u32,
        at: Moment,
    ) -> Result<ChosenMarketListView, Error> {
        let act = Act::new(UseCase::ChooseMarketList, at).with("list", list);
        self.write(act, |w| {
            let lists = w.market_lists()?;
            let found = lists.iter().find(|l| l.key == i64::from(list));
            let row = found.ok_or_else(|| no_such_list(list))?;
            if row.rivals < 2 {
                let day = row.effective_from.to_string();
                return Err(Error::new(Code::MarketListHasNoRival, [&day]).at("list"));
            }
            w.choose_market_list(row.key, &at.stamp())?;
            let done = re_rate_all(w, concerned_from(&lists, row.effective_from), at)?;
            Ok(ChosenMarketListView {
                list: find(w, row.key, at)?,
                rated: count(done.rated),
                changed: count(done.changed),
            })
        })
    }
}
