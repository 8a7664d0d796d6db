//! Price cards: what 360Dialog and Meta charge.

use hubledger_book::view::CardView;

use crate::args::PricesVerb;
use crate::print::{Table, grouped};
use crate::session::{Done, Session};

pub(crate) fn prices(session: &mut Session, verb: PricesVerb) -> Done {
    let book = session.reading()?;
    match verb {
        PricesVerb::List => {
            let cards = book.cards(session.at)?;
            if session.out.json {
                return Ok(session.out.record(&cards)?);
            }
            show_cards(session, &cards)
        }
        PricesVerb::Show { card } => {
            let rates = book.rates(card)?;
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
    }
}

pub(crate) fn show_cards(session: &mut Session, cards: &[CardView]) -> Done {
    let mut table = Table::new([
        ">card", "kind", "currency", "from", "", "name", ">rates", ">markets", "", "source",
    ]);
    for card in cards {
        let from = card.effective_from.clone();
        table.row([
            card.id.to_string(),
            card.kind.clone(),
            card.currency.to_string(),
            from.unwrap_or_else(|| "every day".to_owned()),
            if card.in_force { "in force" } else { "" }.to_owned(),
            card.name.clone(),
            card.rates.to_string(),
            card.markets.to_string(),
            if card.shipped { "shipped" } else { "imported" }.to_owned(),
            card.source.clone(),
        ]);
    }
    Ok(session.out.table(&table)?)
}
