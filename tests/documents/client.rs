//! Client invoices on paper, read back by poppler, qpdf and a reader of payment codes.

use hubledger_core::client_invoice::{DraftInvoice, InvoiceKind};
use hubledger_core::country::Country;
use hubledger_core::invoice_party::PostalAddress;
use hubledger_core::language::Language;
use hubledger_core::period::{Date, parse_date};
use hubledger_document::{
    Attachment, Fonts, Letterhead, UnreadLine, client_draft_pdf, client_invoice_pdf,
};

use crate::client_samples::{self as samples, issued, letterhead};
use crate::reader::{self, has_no_fault, pages_of, written};

pub(crate) fn pdf(draft: DraftInvoice) -> Vec<u8> {
    let invoice = issued(draft, "2026-0151");
    client_invoice_pdf(&invoice, &letterhead(), None, Fonts::bundled().unwrap()).unwrap()
}

fn lines(name: &str, draft: DraftInvoice) -> Vec<String> {
    pages_of(&written(name, &pdf(draft))).concat()
}

fn check(name: &str, lines: &[String], wanted: &[&str]) {
    let mut rest = lines.iter();
    for line in wanted {
        assert!(
            rest.any(|printed| printed.contains(line)),
            "“{line}” is missing, or not after what stands before it, in {name}:\n{}",
            lines.join("\n")
        );
    }
}

#[test]
fn a_client_invoice_says_what_to_pay_to_whom() {
    check(
        "client",
        &lines("client", samples::three_lines()),
        &[
            "Nordlicht Messaging GmbH · Am Sandtorkai 48 · 20457 Hamburg",
            "Hafenkontor Reisen GmbH",
            "Bei den Mühren 12",
            "Invoice 2026-0151",
            "Description Quantity Price EUR Amount EUR",
            "Hafenkontor Reisen · +49 40 5550 1410",
            "Marketing messages, Germany 1,316 0.1301 171.21",
            "Sum Hafenkontor Reisen · +49 40 5550 1410 210.21",
            "Template care 1 month 120.00 120.00",
            "Two reviews a week",
            "and a monthly report",
            "Net 330.21",
            "VAT 19 % of 330.21 62.74",
            "To pay 392.95 EUR",
            "Please pay 392.95 EUR by 6 Oct 2026",
            "IBAN DE89 3704 0044 0532 0130 00",
            "Page 1 of 1",
        ],
    );
}

#[test]
fn where_post_comes_back_to_is_told_whole() {
    check(
        "client-long-sender",
        &lines("client-long-sender", samples::long_texts()),
        &[
            "Kundenkommunikation Gesellschaft mit",
            "beschränkter Haftung",
            "Am Sandtorkai 48 · 20457 Hamburg",
            "Hafenkontor Reise- und",
        ],
    );
}

/// The top of a further page of an invoice with these names, its two lines.
fn running_head(name: &str, seller: &str, buyer: &str) -> String {
    let mut draft = samples::many(60);
    (draft.seller.name, draft.buyer.name) = (seller.to_owned(), buyer.to_owned());
    let pages = pages_of(&written(name, &pdf(draft)));
    let below = pages[1]
        .iter()
        .position(|line| line.contains("Description"));
    pages[1][..below.unwrap()].join(" ")
}

#[test]
fn long_names_stand_at_the_top_of_further_pages_whole_or_end_after_a_word() {
    let long = samples::long_texts();
    let (seller, buyer) = (long.seller.name, long.buyer.name);
    let head = running_head("client-running-head", &seller, &buyer);
    for word in seller.split(' ').chain(buyer.split(' ')) {
        assert!(head.contains(word), "“{word}” is missing: {head}");
    }
    assert!(!head.contains('…'), "{head}");

    // As long as a name may be.
    let longest = "Nordlicht ".repeat(19) + "Gesellsch.";
    let head = running_head("client-running-cut", &seller, &longest);
    let cut: Vec<_> = head.split(' ').filter(|w| w.ends_with('…')).collect();
    assert_eq!(cut.len(), 1, "{head}");
    assert_eq!(cut[0], "Nordlicht…", "{head}");

    let head = running_head("client-running-short", "Elbe GmbH", "Alster AG");
    assert_eq!(
        head,
        "Invoice 2026-0151 of 22 Sep 2026 to Alster AG Elbe GmbH"
    );
}

