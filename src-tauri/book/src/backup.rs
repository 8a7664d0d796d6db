//! Backups: whole copies of a book, made before it changes much and on a schedule; what each is,
//! in a small file beside it; the drill that opens one; and the way back.
//!
//! Only what such a file names, with the checksum it says, is ever removed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use hubledger_store::{Error as StoreError, Hold, Passphrase, Store, Write};
use serde::{Deserialize, Serialize};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::file::{self, count, name_of, refusal, sha256, unwritable};
use crate::moment::{Moment, Who};
use crate::progress::{Progress, tell, tell_within, unheard};
use crate::retention::{self, Kept};
use crate::said::{SaidCode, SaidView};
use crate::system::of_system;
use crate::view::{
    BackupView, BackupsView, DrillFindingView, DrillView, ProgressView, RestoredView, WorkStep,
};
use crate::word::BackupWord;

/// What of a use case that is backed up is its backup.
const BACKUP_SHARE: RangeInclusive<u32> = 75..=99;

/// What of bringing up an older book is its backup.
const MIGRATION_BACKUP_SHARE: RangeInclusive<u32> = 0..=20;
const BRING_UP_SHARE: RangeInclusive<u32> = 20..=100;

/// What of a restore is the drill, and the copy of what is replaced.
const DRILL_SHARE: RangeInclusive<u32> = 0..=75;
const REPLACED_SHARE: RangeInclusive<u32> = 75..=99;

const PROGRAM: &str = "Hubledger";
const STAMP: &str = "%Y-%m-%dT%H:%M:%SZ";

/// Stands beside the book and names the folder of its backups, where that is another than usual.
const FOLDER_FILE: &str = ".backup-folder";

/// What a backup is: the file beside it, its name with `.json` behind.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Note {
    made_by: String,
    file: String,
    /// The file name of the book, and the instant it was made at: which book this is one of.
    book: String,
    book_made_at: String,
    made_at: String,
    why: BackupWord,
    sha256: String,
    bytes: u64,
    entries: u32,
    is_encrypted: bool,
    drill: Option<DrillView>,
}

/// A backup to be made: it can be made while the book is worked in, and on another thread.
#[derive(Debug)]
pub struct BackupJob {
    book: PathBuf,
    passphrase: Option<Passphrase>,
    why: BackupWord,
    at: Moment,
}

/// A backup to be opened as a copy, with every invariant proved.
#[derive(Debug)]
pub struct DrillJob {
    backup: PathBuf,
    passphrase: Option<Passphrase>,
    at: Moment,
}

impl BackupJob {
    /// Makes the backup, then removes those that have served.
    pub fn run(&self) -> Result<BackupView, Error> {
        self.run_with(&mut unheard)
    }

    /// Makes the backup and tells how far it is. Refused with `cancelled` where that is answered with a
    /// break, and then nothing is left of it.
    pub fn run_with(&self, progress: Progress<'_>) -> Result<BackupView, Error> {
        self.run_within(0..=100, progress)
    }

    /// Makes the backup as a part of other work.
    fn run_within(
        &self,
        share: RangeInclusive<u32>,
        progress: Progress<'_>,
    ) -> Result<BackupView, Error> {
        let folder = folder_of(&self.book)?;
        fs::create_dir_all(&folder).map_err(|e| failed(&folder, &e))?;
        let mut tell = |percent| tell_within(progress, WorkStep::Backup, &share, percent);
        tell(0)?;
        let (path, note) = self
            .write(&folder, &mut tell)
            .map_err(|error| match error.code {
                // About the backup, not about the book.
                Code::DiskFull | Code::FolderUnwritable => {
                    let shown = folder.display().to_string();
                    Error::because(Code::BackupFailed, [&shown], vec![error.into()])
                }
                _ => error,
            })?;
        prune(&folder, &note, self.at)?;
        Ok(note.view(&path))
    }

