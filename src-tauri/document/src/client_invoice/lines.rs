//! The lines of a client invoice by group, its sums, and the advances that come off them.

use hubledger_core::client_invoice::{InvoiceContent, InvoiceLine};
use hubledger_core::money::Money;
use rust_decimal::Decimal;

use super::UnreadLine;
use super::gaps::{MARKED, gap};
use crate::error::Error;
use crate::invoice::parts::{column, group_head, grouped, row};
use crate::invoice::{TEXT, TOTAL};
use crate::layout::{Cell, Density, Paragraph, Row, RowKind, Start, Style, Table, Width};
use crate::speech::Speech;

const PRICE_DECIMALS: u32 = 2;

/// `unread` are lines that a draft has and that have no sum yet.
pub(super) fn lines_table(
    invoice: &InvoiceContent,
    unread: &[UnreadLine],
    speech: Speech,
) -> Result<Table, Error> {
    let currency = invoice.currency().to_string();
    // Where all lines bear the same VAT, the totals say it once.
    let has_rates = invoice.sums().vat.len() > 1;
    let mut columns = vec![
        column(speech.description(), Width::Share(1.0), false),
        column(speech.quantity(), Width::Natural, true),
        column(&speech.price_in(&currency), Width::Natural, true),
    ];
    if has_rates {
        columns.push(column(speech.vat(), Width::Natural, true));
    }
    columns.push(column(&speech.amount_in(&currency), Width::Natural, true));
    let scales = invoice
        .lines()
        .map(|(line, _)| decimals_of(line.unit_price));
    let mut rows = LineRows {
        invoice,
        speech,
        has_rates,
        price_decimals: scales.max().unwrap_or(PRICE_DECIMALS),
        running: Money::zero(invoice.currency()),
        rows: Vec::new(),
    };
    rows.push_groups(unread)?;
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

/// How many decimals a price is printed with.
fn decimals_of(price: Money) -> u32 {
    price.amount().normalize().scale().max(PRICE_DECIMALS)
}

/// A line as it stands on the page.
enum Written<'a> {
    Read(&'a InvoiceLine, Money),
    Unread(&'a UnreadLine),
}

impl Written<'_> {
    fn group(&self) -> &str {
        match self {
            Self::Read(line, _) => line.group.trim(),
            Self::Unread(line) => line.group.trim(),
        }
    }

    fn net(&self) -> Option<Money> {
        match self {
            Self::Read(_, net) => Some(*net),
            Self::Unread(_) => None,
        }
    }
}

/// All lines in the order in which they were written.
fn as_written<'a>(invoice: &'a InvoiceContent, unread: &'a [UnreadLine]) -> Vec<Written<'a>> {
    let mut unread = unread.iter().peekable();
    let mut written = Vec::new();
    for (had, (line, net)) in invoice.lines().enumerate() {
        while let Some(line) = unread.next_if(|line| line.after <= had) {
            written.push(Written::Unread(line));
        }
        written.push(Written::Read(line, net));
    }
    written.extend(unread.map(Written::Unread));
    written
}

struct LineRows<'a> {
    invoice: &'a InvoiceContent,
    speech: Speech,
    has_rates: bool,
    /// The most that a price has: the others keep room for them, to stand point under point.
    price_decimals: u32,
    running: Money,
    rows: Vec<Row>,
}

