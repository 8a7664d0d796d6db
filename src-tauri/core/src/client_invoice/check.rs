//! What an invoice needs before it may have a number: the content that Article 226 of the VAT
//! directive and EN 16931 want, so that neither a tax office nor a validator sends it back.

use rust_decimal::Decimal;

use super::{Deduction, DraftInvoice, InvoiceContent, InvoiceKind, InvoiceLine, PaymentMeans};
use crate::country::Country;
use crate::currency::Currency;
use crate::invoice_fault::InvoiceFault as Fault;
use crate::invoice_fault::PartyDetail as Detail;
use crate::invoice_fault::PartyRole as Role;
use crate::invoice_party::{Contact, PostalAddress};
use crate::money::Money;
use crate::period::Date;
use crate::tax::VatId;
use crate::text::{long_text, optional_line, required_line};
use crate::vat::VatCase;

/// Longest text of a line, a note or the terms.
const LONGEST_TEXT: usize = 5_000;
const MOST_LINES: usize = 50_000;
const MOST_QUANTITY_DECIMALS: u32 = 6;
const MOST_PRICE_DECIMALS: u32 = 10;
const MOST_PERCENT_DECIMALS: u32 = 2;

/// All that is wrong with a draft to be issued on a day.
pub(super) fn faults(draft: &DraftInvoice, issued_on: Date) -> Vec<Fault> {
    let mut found = Vec::new();
    seller(draft, &mut found);
    buyer(draft, &mut found);
    if draft.lines.is_empty() {
        found.push(Fault::NoLines);
    }
    if draft.lines.len() > MOST_LINES {
        found.push(Fault::TooManyLines(MOST_LINES));
    }
    for (at, line) in draft.lines.iter().enumerate() {
        faults_of_line(draft, at + 1, line, &mut found);
    }
    vat_cases(draft, &mut found);
    days(draft, issued_on, &mut found);
    references(draft, issued_on, &mut found);
    advances(draft, &mut found);
    texts(draft, &mut found);
    own_currency(draft, &mut found);
    found
}

/// What only the sums show.
pub(super) fn faults_of_sums(checked: &InvoiceContent) -> Vec<Fault> {
    let sums = checked.sums();
    let mut found = Vec::new();
    if sums.gross.is_negative() && checked.kind() != InvoiceKind::Corrected {
        found.push(Fault::NegativeTotal);
    }
    if sums.due.is_negative() && checked.deduction() == Deduction::AsPrepaid {
        found.push(Fault::AdvancesAboveTotal);
    }
    let owes_national_vat = !sums.vat_total.is_zero() && checked.own_currency().is_none();
    if let Some(own) = national_currency(checked.seller().address.country)
        && owes_national_vat
        && own != checked.currency().code()
    {
        found.push(Fault::ExchangeRateMissing {
            own: own.to_owned(),
            invoice: checked.currency(),
        });
    }
    found
}

fn seller(draft: &DraftInvoice, found: &mut Vec<Fault>) {
    let seller = &draft.seller;
    party(Role::Seller, &seller.name, &seller.address, found);
    let needs_vat_id = draft
        .lines
        .iter()
        .any(|line| line.vat.needs_seller_vat_id());
    if seller.vat_id.is_none() && needs_vat_id {
        found.push(Fault::Lacks(Role::Seller, Detail::VatId));
    } else if seller.vat_id.is_none() && seller.tax_number.trim().is_empty() {
        found.push(Fault::Lacks(Role::Seller, Detail::VatIdOrTaxNumber));
    }
    let asks_for_transfer = draft.payment == PaymentMeans::Transfer && !draft.kind.is_credit();
    check_digits(
        Role::Seller,
        seller.vat_id.as_ref(),
        seller.address.country,
        found,
    );
    if seller.bank.is_none() && asks_for_transfer {
        found.push(Fault::Lacks(Role::Seller, Detail::BankAccount));
    }
    let Contact { name, phone, email } = &seller.contact;
    let holder = seller.bank.as_ref().map_or("", |bank| bank.holder.as_str());
    let electronic = seller.electronic_address.as_ref();
    let texts = [
        seller.tax_number.as_str(),
        &seller.register_entry,
        name,
        phone,
        email,
        holder,
        electronic.map_or("", |address| address.id.as_str()),
    ];
    party_lines(Role::Seller, &texts, found);
    if let Err(error) = long_text("The notice", &seller.legal_notice, LONGEST_TEXT) {
        found.push(Fault::PartyText {
            role: Role::Seller,
            error,
        });
    }
}

fn buyer(draft: &DraftInvoice, found: &mut Vec<Fault>) {
    let buyer = &draft.buyer;
    party(Role::Buyer, &buyer.name, &buyer.address, found);
    if buyer.vat_id.is_none() && draft.lines.iter().any(|line| line.vat.needs_buyer_vat_id()) {
        found.push(Fault::BuyerVatIdNeeded);
    }
    check_digits(
        Role::Buyer,
        buyer.vat_id.as_ref(),
        buyer.address.country,
        found,
    );
    let electronic = buyer.electronic_address.as_ref();
    let texts = [
        buyer.contact.as_str(),
        &buyer.email,
        &buyer.reference,
        &buyer.order_number,
        electronic.map_or("", |address| address.id.as_str()),
    ];
    party_lines(Role::Buyer, &texts, found);
}