/// It is issued on 22 September.
#[test]
fn what_is_paid_in_advance_is_expected_on_its_day() {
    let day = |text| Some(parse_date(text).unwrap());
    let of = |name: &str, kind, language, on, until| {
        let mut draft = samples::in_language(language);
        draft.kind = kind;
        (draft.period, draft.delivered_on) = match until {
            Some(until) => (day(on).zip(day(until)), None),
            None => (None, day(on)),
        };
        lines(name, draft)
    };
    let words = [
        "Expected service date 1 Dec 2026",
        "Voraussichtliches Leistungsdatum 01.12.2026",
        "Fecha prevista de servicio 01/12/2026",
        "Data prevista do serviço 01/12/2026",
        "Date de prestation prévue 01/12/2026",
        "Data prevista del servizio 01/12/2026",
    ];
    let advance = InvoiceKind::Prepayment;
    for (language, wanted) in Language::ALL.into_iter().zip(words) {
        let name = format!("client-advance-{}", language.tag());
        check(
            &name,
            &of(&name, advance, language, "2026-12-01", None),
            &[wanted],
        );
    }
    let english = Language::English;
    for (kind, on, until, wanted) in [
        (
            advance,
            "2026-12-01",
            Some("2026-12-31"),
            "Expected service period",
        ),
        (advance, "2026-09-22", None, "Service date 22 Sep 2026"),
        (
            InvoiceKind::Invoice,
            "2026-09-21",
            None,
            "Service date 21 Sep 2026",
        ),
    ] {
        let printed = of("client-advance-day", kind, english, on, until);
        check("client-advance-day", &printed, &[wanted]);
        let is_expected = printed.iter().any(|line| line.contains("Expected"));
        assert_eq!(is_expected, wanted.starts_with("Expected"), "{wanted}");
    }
}

#[test]
fn each_language_has_its_words_days_and_numbers() {
    for (language, wanted) in [
        (
            "de",
            [
                "Rechnung 2026-0151",
                "1.316",
                "USt. 19 % auf 330,21",
                "Zu zahlen 392,95 EUR",
                "bis zum 06.10.2026",
            ],
        ),
        (
            "es",
            [
                "Factura 2026-0151",
                "1.316",
                "IVA 19 % sobre 330,21",
                "A pagar 392,95 EUR",
                "antes del 06/10/2026",
            ],
        ),
        (
            "pt-BR",
            [
                "Fatura 2026-0151",
                "1.316",
                "IVA 19 % sobre 330,21",
                "A pagar 392,95 EUR",
                "até 392,95",
            ],
        ),
        (
            "fr",
            [
                "Facture 2026-0151",
                "1 316",
                "TVA 19 % sur 330,21",
                "À payer 392,95 EUR",
                "avant le 06/10/2026",
            ],
        ),
        (
            "it",
            [
                "Fattura 2026-0151",
                "1.316",
                "IVA 19 % su 330,21",
                "Da pagare 392,95 EUR",
                "entro il 06/10/2026",
            ],
        ),
    ] {
        let all = samples::all();
        let (name, draft) = all
            .into_iter()
            .find(|(name, _)| *name == format!("client-{language}"))
            .unwrap();
        let wanted = wanted.map(|line| line.replace("até 392,95", "até 06/10/2026"));
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        check(&name, &lines(&name, draft), &wanted);
    }
}

