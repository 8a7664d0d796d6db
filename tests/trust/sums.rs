//! Sums are kept beside the charges. Whatever is asked of them is what the listed charges come to,
//! added up here one by one; and a book that keeps none yet gets the very same.

use harness::story::Story;
use harness::walk::all_charges;
use hubledger_book::Book;
use hubledger_book::form::{ChargesForm, ChargesKind, SumBy};
use hubledger_book::view::{ChargeKind, ChargeState, ChargeView, ChargesView};
use rusqlite::Connection;
use rust_decimal::Decimal;

use crate::plant::book_with_everything;

const HUBS: [&str; 2] = ["aPA", "bPA"];

/// All charges of a hub, three a page.
pub(crate) fn form(hub: &str) -> ChargesForm {
    ChargesForm {
        limit: 3,
        ..all_charges(hub, None)
    }
}

/// All pages of a list, and what the first of them says of all.
pub(crate) fn all_pages(story: &Story, form: &ChargesForm) -> (Vec<ChargeView>, ChargesView) {
    let first = story.book().charges(form.clone(), story.at()).unwrap();
    let (mut rows, mut next) = (first.rows.clone(), first.next.clone());
    while let Some(after) = next {
        let page = ChargesForm {
            after: Some(after),
            ..form.clone()
        };
        let page = story.book().charges(page, story.at()).unwrap();
        rows.extend(page.rows);
        next = page.next;
    }
    (rows, first)
}

pub(crate) fn listed_on(row: &ChargeView) -> &str {
    row.booked_on.as_deref().unwrap_or(&row.day)
}

pub(crate) fn is_usage(row: &ChargeView) -> bool {
    row.state != ChargeState::Fee
}

/// Whether a listed charge is among those that a form asks for, told by what is shown of it.
fn is_wanted(row: &ChargeView, form: &ChargesForm) -> bool {
    let channel = row.channel.as_ref();
    let fits = |wanted: &Option<String>, is: Option<&str>| {
        wanted.as_deref().is_none_or(|wanted| is == Some(wanted))
    };
    let only_usage = form.category.is_some() || form.market.is_some() || form.unrated;
    let is_of_day = form.day.is_some() && form.kind.is_none();
    (is_usage(row) || !(only_usage || is_of_day))
        && form.kind.is_none_or(|kind| kind == kind_of(row))
        && fits(&form.month, listed_on(row).get(..7))
        && fits(&form.day, Some(listed_on(row)))
        && fits(&form.client, channel.map(|c| c.client.as_str()))
        && fits(&form.channel, channel.map(|c| c.id.as_str()))
        && fits(&form.market, Some(row.market.as_str()))
        && form
            .category
            .is_none_or(|wanted| row.category == Some(wanted))
        && (!form.unrated || row.state == ChargeState::Unrated)
}

/// The kind of line that bills a listed charge, told by what is shown of it.
fn kind_of(row: &ChargeView) -> ChargesKind {
    let is_late = row
        .booked_on
        .as_ref()
        .is_some_and(|on| on.get(..7) > row.day.get(..7));
    match row.kind {
        ChargeKind::Plan => ChargesKind::Plan,
        ChargeKind::ProRataLicence => ChargesKind::ProRataLicence,
        ChargeKind::Licence if is_late => ChargesKind::LateLicence,
        ChargeKind::Licence => ChargesKind::Licence,
        ChargeKind::Messages | ChargeKind::Calls if is_late => ChargesKind::UsageReconciliation,
        ChargeKind::Messages => ChargesKind::Messages,
        ChargeKind::Calls => ChargesKind::Calls,
    }
}

fn amount_of(row: &ChargeView) -> Decimal {
    let amount = row.amount.as_ref().map(|amount| amount.amount.as_str());
    amount.map_or(Decimal::ZERO, |text| text.parse().unwrap())
}

/// Every form that some listed charge answers, one thing asked or two.
pub(crate) fn forms(hub: &str, rows: &[ChargeView]) -> Vec<ChargesForm> {
    let mut forms = vec![form(hub)];
    for row in rows {
        let plain = form(hub);
        let channel = row.channel.as_ref();
        let one = [
            ChargesForm {
                month: listed_on(row).get(..7).map(str::to_owned),
                ..plain.clone()
            },
            ChargesForm {
                day: Some(listed_on(row).to_owned()),
                ..plain.clone()
            },
            ChargesForm {
                client: channel.map(|c| c.client.clone()),
                ..plain.clone()
            },
            ChargesForm {
                channel: channel.map(|c| c.id.clone()),
                ..plain.clone()
            },
            ChargesForm {
                category: row.category,
                ..plain.clone()
            },
            ChargesForm {
                market: Some(row.market.clone()).filter(|m| !m.is_empty()),
                ..plain.clone()
            },
            ChargesForm {
                unrated: true,
                ..plain.clone()
            },
            ChargesForm {
                kind: Some(kind_of(row)),
                ..plain
            },
        ];
        for (at, first) in one.iter().enumerate() {
            for second in one.iter().skip(at) {
                forms.push(ChargesForm {
                    month: first.month.clone().or(second.month.clone()),
                    day: first.day.clone().or(second.day.clone()),
                    client: first.client.clone().or(second.client.clone()),
                    channel: first.channel.clone().or(second.channel.clone()),
                    category: first.category.or(second.category),
                    market: first.market.clone().or(second.market.clone()),
                    unrated: first.unrated || second.unrated,
                    kind: first.kind.or(second.kind),
                    ..first.clone()
                });
            }
        }
    }
    forms.sort_by_key(|form| format!("{form:?}"));
    forms.dedup_by_key(|form| format!("{form:?}"));
    forms
}

