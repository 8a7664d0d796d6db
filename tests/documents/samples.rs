//! Hub invoices to print. Their sums are worked out by hand, in the comments.

use hubledger_core::channel::Tier;
use hubledger_core::country::Country;
use hubledger_core::currency::Currency;
use hubledger_core::hub::{BillingModel, PartnerPlan, PaymentMethod};
use hubledger_core::hub_invoice::{
    AnnexLine, ClosingSummary, HubInvoice, HubInvoiceKind, HubInvoiceLine, InvoiceVat,
    InvoicedChannel, LineKind, reference,
};
use hubledger_core::id::{ChannelId, HubId, PhoneNumber};
use hubledger_core::language::Language;
use hubledger_core::money::{AmountRule, Money, parse_amount};
use hubledger_core::partner::Company;
use hubledger_core::period::{BillingPeriod, Date, Share, parse_date};
use hubledger_core::tax::{VatId, VatTreatment};
use hubledger_core::top_up::TopUpKind;
use hubledger_core::usage::Category;
use rust_decimal::Decimal;

pub(crate) fn eur(text: &str) -> Money {
    money(text, Currency::Eur)
}

pub(crate) fn money(text: &str, currency: Currency) -> Money {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let amount = parse_amount(digits, AmountRule::NonNegativeExact).unwrap();
    let money = Money::new(amount, currency);
    if sign < 0 { money.negated() } else { money }
}

pub(crate) fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

pub(crate) fn company(name: &str, address: &[&str], country: &str, vat_id: &str) -> Company {
    let country = Country::parse(country).unwrap();
    Company {
        name: name.to_owned(),
        address: address.iter().map(|line| (*line).to_owned()).collect(),
        country,
        vat_id: (!vat_id.is_empty()).then(|| VatId::parse(vat_id, country).unwrap()),
        billing_email: "billing@nordlicht.example".to_owned(),
    }
}

pub(crate) fn nordlicht() -> Company {
    company(
        "Nordlicht Messaging GmbH",
        &["Am Sandtorkai 48", "20457 Hamburg"],
        "DE",
        "DE999999995",
    )
}

pub(crate) fn puerto() -> Company {
    company(
        "Mensajería Puerto S.L.",
        &["Calle de la Mar 12", "46003 València"],
        "ES",
        "ESB12345674",
    )
}

pub(crate) fn sao_paulo() -> Company {
    company(
        "Canal Aberto Comunicação Ltda.",
        &["Avenida Paulista 900", "01310-100 São Paulo"],
        "BR",
        "",
    )
}

pub(crate) fn channel(number: usize, name: &str, client: &str) -> InvoicedChannel {
    InvoicedChannel {
        id: ChannelId::parse(&format!("c{number:04}aCH")).unwrap(),
        name: name.to_owned(),
        phone: PhoneNumber::parse(&format!("4940555{number:05}")).unwrap(),
        client_name: client.to_owned(),
    }
}

pub(crate) fn line(
    kind: LineKind,
    channel: Option<InvoicedChannel>,
    price: &str,
    amount: Money,
) -> HubInvoiceLine {
    let unit_price = (!price.is_empty()).then(|| money(price, amount.currency()));
    HubInvoiceLine {
        kind,
        channel,
        unit_price,
        amount,
    }
}

/// An invoice of August 2026 on its lines; its VAT as the test worked it out.
pub(crate) fn invoice(
    kind: HubInvoiceKind,
    recipient: Company,
    lines: Vec<HubInvoiceLine>,
    net: Money,
    vat: Money,
) -> HubInvoice {
    let hub = HubId::parse("NrdE7kPA").unwrap();
    let period = BillingPeriod::parse("2026-08").unwrap();
    HubInvoice {
        reference: reference(&hub, period, kind, None),
        vendor_number: None,
        kind,
        hub,
        hub_name: "Nordlicht".to_owned(),
        model: BillingModel::PartnerPaid,
        currency: net.currency(),
        channel: None,
        period,
        issued_on: match kind {
            HubInvoiceKind::MonthClosing => day("2026-09-01"),
            HubInvoiceKind::ProRataLicence => day("2026-08-31"),
            HubInvoiceKind::TopUp(_) => day("2026-08-17"),
            _ => day("2026-08-01"),
        },
        vat: InvoiceVat {
            treatment: recipient.vat_treatment(),
            base: net,
            amount: vat,
        },
        recipient,
        language: Language::English,
        lines,
        net,
        gross: net.checked_add(vat).unwrap(),
        summary: None,
        annex: Vec::new(),
        frozen: true,
        seal: hubledger_core::seal::parse(SEAL),
    }
}

