//! Paragraphs: texts in styles, broken into lines that fit a width.

use std::rc::Rc;

use super::font::{Glyph, Shaper, Weight};
use crate::error::Error;

/// How dark a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Full,
    Quiet,
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

    pub(super) fn text(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// The lines of it in a width; no line is wider.
    pub(crate) fn broken(&self, width: f32, shaper: &mut Shaper<'_>) -> Result<Vec<Line>, Error> {
        let mut breaker = Breaker::new(width);
        for span in &self.0 {
            for piece in pieces(&printable(&span.text)) {
                let shaped = shaper.word(&piece.replace(is_fixed_blank, " "), span.style.weight);
                let glyphs = shaped.map_err(|error| error.within(&self.text()))?;
                breaker.put(piece == " ", glyphs, span.style);
            }
        }
        Ok(breaker.end())
    }

    /// The one line of it, however wide.
    pub(crate) fn in_one_line(&self, shaper: &mut Shaper<'_>) -> Result<Line, Error> {
        let lines = self.broken(f32::INFINITY, shaper)?;
        Ok(lines.into_iter().next().unwrap_or_default())
    }

    /// One line of it, cut with an ellipsis where the width ends.
    pub(crate) fn cut(&self, width: f32, shaper: &mut Shaper<'_>) -> Result<Line, Error> {
        let whole = self.in_one_line(shaper)?;
        let Some(style) = self.0.last().map(|span| span.style) else {
            return Ok(whole);
        };
        if whole.width <= width {
            return Ok(whole);
        }
        let ellipsis = shaper.word("…", style.weight)?;
        let room = width - advance_of(&ellipsis, style.size);
        let mut line = Line::default();
        for run in &whole.runs {
            for glyph in &run.glyphs {
                if line.width + glyph.advance * run.style.size > room {
                    line.push(&ellipsis, style);
                    return Ok(line);
                }
                line.push(std::slice::from_ref(glyph), run.style);
            }
        }
        Ok(line)
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
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    pub(crate) width: f32,
}

impl Line {
    fn push(&mut self, glyphs: &[Glyph], style: Style) {
        self.width += advance_of(glyphs, style.size);
        match self.runs.last_mut() {
            Some(run) if run.style == style => run.glyphs.extend_from_slice(glyphs),
            _ => self.runs.push(Run {
                style,
                glyphs: glyphs.to_vec(),
            }),
        }
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.runs
            .iter()
            .flat_map(|run| &run.glyphs)
            .map(|glyph| &*glyph.text)
            .collect()
    }
}

fn advance_of(glyphs: &[Glyph], size: f32) -> f32 {
    glyphs.iter().map(|glyph| glyph.advance * size).sum()
}

/// Puts words into lines. Blanks between two words on a line are one blank; a line doesn't begin
/// with one, and one at its end takes no room, so that what stands at the right edge stands right
/// at it.
struct Breaker {
    width: f32,
    lines: Vec<Line>,
    line: Line,
    blank: Option<(Rc<[Glyph]>, Style)>,
}

impl Breaker {
    fn new(width: f32) -> Self {
        Self {
            width,
            lines: Vec::new(),
            line: Line::default(),
            blank: None,
        }
    }

    fn put(&mut self, is_blank: bool, glyphs: Rc<[Glyph]>, style: Style) {
        if is_blank {
            self.blank = Some((glyphs, style));
        } else {
            self.put_word(&glyphs, style);
        }
    }

    fn put_word(&mut self, glyphs: &[Glyph], style: Style) {
        let wide = advance_of(glyphs, style.size);
        let blank = self.blank.take().filter(|_| !self.line.runs.is_empty());
        let gap = blank
            .as_ref()
            .map_or(0.0, |(glyphs, style)| advance_of(glyphs, style.size));
        if self.line.width + gap + wide > self.width {
            // A blank that ends a line takes no room, and parts its words for who hears them.
            if let Some((blank, style)) = blank {
                let width = self.line.width;
                self.line.push(&blank, style);
                self.line.width = width;
            }
            self.next_line();
        } else if let Some((blank, style)) = blank {
            self.line.push(&blank, style);
        }
        if wide <= self.width {
            self.line.push(glyphs, style);
        } else {
            self.put_broken(glyphs, style);
        }
    }

    /// A word that is wider than the column breaks anywhere, but not between a letter and its mark.
    fn put_broken(&mut self, glyphs: &[Glyph], style: Style) {
        for letter in glyphs.chunk_by(|_, next| next.advance == 0.0) {
            if self.line.width + advance_of(letter, style.size) > self.width {
                self.next_line();
            }
            self.line.push(letter, style);
        }
    }

    fn next_line(&mut self) {
        if !self.line.runs.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    fn end(mut self) -> Vec<Line> {
        self.next_line();
        self.lines
    }
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
    while let Some((at, c)) = letters.next() {
        let after = at + c.len_utf8();
        match letters.peek() {
            Some((_, ' ')) => return after,
            Some((_, next)) if at > 0 && ends_part(c, *next) => return after,
            _ => {}
        }
    }
    text.len()
}

/// Whether a line may end between two characters of a word. A hyphen before a figure stays with it,
/// as in a month or a number.
fn ends_part(c: char, next: char) -> bool {
    match c {
        '-' => next.is_alphabetic(),
        '/' => next.is_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Fonts;

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
    fn a_text_that_is_cut_ends_in_an_ellipsis_and_fits() {
        let mut shaper = Shaper::new(Fonts::bundled().unwrap());
        let line = Paragraph::new("A very long name of a company", STYLE)
            .cut(60.0, &mut shaper)
            .unwrap();
        assert!(line.width <= 60.0);
        assert!(line.text().ends_with('…'), "{}", line.text());
    }

    #[test]
    fn characters_that_cannot_be_seen_are_left_out() {
        assert_eq!(
            lines("Kreuz\u{ad}fahrt\u{200b}en\u{fe0f}\tGmbH", 400.0),
            ["Kreuzfahrten GmbH"]
        );
    }
}
