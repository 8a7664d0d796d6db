-- Who did what, and when: a row a use case, written in its transaction. Its key is the unit that
-- what was posted belongs to.
CREATE TABLE activity (
    key      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    actor    TEXT NOT NULL,
    use_case TEXT NOT NULL,
    inputs   TEXT NOT NULL, -- what was filled in, as a JSON object
    hub      TEXT,          -- what it concerns, by id
    client   TEXT,
    channel  TEXT,
    invoice  TEXT,
    month    INTEGER,
    undoes   INTEGER UNIQUE REFERENCES activity
) STRICT;

CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
BEGIN SELECT RAISE(ABORT, 'what was done is on record'); END;
CREATE TRIGGER activity_is_never_removed BEFORE DELETE ON activity
BEGIN SELECT RAISE(ABORT, 'what was done is on record'); END;

ALTER TABLE entry ADD COLUMN unit INTEGER REFERENCES activity;
-- The entry that it takes back.
ALTER TABLE entry ADD COLUMN reverses INTEGER REFERENCES entry;
CREATE INDEX entry_of_unit ON entry (unit) WHERE unit IS NOT NULL;
CREATE UNIQUE INDEX entry_reverses ON entry (reverses) WHERE reverses IS NOT NULL;

-- Receivables and prepayments are a client's.
ALTER TABLE account ADD COLUMN client INTEGER REFERENCES client;
DROP INDEX account_by_name;
CREATE UNIQUE INDEX account_by_name ON account (hub, kind, ifnull(channel, 0), ifnull(client, 0));
