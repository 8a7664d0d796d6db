//! Why a client invoice can't be issued: one fault for each thing that is missing or wrong, all of
//! them told at once and before a number is used up. Each says to a person what to do.

use crate::country::Country;
use crate::currency::Currency;
use crate::error::Error;
use crate::period::Date;

/// Whose details a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyRole {
    /// Our own company.
    Seller,
    /// The client.
    Buyer,
}

impl PartyRole {
    fn owns(self) -> &'static str {
        match self {
            Self::Seller => "Your company has",
            Self::Buyer => "The client has",
        }
    }

    fn place(self) -> &'static str {
        match self {
            Self::Seller => "in your company's details",
            Self::Buyer => "at the client",
        }
    }
}

/// What a company lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyDetail {
    Name,
    Street,
    PostCode,
    City,
    Country,
    VatId,
    VatIdOrTaxNumber,
    Contact,
    Phone,
    Email,
    ElectronicAddress,
    Reference,
    BankAccount,
}

impl PartyDetail {
    /// Its stable name, which a form may match its fields on.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Street => "street",
            Self::PostCode => "post-code",
            Self::City => "city",
            Self::Country => "country",
            Self::VatId => "vat-id",
            Self::VatIdOrTaxNumber => "tax-number",
            Self::Contact => "contact",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::ElectronicAddress => "electronic-address",
            Self::Reference => "reference",
            Self::BankAccount => "bank-account",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Street => "street",
            Self::PostCode => "post code",
            Self::City => "town",
            Self::Country => "country",
            Self::VatId => "VAT ID",
            Self::VatIdOrTaxNumber => "VAT ID and no tax number",
            Self::Contact => "contact person",
            Self::Phone => "phone number",
            Self::Email => "e-mail address",
            Self::ElectronicAddress => "electronic address and no e-mail address",
            Self::Reference => "reference, such as a Leitweg-ID",
            Self::BankAccount => "bank account",
        }
    }
}

/// What stands in the way of an invoice. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceFault {
    #[error("{} no {}. Add it {}.", .0.owns(), .1.words(), .0.place())]
    Lacks(PartyRole, PartyDetail),
    #[error("A detail {}: {error}", .role.place())]
    PartyText { role: PartyRole, error: Error },
    #[error(
        "Reverse charge and supplies within the EU need the client's VAT ID. Add it at the client, or choose another VAT case."
    )]
    BuyerVatIdNeeded,
    #[error(
        "A supply within the EU goes to another country of the EU. Check the client's country, or choose another VAT case."
    )]
    BuyerNotElsewhereInEu,
    #[error("Say on which day or in which days the goods were delivered.")]
    DeliveryDayMissing,
    #[error(
        "The invoice does not say when it was supplied. Give the day or the period, or say that it is the day of the invoice."
    )]
    SupplyDayMissing,
    #[error("The invoice has no lines. Add one.")]
    NoLines,
    #[error("The invoice has more than {0} lines. Split it.")]
    TooManyLines(usize),
    #[error("Line {line}: {error}")]
    LineText { line: usize, error: Error },
    #[error("Line {line}: the price is below zero. Use a quantity below zero to deduct.")]
    NegativePrice { line: usize },
    #[error("Line {line}: the {what} has more than {most} decimals. Round it.")]
    TooManyDecimals {
        line: usize,
        what: &'static str,
        most: u32,
    },
    #[error("Line {line} is in another currency than the invoice, which is in {currency}.")]
    OtherCurrency { line: usize, currency: Currency },
    #[error(
        "Line {line}: the VAT rate must be above 0 %, at most 100 %, with at most two decimals. For 0 % choose the case that says why."
    )]
    UnusableRate { line: usize },
    #[error(
        "Line {line}: no source here tells the VAT rate of {} on {on}. Type the percent.",
        .country.name()
    )]
    RateUnknown {
        line: usize,
        country: Country,
        on: Date,
    },
    #[error(
        "Line {line}: {} has several reduced rates, or none: {rates}. Type the percent.",
        .country.name()
    )]
    ReducedRateUnclear {
        line: usize,
        country: Country,
        rates: String,
    },
    #[error(
        "Line {line}: your country's own law decides on the VAT, which is not known here. Choose the VAT case."
    )]
    CaseUnknown { line: usize },
    #[error("Line {line}: say why it is exempt from VAT.")]
    ExemptionReasonMissing { line: usize },
    #[error(
        "What is outside the scope of VAT needs an invoice of its own. Take it off, or the other lines."
    )]
    OutsideScopeWithOthers,
    #[error("A small business charges no VAT on any line. Choose the same VAT case for all lines.")]
    SmallBusinessWithVat,
    #[error("The lines name two reasons for being exempt. An invoice can state one: split it.")]
    TwoExemptionReasons,
    #[error("The day {due} by which to pay lies before the day of the invoice, {issued}.")]
    DueBeforeIssue { due: Date, issued: Date },
    #[error("The period ends on {last}, before it begins on {first}. Correct one of the days.")]
    PeriodReversed { first: Date, last: Date },
    #[error(
        "A credit note, a cancellation or a corrected invoice names the invoice that it corrects. Choose it."
    )]
    CorrectsNothing,
    #[error("Invoice {number} is dated {date}, after this one. Check its number and its day.")]
    RefersToTheFuture { number: String, date: Date },
    #[error("Advances can be deducted on an invoice only, not on this kind of document.")]
    AdvancesNotHere,
    #[error("Advance {number}: {error}")]
    Advance { number: String, error: Error },
    #[error("Advance invoice {number} is deducted twice. Take one of them off.")]
    AdvanceTwice { number: String },
    #[error(
        "The sum is below zero. Credit and cancellation are written with amounts above zero; an invoice below zero is a credit note."
    )]
    NegativeTotal,
    #[error(
        "The advances are more than the invoice is about. Cancel what is too much of them, or bill all that was supplied."
    )]
    AdvancesAboveTotal,
    #[error("The rounding of the amount due must be in whole cents and below one unit of money.")]
    UnusableRounding,
    #[error(
        "Your VAT is due in {own}: give the exchange rate for {invoice}, its day and its source."
    )]
    ExchangeRateMissing { own: String, invoice: Currency },
    #[error("The exchange rate must be above zero and name its source.")]
    UnusableExchangeRate,
    #[error("The e-invoice does not take this kind of electronic address. Give its scheme and the address {}, such as 9930 and the VAT ID.", .0.place())]
    UnknownAddressScheme(PartyRole),
    #[error("Peppol takes no corrected invoice. Write a credit note and a new invoice.")]
    CorrectedNotInPeppol,
    #[error(
        "XRechnung as CII can name one earlier invoice, and this one names more. Hand it out as UBL."
    )]
    OneReferenceInCii,
    #[error("The note: {0}")]
    NoteText(Error),
    #[error("The terms of payment: {0}")]
    TermsText(Error),
    #[error("{0}")]
    Sum(Error),
}

impl InvoiceFault {
    /// The line that it names, to be counted otherwise.
    pub fn line_mut(&mut self) -> Option<&mut usize> {
        match self {
            Self::LineText { line, .. }
            | Self::NegativePrice { line }
            | Self::TooManyDecimals { line, .. }
            | Self::OtherCurrency { line, .. }
            | Self::UnusableRate { line }
            | Self::RateUnknown { line, .. }
            | Self::ReducedRateUnclear { line, .. }
            | Self::CaseUnknown { line }
            | Self::ExemptionReasonMissing { line } => Some(line),
            _ => None,
        }
    }
}

impl From<Error> for InvoiceFault {
    fn from(error: Error) -> Self {
        Self::Sum(error)
    }
}
