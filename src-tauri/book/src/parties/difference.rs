//! What a file tells otherwise than the book.

use hubledger_core::channel::{Channel, Tier};
use hubledger_core::client::Client;
use hubledger_core::id::ChannelId;
use hubledger_core::period::Date;
use hubledger_import::{PartyChannel, PartyRow};

use super::row::{code_of, day_text, tier_text};
use crate::file::count;
use crate::party::ChannelFacts;
use crate::view::DifferenceView;

/// What a file leaves empty it does not tell, so that a shorter file never empties the book.
fn told_or(told: &str, ours: &str) -> String {
    if told.is_empty() { ours } else { told }.to_owned()
}

pub(super) fn merged_client(ours: &Client, row: &PartyRow) -> Client {
    Client {
        id: ours.id.clone(),
        hub: ours.hub.clone(),
        name: row.client_name.clone(),
        country: row.country.or(ours.country),
        email: told_or(&row.email, &ours.email),
        vat_id: told_or(&row.vat_id, &ours.vat_id),
    }
}

pub(super) fn merged_channel(
    ours: &Channel,
    told: &PartyChannel,
    tells_ends: bool,
    today: Date,
) -> ChannelFacts {
    let latest = latest_tier(ours, today);
    ChannelFacts {
        id: ours.id.clone(),
        phone: told.phone.clone(),
        name: told_or(&told.display_name, &ours.name),
        tier: if has_tier(ours, told.tier, today) {
            latest
        } else {
            told.tier
        },
        started: told.started,
        ended: if tells_ends { told.ended } else { ours.ended },
        time_zone: told_or(&told.time_zone, &ours.time_zone),
    }
}

pub(super) fn latest_tier(ours: &Channel, today: Date) -> Tier {
    ours.tiers.last().map_or(ours.tier_on(today), |t| t.tier)
}

/// Whether the book has the channel on a tier today, or has it noted for later.
fn has_tier(ours: &Channel, tier: Tier, today: Date) -> bool {
    tier == ours.tier_on(today) || tier == latest_tier(ours, today)
}

/// One thing that a file may tell otherwise: its column, what the book has, what the file says.
type Pair = (&'static str, String, String);

fn differences_of(
    line: u64,
    id: &str,
    pairs: impl IntoIterator<Item = Pair>,
) -> Vec<DifferenceView> {
    pairs
        .into_iter()
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(field, ours, theirs)| DifferenceView {
            line: count(line),
            id: id.to_owned(),
            field: field.to_owned(),
            ours,
            theirs,
        })
        .collect()
}

pub(super) fn client_differences(ours: &Client, row: &PartyRow) -> Vec<DifferenceView> {
    let theirs = merged_client(ours, row);
    let pairs = [
        ("client_name", ours.name.clone(), theirs.name),
        ("country", code_of(ours.country), code_of(theirs.country)),
        ("email", ours.email.clone(), theirs.email),
        ("vat_id", ours.vat_id.clone(), theirs.vat_id),
    ];
    differences_of(row.line, ours.id.as_str(), pairs)
}

pub(super) fn channel_differences(
    ours: &Channel,
    told: &PartyChannel,
    line: u64,
    tells_ends: bool,
    today: Date,
) -> Vec<DifferenceView> {
    let theirs = merged_channel(ours, told, tells_ends, today);
    let id: &ChannelId = &ours.id;
    let pairs = [
        (
            "phone_number",
            ours.phone.to_string(),
            theirs.phone.to_string(),
        ),
        ("display_name", ours.name.clone(), theirs.name),
        (
            "tier",
            tier_text(latest_tier(ours, today)),
            tier_text(theirs.tier),
        ),
        (
            "billing_started_at",
            ours.started.to_string(),
            theirs.started.to_string(),
        ),
        (
            "terminated_at",
            day_text(ours.ended),
            day_text(theirs.ended),
        ),
        ("time_zone", ours.time_zone.clone(), theirs.time_zone),
    ];
    differences_of(line, id.as_str(), pairs)
}
