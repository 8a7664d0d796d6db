//! What happens in a month: told to the app and to the model.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use harness::booking::keeper;
use harness::invoicing::{billing, german_client, seller};
use harness::walk::go_on;
use hubledger_book::form::{
    CancelChannelForm, ChannelForm, ClientDraftForm, ClientInvoiceForm, ClientLineForm,
    ClientPaymentForm, EditHubForm, INVOICE_DAY, KeptPriceForm, OpeningForm, PriceChargeForm,
    PriceFileForm, RefundForm, RuleForm, TopUpForm, WaiveForm,
};
use hubledger_book::ledger::EntriesForm;
use hubledger_book::reverse::ReverseForm;
use hubledger_book::view::ChargeView;
use hubledger_book::word::{BackupWord, RefundWord, TierWord, TopUpWord};
use hubledger_book::{Book, restore};
use rust_decimal::{Decimal, RoundingStrategy};

use super::compare::dec;
use super::{FileRow, Sim, company, moved, pay_word, pick, plan_word};
use crate::naive::{Billed, Day, EURO_CARD, Month, Move, Row, What, cents, markets};

const AWAY_FROM_ZERO: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

const HEAD: &str = "date,channel_id,country,category,quantity,cost,row_id\n";

/// What is reversed by chance.
const KINDS: [What; 3] = [What::TopUp, What::ToBalance, What::PaidOut];

fn what_of(kind: &str) -> Option<What> {
    match kind {
        "top-up" => Some(What::TopUp),
        "refund-to-balance" => Some(What::ToBalance),
        "paid-out" => Some(What::PaidOut),
        _ => None,
    }
}

impl Sim {
    pub(super) fn step(&mut self) {
        let hub = self.one_of(self.world.hubs.len()).unwrap();
        match self.below(30) {
            0 if self.bills => self.bill(hub),
            1 => self.back_up(),
            2 => self.restore(),
            3 | 4 => self.close(hub),
            8 | 9 => self.reverse(hub),
            5..=7 => self.undo(),
            _ => self.step_that_can_be_undone(),
        }
    }

    pub(crate) fn step_that_can_be_undone(&mut self) {
        let hub = self.one_of(self.world.hubs.len()).unwrap();
        match self.below(22) {
            0..=3 => self.top_up(hub),
            4 | 5 => self.refund(hub),
            6..=9 => self.import(),
            10 | 11 => self.import_again(),
            12 | 13 => self.settle_unrated(hub),
            14 => self.change_tier(hub),
            15 => self.cancel(hub),
            16 => match self.below(2) {
                0 => self.keep_price(hub),
                _ => self.add_channel(hub),
            },
            17 => self.change_plan(hub),
            18 => self.set_rule(hub),
            19 => match self.below(3) {
                0 => self.change_company(),
                1 => self.pay_by(hub),
                _ => self.set_opening(hub),
            },
            20 => self.bring_euro_card(),
            _ => self.take_payment(hub),
        }
    }

    /// One of so many; none of none.
    pub(crate) fn one_of(&mut self, many: usize) -> Option<usize> {
        (many > 0).then(|| usize::try_from(self.below(u64::try_from(many).unwrap())).unwrap())
    }

    /// A balance of a hub: the hub and channel of a form, and the channel of the model.
    fn balance(&mut self, hub: usize) -> Option<(Option<String>, Option<String>, Option<usize>)> {
        let at = self.one_of(self.world.hubs[hub].channels.len());
        let hub = &self.world.hubs[hub];
        if hub.shared {
            return Some((Some(hub.id.clone()), None, None));
        }
        at.map(|at| (None, Some(hub.channels[at].id.clone()), Some(at)))
    }

    /// A day of the books of a hub, up to today; none where they have not begun.
    fn past_day(&mut self, hub: usize) -> Option<Day> {
        let hub = &self.world.hubs[hub];
        let from = hub.first.first().max(hub.since);
        (from <= self.today).then(|| self.day(from, self.today))
    }

