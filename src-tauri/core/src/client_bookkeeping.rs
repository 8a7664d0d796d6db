//! Which entry the owner's own invoices to a client make (`billing-models` 16). What a client
//! pays in advance is a debt until a later invoice deducts it, and becomes revenue then.

use crate::bookkeeping::Days;
use crate::client_invoice::{CheckedInvoice, Deduction, InvoiceKind};
use crate::error::Error;
use crate::id::{ClientId, HubId};
use crate::journal::{Account, AccountKind, EntryKind, JournalEntry, Posting};
use crate::money::Money;

/// The accounts of a client.
#[derive(Clone, Debug)]
pub struct ClientLedger {
    hub: HubId,
    client: ClientId,
}

/// What an invoice says in the books, above zero where it bills: the rest, whether its paper is
/// about the rest or about the whole. So the VAT of an advance is owed once, when it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billed {
    pub kind: InvoiceKind,
    /// Less its advances.
    pub net: Money,
    /// Less the VAT of its advances.
    pub vat: Money,
    /// Net of the advances that it deducts.
    pub deducted: Money,
}

impl Billed {
    /// What an invoice bills. One about the rest says so by its own sums; of one about the whole the
    /// advances come off here.
    pub fn of(invoice: &CheckedInvoice) -> Result<Self, Error> {
        let sums = invoice.sums();
        let shares = invoice.advances().iter().flat_map(|a| &a.shares);
        let deducted = Money::sum(invoice.currency(), shares.map(|share| share.net))?;
        let (net, vat) = match invoice.deduction() {
            Deduction::AsLines => (sums.net, sums.vat_total),
            Deduction::AsPrepaid => (
                sums.net.checked_sub(deducted)?,
                sums.vat_total.checked_sub(invoice.prepaid_vat()?)?,
            ),
        };
        Ok(Self {
            kind: invoice.kind(),
            net,
            vat,
            deducted,
        })
    }
}

impl ClientLedger {
    pub fn of(hub: &HubId, client: &ClientId) -> Self {
        Self {
            hub: hub.clone(),
            client: client.clone(),
        }
    }

    /// An invoice: what the client owes, what it had paid in advance, revenue and VAT.
    pub fn invoice(&self, days: Days, billed: Billed) -> Result<Option<JournalEntry>, Error> {
        self.entry(EntryKind::ClientInvoice, days, self.postings(billed)?)
    }

    /// A credit note or cancellation: the invoice's entry the other way round.
    pub fn credit(
        &self,
        days: Days,
        of: InvoiceKind,
        credited: Billed,
    ) -> Result<Option<JournalEntry>, Error> {
        let postings = match of {
            // What was paid is owed back.
            InvoiceKind::Prepayment => vec![
                (
                    AccountKind::Receivable,
                    credited.net.checked_add(credited.vat)?,
                ),
                (AccountKind::ClientPrepayments, credited.net.negated()),
                (AccountKind::OutputVat, credited.vat.negated()),
            ],
            _ => self.postings(credited)?,
        };
        let reversed = postings
            .into_iter()
            .map(|(account, amount)| (account, amount.negated()))
            .collect();
        self.entry(EntryKind::ClientCredit, days, reversed)
    }

    /// A corrected invoice: the one that it replaces taken back, and the new one.
    pub fn corrected(
        &self,
        days: Days,
        old: Billed,
        new: Billed,
    ) -> Result<Option<JournalEntry>, Error> {
        let mut postings = self.postings(new)?;
        for (account, amount) in self.postings(old)? {
            match postings.iter_mut().find(|(kind, _)| *kind == account) {
                Some((_, sum)) => *sum = sum.checked_sub(amount)?,
                None => postings.push((account, amount.negated())),
            }
        }
        self.entry(EntryKind::ClientInvoice, days, postings)
    }

    /// Money from the client, or below zero back to it.
    pub fn payment(&self, days: Days, amount: Money) -> Result<Option<JournalEntry>, Error> {
        let postings = vec![
            (AccountKind::Bank, amount),
            (AccountKind::Receivable, amount.negated()),
        ];
        self.entry(EntryKind::ClientPayment, days, postings)
    }

