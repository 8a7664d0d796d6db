//! A hub's clients and channels as a screen shows them: every client with its sums, and the channels
//! a page at a time, as there may be thousands.

use std::collections::HashMap;

use hubledger_core::currency::Currency;
use hubledger_core::money::Money;
use hubledger_core::period::BillingPeriod;
use hubledger_store::{ChannelRow, ClientRow};

use crate::Book;
use crate::channel::Month;
use crate::desk::HubDesk;
use crate::error::{About, Error};
use crate::file::count;
use crate::form::ClientsForm;
use crate::moment::Moment;
use crate::view::{ClientSumView, ClientsPageView};

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
        country: client.country.map(|c| c.code().to_owned()),
        email: client.email.clone(),
        vat_id: client.vat_id.clone(),
        channels: sums.channels,
        licensed: sums.licensed,
        licences: sums.licences.into(),
        used: sums.used.into(),
    }
}

fn client_sums(
    clients: &[ClientRow],
    channels: &[ChannelRow],
    month: &Month<'_>,
    desk: &HubDesk,
) -> Result<Vec<ClientSumView>, Error> {
    let none = || Sums::none(desk.currency());
    let mut sums: HashMap<i64, Sums> = HashMap::new();
    for row in channels {
        let of_client = sums.entry(row.client_key).or_insert_with(none);
        of_client.add(month, row)?;
    }
    let none = none();
    let of = |row: &ClientRow| view(row, sums.get(&row.key).unwrap_or(&none));
    Ok(clients.iter().map(of).collect())
}

/// The page behind a channel, or the first one; and whether more come behind it.
fn page<'a>(rows: &'a [ChannelRow], form: &ClientsForm) -> (Vec<&'a ChannelRow>, bool) {
    let client = form.client.as_deref();
    let of_client = |row: &&ChannelRow| client.is_none_or(|id| row.channel.client.as_str() == id);
    let is_mark = |row: &ChannelRow| Some(row.channel.id.as_str()) == form.after.as_deref();
    let from = rows.iter().position(is_mark).map_or(0, |at| at + 1);
    let most = usize::try_from(form.limit.min(MOST)).unwrap_or(usize::MAX);
    let mut behind = rows.iter().skip(from).filter(of_client);
    let shown = behind.by_ref().take(most).collect();
    (shown, behind.next().is_some())
}

impl Book {
    /// Clients of a hub with what their channels cost in a month, and a page of these channels, by
    /// client and name; beside them one channel that is asked for by its id.
    pub fn clients_page(&self, form: &ClientsForm, at: Moment) -> Result<ClientsPageView, Error> {
        let month = BillingPeriod::parse(&form.month).about("month")?;
        self.read(|r| {
            let desk = HubDesk::find(r, &form.hub).about("hub")?;
            let prices = r.price_data()?;
            let rules = desk.rules(month);
            let with = desk.fee_prices(&prices, month, &rules);
            let month = Month::of(r, &desk, with, at.today)?;
            let rows = r.channels(Some(desk.key()))?;

            let clients = match form.after {
                None => client_sums(&r.clients(Some(desk.key()))?, &rows, &month, &desk)?,
                Some(_) => Vec::new(),
            };
            let (shown, goes_on) = page(&rows, form);
            let next = shown.last().filter(|_| goes_on);
            let is_asked =
                |row: &&ChannelRow| Some(row.channel.id.as_str()) == form.channel.as_deref();
            let asked = rows.iter().find(is_asked);
            Ok(ClientsPageView {
                clients,
                next: next.map(|row| row.channel.id.to_string()),
                rows: shown
                    .into_iter()
                    .map(|row| month.view(row))
                    .collect::<Result<_, _>>()?,
                count: count(rows.len()),
                channel: asked.map(|row| month.view(row)).transpose()?,
            })
        })
    }
}
