//! A reminder on the partner's letterhead: which invoices are due, since when, and what is open of
//! each. It adds up only what stands under its rows.

use hubledger_core::money::Money;
use hubledger_core::reminder::{Reminder, ReminderLevel};

use crate::error::Error;
use crate::invoice::parts::{column, row};
use crate::invoice::{TEXT, TOTAL};
use crate::layout::{
    Density, Fact, Fonts, Head, LetterHead, Paragraph, Payment, Row, RowKind, Sheet, Start, Table,
    Width, lay_out,
};
use crate::letterhead::{Letterhead, Transfer, address, as_seen, footer, page_words, sender};
use crate::pdf::{self, About};
use crate::speech::Speech;

/// As many numbers as a bank takes beside each other; more are named by the first.
const LONGEST_REFERENCE: usize = 140;

/// A reminder as the bytes of a PDF, in the client's language. The same reminder gives the same
/// bytes.
pub fn reminder_pdf(
    reminder: &Reminder,
    letterhead: &Letterhead,
    fonts: &Fonts,
) -> Result<Vec<u8>, Error> {
    let speech = Speech(reminder.buyer.language);
    let pages = lay_out(&sheet(reminder, letterhead, speech)?, fonts)?;
    let title = title(reminder.level, speech);
    let about = About {
        title: format!("{title}, {}", speech.day(reminder.on)),
        subject: title.to_owned() + &speech.running_head(&reminder.buyer.name, reminder.on),
        author: reminder.seller.name.clone(),
        language: speech.0.tag(),
        day: reminder.on,
    };
    pdf::write(&pages, &about, None, fonts)
}

fn title(level: ReminderLevel, speech: Speech) -> &'static str {
    match level {
        ReminderLevel::First => speech.first_reminder(),
        ReminderLevel::Second => speech.second_reminder(),
        ReminderLevel::Last => speech.last_reminder(),
    }
}

fn opening(level: ReminderLevel, speech: Speech) -> &'static str {
    match level {
        ReminderLevel::First => speech.first_words(),
        ReminderLevel::Second => speech.second_words(),
        ReminderLevel::Last => speech.last_words(),
    }
}

fn sheet(reminder: &Reminder, letterhead: &Letterhead, speech: Speech) -> Result<Sheet, Error> {
    let seller = &reminder.seller;
    let title = title(reminder.level, speech);
    let running = speech.running_head(&reminder.buyer.name, reminder.on);
    Ok(Sheet {
        notice: None,
        head: Head::Letter(LetterHead {
            logo: letterhead.picture(&format!("{} {}", speech.logo_of(), seller.name)),
            issuer: Paragraph::new(&seller.name, letterhead.name_style()),
            sender: sender(seller),
            address: address(&reminder.buyer, seller),
            facts: facts(reminder, speech),
            title: Paragraph::new(title, letterhead.title_style()),
        }),
        running_head: Paragraph::new(title, TEXT.bold()).and(running, TEXT.quiet()),
        running_right: Paragraph::new(&seller.name, TEXT.quiet()),
        tables: vec![table(reminder, speech)?],
        payment: Some(payment(reminder, speech)?),
        closing: [speech.paid_meanwhile(), speech.reminder_is_no_invoice()]
            .map(|text| Paragraph::new(text, TEXT))
            .to_vec(),
        footer: footer(&as_seen(seller, &reminder.buyer), speech),
        words: page_words(speech),
    })
}

fn facts(reminder: &Reminder, speech: Speech) -> Vec<Fact> {
    let buyer = &reminder.buyer;
    let facts = [
        (speech.date(), speech.day(reminder.on), false),
        (speech.your_reference(), buyer.reference.clone(), false),
        (speech.due(), speech.day(reminder.pay_by), true),
        (
            speech.contact(),
            reminder.seller.contact.name.clone(),
            false,
        ),
    ];
    facts
        .into_iter()
        .filter(|(_, value, _)| !value.trim().is_empty())
        .map(|(name, value, is_strong)| Fact {
            name: name.to_owned(),
            value,
            is_strong,
        })
        .collect()
}

fn table(reminder: &Reminder, speech: Speech) -> Result<Table, Error> {
    let currency = reminder.currency.to_string();
    let mut running = Money::zero(reminder.currency);
    let mut rows = Vec::new();
    for invoice in &reminder.invoices {
        running = running.checked_add(invoice.open)?;
        let cells = [
            invoice.number.to_string(),
            speech.day(invoice.issued_on),
            speech.day(invoice.due_on),
            speech.number(invoice.days_late(reminder.on).into(), 0),
            speech.cents(invoice.owed),
            speech.cents(invoice.open),
        ];
        rows.push(Row {
            kind: RowKind::Line,
            cells: cells.map(|text| Paragraph::new(text, TEXT).into()).to_vec(),
            running: Some(Paragraph::new(speech.cents(running), TEXT.quiet()).into()),
            continued: None,
        });
    }
    let open = amount(reminder.open()?, speech);
    let total = [speech.open_total(), &open].map(|text| Paragraph::new(text, TOTAL).into());
    rows.push(row(RowKind::GrandTotal, total.to_vec()));
    Ok(Table {
        title: None,
        note: Some(Paragraph::new(opening(reminder.level, speech), TEXT)),
        columns: vec![
            column(speech.invoice(), Width::Share(1.0), false),
            column(speech.date(), Width::Natural, true),
            column(speech.due(), Width::Natural, true),
            column(speech.days_late(), Width::Natural, true),
            column(&speech.amount_in(&currency), Width::Natural, true),
            column(&speech.open_in(&currency), Width::Natural, true),
        ],
        rows,
        start: Start::Here,
        density: Density::Normal,
    })
}

fn payment(reminder: &Reminder, speech: Speech) -> Result<Payment, Error> {
    let open = reminder.open()?;
    let ask = speech.please_pay(&amount(open, speech), reminder.pay_by);
    let Some(account) = &reminder.seller.bank else {
        return Ok(Payment::of(&ask));
    };
    let reference = reference(reminder);
    let transfer = Transfer {
        account,
        holder: &reminder.seller.name,
        amount: open,
        reference: &reference,
        has_code: true,
    };
    Ok(transfer.payment(&ask, speech))
}

/// The numbers of the invoices: all, or as many as fit whole.
fn reference(reminder: &Reminder) -> String {
    let mut reference = String::new();
    for invoice in &reminder.invoices {
        let number = invoice.number.to_string();
        let gap = if reference.is_empty() { "" } else { ", " };
        if reference.chars().count() + gap.len() + number.chars().count() > LONGEST_REFERENCE {
            break;
        }
        reference.push_str(gap);
        reference.push_str(&number);
    }
    reference
}

fn amount(money: Money, speech: Speech) -> String {
    format!("{}\u{a0}{}", speech.cents(money), money.currency())
}
