//! Finishes the file that printpdf drafts: version, metadata, colour, language, tags, attachment,
//! and an id that hangs on the content alone.

use hubledger_core::period::Date;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::structure::add_structure;
use super::tags::Tags;
use super::{About, Attachment, file, icc, xmp};
use crate::error::Error;

pub(super) const PRODUCER: &str = "Hubledger";

pub(super) fn finish(
    mut document: Document,
    about: &About,
    tags: &Tags,
    attachment: Option<&Attachment>,
) -> Result<Vec<u8>, Error> {
    document.version = "1.7".to_owned();
    document.binary_mark = vec![0xE2, 0xE3, 0xCF, 0xD3];
    mend_objects(&mut document);
    // Before the many objects of the tree come in: both take the square of their number.
    document.trailer.remove(b"Info");
    document.prune_objects();
    document.renumber_objects();
    let id = content_id(&document, about, attachment);
    let metadata = document.add_object(xmp::stream(about, attachment));
    let intent = output_intent(&mut document);
    let structure = add_structure(&mut document, tags);
    let file =
        attachment.map(|attachment| (attachment.name, attach(&mut document, attachment, about)));
    let catalog = document.catalog_mut().map_err(faulty)?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Lang", Object::string_literal(about.language));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    if let Some((name, file)) = file {
        let names = vec![Object::string_literal(name), file.into()];
        let names = dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } };
        catalog.set("AF", vec![file.into()]);
        catalog.set("Names", names);
    }
    let info = document.add_object(info(about));
    document.trailer.set("Info", info);
    let id = Object::String(id, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    file::bytes_of(document)
}

/// Takes out the page that only told which glyphs there are; its objects go with what is unused.
pub(super) fn remove_last_page(document: &mut Document) -> Result<(), Error> {
    let catalog = document.catalog().map_err(faulty)?;
    let pages = catalog.get(b"Pages").and_then(Object::as_reference);
    let pages = document.get_dictionary_mut(pages.map_err(faulty)?);
    let pages = pages.map_err(faulty)?;
    let kids = pages.get_mut(b"Kids").and_then(Object::as_array_mut);
    let kids = kids.map_err(faulty)?;
    kids.pop();
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    pages.set("Count", count);
    Ok(())
}

/// Puts a file into the file.
fn attach(document: &mut Document, attachment: &Attachment, about: &About) -> ObjectId {
    let stream = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => "text/xml",
        "Params" => dictionary! {
            "ModDate" => Object::string_literal(pdf_day(about.day)),
            "Size" => i64::try_from(attachment.xml.len()).unwrap_or(i64::MAX),
        },
    };
    let stream = document.add_object(Stream::new(stream, attachment.xml.clone()));
    document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal(attachment.name),
        "UF" => utf16(attachment.name),
        "Desc" => utf16(&attachment.description),
        "AFRelationship" => attachment.relationship,
        "EF" => dictionary! { "F" => stream, "UF" => stream },
    })
}

fn faulty(error: lopdf::Error) -> Error {
    Error::FaultyPdf(error.to_string())
}

/// What printpdf leaves that a strict reader stumbles over: empty lists of annotations, and fonts
/// that do not say that a code is a glyph.
fn mend_objects(document: &mut Document) {
    for object in document.objects.values_mut() {
        let Object::Dictionary(dictionary) = object else {
            continue;
        };
        if dictionary.has_type(b"Page") {
            dictionary.remove(b"Annots");
        }
        let Ok(Object::Array(descendants)) = dictionary.get_mut(b"DescendantFonts") else {
            continue;
        };
        for font in descendants
            .iter_mut()
            .filter_map(|font| font.as_dict_mut().ok())
        {
            font.set("CIDToGIDMap", "Identity");
        }
    }
}

/// 16 bytes that hang on pages, fonts, title and attachment, before compression.
fn content_id(document: &Document, about: &About, attachment: Option<&Attachment>) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(about.title.as_bytes());
    hash.update(about.subject.as_bytes());
    hash.update(pdf_day(about.day).as_bytes());
    hash.update(attachment.map_or(&[][..], |attachment| &attachment.xml));
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    hash.finalize().iter().take(16).copied().collect()
}

fn info(about: &About) -> Dictionary {
    let day = Object::string_literal(pdf_day(about.day));
    dictionary! {
        "Title" => utf16(&about.title),
        "Subject" => utf16(&about.subject),
        "Author" => utf16(&about.author),
        "Creator" => utf16(PRODUCER),
        "Producer" => utf16(PRODUCER),
        "CreationDate" => day.clone(),
        "ModDate" => day,
    }
}

pub(super) fn pdf_day(day: Date) -> String {
    day.format("D:%Y%m%d000000Z").to_string()
}

pub(super) fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn output_intent(document: &mut Document) -> Dictionary {
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, icc::srgb()));
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB"),
        "DestOutputProfile" => profile,
    }
}
