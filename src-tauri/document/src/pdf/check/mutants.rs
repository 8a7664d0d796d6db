//! Each fault planted in a good file is caught.

use super::*;
use crate::layout::{
    Fonts, Item, Mark, Page, Paragraph, Passage, Picture, Role, Shape, Shaper, Stroke, Style,
};
use crate::pdf::write;
use lopdf::{ObjectId, StringFormat, dictionary};
use std::rc::Rc;

fn about() -> About {
    About {
        title: "Ünder & <one>".to_owned(),
        subject: "What it is".to_owned(),
        author: "Who".to_owned(),
        language: "en",
        day: hubledger_core::period::parse_date("2026-08-01").unwrap(),
    }
}

fn attachment() -> Attachment {
    Attachment {
        name: "factur-x.xml",
        description: "The invoice for machines".to_owned(),
        relationship: "Alternative",
        profile: "EN 16931",
        xml: b"<invoice>\xC3\xBC</invoice>".to_vec(),
    }
}

/// A page with a title, a table of two rows, a rule and a picture.
fn pages() -> Vec<Page> {
    let fonts = Fonts::bundled().unwrap();
    let text = Paragraph::new("Grüße", Style::new(9.0));
    let line = text.in_one_line(&mut Shaper::new(fonts)).unwrap();
    let mut page = Page::default();
    let table = 0;
    let cell = |row, column| Role::Cell {
        table,
        row,
        column,
        span: 1,
    };
    for role in [
        Role::Title,
        Role::ColumnHead { table, column: 0 },
        Role::ColumnHead { table, column: 1 },
        cell(0, 0),
        cell(0, 1),
        cell(1, 0),
    ] {
        page.text(role, 80.0, 80.0, &line);
    }
    page.rule(80.0, 200.0, 90.0, Stroke::Hair);
    let picture = Picture {
        says: "A code".to_owned(),
        shape: Shape::Squares {
            side: 2,
            dark: vec![true, false, false, true],
        },
    };
    page.items.push(Item {
        role: Role::Figure(Passage::Code),
        mark: Mark::Picture {
            picture: Rc::new(picture),
            x: 80.0,
            y: 100.0,
            width: 60.0,
            height: 60.0,
        },
    });
    vec![page]
}

/// Checks a good file after a change to it.
fn fault(change: impl Fn(&mut Document)) -> Option<String> {
    let fonts = Fonts::bundled().unwrap();
    let (about, attachment) = (about(), attachment());
    let bytes = write(&pages(), &about, Some(&attachment), fonts).unwrap();
    let mut document = Document::load_mem(&bytes).unwrap();
    let names = File {
        document: &document,
    };
    let names = names.check_fonts().unwrap();
    change(&mut document);
    let expected = Expected {
        pages: 1,
        fonts: &names,
        about: &about,
        attachment: Some(&attachment),
    };
    let checked = check_document(&document, &expected);
    checked.err().map(|error| error.to_string())
}

fn find(document: &Document, is_it: impl Fn(&Dictionary) -> bool) -> ObjectId {
    let found = document.objects.iter().find(|(_, object)| match object {
        Object::Dictionary(dictionary) => is_it(dictionary),
        Object::Stream(stream) => is_it(&stream.dict),
        _ => false,
    });
    *found.unwrap().0
}

fn tagged(tag: &'static str) -> impl Fn(&Dictionary) -> bool {
    move |d| d.get(b"S").and_then(Object::as_name).ok() == Some(tag.as_bytes())
}

fn change_dictionary(
    document: &mut Document,
    is_it: impl Fn(&Dictionary) -> bool,
    change: impl Fn(&mut Dictionary),
) {
    let id = find(document, is_it);
    match document.objects.get_mut(&id).unwrap() {
        Object::Dictionary(dictionary) => change(dictionary),
        Object::Stream(stream) => change(&mut stream.dict),
        _ => panic!("no such object"),
    }
}

fn change_catalog(document: &mut Document, change: impl Fn(&mut Dictionary)) {
    change(document.catalog_mut().unwrap());
}

fn change_stream(
    document: &mut Document,
    is_it: impl Fn(&Dictionary) -> bool,
    change: impl Fn(String) -> String,
) {
    let id = find(document, is_it);
    let stream = document
        .objects
        .get_mut(&id)
        .unwrap()
        .as_stream_mut()
        .unwrap();
    let content = if stream.dict.has(b"Filter") {
        stream.decompressed_content().unwrap()
    } else {
        stream.content.clone()
    };
    // Byte by byte: a page holds codes that are no text.
    let text: String = content.iter().map(|byte| char::from(*byte)).collect();
    let changed = change(text.clone());
    assert_ne!(changed, text, "nothing was changed");
    stream.dict.remove(b"Filter");
    stream.set_content(changed.chars().map(|c| u8::try_from(c).unwrap()).collect());
}

