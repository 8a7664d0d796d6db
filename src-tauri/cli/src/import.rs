//! Files that come in. Rows that can't be booked are told on standard error, the first of them;
//! the rest of the file is booked all the same.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use hubledger_book::error::{Code, Error};
use hubledger_book::form::{PartiesFileForm, PriceFileForm};
use hubledger_book::view::{
    PartiesView, PricesView, ProblemView, ProgressView, UsageBookedView, UsagePreviewView,
};
use hubledger_book::{Book, UsageProblems};

use crate::args::{ImportVerb, PriceFile};
use crate::print::{Table, grouped, money, money_or_blank, one_line, word};
use crate::session::{Done, Session, Stop};

/// Problem rows that are told one by one.
const TOLD: usize = 20;

pub(crate) fn import(session: &mut Session, verb: ImportVerb) -> Done {
    match verb {
        ImportVerb::Usage {
            files,
            dry_run,
            problems,
        } => {
            if problems.is_some() && files.len() > 1 {
                return Err(Stop::Usage("--problems goes with one file."));
            }
            if dry_run {
                preview_usage(session, &files, problems.as_deref())
            } else {
                book_usage(session, &files, problems.as_deref())
            }
        }
        ImportVerb::Prices(file) => import_prices(session, file),
        ImportVerb::Parties {
            file,
            hub,
            time_zone,
            dry_run,
            accept_differences,
        } => {
            let form = PartiesFileForm { hub, time_zone };
            import_parties(session, &file, &form, dry_run, accept_differences)
        }
    }
}

fn preview_usage(session: &mut Session, files: &[PathBuf], problems: Option<&Path>) -> Done {
    // Looking is booking that is taken back, so it needs the book to itself.
    let mut book = session.writing()?;
    let mut views = Vec::new();
    for file in files {
        let view = looked_at(&mut book, file, problems, session)?;
        if !session.out.json {
            show_preview(session, &view)?;
        }
        session.out.flush()?;
        tell_problems(&view.file, &view.problem_rows, view.problems);
        views.push(view);
    }
    if session.out.json {
        session.out.record(&views)?;
    }
    Ok(())
}

fn book_usage(session: &mut Session, files: &[PathBuf], problems: Option<&Path>) -> Done {
    let mut book = session.writing()?;
    let mut booked = Vec::new();
    for file in files {
        let result = book_file(&mut book, file, problems, session);
        match result {
            Ok(view) => booked.push(view),
            Err(stop) => {
                // Files before this one are booked: say so before the refusal.
                show_all_booked(session, &booked)?;
                return Err(stop);
            }
        }
    }
    show_all_booked(session, &booked)
}

fn show_all_booked(session: &mut Session, booked: &[(String, UsageBookedView)]) -> Done {
    if session.out.json {
        let records: Vec<_> = booked.iter().map(|(_, view)| view).collect();
        return Ok(session.out.record(&records)?);
    }
    for (file, view) in booked {
        show_booked(session, file, view)?;
    }
    Ok(())
}

/// Books what is good of a file, and tells what is not.
fn book_file(
    book: &mut Book,
    file: &Path,
    problems: Option<&Path>,
    session: &Session,
) -> Result<(String, UsageBookedView), Stop> {
    if let Some(to) = problems {
        book.save_usage_problems(file, to, session.at)?;
    }
    let mut bad = UsageProblems::default();
    let booked = book.bring_in_usage(file, &mut bad, &mut progress("Booking"), session.at);
    end_progress();
    let name = name_of(file);
    let nothing_is_good = matches!(&booked, Err(error) if error.code == Code::NothingToBook);
    tell_problems_or_stop(&name, &bad.rows, bad.count, nothing_is_good)?;
    Ok((name, booked?))
}

