//! What most use cases look up first: a hub with its closed months and rules, a channel, the
//! company of a month. Unknown ids are refused here, once.

use hubledger_core::bookkeeping::{Days, Ledger};
use hubledger_core::closing::CardFee;
use hubledger_core::currency::Currency;
use hubledger_core::fee::{FeePrices, PlanFrom};
use hubledger_core::hub::{BillingModel, Hub};
use hubledger_core::hub_invoice::InvoicedChannel;
use hubledger_core::id::ChannelId;
use hubledger_core::notice::Notice;
use hubledger_core::partner::{Company, Owner};
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::price::PriceData;
use hubledger_core::rule::{OutdatedCard, Rules, Setting};
use hubledger_store::{ChannelRow, ClosedMonth, HubRow, Read};

use crate::error::{About, Code, Error};

/// A hub with everything that decides about it.
#[derive(Debug)]
pub(crate) struct HubDesk {
    pub(crate) owner: Owner,
    pub(crate) row: HubRow,
    pub(crate) closed: Vec<ClosedMonth>,
    pub(crate) settings: Vec<Setting>,
    pub(crate) plans: Vec<PlanFrom>,
    /// Notice that was given of the plan.
    pub(crate) notice: Option<Notice>,
    /// The newest month that something is booked in.
    pub(crate) last_booked: Option<BillingPeriod>,
}

impl HubDesk {
    pub(crate) fn find(r: &Read<'_>, id: &str) -> Result<Self, Error> {
        let row = r
            .hub(id.trim())?
            .ok_or_else(|| Error::new(Code::HubNotFound, [id.trim()]))?;
        Self::of(r, row)
    }

    pub(crate) fn of(r: &Read<'_>, row: HubRow) -> Result<Self, Error> {
        Ok(Self {
            owner: r.book()?.owner,
            closed: r.closed_months(row.key)?,
            settings: r.settings(row.key)?,
            plans: r.plans(row.key)?,
            notice: r.plan_notice(row.key)?,
            last_booked: r.last_booked_month(row.key)?,
            row,
        })
    }

    /// All hubs of the book.
    pub(crate) fn all(r: &Read<'_>) -> Result<Vec<Self>, Error> {
        r.hubs()?.into_iter().map(|row| Self::of(r, row)).collect()
    }

    /// One hub, or all.
    pub(crate) fn some(r: &Read<'_>, id: Option<&str>) -> Result<Vec<Self>, Error> {
        match id {
            Some(id) => Ok(vec![Self::find(r, id)?]),
            None => Self::all(r),
        }
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.row.hub
    }

    pub(crate) fn key(&self) -> i64 {
        self.row.key
    }

    pub(crate) fn currency(&self) -> Currency {
        self.row.hub.currency
    }

    pub(crate) fn last_closed(&self) -> Option<ClosedMonth> {
        self.closed.last().copied()
    }

    pub(crate) fn closed_month(&self, month: BillingPeriod) -> Option<ClosedMonth> {
        self.closed.iter().find(|c| c.month == month).copied()
    }

    /// The first month that is not closed.
    pub(crate) fn first_open(&self) -> BillingPeriod {
        self.last_closed()
            .map_or(self.row.hub.first_month, |c| c.month.next())
    }

    /// When an event of a day is booked: on its day, or, if its month is closed, on the first
    /// day of the first open month (`billing-models` 9).
    pub(crate) fn days_for(&self, own: Date) -> Days {
        let first = self.first_open().first_day();
        if own < first {
            Days {
                booked: first,
                own: Some(own),
            }
        } else {
            Days::on(own)
        }
    }

    pub(crate) fn rules(&self, month: BillingPeriod) -> Rules {
        Rules::in_force(&self.settings, month)
    }

    /// What the hub has chosen for a day on which no card holds any more.
    pub(crate) fn outdated_card(&self, day: Date) -> OutdatedCard {
        OutdatedCard::in_force(&self.settings, BillingPeriod::containing(day))
    }

    /// The last day of the plan, once notice was given.
    pub(crate) fn plan_ends(&self) -> Option<Date> {
        self.notice.map(|notice| notice.last_day)
    }

    pub(crate) fn ledger(&self, channel: Option<ChannelId>) -> Ledger {
        Ledger::of(self.owner, &self.row.hub, channel)
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.row.hub.model == BillingModel::PartnerPaid
    }

    /// Whether the owner of the book pays for channels, messages and calls.
    pub(crate) fn is_ours(&self) -> bool {
        self.row.hub.usage_is_ours(self.owner)
    }

