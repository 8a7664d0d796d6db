//! What was typed of an invoice to a client, read: the company as seller, the client as buyer,
//! lines, terms and advances. All that can't be read is told at once, each with its line.

use hubledger_core::bank::{Bic, Iban};
use hubledger_core::client_invoice::{
    Advance, AdvanceShare, DraftInvoice, Due, InvoiceKind, InvoiceLine, InvoiceReference,
    OwnCurrencyRate, PaymentMeans,
};
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::error::Error as Rule;
use hubledger_core::hub::BillingModel;
use hubledger_core::id::InvoiceNumber;
use hubledger_core::invoice_fault::InvoiceFault;
use hubledger_core::invoice_party::{
    BankAccount, Buyer, Contact, ElectronicAddress, PostalAddress, Seller,
};
use hubledger_core::language::Language;
use hubledger_core::money::{AmountRule, Money, parse_amount};
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::tax::VatId;
use hubledger_core::unit::Unit;
use hubledger_core::vat::{ProposedVat, VatCase, proposed_vat};
use hubledger_core::vat_rate::vat_rates;
use hubledger_document::UnreadLine;
use hubledger_document::einvoice::Profile;
use hubledger_store::{ClientInvoiceRow, ClientRow, Read};
use rust_decimal::Decimal;

use crate::client_invoice::content::vat_case;
use crate::client_invoice::paper::profile_of;
use crate::desk::{HubDesk, company_in, day_or, optional_day};
use crate::error::{Code, Error};
use crate::form::{ClientInvoiceForm, ClientLineForm, INVOICE_DAY};
use crate::said::SaidView;
use crate::seller::{billing, client_row, seller};

/// An invoice as it was typed, as far as it could be read.
pub(super) struct Typed {
    pub(super) desk: HubDesk,
    pub(super) client: ClientRow,
    pub(super) draft: DraftInvoice,
    pub(super) issued_on: Date,
    /// The advance invoices that it deducts.
    pub(super) advances: Vec<ClientInvoiceRow>,
    /// The e-invoice that the client takes.
    pub(super) profile: Profile,
    pub(super) unread: Unread,
}

/// What could not be read.
#[derive(Default)]
pub(super) struct Unread {
    pub(super) faults: Vec<SaidView>,
    /// The lines among that, in the order in which they were written.
    pub(super) lines: Vec<UnreadLine>,
}

impl Unread {
    /// A fault with its line counted as it was written, among those that can't be read; none where it is
    /// that there are no lines, though some were written.
    pub(super) fn told(&self, mut fault: InvoiceFault) -> Option<SaidView> {
        if fault == InvoiceFault::NoLines && !self.lines.is_empty() {
            return None;
        }
        if let Some(line) = fault.line_mut() {
            let place = *line;
            *line += self.lines.iter().filter(|one| one.after < place).count();
        }
        Some((&fault).into())
    }
}

/// A client that can be invoiced, with its hub: one of a Partner-Paid hub. 360Dialog itself
/// invoices the clients of Direct-Paid hubs, and a partner's book holds no invoice of theirs.
pub(super) fn invoiced_client(r: &Read<'_>, id: &str) -> Result<(HubDesk, ClientRow), Error> {
    crate::seller::refuse_in_client_book(r)?;
    let client = client_row(r, id)?;
    let desk = HubDesk::find(r, client.client.hub.as_str())?;
    if desk.hub().model == BillingModel::DirectPaid {
        let details = [client.client.id.as_str(), client.client.hub.as_str()];
        return Err(Error::new(Code::ClientIsDirectPaid, details).at("client"));
    }
    Ok((desk, client))
}

/// The company as seller on a day.
pub(super) fn seller_on(r: &Read<'_>, day: Date) -> Result<Seller, Error> {
    let company = company_in(r, BillingPeriod::containing(day))?;
    let said = seller(r)?;
    let bank = match Iban::parse(&said.iban) {
        Ok(iban) => Some(BankAccount {
            iban,
            bic: Bic::parse(&said.bic).ok(),
            holder: if said.account_holder.is_empty() {
                company.name.clone()
            } else {
                said.account_holder
            },
        }),
        Err(_) => None,
    };
    Ok(Seller {
        name: company.name,
        address: PostalAddress {
            street: said.street,
            addition: said.extra,
            post_code: said.postal_code,
            city: said.city,
            country: Some(company.country),
        },
        vat_id: company.vat_id,
        tax_number: said.tax_number,
        register_entry: said.register,
        legal_notice: String::new(),
        contact: Contact {
            name: said.contact,
            phone: said.phone,
            email: company.billing_email,
        },
        bank,
        electronic_address: electronic(&said.e_address),
    })
}

