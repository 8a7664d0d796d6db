//! Channels: phone numbers with their licence tier and their days.

use std::collections::HashMap;

use hubledger_core::channel::{Channel, KeptPrice, TierFrom};
use hubledger_core::currency::Currency;
use hubledger_core::fee::{FeePrices, licence_fees};
use hubledger_core::id::{ChannelId, PhoneNumber};
use hubledger_core::money::{AmountRule, Money, parse_amount};
use hubledger_core::partner::Owner;
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::text::{optional_line, required_line};
use hubledger_store::{ChannelRow, Read, Write};
use rust_decimal::Decimal;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::{HubDesk, day_or, find_channel, optional_day};
use crate::error::{About, Code, Error};
use crate::form::{
    CancelChannelForm, ChannelForm, ChannelSettingsForm, ChannelStands, KeptPriceForm,
};
use crate::hub::{
    balances_today, check_usage_until, opening, opening_from, put_renewal, renewal_view,
};
use crate::moment::Moment;
use crate::party::{ChannelFacts, insert_channel, owner_client, update_channel};
use crate::view::{CategoryUsageView, ChannelState, ChannelView, KeptPriceView, TierFromView};
use crate::word::TierWord;

fn state(channel: &Channel, today: Date) -> ChannelState {
    match channel.ended {
        _ if channel.started > today => ChannelState::Starting,
        Some(ended) if ended < today => ChannelState::Ended,
        Some(_) => ChannelState::Ending,
        None => ChannelState::Active,
    }
}

/// What the views of a hub's channels are made of, asked for once.
pub(crate) struct Month<'a> {
    r: &'a Read<'a>,
    desk: &'a HubDesk,
    today: Date,
    with: FeePrices<'a>,
    used: HashMap<i64, Money>,
    balances: HashMap<Option<i64>, Money>,
    accounts: HashMap<Option<i64>, i64>,
}

impl<'a> Month<'a> {
    pub(crate) fn of(
        r: &'a Read<'a>,
        desk: &'a HubDesk,
        with: FeePrices<'a>,
        today: Date,
    ) -> Result<Self, Error> {
        let used = r.spend_of_channels(desk.key(), desk.currency(), with.month)?;
        let accounts = r.balance_accounts(desk.key())?;
        Ok(Self {
            r,
            desk,
            today,
            with,
            used: used.into_iter().collect(),
            balances: balances_today(r, desk, today)?,
            accounts: accounts.into_iter().map(|(a, c)| (c, a)).collect(),
        })
    }

    /// What the licence of a channel costs in the month.
    pub(crate) fn licence(&self, channel: &Channel) -> Result<Money, Error> {
        let fees = licence_fees(channel, &self.with).unwrap_or_default();
        let amounts = fees.iter().map(|fee| fee.amount);
        Ok(Money::sum(self.desk.currency(), amounts)?)
    }

    /// Outbound messages and calls are paused where a balance of its own is at or below zero.
    fn is_paused(&self, row: &ChannelRow) -> bool {
        let balance = self.balances.get(&Some(row.key));
        !self.desk.is_shared()
            && !balance.is_some_and(|balance| balance.is_positive())
            && state(&row.channel, self.today) != ChannelState::Ended
    }

    pub(crate) fn tier(&self, row: &ChannelRow) -> TierWord {
        row.channel.tier_on(self.today).into()
    }

    /// How it stands today.
    pub(crate) fn stands(&self, row: &ChannelRow) -> ChannelStands {
        match state(&row.channel, self.today) {
            _ if self.is_paused(row) => ChannelStands::Paused,
            ChannelState::Starting => ChannelStands::Starting,
            ChannelState::Active => ChannelStands::Active,
            ChannelState::Ending => ChannelStands::Ending,
            ChannelState::Ended => ChannelStands::Ended,
        }
    }

    /// Usage of a channel in the month, what is rated.
    pub(crate) fn used(&self, channel: i64) -> Money {
        let zero = Money::zero(self.desk.currency());
        self.used.get(&channel).copied().unwrap_or(zero)
    }

