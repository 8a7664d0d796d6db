//! From texts and tables to pages: shaping, line breaking, tables over pages. The result is a
//! display list that knows no PDF. Measures are points, from the top left corner of the page.

mod font;
mod text;
mod display;
mod content;
mod flow;
mod sheet;
mod letter;
mod row;
mod table;

pub(crate) use content::{Cell, Column, Density, Row, RowKind, Start, Table, Width};
#[cfg(test)]
pub(crate) use display::Passage;
pub(crate) use display::{Item, Mark, Page, Picture, Role, Shape, Stroke};
pub use font::Fonts;
#[cfg(test)]
pub(crate) use font::Shaper;
pub(crate) use font::{Face, FaceId, Glyph};
pub(crate) use letter::{Fact, LetterHead, Payment};
pub(crate) use sheet::{
    CopyHead, FooterColumn, Head, PAGE_HEIGHT, PAGE_WIDTH, PageWords, Sheet, lay_out,
};
pub(crate) use text::{Ink, Paragraph, Run, Style};