/// An ID of earlier days may be wrong; on a new invoice it would cost the client the deduction.
fn check_digits(
    role: Role,
    vat_id: Option<&VatId>,
    country: Option<Country>,
    found: &mut Vec<Fault>,
) {
    if let (Some(vat_id), Some(country)) = (vat_id, country)
        && let Err(error) = vat_id.check_digits(country)
    {
        found.push(Fault::PartyText { role, error });
    }
}

fn party(role: Role, name: &str, address: &PostalAddress, found: &mut Vec<Fault>) {
    for (detail, text) in [
        (Detail::Name, name),
        (Detail::Street, &address.street),
        (Detail::City, &address.city),
    ] {
        if text.trim().is_empty() {
            found.push(Fault::Lacks(role, detail));
        }
    }
    if address.country.is_none() {
        found.push(Fault::Lacks(role, Detail::Country));
    }
    let PostalAddress {
        street,
        addition,
        post_code,
        city,
        ..
    } = address;
    party_lines(role, &[name, street, addition, post_code, city], found);
}

fn party_lines(role: Role, texts: &[&str], found: &mut Vec<Fault>) {
    let errors = texts
        .iter()
        .filter_map(|text| optional_line("A detail", text).err());
    found.extend(errors.map(|error| Fault::PartyText { role, error }));
}

fn faults_of_line(draft: &DraftInvoice, line: usize, item: &InvoiceLine, found: &mut Vec<Fault>) {
    let text = long_text("The text", &item.text, LONGEST_TEXT)
        .and_then(|()| required_text(&item.text))
        .and_then(|()| long_text("The description", &item.description, LONGEST_TEXT))
        .and_then(|()| optional_line("The group", &item.group).map(|_| ()));
    if let Err(error) = text {
        found.push(Fault::LineText { line, error });
    }
    if item.unit_price.is_negative() {
        found.push(Fault::NegativePrice { line });
    }
    for (what, value, most) in [
        ("quantity", item.quantity, MOST_QUANTITY_DECIMALS),
        ("price", item.unit_price.amount(), MOST_PRICE_DECIMALS),
    ] {
        if value.normalize().scale() > most {
            found.push(Fault::TooManyDecimals { line, what, most });
        }
    }
    let currency = draft.currency;
    if item.unit_price.currency() != currency {
        found.push(Fault::OtherCurrency { line, currency });
    }
    match &item.vat {
        VatCase::Standard { percent } | VatCase::Reduced { percent } if !is_rate(*percent) => {
            found.push(Fault::UnusableRate { line });
        }
        VatCase::Exempt { reason } => match long_text("The reason", reason, LONGEST_TEXT) {
            Err(error) => found.push(Fault::LineText { line, error }),
            Ok(()) if reason.trim().is_empty() => {
                found.push(Fault::ExemptionReasonMissing { line });
            }
            Ok(()) => {}
        },
        _ => {}
    }
}

fn required_text(text: &str) -> Result<(), crate::Error> {
    let first = text.lines().next().unwrap_or_default();
    if text.trim().is_empty() {
        required_line("The text", first).map(|_| ())
    } else {
        Ok(())
    }
}

fn is_rate(percent: Decimal) -> bool {
    percent > Decimal::ZERO
        && percent <= Decimal::ONE_HUNDRED
        && percent.normalize().scale() <= MOST_PERCENT_DECIMALS
}

/// Cases that can't stand beside each other (BR-O-11 to BR-O-14, BR-E-01).
fn vat_cases(draft: &DraftInvoice, found: &mut Vec<Fault>) {
    let deducted = draft
        .advances
        .iter()
        .filter(|_| draft.deduction == Deduction::AsLines)
        .flat_map(|advance| advance.shares.iter().map(|share| &share.case));
    let cases: Vec<&VatCase> = draft
        .lines
        .iter()
        .map(|line| &line.vat)
        .chain(deducted)
        .collect();
    let mixes = |one: &dyn Fn(&VatCase) -> bool| {
        cases.iter().any(|case| one(case)) && !cases.iter().all(|case| one(case))
    };
    if mixes(&|case| *case == VatCase::OutsideScope) {
        found.push(Fault::OutsideScopeWithOthers);
    }
    if mixes(&|case| *case == VatCase::SmallBusiness) {
        found.push(Fault::SmallBusinessWithVat);
    }
    let mut reasons = cases.iter().filter_map(|case| match case {
        VatCase::Exempt { reason } => Some(reason),
        _ => None,
    });
    if let Some(first) = reasons.next()
        && reasons.any(|reason| reason != first)
    {
        found.push(Fault::TwoExemptionReasons);
    }
    let goods = cases.iter().any(|case| **case == VatCase::IntraEuGoods);
    if goods && draft.delivered_on.is_none() && draft.period.is_none() {
        found.push(Fault::DeliveryDayMissing);
    }
    let from = draft.seller.address.country;
    let elsewhere = |to: Country| to.is_in_eu() && Some(to) != from;
    if goods && draft.buyer.address.country.is_some_and(|to| !elsewhere(to)) {
        found.push(Fault::BuyerNotElsewhereInEu);
    }
}

