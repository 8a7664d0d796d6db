//! How long a book takes, next to the ledgers that people would otherwise use and to bare SQLite,
//! each as a whole process, in one run. Ratios count: the machine may be busy. `make bench` runs it.

#![allow(
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "it prints what it measured"
)]

#[path = "books/bare.rs"]
mod bare;
#[path = "books/data.rs"]
mod data;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use data::{CHANNEL, HUB, MONTH};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The day that stands in for today: behind the month of the usage.
const TODAY: &str = "2026-08-01";

/// What one run of a program took.
#[derive(Clone, Copy)]
struct Run {
    seconds: f64,
    /// On a processor, which other work on the machine lengthens less; to a hundredth.
    busy: f64,
    mebibytes: f64,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match text.as_slice() {
        ["bare-insert", book, into] => bare::insert(Path::new(book), Path::new(into)),
        ["bare-rows", book, into, tables @ ..] => {
            bare::insert_rows(Path::new(book), Path::new(into), tables)
        }
        ["bare-ask", book, sql] => {
            println!("{}", bare::ask(Path::new(book), sql)?);
            Ok(())
        }
        ["compare", hubl, peers, folder, rows, rounds] => Bench {
            hubl: PathBuf::from(hubl),
            peers: PathBuf::from(peers),
            folder: PathBuf::from(folder),
            rounds: rounds.parse()?,
        }
        .compare(rows.parse()?),
        ["book", hubl, folder, rows] => Bench {
            hubl: PathBuf::from(hubl),
            peers: PathBuf::new(),
            folder: PathBuf::from(folder),
            rounds: 1,
        }
        .keep_book(rows.parse()?),
        _ => Err(
            "compare <hubl> <peers> <folder> <rows> <rounds>, or book <hubl> <folder> <rows>"
                .into(),
        ),
    }
}

struct Bench {
    hubl: PathBuf,
    peers: PathBuf,
    folder: PathBuf,
    rounds: usize,
}

