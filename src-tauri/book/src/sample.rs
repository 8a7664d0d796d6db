//! The sample books: a partner's, and beside it the book of one of its Direct-Paid clients, of
//! the same months. They are told event by event through the use cases that a person's own book
//! goes through, files included, so that whatever can be seen in them could have been done by
//! hand. Nothing in them is random: the same books come out each time.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_export::{Separator, TableCsv};
use hubledger_import::Format;
use hubledger_import::parties_csv::Parties;
use hubledger_store::{Read, money};

use crate::Book;
use crate::desk::find_balance;
use crate::error::{Code, Error};
use crate::file::unwritable;
use crate::form::{
    AutoRenewalForm, CancelChannelForm, ChannelForm, CompanyForm, NewBookForm, NewHubForm,
    OpeningForm, PartiesFileForm, RefundForm, TopUpForm,
};
use crate::moment::{Moment, Who};
use crate::progress::{Progress, tell_within, unheard};
use crate::sample::parties::{
    BOOK_CLIENT, EUR_HUB, SampleChannel, SampleClient, USD_HUB, channels,
};
use crate::sample::story::{EUR_OPENING, EVENTS, Event, FIRST_MONTH, LAST_MONTH, RENEWALS, What};
use crate::sample::usage::SampleRow;
use crate::view::{SampleView, WorkStep};
use crate::word::{ModelWord, OwnerWord, PayByWord, PlanWord, TierWord, TopUpWord};

mod flow;
mod parties;
mod story;
mod usage;

const PARTNER_BOOK: &str = "Nordlicht sample";
const CLIENT_BOOK: &str = "Meridiano sample";

/// Days into the next month on which a month's usage is brought in and the month is closed.
const BROUGHT_IN: u64 = 1;
const CLOSED: u64 = 2;

/// Minutes from one act of a day to the next.
const MINUTES_AN_ACT: i64 = 2;

/// Makes the sample books in a folder: a partner's and a Direct-Paid client's. A month is closed
/// in them where it is over. Tells how far it is. Nothing is overwritten; a failure, or a break for
/// an answer, leaves nothing behind.
pub fn make_sample(
    folder: &Path,
    who: &Who,
    progress: Progress<'_>,
    at: Moment,
) -> Result<SampleView, Error> {
    fs::create_dir_all(folder).map_err(|e| unwritable(folder, &e))?;
    let (partner, client) = free_paths(folder)?;
    let scratch = make_scratch(folder)?;
    let mut made = Vec::new();
    let told = tell_both([&partner, &client], &scratch, who, progress, at, &mut made);
    let removed = fs::remove_dir_all(&scratch).map_err(|e| unwritable(&scratch, &e));
    if let Err(error) = told.and(removed) {
        made.into_iter().for_each(discard);
        return Err(error);
    }
    Ok(SampleView {
        partner_book: partner.display().to_string(),
        client_book: client.display().to_string(),
    })
}

/// Two paths where no book lies; with a number if need be, the same for both.
fn free_paths(folder: &Path) -> Result<(PathBuf, PathBuf), Error> {
    let path = |name: &str, number: u32| match number {
        1 => folder.join(format!("{name}.hubbook")),
        _ => folder.join(format!("{name} {number}.hubbook")),
    };
    (1..=u32::from(u16::MAX))
        .map(|number| (path(PARTNER_BOOK, number), path(CLIENT_BOOK, number)))
        .find(|(partner, client)| !partner.exists() && !client.exists())
        .ok_or_else(|| Error::new(Code::BookExists, [PARTNER_BOOK]))
}

/// A new folder beside the books for the files that are brought in.
fn make_scratch(folder: &Path) -> Result<PathBuf, Error> {
    for number in 1..=u16::MAX {
        let scratch = folder.join(format!(".hubledger-sample-{number}"));
        match fs::create_dir(&scratch) {
            Ok(()) => return Ok(scratch),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(unwritable(folder, &e)),
        }
    }
    Err(Error::new(
        Code::FolderUnwritable,
        [&folder.display().to_string(), "it is full"],
    ))
}

/// Removes a book that could not be finished, with the files that SQLite and the lock keep.
fn discard(book: &Path) {
    for ending in ["", "-wal", "-shm", ".lock"] {
        let mut path = book.as_os_str().to_owned();
        path.push(ending);
        // What is not there needs no removing.
        let _ = fs::remove_file(path);
    }
}

