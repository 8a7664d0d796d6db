//! From nothing to a closed month and its PDF invoices.

use serde_json::Value;

use crate::desk::{Desk, amounts};

#[test]
fn a_partner_paid_month_from_nothing_to_its_pdf_invoices() {
    let mut desk = Desk::new("2026-08-31");
    let book = |line: &str| format!("-b my.hubbook {line}");
    let made = desk.record("new my.hubbook --owner partner --name Elbe --country DE --vat-id DE999999995 --email billing@elbe.example");
    assert_eq!(made["company"]["vat_treatment"], "standard");
    let hub = desk.record(&book("hub add --id elbePA --name Elbe --model partner-paid --currency EUR --plan growth --since 2026-01-01 --first-month 2026-08"));
    assert_eq!(hub["model"], "partner-paid");
    desk.done(&book(
        "hub settings --id elbePA --opening 120.00 --from 2026-08",
    ));
    desk.done(&book(
        "client add --hub elbePA --id oneCL --name One --country DE",
    ));
    desk.done(&book("channel add --client oneCL --id a1CH --phone +49301234561 --tier regular --started 2026-01-15"));
    desk.done(&book(
        "channel add --client oneCL --id b1CH --phone +49301234562 --started 2026-08-17",
    ));
    let booked = desk.record(&book(
        "top-up --hub elbePA --amount 2500.00 --on 2026-08-03 --kind manual --method card",
    ));
    assert_eq!(booked["balance"]["amount"], "2620.00");

    // 20,000 × 0.1131 + 6,000 × 0.0585 + 2,250 × 0.0166 + 0.05 = 2,262.00 + 351.00 + 37.35 + 0.05
    desk.write(
        "usage.csv",
        "date,channel_id,country,category,quantity,cost\n\
         2026-08-03,a1CH,DE,marketing,20000,\n\
         2026-08-04,a1CH,ES,marketing,6000,\n\
         2026-08-18,b1CH,ES,utility,2250,\n\
         2026-08-18,b1CH,DE,utility,1,0.05\n",
    );
    let preview = desk.record(&book("import usage usage.csv --dry-run"));
    assert_eq!(preview[0]["new_rows"], 4);
    assert_eq!(preview[0]["amounts"][0]["amount"], "2650.40");
    assert_eq!(
        desk.record(&book("charges --hub elbePA --month 2026-08"))["unrated"],
        0
    );
    let booked = desk.record(&book("import usage usage.csv"));
    assert_eq!(booked[0]["new_rows"], 4);
    let again = desk.record(&book("import usage usage.csv"));
    assert_eq!(
        (&again[0]["new_rows"], &again[0]["already"]),
        (&0.into(), &4.into())
    );

    let charges = desk.record(&book("charges --hub elbePA --month 2026-08"));
    // 500.00 + 25.00 + 12.10 + 2,650.40
    assert_eq!(amounts(&charges, &["amount"]), ["3187.50"]);
    assert_eq!(charges["rows"].as_array().unwrap().len(), 7);
    let line = "charges --hub elbePA --month 2026-08 --sort amount --down --csv charges.csv";
    assert_eq!(desk.record(&book(line))["rows"], 7);
    let file = std::fs::read_to_string(desk.path("charges.csv")).unwrap();
    // The most of them are the 20,000 messages: 20,000 x 0.1131 = 2,262.00.
    assert!(file.lines().nth(1).unwrap().contains(",2262.00,"), "{file}");
    let charge = charges["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["quantity"] == "20000")
        .unwrap();
    let why = desk.record(&book(&format!(
        "explain {}",
        charge["id"].as_str().unwrap()
    )));
    assert_eq!(
        (&why["price"]["rate"], &why["source"]["line"]),
        (&"0.1131".into(), &2.into())
    );
    let by = desk.record(&book("charges --hub elbePA --month 2026-08 --by market"));
    assert!(
        by.as_array()
            .unwrap()
            .iter()
            .any(|sum| sum["usage"]["amount"] == "388.35"),
        "{by:#}"
    );
    assert_eq!(
        desk.record(&book("balance --hub elbePA --on 2026-08-31"))["amount"],
        "-30.40"
    );

    desk.run(&book("close --hub elbePA --month 2026-08"))
        .is_refused("month-is-not-over", "close");
    desk.today = "2026-09-01";
    let preview = desk.record(&book("close --hub elbePA --month 2026-08 --dry-run"));
    assert_eq!(
        (&preview["closed"], &preview["can_close"]),
        (&Value::Null, &true.into())
    );
    let closed = desk.record(&book("close --hub elbePA --month 2026-08"));
    assert!(closed["closed"].is_string(), "{closed:#}");

    let invoices = desk.record(&book("invoice list --hub elbePA --month 2026-08"));
    let shown: Vec<_> = invoices
        .as_array()
        .unwrap()
        .iter()
        .map(|i| {
            (
                i["reference"].as_str().unwrap(),
                amounts(i, &["net", "vat", "gross"]).join(" "),
            )
        })
        .collect();
    let mut expected = vec![
        ("elbePA/2026-08/plan", "500.00 95.00 595.00"),
        ("elbePA/2026-08/licence", "25.00 4.75 29.75"),
        ("elbePA/2026-08/pro-rata", "12.10 2.30 14.40"),
        ("elbePA/2026-08/top-up-1", "2500.00 475.00 2975.00"),
        ("elbePA/2026-08/closing", "31.62 6.01 37.63"),
    ];
    let mut shown: Vec<_> = shown
        .iter()
        .map(|(name, sums)| (*name, sums.as_str()))
        .collect();
    shown.sort_unstable();
    expected.sort_unstable();
    assert_eq!(shown, expected);

    let numbered = desk.record(&book("invoice number elbePA/2026-08/closing R-2026-77"));
    assert_eq!(numbered["vendor_number"], "R-2026-77");
    let shown = desk.done(&book("invoice show elbePA/2026-08/closing"));
    for text in [
        "2,650.40 EUR",
        "-2,620.00 EUR",
        "37.63 EUR",
        "R-2026-77",
        "bookkeeping copy",
    ] {
        assert!(shown.contains(text), "{text} in\n{shown}");
    }
    let exported = desk.record(&book("invoice export --month 2026-08 --to pdfs"));
    let files = exported["files"].as_array().unwrap();
    assert_eq!(files.len(), 5, "{exported:#}");
    for entry in std::fs::read_dir(desk.path("pdfs")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
    }
    desk.record(&book("invoice export elbePA/2026-08/closing --to one"));
    assert_eq!(std::fs::read_dir(desk.path("one")).unwrap().count(), 1);
    let proof = desk.record(&book("check"));
    assert_eq!(proof["holds"], true);
}

#[test]
fn the_other_verbs_of_the_main_job() {
    let desk = Desk::with_two_hubs();
    let book = |line: &str| format!("-b my.hubbook {line}");
    // Settings: rules with their values, and which are assumed.
    let rules = desk.record(&book("hub settings --id elbePA"));
    let vat_on = rules
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["rule"] == "vat-on")
        .unwrap()
        .clone();
    assert_eq!(
        (&vat_on["value"], &vat_on["assumed"]),
        (&"top-up".into(), &true.into())
    );
    assert!(
        desk.done(&book("hub settings --id elbePA"))
            .contains("assumed")
    );
    desk.done(&book(
        "hub settings --id elbePA --set vat-on=usage --from 2026-08 --pay-by pix",
    ));
    let hubs = desk.record(&book("hub list"));
    assert_eq!(hubs[0]["pay_by"], "pix");
    // Auto-renewal: the amount is below the threshold, and the balance of 120.00 is under it.
    desk.done(&book(
        "hub settings --id elbePA --auto-renewal on --threshold 200.00 --amount 100.00",
    ));
    let hubs = desk.done(&book("hub list"));
    assert!(
        hubs.contains("fires now") && hubs.contains("below the threshold"),
        "{hubs}"
    );
    desk.done(&book(
        "channel edit --id p1CH --auto-renewal on --threshold 10 --amount 50",
    ));
    desk.done(&book("channel edit --id p1CH --opening -3.50"));
    assert_eq!(
        desk.record(&book("balance --channel p1CH --on 2026-08-31"))["amount"],
        "-3.50"
    );
    assert!(desk.done(&book("balance")).contains("paused"));
    // Edits leave what they don't name.
    desk.done(&book("client edit --id oneCL --email one@example.com"));
    let clients = desk.record(&book("client list --hub elbePA"));
    assert_eq!(
        (&clients[0]["name"], &clients[0]["email"]),
        (&"One".into(), &"one@example.com".into())
    );
    desk.done(&book(
        "channel edit --id p1CH --name Support --tier premium --from 2026-08-20",
    ));
    desk.done(&book("channel cancel --id p1CH --ended 2026-08-25"));
    let channels = desk.record(&book("channel list --hub rheinPA"));
    assert_eq!(
        (
            &channels[0]["tier"],
            &channels[0]["ended"],
            &channels[0]["phone"]
        ),
        (
            &"premium".into(),
            &"2026-08-25".into(),
            &channels[0]["phone"]
        )
    );
    desk.done(&book(
        "hub edit --id elbePA --name Elbe-Hub --plan premium --from 2026-08-11",
    ));
    assert_eq!(desk.record(&book("hub list"))[0]["name"], "Elbe-Hub");
    // Refunds and movements.
    desk.done(&book(
        "refund --hub elbePA --amount 20.00 --on 2026-08-05 --to bank",
    ));
    let movements = desk.record(&book("movements --hub elbePA --month 2026-08"));
    let kinds: Vec<_> = movements["movements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["opening", "paid-out"]);
    // Parties: new ones, then a difference that waits to be accepted.
    let head = "hub_id,client_id,client_name,country,email,vat_id,channel_id,phone_number,display_name,tier,billing_started_at,terminated_at,time_zone\n";
    desk.write("parties.csv", format!("{head}elbePA,threeCL,Three,DE,,,c1CH,+49301234563,Shop,regular,2026-08-01,,Europe/Berlin\n"));
    assert_eq!(
        desk.record(&book("import parties parties.csv --dry-run"))["new_channels"],
        1
    );
    desk.done(&book("import parties parties.csv"));
    desk.write("parties.csv", format!("{head}elbePA,threeCL,Three GmbH,DE,,,c1CH,+49301234563,Shop,regular,2026-08-01,,Europe/Berlin\n"));
    assert_eq!(
        desk.record(&book("import parties parties.csv"))["differences"][0]["theirs"],
        "Three GmbH"
    );
    assert!(!desk.done(&book("client list")).contains("Three GmbH"));
    desk.done(&book("import parties parties.csv --accept-differences"));
    assert!(desk.done(&book("client list")).contains("Three GmbH"));
    // Unrated: a call in euro.
    desk.write("calls.csv", "date,channel_id,country,category,quantity\n2026-08-12,c1CH,DE,call,100\n2026-08-13,c1CH,DE,call,100\n2026-08-14,c1CH,DE,call,100\n");
    desk.done(&book("import usage calls.csv"));
    let unrated = desk.record(&book("unrated list"));
    let id = |at: usize| unrated[at]["id"].as_str().unwrap().to_owned();
    desk.done(&book(&format!("unrated price {} --cost 0.103", id(0))));
    desk.done(&book(&format!(
        "unrated waive {} --reason test-call",
        id(1)
    )));
    desk.write("card.csv", "effective_from,currency,market,category,tier_from,rate\n2026-08-01,EUR,Germany,call_business_initiated_per_minute,1,0.0103\n");
    assert_eq!(desk.record(&book("import prices card.csv"))["rated"], 1);
    assert_eq!(desk.record(&book("unrated list")), Value::Array(Vec::new()));
    let cards = desk.record(&book("prices list"));
    let card = cards["cards"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["shipped"] == false)
        .unwrap();
    let rates = desk.record(&book(&format!("prices show {}", card["id"])));
    assert_eq!(rates[0]["rate"], "0.0103");
    // The company's new VAT ID holds from the next month.
    desk.done(&book("company edit --vat-id DE999999995"));
    assert_eq!(
        desk.record(&book("company"))["company_next"]["from"],
        "2026-09"
    );
    // A hub that ends.
    desk.done(&book("hub close --id rheinPA --on 2026-08-31"));
    assert_eq!(desk.record(&book("check"))["holds"], true);
}

#[test]
fn a_clients_book_has_invoices_per_channel_and_no_plan() {
    let mut desk = Desk::new("2026-08-31");
    desk.done("new my.hubbook --owner client --name Loja --country BR");
    desk.run("-b my.hubbook hub add --id lojaPA --name L --model direct-paid --currency USD --plan growth")
        .is_refused("plan-in-client-book", "a plan");
    desk.done("-b my.hubbook hub add --id lojaPA --name L --model direct-paid --currency USD --since 2026-08-01");
    desk.done("-b my.hubbook channel add --hub lojaPA --id l1CH --phone +5511999990001 --tier premium --started 2026-08-01");
    desk.done("-b my.hubbook top-up --channel l1CH --amount 50.00 --on 2026-08-02");
    desk.run("-b my.hubbook top-up --hub lojaPA --amount 50.00 --on 2026-08-02")
        .is_refused("hub-has-no-balance", "the hub itself");
    desk.today = "2026-09-01";
    desk.done("-b my.hubbook close --hub lojaPA --month 2026-08");
    let invoices = desk.record("-b my.hubbook invoice list --month 2026-08");
    let mut names: Vec<_> = invoices
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["reference"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "lojaPA/2026-08/licence/l1CH",
            "lojaPA/2026-08/top-up-1/l1CH"
        ]
    );
}

