//! Plans and licences as charges, and how lists call channels.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use hubledger_core::fee::Fee;
use hubledger_core::hub_invoice::LineKind;
use hubledger_core::id::ChannelId;
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_store::{ChannelRow, Read};

use crate::desk::HubDesk;
use crate::error::Error;
use crate::month::{fees_of, is_pro_rata};
use crate::show;
use crate::view::{ChannelLabelView, ChargeKind, ChargeState, ChargeView, ShareView};

/// What an id of a plan's or licence's charge begins with.
pub(crate) const FEE_PREFIX: &str = "fee/";
/// What stands in it where others have their channel. No channel can be called so.
const PLAN: &str = "~plan";

/// A plan's or licence's charge with what names it.
pub(crate) struct FeeCharge {
    /// Its number among those of its channel, or of the plan, in the month.
    n: usize,
    pub(crate) month: BillingPeriod,
    pub(crate) channel: Option<FeeChannel>,
    pub(crate) fee: Fee,
    /// The rule by which its share of the month was worked out when it was frozen.
    proration: Option<String>,
}

/// The channel that a licence is for.
#[derive(Clone)]
pub(crate) struct FeeChannel {
    pub(crate) id: ChannelId,
    /// Where it stands among the labels; none for one that is gone.
    place: Option<usize>,
}

/// The rule for shares of a month in force in the month that a line is for.
pub(crate) fn proration_of(desk: &HubDesk, month: BillingPeriod, kind: &LineKind) -> &'static str {
    let month = match kind {
        LineKind::LateLicence { month, .. } => *month,
        _ => month,
    };
    desk.rules(month).proration.as_str()
}

/// Fees of a hub's month: frozen ones as they were kept, others worked out. `labels` are of its channels.
pub(crate) fn fee_charges(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
    labels: &Labels,
) -> Result<Vec<FeeCharge>, Error> {
    let mut had: HashMap<Option<usize>, usize> = HashMap::new();
    let mut new = |channel: Option<FeeChannel>, fee, proration| {
        let n = had
            .entry(channel.as_ref().and_then(|c| c.place))
            .or_default();
        *n += 1;
        FeeCharge {
            n: *n,
            month,
            channel,
            fee,
            proration,
        }
    };
    if desk.closed_month(month).is_some() {
        let lines = r.month_lines(desk.key(), desk.currency(), month)?;
        let fees = lines.into_iter().filter(|l| is_fee(&l.line.kind));
        let charges = fees.map(|l| {
            let channel = l.line.channel.map(|channel| FeeChannel {
                place: labels.place(channel.id.as_str()),
                id: channel.id,
            });
            let fee = Fee {
                kind: l.line.kind,
                unit_price: l.line.unit_price.unwrap_or(l.line.amount),
                amount: l.line.amount,
            };
            new(channel, fee, l.proration)
        });
        return Ok(charges.collect());
    }
    if desk.check_month(month).is_err() {
        return Ok(Vec::new());
    }
    let fees = fees_of(r, desk, month, &labels.rows)?;
    let charges = fees.map(|(row, fee)| {
        let channel = row.map(|row| FeeChannel {
            id: row.channel.id.clone(),
            place: labels.by_key.get(&row.key).copied(),
        });
        new(channel, fee, None)
    });
    Ok(charges.collect())
}

pub(crate) fn is_fee(kind: &LineKind) -> bool {
    matches!(
        kind,
        LineKind::Plan { .. }
            | LineKind::PlanUpgrade { .. }
            | LineKind::Licence { .. }
            | LineKind::ProRataLicence { .. }
            | LineKind::TierUpgrade { .. }
            | LineKind::LateLicence { .. }
    )
}

impl FeeCharge {
    pub(crate) fn id(&self, desk: &HubDesk) -> String {
        let of = self.channel.as_ref().map_or(PLAN, |c| c.id.as_str());
        format!(
            "{FEE_PREFIX}{}/{}/{of}/{}",
            desk.hub().id,
            self.month,
            self.n
        )
    }

    pub(crate) fn kind(&self) -> ChargeKind {
        match self.fee.kind {
            LineKind::Plan { .. } | LineKind::PlanUpgrade { .. } => ChargeKind::Plan,
            ref kind if is_pro_rata(kind) => ChargeKind::ProRataLicence,
            _ => ChargeKind::Licence,
        }
    }

    pub(crate) fn day(&self) -> Date {
        match self.fee.kind {
            LineKind::Plan {
                from: Some(from), ..
            }
            | LineKind::PlanUpgrade { from, .. }
            | LineKind::ProRataLicence { from, .. }
            | LineKind::TierUpgrade { from, .. } => from,
            LineKind::LateLicence { month, .. } => month.first_day(),
            _ => self.month.first_day(),
        }
    }

    /// The day that it is listed under.
    pub(crate) fn shown_day(&self) -> Date {
        match self.fee.kind {
            LineKind::LateLicence { .. } => self.month.first_day(),
            _ => self.day(),
        }
    }

