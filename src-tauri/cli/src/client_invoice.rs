//! The owner's own invoices to clients: drafts, issuing, corrections, payments. A line is typed
//! as `text; quantity; price; vat; percent`; a form of JSON takes everything.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use hubledger_book::ExportTo;
use hubledger_book::form::{
    ClientDraftForm, ClientExportForm, ClientInvoiceForm, ClientLineForm, ClientPaymentForm,
    CreditForm, CreditLineForm, ReminderForm,
};
use hubledger_book::view::{
    ClientDraftView, ClientInvoiceDetailView, ClientInvoiceView, ClientSumsView,
};
use hubledger_book::word::{ClientFormatWord, DeductionWord, ReminderWord};

use crate::args::word;
use crate::import::progress;
use crate::print::{Table, money, word};
use crate::session::{Done, Session, Stop};

#[derive(Debug, Subcommand)]
pub(crate) enum ClientInvoiceVerb {
    /// Write a draft, or change one. Drafts have no number.
    Draft(Box<Draft>),
    /// List issued invoices and credit notes, or drafts.
    List {
        #[arg(long, value_name = "ID")]
        hub: Option<String>,
        #[arg(long, value_name = "ID")]
        client: Option<String>,
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
        /// Drafts instead.
        #[arg(long)]
        drafts: bool,
    },
    /// Show an invoice by its number, or a draft by its id.
    Show {
        #[arg(value_name = "NUMBER")]
        number: String,
    },
    /// Issue a draft: it gets its number and never changes again.
    Issue {
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// Show what issuing would give.
        #[arg(long)]
        dry_run: bool,
    },
    /// Throw a draft away.
    Discard {
        #[arg(value_name = "DRAFT")]
        draft: String,
    },
    /// Credit a part of an invoice, by its lines.
    Credit {
        #[arg(value_name = "NUMBER")]
        number: String,
        /// A line and the net that is credited of it, such as 1=25.00.
        #[arg(long = "line", value_name = "LINE=AMOUNT", required = true)]
        lines: Vec<String>,
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
        /// Show what it would give.
        #[arg(long)]
        dry_run: bool,
    },
    /// Cancel an invoice, or credit all that is left of it.
    Cancel {
        #[arg(value_name = "NUMBER")]
        number: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
        /// Show what it would give.
        #[arg(long)]
        dry_run: bool,
    },
    /// Replace an invoice by a corrected one, written as a draft is.
    Correct {
        #[arg(value_name = "NUMBER")]
        number: String,
        #[command(flatten)]
        draft: Box<Draft>,
    },
    /// Write the PDF of a draft, marked as a draft.
    Preview {
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Hand out issued invoices as files, with a report of what was checked.
    Export(Box<Export>),
    /// Write a letter that reminds a client of all that is due and not paid.
    Remind {
        #[arg(long, value_name = "ID")]
        client: String,
        #[arg(long, value_parser = word!(ReminderWord), default_value = "first")]
        level: ReminderWord,
        /// Not given: in ten days.
        #[arg(
            long,
            default_value = "",
            hide_default_value = true,
            value_name = "YYYY-MM-DD"
        )]
        pay_by: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Record what a client paid; below zero: what went back to it.
    Pay {
        #[arg(value_name = "NUMBER")]
        number: String,
        #[arg(long, allow_hyphen_values = true)]
        amount: String,
        /// Not given: today.
        #[arg(
            long,
            default_value = "",
            hide_default_value = true,
            value_name = "YYYY-MM-DD"
        )]
        on: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Draft {
    /// The draft that changes; not given: a new one.
    #[arg(long, value_name = "DRAFT")]
    id: Option<String>,
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    /// A line: text; quantity; net price; VAT case; percent. The last three may be left out.
    #[arg(long = "line", value_name = "TEXT;QUANTITY;PRICE;VAT;PERCENT")]
    lines: Vec<String>,
    /// Takes the lines off that the draft has.
    #[arg(long)]
    no_lines: bool,
    /// Money that the client paid in advance.
    #[arg(long)]
    advance: bool,
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<String>,
    /// The day of supply; invoice-day: that of the invoice, whichever it will be.
    #[arg(long, value_name = "YYYY-MM-DD")]
    supplied_on: Option<String>,
    #[arg(long)]
    due_days: Option<String>,
    #[arg(long)]
    terms: Option<String>,
    #[arg(long)]
    notes: Option<String>,
    #[arg(long)]
    order: Option<String>,
    /// The number of an advance invoice that it deducts.
    #[arg(long = "deduct", value_name = "NUMBER")]
    deducts: Vec<String>,
    /// Deducts no advance any more.
    #[arg(long)]
    no_deducts: bool,
    /// About the rest, with the advances as lines below zero; or about the whole, with them off the
    /// amount due.
    #[arg(long, value_parser = word!(DeductionWord))]
    deduction: Option<DeductionWord>,
    /// Your own currency, where VAT is owed in another than the hub's.
    #[arg(long, value_name = "CODE")]
    own_currency: Option<String>,
    #[arg(long)]
    own_rate: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    own_rate_on: Option<String>,
    #[arg(long)]
    own_rate_source: Option<String>,
    /// A form as JSON, as --json shows a draft's; - reads it from standard input.
    #[arg(long, value_name = "FILE")]
    form: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[arg(value_name = "NUMBER", required_unless_present = "month")]
    numbers: Vec<String>,
    /// All that were issued in a month.
    #[arg(long, value_name = "YYYY-MM", conflicts_with = "numbers")]
    month: Option<String>,
    /// Of the month: only this hub's.
    #[arg(long, value_name = "ID", requires = "month")]
    hub: Option<String>,
    /// Of the month: only this client's.
    #[arg(long, value_name = "ID", requires = "month")]
    client: Option<String>,
    /// A folder, made if it is not there.
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Not given: as each client takes them, byte for byte as they were issued.
    #[arg(long, value_parser = word!(ClientFormatWord))]
    format: Option<ClientFormatWord>,
    /// How files are named, by {number}, {client}, {hub}, {kind}, {month} and {date}.
    #[arg(
        long,
        value_name = "PATTERN",
        default_value = "",
        hide_default_value = true
    )]
    names: String,
    /// All in one ZIP of this name.
    #[arg(long, value_name = "NAME")]
    zip: Option<String>,
    /// Each as an e-mail draft that its files are attached to.
    #[arg(long)]
    mail: bool,
}

