//! What the owner's own invoices need beside the company, and how clients are invoiced.

use rusqlite::{OptionalExtension, params};

use crate::error::Error;
use crate::{Read, Write};

/// The owner as seller. What is not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SellerRow {
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    pub tax_number: String,
    pub register: String,
    pub contact: String,
    pub phone: String,
    pub website: String,
    pub iban: String,
    pub bic: String,
    pub account_holder: String,
    /// `#rrggbb`.
    pub accent: String,
    pub due_days: u32,
    pub terms: String,
    pub language: String,
    pub small_business: bool,
    /// `scheme:address`.
    pub e_address: String,
}

/// A picture as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoRow {
    /// `png`, `jpeg` or `svg`.
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// How a client is invoiced. What is not said is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientBillingRow {
    pub street: String,
    pub extra: String,
    pub postal_code: String,
    pub city: String,
    pub language: String,
    pub buyer_reference: String,
    pub e_address: String,
    pub due_days: Option<u32>,
    /// `factur-x`, `xrechnung` or `peppol`.
    pub format: String,
}

impl Read<'_> {
    /// The owner as seller; none while nothing was said.
    pub fn seller(&self) -> Result<Option<SellerRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT street, extra, postal_code, city, tax_number, register, contact, phone, website,
                    iban, bic, account_holder, accent, due_days, terms, language, small_business, e_address
             FROM seller",
        )?;
        let row = statement.query_row([], |row| {
            Ok(SellerRow {
                street: row.get(0)?,
                extra: row.get(1)?,
                postal_code: row.get(2)?,
                city: row.get(3)?,
                tax_number: row.get(4)?,
                register: row.get(5)?,
                contact: row.get(6)?,
                phone: row.get(7)?,
                website: row.get(8)?,
                iban: row.get(9)?,
                bic: row.get(10)?,
                account_holder: row.get(11)?,
                accent: row.get(12)?,
                due_days: row.get(13)?,
                terms: row.get(14)?,
                language: row.get(15)?,
                small_business: row.get(16)?,
                e_address: row.get(17)?,
            })
        });
        Ok(row.optional()?)
    }

    pub fn logo(&self) -> Result<Option<LogoRow>, Error> {
        let mut statement = self.0.prepare_cached("SELECT kind, bytes FROM logo")?;
        let row = statement.query_row([], |row| {
            Ok(LogoRow {
                kind: row.get(0)?,
                bytes: row.get(1)?,
            })
        });
        Ok(row.optional()?)
    }

    pub fn client_billing(&self, client: i64) -> Result<Option<ClientBillingRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT street, extra, postal_code, city, language, buyer_reference, e_address, due_days, format
             FROM client_billing WHERE client = ?1",
        )?;
        let row = statement.query_row([client], |row| {
            Ok(ClientBillingRow {
                street: row.get(0)?,
                extra: row.get(1)?,
                postal_code: row.get(2)?,
                city: row.get(3)?,
                language: row.get(4)?,
                buyer_reference: row.get(5)?,
                e_address: row.get(6)?,
                due_days: row.get(7)?,
                format: row.get(8)?,
            })
        });
        Ok(row.optional()?)
    }

    /// The number pattern that was chosen for a series.
    pub fn number_pattern(&self, series: &str) -> Result<Option<String>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT pattern FROM number_series WHERE series = ?1")?;
        Ok(statement.query_row([series], |row| row.get(0)).optional()?)
    }
}

impl Write<'_> {
    pub fn put_seller(&self, seller: &SellerRow) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR REPLACE INTO seller
                 (id, street, extra, postal_code, city, tax_number, register, contact, phone, website,
                  iban, bic, account_holder, accent, due_days, terms, language, small_business, e_address)
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            params![
                seller.street,
                seller.extra,
                seller.postal_code,
                seller.city,
                seller.tax_number,
                seller.register,
                seller.contact,
                seller.phone,
                seller.website,
                seller.iban,
                seller.bic,
                seller.account_holder,
                seller.accent,
                seller.due_days,
                seller.terms,
                seller.language,
                seller.small_business,
                seller.e_address,
            ],
        )?;
        Ok(())
    }

    /// Keeps a logo, or takes it away.
    pub fn put_logo(&self, logo: Option<&LogoRow>) -> Result<(), Error> {
        match logo {
            Some(logo) => self.0.0.execute(
                "INSERT OR REPLACE INTO logo (id, kind, bytes) VALUES (1, ?1, ?2)",
                params![logo.kind, logo.bytes],
            )?,
            None => self.0.0.execute("DELETE FROM logo", [])?,
        };
        Ok(())
    }

    pub fn put_client_billing(&self, client: i64, billing: &ClientBillingRow) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT OR REPLACE INTO client_billing
                 (client, street, extra, postal_code, city, language, buyer_reference, e_address, due_days, format)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                client,
                billing.street,
                billing.extra,
                billing.postal_code,
                billing.city,
                billing.language,
                billing.buyer_reference,
                billing.e_address,
                billing.due_days,
                billing.format,
            ],
        )?;
        Ok(())
    }

    /// Sets the number pattern of a series, or takes it away.
    pub fn put_number_pattern(&self, series: &str, pattern: Option<&str>) -> Result<(), Error> {
        match pattern {
            Some(pattern) => self.0.0.execute(
                "INSERT OR REPLACE INTO number_series (series, pattern) VALUES (?1, ?2)",
                params![series, pattern],
            )?,
            None => self
                .0
                .0
                .execute("DELETE FROM number_series WHERE series = ?1", [series])?,
        };
        Ok(())
    }
}
