//! Proofs that walk over all charges: what balances lost to usage is what was charged, and a shared
//! balance is shared out among its clients. They add up here, and not in SQL, which would have to
//! sort the charges for it.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use crate::codec;
use crate::error::Error;
use crate::query::fault::{Fault, FaultCode, Finding, split};
use crate::sums::{CHARGED_MONTHS, KeyHasherOf, MOST_FAULTS, add_exactly};
use crate::table::charges_of_days;

/// Accounts of a hub from which usage is paid, and entries that are usage.
const BALANCES: &str = "account.kind IN ('asset:prepaid-balance', 'memo:client-funds')";
const USAGE: &str = "entry.kind IN ('usage', 'reconciliation')";

/// A channel, none for the shared balance, and a booked day.
type Spot = (Option<i64>, i64);
/// Micro-units.
type Amounts = HashMap<Spot, i64, KeyHasherOf>;

/// What was charged of balances on booked days is what was posted there: month by month, as charges
/// lie one behind the other.
pub(super) fn is_posted(file: &Connection) -> Result<Finding, Error> {
    let mut finding = Finding::default();
    for (hub, month) in months(file)? {
        let days = (month * 100, month * 100 + 99);
        let (charged, charges) = charged(file, hub, days)?;
        finding.checked += charges;
        let posted = posted(file, hub, days)?;
        let spots: BTreeSet<&Spot> = charged.keys().chain(posted.keys()).collect();
        for spot in spots {
            let of = |amounts: &Amounts| amounts.get(spot).copied().unwrap_or_default();
            let (charged, posted) = (of(&charged), of(&posted));
            if charged != posted && finding.faults.len() < MOST_FAULTS {
                finding
                    .faults
                    .push(fault(file, hub, *spot, charged, posted)?);
            }
        }
    }
    Ok(finding)
}

