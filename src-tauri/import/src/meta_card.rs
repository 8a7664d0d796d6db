//! Meta's own price files as they come (`reference` 4.5): rates, and volume tiers, each with a
//! preamble above its header. What is meant is found by names, never by the number of a row.
//!
//! A cell without a number (`n/a`, `--`, nothing) is no price. A ladder of tiers is taken whole or
//! left out: half a ladder would charge wrong slices.

use std::collections::HashMap;
use std::io::Read;

use hubledger_core::currency::Currency;
use hubledger_core::period::Date;
use hubledger_core::price::{CardKind, PriceItem, PriceRow};
use hubledger_core::text::LONGEST_LINE;
use hubledger_core::usage::Category;
use rust_decimal::Decimal;

use crate::format::{amount, amount_with_comma};
use crate::grid::{Grid, GridRow};
use crate::problem::{FileProblem, Problem, ProblemKind, shortened};

/// How far down the header is looked for.
const MOST_PREAMBLE: usize = 40;

/// How far above the names of the tiers' columns their category stands.
const GROUP_ROWS: usize = 3;

/// The categories by the words of a header, the longer before the shorter.
const CATEGORIES: [(&str, Category); 6] = [
    (
        "authentication international",
        Category::AuthenticationInternational,
    ),
    ("authentication", Category::Authentication),
    ("marketing lite", Category::MarketingLite),
    ("marketing", Category::Marketing),
    ("utility", Category::Utility),
    ("service", Category::Service),
];

/// What a person says where the file does not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    pub effective_from: Option<Date>,
    pub currency: Option<Currency>,
}

/// A file of Meta's, read.
#[derive(Debug)]
pub struct MetaCard {
    /// `Messages`, or `Tiers` where the file holds volume tiers.
    pub kind: CardKind,
    pub rows: Vec<PriceRow>,
    pub problems: Vec<Problem>,
    /// Names of columns that mean nothing here.
    pub unknown_columns: Vec<String>,
}

/// Reads a CSV file of Meta's.
pub fn read_csv<R: Read>(reader: R, given: Given) -> Result<MetaCard, FileProblem> {
    let grid = Grid::of_csv(reader)?;
    read(&grid, given)?.ok_or(FileProblem::NoPriceTable)
}

/// Reads a workbook of Meta's: every sheet that holds a table of prices.
pub fn read_workbook(bytes: &[u8], given: Given) -> Result<Vec<MetaCard>, FileProblem> {
    let mut cards = Vec::new();
    for grid in Grid::of_workbook(bytes)? {
        cards.extend(read(&grid, given)?);
    }
    if cards.is_empty() {
        return Err(FileProblem::NoPriceTable);
    }
    Ok(cards)
}

/// None where the rows hold no table of prices.
fn read(grid: &Grid, given: Given) -> Result<Option<MetaCard>, FileProblem> {
    let head = grid.rows.iter().take(MOST_PREAMBLE);
    for (at, row) in head.enumerate() {
        let names: Vec<String> = row.cells.iter().map(|cell| words(cell)).collect();
        let has = |name: &str| names.iter().any(|n| n == name);
        let kind = if has("market") && has("marketing") {
            CardKind::Messages
        } else if has("from") && has("rate") {
            CardKind::Tiers
        } else {
            continue;
        };
        let sheet = Sheet::find(grid, at, names, kind, given)?;
        return Ok(Some(match kind {
            CardKind::Tiers => read_tiers(&sheet)?,
            _ => read_rates(&sheet)?,
        }));
    }
    Ok(None)
}

