//! Clients of a hub. In a client's book the one client is the owner.

use std::collections::HashMap;

use hubledger_core::client::Client;
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::error::Error as Rule;
use hubledger_core::id::{ClientId, HubId};
use hubledger_core::money::Money;
use hubledger_core::partner::Owner;
use hubledger_core::period::BillingPeriod;
use hubledger_core::tax::VatId;
use hubledger_core::text::{optional_email, optional_line, required_line};
use hubledger_store::Read;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::channel;
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::form::ClientForm;
use crate::moment::Moment;
use crate::party::insert_client;
use crate::view::{ChannelView, ClientView};

/// Reads a client, field by field; in the place of another where it is changed.
fn client_from(form: &ClientForm, now: Option<&Client>) -> Result<Client, Error> {
    let country = Some(form.country.trim()).filter(|t| !t.is_empty());
    let client = Client {
        id: ClientId::parse(&form.id).about("id")?,
        hub: HubId::parse(&form.hub).about("hub")?,
        name: required_line("The client's name", &form.name).about("name")?,
        country: country.map(Country::parse).transpose().about("country")?,
        email: optional_email(&form.email).about("email")?,
        vat_id: optional_line("The VAT ID", &form.vat_id).about("vat_id")?,
    };
    check_vat_id(&client, now).about("vat_id")?;
    Ok(client)
}

/// Refuses a VAT ID that is none of the client's country; one of earlier days that stays as it is,
/// is taken.
pub(crate) fn check_vat_id(client: &Client, now: Option<&Client>) -> Result<(), Rule> {
    let is_same =
        now.is_some_and(|now| now.vat_id == client.vat_id && now.country == client.country);
    match client.country {
        Some(country) if !is_same && !client.vat_id.is_empty() => {
            VatId::entered(&client.vat_id, country).map(|_| ())
        }
        _ => Ok(()),
    }
}

fn refuse_in_client_book(r: &Read<'_>) -> Result<(), Error> {
    match r.book()?.owner {
        Owner::Partner => Ok(()),
        Owner::Client => Err(Error::new(Code::ClientBookHasOneClient, [])),
    }
}

fn views(
    r: &Read<'_>,
    hub: Option<&str>,
    month: BillingPeriod,
    at: Moment,
) -> Result<Vec<ClientView>, Error> {
    let mut of_client: HashMap<String, Vec<ChannelView>> = HashMap::new();
    for view in channel::views(r, hub, month, at)? {
        of_client.entry(view.client.clone()).or_default().push(view);
    }
    let mut clients = Vec::new();
    for desk in HubDesk::some(r, hub)? {
        for row in r.clients(Some(desk.key()))? {
            let channels = of_client.remove(row.client.id.as_str()).unwrap_or_default();
            clients.push(view(&row.client, desk.currency(), channels)?);
        }
    }
    Ok(clients)
}

fn view(
    client: &Client,
    currency: Currency,
    channels: Vec<ChannelView>,
) -> Result<ClientView, Error> {
    let sum = |amounts: Vec<&str>| -> Result<Money, Error> {
        let read = |text: &str| rust_decimal::Decimal::from_str_exact(text).unwrap_or_default();
        Ok(Money::sum(
            currency,
            amounts
                .into_iter()
                .map(|text| Money::new(read(text), currency)),
        )?)
    };
    Ok(ClientView {
        id: client.id.to_string(),
        hub: client.hub.to_string(),
        name: client.name.clone(),
        country: client.country.map(|c| c.code().to_owned()),
        email: client.email.clone(),
        vat_id: client.vat_id.clone(),
        licences: sum(channels.iter().map(|c| c.licence.amount.as_str()).collect())?.into(),
        used: sum(channels.iter().map(|c| c.used.amount.as_str()).collect())?.into(),
        channels,
    })
}

impl Book {
    /// Clients with their channels and what the month cost.
    pub fn clients(
        &self,
        hub: Option<&str>,
        month: &str,
        at: Moment,
    ) -> Result<Vec<ClientView>, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| views(r, hub, month, at))
    }

    pub fn add_client(&mut self, form: ClientForm, at: Moment) -> Result<ClientView, Error> {
        let client = client_from(&form, None)?;
        let act = Act::new(UseCase::AddClient, at)
            .form(&form)
            .client(&form.id);
        self.write(act, |w| {
            refuse_in_client_book(w)?;
            let desk = HubDesk::find(w, &form.hub).about("hub")?;
            insert_client(w, &desk, &client).map(|_| ())
        })?;
        self.client_view(client.id.as_str(), at)
    }

    pub fn edit_client(&mut self, form: ClientForm, at: Moment) -> Result<ClientView, Error> {
        let id = ClientId::parse(&form.id).about("id")?;
        let act = Act::new(UseCase::EditClient, at)
            .form(&form)
            .client(&form.id);
        self.write(act, |w| {
            let row = w.client(id.as_str())?;
            let row =
                row.ok_or_else(|| Error::new(Code::ClientNotFound, [id.as_str()]).at("id"))?;
            let client = client_from(&form, Some(&row.client))?;
            if row.client.hub != client.hub {
                let details = [
                    client.id.as_str(),
                    row.client.hub.as_str(),
                    client.hub.as_str(),
                ];
                return Err(Error::new(Code::ClientOfAnotherHub, details).at("hub"));
            }
            Ok(w.update_client(row.key, &client)?)
        })?;
        self.client_view(id.as_str(), at)
    }

    fn client_view(&self, id: &str, at: Moment) -> Result<ClientView, Error> {
        self.read(|r| {
            let row = r
                .client(id)?
                .ok_or_else(|| Error::new(Code::ClientNotFound, [id]))?;
            let month = BillingPeriod::containing(at.today);
            let clients = views(r, Some(row.client.hub.as_str()), month, at)?;
            clients
                .into_iter()
                .find(|c| c.id == id)
                .ok_or_else(|| Error::new(Code::ClientNotFound, [id]))
        })
    }
}
