//! Double entry. A posting above zero stands on the debit side, one below zero on the credit
//! side; an entry can't exist unless its postings add up to zero in one currency.
//!
//! Each account belongs to a hub and so has that hub's currency. Memorandum accounts hold the
//! money of a Direct-Paid hub's clients in a partner's book; no statement of the partner's own
//! money includes them (`billing-models` 15).

use crate::currency::Currency;
use crate::error::Error;
use crate::id::{ChannelId, ClientId, HubId};
use crate::money::Money;
use crate::period::Date;

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountKind {
    /// Prepaid at 360Dialog: an asset.
    PrepaidBalance,
    OpeningBalances,
    /// What is owed to 360Dialog, gross.
    Payable,
    InputVat,
    MessageCosts,
    CallCosts,
    PlanCosts,
    LicenceCosts,
    /// Card fees.
    PaymentCosts,
    Rounding,
    Bank,
    /// What a client owes on the partner's own invoices, gross. One a client, as prepayments are.
    Receivable,
    Revenue,
    OutputVat,
    /// What a client paid in advance: a debt, no revenue.
    ClientPrepayments,
    BadDebts,
    /// What a client has left at 360Dialog.
    MemoClientFunds,
    /// What a client used.
    MemoClientUsage,
    /// What a client put in, took out or settled.
    MemoClientMoney,
}

impl AccountKind {
    pub const ALL: [Self; 19] = [
        Self::PrepaidBalance,
        Self::OpeningBalances,
        Self::Payable,
        Self::InputVat,
        Self::MessageCosts,
        Self::CallCosts,
        Self::PlanCosts,
        Self::LicenceCosts,
        Self::PaymentCosts,
        Self::Rounding,
        Self::Bank,
        Self::Receivable,
        Self::Revenue,
        Self::OutputVat,
        Self::ClientPrepayments,
        Self::BadDebts,
        Self::MemoClientFunds,
        Self::MemoClientUsage,
        Self::MemoClientMoney,
    ];

    /// The beginning of the account's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::PrepaidBalance => "asset:prepaid-balance",
            Self::OpeningBalances => "equity:opening-balances",
            Self::Payable => "liability:payable-360dialog",
            Self::InputVat => "asset:input-vat",
            Self::MessageCosts => "cost:messages",
            Self::CallCosts => "cost:calls",
            Self::PlanCosts => "cost:partner-plan",
            Self::LicenceCosts => "cost:licences",
            Self::PaymentCosts => "cost:payment",
            Self::Rounding => "cost:rounding",
            Self::Bank => "asset:bank",
            Self::Receivable => "asset:receivable",
            Self::Revenue => "revenue:clients",
            Self::OutputVat => "liability:output-vat",
            Self::ClientPrepayments => "liability:client-prepayments",
            Self::BadDebts => "cost:bad-debts",
            Self::MemoClientFunds => "memo:client-funds",
            Self::MemoClientUsage => "memo:client-usage",
            Self::MemoClientMoney => "memo:client-money",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }

    /// Whether it stands outside the owner's own books.
    pub fn is_memo(self) -> bool {
        matches!(
            self,
            Self::MemoClientFunds | Self::MemoClientUsage | Self::MemoClientMoney
        )
    }

    /// Whether each client has one of its own.
    pub fn is_of_client(self) -> bool {
        matches!(self, Self::Receivable | Self::ClientPrepayments)
    }

    /// Whether a balance that messages and calls draw on lies here.
    pub fn is_balance(self) -> bool {
        matches!(self, Self::PrepaidBalance | Self::MemoClientFunds)
    }
}

/// A named place in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Account {
    pub kind: AccountKind,
    pub hub: HubId,
    /// Set for the balance of a channel and what belongs to it.
    pub channel: Option<ChannelId>,
    /// Set for what a client owes or has paid in advance.
    pub client: Option<ClientId>,
}

