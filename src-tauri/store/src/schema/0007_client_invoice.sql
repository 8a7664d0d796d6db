-- The owner's own invoices to the clients of its Partner-Paid hubs. A draft is what was typed and
-- changes freely; an issued document never changes.

CREATE TABLE client_draft (
    key        INTEGER PRIMARY KEY AUTOINCREMENT, -- an id never comes again
    client     INTEGER NOT NULL REFERENCES client,
    form       TEXT NOT NULL, -- what was typed, as JSON
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE client_invoice (
    key         INTEGER PRIMARY KEY,
    number      TEXT NOT NULL UNIQUE,
    series      TEXT NOT NULL,
    period      TEXT NOT NULL, -- what the counter counts in: a year, a month, or everything
    counter     INTEGER NOT NULL CHECK (counter > 0),
    kind        TEXT NOT NULL CHECK (kind IN ('invoice', 'advance', 'credit-note', 'cancellation', 'corrected')),
    client      INTEGER NOT NULL REFERENCES client,
    hub         INTEGER NOT NULL REFERENCES hub,
    client_name TEXT NOT NULL,
    issued_on   INTEGER NOT NULL,
    due_on      INTEGER NOT NULL,
    corrects    INTEGER REFERENCES client_invoice,
    net         INTEGER NOT NULL,
    vat         INTEGER NOT NULL,
    gross       INTEGER NOT NULL CHECK (gross = net + vat),
    content     TEXT NOT NULL, -- all that its pages are made of, as JSON
    entry       INTEGER REFERENCES entry, -- none: nothing was posted, as its sums are zero
    recorded_at TEXT NOT NULL,
    UNIQUE (series, period, counter),
    CHECK ((corrects IS NOT NULL) = (kind IN ('credit-note', 'cancellation', 'corrected')))
) STRICT;
CREATE INDEX client_invoice_of_client ON client_invoice (client, issued_on);
CREATE INDEX client_invoice_by_day ON client_invoice (issued_on, key);
CREATE INDEX client_invoice_corrects ON client_invoice (corrects) WHERE corrects IS NOT NULL;

CREATE TABLE client_invoice_line (
    invoice  INTEGER NOT NULL REFERENCES client_invoice,
    position INTEGER NOT NULL, -- from 1, with the deductions of advances last
    of_line  INTEGER,          -- of a credit note: the line that it credits
    net      INTEGER NOT NULL,
    vat_code TEXT NOT NULL,
    percent  TEXT NOT NULL,
    PRIMARY KEY (invoice, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE client_invoice_vat (
    invoice  INTEGER NOT NULL REFERENCES client_invoice,
    vat_code TEXT NOT NULL,
    percent  TEXT NOT NULL,
    basis    INTEGER NOT NULL,
    vat      INTEGER NOT NULL,
    PRIMARY KEY (invoice, vat_code, percent)
) STRICT, WITHOUT ROWID;

-- Which advance invoices an invoice deducts, whole.
CREATE TABLE client_deduction (
    invoice INTEGER NOT NULL REFERENCES client_invoice,
    advance INTEGER NOT NULL REFERENCES client_invoice,
    PRIMARY KEY (invoice, advance)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_deduction_of_advance ON client_deduction (advance);

CREATE TABLE client_payment (
    key         INTEGER PRIMARY KEY,
    invoice     INTEGER NOT NULL REFERENCES client_invoice,
    day         INTEGER NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount <> 0), -- below zero: back to the client
    entry       INTEGER NOT NULL REFERENCES entry,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX client_payment_of_invoice ON client_payment (invoice);

-- Numbers have no gaps: the next one of its series, or none.
CREATE TRIGGER client_invoice_numbers_have_no_gaps BEFORE INSERT ON client_invoice
WHEN NEW.counter <> 1 + (SELECT ifnull(max(counter), 0) FROM client_invoice
                         WHERE series = NEW.series AND period = NEW.period)
BEGIN SELECT RAISE(ABORT, 'a number would be left out'); END;
CREATE TRIGGER client_invoice_is_for_partner_paid BEFORE INSERT ON client_invoice
WHEN (SELECT owner FROM book) <> 'partner'
  OR (SELECT model FROM hub WHERE key = NEW.hub) <> 'partner-paid'
  OR (SELECT hub FROM client WHERE key = NEW.client) <> NEW.hub
BEGIN SELECT RAISE(ABORT, 'only clients of Partner-Paid hubs are invoiced'); END;
-- An advance is deducted once, unless what deducted it was cancelled.
CREATE TRIGGER client_advance_is_deducted_once BEFORE INSERT ON client_deduction
WHEN EXISTS (SELECT 1 FROM client_deduction AS earlier WHERE earlier.advance = NEW.advance
             AND NOT EXISTS (SELECT 1 FROM client_invoice WHERE corrects = earlier.invoice
                             AND kind IN ('cancellation', 'corrected')))
BEGIN SELECT RAISE(ABORT, 'an advance is deducted once'); END;
CREATE TRIGGER client_invoice_is_never_changed BEFORE UPDATE ON client_invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_invoice_is_never_removed BEFORE DELETE ON client_invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_invoice_line_is_never_changed BEFORE UPDATE ON client_invoice_line
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_invoice_line_is_never_removed BEFORE DELETE ON client_invoice_line
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_invoice_vat_is_never_changed BEFORE UPDATE ON client_invoice_vat
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_invoice_vat_is_never_removed BEFORE DELETE ON client_invoice_vat
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_deduction_is_never_changed BEFORE UPDATE ON client_deduction
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_deduction_is_never_removed BEFORE DELETE ON client_deduction
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_payment_is_never_changed BEFORE UPDATE ON client_payment
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER client_payment_is_never_removed BEFORE DELETE ON client_payment
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
