//! Why this number? Each charge names its row and file, its card and rate, its share of a month,
//! its reason where it costs nothing, and where it went. Nothing is worked out anew here.

use hubledger_core::hub_invoice::{HubInvoiceKind, reference};
use hubledger_core::period::BillingPeriod;
use hubledger_core::price::{CardKind, PriceData};
use hubledger_core::rating::{EstimateReason, FreeReason, UnratedReason};
use hubledger_core::usage::Category;
use hubledger_store::{ChannelRow, ChargeRow, Read, StoredOutcome, StoredReason};

use crate::Book;
use crate::charge::{desk_of, find_charge, money, usage_view};
use crate::desk::{HubDesk, find_channel};
use crate::error::{Code, Error};
use crate::fee_charge::{FEE_PREFIX, Labels, fee_charges};
use crate::file::count;
use crate::moment::Moment;
use crate::show;
use crate::view::{ChargeKind, ExplainView, PriceUsedView, ReasonCode, ReasonView, SourceView};

fn reason(r: &Read<'_>, row: &ChargeRow, prices: &PriceData) -> Result<Option<ReasonView>, Error> {
    let priced = &row.charge.priced;
    if priced.outcome == StoredOutcome::Waived {
        let text = r.waived(row.key)?.unwrap_or_default();
        return Ok(Some(ReasonView {
            code: ReasonCode::Waived,
            text,
        }));
    }
    let code = match priced.reason {
        StoredReason::None | StoredReason::ByHand => return Ok(None),
        StoredReason::Free(FreeReason::CustomerServiceWindow) => ReasonCode::CustomerServiceWindow,
        StoredReason::Free(FreeReason::FreeEntryPoint) => ReasonCode::FreeEntryPoint,
        StoredReason::Free(FreeReason::ServiceIsFree) => ReasonCode::ServiceIsFree,
        StoredReason::Free(FreeReason::Allowance) => ReasonCode::FreeAllowance,
        StoredReason::Unrated(UnratedReason::NoCard) => ReasonCode::NoCard,
        StoredReason::Unrated(UnratedReason::CardOutdated) => ReasonCode::CardOutdated,
        StoredReason::Unrated(UnratedReason::MarketNotOnCard) => ReasonCode::MarketNotOnCard,
        StoredReason::Estimate(EstimateReason::OutdatedCard) => ReasonCode::EstimatedByLastCard,
    };
    let text = match code {
        ReasonCode::CardOutdated | ReasonCode::EstimatedByLastCard => prices
            .last_change(CardKind::Messages)
            .map(|d| d.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    };
    Ok(Some(ReasonView { code, text }))
}

fn explain_usage(r: &Read<'_>, id: &str) -> Result<ExplainView, Error> {
    let row = find_charge(r, id)?;
    let charge = &row.charge;
    let desk = desk_of(r, charge.hub)?;
    let labels = Labels::of(r, Some(charge.hub))?;
    let prices = r.price_data()?;
    let view = usage_view(r, &desk, &labels, &row)?;
    let source = charge
        .import
        .map(|import| r.import(import))
        .transpose()?
        .flatten()
        .map(|import| SourceView {
            file: import.file,
            line: count(charge.line),
            brought_in: import.brought_in,
            sha256: import.sha256,
        });
    let used = charge
        .priced
        .card
        .and_then(|card| prices.card(card))
        .zip(charge.priced.rate);
    let price = used.map(|(card, rate)| PriceUsedView {
        card: card.name.clone(),
        source: card.source.clone(),
        effective_from: card.effective_from.map(|d| d.to_string()),
        rate: show::decimal(rate),
        per: if charge.category == Category::Call {
            "minute"
        } else {
            "message"
        }
        .to_owned(),
        market: view.market.clone(),
    });
    let difference = charge
        .priced
        .cost
        .zip(charge.priced.rated)
        .map(|(cost, rated)| money(&desk, cost - rated));
    let mut related: Vec<String> = charge.reverses.iter().map(ToString::to_string).collect();
    related.extend(
        r.charge_reversing(row.key)?
            .map(|back| back.key.to_string()),
    );
    let channel = (!desk.is_shared()).then_some(charge.channel);
    let month = BillingPeriod::containing(charge.booked);
    let channel_id = labels.by_key(charge.channel).map(|c| c.id);
    let invoiced = if desk.is_shared() {
        None
    } else {
        view_channel(r, channel_id.as_deref())?
    };
    let invoice = desk.is_ours().then(|| {
        let channel = invoiced.as_ref().map(|row| &row.channel.id);
        reference(&desk.hub().id, month, HubInvoiceKind::MonthClosing, channel)
    });
    Ok(ExplainView {
        source,
        price,
        reported: charge.priced.cost.map(|c| money(&desk, c)),
        rated: charge.priced.rated.map(|a| money(&desk, a)),
        difference,
        reason: reason(r, &row, &prices)?,
        share: None,
        related,
        invoice,
        balance: if desk.is_shared() {
            Some(desk.hub().id.to_string())
        } else {
            channel_id
        },
        day_total: Some(
            r.day_total(charge.hub, desk.currency(), charge.booked, channel)?
                .into(),
        ),
        charge: view,
    })
}

fn view_channel(r: &Read<'_>, id: Option<&str>) -> Result<Option<ChannelRow>, Error> {
    id.map(|id| find_channel(r, id)).transpose()
}

fn explain_fee(r: &Read<'_>, id: &str) -> Result<ExplainView, Error> {
    let missing = || Error::new(Code::ChargeNotFound, [id.trim()]);
    let rest = id.trim().strip_prefix(FEE_PREFIX).ok_or_else(missing)?;
    let mut parts = rest.split('/');
    let (Some(hub), Some(month)) = (parts.next(), parts.next()) else {
        return Err(missing());
    };
    let desk = HubDesk::find(r, hub).map_err(|_| missing())?;
    let month = BillingPeriod::parse(month).map_err(|_| missing())?;
    let fee = fee_charges(r, &desk, month)?
        .into_iter()
        .find(|fee| fee.id == id.trim())
        .ok_or_else(missing)?;
    let labels = Labels::of(r, Some(desk.key()))?;
    let prices = r.price_data()?;
    let card = prices
        .card_on(CardKind::Fees, desk.currency(), month.first_day())
        .ok();
    let kind = match fee.kind() {
        ChargeKind::Plan => HubInvoiceKind::PartnerPlan,
        ChargeKind::ProRataLicence => HubInvoiceKind::ProRataLicence,
        _ => HubInvoiceKind::Licence,
    };
    let channel = fee
        .channel
        .as_ref()
        .filter(|_| !desk.is_shared())
        .map(|c| &c.id);
    let is_invoiced_here = desk.is_ours() || fee.channel.is_none();
    Ok(ExplainView {
        price: card.map(|card| PriceUsedView {
            card: card.name.clone(),
            source: card.source.clone(),
            effective_from: card.effective_from.map(|d| d.to_string()),
            rate: show::decimal(fee.fee.unit_price.amount()),
            per: "month".to_owned(),
            market: String::new(),
        }),
        source: None,
        reported: None,
        rated: Some(fee.fee.amount.into()),
        difference: None,
        reason: None,
        share: fee.share(),
        related: Vec::new(),
        invoice: is_invoiced_here.then(|| reference(&desk.hub().id, month, kind, channel)),
        balance: None,
        day_total: None,
        charge: fee.view(&desk, &labels),
    })
}

impl Book {
    /// Why this number?
    pub fn explain(&self, charge: &str, _at: Moment) -> Result<ExplainView, Error> {
        self.read(|r| {
            if charge.trim().starts_with(FEE_PREFIX) {
                explain_fee(r, charge)
            } else {
                explain_usage(r, charge)
            }
        })
    }
}
