//! The bundled fonts and shaping: text to glyphs. A character that no font has is an error, so
//! that an empty box never stands on an invoice.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::OnceLock;

use rustybuzz::{BufferClusterLevel, Direction, Feature, Script, ShapePlan, UnicodeBuffer, script};

use crate::error::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

/// Figures of one width, so that amounts stand under each other.
const TABULAR_FIGURES: Feature = Feature {
    tag: ttf_parser::Tag(u32::from_be_bytes(*b"tnum")),
    value: 1,
    start: 0,
    end: u32::MAX,
};

const SCRIPTS: [Script; 3] = [script::LATIN, script::GREEK, script::CYRILLIC];

/// The fonts that papers are set in; parsed once, shared by all threads.
pub struct Fonts {
    regular: Face,
    semi_bold: Face,
    /// For letters that the other two lack.
    fallback: Face,
}

impl Fonts {
    /// The fonts that come with the app.
    pub fn bundled() -> Result<&'static Self, Error> {
        static BUNDLED: OnceLock<Result<Fonts, Error>> = OnceLock::new();
        BUNDLED
            .get_or_init(Self::read)
            .as_ref()
            .map_err(Error::clone)
    }

    fn read() -> Result<Self, Error> {
        Ok(Self {
            regular: Face::read(
                "Inter-Regular",
                include_bytes!("../../fonts/Inter-Regular.ttf"),
            )?,
            semi_bold: Face::read(
                "Inter-SemiBold",
                include_bytes!("../../fonts/Inter-SemiBold.ttf"),
            )?,
            fallback: Face::read(
                "NotoSans-Regular",
                include_bytes!("../../fonts/NotoSans-Regular.ttf"),
            )?,
        })
    }

    pub(crate) fn face(&self, id: FaceId) -> &Face {
        match id {
            FaceId::Regular => &self.regular,
            FaceId::SemiBold => &self.semi_bold,
            FaceId::Fallback => &self.fallback,
        }
    }

    /// The glyphs of a word or a blank.
    fn shape(&self, text: &str, weight: Weight) -> Result<Vec<Glyph>, Error> {
        let first = match weight {
            Weight::Regular => FaceId::Regular,
            Weight::SemiBold => FaceId::SemiBold,
        };
        let glyphs = self.face(first).shape(first, text);
        if glyphs.iter().all(|glyph| glyph.id != 0) {
            return Ok(glyphs);
        }
        let mut glyphs = Vec::new();
        for letter in letters(text) {
            glyphs.extend(self.shape_letter(letter, first, text)?);
        }
        Ok(glyphs)
    }

    /// The glyphs of a letter with its marks, from the first font that has them all.
    fn shape_letter(&self, letter: &str, first: FaceId, text: &str) -> Result<Vec<Glyph>, Error> {
        let mut missing = None;
        for id in [first, FaceId::Fallback] {
            let glyphs = self.face(id).shape(id, letter);
            match glyphs.iter().find(|glyph| glyph.id == 0) {
                None => return Ok(glyphs),
                Some(glyph) => missing = glyph.text.chars().next(),
            }
        }
        Err(Error::MissingGlyph {
            character: missing.or_else(|| letter.chars().next()).unwrap_or(' '),
            text: text.chars().take(80).collect(),
        })
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fonts")
    }
}

/// Whether figures of one width are wanted. Not in other words: the feature widens hyphens too.
fn is_amount(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, '0'..='9' | ',' | '.' | '\u{2212}'))
}

/// A letter with the combining marks that follow it.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest[first.len_utf8()..]
            .char_indices()
            .find(|(_, c)| !is_mark(*c))
            .map_or(rest.len(), |(at, _)| first.len_utf8() + at);
        let (letter, others) = rest.split_at(end);
        rest = others;
        Some(letter)
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Which of the bundled fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FaceId {
    Regular,
    SemiBold,
    Fallback,
}

/// One font file.
pub(crate) struct Face {
    pub(crate) name: &'static str,
    pub(crate) bytes: &'static [u8],
    pub(crate) font: rustybuzz::Face<'static>,
    units_per_em: f32,
    /// One for each of [`SCRIPTS`]: making them is slow, using them is fast.
    plans: Vec<ShapePlan>,
    /// For amounts.
    tabular: ShapePlan,
}

impl Face {
    fn read(name: &'static str, bytes: &'static [u8]) -> Result<Self, Error> {
        let font = rustybuzz::Face::from_slice(bytes, 0).ok_or(Error::UnreadableFont(name))?;
        let plan = |script: Script, features: &[Feature]| {
            ShapePlan::new(&font, Direction::LeftToRight, Some(script), None, features)
        };
        let plans = SCRIPTS.iter().map(|script| plan(*script, &[])).collect();
        let tabular = plan(script::LATIN, &[TABULAR_FIGURES]);
        Ok(Self {
            name,
            bytes,
            units_per_em: f32::from(font.as_ref().units_per_em()),
            font,
            plans,
            tabular,
        })
    }

