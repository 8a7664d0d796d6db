//! What the copy of a hub invoice says, as blocks and tables. It draws what the invoice holds and
//! adds up only what stands under its lines: group sums and sums carried forward.

pub(crate) mod parts;
mod lines;
mod balance;
mod annex;

use hubledger_core::hub_invoice::HubInvoice;

use crate::error::Error;
use crate::layout::{
    CopyHead, Fonts, FooterColumn, Head, PageWords, Paragraph, Sheet, Style, lay_out,
};
use crate::pdf::{self, About};
use crate::words;
use annex::annex_table;
use balance::balance_table;
use lines::lines_table;

pub(crate) const TEXT: Style = Style::new(8.6);
pub(crate) const TOTAL: Style = Style::new(12.0).bold();

/// The bookkeeping copy of a hub invoice as the bytes of a PDF. The same invoice gives the same
/// bytes.
pub fn hub_invoice_pdf(invoice: &HubInvoice, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let pages = lay_out(&sheet(invoice)?, fonts)?;
    let mut subject = words::notice(invoice.vendor_number.as_deref(), invoice.frozen);
    if let Some(seal) = invoice.seal {
        subject.push(' ');
        subject.push_str(&words::sealed(seal));
    }
    let about = About {
        title: format!("{} {}", words::title(invoice.kind), invoice.reference),
        subject,
        author: words::COPY.to_owned(),
        language: words::LANGUAGE,
        day: invoice.issued_on,
    };
    pdf::write(&pages, &about, None, fonts)
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
        notice: Some(words::notice(
            invoice.vendor_number.as_deref(),
            invoice.frozen,
        )),
        head: Head::Copy(copy_head(invoice)),
        running_head: Paragraph::new(running_head, TEXT.bold()).and(
            words::running_head(&invoice.recipient.name, invoice.issued_on),
            TEXT.quiet(),
        ),
        tables,
        running_right: Paragraph(Vec::new()),
        payment: None,
        closing: Vec::new(),
        footer: vec![
            footer_column(0.0, 0.42, &invoice.reference),
            seal_column(invoice),
        ],
        words: PageWords {
            carried_forward: words::CARRIED_FORWARD,
            brought_forward: words::BROUGHT_FORWARD,
            page: words::PAGE,
            of: words::OF,
        },
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
fn seal_column(invoice: &HubInvoice) -> FooterColumn {
    let mut column = footer_column(0.47, 0.35, words::COPY);
    let seal = invoice.seal.map(words::seal);
    let line = seal.map(|text| Paragraph::new(text, FooterColumn::STYLE));
    column.lines.extend(line);
    column
}

fn copy_head(invoice: &HubInvoice) -> CopyHead {
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
    CopyHead {
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
