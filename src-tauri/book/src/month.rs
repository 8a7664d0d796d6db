//! A hub's open month, worked out: its fees, its hub invoices, and how its balances would be
//! settled. The same value is shown as a preview and frozen by the close.

use std::collections::HashMap;

use hubledger_core::closing::{BalanceMonth, InvoiceFrame, SettledBalance, settle};
use hubledger_core::fee::{Fee, FeePrices, late_licence, licence_fees, plan_fees};
use hubledger_core::hub_invoice::{
    AnnexLine, HubInvoice, HubInvoiceLine, InvoicedChannel, LineKind,
};
use hubledger_core::journal::EntryKind;
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::partner::Company;
use hubledger_core::period::BillingPeriod;
use hubledger_core::price::PriceData;
use hubledger_core::rule::Rules;
use hubledger_store::{ChannelRow, Read, TopUpRow, UsageSplit};

use crate::desk::{HubDesk, company_in, label};
use crate::error::Error;
use crate::file::count;

/// A balance's month with the channel that it is of; none for the shared balance.
pub(crate) struct BalanceSettled {
    pub(crate) channel: Option<ChannelRow>,
    pub(crate) settled: SettledBalance,
}

/// An open month, worked out.
pub(crate) struct OpenMonth {
    pub(crate) invoices: Vec<HubInvoice>,
    pub(crate) balances: Vec<BalanceSettled>,
    /// Direct-Paid in a partner's book: licences with their channels, which clients are invoiced for.
    pub(crate) licences_of_clients: Vec<(InvoicedChannel, Fee)>,
    /// And how many invoices go to clients.
    pub(crate) invoices_to_clients: Option<u32>,
}

/// What the parts of a month are made with.
struct Maker<'a, 'c> {
    r: &'a Read<'a>,
    desk: &'a HubDesk,
    month: BillingPeriod,
    rules: Rules,
    company: Company,
    language: Language,
    prices: PriceData,
    channels: &'c [ChannelRow],
}

/// Works out an open month of a hub.
pub(crate) fn work_out(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    frozen: bool,
) -> Result<OpenMonth, Error> {
    desk.check_month(month)?;
    let channels = r.channels(Some(desk.key()))?;
    let maker = Maker {
        r,
        desk,
        month,
        rules: desk.rules(month),
        company: company_in(r, month)?,
        language: r.paper_language()?,
        prices: r.price_data()?,
        channels: &channels,
    };
    maker.make(frozen)
}

/// Fees of an open month alone, for lists of charges, with the channels that they are for; `channels`
/// are the hub's.
pub(crate) fn fees_of<'a>(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    channels: &'a [ChannelRow],
) -> Result<impl Iterator<Item = (Option<&'a ChannelRow>, Fee)>, Error> {
    let maker = Maker {
        r,
        desk,
        month,
        rules: desk.rules(month),
        company: company_in(r, month)?,
        language: r.paper_language()?,
        prices: r.price_data()?,
        channels,
    };
    let with = desk.fee_prices(&maker.prices, month, &maker.rules);
    let plan = plan_fees(desk.hub(), &desk.plans, desk.plan_ends(), &with)?;
    let licences = maker.licences(&with)?.into_iter();
    let plan = plan.into_iter().map(|fee| (None, fee));
    Ok(plan.chain(licences.map(|(row, fee)| (Some(row), fee))))
}

