// Every screen and the key that goes there after G.

import type { Screen } from "../lib/route.svelte";
import type { IconName } from "../parts/icons";
import balances from "../pages/balances";
import charges from "../pages/charges";
import clientInvoices from "../pages/client-invoices";
import clients from "../pages/clients";
import close from "../pages/close";
import hubs from "../pages/hubs";
import importPage from "../pages/import";
import invoices from "../pages/invoices";
import ledger from "../pages/ledger";
import overview from "../pages/overview";
import type { Page } from "../pages/page";
import prices from "../pages/prices";
import settings from "../pages/settings";

export const pages: Record<Screen, Page> = {
  overview, hubs, clients, balances, charges, import: importPage, close, invoices, "client-invoices": clientInvoices, ledger, prices, settings,
};

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
