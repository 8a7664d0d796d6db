-- Volume steps are asked for by the channels of a client, however many other clients there are.
DROP INDEX charge_counted;
CREATE INDEX charge_counted ON charge (channel, market, category, day) WHERE counted IS NOT NULL AND is_live = 1;
