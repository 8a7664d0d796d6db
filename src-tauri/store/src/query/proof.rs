//! Questions that prove the book: each gives what it looked at and what does not hold. They only
//! read; nothing is ever repaired.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::Read;
use crate::error::Error;
use crate::query::charged;
use crate::query::fault::{Fault, FaultCode, Finding};
use crate::{block, fingerprint, migrate, sums};

/// How many lines of SQLite's own checks are told.
const MOST_LINES: usize = 20;

/// What each object of a file was made by, by name. Spaces do not count: a copy may lose some.
fn objects_of(file: &Connection) -> Result<BTreeMap<String, String>, Error> {
    let mut statement = file.prepare(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
    )?;
    let rows = statement.query_map([], |row| {
        let sql: String = row.get(1)?;
        Ok((
            row.get(0)?,
            sql.split_whitespace().collect::<Vec<_>>().join(" "),
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Read<'_> {
    /// SQLite's own check of the file: its pages, its indexes, its keys.
    pub fn file_is_sound(&self) -> Result<Finding, Error> {
        let mut statement = self.0.prepare("PRAGMA integrity_check(20)")?;
        let lines = statement
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let mut faults: Vec<_> = lines
            .into_iter()
            .filter(|line| line != "ok")
            .map(|line| Fault::new(FaultCode::FileUnsound).with("text", line))
            .collect();
        let mut statement = self.0.prepare("PRAGMA foreign_key_check")?;
        let broken = statement
            .query_map([], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Option<i64>>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })?
            .take(MOST_LINES)
            .collect::<Result<Vec<_>, _>>()?;
        faults.extend(broken.into_iter().map(|(table, row, parent)| {
            Fault::new(FaultCode::DanglingKey)
                .with("table", table)
                .with("row", row.unwrap_or_default())
                .with("parent", parent)
        }));
        Ok(Finding {
            checked: 1,
            faults,
            notices: Vec::new(),
        })
    }

    /// Every column is of a kind that holds its value whole, and no rule of the file makes one
    /// that does not.
    pub fn columns_are_exact(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table'",
            &[(
                FaultCode::InexactColumn,
                "SELECT sqlite_schema.name AS \"table\", facts.name AS \"column\" FROM sqlite_schema
                 JOIN pragma_table_xinfo(sqlite_schema.name) AS facts
                 WHERE sqlite_schema.type = 'table' AND sqlite_schema.name NOT LIKE 'sqlite_%'
                   AND upper(facts.type) NOT IN ('INTEGER', 'TEXT', 'BLOB')
                 UNION ALL
                 SELECT tbl_name, name FROM sqlite_schema
                 WHERE sql LIKE '%cast(%' AND (sql LIKE '% as real%' OR sql LIKE '% as numeric%' OR sql LIKE '% as float%' OR sql LIKE '% as double%')
                 LIMIT ?1",
            )],
        )
    }

    /// Every table, index and trigger is as this version lays it: what keeps posted rows from being
    /// changed is there.
    pub fn schema_is_whole(&self) -> Result<Finding, Error> {
        let mut fresh = Connection::open_in_memory()?;
        migrate::lay(&mut fresh)?;
        let (said, found) = (objects_of(&fresh)?, objects_of(self.0)?);
        let fault = |name: &str, how: &str| {
            Fault::new(FaultCode::SchemaDiffers)
                .with("object", name)
                .with("how", how)
        };
        let mut faults = Vec::new();
        for (name, sql) in &said {
            match found.get(name) {
                None => faults.push(fault(name, "it is gone")),
                Some(now) if now != sql => faults.push(fault(name, "it was changed")),
                Some(_) => {}
            }
        }
        let added = found.keys().filter(|name| !said.contains_key(*name));
        faults.extend(added.map(|name| fault(name, "it was added")));
        faults.truncate(MOST_LINES);
        Ok(Finding {
            checked: i64::try_from(said.len()).unwrap_or(i64::MAX),
            faults,
            notices: Vec::new(),
        })
    }

    /// Every table has the rows that the book wrote, with the values that it wrote.
    pub fn tables_are_as_written(&self) -> Result<Finding, Error> {
        let kept = fingerprint::kept(self.0)?;
        let mut finding = Finding::default();
        for table in fingerprint::tables(self.0)? {
            let now = fingerprint::now(self.0, &table)?;
            // Tables, as the record grows with each thing that is done.
            finding.checked += 1;
            let was = kept.get(&table).copied().unwrap_or_default();
            if now != was {
                finding.faults.push(
                    Fault::new(FaultCode::TableChanged)
                        .with("table", table)
                        .with("said", was.rows)
                        .with("found", now.rows),
                );
            }
        }
        Ok(finding)
    }

    /// Every entry adds up to zero, in the one currency of its hub, on its day.
    pub fn entries_balance(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM entry",
            &[
                (
                    FaultCode::EntryUnbalanced,
                    "SELECT entry.key AS entry, entry.day AS day, sum(posting.amount) AS off, hub.currency AS currency
                     FROM posting JOIN entry ON entry.key = posting.entry LEFT JOIN hub ON hub.key = entry.hub
                     GROUP BY posting.entry HAVING sum(posting.amount) <> 0 LIMIT ?1",
                ),
                (
                    FaultCode::EntryEmpty,
                    "SELECT key AS entry, day AS day FROM entry
                     WHERE NOT EXISTS (SELECT 1 FROM posting WHERE posting.entry = entry.key) LIMIT ?1",
                ),
                (
                    FaultCode::PostingOnAnotherDay,
                    "SELECT entry.key AS entry, entry.day AS day FROM posting
                     JOIN entry ON entry.key = posting.entry WHERE posting.day <> entry.day LIMIT ?1",
                ),
                (
                    FaultCode::PostingOfAnotherHub,
                    "SELECT entry.key AS entry, account.kind AS account, hub.id AS hub FROM posting
                     JOIN entry ON entry.key = posting.entry JOIN account ON account.key = posting.account
                     LEFT JOIN hub ON hub.key = account.hub WHERE account.hub <> entry.hub LIMIT ?1",
                ),
            ],
        )
    }

    /// Posted usage of each balance and booked day is the sum of its charges.
    pub fn usage_is_posted(&self) -> Result<Finding, Error> {
        charged::is_posted(self.0)
    }

    /// The sums that are kept beside the charges are what the charges come to, and so are their blocks.
    pub fn sums_are_of_charges(&self) -> Result<Finding, Error> {
        let mut finding = sums::proof(self.0)?;
        let of_blocks = block::proof(self.0)?;
        finding.checked += of_blocks.checked;
        finding.faults.extend(of_blocks.faults);
        Ok(finding)
    }

    /// A shared balance is what belongs to no client (top-ups, refunds, what was settled) less the
    /// shares of its clients. A client's share is what its channels were charged.
    pub fn shared_balances_are_shared_out(&self) -> Result<Finding, Error> {
        charged::is_shared_out(self.0)
    }

    /// Each top-up and refund moved its own balance by its amount, on its days, and nothing else
    /// did so in their name.
    pub fn top_ups_are_posted(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT (SELECT count(*) FROM top_up) + (SELECT count(*) FROM refund)",
            &[
                (
                    FaultCode::TopUpNotAsPosted,
                    "SELECT top_up.key AS top_up, top_up.day AS day,
                            iif(top_up.key IN (SELECT key FROM undone WHERE what = 'top-up'), 0, top_up.amount) AS said, ifnull(sum(posting.amount), 0) AS found FROM top_up
                     LEFT JOIN entry ON entry.kind = 'top-up' AND entry.source = top_up.key AND entry.hub = top_up.hub
                                    AND entry.day = top_up.booked AND ifnull(entry.own_day, entry.day) = top_up.day
                     LEFT JOIN account ON account.hub = top_up.hub AND account.channel IS top_up.channel
                                      AND account.kind IN ('asset:prepaid-balance', 'memo:client-funds')
                     LEFT JOIN posting ON posting.entry = entry.key AND posting.account = account.key
                     GROUP BY top_up.key HAVING said <> found LIMIT ?1",
                ),
                (
                    FaultCode::RefundNotAsPosted,
                    "SELECT refund.key AS refund, refund.day AS day,
                            iif(refund.key IN (SELECT key FROM undone WHERE what = 'refund'), 0,
                                iif(refund.destination = 'bank', -refund.amount, refund.amount)) AS said, ifnull(sum(posting.amount), 0) AS found FROM refund
                     LEFT JOIN entry ON entry.kind = iif(refund.destination = 'bank', 'paid-out', 'refund-to-balance') AND entry.source = refund.key
                                    AND entry.hub = refund.hub AND entry.day = refund.booked AND ifnull(entry.own_day, entry.day) = refund.day
                     LEFT JOIN account ON account.hub = refund.hub AND account.channel IS refund.channel
                                      AND account.kind IN ('asset:prepaid-balance', 'memo:client-funds')
                     LEFT JOIN posting ON posting.entry = entry.key AND posting.account = account.key
                     GROUP BY refund.key HAVING said <> found LIMIT ?1",
                ),
                (
                    FaultCode::EntryWithoutEvent,
                    "SELECT key AS entry, kind AS kind, day AS day FROM entry
                     WHERE (kind = 'top-up' AND (source IS NULL OR source NOT IN (SELECT key FROM top_up)))
                        OR (kind IN ('refund-to-balance', 'paid-out') AND (source IS NULL OR source NOT IN (SELECT key FROM refund)))
                        OR (kind = 'top-up' AND reverses IS NULL AND day <> (SELECT booked FROM top_up WHERE top_up.key = source))
                        OR (kind IN ('refund-to-balance', 'paid-out') AND reverses IS NULL AND day <> (SELECT booked FROM refund WHERE refund.key = source))
                     LIMIT ?1",
                ),
            ],
        )
    }

    /// The VAT that is noted of top-ups and pay-outs is what their entries and corrections posted.
    pub fn noted_vat_is_posted(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM posted_vat",
            &[(
                FaultCode::VatNotAsPosted,
                "WITH noted AS (
                     SELECT entry, sum(iif(event = 'refund', -amount, amount)) AS amount FROM posted_vat GROUP BY entry),
                 posted AS (
                     SELECT entry.key AS entry, sum(posting.amount) AS amount FROM entry
                     JOIN posting ON posting.entry = entry.key JOIN account ON account.key = posting.account
                     WHERE account.kind = 'asset:input-vat' AND entry.kind IN ('top-up', 'paid-out', 'vat-correction') GROUP BY 1)
                 SELECT entry.key AS entry, entry.day AS day, ifnull(noted.amount, 0) AS said, ifnull(posted.amount, 0) AS found
                 FROM entry LEFT JOIN noted ON noted.entry = entry.key LEFT JOIN posted ON posted.entry = entry.key
                 WHERE entry.kind IN ('top-up', 'paid-out', 'vat-correction') AND said <> found LIMIT ?1",
            )],
        )
    }

    /// Each frozen invoice is the sum of its lines and its VAT, in whole cents; top-ups of a month
    /// and lines of a month count without a gap.
    pub fn invoices_add_up(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM hub_invoice",
            &[
                (
                    FaultCode::InvoiceNotItsLines,
                    "SELECT hub_invoice.reference AS invoice, net AS said, ifnull(sum(month_line.amount), 0) AS found
                     FROM hub_invoice LEFT JOIN month_line ON month_line.reference = hub_invoice.reference
                     GROUP BY hub_invoice.reference HAVING said <> found OR gross <> net + vat LIMIT ?1",
                ),
                (
                    FaultCode::InvoiceNotInCents,
                    "SELECT reference AS invoice FROM hub_invoice
                     WHERE net % 10000 <> 0 OR vat % 10000 <> 0 OR vat_base % 10000 <> 0 LIMIT ?1",
                ),
                (
                    FaultCode::InvoiceNumberGap,
                    "SELECT hub.id AS hub, hub_invoice.month AS month, max(n) AS highest, count(*) AS number FROM hub_invoice
                     LEFT JOIN hub ON hub.key = hub_invoice.hub WHERE kind = 'top-up'
                     GROUP BY hub_invoice.hub, hub_invoice.month, hub_invoice.channel HAVING max(n) <> count(*) OR min(n) <> 1 OR count(DISTINCT n) <> count(*) LIMIT ?1",
                ),
                (
                    FaultCode::LinePositionGap,
                    "SELECT hub.id AS hub, month_line.month AS month, max(position) + 1 AS highest, count(*) AS number FROM month_line
                     LEFT JOIN hub ON hub.key = month_line.hub
                     GROUP BY month_line.hub, month_line.month HAVING max(position) + 1 <> count(*) OR min(position) <> 0 LIMIT ?1",
                ),
                (
                    FaultCode::FrozenInOpenMonth,
                    "SELECT 'hub_invoice' AS \"table\", hub.id AS hub, frozen.month AS month FROM hub_invoice AS frozen
                     LEFT JOIN hub ON hub.key = frozen.hub
                     WHERE NOT EXISTS (SELECT 1 FROM month_close WHERE month_close.hub = frozen.hub AND month_close.month = frozen.month)
                     UNION
                     SELECT 'month_line', hub.id, frozen.month FROM month_line AS frozen LEFT JOIN hub ON hub.key = frozen.hub
                     WHERE NOT EXISTS (SELECT 1 FROM month_close WHERE month_close.hub = frozen.hub AND month_close.month = frozen.month)
                     UNION
                     SELECT 'seal', hub.id, frozen.month FROM seal AS frozen LEFT JOIN hub ON hub.key = frozen.hub
                     WHERE NOT EXISTS (SELECT 1 FROM month_close WHERE month_close.hub = frozen.hub AND month_close.month = frozen.month)
                     UNION
                     SELECT 'entry', hub.id, entry.day / 100 FROM entry LEFT JOIN hub ON hub.key = entry.hub
                     WHERE entry.kind IN ('settled-by-invoice', 'rounding', 'fee-invoice') AND entry.reverses IS NULL
                       AND NOT EXISTS (SELECT 1 FROM month_close WHERE month_close.hub = entry.hub AND month_close.month = entry.day / 100)
                     LIMIT ?1",
                ),
            ],
        )
    }

    /// Each closing summary adds up, in whole cents.
    pub fn summaries_add_up(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM closing_summary",
            &[(
                FaultCode::SummaryDoesNotAddUp,
                "SELECT reference AS invoice FROM closing_summary
                 WHERE starting + added + refunds_to_balance - paid_out - used + settled_by_invoice <> ending
                    OR settled_by_invoice + card_fee <> net_payable
                    OR starting % 10000 <> 0 OR added % 10000 <> 0 OR used % 10000 <> 0 OR ending % 10000 <> 0 LIMIT ?1",
            )],
        )
    }

    /// Each part of a closing summary is the sum of its movements, and it ends at what the ledger
    /// held on the month's last day.
    pub fn summaries_meet_the_ledger(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM closing_summary",
            &[(
                FaultCode::SummaryNotTheLedger,
                "WITH told AS (
                     SELECT closing_summary.*, hub_invoice.month, account.key AS account FROM closing_summary
                     JOIN hub_invoice ON hub_invoice.reference = closing_summary.reference
                     LEFT JOIN account ON account.hub = hub_invoice.hub AND ifnull(account.channel, 0) = ifnull(hub_invoice.channel, 0)
                                      AND account.kind = 'asset:prepaid-balance'),
                 moved AS (
                     SELECT told.reference, entry.kind, sum(posting.amount) AS amount FROM told
                     JOIN posting ON posting.account = told.account AND posting.day BETWEEN told.month * 100 + 1 AND told.month * 100 + 31
                     JOIN entry ON entry.key = posting.entry GROUP BY 1, 2),
                 part AS (
                     SELECT told.reference, 'ending' AS name, ending AS said,
                            (SELECT ifnull(sum(amount), 0) FROM posting WHERE posting.account = told.account AND posting.day <= told.month * 100 + 31) AS found FROM told
                     UNION ALL
                     SELECT told.reference, 'starting', starting,
                            (SELECT ifnull(sum(amount), 0) FROM posting WHERE posting.account = told.account AND posting.day <= told.month * 100)
                            + (SELECT ifnull(sum(amount), 0) FROM moved WHERE moved.reference = told.reference AND kind = 'opening') FROM told
                     UNION ALL
                     SELECT told.reference, 'added', added,
                            (SELECT ifnull(sum(amount), 0) FROM moved WHERE moved.reference = told.reference AND kind = 'top-up') FROM told
                     UNION ALL
                     SELECT told.reference, 'refunds_to_balance', refunds_to_balance,
                            (SELECT ifnull(sum(amount), 0) FROM moved WHERE moved.reference = told.reference AND kind = 'refund-to-balance') FROM told
                     UNION ALL
                     SELECT told.reference, 'paid_out', paid_out,
                            -(SELECT ifnull(sum(amount), 0) FROM moved WHERE moved.reference = told.reference AND kind = 'paid-out') FROM told
                     UNION ALL
                     SELECT told.reference, 'used', used,
                            -(SELECT ifnull(sum(amount), 0) FROM moved WHERE moved.reference = told.reference AND kind IN ('usage', 'reconciliation', 'rounding')) FROM told
                     UNION ALL
                     SELECT told.reference, 'settled_by_invoice', settled_by_invoice,
                            (SELECT ifnull(sum(amount), 0) FROM moved WHERE moved.reference = told.reference AND kind = 'settled-by-invoice') FROM told)
                 SELECT reference AS invoice, name AS part, said AS said, found AS found FROM part WHERE said <> found LIMIT ?1",
            )],
        )
    }

    /// The ledger owes 360Dialog what the frozen invoices say. What takes an entry of an earlier
    /// month back is no part of it, as no paper of the month says it: that it is a mirror is proven
    /// by itself.
    pub fn payable_meets_invoices(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM month_close",
            &[(
                FaultCode::PayableNotTheInvoices,
                "SELECT hub.id AS hub, month_close.month AS month, hub.currency AS currency,
                        (SELECT ifnull(sum(gross), 0) FROM hub_invoice WHERE hub_invoice.hub = hub.key AND hub_invoice.month = month_close.month) AS said,
                        (SELECT -ifnull(sum(posting.amount), 0) FROM posting JOIN account ON account.key = posting.account
                         WHERE account.hub = hub.key AND account.kind = 'liability:payable-360dialog'
                           AND posting.day BETWEEN month_close.month * 100 + 1 AND month_close.month * 100 + 31
                           AND NOT EXISTS (SELECT 1 FROM entry AS back JOIN entry AS first ON first.key = back.reverses
                                           WHERE back.key = posting.entry AND first.day / 100 <> back.day / 100
                                           AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key))) AS found
                 FROM month_close JOIN hub ON hub.key = month_close.hub WHERE said <> found LIMIT ?1",
            )],
        )
    }

    /// Closed months lie in order without a gap, and no charge of them is unrated.
    pub fn closed_months_are_whole(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM month_close",
            &[
                (
                    FaultCode::UnratedInClosedMonth,
                    "SELECT hub.id AS hub, month_close.month AS month, count(*) AS number
                     FROM month_close JOIN hub ON hub.key = month_close.hub
                     JOIN charge ON charge.hub = hub.key AND charge.outcome = 3 AND charge.is_live = 1 AND charge.booked / 100 = month_close.month
                     GROUP BY hub.key, month_close.month LIMIT ?1",
                ),
                (
                    FaultCode::ClosedBeforeEarlier,
                    "SELECT hub.id AS hub, later.month AS month FROM month_close AS later
                     JOIN hub ON hub.key = later.hub
                     WHERE later.month > hub.first_month AND NOT EXISTS (
                         SELECT 1 FROM month_close AS earlier WHERE earlier.hub = later.hub
                         AND earlier.month = iif(later.month % 100 = 1, later.month - 89, later.month - 1))
                     LIMIT ?1",
                ),
            ],
        )
    }

    /// Every charge of a file names its file, and that one its hash; what takes a charge back is
    /// its mirror.
    pub fn charges_trace_back(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM charge",
            &[
                (
                    FaultCode::ChargeWithoutFile,
                    "SELECT key AS charge FROM charge WHERE import IS NULL AND reverses IS NULL LIMIT ?1",
                ),
                (
                    FaultCode::ImportWithoutHash,
                    "SELECT key AS import, file AS file FROM import
                     WHERE length(sha256) <> 64 OR sha256 GLOB '*[^0-9a-f]*' LIMIT ?1",
                ),
                (
                    FaultCode::MirrorDiffers,
                    "SELECT back.key AS charge, charge.key AS takes_back FROM charge AS back
                     JOIN charge ON charge.key = back.reverses
                     WHERE back.quantity <> -charge.quantity OR ifnull(back.amount, 0) <> -ifnull(charge.amount, 0)
                        OR back.hub <> charge.hub OR back.channel <> charge.channel OR back.day <> charge.day
                        OR back.is_live = 1
                        OR (charge.is_live = 1 AND NOT EXISTS (SELECT 1 FROM charge AS again WHERE again.reverses = back.key)) LIMIT ?1",
                ),
            ],
        )
    }

    /// A charge that does not stand takes another back, or is taken back by one other.
    pub fn charges_stand_or_are_taken_back(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM charge",
            &[
                (
                    FaultCode::ChargeTakenBackByNothing,
                    "SELECT key AS charge FROM charge
                     WHERE is_live = 0 AND reverses IS NULL
                       AND NOT EXISTS (SELECT 1 FROM charge AS back WHERE back.reverses = charge.key
                                       AND NOT EXISTS (SELECT 1 FROM charge AS again WHERE again.reverses = back.key)) LIMIT ?1",
                ),
                (
                    FaultCode::ChargeNeitherNor,
                    "SELECT key AS charge FROM charge WHERE is_live NOT IN (0, 1) OR (is_live = 1 AND reverses IS NOT NULL) LIMIT ?1",
                ),
                (
                    FaultCode::ChargeTakenBackTwice,
                    "SELECT reverses AS charge FROM charge AS back
                     WHERE reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM charge AS again WHERE again.reverses = back.key)
                     GROUP BY reverses HAVING count(*) > 1 LIMIT ?1",
                ),
            ],
        )
    }

    /// A charge with one rate is that rate times what it counts, the rate stands on its card, a
    /// reported one is what was reported, and a free one is nothing.
    pub fn charges_are_as_priced(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM charge",
            &[(
                FaultCode::ChargeMispriced,
                // A rate of a minute counts pulses of a tenth; both are rounded to six decimals. What takes
                // back a row that takes another back has its first sign again.
                "SELECT key AS charge, rated AS said FROM charge
                 WHERE (rate IS NOT NULL AND category <> 6 AND rated <> rate * (quantity - free))
                    OR (rate IS NOT NULL AND category = 6 AND abs(10 * rated - rate * quantity) > 5)
                    OR (outcome = 0 AND amount IS NOT rated) OR (outcome = 1 AND amount IS NOT iif((SELECT first.reverses IS NULL FROM charge AS first WHERE first.key = charge.reverses), -cost, cost))
                    OR (outcome IN (2, 4) AND amount <> 0) OR (outcome = 3 AND amount IS NOT NULL) LIMIT ?1",
            )],
        )
    }

    /// What takes an entry back is its mirror, and an entry is taken back by one other at most.
    pub fn reversals_are_mirrors(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM entry WHERE reverses IS NOT NULL",
            &[
                (
                    FaultCode::EntryMirrorDiffers,
                    "SELECT back.key AS entry, back.reverses AS takes_back FROM entry AS back
                     LEFT JOIN entry ON entry.key = back.reverses
                     WHERE back.reverses IS NOT NULL
                       AND (entry.key IS NULL OR entry.hub <> back.hub OR entry.kind <> back.kind OR entry.day > back.day
                            OR (entry.day <> back.day AND back.own_day IS NOT ifnull(entry.own_day, entry.day))
                            OR EXISTS (SELECT account FROM posting WHERE posting.entry IN (back.key, entry.key)
                                       GROUP BY account HAVING sum(amount) <> 0)) LIMIT ?1",
                ),
                (
                    FaultCode::EntryTakenBackTwice,
                    "SELECT reverses AS entry FROM entry AS back
                     WHERE reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key)
                     GROUP BY reverses HAVING count(*) > 1 LIMIT ?1",
                ),
            ],
        )
    }

    /// What a person undid comes to nothing: its entries are taken back by the unit that undid it,
    /// its usage does not stand, what is folded away is taken back, and what it added holds no money.
    pub fn undone_comes_to_nothing(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM activity WHERE undoes IS NOT NULL",
            &[
                (
                    FaultCode::UndoneEntryStands,
                    "SELECT entry.key AS entry, back.key AS unit FROM activity AS back JOIN entry ON entry.unit = back.undoes
                     WHERE NOT EXISTS (SELECT 1 FROM entry AS mirror WHERE mirror.reverses = entry.key AND mirror.unit = back.key
                                       AND mirror.day = entry.day) LIMIT ?1",
                ),
                (
                    FaultCode::UndoneChargeStands,
                    "SELECT key AS charge FROM charge
                     WHERE is_live = 1 AND import IN (SELECT key FROM undone WHERE what = 'import')
                     UNION ALL
                     SELECT undone.key FROM undone LEFT JOIN charge ON charge.key = undone.key
                     WHERE undone.what = 'charge'
                       AND NOT EXISTS (SELECT 1 FROM charge AS back WHERE back.reverses = charge.key AND back.booked = charge.booked)
                     LIMIT ?1",
                ),
                (
                    FaultCode::UndonePartyHoldsMoney,
                    "SELECT hub.id AS hub, account.kind AS account, sum(posting.amount) AS found, hub.currency AS currency FROM account
                     JOIN hub ON hub.key = account.hub LEFT JOIN channel ON channel.key = account.channel
                     LEFT JOIN client ON client.key = account.client JOIN posting ON posting.account = account.key
                     WHERE hub.gone IS NOT NULL OR channel.gone IS NOT NULL OR client.gone IS NOT NULL
                     GROUP BY account.key HAVING sum(posting.amount) <> 0 LIMIT ?1",
                ),
            ],
        )
    }

    /// Memorandum accounts and the owner's accounts never share an entry.
    pub fn memo_stays_apart(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM entry",
            &[(
                FaultCode::MoneyMixed,
                "SELECT posting.entry AS entry FROM posting JOIN account ON account.key = posting.account
                 GROUP BY posting.entry HAVING count(DISTINCT account.kind LIKE 'memo:%') > 1 LIMIT ?1",
            )],
        )
    }

    /// Partner's book: no invoice of a Direct-Paid hub but the plan.
    pub fn client_invoices_are_absent(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM hub_invoice",
            &[(
                FaultCode::ForeignInvoice,
                "SELECT reference AS invoice FROM hub_invoice JOIN hub ON hub.key = hub_invoice.hub
                 JOIN book WHERE book.owner = 'partner' AND hub.model = 'direct-paid' AND hub_invoice.kind <> 'plan' LIMIT ?1",
            )],
        )
    }
}
