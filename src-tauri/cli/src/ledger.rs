//! The ledger: chart, trial balance, accounts; and the record of who did what.

use std::path::PathBuf;

use hubledger_book::activity::{ActivityView, HistoryForm};
use hubledger_book::ledger::{
    AccountForm, ChartAccountForm, ChartAccountView, EntriesForm, EntryView, TrialBalanceView,
    TrialForm, TrialLineView,
};
use hubledger_book::reverse::{ReversalView, ReverseForm};

use crate::args::{ChartVerb, Entries, History, LedgerVerb, ReverseVerb};
use crate::print::{Table, money, money_or_blank};
use crate::session::{Done, Session};

pub(crate) fn ledger(session: &mut Session, verb: LedgerVerb) -> Done {
    match verb {
        LedgerVerb::TrialBalance {
            hub,
            from,
            until,
            csv,
        } => trial_balances(session, &TrialForm { hub, from, until }, csv),
        LedgerVerb::Account {
            account,
            from,
            until,
            csv,
        } => {
            let form = AccountForm {
                account,
                from,
                until,
            };
            account_statement(session, &form, csv)
        }
        LedgerVerb::Entries(which) => entries(session, which),
        LedgerVerb::Chart { csv, verb } => chart(session, verb, csv),
    }
}

fn trial_balances(session: &mut Session, form: &TrialForm, csv: Option<PathBuf>) -> Done {
    let book = session.reading()?;
    if let Some(file) = csv {
        let rows = book.export_trial_balance(form, &file, session.at)?;
        return session.wrote(&file, rows);
    }
    let view = book.trial_balance(form, session.at)?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    for balance in &view.balances {
        trial_balance(session, balance)?;
    }
    if !view.memo.is_empty() {
        session
            .out
            .line("Clients' money, in no balance of your own:")?;
    }
    for balance in &view.memo {
        trial_balance(session, balance)?;
    }
    Ok(())
}

fn account_statement(session: &mut Session, form: &AccountForm, csv: Option<PathBuf>) -> Done {
    let book = session.reading()?;
    if let Some(file) = csv {
        let rows = book.export_account(form, &file, session.at)?;
        return session.wrote(&file, rows);
    }
    let view = book.account(form, session.at)?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    session.out.line(format!(
        "{} {} · {}",
        view.account.number, view.account.name, view.account.account
    ))?;
    let mut table = Table::new(["day", ">entry", "what", ">debit", ">credit", ">balance"]);
    let blank = String::new;
    table.row([
        view.from.unwrap_or_default(),
        blank(),
        "starting".to_owned(),
        blank(),
        blank(),
        money(&view.starting),
    ]);
    for line in &view.lines {
        table.row([
            line.day.clone(),
            line.entry.clone(),
            match &line.reverses {
                Some(entry) => format!("{}, takes back {entry}", line.kind),
                None => line.kind.clone(),
            },
            money_or_blank(line.debit.as_ref()),
            money_or_blank(line.credit.as_ref()),
            money(&line.balance),
        ]);
    }
    Ok(session.out.table(&table)?)
}

fn entries(session: &mut Session, which: Entries) -> Done {
    let form = EntriesForm {
        entry: which.entry,
        hub: which.hub,
        account: which.account,
        account_kind: which.account_kind,
        kind: which.kind,
        least: which.least,
        unit: which.unit,
        month: which.month,
        from: which.from,
        until: which.until,
        oldest_first: which.oldest_first,
        after: which.after,
        limit: which.limit,
    };
    let book = session.reading()?;
    if let Some(file) = which.csv {
        let rows = book.export_entries(&form, &file, session.at)?;
        return session.wrote(&file, rows);
    }
    let page = book.entries(&form, session.at)?;
    if session.out.json {
        return Ok(session.out.record(&page)?);
    }
    show_entries(session, &page.entries)?;
    if let Some(next) = page.next {
        session
            .out
            .line(format!("There are more: --after {next}"))?;
    }
    Ok(())
}

fn show_entries(session: &mut Session, entries: &[EntryView]) -> Done {
    let mut table = Table::new([">entry", "day", "what", "account", ">debit", ">credit", ""]);
    for entry in entries {
        let note = match (&entry.reverses, &entry.reversed_by) {
            (Some(other), _) => format!("takes back {other}"),
            (None, Some(other)) => format!("taken back by {other}"),
            (None, None) => String::new(),
        };
        for (at, posting) in entry.postings.iter().enumerate() {
            let once = |text: &str| if at == 0 { text } else { "" }.to_owned();
            table.row([
                once(&entry.entry),
                once(&entry.day),
                once(&entry.kind),
                posting.account.clone(),
                money_or_blank(posting.debit.as_ref()),
                money_or_blank(posting.credit.as_ref()),
                once(&note),
            ]);
        }
    }
    Ok(session.out.table(&table)?)
}

