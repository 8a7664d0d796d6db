//! One error a broken rule. Each says to a person what is wrong and what to do; it carries ids,
//! days, currencies and what was typed, never an amount of the book.

use crate::currency::Currency;

/// A rule of the books that was about to be broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    // What was typed
    #[error("{what} is empty. Fill it in.")]
    Empty { what: &'static str },
    #[error("{what} is longer than {longest} characters. Shorten it.")]
    TooLong { what: &'static str, longest: usize },
    #[error("{what} holds a control character. Type it again without line breaks or tabs.")]
    ControlCharacter { what: &'static str },
    #[error("“{text}” can't be a {what} id. Use letters, digits, - and _ without spaces.")]
    UnusableId { what: &'static str, text: String },
    #[error(
        "“{0}” is not a phone number. Write the country code and 6 to 15 digits, such as +49 351 5550 200."
    )]
    UnusablePhoneNumber(String),
    #[error("“{0}” is not an e-mail address. Write it like billing@example.com.")]
    UnusableEmail(String),
    #[error("“{0}” is not a country code of ISO 3166. Use two letters, such as DE.")]
    UnknownCountry(String),
    #[error("“{0}” is not a currency of a hub. Use EUR or USD.")]
    UnknownCurrency(String),
    #[error("“{text}” is not a VAT ID of {country}: {expected}.")]
    UnusableVatId {
        country: &'static str,
        text: String,
        expected: &'static str,
    },
    #[error(
        "“{0}” is not an IBAN: a letter or digit of it is wrong. Copy it from the bank's paper."
    )]
    UnusableIban(String),
    #[error("“{0}” is not a BIC. It has 8 or 11 letters and digits, such as COBADEFFXXX.")]
    UnusableBic(String),
    #[error("“{0}” is not an amount. Use digits and one decimal point, such as 500.00.")]
    NotAnAmount(String),
    #[error("The amount has more than {0} decimals. Round it first.")]
    TooManyDecimals(u32),
    #[error("The amount is not above zero. Enter what is added or taken, without a sign.")]
    AmountNotPositive,
    #[error("The amount is below zero. Enter zero or more.")]
    AmountNegative,
    #[error("The amount is too large. Ten billion is the most that a book takes.")]
    AmountTooLarge,
    #[error("“{0}” is not a day. Write YYYY-MM-DD, a day that exists.")]
    NotADay(String),
    #[error("“{0}” is not a month. Write YYYY-MM.")]
    NotAMonth(String),
    #[error("“{text}” is not one of: {allowed}.")]
    UnknownChoice { text: String, allowed: &'static str },

    // Money
    #[error("{0} and {1} can't be added. Each hub keeps its own currency.")]
    TwoCurrencies(Currency, Currency),
    #[error(
        "The journal entry does not balance. Nothing was booked; report this as a fault of the app."
    )]
    Unbalanced,

    // Hubs, channels, balances
    #[error(
        "A client's book takes Direct-Paid hubs only: 360Dialog bills the clients of a Partner-Paid hub nothing."
    )]
    PartnerPaidInClientBook,
    #[error("A Direct-Paid client has no partner plan. Leave the plan out.")]
    PlanInClientBook,
    #[error("A hub in a partner's book has a partner plan. Choose Growth or Premium.")]
    PlanMissing,
    #[error(
        "The billing model and the currency of a hub stay as they are, since its prices, invoices and balances rest on them. Close this hub and make a new one."
    )]
    ModelAndCurrencyAreFixed,
    #[error("Hub {hub} is Partner-Paid: top up its shared balance, not a channel.")]
    ChannelHasNoBalance { hub: String },
    #[error("Hub {hub} is Direct-Paid: each channel has its own balance. Top up a channel.")]
    HubHasNoBalance { hub: String },
    #[error(
        "Only card is taken from clients of a Direct-Paid hub. Pix and Boleto are for partners."
    )]
    MethodNotForClients,
    #[error(
        "The books of hub {hub} begin with {first}. Choose a later day, or an earlier first month for the hub."
    )]
    BeforeTheBooks { hub: String, first: String },
    #[error("The first month of hub {hub} can't change any more: {reason}.")]
    FirstMonthIsFixed { hub: String, reason: &'static str },
    #[error("Hub {hub} was closed on {on}. Nothing is booked after that day.")]
    HubIsClosed { hub: String, on: String },
    #[error("Channel {channel} starts on {on}. It has no usage before.")]
    ChannelNotStarted { channel: String, on: String },
    #[error("Channel {channel} ended on {on}. It has no usage after.")]
    ChannelEnded { channel: String, on: String },
    #[error("The last day {ended} lies before the first day {started}. Correct one of them.")]
    EndsBeforeItStarts { started: String, ended: String },
    #[error(
        "Higher Throughput is an upgrade of Premium, and channel {channel} is not on Premium on that day. Put it on Premium first, or choose a later day."
    )]
    HigherThroughputNeedsPremium { channel: String },
    #[error("{day} lies in the future. Enter it when it has happened.")]
    InTheFuture { day: String },
    #[error("The pay-out is above the balance. Refund at most what is left.")]
    PayOutAboveBalance,
    #[error("The opening balance can't change any more: {month} is closed.")]
    OpeningIsFixed { month: String },

    // Settings
    #[error("{month} of hub {hub} is closed and used this rule. Set it from {first_open} on.")]
    RuleUsedByClosedMonth {
        hub: String,
        month: String,
        first_open: String,
    },

    // Closing
    #[error("{month} of hub {hub} is closed already.")]
    MonthIsClosed { hub: String, month: String },
    #[error("{month} is not over. It can be closed from {from} on.")]
    MonthIsNotOver { month: String, from: String },
    #[error("Close {earlier} first: months close in order.")]
    EarlierMonthIsOpen { earlier: String },
    #[error(
        "{month} has unrated charges, {count} in all. Import a price card, give their cost or waive them, then close."
    )]
    UnratedCharges { month: String, count: u64 },
    #[error("Hub {hub} has no {month}: its books begin with {first}.")]
    MonthBeforeTheBooks {
        hub: String,
        month: String,
        first: String,
    },
    #[error("Hub {hub} was closed on {on}. It has no {month}.")]
    MonthAfterTheHub {
        hub: String,
        on: String,
        month: String,
    },
    #[error("No price for {what} on {day} in {currency}. Import the fees that held on that day.")]
    FeeHasNoPrice {
        what: String,
        day: String,
        currency: Currency,
    },

    // Invoices to clients
    #[error(
        "“{text}” has the shape of a VAT ID of {country}, but its check digits are wrong. Look for a mistyped or swapped digit."
    )]
    WrongCheckDigits { country: &'static str, text: String },
    #[error("“{pattern}” can't be a number pattern: {reason}. Write it like {{YYYY}}/{{####}}.")]
    UnusablePattern {
        pattern: String,
        reason: &'static str,
    },
}
