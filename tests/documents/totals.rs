//! Random invoices of up to 2,000 lines, with advances and credits: what the paper prints, what the
//! e-invoice inside states and what the ledger holds are, to the cent, what whole numbers give.

use harness::story::Story;
use hubledger_book::form::{
    ClientInvoiceForm, ClientLineForm, CreditForm, CreditLineForm, INVOICE_DAY,
};
use hubledger_book::ledger::TrialForm;

use crate::handed_out::{at_hand, issue};
use crate::reader::{attached, pages_of, written};

const CLIENT: &str = "facturCL";

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> i128 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i128::from(self.0 % limit)
    }
}

/// A line in whole numbers: quantity in thousandths, price in millionths, VAT in tenths of a percent.
#[derive(Clone, Copy)]
struct Row {
    quantity: i128,
    price: i128,
    rate: i128,
}

impl Row {
    fn net(self) -> i128 {
        halves_away(self.quantity * self.price, 10_000_000)
    }
}

/// `number ÷ divisor`, half away from zero.
fn halves_away(number: i128, divisor: i128) -> i128 {
    (2 * number.abs() + divisor) / (2 * divisor) * number.signum()
}

/// Net and VAT in cents.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
struct Sums {
    net: i128,
    vat: i128,
}

impl Sums {
    fn gross(self) -> i128 {
        self.net + self.vat
    }
}

/// The net of each rate, as the lines come.
fn by_rate(nets: &[(i128, i128)]) -> Vec<(i128, i128)> {
    let mut found: Vec<(i128, i128)> = Vec::new();
    for (rate, net) in nets {
        match found.iter_mut().find(|(of, _)| of == rate) {
            Some((_, sum)) => *sum += net,
            None => found.push((*rate, *net)),
        }
    }
    found
}

fn sums_of(nets: &[(i128, i128)]) -> Sums {
    let rates = by_rate(nets);
    Sums {
        net: rates.iter().map(|(_, net)| net).sum(),
        vat: rates
            .iter()
            .map(|(rate, net)| halves_away(rate * net, 1_000))
            .sum(),
    }
}

fn nets_of(rows: &[Row]) -> Vec<(i128, i128)> {
    rows.iter().map(|row| (row.rate, row.net())).collect()
}

/// Digits with so many decimals.
fn typed(number: i128, decimals: u32) -> String {
    let one = 10_i128.pow(decimals);
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) = (number.abs() / one, number.abs() % one);
    format!("{sign}{whole}.{rest:0width$}", width = decimals as usize)
}

fn form(rows: &[Row]) -> ClientInvoiceForm {
    let line = |row: &Row| ClientLineForm {
        text: "Nachrichten".into(),
        quantity: typed(row.quantity, 3),
        unit_price: typed(row.price, 6),
        vat: "standard".into(),
        percent: typed(row.rate, 1),
        ..ClientLineForm::default()
    };
    ClientInvoiceForm {
        client: CLIENT.into(),
        delivered_on: INVOICE_DAY.into(),
        lines: rows.iter().map(line).collect(),
        ..ClientInvoiceForm::default()
    }
}

/// Lines at one to four rates; a few deduct. The first is large, so that the whole stays above
/// zero.
fn rows(dice: &mut Dice, count: i128) -> Vec<Row> {
    let rates: Vec<i128> = (0..=dice.below(4)).map(|_| 1 + dice.below(299)).collect();
    let first = Row {
        quantity: 1_000 + dice.below(1_000_000),
        price: 100_000_000_000,
        rate: rates[0],
    };
    let mut rows = vec![first];
    for _ in 1..count {
        let dearest = [1_000, 1_000_000, 1_000_000_000][usize::try_from(dice.below(3)).unwrap()];
        let price = dice.below(dearest);
        let sign = if price < 1_000_000 && dice.below(8) == 0 {
            -1
        } else {
            1
        };
        rows.push(Row {
            quantity: sign * (1 + dice.below(5_000_000)),
            price,
            rate: rates[usize::try_from(dice.below(rates.len() as u64)).unwrap()],
        });
    }
    rows
}

/// `1.234,56`, below zero with the sign of print, in cents.
fn in_cents(printed: &str) -> i128 {
    let sign = if printed.starts_with('\u{2212}') {
        -1
    } else {
        1
    };
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    sign * digits.parse::<i128>().unwrap()
}

/// What the PDF prints, and what its e-invoice states: net, VAT, gross.
fn stated(story: &Story, number: &str) -> [(Sums, i128); 2] {
    let pdf = story.book().client_invoice_pdf(number, story.at()).unwrap();
    let path = written("totals", &pdf);
    let lines = pages_of(&path).concat();
    let last = |line: &String| in_cents(line.trim_end_matches(" EUR").rsplit(' ').next().unwrap());
    let starting = |word: &str| lines.iter().rfind(|line| line.starts_with(word)).map(last);
    let vat = lines.iter().filter(|line| line.starts_with("USt. "));
    let printed = Sums {
        net: starting("Netto ").unwrap(),
        vat: vat.map(last).sum(),
    };
    let printed_gross = ["Brutto ", "Zu zahlen ", "Gutgeschrieben "]
        .iter()
        .find_map(|word| starting(word));
    let xml = String::from_utf8(attached(&path)).unwrap();
    let of = |element: &str| {
        let (_, rest) = xml.split_once(&format!("<ram:{element}")).unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        let text = rest.split('<').next().unwrap();
        text.replace('.', "").parse::<i128>().unwrap()
    };
    let in_xml = Sums {
        net: of("TaxBasisTotalAmount"),
        vat: of("TaxTotalAmount"),
    };
    let is_paid = lines.iter().any(|line| line == "Zu zahlen 0,00 EUR");
    let due = if is_paid { 0 } else { of("GrandTotalAmount") };
    assert_eq!(of("DuePayableAmount"), due);
    [
        (printed, printed_gross.unwrap()),
        (in_xml, of("GrandTotalAmount")),
    ]
}