impl Bench {
    fn compare(&self, rows: u64) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.folder)?;
        data::write_all(&self.folder, rows)?;
        println!("| {rows} rows | s | s of processor | MiB | × ours |");
        println!("|---|---|---|---|---|");
        let import = self.imports()?;
        let tackler = self.ledgers(import)?;
        self.questions(tackler)?;
        self.opening()?;
        self.sizes(rows)
    }

    /// The book alone, with its usage, for whoever measures something else on it.
    fn keep_book(&self, rows: u64) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.folder)?;
        data::write_all(&self.folder, rows)?;
        self.fresh_book()?;
        let mut import = self.ask(&["import", "usage"]);
        self.measure(import.arg(self.at("usage.csv")))?;
        Ok(())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The book before its usage: made anew, as each import needs one that has none.
    fn fresh_book(&self) -> Result<PathBuf, Failure> {
        for name in ["bench.hubbook", "bench.hubbook-wal", "bench.hubbook-shm"] {
            let _ = std::fs::remove_file(self.at(name));
        }
        let book = self.at("bench.hubbook");
        let name = book.to_str().ok_or("the folder's name is not text")?;
        let parties = self.at("parties.csv");
        let parties = parties.to_str().ok_or("the folder's name is not text")?;
        let steps: [&[&str]; 3] = [
            &[
                "new",
                "--owner",
                "partner",
                "--name",
                "Bench",
                "--country",
                "DE",
                name,
            ],
            &[
                "-b",
                name,
                "hub",
                "add",
                "--id",
                HUB,
                "--name",
                "Bench",
                "--model",
                "partner-paid",
                "--currency",
                "USD",
                "--plan",
                "growth",
                "--since",
                "2026-01-01",
                "--first-month",
                MONTH,
                "--opening",
                "90000000",
            ],
            &["-b", name, "import", "parties", parties],
        ];
        for step in steps {
            self.measure(self.hubl().args(step))?;
        }
        Ok(book)
    }

    fn hubl(&self) -> Command {
        let mut hubl = Command::new(&self.hubl);
        hubl.env("XDG_DATA_HOME", self.at("data"))
            .args(["--today", TODAY]);
        hubl
    }

    /// What a question asks of the book.
    fn ask(&self, words: &[&str]) -> Command {
        let mut hubl = self.hubl();
        hubl.arg("-b").arg(self.at("bench.hubbook")).args(words);
        hubl
    }

    fn bare(&self, words: &[&str]) -> Result<Command, Failure> {
        let mut own = Command::new(std::env::current_exe()?);
        own.args(words);
        Ok(own)
    }

    fn imports(&self) -> Result<Run, Failure> {
        let (mut ours, mut floor, mut copied) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            let book = self.fresh_book()?;
            let mut import = self.ask(&["import", "usage"]);
            ours.push(self.measure(import.arg(self.at("usage.csv")))?);
            floor.push(self.bare_insert("bare-rows", &book, &[])?);
            copied.push(self.bare_insert("bare-insert", &book, &[])?);
        }
        let own = median(&ours);
        let floor = median(&floor);
        row("import", own, own);
        row(
            "the same rows and indexes, bare SQLite, row by row",
            floor,
            own,
        );
        row(
            "the same, whole pages copied by SQLite",
            median(&copied),
            own,
        );
        goal(
            "import, of the bare insert row by row",
            own.busy / floor.busy,
            2.0,
        );
        goal("import, MiB", own.mebibytes, 150.0);
        Ok(own)
    }

    fn bare_insert(&self, how: &str, book: &Path, tables: &[&str]) -> Result<Run, Failure> {
        for name in ["bare.db", "bare.db-wal", "bare.db-shm"] {
            let _ = std::fs::remove_file(self.at(name));
        }
        let mut insert = self.bare(&[how])?;
        self.measure(insert.arg(book).arg(self.at("bare.db")).args(tables))
    }

    /// Parsing the same postings and giving all balances, which stores nothing; gives what tackler took.
    fn ledgers(&self, import: Run) -> Result<Option<Run>, Failure> {
        if std::env::var_os("WITHOUT_PEERS").is_some() {
            return Ok(None);
        }
        let mut commands: Vec<(&str, Command)> = Vec::new();
        let mut tackler = Command::new(self.peers.join("bin/tackler"));
        tackler
            .arg("--config")
            .arg(self.at("tackler.toml"))
            .arg("--input.file")
            .arg(self.at("usage.txn"));
        commands.push(("tackler", tackler));
        let mut ledger = Command::new("ledger");
        ledger.arg("-f").arg(self.at("usage.ledger")).arg("balance");
        commands.push(("ledger", ledger));
        let mut hledger = Command::new("hledger");
        hledger
            .arg("-f")
            .arg(self.at("usage.ledger"))
            .arg("balance");
        commands.push(("hledger", hledger));
        let mut beancount = Command::new(self.peers.join("bin/python"));
        beancount
            .env("BEANCOUNT_DISABLE_LOAD_CACHE", "1")
            .arg(self.at("balances.py"))
            .arg(self.at("usage.beancount"));
        commands.push(("beancount", beancount));
        let mut sqlite = Command::new("sqlite3");
        sqlite
            .arg(":memory:")
            .arg("CREATE TABLE usage (day, channel, category, amount)")
            .arg(format!(
                ".import --csv {} usage",
                self.at("floor.csv").display()
            ))
            .arg("SELECT channel, sum(amount) FROM usage GROUP BY channel");
        commands.push(("sqlite3 .import and one sum", sqlite));
        let own = self.measure(&mut self.ask(&["ledger", "trial-balance"]))?;
        let mut tackler_took = None;
        for (name, command) in &mut commands {
            let runs = (0..self.rounds_of(name))
                .map(|_| self.measure(command))
                .collect::<Result<Vec<_>, _>>()?;
            let run = median(&runs);
            row(&format!("{name}: parse, all balances"), run, own);
            let of_import = import.busy / run.busy;
            match *name {
                "tackler" => {
                    goal("import, of tackler", of_import, 2.0);
                    tackler_took = Some(run);
                }
                "ledger" => goal("import, of ledger", of_import, 0.5),
                "hledger" => goal("import, of hledger", of_import, 0.1),
                _ => {}
            }
        }
        Ok(tackler_took)
    }

    /// The slow ones are run once.
    fn rounds_of(&self, program: &str) -> usize {
        match program {
            "hledger" | "beancount" => 1,
            _ => self.rounds,
        }
    }

    fn questions(&self, tackler: Option<Run>) -> Result<(), Failure> {
        let questions: [(&str, &[&str], Option<&str>); 6] = [
            (
                "trial balance",
                &["ledger", "trial-balance"],
                Some("SELECT account, sum(amount) FROM posting GROUP BY account"),
            ),
            (
                "all balances",
                &["balance"],
                Some("SELECT account, sum(amount) FROM posting GROUP BY account"),
            ),
            (
                "statement of a balance",
                &["movements", "--hub", HUB, "--month", MONTH],
                None,
            ),
            (
                "a channel's charges",
                &["charges", "--hub", HUB, "--channel", CHANNEL],
                None,
            ),
            (
                "a month by client",
                &["charges", "--hub", HUB, "--month", MONTH, "--by", "client"],
                Some(
                    "SELECT channel.client, sum(amount) FROM charge JOIN channel ON channel.key = charge.channel GROUP BY 1",
                ),
            ),
            ("check", &["check"], Some("PRAGMA integrity_check")),
        ];
        for (name, words, bare) in questions {
            let mut ask = self.ask(words);
            let ours = self.all(&mut ask)?;
            row(name, ours, ours);
            if let Some(sql) = bare {
                let mut bare = self.bare(&["bare-ask"])?;
                let bare = self.all(bare.arg(self.at("bench.hubbook")).arg(sql))?;
                row(&format!("{name}, bare SQL"), bare, ours);
            }
            if let Some(tackler) = tackler.filter(|_| name != "check") {
                goal(
                    &format!("{name}, of tackler"),
                    ours.seconds / tackler.seconds,
                    0.01,
                );
            }
        }
        self.closing()?;
        let check = self.all(&mut self.ask(&["check"]))?;
        row("check, the month sealed", check, check);
        let mut integrity = self.bare(&["bare-ask"])?;
        let book = self.at("bench.hubbook");
        let integrity = self.all(integrity.arg(book).arg("PRAGMA integrity_check"))?;
        goal(
            "check, of one integrity_check",
            check.busy / integrity.busy,
            5.0,
        );
        Ok(())
    }

    /// A close, each time of a fresh copy, beside what it writes. The backup that it makes first, a copy of
    /// the whole book, is measured alone and told apart.
    fn closing(&self) -> Result<(), Failure> {
        let (book, copy) = (self.at("bench.hubbook"), self.at("close.hubbook"));
        let measured = |words: &[&str]| {
            std::fs::copy(&book, &copy)?;
            // What the copy has yet to write is not the close's work, nor are old backups.
            std::fs::File::open(&copy)?.sync_all()?;
            let _ = std::fs::remove_dir_all(self.at("close backups"));
            let mut hubl = self.hubl();
            self.measure(hubl.arg("-b").arg(&copy).args(words))
        };
        let (mut closes, mut backups) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds.max(1) {
            backups.push(measured(&["backup", "now"])?);
            closes.push(measured(&["close", "--hub", HUB, "--month", MONTH])?);
        }
        std::fs::rename(&copy, &book)?;
        let bares = (0..self.rounds.max(1))
            .map(|_| self.bare_insert("bare-rows", &book, &CLOSE_WRITES))
            .collect::<Result<Vec<_>, _>>()?;
        let (close, backup, bare) = (median(&closes), median(&backups), median(&bares));
        row("close the month of 10,000 channels", close, close);
        row("a backup, as a close makes one first", backup, close);
        row(
            "the rows that it writes, bare SQLite, row by row",
            bare,
            close,
        );
        let of_bare = |busy: f64| busy / bare.busy;
        goal(
            "close but for its backup, of the bare insert of its rows",
            of_bare(close.busy - backup.busy),
            3.0,
        );
        println!("| with its backup | {:.3} | | | |", of_bare(close.busy));
        Ok(())
    }

    /// The trial balance of this book and of one with nothing in it: nearly all of it is opening.
    fn opening(&self) -> Result<(), Failure> {
        let small = self.at("small.hubbook");
        let name = small.to_str().ok_or("the folder's name is not text")?;
        let _ = std::fs::remove_file(&small);
        let new: &[&str] = &[
            "new",
            "--owner",
            "partner",
            "--name",
            "Bench",
            "--country",
            "DE",
            name,
        ];
        self.measure(self.hubl().args(new))?;
        let large = self.all(&mut self.ask(&["ledger", "trial-balance"]))?;
        let small = self.all(self.hubl().args(["-b", name, "ledger", "trial-balance"]))?;
        row("open, and a trial balance", large, large);
        row("the same, of an empty book", small, large);
        goal("open, of an empty book", large.seconds / small.seconds, 1.2);
        Ok(())
    }

    fn sizes(&self, rows: u64) -> Result<(), Failure> {
        let bytes =
            |name: &str| -> Result<u64, Failure> { Ok(std::fs::metadata(self.at(name))?.len()) };
        let (book, usage) = (bytes("bench.hubbook")?, bytes("usage.csv")?);
        println!(
            "\nThe book has {} MB, {} bytes a row; its usage file {} MB.",
            book / 1_000_000,
            book / rows.max(1),
            usage / 1_000_000
        );
        #[allow(clippy::cast_precision_loss, reason = "a ratio to two figures")]
        let ratio = book as f64 / usage.max(1) as f64;
        goal("size of the book, of its usage file", ratio, 3.0);
        println!("\n| Table or index | MB |\n|---|---|");
        for (name, bytes) in bare::sizes(&self.at("bench.hubbook"))? {
            println!("| {name} | {} |", bytes / 1_000_000);
        }
        Ok(())
    }

    fn all(&self, command: &mut Command) -> Result<Run, Failure> {
        let runs = (0..self.rounds)
            .map(|_| self.measure(command))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(median(&runs))
    }

    /// Runs a program to its end under GNU time; it must succeed.
    fn measure(&self, command: &mut Command) -> Result<Run, Failure> {
        let told = self.at("time");
        let mut timed = Command::new("/usr/bin/time");
        timed.args(["-f", "%U %S %M", "-o"]).arg(&told);
        timed.arg(command.get_program()).args(command.get_args());
        timed.envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        timed.current_dir(&self.folder);
        let start = Instant::now();
        let done = timed
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()?;
        let seconds = start.elapsed().as_secs_f64();
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            return Err(format!("{command:?}: {said}").into());
        }
        let text = std::fs::read_to_string(&told)?;
        let mut figures = text.split_whitespace().map(str::parse::<f64>);
        let mut next = || figures.next().ok_or("time said too little");
        let (user, system, kibibytes) = (next()??, next()??, next()??);
        Ok(Run {
            seconds,
            busy: user + system,
            mebibytes: kibibytes / 1024.0,
        })
    }
}

