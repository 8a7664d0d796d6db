//! Clients and channels from a file: looked at, then added in one go. What the book knows
//! already is never changed in silence: differences are shown, and taken over only when asked
//! for. A bad row never stops the others, and a row is added whole or not at all.

use std::collections::HashMap;
use std::io::{BufReader, Read};
use std::path::Path;

use hubledger_core::channel::{Channel, Tier};
use hubledger_core::client::Client;
use hubledger_core::country::Country;
use hubledger_core::id::{ChannelId, ClientId, HubId};
use hubledger_core::partner::Owner;
use hubledger_core::period::Date;
use hubledger_import::instant::{Tz, zone};
use hubledger_import::parties_csv::Parties;
use hubledger_import::parties_json::{
    self, LARGEST_ANSWER, PartyAnswer, PartyRecord, looks_like_an_answer,
};
use hubledger_import::{
    FileProblem, Format, PartiesReader, PartyChannel, PartyRow, Problem, ProblemKind,
};
use hubledger_store::{ChannelRow, ClientRow, Write};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::desk::HubDesk;
use crate::error::{About, Code, Error};
use crate::file::{MOST_SHOWN, count, name_of, open, problem_view, refused, sha256};
use crate::form::PartiesFileForm;
use crate::moment::Moment;
use crate::party::{
    ChannelFacts, check_phone, insert_channel, insert_client, owner_client, update_channel,
};
use crate::said::SaidView;
use crate::view::{DifferenceView, PartiesView, ProblemView};
use crate::word::{BackupWord, TierWord};

impl Book {
    /// What a file of clients and channels would do. Nothing is booked.
    pub fn preview_parties(
        &mut self,
        path: &Path,
        form: &PartiesFileForm,
        at: Moment,
    ) -> Result<PartiesView, Error> {
        self.try_out(|w| bring_in(w, path, form, false, at))
    }

    /// Adds the clients and channels of a file that are new. Known ones that the file tells
    /// otherwise are changed only with `accept_differences`; another tier holds from today.
    pub fn book_parties(
        &mut self,
        path: &Path,
        form: &PartiesFileForm,
        accept_differences: bool,
        at: Moment,
    ) -> Result<PartiesView, Error> {
        let act = Act::new(UseCase::ImportParties, at)
            .form(form)
            .with("file", name_of(path));
        self.write_backed_up((BackupWord::Import, at), act, |w| {
            let view = bring_in(w, path, form, accept_differences, at)?;
            let told = view.new_clients + view.new_channels + view.same;
            if told == 0 && view.differences.is_empty() {
                return Err(Error::new(Code::NothingToBook, [&view.file]));
            }
            Ok(view)
        })
    }
}

fn bring_in(
    w: &Write<'_>,
    path: &Path,
    form: &PartiesFileForm,
    accept: bool,
    at: Moment,
) -> Result<PartiesView, Error> {
    let refuse = |problem| refused(path, &problem);
    let hash = sha256(path)?;
    let mut start = Vec::new();
    let unreadable = |e: std::io::Error| {
        refuse(FileProblem::Unreadable {
            reason: e.to_string(),
        })
    };
    open(path)?
        .take(64)
        .read_to_end(&mut start)
        .map_err(unreadable)?;
    let (tally, unknown_columns, beyond) = if looks_like_an_answer(&start) {
        let mut bytes = Vec::new();
        open(path)?
            .take(LARGEST_ANSWER + 1)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        let answer = parties_json::read(&bytes).map_err(refuse)?;
        let beyond = answer.beyond;
        (
            take_answer(w, answer, form, accept, at)?,
            Vec::new(),
            beyond,
        )
    } else {
        let reader = PartiesReader::new(BufReader::new(open(path)?)).map_err(refuse)?;
        let unknown = reader.unknown_columns().to_vec();
        let tally = take_all(w, reader, accept, at)?.map_err(refuse)?;
        (tally, unknown, 0)
    };
    Ok(PartiesView {
        file: name_of(path),
        sha256: hash,
        rows: count(tally.rows),
        new_clients: count(tally.new_clients),
        new_channels: count(tally.new_channels),
        same: count(tally.same),
        beyond: count(beyond),
        differences: tally.differences,
        problems: count(tally.problems),
        problem_rows: tally.problem_rows,
        unknown_columns,
    })
}

