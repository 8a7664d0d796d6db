-- Seals of closed months: the last link of each month's chain, and a mark a row, so that the first
-- row that is not as it was sealed can be named. core/seal.rs says how they are worked out.
CREATE TABLE seal (
    hub       INTEGER NOT NULL REFERENCES hub,
    month     INTEGER NOT NULL,
    head      TEXT NOT NULL,
    sealed_at TEXT NOT NULL,
    is_late   INTEGER NOT NULL CHECK (is_late IN (0, 1)), -- closed by a version that knew no seals
    PRIMARY KEY (hub, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal_part (
    hub   INTEGER NOT NULL,
    month INTEGER NOT NULL,
    part  TEXT NOT NULL,
    marks BLOB NOT NULL, -- 16 bytes a row
    PRIMARY KEY (hub, month, part),
    FOREIGN KEY (hub, month) REFERENCES seal
) STRICT;

CREATE TRIGGER seal_is_for_good BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;
CREATE TRIGGER seal_is_never_removed BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;
CREATE TRIGGER seal_part_is_for_good BEFORE UPDATE ON seal_part
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;
CREATE TRIGGER seal_part_is_never_removed BEFORE DELETE ON seal_part
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;
-- Top-ups, refunds and what belongs to them are posted too.
CREATE TRIGGER top_up_is_never_changed BEFORE UPDATE ON top_up
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER top_up_is_never_removed BEFORE DELETE ON top_up
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER refund_is_never_changed BEFORE UPDATE ON refund
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER refund_is_never_removed BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER posted_vat_is_never_changed BEFORE UPDATE ON posted_vat
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER posted_vat_is_never_removed BEFORE DELETE ON posted_vat
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER month_channel_is_never_changed BEFORE UPDATE ON month_channel
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
CREATE TRIGGER month_channel_is_never_removed BEFORE DELETE ON month_channel
BEGIN SELECT RAISE(ABORT, 'an invoice of a closed month is frozen'); END;
CREATE TRIGGER import_is_never_changed BEFORE UPDATE ON import
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER import_is_never_removed BEFORE DELETE ON import
BEGIN SELECT RAISE(ABORT, 'posted is posted'); END;
CREATE TRIGGER charge_not_in_a_closed_month BEFORE INSERT ON charge
WHEN EXISTS (SELECT 1 FROM month_close WHERE hub = NEW.hub AND month = NEW.booked / 100)
BEGIN SELECT RAISE(ABORT, 'the month is closed'); END;