    fn postings(&self, billed: Billed) -> Result<Vec<(AccountKind, Money)>, Error> {
        let gross = billed.net.checked_add(billed.vat)?;
        if billed.kind == InvoiceKind::Prepayment {
            return Ok(vec![
                (AccountKind::Bank, gross),
                (AccountKind::ClientPrepayments, billed.net.negated()),
                (AccountKind::OutputVat, billed.vat.negated()),
            ]);
        }
        let revenue = billed.net.checked_add(billed.deducted)?;
        Ok(vec![
            (AccountKind::Receivable, gross),
            (AccountKind::ClientPrepayments, billed.deducted),
            (AccountKind::Revenue, revenue.negated()),
            (AccountKind::OutputVat, billed.vat.negated()),
        ])
    }

    fn entry(
        &self,
        kind: EntryKind,
        days: Days,
        postings: Vec<(AccountKind, Money)>,
    ) -> Result<Option<JournalEntry>, Error> {
        let postings = postings
            .into_iter()
            .map(|(kind, amount)| Posting {
                account: Account {
                    kind,
                    hub: self.hub.clone(),
                    channel: None,
                    client: kind.is_of_client().then(|| self.client.clone()),
                },
                amount,
            })
            .collect();
        JournalEntry::new(kind, days.booked, days.own, postings)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::currency::Currency;
    use crate::period::parse_date;

    fn money(text: &str) -> Money {
        Money::new(Decimal::from_str_exact(text).unwrap(), Currency::Eur)
    }

    fn billed(kind: InvoiceKind, net: &str, vat: &str, deducted: &str) -> Billed {
        Billed {
            kind,
            net: money(net),
            vat: money(vat),
            deducted: money(deducted),
        }
    }

    fn shown(entry: Result<Option<JournalEntry>, Error>) -> String {
        let entry = entry.unwrap().unwrap();
        let lines: Vec<_> = entry
            .postings()
            .iter()
            .map(|p| {
                let amount = crate::money::plain_text(p.amount.amount());
                format!("{} {amount}", p.account.name())
            })
            .collect();
        lines.join("; ")
    }

    #[test]
    fn each_document_is_posted_as_the_rules_say() {
        use InvoiceKind::{Invoice, Prepayment};
        let ledger = ClientLedger::of(
            &HubId::parse("aPA").unwrap(),
            &ClientId::parse("cCL").unwrap(),
        );
        let on = Days::on(parse_date("2026-11-28").unwrap());
        for (entry, postings) in [
            (
                ledger.invoice(on, billed(Invoice, "100", "19", "0")),
                "asset:receivable:aPA:cCL 119.00; revenue:clients:aPA -100.00; liability:output-vat:aPA -19.00",
            ),
            (
                ledger.invoice(on, billed(Prepayment, "50", "9.50", "0")),
                "asset:bank:aPA 59.50; liability:client-prepayments:aPA:cCL -50.00; liability:output-vat:aPA -9.50",
            ),
            // 100.00 of which 50.00 was paid in advance: the rest is billed, all of it is revenue.
            (
                ledger.invoice(on, billed(Invoice, "50", "9.50", "50")),
                "asset:receivable:aPA:cCL 59.50; liability:client-prepayments:aPA:cCL 50.00; revenue:clients:aPA -100.00; liability:output-vat:aPA -9.50",
            ),
            (
                ledger.credit(on, Invoice, billed(Invoice, "40", "7.60", "0")),
                "asset:receivable:aPA:cCL -47.60; revenue:clients:aPA 40.00; liability:output-vat:aPA 7.60",
            ),
            (
                ledger.credit(on, Prepayment, billed(Invoice, "50", "9.50", "0")),
                "asset:receivable:aPA:cCL -59.50; liability:client-prepayments:aPA:cCL 50.00; liability:output-vat:aPA 9.50",
            ),
            (
                ledger.corrected(
                    on,
                    billed(Invoice, "100", "19", "0"),
                    billed(Invoice, "80", "0", "0"),
                ),
                "asset:receivable:aPA:cCL -39.00; revenue:clients:aPA 20.00; liability:output-vat:aPA 19.00",
            ),
            (
                ledger.payment(on, money("119")),
                "asset:bank:aPA 119.00; asset:receivable:aPA:cCL -119.00",
            ),
        ] {
            assert_eq!(shown(entry), postings);
        }
    }
}
