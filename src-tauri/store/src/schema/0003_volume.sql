-- Volume steps: where a row stands in its client's month, and what a month had counted before.

-- Messages or pulses that were counted before the row, where its card has volume steps; -1: not known.
ALTER TABLE charge ADD COLUMN counted INTEGER CHECK (counted >= -1);
CREATE INDEX charge_counted ON charge (market, category, day) WHERE counted IS NOT NULL AND is_live = 1;

-- What a client's portfolio had counted outside the book, before the book's own rows: in this
-- month and the following, until told otherwise. Without a number it is not known.
CREATE TABLE volume_start (
    client     INTEGER NOT NULL REFERENCES client,
    market     TEXT NOT NULL,
    category   INTEGER NOT NULL,
    from_month INTEGER NOT NULL,
    counted    INTEGER CHECK (counted >= 0), -- messages; pulses of calls
    PRIMARY KEY (client, market, category, from_month)
) STRICT, WITHOUT ROWID;
