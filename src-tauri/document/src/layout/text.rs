//! Paragraphs: texts in styles, broken into lines that fit a width.

use std::rc::Rc;

use unicode_bidi::BidiInfo;

use super::font::{Glyph, Shaper, Weight};
use crate::error::Error;

/// How dark a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Full,
    Quiet,
    /// Red, green, blue.
    Tint([u8; 3]),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    pub(crate) size: f32,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) const fn new(size: f32) -> Self {
        Self {
            weight: Weight::Regular,
            size,
            ink: Ink::Full,
        }
    }

    pub(crate) const fn bold(self) -> Self {
        Self {
            weight: Weight::SemiBold,
            ..self
        }
    }

    pub(crate) const fn quiet(self) -> Self {
        Self {
            ink: Ink::Quiet,
            ..self
        }
    }
}

/// Ends a line within a text.
const LINE_END: char = '\u{2028}';

/// The lines of a text, without the blank ones.
fn on_lines(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\u{2028}")
}

/// A text in one style.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) style: Style,
}

/// Texts that follow each other in a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph(pub(crate) Vec<Span>);

impl Paragraph {
    pub(crate) fn new(text: impl Into<String>, style: Style) -> Self {
        Self(vec![Span {
            text: text.into(),
            style,
        }])
    }

    /// With another text behind it; write the blank between them.
    pub(crate) fn and(mut self, text: impl Into<String>, style: Style) -> Self {
        self.0.push(Span {
            text: text.into(),
            style,
        });
        self
    }

    /// A text of several lines, each of which begins a line.
    pub(crate) fn in_lines(text: &str, style: Style) -> Self {
        Self::new(on_lines(text), style)
    }

    /// With lines of another text below it.
    pub(crate) fn and_below(self, text: &str, style: Style) -> Self {
        self.and(format!("{LINE_END}{}", on_lines(text)), style)
    }

    pub(super) fn text(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// The lines of it in a width; no line is wider.
    pub(crate) fn broken(&self, width: f32, shaper: &mut Shaper<'_>) -> Result<Vec<Line>, Error> {
        let mut breaker = Breaker::new(width);
        for span in &self.0 {
            for (at, line) in span.text.split(LINE_END).enumerate() {
                if at > 0 {
                    breaker.next_line();
                }
                let line = printable(line);
                for (word, level) in words_of(&line) {
                    let text: Rc<str> = word.replace(is_fixed_blank, " ").into();
                    let weight = weight_of(&text, level, span.style.weight);
                    let shaped = shaper.word(&text, weight, is_to_left(level));
                    let glyphs = shaped.map_err(|error| error.within(&self.text()))?;
                    breaker.put(Piece {
                        text,
                        glyphs,
                        style: span.style,
                        level,
                    });
                }
            }
        }
        Ok(breaker.end())
    }

    /// The one line of it, however wide.
    pub(crate) fn in_one_line(&self, shaper: &mut Shaper<'_>) -> Result<Line, Error> {
        let lines = self.broken(f32::INFINITY, shaper)?;
        Ok(lines.into_iter().next().unwrap_or_default())
    }

    /// At most so many lines of it in a width; what is more ends in an ellipsis after a word.
    pub(crate) fn within(
        &self,
        width: f32,
        most: usize,
        shaper: &mut Shaper<'_>,
    ) -> Result<Vec<Line>, Error> {
        let mut lines = self.broken(width, shaper)?;
        let mut shorter = self.clone();
        while lines.len() > most && shorter.drop_word() {
            let mut told = shorter.clone();
            if let Some(last) = told.0.last_mut() {
                last.text.push('…');
            }
            lines = told.broken(width, shaper)?;
        }
        lines.truncate(most);
        Ok(lines)
    }

    /// Without its last word, or without the last letter of its only one; says whether it had any.
    fn drop_word(&mut self) -> bool {
        while self
            .0
            .last()
            .is_some_and(|span| span.text.trim().is_empty())
        {
            self.0.pop();
        }
        let is_last = self.0.len() == 1;
        let Some(span) = self.0.last_mut() else {
            return false;
        };
        let text = span.text.trim_end();
        let end = match text.rfind(' ') {
            Some(blank) => text
                .get(..blank)
                .map_or(0, |before| before.trim_end().len()),
            None if is_last => text.char_indices().next_back().map_or(0, |(at, _)| at),
            None => 0,
        };
        span.text.truncate(end);
        true
    }
}

impl Error {
    /// The same with the whole text instead of a word of it.
    fn within(self, whole: &str) -> Self {
        match self {
            Self::MissingGlyph { character, .. } => Self::MissingGlyph {
                character,
                text: whole.chars().take(80).collect(),
            },
            other => other,
        }
    }
}

/// Glyphs in one style, side by side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    pub(crate) style: Style,
    pub(crate) glyphs: Vec<Glyph>,
    /// Where it begins, from the left end of its line.
    pub(crate) left: f32,
    /// Whether its glyphs, which stand from left to right, are read from right to left.
    pub(crate) to_left: bool,
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    pub(crate) width: f32,
}

