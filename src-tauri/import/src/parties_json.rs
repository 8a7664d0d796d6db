//! Saved answers of the Partner API: `GET …/clients` and `GET …/channels` (`reference` 4.2), whole
//! or page by page. A record that can't be taken never stops the others; its problem names its place
//! in the file, from 1, where a table has lines.
//!
//! The answers name no hub, and tell instants where books have days. So a record is read here, and
//! becomes a row once the book has said its hub and its time zone.

use hubledger_core::channel::{Channel, Tier};
use hubledger_core::country::Country;
use hubledger_core::id::{ChannelId, ClientId, HubId, PhoneNumber};
use hubledger_core::text::{LONGEST_LINE, optional_email};
use serde_json::{Map, Value};

use crate::instant::{TimeZone, When, zone_name};
use crate::parties_csv::{PartyChannel, PartyRow, tier_of};
use crate::problem::{FileProblem, Problem, ProblemKind};

/// The largest answer that is read.
pub const LARGEST_ANSWER: u64 = 16 * 1024 * 1024;

/// What an answer tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyAnswer {
    pub records: Vec<Result<PartyRecord, Problem>>,
    /// Records of the same lists that stand on pages which the file does not hold.
    pub beyond: u64,
}

/// A client, or a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyRecord {
    Client(ClientRecord),
    Channel(ChannelRecord),
}

/// A client of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRecord {
    /// Its place in the file, from 1.
    pub at: u64,
    pub id: ClientId,
    pub name: String,
    pub country: Option<Country>,
    /// May be empty.
    pub email: String,
}

/// A channel of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRecord {
    pub at: u64,
    pub id: ChannelId,
    pub client: ClientId,
    /// Where the answer holds the client with its channel; may be empty.
    pub client_name: String,
    pub phone: PhoneNumber,
    pub display_name: String,
    /// None: the answer does not tell it.
    pub tier: Option<Tier>,
    pub started: When,
    pub ended: Option<When>,
    /// As its client's data says it; may be empty.
    pub time_zone: String,
}

impl ClientRecord {
    /// The row of a client under a hub.
    pub fn row(&self, hub: HubId) -> PartyRow {
        PartyRow {
            line: self.at,
            hub,
            client: self.id.clone(),
            client_name: self.name.clone(),
            country: self.country,
            email: self.email.clone(),
            vat_id: String::new(),
            channel: None,
        }
    }
}

impl ChannelRecord {
    /// The row of a channel under a hub: its days are those of the time zone, which is refused
    /// where it is needed and missing.
    pub fn row(
        &self,
        hub: HubId,
        client_name: &str,
        tier: Option<Tier>,
        zone: Option<&TimeZone>,
    ) -> Result<PartyRow, Problem> {
        let day = |when: When, column| {
            let missing = || self.problem(column, ProblemKind::TimeZoneMissing);
            when.local_day(zone).ok_or_else(missing)
        };
        let started = day(self.started, "billing_started_at")?;
        let ended = self.ended.map(|on| day(on, "terminated_at")).transpose()?;
        Channel::check_days(started, ended)
            .map_err(|_| self.problem("terminated_at", ProblemKind::EndsBeforeItStarts))?;
        let tier = self.tier.or(tier);
        Ok(PartyRow {
            line: self.at,
            hub,
            client: self.client.clone(),
            client_name: client_name.to_owned(),
            country: None,
            email: String::new(),
            vat_id: String::new(),
            channel: Some(PartyChannel {
                id: self.id.clone(),
                phone: self.phone.clone(),
                display_name: self.display_name.clone(),
                tier: tier
                    .ok_or_else(|| self.problem("project.license_model", ProblemKind::EmptyCell))?,
                started,
                ended,
                time_zone: zone.map(zone_name).unwrap_or_default().to_owned(),
            }),
        })
    }

    /// A problem of the record that only the book can tell.
    pub fn problem(&self, column: &'static str, kind: ProblemKind) -> Problem {
        Problem::new(self.at, Some(column), self.id.as_str(), kind, Vec::new())
    }
}

