//! Charges: listed, summed up, explained; the unrated ones priced or let go.

use std::collections::HashMap;
use std::io::BufWriter;
use std::path::Path;

use hubledger_core::fee::Fee;
use hubledger_core::hub_invoice::{HubInvoiceKind, InvoicedChannel, LineKind, reference};
use hubledger_core::money::{AmountRule, Money, parse_amount};
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::price::{CardKind, PriceData};
use hubledger_core::rating::{FreeReason, UnratedReason};
use hubledger_core::text::required_line;
use hubledger_core::usage::{Category, Place};
use hubledger_export::{Separator, TableCsv};
use hubledger_store::{
    ChannelRow, ChargeFilter, ChargeRow, GroupBy, NewCharge, Priced, Read, StoredOutcome,
    StoredReason,
};
use rust_decimal::Decimal;

use crate::Book;
use crate::desk::{HubDesk, find_channel};
use crate::error::{About, Code, Error};
use crate::file::{count, unwritable};
use crate::form::{ChargesForm, PriceChargeForm, SumBy, WaiveForm};
use crate::moment::Moment;
use crate::month::{fees_of, is_pro_rata};
use crate::posting::{UsagePoster, place_of};
use crate::show;
use crate::view::{
    ChannelLabelView, ChargeKind, ChargeState, ChargeSumView, ChargeView, ChargesView, ExplainView,
    MoneyView, PriceUsedView, ReasonCode, ReasonView, ShareView, SourceView,
};

/// The most rows of a page.
const MOST_ROWS: u32 = 1_000;

/// What an id of a plan's or licence's charge begins with.
const FEE_PREFIX: &str = "fee/";

/// A plan's or licence's charge with what names it.
struct FeeCharge {
    id: String,
    month: BillingPeriod,
    channel: Option<InvoicedChannel>,
    fee: Fee,
}

/// Fees of a hub's month: frozen ones as they were kept, others worked out.
fn fee_charges(
    r: &Read<'_>,
    desk: &HubDesk,
    month: BillingPeriod,
) -> Result<Vec<FeeCharge>, Error> {
    let fees: Vec<(Option<InvoicedChannel>, Fee)> = if desk.closed_month(month).is_some() {
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
            )
        });
        fees.collect()
    } else if desk.check_month(month).is_ok() {
        fees_of(r, desk, month)?
    } else {
        Vec::new()
    };
    Ok(fees
        .into_iter()
        .zip(1..)
        .map(|((channel, fee), n)| FeeCharge {
            id: format!("{FEE_PREFIX}{}/{month}/{n}", desk.hub().id),
            month,
            channel,
            fee,
        })
        .collect())
}

fn is_fee(kind: &LineKind) -> bool {
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
    fn kind(&self) -> ChargeKind {
        match self.fee.kind {
            LineKind::Plan { .. } | LineKind::PlanUpgrade { .. } => ChargeKind::Plan,
            ref kind if is_pro_rata(kind) => ChargeKind::ProRataLicence,
            _ => ChargeKind::Licence,
        }
    }

    fn day(&self) -> Date {
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

    fn view(&self, desk: &HubDesk, labels: &Labels) -> ChargeView {
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
            reverses: false,
            paid_by_client: self.channel.is_some() && !desk.is_ours(),
        }
    }

    fn share(&self) -> Option<ShareView> {
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
            full_price: self.fee.unit_price.into(),
        })
    }
}

/// How channels are called, looked up once a page.
struct Labels {
    by_key: HashMap<i64, ChannelRow>,
    keys: HashMap<String, i64>,
}

