//! A hub with its plan, its auto-renewal and its rules.

use serde::Serialize;
use specta::Type;

use super::MoneyView;
use crate::word::{CurrencyWord, ModelWord, PayByWord, PlanWord};

/// A hub with its state in a month.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HubView {
    pub id: String,
    pub name: String,
    pub model: ModelWord,
    pub currency: CurrencyWord,
    pub plan: Option<PlanWord>,
    /// A cheaper plan that holds from a later month.
    pub plan_next: Option<PlanFromView>,
    pub plan_price: Option<MoneyView>,
    /// The last day of the plan, once notice of it was given.
    pub plan_ends: Option<String>,
    pub since: String,
    pub first_month: String,
    pub closed_on: Option<String>,
    pub pay_by: PayByWord,
    /// Channels that are billed today.
    pub channels: u32,
    /// Channels whose balance is at or below zero; for a shared balance, 0 or all.
    pub paused: u32,
    /// The shared balance, or the sum of the channels' balances.
    pub balance: MoneyView,
    /// Whether the owner of the book pays for channels, messages and calls.
    pub usage_is_ours: bool,
    /// Months that are not closed, up to the month of today.
    pub open_months: Vec<String>,
    pub last_closed: Option<String>,
    /// What the shared balance held at the start of the first month.
    pub opening: Option<MoneyView>,
    /// Of the shared balance.
    pub auto_renewal: Option<AutoRenewalView>,
    pub unrated: u32,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct PlanFromView {
    pub plan: PlanWord,
    pub from: String,
}

/// Auto-renewal of a balance.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AutoRenewalView {
    pub on: bool,
    pub threshold: MoneyView,
    pub amount: MoneyView,
    /// The balance is at or under the threshold: 360Dialog would top up now.
    pub fires_now: bool,
    /// The amount is below the threshold, against 360Dialog's advice.
    pub amount_is_low: bool,
}

/// A billing rule of a hub with what holds in a month.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RuleView {
    pub rule: String,
    pub value: String,
    pub choices: Vec<String>,
    /// 360Dialog has not published it, or tells it in two ways.
    pub assumed: bool,
    /// It is no rule of 360Dialog's, but the partner's own choice.
    pub own_choice: bool,
    /// Whether the value is the default.
    pub is_default: bool,
    /// From which month the value holds.
    pub from: Option<String>,
    /// The first month that it can still be set for.
    pub first_open: String,
}
