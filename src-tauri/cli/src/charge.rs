//! Charges, their sums, where each amount comes from, and what to do with those without a price.

use std::fmt::Write as _;

use hubledger_book::Book;
use hubledger_book::form::{ChargesForm, ChargesSort, PriceChargeForm, SumBy, WaiveForm};
use hubledger_book::view::{ChargeKind, ChargeSumView, ChargeView, ExplainView};

use crate::args::{Charges, UnratedVerb};
use crate::print::{Table, grouped, money, money_or_blank, word, word_or_blank};
use crate::session::{Done, Session, Stop};
use crate::what_if::differences;

/// Charges that are read at a time, so that a million of them are never held at once.
const PAGE: u32 = 10_000;

pub(crate) fn charges(session: &mut Session, which: Charges) -> Done {
    if let Some(month) = which.month.as_deref().filter(|_| which.differences) {
        return differences(session, &which.hub, month);
    }
    let book = session.reading()?;
    if let Some(by) = which.by {
        let sums = book.charge_sums(&which.hub, which.month.as_deref(), by, session.at)?;
        return show_sums(session, &sums, by);
    }
    let form = ChargesForm {
        hub: which.hub,
        month: which.month,
        day: None,
        client: which.client,
        channel: which.channel,
        category: which.category,
        market: which.market,
        unrated: which.unrated,
        kind: which.kind,
        sort: which.sort.map(|by| ChargesSort {
            by,
            down: which.down,
        }),
        after: None,
        limit: PAGE,
    };
    if let Some(file) = which.csv {
        let rows = book.export_charges(form, &file, session.at)?;
        return session.wrote(&file, rows);
    }
    if session.out.json {
        all_as_json(session, &book, form)
    } else {
        all_as_text(session, &book, form)
    }
}

/// One record, its rows written page by page.
fn all_as_json(session: &mut Session, book: &Book, mut form: ChargesForm) -> Done {
    let mut page = book.charges(form.clone(), session.at)?;
    let out = &mut session.out;
    out.raw(&format!("{{\n  \"count\": {},\n  \"amount\": ", page.count))?;
    out.piece(&page.amount)?;
    out.raw(",\n  \"plan_apart\": ")?;
    out.piece(&page.plan_apart)?;
    out.raw(&format!(
        ",\n  \"unrated\": {},\n  \"estimated\": {},\n  \"rows\": [",
        page.unrated, page.estimated
    ))?;
    let mut first = true;
    loop {
        for row in &page.rows {
            out.raw(if first { "\n    " } else { ",\n    " })?;
            out.piece(row)?;
            first = false;
        }
        form.after = page.next.take();
        if form.after.is_none() {
            break;
        }
        page = book.charges(form.clone(), session.at)?;
    }
    out.raw("\n  ]\n}\n")?;
    Ok(())
}

fn all_as_text(session: &mut Session, book: &Book, mut form: ChargesForm) -> Done {
    loop {
        let page = book.charges(form.clone(), session.at)?;
        show_charges(session, &page.rows)?;
        form.after = page.next;
        if form.after.is_none() {
            let apart = page.plan_apart.as_ref().map_or_else(String::new, |plan| {
                format!(" paid by the clients, {} your own plan", money(plan))
            });
            let estimated = match page.estimated {
                0 => String::new(),
                n => format!(", {n} at an estimate"),
            };
            session.out.line(format!(
                "{} charges, {}{apart}; {} unrated{estimated}",
                grouped(&page.count.to_string()),
                money(&page.amount),
                page.unrated
            ))?;
            return Ok(());
        }
    }
}

fn show_charges(session: &mut Session, charges: &[ChargeView]) -> Done {
    let mut table = Table::new([
        "charge",
        "day",
        "booked on",
        "kind",
        "channel",
        "market",
        "category",
        ">quantity",
        ">rate",
        ">amount",
        "",
        "",
    ]);
    for charge in charges {
        let channel = charge.channel.as_ref().map(|c| c.id.clone());
        let mut note = word(charge.state);
        if charge.estimated {
            note.push_str(", estimate");
        }
        if let Some(first) = &charge.reverses {
            let _ = write!(note, ", takes back {first}");
        }
        if let Some(back) = &charge.reversed_by {
            let _ = write!(note, ", taken back by {back}");
        }
        let payer = if charge.paid_by_client {
            "paid by the client"
        } else {
            ""
        };
        table.row([
            charge.id.clone(),
            charge.day.clone(),
            charge.booked_on.clone().unwrap_or_default(),
            word(charge.kind),
            channel.unwrap_or_default(),
            charge.market.clone(),
            word_or_blank(charge.category),
            grouped(&charge.quantity),
            charge.rate.clone().unwrap_or_default(),
            money_or_blank(charge.amount.as_ref()),
            note,
            payer.to_owned(),
        ]);
    }
    if table.is_empty() {
        return Ok(());
    }
    Ok(session.out.table(&table)?)
}

