//! Lists as a table of the window shows them, written as CSV in one read of the book: narrowed and in
//! order as they are shown, with the columns that stand there under their heads. Cells are as a file
//! has them: exact amounts, days as `2026-09-22`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use hubledger_store::Read;
use serde::Deserialize;
use specta::Type;

use crate::Book;
use crate::activity::{ActivityView, HistoryForm, InputView, history_on};
use crate::client_page::channels_on;
use crate::desk::HubDesk;
use crate::error::Error;
use crate::file::{pages, write_whole_table};
use crate::form::ClientsForm;
use crate::ledger::{EntriesForm, EntryView, PostingView, entries_page};
use crate::moment::Moment;
use crate::progress::{Progress, tell};
use crate::view::{ChannelState, ChannelView, ProgressView};

/// A list, and the words for what is a code in the book.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct ShownForm {
    pub list: ShownList,
    pub words: BTreeMap<String, String>,
}

/// Which list, what it is narrowed to, and its columns.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ShownList {
    /// Words: what entries record, and Hubledger's own accounts.
    Entries {
        form: EntriesForm,
        columns: Vec<ShownHead<ShownPosting>>,
    },
    /// Words: use cases, fields as `field.name`, choices as `field=choice`, `true` and `false`; `undoes` with
    /// `{0}` for the unit, `undone`, `reversed`.
    History {
        form: HistoryForm,
        columns: Vec<ShownHead<ShownAct>>,
    },
    /// Words: tiers, `paused` and `active`; `starting`, `ending` and `ended` with `{0}` for the day.
    Channels {
        form: ClientsForm,
        columns: Vec<ShownHead<ShownChannel>>,
    },
}

/// A column and what stands over it.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct ShownHead<K> {
    pub key: K,
    pub head: String,
}

/// What a column of entries shows, a row a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ShownPosting {
    Day,
    Entry,
    Hub,
    /// What the entry records.
    What,
    /// The entry that it takes back.
    Reverses,
    Number,
    Name,
    /// The channel or client of the account.
    Of,
    Account,
    Debit,
    Credit,
    Currency,
}

/// What a column of the record shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ShownAct {
    /// In UTC.
    Time,
    What,
    /// What it concerns, by the names of today.
    About,
    /// What was filled in beside that, as the book keeps it.
    Inputs,
    Who,
    State,
}

/// What a column of channels shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ShownChannel {
    /// Its number where it has none.
    Name,
    Client,
    Id,
    Phone,
    Tier,
    State,
    Licence,
    Used,
}

type Words = BTreeMap<String, String>;

fn said(words: &Words, code: &str) -> String {
    words.get(code).map_or(code, String::as_str).to_owned()
}

/// A sentence with a place in it.
fn said_of(words: &Words, code: &str, what: &str) -> String {
    said(words, code).replace("{0}", what)
}

impl Book {
    /// Writes a list as a table shows it, and tells how many rows there are so far; where that is answered
    /// with a break it is refused with `cancelled`, and what was there before is still there. Gives the
    /// number of rows.
    pub fn export_shown(
        &self,
        form: &ShownForm,
        to: &Path,
        progress: Progress<'_>,
        at: Moment,
    ) -> Result<u32, Error> {
        let words = &form.words;
        self.read(|r| match &form.list {
            ShownList::Entries { form, columns } => {
                let ask = |after| {
                    let limit = u32::MAX;
                    let form = form.clone();
                    entries_page(
                        r,
                        &EntriesForm {
                            after,
                            limit,
                            ..form
                        },
                        at,
                    )
                };
                let all = pages(ask, |page| page.next.clone());
                let rows = all.flat_map(|page| each(page.map(|page| page.entries), posting_rows));
                write(to, columns, rows, progress, |(entry, posting), key| {
                    posting_cell(entry, posting, key, words)
                })
            }
            ShownList::History { form, columns } => {
                let names = Names::of(r)?;
                let ask = |after: Option<String>| {
                    let after = after.and_then(|key| key.parse().ok());
                    let limit = u32::MAX;
                    let form = form.clone();
                    history_on(
                        r,
                        &HistoryForm {
                            after,
                            limit,
                            ..form
                        },
                    )
                };
                let all = pages(ask, |page| page.next.map(|key| key.to_string()));
                let rows = all.flat_map(|page| each(page.map(|page| page.acts), |act| vec![act]));
                write(to, columns, rows, progress, |act, key| {
                    act_cell(act, key, words, &names)
                })
            }
            ShownList::Channels { form, columns } => {
                let rows = channels_on(r, form, at)?.into_iter().map(Ok);
                write(to, columns, rows, progress, |channel, key| {
                    channel_cell(channel, key, words)
                })
            }
        })
    }
}

