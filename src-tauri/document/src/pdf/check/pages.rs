//! What the pages of a file must keep: fonts whole and in the file, no empty box, nothing drawn
//! outside a mark, no mark twice.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, ObjectId};

use super::content::{Operand, Operators};
use super::{File, demand, unreadable};
use crate::error::Error;

/// What is marked on each page, and with which tag.
pub(super) type Marks = BTreeMap<ObjectId, BTreeMap<i64, String>>;

impl<'a> File<'a> {
    /// The names of the fonts, each embedded in part and with a table from glyphs to characters.
    pub(super) fn check_fonts(&self) -> Result<BTreeSet<String>, Error> {
        let mut names = BTreeSet::new();
        let fonts = self.document.objects.values().filter_map(|object| {
            let font = object.as_dict().ok()?;
            (font.has_type(b"Font") && font.has(b"DescendantFonts")).then_some(font)
        });
        for font in fonts {
            demand(
                self.is_name(font, "Encoding", "Identity-H"),
                "a font has its own codes",
            )?;
            let to_unicode = self.content(font, "ToUnicode")?;
            demand(!to_unicode.is_empty(), "a font can't be searched")?;
            let descendant = self.array(font, "DescendantFonts")?.first();
            let descendant = descendant.map(|font| self.follow(font));
            let descendant = descendant.and_then(|font| font.as_dict().ok());
            let descendant =
                descendant.ok_or_else(|| Error::FaultyPdf("a font is empty".to_owned()))?;
            let is_plain = self.is_name(descendant, "CIDToGIDMap", "Identity");
            demand(is_plain, "a font's codes are no glyphs")?;
            let descriptor = self.dictionary(descendant, "FontDescriptor")?;
            let program = self.content(descriptor, "FontFile2")?;
            demand(!program.is_empty(), "a font is not embedded")?;
            names.insert(self.subset_name(descriptor)?);
        }
        let stray = self.document.objects.values().any(|object| {
            object.as_dict().is_ok_and(|font| {
                font.has_type(b"Font") && !font.has(b"DescendantFonts") && !font.has(b"CIDToGIDMap")
            })
        });
        demand(!stray, "a font is not embedded")?;
        Ok(names)
    }

    /// A name with the six letters that tell a part of a font.
    fn subset_name(&self, descriptor: &'a Dictionary) -> Result<String, Error> {
        let name = self
            .get(descriptor, "FontName")
            .and_then(|o| o.as_name().ok());
        let name = String::from_utf8_lossy(name.unwrap_or_default()).into_owned();
        let is_tagged = name.split_once('+').is_some_and(|(tag, _)| {
            tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase())
        });
        demand(is_tagged, "a font is embedded whole")?;
        Ok(name)
    }

    /// Pictures are in the colours of the file's own space.
    fn check_images(&self) -> Result<(), Error> {
        let streams = self
            .document
            .objects
            .values()
            .filter_map(|o| o.as_stream().ok());
        for stream in streams.filter(|s| self.is_name(&s.dict, "Subtype", "Image")) {
            let is_plain = ["DeviceRGB", "DeviceGray"]
                .iter()
                .any(|space| self.is_name(&stream.dict, "ColorSpace", space));
            demand(is_plain, "a picture's colours are for presses")?;
        }
        Ok(())
    }

    pub(super) fn check_pages(&self) -> Result<Marks, Error> {
        self.check_images()?;
        let pages = self.document.get_pages().into_values();
        pages
            .map(|page| Ok((page, self.check_page(page)?)))
            .collect()
    }

    fn check_page(&self, page: ObjectId) -> Result<BTreeMap<i64, String>, Error> {
        let dictionary = self.document.get_dictionary(page).map_err(unreadable)?;
        demand(!dictionary.has(b"Annots"), "a page has notes")?;
        let content = self.document.get_page_content(page);
        let mut operators = Operators::of(&content);
        let mut walk = Walk::default();
        let broken = |_| Error::FaultyPdf("a page can't be read".to_owned());
        while let Some((operator, operands)) = operators.next().map_err(broken)? {
            walk.step(operator, operands)?;
        }
        demand(walk.open.is_empty(), "a mark has no end")?;
        Ok(walk.marks)
    }
}

/// A page, read from its first stroke to its last.
#[derive(Default)]
struct Walk {
    /// The tags of the marks that are open.
    open: Vec<String>,
    marks: BTreeMap<i64, String>,
}

impl Walk {
    fn step(&mut self, operator: &[u8], operands: &[Operand<'_>]) -> Result<(), Error> {
        match operator {
            b"BDC" | b"BMC" => self.begin(operands),
            b"EMC" => demand(self.open.pop().is_some(), "a mark ends twice"),
            b"Tj" | b"TJ" => {
                demand(!self.open.is_empty(), "a text belongs to nothing")?;
                demand(operands.iter().all(has_no_box), "a letter is an empty box")
            }
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"Do" | b"sh" => {
                demand(!self.open.is_empty(), "a drawing belongs to nothing")
            }
            b"k" | b"K" => demand(false, "a colour is for presses"),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, operands: &[Operand<'_>]) -> Result<(), Error> {
        let tag = match operands.first() {
            Some(Operand::Name(name)) => String::from_utf8_lossy(name).into_owned(),
            _ => String::new(),
        };
        if let Some(number) = number_of(operands) {
            demand(self.open.is_empty(), "a mark stands inside another")?;
            let twice = self.marks.insert(number, tag.clone());
            demand(twice.is_none(), "a mark is there twice")?;
        } else {
            // Only what is nothing to a reader has no number.
            let is_known = self.open.is_empty() && tag == "Artifact";
            demand(is_known, "a mark has no number")?;
        }
        self.open.push(tag);
        Ok(())
    }
}

/// The number of a mark, among its properties.
fn number_of(operands: &[Operand<'_>]) -> Option<i64> {
    let pairs = operands.array_windows::<2>();
    let figure = pairs.into_iter().find_map(|pair| match pair {
        [Operand::Name(b"MCID"), Operand::Number(figure)] => Some(figure),
        _ => None,
    })?;
    std::str::from_utf8(figure).ok()?.parse().ok()
}

/// Codes are two bytes each; 0 is the box of a font that lacks a letter.
fn has_no_box(shown: &Operand<'_>) -> bool {
    let Operand::Text(codes) = shown else {
        return true;
    };
    let (codes, rest) = codes.as_chunks::<2>();
    rest.is_empty() && codes.iter().all(|code| *code != [0, 0])
}
