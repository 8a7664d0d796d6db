//! What a partner's letters look like: logo, colour, and what stands at the foot of each page.

use std::rc::Rc;

use hubledger_core::invoice_party::{BankAccount, Buyer, Seller};
use hubledger_core::money::Money;

use crate::epc::payment_code;
use crate::error::Error;
use crate::invoice::TEXT;
use crate::layout::{FooterColumn, Ink, PageWords, Paragraph, Payment, Picture, Shape, Style};
use crate::logo::Logo;
use crate::speech::Speech;

/// A partner's letterhead. What it says comes from the seller of the invoice.
#[derive(Clone, Debug, Default)]
pub struct Letterhead {
    pub logo: Option<Logo>,
    pub colour: Option<Colour>,
}

/// The colour of name and titles: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#0b6b75`; refuses what can't be read on white paper.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let unusable = |why: &str| Error::UnusableColour(format!("“{text}” {why}"));
        let digits = text.trim().trim_start_matches('#');
        let is_hex = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex);
        let [_, red, green, blue] = value
            .ok_or_else(|| unusable("is no colour: write it as #0b6b75"))?
            .to_be_bytes();
        let colour = Self([red, green, blue]);
        if colour.contrast_with_white() < 4.5 {
            return Err(unusable(
                "is too light to be read on white: choose a darker one",
            ));
        }
        Ok(colour)
    }

    /// By WCAG 2: 4.5 is the least for text.
    fn contrast_with_white(self) -> f32 {
        let linear = |part: u8| {
            let share = f32::from(part) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }
}

impl Letterhead {
    fn ink(&self) -> Ink {
        self.colour.map_or(Ink::Full, |colour| Ink::Tint(colour.0))
    }

    pub(crate) fn name_style(&self) -> Style {
        let size = if self.logo.is_some() { 10.0 } else { 13.0 };
        Style {
            ink: self.ink(),
            ..Style::new(size).bold()
        }
    }

    pub(crate) fn title_style(&self) -> Style {
        Style {
            ink: self.ink(),
            ..Style::new(15.0).bold()
        }
    }

    /// The logo with its width in shares of its height.
    pub(crate) fn picture(&self, says: &str) -> Option<(Rc<Picture>, f32)> {
        let logo = self.logo.as_ref()?;
        let pixels = logo.pixels();
        let side = |pixels: u32| f32::from(u16::try_from(pixels).unwrap_or(u16::MAX));
        let picture = Picture {
            says: says.to_owned(),
            shape: Shape::Pixels(logo.clone()),
        };
        Some((Rc::new(picture), side(pixels.width) / side(pixels.height)))
    }
}

/// Name and address, for the window of the envelope.
pub(crate) fn sender(seller: &Seller) -> Vec<String> {
    let mut parts = vec![seller.name.clone()];
    parts.extend(seller.address.lines());
    parts
}

/// The seller as its client sees it: a letter at home doesn't name the country.
pub(crate) fn as_seen(seller: &Seller, buyer: &Buyer) -> Seller {
    let mut seller = seller.clone();
    if seller.address.country == buyer.address.country {
        seller.address.country = None;
    }
    seller
}

/// The client's address, with its country in its own language where that is another than the
/// seller's.
pub(crate) fn address(buyer: &Buyer, seller: &Seller) -> Vec<String> {
    let mut address = vec![buyer.name.clone()];
    address.extend(Some(buyer.contact.clone()).filter(|name| !name.trim().is_empty()));
    address.extend(buyer.address.lines());
    let home = seller.address.country;
    let abroad = buyer
        .address
        .country
        .filter(|country| Some(*country) != home);
    address.extend(abroad.map(|country| country.name_in(buyer.language).to_uppercase()));
    address
}

