//! Reads the finished bytes back, by what PDF/A-3a and PDF/UA-1 demand of the kind of file that we
//! write. A file that isn't as it should be is never handed out.

mod content;
mod pages;
mod structure;
#[cfg(test)]
mod mutants;

use std::collections::BTreeSet;

use hubledger_core::period::Date;
use lopdf::{Dictionary, Document, Object};

use super::finish::pdf_day;
use super::{About, Attachment, RELATIONSHIP};
use crate::error::Error;

/// What the file should hold.
pub(super) struct Expected<'a> {
    pub(super) pages: usize,
    pub(super) fonts: &'a BTreeSet<String>,
    pub(super) about: &'a About,
    pub(super) attachment: Option<&'a Attachment>,
}

pub(super) fn check(bytes: &[u8], expected: &Expected<'_>) -> Result<(), Error> {
    check_document(&read(bytes)?, expected)
}

fn read(bytes: &[u8]) -> Result<Document, Error> {
    demand(
        bytes.starts_with(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"),
        "its head is wrong",
    )?;
    demand(bytes.ends_with(b"%%EOF\n"), "its end is missing")?;
    Document::load_mem(bytes).map_err(unreadable)
}

fn check_document(document: &Document, expected: &Expected<'_>) -> Result<(), Error> {
    let file = File { document };
    file.check_trailer()?;
    file.check_catalog(expected.about)?;
    file.check_metadata(expected)?;
    file.check_intent()?;
    file.check_attachment(expected.attachment)?;
    demand(
        document.get_pages().len() == expected.pages,
        "a page is missing",
    )?;
    let fonts = file.check_fonts()?;
    demand(fonts == *expected.fonts, "a font is not embedded")?;
    let marks = file.check_pages()?;
    file.check_structure(&marks)
}

/// Reads a file back that was made earlier, perhaps by an earlier version: by the same rules, with
/// its own title and its own attachment. Gives what is attached.
pub(super) fn check_again(
    bytes: &[u8],
    language: &'static str,
    day: Date,
    name: Option<(&'static str, &'static str)>,
) -> Result<Option<Vec<u8>>, Error> {
    let document = read(bytes)?;
    let file = File {
        document: &document,
    };
    let info = file.dictionary(&document.trailer, "Info")?;
    let own = |key| file.text(info, key).unwrap_or_default();
    let about = About {
        title: own("Title"),
        subject: own("Subject"),
        author: own("Author"),
        language,
        day,
    };
    let attachment = match name {
        Some((name, profile)) => Some(Attachment {
            name,
            description: String::new(),
            relationship: RELATIONSHIP,
            profile,
            xml: file.attached()?,
        }),
        None => None,
    };
    let expected = Expected {
        pages: document.get_pages().len(),
        fonts: &file.check_fonts()?,
        about: &about,
        attachment: attachment.as_ref(),
    };
    check_document(&document, &expected)?;
    Ok(attachment.map(|attachment| attachment.xml))
}

fn demand(holds: bool, fault: &str) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(Error::FaultyPdf(fault.to_owned()))
    }
}

fn unreadable(error: lopdf::Error) -> Error {
    Error::FaultyPdf(error.to_string())
}

/// A file that was read, with its references followed.
struct File<'a> {
    document: &'a Document,
}

