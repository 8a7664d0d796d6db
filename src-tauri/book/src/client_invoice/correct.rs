//! Corrections of issued invoices, each a document of its own that names what it corrects: a
//! credit note for a part, a cancellation for the whole, and a corrected invoice in its place.
//! Never more is credited than was invoiced: line by line, in VAT, and in all.

use hubledger_core::client_invoice::{
    ClientInvoice, Deduction, DraftInvoice, Due, InvoiceKind, InvoiceLine, PaymentMeans,
};
use hubledger_core::money::{AmountRule, Money};
use hubledger_core::unit::Unit;
use hubledger_store::{ClientInvoiceRow, Read, Write};
use rust_decimal::Decimal;

use super::paper::{self, profile_of};
use super::reading::{Typed, Unread};
use super::{Ready, check, check_bounds, find, issue, kept_invoice, not_ready, reading, shown};
use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::form::{ClientInvoiceForm, CreditForm, CreditLineForm};
use crate::moment::Moment;
use crate::seller::billing;
use crate::view::ClientInvoiceDetailView;

/// Refuses what can't be corrected: a correction itself, what was replaced or fully credited,
/// and an advance that a later invoice deducts.
fn check_correctable(row: &ClientInvoiceRow) -> Result<(), Error> {
    let refuse = |code| Err(Error::new(code, [&row.number]).at("number"));
    match row.kind.as_str() {
        "credit-note" | "cancellation" => refuse(Code::CorrectionIsFinal),
        _ if row.is_replaced || row.is_taken_back()? => refuse(Code::AlreadyCorrected),
        _ if row.is_deducted => refuse(Code::AdvanceIsDeducted),
        _ => Ok(()),
    }
}

/// Gross, net and VAT of a group of lines that were credited before.
struct Credited {
    /// Net by line of the invoice.
    nets: Vec<Money>,
    /// VAT by group, in the order of the invoice's sums.
    vats: Vec<Money>,
}

fn credited(r: &Read<'_>, row: &ClientInvoiceRow, old: &ClientInvoice) -> Result<Credited, Error> {
    let zero = Money::zero(row.currency);
    let mut nets = vec![zero; old.lines().len()];
    let mut vats = vec![zero; old.sums().vat.len()];
    for credit in r.client_corrections(row.key)? {
        for line in r.client_invoice_lines(credit.key, row.currency)? {
            let at = line.of_line.and_then(|line| usize::try_from(line).ok());
            if let Some(sum) = at.and_then(|at| nets.get_mut(at.saturating_sub(1))) {
                *sum = sum.checked_add(line.net)?;
            }
        }
        for vat in r.client_invoice_vat(credit.key, row.currency)? {
            let group = old.sums().vat.iter().position(|sum| {
                sum.case.code() == vat.vat_code
                    && sum.case.percent().normalize().to_string() == vat.percent
            });
            if let Some(sum) = group.and_then(|at| vats.get_mut(at)) {
                *sum = sum.checked_add(vat.vat)?;
            }
        }
    }
    Ok(Credited { nets, vats })
}

/// What is left of each line, as lines of a credit note; those of no net are left out.
fn rest_of(old: &ClientInvoice, before: &Credited) -> Result<Vec<(u32, InvoiceLine)>, Error> {
    let is_first = before.nets.iter().all(|net| net.is_zero());
    let mut lines = Vec::new();
    for (position, ((line, net), given)) in (1..).zip(old.lines().zip(&before.nets)) {
        if is_first {
            lines.push((position, line.clone()));
            continue;
        }
        let rest = net.checked_sub(*given)?;
        if !rest.is_zero() {
            lines.push((position, amount_of(line, rest)));
        }
    }
    Ok(lines)
}

/// A line of another that is worth an amount.
fn amount_of(line: &InvoiceLine, amount: Money) -> InvoiceLine {
    let (quantity, unit_price) = if amount.is_negative() {
        (Decimal::NEGATIVE_ONE, amount.negated())
    } else {
        (Decimal::ONE, amount)
    };
    InvoiceLine {
        quantity,
        unit: Unit::One,
        unit_price,
        ..line.clone()
    }
}

