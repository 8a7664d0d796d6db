//! Balances and their statements: folds of postings, never stored.

use std::collections::HashMap;

use hubledger_core::journal::EntryKind;
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_document::{BalanceStatement, Fonts, Movement, balance_statement_pdf};
use hubledger_store::{ChannelRow, MovementRow, Read};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::Book;
use crate::desk::{HubDesk, company_in, find_balance, label};
use crate::error::{About, Code, Error};
use crate::file::count;
use crate::hub::{balances_today, renewal_view};
use crate::moment::Moment;
use crate::reverse::can_be_reversed;
use crate::show;
use crate::view::{BalanceView, MoneyView, MovementView, MovementWord, StatementView};

/// Over how many days usage is averaged to tell how long a balance lasts.
pub(crate) const AVERAGE_DAYS: u32 = 30;

/// A month of a balance in its numbers, as they are put together.
#[derive(Clone, Copy)]
struct Numbers {
    starting: Money,
    added: Money,
    used: Money,
    refunds: Money,
    settled: Money,
    rounding: Money,
}

impl Numbers {
    fn starting_at(starting: Money) -> Self {
        let zero = Money::zero(starting.currency());
        Self {
            starting,
            added: zero,
            used: zero,
            refunds: zero,
            settled: zero,
            rounding: zero,
        }
    }

    fn add(&mut self, kind: EntryKind, amount: Money) -> Result<(), Error> {
        match kind {
            EntryKind::Opening => self.starting = self.starting.checked_add(amount)?,
            EntryKind::TopUp => self.added = self.added.checked_add(amount)?,
            EntryKind::Usage | EntryKind::Reconciliation => {
                self.used = self.used.checked_sub(amount)?
            }
            EntryKind::RefundToBalance | EntryKind::PaidOut => {
                self.refunds = self.refunds.checked_add(amount)?
            }
            EntryKind::SettledByInvoice => self.settled = self.settled.checked_add(amount)?,
            EntryKind::Rounding => self.rounding = self.rounding.checked_add(amount)?,
            EntryKind::FeeInvoice
            | EntryKind::VatCorrection
            | EntryKind::ClientInvoice
            | EntryKind::ClientCredit
            | EntryKind::ClientPayment => {}
        }
        Ok(())
    }

    fn ending(&self) -> Result<Money, Error> {
        let moved = [
            self.added,
            self.used.negated(),
            self.refunds,
            self.settled,
            self.rounding,
        ];
        Ok(Money::sum(self.starting.currency(), moved)?.checked_add(self.starting)?)
    }
}

/// How many whole days an amount lasts at what `days` days used.
pub(crate) fn days_left(balance: Money, used: Money, days: u32) -> Option<u32> {
    if !used.is_positive() {
        return None;
    }
    if !balance.is_positive() {
        return Some(0);
    }
    let lasts = balance
        .amount()
        .checked_mul(Decimal::from(days))?
        .checked_div(used.amount())?;
    lasts.floor().to_u32()
}

/// All balances of a hub in a month; the shared one, or one a channel.
pub(crate) fn balance_views(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    at: Moment,
) -> Result<Vec<BalanceView>, Error> {
    let currency = desk.currency();
    let zero = Money::zero(currency);
    let before: HashMap<i64, Money> = r
        .balances_before(desk.key(), currency, month.first_day())?
        .into_iter()
        .collect();
    let mut numbers: HashMap<i64, Numbers> = HashMap::new();
    let accounts = r.balance_accounts(desk.key())?;
    for (account, _) in &accounts {
        numbers.insert(
            *account,
            Numbers::starting_at(before.get(account).copied().unwrap_or(zero)),
        );
    }
    for sum in r.balance_sums(desk.key(), currency, month.first_day(), month.last_day())? {
        if let Some(numbers) = numbers.get_mut(&sum.account) {
            numbers.add(sum.kind, sum.amount)?;
        }
    }
    let shown_day = at.today.min(month.last_day());
    let on_day = balances_today(r, desk, shown_day)?;
    let recent = recent_use(r, desk, at.today)?;
    let rows = if desk.is_shared() {
        Vec::new()
    } else {
        r.channels(Some(desk.key()))?
    };
    let channels: HashMap<i64, &ChannelRow> = rows.iter().map(|c| (c.key, c)).collect();
    let mut views = Vec::new();
    for (account, channel) in accounts {
        let Some(numbers) = numbers.get(&account) else {
            continue;
        };
        let balance = on_day.get(&channel).copied().unwrap_or(zero);
        let used = recent.get(&channel).copied().unwrap_or(zero);
        views.push(BalanceView {
            hub: desk.hub().id.to_string(),
            channel: channel
                .and_then(|key| channels.get(&key))
                .map(|row| show::channel_label(row)),
            month: month.to_string(),
            starting: numbers.starting.into(),
            added: numbers.added.into(),
            used: numbers.used.into(),
            refunds: numbers.refunds.into(),
            settled_by_invoice: numbers.settled.into(),
            rounding: numbers.rounding.into(),
            ending: numbers.ending()?.into(),
            paused: !balance.is_positive(),
            days_left: days_left(balance, used, AVERAGE_DAYS),
            auto_renewal: renewal_view(r, desk, Some(account), balance)?,
        });
    }
    Ok(views)
}

