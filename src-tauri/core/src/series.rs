//! Numbers of client invoices: a pattern with one counter, which begins anew with each year or
//! month that the pattern names. Drafts have no number; one is taken when an invoice is issued.

use std::fmt::Write as _;

use chrono::Datelike;

use crate::error::Error;
use crate::period::Date;

/// Longest pattern, and longest number that comes of it.
const LONGEST_NUMBER: usize = 40;
/// Most digits that a counter is filled up to.
const WIDEST_COUNTER: usize = 9;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Year,
    ShortYear,
    Month,
    /// Filled up with zeros to so many digits.
    Counter(usize),
}

/// How numbers of a series are written, such as `{YYYY}/{####}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPattern {
    text: String,
    parts: Vec<Part>,
}

/// A number with its place in its series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesNumber {
    pub number: String,
    /// What the counter counts in: a year, a month, or everything (empty).
    pub period: String,
    /// From 1, without gaps.
    pub counter: u32,
}

impl NumberPattern {
    /// Reads a pattern: text of letters, digits and `/-._`, `{YYYY}` or `{YY}`, `{MM}`, and one
    /// counter such as `{####}`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let unusable = |reason| Error::UnusablePattern {
            pattern: text.chars().take(LONGEST_NUMBER).collect(),
            reason,
        };
        if text.len() > LONGEST_NUMBER {
            return Err(unusable("it is longer than 40 characters"));
        }
        let parts = parts_of(text).map_err(unusable)?;
        let has = |wanted: fn(&Part) -> bool| parts.iter().filter(|p| wanted(p)).count();
        let years = has(|p| matches!(p, Part::Year | Part::ShortYear));
        let months = has(|p| matches!(p, Part::Month));
        match has(|p| matches!(p, Part::Counter(_))) {
            0 => return Err(unusable("it has no counter, such as {####}")),
            1 => {}
            _ => return Err(unusable("it has more than one counter")),
        }
        if years > 1 || months > 1 {
            return Err(unusable("it names the year or the month twice"));
        }
        if months == 1 && years == 0 {
            return Err(unusable(
                "with a month and no year its numbers would come again next year",
            ));
        }
        Ok(Self {
            text: text.to_owned(),
            parts,
        })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the counter counts in on a day: `2026`, `2026-11`, or everything.
    pub fn period(&self, on: Date) -> String {
        let names = |wanted: &[Part]| self.parts.iter().any(|p| wanted.contains(p));
        if names(&[Part::Month]) {
            on.format("%Y-%m").to_string()
        } else if names(&[Part::Year, Part::ShortYear]) {
            on.format("%Y").to_string()
        } else {
            String::new()
        }
    }

    /// The number that a day and a counter give.
    pub fn number(&self, on: Date, counter: u32) -> SeriesNumber {
        let mut number = String::new();
        for part in &self.parts {
            // Writing to a string can't fail.
            let _ = match part {
                Part::Text(text) => write!(number, "{text}"),
                Part::Year => write!(number, "{:04}", on.year()),
                Part::ShortYear => write!(number, "{:02}", on.year() % 100),
                Part::Month => write!(number, "{:02}", on.month()),
                Part::Counter(width) => write!(number, "{counter:0width$}"),
            };
        }
        SeriesNumber {
            number,
            period: self.period(on),
            counter,
        }
    }

    /// Whether another pattern writes the same numbers, or some of them.
    pub fn meets(&self, other: &Self) -> bool {
        // Counters of another width give the same numbers once they are full.
        let shape = |pattern: &Self| {
            pattern
                .parts
                .iter()
                .map(|part| match part {
                    Part::Counter(_) => Part::Counter(0),
                    other => other.clone(),
                })
                .collect::<Vec<_>>()
        };
        shape(self) == shape(other)
    }
}

fn parts_of(text: &str) -> Result<Vec<Part>, &'static str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, after) = match rest.split_once('{') {
            Some((plain, after)) => (plain, Some(after)),
            None => (rest, None),
        };
        if !plain
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/-._".contains(&b))
        {
            return Err("beside its fields it may hold letters from A to Z, digits, and / - . _");
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain.to_owned()));
        }
        let Some(after) = after else {
            break;
        };
        let (field, after) = after.split_once('}').ok_or("a { has no }")?;
        parts.push(field_of(field)?);
        rest = after;
    }
    Ok(parts)
}

fn field_of(field: &str) -> Result<Part, &'static str> {
    match field {
        "YYYY" => Ok(Part::Year),
        "YY" => Ok(Part::ShortYear),
        "MM" => Ok(Part::Month),
        _ if !field.is_empty()
            && field.len() <= WIDEST_COUNTER
            && field.bytes().all(|b| b == b'#') =>
        {
            Ok(Part::Counter(field.len()))
        }
        _ => Err("its fields are {YYYY}, {YY}, {MM} and {#} to {#########}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::parse_date;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn a_number_is_written_as_its_pattern_says() {
        for (pattern, on, counter, number, period) in [
            ("{YYYY}/{####}", "2026-11-28", 42, "2026/0042", "2026"),
            ("{YY}{MM}-{###}", "2026-03-01", 7, "2603-007", "2026-03"),
            ("RE-{#}", "2026-11-28", 1200, "RE-1200", ""),
            ("{####}", "2026-11-28", 12345, "12345", ""),
            (" GS{YYYY}.{##} ", "2027-01-01", 3, "GS2027.03", "2027"),
        ] {
            let made = NumberPattern::parse(pattern)
                .unwrap()
                .number(day(on), counter);
            assert_eq!(
                (made.number.as_str(), made.period.as_str()),
                (number, period),
                "{pattern}"
            );
        }
    }

    #[test]
    fn an_unusable_pattern_is_refused_with_its_reason() {
        for (pattern, reason) in [
            ("", "no counter"),
            ("{YYYY}", "no counter"),
            ("{#}{#}", "more than one counter"),
            ("{MM}-{#}", "no year"),
            ("{YYYY}{YY}{#}", "twice"),
            ("{YYYY", "no }"),
            ("{yyyy}/{#}", "fields are"),
            ("{}{#}", "fields are"),
            ("{##########}", "fields are"),
            ("Ä{#}", "letters from A to Z"),
            ("a b{#}", "letters from A to Z"),
            ("a}{#}", "letters from A to Z"),
            (&format!("{}{{#}}", "x".repeat(40)), "longer than 40"),
        ] {
            let error = NumberPattern::parse(pattern).unwrap_err().to_string();
            assert!(error.contains(reason), "{pattern}: {error}");
        }
    }

    #[test]
    fn patterns_that_write_the_same_numbers_meet() {
        let meets = |a: &str, b: &str| {
            NumberPattern::parse(a)
                .unwrap()
                .meets(&NumberPattern::parse(b).unwrap())
        };
        assert!(meets("{YYYY}/{####}", "{YYYY}/{##}"));
        assert!(!meets("{YYYY}/{####}", "GS{YYYY}/{####}"));
    }
}