fn chart(session: &mut Session, verb: Option<ChartVerb>, csv: Option<PathBuf>) -> Done {
    let chart = match verb {
        None => session.reading()?.chart()?,
        Some(ChartVerb::Use { chart }) => session.writing()?.set_chart(chart, session.at)?,
        Some(ChartVerb::Set { kind, number, name }) => {
            let form = ChartAccountForm { kind, number, name };
            session.writing()?.set_chart_account(form, session.at)?
        }
    };
    if let Some(file) = csv {
        let rows = session.reading()?.export_chart(&file)?;
        return session.wrote(&file, rows);
    }
    if session.out.json {
        return Ok(session.out.record(&chart)?);
    }
    show_chart(session, &chart)
}

fn trial_balance(session: &mut Session, balance: &TrialBalanceView) -> Done {
    let mut table = Table::new([
        "number",
        "name",
        "account",
        ">starting",
        ">debited",
        ">credited",
        ">debit",
        ">credit",
    ]);
    let row = |line: &TrialLineView| {
        [
            line.number.clone(),
            line.name.clone(),
            line.account.clone(),
            money(&line.starting),
            money(&line.debited),
            money(&line.credited),
            money_or_blank(line.debit.as_ref()),
            money_or_blank(line.credit.as_ref()),
        ]
    };
    for line in &balance.lines {
        table.row(row(line));
    }
    table.row([
        String::new(),
        "sum".to_owned(),
        String::new(),
        String::new(),
        money(&balance.debited),
        money(&balance.credited),
        money(&balance.debit),
        money(&balance.credit),
    ]);
    Ok(session.out.table(&table)?)
}

fn show_chart(session: &mut Session, chart: &[ChartAccountView]) -> Done {
    let mut table = Table::new(["class", "number", "name", "kind"]);
    for account in chart {
        table.row([
            account.class.to_string(),
            account.number.clone(),
            account.name.clone(),
            account.kind.clone(),
        ]);
    }
    Ok(session.out.table(&table)?)
}

pub(crate) fn history(session: &mut Session, which: History) -> Done {
    let form = HistoryForm {
        hub: which.hub,
        client: which.client,
        channel: which.channel,
        invoice: which.invoice,
        actor: which.who,
        use_case: which.what,
        from: which.from,
        until: which.until,
        oldest_first: which.oldest_first,
        after: which.after,
        limit: which.limit,
    };
    let acts = session.reading()?.history(&form)?;
    if session.out.json {
        return Ok(session.out.record(&acts)?);
    }
    let mut table = Table::new([">no.", "when", "who", "what", "with"]);
    for act in &acts {
        let inputs: Vec<_> = act
            .inputs
            .iter()
            .map(|input| format!("{}={}", input.name, input.value))
            .collect();
        table.row([
            act.id.to_string(),
            act.at.clone(),
            act.actor.clone(),
            what(act),
            inputs.join(" "),
        ]);
    }
    Ok(session.out.table(&table)?)
}

/// What was done, with a mark where it was taken back.
fn what(act: &ActivityView) -> String {
    match (act.undone_by, &act.reversed_by) {
        (Some(by), _) => format!("{} (undone by {by})", act.use_case),
        (None, Some(entry)) => format!("{} (reversed by entry {entry})", act.use_case),
        (None, None) => act.use_case.clone(),
    }
}

pub(crate) fn undo(session: &mut Session, unit: Option<u32>) -> Done {
    let at = session.at;
    let mut book = session.writing()?;
    let done = match unit {
        Some(unit) => book.undo(unit, at)?,
        None => book.undo_last(at)?,
    };
    if session.out.json {
        return Ok(session.out.record(&done)?);
    }
    let undone = &done.undone;
    Ok(session.out.line(format!(
        "Undone: {} {}, as no. {}.",
        undone.id, undone.use_case, done.unit
    ))?)
}

pub(crate) fn reverse(session: &mut Session, which: ReverseVerb) -> Done {
    let at = session.at;
    let (form, dry_run) = match which {
        ReverseVerb::Entry { entry, dry_run } => (
            ReverseForm {
                entry: Some(entry),
                charge: None,
            },
            dry_run,
        ),
        ReverseVerb::Charge { charge, dry_run } => (
            ReverseForm {
                entry: None,
                charge: Some(charge),
            },
            dry_run,
        ),
    };
    let view = if dry_run {
        session.reading()?.preview_reversal(&form, at)?
    } else {
        session.writing()?.reverse(&form, at)?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_reversal(session, &view)
}

fn show_reversal(session: &mut Session, view: &ReversalView) -> Done {
    let ReversalView {
        kind,
        day,
        booked_on,
        hub,
        ..
    } = view;
    let amount = money(&view.amount);
    session.out.line(match view.unit {
        Some(unit) => format!(
            "Reversed: {kind} of {day}, {amount}, hub {hub}; booked on {booked_on}, as no. {unit}."
        ),
        None => format!("{kind} of {day}, {amount}, hub {hub}: would be booked on {booked_on}."),
    })?;
    show_entries(session, &view.entries)
}
