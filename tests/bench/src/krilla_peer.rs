//! The same pages by krilla, with what it can do: PDF/A-3a and PDF/UA-1, tagged tables, the XML
//! attached. Its layout is a list of places, its texts are shaped once a paper as ours are; it
//! breaks no lines, plans no pages and isn't read back, so that doubts are for it.

use std::collections::BTreeMap;
use std::rc::Rc;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, ShapePlan, UnicodeBuffer, script};

use crate::sample::Failure;

const LEFT: f32 = 71.0;
const RIGHT: f32 = 538.0;
/// Right edges of quantity, price, rate and amount.
const COLUMNS: [f32; 4] = [360.0, 420.0, 470.0, RIGHT];

/// A font with what shaping takes, made once for all papers.
pub(crate) struct Face {
    font: Font,
    shaping: rustybuzz::Face<'static>,
    plan: ShapePlan,
}

impl Face {
    pub(crate) fn read(bytes: &'static [u8]) -> Result<Self, Failure> {
        let shaping = rustybuzz::Face::from_slice(bytes, 0).ok_or("no font")?;
        let plan = ShapePlan::new(
            &shaping,
            Direction::LeftToRight,
            Some(script::LATIN),
            None,
            &[],
        );
        Ok(Self {
            font: Font::new(bytes.into(), 0).ok_or("no font")?,
            shaping,
            plan,
        })
    }
}

struct Shaped {
    glyphs: Vec<KrillaGlyph>,
    advance: f32,
}

struct Pen<'a> {
    faces: &'a [Face; 2],
    shaped: BTreeMap<(bool, String), Rc<Shaped>>,
}

impl Pen<'_> {
    fn shape(&mut self, text: &str, bold: bool) -> Rc<Shaped> {
        let face = &self.faces[usize::from(bold)];
        let shaped = self.shaped.entry((bold, text.to_owned()));
        shaped.or_insert_with(|| Rc::new(face.shape(text))).clone()
    }

    /// A text that begins at `x`, or ends there.
    fn draw(&mut self, on: &mut Surface<'_>, text: &str, style: (f32, bool, bool), at: (f32, f32)) {
        let (size, bold, to_the_right) = style;
        let shaped = self.shape(text, bold);
        let x = if to_the_right {
            at.0 - shaped.advance * size
        } else {
            at.0
        };
        let font = self.faces[usize::from(bold)].font.clone();
        on.draw_glyphs(
            Point::from_xy(x, at.1),
            &shaped.glyphs,
            font,
            text,
            size,
            false,
        );
    }
}

impl Face {
    fn shape(&self, text: &str) -> Shaped {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.shaping, &self.plan, buffer);
        let em = self.font.units_per_em();
        let infos = shaped.glyph_infos();
        let end = |at: usize| {
            infos
                .get(at + 1)
                .map_or(text.len(), |next| next.cluster as usize)
        };
        let glyphs: Vec<KrillaGlyph> = infos
            .iter()
            .zip(shaped.glyph_positions())
            .enumerate()
            .map(|(at, (info, place))| {
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    place.x_advance as f32 / em,
                    place.x_offset as f32 / em,
                    place.y_offset as f32 / em,
                    0.0,
                    info.cluster as usize..end(at),
                    None,
                )
            })
            .collect();
        let advance = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Shaped { glyphs, advance }
    }
}

