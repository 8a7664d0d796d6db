//! Seals of closed months: made with the close, worked out anew by the check.

use hubledger_core::period::BillingPeriod;
use hubledger_core::seal::{Difference, first_difference};
use hubledger_store::{Finding, Read, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::HubDesk;
use crate::error::Error;
use crate::moment::Moment;

/// Seals a closed month behind the seal of the month before.
pub(crate) fn seal_month(
    w: &Write<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    is_late: bool,
    at: Moment,
) -> Result<(), Error> {
    let previous = w.seals(desk.key())?.last().and_then(|seal| seal.head);
    let chain = w.month_chain(desk.key(), desk.hub().id.as_str(), month, previous)?;
    Ok(w.insert_seal(desk.key(), month, &chain, &at.stamp(), is_late)?)
}

/// Closed months of a hub behind its last seal.
fn unsealed(r: &Read<'_>, desk: &HubDesk) -> Result<Vec<BillingPeriod>, Error> {
    let last = r.seals(desk.key())?.last().map(|seal| seal.month);
    let closed = desk.closed.iter().map(|closed| closed.month);
    Ok(closed
        .filter(|month| last.is_none_or(|last| *month > last))
        .collect())
}

impl Book {
    /// Seals the months that a version without seals closed, and notes that it came later.
    pub(crate) fn seal_earlier_months(&mut self, at: Moment) -> Result<(), Error> {
        let is_needed = self.read(|r| {
            let mut needed = false;
            for desk in HubDesk::all(r)? {
                needed |= !unsealed(r, &desk)?.is_empty();
            }
            Ok(needed)
        })?;
        if !is_needed {
            return Ok(());
        }
        self.write(Act::new(UseCase::SealMonths, at), |w| {
            for desk in HubDesk::all(w)? {
                for month in unsealed(w, &desk)? {
                    seal_month(w, &desk, month, true, at)?;
                }
            }
            Ok(())
        })
    }
}

/// Works every seal out anew and names the first row of each hub that is not as it was sealed.
pub(crate) fn months_are_as_sealed(r: &Read<'_>) -> Result<Finding, Error> {
    let mut finding = Finding::default();
    for (key, id, closed) in r.hubs_with_closed_months()? {
        let seals = r.seals(key)?;
        let mut previous = None;
        let sealed: Vec<_> = seals.iter().map(|seal| seal.month).collect();
        if let Some(month) = closed.iter().find(|month| !sealed.contains(month)) {
            finding.failures.push(format!(
                "hub {id} in {month}: the month_close 0 is closed and its seal is gone"
            ));
        }
        for seal in &seals {
            let chain = r.month_chain(key, &id, seal.month, previous)?;
            previous = seal.head;
            finding.checked += chain
                .parts
                .iter()
                .map(|part| i64::try_from(part.marks.len()).unwrap_or(i64::MAX))
                .sum::<i64>();
            let mut told = None;
            for part in &chain.parts {
                let marks = r.seal_marks(key, seal.month, &part.part)?;
                told = match marks {
                    Some(marks) => first_difference(&marks, &part.marks)
                        .map(|(how, key)| difference(how, &part.part, key)),
                    None => Some(format!("the marks of its {} rows are gone", part.part)),
                };
                if told.is_some() {
                    break;
                }
            }
            if told.is_none() && seal.head != Some(chain.head) {
                told = Some(
                    "its rows are as they were sealed, but the seal itself, or the one before it, was changed"
                        .to_owned(),
                );
            }
            if let Some(told) = told {
                finding
                    .failures
                    .push(format!("hub {id} in {}: {told}", seal.month));
            }
        }
    }
    Ok(finding)
}

fn difference(how: Difference, part: &str, key: i64) -> String {
    let how = match how {
        Difference::Changed => "was changed",
        Difference::Removed => "was removed",
        Difference::Added => "was added",
        Difference::Reordered => "stands in another place",
    };
    format!("{part} {key} {how} after the month was sealed")
}
