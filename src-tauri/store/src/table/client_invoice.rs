//! The owner's own invoices to clients: drafts as they were typed, issued documents as they are
//! for good, their numbers, and what was paid on them.

use hubledger_core::currency::Currency;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::series::SeriesNumber;
use rusqlite::{OptionalExtension, Params, Row, params};

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// A draft with its client.
#[derive(Clone, Debug)]
pub struct ClientDraftRow {
    pub key: i64,
    pub client: i64,
    /// What was typed, as JSON.
    pub form: String,
    pub changed_at: String,
}

/// A document to be issued.
#[derive(Clone, Copy, Debug)]
pub struct NewClientInvoice<'a> {
    pub number: &'a SeriesNumber,
    pub series: &'a str,
    pub kind: &'a str,
    pub client: i64,
    pub hub: i64,
    pub client_name: &'a str,
    pub issued_on: Date,
    pub due_on: Date,
    pub corrects: Option<i64>,
    pub net: Money,
    pub vat: Money,
    pub gross: Money,
    /// What advances take off an invoice over the whole, or its cancellation; and the VAT in it.
    pub deducted: Money,
    pub deducted_vat: Money,
    /// All that its pages are made of, as JSON.
    pub content: &'a str,
    pub entry: Option<i64>,
    pub recorded_at: &'a str,
}

/// A line of a document: what a later credit note is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientLineRow {
    pub position: u32,
    pub of_line: Option<u32>,
    pub net: Money,
    pub vat_code: String,
    pub percent: String,
}

/// The VAT of a category and rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientVatRow {
    pub vat_code: String,
    pub percent: String,
    pub basis: Money,
    pub vat: Money,
}

/// An issued document.
#[derive(Clone, Debug)]
pub struct ClientInvoiceRow {
    pub key: i64,
    pub number: String,
    pub kind: String,
    pub client: i64,
    pub client_id: String,
    pub hub: String,
    pub client_name: String,
    pub issued_on: Date,
    pub due_on: Date,
    pub corrects: Option<i64>,
    /// The number of what it corrects.
    pub corrects_number: Option<String>,
    pub currency: Currency,
    pub net: Money,
    pub vat: Money,
    pub gross: Money,
    /// What advances take off an invoice over the whole, or its cancellation.
    pub deducted: Money,
    /// The VAT in it.
    pub deducted_vat: Money,
    /// Gross of what credits it, less the advances that a cancellation gives free.
    pub credited: Money,
    pub paid: Money,
    /// Another took its place.
    pub is_replaced: bool,
    /// A cancellation took it back.
    pub is_cancelled: bool,
    /// A later invoice deducts it.
    pub is_deducted: bool,
    /// What it posted; none where its sums are zero.
    pub entry: Option<i64>,
}

/// Money from a client for an invoice, or back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientPaymentRow {
    pub day: Date,
    pub amount: Money,
}

/// Which documents to show.
#[derive(Clone, Debug, Default)]
pub struct ClientInvoiceFilter {
    pub hub: Option<i64>,
    pub client: Option<i64>,
    /// Of the day of issue.
    pub month: Option<BillingPeriod>,
}

const INVOICE: &str = "SELECT invoice.key, invoice.number, invoice.kind, invoice.client, client.id, hub.id, invoice.client_name,
        invoice.issued_on, invoice.due_on, invoice.corrects, corrected.number, hub.currency, invoice.net, invoice.vat, invoice.gross,
        (SELECT ifnull(sum(credit.gross - credit.deducted), 0) FROM client_invoice AS credit
         WHERE credit.corrects = invoice.key AND credit.kind IN ('credit-note', 'cancellation')),
        (SELECT ifnull(sum(amount), 0) FROM client_payment WHERE client_payment.invoice = invoice.key
           AND client_payment.key NOT IN (SELECT key FROM undone WHERE what = 'payment')),
        EXISTS (SELECT 1 FROM client_invoice AS later WHERE later.corrects = invoice.key AND later.kind = 'corrected'),
        EXISTS (SELECT 1 FROM client_deduction WHERE client_deduction.advance = invoice.key
                AND NOT EXISTS (SELECT 1 FROM client_invoice AS later WHERE later.corrects = client_deduction.invoice
                                AND later.kind IN ('cancellation', 'corrected'))),
        invoice.deducted,
        EXISTS (SELECT 1 FROM client_invoice AS later WHERE later.corrects = invoice.key AND later.kind = 'cancellation'),
        invoice.deducted_vat, invoice.entry
    FROM client_invoice AS invoice
    JOIN client ON client.key = invoice.client JOIN hub ON hub.key = invoice.hub
    LEFT JOIN client_invoice AS corrected ON corrected.key = invoice.corrects";

