//! Usage files: looked at, then booked in one go. Looking is booking that is taken back, so both
//! say the same. Rows are streamed; what is held is days, dictionaries and the first thousand
//! rows to show.

mod ahead;
mod problem;
mod register;

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::io::{BufReader, BufWriter};
use std::ops::ControlFlow;
use std::path::Path;

use foldhash::{HashMap, HashSet};
use hubledger_core::currency::Currency;
use hubledger_core::id::ChannelId;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::rating::{Rating, takes_from_allowance};
use hubledger_core::usage::{Category, Place, UsageRow};
use hubledger_core::volume::Counted;
use hubledger_export::{Separator as OutSeparator, TableCsv};
use hubledger_import::table::Separator;
use hubledger_import::{FileProblem, Problem, ProblemKind, UsageReader};
use hubledger_store::{
    ChargePlace, ChargeRow, ChargeRows, NewCharge, Priced, StoredReason, VolumeGroup, Write,
};

use self::ahead::read_ahead;
use self::problem::{arranged, is_from_book, raw};
pub(crate) use self::register::knows_market;
use self::register::{Found, RatedRow, Register};
use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::file::{MOST_SHOWN, count, name_of, open, problem_view, refused, sha256, unwritable};
use crate::moment::Moment;
use crate::posting::{UsagePoster, deal_free_messages, place_name, priced, take_back, waiting};
use crate::progress::{Progress, tell};
use crate::view::{
    ChangedRowView, MoneyView, ProblemView, ProgressView, UsageBookedView, UsagePreviewView,
};
use crate::volume::deal_all_steps;
use crate::word::BackupWord;

/// What is done with a problem row.
type OnProblem<'a> = &'a mut dyn FnMut(Problem) -> Result<(), Error>;

/// Rows of a file that can't be booked.
#[derive(Debug, Default)]
pub struct UsageProblems {
    /// The first thousand.
    pub rows: Vec<ProblemView>,
    /// All of them.
    pub count: u32,
}

impl UsageProblems {
    fn keep(&mut self, problem: Problem) {
        self.count = self.count.saturating_add(1);
        if self.rows.len() < MOST_SHOWN {
            self.rows.push(problem_view(problem));
        }
    }
}

/// What became of a file.
#[derive(Default)]
struct Tally {
    import: i64,
    rows: u64,
    new_rows: u64,
    unrated: u64,
    late: u64,
    already: u64,
    changed: u64,
    changed_rows: Vec<ChangedRowView>,
    problems: u64,
    messages: i64,
    pulses: i64,
    amounts: BTreeMap<Currency, Money>,
    months: BTreeSet<BillingPeriod>,
}

/// What is kept from row to row.
struct Work<'a> {
    w: &'a Write<'a>,
    register: &'a Register,
    rows: ChargeRows<'a>,
    import: i64,
    posters: Vec<UsagePoster<'a>>,
    places: HashMap<Place, i64>,
    markets: HashMap<String, i64>,
    /// Whether a channel had nothing in a month before this file: then no row of it is known.
    is_new: HashMap<(i64, BillingPeriod), bool>,
    /// How many equal rows came so far, where some may be known, by a hash of what makes them equal:
    /// small, as a file may have tens of millions of rows.
    ordinals: HashMap<u64, u32>,
    /// Rows that a person reversed, by hub: what says the same again brings nothing new.
    reversed: HashMap<i64, Vec<ChargeRow>>,
    /// Channels and months whose free service messages must be dealt anew.
    service: BTreeSet<(usize, i64, ChannelId, BillingPeriod)>,
    /// Volume steps that are known, whose rows must be dealt anew; and those that are not.
    steps: BTreeSet<(usize, VolumeGroup)>,
    unknown_steps: HashSet<VolumeGroup>,
    tally: Tally,
}