impl Line {
    /// Puts glyphs at the right end.
    fn push(&mut self, glyphs: &[Glyph], style: Style) {
        let left = self.width;
        self.width += advance_of(glyphs, style.size);
        match self.runs.last_mut() {
            Some(run) if run.style == style && !run.to_left => {
                run.glyphs.extend_from_slice(glyphs);
            }
            _ => self.runs.push(Run {
                style,
                glyphs: glyphs.to_vec(),
                left,
                to_left: false,
            }),
        }
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        let read = |run: &Run| {
            let mut texts: Vec<&str> = run.glyphs.iter().map(|glyph| &*glyph.text).collect();
            if run.to_left {
                texts.reverse();
            }
            texts.concat()
        };
        self.runs.iter().map(read).collect()
    }
}

/// A word, a part of one or a blank, as it is put into a line.
#[derive(Clone)]
struct Piece {
    text: Rc<str>,
    glyphs: Rc<[Glyph]>,
    style: Style,
    /// Of embedding: what is odd runs from right to left.
    level: u8,
}

impl Piece {
    fn width(&self) -> f32 {
        advance_of(&self.glyphs, self.style.size)
    }
}

fn is_to_left(level: u8) -> bool {
    level % 2 == 1
}

/// Pieces as they stand on the page, from left to right: what runs the other way is turned, the
/// innermost first (rule L2 of the bidirectional algorithm).
fn turned(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let at_least = |at: &usize, level: u8| levels.get(*at).is_some_and(|l| *l >= level);
    for level in (1..=levels.iter().copied().max().unwrap_or(0)).rev() {
        let runs = order.chunk_by_mut(|one, other| at_least(one, level) == at_least(other, level));
        for run in runs {
            if run.first().is_some_and(|at| at_least(at, level)) {
                run.reverse();
            }
        }
    }
    order
}

/// A line of pieces. Its runs stay in the order in which they are read, wherever they stand.
fn line_of(pieces: &[Piece]) -> Line {
    let mut line = Line::default();
    if pieces.iter().all(|piece| piece.level == 0) {
        for piece in pieces {
            line.push(&piece.glyphs, piece.style);
        }
        return line;
    }
    let levels: Vec<u8> = pieces.iter().map(|piece| piece.level).collect();
    let mut runs = Vec::new();
    for at in turned(&levels) {
        let Some(piece) = pieces.get(at) else {
            continue;
        };
        let run = Run {
            style: piece.style,
            glyphs: piece.glyphs.to_vec(),
            left: line.width,
            to_left: is_to_left(piece.level),
        };
        line.width += piece.width();
        runs.push((at, run));
    }
    runs.sort_by_key(|(at, _)| *at);
    line.runs = runs.into_iter().map(|(_, run)| run).collect();
    line
}

