//! Writes XML: elements in the order in which they are asked for, all text escaped. A character
//! that XML has no place for is remembered, and refuses the whole.

use std::fmt::Write as _;

/// An XML document that is being written.
#[derive(Debug)]
pub(super) struct Xml {
    out: String,
    depth: usize,
    unusable: Option<char>,
}

impl Xml {
    /// A document with its root element and the namespaces of it.
    pub(super) fn document(
        root: &str,
        namespaces: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) -> Self {
        let mut xml = Self {
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            depth: 0,
            unusable: None,
        };
        xml.with(root, namespaces, content);
        xml
    }

    /// An element with elements in it.
    pub(super) fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.with(name, &[], content);
    }

    /// An element with text in it.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// An element with text in it, where there is a text.
    pub(super) fn some_text(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.text(name, text.trim());
        }
    }

    /// An element with attributes and text in it.
    pub(super) fn text_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.escaped(text);
        let _ = writeln!(self.out, "</{name}>");
    }

    /// The bytes, or the number of the first character that XML refuses.
    pub(super) fn finish(self) -> Result<Vec<u8>, u32> {
        match self.unusable {
            Some(character) => Err(u32::from(character)),
            None => Ok(self.out.into_bytes()),
        }
    }

    fn with(&mut self, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        self.out.push('\n');
        self.depth += 1;
        content(self);
        self.depth -= 1;
        self.indent();
        let _ = writeln!(self.out, "</{name}>");
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        let _ = write!(self.out, "<{name}");
        for (attribute, value) in attributes {
            let _ = write!(self.out, " {attribute}=\"");
            self.escaped(value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => {
                    self.out.push(c);
                }
                _ => self.unusable = self.unusable.or(Some(c)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Result<String, u32> {
        let xml = Xml::document("a", &[("xmlns", "urn:\"x\"")], |xml| xml.text("b", text));
        xml.finish().map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            written("<ü & \"😀\">").unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:&quot;x&quot;\">\n  <b>&lt;ü &amp; &quot;😀&quot;&gt;</b>\n</a>\n"
        );
    }

    #[test]
    fn a_character_that_xml_refuses_refuses_the_whole() {
        for (text, character) in [
            ("a\u{0}", 0),
            ("\u{b}", 0xb),
            ("\t", 9),
            ("\r", 13),
            ("x\u{fffe}", 0xfffe),
            ("\u{ffff}", 0xffff),
        ] {
            assert_eq!(written(text), Err(character), "{text:?}");
        }
    }
}