/// Tells both books from beginning to end; `made` are those that are ours to take back.
fn tell_both<'a>(
    [partner, client]: [&'a Path; 2],
    scratch: &Path,
    who: &Who,
    progress: Progress<'_>,
    at: Moment,
    made: &mut Vec<&'a Path>,
) -> Result<(), Error> {
    let (first, last) = (
        BillingPeriod::parse(FIRST_MONTH)?,
        BillingPeriod::parse(LAST_MONTH)?,
    );
    let rows = usage::rows(first, last)?;
    let steps = steps(first, last, at.today)?;
    let partners = vec![eur_hub(), usd_hub(Some(PlanWord::Growth))];
    let clients = vec![usd_hub(None)];
    for (share, path, form, hubs, client) in [
        (0..=75, partner, nordlicht(), partners, None),
        (75..=100, client, meridiano(), clients, Some(BOOK_CLIENT)),
    ] {
        tell_within(progress, WorkStep::Sample, &share, 0)?;
        let mut clock = Clock(moment(first.first_day()));
        let book = Book::create_with(path, form, who, clock.0, true)?;
        made.push(path);
        let mut teller = Teller {
            book,
            client,
            scratch,
            rows: &rows,
            clock: &mut clock,
        };
        teller.begin(&hubs, first.first_day())?;
        for (told, (day, step)) in (1..).zip(&steps) {
            teller.step(&hubs, *day, step)?;
            let percent = told * 100 / steps.len().max(1);
            let percent = u32::try_from(percent).unwrap_or(100);
            tell_within(progress, WorkStep::Sample, &share, percent)?;
        }
    }
    Ok(())
}

/// What is told on a day.
enum Step {
    Event(&'static Event),
    /// The usage of a month is brought in.
    Usage(BillingPeriod),
    Close(BillingPeriod),
}

/// The whole story in the order of its days. `today` decides which months are over.
fn steps(
    first: BillingPeriod,
    last: BillingPeriod,
    today: Date,
) -> Result<Vec<(Date, Step)>, Error> {
    let mut steps = Vec::new();
    for event in &EVENTS {
        steps.push((parse_date(event.on)?, Step::Event(event)));
    }
    for month in first.through(last) {
        let next = month.next().first_day();
        let is_over = month.is_over(today);
        // Nothing is told of a day ahead.
        let day_after = |days| {
            let day = next + chrono::Days::new(days);
            if is_over { day.min(today) } else { day }
        };
        steps.push((day_after(BROUGHT_IN), Step::Usage(month)));
        if is_over {
            steps.push((day_after(CLOSED), Step::Close(month)));
        }
    }
    // What is told on one day keeps this order.
    steps.sort_by_key(|(day, _)| *day);
    Ok(steps)
}

/// When the last act was.
struct Clock(Moment);

impl Clock {
    /// The next moment of a day: its morning, or some minutes after the last act.
    fn on(&mut self, day: Date) -> Moment {
        let Moment { today, now } = self.0;
        self.0 = if day == today {
            let now = now + chrono::TimeDelta::minutes(MINUTES_AN_ACT);
            Moment { today, now }
        } else {
            moment(day)
        };
        self.0
    }
}

/// The morning of a day of the story.
fn moment(today: Date) -> Moment {
    Moment {
        today,
        now: today.and_hms_opt(8, 30, 0).unwrap_or_default(),
    }
}

fn nordlicht() -> NewBookForm {
    NewBookForm {
        owner: OwnerWord::Partner,
        company: CompanyForm {
            name: "Nordlicht Messaging GmbH".to_owned(),
            address: "Nordlichtweg 7\n20457 Hamburg".to_owned(),
            country: "DE".to_owned(),
            vat_id: "DE999999995".to_owned(),
            billing_email: "billing@nordlicht.example".to_owned(),
        },
        paper_language: String::new(),
    }
}

/// A company elsewhere in the European Union with a VAT ID: 360Dialog charges it no VAT.
fn meridiano() -> NewBookForm {
    NewBookForm {
        owner: OwnerWord::Client,
        company: CompanyForm {
            name: "Óptica Meridiano, S.L.".to_owned(),
            address: "Calle del Meridiano 12\n28013 Madrid".to_owned(),
            country: "ES".to_owned(),
            vat_id: "ESB99999997".to_owned(),
            billing_email: "facturas@meridiano.example".to_owned(),
        },
        paper_language: String::new(),
    }
}

fn eur_hub() -> NewHubForm {
    NewHubForm {
        id: EUR_HUB.to_owned(),
        name: "Nordlicht EUR".to_owned(),
        model: ModelWord::PartnerPaid,
        currency: "EUR".to_owned(),
        plan: Some(PlanWord::Growth),
        since: "2024-03-01".to_owned(),
        first_month: FIRST_MONTH.to_owned(),
        opening: EUR_OPENING.to_owned(),
        pay_by: PayByWord::Card,
    }
}

fn usd_hub(plan: Option<PlanWord>) -> NewHubForm {
    NewHubForm {
        id: USD_HUB.to_owned(),
        name: "Nordlicht USD".to_owned(),
        model: ModelWord::DirectPaid,
        currency: "USD".to_owned(),
        plan,
        since: "2024-12-01".to_owned(),
        first_month: FIRST_MONTH.to_owned(),
        opening: String::new(),
        pay_by: PayByWord::Card,
    }
}

/// Tells the story to one book.
struct Teller<'a> {
    book: Book,
    /// The client whose channels alone are told of; none: all.
    client: Option<&'static str>,
    scratch: &'a Path,
    rows: &'a [SampleRow],
    clock: &'a mut Clock,
}

