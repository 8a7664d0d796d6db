//! Days and numbers as English papers print them, which the other languages are made from; and
//! what is the same in each: who bills a hub, and how a phone number is written.

use chrono::Datelike;
use hubledger_core::id::PhoneNumber;
use hubledger_core::period::Date;
use rust_decimal::Decimal;

pub(crate) const ISSUER: &str = "360dialog GmbH";

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `22 Sep 2026`
pub(crate) fn day(day: Date) -> String {
    let at = day.month0().try_into().unwrap_or(usize::MAX);
    let month = MONTHS.get(at).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
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
                assert_eq!(read, text.replace(' ', "\u{a0}"));
            }
        }
    }
}
