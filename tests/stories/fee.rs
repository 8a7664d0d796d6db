//! Fees that are a channel's or a partner's own: a licence price that one channel keeps, Higher
//! Throughput, and a plan that notice was given of. A Regular licence is 25.00 by the card, Premium
//! 49.00, Higher Throughput 249.00; the Growth plan is 500.00.

use harness::story::{Story, tell};
use hubledger_book::form::WhatIfForm;
use hubledger_book::word::TierWord;

fn july() -> Story {
    tell(
        "
        today    2026-07-20
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-07
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        channel  a2CH of kundeCL regular from 2026-01-01
        ",
    )
}

#[test]
fn a_channel_keeps_its_price_for_a_tier_until_another_is_told() {
    let mut story = july();
    story.go("
        keeps    a1CH regular 19.00 from 2026-07
        invoice  elbePA/2026-07/licence 2026-07-01 44.00 8.36 52.36
        line     licence 19.00 a1CH regular of=19.00
        line     licence 25.00 a2CH regular of=25.00
        # Premium is the card's: (49.00 − 19.00) × 12/31 = 11.6129…
        tier     a1CH premium from 2026-07-20
        invoice  elbePA/2026-07/pro-rata 2026-07-31 11.61 2.21 13.82
        line     tier-upgrade 11.61 a1CH premium 2026-07-20 12/31 of=30.00
        invoice  elbePA/2026-08/licence 2026-08-01 74.00 14.06 88.06
        line     licence 49.00 a1CH premium of=49.00
        line     licence 25.00 a2CH regular of=25.00
        # A price may be nothing, but never in silence; and the card's may come back.
        keeps    a2CH regular 0.00 from 2026-08
        keeps    a2CH regular card from 2026-09
        invoice  elbePA/2026-08/licence 2026-08-01 49.00 9.31 58.31
        line     licence 49.00 a1CH premium of=49.00
        line     licence 0.00 a2CH regular of=0.00
        invoice  elbePA/2026-09/licence 2026-09-01 74.00 14.06 88.06
        line     licence 49.00 a1CH premium of=49.00
        line     licence 25.00 a2CH regular of=25.00
        refused  amount-negative keeps a1CH regular -1.00 from 2026-08
        refused  channel-not-found keeps xCH regular 1.00 from 2026-08
        ");
}

#[test]
fn a_tier_whose_kept_price_is_below_the_one_before_costs_nothing_more() {
    july().go("
        # Premium at 20.00 is cheaper than Regular by the card: it is felt on the next 1st.
        keeps    a1CH premium 20.00 from 2026-07
        tier     a1CH premium from 2026-07-10
        invoices elbePA 2026-07 plan licence
        # 249.00 − 25.00, as 25.00 is what was charged: × 12/31 = 86.7096…
        tier     a1CH higher-throughput from 2026-07-20
        invoice  elbePA/2026-07/pro-rata 2026-07-31 86.71 16.47 103.18
        line     tier-upgrade 86.71 a1CH higher-throughput 2026-07-20 12/31 of=224.00
        ");
}

#[test]
fn a_kept_price_is_explained_and_counts_in_a_what_if_and_closed_months_keep_theirs() {
    let mut story = july();
    story.go("keeps a1CH regular 19.00 from 2026-07");
    let charge = |story: &Story| {
        let charges = story.charges("elbePA", "2026-07").into_iter();
        let mut of_a1 = charges.filter(|c| c.channel.as_ref().is_some_and(|c| c.id == "a1CH"));
        of_a1.next().unwrap().id
    };
    let why = story.why(&charge(&story)).price.unwrap();
    assert_eq!(
        (why.card.as_str(), why.source.as_str(), why.rate.as_str()),
        ("Price that the channel keeps", "price guarantee", "19.00")
    );
    assert_eq!(why.effective_from.as_deref(), Some("2026-07-01"));
    let form = WhatIfForm {
        hub: "elbePA".into(),
        month: "2026-07".into(),
        card: None,
        plan: None,
        tier: Some(TierWord::Premium),
    };
    // 19.00 + 25.00 now, 2 × 49.00 then.
    let fees = story.what_if(form).fees;
    assert_eq!(
        (fees[0].now.amount.as_str(), fees[0].then.amount.as_str()),
        ("44.00", "98.00")
    );
    story.go("
        today    2026-08-05
        close    elbePA 2026-07
        refused  rule-used-by-closed-month keeps a1CH regular 18.00 from 2026-07
        keeps    a1CH regular 18.00 from 2026-08
        invoice  elbePA/2026-07/licence 2026-07-01 44.00 8.36 52.36
        line     licence 19.00 a1CH regular of=19.00
        line     licence 25.00 a2CH regular of=25.00
        # A channel that comes late was never charged: its price may still be told for then.
        channel  a3CH of kundeCL regular from 2026-07-01
        keeps    a3CH regular 10.00 from 2026-07
        invoice  elbePA/2026-08/licence 2026-08-01 63.00 11.97 74.97
        line     licence 18.00 a1CH regular of=18.00
        line     licence 25.00 a2CH regular of=25.00
        line     licence 10.00 a3CH regular of=10.00
        line     late-licence 10.00 a3CH regular 2026-07 of=10.00
        ");
    let why = story.why(&charge(&story)).price.unwrap();
    assert_eq!(why.rate, "19.00");
}

#[test]
fn higher_throughput_is_taken_from_premium_alone() {
    july().go("
        refused  higher-throughput-needs-premium tier a1CH higher-throughput from 2026-07-10
        tier     a1CH premium from 2026-07-10
        refused  higher-throughput-needs-premium tier a2CH higher-throughput from 2026-07-10
        tier     a1CH higher-throughput from 2026-07-11
        # A channel that begins with it was upgraded before this book knew it.
        channel  a3CH of kundeCL higher-throughput from 2026-07-05
        ");
}

#[test]
fn a_plan_is_charged_until_the_last_day_of_its_notice_and_not_after() {
    july().go("
        # 30 days from 1 July are 31 July; by the other reading it is 31 August.
        refused  in-the-future notice elbePA 2026-07-21
        refused  unknown-choice notice elbePA 2026-07-01 some-day
        refused  plan-notice-missing withdraw elbePA
        notice   elbePA 2026-07-01
        refused  plan-notice-given notice elbePA 2026-07-02
        invoices elbePA 2026-07 plan licence
        invoices elbePA 2026-08 licence
        refused  plan-ends-before plan elbePA premium from 2026-08-01
        refused  plan-runs-until end-hub elbePA 2026-07-30
        withdraw elbePA
        invoices elbePA 2026-08 plan licence
        rule     elbePA plan-notice following-month from 2026-07
        notice   elbePA 2026-07-01
        invoices elbePA 2026-08 plan licence
        invoices elbePA 2026-09 licence
        # What was given stays, whatever the rule becomes.
        rule     elbePA plan-notice thirty-days from 2026-07
        invoices elbePA 2026-08 plan licence
        # A dearer plan is still taken while it runs: (1000.00 − 500.00) × 12/31 = 193.5483…
        plan     elbePA premium from 2026-07-20
        invoice  elbePA/2026-07/plan 2026-07-01 693.55 131.77 825.32
        line     plan 500.00 growth of=500.00
        line     plan-upgrade 193.55 premium 2026-07-20 12/31 of=500.00
        today    2026-10-05
        close    elbePA 2026-07
        close    elbePA 2026-08
        close    elbePA 2026-09
        refused  month-is-closed withdraw elbePA
        end-hub  elbePA 2026-10-05
        ");
}

#[test]
fn notice_that_would_end_a_plan_before_a_closed_month_is_refused() {
    july().go("
        today    2026-09-05
        close    elbePA 2026-07
        close    elbePA 2026-08
        # By either reading July's notice ends with August at the latest, which is closed and charged.
        notice   elbePA 2026-07-20 following-month
        withdraw elbePA
        refused  month-is-closed notice elbePA 2026-06-15
        ");
}

#[test]
fn a_clients_book_has_no_plan_to_give_notice_of() {
    tell(
        "
        today    2026-07-20
        book     client DE
        hub      elbePA direct-paid EUR - since 2026-01-01 first 2026-07
        refused  plan-in-client-book notice elbePA 2026-07-01
        ",
    );
}

/// A licence for each of 101 channels: a list in the window needs the first hundred lines alone, and
/// whoever adds up has them all.
#[test]
fn a_list_may_be_short_and_a_sum_is_not() {
    let mut month = "
        today    2026-08-31
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-08-01
        client   marktCL of elbePA
        "
    .to_owned();
    for n in 1..=101 {
        month.push_str(&format!(
            "channel  c{n}CH of marktCL regular from 2026-07-01\n"
        ));
    }
    let story = tell(&month);
    let lines = |whole: bool| {
        let (book, at) = (story.book(), story.at());
        let preview = match whole {
            true => book.close_preview("elbePA", "2026-08", at),
            false => book.short_close_preview("elbePA", "2026-08", at),
        };
        let months = match whole {
            true => book.invoices(Some("elbePA"), Some("2026-08"), at),
            false => book.short_invoices(Some("elbePA"), Some("2026-08"), at),
        };
        let lists = [
            preview.unwrap().invoices,
            months.unwrap().remove(0).invoices,
        ];
        lists.map(|invoices| {
            let licence = invoices.into_iter().max_by_key(|one| one.line_count);
            let licence = licence.unwrap();
            (licence.lines.len(), licence.line_count, licence.net.amount)
        })
    };
    let [whole, listed] = lines(true);
    assert_eq!(whole, listed);
    // 101 × 25.00.
    assert_eq!((whole.0, whole.1, whole.2.as_str()), (101, 101, "2525.00"));
    let [short, short_list] = lines(false);
    assert_eq!(short, short_list);
    assert_eq!((short.0, short.1), (100, 101));
    assert_eq!(short.2, whole.2);
}