/// A channel with its client.
type Told = (&'static SampleClient, &'static SampleChannel);

/// Channels that a book is told of: all, or those of one client.
fn told_to(client: Option<&'static str>) -> impl Iterator<Item = Told> {
    channels().filter(move |(of, _)| client.is_none_or(|id| id == of.id))
}

/// Whether a book is told of a hub or channel.
fn knows(client: Option<&'static str>, id: &str) -> bool {
    (id == EUR_HUB && client.is_none()) || told_to(client).any(|(_, channel)| channel.id == id)
}

impl Teller<'_> {
    /// What is there before the first month.
    fn begin(&mut self, hubs: &[NewHubForm], on: Date) -> Result<(), Error> {
        for hub in hubs {
            self.book.add_hub(hub.clone(), self.clock.on(on))?;
        }
        self.parties(on)?;
        self.openings(on)?;
        self.renewals(on)
    }

    /// Brings in the clients and channels.
    fn parties(&mut self, on: Date) -> Result<(), Error> {
        let path = self.scratch.join("parties.csv");
        let written = write_parties(&path, told_to(self.client));
        written.map_err(|e| unwritable(&path, &e))?;
        let form = PartiesFileForm::default();
        let booked = self
            .book
            .book_parties(&path, &form, false, self.clock.on(on))?;
        all_good(booked.problems, &path)
    }

    /// What the channels' own balances held before.
    fn openings(&mut self, on: Date) -> Result<(), Error> {
        for (client, channel) in told_to(self.client).filter(|(_, c)| !c.opening.is_empty()) {
            let form = OpeningForm {
                hub: client.hub.to_owned(),
                channel: Some(channel.id.to_owned()),
                amount: channel.opening.to_owned(),
            };
            self.book.set_opening(form, self.clock.on(on))?;
        }
        Ok(())
    }

    fn renewals(&mut self, on: Date) -> Result<(), Error> {
        for (balance, is_on, threshold, amount) in RENEWALS {
            if knows(self.client, balance) {
                let form = AutoRenewalForm {
                    hub: hub_of(balance).to_owned(),
                    channel: channel_of(balance),
                    on: is_on,
                    threshold: threshold.to_owned(),
                    amount: amount.to_owned(),
                };
                self.book.set_auto_renewal(form, self.clock.on(on))?;
            }
        }
        Ok(())
    }

    fn step(&mut self, hubs: &[NewHubForm], day: Date, step: &Step) -> Result<(), Error> {
        match step {
            Step::Event(event) if knows(self.client, event.to) => self.event(event, day),
            Step::Event(_) => Ok(()),
            Step::Usage(month) => self.usage(*month, day),
            Step::Close(month) => {
                for hub in hubs {
                    let at = self.clock.on(day);
                    self.book.close_month(&hub.id, &month.to_string(), at)?;
                }
                Ok(())
            }
        }
    }

    /// An event, told on its own day.
    fn event(&mut self, event: &Event, day: Date) -> Result<(), Error> {
        let at = self.clock.on(day);
        match &event.what {
            What::TopUp(amount, kind, method) => {
                self.top_up(event.to, amount, (*kind, *method), day, at)
            }
            What::Refund(amount, to) => {
                let form = RefundForm {
                    hub: shared_hub_of(event.to),
                    channel: channel_of(event.to),
                    amount: (*amount).to_owned(),
                    on: event.on.to_owned(),
                    to: *to,
                };
                self.book.refund(form, at).map(|_| ())
            }
            What::Rise(tier) => {
                let found = channels().find(|(_, channel)| channel.id == event.to);
                let Some((client, channel)) = found else {
                    return Ok(());
                };
                let form = risen(client, channel, *tier, event.on);
                self.book.edit_channel(form, at).map(|_| ())
            }
            What::Cancel(ended) => {
                let form = CancelChannelForm {
                    id: event.to.to_owned(),
                    ended: (*ended).to_owned(),
                };
                self.book.cancel_channel(form, at).map(|_| ())
            }
        }
    }

    fn top_up(
        &mut self,
        to: &str,
        amount: &str,
        (kind, method): (TopUpWord, PayByWord),
        day: Date,
        at: Moment,
    ) -> Result<(), Error> {
        let form = TopUpForm {
            hub: shared_hub_of(to),
            channel: channel_of(to),
            amount: amount.to_owned(),
            on: day.to_string(),
            kind,
            method: Some(method),
        };
        self.book.top_up(form, at).map(|_| ())
    }

    /// Brings in a month's usage file, and tells of what auto-renewal had added.
    fn usage(&mut self, month: BillingPeriod, day: Date) -> Result<(), Error> {
        let path = self.scratch.join(format!("usage-{month}.csv"));
        let is_told = |row: &&SampleRow| row.file == month && knows(self.client, row.channel);
        let text = usage::csv(self.rows.iter().filter(is_told));
        fs::write(&path, text).map_err(|e| unwritable(&path, &e))?;
        let at = self.clock.on(day);
        let booked = self.book.book_usage(&path, None, &mut unheard, at)?;
        all_good(booked.problems, &path)?;
        for (balance, is_on, ..) in RENEWALS {
            if is_on && knows(self.client, balance) {
                self.renew(balance, month, day)?;
            }
        }
        Ok(())
    }

    /// Tops a channel up as 360Dialog would; it is told on a later day.
    fn renew(&mut self, channel: &str, month: BillingPeriod, told_on: Date) -> Result<(), Error> {
        let Some((amount, due)) = self.book.read(|r| renewals_of(r, channel, month))? else {
            return Ok(());
        };
        let amount = amount.amount().to_string();
        for day in due {
            let by = (TopUpWord::Automatic, PayByWord::Card);
            let at = self.clock.on(told_on);
            self.top_up(channel, &amount, by, day, at)?;
        }
        Ok(())
    }
}

