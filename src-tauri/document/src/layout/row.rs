//! A row of a table: its cells in lines, its height, its drawing.

use std::ops::Range;

use super::content::{Cell, Density, GUTTER, Row, RowKind};
use super::display::{Page, Role, Stroke};
use super::font::Shaper;
use super::sheet::{LEFT, Pages, RIGHT, WIDTH};
use super::text::{Line, Paragraph};
use crate::error::Error;

/// Totals stand in the right half.
const TOTALS_LEFT: f32 = LEFT + WIDTH * 0.49;

/// A row of more lines may go on over pages, in pieces of so many lines.
const LONGEST_WHOLE: usize = 16;
const PIECE: usize = 8;

/// Where a column stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) to_the_right: bool,
}

impl Lane {
    pub(super) fn draw(&self, page: &mut Page, role: Role, y: f32, line: &Line, inset: f32) {
        if self.to_the_right {
            page.text_to(role, self.left + self.width - inset, y, line);
        } else {
            page.text(role, self.left, y, line);
        }
    }
}

/// A cell in lines.
#[derive(Debug)]
struct SetCell {
    lane: Lane,
    lines: Vec<Line>,
    inset: f32,
}

/// A row in lines.
#[derive(Debug)]
pub(super) struct SetRow {
    pub(super) kind: RowKind,
    cells: Vec<SetCell>,
    density: Density,
    /// White space above it, part of its height.
    above: f32,
    pub(super) height: f32,
    /// The row of the table that it is, or is a piece of.
    pub(super) source: usize,
    /// Whether it is the first piece of its row, and the last.
    pub(super) opens: bool,
    closes: bool,
}

impl SetRow {
    /// Sets a row that follows a row of the kind `before`.
    pub(super) fn of(
        row: &Row,
        before: Option<RowKind>,
        density: Density,
        columns: &[Lane],
        shaper: &mut Shaper<'_>,
    ) -> Result<Self, Error> {
        let mut cells = Vec::new();
        for (cell, lane) in row.cells.iter().zip(lanes(row, columns, shaper)?) {
            // A text keeps clear of what stands to its right.
            let gutter = if lane.to_the_right || row.cells.len() == 1 {
                0.0
            } else {
                GUTTER
            };
            let lines = cell.text.broken(lane.width - gutter, shaper)?;
            cells.push(SetCell {
                lane,
                lines,
                inset: inset(cell, shaper)?,
            });
        }
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let above = above(row.kind, before);
        let height = above + text_height(row.kind, lines, density);
        Ok(Self {
            kind: row.kind,
            cells,
            density,
            above,
            height,
            source: 0,
            opens: true,
            closes: true,
        })
    }

    /// Row `source` of its table as it is; or, where it is a line of many lines, in pieces that
    /// pages may part.
    pub(super) fn in_pieces(mut self, source: usize) -> Vec<Self> {
        self.source = source;
        let lines = self.cells.iter().map(|cell| cell.lines.len()).max();
        let lines = lines.unwrap_or(0);
        if self.kind != RowKind::Line || lines <= LONGEST_WHOLE {
            return vec![self];
        }
        let count = lines / PIECE;
        (0..count)
            .map(|at| {
                let last = at + 1 == count;
                let end = if last { lines } else { (at + 1) * PIECE };
                self.piece(at * PIECE..end, at == 0, last)
            })
            .collect()
    }

    fn piece(&self, lines: Range<usize>, opens: bool, closes: bool) -> Self {
        let cells = self.cells.iter().map(|cell| SetCell {
            lines: cell
                .lines
                .iter()
                .skip(lines.start)
                .take(lines.len())
                .cloned()
                .collect(),
            ..*cell
        });
        let inner: f32 = lines.clone().map(|_| self.density.leading()).sum();
        let half = self.density.padding() / 2.0;
        let padding = [opens, closes].map(|edge| if edge { half } else { 0.0 });
        let above = if opens { self.above } else { 0.0 };
        Self {
            kind: self.kind,
            cells: cells.collect(),
            density: self.density,
            above,
            height: above + inner + padding.iter().sum::<f32>(),
            source: self.source,
            opens,
            closes,
        }
    }

