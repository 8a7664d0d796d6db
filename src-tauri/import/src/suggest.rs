//! “Did you mean …?”: the name that a misspelt one is nearest to.

/// Longer words are not compared.
const LONGEST: usize = 60;

/// The nearest of the names, if it is near: one slip in three letters at most.
pub(crate) fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let text: Vec<char> = text
        .trim()
        .to_lowercase()
        .chars()
        .take(LONGEST + 1)
        .collect();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    names
        .into_iter()
        .map(|name| (distance(&text, name), name))
        .filter(|(slips, name)| *slips * 3 <= name.len())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// Letters to add, drop or replace to get from one word to the other.
fn distance(text: &[char], name: &str) -> usize {
    let mut above: Vec<usize> = (0..=text.len()).collect();
    for (row, n) in name.chars().enumerate() {
        let mut corner = row;
        let mut left = row + 1;
        for (cell, t) in above.iter_mut().skip(1).zip(text) {
            let up = *cell;
            left = (corner + usize::from(n != *t)).min(up + 1).min(left + 1);
            corner = up;
            *cell = left;
        }
        if let Some(first) = above.first_mut() {
            *first = row + 1;
        }
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_understood_and_another_word_is_not() {
        let names = ["marketing", "marketing_lite", "utility", "call"];
        for (text, nearest_name) in [
            ("marketting", Some("marketing")),
            ("Marketing lite", Some("marketing_lite")),
            ("utilty", Some("utility")),
            ("cal", Some("call")),
            ("referral", None),
            ("", None),
        ] {
            assert_eq!(nearest(text, names), nearest_name, "{text:?}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), names), None);
    }
}
