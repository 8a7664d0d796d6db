//! Clients and their channels.

use std::cmp::Ordering;
use std::collections::HashMap;

use hubledger_core::channel::{Channel, KeptPrice, Tier, TierFrom};
use hubledger_core::client::Client;
use hubledger_core::country::Country;
use hubledger_core::id::{ChannelId, ClientId, HubId, PhoneNumber};
use hubledger_core::period::Date;
use rusqlite::{Params, Row, params};

use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

#[derive(Clone, Debug)]
pub struct ClientRow {
    pub key: i64,
    pub hub_key: i64,
    pub client: Client,
}

#[derive(Clone, Debug)]
pub struct ChannelRow {
    pub key: i64,
    pub client_key: i64,
    pub hub_key: i64,
    pub hub: HubId,
    pub client_name: String,
    pub channel: Channel,
}

fn unreadable(error: hubledger_core::Error) -> Error {
    Error::Damaged(error.to_string())
}

const CLIENT: &str = "SELECT client.key, client.hub, client.id, hub.id, client.name, client.country, client.email, client.vat_id
    FROM client JOIN hub ON hub.key = client.hub";

fn client_row(row: &Row<'_>) -> Result<ClientRow, Error> {
    let text = |at: usize| row.get::<_, String>(at);
    let country: Option<String> = row.get(5)?;
    let client = Client {
        id: ClientId::parse(&text(2)?).map_err(unreadable)?,
        hub: HubId::parse(&text(3)?).map_err(unreadable)?,
        name: text(4)?,
        country: country
            .map(|code| Country::parse(&code))
            .transpose()
            .map_err(unreadable)?,
        email: text(6)?,
        vat_id: text(7)?,
    };
    Ok(ClientRow {
        key: row.get(0)?,
        hub_key: row.get(1)?,
        client,
    })
}

const CHANNEL: &str =
    "SELECT channel.key, channel.client, client.hub, hub.id, client.name, channel.id, client.id,
    channel.phone, channel.name, channel.started, channel.ended, channel.time_zone
    FROM channel JOIN client ON client.key = channel.client JOIN hub ON hub.key = client.hub";

fn channel_row(row: &Row<'_>) -> Result<ChannelRow, Error> {
    let text = |at: usize| -> Result<&str, Error> {
        let text = row.get_ref(at)?.as_str();
        text.map_err(|_| Error::Damaged("a text of a channel is no text".to_owned()))
    };
    let channel = Channel {
        id: ChannelId::parse(text(5)?).map_err(unreadable)?,
        client: ClientId::parse(text(6)?).map_err(unreadable)?,
        phone: PhoneNumber::parse(text(7)?).map_err(unreadable)?,
        name: text(8)?.to_owned(),
        started: codec::date(row.get(9)?)?,
        ended: codec::optional_date(row.get(10)?)?,
        time_zone: text(11)?.to_owned(),
        tiers: Vec::new(),
        kept_prices: Vec::new(),
    };
    Ok(ChannelRow {
        key: row.get(0)?,
        client_key: row.get(1)?,
        hub_key: row.get(2)?,
        hub: HubId::parse(text(3)?).map_err(unreadable)?,
        client_name: text(4)?.to_owned(),
        channel,
    })
}

/// The order in which people look for channels; letters count the same, large or small.
fn by_client_and_name(one: &ChannelRow, other: &ChannelRow) -> Ordering {
    one.hub_key
        .cmp(&other.hub_key)
        .then_with(|| in_any_case(&one.client_name, &other.client_name))
        .then_with(|| one.channel.client.cmp(&other.channel.client))
        .then_with(|| in_any_case(&one.channel.name, &other.channel.name))
        .then_with(|| one.channel.id.cmp(&other.channel.id))
}

/// As SQLite's NOCASE compares, by which other lists are sorted.
fn in_any_case(one: &str, other: &str) -> Ordering {
    let small = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(small).cmp(other.bytes().map(small))
}

