//! The same month of usage for all programs, from a fixed seed: 10,000 channels of 500 clients, each
//! row one channel's messages of a day to a country.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::Failure;

const CHANNELS: u64 = 10_000;
const CHANNELS_A_CLIENT: u64 = 20;
const SEED: u64 = 0x4875_626c_6564_6765;
const COUNTRIES: [&str; 10] = ["DE", "FR", "ES", "IT", "BR", "MX", "IN", "GB", "AR", "NL"];
const CATEGORIES: [&str; 3] = ["marketing", "utility", "authentication"];

pub(crate) const HUB: &str = "HUB1";
pub(crate) const MONTH: &str = "2026-07";
/// A channel and its client, for questions about one.
pub(crate) const CHANNEL: &str = "CH00042CH";

/// Numbers by chance that are the same on each run (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let at = self.below(u64::try_from(list.len()).unwrap_or(1));
        list.iter()
            .copied()
            .nth(usize::try_from(at).unwrap_or(0))
            .unwrap_or_default()
    }
}

/// Writes what each program reads into a folder.
pub(crate) fn write_all(folder: &Path, rows: u64) -> Result<(), Failure> {
    let create = |name: &str| -> Result<BufWriter<File>, Failure> {
        Ok(BufWriter::new(File::create(folder.join(name))?))
    };
    write_parties(create("parties.csv")?)?;
    let mut usage = create("usage.csv")?;
    let mut ledger = create("usage.ledger")?;
    let mut tackler = create("usage.txn")?;
    let mut beancount = create("usage.beancount")?;
    let mut floor = create("floor.csv")?;
    writeln!(usage, "date,channel_id,country,category,quantity")?;
    for channel in 0..CHANNELS {
        for category in CATEGORIES {
            let category = title(category);
            writeln!(
                beancount,
                "2026-01-01 open Expenses:CH{channel:05}CH:{category}"
            )?;
        }
    }
    writeln!(beancount, "2026-01-01 open Assets:{HUB}")?;
    let mut chance = Chance(SEED);
    for _ in 0..rows {
        let day = chance.below(31) + 1;
        let channel = chance.below(CHANNELS);
        let country = chance.one_of(&COUNTRIES);
        let category = chance.one_of(&CATEGORIES);
        let quantity = chance.below(399) + 1;
        // What the others are told: a price of 0.0212 a message. Ours works it out.
        let cost = quantity * 212;
        let amount = format!("{}.{:04}", cost / 10_000, cost % 10_000);
        let (date, channel) = (format!("{MONTH}-{day:02}"), format!("CH{channel:05}CH"));
        writeln!(usage, "{date},{channel},{country},{category},{quantity}")?;
        writeln!(floor, "{date},{channel},{category},{amount}")?;
        writeln!(
            ledger,
            "{date} usage\n    expenses:{channel}:{category}  {amount} USD\n    assets:{HUB}\n"
        )?;
        writeln!(
            tackler,
            "{date} 'usage\n    Expenses:{channel}:{category}  {amount} USD\n    Assets:{HUB}\n"
        )?;
        writeln!(
            beancount,
            "{date} * \"usage\"\n  Expenses:{channel}:{}  {amount} USD\n  Assets:{HUB}\n",
            title(category)
        )?;
    }
    std::fs::write(folder.join("tackler.toml"), TACKLER)?;
    std::fs::write(folder.join("balances.py"), BALANCES)?;
    Ok(())
}

fn write_parties(mut parties: BufWriter<File>) -> Result<(), Failure> {
    writeln!(
        parties,
        "hub_id,client_id,client_name,country,email,vat_id,channel_id,phone_number,display_name,tier,billing_started_at,terminated_at,time_zone"
    )?;
    for channel in 0..CHANNELS {
        let client = channel / CHANNELS_A_CLIENT;
        writeln!(
            parties,
            "{HUB},C{client:04},Client {client:04},DE,c{client}@example.com,,CH{channel:05}CH,+4915{channel:08},Line {channel},regular,2026-01-01,,Europe/Berlin"
        )?;
    }
    Ok(())
}

fn title(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Balances of all accounts, and nothing else.
const TACKLER: &str = r#"
[kernel]
strict = false
audit = { mode = false, hash = "SHA-256" }
timestamp = { default-time = 00:00:00, timezone = { name = "UTC" } }
[kernel.input]
storage = "fs"
fs = { path = ".", dir = ".", ext = "txn" }
git = { repo = ".", dir = ".", ext = "txn", ref = "main" }
[transaction]
accounts = { path = "none" }
commodities = { path = "none" }
tags = { path = "none" }
[report]
report-timezone = "UTC"
scale = { min = 2, max = 4 }
formats = [ "txt" ]
accounts = []
targets = [ "balance" ]
balance = { title = "Balances", type = "flat" }
balance-group = { title = "By month", type = "flat", group-by = "month" }
register = { title = "Register" }
[export]
targets = []
equity = { accounts = [], equity-account = "Equity:Balance" }
"#;

/// What beancount is asked: all balances, with its own loader.
const BALANCES: &str = r#"
import sys
from collections import defaultdict
from beancount import loader
from beancount.core.data import Transaction
entries, errors, _ = loader.load_file(sys.argv[1])
assert not errors, errors[:3]
sums = defaultdict(int)
for entry in entries:
    if isinstance(entry, Transaction):
        for posting in entry.postings:
            sums[posting.account] += posting.units.number
print(len(sums), sums["Assets:HUB1"])
"#;