impl LineRows<'_> {
    /// Lines of one group under its name, in the order in which groups first appear.
    fn push_groups(&mut self, unread: &[UnreadLine]) -> Result<(), Error> {
        let written = as_written(self.invoice, unread);
        for (group, lines) in grouped(&written, |line| line.group().to_owned()) {
            if !group.is_empty() {
                let continued = self.speech.continued();
                self.rows.push(group_head(&group, "", TEXT, continued));
            }
            for line in &lines {
                match line {
                    Written::Read(line, net) => self.push_line(line, *net)?,
                    Written::Unread(line) => self.push_unread(&line.text),
                }
            }
            let nets: Vec<Money> = lines.iter().filter_map(|line| line.net()).collect();
            if !group.is_empty() && !nets.is_empty() {
                let sum = Money::sum(self.invoice.currency(), nets)?;
                self.push_sum(&self.speech.sum_of(&group), sum);
            }
        }
        Ok(())
    }

    fn push_line(&mut self, line: &InvoiceLine, net: Money) -> Result<(), Error> {
        self.running = self.running.checked_add(net)?;
        let speech = self.speech;
        let mut what = Paragraph::in_lines(&line.text, TEXT);
        if !line.description.trim().is_empty() {
            what = what.and_below(&line.description, TEXT.quiet());
        }
        let unit = line.unit.word(speech.0, line.quantity);
        let unit = if unit.is_empty() {
            String::new()
        } else {
            format!("\u{a0}{unit}")
        };
        let quantity =
            Paragraph::new(speech.number(line.quantity, 0), TEXT).and(unit, TEXT.quiet());
        let price = Cell {
            text: Paragraph::new(speech.number_of(line.unit_price, PRICE_DECIMALS), TEXT),
            figures_short: self
                .price_decimals
                .saturating_sub(decimals_of(line.unit_price)),
        };
        let mut cells = vec![what.into(), quantity.into(), price];
        if self.has_rates {
            let rate = match line.vat.percent() {
                percent if percent == Decimal::ZERO => line.vat.code().to_owned(),
                percent => speech.percent(percent),
            };
            cells.push(Paragraph::new(rate, TEXT).into());
        }
        cells.push(Paragraph::new(speech.cents(net), TEXT).into());
        self.rows.push(Row {
            kind: RowKind::Line,
            cells,
            running: Some(Paragraph::new(speech.cents(self.running), TEXT.quiet()).into()),
            continued: None,
        });
        Ok(())
    }

    /// A line of a draft without a price that can be read: it is in no sum, and says so.
    fn push_unread(&mut self, text: &str) {
        let speech = self.speech;
        let what = if text.trim().is_empty() {
            Paragraph::new(gap(speech.no_text()), MARKED)
        } else {
            Paragraph::in_lines(text, TEXT)
        };
        let mark = Paragraph::new(gap(speech.no_price()), MARKED);
        let mut cells = vec![what.into(), Cell::from(Paragraph(Vec::new())), mark.into()];
        if self.has_rates {
            cells.push(Paragraph(Vec::new()).into());
        }
        cells.push(Paragraph(Vec::new()).into());
        self.rows.push(row(RowKind::Line, cells));
    }

    fn push_sum(&mut self, name: &str, sum: Money) {
        let style = TEXT.bold();
        let blanks = if self.has_rates { 3 } else { 2 };
        let mut cells = vec![Cell::from(Paragraph::new(name, style))];
        cells.extend((0..blanks).map(|_| Cell::from(Paragraph(Vec::new()))));
        cells.push(Paragraph::new(self.speech.cents(sum), style).into());
        self.rows.push(row(RowKind::Sum, cells));
    }

    fn push_total(&mut self, name: &str, amount: String, style: Style, kind: RowKind) {
        let cells = vec![
            Paragraph::new(name, style).into(),
            Paragraph::new(amount, style).into(),
        ];
        self.rows.push(row(kind, cells));
    }

    fn push_totals(&mut self) {
        let (speech, invoice) = (self.speech, self.invoice);
        let sums = invoice.sums();
        self.push_total(speech.net(), speech.cents(sums.net), TEXT, RowKind::Total);
        for vat in &sums.vat {
            let name = speech.vat_of(vat.case.percent(), vat.basis);
            self.push_total(&name, speech.cents(vat.vat), TEXT, RowKind::Total);
        }
        if sums.due != sums.gross {
            self.push_total(
                speech.gross(),
                speech.cents(sums.gross),
                TEXT,
                RowKind::Total,
            );
        }
        for (name, amount) in [
            (speech.prepaid(), sums.prepaid.negated()),
            (speech.rounding(), sums.rounding),
        ] {
            if amount.amount() != Decimal::ZERO {
                self.push_total(name, speech.cents(amount), TEXT, RowKind::Total);
            }
        }
        let word = if invoice.kind().is_credit() {
            speech.credited()
        } else {
            speech.to_pay()
        };
        let due = format!("{}\u{a0}{}", speech.cents(sums.due), invoice.currency());
        self.push_total(word, due, TOTAL, RowKind::GrandTotal);
        self.push_notes();
    }

    /// Why there is no VAT, and the VAT in the seller's own currency.
    fn push_notes(&mut self) {
        let (speech, invoice) = (self.speech, self.invoice);
        let mut notes = Vec::new();
        if let Some(country) = invoice.seller().address.country {
            for vat in &invoice.sums().vat {
                let reason = vat.case.reason(speech.0, country);
                notes.extend(reason.map(|reason| match self.has_rates {
                    true => format!("{}: {reason}", vat.case.code()),
                    false => reason,
                }));
            }
        }
        if let (Some(own), Some(vat)) = (invoice.own_currency(), invoice.sums().vat_in_own_currency)
        {
            let amount = format!("{}\u{a0}{}", speech.number(vat, 2), own.currency);
            let rate = format!(
                "1\u{a0}{} = {}\u{a0}{}",
                invoice.currency(),
                speech.number(own.rate, 2),
                own.currency
            );
            notes.push(speech.vat_in_own(&amount, &rate, &own.source, own.on));
        }
        for note in notes {
            let cells = vec![Paragraph::new(note, TEXT).into()];
            self.rows.push(row(RowKind::Note, cells));
        }
    }
}

/// What was paid in advance, with its VAT: without it the VAT would be owed twice.
pub(super) fn advances_table(invoice: &InvoiceContent, speech: Speech) -> Result<Table, Error> {
    let mut rows = Vec::new();
    for advance in invoice.advances() {
        let reference = &advance.invoice;
        let name = format!("{} ({})", reference.number, speech.day(reference.issued_on));
        let received = advance
            .received_on
            .map_or(String::new(), |day| speech.day(day));
        for share in &advance.shares {
            let gross = share.net.checked_add(share.vat)?;
            let cells = [
                name.clone(),
                received.clone(),
                speech.cents(share.net),
                speech.percent(share.case.percent()),
                speech.cents(share.vat),
                speech.cents(gross),
            ];
            let cells = cells.map(|text| Paragraph::new(text, TEXT).into()).to_vec();
            rows.push(row(RowKind::Line, cells));
        }
    }
    Ok(Table {
        title: Some(Paragraph::new(speech.advances(), Style::new(10.0).bold())),
        note: None,
        columns: vec![
            column(speech.prepayment(), Width::Share(1.0), false),
            column(speech.received_on(), Width::Natural, true),
            column(speech.net(), Width::Natural, true),
            column("%", Width::Natural, true),
            column(speech.vat(), Width::Natural, true),
            column(speech.gross(), Width::Natural, true),
        ],
        rows,
        start: Start::WholeOrNewPage,
        density: Density::Normal,
    })
}
