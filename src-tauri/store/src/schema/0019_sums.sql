-- Sums kept beside the charges, so that what a month shows takes as long in a large book as in a
-- small one. They are worked out from the charges that lists show (folded ones are left out), in
-- the transaction that changes those; `check` works them out anew.
CREATE TABLE charge_sum (
    hub       INTEGER NOT NULL,
    kind      INTEGER NOT NULL, -- 0 by channel, 1 by client with category and market: a month each;
                                -- 2 by client, 3 by category, 4 by market: a booked day each
    period    INTEGER NOT NULL, -- yyyymm, or yyyymmdd
    what      INTEGER NOT NULL, -- the key of a channel, client or market; the number of a category
    category  INTEGER NOT NULL, -- of kind 1; else -1
    market    INTEGER NOT NULL, -- of kind 1; else -1
    charges   INTEGER NOT NULL, -- how many
    own       INTEGER NOT NULL, -- of them of days of the month that they are booked in
    messages  INTEGER NOT NULL,
    pulses    INTEGER NOT NULL,
    amount    INTEGER NOT NULL, -- micro-units, of all of them
    calls     INTEGER NOT NULL, -- of it, for calls that are not late
    late      INTEGER NOT NULL, -- of it, of days of earlier months
    unrated   INTEGER NOT NULL, -- how many that stand have no price
    estimated INTEGER NOT NULL, -- how many that stand are at an estimated one
    PRIMARY KEY (hub, kind, period, what, category, market)
) STRICT, WITHOUT ROWID;

-- A channel's charges by day, which `charge_by_place` does not hold; books without ids of their
-- own rows have hardly any.
CREATE INDEX charge_of_channel ON charge (channel, booked) WHERE row_id IS NOT NULL OR is_live = 0 OR booked <> day;
