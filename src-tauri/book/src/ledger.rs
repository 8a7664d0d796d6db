//! The ledger as an accountant reads it: the chart, the trial balance, an account with its
//! entries. Sums are by currency, never across, and memorandum accounts stand apart.

mod csv;
mod entries;

use hubledger_core::chart::{AccountClass, ChartTemplate};
use hubledger_core::currency::Currency;
use hubledger_core::journal::{Account, AccountKind};
use hubledger_core::money::Money;
use hubledger_core::period::{Date, parse_date};
use hubledger_core::text::required_line;
use hubledger_store::{LedgerAccount, Read};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::moment::Moment;
use crate::said::AccountWord;
use crate::view::MoneyView;
use crate::word::{ChartWord, ClassWord};

/// A kind of account with its number and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ChartAccountView {
    pub kind: String,
    pub class: ClassWord,
    pub number: String,
    pub name: String,
    /// Set where that is the name of Hubledger's own chart.
    pub plain: Option<AccountWord>,
}

/// Another number or name of a kind of account.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct ChartAccountForm {
    /// One of `ChartAccountView::kind`.
    pub kind: String,
    pub number: String,
    pub name: String,
}

pub(crate) use entries::page as entries_page;
pub use entries::{EntriesForm, EntriesView, EntrySumsView, EntryView, PostingView};

/// Which trial balance.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct TrialForm {
    /// None: all hubs.
    pub hub: Option<String>,
    /// The first day of what was debited and credited; empty: from the beginning.
    pub from: String,
    /// Empty: today.
    pub until: String,
}

/// An account with what it held before, what was debited and credited, and what it holds at the
/// end: on the debit side or on the credit side.
#[derive(Clone, Debug, Serialize, Type)]
pub struct TrialLineView {
    /// Names the account: `asset:bank:NrdE7kPA`.
    pub account: String,
    pub class: ClassWord,
    pub number: String,
    pub name: String,
    /// Set where that is the name of Hubledger's own chart: the kind that it names.
    pub plain: Option<AccountWord>,
    pub hub: String,
    /// The channel or client that it belongs to.
    pub of: Option<String>,
    /// Debit above zero, credit below.
    pub starting: MoneyView,
    pub debited: MoneyView,
    pub credited: MoneyView,
    pub debit: Option<MoneyView>,
    pub credit: Option<MoneyView>,
}

/// The accounts of one currency. What was debited and credited adds up to the same, as does what
/// is held on both sides.
#[derive(Clone, Debug, Serialize, Type)]
pub struct TrialBalanceView {
    pub lines: Vec<TrialLineView>,
    pub debited: MoneyView,
    pub credited: MoneyView,
    pub debit: MoneyView,
    pub credit: MoneyView,
}

/// What all accounts held at the end of a day, and what moved them since another.
#[derive(Clone, Debug, Serialize, Type)]
pub struct TrialBalancesView {
    pub from: Option<String>,
    pub until: String,
    /// One a currency.
    pub balances: Vec<TrialBalanceView>,
    /// Clients' money, which is in no balance of the owner's.
    pub memo: Vec<TrialBalanceView>,
}

/// An account and the days to show of it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct AccountForm {
    /// `TrialLineView::account`.
    pub account: String,
    /// Empty: from the beginning.
    pub from: String,
    /// Empty: today.
    pub until: String,
}

/// A line of an account.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AccountLineView {
    pub entry: String,
    /// What the entry records.
    pub kind: String,
    pub day: String,
    /// The day it belongs to, where that lies in a closed month.
    pub own_day: Option<String>,
    /// The entry that it takes back.
    pub reverses: Option<String>,
    pub debit: Option<MoneyView>,
    pub credit: Option<MoneyView>,
    pub balance: MoneyView,
}

/// A statement of an account. Balances are debit above zero, credit below.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AccountView {
    pub account: TrialLineView,
    pub from: Option<String>,
    pub until: String,
    pub starting: MoneyView,
    pub lines: Vec<AccountLineView>,
    pub ending: MoneyView,
}

