//! The passphrase of a book: set, changed, taken away.

use std::ops::RangeInclusive;

use hubledger_store::{Error as StoreError, Passphrase, Trouble, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::file::{count, refusal};
use crate::moment::Moment;
use crate::progress::{Progress, tell_within, unheard};
use crate::view::{EncryptionView, WorkStep};
use crate::word::BackupWord;

/// What of a change is the copy and its proof; the rest is the backup.
const COPY_SHARE: RangeInclusive<u32> = 0..=75;

impl Book {
    /// Encrypts the book with a passphrase, with another one, or no longer. A copy is written,
    /// proved, and takes the book's place; backups that lie there stay as they were written.
    pub fn change_passphrase(
        &mut self,
        passphrase: Option<&Passphrase>,
        at: Moment,
    ) -> Result<EncryptionView, Error> {
        self.change_passphrase_with(passphrase, &mut unheard, at)
    }

    /// The same, with how far it is. Refused with `cancelled` where that is answered with a break
    /// before the copy takes the book's place, and then the book is as it was.
    pub fn change_passphrase_with(
        &mut self,
        passphrase: Option<&Passphrase>,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<EncryptionView, Error> {
        if let Some(who) = &self.reading_beside {
            return Err(Error::new(Code::BookIsReadOnly, [who]));
        }
        let others = self.backups()?.backups.len();
        let change = match (self.passphrase(), passphrase) {
            (None, _) => "set",
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "removed",
        };
        let act = Act::new(UseCase::SetPassphrase, at).with("change", change);
        let noted = |w: &Write<'_>| {
            act.record(w, &self.actor)
                .map(|_| ())
                .map_err(|e| StoreError::Sql(Trouble::Other, e.message))
        };
        let mut goes_on =
            |percent| tell_within(progress, WorkStep::Encrypt, &COPY_SHARE, percent).is_ok();
        self.store
            .change_passphrase(&self.path, passphrase, noted, &mut goes_on)
            .map_err(|e| refusal(&self.path, e))?;
        // The first backup that opens with the new one. It is not stopped: the book is changed.
        if self.has_backups {
            self.back_up(BackupWord::ByHand, at)?;
        }
        Ok(EncryptionView {
            is_encrypted: passphrase.is_some(),
            other_backups: count(others),
        })
    }
}
