//! Plans and licences, billed a second time: a month is walked day by day, with plain fractions and
//! none of the engine's helpers. Prices that a channel keeps and plans that were given notice of are
//! among them.

use hubledger_core::channel::{Channel, KeptPrice, Tier, TierFrom};
use hubledger_core::currency::Currency;
use hubledger_core::fee::{Fee, FeePrices, PlanFrom, licence_fees, plan_fees};
use hubledger_core::hub::{BillingModel, Hub, PartnerPlan};
use hubledger_core::id::{ChannelId, ClientId, HubId, PhoneNumber};
use hubledger_core::notice::Notice;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::price::{CardKind, MarketMap, PriceData, PriceItem, RateCard};
use hubledger_core::rule::{
    HigherThroughput, PlanFirstMonth, PlanNotice, Proration, Rules, TerminationDay, Upgrade,
};
use rust_decimal::Decimal;

use crate::chance::Chance;
use crate::fraction::Fraction;
use crate::second_rating::months;

/// A month by numbers: the first and last day that count in it, the rank that holds on each day,
/// and the price of each rank in cents.
struct Walk<'a> {
    days: i128,
    /// The day of the month on which billing begins; 0 where it began earlier.
    begins: i128,
    ends: i128,
    rank_on: &'a dyn Fn(i128) -> usize,
    cents: [i128; 3],
    proration: Proration,
    upgrade: Upgrade,
}

/// Cents of each fee, in the order of their days.
fn walk(month: &Walk<'_>) -> Vec<i128> {
    let first = month.begins.max(1);
    if first > month.ends {
        return Vec::new();
    }
    let part = |cents: i128, day: i128| {
        let left = match month.proration {
            Proration::FromStartDay => month.days - day + 1,
            Proration::AfterStartDay => month.days - day,
            Proration::WholeMonth => month.days,
        };
        Fraction::whole(cents)
            .times(Fraction::whole(left))
            .times(Fraction::new(1, month.days))
            .rounded(1)
    };
    let mut charged = (month.rank_on)(first);
    let mut fees = vec![if month.begins > 1 {
        part(month.cents[charged], first)
    } else {
        month.cents[charged]
    }];
    for day in first + 1..=month.ends {
        let rank = (month.rank_on)(day);
        if month.cents[rank] > month.cents[charged] {
            if month.upgrade == Upgrade::ProRata {
                fees.push(part(month.cents[rank] - month.cents[charged], day));
            }
            charged = rank;
        }
    }
    fees
}

const TIERS: [Tier; 3] = [Tier::Regular, Tier::Premium, Tier::HigherThroughput];
const PLANS: [PartnerPlan; 2] = [PartnerPlan::Growth, PartnerPlan::Premium];

/// Three random prices in cents, rising.
fn prices(chance: &mut Chance) -> [i128; 3] {
    let first = i128::from(100 + chance.below(4_000));
    let second = first + i128::from(1 + chance.below(5_000));
    [first, second, second + i128::from(1 + chance.below(20_000))]
}

fn card(licences: [i128; 3], plans: [i128; 3]) -> PriceData {
    let (kind, name) = (CardKind::Fees, String::new());
    let mut card = RateCard::new(1, kind, Currency::Eur, None, name, String::new());
    let cents = |n| Decimal::from_i128_with_scale(n, 2);
    for (tier, price) in TIERS.into_iter().zip(licences) {
        card.put(PriceItem::Licence(tier), "global", 1, cents(price));
    }
    for (plan, price) in PLANS.into_iter().zip(plans) {
        card.put(PriceItem::Plan(plan), "global", 1, cents(price));
    }
    PriceData::new(vec![card], MarketMap::default(), Vec::new())
}

