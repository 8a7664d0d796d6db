//! Problem rows that only the book can tell, with their cells as a file writes them.

use hubledger_core::usage::{ChannelRef, Place, UsageRow};
use hubledger_export::Separator as OutSeparator;
use hubledger_import::usage_csv::Usage;
use hubledger_import::{Format, Problem, ProblemKind};

/// A row whose channel the book does not know.
pub(super) fn channel_problem(line: u64, usage: &UsageRow) -> Problem {
    let (column, found) = match &usage.channel {
        ChannelRef::Id(id) => ("channel_id", id.to_string()),
        ChannelRef::Phone(phone) => ("phone_number", phone.to_string()),
    };
    Problem::new(
        line,
        Some(column),
        &found,
        ProblemKind::ChannelUnknown,
        raw(usage),
    )
}

/// A row's cells in the order of the format's columns, for problems that only the book can tell.
pub(super) fn raw(usage: &UsageRow) -> Vec<String> {
    let (id, phone) = match &usage.channel {
        ChannelRef::Id(id) => (id.to_string(), String::new()),
        ChannelRef::Phone(phone) => (String::new(), phone.to_string()),
    };
    let (country, market) = match &usage.place {
        Place::Country(country) => (country.code().to_owned(), String::new()),
        Place::Market(market) => (String::new(), market.clone()),
        Place::Unknown => (String::new(), String::new()),
    };
    vec![
        usage.day.to_string(),
        id,
        phone,
        country,
        market,
        usage.category.name().to_owned(),
        usage.pricing_type.name().to_owned(),
        usage.quantity.to_string(),
        usage.cost.map(|c| c.to_string()).unwrap_or_default(),
        usage.row_id.clone().unwrap_or_default(),
    ]
}

/// Problems that only the book can tell, whose cells stand in our own order.
pub(super) fn is_from_book(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::ChannelUnknown
            | ProblemKind::ChannelNotStarted { .. }
            | ProblemKind::ChannelEnded { .. }
            | ProblemKind::BeforeTheBooks { .. }
            | ProblemKind::HubClosed { .. }
            | ProblemKind::MarketUnknown
            | ProblemKind::DuplicateRowId { .. }
    )
}

/// A row's cells in the order of the file's own columns.
pub(super) fn arranged(header: &[String], raw: &[String], separator: OutSeparator) -> Vec<String> {
    header
        .iter()
        .map(|column| {
            let at = Usage::COLUMNS
                .iter()
                .position(|name| name.eq_ignore_ascii_case(column.trim()));
            let cell = at.and_then(|at| raw.get(at)).cloned().unwrap_or_default();
            // Decimals follow a comma where columns stand between semicolons.
            let is_cost = at.and_then(|at| Usage::COLUMNS.get(at)) == Some(&"cost");
            if is_cost && separator == OutSeparator::Semicolon {
                cell.replace('.', ",")
            } else {
                cell
            }
        })
        .collect()
}
