//! What a month costs before anything is sent: the partner plan, and the licence of each channel
//! (`billing-models` 13, 14; `reference` 2.4).
//!
//! A licence is full on the 1st for a channel that lives on that day, pro-rata from its start day
//! otherwise, and whole in the month of cancellation. A dearer tier or plan costs the difference
//! for the rest of the month; a cheaper one holds from the next 1st.

use rust_decimal::Decimal;

use crate::channel::{Channel, Tier};
use crate::currency::Currency;
use crate::error::Error;
use crate::hub::{Hub, PartnerPlan};
use crate::hub_invoice::LineKind;
use crate::money::{Money, Rounding};
use crate::period::{BillingPeriod, Date, Share};
use crate::price::{CardKind, GLOBAL_MARKET, PriceData, PriceItem};
use crate::rule::{HigherThroughput, PlanFirstMonth, Proration, Rules, TerminationDay, Upgrade};

/// A plan from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanFrom {
    pub from: Date,
    pub plan: PartnerPlan,
}

/// One fee of a month, in whole cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    pub kind: LineKind,
    /// The price of a whole month; of an upgrade, the difference.
    pub unit_price: Money,
    pub amount: Money,
}

/// Prices of a hub's fees in a month.
#[derive(Clone, Copy, Debug)]
pub struct FeePrices<'a> {
    pub prices: &'a PriceData,
    pub currency: Currency,
    pub month: BillingPeriod,
    pub rules: &'a Rules,
}

impl FeePrices<'_> {
    fn price(&self, item: PriceItem) -> Result<Money, Error> {
        let missing = || Error::FeeHasNoPrice {
            what: item.name().replace('_', " "),
            day: self.month.first_day().to_string(),
            currency: self.currency,
        };
        let card = self
            .prices
            .card_on(CardKind::Fees, self.currency, self.month.first_day())
            .map_err(|_| missing())?;
        let rate = card.list_rate(item, GLOBAL_MARKET).ok_or_else(missing)?;
        Ok(Money::new(rate, self.currency))
    }

    /// A month of a plan.
    pub fn plan(&self, plan: PartnerPlan) -> Result<Money, Error> {
        self.price(PriceItem::Plan(plan))
    }

    /// A month of a tier by the card.
    pub fn licence(&self, tier: Tier) -> Result<Money, Error> {
        self.licence_with(tier, &|_| None)
    }

    /// A month of a channel's tier: the price that the channel keeps, or else the card's.
    pub fn licence_of(&self, channel: &Channel, tier: Tier) -> Result<Money, Error> {
        let kept = |tier| {
            let kept = channel.kept_price(tier, self.month);
            kept.and_then(|kept| kept.price)
        };
        self.licence_with(tier, &kept)
    }

    fn licence_with(
        &self,
        tier: Tier,
        kept: &dyn Fn(Tier) -> Option<Decimal>,
    ) -> Result<Money, Error> {
        if let Some(price) = kept(tier) {
            return Ok(Money::new(price, self.currency));
        }
        let own = self.price(PriceItem::Licence(tier))?;
        match (tier, self.rules.higher_throughput) {
            (Tier::HigherThroughput, HigherThroughput::AddsToPremium) => {
                own.checked_add(self.licence_with(Tier::Premium, kept)?)
            }
            _ => Ok(own),
        }
    }

    /// The card fee as a fraction, 0.04 for 4 %.
    pub fn card_fee(&self) -> Result<Decimal, Error> {
        self.price(PriceItem::CardFee).map(Money::amount)
    }

    /// All of the month.
    fn whole(&self) -> Share {
        let days = self.month.days();
        Share { days, of: days }
    }

    fn share_from(&self, day: Date) -> Option<Share> {
        share_from(self.month, day, self.rules.proration)
    }

    fn part(&self, price: Money, share: Option<Share>) -> Result<Money, Error> {
        let exact = match share {
            Some(share) => price.times_fraction(share.days, share.of)?,
            None => price,
        };
        Ok(exact.rounded(Rounding::ToCents))
    }
}

