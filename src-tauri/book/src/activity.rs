//! The record of who did what, and when: each use case leaves a row in its own transaction.

use chrono::NaiveDateTime;
use hubledger_core::Error as Rule;
use hubledger_core::period::{BillingPeriod, parse_date};
use hubledger_store::{ActivityFilter, ActivityRow, NewActivity, Read, Subject, Write};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;

use crate::Book;
use crate::desk::HubDesk;
use crate::error::{About, Error};
use crate::file::count;
use crate::moment::{Moment, STAMP};
use crate::undo::with_ways_back;

/// Makes the list of use cases with their words. A word is for good: books keep it.
macro_rules! use_cases {
    ($($variant:ident => $text:literal),+ $(,)?) => {
        /// What a person can do to a book.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
        pub enum UseCase { $(#[serde(rename = $text)] $variant),+ }

        impl UseCase {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that the book keeps.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

use_cases! {
    NewBook => "new-book",
    SetCompany => "set-company",
    SetPaperLanguage => "set-paper-language",
    AddHub => "add-hub",
    EditHub => "edit-hub",
    SetUpHub => "set-up-hub",
    CloseHub => "close-hub",
    GivePlanNotice => "give-plan-notice",
    WithdrawPlanNotice => "withdraw-plan-notice",
    SetOpening => "set-opening",
    SetPayBy => "set-pay-by",
    SetRule => "set-rule",
    SetVolume => "set-volume",
    ImportVolume => "import-volume",
    SetAutoRenewal => "set-auto-renewal",
    AddClient => "add-client",
    EditClient => "edit-client",
    AddChannel => "add-channel",
    EditChannel => "edit-channel",
    SetUpChannel => "set-up-channel",
    CancelChannel => "cancel-channel",
    KeepPrice => "keep-price",
    ImportParties => "import-parties",
    ImportPrices => "import-prices",
    ChooseCard => "choose-card",
    ImportMarkets => "import-markets",
    ChooseMarketList => "choose-market-list",
    ImportUsage => "import-usage",
    TopUp => "top-up",
    Refund => "refund",
    PriceCharge => "price-charge",
    Waive => "waive",
    CloseMonth => "close-month",
    SetChart => "set-chart",
    SealMonths => "seal-months",
    Restore => "restore",
    SetPassphrase => "set-passphrase",
    SetVendorNumber => "set-vendor-number",
    SetSeller => "set-seller",
    SetLogo => "set-logo",
    SetNumberSeries => "set-number-series",
    SetSeriesStart => "set-series-start",
    SetClientBilling => "set-client-billing",
    PutClientDraft => "put-client-draft",
    RemoveClientDraft => "remove-client-draft",
    IssueClientInvoice => "issue-client-invoice",
    CreditClientInvoice => "credit-client-invoice",
    CorrectClientInvoice => "correct-client-invoice",
    PayClientInvoice => "pay-client-invoice",
    Undo => "undo",
    Reverse => "reverse",
}

/// A use case as it is recorded: what was filled in, and what it concerns.
#[derive(Debug)]
pub(crate) struct Act {
    use_case: UseCase,
    stamp: String,
    inputs: Map<String, Value>,
    subject: Subject,
    undoes: Option<i64>,
}

impl Act {
    pub(crate) fn new(use_case: UseCase, at: Moment) -> Self {
        Self {
            use_case,
            stamp: at.stamp(),
            inputs: Map::new(),
            subject: Subject::default(),
            undoes: None,
        }
    }

    /// What was filled in. Fields called `hub`, `client` and `channel` say what it concerns.
    pub(crate) fn form(mut self, form: &impl Serialize) -> Self {
        if let Ok(Value::Object(fields)) = serde_json::to_value(form) {
            let id = |name: &str| {
                let text = fields.get(name).and_then(Value::as_str).map(str::trim);
                text.filter(|t| !t.is_empty()).map(str::to_owned)
            };
            let subject = &mut self.subject;
            subject.hub = id("hub").or(subject.hub.take());
            subject.client = id("client").or(subject.client.take());
            subject.channel = id("channel").or(subject.channel.take());
            self.inputs.extend(fields);
        }
        self
    }

    /// One more input.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.inputs
            .insert(name.to_owned(), Value::String(value.to_string()));
        self
    }

    pub(crate) fn hub(mut self, id: &str) -> Self {
        self.subject.hub = Some(id.trim().to_owned());
        self
    }

    pub(crate) fn client(mut self, id: &str) -> Self {
        self.subject.client = Some(id.trim().to_owned());
        self
    }

    pub(crate) fn channel(mut self, id: &str) -> Self {
        self.subject.channel = Some(id.trim().to_owned());
        self
    }

    pub(crate) fn invoice(mut self, reference: &str) -> Self {
        self.subject.invoice = Some(reference.trim().to_owned());
        self
    }

    pub(crate) fn month(mut self, month: BillingPeriod) -> Self {
        self.subject.month = Some(month);
        self
    }

    /// What another unit concerned, which this one takes back.
    pub(crate) fn undoing(mut self, unit: &ActivityRow) -> Self {
        self.subject = unit.subject.clone();
        self.undoes = Some(unit.key);
        self.with("unit", unit.key).with("undoes", &unit.use_case)
    }

    /// Writes the record. What is posted from here on belongs to it.
    pub(crate) fn record(&self, w: &Write<'_>, actor: &str) -> Result<i64, Error> {
        Ok(w.record(&NewActivity {
            at: &self.stamp,
            actor,
            use_case: self.use_case.as_str(),
            inputs: &Value::Object(self.inputs.clone()).to_string(),
            subject: &self.subject,
            undoes: self.undoes,
        })?)
    }
}

/// Which part of the record to show: all where nothing is named.
#[derive(Clone, Debug, Default, Deserialize, Type)]
pub struct HistoryForm {
    pub hub: Option<String>,
    pub client: Option<String>,
    pub channel: Option<String>,
    pub invoice: Option<String>,
    /// `ActivityView::actor`
    pub actor: Option<String>,
    /// One of the words of `UseCase`.
    pub use_case: Option<String>,
    /// A day in UTC, or the first instant as `ActivityView::at` has it.
    pub from: Option<String>,
    /// A day in UTC, or the first instant that is too late.
    pub until: Option<String>,
    pub oldest_first: bool,
    /// The act that the last page ended with; none: the first page.
    pub after: Option<u32>,
    /// Rows of a page, at most 1,000.
    pub limit: u32,
}

/// One thing that was filled in.
#[derive(Clone, Debug, Serialize, Type)]
pub struct InputView {
    pub name: String,
    pub value: String,
}

/// Who did what, and when.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ActivityView {
    pub id: u32,
    /// In UTC: `2026-09-01T08:12:30Z`.
    pub at: String,
    pub actor: String,
    /// One of the words of `UseCase`.
    pub use_case: String,
    pub inputs: Vec<InputView>,
    pub hub: Option<String>,
    pub client: Option<String>,
    pub channel: Option<String>,
    pub invoice: Option<String>,
    pub month: Option<String>,
    /// The unit that it took back.
    pub undoes: Option<u32>,
    /// The unit that took it back.
    pub undone_by: Option<u32>,
    /// Whether undoing can take it back; what else rests on it may have to go first.
    pub can_undo: bool,
    /// The entry of a closed month that can be reversed instead.
    pub to_reverse: Option<String>,
    /// The entry that reverses what it posted.
    pub reversed_by: Option<String>,
}

/// A page of the record.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HistoryView {
    pub acts: Vec<ActivityView>,
    /// Where the next page begins; none: this is the last.
    pub next: Option<u32>,
    /// With the first page only.
    pub whole: Option<HistoryWholeView>,
}

/// What a page of the record stands in.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HistoryWholeView {
    /// Acts that match.
    pub count: u32,
    /// Who acted, in all of the record.
    pub actors: Vec<String>,
    /// What was done, in all of the record.
    pub use_cases: Vec<String>,
}

const MOST_ACTIVITIES: u32 = 1_000;

/// A row of the record as it stands by itself, without the ways back.
pub(crate) fn view(row: ActivityRow) -> ActivityView {
    let mut inputs = Vec::new();
    if let Ok(Value::Object(fields)) = serde_json::from_str(&row.inputs) {
        flatten("", &fields, &mut inputs);
    }
    ActivityView {
        id: count(row.key),
        at: row.at,
        actor: row.actor,
        use_case: row.use_case,
        inputs,
        hub: row.subject.hub,
        client: row.subject.client,
        channel: row.subject.channel,
        invoice: row.subject.invoice,
        month: row.subject.month.map(|month| month.to_string()),
        undoes: row.undoes.map(count),
        undone_by: row.undone_by.map(count),
        can_undo: false,
        to_reverse: None,
        reversed_by: None,
    }
}

/// What was filled in, field by field; what was left empty is left out.
fn flatten(prefix: &str, fields: &Map<String, Value>, inputs: &mut Vec<InputView>) {
    for (name, value) in fields {
        let name = format!("{prefix}{name}");
        match value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            Value::Object(inner) => flatten(&format!("{name}."), inner, inputs),
            Value::String(text) => inputs.push(InputView {
                name,
                value: text.clone(),
            }),
            other => inputs.push(InputView {
                name,
                value: other.to_string(),
            }),
        }
    }
}