    fn top_up(&mut self, at_hub: usize) {
        let Some(day) = self.past_day(at_hub) else {
            return;
        };
        let Some((hub, channel, balance)) = self.balance(at_hub) else {
            return;
        };
        let amount = self.amount();
        let kinds = [
            TopUpWord::Manual,
            TopUpWord::Automatic,
            TopUpWord::Emergency,
        ];
        let form = TopUpForm {
            hub,
            channel,
            amount: amount.to_string(),
            on: day.to_string(),
            kind: pick(&mut self.random, &kinds),
            method: None,
        };
        self.act(
            &format!("top-up {form:?}"),
            |book, at| book.top_up(form, at).map(|_| ()),
            |world| {
                let hub = &mut world.hubs[at_hub];
                let top_up = moved(What::TopUp, hub.booked(day), balance, amount);
                hub.moves.push(Move { own: day, ..top_up });
            },
        );
    }

    fn refund(&mut self, at_hub: usize) {
        let Some(day) = self.past_day(at_hub) else {
            return;
        };
        let Some((hub, channel, balance)) = self.balance(at_hub) else {
            return;
        };
        let (amount, to_bank) = (self.amount(), self.one_in(2));
        let form = RefundForm {
            hub,
            channel,
            amount: amount.to_string(),
            on: day.to_string(),
            to: if to_bank {
                RefundWord::Bank
            } else {
                RefundWord::Balance
            },
        };
        let told = format!("refund {form:?}");
        let model = &self.world.hubs[at_hub];
        let booked = model.booked(day);
        if to_bank && model.lowest_from(balance, booked) < amount {
            return self.refused(&told, "pay-out-above-balance", |book, at| {
                book.refund(form, at).map(|_| ())
            });
        }
        self.act(
            &told,
            |book, at| book.refund(form, at).map(|_| ()),
            |world| {
                let (what, amount) = if to_bank {
                    (What::PaidOut, -amount)
                } else {
                    (What::ToBalance, amount)
                };
                world.hubs[at_hub]
                    .moves
                    .push(moved(what, booked, balance, amount));
            },
        );
    }

    /// A top-up, refund or pay-out of a closed month goes in the first open one. What is offered is
    /// what the model knows of closed months, each once.
    fn reverse(&mut self, at_hub: usize) {
        let at = self.at();
        let form = EntriesForm {
            hub: Some(self.world.hubs[at_hub].id.clone()),
            until: self.today.to_string(),
            limit: 1_000,
            ..EntriesForm::default()
        };
        let page = self.book().entries(&form, at).unwrap();
        let offered: Vec<_> = (page.entries.into_iter())
            .filter(|entry| entry.can_reverse)
            .filter_map(|entry| Some((what_of(&entry.kind)?, entry)))
            .collect();
        let hub = &self.world.hubs[at_hub];
        let open = hub.first_open().first();
        let of_kinds = hub.moves.iter().filter(|m| KINDS.contains(&m.what));
        let (gone, told): (Vec<_>, Vec<_>) = of_kinds.partition(|m| m.is_reversal());
        let known = told.iter().filter(|m| m.day < open).count() - gone.len();
        self.same("entries to reverse", &offered.len(), &known);
        let Some(one) = self.one_of(offered.len()) else {
            return;
        };
        let (what, entry) = &offered[one];
        let mut postings = entry.postings.iter();
        let is_balance = |account: &str| {
            account.starts_with("asset:prepaid-balance") || account.starts_with("memo:client-funds")
        };
        let posting = postings.find(|p| is_balance(&p.account)).unwrap();
        let amount = match (&posting.debit, &posting.credit) {
            (Some(debit), _) => dec(debit),
            (_, credit) => -dec(credit.as_ref().unwrap()),
        };
        let hub = &self.world.hubs[at_hub];
        let balance = posting.of.as_ref().map(|id| {
            let mut ids = hub.channels.iter();
            ids.position(|channel| channel.id == *id).unwrap()
        });
        let day: Day = entry.day.parse().unwrap();
        let is_it =
            |m: &Move| (m.what, m.day, m.channel, m.amount) == (*what, day, balance, amount);
        let alike = (0..hub.moves.len()).filter(|at| is_it(&hub.moves[*at]));
        let alike: Vec<_> = alike.collect();
        // Which of two that are the same is meant can't be told.
        let [at] = alike[..] else { return };
        let form = ReverseForm {
            entry: Some(entry.entry.clone()),
            charge: None,
        };
        let told = format!("reverse {} of {}, {amount}", entry.kind, entry.day);
        if hub.was_paid_out(at) {
            return self.refused(&told, "paid-out-meanwhile", |book, at| {
                book.reverse(&form, at).map(|_| ())
            });
        }
        let back = Move {
            own: day,
            ..moved(*what, open, balance, -amount)
        };
        self.act(
            &told,
            |book, at| book.reverse(&form, at).map(|_| ()),
            |world| world.hubs[at_hub].moves.push(back),
        );
        self.tally.reversed += 1;
    }

