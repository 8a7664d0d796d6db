//! Lists that the book narrows and puts in order: what it gives is what filtering the whole list by
//! hand gives, page by page, and their sums are of what is given.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use harness::story::{Story, tell};
use hubledger_book::ledger::{EntriesForm, EntryView, PostingView};
use rust_decimal::Decimal;

const MONTHS: &str = "
    today 2026-07-01
    book partner DE DE999999995
    hub aPA partner-paid EUR growth since 2026-07-01 opening 120.00
    hub bPA direct-paid USD growth since 2026-07-01
    client aCL of aPA
    client bCL of bPA
    channel aCH of aCL regular from 2026-07-01
    channel bCH of bCL regular from 2026-07-01
    today 2026-08-20
    top-up 2026-07-05 aPA 500.00
    top-up 2026-07-05 aPA 95.00
    top-up 2026-07-05 bCH 40.00
    use 2026-07-06 aCH DE marketing 1000
    use 2026-07-06 bCH DE marketing 100
    use 2026-08-02 aCH DE utility 50
    import
    refund 2026-08-03 aPA 10.00 to bank
    close aPA 2026-07
    close bPA 2026-07 to-clients 3
    top-up 2026-08-20 aPA 95.01
";

fn exact(posting: &PostingView) -> Decimal {
    let side = posting.debit.as_ref().or(posting.credit.as_ref());
    side.unwrap().amount.parse().unwrap()
}

/// Every entry, oldest first.
fn all(story: &Story) -> Vec<EntryView> {
    let form = EntriesForm {
        oldest_first: true,
        limit: 1_000,
        ..EntriesForm::default()
    };
    story.book().entries(&form, story.at()).unwrap().entries
}

/// The same question, answered from the whole list.
fn by_hand(all: &[EntryView], form: &EntriesForm) -> Vec<EntryView> {
    let least: Decimal = form.least.as_deref().unwrap_or("0").parse().unwrap();
    let fits = |posting: &PostingView| {
        let kind = form.account_kind.as_deref();
        kind.is_none_or(|kind| posting.account.starts_with(&format!("{kind}:")))
            && exact(posting) >= least
    };
    let mut found: Vec<_> = all
        .iter()
        .filter(|entry| form.hub.as_ref().is_none_or(|hub| entry.hub == *hub))
        .filter(|entry| form.kind.as_ref().is_none_or(|kind| entry.kind == *kind))
        .filter(|entry| entry.day >= form.from)
        .filter(|entry| form.until.is_empty() || entry.day <= form.until)
        .filter(|entry| entry.postings.iter().any(fits))
        .cloned()
        .collect();
    if !form.oldest_first {
        found.reverse();
    }
    found
}

fn ids(entries: &[EntryView]) -> Vec<&str> {
    entries.iter().map(|entry| entry.entry.as_str()).collect()
}

/// What is on the debit side, by currency.
fn debit(entries: &[EntryView]) -> BTreeMap<String, Decimal> {
    let mut sums = BTreeMap::new();
    for side in entries.iter().flat_map(|entry| &entry.postings) {
        let Some(money) = &side.debit else { continue };
        let code = money.currency.as_str().to_owned();
        *sums.entry(code).or_insert(Decimal::ZERO) += money.amount.parse::<Decimal>().unwrap();
    }
    sums
}

/// Asks in pages of two.
fn asked(story: &Story, form: &EntriesForm) -> Vec<EntryView> {
    let mut form = EntriesForm {
        limit: 2,
        ..form.clone()
    };
    let mut found = Vec::new();
    loop {
        let page = story.book().entries(&form, story.at()).unwrap();
        assert_eq!(page.sums.is_some(), form.after.is_none());
        found.extend(page.entries);
        form.after = page.next;
        if form.after.is_none() {
            return found;
        }
    }
}

#[test]
fn entries_are_narrowed_and_in_order_as_by_hand() {
    let story = tell(MONTHS);
    let all = all(&story);
    let mut kinds: Vec<_> = all.iter().map(|entry| Some(entry.kind.clone())).collect();
    kinds.sort();
    kinds.dedup();
    assert!(kinds.len() >= 5, "{kinds:?}");
    kinds.extend([None, Some("rounding".to_owned())]);
    let accounts = [
        "",
        "asset:prepaid-balance",
        "cost:messages",
        "asset:input-vat",
    ];
    let leasts = ["", "0", "95", "95.01", "113.10", "113.100001"];
    let days = [("", ""), ("2026-07-05", "2026-07-06"), ("2026-07-06", "")];
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut some = 0;
    for kind in &kinds {
        for account in accounts {
            for least in leasts {
                for (from, until) in days {
                    for hub in [None, Some("aPA")] {
                        let form = EntriesForm {
                            hub: hub.map(str::to_owned),
                            kind: kind.clone(),
                            account_kind: given(account),
                            least: given(least),
                            from: from.to_owned(),
                            until: until.to_owned(),
                            oldest_first: least.len() % 2 == 0,
                            limit: 1_000,
                            ..EntriesForm::default()
                        };
                        let expected = by_hand(&all, &form);
                        let page = story.book().entries(&form, story.at()).unwrap();
                        assert_eq!(ids(&page.entries), ids(&expected), "{form:?}");
                        assert_eq!(ids(&asked(&story, &form)), ids(&expected), "{form:?}");
                        let sums = page.sums.unwrap();
                        assert_eq!(sums.entries as usize, expected.len(), "{form:?}");
                        let told = sums.debit.iter().map(|money| {
                            let amount = money.amount.parse::<Decimal>().unwrap();
                            (money.currency.as_str().to_owned(), amount)
                        });
                        assert_eq!(
                            told.collect::<BTreeMap<_, _>>(),
                            debit(&expected),
                            "{form:?}"
                        );
                        some += usize::from(!expected.is_empty());
                    }
                }
            }
        }
    }
    assert!(some > 100, "hardly anything was found: {some}");
}

#[test]
fn what_entries_can_not_be_narrowed_by_is_refused_in_words() {
    let story = tell(MONTHS);
    let refused = |form: EntriesForm| {
        let error = story.book().entries(&form, story.at()).unwrap_err();
        (error.code.as_str(), error.field)
    };
    let given = |text: &str| Some(text.to_owned());
    let of = |kind, account_kind, least| EntriesForm {
        kind,
        account_kind,
        least,
        ..EntriesForm::default()
    };
    let cases = [
        (of(given("gift"), None, None), "unknown-choice", "kind"),
        (
            of(None, given("asset:gold"), None),
            "account-not-found",
            "account_kind",
        ),
        (of(None, None, given("ten")), "not-an-amount", "least"),
    ];
    for (form, code, field) in cases {
        assert_eq!(refused(form), (code, Some(field)));
    }
}
