import { cards, type CardView, missingCards, type MissingCardView } from "../../api";
import { all, definePage } from "../page";
import PricesPage from "./PricesPage.svelte";

export type PricesData = { cards: CardView[]; missing: MissingCardView[] };

export default definePage<PricesData>({
  needsHub: false,
  load: () => all<PricesData>({ cards: cards(), missing: missingCards() }),
  view: PricesPage,
});
