//! Every word, day and number as papers print it. English now; another language is another
//! module with the same functions.

use chrono::Datelike;
use hubledger_core::channel::Tier;
use hubledger_core::currency::Currency;
use hubledger_core::hub::{BillingModel, PartnerPlan, PaymentMethod};
use hubledger_core::hub_invoice::{HubInvoiceKind, InvoiceVat, LineKind};
use hubledger_core::id::PhoneNumber;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date, Share};
use hubledger_core::seal::{Hash, hex, short};
use hubledger_core::tax::VatTreatment;
use hubledger_core::top_up::TopUpKind;
use hubledger_core::usage::Category;
use rust_decimal::Decimal;

pub(crate) const LANGUAGE: &str = "en";

pub(crate) const ISSUER: &str = "360dialog GmbH";
pub(crate) const ISSUER_TOWN: &str = "Berlin";
pub(crate) const COPY: &str = "Hubledger bookkeeping copy";

pub(crate) const REFERENCE: &str = "Reference";
pub(crate) const ISSUED: &str = "Issued";
pub(crate) const PERIOD: &str = "Period";
pub(crate) const HUB: &str = "Hub";
pub(crate) const HUB_NAME: &str = "Hub name";
pub(crate) const MODEL: &str = "Billing model";
pub(crate) const CURRENCY: &str = "Currency";
pub(crate) const CHANNEL: &str = "Channel";
pub(crate) const PHONE: &str = "Phone";

pub(crate) const DESCRIPTION: &str = "Description";
pub(crate) const CATEGORY: &str = "Category";
pub(crate) const MARKET: &str = "Market";
pub(crate) const QUANTITY: &str = "Quantity";
pub(crate) const PAGE: &str = "Page";
pub(crate) const OF: &str = "of";
pub(crate) const CONTINUED: &str = "continued";
pub(crate) const CARRIED_FORWARD: &str = "Carried forward";
pub(crate) const BROUGHT_FORWARD: &str = "Brought forward";

pub(crate) const USAGE_OF_THE_MONTH: &str = "Usage of the month";
pub(crate) const NET: &str = "Net";

pub(crate) const BALANCE_OF_THE_MONTH: &str = "Balance of the month";
pub(crate) const STARTING_BALANCE: &str = "Starting balance";
pub(crate) const ADDED_FUNDS: &str = "Total added funds";
pub(crate) const USAGE: &str = "Total usage";
pub(crate) const RECONCILIATION: &str = "Usage reconciliation";
pub(crate) const INCLUDED_IN_USAGE: &str = "included in the usage";
pub(crate) const REFUNDS_TO_BALANCE: &str = "Total refunds to the balance";
pub(crate) const REFUNDS_PAID_OUT: &str = "Total refunds paid out";
pub(crate) const SETTLED_BY_INVOICE: &str = "Settled by invoice";
pub(crate) const ENDING_BALANCE: &str = "Ending balance";

pub(crate) const ANNEX: &str = "What the usage is made of";
pub(crate) const ANNEX_NOTE: &str =
    "By channel, unrounded. The sum is rounded to whole cents once, on the invoice.";
pub(crate) const LATE_NOTE: &str =
    "Rows marked late are usage of closed months: the usage reconciliation.";
pub(crate) const ALL_CHANNELS: &str = "All channels";
pub(crate) const LATE: &str = "late";
pub(crate) const FREE: &str = "free";
pub(crate) const ESTIMATE: &str = "estimate";
pub(crate) const ESTIMATE_NOTE: &str = "Rows marked estimate have no price of their day: they stand at the last card's, or at the list price.";
pub(crate) const NO_MARKET: &str = "not named";

/// The seal as pages print it, below what the paper is.
pub(crate) fn seal(seal: Hash) -> String {
    format!("Seal of the month {}", short(seal))
}

/// The whole seal, for machines.
pub(crate) fn sealed(seal: Hash) -> String {
    format!("Seal of the month, SHA-256: {}", hex(seal))
}

/// The framed line on every page.
pub(crate) fn notice(vendor_number: Option<&str>, frozen: bool) -> String {
    let number = vendor_number.map_or("not yet entered", str::trim);
    let copy = format!("Bookkeeping copy. The original is the invoice of {ISSUER}, no. {number}");
    // A number may end in a full stop of its own.
    let copy = format!("{}.", copy.trim_end_matches('.'));
    if frozen {
        copy
    } else {
        format!("Preview: the month is open and sums may change. {copy}")
    }
}

pub(crate) fn title(kind: HubInvoiceKind) -> &'static str {
    match kind {
        HubInvoiceKind::PartnerPlan => "Partner plan",
        HubInvoiceKind::Licence => "Licence fees",
        HubInvoiceKind::ProRataLicence => "Pro-rata licence fees",
        HubInvoiceKind::TopUp(_) => "Top-up",
        HubInvoiceKind::MonthClosing => "Month closing invoice",
    }
}

pub(crate) fn subtitle(period: BillingPeriod, issued_on: Date) -> String {
    format!("{}, issued {}", month(period), day(issued_on))
}

