-- Undo: what a person did is taken back by another unit of the record, which names it. Nothing is
-- removed: what was posted is reversed, what may change gets back what it was.

-- Posted things that were taken back while their month was open, with the unit that did so. Lists
-- leave them out.
CREATE TABLE undone (
    what TEXT NOT NULL CHECK (what IN ('top-up', 'refund', 'payment', 'import', 'charge',
                                     'card', 'card-choice', 'market-list', 'market-list-choice')),
    key  INTEGER NOT NULL,
    unit INTEGER NOT NULL REFERENCES activity,
    PRIMARY KEY (what, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER undone_is_never_changed BEFORE UPDATE ON undone
BEGIN SELECT RAISE(ABORT, 'what was done is on record'); END;
CREATE TRIGGER undone_is_never_removed BEFORE DELETE ON undone
BEGIN SELECT RAISE(ABORT, 'what was done is on record'); END;

-- How a row that may change was before a unit, and after it. Kept by temporary triggers of the
-- connection that writes (table/change.rs), so that they always know all columns.
CREATE TABLE change (
    key      INTEGER PRIMARY KEY,
    unit     INTEGER NOT NULL REFERENCES activity,
    of_table TEXT NOT NULL,
    row      TEXT NOT NULL, -- its primary key, as a JSON array
    before   TEXT,          -- its columns, as a JSON object; none: it was not there
    after    TEXT           -- none: it is gone
) STRICT;
CREATE INDEX change_of_unit ON change (unit);
CREATE INDEX change_of_row ON change (of_table, row);
CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'what was done is on record'); END;
CREATE TRIGGER change_is_never_removed BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'what was done is on record'); END;

-- Which unit brought it in.
ALTER TABLE import ADD COLUMN unit INTEGER REFERENCES activity;
ALTER TABLE card ADD COLUMN unit INTEGER REFERENCES activity;
ALTER TABLE card_choice ADD COLUMN unit INTEGER REFERENCES activity;
ALTER TABLE market_list ADD COLUMN unit INTEGER REFERENCES activity;
ALTER TABLE market_list_choice ADD COLUMN unit INTEGER REFERENCES activity;
DROP TRIGGER import_is_never_changed;
UPDATE import SET unit = (SELECT max(key) FROM activity WHERE use_case = 'import-usage' AND at = import.brought_in
                          AND instr(inputs, import.sha256) > 0);
CREATE TRIGGER import_is_never_changed BEFORE UPDATE ON import
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;

-- A hub, client or channel that was taken back: the unit that did so. Its row stays, as what was
-- posted and reversed names it; its id is free again.
ALTER TABLE hub ADD COLUMN gone INTEGER REFERENCES activity;
ALTER TABLE client ADD COLUMN gone INTEGER REFERENCES activity;
ALTER TABLE channel ADD COLUMN gone INTEGER REFERENCES activity;
DROP TRIGGER hub_model_and_currency_are_fixed;
CREATE TRIGGER hub_model_and_currency_are_fixed BEFORE UPDATE OF id, model, currency ON hub
WHEN NEW.model <> OLD.model OR NEW.currency <> OLD.currency OR (NEW.id <> OLD.id AND NEW.gone IS OLD.gone)
BEGIN SELECT RAISE(ABORT, 'a hub keeps its id, model and currency'); END;

-- An entry is taken back by one other that stands; after that one is taken back, by another.
DROP INDEX entry_reverses;
CREATE INDEX entry_reverses ON entry (reverses) WHERE reverses IS NOT NULL;
CREATE TRIGGER entry_is_taken_back_once BEFORE INSERT ON entry
WHEN NEW.reverses IS NOT NULL AND EXISTS (
    SELECT 1 FROM entry AS back WHERE back.reverses = NEW.reverses
    AND NOT EXISTS (SELECT 1 FROM entry AS again WHERE again.reverses = back.key))
BEGIN SELECT RAISE(ABORT, 'an entry is taken back once'); END;
