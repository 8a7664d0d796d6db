//! Hub invoices: listed, looked at, exported as PDF. Frozen ones come as they were kept; those
//! of open months are worked out anew and say so.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use hubledger_core::hub_invoice::{HubInvoice, HubInvoiceKind, InvoicedChannel};
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::period::BillingPeriod;
use hubledger_core::text::optional_line;
use hubledger_document::{Fonts, hub_invoice_pdf};
use hubledger_store::Read;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::batch::{ExportTo, Made, Mail, as_mail, make_all, name_by, safe_name, write_all};
use crate::desk::{HubDesk, label};
use crate::error::{About, Code, Error};
use crate::form::VendorNumberForm;
use crate::moment::Moment;
use crate::month::{annex, work_out};
use crate::progress::Progress;
use crate::show::{self, Lines};
use crate::view::{ExportedView, HubInvoiceView, InvoiceMonthView};

/// The hub and the month that a reference names.
fn place_of(r: &Read<'_>, reference: &str) -> Result<(HubDesk, BillingPeriod), Error> {
    let missing = || Error::new(Code::InvoiceNotFound, [reference.trim()]);
    let mut parts = reference.trim().split('/');
    let (Some(hub), Some(month)) = (parts.next(), parts.next()) else {
        return Err(missing());
    };
    let desk = HubDesk::find(r, hub).map_err(|_| missing())?;
    let month = BillingPeriod::parse(month).map_err(|_| missing())?;
    Ok((desk, month))
}

/// A month's invoices, without their annexes.
fn of_month(r: &Read<'_>, desk: &HubDesk, month: BillingPeriod) -> Result<Vec<HubInvoice>, Error> {
    if desk.closed_month(month).is_some() {
        Ok(r.frozen_invoices(desk.key(), desk.hub(), month)?)
    } else {
        Ok(work_out(r, desk, month, false)?.invoices)
    }
}

/// Hub invoices by their references, whole. A month is worked out once, however many of its invoices
/// are asked for.
struct Papers<'a> {
    r: &'a Read<'a>,
    months: HashMap<(String, BillingPeriod), MonthPapers>,
}

/// A month of a hub, as its invoices need it.
struct MonthPapers {
    desk: HubDesk,
    /// What the invoices of an open month come to now; none of a closed month.
    open: Option<HashMap<String, HubInvoice>>,
    /// Channels by key, as the month calls them; asked for by the first annex.
    labels: Option<HashMap<i64, InvoicedChannel>>,
}

impl<'a> Papers<'a> {
    fn of(r: &'a Read<'a>) -> Self {
        Self {
            r,
            months: HashMap::new(),
        }
    }

    fn find(&mut self, reference: &str) -> Result<HubInvoice, Error> {
        let r = self.r;
        let reference = reference.trim();
        let missing = || Error::new(Code::InvoiceNotFound, [reference]);
        let (desk, month) = place_of(r, reference)?;
        let papers = match self.months.entry((desk.hub().id.to_string(), month)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(MonthPapers::of(r, desk, month, missing)?),
        };
        let invoice = match &papers.open {
            None => r.frozen_invoice(papers.desk.hub(), reference)?,
            Some(open) => open.get(reference).cloned(),
        };
        papers.with_annex(r, invoice.ok_or_else(missing)?)
    }
}

impl MonthPapers {
    fn of(
        r: &Read<'_>,
        desk: HubDesk,
        month: BillingPeriod,
        missing: impl Fn() -> Error,
    ) -> Result<Self, Error> {
        let open = if desk.closed_month(month).is_some() {
            None
        } else {
            desk.check_month(month).map_err(|_| missing())?;
            let invoices = work_out(r, &desk, month, false)?.invoices;
            let named = invoices.into_iter().map(|i| (i.reference.clone(), i));
            Some(named.collect())
        };
        Ok(Self {
            desk,
            open,
            labels: None,
        })
    }

    /// An invoice with its annex, in the names of its month.
    fn with_annex(&mut self, r: &Read<'_>, mut invoice: HubInvoice) -> Result<HubInvoice, Error> {
        if invoice.kind == HubInvoiceKind::MonthClosing {
            let channel = match &invoice.channel {
                Some(channel) => r.channel(channel.id.as_str())?.map(|row| row.key),
                None => None,
            };
            let labels = match self.labels.take() {
                Some(labels) => labels,
                None => self.names(r, invoice.period)?,
            };
            invoice.annex = annex(r, &self.desk, invoice.period, channel, &labels)?;
            self.labels = Some(labels);
        }
        Ok(invoice)
    }

