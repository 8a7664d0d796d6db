//! Volume positions from a file: looked at, then told in one go. Each good row is what
//! `set_volume` takes from a form, and a bad one never stops the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use hubledger_core::channel::Channel;
use hubledger_core::currency::Currency;
use hubledger_core::money::Money;
use hubledger_core::period::BillingPeriod;
use hubledger_core::price::PriceData;
use hubledger_core::usage::{Category, ChannelRef};
use hubledger_import::volume_csv::{PortfolioRef, VolumeRow};
use hubledger_import::{Problem, ProblemKind, VolumeReader};
use hubledger_store::{ClientRow, VolumeGroup, VolumeStart, Write};
use serde::Serialize;
use specta::Type;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::HubDesk;
use crate::error::{Code, Error};
use crate::file::{MOST_SHOWN, count, name_of, open, problem_view, refused, sha256};
use crate::moment::Moment;
use crate::posting::UsagePoster;
use crate::usage::knows_market;
use crate::view::{MoneyView, ProblemView};
use crate::volume::{deal_all_steps, pulses, units};
use crate::word::{BackupWord, CategoryWord};

/// A position that a file tells, beside what the book has.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ToldVolumeView {
    pub line: u32,
    pub client: String,
    pub client_name: String,
    pub market: String,
    pub category: CategoryWord,
    /// The first month that it holds for.
    pub from: String,
    /// Messages, or minutes of calls, as the book has it for that month; none: not known.
    pub before: Option<String>,
    /// As the file tells it.
    pub now: Option<String>,
}

/// What a file of volume positions would do, or did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct VolumeFileView {
    pub file: String,
    pub sha256: String,
    pub rows: u32,
    /// What is new or other than the book has it; the first thousand.
    pub told: Vec<ToldVolumeView>,
    pub new_rows: u32,
    /// Rows that the book has already.
    pub same: u32,
    /// What charges of open months cost more by it, or less, by currency.
    pub amounts: Vec<MoneyView>,
    pub unknown_columns: Vec<String>,
    pub problems: u32,
    pub problem_rows: Vec<ProblemView>,
}

/// What is one position: later rows may not tell it otherwise.
type Position = (i64, String, Category, BillingPeriod);

struct Work<'a> {
    w: &'a Write<'a>,
    prices: PriceData,
    desks: HashMap<String, HubDesk>,
    lines: BTreeMap<Position, u64>,
    /// What changed, by hub.
    changed: BTreeMap<String, Vec<(i64, VolumeStart)>>,
    view: VolumeFileView,
}

impl Work<'_> {
    fn take(&mut self, line: u64, row: VolumeRow) -> Result<Option<Problem>, Error> {
        let problem = |column, found: &str, kind| {
            let column = Some(column);
            Ok(Some(Problem::new(
                line,
                column,
                found,
                kind,
                row.raw.clone(),
            )))
        };
        let Some(client) = self.client_of(&row)? else {
            let (column, found, kind) = named(&row.portfolio);
            return problem(column, &found, kind);
        };
        if !knows_market(&self.prices, &row.market) {
            return problem("market", &row.market, ProblemKind::MarketUnknown);
        }
        let first_open = self.desk(client.client.hub.as_str())?.first_open();
        if row.month < first_open {
            let kind = ProblemKind::MonthClosed { first_open };
            return problem("month", &row.month.to_string(), kind);
        }
        let counted = match row.counted.map(|n| (n, pulses(row.category, n))) {
            Some((n, None)) => {
                return problem("counted", &n.to_string(), ProblemKind::QuantityTooLarge);
            }
            told => told.and_then(|(_, pulses)| pulses),
        };
        let spelled = self.prices.markets.spelling_of(&row.market);
        let start = VolumeStart {
            market: spelled.unwrap_or(&row.market).to_owned(),
            category: row.category,
            from: row.month,
            counted,
        };
        let position = (client.key, start.market.clone(), start.category, start.from);
        if let Some(first_line) = self.lines.insert(position, line) {
            let kind = ProblemKind::PositionTwice { first_line };
            return problem("month", &row.month.to_string(), kind);
        }
        self.tell(line, &client, start)?;
        Ok(None)
    }

    /// The client that a row names, itself or by a channel; a phone number's is that of the
    /// channel that had it in the month.
    fn client_of(&self, row: &VolumeRow) -> Result<Option<ClientRow>, Error> {
        let channel = match &row.portfolio {
            PortfolioRef::Client(id) => return Ok(self.w.client(id.as_str())?),
            PortfolioRef::OfChannel(ChannelRef::Id(id)) => self.w.channel(id.as_str())?,
            PortfolioRef::OfChannel(ChannelRef::Phone(phone)) => {
                let lives = |channel: &Channel| {
                    channel.started <= row.month.last_day()
                        && channel.ended.is_none_or(|on| on >= row.month.first_day())
                };
                let mut had = self.w.channels_by_phone(phone)?;
                let at = had.iter().position(|row| lives(&row.channel));
                at.map(|at| had.swap_remove(at)).or_else(|| had.pop())
            }
        };
        match channel {
            Some(channel) => Ok(self.w.client(channel.channel.client.as_str())?),
            None => Ok(None),
        }
    }

    fn desk(&mut self, hub: &str) -> Result<&HubDesk, Error> {
        if !self.desks.contains_key(hub) {
            let desk = HubDesk::find(self.w, hub)?;
            self.desks.insert(hub.to_owned(), desk);
        }
        let found = self.desks.get(hub);
        found.ok_or_else(|| Error::new(Code::HubNotFound, [hub]))
    }

    fn tell(&mut self, line: u64, client: &ClientRow, start: VolumeStart) -> Result<(), Error> {
        let told = self.w.volume_starts(client.key)?;
        let is_of = |s: &&VolumeStart| s.market == start.market && s.category == start.category;
        let holding = told
            .iter()
            .filter(is_of)
            .filter(|s| s.from <= start.from)
            .max_by_key(|s| s.from);
        if holding.is_some_and(|s| s.from == start.from && s.counted == start.counted) {
            self.view.same += 1;
            return Ok(());
        }
        self.view.new_rows += 1;
        if self.view.told.len() < MOST_SHOWN {
            let shown = |counted: Option<u64>| counted.map(|n| units(start.category, n));
            self.view.told.push(ToldVolumeView {
                line: count(line),
                client: client.client.id.to_string(),
                client_name: client.client.name.clone(),
                market: start.market.clone(),
                category: start.category.into(),
                from: start.from.to_string(),
                before: shown(holding.and_then(|s| s.counted)),
                now: shown(start.counted),
            });
        }
        self.w.put_volume_start(client.key, &start)?;
        let hub = client.client.hub.to_string();
        let changed = self.changed.entry(hub).or_default();
        changed.push((client.key, start));
        Ok(())
    }

    /// Prices the rows anew whose steps begin elsewhere now.
    fn deal(&mut self, at: Moment) -> Result<(), Error> {
        let mut amounts: BTreeMap<Currency, Money> = BTreeMap::new();
        for (hub, starts) in &self.changed {
            let Some(desk) = self.desks.get(hub) else {
                continue;
            };
            let mut groups: BTreeSet<VolumeGroup> = BTreeSet::new();
            for (client, start) in starts {
                let of_client = self.w.volume_groups(*client, start.from)?.into_iter();
                let is_of =
                    |g: &VolumeGroup| g.market == start.market && g.category == start.category;
                groups.extend(of_client.filter(is_of));
            }
            let mut poster = UsagePoster::new(desk);
            deal_all_steps(self.w, &mut poster, &self.prices, &groups)?;
            let sum = amounts
                .entry(desk.currency())
                .or_insert(Money::zero(desk.currency()));
            *sum = sum.checked_add(poster.total()?)?;
            poster.post(self.w, None, at)?;
        }
        self.view.amounts = amounts.into_values().map(Into::into).collect();
        Ok(())
    }
}

