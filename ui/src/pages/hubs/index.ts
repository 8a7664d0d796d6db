import { balances, type BalanceView, type ClientSumView, clientsPage, rules, type RuleView } from "../../api";
import { all, definePage } from "../page";
import HubsPage from "./HubsPage.svelte";
import { sum } from "../../lib/money";

export type HubMonth = { used: string; daysLeft: number | null };
export type HubsData = { months: Record<string, HubMonth>; rules: RuleView[]; clients: ClientSumView[] };

const used = (list: BalanceView[]): string => sum(list.map((balance) => balance.used.amount));
const days = (list: BalanceView[]): number | null => (list.length === 1 && list[0]?.channel === null ? list[0].days_left : null);

export default definePage<HubsData>({
  load: async ({ book, hub, month }) => {
    if (!hub) return { ok: true, data: { months: {}, rules: [], clients: [] } };
    const months: Record<string, HubMonth> = {};
    const each = await Promise.all(book.hubs.map(async (one) => ({ id: one.id, answer: await balances(one.id, month) })));
    // A month before a hub's books has no balances: its numbers are then a dash.
    for (const { id, answer } of each) if (answer.ok) months[id] = { used: used(answer.data), daysLeft: days(answer.data) };
    const rest = await all({ rules: rules(hub.id, null), page: clientsPage({ hub: hub.id, month }) });
    return rest.ok ? { ok: true, data: { months, rules: rest.data.rules, clients: rest.data.page.clients } } : { ok: true, data: { months, rules: [], clients: [] } };
  },
  view: HubsPage,
});
