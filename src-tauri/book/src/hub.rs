//! Hubs: made, named, set up, closed. Model and currency are chosen once.

use std::collections::HashMap;

use hubledger_core::bookkeeping::Days;
use hubledger_core::currency::Currency;
use hubledger_core::fee::plan_on;
use hubledger_core::hub::{Hub, PartnerPlan};
use hubledger_core::id::HubId;
use hubledger_core::journal::EntryKind;
use hubledger_core::money::{AmountRule, Money, parse_amount};
use hubledger_core::period::{BillingPeriod, Date, parse_date};
use hubledger_core::rule::{Rule, Setting, holding};
use hubledger_core::text::required_line;
use hubledger_core::top_up::check_method;
use hubledger_store::{AutoRenewal, ChannelRow, EntrySource, Read, Recorded, Write, money};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::{HubDesk, day_or, find_balance};
use crate::error::{About, Code, Error};
use crate::file::count;
use crate::form::{
    AutoRenewalForm, CloseHubForm, EditHubForm, HubSettingsForm, NewHubForm, OpeningForm, RuleForm,
};
use crate::moment::Moment;
use crate::posting::{deal_all_free_messages, re_rate, repost_vat};
use crate::view::{AutoRenewalView, BookedView, HubView, PlanFromView, RuleView};
use crate::word::PayByWord;

/// Hubs as screens show them.
pub(crate) fn views(r: &Read<'_>, desks: &[HubDesk], at: Moment) -> Result<Vec<HubView>, Error> {
    let prices = r.price_data()?;
    desks
        .iter()
        .map(|desk| {
            let hub = desk.hub();
            let month = BillingPeriod::containing(at.today);
            let rules = desk.rules(month);
            let has_plan =
                !desk.plans.is_empty() && desk.plan_ends().is_none_or(|on| on >= at.today);
            let plan = has_plan.then(|| plan_on(&desk.plans, at.today));
            let with = desk.fee_prices(&prices, month, &rules);
            let channels = r.living_channel_keys(desk.key(), at.today)?;
            let balances = balances_today(r, desk, at.today)?;
            let paused = paused_channels(desk, &channels, &balances);
            let balance = Money::sum(desk.currency(), balances.values().copied())?;
            let shared = r
                .balance_accounts(desk.key())?
                .into_iter()
                .find(|(_, c)| c.is_none())
                .map(|(key, _)| key);
            Ok(HubView {
                id: hub.id.to_string(),
                name: hub.name.clone(),
                model: hub.model.into(),
                currency: hub.currency.into(),
                plan: plan.map(Into::into),
                plan_next: desk
                    .plans
                    .iter()
                    .find(|p| has_plan && p.from > at.today && Some(p.plan) != plan)
                    .map(|p| PlanFromView {
                        plan: p.plan.into(),
                        from: p.from.to_string(),
                    }),
                plan_price: plan.and_then(|plan| with.plan(plan).ok()).map(Into::into),
                plan_ends: desk.plan_ends().map(|on| on.to_string()),
                since: hub.since.to_string(),
                first_month: hub.first_month.to_string(),
                closed_on: hub.closed_on.map(|d| d.to_string()),
                pay_by: desk.row.pay_by.into(),
                channels: count(channels.len()),
                paused: count(paused),
                balance: balance.into(),
                usage_is_ours: desk.is_ours(),
                open_months: desk
                    .open_months(at.today)
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                last_closed: desk.last_closed().map(|c| c.month.to_string()),
                opening: if desk.is_shared() {
                    opening(r, desk, shared)?.map(Into::into)
                } else {
                    None
                },
                auto_renewal: if desk.is_shared() {
                    renewal_view(r, desk, shared, balance)?
                } else {
                    None
                },
                unrated: count(r.unrated_count(Some(desk.key()))?),
            })
        })
        .collect()
}

/// Channels that are billed on a day.
pub(crate) fn living_channels(
    r: &Read<'_>,
    desk: &HubDesk,
    day: Date,
) -> Result<Vec<ChannelRow>, Error> {
    let all = r.channels(Some(desk.key()))?;
    Ok(all
        .into_iter()
        .filter(|c| c.channel.started <= day && c.channel.ended.is_none_or(|e| e >= day))
        .collect())
}

