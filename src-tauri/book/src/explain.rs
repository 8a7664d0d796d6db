//! Why this number? Each charge names its row and file, its card and rate, its share of a month,
//! its reason where it costs nothing, and where it went. Nothing is worked out anew here.

use hubledger_core::channel::{Channel, KeptPrice};
use hubledger_core::hub_invoice::{HubInvoiceKind, LineKind, reference};
use hubledger_core::period::BillingPeriod;
use hubledger_core::price::{CardKind, PriceData, RateCard};
use hubledger_core::rating::{EstimateReason, FreeReason, UnratedReason, steps_of};
use hubledger_core::usage::Category;
use hubledger_core::volume::{Counted, PULSES_A_MINUTE, Slice, split};
use hubledger_store::{ChannelRow, ChargeRow, NewCharge, Read, StoredOutcome, StoredReason};
use rust_decimal::Decimal;

use crate::Book;
use crate::charge::{desk_of, find_charge, money, usage_view};
use crate::desk::{HubDesk, find_channel};
use crate::error::{Code, Error};
use crate::fee_charge::{FEE_PREFIX, FeeCharge, Labels, fee_charges};
use crate::file::count;
use crate::moment::Moment;
use crate::said::SourceWord;
use crate::show;
use crate::view::{
    CardNameView, ChargeKind, ExplainView, PriceUsedView, ReasonCode, ReasonView, SliceView,
    SourceView, VolumeUsedView,
};

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
        StoredReason::Estimate(EstimateReason::TierUnknown) => ReasonCode::VolumeUnknown,
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

/// The parts of a row's quantity by the rate that each has, as its card and its place on the
/// volume steps say it; none where no card priced it, or where it takes another back.
fn name_of_card(card: &RateCard) -> CardNameView {
    CardNameView {
        kind: card.kind.to_string(),
        currency: card.currency.into(),
        effective_from: card.effective_from.map(|day| day.to_string()),
    }
}

fn slices_of(prices: &PriceData, charge: &NewCharge, market: &str) -> Vec<Slice> {
    let charged = u64::try_from(charge.quantity - charge.priced.free).unwrap_or(0);
    let (Some(card), None) = (charge.priced.card, charge.reverses) else {
        return Vec::new();
    };
    let ladder = prices
        .card(card)
        .and_then(|card| steps_of(charge.category, card, market));
    match (charge.priced.counted, ladder, charge.priced.rate) {
        (Some(Counted::Before(before)), Some(ladder), _) => {
            split(ladder, charge.category, before, charged)
        }
        (_, _, Some(rate)) => vec![Slice {
            from: 1,
            quantity: charged,
            rate,
        }],
        _ => Vec::new(),
    }
}

/// Messages, or minutes of calls to the pulse.
fn units(category: Category, counted: u64) -> String {
    match category {
        Category::Call => show::decimal(Decimal::from(counted) / Decimal::from(PULSES_A_MINUTE)),
        _ => counted.to_string(),
    }
}

fn volume_view(charge: &NewCharge, slices: &[Slice]) -> Option<VolumeUsedView> {
    let counted = match charge.priced.counted? {
        Counted::Before(before) => Some(units(charge.category, before)),
        Counted::Unknown => None,
    };
    let slices = slices.iter().map(|slice| SliceView {
        from: slice.from.to_string(),
        quantity: slice.quantity.to_string(),
        rate: show::decimal(slice.rate),
    });
    Some(VolumeUsedView {
        counted,
        slices: slices.collect(),
    })
}

/// How the card's price came about, written down.
fn sum_of(charge: &NewCharge, slices: &[Slice]) -> Option<String> {
    let rated = charge.priced.rated?;
    if slices.is_empty() {
        return None;
    }
    let parts: Vec<_> = slices
        .iter()
        .map(|slice| format!("{} × {}", slice.quantity, show::decimal(slice.rate)))
        .collect();
    let sum = parts.join(" + ");
    let sum = match (charge.category, slices.len()) {
        (Category::Call, 1) => format!("{sum} ÷ {PULSES_A_MINUTE}"),
        (Category::Call, _) => format!("({sum}) ÷ {PULSES_A_MINUTE}"),
        _ => sum,
    };
    Some(format!("{sum} = {}", show::decimal(rated)))
}

