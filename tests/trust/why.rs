//! A figure that is clicked leads to the charges behind it: what is listed there comes to the figure,
//! the amounts of the list added up one by one.

use harness::story::Story;
use harness::walk::all_charges;
use hubledger_book::form::{ChargesForm, ChargesKind, SumBy};
use hubledger_book::view::{ChargeView, HubInvoiceLineView, HubInvoiceView, SpendView};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::plant::book_with_everything;
use crate::sums::all_pages;

const MONTHS: [&str; 4] = ["2026-07", "2026-08", "2026-09", "2026-10"];

fn usage(hub: &str, month: &str) -> ChargesForm {
    ChargesForm {
        kind: Some(ChargesKind::Usage),
        ..all_charges(hub, Some(month))
    }
}

/// What a list comes to, which its own sum must say too.
fn listed(story: &Story, form: &ChargesForm) -> Decimal {
    let (rows, first) = all_pages(story, form);
    let amount = |row: &ChargeView| {
        let amount = row.amount.as_ref().map(|money| money.amount.as_str());
        amount.map_or(Decimal::ZERO, |text| text.parse().unwrap())
    };
    let sum: Decimal = rows.iter().map(amount).sum();
    let said: Decimal = first.amount.amount.parse().unwrap();
    if first.plan_apart.is_none() {
        assert_eq!(said, sum, "{form:?}");
    }
    sum
}

fn of(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn what_an_overview_says_was_spent_is_what_its_links_list() {
    let story = book_with_everything();
    let mut looked = 0;
    for (hub, month) in ["aPA", "bPA"]
        .iter()
        .flat_map(|hub| MONTHS.map(|m| (*hub, m)))
    {
        let view = story.book().overview(hub, month, story.at()).unwrap();
        let about = format!("{hub} {month}");
        assert_eq!(
            listed(&story, &usage(hub, month)),
            of(&view.used.amount),
            "{about}"
        );
        let bars = [
            (&view.by_client, SumBy::Client),
            (&view.by_category, SumBy::Category),
            (&view.by_market, SumBy::Market),
        ];
        for (bars, by) in bars {
            for bar in bars {
                let form = narrowed_to(bar, by, &usage(hub, month));
                assert_eq!(
                    listed(&story, &form),
                    of(&bar.amount.amount),
                    "{about} {bar:?}"
                );
                looked += 1;
            }
            // Those without a bar of their own: the same sums, without the ones that are named.
            let sums = story.book().charge_sums(hub, Some(month), by, story.at());
            let sums = sums.unwrap();
            let named: Vec<&str> = bars.iter().take(1).map(|bar| bar.key.as_str()).collect();
            let others: Decimal = bars.iter().skip(1).map(|bar| of(&bar.amount.amount)).sum();
            let rest = sums.iter().filter(|sum| !named.contains(&sum.key.as_str()));
            let rest: Decimal = rest.map(|sum| of(&sum.usage.amount)).sum();
            assert_eq!(rest, others, "{about} {by:?}");
        }
    }
    assert!(looked > 10, "only {looked} bars");
}

fn narrowed_to(bar: &SpendView, by: SumBy, form: &ChargesForm) -> ChargesForm {
    let mut form = form.clone();
    match by {
        SumBy::Client => form.client = Some(bar.key.clone()),
        SumBy::Market => form.market = Some(bar.key.clone()),
        _ => form.category = serde_json::from_value(bar.key.clone().into()).ok(),
    }
    form
}

#[test]
fn what_a_balance_holds_and_used_is_what_its_links_list() {
    let story = book_with_everything();
    for hub in ["aPA", "bPA"] {
        for month in MONTHS {
            for balance in story.book().balances(hub, month, story.at()).unwrap() {
                let form = ChargesForm {
                    channel: balance.channel.as_ref().map(|channel| channel.id.clone()),
                    ..usage(hub, month)
                };
                let about = format!("{hub} {month} {:?}", form.channel);
                assert_eq!(listed(&story, &form), of(&balance.used.amount), "{about}");
            }
        }
        // The large balance is that of today, and its link shows today's month.
        let today = story.at().today.to_string();
        let month = today.get(..7).unwrap();
        let view = story.book().overview(hub, month, story.at()).unwrap();
        let balances = story.book().balances(hub, month, story.at()).unwrap();
        let sum: Decimal = balances.iter().map(|one| of(&one.ending.amount)).sum();
        assert_eq!(sum, of(&view.balance.amount), "{hub}");
    }
}

/// The list that a line of 360Dialog's invoices leads to; none where no charges are behind it.
fn behind(invoice: &HubInvoiceView, line: &HubInvoiceLineView) -> Option<ChargesForm> {
    let word = serde_json::to_value(line.kind).unwrap();
    let channel = line.channel.as_ref().or(invoice.channel.as_ref());
    Some(ChargesForm {
        kind: Some(serde_json::from_value(word).ok()?),
        channel: channel.map(|channel| channel.id.clone()),
        day: line.from.clone(),
        ..all_charges(&invoice.hub, Some(&invoice.period))
    })
}

#[test]
fn what_a_line_of_360dialogs_invoices_bills_is_what_its_link_lists() {
    let story = book_with_everything();
    let mut kinds = std::collections::BTreeSet::new();
    for month in story.book().invoices(None, None, story.at()).unwrap() {
        for invoice in &month.invoices {
            for line in &invoice.lines {
                let Some(form) = behind(invoice, line) else {
                    continue;
                };
                let cents = listed(&story, &form)
                    .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
                assert_eq!(
                    cents,
                    of(&line.amount.amount),
                    "{}: {line:?}",
                    invoice.reference
                );
                kinds.insert(format!("{:?}", line.kind));
            }
        }
    }
    let expected = [
        "Licence",
        "Messages",
        "Plan",
        "ProRataLicence",
        "UsageReconciliation",
    ];
    assert!(
        expected.iter().all(|kind| kinds.contains(*kind)),
        "{kinds:?}"
    );
}
