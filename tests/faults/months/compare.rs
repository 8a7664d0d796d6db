//! What the app says of a month, beside what the model says.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use hubledger_book::form::SumBy;
use hubledger_book::ledger::TrialForm;
use hubledger_book::moment::Moment;
use hubledger_book::view::{HubInvoiceLineView, HubInvoiceView, HubInvoiceWord, MoneyView};
use rust_decimal::Decimal;

use super::Sim;
use crate::naive::{Hub, Invoice, Month, Numbers};

pub(super) fn dec(money: &MoneyView) -> Decimal {
    Decimal::from_str(&money.amount).unwrap()
}

fn kind_word(invoice: &HubInvoiceView) -> &'static str {
    match invoice.kind {
        HubInvoiceWord::PartnerPlan => "plan",
        HubInvoiceWord::Licence => "licence",
        HubInvoiceWord::ProRataLicence => "pro-rata",
        HubInvoiceWord::TopUp => "top-up",
        HubInvoiceWord::MonthClosing => "closing",
    }
}

impl Sim {
    pub(super) fn compare_month(&mut self, at_hub: usize, month: Month) {
        let at = self.at();
        let hub = &self.world.hubs[at_hub];
        let (id, text) = (hub.id.as_str(), month.to_string());
        let balances = self.book().balances(id, &text, at).unwrap();
        let mut shown = BTreeMap::new();
        for view in &balances {
            let numbers = Numbers {
                starting: dec(&view.starting),
                added: dec(&view.added),
                used: dec(&view.used),
                refunds: dec(&view.refunds),
                settled: dec(&view.settled_by_invoice),
                rounding: dec(&view.rounding),
                ending: dec(&view.ending),
            };
            shown.insert(view.channel.as_ref().map(|c| c.id.clone()), numbers);
        }
        let name = |balance: Option<usize>| balance.map(|at| hub.channels[at].id.clone());
        let expected: BTreeMap<_, _> = hub
            .balances()
            .into_iter()
            .map(|balance| (name(balance), hub.numbers(balance, month)))
            .collect();
        self.same(&format!("balances of {id} in {month}"), &shown, &expected);
        self.compare_invoices(hub, month, at);
        self.compare_sums(hub, month, at);
    }

    fn compare_invoices(&self, hub: &Hub, month: Month, at: Moment) {
        let text = month.to_string();
        let papers = self.world.papers(hub, month);
        let view = self.book().close_preview(&hub.id, &text, at).unwrap();
        let mut shown: Vec<_> = view
            .invoices
            .iter()
            .map(|view| {
                let is_fee = |line: &&HubInvoiceLineView| line.percent.is_some();
                let card_fees = view.lines.iter().filter(is_fee);
                assert_eq!(
                    dec(&view.net) + dec(&view.vat),
                    dec(&view.gross),
                    "{view:#?}"
                );
                Invoice {
                    kind: kind_word(view),
                    channel: view.channel.as_ref().map(|c| c.id.clone()),
                    day: view.issued_on.parse().unwrap(),
                    net: dec(&view.net),
                    vat: dec(&view.vat),
                    card_fee: card_fees.map(|line| dec(&line.amount)).sum(),
                }
            })
            .collect();
        shown.sort();
        let mut expected = papers.invoices;
        expected.sort();
        self.same(
            &format!("invoices of {} in {month}", hub.id),
            &shown,
            &expected,
        );
        let to_clients = papers.to_clients.map(|many| u32::try_from(many).unwrap());
        self.same(
            "invoices to clients",
            &view.invoices_to_clients,
            &to_clients,
        );
    }

    fn compare_sums(&self, hub: &Hub, month: Month, at: Moment) {
        let text = month.to_string();
        let sums = self
            .book()
            .charge_sums(&hub.id, Some(&text), SumBy::Channel, at)
            .unwrap();
        let papers = self.world.papers(hub, month);
        let mut shown = BTreeMap::new();
        for sum in &sums {
            shown.insert(sum.key.clone(), (dec(&sum.usage), dec(&sum.fees)));
        }
        let mut expected = BTreeMap::from([("plan".to_owned(), (Decimal::ZERO, papers.plan))]);
        for (at, channel) in hub.channels.iter().enumerate() {
            let own = papers.licences.iter().filter(|line| line.0 == at);
            let fees = own.map(|(.., amount)| *amount).sum();
            expected.insert(channel.id.clone(), (hub.used_by(at, month), fees));
        }
        for sums in [&mut shown, &mut expected] {
            sums.retain(|_, (used, fees)| !(used.is_zero() && fees.is_zero()));
        }
        self.same(
            &format!("charges of {} in {month}", hub.id),
            &shown,
            &expected,
        );
    }

    pub(super) fn compare_ledger(&mut self) {
        let at = self.at();
        // Closings of this month and what begins later are of days to come.
        let form = TrialForm {
            until: "2027-12-31".to_owned(),
            ..TrialForm::default()
        };
        let trial = self.book().trial_balance(&form, at).unwrap();
        let mut shown = BTreeMap::new();
        for line in trial
            .balances
            .iter()
            .chain(&trial.memo)
            .flat_map(|b| &b.lines)
        {
            let amount = match (&line.debit, &line.credit) {
                (Some(debit), _) => dec(debit),
                (None, Some(credit)) => -dec(credit),
                (None, None) => continue,
            };
            shown.insert(line.account.clone(), amount);
        }
        self.same("the trial balance", &shown, &self.world.trial_balance());
    }

    pub(crate) fn check(&mut self) {
        let at = self.at();
        let check = self.book().check(at).unwrap();
        if !check.holds {
            let failed: Vec<_> = check.lines.iter().filter(|line| !line.holds).collect();
            self.fail(&format!("{failed:#?}"));
        }
    }

    pub(crate) fn compare_all(&mut self) {
        for hub in 0..self.world.hubs.len() {
            let (first, last) = (self.world.hubs[hub].first, Month::of(self.today));
            for month in first.0..=last.0 {
                self.compare_month(hub, Month(month));
            }
        }
    }
}
