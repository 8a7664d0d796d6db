-- Numbers and names of accounts that a person has set; without a row, those of the plain chart.
CREATE TABLE chart_account (
    kind   TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