fn electronic(text: &str) -> Option<ElectronicAddress> {
    let (scheme, id) = text.split_once(':')?;
    Some(ElectronicAddress {
        scheme: scheme.to_owned(),
        id: id.to_owned(),
    })
}

/// The client as buyer. A VAT ID of another shape than its country's is told.
fn buyer(
    r: &Read<'_>,
    row: &ClientRow,
    order_number: &str,
    faults: &mut Vec<SaidView>,
) -> Result<Buyer, Error> {
    let client = &row.client;
    let billing = billing(r, row.key)?;
    let vat_id = match (client.country, client.vat_id.trim()) {
        (_, "") | (None, _) => None,
        (Some(country), text) => VatId::parse(text, country)
            .map_err(|error| faults.push(Error::from(error).into()))
            .ok(),
    };
    let language = if billing.language.is_empty() {
        seller(r)?.language
    } else {
        billing.language
    };
    Ok(Buyer {
        name: client.name.clone(),
        address: PostalAddress {
            street: billing.street,
            addition: billing.extra,
            post_code: billing.postal_code,
            city: billing.city,
            country: client.country,
        },
        vat_id,
        contact: String::new(),
        email: client.email.clone(),
        language: Language::parse(&language).unwrap_or_default(),
        reference: billing.buyer_reference,
        order_number: order_number.trim().to_owned(),
        electronic_address: electronic(&billing.e_address),
    })
}

/// Reads what was typed.
pub(super) fn read(r: &Read<'_>, form: &ClientInvoiceForm, today: Date) -> Result<Typed, Error> {
    let (desk, client) = invoiced_client(r, &form.client)?;
    let currency = desk.currency();
    let mut faults = Vec::new();
    let issued_on = told(day_or(&form.issued_on, today), &mut faults).unwrap_or(today);
    let seller = seller_on(r, issued_on)?;
    let buyer = buyer(r, &client, &form.order_number, &mut faults)?;
    let kind = if form.advance {
        InvoiceKind::Prepayment
    } else {
        InvoiceKind::Invoice
    };
    let mut draft = DraftInvoice::new(kind, currency, seller, buyer);
    let small_business = crate::seller::seller(r)?.small_business;
    let place = VatPlace::of(&draft, small_business, issued_on);
    let mut unread = Vec::new();
    for (at, typed) in (1..).zip(&form.lines) {
        match line(at, typed, currency, place.as_ref()) {
            Ok(line) => draft.lines.push(line),
            Err(fault) => {
                faults.push((&fault).into());
                unread.push(UnreadLine {
                    text: typed.text.trim().replace("\r\n", "\n"),
                    group: typed.group.trim().to_owned(),
                    after: draft.lines.len(),
                });
            }
        }
    }
    days_of_supply(form, issued_on, &mut draft, &mut faults);
    terms(r, form, &client, &mut draft, &mut faults)?;
    if form.advance {
        // It is invoiced when the money has come.
        draft.payment = PaymentMeans::Settled;
    }
    draft.own_currency = own_currency(form, &mut faults);
    if form.advance
        && let Ok(sums) = draft.sums(issued_on)
    {
        draft.paid = sums.gross;
    }
    let advances = advances(r, form, &client, &mut faults)?;
    for row in &advances {
        draft.advances.push(advance(r, row)?);
    }
    draft.deduction = form.deduction.into();
    let profile = profile_of(&billing(r, client.key)?.format);
    Ok(Typed {
        desk,
        client,
        draft,
        issued_on,
        advances,
        profile,
        unread: Unread {
            faults,
            lines: unread,
        },
    })
}

fn told<T>(read: Result<T, Rule>, faults: &mut Vec<SaidView>) -> Option<T> {
    read.map_err(|error| faults.push(Error::from(error).into()))
        .ok()
}

