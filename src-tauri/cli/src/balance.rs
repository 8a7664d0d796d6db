//! Money in, money back, and what is left.

use hubledger_book::form::{RefundForm, TopUpForm};
use hubledger_book::view::{BalanceView, BookedView, MoneyView, StatementView};

use crate::args::{Balance, Movements, Refund, Statement, TopUp};
use crate::client_invoice::write_pdf;
use crate::party::{auto_renewal, find_channel, paused};
use crate::print::{Table, grouped, money, word, word_or_blank};
use crate::session::{Done, Session, Stop};

pub(crate) fn top_up(session: &mut Session, top_up: TopUp) -> Done {
    let form = TopUpForm {
        hub: top_up.hub,
        channel: top_up.channel,
        amount: top_up.amount,
        on: top_up.on,
        kind: top_up.kind,
        method: top_up.method,
    };
    let booked = session.writing()?.top_up(form, session.at)?;
    show_booked(session, &booked)
}

pub(crate) fn refund(session: &mut Session, refund: Refund) -> Done {
    let form = RefundForm {
        hub: refund.hub,
        channel: refund.channel,
        amount: refund.amount,
        on: refund.on,
        to: refund.to,
    };
    let booked = session.writing()?.refund(form, session.at)?;
    show_booked(session, &booked)
}

fn show_booked(session: &mut Session, booked: &BookedView) -> Done {
    if session.out.json {
        return Ok(session.out.record(booked)?);
    }
    if let Some(day) = &booked.booked_on {
        let line = format!("Its month is closed: booked on {day}.");
        session.out.line(line)?;
    }
    session
        .out
        .line(format!("Balance: {}", money(&booked.balance)))?;
    Ok(())
}

pub(crate) fn balance(session: &mut Session, of: Balance) -> Done {
    if let Some(on) = of.on {
        return balance_on(session, of.hub, of.channel, &on);
    }
    let month = of.month.unwrap_or_else(|| session.this_month());
    let at = session.at;
    let book = session.reading()?;
    let hubs = match (of.hub, &of.channel) {
        (Some(hub), _) => vec![hub],
        (None, Some(channel)) => vec![find_channel(&book, channel, session)?.hub],
        (None, None) => book.hubs(at)?.into_iter().map(|hub| hub.id).collect(),
    };
    let mut balances = Vec::new();
    for hub in hubs {
        match &of.channel {
            // A statement knows which channels a hub has, and refuses another's.
            Some(channel) => {
                let statement = book.statement(&hub, Some(channel), Some(&month), at)?;
                balances.push(statement.balance);
            }
            None => balances.extend(book.balances(&hub, &month, at)?),
        }
    }
    if session.out.json {
        return Ok(session.out.record(&balances)?);
    }
    show_balances(session, &balances)
}

fn balance_on(
    session: &mut Session,
    hub: Option<String>,
    channel: Option<String>,
    on: &str,
) -> Done {
    if hub.is_none() && channel.is_none() {
        return Err(Stop::Usage("Name the balance: --hub ID or --channel ID."));
    }
    let book = session.reading()?;
    let left: MoneyView = book.balance_on(hub.as_deref(), channel.as_deref(), on)?;
    if session.out.json {
        return Ok(session.out.record(&left)?);
    }
    session.out.line(money(&left))?;
    Ok(())
}

fn show_balances(session: &mut Session, balances: &[BalanceView]) -> Done {
    let mut table = Table::new([
        "hub",
        "channel",
        "month",
        ">starting",
        ">added",
        ">used",
        ">refunds",
        ">settled by invoice",
        ">rounding",
        ">ending",
        ">days left",
        "",
        "auto-renewal",
    ]);
    for balance in balances {
        table.row([
            balance.hub.clone(),
            channel_of(balance),
            balance.month.clone(),
            money(&balance.starting),
            money(&balance.added),
            money(&balance.used),
            money(&balance.refunds),
            money(&balance.settled_by_invoice),
            money(&balance.rounding),
            money(&balance.ending),
            balance
                .days_left
                .map(|days| days.to_string())
                .unwrap_or_default(),
            paused(balance.paused),
            auto_renewal(balance.auto_renewal.as_ref()),
        ]);
    }
    session.out.table(&table)?;
    warn_paused(session, balances.iter().any(|balance| balance.paused))
}

fn channel_of(balance: &BalanceView) -> String {
    balance
        .channel
        .as_ref()
        .map_or_else(|| "shared".to_owned(), |channel| channel.id.clone())
}

fn warn_paused(session: &mut Session, any: bool) -> Done {
    if any {
        session.out.line(
            "paused: the balance is at or below zero, so outbound messages and calls are paused.",
        )?;
    }
    Ok(())
}

pub(crate) fn movements(session: &mut Session, of: Movements) -> Done {
    let book = session.reading()?;
    let hub = match (of.hub, &of.channel) {
        (Some(hub), _) => hub,
        (None, Some(channel)) => find_channel(&book, channel, session)?.hub,
        (None, None) => return Err(Stop::Usage("Name the balance: --hub ID or --channel ID.")),
    };
    let statement = book.statement(&hub, of.channel.as_deref(), of.month.as_deref(), session.at)?;
    if session.out.json {
        return Ok(session.out.record(&statement)?);
    }
    show_statement(session, &statement)
}

pub(crate) fn statement(session: &mut Session, of: &Statement) -> Done {
    let pdf = session.reading()?.statement_pdf(
        of.hub.as_deref(),
        of.channel.as_deref(),
        &of.month,
        &of.language,
        session.at,
    )?;
    write_pdf(session, &of.pdf, &pdf)
}

fn show_statement(session: &mut Session, statement: &StatementView) -> Done {
    let mut table = Table::new([
        "day",
        "of",
        "movement",
        "",
        ">messages",
        ">pulses",
        ">unrated",
        ">amount",
        ">balance",
        "",
    ]);
    for movement in &statement.movements {
        let method = word_or_blank(movement.method);
        let kind = word_or_blank(movement.top_up);
        let back = match (movement.reverses, movement.reversed_by) {
            (Some(first), _) => format!("takes back {first}"),
            (None, Some(back)) => format!("taken back by {back}"),
            (None, None) => String::new(),
        };
        table.row([
            movement.day.clone(),
            movement.own_day.clone().unwrap_or_default(),
            word(movement.kind),
            format!("{kind} {method} {back}").trim().to_owned(),
            grouped(&movement.messages),
            grouped(&movement.pulses),
            movement.unrated.to_string(),
            money(&movement.amount),
            money(&movement.balance),
            paused(movement.paused),
        ]);
    }
    if table.is_empty() {
        session.out.line("No movements.")?;
    } else {
        session.out.table(&table)?;
    }
    session.out.line("")?;
    show_balances(session, std::slice::from_ref(&statement.balance))
}
