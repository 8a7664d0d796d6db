-- What was handed out for an issued invoice, byte for byte, and the logos that stood on it. No
-- later font, word or layout changes it; the law wants an e-invoice kept as it was sent.

CREATE TABLE kept_logo (
    sha256 TEXT PRIMARY KEY,
    kind   TEXT NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;

CREATE TABLE client_paper (
    invoice INTEGER NOT NULL REFERENCES client_invoice,
    format  TEXT NOT NULL CHECK (format IN ('pdf', 'factur-x', 'xrechnung-ubl', 'peppol')), -- a PDF with or without data inside, or an XML file
    sha256  TEXT NOT NULL,
    made_by TEXT NOT NULL, -- the version of the app
    bytes   BLOB NOT NULL,
    PRIMARY KEY (invoice, format)
) STRICT;

CREATE TRIGGER kept_logo_is_never_changed BEFORE UPDATE ON kept_logo
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER kept_logo_is_never_removed BEFORE DELETE ON kept_logo
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_paper_is_never_changed BEFORE UPDATE ON client_paper
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
CREATE TRIGGER client_paper_is_never_removed BEFORE DELETE ON client_paper
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never changed'); END;
