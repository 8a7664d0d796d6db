//! The sample books with their invoices as PDF files: the main job, shown without a window.

use std::path::{Path, PathBuf};

use hubledger_book::view::{MoneyView, SampleView};
use hubledger_book::word::OwnerWord;
use hubledger_book::{Book, ExportTo, make_sample};
use serde::Serialize;

use crate::import::{end_progress, progress};
use crate::print::{Table, money};
use crate::session::{Done, Session, Stop};

/// What was made.
#[derive(Debug, Serialize)]
struct Demo {
    #[serde(flatten)]
    books: SampleView,
    months: Vec<ExportedMonth>,
}

/// A closed month with its PDFs.
#[derive(Debug, Serialize)]
struct ExportedMonth {
    /// Whose book it is in.
    book: OwnerWord,
    hub: String,
    month: String,
    folder: String,
    files: Vec<String>,
    net: MoneyView,
    vat: MoneyView,
    gross: MoneyView,
}

pub(crate) fn demo(session: &mut Session, to: &Path) -> Done {
    let books = make_sample(to, &session.who, &mut progress("Sample books"), session.at);
    end_progress();
    let books = books?;
    let mut months = Vec::new();
    for path in [&books.partner_book, &books.client_book] {
        months.extend(export_closed(session, Path::new(path), to)?);
    }
    let demo = Demo { books, months };
    if session.out.json {
        return Ok(session.out.record(&demo)?);
    }
    show(session, &demo, to)
}

/// Writes the PDFs of every closed month of a book, a folder for each book.
fn export_closed(session: &Session, path: &Path, to: &Path) -> Result<Vec<ExportedMonth>, Stop> {
    let book = Book::open(path, &session.who, session.at)?;
    let folder = match path.file_stem() {
        Some(stem) => to.join("invoices").join(stem),
        None => to.join("invoices"),
    };
    let owner = book.book_view(session.at)?.owner;
    let mut exported = Vec::new();
    for month in book.invoices(None, None, session.at)? {
        if month.closed.is_none() || month.invoices.is_empty() {
            continue;
        }
        let pdfs = book.export_month(
            Some(&month.hub),
            &month.month,
            ExportTo::folder(&folder),
            &mut progress("invoices"),
            session.at,
        )?;
        exported.push(ExportedMonth {
            book: owner,
            hub: month.hub,
            month: month.month,
            folder: pdfs.folder,
            files: pdfs.files,
            net: month.net,
            vat: month.vat,
            gross: month.gross,
        });
    }
    exported.sort_by(|a, b| (&a.hub, &a.month).cmp(&(&b.hub, &b.month)));
    Ok(exported)
}

fn show(session: &mut Session, demo: &Demo, to: &Path) -> Done {
    let mut table = Table::new([
        "book",
        "hub",
        "month",
        ">invoices",
        ">net",
        ">VAT",
        ">gross",
    ]);
    for month in &demo.months {
        table.row([
            month.book.to_string(),
            month.hub.clone(),
            month.month.clone(),
            month.files.len().to_string(),
            money(&month.net),
            money(&month.vat),
            money(&month.gross),
        ]);
    }
    session.out.table(&table)?;
    let count: usize = demo.months.iter().map(|month| month.files.len()).sum();
    let folder: PathBuf = to.join("invoices");
    session.out.line("")?;
    session
        .out
        .line(format!("A partner's book: {}", demo.books.partner_book))?;
    session
        .out
        .line(format!("A client's book:  {}", demo.books.client_book))?;
    session
        .out
        .line(format!("{count} invoices as PDF: {}", folder.display()))?;
    Ok(())
}
