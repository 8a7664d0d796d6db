//! The ledger: chart, trial balance, accounts; and the record of who did what.

use hubledger_book::activity::HistoryForm;
use hubledger_book::ledger::{
    AccountForm, ChartAccountForm, ChartAccountView, TrialBalanceView, TrialLineView,
};
use hubledger_book::view::MoneyView;

use crate::args::{ChartVerb, History, LedgerVerb};
use crate::print::{Table, money};
use crate::session::{Done, Session};

pub(crate) fn ledger(session: &mut Session, verb: LedgerVerb) -> Done {
    match verb {
        LedgerVerb::TrialBalance { hub, until } => {
            let view =
                session
                    .reading()?
                    .trial_balance(hub.as_deref(), until.as_deref(), session.at)?;
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
        LedgerVerb::Account {
            account,
            from,
            until,
        } => {
            let form = AccountForm {
                account,
                from,
                until,
            };
            let view = session.reading()?.account(&form, session.at)?;
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
                    side(line.debit.as_ref()),
                    side(line.credit.as_ref()),
                    money(&line.balance),
                ]);
            }
            Ok(session.out.table(&table)?)
        }
        LedgerVerb::Chart { verb } => {
            let chart = match verb {
                None => session.reading()?.chart()?,
                Some(ChartVerb::Use { chart }) => {
                    session.writing()?.set_chart(chart, session.at)?
                }
                Some(ChartVerb::Set { kind, number, name }) => {
                    let form = ChartAccountForm { kind, number, name };
                    session.writing()?.set_chart_account(form, session.at)?
                }
            };
            if session.out.json {
                return Ok(session.out.record(&chart)?);
            }
            show_chart(session, &chart)
        }
    }
}

fn side(amount: Option<&MoneyView>) -> String {
    amount.map(money).unwrap_or_default()
}

fn trial_balance(session: &mut Session, balance: &TrialBalanceView) -> Done {
    let mut table = Table::new(["number", "name", "account", ">debit", ">credit"]);
    let row = |line: &TrialLineView| {
        [
            line.number.clone(),
            line.name.clone(),
            line.account.clone(),
            side(line.debit.as_ref()),
            side(line.credit.as_ref()),
        ]
    };
    for line in &balance.lines {
        table.row(row(line));
    }
    table.row([
        String::new(),
        "sum".to_owned(),
        String::new(),
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
        before: which.before,
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
            act.use_case.clone(),
            inputs.join(" "),
        ]);
    }
    Ok(session.out.table(&table)?)
}