/// Balances at the end of a day, by channel; the shared one under none.
pub(crate) fn balances_today(
    r: &Read<'_>,
    desk: &HubDesk,
    day: Date,
) -> Result<HashMap<Option<i64>, Money>, Error> {
    let by_account: HashMap<i64, Money> = r
        .balances_before(desk.key(), desk.currency(), day.succ_opt().unwrap_or(day))?
        .into_iter()
        .collect();
    Ok(r.balance_accounts(desk.key())?
        .into_iter()
        .map(|(account, channel)| {
            (
                channel,
                by_account
                    .get(&account)
                    .copied()
                    .unwrap_or(Money::zero(desk.currency())),
            )
        })
        .collect())
}

fn paused_channels(
    desk: &HubDesk,
    living: &[i64],
    balances: &HashMap<Option<i64>, Money>,
) -> usize {
    let empty = |key: Option<i64>| {
        balances
            .get(&key)
            .is_none_or(|balance| !balance.is_positive())
    };
    if desk.is_shared() {
        if empty(None) { living.len() } else { 0 }
    } else {
        living.iter().filter(|key| empty(Some(**key))).count()
    }
}

/// What a balance held before the books began; none where nothing was entered.
pub(crate) fn opening(
    r: &Read<'_>,
    desk: &HubDesk,
    account: Option<i64>,
) -> Result<Option<Money>, Error> {
    let Some(account) = account else {
        return Ok(None);
    };
    let first = desk.hub().first_month.first_day();
    let movements = r.movements(account, desk.currency(), first, first)?;
    let openings: Vec<_> = movements
        .iter()
        .filter(|m| m.kind == EntryKind::Opening)
        .map(|m| m.amount)
        .collect();
    if openings.is_empty() {
        Ok(None)
    } else {
        Ok(Some(Money::sum(desk.currency(), openings)?))
    }
}

/// Auto-renewal of a balance, and what it would do now.
pub(crate) fn renewal_view(
    r: &Read<'_>,
    desk: &HubDesk,
    account: Option<i64>,
    balance: Money,
) -> Result<Option<AutoRenewalView>, Error> {
    let Some(renewal) = account.map(|a| r.auto_renewal(a)).transpose()?.flatten() else {
        return Ok(None);
    };
    let threshold = money(renewal.threshold, desk.currency());
    let amount = money(renewal.amount, desk.currency());
    Ok(Some(AutoRenewalView {
        on: renewal.is_on,
        fires_now: renewal.is_on && balance.amount() <= threshold.amount(),
        amount_is_low: amount.amount() < threshold.amount(),
        threshold: threshold.into(),
        amount: amount.into(),
    }))
}

fn one(r: &Read<'_>, id: &str, at: Moment) -> Result<HubView, Error> {
    let desk = HubDesk::find(r, id)?;
    views(r, &[desk], at)?
        .pop()
        .ok_or_else(|| Error::new(Code::HubNotFound, [id]))
}

/// Sets the opening balance of a balance; a change is posted as its difference.
pub(crate) fn put_opening(
    w: &Write<'_>,
    desk: &HubDesk,
    channel: Option<&ChannelRow>,
    amount: Money,
    at: Moment,
) -> Result<(), Error> {
    let first = desk.hub().first_month;
    if desk.first_open() > first {
        return Err(hubledger_core::Error::OpeningIsFixed {
            month: first.to_string(),
        }
        .into());
    }
    let ledger = desk.ledger(channel.map(|c| c.channel.id.clone()));
    let account = w.open_account(desk.key(), &ledger.balance())?;
    let before = opening(w, desk, Some(account))?.unwrap_or(Money::zero(desk.currency()));
    let entry = ledger.opening(Days::on(first.first_day()), amount.checked_sub(before)?)?;
    if let Some(entry) = entry {
        w.post(
            Recorded {
                hub: desk.key(),
                at: &at.stamp(),
            },
            &entry,
            EntrySource::default(),
        )?;
    }
    Ok(())
}

impl Book {
    /// All hubs.
    pub fn hubs(&self, at: Moment) -> Result<Vec<HubView>, Error> {
        self.read(|r| views(r, &HubDesk::all(r)?, at))
    }

