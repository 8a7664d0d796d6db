//! The passphrase of an encrypted book. It is shown nowhere: not by `Debug`, not in an error.

use rusqlite::Connection;

use crate::error::Error;

/// What an encrypted book is opened with; never empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl Passphrase {
    /// None where nothing was typed.
    pub fn new(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// Gives a new connection its key, before it is used for anything else.
pub(crate) fn unlock(
    connection: &Connection,
    passphrase: Option<&Passphrase>,
) -> Result<(), Error> {
    let Some(passphrase) = passphrase else {
        return Ok(());
    };
    // A wrong passphrase is told to the person, not to the terminal.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.pragma_update(None, "key", passphrase.text())?;
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            Err(Error::WrongPassphrase)
        }
        other => Ok(other?),
    }
}
