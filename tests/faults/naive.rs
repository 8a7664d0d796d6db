//! What a month comes to by a second, simple reading of 360Dialog's rules: lists of what
//! happened, added up anew each time it is asked. It shares no rule with the app; only days and
//! decimals are the same.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) type Day = NaiveDate;

/// A calendar month, counted through from year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(pub(crate) i32);

impl Month {
    pub(crate) fn new(year: i32, month: i32) -> Self {
        Self(year * 12 + month - 1)
    }

    pub(crate) fn of(day: Day) -> Self {
        Self::new(day.year(), i32::try_from(day.month()).unwrap())
    }

    pub(crate) fn next(self) -> Self {
        Self(self.0 + 1)
    }

    pub(crate) fn first(self) -> Day {
        let month = u32::try_from(self.0 % 12 + 1).unwrap();
        Day::from_ymd_opt(self.0 / 12, month, 1).unwrap()
    }

    pub(crate) fn last(self) -> Day {
        self.next().first().pred_opt().unwrap()
    }

    pub(crate) fn days(self) -> u32 {
        self.last().day()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 12, self.0 % 12 + 1)
    }
}

fn rounded(amount: Decimal, decimals: u32) -> Decimal {
    amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

pub(crate) fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

/// Everything that happened in a book.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) client_book: bool,
    /// Country and whether there is a VAT ID, from a month on; the last that is told holds.
    pub(crate) company: Vec<(Month, &'static str, bool)>,
    /// Whether the card of October was brought in for euros.
    pub(crate) has_euro_card: bool,
    pub(crate) hubs: Vec<Hub>,
}

#[derive(Clone, Debug)]
pub(crate) struct Hub {
    pub(crate) id: String,
    /// Partner-Paid: one balance.
    pub(crate) shared: bool,
    pub(crate) euro: bool,
    pub(crate) since: Day,
    pub(crate) first: Month,
    pub(crate) by_card: bool,
    /// What a month of the plan costs, from a day on; none in a client's book.
    pub(crate) plans: Vec<(Day, i64)>,
    pub(crate) rules: Vec<(&'static str, Month, &'static str)>,
    pub(crate) has_client: bool,
    pub(crate) channels: Vec<Channel>,
    pub(crate) moves: Vec<Move>,
    pub(crate) rows: BTreeMap<String, Row>,
    pub(crate) closed: Vec<(Month, Papers)>,
    /// What each channel's licence of a closed month was charged with.
    pub(crate) charged: BTreeMap<(usize, Month), Decimal>,
    pub(crate) billed: Vec<Billed>,
}

/// The owner's own invoice to the hub's client.
#[derive(Clone, Debug)]
pub(crate) struct Billed {
    pub(crate) number: String,
    pub(crate) client: String,
    pub(crate) net: Decimal,
    pub(crate) vat: Decimal,
    pub(crate) paid: Decimal,
}

#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: String,
    /// Where its service messages go.
    pub(crate) home: &'static str,
    pub(crate) started: Day,
    pub(crate) ended: Option<Day>,
    pub(crate) tiers: Vec<(Day, &'static str)>,
    /// What it keeps paying for a regular licence, in cents, from a month on.
    pub(crate) kept: Vec<(Month, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Opening,
    TopUp,
    ToBalance,
    PaidOut,
    Messages,
    Calls,
    Settled,
    Rounding,
}

/// What moved a balance, above or below zero.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) what: What,
    /// The day it is booked on.
    pub(crate) day: Day,
    /// The day it happened on; of a reversal, the day that what it takes back was booked on.
    pub(crate) own: Day,
    pub(crate) channel: Option<usize>,
    pub(crate) amount: Decimal,
}

impl Move {
    /// Whether it takes back a top-up, refund or pay-out of a closed month.
    pub(crate) fn is_reversal(&self) -> bool {
        match self.what {
            What::TopUp | What::ToBalance => self.amount.is_sign_negative(),
            What::PaidOut => self.amount.is_sign_positive(),
            _ => false,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) channel: usize,
    pub(crate) day: Day,
    pub(crate) booked: Day,
    pub(crate) category: &'static str,
    pub(crate) country: &'static str,
    pub(crate) quantity: u32,
    pub(crate) cost: Option<Decimal>,
    pub(crate) by_hand: Option<Decimal>,
    pub(crate) waived: bool,
    pub(crate) amount: Option<Decimal>,
}

/// An invoice of 360Dialog's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Invoice {
    pub(crate) kind: &'static str,
    pub(crate) channel: Option<String>,
    pub(crate) day: Day,
    pub(crate) net: Decimal,
    pub(crate) vat: Decimal,
    pub(crate) card_fee: Decimal,
}

/// How a balance ends its month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settled {
    pub(crate) used: Decimal,
    pub(crate) shortfall: Decimal,
    pub(crate) card_fee: Decimal,
    pub(crate) vat: Decimal,
    pub(crate) rounding: Decimal,
    pub(crate) ending: Decimal,
}