/// Takes the records of a saved answer, each as a row of its hub and time zone.
fn take_answer(
    w: &Write<'_>,
    answer: PartyAnswer,
    form: &PartiesFileForm,
    accept: bool,
    at: Moment,
) -> Result<Tally, Error> {
    // An answer tells the end of a channel, or that it has none.
    let register = Register::load(w, &[ENDS.to_owned()], accept, at)?;
    let given = GivenParties::from(form, &register)?;
    let mut tally = Tally::default();
    for record in answer.records {
        tally.rows += 1;
        let row = match record {
            Ok(record) => given.row(&register, record)?,
            Err(problem) => Err(problem),
        };
        match row.map(|row| (register.take(&row), row)) {
            Ok((Ok(taken), _)) => tally.add(taken),
            Ok((Err(error), row)) if is_about_the_row(&error) => {
                tally.problem(problem_of(&row, error));
            }
            Ok((Err(error), _)) => return Err(error),
            Err(problem) => tally.problem(problem_view(problem)),
        }
    }
    Ok(tally)
}

/// What a person said of a whole answer.
struct GivenParties {
    hub: Option<HubId>,
    zone: Option<Tz>,
}

impl GivenParties {
    fn from(form: &PartiesFileForm, register: &Register<'_>) -> Result<Self, Error> {
        let text = |field: &Option<String>| {
            let text = field.as_deref().map(str::trim).unwrap_or_default();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let mut hubs = register.desks.keys();
        let only = hubs.next().filter(|_| hubs.next().is_none()).cloned();
        let hub = match text(&form.hub) {
            Some(id) => Some(HubId::parse(&id).about("hub")?),
            None => only,
        };
        if let Some(hub) = hub
            .as_ref()
            .filter(|hub| !register.desks.contains_key(*hub))
        {
            return Err(Error::new(Code::HubNotFound, [hub.as_str()]).at("hub"));
        }
        let unknown = |name: &str| Error::new(Code::TimeZoneUnknown, [name]).at("time_zone");
        let zone = text(&form.time_zone)
            .map(|name| zone(&name).ok_or_else(|| unknown(&name)))
            .transpose()?;
        Ok(Self { hub, zone })
    }

    /// A record as a row, or what is wrong with it.
    fn row(
        &self,
        register: &Register<'_>,
        record: PartyRecord,
    ) -> Result<Result<PartyRow, Problem>, Error> {
        let w = register.w;
        match record {
            PartyRecord::Client(client) => {
                let known = w.client(client.id.as_str())?;
                let hub = known.map(|row| row.client.hub).or_else(|| self.hub.clone());
                let kind = ProblemKind::HubMissing;
                let missing =
                    || Problem::new(client.at, Some("id"), client.id.as_str(), kind, Vec::new());
                Ok(hub.map(|hub| client.row(hub)).ok_or_else(missing))
            }
            PartyRecord::Channel(channel) => {
                let ours = w.channel(channel.id.as_str())?;
                let client = w.client(channel.client.as_str())?;
                let (hub, name) = match (&client, register.owner) {
                    (Some(row), _) => (Some(row.client.hub.clone()), row.client.name.clone()),
                    // In a client's book the one client is its owner, whatever its id here.
                    (None, Owner::Client) => (self.hub.clone(), channel.client_name.clone()),
                    (None, Owner::Partner) if channel.client_name.is_empty() => {
                        let kind = ProblemKind::ClientUnknown;
                        return Ok(Err(channel.problem("client_id", kind)));
                    }
                    (None, Owner::Partner) => (self.hub.clone(), channel.client_name.clone()),
                };
                let Some(hub) = hub else {
                    return Ok(Err(channel.problem("client_id", ProblemKind::HubMissing)));
                };
                let ours = ours.as_ref().map(|row| &row.channel);
                let own_zone = ours.and_then(|ours| zone(&ours.time_zone));
                let zone = own_zone.or(zone(&channel.time_zone)).or(self.zone);
                let tier = ours.map(|ours| latest_tier(ours, register.at.today));
                Ok(channel.row(hub, &name, tier, zone))
            }
        }
    }
}

/// Takes row by row what is good; a file that can't be read to its end is refused as a whole.
fn take_all<R: Read>(
    w: &Write<'_>,
    reader: PartiesReader<R>,
    accept: bool,
    at: Moment,
) -> Result<Result<Tally, FileProblem>, Error> {
    let register = Register::load(w, reader.header(), accept, at)?;
    let mut tally = Tally::default();
    for row in reader {
        tally.rows += 1;
        match row {
            Ok(Ok((_, row))) => match register.take(&row) {
                Ok(taken) => tally.add(taken),
                Err(error) if is_about_the_row(&error) => tally.problem(problem_of(&row, error)),
                Err(error) => return Err(error),
            },
            Ok(Err(problem)) => tally.problem(problem_view(problem)),
            Err(problem) => return Ok(Err(problem)),
        }
    }
    Ok(Ok(tally))
}

/// The column of last days.
const ENDS: &str = "terminated_at";

/// What became of the rows.
#[derive(Default)]
struct Tally {
    rows: u64,
    new_clients: u64,
    new_channels: u64,
    same: u64,
    differences: Vec<DifferenceView>,
    problems: u64,
    problem_rows: Vec<ProblemView>,
}

impl Tally {
    fn add(&mut self, taken: Taken) {
        self.new_clients += u64::from(taken.new_client);
        self.new_channels += u64::from(taken.new_channel);
        let is_new = taken.new_client || taken.new_channel;
        self.same += u64::from(!is_new && taken.differences.is_empty());
        for difference in taken.differences {
            self.difference(difference);
        }
    }