    fn names(
        &self,
        r: &Read<'_>,
        month: BillingPeriod,
    ) -> Result<HashMap<i64, InvoicedChannel>, Error> {
        let hub = self.desk.key();
        Ok(if self.open.is_some() {
            let channels = r.channels(Some(hub))?;
            channels.iter().map(|row| (row.key, label(row))).collect()
        } else {
            let channels = r.month_channels(hub, month)?;
            channels.into_iter().map(|c| (c.key, c.label)).collect()
        })
    }
}

fn month_view(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    lines: Lines,
) -> Result<InvoiceMonthView, Error> {
    let closed = desk.closed_month(month);
    let (invoices, to_clients) = match closed {
        Some(closed) => (
            r.frozen_invoices(desk.key(), desk.hub(), month)?,
            closed.invoices_to_clients,
        ),
        None => {
            let open = work_out(r, desk, month, false)?;
            (open.invoices, open.invoices_to_clients)
        }
    };
    let sum = |amounts: Vec<Money>| Money::sum(desk.currency(), amounts);
    Ok(InvoiceMonthView {
        hub: desk.hub().id.to_string(),
        month: month.to_string(),
        closed: closed.map(|c| c.closed_on.to_string()),
        net: sum(invoices.iter().map(|i| i.net).collect())?.into(),
        vat: sum(invoices.iter().map(|i| i.vat.amount).collect())?.into(),
        gross: sum(invoices.iter().map(|i| i.gross).collect())?.into(),
        invoices: show::invoices(&invoices, lines),
        invoices_to_clients: to_clients,
    })
}

/// The file that a hub invoice becomes: by a pattern, or by its reference.
fn file_name(invoice: &HubInvoice, names: &str) -> Result<String, Error> {
    let channel = invoice.channel.as_ref();
    let name = name_by(
        if names.trim().is_empty() {
            "{reference}"
        } else {
            names
        },
        &[
            ("reference", &invoice.reference),
            (
                "number",
                invoice.vendor_number.as_deref().unwrap_or_default(),
            ),
            ("hub", &invoice.hub_name),
            ("channel", channel.map_or("", |channel| &channel.name)),
            ("month", &invoice.period.to_string()),
            ("date", &invoice.issued_on.to_string()),
        ],
    )?;
    Ok(format!("{}.pdf", safe_name(&name)))
}

/// The e-mail that a copy goes with, to where the company wants its invoices.
fn letter(invoice: &HubInvoice) -> Mail {
    let company = &invoice.recipient;
    Mail {
        from: (String::new(), String::new()),
        to: (company.name.clone(), company.billing_email.clone()),
        subject: format!("{}, {}", invoice.reference, invoice.issued_on),
        text: letter_text(invoice),
    }
}

fn letter_text(invoice: &HubInvoice) -> String {
    let of = &invoice.reference;
    match invoice.language {
        Language::English => {
            format!("Bookkeeping copy of {of}. The original is the invoice of 360dialog GmbH.\n")
        }
        Language::German => {
            format!("Buchhaltungskopie von {of}. Original ist die Rechnung der 360dialog GmbH.\n")
        }
        Language::Spanish => {
            format!("Copia contable de {of}. El original es la factura de 360dialog GmbH.\n")
        }
        Language::Portuguese => {
            format!("Cópia contábil de {of}. O original é a fatura da 360dialog GmbH.\n")
        }
        Language::French => {
            format!("Copie comptable de {of}. L’original est la facture de 360dialog GmbH.\n")
        }
        Language::Italian => {
            format!("Copia contabile di {of}. L’originale è la fattura di 360dialog GmbH.\n")
        }
    }
}

fn failed(error: hubledger_document::Error) -> Error {
    Error::because(Code::DocumentFailed, [], vec![(&error).into()])
}

impl Book {
    /// Hub invoices by month, newest month first: of one hub or all, of one month or all up to
    /// today's.
    pub fn invoices(
        &self,
        hub: Option<&str>,
        month: Option<&str>,
        at: Moment,
    ) -> Result<Vec<InvoiceMonthView>, Error> {
        self.list_invoices(hub, month, Lines::All, at)
    }

    /// The same with the first lines of each, as lists show them.
    pub fn short_invoices(
        &self,
        hub: Option<&str>,
        month: Option<&str>,
        at: Moment,
    ) -> Result<Vec<InvoiceMonthView>, Error> {
        self.list_invoices(hub, month, Lines::First, at)
    }