/// A month as it is invoiced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Papers {
    pub(crate) invoices: Vec<Invoice>,
    /// Of each balance: the shared one, or a channel's.
    pub(crate) settled: Vec<(Option<usize>, Settled)>,
    /// Channel, the month that it is for, whether it is pro-rata, and how much.
    pub(crate) licences: Vec<(usize, Month, bool, Decimal)>,
    pub(crate) plan: Decimal,
    pub(crate) to_clients: Option<usize>,
}

/// A month of a balance in the numbers of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) starting: Decimal,
    pub(crate) added: Decimal,
    pub(crate) used: Decimal,
    pub(crate) refunds: Decimal,
    pub(crate) settled: Decimal,
    pub(crate) rounding: Decimal,
    pub(crate) ending: Decimal,
}

const MARKETS: [&str; 4] = ["DE", "ES", "BR", "IN"];

/// Meta's prices of a message, a call's for a minute, by the cards of 2026, in ten-thousandths.
fn list_price(euro: bool, has_euro_card: bool, row: &Row) -> Option<Decimal> {
    let at = MARKETS.iter().position(|m| *m == row.country)?;
    let (july, october) = (Month::new(2026, 7).first(), Month::new(2026, 10).first());
    let prices = match (euro, row.category) {
        (_, "service") if row.day < october => [0; 4],
        (true, "call") => return None,
        (false, "call") => [103, 129, 108, 53],
        (true, _) if row.day < july => return None,
        (true, _) if row.day >= october && !has_euro_card => return None,
        (true, "marketing") if row.day >= october => EURO_CARD[0],
        (true, _) if row.day >= october => EURO_CARD[1],
        (true, "marketing") => [1131, 585, 518, 99],
        (true, _) => [456, 166, 56, 12],
        (false, "marketing") if row.day < july => [1365, 615, 625, 118],
        (false, "marketing") => [1365, 707, 625, 118],
        (false, _) => [550, 200, 68, 14],
    };
    Some(Decimal::new(prices[at], 4))
}

/// The euro prices of October, made up: marketing and all others.
pub(crate) const EURO_CARD: [[i64; 4]; 2] = [[1201, 612, 530, 101], [470, 171, 57, 13]];

impl World {
    /// The percentage of VAT that 360Dialog charges in a month.
    fn vat_percent(&self, month: Month) -> Decimal {
        let told = self.company.iter().rev().find(|(from, ..)| *from <= month);
        let (_, country, has_id) = told.unwrap();
        match (*country, has_id) {
            ("DE", _) | ("ES", false) => Decimal::from(19),
            _ => Decimal::ZERO,
        }
    }

    /// Whether the company sits in Germany in a month.
    pub(crate) fn is_german(&self, month: Month) -> bool {
        let told = self.company.iter().rev().find(|(from, ..)| *from <= month);
        told.unwrap().1 == "DE"
    }

    /// Whether the owner of the book pays for usage and licences.
    pub(crate) fn is_ours(&self, hub: &Hub) -> bool {
        self.client_book || hub.shared
    }

    fn vat_on(&self, month: Month, base: Decimal) -> Decimal {
        rounded(base * self.vat_percent(month) / Decimal::from(100), 2)
    }

    /// The VAT that a top-up or pay-out booked in a month bears.
    fn vat_of_top_up(&self, hub: &Hub, month: Month, amount: Decimal) -> Decimal {
        if !self.is_ours(hub) || hub.rule("vat-on", month) == "usage" {
            return Decimal::ZERO;
        }
        self.vat_on(month, amount)
    }

