//! What if: a month rated under another card, or billed under another plan or tier, beside what
//! holds; and what reported costs differ from the card. Nothing is booked.

use std::collections::BTreeMap;

use hubledger_core::channel::{Channel, TierFrom};
use hubledger_core::fee::{Fee, FeePrices, PlanFrom, licence_fees, plan_fees};
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::price::{CardKind, PriceData, RateCard};
use hubledger_core::rating::{MonthRow, Rating, Usage, rate_month};
use hubledger_core::usage::{Category, Place};
use hubledger_core::volume::Counted;
use hubledger_core::what_if::AsIfHeld;
use hubledger_store::{ChannelRow, Read, UsageGroup, VolumeGroup};

use crate::Book;
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::fee_charge::Labels;
use crate::file::count;
use crate::form::WhatIfForm;
use crate::moment::Moment;
use crate::posting::place_of;
use crate::view::{CostDifferenceView, WhatIfFeeView, WhatIfRowView, WhatIfView};

/// A month's usage with what each row needs to be rated again.
struct Month<'a> {
    r: &'a Read<'a>,
    desk: &'a HubDesk,
    month: BillingPeriod,
    rows: Vec<(UsageGroup, Place)>,
    channels: BTreeMap<i64, ChannelRow>,
}

impl<'a> Month<'a> {
    fn load(r: &'a Read<'a>, desk: &'a HubDesk, month: BillingPeriod) -> Result<Self, Error> {
        let rows = r.usage_groups(desk.key(), month)?;
        let channels = r.channels(Some(desk.key()))?;
        Ok(Self {
            r,
            desk,
            month,
            rows: rows
                .into_iter()
                .map(|row| {
                    let place = place_of(&row.place);
                    (row, place)
                })
                .collect(),
            channels: channels.into_iter().map(|c| (c.key, c)).collect(),
        })
    }

    /// Rates all rows by the cards alone, as of the days that `as_of` gives.
    fn rate(
        &self,
        prices: &PriceData,
        as_of: impl Fn(Category, Date) -> Date,
    ) -> Result<Vec<Rating>, Error> {
        let desk = self.desk;
        let id = |channel: i64| self.channels.get(&channel).map(|c| c.channel.id.as_str());
        let client = |channel: i64| {
            self.channels
                .get(&channel)
                .map(|c| c.channel.client.as_str())
        };
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|(row, place)| MonthRow {
                client: client(row.channel).unwrap_or_default(),
                channel: id(row.channel).unwrap_or_default(),
                id: &row.place,
                day: row.day,
                usage: Usage {
                    day: as_of(row.category, row.day),
                    place,
                    category: row.category,
                    pricing_type: row.pricing,
                    quantity: u64::try_from(row.quantity).unwrap_or(0),
                    cost: None,
                    free: 0,
                    outdated_card: desk.outdated_card(row.day),
                    counted: Counted::Unknown,
                },
            })
            .collect();
        let starts = self.starts(&rows)?;
        let free = desk.rules(self.month).free_service_messages;
        let start = |client: &str, market: &str, category| {
            let key = (client.to_owned(), market.to_owned(), category);
            starts.get(&key).copied().unwrap_or(Counted::Unknown)
        };
        Ok(rate_month(&rows, desk.currency(), prices, free, start)?)
    }

    /// Where each client's month begins on the volume steps.
    fn starts(
        &self,
        rows: &[MonthRow<'_>],
    ) -> Result<BTreeMap<(String, String, Category), Counted>, Error> {
        let mut starts = BTreeMap::new();
        let mut clients: BTreeMap<&str, i64> = BTreeMap::new();
        for row in self.channels.values() {
            clients.insert(row.channel.client.as_str(), row.client_key);
        }
        for client in rows.iter().map(|row| row.client) {
            let Some(key) = clients.remove(client) else {
                continue;
            };
            for told in self.r.volume_starts(key)? {
                let group = VolumeGroup {
                    client: key,
                    market: told.market,
                    category: told.category,
                    month: self.month,
                };
                let counted = self.r.volume_start(&group)?;
                starts.insert((client.to_owned(), group.market, told.category), counted);
            }
        }
        Ok(starts)
    }
}