/// What the accounts should hold, in cents: debit above zero.
#[derive(Default, Debug, PartialEq)]
struct Ledger {
    bank: i128,
    receivable: i128,
    prepaid: i128,
    revenue: i128,
    vat: i128,
}

fn ledger(story: &Story) -> Ledger {
    let form = TrialForm {
        hub: Some("elbePA".into()),
        ..TrialForm::default()
    };
    let view = story.book().trial_balance(&form, story.at()).unwrap();
    let lines = &view.balances[0].lines;
    let cents = |money: &hubledger_book::view::MoneyView| {
        let text = money.amount.replace('.', "");
        text.parse::<i128>().unwrap()
    };
    let of = |account: &str| {
        let found = lines.iter().filter(|line| line.account == account);
        found
            .map(|line| cents(&line.debited) - cents(&line.credited))
            .sum()
    };
    Ledger {
        bank: of("asset:bank:elbePA"),
        receivable: of("asset:receivable:elbePA:facturCL"),
        prepaid: of("liability:client-prepayments:elbePA:facturCL"),
        revenue: of("revenue:clients:elbePA"),
        vat: of("liability:output-vat:elbePA"),
    }
}

/// A story with what it should have come to.
struct Told {
    story: Story,
    dice: Dice,
    expected: Ledger,
}

impl Told {
    fn says(&self, number: &str, sums: Sums) {
        let expected = (sums, sums.gross());
        assert_eq!(stated(&self.story, number), [expected; 2], "{number}");
    }

    /// An advance, with the nets that deduct it later.
    fn advance(&mut self) -> (String, Vec<(i128, i128)>) {
        let price = 1_000_000 * (1 + self.dice.below(900)) + 10_000 * self.dice.below(100);
        let rate = 1 + self.dice.below(299);
        let row = Row {
            quantity: 1_000,
            price,
            rate,
        };
        let advance = ClientInvoiceForm {
            advance: true,
            ..form(&[row])
        };
        let number = issue(&mut self.story, advance).invoice.number;
        let sums = sums_of(&nets_of(&[row]));
        // It is paid already: nothing is left to pay, on paper and for machines.
        self.says(&number, sums);
        self.expected.bank += sums.gross();
        self.expected.prepaid -= sums.net;
        self.expected.vat -= sums.vat;
        (number, vec![(rate, -row.net())])
    }

    /// An invoice of so many lines that deducts an advance in turn, and a credit of it in turn.
    fn round(&mut self, count: i128) {
        let rows = rows(&mut self.dice, count);
        let mut nets = nets_of(&rows);
        let mut invoice = form(&rows);
        let mut deducted = 0;
        if self.dice.below(2) == 0 {
            let (number, off) = self.advance();
            deducted = -off[0].1;
            nets.extend(off);
            invoice.deducts = vec![number];
        }
        let number = issue(&mut self.story, invoice).invoice.number;
        let sums = sums_of(&nets);
        self.says(&number, sums);
        self.expected.receivable += sums.gross();
        self.expected.prepaid += deducted;
        self.expected.revenue -= sums.net + deducted;
        self.expected.vat -= sums.vat;
        match self.dice.below(3) {
            0 => self.credit(&number, Vec::new(), sums, deducted),
            1 => {
                let cents = 1 + self.dice.below(1_000_000);
                let line = CreditLineForm {
                    line: 1,
                    amount: typed(cents, 2),
                };
                let sums = sums_of(&[(rows[0].rate, cents)]);
                self.credit(&number, vec![line], sums, 0);
            }
            _ => {}
        }
    }

    fn credit(&mut self, of: &str, lines: Vec<CreditLineForm>, sums: Sums, freed: i128) {
        let form = CreditForm {
            number: of.into(),
            reason: String::new(),
            lines,
        };
        let at = self.story.at();
        let book = self.story.book_mut();
        let number = book
            .credit_client_invoice(&form, at)
            .unwrap()
            .invoice
            .number;
        self.says(&number, sums);
        self.expected.receivable -= sums.gross();
        self.expected.prepaid -= freed;
        self.expected.revenue += sums.net + freed;
        self.expected.vat += sums.vat;
    }
}

#[test]
fn paper_e_invoice_and_ledger_state_the_same_sums() {
    let mut told = Told {
        story: at_hand(),
        dice: Dice(20_261_128),
        expected: Ledger::default(),
    };
    for count in [
        1, 2, 3, 5, 7, 12, 20, 33, 40, 41, 60, 90, 150, 2_000, 1, 2, 3, 17,
    ] {
        told.round(count);
    }
    assert_eq!(ledger(&told.story), told.expected);
}
