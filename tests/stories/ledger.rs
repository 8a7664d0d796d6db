//! What an accountant and an auditor ask the book: the trial balance, an account, who did what.

use harness::story::tell;
use harness::walk::everything;
use hubledger_book::activity::HistoryForm;
use hubledger_book::error::Code;
use hubledger_book::ledger::{
    AccountForm, ChartAccountForm, EntriesForm, EntriesView, PostingView, TrialBalanceView,
    TrialForm,
};
use hubledger_book::word::{ChartWord, ClassWord};

const MONTH: &str = "
    today 2026-07-01
    book partner DE DE999999995
    hub aPA partner-paid EUR growth since 2026-07-01 opening 120.00
    hub bPA direct-paid USD growth since 2026-07-01
    client aCL of aPA
    client bCL of bPA
    channel aCH of aCL regular from 2026-07-01
    channel bCH of bCL regular from 2026-07-01
    today 2026-07-20
    top-up 2026-07-05 aPA 500.00
    top-up 2026-07-05 bCH 40.00
    use 2026-07-06 aCH DE marketing 1000     # 1000 x 0.1131 = 113.10
    use 2026-07-06 bCH DE marketing 100      # 100 x 0.1365 = 13.65
    import
";

fn shown(balance: &TrialBalanceView) -> Vec<String> {
    let side = |money: &Option<hubledger_book::view::MoneyView>| {
        money.as_ref().map_or("-".to_owned(), |m| m.amount.clone())
    };
    balance
        .lines
        .iter()
        .map(|line| {
            format!(
                "{} {} {}",
                line.account,
                side(&line.debit),
                side(&line.credit)
            )
        })
        .chain([format!(
            "sum {} {}",
            balance.debit.amount, balance.credit.amount
        )])
        .collect()
}

#[test]
fn the_trial_balance_is_by_currency_and_clients_money_stands_apart() {
    let story = tell(MONTH);
    let view = story
        .book()
        .trial_balance(&TrialForm::default(), story.at())
        .unwrap();
    // Balance 120.00 + 500.00 - 113.10 = 506.90; VAT 19 % of 500.00 = 95.00; debt 595.00.
    assert_eq!(view.balances.len(), 1, "no dollar of the partner's own");
    assert_eq!(
        shown(&view.balances[0]),
        [
            "asset:prepaid-balance:aPA 506.90 -",
            "asset:input-vat:aPA 95.00 -",
            "liability:payable-360dialog:aPA - 595.00",
            "equity:opening-balances:aPA - 120.00",
            "cost:messages:aPA 113.10 -",
            "sum 715.00 715.00",
        ]
    );
    // 40.00 put in, 13.65 used, 26.35 left.
    assert_eq!(view.memo.len(), 1);
    assert_eq!(
        shown(&view.memo[0]),
        [
            "memo:client-funds:bPA:bCH 26.35 -",
            "memo:client-usage:bPA:bCH 13.65 -",
            "memo:client-money:bPA:bCH - 40.00",
            "sum 40.00 40.00",
        ]
    );
}

#[test]
fn an_account_starts_moves_and_ends() {
    let story = tell(MONTH);
    let form = AccountForm {
        account: "asset:prepaid-balance:aPA".to_owned(),
        from: "2026-07-05".to_owned(),
        until: String::new(),
    };
    let view = story.book().account(&form, story.at()).unwrap();
    let lines: Vec<_> = view
        .lines
        .iter()
        .map(|line| format!("{} {} {}", line.day, line.kind, line.balance.amount))
        .collect();
    assert_eq!(view.starting.amount, "120.00");
    assert_eq!(
        lines,
        ["2026-07-05 top-up 620.00", "2026-07-06 usage 506.90"]
    );
    assert_eq!(view.ending.amount, "506.90");
}