    fn quantity(&mut self) -> u32 {
        loop {
            let most = pick(&mut self.random, &[50, 900, 9_000]);
            let quantity = 1 + u32::try_from(self.below(most)).unwrap();
            if !self.quantities.contains(&quantity) {
                self.quantities.push(quantity);
                return quantity;
            }
        }
    }

    /// A row of usage, where a channel of the hub has a day for it.
    fn row(&mut self, at_hub: usize) -> Option<Row> {
        let at = self.one_of(self.world.hubs[at_hub].channels.len())?;
        let (euro, first) = (self.world.hubs[at_hub].euro, self.world.hubs[at_hub].first);
        let channel = self.world.hubs[at_hub].channels[at].clone();
        let from = channel.started.max(first.first());
        let until = channel.ended.map_or(self.today, |day| day.min(self.today));
        if from > until {
            return None;
        }
        // Rather late days than early ones.
        let from = if self.one_in(3) {
            from
        } else {
            from.max(Month::of(until).first())
        };
        let day = self.day(from, until);
        let category = pick(
            &mut self.random,
            &[
                "marketing",
                "marketing",
                "utility",
                "authentication",
                "service",
                "call",
            ],
        );
        let is_service = category == "service";
        if is_service && euro && day >= Month::new(2026, 10).first() {
            return None;
        }
        let country = if is_service {
            channel.home
        } else {
            pick(&mut self.random, &markets())
        };
        let cost = if self.one_in(4) && !is_service {
            Some(Decimal::new(
                i64::try_from(self.below(40_000_000)).unwrap(),
                6,
            ))
        } else {
            None
        };
        Some(Row {
            channel: at,
            day,
            booked: day,
            category,
            country,
            quantity: self.quantity(),
            cost,
            by_hand: None,
            waived: false,
            amount: None,
        })
    }

    fn import(&mut self) {
        let mut rows: Vec<FileRow> = Vec::new();
        for _ in 0..1 + self.below(6) {
            let at_hub = self.one_of(self.world.hubs.len()).unwrap();
            let Some(row) = self.row(at_hub) else {
                continue;
            };
            let known: Vec<_> = self.world.hubs[at_hub]
                .rows
                .keys()
                .filter(|k| k.starts_with('r'))
                .cloned()
                .collect();
            let (key, id) = match self.below(4) {
                // A row that is known, and says something else.
                0 if !known.is_empty() => {
                    let key = pick(&mut self.random, &known);
                    (key.clone(), key)
                }
                0..=2 => {
                    self.serial += 1;
                    let key = format!("r{at_hub}-{}", self.serial);
                    (key.clone(), key)
                }
                _ => {
                    let (ch, day) = (row.channel, row.day);
                    let place = format!("p{ch} {day} {} {}", row.category, row.country);
                    let before = rows
                        .iter()
                        .filter(|(hub, key, ..)| {
                            *hub == at_hub && key.starts_with(&format!("{place} #"))
                        })
                        .count();
                    (format!("{place} #{before}"), String::new())
                }
            };
            if rows
                .iter()
                .any(|(hub, other, ..)| *hub == at_hub && *other == key)
            {
                continue;
            }
            let channel = &self.world.hubs[at_hub].channels[row.channel];
            let cost = row.cost.map(|c| c.to_string()).unwrap_or_default();
            let line = format!(
                "{},{},{},{},{},{cost},{id}\n",
                row.day, channel.id, row.country, row.category, row.quantity
            );
            rows.push((at_hub, key, row, line));
        }
        if !rows.is_empty() {
            self.files.push(rows.clone());
            self.book_file(rows);
        }
    }

