//! Invoices on paper, read back by programs that are not ours: poppler and qpdf.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a test that can't go on has failed; places on a page are in points"
)]

mod client;
mod client_samples;
mod from_book;
mod handed_out;
mod letters;
mod pictures;
mod reader;
mod refused;
mod samples;
mod totals;

use std::collections::BTreeMap;

use hubledger_core::hub_invoice::HubInvoice;
use hubledger_core::language::Language;
use hubledger_document::{Error, Fonts, hub_invoice_pdf};
use sha2::{Digest, Sha256};

use reader::{fonts_of, has_no_fault, pages_of, written};

fn pdf(invoice: &HubInvoice) -> Vec<u8> {
    hub_invoice_pdf(invoice, Fonts::bundled().unwrap()).unwrap()
}

fn pages(name: &str, invoice: &HubInvoice) -> Vec<Vec<String>> {
    pages_of(&written(name, &pdf(invoice)))
}

/// Each wanted line stands on the paper, in this order, with blanks of any width.
fn check(name: &str, invoice: &HubInvoice, wanted: &str) {
    let lines = pages(name, invoice).concat();
    let mut rest = lines.iter();
    for line in wanted
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        assert!(
            rest.any(|printed| printed == line),
            "“{line}” is missing, or not after what stands before it, in {name}:\n{}",
            lines.join("\n")
        );
    }
}

#[test]
fn a_partner_plan_says_what_is_billed_to_whom() {
    check(
        "plan",
        &samples::plan(),
        "
        Bookkeeping copy. The original is the invoice of 360dialog GmbH, no. not yet entered.
        360dialog GmbH Partner plan
        Berlin August 2026, issued 1 Aug 2026
        Nordlicht Messaging GmbH Reference NrdE7kPA/2026-08/plan
        Am Sandtorkai 48 Issued 1 Aug 2026
        20457 Hamburg Period 1–31 Aug 2026
        Germany Hub NrdE7kPA
        VAT ID DE999999995 Hub name Nordlicht
        Billing model Partner-Paid
        Currency EUR
        Description Monthly price EUR Amount EUR
        Partner plan Growth 500.00 500.00
        Net 500.00
        VAT 19 % of 500.00 95.00
        Gross 595.00 EUR
        NrdE7kPA/2026-08/plan Hubledger bookkeeping copy Page 1 of 1
        ",
    );
}

#[test]
fn a_top_up_to_brazil_bears_no_german_vat_and_the_number_of_its_original() {
    check(
        "top-up",
        &samples::top_up(),
        "
        Bookkeeping copy. The original is the invoice of 360dialog GmbH, no. INV-2026-004711.
        360dialog GmbH Top-up
        Canal Aberto Comunicação Ltda. Reference NrdE7kPA/2026-08/top-up-2
        Brazil Hub NrdE7kPA
        Description Amount USD
        Top-up of 17 Aug 2026 · emergency, paid by Pix 1,500.00
        Net 1,500.00
        No German VAT on 1,500.00 0.00
        Gross 1,500.00 USD
        Not subject to German VAT: recipient outside the EU.
        ",
    );
}

#[test]
fn a_pro_rata_licence_shows_its_days() {
    check(
        "pro-rata",
        &samples::pro_rata(),
        "
        Sonnentau Praxis
        Licence Regular, Sonnentau Termine · +49 405 550 0001 25.00 12.10
        · 15 of 31 days from 17 Aug 2026
        Sum Sonnentau Praxis 12.10
        Elbufer Hotels
        Licence Premium, +49 405 550 0002 · 3 of 31 days from 29 Aug 2026 49.00 4.74
        Sum Elbufer Hotels 4.74
        Net 16.84
        VAT 19 % of 16.84 3.20
        Gross 20.04 EUR
        ",
    );
}

