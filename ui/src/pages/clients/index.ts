import { type ChannelsSortBy, type ChannelStands, type ClientsForm, clientsPage, type ClientsPageView, type TierWord } from "../../api";
import { session } from "../../api/session.svelte";
import type { Result } from "../../lib/result";
import type { Query } from "../../lib/route.svelte";
import { orderIn, type Sort } from "../../lib/sort";
import { type Ask, definePage } from "../page";
import ClientsPage from "./ClientsPage.svelte";

export const PAGE = 500;

/** What channels can be narrowed by, as the address names it. */
export const CHIPS = ["state", "tier", "country"];
/** By what channels can be put in order, as their columns are called. */
export const ORDERS = ["name", "phone", "tier", "state", "licence", "used"] as const satisfies ChannelsSortBy[];
export const USUAL: Sort = { key: "name", down: false };

type Form = Pick<ClientsForm, "hub" | "month" | "stands" | "tier" | "country" | "sort">;
export type ClientsData = { page: ClientsPageView; form: Form };

export const orderOf = (query: Query): Sort => orderIn(query, ORDERS, USUAL);

function formOf({ hub, month, query }: Pick<Ask, "hub" | "month" | "query">): Form {
  const { key, down } = orderOf(query);
  const one = <T extends string>(name: string): T | null => (query[name] as T) || null;
  return { hub: hub.id, month, stands: one<ChannelStands>("state"), tier: one<TierWord>("tier"), country: one("country"), sort: { by: key as ChannelsSortBy, down } };
}

/** The first page stays the same while rows are opened, so that the pages behind it stay too. */
let kept: { of: string; data: ClientsData } | null = null;

export default definePage<ClientsData>({
  load: async (ask): Promise<Result<ClientsData>> => {
    const form = formOf(ask);
    const of = [ask.book.path, JSON.stringify(form), session.revision].join("\n");
    const channel = ask.query["channel"] ?? null;
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