/// 500.00, VAT 19 % 95.00, gross 595.00.
pub(crate) fn plan() -> HubInvoice {
    let kind = LineKind::Plan {
        plan: PartnerPlan::Growth,
        from: None,
        share: None,
    };
    let lines = vec![line(kind, None, "500", eur("500"))];
    invoice(
        HubInvoiceKind::PartnerPlan,
        nordlicht(),
        lines,
        eur("500"),
        eur("95"),
    )
}

/// 1,500.00 US dollars to Brazil, no VAT.
pub(crate) fn top_up() -> HubInvoice {
    let usd = |text| money(text, Currency::Usd);
    let kind = LineKind::TopUp {
        kind: TopUpKind::Emergency,
        method: PaymentMethod::Pix,
        on: day("2026-08-17"),
    };
    let lines = vec![line(kind, None, "", usd("1500"))];
    let mut invoice = invoice(
        HubInvoiceKind::TopUp(2),
        sao_paulo(),
        lines,
        usd("1500"),
        usd("0"),
    );
    invoice.vendor_number = Some("INV-2026-004711".to_owned());
    invoice
}

/// 25.00 × 15/31 = 12.10 and 49.00 × 3/31 = 4.74; net 16.84, VAT 19 % 3.20, gross 20.04.
pub(crate) fn pro_rata() -> HubInvoice {
    let share = |days| Share { days, of: 31 };
    let lines = vec![
        line(
            LineKind::ProRataLicence {
                tier: Tier::Regular,
                from: day("2026-08-17"),
                share: share(15),
            },
            Some(channel(1, "Sonnentau Termine", "Sonnentau Praxis")),
            "25",
            eur("12.10"),
        ),
        line(
            LineKind::ProRataLicence {
                tier: Tier::Premium,
                from: day("2026-08-29"),
                share: share(3),
            },
            Some(channel(2, "", "Elbufer Hotels")),
            "49",
            eur("4.74"),
        ),
    ];
    invoice(
        HubInvoiceKind::ProRataLicence,
        nordlicht(),
        lines,
        eur("16.84"),
        eur("3.20"),
    )
}

/// Forty channels of eight clients, every fifth at 49.00, the others at 25.00:
/// 32 × 25.00 + 8 × 49.00 = 800.00 + 392.00 = 1,192.00, reverse charge.
pub(crate) fn licences() -> HubInvoice {
    let lines = (0..40)
        .map(|n| {
            let client = format!("Client {}", char::from(b'A' + u8::try_from(n / 5).unwrap()));
            let (tier, price) = if n % 5 == 4 {
                (Tier::Premium, "49")
            } else {
                (Tier::Regular, "25")
            };
            let named = channel(n, &format!("Reception {n}"), &client);
            line(LineKind::Licence { tier }, Some(named), price, eur(price))
        })
        .collect();
    invoice(
        HubInvoiceKind::Licence,
        puerto(),
        lines,
        eur("1192"),
        eur("0"),
    )
}

