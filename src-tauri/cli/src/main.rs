//! `hubl`, the command line: the same use cases as the window, as text or JSON. Here the clock,
//! the user and the host are read, once; no verb knows a rule.
//!
//! It ends with 0 when done, with 1 when refused (one line `error[code]: …` on standard error
//! that says what to do), with 2 when used wrongly.

use std::cell::OnceCell;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use chrono::{Local, NaiveDate, NaiveTime, Timelike, Utc};
use clap::{CommandFactory, Parser};
use hubledger_book::moment::{Moment, Who};

use crate::args::{Line, Verb};
use crate::print::{Out, one_line};
use crate::session::{Done, Session, Stop};

mod args;
mod print;
mod session;
mod passphrase;
mod company;
mod party;
mod balance;
mod import;
mod charge;
mod volume;
mod what_if;
mod market;
mod price;
mod invoice;
mod backup;
mod seller;
mod client_invoice;
mod ledger;
mod demo;

const REFUSED: u8 = 1;
const USED_WRONGLY: u8 = 2;

fn main() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(shown) => {
            let _ = shown.print();
            return ExitCode::from(u8::try_from(shown.exit_code()).unwrap_or(USED_WRONGLY));
        }
    };
    let mut session = Session {
        book: line.book,
        who: who(),
        at: moment(line.today),
        out: Out::new(Box::new(BufWriter::new(io::stdout())), line.json),
        passphrase: OnceCell::new(),
    };
    let done = run(&mut session, line.verb, line.version)
        .and_then(|()| session.out.flush().map_err(Stop::from));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            // What was shown before the refusal stands above it.
            let _ = session.out.flush();
            ended(stop)
        }
    }
}

fn run(session: &mut Session, verb: Option<Verb>, version: bool) -> Done {
    let Some(verb) = verb.filter(|_| !version) else {
        return if version {
            company::version(session)
        } else {
            Err(Stop::Usage("Name what to do, such as hub list."))
        };
    };
    match verb {
        Verb::New(new) => company::make(session, new),
        Verb::Company { verb } => company::company(session, verb),
        Verb::Check => company::check(session),
        Verb::Backup(verb) => backup::backup(session, verb),
        Verb::Passphrase(verb) => backup::passphrase(session, verb),
        Verb::Ledger(verb) => ledger::ledger(session, verb),
        Verb::History(which) => ledger::history(session, which),
        Verb::Undo { unit } => ledger::undo(session, unit),
        Verb::Reverse(which) => ledger::reverse(session, which),
        Verb::Hub(verb) => party::hub(session, verb),
        Verb::Client(verb) => party::client(session, verb),
        Verb::Channel(verb) => party::channel(session, verb),
        Verb::TopUp(top_up) => balance::top_up(session, top_up),
        Verb::Refund(refund) => balance::refund(session, refund),
        Verb::Balance(of) => balance::balance(session, of),
        Verb::Movements(of) => balance::movements(session, of),
        Verb::Statement(of) => balance::statement(session, &of),
        Verb::Import(verb) => import::import(session, verb),
        Verb::Charges(which) => charge::charges(session, which),
        Verb::Unrated(verb) => charge::unrated(session, verb),
        Verb::Explain { charge } => charge::explain(session, &charge),
        Verb::WhatIf(what) => what_if::what_if(session, what),
        Verb::Volume(verb) => volume::volume(session, verb),
        Verb::Prices(verb) => price::prices(session, verb),
        Verb::Close {
            hub,
            month,
            dry_run,
        } => invoice::close(session, &hub, &month, dry_run),
        Verb::Invoice(verb) => invoice::invoice(session, verb),
        Verb::ClientInvoice(verb) => client_invoice::client_invoice(session, verb),
        Verb::Seller { verb } => seller::seller(session, verb),
        Verb::Demo { to } => demo::demo(session, &to),
    }
}

fn ended(stop: Stop) -> ExitCode {
    let mut stderr = io::stderr();
    match stop {
        Stop::Refused { code, message } => {
            let _ = writeln!(stderr, "error[{code}]: {}", one_line(&message));
            ExitCode::from(REFUSED)
        }
        Stop::Usage(message) => {
            let error =
                Line::command().error(clap::error::ErrorKind::MissingRequiredArgument, message);
            let _ = error.print();
            ExitCode::from(USED_WRONGLY)
        }
        Stop::Output(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Stop::Output(error) => {
            let _ = writeln!(
                stderr,
                "error[output-failed]: The output can't be written: {error}."
            );
            ExitCode::from(REFUSED)
        }
    }
}

/// Now, as a use case is told it; a day that was given stands in for the clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the shell is where time comes in"
)]
fn moment(today: Option<NaiveDate>) -> Moment {
    match today {
        Some(today) => Moment {
            today,
            now: today.and_time(NaiveTime::MIN),
        },
        None => {
            let now = Utc::now().naive_utc();
            Moment {
                today: Local::now().date_naive(),
                now: now.with_nanosecond(0).unwrap_or(now),
            }
        }
    }
}

/// The person at this computer, shown to whoever else wants the book.
fn who() -> Who {
    let named = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok());
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .map(|host| host.trim().to_owned())
        .filter(|host| !host.is_empty());
    Who {
        user: named(&["USER", "USERNAME", "LOGNAME"]).unwrap_or_else(|| "someone".to_owned()),
        host: host
            .or_else(|| named(&["HOSTNAME", "COMPUTERNAME"]))
            .unwrap_or_else(|| "this computer".to_owned()),
        program: "hubl".to_owned(),
        process: std::process::id(),
    }
}