/// What auto-renewal adds to a channel's balance, and on which days of a month.
fn renewals_of(
    r: &Read<'_>,
    channel: &str,
    month: BillingPeriod,
) -> Result<Option<(Money, Vec<Date>)>, Error> {
    let (desk, row) = find_balance(r, None, Some(channel))?;
    let key = row.map(|row| row.key);
    let account = r
        .balance_accounts(desk.key())?
        .into_iter()
        .find(|(_, c)| *c == key);
    let Some((account, _)) = account else {
        return Ok(None);
    };
    let Some(renewal) = r.auto_renewal(account)?.filter(|renewal| renewal.is_on) else {
        return Ok(None);
    };
    let currency = desk.currency();
    let before = r.balance(account, currency, month.first_day().pred_opt())?;
    let mut moved: BTreeMap<Date, Money> = BTreeMap::new();
    for row in r.movements(account, currency, month.first_day(), month.last_day())? {
        let day = moved.entry(row.day).or_insert(Money::zero(currency));
        *day = day.checked_add(row.amount)?;
    }
    let amount = money(renewal.amount, currency);
    let due = renewals_due(before, &moved, money(renewal.threshold, currency), amount)?;
    Ok(Some((amount, due)))
}

/// The days on which auto-renewal adds its amount, one entry for each time: those that end at
/// or under the threshold.
fn renewals_due(
    mut balance: Money,
    moved: &BTreeMap<Date, Money>,
    threshold: Money,
    amount: Money,
) -> Result<Vec<Date>, Error> {
    let mut due = Vec::new();
    for (day, moved) in moved {
        balance = balance.checked_add(*moved)?;
        while amount.is_positive() && !balance.checked_sub(threshold)?.is_positive() {
            balance = balance.checked_add(amount)?;
            due.push(*day);
        }
    }
    Ok(due)
}

