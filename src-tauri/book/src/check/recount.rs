//! What is kept of a row for speed, worked out anew: where it stands on the month's volume steps,
//! and how many of its messages are in the month's free ones.

use hubledger_core::period::BillingPeriod;
use hubledger_core::rating::{
    SERVICE_CHARGED_FROM, allowance, counts_for_steps, takes_from_allowance,
};
use hubledger_core::rule::FreeServiceMessages;
use hubledger_core::volume::Counted;
use hubledger_store::{Fault, FaultCode, Finding, Read};

use crate::desk::HubDesk;
use crate::error::Error;

/// How many faults are told.
const MOST_FAULTS: usize = 20;

/// Every place on the volume steps and every share of the free messages is what it is when it is
/// counted anew.
pub(super) fn charges_are_as_counted(r: &Read<'_>) -> Result<Finding, Error> {
    let mut finding = Finding::default();
    for desk in HubDesk::all(r)? {
        for client in r.clients(Some(desk.key()))? {
            recount_steps(r, client.key, desk.hub().first_month, &mut finding)?;
        }
        recount_free(r, &desk, &mut finding)?;
    }
    finding.faults.truncate(MOST_FAULTS);
    Ok(finding)
}

fn miscounted(charge: i64, what: &str, said: impl ToString, found: impl ToString) -> Fault {
    Fault::new(FaultCode::ChargeMiscounted)
        .with("charge", charge)
        .with("what", what)
        .with("said", said)
        .with("found", found)
}

fn shown(counted: Option<Counted>) -> String {
    match counted {
        Some(Counted::Before(units)) => units.to_string(),
        Some(Counted::Unknown) | None => "?".to_owned(),
    }
}

fn recount_steps(
    r: &Read<'_>,
    client: i64,
    first: BillingPeriod,
    finding: &mut Finding,
) -> Result<(), Error> {
    // Usage may lie before the books of its hub began; it has no steps there.
    for group in r.volume_groups(client, first)? {
        let mut counted = r.volume_start(&group)?;
        let mut faults = Vec::new();
        let mut rows = 0;
        r.volume_rows(&group, |row| {
            rows += 1;
            if row.is_priced && row.counted != Some(counted) {
                faults.push(miscounted(
                    row.key,
                    "counted",
                    shown(row.counted),
                    shown(Some(counted)),
                ));
            }
            if let Counted::Before(units) = &mut counted
                && counts_for_steps(group.category, row.pricing, row.cost)
            {
                *units = units.saturating_add(u64::try_from(row.quantity).unwrap_or(0));
            }
        })?;
        finding.checked += rows;
        finding.faults.append(&mut faults);
    }
    Ok(())
}

fn recount_free(r: &Read<'_>, desk: &HubDesk, finding: &mut Finding) -> Result<(), Error> {
    let first = BillingPeriod::containing(SERVICE_CHARGED_FROM);
    for (channel, month) in r.service_months(desk.key())? {
        if month < first {
            continue;
        }
        let rows: Vec<_> = r
            .service_rows(channel, month)?
            .into_iter()
            .map(|service| service.row)
            .filter(|row| {
                let charge = &row.charge;
                takes_from_allowance(
                    charge.category,
                    charge.pricing,
                    charge.day,
                    charge.priced.cost,
                )
            })
            .collect();
        let is_on = desk.rules(month).free_service_messages == FreeServiceMessages::On;
        let quantities = rows
            .iter()
            .map(|row| u64::try_from(row.charge.quantity).unwrap_or(0));
        let shares: Vec<u64> = allowance(quantities).collect();
        for (row, share) in rows.iter().zip(shares) {
            let share = if is_on { share } else { 0 };
            let free = row.charge.priced.free;
            finding.checked += 1;
            if row.charge.priced.amount.is_some() && i64::try_from(share) != Ok(free) {
                finding
                    .faults
                    .push(miscounted(row.key, "free", free, share));
            }
        }
    }
    Ok(())
}
