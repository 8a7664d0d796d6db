import { charges, chargeSums, type ChargesForm, type ChargesKind, type ChargesSort, type ChargesSortBy, type ChargeSumView, type ChargesView, type CategoryWord, type SumBy } from "../../api";
import { monthOf } from "../../lib/date";
import type { Query } from "../../lib/route.svelte";
import { orderIn } from "../../lib/sort";
import { all, type Ask, definePage } from "../page";
import ChargesPage from "./ChargesPage.svelte";

/** Some screens full: what is asked for first is what somebody waits for. */
export const PAGE = 100;
/** By what charges can be put in order, as their columns are called. */
export const ORDERS = ["day", "client", "channel", "market", "category", "quantity", "amount"] as const satisfies ChargesSortBy[];
export const sumBys = ["client", "channel", "category", "market"] as const satisfies SumBy[];

export type ChargesData = { page: ChargesView; form: ChargesForm; sums: ChargeSumView[] | null; by: SumBy | null };

/** The booked day that is asked for, as long as it lies in the month that is shown. */
export function dayIn(month: string, query: Query): string | null {
  const day = query["day"];
  return day && monthOf(day) === month ? day : null;
}

export const USUAL: ChargesSort = { by: "day", down: true };

/** The order that is asked for. */
export function sortOf(query: Query): ChargesSort {
  const { key, down } = orderIn(query, ORDERS, { key: USUAL.by, down: USUAL.down });
  return { by: key as ChargesSortBy, down };
}

/** The charges that the chips ask for. */
export function formOf({ hub, month, query }: Pick<Ask, "hub" | "month" | "query">): ChargesForm {
  const one = (name: string): string | null => query[name] || null;
  return {
    hub: hub.id, month, day: dayIn(month, query), client: one("client"), channel: one("channel"), category: one("category") as CategoryWord | null,
    market: one("market"), kind: one("kind") as ChargesKind | null, unrated: query["unrated"] === "1", sort: sortOf(query), after: null, limit: PAGE,
  };
}

export const byOf = (query: Query): SumBy | null => sumBys.find((by) => by === query["by"]) ?? null;

export default definePage<ChargesData>({
  load: async (ask) => {
    const form = formOf(ask);
    const by = byOf(ask.query);
    const none: Promise<{ ok: true; data: null }> = Promise.resolve({ ok: true, data: null });
    const found = await all<{ page: ChargesView; sums: ChargeSumView[] | null }>({
      page: charges(form),
      sums: by ? chargeSums(ask.hub.id, ask.month, by) : none,
    });
    return found.ok ? { ok: true, data: { ...found.data, form, by } } : found;
  },
  view: ChargesPage,
});
