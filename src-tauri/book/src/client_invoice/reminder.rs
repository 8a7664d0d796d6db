//! Reminders to clients: all that is due and not paid, in one letter. Nothing is posted and nothing
//! is kept of it; the same day and the same book give the same bytes.

use chrono::Days;
use hubledger_core::id::InvoiceNumber;
use hubledger_core::period::Date;
use hubledger_core::reminder::{OverdueInvoice, Reminder};
use hubledger_document::{Fonts, reminder_pdf};
use hubledger_store::{ClientInvoiceFilter, ClientInvoiceRow, Read};

use super::paper::{Head, failed};
use super::reading::{invoiced_client, seller_on};
use super::{kept_invoice, open_amount};
use crate::Book;
use crate::desk::day_or;
use crate::error::{About, Code, Error};
use crate::form::ReminderForm;
use crate::moment::Moment;

/// How long a client gets where nobody says otherwise.
const DAYS_TO_PAY: u64 = 10;

/// Invoices of a client that are due before a day and not paid in full, the longest due first, with
/// the row of the newest.
fn overdue(
    r: &Read<'_>,
    client: i64,
    today: Date,
) -> Result<(Vec<OverdueInvoice>, Option<ClientInvoiceRow>), Error> {
    let filter = ClientInvoiceFilter {
        client: Some(client),
        ..ClientInvoiceFilter::default()
    };
    let mut found = Vec::new();
    for row in r.client_invoices(&filter)? {
        let open = open_amount(&row)?;
        // What is owed to the client is no debt of its own.
        if row.due_on < today && open.is_positive() {
            found.push((row, open));
        }
    }
    found.sort_by(|(one, _), (other, _)| {
        (one.due_on, &one.number).cmp(&(other.due_on, &other.number))
    });
    let invoices = found.iter().map(|(row, open)| {
        Ok(OverdueInvoice {
            number: InvoiceNumber::parse(&row.number)?,
            issued_on: row.issued_on,
            due_on: row.due_on,
            owed: open.checked_add(row.paid)?,
            open: *open,
        })
    });
    let invoices = invoices.collect::<Result<Vec<_>, Error>>()?;
    let newest = found.into_iter().map(|(row, _)| row);
    Ok((invoices, newest.max_by_key(|row| (row.issued_on, row.key))))
}

fn reminder(r: &Read<'_>, form: &ReminderForm, today: Date) -> Result<Reminder, Error> {
    let (desk, client) = invoiced_client(r, &form.client)?;
    let (invoices, newest) = overdue(r, client.key, today)?;
    let newest = newest.ok_or_else(|| {
        Error::new(Code::NothingOverdue, [client.client.name.as_str()]).at("client")
    })?;
    let default = today.checked_add_days(Days::new(DAYS_TO_PAY));
    let pay_by = day_or(&form.pay_by, default.unwrap_or(today)).about("pay_by")?;
    if pay_by < today {
        return Err(Error::new(Code::PayByIsOver, [&pay_by.to_string()]).at("pay_by"));
    }
    Ok(Reminder {
        level: form.level.into(),
        on: today,
        pay_by,
        seller: seller_on(r, today)?,
        // As the newest of the invoices names the client.
        buyer: kept_invoice(r, &newest)?.buyer().clone(),
        currency: desk.currency(),
        invoices,
    })
}

impl Book {
    /// A letter that reminds a client of all its invoices that are due and not paid, as PDF.
    pub fn client_reminder_pdf(&self, form: &ReminderForm, at: Moment) -> Result<Vec<u8>, Error> {
        let (reminder, head) = self.read(|r| {
            let reminder = reminder(r, form, at.today)?;
            Ok::<_, Error>((reminder, Head::now(r)?))
        })?;
        let fonts = Fonts::bundled().map_err(failed)?;
        reminder_pdf(&reminder, &head.letterhead, fonts).map_err(failed)
    }
}
