//! What a partner may note of fees: a price that a channel keeps, and notice of the plan.

use crate::steps::{add_client_and_channel, add_hub, make_book};
use crate::window::Window;

#[test]
fn a_kept_price_and_notice_of_the_plan_are_noted() {
    let window = Window::open();
    window.resize(1200, 800);
    make_book(&window);
    add_hub(&window);
    add_client_and_channel(&window);

    window.click_row("Bestellungen");
    window.click("Kept price…");
    window.fill("Price a month", "abc");
    window.click("Keep the price");
    window.see_wrong("Price a month", "abc");
    window.fill("Price a month", "4*5");
    window.fill("Why", "Guaranteed for life by e-mail of 2024");
    window.click("Keep the price");
    window.see("The price of Bestellungen is noted");
    window.see("Regular: 20.00 EUR, from August 2026");
    window.keep_picture("fees-01-kept");

    // 30 days after 1 October are 31 October, a month's end; the other reading is a month later.
    window.follow("Hubs");
    window.click("Cancel the plan…");
    window.fill("Notice given on", "2026-10-01");
    window.see("The two readings differ.");
    window.see("Last day 31 Oct 2026");
    window.choose("It ends by", "Following month’s end: 30 Nov 2026");
    window.see("Last day 30 Nov 2026");
    window.see("1 channel is billed after that day: Bestellungen");
    window.keep_picture("fees-02-notice");
    window.click("Give notice");
    window.see("Notice is noted; the last day is 30 Nov 2026");
    window.see("Ends on 30 Nov 2026; notice was given");
    window.click("Take the notice back");
    window.see("The notice was taken back");
    window.see("Cancel the plan…");
}
