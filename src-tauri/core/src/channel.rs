//! A channel: one phone number with its licence tier, the day its billing started and, once
//! cancelled, its last day.

use rust_decimal::Decimal;

use crate::error::Error;
use crate::id::{ChannelId, ClientId, PhoneNumber};
use crate::period::{BillingPeriod, Date};

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
    /// Licence prices that it keeps, whatever the card says.
    pub kept_prices: Vec<KeptPrice>,
}

/// The licence price that a channel keeps for a tier from a month on, until another is told:
/// 360Dialog guarantees some numbers theirs for life (`reference` 2.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPrice {
    pub tier: Tier,
    pub from: BillingPeriod,
    /// For a whole month, in the hub's currency. None: the card's price again.
    pub price: Option<Decimal>,
    /// Why, in the person's words.
    pub reason: String,
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

    /// What was told of a tier's price for a month, last.
    pub fn kept_price(&self, tier: Tier, month: BillingPeriod) -> Option<&KeptPrice> {
        let told = self.kept_prices.iter();
        told.filter(|kept| kept.tier == tier && kept.from <= month)
            .max_by_key(|kept| kept.from)
    }

    /// Refuses Higher Throughput for a channel that is not on Premium: it is an upgrade of Premium
    /// alone (`reference` 2.4). A channel that begins with it was upgraded before the books knew it.
    pub fn check_upgrade(&self, tier: Tier, from: Date) -> Result<(), Error> {
        let is_upgrade = tier == Tier::HigherThroughput && from > self.started;
        if is_upgrade && self.tier_on(from) == Tier::Regular {
            return Err(Error::HigherThroughputNeedsPremium {
                channel: self.id.to_string(),
            });
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::parse_date;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn channel(tiers: &[(&str, Tier)]) -> Channel {
        Channel {
            id: ChannelId::parse("aCH").unwrap(),
            client: ClientId::parse("aCL").unwrap(),
            phone: PhoneNumber::parse("491234567").unwrap(),
            name: String::new(),
            started: day("2026-01-10"),
            ended: None,
            time_zone: String::new(),
            tiers: tiers
                .iter()
                .map(|(from, tier)| TierFrom {
                    from: day(from),
                    tier: *tier,
                })
                .collect(),
            kept_prices: Vec::new(),
        }
    }

    #[test]
    fn higher_throughput_is_an_upgrade_of_premium_alone() {
        use Tier::{HigherThroughput, Premium, Regular};
        let regular = [("2026-01-10", Regular)];
        let premium = [("2026-01-10", Regular), ("2026-03-05", Premium)];
        let higher = [("2026-01-10", HigherThroughput), ("2026-02-01", Regular)];
        for (tiers, tier, from, allowed) in [
            (&regular[..], Premium, "2026-02-01", true),
            (&regular[..], HigherThroughput, "2026-02-01", false),
            // It began with it: what was before the books is not known.
            (&regular[..], HigherThroughput, "2026-01-10", true),
            (&premium[..], HigherThroughput, "2026-03-04", false),
            (&premium[..], HigherThroughput, "2026-03-05", true),
            (&premium[..], HigherThroughput, "2026-08-01", true),
            (&higher[..], HigherThroughput, "2026-01-20", true),
            (&higher[..], HigherThroughput, "2026-02-01", false),
            (&higher[..], Regular, "2026-03-01", true),
        ] {
            let checked = channel(tiers).check_upgrade(tier, day(from));
            assert_eq!(checked.is_ok(), allowed, "{tiers:?} {tier:?} {from}");
        }
    }

    #[test]
    fn a_kept_price_holds_for_its_tier_from_its_month_until_another_is_told() {
        let month = |text| BillingPeriod::parse(text).unwrap();
        let kept = |tier, from, price: Option<i64>| KeptPrice {
            tier,
            from: month(from),
            price: price.map(Decimal::from),
            reason: "for life".to_owned(),
        };
        let mut channel = channel(&[("2026-01-10", Tier::Regular)]);
        channel.kept_prices = vec![
            kept(Tier::Regular, "2026-06", None),
            kept(Tier::Regular, "2026-03", Some(19)),
            kept(Tier::Premium, "2026-03", Some(39)),
        ];
        let price = |tier, at| channel.kept_price(tier, month(at)).and_then(|k| k.price);
        assert_eq!(price(Tier::Regular, "2026-02"), None);
        assert_eq!(price(Tier::Regular, "2026-03"), Some(Decimal::from(19)));
        assert_eq!(price(Tier::Regular, "2026-05"), Some(Decimal::from(19)));
        assert_eq!(price(Tier::Regular, "2026-06"), None);
        assert_eq!(price(Tier::Premium, "2027-01"), Some(Decimal::from(39)));
        assert_eq!(price(Tier::HigherThroughput, "2027-01"), None);
    }
}