impl<'c> Maker<'_, 'c> {
    fn make(&self, frozen: bool) -> Result<OpenMonth, Error> {
        let desk = self.desk;
        let with = desk.fee_prices(&self.prices, self.month, &self.rules);
        let frame = InvoiceFrame {
            hub: desk.hub(),
            period: self.month,
            recipient: &self.company,
            language: self.language,
            rules: &self.rules,
            card_fee: desk.card_fee(&with)?,
            channel: None,
            frozen,
        };
        let plan = plan_fees(desk.hub(), &desk.plans, desk.plan_ends(), &with)?;
        let licences = self.licences(&with)?;
        let top_ups = self.r.top_ups(desk.key(), desk.currency(), self.month)?;
        let balances = self.balances(&frame)?;
        let mut invoices: Vec<_> = frame.plan_invoice(plan)?.into_iter().collect();
        let mut licences_of_clients = Vec::new();
        let mut invoices_to_clients = None;
        if !desk.is_ours() {
            invoices_to_clients = Some(invoices_to_clients_of(&licences, &top_ups, &balances));
            licences_of_clients = licences
                .into_iter()
                .map(|(row, fee)| (label(row), fee))
                .collect();
        } else if desk.is_shared() {
            invoices.extend(self.shared_invoices(&frame, &licences, &top_ups, &balances)?);
        } else {
            invoices.extend(self.channel_invoices(&frame, &licences, &top_ups, &balances)?);
        }
        Ok(OpenMonth {
            invoices,
            balances,
            licences_of_clients,
            invoices_to_clients,
        })
    }

    /// Licences of the month, and late ones of closed months.
    fn licences(&self, with: &FeePrices<'_>) -> Result<Vec<(&'c ChannelRow, Fee)>, Error> {
        let charged = self.charged_licences()?;
        let mut fees = Vec::new();
        for row in self.channels {
            let own = licence_fees(&row.channel, with)?;
            fees.extend(own.into_iter().map(|fee| (row, fee)));
            for closed in &self.desk.closed {
                if let Some(fee) = self.late_licence(row, closed.month, &charged)? {
                    fees.push((row, fee));
                }
            }
        }
        Ok(fees)
    }

    /// What was charged for each channel's licence, by month; asked for once, as the first open
    /// month alone takes late licences.
    fn charged_licences(&self) -> Result<HashMap<(i64, BillingPeriod), Money>, Error> {
        let mut charged = HashMap::new();
        if self.desk.closed.is_empty() || self.month != self.desk.first_open() {
            return Ok(charged);
        }
        let (hub, currency) = (self.desk.key(), self.desk.currency());
        for (channel, month, amount) in self.r.charged_licences(hub, None, currency)? {
            let before = charged
                .entry((channel, month))
                .or_insert(Money::zero(currency));
            *before = before.checked_add(amount)?;
        }
        Ok(charged)
    }

    fn late_licence(
        &self,
        row: &ChannelRow,
        closed: BillingPeriod,
        charged: &HashMap<(i64, BillingPeriod), Money>,
    ) -> Result<Option<Fee>, Error> {
        let channel = &row.channel;
        let lives = channel.started <= closed.last_day()
            && channel.ended.is_none_or(|e| e >= closed.first_day());
        if self.month != self.desk.first_open() || !lives {
            return Ok(None);
        }
        let before = charged.get(&(row.key, closed)).copied();
        let may_differ = before.is_none()
            || closed.contains(channel.started)
            || channel
                .tiers
                .iter()
                .any(|t| t.from <= closed.last_day() && t.from > channel.started);
        if !may_differ {
            return Ok(None);
        }
        let rules = self.desk.rules(closed);
        let with = self.desk.fee_prices(&self.prices, closed, &rules);
        Ok(late_licence(
            channel,
            &with,
            before.unwrap_or(Money::zero(self.desk.currency())),
        )?)
    }

    /// How each balance stands at the end of the month.
    fn balances(&self, frame: &InvoiceFrame<'_>) -> Result<Vec<BalanceSettled>, Error> {
        let (desk, currency) = (self.desk, self.desk.currency());
        let zero = Money::zero(currency);
        let starting: HashMap<i64, Money> = self
            .r
            .balances_before(desk.key(), currency, self.month.first_day())?
            .into_iter()
            .collect();
        let accounts = self.r.balance_accounts(desk.key())?;
        let mut months: HashMap<i64, BalanceMonth> = accounts
            .iter()
            .map(|(account, _)| {
                (
                    *account,
                    BalanceMonth::quiet(starting.get(account).copied().unwrap_or(zero)),
                )
            })
            .collect();
        let sums = self.r.balance_sums(
            desk.key(),
            currency,
            self.month.first_day(),
            self.month.last_day(),
        )?;
        for sum in sums {
            if let Some(month) = months.get_mut(&sum.account) {
                add_movement(month, sum.kind, sum.amount)?;
            }
        }
        let usage = self.r.usage_of_month(desk.key(), currency, self.month)?;
        let of_channel: HashMap<i64, &UsageSplit> = usage.iter().map(|u| (u.channel, u)).collect();
        let rows: HashMap<i64, &ChannelRow> = self.channels.iter().map(|c| (c.key, c)).collect();
        let mut balances = Vec::new();
        for (account, channel) in accounts {
            let Some(mut month) = months.remove(&account) else {
                continue;
            };
            match channel {
                Some(channel) => add_usage(&mut month, of_channel.get(&channel).copied())?,
                None => usage
                    .iter()
                    .try_for_each(|split| add_usage(&mut month, Some(split)))?,
            }
            let row = channel.and_then(|key| rows.get(&key)).copied().cloned();
            let settled = settle(&month, frame.rules, frame.card_fee)?;
            balances.push(BalanceSettled {
                channel: row,
                settled,
            });
        }
        Ok(balances)
    }

    /// Partner-Paid: everything consolidated on the partner.
    fn shared_invoices(
        &self,
        frame: &InvoiceFrame<'_>,
        licences: &[(&ChannelRow, Fee)],
        top_ups: &[TopUpRow],
        balances: &[BalanceSettled],
    ) -> Result<Vec<HubInvoice>, Error> {
        let mut invoices = Vec::new();
        invoices.extend(frame.licence_invoice(pick(licences, false))?);
        for (top_up, n) in top_ups.iter().zip(1..) {
            invoices.push(frame.top_up_invoice(
                n,
                top_up.day,
                top_up.kind,
                top_up.method,
                top_up.amount,
            )?);
        }
        invoices.extend(frame.pro_rata_invoice(pick(licences, true))?);
        for balance in balances {
            invoices.extend(frame.closing_invoice(&balance.settled)?);
        }
        Ok(invoices)
    }

    /// Direct-Paid in a client's book: each channel has its own.
    fn channel_invoices(
        &self,
        frame: &InvoiceFrame<'_>,
        licences: &[(&ChannelRow, Fee)],
        top_ups: &[TopUpRow],
        balances: &[BalanceSettled],
    ) -> Result<Vec<HubInvoice>, Error> {
        let mut own: HashMap<i64, OfChannel<'_>> = HashMap::new();
        for (row, fee) in licences {
            let licences = &mut own.entry(row.key).or_default().licences;
            licences.push((*row, fee.clone()));
        }
        for top_up in top_ups {
            if let Some(channel) = top_up.channel {
                own.entry(channel).or_default().top_ups.push(top_up);
            }
        }
        for balance in balances {
            if let Some(channel) = &balance.channel {
                own.entry(channel.key).or_default().balance = Some(balance);
            }
        }
        let mut invoices = Vec::new();
        for row in self.channels {
            let Some(own) = own.get(&row.key) else {
                continue;
            };
            let frame = InvoiceFrame {
                channel: Some(label(row)),
                ..frame.clone()
            };
            invoices.extend(frame.licence_invoice(pick(&own.licences, false))?);
            for (top_up, n) in own.top_ups.iter().zip(1..) {
                invoices.push(frame.top_up_invoice(
                    n,
                    top_up.day,
                    top_up.kind,
                    top_up.method,
                    top_up.amount,
                )?);
            }
            invoices.extend(frame.pro_rata_invoice(pick(&own.licences, true))?);
            if let Some(balance) = own.balance {
                invoices.extend(frame.closing_invoice(&balance.settled)?);
            }
        }
        Ok(invoices)
    }
}