fn change_page(document: &mut Document, change: impl Fn(String) -> String) {
    let page = *document.get_pages().get(&1).unwrap();
    let content = document.get_page_contents(page)[0];
    let dictionary = document.get_object(content).unwrap().as_stream().unwrap();
    let dictionary = dictionary.dict.clone();
    change_stream(document, |d| *d == dictionary, change);
}

#[test]
fn a_good_file_is_good_and_half_a_file_is_not() {
    assert_eq!(fault(|_| ()), None);
    let (about, names) = (about(), BTreeSet::new());
    let bytes = write(&[Page::default()], &about, None, Fonts::bundled().unwrap()).unwrap();
    let expected = |pages| Expected {
        pages,
        fonts: &names,
        about: &about,
        attachment: None,
    };
    assert!(check(&bytes, &expected(1)).is_ok());
    assert!(check(&bytes, &expected(2)).is_err(), "a page less");
    for half in [
        &bytes[..bytes.len() / 2],
        &bytes[..bytes.len() - 1],
        &bytes[1..],
    ] {
        assert!(check(half, &expected(1)).is_err());
    }
}

type Change = fn(&mut Document);

#[test]
fn every_fault_that_is_planted_in_a_good_file_is_caught() {
    let faults: [(&str, Change); 42] = [
        ("its version is wrong", |d| d.version = "1.4".to_owned()),
        ("it is encrypted", |d| {
            d.trailer.set("Encrypt", dictionary! {})
        }),
        ("ID is missing", |d| {
            d.trailer.remove(b"ID");
        }),
        ("its id is wrong", |d| {
            let short = Object::String(vec![1; 8], StringFormat::Hexadecimal);
            d.trailer.set("ID", vec![short.clone(), short]);
        }),
        ("its language is wrong", |d| {
            change_catalog(d, |c| c.set("Lang", Object::string_literal("de")))
        }),
        ("MarkInfo is missing", |d| {
            change_catalog(d, |c| {
                c.remove(b"MarkInfo");
            })
        }),
        ("it doesn't say that it is tagged", |d| {
            change_catalog(d, |c| c.set("MarkInfo", dictionary! { "Marked" => false }))
        }),
        ("its title is not shown", |d| {
            change_catalog(d, |c| c.set("ViewerPreferences", dictionary! {}))
        }),
        ("its metadata is compressed", |d| {
            change_dictionary(
                d,
                |d| d.has_type(b"Metadata"),
                |m| m.set("Filter", "FlateDecode"),
            )
        }),
        ("its metadata is wrong in Title", |d| {
            change_stream(
                d,
                |d| d.has_type(b"Metadata"),
                |x| x.replace("&lt;one", "&lt;two"),
            )
        }),
        ("its metadata is wrong in Author", |d| {
            change_dictionary(
                d,
                |d| d.has(b"Producer"),
                |i| i.set("Author", Object::string_literal("Other")),
            )
        }),
        ("its metadata is wrong in CreationDate", |d| {
            change_dictionary(
                d,
                |d| d.has(b"Producer"),
                |i| i.set("CreationDate", Object::string_literal("D:20260802000000Z")),
            )
        }),
        ("its metadata is wrong in pdfaid:part", |d| {
            change_stream(
                d,
                |d| d.has_type(b"Metadata"),
                |x| x.replace("<pdfaid:part>3", "<pdfaid:part>2"),
            )
        }),
        ("its metadata is wrong in pdfuaid:part", |d| {
            change_stream(
                d,
                |d| d.has_type(b"Metadata"),
                |x| x.replace("pdfuaid:part>", "pdfuaid:port>"),
            )
        }),
        ("its metadata is wrong in fx:ConformanceLevel", |d| {
            change_stream(
                d,
                |d| d.has_type(b"Metadata"),
                |x| x.replace(">EN 16931<", ">MINIMUM<"),
            )
        }),
        ("its colours are wrong", |d| {
            change_dictionary(
                d,
                |d| d.get(b"N").and_then(Object::as_i64).ok() == Some(3) && !d.has_type(b"ObjStm"),
                |p| p.set("N", 4),
            )
        }),
        ("its colours are missing", |d| {
            change_catalog(d, |c| c.set("OutputIntents", Vec::<Object>::new()))
        }),
        ("AF is missing", |d| {
            change_catalog(d, |c| {
                c.remove(b"AF");
            })
        }),
        ("Names is missing", |d| {
            change_catalog(d, |c| {
                c.remove(b"Names");
            })
        }),
        ("its attachment has no part to play", |d| {
            change_dictionary(
                d,
                |d| d.has_type(b"Filespec"),
                |f| {
                    f.remove(b"AFRelationship");
                },
            )
        }),
        ("its attachment is misnamed", |d| {
            change_dictionary(
                d,
                |d| d.has_type(b"Filespec"),
                |f| f.set("UF", Object::string_literal("zugferd.xml")),
            )
        }),
        ("its attachment has no type", |d| {
            change_dictionary(
                d,
                |d| d.has_type(b"EmbeddedFile"),
                |f| {
                    f.remove(b"Subtype");
                },
            )
        }),
        ("its attachment is not as it was given", |d| {
            change_stream(
                d,
                |d| d.has_type(b"EmbeddedFile"),
                |x| x.replace("invoice", "invoyce"),
            )
        }),
        ("ToUnicode is missing", |d| {
            change_dictionary(
                d,
                |d| d.has(b"DescendantFonts"),
                |f| {
                    f.remove(b"ToUnicode");
                },
            )
        }),
        ("FontFile2 is missing", |d| {
            change_dictionary(
                d,
                |d| d.has_type(b"FontDescriptor"),
                |f| {
                    f.remove(b"FontFile2");
                },
            )
        }),
        ("a font is embedded whole", |d| {
            change_dictionary(
                d,
                |d| d.has_type(b"FontDescriptor"),
                |f| f.set("FontName", "Inter-Regular"),
            )
        }),
        ("a font is not embedded", |d| {
            d.add_object(
                dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
            );
        }),
        ("a letter is an empty box", |d| {
            change_page(d, |p| {
                p.replacen("/MCID 0>> BDC", "/MCID 0>> BDC <0000> Tj", 1)
                    .replacen("/MCID 0 >>BDC", "/MCID 0 >>BDC <0000> Tj", 1)
                    .replacen("BDC\n", "BDC\n<0000> Tj\n", 1)
            })
        }),
        ("a text belongs to nothing", |d| {
            change_page(d, |p| format!("BT <0001> Tj ET\n{p}"))
        }),
        ("a drawing belongs to nothing", |d| {
            change_page(d, |p| format!("0 0 9 9 re f\n{p}"))
        }),
        ("a colour is for presses", |d| {
            change_page(d, |p| format!("0 0 0 1 k\n{p}"))
        }),
        ("a picture's colours are for presses", |d| {
            let picture = dictionary! { "Subtype" => "Image", "ColorSpace" => "DeviceCMYK" };
            d.add_object(lopdf::Stream::new(picture, vec![0; 4]));
        }),
        ("a mark has no end", |d| {
            change_page(d, |p| format!("{p}\n/Artifact BMC\n"))
        }),
        ("a mark ends twice", |d| {
            change_page(d, |p| format!("{p}\nEMC\n"))
        }),
        ("a mark is there twice", |d| {
            change_page(d, |p| format!("{p}\n/P <</MCID 0>> BDC EMC\n"))
        }),
        ("a mark has no number", |d| {
            change_page(d, |p| format!("{p}\n/P BMC EMC\n"))
        }),
        ("a mark has no owner", |d| {
            change_page(d, |p| format!("{p}\n/P <</MCID 99>> BDC EMC\n"))
        }),
        ("a page has no row", |d| {
            change_dictionary(
                d,
                |d| d.has_type(b"Page"),
                |p| {
                    p.remove(b"StructParents");
                },
            )
        }),
        ("the table of marks leads astray", |d| {
            change_dictionary(
                d,
                |d| d.has(b"Nums"),
                |t| {
                    let Ok(Object::Array(rows)) = t.get_mut(b"Nums") else {
                        panic!("no such object")
                    };
                    let Some(Object::Array(row)) = rows.get_mut(1) else {
                        panic!("no such object")
                    };
                    row.swap(0, 1);
                },
            )
        }),
        ("a head of a table heads nothing", |d| {
            change_dictionary(d, tagged("TH"), |h| {
                h.remove(b"A");
            })
        }),
        ("a picture says nothing", |d| {
            change_dictionary(d, tagged("Figure"), |f| {
                f.remove(b"Alt");
            })
        }),
        ("a table has rows of unlike length", |d| {
            change_dictionary(d, tagged("TD"), |cell| {
                cell.set("A", dictionary! { "O" => "Table", "ColSpan" => 2 });
            })
        }),
    ];
    for (wanted, change) in faults {
        let found = fault(change);
        assert!(
            found.as_ref().is_some_and(|found| found.contains(wanted)),
            "{wanted}: {found:?}"
        );
    }
}
