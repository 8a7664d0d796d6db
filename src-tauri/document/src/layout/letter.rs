//! A letter's own parts: its first page, placed for a window envelope, and how to pay.

use std::rc::Rc;

use super::display::{Facts, Item, Mark, Page, Passage, Picture, Role, Stroke};
use super::font::Shaper;
use super::sheet::{LEFT, MM, Pages, RIGHT, WIDTH};
use super::text::{Paragraph, Style};
use crate::error::Error;

const LOGO_TOP: f32 = 15.0 * MM;
const LOGO_WIDTH: f32 = 62.0 * MM;
const LOGO_HEIGHT: f32 = 17.0 * MM;
/// DIN 5008 form B: the window begins 45 mm from the top, its first 17.7 mm are for the sender.
const SENDER_BASE: f32 = 59.6 * MM;
const WINDOW_WIDTH: f32 = 80.0 * MM;
const ADDRESS_BASE: f32 = 66.4 * MM;
const FACTS_LEFT: f32 = 118.0 * MM;
const FACTS_BASE: f32 = 53.0 * MM;
const TITLE_BASE: f32 = 104.0 * MM;
/// Where the paper is folded, and where it is punched.
const FOLDS: [f32; 2] = [105.0 * MM, 210.0 * MM];
const PUNCH: f32 = 148.5 * MM;
const CODE: f32 = 28.0 * MM;

const TEXT: Style = Style::new(8.6);
const LEADING: f32 = 12.4;
const SMALL: Style = Style::new(6.4).quiet();
const SMALL_LEADING: f32 = 7.8;

/// The head of a letter.
#[derive(Debug)]
pub(crate) struct LetterHead {
    /// With its width in shares of its height.
    pub(crate) logo: Option<(Rc<Picture>, f32)>,
    pub(crate) issuer: Paragraph,
    /// Name and lines of an address in small letters above the client's, for post that comes back.
    pub(crate) sender: Vec<String>,
    pub(crate) address: Vec<String>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) title: Paragraph,
}

#[derive(Debug)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) is_strong: bool,
}

/// How to pay.
#[derive(Debug)]
pub(crate) struct Payment {
    pub(crate) ask: Paragraph,
    pub(crate) hint: Option<Paragraph>,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) code: Option<Rc<Picture>>,
}

impl LetterHead {
    /// Draws the head; returns where it ends.
    pub(super) fn draw(
        &self,
        page: &mut Page,
        below: f32,
        shaper: &mut Shaper<'_>,
    ) -> Result<f32, Error> {
        for fold in FOLDS {
            page.rule(4.0 * MM, 8.0 * MM, fold, Stroke::Hair);
        }
        page.rule(4.0 * MM, 10.0 * MM, PUNCH, Stroke::Hair);
        let top = LOGO_TOP.max(below + 8.0);
        let issuer_width = if let Some((logo, ratio)) = &self.logo {
            let height = LOGO_HEIGHT.min(LOGO_WIDTH / ratio);
            page.picture(Passage::Logo, logo, (LEFT, top), (height * ratio, height));
            WIDTH - LOGO_WIDTH - 14.0
        } else {
            WIDTH
        };
        let lines = self.issuer.broken(issuer_width, shaper)?;
        let mut y = top + 14.0;
        for line in &lines {
            let role = Role::Paragraph(Passage::Issuer(0));
            if self.logo.is_some() {
                page.text_to(role, RIGHT, y, line);
            } else {
                page.text(role, LEFT, y, line);
            }
            y += 15.0;
        }
        self.draw_sender(page, shaper)?;
        page.rule(LEFT, LEFT + WINDOW_WIDTH, SENDER_BASE + 4.0, Stroke::Hair);
        let address = self.draw_address(page, shaper)?;
        let facts = self.draw_facts(page, shaper)?;
        let y = TITLE_BASE.max(address.max(facts) + 30.0);
        self.draw_title(page, y, shaper)
    }

    /// On one line where it fits, else on more, upwards: nothing is cut off, and no line of the address
    /// is broken where it needn't be.
    fn draw_sender(&self, page: &mut Page, shaper: &mut Shaper<'_>) -> Result<(), Error> {
        let mut texts: Vec<String> = Vec::new();
        for part in &self.sender {
            if let Some(text) = texts.last_mut() {
                let longer = format!("{text} · {part}");
                if Paragraph::new(&longer, SMALL).in_one_line(shaper)?.width <= WINDOW_WIDTH {
                    *text = longer;
                    continue;
                }
            }
            texts.push(part.clone());
        }
        let mut lines = Vec::new();
        for text in &texts {
            lines.extend(Paragraph::new(text, SMALL).broken(WINDOW_WIDTH, shaper)?);
        }
        let above: f32 = lines.iter().skip(1).map(|_| SMALL_LEADING).sum();
        let mut y = SENDER_BASE - above;
        for line in &lines {
            page.text(Role::Paragraph(Passage::Sender), LEFT, y, line);
            y += SMALL_LEADING;
        }
        Ok(())
    }