    /// A month's papers: as they were frozen, or as they would be now.
    pub(crate) fn papers(&self, hub: &Hub, month: Month) -> Papers {
        let frozen = hub.closed.iter().find(|(closed, _)| *closed == month);
        frozen.map_or_else(|| self.work_out(hub, month), |(_, papers)| papers.clone())
    }

    fn work_out(&self, hub: &Hub, month: Month) -> Papers {
        let mut papers = Papers {
            licences: hub.licences(month),
            ..Papers::default()
        };
        let plan = hub.plan_fees(month);
        papers.plan = plan.iter().sum();
        if !plan.is_empty() {
            let (day, net) = (month.first(), papers.plan);
            papers
                .invoices
                .push(self.fees(hub, "plan", None, day, month, net));
        }
        for balance in hub.balances() {
            papers
                .settled
                .push((balance, self.settle(hub, balance, month)));
        }
        if self.is_ours(hub) {
            let payers: Vec<_> = hub.balances();
            for payer in payers {
                self.invoice(hub, payer, month, &mut papers);
            }
        } else {
            papers.to_clients = Some(to_clients(hub, month, &papers));
        }
        papers
    }

    /// What one payer is invoiced for: the partner for all, a client for its channel.
    fn invoice(&self, hub: &Hub, payer: Option<usize>, month: Month, papers: &mut Papers) {
        let name = payer.map(|at| hub.channels[at].id.clone());
        let is_own = |channel: usize| payer.is_none_or(|own| own == channel);
        for (kind, pro_rata, day) in [
            ("licence", false, month.first()),
            ("pro-rata", true, month.last()),
        ] {
            let own: Vec<_> = papers
                .licences
                .iter()
                .filter(|(channel, _, is_pro_rata, _)| is_own(*channel) && *is_pro_rata == pro_rata)
                .map(|(.., amount)| *amount)
                .collect();
            if !own.is_empty() {
                let net = own.iter().sum();
                let invoice = self.fees(hub, kind, name.clone(), day, month, net);
                papers.invoices.push(invoice);
            }
        }
        for top_up in hub.top_ups(payer, month) {
            papers.invoices.push(Invoice {
                kind: "top-up",
                channel: name.clone(),
                day: top_up.1,
                net: top_up.0,
                vat: self.vat_of_top_up(hub, month, top_up.0),
                card_fee: Decimal::ZERO,
            });
        }
        let settled = papers.settled.iter().find(|(balance, _)| *balance == payer);
        let settled = &settled.unwrap().1;
        if !settled.used.is_zero() {
            papers.invoices.push(Invoice {
                kind: "closing",
                channel: name,
                day: month.next().first(),
                net: settled.shortfall + settled.card_fee,
                vat: settled.vat,
                card_fee: settled.card_fee,
            });
        }
    }

    fn fees(
        &self,
        hub: &Hub,
        kind: &'static str,
        channel: Option<String>,
        day: Day,
        month: Month,
        net: Decimal,
    ) -> Invoice {
        let card_fee = match hub.rule("card-fee-on", month) {
            "shortfall-and-fees" => hub.card_fee(net),
            _ => Decimal::ZERO,
        };
        Invoice {
            kind,
            channel,
            day,
            net: net + card_fee,
            vat: self.vat_on(month, net + card_fee),
            card_fee,
        }
    }

    /// Rule 11, word for word.
    fn settle(&self, hub: &Hub, balance: Option<usize>, month: Month) -> Settled {
        let numbers = hub.numbers(balance, month);
        let used = rounded(numbers.used, 2);
        let before = numbers.starting + numbers.added + numbers.refunds - used;
        let mut settled = Settled {
            used,
            rounding: numbers.used - used,
            ending: before,
            ..Settled::default()
        };
        if used.is_zero() {
            return settled;
        }
        settled.shortfall = (-before).max(Decimal::ZERO);
        settled.ending = before + settled.shortfall;
        if hub.rule("card-fee-on", month) != "nothing" {
            settled.card_fee = hub.card_fee(settled.shortfall);
        }
        if self.is_ours(hub) {
            let base = match hub.rule("vat-on", month) {
                "usage" => used + settled.card_fee,
                _ => settled.shortfall + settled.card_fee,
            };
            settled.vat = self.vat_on(month, base);
        }
        settled
    }