fn rules(chance: &mut Chance, month: BillingPeriod) -> Rules {
    Rules {
        proration: *chance.pick(&[
            Proration::FromStartDay,
            Proration::AfterStartDay,
            Proration::WholeMonth,
        ]),
        plan_first_month: *chance.pick(&[PlanFirstMonth::ProRata, PlanFirstMonth::Whole]),
        upgrade: *chance.pick(&[Upgrade::ProRata, Upgrade::NextMonth]),
        higher_throughput: *chance.pick(&[
            HigherThroughput::ReplacesPremium,
            HigherThroughput::AddsToPremium,
        ]),
        termination_day: *chance.pick(&[TerminationDay::LastDay, TerminationDay::DayAfter]),
        ..Rules::in_force(&[], month)
    }
}

fn cents_of(fees: &[Fee]) -> Vec<i128> {
    let cents = |fee: &Fee| {
        let mut amount = fee.amount.amount();
        amount.rescale(2);
        amount.mantissa()
    };
    fees.iter().map(cents).collect()
}

/// A day near the month: within it, or up to two months before or after.
fn day_near(chance: &mut Chance, month: BillingPeriod) -> Date {
    let first = month.previous().previous().first_day();
    after(first, chance.below(130))
}

fn after(day: Date, days: u64) -> Date {
    day.iter_days().nth(usize::try_from(days).unwrap()).unwrap()
}

/// The last day of a plan, told day by day: 30 days on and then to the month's end, or over the
/// month's end and then to the end of the next.
fn last_day(given_on: Date, reading: PlanNotice) -> Date {
    let tomorrow = |day: Date| day.succ_opt().unwrap();
    let is_last = |day: Date| tomorrow(day).format("%d").to_string() == "01";
    let mut day = given_on;
    match reading {
        PlanNotice::ThirtyDays => (0..30).for_each(|_| day = tomorrow(day)),
        PlanNotice::FollowingMonth => {
            while !is_last(day) {
                day = tomorrow(day);
            }
            day = tomorrow(day);
        }
    }
    while !is_last(day) {
        day = tomorrow(day);
    }
    day
}

/// Prices that a channel keeps, in cents, by their tier and first month; told in any order.
fn kept_prices(
    chance: &mut Chance,
    month: BillingPeriod,
) -> Vec<(u64, BillingPeriod, Option<i128>)> {
    let months = [
        month.previous().previous(),
        month.previous(),
        month,
        month.next(),
    ];
    let mut told: Vec<(u64, BillingPeriod, Option<i128>)> = Vec::new();
    for _ in 0..chance.below(4) {
        let (tier, from) = (chance.below(3), *chance.pick(&months));
        let price = (!chance.one_in(4)).then(|| i128::from(chance.below(30_000)));
        if told.iter().all(|one| (one.0, one.1) != (tier, from)) {
            told.push((tier, from, price));
        }
    }
    told
}

/// What a tier costs a channel in a month: the kept price that was told last, or else the card's.
fn cents_with(
    card: [i128; 3],
    kept: &[(u64, BillingPeriod, Option<i128>)],
    month: BillingPeriod,
    adds: bool,
) -> [i128; 3] {
    let own = |tier: u64| {
        let mut last: Option<&(u64, BillingPeriod, Option<i128>)> = None;
        for one in kept.iter().filter(|one| one.0 == tier && one.1 <= month) {
            if last.is_none_or(|before| before.1 < one.1) {
                last = Some(one);
            }
        }
        last.and_then(|one| one.2)
    };
    let premium = own(1).unwrap_or(card[1]);
    let higher = own(2).unwrap_or(if adds { card[2] + premium } else { card[2] });
    [own(0).unwrap_or(card[0]), premium, higher]
}

/// The number of a day in a month: below 1 before it, above its last after it.
fn number(day: Date, month: BillingPeriod) -> i128 {
    i128::from((day - month.first_day()).num_days()) + 1
}

