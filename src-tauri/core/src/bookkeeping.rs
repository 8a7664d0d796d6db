//! Which entry each event makes (`billing-models` 16). The owner's own money goes through a
//! prepaid balance, costs, VAT and the debt to 360Dialog; what a client pays in a partner's book
//! stays on memorandum accounts (15).

use crate::error::Error;
use crate::hub::Hub;
use crate::id::ChannelId;
use crate::journal::{Account, AccountKind, EntryKind, JournalEntry, Posting};
use crate::money::Money;
use crate::partner::Owner;
use crate::period::Date;

/// A balance with the accounts around it.
#[derive(Clone, Debug)]
pub struct Ledger {
    hub: crate::id::HubId,
    channel: Option<ChannelId>,
    ours: bool,
}

/// When an event is booked, and to which day it belongs if that is another.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    pub booked: Date,
    pub own: Option<Date>,
}

impl Days {
    /// An event on its own day.
    pub fn on(day: Date) -> Self {
        Self {
            booked: day,
            own: None,
        }
    }
}

impl Ledger {
    /// The shared balance of a hub, or the balance of a channel.
    pub fn of(owner: Owner, hub: &Hub, channel: Option<ChannelId>) -> Self {
        Self {
            hub: hub.id.clone(),
            channel,
            ours: hub.usage_is_ours(owner),
        }
    }

    /// The account of the balance itself.
    pub fn balance(&self) -> Account {
        self.account(if self.ours {
            AccountKind::PrepaidBalance
        } else {
            AccountKind::MemoClientFunds
        })
    }

    /// What the balance held before the books began.
    pub fn opening(&self, days: Days, amount: Money) -> Result<Option<JournalEntry>, Error> {
        let other = self.either(AccountKind::OpeningBalances, AccountKind::MemoClientMoney);
        self.entry(
            EntryKind::Opening,
            days,
            vec![(self.balance(), amount), (other, amount.negated())],
        )
    }

    /// Money added: `net` to the balance, `vat` besides.
    pub fn top_up(
        &self,
        days: Days,
        net: Money,
        vat: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let gross = net.checked_add(vat)?;
        let postings = if self.ours {
            vec![
                (self.balance(), net),
                (self.account(AccountKind::InputVat), vat),
                (self.account(AccountKind::Payable), gross.negated()),
            ]
        } else {
            vec![
                (self.balance(), net),
                (self.account(AccountKind::MemoClientMoney), net.negated()),
            ]
        };
        self.entry(EntryKind::TopUp, days, postings)
    }

    /// A day's usage, as positive costs (below zero where it is taken back).
    pub fn usage(
        &self,
        days: Days,
        messages: Money,
        calls: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let kind = if days.own.is_some() {
            EntryKind::Reconciliation
        } else {
            EntryKind::Usage
        };
        let used = messages.checked_add(calls)?;
        let postings = if self.ours {
            vec![
                (self.account(AccountKind::MessageCosts), messages),
                (self.account(AccountKind::CallCosts), calls),
                (self.balance(), used.negated()),
            ]
        } else {
            vec![
                (self.account(AccountKind::MemoClientUsage), used),
                (self.balance(), used.negated()),
            ]
        };
        self.entry(kind, days, postings)
    }

    /// Usage that 360Dialog gave back.
    pub fn refund_to_balance(
        &self,
        days: Days,
        amount: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let other = self.either(AccountKind::MessageCosts, AccountKind::MemoClientUsage);
        self.entry(
            EntryKind::RefundToBalance,
            days,
            vec![(self.balance(), amount), (other, amount.negated())],
        )
    }

