//! Files that come in and go out: opened, hashed, named; their refusals say what to do.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _};
use std::path::{Path, PathBuf};

use hubledger_export::{Separator, TableCsv};
use hubledger_import::{FileProblem, Problem};
use hubledger_store::Error as StoreError;
use sha2::{Digest, Sha256};

use crate::error::{Code, Error};
use crate::said::{SaidCode, facts_of_row};
use crate::system::{no_folder, of_system};
use crate::view::ProblemView;

/// How many problem rows, changed rows or differences a preview shows.
pub(crate) const MOST_SHOWN: usize = 1_000;

/// Why a book can't be made or opened, with its path.
pub(crate) fn refusal(path: &Path, error: StoreError) -> Error {
    let shown = path.display().to_string();
    match error {
        StoreError::NotFound => Error::new(Code::BookNotFound, [&shown]),
        StoreError::Exists => Error::new(Code::BookExists, [&shown]),
        StoreError::NotABook => Error::new(Code::NotABook, [&shown]),
        StoreError::Damaged(_) => Error::new(Code::BookDamaged, [&shown]),
        StoreError::Encrypted => Error::new(Code::BookEncrypted, [&shown]),
        StoreError::WrongPassphrase => Error::new(Code::WrongPassphrase, [&shown]),
        StoreError::Newer(_) => Error::new(Code::NewerBook, [&shown]),
        StoreError::Io(error) => {
            Error::because(Code::FolderUnwritable, [&shown], vec![of_system(&error)])
        }
        other => other.into(),
    }
}

/// Why no book can be made there.
pub(crate) fn no_place(path: &Path, error: StoreError) -> Error {
    match error {
        StoreError::NotFound => {
            let folder = path.parent().unwrap_or(path).display().to_string();
            Error::because(Code::FolderUnwritable, [&folder], vec![no_folder()])
        }
        other => refusal(path, other),
    }
}

/// Opens a file that comes in.
pub(crate) fn open(path: &Path) -> Result<File, Error> {
    let shown = path.display().to_string();
    let file = File::open(path).map_err(|e| unreadable(&shown, &e))?;
    match file.metadata() {
        Ok(facts) if facts.is_dir() => Err(Error::new(Code::FileNotFound, [&shown])),
        Ok(_) => Ok(file),
        Err(e) => Err(unreadable(&shown, &e)),
    }
}

fn unreadable(shown: &str, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::new(Code::FileNotFound, [shown]),
        _ => Error::because(Code::FileUnreadable, [shown], vec![of_system(error)]),
    }
}

/// The SHA-256 of a file, in hex. The file is streamed.
pub(crate) fn sha256(path: &Path) -> Result<String, Error> {
    let mut file = open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file
            .read(&mut buffer)
            .map_err(|e| unreadable(&path.display().to_string(), &e))?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            return Ok(hex(&hasher.finalize()));
        };
        hasher.update(part);
    }
}

/// The SHA-256 of a text or of bytes, in hex.
pub(crate) fn sha256_of(bytes: &(impl AsRef<[u8]> + ?Sized)) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The last part of a path, as screens name a file.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Why a whole file is refused.
pub(crate) fn refused(path: &Path, problem: &FileProblem) -> Error {
    Error::because(Code::FileRefused, [&name_of(path)], vec![problem.into()])
}

/// A file or folder that can't be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Error {
    if error.kind() == io::ErrorKind::StorageFull {
        return Error::new(Code::DiskFull, []);
    }
    let shown = path.display().to_string();
    Error::because(Code::FolderUnwritable, [&shown], vec![of_system(error)])
}

/// Writes a table as CSV: a head and its rows, of which the first that can't be had stops it. Gives
/// the number of rows.
pub(crate) fn write_table(
    to: &Path,
    head: &[&str],
    rows: impl IntoIterator<Item = Result<Vec<String>, Error>>,
) -> Result<u32, Error> {
    write_table_at(to, to, head, rows)
}

/// The same into a file beside it, which takes its place once it is whole: what is stopped leaves what
/// was there before.
pub(crate) fn write_whole_table(
    to: &Path,
    head: &[&str],
    rows: impl IntoIterator<Item = Result<Vec<String>, Error>>,
) -> Result<u32, Error> {
    let beside = part_of(to);
    let written = write_table_at(&beside, to, head, rows)?;
    put_in_place(&beside, to).map_err(|error| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&beside);
        unwritable(to, &error)
    })?;
    Ok(written)
}

