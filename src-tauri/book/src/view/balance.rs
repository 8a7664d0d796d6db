//! Balances with what moved them.

use serde::Serialize;
use specta::Type;

use super::{AutoRenewalView, ChannelLabelView, MoneyView};
use crate::word::{PayByWord, RefundWord, TopUpWord};

/// One balance over a month in its five numbers.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BalanceView {
    pub hub: String,
    /// None: the shared balance.
    pub channel: Option<ChannelLabelView>,
    pub month: String,
    pub starting: MoneyView,
    pub added: MoneyView,
    /// What was used, as a positive amount, with reconciliation.
    pub used: MoneyView,
    /// Back to the balance less paid out.
    pub refunds: MoneyView,
    pub settled_by_invoice: MoneyView,
    pub rounding: MoneyView,
    pub ending: MoneyView,
    /// The balance on the day of today (or at the end of the month, if that is earlier).
    pub paused: bool,
    /// How many days the balance lasts at the average of the last 30 days; none without usage.
    pub days_left: Option<u32>,
    pub auto_renewal: Option<AutoRenewalView>,
}

/// What moved a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum MovementWord {
    Opening,
    TopUp,
    Usage,
    RefundToBalance,
    PaidOut,
    SettledByInvoice,
    Rounding,
    Reconciliation,
}

/// One line of a balance's statement.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MovementView {
    /// The journal entry that holds it.
    pub entry: u32,
    pub day: String,
    /// The day it belongs to, where that lies in a closed month.
    pub own_day: Option<String>,
    pub kind: MovementWord,
    /// Signed.
    pub amount: MoneyView,
    /// The balance after it.
    pub balance: MoneyView,
    pub paused: bool,
    pub top_up: Option<TopUpWord>,
    pub method: Option<PayByWord>,
    /// Usage: how many.
    pub messages: String,
    pub pulses: String,
    pub unrated: u32,
    /// The entry of an earlier month that it reverses.
    pub reverses: Option<u32>,
    /// The entry of a later month that reverses it.
    pub reversed_by: Option<u32>,
    /// Whether it lies in a closed month and can be reversed.
    pub can_reverse: bool,
}

/// A balance's statement of a month, or of all time.
#[derive(Clone, Debug, Serialize, Type)]
pub struct StatementView {
    pub balance: BalanceView,
    /// By day, oldest first.
    pub movements: Vec<MovementView>,
}

/// How a refund was booked; top-ups answer with the balance after them.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BookedView {
    pub balance: MoneyView,
    /// Set where the day lies in a closed month: booked on the first day of this open month.
    pub booked_on: Option<String>,
    pub to: Option<RefundWord>,
}