    /// A file that was brought in before, which may have been undone or changed since.
    fn import_again(&mut self) {
        if self.files.is_empty() {
            return;
        }
        let rows = pick(&mut self.random, &self.files);
        let lives = |(hub, _, row, _): &FileRow| {
            let channels = &self.world.hubs[*hub].channels;
            channels.get(row.channel).is_some_and(|channel| {
                row.day >= channel.started && channel.ended.is_none_or(|ended| row.day <= ended)
            })
        };
        if rows.iter().all(lives) {
            self.book_file(rows);
        }
    }

    fn book_file(&mut self, rows: Vec<FileRow>) {
        let lines: String = rows.iter().map(|(.., line)| line.as_str()).collect();
        let file = self.folder.path().join("usage.csv");
        std::fs::write(&file, format!("{HEAD}{lines}")).unwrap();
        self.corrected_closed |= rows.iter().any(|(hub, key, ..)| {
            let hub = &self.world.hubs[*hub];
            let known = hub.rows.get(key);
            known.is_some_and(|row| row.booked < hub.first_open().first())
        });
        let mut booked = None;
        let mut expected = BTreeMap::from([("new", 0), ("changed", 0), ("already", 0)]);
        self.act(
            &format!("import\n{lines}"),
            |book, at| {
                booked = Some(book.book_usage(&file, None, &mut go_on, at)?);
                Ok(())
            },
            |world| {
                let has_euro_card = world.has_euro_card;
                for (hub, key, row, _) in rows {
                    let word = world.hubs[hub].take(&key, row, has_euro_card);
                    *expected.get_mut(word).unwrap() += 1;
                }
            },
        );
        let booked = booked.unwrap();
        let counted = BTreeMap::from([
            ("new", booked.new_rows),
            ("changed", booked.changed),
            ("already", booked.already),
        ]);
        self.same("rows of the file", &counted, &expected);
        self.same("problems of the file", &booked.problems, &0);
    }

    /// The charge that the app shows for a row of the model that has no price.
    fn charge_of(&mut self, hub: usize, key: &str) -> String {
        let at = self.at();
        let id = self.world.hubs[hub].id.clone();
        let shown = self.book().unrated(Some(&id), at).unwrap();
        let row = &self.world.hubs[hub].rows[key];
        let is_it = |charge: &&ChargeView| {
            charge.day == row.day.to_string() && charge.quantity == row.quantity.to_string()
        };
        match shown.iter().find(is_it) {
            Some(charge) => charge.id.clone(),
            None => self.fail(&format!("{row:?} is not among {shown:#?}")),
        }
    }

    fn settle_unrated(&mut self, at_hub: usize) {
        let waiting: Vec<_> = {
            let rows = self.world.hubs[at_hub].rows.iter();
            rows.filter(|(_, row)| row.amount.is_none())
                .map(|(key, _)| key.clone())
                .collect()
        };
        if !waiting.is_empty() {
            let key = pick(&mut self.random, &waiting);
            self.settle_one(at_hub, key);
        }
    }

