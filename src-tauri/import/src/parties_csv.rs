//! `parties.csv`: clients and their channels in one go. A client repeats for each of its
//! channels; a row without any channel column filled tells of a client alone.

use hubledger_core::channel::{Channel, Tier};
use hubledger_core::country::Country;
use hubledger_core::id::{ChannelId, ClientId, HubId, PhoneNumber};
use hubledger_core::period::{Date, parse_date};
use hubledger_core::tax::VatId;
use hubledger_core::text::optional_email;

use crate::format::{Cells, Format, RowReader};
use crate::instant::{When, zone};
use crate::problem::{Problem, ProblemKind};

/// Reads `parties.csv`.
pub type PartiesReader<R> = RowReader<R, Parties>;

/// The format of `parties.csv`.
#[derive(Debug)]
pub struct Parties;

/// A client, and one of its channels if the row names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRow {
    /// Where the row begins.
    pub line: u64,
    pub hub: HubId,
    pub client: ClientId,
    pub client_name: String,
    pub country: Option<Country>,
    /// May be empty.
    pub email: String,
    /// As written; may be empty.
    pub vat_id: String,
    pub channel: Option<PartyChannel>,
}

/// A channel as `parties.csv` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyChannel {
    pub id: ChannelId,
    pub phone: PhoneNumber,
    /// May be empty.
    pub display_name: String,
    pub tier: Tier,
    pub started: Date,
    pub ended: Option<Date>,
    /// An IANA name; may be empty.
    pub time_zone: String,
}

const HUB_ID: usize = 0;
const CLIENT_ID: usize = 1;
const CLIENT_NAME: usize = 2;
const COUNTRY: usize = 3;
const EMAIL: usize = 4;
const VAT_ID: usize = 5;
const CHANNEL_ID: usize = 6;
const PHONE_NUMBER: usize = 7;
const DISPLAY_NAME: usize = 8;
const TIER: usize = 9;
const BILLING_STARTED_AT: usize = 10;
const TERMINATED_AT: usize = 11;
const TIME_ZONE: usize = 12;

impl Format for Parties {
    type Record = PartyRow;

    const COLUMNS: &'static [&'static str] = &[
        "hub_id",
        "client_id",
        "client_name",
        "country",
        "email",
        "vat_id",
        "channel_id",
        "phone_number",
        "display_name",
        "tier",
        "billing_started_at",
        "terminated_at",
        "time_zone",
    ];

    const NEEDED: &'static [&'static [&'static str]] =
        &[&["hub_id"], &["client_id"], &["client_name"]];

    fn read(cells: &Cells<'_>) -> Result<PartyRow, Problem> {
        let country = match cells.text(COUNTRY) {
            "" => None,
            _ => Some(cells.country(COUNTRY)?),
        };
        Ok(PartyRow {
            line: cells.line_number(),
            hub: cells.parsed(HUB_ID, HubId::parse, ProblemKind::UnusableId)?,
            client: cells.parsed(CLIENT_ID, ClientId::parse, ProblemKind::UnusableId)?,
            client_name: cells.needed_line(CLIENT_NAME)?.to_owned(),
            country,
            email: optional_email(cells.line(EMAIL)?)
                .map_err(|_| cells.problem(EMAIL, ProblemKind::UnusableEmail))?,
            vat_id: vat_id(cells, country)?,
            channel: channel(cells)?,
        })
    }
}

/// A VAT ID of the client's country; where no country is told, as it stands.
fn vat_id(cells: &Cells<'_>, country: Option<Country>) -> Result<String, Problem> {
    let text = cells.line(VAT_ID)?;
    match country {
        Some(country) if !text.is_empty() => VatId::entered(text, country)
            .map(|_| text.to_owned())
            .map_err(|_| cells.problem(VAT_ID, ProblemKind::WrongVatId)),
        _ => Ok(text.to_owned()),
    }
}

/// None where all columns of the channel are empty. A channel is told whole: neither its tier
/// nor its first day is guessed, since both decide what it costs.
fn channel(cells: &Cells<'_>) -> Result<Option<PartyChannel>, Problem> {
    if (CHANNEL_ID..=TIME_ZONE).all(|column| cells.is_empty(column)) {
        return Ok(None);
    }
    let started = day(cells, BILLING_STARTED_AT)?;
    let ended = match cells.text(TERMINATED_AT) {
        "" => None,
        _ => Some(day(cells, TERMINATED_AT)?),
    };
    Channel::check_days(started, ended)
        .map_err(|_| cells.problem(TERMINATED_AT, ProblemKind::EndsBeforeItStarts))?;
    Ok(Some(PartyChannel {
        id: cells.parsed(CHANNEL_ID, ChannelId::parse, ProblemKind::UnusableId)?,
        phone: cells.parsed(PHONE_NUMBER, PhoneNumber::parse, ProblemKind::UnusablePhone)?,
        display_name: cells.line(DISPLAY_NAME)?.to_owned(),
        tier: tier(cells)?,
        started,
        ended,
        time_zone: cells.line(TIME_ZONE)?.to_owned(),
    }))
}

