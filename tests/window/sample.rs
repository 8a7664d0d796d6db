//! The sample books: whoever looks around first finds the screens of both hubs filled.

use crate::steps::show_month;
use crate::window::Window;

/// The links beside the page, and the heading of what they lead to.
const SCREENS: [(&str, &str); 9] = [
    ("Overview", "Overview"),
    ("Hubs", "Hubs"),
    ("Clients & channels", "Clients & channels"),
    ("Balances", "Balances"),
    ("Charges", "Charges"),
    ("Month close", "September 2026 is closed"),
    ("Prices", "Prices"),
    ("Settings", "Settings"),
    ("Invoices", "Invoices"),
];

#[test]
fn the_sample_book_fills_the_screens_of_both_hubs() {
    let window = Window::open();
    window.resize(1200, 900);
    window.click("Explore with sample data");
    window.see("The sample book is open");
    window.see("Sample book");

    // October has just begun; September is the last month of the sample.
    show_month(&window, "September 2026");
    look_through(&window, "partner-paid");
    window.see_together(&["Month closing", "Closed"]);

    window.click("Hub:");
    window.click("Nordlicht USD");
    window.see("Direct-Paid · USD");
    look_through(&window, "direct-paid");
    window.see("invoices went from 360Dialog to clients");

    window.click("Check the books");
    window.see("Every rule of the book holds.");
}

/// Goes to each screen; the last are the invoices.
fn look_through(window: &Window, hub: &str) {
    for (screen, heading) in SCREENS {
        window.follow(screen);
        window.see_heading(heading);
        let name = screen.to_lowercase().replace([' ', '&'], "");
        window.keep_picture(&format!("sample-{hub}-{name}"));
        window.see_no_refusal();
    }
}
