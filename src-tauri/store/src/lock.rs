//! One writer: a lock file beside the book, held by the operating system for as long as the
//! program runs, so that a crash frees it by itself. It tells who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Held while a book is open for writing.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(crate) fn take(book: &Path, who: &str) -> Result<Self, Error> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path_beside(book))?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)?;
                file.seek(SeekFrom::Start(0))?;
                file.write_all(who.as_bytes())?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Error::InUse(holder(&mut file))),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

fn path_beside(book: &Path) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn holder(file: &mut File) -> String {
    let mut who = String::new();
    match file.take(500).read_to_string(&mut who) {
        Ok(_) if !who.trim().is_empty() => who.trim().to_owned(),
        _ => "another program".to_owned(),
    }
}