    fn settle_one(&mut self, at_hub: usize, key: String) {
        let charge = self.charge_of(at_hub, &key);
        if self.one_in(3) {
            let form = WaiveForm {
                charge,
                reason: "a test".to_owned(),
            };
            return self.act(
                &format!("waive {key}"),
                |book, at| book.waive(form, at).map(|_| ()),
                |world| {
                    let has_euro_card = world.has_euro_card;
                    let hub = &mut world.hubs[at_hub];
                    hub.rows.get_mut(&key).unwrap().waived = true;
                    hub.price(&key, has_euro_card);
                },
            );
        }
        let cost = Decimal::new(i64::try_from(self.below(9_000_000)).unwrap(), 6);
        let form = PriceChargeForm {
            charge,
            cost: cost.to_string(),
        };
        self.act(
            &format!("price {key} {cost}"),
            |book, at| book.price_charge(form, at).map(|_| ()),
            |world| {
                let has_euro_card = world.has_euro_card;
                let hub = &mut world.hubs[at_hub];
                hub.rows.get_mut(&key).unwrap().by_hand = Some(cost);
                hub.price(&key, has_euro_card);
            },
        );
    }

    /// A channel of a hub that has not ended.
    fn living(&mut self, hub: usize) -> Option<usize> {
        let channels = self.world.hubs[hub].channels.iter().enumerate();
        let living: Vec<_> = channels
            .filter(|(_, c)| c.ended.is_none())
            .map(|(at, _)| at)
            .collect();
        (!living.is_empty()).then(|| pick(&mut self.random, &living))
    }

    fn change_tier(&mut self, at_hub: usize) {
        let Some(at) = self.living(at_hub) else {
            return;
        };
        let channel = self.world.hubs[at_hub].channels[at].clone();
        let (latest, before) = *channel.tiers.last().unwrap();
        let tier = match before {
            "regular" => "premium",
            "premium" => pick(&mut self.random, &["regular", "higher-throughput"]),
            _ => pick(&mut self.random, &["regular", "premium"]),
        };
        let from = latest.succ_opt().unwrap();
        let from = self.day(from, self.today.max(from));
        let form = ChannelForm {
            client: String::new(),
            hub: String::new(),
            id: channel.id.clone(),
            phone: {
                let moment = self.at();
                let month = Month::of(self.today).to_string();
                let shown = self.book().channels(None, &month, moment).unwrap();
                shown
                    .into_iter()
                    .find(|c| c.id == channel.id)
                    .unwrap()
                    .phone
            },
            name: String::new(),
            tier: TierWord::parse(tier).unwrap(),
            tier_from: from.to_string(),
            started: channel.started.to_string(),
            ended: String::new(),
            time_zone: String::new(),
        };
        self.act(
            &format!("tier {} {tier} from {from}", channel.id),
            |book, at| book.edit_channel(form, at).map(|_| ()),
            |world| world.hubs[at_hub].channels[at].tiers.push((from, tier)),
        );
    }

    fn cancel(&mut self, at_hub: usize) {
        let Some(at) = self.living(at_hub) else {
            return;
        };
        let hub = &self.world.hubs[at_hub];
        let rows = hub.rows.values().filter(|row| row.channel == at);
        let earliest = rows
            .map(|row| row.day)
            .max()
            .unwrap_or(hub.channels[at].started);
        let earliest = earliest.max(hub.channels[at].started);
        let ended = self.day(earliest, earliest.max(self.today) + chrono::Days::new(20));
        let form = CancelChannelForm {
            id: self.world.hubs[at_hub].channels[at].id.clone(),
            ended: ended.to_string(),
        };
        self.act(
            &format!("cancel {form:?}"),
            |book, at| book.cancel_channel(form, at).map(|_| ()),
            |world| world.hubs[at_hub].channels[at].ended = Some(ended),
        );
    }

