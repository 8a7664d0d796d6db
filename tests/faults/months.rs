//! Months by chance: what a person might do to a book's hubs, told to the app and to the naive
//! model of `naive.rs`, which must say the same balances, invoices, sums and accounts. A failure
//! prints its seed and what was done; `HUBLEDGER_MONTH_SEED` and `HUBLEDGER_MONTHS=1` replay it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::thread;
use std::time::Instant;

use harness::booking::{Random, keeper, number};
use harness::walk::go_on;
use hubledger_book::error::Error;
use hubledger_book::form::{
    CancelChannelForm, ChannelForm, ClientForm, CompanyForm, EditHubForm, KeptPriceForm,
    NewBookForm, NewHubForm, OpeningForm, PriceChargeForm, PriceFileForm, RefundForm, RuleForm,
    SumBy, TopUpForm, WaiveForm,
};
use hubledger_book::ledger::TrialForm;
use hubledger_book::moment::Moment;
use hubledger_book::view::{ChargeView, HubInvoiceView, HubInvoiceWord, MoneyView};
use hubledger_book::word::{
    BackupWord, ModelWord, OwnerWord, PayByWord, PlanWord, RefundWord, TierWord, TopUpWord,
};
use hubledger_book::{Book, restore};
use rust_decimal::Decimal;
use tempfile::TempDir;

use crate::naive::{
    Channel, Day, EURO_CARD, Hub, Invoice, Month, Move, Numbers, Row, What, World, cents, markets,
};

/// How many books are simulated at once.
const LANES: u64 = 2;

const HEAD: &str = "date,channel_id,country,category,quantity,cost,row_id\n";

/// A row of a usage file: its hub, its key in the model, its line.
type FileRow = (usize, String, Row, String);

/// A book and the model of it.
struct Sim {
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
    tally: Tally,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    books: u64,
    months: u64,
    closed: u64,
    acts: u64,
    undone: u64,
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
        self.refused += other.refused;
        self.restored += other.restored;
    }
}

fn dec(money: &MoneyView) -> Decimal {
    Decimal::from_str(&money.amount).unwrap()
}

