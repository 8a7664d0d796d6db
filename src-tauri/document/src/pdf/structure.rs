//! The tree of tags as objects of the file, and the table that leads from each mark on a page back
//! to its place in the tree.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::tags::{Node, Tags};

/// Adds the tree; returns its root. Pages are told which row of the table is theirs.
pub(super) fn add_structure(document: &mut Document, tags: &Tags) -> ObjectId {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let mut writer = Writer {
        document,
        owners: vec![Vec::new(); pages.len()],
        pages,
    };
    let tree = writer.add(&tags.root, root);
    let rows = writer.owners.iter().zip(0_i64..).flat_map(|(owners, at)| {
        let owners = owners.iter().map(|owner| Object::Reference(*owner));
        [Object::Integer(at), Object::Array(owners.collect())]
    });
    let parents = dictionary! { "Nums" => Object::Array(rows.collect()) };
    let next = i64::try_from(writer.pages.len()).unwrap_or(i64::MAX);
    for (page, at) in std::mem::take(&mut writer.pages).into_iter().zip(0_i64..) {
        if let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut) {
            page.set("StructParents", at);
            page.set("Tabs", "S");
        }
    }
    let parents = document.add_object(parents);
    let tree_root = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => tree,
        "ParentTree" => parents,
        "ParentTreeNextKey" => next,
    };
    document.objects.insert(root, tree_root.into());
    root
}

struct Writer<'a> {
    document: &'a mut Document,
    pages: Vec<ObjectId>,
    /// Who owns each mark, page by page.
    owners: Vec<Vec<ObjectId>>,
}

impl Writer<'_> {
    fn add(&mut self, node: &Node, parent: ObjectId) -> ObjectId {
        let id = self.document.new_object_id();
        let mut element = dictionary! { "S" => node.tag, "P" => parent };
        let mut kids = self.marks(node, id, &mut element);
        for kid in &node.kids {
            kids.push(Object::Reference(self.add(kid, id)));
        }
        match (kids.pop(), kids.is_empty()) {
            (Some(only), true) => element.set("K", only),
            (Some(last), false) => {
                kids.push(last);
                element.set("K", kids);
            }
            (None, _) => {}
        }
        if let Some(attributes) = attributes(node) {
            element.set("A", attributes);
        }
        if let Some(figure) = &node.figure {
            element.set("Alt", super::finish::utf16(&figure.says));
        }
        self.document.objects.insert(id, element.into());
        id
    }

    /// What a leaf owns: bare numbers on its own page, and the page beside each on any other.
    fn marks(&mut self, node: &Node, id: ObjectId, element: &mut Dictionary) -> Vec<Object> {
        let home = node.stretches.first().map(|(page, _)| *page);
        if let Some(page) = home.and_then(|page| self.pages.get(page)) {
            element.set("Pg", *page);
        }
        let mut marks = Vec::new();
        for (page, number) in &node.stretches {
            if let Some(owners) = self.owners.get_mut(*page) {
                owners.push(id);
            }
            marks.push(match self.pages.get(*page) {
                Some(other) if Some(*page) != home => {
                    dictionary! { "Type" => "MCR", "Pg" => *other, "MCID" => *number }.into()
                }
                _ => Object::Integer(*number),
            });
        }
        marks
    }
}

fn attributes(node: &Node) -> Option<Dictionary> {
    if let Some(figure) = &node.figure {
        let bounds = figure.bounds.map(Object::Real).to_vec();
        return Some(dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => bounds });
    }
    if node.scope.is_none() && node.span == 1 {
        return None;
    }
    let mut table = dictionary! { "O" => "Table" };
    if let Some(scope) = node.scope {
        table.set("Scope", scope);
    }
    if node.span > 1 {
        table.set("ColSpan", i64::try_from(node.span).unwrap_or(1));
    }
    Some(table)
}