    pub fn hub(&self, id: &str, at: Moment) -> Result<HubView, Error> {
        self.read(|r| one(r, id, at))
    }

    /// Adds a hub. Its model and currency stay.
    pub fn add_hub(&mut self, form: NewHubForm, at: Moment) -> Result<HubView, Error> {
        let id = HubId::parse(&form.id).about("id")?;
        let name = required_line("The hub's name", &form.name).about("name")?;
        let currency = Currency::parse(&form.currency)
            .ok_or_else(|| {
                hubledger_core::Error::UnknownCurrency(
                    form.currency.trim().chars().take(20).collect(),
                )
            })
            .about("currency")?;
        let (since, first_month) = first_days(&form, at.today)?;
        let opening = Some(form.opening.trim())
            .filter(|text| !text.is_empty())
            .map(|text| parse_amount(text, AmountRule::SignedCents))
            .transpose()
            .about("opening")?;
        let plan: Option<PartnerPlan> = form.plan.map(Into::into);
        let act = Act::new(UseCase::AddHub, at).form(&form).hub(id.as_str());
        self.write(act, |w| {
            let owner = w.book()?.owner;
            Hub::check_fits(owner, form.model.into(), plan).map_err(|e| {
                let field =
                    if form.plan.is_some() == (owner == hubledger_core::partner::Owner::Partner) {
                        "model"
                    } else {
                        "plan"
                    };
                Error::from(e).at(field)
            })?;
            check_method(owner, form.pay_by.into()).about("pay_by")?;
            if w.hub(id.as_str())?.is_some() {
                return Err(Error::new(Code::IdTaken, [id.as_str()]).at("id"));
            }
            let hub = Hub {
                id: id.clone(),
                name,
                model: form.model.into(),
                currency,
                since,
                first_month,
                closed_on: None,
            };
            let key = w.insert_hub(&hub, form.pay_by.into())?;
            if let Some(plan) = plan {
                w.put_plan(key, since, plan)?;
            }
            let desk = HubDesk::find(w, id.as_str())?;
            if desk.is_shared() {
                w.open_account(key, &desk.ledger(None).balance())?;
            }
            match opening {
                Some(_) if !desk.is_shared() => {
                    Err(Error::from(hubledger_core::Error::HubHasNoBalance {
                        hub: id.to_string(),
                    })
                    .at("opening"))
                }
                Some(amount) => put_opening(w, &desk, None, Money::new(amount, currency), at),
                None => Ok(()),
            }
        })?;
        self.hub(id.as_str(), at)
    }

    /// Changes a hub's name, plan or first month.
    pub fn edit_hub(&mut self, form: EditHubForm, at: Moment) -> Result<HubView, Error> {
        let name = required_line("The hub's name", &form.name).about("name")?;
        let plan_from = day_or(&form.plan_from, at.today).about("plan_from")?;
        let act = Act::new(UseCase::EditHub, at).form(&form).hub(&form.id);
        self.write(act, |w| {
            let desk = HubDesk::find(w, &form.id)?;
            w.set_hub_name(desk.key(), &name)?;
            if !form.first_month.trim().is_empty() {
                let first = BillingPeriod::parse(&form.first_month).about("first_month")?;
                move_first_month(w, &desk, first).about("first_month")?;
            }
            match form.plan {
                Some(plan) => change_plan(w, &desk, plan.into(), plan_from).about("plan"),
                None => Ok(()),
            }
        })?;
        self.hub(&form.id, at)
    }

    /// Sets what a balance held before the books began.
    pub fn set_opening(&mut self, form: OpeningForm, at: Moment) -> Result<BookedView, Error> {
        let act = Act::new(UseCase::SetOpening, at).form(&form);
        let balance = self.write(act, |w| opening_from(w, &form, at))?;
        Ok(BookedView {
            balance: balance.into(),
            booked_on: None,
            to: None,
        })
    }

    /// Sets how a hub's invoices are paid.
    pub fn set_pay_by(
        &mut self,
        hub: &str,
        method: PayByWord,
        at: Moment,
    ) -> Result<HubView, Error> {
        let act = Act::new(UseCase::SetPayBy, at)
            .hub(hub)
            .with("method", method);
        self.write(act, |w| put_pay_by(w, hub, method))?;
        self.hub(hub, at)
    }