/// The lines that a person wants credited.
fn chosen(
    form: &[CreditLineForm],
    old: &ClientInvoice,
    before: &Credited,
) -> Result<Vec<(u32, InvoiceLine)>, Error> {
    let mut lines: Vec<(u32, InvoiceLine)> = Vec::new();
    for wanted in form {
        let here = |refusal: Error| refusal.at("amount").at_line(wanted.line);
        let at = usize::try_from(wanted.line).unwrap_or(0).wrapping_sub(1);
        let missing = || Error::new(Code::NoSuchLine, [&wanted.line.to_string()]).at("lines");
        let (line, net) = old.lines().nth(at).ok_or_else(missing)?;
        let given = before.nets.get(at).copied().ok_or_else(missing)?;
        let amount = reading::cents(&wanted.amount, AmountRule::PositiveCents, old.currency())
            .map_err(here)?;
        let is_twice = lines.iter().any(|(position, _)| *position == wanted.line);
        let rest = net.checked_sub(given)?;
        if is_twice || amount.amount() > rest.amount() {
            let line = wanted.line.to_string();
            return Err(here(Error::new(Code::CreditTooLarge, [&line])));
        }
        lines.push((wanted.line, amount_of(line, amount)));
    }
    Ok(lines)
}

/// VAT is rounded on each document, so that several small credits could give back a cent more
/// than the invoice bore.
fn check_vat(
    old: &ClientInvoice,
    draft: &DraftInvoice,
    before: &Credited,
    at: Moment,
) -> Result<(), Error> {
    let sums = draft.sums(at.today)?;
    for (bore, given) in old.sums().vat.iter().zip(&before.vats) {
        let same = sums.vat.iter().find(|sum| sum.case == bore.case);
        let now = same.map_or(Money::zero(old.currency()), |sum| sum.vat);
        if given.checked_add(now)?.amount().abs() > bore.vat.amount().abs() {
            return Err(Error::new(Code::CreditTakesTooMuchVat, []).at("amount"));
        }
    }
    Ok(())
}

/// A credit note, or a cancellation, ready for its number.
fn credit_ready(r: &Read<'_>, form: &CreditForm, at: Moment) -> Result<Ready, Error> {
    let row = find(r, &form.number)?;
    check_correctable(&row)?;
    let old = kept_invoice(r, &row)?;
    let before = credited(r, &row, &old)?;
    let is_whole = form.lines.is_empty();
    let lines = if is_whole {
        rest_of(&old, &before)?
    } else {
        chosen(&form.lines, &old, &before)?
    };
    let is_first = row.credited.is_zero();
    let kind = if is_whole && is_first {
        InvoiceKind::Cancellation
    } else {
        InvoiceKind::CreditNote
    };
    if is_whole && !is_first && !old.advances().is_empty() {
        // Its advances would stay bound to an invoice of which nothing is left.
        return Err(Error::new(Code::CancelBeforeCredit, [&row.number]).at("number"));
    }
    let (desk, client) = reading::invoiced_client(r, &row.client_id)?;
    let (of_lines, lines) = lines.into_iter().unzip();
    let draft = crediting(&old, kind, &form.reason, lines)?;
    if kind == InvoiceKind::CreditNote {
        check_vat(&old, &draft, &before, at)?;
    }
    let profile = profile_of(&billing(r, client.key)?.format);
    Ok(Ready {
        checked: check(draft, at.today, profile, Unread::default()).map_err(not_ready)?,
        desk,
        client,
        profile,
        advances: Vec::new(),
        corrects: Some(row),
        of_lines,
    })
}

/// What credits lines of an invoice: its parties and terms, and nothing to be paid.
fn crediting(
    old: &ClientInvoice,
    kind: InvoiceKind,
    reason: &str,
    lines: Vec<InvoiceLine>,
) -> Result<DraftInvoice, Error> {
    let mut draft = old.draft().clone();
    draft.kind = kind;
    draft.corrects = vec![old.reference()];
    draft.advances = Vec::new();
    draft.deduction = Deduction::AsLines;
    draft.paid = if kind == InvoiceKind::Cancellation {
        // What its advances took off the old one is not given back: they are free again.
        old.prepaid_advances()?
    } else {
        Money::zero(draft.currency)
    };
    draft.due = Due::InDays(0);
    draft.payment = PaymentMeans::Agreed;
    draft.terms = String::new();
    draft.notes = Some(reason.trim().to_owned())
        .filter(|reason| !reason.is_empty())
        .into_iter()
        .collect();
    draft.lines = lines;
    Ok(draft)
}

