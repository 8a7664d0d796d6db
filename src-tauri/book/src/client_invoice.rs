//! The owner's own invoices to the clients of its Partner-Paid hubs: drafts that change freely,
//! and documents that are issued for good. A number is given when a document is issued, in the
//! same transaction that makes its papers, keeps and posts it; whatever fails, the number is free
//! again.

use hubledger_core::bookkeeping::Days;
use hubledger_core::client_bookkeeping::{Billed, ClientLedger};
use hubledger_core::client_invoice::{
    CheckedInvoice, ClientInvoice, DraftInvoice, InvoiceKind, InvoiceSums,
};
use hubledger_core::id::InvoiceNumber;
use hubledger_core::money::{Money, plain_text};
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::text::long_text;
use hubledger_document::einvoice::{self, Profile};
use hubledger_store::{
    ClientDraftRow, ClientInvoiceFilter, ClientInvoiceRow, ClientLineRow, ClientRow, ClientVatRow,
    EntrySource, NewClientInvoice, Read, Recorded, Write,
};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::client_invoice::content::{kind_of, kind_word, vat_word};
use crate::client_invoice::paper::Head;
use crate::client_invoice::reading::Unread;
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::form::{ClientDraftForm, ClientInvoiceForm};
use crate::moment::Moment;
use crate::said::SaidView;
use crate::seller::pattern;
use crate::view::{
    ClientDraftView, ClientInvoiceDetailView, ClientInvoiceState, ClientInvoiceView,
    ClientInvoiceWord, ClientLineView, ClientPaperView, ClientPaymentView, ClientSumsView,
    ClientVatView,
};

mod content;
mod correct;
mod export;
mod paper;
mod payment;
mod reading;
mod reminder;
mod report;

pub(crate) use paper::{PaperFormat, papers_are_as_issued};
pub(crate) use payment::check_amount as check_payment;

/// Longest text of a line, of notes and of terms, in a draft too.
const LONGEST_TEXT: usize = 5_000;
/// Most lines of a draft.
const MOST_LINES: usize = 50_000;

/// A document that is ready for its number.
struct Ready {
    desk: HubDesk,
    client: ClientRow,
    checked: CheckedInvoice,
    /// The e-invoice that the client takes.
    profile: Profile,
    /// Keys of the advances that it deducts.
    advances: Vec<i64>,
    /// What it corrects.
    corrects: Option<ClientInvoiceRow>,
    /// Of a credit note: which line of the corrected invoice each of its lines credits.
    of_lines: Vec<u32>,
}

fn draft_key(id: &str) -> Result<i64, Error> {
    id.trim()
        .strip_prefix('D')
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| Error::new(Code::DraftNotFound, [id.trim()]))
}

fn find_draft(r: &Read<'_>, id: &str) -> Result<ClientDraftRow, Error> {
    r.client_draft(draft_key(id)?)?
        .ok_or_else(|| Error::new(Code::DraftNotFound, [id.trim()]))
}

fn form_of(row: &ClientDraftRow) -> Result<ClientInvoiceForm, Error> {
    serde_json::from_str(&row.form).map_err(|_| Error::new(Code::BookDamaged, ["The book"]))
}

/// Refuses what not even a draft keeps: texts without end.
fn check_bounds(form: &ClientInvoiceForm) -> Result<(), Error> {
    if form.lines.len() > MOST_LINES {
        return Err(Error::new(Code::TooManyLines, [&MOST_LINES.to_string()]).at("lines"));
    }
    long_text("The notes", &form.notes, LONGEST_TEXT).about("notes")?;
    long_text("The terms", &form.terms, LONGEST_TEXT).about("terms")?;
    for line in &form.lines {
        long_text("The text of a line", &line.text, LONGEST_TEXT).about("text")?;
        long_text("The description", &line.description, LONGEST_TEXT).about("description")?;
        long_text("The reason", &line.reason, LONGEST_TEXT).about("reason")?;
    }
    Ok(())
}