fn invoice_row(row: &Row<'_>) -> Result<ClientInvoiceRow, Error> {
    let currency: String = row.get(11)?;
    let currency = Currency::of_word(&currency)?;
    let money = |at: usize| Ok::<_, Error>(codec::money(row.get(at)?, currency));
    Ok(ClientInvoiceRow {
        key: row.get(0)?,
        number: row.get(1)?,
        kind: row.get(2)?,
        client: row.get(3)?,
        client_id: row.get(4)?,
        hub: row.get(5)?,
        client_name: row.get(6)?,
        issued_on: codec::date(row.get(7)?)?,
        due_on: codec::date(row.get(8)?)?,
        corrects: row.get(9)?,
        corrects_number: row.get(10)?,
        currency,
        net: money(12)?,
        vat: money(13)?,
        gross: money(14)?,
        deducted: money(19)?,
        deducted_vat: money(21)?,
        credited: money(15)?,
        paid: money(16)?,
        is_replaced: row.get(17)?,
        is_deducted: row.get(18)?,
        is_cancelled: row.get(20)?,
        entry: row.get(22)?,
    })
}

impl ClientInvoiceRow {
    /// What it asks for or gives back: all of it, less what advances take off.
    pub fn asked(&self) -> Result<Money, Error> {
        let asked = self.gross.checked_sub(self.deducted);
        asked.map_err(|error| Error::Damaged(error.to_string()))
    }

    /// Whether nothing of it is left, as it was cancelled or credited part by part.
    pub fn is_taken_back(&self) -> Result<bool, Error> {
        let is_credited = !self.credited.is_zero() && self.credited == self.asked()?;
        Ok(self.is_cancelled || is_credited)
    }
}

