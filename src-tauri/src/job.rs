//! Long work: how far it is, and a way to stop it while it runs. There are some sorts, which may run
//! beside each other; of a sort, one runs after the other.

use std::env;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use hubledger_book::error::Error;
use hubledger_book::view::ProgressView;
use hubledger_book::{Book, Progress, Stopper};
use parking_lot::{Condvar, Mutex};
use serde::Deserialize;

use crate::error::CommandError;
use crate::shared_book::SharedBook;
use crate::worker::step_aside;

/// Which long work is meant.
#[derive(Clone, Copy, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum JobWord {
    /// What holds the book: an import, a close, papers that go out.
    Work,
    /// The proof of the book.
    Check,
    /// What is done with backups.
    Backup,
    /// A book is opened, which may have to be brought up.
    Open,
    /// A file is written from what is read beside the book.
    File,
    /// A question that takes long, asked beside the book.
    Question,
}

/// The long work of the app, by its sort.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    pub(crate) work: Job,
    pub(crate) check: Job,
    pub(crate) backup: Job,
    pub(crate) open: Job,
    pub(crate) file: Job,
    pub(crate) question: Job,
}

impl Jobs {
    /// Stops whatever reads beside the book, and waits until it has ended.
    pub(crate) fn end_beside(&self) {
        for job in [&self.check, &self.file, &self.question] {
            job.end();
        }
    }

    pub(crate) fn of(&self, word: JobWord) -> &Job {
        match word {
            JobWord::Work => &self.work,
            JobWord::Check => &self.check,
            JobWord::Backup => &self.backup,
            JobWord::Open => &self.open,
            JobWord::File => &self.file,
            JobWord::Question => &self.question,
        }
    }
}

/// Names a file for a test: while that is there, long work waits at each of its looks, so that the
/// test can look on, do something else, or stop it.
const HOLD: &str = "HUBLEDGER_TEST_HOLD";
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// Work that runs, or none.
#[derive(Debug, Default)]
pub(crate) struct Job {
    /// Held for as long as it runs.
    turn: Mutex<()>,
    state: Mutex<State>,
    /// Told when it is cancelled.
    cancelled: Condvar,
}

#[derive(Debug, Default)]
struct State {
    now: ProgressView,
    is_cancelled: bool,
    stopper: Option<Stopper>,
}

impl Job {
    /// Runs work that tells its progress. Work that is cancelled stops at its next look, or within a
    /// long question to the book that `stopper` is of.
    pub(crate) fn run<T>(
        &self,
        stopper: Option<Stopper>,
        work: impl FnOnce(Progress<'_>) -> T,
    ) -> T {
        step_aside(|| self.run_here(stopper, work))
    }

    fn run_here<T>(&self, stopper: Option<Stopper>, work: impl FnOnce(Progress<'_>) -> T) -> T {
        let _turn = self.turn.lock();
        *self.state.lock() = State {
            now: ProgressView {
                running: true,
                ..ProgressView::default()
            },
            is_cancelled: false,
            stopper,
        };
        // However it ends, a stop that comes late must not meet what is asked next.
        let _end = End(self);
        let held_by = env::var_os(HOLD).map(PathBuf::from);
        work(&mut |now| {
            let mut state = self.state.lock();
            state.now = now;
            while !state.is_cancelled && held_by.as_ref().is_some_and(|file| file.exists()) {
                self.cancelled.wait_for(&mut state, BETWEEN_LOOKS);
            }
            if state.is_cancelled {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
    }

    /// How far it is.
    pub(crate) fn now(&self) -> ProgressView {
        self.state.lock().now.clone()
    }

    /// Stops what runs now: nothing of it is kept.
    pub(crate) fn cancel(&self) {
        let mut state = self.state.lock();
        state.is_cancelled = true;
        self.cancelled.notify_all();
        if let Some(stopper) = &state.stopper {
            stopper.stop();
        }
    }

    /// Stops what runs now, and waits until it has ended.
    pub(crate) fn end(&self) {
        self.cancel();
        step_aside(|| drop(self.turn.lock()));
    }
}

/// Runs what reads for long, on a connection of its own: nobody waits for it.
pub(crate) fn beside<T>(
    shared: &SharedBook,
    job: &Job,
    ask: impl FnOnce(&Book, Progress<'_>) -> Result<T, Error>,
) -> Result<T, CommandError> {
    let place = shared.read()?.beside();
    // Opened and closed within its turn: once it was waited for, another file may take the book's place.
    Ok(job.run(None, |progress| {
        let book = place.open()?;
        job.state.lock().stopper = Some(book.stopper());
        ask(&book, progress)
    })?)
}

/// Takes down what runs when it goes.
struct End<'a>(&'a Job);

impl Drop for End<'_> {
    fn drop(&mut self) {
        *self.0.state.lock() = State::default();
    }
}
