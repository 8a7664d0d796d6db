//! A Partner Hub: its billing model and currency, fixed when it is made, its partner plan and
//! how it pays.

use crate::currency::Currency;
use crate::error::Error;
use crate::id::HubId;
use crate::partner::Owner;
use crate::period::{BillingPeriod, Date};

/// Who is charged and invoiced for channels, messages and calls (`billing-models`, first table).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BillingModel {
    /// Everything to the partner, from one shared balance.
    PartnerPaid,
    /// Channels, messages and calls to the clients, each channel with its own balance.
    DirectPaid,
}

/// The partner's own monthly plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartnerPlan {
    Growth,
    Premium,
}

/// How 360Dialog's invoices are paid. Card bears a fee (`billing-models` 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentMethod {
    Card,
    Pix,
    Boleto,
}

/// A hub as the book knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hub {
    pub id: HubId,
    pub name: String,
    pub model: BillingModel,
    pub currency: Currency,
    /// The day it began at 360Dialog: the plan of a first month is pro-rata from here.
    pub since: Date,
    /// The first month that this book keeps (`billing-models` 8).
    pub first_month: BillingPeriod,
    /// Its last day, once closed.
    pub closed_on: Option<Date>,
}

impl Hub {
    /// What a hub of such a book may be (`billing-models` 15).
    pub fn check_fits(
        owner: Owner,
        model: BillingModel,
        plan: Option<PartnerPlan>,
    ) -> Result<(), Error> {
        match (owner, model, plan) {
            (Owner::Client, BillingModel::PartnerPaid, _) => Err(Error::PartnerPaidInClientBook),
            (Owner::Client, BillingModel::DirectPaid, Some(_)) => Err(Error::PlanInClientBook),
            (Owner::Partner, _, None) => Err(Error::PlanMissing),
            _ => Ok(()),
        }
    }

    /// Whether the owner of the book pays for channels, messages and calls of this hub.
    pub fn usage_is_ours(&self, owner: Owner) -> bool {
        self.model == BillingModel::PartnerPaid || owner == Owner::Client
    }

    /// Refuses a day before the books of the hub begin.
    pub fn check_begun(&self, day: Date) -> Result<(), Error> {
        if day < self.first_month.first_day() {
            return Err(Error::BeforeTheBooks {
                hub: self.id.to_string(),
                first: self.first_month.to_string(),
            });
        }
        Ok(())
    }

    /// Refuses a day that lies outside the life of the hub in this book.
    pub fn check_day(&self, day: Date) -> Result<(), Error> {
        self.check_begun(day)?;
        match self.closed_on {
            Some(on) if day > on => Err(Error::HubIsClosed {
                hub: self.id.to_string(),
                on: on.to_string(),
            }),
            _ => Ok(()),
        }
    }
}
