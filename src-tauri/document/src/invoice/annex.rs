//! The annex of a month closing: what the usage is made of, by channel.

use hubledger_core::hub_invoice::{AnnexLine, HubInvoice};
use hubledger_core::money::Money;
use rust_decimal::Decimal;

use super::TEXT;
use super::parts::{channel_names, column, group_head, grouped, row, set_off};
use crate::error::Error;
use crate::layout::{Cell, Density, Paragraph, Row, RowKind, Start, Style, Table, Width};
use crate::speech::Speech;

/// An annex shows at least four decimals, so that a message of a fraction of a cent is seen.
const ANNEX_DECIMALS: u32 = 4;

pub(super) fn annex_table(invoice: &HubInvoice, speech: Speech) -> Result<Table, Error> {
    let style = Density::Dense.style();
    let currency = invoice.currency.to_string();
    let decimals = invoice
        .annex
        .iter()
        .map(|line| line.amount.amount().normalize().scale());
    let mut annex = Annex {
        speech,
        style,
        decimals: decimals.max().unwrap_or_default().max(ANNEX_DECIMALS),
        running: Money::zero(invoice.currency),
        rows: Vec::new(),
    };
    let channels = grouped(&invoice.annex, |line| line.channel.id.clone());
    for (_, lines) in &channels {
        annex.push_channel(lines, invoice)?;
    }
    if channels.len() > 1 {
        annex.push_sum(RowKind::RuledSum, speech.all_channels(), annex.running);
    }
    let mut note = speech.annex_note().to_owned();
    for (is_said, says) in [
        (
            invoice.annex.iter().any(|line| line.late),
            speech.late_note(),
        ),
        (
            invoice.annex.iter().any(|line| line.estimated),
            speech.estimate_note(),
        ),
    ] {
        if is_said {
            note.push(' ');
            note.push_str(says);
        }
    }
    Ok(Table {
        title: Some(Paragraph::new(speech.annex(), Style::new(10.0).bold())),
        note: Some(Paragraph::new(note, TEXT.quiet())),
        columns: vec![
            column(speech.category_name(), Width::Share(0.52), false),
            column(speech.market(), Width::Share(0.48), false),
            column(speech.quantity(), Width::Natural, true),
            column(&speech.amount_in(&currency), Width::Natural, true),
        ],
        rows: annex.rows,
        start: Start::WholeOrNewPage,
        density: Density::Dense,
    })
}

struct Annex {
    speech: Speech,
    style: Style,
    /// The most that an amount has: the others keep room for them, to stand point under point.
    decimals: u32,
    running: Money,
    rows: Vec<Row>,
}

impl Annex {
    fn push_channel(&mut self, lines: &[&AnnexLine], invoice: &HubInvoice) -> Result<(), Error> {
        let Some(first) = lines.first() else {
            return Ok(());
        };
        let (name, phone) = channel_names(&first.channel);
        let client = if invoice.channel.is_none() {
            first.channel.client_name.trim()
        } else {
            ""
        };
        let more = set_off(&[&phone, client]);
        self.rows.push(group_head(
            &name,
            &more,
            self.style,
            self.speech.continued(),
        ));
        for line in lines {
            self.push_line(line)?;
        }
        let sum = Money::sum(invoice.currency, lines.iter().map(|line| line.amount))?;
        self.push_sum(RowKind::Sum, &self.speech.sum_of(&name), sum);
        Ok(())
    }

    fn push_line(&mut self, line: &AnnexLine) -> Result<(), Error> {
        self.running = self.running.checked_add(line.amount)?;
        let (style, speech) = (self.style, self.speech);
        let late = if line.late { speech.late() } else { "" };
        let free = if line.free { speech.free() } else { "" };
        let estimated = if line.estimated {
            speech.estimate()
        } else {
            ""
        };
        let marks = set_off(&[late, free, estimated]);
        let category =
            Paragraph::new(speech.category(line.category), style).and(marks, style.quiet());
        let market = match line.market.trim() {
            "" => Paragraph::new(speech.no_market(), style.quiet()),
            market => Paragraph::new(market, style),
        };
        let quantity = speech.number(Decimal::from(line.quantity), 0);
        self.rows.push(Row {
            kind: RowKind::Line,
            cells: vec![
                category.into(),
                market.into(),
                Paragraph::new(quantity, style).into(),
                self.amount(line.amount, style),
            ],
            running: Some(self.amount(self.running, style.quiet())),
            continued: None,
        });
        Ok(())
    }

    fn push_sum(&mut self, kind: RowKind, name: &str, sum: Money) {
        let style = self.style.bold();
        let blank = || Cell::from(Paragraph(Vec::new()));
        let cells = vec![
            Paragraph::new(name, style).into(),
            blank(),
            blank(),
            self.amount(sum, style),
        ];
        self.rows.push(row(kind, cells));
    }

    /// An amount with its cents in full ink and what is less than a cent in quiet ink.
    fn amount(&self, amount: Money, style: Style) -> Cell {
        let text = self.speech.number_of(amount, ANNEX_DECIMALS);
        let decimals = amount.amount().normalize().scale().max(ANNEX_DECIMALS);
        let cents_end = text.rfind(['.', ',']).map_or(text.len(), |point| point + 3);
        let (cents, rest) = text.split_at_checked(cents_end).unwrap_or((&text, ""));
        Cell {
            text: Paragraph::new(cents, style).and(rest, style.quiet()),
            figures_short: self.decimals.saturating_sub(decimals),
        }
    }
}
