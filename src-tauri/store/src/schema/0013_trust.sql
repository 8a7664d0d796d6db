-- What lets a book prove itself: seals that hold more, what closed months were worked out with, and
-- a fingerprint a table.

-- Which rows and fields a seal is over: the lists of store/query/seal.rs by number.
ALTER TABLE seal ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- What a closed month was worked out with: price cards and lists of markets by the hash of what they
-- say, rules and volume starts by what was chosen. It is sealed with the month.
CREATE TABLE seal_basis (
    hub   INTEGER NOT NULL REFERENCES hub,
    month INTEGER NOT NULL,
    kind  TEXT NOT NULL CHECK (kind IN ('card', 'markets', 'rule', 'default-rule', 'volume', 'price')),
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (hub, month, kind, name)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER seal_basis_is_never_changed BEFORE UPDATE ON seal_basis
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;
CREATE TRIGGER seal_basis_is_never_removed BEFORE DELETE ON seal_basis
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;

-- Months that versions without seals closed. They are sealed when the book is next worked in; any
-- other closed month without a seal has lost it.
CREATE TABLE seal_due (
    hub   INTEGER NOT NULL REFERENCES hub,
    month INTEGER NOT NULL,
    PRIMARY KEY (hub, month)
) STRICT, WITHOUT ROWID;
INSERT INTO seal_due SELECT hub, month FROM month_close
    WHERE NOT EXISTS (SELECT 1 FROM seal WHERE seal.hub = month_close.hub AND seal.month = month_close.month);
CREATE TRIGGER seal_due_is_never_added BEFORE INSERT ON seal_due
BEGIN SELECT RAISE(ABORT, 'a month is sealed when it is closed'); END;
CREATE TRIGGER seal_due_is_never_changed BEFORE UPDATE ON seal_due
BEGIN SELECT RAISE(ABORT, 'a month is sealed when it is closed'); END;
CREATE TRIGGER seal_due_is_never_removed BEFORE DELETE ON seal_due
BEGIN SELECT RAISE(ABORT, 'a month is sealed when it is closed'); END;

-- The sum of the hashes of a table's rows, kept with each use case (store/fingerprint.rs).
CREATE TABLE fingerprint (
    name  TEXT PRIMARY KEY,
    last  INTEGER NOT NULL, -- of tables that only grow: the last key that is counted
    rows  INTEGER NOT NULL,
    sum   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