    fn write(
        &self,
        folder: &Path,
        tell: &mut dyn FnMut(u32) -> Result<(), Error>,
    ) -> Result<(PathBuf, Note), Error> {
        let made_at = self.at.stamp();
        let path = free_name(folder, &self.book, &made_at, self.why);
        let part = beside(&path, ".part");
        remove_if_there(&part)?;
        let mut goes_on = |percent| tell(percent).is_ok();
        let copied = Store::copy_file(&self.book, self.passphrase.as_ref(), &part, &mut goes_on)
            .map_err(|e| refusal(&self.book, e))?;
        let note = Note {
            made_by: PROGRAM.to_owned(),
            file: name_of(&path),
            book: name_of(&self.book),
            book_made_at: copied.made_at,
            made_at,
            why: self.why,
            sha256: sha256(&part)?,
            bytes: fs::metadata(&part)
                .map_err(|e| unwritable(&part, &e))?
                .len(),
            entries: copied.entries,
            is_encrypted: self.passphrase.is_some(),
            drill: None,
        };
        hubledger_store::swap_in(&part, &path).map_err(|e| unwritable(&path, &e))?;
        note.write(&path)?;
        Ok((path, note))
    }
}

impl DrillJob {
    /// Opens a copy of the backup and proves it. What is wrong with the backup is the result, no
    /// refusal.
    pub fn run(&self) -> Result<DrillView, Error> {
        self.run_with(&mut unheard)
    }

    /// Proves the backup and tells how far it is. Refused with `cancelled` where that is answered with a
    /// break: then it has no verdict, and the one before stands.
    pub fn run_with(&self, progress: Progress<'_>) -> Result<DrillView, Error> {
        tell(progress, ProgressView::of_step(WorkStep::Check, 0))?;
        let note = Note::beside(&self.backup);
        let mut drill = DrillView {
            file: name_of(&self.backup),
            made_at: note.as_ref().map(|n| n.made_at.clone()),
            at: self.at.stamp(),
            opens: false,
            holds: false,
            entries: 0,
            checked: 0,
            failures: Vec::new(),
            findings: Vec::new(),
        };
        if let Some(note) = &note
            && sha256(&self.backup)? != note.sha256
        {
            drill.failures = vec!["it is not what was written: its checksum differs".to_owned()];
            drill.findings = vec![DrillFindingView::Altered];
        } else {
            self.prove(&mut drill, progress)?;
        }
        if let Some(mut note) = note {
            note.drill = Some(drill.clone());
            note.write(&self.backup)?;
        }
        Ok(drill)
    }

    fn prove(&self, drill: &mut DrillView, progress: Progress<'_>) -> Result<(), Error> {
        let copy = beside(&self.backup, ".drill");
        remove_with_log(&copy)?;
        fs::copy(&self.backup, &copy).map_err(|e| unwritable(&copy, &e))?;
        let who = Who {
            user: PROGRAM.to_owned(),
            host: "this computer".to_owned(),
            program: "drill".to_owned(),
            process: 0,
        };
        let opened = Book::open_with(&copy, self.passphrase.as_ref(), &who, self.at);
        let proved = opened.and_then(|book| {
            let check = book.check_with(progress, self.at)?;
            Ok((check, book.store.read(|r| r.entry_count())?))
        });
        remove_with_log(&copy)?;
        match proved {
            Ok((check, entries)) => {
                drill.opens = true;
                drill.holds = check.holds;
                drill.entries = entries;
                drill.checked = count(check.lines.len());
                for line in check.lines {
                    for fault in line.faults {
                        let failure = format!("{}: {}", line.invariant, fault.text);
                        let rule = line.code;
                        drill.failures.push(failure);
                        drill
                            .findings
                            .push(DrillFindingView::Broken { rule, fault });
                    }
                }
                Ok(())
            }
            // Nobody has looked: that is none about it either.
            Err(error) if error.code == Code::Cancelled => Err(error),
            // Another passphrase may be right: that is no finding about the backup.
            Err(error) if matches!(error.code, Code::WrongPassphrase | Code::BookEncrypted) => {
                Err(refusal_of_key(&self.backup, error.code))
            }
            Err(error) => {
                drill.failures = vec![error.message.clone()];
                drill.findings = vec![DrillFindingView::Refused { said: error.into() }];
                Ok(())
            }
        }
    }
}

impl Note {
    /// What stands beside a backup; none where it is not ours.
    fn beside(backup: &Path) -> Option<Self> {
        let text = fs::read_to_string(beside(backup, ".json")).ok()?;
        let note: Self = serde_json::from_str(&text).ok()?;
        let is_ours = note.made_by == PROGRAM && note.file == name_of(backup) && note.is_named();
        is_ours.then_some(note)
    }