#[test]
fn accounts_take_a_charts_numbers_and_a_persons_own() {
    let mut story = tell(MONTH);
    let at = story.at();
    let book = story.book_mut();
    let number = |chart: &[hubledger_book::ledger::ChartAccountView], kind: &str| {
        chart
            .iter()
            .find(|line| line.kind == kind)
            .map(|line| (line.class, line.number.clone(), line.name.clone()))
            .unwrap()
    };
    let chart = book.set_chart(ChartWord::Skr03, at).unwrap();
    assert_eq!(
        number(&chart, "asset:bank"),
        (ClassWord::Asset, "1200".to_owned(), "Bank".to_owned())
    );
    let own = |number: &str| ChartAccountForm {
        kind: "cost:messages".to_owned(),
        number: number.to_owned(),
        name: "WhatsApp".to_owned(),
    };
    let refused = book.set_chart_account(own("1200"), at).unwrap_err();
    assert_eq!(refused.code.as_str(), "account-number-taken");
    let chart = book.set_chart_account(own("3106"), at).unwrap();
    assert_eq!(
        number(&chart, "cost:messages"),
        (ClassWord::Cost, "3106".to_owned(), "WhatsApp".to_owned())
    );
}

#[test]
fn the_record_says_what_was_done_to_a_hub_and_to_a_channel() {
    let story = tell(MONTH);
    let history = |form: HistoryForm| -> Vec<String> {
        story
            .book()
            .history(&HistoryForm { limit: 100, ..form })
            .unwrap()
            .into_iter()
            .map(|act| act.use_case)
            .collect()
    };
    let of_hub = history(HistoryForm {
        hub: Some("bPA".to_owned()),
        ..HistoryForm::default()
    });
    assert_eq!(
        of_hub,
        [
            "import-usage",
            "top-up",
            "add-channel",
            "add-client",
            "add-hub"
        ]
    );
    let of_channel = history(HistoryForm {
        channel: Some("bCH".to_owned()),
        ..HistoryForm::default()
    });
    assert_eq!(of_channel, ["top-up", "add-channel"]);
}

#[test]
fn the_same_file_a_hundred_times_more_changes_no_row() {
    let mut story = tell(MONTH);
    let begun = std::time::Instant::now();
    let before = everything(story.book(), story.at());
    let entries = story
        .book()
        .trial_balance(&TrialForm::default(), story.at())
        .unwrap();
    for _ in 0..100 {
        story.go("again new=0 changed=0 already=2");
    }
    let after = everything(story.book(), story.at());
    assert_eq!(before, after);
    let again = story
        .book()
        .trial_balance(&TrialForm::default(), story.at())
        .unwrap();
    assert_eq!(shown(&entries.balances[0]), shown(&again.balances[0]));
    eprintln!(
        "same file: 101 imports, no row changed, {:.1} s",
        begun.elapsed().as_secs_f64()
    );
}

fn entries_form() -> EntriesForm {
    EntriesForm {
        limit: 100,
        ..EntriesForm::default()
    }
}

fn told(page: &EntriesView) -> Vec<String> {
    let one = |posting: &PostingView| {
        let amount = |side: &Option<hubledger_book::view::MoneyView>| {
            side.as_ref().map(|money| money.amount.clone())
        };
        match (amount(&posting.debit), amount(&posting.credit)) {
            (Some(debit), None) => format!("{} {debit}", posting.account),
            (None, Some(credit)) => format!("{} -{credit}", posting.account),
            other => format!("{} on both sides or none: {other:?}", posting.account),
        }
    };
    page.entries
        .iter()
        .map(|entry| {
            let postings: Vec<_> = entry.postings.iter().map(one).collect();
            format!("{} {}: {}", entry.day, entry.kind, postings.join(", "))
        })
        .collect()
}

#[test]
fn entries_are_listed_newest_first_with_both_sides() {
    let story = tell(MONTH);
    let form = EntriesForm {
        hub: Some("aPA".to_owned()),
        ..entries_form()
    };
    let page = story.book().entries(&form, story.at()).unwrap();
    // 19 % of 500.00 are 95.00.
    assert_eq!(
        told(&page),
        [
            "2026-07-06 usage: cost:messages:aPA 113.10, asset:prepaid-balance:aPA -113.10",
            "2026-07-05 top-up: asset:prepaid-balance:aPA 500.00, asset:input-vat:aPA 95.00, liability:payable-360dialog:aPA -595.00",
            "2026-07-01 opening: asset:prepaid-balance:aPA 120.00, equity:opening-balances:aPA -120.00",
        ]
    );
    assert_eq!(page.next, None);
    let top_up = &page.entries[1];
    let of_unit = EntriesForm {
        unit: top_up.unit,
        ..entries_form()
    };
    let posted = story.book().entries(&of_unit, story.at()).unwrap();
    assert_eq!(posted.entries.len(), 1);
    assert_eq!(posted.entries[0].entry, top_up.entry);
    let of_account = EntriesForm {
        account: Some("asset:input-vat:aPA".to_owned()),
        ..entries_form()
    };
    let posted = story.book().entries(&of_account, story.at()).unwrap();
    assert_eq!(posted.entries.len(), 1);
    let unknown = EntriesForm {
        account: Some("asset:none".to_owned()),
        ..entries_form()
    };
    let refused = story.book().entries(&unknown, story.at()).unwrap_err();
    assert_eq!(refused.code, Code::AccountNotFound);
}

