-- What the owner's own invoices to clients need beside the company: the parts of the address,
-- the bank, the letterhead, and how clients are invoiced. Empty text: not said.

CREATE TABLE seller (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    street         TEXT NOT NULL,
    extra          TEXT NOT NULL, -- a second line of the address
    postal_code    TEXT NOT NULL,
    city           TEXT NOT NULL,
    tax_number     TEXT NOT NULL,
    register       TEXT NOT NULL, -- court and number
    contact        TEXT NOT NULL,
    phone          TEXT NOT NULL,
    website        TEXT NOT NULL,
    iban           TEXT NOT NULL,
    bic            TEXT NOT NULL,
    account_holder TEXT NOT NULL,
    accent         TEXT NOT NULL, -- #rrggbb
    due_days       INTEGER NOT NULL CHECK (due_days BETWEEN 0 AND 365),
    terms          TEXT NOT NULL,
    language       TEXT NOT NULL,
    small_business INTEGER NOT NULL CHECK (small_business IN (0, 1)),
    e_address      TEXT NOT NULL -- scheme:address
) STRICT;

CREATE TABLE logo (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    kind  TEXT NOT NULL CHECK (kind IN ('png', 'jpeg', 'svg')),
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 2097152)
) STRICT;

CREATE TABLE client_billing (
    client          INTEGER PRIMARY KEY REFERENCES client,
    street          TEXT NOT NULL,
    extra           TEXT NOT NULL,
    postal_code     TEXT NOT NULL,
    city            TEXT NOT NULL,
    language        TEXT NOT NULL, -- empty: the seller's
    buyer_reference TEXT NOT NULL,
    e_address       TEXT NOT NULL,
    due_days        INTEGER CHECK (due_days BETWEEN 0 AND 365), -- none: the seller's
    format          TEXT NOT NULL CHECK (format IN ('factur-x', 'xrechnung', 'peppol'))
) STRICT;

CREATE TABLE number_series (
    series  TEXT PRIMARY KEY CHECK (series IN ('invoice', 'credit-note')),
    pattern TEXT NOT NULL
) STRICT, WITHOUT ROWID;