const BEGINNING: Date = Date::MIN;

/// The first day, if one is given, and the last; today if none is.
fn days(from: &str, until: &str, at: Moment) -> Result<(Option<Date>, Date), Error> {
    let day = |text: &str| Some(text.trim()).filter(|t| !t.is_empty()).map(parse_date);
    let from = day(from).transpose().about("from")?;
    let until = day(until).transpose().about("until")?;
    Ok((from, until.unwrap_or(at.today)))
}

fn chart(r: &Read<'_>) -> Result<Vec<ChartAccountView>, Error> {
    let set = r.chart()?;
    let mut accounts: Vec<_> = AccountKind::ALL
        .into_iter()
        .map(|kind| {
            let plain = ChartTemplate::Plain.account(kind);
            let (number, name) = set
                .get(kind.name())
                .map_or(plain, |(number, name)| (number, name));
            ChartAccountView {
                kind: kind.name().to_owned(),
                class: kind.class().into(),
                number: number.to_owned(),
                name: name.to_owned(),
                plain: (name == plain.1).then(|| (&kind).into()),
            }
        })
        .collect();
    accounts.sort_by(|a, b| (a.class, &a.number).cmp(&(b.class, &b.number)));
    Ok(accounts)
}

/// An amount on its side.
fn sides(amount: Money) -> (Option<MoneyView>, Option<MoneyView>) {
    (
        amount.is_positive().then(|| amount.into()),
        amount.is_negative().then(|| amount.negated().into()),
    )
}

/// The number and the name of an account, and whether it is the name of Hubledger's own chart.
fn called(chart: &[ChartAccountView], account: &Account) -> (String, String, Option<AccountWord>) {
    chart
        .iter()
        .find(|line| line.kind == account.kind.name())
        .map(|line| (line.number.clone(), line.name.clone(), line.plain))
        .unwrap_or_default()
}

/// The channel or client of an account.
fn owner(account: &Account) -> Option<String> {
    let channel = account.channel.as_ref().map(ToString::to_string);
    channel.or(account.client.as_ref().map(ToString::to_string))
}

fn line(chart: &[ChartAccountView], account: &LedgerAccount, holds: Money) -> TrialLineView {
    let of = &account.account;
    let (number, name, plain) = called(chart, of);
    let (debit, credit) = sides(holds);
    TrialLineView {
        account: of.name(),
        class: of.kind.class().into(),
        number,
        name,
        plain,
        hub: of.hub.to_string(),
        of: owner(of),
        starting: account.before.into(),
        debited: account.debited.into(),
        credited: account.credited.into(),
        debit,
        credit,
    }
}

/// One balance a currency over accounts that hold something, or that something moved.
fn balances(
    chart: &[ChartAccountView],
    accounts: &[LedgerAccount],
    is_memo: bool,
) -> Result<Vec<TrialBalanceView>, Error> {
    let mut found = Vec::new();
    for currency in [Currency::Eur, Currency::Usd] {
        let mut lines = Vec::new();
        let zero = Money::zero(currency);
        let (mut debit, mut credit, mut debited, mut credited) = (zero, zero, zero, zero);
        for account in accounts {
            let holds = account.holds()?;
            let is_here = (account.account.kind.class() == AccountClass::Memo) == is_memo;
            let is_still = account.debited.is_zero() && account.credited.is_zero();
            if !is_here || holds.currency() != currency || (holds.is_zero() && is_still) {
                continue;
            }
            debited = debited.checked_add(account.debited)?;
            credited = credited.checked_add(account.credited)?;
            if holds.is_positive() {
                debit = debit.checked_add(holds)?;
            } else {
                credit = credit.checked_add(holds.negated())?;
            }
            lines.push(line(chart, account, holds));
        }
        if lines.is_empty() {
            continue;
        }
        lines.sort_by(|a, b| {
            (a.class, &a.number, &a.hub, &a.of).cmp(&(b.class, &b.number, &b.hub, &b.of))
        });
        found.push(TrialBalanceView {
            lines,
            debited: debited.into(),
            credited: credited.into(),
            debit: debit.into(),
            credit: credit.into(),
        });
    }
    Ok(found)
}