    /// Closes a month: what settles its balances is booked on its last day.
    pub(crate) fn close(&mut self, at: usize, month: Month) {
        let papers = self.work_out(&self.hubs[at], month);
        let hub = &mut self.hubs[at];
        for (balance, settled) in &papers.settled {
            for (what, amount) in [
                (What::Rounding, settled.rounding),
                (What::Settled, settled.shortfall),
            ] {
                hub.moves.push(Move {
                    what,
                    day: month.last(),
                    own: month.last(),
                    channel: *balance,
                    amount,
                });
            }
        }
        for (channel, of, _, amount) in &papers.licences {
            *hub.charged.entry((*channel, *of)).or_default() += amount;
        }
        hub.closed.push((month, papers));
    }

    /// What every account of the ledger holds, debit above zero (rule 16).
    pub(crate) fn trial_balance(&self) -> BTreeMap<String, Decimal> {
        let mut trial = Trial::default();
        for hub in &self.hubs {
            for moved in &hub.moves {
                let day = if moved.is_reversal() {
                    moved.own
                } else {
                    moved.day
                };
                let vat = match moved.what {
                    What::TopUp | What::PaidOut => {
                        self.vat_of_top_up(hub, Month::of(day), moved.amount)
                    }
                    _ => Decimal::ZERO,
                };
                trial.post(hub, self.is_ours(hub), moved, vat);
            }
            for (_, papers) in &hub.closed {
                trial.post_papers(hub, papers);
            }
            for billed in &hub.billed {
                let client = format!("asset:receivable:{}:{}", hub.id, billed.client);
                let open = billed.net + billed.vat - billed.paid;
                *trial.0.entry(client).or_default() += open;
                trial.put("revenue:clients", hub, -billed.net);
                trial.put("liability:output-vat", hub, -billed.vat);
                trial.put("asset:bank", hub, billed.paid);
            }
        }
        trial.0.retain(|_, amount| !amount.is_zero());
        trial.0
    }
}

/// 360Dialog's invoices to the clients of a Direct-Paid hub: they are counted, and no more.
fn to_clients(hub: &Hub, month: Month, papers: &Papers) -> usize {
    let mut many = 0;
    for (at, _) in hub.channels.iter().enumerate() {
        for pro_rata in [false, true] {
            let has_one =
                |line: &&(usize, Month, bool, Decimal)| line.0 == at && line.2 == pro_rata;
            many += usize::from(papers.licences.iter().any(|line| has_one(&line)));
        }
        many += hub.top_ups(Some(at), month).len();
    }
    many + papers
        .settled
        .iter()
        .filter(|(_, s)| !s.used.is_zero())
        .count()
}

#[derive(Default)]
struct Trial(BTreeMap<String, Decimal>);

impl Trial {
    fn put(&mut self, account: &str, hub: &Hub, amount: Decimal) {
        *self.0.entry(format!("{account}:{}", hub.id)).or_default() += amount;
    }

    fn post(&mut self, hub: &Hub, is_ours: bool, moved: &Move, vat: Decimal) {
        let amount = moved.amount;
        let channel = moved.channel.filter(|_| !hub.shared);
        let of = channel.map_or(String::new(), |at| format!(":{}", hub.channels[at].id));
        let mut put = |account: &str, of: &str, amount: Decimal| {
            let name = format!("{account}:{}{of}", hub.id);
            *self.0.entry(name).or_default() += amount;
        };
        if !is_ours {
            let other = match moved.what {
                What::Opening | What::TopUp | What::PaidOut | What::Settled => "memo:client-money",
                What::Messages | What::Calls | What::ToBalance | What::Rounding => {
                    "memo:client-usage"
                }
            };
            put("memo:client-funds", &of, amount);
            put(other, &of, -amount);
            return;
        }
        put("asset:prepaid-balance", &of, amount);
        match moved.what {
            What::Opening => put("equity:opening-balances", "", -amount),
            What::TopUp | What::PaidOut => {
                put("asset:input-vat", "", vat);
                let other = match moved.what {
                    What::TopUp => "liability:payable-360dialog",
                    _ => "asset:bank",
                };
                put(other, "", -amount - vat);
            }
            What::Messages | What::ToBalance => put("cost:messages", "", -amount),
            What::Calls => put("cost:calls", "", -amount),
            What::Rounding => put("cost:rounding", "", -amount),
            What::Settled => put("liability:payable-360dialog", "", -amount),
        }
    }