/// `text; quantity; price; vat; percent`.
fn line_of(typed: &str) -> ClientLineForm {
    let mut parts = typed.split(';').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    ClientLineForm {
        text: next(),
        quantity: next(),
        unit_price: next(),
        vat: next(),
        percent: next(),
        ..ClientLineForm::default()
    }
}

fn form_of(draft: Draft, now: ClientInvoiceForm) -> Result<ClientInvoiceForm, Stop> {
    let now = match &draft.form {
        Some(path) => read_form(path)?,
        None => now,
    };
    let lines = if draft.lines.is_empty() && !draft.no_lines {
        now.lines
    } else {
        draft.lines.iter().map(|line| line_of(line)).collect()
    };
    let deducts = if draft.deducts.is_empty() && !draft.no_deducts {
        now.deducts
    } else {
        draft.deducts
    };
    Ok(ClientInvoiceForm {
        client: draft.client.unwrap_or(now.client),
        advance: draft.advance || now.advance,
        issued_on: draft.on.unwrap_or(now.issued_on),
        from: draft.from.unwrap_or(now.from),
        until: draft.until.unwrap_or(now.until),
        delivered_on: draft.supplied_on.unwrap_or(now.delivered_on),
        due_days: draft.due_days.unwrap_or(now.due_days),
        terms: draft.terms.unwrap_or(now.terms),
        notes: draft.notes.unwrap_or(now.notes),
        order_number: draft.order.unwrap_or(now.order_number),
        lines,
        deducts,
        deduction: draft.deduction.unwrap_or(now.deduction),
        own_currency: draft.own_currency.unwrap_or(now.own_currency),
        own_rate: draft.own_rate.unwrap_or(now.own_rate),
        own_rate_on: draft.own_rate_on.unwrap_or(now.own_rate_on),
        own_rate_source: draft.own_rate_source.unwrap_or(now.own_rate_source),
    })
}

fn read_form(path: &PathBuf) -> Result<ClientInvoiceForm, Stop> {
    let unreadable = |error: &dyn std::fmt::Display| Stop::Refused {
        code: "file-unreadable",
        message: format!("{} can't be read: {error}.", path.display()),
    };
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|e| unreadable(&e))?;
    } else {
        text = std::fs::read_to_string(path).map_err(|e| unreadable(&e))?;
    }
    serde_json::from_str(&text).map_err(|e| unreadable(&e))
}

/// `1=25.00`.
fn credit_line(typed: &str) -> Result<CreditLineForm, Stop> {
    let (line, amount) = typed
        .split_once('=')
        .and_then(|(line, amount)| Some((line.trim().parse().ok()?, amount.trim())))
        .ok_or(Stop::Usage("Write a line and an amount: --line 1=25.00"))?;
    Ok(CreditLineForm {
        line,
        amount: amount.to_owned(),
    })
}

