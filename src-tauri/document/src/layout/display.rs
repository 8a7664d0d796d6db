//! The display list: what stands where on each page, in reading order. Each item carries its
//! role, so that the file can be tagged without laying out anything again.

use std::rc::Rc;

use super::text::{Line, Run};
use crate::logo::Logo;

/// One page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
}

/// Something drawn, and what it is to a reader.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) role: Role,
    pub(crate) mark: Mark,
}

/// What an item is to a reader: the tags of the file are made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Lines, and what a page repeats: no part of what the paper says.
    Artifact,
    Title,
    Paragraph(Passage),
    Figure(Passage),
    FactName {
        list: Facts,
        row: usize,
    },
    FactValue {
        list: Facts,
        row: usize,
    },
    TableTitle {
        table: usize,
    },
    ColumnHead {
        table: usize,
        column: usize,
    },
    GroupHead {
        table: usize,
        row: usize,
    },
    Cell {
        table: usize,
        row: usize,
        column: usize,
        /// How many columns it takes.
        span: usize,
    },
}

/// Tells one paragraph of a paper from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    Notice,
    Logo,
    Issuer(usize),
    Subtitle,
    Sender,
    Payment,
    Closing(usize),
    Address(usize),
    Note { table: usize, row: usize },
    Code,
}

/// A list of names and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facts {
    Head,
    Payment,
}

/// Something drawn that is no text.
#[derive(Debug)]
pub(crate) struct Picture {
    /// For those who can't see it.
    pub(crate) says: String,
    pub(crate) shape: Shape,
}

#[derive(Debug)]
pub(crate) enum Shape {
    /// Black squares on white, row by row.
    Squares {
        side: usize,
        dark: Vec<bool>,
    },
    Pixels(Logo),
}

/// What is drawn. `y` of a text is its base line.
#[derive(Debug)]
pub(crate) enum Mark {
    Text {
        x: f32,
        y: f32,
        runs: Vec<Run>,
    },
    Rule {
        from: f32,
        to: f32,
        y: f32,
        line: Stroke,
    },
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    Picture {
        picture: Rc<Picture>,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    Hair,
    /// At the heads of tables and at sums.
    Dark,
}

impl Page {
    pub(crate) fn text(&mut self, role: Role, x: f32, y: f32, line: &Line) {
        if !line.runs.is_empty() {
            let runs = line.runs.clone();
            self.items.push(Item {
                role,
                mark: Mark::Text { x, y, runs },
            });
        }
    }

    /// A text that ends at `right`.
    pub(crate) fn text_to(&mut self, role: Role, right: f32, y: f32, line: &Line) {
        self.text(role, right - line.width, y, line);
    }

    pub(crate) fn rule(&mut self, from: f32, to: f32, y: f32, line: Stroke) {
        let mark = Mark::Rule { from, to, y, line };
        self.items.push(Item {
            role: Role::Artifact,
            mark,
        });
    }

    pub(crate) fn frame(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let mark = Mark::Frame {
            x,
            y,
            width,
            height,
        };
        self.items.push(Item {
            role: Role::Artifact,
            mark,
        });
    }
}
