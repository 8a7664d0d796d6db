//! Random months: whatever is topped up, used, refunded and corrected, the books add up.

use harness::story::{moment, storyteller};
use harness::walk::{everything, go_on};
use hubledger_book::Book;
use hubledger_book::form::{
    ChannelForm, ClientForm, CompanyForm, NewBookForm, NewHubForm, OpeningForm, RefundForm,
    TopUpForm,
};
use hubledger_book::moment::Moment;
use hubledger_book::view::{BalanceView, MoneyView};
use hubledger_book::word::{
    ModelWord, OwnerWord, PayByWord, PlanWord, RefundWord, TierWord, TopUpWord,
};
use hubledger_core::money::{AmountRule, parse_amount};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tempfile::TempDir;

const HUB: &str = "randPA";
const HEAD: &str = "date,channel_id,country,category,quantity,cost,row_id\n";

/// What happens in a month of a hub with three channels.
#[derive(Clone, Debug)]
struct Month {
    client_book: bool,
    direct: bool,
    usd: bool,
    by_card: bool,
    /// In cents; may be below zero.
    opening: i64,
    rows: Vec<Row>,
    money: Vec<Money>,
}

#[derive(Clone, Debug)]
struct Row {
    day: u32,
    channel: usize,
    country: &'static str,
    category: &'static str,
    quantity: u32,
    /// In micro-units.
    cost: Option<u32>,
}

#[derive(Clone, Debug)]
struct Money {
    day: u32,
    channel: usize,
    cents: u32,
    kind: u8,
}

fn row() -> impl Strategy<Value = Row> {
    (
        1..=31u32,
        0..3usize,
        prop::sample::select(vec!["DE", "ES", "BR", "IN", "US", "FR"]),
        prop::sample::select(vec!["marketing", "utility", "authentication", "service"]),
        0..5_000u32,
        prop::option::weighted(0.2, 0..90_000_000u32),
    )
        .prop_map(|(day, channel, country, category, quantity, cost)| Row {
            day,
            channel,
            country,
            category,
            quantity,
            cost,
        })
}

fn money() -> impl Strategy<Value = Money> {
    (1..=31u32, 0..3usize, 1..60_000u32, 0..4u8).prop_map(|(day, channel, cents, kind)| Money {
        day,
        channel,
        cents,
        kind,
    })
}

fn month() -> impl Strategy<Value = Month> {
    (
        0..3u8,
        any::<bool>(),
        any::<bool>(),
        -50_000..50_000i64,
        prop::collection::vec(row(), 0..30),
        prop::collection::vec(money(), 0..6),
    )
        .prop_map(|(kind, usd, by_card, opening, rows, money)| Month {
            client_book: kind == 2,
            direct: kind > 0,
            usd,
            by_card: by_card || kind == 2,
            opening,
            rows,
            money,
        })
}

impl Row {
    fn line(&self, at: usize) -> String {
        self.line_of("2026-08", at)
    }

    fn line_of(&self, month: &str, at: usize) -> String {
        let cost = self.cost.map(|c| Decimal::new(i64::from(c), 6).to_string());
        format!(
            "{month}-{:02},{},{},{},{},{},{month}-{at}\n",
            self.day,
            CHANNELS[self.channel],
            self.country,
            self.category,
            self.quantity,
            cost.unwrap_or_default()
        )
    }
}

const CHANNELS: [&str; 3] = ["aaaaCH", "bbbbCH", "ccccCH"];

/// A book in its own folder.
struct Made {
    folder: TempDir,
    book: Book,
    direct: bool,
}

