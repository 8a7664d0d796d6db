//! A file takes the place of another: written aside, made durable, and renamed, so that at any
//! moment one whole book lies at the path.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The path with something at the end of its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Puts a finished file in the place of another. What SQLite keeps beside the other must be gone:
/// it would be taken for the new one's.
pub fn swap_in(fresh: &Path, path: &Path) -> io::Result<()> {
    File::options().write(true).open(fresh)?.sync_all()?;
    fs::rename(fresh, path)?;
    sync_folder(path)
}

/// Makes a rename in the folder of a file durable.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Elsewhere a folder can't be opened, and the file system sees to it.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
