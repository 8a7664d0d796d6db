// The tables that are shown now, the first of them the screen's own: so that a key, the palette or a
// table's menu can hand one out, and a saved view can be put onto it.

import type { Result } from "./result";
import { route } from "./route.svelte";
import { type Look, type SavedView, views } from "./views.svelte";

export type ShownTable = {
  /** Its name in the person's language. */
  label: string;
  /** What its views are kept under, and the names of the address that filter it; none in a panel. */
  keeps: Keeps | null;
  /** The head, and every row as a file has it, in the order that is shown. */
  rows: () => string[][];
  /** Writes them all, where not all are here and the book does. */
  write?: ((path: string) => Promise<Result<number>>) | undefined;
  look: () => Look;
  take: (look: Look) => void;
};
export type Keeps = { name: string; filters: string[] };

/** What a table's menu can do beyond the table: the frame knows how. */
export type Doors = { save: (table: ShownTable) => void; keep: (table: ShownTable) => void; show: (view: string) => void; manage: () => void };

/** What is drawn and not shown as a table, as one: for a chart's file. */
export const drawn = (label: string, head: () => string[], rows: () => string[][]): ShownTable => ({
  label, keeps: null,
  rows: () => [head(), ...rows()],
  look: () => ({ hidden: [], sort: null }),
  take: () => undefined,
});

class Tables {
  shown = $state.raw<ShownTable[]>([]);
  doors = $state.raw<Doors | null>(null);
  private awaited: SavedView | null = null;

  /** The table of the screen itself; of a panel only where the screen has none. */
  get main(): ShownTable | undefined {
    return this.shown.find((table) => table.keeps) ?? this.shown[0];
  }

  /** Adds a table and returns how to take it away again. */
  add(table: ShownTable): () => void {
    this.shown = [...this.shown, table];
    if (this.awaited && table.keeps?.name === this.awaited.table) this.put(table, this.awaited);
    return () => { this.shown = this.shown.filter((one) => one !== table); };
  }

  /** Puts a view onto its table, or waits for the table to be there. */
  await(view: SavedView): void {
    this.awaited = view;
    const there = this.shown.find((table) => table.keeps?.name === view.table);
    if (there) this.put(there, view);
  }

  private put(table: ShownTable, view: SavedView): void {
    this.awaited = null;
    table.take(view.look);
  }
}

export const tables = new Tables();

/** The filters that a table has now, from the address. */
export const filtersOf = (keeps: Keeps): Record<string, string> =>
  Object.fromEntries(keeps.filters.flatMap((name) => (route.query[name] ? [[name, route.query[name]!]] : [])));

/** The views of a table, and which of them is on it. */
export function viewsOf(table: ShownTable): { view: SavedView; on: boolean }[] {
  const { keeps } = table;
  if (!keeps) return [];
  const now = JSON.stringify([filtersOf(keeps), table.look()]);
  return views.all.filter((view) => view.table === keeps.name).map((view) => ({ view, on: JSON.stringify([view.query, view.look]) === now }));
}
