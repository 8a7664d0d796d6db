//! A logo as it is brought in: refused plainly where it is no picture, too large, or in CMYK,
//! before an invoice needs it.

use std::fs;
use std::path::Path;

use hubledger_store::LogoRow;

use crate::error::{Code, Error};
use crate::file::name_of;

/// Largest logo, in bytes: it is kept in the book and stands in each invoice.
const LARGEST: u64 = 2 * 1024 * 1024;

/// Reads a logo from a file.
pub(crate) fn logo_from(path: &Path) -> Result<LogoRow, Error> {
    let name = name_of(path);
    let unreadable =
        |e: std::io::Error| Error::new(Code::FileUnreadable, [&name, &e.to_string()]).at("logo");
    let length = fs::metadata(path).map_err(unreadable)?.len();
    if length > LARGEST {
        return Err(refused(
            &name,
            "it is larger than 2 MB. Save it smaller first",
        ));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let kind = kind_of(&bytes).map_err(|reason| refused(&name, reason))?;
    Ok(LogoRow {
        kind: kind.to_owned(),
        bytes,
    })
}

fn refused(name: &str, reason: &str) -> Error {
    Error::new(Code::LogoRefused, [name, reason]).at("logo")
}

const NO_PICTURE: &str = "it is no PNG, JPEG or SVG picture";

/// The kind of a picture, by what its bytes say and not by its name.
fn kind_of(bytes: &[u8]) -> Result<&'static str, &'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return if bytes.get(12..16) == Some(b"IHDR") {
            Ok("png")
        } else {
            Err(NO_PICTURE)
        };
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return match jpeg_components(bytes) {
            Some(1 | 3) => Ok("jpeg"),
            Some(4) => Err("its colours are CMYK, which is for print. Save it in RGB"),
            _ => Err(NO_PICTURE),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if is_svg(text) => Ok("svg"),
        _ => Err(NO_PICTURE),
    }
}

/// How many colour components the frame of a JPEG has.
fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let [0xff, marker] = *bytes.get(at..at + 2)? else {
            return None;
        };
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return bytes.get(at + 9).copied();
        }
        let length = usize::from(u16::from_be_bytes([
            *bytes.get(at + 2)?,
            *bytes.get(at + 3)?,
        ]));
        at += 2 + length.max(2);
    }
}

fn is_svg(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('<') && text.contains("<svg") && text.contains("</svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(components: u8) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0];
        bytes.extend([0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, components, 1, 0x11, 0]);
        bytes
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"x\"></svg>".to_vec();
        for (bytes, kind) in [
            (png, Ok("png")),
            (jpeg(3), Ok("jpeg")),
            (jpeg(1), Ok("jpeg")),
            (
                jpeg(4),
                Err("its colours are CMYK, which is for print. Save it in RGB"),
            ),
            (svg, Ok("svg")),
            (Vec::new(), Err(NO_PICTURE)),
            (b"\xff\xd8\xff".to_vec(), Err(NO_PICTURE)),
            (b"%PDF-1.7 <svg".to_vec(), Err(NO_PICTURE)),
            (b"<html></html>".to_vec(), Err(NO_PICTURE)),
        ] {
            assert_eq!(kind_of(&bytes), kind, "{bytes:?}");
        }
    }
}
