//! The owner as seller: what its own invoices to clients say beside the company, the numbers
//! they get, and how each client is invoiced.

use std::path::Path;

use hubledger_core::bank::{Bic, Iban};
use hubledger_core::error::Error as Rule;
use hubledger_core::language::Language;
use hubledger_core::partner::Owner;
use hubledger_core::series::NumberPattern;
use hubledger_core::text::optional_line;
use hubledger_store::{ClientBillingRow, ClientRow, Read, SellerRow};

use crate::Book;
use crate::activity::{Act, UseCase};
use crate::error::{About, Code, Error};
use crate::file::name_of;
use crate::form::{ClientBillingForm, NumberSeriesForm, SellerForm, SeriesStartForm};
use crate::logo::logo_from;
use crate::moment::Moment;
use crate::view::{ClientBillingView, LogoView, NumberSeriesView, SellerView};

/// How a client takes its invoices: a PDF with data inside, or with a file beside it.
const FORMATS: [&str; 3] = ["factur-x", "xrechnung", "peppol"];
/// Longest text of terms or notes.
pub(crate) const LONGEST_TEXT: usize = 2_000;
const LONGEST_DUE: u32 = 365;
/// A counter that begins higher would leave no room to count.
const MOST_START: u32 = 999_999_999;

/// The series of numbers, with the pattern that each has at first.
pub(crate) const SERIES: [(&str, &str); 2] = [("invoice", "{YYYY}/{####}"), ("credit-note", "")];

/// Text of several lines, bounded, without other control characters.
pub(crate) fn text_of(what: &'static str, text: &str, longest: usize) -> Result<String, Rule> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > longest {
        return Err(Rule::TooLong { what, longest });
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Rule::ControlCharacter { what });
    }
    Ok(text)
}

/// One of the words, in its own spelling; or nothing.
fn choice(text: &str, of: &[&'static str], allowed: &'static str) -> Result<String, Rule> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    of.iter()
        .find(|word| word.eq_ignore_ascii_case(text))
        .map(|word| (*word).to_owned())
        .ok_or_else(|| Rule::UnknownChoice {
            text: text.chars().take(40).collect(),
            allowed,
        })
}

fn language(text: &str) -> Result<String, Rule> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    Language::parse(text).map(|language| language.tag().to_owned())
}

pub(crate) fn days(text: &str) -> Result<Option<u32>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u32>() {
        Ok(days) if days <= LONGEST_DUE => Ok(Some(days)),
        _ => Err(Error::new(Code::UnusableDays, [text])),
    }
}

/// `#rrggbb`, or nothing.
fn colour(text: &str) -> Result<String, Error> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.strip_prefix('#').unwrap_or(&text);
    if text.is_empty() {
        return Ok(text);
    }
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(format!("#{digits}"))
    } else {
        Err(Error::new(Code::UnusableColour, [&text]))
    }
}

/// An electronic address as `scheme:address`, such as `9930:DE123456788`; or nothing.
fn e_address(text: &str) -> Result<String, Error> {
    let line = optional_line("The electronic address", text)?;
    let good = line.split_once(':').is_some_and(|(scheme, address)| {
        let is_scheme =
            scheme == "EM" || (scheme.len() == 4 && scheme.bytes().all(|b| b.is_ascii_digit()));
        is_scheme && !address.is_empty() && !address.contains(char::is_whitespace)
    });
    if line.is_empty() || good {
        Ok(line)
    } else {
        Err(Error::new(Code::UnusableEAddress, [&line]))
    }
}

fn optional_iban(text: &str) -> Result<String, Rule> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    Iban::parse(text).map(|iban| iban.as_str().to_owned())
}

fn optional_bic(text: &str) -> Result<String, Rule> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    Bic::parse(text).map(|bic| bic.as_str().to_owned())
}

fn seller_from(form: &SellerForm) -> Result<SellerRow, Error> {
    let line = |what, text: &str, field| optional_line(what, text).about(field);
    Ok(SellerRow {
        street: line("The street", &form.street, "street")?,
        extra: line("The address", &form.extra, "extra")?,
        postal_code: line("The postal code", &form.postal_code, "postal_code")?,
        city: line("The city", &form.city, "city")?,
        tax_number: line("The tax number", &form.tax_number, "tax_number")?,
        register: line("The register entry", &form.register, "register")?,
        contact: line("The contact", &form.contact, "contact")?,
        phone: line("The phone number", &form.phone, "phone")?,
        website: line("The website", &form.website, "website")?,
        iban: optional_iban(&form.iban).about("iban")?,
        bic: optional_bic(&form.bic).about("bic")?,
        account_holder: line("The account holder", &form.account_holder, "account_holder")?,
        accent: colour(&form.accent).about("accent")?,
        due_days: days(&form.due_days)
            .about("due_days")?
            .unwrap_or(DEFAULT_DUE),
        terms: text_of("The terms", &form.terms, LONGEST_TEXT).about("terms")?,
        language: language(&form.language).about("language")?,
        small_business: form.small_business,
        e_address: e_address(&form.e_address).about("e_address")?,
    })
}

