//! What is handed out for an invoice to a client: the PDF on the owner's letterhead, with the
//! invoice for machines inside it or beside it. It is made, and read back, before a number is
//! used up, and kept byte for byte: nothing that changes later changes it.

use hubledger_core::client_invoice::{ClientInvoice, DraftInvoice};
use hubledger_core::period::Date;
use hubledger_document::einvoice::{self, EInvoiceError, Profile};
use hubledger_document::{
    Attachment, Colour, Fonts, Letterhead, Logo, UnreadLine, client_draft_pdf, client_invoice_pdf,
};
use hubledger_store::{ClientPaperRow, Fault, FaultCode, Finding, LogoRow, Read, Write};

use super::content::KeptLetterhead;
use super::not_ready;
use crate::error::{Code, Error};
use crate::file::sha256_of;
use crate::seller::seller;

/// The format of a PDF without data inside.
const PLAIN: &str = "pdf";

/// How an invoice is handed out to a client, by the word that its billing has.
pub(crate) fn profile_of(format: &str) -> Profile {
    match format {
        "xrechnung" => Profile::XRechnungUbl,
        "peppol" => Profile::Peppol,
        _ => Profile::FacturX,
    }
}

/// A file that is handed out.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    /// None: a PDF without data inside.
    pub(crate) profile: Option<Profile>,
    pub(crate) bytes: Vec<u8>,
}

impl Paper {
    /// Whether it is a PDF, with data inside or without.
    pub(crate) fn is_pdf(&self) -> bool {
        matches!(self.profile, None | Some(Profile::FacturX))
    }

    fn row(self) -> ClientPaperRow {
        ClientPaperRow {
            format: self.profile.map_or(PLAIN, Profile::slug).to_owned(),
            sha256: sha256_of(&self.bytes),
            made_by: env!("CARGO_PKG_VERSION").to_owned(),
            bytes: self.bytes,
        }
    }

    fn of(row: ClientPaperRow) -> Self {
        Self {
            profile: Profile::ALL
                .into_iter()
                .find(|profile| profile.slug() == row.format),
            bytes: row.bytes,
        }
    }
}

/// The owner's letterhead as it is now, and what is kept of it with an invoice.
pub(crate) struct Head {
    pub(crate) letterhead: Letterhead,
    pub(crate) kept: KeptLetterhead,
    logo: Option<LogoRow>,
}

impl Head {
    pub(crate) fn now(r: &Read<'_>) -> Result<Self, Error> {
        let logo = r.logo()?;
        let kept = KeptLetterhead {
            accent: seller(r)?.accent,
            logo: logo.as_ref().map(|logo| sha256_of(&logo.bytes)),
        };
        Ok(Self {
            letterhead: letterhead(&kept, logo.as_ref())?,
            kept,
            logo,
        })
    }

    /// The one that an invoice was issued with; today's for one that kept none.
    fn kept(r: &Read<'_>, kept: Option<KeptLetterhead>) -> Result<Self, Error> {
        let Some(kept) = kept else {
            return Self::now(r);
        };
        let logo = match &kept.logo {
            Some(sha256) => r.kept_logo(sha256)?,
            None => None,
        };
        Ok(Self {
            letterhead: letterhead(&kept, logo.as_ref())?,
            kept,
            logo,
        })
    }

    /// Keeps its logo for good.
    pub(crate) fn keep(&self, w: &Write<'_>) -> Result<(), Error> {
        match (&self.kept.logo, &self.logo) {
            (Some(sha256), Some(logo)) => Ok(w.keep_logo(sha256, logo)?),
            _ => Ok(()),
        }
    }
}

fn letterhead(kept: &KeptLetterhead, logo: Option<&LogoRow>) -> Result<Letterhead, Error> {
    let colour = Some(kept.accent.as_str()).filter(|accent| !accent.is_empty());
    Ok(Letterhead {
        logo: logo
            .map(|logo| Logo::read(&logo.bytes))
            .transpose()
            .map_err(failed)?,
        colour: colour.map(Colour::parse).transpose().map_err(failed)?,
    })
}

pub(super) fn failed(error: hubledger_document::Error) -> Error {
    Error::because(Code::DocumentFailed, [], vec![(&error).into()])
}

fn xml(invoice: &ClientInvoice, profile: Profile) -> Result<Vec<u8>, Error> {
    einvoice::write(invoice, profile).map_err(|error| match error {
        EInvoiceError::NotReady(faults) => not_ready(faults.iter().map(Into::into).collect()),
        EInvoiceError::UnusableCharacter(_) | EInvoiceError::Broken(_) => {
            Error::because(Code::DocumentFailed, [], vec![(&error).into()])
        }
    })
}

/// A PDF, with the invoice for machines inside where it is Factur-X.
fn pdf(
    invoice: &ClientInvoice,
    head: &Letterhead,
    profile: Option<Profile>,
) -> Result<Paper, Error> {
    let attachment = match profile {
        Some(profile) => Some(Attachment::factur_x(
            format!("{}, {}", invoice.number(), profile.name()),
            xml(invoice, profile)?,
        )),
        None => None,
    };
    let fonts = Fonts::bundled().map_err(failed)?;
    let bytes = client_invoice_pdf(invoice, head, attachment.as_ref(), fonts).map_err(failed)?;
    Ok(Paper { profile, bytes })
}

/// One file of an invoice.
fn make(
    invoice: &ClientInvoice,
    head: &Letterhead,
    profile: Option<Profile>,
) -> Result<Paper, Error> {
    match profile {
        None | Some(Profile::FacturX) => pdf(invoice, head, profile),
        Some(profile) => Ok(Paper {
            profile: Some(profile),
            bytes: xml(invoice, profile)?,
        }),
    }
}

