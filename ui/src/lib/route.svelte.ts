// Where in the window we are: `#/charges?client=…`. The hub and the month are no part of it.

export const screens = [
  "overview", "hubs", "clients", "balances", "charges", "import", "close", "invoices", "client-invoices", "ledger", "prices", "settings",
] as const;

export type Screen = (typeof screens)[number];
export type Query = Record<string, string>;
/** One for all addresses without one, so that nothing is drawn anew between them. */
export const NOTHING: Query = Object.freeze({});

const named = (path: string): Screen => screens.find((screen) => screen === path) ?? "overview";

/** The screen that the address names, even before it is shown. */
export const addressed = (): Screen => named(location.hash.replace(/^#\/?/, "").split("?")[0] ?? "");

class Route {
  screen = $state<Screen>("overview");
  query = $state.raw<Query>(NOTHING);

  constructor() {
    this.read();
    window.addEventListener("hashchange", () => this.read());
  }

  private read(): void {
    const [path = "", search = ""] = location.hash.replace(/^#\/?/, "").split("?");
    this.screen = named(path);
    this.query = search ? Object.fromEntries(new URLSearchParams(search)) : NOTHING;
  }
}

export const route = new Route();

export function href(screen: Screen, query: Query = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${screen}${search ? `?${search}` : ""}`;
}

export function go(screen: Screen, query: Query = {}): void {
  location.hash = href(screen, query);
}

/** Changes the query of the screen that is shown, without a step in the history. */
export function requery(query: Query): void {
  history.replaceState(null, "", href(route.screen, query));
  route.query = query;
}