#[test]
fn a_second_implementation_bills_random_months_alike() {
    let mut chance = Chance(360);
    for _ in 0..months() / 4 {
        let (year, of_year) = (
            2026 + i32::try_from(chance.below(3)).unwrap(),
            1 + chance.below(12),
        );
        let month = BillingPeriod::new(year, u32::try_from(of_year).unwrap()).unwrap();
        let rules = rules(&mut chance, month);
        let (licences, plans) = (prices(&mut chance), prices(&mut chance));
        let data = card(licences, plans);
        let with = FeePrices {
            prices: &data,
            currency: Currency::Eur,
            month,
            rules: &rules,
        };
        let started = day_near(&mut chance, month);
        let ended = chance.one_in(2).then(|| after(started, chance.below(90)));
        let kept = kept_prices(&mut chance, month);
        let mut steps = vec![(started, chance.below(3))];
        for _ in 0..chance.below(4) {
            let last = steps[steps.len() - 1].0;
            let next = after(last, 1 + chance.below(20));
            steps.push((next, chance.below(3)));
        }
        let rank = |n: u64| usize::try_from(n).unwrap();
        let rank_on = |day: i128, of: usize| {
            let holding = steps.iter().rfind(|(from, _)| number(*from, month) <= day);
            rank(holding.unwrap_or(&steps[0]).1).min(of)
        };
        let channel = Channel {
            id: ChannelId::parse("aCH").unwrap(),
            client: ClientId::parse("aCL").unwrap(),
            phone: PhoneNumber::parse("491234567").unwrap(),
            name: String::new(),
            started,
            ended,
            time_zone: String::new(),
            tiers: steps
                .iter()
                .map(|(from, n)| TierFrom {
                    from: *from,
                    tier: TIERS[rank(*n)],
                })
                .collect(),
            kept_prices: kept
                .iter()
                .map(|(tier, from, price)| KeptPrice {
                    tier: TIERS[rank(*tier)],
                    from: *from,
                    price: price.map(|cents| Decimal::from_i128_with_scale(cents, 2)),
                    reason: String::new(),
                })
                .collect(),
        };
        let days = i128::from(month.days());
        let shift = i128::from(rules.termination_day == TerminationDay::DayAfter);
        let adds = rules.higher_throughput == HigherThroughput::AddsToPremium;
        let cents = cents_with(licences, &kept, month, adds);
        let begins = number(started, month);
        let own = Walk {
            days,
            begins: begins.max(0),
            ends: ended.map_or(days, |day| (number(day, month) - shift).min(days)),
            rank_on: &|day| rank_on(day, 2),
            cents,
            proration: rules.proration,
            upgrade: rules.upgrade,
        };
        let engine = cents_of(&licence_fees(&channel, &with).unwrap());
        assert_eq!(engine, walk(&own), "{month} {channel:?} {rules:?}");

        let hub = Hub {
            id: HubId::parse("aPA").unwrap(),
            name: "A".into(),
            model: BillingModel::PartnerPaid,
            currency: Currency::Eur,
            since: started,
            first_month: BillingPeriod::containing(started),
            closed_on: ended,
        };
        let held: Vec<_> = steps
            .iter()
            .map(|(from, n)| PlanFrom {
                from: *from,
                plan: PLANS[rank(*n).min(1)],
            })
            .collect();
        let reading = *chance.pick(&[PlanNotice::ThirtyDays, PlanNotice::FollowingMonth]);
        let notice = chance.one_in(2).then(|| {
            let given_on = day_near(&mut chance, month);
            (given_on, last_day(given_on, reading))
        });
        let is_whole = rules.plan_first_month == PlanFirstMonth::Whole;
        let of_plan = Walk {
            begins: begins.max(0),
            ends: [ended, notice.map(|(_, last)| last)]
                .into_iter()
                .flatten()
                .map(|day| number(day, month))
                .fold(days, i128::min),
            rank_on: &|day| rank_on(day, 1),
            cents: plans,
            ..own
        };
        let mut expected = walk(&of_plan);
        if let (true, Some(first)) = (is_whole && begins > 1, expected.first_mut()) {
            *first = plans[rank_on(begins, 1)];
        }
        let ends = notice.map(|(given_on, _)| Notice::given(given_on, reading).last_day);
        let engine = cents_of(&plan_fees(&hub, &held, ends, &with).unwrap());
        assert_eq!(
            engine, expected,
            "{month} {hub:?} {held:?} {notice:?} {rules:?}"
        );
    }
}
