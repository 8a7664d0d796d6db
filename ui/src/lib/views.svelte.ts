// Views that a person named: the filters, the sort and the columns of a table. They are this window's
// taste and no part of the books, so they lie with the window's settings on this computer; and as
// filters name clients and channels, each book has its own.

import type { Query, Screen } from "./route.svelte";
import type { Sort } from "./sort";

export type Look = { hidden: string[]; sort: Sort | null };
export type SavedView = { id: string; name: string; screen: Screen; table: string; query: Query; look: Look };

const KEPT = "hubledger.views:";

const isView = (one: unknown): one is SavedView => {
  const view = one as Partial<SavedView> | null;
  return Boolean(view && typeof view.id === "string" && typeof view.name === "string" && view.screen && view.table && view.query && Array.isArray(view.look?.hidden));
};

function read(place: string): SavedView[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(found) ? found.filter(isView) : [];
  } catch {
    return [];
  }
}

class Views {
  all = $state.raw<SavedView[]>([]);
  private place = "";

  /** The views of this book. */
  open(book: string): void {
    this.place = KEPT + book;
    this.all = read(this.place);
  }

  /** Keeps a view; one of the same name on the same table makes way. Says whether one did. */
  keep(view: Omit<SavedView, "id">): boolean {
    const others = this.all.filter((one) => one.table !== view.table || one.name !== view.name);
    const replaced = others.length < this.all.length;
    const ids = this.all.map((one) => Number(one.id) || 0);
    this.write([...others, { ...view, id: String(Math.max(0, ...ids) + 1) }]);
    return replaced;
  }

  rename(id: string, name: string): void {
    this.write(this.all.map((one) => (one.id === id ? { ...one, name } : one)));
  }

  remove(id: string): void {
    this.write(this.all.filter((one) => one.id !== id));
  }

  /** Puts a removed one back where it was. */
  putBack(view: SavedView, at: number): void {
    this.write([...this.all.slice(0, at), view, ...this.all.slice(at)]);
  }

  private write(all: SavedView[]): void {
    this.all = all;
    if (all.length) localStorage.setItem(this.place, JSON.stringify(all));
    else localStorage.removeItem(this.place);
  }
}

export const views = new Views();