impl Read<'_> {
    /// Clients of a hub, or of all hubs, by name.
    pub fn clients(&self, hub: Option<i64>) -> Result<Vec<ClientRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "{CLIENT} WHERE client.gone IS NULL AND hub.gone IS NULL AND (?1 IS NULL OR client.hub = ?1) ORDER BY client.hub, client.name COLLATE NOCASE, client.id"
        ))?;
        let mut rows = statement.query([hub])?;
        let mut clients = Vec::new();
        while let Some(row) = rows.next()? {
            clients.push(client_row(row)?);
        }
        Ok(clients)
    }

    pub fn client(&self, id: &str) -> Result<Option<ClientRow>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "{CLIENT} WHERE client.id = ?1 AND client.gone IS NULL"
        ))?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(client_row).transpose()
    }

    /// Channels of a hub, or of all hubs, by client and name.
    pub fn channels(&self, hub: Option<i64>) -> Result<Vec<ChannelRow>, Error> {
        // SQLite would sort whole rows, which takes as long as reading them.
        let mut rows = self.channels_where("?1 IS NULL OR client.hub = ?1", [hub])?;
        rows.sort_unstable_by(by_client_and_name);
        Ok(rows)
    }

    /// Keys of a hub's channels that live on a day.
    pub fn living_channel_keys(&self, hub: i64, day: Date) -> Result<Vec<i64>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT channel.key FROM channel JOIN client ON client.key = channel.client JOIN hub ON hub.key = client.hub
             WHERE client.hub = ?1 AND channel.gone IS NULL AND client.gone IS NULL AND hub.gone IS NULL
               AND channel.started <= ?2 AND (channel.ended IS NULL OR channel.ended >= ?2)",
        )?;
        let keys = statement.query_map(params![hub, codec::day(day)], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// Channels of a hub that end on one of these days, both counted, the first of them first.
    pub fn channels_ending(
        &self,
        hub: i64,
        from: Date,
        until: Date,
    ) -> Result<Vec<ChannelRow>, Error> {
        self.channels_where(
            "client.hub = ?1 AND channel.ended BETWEEN ?2 AND ?3 ORDER BY channel.ended, channel.key",
            params![hub, codec::day(from), codec::day(until)],
        )
    }

    /// Whether any channel of a hub lived between two days, both counted.
    pub fn has_channels(&self, hub: i64, from: Date, until: Date) -> Result<bool, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT EXISTS (
                SELECT 1 FROM channel JOIN client ON client.key = channel.client JOIN hub ON hub.key = client.hub
                WHERE client.hub = ?1 AND channel.gone IS NULL AND client.gone IS NULL AND hub.gone IS NULL
                  AND channel.started <= ?3 AND (channel.ended IS NULL OR channel.ended >= ?2))",
        )?;
        Ok(
            statement.query_row(params![hub, codec::day(from), codec::day(until)], |row| {
                row.get(0)
            })?,
        )
    }

    pub fn channel(&self, id: &str) -> Result<Option<ChannelRow>, Error> {
        Ok(self.channels_where("channel.id = ?1", [id])?.pop())
    }

    pub fn channel_by_key(&self, key: i64) -> Result<Option<ChannelRow>, Error> {
        Ok(self.channels_where("channel.key = ?1", [key])?.pop())
    }

    /// All channels that ever had a phone number.
    pub fn channels_by_phone(&self, phone: &PhoneNumber) -> Result<Vec<ChannelRow>, Error> {
        self.channels_where(
            "channel.phone = ?1 ORDER BY channel.started",
            [phone.digits()],
        )
    }

    fn channels_where(
        &self,
        condition: &str,
        values: impl Params,
    ) -> Result<Vec<ChannelRow>, Error> {
        let (found, order) = condition.split_once("ORDER BY").unwrap_or((condition, "1"));
        let mut statement = self.0.prepare_cached(&format!(
            "{CHANNEL} WHERE channel.gone IS NULL AND client.gone IS NULL AND hub.gone IS NULL AND ({found}) ORDER BY {order}"
        ))?;
        let mut rows = statement.query(values)?;
        let mut channels = Vec::new();
        while let Some(row) = rows.next()? {
            channels.push(channel_row(row)?);
        }
        let mut tiers = if channels.len() > 1 {
            self.tiers(None)?
        } else {
            HashMap::new()
        };
        for row in &mut channels {
            row.channel.tiers = match tiers.remove(&row.key) {
                Some(tiers) => tiers,
                None => self
                    .tiers(Some(row.key))?
                    .remove(&row.key)
                    .unwrap_or_default(),
            };
        }
        let of_one = match channels.as_slice() {
            [one] => Some(one.key),
            _ => None,
        };
        let mut kept = self.kept_prices(of_one)?;
        for row in &mut channels {
            row.channel.kept_prices = kept.remove(&row.key).unwrap_or_default();
        }
        Ok(channels)
    }

    /// Prices that a channel keeps, or all channels; oldest first.
    fn kept_prices(&self, channel: Option<i64>) -> Result<HashMap<i64, Vec<KeptPrice>>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT channel, tier, from_month, price, reason FROM kept_price
             WHERE ?1 IS NULL OR channel = ?1 ORDER BY channel, from_month, tier",
        )?;
        let mut rows = statement.query([channel])?;
        let mut kept: HashMap<i64, Vec<KeptPrice>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let price: Option<i64> = row.get(3)?;
            kept.entry(row.get(0)?).or_default().push(KeptPrice {
                tier: Word::of_word(&row.get::<_, String>(1)?)?,
                from: codec::period(row.get(2)?)?,
                price: price.map(codec::amount),
                reason: row.get(4)?,
            });
        }
        Ok(kept)
    }

    fn tiers(&self, channel: Option<i64>) -> Result<HashMap<i64, Vec<TierFrom>>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT channel, from_day, tier FROM channel_tier WHERE ?1 IS NULL OR channel = ?1 ORDER BY channel, from_day",
        )?;
        let mut rows = statement.query([channel])?;
        let mut tiers: HashMap<i64, Vec<TierFrom>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let tier = TierFrom {
                from: codec::date(row.get(1)?)?,
                tier: Word::of_word(row.get_ref(2)?.as_str().unwrap_or_default())?,
            };
            tiers.entry(row.get(0)?).or_default().push(tier);
        }
        Ok(tiers)
    }
}

