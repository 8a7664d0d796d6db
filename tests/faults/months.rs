//! Months by chance: what a person might do to a book's hubs, told to the app and to the naive
//! model of `naive.rs`, which must say the same balances, invoices, sums and accounts. A failure
//! prints its seed and what was done; `HUBLEDGER_MONTH_SEED` and `HUBLEDGER_MONTHS=1` replay it.

mod acts;
mod compare;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use harness::booking::{Random, keeper, number};
use hubledger_book::Book;
use hubledger_book::error::Error;
use hubledger_book::form::{ChannelForm, ClientForm, CompanyForm, NewBookForm, NewHubForm};
use hubledger_book::moment::Moment;
use hubledger_book::word::{ModelWord, OwnerWord, PayByWord, PlanWord, TierWord};
use rust_decimal::Decimal;
use tempfile::TempDir;

use crate::naive::{Channel, Day, Hub, Month, Move, Row, What, World, cents, markets};

/// How many books are simulated at once.
const LANES: u64 = 2;

/// A row of a usage file: its hub, its key in the model, its line.
type FileRow = (usize, String, Row, String);

/// A book and the model of it.
pub(crate) struct Sim {
    seed: u64,
    random: Random,
    folder: TempDir,
    path: PathBuf,
    /// None only while a backup takes its place.
    book: Option<Book>,
    world: World,
    today: Day,
    seconds: u32,
    /// The model as it was before each thing that can be undone.
    before: Vec<World>,
    files: Vec<Vec<FileRow>>,
    backup: Option<(PathBuf, World, Vec<World>)>,
    /// Quantities that were used: rows without a price are told apart by them.
    quantities: Vec<u32>,
    serial: u32,
    said: String,
    /// Whether its clients are invoiced: one book in a few, as an invoice is made slowly.
    bills: bool,
    /// Whether a file changed a row of a closed month.
    corrected_closed: bool,
    tally: Tally,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    books: u64,
    months: u64,
    closed: u64,
    acts: u64,
    undone: u64,
    reversed: u64,
    refused: u64,
    restored: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.books += other.books;
        self.months += other.months;
        self.closed += other.closed;
        self.acts += other.acts;
        self.undone += other.undone;
        self.reversed += other.reversed;
        self.refused += other.refused;
        self.restored += other.restored;
    }
}

/// Memory, where the system has a folder for it: a book is synced at each commit.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

fn company(country: &str, has_id: bool) -> CompanyForm {
    let vat_id = match (country, has_id) {
        ("DE", true) => "DE999999995",
        ("ES", true) => "ESB12345674",
        _ => "",
    };
    CompanyForm {
        name: "Nordlicht".to_owned(),
        address: String::new(),
        country: country.to_owned(),
        vat_id: vat_id.to_owned(),
        billing_email: String::new(),
    }
}