impl Read<'_> {
    /// Drafts, the last changed first: of a hub, or of all.
    pub fn client_drafts(&self, hub: Option<i64>) -> Result<Vec<ClientDraftRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT client_draft.key, client, form, changed_at FROM client_draft
             JOIN client ON client.key = client_draft.client
             WHERE ?1 IS NULL OR client.hub = ?1 ORDER BY changed_at DESC, client_draft.key DESC",
        )?;
        let rows = statement.query_map([hub], draft_row)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    pub fn client_draft(&self, key: i64) -> Result<Option<ClientDraftRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT key, client, form, changed_at FROM client_draft WHERE key = ?1",
        )?;
        Ok(statement.query_row([key], draft_row).optional()?)
    }

    /// Issued documents, the newest first.
    pub fn client_invoices(
        &self,
        filter: &ClientInvoiceFilter,
    ) -> Result<Vec<ClientInvoiceRow>, Error> {
        let (first, last) = filter.month.map_or((0, i64::MAX), codec::days_of);
        let of_client = match filter.client {
            Some(_) => "invoice.client = ?2",
            None => "?2 IS NULL",
        };
        self.client_invoices_where(
            &format!(
                "WHERE invoice.issued_on BETWEEN ?3 AND ?4 AND (?1 IS NULL OR invoice.hub = ?1) AND {of_client}
                 ORDER BY invoice.issued_on DESC, invoice.key DESC"
            ),
            params![filter.hub, filter.client, first, last],
        )
    }

    pub fn client_invoice(&self, number: &str) -> Result<Option<ClientInvoiceRow>, Error> {
        Ok(self
            .client_invoices_where("WHERE invoice.number = ?1", [number])?
            .pop())
    }

    pub fn client_invoice_by_key(&self, key: i64) -> Result<Option<ClientInvoiceRow>, Error> {
        Ok(self
            .client_invoices_where("WHERE invoice.key = ?1", [key])?
            .pop())
    }

    /// The number of the document that an entry posts: one that was issued on the entry's day.
    pub fn client_invoice_of_entry(&self, entry: i64, day: Date) -> Result<Option<String>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT number FROM client_invoice WHERE issued_on = ?1 AND entry = ?2",
        )?;
        let values = params![codec::day(day), entry];
        Ok(statement.query_row(values, |row| row.get(0)).optional()?)
    }

    /// What corrects a document, oldest first.
    pub fn client_corrections(&self, invoice: i64) -> Result<Vec<ClientInvoiceRow>, Error> {
        self.client_invoices_where(
            "WHERE invoice.corrects = ?1 ORDER BY invoice.key",
            [invoice],
        )
    }

    /// The advance invoices that a document deducts.
    pub fn client_deductions(&self, invoice: i64) -> Result<Vec<ClientInvoiceRow>, Error> {
        self.client_invoices_where(
            "JOIN client_deduction ON client_deduction.advance = invoice.key AND client_deduction.invoice = ?1
             ORDER BY invoice.key",
            [invoice],
        )
    }

    fn client_invoices_where(
        &self,
        condition: &str,
        values: impl Params,
    ) -> Result<Vec<ClientInvoiceRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!("{INVOICE} {condition}"))?;
        let mut rows = statement.query(values)?;
        let mut invoices = Vec::new();
        while let Some(row) = rows.next()? {
            invoices.push(invoice_row(row)?);
        }
        Ok(invoices)
    }

    /// All that the pages of a document are made of, as JSON.
    pub fn client_invoice_content(&self, invoice: i64) -> Result<String, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT content FROM client_invoice WHERE key = ?1")?;
        Ok(statement.query_row([invoice], |row| row.get(0))?)
    }

    pub fn client_invoice_lines(
        &self,
        invoice: i64,
        currency: Currency,
    ) -> Result<Vec<ClientLineRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT position, of_line, net, vat_code, percent FROM client_invoice_line WHERE invoice = ?1 ORDER BY position",
        )?;
        let rows = statement.query_map([invoice], |row| {
            Ok(ClientLineRow {
                position: row.get(0)?,
                of_line: row.get(1)?,
                net: codec::money(row.get(2)?, currency),
                vat_code: row.get(3)?,
                percent: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    pub fn client_invoice_vat(
        &self,
        invoice: i64,
        currency: Currency,
    ) -> Result<Vec<ClientVatRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT vat_code, percent, basis, vat FROM client_invoice_vat WHERE invoice = ?1 ORDER BY vat_code, percent DESC",
        )?;
        let rows = statement.query_map([invoice], |row| {
            Ok(ClientVatRow {
                vat_code: row.get(0)?,
                percent: row.get(1)?,
                basis: codec::money(row.get(2)?, currency),
                vat: codec::money(row.get(3)?, currency),
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// Payments of a document that stand, each with the entry that posts it.
    pub fn client_payments(
        &self,
        invoice: i64,
        currency: Currency,
    ) -> Result<Vec<(ClientPaymentRow, i64)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT day, amount, entry FROM client_payment WHERE invoice = ?1
               AND key NOT IN (SELECT key FROM undone WHERE what = 'payment') ORDER BY day, key",
        )?;
        let mut rows = statement.query([invoice])?;
        let mut payments = Vec::new();
        while let Some(row) = rows.next()? {
            let payment = ClientPaymentRow {
                day: codec::date(row.get(0)?)?,
                amount: codec::money(row.get(1)?, currency),
            };
            payments.push((payment, row.get(2)?));
        }
        Ok(payments)
    }

    /// How far a series has counted in a period.
    pub fn last_counter(&self, series: &str, period: &str) -> Result<u32, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT coalesce(max(counter), (SELECT first - 1 FROM series_start WHERE series = ?1 AND period = ?2), 0)
             FROM client_invoice WHERE series = ?1 AND period = ?2",
        )?;
        Ok(statement.query_row([series, period], |row| row.get(0))?)
    }

    /// Whether a series gave a number in a period.
    pub fn has_counted(&self, series: &str, period: &str) -> Result<bool, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM client_invoice WHERE series = ?1 AND period = ?2)",
        )?;
        Ok(statement.query_row([series, period], |row| row.get(0))?)
    }

    /// The newest document of a series: its number and day.
    pub fn last_of_series(&self, series: &str) -> Result<Option<(String, Date)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT number, issued_on FROM client_invoice WHERE series = ?1 ORDER BY issued_on DESC, key DESC LIMIT 1",
        )?;
        let found: Option<(String, i64)> = statement
            .query_row([series], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found
            .map(|(number, day)| Ok((number, codec::date(day)?)))
            .transpose()
    }
}

