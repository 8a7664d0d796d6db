//! What a table says, row by row; it knows nothing of pages. `flow` plans its breaks, `row` sets a
//! row, `table` draws it all.

use super::text::{Paragraph, Style};

/// White between two columns, in points.
pub(super) const GUTTER: f32 = 14.0;

/// A table, as a paper says it.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) title: Option<Paragraph>,
    /// A sentence under the title.
    pub(crate) note: Option<Paragraph>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    pub(crate) start: Start,
    pub(crate) density: Density,
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) head: String,
    pub(crate) width: Width,
    pub(crate) to_the_right: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Width {
    /// A share of what the others leave.
    Share(f32),
    /// As wide as its widest cell.
    Natural,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// Where the text before it ends.
    Here,
    /// There, if all of it fits on the page; else on a new page.
    WholeOrNewPage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Density {
    Normal,
    /// For annexes of many rows.
    Dense,
}

impl Density {
    pub(crate) fn style(self) -> Style {
        Style::new(match self {
            Self::Normal => 8.6,
            Self::Dense => 7.8,
        })
    }

    pub(super) fn leading(self) -> f32 {
        match self {
            Self::Normal => 12.4,
            Self::Dense => 10.8,
        }
    }

    /// Above and below the text of a row, together.
    pub(super) fn padding(self) -> f32 {
        match self {
            Self::Normal => 3.6,
            Self::Dense => 2.8,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    GroupHead,
    Line,
    Sum,
    /// A sum under a dark rule.
    RuledSum,
    Total,
    GrandTotal,
    /// A sentence under the totals.
    Note,
}

#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) kind: RowKind,
    pub(crate) cells: Vec<Cell>,
    /// What stands at *Carried forward* if the page ends after this row.
    pub(crate) running: Option<Cell>,
    /// A group head where its group goes on.
    pub(crate) continued: Option<Paragraph>,
}

#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) text: Paragraph,
    /// Figures that it lacks to the right, so that decimal points stand under each other.
    pub(crate) figures_short: u32,
}

impl From<Paragraph> for Cell {
    fn from(text: Paragraph) -> Self {
        Self {
            text,
            figures_short: 0,
        }
    }
}
