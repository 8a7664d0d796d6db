//! The seal of a closed month: a SHA-256 chain over its rows, each linked to the last, that
//! begins with the seal of the month before.
//!
//! Any program can work it out again. A field is one byte that says what it is and then itself:
//! `N` nothing; `I` a whole number, 8 bytes, big-endian, two's complement; `T` a text, its length
//! in bytes as 4 bytes, big-endian, and its UTF-8. A row is its table's name as a text, the number
//! of its fields as a number, and its fields. The chain begins with the 32 bytes of the month
//! before (zeros for the first) in front of the row `seal`, with the hub's id and the month as
//! yyyymm. In a seal of version 1 or 2 each link is SHA-256 of the link before and the row; since
//! version 3 of the link before and the SHA-256 of the row. The last link is the seal. Which rows
//! and fields, and their order, are the queries of `store/query/seal.rs`.
//!
//! Since version 4 charges are linked in blocks of 1,024 keys: of each block that holds any of the
//! month, the row `charge_block` with its number (0 has the keys 1 to 1,024), how many of the month
//! it holds, and its hash in hex. That is the SHA-256 of their fields alone, one charge after the
//! other in the order of their keys (which fields, `store/block.rs` says), with numbers written short: doubled, or where they are below
//! zero doubled, turned positive and less one; then in groups of 7 bits, lowest first, each but the
//! last with the bit 0x80.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::mix::{mix_bytes, spread};

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

/// How marks lie in the book. What does not hold is found by the chain; they only say where, for
/// which half of the bytes is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkForm {
    /// 16 bytes a row, of seals of version 1 and 2: the key, big-endian, and 8 bytes of the hash.
    Wide,
    /// How far the key is from the one before, as blocks write numbers, and 4 bytes of the hash.
    Short,
}

impl MarkForm {
    /// How the marks of a seal's version lie.
    pub fn of(version: i64) -> Self {
        if version < 3 { Self::Wide } else { Self::Short }
    }

    pub fn write(self, marks: &[Mark]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(marks.len() * 6);
        let mut before = 0;
        for mark in marks {
            match self {
                Self::Wide => {
                    bytes.extend_from_slice(&mark.key.to_be_bytes());
                    bytes.extend_from_slice(&mark.hash);
                }
                Self::Short => {
                    put_short(&mut bytes, mark.key.wrapping_sub(before));
                    bytes.extend(mark.hash.iter().take(SHORT_HASH));
                    before = mark.key;
                }
            }
        }
        bytes
    }

    /// Marks as they lie in the book; none where their bytes are cut off.
    pub fn read(self, mut bytes: &[u8]) -> Option<Vec<Mark>> {
        let mut marks = Vec::new();
        let mut before: i64 = 0;
        while !bytes.is_empty() {
            let mut hash = [0; 8];
            let key = match self {
                Self::Wide => {
                    let (key, rest) = bytes.split_first_chunk::<8>()?;
                    let (own, rest) = rest.split_first_chunk::<8>()?;
                    hash = *own;
                    bytes = rest;
                    i64::from_be_bytes(*key)
                }
                Self::Short => {
                    let (distance, rest) = take_short(bytes)?;
                    let (own, rest) = rest.split_first_chunk::<SHORT_HASH>()?;
                    hash.iter_mut().zip(own).for_each(|(to, from)| *to = *from);
                    bytes = rest;
                    before = before.wrapping_add(distance);
                    before
                }
            };
            marks.push(Mark { key, hash });
        }
        Some(marks)
    }

    /// As a mark is once it was kept and read again.
    fn shortened(self, mark: Mark) -> Mark {
        let mut hash = mark.hash;
        if self == Self::Short {
            hash.iter_mut().skip(SHORT_HASH).for_each(|byte| *byte = 0);
        }
        Mark { hash, ..mark }
    }
}

/// How many bytes of a row's hash a short mark keeps.
const SHORT_HASH: usize = 4;

fn put_short(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned();
    loop {
        let [low, ..] = (rest & 0x7f).to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn take_short(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut value: u64 = 0;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            let number = (value >> 1).cast_signed() ^ -((value & 1).cast_signed());
            return Some((number, bytes.get(at + 1..)?));
        }
    }
    None
}

/// A chain as far as it goes.
#[derive(Clone, Debug)]
pub struct Chain {
    link: Hash,
    /// The bytes of the row that is put together.
    row: Vec<u8>,
    /// Whether rows are linked by their hash.
    by_hash: bool,
    marks: MarkForm,
}

