//! Price cards: what 360Dialog and Meta charge.

use std::path::PathBuf;

use hubledger_book::view::{CardDiffView, CardView, CardsView};

use crate::args::PricesVerb;
use crate::import::import_prices;
use crate::print::{Table, grouped};
use crate::session::{Done, Session};

pub(crate) fn prices(session: &mut Session, verb: PricesVerb) -> Done {
    match verb {
        PricesVerb::List => list(session),
        PricesVerb::Show { card, csv } => show(session, card, csv),
        PricesVerb::Import(file) => import_prices(session, file),
        PricesVerb::Markets(verb) => crate::market::markets(session, verb),
        PricesVerb::Diff {
            from,
            to,
            currency,
            csv,
        } => {
            let at = session.at;
            if let Some(file) = csv {
                let book = session.reading()?;
                let rows = book.export_price_changes(&from, &to, &currency, &file, at)?;
                return session.wrote(&file, rows);
            }
            let changes = session
                .reading()?
                .price_changes(&from, &to, &currency, at)?;
            if session.out.json {
                return Ok(session.out.record(&changes)?);
            }
            show_changes(session, &changes)
        }
        PricesVerb::Choose { card } => {
            let at = session.at;
            let chosen = session.writing()?.choose_card(card, at)?;
            if session.out.json {
                return Ok(session.out.record(&chosen)?);
            }
            Ok(session.out.line(format!(
                "Card {} holds now: {} charges got a price, {} another one.",
                chosen.card.id, chosen.rated, chosen.changed
            ))?)
        }
    }
}

fn list(session: &mut Session) -> Done {
    let book = session.reading()?;
    let cards = book.cards(session.at)?;
    let missing = book.missing_cards(session.at)?;
    if session.out.json {
        return Ok(session.out.record(&CardsView { cards, missing })?);
    }
    show_cards(session, &cards)?;
    for gap in &missing {
        session.out.line(format!(
            "{} has no card of messages since {}: bring one in, or have a hub estimate from the last card: hubl hub settings --id HUB --set outdated-card=estimate.",
            gap.currency, gap.since
        ))?;
    }
    Ok(())
}

fn show(session: &mut Session, card: u32, csv: Option<PathBuf>) -> Done {
    if let Some(file) = csv {
        let rows = session.reading()?.export_card(card, &file, session.at)?;
        return session.wrote(&file, rows);
    }
    let rates = session.reading()?.rates(card)?;
    if session.out.json {
        return Ok(session.out.record(&rates)?);
    }
    let mut table = Table::new(["market", "for", ">from", ">rate"]);
    for rate in &rates {
        table.row([
            rate.market.clone(),
            rate.item.clone(),
            grouped(&rate.tier_from),
            rate.rate.clone(),
        ]);
    }
    Ok(session.out.table(&table)?)
}

pub(crate) fn show_cards(session: &mut Session, cards: &[CardView]) -> Done {
    let mut table = Table::new([
        ">card", "kind", "currency", "from", "until", "", "name", ">rates", ">markets", "trust",
        "source",
    ]);
    for card in cards {
        let from = card.effective_from.clone();
        table.row([
            card.id.to_string(),
            card.kind.clone(),
            card.currency.to_string(),
            from.unwrap_or_else(|| "every day".to_owned()),
            card.until.clone().unwrap_or_default(),
            standing(card).to_owned(),
            card.name.clone(),
            card.rates.to_string(),
            card.markets.to_string(),
            card.trust
                .map_or_else(|| "imported".to_owned(), |trust| trust.to_string()),
            card.source.clone(),
        ]);
    }
    Ok(session.out.table(&table)?)
}

/// How a card stands to today and to the others of its day.
fn standing(card: &CardView) -> &'static str {
    match (card.chosen, card.rivals, card.in_force) {
        (false, _, _) => "not chosen",
        (true, 1.., _) if card.chosen_at.is_none() => "conflict",
        (true, _, true) => "in force",
        (true, _, false) => "",
    }
}

fn show_changes(session: &mut Session, changes: &[CardDiffView]) -> Done {
    if changes.is_empty() {
        session
            .out
            .line("The same cards hold on both days.".to_owned())?;
    }
    show_differences(session, changes)
}

/// What each card says otherwise than the one before it.
pub(crate) fn show_differences(session: &mut Session, changes: &[CardDiffView]) -> Done {
    for change in changes {
        session.out.line(format!(
            "{} → {}: {} changes",
            change.old.name,
            change.new.name,
            change.rows.len()
        ))?;
        let mut table = Table::new(["market", "for", ">from", ">old", ">new", ">%"]);
        for row in &change.rows {
            table.row([
                row.market.clone(),
                row.item.clone(),
                grouped(&row.tier_from),
                row.old.clone().unwrap_or_default(),
                row.new.clone().unwrap_or_default(),
                row.per_cent.clone().unwrap_or_default(),
            ]);
        }
        session.out.table(&table)?;
    }
    Ok(())
}