#[test]
fn licences_stand_by_client_over_two_pages_under_reverse_charge() {
    check(
        "licences",
        &samples::licences(),
        "
        Client A
        Licence Regular, Reception 0 · +49 405 550 0000 25.00 25.00
        Licence Premium, Reception 4 · +49 405 550 0004 49.00 49.00
        Sum Client A 149.00
        Client B
        Carried forward 596.00
        Page 1 of 2
        Licence fees NrdE7kPA/2026-08/licence of 1 Aug 2026 to Mensajería Puerto S.L.
        Description Monthly price EUR Amount EUR
        Brought forward 596.00
        Client E
        Sum Client H 149.00
        Net 1,192.00
        VAT, reverse charge on 1,192.00 0.00
        Gross 1,192.00 EUR
        Reverse charge: VAT is owed by the recipient (Art. 196 VAT Directive). VAT ID of the recipient: ESB12345674.
        "
        .replace("        Page 1 of 2\n", "        NrdE7kPA/2026-08/licence Hubledger bookkeeping copy Page 1 of 2\n")
        .as_str(),
    );
}

#[test]
fn a_month_closing_shows_usage_settlement_balance_and_what_the_usage_is_made_of() {
    check(
        "closing",
        &samples::closing(),
        "
        Messages 2,600.00
        Calls 38.00
        Usage reconciliation · usage of closed months that came late 12.40
        Usage of the month 2,650.40
        Settled with balance −2,620.00
        Transaction fee, 4 % of 30.40 1.22
        Net 31.62
        VAT 19 % of 31.62 6.01
        Amount payable 37.63 EUR
        Balance of the month Amount EUR
        Starting balance 120.00
        Total added funds 2,500.00
        Total usage −2,650.40
        Usage reconciliation, included in the usage −12.40
        Total refunds to the balance 0.00
        Total refunds paid out 0.00
        Settled by invoice 30.40
        Ending balance 0.00
        What the usage is made of
        Category Market Quantity Amount EUR
        Hafenkontor Hotline · +49 405 550 0001 · Hafenkontor Reisen
        Marketing messages Germany 15,034 1,700.4021
        Utility messages Rest of Western Europe 9,120 899.5979
        Sum Hafenkontor Hotline 2,600.0000
        +49 405 550 0002 · Elbufer Hotels
        Utility messages · late not named 310 12.4000
        Calls, in pulses of 6 seconds Germany 1,900 38.000045
        Sum +49 405 550 0002 50.400045
        All channels 2,650.400045
        ",
    );
}

/// All that a copy says in English is said in each language, by its own words, days and numbers.
#[test]
fn a_copy_speaks_the_language_of_its_company() {
    let mut closing = samples::closing();
    closing.language = Language::German;
    check(
        "closing-de",
        &closing,
        "
        Buchhaltungskopie. Original ist die Rechnung der 360dialog GmbH, Nr. noch nicht eingetragen.
        360dialog GmbH Monatsabschlussrechnung
        Berlin August 2026, ausgestellt am 01.09.2026
        Nordlicht Messaging GmbH Referenz NrdE7kPA/2026-08/closing
        Am Sandtorkai 48 Ausgestellt 01.09.2026
        20457 Hamburg Zeitraum 01.08.2026 – 31.08.2026
        Deutschland Hub NrdE7kPA
        USt-IdNr. DE999999995 Name des Hubs Nordlicht
        Abrechnungsmodell Partner-Paid
        Beschreibung Betrag EUR
        Nachrichten 2.600,00
        Verbrauchsabgleich · nachträglicher Verbrauch abgeschlossener Monate 12,40
        Mit Guthaben verrechnet −2.620,00
        Transaktionsgebühr, 4 % von 30,40 1,22
        Netto 31,62
        USt. 19 % auf 31,62 6,01
        Zahlbetrag 37,63 EUR
        Guthaben des Monats Betrag EUR
        Anfangsbestand 120,00
        Verbrauchsabgleich, im Verbrauch enthalten −12,40
        Endbestand 0,00
        Zusammensetzung des Verbrauchs
        Marketingnachrichten Germany 15.034 1.700,4021
        Utility-Nachrichten · nachträglich nicht genannt 310 12,4000
        Alle Kanäle 2.650,400045
        ",
    );
    let mut licences = samples::licences();
    licences.language = Language::French;
    check(
        "licences-fr",
        &licences,
        "
        Copie comptable. L’original est la facture de 360dialog GmbH, n° pas encore saisi.
        360dialog GmbH Frais de licence
        Berlin Août 2026, émise le 01/08/2026
        Désignation Prix mensuel EUR Montant EUR
        Total Client A 149,00
        Total HT 1 192,00
        TVA, autoliquidation sur 1 192,00 0,00
        Total TTC 1 192,00 EUR
        Autoliquidation : la TVA est due par le preneur (art. 196 de la directive TVA). N° de TVA du preneur : ESB12345674.
        ",
    );
}