/// What a channel is invoiced for by itself.
#[derive(Default)]
struct OfChannel<'a> {
    licences: Vec<(&'a ChannelRow, Fee)>,
    top_ups: Vec<&'a TopUpRow>,
    balance: Option<&'a BalanceSettled>,
}

/// What a month's usage is made of, with channels as `labels` call them; by client and channel.
pub(crate) fn annex(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    channel: Option<i64>,
    labels: &HashMap<i64, InvoicedChannel>,
) -> Result<Vec<AnnexLine>, Error> {
    let rows = r.annex(desk.key(), desk.currency(), month, channel)?;
    let mut lines: Vec<_> = rows
        .into_iter()
        .filter_map(|row| {
            Some(AnnexLine {
                channel: labels.get(&row.channel)?.clone(),
                category: row.category,
                market: row.market,
                quantity: row.quantity,
                amount: row.amount,
                late: row.late,
                free: row.free,
                estimated: row.estimated,
            })
        })
        .collect();
    lines.sort_by(|a, b| {
        let names = |line: &AnnexLine| {
            (
                line.channel.client_name.clone(),
                line.channel.name.clone(),
                line.channel.id.clone(),
            )
        };
        (names(a), a.late, a.category, &a.market, a.free, a.estimated).cmp(&(
            names(b),
            b.late,
            b.category,
            &b.market,
            b.free,
            b.estimated,
        ))
    });
    Ok(lines)
}

