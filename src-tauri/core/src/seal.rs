//! The seal of a closed month: a SHA-256 chain over its rows, each linked to the last, that
//! begins with the seal of the month before.
//!
//! Any program can work it out again. A field is one byte that says what it is and then itself:
//! `N` nothing; `I` a whole number, 8 bytes, big-endian, two's complement; `T` a text, its length
//! in bytes as 4 bytes, big-endian, and its UTF-8. A row is its table's name as a text, the number
//! of its fields as a number, and its fields. The chain begins with the 32 bytes of the month
//! before (zeros for the first) in front of the row `seal`, with the hub's id and the month as
//! yyyymm; each link is SHA-256 of the link before and the row. The last link is the seal. Which
//! rows and fields, and their order, are the queries of `store/query/seal.rs`.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

/// A link of a chain, and so a seal.
pub type Hash = [u8; 32];

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    Nothing,
    Number(i64),
    Text(&'a str),
}

/// What is kept of a sealed row so that a difference can be named: its key (0 where it has
/// none) and the beginning of its own hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    pub key: i64,
    pub hash: [u8; 8],
}

impl Mark {
    /// How many bytes a mark takes at rest.
    pub const SIZE: usize = 16;

    pub fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        let (key, hash) = bytes.split_at_mut(8);
        key.copy_from_slice(&self.key.to_be_bytes());
        hash.copy_from_slice(&self.hash);
        bytes
    }

    /// Marks as they lie in the book; none where their bytes are cut off.
    pub fn read(bytes: &[u8]) -> Option<Vec<Self>> {
        let (marks, rest) = bytes.as_chunks::<{ Self::SIZE }>();
        rest.is_empty().then(|| {
            marks
                .iter()
                .map(|mark| {
                    let (mut key, mut hash) = ([0; 8], [0; 8]);
                    let (front, back) = mark.split_at(8);
                    key.copy_from_slice(front);
                    hash.copy_from_slice(back);
                    Self {
                        key: i64::from_be_bytes(key),
                        hash,
                    }
                })
                .collect()
        })
    }
}

/// A chain as far as it goes.
#[derive(Clone, Debug)]
pub struct Chain {
    link: Hash,
    row: Vec<u8>,
}

impl Chain {
    /// The beginning of a month's chain, behind the seal of the month before.
    pub fn begin(previous: Option<Hash>, hub: &str, month: i64) -> Self {
        let mut chain = Self {
            link: previous.unwrap_or_default(),
            row: Vec::new(),
        };
        chain.add("seal", 0, &[Field::Text(hub), Field::Number(month)]);
        chain
    }