/// What each balance used over the last days before today; the shared one under none.
pub(crate) fn recent_use(
    r: &Read<'_>,
    desk: &HubDesk,
    today: Date,
) -> Result<HashMap<Option<i64>, Money>, Error> {
    let from = today
        .checked_sub_days(chrono::Days::new(u64::from(AVERAGE_DAYS)))
        .unwrap_or(today);
    let until = today.pred_opt().unwrap_or(today);
    let spend = r.spend_of_balances(desk.key(), desk.currency(), from, until)?;
    Ok(spend.into_iter().collect())
}

fn statement(
    r: &Read<'_>,
    desk: &HubDesk,
    channel: Option<&ChannelRow>,
    month: Option<BillingPeriod>,
    at: Moment,
) -> Result<StatementView, Error> {
    let currency = desk.currency();
    let shown = month.unwrap_or(BillingPeriod::containing(at.today));
    let key = channel.map(|c| c.key);
    let views = balance_views(r, desk, shown, at)?;
    let account = r
        .balance_accounts(desk.key())?
        .into_iter()
        .find(|(_, c)| *c == key)
        .map(|(account, _)| account);
    let balance = views.into_iter().find(|v| {
        v.channel.as_ref().map(|c| c.id.as_str()) == channel.map(|c| c.channel.id.as_str())
    });
    let (Some(account), Some(balance)) = (account, balance) else {
        return Err(hubledger_core::Error::HubHasNoBalance {
            hub: desk.hub().id.to_string(),
        }
        .into());
    };
    let (from, until) = match month {
        Some(month) => (month.first_day(), month.last_day()),
        None => (
            Date::MIN.max(desk.hub().first_month.first_day()),
            BillingPeriod::new(2199, 12)?.last_day(),
        ),
    };
    let unrated: HashMap<Date, i64> = r
        .unrated_days(desk.key(), from, until, key)?
        .into_iter()
        .collect();
    let mut running = match from.pred_opt() {
        Some(day) => r.balance(account, currency, Some(day))?,
        None => Money::zero(currency),
    };
    let mut movements = Vec::new();
    for row in r.movements(account, currency, from, until)? {
        running = running.checked_add(row.amount)?;
        movements.extend(movement_view(desk, &row, running, &unrated));
    }
    Ok(StatementView { balance, movements })
}

/// What the paper of a balance's month says.
fn statement_paper(
    r: &Read<'_>,
    desk: &HubDesk,
    channel: Option<&ChannelRow>,
    month: BillingPeriod,
    language: &str,
    at: Moment,
) -> Result<BalanceStatement, Error> {
    let language = match language.trim() {
        "" => r.paper_language()?,
        tag => Language::parse(tag).about("language")?,
    };
    let currency = desk.currency();
    desk.check_month(month).about("month")?;
    let key = channel.map(|channel| channel.key);
    let accounts = r.balance_accounts(desk.key())?;
    let account = accounts.into_iter().find(|(_, of)| *of == key);
    let (from, until) = (month.first_day(), month.last_day());
    let (mut opening, mut movements) = (Money::zero(currency), Vec::new());
    if let Some((account, _)) = account {
        if let Some(before) = from.pred_opt() {
            opening = r.balance(account, currency, Some(before))?;
        }
        let rows = r.movements(account, currency, from, until)?;
        movements.extend(rows.iter().map(|row| Movement {
            day: row.day,
            own_day: row.own_day,
            kind: row.kind,
            is_reversal: row.reverses.is_some(),
            amount: row.amount,
        }));
    }
    let unrated = r.unrated_days(desk.key(), from, until, key)?;
    let unrated: i64 = unrated.into_iter().map(|(_, rows)| rows).sum();
    Ok(BalanceStatement {
        hub: desk.hub().id.clone(),
        hub_name: desk.hub().name.clone(),
        channel: channel.map(label),
        company: company_in(r, month)?,
        language,
        from,
        until,
        on: at.today,
        opening,
        movements,
        unrated: u64::from(count(unrated)),
    })
}