impl Book {
    /// The record of who did what, newest first where no other order is asked for.
    pub fn history(&self, form: &HistoryForm) -> Result<Vec<ActivityView>, Error> {
        Ok(self.history_page(form)?.acts)
    }

    /// The same page, with where the next one begins and what it is a page of.
    pub fn history_page(&self, form: &HistoryForm) -> Result<HistoryView, Error> {
        self.read(|r| history_on(r, form))
    }
}

/// A page of the record within a read.
pub(crate) fn history_on(r: &Read<'_>, form: &HistoryForm) -> Result<HistoryView, Error> {
    let from = first_instant(form.from.as_deref()).about("from")?;
    let until = instant_behind(form.until.as_deref()).about("until")?;
    let filter = ActivityFilter {
        hub: form.hub.as_deref(),
        client: form.client.as_deref(),
        channel: form.channel.as_deref(),
        invoice: form.invoice.as_deref(),
        actor: form.actor.as_deref(),
        use_case: form.use_case.as_deref(),
        from: from.as_deref(),
        until: until.as_deref(),
    };
    let limit = form.limit.clamp(1, MOST_ACTIVITIES);
    let after = form.after.map(i64::from);
    let desks = HubDesk::all(r)?;
    let asked = i64::from(limit) + 1;
    let mut rows = r.activities(filter, form.oldest_first, after, asked)?;
    let is_more = count(rows.len()) > limit;
    if is_more {
        rows.pop();
    }
    let next = rows.last().filter(|_| is_more).map(|row| count(row.key));
    let acts = rows.into_iter().map(|row| with_ways_back(r, row, &desks));
    Ok(HistoryView {
        acts: acts.collect::<Result<_, Error>>()?,
        next,
        whole: match after {
            None => Some(whole(r, filter)?),
            Some(_) => None,
        },
    })
}

