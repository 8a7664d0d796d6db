//! The sheet: A4 with its margins, what every page bears, the head of the first page, and the
//! tables below it.

use super::content::Table;
use super::display::{Facts, Page, Passage, Role, Stroke};
use super::font::{Fonts, Shaper};
use super::letter::{LetterHead, Payment, draw_closing};
use super::text::{Ink, Line, Paragraph, Style};
use crate::error::Error;

/// Points of a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;
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
const FOOTER: f32 = 280.0 * MM;
/// The last line of the footer stands above this.
const FOOTER_END: f32 = 291.0 * MM;
/// A letter's frame stands higher, clear of its logo.
const LETTER_FRAME_TOP: f32 = 6.0 * MM;
/// Without a frame, what every page repeats begins below this.
const RUNNING_TOP: f32 = 12.0 * MM;

const TEXT: Style = Style::new(8.6);
const LEADING: f32 = 12.4;
const SMALL: Style = Style::new(6.6).quiet();
const SMALL_LEADING: f32 = 8.4;
/// Between the two sides of a running head.
const RUNNING_GAP: f32 = 14.0;
/// Where its sides don't fit beside each other, each has up to so many lines.
const RUNNING_LINES: usize = 3;
const RUNNING_LEADING: f32 = 10.6;
const NOTICE: Style = Style::new(7.4);

/// What a paper says, before it is laid out.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Framed, at the top of each page.
    pub(crate) notice: Option<String>,
    pub(crate) head: Head,
    /// At the top of every page but the first.
    pub(crate) running_head: Paragraph,
    pub(crate) running_right: Paragraph,
    pub(crate) tables: Vec<Table>,
    pub(crate) payment: Option<Payment>,
    pub(crate) closing: Vec<Paragraph>,
    pub(crate) footer: Vec<FooterColumn>,
    pub(crate) words: PageWords,
}

/// The head of the first page.
#[derive(Debug)]
pub(crate) enum Head {
    Copy(CopyHead),
    Letter(LetterHead),
}

/// The head of a bookkeeping copy.
#[derive(Debug)]
pub(crate) struct CopyHead {
    pub(crate) issuer: Vec<Paragraph>,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) address: Vec<String>,
    /// Name and value.
    pub(crate) facts: Vec<(String, String)>,
}

/// A column at the foot of each page, in shares of the width.
#[derive(Debug)]
pub(crate) struct FooterColumn {
    pub(crate) left: f32,
    pub(crate) width: f32,
    pub(crate) lines: Vec<Paragraph>,
}

impl FooterColumn {
    pub(crate) const STYLE: Style = SMALL;
}

/// What pages themselves say.
#[derive(Debug)]
pub(crate) struct PageWords {
    pub(crate) carried_forward: &'static str,
    pub(crate) brought_forward: &'static str,
    /// *Page* 1 *of* 2.
    pub(crate) page: &'static str,
    pub(crate) of: &'static str,
}

/// The pages so far, and where the last one stands.
#[derive(Debug)]
pub(super) struct Pages {
    done: Vec<Page>,
    pub(super) page: Page,
    pub(super) y: f32,
    /// Where the text of a following page begins.
    top: f32,
    /// Where the text of each page ends.
    bottom: f32,
}

impl Pages {
    /// Ends the page and begins the next.
    pub(super) fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
        self.y = self.top;
    }

    pub(super) fn left_below(&self, height: f32) -> f32 {
        self.bottom - self.y - height
    }

    pub(super) fn full(&self) -> f32 {
        self.bottom - self.top
    }
}

/// Lays a paper out on pages.
pub(crate) fn lay_out(sheet: &Sheet, fonts: &Fonts) -> Result<Vec<Page>, Error> {
    let mut shaper = Shaper::new(fonts);
    let notice = match &sheet.notice {
        Some(notice) => Paragraph::new(notice, NOTICE).broken(WIDTH - 20.0, &mut shaper)?,
        None => Vec::new(),
    };
    let frame_top = match sheet.head {
        Head::Copy(_) => FRAME_TOP,
        Head::Letter(_) => LETTER_FRAME_TOP,
    };
    let below_frame = if notice.is_empty() {
        RUNNING_TOP
    } else {
        frame_top + frame_height(&notice)
    };
    let footer = sheet.set_footer(&mut shaper)?;
    let mut pages = Pages {
        done: Vec::new(),
        page: Page::default(),
        y: 0.0,
        top: below_frame + 34.0,
        bottom: footer.top - 5.0 * MM,
    };
    pages.y = match &sheet.head {
        Head::Copy(head) => head.draw(&mut pages.page, below_frame, &mut shaper)?,
        Head::Letter(head) => {
            let below = if notice.is_empty() { 0.0 } else { below_frame };
            head.draw(&mut pages.page, below, &mut shaper)?
        }
    };
    let running = sheet.set_running_head(&mut shaper)?;
    pages.top += running.below_first();
    for (index, table) in sheet.tables.iter().enumerate() {
        pages.y += if index == 0 && matches!(sheet.head, Head::Letter(_)) {
            18.0
        } else {
            26.0
        };
        table.draw(index, &mut pages, &sheet.words, &mut shaper)?;
    }
    if let Some(payment) = &sheet.payment {
        payment.draw(&mut pages, &mut shaper)?;
    }
    draw_closing(&sheet.closing, &mut pages, &mut shaper)?;
    let mut done = pages.done;
    done.push(pages.page);
    let count = done.len();
    for (at, page) in done.iter_mut().enumerate() {
        if !notice.is_empty() {
            draw_notice(page, at == 0, frame_top, &notice);
        }
        if at > 0 {
            running.draw(page, below_frame + 18.0);
        }
        sheet.draw_footer(page, &footer, at + 1, count, &mut shaper)?;
    }
    Ok(done)
}