    fn keep_price(&mut self, at_hub: usize) {
        let Some(at) = self.living(at_hub) else {
            return;
        };
        let price = 1_000 + i64::try_from(self.below(2_000)).unwrap();
        let from = self.world.hubs[at_hub].first_open();
        let form = KeptPriceForm {
            channel: self.world.hubs[at_hub].channels[at].id.clone(),
            tier: TierWord::Regular,
            price: cents(price).to_string(),
            from: from.to_string(),
            reason: "a guarantee".to_owned(),
        };
        self.act(
            &format!("keep {form:?}"),
            |book, at| book.keep_price(form, at).map(|_| ()),
            |world| world.hubs[at_hub].channels[at].kept.push((from, price)),
        );
    }

    fn change_plan(&mut self, at_hub: usize) {
        let hub = &self.world.hubs[at_hub];
        let Some((latest, before)) = hub.plans.last().copied() else {
            return;
        };
        let earliest = hub.first_open().first().max(latest.succ_opt().unwrap());
        let day = self.day(earliest, earliest.max(self.today));
        let price = 150_000 - before;
        let from = if price < before {
            Month::of(day).next().first()
        } else {
            day
        };
        let form = EditHubForm {
            id: self.world.hubs[at_hub].id.clone(),
            name: "Hub".to_owned(),
            plan: Some(plan_word(price)),
            plan_from: day.to_string(),
            first_month: String::new(),
        };
        self.act(
            &format!("plan {form:?}"),
            |book, at| book.edit_hub(form, at).map(|_| ()),
            |world| world.hubs[at_hub].plans.push((from, price)),
        );
    }

    pub(super) fn set_rule(&mut self, at_hub: usize) {
        const RULES: [(&str, &[&str]); 8] = [
            (
                "proration",
                &["from-start-day", "after-start-day", "whole-month"],
            ),
            ("plan-first-month", &["pro-rata", "whole-month"]),
            ("upgrade", &["pro-rata", "next-month"]),
            (
                "higher-throughput",
                &["replaces-premium", "adds-to-premium"],
            ),
            ("termination-day", &["last-day", "day-after"]),
            (
                "card-fee-on",
                &["shortfall", "shortfall-and-fees", "nothing"],
            ),
            ("vat-on", &["top-up", "usage"]),
            ("free-service-messages", &["on", "off"]),
        ];
        let (rule, values) = pick(&mut self.random, &RULES);
        let value = pick(&mut self.random, values);
        let later = i32::try_from(self.below(2)).unwrap();
        let from = Month(self.world.hubs[at_hub].first_open().0 + later);
        let form = RuleForm {
            hub: self.world.hubs[at_hub].id.clone(),
            rule: rule.to_owned(),
            value: value.to_owned(),
            from: from.to_string(),
        };
        let this = Month::of(self.today);
        self.act(
            &format!("rule {form:?}"),
            |book, at| book.set_rule(form, at).map(|_| ()),
            |world| {
                let hub = &mut world.hubs[at_hub];
                hub.rules
                    .retain(|(name, month, _)| !(*name == rule && *month == from));
                hub.rules.push((rule, from, value));
                if rule == "free-service-messages" {
                    for month in from.0..=this.0.max(from.0) {
                        for channel in 0..hub.channels.len() {
                            hub.deal_free_messages(channel, Month(month));
                        }
                    }
                }
            },
        );
    }

    fn change_company(&mut self) {
        let told = [("DE", true), ("ES", true), ("ES", false), ("US", false)];
        let (country, has_id) = pick(&mut self.random, &told);
        let month = Month::of(self.today);
        self.act(
            &format!("company {country} {has_id}"),
            |book, at| book.set_company(company(country, has_id), at).map(|_| ()),
            |world| world.company.push((month.next(), country, has_id)),
        );
    }

    fn pay_by(&mut self, at_hub: usize) {
        let by_card = self.world.client_book || self.one_in(2);
        let id = self.world.hubs[at_hub].id.clone();
        self.act(
            &format!("{id} pays by card: {by_card}"),
            |book, at| book.set_pay_by(&id, pay_word(by_card), at).map(|_| ()),
            |world| world.hubs[at_hub].by_card = by_card,
        );
    }

