//! Volume steps: where clients' months stand on them.

use hubledger_book::form::VolumeForm;
use hubledger_book::view::VolumeView;

use crate::args::VolumeVerb;
use crate::print::{Table, grouped, word};
use crate::session::{Done, Session};

pub(crate) fn volume(session: &mut Session, verb: VolumeVerb) -> Done {
    let at = session.at;
    let volumes = match verb {
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
