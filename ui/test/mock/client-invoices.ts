// Two invoices and a draft to clients of the made-up book. Sums by hand: 3 × 120.00 = 360.00, of it
// 19 % are 68.40; of the credited 100.00 they are 19.00.

import { Refused } from "./answer";
import type * as B from "../../src/api/bindings";
import { world } from "./world";

const eur = (amount: string): B.MoneyView => ({ amount, currency: "EUR" });
const line = (text: string, quantity: string, price: string, net: string): B.ClientLineView => ({ text, description: "", group: "", quantity, unit: "DAY", unit_price: eur(price), vat: "standard", percent: "19", net: eur(net) });
const sums = (lines: B.ClientLineView[], net: string, vat: string, gross: string): B.ClientSumsView => ({ lines, vat: [{ vat: "standard", percent: "19", basis: eur(net), amount: eur(vat) }], net: eur(net), vat_total: eur(vat), gross: eur(gross), prepaid: eur("0.00"), due: eur(gross), vat_in_own_currency: null });

const billed = sums([line("Care of channels", "3", "120.00", "360.00")], "360.00", "68.40", "428.40");
const credited = sums([line("Care of channels", "1", "100.00", "100.00")], "100.00", "19.00", "119.00");
const view = (more: Partial<B.ClientInvoiceView>): B.ClientInvoiceView => ({ number: "2026/0001", kind: "invoice", state: "open", client: "h4Kr1nCL", client_name: "Hafenkontor Reisen GmbH", hub: "NrdE7kPA", issued_on: "2026-09-07", due_on: "2026-09-21", corrects: null, net: eur("360.00"), vat: eur("68.40"), gross: eur("428.40"), deducted: eur("0.00"), deducted_vat: eur("0.00"), is_deducted: false, credited: eur("119.00"), paid: eur("300.00"), open: eur("9.40"), ...more });
const invoices: B.ClientInvoiceView[] = [
  view({ number: "2026/0002", kind: "credit-note", state: "correction", corrects: "2026/0001", issued_on: "2026-09-14", net: eur("100.00"), vat: eur("19.00"), gross: eur("119.00"), credited: eur("0.00"), paid: eur("0.00"), open: eur("0.00") }),
  view({}),
];

function details(number: string): B.ClientInvoiceDetailView {
  const invoice = invoices.find((one) => one.number === number)!;
  return invoice.kind === "credit-note"
    ? { invoice, from: null, until: null, sums: credited, corrected_by: [], deducts: [], entry: "7", payments: [], papers: [] }
    : { invoice, from: "2026-08-01", until: "2026-08-31", sums: billed, corrected_by: ["2026/0002"], deducts: [], entry: "7", payments: [{ on: "2026-09-20", amount: eur("300.00"), entry: "8" }], papers: [] };
}

function draftView(id: string, invoice: B.ClientInvoiceForm): B.ClientDraftView {
  const ready = invoice.lines.every((one) => one.text && one.unit_price);
  return { id, client_name: world.clients.find((one) => one.id === invoice.client)?.name ?? "", hub: "NrdE7kPA", currency: "EUR", invoice, sums: ready ? billed : null, faults: ready ? [] : [{ code: "line-text", facts: [{ name: "line", value: "1" }], because: [{ code: "empty", facts: [{ name: "0", value: "The text" }], because: [], text: "The text is empty. Fill it in." }], text: "Line 1: The text is empty. Fill it in." }], changed_at: "2026-09-22T09:00:00Z" };
}

const typed: B.ClientInvoiceForm = { client: "k1El8bCL", advance: false, issued_on: "", from: "", until: "", delivered_on: "", due_days: "", terms: "", notes: "", order_number: "", lines: [{ text: "", description: "", group: "", quantity: "", unit: "", unit_price: "", vat: "", percent: "", reason: "" }], deducts: [], deduction: "residual", own_currency: "", own_rate: "", own_rate_on: "", own_rate_source: "" };
const seller: B.SellerView = { street: "Am Sandtorkai 48", extra: "", postal_code: "20457", city: "Hamburg", tax_number: "", register: "Hamburg HRB 123456", contact: "Ada Brandt", phone: "+49 40 5550100", website: "", iban: "DE89370400440532013000", bic: "", account_holder: "", accent: "#1f6f54", due_days: 14, terms: "", language: "de", small_business: false, e_address: "", logo: null, series: [{ series: "invoice", pattern: "{YYYY}/{####}" }, { series: "credit-note", pattern: "" }] };
const billing = (client: string): B.ClientBillingView => ({ client, street: "Kaiserkai 3", extra: "", postal_code: "20457", city: "Hamburg", language: "", buyer_reference: "", e_address: "", due_days: null, format: "" });

/** One white pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";

/** What was kept last as a draft. */
let put: B.ClientInvoiceForm | null = null;

export const clientInvoices = {
  page: ({ page }: { page: number }): B.PageView => ({ page, of: 2, width: 1, height: 1, png: PIXEL }),
  export_client_invoices: ({ to }: { to: B.ExportPlace }): B.ClientExportView => ({ folder: to.folder, files: ["2026-0001.pdf", "report.txt"], checked: [] }),
  client_drafts: ({ hub }: { hub: string }) => (hub === "NrdE7kPA" ? [draftView("D1", typed)] : []),
  client_draft: ({ id }: { id: string }) => draftView(id, typed),
  try_client_draft: ({ form }: { form: B.ClientInvoiceForm }) => draftView("D0", form),
  put_client_draft: ({ form }: { form: B.ClientDraftForm }) => { put = form.invoice; return draftView(form.id ?? "D2", form.invoice); },
  remove_client_draft: () => null,
  issue_client_draft: () => { if (put?.issued_on === "2026-01-01") throw new Refused("issued-before-the-last", ["2026/0001", "2026-09-20"], "issued_on"); return details("2026/0001"); },
  client_invoices: ({ client }: { client: string | null }) => invoices.filter((one) => !client || one.client === client),
  client_invoice: ({ number }: { number: string }) => details(number),
  preview_client_credit: ({ form }: { form: B.CreditForm }) => {
    const wrong = form.lines.find(({ amount }) => Number.isNaN(Number(amount)));
    if (wrong) throw new Refused("not-an-amount", [wrong.amount], `lines.${wrong.line}`);
    return details("2026/0002");
  },
  credit_client_invoice: () => details("2026/0002"),
  correct_client_invoice: ({ number }: { number: string }) => details(number),
  pay_client_invoice: ({ form }: { form: B.ClientPaymentForm }) => details(form.number),
  seller: () => seller,
  set_seller: () => seller,
  set_logo: () => seller,
  set_number_series: () => seller,
  set_series_start: () => seller,
  client_billing: ({ client }: { client: string }) => billing(client),
  set_client_billing: ({ form }: { form: B.ClientBillingForm }) => billing(form.client),
};
