//! What can go wrong, for both shells: a stable code, the details that belong to it, the field
//! that it is about, and the sentence that says what to do.

use std::fmt;

use hubledger_core::country::Country;
use hubledger_core::error::Error as Rule;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::said::SaidView;

/// The stable name of a refusal. The window words each of them in its own language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    // Rules of the books
    Empty,
    TooLong,
    ControlCharacter,
    UnusableId,
    UnusablePhoneNumber,
    UnusableEmail,
    UnusableIban,
    UnusableBic,
    UnknownCountry,
    UnknownCurrency,
    UnusableVatId,
    WrongCheckDigits,
    UnusablePattern,
    NotAnAmount,
    TooManyDecimals,
    AmountNotPositive,
    AmountNegative,
    AmountTooLarge,
    NotADay,
    NotAMonth,
    UnknownChoice,
    TwoCurrencies,
    Unbalanced,
    PartnerPaidInClientBook,
    PlanInClientBook,
    PlanMissing,
    ModelAndCurrencyAreFixed,
    ChannelHasNoBalance,
    HubHasNoBalance,
    MethodNotForClients,
    BeforeTheBooks,
    FirstMonthIsFixed,
    HubIsClosed,
    ChannelNotStarted,
    ChannelEnded,
    EndsBeforeItStarts,
    InTheFuture,
    PayOutAboveBalance,
    OpeningIsFixed,
    RuleUsedByClosedMonth,
    MonthIsClosed,
    MonthIsNotOver,
    EarlierMonthIsOpen,
    UnratedCharges,
    MonthBeforeTheBooks,
    MonthAfterTheHub,
    FeeHasNoPrice,
    HigherThroughputNeedsPremium,
    // Use cases
    HubNotFound,
    ClientNotFound,
    ChannelNotFound,
    ChargeNotFound,
    InvoiceNotFound,
    CardNotFound,
    MarketNotFound,
    NotACount,
    NoVolumeSteps,
    NothingToCompare,
    NoCardOnDay,
    CardHasNoRival,
    CardsNotAlike,
    TimeZoneUnknown,
    PlanNoticeGiven,
    PlanNoticeMissing,
    PlanRunsUntil,
    PlanEndsBefore,
    MarketListNotFound,
    MarketListNotWhole,
    MarketListHasNoRival,
    IdTaken,
    PhoneTaken,
    ChannelOfAnotherHub,
    ClientOfAnotherHub,
    ClientBookHasOneClient,
    ChooseHubOrChannel,
    ChargeHasAPrice,
    ReasonMissing,
    AccountNotFound,
    AccountNumberTaken,
    NothingToExport,
    VendorNumberTaken,
    NothingOverdue,
    PayByIsOver,
    BookNotFound,
    BookExists,
    NotABook,
    BookDamaged,
    BookEncrypted,
    WrongPassphrase,
    NewerBook,
    BookInUse,
    BookIsReadOnly,
    NoBookOpen,
    FileNotFound,
    FileUnreadable,
    FileRefused,
    FileChanged,
    FolderUnwritable,
    DiskFull,
    BackupFailed,
    BackupNotFound,
    BackupUnsound,
    Cancelled,
    NothingToBook,
    UsageAfterEnd,
    UsageBeforeStart,
    UnusableDays,
    UnusableColour,
    UnusableEAddress,
    LogoRefused,
    SeriesMeet,
    SeriesHasBegun,
    ClientBookIssuesNone,
    ClientIsDirectPaid,
    DraftNotFound,
    TooManyLines,
    InvoiceNotReady,
    IssuedBeforeTheLast,
    InvoiceNumberTaken,
    NoSuchAdvance,
    AdvanceIsDeducted,
    AdvanceIsCredited,
    CorrectionIsFinal,
    AlreadyCorrected,
    NoSuchLine,
    CreditTooLarge,
    CreditTakesTooMuchVat,
    CancelBeforeCredit,
    CreditInstead,
    PaidBeforeIssue,
    PaymentIsZero,
    PaymentTooLarge,
    GoesBackTooLarge,
    UndoInstead,
    EntryNotFound,
    AlreadyReversed,
    IsAReversal,
    ReverseItsCharges,
    FollowsFromTheMonth,
    OpeningStays,
    PaymentsRestOnIt,
    NameOneToReverse,
    NothingToUndo,
    UnitNotFound,
    AlreadyUndone,
    NeverUndone,
    CloseIsForGood,
    IssuedIsIssued,
    EnterItAnew,
    UndoOtherFirst,
    UndoneMonthIsClosed,
    StillRestedOn,
    PaidOutMeanwhile,
    TooOldToUndo,
    UnusableFileName,
    DocumentFailed,
    PaperChanged,
    StoreFailed,
}

