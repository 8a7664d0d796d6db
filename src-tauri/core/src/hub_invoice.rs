//! What 360Dialog bills: partner plan, licence fees, pro-rata licence fees, top-ups and the month
//! closing. Ours are worked out from the book and are bookkeeping copies; 360Dialog issues the
//! originals. A client invoice is another thing and another type (`billing-models` 1).

use rust_decimal::Decimal;

use crate::channel::Tier;
use crate::currency::Currency;
use crate::error::Error;
use crate::hub::{BillingModel, PartnerPlan, PaymentMethod};
use crate::id::{ChannelId, HubId, PhoneNumber};
use crate::language::Language;
use crate::money::Money;
use crate::partner::Company;
use crate::period::{BillingPeriod, Date, Share};
use crate::seal::Hash;
use crate::tax::VatTreatment;
use crate::top_up::TopUpKind;
use crate::usage::Category;

/// Which of the five it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HubInvoiceKind {
    PartnerPlan,
    Licence,
    ProRataLicence,
    /// The n-th of the month, from 1.
    TopUp(u32),
    MonthClosing,
}

impl HubInvoiceKind {
    /// Its part of the reference.
    pub fn slug(self) -> String {
        match self {
            Self::PartnerPlan => "plan".to_owned(),
            Self::Licence => "licence".to_owned(),
            Self::ProRataLicence => "pro-rata".to_owned(),
            Self::TopUp(n) => format!("top-up-{n}"),
            Self::MonthClosing => "closing".to_owned(),
        }
    }
}

/// The name of our copy, `<hub>/<YYYY-MM>/<kind>[/<channel>]`. It is a reference, not a number:
/// 360Dialog's number stands beside it once the partner has entered it (`billing-models` 13).
pub fn reference(
    hub: &HubId,
    period: BillingPeriod,
    kind: HubInvoiceKind,
    channel: Option<&ChannelId>,
) -> String {
    let base = format!("{hub}/{period}/{}", kind.slug());
    match channel {
        Some(channel) => format!("{base}/{channel}"),
        None => base,
    }
}

/// A channel as an invoice names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoicedChannel {
    pub id: ChannelId,
    /// May be empty; then the phone number stands for it.
    pub name: String,
    pub phone: PhoneNumber,
    pub client_name: String,
}

/// What a line is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The plan of the month; with its share where the hub began within the month.
    Plan {
        plan: PartnerPlan,
        from: Option<Date>,
        share: Option<Share>,
    },
    /// The dearer plan for the rest of the month.
    PlanUpgrade {
        before: PartnerPlan,
        plan: PartnerPlan,
        from: Date,
        share: Share,
    },
    Licence {
        tier: Tier,
    },
    ProRataLicence {
        tier: Tier,
        from: Date,
        share: Share,
    },
    /// The dearer tier for the rest of the month.
    TierUpgrade {
        before: Tier,
        tier: Tier,
        from: Date,
        share: Share,
    },
    /// A licence of a month that was closed before it was known (`billing-models` 9).
    LateLicence {
        tier: Tier,
        month: BillingPeriod,
        share: Option<Share>,
    },
    TopUp {
        kind: TopUpKind,
        method: PaymentMethod,
        on: Date,
    },
    /// The month's messages, in whole cents.
    Messages,
    /// The month's calls, in whole cents.
    Calls,
    /// Usage of closed months that came late, and corrections of it.
    UsageReconciliation,
    /// The part of the usage that the balance paid; not above zero.
    SettledWithBalance,
    /// What the balance was short of before this month's usage.
    EarlierShortfall,
    /// Usage corrections that went back to the balance.
    CreditedToBalance,
    /// The card fee on what has to be paid.
    CardFee {
        percent: Decimal,
        base: Money,
    },
}

/// One line of a hub invoice, in whole cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubInvoiceLine {
    pub kind: LineKind,
    /// The channel that a licence is for.
    pub channel: Option<InvoicedChannel>,
    /// The price of a whole month, where the line has one.
    pub unit_price: Option<Money>,
    pub amount: Money,
}

/// The month of a balance in whole cents (`billing-models` 11). `starting + added +
/// refunds_to_balance − paid_out − used + settled_by_invoice = ending`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingSummary {
    pub starting: Money,
    pub added: Money,
    pub refunds_to_balance: Money,
    pub paid_out: Money,
    /// With the late usage.
    pub used: Money,
    /// The late usage in `used`.
    pub usage_reconciliation: Money,
    /// The part of `used` that the balance paid.
    pub settled: Money,
    /// The shortfall: it leaves the balance and becomes a debt to 360Dialog.
    pub settled_by_invoice: Money,
    pub card_fee: Money,
    pub ending: Money,
    /// Shortfall and card fee.
    pub net_payable: Money,
}

/// One line of a month closing's annex: what the usage is made of, unrounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnexLine {
    pub channel: InvoicedChannel,
    pub category: Category,
    /// Meta's market; empty where a row named none.
    pub market: String,
    /// Messages or pulses.
    pub quantity: i64,
    /// With up to six decimals.
    pub amount: Money,
    /// Usage of a closed month that came late.
    pub late: bool,
    /// Free for a reason, or waived: it stands apart from what the card prices.
    pub free: bool,
    /// At an estimated price: by the last card, or by the list price where the volume is not known.
    pub estimated: bool,
}

/// VAT of an invoice: one rate, on one base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceVat {
    pub treatment: VatTreatment,
    /// What the rate applies to; under reverse charge what the recipient declares.
    pub base: Money,
    pub amount: Money,
}

/// A hub invoice, whole: a value that a page can be made of without asking the book again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubInvoice {
    pub reference: String,
    /// 360Dialog's own number, once entered.
    pub vendor_number: Option<String>,
    pub kind: HubInvoiceKind,
    pub hub: HubId,
    pub hub_name: String,
    pub model: BillingModel,
    pub currency: Currency,
    /// Set where the invoice is for one channel (Direct-Paid, in a client's book).
    pub channel: Option<InvoicedChannel>,
    /// The month that it belongs to.
    pub period: BillingPeriod,
    pub issued_on: Date,
    pub recipient: Company,
    /// The language of its copy; of a frozen one the language that it was frozen in.
    pub language: Language,
    pub lines: Vec<HubInvoiceLine>,
    pub net: Money,
    pub vat: InvoiceVat,
    pub gross: Money,
    /// Of a month closing.
    pub summary: Option<ClosingSummary>,
    /// Of a month closing; may be long.
    pub annex: Vec<AnnexLine>,
    /// Whether the month is closed, so that the invoice never changes again.
    pub frozen: bool,
    /// The seal of its closed month; none where that is still to come.
    pub seal: Option<Hash>,
}

impl HubInvoice {
    /// The sum of the lines.
    pub fn sum_of_lines(&self) -> Result<Money, Error> {
        Money::sum(self.currency, self.lines.iter().map(|line| line.amount))
    }
}