/// The paper with every word is read in each language: no English one is left, and the words of no
/// two languages make the same paper.
#[test]
fn no_english_word_is_left_on_a_copy_in_another_language() {
    const ENGLISH: [&str; 12] = [
        "Bookkeeping",
        "month",
        "paid by",
        "Licence fees",
        "instead",
        "Settled",
        "Usage",
        "usage",
        "Messages and",
        "balance",
        "late",
        "Issued",
    ];
    let mut told = std::collections::BTreeSet::new();
    for language in Language::ALL {
        let name = format!("every-word-{}", language.tag());
        let path = written(&name, &pdf(&samples::every_word(language)));
        has_no_fault(&path);
        let text = pages_of(&path).concat().join("\n");
        let found = ENGLISH.iter().filter(|word| text.contains(**word)).count();
        if language == Language::English {
            assert!(found > 6, "{text}");
        } else {
            assert_eq!(found, 0, "{name}:\n{text}");
        }
        for (word, left, right, bottom) in reader::words_of(&path) {
            assert!(
                left > 70.3 && right < 539.1 && bottom < 841.0,
                "{name}: {word}: {left} to {right}, {bottom}"
            );
        }
        told.insert(text);
    }
    assert_eq!(told.len(), 6);
}

#[test]
fn what_is_below_zero_bears_a_minus_and_vat_names_its_own_base() {
    check(
        "negative",
        &samples::negative(),
        "
        Usage reconciliation · usage of closed months that came late −12.40
        Usage corrections added to the balance 12.40
        Net 0.00
        VAT 19 % of −12.40 −2.36
        Amount payable −2.36 EUR
        Starting balance −3.10
        Total usage 12.40
        Total refunds paid out −5.00
        Ending balance 4.30
        Utility messages · late Germany −310 −12.4000
        ",
    );
}

#[test]
fn an_estimated_price_is_marked_where_its_usage_stands() {
    let mut invoice = samples::closing();
    invoice.annex[1].estimated = true;
    check(
        "estimate",
        &invoice,
        "
        Marketing messages Germany 15,034 1,700.4021
        Utility messages · estimate Rest of Western Europe 9,120 899.5979
        ",
    );
}

#[test]
fn an_invoice_of_one_channel_names_it() {
    check(
        "of-one-channel",
        &samples::of_one_channel(),
        "
        Billing model Direct-Paid
        Channel c0007aCH
        Phone +49 405 550 0007
        Licence Regular, Hotline · +49 405 550 0007 25.00 25.00
        Gross 29.75 EUR
        ",
    );
}

#[test]
fn names_in_greek_cyrillic_and_vietnamese_are_printed_and_found() {
    check(
        "many-scripts",
        &samples::many_scripts(),
        "
        Μηνύματα Ελλάς Μ.Ι.Κ.Ε. Reference NrdE7kPA/2026-08/licence
        Λεωφόρος Συγγρού 5 Issued 1 Aug 2026
        Δημοτικές Επιχειρήσεις Α.Ε.
        Українські телекомунікації
        Công ty Cổ phần Thương mại Đặng Huyền
        Ѿмега Ԛуни
        Gross 996.00 EUR
        ",
    );
}

#[test]
fn an_open_month_says_on_every_page_that_it_is_a_preview() {
    let pages = pages("long-names", &samples::long_names());
    assert!(pages.len() > 1);
    for page in pages {
        assert!(
            page[0]
                .starts_with("Preview: the month is open and sums may change. Bookkeeping copy.")
        );
    }
}