    fn write(&self, backup: &Path) -> Result<(), Error> {
        let path = beside(backup, ".json");
        let part = beside(&path, ".part");
        let text = serde_json::to_string_pretty(self)
            .map_err(|e| Error::new(Code::StoreFailed, [&e.to_string()]))?;
        let written = File::create(&part)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| hubledger_store::swap_in(&part, &path));
        written.map_err(|e| unwritable(&path, &e))
    }

    /// Whether the file has the name that we give such a backup.
    fn is_named(&self) -> bool {
        let rest = self
            .file
            .strip_prefix(&name_until_count(&self.book, &self.made_at, self.why));
        let count = rest.and_then(|rest| rest.strip_suffix(".hubbook"));
        count.is_some_and(|count| {
            count.is_empty()
                || count
                    .strip_prefix('-')
                    .is_some_and(|n| n.parse::<u32>().is_ok())
        })
    }

    fn made(&self) -> Option<NaiveDateTime> {
        NaiveDateTime::parse_from_str(&self.made_at, STAMP).ok()
    }

    fn view(&self, path: &Path) -> BackupView {
        BackupView {
            file: self.file.clone(),
            path: path.display().to_string(),
            made_at: self.made_at.clone(),
            why: self.why,
            kilobytes: count(self.bytes.div_ceil(1024)),
            entries: self.entries,
            is_encrypted: self.is_encrypted,
            drill: self.drill.clone(),
        }
    }
}

impl Book {
    /// From now on backups are made before each import and close. Sample books have none, and a
    /// book that is only read needs none.
    #[must_use]
    pub fn with_backups(mut self) -> Self {
        self.has_backups = !self.is_read_only()
            && self
                .read(|r| Ok(r.book()?.is_sample))
                .is_ok_and(|sample| !sample);
        self
    }

    /// A backup of the book as it is, to be made when the book is free again.
    pub fn backup_job(&self, why: BackupWord, at: Moment) -> BackupJob {
        BackupJob {
            book: self.path.clone(),
            passphrase: self.store.passphrase().cloned(),
            why,
            at,
        }
    }

    /// Makes a backup now.
    pub fn back_up(&mut self, why: BackupWord, at: Moment) -> Result<BackupView, Error> {
        let view = self.backup_job(why, at).run()?;
        self.rows_in_backup = Some(self.store.rows_written());
        Ok(view)
    }

