//! A hub's clients and channels as a screen shows them: every client with its sums, and the channels
//! a page at a time, as there may be thousands.

use std::collections::{BTreeSet, HashMap, HashSet};

use hubledger_core::currency::Currency;
use hubledger_core::money::Money;
use hubledger_core::period::BillingPeriod;
use hubledger_store::{ChannelRow, ClientRow, Read};
use rust_decimal::Decimal;

use crate::Book;
use crate::channel::Month;
use crate::desk::HubDesk;
use crate::error::{About, Error};
use crate::file::count;
use crate::form::{ChannelsSort, ChannelsSortBy, ClientsForm};
use crate::moment::Moment;
use crate::view::{ChannelView, ClientSumView, ClientsPageView};

/// Most channels of a page.
const MOST: u32 = 1_000;

/// What the channels of a client come to.
struct Sums {
    channels: u32,
    licensed: u32,
    licences: Money,
    used: Money,
}

impl Sums {
    fn none(currency: Currency) -> Self {
        Self {
            channels: 0,
            licensed: 0,
            licences: Money::zero(currency),
            used: Money::zero(currency),
        }
    }

    fn add(&mut self, month: &Month<'_>, row: &ChannelRow) -> Result<(), Error> {
        let licence = month.licence(&row.channel)?;
        self.channels += 1;
        self.licensed += u32::from(!licence.is_zero());
        self.licences = self.licences.checked_add(licence)?;
        self.used = self.used.checked_add(month.used(row.key))?;
        Ok(())
    }
}

fn view(row: &ClientRow, sums: &Sums) -> ClientSumView {
    let client = &row.client;
    ClientSumView {
        id: client.id.to_string(),
        hub: client.hub.to_string(),
        name: client.name.clone(),
        country: country(row).map(str::to_owned),
        email: client.email.clone(),
        vat_id: client.vat_id.clone(),
        channels: sums.channels,
        licensed: sums.licensed,
        licences: sums.licences.into(),
        used: sums.used.into(),
    }
}

/// The clients with what their channels on the list come to; without one on it only where the list is
/// not narrowed.
fn client_sums(
    clients: &[ClientRow],
    listed: &[&ChannelRow],
    form: &ClientsForm,
    month: &Month<'_>,
    desk: &HubDesk,
) -> Result<Vec<ClientSumView>, Error> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    let none = || Sums::none(desk.currency());
    let mut sums: HashMap<i64, Sums> = HashMap::new();
    for row in listed {
        let of_client = sums.entry(row.client_key).or_insert_with(none);
        of_client.add(month, row)?;
    }
    let is_whole = form.stands.is_none() && form.tier.is_none() && form.country.is_none();
    let none = none();
    let of = |row: &ClientRow| match sums.get(&row.key) {
        Some(sums) => Some(view(row, sums)),
        None => is_whole.then(|| view(row, &none)),
    };
    let is_asked = |row: &&ClientRow| {
        form.client
            .as_deref()
            .is_none_or(|id| row.client.id.as_str() == id)
    };
    let mut views: Vec<_> = clients.iter().filter(is_asked).filter_map(of).collect();
    if form
        .sort
        .is_some_and(|sort| sort.by == ChannelsSortBy::Name && sort.down)
    {
        views.reverse();
    }
    Ok(views)
}

/// Countries of clients, each once.
fn countries(clients: &[ClientRow]) -> Vec<String> {
    let codes: BTreeSet<_> = clients.iter().filter_map(country).collect();
    codes.into_iter().map(str::to_owned).collect()
}

/// What a channel is put in order by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Text(String),
    Rank(usize),
    Amount(Decimal),
}

/// Those of the hub's channels that are asked for. Whether one is asked for, and what its licence costs,
/// is decided by rules, which SQL does not know: a hub has thousands of channels at most.
fn narrowed<'a>(
    rows: &'a [ChannelRow],
    clients: &[ClientRow],
    form: &ClientsForm,
    month: &Month<'_>,
) -> Vec<&'a ChannelRow> {
    let of_country = form.country.as_deref().map(|code| -> HashSet<i64> {
        let there = clients.iter().filter(|row| country(row) == Some(code));
        there.map(|row| row.key).collect()
    });
    let is_asked = |row: &&ChannelRow| {
        form.client
            .as_deref()
            .is_none_or(|id| row.channel.client.as_str() == id)
            && form.tier.is_none_or(|tier| month.tier(row) == tier)
            && form.stands.is_none_or(|stands| month.stands(row) == stands)
            && of_country
                .as_ref()
                .is_none_or(|there| there.contains(&row.client_key))
    };
    rows.iter().filter(is_asked).collect()
}

