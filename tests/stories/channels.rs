//! Channels of a hub, narrowed and in order: what a page gives is what filtering and sorting all of them
//! by hand gives, and the sums of clients are of the channels that are given.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use harness::story::{Story, tell};
use hubledger_book::form::{ChannelStands, ChannelsSort, ChannelsSortBy, ClientForm, ClientsForm};
use hubledger_book::view::{ChannelState, ChannelView, ClientsPageView};
use hubledger_book::word::TierWord;
use rust_decimal::Decimal;

/// Of a Direct-Paid hub, where a channel without money is paused. Clients come by their ids, which are
/// their names, and so do channels.
const MONTH: &str = "
    today 2026-08-01
    book partner DE DE999999995
    hub rheinPA direct-paid EUR growth since 2026-08-01
    client aCL of rheinPA
    client bCL of rheinPA
    client cCL of rheinPA
    channel a1CH of aCL regular from 2026-08-01
    channel a2CH of aCL premium from 2026-08-01
    channel b1CH of bCL higher-throughput from 2026-08-01
    channel b2CH of bCL regular from 2026-08-01 to 2026-08-10
    channel b3CH of bCL regular from 2026-08-01 to 2026-09-30
    channel b4CH of bCL premium from 2026-09-15
    today 2026-08-20
    top-up 2026-08-02 a1CH 10.00
    top-up 2026-08-02 b1CH 20.00
    top-up 2026-08-02 b3CH 30.00
    top-up 2026-08-02 b4CH 30.00
    use 2026-08-03 a1CH DE marketing 10
    use 2026-08-03 b1CH DE marketing 30
    use 2026-08-03 b3CH DE marketing 10
    import
";

fn ask(story: &Story, form: ClientsForm) -> ClientsPageView {
    let form = ClientsForm {
        hub: "rheinPA".to_owned(),
        month: "2026-08".to_owned(),
        ..form
    };
    story.book().clients_page(&form, story.at()).unwrap()
}

/// In pages of two.
fn paged(story: &Story, form: &ClientsForm) -> Vec<String> {
    let mut form = ClientsForm {
        limit: 2,
        ..form.clone()
    };
    let mut ids = Vec::new();
    loop {
        let page = ask(story, form.clone());
        ids.extend(page.rows.into_iter().map(|row| row.id));
        form.after = page.next;
        if form.after.is_none() {
            return ids;
        }
    }
}

fn stands(row: &ChannelView) -> ChannelStands {
    match row.state {
        _ if row.paused => ChannelStands::Paused,
        ChannelState::Starting => ChannelStands::Starting,
        ChannelState::Active => ChannelStands::Active,
        ChannelState::Ending => ChannelStands::Ending,
        ChannelState::Ended => ChannelStands::Ended,
    }
}

const TIERS: [TierWord; 3] = [
    TierWord::Regular,
    TierWord::Premium,
    TierWord::HigherThroughput,
];

/// A number that puts a channel where its column does.
fn rank(row: &ChannelView, by: ChannelsSortBy) -> Decimal {
    match by {
        ChannelsSortBy::Name => Decimal::ZERO,
        ChannelsSortBy::Phone => {
            let digits: String = row.phone.chars().filter(char::is_ascii_digit).collect();
            digits.parse().unwrap()
        }
        ChannelsSortBy::Tier => TIERS
            .iter()
            .position(|one| *one == row.tier)
            .unwrap()
            .into(),
        ChannelsSortBy::State => {
            let place = "paused starting active ending ended".split(' ');
            let word = serde_json::to_value(stands(row)).unwrap();
            place.clone().position(|one| word == one).unwrap().into()
        }
        ChannelsSortBy::Licence => row.licence.amount.parse().unwrap(),
        ChannelsSortBy::Used => row.used.amount.parse().unwrap(),
    }
}

fn by_hand(all: &[ChannelView], form: &ClientsForm) -> Vec<ChannelView> {
    let mut rows: Vec<_> = all
        .iter()
        .filter(|row| form.stands.is_none_or(|wanted| stands(row) == wanted))
        .filter(|row| form.tier.is_none_or(|wanted| row.tier == wanted))
        .cloned()
        .collect();
    let Some(ChannelsSort { by, down }) = form.sort else {
        return rows;
    };
    if by == ChannelsSortBy::Name && down {
        rows.reverse();
    }
    rows.sort_by_key(|row| if down { -rank(row, by) } else { rank(row, by) });
    rows
}