/// The cell that names a portfolio which the book does not have.
fn named(portfolio: &PortfolioRef) -> (&'static str, String, ProblemKind) {
    match portfolio {
        PortfolioRef::Client(id) => ("client_id", id.to_string(), ProblemKind::ClientUnknown),
        PortfolioRef::OfChannel(ChannelRef::Id(id)) => {
            ("channel_id", id.to_string(), ProblemKind::ChannelUnknown)
        }
        PortfolioRef::OfChannel(ChannelRef::Phone(phone)) => (
            "phone_number",
            phone.to_string(),
            ProblemKind::ChannelUnknown,
        ),
    }
}

fn bring_in(w: &Write<'_>, path: &Path, at: Moment) -> Result<VolumeFileView, Error> {
    let refuse = |problem| refused(path, &problem);
    let sha256 = sha256(path)?;
    let file = std::io::BufReader::new(open(path)?);
    let reader = VolumeReader::new(file).map_err(refuse)?;
    let mut work = Work {
        w,
        prices: w.price_data()?,
        desks: HashMap::new(),
        lines: BTreeMap::new(),
        changed: BTreeMap::new(),
        view: VolumeFileView {
            file: name_of(path),
            sha256,
            rows: 0,
            told: Vec::new(),
            new_rows: 0,
            same: 0,
            amounts: Vec::new(),
            unknown_columns: reader.unknown_columns().to_vec(),
            problems: 0,
            problem_rows: Vec::new(),
        },
    };
    for row in reader {
        work.view.rows += 1;
        let problem = match row.map_err(refuse)? {
            Ok((line, row)) => work.take(line, row)?,
            Err(problem) => Some(problem),
        };
        if let Some(problem) = problem {
            work.view.problems += 1;
            if work.view.problem_rows.len() < MOST_SHOWN {
                work.view.problem_rows.push(problem_view(problem));
            }
        }
    }
    work.deal(at)?;
    Ok(work.view)
}

impl Book {
    /// What a file of volume positions would do. Nothing is kept.
    pub fn preview_volume(&mut self, path: &Path, at: Moment) -> Result<VolumeFileView, Error> {
        self.try_out(|w| bring_in(w, path, at))
    }

    /// Tells what the good rows of a file say: what clients' portfolios had counted outside the
    /// book. Rows of open months are priced anew by it.
    pub fn book_volume(&mut self, path: &Path, at: Moment) -> Result<VolumeFileView, Error> {
        let act = Act::new(UseCase::ImportVolume, at).with("file", name_of(path));
        self.write_backed_up((BackupWord::Import, at), act, |w| {
            let view = bring_in(w, path, at)?;
            if view.new_rows + view.same == 0 {
                return Err(Error::new(Code::NothingToBook, [&view.file]));
            }
            Ok(view)
        })
    }
}
