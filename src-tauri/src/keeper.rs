//! Keeps backups on schedule: once a minute it looks whether the open book is due for one, and
//! once a day whether the newest opens. The work is done beside the book, which stays usable.

use std::thread;
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::error::CommandError;
use crate::news::{News, tell};
use crate::now::moment;
use crate::shared_book::SharedBook;

const MINUTE: Duration = Duration::from_secs(60);

pub(crate) fn keep(app: AppHandle) {
    thread::spawn(move || {
        loop {
            thread::sleep(MINUTE);
            let problem = match look_after(&app.state::<SharedBook>()) {
                Ok(false) => continue,
                Ok(true) => None,
                Err(error) => Some(error),
            };
            tell(&app, News::Backups { problem });
        }
    });
}

/// Whether something was done.
fn look_after(shared: &SharedBook) -> Result<bool, CommandError> {
    // No book is open: nothing is due.
    let Ok(mut book) = shared.lock() else {
        return Ok(false);
    };
    let backup = book.due_backup(moment())?;
    drop(book);
    if let Some(job) = &backup {
        job.run()?;
    }
    let Ok(book) = shared.lock() else {
        return Ok(backup.is_some());
    };
    let drill = book.due_drill(moment())?;
    drop(book);
    if let Some(job) = &drill {
        job.run()?;
    }
    Ok(backup.is_some() || drill.is_some())
}