impl Book {
    /// The chart of accounts, by class and number.
    pub fn chart(&self) -> Result<Vec<ChartAccountView>, Error> {
        self.read(chart)
    }

    /// Gives all kinds of account the numbers and names of a chart.
    pub fn set_chart(
        &mut self,
        template: ChartWord,
        at: Moment,
    ) -> Result<Vec<ChartAccountView>, Error> {
        let act = Act::new(UseCase::SetChart, at).with("chart", template);
        self.write(act, |w| {
            for kind in AccountKind::ALL {
                let (number, name) = ChartTemplate::from(template).account(kind);
                w.put_chart_account(kind, number, name)?;
            }
            chart(w)
        })
    }

    /// Gives a kind of account another number and name. A number is one account's.
    pub fn set_chart_account(
        &mut self,
        form: ChartAccountForm,
        at: Moment,
    ) -> Result<Vec<ChartAccountView>, Error> {
        let kind = AccountKind::parse(form.kind.trim())
            .ok_or_else(|| Error::new(Code::AccountNotFound, [form.kind.trim()]).at("kind"))?;
        let number = required_line("The number", &form.number).about("number")?;
        let name = required_line("The name", &form.name).about("name")?;
        self.write(Act::new(UseCase::SetChart, at).form(&form), |w| {
            let taken = chart(w)?
                .into_iter()
                .find(|other| other.number == number && other.kind != kind.name());
            if let Some(other) = taken {
                return Err(
                    Error::new(Code::AccountNumberTaken, [&number, &other.name]).at("number")
                );
            }
            w.put_chart_account(kind, &number, &name)?;
            chart(w)
        })
    }

    /// What the accounts of a hub, or of all hubs, held at the end of a day.
    pub fn trial_balance(&self, form: &TrialForm, at: Moment) -> Result<TrialBalancesView, Error> {
        let (from, until) = days(&form.from, &form.until, at)?;
        self.read(|r| {
            let hub = form
                .hub
                .as_deref()
                .map(|id| HubDesk::find(r, id).about("hub"))
                .transpose()?;
            let since = from.unwrap_or(BEGINNING);
            let accounts = r.ledger_accounts(hub.map(|desk| desk.key()), since, until)?;
            let chart = chart(r)?;
            Ok(TrialBalancesView {
                from: from.map(|day| day.to_string()),
                until: until.to_string(),
                balances: balances(&chart, &accounts, false)?,
                memo: balances(&chart, &accounts, true)?,
            })
        })
    }

    /// The statement of an account.
    pub fn account(&self, form: &AccountForm, at: Moment) -> Result<AccountView, Error> {
        let (from, until) = days(&form.from, &form.until, at)?;
        self.read(|r| {
            let since = from.unwrap_or(BEGINNING);
            let found = r
                .ledger_account(form.account.trim(), since, until)?
                .ok_or_else(|| {
                    Error::new(Code::AccountNotFound, [form.account.trim()]).at("account")
                })?;
            let desk = HubDesk::find(r, found.account.hub.as_str())?;
            let postings =
                r.ledger_postings(desk.key(), desk.currency(), Some(found.key), since, until)?;
            let mut balance = found.before;
            let mut lines = Vec::with_capacity(postings.len());
            for posting in postings {
                balance = balance.checked_add(posting.amount)?;
                let (debit, credit) = sides(posting.amount);
                lines.push(AccountLineView {
                    entry: posting.entry.to_string(),
                    kind: posting.kind.name().to_owned(),
                    day: posting.day.to_string(),
                    own_day: posting.own_day.map(|day| day.to_string()),
                    reverses: posting.reverses.map(|entry| entry.to_string()),
                    debit,
                    credit,
                    balance: balance.into(),
                });
            }
            Ok(AccountView {
                account: line(&chart(r)?, &found, balance),
                from: from.map(|day| day.to_string()),
                until: until.to_string(),
                starting: found.before.into(),
                lines,
                ending: balance.into(),
            })
        })
    }
}