fn movement_view(
    desk: &HubDesk,
    row: &MovementRow,
    running: Money,
    unrated: &HashMap<Date, i64>,
) -> Option<MovementView> {
    let kind = show::movement(row.kind)?;
    let unrated = if kind == MovementWord::Usage {
        unrated.get(&row.day).copied().unwrap_or(0)
    } else {
        0
    };
    Some(MovementView {
        entry: count(row.entry),
        day: row.day.to_string(),
        own_day: row.own_day.map(|d| d.to_string()),
        kind,
        amount: row.amount.into(),
        balance: running.into(),
        paused: !running.is_positive(),
        top_up: row.top_up.map(|(kind, _)| kind.into()),
        method: row.top_up.map(|(_, method)| method.into()),
        messages: row.messages.to_string(),
        pulses: row.pulses.to_string(),
        unrated: count(unrated),
        reverses: row.reverses.map(count),
        reversed_by: row.reversed_by.map(count),
        can_reverse: row.reverses.is_none()
            && row.reversed_by.is_none()
            && can_be_reversed(row.kind, row.day, desk.first_open()),
    })
}

impl Book {
    /// Balances of a hub in a month: the shared one, or one a channel.
    pub fn balances(&self, hub: &str, month: &str, at: Moment) -> Result<Vec<BalanceView>, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| balance_views(r, &HubDesk::find(r, hub)?, month, at))
    }

    /// A balance at the end of a day: of a Partner-Paid hub, or of a channel of a Direct-Paid hub.
    pub fn balance_on(
        &self,
        hub: Option<&str>,
        channel: Option<&str>,
        on: &str,
    ) -> Result<MoneyView, Error> {
        let on = parse_date(on).about("on")?;
        self.read(|r| {
            let (desk, channel) = find_balance(r, hub, channel)?;
            let balances = balances_today(r, &desk, on)?;
            let found = balances.get(&channel.map(|c| c.key)).copied();
            Ok(found.unwrap_or(Money::zero(desk.currency())).into())
        })
    }

    /// Movements of a balance with the running balance, of a month or of all time.
    pub fn statement(
        &self,
        hub: &str,
        channel: Option<&str>,
        month: Option<&str>,
        at: Moment,
    ) -> Result<StatementView, Error> {
        let month = month.map(BillingPeriod::parse).transpose().about("month")?;
        self.read(|r| {
            let (desk, channel) = find_balance(r, Some(hub), channel)?;
            statement(r, &desk, channel.as_ref(), month, at)
        })
    }

    /// The statement of a balance's month as PDF, in a language such as `de`; empty: that of the
    /// owner's papers.
    pub fn statement_pdf(
        &self,
        hub: Option<&str>,
        channel: Option<&str>,
        month: &str,
        language: &str,
        at: Moment,
    ) -> Result<Vec<u8>, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        let paper = self.read(|r| {
            let (desk, channel) = find_balance(r, hub, channel)?;
            statement_paper(r, &desk, channel.as_ref(), month, language, at)
        })?;
        let failed = |error: hubledger_document::Error| {
            Error::because(Code::DocumentFailed, [], vec![(&error).into()])
        };
        let fonts = Fonts::bundled().map_err(failed)?;
        balance_statement_pdf(&paper, fonts).map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use hubledger_core::currency::Currency;

    use super::*;

    #[test]
    fn a_balance_lasts_as_many_whole_days_as_it_pays_for() {
        let money = |text| Money::new(Decimal::from_str_exact(text).unwrap(), Currency::Eur);
        for (balance, used, days, left) in [
            ("600.87", "3756.30", 30, Some(4)), // 125.21 a day
            ("10", "0", 30, None),
            ("-3", "30", 30, Some(0)),
            ("0", "30", 30, Some(0)),
            ("0.99", "30", 30, Some(0)),
        ] {
            assert_eq!(
                days_left(money(balance), money(used), days),
                left,
                "{balance} at {used}"
            );
        }
    }
}
