//! What can be wrong with a file or with a row of it, one variant a reason, each with a sentence
//! that says to a person what to do. A program reads the code, never the sentence.

use std::fmt;

use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::usage::Category;

/// The longest cell that a problem repeats.
const LONGEST_FOUND: usize = 80;

/// Why a file as a whole can't be read. Nothing of it is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    #[error("The file is empty. Choose another, or save it again from its source.")]
    Empty,
    #[error("This is not a text file. Save it as CSV, then choose that file.")]
    Binary,
    #[error("This is a workbook of a spreadsheet program. Save it there as CSV (UTF-8).")]
    Workbook,
    #[error("The file is text in UTF-16. Save it as CSV in UTF-8.")]
    Utf16,
    #[error("Line {line} holds letters that are not UTF-8. Save the file as CSV in UTF-8.")]
    NotUtf8 { line: u64 },
    #[error("The first line names none of the columns. It must hold the names: {}.", .wanted.join(", "))]
    NoHeader { wanted: Vec<String> },
    #[error("Columns are missing: {}. Add them, with these names in the first line.", .columns.join("; "))]
    MissingColumns {
        /// One entry a column; several names that would do stand as `a or b`.
        columns: Vec<String>,
    },
    #[error("The column {column} is there twice. Remove or rename one of them.")]
    DuplicateColumn { column: String },
    #[error(
        "The first line is too long to be the names of columns. Check that this is the right file."
    )]
    HeaderTooLong,
    #[error(
        "The file ends in the middle of the row that begins on line {line}: a quotation mark is open. Get the whole file, or close the quotation mark."
    )]
    CutInTheMiddle { line: u64 },
    #[error(
        "The row that begins on line {line} does not end. Look there for a quotation mark that is never closed."
    )]
    RowNeverEnds { line: u64 },
    #[error(
        "The file holds no table of prices. A file of Meta's has a row Market, Currency, Marketing; a price-card.csv begins with effective_from,currency,market,category,tier_from,rate."
    )]
    NoPriceTable,
    #[error("The file does not say from which day its prices hold. Give the day.")]
    DayMissing,
    #[error("The file does not say in which currency its prices are. Give the currency.")]
    CurrencyMissing,
    #[error("Line {line} can't be read: {kind}")]
    BadRow { line: u64, kind: ProblemKind },
    #[error("The file is too large for a file of prices. Check that this is the right file.")]
    TooLarge,
    #[error("The workbook can't be read: {reason}. Save it again, or save it as CSV (UTF-8).")]
    WorkbookDamaged { reason: String },
    #[error(
        "The file is no whole JSON: look at line {line}, column {column}. Save the answer again."
    )]
    JsonDamaged { line: u64, column: u64 },
    #[error(
        "The file holds no list of clients or channels. Save the whole answer of the Partner API: it has clients or partner_channels."
    )]
    NoPartyList,
    #[error("The answer is larger than 16 MiB. Save it page by page.")]
    AnswerTooLarge,
    #[error("The file could not be read to its end: {reason}.")]
    Unreadable { reason: String },
}

impl FileProblem {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::Binary => "file_binary",
            Self::Workbook => "file_workbook",
            Self::Utf16 => "file_utf16",
            Self::NotUtf8 { .. } => "file_not_utf8",
            Self::NoHeader { .. } => "file_no_header",
            Self::MissingColumns { .. } => "file_missing_columns",
            Self::DuplicateColumn { .. } => "file_duplicate_column",
            Self::HeaderTooLong => "file_header_too_long",
            Self::CutInTheMiddle { .. } => "file_cut",
            Self::RowNeverEnds { .. } => "file_row_never_ends",
            Self::NoPriceTable => "file_no_price_table",
            Self::DayMissing => "file_day_missing",
            Self::CurrencyMissing => "file_currency_missing",
            Self::BadRow { .. } => "file_bad_row",
            Self::TooLarge => "file_too_large",
            Self::WorkbookDamaged { .. } => "file_workbook_damaged",
            Self::JsonDamaged { .. } => "file_json_damaged",
            Self::NoPartyList => "file_no_party_list",
            Self::AnswerTooLarge => "file_answer_too_large",
            Self::Unreadable { .. } => "file_unreadable",
        }
    }
}

/// A row that can't be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where the row begins, as an editor counts: the header is line 1.
    pub line: u64,
    /// The column at fault; none where it is the row as a whole.
    pub column: Option<&'static str>,
    /// What stands there, shortened.
    pub found: String,
    pub kind: ProblemKind,
    /// The cells of the row, for the file of problem rows.
    pub raw: Vec<String>,
}

impl Problem {
    /// A problem of a row; `found` is shortened.
    pub fn new(
        line: u64,
        column: Option<&'static str>,
        found: &str,
        kind: ProblemKind,
        raw: Vec<String>,
    ) -> Self {
        let found = shortened(found);
        Self {
            line,
            column,
            found,
            kind,
            raw,
        }
    }
}