    /// A use case before which the book is backed up, unless nothing has changed since the last
    /// backup. The backup is made when the use case is through, and before it is committed: it is of
    /// how the book was, and what is refused makes none. Without it nothing is booked.
    pub(crate) fn write_backed_up<T>(
        &mut self,
        (why, at): (BackupWord, Moment),
        act: Act,
        run: impl FnOnce(&Write<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_backed_up_with((why, at), act, &mut unheard, |w, _| run(w))
    }

    /// The same, with how far it is; the backup is the last quarter. Until it is committed it can be
    /// stopped.
    pub(crate) fn write_backed_up_with<T>(
        &mut self,
        (why, at): (BackupWord, Moment),
        act: Act,
        progress: Progress<'_>,
        run: impl FnOnce(&Write<'_>, Progress<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let before = self.store.rows_written();
        let is_needed = self.has_backups && self.rows_in_backup != Some(before);
        let job = is_needed.then(|| self.backup_job(why, at));
        let done = self.write(act, |w| {
            let done = run(w, progress)?;
            // Another connection: it sees what is committed.
            if let Some(job) = &job {
                job.run_within(BACKUP_SHARE, progress)?;
            }
            Ok(done)
        })?;
        if is_needed {
            self.rows_in_backup = Some(before);
        }
        Ok(done)
    }

    /// The backup that the schedule asks for: an hour after the last one, if the book changed.
    pub fn due_backup(&mut self, at: Moment) -> Result<Option<BackupJob>, Error> {
        let rows = self.store.rows_written();
        if !self.has_backups || self.rows_in_backup == Some(rows) {
            return Ok(None);
        }
        let newest = self.backups()?.newest;
        if newest.is_some_and(|made| seconds_since(&made, at).is_some_and(|s| s < 3_600)) {
            return Ok(None);
        }
        self.rows_in_backup = Some(rows);
        Ok(Some(self.backup_job(BackupWord::Schedule, at)))
    }

    /// The drill that the schedule asks for: the newest backup, once a day.
    pub fn due_drill(&self, at: Moment) -> Result<Option<DrillJob>, Error> {
        let backups = self.backups()?.backups;
        let lately = |backup: &BackupView| {
            let drill = backup.drill.as_ref();
            drill.is_some_and(|d| seconds_since(&d.at, at).is_some_and(|s| s < 86_400))
        };
        Ok(match backups.first() {
            Some(newest) if self.has_backups && !backups.iter().any(lately) => {
                Some(self.drill_job(Path::new(&newest.path), at))
            }
            _ => None,
        })
    }

    /// A drill of one of the book's backups.
    pub fn drill_job(&self, backup: &Path, at: Moment) -> DrillJob {
        DrillJob {
            backup: backup.to_owned(),
            passphrase: self.store.passphrase().cloned(),
            at,
        }
    }

    /// The backups of the book, newest first, and where they lie.
    pub fn backups(&self) -> Result<BackupsView, Error> {
        let made_at = self.store.read(|r| r.made_at())?;
        backups_where(&self.path, |note| note.book_made_at == made_at)
    }

    /// Chooses the folder of the book's backups; none is the usual one, beside the book. Those
    /// that were made stay where they are.
    pub fn set_backup_folder(&mut self, folder: Option<&Path>) -> Result<BackupsView, Error> {
        let file = beside(&self.path, FOLDER_FILE);
        match folder {
            None => remove_if_there(&file)?,
            Some(folder) => {
                fs::create_dir_all(folder).map_err(|e| unwritable(folder, &e))?;
                let whole = folder.canonicalize().map_err(|e| unwritable(folder, &e))?;
                try_writing(&whole)?;
                fs::write(&file, format!("{}\n", whole.display()))
                    .map_err(|e| unwritable(&file, &e))?;
            }
        }
        self.backups()
    }
}

/// Opens a book to work in it with its backups: one is made before an older book is brought up.
pub fn open_for_work(
    path: &Path,
    passphrase: Option<&Passphrase>,
    who: &Who,
    at: Moment,
) -> Result<Book, Error> {
    open_for_work_with(path, passphrase, who, &mut unheard, at)
}

/// Opens a book to work in it, and tells how far that is where an older one is brought up. Refused with
/// `cancelled` where that is answered with a break, and then it is as it was, and so is its backup.
pub fn open_for_work_with(
    path: &Path,
    passphrase: Option<&Passphrase>,
    who: &Who,
    progress: Progress<'_>,
    at: Moment,
) -> Result<Book, Error> {
    let job = BackupJob {
        book: path.to_owned(),
        passphrase: passphrase.cloned(),
        why: BackupWord::Migration,
        at,
    };
    let mut is_backed_up = false;
    let look = |percent| {
        if !is_backed_up {
            job.run_within(MIGRATION_BACKUP_SHARE, progress)?;
            is_backed_up = true;
        }
        tell_within(progress, WorkStep::BringUp, &BRING_UP_SHARE, percent)
    };
    let opened = Book::open_telling(path, passphrase, who, at, look)?;
    Ok(opened.with_backups())
}

/// The backups of a book that may not open, newest first.
pub fn backups_of(book: &Path) -> Result<BackupsView, Error> {
    backups_where(book, |_| true)
}

/// A drill of a backup of a book that may not open.
pub fn drill_of(backup: &Path, passphrase: Option<&Passphrase>, at: Moment) -> DrillJob {
    DrillJob {
        backup: backup.to_owned(),
        passphrase: passphrase.cloned(),
        at,
    }
}

/// A backup by its name among those of the book, or by its path.
pub fn find_backup(book: &Path, named: &str) -> Result<PathBuf, Error> {
    let among = folder_of(book)?.join(named);
    [among, PathBuf::from(named)]
        .into_iter()
        .find(|path| path.is_file())
        .ok_or_else(|| Error::new(Code::BackupNotFound, [named]))
}

/// Why a backup that was opened can't be relied on: the first thing that is wrong with it.
fn unsound(drill: &DrillView) -> Error {
    let why = drill.failures.first().map_or("", String::as_str);
    let because = match drill.findings.first() {
        Some(DrillFindingView::Refused { said }) => said.clone(),
        Some(DrillFindingView::Broken { rule, .. }) => SaidView {
            code: SaidCode::Proof(*rule),
            facts: Vec::new(),
            because: Vec::new(),
            text: why.to_owned(),
        },
        Some(DrillFindingView::Altered) | None => {
            return Error::new(Code::BackupUnsound, [&drill.file, why]);
        }
    };
    Error::because(Code::BackupUnsound, [&drill.file], vec![because])
}

/// Puts a backup in the place of its book, when its drill holds. What it replaces is kept as a
/// backup, or as it is where it can't be opened.
pub fn restore(
    book: &Path,
    backup: &Path,
    passphrase: Option<&Passphrase>,
    who: &Who,
    at: Moment,
) -> Result<RestoredView, Error> {
    restore_with(book, backup, passphrase, who, &mut unheard, at)
}

/// Restores a backup, and tells how far that is. Refused with `cancelled` where that is answered with a
/// break, and then the book is as it was.
pub fn restore_with(
    book: &Path,
    backup: &Path,
    passphrase: Option<&Passphrase>,
    who: &Who,
    progress: Progress<'_>,
    at: Moment,
) -> Result<RestoredView, Error> {
    let drill = drill_of(backup, passphrase, at).run_with(&mut |view| {
        let percent = view.percent.saturating_mul(*DRILL_SHARE.end()) / 100;
        progress(ProgressView { percent, ..view })
    })?;
    if !drill.holds {
        return Err(unsound(&drill));
    }
    let hold = Hold::take(book, &who.to_string()).map_err(|e| refusal(book, e))?;
    let fresh = beside(book, ".new");
    remove_if_there(&fresh)?;
    fs::copy(backup, &fresh).map_err(|e| unwritable(&fresh, &e))?;
    note_restore(&fresh, backup, passphrase, who, at).inspect_err(|_| {
        // Ours, and of no use.
        let _ = remove_with_log(&fresh);
    })?;
    let replaced = if book.exists() {
        let kept = keep_replaced(book, passphrase, progress, at);
        Some(kept.inspect_err(|_| {
            let _ = remove_with_log(&fresh);
        })?)
    } else {
        None
    };
    hold.put(book, &fresh, passphrase)
        .map_err(|e| refusal(book, e))?;
    Ok(RestoredView {
        book: book.display().to_string(),
        drill,
        replaced: replaced.map(|path| path.display().to_string()),
    })
}

/// Puts the restore on record in the copy that takes the book's place.
fn note_restore(
    fresh: &Path,
    backup: &Path,
    passphrase: Option<&Passphrase>,
    who: &Who,
    at: Moment,
) -> Result<(), Error> {
    let mut book = Book::open_with(fresh, passphrase, who, at)?;
    let act = Act::new(UseCase::Restore, at)
        .with("backup", name_of(backup))
        .with("sha256", sha256(backup)?);
    book.write(act, |_| Ok(()))
}

/// A copy of what a restore replaces: a backup where it opens, else each byte of it.
fn keep_replaced(
    book: &Path,
    passphrase: Option<&Passphrase>,
    progress: Progress<'_>,
    at: Moment,
) -> Result<PathBuf, Error> {
    let job = BackupJob {
        book: book.to_owned(),
        passphrase: passphrase.cloned(),
        why: BackupWord::Restore,
        at,
    };
    match job.run_within(REPLACED_SHARE, progress) {
        Ok(view) => return Ok(PathBuf::from(view.path)),
        Err(error) if matches!(error.code, Code::BackupFailed | Code::Cancelled) => {
            return Err(error);
        }
        Err(_) => {}
    }
    let folder = folder_of(book)?;
    let kept = free_name(&folder, book, &at.stamp(), BackupWord::Restore);
    for suffix in ["", "-wal"] {
        let (from, to) = (beside(book, suffix), beside(&kept, suffix));
        if from.exists() {
            fs::copy(&from, &to)
                .and_then(|_| File::options().write(true).open(&to)?.sync_all())
                .map_err(|e| failed(&folder, &e))?;
        }
    }
    Ok(kept)
}

fn backups_where(book: &Path, is_its: impl Fn(&Note) -> bool) -> Result<BackupsView, Error> {
    let folder = folder_of(book)?;
    let mut notes = notes_in(&folder, &name_of(book))?;
    notes.retain(|(_, note)| is_its(note));
    Ok(BackupsView {
        folder: folder.display().to_string(),
        is_chosen: beside(book, FOLDER_FILE).exists(),
        newest: notes.first().map(|(_, note)| note.made_at.clone()),
        backups: notes.iter().map(|(path, note)| note.view(path)).collect(),
    })
}

/// The backups of a book by its file name, newest first. A folder that is not there has none.
fn notes_in(folder: &Path, book: &str) -> Result<Vec<(PathBuf, Note)>, Error> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|e| failed(folder, &e))?,
    };
    let mut notes: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "hubbook"))
        .filter_map(|path| Note::beside(&path).map(|note| (path, note)))
        .filter(|(_, note)| note.book == book)
        .collect();
    notes.sort_by(|(_, a), (_, b)| {
        (&b.made_at, b.file.len(), &b.file).cmp(&(&a.made_at, a.file.len(), &a.file))
    });
    Ok(notes)
}

