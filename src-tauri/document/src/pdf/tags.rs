//! What the pages say as a tree: title, paragraphs, tables with their heads. Each stretch of a
//! page that belongs to one leaf of the tree gets a number there, and everything else is marked
//! as an artifact, so that a reader who hears the page hears each thing once and in its order.

use crate::layout::{Mark, Page, Role};

/// The tree, and how the items of each page are marked to point into it.
#[derive(Debug)]
pub(super) struct Tags {
    pub(super) root: Node,
    pub(super) pages: Vec<Vec<Stretch>>,
}

/// Items of a page that are drawn under one mark.
#[derive(Debug)]
pub(super) struct Stretch {
    /// Of the items that belong to no leaf there is none.
    pub(super) mark: Option<(&'static str, i64)>,
    pub(super) items: usize,
}

/// A structure element.
#[derive(Debug)]
pub(super) struct Node {
    key: Key,
    pub(super) tag: &'static str,
    pub(super) scope: Option<&'static str>,
    pub(super) span: usize,
    pub(super) figure: Option<Figure>,
    /// Page and number of each stretch, from 0.
    pub(super) stretches: Vec<(usize, i64)>,
    pub(super) kids: Vec<Node>,
}

/// What a picture shows, and where: left, bottom, right, top.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    pub(super) says: String,
    pub(super) bounds: [f32; 4],
}

/// What tells a node from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Leaf(Role),
    Table(Role),
    Head,
    Body,
    Row(usize),
    Cell(usize),
}

impl Tags {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut root = Node::new(Key::Body, "Document");
        let pages = pages.iter().enumerate().map(|(at, page)| {
            let mut next = 0;
            let runs = page.items.chunk_by(|one, other| one.role == other.role);
            let stretches = runs.map(|items| {
                let leaf = items.first().and_then(|item| root.leaf(item.role));
                let mark = leaf.map(|leaf| {
                    leaf.figure = items.iter().find_map(|item| Figure::of(&item.mark));
                    leaf.stretches.push((at, next));
                    next += 1;
                    (leaf.tag, next - 1)
                });
                let items = items.len();
                Stretch { mark, items }
            });
            stretches.collect()
        });
        let pages = pages.collect();
        for node in &mut root.kids {
            node.fill_rows();
        }
        Self { root, pages }
    }
}

impl Figure {
    fn of(mark: &Mark) -> Option<Self> {
        let Mark::Picture {
            picture,
            x,
            y,
            width,
            height,
        } = mark
        else {
            return None;
        };
        let bottom = crate::layout::PAGE_HEIGHT - y - height;
        Some(Self {
            says: picture.says.clone(),
            bounds: [*x, bottom, x + width, bottom + height],
        })
    }
}

impl Node {
    fn new(key: Key, tag: &'static str) -> Self {
        Self {
            key,
            tag,
            scope: None,
            span: 1,
            figure: None,
            stretches: Vec::new(),
            kids: Vec::new(),
        }
    }

    /// The last kid, if it is this one; else a new one.
    fn kid(&mut self, key: Key, tag: &'static str) -> Option<&mut Self> {
        if self.kids.last().is_none_or(|kid| kid.key != key) {
            self.kids.push(Self::new(key, tag));
        }
        self.kids.last_mut()
    }

    /// The leaf that an item belongs to; none for artifacts.
    fn leaf(&mut self, role: Role) -> Option<&mut Self> {
        match role {
            Role::Artifact => None,
            Role::Title => self.kid(Key::Leaf(role), "H1"),
            Role::TableTitle { .. } => self.kid(Key::Leaf(role), "H2"),
            Role::Paragraph(_) => self.kid(Key::Leaf(role), "P"),
            Role::Figure(_) => self.kid(Key::Leaf(role), "Figure"),
            Role::FactName { list, row } => {
                let facts = Key::Table(Role::FactName { list, row: 0 });
                let row = self
                    .kid(facts, "Table")?
                    .kid(Key::Body, "TBody")?
                    .kid(Key::Row(row), "TR")?;
                row.cell(0, "TH", Some("Row"), 1)
            }
            Role::FactValue { list, row } => {
                let facts = Key::Table(Role::FactName { list, row: 0 });
                let row = self
                    .kid(facts, "Table")?
                    .kid(Key::Body, "TBody")?
                    .kid(Key::Row(row), "TR")?;
                row.cell(1, "TD", None, 1)
            }
            Role::ColumnHead { table, column } => {
                let head = self
                    .table(table)?
                    .kid(Key::Head, "THead")?
                    .kid(Key::Row(0), "TR")?;
                head.cell(column, "TH", Some("Column"), 1)
            }
            Role::GroupHead { table, row } => {
                let table = self.table(table)?;
                let columns = table.columns();
                let row = table.kid(Key::Body, "TBody")?.kid(Key::Row(row), "TR")?;
                row.cell(0, "TH", Some("Row"), columns)
            }
            Role::Cell {
                table,
                row,
                column,
                span,
            } => {
                let table = self.table(table)?;
                let row = table.kid(Key::Body, "TBody")?.kid(Key::Row(row), "TR")?;
                row.cell(column, "TD", None, span)
            }
        }
    }

