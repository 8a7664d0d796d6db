//! What a month still needs, and its close.

use serde::Serialize;
use specta::Type;

use super::{HubInvoiceView, MoneyView};
use crate::said::SaidView;

/// One step before a month can be closed.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CloseStepView {
    pub step: CloseStep,
    pub done: bool,
    /// Whether closing waits for it.
    pub blocks: bool,
    pub count: u32,
    /// The channels, charges or month that it is about.
    pub names: Vec<String>,
    pub amount: Option<MoneyView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum CloseStep {
    MonthIsOver,
    EarlierMonthClosed,
    /// Every active channel has usage: how many have; those without are named. Never blocks.
    UsageIsIn,
    NothingUnrated,
    /// Charges at an estimated price; there only where a month has some. Never blocks.
    NothingEstimated,
    TopUpsAreIn,
    RulesConfirmed,
}

/// A month that can be closed, or is.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CloseView {
    pub hub: String,
    pub month: String,
    pub closed: Option<String>,
    pub can_close: bool,
    /// Why not.
    pub refusal: Option<SaidView>,
    pub steps: Vec<CloseStepView>,
    pub invoices: Vec<HubInvoiceView>,
    /// Sum of the invoices.
    pub gross: MoneyView,
    /// Direct-Paid in a partner's book: how many invoices 360Dialog sends to clients. Nothing
    /// else of them is known here.
    pub invoices_to_clients: Option<u32>,
}
