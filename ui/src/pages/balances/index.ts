import { balances, type BalanceView, chargeSums, type ChargeSumView, statement, type StatementView } from "../../api";
import { all, definePage } from "../page";
import BalancesPage from "./BalancesPage.svelte";

export type BalancesData = {
  shared: { statement: StatementView; clients: ChargeSumView[] } | null;
  channels: BalanceView[];
};

export default definePage<BalancesData>({
  load: async ({ hub, month }) => {
    if (hub.model === "direct-paid") {
      const found = await balances(hub.id, month);
      return found.ok ? { ok: true, data: { shared: null, channels: found.data } } : found;
    }
    const found = await all({ statement: statement(hub.id, null, month), clients: chargeSums(hub.id, month, "client") });
    return found.ok ? { ok: true, data: { shared: found.data, channels: [] } } : found;
  },
  view: BalancesPage,
});
