//! Charges: listed page by page, summed up, exported.

mod order;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use hubledger_core::hub_invoice::LineKind;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::usage::{Category, Place};
use hubledger_store::{
    ChargeFilter, ChargeRow, ChargeSpot, ChargeTotals, GroupBy, Read, StoredOutcome, StoredReason,
    UsagePart,
};
use rust_decimal::Decimal;

use crate::Book;
use crate::charge::order::Order;
use crate::desk::{HubDesk, find_channel};
use crate::error::{About, Code, Error};
use crate::fee_charge::{FeeCharge, Labels, fee_charges};
use crate::file::{count, in_slices, write_table, write_whole_table};
use crate::form::{ChargesForm, ChargesKind, ShownCharge, ShownChargesForm, SumBy};
use crate::moment::Moment;
use crate::posting::place_of;
use crate::progress::{Progress, tell, unheard};
use crate::reverse::refusal_of_charge;
use crate::show;
use crate::view::{
    ChannelLabelView, ChargeKind, ChargeState, ChargeSumView, ChargeView, ChargesView, MoneyView,
    ProgressView,
};

/// The most rows of a page: a file that the window writes takes them so, as by most columns each page
/// costs a pass over all that is asked for.
const MOST_ROWS: u32 = 10_000;

/// Of so many charges the places are known at once, where all are written into a file: three megabytes.
const SLICE: u32 = 100_000;

/// Rows of a file between two words on how far it is.
const TOLD_EVERY: u32 = 1_000;

pub(crate) fn usage_view(
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
        estimated: state == ChargeState::Rated
            && matches!(charge.priced.reason, StoredReason::Estimate(_)),
        reverses: charge.reverses.map(|key| key.to_string()),
        reversed_by: r
            .charge_reversing(row.key)?
            .map(|back| back.key.to_string()),
        can_reverse: refusal_of_charge(r, desk, row)?.is_none(),
        paid_by_client: !desk.is_ours(),
    })
}

pub(crate) fn money(desk: &HubDesk, amount: Decimal) -> MoneyView {
    Money::new(amount, desk.currency()).into()
}

/// A form, read.
struct Wanted {
    filter: ChargeFilter,
    month: Option<BillingPeriod>,
    client: Option<String>,
    channel: Option<String>,
    kind: Option<ChargesKind>,
    /// The one booked day, where one is asked for.
    day: Option<Date>,
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
        let day = given(&form.day)
            .map(|d| parse_date(&d))
            .transpose()
            .about("day")?;
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
            days: day
                .map(|d| (d, d))
                .or(month.map(|m| (m.first_day(), m.last_day()))),
            client: client_key,
            channel: channel_key,
            category: form.category.map(Into::into),
            market: given(&form.market),
            unrated: form.unrated,
            part: form.kind.map(part_of).unwrap_or_default(),
        };
        Ok(Self {
            filter,
            month,
            client,
            channel,
            kind: form.kind,
            day,
        })
    }

    /// Whether plans and licences can be among the charges: of one day usage alone is, as a statement's
    /// line sums it up, unless fees are asked for.
    fn has_fees(&self) -> bool {
        let is_asked = match self.kind {
            None => self.day.is_none(),
            Some(kind) => part_of(kind) == UsagePart::Nothing,
        };
        is_asked
            && self.filter.category.is_none()
            && self.filter.market.is_none()
            && !self.filter.unrated
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
            let mut of_month = fee_charges(r, desk, month, labels)?;
            of_month.retain(|fee| self.wants(fee, labels));
            if fees.is_empty() {
                fees = of_month;
            } else {
                fees.append(&mut of_month);
            }
        }
        Ok(fees)
    }

    fn wants(&self, fee: &FeeCharge, labels: &Labels) -> bool {
        let channel = fee.channel.as_ref();
        let is_of_channel = |wanted: &str| channel.is_some_and(|c| c.id.as_str() == wanted);
        let is_of_client = |wanted: &str| {
            let client = channel.and_then(|c| labels.client_of(c));
            client.is_some_and(|(id, _)| id == wanted)
        };
        self.kind.is_none_or(|kind| is_of_kind(&fee.fee.kind, kind))
            && self.day.is_none_or(|day| fee.shown_day() == day)
            && self.channel.as_deref().is_none_or(is_of_channel)
            && self.client.as_deref().is_none_or(is_of_client)
    }
}

