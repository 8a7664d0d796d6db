import { account, type AccountView, chart, type ChartAccountView, entries, type EntriesForm, type EntriesView, history, type HistoryForm, type ActivityView, trialBalance, type TrialBalancesView } from "../../api";
import { firstDay, lastDay } from "../../lib/date";
import type { Query } from "../../lib/route.svelte";
import { type Ask, definePage } from "../page";
import LedgerPage from "./LedgerPage.svelte";

export const PAGE = 200;

export type LedgerData =
  | { tab: "trial"; trial: TrialBalancesView }
  | { tab: "account"; account: AccountView }
  | { tab: "entries"; page: EntriesView; form: EntriesForm }
  | { tab: "chart"; chart: ChartAccountView[] }
  | { tab: "history"; acts: ActivityView[]; form: HistoryForm };

/** The days that are asked for: from a month, or the beginning, to the end of the month that is shown. */
export function daysOf({ month, query }: Pick<Ask, "month" | "query">): { from: string; until: string } {
  const wanted = query["from"] ?? month;
  return { from: wanted === "beginning" ? "" : firstDay(wanted > month ? month : wanted), until: lastDay(month) };
}

/** The hub that is asked for; none for all of them. */
export const hubOf = ({ hub, query }: Pick<Ask, "hub" | "query">): string | null => (query["hubs"] === "all" ? null : hub.id);

export const tabOf = (query: Query): LedgerData["tab"] =>
  query["account"] ? "account" : query["by"] === "entries" || query["by"] === "chart" || query["by"] === "history" ? query["by"] : "trial";

export function historyForm(query: Query): HistoryForm {
  const one = (name: string): string | null => query[name] || null;
  return { hub: one("hub"), client: one("client"), channel: one("channel"), invoice: one("invoice"), before: null, limit: PAGE };
}

export default definePage<LedgerData>({
  load: async (ask) => {
    const tab = tabOf(ask.query);
    const days = daysOf(ask);
    const hub = hubOf(ask);
    if (tab === "account") {
      const found = await account({ account: ask.query["account"] ?? "", ...days });
      return found.ok ? { ok: true, data: { tab, account: found.data } } : found;
    }
    if (tab === "entries") {
      // What one act posted is asked for whole, whenever it was.
      const unit = Number(ask.query["unit"] ?? "") || null;
      const form: EntriesForm = { entry: null, hub: unit ? null : hub, account: null, unit, month: null, after: null, limit: PAGE, ...(unit ? { from: "", until: "" } : days) };
      const found = await entries(form);
      return found.ok ? { ok: true, data: { tab, page: found.data, form } } : found;
    }
    if (tab === "chart") {
      const found = await chart();
      return found.ok ? { ok: true, data: { tab, chart: found.data } } : found;
    }
    if (tab === "history") {
      const form = historyForm(ask.query);
      const acts = await history(form);
      return acts.ok ? { ok: true, data: { tab, form, acts: acts.data } } : acts;
    }
    const found = await trialBalance({ hub, ...days });
    return found.ok ? { ok: true, data: { tab, trial: found.data } } : found;
  },
  view: LedgerPage,
});
