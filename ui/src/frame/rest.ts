// The code behind the first screen: all other screens, the dialogs and the palette.

import balances from "../pages/balances";
import charges from "../pages/charges";
import clientInvoices from "../pages/client-invoices";
import clients from "../pages/clients";
import close from "../pages/close";
import hubs from "../pages/hubs";
import importPage from "../pages/import";
import invoices from "../pages/invoices";
import ledger from "../pages/ledger";
import prices from "../pages/prices";
import settings from "../pages/settings";

export { default as Tasks } from "../tasks/Tasks.svelte";
export { default as Palette } from "./Palette.svelte";

export const pages = { hubs, clients, balances, charges, import: importPage, close, invoices, "client-invoices": clientInvoices, ledger, prices, settings };