impl Code {
    /// Every code, for the check that each has its words.
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::TooLong,
        Self::ControlCharacter,
        Self::UnusableId,
        Self::UnusablePhoneNumber,
        Self::UnusableEmail,
        Self::UnusableIban,
        Self::UnusableBic,
        Self::UnknownCountry,
        Self::UnknownCurrency,
        Self::UnusableVatId,
        Self::WrongCheckDigits,
        Self::UnusablePattern,
        Self::NotAnAmount,
        Self::TooManyDecimals,
        Self::AmountNotPositive,
        Self::AmountNegative,
        Self::AmountTooLarge,
        Self::NotADay,
        Self::NotAMonth,
        Self::UnknownChoice,
        Self::TwoCurrencies,
        Self::Unbalanced,
        Self::PartnerPaidInClientBook,
        Self::PlanInClientBook,
        Self::PlanMissing,
        Self::ModelAndCurrencyAreFixed,
        Self::ChannelHasNoBalance,
        Self::HubHasNoBalance,
        Self::MethodNotForClients,
        Self::BeforeTheBooks,
        Self::FirstMonthIsFixed,
        Self::HubIsClosed,
        Self::ChannelNotStarted,
        Self::ChannelEnded,
        Self::EndsBeforeItStarts,
        Self::InTheFuture,
        Self::PayOutAboveBalance,
        Self::OpeningIsFixed,
        Self::RuleUsedByClosedMonth,
        Self::MonthIsClosed,
        Self::MonthIsNotOver,
        Self::EarlierMonthIsOpen,
        Self::UnratedCharges,
        Self::MonthBeforeTheBooks,
        Self::MonthAfterTheHub,
        Self::FeeHasNoPrice,
        Self::HigherThroughputNeedsPremium,
        Self::HubNotFound,
        Self::ClientNotFound,
        Self::ChannelNotFound,
        Self::ChargeNotFound,
        Self::InvoiceNotFound,
        Self::CardNotFound,
        Self::MarketNotFound,
        Self::NotACount,
        Self::NoVolumeSteps,
        Self::NothingToCompare,
        Self::NoCardOnDay,
        Self::CardHasNoRival,
        Self::CardsNotAlike,
        Self::TimeZoneUnknown,
        Self::PlanNoticeGiven,
        Self::PlanNoticeMissing,
        Self::PlanRunsUntil,
        Self::PlanEndsBefore,
        Self::MarketListNotFound,
        Self::MarketListNotWhole,
        Self::MarketListHasNoRival,
        Self::IdTaken,
        Self::PhoneTaken,
        Self::ChannelOfAnotherHub,
        Self::ClientOfAnotherHub,
        Self::ClientBookHasOneClient,
        Self::ChooseHubOrChannel,
        Self::ChargeHasAPrice,
        Self::ReasonMissing,
        Self::AccountNotFound,
        Self::AccountNumberTaken,
        Self::NothingToExport,
        Self::VendorNumberTaken,
        Self::NothingOverdue,
        Self::PayByIsOver,
        Self::BookNotFound,
        Self::BookExists,
        Self::NotABook,
        Self::BookDamaged,
        Self::BookEncrypted,
        Self::WrongPassphrase,
        Self::NewerBook,
        Self::BookInUse,
        Self::BookIsReadOnly,
        Self::NoBookOpen,
        Self::FileNotFound,
        Self::FileUnreadable,
        Self::FileRefused,
        Self::FileChanged,
        Self::FolderUnwritable,
        Self::DiskFull,
        Self::BackupFailed,
        Self::BackupNotFound,
        Self::BackupUnsound,
        Self::Cancelled,
        Self::NothingToBook,
        Self::UsageBeforeStart,
        Self::UsageAfterEnd,
        Self::UnusableDays,
        Self::UnusableColour,
        Self::UnusableEAddress,
        Self::LogoRefused,
        Self::SeriesMeet,
        Self::SeriesHasBegun,
        Self::ClientBookIssuesNone,
        Self::ClientIsDirectPaid,
        Self::DraftNotFound,
        Self::TooManyLines,
        Self::InvoiceNotReady,
        Self::IssuedBeforeTheLast,
        Self::InvoiceNumberTaken,
        Self::NoSuchAdvance,
        Self::AdvanceIsDeducted,
        Self::AdvanceIsCredited,
        Self::CorrectionIsFinal,
        Self::AlreadyCorrected,
        Self::NoSuchLine,
        Self::CreditTooLarge,
        Self::CreditTakesTooMuchVat,
        Self::CancelBeforeCredit,
        Self::CreditInstead,
        Self::PaidBeforeIssue,
        Self::PaymentIsZero,
        Self::PaymentTooLarge,
        Self::GoesBackTooLarge,
        Self::UndoInstead,
        Self::EntryNotFound,
        Self::AlreadyReversed,
        Self::IsAReversal,
        Self::ReverseItsCharges,
        Self::FollowsFromTheMonth,
        Self::OpeningStays,
        Self::PaymentsRestOnIt,
        Self::NameOneToReverse,
        Self::NothingToUndo,
        Self::UnitNotFound,
        Self::AlreadyUndone,
        Self::NeverUndone,
        Self::CloseIsForGood,
        Self::IssuedIsIssued,
        Self::EnterItAnew,
        Self::UndoOtherFirst,
        Self::UndoneMonthIsClosed,
        Self::StillRestedOn,
        Self::PaidOutMeanwhile,
        Self::TooOldToUndo,
        Self::UnusableFileName,
        Self::DocumentFailed,
        Self::PaperChanged,
        Self::StoreFailed,
    ];

    /// The name as JSON and the command line print it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::ControlCharacter => "control-character",
            Self::UnusableId => "unusable-id",
            Self::UnusablePhoneNumber => "unusable-phone-number",
            Self::UnusableEmail => "unusable-email",
            Self::UnusableIban => "unusable-iban",
            Self::UnusableBic => "unusable-bic",
            Self::UnknownCountry => "unknown-country",
            Self::UnknownCurrency => "unknown-currency",
            Self::UnusableVatId => "unusable-vat-id",
            Self::WrongCheckDigits => "wrong-check-digits",
            Self::UnusablePattern => "unusable-pattern",
            Self::NotAnAmount => "not-an-amount",
            Self::TooManyDecimals => "too-many-decimals",
            Self::AmountNotPositive => "amount-not-positive",
            Self::AmountNegative => "amount-negative",
            Self::AmountTooLarge => "amount-too-large",
            Self::NotADay => "not-a-day",
            Self::NotAMonth => "not-a-month",
            Self::UnknownChoice => "unknown-choice",
            Self::TwoCurrencies => "two-currencies",
            Self::Unbalanced => "unbalanced",
            Self::PartnerPaidInClientBook => "partner-paid-in-client-book",
            Self::PlanInClientBook => "plan-in-client-book",
            Self::PlanMissing => "plan-missing",
            Self::ModelAndCurrencyAreFixed => "model-and-currency-are-fixed",
            Self::ChannelHasNoBalance => "channel-has-no-balance",
            Self::HubHasNoBalance => "hub-has-no-balance",
            Self::MethodNotForClients => "method-not-for-clients",
            Self::BeforeTheBooks => "before-the-books",
            Self::FirstMonthIsFixed => "first-month-is-fixed",
            Self::HubIsClosed => "hub-is-closed",
            Self::ChannelNotStarted => "channel-not-started",
            Self::ChannelEnded => "channel-ended",
            Self::EndsBeforeItStarts => "ends-before-it-starts",
            Self::InTheFuture => "in-the-future",
            Self::PayOutAboveBalance => "pay-out-above-balance",
            Self::OpeningIsFixed => "opening-is-fixed",
            Self::RuleUsedByClosedMonth => "rule-used-by-closed-month",
            Self::MonthIsClosed => "month-is-closed",
            Self::MonthIsNotOver => "month-is-not-over",
            Self::EarlierMonthIsOpen => "earlier-month-is-open",
            Self::UnratedCharges => "unrated-charges",
            Self::MonthBeforeTheBooks => "month-before-the-books",
            Self::MonthAfterTheHub => "month-after-the-hub",
            Self::FeeHasNoPrice => "fee-has-no-price",
            Self::HigherThroughputNeedsPremium => "higher-throughput-needs-premium",
            Self::HubNotFound => "hub-not-found",
            Self::ClientNotFound => "client-not-found",
            Self::ChannelNotFound => "channel-not-found",
            Self::ChargeNotFound => "charge-not-found",
            Self::InvoiceNotFound => "invoice-not-found",
            Self::CardNotFound => "card-not-found",
            Self::MarketNotFound => "market-not-found",
            Self::NotACount => "not-a-count",
            Self::NoVolumeSteps => "no-volume-steps",
            Self::NothingToCompare => "nothing-to-compare",
            Self::NoCardOnDay => "no-card-on-day",
            Self::CardHasNoRival => "card-has-no-rival",
            Self::CardsNotAlike => "cards-not-alike",
            Self::TimeZoneUnknown => "time-zone-unknown",
            Self::PlanNoticeGiven => "plan-notice-given",
            Self::PlanNoticeMissing => "plan-notice-missing",
            Self::PlanRunsUntil => "plan-runs-until",
            Self::PlanEndsBefore => "plan-ends-before",
            Self::MarketListNotFound => "market-list-not-found",
            Self::MarketListNotWhole => "market-list-not-whole",
            Self::MarketListHasNoRival => "market-list-has-no-rival",
            Self::IdTaken => "id-taken",
            Self::PhoneTaken => "phone-taken",
            Self::ChannelOfAnotherHub => "channel-of-another-hub",
            Self::ClientOfAnotherHub => "client-of-another-hub",
            Self::ClientBookHasOneClient => "client-book-has-one-client",
            Self::ChooseHubOrChannel => "choose-hub-or-channel",
            Self::ChargeHasAPrice => "charge-has-a-price",
            Self::ReasonMissing => "reason-missing",
            Self::AccountNotFound => "account-not-found",
            Self::AccountNumberTaken => "account-number-taken",
            Self::NothingToExport => "nothing-to-export",
            Self::VendorNumberTaken => "vendor-number-taken",
            Self::NothingOverdue => "nothing-overdue",
            Self::PayByIsOver => "pay-by-is-over",
            Self::BookNotFound => "book-not-found",
            Self::BookExists => "book-exists",
            Self::NotABook => "not-a-book",
            Self::BookDamaged => "book-damaged",
            Self::BookEncrypted => "book-encrypted",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::NewerBook => "newer-book",
            Self::BookInUse => "book-in-use",
            Self::BookIsReadOnly => "book-is-read-only",
            Self::NoBookOpen => "no-book-open",
            Self::FileNotFound => "file-not-found",
            Self::FileUnreadable => "file-unreadable",
            Self::FileRefused => "file-refused",
            Self::FileChanged => "file-changed",
            Self::FolderUnwritable => "folder-unwritable",
            Self::DiskFull => "disk-full",
            Self::BackupFailed => "backup-failed",
            Self::BackupNotFound => "backup-not-found",
            Self::BackupUnsound => "backup-unsound",
            Self::Cancelled => "cancelled",
            Self::NothingToBook => "nothing-to-book",
            Self::UsageBeforeStart => "usage-before-start",
            Self::UsageAfterEnd => "usage-after-end",
            Self::UnusableDays => "unusable-days",
            Self::UnusableColour => "unusable-colour",
            Self::UnusableEAddress => "unusable-e-address",
            Self::LogoRefused => "logo-refused",
            Self::SeriesMeet => "series-meet",
            Self::SeriesHasBegun => "series-has-begun",
            Self::ClientBookIssuesNone => "client-book-issues-none",
            Self::ClientIsDirectPaid => "client-is-direct-paid",
            Self::DraftNotFound => "draft-not-found",
            Self::TooManyLines => "too-many-lines",
            Self::InvoiceNotReady => "invoice-not-ready",
            Self::IssuedBeforeTheLast => "issued-before-the-last",
            Self::InvoiceNumberTaken => "invoice-number-taken",
            Self::NoSuchAdvance => "no-such-advance",
            Self::AdvanceIsDeducted => "advance-is-deducted",
            Self::AdvanceIsCredited => "advance-is-credited",
            Self::CorrectionIsFinal => "correction-is-final",
            Self::AlreadyCorrected => "already-corrected",
            Self::NoSuchLine => "no-such-line",
            Self::CreditTooLarge => "credit-too-large",
            Self::CreditTakesTooMuchVat => "credit-takes-too-much-vat",
            Self::CancelBeforeCredit => "cancel-before-credit",
            Self::CreditInstead => "credit-instead",
            Self::PaidBeforeIssue => "paid-before-issue",
            Self::PaymentIsZero => "payment-is-zero",
            Self::PaymentTooLarge => "payment-too-large",
            Self::GoesBackTooLarge => "goes-back-too-large",
            Self::UndoInstead => "undo-instead",
            Self::EntryNotFound => "entry-not-found",
            Self::AlreadyReversed => "already-reversed",
            Self::IsAReversal => "is-a-reversal",
            Self::ReverseItsCharges => "reverse-its-charges",
            Self::FollowsFromTheMonth => "follows-from-the-month",
            Self::OpeningStays => "opening-stays",
            Self::PaymentsRestOnIt => "payments-rest-on-it",
            Self::NameOneToReverse => "name-one-to-reverse",
            Self::NothingToUndo => "nothing-to-undo",
            Self::UnitNotFound => "unit-not-found",
            Self::AlreadyUndone => "already-undone",
            Self::NeverUndone => "never-undone",
            Self::CloseIsForGood => "close-is-for-good",
            Self::IssuedIsIssued => "issued-is-issued",
            Self::EnterItAnew => "enter-it-anew",
            Self::UndoOtherFirst => "undo-other-first",
            Self::UndoneMonthIsClosed => "undone-month-is-closed",
            Self::StillRestedOn => "still-rested-on",
            Self::PaidOutMeanwhile => "paid-out-meanwhile",
            Self::TooOldToUndo => "too-old-to-undo",
            Self::UnusableFileName => "unusable-file-name",
            Self::DocumentFailed => "document-failed",
            Self::PaperChanged => "paper-changed",
            Self::StoreFailed => "store-failed",
        }
    }

    /// The sentence of a use case's own refusal; `{0}` and `{1}` stand for its details.
    fn sentence(self) -> &'static str {
        match self {
            Self::HubNotFound => {
                "Hub {0} is not in this book. Look at the list of hubs for its id."
            }
            Self::ClientNotFound => "Client {0} is not in this book. Add it first.",
            Self::ChannelNotFound => "Channel {0} is not in this book. Add it first.",
            Self::ChargeNotFound => "Charge {0} is not in this book.",
            Self::InvoiceNotFound => "Invoice {0} is not in this book.",
            Self::CardNotFound => "Price card {0} is not in this book.",
            Self::MarketNotFound => {
                "No price card names the market {0}. Use Meta's own name, such as Rest of Africa."
            }
            Self::NothingToCompare => "Name a card, a plan or a tier to compare the month with.",
            Self::NotACount => "{0} is not a count. Use digits only, such as 250000.",
            Self::NoVolumeSteps => {
                "Meta has no volume steps for {0}, only for utility, authentication and calls."
            }

            Self::NoCardOnDay => {
                "No card of messages in {0} holds on {1}. Choose another day, or bring the card in."
            }
            Self::CardHasNoRival => {
                "{0} is the only card of its day, so there is nothing to choose."
            }
            Self::CardsNotAlike => {
                "{0} and {1} can't be compared. Choose two cards of one kind and currency."
            }
            Self::TimeZoneUnknown => {
                "{0} is not a time zone. Use a name of IANA's, such as Europe/Berlin."
            }
            Self::PlanNoticeGiven => {
                "Notice of the plan of hub {0} was given on {1}. Take it back before you give another."
            }
            Self::PlanNoticeMissing => "No notice was given of the plan of hub {0}.",
            Self::PlanRunsUntil => {
                "The plan of hub {0} runs until {1}. Close the hub on that day or later, or take the notice back."
            }
            Self::PlanEndsBefore => {
                "The plan of hub {0} ends on {1}. Choose a day up to it, or take the notice back."
            }
            Self::MarketListNotFound => "List of markets {0} is not in this book.",
            Self::MarketListNotWhole => {
                "{0} has rows that can't be read: {1}. A list of markets is whole, as a country that it lacks counts as Other. Mend the rows and bring it in again."
            }
            Self::MarketListHasNoRival => {
                "The list of {0} is the only one of its day, so there is nothing to choose."
            }
            Self::IdTaken => "The id {0} is taken. Use the one that 360Dialog shows for it.",
            Self::PhoneTaken => "The phone number {0} belongs to channel {1}. Correct one of them.",
            Self::ClientOfAnotherHub => "Client {0} belongs to hub {1}, not to {2}.",
            Self::ChannelOfAnotherHub => "Channel {0} belongs to hub {1}, not to {2}.",
            Self::ClientBookHasOneClient => {
                "This is a client's book: its one client is its owner, and its channels are its own."
            }
            Self::ChooseHubOrChannel => "Name a hub or a channel, one of them.",
            Self::ChargeHasAPrice => {
                "Charge {0} has a price already. Correct it by bringing in the corrected usage row."
            }
            Self::AccountNotFound => {
                "There is no account {0}. The trial balance and the chart name them."
            }
            Self::AccountNumberTaken => "The number {0} is that of {1}. Choose another.",
            Self::ReasonMissing => "Say why the charge is let go. The reason is kept with it.",
            Self::NothingToExport => "{0} has no invoices to export.",
            Self::VendorNumberTaken => "The number {0} stands on invoice {1} already.",
            Self::NothingOverdue => "{0} has no invoice that is due and not paid.",
            Self::PayByIsOver => "{0} is over. Name a day from today on.",
            Self::BookNotFound => "There is no book at {0}. Find it or open another.",
            Self::BookExists => {
                "{0} exists already. Choose another name: a book is never overwritten."
            }
            Self::NotABook => "{0} is not a Hubledger book. Choose a .hubbook file.",
            Self::BookDamaged => "{0} is damaged and was left as it is. Open a backup of it.",
            Self::BookEncrypted => "{0} is encrypted. Give its passphrase to open it.",
            Self::WrongPassphrase => {
                "That passphrase does not open {0}, which was left as it is. Capital letters count; try again."
            }
            Self::NewerBook => {
                "{0} was made with a newer Hubledger and was left as it is. Update the app to open it."
            }
            Self::BookInUse => "Someone has this book open: {0}. Close it there, or read here.",
            Self::BookIsReadOnly => {
                "This book is open for reading only, as {0} has it open. Close it there first."
            }
            Self::NoBookOpen => "No book is open. Open one first.",
            Self::FileNotFound => "There is no file at {0}.",
            Self::FileUnreadable => "{0} can't be read: {1}.",
            Self::FileRefused => "{0}: {1}",
            Self::FileChanged => "{0} has changed since it was looked at. Look at it again.",
            Self::FolderUnwritable => "{0} can't be written: {1}. Choose another folder.",
            Self::DiskFull => {
                "The disk is full, or the file may not grow. Nothing was booked. Free some space and do it again."
            }
            Self::BackupFailed => {
                "No backup can be written to {0}: {1}. Nothing was changed. Choose another folder for backups."
            }
            Self::BackupNotFound => "There is no backup {0}. Look at the list of backups.",
            Self::BackupUnsound => {
                "The backup {0} can't be relied on: {1}. The book was left as it is; try an older backup."
            }
            Self::Cancelled => "Cancelled. Nothing was booked.",
            Self::NothingToBook => "No row of {0} can be booked.",
            Self::UsageBeforeStart => {
                "Channel {0} has usage on {1}, before that day. Choose an earlier first day."
            }
            Self::UsageAfterEnd => {
                "Channel {0} has usage on {1}, after that day. Choose a later last day."
            }
            Self::UnusableDays => "“{0}” is not a number of days from 0 to 365.",
            Self::UnusableColour => "“{0}” is not a colour. Write it like #1f6feb.",
            Self::UnusableEAddress => {
                "“{0}” is not an electronic address. Write its scheme and a colon before it, such as 9930:DE123456788 or EM:billing@example.com."
            }
            Self::LogoRefused => "{0} can't be the logo: {1}.",
            Self::SeriesMeet => {
                "{0} would write the same numbers as the series {1}. Set a letter before one of them."
            }
            Self::SeriesHasBegun => {
                "Numbers were given here already, the last {0}. They go on from there, without a gap."
            }
            Self::ClientBookIssuesNone => "This is a client's book: it issues no invoices.",
            Self::ClientIsDirectPaid => {
                "Client {0} belongs to the Direct-Paid hub {1}: 360Dialog bills it, and this book holds no invoice to it."
            }
            Self::DraftNotFound => "Draft {0} is not in this book.",
            Self::TooManyLines => "An invoice has at most {0} lines. Split it.",
            Self::InvoiceNotReady => "It can't be issued yet. {0}",
            Self::IssuedBeforeTheLast => {
                "{0} was issued on {1}: numbers and days go together, so choose that day or a later one."
            }
            Self::InvoiceNumberTaken => {
                "{0} is given already, and {1} would give it again. Change the number pattern."
            }
            Self::NoSuchAdvance => "{0} is no advance invoice of this client.",
            Self::AdvanceIsDeducted => {
                "Advance {0} is deducted from an invoice already. Cancel that invoice first."
            }
            Self::AdvanceIsCredited => "Advance {0} was credited, so there is nothing to deduct.",
            Self::CorrectionIsFinal => "{0} is a correction itself. Issue a new invoice instead.",
            Self::AlreadyCorrected => "Nothing is left of {0}: it was credited or replaced.",
            Self::NoSuchLine => "The invoice has no line {0}.",
            Self::CreditTooLarge => {
                "Of line {0} not so much is left to credit. Enter at most its net, less what was credited of it before."
            }
            Self::CreditTakesTooMuchVat => {
                "Rounded to cents, this would give back more VAT than the invoice bore. Credit a little less, or all that is left."
            }
            Self::CancelBeforeCredit => {
                "{0} deducts advances and was credited in part. Credit its lines one by one."
            }
            Self::CreditInstead => {
                "Something rests on {0} already, so it can't be replaced. Credit it and issue a new invoice."
            }
            Self::PaidBeforeIssue => {
                "{0} was issued on {1}. What came before is an advance, with an invoice of its own."
            }
            Self::PaymentIsZero => {
                "The payment is zero. Enter what came, or with a minus what went back."
            }
            Self::PaymentTooLarge => "That is more than is open. Enter at most what is left.",
            Self::GoesBackTooLarge => {
                "More would go back than was paid. Leave the minus out, or enter at most what was paid."
            }
            Self::UndoInstead => "Its month is still open ({0}). Undo it instead.",
            Self::EntryNotFound => {
                "There is no entry {0} in this book. The ledger shows the numbers."
            }
            Self::AlreadyReversed => "{0} is reversed already, by {1}.",
            Self::IsAReversal => {
                "{0} is itself a reversal, of {1}, and its month is closed. Enter anew what {1} said."
            }
            Self::ReverseItsCharges => {
                "A day's usage is corrected row by row. Reverse its charges, or bring in the corrected usage file."
            }
            Self::FollowsFromTheMonth => {
                "An entry of this kind ({0}) follows from what its month holds. Reverse that instead."
            }
            Self::OpeningStays => {
                "The opening balance of a closed month stays, as what came after begins with it. Book the difference as a top-up or a refund."
            }
            Self::PaymentsRestOnIt => {
                "A later payment of invoice {0} rests on it. Take that one back first."
            }
            Self::NameOneToReverse => "Name an entry or a charge, one of the two.",
            Self::NothingToUndo => "Nothing is left to undo.",
            Self::UnitNotFound => {
                "Nothing was done under the number {0}. The history shows the numbers."
            }
            Self::AlreadyUndone => "{0} was undone already, by {1}.",
            Self::NeverUndone => "{0} can't be undone.",
            Self::CloseIsForGood => {
                "A closed month stays closed. Correct what is wrong in it in the first open month."
            }
            Self::IssuedIsIssued => "An issued invoice is not undone. Cancel or credit it.",
            Self::EnterItAnew => "What was undone is not done again by itself. Enter it anew.",
            Self::UndoOtherFirst => "Something was done since that rests on it. Undo {0} first.",
            Self::UndoneMonthIsClosed => {
                "{1} of hub {0} is closed, and a closed month stays closed. Correct it in the first open month instead."
            }
            Self::StillRestedOn => "The {0} is needed: {1} rests on it. Undo that first.",
            Self::PaidOutMeanwhile => {
                "Balance was paid out meanwhile, and without this it would go below zero. Undo the pay-out first."
            }
            Self::TooOldToUndo => {
                "{0} was done before this version kept what it needs to undo it. Change it by hand."
            }
            Self::UnusableFileName => "“{0}” can't name a file. Its fields are {1}.",
            Self::DocumentFailed => "The page could not be made: {0}",
            Self::PaperChanged => {
                "{0} is no longer what was issued: its file was changed in the book. Open a backup of the book."
            }
            Self::StoreFailed => "The book file could not be used: {0}. Nothing was booked.",
            // Rules bring their own sentence.
            _ => "",
        }
    }
}