    fn draw_address(&self, page: &mut Page, shaper: &mut Shaper<'_>) -> Result<f32, Error> {
        let mut y = ADDRESS_BASE;
        for (at, text) in self.address.iter().enumerate() {
            let role = Role::Paragraph(Passage::Address(at));
            for line in Paragraph::new(text, Style::new(9.2)).broken(WINDOW_WIDTH, shaper)? {
                page.text(role, LEFT, y, &line);
                y += LEADING;
            }
        }
        Ok(y - LEADING)
    }

    fn draw_facts(&self, page: &mut Page, shaper: &mut Shaper<'_>) -> Result<f32, Error> {
        let list = Facts::Head;
        let mut y = FACTS_BASE;
        for (row, fact) in self.facts.iter().enumerate() {
            let name = Paragraph::new(&fact.name, TEXT.quiet()).in_one_line(shaper)?;
            page.text(Role::FactName { list, row }, FACTS_LEFT, y, &name);
            let style = if fact.is_strong { TEXT.bold() } else { TEXT };
            let room = RIGHT - FACTS_LEFT - name.width - 8.0;
            for line in Paragraph::new(&fact.value, style).broken(room, shaper)? {
                page.text_to(Role::FactValue { list, row }, RIGHT, y, &line);
                y += LEADING;
            }
        }
        Ok(y - LEADING)
    }

    fn draw_title(
        &self,
        page: &mut Page,
        mut y: f32,
        shaper: &mut Shaper<'_>,
    ) -> Result<f32, Error> {
        for line in self.title.broken(WIDTH, shaper)? {
            page.text(Role::Title, LEFT, y, &line);
            y += 19.0;
        }
        Ok(y - LEADING)
    }
}

impl Payment {
    /// A sentence alone.
    pub(crate) fn of(ask: &str) -> Self {
        Self {
            ask: Paragraph::new(ask, Style::new(9.2).bold()),
            hint: None,
            facts: Vec::new(),
            code: None,
        }
    }

    /// Draws how to pay, whole on one page.
    pub(super) fn draw(&self, pages: &mut Pages, shaper: &mut Shaper<'_>) -> Result<(), Error> {
        let left = LEFT + self.code.as_ref().map_or(0.0, |_| CODE + 18.0);
        let ask = self.ask.broken(RIGHT - left, shaper)?;
        let hint = match &self.hint {
            Some(hint) => hint.broken(RIGHT - left, shaper)?,
            None => Vec::new(),
        };
        let mut facts = Vec::new();
        let mut widest: f32 = 0.0;
        for (name, value) in &self.facts {
            let name = Paragraph::new(name, TEXT.quiet()).in_one_line(shaper)?;
            widest = widest.max(name.width);
            facts.push((name, value));
        }
        let values = left + widest + 18.0;
        let mut rows = Vec::new();
        for (name, value) in facts {
            rows.push((
                name,
                Paragraph::new(value, TEXT).broken(RIGHT - values, shaper)?,
            ));
        }
        let lines = ask.len() + hint.len() + rows.iter().map(|(_, v)| v.len()).sum::<usize>();
        let text: f32 = (0..lines).map(|_| LEADING).sum::<f32>() + 10.0;
        let height = text.max(self.code.as_ref().map_or(0.0, |_| CODE));
        if pages.left_below(44.0 + height) < 0.0 {
            pages.turn();
        } else {
            pages.y += 24.0;
            pages.page.rule(LEFT, RIGHT, pages.y, Stroke::Hair);
            pages.y += 16.0;
        }
        let top = pages.y;
        if let Some(code) = &self.code {
            pages
                .page
                .picture(Passage::Code, code, (LEFT, top), (CODE, CODE));
        }
        let mut y = top + 8.0;
        for line in ask.iter().chain(&hint) {
            pages
                .page
                .text(Role::Paragraph(Passage::Payment), left, y, line);
            y += LEADING;
        }
        y += 6.0;
        let list = Facts::Payment;
        for (row, (name, lines)) in rows.iter().enumerate() {
            pages.page.text(Role::FactName { list, row }, left, y, name);
            for line in lines {
                pages
                    .page
                    .text(Role::FactValue { list, row }, values, y, line);
                y += LEADING;
            }
        }
        pages.y = top + height;
        Ok(())
    }
}

/// Sentences at the end, over as many pages as they take.
pub(super) fn draw_closing(
    paragraphs: &[Paragraph],
    pages: &mut Pages,
    shaper: &mut Shaper<'_>,
) -> Result<(), Error> {
    for (at, paragraph) in paragraphs.iter().enumerate() {
        pages.y += if at == 0 { 26.0 } else { 6.0 };
        for line in paragraph.broken(WIDTH * 0.88, shaper)? {
            if pages.left_below(LEADING) < 0.0 {
                pages.turn();
                pages.y += LEADING;
            }
            pages
                .page
                .text(Role::Paragraph(Passage::Closing(at)), LEFT, pages.y, &line);
            pages.y += LEADING;
        }
    }
    Ok(())
}

impl Page {
    pub(super) fn picture(
        &mut self,
        passage: Passage,
        picture: &Rc<Picture>,
        (x, y): (f32, f32),
        (width, height): (f32, f32),
    ) {
        self.items.push(Item {
            role: Role::Figure(passage),
            mark: Mark::Picture {
                picture: Rc::clone(picture),
                x,
                y,
                width,
                height,
            },
        });
    }
}