fn kind_word(invoice: &HubInvoiceView) -> &'static str {
    match invoice.kind {
        HubInvoiceWord::PartnerPlan => "plan",
        HubInvoiceWord::Licence => "licence",
        HubInvoiceWord::ProRataLicence => "pro-rata",
        HubInvoiceWord::TopUp => "top-up",
        HubInvoiceWord::MonthClosing => "closing",
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
    fn new(seed: u64) -> Self {
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
        };
        sim.book = Some(Book::create(&path, form, &keeper(), sim.at()).unwrap());
        for n in 0..=sim.random.below(2) {
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

    fn at(&mut self) -> Moment {
        self.seconds += 1;
        let now = self.today.and_hms_opt(8, self.seconds / 60 % 60, self.seconds % 60);
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

    fn book(&self) -> &Book {
        self.book.as_ref().unwrap()
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
        if let Err(error) = act(self.book.as_mut().unwrap(), at) {
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
        match act(self.book.as_mut().unwrap(), at) {
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
            self.fail(&format!("{about}\nthe app says {app:#?}\nthe model {model:#?}"));
        }
    }

    // ---- Beginnings.

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
        let plan = (!client_book).then(|| pick(&mut self.random, &[500_00, 1_000_00]));
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
            channels: Vec::new(),
            moves: Vec::new(),
            rows: BTreeMap::new(),
            closed: Vec::new(),
            charged: BTreeMap::new(),
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
                    hub.moves.push(moved(What::Opening, first.first(), None, cents(opening)));
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
            self.act("client", |book, at| book.add_client(form, at).map(|_| ()), |_| {});
        }
    }

    fn add_channel(&mut self, at_hub: usize) {
        let (first, id, client) = {
            let hub = &self.world.hubs[at_hub];
            let n = hub.id.trim_start_matches("hub").trim_end_matches("PA");
            (hub.first, format!("n{n}x{}CH", self.serial), format!("one{n}CL"))
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

    // ---- What happens in a month.

    fn step(&mut self) {
        let hub = self.one_of(self.world.hubs.len()).unwrap();
        match self.below(24) {
            0..=3 => self.top_up(hub),
            4 | 5 => self.refund(hub),
            6..=9 => self.import(),
            10 | 11 => self.import_again(),
            12 | 13 => self.settle_unrated(hub),
            14 => self.change_tier(hub),
            15 => match self.below(3) {
                0 => self.cancel(hub),
                1 => self.keep_price(hub),
                _ => self.add_channel(hub),
            },
            16 => self.change_plan(hub),
            17 => self.set_rule(hub),
            18 => match self.below(3) {
                0 => self.change_company(),
                1 => self.pay_by(hub),
                _ => self.set_opening(hub),
            },
            19 => match self.below(4) {
                0 => self.bring_euro_card(),
                1 => self.back_up(),
                2 => self.restore(),
                _ => self.close(hub),
            },
            _ => self.undo(),
        }
    }

    /// One of so many; none of none.
    fn one_of(&mut self, many: usize) -> Option<usize> {
        (many > 0).then(|| usize::try_from(self.below(u64::try_from(many).unwrap())).unwrap())
    }

    /// A balance of a hub: the hub and channel of a form, and the channel of the model.
    fn balance(&mut self, hub: usize) -> Option<(Option<String>, Option<String>, Option<usize>)> {
        let at = self.one_of(self.world.hubs[hub].channels.len());
        let hub = &self.world.hubs[hub];
        if hub.shared {
            return Some((Some(hub.id.clone()), None, None));
        }
        at.map(|at| (None, Some(hub.channels[at].id.clone()), Some(at)))
    }

    /// A day of the books of a hub, up to today; none where they have not begun.
    fn past_day(&mut self, hub: usize) -> Option<Day> {
        let hub = &self.world.hubs[hub];
        let from = hub.first.first().max(hub.since);
        (from <= self.today).then(|| self.day(from, self.today))
    }

    fn top_up(&mut self, at_hub: usize) {
        let Some(day) = self.past_day(at_hub) else { return };
        let Some((hub, channel, balance)) = self.balance(at_hub) else { return };
        let amount = self.amount();
        let kinds = [TopUpWord::Manual, TopUpWord::Automatic, TopUpWord::Emergency];
        let form = TopUpForm {
            hub,
            channel,
            amount: amount.to_string(),
            on: day.to_string(),
            kind: pick(&mut self.random, &kinds),
            method: None,
        };
        self.act(
            &format!("top-up {form:?}"),
            |book, at| book.top_up(form, at).map(|_| ()),
            |world| {
                let hub = &mut world.hubs[at_hub];
                let top_up = moved(What::TopUp, hub.booked(day), balance, amount);
                hub.moves.push(Move { own: day, ..top_up });
            },
        );
    }

    fn refund(&mut self, at_hub: usize) {
        let Some(day) = self.past_day(at_hub) else { return };
        let Some((hub, channel, balance)) = self.balance(at_hub) else { return };
        let (amount, to_bank) = (self.amount(), self.one_in(2));
        let form = RefundForm {
            hub,
            channel,
            amount: amount.to_string(),
            on: day.to_string(),
            to: if to_bank { RefundWord::Bank } else { RefundWord::Balance },
        };
        let told = format!("refund {form:?}");
        let model = &self.world.hubs[at_hub];
        let booked = model.booked(day);
        if to_bank && model.lowest_from(balance, booked) < amount {
            return self.refused(&told, "pay-out-above-balance", |book, at| {
                book.refund(form, at).map(|_| ())
            });
        }
        self.act(
            &told,
            |book, at| book.refund(form, at).map(|_| ()),
            |world| {
                let (what, amount) = if to_bank {
                    (What::PaidOut, -amount)
                } else {
                    (What::ToBalance, amount)
                };
                world.hubs[at_hub].moves.push(moved(what, booked, balance, amount));
            },
        );
    }

    fn quantity(&mut self) -> u32 {
        loop {
            let most = pick(&mut self.random, &[50, 900, 9_000]);
            let quantity = 1 + u32::try_from(self.below(most)).unwrap();
            if !self.quantities.contains(&quantity) {
                self.quantities.push(quantity);
                return quantity;
            }
        }
    }

    /// A row of usage, where a channel of the hub has a day for it.
    fn row(&mut self, at_hub: usize) -> Option<Row> {
        let at = self.one_of(self.world.hubs[at_hub].channels.len())?;
        let (euro, first) = (self.world.hubs[at_hub].euro, self.world.hubs[at_hub].first);
        let channel = self.world.hubs[at_hub].channels[at].clone();
        let from = channel.started.max(first.first());
        let until = channel.ended.map_or(self.today, |day| day.min(self.today));
        if from > until {
            return None;
        }
        // Rather late days than early ones.
        let from = if self.one_in(3) { from } else { from.max(Month::of(until).first()) };
        let day = self.day(from, until);
        let category = pick(
            &mut self.random,
            &["marketing", "marketing", "utility", "authentication", "service", "call"],
        );
        let is_service = category == "service";
        if is_service && euro && day >= Month::new(2026, 10).first() {
            return None;
        }
        let country = if is_service {
            channel.home
        } else {
            pick(&mut self.random, &markets())
        };
        let cost = if self.one_in(4) && !is_service {
            Some(Decimal::new(i64::try_from(self.below(40_000_000)).unwrap(), 6))
        } else {
            None
        };
        Some(Row {
            channel: at,
            day,
            booked: day,
            category,
            country,
            quantity: self.quantity(),
            cost,
            by_hand: None,
            waived: false,
            amount: None,
        })
    }

    fn import(&mut self) {
        let mut rows: Vec<FileRow> = Vec::new();
        for _ in 0..1 + self.below(6) {
            let at_hub = self.one_of(self.world.hubs.len()).unwrap();
            let Some(row) = self.row(at_hub) else { continue };
            let known: Vec<_> = self.world.hubs[at_hub].rows.keys().filter(|k| k.starts_with('r')).cloned().collect();
            let (key, id) = match self.below(4) {
                // A row that is known, and says something else.
                0 if !known.is_empty() => {
                    let key = pick(&mut self.random, &known);
                    (key.clone(), key)
                }
                0..=2 => {
                    self.serial += 1;
                    let key = format!("r{at_hub}-{}", self.serial);
                    (key.clone(), key)
                }
                _ => {
                    let (ch, day) = (row.channel, row.day);
                    let place = format!("p{ch} {day} {} {}", row.category, row.country);
                    let before = rows.iter().filter(|(hub, key, ..)| *hub == at_hub && key.starts_with(&format!("{place} #"))).count();
                    (format!("{place} #{before}"), String::new())
                }
            };
            if rows.iter().any(|(hub, other, ..)| *hub == at_hub && *other == key) {
                continue;
            }
            let channel = &self.world.hubs[at_hub].channels[row.channel];
            let cost = row.cost.map(|c| c.to_string()).unwrap_or_default();
            let line = format!(
                "{},{},{},{},{},{cost},{id}\n",
                row.day, channel.id, row.country, row.category, row.quantity
            );
            rows.push((at_hub, key, row, line));
        }
        if !rows.is_empty() {
            self.files.push(rows.clone());
            self.book_file(rows);
        }
    }

    /// A file that was brought in before, which may have been undone or changed since.
    fn import_again(&mut self) {
        if self.files.is_empty() {
            return;
        }
        let rows = pick(&mut self.random, &self.files);
        let lives = |(hub, _, row, _): &FileRow| {
            let channels = &self.world.hubs[*hub].channels;
            channels.get(row.channel).is_some_and(|channel| {
                row.day >= channel.started && channel.ended.is_none_or(|ended| row.day <= ended)
            })
        };
        if rows.iter().all(lives) {
            self.book_file(rows);
        }
    }

    fn book_file(&mut self, rows: Vec<FileRow>) {
        let lines: String = rows.iter().map(|(.., line)| line.as_str()).collect();
        let file = self.folder.path().join("usage.csv");
        std::fs::write(&file, format!("{HEAD}{lines}")).unwrap();
        let mut booked = None;
        let mut expected = BTreeMap::from([("new", 0), ("changed", 0), ("already", 0)]);
        self.act(
            &format!("import\n{lines}"),
            |book, at| {
                booked = Some(book.book_usage(&file, None, &mut go_on, at)?);
                Ok(())
            },
            |world| {
                let has_euro_card = world.has_euro_card;
                for (hub, key, row, _) in rows {
                    let word = world.hubs[hub].take(&key, row, has_euro_card);
                    *expected.get_mut(word).unwrap() += 1;
                }
            },
        );
        let booked = booked.unwrap();
        let counted = BTreeMap::from([
            ("new", booked.new_rows),
            ("changed", booked.changed),
            ("already", booked.already),
        ]);
        self.same("rows of the file", &counted, &expected);
        self.same("problems of the file", &booked.problems, &0);
    }

    /// The charge that the app shows for a row of the model that has no price.
    fn charge_of(&mut self, hub: usize, key: &str) -> String {
        let at = self.at();
        let id = self.world.hubs[hub].id.clone();
        let shown = self.book().unrated(Some(&id), at).unwrap();
        let row = &self.world.hubs[hub].rows[key];
        let is_it = |charge: &&ChargeView| {
            charge.day == row.day.to_string() && charge.quantity == row.quantity.to_string()
        };
        match shown.iter().find(is_it) {
            Some(charge) => charge.id.clone(),
            None => self.fail(&format!("{row:?} is not among {shown:#?}")),
        }
    }

    fn settle_unrated(&mut self, at_hub: usize) {
        let waiting: Vec<_> = {
            let rows = self.world.hubs[at_hub].rows.iter();
            rows.filter(|(_, row)| row.amount.is_none()).map(|(key, _)| key.clone()).collect()
        };
        if !waiting.is_empty() {
            let key = pick(&mut self.random, &waiting);
            self.settle_one(at_hub, key);
        }
    }

    fn settle_one(&mut self, at_hub: usize, key: String) {
        let charge = self.charge_of(at_hub, &key);
        if self.one_in(3) {
            let form = WaiveForm {
                charge,
                reason: "a test".to_owned(),
            };
            return self.act(
                &format!("waive {key}"),
                |book, at| book.waive(form, at).map(|_| ()),
                |world| {
                    let has_euro_card = world.has_euro_card;
                    let hub = &mut world.hubs[at_hub];
                    hub.rows.get_mut(&key).unwrap().waived = true;
                    hub.price(&key, has_euro_card);
                },
            );
        }
        let cost = Decimal::new(i64::try_from(self.below(9_000_000)).unwrap(), 6);
        let form = PriceChargeForm {
            charge,
            cost: cost.to_string(),
        };
        self.act(
            &format!("price {key} {cost}"),
            |book, at| book.price_charge(form, at).map(|_| ()),
            |world| {
                let has_euro_card = world.has_euro_card;
                let hub = &mut world.hubs[at_hub];
                hub.rows.get_mut(&key).unwrap().by_hand = Some(cost);
                hub.price(&key, has_euro_card);
            },
        );
    }

    /// A channel of a hub that has not ended.
    fn living(&mut self, hub: usize) -> Option<usize> {
        let channels = self.world.hubs[hub].channels.iter().enumerate();
        let living: Vec<_> = channels.filter(|(_, c)| c.ended.is_none()).map(|(at, _)| at).collect();
        (!living.is_empty()).then(|| pick(&mut self.random, &living))
    }

    fn change_tier(&mut self, at_hub: usize) {
        let Some(at) = self.living(at_hub) else { return };
        let channel = self.world.hubs[at_hub].channels[at].clone();
        let (latest, before) = *channel.tiers.last().unwrap();
        let tier = match before {
            "regular" => "premium",
            "premium" => pick(&mut self.random, &["regular", "higher-throughput"]),
            _ => pick(&mut self.random, &["regular", "premium"]),
        };
        let from = latest.succ_opt().unwrap();
        let from = self.day(from, self.today.max(from));
        let form = ChannelForm {
            client: String::new(),
            hub: String::new(),
            id: channel.id.clone(),
            phone: {
                let moment = self.at();
                let month = Month::of(self.today).to_string();
                let shown = self.book().channels(None, &month, moment).unwrap();
                shown.into_iter().find(|c| c.id == channel.id).unwrap().phone
            },
            name: String::new(),
            tier: TierWord::parse(tier).unwrap(),
            tier_from: from.to_string(),
            started: channel.started.to_string(),
            ended: String::new(),
            time_zone: String::new(),
        };
        self.act(
            &format!("tier {} {tier} from {from}", channel.id),
            |book, at| book.edit_channel(form, at).map(|_| ()),
            |world| world.hubs[at_hub].channels[at].tiers.push((from, tier)),
        );
    }

    fn cancel(&mut self, at_hub: usize) {
        let Some(at) = self.living(at_hub) else { return };
        let hub = &self.world.hubs[at_hub];
        let rows = hub.rows.values().filter(|row| row.channel == at);
        let earliest = rows.map(|row| row.day).max().unwrap_or(hub.channels[at].started);
        let earliest = earliest.max(hub.channels[at].started);
        let ended = self.day(earliest, earliest.max(self.today) + chrono::Days::new(20));
        let form = CancelChannelForm {
            id: self.world.hubs[at_hub].channels[at].id.clone(),
            ended: ended.to_string(),
        };
        self.act(
            &format!("cancel {form:?}"),
            |book, at| book.cancel_channel(form, at).map(|_| ()),
            |world| world.hubs[at_hub].channels[at].ended = Some(ended),
        );
    }

    fn keep_price(&mut self, at_hub: usize) {
        let Some(at) = self.living(at_hub) else { return };
        let price = 10_00 + i64::try_from(self.below(20_00)).unwrap();
        let from = self.world.hubs[at_hub].first_open();
        let form = KeptPriceForm {
            channel: self.world.hubs[at_hub].channels[at].id.clone(),
            tier: TierWord::Regular,
            price: cents(price).to_string(),
            from: from.to_string(),
            reason: "a guarantee".to_owned(),
        };
        self.act(
            &format!("keep {form:?}"),
            |book, at| book.keep_price(form, at).map(|_| ()),
            |world| world.hubs[at_hub].channels[at].kept.push((from, price)),
        );
    }

    fn change_plan(&mut self, at_hub: usize) {
        let hub = &self.world.hubs[at_hub];
        let Some((latest, before)) = hub.plans.last().copied() else { return };
        let earliest = hub.first_open().first().max(latest.succ_opt().unwrap());
        let day = self.day(earliest, earliest.max(self.today));
        let price = 1_500_00 - before;
        let from = if price < before { Month::of(day).next().first() } else { day };
        let form = EditHubForm {
            id: self.world.hubs[at_hub].id.clone(),
            name: "Hub".to_owned(),
            plan: Some(plan_word(price)),
            plan_from: day.to_string(),
            first_month: String::new(),
        };
        self.act(
            &format!("plan {form:?}"),
            |book, at| book.edit_hub(form, at).map(|_| ()),
            |world| world.hubs[at_hub].plans.push((from, price)),
        );
    }

    fn set_rule(&mut self, at_hub: usize) {
        const RULES: [(&str, &[&str]); 8] = [
            ("proration", &["from-start-day", "after-start-day", "whole-month"]),
            ("plan-first-month", &["pro-rata", "whole-month"]),
            ("upgrade", &["pro-rata", "next-month"]),
            ("higher-throughput", &["replaces-premium", "adds-to-premium"]),
            ("termination-day", &["last-day", "day-after"]),
            ("card-fee-on", &["shortfall", "shortfall-and-fees", "nothing"]),
            ("vat-on", &["top-up", "usage"]),
            ("free-service-messages", &["on", "off"]),
        ];
        let (rule, values) = pick(&mut self.random, &RULES);
        let value = pick(&mut self.random, values);
        let later = i32::try_from(self.below(2)).unwrap();
        let from = Month(self.world.hubs[at_hub].first_open().0 + later);
        let form = RuleForm {
            hub: self.world.hubs[at_hub].id.clone(),
            rule: rule.to_owned(),
            value: value.to_owned(),
            from: from.to_string(),
        };
        let this = Month::of(self.today);
        self.act(
            &format!("rule {form:?}"),
            |book, at| book.set_rule(form, at).map(|_| ()),
            |world| {
                let hub = &mut world.hubs[at_hub];
                hub.rules.retain(|(name, month, _)| !(*name == rule && *month == from));
                hub.rules.push((rule, from, value));
                if rule == "free-service-messages" {
                    for month in from.0..=this.0.max(from.0) {
                        for channel in 0..hub.channels.len() {
                            hub.deal_free_messages(channel, Month(month));
                        }
                    }
                }
            },
        );
    }

    fn change_company(&mut self) {
        let told = [("DE", true), ("ES", true), ("ES", false), ("US", false)];
        let (country, has_id) = pick(&mut self.random, &told);
        let month = Month::of(self.today);
        self.act(
            &format!("company {country} {has_id}"),
            |book, at| book.set_company(company(country, has_id), at).map(|_| ()),
            |world| world.company.push((month.next(), country, has_id)),
        );
    }

    fn pay_by(&mut self, at_hub: usize) {
        let by_card = self.world.client_book || self.one_in(2);
        let id = self.world.hubs[at_hub].id.clone();
        self.act(
            &format!("{id} pays by card: {by_card}"),
            |book, at| book.set_pay_by(&id, pay_word(by_card), at).map(|_| ()),
            |world| world.hubs[at_hub].by_card = by_card,
        );
    }

    fn set_opening(&mut self, at_hub: usize) {
        if !self.world.hubs[at_hub].closed.is_empty() {
            return;
        }
        let Some((_, channel, balance)) = self.balance(at_hub) else { return };
        let amount = cents(i64::try_from(self.below(30_000)).unwrap() - 8_000);
        let form = OpeningForm {
            hub: self.world.hubs[at_hub].id.clone(),
            channel,
            amount: amount.to_string(),
        };
        self.act(
            &format!("opening {form:?}"),
            |book, at| book.set_opening(form, at).map(|_| ()),
            |world| {
                let hub = &mut world.hubs[at_hub];
                hub.moves.retain(|m| !(m.what == What::Opening && m.channel == balance));
                hub.moves.push(moved(What::Opening, hub.first.first(), balance, amount));
            },
        );
    }

    /// The euro card of October, which prices what waits for it.
    fn bring_euro_card(&mut self) {
        if self.world.has_euro_card {
            return;
        }
        let mut text = "effective_from,currency,market,category,tier_from,rate\n".to_owned();
        for (at, market) in ["Germany", "Spain", "Brazil", "India"].iter().enumerate() {
            let [marketing, other] = EURO_CARD.map(|prices| Decimal::new(prices[at], 4));
            for (category, rate) in [("marketing", marketing), ("utility", other), ("authentication", other)] {
                let _ = writeln!(text, "2026-10-01,EUR,{market},{category},1,{rate}");
            }
        }
        let file = self.folder.path().join("card.csv");
        std::fs::write(&file, text).unwrap();
        self.act(
            "the euro card of October",
            |book, at| {
                let form = PriceFileForm::default();
                book.book_prices(&file, &form, at).map(|_| ())
            },
            |world| {
                world.has_euro_card = true;
                for hub in &mut world.hubs {
                    let waiting = hub.rows.iter().filter(|(_, row)| row.amount.is_none());
                    let waiting: Vec<_> = waiting.map(|(key, _)| key.clone()).collect();
                    for key in waiting {
                        hub.price(&key, true);
                    }
                }
            },
        );
    }

    fn undo(&mut self) {
        let Some(world) = self.before.pop() else { return };
        let at = self.at();
        let _ = writeln!(self.said, "{} undo", self.today);
        if let Err(error) = self.book.as_mut().unwrap().undo_last(at) {
            self.fail(&format!("was refused: [{}] {error}", error.code.as_str()));
        }
        self.world = world;
        self.tally.undone += 1;
    }

    fn back_up(&mut self) {
        let at = self.at();
        let view = self.book.as_mut().unwrap().back_up(BackupWord::ByHand, at).unwrap();
        let _ = writeln!(self.said, "{} back-up", self.today);
        self.backup = Some((PathBuf::from(view.path), self.world.clone(), self.before.clone()));
    }

    /// The last backup takes the book's place.
    fn restore(&mut self) {
        let Some((backup, world, before)) = self.backup.clone() else { return };
        let at = self.at();
        let _ = writeln!(self.said, "{} restore", self.today);
        self.book = None;
        if let Err(error) = restore(&self.path, &backup, None, &keeper(), at) {
            self.fail(&format!("was refused: {error}"));
        }
        self.book = Some(Book::open(&self.path, &keeper(), at).unwrap());
        (self.world, self.before) = (world, before);
        self.tally.restored += 1;
    }

    /// Closes a hub's first open month, if it is over.
    fn close(&mut self, at_hub: usize) {
        let month = self.world.hubs[at_hub].first_open();
        if month.last() >= self.today {
            return;
        }
        let id = self.world.hubs[at_hub].id.clone();
        let waiting = self.world.hubs[at_hub].unrated(month);
        if !waiting.is_empty() {
            let text = month.to_string();
            self.refused(&format!("close {id} {month}"), "unrated-charges", |book, at| {
                book.close_month(&id, &text, at).map(|_| ())
            });
            for key in waiting {
                self.settle_one(at_hub, key);
            }
        }
        self.compare_month(at_hub, month);
        let text = month.to_string();
        self.act(
            &format!("close {id} {month}"),
            |book, at| book.close_month(&id, &text, at).map(|_| ()),
            |world| world.close(at_hub, month),
        );
        // A close is for good.
        self.before.clear();
        self.tally.closed += 1;
        self.compare_month(at_hub, month);
    }

    // ---- What both say.

    fn compare_month(&mut self, at_hub: usize, month: Month) {
        let at = self.at();
        let hub = &self.world.hubs[at_hub];
        let (id, text) = (hub.id.as_str(), month.to_string());
        let balances = self.book().balances(id, &text, at).unwrap();
        let mut shown = BTreeMap::new();
        for view in &balances {
            let numbers = Numbers {
                starting: dec(&view.starting),
                added: dec(&view.added),
                used: dec(&view.used),
                refunds: dec(&view.refunds),
                settled: dec(&view.settled_by_invoice),
                rounding: dec(&view.rounding),
                ending: dec(&view.ending),
            };
            shown.insert(view.channel.as_ref().map(|c| c.id.clone()), numbers);
        }
        let name = |balance: Option<usize>| balance.map(|at| hub.channels[at].id.clone());
        let expected: BTreeMap<_, _> = hub
            .balances()
            .into_iter()
            .map(|balance| (name(balance), hub.numbers(balance, month)))
            .collect();
        self.same(&format!("balances of {id} in {month}"), &shown, &expected);
        self.compare_invoices(hub, month, at);
        self.compare_sums(hub, month, at);
    }

    fn compare_invoices(&self, hub: &Hub, month: Month, at: Moment) {
        let text = month.to_string();
        let papers = self.world.papers(hub, month);
        let view = self.book().close_preview(&hub.id, &text, at).unwrap();
        let mut shown: Vec<_> = view
            .invoices
            .iter()
            .map(|view| {
                let is_fee = |line: &&hubledger_book::view::HubInvoiceLineView| line.percent.is_some();
                let card_fees = view.lines.iter().filter(is_fee);
                assert_eq!(dec(&view.net) + dec(&view.vat), dec(&view.gross), "{view:#?}");
                Invoice {
                    kind: kind_word(view),
                    channel: view.channel.as_ref().map(|c| c.id.clone()),
                    day: view.issued_on.parse().unwrap(),
                    net: dec(&view.net),
                    vat: dec(&view.vat),
                    card_fee: card_fees.map(|line| dec(&line.amount)).sum(),
                }
            })
            .collect();
        shown.sort();
        let mut expected = papers.invoices;
        expected.sort();
        self.same(&format!("invoices of {} in {month}", hub.id), &shown, &expected);
        let to_clients = papers.to_clients.map(|many| u32::try_from(many).unwrap());
        self.same("invoices to clients", &view.invoices_to_clients, &to_clients);
    }

    fn compare_sums(&self, hub: &Hub, month: Month, at: Moment) {
        let text = month.to_string();
        let sums = self.book().charge_sums(&hub.id, Some(&text), SumBy::Channel, at).unwrap();
        let papers = self.world.papers(hub, month);
        let mut shown = BTreeMap::new();
        for sum in &sums {
            shown.insert(sum.key.clone(), (dec(&sum.usage), dec(&sum.fees)));
        }
        let mut expected = BTreeMap::from([("plan".to_owned(), (Decimal::ZERO, papers.plan))]);
        for (at, channel) in hub.channels.iter().enumerate() {
            let own = papers.licences.iter().filter(|line| line.0 == at);
            let fees = own.map(|(.., amount)| *amount).sum();
            expected.insert(channel.id.clone(), (hub.used_by(at, month), fees));
        }
        for sums in [&mut shown, &mut expected] {
            sums.retain(|_, (used, fees)| !(used.is_zero() && fees.is_zero()));
        }
        self.same(&format!("charges of {} in {month}", hub.id), &shown, &expected);
    }

    fn compare_ledger(&mut self) {
        let at = self.at();
        // Closings of this month and what begins later are of days to come.
        let form = TrialForm {
            until: "2027-12-31".to_owned(),
            ..TrialForm::default()
        };
        let trial = self.book().trial_balance(&form, at).unwrap();
        let mut shown = BTreeMap::new();
        for line in trial.balances.iter().chain(&trial.memo).flat_map(|b| &b.lines) {
            let amount = match (&line.debit, &line.credit) {
                (Some(debit), _) => dec(debit),
                (None, Some(credit)) => -dec(credit),
                (None, None) => continue,
            };
            shown.insert(line.account.clone(), amount);
        }
        self.same("the trial balance", &shown, &self.world.trial_balance());
    }

    fn check(&mut self) {
        let at = self.at();
        let check = self.book().check(at).unwrap();
        if !check.holds {
            let failed: Vec<_> = check.lines.iter().filter(|line| !line.holds).collect();
            self.fail(&format!("{failed:#?}"));
        }
    }

    fn compare_all(&mut self) {
        for hub in 0..self.world.hubs.len() {
            let (first, last) = (self.world.hubs[hub].first, Month::of(self.today));
            for month in first.0..=last.0 {
                self.compare_month(hub, Month(month));
            }
        }
        self.compare_ledger();
        self.check();
    }

    /// A calendar month of all hubs.
    fn live_through(&mut self, month: Month) {
        self.today = self.today.max(month.first());
        for _ in 0..2 + self.below(7) {
            self.today = self.day(self.today, month.last());
            self.step();
        }
        self.today = month.next().first() + chrono::Days::new(self.below(9));
        for hub in 0..self.world.hubs.len() {
            if !self.one_in(5) {
                self.close(hub);
            }
            self.tally.months += u64::from(self.world.hubs[hub].first <= month);
        }
        self.compare_all();
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
    if price == 500_00 {
        PlanWord::Growth
    } else {
        PlanWord::Premium
    }
}

fn pay_word(by_card: bool) -> PayByWord {
    if by_card { PayByWord::Card } else { PayByWord::Pix }
}

/// One book, lived through.
fn live(seed: u64) -> Tally {
    let mut sim = Sim::new(seed);
    let start = Month::of(sim.today);
    let many = 2 + i32::try_from(sim.below(3)).unwrap();
    for month in start.0..start.0 + many {
        sim.live_through(Month(month));
    }
    sim.tally
}

#[test]
fn months_by_chance_are_what_a_naive_model_says() {
    let seed = number("HUBLEDGER_MONTH_SEED", 1);
    let wanted = number("HUBLEDGER_MONTHS", 300);
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
        "FAULTS months: seeds {seed} to {}, {} months of hubs in {} books, {} use cases, {} undone, {} refused as foretold, {} months closed, {} backups restored: balances, invoices, charges and accounts as the naive model says; {:.0?}",
        seed + all.books - 1,
        all.months,
        all.books,
        all.acts,
        all.undone,
        all.refused,
        all.closed,
        all.restored,
        began.elapsed()
    );
    assert!(all.closed > 0 && all.undone > 0);
}