fn run(
    w: &Write<'_>,
    path: &Path,
    sha256: &str,
    on_problem: OnProblem<'_>,
    progress: Progress<'_>,
    at: Moment,
) -> Result<(Tally, Vec<String>, Vec<String>), Error> {
    let refuse = |problem: FileProblem| refused(path, &problem);
    let file = open(path)?;
    let size = file.metadata().map(|m| m.len()).unwrap_or(0).max(1);
    let reader = UsageReader::new(BufReader::with_capacity(1 << 16, file)).map_err(refuse)?;
    let columns = (reader.header().to_vec(), reader.unknown_columns().to_vec());
    let register = Register::load(w)?;
    let import = w.insert_import(&name_of(path), sha256, &at.stamp())?;
    let mut work = Work {
        w,
        register: &register,
        rows: w.charge_rows()?,
        import,
        posters: register.desks.iter().map(UsagePoster::new).collect(),
        places: HashMap::default(),
        markets: HashMap::default(),
        is_new: HashMap::default(),
        ordinals: HashMap::default(),
        reversed: HashMap::default(),
        service: BTreeSet::new(),
        steps: BTreeSet::new(),
        unknown_steps: HashSet::default(),
        tally: Tally {
            import,
            ..Tally::default()
        },
    };
    for desk in &register.desks {
        work.reversed
            .insert(desk.key(), w.reversed_charges(desk.key())?);
    }
    read_ahead(reader, &register, refuse, |lot| {
        for row in lot.rows {
            work.tally.rows += 1;
            let problem = match row {
                Ok(row) => work.book(&row)?,
                Err(problem) => Some(problem),
            };
            if let Some(problem) = problem {
                work.tally.problems += 1;
                on_problem(problem)?;
            }
        }
        if let Some(fault) = lot.fault {
            return Err(fault);
        }
        let percent = count(lot.bytes_read.saturating_mul(100) / size).min(100);
        let so_far = ProgressView::of_rows(count(work.tally.rows), percent);
        tell(progress, so_far)
    })?;
    work.rows.write_waiting()?;
    work.deal_service_messages()?;
    work.deal_steps()?;
    work.tally.unrated = u64::try_from(w.unrated_of_import(import)?).unwrap_or(0);
    for poster in work.posters {
        if let Some(sum) = work.tally.amounts.get_mut(&poster.currency()) {
            *sum = sum.checked_add(poster.total()?)?;
        }
        poster.post(w, Some(import), at)?;
    }
    work.rows.end()?;
    Ok((work.tally, columns.0, columns.1))
}

