// What happens outside the page: of a made-up book nothing but what a test says.
import type { News } from "../../src/api/bindings";

let waits: ((news: News | null) => void) | undefined;
const untold: { news: News; done: () => void }[] = [];
let done: (() => void) | undefined;

/** The next news, as the shell tells them. */
export function hear(): Promise<News | null> {
  leave();
  return new Promise((go) => {
    waits = go;
    hand();
  });
}

function hand(): void {
  if (!waits || untold.length === 0) return;
  const next = untold.shift()!;
  waits(next.news);
  [done, waits] = [next.done, undefined];
}

/** Nobody waits any more: the page is gone. */
export function leave(): void {
  done?.();
  waits?.(null);
  [done, waits] = [undefined, undefined];
}

/** Happens; it is over once the page asks what happens next. */
export function tell(news: News): Promise<void> {
  return new Promise((over) => {
    untold.push({ news, done: over });
    hand();
  });
}