/// Months of hubs in which anything was charged or posted.
fn months(file: &Connection) -> Result<BTreeSet<(i64, i64)>, Error> {
    let mut statement = file.prepare(&format!(
        "{CHARGED_MONTHS}
         UNION SELECT DISTINCT account.hub, posting.day / 100
               FROM account JOIN posting ON posting.account = account.key WHERE {BALANCES}"
    ))?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a hub's charges of booked days come to, and how many they are.
fn charged(
    file: &Connection,
    hub: i64,
    (first, last): (i64, i64),
) -> Result<(Amounts, i64), Error> {
    let is_shared: Option<bool> = file
        .prepare_cached("SELECT model = 'partner-paid' FROM hub WHERE key = ?1")?
        .query_row([hub], |row| row.get(0))
        .optional()?;
    let charges = charges_of_days(file, &[hub, first, last])?;
    let mut statement =
        file.prepare_cached(&format!("SELECT channel, booked, amount FROM {charges}"))?;
    let mut rows = statement.query([hub, first, last])?;
    let (mut amounts, mut count) = (Amounts::default(), 0);
    while let Some(row) = rows.next()? {
        count += 1;
        let Some(amount) = row.get(2)? else {
            continue;
        };
        let channel = Some(row.get(0)?).filter(|_| is_shared == Some(false));
        add_exactly(amounts.entry((channel, row.get(1)?)).or_default(), amount)?;
    }
    Ok((amounts, count))
}

/// What left the balances of a hub for usage on some days.
fn posted(file: &Connection, hub: i64, (first, last): (i64, i64)) -> Result<Amounts, Error> {
    let mut statement = file.prepare_cached(&format!(
        "SELECT account.channel, posting.day, -posting.amount FROM account
         JOIN posting ON posting.account = account.key AND posting.day BETWEEN ?2 AND ?3
         JOIN entry ON entry.key = posting.entry
         WHERE account.hub = ?1 AND {BALANCES} AND {USAGE}"
    ))?;
    let mut rows = statement.query([hub, first, last])?;
    let mut amounts = Amounts::default();
    while let Some(row) = rows.next()? {
        add_exactly(
            amounts.entry((row.get(0)?, row.get(1)?)).or_default(),
            row.get(2)?,
        )?;
    }
    Ok(amounts)
}

/// What names a balance's day that differs.
fn fault(
    file: &Connection,
    hub: i64,
    (channel, day): Spot,
    charged: i64,
    posted: i64,
) -> Result<Fault, Error> {
    let (id, currency) = hub_named(file, hub)?.unwrap_or_default();
    let channel: Option<String> = file
        .prepare_cached("SELECT id FROM channel WHERE key = ?1")?
        .query_row(params![channel], |row| row.get(0))
        .optional()?;
    let amount = |micros| codec::amount(micros).normalize();
    let mut fault = Fault::new(FaultCode::UsageNotAsPosted).with("hub", id);
    if let Some(channel) = channel {
        fault = fault.with("channel", channel);
    }
    Ok(fault
        .with("day", split(day, &[100, 100]))
        .with("charged", amount(charged))
        .with("posted", amount(posted))
        .with("currency", currency))
}

/// The clients' shares of a shared balance, and what belongs to none of them, come to that balance;
/// and every charge is of a channel of its own hub.
pub(super) fn is_shared_out(file: &Connection) -> Result<Finding, Error> {
    let mut finding = Finding {
        checked: file.query_row(
            "SELECT count(*) FROM hub WHERE model = 'partner-paid'",
            [],
            |row| row.get(0),
        )?,
        ..Finding::default()
    };
    let shares = shares(file, &mut finding.faults)?;
    let mut statement = file.prepare(&format!(
        "SELECT hub.key, hub.id, hub.currency, sum(posting.amount), sum(iif({USAGE}, 0, posting.amount))
         FROM hub JOIN account ON account.hub = hub.key AND account.kind = 'asset:prepaid-balance'
         JOIN posting ON posting.account = account.key JOIN entry ON entry.key = posting.entry
         WHERE hub.model = 'partner-paid' GROUP BY hub.key"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (found, unallocated): (i64, i64) = (row.get(3)?, row.get(4)?);
        let share = shares.get(&row.get(0)?).copied().unwrap_or_default();
        let said = unallocated.saturating_sub(share);
        if found != said {
            let amount = |micros| codec::amount(micros).normalize();
            finding.faults.push(
                Fault::new(FaultCode::SharesDoNotAddUp)
                    .with("hub", row.get::<_, String>(1)?)
                    .with("found", amount(found))
                    .with("said", amount(said))
                    .with("currency", row.get::<_, String>(2)?),
            );
        }
    }
    Ok(finding)
}

/// What the channels of each hub were charged. A charge that says another hub is a fault.
fn shares(
    file: &Connection,
    faults: &mut Vec<Fault>,
) -> Result<HashMap<i64, i64, KeyHasherOf>, Error> {
    let mut hub_of_channel = HashMap::<i64, i64, KeyHasherOf>::default();
    let mut channels = file.prepare(
        "SELECT channel.key, client.hub FROM channel JOIN client ON client.key = channel.client",
    )?;
    let mut rows = channels.query([])?;
    while let Some(row) = rows.next()? {
        hub_of_channel.insert(row.get(0)?, row.get(1)?);
    }
    let mut shares = HashMap::<i64, i64, KeyHasherOf>::default();
    let mut charges = file.prepare("SELECT key, hub, channel, amount FROM charge")?;
    let mut rows = charges.query([])?;
    while let Some(row) = rows.next()? {
        let Some(hub) = hub_of_channel.get(&row.get(2)?) else {
            continue;
        };
        if let Some(amount) = row.get(3)? {
            add_exactly(shares.entry(*hub).or_default(), amount)?;
        }
        let said: i64 = row.get(1)?;
        if said != *hub && faults.len() < MOST_FAULTS {
            let mut fault =
                Fault::new(FaultCode::ChargeOfAnotherHub).with("charge", row.get::<_, i64>(0)?);
            if let Some((id, _)) = hub_named(file, said)? {
                fault = fault.with("hub", id);
            }
            faults.push(fault);
        }
    }
    Ok(shares)
}

/// The id and the currency of a hub.
fn hub_named(file: &Connection, key: i64) -> Result<Option<(String, String)>, Error> {
    let mut hub = file.prepare_cached("SELECT id, currency FROM hub WHERE key = ?1")?;
    Ok(hub
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}