/// A corrected invoice as it was typed, and the one on which nothing else rests yet and that it takes
/// the place of.
fn correction_typed(
    r: &Read<'_>,
    number: &str,
    form: &ClientInvoiceForm,
    at: Moment,
) -> Result<(ClientInvoiceRow, Typed), Error> {
    let row = find(r, number)?;
    check_correctable(&row)?;
    let is_touched = !row.credited.is_zero() || !row.paid.is_zero() || row.kind == "advance";
    if is_touched || !r.client_deductions(row.key)?.is_empty() {
        return Err(Error::new(Code::CreditInstead, [&row.number]).at("number"));
    }
    let old = kept_invoice(r, &row)?;
    let mut typed = reading::read(r, form, at.today)?;
    if typed.client.key != row.client {
        return Err(Error::new(Code::CreditInstead, [&row.number]).at("client"));
    }
    typed.draft.kind = InvoiceKind::Corrected;
    typed.draft.corrects = vec![old.reference()];
    if typed.draft.period.is_none() && typed.draft.delivered_on.is_none() {
        // What is corrected was supplied when the old one says.
        typed.draft.period = old.period();
        typed.draft.delivered_on = old.delivered_on();
    }
    Ok((row, typed))
}

/// A corrected invoice, ready for its number.
fn correction_ready(
    r: &Read<'_>,
    number: &str,
    form: &ClientInvoiceForm,
    at: Moment,
) -> Result<Ready, Error> {
    let (row, typed) = correction_typed(r, number, form, at)?;
    let checked = check(typed.draft, typed.issued_on, typed.profile, typed.unread);
    Ok(Ready {
        checked: checked.map_err(not_ready)?,
        desk: typed.desk,
        client: typed.client,
        profile: typed.profile,
        advances: typed.advances.iter().map(|row| row.key).collect(),
        corrects: Some(row),
        of_lines: Vec::new(),
    })
}

fn issued(w: &Write<'_>, ready: Ready, at: Moment) -> Result<ClientInvoiceDetailView, Error> {
    let key = issue(w, ready, at)?;
    shown(w, key, at)
}

impl Book {
    /// Credits a part of an invoice, or cancels what is left of it.
    pub fn credit_client_invoice(
        &mut self,
        form: &CreditForm,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        let act = Act::new(UseCase::CreditClientInvoice, at)
            .form(form)
            .invoice(&form.number);
        self.write(act, |w| issued(w, credit_ready(w, form, at)?, at))
    }

    /// What a credit would be, taken back again.
    pub fn preview_client_credit(
        &mut self,
        form: &CreditForm,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        self.try_out(|w| issued(w, credit_ready(w, form, at)?, at))
    }

    /// What a credit would be, as a PDF that is marked as a draft.
    pub fn client_credit_pdf(&self, form: &CreditForm, at: Moment) -> Result<Vec<u8>, Error> {
        self.read(|r| {
            let credit = credit_ready(r, form, at)?.checked;
            paper::draft_pdf(r, credit.draft().clone(), credit.issued_on(), &[])
        })
    }

    /// Replaces an invoice by a corrected one.
    pub fn correct_client_invoice(
        &mut self,
        number: &str,
        form: &ClientInvoiceForm,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        check_bounds(form)?;
        let act = Act::new(UseCase::CorrectClientInvoice, at)
            .form(form)
            .invoice(number);
        self.write(act, |w| {
            issued(w, correction_ready(w, number, form, at)?, at)
        })
    }

    /// What a corrected invoice would be, taken back again.
    pub fn preview_client_correction(
        &mut self,
        number: &str,
        form: &ClientInvoiceForm,
        at: Moment,
    ) -> Result<ClientInvoiceDetailView, Error> {
        check_bounds(form)?;
        self.try_out(|w| issued(w, correction_ready(w, number, form, at)?, at))
    }

    /// The same as a PDF that is marked as a draft.
    pub fn client_correction_pdf(
        &self,
        number: &str,
        form: &ClientInvoiceForm,
        at: Moment,
    ) -> Result<Vec<u8>, Error> {
        check_bounds(form)?;
        self.read(|r| {
            let (_, typed) = correction_typed(r, number, form, at)?;
            paper::draft_pdf(r, typed.draft, typed.issued_on, &typed.unread.lines)
        })
    }
}