#[test]
fn nothing_runs_over_the_edge_however_long_the_names() {
    let path = written("long-names-edge", &pdf(&samples::long_names()));
    // A4 less its margins, in points; half a point for the last letter's own white.
    for (word, left, right, bottom) in reader::words_of(&path) {
        assert!(
            left > 70.3 && right < 539.1 && bottom < 841.0,
            "{word}: {left} to {right}, {bottom}"
        );
    }
}

#[test]
fn each_of_3000_rows_is_printed_once_and_every_page_carries_the_sum_so_far() {
    let pages = pages("closing-of-3000-rows", &samples::closing_of_3000_rows());
    let mut sum = 0;
    let mut quantities = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        assert!(page[0].starts_with("Bookkeeping copy."));
        let page_of = format!("Page {} of {}", at + 1, pages.len());
        // The seal stands below.
        let foot = page.iter().rev().take(2);
        assert!(
            foot.clone().any(|line| line.ends_with(&page_of)),
            "{page:?}"
        );
        let after = |word: &str| {
            page.iter()
                .find_map(|line| line.strip_prefix(word))
                .map(ten_thousandths)
        };
        if at > 1 {
            assert!(page.contains(&"Category Market Quantity Amount EUR".to_owned()));
            assert_eq!(after("Brought forward "), Some(sum), "page {}", at + 1);
        }
        for line in page.iter().filter(|line| line.contains(" messages ")) {
            let mut words = line.rsplit(' ');
            sum += ten_thousandths(words.next().unwrap());
            quantities.push(
                words
                    .next()
                    .unwrap()
                    .replace(',', "")
                    .parse::<i64>()
                    .unwrap(),
            );
        }
        if at > 0 && at + 1 < pages.len() {
            assert_eq!(after("Carried forward "), Some(sum), "page {}", at + 1);
        }
    }
    assert_eq!(quantities, (1..=3000).collect::<Vec<i64>>());
    // 3000 × 3001 ÷ 2 = 4,501,500 messages at 0.0456.
    assert_eq!(sum, 2_052_684_000);
    let all = pages.concat();
    assert!(all.contains(&"All channels 205,268.4000".to_owned()));
    assert!(
        all.iter().any(|line| line.ends_with("· continued")),
        "a group that goes on is named again"
    );
}

/// `1,234.5678` as a whole number.
fn ten_thousandths(text: &str) -> i64 {
    let (whole, decimals) = text.trim().split_once('.').unwrap();
    assert_eq!(decimals.len(), 4, "{text}");
    format!("{}{decimals}", whole.replace(',', ""))
        .parse()
        .unwrap()
}

#[test]
fn every_file_is_whole_and_its_fonts_are_embedded_in_part() {
    for (name, invoice) in samples::all() {
        let path = written(&format!("{name}-checked"), &pdf(&invoice));
        has_no_fault(&path);
        let fonts = fonts_of(&path);
        assert!(fonts.len() >= 2, "{name}");
        for (font, is_embedded, is_subset, can_be_searched) in fonts {
            assert!(
                is_embedded && is_subset && can_be_searched,
                "{name}: {font}"
            );
        }
    }
}

#[test]
fn a_file_says_what_it_is() {
    let told = reader::info_of(&written("info", &pdf(&samples::closing())));
    for line in [
        "Title: Month closing invoice NrdE7kPA/2026-08/closing",
        "Author: Hubledger bookkeeping copy",
        "PDF version: 1.7",
        "Pages: 2",
        "Page size: 595.28 x 841.89 pts (A4)",
        "Metadata Stream: yes",
    ] {
        assert!(
            told.contains(&line.to_owned()),
            "{line} is missing in {told:?}"
        );
    }
}

#[test]
fn every_page_of_a_closed_month_bears_its_seal_and_the_file_tells_it_whole() {
    for page in pages("sealed", &samples::closing()) {
        let seals = page
            .iter()
            .filter(|line| line.contains("Seal of the month 3f9a-11c2-07be-d4e0"));
        assert_eq!(seals.count(), 1, "{page:#?}");
    }
    let told = reader::info_of(&written("sealed-info", &pdf(&samples::closing())));
    let whole = format!("Seal of the month, SHA-256: {}", samples::SEAL);
    let subject = told.iter().find(|line| line.starts_with("Subject:"));
    assert!(subject.unwrap().contains(&whole), "{told:?}");
    let open = pages("unsealed", &samples::long_names()).concat();
    assert!(!open.iter().any(|line| line.contains("Seal")), "{open:#?}");
}

