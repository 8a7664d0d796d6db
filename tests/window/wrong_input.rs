//! What is wrong is said beside its field, and nothing that was typed is lost. One job is done on
//! the keyboard alone.

use serde_json::json;

use crate::steps::{add_client_and_channel, add_hub, make_book};
use crate::window::{Window, key};

#[test]
fn wrong_input_is_told_beside_its_field_and_nothing_typed_is_lost() {
    let window = Window::open();

    // A VAT ID that is none. The file is asked for before the book looks at the form.
    window.click("Make a new book");
    window.fill("Company name", "Elbe Messaging GmbH");
    window.fill("Address", "Elbstraße 7\n01067 Dresden");
    window.fill("VAT ID", "DE12");
    window.answer_next_dialog(&window.file("elbe.hubbook").display().to_string());
    window.click("Choose where, and make it…");
    window.see_wrong("VAT ID", "“DE12” is not a VAT ID of");
    window.keep_picture("wrong-vat-id");
    window.see_in("VAT ID", "DE12");
    window.see_in("Address", "Elbstraße 7\n01067 Dresden");

    // The draft waits while the form is away.
    window.press(&[key::ESCAPE]);
    window.see_no_more("Whose book is it?");
    window.click("Make a new book");
    window.see_in("Company name", "Elbe Messaging GmbH");
    window.press(&[key::ESCAPE]);
    window.see_no_more("Whose book is it?");
    make_book(&window);

    // A day that does not exist; then the hub is made with all else as it was typed.
    window.click("Add hub");
    window.fill("Hub id", "elbePA");
    window.fill("In use since", "2026-08-32");
    window.click("Add hub");
    window.see_wrong("Name", "Fill it in");
    window.fill("Name", "Elbe");
    window.click("Add hub");
    window.see_wrong("In use since", "“2026-08-32” is not a day");
    window.see_in("Hub id", "elbePA");
    window.press(&[key::ESCAPE]);
    window.see_no_more("Billing model");
    add_hub(&window);
    add_client_and_channel(&window);

    for (amount, why) in [
        ("0", "The amount is not above zero."),
        ("-5", "The amount is not above zero."),
        ("1.005", "more than 2 decimals"),
        ("much", "“much” is not an amount."),
        ("99999999999", "The amount is too large."),
    ] {
        window.follow("Balances");
        window.click("Top up");
        window.fill("Amount, net", amount);
        window.click("Book top-up");
        window.see_wrong("Amount, net", why);
        window.see_in("Amount, net", amount);
        window.press(&[key::ESCAPE]);
        window.see_no_more("How it came about");
    }
    window.click("Top up");
    window.see_in("Amount, net", "99999999999");
    window.fill("Amount, net", "500");
    window.fill("Day", "2026-10-06");
    window.click("Book top-up");
    window.see_wrong("Day", "lies in the future");
    window.keep_picture("wrong-day");
    window.see_in("Amount, net", "500");
    window.press(&[key::ESCAPE]);
    window.see_no_more("How it came about");

    // The form has no field for a wrong target; the command behind it refuses one all the same.
    let refused = window.script(
        "return window.__TAURI_INTERNALS__.invoke('top_up', { form: arguments[0] })
            .then(() => 'booked', (refusal) => refusal.code)",
        json!([{
            "hub": null, "channel": "markt1CH", "amount": "500", "on": "2026-10-05",
            "kind": "manual", "method": null,
        }]),
    );
    assert_eq!(refused, Some(json!("channel-has-no-balance")));
    // Nothing of all that was booked: the balance is the opening one.
    window.see_together(&["Ending balance", "120.00"]);
}

#[test]
fn a_top_up_needs_no_mouse() {
    let window = Window::open();
    make_book(&window);
    add_hub(&window);
    window.see_no_more("Billing model");

    window.type_keys("gb");
    window.see("Nothing moved this balance in October.");
    window.type_keys("t");
    window.see_focus("Amount, net");
    window.type_keys("3*500");
    window.press(&[key::TAB]);
    window.see_focus("Day");
    window.see_in("Amount, net", "1500.00");
    window.press(&[key::CONTROL, 'a']);
    window.type_keys("3 Oct");
    window.press(&[key::TAB]);
    window.see_focus("How it came about");
    window.see_in("Day", "2026-10-03");
    window.press(&[key::CONTROL, key::ENTER]);
    // 120.00 + 3 × 500.00
    window.see("1,500.00 EUR added. The balance is 1,620.00 EUR.");
    window.see_together(&["Top-up", "1,500.00", "1,620.00"]);

    // Commands are found by their names, too.
    window.press(&[key::CONTROL, 'k']);
    window.see_focus("Find or run");
    window.type_keys("check");
    window.press(&[key::ESCAPE]);
    window.see_no_more("result");
    window.press(&[key::CONTROL, 'k']);
    window.see_focus("Find or run");
    window.type_keys("month cl");
    window.press(&[key::ENTER]);
    window.see("October is not over yet");
}
