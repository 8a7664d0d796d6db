//! The lines of an invoice, by client or by what they settle, and its totals.

use hubledger_core::hub_invoice::{HubInvoice, HubInvoiceKind, HubInvoiceLine, LineKind};
use hubledger_core::money::Money;

use super::parts::{channel_names, column, group_head, grouped, row, set_off};
use super::{TEXT, TOTAL};
use crate::error::Error;
use crate::layout::{Cell, Density, Paragraph, Row, RowKind, Start, Style, Table, Width};
use crate::speech::Speech;

pub(super) fn lines_table(invoice: &HubInvoice, speech: Speech) -> Result<Table, Error> {
    let currency = invoice.currency.to_string();
    let has_prices = invoice.lines.iter().any(|line| line.unit_price.is_some());
    let mut columns = vec![column(speech.description(), Width::Share(1.0), false)];
    if has_prices {
        columns.push(column(
            &speech.monthly_price_in(&currency),
            Width::Natural,
            true,
        ));
    }
    columns.push(column(&speech.amount_in(&currency), Width::Natural, true));
    let mut rows = LineRows {
        invoice,
        speech,
        has_prices,
        running: Money::zero(invoice.currency),
        rows: Vec::new(),
    };
    match invoice.kind {
        HubInvoiceKind::MonthClosing => rows.push_closing()?,
        _ if invoice.channel.is_none() => rows.push_by_client()?,
        _ => rows.push_lines(&invoice.lines.iter().collect::<Vec<_>>())?,
    }
    rows.push_totals();
    Ok(Table {
        title: None,
        note: None,
        columns,
        rows: rows.rows,
        start: Start::Here,
        density: Density::Normal,
    })
}

struct LineRows<'a> {
    invoice: &'a HubInvoice,
    speech: Speech,
    has_prices: bool,
    /// The sum of the lines so far.
    running: Money,
    rows: Vec<Row>,
}

impl LineRows<'_> {
    /// Lines of one client under its name, in the order in which clients first appear.
    fn push_by_client(&mut self) -> Result<(), Error> {
        let name = |line: &HubInvoiceLine| line.channel.as_ref().map(|c| c.client_name.clone());
        for (client, lines) in grouped(&self.invoice.lines, name) {
            let Some(client) = client.filter(|name| !name.trim().is_empty()) else {
                self.push_lines(&lines)?;
                continue;
            };
            self.rows
                .push(group_head(&client, "", TEXT, self.speech.continued()));
            self.push_lines(&lines)?;
            self.push_sum(RowKind::Sum, &self.speech.sum_of(&client), &lines)?;
        }
        Ok(())
    }

    /// The usage with its sum, then how it is settled.
    fn push_closing(&mut self) -> Result<(), Error> {
        let (usage, settling): (Vec<_>, Vec<_>) = self
            .invoice
            .lines
            .iter()
            .partition(|line| is_usage(&line.kind));
        self.push_lines(&usage)?;
        if usage.len() > 1 {
            self.push_sum(RowKind::RuledSum, self.speech.usage_of_the_month(), &usage)?;
        }
        self.push_lines(&settling)
    }

    fn push_lines(&mut self, lines: &[&HubInvoiceLine]) -> Result<(), Error> {
        let speech = self.speech;
        for line in lines {
            self.running = self.running.checked_add(line.amount)?;
            let price = line
                .unit_price
                .map_or(String::new(), |price| speech.cents(price));
            let cells = self.cells(
                description(line, speech),
                &price,
                &speech.cents(line.amount),
                TEXT,
            );
            self.rows.push(Row {
                kind: RowKind::Line,
                cells,
                running: Some(Paragraph::new(speech.cents(self.running), TEXT.quiet()).into()),
                continued: None,
            });
        }
        Ok(())
    }

    fn push_sum(
        &mut self,
        kind: RowKind,
        name: &str,
        lines: &[&HubInvoiceLine],
    ) -> Result<(), Error> {
        let sum = Money::sum(self.invoice.currency, lines.iter().map(|line| line.amount))?;
        let style = TEXT.bold();
        let cells = self.cells(
            Paragraph::new(name, style),
            "",
            &self.speech.cents(sum),
            style,
        );
        self.rows.push(row(kind, cells));
        Ok(())
    }

    fn cells(&self, first: Paragraph, price: &str, amount: &str, style: Style) -> Vec<Cell> {
        let mut cells = vec![Cell::from(first)];
        if self.has_prices {
            cells.push(Paragraph::new(price, style).into());
        }
        cells.push(Paragraph::new(amount, style).into());
        cells
    }

    fn push_totals(&mut self) {
        let (invoice, speech) = (self.invoice, self.speech);
        let total = |name: String, amount: Money| {
            row(
                RowKind::Total,
                vec![
                    Paragraph::new(name, TEXT).into(),
                    Paragraph::new(speech.cents(amount), TEXT).into(),
                ],
            )
        };
        self.rows.push(total(speech.net().to_owned(), invoice.net));
        self.rows
            .push(total(speech.copy_vat(&invoice.vat), invoice.vat.amount));
        let gross = format!("{} {}", speech.cents(invoice.gross), invoice.currency);
        self.rows.push(row(
            RowKind::GrandTotal,
            vec![
                Paragraph::new(speech.copy_gross(invoice.kind), TOTAL).into(),
                Paragraph::new(gross, TOTAL).into(),
            ],
        ));
        let vat_id = invoice.recipient.vat_id.as_ref().map(|id| id.as_str());
        if let Some(reason) = speech.no_vat_reason(invoice.vat.treatment, vat_id) {
            self.rows.push(row(
                RowKind::Note,
                vec![Paragraph::new(reason, TEXT).into()],
            ));
        }
    }
}

fn is_usage(kind: &LineKind) -> bool {
    matches!(
        kind,
        LineKind::Messages | LineKind::Calls | LineKind::UsageReconciliation
    )
}

/// What a line is for, with its channel and its days.
fn description(line: &HubInvoiceLine, speech: Speech) -> Paragraph {
    let (what, more) = speech.line(&line.kind);
    let (name, phone) = line.channel.as_ref().map(channel_names).unwrap_or_default();
    let main = if name.is_empty() {
        what
    } else {
        format!("{what}, {name}")
    };
    Paragraph::new(main, TEXT).and(set_off(&[&phone, &more]), TEXT.quiet())
}
