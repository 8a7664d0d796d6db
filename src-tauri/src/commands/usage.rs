//! Usage files: looked at and booked, with progress, and stopped where a person wants it.

use std::path::Path;

use hubledger_book::view::{ProgressView, UsageBookedView, UsagePreviewView};
use tauri::State;

use crate::error::CommandError;
use crate::job::{JobWord, Jobs};
use crate::now::moment;
use crate::shared_book::SharedBook;

#[tauri::command]
#[specta::specta]
pub(crate) fn preview_usage(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    path: String,
) -> Result<UsagePreviewView, CommandError> {
    let mut book = book.hold()?;
    let stopper = Some(book.stopper());
    Ok(jobs.work.run(stopper, |progress| {
        book.preview_usage(Path::new(&path), progress, moment())
    })?)
}

/// Books the file that was looked at: `sha256` is that of its preview.
#[tauri::command]
#[specta::specta]
pub(crate) fn book_usage(
    book: State<'_, SharedBook>,
    jobs: State<'_, Jobs>,
    path: String,
    sha256: String,
) -> Result<UsageBookedView, CommandError> {
    let mut book = book.hold()?;
    let stopper = Some(book.stopper());
    Ok(jobs.work.run(stopper, |progress| {
        book.book_usage(Path::new(&path), Some(&sha256), progress, moment())
    })?)
}

#[tauri::command]
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

/// How far the long work of a sort is. Answered at once, as is [`cancel_job`].
#[tauri::command]
#[specta::specta]
pub(crate) fn job_progress(
    jobs: State<'_, Jobs>,
    job: JobWord,
) -> Result<ProgressView, CommandError> {
    Ok(jobs.of(job).now())
}

/// Stops the long work of a sort, if some runs: nothing of it is kept.
#[tauri::command]
#[specta::specta]
pub(crate) fn cancel_job(jobs: State<'_, Jobs>, job: JobWord) -> Result<(), CommandError> {
    jobs.of(job).cancel();
    Ok(())
}