pub(crate) fn pdf(
    number: &str,
    rows: &[Vec<String>],
    xml: &[u8],
    code: &[Vec<bool>],
    faces: &[Face; 2],
) -> Result<Vec<u8>, Failure> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| format!("{error:?}"))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let title = format!("Invoice {number}");
    let mut pen = Pen {
        faces,
        shaped: BTreeMap::new(),
    };
    let mut tree = TagTree::new();
    let mut table = TagGroup::new(Tag::Table);
    let at_turn = rows
        .iter()
        .position(|row| row[0] == "turn")
        .ok_or("no turn")?;
    let (first, second) = rows.split_at(at_turn);
    for (at, rows) in [first, second].into_iter().enumerate() {
        let settings = PageSettings::from_wh(595.28, 841.89).ok_or("no page")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let on = &mut surface;
        let mut y = if at == 0 {
            head(on, &mut pen, &title, &mut tree)?
        } else {
            60.0
        };
        artifact(on, |on| {
            if at > 0 {
                pen.draw(on, &title, (8.6, true, false), (LEFT, 45.0));
            }
            let page = format!("Page {} of 2", at + 1);
            pen.draw(on, &page, (6.6, false, true), (RIGHT, 806.0));
            pen.draw(
                on,
                "Nordlicht Messaging GmbH, Am Sandtorkai 48, 20457 Hamburg",
                (6.6, false, false),
                (LEFT, 806.0),
            );
            pen.draw(
                on,
                "VAT ID DE136695976, IBAN DE89 3704 0044 0532 0130 00",
                (6.6, false, false),
                (LEFT, 814.0),
            );
            rule(on, 795.0);
        });
        y = columns(on, &mut pen, y, (at == 0).then_some(&mut table));
        for row in rows {
            y = draw_row(on, &mut pen, row, y, &mut table);
        }
        if at == 0 {
            let carried = &second[0][1];
            artifact(on, |on| {
                pen.draw(on, "Carried forward", (8.6, false, false), (LEFT, y));
                pen.draw(on, carried, (8.6, false, true), (RIGHT, y));
            });
        } else {
            let mut figure = TagGroup::new(Tag::Figure(Some("Payment code".to_owned())));
            let id = on.start_tagged(ContentTag::Other);
            draw_code(on, code, y + 20.0);
            on.end_tagged();
            figure.push(Node::Leaf(id));
            tree.push(std::mem::replace(&mut table, TagGroup::new(Tag::Table)));
            tree.push(figure);
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(
        title.clone(),
        XyzDestination::new(0, Point::from_xy(LEFT, 250.0)),
    ));
    document.set_outline(outline);
    let day = DateTime::new(2026)
        .month(9)
        .day(22)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    document.set_metadata(
        Metadata::new()
            .title(title)
            .language("en".to_owned())
            .creation_date(day),
    );
    let attached = document.embed_file(EmbeddedFile {
        path: "factur-x.xml".to_owned(),
        mime_type: MimeType::new("text/xml"),
        description: Some("The invoice for machines".to_owned()),
        association_kind: AssociationKind::Alternative,
        data: xml.to_vec().into(),
        modification_date: Some(day),
        compress: Some(true),
        location: None,
    });
    attached.ok_or("no attachment")?;
    document
        .finish()
        .map_err(|error| format!("{error:?}").into())
}

fn artifact(on: &mut Surface<'_>, draw: impl FnOnce(&mut Surface<'_>)) {
    on.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Other,
    )));
    draw(on);
    on.end_tagged();
}

fn rule(on: &mut Surface<'_>, y: f32) {
    rectangle(on, (LEFT, y), (RIGHT - LEFT, 0.4));
}

fn rectangle(on: &mut Surface<'_>, (x, y): (f32, f32), (width, height): (f32, f32)) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        on.draw_path(&path);
    }
}

fn ink(on: &mut Surface<'_>, grey: u8) {
    on.set_fill(Some(Fill {
        paint: rgb::Color::new(grey, grey, grey).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }));
}

/// Letterhead, address, facts and title.
fn head(
    on: &mut Surface<'_>,
    pen: &mut Pen<'_>,
    title: &str,
    tree: &mut TagTree,
) -> Result<f32, Failure> {
    ink(on, 18);
    let lines = [
        (60.0, "Nordlicht Messaging GmbH", true),
        (
            169.0,
            "Nordlicht Messaging GmbH · Am Sandtorkai 48 · 20457 Hamburg",
            false,
        ),
        (188.0, "Hafenkontor Reisen GmbH", false),
        (200.0, "Bei den Mühren 12", false),
        (212.0, "20457 Hamburg", false),
        (740.0, "Please pay 46.27 EUR by 6 Oct 2026", true),
    ];
    for (y, text, bold) in lines {
        let mut paragraph = TagGroup::new(Tag::P);
        paragraph.push(cell(on, pen, text, (8.6, bold, false), (LEFT, y)));
        tree.push(paragraph);
    }
    let facts = [
        ("Number", title),
        ("Date", "22 Sep 2026"),
        ("Service period", "1–31 Aug 2026"),
        ("Your reference", "HK-4711"),
        ("Due", "6 Oct 2026"),
        ("Contact", "Jana Voß"),
        ("Account holder", "Nordlicht Messaging GmbH"),
        ("IBAN", "DE89 3704 0044 0532 0130 00"),
    ];
    let mut table = TagGroup::new(Tag::Table);
    for ((name, value), y) in facts
        .iter()
        .zip((0..).map(|at: u8| 150.0 + 12.4 * f32::from(at)))
    {
        let mut row = TagGroup::new(Tag::TR);
        let mut th = TagGroup::new(Tag::TH(TableHeaderScope::Row));
        th.push(cell(on, pen, name, (8.6, false, false), (334.0, y)));
        let mut td = TagGroup::new(Tag::TD);
        td.push(cell(on, pen, value, (8.6, true, true), (RIGHT, y)));
        row.push(th);
        row.push(td);
        table.push(row);
    }
    tree.push(table);
    let level = std::num::NonZeroU16::new(1).ok_or("no level")?;
    let mut heading = TagGroup::new(Tag::Hn(level, Some(title.to_owned())));
    heading.push(cell(on, pen, title, (15.0, true, false), (LEFT, 295.0)));
    tree.push(heading);
    Ok(320.0)
}

