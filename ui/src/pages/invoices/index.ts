import { invoices, type InvoiceMonthView } from "../../api";
import { definePage } from "../page";
import InvoicesPage from "./InvoicesPage.svelte";

export type InvoicesData = { months: InvoiceMonthView[]; onlyMonth: boolean };

export default definePage<InvoicesData>({
  load: async ({ hub, month, query }) => {
    const onlyMonth = query["only"] === "month";
    const found = await invoices(hub.id, onlyMonth ? month : null);
    if (!found.ok) return found;
    const months = [...found.data].sort((a, b) => (a.month < b.month ? 1 : -1));
    return { ok: true, data: { months, onlyMonth } };
  },
  view: InvoicesPage,
});