impl Sim {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let start = Month::new(2026, 4 + i32::try_from(random.below(7)).unwrap());
        let client_book = random.below(3) == 0;
        let (country, has_id) = pick(
            &mut random,
            &[("DE", true), ("ES", true), ("ES", false), ("US", false)],
        );
        let folder = folder();
        let path = folder.path().join("book.hubbook");
        let mut sim = Self {
            seed,
            random,
            path: path.clone(),
            folder,
            book: None,
            world: World {
                client_book,
                company: vec![(Month::new(2000, 1), country, has_id)],
                has_euro_card: false,
                hubs: Vec::new(),
            },
            today: start.first(),
            seconds: 0,
            before: Vec::new(),
            files: Vec::new(),
            backup: None,
            quantities: Vec::new(),
            serial: 0,
            said: String::new(),
            bills: seed.is_multiple_of(7) && !client_book,
            corrected_closed: false,
            tally: Tally::default(),
        };
        let owner = if client_book {
            OwnerWord::Client
        } else {
            OwnerWord::Partner
        };
        let form = NewBookForm {
            owner,
            company: company(country, has_id),
            paper_language: String::new(),
        };
        sim.book = Some(Book::create(&path, form, &keeper(), sim.at()).unwrap());
        for n in 0..=sim.random.below(3) {
            sim.add_hub(n, start);
            if n == 0 {
                // The first hub stays.
                sim.before.clear();
            }
            for _ in 0..=sim.below(2) {
                sim.add_channel(usize::try_from(n).unwrap());
            }
            for _ in 0..sim.below(3) {
                sim.set_rule(usize::try_from(n).unwrap());
            }
        }
        sim.tally.books = 1;
        sim
    }

    pub(crate) fn at(&mut self) -> Moment {
        self.seconds += 1;
        let now = self
            .today
            .and_hms_opt(8, self.seconds / 60 % 60, self.seconds % 60);
        Moment {
            today: self.today,
            now: now.unwrap(),
        }
    }

    fn below(&mut self, many: u64) -> u64 {
        self.random.below(many)
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// A day from one to another, both among them.
    fn day(&mut self, from: Day, until: Day) -> Day {
        let days = (until - from).num_days().max(0);
        let many = self.below(u64::try_from(days).unwrap() + 1);
        from + chrono::Days::new(many)
    }

    fn amount(&mut self) -> Decimal {
        let most = pick(&mut self.random, &[100, 10_000, 60_000]);
        cents(1 + i64::try_from(self.below(most)).unwrap())
    }

    pub(crate) fn book(&self) -> &Book {
        self.book.as_ref().unwrap()
    }

    pub(crate) fn book_mut(&mut self) -> &mut Book {
        self.book.as_mut().unwrap()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn today(&self) -> Day {
        self.today
    }

    /// All that was done, a line each.
    pub(crate) fn said(&self) -> &str {
        &self.said
    }

    pub(crate) fn world(&self) -> &World {
        &self.world
    }

    pub(crate) fn corrected_closed(&self) -> bool {
        self.corrected_closed
    }

    /// Tells the model what the book is now.
    pub(crate) fn put_world(&mut self, world: World) {
        self.world = world;
    }

    /// Does something to the book that is expected to be accepted, and tells the model.
    fn act(
        &mut self,
        what: &str,
        act: impl FnOnce(&mut Book, Moment) -> Result<(), Error>,
        tell: impl FnOnce(&mut World),
    ) {
        let at = self.at();
        let _ = writeln!(self.said, "{} {what}", self.today);
        if let Err(error) = act(self.book_mut(), at) {
            self.fail(&format!("was refused: [{}] {error}", error.code.as_str()));
        }
        self.before.push(self.world.clone());
        tell(&mut self.world);
        self.tally.acts += 1;
    }

    /// Does something that must be refused with a code, and so changes nothing.
    fn refused(
        &mut self,
        what: &str,
        code: &str,
        act: impl FnOnce(&mut Book, Moment) -> Result<(), Error>,
    ) {
        let at = self.at();
        let _ = writeln!(self.said, "{} {what}, refused", self.today);
        match act(self.book_mut(), at) {
            Err(error) if error.code.as_str() == code => self.tally.refused += 1,
            Err(error) => self.fail(&format!("says [{}] {error}", error.code.as_str())),
            Ok(()) => self.fail(&format!("is not refused as {code}")),
        }
    }

    fn fail(&self, why: &str) -> ! {
        let kept = std::env::temp_dir().join(format!("month-{}.hubbook", self.seed));
        let _ = std::fs::copy(&self.path, &kept);
        panic!(
            "HUBLEDGER_MONTH_SEED={} HUBLEDGER_MONTHS=1\n{}  {why}",
            self.seed, self.said
        );
    }

    fn same<T: PartialEq + std::fmt::Debug>(&self, about: &str, app: &T, model: &T) {
        if app != model {
            self.fail(&format!(
                "{about}\nthe app says {app:#?}\nthe model {model:#?}"
            ));
        }
    }

    fn add_hub(&mut self, n: u64, start: Month) {
        let (client_book, euro) = (self.world.client_book, self.one_in(2));
        let shared = !client_book && !self.one_in(3);
        let by_card = client_book || self.one_in(2);
        let first = Month(start.0 + i32::try_from(self.below(2)).unwrap());
        let since = if self.one_in(2) {
            self.day(first.first(), first.last())
        } else {
            Month(first.0 - 5).first()
        };
        let plan = (!client_book).then(|| pick(&mut self.random, &[50_000, 100_000]));
        let opening = i64::try_from(self.below(40_000)).unwrap() - 10_000;
        let hub = Hub {
            id: format!("hub{n}PA"),
            shared,
            euro,
            since,
            first,
            by_card,
            plans: plan.map(|price| (since, price)).into_iter().collect(),
            rules: Vec::new(),
            has_client: client_book,
            channels: Vec::new(),
            moves: Vec::new(),
            rows: BTreeMap::new(),
            closed: Vec::new(),
            charged: BTreeMap::new(),
            billed: Vec::new(),
        };
        let form = NewHubForm {
            id: hub.id.clone(),
            name: format!("Hub {n}"),
            model: if shared {
                ModelWord::PartnerPaid
            } else {
                ModelWord::DirectPaid
            },
            currency: if euro { "EUR" } else { "USD" }.to_owned(),
            plan: plan.map(plan_word),
            since: since.to_string(),
            first_month: first.to_string(),
            opening: if shared {
                cents(opening).to_string()
            } else {
                String::new()
            },
            pay_by: pay_word(by_card),
        };
        let about = format!("hub {hub:?} opening {opening}");
        self.act(
            &about,
            |book, at| book.add_hub(form, at).map(|_| ()),
            |world| {
                world.hubs.push(hub);
                if shared {
                    let hub = world.hubs.last_mut().unwrap();
                    hub.moves
                        .push(moved(What::Opening, first.first(), None, cents(opening)));
                }
            },
        );
        if !client_book {
            let form = ClientForm {
                hub: format!("hub{n}PA"),
                id: format!("one{n}CL"),
                name: "One".to_owned(),
                country: String::new(),
                email: String::new(),
                vat_id: String::new(),
            };
            self.act(
                "client",
                |book, at| book.add_client(form, at).map(|_| ()),
                |world| world.hubs.last_mut().unwrap().has_client = true,
            );
        }
    }

    fn add_channel(&mut self, at_hub: usize) {
        if !self.world.hubs[at_hub].has_client {
            return;
        }
        let (first, id, client) = {
            let hub = &self.world.hubs[at_hub];
            let n = hub.id.trim_start_matches("hub").trim_end_matches("PA");
            (
                hub.first,
                format!("n{n}x{}CH", self.serial),
                format!("one{n}CL"),
            )
        };
        self.serial += 1;
        let started = if self.one_in(2) {
            Month(first.0 - 3).first()
        } else {
            self.day(first.first(), self.today.max(first.last()))
        };
        let tier = pick(&mut self.random, &["regular", "premium"]);
        let channel = Channel {
            id: id.clone(),
            home: pick(&mut self.random, &markets()),
            started,
            ended: None,
            tiers: vec![(started, tier)],
            kept: Vec::new(),
        };
        let is_clients = self.world.client_book;
        let form = ChannelForm {
            client: if is_clients { String::new() } else { client },
            hub: if is_clients {
                self.world.hubs[at_hub].id.clone()
            } else {
                String::new()
            },
            id,
            phone: format!("+49 30 9018{:05}", self.serial),
            name: String::new(),
            tier: TierWord::parse(tier).unwrap(),
            tier_from: String::new(),
            started: started.to_string(),
            ended: String::new(),
            time_zone: String::new(),
        };
        let about = format!("channel {channel:?}");
        self.act(
            &about,
            |book, at| book.add_channel(form, at).map(|_| ()),
            |world| world.hubs[at_hub].channels.push(channel),
        );
    }

    /// A calendar month of all hubs.
    pub(crate) fn live_through(&mut self, month: Month) {
        self.today = self.today.max(month.first());
        let hubs = u64::try_from(self.world.hubs.len()).unwrap();
        for _ in 0..2 * hubs + self.below(4 * hubs) {
            self.today = self.day(self.today, month.last());
            self.step();
        }
        self.today = month.next().first() + chrono::Days::new(self.below(9));
        for hub in 0..self.world.hubs.len() {
            if !self.one_in(5) {
                self.close(hub);
            }
            self.tally.months += u64::from(self.world.hubs[hub].first <= month);
            if self.world.hubs[hub].first <= month {
                self.compare_month(hub, month);
            }
        }
        self.compare_ledger();
        self.check();
    }
}

fn moved(what: What, day: Day, channel: Option<usize>, amount: Decimal) -> Move {
    Move {
        what,
        day,
        own: day,
        channel,
        amount,
    }
}

fn pick<T: Clone>(random: &mut Random, from: &[T]) -> T {
    let many = u64::try_from(from.len()).unwrap();
    from[usize::try_from(random.below(many)).unwrap()].clone()
}

fn plan_word(price: i64) -> PlanWord {
    if price == 50_000 {
        PlanWord::Growth
    } else {
        PlanWord::Premium
    }
}

fn pay_word(by_card: bool) -> PayByWord {
    if by_card {
        PayByWord::Card
    } else {
        PayByWord::Pix
    }
}

/// One book, lived through.
fn live(seed: u64) -> Tally {
    let mut sim = Sim::new(seed);
    let start = Month::of(sim.today);
    let many = 3 + i32::try_from(sim.below(5)).unwrap();
    for month in start.0..start.0 + many {
        sim.live_through(Month(month));
    }
    sim.compare_all();
    sim.tally
}

#[test]
fn months_by_chance_are_what_a_naive_model_says() {
    let seed = number("HUBLEDGER_MONTH_SEED", 1);
    let wanted = number("HUBLEDGER_MONTHS", 1_000);
    let began = Instant::now();
    let lanes: Vec<_> = (0..LANES.min(wanted))
        .map(|lane| {
            thread::spawn(move || {
                let mut all = Tally::default();
                let mut next = seed + lane;
                while all.months * LANES < wanted {
                    all.add(live(next));
                    next += LANES;
                }
                all
            })
        })
        .collect();
    let mut all = Tally::default();
    for tally in lanes.into_iter().map(|lane| lane.join().unwrap()) {
        all.add(tally);
    }
    println!(
        "FAULTS months: seeds {seed} to {}, {} months of hubs in {} books, {} use cases, {} undone, {} of closed months reversed, {} refused as foretold, {} months closed, {} backups restored: balances, invoices, charges and accounts as the naive model says; {:.0?}",
        seed + all.books - 1,
        all.months,
        all.books,
        all.acts,
        all.undone,
        all.reversed,
        all.refused,
        all.closed,
        all.restored,
        began.elapsed()
    );
    assert!(all.closed > 0 && all.undone > 0 && all.reversed > 0);
}
