//! A month beside what it would have been, and reported costs beside the card's prices.

use hubledger_book::form::WhatIfForm;
use hubledger_book::view::{CostDifferenceView, MoneyView, WhatIfView};

use crate::args::WhatIf;
use crate::print::{Table, grouped, money, money_or_blank, word};
use crate::session::{Done, Session};

pub(crate) fn what_if(session: &mut Session, what: WhatIf) -> Done {
    let form = WhatIfForm {
        hub: what.hub,
        month: what.month,
        card: what.card,
        plan: what.plan,
        tier: what.tier,
    };
    let view = session.reading()?.what_if(form, session.at)?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show(session, &view)
}

/// An amount; what has no price is said, and never a zero.
fn side(amount: &MoneyView, unrated: u32) -> String {
    match unrated {
        0 => money(amount),
        n => format!("{}, {n} unrated", money(amount)),
    }
}

fn show(session: &mut Session, view: &WhatIfView) -> Done {
    let then = view.card.as_deref().unwrap_or("then");
    let head = [
        "client",
        "name",
        "category",
        ">quantity",
        ">by the cards of the month",
        &format!(">{then}"),
        ">difference",
        "",
    ];
    let mut table = Table::new(head);
    for row in &view.rows {
        table.row([
            row.client.clone(),
            row.client_name.clone(),
            word(row.category),
            grouped(&row.quantity),
            side(&row.now, row.unrated_now),
            side(&row.then, row.unrated_then),
            money_or_blank(row.difference.as_ref()),
            if row.estimated { "estimate" } else { "" }.to_owned(),
        ]);
    }
    for fee in &view.fees {
        table.row([
            String::new(),
            fee.what.clone(),
            String::new(),
            String::new(),
            money(&fee.now),
            money(&fee.then),
            money(&fee.difference),
            String::new(),
        ]);
    }
    if !table.is_empty() {
        session.out.table(&table)?;
    }
    let difference = view.difference.as_ref().map_or_else(
        || "no difference can be told while rows have no price".to_owned(),
        |difference| format!("difference {}", money(difference)),
    );
    session.out.line(format!(
        "{} and {}: {difference}",
        money(&view.now),
        money(&view.then)
    ))?;
    Ok(())
}

pub(crate) fn differences(session: &mut Session, hub: &str, month: &str) -> Done {
    let found = session
        .reading()?
        .cost_differences(hub, month, session.at)?;
    if session.out.json {
        return Ok(session.out.record(&found)?);
    }
    if found.is_empty() {
        session
            .out
            .line("No row of the month has a reported cost.")?;
        return Ok(());
    }
    show_differences(session, &found)
}

fn show_differences(session: &mut Session, found: &[CostDifferenceView]) -> Done {
    let mut table = Table::new([
        "channel",
        "market",
        "category",
        ">rows",
        ">quantity",
        ">reported",
        ">by the card",
        ">difference",
        "",
    ]);
    for one in found {
        let note = match one.without_price {
            0 => String::new(),
            n => format!("{n} rows have no card price"),
        };
        table.row([
            one.channel.id.clone(),
            one.market.clone(),
            word(one.category),
            one.rows.to_string(),
            grouped(&one.quantity),
            money(&one.reported),
            money(&one.rated),
            money(&one.difference),
            note,
        ]);
    }
    Ok(session.out.table(&table)?)
}