    /// What a month's papers say besides what moved its balances.
    fn post_papers(&mut self, hub: &Hub, papers: &Papers) {
        for invoice in &papers.invoices {
            let costs = match invoice.kind {
                "plan" => "cost:partner-plan",
                "top-up" => continue,
                _ => "cost:licences",
            };
            let fees = match invoice.kind {
                // The shortfall itself moved the balance.
                "closing" => Decimal::ZERO,
                _ => invoice.net - invoice.card_fee,
            };
            self.put(costs, hub, fees);
            self.put("cost:payment", hub, invoice.card_fee);
            self.put("asset:input-vat", hub, invoice.vat);
            let owed = fees + invoice.card_fee + invoice.vat;
            self.put("liability:payable-360dialog", hub, -owed);
        }
    }
}

impl Hub {
    pub(crate) fn first_open(&self) -> Month {
        self.closed
            .last()
            .map_or(self.first, |(month, _)| month.next())
    }

    /// The day that something of a day is booked on.
    pub(crate) fn booked(&self, day: Day) -> Day {
        day.max(self.first_open().first())
    }

    /// The shared balance, or one of each channel.
    pub(crate) fn balances(&self) -> Vec<Option<usize>> {
        if self.shared {
            return vec![None];
        }
        (0..self.channels.len()).map(Some).collect()
    }