fn advance_of(glyphs: &[Glyph], size: f32) -> f32 {
    glyphs.iter().map(|glyph| glyph.advance * size).sum()
}

/// Puts words into lines. Blanks between two words on a line are one blank; a line doesn't begin
/// with one, and one at its end takes no room, so that what stands at the right edge stands right
/// at it.
struct Breaker {
    room: f32,
    lines: Vec<Line>,
    line: Vec<Piece>,
    width: f32,
    blank: Option<Piece>,
}

impl Breaker {
    fn new(room: f32) -> Self {
        Self {
            room,
            lines: Vec::new(),
            line: Vec::new(),
            width: 0.0,
            blank: None,
        }
    }

    fn put(&mut self, piece: Piece) {
        if &*piece.text == " " {
            self.blank = Some(piece);
        } else {
            self.put_word(piece);
        }
    }

    fn put_word(&mut self, word: Piece) {
        let wide = word.width();
        let blank = self.blank.take().filter(|_| !self.line.is_empty());
        let gap = blank.as_ref().map_or(0.0, Piece::width);
        if self.width + gap + wide > self.room {
            self.end_line(blank);
        } else if let Some(blank) = blank {
            self.push(blank);
        }
        if wide <= self.room {
            self.push(word);
        } else {
            self.put_broken(&word);
        }
    }

    /// A word that is wider than the column breaks anywhere, but not between a letter and its mark.
    fn put_broken(&mut self, word: &Piece) {
        let mut letters: Vec<&[Glyph]> = if is_to_left(word.level) {
            word.glyphs
                .chunk_by(|mark, _| mark.advance == 0.0)
                .collect()
        } else {
            word.glyphs
                .chunk_by(|_, next| next.advance == 0.0)
                .collect()
        };
        if is_to_left(word.level) {
            letters.reverse();
        }
        for letter in letters {
            if self.width + advance_of(letter, word.style.size) > self.room {
                self.next_line();
            }
            self.push(Piece {
                text: letter
                    .iter()
                    .map(|glyph| &*glyph.text)
                    .collect::<String>()
                    .into(),
                glyphs: letter.into(),
                ..word.clone()
            });
        }
    }

    fn push(&mut self, piece: Piece) {
        self.width += piece.width();
        self.line.push(piece);
    }

    fn next_line(&mut self) {
        self.end_line(None);
    }

    /// Ends a line. A blank at its end takes no room, and parts its words for who hears them.
    fn end_line(&mut self, blank: Option<Piece>) {
        self.blank = None;
        self.width = 0.0;
        if self.line.is_empty() {
            return;
        }
        let mut line = line_of(&std::mem::take(&mut self.line));
        if let Some(blank) = blank.filter(|blank| blank.level == 0) {
            let width = line.width;
            line.push(&blank.glyphs, blank.style);
            line.width = width;
        }
        self.lines.push(line);
    }

    fn end(mut self) -> Vec<Line> {
        self.next_line();
        self.lines
    }
}

/// Pieces of a text with their levels; a piece ends where the direction changes.
fn words_of(text: &str) -> Vec<(&str, u8)> {
    let info = text
        .chars()
        .any(runs_to_left)
        .then(|| BidiInfo::new(text, None));
    let level_at = |at: usize| {
        let level = info.as_ref().and_then(|info| info.levels.get(at));
        level.map_or(0, |level| level.number())
    };
    let mut words = Vec::new();
    let mut start = 0;
    for piece in pieces(text) {
        let end = start + piece.len();
        let mut from = start;
        for (at, _) in piece.char_indices().skip(1) {
            if level_at(start + at) != level_at(from) {
                words.push((
                    text.get(from..start + at).unwrap_or_default(),
                    level_at(from),
                ));
                from = start + at;
            }
        }
        words.push((text.get(from..end).unwrap_or_default(), level_at(from)));
        start = end;
    }
    words
}

