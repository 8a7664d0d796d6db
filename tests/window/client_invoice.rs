//! An invoice to a client, from the first line to its credit note, as a person does it.

use std::path::PathBuf;

use crate::steps::{add_client_and_channel, add_hub, make_book, show_month};
use crate::window::{Window, key};

#[test]
fn an_invoice_to_a_client_is_written_issued_paid_and_credited() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    add_hub(&window);
    add_client_and_channel(&window);

    say_who_bills(&window);
    write(&window);
    issue(&window);
    hand_out(&window);
    remind(&window);
    pay(&window);
    credit(&window);
    state_the_balance(&window);
}

/// The company's own details, without which nothing can be issued.
fn say_who_bills(window: &Window) {
    window.follow("Settings");
    window.see("What your invoices to clients say of you");
    window.fill("Street and number", "Elbstraße 7");
    window.fill("Post code", "01067");
    window.fill("City", "Dresden");
    window.fill("Contact", "Ada Brandt");
    window.fill("Phone", "+49 351 5550100");
    window.fill("IBAN", "DE89 3704 0044 0532 0130 01");
    window.click("Save");
    window.see_wrong("IBAN", "IBAN");
    window.fill("IBAN", "DE89 3704 0044 0532 0130 00");
    window.click("Save");
    window.see("Your invoice details were saved");

    // Numbers go on from another program's.
    window.fill("Next invoice is no.", "many");
    window.click("Begin there");
    window.see_wrong("Next invoice is no.", "many");
    window.fill("Next invoice is no.", "42");
    window.click("Begin there");
    window.see("The numbers go on from there");
}

/// 3 days at 120.00 are 360.00; 19 % of them 68.40; 428.40 in all.
fn write(window: &Window) {
    window.follow("Invoices");
    window.follow("To your clients");
    window.see("No invoice to a client yet");
    window.click("New invoice");
    window.choose("Client", "Marktfrau Łucja");
    window.fill("Text", "Care of channels");
    window.fill("Quantity", "3");
    window.choose("Unit", "day");
    window.fill("Net each, EUR", "1.2*100");
    window.choose("VAT", "Standard rate");
    window.fill("Percent", "19");
    window.see("Before it can be issued");
    window.see("The client has no street");
    window.see("The invoice does not say when it was supplied");
    // What is to be paid opens to what it is made of.
    window.see("Amount payable");
    window.script(
        "document.querySelector('.why summary').click()",
        serde_json::json!([]),
    );
    for row in [
        ["Net", "360.00"],
        ["Standard rate 19 %", "68.40"],
        ["Total", "428.40"],
    ] {
        window.see_together(&row);
    }
    window.keep_picture("client-invoice-01-missing");
    window.choose("Supplied", "On the day of the invoice");

    // What is missing is mended from here, and what was typed is still there.
    window.click("Address and e-invoice…");
    window.fill("Street and number", "Hauptstraße 1");
    window.fill("Post code", "10115");
    window.fill("City", "Berlin");
    window.click("Save");
    window.see("How Marktfrau Łucja is invoiced was saved");
    window.see("Nothing is missing");
    window.click("Save draft");
    window.see("The draft is saved");
    window.see_heading("Draft D1");
    window.click("Back");
    window.see_together(&["Draft D1", "Marktfrau Łucja", "360.00", "428.40"]);
    window.click_row("Draft D1");
    window.see("Nothing is missing");
    // The page itself, drawn from the PDF that would be written.
    window.see("Page 1 of 1");
    window.keep_picture("client-invoice-02-page");
}

/// Of 1 September and due a fortnight later, it is overdue on the day of the story.
fn issue(window: &Window) {
    window.fill("Day of the invoice", "2026-09-01");
    window.press(&[key::TAB]);
    window.see("Nothing is missing");
    window.click("Issue…");
    window.see("Issue this invoice to Marktfrau Łucja for good?");
    window.see("428.40 EUR in all.");
    window.click("Issue it");
    window.see("2026/0042 is issued");
    window.see_together(&["Care of channels", "360.00"]);
    window.see_together(&["Standard rate 19 %, of 360.00", "68.40"]);
    window.see_together(&["To be paid", "428.40"]);
    window.keep_picture("client-invoice-03-issued");
}

