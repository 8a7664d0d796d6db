//! A row's cells and facts, and what is refused of it.

use hubledger_core::channel::Tier;
use hubledger_core::client::Client;
use hubledger_core::country::Country;
use hubledger_core::period::Date;
use hubledger_import::parties_csv::Parties;
use hubledger_import::{Format, PartyChannel, PartyRow};

use crate::error::{Code, Error};
use crate::file::count;
use crate::party::ChannelFacts;
use crate::said::SaidView;
use crate::view::ProblemView;
use crate::word::TierWord;

/// The column of last days.
pub(super) const ENDS: &str = "terminated_at";

/// Whether a refusal is about its row. What is wrong with the book or the disk ends all.
pub(super) fn is_about_the_row(error: &Error) -> bool {
    error.field.is_some()
        && !matches!(
            error.code,
            Code::StoreFailed | Code::DiskFull | Code::BookDamaged | Code::BookIsReadOnly
        )
}

pub(super) fn problem_of(row: &PartyRow, error: Error) -> ProblemView {
    let cells = cells_of(row);
    let column = error.field.map(column_of);
    let place = Parties::COLUMNS.iter().position(|c| Some(*c) == column);
    let said = SaidView::from(error);
    ProblemView {
        line: count(row.line),
        column: column.map(str::to_owned),
        found: place
            .and_then(|at| cells.get(at))
            .cloned()
            .unwrap_or_default(),
        code: said.code,
        facts: said.facts,
        text: said.text,
        row: cells,
    }
}

/// The column of the file that a field of a channel stands in.
fn column_of(field: &'static str) -> &'static str {
    match field {
        "id" => "channel_id",
        "phone" => "phone_number",
        "started" => "billing_started_at",
        "ended" => ENDS,
        column => column,
    }
}

/// The row's cells in the order of [`Parties::COLUMNS`].
fn cells_of(row: &PartyRow) -> Vec<String> {
    let mut cells = vec![
        row.hub.to_string(),
        row.client.to_string(),
        row.client_name.clone(),
        code_of(row.country),
        row.email.clone(),
        row.vat_id.clone(),
    ];
    match &row.channel {
        Some(told) => cells.extend([
            told.id.to_string(),
            told.phone.to_string(),
            told.display_name.clone(),
            tier_text(told.tier),
            told.started.to_string(),
            day_text(told.ended),
            told.time_zone.clone(),
        ]),
        None => cells.resize(Parties::COLUMNS.len(), String::new()),
    }
    cells
}

pub(super) fn code_of(country: Option<Country>) -> String {
    country.map_or_else(String::new, |c| c.code().to_owned())
}

pub(super) fn tier_text(tier: Tier) -> String {
    TierWord::from(tier).as_str().to_owned()
}

pub(super) fn day_text(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

pub(super) fn client_of(row: &PartyRow) -> Client {
    Client {
        id: row.client.clone(),
        hub: row.hub.clone(),
        name: row.client_name.clone(),
        country: row.country,
        email: row.email.clone(),
        vat_id: row.vat_id.clone(),
    }
}

pub(super) fn facts_of(told: &PartyChannel) -> ChannelFacts {
    ChannelFacts {
        id: told.id.clone(),
        phone: told.phone.clone(),
        name: told.display_name.clone(),
        tier: told.tier,
        started: told.started,
        ended: told.ended,
        time_zone: told.time_zone.clone(),
    }
}