/// The example of the billing rules, 11: starting 120.00, added 2,500.00, usage 2,650.40 (messages
/// 2,600.00, calls 38.00, late usage 12.40); settled 2,620.00, short of 30.40, card fee 4 % 1.22,
/// net 31.62, VAT 19 % 6.01, gross 37.63, ending 0.00.
pub(crate) fn closing() -> HubInvoice {
    let lines = vec![
        line(LineKind::Messages, None, "", eur("2600")),
        line(LineKind::Calls, None, "", eur("38")),
        line(LineKind::UsageReconciliation, None, "", eur("12.40")),
        line(LineKind::SettledWithBalance, None, "", eur("-2620")),
        line(
            LineKind::CardFee {
                percent: parse_amount("4", AmountRule::NonNegativeExact).unwrap(),
                base: eur("30.40"),
            },
            None,
            "",
            eur("1.22"),
        ),
    ];
    let mut invoice = invoice(
        HubInvoiceKind::MonthClosing,
        nordlicht(),
        lines,
        eur("31.62"),
        eur("6.01"),
    );
    invoice.summary = Some(ClosingSummary {
        starting: eur("120"),
        added: eur("2500"),
        refunds_to_balance: eur("0"),
        paid_out: eur("0"),
        used: eur("2650.40"),
        usage_reconciliation: eur("12.40"),
        settled: eur("2620"),
        settled_by_invoice: eur("30.40"),
        card_fee: eur("1.22"),
        ending: eur("0"),
        net_payable: eur("31.62"),
    });
    invoice.annex = annex_of_four();
    invoice
}

/// 1,700.4021 + 899.5979 = 2,600.0000; 12.40 late; and 38.000045 of calls: 2,650.400045 in all.
/// The seal of the samples' month.
pub(crate) const SEAL: &str = "3f9a11c207bed4e0a5c1f00d8e6b2a4719d3c5e7f9b10426488aacce0f1e2d3c";

fn annex_of_four() -> Vec<AnnexLine> {
    let hotline = channel(1, "Hafenkontor Hotline", "Hafenkontor Reisen");
    let nameless = channel(2, "", "Elbufer Hotels");
    vec![
        annex(
            &hotline,
            Category::Marketing,
            "Germany",
            15_034,
            "1700.4021",
            false,
        ),
        annex(
            &hotline,
            Category::Utility,
            "Rest of Western Europe",
            9_120,
            "899.5979",
            false,
        ),
        annex(&nameless, Category::Utility, "", 310, "12.40", true),
        annex(
            &nameless,
            Category::Call,
            "Germany",
            1_900,
            "38.000045",
            false,
        ),
    ]
}

pub(crate) fn annex(
    channel: &InvoicedChannel,
    category: Category,
    market: &str,
    quantity: i64,
    amount: &str,
    late: bool,
) -> AnnexLine {
    AnnexLine {
        channel: channel.clone(),
        category,
        market: market.to_owned(),
        quantity,
        amount: eur(amount),
        late,
        free: false,
        estimated: false,
    }
}

/// Three thousand rows of 30 channels: row n has n messages at 0.0456. 4,501,500 messages,
/// 205,268.40 in all.
pub(crate) fn closing_of_3000_rows() -> HubInvoice {
    const MARKETS: [&str; 5] = [
        "Germany",
        "Spain",
        "Rest of Central & Eastern Europe",
        "North America",
        "United Kingdom",
    ];
    let mut invoice = closing();
    invoice.annex = (0..3000_usize)
        .map(|n| {
            let of = n / 100;
            let named = channel(
                of,
                &format!("Reception {of}"),
                &format!("Client {}", of / 3),
            );
            let messages = i64::try_from(n + 1).unwrap();
            let category = if n % 2 == 0 {
                Category::Marketing
            } else {
                Category::Utility
            };
            let ten_thousandths = messages * 456;
            let amount = format!(
                "{}.{:04}",
                ten_thousandths / 10_000,
                ten_thousandths % 10_000
            );
            annex(&named, category, MARKETS[n % 5], messages, &amount, false)
        })
        .collect();
    invoice
}

