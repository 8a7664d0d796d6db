//! The ledger's tables for spreadsheet programs.

use std::path::Path;

use super::{
    AccountForm, EntriesForm, EntriesView, EntryView, PostingView, TrialBalanceView, TrialForm,
};
use crate::Book;
use crate::error::Error;
use crate::file::{count, pages, write_table};
use crate::moment::Moment;
use crate::progress::{Progress, tell, unheard};
use crate::view::{MoneyView, ProgressView};

const TRIAL_COLUMNS: [&str; 12] = [
    "currency", "own", "number", "name", "account", "hub", "of", "starting", "debited", "credited",
    "debit", "credit",
];

const ACCOUNT_COLUMNS: [&str; 8] = [
    "day", "own_day", "entry", "what", "reverses", "debit", "credit", "balance",
];

const ENTRY_COLUMNS: [&str; 14] = [
    "entry", "day", "own_day", "hub", "what", "unit", "reverses", "number", "name", "account",
    "of", "debit", "credit", "currency",
];

const CHART_COLUMNS: [&str; 4] = ["class", "number", "name", "kind"];

fn side(amount: Option<&MoneyView>) -> String {
    amount.map(|money| money.amount.clone()).unwrap_or_default()
}

fn trial_rows(balance: &TrialBalanceView, is_own: bool) -> impl Iterator<Item = Vec<String>> {
    balance.lines.iter().map(move |line| {
        vec![
            line.starting.currency.to_string(),
            if is_own { "yes" } else { "no" }.to_owned(),
            line.number.clone(),
            line.name.clone(),
            line.account.clone(),
            line.hub.clone(),
            line.of.clone().unwrap_or_default(),
            line.starting.amount.clone(),
            line.debited.amount.clone(),
            line.credited.amount.clone(),
            side(line.debit.as_ref()),
            side(line.credit.as_ref()),
        ]
    })
}

impl Book {
    /// Writes the trial balance as CSV: `own` says `no` of clients' money. Gives its lines.
    pub fn export_trial_balance(
        &self,
        form: &TrialForm,
        to: &Path,
        at: Moment,
    ) -> Result<u32, Error> {
        let view = self.trial_balance(form, at)?;
        let own = view.balances.iter().flat_map(|b| trial_rows(b, true));
        let memo = view.memo.iter().flat_map(|b| trial_rows(b, false));
        write_table(to, &TRIAL_COLUMNS, own.chain(memo).map(Ok))
    }

    /// Writes the statement of an account as CSV. Gives its lines.
    pub fn export_account(&self, form: &AccountForm, to: &Path, at: Moment) -> Result<u32, Error> {
        let view = self.account(form, at)?;
        let blank = String::new;
        let starting = vec![
            view.from.clone().unwrap_or_default(),
            blank(),
            blank(),
            "starting".to_owned(),
            blank(),
            blank(),
            blank(),
            view.starting.amount.clone(),
        ];
        let lines = view.lines.iter().map(|line| {
            vec![
                line.day.clone(),
                line.own_day.clone().unwrap_or_default(),
                line.entry.clone(),
                line.kind.clone(),
                line.reverses.clone().unwrap_or_default(),
                side(line.debit.as_ref()),
                side(line.credit.as_ref()),
                line.balance.amount.clone(),
            ]
        });
        let rows = std::iter::once(starting).chain(lines);
        write_table(to, &ACCOUNT_COLUMNS, rows.map(Ok))
    }

    /// Writes entries as CSV, a row a posting, newest first. Gives the rows.
    pub fn export_entries(&self, form: &EntriesForm, to: &Path, at: Moment) -> Result<u32, Error> {
        self.export_entries_with(form, to, &mut unheard, at)
    }

    /// Writes entries, and tells how many there are so far. Refused with `cancelled` where that is
    /// answered with a break, and then there is no file.
    pub fn export_entries_with(
        &self,
        form: &EntriesForm,
        to: &Path,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<u32, Error> {
        let mut had = 0_u32;
        let ask = |after| {
            let form = EntriesForm {
                after,
                limit: u32::MAX,
                ..form.clone()
            };
            let page = self.entries(&form, at)?;
            had = had.saturating_add(count(page.entries.len()));
            tell(progress, ProgressView::of_rows(had, 0))?;
            Ok(page)
        };
        let pages = pages(ask, |page: &EntriesView| page.next.clone());
        let rows = pages.flat_map(|page| match page {
            Ok(page) => page.entries.iter().flat_map(posting_rows).collect(),
            Err(error) => vec![Err(error)],
        });
        write_table(to, &ENTRY_COLUMNS, rows)
    }

    /// Writes the chart of accounts as CSV. Gives its lines.
    pub fn export_chart(&self, to: &Path) -> Result<u32, Error> {
        let rows = self.chart()?.into_iter().map(|account| {
            vec![
                account.class.to_string(),
                account.number,
                account.name,
                account.kind,
            ]
        });
        write_table(to, &CHART_COLUMNS, rows.map(Ok))
    }
}

fn posting_rows(entry: &EntryView) -> Vec<Result<Vec<String>, Error>> {
    let row = |posting: &PostingView| {
        let amount = posting.debit.as_ref().or(posting.credit.as_ref());
        Ok(vec![
            entry.entry.clone(),
            entry.day.clone(),
            entry.own_day.clone().unwrap_or_default(),
            entry.hub.clone(),
            entry.kind.clone(),
            entry.unit.map(|unit| unit.to_string()).unwrap_or_default(),
            entry.reverses.clone().unwrap_or_default(),
            posting.number.clone(),
            posting.name.clone(),
            posting.account.clone(),
            posting.of.clone().unwrap_or_default(),
            side(posting.debit.as_ref()),
            side(posting.credit.as_ref()),
            amount
                .map(|money| money.currency.to_string())
                .unwrap_or_default(),
        ])
    };
    entry.postings.iter().map(row).collect()
}