/// A refusal. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub code: Code,
    /// A sentence that says what is wrong and what to do.
    pub message: String,
    /// The field of the form that it is about.
    pub field: Option<&'static str>,
    /// Of an invoice's lines the one that it is about, from 1 on.
    pub line: Option<u32>,
    /// What the sentence speaks of, in its order.
    pub details: Vec<String>,
    /// What it says within it; its last details are the same in English.
    pub because: Vec<SaidView>,
}

impl Error {
    /// A use case's own refusal.
    pub(crate) fn new<const N: usize>(code: Code, details: [&str; N]) -> Self {
        let mut message = code.sentence().to_owned();
        for (at, detail) in details.iter().enumerate() {
            message = message.replace(&format!("{{{at}}}"), detail);
        }
        Self {
            code,
            message,
            field: None,
            line: None,
            details: details.iter().map(ToString::to_string).collect(),
            because: Vec::new(),
        }
    }

    /// A refusal that ends with what others say.
    pub(crate) fn because<const N: usize>(
        code: Code,
        details: [&str; N],
        said: Vec<SaidView>,
    ) -> Self {
        let sentences = said.iter().map(|one| one.text.as_str());
        let sentences = sentences.collect::<Vec<_>>().join(" ");
        let mut error = Self::new(code, details);
        error.message = error.message.replace(&format!("{{{N}}}"), &sentences);
        error
            .details
            .extend(said.iter().map(|one| one.text.clone()));
        error.because = said;
        error
    }