impl Labels {
    fn of(r: &Read<'_>, hub: Option<i64>) -> Result<Self, Error> {
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

    fn by_key(&self, key: i64) -> Option<ChannelLabelView> {
        self.by_key.get(&key).map(show::channel_label)
    }

    fn by_id(&self, id: &str) -> Option<ChannelLabelView> {
        self.keys.get(id).and_then(|key| self.by_key(*key))
    }

    fn client_of(&self, id: &str) -> Option<(String, String)> {
        let row = self.keys.get(id).and_then(|key| self.by_key.get(key))?;
        Some((row.channel.client.to_string(), row.client_name.clone()))
    }
}

fn usage_view(
    r: &Read<'_>,
    desk: &HubDesk,
    labels: &Labels,
    row: &ChargeRow,
) -> Result<ChargeView, Error> {
    let charge = &row.charge;
    let place = place_of(&r.place_name(charge.place)?);
    let country = match place {
        Place::Country(country) => Some(country.code().to_owned()),
        _ => None,
    };
    let state = match charge.priced.outcome {
        StoredOutcome::Rated => ChargeState::Rated,
        StoredOutcome::Reported => ChargeState::Reported,
        StoredOutcome::Free => ChargeState::Free,
        StoredOutcome::Unrated => ChargeState::Unrated,
        StoredOutcome::Waived => ChargeState::Waived,
    };
    Ok(ChargeView {
        id: row.key.to_string(),
        kind: if charge.category == Category::Call {
            ChargeKind::Calls
        } else {
            ChargeKind::Messages
        },
        day: charge.day.to_string(),
        booked_on: (charge.booked != charge.day).then(|| charge.booked.to_string()),
        channel: labels.by_key(charge.channel),
        country,
        market: r.market_name(charge.priced.market)?,
        category: Some(charge.category.into()),
        pricing_type: Some(charge.pricing.into()),
        quantity: charge.quantity.to_string(),
        rate: charge
            .priced
            .rate
            .filter(|_| state == ChargeState::Rated)
            .map(show::decimal),
        amount: charge.priced.amount.map(|a| money(desk, a)),
        state,
        reverses: charge.reverses.is_some(),
        paid_by_client: !desk.is_ours(),
    })
}

fn money(desk: &HubDesk, amount: Decimal) -> MoneyView {
    Money::new(amount, desk.currency()).into()
}

/// A form, read.
struct Wanted {
    filter: ChargeFilter,
    month: Option<BillingPeriod>,
    client: Option<String>,
    channel: Option<String>,
}

impl Wanted {
    fn from(r: &Read<'_>, desk: &HubDesk, form: &ChargesForm) -> Result<Self, Error> {
        let given = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|t| !t.is_empty())
                .map(str::to_owned)
        };
        let month = given(&form.month)
            .map(|m| BillingPeriod::parse(&m))
            .transpose()
            .about("month")?;
        let (client, channel) = (given(&form.client), given(&form.channel));
        let client_key = match &client {
            Some(id) => {
                let row = r
                    .client(id)?
                    .ok_or_else(|| Error::new(Code::ClientNotFound, [id]).at("client"))?;
                Some(row.key)
            }
            None => None,
        };
        let channel_key = match &channel {
            Some(id) => Some(find_channel(r, id).about("channel")?.key),
            None => None,
        };
        let filter = ChargeFilter {
            hub: desk.key(),
            days: month.map(|m| (m.first_day(), m.last_day())),
            client: client_key,
            channel: channel_key,
            category: form.category.map(Into::into),
            market: given(&form.market),
            unrated: form.unrated,
        };
        Ok(Self {
            filter,
            month,
            client,
            channel,
        })
    }

    /// Whether plans and licences can be among the charges.
    fn has_fees(&self) -> bool {
        self.filter.category.is_none() && self.filter.market.is_none() && !self.filter.unrated
    }

    fn fees(
        &self,
        r: &Read<'_>,
        desk: &HubDesk,
        labels: &Labels,
        today: Date,
    ) -> Result<Vec<FeeCharge>, Error> {
        if !self.has_fees() {
            return Ok(Vec::new());
        }
        let months: Vec<_> = match self.month {
            Some(month) => vec![month],
            None => desk
                .closed
                .iter()
                .map(|c| c.month)
                .chain(desk.open_months(today))
                .collect(),
        };
        let mut fees = Vec::new();
        for month in months {
            let of_month = fee_charges(r, desk, month)?;
            fees.extend(of_month.into_iter().filter(|fee| self.wants(fee, labels)));
        }
        Ok(fees)
    }

    fn wants(&self, fee: &FeeCharge, labels: &Labels) -> bool {
        let id = fee.channel.as_ref().map(|c| c.id.as_str());
        let client = id
            .and_then(|id| labels.client_of(id))
            .map(|(client, _)| client);
        self.channel
            .as_deref()
            .is_none_or(|wanted| Some(wanted) == id)
            && self
                .client
                .as_ref()
                .is_none_or(|wanted| Some(wanted) == client.as_ref())
    }
}