    /// A client's row repeats for each of its channels; what is told of it is shown once.
    fn difference(&mut self, new: DifferenceView) {
        let is_shown = |old: &DifferenceView| {
            (&old.id, &old.field, &old.theirs) == (&new.id, &new.field, &new.theirs)
        };
        if self.differences.len() < MOST_SHOWN && !self.differences.iter().any(is_shown) {
            self.differences.push(new);
        }
    }

    fn problem(&mut self, problem: ProblemView) {
        self.problems += 1;
        if self.problem_rows.len() < MOST_SHOWN {
            self.problem_rows.push(problem);
        }
    }
}

/// What a good row did.
#[derive(Default)]
struct Taken {
    new_client: bool,
    new_channel: bool,
    differences: Vec<DifferenceView>,
}

/// Everything that stays the same from row to row.
struct Register<'a> {
    w: &'a Write<'a>,
    owner: Owner,
    desks: HashMap<HubId, HubDesk>,
    /// Whether the file's word is taken where it differs.
    accept: bool,
    /// Whether the file has a column for last days, so that an empty one says: no end.
    tells_ends: bool,
    at: Moment,
}

impl<'a> Register<'a> {
    fn load(w: &'a Write<'a>, header: &[String], accept: bool, at: Moment) -> Result<Self, Error> {
        let desks = HubDesk::all(w)?;
        Ok(Self {
            w,
            owner: w.book()?.owner,
            desks: desks
                .into_iter()
                .map(|desk| (desk.hub().id.clone(), desk))
                .collect(),
            accept,
            tells_ends: header
                .iter()
                .any(|name| name.trim().eq_ignore_ascii_case(ENDS)),
            at,
        })
    }

    /// Books one row. All refusals come before the first write, so that nothing of a bad row
    /// stays.
    fn take(&self, row: &PartyRow) -> Result<Taken, Error> {
        let desk = self
            .desks
            .get(&row.hub)
            .ok_or_else(|| Error::new(Code::HubNotFound, [row.hub.as_str()]).at("hub_id"))?;
        match (self.owner, &row.channel) {
            (Owner::Partner, _) => match self.w.client(row.client.as_str())? {
                None => self.new_client(desk, row),
                Some(client) => self.known_client(desk, &client, row),
            },
            (Owner::Client, Some(told)) => self.own_channel(desk, row.line, told),
            // In a client's book the one client is the owner, whatever the row calls it.
            (Owner::Client, None) => Ok(Taken::default()),
        }
    }

