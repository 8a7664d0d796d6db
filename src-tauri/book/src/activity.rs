//! The record of who did what, and when: each use case leaves a row in its own transaction.

use hubledger_core::period::BillingPeriod;
use hubledger_store::{ActivityFilter, ActivityRow, NewActivity, Subject, Write};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;

use crate::Book;
use crate::desk::HubDesk;
use crate::error::Error;
use crate::file::count;
use crate::moment::Moment;
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
    /// Where the last page ended; none: the newest.
    pub before: Option<u32>,
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
    /// The record of who did what, newest first.
    pub fn history(&self, form: &HistoryForm) -> Result<Vec<ActivityView>, Error> {
        let filter = ActivityFilter {
            hub: form.hub.as_deref(),
            client: form.client.as_deref(),
            channel: form.channel.as_deref(),
            invoice: form.invoice.as_deref(),
            before: form.before.map(i64::from),
        };
        let limit = i64::from(form.limit.clamp(1, MOST_ACTIVITIES));
        self.read(|r| {
            let desks = HubDesk::all(r)?;
            let rows = r.activities(filter, limit)?.into_iter();
            rows.map(|row| with_ways_back(r, row, &desks)).collect()
        })
    }
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
            .read(|r| Ok(r.activities(ActivityFilter::default(), 10)?))
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
}
