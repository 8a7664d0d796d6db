//! An issued invoice as the book keeps it: all that its pages are made of, as JSON, so that it
//! reads the same after the client, the company and the rules have changed.

use hubledger_core::bank::{Bic, Iban};
use hubledger_core::client_invoice::{
    Advance, AdvanceShare, ClientInvoice, Deduction, DraftInvoice, Due, InvoiceKind, InvoiceLine,
    InvoiceReference, OwnCurrencyRate, PaymentMeans,
};
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::error::Error as Rule;
use hubledger_core::id::InvoiceNumber;
use hubledger_core::invoice_party::{
    BankAccount, Buyer, Contact, ElectronicAddress, PostalAddress, Seller,
};
use hubledger_core::language::Language;
use hubledger_core::money::{Money, plain_text};
use hubledger_core::period::{Date, parse_date};
use hubledger_core::tax::VatId;
use hubledger_core::unit::Unit;
use hubledger_core::vat::VatCase;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::{Code, Error};

#[derive(Serialize, Deserialize)]
struct Kept {
    kind: String,
    currency: String,
    issued_on: String,
    seller: KeptSeller,
    buyer: KeptBuyer,
    period: Option<(String, String)>,
    delivered_on: Option<String>,
    due_on: String,
    terms: String,
    payment: String,
    notes: Vec<String>,
    lines: Vec<KeptLine>,
    corrects: Vec<KeptReference>,
    advances: Vec<KeptAdvance>,
    own_currency: Option<KeptRate>,
    /// Of an advance, which is invoiced when it is paid; none for what was issued before this was
    /// kept, whose papers ask for nothing either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paid: Option<String>,
    /// `whole` where the advances come off the amount due, and not as lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deduction: Option<String>,
    /// None for what was issued before letterheads were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    letterhead: Option<KeptLetterhead>,
}

