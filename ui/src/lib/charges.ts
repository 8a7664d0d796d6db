// From a figure to what it is made of: its charges, or the entry that posts it.

import { filter } from "./filter.svelte";
import { go, href, type Query } from "./route.svelte";

export function showCharges(month: string, query: Query, hub = filter.hub): void {
  filter.hub = hub;
  filter.month = month;
  go("charges", query);
}

/** The charges of the month and hub that are shown, of usage alone: licences are no part of it. */
export const usageHref = (query: Query = {}): string => href("charges", { ...query, kind: "usage" });

export const entryHref = (entry: string): string => href("ledger", { by: "entries", hubs: "all", from: "beginning", entry });