/// The PDF, and the report of what was checked, lie in the folder that was chosen.
fn hand_out(window: &Window) {
    window.click("Show the page");
    window.see("Page 1 of 1");
    window.keep_picture("client-invoice-04-page");
    window.press(&[key::ESCAPE]);
    window.see_no_more("Page 1 of 1");

    let folder = window.file("papers");
    std::fs::create_dir(&folder).expect("the folder of the story takes another");
    window.answer_next_dialog(&folder.display().to_string());
    window.click("Export…");
    window.click("Choose a folder…");
    window.see("What was checked");
    window.see_together(&["PDF/A-3"]);
    window.keep_picture("client-invoice-04-checked");
    let written: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder can be read")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    let is_pdf = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "pdf");
    assert_eq!(written.iter().filter(is_pdf).count(), 1, "{written:?}");
    assert!(written.len() > 1, "{written:?}");
    window.press(&[key::ESCAPE]);
    window.see_no_more("What was checked");
}

/// A letter about what is overdue, looked at and saved.
fn remind(window: &Window) {
    window.see("Overdue");
    window.click("Remind…");
    window.choose("How firmly", "The last reminder");
    window.see("Page 1 of 1");
    window.fill("To be paid by", "2026-09-01");
    window.see_wrong("To be paid by", "Name a day from today on");
    window.fill("To be paid by", "2026-10-20");
    window.see("Page 1 of 1");
    window.keep_picture("client-invoice-04-reminder");
    save_pdf(window, "reminder.pdf");
}

fn save_pdf(window: &Window, name: &str) {
    let file = window.file(name);
    window.answer_next_dialog(&file.display().to_string());
    window.click("Save PDF…");
    window.see("The PDF is written");
    let written = std::fs::read(&file).expect("the file that was asked for is there");
    assert!(written.starts_with(b"%PDF-1.7"), "{name} is a PDF");
    window.press(&[key::ESCAPE]);
    window.see_no_more("Save PDF…");
}

/// The month of the shared balance, 120.00 at its start, in German.
fn state_the_balance(window: &Window) {
    window.follow("Balances");
    show_month(window, "August 2026");
    window.click("Statement…");
    window.choose("Language", "German");
    window.see("Page 1 of 1");
    window.keep_picture("client-invoice-07-statement");
    save_pdf(window, "statement.pdf");
}

/// 300.00 of 428.40 leave 128.40.
fn pay(window: &Window) {
    window.click("Payment…");
    window.see("428.40 EUR is to be paid.");
    window.fill("Amount", "-5");
    window.click("Book payment");
    window.see_wrong("Amount", "More would go back than was paid");
    window.fill("Amount", "300");
    window.fill("Day", "2026-08-31");
    window.click("Book payment");
    window.see_wrong("Day", "was issued on 1 Sep 2026");
    window.fill("Day", "2026-10-05");
    window.fill("Amount", "500");
    window.click("Book payment");
    window.see_wrong("Amount", "more than is open");
    window.fill("Amount", "300");
    window.click("Book payment");
    window.see("The payment is booked; 128.40 EUR is to be paid");
    window.see_together(&["Paid", "300.00"]);
}

/// 100.00 net are 119.00 with VAT: 128.40 − 119.00 = 9.40 remain.
fn credit(window: &Window) {
    window.click("Credit…");
    window.see_focus("All of it: cancel the invoice");
    // One Enter issues nothing: it leads to the button, from which the story goes back.
    window.press(&[key::ENTER]);
    window.click_field("A part of it");
    window.fill("Credit, net: Care of channels", "1000");
    window.see_wrong("Credit, net: Care of channels", "not so much is left");
    window.fill("Credit, net: Care of channels", "much");
    window.see_wrong("Credit, net: Care of channels", "is not an amount");
    window.fill("Credit, net: Care of channels", "100");
    window.fill("Reason", "One day fell out");
    window.see("100.00 EUR net, 119.00 EUR gross");
    window.keep_picture("client-invoice-05-credit");
    window.click("Issue it");
    window.see("is issued");
    window.see("Credit note, 119.00 EUR");
    window.follow("To your clients");
    window.see_together(&["Marktfrau Łucja", "428.40", "9.40"]);
    window.see_together(&["Marktfrau Łucja", "−119.00"]);
    window.see("2 issued");
    window.keep_picture("client-invoice-06-list");
}