/// The part of the usage that is asked for.
fn part_of(kind: ChargesKind) -> UsagePart {
    match kind {
        ChargesKind::Usage => UsagePart::Whole,
        ChargesKind::Messages => UsagePart::Messages,
        ChargesKind::Calls => UsagePart::Calls,
        ChargesKind::UsageReconciliation => UsagePart::Late,
        ChargesKind::Plan
        | ChargesKind::PlanUpgrade
        | ChargesKind::Licence
        | ChargesKind::ProRataLicence
        | ChargesKind::TierUpgrade
        | ChargesKind::LateLicence => UsagePart::Nothing,
    }
}

/// Whether a fee is of the kind that is asked for.
fn is_of_kind(fee: &LineKind, kind: ChargesKind) -> bool {
    matches!(
        (kind, fee),
        (ChargesKind::Plan, LineKind::Plan { .. })
            | (ChargesKind::PlanUpgrade, LineKind::PlanUpgrade { .. })
            | (ChargesKind::Licence, LineKind::Licence { .. })
            | (ChargesKind::ProRataLicence, LineKind::ProRataLicence { .. })
            | (ChargesKind::TierUpgrade, LineKind::TierUpgrade { .. })
            | (ChargesKind::LateLicence, LineKind::LateLicence { .. })
    )
}

/// Where a page ends: the key of a charge, or `fee` and the number of a plan or licence among those
/// that are listed.
enum Mark {
    Usage(i64),
    Fee(i64),
}

impl Mark {
    fn read(text: &str) -> Option<Self> {
        match text.strip_prefix("fee") {
            Some(n) => Some(Self::Fee(n.parse().ok()?)),
            None => Some(Self::Usage(text.parse().ok()?)),
        }
    }

    fn of(spot: ChargeSpot) -> String {
        match spot.key {
            key if key < 0 => format!("fee{}", -key),
            key => key.to_string(),
        }
    }
}

fn find_row(r: &Read<'_>, key: i64) -> Result<ChargeRow, Error> {
    r.charge(key)?
        .ok_or_else(|| Error::new(Code::ChargeNotFound, [&key.to_string()]))
}

/// Where a page begins: behind a charge, which is looked up where it stands now.
fn begins_behind(
    r: &Read<'_>,
    order: &Order,
    after: Option<&str>,
    fees: &[ChargeSpot],
) -> Result<Option<ChargeSpot>, Error> {
    Ok(match after.and_then(Mark::read) {
        None => None,
        Some(Mark::Usage(key)) => Some(order.spot((&find_row(r, key)?).into())?),
        Some(Mark::Fee(n)) => fees.iter().find(|spot| spot.key == -n).copied(),
    })
}

/// The charges that a form asks for, in their order, with what their rows are made of.
struct List<'a> {
    r: &'a Read<'a>,
    desk: HubDesk,
    wanted: Wanted,
    labels: Labels,
    order: Order,
    fees: Vec<FeeCharge>,
    /// Where they stand, one by one.
    spots_of_fees: Vec<ChargeSpot>,
}

impl<'a> List<'a> {
    fn of(r: &'a Read<'a>, form: &ChargesForm, today: Date) -> Result<Self, Error> {
        let desk = HubDesk::find(r, &form.hub).about("hub")?;
        let wanted = Wanted::from(r, &desk, form)?;
        let labels = match wanted.filter.channel {
            Some(channel) => Labels::of_channel(r, channel)?,
            None => Labels::of(r, Some(desk.key()))?,
        };
        let order = Order::of(r, &desk, form.sort)?;
        let fees = wanted.fees(r, &desk, &labels, today)?;
        let spots_of_fees = fees.iter().zip(1..).map(|(fee, n)| {
            let channel = fee.channel.as_ref().map(|channel| channel.id.as_str());
            order.spot_of_fee(n, fee.shown_day(), fee.fee.amount, channel)
        });
        let spots_of_fees = spots_of_fees.collect::<Result<_, _>>()?;
        Ok(Self {
            r,
            desk,
            wanted,
            labels,
            order,
            fees,
            spots_of_fees,
        })
    }