    fn table(&mut self, table: usize) -> Option<&mut Self> {
        let named = Role::ColumnHead { table, column: 0 };
        self.kid(Key::Table(named), "Table")
    }

    /// The cell at a column; blank cells before it become cells of their own.
    fn cell(
        &mut self,
        column: usize,
        tag: &'static str,
        scope: Option<&'static str>,
        span: usize,
    ) -> Option<&mut Self> {
        if self
            .kids
            .last()
            .is_none_or(|kid| kid.key != Key::Cell(column))
        {
            self.fill(column);
        }
        let cell = self.kid(Key::Cell(column), tag)?;
        (cell.scope, cell.span) = (scope, span);
        Some(cell)
    }

    /// Blank cells up to a column.
    fn fill(&mut self, columns: usize) {
        for column in self.width()..columns {
            self.kids.push(Self::new(Key::Cell(column), "TD"));
        }
    }

    /// How many columns the cells of a row take.
    fn width(&self) -> usize {
        self.kids.iter().map(|cell| cell.span).sum()
    }

    /// How many columns a table has.
    fn columns(&self) -> usize {
        let rows = self.kids.iter().flat_map(|part| &part.kids);
        rows.map(Self::width).max().unwrap_or(1)
    }

    /// Every row of a table gets as many cells as the table has columns.
    fn fill_rows(&mut self) {
        if matches!(self.key, Key::Table(_)) {
            let columns = self.columns();
            for row in self.kids.iter_mut().flat_map(|part| &mut part.kids) {
                row.fill(columns);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Item, Passage, Stroke};

    fn page(roles: &[Role]) -> Page {
        let mark = || Mark::Rule {
            from: 0.0,
            to: 1.0,
            y: 0.0,
            line: Stroke::Hair,
        };
        let items = roles.iter().map(|role| Item {
            role: *role,
            mark: mark(),
        });
        Page {
            items: items.collect(),
        }
    }

    /// `P(0.0) Table(TR(TD(0.1) …))`: tags, spans, and page and number of what is marked.
    fn shown(node: &Node) -> String {
        let marks = node.stretches.iter().map(|(page, n)| format!("{page}.{n}"));
        let inside: Vec<String> = marks.chain(node.kids.iter().map(shown)).collect();
        let span = if node.span > 1 {
            format!("×{}", node.span)
        } else {
            String::new()
        };
        format!("{}{span}({})", node.tag, inside.join(" "))
    }

    #[test]
    fn a_paper_becomes_a_tree_of_which_each_leaf_knows_its_places() {
        let (table, head) = (0, |column| Role::ColumnHead { table: 0, column });
        let cell = |row, column, span| Role::Cell {
            table,
            row,
            column,
            span,
        };
        let first = [
            Role::Title,
            Role::Artifact,
            Role::Paragraph(Passage::Address(0)),
            Role::Paragraph(Passage::Address(0)),
            head(0),
            head(1),
            head(2),
            Role::GroupHead { table, row: 0 },
            cell(1, 0, 1),
            cell(1, 2, 1),
        ];
        let second = [Role::Artifact, cell(2, 0, 2), cell(2, 2, 1), cell(3, 0, 1)];
        let tags = Tags::of(&[page(&first), page(&second)]);
        assert_eq!(
            shown(&tags.root),
            "Document(H1(0.0) P(0.1) Table(THead(TR(TH(0.2) TH(0.3) TH(0.4))) \
             TBody(TR(TH×3(0.5)) TR(TD(0.6) TD() TD(0.7)) TR(TD×2(1.0) TD(1.1)) TR(TD(1.2) TD() TD()))))"
        );
        let marked: Vec<_> = tags.pages[0].iter().map(|s| (s.mark, s.items)).collect();
        assert_eq!(
            marked[..3],
            [(Some(("H1", 0)), 1), (None, 1), (Some(("P", 1)), 2)]
        );
    }
}
