//! Parts that the tables of an invoice share.

use std::collections::BTreeMap;

use hubledger_core::hub_invoice::InvoicedChannel;

use crate::layout::{Cell, Column, Paragraph, Row, RowKind, Style, Width};
use crate::words;

/// A channel's name, or its phone number for want of one; and the phone number beside a name.
pub(crate) fn channel_names(channel: &InvoicedChannel) -> (String, String) {
    let phone = words::phone(&channel.phone);
    if channel.name.trim().is_empty() {
        (phone, String::new())
    } else {
        (channel.name.clone(), phone)
    }
}

/// Smaller things behind a name, each set off by a dot that no line ends with.
pub(crate) fn set_off(things: &[&str]) -> String {
    let told = things.iter().filter(|thing| !thing.is_empty());
    told.map(|thing| format!(" ·\u{a0}{thing}")).collect()
}

pub(crate) fn column(head: &str, width: Width, to_the_right: bool) -> Column {
    Column {
        head: head.to_owned(),
        width,
        to_the_right,
    }
}

pub(crate) fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row {
        kind,
        cells,
        running: None,
        continued: None,
    }
}

pub(crate) fn group_head(name: &str, more: &str, style: Style, continued: &str) -> Row {
    let head = Paragraph::new(name, style.bold()).and(more, style.quiet());
    let continued = head.clone().and(set_off(&[continued]), style.quiet());
    Row {
        kind: RowKind::GroupHead,
        cells: vec![head.into()],
        running: None,
        continued: Some(continued),
    }
}

/// Items by a key, each group and the groups in the order of first appearance.
pub(crate) fn grouped<T, K: Ord + Clone>(items: &[T], key: impl Fn(&T) -> K) -> Vec<(K, Vec<&T>)> {
    let mut places: BTreeMap<K, usize> = BTreeMap::new();
    let mut groups: Vec<(K, Vec<&T>)> = Vec::new();
    for item in items {
        let key = key(item);
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_in_the_order_in_which_they_first_appear() {
        let groups = grouped(&["b1", "a1", "b2", "c1", "a2"], |name| name.chars().next());
        let shown: Vec<String> = groups
            .iter()
            .map(|(_, names)| names.iter().copied().copied().collect())
            .collect();
        assert_eq!(shown, ["b1b2", "a1a2", "c1"]);
    }
}
