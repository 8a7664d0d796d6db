// What a line of a statement is made of.

import type { MovementView } from "../../api";
import { go } from "../../lib/route.svelte";

/** Usage opens the charges of its day. Says whether it did: what was added or settled is an entry. */
export function open(movement: MovementView, channel: string | null): boolean {
  if (movement.kind !== "usage" && movement.kind !== "reconciliation") return false;
  go("charges", { day: movement.day, ...(channel ? { channel } : {}) });
  return true;
}