impl Account {
    /// `asset:prepaid-balance:NrdE7kPA`, with the channel or client behind the hub where there
    /// is one.
    pub fn name(&self) -> String {
        let hub = format!("{}:{}", self.kind.name(), self.hub);
        match (&self.channel, &self.client) {
            (Some(channel), _) => format!("{hub}:{channel}"),
            (None, Some(client)) => format!("{hub}:{client}"),
            (None, None) => hub,
        }
    }
}

/// What an entry records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryKind {
    Opening,
    TopUp,
    /// All usage of a balance on a day that one import brought in.
    Usage,
    /// Usage of a closed month that came late, and corrections of it.
    Reconciliation,
    RefundToBalance,
    PaidOut,
    /// A month's shortfall with its card fee and VAT.
    SettledByInvoice,
    Rounding,
    /// A plan or licence invoice.
    FeeInvoice,
    /// VAT of a top-up or pay-out that was booked under a rule that has changed since.
    VatCorrection,
    /// The owner's own invoice to a client.
    ClientInvoice,
    /// A credit note or cancellation to a client.
    ClientCredit,
    ClientPayment,
}

impl EntryKind {
    pub const ALL: [Self; 13] = [
        Self::Opening,
        Self::TopUp,
        Self::Usage,
        Self::Reconciliation,
        Self::RefundToBalance,
        Self::PaidOut,
        Self::SettledByInvoice,
        Self::Rounding,
        Self::FeeInvoice,
        Self::VatCorrection,
        Self::ClientInvoice,
        Self::ClientCredit,
        Self::ClientPayment,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::TopUp => "top-up",
            Self::Usage => "usage",
            Self::Reconciliation => "reconciliation",
            Self::RefundToBalance => "refund-to-balance",
            Self::PaidOut => "paid-out",
            Self::SettledByInvoice => "settled-by-invoice",
            Self::Rounding => "rounding",
            Self::FeeInvoice => "fee-invoice",
            Self::VatCorrection => "vat-correction",
            Self::ClientInvoice => "client-invoice",
            Self::ClientCredit => "client-credit",
            Self::ClientPayment => "client-payment",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// One line of an entry: debit above zero, credit below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub account: Account,
    pub amount: Money,
}

/// One balanced event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    kind: EntryKind,
    day: Date,
    own_day: Option<Date>,
    postings: Vec<Posting>,
}

impl JournalEntry {
    /// An entry of the postings that are not zero; none where all are. Fails unless they add up
    /// to zero. `own_day` is set where the event belongs to a closed month.
    pub fn new(
        kind: EntryKind,
        day: Date,
        own_day: Option<Date>,
        postings: Vec<Posting>,
    ) -> Result<Option<Self>, Error> {
        let postings: Vec<_> = postings
            .into_iter()
            .filter(|p| !p.amount.is_zero())
            .collect();
        let Some(first) = postings.first() else {
            return Ok(None);
        };
        let currency: Currency = first.amount.currency();
        let sum = Money::sum(currency, postings.iter().map(|p| p.amount))?;
        if sum.is_zero() {
            Ok(Some(Self {
                kind,
                day,
                own_day,
                postings,
            }))
        } else {
            Err(Error::Unbalanced)
        }
    }

    /// What takes it back: the same on the other side, booked on `day`.
    #[must_use]
    pub fn reversed(&self, day: Date, own_day: Option<Date>) -> Self {
        let postings = self.postings.iter().map(|posting| Posting {
            account: posting.account.clone(),
            amount: posting.amount.negated(),
        });
        Self {
            kind: self.kind,
            day,
            own_day,
            postings: postings.collect(),
        }
    }

    pub fn kind(&self) -> EntryKind {
        self.kind
    }

    /// The day it is booked on.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The day it belongs to, where that lies in a closed month.
    pub fn own_day(&self) -> Option<Date> {
        self.own_day
    }

    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }
}