/// The fonts that run from right to left have one weight. Figures and marks that stand among their
/// letters go along, or they alone would be bold in a name; words in other letters keep theirs.
fn weight_of(text: &str, level: u8, asked: Weight) -> Weight {
    let is_word = |c: char| c.is_alphabetic() && !runs_to_left(c);
    if level > 0 && !text.contains(is_word) {
        Weight::Regular
    } else {
        asked
    }
}

/// Letters of Hebrew, Arabic and their kin.
fn runs_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Without characters that only steer the setting of text, with plain blanks for blanks of any
/// kind. An invisible character must not reach the page as a visible one.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        })
        .map(|c| if c.is_whitespace() && !is_fixed_blank(c) { ' ' } else { c })
        .collect()
}

/// Blanks at which a line doesn't end. They are printed as plain ones, so that search finds them.
fn is_fixed_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Words and single blanks: a line may end after each. A word also ends after a hyphen or slash
/// within it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if first == ' ' { 1 } else { end_of_word(rest) };
        let (piece, others) = rest.split_at(end);
        rest = others;
        Some(piece)
    })
}

fn end_of_word(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = letters.next() {
        let after = at + c.len_utf8();
        match letters.peek() {
            Some((_, ' ')) => return after,
            Some((_, next)) if before.is_some_and(|b| ends_part(b, c, *next)) => return after,
            _ => {}
        }
        before = Some(c);
    }
    text.len()
}

