//! Finds clients, channels and invoices by a few letters or digits of them, or by an amount. What is
//! shown is short, so only that much is handed out, however many there are.

use std::collections::HashSet;

use hubledger_core::period::Date;
use hubledger_store::{ChannelName, ClientInvoiceFilter, ClientName, HubInvoiceName, Read};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Book;
use crate::client_invoice;
use crate::desk::HubDesk;
use crate::error::Error;
use crate::form::FindForm;
use crate::moment::Moment;
use crate::month::work_out;
use crate::show;
use crate::view::{
    ClientInvoiceView, FoundChannelView, FoundClientView, FoundHubInvoiceView, FoundView, MoneyView,
};

/// Fewer digits than these are in too many phone numbers.
const DIGITS_OF_A_PHONE: usize = 4;

/// Open months are worked out for a key of the palette, the newest first, up to so many channels in all:
/// some milliseconds a hundred. What is beyond that is looked at on its own screen.
const CHANNELS_AT_ONCE: usize = 600;

/// Letters without their marks and without upper case: `Ö` is found by `o`.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// What is looked for, made ready once.
struct Wanted<'a> {
    ids: HashSet<&'a str>,
    words: Vec<String>,
    /// Of a phone number, however it is written.
    digits: String,
    amount: String,
}

impl<'a> Wanted<'a> {
    fn of(form: &'a FindForm) -> Self {
        // Words with a year among them are no phone number.
        let is_number = !form.text.chars().any(char::is_alphabetic);
        let digits: String = form.text.chars().filter(char::is_ascii_digit).collect();
        Self {
            ids: form.ids.iter().map(String::as_str).collect(),
            words: folded(&form.text)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            digits: if is_number && digits.len() >= DIGITS_OF_A_PHONE {
                digits
            } else {
                String::new()
            },
            amount: form.amount.trim().to_owned(),
        }
    }

    /// Whether each word stands in one of the texts.
    fn is_in(&self, texts: &[&str]) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = folded(&texts.join(" "));
        self.words.iter().all(|word| text.contains(word.as_str()))
    }

    fn is_client(&self, one: &ClientName) -> bool {
        if !self.ids.is_empty() {
            return self.ids.contains(one.id.as_str());
        }
        self.is_in(&[&one.name, &one.id])
    }

    fn is_channel(&self, one: &ChannelName) -> bool {
        if !self.ids.is_empty() {
            return self.ids.contains(one.id.as_str());
        }
        self.is_in(&[&one.name, &one.id, &one.phone, &one.client_name])
            || (!self.digits.is_empty() && one.phone.contains(&self.digits))
    }

    fn is_amount(&self, amounts: [&MoneyView; 2]) -> bool {
        !self.amount.is_empty()
            && amounts
                .into_iter()
                .any(|money| money.amount.starts_with(&self.amount))
    }

    fn is_client_invoice(&self, one: &ClientInvoiceView) -> bool {
        self.is_in(&[&one.number, &one.client_name, &one.client])
            || self.is_amount([&one.gross, &one.net])
    }

    fn is_hub_invoice(&self, one: &HubInvoiceName) -> bool {
        let number = one.vendor_number.as_deref().unwrap_or_default();
        let channel = one.channel.as_deref().unwrap_or_default();
        self.is_in(&[number, &one.reference, channel])
            || self.is_amount([&one.gross.into(), &one.net.into()])
    }
}

fn clients(
    r: &Read<'_>,
    hub: Option<i64>,
    wanted: &Wanted<'_>,
    most: usize,
) -> Result<Vec<FoundClientView>, Error> {
    let mut found = r.client_names(hub)?;
    found.retain(|one| wanted.is_client(one));
    found.sort_by_cached_key(|one| (folded(&one.name), one.id.clone()));
    found.truncate(most);
    let view = |one: ClientName| FoundClientView {
        id: one.id,
        hub: one.hub,
        name: one.name,
    };
    Ok(found.into_iter().map(view).collect())
}

fn channels(
    mut found: Vec<ChannelName>,
    wanted: &Wanted<'_>,
    most: usize,
) -> Vec<FoundChannelView> {
    found.retain(|one| wanted.is_channel(one));
    found.sort_by_cached_key(|one| {
        (
            folded(&one.client_name),
            folded(&one.name),
            one.phone.clone(),
        )
    });
    found.truncate(most);
    let view = |one: ChannelName| FoundChannelView {
        id: one.id,
        hub: one.hub,
        client: one.client,
        client_name: one.client_name,
        name: one.name,
        phone: format!("+{}", one.phone),
    };
    found.into_iter().map(view).collect()
}

