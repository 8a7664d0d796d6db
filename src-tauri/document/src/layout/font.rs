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
const SCRIPTS_TO_LEFT: [Script; 2] = [script::ARABIC, script::HEBREW];

/// The fonts that papers are set in; parsed once, shared by all threads.
pub struct Fonts {
    regular: Face,
    semi_bold: Face,
    /// For letters that the other two lack.
    fallback: Face,
    arabic: Face,
    hebrew: Face,
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
            arabic: Face::read(
                "NotoSansArabic-Regular",
                include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
            )?,
            hebrew: Face::read(
                "NotoSansHebrew-Regular",
                include_bytes!("../../fonts/NotoSansHebrew-Regular.ttf"),
            )?,
        })
    }

    pub(crate) fn face(&self, id: FaceId) -> &Face {
        match id {
            FaceId::Regular => &self.regular,
            FaceId::SemiBold => &self.semi_bold,
            FaceId::Fallback => &self.fallback,
            FaceId::Arabic => &self.arabic,
            FaceId::Hebrew => &self.hebrew,
        }
    }

    /// The glyphs of a word or a blank, as they stand from left to right: from the first font
    /// that has them all, else each stretch of it from the first that has the stretch.
    fn shape(&self, text: &str, weight: Weight, to_left: bool) -> Result<Vec<Glyph>, Error> {
        let first = match weight {
            Weight::Regular => FaceId::Regular,
            Weight::SemiBold => FaceId::SemiBold,
        };
        let chain = [first, FaceId::Fallback, FaceId::Arabic, FaceId::Hebrew];
        for id in chain {
            let glyphs = self.face(id).shape(id, text, to_left);
            if glyphs.iter().all(|glyph| glyph.id != 0) {
                return Ok(glyphs);
            }
        }
        let mut stretches: Vec<(FaceId, String)> = Vec::new();
        for letter in letters(text) {
            let id = self.face_of(letter, &chain, text)?;
            match stretches.last_mut() {
                Some((last, stretch)) if *last == id => stretch.push_str(letter),
                _ => stretches.push((id, letter.to_owned())),
            }
        }
        if to_left {
            stretches.reverse();
        }
        let shaped = stretches
            .iter()
            .flat_map(|(id, stretch)| self.face(*id).shape(*id, stretch, to_left));
        Ok(shaped.collect())
    }

    /// The first font that has a letter with its marks.
    fn face_of(&self, letter: &str, chain: &[FaceId], text: &str) -> Result<FaceId, Error> {
        let mut missing = None;
        for id in chain {
            let glyphs = self.face(*id).shape(*id, letter, false);
            match glyphs.iter().find(|glyph| glyph.id == 0) {
                None => return Ok(*id),
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
    text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| matches!(c, '0'..='9' | ',' | '.' | ' ' | '\u{2212}'))
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
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Which of the bundled fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FaceId {
    Regular,
    SemiBold,
    Fallback,
    Arabic,
    Hebrew,
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
    /// One for each of [`SCRIPTS_TO_LEFT`].
    plans_to_left: Vec<ShapePlan>,
}

impl Face {
    fn read(name: &'static str, bytes: &'static [u8]) -> Result<Self, Error> {
        let font = rustybuzz::Face::from_slice(bytes, 0).ok_or(Error::UnreadableFont(name))?;
        let right = Direction::LeftToRight;
        let left = Direction::RightToLeft;
        let plan = |script: &Script, direction, features: &[Feature]| {
            ShapePlan::new(&font, direction, Some(*script), None, features)
        };
        let plans = SCRIPTS.iter().map(|script| plan(script, right, &[]));
        let plans = plans.collect();
        let plans_to_left = SCRIPTS_TO_LEFT.iter().map(|script| plan(script, left, &[]));
        let plans_to_left = plans_to_left.collect();
        let tabular = plan(&script::LATIN, right, &[TABULAR_FIGURES]);
        Ok(Self {
            name,
            bytes,
            units_per_em: f32::from(font.as_ref().units_per_em()),
            font,
            plans,
            tabular,
            plans_to_left,
        })
    }

    fn shape(&self, id: FaceId, text: &str, to_left: bool) -> Vec<Glyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // Figures and punctuation alone have no script; they are set as Latin, or as Arabic where
        // they run to the left.
        let (scripts, plans, direction) = if to_left {
            (
                &SCRIPTS_TO_LEFT[..],
                &self.plans_to_left,
                Direction::RightToLeft,
            )
        } else {
            (&SCRIPTS[..], &self.plans, Direction::LeftToRight)
        };
        let at = scripts
            .iter()
            .position(|s| *s == buffer.script())
            .unwrap_or(0);
        let plain = plans.get(at).unwrap_or(&self.tabular);
        let plan = if is_amount(text) && !to_left {
            &self.tabular
        } else {
            plain
        };
        buffer.set_direction(direction);
        buffer.set_script(scripts.get(at).copied().unwrap_or(script::LATIN));
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
        .filter(|s| *s > start)
        .min()
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
    words: BTreeMap<(Weight, bool, Rc<str>), Rc<[Glyph]>>,
}

impl<'a> Shaper<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            words: BTreeMap::new(),
        }
    }

    pub(crate) fn word(
        &mut self,
        text: &str,
        weight: Weight,
        to_left: bool,
    ) -> Result<Rc<[Glyph]>, Error> {
        let key = (weight, to_left, text.into());
        if let Some(glyphs) = self.words.get(&key) {
            return Ok(glyphs.clone());
        }
        let glyphs: Rc<[Glyph]> = self.fonts.shape(text, weight, to_left)?.into();
        self.words.insert(key, glyphs.clone());
        Ok(glyphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shaped(text: &str) -> Result<Vec<Glyph>, Error> {
        Fonts::bundled()
            .unwrap()
            .shape(text, Weight::Regular, false)
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
