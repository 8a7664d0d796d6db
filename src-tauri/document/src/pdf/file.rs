//! Objects to bytes. Small objects are packed together and compressed, which halves a tagged file.
//!
//! lopdf could do it, but compresses with whichever library another part of the program has
//! switched on: the app and the command line would write different bytes.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

use crate::error::Error;

/// Objects packed into one stream: readers open a stream whole.
const PACK: usize = 400;
/// The quickest: the best would take a third of the time that a paper takes, to save a tenth of it.
const LEVEL: u8 = 1;

/// Where an object stands.
enum Place {
    At(usize),
    Packed { pack: u32, index: usize },
}

/// The bytes of a document whose objects are numbered from 1 without gaps.
pub(super) fn bytes_of(mut document: Document) -> Result<Vec<u8>, Error> {
    let mut out = format!("%PDF-{}\n", document.version).into_bytes();
    out.push(b'%');
    out.extend(&document.binary_mark);
    out.push(b'\n');
    let mut places: Vec<(u32, Place)> = Vec::new();
    let mut small: Vec<(u32, Object)> = Vec::new();
    let mut next = document.max_id + 1;
    for ((id, _), object) in std::mem::take(&mut document.objects) {
        match object {
            Object::Stream(stream) => {
                places.push((id, Place::At(out.len())));
                write_stream(id, compressed(stream), &mut out);
            }
            other => small.push((id, other)),
        }
    }
    for objects in small.chunks(PACK) {
        let pack = next;
        next += 1;
        let packed = objects.iter().enumerate();
        places.extend(packed.map(|(index, (id, _))| (*id, Place::Packed { pack, index })));
        places.push((pack, Place::At(out.len())));
        write_stream(pack, compressed(packed_stream(objects)), &mut out);
    }
    let start = out.len();
    places.push((next, Place::At(start)));
    places.sort_by_key(|(id, _)| *id);
    let table = cross_references(&places, next, &document.trailer)
        .ok_or_else(|| Error::FaultyPdf("it is too long".to_owned()))?;
    write_stream(next, compressed(table), &mut out);
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    Ok(out)
}

fn compressed(mut stream: Stream) -> Stream {
    if stream.allows_compression && !stream.dict.has(b"Filter") {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&stream.content, LEVEL);
        if packed.len() < stream.content.len() {
            stream.content = packed;
            stream.dict.set("Filter", "FlateDecode");
        }
    }
    stream
}

fn packed_stream(objects: &[(u32, Object)]) -> Stream {
    let (mut head, mut body) = (String::new(), Vec::new());
    for (id, object) in objects {
        head.push_str(&format!("{id} {} ", body.len()));
        write_object(object, &mut body);
        body.push(b'\n');
    }
    let dictionary = dictionary! {
        "Type" => "ObjStm",
        "N" => i64::try_from(objects.len()).unwrap_or(0),
        "First" => i64::try_from(head.len()).unwrap_or(0),
    };
    let mut content = head.into_bytes();
    content.append(&mut body);
    Stream::new(dictionary, content)
}

/// One row of seven bytes for each object: its kind, its place (4), its index in a pack (2).
fn cross_references(places: &[(u32, Place)], last: u32, trailer: &Dictionary) -> Option<Stream> {
    let mut rows = vec![0, 0, 0, 0, 0, 0xFF, 0xFF];
    for (_, place) in places {
        let (kind, at, index) = match place {
            Place::At(at) => (1, u32::try_from(*at).ok()?, 0),
            Place::Packed { pack, index } => (2, *pack, u16::try_from(*index).ok()?),
        };
        rows.push(kind);
        rows.extend(at.to_be_bytes());
        rows.extend(index.to_be_bytes());
    }
    let mut dictionary = dictionary! {
        "Type" => "XRef",
        "Size" => i64::from(last) + 1,
        "W" => vec![1.into(), 4.into(), 2.into()],
    };
    for key in [&b"Root"[..], b"Info", b"ID"] {
        dictionary.set(key.to_vec(), trailer.get(key).ok()?.clone());
    }
    Some(Stream::new(dictionary, rows))
}

fn write_stream(id: u32, mut stream: Stream, out: &mut Vec<u8>) {
    let length = i64::try_from(stream.content.len()).unwrap_or(i64::MAX);
    stream.dict.set("Length", length);
    out.extend(format!("{id} 0 obj\n").bytes());
    write_dictionary(&stream.dict, out);
    out.extend(b"\nstream\n");
    out.append(&mut stream.content);
    out.extend(b"\nendstream\nendobj\n");
}

fn write_object(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null | Object::Stream(_) => out.extend(b"null"),
        Object::Boolean(is) => out.extend(is.to_string().bytes()),
        Object::Integer(number) => out.extend(number.to_string().bytes()),
        Object::Real(number) => out.extend(number.to_string().bytes()),
        Object::Name(name) => write_name(name, out),
        Object::String(text, StringFormat::Literal) => write_text(text, out),
        Object::String(text, StringFormat::Hexadecimal) => {
            out.push(b'<');
            out.extend(
                text.iter()
                    .flat_map(|byte| format!("{byte:02X}").into_bytes()),
            );
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                write_object(item, out);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(dictionary, out),
        Object::Reference((id, generation)) => {
            out.extend(format!("{id} {generation} R").bytes());
        }
    }
}

fn write_dictionary(dictionary: &Dictionary, out: &mut Vec<u8>) {
    out.extend(b"<<");
    for (key, value) in dictionary {
        write_name(key, out);
        if !matches!(
            value,
            Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)
        ) {
            out.push(b' ');
        }
        write_object(value, out);
    }
    out.extend(b">>");
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"#/%()<>[]{}".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

fn write_text(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend(b"\\r"),
            b'\n' => out.extend(b"\\n"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_object_is_read_back_as_it_was() {
        let odd = dictionary! {
            "A name (odd)" => Object::Name(b"text/xml #1".to_vec()),
            "Text" => Object::string_literal("a(b)\\c\r\nd"),
            "Bytes" => Object::String(vec![0, 255, 16], StringFormat::Hexadecimal),
            "List" => vec![1.into(), Object::Real(-0.5), true.into(), Object::Null],
            "Nested" => dictionary! { "Other" => Object::Reference((1, 0)) },
        };
        let mut document = Document::with_version("1.7");
        for _ in 0..1000 {
            document.add_object(odd.clone());
        }
        let long = Stream::new(dictionary! {}, b"repeat ".repeat(100));
        let long = document.add_object(long);
        document.trailer.set("Root", Object::Reference((1, 0)));
        document.trailer.set("Info", Object::Reference((2, 0)));
        document.trailer.set("ID", Object::Null);
        let read = Document::load_mem(&bytes_of(document).unwrap()).unwrap();
        for id in 1..=1000 {
            assert_eq!(read.get_dictionary((id, 0)).unwrap(), &odd, "{id}");
        }
        let stream = read.get_object(long).and_then(Object::as_stream).unwrap();
        assert_eq!(
            stream.decompressed_content().unwrap(),
            b"repeat ".repeat(100)
        );
    }
}