fn show_sums(session: &mut Session, sums: &[ChargeSumView], by: SumBy) -> Done {
    if session.out.json {
        return Ok(session.out.record(sums)?);
    }
    let what = match by {
        SumBy::Channel => "channel",
        SumBy::Client => "client",
        SumBy::Category => "category",
        SumBy::Market => "market",
    };
    let mut table = Table::new([
        what,
        "name",
        ">messages",
        ">pulses",
        ">usage",
        ">fees",
        ">amount",
        ">unrated",
        ">estimated",
    ]);
    for sum in sums {
        table.row([
            sum.key.clone(),
            sum.name.clone(),
            grouped(&sum.messages),
            grouped(&sum.pulses),
            money(&sum.usage),
            money(&sum.fees),
            money(&sum.amount),
            sum.unrated.to_string(),
            sum.estimated.to_string(),
        ]);
    }
    Ok(session.out.table(&table)?)
}

pub(crate) fn unrated(session: &mut Session, verb: UnratedVerb) -> Done {
    let at = session.at;
    let charge = match verb {
        UnratedVerb::List { hub } => {
            let charges = session.reading()?.unrated(hub.as_deref(), at)?;
            if session.out.json {
                return Ok(session.out.record(&charges)?);
            }
            if charges.is_empty() {
                session.out.line("Every charge has a price.")?;
            }
            return show_charges(session, &charges);
        }
        UnratedVerb::Price { charge, cost } => {
            let form = PriceChargeForm { charge, cost };
            session.writing()?.price_charge(form, at)?
        }
        UnratedVerb::Waive { charge, reason } => {
            let form = WaiveForm { charge, reason };
            session.writing()?.waive(form, at)?
        }
    };
    if session.out.json {
        return Ok(session.out.record(&charge)?);
    }
    show_charges(session, &[charge])
}

pub(crate) fn explain(session: &mut Session, charge: &str) -> Done {
    let view = session.reading()?.explain(charge, session.at)?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_charges(session, std::slice::from_ref(&view.charge))?;
    let origin = origin_of(&view);
    session.out.table(&origin).map_err(Stop::from)
}

/// Row, card, rate: where the amount comes from.
fn origin_of(view: &ExplainView) -> Table {
    let mut table = Table::new(["", ""]);
    if let Some(source) = &view.source {
        let place = format!(
            "{}, line {}, brought in {}",
            source.file, source.line, source.brought_in
        );
        table.row(["Row".into(), place]);
        table.row(["SHA-256 of the file".into(), source.sha256.clone()]);
    }
    if let Some(price) = &view.price {
        let from = price.effective_from.as_deref().unwrap_or("every day");
        let rate = format!("{} a {} for {}", price.rate, price.per, price.market);
        table.row(["Card".into(), format!("{} ({from})", price.card)]);
        table.row(["Source".into(), price.source.clone()]);
        table.row(["Rate".into(), rate]);
    }
    if let Some(share) = &view.share {
        let days = format!(
            "{} × {} ÷ {} days, from {}, by the rule proration: {} (assumed)",
            money(&share.full_price),
            share.days,
            share.of,
            share.from,
            share.rule
        );
        table.row(["Share".into(), days]);
    }
    if let Some(volume) = &view.volume {
        let counted = volume.counted.as_deref();
        let unit = match view.charge.kind {
            ChargeKind::Calls => "minutes",
            _ => "messages",
        };
        let before = counted.map_or("not known".to_owned(), |n| {
            format!("{} {unit} before it", grouped(n))
        });
        table.row(["Volume steps".into(), before]);
        for slice in &volume.slices {
            let (quantity, from) = (grouped(&slice.quantity), grouped(&slice.from));
            let text = format!("{quantity} at {}, from {from} on", slice.rate);
            table.row(["Step".into(), text]);
        }
    }
    if let Some(free) = &view.free {
        let text = format!("{} of the number's month", grouped(free));
        table.row(["Free service messages".into(), text]);
    }
    if let Some(sum) = &view.sum {
        table.row(["Sum".into(), sum.clone()]);
    }
    for (what, amount) in [
        ("Reported", &view.reported),
        ("By the card", &view.rated),
        ("Difference", &view.difference),
        ("Usage of that day", &view.day_total),
    ] {
        if let Some(amount) = amount {
            table.row([what.into(), money(amount)]);
        }
    }
    if let Some(reason) = &view.reason {
        let text = format!("{} {}", word(reason.code), reason.text);
        table.row(["Why".into(), text.trim().to_owned()]);
    }
    for related in &view.related {
        table.row(["Belongs to".into(), related.clone()]);
    }
    for (what, text) in [("Balance", &view.balance), ("Invoice", &view.invoice)] {
        if let Some(text) = text {
            table.row([what.into(), text.clone()]);
        }
    }
    table
}