    /// The same refusal, about a field.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = self.field.or(Some(field));
        self
    }

    /// The same refusal, about a line of an invoice.
    #[must_use]
    pub(crate) fn at_line(self, line: u32) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Names the field that a refusal is about.
pub(crate) trait About<T> {
    fn about(self, field: &'static str) -> Result<T, Error>;
}

impl<T, E: Into<Error>> About<T> for Result<T, E> {
    fn about(self, field: &'static str) -> Result<T, Error> {
        self.map_err(|e| e.into().at(field))
    }
}

impl From<Rule> for Error {
    fn from(rule: Rule) -> Self {
        let (code, details) = code_of(&rule);
        Self {
            code,
            message: rule.to_string(),
            field: None,
            line: None,
            details,
            because: Vec::new(),
        }
    }
}

/// The two letters of a country, which the window names itself.
fn letters_of(name: &str) -> String {
    let named = Country::all().find(|country| country.name() == name);
    named.map_or_else(|| name.to_owned(), |country| country.code().to_owned())
}

fn code_of(rule: &Rule) -> (Code, Vec<String>) {
    match rule {
        Rule::Empty { what } => (Code::Empty, vec![what.to_string()]),
        Rule::TooLong { what, longest } => {
            (Code::TooLong, vec![what.to_string(), longest.to_string()])
        }
        Rule::ControlCharacter { what } => (Code::ControlCharacter, vec![what.to_string()]),
        Rule::UnusableId { what, text } => (Code::UnusableId, vec![what.to_string(), text.clone()]),
        Rule::UnusablePhoneNumber(text) => (Code::UnusablePhoneNumber, vec![text.clone()]),
        Rule::UnusableEmail(text) => (Code::UnusableEmail, vec![text.clone()]),
        Rule::UnusableIban(text) => (Code::UnusableIban, vec![text.clone()]),
        Rule::UnusableBic(text) => (Code::UnusableBic, vec![text.clone()]),
        Rule::UnknownCountry(text) => (Code::UnknownCountry, vec![text.clone()]),
        Rule::UnknownCurrency(text) => (Code::UnknownCurrency, vec![text.clone()]),
        Rule::UnusableVatId {
            country,
            text,
            expected,
        } => (
            Code::UnusableVatId,
            vec![letters_of(country), text.clone(), expected.to_string()],
        ),
        Rule::WrongCheckDigits { country, text } => (
            Code::WrongCheckDigits,
            vec![letters_of(country), text.clone()],
        ),
        Rule::UnusablePattern { pattern, reason } => (
            Code::UnusablePattern,
            vec![pattern.clone(), reason.to_string()],
        ),
        Rule::NotAnAmount(text) => (Code::NotAnAmount, vec![text.clone()]),
        Rule::TooManyDecimals(most) => (Code::TooManyDecimals, vec![most.to_string()]),
        Rule::AmountNotPositive => (Code::AmountNotPositive, Vec::new()),
        Rule::AmountNegative => (Code::AmountNegative, Vec::new()),
        Rule::AmountTooLarge => (Code::AmountTooLarge, Vec::new()),
        Rule::NotADay(text) => (Code::NotADay, vec![text.clone()]),
        Rule::NotAMonth(text) => (Code::NotAMonth, vec![text.clone()]),
        Rule::UnknownChoice { text, allowed } => {
            (Code::UnknownChoice, vec![text.clone(), allowed.to_string()])
        }
        Rule::TwoCurrencies(one, other) => (
            Code::TwoCurrencies,
            vec![one.to_string(), other.to_string()],
        ),
        Rule::Unbalanced => (Code::Unbalanced, Vec::new()),
        Rule::PartnerPaidInClientBook => (Code::PartnerPaidInClientBook, Vec::new()),
        Rule::PlanInClientBook => (Code::PlanInClientBook, Vec::new()),
        Rule::PlanMissing => (Code::PlanMissing, Vec::new()),
        Rule::ModelAndCurrencyAreFixed => (Code::ModelAndCurrencyAreFixed, Vec::new()),
        Rule::ChannelHasNoBalance { hub } => (Code::ChannelHasNoBalance, vec![hub.clone()]),
        Rule::HubHasNoBalance { hub } => (Code::HubHasNoBalance, vec![hub.clone()]),
        Rule::MethodNotForClients => (Code::MethodNotForClients, Vec::new()),
        Rule::BeforeTheBooks { hub, first } => {
            (Code::BeforeTheBooks, vec![hub.clone(), first.clone()])
        }
        Rule::FirstMonthIsFixed { hub, reason } => (
            Code::FirstMonthIsFixed,
            vec![hub.clone(), reason.to_string()],
        ),
        Rule::HigherThroughputNeedsPremium { channel } => {
            (Code::HigherThroughputNeedsPremium, vec![channel.clone()])
        }
        Rule::HubIsClosed { hub, on } => (Code::HubIsClosed, vec![hub.clone(), on.clone()]),
        Rule::ChannelNotStarted { channel, on } => {
            (Code::ChannelNotStarted, vec![channel.clone(), on.clone()])
        }
        Rule::ChannelEnded { channel, on } => {
            (Code::ChannelEnded, vec![channel.clone(), on.clone()])
        }
        Rule::EndsBeforeItStarts { started, ended } => (
            Code::EndsBeforeItStarts,
            vec![started.clone(), ended.clone()],
        ),
        Rule::InTheFuture { day } => (Code::InTheFuture, vec![day.clone()]),
        Rule::PayOutAboveBalance => (Code::PayOutAboveBalance, Vec::new()),
        Rule::OpeningIsFixed { month } => (Code::OpeningIsFixed, vec![month.clone()]),
        Rule::RuleUsedByClosedMonth {
            hub,
            month,
            first_open,
        } => (
            Code::RuleUsedByClosedMonth,
            vec![hub.clone(), month.clone(), first_open.clone()],
        ),
        Rule::MonthIsClosed { hub, month } => {
            (Code::MonthIsClosed, vec![hub.clone(), month.clone()])
        }
        Rule::MonthIsNotOver { month, from } => {
            (Code::MonthIsNotOver, vec![month.clone(), from.clone()])
        }
        Rule::EarlierMonthIsOpen { earlier } => (Code::EarlierMonthIsOpen, vec![earlier.clone()]),
        Rule::UnratedCharges { month, count } => {
            (Code::UnratedCharges, vec![month.clone(), count.to_string()])
        }
        Rule::MonthBeforeTheBooks { hub, month, first } => (
            Code::MonthBeforeTheBooks,
            vec![hub.clone(), month.clone(), first.clone()],
        ),
        Rule::MonthAfterTheHub { hub, on, month } => (
            Code::MonthAfterTheHub,
            vec![hub.clone(), on.clone(), month.clone()],
        ),
        Rule::FeeHasNoPrice {
            what,
            day,
            currency,
        } => (
            Code::FeeHasNoPrice,
            vec![what.clone(), day.clone(), currency.to_string()],
        ),
    }
}
