//! One writer: a lock file beside the book, held by the operating system for as long as the
//! program runs, so that a crash frees it by itself. It tells who holds it, and goes with them.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// How often a lock file may vanish under our hands before we say that the book is in use.
const TRIES: u32 = 10;

/// Held while a book is open for writing.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    _file: File,
    was_left: bool,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(crate) fn take(book: &Path, who: &str) -> Result<Self, Error> {
        let path = path_beside(book);
        for _ in 0..TRIES {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            match file.try_lock() {
                // Whoever had it may have removed the file just before we locked it.
                Ok(()) if !is_still_there(&file, &path) => {}
                Ok(()) => {
                    let was_left = file.metadata()?.len() > 0;
                    file.set_len(0)?;
                    file.seek(SeekFrom::Start(0))?;
                    file.write_all(who.as_bytes())?;
                    return Ok(Self {
                        path,
                        _file: file,
                        was_left,
                    });
                }
                Err(TryLockError::WouldBlock) => return Err(Error::InUse(holder(&mut file))),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(Error::InUse("another program".to_owned()))
    }

    /// Whether one was found that nobody held: its holder did not close the book.
    pub(crate) fn was_left(&self) -> bool {
        self.was_left
    }

    /// Who holds the lock of a book; none where nobody does.
    pub(crate) fn holder_of(book: &Path) -> Option<String> {
        let mut file = File::open(path_beside(book)).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(holder(&mut file)),
            _ => None,
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the lock is still ours; a file that stays is only untidy.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(theirs)) => ours.ino() == theirs.ino() && ours.dev() == theirs.dev(),
        _ => false,
    }
}

/// Elsewhere an open file can't be removed.
#[cfg(not(unix))]
fn is_still_there(_file: &File, path: &Path) -> bool {
    path.exists()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time_and_the_next_may_follow() {
        let book = std::env::temp_dir().join(format!("lock-test-{}.hubbook", std::process::id()));
        let first = Lock::take(&book, "ada on laptop-3").unwrap();
        assert!(
            matches!(Lock::take(&book, "bob"), Err(Error::InUse(who)) if who == "ada on laptop-3")
        );
        assert_eq!(Lock::holder_of(&book).as_deref(), Some("ada on laptop-3"));
        drop(first);
        assert_eq!(Lock::holder_of(&book), None);
        assert!(
            !path_beside(&book).exists(),
            "the lock file goes with its holder"
        );
        // One left by a crash is held by nobody.
        fs::write(path_beside(&book), "carol").unwrap();
        assert!(Lock::take(&book, "bob").unwrap().was_left());
        assert!(!Lock::take(&book, "bob").unwrap().was_left());
    }
}
