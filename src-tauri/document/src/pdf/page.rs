//! A page of the display list as PDF operators. What a page's state already is, is not set again:
//! fewer operators are fewer to write, to pack and to read back.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, Greyscale, Line, LinePoint, Mm, Op, PaintMode,
    PdfFontHandle, PdfPage, Point, Pt, Rect, Rgb, TextItem,
};

use super::fonts::{Subset, Subsets};
use super::images;
use super::tags::Stretch;
use crate::error::Error;
use crate::layout::{
    FaceId, Glyph, Ink, Item, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, Run, Shape, Stroke,
};

const HAIR: (f32, f32) = (0.4, 0.84);
const DARK: (f32, f32) = (0.8, 0.1);
const FRAME: (f32, f32) = (0.5, 0.45);

pub(super) fn printed(
    page: &Page,
    stretches: &[Stretch],
    subsets: &Subsets,
) -> Result<PdfPage, Error> {
    let mut pen = Pen::new(subsets);
    let mut items = page.items.iter();
    for stretch in stretches {
        pen.ops.push(match stretch.mark {
            Some((tag, number)) => Op::BeginMarkedContentWithProperties {
                tag: tag.to_owned(),
                properties: DictItem::Dict {
                    map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]),
                },
            },
            None => Op::BeginMarkedContent {
                tag: "Artifact".to_owned(),
            },
        });
        for item in items.by_ref().take(stretch.items) {
            pen.draw(item)?;
        }
        pen.ops.push(Op::EndMarkedContent);
    }
    let mut printed = PdfPage::new(Mm(210.0), Mm(297.0), pen.ops);
    let sheet = Rect::from_wh(Pt(hundredth(PAGE_WIDTH)), Pt(hundredth(PAGE_HEIGHT)));
    printed.media_box = sheet.clone();
    printed.trim_box = sheet.clone();
    printed.crop_box = sheet;
    Ok(printed)
}

/// A page that no file keeps: each glyph once, with what it stands for. printpdf writes the fonts
/// by it, as the real pages show many glyphs in one string.
pub(super) fn of_all_glyphs(subsets: &Subsets) -> PdfPage {
    let mut ops = Vec::new();
    for (font, glyphs) in subsets.said() {
        let codepoint = |(gid, text): (u16, &str)| Codepoint {
            gid,
            offset: 0.0,
            cid: Some(text.to_owned()),
        };
        ops.extend([
            Op::StartTextSection,
            Op::SetFont {
                font: PdfFontHandle::External(font),
                size: Pt(1.0),
            },
            Op::ShowText {
                items: vec![TextItem::GlyphIds(glyphs.map(codepoint).collect())],
            },
            Op::EndTextSection,
        ]);
    }
    PdfPage::new(Mm(210.0), Mm(297.0), ops)
}

/// Draws, and knows what was set last.
struct Pen<'a> {
    subsets: &'a Subsets,
    ops: Vec<Op>,
    ink: Option<Color>,
    stroke: Option<(f32, f32)>,
    font: Option<(FaceId, f32)>,
    /// Where the last text of a section began.
    at: (f32, f32),
}

impl<'a> Pen<'a> {
    fn new(subsets: &'a Subsets) -> Self {
        Self {
            subsets,
            ops: Vec::new(),
            ink: None,
            stroke: None,
            font: None,
            at: (0.0, 0.0),
        }
    }

    fn draw(&mut self, item: &Item) -> Result<(), Error> {
        match &item.mark {
            Mark::Text { x, y, runs } => return self.draw_text(*x, PAGE_HEIGHT - y, runs),
            Mark::Rule { from, to, y, line } => {
                self.draw_rule(*from, *to, PAGE_HEIGHT - y, *line);
            }
            Mark::Frame {
                x,
                y,
                width,
                height,
            } => self.draw_frame([*x, PAGE_HEIGHT - y - height, *width, *height]),
            Mark::Picture {
                picture,
                x,
                y,
                width,
                height,
            } => {
                let top = PAGE_HEIGHT - y;
                match &picture.shape {
                    Shape::Squares { side, dark } => {
                        self.draw_squares(*side, dark, *x, top, *width)
                    }
                    Shape::Pixels(_) => self.draw_pixels([*width, *height], [*x, top - height]),
                }
            }
        }
        Ok(())
    }

