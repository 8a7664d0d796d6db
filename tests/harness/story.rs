//! Months told as tables: one line an event or an expected figure, in the words of the books.
//! What stands behind `#` is for the reader: there a sum is worked out by hand.
//!
//! Events
//!
//! ```text
//! today     DAY
//! book      partner|client COUNTRY [VAT-ID]
//! company   COUNTRY [VAT-ID]
//! hub       ID MODEL CURRENCY PLAN|- since DAY [first MONTH] [opening AMOUNT] [by METHOD]
//! client    ID of HUB
//! channel   ID of CLIENT|HUB TIER from DAY [to DAY]
//! tier      CHANNEL TIER from DAY
//! plan      HUB PLAN from DAY
//! notice    HUB DAY [thirty-days|following-month]
//! withdraw  HUB                        takes the notice back
//! keeps     CHANNEL TIER PRICE|card from MONTH
//! cancel    CHANNEL DAY
//! end-hub   HUB DAY
//! opening   HUB|CHANNEL AMOUNT
//! rule      HUB RULE VALUE from MONTH
//! pay-by    HUB METHOD
//! volume    CLIENT MARKET CATEGORY COUNT|unknown from MONTH     `_` stands for a blank
//! top-up    DAY HUB|CHANNEL AMOUNT [KIND] [METHOD]
//! refund    DAY HUB|CHANNEL AMOUNT to balance|bank
//! use       DAY CHANNEL COUNTRY|- CATEGORY QUANTITY [cost=…] [id=…] [type=…]   a row of the next file
//! import    [new=…] [changed=…] [already=…] [problems=…] [unrated=…] [late=…] [amount=…]
//! again     the same file once more, expected as above
//! card      DAY CURRENCY MARKET ITEM RATE                                    a row of the next card
//! prices    [rated=…] [left=…]
//! choose    CURRENCY DAY first|last    which of the message cards of a day holds
//! market    DAY COUNTRY MARKET|-       a row of the next lists, which say else what holds on their day
//! markets   [rated=…] [changed=…]      brings them in
//! list      DAY first|last             which of the lists of markets of a day holds
//! price     N COST      the n-th unrated charge
//! waive     N REASON
//! close     HUB MONTH [to-clients N]
//! undo      [USE-CASE [first]]   what was done last, or the last or first of a use case
//! reverse   KIND [first]         the last entry of a kind that stands, else the last; or the first
//!                                of all; never a reversal
//! reverse   charge DAY CHANNEL CATEGORY      the charge of that usage that stands, else the last
//! mark      NAME         remembers all that the book shows
//! refused   CODE EVENT  the event is refused and nothing is changed
//! ```
//!
//! Figures
//!
//! ```text
//! as        NAME         the book shows what it did then
//! invoices  HUB MONTH KIND…|none
//! invoice   REFERENCE DAY NET VAT GROSS
//! line      KIND AMOUNT [DETAIL…]       of the invoice above; all of its lines, in their order
//! month     HUB MONTH NET VAT GROSS
//! balance   HUB|CHANNEL MONTH STARTING ADDED USED REFUNDS SETTLED ROUNDING ENDING
//! summary   REFERENCE STARTING ADDED TO-BALANCE PAID-OUT USED LATE SETTLED SHORTFALL FEE ENDING NET
//! moved     HUB|CHANNEL DAY KIND AMOUNT BALANCE
//! left      HUB|CHANNEL DAY AMOUNT
//! charged   HUB MONTH COUNT AMOUNT UNRATED
//! sum       HUB MONTH channel|client|category|market KEY AMOUNT      `_` stands for a blank
//! ```

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use hubledger_book::Book;
use hubledger_book::activity::HistoryForm;
use hubledger_book::error::Error;
use hubledger_book::form::{
    CancelChannelForm, ChannelForm, ClientForm, CloseHubForm, CompanyForm, EditHubForm,
    KeptPriceForm, NewBookForm, NewHubForm, OpeningForm, PlanNoticeForm, PriceChargeForm,
    PriceFileForm, RefundForm, RuleForm, SumBy, TopUpForm, VolumeForm, WaiveForm, WhatIfForm,
};
use hubledger_book::ledger::{EntriesForm, EntryView};
use hubledger_book::moment::{Moment, Who};
use hubledger_book::reverse::{ReversalView, ReverseForm};
use hubledger_book::view::{
    BalanceView, ChargeSumView, ChargeView, ExplainView, HubInvoiceLineView, HubInvoiceView,
    MoneyView, UsageBookedView, WhatIfView,
};
use hubledger_book::word::{
    CategoryWord, ModelWord, OwnerWord, PayByWord, PlanWord, RefundWord, TierWord, TopUpWord,
};
use hubledger_core::period::parse_date;
use tempfile::TempDir;

use crate::walk::{Answer, all_charges, assert_same, everything, gist_of, go_on};

const USAGE_HEAD: &str = "date,channel_id,country,category,pricing_type,quantity,cost,row_id\n";
const PRICE_HEAD: &str = "effective_from,currency,market,category,tier_from,rate\n";