    fn set_opening(&mut self, at_hub: usize) {
        if !self.world.hubs[at_hub].closed.is_empty() {
            return;
        }
        let Some((_, channel, balance)) = self.balance(at_hub) else {
            return;
        };
        let amount = if self.one_in(4) {
            // As it is: a use case that changes nothing.
            let hub = &self.world.hubs[at_hub];
            hub.numbers(balance, hub.first).starting
        } else {
            cents(i64::try_from(self.below(30_000)).unwrap() - 8_000)
        };
        let form = OpeningForm {
            hub: self.world.hubs[at_hub].id.clone(),
            channel,
            amount: amount.to_string(),
        };
        self.act(
            &format!("opening {form:?}"),
            |book, at| book.set_opening(form, at).map(|_| ()),
            |world| {
                let hub = &mut world.hubs[at_hub];
                hub.moves
                    .retain(|m| !(m.what == What::Opening && m.channel == balance));
                hub.moves
                    .push(moved(What::Opening, hub.first.first(), balance, amount));
            },
        );
    }

    /// The euro card of October, which prices what waits for it.
    fn bring_euro_card(&mut self) {
        if self.world.has_euro_card {
            return;
        }
        let mut text = "effective_from,currency,market,category,tier_from,rate\n".to_owned();
        for (at, market) in ["Germany", "Spain", "Brazil", "India"].iter().enumerate() {
            let [marketing, other] = EURO_CARD.map(|prices| Decimal::new(prices[at], 4));
            for (category, rate) in [
                ("marketing", marketing),
                ("utility", other),
                ("authentication", other),
            ] {
                let _ = writeln!(text, "2026-10-01,EUR,{market},{category},1,{rate}");
            }
        }
        let file = self.folder.path().join("card.csv");
        std::fs::write(&file, text).unwrap();
        self.act(
            "the euro card of October",
            |book, at| {
                let form = PriceFileForm::default();
                book.book_prices(&file, &form, at).map(|_| ())
            },
            |world| {
                world.has_euro_card = true;
                for hub in &mut world.hubs {
                    let waiting = hub.rows.iter().filter(|(_, row)| row.amount.is_none());
                    let waiting: Vec<_> = waiting.map(|(key, _)| key.clone()).collect();
                    for key in waiting {
                        hub.price(&key, true);
                    }
                }
            },
        );
    }

    /// An invoice to the client of a hub, issued for good.
    fn bill(&mut self, at_hub: usize) {
        let hub = &self.world.hubs[at_hub];
        // Its VAT is due in euros.
        let can_bill =
            hub.shared && hub.euro && hub.has_client && self.world.is_german(Month::of(self.today));
        if !can_bill {
            return;
        }
        let client = hub.id.replace("hub", "one").replace("PA", "CL");
        self.say_seller(&hub.id.clone(), &client);
        let (quantity, price) = (1 + self.below(40), self.amount());
        let net = price * Decimal::from(quantity);
        let vat = (net * Decimal::new(19, 2)).round_dp_with_strategy(2, AWAY_FROM_ZERO);
        let invoice = ClientInvoiceForm {
            client: client.clone(),
            lines: vec![ClientLineForm {
                text: "Beratung".to_owned(),
                quantity: quantity.to_string(),
                unit_price: price.to_string(),
                vat: "standard".to_owned(),
                percent: "19".to_owned(),
                ..ClientLineForm::default()
            }],
            delivered_on: INVOICE_DAY.to_owned(),
            ..ClientInvoiceForm::default()
        };
        let mut number = String::new();
        self.act(
            &format!("bill {client} {quantity} × {price}"),
            |book, at| {
                let draft = book.put_client_draft(&ClientDraftForm { id: None, invoice }, at)?;
                number = book.issue_client_draft(&draft.id, at)?.invoice.number;
                Ok(())
            },
            |_| {},
        );
        self.world.hubs[at_hub].billed.push(Billed {
            number,
            client,
            net,
            vat,
            paid: Decimal::ZERO,
        });
        self.before.clear();
    }

