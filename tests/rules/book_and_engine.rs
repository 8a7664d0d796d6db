//! What an import books is what the pure engine says: random months in files of any order, beside
//! the same rows rated in one go. And a sum over any grouping is the whole.

use std::collections::BTreeMap;

use harness::story::tell;
use hubledger_book::form::{SumBy, WhatIfForm};
use rust_decimal::Decimal;

use crate::chance::Chance;

/// Rows of a random October, as lines of a story. Kenya and Tanzania share volume steps.
fn rows(chance: &mut Chance) -> Vec<String> {
    let row = |n: u64, chance: &mut Chance| {
        let channel = chance.pick(&["a1CH", "a2CH", "b1CH"]);
        let country = chance.pick(&["KE", "TZ", "DE", "IN"]);
        let category = chance.pick(&["utility", "utility", "service", "marketing", "call"]);
        let kind = if chance.one_in(8) {
            " type=free_entry_point"
        } else {
            ""
        };
        format!(
            "use 2026-10-{:02} {channel} {country} {category} {} id=r{n}{kind}\n",
            1 + chance.below(31),
            chance.below(1_200)
        )
    };
    (0..14).map(|n| row(n, chance)).collect()
}

fn sum(amounts: impl IntoIterator<Item = String>) -> Decimal {
    let read = |text: String| Decimal::from_str_exact(&text).unwrap();
    amounts.into_iter().map(read).sum()
}

#[test]
fn the_book_charges_what_the_engine_says_whatever_the_order_of_import() {
    for seed in 0..6 {
        let mut chance = Chance(seed);
        let all = rows(&mut chance);
        let start = 99_000 + chance.below(1_500);
        let mut story = tell(&format!(
            "
            today    2026-11-02
            book     partner DE
            hub      elbePA partner-paid USD growth since 2026-01-01 first 2026-10
            client   uferCL of elbePA
            client   hafenCL of elbePA
            channel  a1CH of uferCL regular from 2026-01-01
            channel  a2CH of uferCL regular from 2026-01-01
            channel  b1CH of hafenCL regular from 2026-01-01
            volume   uferCL Rest_of_Africa utility {start} from 2026-10
            "
        ));
        for file in chance.shuffled(&all).chunks(5) {
            story.go(&format!("{}import\n", file.concat()));
        }
        let form = WhatIfForm {
            hub: "elbePA".into(),
            month: "2026-10".into(),
            card: Some("2026-10-01".into()),
            plan: None,
            tier: None,
        };
        let engine = story.book().what_if(form, story.at()).unwrap();
        let mut of_category: BTreeMap<String, Decimal> = BTreeMap::new();
        for row in &engine.rows {
            *of_category
                .entry(row.category.as_str().to_owned())
                .or_default() += sum([row.now.amount.clone()]);
        }
        let sums = |by| {
            story
                .book()
                .charge_sums("elbePA", Some("2026-10"), by, story.at())
                .unwrap()
        };
        let booked: BTreeMap<_, _> = sums(SumBy::Category)
            .into_iter()
            .filter(|s| s.messages != "0" || s.pulses != "0" || of_category.contains_key(&s.key))
            .map(|s| (s.key, sum([s.usage.amount])))
            .collect();
        assert_eq!(booked, of_category, "seed {seed}\n{}", all.concat());
        for by in [
            SumBy::Client,
            SumBy::Channel,
            SumBy::Market,
            SumBy::Category,
        ] {
            let whole = sum(sums(by).into_iter().map(|s| s.usage.amount));
            assert_eq!(whole, sum([engine.now.amount.clone()]), "seed {seed}");
        }
    }
}
