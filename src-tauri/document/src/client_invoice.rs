//! What the partner's own invoice to a client says: invoice, advance invoice, credit note,
//! cancellation, corrected invoice, and the preview of a draft. It draws what the invoice holds and
//! adds up only what stands under its lines.

mod gaps;
mod lines;

use hubledger_core::client_invoice::{
    ClientInvoice, Deduction, DraftInvoice, InvoiceContent, InvoiceKind, PaymentMeans,
};
use hubledger_core::id::InvoiceNumber;
use hubledger_core::invoice_fault::{InvoiceFault, PartyDetail, PartyRole};
use hubledger_core::money::Money;
use hubledger_core::period::Date;

use crate::error::Error;
use crate::invoice::TEXT;
use crate::layout::{Fact, Fonts, Head, LetterHead, Paragraph, Payment, Sheet, lay_out};
use crate::letterhead::{Letterhead, Transfer, address, as_seen, footer, page_words, sender};
use crate::pdf::{self, About, Attachment};
use crate::speech::Speech;
use gaps::gap;
use lines::{advances_table, lines_table};

/// An issued invoice as the bytes of a PDF, with the invoice for machines inside where there is
/// one. The same invoice gives the same bytes.
pub fn client_invoice_pdf(
    invoice: &ClientInvoice,
    letterhead: &Letterhead,
    attachment: Option<&Attachment>,
    fonts: &Fonts,
) -> Result<Vec<u8>, Error> {
    let paper = Paper::of(Some(invoice.number()), invoice);
    paper.pdf(letterhead, attachment, fonts)
}

/// What an invoice is called, with its number: `Rechnung 2026/0001`.
pub fn client_invoice_title(invoice: &ClientInvoice) -> String {
    Paper::of(Some(invoice.number()), invoice).title()
}

/// Checks the PDF of an issued invoice by reading it back, whichever version made it: PDF/A-3a,
/// PDF/UA-1, and Factur-X where it is to hold data. Gives the data.
pub fn check_client_pdf(
    bytes: &[u8],
    invoice: &ClientInvoice,
    has_data: bool,
) -> Result<Option<Vec<u8>>, Error> {
    let language = Speech(invoice.buyer().language).0.tag();
    pdf::check_again(bytes, language, invoice.issued_on(), has_data)
}

/// A line of a draft whose price can't be read: it is in no sum, and stands where it was written.
#[derive(Clone, Debug, Default)]
pub struct UnreadLine {
    pub text: String,
    pub group: String,
    /// How many lines that can be read were written before it.
    pub after: usize,
}

/// A draft as it stands, which says so on each page. What it lacks is marked at its place.
pub fn client_draft_pdf(
    mut draft: DraftInvoice,
    issued_on: Date,
    unread: &[UnreadLine],
    letterhead: &Letterhead,
    fonts: &Fonts,
) -> Result<Vec<u8>, Error> {
    let lacks = draft.clone().check(issued_on).err().unwrap_or_default();
    let speech = Speech(draft.buyer.language);
    gaps::mark(&mut draft, &lacks, speech);
    let no_lines = [UnreadLine::default()];
    let has_lines = !draft.lines.is_empty() || !unread.is_empty();
    let content = draft.as_it_stands(issued_on)?;
    let paper = Paper {
        lacks: &lacks,
        unread: if has_lines { unread } else { &no_lines },
        ..Paper::of(None, &content)
    };
    paper.pdf(letterhead, None, fonts)
}

struct Paper<'a> {
    number: Option<&'a InvoiceNumber>,
    invoice: &'a InvoiceContent,
    speech: Speech,
    /// What a draft lacks.
    lacks: &'a [InvoiceFault],
    /// Lines of a draft that have no sum yet.
    unread: &'a [UnreadLine],
}

impl<'a> Paper<'a> {
    fn of(number: Option<&'a InvoiceNumber>, invoice: &'a InvoiceContent) -> Self {
        Self {
            number,
            invoice,
            speech: Speech(invoice.buyer().language),
            lacks: &[],
            unread: &[],
        }
    }

    fn lacks(&self, role: PartyRole, detail: PartyDetail) -> bool {
        self.lacks.contains(&InvoiceFault::Lacks(role, detail))
    }

    fn pdf(
        &self,
        letterhead: &Letterhead,
        attachment: Option<&Attachment>,
        fonts: &Fonts,
    ) -> Result<Vec<u8>, Error> {
        let pages = lay_out(&self.sheet(letterhead)?, fonts)?;
        let about = About {
            title: self.title(),
            subject: self.title() + &self.running_head(),
            author: self.invoice.seller().name.clone(),
            language: self.speech.0.tag(),
            day: self.invoice.issued_on(),
        };
        pdf::write(&pages, &about, attachment, fonts)
    }

    fn title(&self) -> String {
        let kind = self.speech.title(self.invoice.kind());
        match self.number {
            Some(number) => format!("{kind} {number}"),
            None => format!("{kind} ({})", self.speech.draft()),
        }
    }

    fn running_head(&self) -> String {
        let invoice = self.invoice;
        self.speech
            .running_head(&invoice.buyer().name, invoice.issued_on())
    }

