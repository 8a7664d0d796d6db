//! Volume steps: where clients' months stand on them.

use std::path::Path;

use hubledger_book::form::VolumeForm;
use hubledger_book::view::VolumeView;
use hubledger_book::volume_file::VolumeFileView;

use crate::args::VolumeVerb;
use crate::import::tell_problems_or_stop;
use crate::print::{Table, grouped, money, word};
use crate::session::{Done, Session};

pub(crate) fn volume(session: &mut Session, verb: VolumeVerb) -> Done {
    let at = session.at;
    let volumes = match verb {
        VolumeVerb::Import { file, dry_run } => return import(session, &file, dry_run),
        VolumeVerb::List { client, month } => {
            let month = month.unwrap_or_else(|| session.this_month());
            session.reading()?.volumes(&client, &month, at)?
        }
        VolumeVerb::Set {
            client,
            market,
            category,
            from,
            counted,
            unknown: _,
        } => {
            let form = VolumeForm {
                client,
                market,
                category,
                from,
                counted: counted.unwrap_or_default(),
            };
            session.writing()?.set_volume(form, at)?
        }
    };
    show(session, &volumes)
}

fn show(session: &mut Session, volumes: &[VolumeView]) -> Done {
    if session.out.json {
        return Ok(session.out.record(volumes)?);
    }
    if volumes.is_empty() {
        session
            .out
            .line("No message or call of the month has volume steps on its card.")?;
        return Ok(());
    }
    let mut table = Table::new([
        "market",
        "category",
        ">counted before",
        "since",
        ">in the book",
    ]);
    for volume in volumes {
        let counted = volume.counted.as_deref().map(grouped);
        table.row([
            volume.market.clone(),
            word(volume.category),
            counted.unwrap_or_else(|| "not known".to_owned()),
            volume.from.clone().unwrap_or_default(),
            grouped(&volume.in_book),
        ]);
    }
    Ok(session.out.table(&table)?)
}

fn import(session: &mut Session, file: &Path, dry_run: bool) -> Done {
    let mut book = session.writing()?;
    let seen = book.preview_volume(file, session.at)?;
    let nothing = !dry_run && seen.new_rows + seen.same == 0;
    tell_problems_or_stop(&seen.file, &seen.problem_rows, seen.problems, nothing)?;
    let view = if dry_run {
        seen
    } else {
        book.book_volume(file, session.at)?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_import(session, &view)
}

fn show_import(session: &mut Session, view: &VolumeFileView) -> Done {
    let mut table = Table::new([
        ">line", "client", "market", "category", "from", ">was", ">now",
    ]);
    let shown = |counted: &Option<String>| {
        let counted = counted.as_deref().map(grouped);
        counted.unwrap_or_else(|| "not known".to_owned())
    };
    for told in &view.told {
        table.row([
            told.line.to_string(),
            format!("{} {}", told.client, told.client_name),
            told.market.clone(),
            word(told.category),
            told.from.clone(),
            shown(&told.before),
            shown(&told.now),
        ]);
    }
    session.out.table(&table)?;
    let amounts: Vec<_> = view.amounts.iter().map(money).collect();
    Ok(session.out.line(format!(
        "Positions told: {}, as they are: {}. Charges of open months change by {}.",
        view.new_rows,
        view.same,
        if amounts.is_empty() {
            "nothing".to_owned()
        } else {
            amounts.join(", ")
        }
    ))?)
}
