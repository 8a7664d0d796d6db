//! The finished papers of issued invoices, and the logos that stand on them: kept for good.

use rusqlite::{OptionalExtension, params};

use crate::error::Error;
use crate::table::seller::LogoRow;
use crate::{Read, Write};

/// A file that was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientPaperRow {
    /// `pdf`, `factur-x` (a PDF with its data inside), `xrechnung-ubl` or `peppol`.
    pub format: String,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// The version of the app that made it.
    pub made_by: String,
    pub bytes: Vec<u8>,
}

impl Read<'_> {
    /// What was handed out for an invoice; nothing for one that was issued before papers were kept.
    pub fn client_papers(&self, invoice: i64) -> Result<Vec<ClientPaperRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT format, sha256, made_by, bytes FROM client_paper WHERE invoice = ?1 ORDER BY format",
        )?;
        let rows = statement.query_map([invoice], |row| {
            Ok(ClientPaperRow {
                format: row.get(0)?,
                sha256: row.get(1)?,
                made_by: row.get(2)?,
                bytes: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// The format and the hash of what was handed out for an invoice.
    pub fn client_paper_marks(&self, invoice: i64) -> Result<Vec<(String, String)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT format, sha256 FROM client_paper WHERE invoice = ?1 ORDER BY format",
        )?;
        let rows = statement.query_map([invoice], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// Looks at every paper of the book, one after the other: the number of its invoice, and itself.
    pub fn each_client_paper(
        &self,
        mut look: impl FnMut(&str, &ClientPaperRow),
    ) -> Result<(), Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT number, format, sha256, made_by, bytes FROM client_paper
             JOIN client_invoice ON client_invoice.key = client_paper.invoice ORDER BY invoice, format",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let number: String = row.get(0)?;
            let paper = ClientPaperRow {
                format: row.get(1)?,
                sha256: row.get(2)?,
                made_by: row.get(3)?,
                bytes: row.get(4)?,
            };
            look(&number, &paper);
        }
        Ok(())
    }

    /// Invoices without a PDF that were issued after the first one that has one.
    pub fn client_invoices_without_paper(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT number FROM client_invoice
             WHERE key > (SELECT min(invoice) FROM client_paper)
               AND NOT EXISTS (SELECT 1 FROM client_paper WHERE client_paper.invoice = client_invoice.key
                               AND format IN ('pdf', 'factur-x'))
             ORDER BY key LIMIT 20",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// A logo that stands on an issued invoice.
    pub fn kept_logo(&self, sha256: &str) -> Result<Option<LogoRow>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT kind, bytes FROM kept_logo WHERE sha256 = ?1")?;
        let row = statement.query_row([sha256], |row| {
            Ok(LogoRow {
                kind: row.get(0)?,
                bytes: row.get(1)?,
            })
        });
        Ok(row.optional()?)
    }
}

impl Write<'_> {
    pub fn insert_client_paper(&self, invoice: i64, paper: &ClientPaperRow) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO client_paper (invoice, format, sha256, made_by, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                invoice,
                paper.format,
                paper.sha256,
                paper.made_by,
                paper.bytes
            ],
        )?;
        Ok(())
    }

    /// Keeps a logo for the invoices that it stands on; once, however many they are.
    pub fn keep_logo(&self, sha256: &str, logo: &LogoRow) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO kept_logo (sha256, kind, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![sha256, logo.kind, logo.bytes],
        )?;
        Ok(())
    }
}
