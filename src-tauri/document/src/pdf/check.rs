//! Reads the finished bytes back. A file that isn't as it should be is never handed out.

use std::collections::BTreeSet;

use lopdf::{Document, Object};

use crate::error::Error;

pub(super) fn check(bytes: &[u8], pages: usize, fonts: &BTreeSet<String>) -> Result<(), Error> {
    let document =
        Document::load_mem(bytes).map_err(|error| Error::FaultyPdf(error.to_string()))?;
    demand(document.get_pages().len() == pages, "a page is missing")?;
    demand(document.version == "1.7", "the version is wrong")?;
    let names: BTreeSet<String> = embedded_fonts(&document).collect();
    demand(names.iter().eq(fonts.iter()), "a font is not embedded")?;
    demand(document.trailer.get(b"ID").is_ok(), "the id is missing")?;
    let catalog = document
        .catalog()
        .map_err(|error| Error::FaultyPdf(error.to_string()))?;
    for key in [&b"Metadata"[..], b"OutputIntents", b"Lang"] {
        demand(catalog.has(key), "the catalog is not whole")?;
    }
    Ok(())
}

/// Names of the fonts whose program is in the file.
fn embedded_fonts(document: &Document) -> impl Iterator<Item = String> {
    document.objects.values().filter_map(|object| {
        let descriptor = object
            .as_dict()
            .ok()
            .filter(|d| d.has_type(b"FontDescriptor"))?;
        let program = descriptor
            .get(b"FontFile2")
            .and_then(Object::as_reference)
            .ok()?;
        let program = document
            .get_object(program)
            .and_then(Object::as_stream)
            .ok()?;
        let name = descriptor.get(b"FontName").and_then(Object::as_name).ok()?;
        (!program.content.is_empty()).then(|| String::from_utf8_lossy(name).into_owned())
    })
}

fn demand(holds: bool, fault: &str) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(Error::FaultyPdf(fault.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Fonts, Page};
    use crate::pdf::{About, write};

    #[test]
    fn a_file_that_is_not_as_it_should_be_is_refused() {
        let about = About {
            title: "Empty".to_owned(),
            subject: String::new(),
            author: String::new(),
            language: "en",
            day: hubledger_core::period::parse_date("2026-08-01").unwrap(),
        };
        let bytes = write(&[Page::default()], &about, Fonts::bundled().unwrap()).unwrap();
        let none = BTreeSet::new();
        let missing = BTreeSet::from(["ABCDEF+Inter-Regular".to_owned()]);
        assert!(check(&bytes, 1, &none).is_ok());
        assert!(check(&bytes, 2, &none).is_err(), "a page less");
        assert!(check(&bytes, 1, &missing).is_err(), "a font less");
        assert!(
            check(&bytes[..bytes.len() / 2], 1, &none).is_err(),
            "half a file"
        );
    }
}
