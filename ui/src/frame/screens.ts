// Every screen and the key that goes there after G.

import type { Query, Screen } from "../lib/route.svelte";
import type { IconName } from "../parts/icons";
import overview from "../pages/overview";
import type { Page } from "../pages/page";

let loaded: Promise<typeof import("./rest")> | undefined;

/** The code behind the first screen: it is loaded once somebody wants it, or nobody waits for anything else. */
export const rest = (): Promise<typeof import("./rest")> => (loaded ??= import("./rest"));

/** What there is to show without a hub. */
const hubless: Partial<Record<Screen, (query: Query) => boolean>> = {
  hubs: () => true, prices: () => true, settings: () => true,
  // Who did what is of the whole book.
  ledger: (query) => query["by"] === "history" && !query["account"],
};

export const needsHub = (screen: Screen, query: Query): boolean => !hubless[screen]?.(query);

/** What a screen asks, and what draws it. */
export const pageOf = async (screen: Screen): Promise<Page> => (screen === "overview" ? overview : (await rest()).pages[screen]);

export type Place = { screen: Screen; icon: IconName; key: string };

export const above: Place[] = [
  { screen: "overview", icon: "overview", key: "o" },
  { screen: "hubs", icon: "hubs", key: "h" },
  { screen: "clients", icon: "clients", key: "c" },
  { screen: "balances", icon: "balances", key: "b" },
  { screen: "charges", icon: "charges", key: "x" },
  { screen: "close", icon: "close", key: "m" },
  { screen: "invoices", icon: "invoices", key: "i" },
];

export const below: Place[] = [
  { screen: "ledger", icon: "ledger", key: "l" },
  { screen: "prices", icon: "prices", key: "p" },
  { screen: "settings", icon: "settings", key: "s" },
];
