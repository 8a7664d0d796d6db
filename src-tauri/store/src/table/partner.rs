//! The book itself and the company behind it.

use hubledger_core::country::Country;
use hubledger_core::language::Language;
use hubledger_core::partner::{Company, Owner};
use hubledger_core::period::BillingPeriod;
use hubledger_core::tax::VatId;
use rusqlite::{OptionalExtension, params};

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// What the book says of itself.
#[derive(Clone, Debug)]
pub struct BookRow {
    pub owner: Owner,
    pub is_sample: bool,
}

/// A company as it stands from a month on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyFrom {
    pub from: BillingPeriod,
    pub company: Company,
}

impl Read<'_> {
    pub fn book(&self) -> Result<BookRow, Error> {
        let (owner, is_sample): (String, bool) = self
            .0
            .query_row("SELECT owner, is_sample FROM book", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(|e| match e {
                rusqlite::Error::QueryReturnedNoRows => {
                    Error::Damaged("it has no owner".to_owned())
                }
                other => other.into(),
            })?;
        Ok(BookRow {
            owner: Owner::of_word(&owner)?,
            is_sample,
        })
    }

    /// The instant that the book was made at: with its file name, which book it is.
    pub fn made_at(&self) -> Result<String, Error> {
        Ok(self
            .0
            .query_row("SELECT created_at FROM book", [], |row| row.get(0))?)
    }

    /// The language of papers to the owner itself; English where it never was chosen.
    pub fn paper_language(&self) -> Result<Language, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT language FROM paper_language")?;
        let tag = statement
            .query_row([], |row| row.get::<_, String>(0))
            .optional()?;
        language(tag)
    }

    /// The company in all its versions, oldest first.
    pub fn companies(&self) -> Result<Vec<CompanyFrom>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT from_month, name, address, country, vat_id, billing_email FROM company ORDER BY from_month",
        )?;
        let mut rows = statement.query([])?;
        let mut companies = Vec::new();
        while let Some(row) = rows.next()? {
            let vat_id: Option<String> = row.get(4)?;
            companies.push(CompanyFrom {
                from: codec::period(row.get(0)?)?,
                company: company(row.get(1)?, row.get(2)?, row.get(3)?, vat_id, row.get(5)?)?,
            });
        }
        Ok(companies)
    }
}

/// A language from its tag; English where there is none.
pub(crate) fn language(tag: Option<String>) -> Result<Language, Error> {
    let damaged = |error: hubledger_core::Error| Error::Damaged(error.to_string());
    let language = tag.map(|tag| Language::parse(&tag)).transpose();
    Ok(language.map_err(damaged)?.unwrap_or_default())
}

/// A company from its stored parts.
pub(crate) fn company(
    name: String,
    address: String,
    country: String,
    vat_id: Option<String>,
    billing_email: String,
) -> Result<Company, Error> {
    let damaged = |error: hubledger_core::Error| Error::Damaged(error.to_string());
    let country = Country::parse(&country).map_err(damaged)?;
    let vat_id = vat_id
        .map(|text| VatId::parse(&text, country))
        .transpose()
        .map_err(damaged)?;
    Ok(Company {
        name,
        address: address.lines().map(str::to_owned).collect(),
        country,
        vat_id,
        billing_email,
    })
}

impl Write<'_> {
    pub fn insert_book(
        &self,
        owner: Owner,
        created_at: &str,
        is_sample: bool,
    ) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO book (id, owner, created_at, is_sample) VALUES (1, ?1, ?2, ?3)",
            params![owner.word(), created_at, is_sample],
        )?;
        Ok(())
    }

    /// Sets the language of papers to the owner itself. What is frozen keeps its own.
    pub fn put_paper_language(&self, language: Language) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR REPLACE INTO paper_language (id, language) VALUES (1, ?1)",
            [language.tag()],
        )?;
        Ok(())
    }

    /// Takes back what was said of the company for months after one.
    pub fn remove_companies_after(&self, month: BillingPeriod) -> Result<(), Error> {
        self.0.0.execute(
            "DELETE FROM company WHERE from_month > ?1",
            [codec::month(month)],
        )?;
        Ok(())
    }

    /// Sets the company from a month on; a change of the same month takes its place.
    pub fn put_company(&self, from: BillingPeriod, company: &Company) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR REPLACE INTO company (from_month, name, address, country, vat_id, billing_email)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                codec::month(from),
                company.name,
                company.address.join("\n"),
                company.country.code(),
                company.vat_id.as_ref().map(VatId::as_str),
                company.billing_email,
            ],
        )?;
        Ok(())
    }
}
