-- Where a series of numbers begins to count in a year or month: a company that comes from another
-- program goes on with its numbers. From the first one on, they have no gaps.

CREATE TABLE series_start (
    series TEXT NOT NULL CHECK (series IN ('invoice', 'credit-note')),
    period TEXT NOT NULL,
    first  INTEGER NOT NULL CHECK (first > 0),
    PRIMARY KEY (series, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER series_start_is_said_before BEFORE INSERT ON series_start
WHEN EXISTS (SELECT 1 FROM client_invoice WHERE series = NEW.series AND period = NEW.period)
BEGIN SELECT RAISE(ABORT, 'numbers of this series were given'); END;
CREATE TRIGGER series_start_stays BEFORE UPDATE ON series_start
WHEN EXISTS (SELECT 1 FROM client_invoice WHERE series = OLD.series AND period = OLD.period)
BEGIN SELECT RAISE(ABORT, 'numbers of this series were given'); END;
CREATE TRIGGER series_start_is_never_removed BEFORE DELETE ON series_start
BEGIN SELECT RAISE(ABORT, 'a series begins where it was said to'); END;

DROP TRIGGER client_invoice_numbers_have_no_gaps;
CREATE TRIGGER client_invoice_numbers_have_no_gaps BEFORE INSERT ON client_invoice
WHEN NEW.counter <> 1 + (SELECT coalesce(max(counter), (SELECT first - 1 FROM series_start
                                                        WHERE series = NEW.series AND period = NEW.period), 0)
                         FROM client_invoice WHERE series = NEW.series AND period = NEW.period)
BEGIN SELECT RAISE(ABORT, 'a number would be left out'); END;
