//! Journal entries with their postings, page by page, narrowed and in order.

use std::collections::HashMap;

use hubledger_core::Error as Rule;
use hubledger_core::journal::{AccountKind, EntryKind};
use hubledger_core::money::{AmountRule, parse_amount};
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_store::{EntryFilter, LedgerEntry, Read};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{BEGINNING, called, chart, days, owner, sides};
use crate::Book;
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::moment::Moment;
use crate::reverse::can_be_reversed;
use crate::said::AccountWord;
use crate::view::MoneyView;

/// Which entries to show: all where nothing is named. An account, its kind and a least amount are
/// asked of one and the same posting.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub struct EntriesForm {
    /// Only this entry.
    pub entry: Option<u32>,
    pub hub: Option<String>,
    /// `TrialLineView::account`: only entries that post to it.
    pub account: Option<String>,
    /// `ChartAccountView::kind`: only entries that post to an account of it.
    pub account_kind: Option<String>,
    /// `EntryView::kind`
    pub kind: Option<String>,
    /// Only entries that post at least so much on either side, in their own currency: zero or above,
    /// up to six decimals.
    pub least: Option<String>,
    /// The number of an act of the record: only what it posted.
    pub unit: Option<u32>,
    /// Only of this month, in place of the two days.
    pub month: Option<String>,
    /// Empty: from the beginning.
    pub from: String,
    /// Empty: today; the end of all days where an entry or an act is named.
    pub until: String,
    pub oldest_first: bool,
    /// `EntriesView::next` of the page before.
    pub after: Option<String>,
    /// Rows of a page, at most 1,000.
    pub limit: u32,
}

/// A page of entries.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EntriesView {
    pub entries: Vec<EntryView>,
    /// Of all that match; with the first page only.
    pub sums: Option<EntrySumsView>,
    /// Where the next page begins; none: this is the last.
    pub next: Option<String>,
}

/// What entries come to.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EntrySumsView {
    pub entries: u32,
    /// What is on their debit side, and as much on the credit side: one a currency.
    pub debit: Vec<MoneyView>,
}

/// A journal entry.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EntryView {
    pub entry: String,
    /// What it records.
    pub kind: String,
    pub hub: String,
    pub day: String,
    /// The day it belongs to, where that lies in a closed month.
    pub own_day: Option<String>,
    /// The act of the record that posted it.
    pub unit: Option<u32>,
    /// The number of the client invoice or credit note that it posts; only where one entry is asked for.
    pub invoice: Option<String>,
    /// The entry that it takes back.
    pub reverses: Option<String>,
    /// The entry that took it back.
    pub reversed_by: Option<String>,
    /// Whether it lies in a closed month and can be reversed.
    pub can_reverse: bool,
    /// Debit first; both sides add up to the same.
    pub postings: Vec<PostingView>,
}

/// One line of an entry.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PostingView {
    pub account: String,
    pub number: String,
    pub name: String,
    /// Set where that is the name of Hubledger's own chart: the kind that it names.
    pub plain: Option<AccountWord>,
    /// The channel or client of the account.
    pub of: Option<String>,
    pub debit: Option<MoneyView>,
    pub credit: Option<MoneyView>,
}

const MOST_ENTRIES: u32 = 1_000;

/// What entries record, as a form names it.
const KINDS: &str = "opening, top-up, usage, reconciliation, refund-to-balance, paid-out, settled-by-invoice, \
                     rounding, fee-invoice, vat-correction, client-invoice, client-credit, client-payment";

/// Where a page ends: `day:entry`.
fn cursor(text: &str) -> Option<(Date, i64)> {
    let (day, key) = text.split_once(':')?;
    Some((parse_date(day).ok()?, key.parse().ok()?))
}

