//! Rows as the book takes them: new ones are added, known ones compared.

use std::collections::HashMap;

use hubledger_core::id::{ClientId, HubId};
use hubledger_core::partner::Owner;
use hubledger_import::{PartyChannel, PartyRow};
use hubledger_store::{ChannelRow, ClientRow, Write};

use super::difference::{channel_differences, client_differences, merged_channel, merged_client};
use super::row::{ENDS, client_of, facts_of};
use super::tally::Taken;
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::moment::Moment;
use crate::party::{
    ChannelFacts, check_phone, insert_channel, insert_client, owner_client, update_channel,
};

/// Everything that stays the same from row to row.
pub(super) struct Register<'a> {
    pub(super) w: &'a Write<'a>,
    pub(super) owner: Owner,
    pub(super) desks: HashMap<HubId, HubDesk>,
    /// Whether the file's word is taken where it differs.
    accept: bool,
    /// Whether the file has a column for last days, so that an empty one says: no end.
    tells_ends: bool,
    pub(super) at: Moment,
}

impl<'a> Register<'a> {
    pub(super) fn load(
        w: &'a Write<'a>,
        header: &[String],
        accept: bool,
        at: Moment,
    ) -> Result<Self, Error> {
        let desks = HubDesk::all(w)?;
        Ok(Self {
            w,
            owner: w.book()?.owner,
            desks: desks
                .into_iter()
                .map(|desk| (desk.hub().id.clone(), desk))
                .collect(),
            accept,
            tells_ends: header
                .iter()
                .any(|name| name.trim().eq_ignore_ascii_case(ENDS)),
            at,
        })
    }

    /// Books one row. All refusals come before the first write, so that nothing of a bad row
    /// stays.
    pub(super) fn take(&self, row: &PartyRow) -> Result<Taken, Error> {
        let desk = self
            .desks
            .get(&row.hub)
            .ok_or_else(|| Error::new(Code::HubNotFound, [row.hub.as_str()]).at("hub_id"))?;
        match (self.owner, &row.channel) {
            (Owner::Partner, _) => match self.w.client(row.client.as_str())? {
                None => self.new_client(desk, row),
                Some(client) => self.known_client(desk, &client, row),
            },
            (Owner::Client, Some(told)) => self.own_channel(desk, row.line, told),
            // In a client's book the one client is the owner, whatever the row calls it.
            (Owner::Client, None) => Ok(Taken::default()),
        }
    }

    fn new_client(&self, desk: &HubDesk, row: &PartyRow) -> Result<Taken, Error> {
        desk.check_is_open().about("hub_id")?;
        let facts = row.channel.as_ref().map(facts_of);
        if let Some(facts) = &facts {
            self.check_is_new(facts)?;
        }
        let client = client_of(row);
        let key = insert_client(self.w, desk, &client)?;
        if let Some(facts) = &facts {
            insert_channel(self.w, desk, (key, &client.id), facts)?;
        }
        Ok(Taken {
            new_client: true,
            new_channel: facts.is_some(),
            differences: Vec::new(),
        })
    }

    /// The channel goes first, as it can be refused and a client's facts can't.
    fn known_client(
        &self,
        desk: &HubDesk,
        known: &ClientRow,
        row: &PartyRow,
    ) -> Result<Taken, Error> {
        if known.client.hub != row.hub {
            let text = format!(
                "Client {} belongs to hub {} in this book. Correct one of the ids.",
                row.client, known.client.hub
            );
            return Err(taken_id(row.client.as_str(), text).at("client_id"));
        }
        let mut taken = match &row.channel {
            Some(told) => self.channel_of(desk, (known.key, &known.client.id), row.line, told)?,
            None => Taken::default(),
        };
        let differences = client_differences(&known.client, row);
        if self.accept && !differences.is_empty() {
            self.w
                .update_client(known.key, &merged_client(&known.client, row))?;
        }
        taken.differences.extend(differences);
        Ok(taken)
    }

    fn channel_of(
        &self,
        desk: &HubDesk,
        client: (i64, &ClientId),
        line: u64,
        told: &PartyChannel,
    ) -> Result<Taken, Error> {
        match self.w.channel(told.id.as_str())? {
            None => self.new_channel(desk, client, told),
            Some(known) if known.client_key == client.0 => self.known_channel(&known, line, told),
            Some(known) => Err(channel_of_another(&known)),
        }
    }

    /// A channel of a client's book: its own, whatever client the row names.
    fn own_channel(&self, desk: &HubDesk, line: u64, told: &PartyChannel) -> Result<Taken, Error> {
        match self.w.channel(told.id.as_str())? {
            Some(known) if known.hub_key == desk.key() => self.known_channel(&known, line, told),
            Some(known) => Err(channel_of_another(&known)),
            None => {
                desk.check_is_open().about("hub_id")?;
                self.check_phone(&facts_of(told))?;
                let owner = owner_client(self.w, desk, self.at)?;
                self.new_channel(desk, (owner.key, &owner.client.id), told)
            }
        }
    }

    fn new_channel(
        &self,
        desk: &HubDesk,
        client: (i64, &ClientId),
        told: &PartyChannel,
    ) -> Result<Taken, Error> {
        desk.check_is_open().about("hub_id")?;
        insert_channel(self.w, desk, client, &facts_of(told))?;
        Ok(Taken {
            new_channel: true,
            ..Taken::default()
        })
    }

    fn known_channel(
        &self,
        known: &ChannelRow,
        line: u64,
        told: &PartyChannel,
    ) -> Result<Taken, Error> {
        let today = self.at.today;
        let differences = channel_differences(&known.channel, told, line, self.tells_ends, today);
        if self.accept && !differences.is_empty() {
            let facts = merged_channel(&known.channel, told, self.tells_ends, today);
            update_channel(self.w, known, &facts, today)?;
        }
        Ok(Taken {
            differences,
            ..Taken::default()
        })
    }

    /// Refuses what [`insert_channel`] would refuse, before the row's client is added.
    fn check_is_new(&self, facts: &ChannelFacts) -> Result<(), Error> {
        match self.w.channel(facts.id.as_str())? {
            Some(known) => Err(channel_of_another(&known)),
            None => self.check_phone(facts),
        }
    }

    /// The same refusal as a form's, about the file's column.
    fn check_phone(&self, facts: &ChannelFacts) -> Result<(), Error> {
        check_phone(self.w, facts).map_err(|error| Error {
            field: Some("phone_number"),
            ..error
        })
    }
}

fn channel_of_another(known: &ChannelRow) -> Error {
    let text = format!(
        "Channel {} belongs to client {} of hub {} in this book. Correct one of the ids.",
        known.channel.id, known.channel.client, known.hub
    );
    taken_id(known.channel.id.as_str(), text).at("channel_id")
}

/// An id that is taken, told in its own words.
fn taken_id(id: &str, text: String) -> Error {
    Error {
        message: text,
        ..Error::new(Code::IdTaken, [id])
    }
}
