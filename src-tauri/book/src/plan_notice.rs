//! Notice of a hub's partner plan: the last day by both readings of 360Dialog's term, and the plan
//! booked until the one that was chosen.

use hubledger_core::notice::{Notice, plan_ends};
use hubledger_core::period::{BillingPeriod, Date};
use hubledger_core::rule::{PlanNotice, Rule};
use hubledger_store::{Read, Write};
use serde::Serialize;
use specta::Type;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::{HubDesk, day_or};
use crate::error::{About, Code, Error};
use crate::form::PlanNoticeForm;
use crate::moment::Moment;
use crate::show;
use crate::view::ChannelLabelView;

/// When a plan ends of which notice is given.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PlanNoticeView {
    pub hub: String,
    /// Whether notice was given, or this is what it would be.
    pub given: bool,
    pub given_on: String,
    /// The last day by 30 days' notice to the end of a month.
    pub thirty_days: String,
    /// The last day by notice to the end of the following month.
    pub following_month: String,
    /// Whether the readings name two days: ask 360Dialog which it is.
    pub differ: bool,
    /// The one that counts: `thirty-days` or `following-month`.
    pub reading: String,
    /// The last day by it; no month after it has a plan fee.
    pub last_day: String,
    /// Channels that are billed after that day. 360Dialog ends a plan once all channel
    /// subscriptions are cancelled and all its invoices are paid.
    pub channels: Vec<ChannelLabelView>,
}

fn reading_of(text: &str) -> Result<PlanNotice, Error> {
    let choice = Rule::PlanNotice.check_choice(text).about("reading")?;
    Ok(if choice == PlanNotice::FollowingMonth.as_str() {
        PlanNotice::FollowingMonth
    } else {
        PlanNotice::ThirtyDays
    })
}

/// The notice that a form means, refused where it can't be given.
fn notice_from(desk: &HubDesk, form: &PlanNoticeForm, today: Date) -> Result<Notice, Error> {
    let hub = desk.hub();
    if desk.plans.is_empty() {
        return Err(Error::from(hubledger_core::Error::PlanInClientBook).at("hub"));
    }
    desk.check_is_open().about("hub")?;
    let given_on = day_or(&form.given_on, today).about("given_on")?;
    if given_on > today {
        let day = given_on.to_string();
        return Err(Error::from(hubledger_core::Error::InTheFuture { day }).at("given_on"));
    }
    if given_on < hub.since {
        let error = hubledger_core::Error::BeforeTheBooks {
            hub: hub.id.to_string(),
            first: BillingPeriod::containing(hub.since).to_string(),
        };
        return Err(Error::from(error).at("given_on"));
    }
    let reading = match form.reading.trim() {
        "" => desk.rules(BillingPeriod::containing(given_on)).plan_notice,
        text => reading_of(text)?,
    };
    Ok(Notice::given(given_on, reading))
}

/// Refuses a last day before a closed month, which was charged, or not charged, by another.
fn check_months_after(desk: &HubDesk, last_day: Date) -> Result<(), Error> {
    match desk
        .last_closed()
        .filter(|c| c.month.first_day() > last_day)
    {
        Some(closed) => Err(hubledger_core::Error::MonthIsClosed {
            hub: desk.hub().id.to_string(),
            month: closed.month.to_string(),
        }
        .into()),
        None => Ok(()),
    }
}

fn view(
    r: &Read<'_>,
    desk: &HubDesk,
    notice: Notice,
    given: bool,
) -> Result<PlanNoticeView, Error> {
    let ends = plan_ends(notice.given_on);
    let go_on = r.channels(Some(desk.key()))?.into_iter().filter(|row| {
        let ended = row.channel.ended;
        ended.is_none_or(|ended| ended > notice.last_day)
    });
    Ok(PlanNoticeView {
        hub: desk.hub().id.to_string(),
        given,
        given_on: notice.given_on.to_string(),
        thirty_days: ends.thirty_days.to_string(),
        following_month: ends.following_month.to_string(),
        differ: ends.differ(),
        reading: notice.reading.as_str().to_owned(),
        last_day: notice.last_day.to_string(),
        channels: go_on.map(|row| show::channel_label(&row)).collect(),
    })
}

fn give(w: &Write<'_>, form: &PlanNoticeForm, at: Moment) -> Result<(), Error> {
    let desk = HubDesk::find(w, &form.hub).about("hub")?;
    if let Some(notice) = desk.notice {
        let details = [desk.hub().id.as_str(), &notice.given_on.to_string()];
        return Err(Error::new(Code::PlanNoticeGiven, details).at("hub"));
    }
    let notice = notice_from(&desk, form, at.today)?;
    check_months_after(&desk, notice.last_day).about("given_on")?;
    Ok(w.put_plan_notice(desk.key(), &notice)?)
}

fn take_back(w: &Write<'_>, hub: &str) -> Result<(), Error> {
    let desk = HubDesk::find(w, hub).about("hub")?;
    let Some(notice) = desk.notice else {
        return Err(Error::new(Code::PlanNoticeMissing, [desk.hub().id.as_str()]).at("hub"));
    };
    check_months_after(&desk, notice.last_day).about("hub")?;
    Ok(w.remove_plan_notice(desk.key())?)
}

impl Book {
    /// The notice that was given of a hub's plan; where none was, what it would be.
    pub fn plan_notice(&self, form: &PlanNoticeForm, at: Moment) -> Result<PlanNoticeView, Error> {
        self.read(|r| {
            let desk = HubDesk::find(r, &form.hub).about("hub")?;
            match desk.notice {
                Some(notice) => view(r, &desk, notice, true),
                None => view(r, &desk, notice_from(&desk, form, at.today)?, false),
            }
        })
    }

    /// Notes that notice of a hub's plan was given: the plan is charged until its last day.
    pub fn give_plan_notice(
        &mut self,
        form: PlanNoticeForm,
        at: Moment,
    ) -> Result<PlanNoticeView, Error> {
        let act = Act::new(UseCase::GivePlanNotice, at).form(&form);
        self.write(act, |w| give(w, &form, at))?;
        self.plan_notice(&form, at)
    }

    /// Takes the notice of a hub's plan back, as long as no month after its last day is closed.
    pub fn withdraw_plan_notice(&mut self, hub: &str, at: Moment) -> Result<(), Error> {
        let act = Act::new(UseCase::WithdrawPlanNotice, at).hub(hub);
        self.write(act, |w| take_back(w, hub))
    }
}