    pub(crate) fn view(&self, row: &ChannelRow) -> Result<ChannelView, Error> {
        let (r, desk, channel) = (self.r, self.desk, &row.channel);
        let own = !desk.is_shared();
        let zero = Money::zero(desk.currency());
        let key = Some(row.key);
        let balance = self.balances.get(&key).copied().unwrap_or(zero);
        let account = self.accounts.get(&key).copied();
        let tier_view = |t: &TierFrom| TierFromView {
            from: t.from.to_string(),
            tier: t.tier.into(),
        };
        let kept = |kept| kept_view(kept, desk.currency());
        Ok(ChannelView {
            id: channel.id.to_string(),
            hub: row.hub.to_string(),
            client: channel.client.to_string(),
            client_name: row.client_name.clone(),
            phone: channel.phone.to_string(),
            name: channel.name.clone(),
            tier: self.tier(row),
            tiers: channel.tiers.iter().map(tier_view).collect(),
            started: channel.started.to_string(),
            ended: channel.ended.map(|d| d.to_string()),
            time_zone: channel.time_zone.clone(),
            kept_prices: channel.kept_prices.iter().map(kept).collect(),
            state: state(channel, self.today),
            licence: self.licence(channel)?.into(),
            used: self.used(row.key).into(),
            balance: own.then(|| balance.into()),
            opening: if own {
                opening(r, desk, account)?.map(Into::into)
            } else {
                None
            },
            paused: self.is_paused(row),
            auto_renewal: if own {
                renewal_view(r, desk, account, balance)?
            } else {
                None
            },
        })
    }
}

/// Channels with their month, hub by hub.
pub(crate) fn views(
    r: &Read<'_>,
    hub: Option<&str>,
    month: BillingPeriod,
    at: Moment,
) -> Result<Vec<ChannelView>, Error> {
    let prices = r.price_data()?;
    let mut views = Vec::new();
    for desk in HubDesk::some(r, hub)? {
        let rules = desk.rules(month);
        let with = desk.fee_prices(&prices, month, &rules);
        let month = Month::of(r, &desk, with, at.today)?;
        for row in r.channels(Some(desk.key()))? {
            views.push(month.view(&row)?);
        }
    }
    Ok(views)
}

fn kept_view(kept: &KeptPrice, currency: Currency) -> KeptPriceView {
    KeptPriceView {
        tier: kept.tier.into(),
        from: kept.from.to_string(),
        price: kept.price.map(|price| Money::new(price, currency).into()),
        reason: kept.reason.clone(),
    }
}

/// Sets the price that a channel keeps, as long as no closed month was charged by another.
fn keep(w: &Write<'_>, form: &KeptPriceForm) -> Result<(), Error> {
    let row = find_channel(w, &form.channel).about("channel")?;
    let desk = HubDesk::find(w, row.hub.as_str())?;
    let from = match form.from.trim() {
        "" => desk.first_open(),
        text => BillingPeriod::parse(text).about("from")?,
    };
    let charged = w.charged_licences(desk.key(), Some(row.key), desk.currency())?;
    let last = charged.into_iter().map(|(_, month, _)| month).max();
    if let Some(month) = last.filter(|month| *month >= from) {
        let error = hubledger_core::Error::RuleUsedByClosedMonth {
            hub: desk.hub().id.to_string(),
            month: month.to_string(),
            first_open: desk.first_open().to_string(),
        };
        return Err(Error::from(error).at("from"));
    }
    let price = match form.price.trim() {
        "" => None,
        text => Some(parse_amount(text, AmountRule::SignedCents).about("price")?),
    };
    if price.is_some_and(|price| price < Decimal::ZERO) {
        return Err(Error::from(hubledger_core::Error::AmountNegative).at("price"));
    }
    let kept = KeptPrice {
        tier: form.tier.into(),
        from,
        price,
        reason: required_line("The reason", &form.reason).about("reason")?,
    };
    Ok(w.put_kept_price(row.key, &kept)?)
}

fn facts_from(form: &ChannelForm) -> Result<ChannelFacts, Error> {
    let started = parse_date(&form.started).about("started")?;
    let ended = optional_day(&form.ended).about("ended")?;
    Channel::check_days(started, ended).about("ended")?;
    Ok(ChannelFacts {
        id: ChannelId::parse(&form.id).about("id")?,
        phone: PhoneNumber::parse(&form.phone).about("phone")?,
        name: optional_line("The channel's name", &form.name).about("name")?,
        tier: form.tier.into(),
        started,
        ended,
        time_zone: optional_line("The time zone", &form.time_zone).about("time_zone")?,
    })
}

fn edit(w: &Write<'_>, form: &ChannelForm, at: Moment) -> Result<(), Error> {
    let facts = facts_from(form)?;
    let tier_from = day_or(&form.tier_from, at.today).about("tier_from")?;
    let row = find_channel(w, facts.id.as_str()).about("id")?;
    let hub = form.hub.trim();
    if !hub.is_empty() && hub != row.hub.as_str() {
        let details = [facts.id.as_str(), row.hub.as_str(), hub];
        return Err(Error::new(Code::ChannelOfAnotherHub, details).at("hub"));
    }
    update_channel(w, &row, &facts, tier_from)
}

