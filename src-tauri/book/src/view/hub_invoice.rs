//! 360Dialog's invoices of a month.

use serde::Serialize;
use specta::Type;

use super::{ChannelLabelView, CompanyView, MoneyView};
use crate::word::{PayByWord, PlanWord, TierWord, TopUpWord, VatWord};

/// Which hub invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum HubInvoiceWord {
    PartnerPlan,
    Licence,
    ProRataLicence,
    TopUp,
    MonthClosing,
}

/// A hub invoice: a bookkeeping copy of what 360Dialog bills.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HubInvoiceView {
    pub reference: String,
    pub vendor_number: Option<String>,
    pub kind: HubInvoiceWord,
    pub hub: String,
    pub hub_name: String,
    pub channel: Option<ChannelLabelView>,
    pub period: String,
    pub issued_on: String,
    pub recipient: CompanyView,
    pub net: MoneyView,
    pub vat_treatment: VatWord,
    /// `19` or `0`.
    pub vat_percent: String,
    pub vat_base: MoneyView,
    pub vat: MoneyView,
    pub gross: MoneyView,
    /// Its month is closed, so that it never changes again.
    pub frozen: bool,
    /// The seal of its closed month, in hex.
    pub seal: Option<String>,
    pub lines: Vec<HubInvoiceLineView>,
    /// How many lines it has: a list of invoices may hold the first ones only.
    pub line_count: u32,
    /// How many channels its lines name.
    pub channels: u32,
    pub summary: Option<ClosingSummaryView>,
    /// Its PDF has an annex of what the usage is made of.
    pub has_annex: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum LineWord {
    Plan,
    PlanUpgrade,
    Licence,
    ProRataLicence,
    TierUpgrade,
    LateLicence,
    TopUp,
    Messages,
    Calls,
    UsageReconciliation,
    SettledWithBalance,
    EarlierShortfall,
    CreditedToBalance,
    CardFee,
}

/// One line of a hub invoice. What a kind does not have is none.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HubInvoiceLineView {
    pub kind: LineWord,
    pub channel: Option<ChannelLabelView>,
    pub plan: Option<PlanWord>,
    pub tier: Option<TierWord>,
    pub from: Option<String>,
    /// The closed month that a late licence is for.
    pub month: Option<String>,
    pub days: Option<u32>,
    pub of: Option<u32>,
    pub top_up: Option<TopUpWord>,
    pub method: Option<PayByWord>,
    pub percent: Option<String>,
    pub base: Option<MoneyView>,
    pub unit_price: Option<MoneyView>,
    pub amount: MoneyView,
}

/// The month of a balance on a month closing invoice.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ClosingSummaryView {
    pub starting: MoneyView,
    pub added: MoneyView,
    pub refunds_to_balance: MoneyView,
    pub paid_out: MoneyView,
    pub used: MoneyView,
    pub usage_reconciliation: MoneyView,
    pub settled: MoneyView,
    pub settled_by_invoice: MoneyView,
    pub card_fee: MoneyView,
    pub ending: MoneyView,
    pub net_payable: MoneyView,
}

/// Hub invoices of a month with their sums.
#[derive(Clone, Debug, Serialize, Type)]
pub struct InvoiceMonthView {
    pub hub: String,
    pub month: String,
    pub closed: Option<String>,
    pub invoices: Vec<HubInvoiceView>,
    pub net: MoneyView,
    pub vat: MoneyView,
    pub gross: MoneyView,
    pub invoices_to_clients: Option<u32>,
}

/// PDFs that were written.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ExportedView {
    pub folder: String,
    pub files: Vec<String>,
}
