import { cards, type CardView } from "../../api";
import { definePage } from "../page";
import PricesPage from "./PricesPage.svelte";

export default definePage<CardView[]>({ needsHub: false, load: () => cards(), view: PricesPage });
