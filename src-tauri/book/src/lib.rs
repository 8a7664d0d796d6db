//! The use cases: one method for each thing a person does. Here rules meet the file; both shells,
//! the window and the command line, call these and know no rule of their own.

use std::path::{Path, PathBuf};

use hubledger_core::language::Language;
use hubledger_core::period::BillingPeriod;
use hubledger_store::{Error as StoreError, Form, Read, Store, Write};

use crate::activity::{Act, UseCase};
use crate::error::{About, Code, Error};
use crate::form::NewBookForm;
use crate::moment::{Moment, Who};
use crate::system::{of_sqlite, of_system};
use crate::view::AboutView;

pub mod error;
pub mod moment;
pub mod activity;
pub mod word;
pub mod form;
pub mod view;
pub mod said;
mod show;
mod desk;
pub mod system;
mod file;
pub mod table_file;
pub mod file_kind;
mod partner;
pub mod market;
mod price;
mod hub;
pub mod plan_notice;
mod party;
mod channel;
mod client;
mod client_page;
mod parties;
mod top_up;
mod progress;
mod posting;
mod volume;
pub mod volume_file;
mod usage;
mod alphabet;
mod fee_charge;
mod charge;
mod explain;
mod what_if;
mod unrated;
mod balance;
mod overview;
mod month;
mod batch;
mod invoice;
mod seal;
mod logo;
mod seller;
mod client_invoice;
mod find;
mod close;
pub mod undo;
pub mod reverse;
pub mod ledger;
pub mod shown;
mod check;
mod beside;
mod retention;
mod backup;
mod passphrase;
mod sample;

pub use crate::backup::{
    BackupJob, DrillJob, backups_of, drill_of, find_backup, open_for_work, open_for_work_with,
    restore, restore_with,
};
pub use crate::batch::ExportTo;
pub use crate::beside::Beside;
pub use crate::price::countries;
pub use crate::progress::Progress;
pub use crate::sample::make_sample;
pub use crate::usage::UsageProblems;
pub use hubledger_store::{Passphrase, Stopper};

/// A book that is open.
#[derive(Debug)]
pub struct Book {
    store: Store,
    path: PathBuf,
    /// Who works in it, as the record names them.
    actor: String,
    /// Set where the book is open for reading only: who else has it.
    reading_beside: Option<String>,
    /// Whether backups are made before it changes much.
    has_backups: bool,
    /// How many rows were written when the last backup was made.
    rows_in_backup: Option<u64>,
}

impl Book {
    /// Makes a book at a path where nothing lies yet.
    pub fn create(path: &Path, form: NewBookForm, who: &Who, at: Moment) -> Result<Self, Error> {
        Self::create_with(path, form, who, at, false)
    }

    pub(crate) fn create_with(
        path: &Path,
        form: NewBookForm,
        who: &Who,
        at: Moment,
        is_sample: bool,
    ) -> Result<Self, Error> {
        let company = partner::company_from(&form.company)?;
        let language = partner::paper_language_from(&form.paper_language)?;
        let store = Store::create(path, &who.to_string())
            .map_err(|e| file::no_place(path, e))
            .about("path")?;
        let mut book = Self {
            store,
            path: path.to_owned(),
            actor: who.actor(),
            reading_beside: None,
            has_backups: false,
            rows_in_backup: None,
        };
        let act = Act::new(UseCase::NewBook, at).form(&form);
        let laid = book.write(act, |w| {
            w.insert_book(form.owner.into(), &at.stamp(), is_sample)?;
            w.put_company(BillingPeriod::new(2000, 1)?, &company)?;
            if language != Language::English {
                w.put_paper_language(language)?;
            }
            price::lay_shipped(w, at)
        });
        if let Err(error) = laid {
            // The file is ours and empty: a book that could not be laid leaves nothing behind.
            drop(book);
            hubledger_store::remove_unborn(path);
            return Err(error.at("path"));
        }
        Ok(book)
    }

    /// Opens a book to work in it. Refused while another program has it open, with who that is.
    pub fn open(path: &Path, who: &Who, at: Moment) -> Result<Self, Error> {
        Self::open_with(path, None, who, at)
    }

    /// Opens a book that may be encrypted.
    pub fn open_with(
        path: &Path,
        passphrase: Option<&Passphrase>,
        who: &Who,
        at: Moment,
    ) -> Result<Self, Error> {
        Self::open_telling(path, passphrase, who, at, |_| Ok(()))
    }

