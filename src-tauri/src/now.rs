//! Where time and the person come in: a use case is told them, so that it repeats.
//!
//! Where the variable `HUBLEDGER_TODAY` gives a day, it stands in for today, so that a test in the
//! window tells the same story on any day, as `--today` does on the command line.

use chrono::{Local, NaiveDate, Timelike, Utc};
use hubledger_book::moment::{Moment, Who};

/// Now.
#[expect(
    clippy::disallowed_methods,
    reason = "the shell is where time comes in"
)]
pub(crate) fn moment() -> Moment {
    if let Some(today) = told_today() {
        return Moment {
            today,
            now: today.and_time(chrono::NaiveTime::MIN),
        };
    }
    let now = Utc::now().naive_utc();
    Moment {
        today: Local::now().date_naive(),
        now: now.with_nanosecond(0).unwrap_or(now),
    }
}

/// The person at this machine.
pub(crate) fn who() -> Who {
    let user = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok());
    Who {
        user: user.unwrap_or_else(|| "somebody".to_owned()),
        host: gethostname::gethostname().to_string_lossy().into_owned(),
        program: "Hubledger".to_owned(),
        process: std::process::id(),
    }
}

fn told_today() -> Option<NaiveDate> {
    std::env::var("HUBLEDGER_TODAY").ok()?.parse().ok()
}
