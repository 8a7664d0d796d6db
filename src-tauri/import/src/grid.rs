//! A small file as rows of cells of any width: a CSV with a preamble, or the sheets of a workbook.
//! It is held as a whole, so its size has bounds; a file of prices stays far below them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use crate::problem::{FileProblem, Problem, ProblemKind};
use crate::table::{Separator, Table};

/// The most rows and columns, and the most bytes in all cells together.
const MOST_ROWS: usize = 20_000;
const MOST_CELLS: usize = 64;
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most that the parts of a workbook may unpack to.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;

/// A row with the line, or the sheet's row, that it begins on.
#[derive(Clone, Debug)]
pub(crate) struct GridRow {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl GridRow {
    /// The cell of a column, trimmed; empty where there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    pub(crate) fn problem(&self, column: &'static str, found: &str, kind: ProblemKind) -> Problem {
        Problem::new(self.line, Some(column), found, kind, self.cells.clone())
    }
}

/// The rows that are not blank.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<GridRow>,
    /// Decimals may stand after a comma.
    pub(crate) decimal_comma: bool,
}

impl Grid {
    pub(crate) fn of_csv<R: Read>(reader: R) -> Result<Self, FileProblem> {
        let mut table = Table::open(reader)?;
        let mut bounds = Bounds::default();
        let mut grid = Self {
            rows: Vec::new(),
            decimal_comma: table.separator() == Separator::Semicolon,
        };
        let first = GridRow {
            line: table.header_line(),
            cells: table.header().iter().take(MOST_CELLS).cloned().collect(),
        };
        bounds.take(&first.cells)?;
        grid.rows.push(first);
        while let Some(row) = table.next_ragged_row()? {
            let row = row.map_err(|problem| FileProblem::BadRow {
                line: problem.line,
                kind: problem.kind,
            })?;
            let row = GridRow {
                line: row.line,
                cells: row.cells().take(MOST_CELLS).map(str::to_owned).collect(),
            };
            bounds.take(&row.cells)?;
            grid.rows.push(row);
        }
        Ok(grid)
    }

    /// The sheets of a workbook, in their order. A number is taken by its shortest text: what was
    /// typed as 0.0456 comes as 0.0456, whatever binary fraction stands for it in the file.
    pub(crate) fn of_workbook(bytes: &[u8]) -> Result<Vec<Self>, FileProblem> {
        check_unpacked(bytes)?;
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
        let mut bounds = Bounds::default();
        let mut grids = Vec::new();
        for name in workbook.sheet_names() {
            let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
            let mut reader = workbook
                .worksheet_cells_reader(&name)
                .map_err(|e| damaged(&e))?;
            while let Some(cell) = reader.next_cell().map_err(|e| damaged(&e))? {
                let (row, column) = cell.get_position();
                let column = usize::try_from(column).unwrap_or(usize::MAX);
                let text = Data::from(cell.get_value().clone()).to_string();
                if column >= MOST_CELLS || text.is_empty() {
                    continue;
                }
                bounds.take_text(&text)?;
                let cells = rows.entry(row).or_default();
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if let Some(slot) = cells.get_mut(column) {
                    *slot = text;
                }
                if rows.len() > MOST_ROWS {
                    return Err(FileProblem::TooLarge);
                }
            }
            let rows = rows.into_iter().map(|(row, cells)| GridRow {
                line: u64::from(row) + 1,
                cells,
            });
            grids.push(Self {
                rows: rows.collect(),
                decimal_comma: false,
            });
        }
        Ok(grids)
    }
}

#[derive(Default)]
struct Bounds {
    rows: usize,
    bytes: usize,
}

impl Bounds {
    fn take(&mut self, cells: &[String]) -> Result<(), FileProblem> {
        self.rows += 1;
        if self.rows > MOST_ROWS {
            return Err(FileProblem::TooLarge);
        }
        cells.iter().try_for_each(|cell| self.take_text(cell))
    }

    fn take_text(&mut self, text: &str) -> Result<(), FileProblem> {
        self.bytes += text.len();
        if self.bytes > MOST_BYTES {
            return Err(FileProblem::TooLarge);
        }
        Ok(())
    }
}

fn damaged(why: &dyn std::fmt::Display) -> FileProblem {
    FileProblem::WorkbookDamaged {
        reason: why.to_string().chars().take(200).collect(),
    }
}

/// Unpacks the workbook into nothing, once: what it says of its own size is not to be trusted.
fn check_unpacked(bytes: &[u8]) -> Result<(), FileProblem> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|e| damaged(&e))?;
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink())
            .map_err(|e| damaged(&e))?;
        left = left.checked_sub(unpacked).ok_or(FileProblem::TooLarge)?;
    }
    Ok(())
}