impl Made {
    fn of(month: &Month) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = moment("2026-08-31");
        let owner = if month.client_book {
            OwnerWord::Client
        } else {
            OwnerWord::Partner
        };
        let company = CompanyForm {
            name: "Elbe Messaging".to_owned(),
            address: String::new(),
            country: "DE".to_owned(),
            vat_id: String::new(),
            billing_email: String::new(),
        };
        let form = NewBookForm {
            owner,
            company,
            paper_language: String::new(),
        };
        let path = folder.path().join("month.hubbook");
        let book = Book::create(&path, form, &storyteller(), at).unwrap();
        let mut made = Self {
            folder,
            book,
            direct: month.direct,
        };
        made.set_up(month, at);
        made
    }

    /// With July closed before August begins.
    fn of_august(month: &Month) -> Self {
        let mut made = Self::of(month);
        made.close("2026-07");
        made
    }

    fn close(&mut self, month: &str) {
        let closed = self
            .book
            .close_month(HUB, month, moment("2026-09-01"))
            .unwrap();
        assert!(closed.closed.is_some());
    }

    /// A month's balances and invoices, to the last figure.
    fn papers(&self, month: &str) -> String {
        let at = moment("2026-09-01");
        let balances: Vec<_> = self
            .book
            .balances(HUB, month, at)
            .unwrap()
            .into_iter()
            .map(|b| {
                (
                    b.channel,
                    b.starting,
                    b.added,
                    b.used,
                    b.refunds,
                    b.settled_by_invoice,
                    b.rounding,
                    b.ending,
                )
            })
            .collect();
        let invoices = self.book.invoices(Some(HUB), Some(month), at).unwrap();
        format!("{balances:#?}{invoices:#?}")
    }

    fn set_up(&mut self, month: &Month, at: Moment) {
        let hub = NewHubForm {
            id: HUB.to_owned(),
            name: "Random".to_owned(),
            model: if month.direct {
                ModelWord::DirectPaid
            } else {
                ModelWord::PartnerPaid
            },
            currency: if month.usd { "USD" } else { "EUR" }.to_owned(),
            plan: (!month.client_book).then_some(PlanWord::Growth),
            since: "2026-01-01".to_owned(),
            first_month: "2026-07".to_owned(),
            opening: String::new(),
            pay_by: if month.by_card {
                PayByWord::Card
            } else {
                PayByWord::Pix
            },
        };
        self.book.add_hub(hub, at).unwrap();
        if !month.client_book {
            let client = ClientForm {
                hub: HUB.to_owned(),
                id: "oneCL".to_owned(),
                name: "One".to_owned(),
                country: String::new(),
                email: String::new(),
                vat_id: String::new(),
            };
            self.book.add_client(client, at).unwrap();
        }
        for (n, id) in CHANNELS.iter().enumerate() {
            let channel = ChannelForm {
                client: if month.client_book {
                    String::new()
                } else {
                    "oneCL".to_owned()
                },
                hub: if month.client_book {
                    HUB.to_owned()
                } else {
                    String::new()
                },
                id: (*id).to_owned(),
                phone: format!("+49 30 90182000{n}"),
                name: String::new(),
                tier: TierWord::Regular,
                tier_from: String::new(),
                started: "2026-02-01".to_owned(),
                ended: String::new(),
                time_zone: String::new(),
            };
            self.book.add_channel(channel, at).unwrap();
        }
        let opening = OpeningForm {
            hub: HUB.to_owned(),
            channel: month.direct.then(|| CHANNELS[0].to_owned()),
            amount: Decimal::new(month.opening, 2).to_string(),
        };
        self.book.set_opening(opening, at).unwrap();
    }

    fn import(&mut self, name: &str, lines: &[String]) {
        if lines.is_empty() {
            return; // A file without rows is refused.
        }
        let path = self.folder.path().join(name);
        std::fs::write(&path, format!("{HEAD}{}", lines.concat())).unwrap();
        let at = moment("2026-08-31");
        self.book.book_usage(&path, None, &mut go_on, at).unwrap();
    }

    fn add(&mut self, money: &Money) {
        let at = moment("2026-08-31");
        let amount = Decimal::new(i64::from(money.cents), 2).to_string();
        let on = format!("2026-08-{:02}", money.day);
        let hub = (!self.direct).then(|| HUB.to_owned());
        let channel = self.direct.then(|| CHANNELS[money.channel].to_owned());
        if money.kind < 2 {
            let kind = if money.kind == 0 {
                TopUpWord::Manual
            } else {
                TopUpWord::Automatic
            };
            let form = TopUpForm {
                hub,
                channel,
                amount,
                on,
                kind,
                method: Some(PayByWord::Card),
            };
            self.book.top_up(form, at).unwrap();
        } else {
            let to = if money.kind == 2 {
                RefundWord::Balance
            } else {
                RefundWord::Bank
            };
            let form = RefundForm {
                hub,
                channel,
                amount,
                on,
                to,
            };
            // A pay-out above the balance is refused, and that is all that is.
            if let Err(error) = self.book.refund(form, at) {
                assert_eq!(error.code.as_str(), "pay-out-above-balance", "{error}");
            }
        }
    }

    fn holds(&self, when: &str) {
        let check = self.book.check(moment("2026-09-01")).unwrap();
        assert!(check.holds, "{when}: {:#?}", check.lines);
    }

    fn said(&self) -> String {
        format!("{:#?}", everything(&self.book, moment("2026-09-01")))
    }

    fn balances(&self) -> Vec<BalanceView> {
        self.book
            .balances(HUB, "2026-08", moment("2026-09-01"))
            .unwrap()
    }
}