    /// The picture that the page's resources hold.
    fn draw_pixels(&mut self, [width, height]: [f32; 2], [x, y]: [f32; 2]) {
        let matrix = [width, 0.0, 0.0, height, x, y].map(hundredth);
        self.ops.extend([
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix {
                matrix: CurTransMat::Raw(matrix),
            },
            Op::Unknown {
                key: "Do".to_owned(),
                value: vec![DictItem::Name(images::NAME.to_vec())],
            },
            Op::RestoreGraphicsState,
        ]);
    }

    fn draw_squares(&mut self, side: usize, dark: &[bool], x: f32, top: f32, width: f32) {
        self.set_ink(grey(0.0));
        let square = width / share_of(side);
        for (row, squares) in dark.chunks(side).enumerate() {
            // Dark squares side by side are one bar: no hairs between them, and fewer bytes.
            let mut column = 0;
            for bar in squares.chunk_by(PartialEq::eq) {
                if bar.first() == Some(&true) {
                    self.add_bar([
                        x + square * share_of(column),
                        top - square * share_of(row + 1),
                        square * share_of(bar.len()),
                        square,
                    ]);
                }
                column += bar.len();
            }
        }
        self.ops.push(operator("f", Vec::new()));
    }

    /// Puts a rectangle to the shape that is filled next.
    fn add_bar(&mut self, sides: [f32; 4]) {
        let sides = sides.map(|side| DictItem::Real(hundredth(side)));
        self.ops.push(operator("re", sides.to_vec()));
    }