/// Where a page ends: `day:key`, or `fees` once all usage was shown.
fn cursor(text: &str) -> Option<(Date, i64)> {
    let (day, key) = text.split_once(':')?;
    Some((parse_date(day).ok()?, key.parse().ok()?))
}

fn page(r: &Read<'_>, form: &ChargesForm, today: Date) -> Result<ChargesView, Error> {
    let desk = HubDesk::find(r, &form.hub).about("hub")?;
    let wanted = Wanted::from(r, &desk, form)?;
    let labels = Labels::of(r, Some(desk.key()))?;
    let limit = form.limit.clamp(1, MOST_ROWS);
    let after = form.after.as_deref().and_then(cursor);
    let keys = r.charge_keys(&wanted.filter, after, limit)?;
    let mut rows = Vec::new();
    let mut last = None;
    for key in &keys {
        let row = r
            .charge(*key)?
            .ok_or_else(|| Error::new(Code::ChargeNotFound, [&key.to_string()]))?;
        last = Some(format!("{}:{key}", row.charge.booked));
        rows.push(usage_view(r, &desk, &labels, &row)?);
    }
    let totals = r.charge_totals(&wanted.filter, desk.currency())?;
    let fees = wanted.fees(r, &desk, &labels, today)?;
    let is_last_page = keys.len() < usize::try_from(limit).unwrap_or(usize::MAX);
    if is_last_page {
        rows.extend(fees.iter().map(|fee| fee.view(&desk, &labels)));
    }
    let fee_sum = Money::sum(desk.currency(), fees.iter().map(|f| f.fee.amount))?;
    Ok(ChargesView {
        rows,
        count: count(totals.count).saturating_add(count(fees.len())),
        amount: totals.amount.checked_add(fee_sum)?.into(),
        unrated: count(totals.unrated),
        next: last.filter(|_| !is_last_page),
    })
}

/// Sums of one group while they are put together.
struct Group {
    name: String,
    messages: i64,
    pulses: i64,
    usage: Money,
    fees: Money,
    unrated: i64,
}

fn sums(
    r: &Read<'_>,
    desk: &HubDesk,
    month: Option<BillingPeriod>,
    by: SumBy,
    today: Date,
) -> Result<Vec<ChargeSumView>, Error> {
    let labels = Labels::of(r, Some(desk.key()))?;
    let days = month.map(|m| (m.first_day(), m.last_day()));
    let filter = ChargeFilter {
        hub: desk.key(),
        days,
        ..ChargeFilter::default()
    };
    let zero = Money::zero(desk.currency());
    let mut order = Vec::new();
    let mut groups: HashMap<String, Group> = HashMap::new();
    let group_by = match by {
        SumBy::Channel => GroupBy::Channel,
        SumBy::Client => GroupBy::Client,
        SumBy::Category => GroupBy::Category,
        SumBy::Market => GroupBy::Market,
    };
    for sum in r.charge_sums(&filter, group_by, desk.currency())? {
        let name = name_of_group(r, by, &sum.key, &labels)?;
        order.push(sum.key.clone());
        let group = Group {
            name,
            messages: sum.messages,
            pulses: sum.pulses,
            usage: sum.amount,
            fees: zero,
            unrated: sum.unrated,
        };
        groups.insert(sum.key, group);
    }
    let wanted = Wanted {
        filter,
        month,
        client: None,
        channel: None,
    };
    for fee in wanted.fees(r, desk, &labels, today)? {
        let (key, name) = group_of_fee(&fee, by, &labels);
        let group = groups.entry(key.clone()).or_insert_with(|| {
            order.push(key);
            Group {
                name,
                messages: 0,
                pulses: 0,
                usage: zero,
                fees: zero,
                unrated: 0,
            }
        });
        group.fees = group.fees.checked_add(fee.fee.amount)?;
    }
    let mut views = Vec::new();
    for key in order {
        if let Some(group) = groups.remove(&key) {
            views.push(ChargeSumView {
                key,
                name: group.name,
                messages: group.messages.to_string(),
                pulses: group.pulses.to_string(),
                usage: group.usage.into(),
                fees: group.fees.into(),
                amount: group.usage.checked_add(group.fees)?.into(),
                unrated: count(group.unrated),
            });
        }
    }
    Ok(views)
}