#[test]
fn a_country_is_named_in_the_recipients_language() {
    for (tag, client, seller) in [
        ("en", "SWITZERLAND", "Germany"),
        ("de", "SCHWEIZ", "Deutschland"),
        ("es", "SUIZA", "Alemania"),
        ("pt-BR", "SUÍÇA", "Alemanha"),
        ("fr", "SUISSE", "Allemagne"),
        ("it", "SVIZZERA", "Germania"),
    ] {
        let language = Language::parse(tag).unwrap();
        let mut draft = samples::in_language(language);
        draft.buyer.address.country = Some(Country::parse("CH").unwrap());
        let lines = lines("client-abroad", draft);
        assert!(lines.iter().any(|line| line.contains(client)), "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains(seller)), "{lines:#?}");
    }
}

#[test]
fn a_credit_note_names_what_it_corrects_and_asks_for_nothing() {
    for (kind, title) in [
        (InvoiceKind::CreditNote, "Credit note 2026-0151"),
        (InvoiceKind::Cancellation, "Cancellation invoice 2026-0151"),
    ] {
        let lines = lines("client-credited", samples::credit(kind));
        check(
            "credit",
            &lines,
            &[
                "Corrects 2026-0151 (22 Sep 2026)",
                title,
                "Credit 392.95 EUR",
            ],
        );
        assert!(!lines.iter().any(|line| line.contains("Please pay")));
    }
}

#[test]
fn a_draft_says_on_each_page_that_it_is_none() {
    let day = hubledger_core::period::parse_date("2026-09-22").unwrap();
    let pages = draft_pages("client-draft", samples::many(60), day, &[]);
    assert!(pages.len() > 1);
    for page in pages {
        assert_eq!(
            page[0],
            "Draft. This is not an invoice: it has no number yet."
        );
    }
}

fn draft_pages(
    name: &str,
    draft: DraftInvoice,
    day: Date,
    unread: &[UnreadLine],
) -> Vec<Vec<String>> {
    let fonts = Fonts::bundled().unwrap();
    let bytes = client_draft_pdf(draft, day, unread, &Letterhead::default(), fonts).unwrap();
    pages_of(&written(name, &bytes))
}

/// A line without a price, of which so many others stand before it.
fn unread(text: &str, after: usize) -> UnreadLine {
    UnreadLine {
        text: text.to_owned(),
        group: String::new(),
        after,
    }
}

#[test]
fn a_line_without_a_price_stands_where_it_was_written() {
    let day = hubledger_core::period::parse_date("2026-09-22").unwrap();
    let mut draft = samples::three_lines();
    for (line, text) in draft.lines.iter_mut().zip(["Alpha", "Gamma", "Delta"]) {
        (line.text, line.group) = (text.to_owned(), String::new());
    }
    let unread = [unread("Before", 0), unread("Beta", 1), unread("Omega", 3)];
    let lines = draft_pages("client-unread", draft, day, &unread).concat();
    check(
        "lines in the order in which they were written",
        &lines,
        &[
            "Before [price missing]",
            "Alpha",
            "Beta [price missing]",
            "Gamma",
            "Delta",
            "Omega [price missing]",
            "Net",
        ],
    );
}

/// A draft of a German company that lacks all that has a place on the page.
fn unfinished(language: Language) -> DraftInvoice {
    let mut draft = samples::in_language(language);
    draft.buyer.address = PostalAddress::default();
    draft.seller.bank = None;
    draft.seller.vat_id = None;
    draft.seller.tax_number.clear();
    (draft.period, draft.delivered_on) = (None, None);
    draft
}

#[test]
fn what_a_draft_lacks_is_marked_at_its_place() {
    let day = hubledger_core::period::parse_date("2026-09-22").unwrap();
    let unread = [unread("Workshop", 9)];
    let draft = unfinished(Language::English);
    let lines = draft_pages("client-unfinished", draft, day, &unread).concat();
    check(
        "an unfinished draft",
        &lines,
        &[
            "[street missing]",
            "[town missing]",
            "[country missing]",
            "Workshop [price missing]",
            "Net",
            "IBAN [number missing]",
        ],
    );
    let text = lines.join("\n");
    for wanted in ["[day missing]", "Tax number [number missing]"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    // What has no price is in no sum: 330.21 and VAT of 62.74.
    assert!(text.contains("To pay 392.95 EUR"), "{text}");
}

#[test]
fn a_draft_of_nothing_is_a_page_in_each_language() {
    let day = hubledger_core::period::parse_date("2026-09-22").unwrap();
    for (tag, wanted) in [
        ("en", "[text missing]"),
        ("de", "[Text fehlt]"),
        ("es", "[falta el texto]"),
        ("pt-BR", "[falta o texto]"),
        ("fr", "[texte manquant]"),
        ("it", "[manca il testo]"),
    ] {
        let mut draft = unfinished(Language::parse(tag).unwrap());
        draft.lines.clear();
        let pages = draft_pages("client-empty-draft", draft, day, &[]);
        let text = pages.concat().join("\n");
        assert!(pages.len() == 1 && text.contains(wanted), "{tag}: {text}");
    }
}

#[test]
fn five_thousand_lines_are_each_printed_once_with_the_sum_carried_forward() {
    let path = written("client-5000", &pdf(samples::many(5000)));
    let pages = pages_of(&path);
    let cents = |text: &str| text.replace(['.', ','], "").parse::<i64>().unwrap();
    let (mut sum, mut count) = (0, 0);
    for (at, page) in pages.iter().enumerate() {
        let after = |word: &str| {
            page.iter()
                .find_map(|line| line.strip_prefix(word))
                .map(cents)
        };
        if at > 0 && page.iter().any(|line| line.contains(" messages,")) {
            assert_eq!(after("Brought forward "), Some(sum), "page {}", at + 1);
        }
        for line in page.iter().filter(|line| line.contains(" messages,")) {
            sum += cents(line.rsplit(' ').next().unwrap());
            count += 1;
        }
        if let Some(carried) = after("Carried forward ") {
            assert_eq!(carried, sum, "page {}", at + 1);
        }
        assert!(
            page.last().unwrap().contains("Page")
                || page.iter().any(|line| line.ends_with(&format!(
                    "Page {} of {}",
                    at + 1,
                    pages.len()
                )))
        );
    }
    // 5000 × 5001 ÷ 2 × 0.05 = 625,125.00; VAT 19 % 118,773.75; gross 743,898.75.
    assert_eq!((count, sum), (5000, 62_512_500));
    assert!(pages.concat().contains(&"To pay 743,898.75 EUR".to_owned()));
}

#[test]
fn a_text_of_a_page_and_more_goes_on_over_the_pages() {
    let mut draft = samples::three_lines();
    let words: Vec<String> = (1..=630).map(|n| format!("word{n}")).collect();
    draft.lines[2].description = words.join(" ");
    assert!(draft.lines[2].description.len() > 4_800);
    let path = written("client-page-long", &pdf(draft));
    let pages = pages_of(&path);
    assert_eq!(pages.len(), 3);
    has_no_fault(&path);
    // Each word once, in order, and its amount is carried over.
    let printed = pages.concat().join(" ");
    let found: Vec<_> = printed
        .split_whitespace()
        .filter(|word| word.starts_with("word"))
        .collect();
    assert_eq!(found, words);
    for at in [0, 1] {
        assert!(pages[at].contains(&"Carried forward 330.21".to_owned()));
        assert!(pages[at + 1].contains(&"Brought forward 330.21".to_owned()));
    }
    assert!(pages[2].contains(&"To pay 392.95 EUR".to_owned()));
}

#[test]
fn names_that_run_to_the_left_are_found_as_they_are_written() {
    let path = written("client-far-names", &pdf(samples::far_names()));
    let heard = reader::heard(&path).join("\n");
    for name in [
        "شركة النيل 24 للاتصالات (مصر)",
        "שלום עולם",
        "efficient office workflow",
    ] {
        assert!(heard.contains(name), "{name} in:\n{heard}");
    }
    // To be found and copied too; poppler turns the two letters of a ligature, so none is asked for.
    let text = pages_of(&path).concat().join("\n");
    for name in ["شركة النيل", "שלום עולם"] {
        assert!(text.contains(name), "{name} in:\n{text}");
    }
    check(
        "far",
        &pages_of(&path).concat(),
        &[
            "VAT 19 % of 100.00 19.00",
            "VAT 7 % of 10.00 0.70",
            "To pay 129.70 EUR",
        ],
    );
}

#[test]
fn an_attachment_comes_out_as_it_went_in() {
    let xml = "<invoice>Größe & mehr</invoice>".as_bytes().to_vec();
    let attachment = Attachment {
        name: "factur-x.xml",
        description: "Invoice 2026-0151 for machines".to_owned(),
        relationship: "Alternative",
        profile: "EN 16931",
        xml: xml.clone(),
    };
    let invoice = issued(samples::three_lines(), "2026-0151");
    let fonts = Fonts::bundled().unwrap();
    let bytes = client_invoice_pdf(&invoice, &letterhead(), Some(&attachment), fonts).unwrap();
    let path = written("client-attached", &bytes);
    has_no_fault(&path);
    assert_eq!(reader::attached(&path), xml);
    assert!(bytes.len() < 50_000, "{} bytes", bytes.len());
}

/// The code as it stands on the page, read by a program that is not ours.
#[test]
fn the_payment_code_can_be_read_with_its_umlauts() {
    let path = written("client-code", &pdf(samples::three_lines()));
    let (width, height, grey) = reader::picture(&path, 150);
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1);
    let (_, said) = codes[0].decode().unwrap();
    assert_eq!(
        said,
        "BCD\n002\n1\nSCT\nCOBADEFFXXX\nMüller & Söhne Nordlicht GmbH\nDE89370400440532013000\nEUR392.95\n\n\n2026-0151"
    );
}

#[test]
fn every_client_file_is_whole() {
    for (name, draft) in samples::all() {
        let path = written(&format!("{name}-checked"), &pdf(draft));
        has_no_fault(&path);
    }
}
