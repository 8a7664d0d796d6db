//! Backups of a book, its drill and the way back; and its passphrase.

use std::path::{Path, PathBuf};

use hubledger_book::view::{BackupView, DrillView};
use hubledger_book::word::BackupWord;
use hubledger_book::{Book, backups_of, drill_of, find_backup, restore_with};

use crate::args::{BackupVerb, PassphraseVerb};
use crate::import::{end_progress, progress};
use crate::passphrase;
use crate::print::Table;
use crate::session::{Done, Session, Stop};

pub(crate) fn backup(session: &mut Session, verb: BackupVerb) -> Done {
    match verb {
        BackupVerb::Now => now(session),
        BackupVerb::List => list(session),
        BackupVerb::Verify { backup } => verify(session, backup.as_deref()),
        BackupVerb::Restore { backup } => bring_back(session, &backup),
        BackupVerb::Folder { folder, beside } => choose(session, folder, beside),
    }
}

fn now(session: &mut Session) -> Done {
    let view = session
        .reading()?
        .backup_job(BackupWord::ByHand, session.at)
        .run()?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    session
        .out
        .line(format!("Made {} with {} entries.", view.path, view.entries))?;
    Ok(())
}

/// Does not open the book, which may be damaged.
fn list(session: &mut Session) -> Done {
    let view = backups_of(session.path()?)?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    session.out.line(format!("Folder: {}", view.folder))?;
    let mut table = Table::new(["backup", "made", "why", ">entries", ">KB", "drill"]);
    for backup in &view.backups {
        table.row([
            backup.file.clone(),
            backup.made_at.clone(),
            backup.why.to_string(),
            backup.entries.to_string(),
            backup.kilobytes.to_string(),
            drill_in_words(backup),
        ]);
    }
    if table.is_empty() {
        session.out.line("There are no backups yet.")?;
        return Ok(());
    }
    Ok(session.out.table(&table)?)
}

fn drill_in_words(backup: &BackupView) -> String {
    match &backup.drill {
        None => String::new(),
        Some(drill) if drill.holds => format!("holds ({})", drill.at),
        Some(drill) => format!("FAILS ({})", drill.at),
    }
}

fn verify(session: &mut Session, named: Option<&str>) -> Done {
    let book = session.path()?.clone();
    let backup = match named {
        Some(named) => find_backup(&book, named)?,
        None => newest(&book)?,
    };
    let key = session.passphrase_of(&backup)?;
    let drill = drill_of(&backup, key.as_ref(), session.at).run_with(&mut progress("Checking"));
    end_progress();
    let drill = drill?;
    if session.out.json {
        session.out.record(&drill)?;
    } else {
        session.out.line(in_words(&drill))?;
        for failure in &drill.failures {
            session.out.line(failure)?;
        }
    }
    if drill.holds {
        return Ok(());
    }
    Err(Stop::Refused {
        code: "backup-unsound",
        message: format!("{} can't be relied on. Verify an older one.", drill.file),
    })
}

fn newest(book: &Path) -> Result<PathBuf, Stop> {
    let newest = backups_of(book)?.backups.into_iter().next();
    newest
        .map(|backup| PathBuf::from(backup.path))
        .ok_or_else(|| Stop::Refused {
            code: "backup-not-found",
            message: "The book has no backup yet. Make one: hubl -b FILE backup now.".to_owned(),
        })
}

/// `The backup of 2026-11-28T14:00:05Z opens, 1204 entries, books balance (13 invariants).`
fn in_words(drill: &DrillView) -> String {
    let which = drill.made_at.as_deref().unwrap_or(&drill.file);
    match (drill.opens, drill.holds) {
        (true, true) => format!(
            "The backup of {which} opens, {} entries, books balance ({} invariants).",
            drill.entries, drill.checked
        ),
        (true, false) => format!("The backup of {which} opens, but its books do not balance:"),
        (false, _) => format!("The backup of {which} can't be used:"),
    }
}

fn bring_back(session: &mut Session, named: &str) -> Done {
    let book = session.path()?.clone();
    let backup = find_backup(&book, named)?;
    let key = session.passphrase_of(&backup)?;
    let mut shown = progress("Checking");
    let (who, at) = (&session.who, session.at);
    let view = restore_with(&book, &backup, key.as_ref(), who, &mut shown, at);
    end_progress();
    let view = view?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    session.out.line(in_words(&view.drill))?;
    session
        .out
        .line(format!("{} is that backup again.", view.book))?;
    if let Some(replaced) = &view.replaced {
        session
            .out
            .line(format!("What it replaced is kept as {replaced}."))?;
    }
    Ok(())
}

fn choose(session: &mut Session, folder: Option<PathBuf>, beside: bool) -> Done {
    let view = if folder.is_some() || beside {
        session.writing()?.set_backup_folder(folder.as_deref())?
    } else {
        backups_of(session.path()?)?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    session.out.line(&view.folder)?;
    Ok(())
}

pub(crate) fn passphrase(session: &mut Session, verb: PassphraseVerb) -> Done {
    let mut book: Book = session.writing()?;
    let new = match verb {
        PassphraseVerb::Set => Some(passphrase::ask_new()?),
        PassphraseVerb::Remove => None,
    };
    let mut shown = progress("Encrypting");
    let view = book.change_passphrase_with(new.as_ref(), &mut shown, session.at);
    end_progress();
    let view = view?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    session.out.line(if view.is_encrypted {
        "The book is encrypted with the new passphrase. Keep it safe: nobody can open the book without it."
    } else {
        "The book is no longer encrypted."
    })?;
    if view.other_backups > 0 {
        session.out.line(format!(
            "{} older backups stay as they were written, with the passphrase of then or none.",
            view.other_backups
        ))?;
    }
    Ok(())
}