    fn new_client(&self, desk: &HubDesk, row: &PartyRow) -> Result<Taken, Error> {
        desk.check_is_open().about("hub_id")?;
        let facts = row.channel.as_ref().map(facts_of);
        if let Some(facts) = &facts {
            self.check_is_new(facts)?;
        }
        let client = client_of(row);
        let key = insert_client(self.w, desk, &client)?;
        if let Some(facts) = &facts {
            insert_channel(self.w, desk, (key, &client.id), facts)?;
        }
        Ok(Taken {
            new_client: true,
            new_channel: facts.is_some(),
            differences: Vec::new(),
        })
    }

    /// The channel goes first, as it can be refused and a client's facts can't.
    fn known_client(
        &self,
        desk: &HubDesk,
        known: &ClientRow,
        row: &PartyRow,
    ) -> Result<Taken, Error> {
        if known.client.hub != row.hub {
            let text = format!(
                "Client {} belongs to hub {} in this book. Correct one of the ids.",
                row.client, known.client.hub
            );
            return Err(taken_id(row.client.as_str(), text).at("client_id"));
        }
        let mut taken = match &row.channel {
            Some(told) => self.channel_of(desk, (known.key, &known.client.id), row.line, told)?,
            None => Taken::default(),
        };
        let differences = client_differences(&known.client, row);
        if self.accept && !differences.is_empty() {
            self.w
                .update_client(known.key, &merged_client(&known.client, row))?;
        }
        taken.differences.extend(differences);
        Ok(taken)
    }

    fn channel_of(
        &self,
        desk: &HubDesk,
        client: (i64, &ClientId),
        line: u64,
        told: &PartyChannel,
    ) -> Result<Taken, Error> {
        match self.w.channel(told.id.as_str())? {
            None => self.new_channel(desk, client, told),
            Some(known) if known.client_key == client.0 => self.known_channel(&known, line, told),
            Some(known) => Err(channel_of_another(&known)),
        }
    }

    /// A channel of a client's book: its own, whatever client the row names.
    fn own_channel(&self, desk: &HubDesk, line: u64, told: &PartyChannel) -> Result<Taken, Error> {
        match self.w.channel(told.id.as_str())? {
            Some(known) if known.hub_key == desk.key() => self.known_channel(&known, line, told),
            Some(known) => Err(channel_of_another(&known)),
            None => {
                desk.check_is_open().about("hub_id")?;
                self.check_phone(&facts_of(told))?;
                let owner = owner_client(self.w, desk, self.at)?;
                self.new_channel(desk, (owner.key, &owner.client.id), told)
            }
        }
    }

    fn new_channel(
        &self,
        desk: &HubDesk,
        client: (i64, &ClientId),
        told: &PartyChannel,
    ) -> Result<Taken, Error> {
        desk.check_is_open().about("hub_id")?;
        insert_channel(self.w, desk, client, &facts_of(told))?;
        Ok(Taken {
            new_channel: true,
            ..Taken::default()
        })
    }

    fn known_channel(
        &self,
        known: &ChannelRow,
        line: u64,
        told: &PartyChannel,
    ) -> Result<Taken, Error> {
        let today = self.at.today;
        let differences = channel_differences(&known.channel, told, line, self.tells_ends, today);
        if self.accept && !differences.is_empty() {
            let facts = merged_channel(&known.channel, told, self.tells_ends, today);
            update_channel(self.w, known, &facts, today)?;
        }
        Ok(Taken {
            differences,
            ..Taken::default()
        })
    }

    /// Refuses what [`insert_channel`] would refuse, before the row's client is added.
    fn check_is_new(&self, facts: &ChannelFacts) -> Result<(), Error> {
        match self.w.channel(facts.id.as_str())? {
            Some(known) => Err(channel_of_another(&known)),
            None => self.check_phone(facts),
        }
    }

    /// The same refusal as a form's, about the file's column.
    fn check_phone(&self, facts: &ChannelFacts) -> Result<(), Error> {
        check_phone(self.w, facts).map_err(|error| Error {
            field: Some("phone_number"),
            ..error
        })
    }
}

fn channel_of_another(known: &ChannelRow) -> Error {
    let text = format!(
        "Channel {} belongs to client {} of hub {} in this book. Correct one of the ids.",
        known.channel.id, known.channel.client, known.hub
    );
    taken_id(known.channel.id.as_str(), text).at("channel_id")
}