fn days(draft: &DraftInvoice, issued: Date, found: &mut Vec<Fault>) {
    if let super::Due::On(due) = draft.due
        && due < issued
    {
        found.push(Fault::DueBeforeIssue { due, issued });
    }
    if let Some((first, last)) = draft.period
        && last < first
    {
        found.push(Fault::PeriodReversed { first, last });
    }
    let says_when = draft.period.is_some() || draft.delivered_on.is_some();
    if must_say_when(draft) && !says_when && !found.contains(&Fault::DeliveryDayMissing) {
        found.push(Fault::SupplyDayMissing);
    }
}

/// A German invoice states the day of supply even where it is the day of the invoice (section
/// 14 (4) no. 6 UStG); elsewhere in the EU, silence says that it is (Article 226 (7)). An advance
/// was supplied on no day yet, and a credit names the invoice that it takes back.
fn must_say_when(draft: &DraftInvoice) -> bool {
    let is_german = draft.seller.address.country.map(Country::code) == Some("DE");
    is_german && matches!(draft.kind, InvoiceKind::Invoice | InvoiceKind::Corrected)
}

fn references(draft: &DraftInvoice, issued_on: Date, found: &mut Vec<Fault>) {
    if draft.kind.corrects() && draft.corrects.is_empty() {
        found.push(Fault::CorrectsNothing);
    }
    let of_advances = draft.advances.iter().map(|advance| &advance.invoice);
    for reference in draft.corrects.iter().chain(of_advances) {
        if reference.issued_on > issued_on {
            found.push(Fault::RefersToTheFuture {
                number: reference.number.to_string(),
                date: reference.issued_on,
            });
        }
    }
}

fn advances(draft: &DraftInvoice, found: &mut Vec<Fault>) {
    let takes_advances = matches!(draft.kind, InvoiceKind::Invoice | InvoiceKind::Corrected);
    if !draft.advances.is_empty() && !takes_advances {
        found.push(Fault::AdvancesNotHere);
    }
    for (at, advance) in draft.advances.iter().enumerate() {
        let number = || advance.invoice.number.to_string();
        let earlier = draft.advances.iter().take(at);
        if earlier
            .clone()
            .any(|other| other.invoice == advance.invoice)
        {
            found.push(Fault::AdvanceTwice { number: number() });
        }
        if let Err(error) = advance_amounts(draft.currency, advance) {
            found.push(Fault::Advance {
                number: number(),
                error,
            });
        }
    }
    let rounding = draft.rounding.amount();
    if rounding.abs() >= Decimal::ONE || rounding.normalize().scale() > Currency::CENT_DECIMALS {
        found.push(Fault::UnusableRounding);
    }
}

fn advance_amounts(currency: Currency, advance: &super::Advance) -> Result<(), crate::Error> {
    advance.gross()?;
    for amount in advance
        .shares
        .iter()
        .flat_map(|share| [share.net, share.vat])
    {
        Money::zero(currency).checked_add(amount)?;
        if amount.amount().normalize().scale() > Currency::CENT_DECIMALS {
            return Err(crate::Error::TooManyDecimals(Currency::CENT_DECIMALS));
        }
        if amount.is_negative() {
            return Err(crate::Error::AmountNegative);
        }
    }
    Ok(())
}

fn texts(draft: &DraftInvoice, found: &mut Vec<Fault>) {
    let notes = draft
        .notes
        .iter()
        .filter_map(|note| long_text("The note", note, LONGEST_TEXT).err());
    found.extend(notes.map(Fault::NoteText));
    if let Err(error) = long_text("The text", &draft.terms, LONGEST_TEXT) {
        found.push(Fault::TermsText(error));
    }
}

fn own_currency(draft: &DraftInvoice, found: &mut Vec<Fault>) {
    let Some(own) = &draft.own_currency else {
        return;
    };
    let is_code = own.currency.len() == 3 && own.currency.bytes().all(|b| b.is_ascii_uppercase());
    let differs = own.currency != draft.currency.code();
    let named = required_line("The source", &own.source).is_ok();
    if !is_code || !differs || !named || own.rate <= Decimal::ZERO {
        found.push(Fault::UnusableExchangeRate);
    }
}

/// The currency that a country of the EU takes its VAT in (Article 230). Outside the EU the
/// partner knows.
pub(super) fn national_currency(country: Option<Country>) -> Option<&'static str> {
    let country = country.filter(|country| country.is_in_eu())?;
    Some(match country.code() {
        "CZ" => "CZK",
        "DK" => "DKK",
        "HU" => "HUF",
        "PL" => "PLN",
        "RO" => "RON",
        "SE" => "SEK",
        _ => "EUR",
    })
}
