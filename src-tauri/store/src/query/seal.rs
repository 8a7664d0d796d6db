//! What a closed month is sealed over: its rows, part by part, in a fixed order with named
//! columns. The documented order of the chain is these lists; the row `seal` comes last.

use std::collections::HashMap;

use hubledger_core::period::BillingPeriod;
use hubledger_core::seal::{Chain, Field, Hash, Mark, MarkForm, WrittenFields, hex, parse};
use rusqlite::{OptionalExtension, params};

use crate::block::{self, MonthBound, field_of};
use crate::codec;
use crate::error::Error;
use crate::table::charges_of_days;
use crate::{Read, Write};

/// Each part with its rows. The first column is the row's key, by which it is named; ids stand
/// for keys (a key that leads nowhere, for itself), so that a row can't be handed to another
/// channel. Two columns of a charge are left out, as they may change after the close: whether it
/// still stands, which its mirror proves, and `counted`, which late usage moves and no price with
/// it. Charges lie by their keys alone since version 3, and in blocks of their own columns, with keys
/// for what they lead to, since version 4 (`block.rs`). `?1` is the hub, `?2` and `?3` the month's days,
/// `?4` the month.
const PARTS: [(&str, &str); 11] = [
    ("month_close", "SELECT 0, month, closed_on, invoices_to_clients FROM month_close WHERE hub = ?1 AND month = ?4"),
    ("entry", "SELECT key, kind, day, own_day, source, messages, pulses, recorded_at, unit, reverses FROM entry
               WHERE hub = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY key"),
    ("posting", "SELECT entry.key, ifnull(account.kind, posting.account), hub.id, ifnull(channel.id, account.channel), ifnull(client.id, account.client), posting.day, posting.amount FROM entry
                 JOIN posting ON posting.entry = entry.key LEFT JOIN account ON account.key = posting.account
                 LEFT JOIN hub ON hub.key = account.hub LEFT JOIN channel ON channel.key = account.channel
                 LEFT JOIN client ON client.key = account.client
                 WHERE entry.hub = ?1 AND entry.day BETWEEN ?2 AND ?3 ORDER BY entry.key, posting.account"),
    ("top_up", "SELECT top_up.key, ifnull(channel.id, top_up.channel), amount, kind, method, day, booked, recorded_at FROM top_up
                LEFT JOIN channel ON channel.key = top_up.channel WHERE top_up.hub = ?1 AND booked BETWEEN ?2 AND ?3 ORDER BY 1"),
    ("refund", "SELECT refund.key, ifnull(channel.id, refund.channel), amount, destination, day, booked, recorded_at FROM refund
                LEFT JOIN channel ON channel.key = refund.channel WHERE refund.hub = ?1 AND booked BETWEEN ?2 AND ?3 ORDER BY 1"),
    ("posted_vat", "SELECT posted_vat.entry, event, posted_vat.key, amount FROM entry JOIN posted_vat ON posted_vat.entry = entry.key
                    WHERE entry.hub = ?1 AND entry.day BETWEEN ?2 AND ?3 ORDER BY 1, 2, 3"),
    ("charge", "SELECT charge.key, ifnull(channel.id, charge.channel), client.id, ifnull(import.file, import), import.sha256, import.brought_in, line, row_id, ordinal, day, booked,
                       place.name, market.name, category, pricing, quantity, free, cost, card, rate, rated, amount, outcome, charge.reason,
                       reverses, waived.reason, waived.waived_at FROM charge
                LEFT JOIN channel ON channel.key = charge.channel LEFT JOIN client ON client.key = channel.client
                LEFT JOIN import ON import.key = charge.import LEFT JOIN place ON place.key = charge.place
                LEFT JOIN market ON market.key = charge.market LEFT JOIN waived ON waived.charge = charge.key
                WHERE charge.hub = ?1 AND booked BETWEEN ?2 AND ?3 ORDER BY charge.booked, charge.key"),
    ("month_channel", "SELECT channel.key, channel.id, month_channel.name, month_channel.phone, client_name FROM month_channel
                       JOIN channel ON channel.key = month_channel.channel WHERE hub = ?1 AND month = ?4 ORDER BY 1"),
    ("hub_invoice", "SELECT row_number() OVER (ORDER BY reference), reference, kind, n, ifnull(channel.id, hub_invoice.channel), hub_name, issued_on, to_name, to_address,
                            to_country, to_vat_id, to_email, vat_treatment, net, vat_base, vat, gross FROM hub_invoice
                     LEFT JOIN channel ON channel.key = hub_invoice.channel WHERE hub = ?1 AND month = ?4 ORDER BY reference"),
    ("month_line", "SELECT position, reference, kind, ifnull(channel.id, month_line.channel), plan, tier, before, from_day, late_month, days, of_days, top_up, method,
                           percent, base, unit_price, amount, proration FROM month_line
                    LEFT JOIN channel ON channel.key = month_line.channel WHERE hub = ?1 AND month = ?4 ORDER BY position"),
    ("closing_summary", "SELECT row_number() OVER (ORDER BY closing_summary.reference), closing_summary.reference, starting, added,
                                refunds_to_balance, paid_out, used, usage_reconciliation, settled, settled_by_invoice, card_fee, ending,
                                net_payable FROM hub_invoice JOIN closing_summary ON closing_summary.reference = hub_invoice.reference
                         WHERE hub = ?1 AND month = ?4 ORDER BY closing_summary.reference"),
];

/// What a seal is over besides since version 2: whose month it is and the seals before it, what it was
/// worked out with, who did what was posted, and the owner's own invoices. Bound as [`PARTS`].
const LATER_PARTS: [(&str, &str); 10] = [
    ("hub", "SELECT 0, hub.id, hub.model, hub.currency, hub.first_month, book.owner FROM hub JOIN book WHERE hub.key = ?1"),
    ("earlier_seal", "SELECT month, head, sealed_at, is_late, version FROM seal WHERE hub = ?1 AND month < ?4 ORDER BY month"),
    ("seal_basis", "SELECT row_number() OVER (ORDER BY kind, name), kind, name, value FROM seal_basis WHERE hub = ?1 AND month = ?4 ORDER BY kind, name"),
    ("activity", "SELECT key, at, actor, use_case, inputs, hub, client, channel, invoice, month, undoes FROM activity
                  WHERE key IN (SELECT unit FROM entry WHERE hub = ?1 AND day BETWEEN ?2 AND ?3) ORDER BY key"),
    ("client_invoice", "SELECT client_invoice.key, number, series, period, counter, kind, ifnull(client.id, client_invoice.client), client_name, issued_on,
                               due_on, corrects, net, vat, gross, content, entry, recorded_at FROM client_invoice
                        LEFT JOIN client ON client.key = client_invoice.client
                        WHERE client_invoice.hub = ?1 AND issued_on BETWEEN ?2 AND ?3 ORDER BY 1"),
    ("client_invoice_line", "SELECT line.invoice, line.position, of_line, line.net, vat_code, percent FROM client_invoice
                             JOIN client_invoice_line AS line ON line.invoice = client_invoice.key
                             WHERE client_invoice.hub = ?1 AND issued_on BETWEEN ?2 AND ?3 ORDER BY 1, 2"),
    ("client_invoice_vat", "SELECT tax.invoice, vat_code, percent, basis, tax.vat FROM client_invoice
                            JOIN client_invoice_vat AS tax ON tax.invoice = client_invoice.key
                            WHERE client_invoice.hub = ?1 AND issued_on BETWEEN ?2 AND ?3 ORDER BY 1, 2, 3"),
    ("client_deduction", "SELECT client_deduction.invoice, advance FROM client_invoice JOIN client_deduction ON client_deduction.invoice = client_invoice.key
                          WHERE client_invoice.hub = ?1 AND issued_on BETWEEN ?2 AND ?3 ORDER BY 1, 2"),
    ("client_paper", "SELECT client_paper.invoice, format, sha256, made_by FROM client_invoice JOIN client_paper ON client_paper.invoice = client_invoice.key
                      WHERE client_invoice.hub = ?1 AND issued_on BETWEEN ?2 AND ?3 ORDER BY 1, 2"),
    ("client_payment", "SELECT client_payment.key, client_payment.invoice, client_payment.day, amount, client_payment.entry, client_payment.recorded_at FROM entry
                        JOIN client_payment ON client_payment.entry = entry.key WHERE entry.hub = ?1 AND entry.day BETWEEN ?2 AND ?3 ORDER BY 1"),
];

/// In place of the same part of [`PARTS`] since version 4, with whose the channel is.
const MONTH_CHANNEL: &str = "SELECT channel.key, channel.id, client.id, month_channel.name, month_channel.phone, client_name FROM month_channel
                             JOIN channel ON channel.key = month_channel.channel LEFT JOIN client ON client.key = channel.client
                             WHERE month_channel.hub = ?1 AND month = ?4 ORDER BY 1";

/// What a seal is over besides since version 4: what charges lead to by their keys, and why some were
/// let go. `?5`, `?6` and `?7` are the last import, place and market that were known then, `?8` to `?10`
/// those that the seal before it is over.
const LED_PARTS: [(&str, &str); 4] = [
    ("import", "SELECT key, file, sha256, brought_in FROM import WHERE key > ?8 AND key <= ?5 ORDER BY key"),
    ("place", "SELECT key, name FROM place WHERE key > ?9 AND key <= ?6 ORDER BY key"),
    ("market", "SELECT key, name FROM market WHERE key > ?10 AND key <= ?7 ORDER BY key"),
    ("waived", "SELECT waived.charge, waived.reason, waived_at FROM waived CROSS JOIN charge ON charge.key = waived.charge
                WHERE charge.hub = ?1 AND booked BETWEEN ?2 AND ?3 ORDER BY waived.charge"),
];

/// How seals are made now. Those of a version stay as they were made: its lists never change. Version
/// 3 is over the same rows as 2, its charges by their keys alone, and links and marks them in a
/// shorter way. Version 4 has blocks of charges, so that who seals a month need not read them again.
pub const SEAL_VERSION: i64 = 4;

/// The first version with blocks.
const WITH_BLOCKS: i64 = 4;

/// Where a field of a charge comes from: a column of [`block::COLUMNS`], or what its key leads to.
enum From {
    Column(usize),
    Led(usize, Led),
}

/// What a charge leads to: what is asked for all of it at once, and how many fields it gives. Where
/// a key leads nowhere, the first field is the key itself if `names_itself`, and the others nothing.
struct Led {
    question: &'static str,
    width: usize,
    names_itself: bool,
}

/// When a month was sealed, and how; a since version 2 a seal is over it, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealFacts {
    pub version: i64,
    pub at: String,
    /// Closed by a version that knew no seals.
    pub is_late: bool,
    /// All 0 before version 4.
    pub known: Known,
}

/// The last keys that were known when a month was sealed, of what charges lead to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    imports: i64,
    places: i64,
    markets: i64,
}

/// Where the charges of a chain are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargesFrom {
    /// As they were written, which is known of most without reading them again.
    Written,
    /// As they are now.
    Rows,
}

/// A part of a month with a mark for each of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealPart {
    pub part: String,
    pub marks: Vec<Mark>,
}

/// A month as its rows say now.
#[derive(Clone, Debug)]
pub struct MonthChain {
    pub head: Hash,
    pub parts: Vec<SealPart>,
}

/// A seal of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealRow {
    pub month: BillingPeriod,
    /// None where it is no longer a hash.
    pub head: Option<Hash>,
    pub facts: SealFacts,
}

/// What a seal of a version is over, in its order, but for the row of the seal itself.
fn parts_of(version: i64) -> impl Iterator<Item = (&'static str, &'static str)> {
    let has_blocks = version >= WITH_BLOCKS;
    let first = PARTS.into_iter().map(move |(part, rows)| match part {
        "month_channel" if has_blocks => (part, MONTH_CHANNEL),
        _ => (part, rows),
    });
    let later = LATER_PARTS.into_iter().filter(move |_| version >= 2);
    let led = LED_PARTS.into_iter().filter(move |_| has_blocks);
    first.chain(later).chain(led)
}

impl SealFacts {
    /// Links when and how a month was sealed.
    fn link(&self, chain: &mut Chain) -> Option<Mark> {
        let own = [
            Field::Number(self.version),
            Field::Text(&self.at),
            Field::Number(i64::from(self.is_late)),
            Field::Number(self.known.imports),
            Field::Number(self.known.places),
            Field::Number(self.known.markets),
        ];
        let width = match self.version {
            ..2 => return None,
            2..WITH_BLOCKS => 3,
            _ => own.len(),
        };
        Some(chain.add("seal", 0, own.get(..width)?))
    }
}

/// The fields of a charge in the order of [`PARTS`].
fn charge_fields() -> Vec<From> {
    use From::{Column, Led as Leads};
    let led = |question, width, names_itself| Led {
        question,
        width,
        names_itself,
    };
    let channels = "SELECT channel.key, channel.id, client.id FROM channel LEFT JOIN client ON client.key = channel.client";
    let imports = "SELECT key, file, sha256, brought_in FROM import";
    let mut fields = vec![
        Column(0),
        Leads(1, led(channels, 2, true)),
        Leads(2, led(imports, 3, true)),
    ];
    fields.extend((3..=7).map(Column));
    fields.push(Leads(8, led("SELECT key, name FROM place", 1, false)));
    fields.push(Leads(9, led("SELECT key, name FROM market", 1, false)));
    fields.extend((10..=21).map(Column));
    let waived = "SELECT charge, reason, waived_at FROM waived";
    fields.push(Leads(0, led(waived, 2, false)));
    fields
}

impl From {
    fn width(&self) -> usize {
        match self {
            Self::Column(_) => 1,
            Self::Led(_, led) => led.width,
        }
    }
}

impl Led {
    fn missing(&self, key: Option<i64>) -> WrittenFields {
        let itself = key
            .filter(|_| self.names_itself)
            .map_or(Field::Nothing, Field::Number);
        let mut fields = vec![Field::Nothing; self.width];
        if let Some(first) = fields.first_mut() {
            *first = itself;
        }
        WrittenFields::of(&fields)
    }
}

impl Read<'_> {
    /// The chain over a month's rows behind the seal before it: as they are now, but for charges where
    /// others are asked for.
    pub fn month_chain(
        &self,
        hub: i64,
        hub_id: &str,
        month: BillingPeriod,
        previous: Option<&SealRow>,
        (facts, charges): (&SealFacts, ChargesFrom),
    ) -> Result<MonthChain, Error> {
        let (first, last) = codec::days_of(month);
        let number = codec::month(month);
        let known = facts.known;
        let before = previous.map(|seal| seal.facts.known).unwrap_or_default();
        let bound = [
            hub,
            first,
            last,
            number,
            known.imports,
            known.places,
            known.markets,
            before.imports,
            before.places,
            before.markets,
        ];
        let head = previous.and_then(|seal| seal.head);
        let mut chain = Chain::begin(facts.version, head, hub_id, number);
        let mut parts = Vec::new();
        for (part, rows) in parts_of(facts.version) {
            let mut marks = Vec::new();
            match part {
                "charge" if facts.version >= WITH_BLOCKS => {
                    let bound = [hub, first, last, number];
                    self.link_blocks(&mut chain, charges, bound, &mut marks)?;
                }
                "charge" => self.link_charges(&mut chain, facts.version, &bound, &mut marks)?,
                _ => self.link_rows(&mut chain, part, rows, &bound, &mut marks)?,
            }
            let part = part.to_owned();
            parts.push(SealPart { part, marks });
        }
        if let Some(mark) = facts.link(&mut chain) {
            parts.push(SealPart {
                part: "seal".to_owned(),
                marks: vec![mark],
            });
        }
        Ok(MonthChain {
            head: chain.head(),
            parts,
        })
    }

    /// Links the rows that a question answers with, and notes a mark for each.
    pub(super) fn link_rows(
        &self,
        chain: &mut Chain,
        part: &str,
        question: &str,
        bound: &[i64],
        marks: &mut Vec<Mark>,
    ) -> Result<(), Error> {
        let mut statement = self.0.prepare_cached(question)?;
        let width = statement.column_count();
        for (at, value) in bound.iter().enumerate().take(statement.parameter_count()) {
            statement.raw_bind_parameter(at + 1, value)?;
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            chain.begin_row(part, width);
            let mut key = 0;
            for at in 0..width {
                let field = field_of(row.get_ref(at)?, part)?;
                if let (0, Field::Number(number)) = (at, field) {
                    key = number;
                }
                chain.put(field);
            }
            marks.push(chain.link_row(key));
        }
        Ok(())
    }

    /// Links the blocks of a month's charges, and notes a mark for each charge.
    fn link_blocks(
        &self,
        chain: &mut Chain,
        from: ChargesFrom,
        bound: MonthBound,
        marks: &mut Vec<Mark>,
    ) -> Result<(), Error> {
        let mut link = |number: i64, hash: Hash, of_block: &[Mark]| {
            let charges = i64::try_from(of_block.len()).unwrap_or(i64::MAX);
            let (hash, charges) = (hex(hash), Field::Number(charges));
            let fields = [Field::Number(number), charges, Field::Text(&hash)];
            chain.add("charge_block", number, &fields);
            marks.extend_from_slice(of_block);
            Ok(())
        };
        match from {
            ChargesFrom::Written => block::read_unkept(self.0, bound, &mut link),
            ChargesFrom::Rows => block::read_all(self.0, bound, &mut link),
        }
    }

    /// The last keys that are known now, of what charges lead to.
    pub fn known_now(&self) -> Result<Known, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT (SELECT ifnull(max(key), 0) FROM import), (SELECT ifnull(max(key), 0) FROM place),
                    (SELECT ifnull(max(key), 0) FROM market)",
        )?;
        Ok(statement.query_row([], |row| {
            Ok(Known {
                imports: row.get(0)?,
                places: row.get(1)?,
                markets: row.get(2)?,
            })
        })?)
    }

    /// Links the charges of a month just as their question in [`PARTS`] would, in a fifth of its time:
    /// most rows are charges, and what they lead to is looked up once and not once a row.
    fn link_charges(
        &self,
        chain: &mut Chain,
        version: i64,
        bound: &[i64],
        marks: &mut Vec<Mark>,
    ) -> Result<(), Error> {
        let mut fields = Vec::new();
        for source in charge_fields() {
            let known = match &source {
                From::Column(_) => HashMap::new(),
                From::Led(_, led) => self.written_fields(led)?,
            };
            fields.push((source, known, None));
        }
        let width = fields.iter().map(|(source, ..)| source.width()).sum();
        let mut statement = self.0.prepare(&self.charges_in_order(version, bound)?)?;
        for (at, value) in bound.iter().enumerate().take(statement.parameter_count()) {
            statement.raw_bind_parameter(at + 1, value)?;
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            chain.begin_row("charge", width);
            for (source, known, last) in &mut fields {
                match source {
                    From::Column(at) => chain.put(field_of(row.get_ref(*at)?, "charge")?),
                    From::Led(at, led) => {
                        // Most rows lead where the row before them did.
                        let key: Option<i64> = row.get(*at)?;
                        if last.as_ref().is_none_or(|(before, _)| *before != key) {
                            let written = key.and_then(|key| known.get(&key).cloned());
                            *last = Some((key, written.unwrap_or_else(|| led.missing(key))));
                        }
                        if let Some((_, written)) = last {
                            chain.put_written(written);
                        }
                    }
                }
            }
            marks.push(chain.link_row(row.get(0)?));
        }
        Ok(())
    }

    /// The question for a month's charges in the order of a version: by booked day and key, or by key
    /// alone.
    fn charges_in_order(&self, version: i64, bound: &[i64]) -> Result<String, Error> {
        let columns = block::COLUMNS;
        if version < 3 {
            return Ok(format!(
                "SELECT {columns} FROM charge WHERE hub = ?1 AND booked BETWEEN ?2 AND ?3 ORDER BY booked, key"
            ));
        }
        let charges = charges_of_days(self.0, bound)?;
        Ok(format!("SELECT {columns} FROM {charges} ORDER BY key"))
    }

    /// What each key leads to, in the bytes that are hashed.
    fn written_fields(&self, led: &Led) -> Result<HashMap<i64, WrittenFields>, Error> {
        let mut statement = self.0.prepare_cached(led.question)?;
        let mut rows = statement.query([])?;
        let mut known = HashMap::new();
        while let Some(row) = rows.next()? {
            let fields = (1..=led.width)
                .map(|at| field_of(row.get_ref(at)?, "charge"))
                .collect::<Result<Vec<_>, _>>()?;
            known.insert(row.get(0)?, WrittenFields::of(&fields));
        }
        Ok(known)
    }

    /// Every hub's key and id with its closed months, however damaged the rest of it is.
    pub fn hubs_with_closed_months(&self) -> Result<Vec<(i64, String, Vec<BillingPeriod>)>, Error> {
        let mut hubs = self
            .0
            .prepare_cached("SELECT key, id FROM hub ORDER BY key")?;
        let mut months = self
            .0
            .prepare_cached("SELECT month FROM month_close WHERE hub = ?1 ORDER BY month")?;
        let mut found = Vec::new();
        let mut rows = hubs.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get(0)?;
            let closed = months
                .query_map([key], |row| row.get::<_, i64>(0))?
                .collect::<Result<Vec<_>, _>>()?;
            let closed = closed
                .into_iter()
                .filter_map(|month| codec::period(month).ok());
            found.push((key, row.get(1)?, closed.collect()));
        }
        Ok(found)
    }

    /// The seals of a hub, oldest first.
    pub fn seals(&self, hub: i64) -> Result<Vec<SealRow>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT month, head, sealed_at, is_late, version, known_imports, known_places, known_markets FROM seal
             WHERE hub = ?1 ORDER BY month",
        )?;
        let mut rows = statement.query([hub])?;
        let mut seals = Vec::new();
        while let Some(row) = rows.next()? {
            seals.push(SealRow {
                month: codec::period(row.get(0)?)?,
                head: parse(&row.get::<_, String>(1)?),
                facts: SealFacts {
                    version: row.get(4)?,
                    at: row.get(2)?,
                    is_late: row.get(3)?,
                    known: Known {
                        imports: row.get(5)?,
                        places: row.get(6)?,
                        markets: row.get(7)?,
                    },
                },
            });
        }
        Ok(seals)
    }

    /// The marks of a sealed part, as seals of the version keep them; none where they are gone or cut
    /// off.
    pub fn seal_marks(
        &self,
        hub: i64,
        month: BillingPeriod,
        part: &str,
        version: i64,
    ) -> Result<Option<Vec<Mark>>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT marks FROM seal_part WHERE hub = ?1 AND month = ?2 AND part = ?3",
        )?;
        let bytes: Option<Vec<u8>> = statement
            .query_row(params![hub, codec::month(month), part], |row| row.get(0))
            .optional()?;
        Ok(bytes.and_then(|bytes| MarkForm::of(version).read(&bytes)))
    }
}

impl Write<'_> {
    /// Keeps the seal of a month, which then holds what blocks were kept of it.
    pub fn insert_seal(
        &self,
        hub: i64,
        month: BillingPeriod,
        chain: &MonthChain,
        facts: &SealFacts,
    ) -> Result<(), Error> {
        let month = codec::month(month);
        block::forget(self.0.0, hub, month)?;
        self.0.0.execute(
            "INSERT INTO seal (hub, month, head, sealed_at, is_late, version, known_imports, known_places, known_markets)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                hub,
                month,
                hex(chain.head),
                facts.at,
                facts.is_late,
                facts.version,
                facts.known.imports,
                facts.known.places,
                facts.known.markets,
            ],
        )?;
        for part in &chain.parts {
            let marks = MarkForm::of(facts.version).write(&part.marks);
            self.0.0.execute(
                "INSERT INTO seal_part (hub, month, part, marks) VALUES (?1, ?2, ?3, ?4)",
                params![hub, month, part.part, marks],
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    /// Charges with all that they can lead to, and with keys that lead nowhere.
    const BOOK: &str = "
        PRAGMA foreign_keys = OFF;
        INSERT INTO hub (id, name, model, currency, since, first_month, pay_by)
        VALUES ('aPA', '', 'partner-paid', 'EUR', 20260101, 202601, 'card');
        INSERT INTO client (id, hub, name, email, vat_id) VALUES ('aCL', 1, '', '', '');
        INSERT INTO channel (id, client, phone, name, started, time_zone)
        VALUES ('aCH', 1, '+49', '', 20260101, ''), ('aCI', 9, '+49', '', 20260101, '');
        INSERT INTO import (file, sha256, brought_in) VALUES ('ä.csv', 'e3b0', '2026-02-01T00:00:00Z');
        INSERT INTO place (name) VALUES ('DE');
        INSERT INTO market (name) VALUES ('Germany');
        WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 200)
        INSERT INTO charge (key, hub, channel, import, line, row_id, ordinal, day, booked, place, market, category, pricing,
                            quantity, free, cost, card, rate, rated, amount, outcome, reason, is_live, reverses)
        SELECT k, 1, 1 + k % 3, iif(k % 5 = 0, NULL, 1 + k % 2), k, iif(k % 7 = 0, 'r' || k, NULL), k,
               20260101 + k % 28, 20260101 + (k * 11) % 31, 1 + k % 4 / 3, 1 + k % 6 / 5, k % 7, k % 3, k - 9, 0,
               iif(k % 4 = 0, k, NULL), NULL, 5, k * 3, iif(k % 8 = 0, NULL, k * 3), iif(k % 8 = 0, 3, 0), 0, 1, iif(k % 9 = 0, k - 1, NULL)
        FROM n;
        INSERT INTO waived (charge, reason, waived_at) VALUES (3, 'goodwill', 'then'), (4, '', 'now');";

    #[test]
    fn charges_are_linked_as_the_documented_question_gives_them() {
        let store = Store::in_memory().unwrap();
        store.connection.execute_batch(BOOK).unwrap();
        let read = Read(&store.connection);
        let (_, documented) = PARTS
            .iter()
            .find(|(part, _)| *part == "charge")
            .copied()
            .unwrap();
        let by_key =
            documented.replace("ORDER BY charge.booked, charge.key", "ORDER BY charge.key");
        // A month, two of its days, one of them, and nothing.
        for bound in [
            [1, 20_260_101, 20_260_131],
            [1, 20_260_105, 20_260_106],
            [1, 20_260_105, 20_260_105],
            [2, 0, 99],
        ] {
            for (version, documented) in [(2, documented), (3, by_key.as_str())] {
                let begin = || Chain::begin(version, None, "aPA", 202_601);
                let (mut slow, mut fast) = (begin(), begin());
                let (mut expected, mut found) = (Vec::new(), Vec::new());
                read.link_rows(&mut slow, "charge", documented, &bound, &mut expected)
                    .unwrap();
                read.link_charges(&mut fast, version, &bound, &mut found)
                    .unwrap();
                assert_eq!(found, expected);
                assert_eq!(fast.head(), slow.head());
                assert_eq!(found.is_empty(), bound[0] == 2);
            }
        }
    }
}
