//! Months and days. A billing period is a calendar month; days of usage are already the local
//! days of the WABA and are never converted. Shares of a month are exact fractions of days.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::error::Error;

/// A calendar day, without a time zone.
pub type Date = NaiveDate;

/// The years that a book takes: wide enough for any real one, narrow enough to catch a typo.
const FIRST_YEAR: i32 = 2000;
const LAST_YEAR: i32 = 2199;

/// Reads `YYYY-MM-DD`, a day that exists.
pub fn parse_date(text: &str) -> Result<Date, Error> {
    let text = text.trim();
    day_of(text.as_bytes()).ok_or_else(|| Error::NotADay(text.chars().take(40).collect()))
}

/// By digits, and not by a format that is read anew for each of a file's days.
fn day_of(text: &[u8]) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = i32::try_from(number_of(&[y1, y2, y3, y4])?).ok()?;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    Date::from_ymd_opt(year, number_of(&[m1, m2])?, number_of(&[d1, d2])?)
}

/// A few digits as a number.
fn number_of(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        Some(number * 10 + char::from(*digit).to_digit(10)?)
    })
}

/// A month that is billed: a calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BillingPeriod {
    first: Date,
}

impl BillingPeriod {
    /// The month of a day.
    pub fn containing(day: Date) -> Self {
        Self {
            first: day.with_day(1).unwrap_or(day),
        }
    }

    /// A month by number, 1 to 12.
    pub fn new(year: i32, month: u32) -> Result<Self, Error> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(Error::NotAMonth(format!("{year}-{month:02}")));
        }
        Date::from_ymd_opt(year, month, 1)
            .map(|first| Self { first })
            .ok_or_else(|| Error::NotAMonth(format!("{year}-{month:02}")))
    }

    /// Reads `YYYY-MM`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let refused = || Error::NotAMonth(text.chars().take(40).collect());
        if text.len() != 7 {
            return Err(refused());
        }
        parse_date(&format!("{text}-01"))
            .map(Self::containing)
            .map_err(|_| refused())
    }

    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.first.month()
    }

    pub fn first_day(self) -> Date {
        self.first
    }

    pub fn last_day(self) -> Date {
        self.next().first.pred_opt().unwrap_or(self.first)
    }

    /// 28 to 31.
    pub fn days(self) -> u32 {
        self.last_day().day()
    }

    pub fn contains(self, day: Date) -> bool {
        Self::containing(day) == self
    }

    pub fn next(self) -> Self {
        let (year, month) = if self.month() == 12 {
            (self.year() + 1, 1)
        } else {
            (self.year(), self.month() + 1)
        };
        Self {
            first: Date::from_ymd_opt(year, month, 1).unwrap_or(self.first),
        }
    }

    pub fn previous(self) -> Self {
        Self::containing(self.first.pred_opt().unwrap_or(self.first))
    }

    /// Whether the month is over on a day: its last day lies before it.
    pub fn is_over(self, today: Date) -> bool {
        self.last_day() < today
    }

    /// The months from this one to `last`, both counted; none if `last` lies before.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |m| Some(m.next())).take_while(move |m| *m <= last)
    }
}

/// `2026-08`.
impl fmt::Display for BillingPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// An exact share of a month: `days ÷ of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub days: u32,
    pub of: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert!(parse_date("2028-02-29").is_ok());
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "2026-/1-01",
            "2026-01-+1",
            "+026-01-01",
            "２026-01-01",
            "01.02.2026",
            "1999-12-31",
            "",
            "2026-08-17T00:00",
        ] {
            assert!(parse_date(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn months_know_their_days_and_neighbours() {
        for (month, days, next) in [
            ("2026-02", 28, "2026-03"),
            ("2028-02", 29, "2028-03"),
            ("2026-12", 31, "2027-01"),
            ("2026-09", 30, "2026-10"),
        ] {
            let period = BillingPeriod::parse(month).unwrap();
            assert_eq!(
                (period.days(), period.next().to_string()),
                (days, next.to_owned())
            );
            assert_eq!(period.next().previous(), period);
        }
    }

    #[test]
    fn a_month_is_over_on_the_day_after_its_last() {
        let august = BillingPeriod::parse("2026-08").unwrap();
        assert!(!august.is_over(parse_date("2026-08-31").unwrap()));
        assert!(august.is_over(parse_date("2026-09-01").unwrap()));
    }
}
