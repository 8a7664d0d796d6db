//! Usage files: looked at and booked, with progress, and stopped where a person wants it.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use hubledger_book::view::{ProgressView, UsageBookedView, UsagePreviewView};
use tauri::State;

use crate::error::CommandError;
use crate::now::moment;
use crate::shared_book::SharedBook;

/// The long job that runs, if one does. It can be asked and stopped while the book is busy.
#[derive(Debug, Default)]
pub(crate) struct Job {
    is_running: AtomicBool,
    is_cancelled: AtomicBool,
    rows: AtomicU32,
    percent: AtomicU32,
}

impl Job {
    /// Runs a job that tells its progress; one that is cancelled stops at its next look.
    pub(crate) fn run<T>(
        &self,
        work: impl FnOnce(&mut dyn FnMut(ProgressView) -> ControlFlow<()>) -> T,
    ) -> T {
        self.rows.store(0, Ordering::Relaxed);
        self.percent.store(0, Ordering::Relaxed);
        self.is_cancelled.store(false, Ordering::Relaxed);
        self.is_running.store(true, Ordering::Relaxed);
        let done = work(&mut |view| {
            self.rows.store(view.rows, Ordering::Relaxed);
            self.percent.store(view.percent, Ordering::Relaxed);
            if self.is_cancelled.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        self.is_running.store(false, Ordering::Relaxed);
        done
    }
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_usage(
    book: State<'_, SharedBook>,
    job: State<'_, Job>,
    path: String,
) -> Result<UsagePreviewView, CommandError> {
    let mut book = book.lock()?;
    Ok(job.run(|progress| book.preview_usage(Path::new(&path), progress, moment()))?)
}

/// Books the file that was looked at: `sha256` is that of its preview.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn book_usage(
    book: State<'_, SharedBook>,
    job: State<'_, Job>,
    path: String,
    sha256: String,
) -> Result<UsageBookedView, CommandError> {
    let mut book = book.lock()?;
    Ok(job.run(|progress| book.book_usage(Path::new(&path), Some(&sha256), progress, moment()))?)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_usage_problems(
    book: State<'_, SharedBook>,
    path: String,
    to: String,
) -> Result<u32, CommandError> {
    Ok(book
        .lock()?
        .save_usage_problems(Path::new(&path), Path::new(&to), moment())?)
}

/// How far the job is that runs now.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn job_progress(job: State<'_, Job>) -> Result<ProgressView, CommandError> {
    Ok(ProgressView {
        running: job.is_running.load(Ordering::Relaxed),
        rows: job.rows.load(Ordering::Relaxed),
        percent: job.percent.load(Ordering::Relaxed),
    })
}

/// Stops the job that runs now: nothing of it is kept.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn cancel_job(job: State<'_, Job>) -> Result<(), CommandError> {
    job.is_cancelled.store(true, Ordering::Relaxed);
    Ok(())
}
