//! A folder to work in, and the program run there.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder with at most one book, and the day that stands in for today.
pub(crate) struct Desk {
    folder: TempDir,
    pub(crate) today: &'static str,
}

/// How the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new(today: &'static str) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            today,
        }
    }

    /// A Partner-Paid and a Direct-Paid hub in a partner's book, with a channel each.
    pub(crate) fn with_two_hubs() -> Self {
        let desk = Self::new("2026-08-31");
        for line in [
            "new my.hubbook --owner partner --name Elbe --country DE",
            "-b my.hubbook hub add --id elbePA --name Elbe --model partner-paid --currency EUR --plan growth --since 2026-01-01 --first-month 2026-08 --opening 120.00",
            "-b my.hubbook hub add --id rheinPA --name Rhein --model direct-paid --currency USD --plan growth --since 2026-01-01 --first-month 2026-08",
            "-b my.hubbook client add --hub elbePA --id oneCL --name One",
            "-b my.hubbook client add --hub rheinPA --id twoCL --name Two",
            "-b my.hubbook channel add --client oneCL --id a1CH --phone +49301234561 --tier regular --started 2026-08-10 --ended 2026-08-20",
            "-b my.hubbook channel add --client twoCL --id p1CH --phone +49301234562 --tier regular --started 2026-02-01",
        ] {
            desk.done(line);
        }
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Runs the program with the words of a line.
    pub(crate) fn run(&self, line: &str) -> Ran {
        let words: Vec<_> = line.split_whitespace().collect();
        self.run_words(&words)
    }

    /// The same where a word has blanks.
    pub(crate) fn run_words(&self, words: &[&str]) -> Ran {
        let output = self.command(words).output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hubl"));
        command
            .current_dir(self.folder.path())
            .args(["--today", self.today])
            .args(words)
            .stdin(Stdio::null());
        command
    }

    /// Runs a line that is done, quietly.
    pub(crate) fn done(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "{line}\n{ran:#?}");
        ran.out
    }

    /// Runs a line that is done, and reads its record.
    pub(crate) fn record(&self, line: &str) -> Value {
        let out = self.done(&format!("--json {line}"));
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{line}: {e}\n{out}"))
    }

    /// Everything that the program shows of the book.
    pub(crate) fn everything(&self) -> String {
        let mut shown = String::new();
        let mut lines: Vec<String> = [
            "company",
            "hub list",
            "client list",
            "channel list",
            "balance",
            "unrated list",
            "prices list",
            "invoice list",
            "check",
        ]
        .map(str::to_owned)
        .to_vec();
        for hub in self.ids("hub list") {
            lines.push(format!("hub settings --id {hub}"));
            lines.push(format!("charges --hub {hub}"));
            for by in ["channel", "client", "category", "market"] {
                lines.push(format!("charges --hub {hub} --by {by}"));
            }
            lines.push(format!("movements --hub {hub}"));
            lines.push(format!("close --hub {hub} --month 2026-08 --dry-run"));
        }
        for channel in self.ids("channel list") {
            lines.push(format!("movements --channel {channel}"));
        }
        for line in lines {
            for json in ["--json ", ""] {
                let ran = self.run(&format!("{json}-b my.hubbook {line}"));
                assert!(
                    ran.code == 0 || line.starts_with("movements"),
                    "{line}: {ran:#?}"
                );
                shown.push_str(&format!("> {line}\n{}{}", ran.out, ran.err));
            }
        }
        shown
    }

    fn ids(&self, line: &str) -> Vec<String> {
        let records = self.record(&format!("-b my.hubbook {line}"));
        let ids = records.as_array().unwrap().iter();
        ids.map(|r| r["id"].as_str().unwrap().to_owned()).collect()
    }
}

impl Ran {
    /// Holds that it was refused with a code, on one line.
    #[track_caller]
    pub(crate) fn is_refused(&self, code: &str, line: &str) {
        assert_eq!(self.code, 1, "{line}\n{self:#?}");
        let start = format!("error[{code}]: ");
        let said: Vec<_> = self.err.lines().collect();
        assert!(
            said.len() == 1 && said[0].starts_with(&start) && said[0].len() > start.len() + 10,
            "{line}\n  wanted {start}…\n  {self:#?}"
        );
    }
}

/// The amounts of a record's fields, in order.
pub(crate) fn amounts(record: &Value, fields: &[&str]) -> Vec<String> {
    fields
        .iter()
        .map(|field| {
            record[field]["amount"]
                .as_str()
                .unwrap_or("none")
                .to_owned()
        })
        .collect()
}
