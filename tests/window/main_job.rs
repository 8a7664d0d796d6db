//! The main job as a person does it: from nothing to a closed month and its PDF invoices.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{add_client_and_channel, add_hub, make_book, show_month};
use crate::window::{Window, key};

/// 100 × 0.1131 (marketing, Germany, from 1 July 2026) = 11.31, and 2,639.09 as reported:
/// 2,650.40 in all. Nobody knows the third row's category.
const USAGE: &str = "\
date,channel_id,country,category,quantity,cost
2026-08-20,markt1CH,DE,marketing,100,
2026-08-24,markt1CH,ES,utility,2000,2639.09
2026-08-25,markt1CH,DE,pigeon,5,
";

#[test]
fn from_a_new_book_to_a_closed_month_and_its_invoices() {
    let window = Window::open();
    window.resize(1200, 800);
    let picture = |name: &str| {
        window.keep_picture(&format!("main-job-{name}"));
    };

    let book = make_book(&window);
    picture("01-empty-book");
    assert!(book.is_file(), "the book lies where it was asked for");
    add_hub(&window);
    window.see_together(&["Elbe", "Partner-Paid", "EUR", "Growth", "120.00"]);
    picture("02-hub");
    add_client_and_channel(&window);
    window.see_together(&["Bestellungen", "+49 351 555 0200", "Regular"]);
    picture("03-channel");

    top_up(&window);
    picture("04-balance");
    import(&window);
    why_this_number(&window);
    picture("07-why");
    close(&window);
    picture("09-closed");
    export(&window);
    look_back(&window);
    picture("12-books-balance");

    // Another day: the book is found again, and what was closed stays so.
    window.click("Close");
    window.click("Close book");
    window.see("Recent books");
    picture("13-recent");
    window.click("Elbe Messaging GmbH");
    window.follow("Invoices");
    window.see_together(&["Month closing", "37.63", "Closed"]);
}

/// 2,500.00 on 3 August, in the short hand that the fields understand.
fn top_up(window: &Window) {
    window.follow("Balances");
    window.click("Top up");
    window.see("All channels of Elbe draw on it");
    window.choose("How it came about", "Manual");
    window.fill("Amount, net", "5*500");
    window.fill("Day", "3 Aug");
    window.press(&[key::TAB]);
    window.see_in("Day", "2026-08-03");
    window.see_in("Amount, net", "2500.00");
    window.keep_picture("main-job-04-top-up");
    window.click("Book top-up");
    // 120.00 + 2,500.00
    window.see("2,500.00 EUR added. The balance is 2,620.00 EUR.");

    show_month(window, "August 2026");
    window.see_together(&["Top-up", "2,500.00", "2,620.00"]);
}

fn import(window: &Window) {
    let file = window.file("usage.csv");
    std::fs::write(&file, USAGE).expect("the folder of the story takes files");
    window.follow("Charges");
    window.answer_next_dialog(&file.display().to_string());
    window.click("Import usage…");

    window.see("usage.csv, 3 rows. Nothing is booked yet.");
    window.see_together(&["2", "rows can be booked"]);
    window.see_together(&["2,650.40 EUR", "2,100 messages"]);
    window.see_together(&["1", "row has a problem"]);
    window.see_together(&["0", "rows are booked already, left out"]);
    window.see("Category is unknown");
    window.see_together(&["4", "pigeon"]);
    window.keep_picture("main-job-05-import");

    window.click("Book 2 rows");
    window.see("2 rows were booked");
    window.see("Hub elbePA, August 2026, month open");
    window.see_together(&[
        "20 Aug",
        "Bestellungen",
        "Germany",
        "Marketing",
        "100",
        "0.1131",
        "11.31",
    ]);
    window.see_together(&[
        "24 Aug", "Spain", "Utility", "2,000", "reported", "2,639.09",
    ]);
    // The plan 500.00 and the licence from the 17th, 25.00 × 15/31 = 12.0967… → 12.10, are charges
    // too: 500.00 + 12.10 + 2,650.40 = 3,162.50
    window.see_together(&["17 Aug", "Bestellungen", "Pro-rata licence", "12.10"]);
    window.see_together(&["4 charges", "3,162.50"]);
    window.keep_picture("main-job-06-charges");
}

