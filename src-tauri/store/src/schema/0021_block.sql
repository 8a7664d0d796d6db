-- Blocks of charges (core/seal.rs): hashed as they are written, so that whoever seals a month need not
-- read its charges again. Kept until their month is sealed, for whole blocks with many charges of it;
-- of others, and of older books, there are none, and they are read.
CREATE TABLE charge_block (
    hub    INTEGER NOT NULL,
    month  INTEGER NOT NULL, -- that its charges are booked in
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL,
    marks  BLOB NOT NULL,    -- of each charge
    PRIMARY KEY (hub, month, number)
) STRICT;
-- A charge that gets its price says something else.
CREATE TRIGGER charge_block_is_as_written AFTER UPDATE OF
    key, hub, channel, import, line, row_id, ordinal, day, booked, place, market, category, pricing,
    quantity, free, cost, card, rate, rated, amount, outcome, reason, reverses ON charge
BEGIN
    DELETE FROM charge_block WHERE hub = OLD.hub AND month = OLD.booked / 100 AND number = (OLD.key - 1) / 1024;
    DELETE FROM charge_block WHERE hub = NEW.hub AND month = NEW.booked / 100 AND number = (NEW.key - 1) / 1024;
END;
CREATE TRIGGER charge_block_has_its_charges AFTER DELETE ON charge
BEGIN
    DELETE FROM charge_block WHERE hub = OLD.hub AND month = OLD.booked / 100 AND number = (OLD.key - 1) / 1024;
END;

-- What charges lead to by its key was known up to here when a month was sealed; such keys only grow.
ALTER TABLE seal ADD COLUMN known_imports INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seal ADD COLUMN known_places INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seal ADD COLUMN known_markets INTEGER NOT NULL DEFAULT 0;