impl Work<'_> {
    /// Books one row, or says what is wrong with it.
    fn book(&mut self, row: &RatedRow<'_>) -> Result<Option<Problem>, Error> {
        let RatedRow {
            line,
            usage,
            place,
            rating,
        } = row;
        let desk = place.desk;
        let place_key = self.place(&usage.place)?;
        let is_new = usage.row_id.is_none() && self.is_new(usage, place)?;
        let mut lies_at = ChargePlace {
            channel: place.row.key,
            day: usage.day,
            category: usage.category,
            pricing: usage.pricing_type,
            place: place_key,
            ordinal: 0,
        };
        let known = match &usage.row_id {
            Some(id) => self.rows.by_row_id(desk.key(), id)?,
            None if is_new => None,
            None => {
                lies_at.ordinal = self.ordinal(lies_at);
                self.rows.by_place(lies_at)?
            }
        };
        let ordinal = lies_at.ordinal;
        let says_the_same = |old: &ChargeRow| says_the_same(old, usage, place.row.key, place_key);
        let is_reversed = |old: &ChargeRow| {
            let charge = &old.charge;
            charge.row_id == usage.row_id && charge.ordinal == ordinal && says_the_same(old)
        };
        let mut reversed = self.reversed.get(&desk.key()).into_iter().flatten();
        if known.as_ref().is_some_and(says_the_same)
            || (known.is_none() && !is_new && reversed.any(is_reversed))
        {
            self.tally.already += 1;
            return Ok(None);
        }
        if let (Some(old), Some(id)) = (
            known
                .as_ref()
                .filter(|old| old.charge.import == Some(self.import)),
            &usage.row_id,
        ) {
            let kind = ProblemKind::DuplicateRowId {
                first_line: u64::try_from(old.charge.line).unwrap_or(0),
            };
            return Ok(Some(Problem::new(
                *line,
                Some("row_id"),
                id,
                kind,
                raw(usage),
            )));
        }
        let waits = rating.counted.is_some()
            && self.note_steps(
                place.desk_at,
                VolumeGroup {
                    client: place.row.client_key,
                    market: rating.market.clone(),
                    category: usage.category,
                    month: BillingPeriod::containing(usage.day),
                },
            )?;
        let charge = NewCharge {
            hub: desk.key(),
            channel: place.row.key,
            import: Some(self.import),
            line: i64::try_from(*line).unwrap_or(i64::MAX),
            row_id: usage.row_id.clone(),
            ordinal,
            day: usage.day,
            booked: desk.days_for(usage.day).booked,
            place: place_key,
            category: usage.category,
            pricing: usage.pricing_type,
            quantity: i64::try_from(usage.quantity).unwrap_or(i64::MAX),
            priced: self.price_of(usage, rating, waits)?,
            is_live: true,
            reverses: None,
        };
        if let Some(old) = &known {
            self.take_back(old, &charge, place)?;
        }
        self.count(&charge, desk.currency(), known.is_some());
        if takes_from_allowance(usage.category, usage.pricing_type, usage.day, usage.cost) {
            self.note_service(place, usage.day);
        }
        self.post(place.desk_at, &place.row.channel.id, &charge)?;
        if is_new {
            self.rows.insert_behind_equals(charge)?;
        } else {
            self.rows.insert(charge)?;
        }
        Ok(None)
    }

    /// A known row says something else now: the old charge goes back, shown beside the new.
    fn take_back(
        &mut self,
        old: &ChargeRow,
        new: &NewCharge,
        place: &Found<'_>,
    ) -> Result<(), Error> {
        let desk = place.desk;
        let booked = desk.days_for(old.charge.booked).booked;
        let back = take_back(self.w, old, Some(self.import), new.line, booked)?;
        let channel = self.register.channel(old.charge.channel);
        let id = channel
            .map_or(&place.row.channel.id, |row| &row.channel.id)
            .clone();
        self.post(place.desk_at, &id, &back)?;
        let old_charge = &old.charge;
        if takes_from_allowance(
            old_charge.category,
            old_charge.pricing,
            old_charge.day,
            old_charge.priced.cost,
        ) {
            let month = BillingPeriod::containing(old_charge.day);
            self.service
                .insert((place.desk_at, old_charge.channel, id, month));
        }
        if old_charge.priced.counted.is_some() {
            let client = channel.map_or(place.row.client_key, |row| row.client_key);
            let group = VolumeGroup {
                client,
                market: self.w.market_name(old_charge.priced.market)?,
                category: old_charge.category,
                month: BillingPeriod::containing(old_charge.day),
            };
            self.note_steps(place.desk_at, group)?;
        }
        if self.tally.changed_rows.len() < MOST_SHOWN {
            let shown = |priced: &Priced| {
                priced
                    .amount
                    .map(|a| MoneyView::from(Money::new(a, desk.currency())))
            };
            self.tally.changed_rows.push(ChangedRowView {
                line: count(new.line),
                day: new.day.to_string(),
                channel: place.row.channel.id.to_string(),
                category: new.category.into(),
                place: self.w.place_name(new.place)?.replace("market:", ""),
                old_quantity: old_charge.quantity.to_string(),
                new_quantity: new.quantity.to_string(),
                old_amount: shown(&old_charge.priced),
                new_amount: shown(&new.priced),
            });
        }
        Ok(())
    }

    /// A row's price. One that shares in the month's free messages, or whose client goes up
    /// volume steps, waits for its share, which is dealt once all rows are in.
    fn price_of(
        &mut self,
        usage: &UsageRow,
        rating: &Rating,
        waits_for_steps: bool,
    ) -> Result<Priced, Error> {
        let market = self.market(&rating.market)?;
        let rated = priced(market, rating, usage.cost, 0);
        let waits = waits_for_steps
            || takes_from_allowance(usage.category, usage.pricing_type, usage.day, usage.cost);
        Ok(if waits { waiting(rated) } else { rated })
    }

    /// Whether it is known what a month had counted; then its rows are dealt over the steps.
    fn note_steps(&mut self, desk_at: usize, group: VolumeGroup) -> Result<bool, Error> {
        if self.unknown_steps.contains(&group) {
            return Ok(false);
        }
        let group = (desk_at, group);
        if self.steps.contains(&group) {
            return Ok(true);
        }
        let is_known = self.w.volume_start(&group.1)? != Counted::Unknown;
        if is_known {
            self.steps.insert(group);
        } else {
            self.unknown_steps.insert(group.1);
        }
        Ok(is_known)
    }

    fn deal_steps(&mut self) -> Result<(), Error> {
        let mut of_desk: BTreeMap<usize, BTreeSet<VolumeGroup>> = BTreeMap::new();
        for (desk_at, group) in std::mem::take(&mut self.steps) {
            of_desk.entry(desk_at).or_default().insert(group);
        }
        for (desk_at, groups) in of_desk {
            if let Some(poster) = self.posters.get_mut(desk_at) {
                deal_all_steps(self.w, poster, &self.register.prices, &groups)?;
            }
        }
        Ok(())
    }

    fn count(&mut self, charge: &NewCharge, currency: Currency, is_change: bool) {
        let tally = &mut self.tally;
        if is_change {
            tally.changed += 1;
        } else {
            tally.new_rows += 1;
            if charge.category == Category::Call {
                tally.pulses += charge.quantity;
            } else {
                tally.messages += charge.quantity;
            }
            tally.late += u64::from(charge.booked != charge.day);
        }
        tally
            .months
            .insert(BillingPeriod::containing(charge.booked));
        tally
            .amounts
            .entry(currency)
            .or_insert(Money::zero(currency));
    }

    fn post(
        &mut self,
        desk_at: usize,
        channel: &ChannelId,
        charge: &NewCharge,
    ) -> Result<(), Error> {
        match self.posters.get_mut(desk_at) {
            Some(poster) => poster.add(channel, charge),
            None => Ok(()),
        }
    }

    fn note_service(&mut self, place: &Found<'_>, day: Date) {
        let month = BillingPeriod::containing(day);
        self.service.insert((
            place.desk_at,
            place.row.key,
            place.row.channel.id.clone(),
            month,
        ));
    }

    /// Rows are booked at the card's price first; then the month's free messages are dealt in
    /// their order, whatever the order of import was.
    fn deal_service_messages(&mut self) -> Result<(), Error> {
        for (desk_at, key, id, month) in std::mem::take(&mut self.service) {
            if let Some(poster) = self.posters.get_mut(desk_at) {
                deal_free_messages(self.w, poster, &self.register.prices, (key, &id), month)?;
            }
        }
        Ok(())
    }

    fn market(&mut self, name: &str) -> Result<i64, Error> {
        if let Some(key) = self.markets.get(name) {
            return Ok(*key);
        }
        let key = self.w.market(name)?;
        self.markets.insert(name.to_owned(), key);
        Ok(key)
    }

    fn place(&mut self, place: &Place) -> Result<i64, Error> {
        if let Some(key) = self.places.get(place) {
            return Ok(*key);
        }
        let spelled = match place {
            Place::Market(market) => {
                let known = self
                    .register
                    .prices
                    .markets
                    .spelling_of(market)
                    .unwrap_or(market);
                Place::Market(known.to_owned())
            }
            other => other.clone(),
        };
        let key = self.w.place(&place_name(&spelled))?;
        self.places.insert(place.clone(), key);
        Ok(key)
    }

    /// Whether no row of a channel and month can be known: it has none that stands, and none that
    /// a person reversed.
    fn is_new(&mut self, usage: &UsageRow, place: &Found<'_>) -> Result<bool, Error> {
        let of = (place.row.key, BillingPeriod::containing(usage.day));
        if let Some(is_new) = self.is_new.get(&of) {
            return Ok(*is_new);
        }
        let mut reversed = self.reversed.get(&place.desk.key()).into_iter().flatten();
        let is_new =
            !reversed.any(|row| row.charge.channel == of.0) && !self.w.has_places_in(of.0, of.1)?;
        self.is_new.insert(of, is_new);
        Ok(is_new)
    }

    /// A row's place among its equals in the file, from 0.
    fn ordinal(&mut self, row: ChargePlace) -> i64 {
        let mut hasher = DefaultHasher::new();
        (row.channel, row.day, row.category, row.pricing, row.place).hash(&mut hasher);
        let next = self.ordinals.entry(hasher.finish()).or_insert(0);
        let ordinal = *next;
        *next += 1;
        i64::from(ordinal)
    }
}

