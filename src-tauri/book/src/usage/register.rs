//! What a usage row is read against, and the same for all rows of a file: hubs, channels and prices.

use foldhash::HashMap;
use hubledger_core::id::{ChannelId, PhoneNumber};
use hubledger_core::price::PriceData;
use hubledger_core::rating::{Rating, Usage, rate};
use hubledger_core::usage::{ChannelRef, Place, UsageRow};
use hubledger_core::volume::Counted;
use hubledger_import::{Problem, ProblemKind};
use hubledger_store::{ChannelRow, Write};

use super::problem::{channel_problem, raw};
use crate::desk::HubDesk;
use crate::error::Error;

/// What a row's channel decides.
pub(super) struct Found<'a> {
    pub(super) desk: &'a HubDesk,
    pub(super) desk_at: usize,
    pub(super) row: &'a ChannelRow,
}

/// A row with its channel and what the card says of it.
pub(super) struct RatedRow<'a> {
    pub(super) line: u64,
    pub(super) usage: UsageRow,
    pub(super) place: Found<'a>,
    pub(super) rating: Rating,
}

/// Everything that stays the same from row to row.
pub(super) struct Register {
    pub(super) desks: Vec<HubDesk>,
    by_id: HashMap<ChannelId, usize>,
    by_phone: HashMap<PhoneNumber, Vec<usize>>,
    channels: Vec<(usize, ChannelRow)>,
    pub(super) prices: PriceData,
}

impl Register {
    pub(super) fn load(w: &Write<'_>) -> Result<Self, Error> {
        let desks = HubDesk::all(w)?;
        let mut register = Self {
            desks,
            by_id: HashMap::default(),
            by_phone: HashMap::default(),
            channels: Vec::new(),
            prices: w.price_data()?,
        };
        for (at, desk) in register.desks.iter().enumerate() {
            for row in w.channels(Some(desk.key()))? {
                let place = register.channels.len();
                register.by_id.insert(row.channel.id.clone(), place);
                register
                    .by_phone
                    .entry(row.channel.phone.clone())
                    .or_default()
                    .push(place);
                register.channels.push((at, row));
            }
        }
        Ok(register)
    }

    /// The channel of a row: by id, or by the phone number that had a channel on that day.
    fn find(&self, usage: &UsageRow) -> Option<Found<'_>> {
        let place = match &usage.channel {
            ChannelRef::Id(id) => self.by_id.get(id).copied(),
            ChannelRef::Phone(phone) => {
                let places = self.by_phone.get(phone)?;
                let lives = |at: &&usize| {
                    self.channels
                        .get(**at)
                        .is_some_and(|(_, row)| row.channel.check_usage_day(usage.day).is_ok())
                };
                places.iter().find(lives).or(places.last()).copied()
            }
        }?;
        let (desk_at, row) = self.channels.get(place)?;
        Some(Found {
            desk: self.desks.get(*desk_at)?,
            desk_at: *desk_at,
            row,
        })
    }

    /// The channel of a key.
    pub(super) fn channel(&self, key: i64) -> Option<&ChannelRow> {
        let mut rows = self.channels.iter().map(|(_, row)| row);
        rows.find(|row| row.key == key)
    }

    /// A row with its channel and its rating, or what is wrong with it.
    pub(super) fn rated(
        &self,
        line: u64,
        usage: UsageRow,
    ) -> Result<Result<RatedRow<'_>, Problem>, Error> {
        let Some(place) = self.find(&usage) else {
            return Ok(Err(channel_problem(line, &usage)));
        };
        if let Some(problem) = life_problem(line, &usage, &place) {
            return Ok(Err(problem));
        }
        if let Place::Market(market) = &usage.place
            && usage.cost.is_none()
            && !knows_market(&self.prices, market)
        {
            let kind = ProblemKind::MarketUnknown;
            let problem = Problem::new(line, Some("market"), market, kind, raw(&usage));
            return Ok(Err(problem));
        }
        let desk = place.desk;
        let rating = rate(&usage_of(desk, &usage), desk.currency(), &self.prices)?;
        Ok(Ok(RatedRow {
            line,
            usage,
            place,
            rating,
        }))
    }
}

fn usage_of<'a>(desk: &HubDesk, usage: &'a UsageRow) -> Usage<'a> {
    Usage {
        day: usage.day,
        place: &usage.place,
        category: usage.category,
        pricing_type: usage.pricing_type,
        quantity: usage.quantity,
        cost: usage.cost,
        free: 0,
        outdated_card: desk.outdated_card(usage.day),
        counted: Counted::Unknown,
    }
}

pub(crate) fn knows_market(prices: &PriceData, market: &str) -> bool {
    prices.markets.spelling_of(market).is_some()
        || prices.cards().iter().any(|card| card.has_market(market))
}

fn life_problem(line: u64, usage: &UsageRow, place: &Found<'_>) -> Option<Problem> {
    let (hub, channel) = (place.desk.hub(), &place.row.channel);
    let kind = if usage.day < channel.started {
        ProblemKind::ChannelNotStarted {
            on: channel.started,
        }
    } else if let Some(on) = channel.ended.filter(|ended| usage.day > *ended) {
        ProblemKind::ChannelEnded { on }
    } else if usage.day < hub.first_month.first_day() {
        ProblemKind::BeforeTheBooks {
            first: hub.first_month,
        }
    } else if let Some(on) = hub.closed_on.filter(|on| usage.day > *on) {
        ProblemKind::HubClosed { on }
    } else {
        return None;
    };
    Some(Problem::new(
        line,
        Some("date"),
        &usage.day.to_string(),
        kind,
        raw(usage),
    ))
}