    fn draw_frame(&mut self, sides: [f32; 4]) {
        self.set_stroke(FRAME);
        let [x, y, width, height] = sides.map(|side| Pt(hundredth(side)));
        let rectangle = Rect {
            x,
            y,
            width,
            height,
            mode: Some(PaintMode::Stroke),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn draw_rule(&mut self, from: f32, to: f32, y: f32, stroke: Stroke) {
        self.set_stroke(if stroke == Stroke::Dark { DARK } else { HAIR });
        let point = |x| LinePoint {
            p: Point {
                x: Pt(hundredth(x)),
                y: Pt(hundredth(y)),
            },
            bezier: false,
        };
        let line = Line {
            points: vec![point(from), point(to)],
            is_closed: false,
        };
        self.ops.push(Op::DrawLine { line });
    }

    fn set_stroke(&mut self, stroke: (f32, f32)) {
        if self.stroke.replace(stroke) != Some(stroke) {
            let (width, share) = stroke;
            self.ops.extend([
                Op::SetOutlineThickness { pt: Pt(width) },
                Op::SetOutlineColor { col: grey(share) },
            ]);
        }
    }

    fn set_ink(&mut self, col: Color) {
        if self.ink.as_ref() != Some(&col) {
            self.ink = Some(col.clone());
            self.ops.push(Op::SetFillColor { col });
        }
    }

    fn draw_text(&mut self, x: f32, y: f32, runs: &[Run]) -> Result<(), Error> {
        self.ops.push(Op::StartTextSection);
        self.at = (0.0, 0.0);
        for run in runs {
            self.set_ink(match run.style.ink {
                Ink::Full => grey(0.07),
                Ink::Quiet => grey(0.38),
                Ink::Tint(parts) => {
                    let [r, g, b] = parts.map(|part| hundredth(f32::from(part) / 255.0));
                    Color::Rgb(Rgb::new(r, g, b, None))
                }
            });
            let mut left = x + run.left;
            if run.to_left {
                self.draw_to_left(left, y, run)?;
                continue;
            }
            for piece in run.glyphs.chunk_by(stands_beside) {
                let Some(first) = piece.first() else { continue };
                let (right, up) = (first.right * run.style.size, first.up * run.style.size);
                self.show(piece, (left + right, y + up), run.style.size)?;
                left += piece
                    .iter()
                    .map(|glyph| glyph.advance * run.style.size)
                    .sum::<f32>();
            }
        }
        self.ops.push(Op::EndTextSection);
        Ok(())
    }

    /// Glyph by glyph from the right: a reader takes them in the order in which they are drawn.
    fn draw_to_left(&mut self, left: f32, y: f32, run: &Run) -> Result<(), Error> {
        let size = run.style.size;
        let mut right = left + run.glyphs.iter().map(|g| g.advance * size).sum::<f32>();
        for glyph in run.glyphs.iter().rev() {
            right -= glyph.advance * size;
            let at = (right + glyph.right * size, y + glyph.up * size);
            self.show(std::slice::from_ref(glyph), at, size)?;
        }
        Ok(())
    }

    /// Glyphs of one font, side by side.
    fn show(&mut self, glyphs: &[Glyph], (x, y): (f32, f32), size: f32) -> Result<(), Error> {
        let Some(first) = glyphs.first() else {
            return Ok(());
        };
        let subset = self.subsets.subset(first.face)?;
        let font = (first.face, size);
        if self.font.replace(font) != Some(font) {
            self.ops.push(Op::SetFont {
                font: PdfFontHandle::External(subset.id.clone()),
                size: Pt(size),
            });
        }
        let at = (hundredth(x), hundredth(y));
        let (right, up) = (at.0 - self.at.0, at.1 - self.at.1);
        self.at = at;
        let pos = Point {
            x: Pt(hundredth(right)),
            y: Pt(hundredth(up)),
        };
        self.ops.push(Op::SetTextCursor { pos });
        let shown = DictItem::Array(codes(glyphs, subset)?);
        self.ops.push(operator("TJ", vec![shown]));
        Ok(())
    }
}

fn grey(share: f32) -> Color {
    Color::Greyscale(Greyscale::new(share, None))
}

/// An operator that printpdf has no name for, or writes at greater length.
fn operator(key: &str, value: Vec<DictItem>) -> Op {
    Op::Unknown {
        key: key.to_owned(),
        value,
    }
}

/// Sides of codes are below 200.
fn share_of(squares: usize) -> f32 {
    f32::from(u16::try_from(squares).unwrap_or(u16::MAX))
}

/// Whether two glyphs are drawn in one go: of one font, and neither is shifted from the line.
fn stands_beside(one: &Glyph, other: &Glyph) -> bool {
    let plain = |glyph: &Glyph| glyph.right == 0.0 && glyph.up == 0.0;
    one.face == other.face && plain(one) && plain(other)
}

/// Glyphs as strings of codes, with the corrections between them that keep each within a
/// thousandth of the em of its place.
fn codes(glyphs: &[Glyph], subset: &Subset) -> Result<Vec<DictItem>, Error> {
    let mut shown = Vec::new();
    let mut data = Vec::new();
    let mut drift = 0.0;
    let string = |data| DictItem::String {
        data,
        literal: false,
    };
    for glyph in glyphs {
        let gid = subset.glyph(glyph.id)?;
        data.extend(gid.to_be_bytes());
        drift += subset.width(gid) - glyph.advance * 1000.0;
        let offset = drift.trunc();
        if offset != 0.0 {
            drift -= offset;
            shown.extend([string(std::mem::take(&mut data)), DictItem::Real(offset)]);
        }
    }
    if !data.is_empty() {
        shown.push(string(data));
    }
    Ok(shown)
}

/// A hundredth of a point is finer than any printer.
fn hundredth(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