/// An id that is taken, told in its own words.
fn taken_id(id: &str, text: String) -> Error {
    Error {
        message: text,
        ..Error::new(Code::IdTaken, [id])
    }
}

/// Whether a refusal is about its row. What is wrong with the book or the disk ends all.
fn is_about_the_row(error: &Error) -> bool {
    error.field.is_some()
        && !matches!(
            error.code,
            Code::StoreFailed | Code::DiskFull | Code::BookDamaged | Code::BookIsReadOnly
        )
}

fn problem_of(row: &PartyRow, error: Error) -> ProblemView {
    let cells = cells_of(row);
    let column = error.field.map(column_of);
    let place = Parties::COLUMNS.iter().position(|c| Some(*c) == column);
    let said = SaidView::from(error);
    ProblemView {
        line: count(row.line),
        column: column.map(str::to_owned),
        found: place
            .and_then(|at| cells.get(at))
            .cloned()
            .unwrap_or_default(),
        code: said.code,
        facts: said.facts,
        text: said.text,
        row: cells,
    }
}

/// The column of the file that a field of a channel stands in.
fn column_of(field: &'static str) -> &'static str {
    match field {
        "id" => "channel_id",
        "phone" => "phone_number",
        "started" => "billing_started_at",
        "ended" => ENDS,
        column => column,
    }
}

/// The row's cells in the order of [`Parties::COLUMNS`].
fn cells_of(row: &PartyRow) -> Vec<String> {
    let mut cells = vec![
        row.hub.to_string(),
        row.client.to_string(),
        row.client_name.clone(),
        code_of(row.country),
        row.email.clone(),
        row.vat_id.clone(),
    ];
    match &row.channel {
        Some(told) => cells.extend([
            told.id.to_string(),
            told.phone.to_string(),
            told.display_name.clone(),
            tier_text(told.tier),
            told.started.to_string(),
            day_text(told.ended),
            told.time_zone.clone(),
        ]),
        None => cells.resize(Parties::COLUMNS.len(), String::new()),
    }
    cells
}

fn code_of(country: Option<Country>) -> String {
    country.map_or_else(String::new, |c| c.code().to_owned())
}

fn tier_text(tier: Tier) -> String {
    TierWord::from(tier).as_str().to_owned()
}

fn day_text(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

fn client_of(row: &PartyRow) -> Client {
    Client {
        id: row.client.clone(),
        hub: row.hub.clone(),
        name: row.client_name.clone(),
        country: row.country,
        email: row.email.clone(),
        vat_id: row.vat_id.clone(),
    }
}

fn facts_of(told: &PartyChannel) -> ChannelFacts {
    ChannelFacts {
        id: told.id.clone(),
        phone: told.phone.clone(),
        name: told.display_name.clone(),
        tier: told.tier,
        started: told.started,
        ended: told.ended,
        time_zone: told.time_zone.clone(),
    }
}

/// What a file leaves empty it does not tell, so that a shorter file never empties the book.
fn told_or(told: &str, ours: &str) -> String {
    if told.is_empty() { ours } else { told }.to_owned()
}

fn merged_client(ours: &Client, row: &PartyRow) -> Client {
    Client {
        id: ours.id.clone(),
        hub: ours.hub.clone(),
        name: row.client_name.clone(),
        country: row.country.or(ours.country),
        email: told_or(&row.email, &ours.email),
        vat_id: told_or(&row.vat_id, &ours.vat_id),
    }
}

fn merged_channel(
    ours: &Channel,
    told: &PartyChannel,
    tells_ends: bool,
    today: Date,
) -> ChannelFacts {
    let latest = latest_tier(ours, today);
    ChannelFacts {
        id: ours.id.clone(),
        phone: told.phone.clone(),
        name: told_or(&told.display_name, &ours.name),
        tier: if has_tier(ours, told.tier, today) {
            latest
        } else {
            told.tier
        },
        started: told.started,
        ended: if tells_ends { told.ended } else { ours.ended },
        time_zone: told_or(&told.time_zone, &ours.time_zone),
    }
}

fn latest_tier(ours: &Channel, today: Date) -> Tier {
    ours.tiers.last().map_or(ours.tier_on(today), |t| t.tier)
}

/// Whether the book has the channel on a tier today, or has it noted for later.
fn has_tier(ours: &Channel, tier: Tier, today: Date) -> bool {
    tier == ours.tier_on(today) || tier == latest_tier(ours, today)
}

/// One thing that a file may tell otherwise: its column, what the book has, what the file says.
type Pair = (&'static str, String, String);

fn differences_of(
    line: u64,
    id: &str,
    pairs: impl IntoIterator<Item = Pair>,
) -> Vec<DifferenceView> {
    pairs
        .into_iter()
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(field, ours, theirs)| DifferenceView {
            line: count(line),
            id: id.to_owned(),
            field: field.to_owned(),
            ours,
            theirs,
        })
        .collect()
}

fn client_differences(ours: &Client, row: &PartyRow) -> Vec<DifferenceView> {
    let theirs = merged_client(ours, row);
    let pairs = [
        ("client_name", ours.name.clone(), theirs.name),
        ("country", code_of(ours.country), code_of(theirs.country)),
        ("email", ours.email.clone(), theirs.email),
        ("vat_id", ours.vat_id.clone(), theirs.vat_id),
    ];
    differences_of(row.line, ours.id.as_str(), pairs)
}

fn channel_differences(
    ours: &Channel,
    told: &PartyChannel,
    line: u64,
    tells_ends: bool,
    today: Date,
) -> Vec<DifferenceView> {
    let theirs = merged_channel(ours, told, tells_ends, today);
    let id: &ChannelId = &ours.id;
    let pairs = [
        (
            "phone_number",
            ours.phone.to_string(),
            theirs.phone.to_string(),
        ),
        ("display_name", ours.name.clone(), theirs.name),
        (
            "tier",
            tier_text(latest_tier(ours, today)),
            tier_text(theirs.tier),
        ),
        (
            "billing_started_at",
            ours.started.to_string(),
            theirs.started.to_string(),
        ),
        (
            "terminated_at",
            day_text(ours.ended),
            day_text(theirs.ended),
        ),
        ("time_zone", ours.time_zone.clone(), theirs.time_zone),
    ];
    differences_of(line, id.as_str(), pairs)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use hubledger_core::period::{BillingPeriod, parse_date};
    use hubledger_store::Store;

    use super::*;
    use crate::form::{CloseHubForm, CompanyForm, NewHubForm};
    use crate::partner::company_from;
    use crate::word::{ModelWord, PayByWord, PlanWord};

    const HEAD: &str = "hub_id,client_id,client_name,country,email,vat_id,channel_id,phone_number,\
        display_name,tier,billing_started_at,terminated_at,time_zone";

    fn at() -> Moment {
        let today = parse_date("2026-09-22").unwrap();
        Moment {
            today,
            now: today.and_hms_opt(9, 0, 0).unwrap(),
        }
    }

    /// A book with a Direct-Paid hub `hPA`, and in a partner's book two more: `oPA`, and `xPA`
    /// that is closed.
    fn book(owner: Owner) -> Book {
        let company = CompanyForm {
            name: "Nord GmbH".into(),
            address: String::new(),
            country: "DE".into(),
            vat_id: String::new(),
            billing_email: String::new(),
        };
        let store = Store::in_memory().unwrap();
        let mut book = Book {
            store,
            path: PathBuf::new(),
            actor: String::new(),
            reading_beside: None,
            has_backups: false,
            rows_in_backup: None,
        };
        book.store
            .write(|w| -> Result<(), Error> {
                w.insert_book(owner, "", false)?;
                w.put_company(BillingPeriod::new(2000, 1)?, &company_from(&company)?)?;
                Ok(())
            })
            .unwrap();
        let hubs: &[&str] = if owner == Owner::Partner {
            &["hPA", "oPA", "xPA"]
        } else {
            &["hPA"]
        };
        for id in hubs {
            let form = NewHubForm {
                id: (*id).into(),
                name: "Hub".into(),
                model: ModelWord::DirectPaid,
                currency: "EUR".into(),
                plan: (owner == Owner::Partner).then_some(PlanWord::Growth),
                since: "2026-07-01".into(),
                first_month: String::new(),
                opening: String::new(),
                pay_by: PayByWord::Card,
            };
            book.add_hub(form, at()).unwrap();
        }
        if owner == Owner::Partner {
            book.close_hub(
                CloseHubForm {
                    id: "xPA".into(),
                    on: "2026-08-31".into(),
                },
                at(),
            )
            .unwrap();
        }
        book
    }

    fn file(rows: &str) -> String {
        let rows: Vec<_> = rows
            .lines()
            .map(str::trim)
            .filter(|r| !r.is_empty())
            .collect();
        format!("{HEAD}\n{}\n", rows.join("\n"))
    }

    fn take(book: &mut Book, text: &str, accept: bool) -> Tally {
        let reader = || PartiesReader::new(text.as_bytes()).unwrap();
        book.store
            .write(|w| take_all(w, reader(), accept, at()))
            .unwrap()
            .unwrap()
    }

    /// `2 clients, 3 channels, 1 same` and what else there is to tell.
    fn told(tally: &Tally) -> String {
        let mut told = format!(
            "{} clients, {} channels, {} same",
            tally.new_clients, tally.new_channels, tally.same
        );
        for d in &tally.differences {
            told += &format!("; {} {} {:?} -> {:?}", d.id, d.field, d.ours, d.theirs);
        }
        for p in &tally.problem_rows {
            let column = p.column.as_deref().unwrap_or("row");
            told += &format!("; line {}: {column} {} {}", p.line, p.found, p.code);
        }
        told
    }

    fn channel(book: &Book, id: &str) -> Option<Channel> {
        book.read(|r| Ok(r.channel(id)?))
            .unwrap()
            .map(|row| row.channel)
    }

    const TWO_CLIENTS: &str = "
        hPA,aCL,Anna,DE,a@b.example,,a1CH,493515550001,Shop,premium,2026-07-01,,Europe/Berlin
        hPA,aCL,Anna,DE,a@b.example,,a2CH,493515550002,,regular,2026-08-17,,
        hPA,bCL,Benno,,,,,,,,,,";

    #[test]
    fn the_same_file_again_changes_nothing() {
        let mut book = book(Owner::Partner);
        let text = file(TWO_CLIENTS);
        assert_eq!(
            told(&take(&mut book, &text, false)),
            "2 clients, 2 channels, 0 same"
        );
        assert_eq!(
            told(&take(&mut book, &text, true)),
            "0 clients, 0 channels, 3 same"
        );
        assert_eq!(channel(&book, "a1CH").unwrap().tiers.len(), 1);
    }

    #[test]
    fn what_is_told_otherwise_is_changed_only_when_asked_for() {
        let mut book = book(Owner::Partner);
        take(&mut book, &file(TWO_CLIENTS), false);
        let text = file(
            "
            hPA,aCL,Anna & Co,AT,,,a1CH,493515550001,,higher throughput,2026-07-01,2026-09-30,
            hPA,aCL,Anna & Co,AT,,,a2CH,493515550009,Lab,regular,2026-08-10,,",
        );
        // The client is told of once; what the file leaves empty is no difference.
        let expected = "0 clients, 0 channels, 0 same\
            ; a1CH tier \"premium\" -> \"higher-throughput\"\
            ; a1CH terminated_at \"\" -> \"2026-09-30\"\
            ; aCL client_name \"Anna\" -> \"Anna & Co\"; aCL country \"DE\" -> \"AT\"\
            ; a2CH phone_number \"+493515550002\" -> \"+493515550009\"\
            ; a2CH display_name \"\" -> \"Lab\"\
            ; a2CH billing_started_at \"2026-08-17\" -> \"2026-08-10\"";
        assert_eq!(told(&take(&mut book, &text, false)), expected);
        assert_eq!(
            channel(&book, "a1CH").unwrap().tier_on(at().today),
            Tier::Premium
        );
        let asked = told(&take(&mut book, &text, true));
        // Once the client is changed by the first row, the second finds it the same.
        assert_eq!(asked, expected);
        let changed = channel(&book, "a1CH").unwrap();
        let yesterday = at().today.pred_opt().unwrap();
        assert_eq!(changed.tier_on(yesterday), Tier::Premium);
        assert_eq!(changed.tier_on(at().today), Tier::HigherThroughput);
        assert_eq!(
            (changed.name.as_str(), changed.ended),
            ("Shop", parse_date("2026-09-30").ok())
        );
        assert_eq!(
            told(&take(&mut book, &text, true)),
            "0 clients, 0 channels, 2 same"
        );
    }

    #[test]
    fn a_file_without_last_days_ends_and_revives_no_channel() {
        let mut book = book(Owner::Partner);
        let with = "hPA,aCL,Anna,,,,a1CH,493515550001,,regular,2026-07-01,2026-09-30,";
        take(&mut book, &file(with), false);
        let told_none = file(&with.replace("2026-09-30", ""));
        let expected = "0 clients, 0 channels, 0 same; a1CH terminated_at \"2026-09-30\" -> \"\"";
        assert_eq!(told(&take(&mut book, &told_none, false)), expected);
        let shorter = "hub_id,client_id,client_name,channel_id,phone_number,tier,billing_started_at\n\
            hPA,aCL,Anna,a1CH,493515550001,regular,2026-07-01\n";
        assert_eq!(
            told(&take(&mut book, shorter, true)),
            "0 clients, 0 channels, 1 same"
        );
    }

    #[test]
    fn a_bad_row_stays_out_whole_and_the_others_go_in() {
        let mut book = book(Owner::Partner);
        take(&mut book, &file(TWO_CLIENTS), false);
        let text = file(
            "
            nPA,cCL,Clara,,,,,,,,,,
            xPA,cCL,Clara,,,,,,,,,,
            hPA,cCL,Clara,,,,c1CH,493515550001,,regular,2026-08-01,,
            hPA,cCL,Clara,,,,a1CH,493515550003,,regular,2026-08-01,,
            oPA,aCL,Anna,,,,,,,,,,
            hPA,bCL,Benno,,,,a2CH,493515550002,,regular,2026-08-17,,
            hPA,bCL,Benno,,,,b1CH,493515550001,,regular,2026-08-17,,
            hPA,dCL,Dora,,,,d1CH,493515550004,,basic,2026-08-17,,
            hPA,eCL,Emil,,,,e1CH,493515550005,,regular,2026-08-17,,",
        );
        assert_eq!(
            told(&take(&mut book, &text, false)),
            "1 clients, 1 channels, 0 same\
            ; line 2: hub_id nPA hub-not-found; line 3: hub_id xPA hub-is-closed\
            ; line 4: phone_number +493515550001 phone-taken; line 5: channel_id a1CH id-taken\
            ; line 6: client_id aCL id-taken; line 7: channel_id a2CH id-taken\
            ; line 8: phone_number +493515550001 phone-taken; line 9: tier basic unknown_tier"
        );
        let clients = book.read(|r| Ok(r.clients(None)?)).unwrap();
        let ids: Vec<_> = clients.iter().map(|row| row.client.id.as_str()).collect();
        assert_eq!(ids, ["aCL", "bCL", "eCL"]);
    }

    #[test]
    fn an_accepted_difference_that_a_rule_refuses_changes_nothing_of_its_row() {
        let mut book = book(Owner::Partner);
        take(&mut book, &file(TWO_CLIENTS), false);
        let text = file("hPA,aCL,Anna & Co,,,,a2CH,493515550001,,regular,2026-08-17,,");
        let expected =
            "0 clients, 0 channels, 0 same; line 2: phone_number +493515550001 phone-taken";
        assert_eq!(told(&take(&mut book, &text, true)), expected);
        let client = book.read(|r| Ok(r.client("aCL")?)).unwrap().unwrap();
        assert_eq!(client.client.name, "Anna");
    }

    #[test]
    fn a_clients_book_takes_its_own_channels_and_no_clients() {
        let mut book = book(Owner::Client);
        let text = file(TWO_CLIENTS);
        assert_eq!(
            told(&take(&mut book, &text, false)),
            "0 clients, 2 channels, 1 same"
        );
        let owner = channel(&book, "a1CH").unwrap().client;
        assert_eq!(owner.as_str(), "hCL");
        let again = text
            .replace("Anna", "Someone else")
            .replace("premium", "regular");
        let expected = "0 clients, 0 channels, 2 same; a1CH tier \"premium\" -> \"regular\"";
        assert_eq!(told(&take(&mut book, &again, false)), expected);
    }
}
