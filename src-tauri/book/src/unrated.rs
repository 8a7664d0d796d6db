//! Charges without a price: listed, priced by a person, or let go with a reason.

use hubledger_core::money::{AmountRule, parse_amount};
use hubledger_core::text::required_line;
use hubledger_store::{ChargeRow, NewCharge, Priced, Read, StoredOutcome, StoredReason, Write};
use rust_decimal::Decimal;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::charge::{desk_of, find_charge, usage_view};
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::fee_charge::Labels;
use crate::form::{PriceChargeForm, WaiveForm};
use crate::moment::Moment;
use crate::posting::UsagePoster;
use crate::view::ChargeView;

fn find_unrated(r: &Read<'_>, id: &str) -> Result<ChargeRow, Error> {
    let row = find_charge(r, id).about("charge")?;
    if row.charge.priced.outcome == StoredOutcome::Unrated && row.charge.is_live {
        Ok(row)
    } else {
        Err(Error::new(Code::ChargeHasAPrice, [id.trim()]).at("charge"))
    }
}

impl Book {
    /// Charges without a price, oldest first.
    pub fn unrated(&self, hub: Option<&str>, _at: Moment) -> Result<Vec<ChargeView>, Error> {
        self.read(|r| {
            let mut views = Vec::new();
            for desk in HubDesk::some(r, hub)? {
                let labels = Labels::of(r, Some(desk.key()))?;
                for row in r.unrated_charges(Some(desk.key()))? {
                    views.push(usage_view(r, &desk, &labels, &row)?);
                }
            }
            Ok(views)
        })
    }

    /// Gives an unrated charge its cost.
    pub fn price_charge(&mut self, form: PriceChargeForm, at: Moment) -> Result<ChargeView, Error> {
        let cost = parse_amount(&form.cost, AmountRule::NonNegativeExact).about("cost")?;
        let act = Act::new(UseCase::PriceCharge, at).form(&form);
        self.write(act, |w| {
            settle_unrated(w, &form.charge, at, |priced| Priced {
                cost: Some(cost),
                amount: Some(cost),
                outcome: StoredOutcome::Reported,
                reason: StoredReason::ByHand,
                ..priced
            })
        })
    }

    /// Lets an unrated charge go, with the reason.
    pub fn waive(&mut self, form: WaiveForm, at: Moment) -> Result<ChargeView, Error> {
        let reason = required_line("The reason", &form.reason)
            .map_err(|e| match e {
                hubledger_core::Error::Empty { .. } => Error::new(Code::ReasonMissing, []),
                other => other.into(),
            })
            .about("reason")?;
        let act = Act::new(UseCase::Waive, at).form(&form);
        self.write(act, |w| {
            let row = find_unrated(w, &form.charge)?;
            w.note_waived(row.key, &reason, &at.stamp())?;
            settle_unrated(w, &form.charge, at, |priced| Priced {
                amount: Some(Decimal::ZERO),
                outcome: StoredOutcome::Waived,
                ..priced
            })
        })
    }
}

fn settle_unrated(
    w: &Write<'_>,
    charge: &str,
    at: Moment,
    price: impl FnOnce(Priced) -> Priced,
) -> Result<ChargeView, Error> {
    let row = find_unrated(w, charge)?;
    let desk = desk_of(w, row.charge.hub)?;
    let priced = price(row.charge.priced.clone());
    w.price_charge(row.key, &priced)?;
    let labels = Labels::of_channel(w, row.charge.channel)?;
    let channel = w.channel_by_key(row.charge.channel)?.map(|c| c.channel.id);
    let key = row.key;
    if let Some(channel) = channel {
        let mut poster = UsagePoster::new(&desk);
        poster.add(
            &channel,
            &NewCharge {
                priced,
                ..row.charge
            },
        )?;
        poster.post(w, None, at)?;
    }
    let row = find_charge(w, &key.to_string())?;
    usage_view(w, &desk, &labels, &row)
}