fn whole(r: &Read<'_>, filter: ActivityFilter<'_>) -> Result<HistoryWholeView, Error> {
    let words = r.activity_words()?;
    Ok(HistoryWholeView {
        count: count(r.count_activities(filter)?),
        actors: words.actors,
        use_cases: words.use_cases,
    })
}

/// An instant as the record keeps it, or none where a day is meant.
fn instant(text: &str) -> Option<String> {
    NaiveDateTime::parse_from_str(text, STAMP)
        .ok()
        .map(|at| at.format(STAMP).to_string())
}

fn first_instant(text: Option<&str>) -> Result<Option<String>, Rule> {
    let of = |text: &str| match instant(text) {
        Some(at) => Ok(at),
        None => Ok(format!("{}T00:00:00Z", parse_date(text)?)),
    };
    given(text).map(of).transpose()
}

/// The first instant behind a day.
fn instant_behind(text: Option<&str>) -> Result<Option<String>, Rule> {
    let of = |text: &str| match instant(text) {
        Some(at) => Ok(at),
        // Behind the last second of the day, as texts are compared.
        None => Ok(format!("{}T24", parse_date(text)?)),
    };
    given(text).map(of).transpose()
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use hubledger_core::period::parse_date;
    use hubledger_store::{ActivityFilter, Store};

    use super::*;
    use crate::Book;
    use crate::error::Code;

    #[test]
    fn what_is_done_leaves_one_row_and_what_is_refused_or_tried_out_none() {
        let at = Moment {
            today: parse_date("2026-09-01").unwrap(),
            now: "2026-09-01T08:12:30".parse().unwrap(),
        };
        let mut book = Book {
            store: Store::in_memory().unwrap(),
            path: PathBuf::new(),
            actor: "Ida on desk (hubl)".to_owned(),
            reading_beside: None,
            has_backups: false,
            rows_in_backup: None,
        };
        let act = || {
            Act::new(UseCase::SetPayBy, at)
                .hub(" aPA ")
                .with("method", "card")
        };
        book.write(act(), |_| Ok(())).unwrap();
        book.write(act(), |_| -> Result<(), Error> {
            Err(Error::new(Code::Cancelled, []))
        })
        .unwrap_err();
        book.try_out(|_| Ok(())).unwrap();

        let rows = book
            .read(|r| Ok(r.activities(ActivityFilter::default(), false, None, 10)?))
            .unwrap();
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                let hub = row.subject.hub.as_deref().unwrap();
                format!(
                    "{} {} {} {} {hub}",
                    row.at, row.actor, row.use_case, row.inputs
                )
            })
            .collect();
        assert_eq!(
            told,
            [r#"2026-09-01T08:12:30Z Ida on desk (hubl) set-pay-by {"method":"card"} aPA"#]
        );
    }

    /// Who did what at what hour of 1 September, from 00:00 on, one an hour.
    const DONE: [(&str, UseCase); 7] = [
        ("Ida", UseCase::TopUp),
        ("Ben", UseCase::ImportUsage),
        ("Ida", UseCase::CloseMonth),
        ("Ida", UseCase::TopUp),
        ("Ben", UseCase::TopUp),
        ("Ida", UseCase::ImportUsage),
        ("Ben", UseCase::CloseMonth),
    ];

    fn book_of(done: &[(&str, UseCase)]) -> Book {
        let mut book = Book {
            store: Store::in_memory().unwrap(),
            path: PathBuf::new(),
            actor: String::new(),
            reading_beside: None,
            has_backups: false,
            rows_in_backup: None,
        };
        for (hour, (actor, use_case)) in done.iter().enumerate() {
            let at = Moment {
                today: parse_date("2026-09-01").unwrap(),
                now: format!("2026-09-01T{hour:02}:00:00").parse().unwrap(),
            };
            (*actor).clone_into(&mut book.actor);
            book.write(Act::new(*use_case, at), |_| Ok(())).unwrap();
        }
        book
    }

    /// Hours of what is asked for, in pages of two.
    fn hours(book: &Book, form: &HistoryForm) -> Vec<usize> {
        let mut form = HistoryForm {
            limit: 2,
            ..form.clone()
        };
        let mut found = Vec::new();
        loop {
            let page = book.history_page(&form).unwrap();
            assert_eq!(page.whole.is_some(), form.after.is_none());
            let hours = page.acts.iter().map(|act| act.at[11..13].parse().unwrap());
            found.extend(hours.collect::<Vec<usize>>());
            form.after = page.next;
            if form.after.is_none() {
                return found;
            }
        }
    }

    #[test]
    fn the_record_is_narrowed_and_in_order_as_by_hand() {
        let book = book_of(&DONE);
        let instant = |hour: usize| format!("2026-09-01T{hour:02}:00:00Z");
        for actor in [None, Some("Ida"), Some("Ben"), Some("Eve")] {
            for use_case in [None, Some(UseCase::TopUp), Some(UseCase::Refund)] {
                for (from, until) in [(0, 24), (1, 6), (3, 3), (2, 24)] {
                    for oldest_first in [false, true] {
                        let form = HistoryForm {
                            actor: actor.map(str::to_owned),
                            use_case: use_case.map(|one| one.as_str().to_owned()),
                            from: (from > 0).then(|| instant(from)),
                            until: (until < 24).then(|| instant(until)),
                            oldest_first,
                            ..HistoryForm::default()
                        };
                        let fits = |(hour, (who, what)): &(usize, &(&str, UseCase))| {
                            (from..until).contains(hour)
                                && actor.is_none_or(|actor| actor == *who)
                                && use_case.is_none_or(|use_case| use_case == *what)
                        };
                        let by_hand = DONE.iter().enumerate().filter(fits).map(|(hour, _)| hour);
                        let mut by_hand: Vec<_> = by_hand.collect();
                        if !oldest_first {
                            by_hand.reverse();
                        }
                        assert_eq!(hours(&book, &form), by_hand, "{form:?}");
                        let whole = book.history_page(&form).unwrap().whole.unwrap();
                        assert_eq!(whole.count as usize, by_hand.len(), "{form:?}");
                    }
                }
            }
        }
        let whole = book
            .history_page(&HistoryForm::default())
            .unwrap()
            .whole
            .unwrap();
        assert_eq!(whole.actors, ["Ben", "Ida"]);
        assert_eq!(whole.use_cases, ["close-month", "import-usage", "top-up"]);
    }

    #[test]
    fn a_day_of_the_record_ends_with_its_last_second() {
        let book = book_of(&DONE);
        let of = |from: &str, until: &str| {
            let form = HistoryForm {
                from: Some(from.to_owned()),
                until: Some(until.to_owned()),
                ..HistoryForm::default()
            };
            Ok::<_, Error>(book.history_page(&form)?.whole.unwrap().count)
        };
        assert_eq!(of("2026-09-01", "2026-09-01").unwrap(), 7);
        assert_eq!(of("2026-08-01", "2026-08-31").unwrap(), 0);
        assert_eq!(of("2026-09-02", "").unwrap(), 0);
        let refused = of("yesterday", "").unwrap_err();
        assert_eq!((refused.code, refused.field), (Code::NotADay, Some("from")));
    }
}
