//! The sheet: A4 with its margins, what every page bears, the head of the first page, and the
//! tables below it.

use super::content::Table;
use super::display::{Facts, Page, Passage, Role, Stroke};
use super::font::{Fonts, Shaper};
use super::text::{Ink, Line, Paragraph, Style};
use crate::error::Error;

/// Points of a millimetre.
const MM: f32 = 72.0 / 25.4;
pub(crate) const PAGE_WIDTH: f32 = 210.0 * MM;
pub(crate) const PAGE_HEIGHT: f32 = 297.0 * MM;
pub(super) const LEFT: f32 = 25.0 * MM;
pub(super) const RIGHT: f32 = PAGE_WIDTH - 20.0 * MM;
pub(super) const WIDTH: f32 = RIGHT - LEFT;
const FRAME_TOP: f32 = 14.0 * MM;
/// The address window of DIN 5008 form B begins here.
const ADDRESS_TOP: f32 = 56.5 * MM;
const ADDRESS_WIDTH: f32 = 85.0 * MM;
const FACTS_LEFT: f32 = 115.0 * MM;
const FACT_NAME_WIDTH: f32 = 27.0 * MM;
const BOTTOM: f32 = 275.0 * MM;
const FOOTER: f32 = 280.0 * MM;

const TEXT: Style = Style::new(8.6);
const LEADING: f32 = 12.4;
const SMALL: Style = Style::new(6.6).quiet();
const SMALL_LEADING: f32 = 8.4;
const NOTICE: Style = Style::new(7.4);

/// What a paper says, before it is laid out.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Framed, at the top of each page.
    pub(crate) notice: String,
    pub(crate) letterhead: Letterhead,
    /// At the top of every page but the first.
    pub(crate) running_head: Paragraph,
    pub(crate) tables: Vec<Table>,
    pub(crate) footer_left: String,
    pub(crate) footer_middle: String,
    pub(crate) words: PageWords,
}

/// The head of the first page.
#[derive(Debug)]
pub(crate) struct Letterhead {
    pub(crate) issuer: Vec<Paragraph>,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) address: Vec<String>,
    /// Name and value.
    pub(crate) facts: Vec<(String, String)>,
}

/// What pages themselves say.
#[derive(Debug)]
pub(crate) struct PageWords {
    pub(crate) carried_forward: &'static str,
    pub(crate) brought_forward: &'static str,
    pub(crate) page_of: fn(usize, usize) -> String,
}

/// The pages so far, and where the last one stands.
#[derive(Debug)]
pub(super) struct Pages {
    done: Vec<Page>,
    pub(super) page: Page,
    pub(super) y: f32,
    /// Where the text of a following page begins.
    top: f32,
}

impl Pages {
    /// Ends the page and begins the next.
    pub(super) fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
        self.y = self.top;
    }

    pub(super) fn left_below(&self, height: f32) -> f32 {
        BOTTOM - self.y - height
    }

    pub(super) fn full(&self) -> f32 {
        BOTTOM - self.top
    }
}

/// Lays a paper out on pages.
pub(crate) fn lay_out(sheet: &Sheet, fonts: &Fonts) -> Result<Vec<Page>, Error> {
    let mut shaper = Shaper::new(fonts);
    let notice = Paragraph::new(&sheet.notice, NOTICE).broken(WIDTH - 20.0, &mut shaper)?;
    let below_frame = FRAME_TOP + frame_height(&notice);
    let mut pages = Pages {
        done: Vec::new(),
        page: Page::default(),
        y: 0.0,
        top: below_frame + 34.0,
    };
    pages.y = sheet
        .letterhead
        .draw(&mut pages.page, below_frame, &mut shaper)?;
    for (index, table) in sheet.tables.iter().enumerate() {
        pages.y += 26.0;
        table.draw(index, &mut pages, &sheet.words, &mut shaper)?;
    }
    let mut done = pages.done;
    done.push(pages.page);
    let count = done.len();
    for (at, page) in done.iter_mut().enumerate() {
        draw_notice(page, at == 0, &notice);
        if at > 0 {
            let line = sheet.running_head.cut(WIDTH, &mut shaper)?;
            page.text(Role::Artifact, LEFT, below_frame + 18.0, &line);
        }
        sheet.draw_footer(page, at + 1, count, &mut shaper)?;
    }
    Ok(done)
}

fn frame_height(notice: &[Line]) -> f32 {
    notice.iter().map(|_| 10.4).sum::<f32>() + 10.0
}

