//! Instants of the Partner API by the local day that they fall on. A day of the books is the WABA's
//! own; `2026-08-31T22:30:00Z` is the first of September in Berlin, and the last of August in London.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDateTime};
use hubledger_core::period::{Date, parse_date};
use jiff::Timestamp;
pub use jiff::tz::TimeZone;
use jiff::tz::TimeZoneDatabase;

/// The longest text that can be an instant.
const LONGEST: usize = 40;

/// The zones that the program brings along, whatever this machine has: a day is the same on all.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// What a cell tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A day, local already.
    Day(Date),
    /// An instant, in UTC.
    Instant(NaiveDateTime),
}

impl When {
    /// Reads `2026-08-17`, or an instant with its offset: `2026-08-17T09:12:00.5Z`, `…+02:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        if let Ok(day) = parse_date(text) {
            return Some(Self::Day(day));
        }
        let instant = DateTime::parse_from_rfc3339(text).ok()?.naive_utc();
        // The years that a book takes.
        parse_date(&instant.date().to_string()).ok()?;
        Some(Self::Instant(instant))
    }

    /// The local day; none for an instant where no time zone is known.
    pub fn local_day(self, zone: Option<&TimeZone>) -> Option<Date> {
        match (self, zone) {
            (Self::Day(day), _) => Some(day),
            (Self::Instant(at), Some(zone)) => {
                let at = Timestamp::from_second(at.and_utc().timestamp()).ok()?;
                parse_date(&zone.to_datetime(at).date().to_string()).ok()
            }
            (Self::Instant(_), None) => None,
        }
    }
}

/// A time zone by its IANA name, in any case of letters.
pub fn zone(name: &str) -> Option<TimeZone> {
    let known = ZONES.get(name.trim()).ok()?;
    // `Etc/Unknown` is a name of IANA's too, with the days of UTC.
    (!known.is_unknown()).then_some(known)
}