    fn shape(&self, id: FaceId, text: &str) -> Vec<Glyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // Figures and punctuation alone have no script; they are set as Latin.
        let at = SCRIPTS
            .iter()
            .position(|s| *s == buffer.script())
            .unwrap_or(0);
        let plain = self.plans.get(at).unwrap_or(&self.tabular);
        let plan = if is_amount(text) {
            &self.tabular
        } else {
            plain
        };
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(SCRIPTS.get(at).copied().unwrap_or(script::LATIN));
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        let shaped = rustybuzz::shape_with_plan(&self.font, plan, buffer);
        let starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .map(|i| to_usize(i.cluster))
            .collect();
        let em = |units: i32| em_share(units, self.units_per_em);
        shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .enumerate()
            .map(|(at, (info, position))| Glyph {
                face: id,
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: em(position.x_advance),
                right: em(position.x_offset),
                up: em(position.y_offset),
                text: source_text(text, &starts, at),
            })
            .collect()
    }
}

/// The characters that a glyph stands for; empty for the second glyph of one character.
fn source_text(text: &str, starts: &[usize], at: usize) -> Rc<str> {
    let Some(start) = starts.get(at).copied() else {
        return "".into();
    };
    if at.checked_sub(1).and_then(|before| starts.get(before)) == Some(&start) {
        return "".into();
    }
    let end = starts
        .iter()
        .copied()
        .find(|s| *s > start)
        .unwrap_or(text.len());
    text.get(start..end).unwrap_or_default().into()
}

fn to_usize(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// Font units as a share of the em. Both are small whole numbers, which floats hold exactly.
#[allow(clippy::cast_precision_loss, reason = "font units are below 2^24")]
fn em_share(units: i32, units_per_em: f32) -> f32 {
    units as f32 / units_per_em
}

/// A shaped glyph. Lengths are shares of the em.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) face: FaceId,
    pub(crate) id: u16,
    pub(crate) advance: f32,
    pub(crate) right: f32,
    pub(crate) up: f32,
    /// What it stands for, for search and copy.
    pub(crate) text: Rc<str>,
}

/// Shapes the words of one document and remembers them: tables repeat theirs.
pub(crate) struct Shaper<'a> {
    fonts: &'a Fonts,
    words: BTreeMap<(Weight, Rc<str>), Rc<[Glyph]>>,
}

impl<'a> Shaper<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            words: BTreeMap::new(),
        }
    }

    pub(crate) fn word(&mut self, text: &str, weight: Weight) -> Result<Rc<[Glyph]>, Error> {
        let key = (weight, text.into());
        if let Some(glyphs) = self.words.get(&key) {
            return Ok(glyphs.clone());
        }
        let glyphs: Rc<[Glyph]> = self.fonts.shape(text, weight)?.into();
        self.words.insert(key, glyphs.clone());
        Ok(glyphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shaped(text: &str) -> Result<Vec<Glyph>, Error> {
        Fonts::bundled().unwrap().shape(text, Weight::Regular)
    }

    #[test]
    fn fonts_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Fonts>();
    }

    #[test]
    fn figures_and_signs_of_amounts_have_one_width_each() {
        let widths: Vec<f32> = shaped("0123456789")
            .unwrap()
            .iter()
            .map(|g| g.advance)
            .collect();
        assert!(widths.iter().all(|w| *w == widths[0]), "{widths:?}");
    }

    #[test]
    fn every_promised_letter_is_there() {
        for text in [
            "ÄÖÜß",
            "Ελληνικά",
            "ἀρχή",
            "Українська",
            "Ұлттық",
            "Đặng Thị Huyền",
            "€",
            "\u{2212}1",
            // Inter lacks these; the fallback has them.
            "Ԛ",
            "Ѿ",
            // Letter and mark apart, with and without a letter that holds both.
            "e\u{301}",
            "а\u{301}",
            "q\u{30a}",
        ] {
            let glyphs = shaped(text).unwrap();
            let told: String = glyphs.iter().map(|g| &*g.text).collect();
            assert_eq!(told, text);
        }
    }

    #[test]
    fn a_character_without_a_glyph_is_named() {
        for (text, character) in [("Café 🙂", '🙂'), ("日本", '日')] {
            assert_eq!(
                shaped(text),
                Err(Error::MissingGlyph {
                    character,
                    text: text.to_owned()
                })
            );
        }
    }
}
