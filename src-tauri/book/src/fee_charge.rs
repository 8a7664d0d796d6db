//! Plans and licences as charges, and how lists call channels.

use std::collections::HashMap;

use hubledger_core::fee::Fee;
use hubledger_core::hub_invoice::{InvoicedChannel, LineKind};
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_store::{ChannelRow, Read};

use crate::desk::HubDesk;
use crate::error::Error;
use crate::month::{fees_of, is_pro_rata};
use crate::show;
use crate::view::{ChannelLabelView, ChargeKind, ChargeState, ChargeView, ShareView};

/// What an id of a plan's or licence's charge begins with.
pub(crate) const FEE_PREFIX: &str = "fee/";

/// A plan's or licence's charge with what names it.
pub(crate) struct FeeCharge {
    pub(crate) id: String,
    pub(crate) month: BillingPeriod,
    pub(crate) channel: Option<InvoicedChannel>,
    pub(crate) fee: Fee,
    /// The rule by which its share of the month is worked out, or was when it was frozen.
    proration: String,
}

/// The rule for shares of a month in force in the month that a line is for.
pub(crate) fn proration_of(desk: &HubDesk, month: BillingPeriod, kind: &LineKind) -> &'static str {
    let month = match kind {
        LineKind::LateLicence { month, .. } => *month,
        _ => month,
    };
    desk.rules(month).proration.as_str()
}

/// Fees of a hub's month: frozen ones as they were kept, others worked out.
pub(crate) fn fee_charges(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
) -> Result<Vec<FeeCharge>, Error> {
    let fees: Vec<(Option<InvoicedChannel>, Fee, Option<String>)> =
        if desk.closed_month(month).is_some() {
            let lines = r.month_lines(desk.key(), desk.currency(), month)?;
            let fees = lines.into_iter().filter(|l| is_fee(&l.line.kind)).map(|l| {
                let unit_price = l.line.unit_price.unwrap_or(l.line.amount);
                (
                    l.line.channel,
                    Fee {
                        kind: l.line.kind,
                        unit_price,
                        amount: l.line.amount,
                    },
                    l.proration,
                )
            });
            fees.collect()
        } else if desk.check_month(month).is_ok() {
            let fees = fees_of(r, desk, month)?.into_iter();
            fees.map(|(channel, fee)| (channel, fee, None)).collect()
        } else {
            Vec::new()
        };
    Ok(fees
        .into_iter()
        .zip(1..)
        .map(|((channel, fee, rule), n)| FeeCharge {
            proration: rule.unwrap_or_else(|| proration_of(desk, month, &fee.kind).to_owned()),
            id: format!("{FEE_PREFIX}{}/{month}/{n}", desk.hub().id),
            month,
            channel,
            fee,
        })
        .collect())
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
            id: self.id.clone(),
            kind: self.kind(),
            day: self.day().to_string(),
            booked_on: late.then(|| self.month.first_day().to_string()),
            channel: self
                .channel
                .as_ref()
                .and_then(|c| labels.by_id(c.id.as_str())),
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

    pub(crate) fn share(&self) -> Option<ShareView> {
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
            rule: self.proration.clone(),
            full_price: self.fee.unit_price.into(),
        })
    }
}

/// How channels are called, looked up once a page.
pub(crate) struct Labels {
    pub(crate) by_key: HashMap<i64, ChannelRow>,
    keys: HashMap<String, i64>,
}

impl Labels {
    pub(crate) fn of(r: &Read<'_>, hub: Option<i64>) -> Result<Self, Error> {
        let rows = r.channels(hub)?;
        let keys = rows
            .iter()
            .map(|c| (c.channel.id.to_string(), c.key))
            .collect();
        Ok(Self {
            by_key: rows.into_iter().map(|c| (c.key, c)).collect(),
            keys,
        })
    }

    pub(crate) fn by_key(&self, key: i64) -> Option<ChannelLabelView> {
        self.by_key.get(&key).map(show::channel_label)
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<ChannelLabelView> {
        self.keys.get(id).and_then(|key| self.by_key(*key))
    }

    pub(crate) fn client_of(&self, id: &str) -> Option<(String, String)> {
        let row = self.keys.get(id).and_then(|key| self.by_key.get(key))?;
        Some((row.channel.client.to_string(), row.client_name.clone()))
    }
}
