// What an invoice to a client bills, as a list of them adds it up.

import type { ClientInvoiceView, MoneyView } from "../../api";
import { negate, sum } from "../../lib/money";

export type Part = "net" | "vat" | "gross";

/** Whether it gives back: its own paper says so with amounts above zero. */
export const lowers = (invoice: ClientInvoiceView): boolean => invoice.state === "correction";

/** An amount of it as the list shows it: below zero where it gives back. */
export const signed = (invoice: ClientInvoiceView, of: MoneyView): MoneyView => (lowers(invoice) ? { ...of, amount: negate(of.amount) } : of);

const less = (of: MoneyView, taken: MoneyView): MoneyView => ({ ...of, amount: sum([of.amount, negate(taken.amount)]) });

/** What it adds to what was billed: an advance was billed by its own invoice, and one over the whole does not bill it again. */
export function billed(invoice: ClientInvoiceView, part: Part): MoneyView {
  const { deducted, deducted_vat } = invoice;
  const before = { net: less(deducted, deducted_vat), vat: deducted_vat, gross: deducted }[part];
  return signed(invoice, less(invoice[part], before));
}