/// A day; or an instant of the Partner API, by the local day of the row's time zone. Where the row
/// names none, it is the day as it is written: `2026-08-17T09:12:00Z`.
fn day(cells: &Cells<'_>, column: usize) -> Result<Date, Problem> {
    let text = cells.needed(column)?;
    let zone_name = cells.text(TIME_ZONE);
    if let (Some(when @ When::Instant(_)), false) = (When::parse(text), zone_name.is_empty()) {
        let unknown = || cells.problem(TIME_ZONE, ProblemKind::UnknownTimeZone);
        let zone = zone(zone_name).ok_or_else(unknown)?;
        let not_a_day = || cells.problem(column, ProblemKind::NotADay);
        return when.local_day(Some(&zone)).ok_or_else(not_a_day);
    }
    let day = match text.split_once(['T', 't']) {
        Some((day, time)) if is_time(time) => day,
        _ => text,
    };
    parse_date(day).map_err(|_| cells.problem(column, ProblemKind::NotADay))
}

/// `hh:mm`, and whatever of seconds and zone follows.
fn is_time(text: &str) -> bool {
    let mut pattern = text.bytes().zip("00:00".bytes());
    text.len() >= 5
        && text.len() <= 40
        && pattern.all(|(b, p)| {
            if p == b'0' {
                b.is_ascii_digit()
            } else {
                b == p
            }
        })
}

fn tier(cells: &Cells<'_>) -> Result<Tier, Problem> {
    let text = cells.needed(TIER)?;
    tier_of(text).ok_or_else(|| cells.problem(TIER, ProblemKind::UnknownTier))
}

/// A tier by its name, in any case. There is no way to Basic, which has no price here.
pub(crate) fn tier_of(text: &str) -> Option<Tier> {
    match text.to_ascii_lowercase().replace([' ', '-'], "_").as_str() {
        "regular" => Some(Tier::Regular),
        "premium" => Some(Tier::Premium),
        "higher_throughput" => Some(Tier::HigherThroughput),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: &str) -> String {
        let file = format!("{}\n{line}\n", Parties::COLUMNS.join(","));
        match PartiesReader::new(file.as_bytes())
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
        {
            Ok((_, row)) => told(&row),
            Err(problem) => format!(
                "{}: {}",
                problem.column.unwrap_or("row"),
                problem.kind.code()
            ),
        }
    }

    fn told(row: &PartyRow) -> String {
        let country = row.country.map_or("nowhere", Country::code);
        let mut told = format!("{} {} {} {country}", row.hub, row.client, row.client_name);
        if let Some(channel) = &row.channel {
            let ended = channel.ended.map_or("on".into(), |day| day.to_string());
            told += &format!(
                ", {} {} {:?} {} to {ended}",
                channel.id, channel.phone, channel.tier, channel.started
            );
        }
        told
    }

    #[test]
    fn a_client_and_its_channel_are_read_or_refused() {
        for line in "
            hPA,cCL,Nord GmbH,DE,,,,,,,,,                    => hPA cCL Nord GmbH DE
            hPA,cCL,Nord GmbH,,,,,,,,,,                      => hPA cCL Nord GmbH nowhere
            hPA,cCL,Nord,DE,a@b.example,DE136695976,nCH,+49 351 5550,Shop,Higher Throughput,2026-08-17,,Europe/Berlin  => hPA cCL Nord DE, nCH +493515550 HigherThroughput 2026-08-17 to on
            hPA,cCL,Nord,DE,,,nCH,493515550,,REGULAR,2026-08-17T09:12:00Z,2026-08-31T23:59:59.999+02:00,  => hPA cCL Nord DE, nCH +493515550 Regular 2026-08-17 to 2026-08-31
            hPA,cCL,Nord,DE,,,nCH,493515550,,REGULAR,2026-08-16T22:30:00Z,2026-08-31T21:59:59.999Z,Europe/Berlin  => hPA cCL Nord DE, nCH +493515550 Regular 2026-08-17 to 2026-08-31
            hPA,cCL,Nord,DE,,,nCH,493515550,,regular,2026-08-16T22:30:00Z,,Berlin  => time_zone: unknown_time_zone
            h PA,cCL,Nord,DE,,,,,,,,,                        => hub_id: unusable_id
            ,cCL,Nord,DE,,,,,,,,,                            => hub_id: empty_cell
            hPA,cCL,,DE,,,,,,,,,                             => client_name: empty_cell
            hPA,cCL,Nord,Germany,,,,,,,,,                    => country: unknown_country
            hPA,cCL,Nord,DE,nobody,,,,,,,,                   => email: unusable_email
            hPA,cCL,Nord,DE,,DE136695967,,,,,,,              => vat_id: wrong_vat_id
            hPA,cCL,Nord,,,DE136695967,,,,,,,                => hPA cCL Nord nowhere
            hPA,cCL,Nord,DE,,,nCH,,,regular,2026-08-17,,     => phone_number: empty_cell
            hPA,cCL,Nord,DE,,,nCH,493515550,,,2026-08-17,,   => tier: empty_cell
            hPA,cCL,Nord,DE,,,nCH,493515550,,basic,2026-08-17,,  => tier: unknown_tier
            hPA,cCL,Nord,DE,,,nCH,493515550,,regular,,,      => billing_started_at: empty_cell
            hPA,cCL,Nord,DE,,,nCH,493515550,,regular,2026-08-17Tx,,  => billing_started_at: not_a_day
            hPA,cCL,Nord,DE,,,nCH,493515550,,regular,2026-08-17,2026-08-16,  => terminated_at: ends_before_it_starts
            hPA,cCL,Nord,DE,,,,493515550,,regular,2026-08-17,,  => channel_id: empty_cell
        "
        .lines()
        .filter(|line| !line.trim().is_empty())
        {
            let (cells, expected) = line.split_once("=>").unwrap();
            assert_eq!(row(cells.trim()), expected.trim(), "{cells}");
        }
    }
}
