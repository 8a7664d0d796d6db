-- A book: one partner's, or one Direct-Paid client's. Append-only file: later schemas are later files.
--
-- Money is INTEGER micro-units (10^-6 of the hub's currency), days are INTEGER yyyymmdd, months
-- yyyymm, instants TEXT in UTC. Nothing is REAL. Sums are made in SQL, on integers.

CREATE TABLE book (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    owner      TEXT NOT NULL CHECK (owner IN ('partner', 'client')),
    created_at TEXT NOT NULL,
    is_sample  INTEGER NOT NULL CHECK (is_sample IN (0, 1))
) STRICT;

-- The company as it stands from a month on.
CREATE TABLE company (
    from_month    INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    address       TEXT NOT NULL,
    country       TEXT NOT NULL,
    vat_id        TEXT,
    billing_email TEXT NOT NULL
) STRICT;

CREATE TABLE hub (
    key         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE COLLATE BINARY,
    name        TEXT NOT NULL,
    model       TEXT NOT NULL CHECK (model IN ('partner-paid', 'direct-paid')),
    currency    TEXT NOT NULL CHECK (currency IN ('EUR', 'USD')),
    since       INTEGER NOT NULL,
    first_month INTEGER NOT NULL,
    closed_on   INTEGER,
    pay_by      TEXT NOT NULL
) STRICT;

CREATE TRIGGER hub_model_and_currency_are_fixed BEFORE UPDATE OF id, model, currency ON hub
BEGIN SELECT RAISE(ABORT, 'a hub keeps its id, model and currency'); END;

CREATE TABLE hub_plan (
    hub      INTEGER NOT NULL REFERENCES hub,
    from_day INTEGER NOT NULL,
    plan     TEXT NOT NULL,
    PRIMARY KEY (hub, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE hub_setting (
    hub        INTEGER NOT NULL REFERENCES hub,
    rule       TEXT NOT NULL,
    from_month INTEGER NOT NULL,
    choice     TEXT NOT NULL,
    PRIMARY KEY (hub, rule, from_month)
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
    key     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    hub     INTEGER NOT NULL REFERENCES hub,
    name    TEXT NOT NULL,
    country TEXT,
    email   TEXT NOT NULL,
    vat_id  TEXT NOT NULL
) STRICT;
CREATE INDEX client_of_hub ON client (hub);

CREATE TABLE channel (
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    client    INTEGER NOT NULL REFERENCES client,
    phone     TEXT NOT NULL,
    name      TEXT NOT NULL,
    started   INTEGER NOT NULL,
    ended     INTEGER,
    time_zone TEXT NOT NULL
) STRICT;
CREATE INDEX channel_of_client ON channel (client);
CREATE INDEX channel_by_phone ON channel (phone);

CREATE TABLE channel_tier (
    channel  INTEGER NOT NULL REFERENCES channel,
    from_day INTEGER NOT NULL,
    tier     TEXT NOT NULL,
    PRIMARY KEY (channel, from_day)
) STRICT, WITHOUT ROWID;

-- Prices. A card is never changed once it is in.
CREATE TABLE card (
    key            INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('messages', 'calls', 'fees')),
    currency       TEXT NOT NULL,
    effective_from INTEGER NOT NULL, -- 0: every day
    name           TEXT NOT NULL,
    source         TEXT NOT NULL,
    is_shipped     INTEGER NOT NULL,
    sha256         TEXT NOT NULL,
    added_at       TEXT NOT NULL,
    UNIQUE (kind, currency, effective_from)
) STRICT;

CREATE TABLE rate (
    card      INTEGER NOT NULL REFERENCES card,
    item      TEXT NOT NULL,
    market    TEXT NOT NULL,
    tier_from INTEGER NOT NULL,
    rate      INTEGER NOT NULL, -- micro-units
    PRIMARY KEY (card, item, market, tier_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE market_country (
    effective_from INTEGER NOT NULL,
    country        TEXT NOT NULL,
    market         TEXT NOT NULL,
    PRIMARY KEY (effective_from, country)
) STRICT, WITHOUT ROWID;

-- Days on which Meta is known to have changed its prices.
CREATE TABLE price_change (
    kind TEXT NOT NULL,
    day  INTEGER NOT NULL,
    PRIMARY KEY (kind, day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER card_is_never_changed BEFORE UPDATE ON card
BEGIN SELECT RAISE(ABORT, 'a card is never overwritten'); END;
CREATE TRIGGER card_is_never_removed BEFORE DELETE ON card
BEGIN SELECT RAISE(ABORT, 'a card is never removed'); END;
CREATE TRIGGER rate_is_never_changed BEFORE UPDATE ON rate
BEGIN SELECT RAISE(ABORT, 'a rate is never overwritten'); END;
CREATE TRIGGER rate_is_never_removed BEFORE DELETE ON rate
BEGIN SELECT RAISE(ABORT, 'a rate is never removed'); END;

-- The ledger.
CREATE TABLE account (
    key     INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    hub     INTEGER NOT NULL REFERENCES hub,
    channel INTEGER REFERENCES channel
) STRICT;
CREATE UNIQUE INDEX account_by_name ON account (hub, kind, ifnull(channel, 0));

CREATE TABLE entry (
    key         INTEGER PRIMARY KEY,
    hub         INTEGER NOT NULL REFERENCES hub,
    kind        TEXT NOT NULL,
    day         INTEGER NOT NULL,
    own_day     INTEGER, -- set where the event belongs to a closed month
    source      INTEGER, -- the import, top-up or refund that made it
    messages    INTEGER, -- of usage
    pulses      INTEGER, -- of usage
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX entry_of_hub ON entry (hub, day);

CREATE TABLE posting (
    account INTEGER NOT NULL REFERENCES account,
    day     INTEGER NOT NULL, -- the entry's
    entry   INTEGER NOT NULL REFERENCES entry,
    amount  INTEGER NOT NULL CHECK (amount <> 0), -- debit above zero, credit below
    PRIMARY KEY (account, day, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_of_entry ON posting (entry);

CREATE TABLE auto_renewal (
    account   INTEGER PRIMARY KEY REFERENCES account,
    is_on     INTEGER NOT NULL,
    threshold INTEGER NOT NULL,
    amount    INTEGER NOT NULL
) STRICT;

CREATE TABLE top_up (
    key         INTEGER PRIMARY KEY,
    hub         INTEGER NOT NULL REFERENCES hub,
    channel     INTEGER REFERENCES channel,
    amount      INTEGER NOT NULL CHECK (amount > 0),
    kind        TEXT NOT NULL,
    method      TEXT NOT NULL,
    day         INTEGER NOT NULL,
    booked      INTEGER NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX top_up_of_hub ON top_up (hub, booked);

CREATE TABLE refund (
    key         INTEGER PRIMARY KEY,
    hub         INTEGER NOT NULL REFERENCES hub,
    channel     INTEGER REFERENCES channel,
    amount      INTEGER NOT NULL CHECK (amount > 0),
    destination TEXT NOT NULL CHECK (destination IN ('balance', 'bank')),
    day         INTEGER NOT NULL,
    booked      INTEGER NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX refund_of_hub ON refund (hub, booked);

-- VAT that is posted for a top-up or pay-out: as its entry posted it, plus corrections.
CREATE TABLE posted_vat (
    event  TEXT NOT NULL CHECK (event IN ('top-up', 'refund')),
    key    INTEGER NOT NULL,
    entry  INTEGER NOT NULL REFERENCES entry,
    amount INTEGER NOT NULL,
    PRIMARY KEY (event, key, entry)
) STRICT, WITHOUT ROWID;

-- Usage and its charges: a row of a file, priced.
CREATE TABLE import (
    key        INTEGER PRIMARY KEY,
    file       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    brought_in TEXT NOT NULL
) STRICT;

-- Where a row says its recipient is: a country, `market:` and a market, or nothing.
CREATE TABLE place (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE market (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE charge (
    key      INTEGER PRIMARY KEY,
    hub      INTEGER NOT NULL REFERENCES hub,
    channel  INTEGER NOT NULL REFERENCES channel,
    import   INTEGER REFERENCES import,
    line     INTEGER NOT NULL,
    row_id   TEXT,             -- the source's own id
    ordinal  INTEGER NOT NULL, -- its place among its equals, where there is no row_id
    day      INTEGER NOT NULL, -- the day of the usage
    booked   INTEGER NOT NULL, -- another day where its month was closed
    place    INTEGER NOT NULL REFERENCES place,
    market   INTEGER NOT NULL REFERENCES market,
    category INTEGER NOT NULL, -- codec.rs: 0 marketing, 1 marketing_lite, 2 utility, 3 authentication,
                               -- 4 authentication_international, 5 service, 6 call
    pricing  INTEGER NOT NULL, -- 0 regular, 1 free_customer_service, 2 free_entry_point
    quantity INTEGER NOT NULL, -- messages or pulses; below zero where it takes a charge back
    free     INTEGER NOT NULL, -- of them in the month's free service messages
    cost     INTEGER,          -- as reported
    card     INTEGER REFERENCES card,
    rate     INTEGER,
    rated    INTEGER,          -- what the card charges
    amount   INTEGER,          -- what is charged; none: unrated
    outcome  INTEGER NOT NULL, -- 0 rated, 1 reported, 2 free, 3 unrated, 4 waived
    reason   INTEGER NOT NULL, -- of free and unrated; codec.rs
    is_live  INTEGER NOT NULL, -- 0: taken back, or takes another back
    reverses INTEGER REFERENCES charge,
    CHECK ((amount IS NULL) = (outcome = 3))
) STRICT;
CREATE UNIQUE INDEX charge_by_row_id ON charge (hub, row_id) WHERE is_live = 1 AND row_id IS NOT NULL;
CREATE UNIQUE INDEX charge_by_place ON charge (channel, day, category, pricing, place, ordinal)
    WHERE is_live = 1 AND row_id IS NULL;
CREATE INDEX charge_of_month ON charge (hub, booked, key);
CREATE INDEX charge_unrated ON charge (hub, booked) WHERE outcome = 3;
CREATE INDEX charge_reverses ON charge (reverses) WHERE reverses IS NOT NULL;
-- Service messages share a free allowance from October 2026.
CREATE INDEX charge_service ON charge (channel, day) WHERE category = 5 AND pricing = 0 AND is_live = 1;

CREATE TABLE waived (
    charge    INTEGER PRIMARY KEY REFERENCES charge,
    reason    TEXT NOT NULL,
    waived_at TEXT NOT NULL
) STRICT;

-- Closed months and what they froze.
CREATE TABLE month_close (
    hub                 INTEGER NOT NULL REFERENCES hub,
    month               INTEGER NOT NULL,
    closed_on           INTEGER NOT NULL,
    invoices_to_clients INTEGER, -- Direct-Paid in a partner's book: how many, and nothing else
    PRIMARY KEY (hub, month)
) STRICT, WITHOUT ROWID;

-- How channels were called when a month closed, so that its papers never change.
CREATE TABLE month_channel (
    hub         INTEGER NOT NULL REFERENCES hub,
    month       INTEGER NOT NULL,
    channel     INTEGER NOT NULL REFERENCES channel,
    name        TEXT NOT NULL,
    phone       TEXT NOT NULL,
    client_name TEXT NOT NULL,
    PRIMARY KEY (hub, month, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE hub_invoice (
    reference     TEXT PRIMARY KEY,
    hub           INTEGER NOT NULL REFERENCES hub,
    month         INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    n             INTEGER NOT NULL, -- of top-ups
    channel       INTEGER REFERENCES channel,
    hub_name      TEXT NOT NULL,
    issued_on     INTEGER NOT NULL,
    to_name       TEXT NOT NULL,
    to_address    TEXT NOT NULL,
    to_country    TEXT NOT NULL,
    to_vat_id     TEXT,
    to_email      TEXT NOT NULL,
    vat_treatment TEXT NOT NULL,
    net           INTEGER NOT NULL,
    vat_base      INTEGER NOT NULL,
    vat           INTEGER NOT NULL,
    gross         INTEGER NOT NULL CHECK (gross = net + vat)
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_invoice_of_month ON hub_invoice (hub, month);

-- Lines of hub invoices; without a reference, fees of a month that others are invoiced for.
CREATE TABLE month_line (
    hub        INTEGER NOT NULL REFERENCES hub,
    month      INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    reference  TEXT REFERENCES hub_invoice,
    kind       TEXT NOT NULL,
    channel    INTEGER REFERENCES channel,
    plan       TEXT,
    tier       TEXT,
    before     TEXT,    -- the plan or tier that an upgrade came from
    from_day   INTEGER, -- of a share, an upgrade, a top-up
    late_month INTEGER, -- of a late licence
    days       INTEGER,
    of_days    INTEGER,
    top_up     TEXT,
    method     TEXT,
    percent    INTEGER, -- millionths of a percent
    base       INTEGER,
    unit_price INTEGER,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (hub, month, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX month_line_of_invoice ON month_line (reference);

CREATE TABLE closing_summary (
    reference            TEXT PRIMARY KEY REFERENCES hub_invoice,
    starting             INTEGER NOT NULL,
    added                INTEGER NOT NULL,
    refunds_to_balance   INTEGER NOT NULL,
    paid_out             INTEGER NOT NULL,
    used                 INTEGER NOT NULL,
    usage_reconciliation INTEGER NOT NULL,
    settled              INTEGER NOT NULL,
    settled_by_invoice   INTEGER NOT NULL,
    card_fee             INTEGER NOT NULL,
    ending               INTEGER NOT NULL,
    net_payable          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 360Dialog's own numbers, entered when its paper comes.
CREATE TABLE vendor_number (
    reference TEXT PRIMARY KEY REFERENCES hub_invoice,
    number    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Posted is posted.
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER posting_is_never_changed BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER posting_is_never_removed BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER entry_not_in_a_closed_month BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM month_close WHERE hub = NEW.hub AND month = NEW.day / 100)
BEGIN SELECT RAISE(ABORT, 'the month is closed'); END;
CREATE TRIGGER charge_is_never_removed BEFORE DELETE ON charge
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
-- A charge may get its price while it is unrated, and may be marked as taken back.
CREATE TRIGGER charge_keeps_what_it_says BEFORE UPDATE ON charge
WHEN NEW.hub <> OLD.hub OR NEW.channel <> OLD.channel OR NEW.day <> OLD.day OR NEW.booked <> OLD.booked
  OR NEW.quantity <> OLD.quantity OR NEW.category <> OLD.category OR NEW.place <> OLD.place
  OR (OLD.outcome <> 3 AND (NEW.amount IS NOT OLD.amount OR NEW.outcome <> OLD.outcome))
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER month_close_is_for_good BEFORE UPDATE ON month_close
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;
CREATE TRIGGER month_close_is_never_removed BEFORE DELETE ON month_close
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;
CREATE TRIGGER hub_invoice_is_never_changed BEFORE UPDATE ON hub_invoice
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
CREATE TRIGGER hub_invoice_is_never_removed BEFORE DELETE ON hub_invoice
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
CREATE TRIGGER month_line_is_never_changed BEFORE UPDATE ON month_line
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
CREATE TRIGGER month_line_is_never_removed BEFORE DELETE ON month_line
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
CREATE TRIGGER closing_summary_is_never_changed BEFORE UPDATE ON closing_summary
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
CREATE TRIGGER closing_summary_is_never_removed BEFORE DELETE ON closing_summary
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