pub(crate) fn client_invoice(session: &mut Session, verb: ClientInvoiceVerb) -> Done {
    let at = session.at;
    match verb {
        ClientInvoiceVerb::Draft(draft) => put_draft(session, *draft),
        ClientInvoiceVerb::List {
            hub, drafts: true, ..
        } => {
            let drafts = session.reading()?.client_drafts(hub.as_deref(), at)?;
            show_drafts(session, &drafts)
        }
        ClientInvoiceVerb::List {
            hub, client, month, ..
        } => {
            let invoices = session.reading()?.client_invoices(
                hub.as_deref(),
                client.as_deref(),
                month.as_deref(),
                at,
            )?;
            show_invoices(session, &invoices)
        }
        ClientInvoiceVerb::Show { number } => show_any(session, &number),
        ClientInvoiceVerb::Issue { draft, dry_run } => {
            let mut book = session.writing()?;
            let issued = if dry_run {
                book.preview_client_draft(&draft, at)?
            } else {
                book.issue_client_draft(&draft, at)?
            };
            show_invoice(session, &issued)
        }
        ClientInvoiceVerb::Discard { draft } => {
            session.writing()?.remove_client_draft(&draft, at)?;
            if !session.out.json {
                session.out.line(format!("{draft} is gone."))?;
            }
            Ok(())
        }
        ClientInvoiceVerb::Credit {
            number,
            lines,
            reason,
            dry_run,
        } => {
            let lines = lines
                .iter()
                .map(|line| credit_line(line))
                .collect::<Result<Vec<_>, _>>()?;
            credit(session, number, reason, lines, dry_run)
        }
        ClientInvoiceVerb::Cancel {
            number,
            reason,
            dry_run,
        } => credit(session, number, reason, Vec::new(), dry_run),
        ClientInvoiceVerb::Correct { number, draft } => {
            let mut book = session.writing()?;
            let form = form_of(*draft, ClientInvoiceForm::default())?;
            let corrected = book.correct_client_invoice(&number, &form, at)?;
            show_invoice(session, &corrected)
        }
        ClientInvoiceVerb::Preview { draft, to } => {
            let pdf = session.reading()?.client_draft_pdf(&draft, at)?;
            write_pdf(session, &to, &pdf)
        }
        ClientInvoiceVerb::Remind {
            client,
            level,
            pay_by,
            to,
        } => {
            let form = ReminderForm {
                client,
                level,
                pay_by,
            };
            let pdf = session.reading()?.client_reminder_pdf(&form, at)?;
            write_pdf(session, &to, &pdf)
        }
        ClientInvoiceVerb::Export(export) => hand_out(session, *export),
        ClientInvoiceVerb::Pay { number, amount, on } => {
            let form = ClientPaymentForm { number, amount, on };
            let paid = session.writing()?.pay_client_invoice(&form, at)?;
            show_invoice(session, &paid)
        }
    }
}

/// Writes a PDF, and says where.
pub(crate) fn write_pdf(session: &mut Session, to: &Path, pdf: &[u8]) -> Done {
    std::fs::write(to, pdf).map_err(|e| unwritable(to, &e))?;
    if !session.out.json {
        session.out.line(to.display())?;
    }
    Ok(())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Refused {
        code: "folder-unwritable",
        message: format!("{} can't be written: {error}.", path.display()),
    }
}

fn hand_out(session: &mut Session, export: Export) -> Done {
    let form = ClientExportForm {
        numbers: export.numbers,
        month: export.month,
        hub: export.hub,
        client: export.client,
        format: export.format,
    };
    let to = ExportTo {
        folder: &export.to,
        names: &export.names,
        zip: export.zip.as_deref(),
        mail: export.mail,
    };
    let at = session.at;
    let handed =
        session
            .reading()?
            .export_client_invoices(&form, to, &mut progress("invoices"), at)?;
    if session.out.json {
        return Ok(session.out.record(&handed)?);
    }
    for file in &handed.checked {
        session
            .out
            .line(format!("{}  {}", file.number, file.file))?;
        for check in &file.checks {
            session
                .out
                .line(format!("  {}: {}", check.rules, check.outcome))?;
        }
    }
    for file in &handed.files {
        session.out.line(file)?;
    }
    Ok(())
}

fn put_draft(session: &mut Session, draft: Draft) -> Done {
    let at = session.at;
    let mut book = session.writing()?;
    let id = draft.id.clone();
    let now = match &id {
        Some(id) => book.client_draft(id, at)?.invoice,
        None => ClientInvoiceForm::default(),
    };
    let invoice = form_of(draft, now)?;
    let view = book.put_client_draft(&ClientDraftForm { id, invoice }, at)?;
    show_draft(session, &view)
}

fn credit(
    session: &mut Session,
    number: String,
    reason: String,
    lines: Vec<CreditLineForm>,
    dry_run: bool,
) -> Done {
    let form = CreditForm {
        number,
        reason,
        lines,
    };
    let mut book = session.writing()?;
    let credited = if dry_run {
        book.preview_client_credit(&form, session.at)?
    } else {
        book.credit_client_invoice(&form, session.at)?
    };
    show_invoice(session, &credited)
}