fn days_of_supply(
    form: &ClientInvoiceForm,
    issued_on: Date,
    draft: &mut DraftInvoice,
    faults: &mut Vec<SaidView>,
) {
    let from = told(optional_day(&form.from), faults).flatten();
    let until = told(optional_day(&form.until), faults).flatten();
    draft.period = match (from, until) {
        (None, None) => None,
        (Some(day), None) | (None, Some(day)) => Some((day, day)),
        (Some(from), Some(until)) => Some((from, until)),
    };
    draft.delivered_on = if form.delivered_on.trim() == INVOICE_DAY {
        Some(issued_on)
    } else {
        told(optional_day(&form.delivered_on), faults).flatten()
    };
}

fn terms(
    r: &Read<'_>,
    form: &ClientInvoiceForm,
    client: &ClientRow,
    draft: &mut DraftInvoice,
    faults: &mut Vec<SaidView>,
) -> Result<(), Error> {
    let seller = seller(r)?;
    let days = match crate::seller::days(&form.due_days) {
        Ok(days) => days,
        Err(error) => {
            faults.push(error.into());
            None
        }
    };
    let days = days
        .or(billing(r, client.key)?.due_days)
        .unwrap_or(seller.due_days);
    draft.due = Due::InDays(u16::try_from(days).unwrap_or(u16::MAX));
    draft.terms = if form.terms.trim().is_empty() {
        seller.terms
    } else {
        form.terms.trim().to_owned()
    };
    let notes = form.notes.trim();
    if !notes.is_empty() {
        draft.notes.push(notes.replace("\r\n", "\n"));
    }
    Ok(())
}

fn own_currency(form: &ClientInvoiceForm, faults: &mut Vec<SaidView>) -> Option<OwnCurrencyRate> {
    let given = [
        &form.own_currency,
        &form.own_rate,
        &form.own_rate_on,
        &form.own_rate_source,
    ];
    if given.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    let rate = told(
        parse_amount(&form.own_rate, AmountRule::NonNegativeExact),
        faults,
    )?;
    let on = told(
        hubledger_core::period::parse_date(&form.own_rate_on),
        faults,
    )?;
    Some(OwnCurrencyRate {
        currency: form.own_currency.trim().to_ascii_uppercase(),
        rate,
        on,
        source: form.own_rate_source.trim().to_owned(),
    })
}

/// Digits with at most six decimals, below zero too.
fn signed(text: &str) -> Result<Decimal, Rule> {
    let text = text.trim();
    let magnitude = text.strip_prefix(['-', '\u{2212}']);
    let read = parse_amount(magnitude.unwrap_or(text), AmountRule::NonNegativeExact)?;
    Ok(if magnitude.is_some() { -read } else { read })
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    let text = text.trim();
    if text.is_empty() { otherwise } else { text }
}

/// What decides on the VAT of a line where a person leaves it open.
struct VatPlace {
    seller: Country,
    buyer: Country,
    buyer_has_vat_id: bool,
    small_business: bool,
    on: Date,
}

impl VatPlace {
    /// None without the seller's country, which an invoice lacks then anyway.
    fn of(draft: &DraftInvoice, small_business: bool, on: Date) -> Option<Self> {
        let seller = draft.seller.address.country?;
        Some(Self {
            seller,
            buyer: draft.buyer.address.country.unwrap_or(seller),
            buyer_has_vat_id: draft.buyer.vat_id.is_some(),
            small_business,
            on,
        })
    }
}

/// Line `at`, from 1; or why it can't be read.
fn line(
    at: usize,
    form: &ClientLineForm,
    currency: Currency,
    place: Option<&VatPlace>,
) -> Result<InvoiceLine, InvoiceFault> {
    let told = |error: Rule| InvoiceFault::LineText { line: at, error };
    let price = parse_amount(&form.unit_price, AmountRule::NonNegativeExact).map_err(told)?;
    Ok(InvoiceLine {
        text: form.text.trim().replace("\r\n", "\n"),
        description: form.description.trim().replace("\r\n", "\n"),
        group: form.group.trim().to_owned(),
        quantity: signed(or(&form.quantity, "1")).map_err(told)?,
        unit: Unit::parse(or(&form.unit, Unit::One.code())).map_err(told)?,
        unit_price: Money::new(price, currency),
        vat: case(at, form, place)?,
    })
}

