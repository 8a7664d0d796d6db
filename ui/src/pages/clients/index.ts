import { type ClientsForm, clientsPage, type ClientsPageView } from "../../api";
import { session } from "../../api/session.svelte";
import type { Result } from "../../lib/result";
import { definePage } from "../page";
import ClientsPage from "./ClientsPage.svelte";

export const PAGE = 500;

export type ClientsData = { page: ClientsPageView; form: Pick<ClientsForm, "hub" | "month"> };

/** The first page stays the same while rows are opened, so that the pages behind it stay too. */
let kept: { of: string; data: ClientsData } | null = null;

export default definePage<ClientsData>({
  load: async ({ book, hub, month, query }): Promise<Result<ClientsData>> => {
    const form = { hub: hub.id, month };
    const of = [book.path, hub.id, month, session.revision].join("\n");
    const channel = query["channel"] ?? null;
    if (kept?.of !== of) {
      const found = await clientsPage({ ...form, limit: PAGE, channel });
      if (!found.ok) return found;
      kept = { of, data: { page: found.data, form } };
      return { ok: true, data: kept.data };
    }
    const { page } = kept.data;
    const isHere = page.next === null || [page.channel, ...page.rows].some((one) => one?.id === channel);
    if (!channel || isHere) return { ok: true, data: kept.data };
    const found = await clientsPage({ ...form, channel });
    if (!found.ok) return found;
    page.channel = found.data.channel;
    return { ok: true, data: { ...kept.data } };
  },
  view: ClientsPage,
});