    fn list_invoices(
        &self,
        hub: Option<&str>,
        month: Option<&str>,
        lines: Lines,
        at: Moment,
    ) -> Result<Vec<InvoiceMonthView>, Error> {
        let month = month.map(BillingPeriod::parse).transpose().about("month")?;
        self.read(|r| {
            let mut views = Vec::new();
            for desk in HubDesk::some(r, hub)? {
                let months: Vec<_> = match month {
                    Some(month) if hub.is_some() => {
                        desk.check_month(month).about("month")?;
                        vec![month]
                    }
                    Some(month) => [month]
                        .into_iter()
                        .filter(|m| desk.check_month(*m).is_ok())
                        .collect(),
                    None => {
                        let closed = desk.closed.iter().map(|c| c.month);
                        closed.chain(desk.open_months(at.today)).collect()
                    }
                };
                for month in months.into_iter().rev() {
                    views.push(month_view(r, &desk, month, lines)?);
                }
            }
            Ok(views)
        })
    }

    /// One hub invoice.
    pub fn invoice(&self, reference: &str, _at: Moment) -> Result<HubInvoiceView, Error> {
        self.read(|r| Ok(show::invoice(&Papers::of(r).find(reference)?)))
    }

    /// One hub invoice as PDF: the same bytes for the same invoice.
    pub fn invoice_pdf(&self, reference: &str, _at: Moment) -> Result<Vec<u8>, Error> {
        let invoice = self.read(|r| Papers::of(r).find(reference))?;
        hub_invoice_pdf(&invoice, Fonts::bundled().map_err(failed)?).map_err(failed)
    }

    /// Writes hub invoices as PDF files, made on all cores.
    pub fn export_invoices(
        &self,
        references: &[String],
        to: ExportTo<'_>,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<ExportedView, Error> {
        let invoices = self.read(|r| {
            let mut papers = Papers::of(r);
            let found = references.iter().map(|reference| papers.find(reference));
            found.collect::<Result<Vec<_>, Error>>()
        })?;
        let fonts = Fonts::bundled().map_err(failed)?;
        let files = make_all(
            &invoices,
            |invoice| {
                let pdf = Made {
                    name: file_name(invoice, to.names)?,
                    bytes: hub_invoice_pdf(invoice, fonts).map_err(failed)?,
                };
                Ok(if to.mail {
                    let stem = pdf.name.trim_end_matches(".pdf").to_owned();
                    as_mail(&stem, &letter(invoice), &[pdf], at)
                } else {
                    pdf
                })
            },
            progress,
        )?;
        write_all(files, to)
    }

    /// Writes all hub invoices of a month as PDF files, of one hub or of all.
    pub fn export_month(
        &self,
        hub: Option<&str>,
        month: &str,
        to: ExportTo<'_>,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<ExportedView, Error> {
        let period = BillingPeriod::parse(month).about("month")?;
        let references = self.read(|r| {
            let mut references = Vec::new();
            for desk in HubDesk::some(r, hub)? {
                if desk.check_month(period).is_ok() {
                    references.extend(of_month(r, &desk, period)?.into_iter().map(|i| i.reference));
                }
            }
            Ok::<_, Error>(references)
        })?;
        if references.is_empty() {
            return Err(Error::new(Code::NothingToExport, [&period.to_string()]));
        }
        self.export_invoices(&references, to, progress, at)
    }

    /// Notes 360Dialog's own number of an invoice, or takes it back.
    pub fn set_vendor_number(
        &mut self,
        form: VendorNumberForm,
        at: Moment,
    ) -> Result<HubInvoiceView, Error> {
        let number = optional_line("The number", &form.number).about("number")?;
        let reference = form.reference.trim().to_owned();
        let act = Act::new(UseCase::SetVendorNumber, at)
            .form(&form)
            .invoice(&reference);
        self.write(act, |w| {
            let (desk, month) = place_of(w, &reference)?;
            if desk.closed_month(month).is_none() {
                let error = hubledger_core::Error::EarlierMonthIsOpen {
                    earlier: month.to_string(),
                };
                return Err(Error::from(error).at("number"));
            }
            if w.frozen_invoice(desk.hub(), &reference)?.is_none() {
                return Err(Error::new(Code::InvoiceNotFound, [&reference]));
            }
            match w
                .invoice_of_number(&number)?
                .filter(|other| *other != reference && !number.is_empty())
            {
                Some(other) => {
                    Err(Error::new(Code::VendorNumberTaken, [&number, &other]).at("number"))
                }
                None => Ok(w.put_vendor_number(
                    &reference,
                    Some(number.as_str()).filter(|n| !n.is_empty()),
                )?),
            }
        })?;
        self.invoice(&form.reference, at)
    }
}
