//! What can go wrong with the file. SQLite's own codes are translated here, once.

use rusqlite::ErrorCode;

/// Why the book file could not be used. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no file")]
    NotFound,
    #[error("a file lies there already")]
    Exists,
    #[error("it is not a book")]
    NotABook,
    #[error("it was made by a newer version (schema {0})")]
    Newer(i64),
    #[error("it is encrypted, and no passphrase was given")]
    Encrypted,
    #[error("the passphrase does not open it")]
    WrongPassphrase,
    #[error("it is damaged: {0}")]
    Damaged(String),
    #[error("it is open elsewhere: {0}")]
    InUse(String),
    #[error("the disk is full")]
    Full,
    #[error("it is open for reading only")]
    ReadOnly,
    #[error("it was stopped")]
    Stopped,
    #[error("{0}")]
    Io(std::io::Error),
    #[error("{1}")]
    Sql(Trouble, String),
}

/// What SQLite can't do, as far as a person can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    NotAllowed,
    CannotOpen,
    DiskFault,
    OutOfMemory,
    TooLarge,
    /// A rule that guards a table.
    RuleBroken,
    Other,
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(text),
            Some(ErrorCode::NotADatabase) => Self::NotABook,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::OperationInterrupted) => Self::Stopped,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::InUse("another program".to_owned())
            }
            Some(ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => {
                Self::Sql(Trouble::NotAllowed, text)
            }
            Some(ErrorCode::CannotOpen) => Self::Sql(Trouble::CannotOpen, text),
            Some(ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed) => {
                Self::Sql(Trouble::DiskFault, text)
            }
            Some(ErrorCode::OutOfMemory) => Self::Sql(Trouble::OutOfMemory, text),
            Some(ErrorCode::TooBig) => Self::Sql(Trouble::TooLarge, text),
            Some(ErrorCode::ConstraintViolation) => Self::Sql(Trouble::RuleBroken, text),
            _ => Self::Sql(Trouble::Other, text),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            std::io::ErrorKind::StorageFull => Self::Full,
            _ => Self::Io(error),
        }
    }
}
