//! In which order charges are listed: by a column, with plans and licences among the usage.

use std::collections::HashMap;

use hubledger_core::money::Money;
use hubledger_core::period::Date;
use hubledger_store::{ChargeFacts, ChargeOrder, ChargeOrderBy, ChargeSpot, Ranks, Read};

use crate::alphabet::alphabetical;
use crate::desk::HubDesk;
use crate::error::Error;
use crate::form::{ChargesSort, ChargesSortBy};

/// An order, with what is needed to find a licence's place in it.
pub(super) struct Order {
    by: ChargeOrder,
    /// Keys of channels by id, where they matter.
    channels: HashMap<String, i64>,
}

impl Order {
    pub(super) fn of(
        r: &Read<'_>,
        desk: &HubDesk,
        sort: Option<ChargesSort>,
    ) -> Result<Self, Error> {
        let sort = sort.unwrap_or(ChargesSort {
            by: ChargesSortBy::Day,
            down: true,
        });
        let mut channels = HashMap::new();
        let by = match sort.by {
            ChargesSortBy::Day => ChargeOrderBy::Day,
            ChargesSortBy::Amount => ChargeOrderBy::Amount,
            ChargesSortBy::Quantity => ChargeOrderBy::Quantity,
            ChargesSortBy::Category => ChargeOrderBy::Category,
            ChargesSortBy::Market => {
                let named = r.markets()?.into_iter();
                let named = named.filter(|(_, name)| !name.is_empty());
                ChargeOrderBy::Market(ranks(
                    named.map(|(key, name)| (alphabetical(&name), key)),
                    sort.down,
                ))
            }
            ChargesSortBy::Channel | ChargesSortBy::Client => {
                let mut named = Vec::new();
                for row in r.channels(Some(desk.key()))? {
                    let id = row.channel.id.to_string();
                    let name = if sort.by == ChargesSortBy::Client {
                        (
                            alphabetical(&row.client_name),
                            row.channel.client.to_string(),
                        )
                    } else if row.channel.name.is_empty() {
                        (alphabetical(&row.channel.phone.to_string()), id.clone())
                    } else {
                        (alphabetical(&row.channel.name), id.clone())
                    };
                    named.push((name, row.key));
                    channels.insert(id, row.key);
                }
                ChargeOrderBy::Channel(ranks(named, sort.down))
            }
        };
        let by = ChargeOrder {
            by,
            down: sort.down,
        };
        Ok(Self { by, channels })
    }

    pub(super) fn by(&self) -> &ChargeOrder {
        &self.by
    }

    pub(super) fn spot(&self, facts: ChargeFacts) -> Result<ChargeSpot, Error> {
        Ok(self.by.spot(facts)?)
    }

    /// Where a plan or licence stands: the n-th of those that are listed.
    pub(super) fn spot_of_fee(
        &self,
        n: i64,
        day: Date,
        amount: Money,
        channel: Option<&str>,
    ) -> Result<ChargeSpot, Error> {
        self.spot(ChargeFacts {
            day,
            key: -n,
            amount: Some(amount.amount()),
            quantity: 1,
            category: None,
            channel: channel.and_then(|id| self.channels.get(id).copied()),
            market: None,
        })
    }
}

/// Ranks by name, equals together.
fn ranks<K: Ord>(named: impl IntoIterator<Item = (K, i64)>, down: bool) -> Ranks {
    let mut named: Vec<_> = named.into_iter().collect();
    named.sort_unstable_by(
        |(one, _), (other, _)| {
            if down { other.cmp(one) } else { one.cmp(other) }
        },
    );
    let mut ranks = Ranks::default();
    let groups = named.chunk_by(|(one, _), (other, _)| one == other);
    for (group, rank) in groups.zip(0..) {
        for (_, key) in group {
            ranks.put(*key, rank);
        }
    }
    ranks
}
