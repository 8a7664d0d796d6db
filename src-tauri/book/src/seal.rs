//! Seals of closed months: made with the close, worked out anew by the check.

use std::collections::HashMap;

use hubledger_core::period::BillingPeriod;
use hubledger_core::rule::Rule;
use hubledger_core::seal::{Difference, first_difference};
use hubledger_store::{
    Basis, ChargesFrom, Fault, FaultCode, Finding, MonthChain, Read, SEAL_VERSION, SealFacts,
    SealRow, Write,
};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::HubDesk;
use crate::error::Error;
use crate::moment::Moment;

/// Seals a closed month behind the seal of the month before, with what it was worked out with.
pub(crate) fn seal_month(
    w: &Write<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    is_late: bool,
    at: Moment,
) -> Result<(), Error> {
    let hub = desk.key();
    let mut basis = w.basis_now(hub, desk.currency(), month)?;
    let set: Vec<_> = basis.iter().map(|one| one.name.clone()).collect();
    let defaults = Rule::ALL
        .into_iter()
        .filter(|rule| !set.iter().any(|name| name == rule.name()));
    basis.extend(defaults.map(|rule| Basis {
        kind: "default-rule".to_owned(),
        name: rule.name().to_owned(),
        value: rule.default_choice().to_owned(),
    }));
    w.insert_basis(hub, month, &basis)?;
    let facts = SealFacts {
        version: SEAL_VERSION,
        at: at.stamp(),
        is_late,
        known: w.known_now()?,
    };
    let seals = w.seals(hub)?;
    let how = (&facts, ChargesFrom::Written);
    let chain = w.month_chain(hub, desk.hub().id.as_str(), month, seals.last(), how)?;
    Ok(w.insert_seal(hub, month, &chain, &facts)?)
}

/// Months of a hub that a version without seals closed, behind its last seal.
fn unsealed(r: &Read<'_>, desk: &HubDesk) -> Result<Vec<BillingPeriod>, Error> {
    let last = r.seals(desk.key())?.last().map(|seal| seal.month);
    let mut months = Vec::new();
    for closed in &desk.closed {
        if last.is_none_or(|last| closed.month > last) && r.is_seal_due(desk.key(), closed.month)? {
            months.push(closed.month);
        }
    }
    Ok(months)
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

/// Works every seal out anew and names the first row of each month that is not as it was sealed.
pub(crate) fn months_are_as_sealed(r: &Read<'_>) -> Result<Finding, Error> {
    let mut finding = Finding::default();
    let mut hashes = HashMap::new();
    for (key, id, closed) in r.hubs_with_closed_months()? {
        let seals = r.seals(key)?;
        let mut previous = None;
        let sealed: Vec<_> = seals.iter().map(|seal| seal.month).collect();
        for month in closed.iter().filter(|month| !sealed.contains(month)) {
            if r.is_seal_due(key, *month)? {
                let notice = of_month(FaultCode::NotSealedYet, &id, *month);
                finding.notices.push(notice);
            } else {
                let fault = of_month(FaultCode::SealMissing, &id, *month);
                finding.faults.push(fault);
            }
        }
        for seal in &seals {
            let how = (&seal.facts, ChargesFrom::Rows);
            let chain = r.month_chain(key, &id, seal.month, previous, how)?;
            previous = Some(seal);
            basis_is_kept(r, key, (&id, seal.month), &mut hashes, &mut finding)?;
            finding.checked += chain
                .parts
                .iter()
                .map(|part| i64::try_from(part.marks.len()).unwrap_or(i64::MAX))
                .sum::<i64>();
            let told = match first_fault(r, key, (&id, seal), &chain)? {
                None if seal.head != Some(chain.head) => {
                    Some(of_month(FaultCode::SealChanged, &id, seal.month))
                }
                told => told,
            };
            finding.faults.extend(told);
        }
    }
    Ok(finding)
}

fn of_month(code: FaultCode, hub: &str, month: BillingPeriod) -> Fault {
    Fault::new(code).with("hub", hub).with("month", month)
}

/// What a month was worked out with is as it was: cards and lists of markets by their hash, and
/// what was chosen.
fn basis_is_kept(
    r: &Read<'_>,
    hub: i64,
    (id, month): (&str, BillingPeriod),
    hashes: &mut HashMap<(String, String), String>,
    finding: &mut Finding,
) -> Result<(), Error> {
    let kept = r.basis(hub, month)?;
    if kept.is_empty() {
        return Ok(());
    }
    let changed = |one: &Basis| {
        let fault = of_month(FaultCode::BasisChanged, id, month);
        fault.with("kind", &one.kind).with("name", &one.name)
    };
    for one in kept.iter().filter(|one| one.is_hashed()) {
        let named = (one.kind.clone(), one.name.clone());
        if !hashes.contains_key(&named) {
            hashes.insert(named.clone(), r.basis_hash(&one.kind, &one.name)?);
        }
        finding.checked += 1;
        if hashes.get(&named) != Some(&one.value) {
            finding.faults.push(changed(one));
        }
    }
    // Prices that channels keep may be told later for closed months, whose fees stay; they are kept
    // for the record.
    let stays = |one: &&Basis| ["rule", "volume"].contains(&one.kind.as_str());
    let chosen = r.chosen(hub, month)?;
    let chosen: Vec<_> = chosen.iter().filter(stays).collect();
    let was: Vec<_> = kept.iter().filter(stays).collect();
    let lost = was.iter().copied().filter(|one| !chosen.contains(one));
    let new = chosen.iter().copied().filter(|one| !was.contains(one));
    finding.faults.extend(lost.chain(new).map(changed));
    Ok(())
}

/// The first row of a month that is not as it was sealed.
fn first_fault(
    r: &Read<'_>,
    hub: i64,
    (id, seal): (&str, &SealRow),
    chain: &MonthChain,
) -> Result<Option<Fault>, Error> {
    let month = seal.month;
    for part in &chain.parts {
        let Some(marks) = r.seal_marks(hub, month, &part.part, seal.facts.version)? else {
            let gone = of_month(FaultCode::SealMarksMissing, id, month);
            return Ok(Some(gone.with("part", &part.part)));
        };
        if let Some((how, row)) = first_difference(&marks, &part.marks) {
            let code = match how {
                Difference::Changed => FaultCode::SealedRowChanged,
                Difference::Removed => FaultCode::SealedRowRemoved,
                Difference::Added => FaultCode::SealedRowAdded,
                Difference::Reordered => FaultCode::SealedRowMoved,
            };
            let fault = of_month(code, id, month).with("part", &part.part);
            return Ok(Some(fault.with("row", row)));
        }
    }
    Ok(None)
}
