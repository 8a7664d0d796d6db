//! The book itself: making it, the company behind it, its proof, and what the program is.

use chrono::NaiveDate;
use hubledger_book::Book;
use hubledger_book::form::{CompanyForm, NewBookForm};
use hubledger_book::view::{BookView, CompanyView, NewestCardView};

use crate::args::{CompanyVerb, New};
use crate::import::{end_progress, progress};
use crate::print::{Table, word};
use crate::session::{Done, Session, Stop};

pub(crate) fn make(session: &mut Session, new: New) -> Done {
    let form = NewBookForm {
        owner: new.owner,
        company: CompanyForm {
            name: new.name,
            address: new.address.join("\n"),
            country: new.country,
            vat_id: new.vat_id,
            billing_email: new.email,
        },
        paper_language: new.language,
    };
    let book = Book::create(&new.file, form, &session.who, session.at)?;
    let view = book.book_view(session.at)?;
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    session.out.line(format!(
        "Made {} for {} ({}).",
        view.path, view.company.name, view.owner
    ))?;
    Ok(())
}

pub(crate) fn company(session: &mut Session, verb: Option<CompanyVerb>) -> Done {
    let view = match verb {
        None | Some(CompanyVerb::Show) => session.reading()?.book_view(session.at)?,
        Some(CompanyVerb::Edit {
            name,
            country,
            vat_id,
            address,
            email,
        }) => {
            let mut book = session.writing()?;
            // What is not given stays as it was last said, though that may only hold from next month.
            let view = book.book_view(session.at)?;
            let now = view.company_next.map_or(view.company, |next| next.company);
            let address = if address.is_empty() {
                now.address
            } else {
                address
            };
            let form = CompanyForm {
                name: name.unwrap_or(now.name),
                address: address.join("\n"),
                country: country.unwrap_or(now.country),
                vat_id: vat_id.or(now.vat_id).unwrap_or_default(),
                billing_email: email.unwrap_or(now.billing_email),
            };
            book.set_company(form, session.at)?
        }
        Some(CompanyVerb::Language { code }) => {
            session.writing()?.set_paper_language(&code, session.at)?
        }
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_book(session, &view)
}

fn show_book(session: &mut Session, view: &BookView) -> Done {
    let mut table = Table::new(["", ""]);
    table.row(["Book".into(), view.path.clone()]);
    table.row(["Owner".into(), view.owner.to_string()]);
    company_rows(&mut table, &view.company);
    table.row(["Language of papers".into(), view.paper_language.clone()]);
    if let Some(who) = &view.read_only {
        table.row(["Open elsewhere".into(), who.clone()]);
    }
    if let Some(next) = &view.company_next {
        table.row([format!("From {}", next.from), String::new()]);
        company_rows(&mut table, &next.company);
    }
    Ok(session.out.table(&table)?)
}

fn company_rows(table: &mut Table, company: &CompanyView) {
    table.row(["Company".into(), company.name.clone()]);
    for line in &company.address {
        table.row(["Address".into(), line.clone()]);
    }
    let country = format!("{} ({})", company.country_name, company.country);
    table.row(["Country".into(), country]);
    table.row(["VAT ID".into(), company.vat_id.clone().unwrap_or_default()]);
    table.row(["Billing e-mail".into(), company.billing_email.clone()]);
    table.row(["VAT of 360Dialog".into(), word(company.vat_treatment)]);
}

pub(crate) fn check(session: &mut Session) -> Done {
    let book = session.reading()?;
    let view = book.check_with(&mut progress("Checking"), session.at);
    end_progress();
    let view = view?;
    if session.out.json {
        session.out.record(&view)?;
    } else {
        let mut table = Table::new(["", "", ">"]);
        for line in &view.lines {
            let mark = if line.holds { "holds" } else { "FAILS" };
            table.row([
                mark.into(),
                line.invariant.clone(),
                line.checked.to_string(),
            ]);
        }
        session.out.table(&table)?;
        for line in &view.lines {
            for fault in &line.faults {
                let told = format!("{}: {} [{}]", line.invariant, fault.text, fault.code);
                session.out.line(told)?;
            }
            for notice in &line.notices {
                session.out.line(format!("Note: {}", notice.text))?;
            }
        }
    }
    if view.holds {
        return Ok(());
    }
    let failed = view.lines.iter().filter(|line| !line.holds).count();
    Err(Stop::Refused {
        code: "check-failed",
        message: format!("{failed} of the book's invariants do not hold. Open a backup of it."),
    })
}

pub(crate) fn version(session: &mut Session) -> Done {
    let book = match &session.book {
        Some(path) => {
            let key = session.passphrase_of(path)?;
            Some(Book::open_read_only_with(path, key.as_ref())?)
        }
        None => None,
    };
    let about = hubledger_book::about(book.as_ref());
    if session.out.json {
        return Ok(session.out.record(&about)?);
    }
    session.out.line(format!("hubl {}", about.version))?;
    match &about.path {
        Some(path) => session.out.line(format!("Data: {path}"))?,
        None => session
            .out
            .line("Data: in the book that -b names; none is open")?,
    }
    for card in &about.newest_cards {
        session.out.line(card_in_words(card))?;
    }
    Ok(())
}

fn card_in_words(card: &NewestCardView) -> String {
    let changed = card
        .outdated_since
        .as_deref()
        .map(|day| format!("; Meta changed prices on {}", day_in_words(day)));
    format!(
        "{}: {}{}",
        card.currency,
        day_in_words(&card.effective_from),
        changed.unwrap_or_default()
    )
}

/// `1 July 2026`.
fn day_in_words(day: &str) -> String {
    day.parse::<NaiveDate>()
        .map_or_else(|_| day.to_owned(), |d| d.format("%-d %B %Y").to_string())
}
