//! Notice of a partner plan (`reference` 2.4, C6). 360Dialog tells its term in two ways: 30 days'
//! notice, always to the end of a calendar month; and, on a newer page, the end of the following
//! calendar month. They mostly name the same day. Both are worked out here, and which one counts is
//! a dated setting of the hub.

use chrono::Days;

use crate::period::{BillingPeriod, Date};
use crate::rule::PlanNotice;

/// The last day of a plan by each reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanEnds {
    pub thirty_days: Date,
    pub following_month: Date,
}

impl PlanEnds {
    /// The last day by a reading.
    pub fn by(self, reading: PlanNotice) -> Date {
        match reading {
            PlanNotice::ThirtyDays => self.thirty_days,
            PlanNotice::FollowingMonth => self.following_month,
        }
    }

    /// Whether the readings name two days.
    pub fn differ(self) -> bool {
        self.thirty_days != self.following_month
    }
}

/// When a plan ends of which notice is given on a day.
pub fn plan_ends(given_on: Date) -> PlanEnds {
    let over = given_on.checked_add_days(Days::new(30)).unwrap_or(given_on);
    PlanEnds {
        thirty_days: BillingPeriod::containing(over).last_day(),
        following_month: BillingPeriod::containing(given_on).next().last_day(),
    }
}

/// Notice as it was given. What it says stays, whatever the setting becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub given_on: Date,
    pub reading: PlanNotice,
    /// The last day that the plan is charged for; the last of a month.
    pub last_day: Date,
}

impl Notice {
    /// Notice on a day, by a reading.
    pub fn given(given_on: Date, reading: PlanNotice) -> Self {
        Self {
            given_on,
            reading,
            last_day: plan_ends(given_on).by(reading),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::parse_date;

    #[test]
    fn a_plan_ends_with_a_month_and_both_readings_are_told() {
        for (given_on, thirty_days, following_month) in [
            // 360Dialog's own example.
            ("2026-05-15", "2026-06-30", "2026-06-30"),
            // 30 days later is the last day of the same month of 31.
            ("2026-05-01", "2026-05-31", "2026-06-30"),
            ("2026-05-02", "2026-06-30", "2026-06-30"),
            ("2026-04-01", "2026-05-31", "2026-05-31"),
            ("2026-04-30", "2026-05-31", "2026-05-31"),
            // Over a February of 28 and of 29 days.
            ("2026-01-29", "2026-02-28", "2026-02-28"),
            ("2026-01-30", "2026-03-31", "2026-02-28"),
            ("2028-01-30", "2028-02-29", "2028-02-29"),
            ("2028-01-31", "2028-03-31", "2028-02-29"),
            ("2026-02-01", "2026-03-31", "2026-03-31"),
            // Over the end of a year.
            ("2026-12-01", "2026-12-31", "2027-01-31"),
            ("2026-12-31", "2027-01-31", "2027-01-31"),
        ] {
            let day = |text: &str| parse_date(text).unwrap();
            let ends = plan_ends(day(given_on));
            let expected = PlanEnds {
                thirty_days: day(thirty_days),
                following_month: day(following_month),
            };
            assert_eq!(ends, expected, "{given_on}");
            assert_eq!(ends.differ(), thirty_days != following_month);
            assert_eq!(ends.by(PlanNotice::ThirtyDays), day(thirty_days));
            let given = Notice::given(day(given_on), PlanNotice::FollowingMonth);
            assert_eq!(given.last_day, day(following_month));
        }
    }
}
