// Asks how far a long job is, from 400 ms on; shorter ones pass without a word.

import { jobProgress } from "../api";
import { count } from "../lib/number";

export type Watched = { readonly percent: number | null; readonly rows: string; stop: () => void };

export function watch(): Watched {
  let percent = $state<number | null>(null);
  let rows = $state("0");
  let timer = setTimeout(ask, 400);
  let over = false;

  async function ask(): Promise<void> {
    const found = await jobProgress();
    if (over) return;
    if (found.ok && found.data.running) {
      percent = found.data.percent;
      rows = count(found.data.rows);
    }
    timer = setTimeout(ask, 250);
  }

  return {
    get percent() { return percent; },
    get rows() { return rows; },
    stop() {
      over = true;
      clearTimeout(timer);
    },
  };
}
