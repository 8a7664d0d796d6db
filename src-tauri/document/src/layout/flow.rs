//! How the rows of a table fall on pages. Works on heights alone, so that its rules can be tested
//! without a page: a group head never stands last, a sum never first, totals stay together, and
//! where lines go on, there is room to carry their sum forward.

use std::ops::Range;

use super::content::RowKind;

/// A row as the page sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) kind: RowKind,
    pub(super) height: f32,
}

/// What a page offers to a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// On the page where the table begins, below its head.
    pub(super) first: f32,
    /// The same, where it begins at the top of a page.
    pub(super) first_on_new_page: f32,
    /// On a whole page, below the repeated head.
    pub(super) full: f32,
    /// *Carried forward* and *brought forward*, each.
    pub(super) carry: f32,
}

/// The rows of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) rows: Range<usize>,
    /// The head of the group that goes on from the page before.
    pub(super) continued: Option<usize>,
}

/// Where the rows go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Whether the table begins on a new page, for lack of room on this one.
    pub(super) begins_on_new_page: bool,
    pub(super) parts: Vec<Part>,
}

/// Plans a table; fails with the row that fits on no page.
pub(super) fn plan(blocks: &[Block], room: Room, whole_or_new_page: bool) -> Result<Plan, usize> {
    let height: f32 = blocks.iter().map(|b| b.height).sum();
    let units = units(blocks);
    let first_unit = units
        .first()
        .map_or(0.0, |u| height_of(blocks, u) + room.carry);
    let begins_on_new_page = height > room.first && (whole_or_new_page || first_unit > room.first);
    let mut left = if begins_on_new_page {
        room.first_on_new_page
    } else {
        room.first
    };
    let mut parts = vec![Part {
        rows: 0..0,
        continued: None,
    }];
    for unit in units {
        let carry = if goes_on(blocks, unit.end) {
            room.carry
        } else {
            0.0
        };
        let height = height_of(blocks, &unit);
        if height + carry > left {
            let continued = group_at(blocks, unit.start);
            left = room.full
                - room.carry
                - continued.map_or(0.0, |at| height_of(blocks, &(at..at + 1)));
            parts.push(Part {
                rows: unit.start..unit.start,
                continued,
            });
        }
        if height + carry > left {
            return Err(unit.start);
        }
        left -= height;
        if let Some(part) = parts.last_mut() {
            part.rows.end = unit.end;
        }
    }
    parts.retain(|part| !part.rows.is_empty());
    Ok(Plan {
        begins_on_new_page,
        parts,
    })
}

/// Runs of rows that no page end may part.
fn units(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for at in 0..blocks.len() {
        let glued = at > 0 && is_glued(blocks.get(at - 1), blocks.get(at));
        match units.last_mut() {
            Some(unit) if glued => unit.end = at + 1,
            _ => units.push(at..at + 1),
        }
    }
    units
}

/// A head holds on to what follows, a sum to what it sums.
fn is_glued(before: Option<&Block>, after: Option<&Block>) -> bool {
    matches!(before.map(|b| b.kind), Some(RowKind::GroupHead))
        || after.is_some_and(|b| !matches!(b.kind, RowKind::GroupHead | RowKind::Line))
}

fn height_of(blocks: &[Block], rows: &Range<usize>) -> f32 {
    blocks
        .get(rows.clone())
        .unwrap_or_default()
        .iter()
        .map(|b| b.height)
        .sum()
}

fn goes_on(blocks: &[Block], from: usize) -> bool {
    blocks
        .get(from..)
        .unwrap_or_default()
        .iter()
        .any(|b| b.kind == RowKind::Line)
}