/// What is to be paid in the end.
pub(crate) fn gross(kind: HubInvoiceKind) -> &'static str {
    match kind {
        HubInvoiceKind::MonthClosing => "Amount payable",
        _ => "Gross",
    }
}

pub(crate) fn model(model: BillingModel) -> &'static str {
    match model {
        BillingModel::PartnerPaid => "Partner-Paid",
        BillingModel::DirectPaid => "Direct-Paid",
    }
}

pub(crate) fn vat_id(vat_id: &str) -> String {
    format!("VAT ID {vat_id}")
}

pub(crate) fn running_head(recipient: &str, issued_on: Date) -> String {
    format!(" of {} to {recipient}", day(issued_on))
}

pub(crate) fn price_in(currency: Currency) -> String {
    format!("Monthly price {currency}")
}

pub(crate) fn amount_in(currency: Currency) -> String {
    format!("Amount {currency}")
}

pub(crate) fn sum_of(group: &str) -> String {
    format!("Sum {group}")
}

/// What a line is for, and what more there is to say of it.
pub(crate) fn line(kind: &LineKind) -> (String, String) {
    let said = |what: &str, more: String| (what.to_owned(), more);
    match kind {
        LineKind::Plan {
            plan: of,
            from,
            share,
        } => (
            format!("Partner plan {}", plan(*of)),
            from.zip(*share)
                .map_or(String::new(), |(from, share)| part_of_month(share, from)),
        ),
        LineKind::PlanUpgrade {
            before,
            plan: of,
            from,
            share,
        } => (
            format!("Partner plan {} instead of {}", plan(*of), plan(*before)),
            part_of_month(*share, *from),
        ),
        LineKind::Licence { tier: of } => (licence(*of), String::new()),
        LineKind::ProRataLicence {
            tier: of,
            from,
            share,
        } => (licence(*of), part_of_month(*share, *from)),
        LineKind::TierUpgrade {
            before,
            tier: of,
            from,
            share,
        } => (
            format!("{} instead of {}", licence(*of), tier(*before)),
            part_of_month(*share, *from),
        ),
        LineKind::LateLicence {
            tier: of,
            month: late,
            share,
        } => {
            let days = share.map_or(String::new(), |share| {
                format!(", {} of {} days", share.days, share.of)
            });
            (licence(*of), format!("late, for {}{days}", month(*late)))
        }
        LineKind::TopUp { kind, method, on } => (
            format!("Top-up of {}", day(*on)),
            format!("{}, paid by {}", top_up(*kind), payment(*method)),
        ),
        LineKind::Messages => said("Messages", String::new()),
        LineKind::Calls => said("Calls", String::new()),
        LineKind::UsageReconciliation => said(
            RECONCILIATION,
            "usage of closed months that came late".into(),
        ),
        LineKind::SettledWithBalance => said("Settled with balance", String::new()),
        LineKind::EarlierShortfall => {
            said("Balance short before this month's usage", String::new())
        }
        LineKind::CreditedToBalance => {
            said("Usage corrections added to the balance", String::new())
        }
        LineKind::CardFee { percent, base } => (
            format!(
                "Transaction fee, {} % of {}",
                number(*percent, 0),
                cents(*base)
            ),
            String::new(),
        ),
    }
}

fn plan(plan: PartnerPlan) -> &'static str {
    match plan {
        PartnerPlan::Growth => "Growth",
        PartnerPlan::Premium => "Premium",
    }
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Regular => "Regular",
        Tier::Premium => "Premium",
        Tier::HigherThroughput => "Higher Throughput",
    }
}

fn licence(of: Tier) -> String {
    format!("Licence {}", tier(of))
}

fn part_of_month(share: Share, from: Date) -> String {
    kept_together(&format!(
        "{} of {} days from {}",
        share.days,
        share.of,
        day(from)
    ))
}

/// The same with blanks at which no line ends.
fn kept_together(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn top_up(kind: TopUpKind) -> &'static str {
    match kind {
        TopUpKind::Manual => "manual",
        TopUpKind::Automatic => "automatic",
        TopUpKind::Emergency => "emergency",
    }
}

fn payment(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Card => "card",
        PaymentMethod::Pix => "Pix",
        PaymentMethod::Boleto => "Boleto",
    }
}

pub(crate) fn category(category: Category) -> &'static str {
    match category {
        Category::Marketing => "Marketing messages",
        Category::MarketingLite => "Marketing Lite messages",
        Category::Utility => "Utility messages",
        Category::Authentication => "Authentication messages",
        Category::AuthenticationInternational => "Authentication messages, international",
        Category::Service => "Service messages",
        Category::Call => "Calls, in pulses of 6 seconds",
    }
}

/// The VAT line: its rate and what the rate is on.
pub(crate) fn vat(vat: &InvoiceVat) -> String {
    let base = cents(vat.base);
    match vat.treatment {
        VatTreatment::Standard => format!("VAT {} % of {base}", number(vat.treatment.percent(), 0)),
        VatTreatment::ReverseCharge => format!("VAT, reverse charge on {base}"),
        VatTreatment::OutsideEu => format!("No German VAT on {base}"),
    }
}

