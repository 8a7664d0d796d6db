//! From pages to the bytes of a PDF. The only place where the PDF libraries are named: printpdf
//! writes pages and fonts, lopdf finishes the file, since printpdf alone leaves a version, ids and
//! metadata that archives refuse.

mod fonts;
mod page;
mod icc;
mod tags;
mod structure;
mod images;
mod file;
mod xmp;
mod finish;
mod check;

use std::collections::BTreeSet;

use hubledger_core::period::Date;
use printpdf::{PdfDocument, PdfSaveOptions};

use crate::error::Error;
use crate::layout::{Fonts, Page};
use check::Expected;
use fonts::Subsets;
use tags::Tags;

/// What the file says about itself.
#[derive(Debug)]
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) subject: String,
    pub(crate) author: String,
    pub(crate) language: &'static str,
    /// Stands for the day on which the file was made: there is no clock here.
    pub(crate) day: Date,
}

/// A file inside the file: the invoice for machines.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// `factur-x.xml`
    pub name: &'static str,
    pub description: String,
    /// What it is to the paper: `Alternative`, `Data` or `Source`.
    pub relationship: &'static str,
    /// `EN 16931`, `XRECHNUNG`: the profile that the file's own metadata names.
    pub profile: &'static str,
    pub xml: Vec<u8>,
}

/// What an e-invoice is to the paper that it lies in: the same, for machines.
const RELATIONSHIP: &str = "Alternative";
/// File name and profile of Factur-X, as the file's metadata names them.
const FACTUR_X: (&str, &str) = ("factur-x.xml", "EN 16931");

impl Attachment {
    /// A Factur-X invoice, in the profile EN 16931.
    pub fn factur_x(description: String, xml: Vec<u8>) -> Self {
        let (name, profile) = FACTUR_X;
        Self {
            name,
            description,
            relationship: RELATIONSHIP,
            profile,
            xml,
        }
    }
}

/// Checks a finished file again, by what is read back from it; gives the Factur-X invoice that it
/// should hold.
pub(crate) fn check_again(
    bytes: &[u8],
    language: &'static str,
    day: Date,
    has_data: bool,
) -> Result<Option<Vec<u8>>, Error> {
    check::check_again(bytes, language, day, has_data.then_some(FACTUR_X))
}

/// Writes pages, checked by reading them back.
pub(crate) fn write(
    pages: &[Page],
    about: &About,
    attachment: Option<&Attachment>,
    fonts: &Fonts,
) -> Result<Vec<u8>, Error> {
    let tags = Tags::of(pages);
    let subsets = Subsets::of(pages, fonts)?;
    let mut document = PdfDocument::new(&about.title);
    document.resources.fonts.map = subsets.printed_fonts();
    document.pages = pages
        .iter()
        .zip(&tags.pages)
        .map(|(page, stretches)| page::printed(page, stretches, &subsets))
        .collect::<Result<_, _>>()?;
    document.pages.push(page::of_all_glyphs(&subsets));
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        // Else what draws a picture is left out.
        secure: false,
        ..PdfSaveOptions::default()
    };
    let mut warnings = Vec::new();
    let mut draft = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(Error::FaultyPdf(format!("{warning:?}")));
    }
    finish::remove_last_page(&mut draft)?;
    images::add_images(&mut draft, pages)?;
    let names: BTreeSet<String> = subsets.names().collect();
    let bytes = finish::finish(draft, about, &tags, attachment)?;
    let expected = Expected {
        pages: pages.len(),
        fonts: &names,
        about,
        attachment,
    };
    check::check(&bytes, &expected)?;
    Ok(bytes)
}