/// The share of a month from a day on; none where the month counts whole.
fn share_from(month: BillingPeriod, day: Date, proration: Proration) -> Option<Share> {
    let of = month.days();
    let passed = chrono::Datelike::day(&day) - 1;
    match proration {
        Proration::FromStartDay => Some(Share {
            days: of - passed,
            of,
        }),
        Proration::AfterStartDay => Some(Share {
            days: of - passed - 1,
            of,
        }),
        Proration::WholeMonth => None,
    }
}

/// The plan fees of a month: the plan itself, and dearer plans taken within the month. Where
/// notice was given, `ends` is the plan's last day: no month after it has a fee.
pub fn plan_fees(
    hub: &Hub,
    plans: &[PlanFrom],
    ends: Option<Date>,
    with: &FeePrices<'_>,
) -> Result<Vec<Fee>, Error> {
    let month = with.month;
    let last_day = hub.closed_on.into_iter().chain(ends).min();
    let lives = hub.since <= month.last_day() && last_day.is_none_or(|on| on >= month.first_day());
    if !lives || plans.is_empty() {
        return Ok(Vec::new());
    }
    let start = hub.since.max(month.first_day());
    let began_within =
        start > month.first_day() && with.rules.plan_first_month == PlanFirstMonth::ProRata;
    let plan = plan_on(plans, start);
    let share = if began_within {
        with.share_from(start)
    } else {
        None
    };
    let price = with.plan(plan)?;
    let kind = LineKind::Plan {
        plan,
        from: share.map(|_| start),
        share,
    };
    let mut fees = vec![Fee {
        kind,
        unit_price: price,
        amount: with.part(price, share)?,
    }];
    let last = last_day.map_or(month.last_day(), |on| on.min(month.last_day()));
    let steps = plans.iter().map(|p| (p.from, p.plan));
    let kind = |before, plan, from, share| LineKind::PlanUpgrade {
        before,
        plan,
        from,
        share,
    };
    let steps = steps_within(steps, start, last);
    let price = |plan| with.plan(plan);
    fees.extend(upgrade_fees(plan, steps, with, price, kind)?);
    Ok(fees)
}

/// The plan that holds on a day; the first one for days before it.
pub fn plan_on(plans: &[PlanFrom], day: Date) -> PartnerPlan {
    let holding = plans
        .iter()
        .filter(|p| p.from <= day)
        .max_by_key(|p| p.from);
    holding
        .or(plans.iter().min_by_key(|p| p.from))
        .map_or(PartnerPlan::Growth, |p| p.plan)
}

/// The licence fees of a channel in a month.
pub fn licence_fees(channel: &Channel, with: &FeePrices<'_>) -> Result<Vec<Fee>, Error> {
    let month = with.month;
    let Some((start, last)) = life_within(channel, month, with.rules.termination_day) else {
        return Ok(Vec::new());
    };
    let tier = channel.tier_on(start);
    let price = with.licence_of(channel, tier)?;
    let kind_and_share = if start == month.first_day() {
        (LineKind::Licence { tier }, None)
    } else {
        let share = with.share_from(start);
        let shown = share.unwrap_or(with.whole());
        (
            LineKind::ProRataLicence {
                tier,
                from: start,
                share: shown,
            },
            share,
        )
    };
    let (kind, share) = kind_and_share;
    let mut fees = vec![Fee {
        kind,
        unit_price: price,
        amount: with.part(price, share)?,
    }];
    let steps = channel.tiers.iter().map(|t| (t.from, t.tier));
    let kind = |before, tier, from, share| LineKind::TierUpgrade {
        before,
        tier,
        from,
        share,
    };
    let steps = steps_within(steps, start, last);
    let price = |tier| with.licence_of(channel, tier);
    fees.extend(upgrade_fees(tier, steps, with, price, kind)?);
    Ok(fees)
}

