-- What advances take off an invoice over the whole (BT-113), VAT included, and the VAT in it; the same on
-- the cancellation of one. 0: it deducts none, or it is about the rest.
ALTER TABLE client_invoice ADD COLUMN deducted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE client_invoice ADD COLUMN deducted_vat INTEGER NOT NULL DEFAULT 0;