impl Book {
    /// Channels with what their month cost.
    pub fn channels(
        &self,
        hub: Option<&str>,
        month: &str,
        at: Moment,
    ) -> Result<Vec<ChannelView>, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| views(r, hub, month, at))
    }

    /// Adds a channel. In a client's book it is the owner's own, so the hub is named instead of
    /// the client.
    pub fn add_channel(&mut self, form: ChannelForm, at: Moment) -> Result<ChannelView, Error> {
        let facts = facts_from(&form)?;
        let act = Act::new(UseCase::AddChannel, at)
            .form(&form)
            .channel(facts.id.as_str());
        self.write(act, |w| {
            let (desk, client) = match w.book()?.owner {
                Owner::Client => {
                    let desk = HubDesk::find(w, &form.hub).about("hub")?;
                    let client = owner_client(w, &desk, at)?;
                    (desk, client)
                }
                Owner::Partner => {
                    let id = form.client.trim();
                    let client = w
                        .client(id)?
                        .ok_or_else(|| Error::new(Code::ClientNotFound, [id]).at("client"))?;
                    let hub = form.hub.trim();
                    if !hub.is_empty() && hub != client.client.hub.as_str() {
                        return Err(Error::new(
                            Code::ChannelOfAnotherHub,
                            [facts.id.as_str(), client.client.hub.as_str(), hub],
                        )
                        .at("client"));
                    }
                    (HubDesk::find(w, client.client.hub.as_str())?, client)
                }
            };
            insert_channel(w, &desk, (client.key, &client.client.id), &facts).map(|_| ())
        })?;
        self.channel_view(facts.id.as_str(), at)
    }

    pub fn edit_channel(&mut self, form: ChannelForm, at: Moment) -> Result<ChannelView, Error> {
        let act = Act::new(UseCase::EditChannel, at)
            .form(&form)
            .channel(&form.id);
        self.write(act, |w| edit(w, &form, at))?;
        self.channel_view(form.id.trim(), at)
    }

    /// Several changes of a channel in one go: all are kept, or none.
    pub fn set_up_channel(
        &mut self,
        id: &str,
        form: ChannelSettingsForm,
        at: Moment,
    ) -> Result<ChannelView, Error> {
        let act = Act::new(UseCase::SetUpChannel, at).form(&form).channel(id);
        self.write(act, |w| {
            if let Some(channel) = &form.channel {
                edit(w, channel, at)?;
            }
            if let Some(opening) = &form.opening {
                opening_from(w, opening, at)?;
            }
            match &form.auto_renewal {
                Some(renewal) => put_renewal(w, renewal),
                None => Ok(()),
            }
        })?;
        self.channel_view(id.trim(), at)
    }

    /// Cancels a channel: its last day. The licence of that month is owed whole.
    pub fn cancel_channel(
        &mut self,
        form: CancelChannelForm,
        at: Moment,
    ) -> Result<ChannelView, Error> {
        let ended = parse_date(&form.ended).about("ended")?;
        let act = Act::new(UseCase::CancelChannel, at)
            .form(&form)
            .channel(&form.id);
        self.write(act, |w| {
            let row = find_channel(w, &form.id).about("id")?;
            Channel::check_days(row.channel.started, Some(ended)).about("ended")?;
            check_usage_until(w, &row, ended).about("ended")?;
            let mut channel = row.channel.clone();
            channel.ended = Some(ended);
            Ok(w.update_channel(row.key, &channel)?)
        })?;
        self.channel_view(form.id.trim(), at)
    }

    /// Notes the licence price that a channel keeps for a tier from a month on, whatever the card
    /// says; or that it pays the card's again.
    pub fn keep_price(&mut self, form: KeptPriceForm, at: Moment) -> Result<ChannelView, Error> {
        let act = Act::new(UseCase::KeepPrice, at).form(&form);
        self.write(act, |w| keep(w, &form))?;
        self.channel_view(form.channel.trim(), at)
    }

    /// What a channel used in a month (`YYYY-MM`), by category. What is unrated counts, and is in no amount.
    pub fn channel_usage(
        &self,
        channel: &str,
        month: &str,
    ) -> Result<Vec<CategoryUsageView>, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| {
            let row = find_channel(r, channel)?;
            let desk = HubDesk::find(r, row.hub.as_str())?;
            let usage = r.usage_by_category((desk.key(), row.key), desk.currency(), month)?;
            let views = usage
                .into_iter()
                .map(|(category, quantity, amount)| CategoryUsageView {
                    category: category.into(),
                    quantity: quantity.to_string(),
                    amount: amount.into(),
                });
            Ok(views.collect())
        })
    }

    fn channel_view(&self, id: &str, at: Moment) -> Result<ChannelView, Error> {
        self.read(|r| {
            let row = find_channel(r, id)?;
            let month = BillingPeriod::containing(at.today);
            let channels = views(r, Some(row.hub.as_str()), month, at)?;
            channels
                .into_iter()
                .find(|c| c.id == id)
                .ok_or_else(|| Error::new(Code::ChannelNotFound, [id]))
        })
    }
}