/// One client's sums in a category, on both sides.
struct Both {
    quantity: i64,
    sides: [Side; 2],
}

#[derive(Clone, Copy)]
struct Side {
    amount: Money,
    unrated: usize,
    estimated: bool,
}

impl Side {
    fn add(&mut self, rating: &Rating) -> Result<(), Error> {
        match rating.amount {
            Some(amount) => self.amount = self.amount.checked_add(amount)?,
            None => self.unrated += 1,
        }
        self.estimated |= rating.estimate.is_some();
        Ok(())
    }
}

fn usage_rows(month: &Month<'_>, sides: [&[Rating]; 2]) -> Result<Vec<WhatIfRowView>, Error> {
    let side = Side {
        amount: Money::zero(month.desk.currency()),
        unrated: 0,
        estimated: false,
    };
    let [now, then] = sides;
    let mut sums: BTreeMap<(String, String, Category), Both> = BTreeMap::new();
    for (((row, _), now), then) in month.rows.iter().zip(now).zip(then) {
        let Some(channel) = month.channels.get(&row.channel) else {
            continue;
        };
        let client = channel.channel.client.to_string();
        let key = (channel.client_name.clone(), client, row.category);
        let both = sums.entry(key).or_insert(Both {
            quantity: 0,
            sides: [side; 2],
        });
        both.quantity += row.quantity;
        let [mine, other] = &mut both.sides;
        mine.add(now)?;
        other.add(then)?;
    }
    sums.into_iter()
        .map(|((client_name, client, category), both)| {
            let [now, then] = both.sides;
            let is_whole = now.unrated + then.unrated == 0;
            let difference = then.amount.checked_sub(now.amount)?;
            Ok(WhatIfRowView {
                client,
                client_name,
                category: category.into(),
                quantity: both.quantity.to_string(),
                now: now.amount.into(),
                then: then.amount.into(),
                difference: is_whole.then(|| difference.into()),
                unrated_now: count(now.unrated),
                unrated_then: count(then.unrated),
                estimated: now.estimated || then.estimated,
            })
        })
        .collect()
}

/// The card that a form names, by its number or by a day on which it holds.
fn card_of<'a>(prices: &'a PriceData, desk: &HubDesk, text: &str) -> Result<&'a RateCard, Error> {
    let missing = || Error::new(Code::CardNotFound, [text]).at("card");
    let card = match text.parse::<i64>() {
        Ok(id) => prices.card(id),
        Err(_) => {
            let day = parse_date(text).about("card")?;
            prices
                .card_on(CardKind::Messages, desk.currency(), day)
                .ok()
        }
    };
    card.filter(|c| c.currency == desk.currency() && c.kind != CardKind::Fees)
        .ok_or_else(missing)
}

/// Plan and licences of a month as they stand, and as they would be.
fn fee_rows(
    month: &Month<'_>,
    prices: &PriceData,
    form: &WhatIfForm,
) -> Result<Vec<WhatIfFeeView>, Error> {
    let desk = month.desk;
    let rules = desk.rules(month.month);
    let with = desk.fee_prices(prices, month.month, &rules);
    let sum = |fees: Vec<Fee>| Money::sum(desk.currency(), fees.iter().map(|f| f.amount));
    let mut rows = Vec::new();
    let mut row = |what: &str, now: Money, then: Money| -> Result<(), Error> {
        rows.push(WhatIfFeeView {
            what: what.to_owned(),
            now: now.into(),
            then: then.into(),
            difference: then.checked_sub(now)?.into(),
        });
        Ok(())
    };
    if let Some(plan) = form.plan {
        let other = [PlanFrom {
            from: desk.hub().since,
            plan: plan.into(),
        }];
        let of = |plans: &[PlanFrom]| plan_fees(desk.hub(), plans, desk.plan_ends(), &with);
        row("plan", sum(of(&desk.plans)?)?, sum(of(&other)?)?)?;
    }
    if let Some(tier) = form.tier {
        let on_tier = |channel: &Channel| Channel {
            tiers: vec![TierFrom {
                from: channel.started,
                tier: tier.into(),
            }],
            ..channel.clone()
        };
        let all = |of: &dyn Fn(&Channel) -> Channel| licences(month, &with, of);
        row(
            "licences",
            sum(all(&Channel::clone)?)?,
            sum(all(&on_tier)?)?,
        )?;
    }
    Ok(rows)
}

