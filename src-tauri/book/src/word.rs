//! The choices that forms and views speak of, as the words of the command line and of JSON.
//! One list for both shells; each converts to and from the rule's own type.

use hubledger_core::channel::Tier;
use hubledger_core::chart::{AccountClass, ChartTemplate};
use hubledger_core::client_invoice::Deduction;
use hubledger_core::currency::Currency;
use hubledger_core::hub::{BillingModel, PartnerPlan, PaymentMethod};
use hubledger_core::partner::Owner;
use hubledger_core::price::Trust;
use hubledger_core::reminder::ReminderLevel;
use hubledger_core::tax::VatTreatment;
use hubledger_core::top_up::{RefundTo, TopUpKind};
use hubledger_core::usage::{Category, PricingType};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::client_invoice::PaperFormat;

/// Makes a word type: the same variants as a rule's type, with names for JSON.
macro_rules! words {
    ($(#[$doc:meta])* $word:ident = $rule:ident { $($variant:ident => $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
        pub enum $word { $(#[serde(rename = $text)] $variant),+ }

        impl $word {
            /// Every choice, in the order that people read them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word itself.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the word, in any case.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|w| w.as_str().eq_ignore_ascii_case(text.trim()))
            }
        }

        impl From<$rule> for $word {
            fn from(rule: $rule) -> Self {
                match rule { $($rule::$variant => Self::$variant),+ }
            }
        }

        impl From<$word> for $rule {
            fn from(word: $word) -> Self {
                match word { $($word::$variant => Self::$variant),+ }
            }
        }

        impl std::fmt::Display for $word {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words!(
    /// Where an account stands in the statements.
    ClassWord = AccountClass {
        Asset => "asset",
        Liability => "liability",
        Equity => "equity",
        Revenue => "revenue",
        Cost => "cost",
        Memo => "memo",
    }
);
words!(
    /// A chart of accounts to begin with.
    ChartWord = ChartTemplate { Plain => "plain", Skr03 => "skr03", Skr04 => "skr04" }
);
words!(
    /// Whose book it is.
    OwnerWord = Owner { Partner => "partner", Client => "client" }
);
words!(
    /// Who is charged for channels, messages and calls.
    ModelWord = BillingModel { PartnerPaid => "partner-paid", DirectPaid => "direct-paid" }
);
words!(CurrencyWord = Currency { Eur => "EUR", Usd => "USD" });
words!(
    /// The partner's monthly plan.
    PlanWord = PartnerPlan { Growth => "growth", Premium => "premium" }
);
words!(
    /// How invoices of 360Dialog are paid.
    PayByWord = PaymentMethod { Card => "card", Pix => "pix", Boleto => "boleto" }
);
words!(
    /// The channel subscription (licence).
    TierWord = Tier { Regular => "regular", Premium => "premium", HigherThroughput => "higher-throughput" }
);
words!(
    /// How a top-up came about.
    TopUpWord = TopUpKind { Manual => "manual", Automatic => "auto", Emergency => "emergency" }
);
words!(
    /// How far a shipped price card is to be trusted.
    TrustWord = Trust { High => "high", MediumHigh => "medium-high", Medium => "medium" }
);
words!(
    /// Where a refund goes.
    RefundWord = RefundTo { Balance => "balance", Bank => "bank" }
);
words!(
    /// The VAT that 360Dialog applies.
    VatWord = VatTreatment { Standard => "standard", ReverseCharge => "reverse-charge", OutsideEu => "outside-eu" }
);
words!(
    /// What kind of message, or a call.
    CategoryWord = Category {
        Marketing => "marketing",
        MarketingLite => "marketing_lite",
        Utility => "utility",
        Authentication => "authentication",
        AuthenticationInternational => "authentication_international",
        Service => "service",
        Call => "call",
    }
);
words!(
    /// How Meta prices a row.
    PricingWord = PricingType {
        Regular => "regular",
        FreeCustomerService => "free_customer_service",
        FreeEntryPoint => "free_entry_point",
    }
);

words!(
    /// How an invoice to a client is handed out.
    ClientFormatWord = PaperFormat {
        Pdf => "pdf",
        FacturX => "factur-x",
        XRechnung => "xrechnung",
        XRechnungCii => "xrechnung-cii",
        Peppol => "peppol",
    }
);

words!(
    /// What an invoice that deducts advances is about: the rest, or the whole.
    DeductionWord = Deduction {
        AsLines => "residual",
        AsPrepaid => "whole",
    }
);

impl Default for DeductionWord {
    fn default() -> Self {
        Deduction::default().into()
    }
}

words!(
    /// How firmly a reminder asks.
    ReminderWord = ReminderLevel {
        First => "first",
        Second => "second",
        Last => "last",
    }
);

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum BackupWord {
    ByHand,
    Schedule,
    /// Before an import.
    Import,
    /// Before a month was closed.
    Close,
    /// Before the book was brought up to a newer version.
    Migration,
    /// Before a backup took the book's place.
    Restore,
}

impl std::fmt::Display for BackupWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::ByHand => "by-hand",
            Self::Schedule => "schedule",
            Self::Import => "import",
            Self::Close => "close",
            Self::Migration => "migration",
            Self::Restore => "restore",
        })
    }
}
