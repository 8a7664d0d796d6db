-- Several cards may have one kind, currency and day: all are kept, and a person chooses which holds.
-- Volume tiers are cards of their own. The table is made anew for its constraints; its rows and keys
-- stay, and what refers to them is checked when all is done.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE card_before AS SELECT * FROM card;
DROP TABLE card;
CREATE TABLE card (
    key            INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('messages', 'calls', 'fees', 'tiers')),
    currency       TEXT NOT NULL,
    effective_from INTEGER NOT NULL, -- 0: every day
    name           TEXT NOT NULL,
    source         TEXT NOT NULL,
    trust          TEXT CHECK (trust IN ('high', 'medium-high', 'medium')), -- of shipped cards
    is_shipped     INTEGER NOT NULL,
    sha256         TEXT NOT NULL,
    added_at       TEXT NOT NULL
) STRICT;
INSERT INTO card
    SELECT key, kind, currency, effective_from, name, source,
           CASE WHEN is_shipped = 0 THEN NULL
                WHEN kind <> 'messages' THEN 'medium'
                WHEN effective_from < 20260701 THEN 'medium-high'
                ELSE 'high' END,
           is_shipped, sha256, added_at
    FROM card_before;
DROP TABLE card_before;
CREATE INDEX card_by_day ON card (kind, currency, effective_from);
CREATE TRIGGER card_is_never_changed BEFORE UPDATE ON card
BEGIN SELECT RAISE(ABORT, 'a card is never overwritten'); END;
CREATE TRIGGER card_is_never_removed BEFORE DELETE ON card
BEGIN SELECT RAISE(ABORT, 'a card is never removed'); END;

-- Which of several cards of a day holds: the newest choice. Without one it is the first card.
CREATE TABLE card_choice (
    key       INTEGER PRIMARY KEY,
    card      INTEGER NOT NULL REFERENCES card,
    chosen_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER card_choice_is_never_changed BEFORE UPDATE ON card_choice
BEGIN SELECT RAISE(ABORT, 'a choice is never changed; another is made'); END;
CREATE TRIGGER card_choice_is_never_removed BEFORE DELETE ON card_choice
BEGIN SELECT RAISE(ABORT, 'a choice is never removed; another is made'); END;