/// The longest names that the book takes.
pub(crate) fn long_names() -> HubInvoice {
    let words = |text: &str| text.repeat(200).chars().take(200).collect::<String>();
    let mut invoice = licences();
    invoice.recipient.name = words("Internationale Nachrichtengesellschaft ");
    invoice.recipient.address = vec![words("Sehr lange Straße "), words("x")];
    invoice.hub_name = words("Großkundenbetreuung");
    invoice.vendor_number = Some(words("2026/"));
    for line in &mut invoice.lines {
        if let Some(channel) = &mut line.channel {
            channel.name = words(&format!("{}Zweigstelle", channel.name));
            channel.client_name = words(&format!("{} & Söhne ", channel.client_name));
        }
    }
    invoice.frozen = false;
    invoice.seal = None;
    invoice
}

/// Names in three scripts; one letter that only the second font has.
pub(crate) fn many_scripts() -> HubInvoice {
    let lines = [
        ("Δημοτικές Επιχειρήσεις Α.Ε.", "Υποδοχή"),
        ("Українські телекомунікації", "Підтримка Ґанок"),
        ("Công ty Cổ phần Thương mại Đặng Huyền", "Tổng đài chăm sóc"),
        ("Ѿмега Ԛуни", "Łódź e\u{301}te\u{301}"),
    ];
    let lines = lines.iter().enumerate().map(|(n, (client, name))| {
        line(
            LineKind::Licence {
                tier: Tier::HigherThroughput,
            },
            Some(channel(n, name, client)),
            "249",
            eur("249"),
        )
    });
    let recipient = company(
        "Μηνύματα Ελλάς Μ.Ι.Κ.Ε.",
        &["Λεωφόρος Συγγρού 5", "117 43 Αθήνα"],
        "GR",
        "EL999999993",
    );
    // 4 × 249.00 = 996.00
    invoice(
        HubInvoiceKind::Licence,
        recipient,
        lines.collect(),
        eur("996"),
        eur("0"),
    )
}

/// More was credited than used: −12.40 − 1.00 = −13.40, VAT 19 % −2.55 (2.546), gross −15.95; and
/// VAT that falls on the usage and not on what is left to pay.
pub(crate) fn negative() -> HubInvoice {
    let mut invoice = closing();
    invoice.lines = vec![
        line(LineKind::UsageReconciliation, None, "", eur("-12.40")),
        line(LineKind::CreditedToBalance, None, "", eur("12.40")),
    ];
    invoice.net = eur("0");
    invoice.vat = InvoiceVat {
        treatment: VatTreatment::Standard,
        base: eur("-12.40"),
        amount: eur("-2.36"),
    };
    invoice.gross = eur("-2.36");
    invoice.summary = Some(ClosingSummary {
        starting: eur("-3.10"),
        added: eur("0"),
        refunds_to_balance: eur("0"),
        paid_out: eur("5"),
        used: eur("-12.40"),
        usage_reconciliation: eur("-12.40"),
        settled: eur("0"),
        settled_by_invoice: eur("0"),
        card_fee: eur("0"),
        // −3.10 − 5.00 + 12.40
        ending: eur("4.30"),
        net_payable: eur("0"),
    });
    invoice.annex = vec![annex(
        &channel(3, "Kasse", "Hafenkontor Reisen"),
        Category::Utility,
        "Germany",
        -310,
        "-12.40",
        true,
    )];
    invoice
}

/// One channel of a client's own book.
pub(crate) fn of_one_channel() -> HubInvoice {
    let mut invoice = plan();
    let hotline = channel(7, "Hotline", "Hafenkontor Reisen");
    invoice.kind = HubInvoiceKind::Licence;
    invoice.model = BillingModel::DirectPaid;
    invoice.reference = reference(
        &invoice.hub,
        invoice.period,
        invoice.kind,
        Some(&hotline.id),
    );
    invoice.lines = vec![line(
        LineKind::Licence {
            tier: Tier::Regular,
        },
        Some(hotline.clone()),
        "25",
        eur("25"),
    )];
    invoice.channel = Some(hotline);
    invoice.net = eur("25");
    invoice.vat = InvoiceVat {
        treatment: VatTreatment::Standard,
        base: eur("25"),
        amount: eur("4.75"),
    };
    invoice.gross = eur("29.75");
    invoice
}