/// Whether a file begins like an answer of the Partner API, and not like a table.
pub fn looks_like_an_answer(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let first = start.iter().find(|b| !b.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

/// Reads an answer, or a list of its pages.
pub fn read(bytes: &[u8]) -> Result<PartyAnswer, FileProblem> {
    if bytes.len() as u64 > LARGEST_ANSWER {
        return Err(FileProblem::AnswerTooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let damaged = |error: serde_json::Error| FileProblem::JsonDamaged {
        line: error.line() as u64,
        column: error.column() as u64,
    };
    let value: Value = serde_json::from_slice(bytes).map_err(damaged)?;
    let pages = match value {
        Value::Array(pages) => pages,
        page => vec![page],
    };
    let mut answer = PartyAnswer::default();
    let mut lists = [List::new("clients"), List::new("partner_channels")];
    for page in &pages {
        let fields = page.as_object().ok_or(FileProblem::NoPartyList)?;
        let mut is_known = false;
        for list in &mut lists {
            let Some(records) = fields.get(list.name).and_then(Value::as_array) else {
                continue;
            };
            is_known = true;
            list.note(fields, records.len());
            for record in records {
                let at = answer.records.len() as u64 + 1;
                answer.records.push(record_of(list.name, record, at));
            }
        }
        if !is_known {
            return Err(FileProblem::NoPartyList);
        }
    }
    answer.beyond = lists.iter().map(List::beyond).sum();
    Ok(answer)
}

/// How much of a list its pages hold.
struct List {
    name: &'static str,
    total: u64,
    held: u64,
}

impl List {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            total: 0,
            held: 0,
        }
    }

    fn note(&mut self, page: &Map<String, Value>, records: usize) {
        let total = page.get("total").and_then(Value::as_u64).unwrap_or(0);
        self.total = self.total.max(total);
        self.held += records as u64;
    }

    fn beyond(&self) -> u64 {
        self.total.saturating_sub(self.held)
    }
}

fn record_of(list: &str, record: &Value, at: u64) -> Result<PartyRecord, Problem> {
    let fields = Fields { record, at };
    if list == "clients" {
        client(&fields).map(PartyRecord::Client)
    } else {
        channel(&fields).map(PartyRecord::Channel)
    }
}

/// A record's fields, asked for by their path.
struct Fields<'a> {
    record: &'a Value,
    at: u64,
}

impl<'a> Fields<'a> {
    fn value(&self, path: &str) -> Option<&'a Value> {
        path.split('.')
            .try_fold(self.record, |value, name| value.get(name))
    }

    /// The text of a field; empty where it is missing or null. Numbers are text, too: some ids are
    /// digits.
    fn text(&self, path: &'static str) -> Result<String, Problem> {
        let text = match self.value(path) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => return Err(self.problem(path, "", ProblemKind::NotText)),
        };
        if text.chars().count() > LONGEST_LINE {
            let longest = LONGEST_LINE;
            return Err(self.problem(path, &text, ProblemKind::TextTooLong { longest }));
        }
        if text.chars().any(char::is_control) {
            return Err(self.problem(path, &text, ProblemKind::ControlCharacter));
        }
        Ok(text)
    }

    fn needed(&self, path: &'static str) -> Result<String, Problem> {
        match self.text(path)? {
            text if text.is_empty() => Err(self.problem(path, "", ProblemKind::EmptyCell)),
            text => Ok(text),
        }
    }

    fn parsed<T>(
        &self,
        path: &'static str,
        parse: impl FnOnce(&str) -> Result<T, hubledger_core::Error>,
        kind: ProblemKind,
    ) -> Result<T, Problem> {
        let text = self.needed(path)?;
        parse(&text).map_err(|_| self.problem(path, &text, kind))
    }

    fn when(&self, path: &'static str) -> Result<Option<When>, Problem> {
        match self.text(path)? {
            text if text.is_empty() => Ok(None),
            text => When::parse(&text)
                .map(Some)
                .ok_or_else(|| self.problem(path, &text, ProblemKind::NotAnInstant)),
        }
    }

    fn problem(&self, path: &'static str, found: &str, kind: ProblemKind) -> Problem {
        Problem::new(self.at, Some(path), found, kind, Vec::new())
    }
}

