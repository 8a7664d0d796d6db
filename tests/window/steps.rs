//! Steps that more than one story begins with: a book with its hub, client and channel.

use std::path::PathBuf;

use crate::window::Window;

/// A new partner's book in Germany, asked for on the first page of the app.
pub(crate) fn make_book(window: &Window) -> PathBuf {
    let file = window.file("elbe.hubbook");
    window.click("Make a new book");
    window.fill("Company name", "Elbe Messaging GmbH");
    window.fill("Address", "Elbstraße 7\n01067 Dresden");
    window.choose("Country", "Germany");
    window.fill("VAT ID", "DE999999995");
    window.fill("Billing e-mail", "billing@elbe.example");
    window.answer_next_dialog(&file.display().to_string());
    window.click("Choose where, and make it…");
    window.see("A book begins with a hub");
    file
}

/// Partner-Paid in euro, from August 2026 on, with 120.00 on its shared balance.
pub(crate) fn add_hub(window: &Window) {
    window.click("Add hub");
    window.click_field("Partner-Paid");
    window.fill("Hub id", "elbePA");
    window.fill("Name", "Elbe");
    window.choose("Currency", "EUR");
    window.choose("Partner plan", "Growth");
    window.fill("In use since", "2026-08-01");
    window.fill("Books begin with", "2026-08");
    window.fill("Opening balance", "120.00");
    window.choose("Pays by", "Card");
    window.click("Add hub");
    window.see("Elbe was added");
}

/// A client, and a Regular channel of theirs that started on 17 August.
pub(crate) fn add_client_and_channel(window: &Window) {
    window.follow("Clients & channels");
    window.click("Add client");
    window.fill("Client id", "marktCL");
    window.fill("Name", "Marktfrau Łucja");
    window.choose("Country", "Germany");
    window.click("Save client");
    window.see("Marktfrau Łucja was added");

    window.click("Add channel…");
    window.choose("Client", "Marktfrau Łucja");
    window.fill("Channel id", "markt1CH");
    window.fill("Phone number", "+49 351 5550200");
    window.fill("Display name", "Bestellungen");
    window.choose("Tier", "Regular");
    window.fill("Billing since", "2026-08-17");
    window.click("Save channel");
    window.see("Bestellungen was added");
}

/// Chooses the month that all screens show, by its name.
pub(crate) fn show_month(window: &Window, month: &str) {
    window.click("Choose a month");
    window.click(month);
    window.see_no_more("running");
}
