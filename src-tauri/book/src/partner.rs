//! The book and its company.

use hubledger_core::country::Country;
use hubledger_core::error::Error as Rule;
use hubledger_core::language::Language;
use hubledger_core::partner::Company;
use hubledger_core::period::BillingPeriod;
use hubledger_core::tax::VatId;
use hubledger_core::text::{address_lines, optional_email, required_line};
use hubledger_store::Write;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::{HubDesk, company_in};
use crate::error::{About, Error};
use crate::file::{count, name_of};
use crate::form::CompanyForm;
use crate::moment::Moment;
use crate::view::{BookView, CompanyChangeView};
use crate::{hub, show};

/// Reads a company, field by field.
pub(crate) fn company_from(form: &CompanyForm) -> Result<Company, Error> {
    company_beside(form, None)
}

/// The same in the place of another: a VAT ID of earlier days that stays as it is, is taken.
fn company_beside(form: &CompanyForm, now: Option<&Company>) -> Result<Company, Error> {
    let country = Country::parse(&form.country).about("country")?;
    let vat_id = Some(form.vat_id.trim()).filter(|text| !text.is_empty());
    Ok(Company {
        name: required_line("The company name", &form.name).about("name")?,
        address: address_lines(&form.address).about("address")?,
        country,
        vat_id: vat_id
            .map(|text| vat_id_beside(text, country, now.and_then(|now| now.vat_id.as_ref())))
            .transpose()
            .about("vat_id")?,
        billing_email: optional_email(&form.billing_email).about("billing_email")?,
    })
}

/// Reads a VAT ID that is typed; check digits count unless it is the one that stands there.
pub(crate) fn vat_id_beside(
    text: &str,
    country: Country,
    now: Option<&VatId>,
) -> Result<VatId, Rule> {
    let id = VatId::parse(text, country)?;
    if now != Some(&id) {
        id.check_digits(country)?;
    }
    Ok(id)
}

impl Book {
    /// What is open, with its hubs.
    pub fn book_view(&self, at: Moment) -> Result<BookView, Error> {
        self.read(|r| {
            let book = r.book()?;
            let month = BillingPeriod::containing(at.today);
            let next = r.companies()?.into_iter().find(|c| c.from > month);
            Ok(BookView {
                path: self.path.display().to_string(),
                file_name: name_of(&self.path),
                owner: book.owner.into(),
                company: show::company(&company_in(r, month)?),
                company_next: next.map(|c| CompanyChangeView {
                    from: c.from.to_string(),
                    company: show::company(&c.company),
                }),
                paper_language: r.paper_language()?.tag().to_owned(),
                hubs: hub::views(r, &HubDesk::all(r)?, at)?,
                unrated: count(r.unrated_count(None)?),
                read_only: self.reading_beside.clone(),
                is_sample: book.is_sample,
                today: at.today.to_string(),
                is_encrypted: self.store.passphrase().is_some(),
            })
        })
    }

    /// Changes the company. Country and VAT ID decide the VAT, so a change of them holds from
    /// the next month (at once while the book has no hub); name, address and e-mail are
    /// corrected at once.
    pub fn set_company(&mut self, form: CompanyForm, at: Moment) -> Result<BookView, Error> {
        let act = Act::new(UseCase::SetCompany, at).form(&form);
        self.write(act, |w| {
            let month = BillingPeriod::containing(at.today);
            let now = company_in(w, month)?;
            let company = company_beside(&form, Some(&now))?;
            // What was to hold from the next month is said anew: the last word holds.
            w.remove_companies_after(month)?;
            if now.country == company.country && now.vat_id == company.vat_id
                || w.hubs()?.is_empty()
            {
                let holding = w
                    .companies()?
                    .into_iter()
                    .rev()
                    .find(|c| c.from <= month)
                    .map(|c| c.from);
                put_company(w, holding.unwrap_or(month), &company)
            } else {
                let same_tax = Company {
                    country: now.country,
                    vat_id: now.vat_id,
                    ..company.clone()
                };
                put_company(w, month, &same_tax)?;
                put_company(w, month.next(), &company)
            }
        })?;
        self.book_view(at)
    }

    /// Sets the language of papers to the owner itself, as a tag such as `de`: copies of hub
    /// invoices of open months, and statements of balances. Closed months keep theirs.
    pub fn set_paper_language(&mut self, language: &str, at: Moment) -> Result<BookView, Error> {
        let language = Language::parse(language).about("language")?;
        let act = Act::new(UseCase::SetPaperLanguage, at).with("language", language.tag());
        self.write(act, |w| Ok(w.put_paper_language(language)?))?;
        self.book_view(at)
    }
}

/// Reads the tag of a language of papers; empty: English.
pub(crate) fn paper_language_from(text: &str) -> Result<Language, Error> {
    match text.trim() {
        "" => Ok(Language::English),
        tag => Language::parse(tag).about("language"),
    }
}

fn put_company(w: &Write<'_>, from: BillingPeriod, company: &Company) -> Result<(), Error> {
    Ok(w.put_company(from, company)?)
}