fn name_of_group(r: &Read<'_>, by: SumBy, key: &str, labels: &Labels) -> Result<String, Error> {
    Ok(match by {
        SumBy::Channel => labels.by_id(key).map_or_else(String::new, |c| {
            if c.name.is_empty() { c.phone } else { c.name }
        }),
        SumBy::Client => r.client(key)?.map(|c| c.client.name).unwrap_or_default(),
        SumBy::Category | SumBy::Market => key.to_owned(),
    })
}

/// Which group a plan or licence belongs to: its channel or client; else what it is.
fn group_of_fee(fee: &FeeCharge, by: SumBy, labels: &Labels) -> (String, String) {
    let what = match fee.kind() {
        ChargeKind::Plan => ("plan", "Partner plan"),
        ChargeKind::ProRataLicence => ("pro-rata-licence", "Pro-rata licences"),
        _ => ("licence", "Licences"),
    };
    let of_channel = fee.channel.as_ref().and_then(|channel| match by {
        SumBy::Channel => labels
            .by_id(channel.id.as_str())
            .map(|c| (c.id, if c.name.is_empty() { c.phone } else { c.name })),
        SumBy::Client => labels.client_of(channel.id.as_str()),
        SumBy::Category | SumBy::Market => None,
    });
    of_channel.unwrap_or((what.0.to_owned(), what.1.to_owned()))
}

/// The hub of a charge's key.
fn desk_of(r: &Read<'_>, hub: i64) -> Result<HubDesk, Error> {
    let row = r.hubs()?.into_iter().find(|row| row.key == hub);
    HubDesk::of(
        r,
        row.ok_or_else(|| Error::new(Code::HubNotFound, [&hub.to_string()]))?,
    )
}

fn find_charge(r: &Read<'_>, id: &str) -> Result<ChargeRow, Error> {
    let missing = || Error::new(Code::ChargeNotFound, [id.trim()]);
    let key = id.trim().parse().map_err(|_| missing())?;
    r.charge(key)?.ok_or_else(missing)
}

