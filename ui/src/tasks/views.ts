// Goes where a saved view belongs and puts it onto its table.

import { go } from "../lib/route.svelte";
import { tables } from "../lib/tables.svelte";
import type { SavedView } from "../lib/views.svelte";

export function showView(view: SavedView): void {
  go(view.screen, view.query);
  tables.await(view);
}
