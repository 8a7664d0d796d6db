// Asks how far a long job is, from 400 ms on; shorter ones pass without a word.

import { jobProgress, type JobWord, type ProgressView, type ProofWord, type WorkStep } from "../api";
import { count } from "../lib/number";
import { t } from "../lib/words";

export type Watched = { readonly percent: number | null; readonly rows: string; readonly left: string; readonly proof: ProofWord | null; readonly step: WorkStep | null; stop: () => void };

/** How long the rest takes, if it goes on as it went; nothing while that would be a guess. */
export function timeLeft(percent: number, ms: number): string {
  if (percent < 3 || percent >= 100 || ms < 1000) return "";
  const seconds = (ms / percent) * (100 - percent) / 1000;
  if (seconds >= 90) return t.usage.minutesLeft(Math.round(seconds / 60));
  return t.usage.secondsLeft(seconds > 10 ? Math.ceil(seconds / 5) * 5 : Math.max(1, Math.ceil(seconds)));
}

/** `heard` is told whenever it is asked how far it is. */
export function watch(job: JobWord = "work", heard?: (now: ProgressView) => void): Watched {
  let percent = $state<number | null>(null);
  let rows = $state("0");
  let left = $state("");
  let proof = $state<ProofWord | null>(null);
  let step = $state<WorkStep | null>(null);
  const begun = performance.now();
  let timer = setTimeout(ask, 400);
  let over = false;

  async function ask(): Promise<void> {
    const found = await jobProgress(job);
    if (over) return;
    if (found.ok && found.data.running) {
      percent = found.data.percent;
      rows = count(found.data.rows);
      left = timeLeft(found.data.percent, performance.now() - begun);
      ({ proof, step } = found.data);
      heard?.(found.data);
    }
    timer = setTimeout(ask, 250);
  }

  return {
    get percent() { return percent; },
    get rows() { return rows; },
    get left() { return left; },
    get proof() { return proof; },
    get step() { return step; },
    stop() {
      over = true;
      clearTimeout(timer);
    },
  };
}