/// Money that is asked for by transfer.
pub(crate) struct Transfer<'a> {
    pub(crate) account: &'a BankAccount,
    /// Whose account it is, where the account doesn't say.
    pub(crate) holder: &'a str,
    pub(crate) amount: Money,
    pub(crate) reference: &'a str,
    /// Whether a code for banking apps stands beside it, where there can be one.
    pub(crate) has_code: bool,
}

impl Transfer<'_> {
    pub(crate) fn payment(&self, ask: &str, speech: Speech) -> Payment {
        let mut account = self.account.clone();
        if account.holder.trim().is_empty() {
            self.holder.clone_into(&mut account.holder);
        }
        let shape = if self.has_code {
            payment_code(&account, self.amount, self.reference)
        } else {
            None
        };
        let code = shape.map(|shape| {
            Rc::new(Picture {
                says: format!("{}: {ask}", speech.code_says()),
                shape,
            })
        });
        let bic = account.bic.as_ref().map_or("", |bic| bic.as_str());
        let facts = [
            (speech.payee(), account.holder.clone()),
            ("IBAN", account.iban.to_string()),
            ("BIC", bic.to_owned()),
            (speech.payment_reference(), self.reference.to_owned()),
        ];
        let hint = Paragraph::new(speech.code_hint(), TEXT.quiet());
        Payment {
            hint: code.as_ref().map(|_| hint),
            facts: facts
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            code,
            ..Payment::of(ask)
        }
    }
}

pub(crate) fn page_words(speech: Speech) -> PageWords {
    PageWords {
        carried_forward: speech.carried_forward(),
        brought_forward: speech.brought_forward(),
        page: speech.page(),
        of: speech.of(),
    }
}

/// Who it is, what the law wants to be named, and where to pay and ask.
pub(crate) fn footer(seller: &Seller, speech: Speech) -> Vec<FooterColumn> {
    let quiet = FooterColumn::STYLE;
    let mut who = vec![Paragraph::new(&seller.name, quiet.bold())];
    let mut address = seller.address.lines();
    address.extend(
        seller
            .address
            .country
            .map(|country| country.name_in(speech.0).to_owned()),
    );
    who.extend(address.iter().map(|line| Paragraph::new(line, quiet)));
    let labelled = |name: &str, value: &str| {
        (!value.trim().is_empty()).then(|| format!("{name} {}", value.trim()))
    };
    let vat_id = seller.vat_id.as_ref().map_or("", |id| id.as_str());
    let legal = seller
        .legal_notice
        .lines()
        .chain(seller.register_entry.lines())
        .map(|line| Some(line.to_owned()))
        .chain([
            labelled(speech.vat_id(), vat_id),
            labelled(speech.tax_number(), &seller.tax_number),
        ]);
    let account = seller.bank.as_ref();
    let iban = account.map_or(String::new(), |account| account.iban.to_string());
    let bic = account.and_then(|account| account.bic.as_ref());
    let reach = [
        labelled("IBAN", &iban),
        labelled("BIC", bic.map_or("", |bic| bic.as_str())),
        Some(seller.contact.email.clone()),
        Some(seller.contact.phone.clone()),
    ];
    let paragraphs = |lines: &mut dyn Iterator<Item = Option<String>>| {
        let told = lines.flatten().filter(|line| !line.trim().is_empty());
        told.map(|line| Paragraph::new(line, quiet)).collect()
    };
    let column = |left, width, lines| FooterColumn { left, width, lines };
    vec![
        column(0.0, 0.28, who),
        column(0.30, 0.29, paragraphs(&mut legal.into_iter())),
        column(0.61, 0.27, paragraphs(&mut reach.into_iter())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_dark_enough_to_be_read() {
        assert_eq!(Colour::parse("#0b6b75"), Ok(Colour([0x0B, 0x6B, 0x75])));
        assert_eq!(Colour::parse("767676"), Ok(Colour([0x76; 3])));
        for text in [
            "", "#fff", "teal", "#77777g", "+12345", "#777777", "#ffee00",
        ] {
            assert!(Colour::parse(text).is_err(), "{text}");
        }
    }
}