/// Invoices are due after so many days where nobody said otherwise.
const DEFAULT_DUE: u32 = 14;

/// The owner as seller: as it was said, or as it is at first.
pub(crate) fn seller(r: &Read<'_>) -> Result<SellerRow, Error> {
    Ok(r.seller()?.unwrap_or_else(|| SellerRow {
        due_days: DEFAULT_DUE,
        language: "en".to_owned(),
        ..SellerRow::default()
    }))
}

fn seller_view(r: &Read<'_>) -> Result<SellerView, Error> {
    let row = seller(r)?;
    let series = SERIES
        .iter()
        .map(|(series, _)| {
            Ok(NumberSeriesView {
                series: (*series).to_owned(),
                pattern: pattern_text(r, series)?,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(SellerView {
        street: row.street,
        extra: row.extra,
        postal_code: row.postal_code,
        city: row.city,
        tax_number: row.tax_number,
        register: row.register,
        contact: row.contact,
        phone: row.phone,
        website: row.website,
        iban: row.iban,
        bic: row.bic,
        account_holder: row.account_holder,
        accent: row.accent,
        due_days: row.due_days,
        terms: row.terms,
        language: row.language,
        small_business: row.small_business,
        e_address: row.e_address,
        logo: r.logo()?.map(|logo| LogoView {
            size: crate::file::count(logo.bytes.len()),
            kind: logo.kind,
        }),
        series,
    })
}

fn pattern_text(r: &Read<'_>, series: &str) -> Result<String, Error> {
    let first = SERIES.iter().find(|(name, _)| *name == series);
    Ok(r.number_pattern(series)?
        .or_else(|| first.map(|(_, pattern)| (*pattern).to_owned()))
        .unwrap_or_default())
}

/// The pattern by which a series is numbered, with the series that counts: credit notes without
/// a pattern of their own are numbered among the invoices.
pub(crate) fn pattern(
    r: &Read<'_>,
    series: &'static str,
) -> Result<(&'static str, NumberPattern), Error> {
    let text = pattern_text(r, series)?;
    if text.is_empty() && series != "invoice" {
        return pattern(r, "invoice");
    }
    Ok((series, NumberPattern::parse(&text)?))
}

pub(crate) fn refuse_in_client_book(r: &Read<'_>) -> Result<(), Error> {
    match r.book()?.owner {
        Owner::Partner => Ok(()),
        Owner::Client => Err(Error::new(Code::ClientBookIssuesNone, [])),
    }
}

fn billing_from(form: &ClientBillingForm) -> Result<ClientBillingRow, Error> {
    let line = |what, text: &str, field| optional_line(what, text).about(field);
    let format = choice(&form.format, &FORMATS, "factur-x, xrechnung, peppol").about("format")?;
    Ok(ClientBillingRow {
        street: line("The street", &form.street, "street")?,
        extra: line("The address", &form.extra, "extra")?,
        postal_code: line("The postal code", &form.postal_code, "postal_code")?,
        city: line("The city", &form.city, "city")?,
        language: language(&form.language).about("language")?,
        buyer_reference: line(
            "The buyer reference",
            &form.buyer_reference,
            "buyer_reference",
        )?,
        e_address: e_address(&form.e_address).about("e_address")?,
        due_days: days(&form.due_days).about("due_days")?,
        format: if format.is_empty() {
            FORMATS[0].to_owned()
        } else {
            format
        },
    })
}

/// How a client is invoiced: as it was said, or as it is at first.
pub(crate) fn billing(r: &Read<'_>, client: i64) -> Result<ClientBillingRow, Error> {
    Ok(r.client_billing(client)?
        .unwrap_or_else(|| ClientBillingRow {
            street: String::new(),
            extra: String::new(),
            postal_code: String::new(),
            city: String::new(),
            language: String::new(),
            buyer_reference: String::new(),
            e_address: String::new(),
            due_days: None,
            format: FORMATS[0].to_owned(),
        }))
}

fn billing_view(client: &str, row: ClientBillingRow) -> ClientBillingView {
    ClientBillingView {
        client: client.to_owned(),
        street: row.street,
        extra: row.extra,
        postal_code: row.postal_code,
        city: row.city,
        language: row.language,
        buyer_reference: row.buyer_reference,
        e_address: row.e_address,
        due_days: row.due_days,
        format: row.format,
    }
}

pub(crate) fn client_row(r: &Read<'_>, id: &str) -> Result<ClientRow, Error> {
    r.client(id.trim())?
        .ok_or_else(|| Error::new(Code::ClientNotFound, [id.trim()]).at("client"))
}

impl Book {
    /// The owner as seller.
    pub fn seller(&self) -> Result<SellerView, Error> {
        self.read(|r| {
            refuse_in_client_book(r)?;
            seller_view(r)
        })
    }

    /// Changes what the owner's invoices say of it. Issued ones stay as they are.
    pub fn set_seller(&mut self, form: &SellerForm, at: Moment) -> Result<SellerView, Error> {
        let row = seller_from(form)?;
        let act = Act::new(UseCase::SetSeller, at).form(form);
        self.write(act, |w| {
            refuse_in_client_book(w)?;
            w.put_seller(&row)?;
            seller_view(w)
        })
    }

    /// Takes a logo from a file, or takes the logo away.
    pub fn set_logo(&mut self, path: Option<&Path>, at: Moment) -> Result<SellerView, Error> {
        let logo = path.map(logo_from).transpose()?;
        let name = path.map(name_of).unwrap_or_default();
        let act = Act::new(UseCase::SetLogo, at).with("file", name);
        self.write(act, |w| {
            refuse_in_client_book(w)?;
            w.put_logo(logo.as_ref())?;
            seller_view(w)
        })
    }

    /// Sets how the numbers of a series are written from the next one on. Numbers that were
    /// given stay; the counter goes on where the new pattern counts in the same year or month.
    pub fn set_number_series(
        &mut self,
        form: &NumberSeriesForm,
        at: Moment,
    ) -> Result<SellerView, Error> {
        let series = series_of(&form.series)?;
        let text = form.pattern.trim();
        let is_none = text.is_empty() && series != "invoice";
        let pattern = (!is_none)
            .then(|| NumberPattern::parse(text))
            .transpose()
            .about("pattern")?;
        let act = Act::new(UseCase::SetNumberSeries, at).form(form);
        self.write(act, |w| {
            refuse_in_client_book(w)?;
            if let Some(pattern) = &pattern {
                check_apart(w, series, pattern).about("pattern")?;
            }
            w.put_number_pattern(series, pattern.as_ref().map(NumberPattern::as_str))?;
            seller_view(w)
        })
    }

    /// Says where a series begins to count in the year or month of today, for whoever comes from
    /// another program. Refused once a number of it was given: numbers have no gaps.
    pub fn set_series_start(
        &mut self,
        form: &SeriesStartForm,
        at: Moment,
    ) -> Result<SellerView, Error> {
        let series = series_of(&form.series)?;
        let next = form.next.trim().parse::<u32>();
        let next = next.ok().filter(|next| (1..=MOST_START).contains(next));
        let next =
            next.ok_or_else(|| Error::new(Code::NotACount, [form.next.trim()]).at("next"))?;
        let act = Act::new(UseCase::SetSeriesStart, at).form(form);
        self.write(act, |w| {
            refuse_in_client_book(w)?;
            let (series, pattern) = pattern(w, series)?;
            let period = pattern.period(at.today);
            let last = w.last_counter(series, &period)?;
            if w.has_counted(series, &period)? {
                let last = pattern.number(at.today, last).number;
                return Err(Error::new(Code::SeriesHasBegun, [&last]).at("next"));
            }
            w.put_series_start(series, &period, next)?;
            seller_view(w)
        })
    }

    /// How a client is invoiced.
    pub fn client_billing(&self, client: &str) -> Result<ClientBillingView, Error> {
        self.read(|r| {
            refuse_in_client_book(r)?;
            let row = client_row(r, client)?;
            Ok(billing_view(row.client.id.as_str(), billing(r, row.key)?))
        })
    }

    /// Changes how a client is invoiced.
    pub fn set_client_billing(
        &mut self,
        form: &ClientBillingForm,
        at: Moment,
    ) -> Result<ClientBillingView, Error> {
        let changed = billing_from(form)?;
        let act = Act::new(UseCase::SetClientBilling, at).form(form);
        self.write(act, |w| {
            refuse_in_client_book(w)?;
            let row = client_row(w, &form.client)?;
            w.put_client_billing(row.key, &changed)?;
            Ok(billing_view(row.client.id.as_str(), changed))
        })
    }
}

fn series_of(text: &str) -> Result<&'static str, Error> {
    SERIES
        .iter()
        .map(|(series, _)| *series)
        .find(|series| series.eq_ignore_ascii_case(text.trim()))
        .ok_or_else(|| {
            Error::from(Rule::UnknownChoice {
                text: text.trim().chars().take(40).collect(),
                allowed: "invoice, credit-note",
            })
            .at("series")
        })
}

/// Two series that write the same numbers would meet.
fn check_apart(r: &Read<'_>, series: &str, pattern: &NumberPattern) -> Result<(), Error> {
    for (other, _) in SERIES.iter().filter(|(other, _)| *other != series) {
        let text = pattern_text(r, other)?;
        if !text.is_empty() && NumberPattern::parse(&text)?.meets(pattern) {
            return Err(Error::new(Code::SeriesMeet, [pattern.as_str(), other]));
        }
    }
    Ok(())
}