fn licences(
    month: &Month<'_>,
    with: &FeePrices<'_>,
    of: &dyn Fn(&Channel) -> Channel,
) -> Result<Vec<Fee>, Error> {
    let mut fees = Vec::new();
    for row in month.channels.values() {
        fees.extend(licence_fees(&of(&row.channel), with)?);
    }
    Ok(fees)
}

fn what_if(r: &Read<'_>, form: &WhatIfForm) -> Result<WhatIfView, Error> {
    let desk = HubDesk::find(r, &form.hub).about("hub")?;
    let period = BillingPeriod::parse(&form.month).about("month")?;
    desk.check_month(period).about("month")?;
    let prices = r.price_data()?;
    let month = Month::load(r, &desk, period)?;
    let wanted = form.card.as_deref().map(str::trim).unwrap_or_default();
    let card = match wanted {
        "" => None,
        text => Some(card_of(&prices, &desk, text)?),
    };
    if card.is_none() && form.plan.is_none() && form.tier.is_none() {
        return Err(Error::new(Code::NothingToCompare, []).at("card"));
    }
    let rows = match card {
        Some(card) => {
            let held = AsIfHeld::of(card, &prices);
            let now = month.rate(&prices, |_, day| day)?;
            let as_of = |category, day| match (card.kind, category) {
                (CardKind::Calls, Category::Call) => held.day(day),
                (CardKind::Messages, category) if category != Category::Call => held.day(day),
                _ => day,
            };
            let then = month.rate(&held.prices, as_of)?;
            usage_rows(&month, [&now, &then])?
        }
        None => Vec::new(),
    };
    let fees = fee_rows(&month, &prices, form)?;
    let total = |amounts: Vec<&str>| {
        let read = |text: &str| rust_decimal::Decimal::from_str_exact(text).unwrap_or_default();
        Money::sum(
            desk.currency(),
            amounts
                .into_iter()
                .map(|text| Money::new(read(text), desk.currency())),
        )
    };
    let now = total(
        rows.iter()
            .map(|row| row.now.amount.as_str())
            .chain(fees.iter().map(|row| row.now.amount.as_str()))
            .collect(),
    )?;
    let then = total(
        rows.iter()
            .map(|row| row.then.amount.as_str())
            .chain(fees.iter().map(|row| row.then.amount.as_str()))
            .collect(),
    )?;
    let is_whole = rows.iter().all(|row| row.difference.is_some());
    Ok(WhatIfView {
        hub: desk.hub().id.to_string(),
        month: period.to_string(),
        card: card.map(|card| card.name.clone()),
        difference: is_whole
            .then(|| then.checked_sub(now))
            .transpose()?
            .map(Into::into),
        now: now.into(),
        then: then.into(),
        rows,
        fees,
        paid_by_clients: !desk.is_ours(),
    })
}

impl Book {
    /// What a month would cost under another card, plan or tier. The book stays as it is.
    pub fn what_if(&self, form: WhatIfForm, _at: Moment) -> Result<WhatIfView, Error> {
        self.read(|r| what_if(r, &form))
    }

    /// What reported costs of a month differ from the card's prices, by channel, category and market.
    pub fn cost_differences(
        &self,
        hub: &str,
        month: &str,
        _at: Moment,
    ) -> Result<Vec<CostDifferenceView>, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| {
            let desk = HubDesk::find(r, hub).about("hub")?;
            let labels = Labels::of(r, Some(desk.key()))?;
            let found = r.cost_differences(desk.key(), desk.currency(), month)?;
            let view = |one: hubledger_store::CostDifference| {
                Some(CostDifferenceView {
                    channel: labels.by_key(one.channel)?,
                    category: one.category.into(),
                    market: one.market,
                    rows: count(one.rows),
                    quantity: one.quantity.to_string(),
                    reported: one.reported.into(),
                    rated: one.rated.into(),
                    difference: one.difference.into(),
                    without_price: count(one.without_price),
                })
            };
            Ok(found.into_iter().filter_map(view).collect())
        })
    }
}
