//! Questions that prove the book: each gives what it looked at and what does not hold. They only
//! read; nothing is ever repaired.

use crate::Read;
use crate::error::Error;

/// What one proof looked at, and the first that fail, in words.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    pub checked: i64,
    pub failures: Vec<String>,
}

/// How many failures are told.
const MOST_FAILURES: i64 = 20;

impl Read<'_> {
    /// SQLite's own check of the file.
    pub fn file_is_sound(&self) -> Result<Finding, Error> {
        let mut statement = self.0.prepare("PRAGMA integrity_check(20)")?;
        let lines = statement
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let mut failures: Vec<_> = lines.into_iter().filter(|line| line != "ok").collect();
        let mut statement = self.0.prepare("PRAGMA foreign_key_check")?;
        let broken = statement
            .query_map([], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Option<i64>>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })?
            .take(20)
            .collect::<Result<Vec<_>, _>>()?;
        failures.extend(broken.into_iter().map(|(table, row, parent)| {
            format!(
                "{table} row {} names a {parent} that is not there",
                row.unwrap_or_default()
            )
        }));
        Ok(Finding {
            checked: 1,
            failures,
        })
    }

    /// Every entry adds up to zero and lies on the day of its postings.
    pub fn entries_balance(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM entry",
            "SELECT 'entry ' || entry.key || ' of ' || entry.day || ' is off by ' || printf('%d', ifnull(sum(posting.amount), 0)) || ' millionths'
             FROM entry LEFT JOIN posting ON posting.entry = entry.key
             GROUP BY entry.key HAVING ifnull(sum(posting.amount), 1) <> 0 OR sum(posting.day <> entry.day) <> 0 LIMIT ?1",
        )
    }

    /// Posted usage of each balance and booked day is the sum of its charges.
    pub fn usage_is_posted(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM charge",
            "WITH charged AS (
                 SELECT charge.hub, iif(hub.model = 'partner-paid', 0, charge.channel) AS channel, booked, sum(amount) AS amount
                 FROM charge JOIN hub ON hub.key = charge.hub WHERE amount IS NOT NULL GROUP BY 1, 2, 3),
             posted AS (
                 SELECT account.hub, ifnull(account.channel, 0) AS channel, posting.day AS booked, -sum(posting.amount) AS amount
                 FROM posting JOIN entry ON entry.key = posting.entry JOIN account ON account.key = posting.account
                 WHERE entry.kind IN ('usage', 'reconciliation') AND account.kind IN ('asset:prepaid-balance', 'memo:client-funds')
                 GROUP BY 1, 2, 3),
             both AS (SELECT hub, channel, booked, amount, 0 AS posted FROM charged
                      UNION ALL SELECT hub, channel, booked, 0, amount FROM posted)
             SELECT 'hub ' || (SELECT id FROM hub WHERE key = both.hub) || ifnull(' channel ' || (SELECT id FROM channel WHERE key = both.channel), '')
                    || ' on ' || booked || ': charged ' || sum(amount) || ', posted ' || sum(posted) || ' millionths'
             FROM both GROUP BY hub, channel, booked HAVING sum(amount) <> sum(posted) LIMIT ?1",
        )
    }

    /// Each top-up and refund moved its balance by its amount.
    pub fn top_ups_are_posted(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT (SELECT count(*) FROM top_up) + (SELECT count(*) FROM refund)",
            "WITH moved AS (
                 SELECT entry.kind, entry.source, sum(posting.amount) AS amount FROM entry
                 JOIN posting ON posting.entry = entry.key JOIN account ON account.key = posting.account
                 WHERE entry.kind IN ('top-up', 'refund-to-balance', 'paid-out')
                   AND account.kind IN ('asset:prepaid-balance', 'memo:client-funds') GROUP BY 1, 2)
             SELECT 'top-up ' || top_up.key || ' of ' || top_up.day || ' is not what was posted' FROM top_up
             LEFT JOIN moved ON moved.kind = 'top-up' AND moved.source = top_up.key WHERE ifnull(moved.amount, 0) <> top_up.amount
             UNION ALL
             SELECT 'refund ' || refund.key || ' of ' || refund.day || ' is not what was posted' FROM refund
             LEFT JOIN moved ON moved.kind = iif(refund.destination = 'bank', 'paid-out', 'refund-to-balance') AND moved.source = refund.key
             WHERE ifnull(moved.amount, 0) <> iif(refund.destination = 'bank', -refund.amount, refund.amount)
             UNION ALL
             SELECT 'entry of a ' || moved.kind || ' that is not in the list' FROM moved
             WHERE (moved.kind = 'top-up' AND moved.source NOT IN (SELECT key FROM top_up))
                OR (moved.kind <> 'top-up' AND moved.source NOT IN (SELECT key FROM refund))
             LIMIT ?1",
        )
    }

    /// Each frozen invoice is the sum of its lines and its VAT.
    pub fn invoices_add_up(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM hub_invoice",
            "SELECT hub_invoice.reference || ' is off by ' || (net - ifnull(sum(month_line.amount), 0)) || ' millionths'
             FROM hub_invoice LEFT JOIN month_line ON month_line.reference = hub_invoice.reference
             GROUP BY hub_invoice.reference
             HAVING net <> ifnull(sum(month_line.amount), 0) OR gross <> net + vat OR net % 10000 <> 0 OR vat % 10000 <> 0 LIMIT ?1",
        )
    }

    /// Each closing summary adds up, in whole cents.
    pub fn summaries_add_up(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM closing_summary",
            "SELECT reference || ' does not add up' FROM closing_summary
             WHERE starting + added + refunds_to_balance - paid_out - used + settled_by_invoice <> ending
                OR settled_by_invoice + card_fee <> net_payable
                OR starting % 10000 <> 0 OR added % 10000 <> 0 OR used % 10000 <> 0 OR ending % 10000 <> 0 LIMIT ?1",
        )
    }

    /// Each closing summary ends at what the ledger held on the month's last day.
    pub fn summaries_meet_the_ledger(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM closing_summary",
            "SELECT closing_summary.reference || ' ends at another balance than the ledger' FROM closing_summary
             JOIN hub_invoice ON hub_invoice.reference = closing_summary.reference
             JOIN account ON account.hub = hub_invoice.hub AND ifnull(account.channel, 0) = ifnull(hub_invoice.channel, 0)
                         AND account.kind = 'asset:prepaid-balance'
             WHERE ending <> (SELECT ifnull(sum(amount), 0) FROM posting
                              WHERE posting.account = account.key AND posting.day <= hub_invoice.month * 100 + 31) LIMIT ?1",
        )
    }

    /// The ledger owes 360Dialog what the frozen invoices and the open months' top-ups say.
    pub fn payable_meets_invoices(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM month_close",
            "SELECT 'hub ' || hub.id || ' in ' || month_close.month || ': invoices and ledger differ' FROM month_close
             JOIN hub ON hub.key = month_close.hub
             WHERE (SELECT ifnull(sum(gross), 0) FROM hub_invoice WHERE hub_invoice.hub = hub.key AND hub_invoice.month = month_close.month)
                <> (SELECT -ifnull(sum(posting.amount), 0) FROM posting JOIN account ON account.key = posting.account
                    WHERE account.hub = hub.key AND account.kind = 'liability:payable-360dialog'
                      AND posting.day BETWEEN month_close.month * 100 + 1 AND month_close.month * 100 + 31) LIMIT ?1",
        )
    }

    /// Closed months lie in order without a gap, and no charge of them is unrated.
    pub fn closed_months_are_whole(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM month_close",
            "SELECT 'hub ' || hub.id || ': ' || month_close.month || ' is closed and ' || count(*) || ' of its charges are unrated'
             FROM month_close JOIN hub ON hub.key = month_close.hub
             JOIN charge ON charge.hub = hub.key AND charge.outcome = 3 AND charge.is_live = 1 AND charge.booked / 100 = month_close.month
             GROUP BY hub.key, month_close.month
             UNION ALL
             SELECT 'hub ' || hub.id || ': ' || later.month || ' is closed before the month before it' FROM month_close AS later
             JOIN hub ON hub.key = later.hub
             WHERE later.month > hub.first_month AND NOT EXISTS (
                 SELECT 1 FROM month_close AS earlier WHERE earlier.hub = later.hub
                 AND earlier.month = iif(later.month % 100 = 1, later.month - 89, later.month - 1))
             LIMIT ?1",
        )
    }

    /// Every charge of a file names its file, and what takes a charge back is its mirror.
    pub fn charges_trace_back(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM charge",
            "SELECT 'charge ' || key || ' names no file' FROM charge WHERE import IS NULL AND reverses IS NULL
             UNION ALL
             SELECT 'charge ' || back.key || ' is no mirror of charge ' || charge.key FROM charge AS back
             JOIN charge ON charge.key = back.reverses
             WHERE back.quantity <> -charge.quantity OR ifnull(back.amount, 0) <> -ifnull(charge.amount, 0)
                OR charge.is_live = 1 OR back.is_live = 1
             LIMIT ?1",
        )
    }

    /// A charge that does not stand takes another back, or is taken back by one other.
    pub fn charges_stand_or_are_taken_back(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM charge",
            "SELECT 'charge ' || key || ' counts and does not stand, and nothing takes it back' FROM charge
             WHERE is_live = 0 AND reverses IS NULL AND NOT EXISTS (SELECT 1 FROM charge AS back WHERE back.reverses = charge.key)
             UNION ALL
             SELECT 'charge ' || key || ' takes another back and stands itself' FROM charge WHERE is_live = 1 AND reverses IS NOT NULL
             UNION ALL
             SELECT 'charge ' || key || ' neither stands nor is taken back' FROM charge WHERE is_live NOT IN (0, 1)
             UNION ALL
             SELECT 'charge ' || reverses || ' is taken back more than once' FROM charge WHERE reverses IS NOT NULL
             GROUP BY reverses HAVING count(*) > 1
             LIMIT ?1",
        )
    }

    /// Memorandum accounts and the owner's accounts never share an entry.
    pub fn memo_stays_apart(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM entry",
            "SELECT 'entry ' || posting.entry || ' mixes client money with your own' FROM posting
             JOIN account ON account.key = posting.account
             GROUP BY posting.entry HAVING count(DISTINCT account.kind LIKE 'memo:%') > 1 LIMIT ?1",
        )
    }

    /// Partner's book: no invoice of a Direct-Paid hub but the plan.
    pub fn client_invoices_are_absent(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM hub_invoice",
            "SELECT reference || ' does not belong in a partner''s book' FROM hub_invoice JOIN hub ON hub.key = hub_invoice.hub
             JOIN book WHERE book.owner = 'partner' AND hub.model = 'direct-paid' AND hub_invoice.kind <> 'plan' LIMIT ?1",
        )
    }

    pub(super) fn proof(&self, count: &str, failing: &str) -> Result<Finding, Error> {
        let checked = self.0.query_row(count, [], |row| row.get(0))?;
        let mut statement = self.0.prepare(failing)?;
        let failures = statement
            .query_map([MOST_FAILURES], |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        Ok(Finding { checked, failures })
    }
}