/// `line 12, quantity, “abc”: Not a whole number. …`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", {column}")?;
        }
        if !self.found.is_empty() {
            write!(f, ", “{}”", self.found)?;
        }
        write!(f, ": {}", self.kind)
    }
}

/// The first characters of a cell, with what can't be seen shown as blanks.
pub(crate) fn shortened(text: &str) -> String {
    let mut rest = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = rest.by_ref().take(LONGEST_FOUND).collect();
    if rest.next().is_some() {
        short.push('…');
    }
    short
}

/// Why a row can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ProblemKind {
    // The row as a whole
    #[error("The row has {found} of {expected} columns. Complete it; the file may have been cut.")]
    TooFewColumns { found: usize, expected: usize },
    #[error(
        "The row has {found} columns, but the first line names {expected}. Put cells that hold a separator in quotation marks."
    )]
    TooManyColumns { found: usize, expected: usize },
    #[error("The row holds letters that are not UTF-8. Save the file as CSV in UTF-8.")]
    NotUtf8,
    #[error("The row holds bytes that are not text. Get the file again from its source.")]
    NotText,
    #[error("The row is too long. Look for a quotation mark that is not closed.")]
    RowTooLong,

    // Any column
    #[error("The cell is empty. Fill it in.")]
    EmptyCell,
    #[error("The text is longer than {longest} characters. Shorten it.")]
    TextTooLong { longest: usize },
    #[error("The text holds a line break or another control character. Take it out.")]
    ControlCharacter,
    #[error("Not a day. Write YYYY-MM-DD, a day that exists.")]
    NotADay,
    #[error("Not a month. Write YYYY-MM.")]
    NotAMonth,
    #[error("Not a country code of ISO 3166. Use two letters, such as DE.")]
    UnknownCountry,
    #[error("Not a currency of a hub. Use EUR or USD.")]
    UnknownCurrency,
    #[error("Not an id. Use letters, digits, - and _ without spaces.")]
    UnusableId,
    #[error("Not a phone number. Write the country code and 6 to 15 digits.")]
    UnusablePhone,
    #[error("Not an e-mail address. Write it like billing@example.com.")]
    UnusableEmail,
    #[error(
        "Not a VAT ID of the client's country, or a digit is mistyped: its shape or its check digits are wrong."
    )]
    WrongVatId,
    #[error("Not a whole number. Write digits only, such as 1200.")]
    NotAWholeNumber,
    #[error(
        "Not an amount. Write digits with one decimal point and no mark between thousands, such as 1234.50."
    )]
    NotAnAmount,
    #[error(
        "Can be read as thousands or as decimals. In a file with semicolons write the decimals after a comma, and no mark between thousands."
    )]
    AmountAmbiguous,
    #[error("The amount is below zero. Give zero or more.")]
    AmountNegative,
    #[error("The amount has more than six decimals. Round it.")]
    AmountTooManyDecimals,
    #[error("The amount is too large. Ten billion is the most that a book takes.")]
    AmountTooLarge,

    // Usage
    #[error("Not a category. {}", meant(
        .did_you_mean.map(Category::name),
        "Use marketing, marketing_lite, utility, authentication, authentication_international, service or call.",
    ))]
    UnknownCategory { did_you_mean: Option<Category> },
    #[error("Not a pricing type. Use regular, free_customer_service or free_entry_point.")]
    UnknownPricingType,
    #[error("The quantity is below zero. Give zero or more.")]
    NegativeQuantity,
    #[error("The quantity is too large. One row takes up to a million million.")]
    QuantityTooLarge,
    #[error("The row names no channel. Give its channel_id or its phone_number.")]
    ChannelMissing,
    #[error("The row says neither country nor market, and has no cost. Give one of them.")]
    PlaceMissing,

    // Prices
    #[error("Not a thing that has a price. {}", meant(
        *.did_you_mean,
        "Use a category of messages, or a name of the shipped price cards.",
    ))]
    UnknownPriceItem { did_you_mean: Option<&'static str> },
    #[error("Tiers count from 1. Give the first message or minute that the rate holds for.")]
    TierBelowOne,
    #[error(
        "The tiers leave a gap. The first must begin at 0, each next one above the end of the one before, and the last must be open."
    )]
    TierGap,
    #[error("The same price stands on line {first_line}. Remove one of them.")]
    DuplicateRate { first_line: u64 },

    // Volume
    #[error(
        "Meta has no volume steps for this, only for utility, authentication and calls. Leave the row out."
    )]
    NoVolumeSteps,
    #[error(
        "The row names nobody. Give its client_id, or the channel_id or phone_number of one of the client's channels."
    )]
    PortfolioMissing,
    #[error(
        "The same client, market, category and month stand on line {first_line}. Leave one of them."
    )]
    PositionTwice { first_line: u64 },

    // Markets
    #[error("The country stands in another market on line {first_line}. Remove one of them.")]
    CountryTwice { first_line: u64 },

    // Parties
    #[error("Not a tier. Use regular, premium or higher_throughput.")]
    UnknownTier,
    #[error("Not an instant. It must look like 2026-08-17T09:12:00Z.")]
    NotAnInstant,
    #[error("Not a time zone. Use a name of IANA's, such as Europe/Berlin.")]
    UnknownTimeZone,
    #[error(
        "Its day depends on the time zone, which nobody has told. Give it for the file, or for the channel."
    )]
    TimeZoneMissing,
    #[error("The channel is not billed yet. Bring it in once it is.")]
    NotBilledYet,
    #[error("A sandbox number is not billed, and has no place in the books.")]
    SandboxChannel,
    #[error("The answer does not say of which hub it is. Choose the hub.")]
    HubMissing,
    #[error("The channel ends before it starts. Correct one of the days.")]
    EndsBeforeItStarts,

    // What only the book can say
    #[error("The book has no such client. Add it first, or import parties.csv.")]
    ClientUnknown,
    #[error("The month is closed. Tell it from {first_open} on.")]
    MonthClosed { first_open: BillingPeriod },
    #[error("The book has no such channel. Add it first, or import parties.csv.")]
    ChannelUnknown,
    #[error("The channel starts on {on}. It has no usage before.")]
    ChannelNotStarted { on: Date },
    #[error("The channel ended on {on}. It has no usage after.")]
    ChannelEnded { on: Date },
    #[error("The books of the hub begin with {first}. Earlier usage is not theirs.")]
    BeforeTheBooks { first: BillingPeriod },
    #[error("The hub was closed on {on}. Nothing is booked after that day.")]
    HubClosed { on: Date },
    #[error("No price list knows this market. Use Meta's name of it, or give the country.")]
    MarketUnknown,
    #[error("The same row_id stands on line {first_line}. Each row needs its own.")]
    DuplicateRowId { first_line: u64 },
}