fn sum(amounts: impl Iterator<Item = String>) -> Decimal {
    amounts
        .map(|amount| amount.parse::<Decimal>().unwrap())
        .sum()
}

#[test]
fn channels_are_narrowed_and_in_order_as_by_hand() {
    let story = tell(MONTH);
    let whole = ask(
        &story,
        ClientsForm {
            limit: 100,
            ..ClientsForm::default()
        },
    );
    let all = whole.rows;
    let ids: Vec<_> = all.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["a1CH", "a2CH", "b1CH", "b2CH", "b3CH", "b4CH"]);
    // cCL has no channel, and stands on the whole list alone.
    assert_eq!(whole.clients.len(), 3);
    let standing: Vec<_> = all.iter().map(stands).collect();
    assert_eq!(
        standing,
        [
            ChannelStands::Active,
            ChannelStands::Paused,
            ChannelStands::Active,
            ChannelStands::Ended,
            ChannelStands::Ending,
            ChannelStands::Starting
        ]
    );
    let mut orders = vec![None];
    for by in [
        ChannelsSortBy::Name,
        ChannelsSortBy::Phone,
        ChannelsSortBy::Tier,
        ChannelsSortBy::State,
        ChannelsSortBy::Licence,
        ChannelsSortBy::Used,
    ] {
        orders.extend([false, true].map(|down| Some(ChannelsSort { by, down })));
    }
    for sort in orders {
        for tier in [None, Some(TierWord::Regular), Some(TierWord::Premium)] {
            for stands in [
                None,
                Some(ChannelStands::Active),
                Some(ChannelStands::Ended),
            ] {
                let form = ClientsForm {
                    stands,
                    tier,
                    sort,
                    limit: 100,
                    ..ClientsForm::default()
                };
                let expected = by_hand(&all, &form);
                let ids: Vec<_> = expected.iter().map(|row| row.id.clone()).collect();
                assert_eq!(paged(&story, &form), ids, "{form:?}");
                let page = ask(&story, form.clone());
                assert_eq!(page.count as usize, ids.len(), "{form:?}");
                for client in &page.clients {
                    let own = || expected.iter().filter(|row| row.client == client.id);
                    assert_eq!(client.channels as usize, own().count(), "{form:?}");
                    let used = sum(own().map(|row| row.used.amount.clone()));
                    assert_eq!(client.used.amount.parse::<Decimal>().unwrap(), used);
                    let licences = sum(own().map(|row| row.licence.amount.clone()));
                    assert_eq!(client.licences.amount.parse::<Decimal>().unwrap(), licences);
                }
                let is_narrow = tier.is_some() || stands.is_some();
                let without = page.clients.iter().filter(|one| one.channels == 0).count();
                assert_eq!(without, usize::from(!is_narrow), "{form:?}");
            }
        }
    }
}

#[test]
fn channels_are_narrowed_to_clients_of_a_country_and_clients_to_one() {
    let mut story = tell(MONTH);
    let at = story.at();
    for (client, country) in [("aCL", "FR"), ("bCL", "DE"), ("cCL", "DE")] {
        let form = ClientForm {
            id: client.to_owned(),
            hub: "rheinPA".to_owned(),
            name: client.to_owned(),
            country: country.to_owned(),
            email: String::new(),
            vat_id: String::new(),
        };
        story.book_mut().edit_client(form, at).unwrap();
    }
    let of = |country: Option<&str>, client: Option<&str>| {
        let form = ClientsForm {
            country: country.map(str::to_owned),
            client: client.map(str::to_owned),
            limit: 100,
            ..ClientsForm::default()
        };
        let page = ask(&story, form);
        let clients: Vec<_> = page.clients.iter().map(|one| one.id.clone()).collect();
        // What can be chosen stays, whatever is.
        assert_eq!(page.countries, ["DE", "FR"]);
        (page.count, clients.join(" "))
    };
    assert_eq!(of(None, None), (6, "aCL bCL cCL".to_owned()));
    assert_eq!(of(Some("FR"), None), (2, "aCL".to_owned()));
    assert_eq!(of(Some("DE"), None), (4, "bCL".to_owned()));
    assert_eq!(of(Some("ES"), None), (0, String::new()));
    assert_eq!(of(None, Some("cCL")), (0, "cCL".to_owned()));
    assert_eq!(of(None, Some("bCL")), (4, "bCL".to_owned()));
}
