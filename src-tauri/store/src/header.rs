//! What a file is, by its first bytes: SQLite never touches one that is no book, or that a newer
//! version made.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::error::Error;
use crate::{APPLICATION_ID, migrate};

const MAGIC: &[u8] = b"SQLite format 3\0";

/// A page of an encrypted book, as SQLCipher 4 writes it.
pub(crate) const PAGE: usize = 4096;

/// How a book lies on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// As far as can be told without its passphrase: nothing in it is readable.
    Encrypted,
}

/// Refuses what is no book or was made by a newer version.
pub(crate) fn form_of(path: &Path) -> Result<Form, Error> {
    if path.is_dir() {
        return Err(Error::NotABook);
    }
    let mut first = Vec::with_capacity(PAGE);
    let mut file = fs::File::open(path)?;
    file.by_ref().take(PAGE as u64).read_to_end(&mut first)?;
    if !first.starts_with(MAGIC) {
        return if looks_random(&first) {
            Ok(Form::Encrypted)
        } else {
            Err(Error::NotABook)
        };
    }
    let number = |at: usize| {
        first
            .get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    if first.len() < 100 {
        return Err(Error::Damaged("the file ends too early".to_owned()));
    }
    if i64::from(number(68)) != APPLICATION_ID {
        return Err(Error::NotABook);
    }
    migrate::check_known(i64::from(number(60)))?;
    Ok(Form::Plain)
}

/// Whether a first page can be that of an encrypted book: SQLCipher leaves no mark, so each byte
/// must be as likely as any other. Of true pages one in a million million fails; text, pictures,
/// tables and archives, which begin with names and sizes, do not come near.
fn looks_random(page: &[u8]) -> bool {
    if page.len() < PAGE {
        return false;
    }
    let mut seen = [0_u64; 256];
    for byte in page {
        seen[usize::from(*byte)] += 1;
    }
    // Pearson's chi-squared against 16 of each, times 16: 255 on average, and 22.6 around it.
    let off: u64 = seen.iter().map(|n| n.abs_diff(16).pow(2)).sum();
    off < 16 * 420
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes of a linear congruential generator: as even as those of a cipher.
    fn even(length: usize) -> Vec<u8> {
        let mut state = 7_u64;
        (0..length)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                state.to_be_bytes()[0]
            })
            .collect()
    }

    #[test]
    fn only_even_bytes_may_be_an_encrypted_book() {
        let mut archive = even(PAGE);
        archive[..1500].fill(b'a');
        for (what, page, may_be) in [
            ("a page of a cipher", even(PAGE), true),
            ("less than a page", even(PAGE - 1), false),
            ("nothing", Vec::new(), false),
            ("zeros", vec![0; PAGE], false),
            ("text", b"date,channel_id,country\n".repeat(200), false),
            ("an archive with names in front", archive, false),
        ] {
            assert_eq!(looks_random(&page), may_be, "{what}");
        }
    }
}