fn draft_view(r: &Read<'_>, row: &ClientDraftRow, today: Date) -> Result<ClientDraftView, Error> {
    let invoice = form_of(row)?;
    let typed = reading::read(r, &invoice, today)?;
    let sums = typed.draft.sums(typed.issued_on).ok();
    let sums = sums.map(|sums| sums_view(&typed.draft.lines, &sums));
    let checked = check(typed.draft, typed.issued_on, typed.profile, typed.unread);
    let faults = checked.err().unwrap_or_default();
    Ok(ClientDraftView {
        id: format!("D{}", row.key),
        client_name: typed.client.client.name,
        hub: typed.desk.hub().id.to_string(),
        currency: typed.desk.currency().into(),
        invoice,
        sums: sums.transpose()?,
        faults,
        changed_at: row.changed_at.clone(),
    })
}

fn sums_view(
    lines: &[hubledger_core::client_invoice::InvoiceLine],
    sums: &InvoiceSums,
) -> Result<ClientSumsView, Error> {
    let lines = lines
        .iter()
        .map(|line| {
            Ok(ClientLineView {
                text: line.text.clone(),
                description: line.description.clone(),
                group: line.group.clone(),
                quantity: line.quantity.normalize().to_string(),
                unit: line.unit.code().to_owned(),
                unit_price: line.unit_price.into(),
                vat: vat_word(&line.vat).to_owned(),
                percent: line.vat.percent().normalize().to_string(),
                net: line.net()?.into(),
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(ClientSumsView {
        lines,
        vat: sums
            .vat
            .iter()
            .map(|sum| ClientVatView {
                vat: vat_word(&sum.case).to_owned(),
                percent: sum.case.percent().normalize().to_string(),
                basis: sum.basis.into(),
                amount: sum.vat.into(),
            })
            .collect(),
        net: sums.net.into(),
        vat_total: sums.vat_total.into(),
        gross: sums.gross.into(),
        prepaid: sums.prepaid.into(),
        due: sums.due.into(),
        vat_in_own_currency: sums.vat_in_own_currency.map(plain_text),
    })
}

/// An issued document from what the book keeps of it.
fn kept_invoice(r: &Read<'_>, row: &ClientInvoiceRow) -> Result<ClientInvoice, Error> {
    content::kept(&row.number, &r.client_invoice_content(row.key)?)
}

pub(crate) fn find(r: &Read<'_>, number: &str) -> Result<ClientInvoiceRow, Error> {
    r.client_invoice(number.trim())?
        .ok_or_else(|| Error::new(Code::InvoiceNotFound, [number.trim()]).at("number"))
}

/// What is still to be paid. An advance was paid when it was invoiced; what is credited of it is
/// owed back. A credit note has nothing of its own: it lowers what it corrects.
pub(crate) fn open_amount(row: &ClientInvoiceRow) -> Result<Money, Error> {
    let owed = match row.kind.as_str() {
        "credit-note" | "cancellation" => Money::zero(row.currency),
        _ if row.is_replaced => Money::zero(row.currency),
        "advance" => row.credited.negated(),
        _ => row.asked()?.checked_sub(row.credited)?,
    };
    Ok(owed.checked_sub(row.paid)?)
}

fn state_of(row: &ClientInvoiceRow, open: Money, today: Date) -> Result<ClientInvoiceState, Error> {
    let is_taken_back = row.is_taken_back()?;
    Ok(match row.kind.as_str() {
        "credit-note" | "cancellation" => ClientInvoiceState::Correction,
        _ if row.is_replaced => ClientInvoiceState::Replaced,
        _ if open.is_negative() => ClientInvoiceState::OwedBack,
        _ if !open.is_zero() && row.due_on < today => ClientInvoiceState::Overdue,
        _ if !open.is_zero() => ClientInvoiceState::Open,
        _ if is_taken_back => ClientInvoiceState::Credited,
        _ => ClientInvoiceState::Paid,
    })
}

fn word_of(kind: &str) -> Result<ClientInvoiceWord, Error> {
    let kind = kind_of(kind).ok_or_else(|| Error::new(Code::BookDamaged, ["The book"]))?;
    Ok(match kind {
        InvoiceKind::Invoice => ClientInvoiceWord::Invoice,
        InvoiceKind::Prepayment => ClientInvoiceWord::Advance,
        InvoiceKind::CreditNote => ClientInvoiceWord::CreditNote,
        InvoiceKind::Cancellation => ClientInvoiceWord::Cancellation,
        InvoiceKind::Corrected => ClientInvoiceWord::Corrected,
    })
}

pub(crate) fn invoice_view(
    row: &ClientInvoiceRow,
    today: Date,
) -> Result<ClientInvoiceView, Error> {
    let open = open_amount(row)?;
    Ok(ClientInvoiceView {
        number: row.number.clone(),
        kind: word_of(&row.kind)?,
        state: state_of(row, open, today)?,
        client: row.client_id.clone(),
        client_name: row.client_name.clone(),
        hub: row.hub.clone(),
        issued_on: row.issued_on.to_string(),
        due_on: row.due_on.to_string(),
        corrects: row.corrects_number.clone(),
        net: row.net.into(),
        vat: row.vat.into(),
        gross: row.gross.into(),
        deducted: row.deducted.into(),
        deducted_vat: row.deducted_vat.into(),
        is_deducted: row.is_deducted,
        credited: row.credited.into(),
        paid: row.paid.into(),
        open: open.into(),
    })
}

fn detail_view(
    r: &Read<'_>,
    row: &ClientInvoiceRow,
    today: Date,
) -> Result<ClientInvoiceDetailView, Error> {
    let kept = kept_invoice(r, row)?;
    let lines: Vec<_> = kept.lines().map(|(line, _)| line.clone()).collect();
    let day = kept.delivered_on();
    let (from, until) = kept.period().or(day.zip(day)).unzip();
    let numbers = |rows: Vec<ClientInvoiceRow>| rows.into_iter().map(|row| row.number).collect();
    Ok(ClientInvoiceDetailView {
        invoice: invoice_view(row, today)?,
        from: from.map(|day| day.to_string()),
        until: until.map(|day| day.to_string()),
        sums: sums_view(&lines, kept.sums())?,
        corrected_by: numbers(r.client_corrections(row.key)?),
        deducts: numbers(r.client_deductions(row.key)?),
        entry: row.entry.map(|entry| entry.to_string()),
        payments: r
            .client_payments(row.key, row.currency)?
            .into_iter()
            .map(|(payment, entry)| ClientPaymentView {
                on: payment.day.to_string(),
                amount: payment.amount.into(),
                entry: entry.to_string(),
            })
            .collect(),
        papers: r
            .client_paper_marks(row.key)?
            .into_iter()
            .map(|(format, sha256)| ClientPaperView { format, sha256 })
            .collect(),
    })
}

/// Checks a draft for the paper and for the e-invoice that the client takes; or gives all that
/// stands in the way, with what could not even be read.
fn check(
    draft: DraftInvoice,
    issued_on: Date,
    profile: Profile,
    unread: Unread,
) -> Result<CheckedInvoice, Vec<SaidView>> {
    let of_profile = einvoice::faults(&draft, profile);
    let checked = draft.check(issued_on);
    let found = checked.as_ref().err().into_iter().flatten();
    let found: Vec<_> = found.chain(&of_profile).cloned().collect();
    let found: Vec<_> = found
        .into_iter()
        .filter_map(|fault| unread.told(fault))
        .collect();
    let mut faults = unread.faults;
    for fault in found {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    match checked {
        Ok(checked) if faults.is_empty() => Ok(checked),
        _ => Err(faults),
    }
}

/// All that stands in the way, in one refusal.
fn not_ready(faults: Vec<SaidView>) -> Error {
    Error::because(Code::InvoiceNotReady, [], faults)
}

/// Which series numbers a document.
fn series_of(kind: InvoiceKind) -> &'static str {
    if kind.is_credit() {
        "credit-note"
    } else {
        "invoice"
    }
}

/// Refuses a day on which no document can be issued: one ahead, one in a closed month, and one
/// before the last of its series, as numbers and days go together.
fn check_day(
    r: &Read<'_>,
    desk: &HubDesk,
    series: &str,
    day: Date,
    today: Date,
) -> Result<(), Error> {
    if day > today {
        let day = day.to_string();
        return Err(Error::from(hubledger_core::Error::InTheFuture { day }).at("issued_on"));
    }
    let month = BillingPeriod::containing(day);
    if desk.closed_month(month).is_some() {
        let error = hubledger_core::Error::MonthIsClosed {
            hub: desk.hub().id.to_string(),
            month: month.to_string(),
        };
        return Err(Error::from(error).at("issued_on"));
    }
    desk.hub().check_day(day).about("issued_on")?;
    match r.last_of_series(series)? {
        Some((number, last)) if last > day => {
            let details = [number.as_str(), &last.to_string()];
            Err(Error::new(Code::IssuedBeforeTheLast, details).at("issued_on"))
        }
        _ => Ok(()),
    }
}

/// Gives a document its number, makes its papers, posts it, and keeps it for good; gives its key.
fn issue(w: &Write<'_>, ready: Ready, at: Moment) -> Result<i64, Error> {
    let kind = ready.checked.kind();
    let (series, pattern) = pattern(w, series_of(kind))?;
    let day = ready.checked.issued_on();
    check_day(w, &ready.desk, series, day, at.today)?;
    let counter = w.last_counter(series, &pattern.period(day))? + 1;
    let number = pattern.number(day, counter);
    if w.client_invoice(&number.number)?.is_some() {
        return Err(Error::new(
            Code::InvoiceNumberTaken,
            [&number.number, pattern.as_str()],
        ));
    }
    let invoice = ready.checked.issue(InvoiceNumber::parse(&number.number)?);
    let head = Head::now(w)?;
    // With the number that it will have: what can't be made is refused, and the number stays free.
    let papers = paper::make_all(&invoice, &head.letterhead, ready.profile)?;
    let corrects = ready.corrects.as_ref();
    let entry = post(w, &invoice, &ready.desk, &ready.client, corrects, at)?;
    let sums = invoice.sums();
    let (deducted, deducted_vat) = match (kind, corrects) {
        // A cancellation frees the advances of what it takes back.
        (InvoiceKind::Cancellation, Some(row)) => taken_off(&kept_invoice(w, row)?)?,
        _ => taken_off(&invoice)?,
    };
    let key = w.insert_client_invoice(&NewClientInvoice {
        number: &number,
        series,
        kind: kind_word(kind),
        client: ready.client.key,
        hub: ready.desk.key(),
        client_name: &ready.client.client.name,
        issued_on: day,
        due_on: invoice.due_on(),
        corrects: corrects.map(|row| row.key),
        net: sums.net,
        vat: sums.vat_total,
        gross: sums.gross,
        deducted,
        deducted_vat,
        content: &content::keep(&invoice, &head.kept)?,
        entry,
        recorded_at: &at.stamp(),
    })?;
    keep_lines(w, key, &invoice, &ready.of_lines)?;
    for advance in ready.advances {
        w.insert_client_deduction(key, advance)?;
    }
    head.keep(w)?;
    paper::keep(w, key, papers)?;
    Ok(key)
}

/// What advances take off an invoice over the whole, and the VAT in it.
fn taken_off(invoice: &ClientInvoice) -> Result<(Money, Money), Error> {
    Ok((invoice.prepaid_advances()?, invoice.prepaid_vat()?))
}

fn keep_lines(
    w: &Write<'_>,
    key: i64,
    invoice: &ClientInvoice,
    of_lines: &[u32],
) -> Result<(), Error> {
    for (position, (line, net)) in (1..).zip(invoice.lines()) {
        w.insert_client_line(
            key,
            &ClientLineRow {
                position,
                of_line: of_lines.get(position as usize - 1).copied(),
                net,
                vat_code: line.vat.code().to_owned(),
                percent: line.vat.percent().normalize().to_string(),
            },
        )?;
    }
    for sum in &invoice.sums().vat {
        w.insert_client_vat(
            key,
            &ClientVatRow {
                vat_code: sum.case.code().to_owned(),
                percent: sum.case.percent().normalize().to_string(),
                basis: sum.basis,
                vat: sum.vat,
            },
        )?;
    }
    Ok(())
}

/// Posts what a document says; gives the key of its entry, none where its sums are zero.
fn post(
    w: &Write<'_>,
    invoice: &ClientInvoice,
    desk: &HubDesk,
    client: &ClientRow,
    corrects: Option<&ClientInvoiceRow>,
    at: Moment,
) -> Result<Option<i64>, Error> {
    let ledger = ClientLedger::of(&desk.hub().id, &client.client.id);
    let days = Days::on(invoice.issued_on());
    let billed = Billed::of(invoice)?;
    let entry = match corrects {
        Some(row) => {
            let old = kept_invoice(w, row)?;
            let old = Billed::of(&old)?;
            if invoice.kind().is_credit() {
                // All of the old one is taken back, as it was posted: what it billed and its advances.
                let credited = match billed.kind {
                    InvoiceKind::Cancellation => Billed {
                        kind: billed.kind,
                        ..old
                    },
                    _ => billed,
                };
                ledger.credit(days, old.kind, credited)?
            } else {
                ledger.corrected(days, old, billed)?
            }
        }
        None => ledger.invoice(days, billed)?,
    };
    let recorded = Recorded {
        hub: desk.key(),
        at: &at.stamp(),
    };
    entry
        .map(|entry| Ok(w.post(recorded, &entry, EntrySource::default())?))
        .transpose()
}

impl Book {
    /// Drafts of invoices to clients, the last changed first.
    pub fn client_drafts(
        &self,
        hub: Option<&str>,
        at: Moment,
    ) -> Result<Vec<ClientDraftView>, Error> {
        self.read(|r| {
            let hub = hub.map(|id| HubDesk::find(r, id)).transpose()?;
            let rows = r.client_drafts(hub.map(|desk| desk.key()))?;
            rows.iter()
                .map(|row| draft_view(r, row, at.today))
                .collect()
        })
    }

    /// A draft with its sums and with what stands in the way of issuing it.
    pub fn client_draft(&self, id: &str, at: Moment) -> Result<ClientDraftView, Error> {
        self.read(|r| draft_view(r, &find_draft(r, id)?, at.today))
    }

    /// What a draft would be, without keeping it: its sums while it is typed.
    pub fn try_client_draft(
        &self,
        form: &ClientInvoiceForm,
        at: Moment,
    ) -> Result<ClientDraftView, Error> {
        check_bounds(form)?;
        self.read(|r| {
            let (_, client) = reading::invoiced_client(r, &form.client)?;
            let row = ClientDraftRow {
                key: 0,
                client: client.key,
                form: json(form)?,
                changed_at: at.stamp(),
            };
            draft_view(r, &row, at.today)
        })
    }

    /// A draft as the PDF that it would be, marked as a draft and without a number; so is what it lacks.
    pub fn client_draft_pdf(&self, id: &str, at: Moment) -> Result<Vec<u8>, Error> {
        self.read(|r| previewed(r, &form_of(&find_draft(r, id)?)?, at))
    }

    /// The same of what was typed and is not kept.
    pub fn try_client_draft_pdf(
        &self,
        form: &ClientInvoiceForm,
        at: Moment,
    ) -> Result<Vec<u8>, Error> {
        check_bounds(form)?;
        self.read(|r| previewed(r, form, at))
    }

    /// Keeps a draft as it was typed, new or changed.
    pub fn put_client_draft(
        &mut self,
        form: &ClientDraftForm,
        at: Moment,
    ) -> Result<ClientDraftView, Error> {
        check_bounds(&form.invoice)?;
        let act = Act::new(UseCase::PutClientDraft, at)
            .with("draft", form.id.as_deref().unwrap_or_default())
            .client(&form.invoice.client);
        self.write(act, |w| {
            let key = form
                .id
                .as_deref()
                .map(|id| Ok::<_, Error>(find_draft(w, id)?.key))
                .transpose()?;
            let (_, client) = reading::invoiced_client(w, &form.invoice.client)?;
            let key = w.put_client_draft(key, client.key, &json(&form.invoice)?, &at.stamp())?;
            draft_view(w, &find_draft(w, &format!("D{key}"))?, at.today)
        })
    }

    /// Throws a draft away. It had no number, so none is missing.
    pub fn remove_client_draft(&mut self, id: &str, at: Moment) -> Result<(), Error> {
        let act = Act::new(UseCase::RemoveClientDraft, at).with("draft", id);
        self.write(act, |w| {
            let row = find_draft(w, id)?;
            Ok(w.remove_client_draft(row.key)?)
        })
    }

    /// Issues a draft: it gets its number and never changes again. All that stands in the way is
    /// told at once, before a number is used.
    pub fn issue_client_draft(
        &mut self,
        id: &str,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        let act = Act::new(UseCase::IssueClientInvoice, at).with("draft", id);
        self.write(act, |w| issue_draft(w, id, at))
    }

    /// What issuing a draft would give, taken back again.
    pub fn preview_client_draft(
        &mut self,
        id: &str,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        self.try_out(|w| issue_draft(w, id, at))
    }

    /// Issued invoices and credit notes, the newest first.
    pub fn client_invoices(
        &self,
        hub: Option<&str>,
        client: Option<&str>,
        month: Option<&str>,
        at: Moment,
    ) -> Result<Vec<ClientInvoiceView>, Error> {
        let month = month.map(BillingPeriod::parse).transpose().about("month")?;
        self.read(|r| {
            let hub = hub
                .map(|id| HubDesk::find(r, id))
                .transpose()
                .about("hub")?;
            let client = client
                .map(|id| crate::seller::client_row(r, id))
                .transpose()?;
            let filter = ClientInvoiceFilter {
                hub: hub.map(|desk| desk.key()),
                client: client.map(|row| row.key),
                month,
            };
            let rows = r.client_invoices(&filter)?;
            rows.iter().map(|row| invoice_view(row, at.today)).collect()
        })
    }

    /// An issued invoice or credit note, whole.
    pub fn client_invoice(
        &self,
        number: &str,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        self.read(|r| detail_view(r, &find(r, number)?, at.today))
    }
}

fn json(form: &ClientInvoiceForm) -> Result<String, Error> {
    serde_json::to_string(form).map_err(|e| Error::new(Code::StoreFailed, [&e.to_string()]))
}

/// What was typed, on paper as it stands.
fn previewed(r: &Read<'_>, form: &ClientInvoiceForm, at: Moment) -> Result<Vec<u8>, Error> {
    let typed = reading::read(r, form, at.today)?;
    paper::draft_pdf(r, typed.draft, typed.issued_on, &typed.unread.lines)
}

/// What was typed, ready for its number; or all that stands in the way.
fn ready(r: &Read<'_>, form: &ClientInvoiceForm, at: Moment) -> Result<Ready, Error> {
    let typed = reading::read(r, form, at.today)?;
    let checked = check(typed.draft, typed.issued_on, typed.profile, typed.unread);
    Ok(Ready {
        checked: checked.map_err(not_ready)?,
        desk: typed.desk,
        client: typed.client,
        profile: typed.profile,
        advances: typed.advances.iter().map(|row| row.key).collect(),
        corrects: None,
        of_lines: Vec::new(),
    })
}

fn issue_draft(w: &Write<'_>, id: &str, at: Moment) -> Result<ClientInvoiceDetailView, Error> {
    let row = find_draft(w, id)?;
    let key = issue(w, ready(w, &form_of(&row)?, at)?, at)?;
    w.remove_client_draft(row.key)?;
    shown(w, key, at)
}

/// The document that was just issued.
fn shown(w: &Write<'_>, key: i64, at: Moment) -> Result<ClientInvoiceDetailView, Error> {
    let row = w
        .client_invoice_by_key(key)?
        .ok_or_else(|| Error::new(Code::BookDamaged, ["The book"]))?;
    detail_view(w, &row, at.today)
}
