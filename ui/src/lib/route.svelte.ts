// Where in the window we are: `#/charges?client=…`. The hub and the month are no part of it.

export const screens = [
  "overview", "hubs", "clients", "balances", "charges", "import", "close", "invoices", "prices", "settings",
] as const;

export type Screen = (typeof screens)[number];
export type Query = Record<string, string>;

class Route {
  screen = $state<Screen>("overview");
  query = $state.raw<Query>({});

  constructor() {
    this.read();
    window.addEventListener("hashchange", () => this.read());
  }

  private read(): void {
    const [path = "", search = ""] = location.hash.replace(/^#\/?/, "").split("?");
    this.screen = screens.find((screen) => screen === path) ?? "overview";
    this.query = Object.fromEntries(new URLSearchParams(search));
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