    fn say_seller(&mut self, hub: &str, client: &str) {
        let (seller, billing) = (seller("Kai 1"), billing(client));
        let form = german_client(hub, client, "One");
        self.act(
            "seller",
            |book, at| book.set_seller(&seller, at).map(|_| ()),
            |_| {},
        );
        self.act(
            "billing",
            |book, at| book.set_client_billing(&billing, at).map(|_| ()),
            |_| {},
        );
        self.act(
            "client",
            |book, at| book.edit_client(form, at).map(|_| ()),
            |_| {},
        );
    }

    /// A client pays some of what it owes, or gets some of it back.
    fn take_payment(&mut self, at_hub: usize) {
        let Some(at) = self.one_of(self.world.hubs[at_hub].billed.len()) else {
            return;
        };
        let billed = self.world.hubs[at_hub].billed[at].clone();
        let open = billed.net + billed.vat - billed.paid;
        let back = self.one_in(4);
        let most = if back { billed.paid } else { open };
        let amount = self.amount().min(most);
        let amount = if back { -amount } else { amount };
        let form = ClientPaymentForm {
            number: billed.number,
            amount: amount.to_string(),
            on: String::new(),
        };
        let told = format!("payment {form:?}");
        if amount.is_zero() {
            return self.refused(&told, "payment-is-zero", |book, at| {
                book.pay_client_invoice(&form, at).map(|_| ())
            });
        }
        self.act(
            &told,
            |book, at| book.pay_client_invoice(&form, at).map(|_| ()),
            |world| world.hubs[at_hub].billed[at].paid += amount,
        );
    }

    fn undo(&mut self) {
        let Some(world) = self.before.pop() else {
            return;
        };
        let at = self.at();
        let _ = writeln!(self.said, "{} undo", self.today);
        if let Err(error) = self.book_mut().undo_last(at) {
            self.fail(&format!("was refused: [{}] {error}", error.code.as_str()));
        }
        self.world = world;
        self.tally.undone += 1;
    }

    fn back_up(&mut self) {
        let at = self.at();
        let view = self.book_mut().back_up(BackupWord::ByHand, at).unwrap();
        let _ = writeln!(self.said, "{} back-up", self.today);
        self.backup = Some((
            PathBuf::from(view.path),
            self.world.clone(),
            self.before.clone(),
        ));
    }

    /// The last backup takes the book's place.
    fn restore(&mut self) {
        let Some((backup, world, before)) = self.backup.clone() else {
            return;
        };
        let at = self.at();
        let _ = writeln!(self.said, "{} restore", self.today);
        self.book = None;
        if let Err(error) = restore(&self.path, &backup, None, &keeper(), at) {
            self.fail(&format!("was refused: {error}"));
        }
        self.book = Some(Book::open(&self.path, &keeper(), at).unwrap());
        (self.world, self.before) = (world, before);
        self.tally.restored += 1;
    }

    /// Closes a hub's first open month, if it is over.
    pub(super) fn close(&mut self, at_hub: usize) {
        let month = self.world.hubs[at_hub].first_open();
        if month.last() >= self.today {
            return;
        }
        let id = self.world.hubs[at_hub].id.clone();
        let waiting = self.world.hubs[at_hub].unrated(month);
        if !waiting.is_empty() {
            let text = month.to_string();
            self.refused(
                &format!("close {id} {month}"),
                "unrated-charges",
                |book, at| book.close_month(&id, &text, at).map(|_| ()),
            );
            for key in waiting {
                self.settle_one(at_hub, key);
            }
        }
        if self.one_in(3) {
            self.compare_month(at_hub, month);
        }
        let text = month.to_string();
        self.act(
            &format!("close {id} {month}"),
            |book, at| book.close_month(&id, &text, at).map(|_| ()),
            |world| world.close(at_hub, month),
        );
        // A close is for good.
        self.before.clear();
        self.tally.closed += 1;
        self.compare_month(at_hub, month);
    }
}
