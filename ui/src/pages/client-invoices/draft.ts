// An invoice as it is typed, from nothing, from a draft, or from one that it replaces.

import type { ClientInvoiceDetailView, ClientInvoiceForm, ClientLineForm } from "../../api";
import { readAmount } from "../../lib/sum";

export const emptyLine = (): ClientLineForm => ({ text: "", description: "", group: "", quantity: "", unit: "", unit_price: "", vat: "", percent: "", reason: "" });

export const emptyInvoice = (client: string): ClientInvoiceForm => ({
  client, advance: false, issued_on: "", from: "", until: "", delivered_on: "", due_days: "", terms: "", notes: "", order_number: "",
  lines: [emptyLine()], deducts: [], own_currency: "", own_rate: "", own_rate_on: "", own_rate_source: "",
});

/** The same lines again, to be mended; deductions of advances are made anew. */
export const invoiceLike = (old: ClientInvoiceDetailView): ClientInvoiceForm => ({
  ...emptyInvoice(old.invoice.client),
  lines: old.sums.lines.map((line) => ({
    ...emptyLine(), text: line.text, description: line.description, group: line.group, quantity: line.quantity, unit: line.unit,
    unit_price: line.unit_price.amount, vat: line.vat, percent: line.percent === "0" ? "" : line.percent,
  })),
});

/** As it goes to the book: sums that were typed are worked out. */
export const sent = (form: ClientInvoiceForm): ClientInvoiceForm => ({
  ...form,
  lines: form.lines.map((line) => ({ ...line, quantity: readAmount(line.quantity), unit_price: readAmount(line.unit_price) })),
});

/** Nothing was typed yet. */
export const isBlank = (form: ClientInvoiceForm): boolean =>
  form.lines.every((line) => !line.text && !line.unit_price) && !form.notes && !form.order_number && form.deducts.length === 0;
