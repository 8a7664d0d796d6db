//! Charges in the order of any column, page by page, are what sorting all of them comes to: worked out
//! here from what is shown of each, by another way than the book's.

use std::cmp::Ordering;

use harness::story::{Story, tell};
use hubledger_book::form::{ChargesForm, ChargesSort, ChargesSortBy};
use hubledger_book::view::ChargeView;
use hubledger_core::usage::Category;
use rust_decimal::Decimal;

use crate::plant::book_with_everything;
use crate::sums::{all_pages, form, forms, is_usage, listed_on};
use crate::{Dice, setting};

const COLUMNS: [ChargesSortBy; 7] = [
    ChargesSortBy::Day,
    ChargesSortBy::Client,
    ChargesSortBy::Channel,
    ChargesSortBy::Market,
    ChargesSortBy::Category,
    ChargesSortBy::Quantity,
    ChargesSortBy::Amount,
];

/// What a row has in a column, as words or as a number; nothing stands last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Number(Decimal),
    Words(String, String),
}

fn shown(row: &ChargeView, by: ChargesSortBy) -> Option<Shown> {
    let channel = row.channel.as_ref();
    let number = |text: &str| Some(Shown::Number(text.parse().unwrap()));
    let words = |name: &str, id: &str| Some(Shown::Words(name.to_lowercase(), id.to_owned()));
    match by {
        ChargesSortBy::Day => words(listed_on(row), ""),
        ChargesSortBy::Client => channel.and_then(|c| words(&c.client_name, &c.client)),
        ChargesSortBy::Channel => channel.and_then(|c| match c.name.as_str() {
            "" => words(&c.phone, &c.id),
            name => words(name, &c.id),
        }),
        ChargesSortBy::Market => words(&row.market, "").filter(|_| !row.market.is_empty()),
        ChargesSortBy::Category => {
            let place = |word: &str| Category::ALL.iter().position(|c| c.name() == word);
            row.category
                .map(|c| Shown::Number(place(c.as_str()).unwrap().into()))
        }
        ChargesSortBy::Quantity => number(&row.quantity),
        ChargesSortBy::Amount => row.amount.as_ref().and_then(|m| number(&m.amount)),
    }
}

/// A charge's number, or a plan's or licence's among those of its channel in the month.
fn number(row: &ChargeView) -> i64 {
    row.id.rsplit('/').next().unwrap().parse().unwrap()
}

/// Plans and licences of a day: the plan, then the channels by their client and name.
fn by_what_it_is_for(one: &ChargeView, other: &ChargeView) -> Ordering {
    let place = |row: &ChargeView| {
        let channel = row.channel.as_ref().map(|c| {
            let (client, name) = (c.client_name.to_lowercase(), c.name.to_lowercase());
            (client, c.client.clone(), name, c.id.clone())
        });
        (channel, number(row))
    };
    place(one).cmp(&place(other))
}

fn newest_first(one: &ChargeView, other: &ChargeView) -> Ordering {
    let by_day = listed_on(other).cmp(listed_on(one));
    // Usage stands before plans and licences of its day; the last booked usage first.
    by_day.then_with(|| match (is_usage(one), is_usage(other)) {
        (true, true) => number(other).cmp(&number(one)),
        (false, false) => by_what_it_is_for(one, other),
        (one_is, other_is) => other_is.cmp(&one_is),
    })
}

fn compared(one: &ChargeView, other: &ChargeView, sort: ChargesSort) -> Ordering {
    if sort.by == ChargesSortBy::Day {
        let newest_first = newest_first(one, other);
        return if sort.down {
            newest_first
        } else {
            newest_first.reverse()
        };
    }
    let by_value = match (shown(one, sort.by), shown(other, sort.by)) {
        (Some(one), Some(other)) if sort.down => other.cmp(&one),
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    };
    by_value.then_with(|| newest_first(one, other))
}