/// The two sides of what stands at the top of every page but the first.
struct RunningHead {
    left: Vec<Line>,
    right: Vec<Line>,
}

impl RunningHead {
    /// How much its further lines take.
    fn below_first(&self) -> f32 {
        let lines = self.left.len().max(self.right.len());
        (1..lines).map(|_| RUNNING_LEADING).sum()
    }

    fn draw(&self, page: &mut Page, y: f32) {
        for (line, y) in self.left.iter().zip(lines_from(y, RUNNING_LEADING)) {
            page.text(Role::Artifact, LEFT, y, line);
        }
        for (line, y) in self.right.iter().zip(lines_from(y, RUNNING_LEADING)) {
            page.text_to(Role::Artifact, RIGHT, y, line);
        }
    }
}

/// The lines at the foot of each page.
struct Footer {
    top: f32,
    columns: Vec<Vec<Line>>,
}

fn frame_height(notice: &[Line]) -> f32 {
    notice.iter().map(|_| 10.4).sum::<f32>() + 10.0
}

/// The framed line. On the first page it is read before all else.
fn draw_notice(page: &mut Page, is_first: bool, top: f32, notice: &[Line]) {
    let drawn = page.items.len();
    page.frame(LEFT, top, WIDTH, frame_height(notice));
    let role = if is_first {
        Role::Paragraph(Passage::Notice)
    } else {
        Role::Artifact
    };
    let mut y = top + 12.6;
    for line in notice {
        page.text(role, LEFT + (WIDTH - line.width) / 2.0, y, line);
        y += 10.4;
    }
    page.items.rotate_left(drawn);
}

impl Sheet {
    /// Beside each other on one line where they fit, else each on more.
    fn set_running_head(&self, shaper: &mut Shaper<'_>) -> Result<RunningHead, Error> {
        let whole = self.running_head.in_one_line(shaper)?;
        let room = (WIDTH - whole.width - RUNNING_GAP).max(WIDTH * 0.35);
        let right = self.running_right.within(room, RUNNING_LINES, shaper)?;
        let widest = right.iter().map(|line| line.width).reduce(f32::max);
        let room = WIDTH - widest.map_or(0.0, |widest| widest + RUNNING_GAP);
        Ok(RunningHead {
            left: self.running_head.within(room, RUNNING_LINES, shaper)?,
            right,
        })
    }

    /// The footer in lines: it grows upwards with what it says.
    fn set_footer(&self, shaper: &mut Shaper<'_>) -> Result<Footer, Error> {
        let mut columns = Vec::new();
        for column in &self.footer {
            let mut lines = Vec::new();
            for paragraph in &column.lines {
                lines.extend(paragraph.broken(WIDTH * column.width, shaper)?);
            }
            columns.push(lines);
        }
        let most = columns.iter().map(Vec::len).max().unwrap_or(0);
        let height: f32 = (0..most).map(|_| SMALL_LEADING).sum::<f32>() + 6.0;
        Ok(Footer {
            top: FOOTER.min(FOOTER_END - height),
            columns,
        })
    }

    fn draw_footer(
        &self,
        page: &mut Page,
        footer: &Footer,
        number: usize,
        count: usize,
        shaper: &mut Shaper<'_>,
    ) -> Result<(), Error> {
        page.rule(LEFT, RIGHT, footer.top, Stroke::Hair);
        let first = footer.top + 11.0;
        for (column, lines) in self.footer.iter().zip(&footer.columns) {
            for (line, y) in lines.iter().zip(lines_from(first, SMALL_LEADING)) {
                page.text(Role::Artifact, LEFT + WIDTH * column.left, y, line);
            }
        }
        let page_of = format!("{} {number} {} {count}", self.words.page, self.words.of);
        let right = Paragraph::new(page_of, SMALL).in_one_line(shaper)?;
        page.text_to(Role::Artifact, RIGHT, first, &right);
        Ok(())
    }
}

fn lines_from(y: f32, leading: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(y), move |y| Some(y + leading))
}

impl CopyHead {
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