    pub(super) fn draw(&self, role: impl Fn(usize) -> Role, pages: &mut Pages) {
        let top = pages.y + self.above;
        let page = &mut pages.page;
        match self.kind {
            RowKind::RuledSum => page.rule(LEFT, RIGHT, top, Stroke::Dark),
            RowKind::GrandTotal => page.rule(TOTALS_LEFT, RIGHT, top, Stroke::Dark),
            _ => {}
        }
        for (column, cell) in self.cells.iter().enumerate() {
            let mut y = top + first_base(self.kind, self.density);
            if !self.opens {
                y -= self.density.padding() / 2.0;
            }
            for line in &cell.lines {
                cell.lane.draw(page, role(column), y, line, cell.inset);
                y += leading(self.kind, self.density);
            }
        }
        pages.y += self.height;
        match self.kind {
            RowKind::Line | RowKind::GroupHead | RowKind::RuledSum if self.closes => {
                page.rule(LEFT, RIGHT, pages.y, Stroke::Hair);
            }
            RowKind::GrandTotal => page.rule(TOTALS_LEFT, RIGHT, pages.y, Stroke::Dark),
            _ => {}
        }
    }
}

/// Where the cells of a row stand: in columns, across the whole width, or among the totals.
fn lanes(row: &Row, columns: &[Lane], shaper: &mut Shaper<'_>) -> Result<Vec<Lane>, Error> {
    match row.kind {
        RowKind::GroupHead | RowKind::Note => Ok(vec![Lane {
            left: LEFT,
            width: WIDTH,
            to_the_right: false,
        }]),
        RowKind::Total | RowKind::GrandTotal => total_lanes(row, shaper),
        _ => Ok(columns.to_vec()),
    }
}

/// The amount takes its width, its name the rest.
fn total_lanes(row: &Row, shaper: &mut Shaper<'_>) -> Result<Vec<Lane>, Error> {
    let amount = match row.cells.last() {
        Some(cell) => cell.text.in_one_line(shaper)?.width,
        None => 0.0,
    };
    let width = RIGHT - TOTALS_LEFT - amount;
    Ok(vec![
        Lane {
            left: TOTALS_LEFT,
            width,
            to_the_right: false,
        },
        // A hair more, as sums of floats may miss it.
        Lane {
            left: RIGHT - amount - 1.0,
            width: amount + 1.0,
            to_the_right: true,
        },
    ])
}

/// The height of a row without the white space above it.
pub(super) fn text_height(kind: RowKind, lines: usize, density: Density) -> f32 {
    let text: f32 = (0..lines.max(1)).map(|_| leading(kind, density)).sum();
    text + density.padding()
        + if kind == RowKind::GrandTotal {
            4.0
        } else {
            0.0
        }
}

fn leading(kind: RowKind, density: Density) -> f32 {
    if kind == RowKind::GrandTotal {
        15.6
    } else {
        density.leading()
    }
}

/// From the top of a row to its first base line: three quarters of a line look centred.
fn first_base(kind: RowKind, density: Density) -> f32 {
    let padding = text_height(kind, 1, density) - leading(kind, density);
    padding / 2.0 + leading(kind, density) * 0.77
}

/// White space above a row.
fn above(kind: RowKind, before: Option<RowKind>) -> f32 {
    match kind {
        RowKind::GroupHead => 6.0,
        RowKind::Total if before != Some(RowKind::Total) => 9.0,
        RowKind::GrandTotal if before == Some(RowKind::Total) => 4.0,
        RowKind::GrandTotal => 9.0,
        RowKind::Note => 8.0,
        _ => 0.0,
    }
}

/// The width of the figures that a cell lacks to the right.
pub(super) fn inset(cell: &Cell, shaper: &mut Shaper<'_>) -> Result<f32, Error> {
    let style = cell.text.0.last().map(|span| span.style);
    let Some(style) = style.filter(|_| cell.figures_short > 0) else {
        return Ok(0.0);
    };
    let figure = Paragraph::new("0", style).in_one_line(shaper)?.width;
    Ok((0..cell.figures_short).map(|_| figure).sum())
}