/// The framed line. On the first page it is read before all else.
fn draw_notice(page: &mut Page, is_first: bool, notice: &[Line]) {
    let drawn = page.items.len();
    page.frame(LEFT, FRAME_TOP, WIDTH, frame_height(notice));
    let role = if is_first {
        Role::Paragraph(Passage::Notice)
    } else {
        Role::Artifact
    };
    let mut y = FRAME_TOP + 12.6;
    for line in notice {
        page.text(role, LEFT + (WIDTH - line.width) / 2.0, y, line);
        y += 10.4;
    }
    page.items.rotate_left(drawn);
}

impl Sheet {
    fn draw_footer(
        &self,
        page: &mut Page,
        number: usize,
        count: usize,
        shaper: &mut Shaper<'_>,
    ) -> Result<(), Error> {
        page.rule(LEFT, RIGHT, FOOTER, Stroke::Hair);
        let y = FOOTER + 11.0;
        let column = WIDTH * 0.42;
        let left = Paragraph::new(&self.footer_left, SMALL).broken(column, shaper)?;
        for (line, y) in left.iter().zip(lines_from(y, SMALL_LEADING)) {
            page.text(Role::Artifact, LEFT, y, line);
        }
        let middle = Paragraph::new(&self.footer_middle, SMALL).in_one_line(shaper)?;
        page.text(Role::Artifact, LEFT + WIDTH * 0.47, y, &middle);
        let page_of = (self.words.page_of)(number, count);
        let right = Paragraph::new(page_of, SMALL).in_one_line(shaper)?;
        page.text_to(Role::Artifact, RIGHT, y, &right);
        Ok(())
    }
}

fn lines_from(y: f32, leading: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(y), move |y| Some(y + leading))
}

impl Letterhead {
    /// Draws issuer and title, then address and facts side by side; returns where they end.
    fn draw(&self, page: &mut Page, top: f32, shaper: &mut Shaper<'_>) -> Result<f32, Error> {
        let head = top + 34.0;
        for (at, (paragraph, y)) in self
            .issuer
            .iter()
            .zip(lines_from(head, LEADING))
            .enumerate()
        {
            page.text(
                Role::Paragraph(Passage::Issuer(at)),
                LEFT,
                y,
                &paragraph.in_one_line(shaper)?,
            );
        }
        let title = Paragraph::new(&self.title, Style::new(16.0).bold()).in_one_line(shaper)?;
        page.text_to(Role::Title, RIGHT, head, &title);
        let subtitle = Paragraph::new(&self.subtitle, TEXT.quiet()).in_one_line(shaper)?;
        page.text_to(
            Role::Paragraph(Passage::Subtitle),
            RIGHT,
            head + 15.0,
            &subtitle,
        );
        let below = ADDRESS_TOP.max(head + 34.0) + 9.0;
        let address = self.draw_address(page, below, shaper)?;
        let facts = self.draw_facts(page, below, shaper)?;
        Ok(address.max(facts))
    }

    fn draw_address(
        &self,
        page: &mut Page,
        top: f32,
        shaper: &mut Shaper<'_>,
    ) -> Result<f32, Error> {
        let mut y = top;
        for (at, text) in self.address.iter().enumerate() {
            for line in
                Paragraph::new(text, Style { size: 9.0, ..TEXT }).broken(ADDRESS_WIDTH, shaper)?
            {
                page.text(Role::Paragraph(Passage::Address(at)), LEFT, y, &line);
                y += LEADING;
            }
        }
        Ok(y - LEADING)
    }

    fn draw_facts(&self, page: &mut Page, top: f32, shaper: &mut Shaper<'_>) -> Result<f32, Error> {
        let mut y = top;
        let list = Facts::Head;
        for (row, (name, value)) in self.facts.iter().enumerate() {
            let name = Paragraph::new(
                name,
                Style {
                    ink: Ink::Quiet,
                    ..TEXT
                },
            )
            .in_one_line(shaper)?;
            page.text(Role::FactName { list, row }, FACTS_LEFT, y, &name);
            let room = RIGHT - FACTS_LEFT - FACT_NAME_WIDTH;
            for line in Paragraph::new(value, TEXT).broken(room, shaper)? {
                page.text_to(Role::FactValue { list, row }, RIGHT, y, &line);
                y += LEADING;
            }
        }
        Ok(y - LEADING)
    }
}