fn client(fields: &Fields<'_>) -> Result<ClientRecord, Problem> {
    const COUNTRY: &str = "contact_info.country";
    const EMAIL: &str = "contact_info.email";
    let country = match fields.text(COUNTRY)? {
        text if text.is_empty() => None,
        text => Some(
            country(&text)
                .ok_or_else(|| fields.problem(COUNTRY, &text, ProblemKind::UnknownCountry))?,
        ),
    };
    let email = fields.text(EMAIL)?;
    Ok(ClientRecord {
        at: fields.at,
        id: fields.parsed("id", ClientId::parse, ProblemKind::UnusableId)?,
        name: fields.needed("name")?,
        country,
        email: optional_email(&email)
            .map_err(|_| fields.problem(EMAIL, &email, ProblemKind::UnusableEmail))?,
    })
}

/// A country by its code or its English name.
fn country(text: &str) -> Option<Country> {
    let by_name = || Country::all().find(|c| c.name().eq_ignore_ascii_case(text));
    Country::parse(text).ok().or_else(by_name)
}

fn channel(fields: &Fields<'_>) -> Result<ChannelRecord, Problem> {
    const TIER: &str = "project.license_model";
    const STARTED: &str = "billing_started_at";
    if fields.text("account_mode")?.eq_ignore_ascii_case("sandbox") {
        let kind = ProblemKind::SandboxChannel;
        return Err(fields.problem("account_mode", "sandbox", kind));
    }
    let tier = match fields.text(TIER)? {
        text if text.is_empty() => None,
        text => Some(
            tier_of(&text).ok_or_else(|| fields.problem(TIER, &text, ProblemKind::UnknownTier))?,
        ),
    };
    let not_yet = || fields.problem(STARTED, "", ProblemKind::NotBilledYet);
    Ok(ChannelRecord {
        at: fields.at,
        id: fields.parsed("id", ChannelId::parse, ProblemKind::UnusableId)?,
        client: fields.parsed("client_id", ClientId::parse, ProblemKind::UnusableId)?,
        client_name: fields.text("client.name")?,
        phone: fields.parsed(
            "setup_info.phone_number",
            PhoneNumber::parse,
            ProblemKind::UnusablePhone,
        )?,
        display_name: fields.text("setup_info.phone_name")?,
        tier,
        started: fields.when(STARTED)?.ok_or_else(not_yet)?,
        ended: fields.when("terminated_at")?,
        time_zone: fields.text("client.meta_info.timezone")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::zone;

    fn told(answer: &str) -> Vec<String> {
        let hub = || HubId::parse("hPA").unwrap();
        let records = read(answer.as_bytes()).unwrap().records.into_iter();
        let tell = |problem: Problem| {
            let column = problem.column.unwrap_or("record");
            format!("{}: {column} {}", problem.line, problem.kind.code())
        };
        records
            .map(|record| match record {
                Ok(PartyRecord::Client(client)) => {
                    let country = client.country.map_or("nowhere", Country::code);
                    let row = client.row(hub());
                    format!("{} {} {country} {}", row.client, row.client_name, row.email)
                }
                Ok(PartyRecord::Channel(channel)) => {
                    let row = channel.row(hub(), "A", None, zone(&channel.time_zone).as_ref());
                    row.map_or_else(tell, |row| {
                        let told = row.channel.unwrap();
                        let ended = told.ended.map_or("on".to_owned(), |day| day.to_string());
                        format!(
                            "{} {} {} {:?} {} to {ended}",
                            told.id, row.client, told.phone, told.tier, told.started
                        )
                    })
                }
                Err(problem) => tell(problem),
            })
            .collect()
    }

    #[test]
    fn clients_are_read_or_refused_one_by_one() {
        let answer = r#"{"count": 5, "total": 7, "limit": 5, "offset": 0, "sort": ["id"], "filters": {},
            "clients": [
                {"id": "aCL", "name": " Nord GmbH ", "status": "active", "max_channels": 3,
                 "contact_info": {"country": "Germany", "email": "a@b.example", "city": "Dresden"},
                 "meta_info": {"timezone": "Europe/Berlin"}, "partner_payload": "K-1"},
                {"id": "bCL", "name": "Süd", "contact_info": null},
                {"id": "cCL", "contact_info": {}},
                {"id": "dCL", "name": "Ost", "contact_info": {"country": "Ruritania"}},
                {"id": ["eCL"], "name": "West"},
                7
            ]}"#;
        assert_eq!(
            told(answer),
            [
                "aCL Nord GmbH DE a@b.example",
                "bCL Süd nowhere ",
                "3: name empty_cell",
                "4: contact_info.country unknown_country",
                "5: id not_text",
                "6: id empty_cell",
            ]
        );
        assert_eq!(read(answer.as_bytes()).unwrap().beyond, 1);
    }

    #[test]
    fn channels_are_read_with_the_local_days_of_their_zone() {
        let channel = |more: &str| {
            format!(
                r#"{{"id": "nCH", "client_id": "aCL", "account_mode": "live", "status": "ready",
                "setup_info": {{"phone_number": "493515550200", "phone_name": "Shop"}},
                "project": {{"id": "x", "license_model": "premium"}},
                "client": {{"name": "A", "meta_info": {{"timezone": "Europe/Berlin"}}}}, {more}}}"#
            )
        };
        let started = |text: &str| channel(&format!(r#""billing_started_at": "{text}""#));
        let without_zone = started("2026-08-16T22:30:00Z").replace("Europe/Berlin", "");
        let channels = [
            started("2026-08-16T22:30:00Z"),
            channel(
                r#""billing_started_at": "2026-08-16", "terminated_at": "2026-09-30T21:59:59.999Z""#,
            ),
            without_zone,
            channel(r#""billing_started_at": null"#),
            started("yesterday"),
            channel(
                r#""billing_started_at": "2026-08-16", "terminated_at": "2026-08-15T10:00:00Z""#,
            ),
            started("2026-08-16").replace("premium", "basic"),
            started("2026-08-16").replace("live", "sandbox"),
            started("2026-08-16").replace("493515550200", "none"),
            started("2026-08-16").replace(r#""premium""#, "null"),
        ];
        // Two pages of one list.
        let (one, two) = channels.split_at(4);
        let page = |list: &[String]| {
            format!(
                r#"{{"total": 10, "partner_channels": [{}]}}"#,
                list.join(",")
            )
        };
        let answer = format!("[{}, {}]", page(one), page(two));
        assert_eq!(
            told(&answer),
            [
                "nCH aCL +493515550200 Premium 2026-08-17 to on",
                "nCH aCL +493515550200 Premium 2026-08-16 to 2026-09-30",
                "3: billing_started_at time_zone_missing",
                "4: billing_started_at not_billed_yet",
                "5: billing_started_at not_an_instant",
                "6: terminated_at ends_before_it_starts",
                "7: project.license_model unknown_tier",
                "8: account_mode sandbox_channel",
                "9: setup_info.phone_number unusable_phone",
                "10: project.license_model empty_cell",
            ]
        );
        assert_eq!(read(answer.as_bytes()).unwrap().beyond, 0);
    }

    #[test]
    fn another_file_is_refused_as_a_whole() {
        for (file, code) in [
            ("{", "file_json_damaged"),
            (r#"{"clients": [}"#, "file_json_damaged"),
            (
                r#"{"balance": 48.15, "currency": "usd"}"#,
                "file_no_party_list",
            ),
            (r#"{"clients": 7}"#, "file_no_party_list"),
            ("[7]", "file_no_party_list"),
            ("null", "file_no_party_list"),
        ] {
            assert_eq!(read(file.as_bytes()).unwrap_err().code(), code, "{file}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(
            read(deep.as_bytes()).unwrap_err().code(),
            "file_json_damaged"
        );
        assert_eq!(read(b"[]"), Ok(PartyAnswer::default()));
        for (start, is) in [
            (&b"{"[..], true),
            (b"\xef\xbb\xbf \n[", true),
            (b"hub_id,client_id", false),
            (b"", false),
        ] {
            assert_eq!(looks_like_an_answer(start), is);
        }
    }
}