    /// Opens a book. Something is done before an older one is brought up, at nought percent, and at
    /// each look of that; where it is refused, the book stays as it is.
    pub(crate) fn open_telling(
        path: &Path,
        passphrase: Option<&Passphrase>,
        who: &Who,
        at: Moment,
        mut look: impl FnMut(u32) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut refused = None;
        let opened = Store::open(path, passphrase, &who.to_string(), &mut |percent| {
            refused = look(percent).err();
            refused.is_none()
        });
        if let Some(error) = refused {
            return Err(error);
        }
        let store = opened.map_err(|e| file::refusal(path, e)).about("path")?;
        let mut book = Self {
            store,
            path: path.to_owned(),
            actor: who.actor(),
            reading_beside: None,
            has_backups: false,
            rows_in_backup: None,
        };
        book.store
            .read(|r| r.book())
            .map_err(|e| file::refusal(path, e))
            .about("path")?;
        if !book.store.read(price::has_shipped)? {
            book.store.write(|w| price::lay_shipped(w, at))?;
        }
        book.seal_earlier_months(at)?;
        Ok(book)
    }

    /// Opens a book to look at it, whoever else has it open.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        Self::open_read_only_with(path, None)
    }

    /// Opens a book that may be encrypted, to look at it.
    pub fn open_read_only_with(
        path: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<Self, Error> {
        let store = Store::open_read_only(path, passphrase)
            .map_err(|e| file::refusal(path, e))
            .about("path")?;
        store
            .read(|r| r.book())
            .map_err(|e| file::refusal(path, e))
            .about("path")?;
        Ok(Self {
            store,
            path: path.to_owned(),
            actor: String::new(),
            reading_beside: Some(
                Store::holder(path).unwrap_or_else(|| "another program".to_owned()),
            ),
            has_backups: false,
            rows_in_backup: None,
        })
    }

    /// Whether a file asks for a passphrase before it opens.
    pub fn is_encrypted(path: &Path) -> Result<bool, Error> {
        let form = Store::form_of(path).map_err(|e| file::refusal(path, e))?;
        Ok(form == Form::Encrypted)
    }

    /// The passphrase of an encrypted book.
    pub fn passphrase(&self) -> Option<&Passphrase> {
        self.store.passphrase()
    }

    /// Where the book lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the book is open for reading only.
    pub fn is_read_only(&self) -> bool {
        self.reading_beside.is_some()
    }

    /// Lets the file grow to so many pages more, as a full disk would: for fault tests.
    pub fn limit_growth(&self, pages: u32) -> Result<(), Error> {
        let now = self.store.page_count()?;
        Ok(self.store.limit_pages(now.saturating_add(pages))?)
    }

    /// Writes from now on what is asked of the file into another, for tests of how it is answered.
    pub fn note_questions(&mut self, to: &Path) -> Result<(), Error> {
        Ok(self.store.note_questions(to)?)
    }

    fn read<T>(&self, ask: impl FnOnce(&Read<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.store.read(ask)
    }

    /// One use case, one transaction, one row of the record.
    fn write<T>(
        &mut self,
        act: Act,
        run: impl FnOnce(&Write<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match &self.reading_beside {
            Some(who) => Err(Error::new(Code::BookIsReadOnly, [who])),
            None => self.store.write(|w| {
                act.record(w, &self.actor)?;
                run(w)
            }),
        }
    }

    /// What a use case would do: done, looked at, and taken back. It leaves no record.
    fn try_out<T>(&mut self, act: impl FnOnce(&Write<'_>) -> Result<T, Error>) -> Result<T, Error> {
        if self.reading_beside.is_some() {
            // Another has the book: what would be is tried out on a copy of it.
            return self.store.copy_in_memory()?.try_out(act);
        }
        self.store.try_out(act)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::new(Code::DiskFull, []),
            StoreError::Stopped => Self::new(Code::Cancelled, []),
            StoreError::ReadOnly => Self::new(Code::BookIsReadOnly, ["another program"]),
            StoreError::InUse(who) => Self::new(Code::BookInUse, [&who]),
            StoreError::Damaged(_) => Self::new(Code::BookDamaged, ["The book"]),
            StoreError::Sql(trouble, text) => {
                Self::because(Code::StoreFailed, [], vec![of_sqlite(trouble, &text)])
            }
            StoreError::Io(error) => Self::because(Code::StoreFailed, [], vec![of_system(&error)]),
            other => Self::new(Code::StoreFailed, [&other.to_string()]),
        }
    }
}

/// What the program is, with a book open or without: version, data path, newest cards.
pub fn about(book: Option<&Book>) -> AboutView {
    AboutView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        path: book.map(|b| b.path.display().to_string()),
        newest_cards: price::newest_cards(book),
    }
}