    fn sheet(&self, letterhead: &Letterhead) -> Result<Sheet, Error> {
        let (invoice, speech) = (self.invoice, self.speech);
        let mut tables = vec![lines_table(invoice, self.unread, speech)?];
        if invoice.deduction() == Deduction::AsPrepaid && !invoice.advances().is_empty() {
            tables.push(advances_table(invoice, speech)?);
        }
        let seller = invoice.seller();
        let mut address = address(invoice.buyer(), seller);
        if self.lacks(PartyRole::Buyer, PartyDetail::Country) {
            address.push(gap(speech.no_country()));
        }
        Ok(Sheet {
            notice: self
                .number
                .is_none()
                .then(|| speech.draft_notice().to_owned()),
            head: Head::Letter(LetterHead {
                logo: letterhead.picture(&format!("{} {}", speech.logo_of(), seller.name)),
                issuer: Paragraph::new(&seller.name, letterhead.name_style()),
                sender: sender(seller),
                address,
                facts: self.facts(),
                title: Paragraph::new(self.title(), letterhead.title_style()),
            }),
            running_head: Paragraph::new(self.title(), TEXT.bold())
                .and(self.running_head(), TEXT.quiet()),
            running_right: Paragraph::new(&seller.name, TEXT.quiet()),
            tables,
            payment: self.payment()?,
            closing: self.closing(),
            footer: footer(&as_seen(invoice.seller(), invoice.buyer()), speech),
            words: page_words(speech),
        })
    }

    fn facts(&self) -> Vec<Fact> {
        let (invoice, speech) = (self.invoice, self.speech);
        let (buyer, seller) = (invoice.buyer(), invoice.seller());
        let mut facts = Vec::new();
        let mut add = |name: &str, value: String, is_strong: bool| {
            if !value.trim().is_empty() {
                let name = name.to_owned();
                facts.push(Fact {
                    name,
                    value,
                    is_strong,
                });
            }
        };
        let number = self.number.map_or(String::new(), ToString::to_string);
        add(speech.number_name(), number, true);
        add(speech.date(), speech.day(invoice.issued_on()), false);
        // Only what is paid in advance can be told of before it is done.
        let is_ahead =
            |day: Date| invoice.kind() == InvoiceKind::Prepayment && day > invoice.issued_on();
        if let Some((from, to)) = invoice.period() {
            let name = if is_ahead(from) {
                speech.expected_period()
            } else {
                speech.service_period()
            };
            add(name, speech.days(from, to), false);
        }
        if let Some(day) = invoice.delivered_on() {
            let name = if is_ahead(day) {
                speech.expected_on()
            } else {
                speech.delivered_on()
            };
            add(name, speech.day(day), false);
        }
        let no_day = [
            InvoiceFault::SupplyDayMissing,
            InvoiceFault::DeliveryDayMissing,
        ];
        if self.lacks.iter().any(|fault| no_day.contains(fault)) {
            add(speech.delivered_on(), gap(speech.no_day()), false);
        }
        if invoice.kind() == InvoiceKind::Prepayment {
            // It is issued when the money has come, and this is the day that the VAT is due by.
            add(
                speech.payment_received(),
                speech.day(invoice.issued_on()),
                false,
            );
        }
        if invoice.kind().corrects() {
            for corrected in &invoice.draft().corrects {
                let day = speech.day(corrected.issued_on);
                add(
                    speech.corrects(),
                    format!("{} ({day})", corrected.number),
                    true,
                );
            }
        }
        add(speech.your_reference(), buyer.reference.clone(), false);
        add(speech.your_order(), buyer.order_number.clone(), false);
        let vat_id = buyer.vat_id.as_ref();
        add(
            speech.your_vat_id(),
            match vat_id {
                Some(id) => id.as_str().to_owned(),
                None if self.lacks.contains(&InvoiceFault::BuyerVatIdNeeded) => {
                    gap(speech.no_number())
                }
                None => String::new(),
            },
            false,
        );
        // What asks for nothing is due on no day.
        let asks = !invoice.kind().is_credit() && invoice.sums().due.is_positive();
        if asks {
            add(speech.due(), speech.day(invoice.due_on()), true);
        }
        add(speech.contact(), seller.contact.name.clone(), false);
        facts
    }

    /// How to pay; nothing where it is the seller who owes.
    fn payment(&self) -> Result<Option<Payment>, Error> {
        let (invoice, speech) = (self.invoice, self.speech);
        if invoice.kind().is_credit() {
            return Ok(None);
        }
        let due = invoice.sums().due;
        if due.amount() <= rust_decimal::Decimal::ZERO {
            return Ok(Some(Payment::of(speech.settled())));
        }
        let ask = speech.please_pay(&self.amount(due), invoice.due_on());
        Ok(Some(match (invoice.payment(), &invoice.seller().bank) {
            (PaymentMeans::Settled, _) => Payment::of(speech.settled()),
            (PaymentMeans::Card, _) => Payment::of(speech.by_card()),
            (PaymentMeans::Transfer, Some(account)) => {
                let reference = self.number.map_or(String::new(), ToString::to_string);
                let transfer = Transfer {
                    account,
                    holder: &invoice.seller().name,
                    amount: due,
                    reference: &reference,
                    // A draft is not to be paid: its code would hold no number.
                    has_code: self.number.is_some(),
                };
                transfer.payment(&ask, speech)
            }
            _ if self.lacks(PartyRole::Seller, PartyDetail::BankAccount) => Payment {
                facts: vec![("IBAN".to_owned(), gap(speech.no_number()))],
                ..Payment::of(&ask)
            },
            _ => Payment::of(&ask),
        }))
    }

    fn amount(&self, money: Money) -> String {
        format!("{}\u{a0}{}", self.speech.cents(money), money.currency())
    }

    fn closing(&self) -> Vec<Paragraph> {
        let invoice = self.invoice;
        let terms = std::iter::once(invoice.terms());
        let notes = invoice.notes().iter().map(String::as_str);
        terms
            .chain(notes)
            .filter(|text| !text.trim().is_empty())
            .map(|text| Paragraph::in_lines(text, TEXT))
            .collect()
    }
}