/// The VAT case that was chosen, or the one that seller and client have for services; and its
/// rate, where it was not typed, as the seller's country has it on the day.
fn case(
    at: usize,
    form: &ClientLineForm,
    place: Option<&VatPlace>,
) -> Result<VatCase, InvoiceFault> {
    let told = |error: Rule| InvoiceFault::LineText { line: at, error };
    let word = form.vat.trim().to_ascii_lowercase();
    let typed = Some(form.percent.trim().trim_end_matches('%').trim())
        .filter(|text| !text.is_empty())
        .map(|text| parse_amount(text, AmountRule::NonNegativeExact))
        .transpose()
        .map_err(told)?;
    match (word.as_str(), typed, place) {
        ("", _, Some(place)) => match proposed(place) {
            ProposedVat::Case(VatCase::Standard { percent }) => Ok(VatCase::Standard {
                percent: typed.unwrap_or(percent),
            }),
            ProposedVat::Case(case) => Ok(case),
            ProposedVat::AskForRate => match typed {
                Some(percent) => Ok(VatCase::Standard { percent }),
                None => Err(rate_unknown(at, place)),
            },
            ProposedVat::AskForCase => Err(InvoiceFault::CaseUnknown { line: at }),
        },
        ("standard", None, Some(place)) => match vat_rates(place.seller, place.on) {
            Some(rates) => Ok(VatCase::Standard {
                percent: rates.standard,
            }),
            None => Err(rate_unknown(at, place)),
        },
        ("reduced", None, Some(place)) => match vat_rates(place.seller, place.on) {
            Some(rates) => match rates.reduced.as_slice() {
                [percent] => Ok(VatCase::Reduced { percent: *percent }),
                several => Err(InvoiceFault::ReducedRateUnclear {
                    line: at,
                    country: place.seller,
                    rates: several
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(", "),
                }),
            },
            None => Err(rate_unknown(at, place)),
        },
        (word, typed, _) => vat_case(word, typed.unwrap_or_default(), &form.reason).map_err(told),
    }
}

fn rate_unknown(line: usize, place: &VatPlace) -> InvoiceFault {
    InvoiceFault::RateUnknown {
        line,
        country: place.seller,
        on: place.on,
    }
}

fn proposed(place: &VatPlace) -> ProposedVat {
    proposed_vat(
        place.seller,
        place.small_business,
        place.buyer,
        place.buyer_has_vat_id,
        place.on,
    )
}

/// The advance invoices that are named: of this client, not credited, not deducted elsewhere.
fn advances(
    r: &Read<'_>,
    form: &ClientInvoiceForm,
    client: &ClientRow,
    faults: &mut Vec<SaidView>,
) -> Result<Vec<ClientInvoiceRow>, Error> {
    let mut found = Vec::new();
    for number in form
        .deducts
        .iter()
        .map(|n| n.trim())
        .filter(|n| !n.is_empty())
    {
        let row = r.client_invoice(number)?;
        match row.filter(|row| row.client == client.key && row.kind == "advance") {
            None => faults.push(Error::new(Code::NoSuchAdvance, [number]).into()),
            Some(row) if row.is_deducted => {
                faults.push(Error::new(Code::AdvanceIsDeducted, [number]).into());
            }
            Some(row) if !row.credited.is_zero() => {
                faults.push(Error::new(Code::AdvanceIsCredited, [number]).into());
            }
            Some(row) => found.push(row),
        }
    }
    Ok(found)
}

/// An advance invoice as a later one deducts it.
fn advance(r: &Read<'_>, row: &ClientInvoiceRow) -> Result<Advance, Error> {
    let invoice = super::kept_invoice(r, row)?;
    let shares = invoice
        .sums()
        .vat
        .iter()
        .map(|sum| AdvanceShare {
            case: sum.case.clone(),
            net: sum.basis,
            vat: sum.vat,
        })
        .collect();
    Ok(Advance {
        invoice: InvoiceReference {
            number: InvoiceNumber::parse(&row.number)?,
            issued_on: row.issued_on,
        },
        received_on: Some(row.issued_on),
        shares,
    })
}

/// The currency of a hub, as amounts of its invoices are read.
pub(super) fn cents(text: &str, rule: AmountRule, currency: Currency) -> Result<Money, Error> {
    Ok(Money::new(parse_amount(text, rule)?, currency))
}
