//! Closing a month, and what 360Dialog bills.

use hubledger_book::ExportTo;
use hubledger_book::form::VendorNumberForm;
use hubledger_book::view::{
    CloseView, ClosingSummaryView, ExportedView, HubInvoiceLineView, HubInvoiceView,
    InvoiceMonthView,
};

use crate::args::InvoiceVerb;
use crate::import::{end_progress, progress};
use crate::print::{Table, money, word};
use crate::session::{Done, Session};

pub(crate) fn close(session: &mut Session, hub: &str, month: &str, dry_run: bool) -> Done {
    let view = if dry_run {
        session.reading()?.close_preview(hub, month, session.at)?
    } else {
        let mut book = session.writing()?;
        let closed = book.close_month_with(hub, month, &mut progress("Closing"), session.at);
        end_progress();
        closed?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_close(session, &view)
}

fn show_close(session: &mut Session, view: &CloseView) -> Done {
    if view.closed.is_none() {
        let mut table = Table::new(["", "", "", ""]);
        for step in &view.steps {
            let mark = match (step.done, step.blocks) {
                (true, _) => "done",
                (false, true) => "to do",
                (false, false) => "look",
            };
            let count = if step.count > 0 {
                step.count.to_string()
            } else {
                String::new()
            };
            table.row([mark.into(), word(step.step), count, step.names.join(", ")]);
        }
        session.out.table(&table)?;
    }
    show_invoices(session, &view.invoices)?;
    session.out.line(format!("Gross: {}", money(&view.gross)))?;
    tell_to_clients(session, view.invoices_to_clients)?;
    match (&view.closed, &view.refusal) {
        (Some(day), _) => {
            session
                .out
                .line(format!("{} of {} is closed ({day}).", view.month, view.hub))?;
        }
        (None, Some(refusal)) => session.out.line(&refusal.text)?,
        (None, None) => session.out.line(format!("{} can be closed.", view.month))?,
    }
    Ok(())
}

fn tell_to_clients(session: &mut Session, count: Option<u32>) -> Done {
    if let Some(count) = count {
        session.out.line(format!(
            "Invoices that 360Dialog sends to clients, none of them in this book: {count}"
        ))?;
    }
    Ok(())
}

pub(crate) fn invoice(session: &mut Session, verb: InvoiceVerb) -> Done {
    let at = session.at;
    match verb {
        InvoiceVerb::List { hub, month } => {
            let months = session
                .reading()?
                .invoices(hub.as_deref(), month.as_deref(), at)?;
            list(session, &months)
        }
        InvoiceVerb::Show { number } => {
            let invoice = session.reading()?.invoice(&number, at)?;
            show(session, &invoice)
        }
        InvoiceVerb::Export {
            numbers,
            month,
            hub,
            to,
            names,
            zip,
            mail,
        } => {
            let book = session.reading()?;
            let to = ExportTo {
                folder: &to,
                names: &names,
                zip: zip.as_deref(),
                mail,
            };
            let exported = match month {
                Some(month) => {
                    book.export_month(hub.as_deref(), &month, to, &mut progress("invoices"), at)?
                }
                None => book.export_invoices(&numbers, to, &mut progress("invoices"), at)?,
            };
            show_exported(session, &exported)
        }
        InvoiceVerb::Number { reference, number } => {
            let form = VendorNumberForm { reference, number };
            let invoice = session.writing()?.set_vendor_number(form, at)?;
            show(session, &invoice)
        }
    }
}

fn list(session: &mut Session, months: &[InvoiceMonthView]) -> Done {
    if session.out.json {
        let invoices: Vec<_> = months.iter().flat_map(|month| &month.invoices).collect();
        return Ok(session.out.record(&invoices)?);
    }
    if months.is_empty() {
        session.out.line("No invoices.")?;
    }
    for month in months {
        let state = if month.closed.is_some() {
            "closed"
        } else {
            "open"
        };
        session
            .out
            .line(format!("{} {} ({state})", month.hub, month.month))?;
        show_invoices(session, &month.invoices)?;
        session.out.line(format!(
            "Net {}, VAT {}, gross {}",
            money(&month.net),
            money(&month.vat),
            money(&month.gross)
        ))?;
        tell_to_clients(session, month.invoices_to_clients)?;
        session.out.line("")?;
    }
    Ok(())
}

fn show_invoices(session: &mut Session, invoices: &[HubInvoiceView]) -> Done {
    let mut table = Table::new([
        "day",
        "reference",
        "360Dialog's number",
        ">net",
        ">VAT",
        ">gross",
    ]);
    for invoice in invoices {
        table.row([
            invoice.issued_on.clone(),
            invoice.reference.clone(),
            invoice.vendor_number.clone().unwrap_or_default(),
            money(&invoice.net),
            money(&invoice.vat),
            money(&invoice.gross),
        ]);
    }
    if table.is_empty() {
        return Ok(());
    }
    Ok(session.out.table(&table)?)
}

fn show(session: &mut Session, invoice: &HubInvoiceView) -> Done {
    if session.out.json {
        return Ok(session.out.record(invoice)?);
    }
    let mut table = Table::new(["", ""]);
    table.row(["Reference".into(), invoice.reference.clone()]);
    if let Some(number) = &invoice.vendor_number {
        table.row(["360Dialog's number".into(), number.clone()]);
    }
    if let Some(seal) = &invoice.seal {
        table.row(["Seal of the month".into(), seal.clone()]);
    }
    table.row(["Kind".into(), word(invoice.kind)]);
    table.row([
        "Hub".into(),
        format!("{} ({})", invoice.hub_name, invoice.hub),
    ]);
    if let Some(channel) = &invoice.channel {
        table.row([
            "Channel".into(),
            format!("{} {}", channel.id, channel.phone),
        ]);
    }
    table.row(["Recipient".into(), invoice.recipient.name.clone()]);
    table.row(["Month".into(), invoice.period.clone()]);
    table.row(["Issued on".into(), invoice.issued_on.clone()]);
    session.out.table(&table)?;
    session.out.line("")?;
    session.out.table(&lines_of(invoice))?;
    if let Some(summary) = &invoice.summary {
        session.out.line("")?;
        session.out.table(&summary_of(summary))?;
    }
    session
        .out
        .line("A bookkeeping copy: 360Dialog issues the invoice itself.")?;
    Ok(())
}

fn lines_of(invoice: &HubInvoiceView) -> Table {
    let mut table = Table::new(["", ">amount"]);
    for line in &invoice.lines {
        table.row([line_in_words(line), money(&line.amount)]);
    }
    table.row(["Net".into(), money(&invoice.net)]);
    let vat = format!(
        "VAT {} % on {} ({})",
        invoice.vat_percent,
        money(&invoice.vat_base),
        invoice.vat_treatment
    );
    table.row([vat, money(&invoice.vat)]);
    table.row(["Gross".into(), money(&invoice.gross)]);
    table
}

fn line_in_words(line: &HubInvoiceLineView) -> String {
    let mut words = vec![word(line.kind)];
    words.extend(line.channel.as_ref().map(|channel| channel.id.clone()));
    words.extend(line.plan.map(word));
    words.extend(line.tier.map(word));
    words.extend(line.top_up.map(word));
    words.extend(line.method.map(word));
    words.extend(line.month.clone());
    words.extend(line.from.as_ref().map(|from| format!("from {from}")));
    if let (Some(days), Some(of)) = (line.days, line.of) {
        words.push(format!("{days}/{of} days"));
    }
    if let (Some(percent), Some(base)) = (&line.percent, &line.base) {
        words.push(format!("{percent} % on {}", money(base)));
    }
    words.join(" ")
}

fn summary_of(summary: &ClosingSummaryView) -> Table {
    let mut table = Table::new(["", ">"]);
    for (what, amount) in [
        ("Starting balance", &summary.starting),
        ("Added funds", &summary.added),
        ("Refunds to the balance", &summary.refunds_to_balance),
        ("Paid out", &summary.paid_out),
        ("Usage", &summary.used),
        (
            "of which usage reconciliation",
            &summary.usage_reconciliation,
        ),
        ("Settled with balance", &summary.settled),
        ("Settled by invoice", &summary.settled_by_invoice),
        ("Card fee", &summary.card_fee),
        ("Ending balance", &summary.ending),
        ("Net payable", &summary.net_payable),
    ] {
        table.row([what.into(), money(amount)]);
    }
    table
}

pub(crate) fn show_exported(session: &mut Session, exported: &ExportedView) -> Done {
    if session.out.json {
        return Ok(session.out.record(exported)?);
    }
    for file in &exported.files {
        session.out.line(file)?;
    }
    session.out.line(format!(
        "{} files in {}",
        exported.files.len(),
        exported.folder
    ))?;
    Ok(())
}