#[test]
fn a_paper_is_heard_in_its_order_with_its_tables() {
    let path = written("heard", &pdf(&samples::pro_rata()));
    let told = reader::info_of(&path);
    assert!(told.contains(&"Tagged: yes".to_owned()), "{told:?}");
    let heard = reader::heard(&path);
    let mut rest = heard.iter();
    for wanted in [
        "Document",
        "\"360dialog GmbH\"",
        "H1 (block)",
        "\"Pro-rata licence fees\"",
        "\"Nordlicht Messaging GmbH\"",
        "\"20457 Hamburg\"",
        "Table (block)",
        "\"Reference\"",
        "\"NrdE7kPA/2026-08/pro-rata\"",
        "Table (block)",
        "THead",
        "/Scope /Column",
        "\"Description\"",
        "\"Monthly price EUR\"",
        "TBody",
        "/ColSpan 3",
        "\"Sonnentau Praxis\"",
        // A line that is broken is heard as one.
        "\"Licence Regular, Sonnentau Termine · +49 405 550 0001 · 15 of 31 days from 17 Aug 2026\"",
        "\"25.00\"",
        "\"12.10\"",
        "\"Sum Sonnentau Praxis\"",
        "\"12.10\"",
        "\"Gross\"",
        "\"20.04 EUR\"",
    ] {
        assert!(
            rest.any(|line| line == wanted),
            "{wanted} is missing in:\n{}",
            heard.join("\n")
        );
    }
    assert!(
        !heard.iter().any(|line| line.contains("Page 1 of 1")),
        "what every page repeats is not heard"
    );
}

#[test]
fn a_usual_invoice_is_small() {
    for (name, invoice) in [("plan", samples::plan()), ("closing", samples::closing())] {
        let size = pdf(&invoice).len();
        assert!(size < 60_000, "{name}: {size} bytes");
    }
}

#[test]
fn a_character_that_no_font_has_is_an_error_that_names_it() {
    for (name, character) in [("Grüße 🙂 GmbH", '🙂'), ("日本語", '日')] {
        let mut invoice = samples::plan();
        invoice.recipient.name = name.to_owned();
        let error = hub_invoice_pdf(&invoice, Fonts::bundled().unwrap()).unwrap_err();
        assert_eq!(
            error,
            Error::MissingGlyph {
                character,
                text: name.to_owned()
            }
        );
        assert!(
            error
                .to_string()
                .contains(&format!("U+{:04X}", u32::from(character)))
        );
    }
}

#[test]
fn the_same_invoice_gives_the_same_bytes_in_every_thread() {
    let one = pdf(&samples::closing());
    let others: Vec<_> = (0..4)
        .map(|_| std::thread::spawn(|| pdf(&samples::closing())))
        .collect();
    for other in others {
        assert!(other.join().unwrap() == one);
    }
    assert!(pdf(&samples::negative()) != one);
}

/// The fingerprints were written by an earlier process: the same invoice gives the same bytes,
/// today and later. Where papers change on purpose, look at them, then run with `ACCEPT=1`.
#[test]
fn every_sample_is_as_it_was_accepted() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/documents/golden.txt");
    let of_hubs = samples::all()
        .into_iter()
        .map(|(name, invoice)| (name, pdf(&invoice)));
    let of_clients = client_samples::all()
        .into_iter()
        .map(|(name, draft)| (name, client::pdf(draft)));
    let now: BTreeMap<String, String> = of_hubs
        .chain(of_clients)
        .chain(letters::all())
        .map(|(name, bytes)| (name, fingerprint(&bytes)))
        .collect();
    let now: String = now
        .iter()
        .map(|(name, print)| format!("{print}  {name}\n"))
        .collect();
    if std::env::var_os("ACCEPT").is_some() {
        std::fs::write(golden, &now).unwrap();
    }
    assert_eq!(std::fs::read_to_string(golden).unwrap_or_default(), now);
}

fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
