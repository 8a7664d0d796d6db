//! The owner as seller, the numbers of its invoices, and how clients are invoiced. What an edit
//! doesn't name stays as it is.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use hubledger_book::form::{ClientBillingForm, NumberSeriesForm, SellerForm, SeriesStartForm};
use hubledger_book::view::{ClientBillingView, SellerView};

use crate::print::Table;
use crate::session::{Done, Session};

#[derive(Debug, Subcommand)]
pub(crate) enum SellerVerb {
    /// Show it.
    Show,
    /// Change what invoices say; empty takes a line away.
    Edit(Box<SellerEdit>),
    /// Set the logo from a PNG, JPEG or SVG file, or take it away.
    Logo {
        #[arg(value_name = "FILE", required_unless_present = "none")]
        file: Option<PathBuf>,
        #[arg(long, conflicts_with = "file")]
        none: bool,
    },
    /// Set how numbers are written from the next one on, such as {YYYY}/{####}.
    Numbers {
        /// invoice or credit-note.
        #[arg(long, default_value = "invoice")]
        series: String,
        /// Empty for credit notes: numbered among the invoices.
        #[arg(value_name = "PATTERN")]
        pattern: String,
        /// Where this year or month goes on, when another program counted before: its next number.
        #[arg(long, value_name = "COUNT")]
        next: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct SellerEdit {
    #[arg(long)]
    street: Option<String>,
    /// A second line of the address.
    #[arg(long)]
    extra: Option<String>,
    #[arg(long)]
    postal_code: Option<String>,
    #[arg(long)]
    city: Option<String>,
    #[arg(long)]
    tax_number: Option<String>,
    /// Court and number.
    #[arg(long)]
    register: Option<String>,
    #[arg(long)]
    contact: Option<String>,
    #[arg(long)]
    phone: Option<String>,
    #[arg(long)]
    website: Option<String>,
    #[arg(long)]
    iban: Option<String>,
    #[arg(long)]
    bic: Option<String>,
    #[arg(long)]
    account_holder: Option<String>,
    /// The letterhead's colour, such as #1f6feb.
    #[arg(long)]
    accent: Option<String>,
    /// Days until an invoice is due.
    #[arg(long)]
    due_days: Option<String>,
    #[arg(long)]
    terms: Option<String>,
    /// The language of invoices where a client has none: en, de, es, pt-BR, fr, it.
    #[arg(long)]
    language: Option<String>,
    /// The small-business exemption: no VAT is stated.
    #[arg(long, value_name = "true|false")]
    small_business: Option<bool>,
    /// Scheme and address, such as 9930:DE123456788.
    #[arg(long)]
    e_address: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ClientBilling {
    #[arg(long)]
    id: String,
    #[arg(long)]
    street: Option<String>,
    /// A second line of the address.
    #[arg(long)]
    extra: Option<String>,
    #[arg(long)]
    postal_code: Option<String>,
    #[arg(long)]
    city: Option<String>,
    /// en, de, es, pt-BR, fr or it.
    #[arg(long)]
    language: Option<String>,
    /// What the client wants named, such as a Leitweg-ID.
    #[arg(long)]
    buyer_reference: Option<String>,
    /// Scheme and address, such as 0204:991-01234-44.
    #[arg(long)]
    e_address: Option<String>,
    /// Days until an invoice is due; empty: as the seller says.
    #[arg(long)]
    due_days: Option<String>,
    /// factur-x, xrechnung or peppol.
    #[arg(long)]
    format: Option<String>,
}

impl ClientBilling {
    fn changes(&self) -> bool {
        [
            &self.street,
            &self.extra,
            &self.postal_code,
            &self.city,
            &self.language,
            &self.buyer_reference,
            &self.e_address,
            &self.due_days,
            &self.format,
        ]
        .iter()
        .any(|field| field.is_some())
    }
}

pub(crate) fn seller(session: &mut Session, verb: Option<SellerVerb>) -> Done {
    let at = session.at;
    let view = match verb {
        None | Some(SellerVerb::Show) => session.reading()?.seller()?,
        Some(SellerVerb::Edit(edit)) => {
            let mut book = session.writing()?;
            let form = edited(*edit, book.seller()?);
            book.set_seller(&form, at)?
        }
        Some(SellerVerb::Logo { file, .. }) => session.writing()?.set_logo(file.as_deref(), at)?,
        Some(SellerVerb::Numbers {
            series,
            pattern,
            next,
        }) => {
            let mut book = session.writing()?;
            let start = next.map(|next| SeriesStartForm {
                series: series.clone(),
                next,
            });
            let form = NumberSeriesForm { series, pattern };
            let view = book.set_number_series(&form, at)?;
            match start {
                Some(form) => book.set_series_start(&form, at)?,
                None => view,
            }
        }
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    Ok(session.out.table(&seller_table(&view))?)
}

fn edited(edit: SellerEdit, now: SellerView) -> SellerForm {
    SellerForm {
        street: edit.street.unwrap_or(now.street),
        extra: edit.extra.unwrap_or(now.extra),
        postal_code: edit.postal_code.unwrap_or(now.postal_code),
        city: edit.city.unwrap_or(now.city),
        tax_number: edit.tax_number.unwrap_or(now.tax_number),
        register: edit.register.unwrap_or(now.register),
        contact: edit.contact.unwrap_or(now.contact),
        phone: edit.phone.unwrap_or(now.phone),
        website: edit.website.unwrap_or(now.website),
        iban: edit.iban.unwrap_or(now.iban),
        bic: edit.bic.unwrap_or(now.bic),
        account_holder: edit.account_holder.unwrap_or(now.account_holder),
        accent: edit.accent.unwrap_or(now.accent),
        due_days: edit.due_days.unwrap_or_else(|| now.due_days.to_string()),
        terms: edit.terms.unwrap_or(now.terms),
        language: edit.language.unwrap_or(now.language),
        small_business: edit.small_business.unwrap_or(now.small_business),
        e_address: edit.e_address.unwrap_or(now.e_address),
    }
}

fn seller_table(view: &SellerView) -> Table {
    let mut table = Table::new(["", ""]);
    for (what, value) in [
        ("Street", &view.street),
        ("Second line", &view.extra),
        ("Postal code", &view.postal_code),
        ("City", &view.city),
        ("Tax number", &view.tax_number),
        ("Register", &view.register),
        ("Contact", &view.contact),
        ("Phone", &view.phone),
        ("Website", &view.website),
        ("IBAN", &view.iban),
        ("BIC", &view.bic),
        ("Account holder", &view.account_holder),
        ("Colour", &view.accent),
        ("Terms", &view.terms),
        ("Language", &view.language),
        ("Electronic address", &view.e_address),
    ] {
        table.row([what.into(), value.clone()]);
    }
    table.row(["Due after".into(), format!("{} days", view.due_days)]);
    let small = if view.small_business { "yes" } else { "no" };
    table.row(["Small business".into(), small.into()]);
    let logo = view.logo.as_ref();
    let logo = logo.map_or(String::new(), |l| format!("{}, {} bytes", l.kind, l.size));
    table.row(["Logo".into(), logo]);
    for series in &view.series {
        let pattern = if series.pattern.is_empty() {
            "among the invoices".to_owned()
        } else {
            series.pattern.clone()
        };
        table.row([format!("Numbers: {}", series.series), pattern]);
    }
    table
}

pub(crate) fn client_billing(session: &mut Session, edit: ClientBilling) -> Done {
    let view = if edit.changes() {
        let mut book = session.writing()?;
        let now = book.client_billing(&edit.id)?;
        let form = ClientBillingForm {
            client: edit.id,
            street: edit.street.unwrap_or(now.street),
            extra: edit.extra.unwrap_or(now.extra),
            postal_code: edit.postal_code.unwrap_or(now.postal_code),
            city: edit.city.unwrap_or(now.city),
            language: edit.language.unwrap_or(now.language),
            buyer_reference: edit.buyer_reference.unwrap_or(now.buyer_reference),
            e_address: edit.e_address.unwrap_or(now.e_address),
            due_days: edit.due_days.unwrap_or_else(|| {
                now.due_days
                    .map(|days| days.to_string())
                    .unwrap_or_default()
            }),
            format: edit.format.unwrap_or(now.format),
        };
        book.set_client_billing(&form, session.at)?
    } else {
        session.reading()?.client_billing(&edit.id)?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    Ok(session.out.table(&billing_table(&view))?)
}

fn billing_table(view: &ClientBillingView) -> Table {
    let mut table = Table::new(["", ""]);
    let due = view
        .due_days
        .map(|days| format!("{days} days"))
        .unwrap_or_default();
    for (what, value) in [
        ("Client", &view.client),
        ("Street", &view.street),
        ("Second line", &view.extra),
        ("Postal code", &view.postal_code),
        ("City", &view.city),
        ("Language", &view.language),
        ("Buyer reference", &view.buyer_reference),
        ("Electronic address", &view.e_address),
        ("Due after", &due),
        ("Format", &view.format),
    ] {
        table.row([what.into(), value.clone()]);
    }
    table
}
