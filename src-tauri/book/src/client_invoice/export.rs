//! Issued invoices handed out: as files, as one ZIP, or as e-mail drafts, with a report of what was
//! checked. What was kept at the issue leaves the book byte for byte.

use hubledger_core::client_invoice::ClientInvoice;
use hubledger_core::period::BillingPeriod;
use hubledger_document::client_invoice_title;
use hubledger_store::{ClientInvoiceFilter, ClientInvoiceRow, Read};

use super::paper::{Paper, PaperFormat, Source, profile_of};
use super::report::{Checked, check_paper, report_text};
use super::{content, find};
use crate::Book;
use crate::batch::{ExportTo, Made, Mail, as_mail, make_all, name_by, safe_name, write_all};
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::form::ClientExportForm;
use crate::moment::Moment;
use crate::progress::Progress;
use crate::seller::{billing, client_row};
use crate::view::ClientExportView;

/// How files are named where nobody says otherwise.
const NAMES: &str = "{number}";

fn source(r: &Read<'_>, row: &ClientInvoiceRow) -> Result<Source, Error> {
    let kept = r.client_invoice_content(row.key)?;
    let invoice = content::kept(&row.number, &kept)?;
    let profile = profile_of(&billing(r, row.client)?.format);
    Source::find(r, row.key, invoice, content::letterhead(&kept)?, profile)
}

/// The name of an invoice's files, without an ending.
fn stem(invoice: &ClientInvoice, row: &ClientInvoiceRow, names: &str) -> Result<String, Error> {
    let names = if names.trim().is_empty() {
        NAMES
    } else {
        names
    };
    let name = name_by(
        names,
        &[
            ("number", invoice.number().as_str()),
            ("client", &row.client_name),
            ("hub", &row.hub),
            ("kind", &row.kind),
            (
                "month",
                &BillingPeriod::containing(row.issued_on).to_string(),
            ),
            ("date", &row.issued_on.to_string()),
        ],
    )?;
    Ok(safe_name(&name))
}

/// The files of one invoice, and what was checked of them.
struct Handed {
    files: Vec<Made>,
    checked: Vec<Checked>,
}

fn hand_out(
    row: &ClientInvoiceRow,
    source: &Source,
    wanted: Option<PaperFormat>,
    to: ExportTo<'_>,
    at: Moment,
) -> Result<Handed, Error> {
    let stem = stem(&source.invoice, row, to.names)?;
    let (mut files, mut checked) = (Vec::new(), Vec::new());
    for paper in source.papers(wanted)? {
        let name = format!("{stem}.{}", ending(&paper));
        checked.push(check_paper(&name, &paper, source)?);
        files.push(Made {
            name,
            bytes: paper.bytes,
        });
    }
    if to.mail {
        files = vec![as_mail(&stem, &letter(&source.invoice), &files, at)];
    }
    Ok(Handed { files, checked })
}

fn ending(paper: &Paper) -> &'static str {
    if paper.is_pdf() { "pdf" } else { "xml" }
}

/// What an e-mail with an invoice says, in the recipient's language.
fn letter(invoice: &ClientInvoice) -> Mail {
    let (seller, buyer) = (invoice.seller(), invoice.buyer());
    let title = client_invoice_title(invoice);
    let [greeting, attached, regards] = match buyer.language.tag() {
        "de" => [
            "Guten Tag,",
            "anbei erhalten Sie",
            "Mit freundlichen Grüßen",
        ],
        "es" => ["Buenos días:", "Adjuntamos", "Un cordial saludo"],
        "pt-BR" => ["Olá,", "Segue em anexo", "Atenciosamente"],
        "fr" => ["Bonjour,", "Veuillez trouver ci-joint", "Cordialement"],
        "it" => ["Buongiorno,", "in allegato", "Cordiali saluti"],
        _ => ["Hello,", "please find attached", "Kind regards"],
    };
    Mail {
        from: (seller.name.clone(), seller.contact.email.clone()),
        to: (buyer.name.clone(), buyer.email.clone()),
        subject: format!("{title}, {}", seller.name),
        text: format!(
            "{greeting}\n\n{attached}: {title}.\n\n{regards}\n{}\n",
            seller.name
        ),
    }
}

/// Hands out invoices, made and checked on all cores.
fn export(
    found: Vec<(ClientInvoiceRow, Source)>,
    what: &str,
    form: &ClientExportForm,
    to: ExportTo<'_>,
    progress: Progress<'_>,
    at: Moment,
) -> Result<ClientExportView, Error> {
    let wanted = form.format.map(PaperFormat::from);
    let handed = make_all(
        &found,
        |(row, source)| hand_out(row, source, wanted, to, at),
        progress,
    )?;
    let (mut files, mut checked) = (Vec::new(), Vec::new());
    for one in handed {
        files.extend(one.files);
        checked.extend(one.checked);
    }
    let name = match (files.as_slice(), found.as_slice()) {
        ([first, ..], [_]) => first.name.rsplit_once('.').map_or(what, |(stem, _)| stem),
        _ => what,
    };
    let report = Made {
        name: format!("{}-report.txt", safe_name(name)),
        bytes: report_text(&checked, at).into_bytes(),
    };
    files.push(report);
    let written = write_all(files, to)?;
    Ok(ClientExportView {
        folder: written.folder,
        files: written.files,
        checked: checked.into_iter().map(Checked::view).collect(),
    })
}

impl Book {
    /// An issued invoice as its PDF: the bytes that were kept when it was issued.
    pub fn client_invoice_pdf(&self, number: &str, _at: Moment) -> Result<Vec<u8>, Error> {
        self.read(|r| {
            let papers = source(r, &find(r, number)?)?.papers(Some(PaperFormat::Pdf))?;
            let pdf = papers.into_iter().next().map(|paper| paper.bytes);
            pdf.ok_or_else(|| Error::new(Code::BookDamaged, ["The book"]))
        })
    }

    /// Hands out issued invoices: those that are named, or those of a month.
    pub fn export_client_invoices(
        &self,
        form: &ClientExportForm,
        to: ExportTo<'_>,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<ClientExportView, Error> {
        let month = form.month.as_deref().map(BillingPeriod::parse);
        let month = month.transpose().about("month")?;
        let found = self.read(|r| {
            let rows = rows_of(r, form, month)?;
            rows.into_iter()
                .map(|row| source(r, &row).map(|source| (row, source)))
                .collect::<Result<Vec<_>, Error>>()
        })?;
        let what = month.map_or_else(|| at.today.to_string(), |month| month.to_string());
        if found.is_empty() {
            return Err(Error::new(Code::NothingToExport, [&what]));
        }
        export(found, &format!("invoices-{what}"), form, to, progress, at)
    }
}

/// The invoices that are named; or those of a month, the oldest first.
fn rows_of(
    r: &Read<'_>,
    form: &ClientExportForm,
    month: Option<BillingPeriod>,
) -> Result<Vec<ClientInvoiceRow>, Error> {
    if month.is_none() {
        return form.numbers.iter().map(|number| find(r, number)).collect();
    }
    let hub = form.hub.as_deref().map(|id| HubDesk::find(r, id));
    let client = form.client.as_deref().map(|id| client_row(r, id));
    let mut rows = r.client_invoices(&ClientInvoiceFilter {
        hub: hub.transpose().about("hub")?.map(|desk| desk.key()),
        client: client.transpose()?.map(|row| row.key),
        month,
    })?;
    rows.reverse();
    Ok(rows)
}
