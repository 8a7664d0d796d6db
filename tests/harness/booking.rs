//! Random use cases that repeat from their seed: what a person might do to a book, one after the
//! other, and what is in the book afterwards, as one hash.

use std::fmt::Write as _;
use std::path::Path;

use hubledger_book::Book;
use hubledger_book::error::Error;
use hubledger_book::form::{
    ChannelForm, ClientForm, CompanyForm, NewBookForm, NewHubForm, RefundForm, TopUpForm,
};
use hubledger_book::moment::{Moment, Who};
use hubledger_book::word::{
    ModelWord, OwnerWord, PayByWord, PlanWord, RefundWord, TierWord, TopUpWord,
};
use hubledger_core::period::{BillingPeriod, parse_date};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};

use crate::walk::go_on;

/// Numbers that look random and repeat from their seed (splitmix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of so many: 0 is among them.
    pub fn below(&mut self, many: u64) -> u64 {
        self.draw() % many
    }
}

pub fn keeper() -> Who {
    Who {
        user: "ada".to_owned(),
        host: "laptop-3".to_owned(),
        program: "faults".to_owned(),
        process: 1,
    }
}

fn at(second: u32) -> Moment {
    let today = parse_date("2026-11-20").unwrap();
    Moment {
        today,
        now: today.and_hms_opt(8, second / 60 % 60, second % 60).unwrap(),
    }
}

/// When the book is made, opened and looked at.
pub fn start() -> Moment {
    at(0)
}

/// A book with a hub, a client and a channel, and fourteen months that can be closed.
pub fn make_book(path: &Path) -> Book {
    let company = CompanyForm {
        name: "Nordlicht GmbH".to_owned(),
        address: String::new(),
        country: "DE".to_owned(),
        vat_id: "DE999999995".to_owned(),
        billing_email: String::new(),
    };
    let form = NewBookForm {
        owner: OwnerWord::Partner,
        company,
        paper_language: String::new(),
    };
    let mut book = Book::create(path, form, &keeper(), start()).unwrap();
    let hub = NewHubForm {
        id: "elbePA".to_owned(),
        name: "Elbe".to_owned(),
        model: ModelWord::PartnerPaid,
        currency: "EUR".to_owned(),
        plan: Some(PlanWord::Growth),
        since: "2026-01-01".to_owned(),
        first_month: "2026-01".to_owned(),
        opening: "250.00".to_owned(),
        pay_by: PayByWord::Card,
    };
    book.add_hub(hub, start()).unwrap();
    let client = ClientForm {
        hub: "elbePA".to_owned(),
        id: "kundeCL".to_owned(),
        name: "Kunde".to_owned(),
        country: String::new(),
        email: String::new(),
        vat_id: String::new(),
    };
    book.add_client(client, start()).unwrap();
    let channel = ChannelForm {
        client: "kundeCL".to_owned(),
        hub: String::new(),
        id: "a1CH".to_owned(),
        phone: "+49 30 901820001".to_owned(),
        name: String::new(),
        tier: TierWord::Regular,
        tier_from: String::new(),
        started: "2026-01-01".to_owned(),
        ended: String::new(),
        time_zone: String::new(),
    };
    book.add_channel(channel, start()).unwrap();
    book
}

/// Does the `n`-th use case of a seed: a top-up, a refund, an import, a change of a client, the
/// closing of a month, or taking back what was done last. All of them are accepted.
pub fn act(book: &mut Book, folder: &Path, seed: u64, n: u32) -> Result<(), Error> {
    let mut random = Random::new(seed ^ (u64::from(n) << 32));
    let at = at(n);
    let cents = |random: &mut Random| {
        let cents = 1 + random.below(99_999);
        format!("{}.{:02}", cents / 100, cents % 100)
    };
    let amount = cents(&mut random);
    match random.below(11) {
        0..=3 => top_up(book, amount, at),
        4 => {
            let form = RefundForm {
                hub: Some("elbePA".to_owned()),
                channel: None,
                amount,
                on: "2026-11-19".to_owned(),
                to: RefundWord::Balance,
            };
            book.refund(form, at).map(|_| ())
        }
        5..=7 => {
            let mut rows = "date,channel_id,country,category,quantity,row_id\n".to_owned();
            for row in 0..=random.below(40) {
                let day = 1 + random.below(19);
                let many = 1 + random.below(500);
                let _ = writeln!(
                    rows,
                    "2026-09-{day:02},a1CH,DE,marketing,{many},{seed}-{n}-{row}"
                );
            }
            let path = folder.join("usage.csv");
            std::fs::write(&path, rows).unwrap();
            book.book_usage(&path, None, &mut go_on, at).map(|_| ())
        }
        8 => {
            let form = ClientForm {
                hub: "elbePA".to_owned(),
                id: "kundeCL".to_owned(),
                name: format!("Kunde {n}"),
                country: String::new(),
                email: String::new(),
                vat_id: String::new(),
            };
            book.edit_client(form, at).map(|_| ())
        }
        9 if can_be_undone(book)? => book.undo_last(at).map(|_| ()),
        _ => match month_to_close(book, at)? {
            Some(month) => book.close_month("elbePA", &month, at).map(|_| ()),
            None => top_up(book, amount, at),
        },
    }
}

/// Whether something was done since the book was made, whose hub, client and channel stay.
fn can_be_undone(book: &Book) -> Result<bool, Error> {
    let last = book.what_can_be_undone()?;
    Ok(last.is_some_and(|last| !last.use_case.starts_with("add-")))
}

fn top_up(book: &mut Book, amount: String, at: Moment) -> Result<(), Error> {
    let form = TopUpForm {
        hub: Some("elbePA".to_owned()),
        channel: None,
        amount,
        on: "2026-11-18".to_owned(),
        kind: TopUpWord::Manual,
        method: None,
    };
    book.top_up(form, at).map(|_| ())
}

/// The first open month, if it is over.
pub fn month_to_close(book: &Book, at: Moment) -> Result<Option<String>, Error> {
    let last = book.hub("elbePA", at)?.last_closed;
    let next = match last {
        Some(month) => BillingPeriod::parse(&month).unwrap().next(),
        None => BillingPeriod::new(2026, 1).unwrap(),
    };
    let is_over = next < BillingPeriod::containing(at.today);
    Ok(is_over.then(|| next.to_string()))
}

/// Every row of every table of a book, as one hash.
pub fn rows_of(path: &Path) -> String {
    rows_but(path, &[])
}

/// The same without the record of who did what, which a restore or a passphrase is on.
pub fn rows_but_record(path: &Path) -> String {
    rows_but(path, &["activity", "fingerprint"])
}

fn rows_but(path: &Path, left_out: &[&str]) -> String {
    let book = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let mut names = book
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = names
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut hash = Sha256::new();
    for table in tables.iter().filter(|t| !left_out.contains(&t.as_str())) {
        hash.update(table);
        let mut rows = book.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                hash.update(format!("{:?}|", row.get_ref(column).unwrap()));
            }
        }
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Whether every invariant of an open book holds; panics with those that do not.
pub fn assert_sound(book: &Book, about: &str) {
    let check = book.check(start()).unwrap();
    let failed: Vec<_> = check.lines.iter().filter(|line| !line.holds).collect();
    assert!(check.holds, "{about}: {failed:#?}");
}

/// A number from the environment, for longer runs; the usual one otherwise.
pub fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.replace(['_', ','], "").parse().ok())
        .unwrap_or(usual)
}