/// All that is handed out to a client who takes its invoices so: the PDF first.
pub(crate) fn make_all(
    invoice: &ClientInvoice,
    head: &Letterhead,
    profile: Profile,
) -> Result<Vec<Paper>, Error> {
    if profile == Profile::FacturX {
        return Ok(vec![make(invoice, head, Some(profile))?]);
    }
    Ok(vec![
        make(invoice, head, None)?,
        make(invoice, head, Some(profile))?,
    ])
}

/// A draft as it stands, as a PDF that says so and marks what it lacks; `unread` are lines whose price
/// can't be read.
pub(crate) fn draft_pdf(
    r: &Read<'_>,
    draft: DraftInvoice,
    issued_on: Date,
    unread: &[UnreadLine],
) -> Result<Vec<u8>, Error> {
    let head = Head::now(r)?;
    let fonts = Fonts::bundled().map_err(failed)?;
    client_draft_pdf(draft, issued_on, unread, &head.letterhead, fonts).map_err(failed)
}

pub(crate) fn keep(w: &Write<'_>, invoice: i64, papers: Vec<Paper>) -> Result<(), Error> {
    for paper in papers {
        w.insert_client_paper(invoice, &paper.row())?;
    }
    Ok(())
}

/// Each file that was handed out is as its hash says, and none is missing.
pub(crate) fn papers_are_as_issued(r: &Read<'_>) -> Result<Finding, Error> {
    let mut finding = Finding::default();
    r.each_client_paper(|number, paper| {
        finding.checked += 1;
        if sha256_of(&paper.bytes) != paper.sha256 {
            let fault = Fault::new(FaultCode::PaperChanged).with("invoice", number);
            finding.faults.push(fault.with("format", &paper.format));
        }
    })?;
    let missing = r.client_invoices_without_paper()?;
    let gone = |number: &String| Fault::new(FaultCode::PaperMissing).with("invoice", number);
    finding.faults.extend(missing.iter().map(gone));
    finding.faults.truncate(20);
    Ok(finding)
}

/// What of an invoice is to be handed out, where it is not what was kept at its issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaperFormat {
    /// The PDF alone, as it was issued.
    Pdf,
    FacturX,
    XRechnung,
    XRechnungCii,
    Peppol,
}

impl PaperFormat {
    /// None: the PDF alone.
    fn profile(self) -> Option<Profile> {
        match self {
            Self::Pdf => None,
            Self::FacturX => Some(Profile::FacturX),
            Self::XRechnung => Some(Profile::XRechnungUbl),
            Self::XRechnungCii => Some(Profile::XRechnungCii),
            Self::Peppol => Some(Profile::Peppol),
        }
    }
}

/// All that is needed to hand out an issued invoice without the book: what was kept, or what to
/// make it from.
pub(crate) struct Source {
    pub(crate) invoice: ClientInvoice,
    head: Head,
    profile: Profile,
    kept: Vec<ClientPaperRow>,
}

impl Source {
    pub(crate) fn find(
        r: &Read<'_>,
        key: i64,
        invoice: ClientInvoice,
        kept: Option<KeptLetterhead>,
        profile: Profile,
    ) -> Result<Self, Error> {
        Ok(Self {
            invoice,
            head: Head::kept(r, kept)?,
            profile,
            kept: r.client_papers(key)?,
        })
    }

    /// The files that are wanted (none named: as it was issued): what was kept, and what was not
    /// kept made from the invoice.
    pub(crate) fn papers(&self, wanted: Option<PaperFormat>) -> Result<Vec<Paper>, Error> {
        let Some(wanted) = wanted else {
            return self.as_issued();
        };
        let (kept, profile) = match wanted.profile() {
            // The one PDF that was handed out, with data inside or without.
            None => (
                self.kept_pdf(),
                Some(self.profile).filter(|profile| *profile == Profile::FacturX),
            ),
            Some(profile) => (self.kept(profile.slug()), Some(profile)),
        };
        Ok(vec![match kept {
            Some(row) => self.whole(row)?,
            None => make(&self.invoice, &self.head.letterhead, profile)?,
        }])
    }

    fn as_issued(&self) -> Result<Vec<Paper>, Error> {
        if self.kept.is_empty() {
            return make_all(&self.invoice, &self.head.letterhead, self.profile);
        }
        let papers = self.kept.iter().map(|row| self.whole(row));
        let mut papers = papers.collect::<Result<Vec<_>, _>>()?;
        papers.sort_by_key(|paper| !paper.is_pdf());
        Ok(papers)
    }

    fn kept(&self, format: &str) -> Option<&ClientPaperRow> {
        self.kept.iter().find(|row| row.format == format)
    }

    fn kept_pdf(&self) -> Option<&ClientPaperRow> {
        self.kept(PLAIN).or(self.kept(Profile::FacturX.slug()))
    }

    /// The hash that was kept of a file, where it was kept.
    pub(crate) fn kept_hash(&self, paper: &Paper) -> Option<&str> {
        let row = self.kept(paper.profile.map_or(PLAIN, Profile::slug))?;
        Some(&row.sha256)
    }

    /// A kept file, where it is as it was kept.
    fn whole(&self, row: &ClientPaperRow) -> Result<Paper, Error> {
        if sha256_of(&row.bytes) == row.sha256 {
            Ok(Paper::of(row.clone()))
        } else {
            let number = self.invoice.number().to_string();
            Err(Error::new(Code::PaperChanged, [&number]))
        }
    }
}
