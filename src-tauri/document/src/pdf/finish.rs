//! Finishes the file that printpdf drafts: version, metadata, colour, language, an id that hangs
//! on the content alone, and compression.

use hubledger_core::period::Date;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::{About, icc};
use crate::error::Error;

const PRODUCER: &str = "Hubledger";

pub(super) fn finish(mut document: Document, about: &About) -> Result<Vec<u8>, Error> {
    document.version = "1.7".to_owned();
    document.binary_mark = vec![0xE2, 0xE3, 0xCF, 0xD3];
    let id = content_id(&document, about);
    let metadata = document.add_object(xmp_stream(about));
    let intent = output_intent(&mut document);
    let catalog = document.catalog_mut().map_err(faulty)?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Lang", Object::string_literal(about.language));
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    mend_objects(&mut document);
    let info = document.add_object(info(about));
    document.trailer.set("Info", info);
    let id = Object::String(id, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    document.prune_objects();
    document.renumber_objects();
    compress(&mut document);
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .map_err(|error| Error::FaultyPdf(error.to_string()))?;
    Ok(bytes)
}

/// Compresses with one known library. lopdf's own would take whichever one another part of the
/// program has switched on, and the app and the command line would write different bytes.
fn compress(document: &mut Document) {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        if stream.allows_compression && !stream.dict.has(b"Filter") {
            let packed = miniz_oxide::deflate::compress_to_vec_zlib(&stream.content, 6);
            if packed.len() < stream.content.len() {
                stream.set_content(packed);
                stream.dict.set("Filter", "FlateDecode");
            }
        }
    }
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

/// 16 bytes that hang on pages, fonts and title, before compression.
fn content_id(document: &Document, about: &About) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(about.title.as_bytes());
    hash.update(about.subject.as_bytes());
    hash.update(pdf_day(about.day).as_bytes());
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

fn pdf_day(day: Date) -> String {
    day.format("D:%Y%m%d000000Z").to_string()
}

fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Says the same as [`info`]. Stays uncompressed, for programs that look for it as text.
fn xmp_stream(about: &About) -> Stream {
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, xmp(about).into_bytes()).with_compression(false)
}

fn xmp(about: &About) -> String {
    let day = about.day.format("%Y-%m-%dT00:00:00Z");
    let (title, subject, author) = (
        escaped(&about.title),
        escaped(&about.subject),
        escaped(&about.author),
    );
    let language = about.language;
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}'
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
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