#[test]
fn pages_of_entries_follow_each_other_without_a_gap() {
    let story = tell(MONTH);
    let all = story.book().entries(&entries_form(), story.at()).unwrap();
    let mut form = EntriesForm {
        limit: 1,
        ..EntriesForm::default()
    };
    let mut paged = Vec::new();
    loop {
        let page = story.book().entries(&form, story.at()).unwrap();
        assert_eq!(page.entries.len(), 1);
        paged.extend(told(&page));
        form.after = page.next;
        if form.after.is_none() {
            break;
        }
    }
    assert_eq!(paged, told(&all));
    // Three of the Partner-Paid hub, and the top-up and usage of the other.
    assert_eq!(paged.len(), 5);
}

#[test]
fn a_trial_balance_of_a_time_starts_moves_and_ends() {
    let story = tell(MONTH);
    let form = TrialForm {
        hub: Some("aPA".to_owned()),
        from: "2026-07-05".to_owned(),
        until: "2026-07-05".to_owned(),
    };
    let view = story.book().trial_balance(&form, story.at()).unwrap();
    let balance = &view.balances[0];
    let lines: Vec<_> = balance
        .lines
        .iter()
        .map(|line| {
            let [starting, debited, credited] =
                [&line.starting, &line.debited, &line.credited].map(|m| m.amount.as_str());
            format!("{} {starting} {debited} {credited}", line.account)
        })
        .collect();
    assert_eq!(
        lines,
        [
            "asset:prepaid-balance:aPA 120.00 500.00 0.00",
            "asset:input-vat:aPA 0.00 95.00 0.00",
            "liability:payable-360dialog:aPA 0.00 0.00 595.00",
            "equity:opening-balances:aPA -120.00 0.00 0.00",
        ]
    );
    assert_eq!(balance.debited, balance.credited);
    assert_eq!(balance.debited.amount, "595.00");
}

#[test]
fn the_ledger_goes_into_csv_files() {
    let story = tell(MONTH);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let read = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    let (book, at) = (story.book(), story.at());

    let rows = book.export_entries(&entries_form(), &path("entries.csv"), at);
    // Opening, usage and the clients' two have two postings each, the top-up with its VAT three.
    assert_eq!(rows.unwrap(), 11);
    let usage = "cost:messages:aPA,,113.10,,EUR\r\n";
    assert!(
        read("entries.csv").contains(usage),
        "{}",
        read("entries.csv")
    );

    let rows = book.export_trial_balance(&TrialForm::default(), &path("trial.csv"), at);
    assert_eq!(rows.unwrap(), 8);
    let vat = "EUR,yes,1500,Input VAT,asset:input-vat:aPA,aPA,,0.00,95.00,0.00,95.00,\r\n";
    assert!(read("trial.csv").contains(vat), "{}", read("trial.csv"));
    assert!(
        read("trial.csv").contains("USD,no,M100,"),
        "clients' money is told apart"
    );

    let form = AccountForm {
        account: "asset:prepaid-balance:aPA".to_owned(),
        from: "2026-07-05".to_owned(),
        until: String::new(),
    };
    assert_eq!(
        book.export_account(&form, &path("account.csv"), at)
            .unwrap(),
        3
    );
    assert!(read("account.csv").contains("2026-07-05,,,starting,,,,120.00\r\n"));
    assert!(read("account.csv").ends_with(",113.10,506.90\r\n"));
    assert_eq!(book.export_chart(&path("chart.csv")).unwrap(), 19);
    assert!(read("chart.csv").contains("asset,1000,Bank,asset:bank\r\n"));

    let none = AccountForm {
        account: "asset:none".to_owned(),
        ..form
    };
    book.export_account(&none, &path("none.csv"), at)
        .unwrap_err();
    assert!(!path("none.csv").exists(), "what is refused writes no file");
}
