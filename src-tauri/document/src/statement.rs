//! A statement of a prepaid balance at 360Dialog: what it began with, what moved it, what is left.
//! It adds up only the balance after each movement.

use hubledger_core::hub_invoice::InvoicedChannel;
use hubledger_core::id::HubId;
use hubledger_core::journal::EntryKind;
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::partner::Company;
use hubledger_core::period::Date;

use crate::error::Error;
use crate::invoice::parts::{channel_names, column, row};
use crate::invoice::{TEXT, TOTAL};
use crate::layout::{
    Cell, CopyHead, Density, Fonts, FooterColumn, Head, Paragraph, Row, RowKind, Sheet, Start,
    Style, Table, Width, lay_out,
};
use crate::letterhead::page_words;
use crate::pdf::{self, About};
use crate::speech::Speech;

/// Who says what it says: it is no paper of 360Dialog's.
const KEEPER: &str = "Hubledger";

/// A balance over a period.
#[derive(Clone, Debug)]
pub struct BalanceStatement {
    pub hub: HubId,
    pub hub_name: String,
    /// Whose balance it is, where each channel has its own.
    pub channel: Option<InvoicedChannel>,
    /// The company that keeps the book.
    pub company: Company,
    pub language: Language,
    pub from: Date,
    pub until: Date,
    /// The day on which it was drawn up.
    pub on: Date,
    pub opening: Money,
    /// In the order in which they were booked.
    pub movements: Vec<Movement>,
    /// Rows of usage in the period that have no price yet: they are in no movement.
    pub unrated: u64,
}

/// What moved the balance.
#[derive(Clone, Debug)]
pub struct Movement {
    pub day: Date,
    /// The day it belongs to, where that lies in a closed month.
    pub own_day: Option<Date>,
    pub kind: EntryKind,
    /// Whether it takes back what a closed month holds.
    pub is_reversal: bool,
    /// Signed, in up to six decimals.
    pub amount: Money,
}

/// The statement as the bytes of a PDF. The same statement gives the same bytes.
pub fn balance_statement_pdf(
    statement: &BalanceStatement,
    fonts: &Fonts,
) -> Result<Vec<u8>, Error> {
    let speech = Speech(statement.language);
    let pages = lay_out(&sheet(statement, speech)?, fonts)?;
    let of = match &statement.channel {
        Some(channel) => channel.id.to_string(),
        None => statement.hub.to_string(),
    };
    let days = speech.days(statement.from, statement.until);
    let about = About {
        title: format!("{} {of}, {days}", speech.balance_statement()),
        subject: speech.statement_notice().to_owned(),
        author: KEEPER.to_owned(),
        language: speech.0.tag(),
        day: statement.on,
    };
    pdf::write(&pages, &about, None, fonts)
}

fn sheet(statement: &BalanceStatement, speech: Speech) -> Result<Sheet, Error> {
    let title = speech.balance_statement();
    let company = &statement.company;
    let mut closing = Vec::new();
    if statement.on <= statement.until {
        closing.push(Paragraph::new(speech.so_far(), TEXT));
    }
    if statement.unrated > 0 {
        let count = speech.number(statement.unrated.into(), 0);
        let text = format!("{}: {count}", speech.without_price());
        closing.push(Paragraph::new(text, TEXT.bold()));
    }
    let footer = |left, width, text: &str| FooterColumn {
        left,
        width,
        lines: vec![Paragraph::new(text, FooterColumn::STYLE)],
    };
    Ok(Sheet {
        notice: Some(speech.statement_notice().to_owned()),
        head: Head::Copy(head(statement, speech)),
        running_head: Paragraph::new(title, TEXT.bold()).and(
            speech.running_head(&company.name, statement.on),
            TEXT.quiet(),
        ),
        running_right: Paragraph(Vec::new()),
        tables: vec![table(statement, speech)?],
        payment: None,
        closing,
        footer: vec![
            footer(0.0, 0.42, statement.hub.as_str()),
            footer(0.47, 0.35, KEEPER),
        ],
        words: page_words(speech),
    })
}

fn head(statement: &BalanceStatement, speech: Speech) -> CopyHead {
    let company = &statement.company;
    let mut address = vec![company.name.clone()];
    address.extend(company.address.iter().cloned());
    address.push(company.country.name_in(speech.0).to_owned());
    let mut facts = vec![
        (
            speech.period(),
            speech.days(statement.from, statement.until),
        ),
        (speech.date(), speech.day(statement.on)),
        (speech.hub(), statement.hub.to_string()),
        (speech.currency(), statement.opening.currency().to_string()),
    ];
    if !statement.hub_name.trim().is_empty() {
        let name = format!("{} ({})", statement.hub_name, statement.hub);
        facts.retain(|(fact, _)| *fact != speech.hub());
        facts.insert(2, (speech.hub(), name));
    }
    if let Some(channel) = &statement.channel {
        let (name, phone) = channel_names(channel);
        facts.push((speech.channel(), format!("{name} ({})", channel.id)));
        facts.push((speech.phone(), phone));
    }
    facts.retain(|(_, value)| !value.trim().is_empty());
    CopyHead {
        issuer: vec![Paragraph::new(KEEPER, Style::new(10.0).bold())],
        title: speech.balance_statement().to_owned(),
        subtitle: speech.days(statement.from, statement.until),
        address,
        facts: facts
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    }
}