impl Chain {
    /// The beginning of a month's chain of a version, behind the seal of the month before.
    pub fn begin(version: i64, previous: Option<Hash>, hub: &str, month: i64) -> Self {
        let mut chain = Self {
            link: previous.unwrap_or_default(),
            row: Vec::new(),
            by_hash: version >= 3,
            marks: MarkForm::of(version),
        };
        chain.add("seal", 0, &[Field::Text(hub), Field::Number(month)]);
        chain
    }

    /// Links a row.
    pub fn add(&mut self, table: &str, key: i64, fields: &[Field<'_>]) -> Mark {
        self.begin_row(table, fields.len());
        for field in fields {
            self.put(*field);
        }
        self.link_row(key)
    }

    /// Begins a row of so many fields, which are put one after the other.
    pub fn begin_row(&mut self, table: &str, width: usize) {
        self.row.clear();
        put(&mut self.row, Field::Text(table));
        let count = i64::try_from(width).unwrap_or(i64::MAX);
        put(&mut self.row, Field::Number(count));
    }

    pub fn put(&mut self, field: Field<'_>) {
        put(&mut self.row, field);
    }

    /// Puts fields that were written before, as many rows have them.
    pub fn put_written(&mut self, fields: &WrittenFields) {
        self.row.extend_from_slice(&fields.0);
    }

    /// Links the row that was put together.
    pub fn link_row(&mut self, key: i64) -> Mark {
        let own: Hash = Sha256::digest(&self.row).into();
        let link = Sha256::new().chain_update(self.link);
        let link = if self.by_hash {
            link.chain_update(own)
        } else {
            link.chain_update(&self.row)
        };
        self.link = link.finalize().into();
        let mut hash = [0; 8];
        hash.copy_from_slice(own.split_at(8).0);
        self.marks.shortened(Mark { key, hash })
    }

    /// The last link.
    pub fn head(&self) -> Hash {
        self.link
    }
}

/// Fields in the bytes that are hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFields(Vec<u8>);

impl WrittenFields {
    pub fn of(fields: &[Field<'_>]) -> Self {
        let mut bytes = Vec::new();
        for field in fields {
            put(&mut bytes, *field);
        }
        Self(bytes)
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

/// How many keys a block spans.
pub const BLOCK_KEYS: i64 = 1_024;

/// The number of the block that a key lies in.
pub fn block_of(key: i64) -> i64 {
    key.saturating_sub(1).div_euclid(BLOCK_KEYS)
}

/// The first key of a block and its last.
pub fn keys_of(block: i64) -> (i64, i64) {
    let first = block.saturating_mul(BLOCK_KEYS).saturating_add(1);
    (first, first.saturating_add(BLOCK_KEYS - 1))
}

/// Rows that are hashed together, as they are put into it one after the other. A row's mark is not of
/// its SHA-256, which would take as long again, but of a fast hash: it only says where.
#[derive(Clone, Debug, Default)]
pub struct Block {
    bytes: Vec<u8>,
    /// Where the row begins that is put together.
    row: usize,
    marks: Vec<Mark>,
}

impl Block {
    pub fn put(&mut self, field: Field<'_>) {
        match field {
            Field::Number(number) => {
                self.bytes.push(b'I');
                put_short(&mut self.bytes, number);
            }
            other => put(&mut self.bytes, other),
        }
    }

    /// Ends the row that was put together.
    pub fn end_row(&mut self, key: i64) {
        let row = self.bytes.get(self.row..).unwrap_or_default();
        let hash = spread(mix_bytes(0, row)).to_be_bytes();
        self.marks
            .push(MarkForm::Short.shortened(Mark { key, hash }));
        self.row = self.bytes.len();
    }

    /// SHA-256 of all rows that were ended.
    pub fn hash(&self) -> Hash {
        let rows = self.bytes.get(..self.row).unwrap_or_default();
        Sha256::digest(rows).into()
    }

    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Begins anew, in the same memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.marks.clear();
        self.row = 0;
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
        for (version, sealed) in [
            (
                2,
                "71eb42cbd79c3c5ebacc47a940226499b3528cac09f27d082adc4e34b0eeb43d",
            ),
            (
                3,
                "54614302c217096bffa040d36acb1679062d8ba81d4fabf6630e3141ad6240da",
            ),
        ] {
            let chain = Chain::begin(version, None, "aPA", 202_608);
            assert_eq!(hex(chain.head()), sealed);
        }
    }

    #[test]
    fn written_fields_are_as_if_they_were_put_one_by_one() {
        let fields = [Field::Nothing, Field::Number(-7), Field::Text("ä")];
        let mut chain = Chain::begin(3, None, "aPA", 202_608);
        let mut written = chain.clone();
        let mark = chain.add("a", 5, &fields);
        written.begin_row("a", fields.len());
        written.put_written(&WrittenFields::of(&fields));
        assert_eq!(written.link_row(5), mark);
        assert_eq!(written.head(), chain.head());
    }

    #[test]
    fn a_block_is_hashed_as_it_is_documented() {
        // `printf 'NI\x01I\xac\x02T\x00\x00\x00\x02\xc3\xa4I\x00' | sha256sum`: two rows of three
        // fields and two.
        let mut block = Block::default();
        assert_eq!(
            hex(block.hash()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        for (key, fields) in [
            (
                7,
                &[Field::Nothing, Field::Number(-1), Field::Number(150)][..],
            ),
            (9, &[Field::Text("ä"), Field::Number(0)]),
        ] {
            for field in fields {
                block.put(*field);
            }
            block.end_row(key);
        }
        let whole = block.hash();
        assert_eq!(
            hex(whole),
            "9a5c5a46198813ccbdf8ac9bee9a04a1195df6ee28e73c752d99dc27c6684971"
        );
        let keys: Vec<_> = block.marks().iter().map(|mark| mark.key).collect();
        assert_eq!(keys, [7, 9]);
        // A row that was not ended is not in it.
        block.put(Field::Number(1));
        assert_eq!(block.hash(), whole);
        block.clear();
        assert!(block.marks().is_empty());
    }

    #[test]
    fn a_block_spans_1024_keys() {
        for (key, block) in [
            (1, 0),
            (1_024, 0),
            (1_025, 1),
            (0, -1),
            (-1_023, -1),
            (-1_024, -2),
        ] {
            assert_eq!(block_of(key), block, "{key}");
            let (first, last) = keys_of(block);
            assert!((first..=last).contains(&key), "{key}: {first} to {last}");
        }
        assert_eq!(keys_of(2), (2_049, 3_072));
        assert!(block_of(i64::MIN) < block_of(i64::MAX));
    }

    #[test]
    fn a_mark_in_a_block_tells_any_field() {
        let mark = |fields: &[Field<'_>]| {
            let mut block = Block::default();
            fields.iter().for_each(|field| block.put(*field));
            block.end_row(1);
            block.marks().first().copied()
        };
        let rows = [
            &[Field::Number(1), Field::Number(2)][..],
            &[Field::Number(2), Field::Number(1)],
            &[Field::Number(1), Field::Nothing],
            &[Field::Number(1), Field::Text("2")],
            &[Field::Number(1), Field::Number(2), Field::Nothing],
        ];
        let marks: HashSet<_> = rows.iter().map(|row| mark(row)).collect();
        assert_eq!(marks.len(), rows.len());
    }

    #[test]
    fn each_field_the_order_and_the_month_before_count() {
        for version in [2, 3] {
            each_counts(version);
        }
    }

    fn each_counts(version: i64) {
        let head = |previous, rows: &[(&str, Field<'_>)]| {
            let mut chain = Chain::begin(version, previous, "aPA", 202_608);
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
        let keys = [-1, 0, 7, 300, 5, i64::MAX, i64::MIN, 0];
        for (form, size) in [(MarkForm::Wide, 16 * keys.len()), (MarkForm::Short, 60)] {
            let marks = keys.map(|key| {
                form.shortened(Mark {
                    key,
                    hash: [3, 1, 4, 1, 5, 9, 2, 6],
                })
            });
            let bytes = form.write(&marks);
            assert_eq!(bytes.len(), size);
            assert_eq!(form.read(&bytes).unwrap(), marks);
            assert_eq!(form.read(&bytes[..size - 1]), None);
            assert_eq!(form.read(&[]).unwrap(), []);
        }
        assert_eq!(MarkForm::Short.read(&[0xff; 20]), None);
        let hash = Chain::begin(2, None, "aPA", 202_608).head();
        assert_eq!(parse(&hex(hash)), Some(hash));
        assert_eq!(parse("zz"), None);
        assert_eq!(short([0xab; 32]), "abab-abab-abab-abab");
    }
}
