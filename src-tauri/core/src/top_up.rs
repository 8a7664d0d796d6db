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

/// How a hub's own invoices can be paid: a Direct-Paid client pays by card (`billing-models` 14).
pub fn check_method(owner: Owner, method: PaymentMethod) -> Result<(), Error> {
    match (owner, method) {
        (Owner::Client, PaymentMethod::Pix | PaymentMethod::Boleto) => {
            Err(Error::MethodNotForClients)
        }
        _ => Ok(()),
    }
}

/// How a top-up of a hub's balances was paid: as was said, else as the hub pays. A channel of a
/// Direct-Paid hub is topped up by its client, by card, whoever keeps the book.
pub fn top_up_method(
    hub: &Hub,
    pays_by: PaymentMethod,
    said: Option<PaymentMethod>,
) -> Result<PaymentMethod, Error> {
    match (hub.model, said) {
        (BillingModel::PartnerPaid, said) => Ok(said.unwrap_or(pays_by)),
        (BillingModel::DirectPaid, None | Some(PaymentMethod::Card)) => Ok(PaymentMethod::Card),
        (BillingModel::DirectPaid, Some(_)) => Err(Error::MethodNotForClients),
    }
}