    /// Where the first so many charges behind another stand.
    fn spots(&self, after: Option<ChargeSpot>, limit: u32) -> Result<Vec<ChargeSpot>, Error> {
        let (filter, order) = (&self.wanted.filter, self.order.by());
        let mut spots = self.r.charge_spots(filter, order, after, limit)?;
        let fees = self.spots_of_fees.iter().copied();
        spots.extend(fees.filter(|spot| after.is_none_or(|after| *spot > after)));
        spots.sort_unstable();
        spots.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(spots)
    }

    fn row(&self, spot: &ChargeSpot) -> Result<ChargeView, Error> {
        let fee = usize::try_from(-spot.key)
            .ok()
            .and_then(|n| self.fees.get(n.checked_sub(1)?));
        match fee {
            Some(fee) => Ok(fee.view(&self.desk, &self.labels)),
            None => usage_view(
                self.r,
                &self.desk,
                &self.labels,
                &find_row(self.r, spot.key)?,
            ),
        }
    }

    /// All of the rows, a slice of their places at a time: by most columns each slice takes a pass over
    /// all that is asked for, and what is held is one slice.
    fn rows(&self) -> impl Iterator<Item = Result<ChargeView, Error>> + '_ {
        let spots = in_slices(SLICE, |after, most| self.spots(after, most));
        spots.map(|spot| self.row(&spot?))
    }

    /// Of the usage among them; plans and licences stand beside it.
    fn totals(&self) -> Result<ChargeTotals, Error> {
        Ok(self
            .r
            .charge_totals(&self.wanted.filter, self.desk.currency())?)
    }

    fn count(&self, usage: &ChargeTotals) -> u32 {
        count(usage.count).saturating_add(count(self.fees.len()))
    }
}