#[test]
fn what_a_list_says_of_all_is_what_its_rows_come_to_whatever_is_asked() {
    let story = book_with_everything();
    let mut asked = 0;
    for hub in HUBS {
        let (rows, _) = all_pages(&story, &form(hub));
        assert!(rows.len() > 5, "{hub} lists {}", rows.len());
        for form in forms(hub, &rows) {
            let (listed, said) = all_pages(&story, &form);
            let mut wanted: Vec<_> = rows.iter().filter(|row| is_wanted(row, &form)).collect();
            let mut days: Vec<_> = listed.iter().map(listed_on).collect();
            assert!(
                days.is_sorted_by(|one, next| one >= next),
                "{form:?}: {days:?}"
            );
            days.clear();
            let mut ids: Vec<_> = listed.iter().map(|row| row.id.as_str()).collect();
            wanted.sort_by_key(|row| row.id.as_str());
            ids.sort_unstable();
            let wanted_ids: Vec<_> = wanted.iter().map(|row| row.id.as_str()).collect();
            assert_eq!(ids, wanted_ids, "{form:?}");
            let of = |is: fn(&ChargeView) -> bool| wanted.iter().filter(|row| is(row)).count();
            assert_eq!(
                usize::try_from(said.count).unwrap(),
                wanted.len(),
                "{form:?}"
            );
            let unrated = of(|row| row.state == ChargeState::Unrated);
            assert_eq!(usize::try_from(said.unrated).unwrap(), unrated, "{form:?}");
            let is_apart =
                |row: &ChargeView| !is_usage(row) && row.channel.is_none() && hub == "bPA";
            let sum: Decimal = wanted
                .iter()
                .filter(|row| !is_apart(row))
                .map(|row| amount_of(row))
                .sum();
            assert_eq!(
                said.amount.amount.parse::<Decimal>().unwrap(),
                sum,
                "{form:?}"
            );
            asked += 1;
        }
    }
    assert!(asked > 100, "only {asked} forms were asked");
}

#[test]
fn sums_by_each_thing_are_what_its_rows_come_to() {
    let story = book_with_everything();
    for hub in HUBS {
        for month in [None, Some("2026-07"), Some("2026-08"), Some("2026-10")] {
            let asked = ChargesForm {
                month: month.map(str::to_owned),
                ..form(hub)
            };
            let (rows, _) = all_pages(&story, &asked);
            for by in [
                SumBy::Channel,
                SumBy::Client,
                SumBy::Category,
                SumBy::Market,
            ] {
                let sums = story
                    .book()
                    .charge_sums(hub, month, by, story.at())
                    .unwrap();
                for sum in sums {
                    let is_in = |row: &&ChargeView| {
                        let channel = row.channel.as_ref();
                        is_usage(row)
                            && match by {
                                SumBy::Channel => channel.is_some_and(|c| c.id == sum.key),
                                SumBy::Client => channel.is_some_and(|c| c.client == sum.key),
                                SumBy::Category => {
                                    row.category.is_some_and(|c| c.as_str() == sum.key)
                                }
                                SumBy::Market => row.market == sum.key,
                            }
                    };
                    let of_it: Vec<_> = rows.iter().filter(is_in).collect();
                    let usage: Decimal = of_it.iter().map(|row| amount_of(row)).sum();
                    let messages: i64 = of_it
                        .iter()
                        .map(|row| row.quantity.parse::<i64>().unwrap())
                        .sum();
                    let about = format!("{hub} {month:?} {by:?} {}", sum.key);
                    assert_eq!(
                        sum.usage.amount.parse::<Decimal>().unwrap(),
                        usage,
                        "{about}"
                    );
                    assert_eq!(sum.messages, messages.to_string(), "{about}");
                }
            }
        }
    }
}

fn kept(file: &Connection) -> Vec<Vec<i64>> {
    let mut statement = file.prepare("SELECT * FROM charge_sum").unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| (0..width).map(|at| row.get(at)).collect());
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_book_that_keeps_none_gets_the_very_same_sums() {
    let story = book_with_everything();
    let path = story.path("older.hubbook");
    let from = Connection::open(story.book().path()).unwrap();
    from.execute("VACUUM INTO ?1", [path.to_str().unwrap()])
        .unwrap();
    let file = Connection::open(&path).unwrap();
    let before = kept(&file);
    assert!(before.len() > 20, "{}", before.len());
    file.execute_batch(
        "DROP TABLE charge_sum; DROP INDEX charge_of_channel;
         DROP TRIGGER charge_block_is_as_written; DROP TRIGGER charge_block_has_its_charges; DROP TABLE charge_block;
         ALTER TABLE seal DROP COLUMN known_imports; ALTER TABLE seal DROP COLUMN known_places;
         ALTER TABLE seal DROP COLUMN known_markets;
         PRAGMA user_version = 18",
    )
    .unwrap();
    drop(file);
    let book = Book::open(&path, &harness::story::storyteller(), story.at()).unwrap();
    let check = book.check(story.at()).unwrap();
    let failing = check.lines.iter().filter(|line| !line.holds);
    let failing: Vec<_> = failing.map(|line| line.code.to_string()).collect();
    // What seals say that an older book does not know went with its columns.
    assert_eq!(failing, ["tables-as-written", "months-sealed"]);
    drop(book);
    assert_eq!(kept(&Connection::open(&path).unwrap()), before);
}
