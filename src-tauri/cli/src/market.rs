//! Meta's lists of markets: which market a country belongs to, from a day on.

use std::path::Path;

use hubledger_book::market::{MarketListView, MarketsView, NewMarketListView};

use crate::args::MarketsVerb;
use crate::import::tell_problems_or_stop;
use crate::print::Table;
use crate::session::{Done, Session};

pub(crate) fn markets(session: &mut Session, verb: MarketsVerb) -> Done {
    let at = session.at;
    match verb {
        MarketsVerb::List => {
            let lists = session.reading()?.market_lists(at)?;
            if session.out.json {
                return Ok(session.out.record(&lists)?);
            }
            show_lists(session, &lists)
        }
        MarketsVerb::Show { list } => show(session, list),
        MarketsVerb::Import { file, dry_run } => import(session, &file, dry_run),
        MarketsVerb::Choose { list } => {
            let chosen = session.writing()?.choose_market_list(list, at)?;
            if session.out.json {
                return Ok(session.out.record(&chosen)?);
            }
            Ok(session.out.line(format!(
                "List {} holds now: {} charges got a price, {} another one.",
                chosen.list.id, chosen.rated, chosen.changed
            ))?)
        }
    }
}

fn show(session: &mut Session, list: u32) -> Done {
    let countries = session.reading()?.market_list(list)?;
    if session.out.json {
        return Ok(session.out.record(&countries)?);
    }
    let mut table = Table::new(["country", "name", "market"]);
    for one in countries {
        table.row([one.country, one.name, one.market]);
    }
    Ok(session.out.table(&table)?)
}

fn show_lists(session: &mut Session, lists: &[MarketListView]) -> Done {
    let mut table = Table::new([
        ">list",
        "from",
        "until",
        "",
        ">countries",
        ">markets",
        "source",
        "cards",
    ]);
    for list in lists {
        table.row([
            list.id.to_string(),
            list.effective_from.clone(),
            list.until.clone().unwrap_or_default(),
            standing(list).to_owned(),
            list.countries.to_string(),
            list.markets.to_string(),
            list.source.clone(),
            list.cards.join("; "),
        ]);
    }
    Ok(session.out.table(&table)?)
}

/// How a list stands to today and to the others of its day.
fn standing(list: &MarketListView) -> &'static str {
    match (list.chosen, list.rivals, list.in_force) {
        (false, _, _) => "not chosen",
        (true, 1.., _) if list.chosen_at.is_none() => "conflict",
        (true, _, true) => "in force",
        (true, _, false) => "",
    }
}

fn import(session: &mut Session, file: &Path, dry_run: bool) -> Done {
    let mut book = session.writing()?;
    let seen = book.preview_markets(file, session.at)?;
    let nothing = !dry_run && seen.lists.is_empty() && seen.known.is_empty();
    tell_problems_or_stop(&seen.file, &seen.problem_rows, seen.problems, nothing)?;
    let view = if dry_run {
        seen
    } else {
        book.book_markets(file, session.at)?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_import(session, &view)
}

fn show_import(session: &mut Session, view: &MarketsView) -> Done {
    for list in &view.lists {
        show_new(session, list)?;
    }
    for list in &view.conflicts {
        session.out.line(format!(
            "Conflict: list {} is for {}, too, and holds until you choose: hubl prices markets choose LIST.",
            list.id, list.effective_from
        ))?;
    }
    for list in &view.known {
        session.out.line(format!(
            "In the book already: list {}, from {}.",
            list.id, list.effective_from
        ))?;
    }
    Ok(session.out.line(format!(
        "New lists: {}. Charges of open months that got a price: {}, another price: {}. Closed months stay as they are.",
        view.lists.len(),
        view.rated,
        view.changed
    ))?)
}

fn show_new(session: &mut Session, new: &NewMarketListView) -> Done {
    show_lists(session, std::slice::from_ref(&new.list))?;
    let before = new.compared_with.as_deref().unwrap_or("no list");
    session.out.line(format!(
        "Countries in another market than by the list before it ({before}): {}",
        new.moves.len()
    ))?;
    let mut table = Table::new(["country", "name", "before", "now"]);
    for one in &new.moves {
        table.row([
            one.country.clone(),
            one.name.clone(),
            one.before.clone(),
            one.now.clone(),
        ]);
    }
    session.out.table(&table)?;
    if !new.without_price.is_empty() {
        session.out.line(format!(
            "No card of the book has a price for: {}. Check their spelling, or bring in the card that has.",
            new.without_price.join(", ")
        ))?;
    }
    if new.list.cards.is_empty() {
        session.out.line(
            "No card of the book goes by it yet: a card goes by the list of its own day, so this one tells of cards that begin on its day or later.",
        )?;
    }
    Ok(())
}
