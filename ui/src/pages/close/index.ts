import { type ChargeView, closePreview, type CloseView, type HubInvoiceView, type HubInvoiceWord, unrated } from "../../api";
import { monthOf } from "../../lib/date";
import { definePage } from "../page";
import ClosePage from "./ClosePage.svelte";

export type CloseData = { view: CloseView; unrated: ChargeView[] };

const order: HubInvoiceWord[] = ["partner-plan", "licence", "pro-rata-licence", "top-up", "month-closing"];

/** As a month goes: what it costs to be there, what was added, what was used. */
const inOrder = (invoices: HubInvoiceView[]): HubInvoiceView[] => [...invoices].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));

export default definePage<CloseData>({
  load: async ({ hub, month }) => {
    const view = await closePreview(hub.id, month);
    if (!view.ok) return view;
    const waiting = view.data.steps.some((step) => step.step === "nothing-unrated" && !step.done);
    const found = waiting ? await unrated(hub.id) : null;
    const charges = found?.ok ? found.data.filter((charge) => monthOf(charge.booked_on ?? charge.day) === month) : [];
    return { ok: true, data: { view: { ...view.data, invoices: inOrder(view.data.invoices) }, unrated: charges } };
  },
  view: ClosePage,
});
