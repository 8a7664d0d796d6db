//! Money that is added to a balance or taken back from it.

use crate::error::Error;
use crate::hub::{BillingModel, Hub, PaymentMethod};
use crate::partner::Owner;

/// How a top-up came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TopUpKind {
    Manual,
    /// By auto-renewal.
    Automatic,
    /// After the balance fell below zero, even with auto-renewal off.
    Emergency,
}

/// Where a refund goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefundTo {
    /// 360Dialog gives usage back: the balance grows.
    Balance,
    /// Unused balance is paid out: the balance shrinks.
    Bank,
}

/// What a person wants to top up or refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalanceKind {
    /// The shared balance of a hub.
    Shared,
    /// The balance of one channel.
    OfChannel,
}

impl BalanceKind {
    /// Which balances a hub has (`billing-models`, row "Balance"): refuses the other kind.
    pub fn check_exists(self, hub: &Hub) -> Result<(), Error> {
        match (hub.model, self) {
            (BillingModel::PartnerPaid, Self::OfChannel) => Err(Error::ChannelHasNoBalance {
                hub: hub.id.to_string(),
            }),
            (BillingModel::DirectPaid, Self::Shared) => Err(Error::HubHasNoBalance {
                hub: hub.id.to_string(),
            }),
            _ => Ok(()),
        }
    }
}

/// Whether such a hub can be paid this way (`billing-models` 14: Direct-Paid clients, card).
/// What a partner's book tells of a Direct-Paid hub's top-ups was paid by the client, by card.
pub fn check_method(owner: Owner, method: PaymentMethod) -> Result<(), Error> {
    match (owner, method) {
        (Owner::Client, PaymentMethod::Pix | PaymentMethod::Boleto) => {
            Err(Error::MethodNotForClients)
        }
        _ => Ok(()),
    }
}