fn dec(money: &MoneyView) -> Decimal {
    let magnitude = money.amount.trim_start_matches('-');
    let exact = parse_amount(magnitude, AmountRule::NonNegativeExact).unwrap();
    if money.amount.starts_with('-') {
        -exact
    } else {
        exact
    }
}

fn lines_of(rows: &[Row]) -> Vec<String> {
    rows.iter()
        .enumerate()
        .map(|(at, row)| row.line(at))
        .collect()
}

/// What the hub's balances hold, whatever they are of: movements, and the five numbers.
fn adds_up(made: &Made) {
    for balance in made.balances() {
        let sum = dec(&balance.starting) + dec(&balance.added) - dec(&balance.used)
            + dec(&balance.refunds)
            + dec(&balance.settled_by_invoice)
            + dec(&balance.rounding);
        assert_eq!(sum, dec(&balance.ending), "{balance:#?}");
        let channel = balance.channel.as_ref().map(|c| c.id.as_str());
        let statement = made
            .book
            .statement(HUB, channel, None, moment("2026-09-01"))
            .unwrap();
        let mut running = Decimal::ZERO;
        for movement in &statement.movements {
            running += dec(&movement.amount);
            assert_eq!(running, dec(&movement.balance), "{movement:#?}");
        }
        assert_eq!(running, dec(&balance.ending), "{statement:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_month_adds_up_at_every_step_and_ends_in_whole_cents(month in month()) {
        let mut made = Made::of_august(&month);
        made.holds("at the start");
        for (at, money) in month.money.iter().enumerate() {
            made.add(money);
            made.holds(&format!("after money {at}"));
        }
        made.import("usage.csv", &lines_of(&month.rows));
        made.holds("after usage");
        adds_up(&made);
        let open = made.book.invoices(Some(HUB), Some("2026-08"), moment("2026-09-01")).unwrap();
        made.close("2026-08");
        made.holds("after the close");
        adds_up(&made);
        for balance in made.balances() {
            for cents in [&balance.starting, &balance.added, &balance.refunds, &balance.settled_by_invoice, &balance.ending] {
                prop_assert_eq!(dec(cents).normalize().scale().max(2), 2, "{:#?}", balance);
            }
        }
        let closed = made.book.invoices(Some(HUB), Some("2026-08"), moment("2026-09-01")).unwrap();
        for (before, after) in open.iter().zip(&closed) {
            prop_assert_eq!(&before.gross, &after.gross);
        }
        for invoice in closed.iter().flat_map(|m| &m.invoices) {
            let sum: Decimal = invoice.lines.iter().map(|line| dec(&line.amount)).sum();
            prop_assert_eq!(sum, dec(&invoice.net), "{:#?}", invoice);
            prop_assert_eq!(dec(&invoice.net) + dec(&invoice.vat), dec(&invoice.gross));
            if let Some(s) = &invoice.summary {
                let ending = dec(&s.starting) + dec(&s.added) + dec(&s.refunds_to_balance) - dec(&s.paid_out)
                    - dec(&s.used) + dec(&s.settled_by_invoice);
                prop_assert_eq!(ending, dec(&s.ending), "{:#?}", s);
                prop_assert!(ending >= Decimal::ZERO, "{:#?}", s);
                prop_assert_eq!(dec(&s.settled_by_invoice) + dec(&s.card_fee), dec(&s.net_payable));
                prop_assert_eq!(dec(&s.net_payable), dec(&invoice.net));
            }
        }
    }

    #[test]
    fn bringing_in_the_same_rows_again_changes_nothing(month in month(), turn in 0..30usize) {
        let mut made = Made::of_august(&month);
        let mut lines = lines_of(&month.rows);
        made.import("usage.csv", &lines);
        let before = made.said();
        made.import("again.csv", &lines);
        prop_assert_eq!(&made.said(), &before);
        // The same rows in another file and another order are the same rows.
        if !lines.is_empty() {
            let turn = turn % lines.len();
            lines.rotate_left(turn);
        }
        made.import("turned.csv", &lines);
        prop_assert_eq!(&made.said(), &before);
    }

    #[test]
    fn the_order_of_imports_does_not_matter_while_the_month_is_open(month in month(), cut in 0..30usize) {
        let lines = lines_of(&month.rows);
        let (first, second) = lines.split_at(cut.min(lines.len()));
        let mut forwards = Made::of_august(&month);
        forwards.import("one.csv", first);
        forwards.import("two.csv", second);
        let mut backwards = Made::of_august(&month);
        backwards.import("two.csv", second);
        backwards.import("one.csv", first);
        let figures = |made: &mut Made| {
            made.close("2026-08");
            let view = |b: &BalanceView| (b.channel.clone(), b.used.clone(), b.settled_by_invoice.clone(), b.ending.clone());
            let balances: Vec<_> = made.balances().iter().map(view).collect();
            let months = made.book.invoices(Some(HUB), Some("2026-08"), moment("2026-09-01")).unwrap();
            let invoices: Vec<_> = months
                .iter()
                .flat_map(|m| &m.invoices)
                .map(|i| (i.reference.clone(), i.net.clone(), i.gross.clone()))
                .collect();
            (format!("{balances:?}"), format!("{invoices:?}"))
        };
        prop_assert_eq!(figures(&mut forwards), figures(&mut backwards));
    }

    #[test]
    fn what_comes_late_leaves_a_closed_month_as_it_was(month in month(), late in 0..30usize, more in 1..500u32) {
        let mut made = Made::of(&month);
        let july: Vec<_> = month.rows.iter().enumerate().map(|(at, row)| row.line_of("2026-07", at)).collect();
        let (in_time, too_late) = july.split_at(late.min(july.len()));
        made.import("july.csv", in_time);
        made.close("2026-07");
        let closed = made.papers("2026-07");
        // Late rows, every third one of those in time with another quantity, and August's own.
        let mut again = too_late.to_vec();
        for (at, row) in month.rows.iter().enumerate().take(in_time.len()).step_by(3) {
            let changed = Row { quantity: row.quantity + more, ..row.clone() };
            again.push(changed.line_of("2026-07", at));
        }
        again.extend(lines_of(&month.rows));
        made.import("august.csv", &again);
        made.holds("after late and changed rows");
        for money in &month.money {
            made.add(money);
        }
        prop_assert_eq!(&made.papers("2026-07"), &closed);
        made.close("2026-08");
        made.holds("after the second close");
        adds_up(&made);
        prop_assert_eq!(&made.papers("2026-07"), &closed);
        let endings = made.book.balances(HUB, "2026-07", moment("2026-09-01")).unwrap();
        for (july, august) in endings.iter().zip(made.balances()) {
            prop_assert_eq!(&july.ending, &august.starting);
        }
    }
}
