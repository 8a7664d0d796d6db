import { overview, type OverviewView } from "../../api";
import { definePage } from "../page";
import OverviewPage from "./OverviewPage.svelte";

export default definePage<OverviewView>({
  load: ({ hub, month }) => overview(hub.id, month),
  view: OverviewPage,
});
