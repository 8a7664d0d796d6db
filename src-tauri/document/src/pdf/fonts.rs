//! The fonts of a file: only the glyphs that its pages show, numbered anew.

use std::collections::BTreeMap;
use std::rc::Rc;

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::error::Error;
use crate::layout::{Face, FaceId, Fonts, Mark, Page};

/// The fonts that the pages use.
pub(super) struct Subsets(BTreeMap<FaceId, Subset>);

/// One font with the glyphs that are used.
pub(super) struct Subset {
    pub(super) id: FontId,
    /// With the tag that tells readers that it is a part of a font: `ABCDEF+Inter-Regular`.
    name: String,
    remapper: GlyphRemapper,
    /// What each glyph, by its new number, stands for.
    texts: BTreeMap<u16, Rc<str>>,
    /// Widths of the new glyphs in thousandths of the em.
    widths: BTreeMap<u16, u16>,
    bytes: Vec<u8>,
    metrics: PdfFontMetricsStub,
    ascent: i16,
    descent: i16,
}

impl Subsets {
    pub(super) fn of(pages: &[Page], fonts: &Fonts) -> Result<Self, Error> {
        let mut used: BTreeMap<FaceId, BTreeMap<u16, Rc<str>>> = BTreeMap::new();
        for item in pages.iter().flat_map(|page| &page.items) {
            let Mark::Text { runs, .. } = &item.mark else {
                continue;
            };
            for glyph in runs.iter().flat_map(|run| &run.glyphs) {
                let texts = used.entry(glyph.face).or_default();
                let text = texts.entry(glyph.id).or_insert_with(|| glyph.text.clone());
                if text.is_empty() {
                    text.clone_from(&glyph.text);
                }
            }
        }
        let subsets = used
            .into_iter()
            .map(|(id, glyphs)| Ok((id, Subset::of(fonts.face(id), id, &glyphs)?)));
        Ok(Self(subsets.collect::<Result<_, Error>>()?))
    }

    pub(super) fn subset(&self, face: FaceId) -> Result<&Subset, Error> {
        self.0
            .get(&face)
            .ok_or_else(|| Error::FaultyPdf("a font is missing".to_owned()))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.0.values().map(|subset| subset.name.clone())
    }

    /// Each font with its glyphs and what they stand for.
    pub(super) fn said(&self) -> impl Iterator<Item = (FontId, impl Iterator<Item = (u16, &str)>)> {
        self.0.values().map(|subset| {
            let texts = subset.texts.iter();
            let glyphs = texts.map(|(gid, text)| (*gid, told(text)));
            (subset.id.clone(), glyphs)
        })
    }

    pub(super) fn printed_fonts(&self) -> BTreeMap<FontId, PdfFont> {
        self.0
            .values()
            .map(|subset| (subset.id.clone(), PdfFont::new(subset.printed())))
            .collect()
    }
}

impl Subset {
    fn of(face: &Face, id: FaceId, used: &BTreeMap<u16, Rc<str>>) -> Result<Self, Error> {
        let glyphs: Vec<u16> = used.keys().copied().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let unreadable = |_| Error::UnreadableFont(face.name);
        let bytes = subsetter::subset(face.bytes, 0, &remapper).map_err(unreadable)?;
        let font = &face.font;
        let em = font.units_per_em();
        let width = |glyph| {
            font.glyph_hor_advance(ttf_parser::GlyphId(glyph))
                .unwrap_or(0)
        };
        let widths = remapper
            .remapped_gids()
            .zip(0..)
            .map(|(old, new)| (new, thousandths(i32::from(width(old)), em).unsigned_abs()))
            .collect();
        let new_number = |(old, text): (&u16, &Rc<str>)| Some((remapper.get(*old)?, text.clone()));
        let texts = used.iter().filter_map(new_number).collect();
        let bounds = font.global_bounding_box();
        let metrics = PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: thousandths(i32::from(bounds.x_min), em),
            y_min: thousandths(i32::from(bounds.y_min), em),
            x_max: thousandths(i32::from(bounds.x_max), em),
            y_max: thousandths(i32::from(bounds.y_max), em),
            us_weight_class: font.weight().to_number(),
            ..PdfFontMetricsStub::default()
        };
        Ok(Self {
            id: FontId(resource_name(id).to_owned()),
            name: format!("{}+{}", tag(&bytes), face.name),
            remapper,
            texts,
            widths,
            ascent: thousandths(i32::from(font.ascender()), em),
            descent: thousandths(i32::from(font.descender()), em),
            bytes,
            metrics,
        })
    }

    /// The number of a glyph in the subset; never 0, which is the empty box.
    pub(super) fn glyph(&self, old: u16) -> Result<u16, Error> {
        let new = self.remapper.get(old).filter(|new| *new != 0 && old != 0);
        new.ok_or_else(|| Error::FaultyPdf(format!("glyph {old} of {} is empty", self.name)))
    }

    /// What a reader advances after the glyph, in thousandths of the em.
    pub(super) fn width(&self, new: u16) -> f32 {
        f32::from(self.widths.get(&new).copied().unwrap_or(0))
    }

    fn printed(&self) -> ParsedFont {
        ParsedFont {
            original_bytes: self.bytes.clone(),
            font_index: 0,
            font_name: Some(self.name.clone()),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: self.widths.clone(),
            units_per_em: 1000,
            font_metrics: FontMetrics {
                ascent: self.ascent,
                descent: self.descent,
            },
            font_type: FontType::TrueType,
            pdf_font_metrics: self.metrics.clone(),
        }
    }
}

/// A glyph that is only ever the second of a character says nothing of its own.
fn told(text: &str) -> &str {
    if text.is_empty() { "\u{200b}" } else { text }
}

/// The name of a font in the pages. Fixed, for the same bytes each time.
fn resource_name(face: FaceId) -> &'static str {
    match face {
        FaceId::Regular => "R",
        FaceId::SemiBold => "B",
        FaceId::Fallback => "F",
        FaceId::Arabic => "A",
        FaceId::Hebrew => "H",
    }
}

/// Font units in thousandths of the em, rounded.
fn thousandths(units: i32, units_per_em: i32) -> i16 {
    let doubled = (units * 2000).div_euclid(units_per_em.max(1));
    i16::try_from((doubled + 1).div_euclid(2)).unwrap_or(i16::MAX)
}

/// Six capital letters that differ where the subset differs.
fn tag(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn font_units_become_rounded_thousandths() {
        for (units, em, rounded) in [
            (1024, 2048, 500),
            (1, 2048, 0),
            (2, 2048, 1),
            (-494, 2048, -241),
            (600, 1000, 600),
        ] {
            assert_eq!(thousandths(units, em), rounded, "{units}/{em}");
        }
    }
}
