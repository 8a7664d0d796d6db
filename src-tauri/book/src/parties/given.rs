//! What a person said of a whole answer, and its records as rows.

use hubledger_core::id::HubId;
use hubledger_core::partner::Owner;
use hubledger_import::instant::{TimeZone, zone};
use hubledger_import::parties_json::PartyRecord;
use hubledger_import::{PartyRow, Problem, ProblemKind};

use super::difference::latest_tier;
use super::register::Register;
use crate::error::{About, Code, Error};
use crate::form::PartiesFileForm;

/// What a person said of a whole answer.
pub(super) struct GivenParties {
    hub: Option<HubId>,
    zone: Option<TimeZone>,
}

impl GivenParties {
    pub(super) fn from(form: &PartiesFileForm, register: &Register<'_>) -> Result<Self, Error> {
        let text = |field: &Option<String>| {
            let text = field.as_deref().map(str::trim).unwrap_or_default();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let mut hubs = register.desks.keys();
        let only = hubs.next().filter(|_| hubs.next().is_none()).cloned();
        let hub = match text(&form.hub) {
            Some(id) => Some(HubId::parse(&id).about("hub")?),
            None => only,
        };
        if let Some(hub) = hub
            .as_ref()
            .filter(|hub| !register.desks.contains_key(*hub))
        {
            return Err(Error::new(Code::HubNotFound, [hub.as_str()]).at("hub"));
        }
        let unknown = |name: &str| Error::new(Code::TimeZoneUnknown, [name]).at("time_zone");
        let zone = text(&form.time_zone)
            .map(|name| zone(&name).ok_or_else(|| unknown(&name)))
            .transpose()?;
        Ok(Self { hub, zone })
    }

    /// A record as a row, or what is wrong with it.
    pub(super) fn row(
        &self,
        register: &Register<'_>,
        record: PartyRecord,
    ) -> Result<Result<PartyRow, Problem>, Error> {
        let w = register.w;
        match record {
            PartyRecord::Client(client) => {
                let known = w.client(client.id.as_str())?;
                let hub = known.map(|row| row.client.hub).or_else(|| self.hub.clone());
                let kind = ProblemKind::HubMissing;
                let missing =
                    || Problem::new(client.at, Some("id"), client.id.as_str(), kind, Vec::new());
                Ok(hub.map(|hub| client.row(hub)).ok_or_else(missing))
            }
            PartyRecord::Channel(channel) => {
                let ours = w.channel(channel.id.as_str())?;
                let client = w.client(channel.client.as_str())?;
                let (hub, name) = match (&client, register.owner) {
                    (Some(row), _) => (Some(row.client.hub.clone()), row.client.name.clone()),
                    // In a client's book the one client is its owner, whatever its id here.
                    (None, Owner::Client) => (self.hub.clone(), channel.client_name.clone()),
                    (None, Owner::Partner) if channel.client_name.is_empty() => {
                        let kind = ProblemKind::ClientUnknown;
                        return Ok(Err(channel.problem("client_id", kind)));
                    }
                    (None, Owner::Partner) => (self.hub.clone(), channel.client_name.clone()),
                };
                let Some(hub) = hub else {
                    return Ok(Err(channel.problem("client_id", ProblemKind::HubMissing)));
                };
                let ours = ours.as_ref().map(|row| &row.channel);
                let own_zone = ours.and_then(|ours| zone(&ours.time_zone));
                let zone = own_zone.or_else(|| zone(&channel.time_zone));
                let zone = zone.as_ref().or(self.zone.as_ref());
                let tier = ours.map(|ours| latest_tier(ours, register.at.today));
                Ok(channel.row(hub, &name, tier, zone))
            }
        }
    }
}