fn page(r: &Read<'_>, form: &ChargesForm, today: Date) -> Result<ChargesView, Error> {
    let list = List::of(r, form, today)?;
    let List { desk, fees, .. } = &list;
    let limit = form.limit.clamp(1, MOST_ROWS);
    let after = begins_behind(r, &list.order, form.after.as_deref(), &list.spots_of_fees)?;
    // One more than a page tells whether another follows.
    let mut spots = list.spots(after, limit.saturating_add(1))?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_more = spots.len() > most;
    spots.truncate(most);
    let rows = spots.iter().map(|spot| list.row(spot));
    let rows = rows.collect::<Result<_, _>>()?;
    let totals = list.totals()?;
    let is_apart = |fee: &&FeeCharge| fee.channel.is_none() && !desk.is_ours();
    let sum_of =
        |fees: Vec<&FeeCharge>| Money::sum(desk.currency(), fees.iter().map(|f| f.fee.amount));
    let apart: Vec<_> = fees.iter().filter(is_apart).collect();
    let plan_apart = if apart.is_empty() {
        None
    } else {
        Some(sum_of(apart)?.into())
    };
    let with_usage = sum_of(fees.iter().filter(|fee| !is_apart(fee)).collect())?;
    Ok(ChargesView {
        rows,
        count: list.count(&totals),
        amount: totals.amount.checked_add(with_usage)?.into(),
        plan_apart,
        unrated: count(totals.unrated),
        estimated: count(totals.estimated),
        next: spots.last().copied().filter(|_| is_more).map(Mark::of),
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
    estimated: i64,
    paid_by_client: bool,
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
    for sum in r.charge_sums(desk.key(), days, group_by, desk.currency())? {
        let name = name_of_group(r, by, &sum.key, &labels)?;
        order.push(sum.key.clone());
        let group = Group {
            name,
            messages: sum.messages,
            pulses: sum.pulses,
            usage: sum.amount,
            fees: zero,
            unrated: sum.unrated,
            estimated: sum.estimated,
            paid_by_client: !desk.is_ours(),
        };
        groups.insert(sum.key, group);
    }
    let wanted = Wanted {
        filter,
        month,
        client: None,
        channel: None,
        kind: None,
        day: None,
    };
    for fee in wanted.fees(r, desk, &labels, today)? {
        let (key, name) = group_of_fee(&fee, by, &labels);
        let is_of_channel = fee.channel.is_some();
        if let Some(group) = groups.get_mut(key) {
            group.fees = group.fees.checked_add(fee.fee.amount)?;
            continue;
        }
        let group = groups.entry(key.to_owned()).or_insert_with(|| {
            order.push(key.to_owned());
            Group {
                name: name.into_owned(),
                messages: 0,
                pulses: 0,
                usage: zero,
                fees: zero,
                unrated: 0,
                estimated: 0,
                paid_by_client: !desk.is_ours() && is_of_channel,
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
                estimated: count(group.estimated),
                paid_by_client: group.paid_by_client,
            });
        }
    }
    Ok(views)
}

fn name_of_group(r: &Read<'_>, by: SumBy, key: &str, labels: &Labels) -> Result<String, Error> {
    Ok(match by {
        SumBy::Channel => labels.name_by_id(key).unwrap_or_default().into_owned(),
        SumBy::Client => match labels.client_by_id(key) {
            Some(name) => name.to_owned(),
            None => r.client(key)?.map(|c| c.client.name).unwrap_or_default(),
        },
        SumBy::Category | SumBy::Market => key.to_owned(),
    })
}

/// Which group a plan or licence belongs to: its channel or client; else what it is.
fn group_of_fee<'a>(fee: &'a FeeCharge, by: SumBy, labels: &'a Labels) -> (&'a str, Cow<'a, str>) {
    let what = match fee.kind() {
        ChargeKind::Plan => ("plan", "Partner plan"),
        ChargeKind::ProRataLicence => ("pro-rata-licence", "Pro-rata licences"),
        _ => ("licence", "Licences"),
    };
    let of_channel = fee.channel.as_ref().and_then(|channel| match by {
        SumBy::Channel => labels.name_of(channel),
        SumBy::Client => labels.client_of(channel),
        SumBy::Category | SumBy::Market => None,
    });
    of_channel.unwrap_or((what.0, what.1.into()))
}

/// The hub of a charge's key.
pub(crate) fn desk_of(r: &Read<'_>, hub: i64) -> Result<HubDesk, Error> {
    let row = r.hubs()?.into_iter().find(|row| row.key == hub);
    HubDesk::of(
        r,
        row.ok_or_else(|| Error::new(Code::HubNotFound, [&hub.to_string()]))?,
    )
}

pub(crate) fn find_charge(r: &Read<'_>, id: &str) -> Result<ChargeRow, Error> {
    let missing = || Error::new(Code::ChargeNotFound, [id.trim()]);
    let key = id.trim().parse().map_err(|_| missing())?;
    r.charge(key)?.ok_or_else(missing)
}

impl Book {
    /// A page of charges of a hub, in the order that is asked for, with the sums of all that match.
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

    /// Writes all charges that match as CSV. Gives their number.
    pub fn export_charges(&self, form: ChargesForm, to: &Path, at: Moment) -> Result<u32, Error> {
        self.export_charges_with(form, to, &mut unheard, at)
    }

    /// Writes all charges that match, and tells how far it is. Refused with `cancelled` where that is
    /// answered with a break, and then there is no file.
    pub fn export_charges_with(
        &self,
        form: ChargesForm,
        to: &Path,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<u32, Error> {
        self.read(|r| {
            let list = List::of(r, &form, at.today)?;
            let rows = told(&list, progress)?.map(|row| Ok(export_cells(&row?)));
            write_table(to, &EXPORT_COLUMNS, rows)
        })
    }

    /// Writes the charges that a table shows as it shows them: its columns under their heads, in its
    /// words, in its order. Tells how far it is; where that is answered with a break it is refused with
    /// `cancelled`, and what was there before is still there. Gives the number of rows.
    pub fn export_shown_charges(
        &self,
        form: &ShownChargesForm,
        to: &Path,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<u32, Error> {
        self.read(|r| {
            let list = List::of(r, &form.charges, at.today)?;
            let heads: Vec<_> = form.columns.iter().map(|one| one.head.as_str()).collect();
            let rows = told(&list, progress)?.map(|row| Ok(shown_cells(&row?, form)));
            write_whole_table(to, &heads, rows)
        })
    }
}

/// All of the rows, with a word now and then on how far it is.
fn told<'a>(
    list: &'a List<'a>,
    progress: Progress<'a>,
) -> Result<impl Iterator<Item = Result<ChargeView, Error>> + 'a, Error> {
    let all = u64::from(list.count(&list.totals()?).max(1));
    Ok(list.rows().zip(1_u32..).map(move |(row, had)| {
        if had % TOLD_EVERY == 0 {
            let percent = u64::from(had) * 100 / all;
            tell(&mut *progress, ProgressView::of_rows(had, count(percent)))?;
        }
        row
    }))
}

const EXPORT_COLUMNS: [&str; 17] = [
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
    "state",
    "estimate",
];

fn export_cells(charge: &ChargeView) -> Vec<String> {
    let channel = |part: fn(&ChannelLabelView) -> &str| {
        charge
            .channel
            .as_ref()
            .map(|c| part(c).to_owned())
            .unwrap_or_default()
    };
    let (kind, state) = (word_of_kind(charge.kind), word_of_state(charge.state));
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
        state.to_owned(),
        if charge.estimated { "yes" } else { "" }.to_owned(),
    ]
}

