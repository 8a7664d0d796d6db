-- Notice that was given of a hub's partner plan: the last day that it is charged for, and the
-- reading of 360Dialog's term by which it is so.
CREATE TABLE plan_notice (
    hub      INTEGER PRIMARY KEY REFERENCES hub,
    given_on INTEGER NOT NULL,
    reading  TEXT NOT NULL CHECK (reading IN ('thirty-days', 'following-month')),
    last_day INTEGER NOT NULL
) STRICT;

-- Licence prices that channels keep for a tier from a month on, whatever the card says. Without a
-- price it is the card's again.
CREATE TABLE kept_price (
    channel    INTEGER NOT NULL REFERENCES channel,
    tier       TEXT NOT NULL,
    from_month INTEGER NOT NULL,
    price      INTEGER CHECK (price >= 0),
    reason     TEXT NOT NULL,
    PRIMARY KEY (channel, tier, from_month)
) STRICT, WITHOUT ROWID;