fn says_the_same(old: &ChargeRow, usage: &UsageRow, channel: i64, place: i64) -> bool {
    let charge = &old.charge;
    let same_cost = match (charge.priced.cost, usage.cost) {
        (old, new) if old == new => true,
        // A cost that was given by hand stays, as the file still names none.
        (Some(_), None) => charge.priced.reason == StoredReason::ByHand,
        _ => false,
    };
    u64::try_from(charge.quantity).is_ok_and(|q| q == usage.quantity)
        && same_cost
        && charge.channel == channel
        && charge.day == usage.day
        && charge.category == usage.category
        && charge.pricing == usage.pricing_type
        && charge.place == place
}

impl Book {
    /// What a usage file would do. Nothing is booked.
    pub fn preview_usage(
        &mut self,
        path: &Path,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<UsagePreviewView, Error> {
        let hash = sha256(path)?;
        let mut shown = UsageProblems::default();
        let mut keep = |problem| {
            shown.keep(problem);
            Ok(())
        };
        let (tally, columns, unknown_columns) =
            self.try_out(|w| run(w, path, &hash, &mut keep, progress, at))?;
        Ok(UsagePreviewView {
            file: name_of(path),
            sha256: hash,
            rows: count(tally.rows),
            new_rows: count(tally.new_rows),
            messages: tally.messages.to_string(),
            pulses: tally.pulses.to_string(),
            amounts: tally.amounts.into_values().map(Into::into).collect(),
            unrated: count(tally.unrated),
            late: count(tally.late),
            already: count(tally.already),
            changed: count(tally.changed),
            changed_rows: tally.changed_rows,
            problems: count(tally.problems),
            problem_rows: shown.rows,
            columns,
            unknown_columns,
        })
    }

    /// Books the good rows of a usage file in one go. With a hash, the file must still be the
    /// one that was looked at.
    pub fn book_usage(
        &mut self,
        path: &Path,
        looked_at: Option<&str>,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<UsageBookedView, Error> {
        let hash = sha256(path)?;
        if looked_at.is_some_and(|seen| seen != hash) {
            return Err(Error::new(Code::FileChanged, [&name_of(path)]));
        }
        self.book_file(path, &hash, &mut UsageProblems::default(), progress, at)
    }

    /// Books the good rows of a usage file that nobody looked at before, and tells of those that are
    /// not, whether it is booked or refused.
    pub fn bring_in_usage(
        &mut self,
        path: &Path,
        problems: &mut UsageProblems,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<UsageBookedView, Error> {
        let hash = sha256(path)?;
        self.book_file(path, &hash, problems, progress, at)
    }

    fn book_file(
        &mut self,
        path: &Path,
        hash: &str,
        problems: &mut UsageProblems,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<UsageBookedView, Error> {
        let act = Act::new(UseCase::ImportUsage, at)
            .with("file", name_of(path))
            .with("sha256", hash);
        self.write_backed_up_with((BackupWord::Import, at), act, progress, |w, progress| {
            let mut keep = |problem| {
                problems.keep(problem);
                Ok(())
            };
            let (tally, ..) = run(w, path, hash, &mut keep, progress, at)?;
            if tally.new_rows + tally.changed + tally.already == 0 {
                return Err(Error::new(Code::NothingToBook, [&name_of(path)]));
            }
            Ok(UsageBookedView {
                import: count(tally.import),
                new_rows: count(tally.new_rows),
                changed: count(tally.changed),
                already: count(tally.already),
                problems: count(tally.problems),
                unrated: count(tally.unrated),
                late: count(tally.late),
                amounts: tally.amounts.into_values().map(Into::into).collect(),
                first_month: tally.months.first().map(ToString::to_string),
                last_month: tally.months.last().map(ToString::to_string),
            })
        })
    }

    /// Writes all problem rows of a usage file as CSV, to be mended and brought in again.
    /// Gives their number.
    pub fn save_usage_problems(
        &mut self,
        path: &Path,
        to: &Path,
        at: Moment,
    ) -> Result<u32, Error> {
        let hash = sha256(path)?;
        let header_reader =
            UsageReader::new(BufReader::new(open(path)?)).map_err(|p| refused(path, &p))?;
        let header = header_reader.header().to_vec();
        let separator = match header_reader.separator() {
            Separator::Comma => OutSeparator::Comma,
            Separator::Semicolon => OutSeparator::Semicolon,
            Separator::Tab => OutSeparator::Tab,
        };
        let fail = |e: std::io::Error| unwritable(to, &e);
        let file = std::fs::File::create(to).map_err(fail)?;
        let mut table = TableCsv::new(BufWriter::new(file), separator).map_err(fail)?;
        let told = ["line".to_owned(), "problem".to_owned()];
        table.row(told.iter().chain(&header)).map_err(fail)?;
        let mut written = 0;
        let mut save = |problem: Problem| {
            let told = [problem.line.to_string(), problem.kind.to_string()];
            let cells = if is_from_book(&problem.kind) {
                arranged(&header, &problem.raw, separator)
            } else {
                problem.raw
            };
            written += 1;
            table.row(told.iter().chain(&cells)).map_err(fail)
        };
        self.try_out(|w| {
            run(
                w,
                path,
                &hash,
                &mut save,
                &mut |_| ControlFlow::Continue(()),
                at,
            )
        })?;
        table.finish().map_err(fail)?;
        Ok(written)
    }
}