fn word_of_kind(kind: ChargeKind) -> &'static str {
    match kind {
        ChargeKind::Messages => "messages",
        ChargeKind::Calls => "calls",
        ChargeKind::Plan => "plan",
        ChargeKind::Licence => "licence",
        ChargeKind::ProRataLicence => "pro-rata-licence",
    }
}

fn word_of_state(state: ChargeState) -> &'static str {
    match state {
        ChargeState::Rated => "rated",
        ChargeState::Reported => "reported",
        ChargeState::Free => "free",
        ChargeState::Unrated => "unrated",
        ChargeState::Waived => "waived",
        ChargeState::Fee => "fee",
    }
}

fn shown_cells(charge: &ChargeView, form: &ShownChargesForm) -> Vec<String> {
    let cells = form.columns.iter();
    cells
        .map(|column| shown_cell(charge, column.key, form))
        .collect()
}

/// A cell as the window would write it: amounts exact, days as `2026-09-22`.
fn shown_cell(charge: &ChargeView, key: ShownCharge, form: &ShownChargesForm) -> String {
    let said = |code: &str| {
        form.words
            .get(code)
            .cloned()
            .unwrap_or_else(|| code.to_owned())
    };
    let channel = charge.channel.as_ref();
    match key {
        ShownCharge::Day => charge.day.clone(),
        ShownCharge::Booked => charge.booked_on.clone().unwrap_or_default(),
        ShownCharge::Client => channel.map(|c| c.client_name.clone()).unwrap_or_default(),
        ShownCharge::Channel => channel
            .map(|c| if c.name.is_empty() { &c.phone } else { &c.name })
            .cloned()
            .unwrap_or_default(),
        ShownCharge::Market if charge.market.is_empty() => {
            charge.country.clone().unwrap_or_default()
        }
        ShownCharge::Market => charge.market.clone(),
        ShownCharge::Category => {
            let what = match charge.category {
                Some(category) => said(category.as_str()),
                None => said(word_of_kind(charge.kind)),
            };
            match (&charge.reverses, &charge.reversed_by) {
                (Some(_), _) => format!("{what}, {}", said("reversal")),
                (None, Some(_)) => format!("{what}, {}", said("reversed")),
                (None, None) => what,
            }
        }
        ShownCharge::Quantity => charge.quantity.clone(),
        ShownCharge::Rate => charge.rate.clone().unwrap_or_default(),
        ShownCharge::Amount => charge
            .amount
            .as_ref()
            .map(|money| money.amount.clone())
            .unwrap_or_default(),
        ShownCharge::State if charge.estimated => said("estimate"),
        ShownCharge::State => match charge.state {
            ChargeState::Rated | ChargeState::Fee => String::new(),
            state => said(word_of_state(state)),
        },
    }
}