impl Write<'_> {
    /// Adds a client and gives its key.
    pub fn insert_client(&self, hub: i64, client: &Client) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO client (id, hub, name, country, email, vat_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                client.id.as_str(),
                hub,
                client.name,
                client.country.map(Country::code),
                client.email,
                client.vat_id
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    pub fn update_client(&self, key: i64, client: &Client) -> Result<(), Error> {
        self.0.0.execute(
            "UPDATE client SET name = ?2, country = ?3, email = ?4, vat_id = ?5 WHERE key = ?1",
            params![
                key,
                client.name,
                client.country.map(Country::code),
                client.email,
                client.vat_id
            ],
        )?;
        Ok(())
    }

    /// Adds a channel without its tiers and gives its key.
    pub fn insert_channel(&self, client: i64, channel: &Channel) -> Result<i64, Error> {
        self.0.0.execute(
            "INSERT INTO channel (id, client, phone, name, started, ended, time_zone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                channel.id.as_str(),
                client,
                channel.phone.digits(),
                channel.name,
                codec::day(channel.started),
                channel.ended.map(codec::day),
                channel.time_zone,
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    pub fn update_channel(&self, key: i64, channel: &Channel) -> Result<(), Error> {
        self.0.0.execute(
            "UPDATE channel SET phone = ?2, name = ?3, started = ?4, ended = ?5, time_zone = ?6 WHERE key = ?1",
            params![
                key,
                channel.phone.digits(),
                channel.name,
                codec::day(channel.started),
                channel.ended.map(codec::day),
                channel.time_zone,
            ],
        )?;
        Ok(())
    }

    /// Sets the tier from a day on; tiers that were to begin later fall away.
    pub fn put_tier(&self, channel: i64, from: Date, tier: Tier) -> Result<(), Error> {
        self.0.0.execute(
            "DELETE FROM channel_tier WHERE channel = ?1 AND from_day >= ?2",
            params![channel, codec::day(from)],
        )?;
        self.0.0.execute(
            "INSERT INTO channel_tier (channel, from_day, tier) VALUES (?1, ?2, ?3)",
            params![channel, codec::day(from), tier.word()],
        )?;
        Ok(())
    }

    /// Sets the price that a channel keeps for a tier from a month on.
    pub fn put_kept_price(&self, channel: i64, kept: &KeptPrice) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO kept_price (channel, tier, from_month, price, reason) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET price = excluded.price, reason = excluded.reason",
            params![
                channel,
                kept.tier.word(),
                codec::month(kept.from),
                kept.price.map(codec::micros).transpose()?,
                kept.reason
            ],
        )?;
        Ok(())
    }

    /// Moves the first tier to the day a channel now starts on.
    pub fn move_first_tier(&self, channel: i64, started: Date) -> Result<(), Error> {
        self.0.0.execute(
            "UPDATE channel_tier SET from_day = ?2 WHERE channel = ?1
             AND from_day = (SELECT min(from_day) FROM channel_tier WHERE channel = ?1)",
            params![channel, codec::day(started)],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn names_are_compared_as_sqlite_does_where_other_lists_are_sorted() {
        let names = [
            "", "a", "A", "ab", "AB", "Aa", "b", "Z", "z", "_", "[", "ä", "Ä", "ß", "0", "a b",
            "a-b",
        ];
        let file = Connection::open_in_memory().unwrap();
        for (one, other) in names
            .iter()
            .flat_map(|one| names.map(|other| (*one, other)))
        {
            let question = "SELECT (?1 > ?2 COLLATE NOCASE) - (?1 < ?2 COLLATE NOCASE)";
            let said: i32 = file
                .query_row(question, [one, other], |row| row.get(0))
                .unwrap();
            assert_eq!(
                in_any_case(one, other) as i32,
                said,
                "{one:?} and {other:?}"
            );
        }
    }
}
