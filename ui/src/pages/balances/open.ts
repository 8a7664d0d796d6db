// What a line of a statement is made of.

import type { MovementView } from "../../api";
import { go } from "../../lib/route.svelte";

/** Usage opens the charges of its day; what was added or settled stands for itself. */
export function open(movement: MovementView, channel: string | null): void {
  if (movement.kind !== "usage" && movement.kind !== "reconciliation") return;
  go("charges", { day: movement.day, ...(channel ? { channel } : {}) });
}