/// Removes backups that have served: ours by name and note, and still what we wrote.
fn prune(folder: &Path, newest: &Note, at: Moment) -> Result<(), Error> {
    let mut notes = notes_in(folder, &newest.book)?;
    notes.retain(|(_, note)| note.book_made_at == newest.book_made_at);
    let kept: Vec<_> = notes
        .iter()
        .map(|(_, note)| Kept {
            made: note.made().unwrap_or(at.now),
            stays: matches!(
                note.why,
                BackupWord::ByHand | BackupWord::Migration | BackupWord::Restore
            ),
        })
        .collect();
    for place in retention::served(&kept, at.now) {
        if let Some((path, note)) = notes.get(place)
            && sha256(path)? == note.sha256
        {
            remove_if_there(path)?;
            remove_if_there(&beside(path, ".json"))?;
        }
    }
    Ok(())
}

/// Where the backups of a book lie: where its partner chose, else beside the book.
fn folder_of(book: &Path) -> Result<PathBuf, Error> {
    let chosen = beside(book, FOLDER_FILE);
    match fs::read_to_string(&chosen) {
        Ok(text) => Ok(PathBuf::from(text.trim_end_matches(['\r', '\n']))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Ok(book.with_file_name(format!("{} backups", stem(&name_of(book)))))
        }
        Err(error) => {
            let shown = chosen.display().to_string();
            Err(Error::because(
                Code::FileUnreadable,
                [&shown],
                vec![of_system(&error)],
            ))
        }
    }
}

