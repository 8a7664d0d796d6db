//! The passphrase of a book: set, changed, taken away.

use hubledger_store::{Error as StoreError, Passphrase, Trouble, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::file::{count, refusal};
use crate::moment::Moment;
use crate::view::EncryptionView;
use crate::word::BackupWord;

impl Book {
    /// Encrypts the book with a passphrase, with another one, or no longer. A copy is written,
    /// proved, and takes the book's place; backups that lie there stay as they were written.
    pub fn change_passphrase(
        &mut self,
        passphrase: Option<&Passphrase>,
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
        self.store
            .change_passphrase(&self.path, passphrase, noted)
            .map_err(|e| refusal(&self.path, e))?;
        // The first backup that opens with the new one.
        if self.has_backups {
            self.back_up(BackupWord::ByHand, at)?;
        }
        Ok(EncryptionView {
            is_encrypted: passphrase.is_some(),
            other_backups: count(others),
        })
    }
}