fn table(statement: &BalanceStatement, speech: Speech) -> Result<Table, Error> {
    let currency = statement.opening.currency().to_string();
    let mut amounts = Amounts {
        speech,
        decimals: 2,
        running: statement.opening,
        rows: Vec::new(),
    };
    amounts.leave_room(statement)?;
    amounts.push_opening(statement);
    for movement in &statement.movements {
        amounts.push(movement)?;
    }
    let closing = format!("{}\u{a0}{currency}", speech.number_of(amounts.running, 2));
    let total = [speech.closing_balance(), &closing].map(|text| Paragraph::new(text, TOTAL).into());
    amounts.rows.push(row(RowKind::GrandTotal, total.to_vec()));
    Ok(Table {
        title: None,
        note: None,
        columns: vec![
            column(speech.date(), Width::Share(0.28), false),
            column(speech.movement(), Width::Share(0.72), false),
            column(&speech.amount_in(&currency), Width::Natural, true),
            column(&speech.balance_in(&currency), Width::Natural, true),
        ],
        rows: amounts.rows,
        start: Start::Here,
        density: Density::Normal,
    })
}

struct Amounts {
    speech: Speech,
    /// The most decimals that an amount has: the others keep room for them.
    decimals: u32,
    running: Money,
    rows: Vec<Row>,
}

impl Amounts {
    fn leave_room(&mut self, statement: &BalanceStatement) -> Result<(), Error> {
        let mut running = statement.opening;
        self.decimals = self.decimals.max(decimals_of(running));
        for movement in &statement.movements {
            running = running.checked_add(movement.amount)?;
            let most = decimals_of(movement.amount).max(decimals_of(running));
            self.decimals = self.decimals.max(most);
        }
        Ok(())
    }

    fn push_opening(&mut self, statement: &BalanceStatement) {
        let opening = self.cell(statement.opening, TEXT.bold());
        let cells = vec![
            Paragraph::new(self.speech.day(statement.from), TEXT).into(),
            Paragraph::new(self.speech.brought_forward(), TEXT.bold()).into(),
            Paragraph(Vec::new()).into(),
            opening,
        ];
        self.push_row(cells);
    }

    fn push(&mut self, movement: &Movement) -> Result<(), Error> {
        self.running = self.running.checked_add(movement.amount)?;
        let speech = self.speech;
        let reversal = movement.is_reversal.then(|| speech.reversal().to_owned());
        let notes = reversal
            .into_iter()
            .chain(movement.own_day.map(|day| speech.day(day)));
        let notes = notes.collect::<Vec<_>>().join(", ");
        let own_day = if notes.is_empty() {
            String::new()
        } else {
            format!(" ({notes})")
        };
        let cells = vec![
            Paragraph::new(speech.day(movement.day), TEXT).into(),
            Paragraph::new(what(movement.kind, speech), TEXT)
                .and(own_day, TEXT.quiet())
                .into(),
            self.cell(movement.amount, TEXT),
            self.cell(self.running, TEXT),
        ];
        self.push_row(cells);
        Ok(())
    }

    fn push_row(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row {
            kind: RowKind::Line,
            cells,
            running: Some(self.cell(self.running, TEXT.quiet())),
            continued: None,
        });
    }

    /// Cents in the ink of the row, what is less than a cent in quiet ink.
    fn cell(&self, amount: Money, style: Style) -> Cell {
        let text = self.speech.number_of(amount, 2);
        let point = text.rfind(['.', ',']).map_or(text.len(), |point| point + 3);
        let (cents, rest) = text.split_at_checked(point).unwrap_or((&text, ""));
        Cell {
            text: Paragraph::new(cents, style).and(rest, style.quiet()),
            figures_short: self.decimals.saturating_sub(decimals_of(amount)),
        }
    }
}

fn decimals_of(amount: Money) -> u32 {
    amount.amount().normalize().scale().max(2)
}

fn what(kind: EntryKind, speech: Speech) -> &'static str {
    match kind {
        EntryKind::Opening => speech.opening_balance(),
        EntryKind::TopUp => speech.top_up(),
        EntryKind::Usage => speech.usage(),
        EntryKind::Reconciliation => speech.late_usage(),
        EntryKind::RefundToBalance => speech.refund_to_balance(),
        EntryKind::PaidOut => speech.paid_out(),
        EntryKind::SettledByInvoice => speech.settled_by_invoice(),
        EntryKind::Rounding => speech.rounding(),
        // These move no prepaid balance; were one here, it would stand under its plain name.
        EntryKind::FeeInvoice
        | EntryKind::VatCorrection
        | EntryKind::ClientInvoice
        | EntryKind::ClientCredit
        | EntryKind::ClientPayment => speech.movement(),
    }
}