/// The first and last day of a channel in a month; none where it does not live in it.
fn life_within(
    channel: &Channel,
    month: BillingPeriod,
    meaning: TerminationDay,
) -> Option<(Date, Date)> {
    let start = channel.started.max(month.first_day());
    let last_day = match (channel.ended, meaning) {
        (None, _) => month.last_day(),
        (Some(ended), TerminationDay::LastDay) => ended,
        (Some(ended), TerminationDay::DayAfter) => ended.pred_opt()?,
    };
    let last = last_day.min(month.last_day());
    (start <= last).then_some((start, last))
}

/// What dearer plans or tiers cost for the rest of the month: the difference, pro-rata from its
/// day, where the rule says so. A cheaper one within the month is not felt until the next 1st, so
/// a later dearer one counts from the dearest that is charged already.
fn upgrade_fees<T: Copy>(
    first: T,
    steps: Vec<(Date, T)>,
    with: &FeePrices<'_>,
    price: impl Fn(T) -> Result<Money, Error>,
    kind: impl Fn(T, T, Date, Share) -> LineKind,
) -> Result<Vec<Fee>, Error> {
    if with.rules.upgrade == Upgrade::NextMonth {
        return Ok(Vec::new());
    }
    let mut charged = (first, price(first)?);
    let mut fees = Vec::new();
    for (from, step) in steps {
        let now = price(step)?;
        let difference = now.checked_sub(charged.1)?;
        if !difference.is_positive() {
            continue;
        }
        let share = with.share_from(from).unwrap_or(with.whole());
        fees.push(Fee {
            kind: kind(charged.0, step, from, share),
            unit_price: difference,
            amount: with.part(difference, Some(share))?,
        });
        charged = (step, now);
    }
    Ok(fees)
}

/// Steps after `start` and up to `last`, by their days.
fn steps_within<T: Copy>(
    steps: impl Iterator<Item = (Date, T)>,
    start: Date,
    last: Date,
) -> Vec<(Date, T)> {
    let mut within: Vec<_> = steps
        .filter(|(from, _)| *from > start && *from <= last)
        .collect();
    within.sort_by_key(|(from, _)| *from);
    within
}