/// Where a file gathers that is to be whole when it appears.
pub(crate) fn part_of(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Puts a file that is whole in its place.
pub(crate) fn put_in_place(beside: &Path, to: &Path) -> io::Result<()> {
    File::open(beside)?.sync_all()?;
    fs::rename(beside, to)
}

/// Writes into the file `at`; `to` is how it is called where it can't be written.
fn write_table_at(
    at: &Path,
    to: &Path,
    head: &[&str],
    rows: impl IntoIterator<Item = Result<Vec<String>, Error>>,
) -> Result<u32, Error> {
    let fail = |e: io::Error| unwritable(to, &e);
    let mut rows = rows.into_iter();
    // A question that is refused leaves the file that was there, and one that is refused or stopped
    // later leaves no half of one.
    let first = rows.next().transpose()?;
    let file = File::create(at).map_err(fail)?;
    let write = || {
        let mut table = TableCsv::new(BufWriter::new(file), Separator::Comma).map_err(fail)?;
        table.row(head).map_err(fail)?;
        let mut written = 0_u32;
        for row in first.into_iter().map(Ok).chain(rows) {
            table.row(row?).map_err(fail)?;
            written = written.saturating_add(1);
        }
        table.finish().map_err(fail)?;
        Ok(written)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(at);
    })
}

/// The pages of a list, one after the other. The first that can't be had is the last.
pub(crate) fn pages<P>(
    mut ask: impl FnMut(Option<String>) -> Result<P, Error>,
    next: impl Fn(&P) -> Option<String>,
) -> impl Iterator<Item = Result<P, Error>> {
    let mut after = Some(None);
    std::iter::from_fn(move || {
        let page = ask(after.take()?);
        after = page.as_ref().ok().and_then(&next).map(Some);
        Some(page)
    })
}

/// What is asked for behind the last one that was given, so many at once, one by one.
pub(crate) fn in_slices<T: Copy>(
    slice: u32,
    mut ask: impl FnMut(Option<T>, u32) -> Result<Vec<T>, Error>,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut here = Vec::new().into_iter();
    let mut last = None;
    let mut is_over = false;
    std::iter::from_fn(move || {
        if here.len() == 0 && !is_over {
            let found = match ask(last, slice) {
                Ok(found) => found,
                Err(error) => {
                    is_over = true;
                    return Some(Err(error));
                }
            };
            is_over = count(found.len()) < slice;
            last = found.last().copied();
            here = found.into_iter();
        }
        here.next().map(Ok)
    })
}

/// A problem row as screens show it.
pub(crate) fn problem_view(problem: Problem) -> ProblemView {
    ProblemView {
        line: count(problem.line),
        column: problem.column.map(str::to_owned),
        found: problem.found,
        code: SaidCode::Row((&problem.kind).into()),
        facts: facts_of_row(&problem.kind),
        text: problem.kind.to_string(),
        row: problem.raw,
    }
}

/// A count as views carry it.
pub(crate) fn count(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn slices_give_everything_once_and_in_order() {
        for all in [0, 1, 6, 7, 14_u32] {
            for slice in [1, 2, 3, 7, 100] {
                let mut asked = 0;
                let given: Vec<u32> = in_slices(slice, |after: Option<u32>, most| {
                    asked += 1;
                    let from = after.map_or(0, |last| last + 1);
                    Ok((from..all.min(from + most)).collect())
                })
                .map(Result::unwrap)
                .collect();
                assert_eq!(given, (0..all).collect::<Vec<_>>(), "{all} by {slice}");
                // A slice that is not full is the last one.
                assert_eq!(asked, all / slice + 1, "{all} by {slice}");
            }
        }
    }

    #[test]
    fn a_slice_that_can_not_be_had_is_the_last() {
        let mut slices = in_slices(2, |after: Option<u32>, _| match after {
            None => Ok(vec![1, 2]),
            Some(_) => Err(Error::new(Code::Cancelled, [])),
        });
        assert_eq!(slices.next().map(Result::unwrap), Some(1));
        assert_eq!(slices.next().map(Result::unwrap), Some(2));
        assert!(slices.next().is_some_and(|slice| slice.is_err()));
        assert!(slices.next().is_none());
    }
}