/// The words of a cell in lower case, with line breaks and hyphens for what they are: nothing.
fn words(cell: &str) -> String {
    let lower = cell.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// The category that a header's words begin with.
fn category_of(words: &str) -> Option<Category> {
    CATEGORIES
        .into_iter()
        .find(|(name, _)| {
            words
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
        .map(|(_, category)| category)
}

/// A table of prices with what holds for all of its rows.
struct Sheet<'a> {
    grid: &'a Grid,
    header: usize,
    names: Vec<String>,
    market: usize,
    currency: Option<usize>,
    /// Where a row names no currency.
    usual_currency: Option<Currency>,
    effective_from: Date,
}

impl<'a> Sheet<'a> {
    fn find(
        grid: &'a Grid,
        header: usize,
        names: Vec<String>,
        kind: CardKind,
        given: Given,
    ) -> Result<Self, FileProblem> {
        let top = if kind == CardKind::Tiers {
            header.saturating_sub(GROUP_ROWS)
        } else {
            header
        };
        let column = |name: &str| {
            let rows = grid.rows.iter().take(header + 1).skip(top);
            rows.rev()
                .find_map(|row| row.cells.iter().position(|cell| words(cell) == name))
        };
        let market = column("market").ok_or_else(|| FileProblem::MissingColumns {
            columns: vec!["Market".to_owned()],
        })?;
        let preamble: Vec<String> = grid
            .rows
            .iter()
            .take(header)
            .flat_map(|row| &row.cells)
            .cloned()
            .collect();
        let currency = column("currency");
        let usual_currency = currency_in(&preamble).or(given.currency);
        if currency.is_none() && usual_currency.is_none() {
            return Err(FileProblem::CurrencyMissing);
        }
        let effective_from = day_in(&preamble)
            .or(given.effective_from)
            .ok_or(FileProblem::DayMissing)?;
        Ok(Self {
            grid,
            header,
            names,
            market,
            currency,
            usual_currency,
            effective_from,
        })
    }

    fn rows(&self) -> impl Iterator<Item = &'a GridRow> {
        self.grid.rows.iter().skip(self.header + 1)
    }

    /// The row's currency; a cell that is not filled takes the one before, or the preamble's.
    fn currency(&self, row: &GridRow, before: Option<Currency>) -> Result<Currency, Problem> {
        let text = self.currency.map_or("", |at| row.cell(at));
        if text.is_empty() {
            return before
                .or(self.usual_currency)
                .ok_or_else(|| row.problem("currency", text, ProblemKind::EmptyCell));
        }
        currency_of(text).ok_or_else(|| row.problem("currency", text, ProblemKind::UnknownCurrency))
    }

    fn market(&self, row: &GridRow) -> Result<String, Problem> {
        let text = row.cell(self.market);
        if text.chars().count() > LONGEST_LINE {
            let longest = LONGEST_LINE;
            return Err(row.problem("market", text, ProblemKind::TextTooLong { longest }));
        }
        if text.chars().any(char::is_control) {
            return Err(row.problem("market", text, ProblemKind::ControlCharacter));
        }
        Ok(text.to_owned())
    }

    /// A price; none where the cell says that there is none.
    fn rate(
        &self,
        row: &GridRow,
        at: usize,
        name: &'static str,
    ) -> Result<Option<Decimal>, Problem> {
        let text = row.cell(at);
        if says_none(text) {
            return Ok(None);
        }
        let number = text.trim_start_matches(['$', '€']).trim();
        let read = if self.grid.decimal_comma {
            amount_with_comma(number)
        } else {
            amount(&without_thousands(number))
        };
        read.map(Some).map_err(|kind| row.problem(name, text, kind))
    }
}

fn read_rates(sheet: &Sheet<'_>) -> Result<MetaCard, FileProblem> {
    let mut columns: Vec<(usize, PriceItem)> = Vec::new();
    let mut unknown_columns = Vec::new();
    for (at, name) in sheet.names.iter().enumerate() {
        match CATEGORIES.iter().find(|(words, _)| words == name) {
            Some((_, category)) => {
                let item = PriceItem::Message(*category);
                if columns.iter().any(|(_, known)| *known == item) {
                    let column = shortened(name);
                    return Err(FileProblem::DuplicateColumn { column });
                }
                columns.push((at, item));
            }
            None if at != sheet.market && Some(at) != sheet.currency && !name.is_empty() => {
                unknown_columns.push(shortened(name));
            }
            None => {}
        }
    }
    let mut card = MetaCard {
        kind: CardKind::Messages,
        rows: Vec::new(),
        problems: Vec::new(),
        unknown_columns,
    };
    let mut seen: HashMap<(String, Currency), u64> = HashMap::new();
    for row in sheet.rows().filter(|row| !is_note(row, sheet.market)) {
        match rates_of(sheet, row, &columns, &mut seen) {
            Ok((rates, problems)) => {
                card.rows.extend(rates);
                card.problems.extend(problems);
            }
            Err(problem) => card.problems.push(problem),
        }
    }
    Ok(card)
}

/// Below a table stand notes: a first cell with text, and nothing else.
fn is_note(row: &GridRow, market: usize) -> bool {
    row.cells
        .iter()
        .enumerate()
        .all(|(at, cell)| at == market || cell.trim().is_empty())
}

type Rates = (Vec<PriceRow>, Vec<Problem>);

fn rates_of(
    sheet: &Sheet<'_>,
    row: &GridRow,
    columns: &[(usize, PriceItem)],
    seen: &mut HashMap<(String, Currency), u64>,
) -> Result<Rates, Problem> {
    let market = sheet.market(row)?;
    if market.is_empty() {
        return Err(row.problem("market", "", ProblemKind::EmptyCell));
    }
    let currency = sheet.currency(row, None)?;
    if let Some(first_line) = seen.get(&(market.clone(), currency)) {
        let first_line = *first_line;
        return Err(row.problem("market", &market, ProblemKind::DuplicateRate { first_line }));
    }
    seen.insert((market.clone(), currency), row.line);
    let (mut rates, mut problems) = (Vec::new(), Vec::new());
    for (at, item) in columns {
        match sheet.rate(row, *at, item.name()) {
            Ok(Some(rate)) => rates.push(PriceRow {
                effective_from: Some(sheet.effective_from),
                currency,
                market: market.clone(),
                item: *item,
                tier_from: 1,
                rate,
            }),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    Ok((rates, problems))
}

/// The columns of one category's tiers.
struct Group {
    item: PriceItem,
    from: usize,
    to: usize,
    rate: usize,
}

/// One slice as the file tells it.
struct Slice {
    from: u64,
    /// None: no end.
    to: Option<u64>,
    rate: Decimal,
}

/// The slices of one market and category, until the next market.
#[derive(Default)]
struct Ladder {
    slices: Vec<Slice>,
    is_bad: bool,
}

fn groups_of(sheet: &Sheet<'_>) -> Vec<Group> {
    let starts: Vec<usize> = (0..sheet.names.len())
        .filter(|at| sheet.names.get(*at).is_some_and(|name| name == "from"))
        .collect();
    let mut groups = Vec::new();
    for (nth, from) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).copied().unwrap_or(sheet.names.len());
        let find = |name: &str| {
            (*from..end).find(|at| sheet.names.get(*at).is_some_and(|found| found == name))
        };
        let category = title_of(sheet, *from).and_then(|title| category_of(&title));
        if let (Some(to), Some(rate), Some(category)) = (find("to"), find("rate"), category) {
            groups.push(Group {
                item: PriceItem::Message(category),
                from: *from,
                to,
                rate,
            });
        }
    }
    groups
}

/// What stands over a group of columns: the nearest title at or left of its first column.
fn title_of(sheet: &Sheet<'_>, column: usize) -> Option<String> {
    let top = sheet.header.saturating_sub(GROUP_ROWS);
    let above = sheet.grid.rows.get(top..sheet.header)?;
    above.iter().rev().find_map(|row| {
        (0..=column)
            .rev()
            .map(|at| words(row.cell(at)))
            .find(|title| !title.is_empty())
            .filter(|title| category_of(title).is_some())
    })
}

fn read_tiers(sheet: &Sheet<'_>) -> Result<MetaCard, FileProblem> {
    let groups = groups_of(sheet);
    if groups.is_empty() {
        let columns = vec!["From, To and Rate below Utility or Authentication".to_owned()];
        return Err(FileProblem::MissingColumns { columns });
    }
    let mut card = MetaCard {
        kind: CardKind::Tiers,
        rows: Vec::new(),
        problems: Vec::new(),
        unknown_columns: Vec::new(),
    };
    let mut block: Option<Block> = None;
    let mut seen: HashMap<(String, Currency), u64> = HashMap::new();
    for row in sheet.rows().filter(|row| !is_note(row, sheet.market)) {
        if !row.cell(sheet.market).is_empty() {
            if let Some(block) = block.take() {
                block.finish(sheet, &groups, &mut card);
            }
            match Block::begin(sheet, row, &groups, &mut seen) {
                Ok(next) => block = Some(next),
                Err(problem) => card.problems.push(problem),
            }
        }
        match &mut block {
            Some(block) => block.take(sheet, row, &groups, &mut card.problems),
            None if row.cell(sheet.market).is_empty() && card.problems.is_empty() => {
                let problem = row.problem("market", "", ProblemKind::EmptyCell);
                card.problems.push(problem);
            }
            // Rows of a market that was refused.
            None => {}
        }
    }
    if let Some(block) = block {
        block.finish(sheet, &groups, &mut card);
    }
    Ok(card)
}

/// The rows of one market.
struct Block {
    market: String,
    currency: Currency,
    first: GridRow,
    ladders: Vec<Ladder>,
}

impl Block {
    fn begin(
        sheet: &Sheet<'_>,
        row: &GridRow,
        groups: &[Group],
        seen: &mut HashMap<(String, Currency), u64>,
    ) -> Result<Self, Problem> {
        let market = sheet.market(row)?;
        let currency = sheet.currency(row, None)?;
        if let Some(first_line) = seen.get(&(market.clone(), currency)) {
            let first_line = *first_line;
            return Err(row.problem("market", &market, ProblemKind::DuplicateRate { first_line }));
        }
        seen.insert((market.clone(), currency), row.line);
        Ok(Self {
            market,
            currency,
            first: row.clone(),
            ladders: groups.iter().map(|_| Ladder::default()).collect(),
        })
    }

    fn take(
        &mut self,
        sheet: &Sheet<'_>,
        row: &GridRow,
        groups: &[Group],
        problems: &mut Vec<Problem>,
    ) {
        for (group, ladder) in groups.iter().zip(&mut self.ladders) {
            match slice_of(sheet, row, group) {
                Ok(Some(slice)) => ladder.slices.push(slice),
                Ok(None) => {}
                Err(problem) => {
                    ladder.is_bad = true;
                    problems.push(problem);
                }
            }
        }
    }

    /// Puts the ladders that are whole on the card.
    fn finish(self, sheet: &Sheet<'_>, groups: &[Group], card: &mut MetaCard) {
        for (group, ladder) in groups.iter().zip(self.ladders) {
            if ladder.is_bad || ladder.slices.is_empty() {
                continue;
            }
            if !is_whole(&ladder.slices) {
                let problem =
                    self.first
                        .problem(group.item.name(), &self.market, ProblemKind::TierGap);
                card.problems.push(problem);
                continue;
            }
            card.rows.extend(ladder.slices.iter().map(|slice| PriceRow {
                effective_from: Some(sheet.effective_from),
                currency: self.currency,
                market: self.market.clone(),
                item: group.item,
                tier_from: slice.from.max(1),
                rate: slice.rate,
            }));
        }
    }
}

/// A row's slice of a category; none where its cells are empty.
fn slice_of(sheet: &Sheet<'_>, row: &GridRow, group: &Group) -> Result<Option<Slice>, Problem> {
    let name = group.item.name();
    let (from, to) = (row.cell(group.from), row.cell(group.to));
    let rate = sheet.rate(row, group.rate, name)?;
    if says_none(from) && rate.is_none() {
        return Ok(None);
    }
    let number = |text: &str| {
        without_thousands(text)
            .parse::<u64>()
            .map_err(|_| row.problem(name, text, ProblemKind::NotAWholeNumber))
    };
    let rate =
        rate.ok_or_else(|| row.problem(name, row.cell(group.rate), ProblemKind::EmptyCell))?;
    Ok(Some(Slice {
        from: number(from)?,
        to: if says_none(to) {
            None
        } else {
            Some(number(to)?)
        },
        rate,
    }))
}

/// From the first message on without a gap, and open at its end.
fn is_whole(slices: &[Slice]) -> bool {
    let begins = slices.first().is_some_and(|first| first.from <= 1);
    let is_open = slices.last().is_some_and(|last| last.to.is_none());
    let follows = slices.windows(2).all(|pair| match pair {
        [one, next] => {
            one.to.and_then(|to| to.checked_add(1)) == Some(next.from) && one.from < next.from
        }
        _ => true,
    });
    begins && is_open && follows
}

/// `n/a`, a dash, or nothing.
fn says_none(text: &str) -> bool {
    matches!(words(text).as_str(), "" | "n a" | "na") && !text.contains(['$', '€'])
}

/// `1,000,001` without its commas; anything else as it is, to be refused.
fn without_thousands(text: &str) -> String {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',')
        && (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group));
    if !grouped {
        return text.to_owned();
    }
    let whole = whole.replace(',', "");
    if decimals.is_empty() {
        whole
    } else {
        format!("{whole}.{decimals}")
    }
}