/// A book whose story is being told.
#[derive(Debug)]
pub struct Story {
    folder: TempDir,
    book: Option<Book>,
    at: Moment,
    /// The hub of each client and channel, and the currency of each hub.
    hub_of: HashMap<String, String>,
    currency_of: HashMap<String, String>,
    phones: u32,
    files: u32,
    usage: String,
    prices: String,
    /// Day, country and market of the next lists; `-` for a country that they lack.
    markets: Vec<[String; 3]>,
    last: Option<PathBuf>,
    marks: HashMap<String, Vec<Answer>>,
    /// The invoice whose lines come next, and how many were told.
    invoice: Option<(HubInvoiceView, usize)>,
}

/// Tells a story from its beginning.
pub fn tell(table: &str) -> Story {
    let mut story = Story::new();
    story.go(table);
    story
}

impl Story {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            book: None,
            at: moment("2026-08-01"),
            hub_of: HashMap::new(),
            currency_of: HashMap::new(),
            phones: 0,
            files: 0,
            usage: USAGE_HEAD.to_owned(),
            prices: PRICE_HEAD.to_owned(),
            markets: Vec::new(),
            last: None,
            marks: HashMap::new(),
            invoice: None,
        }
    }

    /// Goes on with the story.
    pub fn go(&mut self, table: &str) -> &mut Self {
        for line in table.lines() {
            let told = line.split('#').next().unwrap_or_default();
            let words: Vec<&str> = told.split_whitespace().collect();
            if !words.is_empty() {
                self.line(&words);
            }
        }
        self.end_of_lines();
        self
    }

    pub fn book(&self) -> &Book {
        self.book.as_ref().expect("the story has no book yet")
    }

    pub fn book_mut(&mut self) -> &mut Book {
        self.book.as_mut().expect("the story has no book yet")
    }

    /// Charges of a hub's month, newest day first.
    pub fn charges(&self, hub: &str, month: &str) -> Vec<ChargeView> {
        let page = self.book().charges(all_charges(hub, Some(month)), self.at);
        page.unwrap().rows
    }

    /// A month as it would be.
    pub fn what_if(&self, form: WhatIfForm) -> WhatIfView {
        self.book().what_if(form, self.at).unwrap()
    }

    /// Why a charge is that number.
    pub fn why(&self, charge: &str) -> ExplainView {
        self.book().explain(charge, self.at).unwrap()
    }

    pub fn at(&self) -> Moment {
        self.at
    }

    /// A path in the story's own folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn line(&mut self, words: &[&str]) {
        let told = words.join(" ");
        if words.first() != Some(&"line") {
            self.end_of_lines();
        }
        if let Some(("refused", rest)) = words.split_first().map(|(first, rest)| (*first, rest)) {
            self.refused(rest, &told);
        } else if !self.figure(words, &told) {
            if let Err(error) = self.event(words) {
                panic!("{told}\n  was refused: [{}] {error}", error.code.as_str());
            }
            self.check(&told);
        }
    }

    fn refused(&mut self, words: &[&str], told: &str) {
        let (code, event) = words.split_first().expect("refused CODE EVENT");
        let before = self.book.as_ref().map(|book| everything(book, self.at));
        match self.event(event) {
            Ok(()) => panic!("{told}\n  was not refused"),
            Err(error) => {
                assert_eq!(
                    error.code.as_str(),
                    *code,
                    "{told}\n  was refused with: {error}"
                );
                assert!(
                    !error.message.is_empty(),
                    "{told}\n  was refused without a word"
                );
            }
        }
        let after = self.book.as_ref().map(|book| everything(book, self.at));
        for (before, after) in before.iter().flatten().zip(after.iter().flatten()) {
            assert_eq!(
                before, after,
                "{told}\n  was refused, and changed something"
            );
        }
    }

    fn check(&self, told: &str) {
        let Some(book) = &self.book else { return };
        let check = book
            .check(self.at)
            .unwrap_or_else(|e| panic!("{told}\n  then check: {e}"));
        let failed: Vec<_> = check.lines.iter().filter(|line| !line.holds).collect();
        assert!(
            check.holds,
            "{told}\n  then an invariant fails: {failed:#?}"
        );
    }

    fn event(&mut self, words: &[&str]) -> Result<(), Error> {
        let known = self.beginning(words)?
            || self.change(words)?
            || self.money(words)?
            || self.markets(words)?
            || self.file(words)?;
        assert!(known, "no such line: {}", words.join(" "));
        Ok(())
    }

    /// Books, companies, hubs, clients, channels.
    fn beginning(&mut self, words: &[&str]) -> Result<bool, Error> {
        let at = self.at;
        match words {
            ["today", day] => self.at = moment(day),
            ["book", owner, country, vat_id @ ..] => self.make_book(owner, country, vat_id)?,
            ["company", country, vat_id @ ..] => {
                let form = company(country, vat_id);
                self.book_mut().set_company(form, at)?;
            }
            ["hub", id, model, currency, plan, "since", since, rest @ ..] => {
                let form = NewHubForm {
                    id: (*id).to_owned(),
                    name: format!("Hub {id}"),
                    model: ModelWord::parse(model).expect("a model"),
                    currency: (*currency).to_owned(),
                    plan: PlanWord::parse(plan),
                    since: (*since).to_owned(),
                    first_month: after(rest, "first").unwrap_or_default().to_owned(),
                    opening: after(rest, "opening").unwrap_or_default().to_owned(),
                    pay_by: PayByWord::parse(after(rest, "by").unwrap_or("card"))
                        .expect("a method"),
                };
                self.book_mut().add_hub(form, at)?;
                self.currency_of
                    .insert((*id).to_owned(), (*currency).to_owned());
            }
            ["client", id, "of", hub] => {
                let form = ClientForm {
                    hub: (*hub).to_owned(),
                    id: (*id).to_owned(),
                    name: format!("Client {id}"),
                    country: String::new(),
                    email: String::new(),
                    vat_id: String::new(),
                };
                self.book_mut().add_client(form, at)?;
                self.hub_of.insert((*id).to_owned(), (*hub).to_owned());
            }
            ["channel", id, "of", owner, tier, "from", started, rest @ ..] => {
                self.add_channel(id, owner, tier, started, after(rest, "to"))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What becomes of them.
    fn change(&mut self, words: &[&str]) -> Result<bool, Error> {
        let at = self.at;
        match words {
            ["tier", channel, tier, "from", day] => {
                let mut form = self.channel_form(channel)?;
                form.tier = TierWord::parse(tier).expect("a tier");
                form.tier_from = (*day).to_owned();
                self.book_mut().edit_channel(form, at)?;
            }
            ["plan", hub, plan, "from", day] => {
                let form = EditHubForm {
                    id: (*hub).to_owned(),
                    name: format!("Hub {hub}"),
                    plan: PlanWord::parse(plan),
                    plan_from: (*day).to_owned(),
                    first_month: String::new(),
                };
                self.book_mut().edit_hub(form, at)?;
            }
            ["notice", hub, day, reading @ ..] => {
                let form = PlanNoticeForm {
                    hub: (*hub).to_owned(),
                    given_on: (*day).to_owned(),
                    reading: reading.concat(),
                };
                self.book_mut().give_plan_notice(form, at)?;
            }
            ["withdraw", hub] => self.book_mut().withdraw_plan_notice(hub, at)?,
            ["keeps", channel, tier, price, "from", month] => {
                let form = KeptPriceForm {
                    channel: (*channel).to_owned(),
                    tier: TierWord::parse(tier).expect("a tier"),
                    price: price.replace("card", ""),
                    from: (*month).to_owned(),
                    reason: "price guarantee".to_owned(),
                };
                self.book_mut().keep_price(form, at)?;
            }
            ["cancel", channel, day] => {
                let form = CancelChannelForm {
                    id: (*channel).to_owned(),
                    ended: (*day).to_owned(),
                };
                self.book_mut().cancel_channel(form, at)?;
            }
            ["end-hub", hub, day] => {
                let form = CloseHubForm {
                    id: (*hub).to_owned(),
                    on: (*day).to_owned(),
                };
                self.book_mut().close_hub(form, at)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Money, and the rules it follows.
    fn money(&mut self, words: &[&str]) -> Result<bool, Error> {
        let at = self.at;
        match words {
            ["opening", target, amount] => {
                let form = OpeningForm {
                    hub: self.hub_of(target),
                    channel: channel_of(target),
                    amount: (*amount).to_owned(),
                };
                self.book_mut().set_opening(form, at)?;
            }
            ["volume", client, market, category, counted, "from", month] => {
                let form = VolumeForm {
                    client: (*client).to_owned(),
                    market: market.replace('_', " "),
                    category: CategoryWord::parse(category).unwrap(),
                    from: (*month).to_owned(),
                    counted: counted.replace("unknown", ""),
                };
                self.book_mut().set_volume(form, at)?;
            }
            ["rule", hub, rule, value, "from", month] => {
                let form = RuleForm {
                    hub: (*hub).to_owned(),
                    rule: (*rule).to_owned(),
                    value: (*value).to_owned(),
                    from: (*month).to_owned(),
                };
                self.book_mut().set_rule(form, at)?;
            }
            ["pay-by", hub, method] => {
                let method = PayByWord::parse(method).expect("a method");
                self.book_mut().set_pay_by(hub, method, at)?;
            }
            ["top-up", day, target, amount, rest @ ..] => {
                let form = TopUpForm {
                    hub: is_hub(target).then(|| (*target).to_owned()),
                    channel: channel_of(target),
                    amount: (*amount).to_owned(),
                    on: (*day).to_owned(),
                    kind: rest
                        .iter()
                        .find_map(|w| TopUpWord::parse(w))
                        .unwrap_or(TopUpWord::Manual),
                    method: rest.iter().find_map(|w| PayByWord::parse(w)),
                };
                self.book_mut().top_up(form, at)?;
            }
            ["refund", day, target, amount, "to", to] => {
                let form = RefundForm {
                    hub: is_hub(target).then(|| (*target).to_owned()),
                    channel: channel_of(target),
                    amount: (*amount).to_owned(),
                    on: (*day).to_owned(),
                    to: RefundWord::parse(to).expect("balance or bank"),
                };
                self.book_mut().refund(form, at)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Lists of markets.
    fn markets(&mut self, words: &[&str]) -> Result<bool, Error> {
        let at = self.at;
        match words {
            ["market", day, country, market] => {
                let market = market.replace('_', " ");
                self.markets
                    .push([(*day).to_owned(), (*country).to_owned(), market]);
            }
            ["markets", expected @ ..] => {
                self.files += 1;
                let path = self.path(&format!("markets-{}.csv", self.files));
                std::fs::write(&path, self.lists_told()?).unwrap();
                let seen = self.book_mut().preview_markets(&path, at)?;
                let done = self.book_mut().book_markets(&path, at)?;
                assert_eq!((seen.rated, seen.changed), (done.rated, done.changed));
                for told in expected {
                    let shown = [
                        format!("rated={}", done.rated),
                        format!("changed={}", done.changed),
                    ];
                    assert!(shown.contains(&(*told).to_owned()), "{told}: {shown:?}");
                }
            }
            ["list", day, which] => {
                let lists = self.book().market_lists(at)?;
                let mut of_day = lists.iter().filter(|list| list.effective_from == *day);
                let list = match *which {
                    "first" => of_day.next(),
                    _ => of_day.next_back(),
                };
                let id = list.expect("a list").id;
                self.book_mut().choose_market_list(id, at)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The lists that were told, as a file: each is the list that holds on its day, but for the
    /// countries that were told otherwise.
    fn lists_told(&mut self) -> Result<String, Error> {
        let told = std::mem::take(&mut self.markets);
        let days: std::collections::BTreeSet<_> = told.iter().map(|[day, ..]| day).collect();
        let lists = self.book().market_lists(self.at)?;
        let mut file = "effective_from,country,market\n".to_owned();
        for day in days {
            let held = lists.iter().find(|l| l.chosen && l.effective_from <= *day);
            let mut list: std::collections::BTreeMap<_, _> = self
                .book()
                .market_list(held.expect("a list").id)?
                .into_iter()
                .map(|one| (one.country, one.market))
                .collect();
            for [_, country, market] in told.iter().filter(|[on, ..]| on == day) {
                list.insert(country.clone(), market.clone());
            }
            for (country, market) in list.iter().filter(|(_, market)| *market != "-") {
                let _ = writeln!(file, "{day},{country},{market}");
            }
        }
        Ok(file)
    }

    /// Files, unrated charges, and the close.
    fn file(&mut self, words: &[&str]) -> Result<bool, Error> {
        let at = self.at;
        match words {
            ["use", day, channel, country, category, quantity, rest @ ..] => {
                let (cost, id) = (given(rest, "cost"), given(rest, "id"));
                let pricing = given(rest, "type");
                let _ = writeln!(
                    self.usage,
                    "{day},{channel},{},{category},{pricing},{quantity},{cost},{id}",
                    country.trim_matches('-')
                );
            }
            ["import", expected @ ..] => self.import(expected)?,
            ["again", expected @ ..] => {
                let path = self.last.clone().expect("a file that was imported");
                let booked = self.book_file(&path)?;
                self.as_expected(&booked, expected);
            }
            ["card", day, currency, market, item, rate] => {
                let _ = writeln!(
                    self.prices,
                    "{day},{currency},{},{item},1,{rate}",
                    market.replace('_', " ")
                );
            }
            ["prices", expected @ ..] => self.import_prices(expected)?,
            ["choose", currency, day, which] => {
                let cards = self.book().cards(at)?;
                let mut of_day = cards.iter().filter(|card| {
                    card.kind == "messages"
                        && card.currency.to_string() == *currency
                        && card.effective_from.as_deref() == Some(*day)
                });
                let card = match *which {
                    "first" => of_day.next(),
                    _ => of_day.next_back(),
                };
                let id = card.expect("a card").id;
                self.book_mut().choose_card(id, at)?;
            }
            ["undo", case @ ..] => self.undo(case)?,
            ["reverse", "charge", day, channel, category] => {
                let charge = self.charge_of(day, channel, category);
                let form = ReverseForm {
                    charge: Some(charge),
                    entry: None,
                };
                self.reverse(&form)?;
            }
            ["reverse", kind, which @ ..] => {
                let form = ReverseForm {
                    entry: Some(self.entry_of(kind, which)),
                    charge: None,
                };
                self.reverse(&form)?;
            }
            ["mark", name] => {
                let gist = gist_of(self.book(), at);
                self.marks.insert((*name).to_owned(), gist);
            }
            ["price", n, cost] => {
                let form = PriceChargeForm {
                    charge: self.unrated(n),
                    cost: (*cost).to_owned(),
                };
                self.book_mut().price_charge(form, at)?;
            }
            ["waive", n, reason @ ..] => {
                let form = WaiveForm {
                    charge: self.unrated(n),
                    reason: reason.join(" "),
                };
                self.book_mut().waive(form, at)?;
            }
            ["close", hub, month, rest @ ..] => {
                let view = self.book_mut().close_month(hub, month, at)?;
                assert!(
                    view.closed.is_some(),
                    "{hub} {month} is not closed: {view:#?}"
                );
                let to_clients = after(rest, "to-clients").map(|n| n.parse().expect("a number"));
                assert_eq!(
                    view.invoices_to_clients, to_clients,
                    "invoices to clients of {hub} {month}"
                );
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn undo(&mut self, case: &[&str]) -> Result<(), Error> {
        let at = self.at;
        let Some(name) = case.first() else {
            return self.book_mut().undo_last(at).map(|_| ());
        };
        let form = HistoryForm {
            limit: 1_000,
            ..HistoryForm::default()
        };
        let done = self.book().history(&form)?;
        let mut units = done
            .iter()
            .filter(|unit| unit.use_case == *name && unit.undone_by.is_none());
        let unit = match case {
            [_, "first"] => units.next_back(),
            _ => units.next(),
        };
        let unit = unit.unwrap_or_else(|| panic!("no {name} was done")).id;
        self.book_mut().undo(unit, at).map(|_| ())
    }

    /// Looking at a reversal says what doing it says, but for the number of the act.
    fn reverse(&mut self, form: &ReverseForm) -> Result<(), Error> {
        let at = self.at;
        let seen = self.book_mut().preview_reversal(form, at);
        let done = self.book_mut().reverse(form, at);
        let gist = |view: &ReversalView| {
            let entries = view.entries.iter().map(|entry| {
                let sides = entry.postings.iter().map(|posting| {
                    format!(
                        "{} {:?} {:?}",
                        posting.account, posting.debit, posting.credit
                    )
                });
                format!(
                    "{} {} {:?}",
                    entry.kind,
                    entry.day,
                    sides.collect::<Vec<_>>()
                )
            });
            let head = format!(
                "{} {} {} {} {:?}",
                view.hub, view.kind, view.day, view.booked_on, view.amount
            );
            (head, entries.collect::<Vec<_>>())
        };
        let seen = seen.map(|view| gist(&view)).map_err(|error| error.code);
        let told = done.as_ref().map(gist).map_err(|error| error.code);
        assert_eq!(seen, told, "what was shown is not what was booked");
        done.map(|_| ())
    }

    fn entry_of(&self, kind: &str, which: &[&str]) -> String {
        let form = EntriesForm {
            until: "2199-12-31".to_owned(),
            limit: 1_000,
            ..EntriesForm::default()
        };
        let page = self.book().entries(&form, self.at).unwrap();
        let is_it = |entry: &&EntryView| entry.kind == kind && entry.reverses.is_none();
        let mut of_kind: Vec<_> = page.entries.iter().filter(is_it).collect();
        of_kind.sort_by_key(|entry| (entry.day.clone(), entry.entry.parse::<u32>().ok()));
        let mut standing = of_kind.iter().filter(|entry| entry.reversed_by.is_none());
        let found = match which {
            ["first"] => of_kind.first(),
            _ => standing.next_back().or(of_kind.last()),
        };
        found.unwrap_or_else(|| panic!("no {kind}")).entry.clone()
    }

    fn charge_of(&self, day: &str, channel: &str, category: &str) -> String {
        let hub = &self.hub_of[channel];
        let page = self.book().charges(all_charges(hub, None), self.at);
        let rows = page.unwrap().rows;
        let is_it = |charge: &&ChargeView| {
            charge.day == day
                && charge.reverses.is_none()
                && charge.channel.as_ref().is_some_and(|c| c.id == channel)
                && charge.category.is_some_and(|c| c.as_str() == category)
        };
        let mut of_usage = rows.iter().filter(is_it);
        let standing = of_usage.clone().find(|c| c.reversed_by.is_none());
        let found = standing.or(of_usage.next());
        found
            .unwrap_or_else(|| panic!("no charge of {day} {channel} {category}"))
            .id
            .clone()
    }

    /// Whether the line is a figure; if so it holds.
    fn figure(&mut self, words: &[&str], told: &str) -> bool {
        let at = self.at;
        match words {
            ["as", name] => assert_same(&self.marks[*name], &gist_of(self.book(), at), told),
            ["invoices", hub, month, kinds @ ..] => self.expect_invoices(hub, month, kinds, told),
            ["invoice", reference, day, net, vat, gross] => {
                let invoice = self.invoice_of(reference, told);
                let shown = [
                    invoice.issued_on.clone(),
                    self.amount(&invoice.net),
                    self.amount(&invoice.vat),
                    self.amount(&invoice.gross),
                ];
                assert_eq!(
                    shown,
                    [*day, *net, *vat, *gross].map(plain),
                    "{told}\n  {invoice:#?}"
                );
                self.invoice = Some((invoice, 0));
            }
            ["line", kind, amount, details @ ..] => self.expect_line(kind, amount, details, told),
            ["month", hub, month, net, vat, gross] => {
                let months = self.book().invoices(Some(hub), Some(month), at);
                let months = months.unwrap_or_else(|e| panic!("{told}\n  {e}"));
                let [view] = months.as_slice() else {
                    panic!("{told}\n  {} months", months.len());
                };
                let shown = [&view.net, &view.vat, &view.gross].map(|m| self.amount(m));
                assert_eq!(shown, [*net, *vat, *gross].map(plain), "{told}");
            }
            _ => return self.figure_of_a_balance(words, told),
        }
        true
    }

    fn figure_of_a_balance(&self, words: &[&str], told: &str) -> bool {
        let at = self.at;
        match words {
            ["balance", target, month, figures @ ..] => {
                let view = self.balance_of(target, month, told);
                let shown = [
                    &view.starting,
                    &view.added,
                    &view.used,
                    &view.refunds,
                    &view.settled_by_invoice,
                    &view.rounding,
                    &view.ending,
                ]
                .map(|m| self.amount(m));
                assert_eq!(shown.to_vec(), all_plain(figures), "{told}");
            }
            ["summary", reference, figures @ ..] => self.expect_summary(reference, figures, told),
            ["moved", target, day, kind, amount, balance] => {
                let statement = self
                    .book()
                    .statement(
                        &self.hub_of(target),
                        channel_of(target).as_deref(),
                        None,
                        at,
                    )
                    .unwrap_or_else(|e| panic!("{told}\n  {e}"));
                let found = statement.movements.iter().any(|m| {
                    m.day == *day
                        && word(m.kind) == *kind
                        && self.amount(&m.amount) == plain(amount)
                        && self.amount(&m.balance) == plain(balance)
                });
                assert!(found, "{told}\n  is not among {:#?}", statement.movements);
            }
            ["left", target, day, amount] => {
                let hub = is_hub(target).then_some(*target);
                let left = self
                    .book()
                    .balance_on(hub, channel_of(target).as_deref(), day)
                    .unwrap_or_else(|e| panic!("{told}\n  {e}"));
                assert_eq!(self.amount(&left), plain(amount), "{told}");
            }
            ["charged", hub, month, count, amount, unrated] => {
                let page = self
                    .book()
                    .charges(all_charges(hub, Some(month)), at)
                    .unwrap_or_else(|e| panic!("{told}\n  {e}"));
                let shown = [
                    page.count.to_string(),
                    self.amount(&page.amount),
                    page.unrated.to_string(),
                ];
                assert_eq!(
                    shown,
                    [*count, *amount, *unrated].map(plain),
                    "{told}\n  {:#?}",
                    page.rows
                );
            }
            ["sum", hub, month, by, key, amount] => {
                let by = match *by {
                    "channel" => SumBy::Channel,
                    "client" => SumBy::Client,
                    "category" => SumBy::Category,
                    "market" => SumBy::Market,
                    _ => panic!("{told}"),
                };
                let sums = self
                    .book()
                    .charge_sums(hub, Some(month), by, at)
                    .unwrap_or_else(|e| panic!("{told}\n  {e}"));
                let spelled = key.replace('_', " ");
                let is_it = |s: &&ChargeSumView| s.key == *key || s.name == spelled;
                let found = sums.iter().find(is_it);
                let found = found.unwrap_or_else(|| panic!("{told}\n  is not among {sums:#?}"));
                assert_eq!(self.amount(&found.amount), plain(amount), "{told}");
            }
            _ => return false,
        }
        true
    }

    fn make_book(&mut self, owner: &str, country: &str, vat_id: &[&str]) -> Result<(), Error> {
        let form = NewBookForm {
            owner: OwnerWord::parse(owner).expect("partner or client"),
            company: company(country, vat_id),
            paper_language: String::new(),
        };
        let path = self.path("story.hubbook");
        self.book = Some(Book::create(&path, form, &storyteller(), self.at)?);
        Ok(())
    }

    fn add_channel(
        &mut self,
        id: &str,
        owner: &str,
        tier: &str,
        started: &str,
        ended: Option<&str>,
    ) -> Result<(), Error> {
        self.phones += 1;
        let of_hub = is_hub(owner);
        let form = ChannelForm {
            client: if of_hub {
                String::new()
            } else {
                owner.to_owned()
            },
            hub: if of_hub {
                owner.to_owned()
            } else {
                String::new()
            },
            id: id.to_owned(),
            phone: format!("+49 30 901820{:03}", self.phones),
            name: String::new(),
            tier: TierWord::parse(tier).expect("a tier"),
            tier_from: String::new(),
            started: started.to_owned(),
            ended: ended.unwrap_or_default().to_owned(),
            time_zone: String::new(),
        };
        let at = self.at;
        self.book_mut().add_channel(form, at)?;
        let hub = if of_hub {
            owner.to_owned()
        } else {
            self.hub_of(owner)
        };
        self.hub_of.insert(id.to_owned(), hub);
        Ok(())
    }

    /// A channel as it is, as a form that changes nothing.
    fn channel_form(&self, id: &str) -> Result<ChannelForm, Error> {
        let month = self.at.today.format("%Y-%m").to_string();
        let channels = self.book().channels(None, &month, self.at)?;
        let now = channels
            .into_iter()
            .find(|c| c.id == id)
            .expect("a channel");
        Ok(ChannelForm {
            client: now.client,
            hub: now.hub,
            id: now.id,
            phone: now.phone,
            name: now.name,
            tier: now.tier,
            tier_from: String::new(),
            started: now.started,
            ended: now.ended.unwrap_or_default(),
            time_zone: now.time_zone,
        })
    }

    fn import(&mut self, expected: &[&str]) -> Result<(), Error> {
        self.files += 1;
        let path = self.path(&format!("usage-{}.csv", self.files));
        std::fs::write(
            &path,
            std::mem::replace(&mut self.usage, USAGE_HEAD.to_owned()),
        )
        .unwrap();
        self.last = Some(path.clone());
        let booked = self.book_file(&path)?;
        self.as_expected(&booked, expected);
        Ok(())
    }

    /// Looks at a file, books it, and holds the one against the other.
    fn book_file(&mut self, path: &Path) -> Result<UsageBookedView, Error> {
        let at = self.at;
        let seen = self.book_mut().preview_usage(path, &mut go_on, at)?;
        let booked = self
            .book_mut()
            .book_usage(path, Some(&seen.sha256), &mut go_on, at)?;
        assert_eq!(
            (
                seen.new_rows,
                seen.changed,
                seen.already,
                seen.problems,
                seen.unrated,
                seen.late
            ),
            (
                booked.new_rows,
                booked.changed,
                booked.already,
                booked.problems,
                booked.unrated,
                booked.late
            ),
            "what was shown and what was booked of {}: {:#?}",
            path.display(),
            seen.problem_rows
        );
        Ok(booked)
    }

    fn as_expected(&self, booked: &UsageBookedView, expected: &[&str]) {
        for pair in expected {
            let (name, value) = pair.split_once('=').expect("name=value");
            let shown = match name {
                "new" => booked.new_rows.to_string(),
                "changed" => booked.changed.to_string(),
                "already" => booked.already.to_string(),
                "problems" => booked.problems.to_string(),
                "unrated" => booked.unrated.to_string(),
                "late" => booked.late.to_string(),
                "amount" => booked
                    .amounts
                    .iter()
                    .map(|m| m.amount.clone())
                    .collect::<Vec<_>>()
                    .join("+"),
                _ => panic!("no such figure of an import: {name}"),
            };
            assert_eq!(shown, value, "{pair} of {booked:#?}");
        }
    }

    fn import_prices(&mut self, expected: &[&str]) -> Result<(), Error> {
        self.files += 1;
        let path = self.path(&format!("prices-{}.csv", self.files));
        std::fs::write(
            &path,
            std::mem::replace(&mut self.prices, PRICE_HEAD.to_owned()),
        )
        .unwrap();
        let at = self.at;
        let view = self
            .book_mut()
            .book_prices(&path, &PriceFileForm::default(), at)?;
        for pair in expected {
            let shown = match pair.split_once('=') {
                Some(("rated", _)) => format!("rated={}", view.rated),
                Some(("left", _)) => format!("left={}", view.still_unrated),
                _ => panic!("no such figure of prices: {pair}"),
            };
            assert_eq!(shown, *pair, "{view:#?}");
        }
        Ok(())
    }

    fn unrated(&self, n: &str) -> String {
        let charges = self.book().unrated(None, self.at).unwrap();
        let at: usize = n.parse().expect("a number");
        let charge = charges.get(at - 1);
        charge
            .unwrap_or_else(|| panic!("{} unrated charges", charges.len()))
            .id
            .clone()
    }

    fn invoice_of(&self, reference: &str, told: &str) -> HubInvoiceView {
        let invoice = self.book().invoice(reference, self.at);
        let invoice = invoice.unwrap_or_else(|e| panic!("{told}\n  {e}"));
        assert_eq!(invoice.reference, reference);
        invoice
    }

    fn expect_invoices(&self, hub: &str, month: &str, kinds: &[&str], told: &str) {
        let months = self.book().invoices(Some(hub), Some(month), self.at);
        let months = months.unwrap_or_else(|e| panic!("{told}\n  {e}"));
        let prefix = format!("{hub}/{month}/");
        let mut shown: Vec<_> = months
            .iter()
            .flat_map(|m| &m.invoices)
            .map(|i| {
                i.reference
                    .strip_prefix(&prefix)
                    .expect("its hub and month")
                    .to_owned()
            })
            .collect();
        let mut expected: Vec<_> = kinds
            .iter()
            .filter(|k| **k != "none")
            .map(|k| (*k).to_owned())
            .collect();
        shown.sort();
        expected.sort();
        assert_eq!(shown, expected, "{told}");
    }

    fn expect_line(&mut self, kind: &str, amount: &str, details: &[&str], told: &str) {
        let (invoice, seen) = self.invoice.take().expect("a line of an invoice");
        let line = invoice.lines.get(seen);
        let line =
            line.unwrap_or_else(|| panic!("{told}\n  {} has no such line", invoice.reference));
        assert_eq!(
            (word(line.kind).as_str(), self.amount(&line.amount)),
            (kind, plain(amount)),
            "{told}\n  {invoice:#?}"
        );
        let said = details_of(line);
        for detail in details {
            assert!(said.iter().any(|s| s == detail), "{told}\n  says {said:?}");
        }
        self.invoice = Some((invoice, seen + 1));
    }

    /// Where lines were told, all of them were.
    fn end_of_lines(&mut self) {
        if let Some((invoice, seen)) = self.invoice.take().filter(|(_, seen)| *seen > 0) {
            assert_eq!(
                seen,
                invoice.lines.len(),
                "lines of {}: {:#?}",
                invoice.reference,
                invoice.lines
            );
        }
    }

    fn expect_summary(&self, reference: &str, figures: &[&str], told: &str) {
        let invoice = self.invoice_of(reference, told);
        let summary = invoice.summary.expect("a summary");
        let shown = [
            &summary.starting,
            &summary.added,
            &summary.refunds_to_balance,
            &summary.paid_out,
            &summary.used,
            &summary.usage_reconciliation,
            &summary.settled,
            &summary.settled_by_invoice,
            &summary.card_fee,
            &summary.ending,
            &summary.net_payable,
        ]
        .map(|m| self.amount(m));
        assert_eq!(shown.to_vec(), all_plain(figures), "{told}");
    }

    fn balance_of(&self, target: &str, month: &str, told: &str) -> BalanceView {
        let balances = self.book().balances(&self.hub_of(target), month, self.at);
        let balances = balances.unwrap_or_else(|e| panic!("{told}\n  {e}"));
        let found = balances
            .iter()
            .find(|b| b.channel.as_ref().map(|c| c.id.clone()) == channel_of(target));
        found
            .unwrap_or_else(|| panic!("{told}\n  is not among {balances:#?}"))
            .clone()
    }

    fn hub_of(&self, target: &str) -> String {
        if is_hub(target) {
            target.to_owned()
        } else {
            self.hub_of.get(target).cloned().unwrap_or_default()
        }
    }

    /// An amount, in a currency that some hub of the story has.
    fn amount(&self, money: &MoneyView) -> String {
        let currency = money.currency.to_string();
        assert!(
            self.currency_of.values().any(|c| *c == currency),
            "no hub has {currency}: {money:?}"
        );
        money.amount.clone()
    }
}

/// Noon of a day.
pub fn moment(day: &str) -> Moment {
    let today = parse_date(day).unwrap();
    Moment {
        today,
        now: today.and_hms_opt(12, 0, 0).unwrap(),
    }
}

/// Who opens the books of tests.
pub fn storyteller() -> Who {
    Who {
        user: "ada".to_owned(),
        host: "desk".to_owned(),
        program: "stories".to_owned(),
        process: 1,
    }
}

fn company(country: &str, vat_id: &[&str]) -> CompanyForm {
    CompanyForm {
        name: "Elbe Messaging".to_owned(),
        address: "Hafenstraße 1\n01067 Dresden".to_owned(),
        country: country.to_owned(),
        vat_id: vat_id.concat(),
        billing_email: "billing@elbe.example".to_owned(),
    }
}

fn details_of(line: &HubInvoiceLineView) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(line.channel.as_ref().map(|c| c.id.clone()));
    said.extend(line.plan.map(word));
    said.extend(line.tier.map(word));
    said.extend(line.top_up.map(word));
    said.extend(line.method.map(word));
    said.extend(line.from.clone());
    said.extend(line.month.clone());
    said.extend(
        line.days
            .zip(line.of)
            .map(|(days, of)| format!("{days}/{of}")),
    );
    said.extend(line.unit_price.as_ref().map(|m| format!("of={}", m.amount)));
    said.extend(line.percent.as_ref().map(|p| format!("{p}%")));
    said.extend(line.base.as_ref().map(|m| format!("on={}", m.amount)));
    said
}

fn is_hub(id: &str) -> bool {
    id.ends_with("PA")
}

fn channel_of(target: &str) -> Option<String> {
    (!is_hub(target)).then(|| target.to_owned())
}

/// The word after another.
fn after<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| *word == name)?;
    words.get(at + 1).copied()
}

/// The value of `name=value`, or nothing.
fn given<'a>(words: &[&'a str], name: &str) -> &'a str {
    words
        .iter()
        .filter_map(|word| word.split_once('='))
        .find(|(key, _)| *key == name)
        .map_or("", |(_, value)| value)
}

/// An amount as a person writes it, without the commas.
fn plain(text: &str) -> String {
    text.replace(',', "")
}

fn all_plain(figures: &[&str]) -> Vec<String> {
    figures.iter().map(|f| plain(f)).collect()
}

fn word<T: serde::Serialize>(choice: T) -> String {
    let word = serde_json::to_value(choice).unwrap();
    word.as_str().unwrap_or_default().to_owned()
}