/// Whether every order of what a form asks for is right. Gives how many were looked at.
fn assert_in_order(story: &Story, form: &ChargesForm) -> usize {
    let (rows, _) = all_pages(story, form);
    for by in COLUMNS {
        for down in [false, true] {
            let sort = ChargesSort { by, down };
            let mut wanted: Vec<_> = rows.iter().collect();
            wanted.sort_by(|one, other| compared(one, other, sort));
            let asked = ChargesForm {
                sort: Some(sort),
                ..form.clone()
            };
            let (listed, _) = all_pages(story, &asked);
            let ids =
                |rows: &[&ChargeView]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
            assert_eq!(
                ids(&listed.iter().collect::<Vec<_>>()),
                ids(&wanted),
                "{asked:?}"
            );
            assert_eq!(filed(story, &asked), ids(&wanted), "{asked:?}");
        }
    }
    rows.len()
}

/// The ids that a file of what a form asks for holds, in its order.
fn filed(story: &Story, form: &ChargesForm) -> Vec<String> {
    let to = story.path("ordered.csv");
    let book = story.book();
    book.export_charges(form.clone(), &to, story.at()).unwrap();
    let file = std::fs::read_to_string(to).unwrap();
    let ids = file
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap());
    ids.map(str::to_owned).collect()
}

#[test]
fn a_book_with_everything_is_listed_in_the_order_of_any_column_whatever_is_asked() {
    let story = book_with_everything();
    for hub in ["aPA", "bPA"] {
        let (rows, _) = all_pages(&story, &form(hub));
        for form in forms(hub, &rows) {
            assert_in_order(&story, &form);
        }
    }
}

/// A book of chance: few values, so that many are equal, some rows without a price, late ones, and one
/// import undone.
fn random_book(dice: &mut Dice) -> Story {
    let mut table = "
        today 2026-07-01
        book partner DE DE999999995
        hub aPA partner-paid EUR growth since 2026-07-01 opening 120.00
        client bCL of aPA
        client aCL of aPA
        channel dCH of aCL regular from 2026-07-03
        channel bCH of bCL premium from 2026-07-01
        channel aCH of aCL regular from 2026-07-01
        today 2026-08-20
    "
    .to_owned();
    for _ in 0..3 {
        for _ in 0..8 + dice.below(25) {
            let mut one = |of: &[&str]| of[dice.below(of.len())].to_owned();
            let day = one(&["2026-07-04", "2026-07-05", "2026-08-01"]);
            let channel = one(&["aCH", "bCH", "dCH"]);
            let market = one(&["DE", "ES", "AQ", "FR"]);
            let category = one(&["marketing", "utility", "authentication", "call"]);
            let quantity = one(&["1", "10", "10", "250"]);
            let cost = one(&["", "", "", " cost=0.5", " cost=0", " cost=12.25"]);
            table.push_str(&format!(
                "use {day} {channel} {market} {category} {quantity}{cost}\n"
            ));
        }
        table.push_str("import\n");
    }
    if dice.below(2) == 0 {
        table.push_str("undo\n");
    }
    tell(&table)
}

#[test]
fn random_books_are_listed_in_the_order_of_any_column() {
    let seed = setting("HUBLEDGER_SEED", 7);
    println!("HUBLEDGER_SEED={seed}");
    let mut dice = Dice(seed);
    for _ in 0..setting("HUBLEDGER_ORDERED_BOOKS", 2) {
        let story = random_book(&mut dice);
        let (rows, _) = all_pages(&story, &form("aPA"));
        assert!(
            rows.iter().any(|row| row.amount.is_none()),
            "all have a price"
        );
        let mut asked = vec![form("aPA")];
        for _ in 0..3 {
            let forms = forms("aPA", &rows);
            asked.push(forms[dice.below(forms.len())].clone());
        }
        for form in asked {
            let limit = u32::try_from(4 + dice.below(9)).unwrap();
            assert_in_order(&story, &ChargesForm { limit, ..form });
        }
    }
}
