//! What the copy of a hub invoice says, as blocks and tables. It draws what the invoice holds and
//! adds up only what stands under its lines: group sums and sums carried forward.

use std::collections::BTreeMap;

use hubledger_core::hub_invoice::{
    AnnexLine, ClosingSummary, HubInvoice, HubInvoiceKind, HubInvoiceLine, InvoicedChannel,
    LineKind,
};
use hubledger_core::money::Money;
use rust_decimal::Decimal;

use crate::error::Error;
use crate::layout::{
    Cell, Column, Density, Fonts, Letterhead, PageWords, Paragraph, Row, RowKind, Sheet, Start,
    Style, Table, Width, lay_out,
};
use crate::pdf::{self, About};
use crate::words;

const TEXT: Style = Style::new(8.6);
const TOTAL: Style = Style::new(12.0).bold();

/// The bookkeeping copy of a hub invoice as the bytes of a PDF. The same invoice gives the same
/// bytes.
pub fn hub_invoice_pdf(invoice: &HubInvoice, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let pages = lay_out(&sheet(invoice)?, fonts)?;
    let about = About {
        title: format!("{} {}", words::title(invoice.kind), invoice.reference),
        subject: words::notice(invoice.vendor_number.as_deref(), invoice.frozen),
        author: words::COPY.to_owned(),
        language: words::LANGUAGE,
        day: invoice.issued_on,
    };
    pdf::write(&pages, &about, fonts)
}

fn sheet(invoice: &HubInvoice) -> Result<Sheet, Error> {
    let mut tables = vec![lines_table(invoice)?];
    if let Some(summary) = &invoice.summary {
        tables.push(balance_table(invoice, summary));
    }
    if !invoice.annex.is_empty() {
        tables.push(annex_table(invoice)?);
    }
    let running_head = format!("{} {}", words::title(invoice.kind), invoice.reference);
    Ok(Sheet {
        notice: words::notice(invoice.vendor_number.as_deref(), invoice.frozen),
        letterhead: letterhead(invoice),
        running_head: Paragraph::new(running_head, TEXT.bold()).and(
            words::running_head(&invoice.recipient.name, invoice.issued_on),
            TEXT.quiet(),
        ),
        tables,
        footer_left: invoice.reference.clone(),
        footer_middle: words::COPY.to_owned(),
        words: PageWords {
            carried_forward: words::CARRIED_FORWARD,
            brought_forward: words::BROUGHT_FORWARD,
            page_of: words::page_of,
        },
    })
}

fn letterhead(invoice: &HubInvoice) -> Letterhead {
    let recipient = &invoice.recipient;
    let mut address = vec![recipient.name.clone()];
    address.extend(recipient.address.iter().cloned());
    address.push(recipient.country.name().to_owned());
    address.extend(
        recipient
            .vat_id
            .as_ref()
            .map(|id| words::vat_id(id.as_str())),
    );
    Letterhead {
        issuer: vec![
            Paragraph::new(words::ISSUER, Style::new(10.0).bold()),
            Paragraph::new(words::ISSUER_TOWN, TEXT.quiet()),
        ],
        title: words::title(invoice.kind).to_owned(),
        subtitle: words::subtitle(invoice.period, invoice.issued_on),
        address,
        facts: facts(invoice),
    }
}