fn name_of(file: &Path) -> String {
    file.file_name().map_or_else(
        || file.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn looked_at(
    book: &mut Book,
    file: &Path,
    problems: Option<&Path>,
    session: &Session,
) -> Result<UsagePreviewView, Stop> {
    let view = book.preview_usage(file, &mut progress("Reading"), session.at);
    end_progress();
    let view = view?;
    if let Some(to) = problems {
        book.save_usage_problems(file, to, session.at)?;
    }
    Ok(view)
}

/// Tells what of a file can't be booked, and stops where that is all of it.
pub(crate) fn tell_problems_or_stop(
    file: &str,
    rows: &[ProblemView],
    count: u32,
    nothing_is_good: bool,
) -> Done {
    if nothing_is_good {
        return Err(nothing_to_book(file, rows, count));
    }
    tell_problems(file, rows, count);
    Ok(())
}

/// The refusal of a file of which no row is good, with the reason of the first.
fn nothing_to_book(file: &str, rows: &[ProblemView], count: u32) -> Stop {
    let mut message = format!("No row of {file} can be booked");
    match rows.first() {
        Some(first) => {
            message.push_str(": ");
            message.push_str(&place_and_reason(first));
        }
        None => message.push_str(": it has no rows. Choose another file."),
    }
    if count > 1 {
        let more = grouped(&(count - 1).to_string());
        message.push_str(&format!(" Rows that can't be booked besides: {more}."));
    }
    Stop::Refused {
        code: Code::NothingToBook.as_str(),
        message,
    }
}

/// Shows how far it is, where a person looks on.
pub(crate) fn progress(what: &'static str) -> impl FnMut(ProgressView) -> ControlFlow<()> {
    let shown = io::stderr().is_terminal();
    move |now| {
        if shown {
            let doing = match (now.proof, now.step) {
                (Some(proof), _) => word(proof),
                (None, Some(step)) => word(step),
                (None, None) => format!("{} rows", grouped(&now.rows.to_string())),
            };
            let percent = now.percent;
            let _ = write!(io::stderr(), "\r{what}: {doing}, {percent} %\x1b[K");
        }
        ControlFlow::Continue(())
    }
}

/// Leaves no trace of what was shown.
pub(crate) fn end_progress() {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
}

fn tell_problems(file: &str, rows: &[ProblemView], count: u32) {
    let mut stderr = io::stderr();
    for problem in rows.iter().take(TOLD) {
        let line = format!(
            "problem[{}]: {file}: {}",
            problem.code,
            place_and_reason(problem)
        );
        let _ = writeln!(stderr, "{}", one_line(&line));
    }
    let told = u32::try_from(rows.len().min(TOLD)).unwrap_or(count);
    if count > told {
        let more = grouped(&(count - told).to_string());
        let _ = writeln!(stderr, "problem: {file}: {more} more rows can't be booked");
    }
}

/// `line 12, quantity, “abc”: Not a whole number. …`
fn place_and_reason(problem: &ProblemView) -> String {
    let mut place = format!("line {}", problem.line);
    if let Some(column) = &problem.column {
        place.push_str(&format!(", {column}"));
    }
    if !problem.found.is_empty() {
        place.push_str(&format!(", “{}”", problem.found));
    }
    format!("{place}: {}", problem.text)
}

fn show_preview(session: &mut Session, view: &UsagePreviewView) -> Done {
    let mut table = Table::new(["", ">"]);
    let count = |n: u32| grouped(&n.to_string());
    table.row(["File".into(), view.file.clone()]);
    table.row(["Rows".into(), count(view.rows)]);
    table.row(["New".into(), count(view.new_rows)]);
    table.row(["Changed".into(), count(view.changed)]);
    table.row(["Known already".into(), count(view.already)]);
    table.row(["Problems".into(), count(view.problems)]);
    table.row(["Unrated".into(), count(view.unrated)]);
    table.row(["Late".into(), count(view.late)]);
    table.row(["Messages".into(), grouped(&view.messages)]);
    table.row(["Pulses".into(), grouped(&view.pulses)]);
    for amount in &view.amounts {
        table.row(["Amount".into(), money(amount)]);
    }
    session.out.table(&table)?;
    if !view.unknown_columns.is_empty() {
        let columns = view.unknown_columns.join(", ");
        session.out.line(format!("Columns not used: {columns}"))?;
    }
    if view.changed_rows.is_empty() {
        return Ok(());
    }
    let mut table = Table::new([
        ">line",
        "day",
        "channel",
        "category",
        "place",
        ">quantity",
        ">now",
        ">amount",
        ">now",
    ]);
    for row in view.changed_rows.iter().take(TOLD) {
        table.row([
            row.line.to_string(),
            row.day.clone(),
            row.channel.clone(),
            row.category.to_string(),
            row.place.clone(),
            grouped(&row.old_quantity),
            grouped(&row.new_quantity),
            money_or_blank(row.old_amount.as_ref()),
            money_or_blank(row.new_amount.as_ref()),
        ]);
    }
    session.out.line("Changed rows:")?;
    Ok(session.out.table(&table)?)
}

fn show_booked(session: &mut Session, file: &str, view: &UsageBookedView) -> Done {
    let amounts: Vec<_> = view.amounts.iter().map(money).collect::<Vec<_>>();
    let count = |n: u32| grouped(&n.to_string());
    let mut line = format!(
        "{file}: {} new rows booked, {} changed, {} known already",
        count(view.new_rows),
        count(view.changed),
        count(view.already)
    );
    for (n, what) in [
        (view.problems, "can't be booked"),
        (view.unrated, "unrated"),
        (view.late, "of closed months, booked as reconciliation"),
    ] {
        if n > 0 {
            line.push_str(&format!(", {} {what}", count(n)));
        }
    }
    if !amounts.is_empty() {
        line.push_str(&format!(". {}", amounts.join(", ")));
    }
    session.out.line(line)?;
    Ok(())
}

/// Says why no row is good, where that is the refusal.
fn with_reason(error: Error, file: &str, rows: &[ProblemView], count: u32) -> Stop {
    if error.code == Code::NothingToBook {
        nothing_to_book(file, rows, count)
    } else {
        Stop::from(error)
    }
}

pub(crate) fn import_prices(session: &mut Session, file: PriceFile) -> Done {
    let mut book = session.writing()?;
    let form = PriceFileForm {
        effective_from: file.from,
        currency: file.currency,
    };
    let seen = book.preview_prices(&file.file, &form, session.at)?;
    let view = if file.dry_run {
        seen
    } else {
        book.book_prices(&file.file, &form, session.at)
            .map_err(|error| with_reason(error, &seen.file, &seen.problem_rows, seen.problems))?
    };
    tell_problems(&view.file, &view.problem_rows, view.problems);
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_prices(session, &view)
}

fn show_prices(session: &mut Session, view: &PricesView) -> Done {
    for card in &view.cards {
        crate::price::show_cards(session, std::slice::from_ref(card))?;
    }
    for card in &view.conflicts {
        session.out.line(format!(
            "Conflict: card {}, {}, has other prices for the same day and holds until you choose: hubl prices choose CARD.",
            card.id, card.name
        ))?;
    }
    for card in &view.known {
        session.out.line(format!(
            "In the book already: card {}, {}.",
            card.id, card.name
        ))?;
    }
    crate::price::show_differences(session, &view.changes)?;
    if !view.unknown_columns.is_empty() {
        session.out.line(format!(
            "Columns that were not read: {}.",
            view.unknown_columns.join(", ")
        ))?;
    }
    session.out.line(format!(
        "Rates: {}, new cards: {}. Unrated charges that got a price: {}, that are left: {}.",
        grouped(&view.rows.to_string()),
        view.cards.len(),
        view.rated,
        view.still_unrated
    ))?;
    Ok(())
}

fn import_parties(
    session: &mut Session,
    file: &Path,
    form: &PartiesFileForm,
    dry_run: bool,
    accept: bool,
) -> Done {
    let mut book = session.writing()?;
    let seen = book.preview_parties(file, form, session.at)?;
    let good = seen.new_clients + seen.new_channels + seen.same;
    let nothing = !dry_run && good == 0 && seen.differences.is_empty();
    tell_problems_or_stop(&seen.file, &seen.problem_rows, seen.problems, nothing)?;
    let view = if dry_run {
        seen
    } else {
        book.book_parties(file, form, accept, session.at)?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_parties(session, &view, accept && !dry_run)
}

fn show_parties(session: &mut Session, view: &PartiesView, accepted: bool) -> Done {
    session.out.line(format!(
        "Rows: {}, new clients: {}, new channels: {}, as they are: {}.",
        view.rows, view.new_clients, view.new_channels, view.same
    ))?;
    if view.beyond > 0 {
        session.out.line(format!(
            "The file is one page of a longer list: {} more are not in it. Bring in the other pages, too.",
            view.beyond
        ))?;
    }
    if view.differences.is_empty() {
        return Ok(());
    }
    let mut table = Table::new([">line", "id", "field", "in the book", "in the file"]);
    for difference in &view.differences {
        table.row([
            difference.line.to_string(),
            difference.id.clone(),
            difference.field.clone(),
            difference.ours.clone(),
            difference.theirs.clone(),
        ]);
    }
    session.out.table(&table)?;
    session.out.line(if accepted {
        "The file's side was taken over."
    } else {
        "Left as they are in the book; --accept-differences takes over the file's side."
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use hubledger_book::said::{ProblemCode, SaidCode};

    use super::*;

    #[test]
    fn a_problem_names_its_line_and_column() {
        let problem = ProblemView {
            line: 7,
            column: Some("quantity".into()),
            found: "x".into(),
            code: SaidCode::Row(ProblemCode::NotAWholeNumber),
            facts: Vec::new(),
            text: "Not a whole number.".into(),
            row: Vec::new(),
        };
        assert_eq!(
            place_and_reason(&problem),
            "line 7, quantity, “x”: Not a whole number."
        );
    }
}