/// Every kind of line at 1.00 and every category of usage at 1.00, with every mark, so that all words
/// of a copy stand on one paper: 16 lines, VAT 19 % of 16.00 3.04.
pub(crate) fn every_word(language: Language) -> HubInvoice {
    let share = |days| Share { days, of: 31 };
    let from = day("2026-08-17");
    let method = PaymentMethod::Card;
    let (before, tier) = (Tier::Regular, Tier::HigherThroughput);
    let kinds = vec![
        LineKind::PlanUpgrade {
            before: PartnerPlan::Growth,
            plan: PartnerPlan::Premium,
            from,
            share: share(15),
        },
        LineKind::Licence { tier },
        LineKind::ProRataLicence {
            tier,
            from,
            share: share(1),
        },
        LineKind::TierUpgrade {
            before,
            tier,
            from,
            share: share(15),
        },
        LineKind::LateLicence {
            tier,
            month: BillingPeriod::parse("2026-02").unwrap(),
            share: Some(share(1)),
        },
        LineKind::TopUp {
            kind: TopUpKind::Manual,
            method,
            on: from,
        },
        LineKind::TopUp {
            kind: TopUpKind::Automatic,
            method: PaymentMethod::Pix,
            on: from,
        },
        LineKind::TopUp {
            kind: TopUpKind::Emergency,
            method,
            on: from,
        },
        LineKind::Messages,
        LineKind::Calls,
        LineKind::UsageReconciliation,
        LineKind::SettledWithBalance,
        LineKind::EarlierShortfall,
        LineKind::CreditedToBalance,
        LineKind::Plan {
            plan: PartnerPlan::Growth,
            from: Some(from),
            share: Some(share(15)),
        },
        LineKind::CardFee {
            percent: Decimal::from(4),
            base: eur("1234.50"),
        },
    ];
    let hotline = channel(1, "Hafenkontor Hotline", "Hafenkontor Reisen");
    let on_channel = |kind: &LineKind| {
        use LineKind::{LateLicence, Licence, ProRataLicence, TierUpgrade};
        let is_licence = matches!(
            kind,
            Licence { .. } | ProRataLicence { .. } | TierUpgrade { .. } | LateLicence { .. }
        );
        is_licence.then(|| hotline.clone())
    };
    let lines = kinds.into_iter().map(|kind| {
        let channel = on_channel(&kind);
        line(kind, channel, "1", eur("1"))
    });
    let mut invoice = invoice(
        HubInvoiceKind::MonthClosing,
        nordlicht(),
        lines.collect(),
        eur("16"),
        eur("3.04"),
    );
    invoice.summary = closing().summary;
    let mut rows: Vec<AnnexLine> = Category::ALL
        .into_iter()
        .map(|category| annex(&hotline, category, "Germany", 1, "1", false))
        .collect();
    rows.push(AnnexLine {
        free: true,
        estimated: true,
        ..annex(
            &hotline,
            Category::AuthenticationInternational,
            "",
            1,
            "1",
            true,
        )
    });
    invoice.annex = rows;
    invoice.language = language;
    invoice.frozen = false;
    invoice
}

/// All of them by name.
pub(crate) fn all() -> Vec<(String, HubInvoice)> {
    let mut all = [
        ("plan", plan()),
        ("top-up", top_up()),
        ("pro-rata", pro_rata()),
        ("licences", licences()),
        ("closing", closing()),
        ("closing-of-3000-rows", closing_of_3000_rows()),
        ("long-names", long_names()),
        ("many-scripts", many_scripts()),
        ("negative", negative()),
        ("of-one-channel", of_one_channel()),
    ]
    .map(|(name, invoice)| (name.to_owned(), invoice))
    .to_vec();
    for language in Language::ALL {
        let tag = language.tag();
        all.push((format!("every-word-{tag}"), every_word(language)));
        let mut reverse_charge = licences();
        reverse_charge.language = language;
        all.push((format!("licences-{tag}"), reverse_charge));
    }
    all
}