    /// The billing rules of a hub as they hold in a month; today's for none.
    pub fn rules(
        &self,
        hub: &str,
        month: Option<&str>,
        at: Moment,
    ) -> Result<Vec<RuleView>, Error> {
        let month = match month {
            Some(month) => BillingPeriod::parse(month).about("month")?,
            None => BillingPeriod::containing(at.today),
        };
        self.read(|r| {
            let desk = HubDesk::find(r, hub)?;
            Ok(Rule::ALL
                .into_iter()
                .map(|rule| rule_view(&desk, rule, month))
                .collect())
        })
    }

    /// Sets a billing rule from a month on, as long as no closed month used it.
    pub fn set_rule(&mut self, form: RuleForm, at: Moment) -> Result<Vec<RuleView>, Error> {
        let act = Act::new(UseCase::SetRule, at).form(&form);
        let from = self.write(act, |w| put_rule(w, &form, at))?;
        self.rules(&form.hub, Some(&from.to_string()), at)
    }

    /// Notes how auto-renewal is set at 360Dialog. The app never tops up itself.
    pub fn set_auto_renewal(&mut self, form: AutoRenewalForm, at: Moment) -> Result<(), Error> {
        let act = Act::new(UseCase::SetAutoRenewal, at).form(&form);
        self.write(act, |w| put_renewal(w, &form))
    }

    /// Several settings of a hub in one go: all are kept, or none.
    pub fn set_up_hub(&mut self, form: HubSettingsForm, at: Moment) -> Result<HubView, Error> {
        let act = Act::new(UseCase::SetUpHub, at).form(&form);
        self.write(act, |w| {
            if !form.first_month.trim().is_empty() {
                let first = BillingPeriod::parse(&form.first_month).about("first_month")?;
                move_first_month(w, &HubDesk::find(w, &form.hub)?, first).about("first_month")?;
            }
            if let Some(amount) = form.opening {
                let form = OpeningForm {
                    hub: form.hub.clone(),
                    channel: None,
                    amount,
                };
                opening_from(w, &form, at)?;
            }
            if let Some(method) = form.pay_by {
                put_pay_by(w, &form.hub, method)?;
            }
            if let Some(renewal) = &form.auto_renewal {
                put_renewal(w, renewal)?;
            }
            form.rules
                .iter()
                .try_for_each(|rule| put_rule(w, rule, at).map(|_| ()))
        })?;
        self.hub(&form.hub, at)
    }

    /// Closes a hub on its last day; its channels end with it. Its books stay.
    pub fn close_hub(&mut self, form: CloseHubForm, at: Moment) -> Result<HubView, Error> {
        let on = parse_date(&form.on).about("on")?;
        let act = Act::new(UseCase::CloseHub, at).form(&form).hub(&form.id);
        self.write(act, |w| {
            let desk = HubDesk::find(w, &form.id)?;
            check_closing_day(w, &desk, on).about("on")?;
            for row in w.channels(Some(desk.key()))? {
                if row.channel.ended.is_none_or(|ended| ended > on) {
                    let mut channel = row.channel.clone();
                    channel.ended = Some(on.max(channel.started));
                    w.update_channel(row.key, &channel)?;
                }
            }
            Ok(w.set_hub_closed(desk.key(), on)?)
        })?;
        self.hub(&form.id, at)
    }
}

/// Sets an opening balance as it was typed; gives the balance of today.
pub(crate) fn opening_from(w: &Write<'_>, form: &OpeningForm, at: Moment) -> Result<Money, Error> {
    let amount = parse_amount(&form.amount, AmountRule::SignedCents).about("amount")?;
    let (desk, channel) = find_balance(w, Some(&form.hub), form.channel.as_deref())?;
    put_opening(
        w,
        &desk,
        channel.as_ref(),
        Money::new(amount, desk.currency()),
        at,
    )
    .about("amount")?;
    let balances = balances_today(w, &desk, at.today)?;
    let found = balances.get(&channel.map(|c| c.key)).copied();
    Ok(found.unwrap_or(Money::zero(desk.currency())))
}

