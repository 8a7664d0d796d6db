import { clientDrafts, type ClientDraftView, clientInvoice, type ClientInvoiceDetailView, clientInvoices, type ClientInvoiceView, clientsPage, type ClientSumView } from "../../api";
import { all, definePage } from "../page";
import ClientInvoicesPage from "./ClientInvoicesPage.svelte";

export type ClientInvoicesData = {
  drafts: ClientDraftView[];
  invoices: ClientInvoiceView[];
  clients: ClientSumView[];
  /** The one that the panel shows, or that is replaced. */
  open: ClientInvoiceDetailView | null;
};

const nothing: ClientInvoicesData = { drafts: [], invoices: [], clients: [], open: null };
const none: Promise<{ ok: true; data: null }> = Promise.resolve({ ok: true, data: null });

export default definePage<ClientInvoicesData>({
  load: async ({ book, hub, month, query }) => {
    // Nobody is invoiced from a client's book, nor a client of a Direct-Paid hub.
    if (book.owner === "client" || hub.model === "direct-paid") return { ok: true, data: nothing };
    const open = query["invoice"] ?? query["replaces"];
    const found = await all({
      drafts: clientDrafts(hub.id),
      invoices: clientInvoices(hub.id, null, null),
      page: clientsPage({ hub: hub.id, month }),
      open: open ? clientInvoice(open) : none,
    });
    if (!found.ok) return found;
    const { page, ...rest } = found.data;
    return { ok: true, data: { ...rest, clients: page.clients } };
  },
  view: ClientInvoicesPage,
});
