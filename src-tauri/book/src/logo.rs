//! A logo as it is brought in: refused plainly where it is no picture, too large, or in CMYK,
//! before an invoice needs it.

use std::fs;
use std::path::Path;

use hubledger_document::Logo;
use hubledger_store::LogoRow;

use crate::error::{Code, Error};
use crate::file::name_of;
use crate::system::of_system;

/// Largest logo, in bytes: it is kept in the book and stands in each invoice.
const LARGEST: u64 = 2 * 1024 * 1024;

/// Reads a logo from a file.
pub(crate) fn logo_from(path: &Path) -> Result<LogoRow, Error> {
    let name = name_of(path);
    let unreadable = |error: std::io::Error| {
        Error::because(Code::FileUnreadable, [&name], vec![of_system(&error)]).at("logo")
    };
    let length = fs::metadata(path).map_err(unreadable)?.len();
    if length > LARGEST {
        return Err(refused(
            &name,
            "it is larger than 2 MB. Save it smaller first",
        ));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let (kind, bytes) = Logo::to_keep(&bytes).map_err(|error| match error {
        hubledger_document::Error::UnusableLogo(reason) => refused(&name, &reason),
        other => refused(&name, &other.to_string()),
    })?;
    Ok(LogoRow {
        kind: kind.to_owned(),
        bytes,
    })
}

fn refused(name: &str, reason: &str) -> Error {
    Error::new(Code::LogoRefused, [name, reason]).at("logo")
}