fn put_pay_by(w: &Write<'_>, hub: &str, method: PayByWord) -> Result<(), Error> {
    let desk = HubDesk::find(w, hub)?;
    check_method(desk.owner, method.into()).about("pay_by")?;
    Ok(w.set_pay_by(desk.key(), method.into())?)
}

/// Sets a rule and posts anew what it changes in open months; gives the month it holds from.
fn put_rule(w: &Write<'_>, form: &RuleForm, at: Moment) -> Result<BillingPeriod, Error> {
    let rule = Rule::parse(&form.rule).about("rule")?;
    let choice = rule.check_choice(&form.value).about("value")?.to_owned();
    let desk = HubDesk::find(w, &form.hub)?;
    let from = match form.from.trim() {
        "" => desk.first_open(),
        text => BillingPeriod::parse(text).about("from")?,
    };
    if from < desk.first_open() {
        let used = desk
            .last_closed()
            .map_or(desk.hub().first_month.previous(), |c| c.month);
        return Err(Error::from(hubledger_core::Error::RuleUsedByClosedMonth {
            hub: desk.hub().id.to_string(),
            month: used.to_string(),
            first_open: desk.first_open().to_string(),
        })
        .at("from"));
    }
    w.put_setting(desk.key(), &Setting { rule, choice, from })?;
    let desk = HubDesk::find(w, &form.hub)?;
    match rule {
        Rule::VatOn => repost_vat(w, &desk, at)?,
        Rule::FreeServiceMessages => deal_all_free_messages(w, &desk, from, at)?,
        Rule::OutdatedCard => {
            re_rate(w, &desk, Some(from.first_day()), at)?;
        }
        _ => {}
    }
    Ok(from)
}

/// Notes auto-renewal of a balance. Where it is off, amounts may be left out: those that were
/// saved before stay.
pub(crate) fn put_renewal(w: &Write<'_>, form: &AutoRenewalForm) -> Result<(), Error> {
    let (desk, channel) = find_balance(w, Some(&form.hub), form.channel.as_deref())?;
    let ledger = desk.ledger(channel.map(|c| c.channel.id));
    let account = w.open_account(desk.key(), &ledger.balance())?;
    let saved = w.auto_renewal(account)?;
    let read = |text: &str, rule: AmountRule, saved: i64, field| -> Result<i64, Error> {
        if text.trim().is_empty() && !form.on {
            return Ok(saved);
        }
        let amount = parse_amount(text, rule).about(field)?;
        if amount.is_sign_negative() && !amount.is_zero() {
            return Err(Error::from(hubledger_core::Error::AmountNegative).at(field));
        }
        Ok(AutoRenewal::micros(Money::new(amount, desk.currency()))?)
    };
    let renewal = AutoRenewal {
        is_on: form.on,
        threshold: read(
            &form.threshold,
            AmountRule::SignedCents,
            saved.map_or(0, |r| r.threshold),
            "threshold",
        )?,
        amount: read(
            &form.amount,
            AmountRule::PositiveCents,
            saved.map_or(0, |r| r.amount),
            "amount",
        )?,
    };
    Ok(w.put_auto_renewal(account, renewal)?)
}

fn first_days(form: &NewHubForm, today: Date) -> Result<(Date, BillingPeriod), Error> {
    let first = Some(form.first_month.trim())
        .filter(|t| !t.is_empty())
        .map(BillingPeriod::parse)
        .transpose()
        .about("first_month")?;
    let since = match (form.since.trim(), first) {
        ("", Some(first)) => first.first_day(),
        (text, _) => day_or(text, today).about("since")?,
    };
    let first = first.unwrap_or(BillingPeriod::containing(since));
    if since > first.last_day() {
        let error = hubledger_core::Error::FirstMonthIsFixed {
            hub: form.id.clone(),
            reason: "the hub begins later",
        };
        return Err(Error::from(error).at("first_month"));
    }
    Ok((since, first))
}