/// What an invoice looked like: the colour of its letterhead, and the hash of its logo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptLetterhead {
    /// `#rrggbb`, or empty.
    pub(crate) accent: String,
    pub(crate) logo: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptAddress {
    street: String,
    addition: String,
    post_code: String,
    city: String,
    country: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptSeller {
    name: String,
    address: KeptAddress,
    vat_id: Option<String>,
    tax_number: String,
    register_entry: String,
    legal_notice: String,
    contact: (String, String, String),
    /// IBAN, BIC, holder.
    bank: Option<(String, Option<String>, String)>,
    electronic_address: Option<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct KeptBuyer {
    name: String,
    address: KeptAddress,
    vat_id: Option<String>,
    contact: String,
    email: String,
    language: String,
    reference: String,
    order_number: String,
    electronic_address: Option<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct KeptLine {
    text: String,
    description: String,
    group: String,
    quantity: String,
    unit: String,
    unit_price: String,
    vat: KeptVat,
}

/// The word of a case, its percent, its reason.
#[derive(Serialize, Deserialize)]
struct KeptVat(String, String, String);

#[derive(Serialize, Deserialize)]
struct KeptReference {
    number: String,
    issued_on: String,
}

#[derive(Serialize, Deserialize)]
struct KeptAdvance {
    invoice: KeptReference,
    received_on: Option<String>,
    shares: Vec<(KeptVat, String, String)>,
}

#[derive(Serialize, Deserialize)]
struct KeptRate {
    currency: String,
    rate: String,
    on: String,
    source: String,
}

/// The words of the VAT cases.
pub(crate) fn vat_word(case: &VatCase) -> &'static str {
    match case {
        VatCase::Standard { .. } => "standard",
        VatCase::Reduced { .. } => "reduced",
        VatCase::Zero => "zero",
        VatCase::SmallBusiness => "small-business",
        VatCase::Exempt { .. } => "exempt",
        VatCase::ReverseCharge => "reverse-charge",
        VatCase::IntraEuGoods => "intra-eu-goods",
        VatCase::Export => "export",
        VatCase::OutsideScope => "outside-scope",
    }
}

/// Reads the word of a VAT case.
pub(crate) fn vat_case(word: &str, percent: Decimal, reason: &str) -> Result<VatCase, Rule> {
    Ok(match word.trim().to_ascii_lowercase().as_str() {
        "standard" => VatCase::Standard { percent },
        "reduced" => VatCase::Reduced { percent },
        "zero" => VatCase::Zero,
        "small-business" => VatCase::SmallBusiness,
        "exempt" => VatCase::Exempt {
            reason: reason.trim().to_owned(),
        },
        "reverse-charge" => VatCase::ReverseCharge,
        "intra-eu-goods" => VatCase::IntraEuGoods,
        "export" => VatCase::Export,
        "outside-scope" => VatCase::OutsideScope,
        other => {
            return Err(Rule::UnknownChoice {
                text: other.chars().take(40).collect(),
                allowed: "standard, reduced, zero, small-business, exempt, reverse-charge, intra-eu-goods, export, outside-scope",
            });
        }
    })
}

/// The words of the kinds.
pub(crate) fn kind_word(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Invoice => "invoice",
        InvoiceKind::Prepayment => "advance",
        InvoiceKind::CreditNote => "credit-note",
        InvoiceKind::Cancellation => "cancellation",
        InvoiceKind::Corrected => "corrected",
    }
}

/// Reads the word of a kind.
pub(crate) fn kind_of(word: &str) -> Option<InvoiceKind> {
    use InvoiceKind::{Cancellation, Corrected, CreditNote, Invoice, Prepayment};
    [Invoice, Prepayment, CreditNote, Cancellation, Corrected]
        .into_iter()
        .find(|kind| kind_word(*kind) == word)
}

const PAYMENTS: [(PaymentMeans, &str); 4] = [
    (PaymentMeans::Transfer, "transfer"),
    (PaymentMeans::Card, "card"),
    (PaymentMeans::Settled, "settled"),
    (PaymentMeans::Agreed, "agreed"),
];

/// How an invoice over the whole is kept.
const WHOLE: &str = "whole";

/// An invoice as it is kept.
pub(crate) fn keep(invoice: &ClientInvoice, head: &KeptLetterhead) -> Result<String, Error> {
    let draft = invoice.draft();
    let kept = Kept {
        kind: kind_word(draft.kind).to_owned(),
        currency: draft.currency.code().to_owned(),
        issued_on: invoice.issued_on().to_string(),
        seller: kept_seller(&draft.seller),
        buyer: kept_buyer(&draft.buyer),
        period: draft
            .period
            .map(|(from, until)| (from.to_string(), until.to_string())),
        delivered_on: draft.delivered_on.map(|day| day.to_string()),
        due_on: invoice.due_on().to_string(),
        terms: draft.terms.clone(),
        payment: PAYMENTS
            .iter()
            .find(|(means, _)| *means == draft.payment)
            .map_or("", |(_, word)| word)
            .to_owned(),
        notes: draft.notes.clone(),
        lines: draft.lines.iter().map(kept_line).collect(),
        corrects: draft.corrects.iter().map(kept_reference).collect(),
        advances: draft.advances.iter().map(kept_advance).collect(),
        own_currency: draft.own_currency.as_ref().map(|own| KeptRate {
            currency: own.currency.clone(),
            rate: own.rate.to_string(),
            on: own.on.to_string(),
            source: own.source.clone(),
        }),
        paid: Some(plain_text(draft.paid.amount())).filter(|_| !draft.paid.is_zero()),
        deduction: (draft.deduction == Deduction::AsPrepaid).then(|| WHOLE.to_owned()),
        letterhead: Some(head.clone()),
    };
    serde_json::to_string(&kept).map_err(|e| Error::new(Code::StoreFailed, [&e.to_string()]))
}

fn kept_address(address: &PostalAddress) -> KeptAddress {
    KeptAddress {
        street: address.street.clone(),
        addition: address.addition.clone(),
        post_code: address.post_code.clone(),
        city: address.city.clone(),
        country: address.country.map(|c| c.code().to_owned()),
    }
}

fn kept_electronic(address: Option<&ElectronicAddress>) -> Option<(String, String)> {
    address.map(|address| (address.scheme.clone(), address.id.clone()))
}

fn kept_seller(seller: &Seller) -> KeptSeller {
    let Contact { name, phone, email } = &seller.contact;
    KeptSeller {
        name: seller.name.clone(),
        address: kept_address(&seller.address),
        vat_id: seller.vat_id.as_ref().map(|id| id.as_str().to_owned()),
        tax_number: seller.tax_number.clone(),
        register_entry: seller.register_entry.clone(),
        legal_notice: seller.legal_notice.clone(),
        contact: (name.clone(), phone.clone(), email.clone()),
        bank: seller.bank.as_ref().map(|bank| {
            let bic = bank.bic.as_ref().map(|bic| bic.as_str().to_owned());
            (bank.iban.as_str().to_owned(), bic, bank.holder.clone())
        }),
        electronic_address: kept_electronic(seller.electronic_address.as_ref()),
    }
}

fn kept_buyer(buyer: &Buyer) -> KeptBuyer {
    KeptBuyer {
        name: buyer.name.clone(),
        address: kept_address(&buyer.address),
        vat_id: buyer.vat_id.as_ref().map(|id| id.as_str().to_owned()),
        contact: buyer.contact.clone(),
        email: buyer.email.clone(),
        language: buyer.language.tag().to_owned(),
        reference: buyer.reference.clone(),
        order_number: buyer.order_number.clone(),
        electronic_address: kept_electronic(buyer.electronic_address.as_ref()),
    }
}

fn kept_vat(case: &VatCase) -> KeptVat {
    let reason = match case {
        VatCase::Exempt { reason } => reason.clone(),
        _ => String::new(),
    };
    KeptVat(
        vat_word(case).to_owned(),
        case.percent().normalize().to_string(),
        reason,
    )
}

fn kept_line(line: &InvoiceLine) -> KeptLine {
    KeptLine {
        text: line.text.clone(),
        description: line.description.clone(),
        group: line.group.clone(),
        quantity: line.quantity.normalize().to_string(),
        unit: line.unit.code().to_owned(),
        unit_price: plain_text(line.unit_price.amount()),
        vat: kept_vat(&line.vat),
    }
}

fn kept_reference(reference: &InvoiceReference) -> KeptReference {
    KeptReference {
        number: reference.number.to_string(),
        issued_on: reference.issued_on.to_string(),
    }
}

fn kept_advance(advance: &Advance) -> KeptAdvance {
    KeptAdvance {
        invoice: kept_reference(&advance.invoice),
        received_on: advance.received_on.map(|day| day.to_string()),
        shares: advance
            .shares
            .iter()
            .map(|share| {
                let text = |money: Money| plain_text(money.amount());
                (kept_vat(&share.case), text(share.net), text(share.vat))
            })
            .collect(),
    }
}

/// The letterhead that an invoice was issued with, where it kept one.
pub(crate) fn letterhead(content: &str) -> Result<Option<KeptLetterhead>, Error> {
    Ok(parsed(content)?.letterhead)
}

fn damaged() -> Error {
    Error::new(Code::BookDamaged, ["The book"])
}

fn parsed(content: &str) -> Result<Kept, Error> {
    serde_json::from_str(content).map_err(|_| damaged())
}

/// An invoice from what is kept of it.
pub(crate) fn kept(number: &str, content: &str) -> Result<ClientInvoice, Error> {
    let kept = parsed(content)?;
    let read = || -> Result<ClientInvoice, Rule> {
        let number = InvoiceNumber::parse(number)?;
        let issued_on = parse_date(&kept.issued_on)?;
        ClientInvoice::kept(number, issued_on, draft_of(&kept)?)
    };
    read().map_err(|_| damaged())
}

fn draft_of(kept: &Kept) -> Result<DraftInvoice, Rule> {
    let currency = Currency::parse(&kept.currency)
        .ok_or_else(|| Rule::UnknownCurrency(kept.currency.clone()))?;
    let kind = kind_of(&kept.kind).ok_or(Rule::UnknownChoice {
        text: kept.kind.clone(),
        allowed: "",
    })?;
    let mut draft = DraftInvoice::new(
        kind,
        currency,
        seller_of(&kept.seller)?,
        buyer_of(&kept.buyer)?,
    );
    draft.period = kept
        .period
        .as_ref()
        .map(|(from, until)| Ok::<_, Rule>((parse_date(from)?, parse_date(until)?)))
        .transpose()?;
    draft.delivered_on = optional_date(kept.delivered_on.as_deref())?;
    draft.due = Due::On(parse_date(&kept.due_on)?);
    draft.terms.clone_from(&kept.terms);
    draft.payment = PAYMENTS
        .iter()
        .find(|(_, word)| *word == kept.payment)
        .map_or(PaymentMeans::Transfer, |(means, _)| *means);
    draft.notes.clone_from(&kept.notes);
    draft.lines = kept
        .lines
        .iter()
        .map(|line| line_of(line, currency))
        .collect::<Result<_, _>>()?;
    draft.corrects = kept
        .corrects
        .iter()
        .map(reference_of)
        .collect::<Result<_, _>>()?;
    draft.advances = kept
        .advances
        .iter()
        .map(|advance| advance_of(advance, currency))
        .collect::<Result<_, _>>()?;
    draft.deduction = match kept.deduction.as_deref() {
        Some(WHOLE) => Deduction::AsPrepaid,
        _ => Deduction::AsLines,
    };
    if let Some(paid) = &kept.paid {
        draft.paid = Money::new(decimal(paid)?, currency);
    }
    draft.own_currency = kept
        .own_currency
        .as_ref()
        .map(|own| {
            Ok::<_, Rule>(OwnCurrencyRate {
                currency: own.currency.clone(),
                rate: decimal(&own.rate)?,
                on: parse_date(&own.on)?,
                source: own.source.clone(),
            })
        })
        .transpose()?;
    Ok(draft)
}

fn decimal(text: &str) -> Result<Decimal, Rule> {
    Decimal::from_str_exact(text).map_err(|_| Rule::NotAnAmount(text.to_owned()))
}

fn optional_date(text: Option<&str>) -> Result<Option<Date>, Rule> {
    text.map(parse_date).transpose()
}

fn address_of(kept: &KeptAddress) -> Result<PostalAddress, Rule> {
    Ok(PostalAddress {
        street: kept.street.clone(),
        addition: kept.addition.clone(),
        post_code: kept.post_code.clone(),
        city: kept.city.clone(),
        country: kept.country.as_deref().map(Country::parse).transpose()?,
    })
}

fn vat_id_of(id: Option<&str>, country: Option<&str>) -> Result<Option<VatId>, Rule> {
    match (id, country) {
        (Some(id), Some(country)) => VatId::parse(id, Country::parse(country)?).map(Some),
        _ => Ok(None),
    }
}

fn electronic_of(kept: Option<&(String, String)>) -> Option<ElectronicAddress> {
    kept.map(|(scheme, id)| ElectronicAddress {
        scheme: scheme.clone(),
        id: id.clone(),
    })
}

fn seller_of(kept: &KeptSeller) -> Result<Seller, Rule> {
    let (name, phone, email) = &kept.contact;
    Ok(Seller {
        name: kept.name.clone(),
        address: address_of(&kept.address)?,
        vat_id: vat_id_of(kept.vat_id.as_deref(), kept.address.country.as_deref())?,
        tax_number: kept.tax_number.clone(),
        register_entry: kept.register_entry.clone(),
        legal_notice: kept.legal_notice.clone(),
        contact: Contact {
            name: name.clone(),
            phone: phone.clone(),
            email: email.clone(),
        },
        bank: kept
            .bank
            .as_ref()
            .map(|(iban, bic, holder)| {
                Ok::<_, Rule>(BankAccount {
                    iban: Iban::parse(iban)?,
                    bic: bic.as_deref().map(Bic::parse).transpose()?,
                    holder: holder.clone(),
                })
            })
            .transpose()?,
        electronic_address: electronic_of(kept.electronic_address.as_ref()),
    })
}

fn buyer_of(kept: &KeptBuyer) -> Result<Buyer, Rule> {
    Ok(Buyer {
        name: kept.name.clone(),
        address: address_of(&kept.address)?,
        vat_id: vat_id_of(kept.vat_id.as_deref(), kept.address.country.as_deref())?,
        contact: kept.contact.clone(),
        email: kept.email.clone(),
        language: Language::parse(&kept.language)?,
        reference: kept.reference.clone(),
        order_number: kept.order_number.clone(),
        electronic_address: electronic_of(kept.electronic_address.as_ref()),
    })
}

fn case_of(kept: &KeptVat) -> Result<VatCase, Rule> {
    vat_case(&kept.0, decimal(&kept.1)?, &kept.2)
}

fn line_of(kept: &KeptLine, currency: Currency) -> Result<InvoiceLine, Rule> {
    Ok(InvoiceLine {
        text: kept.text.clone(),
        description: kept.description.clone(),
        group: kept.group.clone(),
        quantity: decimal(&kept.quantity)?,
        unit: Unit::parse(&kept.unit)?,
        unit_price: Money::new(decimal(&kept.unit_price)?, currency),
        vat: case_of(&kept.vat)?,
    })
}

fn reference_of(kept: &KeptReference) -> Result<InvoiceReference, Rule> {
    Ok(InvoiceReference {
        number: InvoiceNumber::parse(&kept.number)?,
        issued_on: parse_date(&kept.issued_on)?,
    })
}

fn advance_of(kept: &KeptAdvance, currency: Currency) -> Result<Advance, Rule> {
    Ok(Advance {
        invoice: reference_of(&kept.invoice)?,
        received_on: optional_date(kept.received_on.as_deref())?,
        shares: kept
            .shares
            .iter()
            .map(|(case, net, vat)| {
                Ok(AdvanceShare {
                    case: case_of(case)?,
                    net: Money::new(decimal(net)?, currency),
                    vat: Money::new(decimal(vat)?, currency),
                })
            })
            .collect::<Result<_, Rule>>()?,
    })
}
