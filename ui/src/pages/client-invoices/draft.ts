// An invoice as it is typed, from nothing, from a draft, or from one that it replaces.

import type { ClientInvoiceDetailView, ClientInvoiceForm, ClientLineForm } from "../../api";
import { addMonths, firstDay, lastDay, monthOf } from "../../lib/date";

/** The day of the invoice itself, whichever it will be. */
const INVOICE_DAY = "invoice-day";

/** When something was supplied: in the month before this one, in this one, or as it is typed. */
export type Supply = "" | "before" | "month" | "invoice-day" | "day" | "days";

type Days = Pick<ClientInvoiceForm, "from" | "until" | "delivered_on">;

const wholeMonth = (month: string): Days => ({ from: firstDay(month), until: lastDay(month), delivered_on: "" });

/** The days of a choice; those of the last two are typed. */
export function daysOf(supply: Supply, today: string): Days {
  if (supply === "before") return wholeMonth(addMonths(monthOf(today), -1));
  if (supply === "month") return wholeMonth(monthOf(today));
  return { from: "", until: "", delivered_on: supply === "invoice-day" ? INVOICE_DAY : "" };
}

export function supplyOf(days: Days, today: string): Supply {
  if (days.delivered_on === INVOICE_DAY) return "invoice-day";
  if (days.delivered_on) return "day";
  if (!days.from && !days.until) return "";
  const is = (supply: Supply) => daysOf(supply, today).from === days.from && daysOf(supply, today).until === days.until;
  return is("before") ? "before" : is("month") ? "month" : "days";
}

export const emptyLine = (): ClientLineForm => ({ text: "", description: "", group: "", quantity: "", unit: "", unit_price: "", vat: "", percent: "", reason: "" });

export const emptyInvoice = (client: string): ClientInvoiceForm => ({
  client, advance: false, issued_on: "", from: "", until: "", delivered_on: "", due_days: "", terms: "", notes: "", order_number: "",
  lines: [emptyLine()], deducts: [], deduction: "residual", own_currency: "", own_rate: "", own_rate_on: "", own_rate_source: "",
});

/** The same lines again, to be mended; deductions of advances are made anew. */
export const invoiceLike = (old: ClientInvoiceDetailView): ClientInvoiceForm => ({
  ...emptyInvoice(old.invoice.client),
  lines: old.sums.lines.map((line) => ({
    ...emptyLine(), text: line.text, description: line.description, group: line.group, quantity: line.quantity, unit: line.unit,
    unit_price: line.unit_price.amount, vat: line.vat, percent: line.percent === "0" ? "" : line.percent,
  })),
});

/** Nothing was typed yet. */
export const isBlank = (form: ClientInvoiceForm): boolean =>
  form.lines.every((line) => !line.text && !line.unit_price) && !form.notes && !form.order_number && form.deducts.length === 0;
