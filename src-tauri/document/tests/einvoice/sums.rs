//! Random invoices: what the model sums up, what the XML states and what plain fractions of whole
//! numbers give are the same, to the cent. The official rules forgive a whole unit of money.

use hubledger_core::client_invoice::{DraftInvoice, InvoiceKind, InvoiceLine};
use hubledger_core::currency::Currency;
use hubledger_core::money::Money;
use hubledger_core::unit::Unit;
use hubledger_core::vat::VatCase;
use hubledger_document::einvoice::{Profile, write};
use rust_decimal::Decimal;

use crate::matrix::{buyer, issued, number, seller};

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Quantity with 3 decimals, price with 6, rate with 1, as whole numbers.
type Row = (i128, i128, i128);

fn rows(dice: &mut Dice) -> Vec<Row> {
    let most = [1, 3, 40, 400, 2_000][usize::try_from(dice.below(5)).unwrap()];
    let rates: Vec<i128> = (0..1 + dice.below(4))
        .map(|_| i128::from(1 + dice.below(299)))
        .collect();
    (0..1 + dice.below(most))
        .map(|_| {
            let quantity = i128::from(dice.below(5_000_000)) + 1;
            let dearest =
                [1_000, 1_000_000, 1_000_000_000][usize::try_from(dice.below(3)).unwrap()];
            let price = i128::from(dice.below(dearest));
            let rate = rates[usize::try_from(dice.below(rates.len() as u64)).unwrap()];
            // A few are deducted; the whole stays above zero.
            let sign = if price < 1_000_000 && dice.below(8) == 0 {
                -1
            } else {
                1
            };
            (sign * quantity, price, rate)
        })
        .chain([(1_000, 10_000_000_000, rates[0])])
        .collect()
}

/// `number ÷ divisor`, half away from zero.
fn halves_away(number: i128, divisor: i128) -> i128 {
    (2 * number.abs() + divisor) / (2 * divisor) * number.signum()
}

/// Net, VAT and gross in cents, by fractions of whole numbers.
fn by_fractions(rows: &[Row]) -> (i128, i128, i128) {
    let cents = |(quantity, price, _): &Row| halves_away(quantity * price, 10_000_000);
    let net: i128 = rows.iter().map(cents).sum();
    let mut rates: Vec<i128> = rows.iter().map(|row| row.2).collect();
    rates.sort_unstable();
    rates.dedup();
    let of_rate = |rate: &i128| {
        let basis: i128 = rows.iter().filter(|row| row.2 == *rate).map(cents).sum();
        halves_away(basis * rate, 1_000)
    };
    let vat: i128 = rates.iter().map(of_rate).sum();
    (net, vat, net + vat)
}

fn decimal(number: i128, scale: u32) -> Decimal {
    Decimal::from_i128_with_scale(number, scale)
}

fn draft(rows: &[Row]) -> DraftInvoice {
    let client = buyer("DE", "", hubledger_core::language::Language::German);
    let mut draft = DraftInvoice::new(InvoiceKind::Invoice, Currency::Eur, seller(), client);
    draft.delivered_on = Some(crate::matrix::issued());
    draft.lines = rows
        .iter()
        .map(|(quantity, price, rate)| InvoiceLine {
            text: "Messages".to_owned(),
            description: String::new(),
            group: String::new(),
            quantity: decimal(*quantity, 3),
            unit: Unit::One,
            unit_price: Money::new(decimal(*price, 6), Currency::Eur),
            vat: VatCase::Standard {
                percent: decimal(*rate, 1),
            },
        })
        .collect();
    draft
}

/// The first text of an element, in cents.
fn cents_of(xml: &str, element: &str) -> i128 {
    let (_, rest) = xml.split_once(&format!("<{element}")).unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    let (text, _) = rest.split_once('<').unwrap();
    text.replace('.', "").parse().unwrap()
}

fn in_cents(money: Money) -> i128 {
    let cents = money.amount() * Decimal::ONE_HUNDRED;
    assert!(cents.fract().is_zero(), "{money} is not in whole cents");
    cents.trunc().mantissa() / 10_i128.pow(cents.trunc().scale())
}

#[test]
fn model_xml_and_fractions_agree_to_the_cent() {
    let mut dice = Dice(20_261_128);
    for round in 0..200 {
        let rows = rows(&mut dice);
        let (net, vat, gross) = by_fractions(&rows);
        let checked = draft(&rows).check(issued()).unwrap();
        let sums = checked.sums();
        let model = (
            in_cents(sums.net),
            in_cents(sums.vat_total),
            in_cents(sums.gross),
        );
        assert_eq!(model, (net, vat, gross), "round {round}");
        let invoice = checked.issue(number("2026-0042"));
        let cii = String::from_utf8(write(&invoice, Profile::FacturX).unwrap()).unwrap();
        let ubl = String::from_utf8(write(&invoice, Profile::Peppol).unwrap()).unwrap();
        for (xml, elements) in [
            (
                &cii,
                [
                    "ram:TaxBasisTotalAmount",
                    "ram:TaxTotalAmount",
                    "ram:GrandTotalAmount",
                ],
            ),
            (
                &ubl,
                [
                    "cbc:TaxExclusiveAmount",
                    "cbc:TaxAmount",
                    "cbc:TaxInclusiveAmount",
                ],
            ),
        ] {
            let stated = elements.map(|element| cents_of(xml, element));
            assert_eq!(stated, [net, vat, gross], "round {round}");
        }
    }
}