/// A draft's id and an invoice's number are told apart by what the book has.
fn show_any(session: &mut Session, number: &str) -> Done {
    let at = session.at;
    let book = session.reading()?;
    match book.client_draft(number, at) {
        Ok(draft) => show_draft(session, &draft),
        Err(_) => {
            let invoice = book.client_invoice(number, at)?;
            show_invoice(session, &invoice)
        }
    }
}

fn show_drafts(session: &mut Session, drafts: &[ClientDraftView]) -> Done {
    if session.out.json {
        return Ok(session.out.record(drafts)?);
    }
    let mut table = Table::new(["draft", "client", "name", ">gross", "to do"]);
    for draft in drafts {
        table.row([
            draft.id.clone(),
            draft.invoice.client.clone(),
            draft.client_name.clone(),
            draft
                .sums
                .as_ref()
                .map(|sums| money(&sums.gross))
                .unwrap_or_default(),
            draft.faults.len().to_string(),
        ]);
    }
    Ok(session.out.table(&table)?)
}

fn show_draft(session: &mut Session, draft: &ClientDraftView) -> Done {
    if session.out.json {
        return Ok(session.out.record(draft)?);
    }
    session
        .out
        .line(format!("Draft {} for {}", draft.id, draft.client_name))?;
    if let Some(sums) = &draft.sums {
        show_sums(session, sums)?;
    }
    for fault in &draft.faults {
        session.out.line(format!("To do: {fault}"))?;
    }
    if draft.faults.is_empty() {
        session.out.line("It can be issued.")?;
    }
    Ok(())
}

fn show_invoices(session: &mut Session, invoices: &[ClientInvoiceView]) -> Done {
    if session.out.json {
        return Ok(session.out.record(invoices)?);
    }
    let mut table = Table::new([
        "day", "number", "kind", "client", "state", ">net", ">VAT", ">gross", ">open",
    ]);
    for invoice in invoices {
        table.row([
            invoice.issued_on.clone(),
            invoice.number.clone(),
            word(invoice.kind),
            invoice.client_name.clone(),
            word(invoice.state),
            money(&invoice.net),
            money(&invoice.vat),
            money(&invoice.gross),
            money(&invoice.open),
        ]);
    }
    Ok(session.out.table(&table)?)
}

fn show_invoice(session: &mut Session, view: &ClientInvoiceDetailView) -> Done {
    if session.out.json {
        return Ok(session.out.record(view)?);
    }
    let invoice = &view.invoice;
    let mut table = Table::new(["", ""]);
    table.row(["Number".into(), invoice.number.clone()]);
    table.row(["Kind".into(), word(invoice.kind)]);
    table.row([
        "Client".into(),
        format!("{} ({})", invoice.client_name, invoice.client),
    ]);
    table.row(["Issued on".into(), invoice.issued_on.clone()]);
    table.row(["Due on".into(), invoice.due_on.clone()]);
    if let Some(number) = &invoice.corrects {
        table.row(["Corrects".into(), number.clone()]);
    }
    for (what, numbers) in [
        ("Corrected by", &view.corrected_by),
        ("Deducts", &view.deducts),
    ] {
        if !numbers.is_empty() {
            table.row([what.into(), numbers.join(", ")]);
        }
    }
    for payment in &view.payments {
        table.row([format!("Paid {}", payment.on), money(&payment.amount)]);
    }
    table.row(["State".into(), word(invoice.state)]);
    table.row(["Open".into(), money(&invoice.open)]);
    session.out.table(&table)?;
    session.out.line("")?;
    show_sums(session, &view.sums)
}

fn show_sums(session: &mut Session, sums: &ClientSumsView) -> Done {
    let mut table = Table::new(["", ">quantity", ">price", "VAT", ">net"]);
    for line in &sums.lines {
        table.row([
            line.text.clone(),
            line.quantity.clone(),
            money(&line.unit_price),
            format!("{} {} %", line.vat, line.percent),
            money(&line.net),
        ]);
    }
    let sum = |what: String, amount: String| -> [String; 5] {
        [what, String::new(), String::new(), String::new(), amount]
    };
    table.row(sum("Net".into(), money(&sums.net)));
    for vat in &sums.vat {
        let what = format!("VAT {} {} % on {}", vat.vat, vat.percent, money(&vat.basis));
        table.row(sum(what, money(&vat.amount)));
    }
    table.row(sum("Gross".into(), money(&sums.gross)));
    if sums.due.amount != sums.gross.amount {
        table.row(sum("Already paid".into(), money(&sums.prepaid)));
        table.row(sum("To pay".into(), money(&sums.due)));
    }
    Ok(session.out.table(&table)?)
}
