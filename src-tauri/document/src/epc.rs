//! The payment code of a euro invoice: a transfer that banking apps read (EPC069-12).

use hubledger_core::currency::Currency;
use hubledger_core::invoice_party::BankAccount;
use hubledger_core::money::Money;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::layout::Shape;
use crate::words;

/// Characters of a name, and of what the transfer is for.
const NAME: usize = 70;
const REFERENCE: usize = 140;
/// The standard ends here: 331 bytes.
const LARGEST: u8 = 13;

/// The code; none where the standard has none: another currency, or nothing to pay.
pub(crate) fn payment_code(account: &BankAccount, amount: Money, reference: &str) -> Option<Shape> {
    let text = transfer(account, amount, reference)?;
    let segments = [QrSegment::make_bytes(text.as_bytes())];
    let code = QrCode::encode_segments_advanced(
        &segments,
        QrCodeEcc::Medium,
        Version::MIN,
        Version::new(LARGEST),
        None,
        false,
    );
    let code = code.ok()?;
    let side = code.size();
    let squares = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    Some(Shape::Squares {
        side: usize::try_from(side).ok()?,
        dark: squares.map(|(x, y)| code.get_module(x, y)).collect(),
    })
}

/// Version 2, UTF-8, a SEPA credit transfer.
fn transfer(account: &BankAccount, amount: Money, reference: &str) -> Option<String> {
    let cents = amount.amount();
    let is_payable = amount.currency() == Currency::Eur
        && cents >= rust_decimal::Decimal::new(1, 2)
        && cents <= rust_decimal::Decimal::new(99_999_999_999, 2);
    let bic = account.bic.as_ref().map_or("", |bic| bic.as_str());
    let name: String = one_line(&account.holder, NAME);
    let reference = one_line(reference, REFERENCE);
    let amount = words::number(cents, Currency::CENT_DECIMALS).replace(',', "");
    let iban = account.iban.as_str();
    is_payable
        .then(|| format!("BCD\n002\n1\nSCT\n{bic}\n{name}\n{iban}\nEUR{amount}\n\n\n{reference}"))
}

fn one_line(text: &str, length: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubledger_core::bank::{Bic, Iban};

    #[test]
    fn a_transfer_is_said_line_by_line() {
        let account = BankAccount {
            iban: Iban::parse("DE89370400440532013000").unwrap(),
            bic: Some(Bic::parse("COBADEFFXXX").unwrap()),
            holder: "Müller & Söhne\n GmbH".to_owned(),
        };
        let money = |text, currency| {
            Money::new(
                rust_decimal::Decimal::from_str_exact(text).unwrap(),
                currency,
            )
        };
        assert_eq!(
            transfer(&account, money("1130.8", Currency::Eur), "2026-0151").as_deref(),
            Some(
                "BCD\n002\n1\nSCT\nCOBADEFFXXX\nMüller & Söhne GmbH\nDE89370400440532013000\nEUR1130.80\n\n\n2026-0151"
            )
        );
        for (amount, currency) in [
            ("0", Currency::Eur),
            ("-5", Currency::Eur),
            ("5", Currency::Usd),
        ] {
            assert!(payment_code(&account, money(amount, currency), "x").is_none());
        }
    }
}
