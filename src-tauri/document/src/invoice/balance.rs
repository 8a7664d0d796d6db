//! The balance of the month, under a month closing.

use hubledger_core::hub_invoice::{ClosingSummary, HubInvoice};
use hubledger_core::money::Money;

use super::TEXT;
use super::parts::{column, row};
use crate::layout::{Density, Paragraph, RowKind, Start, Table, Width};
use crate::words;

pub(super) fn balance_table(invoice: &HubInvoice, summary: &ClosingSummary) -> Table {
    let line = |name: &str, amount: Money| {
        let cells = vec![
            Paragraph::new(name, TEXT).into(),
            Paragraph::new(words::cents(amount), TEXT).into(),
        ];
        row(RowKind::Line, cells)
    };
    let late = Paragraph::new(words::RECONCILIATION, TEXT.quiet())
        .and(format!(", {}", words::INCLUDED_IN_USAGE), TEXT.quiet());
    let late_amount = Paragraph::new(
        words::cents(summary.usage_reconciliation.negated()),
        TEXT.quiet(),
    );
    let ending = TEXT.bold();
    let rows = vec![
        line(words::STARTING_BALANCE, summary.starting),
        line(words::ADDED_FUNDS, summary.added),
        line(words::USAGE, summary.used.negated()),
        row(RowKind::Line, vec![late.into(), late_amount.into()]),
        line(words::REFUNDS_TO_BALANCE, summary.refunds_to_balance),
        line(words::REFUNDS_PAID_OUT, summary.paid_out.negated()),
        line(words::SETTLED_BY_INVOICE, summary.settled_by_invoice),
        row(
            RowKind::RuledSum,
            vec![
                Paragraph::new(words::ENDING_BALANCE, ending).into(),
                Paragraph::new(words::cents(summary.ending), ending).into(),
            ],
        ),
    ];
    Table {
        title: None,
        note: None,
        columns: vec![
            column(words::BALANCE_OF_THE_MONTH, Width::Share(1.0), false),
            column(&words::amount_in(invoice.currency), Width::Natural, true),
        ],
        rows,
        start: Start::WholeOrNewPage,
        density: Density::Normal,
    }
}
