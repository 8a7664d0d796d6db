//! A page of the display list as PDF operators.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, Greyscale, Line, LinePoint, Mm, Op, PaintMode,
    PdfFontHandle, PdfPage, Point, Pt, Rect, Rgb, TextItem, TextMatrix,
};

use super::fonts::{Subset, Subsets};
use super::images;
use super::tags::Stretch;
use crate::error::Error;
use crate::layout::{Glyph, Ink, Item, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, Run, Shape, Stroke};

const HAIR: (f32, f32) = (0.4, 0.84);
const DARK: (f32, f32) = (0.8, 0.1);
const FRAME: (f32, f32) = (0.5, 0.45);

pub(super) fn printed(
    page: &Page,
    stretches: &[Stretch],
    subsets: &Subsets,
) -> Result<PdfPage, Error> {
    let mut ops = Vec::new();
    let mut items = page.items.iter();
    for stretch in stretches {
        ops.push(match stretch.mark {
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
            draw(item, subsets, &mut ops)?;
        }
        ops.push(Op::EndMarkedContent);
    }
    let mut printed = PdfPage::new(Mm(210.0), Mm(297.0), ops);
    let sheet = Rect::from_wh(Pt(hundredth(PAGE_WIDTH)), Pt(hundredth(PAGE_HEIGHT)));
    printed.media_box = sheet.clone();
    printed.trim_box = sheet.clone();
    printed.crop_box = sheet;
    Ok(printed)
}

fn draw(item: &Item, subsets: &Subsets, ops: &mut Vec<Op>) -> Result<(), Error> {
    match &item.mark {
        Mark::Text { x, y, runs } => return draw_text(*x, PAGE_HEIGHT - y, runs, subsets, ops),
        Mark::Rule { from, to, y, line } => draw_rule(*from, *to, PAGE_HEIGHT - y, *line, ops),
        Mark::Frame {
            x,
            y,
            width,
            height,
        } => {
            set_stroke(FRAME, ops);
            let rectangle = Rect {
                x: Pt(hundredth(*x)),
                y: Pt(hundredth(PAGE_HEIGHT - y - height)),
                width: Pt(hundredth(*width)),
                height: Pt(hundredth(*height)),
                mode: Some(PaintMode::Stroke),
                winding_order: None,
            };
            ops.push(Op::DrawRectangle { rectangle });
        }
        Mark::Picture {
            picture,
            x,
            y,
            width,
            height,
        } => {
            let top = PAGE_HEIGHT - y;
            match &picture.shape {
                Shape::Squares { side, dark } => draw_squares(*side, dark, *x, top, *width, ops),
                Shape::Pixels(_) => draw_pixels([*width, *height], [*x, top - height], ops),
            }
        }
    }
    Ok(())
}

/// The picture that the page's resources hold.
fn draw_pixels([width, height]: [f32; 2], [x, y]: [f32; 2], ops: &mut Vec<Op>) {
    ops.push(Op::SaveGraphicsState);
    let matrix = [width, 0.0, 0.0, height, x, y].map(hundredth);
    ops.push(Op::SetTransformationMatrix {
        matrix: CurTransMat::Raw(matrix),
    });
    ops.push(Op::Unknown {
        key: "Do".to_owned(),
        value: vec![DictItem::Name(images::NAME.to_vec())],
    });
    ops.push(Op::RestoreGraphicsState);
}

fn draw_squares(side: usize, dark: &[bool], x: f32, top: f32, width: f32, ops: &mut Vec<Op>) {
    ops.push(Op::SetFillColor {
        col: Color::Greyscale(Greyscale::new(0.0, None)),
    });
    let square = width / share_of(side);
    for (row, squares) in dark.chunks(side).enumerate() {
        // Dark squares side by side are one bar: no hairs between them, and fewer bytes.
        let mut column = 0;
        for bar in squares.chunk_by(PartialEq::eq) {
            if bar.first() == Some(&true) {
                let rectangle = Rect {
                    x: Pt(hundredth(x + square * share_of(column))),
                    y: Pt(hundredth(top - square * share_of(row + 1))),
                    width: Pt(hundredth(square * share_of(bar.len()))),
                    height: Pt(hundredth(square)),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                };
                ops.push(Op::DrawRectangle { rectangle });
            }
            column += bar.len();
        }
    }
}

/// Sides of codes are below 200.
fn share_of(squares: usize) -> f32 {
    f32::from(u16::try_from(squares).unwrap_or(u16::MAX))
}

fn draw_rule(from: f32, to: f32, y: f32, stroke: Stroke, ops: &mut Vec<Op>) {
    set_stroke(if stroke == Stroke::Dark { DARK } else { HAIR }, ops);
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
    ops.push(Op::DrawLine { line });
}

fn set_stroke((width, grey): (f32, f32), ops: &mut Vec<Op>) {
    ops.push(Op::SetOutlineThickness { pt: Pt(width) });
    ops.push(Op::SetOutlineColor {
        col: Color::Greyscale(Greyscale::new(grey, None)),
    });
}

fn draw_text(
    x: f32,
    y: f32,
    runs: &[Run],
    subsets: &Subsets,
    ops: &mut Vec<Op>,
) -> Result<(), Error> {
    ops.push(Op::StartTextSection);
    for run in runs {
        let grey = |share| Color::Greyscale(Greyscale::new(share, None));
        let col = match run.style.ink {
            Ink::Full => grey(0.07),
            Ink::Quiet => grey(0.38),
            Ink::Tint(parts) => {
                let [r, g, b] = parts.map(|part| hundredth(f32::from(part) / 255.0));
                Color::Rgb(Rgb::new(r, g, b, None))
            }
        };
        ops.push(Op::SetFillColor { col });
        let mut pen = x + run.left;
        if run.to_left {
            draw_to_left(pen, y, run, subsets, ops)?;
            continue;
        }
        for piece in run.glyphs.chunk_by(stands_beside) {
            let Some(first) = piece.first() else { continue };
            let (right, up) = (first.right * run.style.size, first.up * run.style.size);
            show(piece, (pen + right, y + up), run.style.size, subsets, ops)?;
            pen += piece
                .iter()
                .map(|glyph| glyph.advance * run.style.size)
                .sum::<f32>();
        }
    }
    ops.push(Op::EndTextSection);
    Ok(())
}

/// Glyph by glyph from the right: a reader takes them in the order in which they are drawn.
fn draw_to_left(
    left: f32,
    y: f32,
    run: &Run,
    subsets: &Subsets,
    ops: &mut Vec<Op>,
) -> Result<(), Error> {
    let size = run.style.size;
    let mut pen = left + run.glyphs.iter().map(|g| g.advance * size).sum::<f32>();
    for glyph in run.glyphs.iter().rev() {
        pen -= glyph.advance * size;
        let at = (pen + glyph.right * size, y + glyph.up * size);
        show(std::slice::from_ref(glyph), at, size, subsets, ops)?;
    }
    Ok(())
}

/// Glyphs of one font, side by side.
fn show(
    glyphs: &[Glyph],
    (x, y): (f32, f32),
    size: f32,
    subsets: &Subsets,
    ops: &mut Vec<Op>,
) -> Result<(), Error> {
    let Some(first) = glyphs.first() else {
        return Ok(());
    };
    let subset = subsets.subset(first.face)?;
    ops.push(Op::SetFont {
        font: PdfFontHandle::External(subset.id.clone()),
        size: Pt(size),
    });
    let matrix = TextMatrix::Translate(Pt(hundredth(x)), Pt(hundredth(y)));
    ops.push(Op::SetTextMatrix { matrix });
    ops.push(Op::ShowText {
        items: vec![TextItem::GlyphIds(codes(glyphs, subset)?)],
    });
    Ok(())
}

/// Whether two glyphs are drawn in one go: of one font, and neither is shifted from the line.
fn stands_beside(one: &Glyph, other: &Glyph) -> bool {
    let plain = |glyph: &Glyph| glyph.right == 0.0 && glyph.up == 0.0;
    one.face == other.face && plain(one) && plain(other)
}

/// Glyphs with the corrections that keep each within a thousandth of the em of its place.
fn codes(glyphs: &[Glyph], subset: &Subset) -> Result<Vec<Codepoint>, Error> {
    let mut drift = 0.0;
    glyphs
        .iter()
        .map(|glyph| {
            let gid = subset.glyph(glyph.id)?;
            drift += subset.width(gid) - glyph.advance * 1000.0;
            let offset = drift.trunc();
            drift -= offset;
            // A glyph that is the second of one character says nothing of its own.
            let said = if glyph.text.is_empty() {
                "\u{200b}"
            } else {
                &glyph.text
            };
            Ok(Codepoint {
                gid,
                offset,
                cid: Some(said.to_owned()),
            })
        })
        .collect()
}

/// A hundredth of a point is finer than any printer.
fn hundredth(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
