//! What was checked of the files that are handed out: by which rules, in which version, and with
//! which outcome. A file that fails is refused, so a report never tells of one.

use hubledger_document::check_client_pdf;
use hubledger_document::einvoice::{self, Profile, RULES_VERSION};

use super::paper::{Paper, Source};
use crate::error::{Code, Error};
use crate::file::sha256_of;
use crate::moment::Moment;
use crate::said::SaidView;
use crate::view::{CheckedPaperView, PaperCheckView, PaperCheckWord};

/// A file with what was checked of it.
pub(crate) struct Checked {
    number: String,
    file: String,
    sha256: String,
    checks: Vec<PaperCheckView>,
}

impl Checked {
    pub(crate) fn view(self) -> CheckedPaperView {
        CheckedPaperView {
            number: self.number,
            file: self.file,
            sha256: self.sha256,
            checks: self.checks,
        }
    }

    /// Holds an e-invoice to the rules of the standard, and of its profile.
    fn add_data(&mut self, xml: &[u8], source: &Source, profile: Profile) -> Result<(), Error> {
        let failed = |said: SaidView| Error::because(Code::DocumentFailed, [], vec![said]);
        let rules = einvoice::check(xml, &source.invoice, profile)
            .map_err(|error| failed((&error).into()))?;
        self.add(
            (PaperCheckWord::Standard, RULES_VERSION),
            format!("{RULES_VERSION}, read back, sums to the cent"),
            &rules.join(", "),
            "passed",
        );
        let lacks = einvoice::faults(source.invoice.draft(), profile);
        if let Some(fault) = lacks.first() {
            return Err(failed(fault.into()));
        }
        let (word, looked_at) = match profile {
            Profile::FacturX => (PaperCheckWord::FacturX, "nothing beyond EN 16931"),
            Profile::XRechnungCii | Profile::XRechnungUbl => (
                PaperCheckWord::XRechnung,
                "BR-DE-1 to BR-DE-9, BR-DE-14, BR-DE-15, BR-DE-17, BR-DE-27, electronic addresses (EAS)",
            ),
            Profile::Peppol => (
                PaperCheckWord::Peppol,
                "PEPPOL-EN16931-R003, R010, R020, P0112, electronic addresses (EAS)",
            ),
        };
        self.add((word, profile.name()), profile.name(), looked_at, "passed");
        self.add(
            (PaperCheckWord::Book, ""),
            "the book of Hubledger",
            "number, day, currency, lines, references, net, VAT, gross, amount due",
            "the same",
        );
        Ok(())
    }

    fn add(
        &mut self,
        (check, name): (PaperCheckWord, &str),
        rules: impl Into<String>,
        looked_at: &str,
        outcome: &str,
    ) {
        self.checks.push(PaperCheckView {
            check,
            name: name.to_owned(),
            rules: rules.into(),
            looked_at: looked_at.to_owned(),
            outcome: outcome.to_owned(),
        });
    }
}

/// Checks a file before it is handed out; refuses one that fails.
pub(crate) fn check_paper(name: &str, paper: &Paper, source: &Source) -> Result<Checked, Error> {
    let mut checked = Checked {
        number: source.invoice.number().to_string(),
        file: name.to_owned(),
        sha256: sha256_of(&paper.bytes),
        checks: Vec::new(),
    };
    let version = env!("CARGO_PKG_VERSION");
    let (word, kept) = match source.kept_hash(paper) {
        Some(sha256) if *sha256 == checked.sha256 => (
            PaperCheckWord::Kept,
            "the bytes that were kept at the issue",
        ),
        _ => (PaperCheckWord::MadeNow, "made now from the issued invoice"),
    };
    checked.add(
        (word, ""),
        "SHA-256",
        "the file against the one of the issue",
        kept,
    );
    if paper.is_pdf() {
        let has_data = paper.profile == Some(Profile::FacturX);
        let data = check_client_pdf(&paper.bytes, &source.invoice, has_data)
            .map_err(super::paper::failed)?;
        checked.add(
            (PaperCheckWord::Pdf, version),
            format!("PDF/A-3a and PDF/UA-1, self-check of Hubledger {version}"),
            "version, id, metadata, colours, embedded fonts, tags, reading order, attachment",
            "passed",
        );
        if let Some(data) = data {
            checked.add_data(&data, source, Profile::FacturX)?;
        }
    } else if let Some(profile) = paper.profile {
        checked.add_data(&paper.bytes, source, profile)?;
    }
    Ok(checked)
}

/// The report as a text that a person files with what was handed out.
pub(crate) fn report_text(checked: &[Checked], at: Moment) -> String {
    let mut text = format!(
        "Validation report, Hubledger {}, {}\n",
        env!("CARGO_PKG_VERSION"),
        at.today
    );
    for file in checked {
        text.push_str(&format!(
            "\n{}  {}\n  SHA-256 {}\n",
            file.number, file.file, file.sha256
        ));
        for check in &file.checks {
            text.push_str(&format!(
                "  {}: {}\n    {}\n",
                check.rules, check.outcome, check.looked_at
            ));
        }
    }
    text
}