    /// Unused balance that was paid out, with the VAT that its top-up bore.
    pub fn pay_out(
        &self,
        days: Days,
        net: Money,
        vat: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let gross = net.checked_add(vat)?;
        let postings = if self.ours {
            vec![
                (self.account(AccountKind::Bank), gross),
                (self.balance(), net.negated()),
                (self.account(AccountKind::InputVat), vat.negated()),
            ]
        } else {
            vec![
                (self.account(AccountKind::MemoClientMoney), net),
                (self.balance(), net.negated()),
            ]
        };
        self.entry(EntryKind::PaidOut, days, postings)
    }

    /// Another VAT on a top-up than was booked: the difference, above or below zero.
    pub fn vat_correction(
        &self,
        day: Date,
        difference: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let postings = vec![
            (self.account(AccountKind::InputVat), difference),
            (self.account(AccountKind::Payable), difference.negated()),
        ];
        self.entry(EntryKind::VatCorrection, Days::on(day), postings)
    }

    /// Another VAT on a pay-out than was booked.
    pub fn pay_out_vat_correction(
        &self,
        day: Date,
        difference: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let postings = vec![
            (self.account(AccountKind::Bank), difference),
            (self.account(AccountKind::InputVat), difference.negated()),
        ];
        self.entry(EntryKind::VatCorrection, Days::on(day), postings)
    }

    /// The month closing: the shortfall leaves the balance and becomes a debt, with the card fee
    /// and the invoice's VAT.
    pub fn settle(
        &self,
        day: Date,
        shortfall: Money,
        card_fee: Money,
        vat: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let postings = if self.ours {
            let gross = shortfall.checked_add(card_fee)?.checked_add(vat)?;
            vec![
                (self.balance(), shortfall),
                (self.account(AccountKind::PaymentCosts), card_fee),
                (self.account(AccountKind::InputVat), vat),
                (self.account(AccountKind::Payable), gross.negated()),
            ]
        } else {
            vec![
                (self.balance(), shortfall),
                (
                    self.account(AccountKind::MemoClientMoney),
                    shortfall.negated(),
                ),
            ]
        };
        self.entry(EntryKind::SettledByInvoice, Days::on(day), postings)
    }

    /// What rounding the month's usage to cents gives back to the balance (or takes, below zero).
    pub fn rounding(&self, day: Date, back: Money) -> Result<Option<JournalEntry>, Error> {
        let other = self.either(AccountKind::Rounding, AccountKind::MemoClientUsage);
        self.entry(
            EntryKind::Rounding,
            Days::on(day),
            vec![(self.balance(), back), (other, back.negated())],
        )
    }

    /// A plan or licence invoice: costs, the card fee where it bears one, and VAT.
    pub fn fee_invoice(
        &self,
        day: Date,
        costs: AccountKind,
        net: Money,
        card_fee: Money,
        vat: Money,
    ) -> Result<Option<JournalEntry>, Error> {
        let gross = net.checked_add(card_fee)?.checked_add(vat)?;
        let postings = vec![
            (self.account(costs), net),
            (self.account(AccountKind::PaymentCosts), card_fee),
            (self.account(AccountKind::InputVat), vat),
            (self.account(AccountKind::Payable), gross.negated()),
        ];
        self.entry(EntryKind::FeeInvoice, Days::on(day), postings)
    }

    fn either(&self, ours: AccountKind, theirs: AccountKind) -> Account {
        self.account(if self.ours { ours } else { theirs })
    }

    /// Balances and memorandum accounts are one a channel; the rest is one a hub.
    fn account(&self, kind: AccountKind) -> Account {
        let channel = if kind.is_balance() || kind.is_memo() {
            self.channel.clone()
        } else {
            None
        };
        Account {
            kind,
            hub: self.hub.clone(),
            channel,
            client: None,
        }
    }