/// The rows of a page, or why there is none.
fn each<T, R>(page: Result<Vec<T>, Error>, rows: impl Fn(T) -> Vec<R>) -> Vec<Result<R, Error>> {
    match page {
        Ok(page) => page.into_iter().flat_map(rows).map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }
}

const TOLD_EVERY: u32 = 1_000;

fn write<R, K: Copy>(
    to: &Path,
    columns: &[ShownHead<K>],
    rows: impl Iterator<Item = Result<R, Error>>,
    progress: Progress<'_>,
    cell: impl Fn(&R, K) -> String,
) -> Result<u32, Error> {
    let heads: Vec<_> = columns.iter().map(|one| one.head.as_str()).collect();
    let rows = rows.zip(1_u32..).map(|(row, had)| {
        let row = row?;
        if had % TOLD_EVERY == 0 {
            tell(&mut *progress, ProgressView::of_rows(had, 0))?;
        }
        Ok(columns.iter().map(|one| cell(&row, one.key)).collect())
    });
    write_whole_table(to, &heads, rows)
}

fn posting_rows(mut entry: EntryView) -> Vec<(EntryView, PostingView)> {
    let postings = std::mem::take(&mut entry.postings);
    let of_entry = |posting| (entry.clone(), posting);
    postings.into_iter().map(of_entry).collect()
}

fn posting_cell(
    entry: &EntryView,
    posting: &PostingView,
    key: ShownPosting,
    words: &Words,
) -> String {
    let (debit, credit) = (posting.debit.as_ref(), posting.credit.as_ref());
    match key {
        ShownPosting::Day => entry.day.clone(),
        ShownPosting::Entry => entry.entry.clone(),
        ShownPosting::Hub => entry.hub.clone(),
        ShownPosting::What => said(words, &entry.kind),
        ShownPosting::Reverses => entry.reverses.clone().unwrap_or_default(),
        ShownPosting::Number => posting.number.clone(),
        ShownPosting::Name => match posting.plain {
            Some(plain) => words.get(plain.as_str()).unwrap_or(&posting.name).clone(),
            None => posting.name.clone(),
        },
        ShownPosting::Of => posting.of.clone().unwrap_or_default(),
        ShownPosting::Account => posting.account.clone(),
        ShownPosting::Debit => debit.map(|one| one.amount.clone()).unwrap_or_default(),
        ShownPosting::Credit => credit.map(|one| one.amount.clone()).unwrap_or_default(),
        ShownPosting::Currency => {
            let side = debit.or(credit).map(|one| one.currency.to_string());
            side.unwrap_or_default()
        }
    }
}

/// Hubs, clients and channels by their ids.
struct Names(HashMap<String, String>);

impl Names {
    fn of(r: &Read<'_>) -> Result<Self, Error> {
        let mut names = HashMap::new();
        for desk in HubDesk::all(r)? {
            names.insert(desk.hub().id.to_string(), desk.hub().name.clone());
        }
        for row in r.clients(None)? {
            names.insert(row.client.id.to_string(), row.client.name);
        }
        for row in r.channels(None)? {
            let channel = row.channel;
            let name = match channel.name.is_empty() {
                true => channel.phone.to_string(),
                false => channel.name,
            };
            names.insert(channel.id.to_string(), name);
        }
        Ok(Self(names))
    }

