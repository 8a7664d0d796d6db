-- Meta's lists of markets: which market a country belongs to, from a day on. Lists are kept as they
-- came, like cards: of two for one day both stay, and the newest choice, or else the first, holds.
CREATE TABLE market_list (
    key            INTEGER PRIMARY KEY,
    effective_from INTEGER NOT NULL,
    source         TEXT NOT NULL,
    is_shipped     INTEGER NOT NULL,
    sha256         TEXT NOT NULL,
    added_at       TEXT NOT NULL
) STRICT;
CREATE INDEX market_list_by_day ON market_list (effective_from);

CREATE TABLE market_list_country (
    list    INTEGER NOT NULL REFERENCES market_list,
    country TEXT NOT NULL,
    market  TEXT NOT NULL,
    PRIMARY KEY (list, country)
) STRICT, WITHOUT ROWID;

CREATE TABLE market_list_choice (
    key       INTEGER PRIMARY KEY,
    list      INTEGER NOT NULL REFERENCES market_list,
    chosen_at TEXT NOT NULL
) STRICT;

-- Until now a book had the shipped lists alone.
INSERT INTO market_list (effective_from, source, is_shipped, sha256, added_at)
    SELECT DISTINCT effective_from, 'Meta''s list of markets', 1, '',
           ifnull((SELECT created_at FROM book), '')
    FROM market_country ORDER BY effective_from;
INSERT INTO market_list_country (list, country, market)
    SELECT market_list.key, country, market
    FROM market_country JOIN market_list USING (effective_from);
DROP TABLE market_country;

CREATE TRIGGER market_list_is_never_changed BEFORE UPDATE ON market_list
BEGIN SELECT RAISE(ABORT, 'a list of markets is never overwritten'); END;
CREATE TRIGGER market_list_is_never_removed BEFORE DELETE ON market_list
BEGIN SELECT RAISE(ABORT, 'a list of markets is never removed'); END;
CREATE TRIGGER market_list_country_is_never_changed BEFORE UPDATE ON market_list_country
BEGIN SELECT RAISE(ABORT, 'a list of markets is never overwritten'); END;
CREATE TRIGGER market_list_country_is_never_removed BEFORE DELETE ON market_list_country
BEGIN SELECT RAISE(ABORT, 'a list of markets is never removed'); END;
CREATE TRIGGER market_list_choice_is_never_changed BEFORE UPDATE ON market_list_choice
BEGIN SELECT RAISE(ABORT, 'a choice is never changed; another is made'); END;
CREATE TRIGGER market_list_choice_is_never_removed BEFORE DELETE ON market_list_choice
BEGIN SELECT RAISE(ABORT, 'a choice is never removed; another is made'); END;
