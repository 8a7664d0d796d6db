//! Clients and channels as they are kept: checked against what the book holds, then added or
//! changed. Forms and files both end here.

use hubledger_core::channel::{Channel, Tier, TierFrom};
use hubledger_core::client::Client;
use hubledger_core::id::{ChannelId, ClientId, HubId, PhoneNumber};
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_store::{ChannelRow, ClientRow, Read, Write};

use crate::desk::{HubDesk, company_in};
use crate::error::{About, Code, Error};
use crate::hub::check_usage_until;
use crate::moment::Moment;

/// Adds a client whose id is free; gives its key.
pub(crate) fn insert_client(w: &Write<'_>, desk: &HubDesk, client: &Client) -> Result<i64, Error> {
    if w.client(client.id.as_str())?.is_some() {
        return Err(Error::new(Code::IdTaken, [client.id.as_str()]).at("id"));
    }
    desk.check_is_open()?;
    Ok(w.insert_client(desk.key(), client)?)
}

/// The one client of a client's book under a hub: the owner, made when it is first needed.
pub(crate) fn owner_client(w: &Write<'_>, desk: &HubDesk, at: Moment) -> Result<ClientRow, Error> {
    if let Some(row) = w.clients(Some(desk.key()))?.pop() {
        return Ok(row);
    }
    let company = company_in(w, BillingPeriod::containing(at.today))?;
    let stem = desk
        .hub()
        .id
        .as_str()
        .strip_suffix(HubId::SUFFIX)
        .unwrap_or(desk.hub().id.as_str())
        .to_owned();
    let client = Client {
        id: ClientId::parse(&format!("{stem}{}", ClientId::SUFFIX))?,
        hub: desk.hub().id.clone(),
        name: company.name,
        country: Some(company.country),
        email: company.billing_email,
        vat_id: company
            .vat_id
            .map(|id| id.as_str().to_owned())
            .unwrap_or_default(),
    };
    insert_client(w, desk, &client)?;
    w.client(client.id.as_str())?
        .ok_or_else(|| Error::new(Code::ClientNotFound, [client.id.as_str()]))
}

/// A channel as it is to be kept, apart from its tiers.
#[derive(Debug)]
pub(crate) struct ChannelFacts {
    pub(crate) id: ChannelId,
    pub(crate) phone: PhoneNumber,
    pub(crate) name: String,
    pub(crate) tier: Tier,
    pub(crate) started: Date,
    pub(crate) ended: Option<Date>,
    pub(crate) time_zone: String,
}

/// Adds a channel to a client; gives its key. A Direct-Paid channel gets its balance.
pub(crate) fn insert_channel(
    w: &Write<'_>,
    desk: &HubDesk,
    client: (i64, &ClientId),
    facts: &ChannelFacts,
) -> Result<i64, Error> {
    if w.channel(facts.id.as_str())?.is_some() {
        return Err(Error::new(Code::IdTaken, [facts.id.as_str()]).at("id"));
    }
    desk.check_is_open()?;
    check_phone(w, facts)?;
    let channel = Channel {
        id: facts.id.clone(),
        client: client.1.clone(),
        phone: facts.phone.clone(),
        name: facts.name.clone(),
        started: facts.started,
        ended: facts.ended,
        time_zone: facts.time_zone.clone(),
        tiers: vec![TierFrom {
            from: facts.started,
            tier: facts.tier,
        }],
        kept_prices: Vec::new(),
    };
    let key = w.insert_channel(client.0, &channel)?;
    w.put_tier(key, facts.started, facts.tier)?;
    if !desk.is_shared() {
        w.open_account(desk.key(), &desk.ledger(Some(facts.id.clone())).balance())?;
    }
    Ok(key)
}

/// Refuses a phone number that another channel has on some of the same days.
pub(crate) fn check_phone(r: &Read<'_>, facts: &ChannelFacts) -> Result<(), Error> {
    let overlaps = |other: &Channel| {
        other.id != facts.id
            && other.ended.is_none_or(|ended| ended >= facts.started)
            && facts.ended.is_none_or(|ended| ended >= other.started)
    };
    match r
        .channels_by_phone(&facts.phone)?
        .into_iter()
        .find(|row| overlaps(&row.channel))
    {
        Some(row) => {
            let details = [facts.phone.to_string(), row.channel.id.to_string()];
            Err(Error::new(Code::PhoneTaken, [&details[0], &details[1]]).at("phone"))
        }
        None => Ok(()),
    }
}

/// Changes a channel. Another tier holds from `tier_from`.
pub(crate) fn update_channel(
    w: &Write<'_>,
    row: &ChannelRow,
    facts: &ChannelFacts,
    tier_from: Date,
) -> Result<(), Error> {
    check_phone(w, facts)?;
    if let Some((first, _)) = w
        .usage_days(row.key)?
        .filter(|(first, _)| *first < facts.started)
    {
        return Err(Error::new(
            Code::UsageBeforeStart,
            [facts.id.as_str(), &first.to_string()],
        )
        .at("started"));
    }
    if let Some(ended) = facts.ended {
        check_usage_until(w, row, ended).about("ended")?;
    }
    let changed = Channel {
        phone: facts.phone.clone(),
        name: facts.name.clone(),
        started: facts.started,
        ended: facts.ended,
        time_zone: facts.time_zone.clone(),
        ..row.channel.clone()
    };
    let tier_from = tier_from.max(facts.started);
    let latest = row.channel.tiers.last().map(|t| t.tier);
    if latest != Some(facts.tier) {
        changed.check_upgrade(facts.tier, tier_from).about("tier")?;
    }
    w.update_channel(row.key, &changed)?;
    if facts.started != row.channel.started {
        w.move_first_tier(row.key, facts.started)?;
    }
    if latest != Some(facts.tier) {
        w.put_tier(row.key, tier_from, facts.tier)?;
    }
    Ok(())
}
