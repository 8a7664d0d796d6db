-- The language of papers to the owner itself: copies of hub invoices and statements of balances. No
-- row: English, as all of them were before.
CREATE TABLE paper_language (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    language TEXT NOT NULL CHECK (language IN ('en', 'de', 'es', 'pt-BR', 'fr', 'it'))
) STRICT;

-- The language that the copies of a closed month were frozen in, for good. No row: English.
CREATE TABLE month_language (
    hub      INTEGER NOT NULL REFERENCES hub,
    month    INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'de', 'es', 'pt-BR', 'fr', 'it')),
    PRIMARY KEY (hub, month)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER month_language_is_never_changed BEFORE UPDATE ON month_language
BEGIN SELECT RAISE(ABORT, 'a closed month never changes'); END;
CREATE TRIGGER month_language_is_never_removed BEFORE DELETE ON month_language
BEGIN SELECT RAISE(ABORT, 'a closed month never changes'); END;
