//! Questions that prove the owner's own invoices: their numbers, their sums, and the ledger.

use crate::Read;
use crate::error::Error;
use crate::query::fault::{FaultCode, Finding};

impl Read<'_> {
    /// The numbers of each series count without a gap, from 1 or where it was said to begin, in
    /// the order of their days.
    pub fn client_numbers_have_no_gaps(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            &[
                (
                    FaultCode::ClientNumberGap,
                    "SELECT series AS series, period AS period, max(counter) AS highest, count(*) AS number
                     FROM client_invoice GROUP BY series, period
                     HAVING max(counter) - min(counter) + 1 <> count(*)
                         OR min(counter) <> ifnull((SELECT first FROM series_start WHERE series_start.series = client_invoice.series
                                                    AND series_start.period = client_invoice.period), 1) LIMIT ?1",
                ),
                (
                    FaultCode::ClientNumbersNotByDay,
                    "SELECT later.number AS invoice, earlier.number AS earlier FROM client_invoice AS later
                     JOIN client_invoice AS earlier ON earlier.series = later.series AND earlier.period = later.period
                                                   AND earlier.counter = later.counter - 1
                     WHERE later.issued_on < earlier.issued_on LIMIT ?1",
                ),
            ],
        )
    }

    /// Each document is the sum of its lines and its VAT, in whole cents; its VAT is on the sum of
    /// the lines that bear it; no more is credited than it bills, and no more paid than is owed.
    pub fn client_invoices_add_up(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            &[
                (
                    FaultCode::ClientInvoiceNotItsLines,
                    "SELECT number AS invoice FROM client_invoice
                     WHERE net <> (SELECT ifnull(sum(line.net), 0) FROM client_invoice_line AS line WHERE line.invoice = client_invoice.key)
                        OR net <> (SELECT ifnull(sum(basis), 0) FROM client_invoice_vat AS tax WHERE tax.invoice = client_invoice.key)
                        OR vat <> (SELECT ifnull(sum(tax.vat), 0) FROM client_invoice_vat AS tax WHERE tax.invoice = client_invoice.key)
                        OR gross <> net + vat OR net % 10000 <> 0 OR vat % 10000 <> 0 LIMIT ?1",
                ),
                (
                    FaultCode::ClientVatNotItsLines,
                    "SELECT client_invoice.number AS invoice, tax.percent AS percent, tax.basis AS said,
                            (SELECT ifnull(sum(line.net), 0) FROM client_invoice_line AS line
                             WHERE line.invoice = tax.invoice AND line.vat_code = tax.vat_code AND line.percent = tax.percent) AS found
                     FROM client_invoice_vat AS tax JOIN client_invoice ON client_invoice.key = tax.invoice WHERE said <> found LIMIT ?1",
                ),
                (
                    FaultCode::LinePositionGap,
                    "SELECT client_invoice.number AS invoice, max(position) AS highest, count(*) AS number FROM client_invoice_line AS line
                     JOIN client_invoice ON client_invoice.key = line.invoice
                     GROUP BY line.invoice HAVING max(position) <> count(*) OR min(position) <> 1 LIMIT ?1",
                ),
                (
                    FaultCode::ClientOverCredited,
                    "SELECT invoice.number AS invoice FROM client_invoice AS invoice
                     JOIN client_invoice AS credit ON credit.corrects = invoice.key AND credit.kind IN ('credit-note', 'cancellation')
                     GROUP BY invoice.key HAVING sum(credit.gross) > invoice.gross OR sum(credit.net) > invoice.net OR sum(credit.vat) > invoice.vat
                     LIMIT ?1",
                ),
                (
                    FaultCode::ClientDeductionDiffers,
                    "WITH advances AS (
                         SELECT final.key, ifnull(sum(advance.gross), 0) AS gross, ifnull(sum(advance.vat), 0) AS vat FROM client_invoice AS final
                         LEFT JOIN client_deduction ON client_deduction.invoice = iif(final.kind = 'cancellation', final.corrects, final.key)
                         LEFT JOIN client_invoice AS advance ON advance.key = client_deduction.advance GROUP BY final.key)
                     SELECT number AS invoice, deducted AS said, advances.gross AS found
                     FROM client_invoice JOIN advances ON advances.key = client_invoice.key
                     WHERE (deducted <> 0 OR deducted_vat <> 0) AND (deducted <> advances.gross OR deducted_vat <> advances.vat) LIMIT ?1",
                ),
                (
                    // What was paid before a credit may be more than is owed after it: it is owed back, even
                    // where it was paid in advance.
                    FaultCode::ClientOverPaid,
                    "SELECT invoice.number AS invoice, invoice.gross - invoice.deducted AS total,
                            (SELECT ifnull(sum(amount), 0) FROM client_payment WHERE client_payment.invoice = invoice.key
                               AND client_payment.key NOT IN (SELECT key FROM undone WHERE what = 'payment')) AS found
                     FROM client_invoice AS invoice
                     WHERE invoice.kind IN ('invoice', 'corrected') AND invoice.gross >= 0 AND (found > total OR found < -invoice.deducted) LIMIT ?1",
                ),
            ],
        )
    }

    /// Output VAT and what each client owes are in the ledger what the documents and payments say.
    pub fn client_invoices_are_posted(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            &[
                (
                    FaultCode::OutputVatDiffers,
                    "WITH moved AS (
                         SELECT hub, iif(kind IN ('credit-note', 'cancellation'), deducted_vat - vat, vat - deducted_vat) AS vat FROM client_invoice
                         UNION ALL
                         SELECT new.hub, -old.vat FROM client_invoice AS new JOIN client_invoice AS old ON old.key = new.corrects
                         WHERE new.kind = 'corrected')
                     SELECT hub.id AS hub, hub.currency AS currency,
                            (SELECT ifnull(sum(vat), 0) FROM moved WHERE moved.hub = hub.key) AS said,
                            (SELECT -ifnull(sum(posting.amount), 0) FROM posting JOIN account ON account.key = posting.account
                             JOIN entry ON entry.key = posting.entry
                             WHERE account.hub = hub.key AND account.kind = 'liability:output-vat'
                               AND entry.kind IN ('client-invoice', 'client-credit')) AS found
                     FROM hub WHERE said <> found LIMIT ?1",
                ),
                (
                    FaultCode::ReceivableDiffers,
                    "SELECT client.id AS client,
                            (SELECT ifnull(sum(CASE WHEN kind IN ('credit-note', 'cancellation') THEN deducted - gross WHEN kind = 'advance' THEN 0
                                                    WHEN kind = 'corrected' THEN gross - deducted - (SELECT old.gross FROM client_invoice AS old WHERE old.key = bill.corrects)
                                                    ELSE gross - deducted END), 0) FROM client_invoice AS bill WHERE bill.client = client.key)
                            - (SELECT ifnull(sum(amount), 0) FROM client_payment JOIN client_invoice ON client_invoice.key = client_payment.invoice
                               AND client_payment.key NOT IN (SELECT key FROM undone WHERE what = 'payment')
                               WHERE client_invoice.client = client.key) AS said,
                            (SELECT ifnull(sum(posting.amount), 0) FROM posting JOIN account ON account.key = posting.account
                             JOIN entry ON entry.key = posting.entry
                             WHERE account.client = client.key AND account.kind = 'asset:receivable'
                               AND entry.kind IN ('client-invoice', 'client-credit', 'client-payment')) AS found
                     FROM client WHERE said <> found LIMIT ?1",
                ),
            ],
        )
    }

    /// Only clients of Partner-Paid hubs of a partner's book are invoiced.
    pub fn client_invoices_are_for_partner_paid(&self) -> Result<Finding, Error> {
        self.proof(
            "SELECT count(*) FROM client_invoice",
            &[(
                FaultCode::ClientNotInvoicedHere,
                "SELECT number AS invoice FROM client_invoice
                 JOIN hub ON hub.key = client_invoice.hub JOIN client ON client.key = client_invoice.client JOIN book
                 WHERE book.owner <> 'partner' OR hub.model <> 'partner-paid' OR client.hub <> hub.key LIMIT ?1",
            )],
        )
    }
}
