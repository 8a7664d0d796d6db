//! Volume steps in the book: what a client's month had counted elsewhere, and the rows of a month
//! dealt over the steps in their order.

use std::collections::{BTreeSet, HashMap};

use hubledger_core::id::ChannelId;
use hubledger_core::period::BillingPeriod;
use hubledger_core::price::PriceData;
use hubledger_core::rating::counts_for_steps;
use hubledger_core::usage::Category;
use hubledger_core::volume::{Counted, PULSES_A_MINUTE, has_steps};
use hubledger_store::{ClientRow, Read, VolumeGroup, VolumeStart, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::form::VolumeForm;
use crate::moment::Moment;
use crate::posting::{UsagePoster, channel_ids, priced_anew, put_price};
use crate::usage::knows_market;
use crate::view::VolumeView;

/// Deals a group's rows over the volume steps anew, after they or their start have changed.
pub(crate) fn deal_steps(
    w: &Write<'_>,
    poster: &mut UsagePoster<'_>,
    prices: &PriceData,
    channels: &HashMap<i64, ChannelId>,
    group: &VolumeGroup,
) -> Result<(), Error> {
    let mut counted = w.volume_start(group)?;
    let mut anew = Vec::new();
    w.volume_rows(group, |row| {
        if !row.is_priced || row.counted != Some(counted) {
            anew.push((row.key, counted));
        }
        if let Counted::Before(units) = &mut counted
            && counts_for_steps(group.category, row.pricing, row.cost)
        {
            *units = units.saturating_add(u64::try_from(row.quantity).unwrap_or(0));
        }
    })?;
    for (key, counted) in anew {
        let Some(row) = w.charge(key)? else {
            continue;
        };
        let free = row.charge.priced.free;
        let fresh = priced_anew(w, poster.desk(), prices, &row.charge, free, counted)?;
        let old = &row.charge.priced;
        if old.amount.is_some()
            && (old.amount, old.rated, old.rate) == (fresh.amount, fresh.rated, fresh.rate)
            && old.reason == fresh.reason
        {
            w.note_counted(key, Some(counted))?;
        } else if let Some(channel) = channels.get(&row.charge.channel) {
            put_price(w, poster, channel, row, fresh)?;
        }
    }
    Ok(())
}

/// Deals several groups of a hub.
pub(crate) fn deal_all_steps(
    w: &Write<'_>,
    poster: &mut UsagePoster<'_>,
    prices: &PriceData,
    groups: &BTreeSet<VolumeGroup>,
) -> Result<(), Error> {
    if groups.is_empty() {
        return Ok(());
    }
    let channels = channel_ids(w, poster.desk().key())?;
    groups
        .iter()
        .try_for_each(|group| deal_steps(w, poster, prices, &channels, group))
}

fn find_client(r: &Read<'_>, id: &str) -> Result<ClientRow, Error> {
    r.client(id.trim())?
        .ok_or_else(|| Error::new(Code::ClientNotFound, [id.trim()]).at("client"))
}

/// What a form says; calls are told in minutes and counted in pulses.
fn start_from(r: &Read<'_>, form: &VolumeForm) -> Result<VolumeStart, Error> {
    let category: Category = form.category.into();
    if !has_steps(category) {
        return Err(Error::new(Code::NoVolumeSteps, [category.name()]).at("category"));
    }
    let prices = r.price_data()?;
    let market = form.market.trim();
    if !knows_market(&prices, market) {
        return Err(Error::new(Code::MarketNotFound, [market]).at("market"));
    }
    let counted = match form.counted.trim() {
        "" => None,
        text => {
            let refused = || Error::new(Code::NotACount, [text]).at("counted");
            let units = text.parse::<u64>().map_err(|_| refused())?;
            Some(pulses(category, units).ok_or_else(refused)?)
        }
    };
    Ok(VolumeStart {
        market: prices
            .markets
            .spelling_of(market)
            .unwrap_or(market)
            .to_owned(),
        category,
        from: BillingPeriod::parse(&form.from).about("from")?,
        counted,
    })
}

/// Messages as they are, minutes of calls in pulses; none where it is more than a book takes.
pub(crate) fn pulses(category: Category, units: u64) -> Option<u64> {
    let a_unit = match category {
        Category::Call => u64::from(PULSES_A_MINUTE),
        _ => 1,
    };
    let pulses = units.checked_mul(a_unit);
    pulses.filter(|n| i64::try_from(*n).is_ok())
}

/// Messages, or whole minutes of calls.
pub(crate) fn units(category: Category, counted: u64) -> String {
    match category {
        Category::Call => (counted / u64::from(PULSES_A_MINUTE)).to_string(),
        _ => counted.to_string(),
    }
}

fn views(r: &Read<'_>, client: i64, month: BillingPeriod) -> Result<Vec<VolumeView>, Error> {
    let told = r.volume_starts(client)?;
    let in_force = |market: &str, category: Category| {
        told.iter()
            .filter(|s| s.market == market && s.category == category && s.from <= month)
            .max_by_key(|s| s.from)
    };
    let mut groups: BTreeSet<_> = r
        .volume_groups(client, month)?
        .into_iter()
        .filter(|group| group.month == month)
        .collect();
    groups.extend(
        told.iter()
            .filter(|s| s.from <= month)
            .map(|s| VolumeGroup {
                client,
                market: s.market.clone(),
                category: s.category,
                month,
            }),
    );
    let mut views = Vec::new();
    for group in groups {
        let mut in_book: u64 = 0;
        r.volume_rows(&group, |row| {
            if counts_for_steps(group.category, row.pricing, row.cost) {
                in_book = in_book.saturating_add(u64::try_from(row.quantity).unwrap_or(0));
            }
        })?;
        let start = in_force(&group.market, group.category);
        views.push(VolumeView {
            category: group.category.into(),
            counted: start
                .and_then(|s| s.counted)
                .map(|n| units(group.category, n)),
            from: start.map(|s| s.from.to_string()),
            in_book: units(group.category, in_book),
            market: group.market,
        });
    }
    Ok(views)
}

impl Book {
    /// Where a client's month stands on the volume steps: what was told, and what the book has.
    pub fn volumes(
        &self,
        client: &str,
        month: &str,
        _at: Moment,
    ) -> Result<Vec<VolumeView>, Error> {
        let month = BillingPeriod::parse(month).about("month")?;
        self.read(|r| views(r, find_client(r, client)?.key, month))
    }

    /// Tells what a client's portfolio had counted outside the book, from an open month on. Rows
    /// of those months are priced anew.
    pub fn set_volume(&mut self, form: VolumeForm, at: Moment) -> Result<Vec<VolumeView>, Error> {
        let act = Act::new(UseCase::SetVolume, at)
            .form(&form)
            .client(&form.client);
        let from = self.write(act, |w| {
            let client = find_client(w, &form.client)?;
            let desk = HubDesk::find(w, client.client.hub.as_str())?;
            let start = start_from(w, &form)?;
            if start.from < desk.first_open() {
                let error = hubledger_core::Error::MonthIsClosed {
                    hub: desk.hub().id.to_string(),
                    month: start.from.to_string(),
                };
                return Err(Error::from(error).at("from"));
            }
            w.put_volume_start(client.key, &start)?;
            let groups: BTreeSet<_> = w
                .volume_groups(client.key, start.from)?
                .into_iter()
                .filter(|g| g.market == start.market && g.category == start.category)
                .collect();
            let mut poster = UsagePoster::new(&desk);
            deal_all_steps(w, &mut poster, &w.price_data()?, &groups)?;
            poster.post(w, None, at)?;
            Ok(start.from)
        })?;
        self.volumes(&form.client, &from.to_string(), at)
    }
}
