import { expect, test } from "vitest";
import type { ClientInvoiceView } from "../src/api";
import { sum } from "../src/lib/money";
import { billed, type Part } from "../src/pages/client-invoices/billed";

const eur = (amount: string) => ({ amount, currency: "EUR" as const });
const invoice = (net: string, vat: string, gross: string, more: Partial<ClientInvoiceView> = {}): ClientInvoiceView => ({
  number: "2026/0001", kind: "invoice", state: "open", client: "c", client_name: "C", hub: "h", issued_on: "2026-09-07", due_on: "2026-09-21",
  corrects: null, net: eur(net), vat: eur(vat), gross: eur(gross), deducted: eur("0"), deducted_vat: eur("0"), is_deducted: false,
  credited: eur("0"), paid: eur("0"), open: eur("0"), ...more,
});
const all = (part: Part, ...invoices: ClientInvoiceView[]): string => sum(invoices.map((one) => billed(one, part).amount));

const advance = invoice("50.00", "9.50", "59.50", { kind: "advance", state: "paid", is_deducted: true });
const whole = invoice("80.00", "15.20", "95.20", { deducted: eur("59.50"), deducted_vat: eur("9.50") });

test("an advance and the final invoice over the whole bill the whole once", () => {
  expect([all("net", advance, whole), all("vat", advance, whole), all("gross", advance, whole)]).toEqual(["80.00", "15.20", "95.20"]);
});

test("the cancellation of the final invoice leaves the advance billed", () => {
  const cancellation = { ...whole, kind: "cancellation" as const, state: "correction" as const };
  expect([all("net", advance, whole, cancellation), all("vat", advance, whole, cancellation), all("gross", advance, whole, cancellation)]).toEqual(["50.00", "9.50", "59.50"]);
});