/// `USD`, `$US`, `US$`, `EUR`, `€`.
fn currency_of(text: &str) -> Option<Currency> {
    match text.trim().to_ascii_uppercase().as_str() {
        "$US" | "US$" | "$USD" | "USD$" | "$" => Some(Currency::Usd),
        "€" | "€EUR" | "EUR€" => Some(Currency::Eur),
        other => Currency::parse(other),
    }
}

/// The one currency that a preamble names.
fn currency_in(preamble: &[String]) -> Option<Currency> {
    let mut found = preamble
        .iter()
        .flat_map(|cell| {
            cell.split(|c: char| {
                c.is_whitespace() || matches!(c, ',' | '.' | '(' | ')' | ':' | ';')
            })
        })
        .filter(|word| *word != "$")
        .filter_map(currency_of);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The one day that a preamble names after the word `effective`; none where it names two.
fn day_in(preamble: &[String]) -> Option<Date> {
    let text = preamble.join(" ").to_lowercase();
    let (_, after) = text.split_once("effective")?;
    let words: Vec<&str> = after
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut days = words.windows(3).filter_map(|three| match three {
        [a, b, c] => day_of(a, b, c),
        _ => None,
    });
    let first = days.next()?;
    days.all(|other| other == first).then_some(first)
}

/// `October 1 2026`, `1 Oct 2026`, `2026 10 01`; a day in figures alone is read with its year first only.
fn day_of(a: &str, b: &str, c: &str) -> Option<Date> {
    let number = |text: &str| {
        text.trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<u32>()
            .ok()
    };
    let year = |text: &str| {
        (text.len() == 4)
            .then(|| text.parse::<i32>().ok())
            .flatten()
    };
    let (year, month, day) = if let Some(month) = month_of(a) {
        (year(c)?, month, number(b)?)
    } else if let Some(month) = month_of(b) {
        (year(c)?, month, number(a)?)
    } else {
        (year(a)?, number(b)?, number(c)?)
    };
    Date::from_ymd_opt(year, month, day)
}

fn month_of(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS
        .iter()
        .position(|month| text.len() >= 3 && month.starts_with(text))?;
    u32::try_from(at + 1).ok()
}