    pub(crate) fn rule(&self, rule: &str, month: Month) -> &'static str {
        let holds = |(name, from, _): &&(&str, Month, &str)| *name == rule && *from <= month;
        let told = self
            .rules
            .iter()
            .filter(holds)
            .max_by_key(|(_, from, _)| *from);
        told.map_or("", |(.., value)| *value)
    }

    fn card_fee(&self, base: Decimal) -> Decimal {
        if self.by_card {
            rounded(base * Decimal::new(4, 2), 2)
        } else {
            Decimal::ZERO
        }
    }

    /// Amounts of the top-ups booked in a month, with the days that they were made on.
    fn top_ups(&self, balance: Option<usize>, month: Month) -> Vec<(Decimal, Day)> {
        let own = |m: &&Move| {
            m.what == What::TopUp
                && !m.is_reversal()
                && m.channel == balance
                && Month::of(m.day) == month
        };
        self.moves
            .iter()
            .filter(own)
            .map(|m| (m.amount, m.own))
            .collect()
    }

    fn is_of(&self, moved: &Move, balance: Option<usize>) -> bool {
        self.shared || moved.channel == balance
    }

    pub(crate) fn numbers(&self, balance: Option<usize>, month: Month) -> Numbers {
        let mut numbers = Numbers::default();
        for moved in self.moves.iter().filter(|m| self.is_of(m, balance)) {
            let (of, amount) = (Month::of(moved.day), moved.amount);
            if of > month {
                continue;
            }
            numbers.ending += amount;
            if of < month {
                numbers.starting += amount;
                continue;
            }
            match moved.what {
                What::Opening => numbers.starting += amount,
                What::TopUp => numbers.added += amount,
                What::ToBalance | What::PaidOut => numbers.refunds += amount,
                What::Messages | What::Calls => numbers.used -= amount,
                What::Settled => numbers.settled += amount,
                What::Rounding => numbers.rounding += amount,
            }
        }
        numbers
    }

    /// The lowest that a balance is at the end of any day from one on.
    pub(crate) fn lowest_from(&self, balance: Option<usize>, day: Day) -> Decimal {
        let mut of_day: BTreeMap<Day, Decimal> = BTreeMap::from([(day, Decimal::ZERO)]);
        for moved in self.moves.iter().filter(|m| self.is_of(m, balance)) {
            *of_day.entry(moved.day.max(day)).or_default() += moved.amount;
        }
        let mut running = Decimal::ZERO;
        let ends = of_day.values().map(|amount| {
            running += amount;
            running
        });
        ends.min().unwrap_or_default()
    }

    /// Whether the balance of a move was paid out after it, in a month that is open, and would go
    /// below zero without it.
    pub(crate) fn was_paid_out(&self, at: usize) -> bool {
        let first = self.first_open().first();
        let (balance, amount) = (self.moves[at].channel, self.moves[at].amount);
        let paid_out = self.moves.iter().skip(at + 1).filter(|m| {
            m.what == What::PaidOut && !m.is_reversal() && m.channel == balance && m.day >= first
        });
        let since = paid_out.map(|m| m.day).min();
        since.is_some_and(|day| {
            amount.is_sign_positive()
                && (self.lowest_from(balance, day) - amount).is_sign_negative()
        })
    }

    /// The part of a price that the rest of a month costs from a day on.
    fn share(&self, price: Decimal, from: Day) -> Decimal {
        let month = Month::of(from);
        let (days, day) = (month.days(), from.day());
        let charged = match self.rule("proration", month) {
            "whole-month" => days,
            "after-start-day" => days - day,
            _ => days - day + 1,
        };
        rounded(price * Decimal::from(charged) / Decimal::from(days), 2)
    }

    /// The fees of one thing that has a price from day to day: its own, then each rise.
    fn fees_of(
        &self,
        steps: &[(Day, Decimal)],
        start: Day,
        last: Day,
        whole: bool,
    ) -> Vec<(bool, Decimal)> {
        let month = Month::of(start);
        let holds = steps.iter().rfind(|(from, _)| *from <= start);
        let mut price = holds.unwrap_or(&steps[0]).1;
        let began_within = start > month.first();
        let own = if began_within && !whole {
            self.share(price, start)
        } else {
            price
        };
        let mut fees = vec![(began_within, own)];
        if self.rule("upgrade", month) == "next-month" {
            return fees;
        }
        for (from, dearer) in steps
            .iter()
            .filter(|(from, _)| *from > start && *from <= last)
        {
            if *dearer > price {
                fees.push((true, self.share(dearer - price, *from)));
                price = *dearer;
            }
        }
        fees
    }

    fn plan_fees(&self, month: Month) -> Vec<Decimal> {
        if self.plans.is_empty() || self.since > month.last() {
            return Vec::new();
        }
        let steps: Vec<_> = self
            .plans
            .iter()
            .map(|(from, price)| (*from, cents(*price)))
            .collect();
        let whole = self.rule("plan-first-month", month) == "whole-month";
        let fees = self.fees_of(&steps, self.since.max(month.first()), month.last(), whole);
        fees.into_iter().map(|(_, amount)| amount).collect()
    }

    fn licence_price(&self, channel: &Channel, tier: &str, month: Month) -> Decimal {
        let kept = channel.kept.iter().rev().find(|(from, _)| *from <= month);
        match (tier, kept, self.rule("higher-throughput", month)) {
            ("regular", Some((_, price)), _) => cents(*price),
            ("regular", None, _) => cents(2_500),
            ("premium", ..) => cents(4_900),
            (_, _, "adds-to-premium") => cents(29_800),
            _ => cents(24_900),
        }
    }

    /// A channel's licence in a month: pro-rata or not, and how much.
    fn licence(&self, channel: &Channel, month: Month) -> Vec<(bool, Decimal)> {
        let start = channel.started.max(month.first());
        let ended = channel
            .ended
            .map(|day| match self.rule("termination-day", month) {
                "day-after" => day.pred_opt().unwrap(),
                _ => day,
            });
        let last = ended.map_or(month.last(), |day| day.min(month.last()));
        if start > last {
            return Vec::new();
        }
        let steps: Vec<_> = channel
            .tiers
            .iter()
            .map(|(from, tier)| (*from, self.licence_price(channel, tier, month)))
            .collect();
        self.fees_of(&steps, start, last, false)
    }

    /// All licences that a month is invoiced for: its own, and what closed months still owe.
    fn licences(&self, month: Month) -> Vec<(usize, Month, bool, Decimal)> {
        let mut all = Vec::new();
        for (at, channel) in self.channels.iter().enumerate() {
            for (pro_rata, amount) in self.licence(channel, month) {
                all.push((at, month, pro_rata, amount));
            }
            if month != self.first_open() {
                continue;
            }
            for (closed, _) in &self.closed {
                let owed: Decimal = self.licence(channel, *closed).iter().map(|fee| fee.1).sum();
                let charged = self
                    .charged
                    .get(&(at, *closed))
                    .copied()
                    .unwrap_or_default();
                if owed > charged {
                    all.push((at, *closed, false, owed - charged));
                }
            }
        }
        all
    }

    /// Takes a row of a file: `new`, `changed` or `already`, and whether it is late.
    pub(crate) fn take(&mut self, key: &str, row: Row, has_euro_card: bool) -> &'static str {
        let old = self.rows.get(key).cloned();
        let word = match &old {
            Some(old) if old.says_the_same(&row) => return "already",
            Some(_) => "changed",
            None => "new",
        };
        if let Some(old) = &old {
            self.use_up(old, self.booked(old.booked), old.amount, true);
        }
        let row = Row {
            booked: self.booked(row.day),
            ..row
        };
        self.rows.insert(key.to_owned(), row.clone());
        self.price(key, has_euro_card);
        for row in [Some(row), old].into_iter().flatten() {
            self.deal_free_messages(row.channel, Month::of(row.day));
        }
        word
    }

    /// Books a row's amount, or takes it back.
    fn use_up(&mut self, row: &Row, booked: Day, amount: Option<Decimal>, back: bool) {
        let amount = amount.unwrap_or_default();
        self.moves.push(Move {
            what: if row.category == "call" {
                What::Calls
            } else {
                What::Messages
            },
            day: booked,
            own: row.day,
            channel: Some(row.channel),
            amount: if back { amount } else { -amount },
        });
    }

    /// Gives a row that has none its price, if there is one.
    pub(crate) fn price(&mut self, key: &str, has_euro_card: bool) {
        let row = self.rows[key].clone();
        let list = list_price(self.euro, has_euro_card, &row).map(|price| {
            let units = if row.category == "call" { 10 } else { 1 };
            rounded(
                price * Decimal::from(row.quantity) / Decimal::from(units),
                6,
            )
        });
        let waived = row.waived.then_some(Decimal::ZERO);
        let amount = row.cost.or(row.by_hand).or(waived).or(list);
        if amount.is_some() {
            self.use_up(&row, row.booked, amount, false);
            self.rows.get_mut(key).unwrap().amount = amount;
        }
    }

    /// The first 1,000 service messages of a number and month cost nothing from October on.
    pub(crate) fn deal_free_messages(&mut self, channel: usize, month: Month) {
        let mut own: Vec<_> = self
            .rows
            .iter()
            .filter(|(_, row)| {
                row.channel == channel
                    && row.category == "service"
                    && Month::of(row.day) == month
                    && row.day >= Month::new(2026, 10).first()
                    && row.cost.is_none_or(|cost| cost.is_zero())
            })
            .map(|(key, row)| (row.day, key.clone()))
            .collect();
        own.sort();
        let is_on = self.rule("free-service-messages", month) != "off";
        let mut left = if is_on { 1_000 } else { 0 };
        for (_, key) in own {
            let row = self.rows[&key].clone();
            let free = row.quantity.min(left);
            left -= free;
            let price = list_price(self.euro, false, &row).unwrap_or_default();
            let amount = row
                .cost
                .unwrap_or(price * Decimal::from(row.quantity - free));
            if row.amount != Some(amount) {
                let booked = self.booked(row.booked);
                self.use_up(&row, booked, row.amount, true);
                let now = Row {
                    amount: Some(amount),
                    booked,
                    ..row
                };
                self.use_up(&now, booked, now.amount, false);
                self.rows.insert(key, now);
            }
        }
    }

    /// Rows without a price that are booked in a month.
    pub(crate) fn unrated(&self, month: Month) -> Vec<String> {
        let waits = |row: &Row| row.amount.is_none() && Month::of(row.booked) == month;
        let rows = self.rows.iter().filter(|(_, row)| waits(row));
        rows.map(|(key, _)| key.clone()).collect()
    }

    /// What a channel used that is booked in a month.
    pub(crate) fn used_by(&self, channel: usize, month: Month) -> Decimal {
        let own = |m: &&Move| {
            matches!(m.what, What::Messages | What::Calls)
                && m.channel == Some(channel)
                && Month::of(m.day) == month
        };
        -self
            .moves
            .iter()
            .filter(own)
            .map(|m| m.amount)
            .sum::<Decimal>()
    }
}

impl Row {
    fn says_the_same(&self, other: &Self) -> bool {
        let same_cost = self.cost == other.cost && self.by_hand.is_none()
            || self.by_hand.is_some() && (other.cost.is_none() || other.cost == self.by_hand);
        same_cost
            && (
                self.channel,
                self.day,
                self.category,
                self.country,
                self.quantity,
            ) == (
                other.channel,
                other.day,
                other.category,
                other.country,
                other.quantity,
            )
    }
}

/// Where usage goes that can be priced.
pub(crate) fn markets() -> [&'static str; 4] {
    MARKETS
}
