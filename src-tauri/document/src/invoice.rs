//! What the copy of a hub invoice says, as blocks and tables. It draws what the invoice holds and
//! adds up only what stands under its lines: group sums and sums carried forward.

pub(crate) mod parts;
mod words;
mod lines;
mod balance;
mod annex;

use hubledger_core::hub_invoice::HubInvoice;

use crate::error::Error;
use crate::layout::{CopyHead, Fonts, FooterColumn, Head, Paragraph, Sheet, Style, lay_out};
use crate::letterhead::page_words;
use crate::pdf::{self, About};
use crate::speech::Speech;
use crate::words as common;
use annex::annex_table;
use balance::balance_table;
use lines::lines_table;

pub(crate) const TEXT: Style = Style::new(8.6);
pub(crate) const TOTAL: Style = Style::new(12.0).bold();

/// The bookkeeping copy of a hub invoice as the bytes of a PDF. The same invoice gives the same
/// bytes.
pub fn hub_invoice_pdf(invoice: &HubInvoice, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let speech = Speech(invoice.language);
    let pages = lay_out(&sheet(invoice, speech)?, fonts)?;
    let mut subject = speech.notice(invoice.vendor_number.as_deref(), invoice.frozen);
    if let Some(seal) = invoice.seal {
        subject.push(' ');
        subject.push_str(&speech.sealed(seal));
    }
    let about = About {
        title: title(invoice, speech),
        subject,
        author: speech.copy().to_owned(),
        language: speech.0.tag(),
        day: invoice.issued_on,
    };
    pdf::write(&pages, &about, None, fonts)
}

fn title(invoice: &HubInvoice, speech: Speech) -> String {
    format!("{} {}", speech.copy_title(invoice.kind), invoice.reference)
}

fn sheet(invoice: &HubInvoice, speech: Speech) -> Result<Sheet, Error> {
    let mut tables = vec![lines_table(invoice, speech)?];
    if let Some(summary) = &invoice.summary {
        tables.push(balance_table(invoice, summary, speech));
    }
    if !invoice.annex.is_empty() {
        tables.push(annex_table(invoice, speech)?);
    }
    Ok(Sheet {
        notice: Some(speech.notice(invoice.vendor_number.as_deref(), invoice.frozen)),
        head: Head::Copy(copy_head(invoice, speech)),
        running_head: Paragraph::new(title(invoice, speech), TEXT.bold()).and(
            speech.running_head(&invoice.recipient.name, invoice.issued_on),
            TEXT.quiet(),
        ),
        tables,
        running_right: Paragraph(Vec::new()),
        payment: None,
        closing: Vec::new(),
        footer: vec![
            footer_column(0.0, 0.42, &invoice.reference),
            seal_column(invoice, speech),
        ],
        words: page_words(speech),
    })
}

fn footer_column(left: f32, width: f32, text: &str) -> FooterColumn {
    FooterColumn {
        left,
        width,
        lines: vec![Paragraph::new(text, FooterColumn::STYLE)],
    }
}

/// What the paper is, and below it the seal of its month.
fn seal_column(invoice: &HubInvoice, speech: Speech) -> FooterColumn {
    let mut column = footer_column(0.47, 0.35, speech.copy());
    let seal = invoice.seal.map(|seal| speech.seal(seal));
    let line = seal.map(|text| Paragraph::new(text, FooterColumn::STYLE));
    column.lines.extend(line);
    column
}

fn copy_head(invoice: &HubInvoice, speech: Speech) -> CopyHead {
    let recipient = &invoice.recipient;
    let mut address = vec![recipient.name.clone()];
    address.extend(recipient.address.iter().cloned());
    address.push(recipient.country.name_in(speech.0).to_owned());
    let vat_id = recipient.vat_id.as_ref();
    address.extend(vat_id.map(|id| format!("{} {}", speech.vat_id(), id.as_str())));
    CopyHead {
        issuer: vec![
            Paragraph::new(common::ISSUER, Style::new(10.0).bold()),
            Paragraph::new(speech.issuer_town(), TEXT.quiet()),
        ],
        title: speech.copy_title(invoice.kind).to_owned(),
        subtitle: speech.subtitle(invoice.period, invoice.issued_on),
        address,
        facts: facts(invoice, speech),
    }
}

fn facts(invoice: &HubInvoice, speech: Speech) -> Vec<(String, String)> {
    let mut facts = vec![
        (speech.copy_reference(), invoice.reference.clone()),
        (speech.issue_day(), speech.day(invoice.issued_on)),
        (speech.period(), speech.days_of(invoice.period)),
        (speech.hub(), invoice.hub.to_string()),
        (speech.hub_name(), invoice.hub_name.clone()),
        (
            speech.billing_model(),
            words::model(invoice.model).to_owned(),
        ),
        (speech.currency(), invoice.currency.to_string()),
    ];
    if let Some(channel) = &invoice.channel {
        facts.push((speech.channel(), channel.id.to_string()));
        facts.push((speech.phone(), common::phone(&channel.phone)));
    }
    facts.retain(|(_, value)| !value.trim().is_empty());
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