fn cell(
    on: &mut Surface<'_>,
    pen: &mut Pen<'_>,
    text: &str,
    style: (f32, bool, bool),
    at: (f32, f32),
) -> Node {
    let id = on.start_tagged(ContentTag::Span(SpanTag::empty()));
    pen.draw(on, text, style, at);
    on.end_tagged();
    Node::Leaf(id)
}

/// The heads of the columns: tagged on the first page, repeated on the next.
fn columns(on: &mut Surface<'_>, pen: &mut Pen<'_>, y: f32, table: Option<&mut TagGroup>) -> f32 {
    let heads = ["Quantity", "Price EUR", "VAT", "Amount EUR"];
    if let Some(table) = table {
        let mut row = TagGroup::new(Tag::TR);
        let mut push = |node| {
            let mut th = TagGroup::new(Tag::TH(TableHeaderScope::Column));
            th.push(node);
            row.push(th);
        };
        push(cell(on, pen, "Description", (7.4, true, false), (LEFT, y)));
        for (head, x) in heads.iter().zip(COLUMNS) {
            push(cell(on, pen, head, (7.4, true, true), (x, y)));
        }
        table.push(row);
    } else {
        artifact(on, |on| {
            pen.draw(on, "Description", (7.4, true, false), (LEFT, y));
            for (head, x) in heads.iter().zip(COLUMNS) {
                pen.draw(on, head, (7.4, true, true), (x, y));
            }
        });
    }
    artifact(on, |on| rule(on, y + 5.0));
    y + 18.0
}

fn draw_row(
    on: &mut Surface<'_>,
    pen: &mut Pen<'_>,
    row: &[String],
    y: f32,
    table: &mut TagGroup,
) -> f32 {
    let bold = row[0] != "line";
    if row[0] == "turn" {
        artifact(on, |on| {
            pen.draw(on, "Brought forward", (8.6, false, false), (LEFT, y));
            pen.draw(on, &row[1], (8.6, false, true), (RIGHT, y));
        });
        return y + 16.0;
    }
    let mut group = TagGroup::new(Tag::TR);
    let count = row.len() - 1;
    for (at, text) in row[1..].iter().enumerate() {
        let node = if at == 0 {
            cell(on, pen, text, (8.6, bold, false), (LEFT, y))
        } else {
            let x = COLUMNS[COLUMNS.len() + at - count];
            cell(on, pen, text, (8.6, bold, true), (x, y))
        };
        let mut td = TagGroup::new(Tag::TD);
        td.push(node);
        group.push(td);
    }
    table.push(group);
    artifact(on, |on| rule(on, y + 4.0));
    y + 16.0
}

fn draw_code(on: &mut Surface<'_>, code: &[Vec<bool>], top: f32) {
    let mut path = PathBuilder::new();
    let side = 80.0 / code.len() as f32;
    for (y, row) in code.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            let at = |n: usize| n as f32 * side;
            if let Some(rect) = Rect::from_xywh(LEFT + at(x), top + at(y), side, side) {
                path.push_rect(rect);
            }
        }
    }
    if let Some(path) = path.finish() {
        on.draw_path(&path);
    }
}
