-- A table's key ends each of its indexes by itself; named besides, it was kept twice.
DROP INDEX charge_of_month;
CREATE INDEX charge_of_month ON charge (hub, booked);
-- Made last, as of two indexes with the same columns SQLite takes the one that was made later, and
-- this one holds few charges.
DROP INDEX charge_unrated;
CREATE INDEX charge_unrated ON charge (hub, booked) WHERE outcome = 3;