    fn name(&self, id: Option<&String>) -> Option<String> {
        let id = id?;
        Some(self.0.get(id).unwrap_or(id).clone())
    }
}

fn act_cell(act: &ActivityView, key: ShownAct, words: &Words, names: &Names) -> String {
    match key {
        ShownAct::Time => act.at.clone(),
        ShownAct::What => words
            .get(&act.use_case)
            .cloned()
            .unwrap_or_else(|| readable(&act.use_case)),
        ShownAct::About => match act.undoes {
            Some(unit) => said_of(words, "undoes", &unit.to_string()),
            None => about(act, names),
        },
        ShownAct::Inputs => {
            let told = act.inputs.iter().filter(|input| is_told(input));
            let told = told.map(|input| input_words(input, words));
            told.collect::<Vec<_>>().join(" · ")
        }
        ShownAct::Who => act.actor.clone(),
        ShownAct::State if act.undone_by.is_some() => said(words, "undone"),
        ShownAct::State if act.reversed_by.is_some() => said(words, "reversed"),
        ShownAct::State => String::new(),
    }
}

fn about(act: &ActivityView, names: &Names) -> String {
    let of_hub = act.channel.is_none() && act.client.is_none();
    let parts = [
        act.month.clone(),
        act.invoice.clone(),
        names.name(act.channel.as_ref()),
        names.name(act.client.as_ref()),
        names.name(act.hub.as_ref().filter(|_| of_hub)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What an act concerns is told before; a file's hash is for machines.
fn is_told(input: &InputView) -> bool {
    const ELSEWHERE: [&str; 8] = [
        "hub",
        "client",
        "channel",
        "invoice",
        "month",
        "reference",
        "unit",
        "sha256",
    ];
    !ELSEWHERE.contains(&input.name.as_str()) && input.value != "[]"
}

fn input_words(input: &InputView, words: &Words) -> String {
    let last = input.name.rsplit('.').next().unwrap_or(&input.name);
    let is_switch = input.value == "true" || input.value == "false";
    let name = words.get(&format!("field.{last}"));
    let name = name.cloned().unwrap_or_else(|| readable(last));
    let value = match words.get(&format!("{last}={}", input.value)) {
        Some(word) => word.clone(),
        None if is_switch => said(words, &input.value),
        None => input.value.replace('\n', ", "),
    };
    format!("{name} {value}")
}

/// A code that has no word: `close-month` is “Close month”.
fn readable(code: &str) -> String {
    let plain = code.replace(['-', '_', '.'], " ");
    let mut letters = plain.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.clone()).collect()
}

fn channel_cell(channel: &ChannelView, key: ShownChannel, words: &Words) -> String {
    match key {
        ShownChannel::Name if channel.name.is_empty() => channel.phone.clone(),
        ShownChannel::Name => channel.name.clone(),
        ShownChannel::Client => channel.client_name.clone(),
        ShownChannel::Id => channel.id.clone(),
        ShownChannel::Phone => channel.phone.clone(),
        ShownChannel::Tier => said(words, channel.tier.as_str()),
        ShownChannel::State if channel.paused => said(words, "paused"),
        ShownChannel::State => {
            let ended = channel.ended.as_deref().unwrap_or_default();
            match channel.state {
                ChannelState::Starting => said_of(words, "starting", &channel.started),
                ChannelState::Active => said(words, "active"),
                ChannelState::Ending => said_of(words, "ending", ended),
                ChannelState::Ended => said_of(words, "ended", ended),
            }
        }
        ShownChannel::Licence => channel.licence.amount.clone(),
        ShownChannel::Used => channel.used.amount.clone(),
    }
}