/// `nordlicht-2026-11-28T140005Z-import.hubbook`, with a count where that is taken.
fn free_name(folder: &Path, book: &Path, made_at: &str, why: BackupWord) -> PathBuf {
    let start = name_until_count(&name_of(book), made_at, why);
    let mut path = folder.join(format!("{start}.hubbook"));
    let mut count = 1_u32;
    while path.exists() {
        count = count.saturating_add(1);
        path = folder.join(format!("{start}-{count}.hubbook"));
    }
    path
}

fn name_until_count(book: &str, made_at: &str, why: BackupWord) -> String {
    format!("{}-{}-{why}", stem(book), made_at.replace(':', ""))
}

fn stem(book: &str) -> &str {
    book.strip_suffix(".hubbook").unwrap_or(book)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn seconds_since(stamp: &str, at: Moment) -> Option<i64> {
    let then = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
    Some((at.now - then).num_seconds())
}

fn try_writing(folder: &Path) -> Result<(), Error> {
    let probe = folder.join(".hubledger-can-write");
    File::create(&probe)
        .and_then(|_| fs::remove_file(&probe))
        .map_err(|e| unwritable(folder, &e))
}

fn remove_if_there(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// Removes a copy that a drill made, with what SQLite put beside it.
fn remove_with_log(copy: &Path) -> Result<(), Error> {
    ["", "-wal", "-shm", ".new"]
        .iter()
        .try_for_each(|suffix| remove_if_there(&beside(copy, suffix)))
}

fn failed(folder: &Path, error: &io::Error) -> Error {
    let shown = folder.display().to_string();
    Error::because(Code::BackupFailed, [&shown], vec![of_system(error)])
}

fn refusal_of_key(path: &Path, code: Code) -> Error {
    let why = match code {
        Code::BookEncrypted => StoreError::Encrypted,
        _ => StoreError::WrongPassphrase,
    };
    file::refusal(path, why)
}