fn move_first_month(w: &Write<'_>, desk: &HubDesk, first: BillingPeriod) -> Result<(), Error> {
    let hub = desk.hub();
    if first == hub.first_month {
        return Ok(());
    }
    let fixed = |reason| {
        Error::from(hubledger_core::Error::FirstMonthIsFixed {
            hub: hub.id.to_string(),
            reason,
        })
    };
    if desk.last_closed().is_some() {
        return Err(fixed("a month is closed"));
    }
    if w.has_charges(desk.key())? || w.last_booked_month(desk.key())?.is_some() {
        return Err(fixed("something is booked already"));
    }
    // A hub that was entered as beginning with its books goes back with them.
    let since = if hub.since > first.last_day() {
        first.first_day()
    } else {
        hub.since
    };
    Ok(w.set_first_month(desk.key(), since, first)?)
}

/// A dearer plan holds from its day, a cheaper one from the next 1st.
fn change_plan(w: &Write<'_>, desk: &HubDesk, plan: PartnerPlan, from: Date) -> Result<(), Error> {
    if desk.plans.is_empty() {
        return Err(hubledger_core::Error::PlanInClientBook.into());
    }
    let current = plan_on(&desk.plans, from);
    if plan == current && desk.plans.iter().all(|p| p.from <= from) {
        return Ok(());
    }
    let from = if plan < current {
        BillingPeriod::containing(from).next().first_day()
    } else {
        from
    };
    if let Some(ends) = desk.plan_ends().filter(|ends| from > *ends) {
        let details = [desk.hub().id.as_str(), &ends.to_string()];
        return Err(Error::new(Code::PlanEndsBefore, details).at("plan_from"));
    }
    if from < desk.first_open().first_day() && from > desk.hub().since {
        return Err(Error::from(hubledger_core::Error::BeforeTheBooks {
            hub: desk.hub().id.to_string(),
            first: desk.first_open().to_string(),
        })
        .at("plan_from"));
    }
    Ok(w.put_plan(desk.key(), from.max(desk.hub().since), plan)?)
}

fn rule_view(desk: &HubDesk, rule: Rule, month: BillingPeriod) -> RuleView {
    let setting = holding(&desk.settings, rule, month);
    let value = setting.map_or(rule.default_choice(), |s| s.choice.as_str());
    RuleView {
        rule: rule.name().to_owned(),
        value: value.to_owned(),
        choices: rule.choices().iter().map(ToString::to_string).collect(),
        assumed: !rule.is_own_choice(),
        own_choice: rule.is_own_choice(),
        is_default: value == rule.default_choice(),
        from: setting.map(|s| s.from.to_string()),
        first_open: desk.first_open().to_string(),
    }
}

fn check_closing_day(r: &Read<'_>, desk: &HubDesk, on: Date) -> Result<(), Error> {
    let hub = desk.hub();
    if let Some(closed) = hub.closed_on {
        return Err(hubledger_core::Error::HubIsClosed {
            hub: hub.id.to_string(),
            on: closed.to_string(),
        }
        .into());
    }
    if on < hub.since || on < desk.first_open().first_day() {
        let first = desk.first_open().max(BillingPeriod::containing(hub.since));
        return Err(hubledger_core::Error::BeforeTheBooks {
            hub: hub.id.to_string(),
            first: first.to_string(),
        }
        .into());
    }
    if let Some(ends) = desk.plan_ends().filter(|ends| on < *ends) {
        let details = [hub.id.as_str(), &ends.to_string()];
        return Err(Error::new(Code::PlanRunsUntil, details));
    }
    let used_after: HashMap<i64, Date> = r.last_usage_days(desk.key(), on)?.into_iter().collect();
    for row in r.channels(Some(desk.key()))? {
        if let Some(used) = used_after.get(&row.key) {
            return Err(used_after_end(&row, *used));
        }
    }
    Ok(())
}

fn used_after_end(row: &ChannelRow, used: Date) -> Error {
    let details = [row.channel.id.as_str(), &used.to_string()];
    Error::new(Code::UsageAfterEnd, details)
}

/// Refuses a last day before usage that is booked.
pub(crate) fn check_usage_until(r: &Read<'_>, row: &ChannelRow, last: Date) -> Result<(), Error> {
    match r.usage_days(row.key)? {
        Some((_, used)) if used > last => Err(used_after_end(row, used)),
        _ => Ok(()),
    }
}
