// Asks how far a long job is, from 400 ms on; shorter ones pass without a word.

import { jobProgress } from "../api";
import { count } from "../lib/number";
import { t } from "../lib/words";

export type Watched = { readonly percent: number | null; readonly rows: string; readonly left: string; stop: () => void };

/** How long the rest takes, if it goes on as it went; nothing while that would be a guess. */
export function timeLeft(percent: number, ms: number): string {
  if (percent < 3 || percent >= 100 || ms < 1000) return "";
  const seconds = (ms / percent) * (100 - percent) / 1000;
  if (seconds >= 90) return t.usage.minutesLeft(Math.round(seconds / 60));
  return t.usage.secondsLeft(seconds > 10 ? Math.ceil(seconds / 5) * 5 : Math.max(1, Math.ceil(seconds)));
}

export function watch(): Watched {
  let percent = $state<number | null>(null);
  let rows = $state("0");
  let left = $state("");
  const begun = performance.now();
  let timer = setTimeout(ask, 400);
  let over = false;

  async function ask(): Promise<void> {
    const found = await jobProgress();
    if (over) return;
    if (found.ok && found.data.running) {
      percent = found.data.percent;
      rows = count(found.data.rows);
      left = timeLeft(found.data.percent, performance.now() - begun);
    }
    timer = setTimeout(ask, 250);
  }

  return {
    get percent() { return percent; },
    get rows() { return rows; },
    get left() { return left; },
    stop() {
      over = true;
      clearTimeout(timer);
    },
  };
}