    fn entry(
        &self,
        kind: EntryKind,
        days: Days,
        postings: Vec<(Account, Money)>,
    ) -> Result<Option<JournalEntry>, Error> {
        let postings = postings
            .into_iter()
            .map(|(account, amount)| Posting { account, amount })
            .collect();
        JournalEntry::new(kind, days.booked, days.own, postings)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::currency::Currency;
    use crate::hub::BillingModel;
    use crate::id::HubId;
    use crate::period::{BillingPeriod, parse_date};

    fn money(text: &str) -> Money {
        Money::new(Decimal::from_str_exact(text).unwrap(), Currency::Eur)
    }

    fn ledger(owner: Owner, model: BillingModel, channel: Option<&str>) -> Ledger {
        let day = parse_date("2026-07-01").unwrap();
        let hub = Hub {
            id: HubId::parse("aPA").unwrap(),
            name: String::new(),
            model,
            currency: Currency::Eur,
            since: day,
            first_month: BillingPeriod::containing(day),
            closed_on: None,
        };
        Ledger::of(owner, &hub, channel.map(|c| ChannelId::parse(c).unwrap()))
    }

    fn shown(entry: Option<JournalEntry>) -> String {
        let lines: Vec<_> = entry
            .iter()
            .flat_map(JournalEntry::postings)
            .map(|p| {
                format!(
                    "{} {}",
                    p.account.name(),
                    crate::money::plain_text(p.amount.amount())
                )
            })
            .collect();
        lines.join("; ")
    }

    #[test]
    fn the_owners_money_goes_through_costs_vat_and_the_debt_to_360dialog() {
        let ours = ledger(Owner::Partner, BillingModel::PartnerPaid, None);
        let day = Days::on(parse_date("2026-08-03").unwrap());
        assert_eq!(
            shown(ours.top_up(day, money("500"), money("95")).unwrap()),
            "asset:prepaid-balance:aPA 500.00; asset:input-vat:aPA 95.00; liability:payable-360dialog:aPA -595.00"
        );
        assert_eq!(
            shown(ours.usage(day, money("1.5"), money("0")).unwrap()),
            "cost:messages:aPA 1.50; asset:prepaid-balance:aPA -1.50"
        );
        assert_eq!(
            shown(
                ours.settle(day.booked, money("30.40"), money("1.22"), money("6.01"))
                    .unwrap()
            ),
            "asset:prepaid-balance:aPA 30.40; cost:payment:aPA 1.22; asset:input-vat:aPA 6.01; liability:payable-360dialog:aPA -37.63"
        );
        assert_eq!(
            shown(ours.pay_out(day, money("20"), money("3.80")).unwrap()),
            "asset:bank:aPA 23.80; asset:prepaid-balance:aPA -20.00; asset:input-vat:aPA -3.80"
        );
    }

    #[test]
    fn a_clients_money_in_a_partners_book_stays_on_memorandum_accounts() {
        let memo = ledger(Owner::Partner, BillingModel::DirectPaid, Some("bCH"));
        let days = Days::on(parse_date("2026-08-03").unwrap());
        let day = days.booked;
        for entry in [
            memo.opening(days, money("5")),
            memo.top_up(days, money("50"), money("9.50")),
            memo.usage(days, money("1.5"), money("0.2")),
            memo.refund_to_balance(days, money("1")),
            memo.pay_out(days, money("1"), money("0.19")),
            memo.settle(day, money("3"), money("0.12"), money("0.59")),
            memo.rounding(day, money("0.004")),
        ] {
            let entry = entry.unwrap().unwrap();
            assert!(
                entry
                    .postings()
                    .iter()
                    .all(|p| p.account.kind.is_memo() && p.account.channel.is_some()),
                "{entry:?}"
            );
        }
    }

    #[test]
    fn an_entry_that_does_not_balance_cannot_be_made() {
        let account = ledger(Owner::Partner, BillingModel::PartnerPaid, None).balance();
        let postings = vec![Posting {
            account,
            amount: money("1"),
        }];
        let day = parse_date("2026-08-03").unwrap();
        assert_eq!(
            JournalEntry::new(EntryKind::TopUp, day, None, postings),
            Err(Error::Unbalanced)
        );
    }
}
