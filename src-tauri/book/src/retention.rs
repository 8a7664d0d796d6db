//! Which backups are kept: each hour's last for a day, each day's for two weeks, each week's for
//! two months, each month's for a year; those made by hand or before the book was replaced, always.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDateTime, TimeDelta, Timelike};

/// The newest are kept however old they are.
const ALWAYS: usize = 3;

/// A backup as the rule sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    pub(crate) made: NaiveDateTime,
    /// Made by hand, or before a migration or a restore.
    pub(crate) stays: bool,
}

/// Which of the backups, newest first, have served: their places in the list.
pub(crate) fn served(backups: &[Kept], now: NaiveDateTime) -> Vec<usize> {
    let mut filled = BTreeSet::new();
    backups
        .iter()
        .enumerate()
        .filter(|(at, backup)| {
            // The first of a span that comes by is its newest.
            let is_needed = span_of(backup.made, now).is_some_and(|span| filled.insert(span));
            *at >= ALWAYS && !backup.stays && !is_needed
        })
        .map(|(at, _)| at)
        .collect()
}

/// The hour, day, week or month that a backup stands for; none where it is too old.
fn span_of(made: NaiveDateTime, now: NaiveDateTime) -> Option<(u8, i32, u32)> {
    let age = now - made;
    let day = made.num_days_from_ce();
    if age < TimeDelta::days(1) {
        Some((0, day, made.hour()))
    } else if age < TimeDelta::days(14) {
        Some((1, day, 0))
    } else if age < TimeDelta::days(61) {
        Some((2, made.iso_week().year(), made.iso_week().week()))
    } else if age < TimeDelta::days(366) {
        Some((3, made.year(), made.month()))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn the_last_of_each_hour_day_week_and_month_is_kept() {
        // Newest first; now is Saturday, 28 November 2026, 14:30. `-` stands before what goes.
        let told = "
            + 2026-11-28 14:20   the newest three, always
            + 2026-11-28 14:10
            + 2026-11-28 14:00
            + 2026-11-28 13:50   its hour's newest
            - 2026-11-28 13:10
            + 2026-11-27 15:00   hour 15 of yesterday, less than a day ago
            + 2026-11-27 13:00   its day's newest of those older than a day
            - 2026-11-27 09:00
            + 2026-11-15 08:00   13 days: its day's only one
            + 2026-11-13 08:00   week 46 (9 to 15 November)
            - 2026-11-10 08:00   week 46 again
            + 2026-11-08 08:00   week 45
            + 2026-09-20 08:00   September's newest older than 61 days
            - 2026-09-01 08:00
            + 2026-01-31 08:00
            - 2025-11-20 08:00   older than a year
        ";
        let lines: Vec<&str> = told
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        let backups: Vec<Kept> = lines
            .iter()
            .map(|line| Kept {
                made: at(&line[2..18]),
                stays: false,
            })
            .collect();
        let goes = served(&backups, at("2026-11-28 14:30"));
        for (place, line) in lines.iter().enumerate() {
            assert_eq!(goes.contains(&place), line.starts_with('-'), "{line}");
        }
    }

    #[test]
    fn made_by_hand_or_before_a_restore_stays() {
        let old = at("2020-01-01 00:00");
        let backups = [Kept {
            made: old,
            stays: true,
        }; 9];
        assert_eq!(
            served(&backups, at("2026-11-28 14:30")),
            Vec::<usize>::new()
        );
        let backups = [Kept {
            made: old,
            stays: false,
        }; 5];
        assert_eq!(served(&backups, at("2026-11-28 14:30")), vec![3, 4]);
    }
}
