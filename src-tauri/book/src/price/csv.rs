//! Cards and their differences for spreadsheet programs. A card is written as the price file that
//! `import` reads, so that it can be brought into another book.

use std::path::Path;

use crate::Book;
use crate::error::Error;
use crate::file::write_table;
use crate::moment::Moment;
use crate::view::CardDiffView;

use super::no_such_card;

const CARD_COLUMNS: [&str; 6] = [
    "effective_from",
    "currency",
    "market",
    "category",
    "tier_from",
    "rate",
];

const DIFF_COLUMNS: [&str; 8] = [
    "old_card",
    "new_card",
    "market",
    "category",
    "tier_from",
    "old",
    "new",
    "per_cent",
];

fn diff_rows(diff: &CardDiffView) -> impl Iterator<Item = Vec<String>> {
    diff.rows.iter().map(|row| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            diff.old.name.clone(),
            diff.new.name.clone(),
            row.market.clone(),
            row.item.clone(),
            row.tier_from.clone(),
            text(&row.old),
            text(&row.new),
            text(&row.per_cent),
        ]
    })
}

impl Book {
    /// Writes a card as a price file. Gives the number of its prices.
    pub fn export_card(&self, card: u32, to: &Path, at: Moment) -> Result<u32, Error> {
        let found = self.cards(at)?.into_iter().find(|view| view.id == card);
        let view = found.ok_or_else(|| no_such_card(card))?;
        let rows = self.rates(card)?.into_iter().map(|rate| {
            vec![
                view.effective_from.clone().unwrap_or_default(),
                view.currency.to_string(),
                rate.market,
                rate.item,
                rate.tier_from,
                rate.rate,
            ]
        });
        write_table(to, &CARD_COLUMNS, rows.map(Ok))
    }

    /// Writes what a newer card says otherwise than an older one. Gives the number of differences.
    pub fn export_card_diff(
        &self,
        old: u32,
        new: u32,
        to: &Path,
        at: Moment,
    ) -> Result<u32, Error> {
        let diff = self.compare_cards(old, new, at)?;
        write_table(to, &DIFF_COLUMNS, diff_rows(&diff).map(Ok))
    }

    /// Writes what changes between two days in a currency. Gives the number of differences.
    pub fn export_price_changes(
        &self,
        from: &str,
        to_day: &str,
        currency: &str,
        to: &Path,
        at: Moment,
    ) -> Result<u32, Error> {
        let changes = self.price_changes(from, to_day, currency, at)?;
        write_table(
            to,
            &DIFF_COLUMNS,
            changes.iter().flat_map(diff_rows).map(Ok),
        )
    }
}