/// Whether a line may end after a character of a word, between two others. A hyphen before a figure
/// stays with it, as in a month or a number, and a slash between figures, as in a day.
fn ends_part(before: char, c: char, next: char) -> bool {
    match c {
        '-' => next.is_alphabetic(),
        '/' => next.is_alphanumeric() && !(before.is_ascii_digit() && next.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Fonts;
    use crate::layout::font::FaceId;

    const STYLE: Style = Style::new(10.0);

    fn lines(text: &str, width: f32) -> Vec<String> {
        let mut shaper = Shaper::new(Fonts::bundled().unwrap());
        let lines = Paragraph::new(text, STYLE)
            .broken(width, &mut shaper)
            .unwrap();
        assert!(
            lines.iter().all(|line| line.width <= width),
            "{text:?} in {width}"
        );
        // A blank at the end takes no room.
        lines
            .iter()
            .map(|line| line.text().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn a_line_ends_at_a_blank_a_hyphen_or_a_slash() {
        for (text, broken) in [
            (
                "Hafenkontor Kreuzfahrten GmbH",
                ["Hafenkontor", "Kreuzfahrten", "GmbH"].as_slice(),
            ),
            (
                "Hafenkontor-Kreuzfahrten",
                &["Hafenkontor-", "Kreuzfahrten"],
            ),
            (
                "NrdE7kPA/2026-08/closing",
                &["NrdE7kPA/", "2026-08/closing"],
            ),
            ("à partir du 17/08/2026", &["à partir du", "17/08/2026"]),
            ("Δημοτικές Επιχειρήσεις", &["Δημοτικές", "Επιχειρήσεις"]),
            ("", &[]),
            ("   ", &[]),
        ] {
            assert_eq!(lines(text, 82.0), broken, "{text}");
        }
    }

    #[test]
    fn no_line_is_wider_than_its_column_and_no_letter_is_lost() {
        let text = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft e\u{301}te\u{301} Đặng x";
        for width in 12..200_u16 {
            let told = lines(text, f32::from(width)).concat();
            assert_eq!(told.replace(' ', ""), text.replace(' ', ""), "{width}");
        }
    }

    #[test]
    fn what_is_more_than_so_many_lines_ends_in_an_ellipsis_after_a_word() {
        let mut shaper = Shaper::new(Fonts::bundled().unwrap());
        let mut told = |paragraph: &Paragraph, width: f32, most: usize| {
            let lines = paragraph.within(width, most, &mut shaper).unwrap();
            assert!(lines.iter().all(|line| line.width <= width));
            let text = |line: &Line| line.text().trim_end().to_owned();
            lines.iter().map(text).collect::<Vec<_>>()
        };
        let name = Paragraph::new("A very long name of a company", STYLE);
        assert_eq!(told(&name, 200.0, 1), ["A very long name of a company"]);
        assert_eq!(told(&name, 90.0, 2), ["A very long name", "of a company"]);
        assert_eq!(told(&name, 60.0, 1), ["A very…"]);
        assert_eq!(told(&name, 60.0, 2), ["A very long", "name of a…"]);
        let titled = Paragraph::new("Invoice 1", STYLE.bold()).and(" to Elbe", STYLE);
        assert_eq!(told(&titled, 70.0, 1), ["Invoice 1 to…"]);
        assert_eq!(told(&titled, 56.0, 1), ["Invoice 1…"]);
        // A word that is too wide for its line is not left out whole.
        let word = Paragraph::new("Donaudampfschifffahrtsgesellschaft", STYLE);
        assert_eq!(told(&word, 60.0, 1), ["Donaudam…"]);
        assert_eq!(told(&Paragraph(Vec::new()), 60.0, 1), [""; 0]);
    }

    #[test]
    fn what_runs_to_the_left_is_turned_and_read_as_it_was_written() {
        for (levels, order) in [
            (&[0, 0, 0][..], &[0, 1, 2][..]),
            (&[1, 1, 1], &[2, 1, 0]),
            (&[0, 1, 1, 0], &[0, 2, 1, 3]),
            // A number within keeps its own direction.
            (&[1, 2, 2, 1], &[3, 1, 2, 0]),
        ] {
            assert_eq!(turned(levels), order);
        }
        let mut shaper = Shaper::new(Fonts::bundled().unwrap());
        for text in ["شركة النيل 24 للاتصالات", "ACME שלום עולם Ltd"] {
            let line = Paragraph::new(text, STYLE)
                .in_one_line(&mut shaper)
                .unwrap();
            assert_eq!(line.text(), text);
            let (first, last) = (&line.runs[0], &line.runs[2]);
            assert!(line.runs.iter().any(|run| run.to_left), "{text}");
            assert_eq!(first.left > last.left, first.to_left, "{text}");
        }
        // The letters of a word stand from right to left, and join.
        let glyphs = shaper.word("بيت", Weight::Regular, true).unwrap();
        let told: Vec<&str> = glyphs.iter().map(|glyph| &*glyph.text).collect();
        assert_eq!(told, ["ت", "ي", "ب"]);
        let alone = shaper.word("ي", Weight::Regular, true).unwrap();
        assert_ne!(glyphs[1].id, alone[0].id);
    }

    #[test]
    fn figures_among_arabic_letters_have_their_weight() {
        let mut shaper = Shaper::new(Fonts::bundled().unwrap());
        let mut bold = |text: &str| {
            let line = Paragraph::new(text, STYLE.bold())
                .in_one_line(&mut shaper)
                .unwrap();
            let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
            let bold = glyphs.filter(|glyph| glyph.face == FaceId::SemiBold);
            bold.map(|glyph| &*glyph.text).collect::<String>()
        };
        assert_eq!(bold("شركة النيل 24 للاتصالات"), "");
        assert_eq!(bold("חברת 7/24"), "");
        // Words in other letters keep theirs, and so do figures beside them alone.
        assert_eq!(bold("שלום ACME"), "ACME");
        assert_eq!(bold("ACME 24 שלום"), "ACME 24 ");
        assert_eq!(bold("Kanal 24"), "Kanal 24");
    }

    #[test]
    fn characters_that_cannot_be_seen_are_left_out() {
        assert_eq!(
            lines("Kreuz\u{ad}fahrt\u{200b}en\u{fe0f}\tGmbH", 400.0),
            ["Kreuzfahrten GmbH"]
        );
    }
}