    pub(crate) fn view(&self, desk: &HubDesk, labels: &Labels) -> ChargeView {
        let late = matches!(self.fee.kind, LineKind::LateLicence { .. });
        ChargeView {
            id: self.id(desk),
            kind: self.kind(),
            day: self.day().to_string(),
            booked_on: late.then(|| self.month.first_day().to_string()),
            channel: self
                .channel
                .as_ref()
                .and_then(|c| labels.row(c))
                .map(show::channel_label),
            country: None,
            market: String::new(),
            category: None,
            pricing_type: None,
            quantity: "1".to_owned(),
            rate: Some(show::decimal(self.fee.unit_price.amount())),
            amount: Some(self.fee.amount.into()),
            state: ChargeState::Fee,
            estimated: false,
            reverses: None,
            reversed_by: None,
            can_reverse: false,
            paid_by_client: self.channel.is_some() && !desk.is_ours(),
        }
    }

    pub(crate) fn share(&self, desk: &HubDesk) -> Option<ShareView> {
        let (from, share) = match self.fee.kind {
            LineKind::Plan {
                from: Some(from),
                share: Some(share),
                ..
            }
            | LineKind::PlanUpgrade { from, share, .. }
            | LineKind::ProRataLicence { from, share, .. }
            | LineKind::TierUpgrade { from, share, .. } => (from, share),
            LineKind::LateLicence {
                month,
                share: Some(share),
                ..
            } => (month.first_day(), share),
            _ => return None,
        };
        Some(ShareView {
            from: from.to_string(),
            days: share.days,
            of: share.of,
            rule: self
                .proration
                .clone()
                .unwrap_or_else(|| proration_of(desk, self.month, &self.fee.kind).to_owned()),
            full_price: self.fee.unit_price.into(),
        })
    }
}

/// How channels are called, looked up once a page.
pub(crate) struct Labels {
    rows: Vec<ChannelRow>,
    by_key: HashMap<i64, usize>,
    /// By the ids of channels, and of clients any of their channels: made where they are asked for.
    by_id: OnceCell<HashMap<String, usize>>,
    by_client: OnceCell<HashMap<String, usize>>,
}

impl Labels {
    pub(crate) fn of(r: &Read<'_>, hub: Option<i64>) -> Result<Self, Error> {
        Ok(Self::from(r.channels(hub)?))
    }

    /// Of one channel alone.
    pub(crate) fn of_channel(r: &Read<'_>, key: i64) -> Result<Self, Error> {
        Ok(Self::from(r.channel_by_key(key)?.into_iter().collect()))
    }

    fn from(rows: Vec<ChannelRow>) -> Self {
        Self {
            by_key: rows.iter().map(|c| c.key).zip(0..).collect(),
            by_id: OnceCell::new(),
            by_client: OnceCell::new(),
            rows,
        }
    }

    pub(crate) fn by_key(&self, key: i64) -> Option<ChannelLabelView> {
        let row = self.rows.get(*self.by_key.get(&key)?)?;
        Some(show::channel_label(row))
    }

    fn place(&self, id: &str) -> Option<usize> {
        let by_id = self.by_id.get_or_init(|| {
            let ids = self.rows.iter().map(|c| c.channel.id.to_string());
            ids.zip(0..).collect()
        });
        by_id.get(id).copied()
    }

    fn row(&self, channel: &FeeChannel) -> Option<&ChannelRow> {
        self.rows.get(channel.place?)
    }

    /// What a channel is called, by its id.
    pub(crate) fn name_by_id(&self, id: &str) -> Option<Cow<'_, str>> {
        Some(name_of(self.rows.get(self.place(id)?)?))
    }

    /// The name of a client that has a channel here, by its id.
    pub(crate) fn client_by_id(&self, id: &str) -> Option<&str> {
        let by_client = self.by_client.get_or_init(|| {
            let ids = self.rows.iter().map(|c| c.channel.client.to_string());
            ids.zip(0..).collect()
        });
        let row = self.rows.get(*by_client.get(id)?)?;
        Some(&row.client_name)
    }

    /// A channel's id and what it is called.
    pub(crate) fn name_of(&self, channel: &FeeChannel) -> Option<(&str, Cow<'_, str>)> {
        let row = self.row(channel)?;
        Some((row.channel.id.as_str(), name_of(row)))
    }

    /// The id and the name of a channel's client.
    pub(crate) fn client_of(&self, channel: &FeeChannel) -> Option<(&str, Cow<'_, str>)> {
        let row = self.row(channel)?;
        Some((row.channel.client.as_str(), row.client_name.as_str().into()))
    }
}

/// A channel's name; its number where it has none.
fn name_of(row: &ChannelRow) -> Cow<'_, str> {
    if row.channel.name.is_empty() {
        row.channel.phone.to_string().into()
    } else {
        row.channel.name.as_str().into()
    }
}