impl ProblemKind {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooFewColumns { .. } => "too_few_columns",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::NotUtf8 => "not_utf8",
            Self::NotText => "not_text",
            Self::RowTooLong => "row_too_long",
            Self::EmptyCell => "empty_cell",
            Self::TextTooLong { .. } => "text_too_long",
            Self::ControlCharacter => "control_character",
            Self::NotADay => "not_a_day",
            Self::NotAMonth => "not_a_month",
            Self::UnknownCountry => "unknown_country",
            Self::UnknownCurrency => "unknown_currency",
            Self::UnusableId => "unusable_id",
            Self::UnusablePhone => "unusable_phone",
            Self::UnusableEmail => "unusable_email",
            Self::WrongVatId => "wrong_vat_id",
            Self::NotAWholeNumber => "not_a_whole_number",
            Self::NotAnAmount => "not_an_amount",
            Self::AmountAmbiguous => "amount_ambiguous",
            Self::AmountNegative => "amount_negative",
            Self::AmountTooManyDecimals => "amount_too_many_decimals",
            Self::AmountTooLarge => "amount_too_large",
            Self::UnknownCategory { .. } => "unknown_category",
            Self::UnknownPricingType => "unknown_pricing_type",
            Self::NegativeQuantity => "negative_quantity",
            Self::QuantityTooLarge => "quantity_too_large",
            Self::ChannelMissing => "channel_missing",
            Self::PlaceMissing => "place_missing",
            Self::UnknownPriceItem { .. } => "unknown_price_item",
            Self::TierBelowOne => "tier_below_one",
            Self::TierGap => "tier_gap",
            Self::DuplicateRate { .. } => "duplicate_rate",
            Self::NoVolumeSteps => "no_volume_steps",
            Self::PortfolioMissing => "portfolio_missing",
            Self::PositionTwice { .. } => "position_twice",
            Self::ClientUnknown => "client_unknown",
            Self::MonthClosed { .. } => "month_closed",
            Self::CountryTwice { .. } => "country_twice",
            Self::UnknownTier => "unknown_tier",
            Self::NotAnInstant => "not_an_instant",
            Self::UnknownTimeZone => "unknown_time_zone",
            Self::TimeZoneMissing => "time_zone_missing",
            Self::NotBilledYet => "not_billed_yet",
            Self::SandboxChannel => "sandbox_channel",
            Self::HubMissing => "hub_missing",
            Self::EndsBeforeItStarts => "ends_before_it_starts",
            Self::ChannelUnknown => "channel_unknown",
            Self::ChannelNotStarted { .. } => "channel_not_started",
            Self::ChannelEnded { .. } => "channel_ended",
            Self::BeforeTheBooks { .. } => "before_the_books",
            Self::HubClosed { .. } => "hub_closed",
            Self::MarketUnknown => "market_unknown",
            Self::DuplicateRowId { .. } => "duplicate_row_id",
        }
    }
}

/// What to write instead: the nearest name, or the advice.
fn meant(name: Option<&str>, advice: &str) -> String {
    name.map_or_else(|| advice.to_owned(), |name| format!("Did you mean {name}?"))
}