fn add_movement(month: &mut BalanceMonth, kind: EntryKind, amount: Money) -> Result<(), Error> {
    match kind {
        // What was there before the books is where the first month starts.
        EntryKind::Opening => month.starting = month.starting.checked_add(amount)?,
        EntryKind::TopUp => month.added = month.added.checked_add(amount)?,
        EntryKind::RefundToBalance => {
            month.refunds_to_balance = month.refunds_to_balance.checked_add(amount)?
        }
        EntryKind::PaidOut => month.paid_out = month.paid_out.checked_sub(amount)?,
        // Usage comes from its charges, split into messages and calls; the rest is of closed months.
        _ => {}
    }
    Ok(())
}

fn add_usage(month: &mut BalanceMonth, split: Option<&UsageSplit>) -> Result<(), Error> {
    if let Some(split) = split {
        month.messages = month.messages.checked_add(split.messages)?;
        month.calls = month.calls.checked_add(split.calls)?;
        month.late = month.late.checked_add(split.late)?;
    }
    Ok(())
}

/// Whether a licence stands on the pro-rata invoice at the month's end, or on that of the 1st.
pub(crate) fn is_pro_rata(kind: &LineKind) -> bool {
    matches!(
        kind,
        LineKind::ProRataLicence { .. } | LineKind::TierUpgrade { .. }
    )
}

fn pick<'a>(
    licences: &'a [(&ChannelRow, Fee)],
    pro_rata: bool,
) -> impl Iterator<Item = (InvoicedChannel, Fee)> + 'a {
    licences
        .iter()
        .filter(move |(_, fee)| is_pro_rata(&fee.kind) == pro_rata)
        .map(|(row, fee)| (label(row), fee.clone()))
}

/// How many invoices 360Dialog sends to the clients of a Direct-Paid hub: per channel a licence,
/// a pro-rata licence and a month closing where there is one, and each top-up.
fn invoices_to_clients_of(
    licences: &[(&ChannelRow, Fee)],
    top_ups: &[TopUpRow],
    balances: &[BalanceSettled],
) -> u32 {
    let channels_with = |pro_rata: bool| {
        let keys = licences
            .iter()
            .filter(|(_, fee)| is_pro_rata(&fee.kind) == pro_rata)
            .map(|(row, _)| row.key);
        keys.collect::<std::collections::HashSet<_>>().len()
    };
    let closings = balances.iter().filter(|b| b.settled.has_invoice()).count();
    count(channels_with(false) + channels_with(true) + top_ups.len() + closings)
}

/// A licence as an invoice line, for months whose licences others are invoiced for.
pub(crate) fn licence_line(channel: InvoicedChannel, fee: Fee) -> HubInvoiceLine {
    HubInvoiceLine {
        kind: fee.kind,
        channel: Some(channel),
        unit_price: Some(fee.unit_price),
        amount: fee.amount,
    }
}
