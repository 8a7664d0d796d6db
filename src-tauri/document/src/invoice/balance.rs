//! The balance of the month, under a month closing.

use hubledger_core::hub_invoice::{ClosingSummary, HubInvoice};
use hubledger_core::money::Money;

use super::TEXT;
use super::parts::{column, row};
use crate::layout::{Density, Paragraph, RowKind, Start, Table, Width};
use crate::speech::Speech;

pub(super) fn balance_table(
    invoice: &HubInvoice,
    summary: &ClosingSummary,
    speech: Speech,
) -> Table {
    let currency = invoice.currency.to_string();
    let line = |name: &str, amount: Money| {
        let cells = vec![
            Paragraph::new(name, TEXT).into(),
            Paragraph::new(speech.cents(amount), TEXT).into(),
        ];
        row(RowKind::Line, cells)
    };
    let late = Paragraph::new(speech.reconciliation(), TEXT.quiet())
        .and(format!(", {}", speech.included_in_usage()), TEXT.quiet());
    let late_amount = Paragraph::new(
        speech.cents(summary.usage_reconciliation.negated()),
        TEXT.quiet(),
    );
    let ending = TEXT.bold();
    let rows = vec![
        line(speech.starting_balance(), summary.starting),
        line(speech.added_funds(), summary.added),
        line(speech.total_usage(), summary.used.negated()),
        row(RowKind::Line, vec![late.into(), late_amount.into()]),
        line(speech.refunds_to_balance(), summary.refunds_to_balance),
        line(speech.refunds_paid_out(), summary.paid_out.negated()),
        line(speech.settled_by_invoice(), summary.settled_by_invoice),
        row(
            RowKind::RuledSum,
            vec![
                Paragraph::new(speech.ending_balance(), ending).into(),
                Paragraph::new(speech.cents(summary.ending), ending).into(),
            ],
        ),
    ];
    Table {
        title: None,
        note: None,
        columns: vec![
            column(speech.balance_of_the_month(), Width::Share(1.0), false),
            column(&speech.amount_in(&currency), Width::Natural, true),
        ],
        rows,
        start: Start::WholeOrNewPage,
        density: Density::Normal,
    }
}