#[test]
fn papers_are_in_the_language_that_the_company_chose() {
    let desk = Desk::new("2026-08-31");
    desk.done("new a.hubbook --owner partner --name Loire --country FR --language fr");
    let company = desk.record("-b a.hubbook company");
    assert_eq!(company["paper_language"], "fr");
    desk.run("-b a.hubbook company language nl")
        .is_refused("unknown-choice", "a language that no paper speaks");
    desk.run("new b.hubbook --owner partner --name Loire --country FR --language nl")
        .is_refused("unknown-choice", "a new book");
    assert!(!desk.path("b.hubbook").exists());
    let company = desk.record("-b a.hubbook company language pt-br");
    assert_eq!(company["paper_language"], "pt-BR");
    let told = desk.done("-b a.hubbook company");
    assert!(told.contains("Language of papers  pt-BR"), "{told}");
}

#[test]
fn the_demo_makes_books_and_pdfs() {
    let desk = Desk::new("2026-10-15");
    let shown = desk.done("demo --to demo");
    assert!(shown.contains("invoices as PDF"), "{shown}");
    let folders: Vec<_> = std::fs::read_dir(desk.path("demo/invoices"))
        .unwrap()
        .collect();
    assert_eq!(folders.len(), 2);
    for folder in folders {
        assert!(std::fs::read_dir(folder.unwrap().path()).unwrap().count() > 0);
    }
}