fn draft_row(row: &Row<'_>) -> Result<ClientDraftRow, rusqlite::Error> {
    Ok(ClientDraftRow {
        key: row.get(0)?,
        client: row.get(1)?,
        form: row.get(2)?,
        changed_at: row.get(3)?,
    })
}

impl Write<'_> {
    /// Keeps a draft; without a key a new one. Gives its key.
    pub fn put_client_draft(
        &self,
        key: Option<i64>,
        client: i64,
        form: &str,
        at: &str,
    ) -> Result<i64, Error> {
        match key {
            Some(key) => {
                self.0.0.execute(
                    "UPDATE client_draft SET client = ?2, form = ?3, changed_at = ?4 WHERE key = ?1",
                    params![key, client, form, at],
                )?;
                Ok(key)
            }
            None => {
                self.0.0.execute(
                    "INSERT INTO client_draft (client, form, changed_at) VALUES (?1, ?2, ?3)",
                    params![client, form, at],
                )?;
                Ok(self.0.0.last_insert_rowid())
            }
        }
    }

    pub fn remove_client_draft(&self, key: i64) -> Result<(), Error> {
        self.0
            .0
            .execute("DELETE FROM client_draft WHERE key = ?1", [key])?;
        Ok(())
    }

    /// Where a series begins to count in a period.
    pub fn put_series_start(&self, series: &str, period: &str, first: u32) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO series_start (series, period, first) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET first = excluded.first",
            params![series, period, first],
        )?;
        Ok(())
    }

    /// Keeps an issued document for good; gives its key.
    pub fn insert_client_invoice(&self, invoice: &NewClientInvoice<'_>) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO client_invoice (number, series, period, counter, kind, client, hub, client_name, issued_on, due_on,
                                         corrects, net, vat, gross, content, entry, recorded_at, deducted, deducted_vat)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            params![
                invoice.number.number,
                invoice.series,
                invoice.number.period,
                invoice.number.counter,
                invoice.kind,
                invoice.client,
                invoice.hub,
                invoice.client_name,
                codec::day(invoice.issued_on),
                codec::day(invoice.due_on),
                invoice.corrects,
                codec::money_micros(invoice.net)?,
                codec::money_micros(invoice.vat)?,
                codec::money_micros(invoice.gross)?,
                invoice.content,
                invoice.entry,
                invoice.recorded_at,
                codec::money_micros(invoice.deducted)?,
                codec::money_micros(invoice.deducted_vat)?,
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    pub fn insert_client_line(&self, invoice: i64, line: &ClientLineRow) -> Result<(), Error> {
        let mut statement = self.0.0.prepare_cached(
            "INSERT INTO client_invoice_line (invoice, position, of_line, net, vat_code, percent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            invoice,
            line.position,
            line.of_line,
            codec::money_micros(line.net)?,
            line.vat_code,
            line.percent,
        ])?;
        Ok(())
    }

    pub fn insert_client_vat(&self, invoice: i64, vat: &ClientVatRow) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO client_invoice_vat (invoice, vat_code, percent, basis, vat) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                invoice,
                vat.vat_code,
                vat.percent,
                codec::money_micros(vat.basis)?,
                codec::money_micros(vat.vat)?,
            ],
        )?;
        Ok(())
    }

    pub fn insert_client_deduction(&self, invoice: i64, advance: i64) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO client_deduction (invoice, advance) VALUES (?1, ?2)",
            [invoice, advance],
        )?;
        Ok(())
    }

    pub fn insert_client_payment(
        &self,
        invoice: i64,
        payment: ClientPaymentRow,
        entry: i64,
        at: &str,
    ) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO client_payment (invoice, day, amount, entry, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                invoice,
                codec::day(payment.day),
                codec::money_micros(payment.amount)?,
                entry,
                at,
            ],
        )?;
        Ok(())
    }
}
