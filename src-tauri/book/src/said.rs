//! What the book says about a row, a file, a draft or a refusal: a code, and the facts that it
//! speaks of. The window words the code in its own language; `hubl` prints the English sentence,
//! which comes along.

use hubledger_core::invoice_fault::{InvoiceFault, PartyRole};
use hubledger_core::journal::AccountKind;
use hubledger_document::Error as DocumentError;
use hubledger_document::einvoice::EInvoiceError;
use hubledger_import::{FileProblem, ProblemKind};
use hubledger_store::FaultCode;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::{Code, Error};
use crate::view::FactView;

/// Makes the codes of a type that speaks. A variant without a code does not compile, and neither
/// does a code without words in the window.
macro_rules! codes {
    ($(#[$doc:meta])* $code:ident of $kind:ident { $($variant:ident => $text:literal),+ $(,)? }) => {
        codes!($(#[$doc])* $code { $($variant => $text),+ });

        impl From<&$kind> for $code {
            fn from(kind: &$kind) -> Self {
                match kind { $($kind::$variant { .. } => Self::$variant),+ }
            }
        }
    };
    ($(#[$doc:meta])* $code:ident { $($variant:ident => $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
        pub enum $code { $(#[serde(rename = $text)] $variant),+ }

        impl $code {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that programs match on.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $code {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// A sentence of the book: its code, what it speaks of, and how it reads in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SaidView {
    pub code: SaidCode,
    /// What it speaks of, by name; what a refusal speaks of by its place, from `0` on. Days are
    /// `2026-07-31`, months `2026-07`, amounts decimals, countries two letters.
    pub facts: Vec<FactView>,
    /// What it says within it.
    pub because: Vec<SaidView>,
    /// The sentence in English.
    pub text: String,
}

/// Every code that a sentence can have; no two kinds share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum SaidCode {
    Row(ProblemCode),
    File(FileCode),
    Draft(DraftCode),
    Document(DocumentCode),
    EInvoice(EInvoiceCode),
    Refusal(Code),
    /// A rule of the book that does not hold.
    Proof(ProofWord),
    /// What the system or SQLite can't do.
    System(SystemWord),
}

impl std::fmt::Display for SaidCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Row(code) => code.as_str(),
            Self::File(code) => code.as_str(),
            Self::Draft(code) => code.as_str(),
            Self::Document(code) => code.as_str(),
            Self::EInvoice(code) => code.as_str(),
            Self::Refusal(code) => code.as_str(),
            Self::Proof(code) => code.as_str(),
            Self::System(code) => code.as_str(),
        })
    }
}

impl std::fmt::Display for SaidView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// Facts by name.
pub(crate) fn facts<const N: usize>(named: [(&str, &dyn ToString); N]) -> Vec<FactView> {
    let view = |(name, value): (&str, &dyn ToString)| FactView {
        name: name.to_owned(),
        value: value.to_string(),
    };
    named.into_iter().map(view).collect()
}

codes!(
    /// Why a row of a file can't be taken.
    ProblemCode of ProblemKind {
        TooFewColumns => "too_few_columns",
        TooManyColumns => "too_many_columns",
        NotUtf8 => "not_utf8",
        NotText => "not_text",
        RowTooLong => "row_too_long",
        EmptyCell => "empty_cell",
        TextTooLong => "text_too_long",
        ControlCharacter => "control_character",
        NotADay => "not_a_day",
        NotAMonth => "not_a_month",
        UnknownCountry => "unknown_country",
        UnknownCurrency => "unknown_currency",
        UnusableId => "unusable_id",
        UnusablePhone => "unusable_phone",
        UnusableEmail => "unusable_email",
        WrongVatId => "wrong_vat_id",
        NotAWholeNumber => "not_a_whole_number",
        NotAnAmount => "not_an_amount",
        AmountAmbiguous => "amount_ambiguous",
        AmountNegative => "amount_negative",
        AmountTooManyDecimals => "amount_too_many_decimals",
        AmountTooLarge => "amount_too_large",
        UnknownCategory => "unknown_category",
        UnknownPricingType => "unknown_pricing_type",
        NegativeQuantity => "negative_quantity",
        QuantityTooLarge => "quantity_too_large",
        ChannelMissing => "channel_missing",
        PlaceMissing => "place_missing",
        UnknownPriceItem => "unknown_price_item",
        TierBelowOne => "tier_below_one",
        TierGap => "tier_gap",
        DuplicateRate => "duplicate_rate",
        NoVolumeSteps => "no_volume_steps",
        PortfolioMissing => "portfolio_missing",
        PositionTwice => "position_twice",
        CountryTwice => "country_twice",
        UnknownTier => "unknown_tier",
        NotAnInstant => "not_an_instant",
        UnknownTimeZone => "unknown_time_zone",
        TimeZoneMissing => "time_zone_missing",
        NotBilledYet => "not_billed_yet",
        SandboxChannel => "sandbox_channel",
        HubMissing => "hub_missing",
        EndsBeforeItStarts => "ends_before_it_starts",
        ClientUnknown => "client_unknown",
        MonthClosed => "month_closed",
        ChannelUnknown => "channel_unknown",
        ChannelNotStarted => "channel_not_started",
        ChannelEnded => "channel_ended",
        BeforeTheBooks => "before_the_books",
        HubClosed => "hub_closed",
        MarketUnknown => "market_unknown",
        DuplicateRowId => "duplicate_row_id",
    }
);

/// What a problem of a row speaks of.
pub(crate) fn facts_of_row(kind: &ProblemKind) -> Vec<FactView> {
    match kind {
        ProblemKind::TooFewColumns { found, expected }
        | ProblemKind::TooManyColumns { found, expected } => {
            facts([("found", found), ("expected", expected)])
        }
        ProblemKind::TextTooLong { longest } => facts([("longest", longest)]),
        ProblemKind::UnknownCategory { did_you_mean } => {
            let name = did_you_mean.map_or("", |category| category.name());
            facts([("did_you_mean", &name)])
        }
        ProblemKind::UnknownPriceItem { did_you_mean } => {
            facts([("did_you_mean", &did_you_mean.unwrap_or_default())])
        }
        ProblemKind::DuplicateRate { first_line }
        | ProblemKind::PositionTwice { first_line }
        | ProblemKind::CountryTwice { first_line }
        | ProblemKind::DuplicateRowId { first_line } => facts([("first_line", first_line)]),
        ProblemKind::MonthClosed { first_open } => facts([("first_open", first_open)]),
        ProblemKind::ChannelNotStarted { on }
        | ProblemKind::ChannelEnded { on }
        | ProblemKind::HubClosed { on } => facts([("on", on)]),
        ProblemKind::BeforeTheBooks { first } => facts([("first", first)]),
        _ => Vec::new(),
    }
}

codes!(
    /// Why a file as a whole can't be read.
    FileCode of FileProblem {
        Empty => "file_empty",
        Binary => "file_binary",
        Workbook => "file_workbook",
        Utf16 => "file_utf16",
        NotUtf8 => "file_not_utf8",
        NoHeader => "file_no_header",
        MissingColumns => "file_missing_columns",
        DuplicateColumn => "file_duplicate_column",
        HeaderTooLong => "file_header_too_long",
        CutInTheMiddle => "file_cut",
        RowNeverEnds => "file_row_never_ends",
        NoPriceTable => "file_no_price_table",
        DayMissing => "file_day_missing",
        CurrencyMissing => "file_currency_missing",
        BadRow => "file_bad_row",
        TooLarge => "file_too_large",
        WorkbookDamaged => "file_workbook_damaged",
        JsonDamaged => "file_json_damaged",
        NoPartyList => "file_no_party_list",
        AnswerTooLarge => "file_answer_too_large",
        Unreadable => "file_unreadable",
    }
);

fn facts_of_file(problem: &FileProblem) -> Vec<FactView> {
    match problem {
        FileProblem::NotUtf8 { line }
        | FileProblem::CutInTheMiddle { line }
        | FileProblem::RowNeverEnds { line }
        | FileProblem::BadRow { line, .. } => facts([("line", line)]),
        FileProblem::JsonDamaged { line, column } => facts([("line", line), ("column", column)]),
        FileProblem::NoHeader { wanted } => facts([("wanted", &wanted.join(", "))]),
        // Each entry may name several that would do, with an English `or`.
        FileProblem::MissingColumns { columns } => {
            facts([("columns", &columns.join("; ").replace(" or ", " / "))])
        }
        FileProblem::DuplicateColumn { column } => facts([("column", column)]),
        FileProblem::WorkbookDamaged { reason } | FileProblem::Unreadable { reason } => {
            facts([("reason", reason)])
        }
        _ => Vec::new(),
    }
}

impl From<&ProblemKind> for SaidView {
    fn from(kind: &ProblemKind) -> Self {
        Self {
            code: SaidCode::Row(kind.into()),
            facts: facts_of_row(kind),
            because: Vec::new(),
            text: kind.to_string(),
        }
    }
}

impl From<&FileProblem> for SaidView {
    fn from(problem: &FileProblem) -> Self {
        let because = match problem {
            FileProblem::BadRow { kind, .. } => vec![kind.into()],
            _ => Vec::new(),
        };
        Self {
            code: SaidCode::File(problem.into()),
            facts: facts_of_file(problem),
            because,
            text: problem.to_string(),
        }
    }
}

codes!(
    /// What stands in the way of issuing an invoice.
    DraftCode of InvoiceFault {
        Lacks => "lacks",
        PartyText => "party-text",
        BuyerVatIdNeeded => "buyer-vat-id-needed",
        BuyerNotElsewhereInEu => "buyer-not-elsewhere-in-eu",
        DeliveryDayMissing => "delivery-day-missing",
        SupplyDayMissing => "supply-day-missing",
        NoLines => "no-lines",
        TooManyLines => "draft-too-many-lines",
        LineText => "line-text",
        NegativePrice => "negative-price",
        TooManyDecimals => "line-too-many-decimals",
        OtherCurrency => "other-currency",
        UnusableRate => "unusable-rate",
        RateUnknown => "rate-unknown",
        ReducedRateUnclear => "reduced-rate-unclear",
        CaseUnknown => "case-unknown",
        ExemptionReasonMissing => "exemption-reason-missing",
        OutsideScopeWithOthers => "outside-scope-with-others",
        SmallBusinessWithVat => "small-business-with-vat",
        TwoExemptionReasons => "two-exemption-reasons",
        DueBeforeIssue => "due-before-issue",
        PeriodReversed => "period-reversed",
        CorrectsNothing => "corrects-nothing",
        RefersToTheFuture => "refers-to-the-future",
        AdvancesNotHere => "advances-not-here",
        Advance => "advance",
        AdvanceTwice => "advance-twice",
        NegativeTotal => "negative-total",
        AdvancesAboveTotal => "advances-above-total",
        UnusableRounding => "unusable-rounding",
        ExchangeRateMissing => "exchange-rate-missing",
        UnusableExchangeRate => "unusable-exchange-rate",
        UnknownAddressScheme => "unknown-address-scheme",
        CorrectedNotInPeppol => "corrected-not-in-peppol",
        OneReferenceInCii => "one-reference-in-cii",
        NoteText => "note-text",
        TermsText => "terms-text",
        Sum => "sum",
    }
);

/// Names the one whose details it is about, and leaves the other out.
fn whose(role: PartyRole) -> (&'static str, &'static dyn ToString) {
    match role {
        PartyRole::Seller => ("seller", &"yes"),
        PartyRole::Buyer => ("client", &"yes"),
    }
}

fn facts_of_draft(fault: &InvoiceFault) -> Vec<FactView> {
    match fault {
        InvoiceFault::Lacks(role, detail) => facts([whose(*role), ("detail", &detail.slug())]),
        InvoiceFault::PartyText { role, .. } | InvoiceFault::UnknownAddressScheme(role) => {
            facts([whose(*role)])
        }
        InvoiceFault::TooManyLines(most) => facts([("most", most)]),
        InvoiceFault::TooManyDecimals { line, what, most } => {
            facts([("line", line), ("what", what), ("most", most)])
        }
        InvoiceFault::OtherCurrency { line, currency } => {
            facts([("line", line), ("currency", currency)])
        }
        InvoiceFault::LineText { line, .. }
        | InvoiceFault::NegativePrice { line }
        | InvoiceFault::UnusableRate { line }
        | InvoiceFault::CaseUnknown { line }
        | InvoiceFault::ExemptionReasonMissing { line } => facts([("line", line)]),
        InvoiceFault::RateUnknown { line, country, on } => {
            facts([("line", line), ("country", &country.code()), ("on", on)])
        }
        InvoiceFault::ReducedRateUnclear {
            line,
            country,
            rates,
        } => facts([
            ("line", line),
            ("country", &country.code()),
            ("rates", rates),
        ]),
        InvoiceFault::DueBeforeIssue { due, issued } => facts([("due", due), ("issued", issued)]),
        InvoiceFault::PeriodReversed { first, last } => facts([("first", first), ("last", last)]),
        InvoiceFault::RefersToTheFuture { number, date } => {
            facts([("number", number), ("date", date)])
        }
        InvoiceFault::Advance { number, .. } | InvoiceFault::AdvanceTwice { number } => {
            facts([("number", number)])
        }
        InvoiceFault::ExchangeRateMissing { own, invoice } => {
            facts([("own", own), ("invoice", invoice)])
        }
        _ => Vec::new(),
    }
}

impl From<&InvoiceFault> for SaidView {
    fn from(fault: &InvoiceFault) -> Self {
        let because = match fault {
            InvoiceFault::PartyText { error, .. }
            | InvoiceFault::LineText { error, .. }
            | InvoiceFault::Advance { error, .. }
            | InvoiceFault::NoteText(error)
            | InvoiceFault::TermsText(error)
            | InvoiceFault::Sum(error) => vec![Error::from(error.clone()).into()],
            _ => Vec::new(),
        };
        Self {
            code: SaidCode::Draft(fault.into()),
            facts: facts_of_draft(fault),
            because,
            text: fault.to_string(),
        }
    }
}

codes!(
    /// Why a page or a logo could not be made.
    DocumentCode of DocumentError {
        MissingGlyph => "missing-glyph",
        TextTooLong => "text-too-long-for-a-page",
        UnusableLogo => "unusable-logo",
        UnusableColour => "colour-refused",
        UnreadableFont => "unreadable-font",
        Rule => "document-rule",
        FaultyPdf => "faulty-pdf",
    }
);

impl From<&DocumentError> for SaidView {
    fn from(error: &DocumentError) -> Self {
        let (facts, because) = match error {
            DocumentError::MissingGlyph { character, text } => {
                (facts([("character", character), ("text", text)]), None)
            }
            DocumentError::TextTooLong { text } => (facts([("text", text)]), None),
            DocumentError::UnusableLogo(reason)
            | DocumentError::UnusableColour(reason)
            | DocumentError::FaultyPdf(reason) => (facts([("reason", reason)]), None),
            DocumentError::UnreadableFont(font) => (facts([("font", font)]), None),
            DocumentError::Rule(rule) => (Vec::new(), Some(Error::from(rule.clone()).into())),
        };
        Self {
            code: SaidCode::Document(error.into()),
            facts,
            because: because.into_iter().collect(),
            text: error.to_string(),
        }
    }
}

codes!(
    /// Why an e-invoice could not be written.
    EInvoiceCode of EInvoiceError {
        NotReady => "e-invoice-not-ready",
        UnusableCharacter => "unusable-character",
        Broken => "e-invoice-broken",
    }
);

impl From<&EInvoiceError> for SaidView {
    fn from(error: &EInvoiceError) -> Self {
        let (facts, because) = match error {
            EInvoiceError::NotReady(lacks) => (Vec::new(), lacks.iter().map(Self::from).collect()),
            EInvoiceError::UnusableCharacter(number) => (
                facts([("character", &format!("U+{number:04X}"))]),
                Vec::new(),
            ),
            EInvoiceError::Broken(rule) => (facts([("rule", rule)]), Vec::new()),
        };
        Self {
            code: SaidCode::EInvoice(error.into()),
            facts,
            because,
            text: error.to_string(),
        }
    }
}

codes!(
    /// The kinds of account, which Hubledger's own chart names.
    AccountWord of AccountKind {
        PrepaidBalance => "asset:prepaid-balance",
        OpeningBalances => "equity:opening-balances",
        Payable => "liability:payable-360dialog",
        InputVat => "asset:input-vat",
        MessageCosts => "cost:messages",
        CallCosts => "cost:calls",
        PlanCosts => "cost:partner-plan",
        LicenceCosts => "cost:licences",
        PaymentCosts => "cost:payment",
        Rounding => "cost:rounding",
        Bank => "asset:bank",
        Receivable => "asset:receivable",
        Revenue => "revenue:clients",
        OutputVat => "liability:output-vat",
        ClientPrepayments => "liability:client-prepayments",
        BadDebts => "cost:bad-debts",
        MemoClientFunds => "memo:client-funds",
        MemoClientUsage => "memo:client-usage",
        MemoClientMoney => "memo:client-money",
    }
);

impl From<Error> for SaidView {
    fn from(error: Error) -> Self {
        let facts = error.details.into_iter().enumerate();
        let facts = facts.map(|(at, value)| FactView {
            name: at.to_string(),
            value,
        });
        Self {
            code: SaidCode::Refusal(error.code),
            facts: facts.collect(),
            because: error.because,
            text: error.message,
        }
    }
}

hubledger_store::fault_words!(codes! {
    /// What does not hold of a book.
    FaultWord of FaultCode
});

codes!(
    /// Where the prices and markets come from that the app ships.
    SourceWord {
        Documentation => "documentation",
        Guide => "guide",
        CardChecked => "card-checked",
        CardWithChanges => "card-with-changes",
        CardFile => "card-file",
        CardTwice => "card-twice",
        Tiers => "tiers",
        Markets => "markets",
    }
);

impl SourceWord {
    /// As books and `hubl` say it. What a book holds is found again by it, so it never changes.
    pub fn text(self) -> &'static str {
        match self {
            Self::Documentation => {
                "360Dialog's documentation of its plans and channel subscriptions, 2025 to 2026; no day is published"
            }
            Self::Guide => "Meta's list prices of calls as a provider's guide copies them",
            Self::CardChecked => "Meta's rate card, checked against Meta's announced changes",
            Self::CardWithChanges => {
                "Meta's rate card of January with Meta's announced changes of April"
            }
            Self::CardFile => "Meta's rate card file",
            Self::CardTwice => "Meta's rate card, two independent copies",
            Self::Tiers => "Meta's volume tiers of one market",
            Self::Markets => "Meta's list of markets",
        }
    }

    /// Of what a book holds as shipped.
    pub(crate) fn of(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.text() == text)
    }
}

codes!(
    /// What the system or SQLite can't do with a file.
    SystemWord {
        NotAllowed => "not-allowed",
        ReadOnlyDisk => "read-only-disk",
        NotThere => "not-there",
        NoFolder => "no-folder",
        IsFolder => "is-folder",
        NotFolder => "not-folder",
        IsThere => "is-there",
        NoRoom => "no-room",
        TooLarge => "too-large",
        UnusableName => "unusable-name",
        Busy => "busy",
        NetworkGone => "network-gone",
        CannotOpen => "cannot-open",
        DiskFault => "disk-fault",
        OutOfMemory => "out-of-memory",
        TooManyOpen => "too-many-open",
        RuleBroken => "rule-broken",
        Other => "other-trouble",
    }
);

codes!(
    /// What must hold of every book.
    ProofWord {
        FileSound => "file-sound",
        SchemaWhole => "schema-whole",
        TablesAsWritten => "tables-as-written",
        ColumnsExact => "columns-exact",
        EntriesBalance => "entries-balance",
        UsagePosted => "usage-posted",
        SharesAddUp => "shares-add-up",
        TopUpsPosted => "top-ups-posted",
        VatPosted => "vat-posted",
        ChargesTraced => "charges-traced",
        ChargesPriced => "charges-priced",
        ChargesCounted => "charges-counted",
        SumsOfCharges => "sums-of-charges",
        InvoicesAddUp => "invoices-add-up",
        ClosingsAddUp => "closings-add-up",
        ClosingsMeetLedger => "closings-meet-ledger",
        PayableMeetsInvoices => "payable-meets-invoices",
        MonthsWhole => "months-whole",
        MonthsSealed => "months-sealed",
        ChargesStand => "charges-stand",
        EntriesMirrored => "entries-mirrored",
        UndoneIsNothing => "undone-is-nothing",
        MoneyApart => "money-apart",
        NoForeignInvoices => "no-foreign-invoices",
        ClientNumbersWhole => "client-numbers-whole",
        ClientInvoicesAddUp => "client-invoices-add-up",
        ClientPapersKept => "client-papers-kept",
        ClientDebtsPosted => "client-debts-posted",
    }
);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_sentences_share_a_code() {
        let rows = ProblemCode::ALL.iter().map(|code| code.as_str());
        let files = FileCode::ALL.iter().map(|code| code.as_str());
        let drafts = DraftCode::ALL.iter().map(|code| code.as_str());
        let documents = DocumentCode::ALL.iter().map(|code| code.as_str());
        let data = EInvoiceCode::ALL.iter().map(|code| code.as_str());
        let drafts = drafts.chain(documents).chain(data);
        let refusals = Code::ALL.iter().map(|code| code.as_str());
        let proofs = ProofWord::ALL.iter().map(|code| code.as_str());
        let system = SystemWord::ALL.iter().map(|code| code.as_str());
        let refusals = refusals.chain(proofs).chain(system);
        let mut seen = HashSet::new();
        for code in rows.chain(files).chain(drafts).chain(refusals) {
            assert!(seen.insert(code), "{code}");
        }
    }

    #[test]
    fn an_account_has_the_name_of_its_kind() {
        for kind in AccountKind::ALL {
            assert_eq!(AccountWord::from(&kind).as_str(), kind.name());
        }
    }

    #[test]
    fn a_sentence_within_another_keeps_its_own_code() {
        let bad = FileProblem::BadRow {
            line: 3,
            kind: ProblemKind::TooFewColumns {
                found: 2,
                expected: 5,
            },
        };
        let said = SaidView::from(&bad);
        assert_eq!(said.code.to_string(), bad.code());
        assert_eq!(said.facts, facts([("line", &3)]));
        assert_eq!(said.because[0].code.to_string(), "too_few_columns");
        assert_eq!(
            said.because[0].facts,
            facts([("found", &2), ("expected", &5)])
        );
    }

    #[test]
    fn a_fault_says_whose_detail_is_missing() {
        use hubledger_core::invoice_fault::PartyDetail;

        let fault = InvoiceFault::Lacks(PartyRole::Seller, PartyDetail::Street);
        let said = SaidView::from(&fault);
        assert_eq!(
            said.facts,
            facts([("seller", &"yes"), ("detail", &"street")])
        );
        assert_eq!(said.text, fault.to_string());
    }
}