/// The name that IANA gives a time zone.
pub fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
    use proptest::prelude::*;

    use super::*;

    fn day_in(instant: &str, name: &str) -> String {
        let when = When::parse(instant).unwrap();
        when.local_day(zone(name).as_ref()).unwrap().to_string()
    }

    #[test]
    fn an_instant_is_the_local_day_of_its_zone() {
        for (instant, name, day) in [
            // The end of a quarter, a month of 30 days, of 31, and a year.
            ("2026-09-30T21:59:59Z", "Europe/Berlin", "2026-09-30"),
            ("2026-09-30T22:00:00Z", "Europe/Berlin", "2026-10-01"),
            ("2026-09-30T22:00:00Z", "Europe/London", "2026-09-30"),
            ("2026-09-30T22:00:00Z", "America/Sao_Paulo", "2026-09-30"),
            ("2026-10-01T02:59:59Z", "America/Sao_Paulo", "2026-09-30"),
            ("2026-10-01T03:00:00Z", "America/Sao_Paulo", "2026-10-01"),
            ("2026-08-31T18:29:59Z", "Asia/Kolkata", "2026-08-31"),
            ("2026-08-31T18:30:00Z", "Asia/Kolkata", "2026-09-01"),
            ("2026-12-31T10:00:00Z", "Pacific/Kiritimati", "2027-01-01"),
            ("2027-01-01T11:59:59Z", "Etc/GMT+12", "2026-12-31"),
            // February of 28 and of 29 days.
            ("2026-02-28T23:30:00Z", "Europe/Berlin", "2026-03-01"),
            ("2028-02-28T23:30:00Z", "Europe/Berlin", "2028-02-29"),
            ("2028-02-29T23:30:00Z", "Europe/Berlin", "2028-03-01"),
            // Clocks go forward on 29 March 2026 and back on 25 October: 23 and 25 hours.
            ("2026-03-28T22:59:59Z", "Europe/Berlin", "2026-03-28"),
            ("2026-03-28T23:00:00Z", "Europe/Berlin", "2026-03-29"),
            ("2026-03-29T21:59:59Z", "Europe/Berlin", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "Europe/Berlin", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "Europe/Berlin", "2026-10-25"),
            ("2026-10-25T22:59:59Z", "Europe/Berlin", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "Europe/Berlin", "2026-10-26"),
            // The offset is part of the instant, whatever the zone of the reader.
            ("2026-09-01T00:30:00+02:00", "Europe/Berlin", "2026-09-01"),
            ("2026-09-01T00:30:00+02:00", "Europe/London", "2026-08-31"),
            ("2026-08-31T23:59:59.999Z", "UTC", "2026-08-31"),
            // A day is local already.
            ("2026-08-31", "Pacific/Kiritimati", "2026-08-31"),
        ] {
            assert_eq!(day_in(instant, name), day, "{instant} in {name}");
        }
    }

    #[test]
    fn what_is_no_instant_and_no_zone_is_refused() {
        for text in [
            "",
            "2026-02-30",
            "2026-02-30T10:00:00Z",
            "2026-08-31T24:00:00Z",
            "2026-08-31T10:00:00",
            "31.08.2026",
            "1788134400",
            "1999-12-31T23:00:00Z",
            "2026-08-31T10:00:00Z and more and more and more and more",
        ] {
            assert_eq!(When::parse(text), None, "{text:?}");
        }
        for name in ["Europe/Berlin", "europe/berlin", " EUROPE/BERLIN "] {
            assert_eq!(zone(name).as_ref().map(zone_name), Some("Europe/Berlin"));
        }
        for name in ["", "Berlin", "UTC+2", "Europe/Nowhere", "Etc/Unknown"] {
            assert_eq!(zone(name), None, "{name:?}");
        }
        let instant = When::parse("2026-08-31T10:00:00Z").unwrap();
        assert_eq!(instant.local_day(None), None);
    }

    /// The n-th Sunday of a month; 5 is the last.
    fn sunday(year: i32, month: u32, nth: u8) -> NaiveDate {
        let found = NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, nth);
        found.unwrap_or_else(|| {
            NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, nth - 1).unwrap()
        })
    }

    /// Hours from UTC, from the rules of the European Union and of the United States alone.
    fn hours(at: NaiveDateTime, name: &str) -> i64 {
        let year = at.year();
        let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let (winter, from, until) = match name {
            "Europe/Berlin" => (
                1,
                sunday(year, 3, 5).and_time(clock(1)),
                sunday(year, 10, 5).and_time(clock(1)),
            ),
            _ => (
                -5,
                sunday(year, 3, 2).and_time(clock(7)),
                sunday(year, 11, 1).and_time(clock(6)),
            ),
        };
        winter + i64::from(at >= from && at < until)
    }

    fn every_name() -> Vec<String> {
        let names: Vec<_> = ZONES.available().map(|name| name.to_string()).collect();
        assert!(names.len() > 400, "the zones that are brought along");
        names
    }

    proptest! {
        #[test]
        fn random_instants_meet_the_written_rules_of_their_zone(
            seconds in 1_167_609_600_i64..2_145_916_800, // 2007 to 2037
            name in prop::sample::select(vec!["Europe/Berlin", "America/New_York"]),
        ) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            let expected = (at + TimeDelta::hours(hours(at, name))).date();
            let text = format!("{}Z", at.format("%Y-%m-%dT%H:%M:%S"));
            let when = When::parse(&text).unwrap();
            prop_assert_eq!(when.local_day(zone(name).as_ref()), Some(expected));
        }

        #[test]
        fn in_every_zone_days_follow_each_other_and_stay_within_a_day_of_utc(
            seconds in 1_167_609_600_i64..2_145_916_800,
            name in prop::sample::select(every_name()),
        ) {
            let zone = zone(&name);
            prop_assert!(zone.is_some(), "{name}");
            let zone = zone.as_ref();
            let at = DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            let day = When::Instant(at).local_day(zone).unwrap();
            prop_assert!((day - at.date()).num_days().abs() <= 1);
            // Two days of the calendar are skipped or told twice by no clock of these years but
            // at the date line: three days later is later.
            let later = at.checked_add_days(Days::new(3)).unwrap();
            prop_assert!(When::Instant(later).local_day(zone).unwrap() > day);
        }
    }
}
