//! Questions that prove the owner's own invoices: their numbers, their sums, and the ledger.

use crate::Read;
use crate::error::Error;
use crate::query::proof::Finding;

impl Read<'_> {
    /// The numbers of each series count from 1 without a gap, in the order of their days.
    pub fn client_numbers_have_no_gaps(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            "SELECT 'series ' || series || ' ' || period || ' counts to ' || max(counter) || ' and has ' || count(*) || ' numbers'
             FROM client_invoice GROUP BY series, period HAVING max(counter) <> count(*) OR min(counter) <> 1
             UNION ALL
             SELECT later.number || ' is dated before ' || earlier.number FROM client_invoice AS later
             JOIN client_invoice AS earlier ON earlier.series = later.series AND earlier.period = later.period
                                           AND earlier.counter = later.counter - 1
             WHERE later.issued_on < earlier.issued_on LIMIT ?1",
        )
    }

    /// Each document is the sum of its lines and its VAT, in whole cents.
    pub fn client_invoices_add_up(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            "SELECT number || ' is another sum than its lines' FROM client_invoice
             WHERE net <> (SELECT ifnull(sum(line.net), 0) FROM client_invoice_line AS line WHERE line.invoice = client_invoice.key)
                OR net <> (SELECT ifnull(sum(basis), 0) FROM client_invoice_vat AS tax WHERE tax.invoice = client_invoice.key)
                OR vat <> (SELECT ifnull(sum(tax.vat), 0) FROM client_invoice_vat AS tax WHERE tax.invoice = client_invoice.key)
                OR net % 10000 <> 0 OR vat % 10000 <> 0
             UNION ALL
             SELECT invoice.number || ' is credited by more than it bills' FROM client_invoice AS invoice
             JOIN client_invoice AS credit ON credit.corrects = invoice.key AND credit.kind IN ('credit-note', 'cancellation')
             GROUP BY invoice.key HAVING sum(credit.gross) > invoice.gross OR sum(credit.net) > invoice.net OR sum(credit.vat) > invoice.vat
             LIMIT ?1",
        )
    }

    /// Output VAT and what each client owes are in the ledger what the documents and payments say.
    pub fn client_invoices_are_posted(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            "WITH said AS (
                 SELECT client, hub, key, kind, gross, vat, corrects FROM client_invoice),
             moved AS (
                 SELECT hub, iif(kind IN ('credit-note', 'cancellation'), -vat, vat) AS vat FROM said
                 UNION ALL
                 SELECT said.hub, -old.vat FROM said JOIN client_invoice AS old ON old.key = said.corrects WHERE said.kind = 'corrected')
             SELECT 'hub ' || hub.id || ': output VAT is not what the invoices say' FROM hub
             WHERE (SELECT ifnull(sum(vat), 0) FROM moved WHERE moved.hub = hub.key)
                <> (SELECT -ifnull(sum(posting.amount), 0) FROM posting JOIN account ON account.key = posting.account
                    JOIN entry ON entry.key = posting.entry
                    WHERE account.hub = hub.key AND account.kind = 'liability:output-vat'
                      AND entry.kind IN ('client-invoice', 'client-credit'))
             UNION ALL
             SELECT 'client ' || client.id || ' owes another sum than its invoices say' FROM client
             WHERE (SELECT ifnull(sum(CASE WHEN kind IN ('credit-note', 'cancellation') THEN -gross WHEN kind = 'advance' THEN 0
                                           WHEN kind = 'corrected' THEN gross - (SELECT old.gross FROM client_invoice AS old WHERE old.key = said.corrects)
                                           ELSE gross END), 0) FROM said WHERE said.client = client.key)
                 - (SELECT ifnull(sum(amount), 0) FROM client_payment JOIN client_invoice ON client_invoice.key = client_payment.invoice
                    WHERE client_invoice.client = client.key)
                <> (SELECT ifnull(sum(posting.amount), 0) FROM posting JOIN account ON account.key = posting.account
                    JOIN entry ON entry.key = posting.entry
                    WHERE account.client = client.key AND account.kind = 'asset:receivable'
                      AND entry.kind IN ('client-invoice', 'client-credit', 'client-payment'))
             LIMIT ?1",
        )
    }

    /// Only clients of Partner-Paid hubs of a partner's book are invoiced.
    pub fn client_invoices_are_for_partner_paid(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            "SELECT number || ' does not belong in this book' FROM client_invoice
             JOIN hub ON hub.key = client_invoice.hub JOIN client ON client.key = client_invoice.client JOIN book
             WHERE book.owner <> 'partner' OR hub.model <> 'partner-paid' OR client.hub <> hub.key LIMIT ?1",
        )
    }
}