    /// Links a row.
    pub fn add(&mut self, table: &str, key: i64, fields: &[Field<'_>]) -> Mark {
        self.row.clear();
        put(&mut self.row, Field::Text(table));
        let count = i64::try_from(fields.len()).unwrap_or(i64::MAX);
        put(&mut self.row, Field::Number(count));
        for field in fields {
            put(&mut self.row, *field);
        }
        let own: Hash = Sha256::digest(&self.row).into();
        let link = Sha256::new()
            .chain_update(self.link)
            .chain_update(&self.row);
        self.link = link.finalize().into();
        let mut hash = [0; 8];
        hash.copy_from_slice(own.split_at(8).0);
        Mark { key, hash }
    }

    /// The last link.
    pub fn head(&self) -> Hash {
        self.link
    }
}

fn put(row: &mut Vec<u8>, field: Field<'_>) {
    match field {
        Field::Nothing => row.push(b'N'),
        Field::Number(number) => {
            row.push(b'I');
            row.extend_from_slice(&number.to_be_bytes());
        }
        Field::Text(text) => {
            row.push(b'T');
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            row.extend_from_slice(&length.to_be_bytes());
            row.extend_from_slice(text.as_bytes());
        }
    }
}

/// A seal in hex.
pub fn hex(hash: Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A seal read from hex.
pub fn parse(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(hash)
}

/// A seal as papers print it: `3f9a-11c2-07be-d4e0`.
pub fn short(hash: Hash) -> String {
    let text = hex(hash);
    let parts: Vec<_> = (0..16)
        .step_by(4)
        .filter_map(|at| text.get(at..at + 4))
        .collect();
    parts.join("-")
}

/// How a month's rows differ from those that were sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    Changed,
    Removed,
    Added,
    Reordered,
}

/// The first row that is not as it was sealed, by its key.
pub fn first_difference(sealed: &[Mark], found: &[Mark]) -> Option<(Difference, i64)> {
    let same = sealed.iter().zip(found).take_while(|(s, f)| s == f).count();
    let (old, new) = (
        sealed.get(same..).unwrap_or_default(),
        found.get(same..).unwrap_or_default(),
    );
    match (old.split_first(), new.split_first()) {
        (None, None) => None,
        (Some((was, _)), None) => Some((Difference::Removed, was.key)),
        (None, Some((is, _))) => Some((Difference::Added, is.key)),
        (Some((was, were)), Some((is, are))) => {
            let (lost, gained) = (!are.contains(was), !were.contains(is));
            if lost != gained && old.len() == new.len() {
                // One row became another that stands elsewhere.
                let now: HashSet<&Mark> = new.iter().collect();
                let gone = old.iter().find(|mark| !now.contains(mark));
                return Some((Difference::Changed, gone.unwrap_or(was).key));
            }
            Some(match (lost, gained) {
                (false, false) => (Difference::Reordered, is.key),
                (true, false) => (Difference::Removed, was.key),
                (false, true) => (Difference::Added, is.key),
                (true, true) => (Difference::Changed, was.key),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_as_it_is_documented() {
        // Worked out by hand from the module's words, and hashed with `sha256sum`.
        let chain = Chain::begin(None, "aPA", 202_608);
        assert_eq!(
            hex(chain.head()),
            "71eb42cbd79c3c5ebacc47a940226499b3528cac09f27d082adc4e34b0eeb43d"
        );
    }

    #[test]
    fn each_field_the_order_and_the_month_before_count() {
        let head = |previous, rows: &[(&str, Field<'_>)]| {
            let mut chain = Chain::begin(previous, "aPA", 202_608);
            for (table, field) in rows {
                chain.add(table, 1, &[*field]);
            }
            chain.head()
        };
        let rows = [("a", Field::Number(1)), ("b", Field::Text("1"))];
        let sealed = head(None, &rows);
        assert_eq!(head(None, &rows), sealed);
        for (previous, other) in [
            (Some([1; 32]), vec![rows[0], rows[1]]),
            (None, vec![rows[1], rows[0]]),
            (None, vec![rows[0]]),
            (None, vec![("a", Field::Number(2)), rows[1]]),
            (None, vec![("a", Field::Text("1")), rows[1]]),
            (None, vec![("a", Field::Nothing), rows[1]]),
            (None, vec![("b", Field::Number(1)), rows[1]]),
        ] {
            assert_ne!(head(previous, &other), sealed, "{other:?}");
        }
    }

    #[test]
    fn the_first_row_that_differs_is_named_with_how() {
        let mark = |(key, hash): (i64, u8)| Mark {
            key,
            hash: [hash; 8],
        };
        let sealed = [(1, 1), (2, 2), (3, 3)].map(mark);
        for (found, expected) in [
            (vec![(1, 1), (2, 2), (3, 3)], None),
            (vec![(1, 1), (2, 9), (3, 3)], Some((Difference::Changed, 2))),
            (vec![(1, 1), (3, 3)], Some((Difference::Removed, 2))),
            (vec![(1, 1), (2, 2)], Some((Difference::Removed, 3))),
            (
                vec![(1, 1), (9, 9), (2, 2), (3, 3)],
                Some((Difference::Added, 9)),
            ),
            (
                vec![(1, 1), (2, 2), (3, 3), (4, 4)],
                Some((Difference::Added, 4)),
            ),
            (vec![(0, 9), (1, 1), (2, 2)], Some((Difference::Changed, 3))),
            (
                vec![(2, 2), (1, 1), (3, 3)],
                Some((Difference::Reordered, 2)),
            ),
        ] {
            let marks: Vec<_> = found.iter().copied().map(mark).collect();
            assert_eq!(first_difference(&sealed, &marks), expected, "{found:?}");
        }
    }

    #[test]
    fn marks_and_seals_come_back_as_they_were_kept() {
        let marks = [-1, 0, 7].map(|key| Mark { key, hash: [3; 8] });
        let bytes: Vec<u8> = marks.iter().flat_map(|m| m.to_bytes()).collect();
        assert_eq!(Mark::read(&bytes).unwrap(), marks);
        assert_eq!(Mark::read(&bytes[1..]), None);
        let hash = Chain::begin(None, "aPA", 202_608).head();
        assert_eq!(parse(&hex(hash)), Some(hash));
        assert_eq!(parse("zz"), None);
        assert_eq!(short([0xab; 32]), "abab-abab-abab-abab");
    }
}