fn find_unrated(r: &Read<'_>, id: &str) -> Result<ChargeRow, Error> {
    let row = find_charge(r, id).about("charge")?;
    if row.charge.priced.outcome == StoredOutcome::Unrated && row.charge.is_live {
        Ok(row)
    } else {
        Err(Error::new(Code::ChargeHasAPrice, [id.trim()]).at("charge"))
    }
}

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
    };
    let text = match code {
        ReasonCode::CardOutdated => prices
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
    /// A page of charges of a hub with the sums of all that match: newest usage first, then plan
    /// and licences.
    pub fn charges(&self, form: ChargesForm, at: Moment) -> Result<ChargesView, Error> {
        self.read(|r| page(r, &form, at.today))
    }

    /// Charges of a hub summed up by channel, client, category or market.
    pub fn charge_sums(
        &self,
        hub: &str,
        month: Option<&str>,
        by: SumBy,
        at: Moment,
    ) -> Result<Vec<ChargeSumView>, Error> {
        let month = month.map(BillingPeriod::parse).transpose().about("month")?;
        self.read(|r| sums(r, &HubDesk::find(r, hub)?, month, by, at.today))
    }

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

    /// Gives an unrated charge its cost.
    pub fn price_charge(&mut self, form: PriceChargeForm, at: Moment) -> Result<ChargeView, Error> {
        let cost = parse_amount(&form.cost, AmountRule::NonNegativeExact).about("cost")?;
        self.settle_unrated(&form.charge, at, |priced| Priced {
            cost: Some(cost),
            amount: Some(cost),
            outcome: StoredOutcome::Reported,
            reason: StoredReason::ByHand,
            ..priced
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
        self.write(|w| {
            let row = find_unrated(w, &form.charge)?;
            Ok(w.note_waived(row.key, &reason, &at.stamp())?)
        })?;
        self.settle_unrated(&form.charge, at, |priced| Priced {
            amount: Some(Decimal::ZERO),
            outcome: StoredOutcome::Waived,
            ..priced
        })
    }

    fn settle_unrated(
        &mut self,
        charge: &str,
        at: Moment,
        price: impl FnOnce(Priced) -> Priced,
    ) -> Result<ChargeView, Error> {
        self.write(|w| {
            let row = find_unrated(w, charge)?;
            let desk = desk_of(w, row.charge.hub)?;
            let priced = price(row.charge.priced.clone());
            w.price_charge(row.key, &priced)?;
            let labels = Labels::of(w, Some(row.charge.hub))?;
            let channel = labels
                .by_key
                .get(&row.charge.channel)
                .map(|c| c.channel.id.clone());
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
        })
    }

    /// Writes all charges that match as CSV. Gives their number.
    pub fn export_charges(&self, form: ChargesForm, to: &Path, at: Moment) -> Result<u32, Error> {
        let fail = |e: std::io::Error| unwritable(to, &e);
        let file = std::fs::File::create(to).map_err(fail)?;
        let mut table = TableCsv::new(BufWriter::new(file), Separator::Comma).map_err(fail)?;
        table.row(EXPORT_COLUMNS).map_err(fail)?;
        let mut written = 0;
        let mut form = ChargesForm {
            after: None,
            limit: MOST_ROWS,
            ..form
        };
        loop {
            let page = self.charges(form.clone(), at)?;
            for charge in &page.rows {
                table.row(export_cells(charge)).map_err(fail)?;
                written += 1;
            }
            match page.next {
                Some(next) => form.after = Some(next),
                None => break,
            }
        }
        table.finish().map_err(fail)?;
        Ok(written)
    }
}

const EXPORT_COLUMNS: [&str; 15] = [
    "id",
    "kind",
    "date",
    "booked_on",
    "client_id",
    "client_name",
    "channel_id",
    "phone_number",
    "country",
    "market",
    "category",
    "quantity",
    "rate",
    "amount",
    "currency",
];

fn export_cells(charge: &ChargeView) -> Vec<String> {
    let channel = |part: fn(&ChannelLabelView) -> &str| {
        charge
            .channel
            .as_ref()
            .map(|c| part(c).to_owned())
            .unwrap_or_default()
    };
    let kind = match charge.kind {
        ChargeKind::Messages => "messages",
        ChargeKind::Calls => "calls",
        ChargeKind::Plan => "plan",
        ChargeKind::Licence => "licence",
        ChargeKind::ProRataLicence => "pro-rata-licence",
    };
    vec![
        charge.id.clone(),
        kind.to_owned(),
        charge.day.clone(),
        charge.booked_on.clone().unwrap_or_default(),
        channel(|c| &c.client),
        channel(|c| &c.client_name),
        channel(|c| &c.id),
        channel(|c| &c.phone),
        charge.country.clone().unwrap_or_default(),
        charge.market.clone(),
        charge
            .category
            .map(|c| c.as_str().to_owned())
            .unwrap_or_default(),
        charge.quantity.clone(),
        charge.rate.clone().unwrap_or_default(),
        charge
            .amount
            .as_ref()
            .map(|m| m.amount.clone())
            .unwrap_or_else(|| "unrated".to_owned()),
        charge
            .amount
            .as_ref()
            .map(|m| m.currency.as_str().to_owned())
            .unwrap_or_default(),
    ]
}