/// Why no VAT is charged.
pub(crate) fn vat_reason(treatment: VatTreatment, vat_id: Option<&str>) -> Option<String> {
    match treatment {
        VatTreatment::Standard => None,
        VatTreatment::ReverseCharge => {
            let id = vat_id.map_or(String::new(), |id| {
                format!(" VAT ID of the recipient: {id}.")
            });
            Some(format!(
                "Reverse charge: VAT is owed by the recipient (Art. 196 VAT Directive).{id}"
            ))
        }
        VatTreatment::OutsideEu => {
            Some("Not subject to German VAT: recipient outside the EU.".to_owned())
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(number: u32) -> &'static str {
    let at = number
        .checked_sub(1)
        .and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default()
}

/// `August 2026`
pub(crate) fn month(period: BillingPeriod) -> String {
    format!("{} {}", month_name(period.month()), period.year())
}

/// `22 Sep 2026`
pub(crate) fn day(day: Date) -> String {
    format!("{} {} {}", day.day(), short_month(day.month()), day.year())
}

fn short_month(number: u32) -> &'static str {
    month_name(number).get(..3).unwrap_or_default()
}

/// `1–31 Aug 2026`
pub(crate) fn days_of(period: BillingPeriod) -> String {
    format!(
        "1–{} {} {}",
        period.days(),
        short_month(period.month()),
        period.year()
    )
}

/// `1,234.56` with a true minus sign.
pub(crate) fn cents(money: Money) -> String {
    number(money.amount(), Currency::CENT_DECIMALS)
}

/// A number with at least so many decimals, and more where it has more: a figure on paper is
/// never less exact than the book.
pub(crate) fn number(number: Decimal, least_decimals: u32) -> String {
    let mut shown = number.normalize();
    if shown.scale() < least_decimals {
        shown.rescale(least_decimals);
    }
    let text = shown.abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if shown.is_sign_negative() && !shown.is_zero() {
        "\u{2212}"
    } else {
        ""
    };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", grouped(whole))
}

/// Digits with a comma before each three from the right.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `+49 351 555 0200`: the country's code, then groups of three, the last of up to four.
pub(crate) fn phone(phone: &PhoneNumber) -> String {
    let (code, mut rest) = phone.digits().split_at(calling_code_length(phone.digits()));
    let mut text = format!("+{code}");
    while !rest.is_empty() {
        let take = if rest.len() <= 4 { rest.len() } else { 3 };
        let (group, others) = rest.split_at(take);
        text.push('\u{a0}');
        text.push_str(group);
        rest = others;
    }
    text
}

/// How many digits the country's code has (ITU-T E.164). Numbers have at least six.
fn calling_code_length(digits: &str) -> usize {
    const TWO: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    if digits.starts_with(['1', '7']) {
        1
    } else if TWO.iter().any(|code| digits.starts_with(code)) {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_never_less_exact_than_they_are() {
        for (amount, decimals, text) in [
            ("0", 2, "0.00"),
            ("-0.00", 2, "0.00"),
            ("5", 2, "5.00"),
            ("1234.5", 2, "1,234.50"),
            ("-1234567.89", 2, "\u{2212}1,234,567.89"),
            ("999.9", 4, "999.9000"),
            ("0.045600", 4, "0.0456"),
            ("0.045650", 4, "0.04565"),
            ("19", 0, "19"),
            ("3.50", 0, "3.5"),
            ("100000", 0, "100,000"),
        ] {
            assert_eq!(
                number(Decimal::from_str_exact(amount).unwrap(), decimals),
                text
            );
        }
    }

    #[test]
    fn days_and_months_are_written_out() {
        let september = BillingPeriod::parse("2026-09").unwrap();
        assert_eq!(days_of(september), "1–30 Sep 2026");
        assert_eq!(month(september), "September 2026");
        assert_eq!(day(september.last_day()), "30 Sep 2026");
    }

    #[test]
    fn phone_numbers_can_be_read_aloud() {
        for (digits, text) in [
            ("493515550200", "+49 351 555 0200"),
            ("5534555001180", "+55 345 550 0118 0"),
            ("15550100", "+1 555 0100"),
            ("351210000", "+351 210 000"),
        ] {
            let read = phone(&PhoneNumber::parse(digits).unwrap());
            assert_eq!(read.replace('\u{a0}', ""), format!("+{digits}"));
            if digits.len() != 13 {
                assert_eq!(read, kept_together(text));
            }
        }
    }

    #[test]
    fn the_framed_line_names_the_original_and_an_open_month() {
        assert_eq!(
            notice(Some("INV-77"), true),
            "Bookkeeping copy. The original is the invoice of 360dialog GmbH, no. INV-77."
        );
        assert!(notice(None, true).ends_with("no. not yet entered."));
        assert!(notice(None, false).starts_with("Preview: the month is open"));
    }
}