impl<'a> File<'a> {
    fn follow(&self, object: &'a Object) -> &'a Object {
        self.document
            .dereference(object)
            .map_or(object, |(_, object)| object)
    }

    fn get(&self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        Some(self.follow(dictionary.get(key.as_bytes()).ok()?))
    }

    fn dictionary(&self, dictionary: &'a Dictionary, key: &str) -> Result<&'a Dictionary, Error> {
        let found = self.get(dictionary, key).and_then(|o| o.as_dict().ok());
        found.ok_or_else(|| Error::FaultyPdf(format!("{key} is missing")))
    }

    fn array(&self, dictionary: &'a Dictionary, key: &str) -> Result<&'a [Object], Error> {
        let found = self.get(dictionary, key).and_then(|o| o.as_array().ok());
        let found = found.ok_or_else(|| Error::FaultyPdf(format!("{key} is missing")))?;
        Ok(found)
    }

    fn content(&self, dictionary: &'a Dictionary, key: &str) -> Result<Vec<u8>, Error> {
        let stream = self.get(dictionary, key).and_then(|o| o.as_stream().ok());
        let stream = stream.ok_or_else(|| Error::FaultyPdf(format!("{key} is missing")))?;
        if stream.dict.has(b"Filter") {
            stream.decompressed_content().map_err(unreadable)
        } else {
            Ok(stream.content.clone())
        }
    }

    fn is_name(&self, dictionary: &'a Dictionary, key: &str, name: &str) -> bool {
        self.get(dictionary, key)
            .and_then(|o| o.as_name().ok())
            .is_some_and(|found| found == name.as_bytes())
    }

    fn is_true(&self, dictionary: &'a Dictionary, key: &str) -> bool {
        matches!(self.get(dictionary, key), Some(Object::Boolean(true)))
    }

    fn text(&self, dictionary: &'a Dictionary, key: &str) -> Option<String> {
        let bytes = self.get(dictionary, key)?.as_str().ok()?;
        let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) else {
            return Some(String::from_utf8_lossy(bytes).into_owned());
        };
        let units = wide
            .as_chunks()
            .0
            .iter()
            .map(|pair| u16::from_be_bytes(*pair));
        String::from_utf16(&units.collect::<Vec<_>>()).ok()
    }

    fn catalog(&self) -> Result<&'a Dictionary, Error> {
        self.document.catalog().map_err(unreadable)
    }

    fn check_trailer(&self) -> Result<(), Error> {
        let trailer = &self.document.trailer;
        demand(self.document.version == "1.7", "its version is wrong")?;
        demand(!trailer.has(b"Encrypt"), "it is encrypted")?;
        let ids = self.array(trailer, "ID")?;
        let whole = |id: &Object| id.as_str().is_ok_and(|id| id.len() == 16);
        demand(ids.len() == 2 && ids.iter().all(whole), "its id is wrong")
    }

    fn check_catalog(&self, about: &About) -> Result<(), Error> {
        let catalog = self.catalog()?;
        let language = self.text(catalog, "Lang");
        demand(
            language.as_deref() == Some(about.language),
            "its language is wrong",
        )?;
        let marks = self.dictionary(catalog, "MarkInfo")?;
        demand(
            self.is_true(marks, "Marked"),
            "it doesn't say that it is tagged",
        )?;
        let viewer = self.dictionary(catalog, "ViewerPreferences")?;
        demand(
            self.is_true(viewer, "DisplayDocTitle"),
            "its title is not shown",
        )
    }

    /// The metadata is readable as it stands, and says what the document information says.
    fn check_metadata(&self, expected: &Expected<'_>) -> Result<(), Error> {
        let about = expected.about;
        let catalog = self.catalog()?;
        let stream = self
            .get(catalog, "Metadata")
            .and_then(|o| o.as_stream().ok());
        demand(
            stream.is_some_and(|s| !s.dict.has(b"Filter")),
            "its metadata is compressed",
        )?;
        let packet = String::from_utf8(self.content(catalog, "Metadata")?);
        let packet = packet.map_err(|_| Error::FaultyPdf("its metadata is no text".to_owned()))?;
        let info = self.dictionary(&self.document.trailer, "Info")?;
        let day = about.day.format("%Y-%m-%dT00:00:00Z").to_string();
        let pdf_day = pdf_day(about.day);
        for (element, key, packed, told) in [
            ("dc:title", "Title", &about.title, &about.title),
            ("dc:description", "Subject", &about.subject, &about.subject),
            ("dc:creator", "Author", &about.author, &about.author),
            ("xmp:CreateDate", "CreationDate", &day, &pdf_day),
            ("xmp:ModifyDate", "ModDate", &day, &pdf_day),
        ] {
            let same = said(&packet, element).as_ref() == Some(packed)
                && self.text(info, key).as_ref() == Some(told);
            demand(same, &format!("its metadata is wrong in {key}"))?;
        }
        let mut claims = vec![
            ("pdfaid:part", "3"),
            ("pdfaid:conformance", "A"),
            ("pdfuaid:part", "1"),
            ("dc:language", about.language),
        ];
        if let Some(attachment) = expected.attachment {
            claims.push(("fx:DocumentFileName", attachment.name));
            claims.push(("fx:ConformanceLevel", attachment.profile));
            claims.push(("fx:DocumentType", "INVOICE"));
        }
        for (element, claim) in claims {
            let is_said = said(&packet, element).as_deref() == Some(claim);
            demand(is_said, &format!("its metadata is wrong in {element}"))?;
        }
        Ok(())
    }

    fn check_intent(&self) -> Result<(), Error> {
        let intents = self.array(self.catalog()?, "OutputIntents")?;
        let intent = intents.first().map(|intent| self.follow(intent));
        let intent = intent.and_then(|intent| intent.as_dict().ok());
        let intent =
            intent.ok_or_else(|| Error::FaultyPdf("its colours are missing".to_owned()))?;
        let is_archive = self.is_name(intent, "S", "GTS_PDFA1");
        let channels = self
            .get(intent, "DestOutputProfile")
            .and_then(|o| o.as_stream().ok())
            .and_then(|profile| profile.dict.get(b"N").and_then(Object::as_i64).ok());
        let profile = self.content(intent, "DestOutputProfile")?;
        let is_rgb = channels == Some(3) && profile.get(16..20) == Some(b"RGB ");
        demand(is_archive && is_rgb, "its colours are wrong")
    }

    /// The attachment is whole, named in both places, and the only one.
    fn check_attachment(&self, attachment: Option<&Attachment>) -> Result<(), Error> {
        let catalog = self.catalog()?;
        let Some(attachment) = attachment else {
            let none = !catalog.has(b"AF") && !catalog.has(b"Names");
            return demand(none, "it holds a file that it shouldn't");
        };
        let files = self.array(catalog, "AF")?;
        let tree = self.dictionary(self.dictionary(catalog, "Names")?, "EmbeddedFiles")?;
        let named = self.array(tree, "Names")?;
        demand(
            files.len() == 1 && named.len() == 2 && named.last() == files.last(),
            "its attachment is not the only one",
        )?;
        let file = files.first().map(|file| self.follow(file));
        let file = file.and_then(|file| file.as_dict().ok());
        let file = file.ok_or_else(|| Error::FaultyPdf("its attachment is missing".to_owned()))?;
        for key in ["F", "UF"] {
            let name = self.text(file, key);
            demand(
                name.as_deref() == Some(attachment.name),
                "its attachment is misnamed",
            )?;
        }
        let relates = self.is_name(file, "AFRelationship", attachment.relationship);
        demand(relates, "its attachment has no part to play")?;
        let streams = self.dictionary(file, "EF")?;
        let stream = self.get(streams, "F").and_then(|o| o.as_stream().ok());
        let is_xml = stream
            .is_some_and(|s| self.is_name(&s.dict, "Subtype", "text/xml") && s.dict.has(b"Params"));
        demand(is_xml, "its attachment has no type")?;
        let same = self.content(streams, "F")? == attachment.xml;
        demand(same, "its attachment is not as it was given")
    }

    /// The bytes of the first file that is attached.
    fn attached(&self) -> Result<Vec<u8>, Error> {
        let files = self.array(self.catalog()?, "AF")?;
        let file = files.first().map(|file| self.follow(file));
        let file = file.and_then(|file| file.as_dict().ok());
        let file = file.ok_or_else(|| Error::FaultyPdf("its attachment is missing".to_owned()))?;
        self.content(self.dictionary(file, "EF")?, "F")
    }
}

/// The text inside the first element of a name.
fn said(packet: &str, element: &str) -> Option<String> {
    let (_, rest) = packet.split_once(&format!("<{element}>"))?;
    let (inside, _) = rest.split_once(&format!("</{element}>"))?;
    let mut text = String::new();
    for part in inside.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    Some(
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}