fn facts(invoice: &HubInvoice) -> Vec<(String, String)> {
    let mut facts = vec![
        (words::REFERENCE, invoice.reference.clone()),
        (words::ISSUED, words::day(invoice.issued_on)),
        (words::PERIOD, words::days_of(invoice.period)),
        (words::HUB, invoice.hub.to_string()),
        (words::HUB_NAME, invoice.hub_name.clone()),
        (words::MODEL, words::model(invoice.model).to_owned()),
        (words::CURRENCY, invoice.currency.to_string()),
    ];
    if let Some(channel) = &invoice.channel {
        facts.push((words::CHANNEL, channel.id.to_string()));
        facts.push((words::PHONE, words::phone(&channel.phone)));
    }
    facts.retain(|(_, value)| !value.trim().is_empty());
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A channel's name, or its phone number for want of one; and the phone number beside a name.
fn channel_names(channel: &InvoicedChannel) -> (String, String) {
    let phone = words::phone(&channel.phone);
    if channel.name.trim().is_empty() {
        (phone, String::new())
    } else {
        (channel.name.clone(), phone)
    }
}

// The lines of the invoice, with its totals.

fn lines_table(invoice: &HubInvoice) -> Result<Table, Error> {
    let has_prices = invoice.lines.iter().any(|line| line.unit_price.is_some());
    let mut columns = vec![column(words::DESCRIPTION, Width::Share(1.0), false)];
    if has_prices {
        columns.push(column(
            &words::price_in(invoice.currency),
            Width::Natural,
            true,
        ));
    }
    columns.push(column(
        &words::amount_in(invoice.currency),
        Width::Natural,
        true,
    ));
    let mut rows = LineRows {
        invoice,
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
            self.rows.push(group_head(&client, "", TEXT));
            self.push_lines(&lines)?;
            self.push_sum(RowKind::Sum, &words::sum_of(&client), &lines)?;
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
            self.push_sum(RowKind::RuledSum, words::USAGE_OF_THE_MONTH, &usage)?;
        }
        self.push_lines(&settling)
    }

    fn push_lines(&mut self, lines: &[&HubInvoiceLine]) -> Result<(), Error> {
        for line in lines {
            self.running = self.running.checked_add(line.amount)?;
            let price = line.unit_price.map_or(String::new(), words::cents);
            let cells = self.cells(description(line), &price, &words::cents(line.amount), TEXT);
            self.rows.push(Row {
                kind: RowKind::Line,
                cells,
                running: Some(Paragraph::new(words::cents(self.running), TEXT.quiet()).into()),
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
        let cells = self.cells(Paragraph::new(name, style), "", &words::cents(sum), style);
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
        let invoice = self.invoice;
        let total = |name: String, amount: Money| {
            row(
                RowKind::Total,
                vec![
                    Paragraph::new(name, TEXT).into(),
                    Paragraph::new(words::cents(amount), TEXT).into(),
                ],
            )
        };
        self.rows.push(total(words::NET.to_owned(), invoice.net));
        self.rows
            .push(total(words::vat(&invoice.vat), invoice.vat.amount));
        let gross = format!("{} {}", words::cents(invoice.gross), invoice.currency);
        self.rows.push(row(
            RowKind::GrandTotal,
            vec![
                Paragraph::new(words::gross(invoice.kind), TOTAL).into(),
                Paragraph::new(gross, TOTAL).into(),
            ],
        ));
        let vat_id = invoice.recipient.vat_id.as_ref().map(|id| id.as_str());
        if let Some(reason) = words::vat_reason(invoice.vat.treatment, vat_id) {
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
fn description(line: &HubInvoiceLine) -> Paragraph {
    let (what, more) = words::line(&line.kind);
    let (name, phone) = line.channel.as_ref().map(channel_names).unwrap_or_default();
    let main = if name.is_empty() {
        what
    } else {
        format!("{what}, {name}")
    };
    Paragraph::new(main, TEXT).and(set_off(&[&phone, &more]), TEXT.quiet())
}

/// Smaller things behind a name, each set off by a dot that no line ends with.
fn set_off(things: &[&str]) -> String {
    let told = things.iter().filter(|thing| !thing.is_empty());
    told.map(|thing| format!(" ·\u{a0}{thing}")).collect()
}

// The balance of the month.

fn balance_table(invoice: &HubInvoice, summary: &ClosingSummary) -> Table {
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

// The annex: what the usage is made of.

/// An annex shows at least four decimals, so that a message of a fraction of a cent is seen.
const ANNEX_DECIMALS: u32 = 4;

fn annex_table(invoice: &HubInvoice) -> Result<Table, Error> {
    let style = Density::Dense.style();
    let decimals = invoice
        .annex
        .iter()
        .map(|line| line.amount.amount().normalize().scale());
    let mut annex = Annex {
        style,
        decimals: decimals.max().unwrap_or_default().max(ANNEX_DECIMALS),
        running: Money::zero(invoice.currency),
        rows: Vec::new(),
    };
    let mut channels = 0;
    for (channel, lines) in grouped(&invoice.annex, |line| line.channel.id.clone()) {
        let _ = channel;
        channels += 1;
        annex.push_channel(&lines, invoice)?;
    }
    if channels > 1 {
        annex.push_sum(RowKind::RuledSum, words::ALL_CHANNELS, annex.running);
    }
    let has_late = invoice.annex.iter().any(|line| line.late);
    let note = if has_late {
        format!("{} {}", words::ANNEX_NOTE, words::LATE_NOTE)
    } else {
        words::ANNEX_NOTE.to_owned()
    };
    Ok(Table {
        title: Some(Paragraph::new(words::ANNEX, Style::new(10.0).bold())),
        note: Some(Paragraph::new(note, TEXT.quiet())),
        columns: vec![
            column(words::CATEGORY, Width::Share(0.52), false),
            column(words::MARKET, Width::Share(0.48), false),
            column(words::QUANTITY, Width::Natural, true),
            column(&words::amount_in(invoice.currency), Width::Natural, true),
        ],
        rows: annex.rows,
        start: Start::WholeOrNewPage,
        density: Density::Dense,
    })
}

struct Annex {
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
        self.rows.push(group_head(&name, &more, self.style));
        for line in lines {
            self.push_line(line)?;
        }
        let sum = Money::sum(invoice.currency, lines.iter().map(|line| line.amount))?;
        self.push_sum(RowKind::Sum, &words::sum_of(&name), sum);
        Ok(())
    }

    fn push_line(&mut self, line: &AnnexLine) -> Result<(), Error> {
        self.running = self.running.checked_add(line.amount)?;
        let style = self.style;
        let late = if line.late {
            set_off(&[words::LATE])
        } else {
            String::new()
        };
        let category =
            Paragraph::new(words::category(line.category), style).and(late, style.quiet());
        let market = match line.market.trim() {
            "" => Paragraph::new(words::NO_MARKET, style.quiet()),
            market => Paragraph::new(market, style),
        };
        let quantity = words::number(Decimal::from(line.quantity), 0);
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
        let text = words::number(amount.amount(), ANNEX_DECIMALS);
        let decimals = amount.amount().normalize().scale().max(ANNEX_DECIMALS);
        let cents_end = text.find('.').map_or(text.len(), |point| point + 3);
        let (cents, rest) = text.split_at_checked(cents_end).unwrap_or((&text, ""));
        Cell {
            text: Paragraph::new(cents, style).and(rest, style.quiet()),
            figures_short: self.decimals.saturating_sub(decimals),
        }
    }
}

// Parts of tables.

fn column(head: &str, width: Width, to_the_right: bool) -> Column {
    Column {
        head: head.to_owned(),
        width,
        to_the_right,
    }
}

fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row {
        kind,
        cells,
        running: None,
        continued: None,
    }
}

fn group_head(name: &str, more: &str, style: Style) -> Row {
    let head = Paragraph::new(name, style.bold()).and(more, style.quiet());
    let continued = head
        .clone()
        .and(set_off(&[words::CONTINUED]), style.quiet());
    Row {
        kind: RowKind::GroupHead,
        cells: vec![head.into()],
        running: None,
        continued: Some(continued),
    }
}

/// Items by a key, each group and the groups in the order of first appearance.
fn grouped<T, K: Ord + Clone>(items: &[T], key: impl Fn(&T) -> K) -> Vec<(K, Vec<&T>)> {
    let mut places: BTreeMap<K, usize> = BTreeMap::new();
    let mut groups: Vec<(K, Vec<&T>)> = Vec::new();
    for item in items {
        let key = key(item);
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups
}
