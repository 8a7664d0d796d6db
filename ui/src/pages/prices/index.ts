import { cards, type CardView, marketLists, type MarketListView, missingCards, type MissingCardView } from "../../api";
import { all, definePage } from "../page";
import PricesPage from "./PricesPage.svelte";

export type PricesData = { cards: CardView[]; missing: MissingCardView[]; lists: MarketListView[] };

export default definePage<PricesData>({
  load: () => all<PricesData>({ cards: cards(), missing: missingCards(), lists: marketLists() }),
  view: PricesPage,
});
