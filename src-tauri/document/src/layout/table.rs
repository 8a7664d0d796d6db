//! A table and its drawing: head, groups, lines, sums and totals, over as many pages as it takes.

use super::content::{Cell, GUTTER, Row, RowKind, Start, Table, Width};
use super::display::{Passage, Role, Stroke};
use super::flow::{Block, Part, Room, plan};
use super::font::Shaper;
use super::font::Weight;
use super::row::{Lane, SetRow, inset, text_height};
use super::sheet::{LEFT, PageWords, Pages, RIGHT, WIDTH};
use super::text::{Ink, Line, Paragraph, Style};
use crate::error::Error;

const HEAD: Style = Style {
    weight: Weight::Regular,
    size: 7.4,
    ink: Ink::Quiet,
};
const HEAD_HEIGHT: f32 = 16.0;
const TITLE_LEADING: f32 = 13.0;
/// Between the title and the head.
const TITLE_GAP: f32 = 6.0;

impl Table {
    /// Draws the table from where the pages stand.
    pub(super) fn draw(
        &self,
        index: usize,
        pages: &mut Pages,
        words: &PageWords,
        shaper: &mut Shaper<'_>,
    ) -> Result<(), Error> {
        let lanes = self.lanes(shaper)?;
        let before = std::iter::once(None).chain(self.rows.iter().map(|row| Some(row.kind)));
        let rows = self
            .rows
            .iter()
            .zip(before)
            .enumerate()
            .map(|(source, (row, before))| {
                let row = SetRow::of(row, before, self.density, &lanes, shaper)?;
                Ok(row.in_pieces(source))
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let rows: Vec<SetRow> = rows.into_iter().flatten().collect();
        let source = |at: usize| rows.get(at).map_or(self.rows.len(), |row| row.source);
        let title = self.set_title(shaper)?;
        let title_height = self.title_height(&title);
        let room = Room {
            first: pages.left_below(title_height + HEAD_HEIGHT),
            first_on_new_page: pages.full() - title_height - HEAD_HEIGHT,
            full: pages.full() - HEAD_HEIGHT,
            carry: if self.carries() {
                text_height(RowKind::Line, 1, self.density)
            } else {
                0.0
            },
        };
        let blocks: Vec<Block> = rows
            .iter()
            .map(|row| Block {
                kind: row.kind,
                height: row.height,
            })
            .collect();
        let plan = plan(&blocks, room, self.start == Start::WholeOrNewPage)
            .map_err(|at| self.too_tall(source(at)))?;
        if plan.begins_on_new_page {
            pages.turn();
        }
        self.draw_title(index, &title, pages);
        let last = plan.parts.len().saturating_sub(1);
        for (at, part) in plan.parts.iter().enumerate() {
            if at > 0 {
                pages.turn();
            }
            self.draw_head(index, at > 0, &lanes, pages, shaper)?;
            self.draw_carry(
                at > 0,
                rows.get(..part.rows.start).unwrap_or_default(),
                words.brought_forward,
                &lanes,
                pages,
                shaper,
            )?;
            self.draw_part(index, part, &lanes, &rows, pages, shaper)?;
            self.draw_carry(
                at < last,
                rows.get(..part.rows.end).unwrap_or_default(),
                words.carried_forward,
                &lanes,
                pages,
                shaper,
            )?;
        }
        Ok(())
    }

    fn draw_part(
        &self,
        table: usize,
        part: &Part,
        lanes: &[Lane],
        rows: &[SetRow],
        pages: &mut Pages,
        shaper: &mut Shaper<'_>,
    ) -> Result<(), Error> {
        let head = part.continued.and_then(|at| rows.get(at));
        let head = head.and_then(|row| self.rows.get(row.source));
        if let Some(text) = head.and_then(|row| row.continued.clone()) {
            let row = Row {
                kind: RowKind::GroupHead,
                cells: vec![text.into()],
                running: None,
                continued: None,
            };
            SetRow::of(&row, None, self.density, lanes, shaper)?.draw(|_| Role::Artifact, pages);
        }
        for at in part.rows.clone() {
            let Some(row) = rows.get(at) else { continue };
            let role = |column| match row.kind {
                RowKind::GroupHead => Role::GroupHead { table, row: at },
                RowKind::Note => Role::Paragraph(Passage::Note { table, row: at }),
                // The name of a total takes all columns but the last.
                RowKind::Total | RowKind::GrandTotal => Role::Cell {
                    table,
                    row: at,
                    column: if column == 0 { 0 } else { lanes.len() - 1 },
                    span: if column == 0 { lanes.len() - 1 } else { 1 },
                },
                // What goes on of a long text is a row of its own to whoever hears it.
                _ => Role::Cell {
                    table,
                    row: at,
                    column,
                    span: if row.opens { 1 } else { lanes.len() },
                },
            };
            row.draw(role, pages);
        }
        Ok(())
    }

    fn carries(&self) -> bool {
        self.rows.iter().any(|row| row.running.is_some())
    }

    fn too_tall(&self, at: usize) -> Error {
        let rows = self.rows.get(at..).unwrap_or_default();
        let cells = rows.iter().flat_map(|row| &row.cells);
        let longest = cells.map(|cell| cell.text.text()).max_by_key(String::len);
        Error::TextTooLong {
            text: longest.unwrap_or_default().chars().take(80).collect(),
        }
    }

    /// Columns from left to right, over the whole width.
    fn lanes(&self, shaper: &mut Shaper<'_>) -> Result<Vec<Lane>, Error> {
        let mut naturals = Vec::new();
        for at in 0..self.columns.len() {
            naturals.push(self.natural_width(at, shaper)?);
        }
        let taken: f32 = naturals.iter().flatten().sum();
        let mut left = LEFT;
        let lanes = self.columns.iter().zip(naturals).map(|(column, natural)| {
            let width = match column.width {
                Width::Share(share) => (WIDTH - taken) * share,
                Width::Natural => natural.unwrap_or(0.0),
            };
            let lane = Lane {
                left,
                width,
                to_the_right: column.to_the_right,
            };
            left += width;
            lane
        });
        Ok(lanes.collect())
    }

    /// The width of the widest cell with its gutter, for a column that takes it.
    fn natural_width(&self, at: usize, shaper: &mut Shaper<'_>) -> Result<Option<f32>, Error> {
        let Some(column) = self
            .columns
            .get(at)
            .filter(|c| matches!(c.width, Width::Natural))
        else {
            return Ok(None);
        };
        let mut widest = Paragraph::new(&column.head, HEAD)
            .in_one_line(shaper)?
            .width;
        let last = at + 1 == self.columns.len();
        for row in self.rows.iter().filter(|row| stands_in_columns(row.kind)) {
            let running = row.running.as_ref().filter(|_| last);
            for cell in row.cells.get(at).into_iter().chain(running) {
                let line = cell.text.in_one_line(shaper)?;
                widest = widest.max(line.width + inset(cell, shaper)?);
            }
        }
        Ok(Some(widest + GUTTER))
    }

    fn set_title(&self, shaper: &mut Shaper<'_>) -> Result<Vec<Line>, Error> {
        let mut lines = Vec::new();
        for paragraph in self.title.iter().chain(&self.note) {
            lines.extend(paragraph.broken(WIDTH, shaper)?);
        }
        Ok(lines)
    }

    fn title_height(&self, title: &[Line]) -> f32 {
        let lines: f32 = title.iter().map(|_| TITLE_LEADING).sum();
        if title.is_empty() {
            0.0
        } else {
            lines + TITLE_GAP
        }
    }

    fn draw_title(&self, table: usize, title: &[Line], pages: &mut Pages) {
        let below = pages.y + self.title_height(title);
        for line in title {
            let y = pages.y + TITLE_LEADING * 0.75;
            pages.page.text(Role::TableTitle { table }, LEFT, y, line);
            pages.y += TITLE_LEADING;
        }
        pages.y = below;
    }

    fn draw_head(
        &self,
        table: usize,
        repeated: bool,
        lanes: &[Lane],
        pages: &mut Pages,
        shaper: &mut Shaper<'_>,
    ) -> Result<(), Error> {
        for (column, (named, lane)) in self.columns.iter().zip(lanes).enumerate() {
            let line = Paragraph::new(&named.head, HEAD).in_one_line(shaper)?;
            let role = if repeated {
                Role::Artifact
            } else {
                Role::ColumnHead { table, column }
            };
            lane.draw(&mut pages.page, role, pages.y + 9.6, &line, 0.0);
        }
        pages.y += HEAD_HEIGHT;
        pages.page.rule(LEFT, RIGHT, pages.y, Stroke::Dark);
        Ok(())
    }

    /// *Carried forward* below the rows `before`, and *brought forward* after them.
    fn draw_carry(
        &self,
        is_due: bool,
        before: &[SetRow],
        word: &str,
        lanes: &[Lane],
        pages: &mut Pages,
        shaper: &mut Shaper<'_>,
    ) -> Result<(), Error> {
        let Some(running) = before
            .iter()
            .rev()
            .find_map(|row| self.rows.get(row.source)?.running.clone())
            .filter(|_| is_due)
        else {
            return Ok(());
        };
        let mut cells: Vec<Cell> = vec![Paragraph::new(word, self.density.style().quiet()).into()];
        cells.extend((2..lanes.len()).map(|_| Cell::from(Paragraph(Vec::new()))));
        cells.push(running);
        let row = Row {
            kind: RowKind::Line,
            cells,
            running: None,
            continued: None,
        };
        SetRow::of(&row, None, self.density, lanes, shaper)?.draw(|_| Role::Artifact, pages);
        Ok(())
    }
}

fn stands_in_columns(kind: RowKind) -> bool {
    matches!(kind, RowKind::Line | RowKind::Sum | RowKind::RuledSum)
}
