//! Reads the XML of an e-invoice back into elements, by their names without prefixes. It takes the
//! kind of file that we write, which has no comments, sections or entities of its own.

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The elements at a path such as `Party/Name`.
    pub(super) fn all(&self, path: &str) -> Vec<&Self> {
        path.split('/').fold(vec![self], |found, name| {
            found
                .into_iter()
                .flat_map(|element| &element.children)
                .filter(|child| child.name == name)
                .collect()
        })
    }

    /// The text of the first element at a path; empty where there is none.
    pub(super) fn text(&self, path: &str) -> &str {
        self.all(path)
            .first()
            .map_or("", |element| element.text.trim())
    }

    pub(super) fn own_text(&self) -> &str {
        self.text.trim()
    }

    pub(super) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }
}

/// The root element; nothing where the file is not well formed.
pub(super) fn read(xml: &[u8]) -> Option<Element> {
    let text = std::str::from_utf8(xml).ok()?;
    let (_, mut rest) = text.split_once("?>")?;
    let mut open = vec![Element::default()];
    while let Some((before, after)) = rest.split_once('<') {
        open.last_mut()?.text.push_str(&plain(before)?);
        let (tag, after) = after.split_once('>')?;
        rest = after;
        match tag.strip_prefix('/') {
            Some(name) => {
                let closed = open.pop()?;
                if closed.name != local(name) {
                    return None;
                }
                open.last_mut()?.children.push(closed);
            }
            None => open.push(element(tag)?),
        }
    }
    let mut outside = open.pop()?;
    let is_whole = open.is_empty() && outside.children.len() == 1 && rest.trim().is_empty();
    outside.children.pop().filter(|_| is_whole)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// `name a="1" b="2"`.
fn element(tag: &str) -> Option<Element> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"')?;
        attributes.push((key.trim().to_owned(), plain(value)?));
        rest = after;
    }
    let is_plain = !name.is_empty() && rest.trim().is_empty();
    is_plain.then(|| Element {
        name: local(name).to_owned(),
        attributes,
        ..Element::default()
    })
}

fn plain(escaped: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = escaped;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (entity, after) = after.split_once(';')?;
        text.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => return None,
        });
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let xml = "<?xml version=\"1.0\"?>\n<r:a xmlns=\"u:&quot;\"><b><c k=\"1\">x &amp; &lt;y</c></b><b><c>z</c></b></r:a>\n";
        let root = read(xml.as_bytes()).unwrap();
        assert_eq!((root.name(), root.text("b/c")), ("a", "x & <y"));
        assert_eq!(root.all("b/c").len(), 2);
        assert_eq!(root.all("b/c")[0].attribute("k"), "1");
        assert_eq!((root.text("b/d"), root.all("d").len()), ("", 0));
    }

    #[test]
    fn what_is_not_well_formed_is_not_read() {
        for xml in [
            "",
            "<?xml?>",
            "<?xml?><a>",
            "<?xml?><a></b>",
            "<?xml?><a></a><b></b>",
            "<?xml?><a>&nbsp;</a>",
            "<?xml?><a></a>x",
            "<?xml?><a k='1'></a>",
        ] {
            assert!(read(xml.as_bytes()).is_none(), "{xml}");
        }
    }
}