/// A licence of a closed month that is owed and was not charged when it closed: the difference
/// between what the month asks for and what was charged, if it is above zero
/// (`billing-models` 9; nothing is taken back).
pub fn late_licence(
    channel: &Channel,
    with: &FeePrices<'_>,
    charged: Money,
) -> Result<Option<Fee>, Error> {
    let fees = licence_fees(channel, with)?;
    let owed = Money::sum(with.currency, fees.iter().map(|fee| fee.amount))?;
    let missing = owed.checked_sub(charged)?;
    let Some(first) = fees.first().filter(|_| missing.is_positive()) else {
        return Ok(None);
    };
    let share = match &first.kind {
        LineKind::ProRataLicence { share, .. } if charged.is_zero() && fees.len() == 1 => {
            Some(*share)
        }
        _ => None,
    };
    let tier = channel.tier_on(with.month.last_day());
    let kind = LineKind::LateLicence {
        tier,
        month: with.month,
        share,
    };
    Ok(Some(Fee {
        kind,
        unit_price: first.unit_price,
        amount: missing,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::TierFrom;
    use crate::hub::BillingModel;
    use crate::id::{ChannelId, ClientId, HubId, PhoneNumber};
    use crate::period::parse_date;
    use crate::price::{MarketMap, RateCard};
    use crate::rule::{Rule, Setting};

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn prices() -> PriceData {
        let mut card = RateCard::new(
            1,
            CardKind::Fees,
            Currency::Eur,
            None,
            "fees".into(),
            String::new(),
        );
        for (item, rate) in [
            (PriceItem::Plan(PartnerPlan::Growth), 500),
            (PriceItem::Plan(PartnerPlan::Premium), 1000),
            (PriceItem::Licence(Tier::Regular), 25),
            (PriceItem::Licence(Tier::Premium), 49),
            (PriceItem::Licence(Tier::HigherThroughput), 249),
        ] {
            card.put(item, GLOBAL_MARKET, 1, Decimal::from(rate));
        }
        PriceData::new(vec![card], MarketMap::default(), Vec::new())
    }

    fn fees_of(
        started: &str,
        ended: &str,
        tiers: &[(&str, Tier)],
        month: &str,
        setting: Option<(Rule, &str)>,
    ) -> String {
        let month = BillingPeriod::parse(month).unwrap();
        let settings: Vec<_> = setting
            .into_iter()
            .map(|(rule, choice)| Setting {
                rule,
                choice: choice.into(),
                from: month,
            })
            .collect();
        let rules = Rules::in_force(&settings, month);
        let channel = Channel {
            id: ChannelId::parse("aCH").unwrap(),
            client: ClientId::parse("aCL").unwrap(),
            phone: PhoneNumber::parse("491234567").unwrap(),
            name: String::new(),
            started: day(started),
            ended: (!ended.is_empty()).then(|| day(ended)),
            time_zone: String::new(),
            tiers: tiers
                .iter()
                .map(|(from, tier)| TierFrom {
                    from: day(from),
                    tier: *tier,
                })
                .collect(),
            kept_prices: Vec::new(),
        };
        let prices = prices();
        let with = FeePrices {
            prices: &prices,
            currency: Currency::Eur,
            month,
            rules: &rules,
        };
        let fees = licence_fees(&channel, &with).unwrap();
        let words: Vec<_> = fees
            .iter()
            .map(|fee| {
                let kind = match fee.kind {
                    LineKind::Licence { .. } => "full",
                    LineKind::ProRataLicence { .. } => "pro-rata",
                    LineKind::TierUpgrade { .. } => "upgrade",
                    _ => "?",
                };
                format!("{kind} {}", crate::money::plain_text(fee.amount.amount()))
            })
            .collect();
        words.join(", ")
    }

    #[test]
    fn a_licence_is_full_on_the_first_pro_rata_from_its_day_and_whole_in_its_last_month() {
        use Tier::{HigherThroughput, Premium, Regular};
        let regular: &[(&str, Tier)] = &[("2026-01-01", Regular)];
        let upgraded: &[(&str, Tier)] = &[("2026-01-01", Regular), ("2026-08-17", Premium)];
        let downgraded: &[(&str, Tier)] = &[("2026-01-01", Premium), ("2026-08-17", Regular)];
        let there_and_back: &[(&str, Tier)] = &[
            ("2026-01-01", Premium),
            ("2026-08-05", Regular),
            ("2026-08-17", HigherThroughput),
        ];
        for (started, ended, tiers, month, setting, expected) in [
            // 25.00 × 15/31 = 12.0967…
            ("2026-08-17", "", regular, "2026-08", None, "pro-rata 12.10"),
            ("2026-08-17", "", regular, "2026-09", None, "full 25.00"),
            ("2026-08-17", "", regular, "2026-07", None, ""),
            ("2026-08-01", "", regular, "2026-08", None, "full 25.00"),
            // 25.00 × 1/31 = 0.8064…
            ("2026-08-31", "", regular, "2026-08", None, "pro-rata 0.81"),
            (
                "2026-01-05",
                "2026-08-10",
                regular,
                "2026-08",
                None,
                "full 25.00",
            ),
            ("2026-01-05", "2026-08-10", regular, "2026-09", None, ""),
            (
                "2026-01-05",
                "2026-08-01",
                regular,
                "2026-08",
                None,
                "full 25.00",
            ),
            ("2026-01-05", "2026-07-31", regular, "2026-08", None, ""),
            // 25.00 × 14/31 = 11.2903…
            (
                "2026-08-17",
                "",
                regular,
                "2026-08",
                Some((Rule::Proration, "after-start-day")),
                "pro-rata 11.29",
            ),
            (
                "2026-08-17",
                "",
                regular,
                "2026-08",
                Some((Rule::Proration, "whole-month")),
                "pro-rata 25.00",
            ),
            (
                "2026-01-05",
                "2026-08-01",
                regular,
                "2026-08",
                Some((Rule::TerminationDay, "day-after")),
                "",
            ),
            // (49 − 25) × 15/31 = 11.6129…
            (
                "2026-01-05",
                "",
                upgraded,
                "2026-08",
                None,
                "full 25.00, upgrade 11.61",
            ),
            ("2026-01-05", "", upgraded, "2026-09", None, "full 49.00"),
            (
                "2026-01-05",
                "",
                upgraded,
                "2026-08",
                Some((Rule::Upgrade, "next-month")),
                "full 25.00",
            ),
            (
                "2026-01-05",
                "2026-08-10",
                upgraded,
                "2026-08",
                None,
                "full 25.00",
            ),
            ("2026-01-05", "", downgraded, "2026-08", None, "full 49.00"),
            ("2026-01-05", "", downgraded, "2026-09", None, "full 25.00"),
            // (249 − 49) × 15/31 = 96.7741…; the step down in between is not felt
            (
                "2026-01-05",
                "",
                there_and_back,
                "2026-08",
                None,
                "full 49.00, upgrade 96.77",
            ),
            // (249 + 49 − 49) × 15/31 = 120.4838…
            (
                "2026-01-05",
                "",
                there_and_back,
                "2026-08",
                Some((Rule::HigherThroughput, "adds-to-premium")),
                "full 49.00, upgrade 120.48",
            ),
        ] {
            assert_eq!(
                fees_of(started, ended, tiers, month, setting),
                expected,
                "{started} {ended} in {month} {setting:?}"
            );
        }
    }

    #[test]
    fn a_plan_is_pro_rata_in_its_first_month_and_a_dearer_one_costs_the_difference() {
        use PartnerPlan::{Growth, Premium};
        let hub = |since: &str, closed: Option<&str>| Hub {
            id: HubId::parse("aPA").unwrap(),
            name: "A".into(),
            model: BillingModel::PartnerPaid,
            currency: Currency::Eur,
            since: day(since),
            first_month: BillingPeriod::containing(day(since)),
            closed_on: closed.map(day),
        };
        let growth = [PlanFrom {
            from: day("2026-01-01"),
            plan: Growth,
        }];
        let upgraded = [
            growth[0],
            PlanFrom {
                from: day("2026-08-11"),
                plan: Premium,
            },
        ];
        for (hub, plans, month, expected) in [
            (hub("2026-01-01", None), &growth[..], "2026-08", "500.00"),
            // 500 × 21/31 = 338.7096…
            (hub("2026-08-11", None), &growth[..], "2026-08", "338.71"),
            (
                hub("2026-01-01", None),
                &upgraded[..],
                "2026-08",
                "500.00 338.71",
            ),
            (hub("2026-01-01", None), &upgraded[..], "2026-09", "1000.00"),
            (
                hub("2026-01-01", Some("2026-08-03")),
                &growth[..],
                "2026-08",
                "500.00",
            ),
            // A plan taken after the hub's last day is not charged.
            (
                hub("2026-01-01", Some("2026-08-03")),
                &upgraded[..],
                "2026-08",
                "500.00",
            ),
            (
                hub("2026-01-01", Some("2026-08-03")),
                &growth[..],
                "2026-09",
                "",
            ),
        ] {
            let month = BillingPeriod::parse(month).unwrap();
            let (prices, rules) = (prices(), Rules::in_force(&[], month));
            let with = FeePrices {
                prices: &prices,
                currency: Currency::Eur,
                month,
                rules: &rules,
            };
            let fees = plan_fees(&hub, plans, None, &with).unwrap();
            let amounts: Vec<_> = fees
                .iter()
                .map(|f| crate::money::plain_text(f.amount.amount()))
                .collect();
            assert_eq!(amounts.join(" "), expected, "{} {month}", hub.since);
        }
    }
}