/// A row that the sample's own file has wrong is a fault of the build, and no sample.
fn all_good(problems: u32, path: &Path) -> Result<(), Error> {
    match problems {
        0 => Ok(()),
        _ => Err(Error::new(
            Code::FileRefused,
            [&crate::file::name_of(path), "rows of it can't be taken"],
        )),
    }
}

fn hub_of(balance: &str) -> &'static str {
    if balance == EUR_HUB { EUR_HUB } else { USD_HUB }
}

fn shared_hub_of(balance: &str) -> Option<String> {
    (balance == EUR_HUB).then(|| balance.to_owned())
}

fn channel_of(balance: &str) -> Option<String> {
    (balance != EUR_HUB).then(|| balance.to_owned())
}

fn risen(client: &SampleClient, channel: &SampleChannel, tier: TierWord, on: &str) -> ChannelForm {
    ChannelForm {
        client: client.id.to_owned(),
        hub: client.hub.to_owned(),
        id: channel.id.to_owned(),
        phone: channel.phone.to_owned(),
        name: channel.name.to_owned(),
        tier,
        tier_from: on.to_owned(),
        started: channel.started.to_owned(),
        ended: String::new(),
        time_zone: channel.time_zone.to_owned(),
    }
}

/// `parties.csv` of some channels with their clients.
fn write_parties(path: &Path, channels: impl Iterator<Item = Told>) -> io::Result<()> {
    let file = io::BufWriter::new(fs::File::create(path)?);
    let mut table = TableCsv::new(file, Separator::Comma)?;
    table.row(Parties::COLUMNS)?;
    for (client, channel) in channels {
        table.row([
            client.hub,
            client.id,
            client.name,
            client.country,
            client.email,
            client.vat_id,
            channel.id,
            channel.phone,
            channel.name,
            TierWord::from(channel.tier).as_str(),
            channel.started,
            "",
            channel.time_zone,
        ])?;
    }
    table.finish().map(|_| ())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ops::ControlFlow;

    use hubledger_store::ActivityFilter;

    use super::*;
    use crate::form::{ChargesForm, SumBy};
    use crate::sample::parties::{CANCELLED, LATE, OVERDRAWN, STARTED};
    use crate::view::{ChargeState, LineWord, MovementView, MovementWord, NextWord, ProgressView};

    const MONTHS: [&str; 3] = ["2026-07", "2026-08", "2026-09"];

    fn who() -> Who {
        Who {
            user: "ada".into(),
            host: "desk".into(),
            program: "test".into(),
            process: 1,
        }
    }

    fn on(day: &str) -> Moment {
        moment(parse_date(day).unwrap())
    }

    /// A folder of a test's own, gone with it.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("hubledger-sample-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let _ = fs::remove_dir_all(&path);
            Self(path)
        }

        fn names(&self) -> BTreeSet<String> {
            let files = fs::read_dir(&self.0).unwrap();
            files
                .map(|f| f.unwrap().file_name().into_string().unwrap())
                .collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn made(folder: &Folder, at: Moment) -> (Book, Book) {
        let made = make_sample(&folder.0, &who(), &mut unheard, at).unwrap();
        let open = |path: &str| Book::open(Path::new(path), &who(), at).unwrap();
        (open(&made.partner_book), open(&made.client_book))
    }

    /// What a book says of its usage and its invoices, month by month.
    fn facts(book: &Book, at: Moment) -> Vec<String> {
        let mut facts = Vec::new();
        for hub in book.hubs(at).unwrap() {
            for month in MONTHS {
                for sum in book
                    .charge_sums(&hub.id, Some(month), SumBy::Channel, at)
                    .unwrap()
                {
                    facts.push(format!(
                        "{month} {} {} {}",
                        sum.key, sum.messages, sum.amount.amount
                    ));
                }
            }
        }
        for month in book.invoices(None, None, at).unwrap() {
            let invoices = month.invoices.iter();
            facts.extend(invoices.map(|i| format!("{} {}", i.reference, i.gross.amount)));
        }
        facts
    }

    fn movements(book: &Book, hub: &str, channel: Option<&str>) -> Vec<MovementView> {
        book.statement(hub, channel, None, on("2026-10-05"))
            .unwrap()
            .movements
    }

    #[test]
    fn the_same_books_come_out_each_time_and_prove_true() {
        let (one, other) = (Folder::new("one"), Folder::new("other"));
        let (soon, late) = (on("2026-10-01"), on("2027-03-08"));
        let (first, again) = (made(&one, soon), made(&other, late));
        assert_eq!(facts(&first.0, late), facts(&again.0, late));
        assert_eq!(facts(&first.1, late), facts(&again.1, late));
        for book in [&first.0, &first.1] {
            let failed: Vec<_> = book
                .check(soon)
                .unwrap()
                .lines
                .into_iter()
                .filter(|line| !line.holds)
                .collect();
            assert!(failed.is_empty(), "{failed:?}");
            assert!(book.book_view(soon).unwrap().is_sample);
            assert_eq!(book.book_view(soon).unwrap().unrated, 0);
            for hub in book.hubs(soon).unwrap() {
                assert_eq!(hub.last_closed.as_deref(), Some("2026-09"), "{}", hub.id);
            }
        }
    }

    #[test]
    fn the_partners_book_holds_what_the_story_tells() {
        let folder = Folder::new("story");
        let at = on("2026-10-05");
        let (book, _) = made(&folder, at);
        let clients = book.clients(None, "2026-09", at).unwrap();
        let channels: Vec<_> = clients.iter().flat_map(|c| &c.channels).collect();
        let tiers: BTreeSet<_> = channels.iter().map(|c| c.tier).collect();
        assert_eq!((clients.len(), channels.len(), tiers.len()), (12, 30, 3));
        let ended = channels.iter().find(|c| c.id == CANCELLED).unwrap();
        assert_eq!(
            (ended.ended.as_deref(), ended.licence.amount.as_str()),
            (Some("2026-09-15"), "25.00")
        );

        // July ends short and is settled by invoice; below zero on 29 August, then an emergency
        // top-up.
        let mut days: BTreeMap<String, String> = BTreeMap::new();
        for month in ["2026-08", "2026-09"] {
            let curve = book.overview(EUR_HUB, month, at).unwrap().curve;
            days.extend(curve.into_iter().map(|p| (p.day, p.balance.amount)));
        }
        let empty: Vec<_> = days
            .iter()
            .filter(|(_, b)| b.starts_with('-') || *b == "0.00")
            .collect();
        let told = [
            ("2026-07-31".to_owned(), "0.00".to_owned()),
            ("2026-08-29".into(), "-18.3177".into()),
        ];
        assert_eq!(empty, told.iter().map(|(d, b)| (d, b)).collect::<Vec<_>>());

        let shared = movements(&book, EUR_HUB, None);
        let kinds: BTreeSet<_> = shared.iter().filter_map(|m| m.top_up).collect();
        let methods: BTreeSet<_> = shared.iter().filter_map(|m| m.method).collect();
        assert_eq!((kinds.len(), methods.len()), (3, 3));
        for kind in [
            MovementWord::Opening,
            MovementWord::RefundToBalance,
            MovementWord::Reconciliation,
            MovementWord::SettledByInvoice,
        ] {
            assert!(shared.iter().any(|m| m.kind == kind), "{kind:?}");
        }

        let pro_rata = book.invoice("NrdE7kPA/2026-08/pro-rata", at).unwrap();
        let amount_of = |kind| {
            let line = pro_rata.lines.iter().find(|l| l.kind == kind).unwrap();
            (
                line.channel.as_ref().unwrap().id.clone(),
                line.amount.amount.clone(),
            )
        };
        // 25.00 × 15/31, and (49.00 − 25.00) × 20/31.
        assert_eq!(
            amount_of(LineWord::ProRataLicence),
            (STARTED.to_owned(), "12.10".to_owned())
        );
        assert_eq!(amount_of(LineWord::TierUpgrade).1, "15.48");

        let has_calls = |hub| {
            let sums = book.charge_sums(hub, None, SumBy::Category, at).unwrap();
            sums.iter().any(|s| s.key == "call")
        };
        assert!(!has_calls(EUR_HUB) && has_calls(USD_HUB));
        for hub in [EUR_HUB, USD_HUB] {
            assert!(
                book.charge_sums(hub, None, SumBy::Market, at)
                    .unwrap()
                    .len()
                    >= 7,
                "{hub}"
            );
        }
    }

    #[test]
    fn some_rows_report_a_cost_off_the_card_and_some_come_late() {
        let folder = Folder::new("rows");
        let at = on("2026-10-05");
        let (book, _) = made(&folder, at);
        let charges = |channel: &str| {
            let form = ChargesForm {
                hub: EUR_HUB.into(),
                month: Some("2026-08".into()),
                day: None,
                client: None,
                channel: Some(channel.into()),
                category: None,
                market: None,
                unrated: false,
                kind: None,
                sort: None,
                after: None,
                limit: 1000,
            };
            book.charges(form, at).unwrap().rows
        };
        let reported = charges("VelNd8CH")
            .into_iter()
            .filter(|c| c.state == ChargeState::Reported);
        let off: Vec<_> = reported
            .map(|c| book.explain(&c.id, at).unwrap().difference.unwrap())
            .collect();
        assert!(
            off.len() == 2 && off.iter().all(|d| d.amount != "0.00"),
            "{off:?}"
        );
        let late: BTreeSet<_> = charges(LATE)
            .into_iter()
            .filter_map(|c| c.booked_on.map(|on| (c.day, on)))
            .collect();
        let expected =
            ["2026-07-30", "2026-07-31"].map(|day| (day.to_owned(), "2026-08-01".to_owned()));
        assert_eq!(late, BTreeSet::from(expected));
    }

    #[test]
    fn the_clients_book_tells_the_same_months_of_its_channels() {
        let folder = Folder::new("client");
        let at = on("2026-10-05");
        let (partner, client) = made(&folder, at);
        for month in MONTHS {
            let sums = |book: &Book| {
                let sums = book
                    .charge_sums(USD_HUB, Some(month), SumBy::Channel, at)
                    .unwrap();
                sums.into_iter()
                    .map(|s| (s.key, s.usage.amount))
                    .collect::<BTreeMap<_, _>>()
            };
            let all = sums(&partner);
            let own = sums(&client);
            assert_eq!(own.len(), 3);
            assert!(
                own.iter().all(|(id, usage)| all.get(id) == Some(usage)),
                "{month}"
            );
        }
        for channel in ["MerMa1CH", "MerSe2CH", OVERDRAWN] {
            let told = |book| -> Vec<_> {
                let movements = movements(book, USD_HUB, Some(channel)).into_iter();
                movements
                    .map(|m| (m.day, m.kind, m.amount.amount))
                    .collect()
            };
            assert_eq!(told(&partner), told(&client), "{channel}");
        }
        assert!(
            movements(&client, USD_HUB, Some("MerMa1CH"))
                .iter()
                .any(|m| m.kind == MovementWord::PaidOut)
        );
        let overdrawn = movements(&client, USD_HUB, Some(OVERDRAWN));
        let first = overdrawn.iter().find(|m| m.paused).unwrap();
        assert!(first.day.as_str() > "2026-09-20", "{}", first.day);
        let closing = client
            .invoice("NrdU2mPA/2026-09/closing/MerMx3CH", at)
            .unwrap();
        let summary = closing.summary.unwrap();
        // 10.89 + 50.00 − 74.16, and 4 % of it by card; no VAT, as Spain has it reversed.
        assert_eq!(summary.settled_by_invoice.amount, "13.27");
        assert_eq!(
            (closing.net.amount.as_str(), closing.gross.amount.as_str()),
            ("13.80", "13.80")
        );
    }

    #[test]
    fn a_month_that_is_not_over_stays_open() {
        let folder = Folder::new("open");
        let at = on("2026-09-22");
        let (book, _) = made(&folder, at);
        let hub = book.hub(EUR_HUB, at).unwrap();
        assert_eq!(hub.last_closed.as_deref(), Some("2026-08"));
        assert_eq!(hub.open_months, ["2026-09"]);
        let view = book.overview(EUR_HUB, "2026-09", at).unwrap();
        // 380.75 at the start, 2,700.00 added, 2,333.85 used.
        assert_eq!(view.balance.amount, "746.8991");
        assert_eq!(view.curve.last().unwrap().day, "2026-09-22");
        assert_eq!(
            (view.days_left, view.runs_dry_on.as_deref()),
            (Some(7), Some("2026-09-30"))
        );
        let next: Vec<_> = view.next.iter().map(|n| n.what).collect();
        assert_eq!(next, [NextWord::RunsDry]);
    }

    #[test]
    fn a_book_is_never_overwritten_and_only_books_stay() {
        let folder = Folder::new("twice");
        let at = on("2026-07-01");
        let paths: Vec<_> = (0..2)
            .map(|_| {
                make_sample(&folder.0, &who(), &mut unheard, at)
                    .unwrap()
                    .partner_book
            })
            .collect();
        assert!(paths[0].ends_with("Nordlicht sample.hubbook"), "{paths:?}");
        assert!(
            paths[1].ends_with("Nordlicht sample 2.hubbook"),
            "{paths:?}"
        );
        assert!(
            folder.names().iter().all(|name| name.contains(".hubbook")),
            "{:?}",
            folder.names()
        );
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = Folder::new("failure");
        // A folder where the second book's lock would lie.
        let in_the_way = "Meridiano sample.hubbook.lock";
        fs::create_dir_all(folder.0.join(in_the_way)).unwrap();
        assert!(make_sample(&folder.0, &who(), &mut unheard, on("2026-07-01")).is_err());
        assert_eq!(folder.names(), BTreeSet::from([in_the_way.to_owned()]));
    }

    #[test]
    fn what_was_done_stands_in_the_order_of_its_time() {
        for today in ["2026-09-01", "2026-10-01", "2026-11-28"] {
            let folder = Folder::new(&format!("order-{today}"));
            let at = on(today);
            let (partner, client) = made(&folder, at);
            for book in [partner, client] {
                let acts = book
                    .read(|r| Ok(r.activities(ActivityFilter::default(), true, None, 1000)?))
                    .unwrap();
                let times: Vec<_> = acts.into_iter().map(|act| act.at).collect();
                assert!(times.len() > 20 && times.is_sorted(), "{today} {times:?}");
            }
        }
    }

    #[test]
    fn it_tells_how_far_it_is_and_leaves_nothing_where_it_is_stopped() {
        let (whole, stopped) = (Folder::new("whole"), Folder::new("stopped"));
        let at = on("2026-10-05");
        let mut told = Vec::new();
        let mut hear = |view: ProgressView| {
            told.push(view.percent);
            ControlFlow::Continue(())
        };
        make_sample(&whole.0, &who(), &mut hear, at).unwrap();
        assert!(told.len() > 40 && told.is_sorted(), "{told:?}");
        assert_eq!((told.first(), told.last()), (Some(&0), Some(&100)));

        // In the second book, when the first one is whole.
        let mut hear = |view: ProgressView| match view.percent {
            0..=80 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        };
        let refused = make_sample(&stopped.0, &who(), &mut hear, at).unwrap_err();
        assert_eq!(refused.code, Code::Cancelled);
        assert!(stopped.names().is_empty(), "{:?}", stopped.names());
    }

    #[test]
    fn auto_renewal_adds_on_each_day_that_ends_at_its_threshold() {
        let money = |text: &str| {
            let amount = text.parse().unwrap();
            Money::new(amount, hubledger_core::currency::Currency::Usd)
        };
        let moved = [
            ("2026-07-01", "-9.99"),
            ("2026-07-02", "-0.01"),
            ("2026-07-05", "-120"),
        ];
        let moved = moved.map(|(day, amount)| (parse_date(day).unwrap(), money(amount)));
        let due = renewals_due(
            money("20"),
            &BTreeMap::from(moved),
            money("10"),
            money("50"),
        );
        let days: Vec<_> = due.unwrap().iter().map(ToString::to_string).collect();
        // 10.01, then 10.00: 60.00; then −60.00: −10.00, 40.00.
        assert_eq!(days, ["2026-07-02", "2026-07-05", "2026-07-05"]);
    }
}
