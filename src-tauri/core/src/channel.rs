//! A channel: one phone number with its licence tier, the day its billing started and, once
//! cancelled, its last day.

use crate::error::Error;
use crate::id::{ChannelId, ClientId, PhoneNumber};
use crate::period::Date;

/// The channel subscription (licence), in rising order of price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    Regular,
    Premium,
    HigherThroughput,
}

/// A channel as the book knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    pub id: ChannelId,
    pub client: ClientId,
    pub phone: PhoneNumber,
    /// What people call it; may be empty.
    pub name: String,
    /// The first day that is billed, usage or not.
    pub started: Date,
    /// Its last day (`billing-models` 14: the termination day is the last day).
    pub ended: Option<Date>,
    /// The WABA's time zone as an IANA name; kept, not needed for days that are local already.
    pub time_zone: String,
    /// Which tier holds from which day; by day, the first from `started`.
    pub tiers: Vec<TierFrom>,
}

/// A tier from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierFrom {
    pub from: Date,
    pub tier: Tier,
}

impl Channel {
    /// Refuses a last day before the first.
    pub fn check_days(started: Date, ended: Option<Date>) -> Result<(), Error> {
        match ended {
            Some(ended) if ended < started => Err(Error::EndsBeforeItStarts {
                started: started.to_string(),
                ended: ended.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// Refuses usage on a day before the channel started or after it ended.
    pub fn check_usage_day(&self, day: Date) -> Result<(), Error> {
        if day < self.started {
            return Err(Error::ChannelNotStarted {
                channel: self.id.to_string(),
                on: self.started.to_string(),
            });
        }
        match self.ended {
            Some(ended) if day > ended => Err(Error::ChannelEnded {
                channel: self.id.to_string(),
                on: ended.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// The tier that holds on a day; the first one for days before it.
    pub fn tier_on(&self, day: Date) -> Tier {
        let holding = self
            .tiers
            .iter()
            .filter(|t| t.from <= day)
            .max_by_key(|t| t.from);
        holding
            .or(self.tiers.first())
            .map_or(Tier::Regular, |t| t.tier)
    }
}