fn why_this_number(window: &Window) {
    window.click_row("0.1131");
    window.see("Why 11.31");
    window.see("100 marketing messages delivered");
    window.see_together(&["Rate", "× 0.1131"]);
    window.see_together(&["Charge", "11.31", "EUR"]);
    window.see("usage.csv, line 2");
    window.see("Market Germany, as the row says country DE.");
    window.see("Shared balance of elbePA");
}

fn close(window: &Window) {
    window.follow("Month close");
    window.see_heading("Close August 2026");
    // Germany, so 19 % VAT on each.
    // Plan 500.00 + 95.00 = 595.00; licence 12.10 + 2.299 → 2.30 = 14.40
    window.see_together(&["Partner plan", "595.00"]);
    window.see_together(&["Pro-rata licence", "14.40"]);
    // 2,500.00 + 475.00
    window.see_together(&["Top-up", "2,975.00"]);
    // 120.00 + 2,500.00 − 2,650.40 = −30.40, which falls due: fee 30.40 × 4 % = 1.216 → 1.22;
    // net 31.62; VAT 6.0078 → 6.01; 31.62 + 6.01 = 37.63
    window.see_together(&["Month closing", "37.63"]);
    window.see_together(&["Transaction fee", "4 % of 30.40", "1.22"]);
    window.see_together(&["Starting balance", "120.00"]);
    window.see_together(&["Total added funds", "2,500.00"]);
    window.see_together(&["Amount payable", "37.63"]);
    window.see("Page 1 of ");
    window.keep_picture("main-job-08-close");

    window.click("Close August…");
    window.see("Close August 2026 of Elbe for good?");
    // 595.00 + 14.40 + 2,975.00 + 37.63
    window.see("4 invoices are frozen as shown, 3,622.03 EUR gross in all.");
    window.keep_picture("main-job-08-close-dialog");
    window.click("Close August");
    window.see("August 2026 is closed");
    window.see_heading("August 2026 is closed");
}

fn export(window: &Window) {
    let folder = window.file("invoices");
    std::fs::create_dir(&folder).expect("the folder of the story takes folders");
    window.answer_next_dialog(&folder.display().to_string());
    window.click("Export PDFs…");
    window.click("Choose a folder…");
    window.see("4 files were written");

    let pages: Vec<String> = pdfs_in(&folder).iter().map(|pdf| read(pdf)).collect();
    assert_eq!(pages.len(), 4, "{pages:?}");
    for page in &pages {
        assert!(page.contains("Elbe Messaging GmbH"), "{page}");
        assert!(page.contains("DE999999995"), "{page}");
    }
    let closing: Vec<&String> = pages.iter().filter(|page| page.contains("37.63")).collect();
    let [closing] = closing.as_slice() else {
        panic!("one invoice comes to 37.63: {pages:?}");
    };
    for words in [
        "Month closing invoice",
        "Elbstraße 7",
        "01067 Dresden",
        "elbePA",
        "31.62",
        "6.01",
    ] {
        assert!(closing.contains(words), "no {words}: {closing}");
    }
}

/// What the close left behind: the invoices, a balance of zero, and books that balance.
fn look_back(window: &Window) {
    window.follow("Invoices");
    window.see_together(&["Month closing", "31.62", "6.01", "37.63", "Closed"]);
    window.click_row("Month closing");
    window.see("Settled with credit balance");
    window.keep_picture("main-job-10-invoices");
    window.click("Close the panel");

    window.follow("Balances");
    // −30.40 is settled by the invoice: 0.00 is carried over.
    window.see_together(&["Settled by invoice", "30.40", "0.00"]);
    window.keep_picture("main-job-11-settled");

    window.click("Check the books");
    window.see("Every rule of the book holds.");
}

fn pdfs_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .collect()
}

/// What poppler reads in a PDF, line by line as on the page.
fn read(pdf: &Path) -> String {
    let told = Command::new("pdftotext")
        .args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()])
        .output()
        .unwrap_or_else(|error| panic!("pdftotext does not start ({error}): run `make setup`"));
    assert!(told.status.success(), "{pdf:?}: {told:?}");
    String::from_utf8(told.stdout).expect("pdftotext writes UTF-8")
}