fn filter_of(r: &Read<'_>, form: &EntriesForm, at: Moment) -> Result<EntryFilter, Error> {
    let given = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim);
        text.filter(|t| !t.is_empty()).map(str::to_owned)
    };
    let month = given(&form.month)
        .map(|month| BillingPeriod::parse(&month))
        .transpose()
        .about("month")?;
    // One entry, or what one act posted, is meant whenever it was.
    let is_named = form.entry.is_some() || form.unit.is_some();
    let (from, until) = match month {
        Some(month) => (Some(month.first_day()), month.last_day()),
        None if is_named && form.until.trim().is_empty() => {
            (days(&form.from, "", at)?.0, Date::MAX)
        }
        None => days(&form.from, &form.until, at)?,
    };
    let hub = given(&form.hub)
        .map(|id| HubDesk::find(r, &id).about("hub"))
        .transpose()?;
    let account = match given(&form.account) {
        None => None,
        Some(wanted) => Some(
            r.account_named(&wanted)?
                .ok_or_else(|| Error::new(Code::AccountNotFound, [&wanted]).at("account"))?,
        ),
    };
    let kind = given(&form.kind)
        .map(|word| {
            let not_known = || Rule::UnknownChoice {
                text: word.chars().take(40).collect(),
                allowed: KINDS,
            };
            EntryKind::parse(&word).ok_or_else(not_known)
        })
        .transpose()
        .about("kind")?;
    let account_kind = given(&form.account_kind)
        .map(|word| {
            let missing = || Error::new(Code::AccountNotFound, [&word]).at("account_kind");
            AccountKind::parse(&word).ok_or_else(missing)
        })
        .transpose()?;
    let least = given(&form.least)
        .map(|amount| parse_amount(&amount, AmountRule::NonNegativeExact))
        .transpose()
        .about("least")?;
    Ok(EntryFilter {
        entry: form.entry.map(i64::from),
        hub: hub.map(|desk| desk.key()),
        account,
        account_kind,
        kind,
        least,
        unit: form.unit.map(i64::from),
        from: from.unwrap_or(BEGINNING),
        until,
    })
}

fn sums_of(r: &Read<'_>, filter: &EntryFilter) -> Result<EntrySumsView, Error> {
    let sums = r.entry_sums(filter)?;
    Ok(EntrySumsView {
        entries: crate::file::count(sums.iter().map(|sum| sum.entries).sum::<i64>()),
        debit: sums.iter().map(|sum| sum.debit.into()).collect(),
    })
}

pub(crate) fn page(r: &Read<'_>, form: &EntriesForm, at: Moment) -> Result<EntriesView, Error> {
    let limit = form.limit.clamp(1, MOST_ENTRIES);
    let filter = filter_of(r, form, at)?;
    let after = form.after.as_deref().and_then(cursor);
    let mut shown = r.ledger_entries(&filter, form.oldest_first, after, i64::from(limit) + 1)?;
    let is_more = shown.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if is_more {
        shown.pop();
    }
    let next = shown.last().filter(|_| is_more);
    let chart = chart(r)?;
    let names = r.account_names()?;
    let mut first_open = HashMap::new();
    for desk in HubDesk::all(r)? {
        first_open.insert(desk.hub().id.to_string(), desk.first_open());
    }
    let entries = shown.iter().map(|entry| {
        let postings = r.postings_of(entry)?.into_iter();
        let postings = postings.filter_map(|(key, amount)| {
            let account = names.get(&key)?;
            let (number, name, plain) = called(&chart, account);
            let (debit, credit) = sides(amount);
            Some(PostingView {
                account: account.name(),
                number,
                name,
                plain,
                of: owner(account),
                debit,
                credit,
            })
        });
        let can_reverse = entry.reverses.is_none()
            && entry.reversed_by.is_none()
            && first_open
                .get(&entry.hub)
                .is_some_and(|first| can_be_reversed(entry.kind, entry.day, *first));
        let invoice = match (filter.entry, entry.kind) {
            (Some(_), EntryKind::ClientInvoice | EntryKind::ClientCredit) => {
                r.client_invoice_of_entry(entry.key, entry.day)?
            }
            _ => None,
        };
        Ok(EntryView {
            invoice,
            ..view(entry, can_reverse, postings.collect())
        })
    });
    Ok(EntriesView {
        entries: entries.collect::<Result<_, Error>>()?,
        sums: match after {
            None => Some(sums_of(r, &filter)?),
            Some(_) => None,
        },
        next: next.map(|entry| format!("{}:{}", entry.day, entry.key)),
    })
}

fn view(entry: &LedgerEntry, can_reverse: bool, postings: Vec<PostingView>) -> EntryView {
    EntryView {
        entry: entry.key.to_string(),
        kind: entry.kind.name().to_owned(),
        hub: entry.hub.clone(),
        day: entry.day.to_string(),
        own_day: entry.own_day.map(|day| day.to_string()),
        unit: entry.unit.map(crate::file::count),
        invoice: None,
        reverses: entry.reverses.map(|key| key.to_string()),
        reversed_by: entry.reversed_by.map(|key| key.to_string()),
        can_reverse,
        postings,
    }
}

impl Book {
    /// A page of journal entries with their postings, newest first where no other order is asked for.
    pub fn entries(&self, form: &EntriesForm, at: Moment) -> Result<EntriesView, Error> {
        self.read(|r| page(r, form, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_kind_names_every_kind_that_there_is() {
        let named: Vec<_> = KINDS.split(", ").collect();
        assert_eq!(named, EntryKind::ALL.map(EntryKind::name));
    }
}