/// The same channels, which come by client and name, in the order that is asked for.
fn in_order<'a>(
    mut rows: Vec<&'a ChannelRow>,
    sort: Option<ChannelsSort>,
    month: &Month<'_>,
) -> Result<Vec<&'a ChannelRow>, Error> {
    let Some(ChannelsSort { by, down }) = sort else {
        return Ok(rows);
    };
    if by == ChannelsSortBy::Name {
        if down {
            rows.reverse();
        }
        return Ok(rows);
    }
    let placed = rows
        .into_iter()
        .map(|row| Ok((place(by, row, month)?, row)));
    let mut placed = placed.collect::<Result<Vec<_>, Error>>()?;
    placed.sort_by(|(one, _), (other, _)| if down { other.cmp(one) } else { one.cmp(other) });
    Ok(placed.into_iter().map(|(_, row)| row).collect())
}

fn place(by: ChannelsSortBy, row: &ChannelRow, month: &Month<'_>) -> Result<Place, Error> {
    let channel = &row.channel;
    Ok(match by {
        ChannelsSortBy::Name => Place::Text(channel.name.clone()),
        ChannelsSortBy::Phone => Place::Text(channel.phone.digits().to_owned()),
        ChannelsSortBy::Tier => Place::Rank(month.tier(row) as usize),
        ChannelsSortBy::State => Place::Rank(month.stands(row) as usize),
        ChannelsSortBy::Licence => Place::Amount(month.licence(channel)?.amount()),
        ChannelsSortBy::Used => Place::Amount(month.used(row.key).amount()),
    })
}

fn country(row: &ClientRow) -> Option<&'static str> {
    row.client.country.map(|country| country.code())
}

/// The page behind a channel, or the first one; and whether more come behind it.
fn page<'a>(rows: &[&'a ChannelRow], form: &ClientsForm) -> (Vec<&'a ChannelRow>, bool) {
    let is_mark = |row: &&ChannelRow| Some(row.channel.id.as_str()) == form.after.as_deref();
    let from = rows.iter().position(is_mark).map_or(0, |at| at + 1);
    let most = usize::try_from(form.limit.min(MOST)).unwrap_or(usize::MAX);
    let mut behind = rows.iter().skip(from);
    let shown = behind.by_ref().take(most).copied().collect();
    (shown, behind.next().is_some())
}

/// All channels that a list is narrowed to, in its order.
pub(crate) fn channels_on(
    r: &Read<'_>,
    form: &ClientsForm,
    at: Moment,
) -> Result<Vec<ChannelView>, Error> {
    let period = BillingPeriod::parse(&form.month).about("month")?;
    let desk = HubDesk::find(r, &form.hub).about("hub")?;
    let prices = r.price_data()?;
    let rules = desk.rules(period);
    let with = desk.fee_prices(&prices, period, &rules);
    let month = Month::of(r, &desk, with, at.today)?;
    let rows = r.channels(Some(desk.key()))?;
    let clients = r.clients(Some(desk.key()))?;
    let listed = in_order(narrowed(&rows, &clients, form, &month), form.sort, &month)?;
    listed.into_iter().map(|row| month.view(row)).collect()
}

impl Book {
    /// Clients of a hub with what their channels cost in a month, and a page of these channels;
    /// beside them one channel that is asked for by its id.
    pub fn clients_page(&self, form: &ClientsForm, at: Moment) -> Result<ClientsPageView, Error> {
        let month = BillingPeriod::parse(&form.month).about("month")?;
        self.read(|r| {
            let desk = HubDesk::find(r, &form.hub).about("hub")?;
            let prices = r.price_data()?;
            let rules = desk.rules(month);
            let with = desk.fee_prices(&prices, month, &rules);
            let month = Month::of(r, &desk, with, at.today)?;
            let rows = r.channels(Some(desk.key()))?;
            let clients = if form.after.is_none() || form.country.is_some() {
                r.clients(Some(desk.key()))?
            } else {
                Vec::new()
            };
            let listed = in_order(narrowed(&rows, &clients, form, &month), form.sort, &month)?;

            let of_first: &[ClientRow] = if form.after.is_none() { &clients } else { &[] };
            let (shown, goes_on) = page(&listed, form);
            let next = shown.last().filter(|_| goes_on);
            let is_asked =
                |row: &&ChannelRow| Some(row.channel.id.as_str()) == form.channel.as_deref();
            let asked = rows.iter().find(is_asked);
            Ok(ClientsPageView {
                clients: client_sums(of_first, &listed, form, &month, &desk)?,
                countries: countries(of_first),
                next: next.map(|row| row.channel.id.to_string()),
                rows: shown
                    .into_iter()
                    .map(|row| month.view(row))
                    .collect::<Result<_, _>>()?,
                count: count(listed.len()),
                channel: asked.map(|row| month.view(row)).transpose()?,
            })
        })
    }
}