    /// Refuses a month that the hub does not have in this book.
    pub(crate) fn check_month(&self, month: BillingPeriod) -> Result<(), Error> {
        let hub = self.hub();
        if month < hub.first_month {
            return Err(hubledger_core::Error::MonthBeforeTheBooks {
                hub: hub.id.to_string(),
                month: month.to_string(),
                first: hub.first_month.to_string(),
            }
            .into());
        }
        match hub.closed_on {
            // What comes late after the end is booked in the month behind it, which then closes too.
            Some(on) if month > self.last_month(on) => {
                Err(hubledger_core::Error::MonthAfterTheHub {
                    hub: hub.id.to_string(),
                    on: on.to_string(),
                    month: month.to_string(),
                }
                .into())
            }
            _ => Ok(()),
        }
    }

    /// Refuses to add to a hub that is closed.
    pub(crate) fn check_is_open(&self) -> Result<(), Error> {
        match self.hub().closed_on {
            Some(on) => Err(hubledger_core::Error::HubIsClosed {
                hub: self.hub().id.to_string(),
                on: on.to_string(),
            }
            .into()),
            None => Ok(()),
        }
    }

    /// The last month of a hub that ended on a day: that of the day, or of what came late.
    fn last_month(&self, ended: Date) -> BillingPeriod {
        let own = BillingPeriod::containing(ended);
        self.last_booked.map_or(own, |booked| booked.max(own))
    }

    /// Months that are not closed, from the first up to the month of a day, and within the
    /// hub's life.
    pub(crate) fn open_months(&self, today: Date) -> Vec<BillingPeriod> {
        let this = BillingPeriod::containing(today);
        let last = self
            .hub()
            .closed_on
            .map_or(this, |on| self.last_month(on).min(this));
        self.first_open().through(last).collect()
    }

    /// What the hub's fees cost in a month.
    pub(crate) fn fee_prices<'a>(
        &self,
        prices: &'a PriceData,
        month: BillingPeriod,
        rules: &'a Rules,
    ) -> FeePrices<'a> {
        FeePrices {
            prices,
            currency: self.currency(),
            month,
            rules,
        }
    }

    pub(crate) fn card_fee(&self, with: &FeePrices<'_>) -> Result<CardFee, Error> {
        Ok(CardFee {
            method: self.row.pay_by,
            fraction: with.card_fee()?,
        })
    }
}

/// A channel with its hub.
pub(crate) fn find_channel(r: &Read<'_>, id: &str) -> Result<ChannelRow, Error> {
    r.channel(id.trim())?
        .ok_or_else(|| Error::new(Code::ChannelNotFound, [id.trim()]))
}

/// Which balance a person named: the shared one of a hub, or the one of a channel.
pub(crate) fn find_balance(
    r: &Read<'_>,
    hub: Option<&str>,
    channel: Option<&str>,
) -> Result<(HubDesk, Option<ChannelRow>), Error> {
    use hubledger_core::top_up::BalanceKind;
    let given = |text: Option<&str>| {
        text.map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
    };
    match (given(hub), given(channel)) {
        (hub, Some(channel)) => {
            let channel = find_channel(r, &channel).about("channel")?;
            if let Some(hub) = hub.filter(|hub| *hub != channel.hub.as_str()) {
                let details = [channel.channel.id.as_str(), channel.hub.as_str(), &hub];
                return Err(Error::new(Code::ChannelOfAnotherHub, details).at("channel"));
            }
            let desk = HubDesk::find(r, channel.hub.as_str())?;
            BalanceKind::OfChannel
                .check_exists(desk.hub())
                .about("channel")?;
            Ok((desk, Some(channel)))
        }
        (Some(hub), None) => {
            let desk = HubDesk::find(r, &hub).about("hub")?;
            BalanceKind::Shared.check_exists(desk.hub()).about("hub")?;
            Ok((desk, None))
        }
        (None, None) => Err(Error::new(Code::ChooseHubOrChannel, []).at("hub")),
    }
}

/// The company as it stands in a month.
pub(crate) fn company_in(r: &Read<'_>, month: BillingPeriod) -> Result<Company, Error> {
    let companies = r.companies()?;
    companies
        .iter()
        .rev()
        .find(|c| c.from <= month)
        .or(companies.first())
        .map(|c| c.company.clone())
        .ok_or_else(|| Error::new(Code::BookDamaged, ["The book"]))
}

/// How invoices name a channel today.
pub(crate) fn label(row: &ChannelRow) -> InvoicedChannel {
    InvoicedChannel {
        id: row.channel.id.clone(),
        name: row.channel.name.clone(),
        phone: row.channel.phone.clone(),
        client_name: row.client_name.clone(),
    }
}

/// A day that was typed; today where the field is empty.
pub(crate) fn day_or(text: &str, today: Date) -> Result<Date, hubledger_core::Error> {
    if text.trim().is_empty() {
        Ok(today)
    } else {
        parse_date(text)
    }
}

/// A day that was typed, or none.
pub(crate) fn optional_day(text: &str) -> Result<Option<Date>, hubledger_core::Error> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        parse_date(text).map(Some)
    }
}
