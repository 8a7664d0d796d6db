//! The few sentences that an e-invoice says beyond its fields, in the recipient's language.

use hubledger_core::client_invoice::{CheckedInvoice, InvoiceKind, OwnCurrencyRate};
use hubledger_core::language::Language;
use hubledger_core::period::Date;

/// BT-22: the notes of the invoice, the exchange rate of its VAT and the day of an advance, as one
/// text; may be empty.
/// Peppol takes one note only.
pub(super) fn note(invoice: &CheckedInvoice) -> String {
    let mut notes = invoice.notes().to_vec();
    let language = invoice.buyer().language;
    notes.extend(
        invoice
            .own_currency()
            .map(|own| exchange_rate(language, invoice.currency().code(), own)),
    );
    if invoice.kind() == InvoiceKind::Prepayment {
        notes.push(payment_received(language, invoice.issued_on()));
    }
    notes.retain(|note| !note.trim().is_empty());
    notes.join("\n")
}

/// The day on which an advance came, as section 14 (4) no. 6 UStG wants it; the standard has no
/// field for it.
fn payment_received(language: Language, on: Date) -> String {
    let words = language.pick([
        "Payment received",
        "Zahlung erhalten",
        "Pago recibido",
        "Pagamento recebido",
        "Paiement reçu",
        "Pagamento ricevuto",
    ]);
    format!("{words}: {on}")
}

fn exchange_rate(language: Language, currency: &str, own: &OwnCurrencyRate) -> String {
    let words = language.pick([
        "Exchange rate for VAT",
        "Umrechnungskurs für die Umsatzsteuer",
        "Tipo de cambio para el IVA",
        "Taxa de câmbio para o IVA",
        "Taux de change pour la TVA",
        "Tasso di cambio per l'IVA",
    ]);
    let OwnCurrencyRate {
        currency: to,
        rate,
        on,
        source,
    } = own;
    format!(
        "{words}: 1 {currency} = {} {to} ({source}, {on})",
        rate.normalize()
    )
}

/// The name of the list of advances that goes with a final invoice.
pub(super) fn advances(language: Language) -> &'static str {
    language.pick([
        "Advance payments deducted",
        "Abgezogene Anzahlungen",
        "Anticipos deducidos",
        "Adiantamentos deduzidos",
        "Acomptes déduits",
        "Acconti detratti",
    ])
}

/// That list as CSV: one row for each advance and VAT rate.
pub(super) fn advances_csv(invoice: &CheckedInvoice) -> String {
    let mut csv = "invoice,issued,received,vat_percent,net,vat,currency\n".to_owned();
    for advance in invoice.advances() {
        for share in &advance.shares {
            let received = advance
                .received_on
                .map_or(String::new(), |day| day.to_string());
            let number = advance.invoice.number.as_str().replace('"', "\"\"");
            csv.push_str(&format!(
                "\"{number}\",{},{received},{},{:.2},{:.2},{}\n",
                advance.invoice.issued_on,
                share.case.percent().normalize(),
                share.net.amount(),
                share.vat.amount(),
                invoice.currency(),
            ));
        }
    }
    csv
}

/// Base64, as XML carries files.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .chain([&0, &0])
            .take(3)
            .fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        for at in 0..4 {
            let digit = DIGITS.get(bits >> (18 - 6 * at) & 63).copied();
            text.push(if at > three.len() {
                '='
            } else {
                char::from(digit.unwrap_or(b'='))
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }
}
