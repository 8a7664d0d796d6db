//! Clients and channels from a file: looked at, then added in one go. What the book knows
//! already is never changed in silence: differences are shown, and taken over only when asked
//! for. A bad row never stops the others, and a row is added whole or not at all.

use std::io::{BufReader, Read};
use std::path::Path;

use hubledger_import::parties_json::{LARGEST_ANSWER, PartyAnswer, looks_like_an_answer};
use hubledger_import::{FileProblem, PartiesReader, parties_json};
use hubledger_store::Write;

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{Code, Error};
use crate::file::{count, name_of, open, problem_view, refused, sha256};
use crate::form::PartiesFileForm;
use crate::moment::Moment;
use crate::parties::given::GivenParties;
use crate::parties::register::Register;
use crate::parties::row::{ENDS, is_about_the_row, problem_of};
use crate::parties::tally::Tally;
use crate::view::PartiesView;
use crate::word::BackupWord;

mod given;
mod tally;
mod row;
mod difference;
mod register;

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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use hubledger_core::channel::{Channel, Tier};
    use hubledger_core::partner::Owner;
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
