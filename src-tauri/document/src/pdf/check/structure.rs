//! What the tree of tags must keep: every mark has one owner and every owner its marks, tables are
//! whole, pictures say what they show.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::pages::Marks;
use super::{File, demand, unreadable};
use crate::error::Error;

const TAGS: [&str; 11] = [
    "Document", "H1", "H2", "P", "Figure", "Table", "THead", "TBody", "TR", "TH", "TD",
];

/// Who owns each mark: by page and number.
type Owners = BTreeMap<(ObjectId, i64), (ObjectId, String)>;

impl<'a> File<'a> {
    pub(super) fn check_structure(&self, marks: &Marks) -> Result<(), Error> {
        let catalog = self.catalog()?;
        let root = self.dictionary(catalog, "StructTreeRoot")?;
        let top = root.get(b"K").and_then(Object::as_reference);
        let root_id = catalog
            .get(b"StructTreeRoot")
            .and_then(Object::as_reference);
        let mut owners = Owners::new();
        self.walk(
            top.map_err(unreadable)?,
            root_id.map_err(unreadable)?,
            &mut owners,
        )?;
        let marked = marks
            .iter()
            .flat_map(|(page, marks)| marks.iter().map(|(number, tag)| ((*page, *number), tag)));
        let owned = owners.iter().map(|(place, (_, tag))| (*place, tag));
        demand(marked.eq(owned), "a mark has no owner, or an owner no mark")?;
        self.check_parents(root, &owners)
    }

    /// The way back from each mark to its owner.
    fn check_parents(&self, root: &'a Dictionary, owners: &Owners) -> Result<(), Error> {
        let rows = self.array(self.dictionary(root, "ParentTree")?, "Nums")?;
        let mut told = BTreeMap::new();
        for (page, at) in self.document.get_pages().into_values().zip(0_i64..) {
            let dictionary = self.document.get_dictionary(page).map_err(unreadable)?;
            let key = dictionary.get(b"StructParents").and_then(Object::as_i64);
            demand(
                key.ok() == Some(at),
                "a page has no row in the table of marks",
            )?;
            let (pairs, _) = rows.as_chunks::<2>();
            let row = pairs.iter().find(|[key, _]| key.as_i64().ok() == Some(at));
            let row = row.and_then(|[_, row]| self.follow(row).as_array().ok());
            for (number, owner) in (0_i64..).zip(row.into_iter().flatten()) {
                told.insert((page, number), owner.as_reference().map_err(unreadable)?);
            }
        }
        let told = told.iter().map(|(place, owner)| (*place, *owner));
        let owned = owners.iter().map(|(place, (owner, _))| (*place, *owner));
        demand(told.eq(owned), "the table of marks leads astray")
    }

    fn walk(&self, id: ObjectId, parent: ObjectId, owners: &mut Owners) -> Result<(), Error> {
        let element = self.document.get_dictionary(id).map_err(unreadable)?;
        let tag = element
            .get(b"S")
            .and_then(Object::as_name)
            .unwrap_or_default();
        let tag = String::from_utf8_lossy(tag).into_owned();
        demand(TAGS.contains(&tag.as_str()), "a tag is unknown")?;
        let up = element.get(b"P").and_then(Object::as_reference);
        demand(up.ok() == Some(parent), "a tag hangs in the air")?;
        self.check_element(&tag, element)?;
        let home = element.get(b"Pg").and_then(Object::as_reference).ok();
        for kid in kids(element) {
            match kid {
                Object::Reference(kid) => self.walk(*kid, id, owners)?,
                Object::Integer(number) => own(home, *number, id, &tag, owners)?,
                Object::Dictionary(mark) => {
                    let page = mark.get(b"Pg").and_then(Object::as_reference).ok();
                    let number = mark.get(b"MCID").and_then(Object::as_i64);
                    own(page, number.map_err(unreadable)?, id, &tag, owners)?;
                }
                _ => demand(false, "a tag holds something odd")?,
            }
        }
        Ok(())
    }

    fn check_element(&self, tag: &str, element: &'a Dictionary) -> Result<(), Error> {
        let attributes = self.get(element, "A").and_then(|a| a.as_dict().ok());
        match tag {
            "TH" => {
                let scope = attributes.and_then(|a| self.get(a, "Scope")?.as_name().ok());
                let is_known = matches!(scope, Some(b"Row" | b"Column"));
                demand(is_known, "a head of a table heads nothing")
            }
            "Figure" => {
                let says = self.text(element, "Alt").unwrap_or_default();
                demand(!says.trim().is_empty(), "a picture says nothing")?;
                demand(
                    attributes.is_some_and(|a| a.has(b"BBox")),
                    "a picture has no place",
                )
            }
            "Table" => {
                let parts = self.kids_of(element);
                let rows = parts.flat_map(|part| self.kids_of(part));
                let mut widths = rows.map(|row| self.width_of(row));
                let first = widths.next();
                let is_even = widths.all(|width| Some(width) == first);
                demand(
                    first.is_some() && is_even,
                    "a table has rows of unlike length",
                )
            }
            _ => Ok(()),
        }
    }

    fn kids_of(&self, element: &'a Dictionary) -> impl Iterator<Item = &'a Dictionary> {
        kids(element).filter_map(|kid| self.document.dereference(kid).ok()?.1.as_dict().ok())
    }

    /// How many columns a row takes.
    fn width_of(&self, row: &'a Dictionary) -> i64 {
        let spans = self.kids_of(row).map(|cell| {
            let attributes = self.get(cell, "A").and_then(|a| a.as_dict().ok());
            attributes
                .and_then(|a| self.get(a, "ColSpan")?.as_i64().ok())
                .unwrap_or(1)
        });
        spans.sum()
    }
}

/// One kid or a list of them.
fn kids(element: &Dictionary) -> impl Iterator<Item = &Object> {
    match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.as_slice().iter(),
        Ok(kid) => std::slice::from_ref(kid).iter(),
        Err(_) => [].iter(),
    }
}

fn own(
    page: Option<ObjectId>,
    number: i64,
    owner: ObjectId,
    tag: &str,
    owners: &mut Owners,
) -> Result<(), Error> {
    let place = page.map(|page| (page, number));
    let before = place.map(|place| owners.insert(place, (owner, tag.to_owned())));
    demand(matches!(before, Some(None)), "a mark has two owners")
}