fn explain_usage(r: &Read<'_>, id: &str) -> Result<ExplainView, Error> {
    let row = find_charge(r, id)?;
    let charge = &row.charge;
    let desk = desk_of(r, charge.hub)?;
    let labels = Labels::of_channel(r, charge.channel)?;
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
    let slices = slices_of(&prices, charge, &view.market);
    let price = charge
        .priced
        .card
        .and_then(|card| prices.card(card))
        .map(|card| {
            let rates: Vec<_> = slices.iter().map(|s| show::decimal(s.rate)).collect();
            PriceUsedView {
                card: card.name.clone(),
                of: Some(name_of_card(card)),
                source: card.source.clone(),
                source_word: SourceWord::of(&card.source),
                effective_from: card.effective_from.map(|d| d.to_string()),
                rate: charge
                    .priced
                    .rate
                    .map_or_else(|| rates.join(", "), show::decimal),
                per: if charge.category == Category::Call {
                    "minute"
                } else {
                    "message"
                }
                .to_owned(),
                market: view.market.clone(),
            }
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
        volume: volume_view(charge, &slices),
        free: (charge.priced.free > 0).then(|| charge.priced.free.to_string()),
        sum: sum_of(charge, &slices),
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

/// The price that a licence was charged by, where its channel keeps one.
fn kept_price<'a>(fee: &FeeCharge, channel: &'a Channel) -> Option<&'a KeptPrice> {
    let (tier, month) = match fee.fee.kind {
        LineKind::Licence { tier }
        | LineKind::ProRataLicence { tier, .. }
        | LineKind::TierUpgrade { tier, .. } => (tier, fee.month),
        LineKind::LateLicence { tier, month, .. } => (tier, month),
        _ => return None,
    };
    let kept = channel.kept_price(tier, month);
    kept.filter(|kept| kept.price.is_some())
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
    let labels = Labels::of(r, Some(desk.key()))?;
    let fee = fee_charges(r, &desk, month, &labels)?
        .into_iter()
        .find(|fee| fee.id(&desk) == id.trim())
        .ok_or_else(missing)?;
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
    let row = fee
        .channel
        .as_ref()
        .map(|channel| find_channel(r, channel.id.as_str()))
        .transpose()?;
    let kept = row.as_ref().and_then(|row| kept_price(&fee, &row.channel));
    let (name, source, from) = match kept {
        Some(kept) => (
            "Price that the channel keeps".to_owned(),
            kept.reason.clone(),
            Some(kept.from.first_day()),
        ),
        None => (
            card.map(|card| card.name.clone()).unwrap_or_default(),
            card.map(|card| card.source.clone()).unwrap_or_default(),
            card.and_then(|card| card.effective_from),
        ),
    };
    Ok(ExplainView {
        price: (kept.is_some() || card.is_some()).then(|| PriceUsedView {
            card: name,
            of: card.filter(|_| kept.is_none()).map(name_of_card),
            source_word: SourceWord::of(&source),
            source,
            effective_from: from.map(|d| d.to_string()),
            rate: show::decimal(fee.fee.unit_price.amount()),
            per: "month".to_owned(),
            market: String::new(),
        }),
        source: None,
        reported: None,
        rated: Some(fee.fee.amount.into()),
        difference: None,
        reason: None,
        share: fee.share(&desk),
        volume: None,
        free: None,
        sum: fee.share(&desk).map(|share| {
            format!(
                "{} × {} ÷ {} = {}",
                show::decimal(fee.fee.unit_price.amount()),
                share.days,
                share.of,
                show::decimal(fee.fee.amount.amount())
            )
        }),
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
