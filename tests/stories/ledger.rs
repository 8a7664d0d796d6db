//! What an accountant and an auditor ask the book: the trial balance, an account, who did what.

use harness::story::tell;
use harness::walk::everything;
use hubledger_book::activity::HistoryForm;
use hubledger_book::ledger::{AccountForm, ChartAccountForm, TrialBalanceView};
use hubledger_book::word::{ChartWord, ClassWord};

const MONTH: &str = "
    today 2026-07-01
    book partner DE DE999999991
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
    let view = story.book().trial_balance(None, None, story.at()).unwrap();
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
    let entries = story.book().trial_balance(None, None, story.at()).unwrap();
    for _ in 0..100 {
        story.go("again new=0 changed=0 already=2");
    }
    let after = everything(story.book(), story.at());
    assert_eq!(before, after);
    let again = story.book().trial_balance(None, None, story.at()).unwrap();
    assert_eq!(shown(&entries.balances[0]), shown(&again.balances[0]));
    eprintln!(
        "same file: 101 imports, no row changed, {:.1} s",
        begun.elapsed().as_secs_f64()
    );
}