fn median(runs: &[Run]) -> Run {
    let mut sorted = runs.to_vec();
    sorted.sort_by(|a, b| a.busy.total_cmp(&b.busy));
    sorted.get(sorted.len() / 2).copied().unwrap_or(Run {
        seconds: 0.0,
        busy: 0.0,
        mebibytes: 0.0,
    })
}

/// The tables that a close writes to, and that hold no more than it writes in a book of one month.
const CLOSE_WRITES: [&str; 7] = [
    "closing_summary",
    "hub_invoice",
    "month_channel",
    "month_close",
    "month_line",
    "seal_basis",
    "seal_part",
];

/// A goal beside what was measured.
fn goal(what: &str, measured: f64, at_most: f64) {
    let is_met = if measured <= at_most {
        "met"
    } else {
        "not met"
    };
    println!("| goal: {what}: at most {at_most} | {measured:.3} | {is_met} | | |");
}

/// Ratios are of processor time where it is long enough to be told exactly.
fn row(name: &str, run: Run, ours: Run) {
    let exact = run.busy.min(ours.busy) > 0.2;
    let ratio = if exact {
        run.busy / ours.busy
    } else {
        run.seconds / ours.seconds
    };
    println!(
        "| {name} | {:.3} | {:.2} | {:.0} | {ratio:.2} |",
        run.seconds, run.busy, run.mebibytes
    );
}
