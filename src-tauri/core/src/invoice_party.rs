//! Who sells and who buys on a client invoice, in the terms of EN 16931 (BG-4 to BG-10, BG-16):
//! plain values that a form fills. What an invoice needs of them is checked by `client_invoice`,
//! so that a draft may be incomplete. Text that is not known is empty.

use crate::bank::{Bic, Iban};
use crate::country::Country;
use crate::language::Language;
use crate::tax::VatId;

/// A postal address (BG-5, BG-8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// Street and house number, or a post-office box (BT-35, BT-50).
    pub street: String,
    /// A second line (BT-36, BT-51); may be empty.
    pub addition: String,
    /// BT-38, BT-53; may be empty in a country that has none.
    pub post_code: String,
    /// BT-37, BT-52.
    pub city: String,
    /// BT-40, BT-55.
    pub country: Option<Country>,
}

impl PostalAddress {
    /// As it is printed, a line each, without the country.
    pub fn lines(&self) -> Vec<String> {
        let town = format!("{} {}", self.post_code, self.city);
        [&self.street, &self.addition, &town]
            .into_iter()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }
}

/// Where an e-invoice is sent to, with its scheme of the EAS list (BT-34, BT-49): `0204` for a
/// Leitweg-ID, `9930` for a German VAT ID, `EM` for e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElectronicAddress {
    pub scheme: String,
    pub id: String,
}

/// Whom to ask (BG-6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// BT-41.
    pub name: String,
    /// BT-42.
    pub phone: String,
    /// BT-43.
    pub email: String,
}

/// Where a client pays to (BG-17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAccount {
    /// BT-84.
    pub iban: Iban,
    /// BT-86; within the EU it may be left out.
    pub bic: Option<Bic>,
    /// BT-85.
    pub holder: String,
}

/// The partner as it sells (BG-4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seller {
    /// BT-27.
    pub name: String,
    /// BG-5.
    pub address: PostalAddress,
    /// BT-31.
    pub vat_id: Option<VatId>,
    /// The number that the tax office gave, such as the German Steuernummer (BT-32).
    pub tax_number: String,
    /// The entry in a register, such as `HRB 31415, Amtsgericht Dresden` (BT-30).
    pub register_entry: String,
    /// Directors and what else the law wants on a letter (BT-33).
    pub legal_notice: String,
    pub contact: Contact,
    pub bank: Option<BankAccount>,
    /// BT-34; its e-mail address where there is none.
    pub electronic_address: Option<ElectronicAddress>,
}

/// The client as it buys (BG-7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buyer {
    /// BT-44.
    pub name: String,
    /// BG-8.
    pub address: PostalAddress,
    /// BT-48.
    pub vat_id: Option<VatId>,
    /// The person or department that the letter is for (BT-56); may be empty.
    pub contact: String,
    /// BT-58; may be empty.
    pub email: String,
    pub language: Language,
    /// What the client wants named, for German authorities the Leitweg-ID (BT-10).
    pub reference: String,
    /// The client's number of its order (BT-13).
    pub order_number: String,
    /// BT-49; its e-mail address where there is none.
    pub electronic_address: Option<ElectronicAddress>,
}

impl Seller {
    /// Its own electronic address, or its e-mail address as one.
    pub fn reachable_at(&self) -> Option<ElectronicAddress> {
        or_email(self.electronic_address.as_ref(), &self.contact.email)
    }
}

impl Buyer {
    /// Its own electronic address, or its e-mail address as one.
    pub fn reachable_at(&self) -> Option<ElectronicAddress> {
        or_email(self.electronic_address.as_ref(), &self.email)
    }
}

fn or_email(own: Option<&ElectronicAddress>, email: &str) -> Option<ElectronicAddress> {
    let by_email = || ElectronicAddress {
        scheme: "EM".to_owned(),
        id: email.trim().to_owned(),
    };
    match own {
        Some(address) => Some(address.clone()),
        None if email.trim().is_empty() => None,
        None => Some(by_email()),
    }
}
