-- The rule by which a line's share of a month was worked out.
ALTER TABLE month_line ADD COLUMN proration TEXT;
