// The book that the app was started with and its first screen, asked for while the window's own code is
// still on its way.

import type { BookView } from "./bindings";
import { askAhead } from "./invoke";

type Shown = Pick<BookView, "hubs" | "is_sample" | "today">;

/** The hub and the month that a book opens with. */
export function first({ hubs, is_sample, today }: Shown): { hub: string; month: string } {
  const inUse = hubs.find((hub) => !hub.closed_on) ?? hubs[0];
  // The sample tells of three months that are long over: it opens at the end of its story.
  return { hub: inUse?.id ?? "", month: (is_sample && inUse?.last_closed) || today.slice(0, 7) };
}

export async function launch(): Promise<void> {
  const path = await askAhead<string | null>("book_at_launch");
  if (!path) return;
  const { hub, month } = first(await askAhead<BookView>("open_book", { path, passphrase: null }));
  if (hub) await askAhead("overview", { hub, month });
}
