// From a figure to the charges that it is made of.

import { filter } from "./filter.svelte";
import { go, type Query } from "./route.svelte";

export function showCharges(month: string, query: Query, hub = filter.hub): void {
  filter.hub = hub;
  filter.month = month;
  go("charges", query);
}
