import { account, type AccountView, chart, type ChartAccountView, entries, entriesForm, type EntriesForm, type EntriesView, history, historyForm, type HistoryForm, type HistoryView, trialBalance, type TrialBalancesView } from "../../api";
import { addDays, beginOf, firstDay, lastDay } from "../../lib/date";
import type { Query } from "../../lib/route.svelte";
import { orderIn, type Sort } from "../../lib/sort";
import { type Ask, definePage } from "../page";
import LedgerPage from "./LedgerPage.svelte";

export const PAGE = 200;

export type LedgerData =
  | { tab: "trial"; trial: TrialBalancesView }
  | { tab: "account"; account: AccountView }
  | { tab: "entries"; page: EntriesView; form: EntriesForm }
  | { tab: "chart"; chart: ChartAccountView[] }
  | { tab: "history"; page: HistoryView; form: HistoryForm };

/** What entries and acts can be narrowed by, as the address names it; days are narrowed by beside it. */
export const ENTRY_CHIPS = ["kind", "posts", "least"];
export const ACT_CHIPS = ["who", "did"];
export const ENTRY_ORDER: Sort = { key: "day", down: true };
export const ACT_ORDER: Sort = { key: "time", down: true };
const oldestFirst = (query: Query, usual: Sort): boolean => !orderIn(query, [usual.key], usual).down;
const given = (query: Query, name: string): string | null => query[name] || null;

/** The days that are asked for: from a month, or the beginning, to the end of the month that is shown. */
export function daysOf({ month, query }: Pick<Ask, "month" | "query">): { from: string; until: string } {
  const wanted = query["from"] ?? month;
  return { from: wanted === "beginning" ? "" : firstDay(wanted > month ? month : wanted), until: lastDay(month) };
}

/** The hub that is asked for; none for all of them. */
export const hubOf = ({ hub, query }: Pick<Ask, "hub" | "query">): string | null => (query["hubs"] === "all" ? null : hub.id);

export const tabOf = (query: Query): LedgerData["tab"] =>
  query["account"] ? "account" : query["by"] === "entries" || query["by"] === "chart" || query["by"] === "history" ? query["by"] : "trial";

function actsOf(query: Query): HistoryForm {
  const one = (name: string): string | null => given(query, name);
  const [first, last] = [one("first"), one("last")];
  return historyForm({
    hub: one("hub"), client: one("client"), channel: one("channel"), invoice: one("invoice"), actor: one("who"), use_case: one("did"),
    from: first && beginOf(first), until: last && beginOf(addDays(last, 1)), oldest_first: oldestFirst(query, ACT_ORDER), limit: PAGE,
  });
}

function entriesOf(ask: Pick<Ask, "hub" | "month" | "query">): EntriesForm {
  const one = (name: string): string | null => given(ask.query, name);
  const page = { oldest_first: oldestFirst(ask.query, ENTRY_ORDER), limit: PAGE };
  // What one act posted is asked for whole, whenever it was.
  const unit = Number(one("unit")) || null;
  if (unit) return entriesForm({ ...page, unit });
  // Days narrow what the months hold.
  const { from, until } = daysOf(ask);
  const [first, last] = [one("first") ?? from, one("last") ?? until];
  return entriesForm({ ...page, hub: hubOf(ask), account_kind: one("posts"), kind: one("kind"), least: one("least"), from: first > from ? first : from, until: last < until ? last : until });
}

export default definePage<LedgerData>({
  load: async (ask) => {
    const tab = tabOf(ask.query);
    const days = daysOf(ask);
    if (tab === "account") {
      const found = await account({ account: ask.query["account"] ?? "", ...days });
      return found.ok ? { ok: true, data: { tab, account: found.data } } : found;
    }
    if (tab === "entries") {
      const form = entriesOf(ask);
      const found = await entries(form);
      return found.ok ? { ok: true, data: { tab, page: found.data, form } } : found;
    }
    if (tab === "chart") {
      const found = await chart();
      return found.ok ? { ok: true, data: { tab, chart: found.data } } : found;
    }
    if (tab === "history") {
      const form = actsOf(ask.query);
      const found = await history(form);
      return found.ok ? { ok: true, data: { tab, form, page: found.data } } : found;
    }
    const found = await trialBalance({ hub: hubOf(ask), ...days });
    return found.ok ? { ok: true, data: { tab, trial: found.data } } : found;
  },
  view: LedgerPage,
});