/// The head of the group that a row goes on with; none where the row begins one, or stands outside.
fn group_at(blocks: &[Block], row: usize) -> Option<usize> {
    if blocks
        .get(row)
        .is_some_and(|b| b.kind == RowKind::GroupHead)
    {
        return None;
    }
    let before = blocks.get(..row)?;
    let last = before.iter().rposition(|b| b.kind != RowKind::Line)?;
    before
        .get(last)
        .filter(|b| b.kind == RowKind::GroupHead)
        .map(|_| last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `H` group head, `L` line, `S` sum, `T` total; each 10 high.
    fn blocks(kinds: &str) -> Vec<Block> {
        kinds
            .chars()
            .map(|c| Block {
                kind: match c {
                    'H' => RowKind::GroupHead,
                    'L' => RowKind::Line,
                    'S' => RowKind::Sum,
                    _ => RowKind::Total,
                },
                height: 10.0,
            })
            .collect()
    }

    fn shown(kinds: &str, first: f32, full: f32) -> Vec<String> {
        let room = Room {
            first,
            first_on_new_page: full,
            full,
            carry: 10.0,
        };
        let plan = plan(&blocks(kinds), room, false).unwrap();
        let parts = plan.parts.iter().map(|part| {
            let continued = if part.continued.is_some() { "c" } else { "" };
            format!("{continued}{}", &kinds[part.rows.clone()])
        });
        parts.collect()
    }

    #[test]
    fn pages_end_where_the_rules_allow() {
        for (kinds, first, full, pages) in [
            ("LLLL", 40.0, 60.0, vec!["LLLL"]),
            // The last line of a page leaves room for the sum carried forward.
            ("LLLLL", 40.0, 60.0, vec!["LLL", "LL"]),
            // A group head goes with its first line, and is named again where the group goes on.
            ("LLHLLS", 40.0, 60.0, vec!["LL", "HLLS"]),
            ("HLLLLS", 40.0, 60.0, vec!["HLL", "cLLS"]),
            // A sum keeps its last line, and totals stay with them.
            ("LLLTTT", 50.0, 70.0, vec!["LL", "LTTT"]),
            ("HLSHLSTT", 60.0, 90.0, vec!["HLS", "HLSTT"]),
        ] {
            assert_eq!(shown(kinds, first, full), pages, "{kinds}");
        }
    }

    #[test]
    fn a_table_begins_on_a_new_page_where_its_first_rows_do_not_fit() {
        let room = Room {
            first: 15.0,
            first_on_new_page: 100.0,
            full: 100.0,
            carry: 10.0,
        };
        assert!(
            plan(&blocks("HLLS"), room, false)
                .unwrap()
                .begins_on_new_page
        );
        let room = Room {
            first: 35.0,
            first_on_new_page: 100.0,
            full: 100.0,
            carry: 10.0,
        };
        assert!(
            !plan(&blocks("HLLLLS"), room, false)
                .unwrap()
                .begins_on_new_page
        );
        assert!(
            plan(&blocks("HLLLLS"), room, true)
                .unwrap()
                .begins_on_new_page
        );
    }

    #[test]
    fn a_row_that_fits_on_no_page_is_told() {
        let room = Room {
            first: 50.0,
            first_on_new_page: 50.0,
            full: 50.0,
            carry: 10.0,
        };
        assert_eq!(plan(&blocks("LLLTTTTTT"), room, false), Err(2));
    }

    /// A small generator of repeatable numbers, so that no test depends on chance.
    fn random(seed: &mut u64, below: u64) -> u64 {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    }

    #[test]
    fn any_table_keeps_the_rules_on_every_page() {
        let mut seed = 42;
        for _ in 0..2000 {
            let mut table = Vec::new();
            for _ in 0..=random(&mut seed, 6) {
                let grouped = random(&mut seed, 2) == 0;
                table.extend(grouped.then_some(RowKind::GroupHead));
                table.extend(vec![
                    RowKind::Line;
                    1 + usize::try_from(random(&mut seed, 30)).unwrap()
                ]);
                table.extend(grouped.then_some(RowKind::Sum));
            }
            table.extend([RowKind::Total, RowKind::Total, RowKind::GrandTotal]);
            let blocks: Vec<Block> = table
                .iter()
                .map(|kind| Block {
                    kind: *kind,
                    height: 10.0 + f32::from(u8::try_from(random(&mut seed, 40)).unwrap()),
                })
                .collect();
            let room = Room {
                first: 120.0,
                first_on_new_page: 700.0,
                full: 700.0,
                carry: 15.0,
            };
            check(&blocks, room, &plan(&blocks, room, false).unwrap());
        }
    }

    fn check(blocks: &[Block], room: Room, plan: &Plan) {
        let rows: Vec<usize> = plan
            .parts
            .iter()
            .flat_map(|part| part.rows.clone())
            .collect();
        assert_eq!(
            rows,
            (0..blocks.len()).collect::<Vec<_>>(),
            "each row once, in order"
        );
        for (at, part) in plan.parts.iter().enumerate() {
            let is_last = at + 1 == plan.parts.len();
            let kinds: Vec<RowKind> = blocks[part.rows.clone()].iter().map(|b| b.kind).collect();
            assert!(
                matches!(kinds[0], RowKind::GroupHead | RowKind::Line),
                "{kinds:?}"
            );
            assert_ne!(kinds.last(), Some(&RowKind::GroupHead));
            let mut used: f32 = blocks[part.rows.clone()].iter().map(|b| b.height).sum();
            used += part.continued.map_or(0.0, |head| blocks[head].height);
            used += if at > 0 { room.carry } else { 0.0 };
            used += if is_last { 0.0 } else { room.carry };
            let first = at == 0 && !plan.begins_on_new_page;
            assert!(used <= if first { room.first } else { room.full } + 0.01);
            let totals = kinds
                .iter()
                .filter(|k| matches!(k, RowKind::Total | RowKind::GrandTotal))
                .count();
            assert_eq!(totals, if is_last { 3 } else { 0 });
        }
    }
}