fn client_invoices(
    r: &Read<'_>,
    hub: Option<i64>,
    wanted: &Wanted<'_>,
    (most, at): (usize, Moment),
) -> Result<Vec<ClientInvoiceView>, Error> {
    let filter = ClientInvoiceFilter {
        hub,
        ..ClientInvoiceFilter::default()
    };
    let mut found = Vec::new();
    for row in r.client_invoices(&filter)? {
        let view = client_invoice::invoice_view(&row, at.today)?;
        if wanted.is_client_invoice(&view) {
            found.push(view);
        }
        if found.len() == most {
            break;
        }
    }
    Ok(found)
}

fn hub_invoices(
    r: &Read<'_>,
    hub: Option<&str>,
    channels: &[ChannelName],
    wanted: &Wanted<'_>,
    (most, at): (usize, Moment),
) -> Result<Vec<FoundHubInvoiceView>, Error> {
    let mut found = Vec::new();
    for desk in HubDesk::some(r, hub)? {
        let of_it = channels
            .iter()
            .filter(|one| one.hub == desk.hub().id.as_str());
        let months = CHANNELS_AT_ONCE / of_it.count().max(1);
        let mut names = open_invoices(r, &desk, months, at.today)?;
        names.extend(r.hub_invoice_names(desk.key(), desk.currency())?);
        let fitting = names.into_iter().filter(|one| wanted.is_hub_invoice(one));
        found.extend(fitting.take(most).map(|one| FoundHubInvoiceView {
            hub: one.hub,
            reference: one.reference,
            vendor_number: one.vendor_number,
            kind: show::invoice_word(one.kind),
            issued_on: one.issued_on.to_string(),
            channel: one.channel,
            net: one.net.into(),
            gross: one.gross.into(),
        }));
    }
    found.sort_by(|one, other| other.issued_on.cmp(&one.issued_on));
    found.truncate(most);
    Ok(found)
}

/// What the invoices of a hub's newest open months come to now, of so many months at the most.
fn open_invoices(
    r: &Read<'_>,
    desk: &HubDesk,
    most: usize,
    today: Date,
) -> Result<Vec<HubInvoiceName>, Error> {
    let mut names = Vec::new();
    for month in desk.open_months(today).into_iter().rev().take(most) {
        let invoices = work_out(r, desk, month, false)?.invoices.into_iter();
        names.extend(invoices.map(|invoice| HubInvoiceName {
            hub: invoice.hub.to_string(),
            reference: invoice.reference,
            vendor_number: invoice.vendor_number,
            kind: invoice.kind,
            issued_on: invoice.issued_on,
            channel: invoice.channel.map(|channel| channel.name),
            net: invoice.net,
            gross: invoice.gross,
        }));
    }
    Ok(names)
}

impl Book {
    /// What holds every word of a text, of one hub or of all: a few of each kind. An empty text finds
    /// the first ones. Invoices of open months are found as they come to now, where the hub is not large.
    pub fn find(&self, form: &FindForm, at: Moment) -> Result<FoundView, Error> {
        let wanted = Wanted::of(form);
        let most = usize::try_from(form.limit).unwrap_or(usize::MAX);
        self.read(|r| {
            let hub = form.hub.as_deref();
            let key = hub.map(|id| HubDesk::find(r, id)).transpose()?;
            let key = key.map(|desk| desk.key());
            let names = r.channel_names(key)?;
            let (client_invoices, hub_invoices) = if form.invoices {
                (
                    client_invoices(r, key, &wanted, (most, at))?,
                    hub_invoices(r, hub, &names, &wanted, (most, at))?,
                )
            } else {
                (Vec::new(), Vec::new())
            };
            Ok(FoundView {
                clients: clients(r, key, &wanted, most)?,
                channels: channels(names, &wanted, most),
                client_invoices,
                hub_invoices,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_without_their_marks_and_phone_numbers_however_written() {
        let channel = ChannelName {
            hub: "NrdE7kPA".to_owned(),
            client: "C-1".to_owned(),
            client_name: "Café Zürich".to_owned(),
            id: "CHe9aW2x".to_owned(),
            name: "Bestellung".to_owned(),
            phone: "4915112345678".to_owned(),
        };
        // What is typed, and whether it is this channel.
        for (text, is_found) in [
            ("cafe zurich", true),
            ("ZÜRICH best", true),
            ("+49 151 1234", true),
            ("1234-5678", true),
            ("che9aw2x", true),
            ("123", true),
            ("12 99", false),
            ("basel", false),
            ("may 1511", false),
        ] {
            let form = FindForm {
                text: text.to_owned(),
                ..FindForm::default()
            };
            assert_eq!(Wanted::of(&form).is_channel(&channel), is_found, "{text}");
        }
    }
}
