//! A seller in Hamburg and a client in Dresden, as many stories need them before there can be an
//! invoice.

use hubledger_book::Book;
use hubledger_book::form::{
    ClientBillingForm, ClientForm, ClientInvoiceForm, ClientLineForm, INVOICE_DAY, SellerForm,
};
use hubledger_book::moment::Moment;

/// What the owner's invoices say of it.
pub fn seller(street: &str) -> SellerForm {
    SellerForm {
        street: street.to_owned(),
        postal_code: "20457".to_owned(),
        city: "Hamburg".to_owned(),
        iban: "DE89 3704 0044 0532 0130 00".to_owned(),
        tax_number: "12/345/67890".to_owned(),
        language: "de".to_owned(),
        ..SellerForm::default()
    }
}

/// Where a client is invoiced.
pub fn billing(client: &str) -> ClientBillingForm {
    ClientBillingForm {
        client: client.to_owned(),
        street: "Weg 2".to_owned(),
        postal_code: "01067".to_owned(),
        city: "Dresden".to_owned(),
        ..ClientBillingForm::default()
    }
}

/// A client that is in Germany and has no VAT ID.
pub fn german_client(hub: &str, id: &str, name: &str) -> ClientForm {
    ClientForm {
        hub: hub.to_owned(),
        id: id.to_owned(),
        name: name.to_owned(),
        country: "DE".to_owned(),
        email: String::new(),
        vat_id: String::new(),
    }
}

/// One line at 19 %, supplied on the day of the invoice.
pub fn one_line(client: &str, quantity: &str, unit_price: &str) -> ClientInvoiceForm {
    ClientInvoiceForm {
        client: client.to_owned(),
        delivered_on: INVOICE_DAY.to_owned(),
        lines: vec![ClientLineForm {
            text: "Beratung".to_owned(),
            quantity: quantity.to_owned(),
            unit_price: unit_price.to_owned(),
            vat: "standard".to_owned(),
            percent: "19".to_owned(),
            ..ClientLineForm::default()
        }],
        ..ClientInvoiceForm::default()
    }
}

/// Says all that an invoice to a client of a hub needs.
pub fn can_invoice(book: &mut Book, hub: &str, client: &str, at: Moment) {
    book.set_seller(&seller("Kai 1"), at).unwrap();
    book.set_client_billing(&billing(client), at).unwrap();
    book.edit_client(german_client(hub, client, "Kunde"), at)
        .unwrap();
}
